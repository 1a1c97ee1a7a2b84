"""File and model side by side, before anything is scored."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import text
from lib.errors import UserError
from lib.gate import OpenedModel
from lib.scoring import Fit, Match, UnitDoubt, compare, missing_columns, needs_of, needs_order_history
from lib.ui import page
from lib.ui.page import say
from lib.ui.predicting.explanation import column_name
from lib.ui.predicting.state import of_customers, predicting

NOT_THERE = ""

MOST_ASKED = 40
"""Maximum number of columns that can be mapped by hand; a file that lacks more belongs to another model."""


def map_columns(opened: OpenedModel) -> bool:
    """Show where each needed column comes from and let the visitor decide what is unclear; whether all is clear."""
    state = predicting()
    if state.brought is None:
        return False
    table = state.brought.frame
    needs = needs_of(opened)
    try:
        chosen = {need: column for need, column in state.sources.items() if column in table}
        fit = compare(needs, table, chosen=chosen, units=state.brought.cutoff is None)
    except UserError as error:
        page.tell(error)
        return False
    if needs_order_history(fit):
        page.tell(missing_columns(fit, table))
        return False
    if fit.missing:
        _ask_columns(fit, table)
    _ask_units(fit)
    pairs = say("predict.side_by_side", found=len(fit.sources), needed=len(needs))
    with st.expander(pairs, expanded=bool(fit.missing)):
        st.dataframe(_pairs(fit, table), hide_index=True, width="stretch", alt=pairs)
        if state.brought.orders is None:
            _correct(fit, table)
        if fit.extra:
            st.caption(say("predict.extra_columns", columns=list(fit.extra[:20])))
    return not fit.missing


def _ask_columns(fit: Fit, table: pd.DataFrame) -> None:
    st.warning(
        say("predict.columns_missing", columns=list(fit.missing), count=len(fit.missing)), icon=":material/help:"
    )
    unclear = [match for match in fit.matches if match.need.name in fit.missing]
    choices = [NOT_THERE, *(str(column) for column in table.columns)]
    with st.container(border=True):
        st.markdown(say("predict.which_is_which"))
        for match in unclear[:MOST_ASKED]:
            _which_column(match, choices)
        names = [match.need.name for match in unclear[:MOST_ASKED]]
        st.button(say("predict.take_these"), type="primary", key="predict-take", on_click=_take_columns, args=(names,))


def _take_columns(names: Sequence[str]) -> None:
    state = predicting()
    chosen = {name: st.session_state[of_customers(f"predict-source-{name}")] for name in names}
    state.sources.update({name: column for name, column in chosen.items() if column})
    state.forget_scores()


def _which_column(match: Match, choices: list[str]) -> None:
    suggested = match.source if match.source in choices else NOT_THERE
    st.selectbox(
        say("predict.needed_column", name=match.need.name, about=about_need(match)),
        choices,
        index=choices.index(suggested or NOT_THERE),
        format_func=lambda column: column or say("predict.no_column"),
        key=of_customers(f"predict-source-{match.need.name}"),
    )


def about_need(match: Match) -> str:
    """A few words on what the model learnt in a column."""
    need = match.need
    if need.categories:
        return say("predict.learnt_categories", categories=list(need.categories[:5]))
    if need.range is not None:
        return say("predict.learnt_range", low=need.range[0], high=need.range[1])
    return ""


def _ask_units(fit: Fit) -> None:
    state = predicting()
    for doubt in fit.doubts:
        if doubt.column in state.dismissed:
            continue
        if doubt.column in state.factors:
            st.info(
                say("predict.converted", column=column_name(doubt.column)), icon=":material/published_with_changes:"
            )
            continue
        _ask_unit(doubt)


def _ask_unit(doubt: UnitDoubt) -> None:
    with st.container(border=True):
        st.markdown(
            say(
                f"scoring.unit.{doubt.key}",
                column=column_name(doubt.column),
                found=doubt.typical_found,
                learnt=doubt.typical_learnt,
            )
        )
        with st.container(horizontal=True):
            st.button(
                say("predict.convert"), key=f"convert-{doubt.column}", type="primary", on_click=_convert, args=(doubt,)
            )
            st.button(say("predict.leave"), key=f"leave-{doubt.column}", on_click=_leave, args=(doubt,))


def _convert(doubt: UnitDoubt) -> None:
    state = predicting()
    state.factors[doubt.column] = doubt.factor
    state.forget_scores()


def _leave(doubt: UnitDoubt) -> None:
    predicting().dismissed.add(doubt.column)


def _pairs(fit: Fit, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("predict.column_needed"): [match.need.name for match in fit.matches],
            say("predict.column_learnt"): [about_need(match) for match in fit.matches],
            say("predict.column_found"): [_comes_from(match) for match in fit.matches],
            say("predict.column_example"): [_example(match, table) for match in fit.matches],
        }
    )


def _comes_from(match: Match) -> str:
    if match.source is None or match.how == "suggested":
        return say("predict.no_column")
    if match.how == "derived":
        return text.say(page.language(), "predict.derived_from", column=match.source, value=match.value)
    return match.source


def _correct(fit: Fit, table: pd.DataFrame) -> None:
    """Another column for one that was matched automatically."""
    names = [match.need.name for match in fit.matches]
    keys = ("predict-correct-need", "predict-correct-column")
    with st.popover(say("predict.correct_column"), icon=":material/edit:"):
        st.selectbox(say("predict.column_needed"), names, key=keys[0])
        st.selectbox(say("predict.column_found"), [str(name) for name in table.columns], key=keys[1])
        st.button(say("predict.correct_take"), type="primary", key="predict-correct", on_click=_take_one, args=keys)


def _take_one(need_key: str, column_key: str) -> None:
    state = predicting()
    state.sources[st.session_state[need_key]] = st.session_state[column_key]
    state.forget_scores()


def _example(match: Match, table: pd.DataFrame) -> str:
    if match.source is None:
        return ""
    values = table[match.source].dropna().head(3)
    return ", ".join(f"{value:.4g}" if isinstance(value, float) else str(value) for value in values)
