"""The measured effect of a campaign, against simulations whose effect is known."""

import math
import statistics
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from lib.audience import (
    Interval,
    assign_control,
    detectable_uplift,
    difference_of_rates,
    measure_effect,
    required_customers,
    with_bands,
)
from lib.errors import UserError
from lib.text import tell
from tests.insights.any_shops import any_shop

START = pd.Timestamp("2025-03-01")


def campaign(customers: int, share: float, seed: int) -> pd.DataFrame:
    """Selected customers with scores, and who is held out."""
    random = np.random.default_rng(seed)
    chosen = pd.DataFrame(
        {"customer_id": [f"c{at}" for at in range(customers)], "buy_again": random.beta(2, 6, customers)}
    )
    chosen = with_bands(chosen)
    control = assign_control(chosen["customer_id"], share, score=chosen["buy_again"], seed=f"s{seed}")
    return chosen.assign(control=control)


def later_orders(chosen: pd.DataFrame, uplift: float, seed: int) -> pd.DataFrame:
    """Order lines of the month after: each customer buys with their score, contacted ones with `uplift` more."""
    random = np.random.default_rng(10_000 + seed)
    chance = chosen["buy_again"] + np.where(chosen["control"], 0.0, uplift)
    buys = random.random(len(chosen)) < chance
    names = chosen.loc[buys, "customer_id"]
    days = pd.to_timedelta(random.integers(0, 28, len(names)), unit="D")
    lines = pd.DataFrame({"customer_id": names.to_numpy(), "ordered_at": START + days, "amount": 40.0})
    old = pd.DataFrame({"customer_id": ["c0"], "ordered_at": [START - pd.Timedelta(days=9)], "amount": [99.0]})
    last = pd.DataFrame({"customer_id": ["x"], "ordered_at": [START + pd.Timedelta(days=40)], "amount": [1.0]})
    return pd.concat([old, lines, last], ignore_index=True)


@dataclass(frozen=True)
class Log:
    """Order lines and returns."""

    lines: pd.DataFrame
    returns: pd.DataFrame


def orders_of(lines: pd.DataFrame, returns: pd.DataFrame | None = None) -> Log:
    return Log(lines, lines.head(0) if returns is None else returns)


@pytest.mark.slow
def test_a_known_effect_of_three_points_is_covered_as_promised():
    """Over 200 simulated campaigns the 95% interval holds the true 3 points in at least 91%, and is no wider than it
    need be."""
    inside, estimates, widths = 0, [], []
    for seed in range(200):
        chosen = campaign(4_000, 0.25, seed)
        found = measure_effect(chosen, orders_of(later_orders(chosen, 0.03, seed)), start=START, days=30, cost=0.5)
        inside += found.uplift.low <= 0.03 <= found.uplift.high
        estimates.append(found.uplift.value)
        widths.append(found.uplift.high - found.uplift.low)
    assert 0.91 <= inside / 200 <= 0.995
    assert abs(np.mean(estimates) - 0.03) < 0.004
    # The textbook width for independent groups of 3,000 and 1,000 at rates near 28% and 25%.
    assert np.mean(widths) == pytest.approx(2 * 1.96 * np.sqrt(0.28 * 0.72 / 3000 + 0.25 * 0.75 / 1000), rel=0.05)


@pytest.mark.slow
def test_no_effect_is_rarely_called_one():
    called = 0
    for seed in range(200):
        chosen = campaign(1_000, 0.3, seed)
        called += measure_effect(chosen, orders_of(later_orders(chosen, 0.0, seed)), start=START, days=30).conclusive
    assert called <= 16  # 5% of 200 is 10


