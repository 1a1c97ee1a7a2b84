# ruff: noqa: C408, E501 - cells are given by name, and tables of headings read best in long lines
"""Random order exports, each with plain SQL for its expected figures, written from the columns' meaning, not from lib.

A generator makes one kind of export: a way of writing orders that is easily misread. Headings,
language, separator, decimal sign, date form, ids, sizes and the order of columns are drawn with each seed.
"""

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Generated:
    """An export and its meaning."""

    kind: str
    name: str
    data: bytes
    delimiter: str
    sql: str
    """Over the view `raw` (every cell as text, by heading): one row per order line that counts or gives money back, as
    `customer, order_id, day, amount`. Amounts below zero are money given back and make no order."""


@dataclass
class Line:
    """A line of an order: a product, its price at the time, how many."""

    product: str
    code: str
    price: float
    quantity: int

    @property
    def total(self) -> float:
        return round(self.price * self.quantity, 2)


@dataclass
class Order:
    """An order of the simulated shop."""

    number: str
    when: datetime
    customer: "Person"
    lines: list[Line]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def goods(self) -> float:
        return round(sum(line.total for line in self.lines), 2)


@dataclass(frozen=True)
class Person:
    """A customer of the simulated shop."""

    id: str
    name: str
    email: str
    phone: str
    country: str


FIRST = (
    "Ann", "Bob", "Carla", "Dieter", "Elena", "Farid", "Greta", "Hugo", "Inés", "João", "Karin", "Luis", "Maya",
    "Nils", "Olga", "Paolo", "Quinn", "Rosa", "Sven", "Tara"
)  # fmt: skip
LAST = (
    "Lee", "Ray", "Gil", "Roth", "Soto", "Weiss", "Moreau", "Silva", "Rossi", "Novak", "Berg", "Khan", "Ito",
    "Park", "Diaz", "Vega", "Wolf", "Hahn", "Lang", "Costa", "Blanc", "Mora", "Vidal", "Kern", "Pohl", "Rey",
    "Cruz", "Nunes", "Faure", "Conti"
)  # fmt: skip
GOODS = (
    "Mug", "Cap", "Lamp", "Vase", "Tea", "Jam", "Soap", "Pen", "Bag", "Book", "Rug", "Bowl", "Clock", "Scarf",
    "Candle", "Poster", "Plate", "Basket", "Towel", "Chair", "Ticket", "Kettle", "Brush", "Frame", "Mirror",
    "Stool", "Box", "Blanket", "Kite", "Drum"
)  # fmt: skip


