"""A table → what it is, and what each of its columns is taken for."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.layouts.names import DISCOUNT, ROLES, by_name, compact, names_orders, plain, words
from lib.layouts.personal import BY_CHOICE, named_personal, personal_columns
from lib.layouts.shops import Layout, TableKind, recognise
from lib.layouts.statuses import tells_status
from lib.layouts.value_profiles import ValueProfile, currency_in, profile_columns, sample_of
from lib.tables import Table

OF_CUSTOMERS = ("customer_id", "email", "phone", "country")
"""The roles in a table that is no order history."""

CHOSEN = "layouts.reason.chosen"
"""Why a column has its role when a person said so."""


@dataclass(frozen=True)
class Understanding:
    """What a table is and what its columns are taken for; everything here is a proposal that a person can change."""

    kind: TableKind
    """`orders` (a row is a line of an order), `customers` (a row is a customer) or `table` (neither is clear)."""
    layout: str
    """Key of the shop layout, empty where the table is of none that is known."""
    columns: tuple[str, ...]
    roles: Mapping[str, str]
    """Role → column. A column plays one role."""
    reasons: Mapping[str, str]
    """Column → key of the sentence that says why it was taken for what it is."""
    date_format: str = ""
    """How the dates of `ordered_at` are written."""
    currency: str = ""
    """The one currency that a header or the cells named; empty where none or several did."""
    personal: Mapping[str, str] = field(default_factory=dict)
    """Column → what kind of personal data it holds: the kinds of `lib/layouts/personal.py`."""
    kind_reason: str = "layouts.kind.chosen"
    """Key of the sentence that says why the table is of this kind."""
    limits: tuple[str, ...] = ()
    """Keys of the sentences that say what cannot be done with this table."""
    as_orders: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The roles that columns would play if this were an order history after all."""

    @property
    def fingerprint(self) -> str:
        """The same for every file with the same columns, whatever their order, case and accents."""
        return hashlib.sha256("\n".join(sorted(compact(column) for column in self.columns)).encode()).hexdigest()[:16]


def understand(table: Table) -> Understanding:
    """What the table is, decided from its headers and its values."""
    frame = table.frame
    columns = tuple(str(column) for column in frame.columns)
    sample = sample_of(frame)
    profiles = profile_columns(sample)
    layout = recognise(columns)
    roles: dict[str, str] = {}
    reasons: dict[str, str] = {}
    if layout is not None:
        _by_layout(layout, profiles, roles, reasons)
    if layout is None or layout.kind == "orders":
        _by_name(profiles, roles, reasons, layout)
        if layout is None:
            _by_content(profiles, roles, reasons)
            _name_as_customer(profiles, roles, reasons)
            _surer_customers(profiles, roles, reasons)
            _before_fees(sample, profiles, roles, reasons)
            _by_arithmetic(sample, profiles, roles, reasons)
            _whole_order_amounts(frame, roles)
        if layout is None or "status" not in layout.roles:
            _status_by_content(sample, profiles, roles, reasons)
    personal = personal_columns(sample, profiles, roles)
    for column in columns:
        if column in personal:
            reasons.setdefault(column, f"layouts.reason.personal_{personal[column]}")
        reasons.setdefault(
            column, "layouts.reason.empty" if profiles[column].kind == "empty" else "layouts.reason.unused"
        )
    kind, why = _kind(frame, profiles, roles, layout)
    as_orders = dict(roles)
    if kind != "orders":
        roles = {role: column for role, column in roles.items() if role in OF_CUSTOMERS}
        _plain_id(frame, profiles, roles, reasons)
        for column, reason in reasons.items():
            if column not in roles.values() and not reason.startswith("layouts.reason.personal_"):
                reasons[column] = "layouts.reason.attribute"
    return Understanding(
        kind=kind,
        layout="" if layout is None else layout.key,
        columns=columns,
        roles=dict(sorted(roles.items(), key=lambda pair: ROLES.index(pair[0]))),
        reasons={column: reasons[column] for column in columns},
        date_format=_date_format(table, profiles, roles),
        currency=_currency(table, roles),
        personal=personal,
        kind_reason=why,
        limits=_limits(kind, roles),
        as_orders=as_orders,
    )


