"""The model's answers for rows that are ready, under the names that each question gives them."""

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from lib import schema
from lib.card import Card, ColumnEvaluation
from lib.errors import UserError
from lib.gate import OpenedModel, Refused
from lib.logs import event
from lib.scoring.dummies import Dummy
from lib.scoring.matching import Fit, UnitDoubt, compare
from lib.scoring.needs import Need, needs_of
from lib.scoring.rows import FLAGS, Prepared, mostly_numbers, prepare
from lib.text import say

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]

PROBABILITY = "probability_"
"""Prefix of the column of a class's probability."""

FLAGS_COLUMN = "flags"
"""Last column of a table of scores: why a score deserves a second look, words separated by blanks; else empty."""


@dataclass(frozen=True)
class Scores:
    """The results, for every input row."""

    table: pd.DataFrame
    """One row per row given, in that order: `customer_id` where there is one, the scores, `flags`. Scores of rows
    that cannot be scored are missing, and their `flags` say `cannot_be_scored`."""
    refused: pd.DataFrame
    """One row per bad cell: `row` (from 1), `customer_id` where there is one, `column`, `reason`, `value`."""
    cells: pd.DataFrame
    """The same for flagged cells."""
    flags: Mapping[str, int]
    """Flag → number of rows."""
    doubts: tuple[UnitDoubt, ...]
    frame: pd.DataFrame
    """The rows as the model saw them: those that could be scored, the model's columns."""
    rows_in: int
    rows_scored: int
    derived: Mapping[str, Dummy] = field(default_factory=dict)
    """Needed dummy column → the column and value of the table that it was made out of."""
    elapsed_days: float = 0.0
    """Days between the training customers' cutoff and that of these rows; 0 for an uploaded customer table."""

    @property
    def rows_refused(self) -> int:
        """Rows without a score."""
        return self.rows_in - self.rows_scored

    @property
    def refusals(self) -> dict[str, int]:
        """Reason → number of rows that cannot be scored for it; a row may have several."""
        counts = self.refused.groupby("reason", sort=False)["row"].nunique()
        return {str(reason): int(count) for reason, count in counts.items()}

    @property
    def score_columns(self) -> tuple[str, ...]:
        """The columns of `table` that the model answered."""
        return tuple(column for column in self.table.columns if column not in (schema.CUSTOMER_ID, FLAGS_COLUMN))


@dataclass(frozen=True)
class Choices:
    """What the person at the screen decided before scoring."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """Needed column → column of the table."""
    factors: Mapping[str, float] = field(default_factory=dict)
    """Needed column → what its values are multiplied by, for an accepted `UnitDoubt`."""
    language: str = "en"
    """Of the groups' names."""
    cutoff: pd.Timestamp | None = None
    """The cut-off of rows computed from orders; None for an uploaded customer table."""


