"""Ordinary files that were once read to a wrong figure without a word, each with one like it that is none of these."""

import random
from datetime import timedelta

from benchmarks.constructed_exports import Files, Sold
from benchmarks.exports.structures import Kind, added_to
from benchmarks.generated_exports import Shop

KINDS: list[Kind] = []
_kind = added_to(KINDS)


def _text(*lines: str) -> Files:
    return (("orders.csv", ("\n".join(lines) + "\n").encode()),)


@_kind
def unquoted_thousands(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`1,234.50` without quotes in a file with commas, in all rows or in most."""
    lines = ["Order,Customer,Date,Amount,City"]
    least = rng.choice((1000, 700))
    for order in shop.orders:
        total = round(rng.uniform(least, 9000), 2)
        lines.append(f"{order.number},{order.customer.name},{order.when:%Y-%m-%d},{total:,.2f},Rome")
        sales.append(Sold(order.customer.name, order.number, order.when, (total,)))
    return _text(*lines)


@_kind
def unquoted_decimal_commas(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Price and total with a decimal comma without quotes in a file with commas."""
    lines = ["Pedido,Cliente,Fecha,Producto,Cantidad,Precio,Importe"]
    for order in shop.orders:
        for line in order.lines:
            cells = [f"{value:.2f}".replace(".", ",") for value in (line.price, line.total)]
            facts = [order.number, order.customer.name, f"{order.when:%d/%m/%Y}", line.product, str(line.quantity)]
            lines.append(",".join([*facts, *cells]))
            sales.append(Sold(order.customer.name, order.number, order.when, (line.total,)))
    return _text(*lines)


@_kind
def unnamed_last_column(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A last column of rates of tax that the header forgot: no cents."""
    lines = ["Order,Customer,Date,Amount"]
    for order in shop.orders:
        total = round(order.goods)
        cells = [order.number, order.customer.name, f"{order.when:%Y-%m-%d}", str(total), str(rng.choice((10, 21)))]
        lines.append(",".join(cells))
        if total:
            sales.append(Sold(order.customer.name, order.number, order.when, (float(total),)))
    return _text(*lines)


TOTALS = (
    ("Description", "Subtotal", "Shipping", "Total"),
    ("Concepto", "Subtotal", "Envío", "Total a pagar"),
    ("Position", "Zwischensumme", "Versand", "Gesamtbetrag"),
    ("Désignation", "Sous-total", "Livraison", "Total TTC"),
    ("Descrizione", "Subtotale", "Spedizione", "Totale ordine"),
)


@_kind
def subtotal_delivery_total(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """A row for the subtotal, one for the delivery and one for the total below the lines of each order."""
    item, below, delivery, total = rng.choice(TOTALS)
    lines = [f"Order;Date;Customer;{item};Amount"]
    for order in shop.orders:
        facts = [order.number, f"{order.when:%Y-%m-%d}", order.customer.id]
        rows = [
            *((line.product, line.total) for line in order.lines),
            (below, order.goods),
            (delivery, 4.9),
            (total, round(order.goods + 4.9, 2)),
        ]
        lines += [";".join([*facts, name, f"{value:.2f}"]) for name, value in rows]
        sales += [Sold(order.customer.id, order.number, order.when, (line.total,)) for line in order.lines]
        sales.append(Sold(order.customer.id, order.number, order.when, (4.9, 0.0)))
    return _text(*lines)


@_kind
def product_called_total(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """`Total`, a yoghurt, costs the same in each order; once that is as much as the rest of the order."""
    lines = ["Order,Date,Customer,Product,Amount"]
    for place, order in enumerate(shop.orders):
        rows = [(line.product, line.total) for line in order.lines]
        if place == 0:
            rows = [("Tea", 1.3), ("Cup", 2.2), ("Total", 3.5)]
        elif place % 3 == 0:
            rows.append(("Total", 3.5))
        for name, value in rows:
            lines.append(f"{order.number},{order.when:%Y-%m-%d},{order.customer.id},{name},{value:.2f}")
            sales.append(Sold(order.customer.id, order.number, order.when, (value,)))
    return _text(*lines)


@_kind
def gross_beside_net_and_commission(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """What the customer paid, the platform's commission and what is left, under the names of several languages."""
    names = rng.choice(
        (
            ("Gross", "Commission", "Payout"),
            ("Importe bruto", "Comisión", "Importe neto"),
            ("Bruttobetrag", "Gebühr", "Betrag"),
            ("Montant brut", "Commission", "Montant net"),
        )
    )
    lines = [f"Order;Date;Customer;{names[2]};{names[1]};{names[0]}"]
    for order in shop.orders:
        fee = round(order.goods * 0.12, 2)
        cells = [f"{value:.2f}" for value in (order.goods - fee, fee, order.goods)]
        lines.append(";".join([order.number, f"{order.when:%Y-%m-%d}", order.customer.id, *cells]))
        sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return _text(*lines)


@_kind
def cancelled_in_a_later_file(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """The later file has the cancellation on the day on which it was made, with the order's amount or nothing."""
    head = "Order ID,Order Date,Customer ID,Order Total,Status"
    middle, first, second = len(shop.orders) // 2, [head], [head]
    empty = rng.random() < 0.5
    for place, order in enumerate(shop.orders):
        paid = f"{order.number},{order.when:%Y-%m-%d %H:%M},{order.customer.id},{order.goods:.2f},Paid"
        (first if place < middle else second).append(paid)
        off = place in (middle - 2, middle - 5)
        if off:
            when, total = order.when + timedelta(days=9), 0.0 if empty else order.goods
            second.append(f"{order.number},{when:%Y-%m-%d %H:%M},{order.customer.id},{total:.2f},Cancelled")
        else:
            sales.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return tuple((name, "\n".join(rows).encode()) for name, rows in (("h1.csv", first), ("h2.csv", second)))


@_kind
def paid_in_parts(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """An order that was paid by voucher and card has its line twice, with what was paid by each."""
    lines = ["Order,Date,Customer,Product,Quantity,Line total,Paid,Payment method"]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            facts = f"{order.number},{order.when:%Y-%m-%d},{order.customer.id},{line.product},{line.quantity}"
            part = round(line.total / 3, 2) if place % 4 == 1 else 0.0
            for paid, way in ((part, "Voucher"), (round(line.total - part, 2), "Card")):
                if paid:
                    lines.append(f"{facts},{line.total:.2f},{paid:.2f},{way}")
            sales.append(Sold(order.customer.id, order.number, order.when, (line.total,)))
    return _text(*lines)


@_kind
def equal_lines_beside_payments(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Two equal lines of an order are two sales where each was paid in full."""
    lines = ["Order,Date,Customer,Product,Quantity,Line total,Paid,Payment method"]
    for order in shop.orders:
        for line in order.lines:
            facts = f"{order.number},{order.when:%Y-%m-%d},{order.customer.id},{line.product},{line.quantity}"
            for way in ("Cash", "Card") if line is order.lines[0] else ("Card",):
                lines.append(f"{facts},{line.total:.2f},{line.total:.2f},{way}")
                sales.append(Sold(order.customer.id, order.number, order.when, (line.total,)))
    return _text(*lines)


@_kind
def list_and_final_price(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """List price and final price of a piece; only the order's total shows that the final price is of one piece."""
    lines = ["Order,Date,Customer,Product,Qty,List price,Final price,Order total"]
    for order in shop.orders:
        finals = [round(line.price * rng.choice((1, 0.9)), 2) for line in order.lines]
        totals = [round(final * line.quantity, 2) for final, line in zip(finals, order.lines, strict=True)]
        for line, final, total in zip(order.lines, finals, totals, strict=True):
            facts = f"{order.number},{order.when:%Y-%m-%d},{order.customer.id},{line.product},{line.quantity}"
            lines.append(f"{facts},{line.price:.2f},{final:.2f},{sum(totals):.2f}")
            sales.append(Sold(order.customer.id, order.number, order.when, (total,)))
    return _text(*lines)


@_kind
def two_orders_on_one_invoice(rng: random.Random, shop: Shop, sales: list[Sold]) -> Files:
    """Each order has one line; the orders of a customer and day are on one invoice."""
    lines = ["Order No,Invoice,Date,Customer,Product,Amount"]
    for place, order in enumerate(shop.orders):
        for at, line in enumerate(order.lines):
            number = f"B{place:04}{at}"
            facts = f"{number},F{place:04},{order.when:%Y-%m-%d},{order.customer.id},{line.product}"
            lines.append(f"{facts},{line.total:.2f}")
            sales.append(Sold(order.customer.id, number, order.when, (line.total,)))
    return _text(*lines)
