"""What was paid is compared with what orders cost: in one file, and where a table of payments is joined."""

import random

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import clean_files, evidence_of, findings_of
from lib.schema import PAYMENTS_SUM


def cleaned(*files):
    tables = read_shop([(name, text.encode()) for name, text in files]).tables
    return clean_files(tables, [understand(table) for table in tables])


def keys(found):
    return {one.key for one in (*evidence_of(found), *findings_of(found))}


def one_file(seed, *, short):
    """A row per order; of `short` orders a part was not paid. Returns the text, all totals and what is missing."""
    draw = random.Random(seed)
    paid_name = draw.choice(("Amount Paid", "Total Paid", "Pagado", "Importe pagado", "Bezahlt"))
    total, missing = 0.0, 0.0
    rows = [f"Order ID,Order Date,Customer ID,Total,{paid_name}"]
    for at in range(40):
        costs = round(draw.uniform(5, 300), 2)
        less = round(draw.uniform(0.2, 0.9) * costs, 2) if at < short else 0.0
        total, missing = total + costs, missing + less
        rows.append(f"{1000 + at},2024-{at % 12 + 1:02}-{at % 27 + 1:02},C{at % 17},{costs:.2f},{costs - less:.2f}")
    return "\n".join(rows) + "\n", total, missing


@pytest.mark.parametrize("seed", range(8))
def test_a_column_of_payments_that_agrees_is_evidence(seed):
    text, total, _ = one_file(seed, short=0)
    found = cleaned(("orders.csv", text))
    assert found.lines["amount"].sum() == pytest.approx(total, abs=0.01)
    assert "orders.evidence.payments" in keys(found)


@pytest.mark.parametrize("seed", range(8))
def test_payments_that_fall_short_are_shown_with_the_choice(seed):
    text, _, missing = one_file(seed, short=12)
    found = cleaned(("orders.csv", text))
    (finding,) = [one for one in findings_of(found) if one.key.startswith("orders.finding.payments")]
    assert finding.role == "amount"
    assert (finding.facts["share"], finding.facts["orders"]) == (70, 40)
    assert finding.facts["apart"] == pytest.approx(missing, abs=0.02)


def tables(seed, *, short, delivery):
    """Orders, their items and their payments in three files; what is missing of the payments."""
    draw = random.Random(seed)
    orders, items = ["order_id,order_date,customer_id"], ["order_id,product,quantity,price,freight_value"]
    paid, total, missing = ["payment_id,order_id,amount"], 0.0, 0.0
    for at in range(60):
        orders.append(f"{500 + at},2024-{at % 12 + 1:02}-{at % 27 + 1:02},{at % 23 + 1}")
        costs = 0.0
        for product in draw.sample(("Mug", "Cap", "Lamp", "Rug"), draw.randint(1, 3)):
            price, pieces = round(draw.uniform(2, 90), 2), draw.randint(1, 3)
            freight = round(draw.uniform(1, 9), 2) if delivery else 0.0
            items.append(f"{500 + at},{product},{pieces},{price:.2f},{freight:.2f}")
            costs, total = costs + price * pieces + freight, total + price * pieces
        less = round(0.5 * costs, 2) if at < short else 0.0
        missing += less
        first = round((costs - less) / 3, 2)
        paid += [f"{9000 + 2 * at},{500 + at},{first:.2f}", f"{9001 + 2 * at},{500 + at},{costs - less - first:.2f}"]
    files = [("orders.csv", orders), ("order_items.csv", items), ("payments.csv", paid)]
    return [(name, "\n".join(rows) + "\n") for name, rows in files], total, missing


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("delivery", [False, True])
def test_payments_of_a_joined_table_that_agree_are_evidence_and_change_no_amount(seed, delivery):
    files, total, _ = tables(seed, short=0, delivery=delivery)
    found = cleaned(*files)
    assert found.lines["amount"].sum() == pytest.approx(total, abs=0.05)
    assert found.payment_checks[0].column == PAYMENTS_SUM
    assert "orders.evidence.payments" in keys(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_payments_of_a_joined_table_that_fall_short_are_shown(seed):
    files, total, missing = tables(seed, short=20, delivery=False)
    found = cleaned(*files)
    assert found.lines["amount"].sum() == pytest.approx(total, abs=0.05)
    (finding,) = [one for one in findings_of(found) if one.key == "orders.finding.payments_less"]
    assert finding.facts["share"] == 67
    assert finding.facts["apart"] == pytest.approx(missing, abs=0.05)