class Shop:
    """A simulated shop: customers who come back, products with prices, orders of one to five lines."""

    def __init__(self, rng: random.Random, *, orders: int, lines: int = 5, fixed_prices: bool = True) -> None:
        self.rng = rng
        start = datetime(2019, 1, 1) + timedelta(days=rng.randrange(1800), minutes=rng.randrange(1440))
        days = rng.choice((120, 300, 700))
        style = rng.choice(("C{}", "{}", "K-{}", "cus_{}x"))
        base = rng.choice((1, 17, 1000, 48213))
        count = max(2, int(orders * rng.uniform(0.25, 0.7)))
        self.people = [self.person(style.format(base + place), place) for place in range(count)]
        goods = rng.sample(GOODS, min(len(GOODS), max(4, orders // 4)))
        scale = rng.choice((1, 1, 10, 1000))
        self.goods = [
            (name, f"{name[:3].upper()}{place:02}", round(rng.uniform(2, 90), 2) if scale < 1000 else rng.randrange(2, 90) * 500.0)
            for place, name in enumerate(goods)
        ]  # fmt: skip
        first = rng.choice((1, 1001, 70044))
        prefix = rng.choice(("", "", "#", "P-", "A"))
        at = sorted(rng.uniform(0, days) for _ in range(orders))
        self.orders = []
        for place, offset in enumerate(at):
            person = self.people[place % 2] if place < 2 else rng.choice(self.people)
            chosen = rng.sample(self.goods, min(len(self.goods), rng.randint(1, lines)))
            items = [Line(name, code, price, rng.choice((1, 1, 1, 2, 3, 5))) for name, code, price in chosen]
            if not fixed_prices:
                items = [Line(i.product, i.code, round(i.price * rng.uniform(0.8, 1.2), 2), i.quantity) for i in items]
            when = (start + timedelta(days=offset)).replace(microsecond=0)
            if place == len(at) - 1:
                when = max(when, start + timedelta(days=2))
            self.orders.append(Order(f"{prefix}{first + place}", when.replace(second=0), person, items))

    def person(self, number: str, place: int) -> Person:
        first, last = self.rng.choice(FIRST), LAST[place % len(LAST)]
        name = f"{first} {last}" + (
            f" {chr(65 + place // len(LAST) % 26)}{place // (26 * len(LAST)) or ''}" if place >= len(LAST) else ""
        )
        handle = "".join(c for c in first.casefold() if c.isascii())
        return Person(
            number,
            name,
            f"{handle}.{last.casefold()}{place}@{self.rng.choice(('mail', 'post', 'web'))}.{self.rng.choice(('com', 'es', 'de'))}",
            f"+34 6{place + 12345678}" if place % 2 else f"+49 17{place + 1234567}",
            self.rng.choice(("ES", "FR", "DE", "US")),
        )  # fmt: skip


HEADINGS: Mapping[str, tuple[str, ...]] = {
    "order_id": ("Order ID", "order_number", "Invoice No", "Pedido", "Nº de pedido", "Numéro de commande", "Bestellnummer",
              "Rechnungsnr.", "Número da encomenda", "Numero ordine", "Ticket No"),
    "bought": ("Order Date", "created_at", "Fecha", "Fecha de pedido", "Date de commande", "Bestelldatum", "Data do pedido",
             "Purchase Date", "Data ordine"),
    "customer": ("Customer ID", "customer_no", "Cliente", "Código cliente", "Numéro client", "Kundennummer", "Client ID",
                 "ID do cliente", "Codice cliente", "Buyer ID"),
    "email": ("Email", "E-Mail", "Customer Email", "Correo electrónico", "billing_email", "Adresse e-mail"),
    "phone": ("Phone", "Teléfono", "Telefon", "customer_phone", "Téléphone"),
    "name": ("Customer Name", "Nombre del cliente", "Kundenname", "Nom du client", "CUSTOMERNAME", "Nome do cliente"),
    "product": ("Product", "Item Name", "Producto", "Artículo", "Produit", "Artikelbezeichnung", "Produto", "Description"),
    "code": ("SKU", "Product Code", "Código de producto", "Artikelnummer", "Référence produit"),
    "quantity": ("Quantity", "Qty", "Cantidad", "Quantité", "Menge", "Quantidade", "Units"),
    "price": ("Unit Price", "Price", "Precio", "Precio unitario", "Prix unitaire", "Einzelpreis", "Preço unitário", "Prezzo"),
    "line": ("Line Total", "Amount", "Importe", "Montant", "Betrag", "Item Total", "Valor da linha", "Sales"),
    "total": ("Order Total", "Total", "Grand Total", "Total del pedido", "Total de la commande", "Bestellsumme"),
}  # fmt: skip

DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y")


class Writer:
    """Rows of cells under drawn headings, and the SQL that gives them back under plain names."""

    def __init__(self, rng: random.Random, columns: Sequence[str], *, spread: int = 400, **headings: str) -> None:
        self.rng = rng
        self.heading = {name: headings.get(name) or rng.choice(HEADINGS[name]) for name in columns}
        if len(set(map(str.casefold, self.heading.values()))) < len(columns):
            for name in columns:
                self.heading[name] = headings.get(name) or HEADINGS[name][0]
        self.columns = list(columns)
        self.comma = rng.random() < 0.35
        self.delimiter = rng.choice((";", "\t")) if self.comma else rng.choice((",", ",", ";", "\t"))
        self.form = rng.choice(DATES)
        self.rows: list[dict[str, str]] = []

    def day(self, when: datetime) -> str:
        return when.strftime(self.form)

    def money(self, value: float) -> str:
        return f"{value:.2f}".replace(".", ",") if self.comma else f"{value:.2f}"

    def add(self, **cells: object) -> None:
        written = {}
        for name in self.columns:
            value = cells.get(name, "")
            if isinstance(value, float):
                value = self.money(value)
            elif isinstance(value, datetime):
                value = self.day(value)
            written[name] = "" if value is None else str(value)
        self.rows.append(written)

    def made(self, kind: str, sql: str, *, shuffle: bool = True, name: str = "orders.csv") -> Generated:
        columns = self.columns[:]
        if shuffle and self.rng.random() < 0.5:
            self.rng.shuffle(columns)
        text = io.StringIO()
        out = csv.writer(text, delimiter=self.delimiter, lineterminator=self.rng.choice(("\n", "\r\n")))
        out.writerow(self.heading[column] for column in columns)
        out.writerows([row[column] for column in columns] for row in self.rows)
        view = ", ".join(f'"{self.heading[column]}" AS {column}' for column in columns)
        number = "CAST(replace({0}, ',', '.') AS DOUBLE)" if self.comma else "CAST({0} AS DOUBLE)"
        for column in columns:
            sql = sql.replace(f"money({column})", number.format(f"nullif({column}, '')"))
            sql = sql.replace(f"date({column})", f"CAST(strptime(nullif({column}, ''), '{self.form}') AS DATE)")
        whole = f"WITH t AS (SELECT row_number() OVER () AS row, {view} FROM raw) {sql}"
        return Generated(kind, name, text.getvalue().encode(), self.delimiter, whole)


def _size(rng: random.Random, least: int = 3) -> int:
    return rng.choice((least, max(least, 5), max(least, 12), max(least, 40), max(least, 150), max(least, 900)))


WHAT = "SELECT customer, order_id, date(bought) AS day, {} AS amount FROM t"
PIECES = "money(price) * CAST(quantity AS DOUBLE)"


def plain_lines(rng: random.Random) -> Generated:
    """A row per line, with price and quantity or with the line's amount."""
    priced = rng.random() < 0.5
    shop = Shop(rng, orders=_size(rng))
    money = ["quantity", "price"] if priced else ["line"]
    out = Writer(rng, ["order_id", "bought", "customer", "product", *money])
    for order in shop.orders:
        for line in order.lines:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.price, line=line.total)  # fmt: skip
    return out.made("plain lines", WHAT.format(PIECES if priced else "money(line)"))


def whole_orders(rng: random.Random) -> Generated:
    """A row per order, or the order's total written on each of its rows."""
    shop = Shop(rng, orders=_size(rng, 12))
    repeated = rng.random() < 0.5
    out = Writer(rng, ["order_id", "bought", "customer", *(["product"] if repeated else []), "total"])
    for order in shop.orders:
        for line in order.lines if repeated else order.lines[:1]:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    total=order.goods)  # fmt: skip
    sql = "SELECT customer, order_id, date(bought) AS day, any_value(money(total)) AS amount FROM t GROUP BY ALL"
    return out.made("whole orders", sql)


def equal_lines(rng: random.Random) -> Generated:
    """Equal lines of one order, proven by its total; an order written twice is proven by it, too."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price", "total"])
    for order in shop.orders:
        twice = rng.random() < 0.4
        lines = [line for line in order.lines for _ in range(rng.choice((2, 3)) if twice else 1)]
        total = round(sum(line.total for line in lines), 2)
        for _ in range(2 if not twice and rng.random() < 0.05 else 1):
            for line in lines:
                out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                        quantity=line.quantity, price=line.price, total=total)  # fmt: skip
    # The order costs what its total says.
    sql = "SELECT customer, order_id, date(bought) AS day, any_value(money(total)) AS amount FROM t GROUP BY ALL"
    return out.made("equal lines", sql)


def order_and_item_rows(rng: random.Random) -> Generated:
    """A row of the order (its sum, no item) above or below the rows of its items."""
    shop = Shop(rng, orders=_size(rng))
    above = rng.random() < 0.7
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "line"])
    for order in shop.orders:
        rows = [dict(product=line.product, quantity=line.quantity, line=line.total) for line in order.lines]
        summary = [dict(product="", quantity="", line=order.goods)]
        for row in summary + rows if above else rows + summary:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, **row)
    return out.made("order and item rows", WHAT.format("money(line)") + " WHERE product <> ''")


def packages(rng: random.Random) -> Generated:
    """Each row has a number of its own; a package of several articles has a row for itself above theirs."""
    shop = Shop(rng, orders=_size(rng, 5), lines=4)
    out = Writer(
        rng, ["order_id", "bought", "status", "quantity", "line", "code", "product", "price", "customer"],
        status=rng.choice(("Estado", "Status")), line=rng.choice(("Ingresos por productos", "Product income", "Amount")),
        price=rng.choice(("Precio unitario", "Unit price")),
    )  # fmt: skip
    number = 2_000_001
    for order in shop.orders:
        several = len(order.lines) > 1
        common = dict(bought=order.when, customer=order.customer.name)
        if several:
            out.add(order_id=number, status=f"Paquete de {len(order.lines)} productos", line=order.goods, **common)
            number += 1
        for line in order.lines:
            out.add(order_id=number, status="Entregado", quantity=line.quantity, line="" if several else line.total,
                    code=line.code, product=line.product, price=line.price, **common)  # fmt: skip
            number += 1
    return out.made("packages", WHAT.format(PIECES) + " WHERE product <> ''")


def bundles(rng: random.Random) -> Generated:
    """A bundle's row and its parts' rows have the same money."""
    shop = Shop(rng, orders=_size(rng, 12), lines=4)
    by_parent = rng.random() < 0.5
    extra = ["item", "parent"] if by_parent else ["kind"]
    out = Writer(
        rng, ["order_id", "bought", "customer", "product", "quantity", "line", *extra],
        item="item_id", parent=rng.choice(("parent_item_id", "Parent ID")), kind=rng.choice(("product_type", "Tipo", "Type")),
    )  # fmt: skip
    item = 0
    for order in shop.orders:
        common = dict(order_id=order.number, bought=order.when, customer=order.customer.id)
        item += 1
        mother = item if len(order.lines) > 1 and rng.random() < 0.8 else None
        if mother:
            out.add(product="Gift set", quantity=1, line=order.goods, item=item, kind="bundle", **common)
        for line in order.lines:
            item += 1
            out.add(product=line.product, quantity=line.quantity, line=line.total, item=item, parent=mother,
                    kind="simple", **common)  # fmt: skip
    return out.made("bundles", WHAT.format("money(line)") + " WHERE product <> 'Gift set'")


def blank_means_above(rng: random.Random) -> Generated:
    """Only the first line of an order says when it was and who bought."""
    shop = Shop(rng, orders=_size(rng))
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price"])
    for order in shop.orders:
        for place, line in enumerate(order.lines):
            head = {} if place else dict(order_id=order.number, bought=order.when, customer=order.customer.id)
            out.add(product=line.product, quantity=line.quantity, price=line.price, **head)
    sql = (
        "SELECT last_value(nullif(customer, '') IGNORE NULLS) OVER w AS customer, "
        "last_value(nullif(order_id, '') IGNORE NULLS) OVER w AS order_id, "
        f"last_value(date(bought) IGNORE NULLS) OVER w AS day, {PIECES} AS amount FROM t "
        "WINDOW w AS (ORDER BY row ROWS UNBOUNDED PRECEDING)"
    )
    return out.made("blank means as above", sql, shuffle=False)


ABOUT_CUSTOMERS = (
    ("Notas del comprador", ("Tocar timbre", "", "", "Gracias", "Dejar en portería")),
    ("Customer Note", ("", "", "please hurry", "gift")),
    ("Customer State", ("CA", "NV", "TX")),
    ("Customer City", ("Berlin", "Madrid", "Paris", "Porto")),
    ("Tipo de cliente", ("Nuevo", "Recurrente")),
    ("Customer Type", ("new", "returning")),
    ("Canal del cliente", ("Web", "Móvil", "Tienda")),
    ("user_agent", ("Mozilla/5.0", "Safari/605", "Edge/120")),
    ("Account manager", ("J. Smith", "P. Jones")),
    ("Customer Group", ("General", "Wholesale", "VIP")),
    ("Customer IP", None),
    ("ip_cliente", None),
    ("Kundengruppe", ("A", "B")),
    ("Kunde Bundesland", ("Bayern", "Hessen")),
    ("Client Région", ("Bretagne", "Alsace")),
    ("Idioma del cliente", ("es", "en", "pt")),
    ("Customer Segment", ("1", "2", "3")),
    ("buyer_language", ("en", "de")),
    ("Member Level", ("Gold", "Silver")),
    ("Account Status", ("active", "paused")),
    ("Cliente desde canal", ("Ads", "Mail")),
    ("Estado del cliente", ("Activo", "Inactivo")),
    ("Customer Zip Code", ("10115", "28001", "75001")),
    ("customer_device", ("ios", "android", "web")),
    ("Observaciones cliente", ("", "", "llamar antes")),
    ("Customer Segment Code", ("S1", "S2", "S3")),
    ("Account owner", ("Kim", "Lou")),
)


def about_customers(rng: random.Random) -> Generated:
    """Columns with a word for customers that say something about them; the e-mail or the phone names them."""
    anchor = rng.choice(("email", "email", "phone"))
    shop = Shop(rng, orders=_size(rng, 5))
    chosen = rng.sample(ABOUT_CUSTOMERS, rng.choice((1, 2, 3)))
    extra = {f"about{place}": heading for place, (heading, _) in enumerate(chosen)}
    out = Writer(rng, ["order_id", "bought", anchor, *extra, "total"], **extra)
    for order in shop.orders:
        said = {
            name: f"10.{rng.randrange(255)}.{rng.randrange(255)}.{rng.randrange(255)}"
            if values is None
            else rng.choice(values)
            for name, (_, values) in zip(extra, chosen, strict=True)
        }
        out.add(order_id=order.number, bought=order.when, total=order.goods, email=order.customer.email,
                phone=order.customer.phone, **said)  # fmt: skip
    return out.made(
        "about customers", f"SELECT {anchor} AS customer, order_id, date(bought) AS day, money(total) AS amount FROM t"
    )


def new_ids(rng: random.Random) -> Generated:
    """Guests get a new id with each order; the e-mail is the same. Registered customers keep theirs."""
    shop = Shop(rng, orders=_size(rng, 5))
    registered = rng.choice((0.0, 0.0, 0.5))
    out = Writer(rng, ["order_id", "bought", "customer", "email", "total"])
    for place, order in enumerate(shop.orders):
        known = (shop.people.index(order.customer) * 7 % 10) / 10 < registered
        mail = order.customer.email
        out.add(order_id=order.number, bought=order.when, customer=order.customer.id if known else f"g{900000 + place}",
                email=mail.upper() if rng.random() < 0.1 else mail, total=order.goods)  # fmt: skip
    return out.made(
        "new ids", "SELECT lower(email) AS customer, order_id, date(bought) AS day, money(total) AS amount FROM t"
    )


def two_ids(rng: random.Random) -> Generated:
    """One id is new with each order, another is the person's."""
    shop = Shop(rng, orders=_size(rng, 12))
    once, person = rng.choice(
        (("customer_id", "customer_unique_id"), ("Customer ID", "Customer Account ID"), ("user_id", "Member ID"))
    )
    out = Writer(rng, ["order_id", "bought", "session", "customer", "product", "price"], session=once, customer=person)
    for order in shop.orders:
        session = "".join(rng.choice("0123456789abcdef") for _ in range(16))
        for line in order.lines[:1]:
            out.add(order_id=order.number, bought=order.when, session=session, customer=order.customer.id,
                    product=line.product, price=line.price)  # fmt: skip
    return out.made("two ids", WHAT.format("money(price)"))


CHARGES = (
    "freight_value", "Valor despacho", "Delivery amount", "Shipping price", "Importe del envío", "Versandbetrag",
    "Montant livraison", "Valor do frete", "Insurance value", "Importe seguro", "Costo de envío", "Porto Betrag", "Valor flete",
    "Handling amount", "Lieferkosten Summe", "Prix de livraison", "Importo spedizione", "Packaging price",
)  # fmt: skip


def charges(rng: random.Random) -> Generated:
    """Delivery, insurance or packing beside the price: it is not what the goods cost."""
    shop = Shop(rng, orders=_size(rng, 5))
    pieces = rng.random() < 0.5
    out = Writer(
        rng, ["order_id", "bought", "customer", "product", *(["quantity"] if pieces else []), "price", "charge"],
        charge=rng.choice(CHARGES),
    )  # fmt: skip
    for order in shop.orders:
        for line in order.lines[:1]:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.price, charge=rng.choice((3.5, 2.99, 8.72, 120.0)))  # fmt: skip
    return out.made("charges", WHAT.format(PIECES if pieces else "money(price)"))


