"""Which column is the price of a piece, the amount of a line, the total of an order: by arithmetic over the rows."""

import re
from collections.abc import Collection, Mapping
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import (
    DISCOUNT,
    HEADER_WORDS,
    by_name,
    header_words,
    plain,
    says_discounted,
    says_with_tax,
    without_terms,
    words,
)
from lib.layouts.value_profiles import ValueProfile
from lib.tables.names import names_a_quantity

_GROSS = words("gross bruto brutto brut avant lordo lorda bruttobetrag bruttoumsatz bruttoerlos brutobedrag")
_NET = words("net netto neto liquido nettobetrag nettoumsatz nettoerlos nettobedrag")
_FEE = words(
    "fee fees gebuhr gebuhren comision comisiones frais commission tarifa taxa tasa entgelt entgelte provision avgift "
    "avgifter gebyr prowizja oplata komisyon commissione commissioni comissao kosten transactiekosten charge charges"
)
_CHARGE = words("charge charges")
_COLLECTED = words("collected cod nachnahme nachnahmebetrag reembolso contrareembolso remboursement")
_PAID_OUT = words(
    "payable payout settlement settled remitted remittance liquidacion liquidado auszahlung reverser reverse"
)
_CARRIED = words("versandgebuhr versandgebuhren versandkosten liefergebuhr lieferkosten verzendkosten bezorgkosten")
_NO_SALES = (
    words("cost costs coste costo costes costos cout kosten ek custo weight peso poids gewicht margin profit margen id")
    | HEADER_WORDS.groups["delivery"]
    | HEADER_WORDS.groups["tax"]
    | DISCOUNT
)
_LINE = words(
    "line linea ligne linha riga zeile zeilen zeilensumme position positions lineitem item row extended regel"
)
_WHOLE = words(
    "order pedido commande bestellung ordine encomenda invoice factura facture rechnung fattura fatura grand"
)

PAID = words("paid pagado pagada pago pagato pagata paye payee bezahlt gezahlt betaald betald betalt zaplacono odenen")
"""Headers of what was paid, where the column holds money: a price beside it is before vouchers."""

SAMPLED_ROWS = 20_000
CONSTANT, VARYING = 0.8, 0.3
"""A figure is constant within products from this share of them on, and is not up to that one."""
MIN_PRODUCTS = 3
"""Minimum number of products sold in different quantities, to distinguish prices from amounts."""


def correct_money(
    frame: pd.DataFrame,
    sample: pd.DataFrame,
    profiles: Mapping[str, ValueProfile],
    roles: dict[str, str],
    reasons: dict[str, str],
) -> None:
    """Correct the roles of money by what the figures do; `roles` and `reasons` are changed in place."""
    head = frame if len(frame) <= SAMPLED_ROWS else frame.head(SAMPLED_ROWS)  # of thousands of columns, a copy costs
    of_customers = _of_customers(head, profiles, roles, reasons)
    profiles = {column: profile for column, profile in profiles.items() if column not in of_customers}
    _counted_amount(head, profiles, roles, reasons)
    _implausible_amount(frame, roles, reasons)
    _before_fees(sample, profiles, roles, reasons)
    _as_it_is_now(frame.head(SAMPLED_ROWS), roles, reasons)
    _without_what_is_held(frame.head(SAMPLED_ROWS), roles, reasons)
    _of_parts(frame.head(SAMPLED_ROWS), profiles, roles, reasons)
    _sent_pieces(frame.head(SAMPLED_ROWS), profiles, roles, reasons)
    found = _by_arithmetic(sample, profiles, roles, reasons)
    _after_discount(head, roles, reasons)
    if not found:
        _price_or_line(head, profiles, roles, reasons)
    if not _before_discount(head, roles, reasons):
        _with_tax(head, profiles, roles, reasons)
    _whole_order_amounts(frame, roles, reasons)
    _price_by_totals(head, roles, reasons)
    _tickets(frame, roles, reasons)
    _left_after_returns(head, roles, reasons)


MIN_CUSTOMERS = 4
"""Customers of several orders from which on what is the same on all their orders is a figure of the customer."""


