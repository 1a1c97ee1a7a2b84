"""Shops that count their orders anew, and files whose order numbers only look as if they did."""

import random
from collections import Counter
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, added_to
from benchmarks.generated_exports import Order, Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)
_HEADERS = ("Receipt no", "Invoice", "Order", "Pedido", "Rechnungsnummer", "Bon")


def _stretched(rng: random.Random, shop: Shop) -> list[Order]:
    """The shop's orders over two and a half years, several on some days."""
    start = datetime(2021, rng.randrange(3, 12), 3, 9)
    days = sorted(rng.choices(range(900), k=len(shop.orders)))
    days = [day if place % 5 else days[place - 1] for place, day in enumerate(days)] if rng.random() < 0.7 else days
    for place, (order, day) in enumerate(zip(shop.orders, sorted(days), strict=True)):
        order.when = start + timedelta(days=day, minutes=11 * (place % 40))
    return shop.orders


def _counted(
    rng: random.Random, orders: list[Order], sales: list[Sold], period: Callable[[Order], Hashable]
) -> tuple[str, ...]:
    """The lines of a file whose numbers begin anew in each period."""
    met: Counter[Hashable] = Counter()
    first = rng.choice((1, 1, 1001))
    form = rng.choice(("%Y-%m-%d", "%Y-%m-%d %H:%M", "%d.%m.%Y"))
    bare = rng.random() < 0.3  # customer and day stand on an order's first row alone
    lines = [f"{rng.choice(_HEADERS)};Customer;Date;Product;Amount"]
    for order in orders:
        number = met[period(order)] + first
        met[period(order)] += 1
        for at, line in enumerate(order.lines):
            facts = ";" if bare and at else f"{order.customer.id};{order.when.strftime(form)}"
            lines.append(f"{number};{facts};{line.product};{line.total:.2f}")
            sales.append(Sold(order.customer.id, f"{period(order)} {number}", order.when, (line.total,)))
    return tuple(lines)


def _file(lines: tuple[str, ...]) -> Files:
    return (("sales.csv", ("\n".join(lines) + "\n").encode()),)


@_kind
def numbers_of_each_year(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Invoices are numbered from one every year."""
    return _file(_counted(rng, _stretched(rng, shop), sales, lambda order: order.when.year))


@_kind
def numbers_of_each_month(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Orders are numbered from one every month."""
    return _file(_counted(rng, _stretched(rng, shop), sales, lambda order: (order.when.year, order.when.month)))


@_kind
def numbers_of_each_day(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A till numbers its receipts from one every morning."""
    return _file(_counted(rng, _stretched(rng, shop), sales, lambda order: order.when.date()))


@_kind
def numbers_of_each_branch(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Three branches of one shop, each with its own numbers."""
    branch = {order.number: rng.randrange(3) for order in shop.orders}
    return _file(_counted(rng, _stretched(rng, shop), sales, lambda order: branch[order.number]))


@_kind
def numbers_of_each_customer(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Every customer's orders are numbered from one."""
    return _file(_counted(rng, _stretched(rng, shop), sales, lambda order: order.customer.id))


@_kind
def numbers_of_each_year_in_two_exports(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two exports that overlap by some months, of which one may lie within a year."""
    orders = _stretched(rng, shop)
    number = {id(order): sum(other.when.year == order.when.year for other in orders[: place + 1])
              for place, order in enumerate(orders)}  # fmt: skip
    cut, until = sorted(rng.sample(range(3, len(orders) - 3), 2))
    files = []
    for name, part in (("until.csv", orders[:until]), ("from.csv", orders[cut:])):
        rows = ["Invoice;Customer;Date;Product;Amount"]
        for order in part:
            facts = f"{number[id(order)]};{order.customer.id};{order.when:%Y-%m-%d}"
            rows += [f"{facts};{line.product};{line.total:.2f}" for line in order.lines]
        files.append((name, ("\n".join(rows) + "\n").encode()))
    for order in orders:
        key = f"{order.when.year} {number[id(order)]}"
        sales += [Sold(order.customer.id, key, order.when, (line.total,)) for line in order.lines]
    return tuple(files)


@_kind
def lines_sent_on_several_days(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The lines of an order are dated when each was sent: one order all the same."""
    lines = ["Order;Customer;Sent on;Product;Amount"]
    for order in shop.orders:
        for line in order.lines:
            day = order.when + timedelta(days=rng.choice((0, 0, 1, 3, 20)))
            lines.append(f"{order.number};{order.customer.id};{day:%Y-%m-%d};{line.product};{line.total:.2f}")
            sales.append(Sold(order.customer.id, order.number, day, (line.total,)))
    return _file(tuple(lines))


@_kind
def paid_in_instalments_over_years(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What was paid for an order, by the month: every order has one customer."""
    lines = ["Order;Customer;Date;Amount"]
    for order in shop.orders:
        for month in range(4):
            day = order.when + timedelta(days=30 * month)
            lines.append(f"{order.number};{order.customer.id};{day:%Y-%m-%d};{order.goods + month:.2f}")
            sales.append(Sold(order.customer.id, order.number, day, (round(order.goods + month, 2),)))
    return _file(tuple(lines))
