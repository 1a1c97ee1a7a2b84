# ruff: noqa: C408, E501 - cells are given by name, and tables of words read best in long lines
"""Random order exports in eleven languages with known figures: what was sold is kept.

Beside `generated_exports`, which are computed again by SQL, these can be several files, in any language and dialect.
"""

import csv
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.export_languages import LANGUAGES, Language
from benchmarks.generated_exports import Order, Person, Shop

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Sold:
    """An order line that counts, or money given back (below zero, makes no order)."""

    customer: str
    order: str
    when: datetime
    amounts: tuple[float, ...]
    """The line's money; where a file has it with and without tax or delivery, either way of counting is right."""


@dataclass(frozen=True)
class Constructed:
    """An export and what was sold."""

    kind: str
    files: Files
    sold: tuple[Sold, ...]


@dataclass
class Sheet:
    """A table under construction: cells by name under headings of a language."""

    rng: random.Random
    language: Language
    columns: list[str]
    headings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng, language = self.rng, self.language
        self.heading = {
            name: self.headings.get(name) or rng.choice(language.headings.get(name) or (name,)) for name in self.columns
        }
        for name in self.columns:  # two roles may share a word: the second takes another
            others = [text.casefold() for other, text in self.heading.items() if other != name]
            free = [text for text in language.headings.get(name, ()) if text.casefold() not in others]
            if self.heading[name].casefold() in others and free:
                self.heading[name] = free[0]
        self.form = rng.choice(language.dates)
        self.delimiter = rng.choice((";", "\t")) if language.comma else rng.choice((",", ",", ";", "\t"))
        self.encoding = rng.choice(("utf-8", "utf-8-sig", "utf-8"))
        self.rows: list[list[str]] = []

    def money(self, value: float) -> str:
        text = f"{value:.2f}"
        return text.replace(".", ",") if self.language.comma else text

    def add(self, **cells: object) -> None:
        self.rows.append([self.text(cells.get(name, "")) for name in self.columns])

    def text(self, value: object) -> str:
        if isinstance(value, float):
            return self.money(value)
        if isinstance(value, datetime):
            return value.strftime(self.form)
        return "" if value is None else str(value)

    def data(self, above: Sequence[Sequence[str]] = ()) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.rng.choice(("\n", "\r\n")))
        writer.writerows(above)
        writer.writerow([self.heading[name] for name in self.columns])
        writer.writerows(self.rows)
        return out.getvalue().encode(self.encoding)


def _language(rng: random.Random) -> Language:
    return LANGUAGES[rng.choice(tuple(LANGUAGES))]


def _shop(rng: random.Random, least: int = 12) -> Shop:
    return Shop(rng, orders=rng.choice((least, 25, 40, 90)), fixed_prices=rng.random() < 0.7)


def _who(rng: random.Random) -> tuple[str, Callable[[Person], str]]:
    return rng.choice((
        ("customer", lambda person: person.id),
        ("email", lambda person: person.email),
        ("customer", lambda person: person.id),
        ("name", lambda person: person.name),
    ))  # fmt: skip


BAD = 0.25


def _state(rng: random.Random, language: Language) -> tuple[str, bool]:
    """A status and whether the order counts."""
    if rng.random() >= BAD:
        return rng.choice(language.done), True
    return rng.choice((*language.cancelled, *language.refunded, *language.unpaid)), False


def _lines(order: Order, who: str, *, amount: Callable[[float], tuple[float, ...]] | None = None) -> list[Sold]:
    return [
        Sold(who, order.number, order.when, amount(line.total) if amount else (line.total,)) for line in order.lines
    ]


