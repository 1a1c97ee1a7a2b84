"""Customers, orders and ids of every form, drawn by seed, and honest model files: nothing of a customer is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline

from lib.card import Card
from lib.leaks import Traces
from lib.model_file import sealed, to_bytes
from lib.model_file.expected import expected_texts
from lib.model_file.row_encodings import row_encodings, target_encodings
from lib.recipes import Inputs, prepare
from lib.training.describe import describe

Draw = np.random.Generator
Ids = Callable[[Draw, int], list[str]]

NAMES = ("Ana", "Luis", "Мария", "王芳", "José", "Zoë", "Ward", "Ridge", "Pipeline", "Olga", "Ahmed", "أحمد", "Łukasz")
SURNAMES = ("García", "Smith", "Иванов", "Müller", "Ridge", "Ward", "O'Neil", "Mean", "Auto", "Normal", "Money", "Days")


def _digits(draw: Draw, count: int, length: int) -> list[str]:
    least = 10 ** (length - 1)
    ids: set[int] = set()
    while len(ids) < count:
        ids |= {int(one) for one in draw.integers(least, 10 * least, count)}
    return [str(one) for one in sorted(ids)[:count]]


def _of_length(length: int) -> Ids:
    return lambda draw, count: _digits(draw, count, length)


def _dates(draw: Draw, count: int) -> list[str]:
    days = pd.Timestamp("2022-01-01") + pd.to_timedelta(draw.permutation(1500)[:count], unit="D")
    return [day.strftime("%Y-%m-%d") for day in days]


def _hex(draw: Draw, length: int) -> str:
    return "".join(draw.choice(list("0123456789abcdef"), length))


ID_FORMS: Mapping[str, Ids] = {
    "counted from 1": lambda draw, count: [str(at + 1) for at in range(count)],
    "counted through the years": lambda draw, count: [str(at) for at in range(2026 - count, 2026)],
    "4 digits": _of_length(4),
    "5 digits": _of_length(5),
    "6 digits": _of_length(6),
    "8 digits": _of_length(8),
    "10 digits": _of_length(10),
    "16 digits": _of_length(16),
    "zeros in front": lambda draw, count: [f"{at:06}" for at in range(1, count + 1)],
    "one digit over and over": lambda draw, count: [
        str(digit) * length for length in range(4, 4 + -(-count // 9)) for digit in range(1, 10)
    ][:count],
    "uuid": lambda draw, count: [
        f"{_hex(draw, 8)}-{_hex(draw, 4)}-4{_hex(draw, 3)}-a{_hex(draw, 3)}-{_hex(draw, 12)}" for _ in range(count)
    ],
    "e-mail": lambda draw, count: [f"ana.{at}@example{draw.integers(9)}.org" for at in range(count)],
    "phone": lambda draw, count: [f"+34 6{one[:2]} {one[2:5]} {one[5:]}" for one in _digits(draw, count, 8)],
    "sku": lambda draw, count: [f"C-{at:04}-{'ABCDE'[at % 5]}" for at in range(count)],
    "date": _dates,
    "month": lambda draw, count: [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(count)],
    "name": lambda draw, count: [
        f"{NAMES[at % len(NAMES)]} {SURNAMES[at // len(NAMES) % len(SURNAMES)]}{' II' * (at // 156)}"
        for at in range(count)
    ],
    "first name": lambda draw, count: [
        NAMES[at % len(NAMES)] if at < len(NAMES) else SURNAMES[at % len(SURNAMES)] + str(at // 12)
        for at in range(count)
    ],
}
"""Form → as many different ids of it as there are customers (months and first names: up to some hundreds)."""


def customer_table(draw: Draw, count: int) -> pd.DataFrame:
    """Columns of every kind, ids to be set."""
    orders = draw.geometric(0.3, count).astype(float)
    total = np.round(draw.lognormal(4.5, 1, count), 2)
    return pd.DataFrame(
        {
            "recency_days": draw.integers(0, 400, count).astype(float),
            "frequency_orders": orders,
            "monetary_total": total,
            "order_value_mean": total / orders,
            "Sales 2021": np.round(draw.gamma(2, 500, count)),
            "country": pd.Series(draw.choice(["Spain", "France", "2024"], count), dtype="str").to_numpy(),
        }
    )


def order_lines(draw: Draw, ids: list[str], order_ids: list[str], *, timed: bool) -> pd.DataFrame:
    """One line per order; with `timed`, to the second and at midnight's minute too."""
    count = len(order_ids)
    days = pd.Timestamp("2023-06-01") + pd.to_timedelta(draw.integers(0, 700, count), unit="D")
    seconds = np.where(draw.random(count) < 0.3, draw.integers(1, 60, count), draw.integers(0, 86_400, count))
    when = days + pd.to_timedelta(seconds if timed else np.zeros(count, int), unit="s")
    return pd.DataFrame(
        {
            "customer_id": draw.choice(ids, count),
            "order_id": order_ids,
            "ordered_at": when.astype("datetime64[us]"),
            "amount": np.round(draw.lognormal(3.5, 1, count), 2),
            "product": draw.choice(["Mug 2025", "Plate", "Bowl"], count),
            "country": "Spain",
        }
    )


