"""Which customers are alike? Groups chosen by what makes them worth having, each a pipeline that places new customers.

How many groups, and how amounts are seen, is decided by four figures that are measured for every candidate:

- *stability*: mean adjusted Rand index between the groups and those found in bootstrap samples of the customers;
- *smallest*: the share of customers in the smallest group;
- *explained*: how much of what customers spent later the groups explain, beside the classic grid of five by five by
  five cells of recency, frequency and money. Both are measured on customers left out (cross-validated R² of the mean
  per group), so that 125 cells gain nothing by being many;
- *tree*: of customers it has not seen, the share that a decision tree of depth 3 puts into the right group.

Each has a bar (`BARS`). Of the candidates that clear all of them the one with most groups wins; if none does, the one
that misses least. Three groups are looked at only where nothing from four to eight clears the bars; a stability clears
its bar only beyond its own error. (Silhouette, Calinski-Harabasz and Davies-Bouldin nearly always ask for two groups,
which is no use.)

Groups of an order history may look at recency, frequency and money, as is classic, or at what was spent lately in place
of one of them: where amounts of all time shade into each other, having spent nothing or much lately is a border that
other customers of the same shop confirm.

What is shipped is not the clusterer but what it found: a `NearestCentroid` with the groups' centres (for a mixture, a
`GaussianNB` with its means and spreads). It assigns as k-means does, holds no customer, answers with numbers from 1
in the order of value, and `predict_proba` is the chance that the customer would land in that group if the model had
learnt from another sample.

Keys of `Card.evaluation`: `candidates` (list: `columns`, `preparation`, `groups`, `stability`, `smallest`, `explained`,
`tree`, `good`, `chosen`), `bars`, `why` (text key of the reason for this number of groups), `grid_explained` (R² of the
classic grid), `explained_r2`, `later_days`, `month_later` (`days`, `same`: share of customers who stay in their group
when the model is learnt anew a month later; `moved`: share whom the same model places elsewhere after the month),
`left_out` (column → reason), `columns_used`.
Keys of `Card.metrics`: `stability`, `smallest`, `tree`, `certainty`, and with orders `explained`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import QuantileTransformer
from threadpoolctl import threadpool_limits

from lib.card import Card, Plain
from lib.card.format_1 import evaluation_of
from lib.errors import UserError
from lib.features import FEATURES, WINDOWS, CodedLog, code, default_cutoff, features_of, future_of
from lib.recipes import Inputs, Plan, Preparation, Recipe, recipe
from lib.segments import RFM, Later, Profile, agreement, keep_names, migration, speak, tree_right
from lib.training import Progress, Question, Trained, quiet
from lib.training.describe import describe, kind_of, rounded
from lib.training.grid import grid_pipeline, segments_of
from lib.training.inputs import as_the_pipeline_sees, caps_of, sort_columns

if TYPE_CHECKING:
    from lib.orders import Orders

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

FEWEST_CUSTOMERS = 50
"""Below this no grouping is told from chance."""

FIRM_CUSTOMERS = 200
"""With fewer, groups are said to be loose whatever their figures: so few cannot show what the next ones will bring."""

MOST_GROUPS = 20
CANDIDATE_GROUPS = (4, 5, 6, 7, 8)
FEWER_GROUPS = 3
"""Looked at where no number of `CANDIDATE_GROUPS` clears all bars."""
MONTH_DAYS = 30

ROUGH_SAMPLES, FINE_SAMPLES, FINALISTS = 4, 24, 5
HOPELESS, HOPELESS_SAMPLES = 0.25, 2
"""What misses its other bars by so much together is not worth more samples of a rough look."""
MOST_SAMPLES, DRAWN_CUSTOMERS = 80, 100_000
"""Finalists get at least `FINE_SAMPLES` bootstrap samples, and up to `MOST_SAMPLES` while few customers are drawn."""
ROUGH_CUSTOMERS, COMPARED_CUSTOMERS, FOLLOWED_CUSTOMERS = 2_500, 4_000, 20_000
"""Candidates are compared on so many customers at most, all of them roughly and the finalists closely. Later spend has
few large buyers: what finalists explain of it is looked at for so many customers."""
ROUGH_STARTS, BOOTSTRAP_STARTS = 4, 3
"""How often k-means starts anew where it need not find the very best; `recipes` says how often it does otherwise."""
QUADRATIC_CUSTOMERS = 5_000
"""Ward and HDBSCAN look at pairs: they learn from so many customers at most, and the others join the nearest centre."""

QUARTER, HALF = "spend in the last quarter of the history", "spend in the last half"
"""What a customer spent lately, which stands for the column `spend_…_days` whose days come nearest to that."""

ORDER_COLUMNS: tuple[tuple[str, ...], ...] = (
    RFM,
    ("recency_days", "frequency_orders", "order_value_mean"),
    ("recency_days", "monetary_total"),
    ("recency_days", QUARTER),
    ("monetary_total", QUARTER),
    ("recency_days", "frequency_orders", QUARTER),
    ("recency_days", HALF),
    ("monetary_total", HALF),
)
"""What groups of an order history may look at, the classic three first. Money of all time moves a border with every
customer; of lately many have spent nothing, which is a border that holds, and it says more of what they buy next."""

PREPARATIONS: tuple[Preparation, ...] = ("log", "root", "capped", "ranks")


@dataclass(frozen=True)
class Bar:
    """What a grouping should reach in one figure."""

    key: str
    least: float


BARS: tuple[Bar, ...] = (Bar("stability", 0.90), Bar("smallest", 0.04), Bar("explained", 1.2), Bar("tree", 0.80))

SURE = 2.0
"""By how many of its standard errors a stability must be above its bar."""

TOO_LITTLE_TO_EXPLAIN = 0.01
"""Where the classic grid explains less of later spend than this, nothing does, and that bar says nothing."""


@dataclass(frozen=True)
class Material:
    """What groups are found in: customers now, and the same kind of table at an earlier time, if there is one."""

    now: pd.DataFrame
    value: pd.Series
    value_column: str
    choices: tuple[tuple[str, ...], ...]
    """The sets of columns to choose from."""
    past: pd.DataFrame | None = None
    happened: pd.DataFrame | None = None
    """What the customers of `past` did later: `bought`, `spend`, `orders`."""
    days: int = 0
    last_month: pd.DataFrame | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """One way to group."""

    columns: tuple[str, ...]
    preparation: Preparation
    groups: int


@dataclass(frozen=True)
class Measured:
    """A candidate and its four figures; `explained` is None where there is no later spend to explain."""

    candidate: Candidate
    stability: float
    stability_error: float
    smallest: float
    explained: float | None
    tree: float
    votes: Matrix
    """Customers × groups: how often bootstrap models put the customer into each group."""
    labels: Labels

    def shortfall(self, bar: Bar) -> float:
        """By which share of the bar the figure falls short; a stability must clear its bar beyond its error."""
        reached = getattr(self, bar.key)
        if reached is None:
            return 0.0
        reached -= SURE * self.stability_error if bar.key == "stability" else 0.0
        return max(0.0, (bar.least - reached) / bar.least)

    @property
    def missed(self) -> float:
        """By how much it misses all bars together."""
        return sum(self.shortfall(bar) for bar in BARS)

    @property
    def good(self) -> bool:
        """Whether it clears every bar."""
        return all(self.shortfall(bar) == 0 for bar in BARS)


# --------------------------------------------------------------------------------------------------- the entrances


def train_groups_of_orders(orders: Orders, question: Question, *, progress: Progress = quiet) -> Trained:
    """Groups of the customers of an order history, as they are at the cutoff.

    Raises UserError: `training.too_few_customers`, `training.unknown_columns`.
    """
    progress(0.0, "training.step.features")
    cutoff = question.cutoff or default_cutoff(orders)
    log = code(orders)
    material = _of_orders(log, cutoff, question)
    trained = _train(material, question, progress)
    start = log.start
    card = replace(
        trained.card,
        cutoff=cutoff.isoformat(),
        horizon_days=material.days,
        period_start=start.date().isoformat(),
        period_end=min(cutoff, log.end).date().isoformat(),
        currency=orders.currency,
    )
    return replace(trained, card=card)


def train_groups_of_customers(frame: pd.DataFrame, question: Question, *, progress: Progress = quiet) -> Trained:
    """Groups of a table with one row per customer: numbers, yes/no, dates and categories, with gaps.

    Raises UserError: `training.too_few_customers`, `training.unknown_columns`, `training.no_usable_columns`.
    """
    progress(0.0, "training.step.columns")
    if unknown := [name for name in question.columns if name not in frame.columns]:
        raise UserError("training.unknown_columns", columns=unknown)
    table = frame[list(question.columns)] if question.columns else frame
    sorted_columns = sort_columns(table)
    if not sorted_columns.inputs.columns:
        raise UserError("training.no_usable_columns", columns=[str(name) for name in table.columns])
    now = as_the_pipeline_sees(table, sorted_columns.inputs)
    value_column, value = _value_of(now)
    material = Material(
        now, value, value_column, _column_sets(sorted_columns.inputs, question), left_out=sorted_columns.left_out
    )
    return _train(material, question, progress)


def _of_orders(log: CodedLog, cutoff: pd.Timestamp, question: Question) -> Material:
    known = {feature.name for feature in FEATURES if feature.family not in ("btyd", "season")}
    if unknown := [name for name in question.columns if name not in known]:
        raise UserError("training.unknown_columns", columns=unknown)
    span = (min(cutoff, log.end) - log.start) / pd.Timedelta(days=1)
    choices = (question.columns,) if question.columns else _choices_in(span)
    columns = list(dict.fromkeys([*RFM, *(name for choice in choices for name in choice)]))
    now = features_of(log, cutoff, columns=columns)
    days = int(min(question.horizon_days, span // 3))
    past = happened = last_month = None
    # Only whole horizons are looked at: a window that the log has not seen to its end would look like quiet customers.
    before = min(cutoff, log.end) - pd.Timedelta(days=days)
    if days >= 7:
        past = features_of(log, before, columns=columns)
        happened = future_of(log, before, days)
        if len(past) < FEWEST_CUSTOMERS:
            past = happened = None
    if span > 4 * MONTH_DAYS:
        last_month = features_of(log, cutoff - pd.Timedelta(days=MONTH_DAYS), columns=columns)
        last_month = last_month if len(last_month) >= FEWEST_CUSTOMERS else None
    return Material(now, now["monetary_total"], "monetary_total", choices, past, happened, days, last_month)


def _choices_in(span: float) -> tuple[tuple[str, ...], ...]:
    """`ORDER_COLUMNS` of a history of so many days."""

    def nearest(days: float) -> str:
        return f"spend_{min(WINDOWS, key=lambda window: abs(math.log(window / max(days, 1.0))))}_days"

    named = {QUARTER: nearest(span / 4), HALF: nearest(span / 2)}
    return tuple(dict.fromkeys(tuple(named.get(name, name) for name in choice) for choice in ORDER_COLUMNS))


def _column_sets(inputs: Inputs, question: Question) -> tuple[tuple[str, ...], ...]:
    everything = inputs.columns
    numbers = (*inputs.amounts, *inputs.numbers)
    if question.columns or len(numbers) < 2 or len(numbers) == len(everything):
        return (everything,)
    return (everything, numbers)


_MONEY = (
    *("revenue", "spend", "spent", "amount", "monetary", "sales", "charges", "mnt", "turnover", "income"),
    *("gasto", "importe", "ingreso", "factur", "venta"),
)


def _value_of(frame: pd.DataFrame) -> tuple[str, pd.Series]:
    """What groups of a customer table are ordered by: the column that sounds most like money, else only their size."""
    numbers = [name for name in frame.columns if kind_of(frame[name]) == "number"]
    for word in _MONEY:
        for name in numbers:
            if word in name.lower():
                return name, frame[name].astype("float64").fillna(0.0).clip(lower=0)
    return "", pd.Series(0.0, index=frame.index)


# ---------------------------------------------------------------------------------------------------- the training


def _train(material: Material, question: Question, progress: Progress) -> Trained:
    if len(material.now) < FEWEST_CUSTOMERS:
        raise UserError("training.too_few_customers", customers=len(material.now), needed=FEWEST_CUSTOMERS)
    if (
        question.groups
        and question.recipe != "rfm_grid"
        and not 2 <= question.groups <= min(MOST_GROUPS, len(material.now) // 10)
    ):
        raise UserError(
            "training.groups_out_of_range", groups=question.groups, most=min(MOST_GROUPS, len(material.now) // 10)
        )
    chosen_recipe = recipe(question.recipe or "kmeans")
    # The many small fits gain nothing from threads, and lose a lot where others want the same cores.
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        if chosen_recipe.key == "rfm_grid" and not set(RFM) <= set(material.now.columns):
            raise UserError("training.grid_needs_orders")
        kind = _Grid if chosen_recipe.key == "rfm_grid" else _Finder
        finder = kind(material, chosen_recipe, question.seed)
        finder.like = question.like if _can_be_like(question.like, chosen_recipe, material) else None
        measured, chosen = finder.choose(question.groups, progress)
        progress(0.85, "training.step.describe")
        pipeline, example = finder.ship(chosen)
        return _tell(finder, (pipeline, example), measured, chosen, question)


class _Finder:
    """Fits candidates of one recipe on one material, and remembers what is the same for all of them."""

    def __init__(self, material: Material, chosen: Recipe, seed: int) -> None:
        self.material = material
        self.recipe = chosen
        self.names: tuple[str, ...] = ()
        self.like: Card | None = None
        self.seed = seed
        most = QUADRATIC_CUSTOMERS if chosen.key in ("ward", "hdbscan") else COMPARED_CUSTOMERS
        self.now = _sample(material.now, most, seed)
        self.few = _sample(material.now, min(most, ROUGH_CUSTOMERS), seed)
        self._matrices: dict[tuple[tuple[str, ...], str, int], Matrix] = {}
        self.past: pd.DataFrame | None = None
        self.few_past: pd.DataFrame | None = None
        self.grid = self.few_grid = 0.0
        if material.past is not None:
            most = most if self._quadratic else FOLLOWED_CUSTOMERS
            self.past = _sample(material.past, most, seed)
            self.few_past = _sample(self.past, min(most, COMPARED_CUSTOMERS), seed)
            self.grid = explained(self._spend_of(self.past), classic_cells(self.past))
            self.few_grid = explained(self._spend_of(self.few_past), classic_cells(self.few_past))

    def choose(self, groups: int, progress: Progress) -> tuple[list[Measured], Measured]:
        """Every candidate with its figures, and the one that is taken."""
        candidates = self._candidates(groups)
        many = len(candidates) > FINALISTS
        rough: list[Measured] = []
        for place, candidate in enumerate(candidates):
            progress(0.1 + 0.5 * place / len(candidates), "training.step.compare")
            rough.append(self.measure(candidate, rough=many))
        rough = [one for one in rough if one.votes.shape[1] > 1]
        if not rough:
            raise UserError("training.no_groups_found")
        fine = self._closely(rough, progress) if many else rough
        if not groups and self.like is None and not any(one.good for one in fine):
            # Fewer groups, said honestly, rather than more that do not hold.
            fewer = [self.measure(one, rough=many) for one in _with_fewer_groups(candidates)]
            fewer = [one for one in fewer if one.votes.shape[1] > 1]
            fine = [*fine, *(self._closely(fewer, progress, begin=0.8, most=FINALISTS) if many else fewer)]
            rough = [*rough, *fewer]
        chosen = max(fine, key=_merit)
        seen = {one.candidate for one in fine}
        return [*fine, *(one for one in rough if one.candidate not in seen)], chosen

    def _closely(
        self, rough: list[Measured], progress: Progress, *, begin: float = 0.6, most: int = 2 * FINALISTS
    ) -> list[Measured]:
        """The most promising ones, measured as closely as they will be."""
        fine: list[Measured] = []
        for place, one in enumerate(sorted(rough, key=_promise, reverse=True)):
            # The first that clears all bars on the closer look is not enough: another finalist may have more groups.
            if place >= FINALISTS and (any(done.good for done in fine) or place >= most):
                break
            progress(begin + 0.2 * place / (2 * FINALISTS), "training.step.measure")
            fine.append(self.measure(one.candidate))
        return fine

    def measure(self, candidate: Candidate, *, rough: bool = False) -> Measured:
        """The four figures of one candidate."""
        table = self.few if rough else self.now
        closely = int(np.clip(DRAWN_CUSTOMERS // len(table), FINE_SAMPLES, MOST_SAMPLES))
        samples, starts = (ROUGH_SAMPLES, ROUGH_STARTS) if rough else (closely, 0)
        matrix = self._matrix(candidate, table)
        labels = self._place(candidate, matrix, matrix, self.seed, starts)
        found = int(labels.max()) + 1
        past, grid = (self.few_past, self.few_grid) if rough else (self.past, self.grid)
        ratio: float | None = None
        if past is not None and min(self.grid, self.few_grid) > TOO_LITTLE_TO_EXPLAIN:
            seen = self._matrix(candidate, past)
            ratio = explained(self._spend_of(past), self._place(candidate, seen, seen, self.seed, starts)) / grid
        sizes = np.bincount(labels, minlength=found)
        numbered = pd.Series(labels, index=table.index)
        tree = tree_right(table[list(candidate.columns)], numbered, self.seed) if found > 1 else 0.0
        votes = np.zeros((len(matrix), found))
        measured = Measured(candidate, 1.0, 0.0, float(sizes.min() / len(labels)), ratio, tree, votes, labels)
        if rough and measured.missed > HOPELESS:
            samples = HOPELESS_SAMPLES
        agreed: list[float] = []
        rng = np.random.default_rng(self.seed + 1)
        for turn in range(samples):
            rows = rng.integers(0, len(matrix), len(matrix))
            other = self._place(candidate, matrix[rows], matrix, self.seed + 1000 + turn, BOOTSTRAP_STARTS)
            counts = _counts(labels, other)
            agreed.append(_adjusted_rand(counts))
            _vote(votes, counts, other)
        return replace(
            measured,
            stability=float(np.mean(agreed)),
            stability_error=float(np.std(agreed) / np.sqrt(samples)),
            votes=votes / samples,
        )

    def ship(self, chosen: Measured) -> tuple[Pipeline, pd.DataFrame]:
        """The pipeline that leaves, and the columns that it has learnt from."""
        return self.learn(chosen, self.material.now, self.material.value)

    def learn(self, chosen: Measured, table: pd.DataFrame, value: pd.Series) -> tuple[Pipeline, pd.DataFrame]:
        """The candidate fitted on a whole table, its groups numbered from 1 by value."""
        candidate = chosen.candidate
        example = table[list(candidate.columns)]
        sample = _sample(table, QUADRATIC_CUSTOMERS, self.seed) if self._quadratic else table
        prepared = self._prepare(candidate, sample)
        learnt_from = _prepared(prepared, sample[list(candidate.columns)])
        matrix = _prepared(prepared, example)
        clusterer = self._clusterer(candidate, self.seed, len(sample))
        labels = _labels(clusterer, learnt_from)
        if isinstance(clusterer, GaussianMixture):
            order = _by_value(clusterer.predict(matrix), value)
            last: BaseEstimator = _mixture(clusterer, learnt_from, order)
        else:
            order = _by_value(_nearest(matrix, _centres(learnt_from, labels)), value)
            last = _centroids(_centres(learnt_from, labels)[order], chosen, self._matrix(chosen.candidate, self.now))
        pipeline = Pipeline([("prepare", prepared), ("groups", last)])
        return pipeline, example

    def _spend_of(self, past: pd.DataFrame) -> Matrix:
        """What customers of an earlier time spent later."""
        happened = cast(pd.DataFrame, self.material.happened)
        return happened["spend"].loc[past.index].to_numpy(np.float64)

    @property
    def _quadratic(self) -> bool:
        return self.recipe.key in ("ward", "hdbscan")

    def _matrix(self, candidate: Candidate, table: pd.DataFrame) -> Matrix:
        """What the clusterer sees of one of this finder's own tables; prepared once for all numbers of groups."""
        key = (candidate.columns, candidate.preparation, id(table))
        if key not in self._matrices:
            columns = table[list(candidate.columns)]
            self._matrices[key] = _prepared(self._prepare(candidate, table), columns)
        return self._matrices[key]

    def _candidates(self, groups: int) -> list[Candidate]:
        if self.like is not None:
            columns = tuple(column.name for column in self.like.columns)
            preparation = cast(Preparation, self.like.settings["preparation"])
            return [Candidate(columns, preparation, groups or len(self.like.groups))]
        wanted: tuple[int, ...] = (groups,) if groups else CANDIDATE_GROUPS
        if self.recipe.key == "hdbscan":
            wanted = (0,)
        elif not groups:
            wanted = tuple(count for count in wanted if count * 10 <= len(self.now)) or (2,)
        # The default is worth a thorough search; who picks an algorithm wants to see that one.
        choices = self.material.choices if self.recipe.key == "kmeans" else self.material.choices[:1]
        preparations = PREPARATIONS if self.recipe.key == "kmeans" else PREPARATIONS[:1]
        return [
            Candidate(columns, preparation, count)
            for columns in choices
            for preparation in (preparations if _amounts_in(self.now, columns) else ("log",))
            for count in wanted
        ]

    def _plan(self, candidate: Candidate, table: pd.DataFrame) -> Plan:
        inputs = inputs_of(table, candidate.columns)
        caps = caps_of(table, inputs.amounts) if candidate.preparation in ("root", "capped") else ()
        return Plan("groups", inputs, self.seed, candidate.groups, candidate.preparation, caps, len(table))

    def _prepare(self, candidate: Candidate, table: pd.DataFrame) -> ColumnTransformer:
        pipeline = self.recipe.build(self._plan(candidate, table))
        prepared = cast(ColumnTransformer, pipeline.named_steps["prepare"])
        prepared.fit(table[list(candidate.columns)])
        _round_ranks(prepared)
        return prepared

    def _clusterer(self, candidate: Candidate, seed: int, customers: int) -> BaseEstimator:
        plan = Plan("groups", Inputs(), seed, candidate.groups, customers=customers)
        return self.recipe.build(plan).named_steps["groups"]

    def _place(self, candidate: Candidate, learnt: Matrix, placed: Matrix, seed: int, starts: int = 0) -> Labels:
        """The groups found in some customers, for others; `starts` as in `ROUGH_STARTS`, 0 as the recipe says."""
        clusterer = self._clusterer(candidate, seed, len(learnt))
        if starts and isinstance(clusterer, KMeans):
            clusterer.set_params(n_init=starts)
        labels = _labels(clusterer, learnt)
        if isinstance(clusterer, GaussianMixture):
            return _compact(clusterer.predict(placed))
        return _compact(_nearest(placed, _centres(learnt, labels)))