def statuses(rng: random.Random) -> Constructed:
    """A row per line with the status of its order in the shop's language."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    money = rng.choice((["price"], ["price"], ["line"], ["price", "line"]))
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", *money, "status"])
    sold: list[Sold] = []
    for order in shop.orders:
        state, counts = _state(rng, language)
        for line in order.lines:
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, price=line.price,
                      line=line.total, status=state, **{who: name(order.customer)})  # fmt: skip
        if counts:
            sold += _lines(order, name(order.customer))
    return Constructed("statuses", (("export.csv", sheet.data()),), tuple(sold))


def order_rows(rng: random.Random) -> Constructed:
    """A row per order: subtotal, delivery, tax, discount, total, and what was given back of it."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    extra = rng.sample(["subtotal", "delivery", "tax", "discount"], rng.choice((0, 1, 2, 3, 4)))
    back = rng.random() < 0.4
    columns = ["order", "bought", who, *sorted(extra, key=["subtotal", "delivery", "tax", "discount"].index), "total"]
    sheet = Sheet(rng, language, [*columns, *(["refund"] if back else []), "status"])
    sold: list[Sold] = []
    for order in shop.orders:
        state, counts = _state(rng, language)
        delivery, discount = rng.choice((0.0, 4.9, 6.5)), rng.choice((0.0, 0.0, round(order.goods * 0.1, 2)))
        delivery = delivery if "delivery" in extra else 0.0
        discount = discount if "discount" in extra else 0.0
        tax = round(0.2 * (order.goods - discount), 2) if "tax" in extra else 0.0
        total = round(order.goods - discount + delivery + tax, 2)
        given = rng.choice((0.0, 0.0, 0.0, round(order.goods / 4, 2))) if back and counts else 0.0
        sheet.add(order=order.number, bought=order.when, subtotal=order.goods, delivery=delivery, tax=tax, discount=discount,
                  total=total, status=state, refund=given, **{who: name(order.customer)})  # fmt: skip
        if counts:
            goods = round(order.goods - discount, 2)
            sold.append(
                Sold(name(order.customer), order.number, order.when, (total, goods, goods + tax, goods + delivery))
            )
            if given:
                sold.append(Sold(name(order.customer), order.number, order.when, (-given,) * 4))
    return Constructed("order rows", (("export.csv", sheet.data()),), tuple(sold))


def totals_on_each_line(rng: random.Random) -> Constructed:
    """A row per line; delivery, discount and total of the order on each of its rows, or on its first only."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    first_only = rng.random() < 0.5
    discounts = rng.random() < 0.5
    columns = ["order", "bought", who, "subtotal", "delivery", *(["discount"] if discounts else []), "total", "product"]
    sheet = Sheet(rng, language, [*columns, "quantity", "price"])
    sold: list[Sold] = []
    for order in shop.orders:
        delivery = rng.choice((0.0, 4.9, 6.5))
        off = round(order.goods * 0.1, 2) if discounts and rng.random() < 0.4 else 0.0
        whole = dict(
            subtotal=order.goods, delivery=delivery, discount=off, total=round(order.goods + delivery - off, 2)
        )
        for place, line in enumerate(order.lines):
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, price=line.price,
                      **{who: name(order.customer)}, **(whole if place == 0 or not first_only else {}))  # fmt: skip
            share = line.total / order.goods
            sold.append(Sold(name(order.customer), order.number, order.when,
                             (line.total - off * share, line.total - off * share + delivery * share)))  # fmt: skip
    return Constructed(f"totals on {'first' if first_only else 'each'} line{' with discount' if discounts else ''}",
                       (("export.csv", sheet.data()),), tuple(sold))  # fmt: skip


def rows_of_totals(rng: random.Random) -> Constructed:
    """Totals below the table, after each month or each customer."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    each = rng.choice(("end", "month", "end"))
    money = rng.choice((["quantity", "price"], ["quantity", "line"], ["line"], ["total"]))
    whole = money == ["total"]
    columns = ["order", "bought", who, *([] if whole else ["product"]), *money]
    if rng.random() < 0.5:
        columns[0], columns[1] = columns[1], columns[0]
    sheet = Sheet(rng, language, columns)
    sold: list[Sold] = []
    month: list[float] = []
    everything: list[float] = []

    def total(values: list[float]) -> None:
        cells = {columns[0]: rng.choice(language.total), money[-1]: round(sum(values), 2)}
        if money[-1] == "price":
            cells = {columns[0]: rng.choice(language.total), "quantity": len(values)}
        sheet.add(**cells)

    for order, following in zip(shop.orders, [*shop.orders[1:], None], strict=True):
        for line in order.lines[:1] if whole else order.lines:
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, price=line.price,
                      line=line.total, total=order.goods, **{who: name(order.customer)})  # fmt: skip
            amount = order.goods if whole else line.total
            sold.append(Sold(name(order.customer), order.number, order.when, (amount,)))
            month.append(amount)
            everything.append(amount)
        if each == "month" and (following is None or following.when.month != order.when.month):
            total(month)
            month = []
    total(everything)
    return Constructed("rows of totals", (("export.csv", sheet.data()),), tuple(sold))


