"""Which columns of a customer table a model may learn from, how each is prepared, and why the others are left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.parsing.rounding import round_significant
from lib.recipes import Inputs
from lib.training.describe import frequent, kind_of

MIN_TAIL_SKEWNESS = 1.0
"""A skewness above this makes a number an amount: it is seen by its order of magnitude."""

MAX_DISTINCT_TEXT_SHARE = 0.5
"""A text column with more different texts per customer than this names customers, it does not describe them."""

MAX_MISSING_SHARE = 0.95

_ID_NAME = re.compile(r"(^|[^a-z])(id|uuid|guid|nr|no|num|number|index|code|codigo|row)($|[^a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}")


@dataclass(frozen=True)
class SortedColumns:
    """The columns of a customer table, sorted by what a model does with them."""

    inputs: Inputs
    left_out: Mapping[str, str]
    """Column → reason: `empty`, `mostly_missing`, `constant`, `identifier`, `personal`, `rare_only`; the sentence is
    `training.left_out.<reason>`."""


def sort_columns(frame: pd.DataFrame) -> SortedColumns:
    """Sort every column of a table with one row per customer. The target, if there is one, is not among them."""
    amounts: list[str] = []
    numbers: list[str] = []
    dates: list[str] = []
    categories: dict[str, tuple[str, ...]] = {}
    left_out: dict[str, str] = {}
    for column in frame.columns:
        values, name = frame[column], str(column)
        reason = _reason_against(values, name)
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
        if running or _ID_NAME.search(_CAMEL.sub("_", name).lower()):
            return "identifier"
    return ""


def _has_long_tail(values: pd.Series) -> bool:
    numbers = values.dropna().astype("float64")
    numbers = numbers[np.isfinite(numbers)]
    if len(numbers) < 3 or numbers.nunique() < 10 or numbers.min() < 0:
        return False
    return float(numbers.skew()) > MIN_TAIL_SKEWNESS
