"""A table → what it is, and what each of its columns is taken for."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, permutations

import pandas as pd

from lib.errors import UserError
from lib.layouts.converted_money import in_one_currency
from lib.layouts.customer_columns import COMPANIES, NAMES, email_of_guests, name_customers
from lib.layouts.money_columns import PAID, correct_money
from lib.layouts.names import (
    GOODS_BACK,
    HEADER_WORDS,
    ROLES,
    by_name,
    compact,
    header_words,
    is_last_resort,
    names_orders,
    plain,
    says_with_tax,
    words,
)
from lib.layouts.personal import BY_CHOICE, named_personal, personal_columns
from lib.layouts.shops import Layout, TableKind, recognise
from lib.layouts.statuses import is_won, meanings, of_accounts, only_fails, tells_kind_of_row, tells_status, went_well
from lib.layouts.table_cleaning import TableCleaning
from lib.layouts.value_profiles import ValueProfile, currency_in, profile_columns, sample_of, words_of
from lib.parsing.currencies import currency_codes
from lib.schema import PAYMENTS_SUM
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
    cleaning: TableCleaning = field(default_factory=TableCleaning)
    """What was decided about suspicious values of a customer table."""
    as_orders: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The roles that columns would play if this were an order history after all."""

    @property
    def fingerprint(self) -> str:
        """The same for every file with the same columns, whatever their order, case and accents."""
        return hashlib.sha256("\n".join(sorted(compact(column) for column in self.columns)).encode()).hexdigest()[:16]


def understand(table: Table) -> Understanding:
    """What the table is, decided from its headers and its values."""
    if PAYMENTS_SUM in table.frame:  # what joining added to be compared is no amount unless a person says so
        found = understand(replace(table, frame=table.frame.drop(columns=PAYMENTS_SUM)))
        columns = tuple(map(str, table.frame.columns))
        return replace(found, columns=columns, reasons={**found.reasons, PAYMENTS_SUM: "layouts.reason.unused"})
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
        _by_name(frame, profiles, roles, reasons, layout)
        if layout is None:
            _without_side_by_side(profiles, roles, reasons)
            _by_content(frame, profiles, roles, reasons)
            _order_by_content(frame, profiles, roles, reasons)
            _by_the_clock_of_the_shop(profiles, roles, reasons)
            name_customers(frame, profiles, roles, reasons)
            email_of_guests(frame, profiles, roles, reasons)
            correct_money(frame, sample, profiles, roles, reasons)
            _without_idle_discount(roles, reasons)
            _order_of_rows(frame, profiles, roles, reasons)
            _credited_beside(frame, profiles, roles, reasons)
            _payments_of_orders(frame, profiles, roles, reasons)
            _order_of_payments(frame, profiles, roles, reasons)
            _reference_of_rows(frame, profiles, roles, reasons)
            _order_above_its_lines(frame, profiles, roles, reasons)
            _without_documents_of_people(frame, roles, reasons)
            in_one_currency(sample, profiles, roles, reasons)
        if layout is None or "status" not in layout.roles:
            _record_type_by_content(sample, profiles, roles, reasons)
            _status_by_content(sample, profiles, roles, reasons)
        if layout is None:
            _on_the_day_of_closing(sample, profiles, roles, reasons)
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


def examples(table: Table, column: str, *, count: int = 3) -> tuple[object, ...]:
    """The first different values of a column, dates as `Timestamp`."""
    values = sample_of(table.frame[[column]])[column].dropna()
    return tuple(pd.Series(values.unique()[:count]))


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


_AT_THE_DOOR = re.compile(r"contra re+mbolso|contrare+mbolso|contre remboursement|\bcash on delivery\b")
"""Money that the courier collects, in words that also mean giving it back."""
_OFTEN_ADDED = ("email", "phone", "country", "currency", "status", "payment_status", "cancelled_at", "test")


