"""What was measured about a model: one frozen dataclass per goal, with one shape for what several goals share.

The trainers build these (`lib/training`), `lib/presentation` and `lib/ui` read them. Every field has a default, so
that a card that says less, or in which a part cannot be read, is shown without that part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lib.card.bounds import Cell, Count, Days, Figure, Key, Moment, Name, Positive, Share, ShareOfMoney

Task = Literal["yes_no", "classes", "number"]
HeldOut = Literal["quarter", "each_once", "later"]

# ---------------------------------------------------------------------------------------------- shapes that goals share


@dataclass(frozen=True)
class Interval:
    """A figure and the bounds of its 95 % bootstrap interval; no bounds where they could not be measured."""

    value: Figure
    low: Figure | None = None
    high: Figure | None = None


@dataclass(frozen=True)
class ColumnImportance:
    """How much the loss per customer grows when one column's values are shuffled among the customers."""

    column: Name
    increase: Figure
    """In the unit of the loss: log loss; mean absolute error for future amounts; squared error for a target column."""
    low: Figure | None = None
    high: Figure | None = None
    """A 95 % interval of the increase."""


@dataclass(frozen=True)
class CalibrationBin:
    """Customers with similar predictions: the mean prediction and the mean outcome, with its 95 % interval."""

    predicted: Figure
    actual: Figure
    low: Figure | None = None
    high: Figure | None = None
    customers: Count = 0


@dataclass(frozen=True)
class GainsPoint:
    """The share of the total outcome that comes from a share of the customers, those with the highest predictions."""

    share_customers: Share
    share_reached: ShareOfMoney


@dataclass(frozen=True)
class LiftBin:
    """One tenth of the customers; tenth 1 has the highest predictions. `lift` is `actual` over the overall mean."""

    tenth: Count
    customers: Count
    predicted: Figure
    actual: Figure
    lift: Figure


@dataclass(frozen=True)
class DependenceCurve:
    """Partial dependence: the mean prediction if every customer had the same value in one column."""

    column: Name
    values: tuple[Cell, ...]
    predicted: tuple[Figure, ...]
    """As long as `values`."""


@dataclass(frozen=True)
class Peer:
    """Another method measured on the same customers: `constant`, `rule`, `btyd`, `rfm_grid`, or a recipe's key."""

    key: Key
    metrics: Mapping[str, Figure]
    """By the names of `Card.metrics`; of the recipes among which one was chosen by cross-validation, `loss` and
    `error` (its standard error)."""
    chosen: bool = False


@dataclass(frozen=True)
class TopCount:
    """Of the k customers with the highest probabilities, how many had a positive outcome."""

    customers: Count
    positives: Count


@dataclass(frozen=True)
class Evaluation:
    """What every goal's evaluation may hold."""

    customers: Count = 0
    """How many customers the figures are measured on."""
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    """Metric → figure with its interval."""
    peers: tuple[Peer, ...] = ()
    """Other methods measured on the same customers."""
    compared_with: Key = ""
    """Key of the peer that `differences` compares with."""
    differences: Mapping[str, Interval] = field(default_factory=dict)
    """Metric → this model's figure minus that peer's, on the same customers."""
    candidates: tuple[Peer, ...] = ()
    """The recipes among which one was chosen, by cross-validation inside the training data."""
    calibration: tuple[CalibrationBin, ...] = ()
    gains: tuple[GainsPoint, ...] = ()
    lift: tuple[LiftBin, ...] = ()
    importance: tuple[ColumnImportance, ...] = ()
    """Most important first."""
    dependence: tuple[DependenceCurve, ...] = ()
    left_out: Mapping[str, Key] = field(default_factory=dict)
    """Column → why the model does not use it (`training.left_out.<reason>`)."""

    def peer(self, key: str) -> Mapping[str, float]:
        """The figures of that peer; none where it was not measured."""
        return next((peer.metrics for peer in self.peers if peer.key == key), {})


# ------------------------------------------------------------------------------------------------ one per kind of goal


@dataclass(frozen=True)
class FutureEvaluation(Evaluation):
    """Of `buy_again`, `spend` and `orders`: predicted at `cutoff`, compared with the horizon after it."""

    cutoff: Moment = ""
    buyers: Count | None = None
    """How many of the customers bought within the horizon."""
    base_rate: Share | None = None
    """The share of the customers who bought."""
    mean_spend: Figure | None = None
    mean_orders: Figure | None = None
    """Per customer, within the horizon."""
    top: TopCount | None = None
    top_decile_rate: Share | None = None
    """Of the tenth with the highest probabilities, the share that bought."""
    weights: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """`chance`, `amount` → member of the blend → weight."""
    tested_days: Days = 0
    """The horizon that was tested, where it is shorter than the model's own; 0: the model's own."""
    expected_total: Interval | None = None
    """Buyers, money or orders of all customers within the horizon after the card's cutoff, with the range that is
    meant to hold nine of ten such totals. Only where the horizon could not be tested."""
    training_cutoffs: tuple[Moment, ...] = ()
    training_rows: Count = 0


