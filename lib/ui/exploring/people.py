"""The list of customers behind what is shown: searched, sorted, taken away, saved as a segment, opened one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from lib import charts, insights
from lib.audience import AUDIENCE_FILES, AudienceFile, score_column, with_emails
from lib.exports import to_plain_csv
from lib.schema import BUY_AGAIN, GROUP_NAME, NEXT_ORDER, ORDERS, SPEND
from lib.ui import cached, sources, table_columns
from lib.ui.exploring import downloads
from lib.ui.exploring.cache import Explored
from lib.ui.page import language, say, say_plain
from lib.ui.session_cache import kept
from lib.ui.state import Reading, session
from lib.ui.widgets import Shown

_DAYS = ("first_order", "last_order")
_MONEY = ("monetary_total", "order_value")
_SCORES = (BUY_AGAIN, SPEND, ORDERS, NEXT_ORDER[0])


def listed(found: Explored, mails: Mapping[str, str], scores: pd.Series | None = None) -> pd.DataFrame:
    """The customers in scope, most money first: `customer_id`, `email` where any is known, orders, money, dates,
    segment, country; the score after the e-mail, where they were scored."""
    named = insights.with_ids(
        found.customers.sort_values("monetary_total", ascending=False, kind="stable"), found.scope.history
    )
    code = language()
    words = {name: charts.segment_name(code, name) for name in insights.SEGMENTS}
    table = named.assign(
        segment=named["segment"].astype("object").map(words),
        monetary_total=named["monetary_total"].round(2),
        order_value=named["order_value"].round(2),
    )
    columns = ["customer_id", "frequency_orders", "monetary_total", "order_value", "last_order", "recency_days"]
    columns += ["first_order", "segment", *(["country"] if table["country"].notna().any() else [])]
    if mails:
        mail = [mails.get(str(one), str(one) if "@" in str(one) else None) for one in table["customer_id"]]
        table, columns = table.assign(email=mail), ["customer_id", "email", *columns[1:]]
    if scores is not None:
        score = scores.reindex(table["customer_id"].astype("str")).round(3).to_numpy()
        table = table.assign(**{str(scores.name): score})
        columns.insert(2 if mails else 1, str(scores.name))
    return table[columns]


@kept(2)
def _table(
    found: Explored, language: str, scored: str, _mails: Mapping[str, str], _scores: pd.Series | None
) -> pd.DataFrame:
    """`listed`, in the visitor's own cache: the scores are of a model that only this visitor may have."""
    return listed(found, _mails, _scores)


def score_of_customers() -> pd.Series | None:
    """The score by which Predict ranked the loaded customers, by `customer_id`; None where it has none."""
    scores = sources.scores_of_customers()
    if scores is None or (name := score_column(scores)) not in _SCORES:
        return None
    return scores.loc[~scores.index.duplicated(), name]


def headings(table: pd.DataFrame, currency: str) -> dict[str, Shown]:
    """The columns of `listed`, each with its heading."""
    unit = f" ({currency})" if currency else ""
    return {
        str(name): Shown(
            say_plain(f"predict.column.{name}", currency=currency).replace(" ()", "")
            if name in _SCORES
            else say(f"explore.column.{name}") + (unit if name in _MONEY else "")
        )
        for name in table.columns
    }


def customer_list(reading: Reading, found: Explored, currency: str) -> None:
    """The list, and what can be done with it."""
    mails = cached.emails_of(reading)
    scores = score_of_customers()
    scored = "" if scores is None else session().predicting.model_digest
    table = _table(found, language(), scored, mails, scores)
    columns = headings(table, currency)
    with st.container(border=True, key="customer-list"):
        st.header(say("explore.list_title", customers=len(table)), anchor=False)
        st.caption(say("explore.list_about"))
        key = f"people-{session().exploring.clicks}"
        st.dataframe(
            table,
            alt=say("explore.list_title", customers=len(table)),
            hide_index=True,
            width="stretch",
            height=380,
            column_config=_column_config(columns),
            key=key,
            on_select=lambda: open_row(key, table),
            selection_mode="single-row",
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            downloads.table_buttons(table, columns, say("explore.list_file"), key="people")
            audience(table, mails)
            save_segment()


def _column_config(columns: Mapping[str, Shown]) -> dict[str, ColumnConfig]:
    """Dates and money by the browser's own locale, so that the table sorts by value."""
    config: dict[str, ColumnConfig] = {}
    for name, shown in columns.items():
        if name in _DAYS:
            config[name] = table_columns.day(shown.heading)
        elif name == BUY_AGAIN:
            config[name] = table_columns.probability(shown.heading)
        elif name in _MONEY or name in _SCORES:
            config[name] = table_columns.amount(shown.heading)
        else:
            config[name] = st.column_config.Column(shown.heading)
    return config


def open_row(key: str, table: pd.DataFrame) -> None:
    """The customer of the row that was clicked is opened."""
    rows = st.session_state.get(key, {}).get("selection", {}).get("rows", [])
    if rows:
        open_customer(str(table["customer_id"].iloc[rows[0]]))


def open_customer(customer: str) -> None:
    """The page of one customer is shown; an empty name closes it."""
    session().exploring.customer = customer
    session().exploring.clicks += 1


def audience(table: pd.DataFrame, mails: Mapping[str, str]) -> None:
    """Files for mailing tools, of the customers with an e-mail."""
    chosen = with_emails(table.drop(columns="email", errors="ignore").rename(columns={"segment": GROUP_NAME}), mails)
    with st.popover(say("explore.audience"), icon=":material/campaign:", key="audience"):
        if chosen.empty:
            st.markdown(say("explore.audience_none"))
            return
        st.caption(say("predict.some_emails", reachable=len(chosen), written=len(table)))
        name = st.text_input(say("explore.segment_name"), say("explore.segment_default"), max_chars=60, key="aud-name")
        for kind in AUDIENCE_FILES:
            st.download_button(
                say(f"audience.{kind.key}"),
                partial(_audience_file, kind, chosen, name),
                file_name=f"{kind.key}{kind.suffix}",
                mime="text/csv",
                on_click="ignore",
                key=f"audience-{kind.key}",
            )


def _audience_file(kind: AudienceFile, chosen: pd.DataFrame, name: str) -> bytes:
    return to_plain_csv(kind.build(chosen, name))


def save_segment() -> None:
    """Gives the criteria a name under which they can be chosen again."""
    mine = session().exploring
    if not mine.criteria:
        return
    with st.popover(say("explore.save_segment"), icon=":material/bookmark_add:", key="save-segment"):
        with st.form("segment-form", border=False):
            name = st.text_input(say("explore.segment_name"), max_chars=60, key="segment-name")
            if st.form_submit_button(say("explore.save_segment"), type="primary") and name.strip():
                mine.saved[name.strip()] = mine.criteria
                st.toast(say("explore.segment_saved", name=name.strip()), icon=":material/bookmark_added:")
        st.caption(say("explore.save_about"))


def saved_segments() -> None:
    """The segments that were saved; choosing one narrows the page to it."""
    mine = session().exploring
    if mine.unfit:
        st.caption(f":material/bookmark_remove: {say('explore.segments_unfit', names=list(mine.unfit))}")
    if not mine.saved:
        return
    st.pills(
        say("explore.saved_segments"),
        list(mine.saved),
        key=f"saved-{mine.clicks}",
        on_change=_take_saved,
        args=(f"saved-{mine.clicks}",),
    )


def _take_saved(key: str) -> None:
    mine = session().exploring
    name = st.session_state[key]
    if name in mine.saved:
        mine.criteria, mine.clicks = mine.saved[name], mine.clicks + 1