def price_is_line(rng: random.Random) -> Generated:
    """The column called price holds the whole line."""
    shop = Shop(rng, orders=_size(rng, 40))
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price"],
                 price=rng.choice(("price", "Price", "Precio", "Prix", "Preis")))  # fmt: skip
    for order in shop.orders:
        for line in order.lines:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.total)  # fmt: skip
    return out.made("price is the line", WHAT.format("money(price)"))


def value_per_piece(rng: random.Random) -> Generated:
    """The price of a piece under a word for amounts: by its heading, or by what it does with the quantity."""
    named = rng.random() < 0.6
    shop = Shop(rng, orders=_size(rng, 5 if named else 40))
    heading = rng.choice(
        ("Valor unitario", "Valor unitario venta", "Amount per unit", "Importe por unidad", "Montant unitaire", "Unit value",
         "Importe ud", "Betrag pro Stück", "Valor unitário", "Wert einzeln Stück")
        if named else ("Valor", "Amount", "Importe", "Value", "Betrag")
    )  # fmt: skip
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price"], price=heading)
    for order in shop.orders:
        for line in order.lines:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.price)  # fmt: skip
    return out.made("value per piece", WHAT.format(PIECES))


def equal_line_totals(rng: random.Random) -> Generated:
    """All lines cost the same, and the column says that it is the line's, or products cost the same in any order."""
    shop = Shop(rng, orders=_size(rng, 12))
    price = round(rng.uniform(3, 60), 2)
    heading = rng.choice(
        ("line_total", "Line Amount", "Importe línea", "Zeilensumme", "Total ligne", "Amount", "Total")
    )
    out = Writer(rng, ["order_id", "bought", "customer", "product", "line"], line=heading)
    for place, order in enumerate(shop.orders):
        for ticket in range(1, 1 + (place % 4 + 1 if place < 8 else rng.randint(1, 4))):
            out.add(
                order_id=order.number,
                bought=order.when,
                customer=order.customer.id,
                product=f"Ticket {ticket}",
                line=price,
            )
    return out.made("equal line totals", WHAT.format("money(line)"))


NOBODY = (
    "CONSUMIDOR FINAL", "Consumidor final", "Walk-in Customer", "Walk in", "WALKIN", "Público en general", "Cliente mostrador",
    "Laufkunde", "Laufkundschaft", "Barverkauf", "Client comptoir", "Client de passage", "Cliente de balcão", "Consumidor Final ",
    "XAXX010101000", "Guest", "guest checkout", "Anonymous", "Cliente genérico", "Cash Customer", "Venta mostrador",
    "Cliente contado", "Unknown customer", "Sin nombre", "222222222222", "9999999999999", "Clientes varios", "Cliente avulso",
    "Klant onbekend", "Cliente occasionale", "Diverse Kunden", "Retail customer", "Counter sale", "Ventas al público", "00000000",
    "Público General", "Cliente final", "N/A", "Sem nome", "Passant", "Cliente anónimo", "散客", "Розничный покупатель",
)  # fmt: skip


def nobody(rng: random.Random) -> Generated:
    """Most sales are to unnamed customers, under a placeholder name."""
    shop = Shop(rng, orders=_size(rng, 12))
    name = rng.choice(NOBODY)
    share = rng.choice((0.2, 0.5, 0.8))
    out = Writer(rng, ["order_id", "bought", "customer", "line"],
                 customer=rng.choice(("Customer", "Cliente", "Kunde", "Client", "Cliente / Razón social")))  # fmt: skip
    full = rng.random() < 0.5
    for place, order in enumerate(shop.orders):
        known = order.customer.name if full else order.customer.id
        out.add(order_id=order.number, bought=order.when, line=order.goods,
                customer=name if place > 3 and rng.random() < share else known)  # fmt: skip
    quoted = name.strip().replace("'", "''")
    return out.made("nobody", WHAT.format("money(line)") + f" WHERE trim(customer) <> '{quoted}'")


