"""Which column names the customer: by the header, and by what the values do over the orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import HEADER_WORDS, by_name, compact, header_words, plain, words
from lib.layouts.value_profiles import ValueProfile

Codes = NDArray[np.int64]

MOST_ROWS = 200_000
"""Rows from which it is decided."""
SURE = 0.5
"""From this certainty on, a header names customers by a number: `Customer ID`, but not `Customer something`."""
NEVER_AGAIN = 0.02
"""Share of orders up to which an id that comes again is a coincidence: ids are new with each order."""
COMES_AGAIN = 0.1
"""Minimum share of orders whose value in another column recurs, for its values to identify repeat customers."""

NAMES = words("name names nombre nombres nom nome naam nominativo")
_PERSONS = words(
    "customer client cliente kunde kunden buyer acheteur comprador full contact huesped guest gast hospede socio "
    "paciente klant consumer billing"
)
COMPANIES = words("company empresa societe firma organisation organization ragione razon")
_TAX_NUMBERS = words("nif cif dni rut cpf cnpj rfc cuit ruc nit")
_BARE = frozenset(
    phrase.replace(" ", "")
    for phrase in HEADER_WORDS.headers["customer_id"]
    if phrase in HEADER_WORDS.groups["customer"]
)
"""Headers that say `customer` and nothing else: a number, a name, or what kind of customer."""


@dataclass(frozen=True)
class _Candidate:
    """A column that may name customers, per order: codes of its values, −1 where blank."""

    column: str
    codes: Codes

    @property
    def again(self) -> float:
        """Share of the orders whose value occurred before."""
        known = self.codes[self.codes >= 0]
        return 1 - len(np.unique(known)) / len(known) if len(known) else 0.0

    @property
    def distinct(self) -> int:
        return len(np.unique(self.codes[self.codes >= 0]))

    @property
    def filled(self) -> float:
        return float((self.codes >= 0).mean()) if len(self.codes) else 0.0


def name_customers(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Correct who the customer is: `roles` and `reasons` are changed in place.

    In this order: a header that only contains a word for customers gives way to an e-mail, a phone or ids; ids that are
    new with each order give way to what comes again; a column of the kind "what sort of customer" identifies no
    customer; without any, a tax number or a name does, at last dates under a customer's heading. Where an e-mail or a
    phone is all there is, the name is kept beside it.
    """
    orders = _Orders(frame.head(MOST_ROWS), roles)
    column = roles.get("customer_id", "")
    others = [roles[role] for role in ("email", "phone") if role in roles]
    if column and _is_attribute(orders, column, profiles, roles):
        _drop(roles, reasons)
        column = ""
    if column and profiles[column].distinct <= 1 and any(profiles[other].distinct > 1 for other in others):
        _drop(roles, reasons)
        column = ""
    address, phone = roles.get("email", ""), roles.get("phone", "")
    if not column and address and phone and profiles[phone].distinct > 1 >= profiles[address].distinct:
        reasons.pop(roles.pop("email"), None)  # the service's own, in place of what the buyer did not give
    named = _name_column(profiles, roles)
    if column:
        _instead_of_new_ids(orders, column, named, profiles, roles, reasons)
    elif others:
        _instead_of_new_addresses(orders, named, profiles, roles, reasons)
    if not {"customer_id", "email", "phone"} & roles.keys():
        _name_as_customer(profiles, roles, reasons)
        if "customer_id" not in roles:
            _ids_of_another_form(orders.frame, profiles, roles, reasons)
    elif named and named not in roles.values() and "customer_id" not in roles:
        roles["customer_name"] = named
        reasons[named] = "layouts.reason.name"
    if {"customer_id", "customer_name"} <= roles.keys():
        reasons.pop(roles.pop("customer_name"), None)


