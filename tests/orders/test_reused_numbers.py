"""Order numbers that are used again: counted anew each year, month or day, in each branch or for each customer."""

import random
import re

import pytest

from benchmarks.exports import numbering
from benchmarks.second_computation import constructed_differences
from lib.layouts import understand
from lib.orders import Orders, clean_files, evidence_of, findings_of
from lib.tables import read_table

YEARS = """Invoice,Email,Date,Total
1,ana@x.com,2023-01-05,20
2,bo@x.com,2023-02-09,30
1,ana@x.com,2024-01-09,15
2,cy@x.com,2024-03-09,35
3,cy@x.com,2024-03-09,10
"""


def read(*files: str) -> Orders:
    tables = [read_table(text.encode(), f"{place}.csv") for place, text in enumerate(files)]
    return clean_files(tables, [understand(table) for table in tables])


def test_each_use_of_a_number_is_an_order_with_its_own_day():
    found = read(YEARS)
    assert list(found.lines["order_id"]) == [
        "1 (2023-01-05)", "2 (2023-02-09)", "1 (2024-01-09)", "2 (2024-03-09)", "3 (2024-03-09)",
    ]  # fmt: skip
    assert found.reused_numbers == 2
    assert [fact.facts["count"] for fact in evidence_of(found) if fact.key == "orders.evidence.reused"] == [2]
    assert not findings_of(found)


def test_a_refund_is_of_the_order_that_its_customer_had_last_under_that_number():
    text = YEARS.replace("Total", "Total,Status").replace("\n", ",paid\n").replace("Status,paid", "Status")
    found = read(text + "2,cy@x.com,2024-03-09,35,refunded\n")
    back = found.returns if len(found.returns) else found.called_off
    assert set(back["order_id"]) == {"2 (2024-03-09)"}
    assert "2 (2023-02-09)" in set(found.lines["order_id"])


def test_rows_without_customer_or_day_belong_to_the_row_above():
    blank = YEARS.replace("3,cy@x.com,2024-03-09,10", "2,,,5")
    found = read(blank)
    assert found.lines.groupby("order_id")["amount"].sum()["2 (2024-03-09)"] == 40


def test_guests_keep_their_own_orders_under_a_customers_number():
    found = read(YEARS.replace("2,cy@x.com", "2,") + "4,dee@x.com,2024-04-01,7\n" + "1,dee@x.com,2022-05-05,9\n")
    assert found.lines.loc[found.lines["customer_id"] == "bo@x.com", "amount"].sum() == 30
    assert found.ledger.set_aside == {"no_customer": 1}


def test_one_year_of_a_shop_joins_the_exports_of_several():
    """The year alone uses no number twice; its orders are those of the longer export all the same."""
    alone = "Invoice,Email,Date,Total\n1,ana@x.com,2024-01-09,15\n2,cy@x.com,2024-03-09,35\n4,dee@x.com,2024-05-05,8\n"
    found = read(YEARS, alone)
    assert (found.lines["order_id"].nunique(), found.lines["amount"].sum()) == (6, 118.0)


def test_lines_of_one_order_on_several_days_stay_one_order():
    found = read(YEARS.replace("2024-01-09", "2023-01-25").replace("2,cy@x.com,2024", "4,cy@x.com,2024"))
    assert (found.lines["order_id"].nunique(), found.reused_numbers) == (4, 0)


def test_one_number_of_two_customers_within_weeks_proves_nothing():
    """One address was typed wrongly on a line that was sent later."""
    found = read(
        YEARS.replace("1,ana@x.com,2024-01-09", "5,ana@x.com,2024-01-09").replace("2024-03-09,35", "2023-02-20,35")
    )
    assert found.reused_numbers == 0


PAID = "Invoice,Email,Date,Status,Total\n"


def test_refunds_that_the_shop_itself_wrote_name_no_other_orders():
    """Three orders given back months later under the shop's address; a second parcel does not part an order."""
    sold = [f"{at},u{at % 9}@x.com,2024-01-{at:02},Paid,{at}" for at in range(10, 30)]
    sold.append("20,u2@x.com,2024-01-24,Paid,5")
    found = read(PAID + "\n".join([*sold, *(f"{at},desk@x.com,2024-04-{at},Refunded,{at}" for at in (12, 15, 18))]))
    assert (found.lines["order_id"].nunique(), found.reused_numbers) == (20, 0)
    assert found.lines["amount"].sum() + found.returns["amount"].sum() == sum(range(10, 30)) + 5 - 45


def test_one_number_typed_wrongly_among_many_is_no_restart():
    sold = [f"{at},u{at % 9}@x.com,2024-{at % 12 + 1:02}-{at % 28 + 1:02},Paid,{at}" for at in range(100, 200)]
    found = read(PAID + "\n".join([*sold, "101,u7@x.com,2025-06-01,Paid,5"]))
    assert (found.lines["order_id"].nunique(), found.reused_numbers) == (100, 0)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("who", ["u{}@x.com", "desk@x.com"])
def test_a_refund_weeks_later_is_of_the_order_before_it(sign, who):
    sold = [
        f"{at},u{at * year % 9}@x.com,{year}-{at:02}-05,Paid,{at + year - 2000}"
        for year in (2022, 2023, 2024)
        for at in range(1, 13)
    ]
    back = [f"{at},{who.format(at * 2023 % 9)},2023-{at:02}-25,Refunded,{sign}{at + 23}" for at in (2, 5)]
    found = read(PAID + "\n".join([*sold, *back]))
    assert found.lines["order_id"].nunique() == 36
    assert found.returns["amount"].sum() == -53
    assert set(found.returns["order_id"]) == {"2 (2023-02-05)", "5 (2023-05-05)"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", numbering.KINDS, ids=lambda kind: kind.__name__)
def test_every_way_of_counting_anew(kind, seed):
    """Small shops: at most one order in ten may be taken for another's, where a customer has a number twice."""
    export = kind(random.Random(f"{kind.__name__} {108 + seed}"))
    wrong = dict(re.findall(r"(\w+) ([\d.]+), right", constructed_differences(export)))
    orders = len({sale.order for sale in export.sold})
    assert abs(int(wrong.pop("orders", orders)) - orders) <= 0.1 * orders
    assert not wrong
