"""Is this model the right one for this data? What a reader must know before acting on the scores.

The model's card says which history, currency and period it was trained on. Each check compares one of them with the
data to score, and each caveat is a sentence of `lib/text` (`scoring.caveat.<key>`) that says what was found, what it
does to the scores, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib import schema
from lib.card import Card
from lib.errors import Fact
from lib.gate import OpenedModel
from lib.scoring.answers import PROBABILITY, Scores
from lib.scoring.needs import needs_of
from lib.training import MOST_TRAINING_CUSTOMERS

if TYPE_CHECKING:
    from lib.orders import Orders

ENOUGH_HISTORY = 0.9
"""A history is too short if it has less than this share of the days that the model was trained on."""

SLACK_DAYS = 7
"""A file that begins this much later than the training data is not cut off: a shop need not sell every day."""

OUTDATED_DAYS = 183
"""A model whose data ended longer ago than half a year is outdated."""

OTHER_SIZE = 1.5
"""More than this many times the training customers, or fewer than one part in this many, are another shop's: a shop's
own export differs by guests, test orders or deleted accounts, not by half of its customers."""

CERTAIN = 1e-6
"""A probability nearer to 0 or 1 than this, for every customer, is no knowledge but a wrong scale."""

ENOUGH_FOR_ONE_ANSWER = 20
"""Minimum number of rows for a caveat that all of them have the same prediction."""

COLUMNS_NAMED = 10
"""Maximum number of columns named in a sentence."""

BEYOND = 10.0
"""Predictions outside the training range by more than this many times its width are wrong by orders of magnitude."""


@dataclass(frozen=True)
class Caveat:
    """One reason to read the scores with care. `key` names the sentence `scoring.caveat.<key>`, `facts` fill it."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def caveats_of_history(card: Card | None, orders: Orders, cutoff: pd.Timestamp) -> tuple[Caveat, ...]:
    """What sets an order history apart from the one that the model was trained on.

    `other_shop`, `other_shop_before`, `short_history`, `other_currency`, `outdated`, `before_training_end`; none
    without a card. What only makes sense for the same shop is left out for another one.
    """
    if card is None or not card.cutoff:
        return ()
    other = _other_shop(card, orders)
    if other is not None:
        return tuple(caveat for caveat in (other, _currency(card, orders)) if caveat is not None)
    found = [_short_history(card, orders, cutoff), _currency(card, orders)]
    trained_until = pd.Timestamp(card.cutoff)
    days = (cutoff - trained_until).days
    if days > OUTDATED_DAYS:
        found.append(Caveat("outdated", {"day": trained_until.date(), "months": round(days / 30.44)}))
    if cutoff < trained_until and card.goal != "groups":
        found.append(Caveat("before_training_end", {"day": cutoff.date(), "trained": trained_until.date()}))
    return tuple(caveat for caveat in found if caveat is not None)


def _other_shop(card: Card, orders: Orders) -> Caveat | None:
    """An order history that cannot be the training data continued.

    It ends before the training data begins; or it covers the training period, and the number of customers in that
    period is not the one on the card.
    """
    if not card.period_start:
        return None
    moments = orders.lines["ordered_at"]
    start = pd.Timestamp(card.period_start)
    if moments.max() < start:
        return Caveat("other_shop_before", {"end": moments.max().date(), "trained_start": start.date()})
    until = training_cutoff(card)
    covers = moments.min() <= start + pd.Timedelta(days=SLACK_DAYS) and moments.max() >= until - pd.Timedelta(days=1)
    trained = card.sampled_from or card.customers
    # A sample by hashes is drawn before the cutoff is known: it is of customers who came later, too.
    if not covers or not trained or card.sampled_from > MOST_TRAINING_CUSTOMERS:
        return None
    found = int(orders.lines.loc[(moments >= start) & (moments < until), schema.CUSTOMER_ID].nunique())
    if trained / OTHER_SIZE <= found <= trained * OTHER_SIZE:
        return None
    return Caveat("other_shop", {"day": until.date(), "found": found, "trained": trained})


def training_cutoff(card: Card) -> pd.Timestamp:
    """The day before which a training customer's last counted order lies: for a model with a horizon, one horizon
    before the card's cutoff."""
    return pd.Timestamp(card.cutoff) - pd.Timedelta(days=0 if card.goal == "groups" else card.horizon_days)


def history_days(card: Card) -> int:
    """Days of order history that each training customer's features were computed from; 0 where the card says nothing.

    A model with a horizon looks at customers as they were one horizon before its cutoff.
    """
    if not card.cutoff or not card.period_start:
        return 0
    return max(0, (training_cutoff(card) - pd.Timestamp(card.period_start)).days)


def _short_history(card: Card, orders: Orders, cutoff: pd.Timestamp) -> Caveat | None:
    expected = history_days(card)
    start = orders.lines["ordered_at"].min().normalize()
    found = max(1, (cutoff - start).days)
    late = start > pd.Timestamp(card.period_start) + pd.Timedelta(days=SLACK_DAYS) if card.period_start else False
    if not expected or not late or found >= ENOUGH_HISTORY * expected:
        return None
    facts: dict[str, Fact] = {
        "days": found,
        "expected": expected,
        "start": start.date(),
        "trained_start": pd.Timestamp(card.period_start).date(),
    }
    return Caveat("short_history_groups" if card.goal == "groups" else "short_history", facts)