_NO_BUYERS = words(
    "rep reps representative sales salesperson seller vendor vendedor vendeur verkaufer agent agente asesor advisor "
    "berater betreuer consultant manager gestor owner staff employee mitarbeiter empleado cashier clerk affiliate "
    "partner referrer referral referred supplier proveedor lieferant courier driver shop store support created assigned"
)
"""Words of headers of e-mails of somebody else than the buyer."""
MOST_BOTH = 0.02
"""Share of the rows up to which two columns of e-mails are filled together by mistake."""


def email_of_guests(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Of two columns of e-mails, of which each is filled where the other is blank (accounts and guests), both count:
    beside ids the e-mail of the rows without an id, else the one as the id and the other as the e-mail."""
    email = roles.get("email", "")
    if not email:
        return
    head = frame.head(MOST_ROWS)
    filled = {column: head[column].notna().to_numpy() for column, one in profiles.items() if one.emails > 0.8}
    for other, own in filled.items():
        first = filled.get(email)
        if first is None or other == email or other in roles.values() or not own.any() or not first.any():
            continue
        if _NO_BUYERS & header_words(other):
            continue
        if (first & own).mean() > MOST_BOTH or (first | own).mean() < 0.5:
            continue
        held = roles.get("customer_id", "")
        if not held:
            roles["customer_id"], roles["email"] = email, other
        elif (own & ~head[held].notna().to_numpy()).sum() > (first & ~head[held].notna().to_numpy()).sum():
            roles["email"] = other
            reasons.pop(email, None)
        else:
            return
        reasons[other] = "layouts.reason.content"
        return


def _drop(roles: dict[str, str], reasons: dict[str, str]) -> None:
    reasons.pop(roles.pop("customer_id"), None)


class _Orders:
    """The first value of each order in any column."""

    def __init__(self, frame: pd.DataFrame, roles: Mapping[str, str]) -> None:
        self.frame = frame
        self.order: Codes | None = None
        if "order_id" in roles:
            codes = pd.factorize(frame[roles["order_id"]])[0]
            self.order = np.where(codes >= 0, codes, int(codes.max(initial=-1)) + 1 + np.arange(len(codes)))

    def of(self, column: str) -> _Candidate:
        values = self.frame[column]
        if values.dtype.kind not in "iufbM":
            values = values.astype("str").str.strip().str.casefold().replace("", np.nan)
        codes = pd.factorize(values)[0].astype(np.int64)
        if self.order is None:
            return _Candidate(column, codes)
        known = np.flatnonzero(codes >= 0)[::-1]
        first = np.full(int(self.order.max(initial=-1)) + 1, -1, dtype=np.int64)
        first[self.order[known]] = codes[known]
        present = np.zeros(len(first), dtype=bool)
        present[self.order] = True
        return _Candidate(column, first[present])


def _several(of: Codes, per: Codes) -> tuple[float, int]:
    """Of the values of `per` that have two orders or more: the share with several values of `of`; how many they are."""
    both = (of >= 0) & (per >= 0)
    pairs = pd.DataFrame({"of": of[both], "per": per[both]})
    found = pairs.groupby("per")["of"].agg(["size", "nunique"])
    found = found[found["size"] > 1]
    return (float((found["nunique"] > 1).mean()), len(found)) if len(found) else (0.0, 0)


def _is_attribute(
    orders: "_Orders", column: str, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]
) -> bool:
    """Whether a column with a word for customers in its header says something about them instead of naming them."""
    certainty = by_name(column).get("customer_id", SURE)
    bare = compact(column) in _BARE
    if certainty >= SURE and not bare:
        return False
    anchors = [orders.of(roles[role]) for role in ("email", "phone") if role in roles]
    anchors = [anchor for anchor in anchors if anchor.filled > 0.3 and anchor.distinct > 1]
    if not bare:
        return bool(anchors) or not _like_ids(orders.of(column), profiles[column])
    found = orders.of(column)
    return any(
        (found.distinct <= 0.2 * anchor.distinct and (anchor.distinct >= 10 or found.distinct == 1)) or
        (found.distinct <= 3 and anchor.distinct >= 2 * found.distinct and _several(anchor.codes, found.codes)[0] > 0.5)
        for anchor in anchors
    )  # fmt: skip


def _like_ids(found: _Candidate, profile: ValueProfile) -> bool:
    """Whether values of an unrecognised column look like customer numbers."""
    orders = int((found.codes >= 0).sum())
    if profile.kind in ("date", "yes_no", "empty") or (profile.kind == "number" and not profile.whole):
        return False
    if profile.kind == "text" and (profile.length > 40 or found.filled < 0.5):
        return False
    coded = profile.digits > 0.9 or (profile.kind == "number" and profile.median > 20)
    return found.distinct >= max(2, (0.02 if coded else 0.3) * orders)


MOST_COMPARED = 200
"""Columns that may number customers which are compared."""


def _other_ids(column: str, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> Iterator[str]:
    for other, profile in profiles.items():
        surely = by_name(other).get("customer_id", 0.0) >= SURE and compact(other) not in _BARE
        if surely and other != column and other not in roles.values() and profile.kind in ("text", "number"):
            yield other


def _instead_of_new_ids(
    orders: "_Orders",
    column: str,
    named: str,
    profiles: Mapping[str, ValueProfile],
    roles: dict[str, str],
    reasons: dict[str, str],
) -> None:
    """Where no id comes again, what does names the customers: another id, the e-mail, the phone, at last the name."""
    found = orders.of(column)
    if found.again > NEVER_AGAIN or found.distinct < 2:
        return
    for other in islice(_other_ids(column, profiles, roles), MOST_COMPARED):
        candidate = orders.of(other)
        if candidate.filled > 0.9 and candidate.again > max(NEVER_AGAIN, found.again) and candidate.distinct > 1:
            reasons.pop(column, None)
            roles["customer_id"] = other
            reasons[other] = "layouts.reason.comes_again"
            return
    for role in ("email", "phone"):
        if role in roles:
            anchor = orders.of(roles[role])
            if anchor.filled > 0.5 and anchor.distinct > 1 and anchor.again > max(NEVER_AGAIN, found.again):
                reasons[column] = "layouts.reason.new_each_time"
                del roles["customer_id"]
                reasons[roles[role]] = "layouts.reason.comes_again"
                return
    if named and int((found.codes >= 0).sum()) >= 5:
        anchor = orders.of(named)
        if anchor.filled > 0.9 and anchor.distinct > 1 and anchor.again >= COMES_AGAIN:
            reasons[column] = "layouts.reason.new_each_time"
            roles["customer_id"] = named
            reasons[named] = "layouts.reason.name_as_customer"


MIN_ORDERS = 8
"""Orders from which on addresses that never come again are no customers but made for each order."""


def _instead_of_new_addresses(
    orders: "_Orders",
    named: str,
    profiles: Mapping[str, ValueProfile],
    roles: dict[str, str],
    reasons: dict[str, str],
) -> None:
    """Marketplaces make an e-mail for each order: where none comes again and names do, the name is the customer."""
    anchors = [orders.of(roles[role]) for role in ("email", "phone") if role in roles]
    if any(anchor.again > NEVER_AGAIN or int((anchor.codes >= 0).sum()) < MIN_ORDERS for anchor in anchors):
        return
    both = None if named else _name_in_two_columns(profiles, roles)
    column = named or (both[1] if both else "")
    if not column or orders.of(column).filled < 0.9 or orders.of(column).again < COMES_AGAIN:
        return
    for role in ("email", "phone"):
        if role in roles:
            reasons[roles.pop(role)] = "layouts.reason.new_each_time"
    roles.pop("customer_name", None)
    for role, name in zip(("customer_id", "last_name"), (named,) if named else both or (), strict=False):
        roles[role] = name
        reasons[name] = "layouts.reason.name_as_customer"


_JOINED = frozenset(person + name for person in _PERSONS for name in NAMES)


def _name_column(profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> str:
    """The column with the customers' names; empty where there is none."""
    dated = "ordered_at" in roles
    if "customer_name" in roles:
        return roles["customer_name"]
    for column, profile in profiles.items():
        said = set(plain(column).split())
        if column in roles.values() and roles.get("customer_name") != column:
            continue
        of_person = compact(column) in _JOINED or (said & NAMES and (said & _PERSONS or (said <= NAMES and dated)))
        if (of_person or (dated and said & COMPANIES)) and profile.kind == "text":
            return column
    return ""


_FIRST_NAMES = frozenset(
    [
        "first name",
        "co first name",
        "firstname",
        "given name",
        "vorname",
        "prenom",
        "nombre",
        "nombres",
        "nome",
        "voornaam",
        "imie",
        "fornamn",
        "fornavn",
        "ad",
        "adi",
        "名",
    ]
)
_LAST_NAMES = frozenset(
    [
        "last name",
        "co last name",
        "lastname",
        "surname",
        "family name",
        "nachname",
        "familienname",
        "zuname",
        "nom",
        "nom de famille",
        "apellido",
        "apellidos",
        "sobrenome",
        "apelido",
        "cognome",
        "achternaam",
        "nazwisko",
        "efternamn",
        "etternavn",
        "efternavn",
        "soyad",
        "soyadi",
        "姓",
        "氏",
    ]
)
_OF_WHOM = _PERSONS | words(
    "del de do da der des du la le l d buyer facturatie facturation facturacion fatturazione faturamento rechnung "
    "rechnungs rechnungsadresse kaufer besteller klant"
)


def _ids_of_another_form(
    frame: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]
) -> None:
    """Where nothing else names the customers, a column that is headed so does, though its ids are written as dates
    (2023-01-15), or its names are numbers. A copy of the order's date is none."""
    dated = roles.get("ordered_at", "")
    for column, profile in profiles.items():
        said = by_name(column)
        headed = max(said.get("customer_id", 0.0), said.get("customer_name", 0.0)) >= SURE
        if not headed or "ordered_at" in said or column in roles.values():
            continue
        if profile.kind == "date" or (profile.kind == "number" and profile.whole):
            if dated and (frame[column].astype("str") == frame[dated].astype("str")).mean() > 0.5:
                continue
            roles["customer_id"] = column
            reasons[column] = "layouts.reason.name"
            return


