"""Figures of a month, their reasons and the moves between segments, against a second computation without pandas."""

import math
import random
import re
from collections import defaultdict
from dataclasses import replace

import pandas as pd
import pytest

from lib import text
from lib.changes import html_report, sections, what_changed
from lib.changes.figures import figures_of, moved, periods, reasons_of, segment_sizes
from lib.errors import UserError
from lib.insights import prepare, size
from lib.insights.customers import segments_at
from lib.orders import REASONS, Ledger, Orders, hash_ids
from lib.project import Campaign, Project, Snapshot, key_check_of, snapshot_of
from tests.insights.any_shops import any_shop
from tests.project.projects import KEY

DAY = pd.Timedelta(days=1)


def random_orders(seed: int, *, days: int = 400, people: int = 60) -> Orders:
    """Lines of one or two per order, some returns; customers begin, pause for long, and end."""
    drawn = random.Random(seed)
    rows, back = [], []
    for person in range(people):
        day = drawn.randrange(days)
        while day < days:
            order = f"o{person}-{day}"
            for _ in range(drawn.choice((1, 1, 2))):
                moment = pd.Timestamp("2023-01-01") + day * DAY + pd.Timedelta(hours=drawn.randrange(24))
                row = (f"c{person:03d}", order, moment, drawn.randrange(100, 9_000) / 100, 1.0, None, None)
                rows.append(row)
                if drawn.random() < 0.08:
                    later = moment + drawn.randrange(1, 20) * DAY
                    back.append((row[0], order, later, -row[3], -1.0, None, None))
            day += drawn.choice((3, 12, 30, 45, 200))
    names = ["customer_id", "order_id", "ordered_at", "amount", "quantity", "product", "country"]
    lines, returns = (
        pd.DataFrame(part, columns=names)
        .astype(dict.fromkeys(("customer_id", "order_id", "product", "country"), "str"))
        .astype({"ordered_at": "datetime64[us]"})
        .sort_values("ordered_at", kind="stable", ignore_index=True)
        for part in (rows, back)
    )
    reason = pd.Series(pd.Categorical([""] * len(lines), categories=["", *REASONS]))
    return Orders(lines, returns, Ledger(len(lines), len(lines), {}, reason), "EUR")


def by_hand(orders: Orders, start: pd.Timestamp, end: pd.Timestamp, lapse: int) -> dict[str, float]:
    """The figures of a period, counted order by order."""
    order_at: dict[tuple[str, str], pd.Timestamp] = {}
    money: dict[tuple[str, str], float] = defaultdict(float)
    for line in orders.lines.itertuples():
        order = line.customer_id, line.order_id
        order_at[order] = min(order_at.get(order, line.ordered_at), line.ordered_at)
        money[order] += line.amount
    moments: dict[str, list[tuple[pd.Timestamp, tuple[str, str]]]] = defaultdict(list)
    for order, moment in order_at.items():
        moments[order[0]].append((moment, order))
    found: dict[str, float] = dict.fromkeys(
        ("sales", "orders", "customers", "new", "returning", "reactivated", "lost", "sales_new", "sales_returning",
         "sales_reactivated", "returned"), 0.0,
    )  # fmt: skip
    for history in moments.values():
        history.sort()
        inside = [place for place, (moment, _) in enumerate(history) if start <= moment < end]
        lost = False  # counts once, also where an order came after it and no other
        for place, (moment, _) in enumerate(history):
            gone = moment + lapse * DAY
            follows = place + 1 < len(history) and history[place + 1][0] <= gone
            lost |= start <= gone < end and not follows
        found["lost"] += lost
        if not inside:
            continue
        first = inside[0]
        kind = "new" if first == 0 else "returning"
        if first > 0 and history[first][0] - history[first - 1][0] > lapse * DAY:
            kind = "reactivated"
        found["customers"] += 1
        found[kind] += 1
        for place in inside:
            found["orders"] += 1
            found["sales"] += money[history[place][1]]
            found[f"sales_{kind}"] += money[history[place][1]]
    for line in orders.returns.itertuples():
        if start <= line.ordered_at < end:
            found["returned"] -= line.amount
    found["revenue"] = found["sales"] - found["returned"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_what_counting_order_by_order_gives(seed):
    orders = random_orders(seed)
    history = prepare(orders.lines, orders.returns)
    since = history.end - random.Random(seed).choice((20, 31, 90)) * DAY
    view, earlier = periods(history, since)
    assert earlier is not None
    for one in (view, earlier):
        made, wanted = figures_of(one), by_hand(orders, one.start, one.end, history.lapse_days)
        for name, value in wanted.items():
            assert getattr(made, name) == pytest.approx(value), name
    now, before = figures_of(view), figures_of(earlier)
    reasons = reasons_of(now, before)
    assert reasons.change == pytest.approx(now.revenue - before.revenue)
    split = reasons.new + reasons.returning + reasons.reactivated + reasons.returns
    assert split == pytest.approx(reasons.change)
    assert reasons.number_of_orders + reasons.order_value + reasons.returns == pytest.approx(reasons.change)


def of_any_shop(seed: int) -> Orders:
    lines, returns = any_shop(seed)
    reason = pd.Series(pd.Categorical([""] * len(lines), categories=["", *REASONS]))
    return Orders(lines, returns, Ledger(len(lines), len(lines), {}, reason), "EUR")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(14))