class _Grid(_Finder):
    """The classic grid has nothing to choose: its cut-offs are the fifths of the customers."""

    def _candidates(self, groups: int) -> list[Candidate]:
        return [Candidate(RFM, "ranks", 0)]

    def _matrix(self, candidate: Candidate, table: pd.DataFrame) -> Matrix:
        return table[list(RFM)].to_numpy(np.float64)

    def _place(self, candidate: Candidate, learnt: Matrix, placed: Matrix, seed: int, starts: int = 0) -> Labels:
        return segments_of(learnt, placed)

    def learn(self, chosen: Measured, table: pd.DataFrame, value: pd.Series) -> tuple[Pipeline, pd.DataFrame]:
        pipeline, names = grid_pipeline(table, value)
        self.names = self.names or names
        return pipeline, table[list(RFM)]


def _can_be_like(card: Card | None, chosen: Recipe, material: Material) -> bool:
    """Whether a model can be learnt anew from this material with the same recipe."""
    return (
        card is not None
        and card.goal == "groups"
        and card.recipe == chosen.key
        and bool(card.groups)
        and card.settings.get("preparation") in PREPARATIONS
        and {column.name for column in card.columns} <= set(material.now.columns)
    )


def inputs_of(table: pd.DataFrame, columns: tuple[str, ...]) -> Inputs:
    """Those columns, sorted by how they are prepared; features of orders all count as amounts."""
    part = table[list(columns)]
    if set(RFM) <= set(table.columns):
        numbers = tuple(name for name in columns if kind_of(part[name]) == "number")
        other = sort_columns(part[[name for name in columns if name not in numbers]]).inputs
        return replace(other, amounts=numbers)
    return sort_columns(part).inputs