def _name_in_two_columns(profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]) -> tuple[str, str] | None:
    """The columns of first and last names, where there is one of each."""
    first = last = ""
    for column, profile in profiles.items():
        if profile.kind != "text" or (column in roles.values() and roles.get("customer_name") != column):
            continue
        said = " ".join(word for word in plain(column).split() if word not in _OF_WHOM)
        if said in _FIRST_NAMES and not first:
            first = column
        elif said in _LAST_NAMES and not last:
            last = column
    if first and not last:  # `Vorname` beside `Name`
        last = next((c for c, p in profiles.items() if plain(c) in _BARE_NAMES and p.kind == "text" and c != first), "")
        last = "" if last in roles.values() and roles.get("customer_name") != last else last
    return (first, last) if first and last else None


_BARE_NAMES = frozenset(("name", "naam", "namn", "navn", "nimi", "nev"))


def _name_as_customer(profiles: Mapping[str, ValueProfile], roles: dict[str, str], reasons: dict[str, str]) -> None:
    """With no id, e-mail or phone, a tax number or a customer's name is better than nothing."""
    for column, profile in profiles.items():
        taxed = set(plain(column).split()) & _TAX_NUMBERS and profile.kind in ("text", "number")
        if taxed and column not in roles.values() and (profile.kind == "text" or profile.whole):
            roles["customer_id"] = column
            reasons[column] = "layouts.reason.tax_number_as_customer"
            return
    both = _name_in_two_columns(profiles, roles)
    if both is not None:
        roles.pop("customer_name", None)
        for role, column in zip(("customer_id", "last_name"), both, strict=True):
            roles[role] = column
            reasons[column] = "layouts.reason.name_as_customer"
        return
    named = _name_column(profiles, roles)
    if named:
        roles.pop("customer_name", None)
        roles["customer_id"] = named
        reasons[named] = "layouts.reason.name_as_customer"