def refund_rows(rng: random.Random) -> Constructed:
    """Money given back in rows of their own: a type and an amount below zero, or a type and a plain amount."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    sign = rng.choice((-1, -1, 1))
    own_number = rng.random() < 0.5
    typed = sign == 1 or rng.random() < 0.6
    columns = ["order", "bought", *(["kind"] if typed else []), who, *rng.choice((["product", "line"], ["total"]))]
    sheet = Sheet(rng, language, columns)
    sold: list[Sold] = []
    latest = shop.orders[-1].when
    for order in shop.orders:
        customer = name(order.customer)
        lines = order.lines if "line" in columns else order.lines[:1]
        for line in lines:
            amount = line.total if "line" in columns else order.goods
            sheet.add(order=order.number, bought=order.when, kind=language.sale[0], product=line.product, line=amount,
                      total=amount, **{who: customer})  # fmt: skip
            sold.append(Sold(customer, order.number, order.when, (amount,)))
        if rng.random() < 0.15:
            line = lines[0]
            amount = line.total if "line" in columns else order.goods
            number = f"R{order.number}" if own_number else order.number
            sheet.add(order=number, bought=min(order.when, latest), kind=language.sale[1], product=line.product,
                      line=sign * amount, total=sign * amount, **{who: customer})  # fmt: skip
            sold.append(Sold(customer, order.number, order.when, (-amount,)))
    return Constructed("refund rows" if sign < 0 else "refund rows without a sign",
                       (("export.csv", sheet.data()),), tuple(sold))  # fmt: skip


def blanks_above(rng: random.Random) -> Constructed:
    """Only the first row of an order says which, when and who."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", "price"])
    sold: list[Sold] = []
    for order in shop.orders:
        head = {"order": order.number, "bought": order.when, who: name(order.customer)}
        for place, line in enumerate(order.lines):
            cells = dict(product=line.product, quantity=line.quantity, price=line.price)
            sheet.add(**cells, **(head if place == 0 else {}))
        sold += _lines(order, name(order.customer))
    return Constructed("blanks above", (("export.csv", sheet.data()),), tuple(sold))


def guests(rng: random.Random) -> Constructed:
    """Registered customers have a number, guests a zero, a blank or a word for guests; all have an e-mail."""
    language, shop = _language(rng), _shop(rng)
    word = rng.choice(("", "0", rng.choice(language.guest)))
    sheet = Sheet(rng, language, ["order", "bought", "customer", "email", "total"])
    sold: list[Sold] = []
    for order in shop.orders:
        guest = shop.people.index(order.customer) % 3 == 0
        sheet.add(order=order.number, bought=order.when, customer=word if guest else order.customer.id,
                  email=order.customer.email, total=order.goods)  # fmt: skip
        sold.append(Sold(order.customer.id, order.number, order.when, (order.goods,)))
    return Constructed("guests", (("export.csv", sheet.data()),), tuple(sold))


def unnamed_guests(rng: random.Random) -> Constructed:
    """Walk-in customers without number or e-mail are nobody: their sales are left out."""
    language, shop = _language(rng), _shop(rng)
    sheet = Sheet(rng, language, ["order", "bought", "name", "total"])
    sold: list[Sold] = []
    for order in shop.orders:
        nobody = rng.random() < 0.2 and order is not shop.orders[0] and order is not shop.orders[-1]
        sheet.add(order=order.number, bought=order.when, total=order.goods,
                  name=rng.choice(language.guest) if nobody else order.customer.name)  # fmt: skip
        if not nobody:
            sold.append(Sold(order.customer.name, order.number, order.when, (order.goods,)))
    return Constructed("unnamed guests", (("export.csv", sheet.data()),), tuple(sold))