def score(
    opened: OpenedModel,
    frame: pd.DataFrame,
    choices: Choices | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Scores:
    """Score a table, one row per customer.

    An index named `customer_id` (or a column of that name that the model does not need) is kept beside the scores.
    Raises UserError if columns are missing, no row can be scored, or the model fails on them.
    """
    choices, started = choices or Choices(), time.perf_counter()
    ids, table = _split_ids(_tidy(frame), needs := needs_of(opened))
    fit = compare(needs, table, chosen=choices.sources, units=choices.cutoff is None)
    table = _converted(table, fit, choices.factors)
    try:
        ready, answers = _asked(opened, fit, table, choices, progress=progress, cancelled=cancelled)
    except Refused as refused:
        if refused.reason != "needs_numbers":
            raise
        # The model said nothing of its columns until now: those of text that is mostly numbers are meant as numbers.
        fit = _as_numbers(fit, table)
        ready, answers = _asked(opened, fit, table, choices, progress=progress, cancelled=cancelled)
    event(
        logging.getLogger(__name__),
        "scored",
        seconds=time.perf_counter() - started,
        rows=len(table),
        scored=int(ready.scorable.sum()),
        columns=len(fit.matches),
    )
    return replace(_gather(ids, ready, answers, fit), elapsed_days=_elapsed_days(opened.verdict.card, choices.cutoff))


def _asked(
    opened: OpenedModel,
    fit: Fit,
    table: pd.DataFrame,
    choices: Choices,
    *,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[Prepared, pd.DataFrame]:
    elapsed = _elapsed_days(opened.verdict.card, choices.cutoff)
    needs = tuple(match.need for match in fit.matches)
    tolerated: frozenset[str] = frozenset()
    if len(table) > LARGE and not fit.missing and (gaps := _with_gaps(fit, table)):
        # A large table is prepared once: which missing values the model imputes is tested on its first rows.
        first = prepare(fit, table.head(LARGE))
        tolerated = tolerated_missing(opened, needs, first, gaps) if len(first.frame) else tolerated
    ready = prepare(fit, table, tolerates_missing=tolerated, elapsed_days=elapsed)
    refused = ready.refused
    if gaps := frozenset(refused.loc[refused["reason"] == "missing_value", "column"]) - tolerated:
        more = tolerated_missing(opened, needs, ready, gaps)
        if more:
            ready = prepare(fit, table, tolerates_missing=tolerated | more, elapsed_days=elapsed)
    if ready.frame.empty:
        raise UserError("scoring.no_row_scorable", rows=len(table), reasons=_reasons(ready, choices.language))
    return ready, fill_in(opened, ready.frame, choices.language, progress=progress, cancelled=cancelled)


LARGE = 1_000
"""Rows beyond which a table is too large to be prepared twice without need."""


def _with_gaps(fit: Fit, table: pd.DataFrame) -> frozenset[str]:
    """Needed columns that have an empty cell."""
    return frozenset(match.need.name for match in fit.matches if table[str(match.source)].hasnans)


def _elapsed_days(card: Card | None, cutoff: pd.Timestamp | None) -> float:
    """Between the customers whom the card tells about and those whose rows count up to `cutoff`.

    Who learns what happens in a horizon looks at customers as they were one horizon before the end.
    """
    if card is None or cutoff is None or not card.cutoff:
        return 0.0
    learnt = pd.Timestamp(card.cutoff) - pd.Timedelta(days=0 if card.goal == "groups" else card.horizon_days)
    return max(0.0, (cutoff - learnt) / pd.Timedelta(days=1))


def _as_numbers(fit: Fit, table: pd.DataFrame) -> Fit:
    """The fit with unknown columns of text taken for numbers: those that mostly are, or all if none is."""
    text = [
        match
        for match in fit.matches
        if match.need.kind == "unknown" and not pd.api.types.is_numeric_dtype(table[str(match.source)].dtype)
    ]
    mostly = [match for match in text if mostly_numbers(table[str(match.source)])]
    chosen = {match.need.name for match in (mostly or text)}
    return replace(
        fit,
        matches=tuple(
            replace(match, need=replace(match.need, kind="number")) if match.need.name in chosen else match
            for match in fit.matches
        ),
    )


def score_columns(opened: OpenedModel) -> tuple[str, ...]:
    """The method whose answer is the score first, then those that say more; only those that the model has."""
    return tuple(method for method in _wanted_methods(opened) if method in opened.methods)


def _wanted_methods(opened: OpenedModel) -> tuple[str, ...]:
    """The same of any model of this kind and goal."""
    card = opened.verdict.card
    if card is not None and card.goal == "buy_again":
        return ("predict_proba",)
    if card is not None and card.goal == "groups":
        return ("predict", "transform", "predict_proba")
    return {
        "classifier": ("predict", "predict_proba"),
        "regressor": ("predict",),
        "clusterer": ("predict", "transform"),
        "outlier_detector": ("predict", "score_samples"),
        "transformer": ("transform",),
    }.get(opened.kind, ("predict", "transform"))


def fill_in(
    opened: OpenedModel,
    frame: pd.DataFrame,
    language: str = "en",
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> pd.DataFrame:
    """The model's answers for rows that are ready: one row each, the same index, columns named as in `lib/schema`."""
    methods = score_columns(opened)
    if not methods:
        raise UserError("scoring.no_method", estimator=opened.verdict.estimator, method=_wanted_methods(opened)[0])
    card = opened.verdict.card
    second = {"classifier": "predict_proba", "outlier_detector": "score_samples"}.get(opened.kind)
    asked = (methods[0], *(method for method in methods[1:] if method == second and methods[0] == "predict"))
    answered = opened.call_several(asked, frame, progress=progress, cancelled=cancelled)
    main = np.asarray(answered[methods[0]])
    if card is not None and card.goal == "buy_again":
        return pd.DataFrame({schema.BUY_AGAIN: _positive(opened, main)}, index=frame.index)
    if card is not None and card.goal in (schema.SPEND, schema.ORDERS):
        return pd.DataFrame({card.goal: main}, index=frame.index)
    if card is not None and card.goal == "next_order" and main.shape[1:] == (len(schema.NEXT_ORDER),):
        return pd.DataFrame(main, index=frame.index, columns=list(schema.NEXT_ORDER))
    if card is not None and card.goal == "groups":
        return _groups(card, main, frame.index, language)
    if opened.kind == "transformer" and "predict" not in opened.methods:
        return _wide(main, frame.index, "component")
    if opened.kind == "clusterer":
        return pd.DataFrame({schema.GROUP: main}, index=frame.index)
    answers = _wide(main, frame.index, schema.PREDICTION)
    if opened.kind == "classifier" and "predict_proba" in answered:
        return answers.join(_chances(opened, np.asarray(answered["predict_proba"]), frame.index))
    if opened.kind == "outlier_detector":
        answers = pd.DataFrame({"unusual": main == -1}, index=frame.index)
        if "score_samples" in answered:
            answers["typicality"] = np.asarray(answered["score_samples"])
    return answers


def asked_about(chances: Sequence[str], card: Card | None) -> str:
    """Of columns with probabilities of classes, that of the answer which the card names; without a card the last one,
    since yes comes after no and 1 after 0."""
    evaluation = card.evaluation if card is not None else None
    named = f"{PROBABILITY}{evaluation.positive}" if isinstance(evaluation, ColumnEvaluation) else ""
    return named if named in chances else chances[-1]


def form_row(needs: tuple[Need, ...], cells: Mapping[str, str | float | None]) -> pd.DataFrame:
    """One customer out of a form: one row, the needed columns."""
    return pd.DataFrame({need.name: [cells.get(need.name)] for need in needs})


def tolerated_missing(
    opened: OpenedModel, needs: tuple[Need, ...], ready: Prepared, columns: Collection[str]
) -> frozenset[str]:
    """The columns whose missing values the model imputes, found by predicting one such row."""
    example = _example(needs, ready)
    if example is None:
        return frozenset()
    return frozenset(column for column in columns if _answers_without(opened, example, column))


def _example(needs: tuple[Need, ...], ready: Prepared) -> pd.DataFrame | None:
    if not ready.frame.empty:
        return ready.frame.head(1)
    cells = {need.name: need.categories[0] if need.categories else need.typical for need in needs}
    if any(cell is None for cell in cells.values()):
        return None
    return pd.DataFrame({name: [cell] for name, cell in cells.items()})


def _answers_without(opened: OpenedModel, example: pd.DataFrame, column: str) -> bool:
    hole = example[column].where([False] * len(example))
    try:
        answer = opened.call(score_columns(opened)[0], example.assign(**{column: hole}))
    except Refused as refused:
        if refused.reason in ("has_gaps", "needs_numbers", "model_error", "mixed_column"):
            return False
        raise
    values = np.asarray(answer)
    return values.dtype.kind != "f" or bool(np.isfinite(values).all())


def _tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with text for headers and no cell that is a list or a dict. Raises UserError for two equal headers."""
    table = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    twice = table.columns[table.columns.duplicated()].unique()
    if len(twice):
        raise UserError("scoring.same_header_twice", columns=list(twice))
    odd = {
        name: table[name].map(lambda cell: cell if pd.api.types.is_scalar(cell) else str(cell))
        for name in table.columns
        if table[name].dtype == object
    }
    return table.assign(**odd) if odd else table


def _split_ids(frame: pd.DataFrame, needs: tuple[Need, ...]) -> tuple[pd.Series | None, pd.DataFrame]:
    if frame.index.name == schema.CUSTOMER_ID:
        ids = pd.Series(frame.index.astype("str"), name=schema.CUSTOMER_ID)
        return ids, frame.reset_index(drop=True)
    table = frame.reset_index(drop=True)
    if schema.CUSTOMER_ID in table.columns and schema.CUSTOMER_ID not in {need.name for need in needs}:
        return table[schema.CUSTOMER_ID].astype("str"), table.drop(columns=schema.CUSTOMER_ID)
    return None, table


def _converted(table: pd.DataFrame, fit: Fit, factors: Mapping[str, float]) -> pd.DataFrame:
    columns = {fit.sources[need]: factor for need, factor in factors.items() if need in fit.sources}
    return table.assign(
        **{column: pd.to_numeric(table[column], errors="coerce") * factor for column, factor in columns.items()}
    )


def _positive(opened: OpenedModel, chances: np.ndarray) -> np.ndarray:
    classes = [str(name) for name in opened.classes]
    for name in ("1", "True", "1.0"):
        if name in classes:
            return chances[:, classes.index(name)]
    return chances[:, -1]


def _groups(card: Card, numbers: np.ndarray, index: pd.Index, language: str) -> pd.DataFrame:
    from lib.segments import group_name  # imports scikit-learn, which no other goal needs

    names = {group.number: group_name(language, group) for group in card.groups}
    # Each name is made once, however many customers have it; the last stands for a group that the card does not name.
    spelt = pd.Series([*names.values(), "nan"], dtype="str").take(pd.Index(list(names)).get_indexer(numbers))
    return pd.DataFrame({schema.GROUP: numbers, schema.GROUP_NAME: spelt.to_numpy()}, index=index).astype(
        {schema.GROUP_NAME: "str"}
    )


def _chances(opened: OpenedModel, chances: np.ndarray, index: pd.Index) -> pd.DataFrame:
    names = [f"{PROBABILITY}{name}" for name in opened.classes]
    return pd.DataFrame(chances, index=index, columns=names if len(names) == chances.shape[1] else None)


def _wide(values: np.ndarray, index: pd.Index, name: str) -> pd.DataFrame:
    if values.ndim == 1:
        return pd.DataFrame({name: values}, index=index)
    names = [name] if values.shape[1] == 1 else [f"{name}_{place + 1}" for place in range(values.shape[1])]
    return pd.DataFrame(values, index=index, columns=names)


def _reasons(ready: Prepared, language: str) -> list[str]:
    counts = ready.refused.groupby(["column", "reason"], sort=False)["row"].nunique()
    return [f"{column}: {say(language, f'scoring.reason.{reason}')}" for column, reason in counts.index[:5]]


def _gather(ids: pd.Series | None, ready: Prepared, answers: pd.DataFrame, fit: Fit) -> Scores:
    rows = len(ready.scorable)
    flags = dict(ready.flags)
    if ids is not None and (twice := ids.duplicated(keep=False).to_numpy()).any():
        flags["same_customer_twice"] = twice & ready.scorable
    table = answers if ready.scorable.all() else answers.reindex(range(rows))
    table = pd.concat([table, _words(ready.scorable, flags).rename(FLAGS_COLUMN)], axis="columns")
    if ids is not None:
        table.insert(0, schema.CUSTOMER_ID, ids.to_numpy())
    return Scores(
        table=table,
        refused=_with_ids(ready.refused, ids),
        cells=_with_ids(ready.cells, ids),
        flags={name: int(where.sum()) for name, where in flags.items() if where.any()},
        doubts=fit.doubts,
        frame=ready.frame,
        rows_in=rows,
        derived={
            match.need.name: Dummy(str(match.source), match.value) for match in fit.matches if match.how == "derived"
        },
        rows_scored=int(ready.scorable.sum()),
    )


def _words(scorable: np.ndarray, flags: Mapping[str, np.ndarray]) -> pd.Series:
    """Flags as words per row: each combination is spelt once, however many rows have it."""
    names = [name for name in FLAGS if name in flags]
    if not names and scorable.all():
        return pd.Series("", index=range(len(scorable)), dtype="str")
    code = np.zeros(len(scorable), dtype="int64")
    for place, name in enumerate(names):
        code |= flags[name].astype("int64") << place
    code[~scorable] = 1 << len(names)
    spelt = {
        value: "cannot_be_scored"
        if value == 1 << len(names)
        else " ".join(name for place, name in enumerate(names) if value >> place & 1)
        for value in map(int, np.unique(code))
    }
    places = np.searchsorted(list(spelt), code)
    return pd.Series(list(spelt.values()), dtype="str").take(places).reset_index(drop=True)


def _with_ids(cells: pd.DataFrame, ids: pd.Series | None) -> pd.DataFrame:
    if ids is None:
        return cells
    found = cells.copy()
    found.insert(1, schema.CUSTOMER_ID, ids.to_numpy()[cells["row"].to_numpy(dtype="int64") - 1])
    return found
