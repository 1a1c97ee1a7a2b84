"""Cards that were changed by hand: a figure that cannot be is never shown, and that something was left out is said."""

import copy
import math
from collections.abc import Iterator

import pytest

from lib.card import Card
from lib.card.bounds import Plain
from lib.card.possible import METRIC_BOUNDS
from lib.presentation import document, sentences
from lib.text import LANGUAGES
from tests.card.mutations import KINDS, stored

IMPOSSIBLE: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("auc", "roc_auc", "pr_auc", "accuracy", "balanced_accuracy", "f1", "brier"), (1.7, -0.2, 94.0)),
    **dict.fromkeys(("certainty", "days_coverage", "value_coverage", "smallest", "tree"), (1.01, -1.0, 80.0)),
    **dict.fromkeys(("spearman", "stability"), (1.5, -1.5)),
    **dict.fromkeys(("mae", "mae_scaled", "rmse", "log_loss", "days_error", "value_error"), (-0.01, -1e20)),
    "r2": (1.2, 90.0),
}
"""Written a second time: what no test can give."""


def places(plain: dict[str, Plain]) -> Iterator[tuple[str, dict[str, Plain], str]]:
    """Every mapping of a card that holds metrics, and the metric in it."""
    evaluation = plain["evaluation"]
    assert isinstance(evaluation, dict)
    lists = [evaluation.get(name, []) for name in ("peers", "candidates")]
    for where, figures in (
        ("metrics", plain["metrics"]),
        ("baseline", plain["baseline"]),
        *((f"{one['key']} peer", one["metrics"]) for peers in lists for one in peers),
    ):
        for name in list(figures):
            if name in IMPOSSIBLE:
                yield where, figures, name


def changed_metrics(kind: str) -> Iterator[tuple[str, str, float, dict[str, Plain]]]:
    """Where, metric, value and card: one metric of the stored card at a time set to what it cannot be."""
    whole = stored(kind)
    for at, (_, _, metric) in enumerate(places(whole)):
        for value in IMPOSSIBLE[metric][at % 2 :: 2]:
            plain = copy.deepcopy(whole)
            where, figures, name = list(places(plain))[at]
            figures[name] = value
            yield where, name, value, plain


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_card_loses_nothing(kind: str) -> None:
    card = Card.from_plain(stored(kind))
    assert card is not None
    assert card.unread == ()


def test_what_cannot_be_is_known_of_the_same_metrics() -> None:
    assert set(METRIC_BOUNDS) == set(IMPOSSIBLE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_metric_that_cannot_be_is_left_out_and_that_is_said(kind: str) -> None:
    seen = 0
    for where, name, value, plain in changed_metrics(kind):
        card = Card.from_plain(plain)
        assert card is not None
        assert card.unread, (where, name, value)
        assert all(sentences.understood(language, card) for language in LANGUAGES)
        kept = card.metrics if where == "metrics" else card.baseline if where == "baseline" else {}
        assert kept.get(name) != value
        assert all(peer.metrics.get(name) != value for peer in (*card.evaluation.peers, *card.evaluation.candidates))
        seen += 1
    assert seen > 4


def intervals(kind: str) -> list[str]:
    return [*stored(kind)["evaluation"].get("intervals", {})]  # type: ignore[index, union-attr]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if intervals(kind)])
@pytest.mark.parametrize("factor", [0.5, 0.9, 1.2])
def test_a_metric_that_is_another_one_than_its_interval_says_is_not_shown(kind: str, factor: float) -> None:
    for name in intervals(kind):
        plain = copy.deepcopy(stored(kind))
        before = plain["metrics"].get(name)  # type: ignore[union-attr]
        if before is None or abs(before) < 0.1 or not math.isfinite(before):
            continue
        plain["metrics"][name] = before * factor  # type: ignore[index]
        card = Card.from_plain(plain)
        assert card is not None
        assert name not in card.metrics
        assert name not in card.evaluation.intervals or card.unread == (f"metrics.{name}",)  # it could not be either
        assert sentences.understood("en", card)


CONTRADICTIONS: dict[str, tuple[str, Plain]] = {
    "buyers": ("buyers", 10**9),
    "share of buyers": ("base_rate", 0.999),
    "the best": ("top", {"customers": 10, "positives": 20}),
    "more of the best than all": ("top", {"customers": 10**9, "positives": 5}),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_numbers_of_customers_that_contradict_each_other_are_not_shown(name: str) -> None:
    field, value = CONTRADICTIONS[name]
    plain = copy.deepcopy(stored("buy_again"))
    plain["evaluation"][field] = value  # type: ignore[index, call-overload]
    card = Card.from_plain(plain)
    assert card is not None
    assert card.evaluation.__getattribute__(field) is None
    assert sentences.understood("es", card)


CURRENCIES = ("<b>EUR</b>", "EUR" * 40, "=1+1", "\u202eRUE", "E\x00R", "[x](http://a.b)", "$$", "", "🪙", 7, None)
DATES = ("2024-13-45", "31/12/2024", "1e9", "9999-12-31", "1899-12-31", "2024-01-01T00:00:00+05:00", "today", 20240101)
NAMES = ("", "x" * 5_000, "\n\n# Headline", "<script>", "![a](http://a.b/c.png)", "{customers}", "\ud800", "a\x1b[31m")


@pytest.mark.parametrize("kind", KINDS)
def test_a_currency_date_or_name_by_hand_is_shown_as_text_or_left_out(kind: str) -> None:
    columns = stored(kind)["columns"]
    assert isinstance(columns, list)
    whole = stored(kind)
    fields = {"currency": CURRENCIES, "target": NAMES, "baseline_name": NAMES}
    fields |= dict.fromkeys(("cutoff", "period_start", "period_end"), DATES)
    shown = 0
    for field, values in fields.items():
        for value in values:
            card = Card.from_plain({**whole, field: value})
            if card is None:
                continue  # half of a character: no card is read
            shown += 1
            if shown % 3 == 0:
                html = document.to_html(card, LANGUAGES[shown % len(LANGUAGES)])
                assert "<script>" not in html
                assert "<b>EUR" not in html
                assert not any(sign in html for sign in "\x00\u202e\x1b")
            assert card.__getattribute__(field) in ("", value)
            if card.__getattribute__(field) != value:
                assert card.unread
    assert shown > 20
