"""Which columns of a customer table a model may learn from, how each is prepared, and why the others are left out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.parsing.rounding import round_significant
from lib.recipes import Inputs
from lib.training.describe import frequent, kind_of
from lib.training.spelling import one_spelling

MIN_TAIL_SKEWNESS = 1.0
"""A skewness above this makes a number an amount: it is seen by its order of magnitude."""

MAX_DISTINCT_TEXT_SHARE = 0.5
"""A text column with more different texts per customer than this identifies customers and doesn't describe them."""

MAX_MISSING_SHARE = 0.95

LARGEST_NUMBER = 1e38
"""Numbers beyond this in size are none: single precision and sums of squares end there."""

MIN_ID_DIGITS = 6
"""Whole numbers with at least this many digits, all of the same length and each of another customer, are identifiers,
whatever the column's name."""
COPY_CORRELATION = 0.99999
"""Two numbers with at least this correlation, missing for the same customers, are one."""

COLUMNS_NAMED = 6
"""In a sentence; a table may have a thousand."""

_MODEL_NAME = re.compile(
    r"classif|naive.?bayes|predict|propensity|probab|proba$|logit|likelihood|churn.?(score|risk)|model.?score"
    r"|score.?model|prevision|predicc|propensi"
)
"""Names of columns that another model has filled in."""
_CHANCE_NAME = re.compile(r"predict|propensity|probab|proba$|likelihood|churn.?(score|risk)|predicc|propensi")
"""Those of them that name a chance, which may be written as a percentage."""
_OWNERS = (
    r"(client|customer|cust|user|account|acct|acc|member|order|invoice|card|person|subscriber|policy|cliente|pedido)"
)
_CERTAIN_ID_NAME = re.compile(rf"(^|[^a-z])(id|uuid|guid)($|[^a-z])|{_OWNERS}_?(id|uuid|nr|num|number|key|ref)$")
"""Names of identifiers that several rows may share, as those of a household."""
_ID_NAME = re.compile(
    r"(^|[^a-z])(id|uuid|guid|nr|no|num|number|index|code|codigo|row)($|[^a-z])"
    rf"|{_OWNERS}_?(id|uuid|nr|no|num|number|code|key|ref)$"
    r"|^(unnamed: ?\d+|row.?names?|level_0|x|\.\.\.1)$"
)
"""The last line: what pandas and R call the row numbers that they save beside a table."""
_WITHOUT_NAME = re.compile(r"column_\d+")
"""What a column without a header is called."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}")


@dataclass(frozen=True)
class SortedColumns:
    """The columns of a customer table, sorted by what a model does with them."""

    inputs: Inputs
    left_out: Mapping[str, str]
    """Column → reason: `empty`, `mostly_missing`, `constant`, `identifier`, `personal`, `rare_only`, `copy` (of an
    earlier column), `other_model` (what another model predicted); the sentence is `training.left_out.<reason>`."""


def sort_columns(frame: pd.DataFrame) -> SortedColumns:
    """Sort every column of a table with one row per customer. The target, if there is one, is not among them."""
    amounts: list[str] = []
    numbers: list[str] = []
    dates: list[str] = []
    categories: dict[str, tuple[str, ...]] = {}
    left_out: dict[str, str] = {}
    names = [str(column) for column in frame.columns]
    # Among columns with names, one without holds the row numbers of a saved table; without headers, none has a name.
    some = any(not _WITHOUT_NAME.fullmatch(name) for name in names)
    called = {name: "index" if some and _WITHOUT_NAME.fullmatch(name) else name for name in names}
    reasons = {str(column): _reason_against(frame[column], called[str(column)]) for column in frame.columns}
    copies = copied_columns(frame[[column for column in frame.columns if not reasons[str(column)]]])
    for column in frame.columns:
        values, name = frame[column], str(column)
        reason = reasons[name] or ("copy" if name in copies else "")
        if reason:
            left_out[name] = reason
            continue
        kind = kind_of(values)
        if kind == "date":
            dates.append(name)
        elif kind == "category":
            levels = frequent(values)
            if levels:
                categories[name] = levels
            else:
                left_out[name] = "rare_only"
        elif kind == "number" and _has_long_tail(values):
            amounts.append(name)
        else:
            numbers.append(name)
    return SortedColumns(Inputs(tuple(amounts), tuple(numbers), tuple(dates), categories), left_out)


def uniform_values(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table: numbers that are infinite, or beyond `LARGEST_NUMBER`, missing; categories in one spelling each.

    `lib.scoring` reads a category of a new table in any spelling, so that a model needs to know one.
    """
    found: dict[str, pd.Series] = {}
    for column, values in frame.items():
        name = str(column)
        if pd.api.types.is_float_dtype(values):
            impossible = values.abs() > LARGEST_NUMBER
            if impossible.any():
                found[name] = values.mask(impossible)
        elif kind_of(values) == "category" and 1 < values.nunique() <= MAX_DISTINCT_TEXT_SHARE * len(values):
            words = values.astype("str").where(values.notna())
            spelt = one_spelling(words)
            if spelt is not words:
                found[name] = spelt
    return frame.assign(**found) if found else frame


def usable_columns(frame: pd.DataFrame) -> SortedColumns:
    """`sort_columns` of a table that must have something to learn from.

    Raises UserError: `training.no_columns`, `training.no_usable_columns`.
    """
    if not len(frame.columns):
        raise UserError("training.no_columns")
    found = sort_columns(frame)
    if not found.inputs.columns:
        raise UserError("training.no_usable_columns", columns=named(frame.columns))
    return found


