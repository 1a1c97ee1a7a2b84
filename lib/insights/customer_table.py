"""A customer table: what its columns hold, what is odd in them, what goes with what, and what goes with an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

Kind = Literal["number", "category", "yes_no", "date", "text", "constant", "empty"]

MAX_CATEGORIES = 30
"""Text with more different values than these is text, not categories."""

MAX_ROWS = 20_000
"""Maximum number of rows, evenly spread over the table, on which relations are computed."""

MAX_COLUMNS = 25
"""Maximum number of columns among which relations are shown: the most complete ones."""

FAR_OUT = 3.0
"""Interquartile ranges beyond the quartiles from which a value is far out (Tukey 1977)."""

GROUPS = 5
MIN_GROUP = 10
"""Rates of smaller groups are left out of rankings."""

Z = 1.959964
"""Of a 95 % interval."""


def kind_of(column: pd.Series) -> Kind:
    """What a column holds."""
    known = column.dropna()
    distinct = known.nunique()
    if not len(known):
        return "empty"
    if distinct == 1:
        return "constant"
    if column.dtype.kind == "b" or (distinct == 2 and column.dtype.kind not in "Mf"):
        return "yes_no"
    if column.dtype.kind == "M":
        return "date"
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    return "category" if distinct <= MAX_CATEGORIES else "text"


def profiles(table: pd.DataFrame) -> pd.DataFrame:
    """One row per column, in the table's order: `column, kind, missing, missing_share, distinct, typical, low, high,
    outliers`.

    `typical` is the median of numbers and dates, else the most frequent value; `low` and `high` are the ends of numbers
    and dates, as text; `outliers` counts values that are far out (`far_out`).
    """
    rows = []
    for name in table.columns:
        column, kind = table[name], kind_of(table[name])
        known = column.dropna()
        low = high = typical = None
        if kind in ("number", "date") or (len(known) and column.dtype.kind in "iufM"):
            low, high, typical = known.min(), known.max(), known.median()
        elif len(known):
            typical = known.astype("str").mode().iloc[0]
        rows.append(
            {
                "column": str(name),
                "kind": kind,
                "missing": int(column.isna().sum()),
                "missing_share": float(column.isna().mean()) if len(column) else 0.0,
                "distinct": int(known.nunique()),
                "typical": _written(typical),
                "low": _written(low),
                "high": _written(high),
                "outliers": int(far_out(column).sum()) if kind == "number" else 0,
            }
        )
    return pd.DataFrame(rows)


def _written(value: object) -> str:
    """A value as plain text: whole numbers in full, others with six digits or cents, dates as days."""
    if value is None:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if not isinstance(value, float | int | np.number):
        return str(value)
    number = float(value)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.2f}" if 1e5 <= abs(number) < 1e15 else f"{number:.6g}"


def far_out(column: pd.Series) -> pd.Series:
    """Which numbers lie more than `FAR_OUT` interquartile ranges beyond the quartiles.

    Of numbers none of which is below zero only those that are so on a logarithmic scale (of 1 + value) as well: a long
    tail is no mistake. None where half of the values are the same.
    """
    values = column.astype("float64")
    beyond = _beyond(values)
    return beyond & _beyond(np.log1p(values)) if beyond.any() and values.min() >= 0 else beyond


def usual_range(column: pd.Series) -> tuple[float, float]:
    """The least and the greatest value that is not far out."""
    usual = column[~far_out(column)].dropna().astype("float64")
    return float(usual.min()), float(usual.max())


def _beyond(values: pd.Series) -> pd.Series:
    low, high = values.quantile(0.25), values.quantile(0.75)
    reach = FAR_OUT * (high - low)
    return (values < low - reach) | (values > high + reach) if reach > 0 else pd.Series(False, index=values.index)


@dataclass(frozen=True)
class Oddities:
    """What should be looked at before anything is learnt from the table."""

    constant: tuple[str, ...]
    empty: tuple[str, ...]
    same: tuple[tuple[str, str], ...]
    """Pairs of columns with equal values in every row."""
    duplicate_rows: int
    """Rows that equal an earlier one in every column."""
    outliers: tuple[tuple[str, int, str], ...]
    """Column, how many values are far out, and the farthest one."""


def oddities(table: pd.DataFrame) -> Oddities:
    """Constants, empty and equal columns, equal rows, values far out."""
    kinds = {str(name): kind_of(table[name]) for name in table.columns}
    digests = {str(name): int(pd.util.hash_pandas_object(table[name], index=False).sum()) for name in table.columns}
    names = [name for name in digests if kinds[name] not in ("constant", "empty")]
    same = tuple(
        (one, other)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
        if digests[one] == digests[other] and table[one].equals(table[other])
    )
    outliers = []
    for name, kind in kinds.items():
        if kind == "number" and (flags := far_out(table[name])).any():
            values = table[name][flags]
            farthest = values.iloc[int((values - table[name].median()).abs().to_numpy().argmax())]
            outliers.append((name, int(flags.sum()), _written(farthest)))
    return Oddities(
        constant=tuple(name for name, kind in kinds.items() if kind == "constant"),
        empty=tuple(name for name, kind in kinds.items() if kind == "empty"),
        same=same,
        duplicate_rows=int(table.duplicated().sum()),
        outliers=tuple(sorted(outliers, key=lambda one: one[1])),
    )


def distribution(column: pd.Series, *, bins: int = 20, most: int = 20) -> pd.DataFrame:
    """`group, low, high, customers`: a histogram of numbers or dates, else the most frequent values.

    `low` and `high` are missing for values; missing cells are left out. Numbers with few different values get one bar
    each.
    """
    kind, known = kind_of(column), column.dropna()
    if kind == "number":
        known = known[np.isfinite(known.astype("float64"))]
    if kind in ("number", "date") and known.nunique() > bins:
        values = known.astype("int64").astype("float64") if kind == "date" else known.astype("float64")
        whole = kind == "number" and bool((values == np.floor(values)).all())
        width = max(1.0, np.ceil((values.max() - values.min() + 1) / bins)) if whole else 0.0
        wanted = np.arange(values.min(), values.max() + width + 1, width) if whole else bins
        counts, edges = np.histogram(values, bins=wanted)
        ends = pd.to_datetime(edges.astype("int64"), unit=_unit(known)) if kind == "date" else edges
        names = [_span(low, high - 1 if whole else high) for low, high in pairwise(ends)]
        return pd.DataFrame({"group": names, "low": edges[:-1], "high": edges[1:], "customers": counts})
    counted = known.value_counts()
    counted = counted.sort_index() if kind in ("number", "date") else counted.head(most)
    return pd.DataFrame(
        {
            "group": [_written(value) for value in counted.index],
            "low": np.nan,
            "high": np.nan,
            "customers": counted.to_numpy(),
        }
    )


def _span(low: object, high: object) -> str:
    first, last = _written(low), _written(high)
    return first if first == last else f"{first} – {last}"


def _unit(known: pd.Series) -> Literal["s", "ms", "us", "ns"]:
    unit = np.datetime_data(known.dtype)[0]
    return next(one for one in ("s", "ms", "us", "ns") if one == unit)


# ------------------------------------------------------------------------------------------------ relations

Measure = Literal["spearman", "cramers_v", "correlation_ratio"]


def usable(table: pd.DataFrame) -> list[str]:
    """Columns that relations can be computed of: numbers, dates, categories and yes/no; the most complete ones, in the
    table's order."""
    kinds = {str(name): kind_of(table[name]) for name in table.columns}
    fitting = [name for name, kind in kinds.items() if kind in ("number", "category", "yes_no", "date")]
    complete = sorted(fitting, key=lambda name: int(table[name].isna().sum()))[:MAX_COLUMNS]
    return [name for name in fitting if name in set(complete)]


def spread(table: pd.DataFrame, most: int = MAX_ROWS) -> pd.DataFrame:
    """At most this many rows, evenly spread over the table."""
    if len(table) <= most:
        return table
    return table.iloc[np.linspace(0, len(table) - 1, most).astype(np.int64)]


def associations(table: pd.DataFrame) -> pd.DataFrame:
    """`left, right, measure, value, strength, rows`: every pair of `usable` columns, the strongest first.

    Numbers and dates: Spearman's rank correlation (−1 to 1). Categories: Cramér's V without its bias (Bergsma 2013, 0
    to 1). A number and a category: the correlation ratio η of the number's ranks (0 to 1). `strength` is the absolute
    value. Rows without one of the two are left out; pairs with fewer than 10 rows, too.
    """
    chosen = spread(table)
    names = usable(table)
    ordered = {name: kind_of(table[name]) in ("number", "date") for name in names}
    cells = {name: _as_number(chosen[name]) if ordered[name] else _as_codes(chosen[name]) for name in names}
    rows = []
    for at, left in enumerate(names):
        for right in names[at + 1 :]:
            a, b = cells[left].to_numpy(float), cells[right].to_numpy(float)
            both = ~np.isnan(a) & ~np.isnan(b)
            if both.sum() < 10:
                continue
            measure, value = _association(a[both], b[both], ordered[left], ordered[right])
            if value == value:
                rows.append((left, right, measure, value, abs(value), int(both.sum())))
    found = pd.DataFrame(rows, columns=["left", "right", "measure", "value", "strength", "rows"])
    return found.sort_values("strength", ascending=False, kind="stable", ignore_index=True)


def _as_number(column: pd.Series) -> pd.Series:
    if column.dtype.kind == "M":
        return (column - pd.Timestamp(0)).dt.total_seconds().reset_index(drop=True)
    return column.astype("float64").reset_index(drop=True)


def _as_codes(column: pd.Series) -> pd.Series:
    return pd.Series(pd.factorize(column)[0], dtype="float64").replace(-1.0, np.nan)


def _association(a: np.ndarray, b: np.ndarray, a_ordered: bool, b_ordered: bool) -> tuple[Measure, float]:
    if a_ordered and b_ordered:
        return "spearman", _pearson(_ranks(a), _ranks(b))
    if not a_ordered and not b_ordered:
        return "cramers_v", cramers_v(a, b)
    return "correlation_ratio", _correlation_ratio(*((_ranks(a), b) if a_ordered else (_ranks(b), a)))


def _ranks(values: np.ndarray) -> np.ndarray:
    return pd.Series(values).rank().to_numpy()


def _pearson(a: np.ndarray, b: np.ndarray) -> float:
    a, b = a - a.mean(), b - b.mean()
    spread_of_both = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / spread_of_both) if spread_of_both > 0 else float("nan")


def cramers_v(a: np.ndarray, b: np.ndarray) -> float:
    """Cramér's V of two columns of codes, without its bias (Bergsma 2013)."""
    counts = pd.crosstab(a, b).to_numpy(float)
    total, (rows, columns) = counts.sum(), counts.shape
    if min(rows, columns) < 2:
        return float("nan")
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0, keepdims=True) / total
    phi = max(0.0, ((counts - expected) ** 2 / expected).sum() / total - (rows - 1) * (columns - 1) / (total - 1))
    smaller = min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1))
    return float(np.sqrt(phi / (smaller - 1))) if smaller > 1 else float("nan")


def _correlation_ratio(values: np.ndarray, groups: np.ndarray) -> float:
    """η: the square root of the share of the values' variance that lies between the groups."""
    grouped = pd.Series(values).groupby(groups)
    between = (grouped.size() * (grouped.mean() - values.mean()) ** 2).sum()
    total = ((values - values.mean()) ** 2).sum()
    return float(np.sqrt(between / total)) if total > 0 else float("nan")


# ------------------------------------------------------------------------------------------------ an outcome


def outcomes(table: pd.DataFrame) -> list[str]:
    """Columns that can be chosen as an outcome: yes/no, then categories of up to ten values, then numbers; of each the
    last column first, where tables usually have it."""
    kinds = {str(name): kind_of(table[name]) for name in reversed(table.columns)}
    few = [name for name, kind in kinds.items() if kind == "category" and table[name].nunique() <= 10]
    return [
        *(name for name, kind in kinds.items() if kind == "yes_no"),
        *few,
        *(name for name, kind in kinds.items() if kind == "number"),
    ]


def answers(table: pd.DataFrame, outcome: str) -> list[str]:
    """The values of an outcome whose rate can be asked for, the one that means yes or is rarer first; none where the
    outcome is a number."""
    if kind_of(table[outcome]) == "number":
        return []
    counted = table[outcome].dropna().astype("str").value_counts(ascending=True)
    yes = [value for value in counted.index if value.strip().lower() in ("yes", "true", "1", "1.0", "si", "sí", "y")]
    return [*yes, *(str(value) for value in counted.index if value not in yes)]


def rates(table: pd.DataFrame, outcome: str, answer: str = "") -> pd.DataFrame:
    """`column, group, customers, rate, low, high`: the outcome by groups of every other usable column.

    `rate` is the share with that answer and Wilson's 95 % interval (1927), or the mean of a numeric outcome and its
    normal 95 % interval. Numbers and dates are cut into fifths at their quantiles. Rows without the outcome are left
    out; a column's missing cells are a group of their own (`group` empty).
    """
    known = table[table[outcome].notna()]
    if kind_of(table[outcome]) == "number":
        values = known[outcome].astype("float64")
    else:
        values = (known[outcome].astype("str") == answer).astype("float64")
    parts = [
        _by_group(values, groups_of(known[name])).assign(column=name, order=lambda part: range(len(part)))
        for name in usable(table.drop(columns=outcome))
    ]
    columns = ["column", "group", "customers", "rate", "low", "high"]
    if not parts:
        return pd.DataFrame(columns=columns)
    found = pd.concat(parts, ignore_index=True)
    if kind_of(table[outcome]) == "number":
        return found.assign(low=found["rate"] - Z * found["error"], high=found["rate"] + Z * found["error"])[columns]
    low, high = wilson(found["rate"].to_numpy(), found["customers"].to_numpy())
    return found.assign(low=low, high=high)[columns]


def _by_group(values: pd.Series, groups: pd.Series) -> pd.DataFrame:
    grouped = values.groupby(groups.to_numpy(), sort=False)
    made = pd.DataFrame({"customers": grouped.size(), "rate": grouped.mean(), "error": grouped.sem()})
    order = [name for name in groups.attrs["order"] if name in made.index]
    return made.loc[order].rename_axis("group").reset_index()


def groups_of(column: pd.Series) -> pd.Series:
    """The group of each row, as text; "" where the cell is missing. `attrs["order"]` lists the groups in order."""
    kind = kind_of(column)
    if kind in ("number", "date") and column.nunique() > GROUPS + 1:
        cut = pd.qcut(column, GROUPS, duplicates="drop")
        ends = [column.min(), *(part.right for part in cut.cat.categories)]
        spans = [f"{_written(low)} – {_written(high)}" for low, high in pairwise(ends)]
        names = dict(zip(cut.cat.categories, spans, strict=True))
        groups = cut.astype("object").map(names)
        order = list(names.values())
    elif kind in ("number", "date"):
        order = [_written(value) for value in sorted(column.dropna().unique())]
        groups = column.astype("object").map(_written, na_action="ignore")
    else:
        order = [str(value) for value in column.dropna().astype("str").value_counts().index]
        groups = column.astype("object").map(str, na_action="ignore")
    groups = groups.where(column.notna(), "").astype("object")
    groups.attrs["order"] = [*dict.fromkeys(order), ""]
    return groups


def wilson(share: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval of a share."""
    middle = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z * np.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2)) / (1 + Z**2 / count)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def ranking(table: pd.DataFrame, outcome: str, answer: str = "") -> pd.DataFrame:
    """`column, strength, highest_group, highest, lowest_group, lowest, sure`: what goes with the outcome, the strongest
    first.

    `strength` is Cramér's V without its bias between the groups of `rates` and the answer, or the correlation ratio of
    a numeric outcome's ranks, 0 to 1. `highest` and `lowest` are among groups of at least `MIN_GROUP`; `sure` says
    whether their intervals leave a gap.
    """
    found = rates(table, outcome, answer)
    known = table[table[outcome].notna()]
    numeric = kind_of(table[outcome]) == "number"
    values = (
        _ranks(known[outcome].to_numpy(float)) if numeric else (known[outcome].astype("str") == answer).to_numpy(float)
    )
    rows = []
    for name, part in found.groupby("column", sort=False):
        large = part[part["customers"] >= MIN_GROUP]
        if len(large) < 2:
            continue
        codes = pd.factorize(groups_of(known[name]))[0].astype(float)
        strength = _correlation_ratio(values, codes) if numeric else cramers_v(codes, values)
        top, low = large.loc[large["rate"].idxmax()], large.loc[large["rate"].idxmin()]
        rows.append(
            {
                "column": name,
                "strength": strength if strength == strength else 0.0,
                "highest_group": top["group"],
                "highest": top["rate"],
                "lowest_group": low["group"],
                "lowest": low["rate"],
                "sure": bool(top["low"] > low["high"]),
            }
        )
    columns = ["column", "strength", "highest_group", "highest", "lowest_group", "lowest", "sure"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        "strength", ascending=False, kind="stable", ignore_index=True
    )
