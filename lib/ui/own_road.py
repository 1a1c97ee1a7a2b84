"""On Learn: the road from the app to a notebook and back, with the visitor's own model or data."""

from __future__ import annotations

import streamlit as st

from lib.card import Card
from lib.ui import widgets
from lib.ui.notebooks import lines_back
from lib.ui.page import say
from lib.ui.state import session, trained_result


def own_road() -> None:
    """Lines that open the model trained last, or the next step with the loaded data; nothing without either."""
    mine, made = session(), trained_result()
    if made is None and mine.reading.empty:
        return
    st.header(say("learn.own_title"), anchor=False)
    if made is None:
        st.markdown(say("learn.own_data"))
    else:
        st.markdown(say("learn.own_model", name=widgets.model_name(made.card), columns=len(made.card.columns)))
        st.code(_lines(made.card), language="python", wrap_lines=True)
    st.page_link("pages/train.py", label=say("learn.own_notebook"), icon=":material/code:")
    st.markdown(say("learn.own_back"))
    st.code(lines_back(), language="python", wrap_lines=True)


def _lines(card: Card) -> str:
    """How to open the model, with what its card answers."""
    metrics = {name: round(value, 3) for name, value in list(card.metrics.items())[:2]}
    needed = [column.name for column in card.columns[:3]]
    return "\n".join(
        [
            "import pickle",
            "",
            f"model = pickle.load(open({widgets.model_name(card) + '.pkl'!r}, 'rb'))",
            f"model.brine_card_['goal']  # {card.goal!r}",
            f"model.brine_card_['metrics']  # {metrics!r}",
            f"model.feature_names_in_[:3]  # {needed!r}",
        ]
    )
