"""How a constructed export is written: header row, dialect, rows as dicts by column, and what was sold beside them."""

import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.constructed_exports import Constructed, Sold
from benchmarks.generated_exports import Order, Shop

Cells = Mapping[str, object]
Rows = Iterator["Cells | Sold | list[str]"]
Kind = Callable[[random.Random], Constructed]


@dataclass(frozen=True)
class Form:
    """How an export is written."""

    delimiter: str = ","
    comma: bool = False
    """Decimal comma."""
    form: str = "%Y-%m-%d %H:%M:%S"
    encoding: str = "utf-8"
    above: Sequence[Sequence[str]] = ()
    below: Sequence[Sequence[str]] = ()
    name: str = "export.csv"
    quoting: int = csv.QUOTE_MINIMAL
    money: Callable[[float], str] | None = None
    date: Callable[[datetime], str] | None = None


def _text(value: object, form: Form) -> str:
    if isinstance(value, float):
        if form.money:
            return form.money(value)
        return f"{value:.2f}".replace(".", ",") if form.comma else f"{value:.2f}"
    if isinstance(value, datetime):
        return form.date(value) if form.date else value.strftime(form.form)
    return str(value)


class Kinds(list[Kind]):
    """The kinds of one area; `export` adds one."""

    def export(
        self, header: str, *, orders: Sequence[int] = (15, 30, 60), lines: int = 5, **options: object
    ) -> Callable[[Callable[[random.Random, Shop], Rows]], Kind]:
        """A kind: its header row, and a generator of rows (dicts by column, or lists) and of what was sold."""
        columns = header.split("|")
        form = Form(**options)  # type: ignore[arg-type]

        def register(rows: Callable[[random.Random, Shop], Rows]) -> Kind:
            def made(rng: random.Random) -> Constructed:
                shop = Shop(rng, orders=rng.choice(tuple(orders)), lines=lines)
                first = shop.orders[0]
                first.when = first.when.replace(day=max(13, first.when.day))  # day and month can be told apart
                shop.orders.sort(key=lambda order: order.when)
                out, sold = io.StringIO(), []
                writer = csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n", quoting=form.quoting)  # type: ignore[arg-type]
                writer.writerows(form.above)
                writer.writerow(columns)
                body: list[list[str]] = []
                for row in rows(rng, shop):
                    if isinstance(row, Sold):
                        sold.append(row)
                    elif isinstance(row, list):
                        body.append(row)
                    else:
                        unknown = set(row) - set(columns)
                        if unknown:
                            raise KeyError(unknown)
                        body.append([_text(row.get(name, ""), form) for name in columns])
                writer.writerows(body)
                writer.writerows(form.below)
                kind = rows.__name__
                return Constructed(kind, ((form.name, out.getvalue().encode(form.encoding, "replace")),), tuple(sold))

            made.__name__, made.__doc__ = rows.__name__, rows.__doc__
            self.append(made)
            return made

        return register


def sold(order: Order, *amounts: float, number: str = "") -> Sold:
    """A line of an order that counts, or money given back (below zero); several amounts are several right answers."""
    return Sold(order.customer.id, number or order.number, order.when, amounts)


def customer_number(order: Order) -> int:
    """A number made of the customer's e-mail, as a customer id."""
    return 10_000 + sum(ord(sign) * 7**at for at, sign in enumerate(order.customer.email)) % 89_989


def state(rng: random.Random, good: Sequence[str], bad: Sequence[str]) -> tuple[str, bool]:
    """A status and whether the order counts."""
    fine = rng.random() > 0.25
    return rng.choice(tuple(good if fine else bad)), fine