def test_money_and_bands_are_counted_by_hand():
    chosen = pd.DataFrame(
        {
            "customer_id": list("abcdef"),
            "control": [False, False, False, True, True, True],
            "score_band": [1, 1, 2, 1, 2, 2],
        }
    )
    lines = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "d", "z"],
            "ordered_at": pd.to_datetime(["2025-03-02", "2025-03-03", "2025-02-27", "2025-03-30", "2025-06-01"]),
            "amount": [10.0, 20.0, 500.0, 6.0, 1.0],
        }
    )
    found = measure_effect(chosen, orders_of(lines), start=START, days=30, cost=2.0)
    assert (found.contacted, found.control) == (3, 3)
    assert (found.rate_contacted, found.rate_control) == pytest.approx((1 / 3, 1 / 3))
    assert found.uplift.value == 0
    assert found.revenue_per_contact.value == pytest.approx(10.0 - 2.0)
    assert found.revenue == pytest.approx(24.0)
    assert found.cost == 6.0
    assert not found.conclusive
    assert [(band.band, band.contacted, band.control, band.uplift.value) for band in found.bands] == [
        (1, 2, 1, -0.5),
        (2, 1, 2, 0.0),
    ]


def test_returns_of_the_period_are_taken_off_the_revenue():
    """Of the contacted, a gives back all of an order; c gives back what was bought before the campaign; z is in no
    list. The return of a in April is after the period."""
    chosen = pd.DataFrame({"customer_id": list("abcd"), "control": [False, False, True, True], "score_band": 1})
    columns = ["customer_id", "ordered_at", "amount"]
    rows = [("a", "2025-03-02", 900.0), ("b", "2025-03-03", 50.0), ("c", "2025-02-27", 30.0), ("c", "2025-03-05", 20.0)]
    lines = pd.DataFrame([*rows, ("z", "2025-06-01", 1.0)], columns=columns)
    back = [
        ("a", "2025-03-04", -900.0),
        ("c", "2025-03-06", -30.0),
        ("z", "2025-03-06", -7.0),
        ("a", "2025-04-02", -5.0),
    ]
    returns = pd.DataFrame(back, columns=columns)
    for table in (lines, returns):
        table["ordered_at"] = pd.to_datetime(table["ordered_at"])
    found = measure_effect(chosen, orders_of(lines, returns), start=START, days=30, cost=1.0)
    assert found.revenue_per_contact.value == pytest.approx((0 + 50) / 2 - (20 - 30) / 2)
    assert found.profit.value == pytest.approx(2 * 30 - 2)
    assert (found.rate_contacted, found.rate_control) == (1.0, 0.5)
    assert found.without_orders == 1  # d


def test_the_period_ends_where_the_orders_end():
    chosen = campaign(40, 0.5, 1)
    lines = pd.DataFrame({"customer_id": ["c1"], "ordered_at": [START + pd.Timedelta(days=9)], "amount": [1.0]})
    assert measure_effect(chosen, orders_of(lines), start=START, days=30).end == START + pd.Timedelta(days=10)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda chosen, lines: (chosen.assign(control=False), lines), "no_hold_back"),
        (lambda chosen, lines: (chosen.assign(customer_id="nobody"), lines), "unknown_customers"),
        (lambda chosen, lines: (chosen, lines[lines["ordered_at"] < START]), "no_later_orders"),
    ],
)
def test_what_cannot_be_measured_is_told(change, key):
    chosen = campaign(60, 0.5, 1)
    chosen, lines = change(chosen, later_orders(chosen, 0.1, 1))
    with pytest.raises(UserError) as caught:
        measure_effect(chosen, orders_of(lines), start=START, days=30)
    assert caught.value.key == f"audience.{key}"


def test_newcombes_interval_is_that_of_his_paper():
    """Newcombe 1998, table II, method 10: 56/70 − 48/80 is 0.2, from 0.0524 to 0.3339."""
    contacted, control = np.repeat([1.0, 0.0], [56, 14]), np.repeat([1.0, 0.0], [48, 32])
    found = difference_of_rates(contacted, control)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert isinstance(found, Interval)


def test_the_planned_size_finds_the_effect_as_often_as_promised():
    """Simulated: a plan for 80% power finds the effect in about 80% of campaigns."""
    total = required_customers(0.25, 0.05, 0.3)
    kept = round(0.3 * total)
    random = np.random.default_rng(5)
    noticed = 0
    for _ in range(600):
        contacted = (random.random(total - kept) < 0.30).astype("float64")
        control = (random.random(kept) < 0.25).astype("float64")
        noticed += difference_of_rates(contacted, control).low > 0
    assert noticed / 600 == pytest.approx(0.8, abs=0.05)