def test_figures_of_any_shop_are_what_counting_gives_and_its_own_snapshot_is_not_revised(seed):
    """A return after the last order was in the figures that a project saved, and not in those of the same orders."""
    orders = of_any_shop(seed)
    history = prepare(orders.lines, orders.returns)
    drawn = random.Random(seed)
    for _ in range(3):
        since = history.end - drawn.randint(1, max(1, (history.end - history.first_day).days)) * DAY
        view, earlier = periods(history, since)
        for one in (view, earlier):
            if one is None:
                continue
            made, wanted = figures_of(one), by_hand(orders, one.start, one.end, history.lapse_days)
            for name, value in wanted.items():
                assert getattr(made, name) == pytest.approx(value, rel=1e-9, abs=1e-6), name
        snapshot = snapshot_of(size(history), "EUR")
        found = what_changed(Project(snapshot=snapshot), orders, since=since, history=history)
        assert found.revised is not None
        assert not found.revised.differs
        for language in text.LANGUAGES:
            said = sections(found, language)
            cells = [cell for row in said[0].rows for cell in row]
            assert not [cell for cell in cells if re.match(r"[+-]0(?![\d.,]*[1-9])", cell)], "minus nothing"
            if found.before is not None and found.before.revenue <= 0:
                assert "–" not in said[0].sentences[0], "a change in percent of nothing"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_who_moved_is_who_has_another_segment_than_before(seed):
    orders = random_orders(seed, people=120)
    history = prepare(orders.lines, orders.returns)
    since = history.end - 60 * DAY
    sizes, found = segment_sizes(history, since), moved(history, since)
    now = segments_at(history, history.end)["segment"].astype(str)
    assert dict(zip(sizes["segment"], sizes["now"], strict=True)).items() >= now.value_counts().to_dict().items()
    known = set(orders.lines.loc[orders.lines["ordered_at"] < since, "customer_id"])
    assert sizes["before"].sum() == len(known)
    assert set(found["customer_id"]) <= known
    assert (found["before"] != found["now"]).all()
    ids = dict(zip(history.customer_ids, now.reindex(range(len(history.customer_ids))), strict=True))
    assert all(ids[row.customer_id] == row.now for row in found.itertuples())
    stayed = len(known) - len(found)
    arrived = len(now) - len(known)
    for segment, _, after in sizes.itertuples(index=False):
        assert after >= int((found["now"] == segment).sum())
    assert stayed + len(found) + arrived == len(now)


def test_a_history_that_does_not_reach_back_is_not_compared():
    orders = random_orders(1, days=50)
    history = prepare(orders.lines, orders.returns)
    _, earlier = periods(history, history.first_day + 2 * DAY)
    assert earlier is None
    with pytest.raises(UserError, match="nothing_new"):
        periods(history, history.end)


@pytest.mark.slow
def test_the_effect_of_a_campaign_is_measured_on_hashed_customers():
    orders = random_orders(2, people=200)
    start = prepare(orders.lines).end - 40 * DAY
    people = sorted(orders.lines["customer_id"].unique())
    hashed = hash_ids(orders, KEY)
    names = dict(zip(orders.lines["customer_id"], hashed.lines["customer_id"], strict=True))
    assigned = pd.DataFrame(
        {
            "customer_id": [names[one] for one in people],
            "control": [place % 4 == 0 for place in range(len(people))],
            "score_band": 1,
        }
    )
    project = Project(campaigns=(Campaign("Spring", start, 30, 0.5, assigned),), key_check=key_check_of(KEY))
    found = what_changed(project, orders, since=start, key=KEY)
    (with_key,) = found.campaigns
    (without,) = what_changed(project, orders, since=start).campaigns
    (wrong,) = what_changed(project, orders, since=start, key=b"other").campaigns
    inside = orders.lines[(orders.lines["ordered_at"] >= start) & (orders.lines["ordered_at"] < start + 30 * DAY)]
    buyers = set(inside["customer_id"])
    rates = [
        sum(one in buyers for one in group) / len(group)
        for group in ([one for place, one in enumerate(people) if place % 4], people[::4])
    ]
    assert with_key.effect is not None
    assert with_key.effect.uplift.value == pytest.approx(rates[0] - rates[1])
    assert [one.error.key for one in (without, wrong) if one.error] == ["project.needs_key", "project.wrong_key"]
    partly = replace(with_key, effect=replace(with_key.effect, without_orders=3))
    for campaign, count in ((with_key, 0), (partly, 1)):
        said = sections(replace(found, campaigns=(campaign,)), "en")[-1].sentences
        assert sum(one.startswith("3 customers on the lists have no order") for one in said) == count


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_changed_is_said_and_names_no_customer(language):
    orders = random_orders(3)
    history = prepare(orders.lines, orders.returns)
    since = history.end - 30 * DAY
    then = orders.lines[orders.lines["ordered_at"] < since]
    bait = "<script>alert(1)</script>"
    snapshot = Snapshot(str(history.first_day.date()), str(since.date()), 10, then["order_id"].nunique(), 1.0, "EUR")
    found = what_changed(Project(snapshot=snapshot), orders, since=since, language=language)
    assert found.revised is not None
    assert found.revised.differs
    assert found.revised.customers_now == then["customer_id"].nunique()
    said = sections(found, language)
    assert [one.key for one in said] == ["figures", "segments"]
    page = html_report(found, language, name=bait).decode()
    assert bait not in page
    assert "http" not in page
    assert not any(customer in page for customer in orders.lines["customer_id"].unique())
    assert len(found.at_risk) == int((found.moved["now"] == "at_risk").sum())
    assert not math.isnan(found.now.order_value)
