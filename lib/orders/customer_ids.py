"""Who the customers are: guests by e-mail or phone, customer tables, keyed hashes in place of ids."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from lib.layouts import Understanding
from lib.orders.addresses import are_addresses, bare_addresses
from lib.orders.coding import Cells, Coded, Codes, Flags, coded, filled_from, made_order_ids, names_of
from lib.orders.ledger import Orders
from lib.orders.placeholders import fold, placeholder_emails, placeholder_names, placeholder_phones
from lib.orders.spellings import frequent_spellings, spellings_of_numbers
from lib.schema import CUSTOMER_ID
from lib.tables import Table

CUSTOMER_ROLES = ("customer_id", "email", "phone", "customer_name")
"""What names a customer, the surest first."""

MIN_NAMES = {"email": 3, "phone": 2}
"""With at least this many different names, an e-mail or a phone belongs to a switchboard or the shop, not a
customer."""


def customer_of_rows(cells: Cells, order: Codes | None, *, zero_counts: bool = False) -> Coded:
    """Per row its customer: the id, else the e-mail, else the phone, else the name. `zero_counts`: whether the id 0 is
    a customer's.

    A guest's e-mail or phone that stands beside an id elsewhere in the file is that customer. Placeholder names
    (`placeholders.toml`) identify no customer, nor does an e-mail or a phone that different names share. Ids that a
    shop creates for each order of a guest are one customer where the e-mail is the same.
    """
    columns = {role: _filled(cells, role, order, zero_counts) for role in CUSTOMER_ROLES if role in cells}
    if "last_name" in cells and "customer_id" in columns:
        columns["customer_id"] = _with_last_name(columns["customer_id"], _filled(cells, "last_name", order))
    if "customer_name" in columns:
        for role in ("email", "phone"):
            if role in columns:
                columns[role] = _without_shared(columns[role], columns["customer_name"], MIN_NAMES[role])
    if {"customer_id", "email"} <= columns.keys():
        columns["customer_id"] = _one_id_per_guest(columns["customer_id"], columns["email"], order)
    total: Coded | None = None
    for found in columns.values():
        total = found if total is None else _or(total, found)
    return total if total is not None else Coded(np.full(len(cells.frame), -1), pd.Series(dtype="str"))


def _with_last_name(first: Coded, last: Coded) -> Coded:
    """First and last names as one."""
    pair = np.where(
        (first.codes < 0) & (last.codes < 0), -1, (first.codes + 1) * (len(last.names) + 1) + last.codes + 1
    )
    codes, different = pd.factorize(pd.Series(pair).where(pair >= 0))
    of_first, of_last = np.divmod(different.astype(np.int64), len(last.names) + 1)
    left = np.append(first.names.to_numpy(object), "")[of_first - 1]
    right = np.append(last.names.to_numpy(object), "")[of_last - 1]
    names = pd.Series([f"{one} {other}".strip() for one, other in zip(left, right, strict=True)], dtype="str")
    return Coded(codes.astype(np.int64), names)


def _filled(cells: Cells, role: str, order: Codes | None, zero_counts: bool = False) -> Coded:
    """A column of customers without placeholders, filled from the order's first row."""
    found = cells.coded(role, lower=role == "email")
    if role == "phone":
        names = _phone(found.names)
        nobody = placeholder_phones(names)
    elif role == "customer_name":
        names = found.names.map(fold).astype("str")  # written now with, now without capitals or accents
        nobody = placeholder_names(found.names) | (names == "").to_numpy()
        shown = names.drop_duplicates().index
        original = dict(zip(names[shown], found.names[shown], strict=True))
        names = names.map(original).astype("str")
    else:
        names = found.names
        nobody = placeholder_emails(names) if role == "email" else placeholder_names(names)
        if zero_counts and role == "customer_id":
            nobody &= (names != ZERO).to_numpy()
    if role == "email" or (role == "customer_id" and are_addresses(names)):
        bare = bare_addresses(names)
        changed = not bare.equals(names)
        names = bare
    else:
        changed = False
    alike: dict[str, str] = {}
    if role == "customer_id":
        rows = np.bincount(found.codes[found.codes >= 0], minlength=len(names))
        alike = spellings_of_numbers(names, rows) or frequent_spellings(names, rows)
    if alike:
        names = names.map(lambda name: alike.get(name, name)).astype("str")
    if role in ("phone", "customer_name") or alike or changed or nobody.any():
        codes, different = pd.factorize(names.where(~nobody))
        found = Coded(np.append(codes, -1)[found.codes], pd.Series(different, dtype="str"))
    return Coded(filled_from(found.codes, order), found.names)


