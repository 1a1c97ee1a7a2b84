"""Order exports: every property of the shop and of its file is drawn independently."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.drawn_shops import DrawnShop, draw_size
from benchmarks.drawn_shops.habits import HABITS, START
from benchmarks.drawn_shops.ids import FORMS

Draw = np.random.Generator

MOST_LINES = 150_000
HEADINGS: tuple[Mapping[str, str], ...] = (
    {"who": "customer_id", "order": "order_id", "day": "order_date", "amount": "amount", "product": "product",
     "quantity": "quantity", "price": "unit_price", "country": "country", "currency": "currency", "status": "status"},
    {"who": "Cliente", "order": "Pedido", "day": "Fecha", "amount": "Importe", "product": "Artículo",
     "quantity": "Cantidad", "price": "Precio unitario", "country": "País", "currency": "Moneda", "status": "Estado"},
    {"who": "Kundennummer", "order": "Bestellnummer", "day": "Datum", "amount": "Betrag", "product": "Produkt",
     "quantity": "Menge", "price": "Einzelpreis", "country": "Land", "currency": "Währung", "status": "Status"},
    {"who": "Client", "order": "Commande", "day": "Date", "amount": "Montant", "product": "Produit",
     "quantity": "Quantité", "price": "Prix unitaire", "country": "Pays", "currency": "Devise", "status": "Statut"},
)  # fmt: skip
PRODUCTS = ("Mug", "Plate 2024", "Bowl", "Ложка", "茶杯", "Été, à la plage", 'Frame 8"', "=SUM(A1)", "N/A", "10% more")
COUNTRIES = ("Spain", "France", "Germany", "Österreich", "日本", "United Kingdom", "EIRE", "")
HORIZONS = (7, 14, 30, 60, 90, 180, 365)
DAYS: tuple[str, ...] = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d %b %Y")
MOMENTS: tuple[str, ...] = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class _FileForm:
    suffix: str
    write: Callable[[pd.DataFrame], bytes]
    decimal: str = "."


def _excel(table: pd.DataFrame) -> bytes:
    made = io.BytesIO()
    table.to_excel(made, index=False)
    return made.getvalue()


def _parquet(table: pd.DataFrame) -> bytes:
    made = io.BytesIO()
    table.to_parquet(made, index=False)
    return made.getvalue()


FILES: Mapping[str, _FileForm] = {
    "csv": _FileForm(".csv", lambda table: table.to_csv(index=False).encode()),
    "semicolons": _FileForm(".csv", lambda table: table.to_csv(index=False, sep=";").encode("utf-8-sig"), ","),
    "tabs": _FileForm(".tsv", lambda table: table.to_csv(index=False, sep="\t").encode("utf-16")),
    "lines of json": _FileForm(".jsonl", lambda table: table.to_json(orient="records", lines=True).encode()),
    "workbook": _FileForm(".xlsx", _excel),
    "parquet": _FileForm(".parquet", _parquet),
}


def draw_orders(seed: int, *, most_customers: int | None) -> DrawnShop:
    """An order export; sizes as `draw_size` says."""
    draw = np.random.default_rng([seed, 1])
    count = draw_size(draw, most_customers)
    days = float(np.exp(draw.uniform(np.log(20), np.log(3650))))
    habit = str(draw.choice(list(HABITS)))
    who, day = HABITS[habit](draw, count, days)
    lines, form = _lines(draw, who, day, count)
    words = dict(HEADINGS[int(draw.integers(len(HEADINGS)))])
    timed = bool(draw.random() < 0.6)
    when = START + pd.to_timedelta(lines["day"] if timed else np.floor(lines["day"]), unit="D")
    when = when.dt.floor("min")
    written = str(draw.choice(MOMENTS if timed else DAYS))
    if "/" in written and not (when.dt.day > 12).any():
        written = "%Y-%m-%d"
    kind = str(draw.choice(list(FILES), p=[0.5, 0.2, 0.1, 0.05, 0.1, 0.05]))
    if kind == "workbook" and len(lines) > 20_000:
        kind = "csv"
    table = _export(draw, lines.assign(when=when.dt.strftime(written)), words, FILES[kind].decimal)
    if draw.random() < 0.3:
        table = table.sample(frac=1.0, random_state=int(draw.integers(1000)))
    certain = lines["certain"] & (lines["currency"] == lines["currency"].mode().iloc[0])
    sales = pd.DataFrame({"customer": lines["who"], "when": when, "amount": lines["amount"]})[certain]
    facts = {
        "habit": habit, "ids": form, "days": round(days), "lines": len(lines), "file": kind, "dates": written,
        "columns": list(table.columns), "uncertain": lines.loc[~certain, "who"].nunique(),
        "exact": bool(certain.all() and not table.duplicated().any()),
    }  # fmt: skip
    return DrawnShop(
        seed, f"orders/{habit}", FILES[kind].write(table), f"shop{seed}{FILES[kind].suffix}",
        sales["customer"].nunique(), facts, sales, asked=_asked(draw),
    )  # fmt: skip


def _asked(draw: Draw) -> dict[str, str]:
    """Half of the questions with a horizon of their own, some with a recipe's choice left as it is."""
    return {"--horizon-days": str(draw.choice(HORIZONS))} if draw.random() < 0.5 else {}


