"""Invented order exports with their right answer: random headings, languages, ids and amounts, written in odd ways."""

import io
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd

SEEDS = range(int(os.environ.get("BRINE_SEEDS_FROM", "0")), int(os.environ.get("BRINE_SEEDS_TO", "4")))
"""A few in the usual tests; BRINE_SEEDS_TO=150 tries a hundred and fifty of each kind."""

HEADINGS = {
    "en": ("Order ID|order_id|Order No|Invoice", "Order Date|created|date|Purchase Date", "Customer ID|customer_id",
           "Product|item|Article name", "Quantity|qty", "Total|amount|Order Total|price_total"),
    "es": ("Pedido|Nº de pedido", "Fecha|Fecha de compra", "Cliente|ID cliente", "Producto|Artículo", "Cantidad",
           "Importe|Total|Monto"),
    "de": ("Bestellung|Bestellnummer", "Datum|Bestelldatum", "Kunde|Kundennummer", "Artikel|Produkt", "Menge|Anzahl",
           "Betrag|Gesamtbetrag|Summe"),
    "fr": ("Commande|N° de commande", "Date|Date de commande", "Client|Code client", "Produit|Article", "Quantité",
           "Montant|Total"),
    "pt": ("Pedido|Código do pedido", "Data|Data da compra", "Cliente|Código do cliente", "Produto", "Quantidade",
           "Valor|Total"),
    "it": ("Ordine|Numero ordine", "Data|Data ordine", "Cliente|Codice cliente", "Prodotto|Articolo", "Quantità",
           "Importo|Totale"),
}  # fmt: skip
PRODUCTS = ("Mug", "Cap", "Tea towel", "Soap, lavender", "Lamp", "Blue chair", "Notebook A5", "Garden hose")
PEOPLE = ("Ann Lee", "Bob Ray", "Carla Gil", "Dan Wu", "Eva Roth", "Finn Olsen", "Gus Hart", "Hal Iyer", "Ida Moe")
ROLES = ("order", "date", "customer", "product", "quantity", "amount")


@dataclass(frozen=True)
class Invented:
    """An order history: `names` maps roles to headings, `rows` are the true values in the order of `ROLES`."""

    language: str
    names: Sequence[str]
    rows: Sequence[tuple[str, datetime, str, str, int, float]]

    @property
    def amounts(self) -> list[float]:
        return [row[5] for row in self.rows]

    @property
    def moments(self) -> list[datetime]:
        return [row[1] for row in self.rows]

    def name(self, role: str) -> str:
        return self.names[ROLES.index(role)]

    def cells(self, **written: Callable[..., str]) -> list[list[str]]:
        """Each row as text; `written` says how the values of a role are written."""
        usual: dict[str, Callable[..., str]] = {
            "date": lambda day: day.strftime("%Y-%m-%d"),
            "amount": lambda amount: f"{amount:.2f}",
        }
        how = {**usual, **written}
        return [[how.get(role, str)(cell) for role, cell in zip(ROLES, row, strict=True)] for row in self.rows]


def invent(seed: int, *, rows: int | None = None, days: int | None = None, times: bool = False) -> Invented:
    """A history of a shop, in the order of its dates."""
    draw = random.Random(seed)
    language = draw.choice(sorted(HEADINGS))
    names = [draw.choice(choices.split("|")) for choices in HEADINGS[language]]
    count = rows or draw.randint(6, 40)
    start = date(draw.randint(2019, 2025), draw.randint(1, 12), draw.randint(1, 28))
    span = days or draw.randint(120, 500)
    moments = sorted(
        datetime(start.year, start.month, start.day)
        + timedelta(days=draw.randint(0, span), seconds=draw.randint(0, 86_399) if times else 0)
        for _ in range(count)
    )
    people = draw.sample(PEOPLE, draw.randint(3, len(PEOPLE)))
    first = draw.randint(1, 90_000)
    made = [
        (
            str(first + at),
            moment,
            draw.choice(people),
            draw.choice(PRODUCTS),
            draw.randint(1, 9),
            round(draw.choice((9, 90, 900, 9000)) * (draw.random() + 0.1), 2),
        )
        for at, moment in enumerate(moments)
    ]
    return Invented(language, names, made)


def as_text(header: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ",", ends: str = "\n") -> str:
    """Quoted as little as possible."""

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (separator, '"', "\n")) else cell

    return "".join(separator.join(map(quoted, row)) + ends for row in [header, *rows])


def as_workbook(header: Sequence[str], rows: Sequence[Sequence[object]], **options: object) -> bytes:
    """A sheet whose cells are of the kinds of their values."""
    import xlsxwriter

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options})
    sheet = book.add_worksheet()
    for down, row in enumerate([header, *rows]):
        for across, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(down, across, cell)
            elif cell is not None:
                sheet.write(down, across, cell)
    book.close()
    return sink.getvalue()


def without(invented: Invented, *roles: str) -> tuple[list[str], list[int]]:
    """Headings and places of the columns that remain."""
    kept = [at for at, role in enumerate(ROLES) if role not in roles]
    return [invented.names[at] for at in kept], kept


def same_amounts(found: pd.Series, right: Sequence[float]) -> bool:
    """Whether a column holds these numbers, to the cent."""
    return found.dtype.kind in "if" and len(found) == len(right) and bool((abs(found - pd.Series(right)) < 0.005).all())


def shifted(invented: Invented, **changes: object) -> Invented:
    """With other rows or headings."""
    return replace(invented, **changes)