def test_the_size_is_that_of_the_textbook():
    """Two equal groups, 10% against 15%, 80% power, two-sided 5%: 686 each (Fleiss without continuity correction)."""
    assert required_customers(0.10, 0.05, 0.5) == pytest.approx(2 * 686, abs=4)


@pytest.mark.parametrize(("base", "contacted", "control"), [(0.3, 900, 100), (0.05, 5_000, 5_000), (0.5, 300, 300)])
def test_the_detectable_uplift_is_the_one_for_which_the_size_is_enough(base, contacted, control):
    found = detectable_uplift(base, contacted, control)
    assert required_customers(base, found, control / (contacted + control)) <= contacted + control
    assert required_customers(base, 0.97 * found, control / (contacted + control)) > contacted + control


@pytest.mark.parametrize("plan", [(0.5, 0.0, 0.1), (0.9, 0.2, 0.1), (0.5, 0.1, 0.0), (0.5, 0.1, 1.0)])
def test_an_impossible_plan_is_told(plan):
    with pytest.raises(UserError):
        required_customers(*plan)


def test_an_impossible_rise_is_told_in_percentage_points():
    with pytest.raises(UserError) as error:
        required_customers(0.9, 0.2, 0.1)
    assert "buyers of 90.0% cannot rise by 20.0 percentage points" in tell("en", error.value)
    assert "del 90,0\u00a0% no puede subir 20,0 puntos porcentuales" in tell("es", error.value)


@pytest.mark.parametrize("lost", ["list", "orders", "neither", "both"])
@pytest.mark.parametrize("width", [3, 5, 9])
def test_zeros_that_a_spreadsheet_dropped_from_ids_lose_no_customer(lost, width):
    """Customers whose id had lost its zeros counted as not having bought."""
    kept = pd.Series([str(number).zfill(width) for number in range(2, 100, 3)])
    bare = kept.str.lstrip("0")
    listed = pd.DataFrame(
        {"customer_id": bare if lost in ("list", "both") else kept, "control": kept.index % 3 == 0, "score_band": 1}
    )
    moments = [START + pd.Timedelta(days=at % 20) for at in range(len(kept))]
    sold = bare if lost in ("orders", "both") else kept
    lines = pd.DataFrame({"customer_id": sold, "ordered_at": moments, "amount": 10.0})
    found = measure_effect(listed, orders_of(lines), start=START, days=30)
    assert (found.rate_contacted, found.rate_control, found.without_orders) == (1.0, 1.0, 0)


def test_one_list_that_a_spreadsheet_saved_beside_another_that_it_did_not():
    """All customers of the one list counted as not having bought; those in both files counted twice."""
    kept = pd.Series([str(number).zfill(6) for number in range(2, 100, 3)] + ["ana@x.com", "654321"])
    control = (kept.index % 3 == 0).tolist()
    lines = pd.DataFrame({"customer_id": kept, "ordered_at": START, "amount": 10.0})
    for lost in (True, False):
        ids = kept.where([one != lost for one in control], kept.str.lstrip("0"))
        listed = pd.DataFrame({"customer_id": ids, "control": control, "score_band": 1})
        for lists in (listed, pd.concat([listed, listed.assign(customer_id=kept)], ignore_index=True)):
            found = measure_effect(lists, orders_of(lines), start=START, days=30)
            assert (found.rate_contacted, found.rate_control, found.without_orders) == (1.0, 1.0, 0)
            assert (found.contacted, found.control) == (len(kept) - sum(control), sum(control))
    listed = pd.DataFrame({"customer_id": ["2", "000002", "5"], "control": [True, False, False], "score_band": 1})
    with pytest.raises(UserError) as error:
        measure_effect(listed, orders_of(lines), start=START, days=30)
    assert error.value.key == "audience.in_both_groups"


