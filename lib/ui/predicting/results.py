"""The scores: a sentence, a chart, the table, and files to take away; then whether the model is still right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from lib import backtest as backtests
from lib import charts, drift, text
from lib.card import Card
from lib.exports import EXPORTS, Note, to_csv
from lib.gate import OpenedModel
from lib.parsing.rounding import round_significant
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, GROUP_NAME, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.scoring import (
    ENOUGH_FOR_ONE_ANSWER,
    FLAGS_COLUMN,
    PROBABILITY,
    Caveat,
    Scores,
    Summary,
    asked_about,
    caveats_of_history,
    caveats_of_scores,
    needs_of,
    refused_rows,
    summary,
)
from lib.ui import page, sources, table_columns, widgets
from lib.ui.customer_context import EMAIL, LAST_ORDER, NET_SPEND, with_context
from lib.ui.page import say
from lib.ui.predicting.customers import take_corrections
from lib.ui.predicting.explanation import column_name
from lib.ui.predicting.ranking import best_first
from lib.ui.predicting.state import predicting
from lib.ui.state import session

ROWS_SHOWN = 1000
"""Of the table on the page; the files hold all."""


def results(opened: OpenedModel, scores: Scores) -> None:
    """All results."""
    st.header(say("predict.results"), anchor=False)
    found = summary(opened, scores)
    st.markdown(_sentence(found, scores))
    _picture(opened, found)
    _table(opened, scores)
    _downloads(opened, scores)
    _flags(scores)
    _refused(scores)


def _currency(opened: OpenedModel) -> str:
    card = opened.verdict.card
    return card.currency if card is not None else ""


def _picture(opened: OpenedModel, found: Summary) -> None:
    if found.picture.empty:
        return
    title, language = say(f"predict.picture_{found.kind}"), page.language()
    if "name" in found.picture.columns:
        names = [str(name) for name in found.picture["name"]]
        made = charts.shares(names, [int(count) for count in found.picture["customers"]], language, title=title)
    else:
        form = "percent" if found.kind == "buy_again" else ""
        axis = say(f"predict.axis_{found.kind}", currency=_currency(opened))
        made = charts.distribution(found.picture, language, title=title, axis=axis, form=form)
    with st.container(border=True):
        st.subheader(page.plain(made.title), anchor=False)
        st.caption(page.plain(made.message))
        widgets.figure(made, key="predict-scores")


def _sentence(found: Summary, scores: Scores) -> str:
    tied = any(isinstance(fact, list) for fact in found.facts.values())
    parts = [say(f"predict.sentence_{found.kind}{'_tied' if tied else ''}", **found.facts)]
    if scores.rows_refused:
        parts.append(say("predict.sentence_refused", rows=scores.rows_refused))
    return " ".join(parts)


def _table(opened: OpenedModel, scores: Scores) -> None:
    """The scores with their context: searched, filtered and sorted by the reader; a click chooses a customer."""
    best = best_first(scores.table, opened.verdict.card)
    chances = [str(name) for name in best.columns if str(name).startswith(PROBABILITY)]
    brought = predicting().brought
    if brought is not None:
        best = with_context(best, brought.emails, brought.orders, brought.cutoff)
    found = _filtered(best)
    shown = found.head(ROWS_SHOWN).drop(
        columns=[
            *([FLAGS_COLUMN] if not scores.flags and not scores.rows_refused else []),
            *([GROUP] if GROUP_NAME in found.columns else []),
        ]
    )
    if len(chances) == 2 and asked_about(chances, opened.verdict.card) == chances[1]:
        # First the one that is asked about, which a phone shows without scrolling.
        swap = dict(zip(chances, reversed(chances), strict=True))
        shown = shown[[swap.get(str(name), name) for name in shown.columns]]
    if FLAGS_COLUMN in shown.columns:
        shown = shown.assign(**{FLAGS_COLUMN: _flag_sentences(shown, scores)})
    with_ids = CUSTOMER_ID in shown.columns
    event = st.dataframe(
        shown,
        alt=say("predict.results"),
        hide_index=with_ids,
        width="stretch",
        height=min(38 * (len(shown) + 1), 390),
        column_config=column_config(shown, _currency(opened)),
        on_select="rerun" if with_ids else "ignore",
        selection_mode="single-row",
        key=f"predict-table-{rows_digest(shown)}",  # what was clicked is a place: another customer in other rows
    )
    if len(found) < len(best):
        st.caption(say("predict.rows_found", shown=len(found), rows=len(best)))
    elif len(best) > ROWS_SHOWN:
        st.caption(say("predict.first_rows", shown=ROWS_SHOWN, rows=len(best)))
    if with_ids:
        _selected(shown, [int(row) for row in event["selection"]["rows"]] if isinstance(event, dict) else [])


def rows_digest(shown: pd.DataFrame) -> str:
    """Identifies whose rows these are, in their order."""
    of = shown[CUSTOMER_ID] if CUSTOMER_ID in shown.columns else shown.index
    return hashlib.sha256(json.dumps([str(one) for one in of]).encode()).hexdigest()[:12]


def _selected(shown: pd.DataFrame, rows: list[int]) -> None:
    """The customer whose row was clicked: explained below, and one click away on Explore."""
    rows = [row for row in rows if row < len(shown)]
    if not rows:
        st.caption(say("predict.click_row"))
        return
    st.session_state["predict-why"] = shown.index[rows[0]]
    customer = str(shown.iloc[rows[0]][CUSTOMER_ID])
    loaded = sources.loaded()
    here = loaded is not None and loaded.orders is not None and (loaded.orders.lines[CUSTOMER_ID] == customer).any()
    if here and st.button(
        say("predict.open_customer", customer=customer), icon=":material/person:", key="open-customer"
    ):
        session().exploring.customer = customer
        st.switch_page("pages/explore.py")


def _filtered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold the words searched for, in the segments or answers chosen."""
    if len(table) < FEW_ROWS:
        return table
    column = GROUP_NAME if GROUP_NAME in table.columns else PREDICTION
    answers = (
        sorted(table[column].dropna().astype("str").unique())
        if column in table.columns and not pd.api.types.is_float_dtype(table[column].dtype)
        else []
    )
    with st.container(horizontal=True):
        words = st.text_input(say("predict.search"), type="search", key="predict-search", width=280).strip()
        chosen = (
            st.multiselect(say("predict.filter"), answers, key="predict-filter", width=320)
            if 1 < len(answers) <= MOST_ANSWERS
            else []
        )
    kept = pd.Series(True, index=table.index)
    if words:
        held = [name for name in (CUSTOMER_ID, EMAIL) if name in table.columns]
        kept &= (
            pd.concat(
                [table[name].astype("str").str.contains(words, case=False, regex=False, na=False) for name in held],
                axis=1,
            ).any(axis=1)
            if held
            else True
        )
    if chosen:
        kept &= table[column].astype("str").isin(chosen)
    return table[kept]