@dataclass(frozen=True)
class NextOrderEvaluation(Evaluation):
    """Of `next_order`: measured on those customers who ordered within the horizon after `cutoff`."""

    cutoff: Moment = ""
    customers_known: Count = 0
    """All customers at the cut-off, also those who did not order within the horizon."""
    nominal_coverage: Share | None = None
    """The share of the actual values that the predicted intervals are meant to hold."""
    median_days: Positive | None = None
    """Days until the next order, of the median customer."""
    tested_days: Days = 0
    """The horizon that was tested, where it is shorter than the model's own; 0: the model's own."""
    training_cutoffs: tuple[Moment, ...] = ()
    training_rows: Count = 0


@dataclass(frozen=True)
class Threshold:
    """The probability from which acting costs less than not acting, and what follows from it."""

    probability: Share
    cost_missed: Positive
    cost_false_alarm: Positive
    flagged: Share = 0.0
    """Share of the customers at or above the threshold."""
    found: Share = 0.0
    """Recall: of the positives, the share flagged."""
    right: Share = 0.0
    """Precision: of the flagged, the share that is positive."""
    cost: Positive = 0.0
    """Per 100 customers, acting on the flagged."""
    cost_all: Positive = 0.0
    """Per 100 customers, contacting all of them."""
    cost_none: Positive = 0.0
    """Per 100 customers, contacting none."""


@dataclass(frozen=True)
class ColumnEvaluation(Evaluation):
    """Of `target`: measured on customers held out."""

    task: Task | None = None
    positive: Name = ""
    """Of a yes/no column, the answer whose probability is predicted."""
    base_rate: Share | None = None
    """Share of the customers with that answer."""
    held_out: HeldOut | None = None
    """A quarter of the table, or every customer once, each by a model trained without that customer."""
    top: TopCount | None = None
    threshold: Threshold | None = None
    confusion: tuple[tuple[Count, ...], ...] = ()
    """Rows: actual, columns: predicted, both in the order of `Card.classes`."""
    single_column_scores: Mapping[str, Figure] = field(default_factory=dict)
    """Column → how well it alone predicts the target (ROC AUC, or R²)."""
    rare_answers: Count = 0
    """Customers left out because their class was too rare."""


@dataclass(frozen=True)
class GroupCandidate:
    """One way to form groups that was tried, with what was measured of it."""

    groups: Count
    columns: tuple[Name, ...] = ()
    preparation: Key = ""
    """How amounts were transformed first."""
    stability: Figure | None = None
    """Mean adjusted Rand index with the groups of bootstrap samples."""
    smallest: Share | None = None
    """Share of the customers in the smallest group."""
    tree: Share | None = None
    """Share of unseen customers that a decision tree of depth 3 puts into the right group."""
    explained: Figure | None = None
    """R² of later spending by group, divided by that of the RFM grid."""
    stayed: Share | None = None
    """Share of the customers known a month before whose group was the same then."""
    good: bool = False
    """Whether it reaches every bar."""
    chosen: bool = False


@dataclass(frozen=True)
class MonthLater:
    """How the groups held over the last month of the history."""

    days: Days = 0
    same: Share | None = None
    """Share of the customers who stay in their group when the model is trained again."""
    moved: Share | None = None
    """Share of the customers whom the same model puts elsewhere after the month, since their orders changed."""
    arrived: Count = 0
    """Customers who are new in that month."""
    table: tuple[tuple[Count, ...], ...] = ()
    """Rows: the group before, columns: the group now, cells: customers."""


@dataclass(frozen=True)
class GroupsEvaluation(Evaluation):
    """Of `groups`: the ways to form groups that were tried, and how the chosen groups hold."""

    tried: tuple[GroupCandidate, ...] = ()
    bars: Mapping[str, Figure] = field(default_factory=dict)
    """Measure → the least that a candidate needs."""
    reason: Key = ""
    """Text key: why this number of groups."""
    columns_used: tuple[Name, ...] = ()
    preparation: Key = ""
    month_later: MonthLater | None = None
    grid_explained: Figure | None = None
    """R² of later spending by cell of the RFM grid."""
    explained_r2: Figure | None = None
    """R² of later spending by group."""
    later_days: Days = 0
    """How many days "later" is."""


AnyEvaluation = FutureEvaluation | NextOrderEvaluation | ColumnEvaluation | GroupsEvaluation