def shared_phones(rng: random.Random) -> Generated:
    """Several customers stand under one switchboard, or under 0000000; the name tells them apart."""
    shop = Shop(rng, orders=_size(rng, 12))
    kind = rng.choice(("phone", "email"))
    shared = (
        rng.choice(("+1 617 555 8555", "0000000", "000000000"))
        if kind == "phone"
        else rng.choice(("sinemail@shop.es", "noemail@shop.com", "info@shop.de", "na@na.com", "keine-email@shop.de"))
    )
    out = Writer(rng, ["order_id", "bought", kind, "name", "total"])
    names = {
        person.id: f"{rng.choice(LAST)[:4]}{place}{rng.choice(('x', 'y', 'z'))} Trading{place}"
        for place, person in enumerate(shop.people)
    }
    under = {person.id for person in shop.people[: max(4, int(len(shop.people) * 0.4))]}
    for order in shop.orders:
        own = order.customer.phone if kind == "phone" else order.customer.email
        out.add(order_id=order.number, bought=order.when, total=order.goods, name=names[order.customer.id],
                **{kind: shared if order.customer.id in under else own})  # fmt: skip
    return out.made(
        "shared phones", "SELECT name AS customer, order_id, date(bought) AS day, money(total) AS amount FROM t"
    )


FAR = ("2052-01-03", "2205-03-04", "9999-12-31", "1900-01-01", "1899-12-30", "1970-01-01", "0025-04-05", "1925-06-07")


def far_date(rng: random.Random) -> Generated:
    """One order is dated decades before or after all others, or as programs write "no date"."""
    shop = Shop(rng, orders=_size(rng, 12))
    out = Writer(rng, ["order_id", "bought", "customer", "total"])
    out.form = rng.choice(("%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d"))
    far = rng.choice([day for day in FAR if day[:2] in ("20", "22", "99", "19", "18") or out.form == "%Y-%m-%d"][:7])
    for order in shop.orders:
        out.add(order_id=order.number, bought=order.when, customer=order.customer.id, total=order.goods)
    at = rng.randrange(len(out.rows) + 1)
    year, month, day = far.split("-")
    wrong = out.form.replace("%Y", year).replace("%m", month).replace("%d", day)
    out.rows.insert(
        at, {"order_id": "999999", "bought": wrong, "customer": shop.people[0].id, "total": out.money(55.0)}
    )
    return out.made("far date", WHAT.format("money(total)") + f" WHERE bought <> '{wrong}'")


DELIVERED = (
    ("Payment status", "Payment method", "Delivery status", "pending", "paid", "Cash on Delivery", "Card", "delivered", "pending"),
    ("Estado del pago", "Forma de pago", "Estado del envío", "Pendiente", "Pagado", "Contra reembolso", "Tarjeta", "Entregado", "Sin enviar"),
    ("Zahlungsstatus", "Zahlungsart", "Lieferstatus", "Ausstehend", "Bezahlt", "Nachnahme", "Kreditkarte", "Zugestellt", "Offen"),
    ("Status", "Payment Method", "Shipping Status", "Pending", "Paid", "COD", "Card", "Shipped", "Not shipped"),
    ("Estado", "Método de pago", "Estado de entrega", "pendiente", "pagado", "Pago contra entrega", "Transferencia", "enviado", "en preparación"),
    ("Statut", "Mode de paiement", "Statut de livraison", "En attente", "Payée", "Contre-remboursement", "Carte", "Livré", "À préparer"),
)  # fmt: skip


def cash_on_delivery(rng: random.Random) -> Generated:
    """Orders paid at the door are sales once they are delivered, though their payment is pending."""
    shop = Shop(rng, orders=_size(rng, 12))
    status, method, sent, pending, paid, at_door, card, done, waiting = rng.choice(DELIVERED)
    tells = rng.random() < 0.7
    out = Writer(
        rng, ["order_id", "bought", "customer", "total", "status", "method", *(["sent"] if tells else [])],
        status=status, method=method, sent=sent,
    )  # fmt: skip
    for place, order in enumerate(shop.orders):
        door, arrived = place > 3 and rng.random() < 0.5, rng.random() < 0.7
        unpaid = door or (rng.random() < 0.2 and place > 3)
        out.add(order_id=order.number, bought=order.when, customer=order.customer.id, total=order.goods,
                status=pending if unpaid else paid, method=at_door if door else card, sent=done if arrived else waiting)  # fmt: skip
    door = f"method = '{at_door}'" + (f" AND sent = '{done}'" if tells else "")
    return out.made("cash on delivery", WHAT.format("money(total)") + f" WHERE status = '{paid}' OR ({door})")


def no_dates(rng: random.Random) -> Generated:
    """Several rows have the day that a program writes for "no date"."""
    shop = Shop(rng, orders=_size(rng, 40))
    out = Writer(rng, ["order_id", "bought", "customer", "total"])
    out.form = "%Y-%m-%d"
    sentinel = rng.choice(("1900-01-01", "1899-12-30", "1970-01-01", "9999-12-31", "1753-01-01", "0001-01-01"))
    for place, order in enumerate(shop.orders):
        out.add(order_id=order.number, bought=order.when, customer=order.customer.id, total=order.goods)
        if place > 2 and rng.random() < 0.15:
            out.rows[-1]["bought"] = sentinel
    return out.made("no dates", WHAT.format("money(total)") + f" WHERE bought <> '{sentinel}'")


def first_row_only(rng: random.Random) -> Generated:
    """All that is known of an order stands on its first row: status and total, too; or there is no order number."""
    shop = Shop(rng, orders=_size(rng, 5))
    numbered = rng.random() < 0.6
    head = ["order_id", "bought", "customer", "status", "total"] if numbered else ["bought", "customer"]
    out = Writer(rng, [*head, "product", "quantity", "price"], status=rng.choice(("Status", "Estado")))
    for order in shop.orders:
        status = rng.choice(("Sales Order",) * 5 + ("Cancelled",)) if order not in shop.orders[:3] else "Sales Order"
        for place, line in enumerate(order.lines):
            said = {} if place else dict(order_id=order.number, bought=order.when, customer=order.customer.id, status=status,
                                         total=order.goods)  # fmt: skip
            out.add(product=line.product, quantity=line.quantity, price=line.price, **said)
    last = "last_value({} IGNORE NULLS) OVER w".format
    sql = (
        f", l AS (SELECT {last(_filled('customer'))} AS customer, {last(_filled('bought'))} AS moment, "
        f"{last(_filled('order_id') if numbered else 'NULL')} AS number, {last('date(bought)')} AS day, {PIECES} AS amount, "
        f"{last(_filled('status') if numbered else 'NULL')} AS status FROM t "
        "WINDOW w AS (ORDER BY row ROWS UNBOUNDED PRECEDING)) "
        # Without a number, all that a customer bought at one moment is one order.
        "SELECT customer, coalesce(CAST(number AS VARCHAR), concat(customer, ' ', moment)) AS order_id, day, amount FROM l "
        "WHERE coalesce(CAST(status AS VARCHAR), '') <> 'Cancelled'"
    )
    return out.made("first row only", sql, shuffle=False)


def _filled(column: str) -> str:
    return f"nullif({column}, '')"


def order_discounts(rng: random.Random) -> Generated:
    """A discount on the whole order, in money, on each of its rows; the total says what was paid."""
    shop = Shop(rng, orders=_size(rng, 40))
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price", "off", "total"],
                 off=rng.choice(("Discount", "Descuento", "Rabatt", "Remise", "Discount Amount")))  # fmt: skip
    for order in shop.orders:
        off = round(order.goods * rng.choice((0.0, 0.0, 0.1, 0.25)), 2)
        for line in order.lines:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.price, off=off, total=round(order.goods - off, 2))  # fmt: skip
    sql = "SELECT customer, order_id, date(bought) AS day, any_value(money(total)) AS amount FROM t GROUP BY ALL"
    return out.made("order discounts", sql)