def _amounts_in(table: pd.DataFrame, columns: tuple[str, ...]) -> bool:
    return bool(inputs_of(table, columns).amounts)


def _merit(one: Measured) -> tuple[float, ...]:
    """Clears all bars, then more groups; else misses least. Ties: what tells more of later buying, then stability."""
    told = (one.explained or 0.0, one.stability)
    return (1.0, float(one.candidate.groups), *told) if one.good else (0.0, -one.missed, *told)


def _with_fewer_groups(candidates: list[Candidate]) -> list[Candidate]:
    """The same with three groups; none where the number of groups is found or as small already."""
    return list(dict.fromkeys(replace(one, groups=FEWER_GROUPS) for one in candidates if one.groups > FEWER_GROUPS))


def _promise(one: Measured) -> tuple[float, ...]:
    """As `_merit`, with the benefit of the doubt that a rough measure leaves."""
    missed = sum(max(0.0, one.shortfall(bar) - 0.03) for bar in BARS)
    return (-round(missed, 2), float(one.candidate.groups), one.stability)


# ------------------------------------------------------------------------------------------------------ small steps


def _sample(table: pd.DataFrame, most: int, seed: int) -> pd.DataFrame:
    return table if len(table) <= most else table.sample(most, random_state=seed).sort_index()


