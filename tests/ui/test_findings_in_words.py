"""The numbers that a reader sees in the sentences and changes of Explore, against a second computation."""

import re
from datetime import datetime

import pandas as pd
import pytest

from lib import insights
from lib.insights import Filters
from lib.ui import page
from lib.ui.exploring import tabs
from lib.ui.exploring.cache import Explored
from tests.insights import reference
from tests.insights.shops import generated, ten_filters

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SEEDS = (1, 2, 4, 7)


def numbers(sentence: str) -> list[float]:
    return [float(one.replace(",", "")) for one in NUMBER.findall(sentence)]


def seen(value: float, among: list[float]) -> bool:
    """Whether a value stands there, rounded to a whole number, to cents, or as a percentage."""
    return any(abs(one - abs(form)) <= 0.5001 for one in among for form in (value, 100 * value))


def views(seed: int) -> list[tuple[Filters, reference.View]]:
    lines, returns = generated(seed)
    shop = reference.read(lines, returns)
    found = []
    for start, end, countries, net in ten_filters(lines, seed):
        filters = Filters(
            start=None if start is None else pd.Timestamp(start),
            end=None if end is None else pd.Timestamp(end),
            countries=countries,
            net=net,
        )
        if start is not None and end is not None:
            found.append((filters, reference.view(shop, start, end, countries, net)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_each_number_in_a_sentence_is_true_and_it_opens_as_many_customers_as_it_says(seed: int) -> None:
    history = insights.prepare(*generated(seed))
    for filters, other in views(seed):
        shown = Explored(history, filters, None, None, ())
        if shown.empty:
            assert not other.orders
            continue
        expected = list(reference.findings(other).items())[: insights.MAX_FINDINGS]
        assert len(shown.findings) == len(expected)
        for finding, (key, facts) in zip(shown.findings, expected, strict=True):
            with page.in_language("en"):
                words = tabs.finding_words(finding, "")
            said = numbers(words)
            shown_facts = {name for name, _ in finding.facts}
            for name, value in facts.items():
                if name in shown_facts and isinstance(value, int | float):
                    assert seen(value, said), (key, name, value, words)
            if finding.about is not None and "customers" in facts:
                flags = insights.customers_meeting(history, (finding.about,), dict)
                assert int(flags.sum()) == facts["customers"], words


def changed(now: float, before: float, unit: str) -> float | None:
    if unit == "share":
        return now - before
    return (now - before) / before if before > 0 else None


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_each_change_is_that_of_the_same_figure_in_the_days_before(seed: int) -> None:
    history = insights.prepare(*generated(seed))
    for filters, other in views(seed):
        scope = insights.scope(history, filters)
        compared = insights.previous_period(scope)
        start: datetime = other.start - (other.end - other.start)
        if compared is None or scope.empty:
            assert start < other.shop.first_day or not other.orders
            continue
        shown = Explored(history, filters, compared, None, ())
        before = reference.view(other.shop, start, other.start, other.countries, other.net)
        if not before.orders:
            assert all(figure.change is None for figure in shown.figures)
            continue
        now, then = reference.key_figures(other), reference.key_figures(before)
        for figure in shown.figures:
            expected = changed(now[figure.key], then[figure.key], figure.unit)
            assert figure.change == (expected if expected is None else pytest.approx(expected, abs=1e-9)), figure.key