def _by_name(
    frame: pd.DataFrame,
    profiles: Mapping[str, ValueProfile],
    roles: dict[str, str],
    reasons: dict[str, str],
    layout: Layout | None,
) -> None:
    """Give roles by header, the most certain pair first, unless the values contradict it."""
    # Of a known export we know what each column is for; headers matter only for columns that were added.
    known = set() if layout is None else {compact(name) for header in layout.headers for name in header}
    beside = _Beside(profiles)
    pairs = [
        (score + _fit(role, profile), -place, role, column)
        for place, (column, profile) in enumerate(profiles.items())
        if column not in roles.values() and compact(column) not in known
        for role, score in by_name(column).items()
        if role not in roles
        and (layout is None or role in (*layout.roles, *_OFTEN_ADDED))
        and _possible(role, profile)
        and not (role == "customer_name" and _is_no_buyer(column, beside))
        and not (role == "refunded" and _AT_THE_DOOR.search(plain(column)))
        and not (role == "refunded" and (_says_whether(column, profile) or _is_share(column, profile)))
        and not (role == "quantity" and says_with_tax(column))
        and not (role == "order_id" and _LOT & header_words(column) and _has_quantities(profiles))
        and not (role == "refunded" and _CREDITED & header_words(column) and _in_most_rows(frame[column]))
        and not (role == "cancelled_at" and GOODS_BACK & header_words(column) and _is_of_hire(frame[column], profile))
    ]
    # Headers of last resort come after all others: a fee beside a total is not what was spent.
    ordered = sorted(((not is_last_resort(pair[2], pair[3]), *pair) for pair in pairs), reverse=True)
    for by_itself, _, _, role, column in ordered:
        if role in roles or column in roles.values():
            continue
        if role == "amount" and "unit_price" in roles and _is_another_price(column):
            continue
        if not by_itself and not _is_needed(role, column, beside, roles):
            continue
        roles[role] = column
        reasons[column] = "layouts.reason.name"
    if layout is None and "ordered_at" in roles and "order_id" not in roles:
        # Numbers that begin with the day, such as 20240131000012, are read as times.
        for column, profile in profiles.items():
            names_order = by_name(column).get("order_id", 0.0) > SURE
            if names_order and profile.kind == "date" and column not in roles.values() and profile.distinct > 2:
                roles["order_id"] = column
                reasons[column] = "layouts.reason.name"
                return


_UNIVERSAL, _LOCAL = words("utc gmt zulu"), words("local lokal lokale ortszeit")
_ISLAMIC, _COMMON = re.compile(r"(?i)هجري|hijri|hegira"), re.compile(r"(?i)ميلادي|gregorian|miladi")