def proven_bundles(rng: random.Random) -> Generated:
    """A bundle's row above its parts' rows, without a word; the order's total counts them once."""
    shop = Shop(rng, orders=_size(rng, 40), lines=4)
    out = Writer(rng, ["order_id", "bought", "customer", "product", "quantity", "price", "total"])
    for order in shop.orders:
        common = dict(order_id=order.number, bought=order.when, customer=order.customer.id, total=order.goods)
        if len(order.lines) > 1 and rng.random() < 0.4:
            out.add(product="Gift set", quantity=1, price=order.goods, **common)
        for line in order.lines:
            out.add(product=line.product, quantity=line.quantity, price=line.price, **common)
    sql = "SELECT customer, order_id, date(bought) AS day, any_value(money(total)) AS amount FROM t GROUP BY ALL"
    return out.made("proven bundles", sql)


def equal_lines_with_delivery(rng: random.Random) -> Generated:
    """Equal lines of one order; delivery, with or without a column of its own, is in the total."""
    shop = Shop(rng, orders=_size(rng, 12))
    column = rng.random() < 0.6
    out = Writer(
        rng, ["order_id", "bought", "customer", "product", "quantity", "price", *(["delivery"] if column else []), "total"],
        delivery=rng.choice(("Shipping", "Gastos de envío", "Versandkosten", "Frais de port", "Delivery fee")),
    )  # fmt: skip
    for order in shop.orders:
        lines = [line for line in order.lines for _ in range(rng.choice((1, 1, 2, 3)))]
        delivery = rng.choice((0.0, 4.5, 6.9)) if column else 4.5
        total = round(sum(line.total for line in lines) + delivery, 2)
        for line in lines:
            out.add(order_id=order.number, bought=order.when, customer=order.customer.id, product=line.product,
                    quantity=line.quantity, price=line.price, delivery=delivery, total=total)  # fmt: skip
    return out.made("equal lines with delivery", WHAT.format(PIECES))


def new_ids_by_phone(rng: random.Random) -> Generated:
    """Ids are new with each order; the phone, or the name, comes again."""
    shop = Shop(rng, orders=_size(rng, 40))
    anchor = rng.choice(("phone", "name"))
    out = Writer(rng, ["order_id", "bought", "customer", anchor, "total"],
                 customer=rng.choice(("Customer ID", "customer_no", "Kundennummer", "Código cliente")))  # fmt: skip
    for place, order in enumerate(shop.orders):
        out.add(order_id=order.number, bought=order.when, customer=5000 + place, phone=order.customer.phone,
                name=order.customer.name, total=order.goods)  # fmt: skip
    return out.made(
        "new ids by phone", f"SELECT {anchor} AS customer, order_id, date(bought) AS day, money(total) AS amount FROM t"
    )


# ------------------------------------------------------------------------------------------------------ exports of shops


class Export(Writer):
    """Rows under the headings of a known shop system; cells are given by heading."""

    def __init__(self, rng: random.Random, header: str) -> None:
        self.rng = rng
        self.columns = header.split("|")
        self.heading = {name: name for name in self.columns}
        self.comma = False
        self.delimiter = ","
        self.form = "%Y-%m-%d %H:%M:%S"
        self.rows = []

    def put(self, cells: Mapping[str, object]) -> None:
        unknown = set(cells) - set(self.columns)
        assert not unknown, unknown
        self.add(**{name: cells.get(name) for name in self.columns})

    def made(self, kind: str, sql: str, *, shuffle: bool = False, name: str = "export.csv") -> Generated:
        text = io.StringIO()
        out = csv.writer(text, lineterminator="\n")
        out.writerow(self.columns)
        out.writerows([row[column] for column in self.columns] for row in self.rows)
        return Generated(
            kind,
            name,
            text.getvalue().encode(),
            ",",
            "WITH t AS (SELECT row_number() OVER () AS row, * FROM raw) " + sql,
        )


def _n(column: str) -> str:
    return f"coalesce(CAST(nullif(\"{column}\", '') AS DOUBLE), 0)"


def _day(column: str, form: str = "") -> str:
    if form:
        return f"CAST(strptime(\"{column}\", '{form}') AS DATE)"
    return f'CAST(substr("{column}", 1, 10) AS DATE)'


def shopify(rng: random.Random) -> Generated:
    """Shopify: order cells on the first row; discounts on the order, refunds, cancelled, unpaid and free orders."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Name|Email|Financial Status|Paid at|Fulfillment Status|Currency|Subtotal|Shipping|Taxes|Total|Discount Code|"
        "Discount Amount|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|Lineitem discount|"
        "Billing Country|Cancelled at|Payment Method|Refunded Amount",
    )
    for order in shop.orders:
        when = order.when.strftime("%Y-%m-%d %H:%M:%S +0100")
        lines = [line for line in order.lines for _ in range(rng.choice((1, 1, 1, 1, 2)))]
        listed = round(sum(line.total for line in lines), 2)
        off = rng.choice((0.0, 0.0, 0.0, round(listed * 0.1, 2), listed))
        state = rng.choice(("paid",) * 6 + ("pending", "voided", "refunded", "cod", "part"))
        subtotal = round(listed - off, 2)
        status = {"cod": "pending", "part": "partially_refunded"}.get(state, state)
        back = subtotal + 5 if state == "refunded" else round(subtotal / 2, 2) if state == "part" else 0.0
        head = {
            "Financial Status": status, "Paid at": when if state in ("paid", "refunded", "part") else "",
            "Fulfillment Status": "fulfilled" if state in ("paid", "cod") else "unfulfilled", "Currency": "EUR",
            "Subtotal": subtotal, "Shipping": 5.0, "Taxes": 0.0, "Total": subtotal + 5, "Discount Amount": off,
            "Cancelled at": when if state == "voided" else "", "Billing Country": order.customer.country,
            "Payment Method": "Cash on Delivery (COD)" if state == "cod" else "Card", "Refunded Amount": back,
        }  # fmt: skip
        for place, line in enumerate(lines):
            out.put({
                "Name": f"#{order.number.strip('#')}", "Email": order.customer.email, "Created at": when,
                "Lineitem quantity": line.quantity, "Lineitem name": line.product, "Lineitem price": line.price,
                "Lineitem sku": line.code, "Lineitem discount": 0.0, **(head if place == 0 else {}),
            })  # fmt: skip
    # What the customer pays for the goods is the Subtotal; money given back comes off, at most the goods.
    sql = f"""
    , o AS (SELECT "Name" AS n, any_value("Email") AS customer, {_day("Created at")} AS day,
      max("Financial Status") AS status, max("Cancelled at") AS off, max("Payment Method") AS method,
      max("Fulfillment Status") AS sent, max({_n("Subtotal")}) AS goods, max({_n("Total")}) AS total,
      max({_n("Refunded Amount")}) AS back FROM t GROUP BY "Name", day)
    , sold AS (SELECT * FROM o WHERE off = '' AND goods > 0 AND status NOT IN ('refunded', 'voided')
      AND NOT (status = 'pending' AND NOT (method LIKE 'Cash on Delivery%' AND sent = 'fulfilled')))
    SELECT customer, n AS order_id, day, goods AS amount FROM sold
    UNION ALL SELECT customer, n, day, -least(back, goods) FROM sold WHERE back > 0
    """.replace('max("Cancelled at") AS off', "coalesce(max(\"Cancelled at\"), '') AS off")
    return out.made("shopify", sql)


def woocommerce(rng: random.Random) -> Generated:
    """WooCommerce order export: order cells on each row, item cost per piece."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Order Number|Order Status|Order Date|First Name (Billing)|Country Code (Billing)|Email (Billing)|Phone (Billing)|"
        "Payment Method Title|Cart Discount Amount|Order Subtotal Amount|Order Total Amount|SKU|Item Name|"
        "Quantity (- Refund)|Item Cost",
    )
    for order in shop.orders:
        status = rng.choice(("Completed",) * 5 + ("Processing", "Cancelled", "Failed", "Refunded", "On hold"))
        for line in order.lines:
            out.put({
                "Order Number": order.number.strip("#"), "Order Status": status, "Order Date": order.when,
                "Country Code (Billing)": order.customer.country, "Email (Billing)": order.customer.email,
                "Payment Method Title": "Card", "Order Subtotal Amount": order.goods, "Order Total Amount": order.goods + 4,
                "SKU": line.code, "Item Name": line.product, "Quantity (- Refund)": line.quantity, "Item Cost": line.price,
            })  # fmt: skip
    sql = f"""SELECT "Email (Billing)" AS customer, "Order Number" AS order_id, {_day("Order Date")} AS day,
    {_n("Item Cost")} * {_n("Quantity (- Refund)")} AS amount FROM t WHERE "Order Status" IN ('Completed', 'Processing')"""
    return out.made("woocommerce", sql)