FEW_ROWS = 15
"""A shorter table is read without searching."""

MOST_ANSWERS = 50


def _flag_sentences(shown: pd.DataFrame, scores: Scores) -> list[str]:
    """What to look at twice in each row: the column in words, then what is odd about it."""
    cells = scores.cells[scores.cells["row"].isin(shown.index + 1)]
    named: dict[int, list[str]] = {}
    for row, column, reason in zip(cells["row"], cells["column"], cells["reason"], strict=True):
        words = text.say(page.language(), f"scoring.reason.{reason}")
        named.setdefault(int(row) - 1, []).append(f"{column_name(str(column))}: {words}")
    return [
        "; ".join(dict.fromkeys(named.get(int(place), []))) or _flag_words(flags)
        for place, flags in zip(shown.index, shown[FLAGS_COLUMN], strict=True)
    ]


def _flag_words(flags: str) -> str:
    return "; ".join(text.say(page.language(), f"scoring.reason.{flag}") for flag in flags.split())


def _heading(name: str, currency: str) -> str:
    """A column's heading, without brackets where the currency is not known."""
    return page.say_plain(f"predict.column.{name}", currency=currency).replace(" ()", "")


def complement(table: pd.DataFrame, card: Card) -> list[str]:
    """Of two classes, the probability of the one that is not asked about: it follows from that of the other."""
    chances = [str(name) for name in table.columns if str(name).startswith(PROBABILITY)]
    return [name for name in chances if name != asked_about(chances, card)] if len(chances) == 2 else []


