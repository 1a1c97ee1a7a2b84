"""A table's rows made ready for a model: every row gets its cells in the model's terms, or a reason why not."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.features import FEATURES
from lib.parsing.booleans import parse_yes_no
from lib.parsing.dates import is_date, parse_date_cells
from lib.parsing.names import MAX_NAME, normalized, spelling
from lib.parsing.numbers import parse_number_cells
from lib.scoring.dummies import Dummy, dummy_values, uncovered
from lib.scoring.matching import Fit, Match
from lib.scoring.needs import Need

REFUSALS = ("missing_value", "not_a_number", "not_finite", "not_a_date", "not_yes_or_no")
"""Why a row cannot be scored; one cell is enough."""

FLAGS = (
    "outside_range",
    "new_category",
    "text_read_as_number",
    "missing_filled",
    "unlike_training",
    "same_customer_twice",
)
"""Why a score deserves a second look. A row may have several."""

OUTSIDE_MARGIN = 0.1
"""A value is outside what the model learnt if it lies more than this share of the range beyond either end.

The card's range leaves out one customer in a hundred, and beyond it lie more where a column has a long tail: there the
share is one of the range's logarithms (`long_tailed`)."""

LONG_TAIL = 4.0
"""A column has a long tail if its range is more than this many times the distance from its low end to its median."""

LARGEST = float(np.finfo("float32").max)
"""Trees count in single precision: what it cannot hold is infinite to them."""

UNLIKE_SHARE = 0.25
"""A row is unlike the training customers if at least this share of its columns (and two) is odd."""


@dataclass(frozen=True)
class Prepared:
    """Rows ready to be scored, in the order given, and what was noticed on the way."""

    frame: pd.DataFrame
    """One row per scorable row of the table, the model's columns in its order; the table's own index."""
    scorable: np.ndarray
    """bool, one per row of the table."""
    refused: pd.DataFrame
    """`row` (from 1, as in the file without its header), `column`, `reason`, `value`: one row per bad cell."""
    flags: Mapping[str, np.ndarray]
    """Flag → bool per row of the table."""
    cells: pd.DataFrame
    """`row`, `column`, `reason`, `value` of flagged cells, at most `CELLS_LISTED` per flag."""


SAMPLE = 1_000
"""Cells that are looked at to see whether a column of which nothing is known is made of numbers."""

CELLS_LISTED = 10_000
"""Maximum number of cells listed one by one; the counts are always complete."""


MOST_DATES_IN_TEXT = 60
"""Columns of dates that stand as text: how each is written takes up to half a second to find out, whatever its rows."""


def prepare(
    fit: Fit, frame: pd.DataFrame, *, tolerates_missing: frozenset[str] = frozenset(), elapsed_days: float = 0.0
) -> Prepared:
    """Turn a table into the model's own columns.

    `tolerates_missing` names the columns that the model itself fills in; an empty cell elsewhere refuses its row.
    `elapsed_days` is the time between the model's cutoff and that of rows worked out from orders: columns that count
    days may be that much longer without being flagged. 0 for uploaded customer tables.
    Raises UserError where a needed column has no source, or no row is left.
    """
    if fit.missing:
        raise missing_columns(fit, frame)
    if frame.empty:
        raise UserError("scoring.no_rows")
    dates = [match for match in fit.matches if match.need.kind == "date"]
    in_text = sum(frame[str(match.source)].dtype.kind != "M" for match in dates)
    if in_text > MOST_DATES_IN_TEXT:
        raise UserError("scoring.too_many_dates", count=in_text, limit=MOST_DATES_IN_TEXT)
    notes = _Notes(len(frame), elapsed_days)
    ready = {
        match.need.name: _column(match, frame[str(match.source)], notes, match.need.name in tolerates_missing)
        for match in fit.matches
    }
    _flag_uncovered(fit, frame, notes)
    scorable = ~notes.refused_rows
    _flag_unlike(notes, len(fit.matches))
    # Without a copy the columns stay apart, as they cross to the model.
    table = pd.DataFrame(ready, index=frame.index, columns=[match.need.name for match in fit.matches], copy=False)
    return Prepared(
        frame=table if scorable.all() else table[scorable],
        scorable=scorable,
        refused=notes.refusals(),
        flags={name: rows & scorable for name, rows in notes.flags.items() if (rows & scorable).any()},
        cells=notes.cells(),
    )


def missing_columns(fit: Fit, frame: pd.DataFrame) -> UserError:
    """The error that names what is missing, with the table's likeliest column beside each.

    A table that has hardly any of a model's order features is of the wrong kind, and that is all there is to say.
    """
    if needs_order_history(fit):
        return UserError("scoring.orders_needed", columns=len(frame.columns), rows=len(frame))
    suggestions = [f"{m.need.name} ← {m.source}" for m in fit.matches if m.how == "suggested"]
    facts: dict[str, list[str]] = {"missing": list(fit.missing), "found": [str(name) for name in frame.columns[:30]]}
    if suggestions:
        return UserError("scoring.missing_columns_suggested", **facts, suggested=suggestions)
    return UserError("scoring.missing_columns", **facts)


