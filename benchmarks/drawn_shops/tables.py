"""Customer tables: any mix of columns, and targets of every kind."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from benchmarks.drawn_shops import DrawnShop, draw_size
from benchmarks.drawn_shops.habits import START
from benchmarks.drawn_shops.ids import FORMS

Draw = np.random.Generator
Cells = np.ndarray | list[str] | list[object] | pd.Index


def _days(draw: Draw, count: int, form: str) -> pd.Index:
    return (START + pd.to_timedelta(draw.integers(0, 900, count), unit="D")).strftime(form)


COLUMNS: Mapping[str, Callable[[Draw, int], Cells]] = {
    "whole": lambda draw, count: draw.integers(0, int(draw.choice([5, 100, 100_000])), count),
    "amount": lambda draw, count: np.round(draw.lognormal(4, 1.5, count), 2),
    "normal": lambda draw, count: draw.normal(0, 1, count),
    "share": lambda draw, count: np.round(draw.random(count), 3),
    "huge": lambda draw, count: np.round(draw.normal(5e12, 1e12, count)),
    "tiny": lambda draw, count: draw.normal(0, 1e-9, count),
    "mostly_zero": lambda draw, count: np.where(draw.random(count) < 0.9, 0, draw.integers(1, 50, count)),
    "percent": lambda draw, count: [f"{one} %" for one in draw.integers(0, 100, count)],
    "money": lambda draw, count: [f"€ {one:,.2f}" for one in draw.lognormal(6, 1, count)],
    "word": lambda draw, count: draw.choice(["red", "blue", "green", "grün", "红", "أحمر"], count),
    "rare": lambda draw, count: np.where(draw.random(count) < 0.03, "rare", "usual"),
    "yes_no": lambda draw, count: draw.choice(["yes", "no"], count),
    "flag": lambda draw, count: draw.choice([True, False], count),
    "si_no": lambda draw, count: draw.choice(["Sí", "No"], count),
    "zero_one": lambda draw, count: draw.integers(0, 2, count),
    "date": lambda draw, count: _days(draw, count, "%Y-%m-%d"),
    "moment": lambda draw, count: _days(draw, count, "%Y-%m-%d 14:%d:00"),
    "postcode": lambda draw, count: [f"{one:05}" for one in draw.choice(100_000, 40)[draw.integers(0, 40, count)]],
    "many_words": lambda draw, count: [f"place {one}" for one in draw.zipf(1.5, count).clip(max=500)],
    "constant": lambda draw, count: ["same"] * count,
    "empty": lambda draw, count: [None] * count,
    "unique": lambda draw, count: [f"text {at} {draw.integers(9)}" for at in range(count)],
    "mail": lambda draw, count: FORMS["mail"](draw, count),
    "phone": lambda draw, count: FORMS["phone"](draw, count),
    "name": lambda draw, count: FORMS["name"](draw, count),
    "capitals": lambda draw, count: draw.choice(["Gold", "gold", " gold", "Silver"], count),
    "mixed": lambda draw, count: [
        str(one) if draw.random() < 0.9 else "unknown" for one in draw.integers(0, 100, count)
    ],
}
"""Kind → the cells of a column."""

TARGETS = (
    "churned", "bit", "flag", "class", "stars", "spent", "change", "count", "rarely", "share", "huge",
    "flat", "many", "date", "who",
)  # fmt: skip
NAMES = (
    "",
    " {}",
    "{} (€)",
    "{}\nper year",
    "¿{}?",
    "{0} " * 30,
    "2024 {}",
    "{}_id",
    "Σ {}",
    "__{}__",
    "{}%",
    "{{{}}}",
)


def draw_table(seed: int, *, most_customers: int | None) -> DrawnShop:
    """A customer table with columns and a target of any kind."""
    draw = np.random.default_rng([seed, 2])
    count = draw_size(draw, most_customers)
    table = pd.DataFrame(index=range(count))
    if draw.random() < 0.7:
        table[str(draw.choice(["customer_id", "id", "Kunde", "ID_cliente"]))] = FORMS[str(draw.choice(list(FORMS)))](
            draw, count
        )
    kinds = [str(one) for one in draw.choice(list(COLUMNS), int(draw.choice([1, 3, 6, 12, 40])))]
    for at, kind in enumerate(kinds):
        cells = pd.Series(COLUMNS[kind](draw, count)).astype(object)
        cells[draw.random(count) < draw.choice([0.0, 0.0, 0.2, 0.97])] = None
        name = str(draw.choice(NAMES)).format(kind) if draw.random() < 0.15 else kind
        table[f"{name}_{at}" if name else f"{kind}_{at}"] = cells
    first = table[table.columns[-1]]
    if draw.random() < 0.3:
        table["copy"] = first
    numbers = pd.to_numeric(first, errors="coerce").astype("float64").fillna(0)
    signal = numbers.rank().to_numpy() / count + draw.normal(0, float(draw.choice([0.05, 0.3, 2.0])), count)
    target = str(draw.choice(TARGETS))
    answers = pd.Series(_answers(draw, target, signal)).astype(object)
    answers[draw.random(count) < draw.choice([0.0, 0.0, 0.3, 0.95])] = None
    table[target] = answers
    if draw.random() < 0.1:
        table["after"] = answers  # the answer stands in another column too
    if draw.random() < 0.3:
        table = table[[str(one) for one in draw.permutation(table.columns)]]
    kind = str(draw.choice(["csv", "csv", "csv", "xlsx", "parquet"]))
    facts = {"columns": list(table.columns), "file": kind, "known": int(answers.notna().sum())}
    filled = int(table.notna().any(axis=1).sum())  # a line of commas alone is no customer
    facts["uncertain"] = count - filled
    if kind == "csv":
        file = table.to_csv(index=False).encode()
    else:
        made = io.BytesIO()
        texts = table.astype({name: "str" for name in table if table[name].map(type).nunique() > 2})
        _ = texts.to_excel(made, index=False) if kind == "xlsx" else texts.to_parquet(made, index=False)
        file = made.getvalue()
    return DrawnShop(seed, f"customers/{target}", file, f"table{seed}.{kind}", filled, facts, target=target)


def _answers(draw: Draw, target: str, signal: np.ndarray) -> Cells:
    count = len(signal)
    high = np.quantile(signal, draw.choice([0.5, 0.9, 0.99]))
    answers: Mapping[str, Callable[[], Cells]] = {
        "churned": lambda: np.where(signal > high, "yes", "no"),
        "bit": lambda: (signal > high).astype(int),
        "flag": lambda: signal > high,
        "class": lambda: np.array(["low", "middle", "hoch & weit"])[
            np.digitize(signal, np.quantile(signal, [0.4, 0.8]))
        ],
        "stars": lambda: np.digitize(signal, np.quantile(signal, [0.1, 0.3, 0.5, 0.8])) + 1,
        "spent": lambda: np.round(np.exp(3 + np.clip(signal, -9, 9)), 2),
        "change": lambda: signal * 100,
        "count": lambda: draw.poisson(np.exp(np.clip(signal, -2, 3))),
        "rarely": lambda: np.where(draw.random(count) < 0.9, 0.0, np.round(np.exp(np.clip(signal, -9, 9)), 2)),
        "share": lambda: np.round(1 / (1 + np.exp(-signal)), 4),
        "huge": lambda: np.round(signal * 1e12),
        "flat": lambda: ["always"] * count,
        "many": lambda: [f"answer {one}" for one in draw.integers(0, 60, count)],
        "date": lambda: _days(draw, count, "%Y-%m-%d"),
        "who": lambda: [f"person {at}" for at in range(count)],
    }
    return answers[target]()