def _by_the_clock_of_the_shop(
    profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Of a moment in UTC and the same in local time, the latter counts, and of two calendars the common one."""
    column = roles.get("ordered_at", "")
    said = header_words(column)
    for other, profile in profiles.items():
        if other in roles.values() or profile.kind != "date":
            continue
        local = bool(_UNIVERSAL & said) and (
            (_LOCAL & header_words(other) and header_words(other) & said) or header_words(other) == said - _UNIVERSAL
        )
        if local or (_ISLAMIC.search(column) and _COMMON.search(other)):
            reasons.pop(column, None)
            roles["ordered_at"] = other
            reasons[other] = "layouts.reason.name"
            return


_CLOSED = re.compile(
    r"clos(?:e|ed|ing) (?:date|at|on)|date closed|fecha de cierre|abschlussdatum|date de (?:cloture|signature)"
)


def _on_the_day_of_closing(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """A deal that was won is a sale on the day on which it was closed, not on that on which somebody asked."""
    status, column = roles.get("status", ""), roles.get("ordered_at", "")
    if not status or not column or not any(is_won(str(value)) for value in pd.unique(sample[status].dropna())):
        return
    for other, profile in profiles.items():
        if other not in roles.values() and profile.kind == "date" and _CLOSED.fullmatch(plain(other)):
            reasons.pop(column, None)
            roles["ordered_at"] = other
            reasons[other] = "layouts.reason.name"
            return


_CREDITED = words("credit credited")
_LOT = words("lot")
"""Of an auction, which sells each once; beside quantities it is the batch that the goods are from."""


def _has_quantities(headers: Iterable[str]) -> bool:
    return any("quantity" in by_name(header) for header in headers)


def _in_most_rows(column: pd.Series) -> bool:
    """Whether more than half of the rows say a figure: what was credited so is paid out, or points."""
    return bool(_is_given(column).mean() > 0.5)


def _is_given(column: pd.Series) -> pd.Series:
    """Which cells say a figure other than 0; also where figures are still text."""
    if column.dtype.kind in "iuf":
        return column.fillna(0) != 0
    return column.astype("str").str.contains("[1-9]", na=False)


def _is_of_hire(column: pd.Series, profile: ValueProfile) -> bool:
    """Whether goods that came back say how many, or came back from most orders, on some day: they were hired."""
    return profile.kind == "number" or (profile.kind == "date" and bool(column.notna().mean() > 0.5))


def _says_whether(column: str, profile: ValueProfile) -> bool:
    """Whether 0 and 1 under `Refunded` say that an order was refunded, and not how much of it."""
    named = header_words(column) & (HEADER_WORDS.groups["money"] | HEADER_WORDS.groups["amount"])
    return not named and profile.whole and profile.distinct == 2 and profile.highest == 1


_SHARE = re.compile(r"(?i)%|percent|\bpct\b|prozent|pourcent|porcent")


def _is_share(column: str, profile: ValueProfile) -> bool:
    """Whether `Refund %`, or a `Refund` of 50%, says which share of an order was given back, and no money."""
    return _SHARE.search(column) is not None or (not profile.whole and 0 < profile.highest <= 1)


_CONTACTS = 5
"""Fewer different values under `Contact` are ways to reach somebody (telephone, mail), not people."""
_OF_LINE = words("total totale gesamt line linea linha ligne riga order pedido commande")


class _Beside:
    """What the other columns of a table say, worked out once: a table may have thousands of columns with one header."""

    def __init__(self, profiles: Mapping[str, ValueProfile]) -> None:
        self.profiles = profiles

    @cached_property
    def prices(self) -> tuple[str, ...]:
        """The first two columns whose headers say that they are prices."""
        groups = HEADER_WORDS.groups
        said = ((name, header_words(name)) for name in self.profiles)
        return tuple(islice((c for c, w in said if w & groups["price"] and not w & (groups["delivery"] | _OF_LINE)), 2))

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """Columns of numbers with decimals, one more than there are roles: one at least has none."""
        most = len(ROLES) + 2
        return tuple(islice((c for c, p in self.profiles.items() if p.kind == "number" and not p.whole), most))

    @cached_property
    def has_companies(self) -> bool:
        """Whether a column names companies."""
        return any(header_words(c) & COMPANIES and _may_name_companies(c, p) for c, p in self.profiles.items())

    @cached_property
    def shops(self) -> int:
        """The most different values of a column that names shops."""
        named = (p.distinct for c, p in self.profiles.items() if header_words(c) & _SHOPS and _may_name_companies(c, p))
        return max(named, default=0)


def _is_needed(role: str, column: str, beside: _Beside, roles: Mapping[str, str]) -> bool:
    """Whether a column whose header is a last resort for a role is used for it: nothing better is in the table."""
    if role == "order_id":  # the name of the shop in all rows is no number of an order, nor is `Receipt: by e-mail`
        profile = beside.profiles[column]
        if profile.kind == "text" and profile.digits < 0.5:
            return False
        distinct, sampled = profile.distinct, profile.sampled
        return distinct == sampled or (distinct > 2 and 10 * distinct >= sampled)
    if role == "unit_price":  # beside a price of cost or of the list; alone it may be what the whole line cost
        return any(other != column for other in beside.prices)
    if {"order_total", "order_discounted", "unit_price"} & roles.keys():
        return False
    if plain(column).upper() not in currency_codes():
        return True
    # Beside other money, a column that is headed only `EUR` may hold rates.
    return not any(other != column and other not in roles.values() for other in beside.amounts)


def _is_no_buyer(contact: str, beside: _Beside) -> bool:
    """Whether a contact is a way to reach somebody, or one of the staff of a company or of the shop itself."""
    said, people = plain(contact), beside.profiles[contact].distinct
    if said == "particulars":  # of the goods, where the party has a column
        return any(plain(column) in _PARTIES for column in beside.profiles)
    ways = said == "contact" and people < _CONTACTS
    if ways or said not in ("contact", "contact name"):
        return ways
    return beside.has_companies or beside.shops > people


_PARTIES = frozenset({"party", "party name"})
_SHOPS = words("business store shop school club firm negocio tienda comercio geschaft")
"""Buyers of a wholesaler, or the branches of a shop itself."""


def _may_name_companies(header: str, profile: ValueProfile) -> bool:
    """Whether a column with words for companies or shops in its header says nothing else, and has their names."""
    named = header_words(header) <= COMPANIES | _SHOPS | NAMES
    return named and profile.kind == "text" and profile.distinct > 1 and profile.filled >= 0.5


def _without_idle_discount(roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Without a price there is nothing that a column, whose header only mentions discounts, is taken off."""
    column = roles.get("discount", "")
    if column and "unit_price" not in roles and by_name(column).get("discount", 0.0) < SURE:
        del roles["discount"]
        reasons.pop(column, None)


SURE = 0.6
"""From this certainty on a header says its role outright."""


def _is_another_price(column: str) -> bool:
    """Whether a header names a price rather than an amount: `Price inc VAT` beside `Price ex VAT`."""
    said = by_name(column)
    return said.get("unit_price", 0.0) > said.get("amount", 0.0)


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
    if role == "phone":
        return number or (text and profile.digits > 0.5)
    if role == "product":
        return text and not profile.yes_no
    if role == "payment_status":
        return text or profile.kind == "yes_no"
    if role in (
        "country",
        "status",
        "payment_status",
        "record_type",
        "customer_name",
        "last_name",
        "payment_method",
        "fulfillment",
    ):
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


def _by_content(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Assign roles by values where headers give none: a file without headers, or with unknown words."""

    def take(role: str, fits: Iterable[str]) -> None:
        free = next((column for column in fits if column not in roles.values()), "") if role not in roles else ""
        if free:
            roles[role] = free
            reasons[free] = "layouts.reason.content"

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
    if not {"amount", "order_total"} & roles.keys():
        paid = [
            column
            for column, profile in profiles.items()
            if profile.kind == "number" and not profile.whole and profile.distinct > 2 and plain(column) in PAID
        ]
        take("amount", paid)
    if not {"customer_id", "email", "phone", "customer_name"} & roles.keys():
        bought = _OverOrders(frame, roles)
        unnamed = [column for column, profile in profiles.items() if _unnamed(column) and _like_customers(profile)]
        take("customer_id", (column for column in unnamed[:MOST_COMPARED] if bought.comes_again(column)))
        alone = [
            column
            for column, profile in profiles.items()
            if (plain(column) in _ID_ONLY or (plain(column) in _CARDS and profile.digits > 0.9))
            and _like_customers(profile)
        ]
        take("customer_id", (column for column in alone[:MOST_COMPARED] if bought.comes_again(column)))
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


MOST_COMPARED = 200
"""Columns that may play a role whose rows are grouped by their values: each time costs what reading a column does."""

_CARDS = words("card carte karte tarjeta cartao tessera karta")


class _OverOrders:
    """What the values of a column do over the orders of a table, or over its moments where no column numbers orders."""

    def __init__(self, frame: pd.DataFrame, roles: Mapping[str, str]) -> None:
        self.frame = frame.head(_ROWS_OF_ORDERS)
        self.moment = pd.factorize(self.frame[roles["ordered_at"]])[0]
        self.order = pd.factorize(self.frame[roles["order_id"]])[0] if "order_id" in roles else self.moment
        dated = self.frame[roles["ordered_at"]]
        timed = dated.dtype.kind == "M" and bool((dated.dropna().dt.normalize() != dated.dropna()).any())
        self.groups = "order_id" in roles or timed

    def comes_again(self, column: str) -> bool:
        """Whether values are the same within orders and come again at other moments, as customers do and numbers of
        orders, prices and times of day do not."""
        codes = pd.factorize(self.frame[column])[0]
        rows = pd.DataFrame({"of": codes, "order": self.order, "moment": self.moment})
        rows = rows[(codes >= 0) & (self.order >= 0) & (self.moment >= 0)]
        if self.groups:
            different = rows.groupby("order")["of"].nunique()
            several = rows.groupby("order").size() > 1
            if several.any() and (different[several] > 1).mean() > 0.05:
                return False
        moments = rows.groupby("of")["moment"].nunique()
        return len(moments) > 1 and bool((moments > 1).mean() > 0.02)


_ROWS_OF_ORDERS = 50_000
_NUMBERS = words("id nr no n num number nummer numero numer code codigo cod key identifier ref reference document doc")
MIN_SEVERAL = 5
"""Orders of several rows from which on a column of numbers or codes numbers orders."""


def _order_by_content(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where no header names orders, a column of codes (`code`, `nr`, unknown words) whose values each have one moment
    and one customer, and several rows, numbers them."""
    who = roles.get("customer_id") or roles.get("email") or roles.get("phone") or roles.get("customer_name")
    if (
        "order_id" in roles
        or "ordered_at" not in roles
        or who is None
        or not {"product", "product_code"} & roles.keys()
    ):
        return
    head = frame.head(_ROWS_OF_ORDERS)
    moment, person = (pd.factorize(head[column])[0] for column in (roles["ordered_at"], who))
    tried = 0
    for column, profile in profiles.items():
        if column in roles.values() or not (plain(column) in _NUMBERS or _unnamed(column)) or profile.distinct < 2:
            continue
        if not (profile.kind == "number" and profile.whole) and not (profile.kind == "text" and profile.digits > 0.9):
            continue
        tried += 1
        if tried > MOST_COMPARED:
            return
        codes = pd.factorize(head[column])[0]
        rows = pd.DataFrame({"of": codes, "moment": moment, "person": person})[codes >= 0]
        found = rows.groupby("of").agg(
            rows=("moment", "size"), moments=("moment", "nunique"), people=("person", "nunique")
        )
        if (found["rows"] > 1).sum() < MIN_SEVERAL or (found["moments"] > 1).any() or (found["people"] > 1).any():
            continue
        # A customer's rows of one moment are one order: a column that is finer or coarser is none.
        if len(found) >= 0.95 * len(rows[["moment", "person"]].drop_duplicates()):
            roles["order_id"] = column
            reasons[column] = "layouts.reason.content"
            return


def _order_above_its_lines(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where only the first line of an order has a date, a column such as `ID` that has another value on each of these
    rows, and none on others, numbers the orders."""
    if "order_id" in roles or "ordered_at" not in roles or not {"product", "product_code"} & roles.keys():
        return
    head = frame.head(_ROWS_OF_ORDERS)
    first = head[roles["ordered_at"]].notna()
    if first.all() or first.sum() < MIN_SEVERAL:
        return
    for column in profiles:
        if plain(column) not in _NUMBERS or column in roles.values():
            continue
        if (head[column].notna() == first).all() and head[column][first].is_unique:
            roles["order_id"] = column
            reasons[column] = "layouts.reason.on_first_row"
            return


_DOCUMENTS = words("doc document documento dokument")


def _without_documents_of_people(frame: pd.DataFrame, roles: dict[str, str], reasons: dict[str, str]) -> None:
    """`Num doc` is no order's number where each customer has one, on several days: it is that of an identity card."""
    column = roles.get("order_id", "")
    customer = roles.get("customer_id") or roles.get("customer_name") or roles.get("email") or ""
    if not customer or "ordered_at" not in roles or not _DOCUMENTS & set(plain(column).split()):
        return
    head = frame.head(_ROWS_OF_ORDERS)
    rows = pd.DataFrame(
        {"of": head[column], "who": head[customer].astype("str"), "on": head[roles["ordered_at"]]}
    ).dropna()
    if rows["on"].dtype.kind != "M" or (rows.groupby("who")["of"].nunique() > 1).any():
        return
    found = rows.groupby("of").agg(rows=("on", "size"), first=("on", "min"), last=("on", "max"), who=("who", "nunique"))
    several = found[found["rows"] > 1]
    apart = several["last"] - several["first"] > pd.Timedelta(days=1)
    if len(several) >= MIN_SEVERAL and (found["who"] == 1).all() and apart.mean() > 0.5:
        del roles["order_id"]
        reasons.pop(column, None)


_REFERENCES = frozenset((
    "id", "ref", "reference", "referencia", "riferimento", "referenz", "referens", "contract", "contract no",
    "contrato", "contrat", "vertrag", "vertragsnummer", "movement", "movimiento", "docket", "job",
    "job no", "voucher no", "folio",
))  # fmt: skip
_BARE_NUMBERS = frozenset((
    "numero", "number", "nummer", "num", "nr", "no", "n", "numer", "documento", "document", "dokument", "belegnr",
    "n documento", "doc",
))  # fmt: skip
"""As `_REFERENCES`, but for 1, 2, 3 … from row to row, which count the rows."""


_GOODS_AND_ROWS = words(
    "car vehicle item article product property listing device pet line row record coche vehiculo articulo linea fila "
    "fahrzeug artikel zeile voiture vehicule ligne"
)
"""What an ID may be of, of which an order has several."""
_LINES_OF_ORDERS = 0.5
"""Share of the rows with the customer and the moment of another, from which on rows are lines of orders."""
_COME_AGAIN = 0.1
"""Share of the rows whose customer an earlier row has, from which on rows are no customers."""


def _reference_of_rows(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """A bare `Ref`, `ID` or `Number`, new on each row, numbers the orders where nothing says that rows are products."""
    if "order_id" in roles or "ordered_at" not in roles:
        return
    lines = bool({"product", "quantity"} & roles.keys())
    own = {column for role, column in roles.items() if role != "product_code"}
    who = roles.get("customer_id") or roles.get("email") or roles.get("phone") or roles.get("customer_name") or ""
    if not who or frame[who].head(_ROWS_OF_ORDERS).dropna().duplicated().mean() < _COME_AGAIN:
        return  # a list of customers
    at_once = frame[[who, roles["ordered_at"]]].head(_ROWS_OF_ORDERS)
    if at_once.duplicated(keep=False).mean() > _LINES_OF_ORDERS and not any(
        tells_kind_of_row(values, column) for column, values in _few_words(frame, profiles, profiles)
    ):
        return  # numbers of lines, of which an order has several; a quote and its invoice are of one moment, too
    for column in map(str, frame.columns):
        said = frame[column].head(_ROWS_OF_ORDERS)
        named = plain(column) in _REFERENCES or (plain(column) in _BARE_NUMBERS and not _counts_rows(said))
        words_of = header_words(column)
        if not named and {"id"} < words_of and not words_of & (HEADER_WORDS.groups["customer"] | _GOODS_AND_ROWS):
            named = not _counts_rows(said)  # `Pledge ID`, `Gift ID`
        if lines:  # a document of its own for each line of goods, and no number of the line
            named = bool(_DOCUMENTS & set(plain(column).split())) and not _counts_rows(said)
        if named and column not in own and said.notna().all() and (said.is_unique or _is_in_series(frame, column)):
            roles.pop("product_code", None)
            roles["order_id"] = column
            reasons[column] = "layouts.reason.name"
            return


_SERIES = words("serie series reeks seria prefix prefijo prefixo")


def _is_in_series(frame: pd.DataFrame, column: str) -> bool:
    """Whether numbers are new on each row within their series, which another column names: F001 and B001."""
    head = frame.head(_ROWS_OF_ORDERS)
    series = [name for name in map(str, frame.columns) if header_words(name) <= _SERIES and name != column]
    return any(
        not head[[name, column]].duplicated().any() and 1 < head[name].nunique() < 0.5 * len(head) for name in series
    )


def _counts_rows(column: pd.Series) -> bool:
    """Whether a column is 1, 2, 3 … from row to row, from any number on."""
    return column.dtype.kind in "iuf" and bool((column.diff().dropna() == 1).all())


_MOST_FIGURES = 12
"""Columns of numbers that may be a payment or what the payments of an order come to."""


def _payments_of_orders(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where each row has a number of its own, and what rows of one further number have in one column adds up to what
    they share in another: receipts of a deposit and of the rest, beside the value of the order. The payments count."""
    number, who = roles.get("order_id", ""), roles.get("customer_id") or roles.get("email") or ""
    if not who or not number or {"unit_price", "quantity"} & roles.keys():
        return
    head = frame.head(_ROWS_OF_ORDERS)
    if head[number].nunique() < 0.95 * len(head):
        return
    figures = [
        column
        for column, profile in profiles.items()
        if profile.kind == "number" and profile.distinct > 2 and head[column].dtype.kind in "iuf"
    ][:_MOST_FIGURES]
    for column, profile in profiles.items():
        if column in roles.values() or profile.kind in ("date", "empty") or profile.distinct > 0.9 * profile.sampled:
            continue
        said = header_words(column)
        if not _ORDERS & said or not (HEADER_WORDS.groups["id"] & said or said <= _ORDERS):
            continue
        of = pd.factorize(head[column])[0]
        groups = head[figures].groupby(of)
        sums, most, least, sizes = groups.sum(), groups.max(), groups.min(), groups.size()
        one = head[who].groupby(of).nunique() <= 1
        several = (sizes > 1) & one & (sizes.index >= 0)
        if several.sum() < max(MIN_SEVERAL, 0.3 * len(sizes)) or not one.all():
            continue
        for whole, part in permutations(figures, 2):
            if not (most[whole] - least[whole] <= 0.011)[several].all() or (most[part] == least[part])[several].all():
                continue
            if ((sums[part] - most[whole]).abs() <= 0.021)[several].mean() > 0.9:
                for role, found in (("order_id", column), ("amount", part)):
                    reasons.pop(roles.pop(role, ""), None)
                    roles[role] = found
                    reasons[found] = "layouts.reason.content"
                reasons.pop(roles.pop("order_total", ""), None)
                return


_NOTES_OF_CREDIT = words("note notes memo memos ref reference no number n")


def _credited_beside(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """`Credit amount` beside the number of a credit note is money given back, where rows have both or neither; in an
    account it stands beside debits, and in a till it was sold on credit."""
    if "refunded" in roles or any("debit" in header_words(column) for column in profiles):
        return
    names = {column: header_words(column) for column in profiles}
    notes = [
        frame[name].notna()
        for name, said in names.items()
        if "credit" in said and {"note", "memo"} & said and said & _NOTES_OF_CREDIT
    ]
    for column, said in names.items():
        of_credit = (
            "credit" in said and said & HEADER_WORDS.groups["money"] and not said & words("card limit line store")
        )
        if not of_credit or column in roles.values() or profiles[column].kind != "number":
            continue
        given = _is_given(frame[column])
        if any(note[given].mean() > 0.9 and note[~given].mean() < 0.1 for note in notes):
            roles["refunded"] = column
            reasons[column] = "layouts.reason.name"
            return


_PAYMENTS = words("transaction transactions txn trans payment charge zahlung transaktion transaccion pago paiement")


def _order_of_payments(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where each row has the number of a payment, and several rows of many orders share that of an order, of one
    customer each, this numbers the orders."""
    number, who = roles.get("order_id", ""), roles.get("customer_id") or roles.get("email") or ""
    if not who or not _PAYMENTS & header_words(number) or {"unit_price", "quantity"} & roles.keys():
        return
    head = frame.head(_ROWS_OF_ORDERS)
    if head[number].nunique() < 0.95 * len(head):
        return
    for column, profile in profiles.items():
        said = header_words(column)
        if column in roles.values() or not said & _ORDERS or not said <= _ORDERS | HEADER_WORDS.groups["id"]:
            continue
        if profile.kind in ("date", "empty") or profile.distinct > 0.9 * profile.sampled:
            continue
        groups = head.groupby(pd.factorize(head[column])[0])[who]
        sizes, people = groups.size(), groups.nunique()
        if (sizes.index >= 0).all() and (people <= 1).all() and (sizes > 1).sum() >= max(MIN_SEVERAL, 0.1 * len(sizes)):
            reasons.pop(number, None)
            roles["order_id"] = column
            reasons[column] = "layouts.reason.content"
            return


def _order_of_rows(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where the column of order numbers has another number in each row of a table of lines, and another column that
    its header names so too has several rows for many orders, all of one customer and moment: this numbers the orders.
    """
    who = roles.get("customer_id") or roles.get("email") or roles.get("phone") or roles.get("customer_name")
    number = roles.get("order_id", "")
    if not number or who is None or "ordered_at" not in roles or not {"product", "product_code"} & roles.keys():
        return
    head = frame.head(_ROWS_OF_ORDERS)
    if head[number].nunique() < 0.95 * len(head):
        return
    moment, person = (pd.factorize(head[column])[0] for column in (roles["ordered_at"], who))
    of_orders = bool(_ORDERS & header_words(number)) and not _has_times(head[roles["ordered_at"]])
    tried = 0
    for column, profile in profiles.items():
        if column in roles.values() or by_name(column).get("order_id", 0.0) < SURE or profile.distinct < MIN_SEVERAL:
            continue
        if of_orders and _INVOICES & header_words(column):
            continue  # an invoice may be of several orders of a day
        tried += 1
        if tried > MOST_COMPARED:
            return
        codes = pd.factorize(head[column])[0]
        rows = pd.DataFrame({"of": codes, "moment": moment, "person": person})[codes >= 0]
        found = rows.groupby("of").agg(
            rows=("moment", "size"), moments=("moment", "nunique"), people=("person", "nunique")
        )
        several = (found["rows"] > 1).sum() >= max(MIN_SEVERAL, 0.3 * len(found))
        if several and len(rows) == len(head) and (found["moments"] == 1).all() and (found["people"] <= 1).all():
            reasons.pop(number, None)
            roles["order_id"] = column
            reasons[column] = "layouts.reason.content"
            return


_ORDERS = words(
    "order ticket receipt pedido orden tique bestellung bon kassenbon auftrag commande ordine scontrino encomenda talao"
)
_INVOICES = words("invoice factura rechnung facture fattura fatura factuur faktura")


def _has_times(column: pd.Series) -> bool:
    """Whether dates have a time of day, so that those of two orders of a day differ."""
    dated = column.dropna()
    return dated.dtype.kind == "M" and bool((dated.dt.normalize() != dated).any())


def _without_side_by_side(profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]) -> None:
    """Where the items of an order stand side by side (`SKU #1`, `SKU #2`), none of their columns is the line's."""
    stems: dict[str, set[str]] = {}
    for column in profiles:
        stem, _, number = plain(column).rpartition(" ")
        if stem and number.isdigit() and int(number) < 100:
            stems.setdefault(stem, set()).add(number)
    families = {stem for stem, numbers in stems.items() if "2" in numbers and numbers & {"0", "1"}}
    of_items = {stem for stem in families if _LINE_ROLES & by_name(stem).keys()}
    if len(of_items) < 2 or not {"amount", "order_total"} & roles.keys():
        return
    for role in _LINE_ROLES & roles.keys():
        column = roles[role]
        stem, _, number = plain(column).rpartition(" ")
        if stem in families and number.isdigit():
            del roles[role]
            reasons.pop(column, None)


_LINE_ROLES = frozenset(("unit_price", "quantity", "product", "product_code", "discount"))


def _unnamed(column: str) -> bool:
    """Whether the header says nothing: made up by a reader (`column_3`), a number, or blank."""
    parts = [word.rstrip("0123456789") for word in plain(column).split()]
    foreign = not any(letter.isascii() for part in parts for letter in part)
    return all(word in _NO_NAMES for word in parts) or (foreign and not by_name(column))


_NO_NAMES = frozenset(
    ("", "column", "col", "columna", "colonne", "spalte", "coluna", "unnamed", "field", "campo", "v", "x")
)


def _like_customers(profile: ValueProfile) -> bool:
    if profile.sampled == 0 or profile.distinct < 2:
        return False
    name_like = profile.kind == "text" and profile.digits > 0.9 and profile.length <= 40 and profile.emails == 0
    name_like &= profile.clock < 0.5
    number_like = profile.kind == "number" and profile.whole and profile.median > 20
    return (name_like or number_like) and profile.distinct >= min(20, profile.sampled / 10)


_STATES = words("state status estado estatus statut stato stan")
"""Columns of these names are asked first for statuses: `origin` with `refund` stands beside `state` with `paid`."""
_CODE_BEHIND = r"[\s:#(]{1,8}[0-9]{1,40}\)?\s{0,8}$"
_FULFILLED = words("fulfillment fulfilment lineitem item shipping delivery envio entrega livraison versand lieferung")


_OF_PEOPLE = words(
    "customer client cliente clienti kunden kunde account cuenta konto compte conto profile profil perfil profilo "
    "loyalty survey encuesta umfrage"
)


_SURVEYS = words("survey encuesta umfrage")


def _is_of_people(column: str) -> bool:
    """Whether a column says what became of a customer, an account or a survey: `Customer status`."""
    said = header_words(column)
    return bool(_OF_PEOPLE & said & _SURVEYS) or bool(_OF_PEOPLE & said and _STATES & said)


def _few_words(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], free: Collection[str], *, least: int = 2
) -> Iterator[tuple[str, list[str]]]:
    """Columns of a few different words, `least` at least, with these."""
    for column, profile in profiles.items():
        if _FULFILLED & set(plain(column).split()) or _is_of_people(column):
            continue
        if profile.kind != "text" or column not in free:
            continue
        if profile.digits > 0.9:  # a code behind the word: `Authorised 104392`
            bare = pd.unique(sample[column].dropna().astype("str").str.replace(_CODE_BEHIND, "", regex=True))
            if 2 <= len(bare) <= MOST_STATUSES and 2 * len(bare) <= profile.distinct:
                yield column, [str(value) for value in bare]
                continue
        if least <= profile.distinct <= MOST_STATUSES:
            yield column, list(dict.fromkeys(words_of(sample[column])))


def _record_type_by_content(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """A column whose words say that some rows are sales and others money given back."""
    if "ordered_at" not in roles:
        return
    other = {column for role, column in roles.items() if role not in ("status", "payment_status")}
    for column, values in _few_words(sample, profiles, set(profiles) - other):
        if tells_kind_of_row(values, column):
            for role in ("status", "payment_status"):
                if roles.get(role) == column:
                    del roles[role]
            roles["record_type"] = column
            reasons[column] = "layouts.reason.content"
            return


def _status_by_content(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where no column is the status, one whose words say that some sales went well and others did not."""
    if "payment_status" in roles and "status" not in roles:
        roles["status"] = roles.pop("payment_status")
    named = roles.get("status", "")
    if "ordered_at" not in roles:
        return
    if named and profiles[named].distinct > 1:
        values = [str(value) for value in pd.unique(sample[named].dropna())]
        if of_accounts(values):
            reasons.pop(roles.pop("status"), None)
            return
        if len(values) > MOST_STATUSES or any(meanings(values)) or any(map(went_well, values)):
            return  # a column that is headed so, and whose words are of another kind, may be a state of a country
    named_first = dict(sorted(profiles.items(), key=lambda item: not _STATES & header_words(item[0])))
    for column, values in _few_words(sample, named_first, set(profiles) - set(roles.values())):
        if tells_status(values) and not of_accounts(values):
            before = roles.pop("status", "")
            if before:
                reasons.pop(before, None)
            roles["status"] = column
            reasons[column] = "layouts.reason.content"
            return
    if not {"status", "cancelled_at"} & roles.keys():
        for column, values in _few_words(sample, profiles, set(profiles) - set(roles.values()), least=1):
            if profiles[column].filled < 0.5 and only_fails(column, values):
                roles["status"] = column
                reasons[column] = "layouts.reason.content"
                return
    column = roles.get("fulfillment", "")
    if column and "status" not in roles:
        values = [str(value) for value in pd.unique(sample[column].dropna())]
        if len(values) <= MOST_STATUSES and {"cancelled", "refunded"} & set(meanings(values)):
            roles["status"] = roles.pop("fulfillment")  # the only column that says so


MOST_STATUSES = 30


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
    if _sums_up_customers(frame, profiles, roles, who):
        return "customers", "layouts.kind.customers_summary"
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


_GROUPS = HEADER_WORDS.groups
_MANY_ORDERS = words(
    "orders pedidos commandes bestellungen bestellanzahl purchases compras achats kaufe encomendas ordini acquisti "
    "transactions transacciones transaktionen visits visitas order frequency frecuencia haufigkeit frequence"
)
_HOW_MANY = words("total number num nb count n anzahl cantidad nombre numero quantidade of no zahl ever frequency nr")
_SPENT = words("spent spend gastado gasto depense depenses ausgaben ausgegeben speso revenue value umsatz valor valeur")
_OVERALL = words("total lifetime ever overall gesamt toda todo")


def _sums_up_customers(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str], who: str | None
) -> bool:
    """Whether rows are customers with what they did so far: first and last dates, numbers of orders, money in all."""
    if len(frame) < 2:
        return False
    signs = 0
    for column in profiles:
        said = set(plain(column).split())
        of_orders = said & (_MANY_ORDERS | _GROUPS["order"] | _GROUPS["date"])
        signs += bool(
            (said & _GROUPS["first_or_last"] and of_orders)
            or (said & _HOW_MANY and said & _MANY_ORDERS and profiles[column].kind == "number")
            or said & words("lifetime ltv clv aov recency recencia")
            or (said & _SPENT and said & _OVERALL and profiles[column].kind == "number")
        )
    if signs < (3 if "order_id" in roles else 2):
        return False
    if who is not None:
        return _all_different(frame[who])
    return bool(_id_column(frame, profiles, roles))


def _id_column(frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> str:
    """The column that numbers the rows of a customer table: `ID`, then any with a word for it; empty for none."""
    free = [
        column
        for column, profile in profiles.items()
        if column not in roles.values() and _possible("customer_id", profile) and profile.kind != "date"
    ]
    alone = [column for column in free if plain(column) in _ID_ONLY]
    worded = [
        column
        for column in free
        if words("id uid uuid key code codigo nr nummer number") & set(plain(column).split())
        and not (_MANY_ORDERS | words("of de")) & set(plain(column).split())
    ]
    return next((column for column in [*alone, *worded] if _all_different(frame[column])), "")


_ID_ONLY = frozenset(("id", "nr", "no", "n", "uid", "uuid", "key", "identifier", "numero", "nummer", "code", "codigo"))


def _plain_id(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """In a table of customers a column `ID` of different values names them."""
    if "customer_id" in roles:
        return
    column = _id_column(frame, profiles, roles)
    if column and (plain(column) in _ID_ONLY or not {"email", "phone"} & roles.keys()):
        roles["customer_id"] = column
        reasons[column] = "layouts.reason.name"


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