def two_statuses(rng: random.Random) -> Constructed:
    """One column for the order, one for the payment: an order counts when both are well."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    pairs = {
        "en": (("Order Status", "Payment Status"), ("Open", "Paid")),
        "es": (("Estado de la orden", "Estado del pago"), ("Abierta", "Confirmado")),
        "de": (("Bestellstatus", "Zahlungsstatus"), ("Abgeschlossen", "Komplett bezahlt")),
        "fr": (("Statut commande", "Statut paiement"), ("Expédiée", "Payée")),
        "it": (("Stato ordine", "Stato pagamento"), ("Spedito", "Pagato")),
        "nl": (("Orderstatus", "Betaalstatus"), ("Verzonden", "Betaald")),
        "pl": (("Status zamówienia", "Status płatności"), ("Wysłane", "Opłacone")),
        "pt": (("Status do pedido", "Status do pagamento"), ("Enviado", "Aprovado")),
        "sv": (("Orderstatus", "Betalningsstatus"), ("Skickad", "Betald")),
        "tr": (("Sipariş Durumu", "Ödeme Durumu"), ("Teslim Edildi", "Ödendi")),
        "ja": (("注文ステータス", "支払い状況"), ("発送済み", "入金済み")),
    }
    key = next(name for name, found in LANGUAGES.items() if found is language)
    (first, second), (sent, paid) = pairs[key]
    columns = ["order", "bought", who, "total", "status", "payment"]
    if rng.random() < 0.5:
        columns[4], columns[5] = columns[5], columns[4]
    sheet = Sheet(rng, language, columns, {"status": first, "payment": second})
    sold: list[Sold] = []
    for order in shop.orders:
        state, payment = sent, paid
        if rng.random() < 0.15:
            state = rng.choice(language.cancelled)
        elif rng.random() < 0.15:
            payment = rng.choice((*language.unpaid, *language.refunded))
        else:
            sold.append(Sold(name(order.customer), order.number, order.when, (order.goods,)))
        sheet.add(order=order.number, bought=order.when, total=order.goods, status=state, payment=payment,
                  **{who: name(order.customer)})  # fmt: skip
    return Constructed("two statuses", (("export.csv", sheet.data()),), tuple(sold))


CENTS = ("amount_cents", "Total (cents)", "total_in_cents", "Importe en céntimos", "Betrag in Cent", "Montant (centimes)",
         "price_cents", "valor_centavos", "Total in øre", "amount_minor_units", "total_price_in_pence")  # fmt: skip


def cents(rng: random.Random) -> Constructed:
    """Money in whole cents, as the heading says."""
    language, shop = LANGUAGES["en"], _shop(rng)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "total"], {"total": rng.choice(CENTS)})
    sold: list[Sold] = []
    for order in shop.orders:
        sheet.add(order=order.number, bought=order.when, total=round(order.goods * 100), **{who: name(order.customer)})
        sold.append(Sold(name(order.customer), order.number, order.when, (order.goods,)))
    return Constructed("cents", (("export.csv", sheet.data()),), tuple(sold))


TAXED = {
    "en": (("Price ex VAT", "Price inc VAT", "Total ex VAT", "Total inc VAT"),),
    "es": (("Precio sin IVA", "Precio con IVA", "Total sin IVA", "Total con IVA"), ("Precio neto", "Precio bruto", "Importe neto", "Importe bruto")),
    "de": (("Einzelpreis netto", "Einzelpreis brutto", "Gesamt netto", "Gesamt brutto"), ("Preis (netto)", "Preis (brutto)", "Summe (netto)", "Summe (brutto)")),
    "fr": (("PU HT", "PU TTC", "Total HT", "Total TTC"), ("Prix unitaire HT", "Prix unitaire TTC", "Montant HT", "Montant TTC")),
    "it": (("Prezzo netto", "Prezzo lordo", "Totale netto", "Totale lordo"), ("Prezzo IVA esclusa", "Prezzo IVA inclusa", "Totale IVA esclusa", "Totale IVA inclusa")),
    "nl": (("Prijs excl. btw", "Prijs incl. btw", "Totaal excl. btw", "Totaal incl. btw"),),
    "pl": (("Cena netto", "Cena brutto", "Wartość netto", "Wartość brutto"),),
    "pt": (("Preço sem IVA", "Preço com IVA", "Total sem IVA", "Total com IVA"),),
    "sv": (("Pris exkl. moms", "Pris inkl. moms", "Summa exkl. moms", "Summa inkl. moms"),),
    "tr": (("Birim Fiyat (KDV Hariç)", "Birim Fiyat (KDV Dahil)", "Toplam (KDV Hariç)", "Toplam (KDV Dahil)"),),
    "ja": (("単価(税抜)", "単価(税込)", "小計(税抜)", "小計(税込)"),),
}  # fmt: skip


def with_and_without_tax(rng: random.Random) -> Constructed:
    """Prices and amounts both without and with tax: either is right, never a price or the tax."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    who, name = _who(rng)
    a, b, c, d = rng.choice(TAXED[key])
    money = rng.choice((["net", "gross"], ["net", "gross", "net_line", "gross_line"], ["net", "tax", "gross_line"],
                        ["net_line", "tax", "gross_line"], ["gross", "tax", "gross_line"]))  # fmt: skip
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", *money],
                  {"net": a, "gross": b, "net_line": c, "gross_line": d})  # fmt: skip
    sold: list[Sold] = []
    for order in shop.orders:
        for line in order.lines:
            gross = round(line.price * 1.2, 2)
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, net=line.price,
                      gross=gross, net_line=line.total, gross_line=round(gross * line.quantity, 2),
                      tax=round(round(gross * line.quantity, 2) - line.total, 2), **{who: name(order.customer)})  # fmt: skip
            sold.append(Sold(name(order.customer), order.number, order.when,
                             (line.total, round(gross * line.quantity, 2))))  # fmt: skip
    return Constructed("with and without tax", (("export.csv", sheet.data()),), tuple(sold))