def column_config(shown: pd.DataFrame, currency: str) -> dict[str, ColumnConfig]:
    known: dict[str, ColumnConfig] = {
        CUSTOMER_ID: st.column_config.TextColumn(say("predict.column.customer_id")),
        GROUP: st.column_config.NumberColumn(say("predict.column.group"), width="small"),
        GROUP_NAME: st.column_config.TextColumn(say("predict.column.group_name")),
        BUY_AGAIN: table_columns.probability(say("predict.column.buy_again")),
        SPEND: table_columns.amount(_heading("spend", currency)),
        ORDERS: table_columns.amount(say("predict.column.orders")),
        **{
            name: (table_columns.whole if "days" in name else table_columns.amount)(_heading(name, currency))
            for name in NEXT_ORDER
        },
        PREDICTION: st.column_config.Column(say("predict.column.prediction")),
        EMAIL: st.column_config.TextColumn(say("predict.column.email")),
        LAST_ORDER: table_columns.day(say("predict.column.last_order")),
        NET_SPEND: table_columns.amount(_heading("net_spend", currency)),
        FLAGS_COLUMN: st.column_config.TextColumn(say("predict.column.flags"), width="large"),
    }
    chances = {
        name: table_columns.probability(
            page.say_plain("predict.column.probability", name=name.removeprefix(PROBABILITY))
        )
        for name in map(str, shown.columns)
        if name.startswith(PROBABILITY)
    }
    return chances | {name: config for name, config in known.items() if name in shown.columns}


def notes_of(opened: OpenedModel, scores: Scores) -> list[Note]:
    """What stands on the second sheet of a workbook: which model, which customers, how many."""
    state = predicting()
    card = opened.verdict.card
    facts: list[Note] = [
        (say("predict.note_model"), state.model_name),
        (say("predict.note_sha"), opened.verdict.sha256),
        (say("predict.note_customers"), state.brought.name if state.brought else ""),
        (say("predict.note_scored"), str(scores.rows_scored)),
        (say("predict.note_refused"), str(scores.rows_refused)),
    ]
    if card is not None and state.brought is not None and state.brought.cutoff is not None:
        facts.append((say("predict.note_cutoff"), state.brought.cutoff.date().isoformat()))
    return facts


def _downloads(opened: OpenedModel, scores: Scores) -> None:
    language, notes = page.language(), notes_of(opened, scores)
    with st.container(horizontal=True):
        for way in EXPORTS:
            st.download_button(
                say("predict.download", format=say(f"exports.{way.key}")),
                data=lambda way=way: way.encode(scores.table, language, notes),  # type: ignore[misc]
                file_name=f"scores{way.suffix}",
                mime=way.mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"download-{way.key}",
            )


def _flags(scores: Scores) -> None:
    if not scores.flags:
        return
    with st.expander(say("predict.flagged", rows=int((scores.table[FLAGS_COLUMN] != "").sum() - scores.rows_refused))):
        for flag, rows in scores.flags.items():
            st.markdown(f"- {say('predict.flag_line', rows=rows, reason=say(f'scoring.reason.{flag}'))}")
        if len(scores.cells):
            st.dataframe(
                _cells(scores.cells.head(ROWS_SHOWN)), hide_index=True, width="stretch", alt=say("predict.column.flags")
            )


def _cells(cells: pd.DataFrame) -> pd.DataFrame:
    said = cells.assign(
        column=cells["column"].map(lambda column: column_name(str(column))),
        reason=cells["reason"].map(lambda reason: text.say(page.language(), f"scoring.reason.{reason}")),
        value=cells["value"].map(_for_people),
    )
    return said.rename(columns={name: say(f"predict.cell.{name}") for name in said.columns})


def _for_people(value: str) -> str:
    """A figure in three digits, as the reader's language writes it; any other value as it is."""
    try:
        number = float(value)
    except ValueError:
        return value
    return text.number(page.language(), round_significant(number)) if "." in value else value


def _refused(scores: Scores) -> None:
    state = predicting()
    if not scores.rows_refused or state.brought is None:
        return
    frame = state.brought.frame
    with st.expander(say("predict.refused_rows", rows=scores.rows_refused), expanded=True):
        st.dataframe(
            _cells(scores.refused.head(ROWS_SHOWN)),
            hide_index=True,
            width="stretch",
            alt=say("predict.refused_rows", rows=scores.rows_refused),
        )
        st.markdown(say("predict.refused_how"))
        st.download_button(
            say("predict.refused_download"),
            data=lambda: to_csv(refused_rows(frame, scores.refused), page.language()),
            file_name="to_correct.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download-refused",
        )
        take_corrections(state)


def _drift_of(opened: OpenedModel, scores: Scores) -> drift.Drift:
    return drift.compare_with_training(needs_of(opened), scores.frame, elapsed_days=scores.elapsed_days)