def needs_order_history(fit: Fit) -> bool:
    """Whether the model was trained on features of orders, and the table has less than half of them."""
    needed = [match.need.name for match in fit.matches]
    return set(needed) <= _FEATURE_NAMES and len(fit.missing) >= FEW_MISSING and 2 * len(fit.missing) > len(needed)


_FEATURE_NAMES = frozenset(feature.name for feature in FEATURES)

FEW_MISSING = 5
"""Fewer missing columns than this can be named by hand."""


class _Notes:
    """What was noticed, gathered column by column."""

    def __init__(self, rows: int, elapsed_days: float = 0.0) -> None:
        self.rows = rows
        self.elapsed_days = elapsed_days
        self.refused_rows = np.zeros(rows, dtype=bool)
        self.odd_columns = np.zeros(rows, dtype="uint16")
        self.flags: dict[str, np.ndarray] = {}
        self._refused: list[pd.DataFrame] = []
        self._flagged: list[pd.DataFrame] = []

    def refuse(self, reason: str, column: str, bad: np.ndarray, values: pd.Series) -> None:
        if bad.any():
            self.refused_rows |= bad
            self._refused.append(_cells(reason, column, bad, values))

    def flag(self, reason: str, column: str, odd: np.ndarray, values: pd.Series) -> None:
        if odd.any():
            self.flags[reason] = self.flags.get(reason, np.zeros(self.rows, dtype=bool)) | odd
            if reason in ("outside_range", "new_category"):
                self.odd_columns += odd
            self._flagged.append(_cells(reason, column, odd, values))

    def refusals(self) -> pd.DataFrame:
        return _listed(self._refused)

    def cells(self) -> pd.DataFrame:
        return _listed(self._flagged)


def _cells(reason: str, column: str, where: np.ndarray, values: pd.Series) -> pd.DataFrame:
    places = np.flatnonzero(where)[:CELLS_LISTED]
    shown = values.iloc[places].astype("object")
    return pd.DataFrame(
        {
            "row": places + 1,
            "column": column,
            "reason": reason,
            "value": ["" if pd.isna(value) else str(value) for value in shown],
        }
    )