def named(columns: Iterable[object]) -> list[str]:
    """Names of columns for a sentence: no more than `COLUMNS_NAMED`, then an ellipsis."""
    names = [str(one) for one in columns]
    return names if len(names) <= COLUMNS_NAMED else [*names[:COLUMNS_NAMED], "…"]


def model_table(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """The inputs' columns in their order: categories as text, yes/no as numbers' own type, infinities missing."""
    columns: dict[str, pd.Series] = {}
    for name in inputs.columns:
        values = frame[name]
        if name in inputs.categories:
            columns[name] = values.astype("str").where(values.notna())
        elif kind_of(values) == "number":
            numbers = values.astype("float64")
            columns[name] = numbers.where(np.isfinite(numbers)) if not pd.api.types.is_integer_dtype(values) else values
        else:
            columns[name] = values
    return pd.DataFrame(columns, index=frame.index)


def caps_of(frame: pd.DataFrame, amounts: tuple[str, ...]) -> tuple[float, ...]:
    """The 98th percentile of each amount, rounded: what lies above it counts as that in `root` and `capped`."""
    return tuple(max(round_significant(float(frame[name].quantile(0.98)), 2), 1e-9) for name in amounts)


def _reason_against(values: pd.Series, name: str) -> str:
    known = values.dropna()
    if known.empty:
        return "empty"
    if len(known) < (1 - MAX_MISSING_SHARE) * len(values):
        return "mostly_missing"
    different = int(known.nunique())
    if different == 1 and len(known) == len(values):
        return "constant"
    kind = kind_of(values)
    if kind == "category":
        texts = known.astype("str")
        sample = texts.head(200)
        if sample.str.fullmatch(_MAIL).mean() > 0.5 or (
            sample.str.fullmatch(_PHONE).mean() > 0.5 and different > MAX_DISTINCT_TEXT_SHARE * len(known)
        ):
            return "personal"
        if different > MAX_DISTINCT_TEXT_SHARE * len(known) and different > 20:
            return "identifier"
    elif kind == "number" and different == len(known) and len(known) > 20 and bool((known == known.round()).all()):
        # Whole numbers, each once: a running number, or a column that calls itself an identifier.
        running = different == int(known.max() - known.min()) + 1
        digits = known.astype("float64").abs().clip(lower=1)
        long = np.floor(np.log10(float(digits.min()))) == np.floor(np.log10(float(digits.max()))) >= MIN_ID_DIGITS - 1
        if running or long or _ID_NAME.search(_CAMEL.sub("_", name).lower()):
            return "identifier"
    elif kind == "number" and _is_repeated_id(known, name):
        return "identifier"
    elif kind == "number" and _is_other_models(known, name):
        return "other_model"
    return ""


def _is_repeated_id(known: pd.Series, name: str) -> bool:
    """Whether a column that is certainly called an identifier holds whole numbers that few customers share."""
    different = int(known.nunique())
    called = _CERTAIN_ID_NAME.search(_CAMEL.sub("_", name).lower()) is not None
    many = different > 20 and different > MAX_DISTINCT_TEXT_SHARE * len(known)
    return called and many and bool((known == known.round()).all())


def _is_other_models(known: pd.Series, name: str) -> bool:
    """Whether another model has filled a column in, by its name and its cells: a share, or a percentage."""
    words = _CAMEL.sub("_", name).lower()
    if known.between(0, 1).all():
        return _MODEL_NAME.search(words) is not None
    percentages = bool(known.between(0, 100).all()) and bool((known != known.round()).any())
    return percentages and _CHANCE_NAME.search(words) is not None


def copied_columns(frame: pd.DataFrame) -> dict[str, str]:
    """Column → the earlier column that it repeats: the same number on another scale, or the same categories renamed.

    A copy would count its column twice; two probabilities that add up to 1 are the same information.
    """
    numbers = {str(name): frame[name] for name in frame.columns if kind_of(frame[name]) == "number"}
    return {**_copied_numbers(numbers), **_copied_categories(frame)}


def _copied_numbers(numbers: Mapping[str, pd.Series]) -> dict[str, str]:
    kept: list[tuple[str, np.ndarray, np.ndarray]] = []
    found: dict[str, str] = {}
    for name, values in numbers.items():
        cells = values.to_numpy(np.float64, na_value=np.nan)
        known = np.isfinite(cells)
        cells = np.where(known, cells - cells[known].mean() if known.any() else 0.0, 0.0)
        length = float(np.sqrt(cells @ cells))
        if known.sum() < 3 or length == 0:
            continue
        cells = cells / length
        # Not `cells @ other`: for each of so many short products BLAS would start its threads.
        twin = next((one for one, other, seen in kept if abs(float(np.einsum("i,i", cells, other))) >= COPY_CORRELATION
                     and np.array_equal(seen, known)), "")  # fmt: skip
        if twin:
            found[name] = twin
        else:
            kept.append((name, cells, known))
    return found


def _copied_categories(frame: pd.DataFrame) -> dict[str, str]:
    kept: dict[bytes, str] = {}
    found: dict[str, str] = {}
    for name in frame.columns:
        if kind_of(frame[name]) not in ("category", "yes_no"):
            continue
        codes = pd.factorize(frame[name])[0]
        if codes.max(initial=-1) < 1:
            continue
        first = kept.setdefault(codes.tobytes(), str(name))
        if first != str(name):
            found[str(name)] = first
    return found


def _has_long_tail(values: pd.Series) -> bool:
    numbers = values.dropna().astype("float64")
    numbers = numbers[np.isfinite(numbers)]
    if len(numbers) < 3 or numbers.nunique() < 10 or numbers.min() < 0:
        return False
    return float(numbers.skew()) > MIN_TAIL_SKEWNESS
