"""The customer id 0: guests in some shops, the first customer in tables that count from 0."""

import random

import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, Orders, clean, findings_of
from lib.tables import read_table


def cleaned(text: str, options: CleanOptions | None = None) -> Orders:
    table = read_table(text.encode(), "shop.csv")
    return clean(table, understand(table), options=options)


def history(seed: int, *, guests: bool, beside: str, gaps: bool = False) -> tuple[str, int]:
    """An export with ids from 0 and, beside them, e-mails or nothing; and its customers with an id."""
    rng = random.Random(seed)
    ids = [0, *rng.sample(range(100, 90_000), 14)] if gaps else list(range(15))
    rows, met = [f"order_id,order_date,customer_id{',' * bool(beside)}{beside},total"], set()
    for at in range(120):
        number = 0 if guests and rng.random() < 0.4 else rng.choice(ids[1:] if guests else ids)
        person = rng.randint(500, 900) if number == 0 and guests else number
        met.add(f"guest {person}" if number == 0 and guests else str(number))
        said = {"": "", "email": f",p{person}@x.com"}[beside]
        rows.append(
            f"{7000 + at},2024-{1 + at // 28:02}-{1 + at % 28:02},{number}{said},{rng.randint(500, 9_900) / 100}"
        )
    return "\n".join(rows), len(met) if beside else len(met - {one for one in met if one.startswith("guest")})


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("beside", ["", "email"])
@pytest.mark.parametrize("guests", [False, True])
def test_zero_is_a_customer_or_guests(seed: int, beside: str, guests: bool):
    text, customers = history(seed, guests=guests, beside=beside)
    assert cleaned(text).lines["customer_id"].nunique() == customers


def test_what_only_the_numbers_say_is_asked_about_and_can_be_changed():
    text, customers = history(1, guests=False, beside="")
    asked = {finding.key: finding.option for finding in findings_of(cleaned(text))}
    assert asked["orders.finding.zero_customer"] == "zero_is_guests"
    other = cleaned(text, CleanOptions(zero_is_guests=True))
    assert other.lines["customer_id"].nunique() == customers - 1
    assert other.ledger.set_aside["no_customer"] > 0
    assert not findings_of(other)


def test_beside_ids_with_many_gaps_zero_is_nobody():
    text, customers = history(2, guests=False, beside="", gaps=True)
    assert cleaned(text).lines["customer_id"].nunique() == customers - 1