ZERO = "0"
"""The id of guests in some shops, of the first customer in tables that count from 0."""
_DENSE = 0.5
"""Share of the numbers up to the largest that must be ids, where ids may be counted from 0."""
_ALIKE = 0.5
"""Share of the rows of 0 that must name the one person, and of the others to say that guests have no name."""


def zero_customer(cells: Cells, order: Codes | None) -> Literal["", "guests", "person", "counted"]:
    """What the customer id 0 stands for; empty where no row has it.

    One name or address beside it, which no other id has, is a `person`; several, or none where others have one, are
    `guests`. Without such columns, ids counted from 0 without many gaps, of which 0 has no more orders than another,
    are `counted`: 0 is one of them, though nothing proves it.
    """
    ids = cells.coded("customer_id") if "customer_id" in cells else None
    at = np.flatnonzero((ids.names == ZERO).to_numpy()) if ids is not None and len(ids.names) else np.array([])
    if ids is None or not len(at):
        return ""
    zero = filled_from(ids.codes, order) == at[0]
    other = ~zero & (ids.codes >= 0)
    for role in ("email", "customer_name", "phone"):
        if role not in cells:
            continue
        found = _filled(cells, role, order)
        named, elsewhere = np.unique(found.codes[zero & (found.codes >= 0)]), found.codes[other]
        if len(named) > 1:
            return "guests"
        if len(named) == 1:
            alone = (found.codes[zero] >= 0).mean() >= _ALIKE and not np.isin(named, elsewhere).any()
            return "person" if alone else "guests"
        if len(elsewhere) and (elsewhere >= 0).mean() >= _ALIKE:
            return "guests"
    names = ids.names[ids.names != ZERO]
    digits = names.str.fullmatch(r"[0-9]{1,12}").fillna(False).to_numpy(bool)
    if not len(names) or not digits.all() or len(names) < _DENSE * int(names.astype("int64").max()):
        return "guests"
    orders = pd.DataFrame({"id": ids.codes, "order": np.arange(len(zero)) if order is None else order})
    counts = orders[ids.codes >= 0].drop_duplicates()["id"].value_counts()
    return "counted" if counts.get(at[0], 0) <= counts.drop(at[0]).max() else "guests"


def _without_shared(found: Coded, name: Coded, enough: int) -> Coded:
    """The column without e-mails or phones that occur with at least that many names of which no two share a word."""
    both = (found.codes >= 0) & (name.codes >= 0)
    pairs = pd.DataFrame({"found": found.codes[both], "name": name.codes[both]}).drop_duplicates()
    several = pairs[pairs.groupby("found")["name"].transform("size") >= enough]
    shared = []
    for code, names in several.groupby("found")["name"]:
        words = [set(fold(str(name.names.iloc[place])).split()) for place in names.iloc[:50]]
        kinds: list[set[str]] = []
        for these in words:
            alike = next((kind for kind in kinds if kind & these), None)
            if alike is None:
                kinds.append(set(these))
            else:
                alike |= these
        if len(kinds) >= enough:
            shared.append(code)
    if not shared:
        return found
    return Coded(np.where(np.isin(found.codes, shared), -1, found.codes), found.names)


