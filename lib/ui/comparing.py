"""Saved models side by side on Models: those that answer the same question, and a test on the loaded data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from lib import comparison
from lib.card import Card
from lib.comparison import Asked, Comparison
from lib.gate import OpenedModel, open_model
from lib.presentation import document, figures, labels
from lib.store import Saved, Store
from lib.ui import sources
from lib.ui.page import errors_shown, language, plain, say
from lib.ui.sources import Loaded
from lib.ui.state import session

MOST_COMPARED = 4


def compare(store: Store, found: Sequence[Saved]) -> None:
    """Choice of models that answer the same question, their cards side by side, and a test on the loaded data."""
    by_question = _comparable(found)
    if len(found) < 2:
        return
    st.subheader(say("models.compare"), anchor=False)
    if not by_question:
        st.caption(say("models.compare_none"))
        return
    questions = list(by_question)
    asked = questions[0]
    if len(questions) > 1:
        asked = st.selectbox(
            say("models.compare_question"), questions, format_func=_question_name, key="models-question"
        )
    models = {saved.key: saved for saved in by_question[asked]}
    picked = st.multiselect(
        say("models.compare_pick"),
        list(models),
        default=list(models)[:2],
        format_func=lambda key: models[key].name,
        max_selections=MOST_COMPARED,
        key=f"models-compare-{questions.index(asked)}",
    )
    if len(picked) < 2:
        st.caption(say("models.compare_two"))
        return
    chosen = [models[key] for key in picked]
    _show(document.side_by_side([saved.card for saved in chosen], language()), chosen)
    _on_loaded_data(store, chosen)


def _comparable(found: Sequence[Saved]) -> dict[Asked, list[Saved]]:
    """The questions that at least two different models answer."""
    by_question: dict[Asked, dict[str, Saved]] = {}
    for saved in found:
        by_question.setdefault(comparison.asked(saved.card), {}).setdefault(saved.sha256, saved)
    return {asked: list(models.values()) for asked, models in by_question.items() if len(models) > 1}


def _question_name(asked: Asked) -> str:
    if asked.goal == "groups":
        return say("train.groups")
    if asked.goal == "target":
        return say("card.headline_target", target=asked.target)
    return say(f"card.headline_{asked.goal}", days=asked.horizon_days)


def _show(rows: Sequence[Sequence[str]], chosen: Sequence[Saved]) -> None:
    table = pd.DataFrame([[plain(cell) for cell in row] for row in rows])
    table.columns = [
        say("models.compare_row"),
        *(f"{plain(saved.name)} ({place})" for place, saved in enumerate(chosen, 1)),
    ]
    st.table(table, border="horizontal", hide_index=True)


def _on_loaded_data(store: Store, chosen: Sequence[Saved]) -> None:
    """The same customers for every model, where the loaded data has answers that none of the models saw."""
    cards, loaded = [saved.card for saved in chosen], sources.loaded()
    st.caption(say("models.compare_own_tests"))
    if loaded is None:
        st.caption(say("models.compare_load"))
        return
    possible = _possible(cards, loaded)
    if possible:
        st.caption(say(possible, name=loaded.name))
        return
    key = repr((loaded.key, [saved.sha256 for saved in chosen]))
    st.button(
        say("models.compare_here", name=loaded.name),
        icon=":material/fact_check:",
        key="compare-here",
        on_click=_ask_for,
        args=(key,),
    )
    mine = session()
    if mine.compare_asked != key:
        return
    if mine.compared is None or mine.compared[0] != key:
        with errors_shown(), st.spinner(say("models.comparing")):
            mine.compared = (key, _tested(store, chosen, loaded))
    if mine.compared is None or mine.compared[0] != key:
        return
    result = mine.compared[1]
    if result is None:
        st.caption(say("models.compare_few", needed=comparison.ENOUGH_ROWS))
        return
    st.markdown(
        say("models.compared_from", customers=result.customers, day=result.cutoff.date(), name=loaded.name)
        if result.cutoff is not None
        else say("models.compared_table", customers=result.customers, name=loaded.name)
    )
    _show(_rows(cards, result), chosen)


def _ask_for(key: str) -> None:
    session().compare_asked = key


def _possible(cards: Sequence[Card], loaded: Loaded) -> str:
    """Key of the sentence that says why the loaded data cannot test these models; empty if it can."""
    if loaded.orders is not None and cards[0].goal in ("buy_again", "spend", "orders"):
        return "" if comparison.common_cutoff(cards, loaded.orders) is not None else "models.compare_too_early"
    if loaded.table is not None and cards[0].goal == "target" and cards[0].target in loaded.table.frame.columns:
        return ""
    return "models.compare_other_data"


def _tested(store: Store, chosen: Sequence[Saved], loaded: Loaded) -> Comparison | None:
    """Raises UserError where a model is gone, is refused, or cannot score the data."""
    opened: list[OpenedModel] = []
    try:
        for saved in chosen:
            opened.append(open_model(store.read(saved.key), saved.file_name))
        cutoff = comparison.common_cutoff([saved.card for saved in chosen], loaded.orders) if loaded.orders else None
        if loaded.orders is not None and cutoff is not None:
            found = [comparison.on_orders(one, loaded.orders, cutoff) for one in opened]
            return Comparison(found[0][0], tuple(metrics for _, metrics in found), cutoff)
        if loaded.table is None:
            return None
        return comparison.on_table(opened, loaded.table.frame, chosen[0].card.target)
    finally:
        for one in opened:
            one.close()


def _rows(cards: Sequence[Card], result: Comparison) -> list[tuple[str, ...]]:
    names = list(dict.fromkeys(name for metrics in result.metrics for name in metrics))
    return [(labels.metric(language(), name), *_cells(cards, result.metrics, name)) for name in names]


def _cells(cards: Sequence[Card], found: Sequence[Mapping[str, float]], name: str) -> list[str]:
    return [
        figures.metric(language(), card, name, metrics[name]) if math.isfinite(metrics.get(name, math.nan)) else "–"
        for card, metrics in zip(cards, found, strict=True)
    ]