def with_roles(understanding: Understanding, chosen: Mapping[str, str], *, reason: str = CHOSEN) -> Understanding:
    """The understanding with some roles given by a person: role → column, or role → "" for none.

    A column that is given a role loses the one it had. Raises UserError for a role or a column that does not exist.
    """
    roles = dict(understanding.roles)
    reasons = dict(understanding.reasons)
    for role, column in chosen.items():
        if role not in ROLES:
            raise UserError("layouts.unknown_role", role=role, roles=list(ROLES))
        if column and column not in understanding.columns:
            raise UserError("layouts.unknown_column", column=column, columns=list(understanding.columns))
        before = roles.pop(role, "")
        if before and before != column:
            reasons[before] = "layouts.reason.unused"
        if column:
            roles = {other: name for other, name in roles.items() if name != column or other in chosen}
            roles[role] = column
            if before != column:
                reasons[column] = reason
    kind, why = understanding.kind, understanding.kind_reason
    if kind != "orders" and {"ordered_at"} & set(chosen) and chosen["ordered_at"]:
        kind, why = "orders", "layouts.kind.chosen"
    date_format = understanding.date_format
    if roles.get("ordered_at") != understanding.roles.get("ordered_at"):
        date_format = ""
    return replace(
        understanding,
        kind=kind,
        kind_reason=why,
        roles=dict(sorted(roles.items(), key=lambda pair: ROLES.index(pair[0]))),
        reasons=reasons,
        date_format=date_format,
        limits=_limits(kind, roles),
    )


def with_kind(understanding: Understanding, kind: TableKind) -> Understanding:
    """The understanding with the kind of table given by a person."""
    roles = dict(understanding.roles)
    if kind == "orders" and understanding.kind != "orders":
        roles = {**understanding.as_orders, **roles}
    if kind != "orders":
        roles = {role: column for role, column in roles.items() if role in OF_CUSTOMERS}
    return replace(
        understanding, kind=kind, kind_reason="layouts.kind.chosen", roles=roles, limits=_limits(kind, roles)
    )


def with_personal(understanding: Understanding, columns: Collection[str]) -> Understanding:
    """The understanding with the columns that hold personal data as a person says: released ones go, others come.

    Raises UserError for a column that does not exist.
    """
    unknown = [column for column in columns if column not in understanding.columns]
    if unknown:
        raise UserError("layouts.unknown_column", column=unknown[0], columns=list(understanding.columns))
    chosen = {
        column: understanding.personal.get(column, BY_CHOICE) for column in understanding.columns if column in columns
    }
    reasons = dict(understanding.reasons)
    for column in understanding.columns:
        if column in understanding.roles.values() or (column in chosen) == (column in understanding.personal):
            continue
        reasons[column] = f"layouts.reason.personal_{BY_CHOICE}" if column in chosen else "layouts.reason.released"
    return replace(understanding, personal=chosen, reasons=reasons)


def examples(table: Table, column: str, *, count: int = 3) -> tuple[str, ...]:
    """The first different values of a column, as text."""
    values = sample_of(table.frame)[column].dropna()
    return tuple(str(value) for value in values.unique()[:count])


# ------------------------------------------------------------------------------------------------ how roles are found


def _by_layout(
    layout: Layout, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    named = {compact(column): column for column in reversed(list(profiles))}
    for role, candidates in layout.roles.items():
        present = [named[compact(name)] for name in candidates if compact(name) in named]
        free = [column for column in present if column not in roles.values()]
        filled = [column for column in free if profiles[column].kind != "empty"]
        if free:
            roles[role] = (filled or free)[0]
            reasons[roles[role]] = "layouts.reason.layout"


_OFTEN_ADDED = ("email", "phone", "country", "currency", "status", "cancelled_at", "test")


def _by_name(
    profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str], layout: Layout | None
) -> None:
    """Give roles by header, the surest pair first, where the values do not speak against it."""
    # Of a known export we know what each column is for; headers can tell only of columns that somebody added.
    known = set() if layout is None else {compact(name) for header in layout.headers for name in header}
    pairs = [
        (score + _fit(role, profile), -place, role, column)
        for place, (column, profile) in enumerate(profiles.items())
        if column not in roles.values() and compact(column) not in known
        for role, score in by_name(column).items()
        if role not in roles and (layout is None or role in (*layout.roles, *_OFTEN_ADDED)) and _possible(role, profile)
    ]
    for _, _, role, column in sorted(pairs, reverse=True):
        if role not in roles and column not in roles.values():
            roles[role] = column
            reasons[column] = "layouts.reason.name"