def stripe(rng: random.Random) -> Generated:
    """Stripe payments: a row per charge, money given back in a cell."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "id|Created date (UTC)|Amount|Amount Refunded|Currency|Captured|Converted Amount|Converted Amount Refunded|"
        "Description|Fee|PaymentIntent ID|Statement Descriptor|Status|Seller Message|Customer ID|Customer Email",
    )
    for place, order in enumerate(shop.orders):
        state = rng.choice(("Paid",) * 6 + ("Failed", "Refunded", "part"))
        back = order.goods if state == "Refunded" else round(order.goods / 4, 2) if state == "part" else 0.0
        out.put({
            "id": f"ch_{place:05}", "Created date (UTC)": order.when, "Amount": order.goods, "Amount Refunded": back,
            "Currency": "eur", "Captured": "True", "Status": "Paid" if state == "part" else state,
            "Customer ID": order.customer.id, "Customer Email": order.customer.email,
        })  # fmt: skip
    sql = f"""
    , sold AS (SELECT * FROM t WHERE "Status" = 'Paid' AND {_n("Amount Refunded")} < {_n("Amount")})
    SELECT "Customer ID" AS customer, id AS order_id, {_day("Created date (UTC)")} AS day, {_n("Amount")} AS amount FROM sold
    UNION ALL SELECT "Customer ID", id, {_day("Created date (UTC)")}, -{_n("Amount Refunded")} FROM sold
    WHERE {_n("Amount Refunded")} > 0"""
    return out.made("stripe", sql)


def square(rng: random.Random) -> Generated:
    """Square items: net sales per line, refunds as rows of their own."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Date|Time|Time Zone|Category|Item|Qty|Price Point Name|SKU|Modifiers Applied|Gross Sales|Discounts|Net Sales|Tax|"
        "Transaction ID|Payment ID|Event Type|Location|Dining Option|Customer ID|Customer Name|Itemization Type",
    )
    for order in shop.orders:
        for line in order.lines:
            out.put({
                "Date": order.when.strftime("%Y-%m-%d"), "Time": order.when.strftime("%H:%M:%S"), "Item": line.product,
                "Qty": line.quantity, "SKU": line.code, "Gross Sales": line.total, "Discounts": 0.0, "Net Sales": line.total,
                "Transaction ID": f"t{order.number}", "Event Type": "Payment", "Customer ID": order.customer.id,
            })  # fmt: skip
    sql = f"""SELECT "Customer ID" AS customer, "Transaction ID" AS order_id, {_day("Date")} AS day,
    {_n("Net Sales")} AS amount FROM t"""
    return out.made("square", sql)


def magento(rng: random.Random) -> Generated:
    """Magento's table of orders: a row per order; closed means refunded."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "entity_id|state|status|store_id|customer_id|base_grand_total|grand_total|total_qty_ordered|customer_is_guest|"
        "increment_id|order_currency_code|base_currency_code|customer_email|customer_firstname|created_at|total_refunded",
    )
    for place, order in enumerate(shop.orders):
        status = rng.choice(("complete",) * 5 + ("processing", "canceled", "closed", "pending_payment"))
        out.put({
            "entity_id": place + 1, "status": status, "customer_id": order.customer.id, "base_grand_total": order.goods,
            "grand_total": order.goods, "increment_id": f"{100000000 + place}", "order_currency_code": "EUR",
            "base_currency_code": "EUR", "customer_email": order.customer.email, "created_at": order.when,
        })  # fmt: skip
    sql = f"""SELECT customer_id AS customer, increment_id AS order_id, {_day("created_at")} AS day,
    {_n("base_grand_total")} AS amount FROM t WHERE status IN ('complete', 'processing')"""
    return out.made("magento", sql)


def prestashop(rng: random.Random) -> Generated:
    """PrestaShop's list of orders in five languages."""
    shop = Shop(rng, orders=_size(rng, 5))
    header, words = rng.choice((
        ("ID|Reference|New client|Delivery|Customer|Total|Payment|Status|Date", ("Delivered", "Canceled")),
        ("ID|Référence|Nouveau client|Livraison|Client|Total|Paiement|État|Date", ("Livré", "Annulé")),
        ("ID|Referencia|Cliente nuevo|Entrega|Cliente|Total|Pago|Estado|Fecha", ("Entregado", "Cancelado")),
        ("ID|Bestell-Nr.|Neukunde|Lieferung|Kunde|Gesamt|Zahlung|Status|Datum", ("Versendet", "Storniert")),
        ("ID|Referência|Novo cliente|Entrega|Cliente|Total|Pagamento|Estado|Data", ("Entregue", "Cancelado")),
    ))  # fmt: skip
    out = Export(rng, header)
    number, reference, new, delivery, customer, total, payment, status, date = out.columns
    for place, order in enumerate(shop.orders):
        out.put({
            number: place + 1, reference: f"REF{place:06}", new: "0", delivery: order.customer.country,
            customer: order.customer.name, total: order.goods, payment: "Card", status: words[rng.random() < 0.1],
            date: order.when,
        })  # fmt: skip
    sql = f"""SELECT "{customer}" AS customer, "{reference}" AS order_id, {_day(date)} AS day, {_n(total)} AS amount
    FROM t WHERE "{status}" = '{words[0]}'"""
    return out.made("prestashop", sql)


def amazon(rng: random.Random) -> Generated:
    """Amazon's order report: the item's price is of all its pieces, the promotion comes off."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|"
        "ship-service-level|product-name|sku|asin|item-status|quantity|currency|item-price|item-tax|shipping-price|"
        "item-promotion-discount|ship-city|ship-country|buyer-email",
    )
    for place, order in enumerate(shop.orders):
        status = rng.choice(("Shipped",) * 6 + ("Cancelled",))
        for line in order.lines:
            out.put({
                "amazon-order-id": f"302-{place:07}", "purchase-date": order.when.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
                "order-status": status, "product-name": line.product, "sku": line.code, "quantity": line.quantity,
                "currency": "EUR", "item-price": line.total, "item-promotion-discount": rng.choice((0.0, 0.0, 1.0)),
                "ship-country": order.customer.country, "buyer-email": order.customer.email,
            })  # fmt: skip
    sql = f"""SELECT "buyer-email" AS customer, "amazon-order-id" AS order_id, {_day("purchase-date")} AS day,
    {_n("item-price")} - {_n("item-promotion-discount")} AS amount FROM t WHERE "order-status" = 'Shipped'"""
    return out.made("amazon", sql)


def ebay(rng: random.Random) -> Generated:
    """eBay: an order of several items has a row of its own above them."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Sales Record Number|Order Number|Buyer Username|Buyer Name|Buyer Email|Buyer Country|Item Number|Item Title|"
        "Custom Label|Sold Via Promoted Listings|Quantity|Sold For|Shipping And Handling|Total Price|Payment Method|Sale Date|"
        "Paid On Date|Feedback Left",
    )
    for place, order in enumerate(shop.orders):
        common = {"Order Number": f"02-{place:05}", "Buyer Username": order.customer.id, "Sale Date": order.when.strftime("%d-%b-%y"),
                  "Buyer Country": order.customer.country}  # fmt: skip
        if len(order.lines) > 1:
            out.put({**common, "Sales Record Number": place, "Quantity": sum(line.quantity for line in order.lines),
                     "Sold For": order.goods, "Total Price": order.goods + 3})  # fmt: skip
        for line in order.lines:
            out.put({**common, "Sales Record Number": place, "Item Number": line.code, "Item Title": line.product,
                     "Quantity": line.quantity, "Sold For": line.price, "Total Price": line.total})  # fmt: skip
    sql = f"""SELECT "Buyer Username" AS customer, "Order Number" AS order_id, {_day("Sale Date", "%d-%b-%y")} AS day,
    {_n("Sold For")} * {_n("Quantity")} AS amount FROM t WHERE "Item Title" <> ''"""
    return out.made("ebay", sql)