def customers_of_several_names(cells: Cells, customer: Codes, used: Flags) -> int:
    """Customers who are one because of their e-mail, and whose names have no word in common: a couple, an office, or
    two people of whom one ordered for the other. Ids that are numbers or codes of the shop's decide by themselves."""
    if "email" not in cells:
        return 0
    role = "customer_name" if "customer_id" not in cells else "customer_id"
    if role not in cells:
        return 0
    names = cells.coded(role)
    asked = used & (customer >= 0) & (names.codes >= 0) & (cells.coded("email").codes >= 0)
    pairs = pd.DataFrame({"customer": customer, "name": names.codes})[asked].drop_duplicates()
    several = pairs[pairs["customer"].duplicated(keep=False)]
    if len(several) > MOST_NAMED:
        return 0
    count = 0
    for _, codes in several.groupby("customer")["name"]:
        words = [set(fold(str(names.names.iloc[code])).split()) for code in codes.iloc[:50]]
        people = all(word.isalpha() for word in set().union(*words)) and all(words)
        count += people and not set.intersection(*words) and not any(a & b for a, b in pairwise(words))
    return count


MOST_NAMED = 20_000
"""Pairs of a customer and a name up to which they are compared."""
SHARED_IDS = 20
"""With at least this many ids, an e-mail is the shop's own, not a guest's."""


def _one_id_per_guest(ids: Coded, email: Coded, order: Codes | None) -> Coded:
    """Ids with one order only are merged where the e-mail is the same."""
    both = np.flatnonzero((ids.codes >= 0) & (email.codes >= 0))
    if not len(both):
        return ids
    unit = (
        np.arange(len(ids.codes)) if order is None else np.where(order >= 0, order, len(order) + np.arange(len(order)))
    )
    rows = pd.DataFrame({"id": ids.codes[both], "email": email.codes[both], "order": unit[both]}).drop_duplicates()
    pairs = rows.groupby(["email", "id"], sort=False, as_index=False).size()
    per_email = pairs.groupby("email")["id"].transform("size")
    pairs = pairs[(per_email > 1) & (per_email < SHARED_IDS)]
    if pairs.empty:
        return ids
    total = rows.groupby("id")["order"].nunique()
    pairs = pairs.assign(orders=pairs["id"].map(total)).sort_values("orders", ascending=False, kind="stable")
    main = pairs.drop_duplicates("email").set_index("email")["id"]
    guests = pairs[pairs["orders"] == 1]
    becomes = np.append(np.arange(len(ids.names)), -1)
    becomes[guests["id"].to_numpy()] = guests["email"].map(main).to_numpy()
    return Coded(becomes[ids.codes], ids.names)


def _or(first: Coded, second: Coded) -> Coded:
    """The first, and the second where the first is blank."""
    both = np.flatnonzero((first.codes >= 0) & (second.codes >= 0))[::-1]
    same = np.full(len(second.names) + 1, -1, dtype=np.int64)
    same[second.codes[both]] = first.codes[both]
    alone = np.flatnonzero(same[:-1] < 0)
    same[alone] = len(first.names) + np.arange(len(alone))
    codes = np.where(first.codes >= 0, first.codes, same[second.codes])
    return Coded(codes, pd.concat([first.names, second.names.iloc[alone]], ignore_index=True))


_OWN_DIGITS = 9
"""Digits of a phone behind the country's code that tell phones apart in most countries."""


def _phone(names: pd.Series) -> pd.Series:
    """Phones as digits; one number with its country's code, with a zero in front and without either is one phone.

    Numbers that end alike and have different codes stay apart.
    """
    digits = names.str.replace(r"\D", "", regex=True)
    digits = digits.where(digits.str.len() >= 6)
    digits = digits.mask(digits.str.startswith("00"), digits.str[2:])
    own = digits.str.slice(-_OWN_DIGITS).where(digits.str.len() >= _OWN_DIGITS)
    front = digits.str.slice(0, -_OWN_DIGITS).str.lstrip("0")
    known = pd.DataFrame({"own": own, "front": front})[own.notna().to_numpy()]
    coded = known[known["front"] != ""].groupby("own")["front"].agg(["nunique", "first"])
    code = own.map(coded["first"].where(coded["nunique"] == 1)) if len(coded) else pd.Series(None, index=own.index)
    joined = code.notna() & (front == "")
    return digits.mask(joined, code + own) if joined.any() else digits