def _possible(role: str, profile: ValueProfile) -> bool:
    """Whether values like these can play the role at all."""
    number, text = profile.kind == "number", profile.kind == "text"
    if role == "ordered_at":
        return profile.kind == "date" or (text and profile.clock < 0.8)  # unreadable dates are said to be so later
    if role in ("amount", "order_total", "order_discounted", "unit_price", "quantity", "discount", "refunded"):
        return number
    if role in ("customer_id", "order_id", "product_code"):
        return (
            (number and (profile.whole or profile.digits > 0))
            or text
            or (profile.kind == "date" and bool(profile.date_format))
        )
    if role == "email":
        return text and profile.emails > 0.5
    if role in ("country", "status", "product"):
        return text
    if role == "currency":
        return text and profile.length <= 4
    if role == "test":
        return profile.kind in ("yes_no", "text", "number") and profile.distinct <= 2
    if role == "cancelled_at":
        return (
            profile.kind in ("date", "empty", "yes_no")
            or (number and profile.distinct == 2 and profile.highest == 1)
            or (text and profile.distinct <= 2 and profile.length <= 5)
        )
    if role == "ordered_time":
        return text and profile.clock >= 0.8
    return text or number


def _fit(role: str, profile: ValueProfile) -> float:
    """A little more where the values look as they usually do in that role."""
    if role == "ordered_at":
        return 0.3 if profile.kind == "date" else -0.3
    if role in ("customer_id", "order_id"):
        return 0.15 * min(1.0, profile.distinct / max(1, profile.sampled) * 4) - (
            0.3 if profile.distinct <= 2 < profile.sampled else 0
        )
    if role in ("amount", "unit_price"):
        return 0.1 if not profile.whole else 0.0
    if role == "quantity":
        return 0.1 if profile.whole and profile.median < 1_000 else -0.1
    return 0.1 * profile.filled


def _by_content(profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Where no header told, let the values tell: a file without headers, or with words we do not know."""

    def take(role: str, fits: Sequence[str]) -> None:
        free = [column for column in fits if column not in roles.values()]
        if free and role not in roles:
            roles[role] = free[0]
            reasons[free[0]] = "layouts.reason.content"

    dates = [
        column for column, profile in profiles.items() if profile.kind == "date" and not named_personal(column, profile)
    ]
    take("ordered_at", dates)
    take("email", [column for column, profile in profiles.items() if profile.emails > 0.8])
    if "ordered_at" not in roles:
        return
    if "amount" not in roles and "order_total" not in roles and not {"unit_price", "quantity"} <= roles.keys():
        numbers = [column for column, profile in profiles.items() if profile.kind == "number" and _unnamed(column)]
        with_cents = [column for column in numbers if not profiles[column].whole]
        take("amount", with_cents[-1:] or ([] if "unit_price" in roles else numbers[-1:]))
    unnamed = [column for column, profile in profiles.items() if _unnamed(column) and _like_customers(profile)]
    again = [column for column in unnamed if profiles[column].distinct < 0.9 * profiles[column].sampled]
    take("customer_id", again or unnamed)  # customers come again, numbers of orders hardly do
    if not {"email", "phone"} & roles.keys():
        repeated = [
            column for column, profile in profiles.items() if plain(column) in _ID_ONLY and _like_customers(profile)
        ]
        take(
            "customer_id", [column for column in repeated if profiles[column].distinct < 0.9 * profiles[column].sampled]
        )
    take(
        "quantity",
        [
            column
            for column, profile in profiles.items()
            if _unnamed(column)
            and profile.kind == "number"
            and profile.whole
            and 0 < profile.median <= 20
            and profile.distinct < 200
        ],
    )


def _unnamed(column: str) -> bool:
    """Whether the header says nothing: made up by a reader (`column_3`), a number, or blank."""
    parts = [word.rstrip("0123456789") for word in plain(column).split()]
    return all(word in _NO_NAMES for word in parts)


_NO_NAMES = frozenset(
    ("", "column", "col", "columna", "colonne", "spalte", "coluna", "unnamed", "field", "campo", "v", "x")
)


def _like_customers(profile: ValueProfile) -> bool:
    if profile.sampled == 0 or profile.distinct < 2:
        return False
    name_like = profile.kind == "text" and profile.digits > 0.9 and profile.length <= 40 and profile.emails == 0
    number_like = profile.kind == "number" and profile.whole and profile.median > 20
    return (name_like or number_like) and profile.distinct >= min(20, profile.sampled / 10)


_PERSONS = words(
    "customer client cliente kunde kunden buyer acheteur comprador full contact huesped guest gast hospede socio "
    "paciente klant consumer"
)

_COMPANIES = words("company empresa societe firma organisation organization ragione razon")
_TAX_NUMBERS = words("nif cif dni rut cpf cnpj rfc cuit ruc nit")
_NAMED = frozenset(("name", "nombre", "nom", "nome"))


def _name_as_customer(profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]) -> None:
    """With no id, e-mail or phone, a customer's name is better than nothing."""
    if {"customer_id", "email", "phone"} & roles.keys():
        return
    dated = "ordered_at" in roles
    for column, profile in profiles.items():
        if (
            set(plain(column).split()) & _TAX_NUMBERS
            and _possible("customer_id", profile)
            and column not in roles.values()
        ):
            roles["customer_id"] = column
            reasons[column] = "layouts.reason.tax_number_as_customer"
            return
    for column, profile in profiles.items():
        words = set(plain(column).split())
        named = words & _NAMED
        of_person = named and (words & _PERSONS or (words <= _NAMED and dated))
        if (of_person or (dated and words & _COMPANIES)) and profile.kind == "text" and column not in roles.values():
            roles["customer_id"] = column
            reasons[column] = "layouts.reason.name_as_customer"
            return


def _surer_customers(profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]) -> None:
    """A column that is the same in all rows names no customer where an e-mail or a phone does."""
    column = roles.get("customer_id", "")
    others = [roles[role] for role in ("email", "phone") if role in roles]
    if column and profiles[column].distinct <= 1 and any(profiles[other].distinct > 1 for other in others):
        del roles["customer_id"]
        del reasons[column]