MONEY = (
    ("{} €", "de"), ("€ {}", "nl"), ("{}€", "fr"), ("{} zł", "pl"), ("{} PLN", "pl"), ("R$ {}", "pt"), ("{} kr", "sv"), ("{} SEK", "sv"),
    ("₺{}", "tr"), ("{} TL", "tr"), ("¥{}", "ja"), ("{}円", "ja"), ("${}", "en"), ("£{}", "en"), ("US${}", "en"), ("$ {}", "es"),
    ("EUR {}", "it"), ("{} EUR", "de"), ("CHF {}", "de"), ("S/ {}", "es"), ("{} Kč", "pl"), ("Rs. {}", "en"), ("₹{}", "en"), ("MX$ {}", "en"),
)  # fmt: skip


def money_with_signs(rng: random.Random) -> Constructed:
    """Amounts with thousands parted and a sign or word of a currency."""
    form, key = rng.choice(MONEY)
    language, shop = LANGUAGES[key], _shop(rng)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "total"])
    parted = rng.choice((".", "\u00a0", " ", "")) if language.comma else rng.choice((",", ",", ""))
    scale = rng.choice((1, 30, 400))
    sold: list[Sold] = []
    for order in shop.orders:
        amount = float(round(order.goods * scale)) if key == "ja" else round(order.goods * scale, 2)
        text = f"{amount:,.0f}" if key == "ja" else f"{amount:,.2f}"
        text = text.replace(",", "_").replace(".", "," if language.comma else ".").replace("_", parted)
        sheet.add(order=order.number, bought=order.when, total=form.format(text), **{who: name(order.customer)})
        sold.append(Sold(name(order.customer), order.number, order.when, (amount,)))
    return Constructed("money with signs", (("export.csv", sheet.data()),), tuple(sold))