def _listed(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame({"row": np.array([], dtype="int64"), "column": [], "reason": [], "value": []})
    return pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _column(match: Match, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    need = match.need
    if match.how == "derived":
        return _dummy(match, values, notes)
    if need.kind == "number":
        return _numbers(need, values, notes, tolerated)
    if need.kind == "date":
        return _dates(need, values, notes, tolerated)
    if need.kind == "yes_no" and not need.categories:
        return _yes_no(need, values, notes, tolerated)
    if need.kind in ("category", "yes_no"):
        return _categories(need, values, notes, tolerated)
    return _as_it_is(need, values, notes, tolerated)


def _dummy(match: Match, values: pd.Series, notes: _Notes) -> pd.Series:
    """A dummy column: 1 and 0. An empty cell is 0 in all of them, as `pandas.get_dummies` leaves it, and is flagged."""
    dummy = Dummy(str(match.source), match.value)
    notes.flag("missing_filled", match.need.name, values.isna().to_numpy(), values)
    return pd.Series(dummy_values(dummy, values), index=values.index)


def _flag_uncovered(fit: Fit, frame: pd.DataFrame, notes: _Notes) -> None:
    """Values of a column made into dummies that have none, unless it is the one that training dropped."""
    by_source: dict[str, list[Dummy]] = {}
    for match in fit.matches:
        if match.how == "derived":
            by_source.setdefault(str(match.source), []).append(Dummy(str(match.source), match.value))
    for source, dummies in by_source.items():
        notes.flag("new_category", source, uncovered(dummies, frame[source]), frame[source])


def _numbers(need: Need, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    if pd.api.types.is_bool_dtype(values.dtype):
        values = values.astype("float64")
    limits = usual_limits(need, notes.elapsed_days)
    if values.dtype == np.float64 and _all_usual(values.to_numpy(), limits):
        return values
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.to_numpy(dtype="float64", na_value=np.nan)
        blank = np.isnan(numbers)
    else:
        numbers, blank = _read_numbers(values)
        numbers = np.where(np.isinf(numbers), np.nan, numbers)
        read = np.isfinite(numbers)
        notes.refuse("not_a_number", need.name, ~read & ~blank, values)
        text = np.fromiter((isinstance(cell, str) for cell in values), dtype=bool, count=len(values))
        notes.flag("text_read_as_number", need.name, read & text, values)
    with np.errstate(invalid="ignore"):
        infinite = np.abs(numbers) > LARGEST
    if infinite.any():
        notes.refuse("not_finite", need.name, infinite, values)
    _missing(need, blank, values, notes, tolerated)
    if limits is not None:
        notes.flag("outside_range", need.name, outside_range(numbers, limits) & ~infinite, values)
    return pd.Series(numbers, index=values.index)


def outside_range(numbers: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Which numbers are outside the limits: bool, one per number; NaN is not.

    A value that is the same in all of several rows doesn't distinguish them, so none of them is outside. `lib.drift`
    reports it once for all of them.
    """
    with np.errstate(invalid="ignore"):
        outside = (numbers < limits[0]) | (numbers > limits[1])
    same = len(numbers) > 1 and bool(outside.all()) and bool((numbers == numbers[0]).all())
    return np.zeros(len(numbers), dtype=bool) if same else outside


def _all_usual(numbers: np.ndarray, limits: tuple[float, float] | None) -> bool:
    """Whether there is nothing to say of any of these numbers: two passes that make no array. NaN is unusual."""
    low, high = limits or (-LARGEST, LARGEST)
    return len(numbers) > 0 and bool(numbers.min() >= max(low, -LARGEST) and numbers.max() <= min(high, LARGEST))


def is_constant(need: Need) -> bool:
    """Whether all training customers had the same value: the model cannot have learnt anything from the column."""
    if need.kind in ("number", "date"):
        return need.range is not None and need.range[0] == need.range[1]
    return need.kind == "yes_no" and not need.categories and len(need.shares) == 2 and 1.0 in need.shares


def usual_limits(need: Need, elapsed_days: float = 0.0) -> tuple[float, float] | None:
    """Lower and upper limit of the training range, with its margin; None where the card has no range.

    A column that was the same for all training customers has no limits either.
    """
    if need.range is None or is_constant(need):
        return None
    low, high = need.range
    if elapsed_days > 0 and need.unit in _DAYS_IN:
        high += elapsed_days / _DAYS_IN[need.unit]
    if not long_tailed(need):
        margin = OUTSIDE_MARGIN * (high - low)
        return low - margin, high + margin
    bottom, top = np.log1p(low), np.log1p(high)
    margin = OUTSIDE_MARGIN * (top - bottom)
    lowest = bottom - margin
    return float(np.expm1(lowest) if lowest >= 0 else lowest), float(np.expm1(top + margin))


_DAYS_IN = {"days": 1.0, "months": 30.0}


def long_tailed(need: Need) -> bool:
    """Whether a column is one of amounts, counts and the like: none below zero, most far below the largest."""
    if need.range is None or need.typical is None:
        return False
    low, high = need.range
    return low >= 0 and high - low > LONG_TAIL * (need.typical - low) and high > 1


def _missing(need: Need, blank: np.ndarray, values: pd.Series, notes: _Notes, tolerated: bool) -> None:
    if not blank.any():
        return
    if not tolerated:
        notes.refuse("missing_value", need.name, blank, values)
    elif not need.share_missing:
        notes.flag("missing_filled", need.name, blank, values)


def _read_numbers(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Numbers out of text (`1.234,50`, `€ 12`, `(3.00)`), and which cells are blank."""
    return parse_number_cells([None if pd.isna(cell) else str(cell) for cell in values])


def _yes_no(need: Need, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    """Yes and no as the model learnt them: 1 and 0."""
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _numbers(need, values, notes, tolerated)
    blank = values.isna().to_numpy() | (values.astype("str").str.strip() == "").to_numpy(dtype=bool, na_value=False)
    words = values.astype("str")
    meant = {word: parse_yes_no(word) for word in words.dropna().unique()}
    answers = words.map({word: float(yes) for word, yes in meant.items() if yes is not None}).to_numpy(dtype="float64")
    notes.refuse("not_yes_or_no", need.name, np.isnan(answers) & ~blank, values)
    _missing(need, blank, values, notes, tolerated)
    return pd.Series(answers, index=values.index)


def mostly_numbers(values: pd.Series) -> bool:
    """Whether at least half of the cells that are not empty can be read as numbers."""
    numbers, blank = _read_numbers(values.head(10_000))
    return bool(np.isfinite(numbers).sum() >= 0.5 * max(1, (~blank).sum()))


def _dates(need: Need, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    """Dates by the decision that reads a file on Data: the order of day and month follows from the whole column."""
    dates, blank = _read_dates(values)
    notes.refuse("not_a_date", need.name, np.isnat(dates) & ~blank, values)
    _missing(need, blank, values, notes, tolerated)
    return pd.Series(dates, index=values.index)


def _read_dates(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """datetime64[us], NaT where a cell is no date; and which cells are blank."""
    if values.dtype.kind == "M":
        naive = values.dt.tz_localize(None) if getattr(values.dt, "tz", None) is not None else values
        return naive.to_numpy("datetime64[us]"), values.isna().to_numpy()
    cells = [None if pd.isna(cell) else str(cell) for cell in values]
    dates, blank, read = parse_date_cells(cells)
    if read is None and not blank.all():  # too few are dates: the others are refused, those few are read
        dates, _, _ = parse_date_cells([cell if cell is not None and is_date(cell) else None for cell in cells])
    return dates, blank


def _categories(need: Need, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    blank = values.isna().to_numpy()
    text = as_text(values)
    if need.categories:
        text = _same_spelling(text, need.categories)
        notes.flag("new_category", need.name, new_categories(text, need.categories), values)
    _missing(need, blank, values, notes, tolerated)
    return text


def new_categories(text: pd.Series, categories: Sequence[str]) -> np.ndarray:
    """Which cells hold a category that training customers did not have: bool; as in `outside_range`, none of them where
    all of several rows have the same one."""
    present = text.notna().to_numpy()
    new = present & ~text.isin(categories).to_numpy()
    same = len(text) > 1 and bool(new.all()) and text.nunique() == 1
    return np.zeros(len(text), dtype=bool) if same else new


def as_text(values: pd.Series) -> pd.Series:
    """Cells as the words a model learns: `str`, whole numbers without `.0`, missing stays missing."""
    if pd.api.types.is_float_dtype(values.dtype) and (values.dropna() % 1 == 0).all():
        return values.astype("Int64").astype("str").where(values.notna())
    text = values if values.dtype == "str" else values.astype("str")
    return text.where(values.notna()) if values.dtype != "str" else text


def _same_spelling(text: pd.Series, categories: Sequence[str]) -> pd.Series:
    """Each cell that is no category as the one that it writes otherwise: in case, blanks, accents, or as yes and no."""
    known = frozenset(categories)
    others = [str(cell) for cell in text.dropna().unique() if cell not in known]
    spellings = [_by_key(categories, key) for key in _KEYS] if others else []
    changed: dict[str, str] = {}
    for cell in others:
        meant = (found.get(key(cell)) for key, found in zip(_KEYS, spellings, strict=True))
        category = next((one for one in meant if one is not None), None)
        if category is not None:
            changed[cell] = category
    if not changed:
        return text
    meant_by = text.map(changed)  # `replace` compares each cell with each of them
    return meant_by.where(meant_by.notna(), text).astype(text.dtype)


def _by_key(categories: Sequence[str], key: Callable[[str], str]) -> dict[str, str]:
    """Category by its key; none of those that share one."""
    keys = Counter(map(key, categories))
    found = {key(category): category for category in categories if key(category) and keys[key(category)] == 1}
    # Yes says what is meant only beside a no.
    if key is _yes_or_no and (len(found) < 2 or _may_mean_else(set(found.values()), categories)):
        return {}
    return found


def _may_mean_else(answers: Set[str], categories: Sequence[str]) -> bool:
    """Whether these, which could be yes and no, may be codes beside the others: 1 of several numbers is no yes, and F
    beside M and O no false."""
    others = [one.strip() for one in categories if one not in answers]
    short = any(len(one.strip()) == 1 for one in answers) and any(len(one) == 1 for one in others)
    plain = {one.strip().casefold() for one in answers} == {"y", "n"}
    return bool(others) and (any(map(str.isdigit, answers)) or (short and not plain))


def _plain(cell: str) -> str:
    return cell if len(cell) > MAX_NAME else normalized(" ".join(cell.split()), "NFKC").casefold()


def _yes_or_no(cell: str) -> str:
    meant = parse_yes_no(cell)
    return "" if meant is None else str(meant)


_KEYS = (_plain, spelling, _yes_or_no)


def _as_it_is(need: Need, values: pd.Series, notes: _Notes, tolerated: bool) -> pd.Series:
    """A column of which the model says only the name: numbers if every cell reads as one, else words."""
    if pd.api.types.is_bool_dtype(values.dtype) or values.dtype.kind == "M":
        return values
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _numbers(need, values, notes, tolerated)
    first, empty = _read_numbers(values.head(SAMPLE))
    if not (~np.isnan(first) | empty).all():  # no need to read a million words to see that they are words
        _missing(need, values.isna().to_numpy(), values, notes, tolerated)
        return as_text(values)
    numbers, blank = _read_numbers(values)
    if (~np.isnan(numbers) | blank).all() and not blank.all():
        return _numbers(need, values, notes, tolerated)
    _missing(need, values.isna().to_numpy(), values, notes, tolerated)
    return as_text(values)


def _flag_unlike(notes: _Notes, columns: int) -> None:
    unlike = notes.odd_columns >= max(2, UNLIKE_SHARE * columns)
    if unlike.any():
        notes.flags["unlike_training"] = unlike