def _prepared(prepare: ColumnTransformer, table: pd.DataFrame) -> Matrix:
    return np.ascontiguousarray(np.asarray(prepare.transform(table), dtype=np.float64))


def _labels(clusterer: BaseEstimator, matrix: Matrix) -> Labels:
    found = np.asarray(cast(KMeans, clusterer).fit_predict(matrix), dtype=np.int64)
    if (found < 0).all():
        return np.zeros(len(matrix), dtype=np.int64)
    return found


def _centres(matrix: Matrix, labels: Labels) -> Matrix:
    """Mean of every group; customers labelled −1 (HDBSCAN's noise) belong to none."""
    return np.stack([matrix[labels == one].mean(axis=0) for one in np.unique(labels[labels >= 0])])


def _nearest(matrix: Matrix, centres: Matrix) -> Labels:
    return np.argmin(_distances(matrix, centres), axis=1)


def _distances(matrix: Matrix, centres: Matrix) -> Matrix:
    """Squared distances, customers × groups."""
    cross = matrix @ centres.T
    return np.maximum((matrix**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)[None] - 2 * cross, 0.0)


def _compact(labels: Labels) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _counts(labels: Labels, other: Labels) -> Matrix:
    """How many customers are in each group of one model and each group of another."""
    shape = (int(labels.max()) + 1, int(other.max()) + 1)
    return np.bincount(labels * shape[1] + other, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def _adjusted_rand(counts: Matrix) -> float:
    """The adjusted Rand index of a table of counts, as in Hubert and Arabie (1985)."""

    def pairs(some: Matrix) -> float:
        return float((some * (some - 1)).sum() / 2)

    both, mine, theirs = pairs(counts), pairs(counts.sum(axis=1)), pairs(counts.sum(axis=0))
    by_chance = mine * theirs / pairs(counts.sum())
    most = (mine + theirs) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


def _vote(votes: Matrix, counts: Matrix, other: Labels) -> None:
    """Count for every customer the group that another model puts her in, by the names that suit both best."""
    mine, theirs = linear_sum_assignment(-counts)
    to_mine = dict(zip(theirs.tolist(), mine.tolist(), strict=True))
    matched = np.array([to_mine.get(one, -1) for one in range(counts.shape[1])])[other]
    rows = np.flatnonzero(matched >= 0)
    votes[rows, matched[rows]] += 1


def explained(outcome: Matrix, groups: Labels | NDArray[np.int64], *, rounds: int = 5, folds: int = 5) -> float:
    """Share of the outcome's variance that the mean per group explains for customers left out (R², or below 0)."""
    rng = np.random.default_rng(0)
    group = _compact(np.asarray(groups))
    size = int(group.max()) + 1
    total = float(((outcome - outcome.mean()) ** 2).sum())
    if total == 0:
        return 0.0
    scores = []
    for _ in range(rounds):
        fold = rng.integers(0, folds, len(outcome))
        said = np.empty(len(outcome))
        for part in range(folds):
            learn, test = fold != part, fold == part
            sums = np.bincount(group[learn], outcome[learn], size)
            counts = np.bincount(group[learn], minlength=size)
            means = np.where(counts > 0, sums / np.maximum(counts, 1), outcome[learn].mean())
            said[test] = means[group[test]]
        scores.append(1 - float(((outcome - said) ** 2).sum()) / total)
    return float(np.mean(scores))


def classic_cells(features: pd.DataFrame) -> Labels:
    """The classic grid: quintiles of recency, frequency and money, 125 cells; ties broken by the order of rows."""
    scores = [(features[name].rank(method="first").to_numpy() - 1) * 5 // len(features) for name in RFM]
    return (scores[0] * 25 + scores[1] * 5 + scores[2]).astype(np.int64)


def _by_value(labels: Labels, value: pd.Series) -> NDArray[np.int64]:
    """The old numbers of the groups in their new order: highest mean value first, then size, then old number."""
    size = int(labels.max()) + 1
    counts = np.bincount(labels, minlength=size)
    means = np.bincount(labels, value.to_numpy(np.float64), size) / np.maximum(counts, 1)
    return np.lexsort((np.arange(size), -counts, -means))


def _round_ranks(prepared: ColumnTransformer) -> None:
    """Round the cut points of ranks: as they come, some are the exact value of one customer."""
    for _, step, _ in prepared.transformers_:
        if isinstance(step, Pipeline):
            for _, part in step.steps:
                if isinstance(part, QuantileTransformer):
                    part.quantiles_ = np.maximum.accumulate(np.vectorize(rounded)(part.quantiles_), axis=0)


def _centroids(centres: Matrix, chosen: Measured, matrix: Matrix) -> NearestCentroid:
    """A classifier that answers 1, 2, … for the nearest centre, its chances as sure as the bootstrap was."""
    numbers = np.arange(1, len(centres) + 1)
    model = NearestCentroid(priors="uniform")
    # Fitted on the centres themselves plus and minus a little, so that nothing but the centres enters.
    step = np.full(centres.shape[1], 1e-3)
    model.fit(np.concatenate([centres - step, centres + step]), np.concatenate([numbers, numbers]))
    model.centroids_ = centres
    model.deviations_ = np.zeros_like(centres)
    model.within_class_std_dev_ = np.full(centres.shape[1], _spread(chosen, matrix))
    return model


def _spread(chosen: Measured, matrix: Matrix) -> float:
    """The spread with which distances turn into chances that agree best with the votes of the bootstrap."""
    centres = _centres(matrix, chosen.labels)
    distances = _distances(matrix, centres)
    distances -= distances.min(axis=1, keepdims=True)
    best, least = 1.0, np.inf
    for spread in np.geomspace(0.02, 5, 40):
        logits = -distances / spread**2
        chances = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        loss = -float((chosen.votes * np.maximum(chances, np.log(1e-6))).sum(axis=1).mean())
        if loss < least:
            best, least = float(spread), loss
    return rounded(best)


def _mixture(fitted: GaussianMixture, matrix: Matrix, order: NDArray[np.int64]) -> GaussianNB:
    """The mixture as the classifier that it is once fitted: same means, spreads, weights, same chances."""
    numbers = np.arange(1, len(order) + 1)
    centres = fitted.means_[order]
    model = GaussianNB()
    model.fit(np.concatenate([centres - 1e-3, centres + 1e-3]), np.concatenate([numbers, numbers]))
    model.theta_ = centres
    model.var_ = fitted.covariances_[order]
    model.class_prior_ = fitted.weights_[order] / fitted.weights_[order].sum()
    model.class_count_ = np.round(model.class_prior_ * len(matrix))
    return model


# ------------------------------------------------------------------------------------------------ what there is to say


def _tell(
    finder: _Finder,
    made: tuple[Pipeline, pd.DataFrame],
    measured: list[Measured],
    chosen: Measured,
    question: Question,
) -> Trained:
    material = finder.material
    pipeline, example = made

    def place(table: pd.DataFrame) -> pd.Series:
        return pd.Series(np.asarray(pipeline.predict(table[list(example.columns)])), index=table.index)

    groups = place(material.now)
    certainty = pd.Series(pipeline.predict_proba(example).max(axis=1), index=example.index)
    later = None
    if material.past is not None and material.happened is not None:
        later = Later(material.days, place(material.past), material.happened)
    shown = list(dict.fromkeys([*(RFM if set(RFM) <= set(material.now.columns) else ()), *example.columns]))
    spoken = speak(
        Profile(material.now[shown], groups, material.value, certainty, material.value_column, later, finder.names)
    )
    if finder.like is not None:
        spoken = keep_names(spoken, finder.like.groups)
    evaluation: dict[str, Plain] = {
        "candidates": [_told(one, one is chosen) for one in measured],
        "bars": {bar.key: bar.least for bar in BARS},
        "why": _why(chosen, measured, question),
        "columns_used": list(example.columns),
        "preparation": chosen.candidate.preparation,
        "left_out": dict(material.left_out),
        "month_later": _month_later(finder, chosen, pipeline, groups),
    }
    metrics = {
        "stability": round(chosen.stability, 3),
        "smallest": round(chosen.smallest, 3),
        "tree": round(chosen.tree, 3),
        "certainty": round(float(certainty.mean()), 3),
    }
    if chosen.explained is not None:
        metrics["explained"] = round(chosen.explained, 2)
        evaluation |= {
            "grid_explained": round(finder.grid, 4),
            "explained_r2": round(chosen.explained * finder.grid, 4),
            "later_days": material.days,
        }
    card = Card(
        goal="groups",
        recipe=finder.recipe.key,
        columns=describe(example, _units(example)),
        customers=len(example),
        classes=tuple(str(group.number) for group in spoken),
        metrics=metrics,
        baseline={"explained": 1.0} if chosen.explained is not None else {},
        baseline_name="rfm_grid" if chosen.explained is not None else "",
        evaluation=evaluation_of("groups", evaluation),
        groups=spoken,
        limits=_limits(chosen, len(example)),
        settings={"seed": question.seed, "groups": question.groups, "preparation": chosen.candidate.preparation},
    )
    return Trained(pipeline, card, example)


def _told(one: Measured, chosen: bool) -> Plain:
    return {
        "columns": list(one.candidate.columns),
        "preparation": one.candidate.preparation,
        "groups": one.votes.shape[1],
        "stability": round(one.stability, 3),
        "smallest": round(one.smallest, 3),
        "explained": None if one.explained is None else round(one.explained, 2),
        "tree": round(one.tree, 3),
        "good": one.good,
        "chosen": chosen,
    }


def _why(chosen: Measured, measured: list[Measured], question: Question) -> str:
    if question.groups:
        return "training.why.asked"
    if question.like is not None:
        return "training.why.like"
    if chosen.candidate.groups == 0:
        return "training.why.found"
    if not chosen.good:
        return "training.why.nearest"
    more = [one for one in measured if one.candidate.groups > chosen.candidate.groups]
    if not more:
        return "training.why.most"
    # What most of the finer groupings fail in.
    failing = {bar.key: sum(one.shortfall(bar) > 0 for one in more) for bar in BARS}
    worst = max(failing, key=lambda key: failing[key])
    return f"training.why.more_fail_{worst}"


def _limits(chosen: Measured, customers: int) -> tuple[str, ...]:
    missed = tuple(f"training.limit.{bar.key}" for bar in BARS if chosen.shortfall(bar) > 0)
    return (*missed, "training.limit.few_customers") if customers < FIRM_CUSTOMERS else missed


def _units(example: pd.DataFrame) -> dict[str, str]:
    known = {feature.name: feature.unit for feature in FEATURES}
    return {name: known.get(name, "") for name in example.columns}


def _month_later(finder: _Finder, chosen: Measured, pipeline: Pipeline, groups: pd.Series) -> Plain:
    """How the groups hold over the last month: with the model learnt anew, and with the customers a month older."""
    before = finder.material.last_month
    if before is None:
        return {}
    columns = list(chosen.candidate.columns)
    older, _ = finder.learn(chosen, before, before["monetary_total"])
    by_older = pd.Series(np.asarray(older.predict(finder.material.now[columns])), index=groups.index)
    agreed = agreement(by_older, groups)
    moved = migration(pd.Series(np.asarray(pipeline.predict(before[columns])), index=before.index), groups)
    return {
        "days": MONTH_DAYS,
        "same": round(agreed.same, 3),
        "moved": round(1 - moved.stayed, 3),
        "arrived": moved.arrived,
        "table": [[int(cell) for cell in row] for row in moved.table.to_numpy()],
    }