def discounts_in_percent(rng: random.Random) -> Constructed:
    """A discount per line in percent or in money beside price and quantity."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    percent = rng.random() < 0.5
    heading = rng.choice(language.headings["discount"])
    heading = rng.choice((f"{heading} %", f"{heading} (%)", f"% {heading}")) if percent else heading
    sheet = Sheet(
        rng, language, ["order", "bought", who, "product", "quantity", "price", "discount"], {"discount": heading}
    )
    sold: list[Sold] = []
    for order in shop.orders:
        for line in order.lines:
            share = rng.choice((0, 0, 0, 10, 20, 25))
            off = round(line.total * share / 100, 2)
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, price=line.price,
                      discount=share if percent else off, **{who: name(order.customer)})  # fmt: skip
            exact = line.total * share / 100 if percent else off
            sold.append(Sold(name(order.customer), order.number, order.when, (line.total - exact,)))
    return Constructed(
        f"discounts in {'percent' if percent else 'money'}", (("export.csv", sheet.data()),), tuple(sold)
    )


FLAGS = {
    "en": ("Cancelled", "Yes", "No"), "es": ("Anulado", "Sí", "No"), "de": ("Storniert", "Ja", "Nein"), "fr": ("Annulée", "Oui", "Non"),
    "it": ("Annullato", "Sì", "No"), "nl": ("Geannuleerd", "Ja", "Nee"), "pl": ("Anulowane", "Tak", "Nie"), "pt": ("Cancelado", "Sim", "Não"),
    "sv": ("Makulerad", "Ja", "Nej"), "tr": ("İptal", "Evet", "Hayır"), "ja": ("キャンセル", "はい", "いいえ"),
}  # fmt: skip


def cancelled_flags(rng: random.Random) -> Constructed:
    """A yes or no says whether an order was cancelled."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    heading, yes, no = FLAGS[key]
    yes, no = rng.choice(((yes, no), ("1", "0"), ("true", "false"), ("X", "")))
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "total", "off"], {"off": heading})
    sold: list[Sold] = []
    for order in shop.orders:
        off = rng.random() < 0.15
        sheet.add(order=order.number, bought=order.when, total=order.goods, off=yes if off else no,
                  **{who: name(order.customer)})  # fmt: skip
        if not off:
            sold.append(Sold(name(order.customer), order.number, order.when, (order.goods,)))
    return Constructed("cancelled flags", (("export.csv", sheet.data()),), tuple(sold))


def lines_above_the_heading(rng: random.Random) -> Constructed:
    """A report with its name, its period and blank lines above the heading."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", "price"])
    sold: list[Sold] = []
    for order in shop.orders:
        for line in order.lines:
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity, price=line.price,
                      **{who: name(order.customer)})  # fmt: skip
        sold += _lines(order, name(order.customer))
    first, last = sheet.text(shop.orders[0].when), sheet.text(shop.orders[-1].when)
    above = rng.choice(
        ([["Shop"], [f"{first} - {last}"], []], [["Report", first], ["", last], []], [["Shop, S.L."], []])
    )
    return Constructed("lines above the heading", (("export.csv", sheet.data(above)),), tuple(sold))


def monthly_files(rng: random.Random) -> Constructed:
    """Several files of one history that overlap by some orders."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", "price"])
    cut = len(shop.orders) // 2
    files = []
    for place, orders in enumerate((shop.orders[: cut + 3], shop.orders[cut - 2 :])):
        sheet.rows = []
        for order in orders:
            for line in order.lines:
                sheet.add(order=order.number, bought=order.when, product=line.product, quantity=line.quantity,
                          price=line.price, **{who: name(order.customer)})  # fmt: skip
        files.append((f"export_{place + 1}.csv", sheet.data()))
    sold = [part for order in shop.orders for part in _lines(order, name(order.customer))]
    return Constructed("monthly files", tuple(files), tuple(sold))


TABLES = {
    "en": ("orders", "order_items", "customers"), "es": ("pedidos", "lineas_pedido", "clientes"),
    "de": ("bestellungen", "bestellpositionen", "kunden"), "fr": ("commandes", "lignes_commande", "clients"),
    "it": ("ordini", "righe_ordine", "clienti"), "nl": ("bestellingen", "bestelregels", "klanten"),
    "pl": ("zamowienia", "pozycje_zamowienia", "klienci"), "pt": ("pedidos", "itens_pedido", "clientes"),
    "sv": ("ordrar", "orderrader", "kunder"), "tr": ("siparisler", "siparis_kalemleri", "musteriler"), "ja": ("注文", "注文明細", "顧客"),
}  # fmt: skip