def _lines(draw: Draw, who: np.ndarray, day: np.ndarray, count: int) -> tuple[pd.DataFrame, str]:
    """One row per order line, in order of time, and the form of the customers' ids."""
    several = draw.random() < 0.4
    order = np.argsort(day, kind="stable")[: MOST_LINES // (3 if several else 1)]
    order = np.repeat(order, 1 + draw.poisson(1.5, len(order))) if several else order
    number = np.cumsum(np.concatenate([[True], order[1:] != order[:-1]])) - 1 if len(order) else order
    who, day = who[order], day[order]
    form = str(draw.choice(list(FORMS)))
    ids = np.array(FORMS[form](draw, count), dtype=object)
    places = int(draw.choice([0, 2, 2, 2]))
    quantity = 1 + draw.poisson(draw.choice([0.0, 0.0, 1.0, 20.0]), len(who))
    price = draw.lognormal(3.0, draw.choice([0.0, 0.5, 1.2, 2.5]), len(who)) * draw.lognormal(0, 0.5, count)[who]
    price = np.maximum(np.round(price, places), 1.0 if places == 0 else 0.01)
    amount = np.round(price * quantity, 2)
    sign = np.ones(len(who))
    free = draw.random(len(who)) < draw.choice([0.0, 0.0, 0.05, 0.4])  # fully discounted orders
    sign[free] = 0.0
    sign[~free & (draw.random(len(who)) < draw.choice([0.0, 0.05, 0.2]))] = -1.0
    currencies = draw.choice(["EUR", "USD", "JPY"], 3, replace=False)[: int(draw.choice([1, 1, 1, 2, 3]))]
    share = {1: [1.0], 2: [0.8, 0.2], 3: [0.6, 0.3, 0.1]}[len(currencies)]
    status = draw.choice(["paid", "cancelled"], len(who), p=[0.95, 0.05])
    guest = draw.random(len(who)) < draw.choice([0.0, 0.0, 0.1, 0.6])
    first = int(draw.choice([1, 1001, 100_001, 10**12]))
    prefix = str(draw.choice(["", "", "#", "ORD-", "2024/"]))
    made = pd.DataFrame(
        {
            "who": ids[who],
            "order": [f"{prefix}{one}" for one in first + number],
            "day": day,
            "quantity": quantity * np.where(sign < 0, -1, 1),
            "price": np.where(sign == 0, 0.0, price),
            "amount": amount * sign,
            "product": draw.choice(PRODUCTS[: int(draw.choice([1, 3, len(PRODUCTS)]))], len(who)),
            "country": draw.choice(COUNTRIES, count)[who],
            "currency": draw.choice(currencies, len(who), p=share),
            "status": status,
        }
    )
    made.loc[guest, "who"] = None
    made["has_status"] = draw.random() < 0.2
    made["certain"] = (sign > 0) & ~guest & ((status == "paid") | ~made["has_status"])
    return made, form


def _export(draw: Draw, lines: pd.DataFrame, words: Mapping[str, str], decimal: str) -> pd.DataFrame:
    """The columns that this shop writes, as texts and numbers."""

    def number(values: pd.Series) -> pd.Series:
        return values if decimal == "." else values.map(lambda one: f"{one:.2f}".replace(".", decimal))

    table = pd.DataFrame({words["who"]: lines["who"], words["day"]: lines["when"]})
    several = bool(lines["order"].duplicated().any())
    if several or draw.random() < 0.7:
        table.insert(0, words["order"], lines["order"])
    if draw.random() < 0.5:
        table[words["product"]] = lines["product"]
    if draw.random() < 0.4:
        table[words["quantity"]] = lines["quantity"]
        table[words["price"]] = number(lines["price"])
    else:
        table[words["amount"]] = number(lines["amount"])
    if draw.random() < 0.3:
        table[words["country"]] = lines["country"].replace("", None)
    if lines["currency"].nunique() > 1 or draw.random() < 0.2:
        table[words["currency"]] = lines["currency"]
    if lines["has_status"].iloc[0]:
        table[words["status"]] = lines["status"]
    if draw.random() < 0.2:
        table["note"] = draw.choice([None, "gift", 'Müller says: "don\'t ring"'], len(table))
    return table