def etsy(rng: random.Random) -> Generated:
    """Etsy's list of sold items: price per piece, the discount of the line in money."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Sale Date|Item Name|Buyer|Quantity|Price|Coupon Code|Coupon Details|Discount Amount|Order Shipping|Item Total|Currency|"
        "Transaction ID|Listing ID|Date Paid|Ship Country|Order ID|Variations|Listings Type",
    )
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            off = rng.choice((0.0, 0.0, 0.5))
            out.put({
                "Sale Date": order.when.strftime("%m/%d/%y"), "Item Name": line.product, "Buyer": order.customer.id,
                "Quantity": line.quantity, "Price": line.price, "Discount Amount": off, "Item Total": round(line.total - off, 2),
                "Currency": "EUR", "Listing ID": line.code, "Order ID": 3000000 + place, "Ship Country": order.customer.country,
                "Transaction ID": len(out.rows) + 5_000_000,
            })  # fmt: skip
    sql = f"""SELECT "Buyer" AS customer, "Order ID" AS order_id, {_day("Sale Date", "%m/%d/%y")} AS day,
    {_n("Price")} * {_n("Quantity")} - {_n("Discount Amount")} AS amount FROM t"""
    return out.made("etsy", sql)


def online_retail(rng: random.Random) -> Generated:
    """UCI Online Retail: cancellations are rows with a C before the number and quantities below zero."""
    shop = Shop(rng, orders=_size(rng, 12))
    out = Export(rng, "InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country")
    number = 536365
    for order in shop.orders:
        number += 1
        cancelled = rng.random() < 0.08 and number > 536370
        for line in order.lines:
            out.put({
                "InvoiceNo": f"C{number}" if cancelled else number, "StockCode": line.code, "Description": line.product,
                "Quantity": -line.quantity if cancelled else line.quantity, "InvoiceDate": order.when, "UnitPrice": line.price,
                "CustomerID": "" if rng.random() < 0.05 and number > 536370 else shop.people.index(order.customer) + 12346,
                "Country": "France",
            })  # fmt: skip
    # The first row of an order that names the customer names it for all rows of the order.
    sql = f"""
    , who AS (SELECT "InvoiceNo" AS n, max("CustomerID") AS customer FROM t GROUP BY 1)
    SELECT customer, "InvoiceNo" AS order_id, {_day("InvoiceDate")} AS day, {_n("UnitPrice")} * {_n("Quantity")} AS amount
    FROM t JOIN who ON n = "InvoiceNo" WHERE customer <> ''"""
    return out.made("online retail", sql)


def woocommerce_suite(rng: random.Random) -> Generated:
    """WooCommerce's CSV suite: a row per order; guests have user 0; statuses begin with `wc-` or not."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "order_id|order_number|order_date|paid_date|status|shipping_total|tax_total|discount_total|order_total|order_subtotal|"
        "order_key|order_currency|payment_method|payment_method_title|customer_id|customer_user|customer_email|billing_email|"
        "billing_postcode|billing_country|customer_note|coupon_items|fee_items|line_item_1",
    )
    prefix = rng.choice(("", "wc-"))
    for place, order in enumerate(shop.orders):
        status = rng.choice(("completed",) * 5 + ("processing", "cancelled", "failed", "refunded", "pending"))
        out.put({
            "order_id": place + 500, "order_number": place + 9000, "order_date": order.when, "status": prefix + status,
            "shipping_total": 4.0, "order_total": order.goods, "order_subtotal": order.goods - 4, "order_currency": "EUR",
            "order_key": f"wc_order_{place}", "customer_id": 0, "customer_user": 0, "customer_email": order.customer.email,
            "billing_email": order.customer.email, "billing_country": order.customer.country,
            "line_item_1": f"name:{order.lines[0].product}|quantity:{order.lines[0].quantity}",
        })  # fmt: skip
    sql = f"""SELECT customer_email AS customer, order_number AS order_id, {_day("order_date")} AS day,
    {_n("order_total")} AS amount FROM t WHERE replace(status, 'wc-', '') IN ('completed', 'processing')"""
    return out.made("woocommerce suite", sql)


def woocommerce_analytics(rng: random.Random) -> Generated:
    """WooCommerce's analytics in five languages: net sales per order, the customer's name."""
    shop = Shop(rng, orders=_size(rng, 12))
    header, words = rng.choice((
        ("Date|Order #|Status|Customer|Customer type|Product(s)|Items sold|Coupon(s)|N. Revenue|Attribution",
         ("completed", "cancelled", "refunded", "pending")),
        ("Date|Commande n°|État|Client|Type de client|Produit(s)|Articles vendus|Code(s) promo|Ventes nettes|Attribution",
         ("terminée", "annulée", "remboursée", "attente paiement")),
        ("Fecha|Pedido n.º|Estado|Cliente|Tipo de cliente|Producto(s)|Artículos vendidos|Cupón(es)|Ventas netas|Atribución",
         ("completado", "cancelado", "reembolsado", "pendiente de pago")),
        ("Datum|Bestellung #|Status|Kunde|Kundentyp|Produkt(e)|Verkaufte Artikel|Gutschein(e)|Nettoumsatz|Zuordnung",
         ("Abgeschlossen", "Storniert", "Rückerstattet", "Zahlung ausstehend")),
        ("Data|Encomenda n.º|Estado|Cliente|Tipo de cliente|Produto(s)|Itens vendidos|Cupão(ões)|Vendas líquidas|Atribuição",
         ("Concluída", "Cancelada", "Reembolsado", "Pagamento pendente")),
    ))  # fmt: skip
    out = Export(rng, header)
    date, number, status, customer, kind, products, sold, _, revenue, _ = out.columns
    for place, order in enumerate(shop.orders):
        state = words[0] if rng.random() < 0.75 else rng.choice(words[1:])
        out.put({
            date: order.when, number: place + 300, status: state, customer: order.customer.name, kind: "new",
            products: " / ".join(line.product for line in order.lines), sold: sum(line.quantity for line in order.lines),
            revenue: order.goods,
        })  # fmt: skip
    sql = f"""SELECT "{customer}" AS customer, "{number}" AS order_id, {_day(date)} AS day, {_n(revenue)} AS amount
    FROM t WHERE "{status}" = '{words[0]}'"""
    return out.made("woocommerce analytics", sql)


def magento_grid(rng: random.Random) -> Generated:
    """Magento's order grid: closed means refunded; a refund of a part stands in a cell."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "ID|Purchase Point|Purchase Date|Bill-to Name|Ship-to Name|Grand Total (Base)|Grand Total (Purchased)|Status|"
        "Shipping Information|Customer Email|Customer Group|Subtotal|Shipping and Handling|Customer Name|Payment Method|"
        "Total Refunded",
    )
    for place, order in enumerate(shop.orders):
        status = rng.choice(("complete",) * 5 + ("processing", "canceled", "closed", "pending_payment", "part"))
        total = order.goods + 5
        back = total if status == "closed" else round(order.goods / 5, 2) if status == "part" else 0.0
        out.put({
            "ID": f"{2000000 + place}", "Purchase Point": "Main Store", "Purchase Date": order.when,
            "Bill-to Name": order.customer.name, "Grand Total (Base)": total, "Grand Total (Purchased)": total,
            "Status": "complete" if status == "part" else status, "Customer Email": order.customer.email,
            "Customer Group": "General", "Subtotal": order.goods, "Shipping and Handling": 5.0,
            "Customer Name": order.customer.name, "Payment Method": "card", "Total Refunded": back,
        })  # fmt: skip
    sql = f"""
    , sold AS (SELECT *, {_n("Grand Total (Base)")} AS total, {_n("Total Refunded")} AS back FROM t
      WHERE "Status" IN ('complete', 'processing'))
    SELECT "Customer Email" AS customer, "ID" AS order_id, {_day("Purchase Date")} AS day, total AS amount FROM sold
    UNION ALL SELECT "Customer Email", "ID", {_day("Purchase Date")}, -back FROM sold WHERE back > 0"""
    return out.made("magento grid", sql)


def prestashop_table(rng: random.Random) -> Generated:
    """PrestaShop's table of orders: states are numbers, 6 is cancelled, 7 refunded, 8 a failed payment."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "id_order|reference|id_shop|id_carrier|id_lang|id_customer|id_cart|id_currency|id_address_delivery|"
        "id_address_invoice|current_state|payment|module|total_discounts|total_paid|total_paid_tax_incl|"
        "total_paid_tax_excl|total_paid_real|total_products|total_products_wt|total_shipping|valid|date_add|date_upd",
    )
    for place, order in enumerate(shop.orders):
        state = rng.choice((2, 3, 4, 5, 5, 5, 6, 7, 8))
        out.put({
            "id_order": place + 1, "reference": f"KHWLI{place:04}", "id_shop": 1, "id_customer": 40 + shop.people.index(order.customer),
            "id_cart": place + 7, "id_currency": 1, "current_state": state, "payment": "Card", "total_discounts": 0.0,
            "total_paid": order.goods, "total_paid_tax_incl": order.goods, "total_paid_tax_excl": round(order.goods / 1.2, 2),
            "total_paid_real": 0.0 if state in (6, 8) else order.goods, "total_products": round(order.goods / 1.2, 2),
            "total_shipping": 0.0, "valid": int(state in (2, 3, 4, 5)), "date_add": order.when, "date_upd": order.when,
        })  # fmt: skip
    sql = f"""SELECT id_customer AS customer, reference AS order_id, {_day("date_add")} AS day, {_n("total_paid")} AS amount
    FROM t WHERE current_state IN ('2', '3', '4', '5')"""
    return out.made("prestashop table", sql)


