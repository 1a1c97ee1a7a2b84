"""Order numbers that two files share: the same orders, or those of two shops."""

from datetime import date, timedelta

import pytest

from lib.layouts import understand
from lib.orders import Orders, clean_files
from lib.tables import read_table

HEADS = ("Order,Paid at,Email,Total", "Pedido,Fecha,Email,Total", "Bestellnummer,Datum,E-Mail,Summe")


def orders_of(second_head: str, *, days: int, more: float) -> Orders:
    """Orders 1000 to 1019, then 1015 to 1027 with customers' addresses, `days` later and by `more` dearer."""
    first, second = ["Order,Date,Customer,Total"], [second_head]
    for at in range(28):
        day, costs = date(2024, 3, 1) + timedelta(days=at), 10.5 + at
        if at < 20:
            first.append(f"{1000 + at},{day},Ann {at % 10},{costs}")
        if at >= 15:
            second.append(f"{1000 + at},{day + timedelta(days=days)},u{at % 10}@x.com,{costs + more}")
    files = [("a.csv", first), ("b.csv", second)]
    tables = [read_table("\n".join(rows).encode(), name) for name, rows in files]
    return clean_files(tables, [understand(table) for table in tables])


@pytest.mark.slow
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("days", [1, 14])
def test_orders_of_the_same_amounts_are_the_same_orders(head: str, days: int):
    found = orders_of(head, days=days, more=0.0)
    assert (found.lines["order_id"].nunique(), found.renumbered_orders) == (28, 0)


@pytest.mark.slow
@pytest.mark.parametrize(("days", "more"), [(1, 3.25), (200, 0.0)])
def test_orders_of_other_amounts_or_of_another_season_are_another_shop(days: int, more: float):
    found = orders_of("Order,Paid at,Email,Total", days=days, more=more)
    assert (found.lines["order_id"].nunique(), found.renumbered_orders) == (33, 5)