@dataclass(frozen=True)
class HonestFile:
    """A model file, its training data, and the text that it contains regardless of the customers."""

    data: bytes
    table: pd.DataFrame
    encodings: list[np.ndarray]
    targets: list[np.ndarray]
    known: set[str]

    def found(self, ids: list[str], lines: pd.DataFrame) -> Mapping[str, int]:
        """Kinds of what a search finds if its customers had these ids; nothing is right."""
        people = self.table.set_axis(pd.Index(ids, name="customer_id"), axis="index")
        traces = Traces(people, encodings=self.encodings, targets=self.targets, lines=lines, known=self.known)
        return traces.search(self.data).kinds


INPUTS = Inputs(
    ("monetary_total", "order_value_mean", "Sales 2021"),
    ("recency_days", "frequency_orders"),
    (),
    {"country": ("Spain", "France", "2024")},
)
MODELS: Mapping[str, Callable[[int], object]] = {
    "groups": lambda seed: KMeans(4, n_init=2, random_state=seed),
    "linear": lambda seed: LogisticRegression(max_iter=2000),
    "ridge": lambda seed: Ridge(),
    "boosting": lambda seed: HistGradientBoostingRegressor(max_iter=20, random_state=seed),
    "yes_no": lambda seed: HistGradientBoostingClassifier(max_iter=20, random_state=seed),
    "forest": lambda seed: RandomForestRegressor(8, min_samples_leaf=10, random_state=seed),
}


def honest_file(kind: str, seed: int, *, count: int = 240, form: str = "pickle") -> HonestFile:
    """A model of `MODELS` without customer data, with a card full of dates."""
    draw = np.random.default_rng(seed)
    table = customer_table(draw, count)
    spent = pd.Series(np.round(table["monetary_total"] * draw.random(count), 2))
    yes_no = kind in ("linear", "yes_no")
    target = None if kind == "groups" else (spent > spent.median()) if yes_no else spent
    pipeline = Pipeline([("prepare", prepare(INPUTS, for_trees=True)), ("model", MODELS[kind](seed))])
    pipeline.fit(table, target)
    cutoffs = pd.date_range("2023-12-01", "2025-06-01", freq="61D")
    card = Card(
        "groups" if kind == "groups" else "target",
        "kmeans" if kind == "groups" else "linear",
        describe(table),
        count,
        cutoff="2025-06-01T12:00:00",
        period_start="2023-06-01",
        period_end="2025-05-31",
        settings={"seed": 2024, "cutoffs": [day.isoformat() for day in cutoffs]},
    )
    model, card = sealed(pipeline, card)
    return HonestFile(
        to_bytes(pipeline, card, format=form),
        table,
        row_encodings(pipeline, table),
        [] if target is None else target_encodings(target),
        expected_texts(model, card),
    )