def test_ids_that_differ_by_their_zeros_are_different_customers():
    listed = pd.DataFrame({"customer_id": ["1", "2", "012"], "control": [True, False, False], "score_band": 1})
    lines = pd.DataFrame({"customer_id": ["1", "012", "12"], "ordered_at": START, "amount": 10.0})
    found = measure_effect(listed, orders_of(lines), start=START, days=30)
    assert (found.rate_contacted, found.rate_control, found.without_orders) == (0.5, 1.0, 1)


def score_ends(successes: int, size: int) -> tuple[float, float]:
    """Wilson's interval as the two roots of (p − share)² = z² p (1 − p) ÷ size, found by halving."""
    z, share = 1.959963984540054, successes / size

    def outside(p: float) -> bool:
        return (p - share) ** 2 > z**2 * p * (1 - p) / size

    ends = []
    for far in (0.0, 1.0):
        inner, outer = share, far
        if not outside(far) and share == far:
            ends.append(far)
            continue
        for _ in range(200):
            middle = (inner + outer) / 2
            inner, outer = (inner, middle) if outside(middle) else (middle, outer)
        ends.append(inner)
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(21))
def test_the_effect_in_any_shop_is_what_counting_customer_by_customer_gives(seed):
    """Treated against control, net of returns, with intervals, in shops with free, huge and equal orders."""
    lines, returns = any_shop(seed)
    drawn = np.random.default_rng([seed, 5])
    people = [*sorted(set(lines["customer_id"])), "somebody new", "and another"]
    held = {who: bool(drawn.random() < 0.4) for who in people} | {people[-1]: True, people[-2]: False}
    first, last = lines["ordered_at"].min().normalize(), lines["ordered_at"].max().normalize()
    start = first + pd.Timedelta(days=int(drawn.integers(0, (last - first).days + 1)))
    days, cost = int(drawn.integers(1, 90)), 0.37
    chosen = pd.DataFrame({"customer_id": people, "control": [held[who] for who in people], "score_band": 1})
    found = measure_effect(chosen, orders_of(lines, returns), start=start, days=days, cost=cost)

    end = min(start + pd.Timedelta(days=days), last + pd.Timedelta(days=1))
    money, bought = dict.fromkeys(people, 0.0), dict.fromkeys(people, False)
    for table in (lines, returns):
        for row in table.itertuples():
            if start <= row.ordered_at < end and row.customer_id in money:
                money[row.customer_id] += row.amount
                bought[row.customer_id] |= table is lines
    treated, control = ([who for who in people if held[who] == kind] for kind in (False, True))
    sizes = len(treated), len(control)
    hits = [sum(bought[who] for who in group) for group in (treated, control)]
    rates = [hit / size for hit, size in zip(hits, sizes, strict=True)]
    assert (found.end, found.contacted, found.control, found.without_orders) == (end, *sizes, 2)
    assert (found.rate_contacted, found.rate_control) == pytest.approx(tuple(rates))
    (low_1, high_1), (low_2, high_2) = (score_ends(hit, size) for hit, size in zip(hits, sizes, strict=True))
    difference = rates[0] - rates[1]
    low = difference - math.sqrt((rates[0] - low_1) ** 2 + (high_2 - rates[1]) ** 2)
    high = difference + math.sqrt((high_1 - rates[0]) ** 2 + (rates[1] - low_2) ** 2)
    assert (found.uplift.value, found.uplift.low, found.uplift.high) == pytest.approx((difference, low, high), abs=1e-9)
    values = [[money[who] for who in group] for group in (treated, control)]
    means = [statistics.fmean(group) for group in values]
    scale = max(1.0, *(abs(value) for group in values for value in group))
    assert found.revenue_per_contact.value == pytest.approx(means[0] - means[1], abs=1e-9 * scale)
    assert found.profit.value == pytest.approx(sizes[0] * (means[0] - means[1] - cost), abs=1e-8 * scale)
    if min(sizes) > 1:
        spread = 1.959963984540054 * math.sqrt(sum(statistics.variance(group) / len(group) for group in values))
        ends = means[0] - means[1] - spread, means[0] - means[1] + spread
        assert (found.revenue_per_contact.low, found.revenue_per_contact.high) == pytest.approx(ends, abs=1e-8 * scale)
