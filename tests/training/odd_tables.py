"""Customer tables of odd kinds, drawn from a seed, and how a training must end on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

Draw = np.random.Generator
ROWS = 300


@dataclass(frozen=True)
class OddTable:
    """A kind of table, with the target `aim`."""

    make: Callable[[Draw], pd.DataFrame]
    ends: str
    """The task of the model, or the key of the refusal."""


def _columns(draw: Draw, rows: int = ROWS) -> pd.DataFrame:
    """A number, an amount, a category, and the number that a target of `_signal` depends on."""
    return pd.DataFrame(
        {
            "age": draw.integers(18, 80, rows),
            "income": draw.lognormal(10, 0.6, rows).round(2),
            "city": draw.choice(["Madrid", "Paris", "Berlin"], rows),
            "score": draw.normal(0, 1, rows),
        }
    )


def _signal(draw: Draw, table: pd.DataFrame) -> pd.Series:
    return table["score"] + 0.02 * (table["age"] - 50) + draw.normal(0, 1, len(table))


Cells: TypeAlias = pd.Series | np.ndarray | Sequence[str] | float


def _aim(target: Callable[[Draw, pd.Series], Cells], ends: str, rows: int = ROWS) -> OddTable:
    """A usual table with that target of a signal."""

    def make(draw: Draw) -> pd.DataFrame:
        table = _columns(draw, rows)
        return table.assign(aim=target(draw, _signal(draw, table)))

    return OddTable(make, ends)


def _with(columns: Callable[[Draw, pd.Series], Mapping[str, object]], ends: str = "yes_no") -> OddTable:
    """A usual yes/no with further columns, or others in place of the usual ones."""

    def make(draw: Draw) -> pd.DataFrame:
        table = _columns(draw)
        signal = _signal(draw, table)
        return table.assign(**columns(draw, signal)).assign(aim=_yes(signal))

    return OddTable(make, ends)


def _yes(signal: pd.Series, share: float = 0.5) -> np.ndarray:
    return np.where(signal > np.quantile(signal, 1 - share), "yes", "no")


def _spelled(yes: Sequence[str], no: Sequence[str]) -> OddTable:
    """A yes/no in those spellings."""
    return _aim(
        lambda draw, signal: np.where(signal > 0.3, draw.choice(yes, ROWS), draw.choice(no, ROWS)),
        "yes_no",
    )


def _days(number: pd.Series | np.ndarray) -> pd.Series:
    return pd.Timestamp("2024-01-01") + pd.Series(pd.to_timedelta(np.asarray(number).round(), unit="D"))


def _mostly_missing(draw: Draw) -> pd.DataFrame:
    table = _columns(draw)
    signal = _signal(draw, table)
    return table.mask(draw.random(table.shape) < 0.5).assign(aim=_yes(signal))


def _without_values(draw: Draw) -> pd.DataFrame:
    table = _columns(draw)
    return pd.DataFrame(np.nan, table.index, table.columns).assign(aim=_yes(_signal(draw, table)))


def _only_constant(draw: Draw) -> pd.DataFrame:
    return pd.DataFrame({"a": 1, "b": "x", "aim": _yes(pd.Series(draw.normal(size=ROWS)))})


def _more_columns_than_customers(draw: Draw) -> pd.DataFrame:
    cells = pd.DataFrame(draw.normal(size=(150, 170))).add_prefix("x")
    return cells.assign(aim=_yes(cells["x0"] + draw.normal(size=150)))


def _equal_rows(draw: Draw) -> pd.DataFrame:
    cells = pd.DataFrame({"a": draw.integers(0, 2, ROWS), "b": draw.choice(["x", "y"], ROWS)})
    return cells.assign(aim=np.where(draw.random(ROWS) < 0.3 + 0.4 * cells["a"], "yes", "no"))


_SPELLINGS = {
    "spelled in several ways": (["Yes", "yes", "YES "], ["No", "no"]),
    "spelled in two ways in French": (["oui", "Oui"], ["non"]),
    "words and digits": (["yes", "1"], ["0", "No"]),
    "initials and words": (["y", "yes"], ["n", "no"]),
    "Spanish, with and without its accent": (["Sí", "si"], ["NO"]),
    "Russian": (["да", "Да"], ["нет"]),
    "Chinese": (["是"], ["否"]),
    "capitals": (["TRUE"], ["FALSE"]),
}

ODD_TABLES: Mapping[str, OddTable] = {
    # -- rows and classes
    "hundred rows": _aim(lambda draw, signal: _yes(signal), "yes_no", 100),
    "ninety-nine rows": _aim(lambda draw, signal: _yes(signal), "training.too_little_data", 99),
    "fifty numbers": _aim(lambda draw, signal: signal, "number", 50),
    "one percent yes": _aim(lambda draw, signal: _yes(signal, 0.01), "yes_no", 3_000),
    "two values, one of them once": _aim(
        lambda draw, signal: np.where(signal == signal.max(), "yes", "no"), "training.too_few_of_class"
    ),
    "a class per row": _aim(lambda draw, signal: [f"k{place}" for place in range(ROWS)], "training.target_identifies"),
    "sixty classes": _aim(
        lambda draw, signal: [f"k{one}" for one in draw.integers(0, 60, ROWS)], "training.too_many_classes"
    ),
    "eighteen classes": _aim(
        lambda draw, signal: [f"k{one}" for one in (signal.rank(pct=True) * 17.9).astype(int)], "classes", 900
    ),
    "nine of ten in one class": _aim(
        lambda draw, signal: np.where(draw.random(900) < 0.9, "a", np.where(signal > 0, "b", "c")), "classes", 900
    ),
    "four fifths without an answer": _aim(
        lambda draw, signal: pd.Series(_yes(signal)).where(draw.random(ROWS) < 0.2), "training.too_little_data"
    ),
    "no answer at all": _aim(lambda draw, signal: np.nan, "training.target_empty"),
    "dates to predict": _aim(lambda draw, signal: _days(100 * signal), "training.target_not_usable"),
    "more columns than customers": OddTable(_more_columns_than_customers, "yes_no"),
    "many equal rows": OddTable(_equal_rows, "yes_no"),
    # -- numbers
    "a heavy tail": _aim(lambda draw, signal: (draw.pareto(1.1, ROWS) * 100 * np.exp(signal / 2)).round(2), "number"),
    "two heavy tails": _aim(lambda draw, signal: signal + draw.standard_cauchy(ROWS), "number"),
    "negative": _aim(lambda draw, signal: -np.exp(2 * signal).round(3), "number"),
    "mostly zero": _aim(
        lambda draw, signal: np.where(draw.random(ROWS) < 0.8, 0, np.exp(signal + 3)).round(2), "number"
    ),
    "mostly one number": _aim(lambda draw, signal: np.where(draw.random(ROWS) < 0.02, 100 * signal, 5.0), "number"),
    "a large offset": _aim(lambda draw, signal: 1e12 + signal, "number"),
    "too large for a square": _aim(lambda draw, signal: signal * 1e200, "training.target_too_large"),
    "all infinite": _aim(lambda draw, signal: np.inf, "training.target_too_large"),
    "tiny numbers": _aim(lambda draw, signal: signal * 1e-9, "number"),
    "negative tiny numbers": _aim(lambda draw, signal: -np.exp(signal) * 1e-7, "number"),
    "some infinite": _aim(lambda draw, signal: signal.where(draw.random(ROWS) > 0.05, np.inf), "number"),
    "one number, the rest infinite": _aim(
        lambda draw, signal: np.where(signal > 0, np.inf, 1.0), "training.target_constant"
    ),
    "two numbers beyond 64 bits": _aim(lambda draw, signal: np.where(signal > 0, 1e20, 2e20), "yes_no"),
    "minus one and one": _aim(lambda draw, signal: np.where(signal > 0, 1, -1), "yes_no"),
    "whole numbers with gaps": _aim(
        lambda draw, signal: (10 * signal).round().astype("Int64").mask(draw.random(ROWS) < 0.1), "number"
    ),
    # -- spellings
    **{f"yes or no, {name}": _spelled(*words) for name, words in _SPELLINGS.items()},
    "one class in two spellings": _aim(
        lambda draw, signal: draw.choice(["Gold", "GOLD "], ROWS), "training.target_constant"
    ),
    "north, south, west": _aim(
        lambda draw, signal: np.where(signal > 0.5, "N", np.where(signal > -0.5, "S", "O")), "classes"
    ),
    # -- other columns
    "huge cells": _with(lambda draw, signal: {"age": signal * 1e200, "city": draw.normal(size=ROWS) * 1e307}),
    "tiny cells": _with(lambda draw, signal: {"age": signal * 1e-200}),
    "infinite cells": _with(lambda draw, signal: {"age": signal.where(draw.random(ROWS) > 0.1, -np.inf)}),
    "cells with heavy tails": _with(lambda draw, signal: {"age": 1e9 * draw.standard_cauchy(ROWS)}),
    "half of all cells missing": OddTable(_mostly_missing, "yes_no"),
    "cells missing in the first rows": _with(lambda draw, signal: {"age": signal.where(np.arange(ROWS) > 180)}),
    "no cell at all": OddTable(_without_values, "training.no_usable_columns"),
    "constant columns beside others": _with(lambda draw, signal: {"one": 1, "x": "x", "none": np.nan}),
    "nothing but constants": OddTable(_only_constant, "training.no_usable_columns"),
    "copies": _with(lambda draw, signal: {"noise": -signal, "copy": 3 * signal + 2, "third": signal / 7}),
    "nearly constant": _with(
        lambda draw, signal: {
            "a": np.where(np.arange(ROWS) == 3, 1e6, 5.0),
            "b": np.where(np.arange(ROWS) == 3, "x", "y"),
        }
    ),
    "free text": _with(
        lambda draw, signal: {"review": [" ".join(draw.choice(list("abcdefgh"), 6)) for _ in range(ROWS)]}
    ),
    "dates with gaps": _with(
        lambda draw, signal: {"joined": _days(draw.integers(0, 900, ROWS)).where(draw.random(ROWS) > 0.4)}
    ),
    "many rare categories": _with(lambda draw, signal: {"city": draw.exponential(20, ROWS).round().astype("str")}),
}