def database_tables(rng: random.Random) -> Constructed:
    """Orders, their items and the customers in files of their own."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    names = TABLES[key]
    orders = Sheet(rng, language, ["order", "bought", "customer", "total", "status"])
    items = Sheet(rng, language, ["order", "product", "quantity", "price"], {"order": orders.heading["order"]})
    people = Sheet(rng, language, ["customer", "name", "email"], {"customer": orders.heading["customer"]})
    sold: list[Sold] = []
    for person in shop.people:
        people.add(customer=person.id, name=person.name, email=person.email)
    for order in shop.orders:
        state, counts = _state(rng, language)
        orders.add(order=order.number, bought=order.when, customer=order.customer.id, total=order.goods, status=state)
        for line in order.lines:
            items.add(order=order.number, product=line.product, quantity=line.quantity, price=line.price)
        if counts:
            sold += _lines(order, order.customer.id)
    files = [(f"{name}.csv", sheet.data()) for name, sheet in zip(names, (orders, items, people), strict=True)]
    rng.shuffle(files)
    return Constructed("database tables", tuple(files), tuple(sold))


NAME_COLUMNS = {
    "en": ("First Name", "Last Name"), "es": ("Nombre", "Apellidos"), "de": ("Vorname", "Nachname"), "fr": ("Prénom", "Nom"),
    "it": ("Nome", "Cognome"), "nl": ("Voornaam", "Achternaam"), "pl": ("Imię", "Nazwisko"), "pt": ("Nome", "Sobrenome"),
    "sv": ("Förnamn", "Efternamn"), "tr": ("Ad", "Soyad"), "ja": ("名", "姓"),
}  # fmt: skip
PAID = {
    "en": ("Paid", "Yes", "No"), "es": ("Pagado", "Sí", "No"), "de": ("Bezahlt", "Ja", "Nein"), "fr": ("Payée", "Oui", "Non"),
    "it": ("Pagato", "Sì", "No"), "nl": ("Betaald", "Ja", "Nee"), "pl": ("Opłacone", "Tak", "Nie"), "pt": ("Pago", "Sim", "Não"),
    "sv": ("Betald", "Ja", "Nej"), "tr": ("Ödendi", "Evet", "Hayır"), "ja": ("入金済み", "はい", "いいえ"),
}  # fmt: skip
PIECES = ("{} pcs", "x{}", "{} x", "{}x", "{} Stk.", "{} uds", "{} szt.", "{} st", "{} adet", "{}個", "{} pz")


def names_in_two_columns(rng: random.Random) -> Constructed:
    """First and last names stand apart and are all that names a customer; an order is paid or not."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    first, last = NAME_COLUMNS[key]
    heading, yes, no = PAID[key]
    sheet = Sheet(rng, language, ["order", "bought", "first", "last", "total", "paid"],
                  {"first": first, "last": last, "paid": heading})  # fmt: skip
    sold: list[Sold] = []
    for order in shop.orders:
        given, family = order.customer.name.split(" ", 1)
        paid = rng.random() > 0.15
        sheet.add(
            order=order.number, bought=order.when, first=given, last=family, total=order.goods, paid=yes if paid else no
        )
        if paid:
            sold.append(Sold(order.customer.name, order.number, order.when, (order.goods,)))
    return Constructed("names in two columns", (("export.csv", sheet.data()),), tuple(sold))


def pieces_with_words(rng: random.Random) -> Constructed:
    """Numbers of pieces with a word or a sign beside them, and the price of one."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    form = rng.choice(PIECES)
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", "price"])
    sold: list[Sold] = []
    for order in shop.orders:
        for line in order.lines:
            sheet.add(order=order.number, bought=order.when, product=line.product, quantity=form.format(line.quantity),
                      price=line.price, **{who: name(order.customer)})  # fmt: skip
        sold += _lines(order, name(order.customer))
    return Constructed("pieces with words", (("export.csv", sheet.data()),), tuple(sold))


OTHER_DATES = {
    "en": ("Ship Date", "Delivery date", "Due Date"), "es": ("Fecha de envío", "Fecha de entrega", "Vencimiento"),
    "de": ("Lieferdatum", "Versanddatum", "Fällig am"), "fr": ("Date de livraison", "Date d'expédition", "Échéance"),
    "it": ("Data spedizione", "Data consegna", "Scadenza"), "nl": ("Leverdatum", "Verzenddatum", "Vervaldatum"),
    "pl": ("Data wysyłki", "Data dostawy", "Termin płatności"), "pt": ("Data de entrega", "Data de envio", "Vencimento"),
    "sv": ("Leveransdatum", "Skickad datum", "Förfallodatum"), "tr": ("Teslim Tarihi", "Kargo Tarihi", "Vade Tarihi"),
    "ja": ("発送日", "配送日", "支払期限"),
}  # fmt: skip
SELLERS = {
    "en": ("Salesperson", "Employee", "Account Manager"), "es": ("Vendedor", "Empleado", "Atendido por"),
    "de": ("Verkäufer", "Mitarbeiter", "Kundenberater"), "fr": ("Vendeur", "Commercial", "Employé"),
    "it": ("Venditore", "Agente", "Operatore"), "nl": ("Verkoper", "Medewerker", "Accountmanager"),
    "pl": ("Sprzedawca", "Opiekun klienta", "Pracownik"), "pt": ("Vendedor", "Atendente", "Funcionário"),
    "sv": ("Säljare", "Handläggare", "Anställd"), "tr": ("Satıcı", "Satış Temsilcisi", "Çalışan"), "ja": ("担当者", "販売員", "店舗"),
}  # fmt: skip


def other_dates_and_people(rng: random.Random) -> Constructed:
    """Dates of delivery and payment, and who sold it, before the date of the order and the customer."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    who, name = _who(rng)
    sheet = Sheet(rng, language, ["seller", "sent", "order", "bought", who, "total", "due"],
                  {"sent": rng.choice(OTHER_DATES[key][:2]), "due": OTHER_DATES[key][2], "seller": rng.choice(SELLERS[key])})  # fmt: skip
    sold: list[Sold] = []
    for order in shop.orders:
        sheet.add(order=order.number, bought=order.when, total=order.goods, sent=order.when + timedelta(days=rng.randint(2, 9)),
                  due=order.when + timedelta(days=30), seller=rng.choice(("Kim Oh", "Lou Ray", "Max Ek")),
                  **{who: name(order.customer)})  # fmt: skip
        sold.append(Sold(name(order.customer), order.number, order.when, (order.goods,)))
    return Constructed("other dates and people", (("export.csv", sheet.data()),), tuple(sold))


