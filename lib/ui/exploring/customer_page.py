"""The page of one customer: orders and returns in time, products, pauses, and whether another order is due."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import charts, insights
from lib.insights import History, Pattern, Profile
from lib.ui import widgets
from lib.ui.exploring import downloads
from lib.ui.exploring.people import open_customer
from lib.ui.page import language, number, plain, say
from lib.ui.widgets import Fact, Shown


def customer_page(history: History, customer: str, currency: str, *, model: Pattern | None, mail: str = "") -> None:
    """Everything that the history knows of one customer, and what the purchase-pattern model expects."""
    st.button(
        say("explore.back"), icon=":material/arrow_back:", key="customer-back", on_click=open_customer, args=("",)
    )
    found = insights.profile(history, customer)
    if found is None:
        st.info(say("explore.no_customer"), icon=":material/person_off:")
        return
    st.header(say("explore.customer_title", name=customer), anchor=False)
    name = charts.segment_name(language(), found.segment)
    st.markdown(f":primary-badge[{plain(name)}]" + (f" {plain(mail)}" if mail else ""))
    _figures(found, currency)
    st.markdown("\n".join(f"- {line}" for line in _why(found, history)))
    expected = _expected(history, model, customer, currency)
    if expected:
        st.subheader(say("explore.outlook"), anchor=False)
        st.markdown("\n".join(f"- {line}" for line in expected))
        st.caption(say("explore.expect_about", day=history.last_day.date()))
    widgets.figure(charts.timeline(found.events, language(), currency), key="timeline")
    left, right = st.columns(2, gap="medium")
    with left:
        _events(found, currency)
    with right:
        _products(found, currency)


def _money(value: float, currency: str) -> str:
    return f"{number(value, '0f' if abs(value) >= 100 else '2f')} {plain(currency)}".strip()


def _figures(found: Profile, currency: str) -> None:
    widgets.facts(
        [
            Fact(say("explore.column.frequency_orders"), number(found.orders, "0f")),
            Fact(say("explore.spent_net"), _money(found.spent, currency)),
            Fact(say("explore.order_value"), _money(found.spent / found.orders, currency)),
            Fact(say("explore.column.recency_days"), number(found.recency_days, "0f")),
            Fact(say("explore.returned"), _money(found.returned, currency)),
        ],
        key="customer",
    )


def _why(found: Profile, history: History) -> list[str]:
    """When another order is likely, from the customer's own gaps and those of similar customers."""
    lines = []
    if found.typical_gap_days is not None:
        lines.append(say("explore.why_gap", days=round(found.typical_gap_days), silent=found.recency_days))
    if found.next_order_due is not None:
        key = "explore.why_due_all" if found.due_from_all else "explore.why_due"
        late = found.next_order_due < history.end
        lines.append(say(f"{key}_late" if late else key, day=found.next_order_due.date()))
    if found.resumed_share is not None:
        lines.append(
            say(
                "explore.why_resumed",
                count=found.similar_pauses,
                days=found.recency_days,
                share=found.resumed_share,
            )
        )
    return lines or [say("explore.why_unknown")]


def _expected(history: History, model: Pattern | None, customer: str, currency: str) -> list[str]:
    """The outlook from the end of the data on."""
    number_ = history.customer_number(customer)
    if model is None or number_ is None:
        return []
    found = insights.expectation(history, model, number_)
    middle, low, high = ((history.last_day + pd.Timedelta(days=max(1, round(days)))).date() for days in found.next_days)
    lines = [
        say("explore.expect_chance", days=insights.CHANCE_DAYS, chance=found.chance),
        say("explore.expect_next", day=middle, low=low, high=high, months=found.months),
        say(
            "explore.expect_spend",
            months=found.months,
            orders=found.orders,
            amount=charts.write_money(language(), found.spend, currency),
        ),
    ]
    if found.alive is not None:
        lines.insert(0, say("explore.expect_alive", alive=found.alive))
    return lines


def _events(found: Profile, currency: str) -> None:
    table = found.events.assign(kind=[say(f"explore.kind_{kind}") for kind in found.events["kind"]]).iloc[::-1]
    columns = {
        "at": Shown(say("explore.column.at"), "day"),
        "kind": Shown(say("explore.column.kind")),
        "order_id": Shown(say("explore.column.order_id")),
        "amount": Shown(charts.with_unit(say("explore.column.amount"), currency), "2f"),
        "days_since_previous": Shown(say("explore.column.days_since_previous"), "0f"),
    }
    st.subheader(say("explore.events_title"), anchor=False)
    widgets.table(table, columns, key="events")
    downloads.table_buttons(table, columns, "orders", key="events")


def _products(found: Profile, currency: str) -> None:
    if found.products.empty:
        return
    columns = {
        "product": Shown(say("explore.column.product")),
        "orders": Shown(say("explore.column.orders"), "0f"),
        "pieces": Shown(say("explore.column.pieces"), "0f"),
        "amount": Shown(charts.with_unit(say("explore.column.amount"), currency), "2f"),
        "last_bought": Shown(say("explore.column.last_bought"), "day"),
    }
    st.subheader(say("explore.products_title"), anchor=False)
    widgets.table(found.products, columns, key="customer-products")
    downloads.table_buttons(found.products, columns, "products", key="customer-products")