def caveats(opened: OpenedModel, scores: Scores) -> None:
    """What a reader must know before the results: each in one sentence, the most important first."""
    state = predicting()
    card, brought = opened.verdict.card, state.brought
    found: tuple[Caveat, ...] = ()
    if brought is not None and brought.orders is not None and brought.cutoff is not None:
        found = caveats_of_history(card, brought.orders, brought.cutoff)
    for caveat in (*found, *caveats_of_scores(opened, scores)):
        # In a few rows most values of a column are missing, and that is no cause for concern.
        mild = caveat.key == "dummies_never_seen" and scores.rows_in < ENOUGH_FOR_ONE_ANSWER
        shown, icon = (st.info, ":material/info:") if mild else (st.warning, ":material/warning:")
        shown(say(f"scoring.caveat.{caveat.key}", **caveat.facts), icon=icon)
    if card is None:
        return
    moved = _drift_of(opened, scores)
    if moved.level in ("moved", "changed"):
        names = [column_name(column.column) for column in moved.telling if column.level != "stable"]
        st.warning(
            f"{say(_drift_key(moved, found))} {say('drift.most', columns=names[:3])}", icon=":material/compare_arrows:"
        )


def _drift_key(moved: drift.Drift, found: Sequence[Caveat]) -> str:
    if any(caveat.key.startswith("other_shop") for caveat in found):
        return "drift.changed_other"
    short = any(caveat.key.startswith("short_history") for caveat in found)
    return "drift.changed_short" if short else f"drift.{moved.level}"


def still_right(opened: OpenedModel, scores: Scores) -> None:
    """How far these customers are from those the model was trained on, column by column."""
    if opened.verdict.card is None:
        return
    found = _drift_of(opened, scores)
    st.subheader(say("predict.still_right"), anchor=False)
    if found.level in ("stable", "unknown"):  # what has moved stands above the results
        st.markdown(say(f"drift.{found.level}", needed=drift.ENOUGH_ROWS))
    if found.level == "unknown":
        return
    shown = [column for column in found.telling[:12] if column.psi >= drift.SHOWN]
    names = [column_name(column.column) for column in shown]
    if shown:
        _drift_figure(names, shown)
    with st.expander(say("predict.drift_table")):
        st.dataframe(_drift_table(found), hide_index=True, width="stretch", alt=say("predict.drift_table"))
    for column in [column for column in found.telling if column.level != "stable"][:5]:
        st.markdown("- " + say(f"drift.column_{column.level}", column=column_name(column.column), psi=column.psi))


def _drift_figure(names: Sequence[str], shown: Sequence[drift.ColumnDrift]) -> None:
    with st.container(border=True):
        made = charts.drift(
            names, [column.psi for column in shown], page.language(), limits=(drift.MOVED, drift.CHANGED)
        )
        st.subheader(page.plain(made.title), anchor=False)
        st.caption(page.plain(made.message))
        widgets.figure(made, key="predict-drift")


def _drift_table(found: drift.Drift) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("predict.drift_column"): [column_name(column.column) for column in found.columns],
            say("predict.drift_psi"): [round(column.psi, 3) for column in found.columns],
            say("predict.drift_ks"): [round(column.ks, 3) for column in found.columns],
            say("predict.drift_new"): [page.number(column.share_new, "percent") for column in found.columns],
            say("predict.drift_missing"): [page.number(column.share_missing, "percent") for column in found.columns],
        }
    )


def backtest(opened: OpenedModel) -> None:
    """Where the orders cover a whole horizon that the model had not seen: was it right?"""
    state = predicting()
    card = opened.verdict.card
    if card is None or card.goal not in (BUY_AGAIN, SPEND, ORDERS):
        return
    if state.brought is None or state.brought.orders is None:
        return
    moment = backtests.backtest_cutoff(state.brought.orders, card.cutoff, card.horizon_days)
    if moment is None:
        return
    st.subheader(say("predict.backtest"), anchor=False)
    with page.errors_shown():
        found = backtests.run_backtest(opened, state.brought.orders, moment)
        st.markdown(
            say(
                f"predict.backtest_{found.goal}",
                day=moment.date(),
                predicted=found.predicted,
                actual=found.actual,
                top=found.top_tenth_share,
            )
        )
        if found.goal == BUY_AGAIN:
            made = charts.calibration(found.calibration, page.language())
            with st.container(border=True):
                st.subheader(page.plain(made.title), anchor=False)
                st.caption(page.plain(made.message))
                widgets.figure(made, key="predict-backtest")