REFUND_FILES = {
    "en": "refunds", "es": "devoluciones", "de": "Gutschriften", "fr": "avoirs", "it": "rimborsi", "nl": "retouren", "pl": "zwroty",
    "pt": "devolucoes", "sv": "returer", "tr": "iadeler", "ja": "返金",
}  # fmt: skip


def refund_file(rng: random.Random) -> Constructed:
    """Orders in one file, what was given back in another with the same columns or fewer; no amount below zero."""
    language, shop = _language(rng), _shop(rng)
    key = next(name for name, found in LANGUAGES.items() if found is language)
    who, name = _who(rng)
    columns = ["order", "bought", who, "total"]
    orders = Sheet(rng, language, columns)
    back = Sheet(rng, language, columns, {column: orders.heading[column] for column in columns})
    back.form, back.delimiter = orders.form, orders.delimiter
    sold: list[Sold] = []
    for place, order in enumerate(shop.orders):
        cells = {"bought": order.when, who: name(order.customer), "total": order.goods}
        orders.add(order=order.number, **cells)
        sold.append(Sold(name(order.customer), order.number, order.when, (order.goods,)))
        if place % 6 == 2:
            back.add(order=f"R{order.number}", **cells)
            sold.append(Sold(name(order.customer), order.number, order.when, (-order.goods,)))
    files = (("orders.csv", orders.data()), (f"{REFUND_FILES[key]}.csv", back.data()))
    return Constructed("refund file", files, tuple(sold))


def order_above_items(rng: random.Random) -> Constructed:
    """A row for the order with its total, and below it a row per item with price and quantity."""
    language, shop = _language(rng), _shop(rng)
    who, name = _who(rng)
    money = rng.choice(("line", "total"))
    sheet = Sheet(rng, language, ["order", "bought", who, "product", "quantity", money])
    sold: list[Sold] = []
    for order in shop.orders:
        head = {"order": order.number, "bought": order.when, who: name(order.customer)}
        sheet.add(**head, **{money: order.goods})
        for line in order.lines:
            sheet.add(**head, product=line.product, quantity=line.quantity, **{money: line.total})
        sold += _lines(order, name(order.customer))
    return Constructed("order above items", (("export.csv", sheet.data()),), tuple(sold))


KINDS: tuple[Callable[[random.Random], Constructed], ...] = (
    statuses, order_rows, totals_on_each_line, rows_of_totals, refund_rows, blanks_above, guests, unnamed_guests, two_statuses,
    cents, with_and_without_tax, money_with_signs, discounts_in_percent, cancelled_flags, lines_above_the_heading,
    monthly_files, database_tables, order_above_items, refund_file, other_dates_and_people,
    names_in_two_columns, pieces_with_words,
)  # fmt: skip
