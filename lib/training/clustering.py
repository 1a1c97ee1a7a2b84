"""Candidates of one clustering recipe, measured roughly and then closely; the chosen one as a pipeline.

What is shipped is not the clusterer but its result: a `NearestCentroid` with the groups' centres (for a mixture, a
`GaussianNB` with its means and variances). It assigns as k-means does, holds no customer, answers with numbers from 1
in the order of value, and `predict_proba` is the probability that the customer would be in that segment if the model
had been trained on another sample.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import Literal, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import QuantileTransformer

from lib.card import Card
from lib.errors import UserError
from lib.evaluation.metrics import FloatArray, IntArray
from lib.parsing.rounding import round_significant
from lib.recipes import Inputs, Plan, Preparation, Recipe
from lib.segments import RFM, tree_right
from lib.training import Progress
from lib.training.grid import grid_pipeline, segments_of
from lib.training.grouping import (
    MIN_BASELINE_EXPLAINED,
    MIN_PER_GROUP,
    Candidate,
    GroupingData,
    Measured,
    add_votes,
    centres_of,
    classic_cells,
    compact,
    explained,
    final_rank,
    inputs_of,
    most_separate,
    nearest,
    order_by_value,
    rough_rank,
    squared_distances,
    with_fewer_groups,
)
from lib.training.inputs import caps_of
from lib.training.prefit import assign_fitted
from lib.training.separation import separation

CANDIDATE_GROUPS = (4, 5, 6, 7, 8)
MORE_CANDIDATE_GROUPS = (2, 3, *CANDIDATE_GROUPS)
"""Where separation decides."""
PREPARATIONS: tuple[Preparation, ...] = ("log", "root", "capped", "ranks")

Figure = Literal["stayed", "tree", "explained", "stability"]
FIGURES: tuple[Figure, ...] = ("stayed", "tree", "explained", "stability")
"""What is measured of a candidate once its groups are known, the slowest last."""

ROUGH_SAMPLES, FINE_SAMPLES, FINALISTS = 4, 24, 5
QUICK_COLUMN_SETS = 3
"""How many sets of columns the quick search tries, with the first preparation alone."""
EARLY_STOP_SHORTFALL, EARLY_STOP_SAMPLES = 0.15, 1
"""A rough candidate that falls so short of its other bars gets so few bootstrap samples."""
MAX_SAMPLES, DRAWN_CUSTOMERS = 80, 100_000
"""Finalists get at least `FINE_SAMPLES` bootstrap samples, and up to `MAX_SAMPLES` while few customers are drawn."""
ROUGH_CUSTOMERS, COMPARED_CUSTOMERS, FOLLOWED_CUSTOMERS = 2_500, 4_000, 20_000
"""Maximum numbers of customers on which all candidates are compared roughly, the finalists closely, and, since a few
large buyers dominate later spend, on which the share of later spend that finalists explain is measured."""
ROUGH_STARTS, BOOTSTRAP_STARTS = 4, 3
"""Starts of k-means where it need not find the very best; `recipes` says how many it has otherwise."""
QUADRATIC_CUSTOMERS = 5_000
"""Maximum number of customers for algorithms with quadratic cost; the others are assigned to the nearest centre."""
PLACEHOLDER_STEP = 1e-3
"""Classifiers are fitted on the centres plus and minus this, so that nothing but the centres enters."""


class CandidateSearch:
    """Fits candidates of one recipe on one data set, and keeps what is the same for all of them."""

    def __init__(self, data: GroupingData, chosen: Recipe, seed: int, like: Card | None = None) -> None:
        self.data = data
        self.recipe = chosen
        self.names: tuple[str, ...] = ()
        """Keys of `segments.NAMES` by group number, where the recipe names its groups."""
        self.like = like
        """The card of an earlier model whose columns, preparation and number of groups are to be kept."""
        self.seed = seed
        most = QUADRATIC_CUSTOMERS if chosen.quadratic else COMPARED_CUSTOMERS
        self.now = _sample(data.now, most, seed)
        self.few = _sample(data.now, min(most, ROUGH_CUSTOMERS), seed)
        self._matrices: dict[tuple[tuple[str, ...], str, int], FloatArray] = {}
        self._month_before: dict[tuple[tuple[str, ...], str, int], FloatArray] = {}
        self._known: dict[int, NDArray[np.bool_]] = {}
        """Of this search's own tables: which customers were known a month before."""
        self.past: pd.DataFrame | None = None
        self.few_past: pd.DataFrame | None = None
        self.grid = self.few_grid = 0.0
        """R² of later spend by the classic grid."""
        if data.past is not None:
            most = most if chosen.quadratic else FOLLOWED_CUSTOMERS
            self.past = _sample(data.past, most, seed)
            self.few_past = _sample(self.past, min(most, COMPARED_CUSTOMERS), seed)
            self.grid = explained(self._spend_of(self.past), classic_cells(self.past))
            self.few_grid = explained(self._spend_of(self.few_past), classic_cells(self.few_past))

    def choose(self, groups: int, progress: Progress, *, quick: bool = False) -> tuple[list[Measured], Measured]:
        """Every candidate with its figures, and the one that is taken.

        `quick`: of a few candidates, the most promising one is measured closely.
        Raises UserError("training.no_groups_found").
        """
        candidates = self.candidates(groups)
        if quick:
            candidates = [
                one
                for one in candidates
                if one.preparation == PREPARATIONS[0] and one.columns in self.data.choices[:QUICK_COLUMN_SETS]
            ] or candidates[:1]
        fine, rough = self._compared(candidates, progress, most=1 if quick else 2 * FINALISTS)
        if not fine:
            raise UserError("training.no_groups_found")
        if not (quick or groups or self.like or self.data.by_separation) and not any(one.good for one in fine):
            # Fewer groups, and the card says so, rather than more that are not stable.
            fewer, best = with_fewer_groups(candidates), max(fine, key=final_rank)
            more, others = self._compared(fewer, progress, begin=0.8, most=FINALISTS, best=best)
            fine, rough = [*fine, *more], [*rough, *others]
        chosen = most_separate(fine) if self.data.by_separation else max(fine, key=final_rank)
        seen = {one.candidate for one in fine}
        rough = [*rough, *self._alike(chosen, candidates, {*seen, *(one.candidate for one in rough)})]
        return [*fine, *(one for one in rough if one.candidate not in seen)], chosen

    def _compared(
        self,
        candidates: list[Candidate],
        progress: Progress,
        *,
        begin: float = 0.6,
        most: int,
        best: Measured | None = None,
    ) -> tuple[list[Measured], list[Measured]]:
        """The most promising candidates, measured as closely as they will be, and their rough figures.

        So few that they all are finalists have no rough figures. `best`: the one to beat.
        """
        if len(candidates) <= FINALISTS:
            return [one for one in map(self.measure, candidates) if one.groups > 1], []
        ranked = self.ranked(candidates)
        rough: list[Measured] = []
        for place in range(min(FINALISTS, most)):
            if best is None:
                progress(0.1 + 0.5 * place / FINALISTS, "training.step.compare")
            rough.extend(islice(ranked, 1))
        fine: list[Measured] = []
        for place in range(most):
            # The first that clears all bars on the closer look is not enough: another finalist may have more groups.
            if place >= FINALISTS and any(done.good for done in fine):
                break
            if place == len(rough):
                rough.extend(islice(ranked, 1))
            if place == len(rough):
                break
            progress(begin + 0.2 * place / (2 * FINALISTS), "training.step.measure")
            one = self._closely(rough[place].candidate, best)
            if one is None:
                continue
            fine.append(one)
            best = one if best is None or final_rank(one) > final_rank(best) else best
        return fine, rough

    def _closely(self, candidate: Candidate, best: Measured | None) -> Measured | None:
        """All figures; None where it would not be taken instead of `best` even if its groups were perfectly stable."""
        measured = self._begun(candidate, rough=False)
        for figure in FIGURES:
            hopeless = best is not None and not self.data.by_separation and final_rank(measured) < final_rank(best)
            if figure == "stability" and hopeless:
                return None
            measured = self._with(figure, measured, rough=False)
        return measured

    def ranked(self, candidates: list[Candidate]) -> Iterator[Measured]:
        """Candidates with more than one group, measured roughly, best first by `rough_rank`.

        The order is that of measuring all of them (best-first search): a candidate gets its next figure only while it
        would be the best of those left if all figures that it lacks were perfect. Most never get their slowest figure.
        """
        waiting: list[tuple[tuple[float, ...], int, int, Measured | None]] = []
        for place, candidate in enumerate(candidates):
            perfect = (-np.inf,) if self.data.by_separation else (0.0, -float(candidate.groups), -1.0)
            waiting.append((perfect, place, 0, None))
        heapify(waiting)
        while waiting:
            _, place, known, measured = heappop(waiting)
            if measured is None:
                measured = self._begun(candidates[place], rough=True)
                if measured.groups < 2:
                    continue
            elif known == len(FIGURES):
                yield measured
                continue
            else:
                measured = self._with(FIGURES[known], measured, rough=True)
                known += 1
            heappush(waiting, (tuple(-one for one in rough_rank(measured)), place, known, measured))

    def _alike(self, chosen: Measured, candidates: list[Candidate], seen: Collection[Candidate]) -> list[Measured]:
        """The chosen one's columns and preparation with the other numbers of groups, which the card shows beside it."""
        columns, preparation = chosen.candidate.columns, chosen.candidate.preparation
        others = [one for one in candidates if (one.columns, one.preparation) == (columns, preparation)]
        measured = [self.measure(one, rough=True) for one in others if one not in seen]
        return [one for one in measured if one.groups > 1]

    def measure(self, candidate: Candidate, *, rough: bool = False) -> Measured:
        """The figures of one candidate."""
        measured = self._begun(candidate, rough=rough)
        for figure in FIGURES:
            measured = self._with(figure, measured, rough=rough)
        return measured

    def _begun(self, candidate: Candidate, *, rough: bool) -> Measured:
        """The groups, their sizes and their separation; every other figure as if it were perfect."""
        matrix = self._matrix(candidate, self.few if rough else self.now)
        labels = self._place(candidate, matrix, matrix, self.seed, ROUGH_STARTS if rough else 0)
        found = int(labels.max()) + 1
        return Measured(
            candidate,
            stability=1.0,
            stability_error=0.0,
            smallest=float(np.bincount(labels, minlength=found).min() / len(labels)),
            explained=None,
            tree=1.0,
            stayed=None,
            votes=np.zeros((len(matrix), found)),
            labels=labels,
            bars=self.data.bars,
            separation=separation(matrix, labels) if self.data.by_separation else None,
        )

    def _with(self, figure: Figure, measured: Measured, *, rough: bool) -> Measured:
        """The same with one more figure measured."""
        candidate, labels = measured.candidate, measured.labels
        table = self.few if rough else self.now
        if figure == "stayed":
            several = measured.groups > 1
            stayed = self._stayed(candidate, table, self._matrix(candidate, table), labels) if several else None
            return replace(measured, stayed=stayed)
        if figure == "tree":
            numbered = pd.Series(labels, index=table.index)
            right = tree_right(table[list(candidate.columns)], numbered, self.seed) if measured.groups > 1 else 0.0
            return replace(measured, tree=right)
        if figure == "explained":
            return replace(measured, explained=self._explained(candidate, rough=rough))
        return self._resampled(measured, table, rough=rough)

    def _explained(self, candidate: Candidate, *, rough: bool) -> float | None:
        past, grid = (self.few_past, self.few_grid) if rough else (self.past, self.grid)
        if past is None or min(self.grid, self.few_grid) <= MIN_BASELINE_EXPLAINED:
            return None
        seen = self._matrix(candidate, past)
        labels = self._place(candidate, seen, seen, self.seed, ROUGH_STARTS if rough else 0)
        return explained(self._spend_of(past), labels) / grid

    def _resampled(self, measured: Measured, table: pd.DataFrame, *, rough: bool) -> Measured:
        """The stability, from bootstrap samples; fewer where the other figures fall short already."""
        candidate, labels = measured.candidate, measured.labels
        matrix = self._matrix(candidate, table)
        samples = ROUGH_SAMPLES if rough else int(np.clip(DRAWN_CUSTOMERS // len(table), FINE_SAMPLES, MAX_SAMPLES))
        if rough and measured.total_shortfall > EARLY_STOP_SHORTFALL:
            samples = EARLY_STOP_SAMPLES
        votes = np.zeros(measured.votes.shape)
        agreed: list[float] = []
        rng = np.random.default_rng(self.seed + 1)
        for turn in range(samples):
            rows = rng.integers(0, len(matrix), len(matrix))
            other = self._place(candidate, matrix[rows], matrix, self.seed + 1000 + turn, BOOTSTRAP_STARTS)
            agreed.append(float(adjusted_rand_score(labels, other)))
            add_votes(votes, labels, other)
        return replace(
            measured,
            stability=float(np.mean(agreed)),
            stability_error=float(np.std(agreed) / np.sqrt(samples)),
            votes=votes / samples,
        )

    def _stayed(self, candidate: Candidate, table: pd.DataFrame, matrix: FloatArray, labels: IntArray) -> float | None:
        """The share of these customers whose group was the same a month before; None where nobody was known then."""
        before = self.data.last_month
        if before is None:
            return None
        if id(table) not in self._known:
            self._known[id(table)] = table.index.isin(before.index)
        known = self._known[id(table)]
        if not known.any():
            return None
        key = (candidate.columns, candidate.preparation, id(table))
        if key not in self._month_before:
            self._month_before[key] = self._seen(candidate, table, before.loc[table.index[known]])
        older = self._month_before[key]
        groups = self._assign(candidate, matrix, labels, np.concatenate((older, matrix[known])))
        return float((groups[: len(older)] == groups[len(older) :]).mean())

    def ship(self, chosen: Measured) -> tuple[Pipeline, pd.DataFrame]:
        """The pipeline that is shipped, and the columns that it has learnt from."""
        return self.fit(chosen, self.data.now, self.data.value)

    def fit(self, chosen: Measured, table: pd.DataFrame, value: pd.Series) -> tuple[Pipeline, pd.DataFrame]:
        """The candidate fitted on a whole table, its groups numbered from 1 by value."""
        candidate = chosen.candidate
        example = table[list(candidate.columns)]
        sample = _sample(table, QUADRATIC_CUSTOMERS, self.seed) if self.recipe.quadratic else table
        prepared = self._prepare(candidate, sample)
        learnt_from = _prepared(prepared, sample[list(candidate.columns)])
        matrix = _prepared(prepared, example)
        clusterer = self._clusterer(candidate, self.seed, len(sample))
        labels = _labels(clusterer, learnt_from)
        if self.recipe.soft:
            order = order_by_value(clusterer.predict(matrix), value)
            last: BaseEstimator = mixture_classifier(clusterer, learnt_from, order)
        else:
            centres = centres_of(learnt_from, labels)
            order = order_by_value(nearest(matrix, centres), value)
            last = centroid_classifier(centres[order], chosen, self._matrix(candidate, self.now))
        return Pipeline([("prepare", prepared), ("groups", last)]), example

    def candidates(self, groups: int) -> list[Candidate]:
        """What is tried; `groups`: how many are asked for, 0 for the best number."""
        if self.like is not None:
            columns = tuple(column.name for column in self.like.columns)
            preparation = cast(Preparation, self.like.settings["preparation"])
            return [Candidate(columns, preparation, groups or len(self.like.groups))]
        numbers = MORE_CANDIDATE_GROUPS if self.data.by_separation else CANDIDATE_GROUPS
        wanted: tuple[int, ...] = (groups,) if groups else numbers
        if self.recipe.finds_number:
            wanted = (0,)
        elif not groups:
            wanted = tuple(count for count in wanted if count * MIN_PER_GROUP <= len(self.now)) or (2,)
        # The default recipe searches columns and preparations; other algorithms use the first of each.
        choices = self.data.choices if self.recipe.thorough else self.data.choices[:1]
        preparations = PREPARATIONS if self.recipe.thorough and not self.data.by_separation else PREPARATIONS[:1]
        return [
            Candidate(columns, preparation, count)
            for columns in choices
            for preparation in (preparations if inputs_of(self.now, columns).amounts else ("log",))
            for count in wanted
        ]

    # -- parts

    def _spend_of(self, past: pd.DataFrame) -> FloatArray:
        """What customers of an earlier time spent later."""
        later = cast(pd.DataFrame, self.data.later)
        return later["spend"].loc[past.index].to_numpy(np.float64)

    def _matrix(self, candidate: Candidate, table: pd.DataFrame) -> FloatArray:
        """What the clusterer sees of one of this search's own tables; prepared once for all numbers of groups."""
        key = (candidate.columns, candidate.preparation, id(table))
        if key not in self._matrices:
            columns = table[list(candidate.columns)]
            self._matrices[key] = _prepared(self._prepare(candidate, table), columns)
        return self._matrices[key]

    def _seen(self, candidate: Candidate, table: pd.DataFrame, other: pd.DataFrame) -> FloatArray:
        """What the clusterer of `table` sees of other customers."""
        return _prepared(self._prepare(candidate, table), other[list(candidate.columns)])

    def _assign(self, candidate: Candidate, learnt: FloatArray, labels: IntArray, placed: FloatArray) -> IntArray:
        """For some customers, the groups `labels` that were found in others."""
        if self.recipe.soft:
            return self._place(candidate, learnt, placed, self.seed)
        return nearest(placed, centres_of(learnt, labels))

    def _prepare(self, candidate: Candidate, table: pd.DataFrame) -> ColumnTransformer:
        inputs = inputs_of(table, candidate.columns)
        caps = caps_of(table, inputs.amounts) if candidate.preparation in ("root", "capped") else ()
        plan = Plan("groups", inputs, self.seed, candidate.groups, candidate.preparation, caps, len(table))
        prepared = cast(ColumnTransformer, self.recipe.build(plan).named_steps["prepare"])
        prepared.fit(table[list(candidate.columns)])
        _round_ranks(prepared)
        return prepared

    def _clusterer(self, candidate: Candidate, seed: int, customers: int) -> BaseEstimator:
        plan = Plan("groups", Inputs(), seed, candidate.groups, customers=customers)
        return self.recipe.build(plan).named_steps["groups"]

    def _place(
        self, candidate: Candidate, learnt: FloatArray, placed: FloatArray, seed: int, starts: int = 0
    ) -> IntArray:
        """The groups found in some customers, for others; `starts` as in `ROUGH_STARTS`, 0 as the recipe says."""
        clusterer = self._clusterer(candidate, seed, len(learnt))
        if starts and self.recipe.thorough:
            clusterer.set_params(n_init=starts)
        labels = _labels(clusterer, learnt)
        if self.recipe.soft:
            return compact(clusterer.predict(placed))
        return compact(nearest(placed, centres_of(learnt, labels)))


class GridSearch(CandidateSearch):
    """The classic RFM grid has nothing to choose: its cut-offs are the fifths of the customers."""

    def candidates(self, groups: int) -> list[Candidate]:
        """The one grid."""
        return [Candidate(RFM, "ranks", 0)]

    def fit(self, chosen: Measured, table: pd.DataFrame, value: pd.Series) -> tuple[Pipeline, pd.DataFrame]:
        """The grid of a whole table."""
        pipeline, names = grid_pipeline(table, value)
        self.names = self.names or names
        return pipeline, table[list(RFM)]

    def _matrix(self, candidate: Candidate, table: pd.DataFrame) -> FloatArray:
        return table[list(RFM)].to_numpy(np.float64)

    def _seen(self, candidate: Candidate, table: pd.DataFrame, other: pd.DataFrame) -> FloatArray:
        return other[list(RFM)].to_numpy(np.float64)

    def _assign(self, candidate: Candidate, learnt: FloatArray, labels: IntArray, placed: FloatArray) -> IntArray:
        return segments_of(learnt, placed)

    def _place(
        self, candidate: Candidate, learnt: FloatArray, placed: FloatArray, seed: int, starts: int = 0
    ) -> IntArray:
        return segments_of(learnt, placed)


def _sample(table: pd.DataFrame, most: int, seed: int) -> pd.DataFrame:
    return table if len(table) <= most else table.sample(most, random_state=seed).sort_index()


def _prepared(prepare: ColumnTransformer, table: pd.DataFrame) -> FloatArray:
    return np.ascontiguousarray(np.asarray(prepare.transform(table), dtype=np.float64))


def _labels(clusterer: BaseEstimator, matrix: FloatArray) -> IntArray:
    found = np.asarray(cast(KMeans, clusterer).fit_predict(matrix), dtype=np.int64)
    if (found < 0).all():
        return np.zeros(len(matrix), dtype=np.int64)
    return found


# ----------------------------------------------------------------------------------------- what is shipped


def _round_ranks(prepared: ColumnTransformer) -> None:
    """Round the cut points of ranks: as they are fitted, some are the exact value of one customer."""
    for _, step, _ in prepared.transformers_:
        if isinstance(step, Pipeline):
            for _, part in step.steps:
                if isinstance(part, QuantileTransformer):
                    cuts = np.maximum.accumulate(np.vectorize(round_significant)(part.quantiles_), axis=0)
                    assign_fitted(part, quantiles_=cuts)


def _placeholders(centres: FloatArray) -> tuple[FloatArray, IntArray]:
    numbers = np.arange(1, len(centres) + 1)
    rows = np.concatenate([centres - PLACEHOLDER_STEP, centres + PLACEHOLDER_STEP])
    return rows, np.concatenate([numbers, numbers])


def centroid_classifier(centres: FloatArray, chosen: Measured, matrix: FloatArray) -> NearestCentroid:
    """Answers 1, 2, … for the nearest centre; its probabilities match the bootstrap votes."""
    return assign_fitted(
        NearestCentroid(priors="uniform").fit(*_placeholders(centres)),
        centroids_=centres,
        deviations_=np.zeros_like(centres),
        within_class_std_dev_=np.full(centres.shape[1], _spread(chosen, matrix)),
    )


def _spread(chosen: Measured, matrix: FloatArray) -> float:
    """The standard deviation that turns distances into probabilities closest to the votes."""
    distances = squared_distances(matrix, centres_of(matrix, chosen.labels))
    distances -= distances.min(axis=1, keepdims=True)
    best, least = 1.0, np.inf
    for spread in np.geomspace(0.02, 5, 40):
        logits = -distances / spread**2
        chances = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        loss = -float((chosen.votes * np.maximum(chances, np.log(1e-6))).sum(axis=1).mean())
        if loss < least:
            best, least = float(spread), loss
    return round_significant(best)


def mixture_classifier(fitted: GaussianMixture, matrix: FloatArray, order: IntArray) -> GaussianNB:
    """The mixture as the classifier that it is once fitted: same means, variances, weights and probabilities."""
    centres = fitted.means_[order]
    prior = fitted.weights_[order] / fitted.weights_[order].sum()
    return assign_fitted(
        GaussianNB().fit(*_placeholders(centres)),
        theta_=centres,
        var_=fitted.covariances_[order],
        class_prior_=prior,
        class_count_=np.round(prior * len(matrix)),
    )
