"""Who the customers are: guests by e-mail or phone, customer tables, keyed hashes in place of ids."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.layouts import Understanding
from lib.orders.coding import Cells, Coded, Codes, coded, filled_from, made_order_ids, names_of
from lib.orders.ledger import Orders
from lib.schema import CUSTOMER_ID
from lib.tables import Table

CUSTOMER_ROLES = ("customer_id", "email", "phone")
"""What names a customer, the surest first."""

PLACEHOLDERS = frozenset(
    ("guest", "none", "null", "nan", "n/a", "na", "0", "-", "invitado", "invite", "gast", "anonymous", "unknown")
)
"""Cells that stand for no customer."""


def customer_of_rows(cells: Cells, order: Codes | None) -> Coded:
    """Per row its customer: the id, else the e-mail, else the phone.

    A guest's e-mail or phone that stands beside an id elsewhere in the file is that customer.
    """
    total: Coded | None = None
    for role in CUSTOMER_ROLES:
        if role not in cells:
            continue
        found = cells.coded(role, lower=role == "email")
        names = _phone(found.names) if role == "phone" else found.names
        nobody = names.isna() | names.str.lower().isin(PLACEHOLDERS)
        if role == "phone" or nobody.any():
            codes, different = pd.factorize(names.where(~nobody))
            found = Coded(np.append(codes, -1)[found.codes], pd.Series(different, dtype="str"))
        found = Coded(filled_from(found.codes, order), found.names)
        total = found if total is None else _or(total, found)
    return total if total is not None else Coded(np.full(len(cells.frame), -1), pd.Series(dtype="str"))


def _or(first: Coded, second: Coded) -> Coded:
    """The first, and the second where the first is blank."""
    both = np.flatnonzero((first.codes >= 0) & (second.codes >= 0))[::-1]
    same = np.full(len(second.names) + 1, -1, dtype=np.int64)
    same[second.codes[both]] = first.codes[both]
    alone = np.flatnonzero(same[:-1] < 0)
    same[alone] = len(first.names) + np.arange(len(alone))
    codes = np.where(first.codes >= 0, first.codes, same[second.codes])
    return Coded(codes, pd.concat([first.names, second.names.iloc[alone]], ignore_index=True))


def _phone(names: pd.Series) -> pd.Series:
    digits = names.str.replace(r"\D", "", regex=True)
    return digits.where(digits.str.len() >= 6)


def customers(table: Table, understanding: Understanding, *, personal: bool = False) -> pd.DataFrame:
    """A customer table: one row per row of the file, under the customer's id, else under its number from 1.

    Columns are as read; those that are personal are left out unless asked for. Rows whose id is blank get their number.
    """
    frame = table.frame
    column = understanding.roles.get("customer_id") or understanding.roles.get("email")
    numbers = pd.Series(np.arange(1, len(frame) + 1).astype(str), dtype="str")
    index = numbers if column is None else names_of(frame[column]).where(lambda names: names.notna(), numbers)
    out = {column} | (set() if personal else set(understanding.personal))
    kept = [name for name in frame.columns if name not in out]
    return frame[kept].set_axis(pd.Index(index.array, name=CUSTOMER_ID), axis="index")


def _hashes(names: Iterable[str], key: bytes) -> dict[str, str]:
    return {name: hmac.new(key, str(name).encode(), hashlib.sha256).hexdigest()[:16] for name in names}


def hash_ids(orders: Orders, key: bytes) -> Orders:
    """The same orders with every customer's id replaced by a keyed hash (HMAC-SHA-256, 16 hex digits).

    The same key gives the same hashes in every file; without the key nobody can test whether a given id is in it.
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
    naming = [understanding.roles[role] for role in CUSTOMER_ROLES if role in understanding.roles]
    kept = table.frame.drop(columns=[column for column in understanding.personal if column not in naming])
    made: dict[str, pd.Series] = {}
    for column in naming:
        found = coded(kept[column], lower=column == understanding.roles.get("email"))
        hashed = _hashes(found.names, key)
        secret = Coded(found.codes, pd.Series([hashed[name] for name in found.names], dtype="str"))
        made[column] = secret.column(np.arange(len(kept))).set_axis(kept.index)
    return kept.assign(**made)