def customers(table: Table, understanding: Understanding, *, personal: bool = False) -> pd.DataFrame:
    """A customer table: one row per row of the file, under the customer's id, else under its number from 1.

    Columns are as read; those that are personal are left out unless asked for. Rows whose id is blank get their number.
    Cleaning choices hold unless personal columns are asked for, as scoring does: every customer gets a score.
    """
    frame = table.frame
    column = understanding.roles.get("customer_id") or understanding.roles.get("email")
    numbers = pd.Series(np.arange(1, len(frame) + 1).astype(str), dtype="str")
    index = numbers if column is None else names_of(frame[column]).where(lambda names: names.notna(), numbers)
    out = {column} | (set() if personal else set(understanding.personal))
    kept = [name for name in frame.columns if name not in out]
    found = frame[kept].set_axis(pd.Index(index.array, name=CUSTOMER_ID), axis="index")
    return found if personal or not understanding.cleaning else understanding.cleaning.apply(found)


def _hashes(names: Iterable[str], key: bytes) -> dict[str, str]:
    return {name: hmac.new(key, str(name).encode(), hashlib.sha256).hexdigest()[:16] for name in names}


def hash_ids(orders: Orders, key: bytes) -> Orders:
    """The same orders with every customer's id replaced by a keyed hash (HMAC-SHA-256, 16 hex digits).

    The same key gives the same hashes in every file; without the key it can't be tested whether a given id is in it.
    """
    frames = [frame for frame in (orders.lines, orders.returns, orders.called_off) if CUSTOMER_ID in frame]
    hashed = _hashes(pd.concat([frame[CUSTOMER_ID] for frame in frames]).unique(), key)

    def with_hashes(frame: pd.DataFrame) -> pd.DataFrame:
        if CUSTOMER_ID not in frame:
            return frame
        codes, names = pd.factorize(frame[CUSTOMER_ID])
        secret = pd.Series(pd.array([hashed[name] for name in names], dtype="str").take(codes))
        moment = frame["ordered_at"].to_numpy("datetime64[us]").astype(np.int64)
        made = frame["order_id"] == made_order_ids(frame[CUSTOMER_ID], moment)  # these name the customer
        order = frame["order_id"].where(~made, made_order_ids(secret, moment))
        return frame.assign(customer_id=secret, order_id=order)

    return replace(
        orders,
        lines=with_hashes(orders.lines),
        returns=with_hashes(orders.returns),
        called_off=with_hashes(orders.called_off),
    )


def hash_index(people: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """A customer table under hashes of its ids; the same key gives the same hashes as in `hash_ids`."""
    names = people.index.astype("str")
    hashed = _hashes(names.unique(), key)
    return people.set_axis(pd.Index([hashed[name] for name in names], name=people.index.name, dtype="str"))


def without_names(table: Table, understanding: Understanding, key: bytes) -> pd.DataFrame:
    """The rows as they were read, with hashes in place of what names a customer and without other personal columns."""
    naming = [understanding.roles[role] for role in ("customer_id", "email", "phone") if role in understanding.roles]
    dropped = {*understanding.personal, understanding.roles.get("customer_name", "")} - set(naming)
    kept = table.frame.drop(columns=[column for column in table.frame.columns if column in dropped])
    made: dict[str, pd.Series] = {}
    for column in naming:
        found = coded(kept[column], lower=column == understanding.roles.get("email"))
        hashed = _hashes(found.names, key)
        secret = Coded(found.codes, pd.Series([hashed[name] for name in found.names], dtype="str"))
        made[column] = secret.column(np.arange(len(kept))).set_axis(kept.index)
    return kept.assign(**made)