def etsy_orders(rng: random.Random) -> Generated:
    """Etsy's list of sold orders: the value of the goods before the shop's discount."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "Sale Date|Order ID|Buyer User ID|Full Name|Number of Items|Payment Method|Date Shipped|Ship City|Ship Country|"
        "Currency|Order Value|Coupon Code|Coupon Details|Discount Amount|Shipping Discount|Shipping|Sales Tax|Order Total|"
        "Status|Card Processing Fees|Order Net|Adjusted Order Total|Buyer|Order Type|InPerson Discount",
    )
    for place, order in enumerate(shop.orders):
        off = rng.choice((0.0, 0.0, 0.5))
        out.put({
            "Sale Date": order.when.strftime("%m/%d/%y"), "Order ID": 1100000 + place, "Buyer User ID": order.customer.id,
            "Full Name": order.customer.name, "Number of Items": len(order.lines), "Ship Country": order.customer.country,
            "Currency": "EUR", "Order Value": order.goods, "Discount Amount": off, "Shipping": 3.0, "Sales Tax": 0.0,
            "Order Total": round(order.goods - off + 3, 2), "Order Net": round(order.goods - off + 2, 2),
            "Buyer": order.customer.name, "Order Type": "online",
        })  # fmt: skip
    sql = f"""SELECT "Buyer User ID" AS customer, "Order ID" AS order_id, {_day("Sale Date", "%m/%d/%y")} AS day,
    {_n("Order Value")} - {_n("Discount Amount")} AS amount FROM t"""
    return out.made("etsy orders", sql)


def square_transactions(rng: random.Random) -> Generated:
    """Square's transactions: refunds are rows of their own, below zero; sales without a customer are nobody's."""
    shop = Shop(rng, orders=_size(rng, 12))
    out = Export(
        rng,
        "Date|Time|Time Zone|Gross Sales|Discounts|Service Charges|Net Sales|Gift Card Sales|Tax|Tip|Partial Refunds|"
        "Total Collected|Source|Card|Card Entry Methods|Cash|Other Tender|Fees|Net Total|Transaction ID|Payment ID|"
        "Card Brand|PAN Suffix|Event Type|Location|Dining Option|Customer ID|Customer Name",
    )
    for place, order in enumerate(shop.orders):
        known = rng.random() < 0.9 or place in (0, len(shop.orders) - 1)
        cells = {
            "Date": order.when.strftime("%Y-%m-%d"), "Time": order.when.strftime("%H:%M:%S"), "Gross Sales": order.goods,
            "Discounts": 0.0, "Net Sales": order.goods, "Tax": round(order.goods / 10, 2), "Tip": 1.0,
            "Total Collected": round(order.goods * 1.1 + 1, 2), "Transaction ID": f"tx{place:05}", "Event Type": "Payment",
            "Customer ID": order.customer.id if known else "",
        }  # fmt: skip
        out.put(cells)
        if rng.random() < 0.1:
            out.put({**cells, "Gross Sales": -order.goods, "Net Sales": -order.goods, "Tip": 0.0, "Event Type": "Refund",
                     "Total Collected": round(-order.goods * 1.1, 2), "Transaction ID": f"rf{place:05}"})  # fmt: skip
    sql = f"""SELECT "Customer ID" AS customer, "Transaction ID" AS order_id, {_day("Date")} AS day,
    {_n("Net Sales")} AS amount FROM t WHERE "Customer ID" <> ''"""
    return out.made("square transactions", sql)


def amazon_unshipped(rng: random.Random) -> Generated:
    """Amazon's report of new orders: `quantity-purchased`, the price of all pieces, no status."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|product-name|"
        "quantity-purchased|currency|item-price|item-tax|shipping-price|shipping-tax|ship-service-level|recipient-name|"
        "ship-city|ship-country|sales-channel",
    )
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            when = order.when.strftime("%Y-%m-%dT%H:%M:%S+00:00")
            out.put({
                "order-id": f"171-{place:07}", "order-item-id": 4_000_000 + len(out.rows), "purchase-date": when,
                "payments-date": when, "buyer-email": order.customer.email, "buyer-name": order.customer.name,
                "sku": line.code, "product-name": line.product, "quantity-purchased": line.quantity, "currency": "EUR",
                "item-price": line.total, "item-tax": round(line.total / 5, 2), "shipping-price": 3.0,
                "ship-country": order.customer.country, "sales-channel": "Amazon.es",
            })  # fmt: skip
    sql = f"""SELECT "buyer-email" AS customer, "order-id" AS order_id, {_day("purchase-date")} AS day,
    {_n("item-price")} AS amount FROM t"""
    return out.made("amazon unshipped", sql)


def stripe_older(rng: random.Random) -> Generated:
    """Stripe's older list of payments, with the cells of the card."""
    shop = Shop(rng, orders=_size(rng, 5))
    out = Export(
        rng,
        "id|Description|Seller Message|Created (UTC)|Amount|Amount Refunded|Currency|Converted Amount|"
        "Converted Amount Refunded|Fee|Tax|Converted Currency|Mode|Status|Statement Descriptor|Customer ID|"
        "Customer Description|Customer Email|Captured|Card ID|Card Last4|Card Brand|Card Issue Country|Invoice ID|Transfer",
    )
    for place, order in enumerate(shop.orders):
        state, mode = rng.choice(("Paid",) * 5 + ("Failed", "Refunded")), rng.choice(("Live",) * 9 + ("Test",))
        out.put({
            "id": f"ch_{place:06}", "Created (UTC)": order.when, "Amount": order.goods, "Currency": "eur",
            "Amount Refunded": order.goods if state == "Refunded" else 0.0, "Converted Amount": order.goods, "Mode": mode,
            "Fee": 0.5, "Tax": 0.0, "Converted Currency": "eur", "Status": state, "Customer ID": order.customer.id,
            "Customer Email": order.customer.email, "Captured": "TRUE", "Card Last4": "4242", "Card Issue Country": "ES",
        })  # fmt: skip
    sql = f"""SELECT "Customer ID" AS customer, id AS order_id, {_day("Created (UTC)")} AS day, {_n("Amount")} AS amount
    FROM t WHERE "Status" = 'Paid' AND "Mode" = 'Live'"""
    return out.made("stripe older", sql)


KINDS: tuple[Callable[[random.Random], Generated], ...] = (
    plain_lines, whole_orders, equal_lines, order_and_item_rows, packages, bundles, blank_means_above, about_customers,
    new_ids, two_ids, charges, price_is_line, value_per_piece, equal_line_totals, nobody, shared_phones, far_date,
    cash_on_delivery, no_dates, first_row_only, order_discounts, proven_bundles, equal_lines_with_delivery, new_ids_by_phone,
    shopify, woocommerce, stripe, square, magento, prestashop, amazon, ebay, etsy, online_retail,
    woocommerce_suite, woocommerce_analytics, magento_grid, prestashop_table, etsy_orders, square_transactions,
    amazon_unshipped, stripe_older,
)  # fmt: skip


def generated(seed: int) -> Generated:
    """The export of that seed; kinds take turns."""
    kind = KINDS[seed % len(KINDS)]
    return kind(random.Random(f"{kind.__name__} {seed}"))