_GROSS = words("gross bruto brutto brut avant lordo")
_NET = words("net netto neto liquido")
_FEE = words("fee fees gebuhr gebuhren comision comisiones frais commission tarifa taxa tasa")


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
    for gross, fee, net in product(named(_GROSS) + others, named(_FEE), named(_NET)):
        if roles.get("amount") == net and gross not in (net, fee) and sample[fee].any():
            charged, kept = sample[gross] - sample[net], sample[fee].abs()
            if np.isclose(charged.abs(), kept, atol=0.011).mean() > 0.9:
                roles["amount"] = gross
                reasons[gross] = reasons.pop(net)
                return


_NO_SALES = (
    words(
        "cost costs coste costo costes costos cout kosten ek custo tax taxes iva vat tva mwst ust weight peso poids "
        "gewicht margin profit margen shipping id"
    )
    | DISCOUNT
)


def _by_arithmetic(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where one column times the quantity is another in every row, that is the line's amount, whatever it is called."""
    pieces = roles.get("quantity", "")
    if not pieces or sample[pieces].dtype.kind not in "iuf" or len(sample) < 2:
        return
    counted = sample[pieces].to_numpy(np.float64)
    if not np.any(counted > 1):
        return
    taken = {column for role, column in roles.items() if role not in ("amount", "unit_price")}
    money = [
        column
        for column, profile in profiles.items()
        if profile.kind == "number" and sample[column].dtype.kind in "iuf" and column not in taken
        and not _NO_SALES & set(plain(column).split())
    ][:40]  # fmt: skip
    found = {column: sample[column].to_numpy(np.float64) for column in money}

    def multiplies(price: str, line: str) -> bool:
        # Nothing times any quantity is nothing: rows without money tell neither for nor against.
        told = (found[price] != 0) | (found[line] != 0)
        equal = np.isclose(found[price] * counted, found[line], atol=0.011)
        return bool(told.mean() > 0.5 and equal[told].mean() > 0.95)

    for price, line in product(money, money):
        if price != line and profiles[line].distinct > 1 and multiplies(price, line):
            for role, column in (("amount", line), ("unit_price", price)):
                before = roles.get(role, "")
                if before != column:
                    other = next((other for other, name in roles.items() if name == column), "")
                    if other:
                        del roles[other]
                    if before:
                        reasons.pop(before, None)
                    roles[role] = column
                    reasons[column] = "layouts.reason.content"
            return


_FULFILLED = words("fulfillment fulfilment lineitem item shipping delivery envio entrega livraison versand lieferung")


def _status_by_content(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where no column is the status, one whose words say that some sales went well and others did not."""
    if "ordered_at" not in roles or ("status" in roles and profiles[roles["status"]].distinct > 1):
        return
    for column, profile in profiles.items():
        if _FULFILLED & set(plain(column).split()):
            continue
        if profile.kind != "text" or not 2 <= profile.distinct <= 30 or column in roles.values():
            continue
        if tells_status([str(value) for value in pd.unique(sample[column].dropna())]):
            before = roles.pop("status", "")
            if before:
                reasons.pop(before, None)
            roles["status"] = column
            reasons[column] = "layouts.reason.content"
            return


def _whole_order_amounts(frame: pd.DataFrame, roles: dict[str, str]) -> None:
    """Tell an amount of the line from a total of the order that is written on each of its rows."""
    if not {"amount", "order_id"} <= roles.keys():
        return
    head = frame.head(20_000)
    amount = head[roles["amount"]]
    if amount.dtype.kind not in "iuf":
        return
    orders = amount.groupby(head[roles["order_id"]], sort=False)
    rows, different = orders.transform("size"), orders.transform("nunique")
    several = rows > 1
    priced = {"unit_price", "quantity"} <= roles.keys()
    if several.sum() < (2 if priced else 4) or not (different[several] == 1).mean() > 0.95:
        return
    if {"unit_price", "quantity"} <= roles.keys():
        price, pieces = head[roles["unit_price"]], head[roles["quantity"]]
        if price.dtype.kind not in "iuf" or pieces.dtype.kind not in "iuf":
            return
        if np.isclose(amount, price * pieces, atol=0.011).mean() > 0.9:
            return
        roles["order_total"] = roles.pop("amount")
    elif "product" in roles or "product_code" in roles:
        roles["order_total"] = roles.pop("amount")


# ----------------------------------------------------------------------------------------- what the table as a whole is

_ORDER_SIGNS = ("order_id", "unit_price", "quantity", "product", "product_code", "order_total")
_ABOUT_PEOPLE = words(
    "gender sex age income education marital churn tenure segment loyalty job genero sexo edad ingresos educacion genre"
    " revenu geschlecht alter einkommen idade renda subscription membership satisfaction"
)


def _kind(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str], layout: Layout | None
) -> tuple[TableKind, str]:
    if layout is not None:
        return layout.kind, f"layouts.kind.{layout.kind}_layout"
    who = roles.get("customer_id") or roles.get("email") or roles.get("phone")
    signs = sum(role in roles for role in _ORDER_SIGNS) + ({"status", "currency"} <= roles.keys())
    money = bool({"amount", "order_total", "unit_price"} & roles.keys())
    people = sum(bool(_ABOUT_PEOPLE & set(plain(column).split())) for column in profiles)
    if who is not None and "order_id" not in roles and _all_different(frame[who]) and len(frame) > 1 and (
        people or signs < 2 or "ordered_at" not in roles
    ):  # fmt: skip
        return "customers", "layouts.kind.customers_one_row_each"
    if "ordered_at" in roles and money and (who is not None or signs >= 1 or names_orders(roles["ordered_at"])):
        return "orders", "layouts.kind.orders_dated"
    if "ordered_at" in roles and who is not None and signs >= 1:
        return "orders", "layouts.kind.orders_dated"
    if who is not None and money and signs >= 1 and not _all_different(frame[who]):
        return "orders", "layouts.kind.orders_undated"
    if people >= 2:
        return "customers", "layouts.kind.customers_about_people"
    if who is not None:
        return "customers", "layouts.kind.customers_column"
    return "table", "layouts.kind.neither"


_ID_ONLY = frozenset(("id", "nr", "no", "n", "uid", "uuid", "key", "identifier", "numero", "nummer", "code", "codigo"))


def _plain_id(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """In a table of customers a column `ID` of different values names them."""
    if "customer_id" in roles:
        return
    for column, profile in profiles.items():
        if plain(column) in _ID_ONLY and _possible("customer_id", profile) and _all_different(frame[column]):
            roles["customer_id"] = column
            reasons[column] = "layouts.reason.name"
            return


def _all_different(column: pd.Series) -> bool:
    head = column.head(5_000).dropna()
    return head.is_unique and (len(column) <= 5_000 or column.dropna().is_unique)


def _limits(kind: TableKind, roles: Mapping[str, str]) -> tuple[str, ...]:
    if kind != "orders":
        return (
            ("layouts.limit.no_dates",) if "customer_id" in roles else ("layouts.limit.no_dates", "layouts.limit.no_id")
        )
    found = []
    if not {"customer_id", "email", "phone"} & roles.keys():
        found.append("layouts.limit.no_customer")
    if "ordered_at" not in roles:
        found.append("layouts.limit.no_order_dates")
    if not {"amount", "unit_price", "order_total"} & roles.keys():
        found.append("layouts.limit.no_amount")
    if "order_id" not in roles:
        found.append("layouts.limit.no_order_id")
    return tuple(found)


def _date_format(table: Table, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> str:
    column = roles.get("ordered_at", "")
    return table.date_formats.get(column, profiles[column].date_format if column else "")


def _currency(table: Table, roles: Mapping[str, str]) -> str:
    """From the currency column where it holds one only, else from cells or headers of the money columns."""
    if "currency" in roles:
        values = pd.unique(table.frame[roles["currency"]].dropna().astype("str").str.strip().str.upper())
        return str(values[0]) if len(values) == 1 else ""
    for role in ("amount", "order_total", "unit_price"):
        column = roles.get(role, "")
        found = table.currencies.get(column, "") or currency_in(column)
        if found:
            return found
    return ""