def _currency(card: Card, orders: Orders) -> Caveat | None:
    if not card.currency or not orders.currency or card.currency == orders.currency:
        return None
    return Caveat("other_currency", {"found": orders.currency, "trained": card.currency})


def caveats_of_scores(opened: OpenedModel, scores: Scores) -> tuple[Caveat, ...]:
    """What the scores themselves give away: wrongly scaled columns, one answer for all, the training table itself.

    `probably_not_scaled`, `one_answer`, `beyond_training`, `training_table`, `dummies_never_seen`.
    """
    table = scores.table.loc[scores.frame.index]
    found = [_certain(table) or _one_answer(opened, table), _beyond(opened.verdict.card, table)]
    if _is_training_table(opened, scores):
        found.append(Caveat("training_table", {"rows": scores.rows_in}))
    found.append(_never_seen(scores))
    return tuple(caveat for caveat in found if caveat is not None)


def _never_seen(scores: Scores) -> Caveat | None:
    """Dummy columns that were made out of a column of the table and are 0 in every row: their values never occur, or
    they are columns of their own that only begin alike."""
    unseen = [name for name in scores.derived if not scores.frame[name].any()]
    if not unseen:
        return None
    sources = list(dict.fromkeys(scores.derived[name].source for name in unseen))
    return Caveat("dummies_never_seen", {"columns": unseen[:COLUMNS_NAMED], "count": len(unseen), "sources": sources})


def _probabilities(table: pd.DataFrame) -> np.ndarray:
    names = [name for name in table.columns if str(name).startswith(PROBABILITY) or name == schema.BUY_AGAIN]
    return table[names].to_numpy(dtype="float64")


def _certain(table: pd.DataFrame) -> Caveat | None:
    """Every probability is practically 0 or 1."""
    shares = _probabilities(table)
    if len(table) < 2 or not shares.size:
        return None
    doubt = np.minimum(shares, 1 - shares).max()
    return Caveat("probably_not_scaled", {"rows": len(table)}) if doubt < CERTAIN else None


def _one_answer(opened: OpenedModel, table: pd.DataFrame) -> Caveat | None:
    """Every row gets the same class, group or number."""
    column = schema.GROUP if schema.GROUP in table.columns else schema.PREDICTION
    if len(table) < ENOUGH_FOR_ONE_ANSWER or column not in table.columns or table[column].nunique() != 1:
        return None
    shares = _probabilities(table)
    varies = bool(shares.size) and float(np.ptp(shares, axis=0).max()) > 0.01
    name = str(table[schema.GROUP_NAME if schema.GROUP_NAME in table.columns else column].iloc[0])
    key = "one_answer_probabilities" if varies else "one_answer" if opened.verdict.card else "one_answer_elsewhere"
    return Caveat(key, {"rows": len(table), "name": name})


def _beyond(card: Card | None, table: pd.DataFrame) -> Caveat | None:
    """Most predictions of a number lie far outside the range of the training answers, where the card tells it."""
    if card is None or schema.PREDICTION not in table.columns:
        return None
    bounds = answer_range(card)
    numbers = pd.to_numeric(table[schema.PREDICTION], errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    if bounds is None or not np.isfinite(numbers).any():
        return None
    low, high = bounds
    margin = BEYOND * (high - low)
    middle = float(np.nanmedian(numbers))
    if low - margin <= middle <= high + margin:
        return None
    facts = {name: float(f"{value:.3g}") for name, value in (("found", middle), ("low", low), ("high", high))}
    return Caveat("beyond_training", facts)


def answer_range(card: Card) -> tuple[float, float] | None:
    """Smallest and largest answer of the self-test that travels with the model, for a model of a number."""
    expected = card.self_test.get("expected")
    answers = expected.get("predict") if isinstance(expected, Mapping) else None
    if card.goal != "target" or not isinstance(answers, list) or card.classes:
        return None
    numbers = np.array([answer for answer in answers if isinstance(answer, int | float)], dtype="float64")
    if not len(numbers) or not np.ptp(numbers) > 0:
        return None
    return float(numbers.min()), float(numbers.max())


def _is_training_table(opened: OpenedModel, scores: Scores) -> bool:
    """Whether the table looks exactly like the training customers: as many rows, and the card's share in every bin."""
    card = opened.verdict.card
    if card is None or card.goal != "target" or scores.rows_in != card.customers:
        return False
    described = [need for need in needs_of(opened) if need.kind == "number" and len(need.edges) >= 3]
    return bool(described) and all(
        _same_shares(need.edges, need.shares, scores.frame[need.name].to_numpy(dtype="float64", na_value=np.nan))
        for need in described
    )


def _same_shares(edges: tuple[float, ...], shares: tuple[float, ...], numbers: np.ndarray) -> bool:
    present = numbers[np.isfinite(numbers)]
    if not len(present) or len(shares) != len(edges) + 1:
        return False
    places = np.searchsorted(np.asarray(edges), present, side="right")
    found = np.bincount(places, minlength=len(shares)) / len(present)
    return bool(np.abs(found - np.asarray(shares)).max() < 0.0006)  # the card rounds to three decimals