def _of_customers(
    head: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> set[str]:
    """Figures of the customer, repeated on each order (`Total Spent`, `Orders`), where the order has a total of its
    own: none of them is the line's, and the roles they had are taken back."""
    who = next((roles[role] for role in ("customer_id", "email", "phone", "customer_name") if role in roles), "")
    total = roles.get("order_total", "")
    if not who or roles.get("amount", "") == "" or not _numeric(head, total) or not _numeric(head, roles["amount"]):
        return set()
    person = pd.factorize(head[who])[0]
    key = pd.factorize(head[roles["order_id"]])[0] if "order_id" in roles else np.arange(len(head))
    first = np.flatnonzero(~pd.Series(key).duplicated().to_numpy() & (person >= 0))
    rows = head.iloc[first].groupby(person[first], sort=False)
    several = rows.size() > 1
    numbers = [column for column, profile in profiles.items() if profile.kind == "number" and _numeric(head, column)]
    if several.sum() < MIN_CUSTOMERS:
        return set()
    different = rows[numbers].nunique()[several] > 1
    if different[total].mean() < 0.5 or different[roles["amount"]].any():
        return set()
    found = {column for column in numbers if not different[column].any() and profiles[column].distinct > 1}
    for role in ("amount", "unit_price", "quantity"):
        if roles.get(role, "") in found:
            reasons.pop(roles.pop(role), None)
    return found


def _all_numeric(frame: pd.DataFrame) -> list[str]:
    """The columns of numbers: a table may have thousands, and each look at one by its name costs."""
    return [str(column) for column, dtype in zip(frame.columns, frame.dtypes, strict=True) if dtype.kind in "iuf"]


def _numeric(frame: pd.DataFrame, column: str) -> bool:
    return bool(column) and frame[column].dtype.kind in "iuf"


MOST_PIECES = 3
"""Median up to which whole numbers under `amount` are pieces, where another column is a price."""


def _counted_amount(
    head: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """`Amount` counts pieces where it is a small whole number and another column, a price, is worth far more."""
    amount = roles.get("amount", "")
    if "quantity" in roles or not _numeric(head, amount) or not profiles[amount].whole:
        return
    if profiles[amount].median > MOST_PIECES or profiles[amount].highest > 500:
        return
    prices = [roles["unit_price"]] if "unit_price" in roles else [
        column
        for column, profile in profiles.items()
        if profile.kind == "number" and _numeric(head, column) and column not in roles.values()
        and HEADER_WORDS.groups["price"] & header_words(column) and not _NO_SALES & set(plain(column).split())
    ]  # fmt: skip
    for column in prices:
        if profiles[column].median > 3 * max(profiles[amount].median, 1):
            roles["quantity"] = roles.pop("amount")
            reasons[amount] = "layouts.reason.content"
            roles["unit_price"] = column
            reasons.setdefault(column, "layouts.reason.name")
            return


_SHORTENED = frozenset(("extended", "ext price", "ext amt", "ext amount", "bto"))
"""Headers of amounts that mean something else, too: `Extended` counts the months of a warranty."""


def _implausible_amount(frame: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Beside a price, a column whose header hardly says so is not the line's amount where the figures deny it.

    What is less than the price of one piece in most rows is postage, a fee or a rate; what is the price and the
    delivery together is a payment.
    """
    amount, price = roles.get("amount", ""), roles.get("unit_price", "")
    sure = by_name(amount).get("amount", 0.0) > 0.6 and plain(amount) not in _SHORTENED
    if not amount or not price or sure or plain(amount) in PAID:
        return
    head = frame.head(SAMPLED_ROWS)
    if not _numeric(head, amount) or not _numeric(head, price):
        return
    paid, each = head[amount].to_numpy(np.float64), head[price].to_numpy(np.float64)
    quantity = roles.get("quantity", "")
    line = each * head[quantity].to_numpy(np.float64) if _numeric(head, quantity) else each
    with np.errstate(divide="ignore", invalid="ignore"):
        share = paid / each
    share = share[np.isfinite(share)]
    less = bool(len(share)) and float(np.median(share)) < 0.7
    delivery = [
        column
        for column in _all_numeric(head)
        if column not in roles.values()
        and HEADER_WORDS.groups["delivery"] & set(plain(column).split())
    ]  # fmt: skip
    delivered = any(
        head[column].to_numpy(np.float64).any()
        and np.isclose(line + head[column].to_numpy(np.float64), paid, atol=0.011).mean() > 0.9
        for column in delivery
    )
    if less or delivered:
        del roles["amount"]
        reasons.pop(amount, None)
        other = _like_lines(head, line, {*roles.values(), amount}) if less else ""
        if other:
            roles["amount"] = other
            reasons[other] = "layouts.reason.name"


_OFTEN_EQUAL = 0.4
"""Share of the rows in which an amount is price × quantity, where some have extras, deductions or a tax."""


def _like_lines(head: pd.DataFrame, line: NDArray[np.float64], taken: Collection[str]) -> str:
    """A column that its header calls an amount and that is price × quantity in many rows and near it in most."""
    for column in _all_numeric(head):
        if column in taken or "amount" not in by_name(column):
            continue
        paid = head[column].to_numpy(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = paid / line
        share = share[np.isfinite(share)]
        near = len(share) > 0 and 0.9 <= float(np.median(share)) <= 1.3
        if near and np.isclose(paid, line, atol=0.011).mean() >= _OFTEN_EQUAL:
            return column
    return ""


_MOST_GROSS, _MOST_FEES = 300, 12
"""Columns that are compared, each with each; a table may have thousands of that name."""


def _before_fees(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """What the customer paid is the amount before the fees of the payment service: gross − fee = net."""
    numbers = [
        column
        for column, profile in profiles.items()
        if profile.kind == "number" and sample[column].dtype.kind in "iuf"
    ]

    def named(these: Collection[str]) -> list[str]:
        return [column for column in numbers if set(plain(column).split()) & set(these)]

    taken = set(roles.values())
    others = [column for column in numbers if column not in taken]
    net = roles.get("amount", "")
    if net in named(_NET):
        before = named(_GROSS) + others
    elif net in numbers:  # a column that is not called net is what is left only beside one that is called gross
        before = named(_GROSS)
    else:
        return
    kept = sample[net].notna()
    delivery = named(HEADER_WORDS.groups["delivery"] | _CARRIED)
    fees = [column for column in named(_FEE) if column not in delivery]
    if net in named(_NET):  # elsewhere, what the customer paid for the delivery is no fee of the shop's
        fees = [column for column in named(_FEE - _CHARGE) if column in delivery] + fees
    ways = [(fee, sample[fee].abs().fillna(0.0)) for fee in fees[:_MOST_FEES]]
    if len(ways) > 1:
        ways.append(("", pd.concat([money for _, money in ways], axis=1).sum(axis=1)))  # the tax on a fee is one, too
    tries = list(product(before[:_MOST_GROSS], ways))
    if net in named(_PAID_OUT):  # by a courier, who collects the money and keeps the price of the delivery
        by_courier = [(fee, sample[fee].abs().fillna(0.0)) for fee in named(_FEE) if fee in delivery]
        tries += product(named(_COLLECTED), by_courier[:_MOST_FEES])
    for gross, (fee, money) in tries:
        if gross not in (net, fee) and (fee or gross not in fees) and money.any():
            asked = kept & sample[gross].notna()
            charged = (sample[gross] - sample[net])[asked].abs()
            if len(charged) and np.isclose(charged, money[asked], atol=0.011).mean() > 0.9:
                roles["amount"] = gross
                reasons[gross] = reasons.pop(net)
                return


_AT_FIRST = words(
    "original originally initial first old previous before inicial anterior ursprunglich ursprunglicher alt alter "
    "initiale ancien ancienne originale iniziale precedente"
)
_NOW = words(
    "current currently new final actual revised updated now today neu neuer aktuell aktueller nuevo nueva actualizado "
    "nouveau nouvelle actuel nuovo attuale novo atual"
)


def _as_it_is_now(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Of what an order cost at first and what it costs now, the latter counts: `Original total`, `Current total`."""
    for role in ("amount", "order_total", "unit_price"):
        column = roles.get(role, "")
        said = header_words(column)
        if not column or not _AT_FIRST & said:
            continue
        for other in _all_numeric(head):
            if (
                other not in roles.values()
                and _NOW & header_words(other)
                and header_words(other) - _NOW == said - _AT_FIRST
            ):
                reasons.pop(column, None)
                roles[role] = other
                reasons[other] = "layouts.reason.name"
                break


_HELD = words("arrears arrear kaution pfand fianza caution borg caucao vortrag ruckstand atrasos arretrati")
_DEPOSIT, _GIVEN_BACK = words("deposit deposits"), words("security damage damages refundable key bottle returnable")
"""A deposit alone may as well be the first payment of a price."""
_REST = words(
    "balance remaining rest remainder outstanding saldo restbetrag solde pendiente unpaid paid payment payments"
)
_OLD_BALANCE = (
    words("previous prior opening old last brought carried anterior vorheriger alter precedent precedente"),
    words("balance saldo solde due debt outstanding"),
)


def _is_held(column: str) -> bool:
    said = header_words(column)
    deposit = bool(_DEPOSIT & said and _GIVEN_BACK & said)
    return deposit or bool(_HELD & said) or all(these & said for these in _OLD_BALANCE)


def _without_what_is_held(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """What is to be paid with an old balance, or with a deposit that is given back, is more than what was sold: what
    is left without them counts, where a column has it."""
    role = "amount" if "amount" in roles else "order_total"
    column = roles.get(role, "")
    if not _numeric(head, column) or _is_held(column):
        return
    numbers = [name for name in _all_numeric(head) if name not in _fixed(roles) and name != column][:40]
    held = [name for name in numbers if _is_held(name)]
    figures = {name: np.nan_to_num(head[name].to_numpy(np.float64)) for name in (column, *numbers)}
    found: list[tuple[float, str]] = []
    for name in held:
        for rest in (other for other in numbers if other not in held and not _REST & header_words(other)):
            left = np.abs(figures[column] - figures[name] - figures[rest])
            others = [np.zeros(len(head)), *(np.abs(figures[other]) for other in numbers if other not in (name, rest))]
            fits = any((np.abs(left - other) <= 0.011).mean() > 0.95 for other in others)
            if fits and figures[name].any() and figures[rest].sum() > 0:
                found.append((float(figures[rest].sum()), rest))
    if found:
        _assign(role, max(found)[1], roles, reasons)


_MOST_WHOLES, _MOST_KEYS = 8, 12


def _of_parts(
    head: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """The value of a contract on each of its invoices is no amount where what another column says of the invoices adds
    up to it, contract by contract."""
    whole, number = roles.get("amount", ""), roles.get("order_id", "")
    if not _numeric(head, whole) or not number or {"unit_price", "quantity"} & roles.keys():
        return
    if head[number].duplicated().any():
        return
    figures = [
        name
        for name in _all_numeric(head)
        if name != whole
        and name not in _fixed(roles)
        and profiles[name].kind == "number"
        and profiles[name].distinct > 2
    ][:_MOST_WHOLES]
    keys = [
        name
        for name, profile in profiles.items()
        if name not in roles.values() and name not in figures and profile.kind in ("text", "number")
        and MIN_PRODUCTS <= profile.distinct <= 0.9 * max(profile.sampled, 1)
    ][:_MOST_KEYS]  # fmt: skip
    for key in keys:
        groups = head[[whole, *figures]].groupby(pd.factorize(head[key])[0])
        several = groups.size() > 1
        if several.sum() < MIN_PRODUCTS or (groups[whole].nunique()[several] > 1).any():
            continue
        of_whole = groups[whole].first()[several]
        for part in figures:
            same = (groups[part].nunique()[several] == 1) & np.isclose(groups[part].first()[several], of_whole)
            if ((groups[part].sum()[several] - of_whole).abs() <= 0.021).mean() > 0.9 and not same.any():
                _assign("amount", part, roles, reasons)
                return


_SENT = words(
    "shipped dispatched despatched fulfilled sent delivered enviado enviadas enviados geliefert versendet expedie livre"
)
_ORDERED = words("ordered pedido pedidas pedidos bestellt commande ordinato requested")


def _sent_pieces(
    head: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Of the pieces ordered and sent, those sent count where a line has a row for each parcel: the pieces sent add up
    to those ordered. Without an amount, a price needs the pieces, whatever their column is called."""
    if "unit_price" not in roles or {"amount", "order_total"} & roles.keys() or "order_id" not in roles:
        return
    named = [
        (name, header_words(name))
        for name, profile in profiles.items()
        if profile.kind == "number"
        and profile.whole
        and _numeric(head, name)
        and name not in _fixed(roles) - {roles.get("quantity", "")}
    ]
    sent = next((name for name, said in named if _SENT & said), "")
    ordered = next((name for name, said in named if _ORDERED & said), "")
    if not ordered or not sent:
        return
    goods = roles.get("product_code") or roles.get("product")
    if goods is None:
        return
    rows = head[[ordered, sent]].groupby([pd.factorize(head[roles["order_id"]])[0], pd.factorize(head[goods])[0]])
    found = rows.agg(["sum", "max", "size"])
    several = found[(sent, "size")] > 1
    split = several.sum() >= MIN_PRODUCTS and ((found[(sent, "sum")] <= found[(ordered, "max")])[several].mean() > 0.95)
    if "quantity" not in roles or (split and roles["quantity"] == ordered):
        _assign("quantity", sent if split else ordered, roles, reasons)


def _after_discount(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Where a further column is the line less its discount (or all its discounts) in every row, that was paid.
    Discounts are money, shares of the line (0.15) or percentages."""
    amount, price, pieces = (roles.get(role, "") for role in ("amount", "unit_price", "quantity"))
    listed_ways = [head[amount].to_numpy(np.float64)] if _numeric(head, amount) else []
    if _numeric(head, price) and (not listed_ways or _numeric(head, pieces)):
        each = head[price].to_numpy(np.float64)
        listed_ways.append(each * head[pieces].to_numpy(np.float64) if _numeric(head, pieces) else each)
    if not listed_ways:
        return
    discounts = [
        column
        for column in _all_numeric(head)
        if (column == roles.get("discount") or DISCOUNT & set(without_terms(column).split()))
    ]
    offs = [np.nan_to_num(np.abs(head[column].to_numpy(np.float64))) for column in discounts[:4]]
    if len(offs) > 1:
        offs.append(np.sum(offs, axis=0))
    shares = [off / whole for off in offs for whole in (1, 100) if 0 < off.max(initial=0.0) <= whole]
    others = [
        column
        for column in _all_numeric(head)
        if column not in discounts
        and (column not in roles.values() or column == roles.get("order_total"))
    ]  # fmt: skip
    extras = [np.zeros(len(head)), *_tax_and_delivery(head, roles)]
    taken_off = [(listed, off) for listed in listed_ways for off in (*offs, *(np.abs(listed) * of for of in shares))]
    for (listed, off), (place, extra) in product(taken_off, enumerate(extras)):
        asked = off > 0
        for column in others:
            if asked.sum() < (1 if says_discounted(column) else MIN_PRODUCTS):
                continue
            if place and column == roles.get("order_total"):
                continue
            equal = np.isclose(listed - off + extra, head[column].to_numpy(np.float64), atol=0.011)
            if equal[asked].mean() > 0.95 and equal.mean() > 0.95:
                _assign("amount", column, roles, reasons)
                return


def _before_discount(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> bool:
    """Whether the amount is price × quantity before the row's discount, which its tax proves: the tax is a rate of the
    amount less the discount. Then no column has what was paid, and the discount is taken off price × quantity."""
    columns = [roles.get(role, "") for role in ("amount", "unit_price", "quantity", "discount")]
    if not all(_numeric(head, column) for column in columns):
        return False
    amount, price, pieces, off = (head[column].to_numpy(np.float64) for column in columns)
    listed, off = price * pieces, np.abs(np.nan_to_num(off))
    asked = np.isfinite(listed) & (listed > off) & (off > 0)
    others = np.isfinite(listed) & (listed >= 5) & (off == 0)
    enough = min(asked.sum(), others.sum()) >= MIN_PRODUCTS
    if not enough or not np.isclose(amount, listed, atol=0.011)[asked].all():
        return False
    taxes = [column for column in _all_numeric(head) if HEADER_WORDS.groups["tax"] & header_words(column)]
    for column in taxes[:MOST_RATES]:
        tax = np.nan_to_num(head[column].to_numpy(np.float64))
        rates = np.unique(np.round((tax / np.where(others, listed, 1.0))[others], 2))
        if not rates.any() or len(rates) > MOST_RATES or rates.max() > RATES[1]:
            continue

        def is_tax_of(
            base: NDArray[np.float64], tax: NDArray[np.float64] = tax, rates: NDArray[np.float64] = rates
        ) -> float:
            apart = np.abs(tax[asked, None] - base[asked, None] * rates[None, :]).min(axis=1)
            return float((apart <= CENTS).mean())

        if is_tax_of(listed - off) > 0.95 and is_tax_of(listed) < VARYING:
            reasons.pop(roles.pop("amount"), None)
            return True
    return False


RATES, MOST_RATES = (0.02, 0.35), 4
"""Shares of an amount that a tax may be, and how many of them a shop has at most."""
CENTS = 0.03
"""By how much a tax, which is a whole or half percent nearly everywhere, may miss its share of an amount."""
WITH_TAX_BY_RATE = "layouts.reason.with_tax_by_rate"
"""Why a column is taken for the amount with tax where nothing but its name and one rate says so."""
_NEVER_PAID = words(
    "weight peso poids gewicht massa waga vikt kg margin profit margen marge list listed listenpreis rrp msrp uvp pvp"
)
"""Gross weights, gross margins, and prices of the list."""


def _with_tax(
    head: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Of an amount without tax, the tax, and their sum, the sum counts: that is what the customer paid.

    The three are known by their figures, so in all languages alike; a further column beside the amount that is called
    gross, or with tax, and is more by one of a few rates, is the sum as well.
    """
    amount, price, pieces = (roles.get(role, "") for role in ("amount", "unit_price", "quantity"))
    if _numeric(head, amount):
        net = head[amount].to_numpy(np.float64)
    elif _numeric(head, price):
        net = head[price].to_numpy(np.float64)
        net = net * head[pieces].to_numpy(np.float64) if _numeric(head, pieces) else net
    else:
        return
    fixed = _fixed(roles)
    numbers = [
        column
        for column in _all_numeric(head)
        if column not in fixed and column not in (amount, price) and column in profiles
        and not (DISCOUNT | _NEVER_PAID) & set(without_terms(column).split())
    ][:40]  # fmt: skip
    asked = np.isfinite(net) & (np.abs(net) > 0)
    if asked.sum() < MIN_PRODUCTS:
        return
    figures = {column: np.nan_to_num(head[column].to_numpy(np.float64)) for column in numbers}
    discounted = any(
        DISCOUNT & set(without_terms(column).split()) and np.nan_to_num(head[column].to_numpy(np.float64)).any()
        for column in _all_numeric(head)
    )
    taken_off = [
        np.abs(np.nan_to_num(head[column].to_numpy(np.float64)))
        for column in _all_numeric(head)
        if DISCOUNT & header_words(column)
    ][:MOST_RATES]
    for column in numbers:
        more = figures[column] - net
        if any(np.isclose(discount, more, atol=0.021)[asked].mean() > 0.95 for discount in taken_off):
            continue  # what it was before the discount
        with np.errstate(divide="ignore", invalid="ignore"):
            taxed = asked & (more / net > 0.001)
            share = (more / net)[taxed]
        if taxed.sum() < max(MIN_PRODUCTS, 0.3 * asked.sum()) or (more[asked] * np.sign(net[asked]) < -0.011).any():
            continue
        called, before = _says_with_tax(column), discounted and not says_with_tax(column)  # before the discount
        has_tax = any(
            np.isclose(figures[tax], more, atol=0.021)[asked].mean() > 0.95
            for tax in numbers
            if tax != column and _may_be_tax(tax, called=called and not before)
        )
        surely = says_with_tax(column)
        if has_tax or (called and not before and _of_few_rates(share, net[taxed], surely=surely)):
            _assign("amount", column, roles, reasons)
            by_rate = not has_tax and not surely and _is_one_rate(share, net[taxed])
            reasons[column] = WITH_TAX_BY_RATE if by_rate else "layouts.reason.with_tax"
            return
    by_name = _GROSS & header_words(amount) and not says_with_tax(amount)
    if by_name and _is_gross_by_rate(net, figures, {**figures, **_taxes(head)}):
        reasons[amount] = WITH_TAX_BY_RATE


def _taxes(head: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """What may be the tax of a row by its name. Figures under a bare `VAT`, which numbers customers too, are text."""
    named = [column for column in map(str, head.columns) if _may_be_tax(column, called=False)][:MOST_RATES]
    found = {}
    for column in named:
        values = head[column]
        if values.dtype.kind not in "iufb":
            values = pd.to_numeric(values.astype("str").str.replace(",", ".", regex=False), errors="coerce")
        found[column] = np.nan_to_num(values.to_numpy(np.float64))
    return found


def _is_gross_by_rate(
    gross: NDArray[np.float64], figures: Mapping[str, NDArray[np.float64]], taxes: Mapping[str, NDArray[np.float64]]
) -> bool:
    """Whether one rate alone, and no column of the tax, tells an amount that is called gross from one called net."""
    for net in (values for column, values in figures.items() if _NET & header_words(column)):
        asked = np.isfinite(gross) & (np.abs(net) > 0)
        more = (gross - net)[asked]
        if any(
            np.isclose(tax[asked], more, atol=0.021).mean() > 0.95
            for column, tax in taxes.items()
            if _may_be_tax(column, called=True)
        ):
            return False
        share = more / net[asked]
        rows = asked.sum() >= MIN_PRODUCTS
        if rows and _of_few_rates(share, net[asked], surely=False) and _is_one_rate(share, net[asked]):
            return True
    return False


def _may_be_tax(column: str, *, called: bool) -> bool:
    """Whether a column may be the tax of an amount: by its name, or by any other than that of a fee or the delivery
    where the sum is `called` gross or with tax."""
    said = header_words(column)
    if (_CARRIED | HEADER_WORDS.groups["delivery"]) & said:
        return False  # `Shipping cost (inc tax)`
    return bool(HEADER_WORDS.groups["tax"] & said) or (called and not (_FEE | _NO_SALES) & said)


def _says_with_tax(column: str) -> bool:
    return bool(_GROSS & header_words(column)) or says_with_tax(column)


def _of_few_rates(share: NDArray[np.float64], net: NDArray[np.float64], *, surely: bool) -> bool:
    """Whether nearly all shares are one of a few, as exact as cents allow.

    A column that is called gross, and not `surely` with tax, may be what it was before a discount: 10 % less is 11.11 %
    more, which is no rate of a tax.
    """
    large = np.abs(net) >= 5
    exact = share[large]
    if len(exact) < MIN_PRODUCTS:
        return False
    if not surely:
        nearest = np.round(2 * exact, 2) / 2
        if (np.abs(exact - nearest) * np.abs(net[large]) <= CENTS).mean() < 0.95:
            return False
    rates = pd.Series(np.round(exact, 2)).value_counts(normalize=True)
    usual = rates[:MOST_RATES].index
    if len(exact) < MIN_PRODUCTS * len(usual):
        return False  # a few rows have few shares, whatever is added to them
    return bool(rates[:MOST_RATES].sum() > 0.95 and all(RATES[0] <= rate <= RATES[1] for rate in usual))


def _is_one_rate(share: NDArray[np.float64], net: NDArray[np.float64]) -> bool:
    """Whether all shares are one: a tax of one rate, or one discount or commission on everything."""
    large = np.abs(net) >= 5
    return bool(np.ptp(np.round(share[large], 2)) <= 0.011)


def _tax_and_delivery(head: pd.DataFrame, roles: Mapping[str, str]) -> list[NDArray[np.float64]]:
    """What may be added to a row after its discount: tax, delivery, or both; the first column of each."""
    found = []
    for group in ("tax", "delivery"):
        column = next(
            (
                column
                for column in _all_numeric(head)
                if column not in roles.values()
                and HEADER_WORDS.groups[group] & set(without_terms(column).split())
            ),
            "",
        )  # fmt: skip
        if column:
            found.append(np.nan_to_num(head[column].to_numpy(np.float64)))
    return [*found, found[0] + found[1]] if len(found) == 2 else found


def _by_arithmetic(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> bool:
    """Where one column times the quantity is another in every row, that is the line's amount, whatever it is called."""
    if len(sample) < 2:
        return False
    pieces = roles.get("quantity", "")
    if pieces and _multiplied(pieces, sample, profiles, roles, reasons):
        return True
    tried = 0
    for column, profile in profiles.items():
        counts = profile.kind == "number" and profile.whole and 0 < profile.median <= MOST_PIECES
        if not counts or profile.distinct < 2 or not _numeric(sample, column) or column in _fixed(roles):
            continue
        if (sample[column].to_numpy(np.float64) > 1).sum() < MIN_COUNTED or tried == MOST_TRIED:
            continue
        tried += 1
        if _multiplied(column, sample, profiles, roles, reasons):  # ordered 3, shipped 2: what is charged counts
            _assign("quantity", column, roles, reasons)
            return True
    return False


MOST_TRIED = 6
"""Columns of small whole numbers that are tried as pieces."""
MIN_COUNTED = 5
"""Rows of several pieces from which on a column without a name for pieces counts them."""


def _fixed(roles: Mapping[str, str]) -> set[str]:
    return {column for role, column in roles.items() if role not in ("amount", "unit_price", "order_total")}


def _multiplied(
    pieces: str,
    sample: pd.DataFrame,
    profiles: Mapping[str, ValueProfile],
    roles: dict[str, str],
    reasons: dict[str, str],
) -> bool:
    """Whether one column times these pieces is another in every row; then both get their roles."""
    if sample[pieces].dtype.kind not in "iuf":
        return False
    counted = sample[pieces].to_numpy(np.float64)
    if not np.any(counted > 1):
        return False
    taken = {column for role, column in roles.items() if role not in ("amount", "unit_price")}
    money = [
        column
        for column, profile in profiles.items()
        if profile.kind == "number" and sample[column].dtype.kind in "iuf" and column not in taken and column != pieces
        and not _NO_SALES & set(without_terms(column).split())
    ][:40]  # fmt: skip
    found = {column: sample[column].to_numpy(np.float64) for column in money}

    def multiplies(price: str, line: str, tax: NDArray[np.float64] | float, free: bool) -> bool:
        # Zero times any quantity is zero: rows without money are no evidence, and parts of a set may be free.
        asked = (found[line] != 0) if free else (found[price] != 0) | (found[line] != 0)
        equal = np.isclose(found[price] * counted + tax, found[line], atol=0.011)
        return bool(asked.mean() > 0.5 and equal[asked].mean() > 0.95)

    taxes = [
        sample[column].to_numpy(np.float64)
        for column, profile in profiles.items()
        if profile.kind == "number" and sample[column].dtype.kind in "iuf"
        and HEADER_WORDS.groups["tax"] & header_words(column)
    ]  # fmt: skip
    few = np.linspace(0, len(sample) - 1, min(len(sample), 64)).astype(np.int64)
    lines = np.column_stack([found[column][few] for column in money]) if money else np.empty((len(few), 0))
    # Rows that cost nothing, as of a box that was skipped, keep their price: only where no line fits in all rows.
    tries = [(tax, False) for tax in (0.0, *[tax for tax in taxes if (tax > 0).mean() > 0.5][:3])]
    for tax, free in (*tries, (0.0, True)):
        for price in money:
            if free and profiles[price].distinct < 2:  # such as a rate of exchange beside the pieces that were sent
                continue
            expected = (found[price] * counted + tax)[few]
            near = (np.isclose(expected[:, None], lines, atol=0.011) | (free & (lines == 0))).mean(axis=0) > 0.8
            for line in (column for column, alike in zip(money, near, strict=True) if alike):
                if free and (names_a_quantity(line) or (found[line] != 0).mean() <= 0.5):
                    continue
                if price != line and profiles[line].distinct > 1 and multiplies(price, line, tax, free):
                    for role, column in (("amount", line), ("unit_price", price)):
                        _assign(role, column, roles, reasons)
                    return True
    return False


def _assign(role: str, column: str, roles: dict[str, str], reasons: dict[str, str]) -> None:
    before = roles.get(role, "")
    if before == column:
        return
    other = next((other for other, name in roles.items() if name == column), "")
    if other:
        del roles[other]
    if before:
        reasons.pop(before, None)
    roles[role] = column
    reasons[column] = "layouts.reason.content"


def _price_or_line(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Tell the price of a piece from the amount of a line, where only one of them is there.

    Per product, a price is the same whatever the quantity, and an amount divided by the quantity is. Products are the
    values of any column in which one of the two holds.
    """
    pieces = roles.get("quantity", "")
    held = [role for role in ("unit_price", "amount") if role in roles]
    if len(held) != 1 or not _numeric(frame, pieces) or not _numeric(frame, roles[held[0]]):
        return
    money, quantity = (frame[roles[held[0]]].to_numpy(np.float64), frame[pieces].to_numpy(np.float64))
    known = np.isfinite(money) & np.isfinite(quantity) & (quantity > 0) & (money > 0)
    if not known.any():
        return
    for column in _product_columns(frame, profiles, roles):
        codes = pd.factorize(frame[column])[0]
        verdict = _constant(money[known], quantity[known], codes[known])
        if verdict == "amount" and held[0] == "unit_price":
            roles["amount"] = roles.pop("unit_price")
            reasons[roles["amount"]] = "layouts.reason.line_by_quantity"
            return
        if verdict == "unit_price" and held[0] == "amount":
            roles["unit_price"] = roles.pop("amount")
            reasons[roles["unit_price"]] = "layouts.reason.price_by_quantity"
            return
        if verdict:
            return
    if held[0] == "amount" and _LISTED_PRICE.fullmatch(plain(roles["amount"])):
        roles["unit_price"] = roles.pop("amount")  # no product proves it, but a list has prices of pieces
        reasons[roles["unit_price"]] = "layouts.reason.name"


_LISTED_PRICE = re.compile(
    r"(?:unit )?list price|catalog(?:ue)? price|rrp|msrp|uvp|pvpr|pvp recomendado|"
    r"precio de (?:lista|catalogo|tarifa)|listenpreis|katalogpreis|prix catalogue|prix public|"
    r"prix conseille"
)


def _product_columns(frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> list[str]:
    """Columns whose values may be products, those that play the role first."""
    first = [roles[role] for role in ("product_code", "product") if role in roles]
    taken = set(roles.values())
    others = [
        column
        for column, profile in profiles.items()
        if column not in taken and profile.kind == "text" and 2 <= profile.distinct <= 0.5 * max(profile.sampled, 1)
    ]
    return [*first, *others[:10]]


def _constant(money: NDArray[np.float64], quantity: NDArray[np.float64], product: NDArray[np.int64]) -> str:
    """`unit_price` or `amount`, by which of the two is constant within products; empty where neither is."""
    rows = pd.DataFrame({"product": product, "money": money, "each": money / quantity, "quantity": quantity})
    rows = rows[product >= 0]
    found = rows.groupby("product").agg(
        quantities=("quantity", "nunique"),
        low=("money", "min"), high=("money", "max"), middle=("money", "mean"),
        low_each=("each", "min"), high_each=("each", "max"), middle_each=("each", "mean"),
    )  # fmt: skip
    found = found[found["quantities"] > 1]
    if len(found) < MIN_PRODUCTS:
        return ""
    price = float((found["high"] - found["low"] <= 0.011 + 0.002 * found["middle"]).mean())
    line = float((found["high_each"] - found["low_each"] <= 0.011 + 0.002 * found["middle_each"]).mean())
    if price >= CONSTANT and line <= VARYING:
        return "unit_price"
    return "amount" if line >= CONSTANT and price <= VARYING else ""


def _whole_order_amounts(frame: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Tell an amount of the line from a total of the order that is written on each of its rows."""
    priced = {"unit_price", "quantity"} <= roles.keys()
    if "amount" not in roles or not ("order_id" in roles or priced):
        return
    head = frame.head(SAMPLED_ROWS)
    key = _order_key(head, roles)
    if key is None:
        return
    amount = head[roles["amount"]]
    if amount.dtype.kind not in "iuf":
        return
    said = set(plain(roles["amount"]).split())
    if said & _LINE and not said & _WHOLE:
        return
    if "order_id" in roles and _on_first_rows_only(head, roles):
        roles["order_total"] = roles.pop("amount")
        reasons[roles["order_total"]] = "layouts.reason.on_first_row"
        return
    orders = amount.groupby(key, sort=False)
    rows, different = orders.transform("size"), orders.transform("nunique")
    several = rows > 1
    if several.sum() < (2 if priced else 4) or not (different[several] == 1).mean() > 0.95:
        return
    if priced:
        price, pieces = head[roles["unit_price"]], head[roles["quantity"]]
        if price.dtype.kind not in "iuf" or pieces.dtype.kind not in "iuf":
            return
        if np.isclose(amount, price * pieces, atol=0.011).mean() > 0.9:
            return
    elif not {"product", "product_code"} & roles.keys() or (not said & _WHOLE and _one_price_each(head, amount, roles)):
        return
    roles["order_total"] = roles.pop("amount")
    reasons[roles["order_total"]] = "layouts.reason.equal_in_order"


PROVEN_BY_TOTALS = 0.9
"""Share of the orders with several pieces whose total must be the sum of price × quantity."""


def _price_by_totals(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """An amount is the price of a piece where the orders' totals are the sums of it times the quantity."""
    needed = [roles.get(role, "") for role in ("amount", "quantity", "order_total")]
    if "unit_price" in roles or "order_id" not in roles or not all(_numeric(head, column) for column in needed):
        return
    each, pieces, total = (head[column].to_numpy(np.float64) for column in needed)
    order = pd.factorize(head[roles["order_id"]])[0]
    rows = pd.DataFrame({"order": order, "once": each, "times": each * pieces, "total": total})[order >= 0]
    orders = rows.groupby("order").agg(once=("once", "sum"), times=("times", "sum"), total=("total", "first"))
    asked = orders[(orders["once"] - orders["times"]).abs() > 0.011]
    if len(asked) < MIN_PRODUCTS:
        return
    as_price, as_line = ((asked[name] - asked["total"]).abs() <= 0.021 for name in ("times", "once"))
    if as_price.mean() >= PROVEN_BY_TOTALS and as_line.mean() < VARYING:
        roles["unit_price"] = roles.pop("amount")
        reasons[roles["unit_price"]] = "layouts.reason.price_by_quantity"


_BACK = HEADER_WORDS.groups["refund"] | words(
    "return returns returned devolucion devoluciones retoure retouren retours retour reso resi retur returer "
    "zwroty devolucoes rucksendungen rucksendung"
)


_CHANGE = words(
    "change cash given tendered wechselgeld ruckgeld gegeben cambio entregado efectivo monnaie rendu especes resto "
    "contanti wisselgeld contant troco dinheiro"
)
"""What was handed over at a till, and what was handed back of it."""


def _left_after_returns(head: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Of a sale, what came back of it, and what is left, the sale counts, and what came back is given back.

    Only where each row is an order of its own: what came back is then of the order.
    """
    paid = next((roles[role] for role in ("amount", "order_total") if role in roles), "")
    if "unit_price" in roles or not _numeric(head, paid):
        return
    if "order_id" in roles and head[roles["order_id"]].duplicated().any():
        return
    said = roles.get("refunded", "")
    taken = _fixed(roles) - {said}
    numbers = [column for column in _all_numeric(head) if column not in taken and column != paid][:40]
    backs = [column for column in numbers if (column == said if said else _BACK & header_words(column))]
    backs = [column for column in backs if not _CHANGE & header_words(column)]
    numbers = [column for column in numbers if not _CHANGE & header_words(column)]
    of_paid = head[paid].to_numpy(np.float64)
    for back, other in product(backs, numbers):
        off, of_other = np.nan_to_num(np.abs(head[back].to_numpy(np.float64))), head[other].to_numpy(np.float64)
        if back == other or not off.any():
            continue
        for whole, left, column in ((of_paid, of_other, paid), (of_other, of_paid, other)):
            asked = (off > 0) | (np.nan_to_num(left) != 0)  # a cancelled order has nothing left
            if np.isclose(whole - off, left, atol=0.011)[asked].mean() > 0.99:
                _assign("amount", column, roles, reasons)
                roles.pop("order_total", None)
                roles["refunded"] = back
                reasons[back] = "layouts.reason.content"
                return


def _order_key(head: pd.DataFrame, roles: Mapping[str, str]) -> pd.Series | None:
    """What the rows of an order share: its number, else its moment and customer where moments have a time of day."""
    if "order_id" in roles:
        return head[roles["order_id"]]
    who = next((roles[role] for role in ("customer_id", "email", "phone", "customer_name") if role in roles), "")
    when = roles.get("ordered_at", "")
    if not who or not when or head[when].dtype.kind != "M" or (head[when].dt.normalize() == head[when]).mean() > 0.5:
        return None
    moments, people = pd.factorize(head[when])[0], pd.factorize(head[who])[0]
    return pd.Series(moments.astype(np.int64) * (len(head) + 1) + people, index=head.index)


def _tickets(frame: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """What is equal on all rows of an order is the row's own where rows are single pieces (tickets, persons): orders of
    several rows then have the amounts of orders of one row, and not a multiple of them.
    """
    column = roles.get("order_total", "")
    if {"amount", "unit_price", "product_code"} & roles.keys() or "order_id" not in roles:
        return
    head = frame.head(SAMPLED_ROWS)
    if not _numeric(head, column) or not _numeric(head, roles.get("quantity", "")):
        return
    if not (head[roles["quantity"]].dropna() == 1).all():
        return
    rows = pd.DataFrame({"order": head[roles["order_id"]], "total": head[column].round(2)}).dropna()
    rows = rows[rows["total"] > 0]
    orders = rows.groupby("order")["total"].agg(["size", "first", "nunique"])
    single = set(orders.loc[orders["size"] == 1, "first"])
    several = orders[orders["size"] > 1]
    if len(several) < MIN_PRODUCTS or len(single) < 2:
        return
    own = float(several["first"].isin(single).mean())
    each = (several["first"] / several["size"]).round(2)
    split = float(each.isin(single).mean())
    if (several["nunique"] > 1).mean() > 0.5 or (own > 0.6 and own > 2 * split):
        roles["amount"] = roles.pop("order_total")
        reasons[roles["amount"]] = "layouts.reason.content"


def _on_first_rows_only(head: pd.DataFrame, roles: Mapping[str, str]) -> bool:
    """Whether an amount stands on the first row of each order only, and is about the sum of all its priced rows."""
    columns = [roles.get(role, "") for role in ("amount", "unit_price", "quantity")]
    if not all(_numeric(head, column) for column in columns):
        return False
    amount, price, quantity = (head[column].to_numpy(np.float64) for column in columns)
    line, filled = price * quantity, np.isfinite(amount)
    if not filled.any() or not (~filled & np.isfinite(line)).any():
        return False
    stretch = np.cumsum(filled)
    rows, total = np.bincount(stretch), np.bincount(stretch, weights=np.nan_to_num(line))
    own, several = np.flatnonzero(filled), rows[stretch[filled]] > 1
    if not several.any() or not np.isfinite(line[own[several]]).all():
        return False  # a row of a package has no price of its own
    with np.errstate(divide="ignore", invalid="ignore"):
        share = amount[own[several]] / total[stretch[own[several]]]
        alone = amount[own[several]] / line[own[several]]
    about = (share > 0.5) & (share < 1.6)
    return bool(about.mean() > 0.9 and np.median(alone) > 1.05)


def _one_price_each(head: pd.DataFrame, amount: pd.Series, roles: Mapping[str, str]) -> bool:
    """Whether products cost the same in orders of one line and of several: then it is the line that costs as much."""
    product_of = head[roles.get("product_code", roles.get("product", ""))]
    size = amount.groupby(head[roles["order_id"]], sort=False).transform("size")
    found = (
        pd.DataFrame({"product": product_of, "amount": amount, "size": size})
        .groupby("product")
        .agg(sizes=("size", "nunique"), amounts=("amount", "nunique"))
    )
    found = found[found["sizes"] > 1]
    return len(found) > 0 and bool((found["amounts"] == 1).mean() >= CONSTANT)
