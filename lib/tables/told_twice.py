"""Two tables with the same columns that tell the same sales: as ordered and as paid, by order and by line."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.parsing.dates import parse_dates
from lib.tables import names as names_of

_MOST_SHARED = 0.5
"""Share of the sales of the smaller table from which on they are those of the larger one."""
_BEYOND_CHANCE = 0.3
"""How much larger that share must be than among the same sales with other customers."""
_ALL = 0.95
_LEAST = 3
_NUMBERED = 0.3
"""Distinct values per row from which on a column may number documents; orders have a few lines each."""
_DAYS = np.timedelta64(92, "D")
"""How long after a sale it is paid or sent, in the usual case."""
_WHO = frozenset(
    ("email", "mail", "correo", "courriel", "name", "nombre", "nom", "nome", "phone", "telefono", "telefon")
)
_STATES = frozenset(
    ("status", "state", "type", "kind", "event", "estado", "tipo", "typ", "art", "statut", "etat", "stato", "situacao")
)
_OF_PEOPLE = frozenset(
    (
        "phone", "telephone", "tel", "mobile", "telefono", "movil", "telefon", "handy", "portable", "zip", "plz",
        "postcode", "postal", "cp", "address", "direccion", "adresse", "street", "calle", "strasse", "rue", "city",
        "ciudad", "ort", "stadt", "ville", "name", "nombre", "nom", "surname", "apellido", "apellidos", "nachname",
        "prenom", "email", "mail", "correo", "birthday", "company", "empresa", "firma", "societe",
    )
)  # fmt: skip
"""Words of columns that say who a customer is; their values come again whatever was bought."""
_ORDERS = re.compile(
    r"(?i)order|pedido|bestell|auftrag|commande|ordin|encomenda|invoice|factura|rechnung|facture|fattura"
)
_OTHER_SALES = 0.25
"""Share of the orders that two tables have in common up to which they tell other sales."""
_DISTINCT = 0.05
"""Share of sales that find a partner by chance up to which amounts tell sales apart."""
_ONE_WAY = 0.9
"""Share of sales that are paid after, or on the day of, their date."""
Days = np.typing.NDArray[np.datetime64]


@dataclass(frozen=True)
class Told:
    """What a table says of its sales, a row each."""

    who: Sequence[str]
    """Blank where no column says it."""
    numbers: Sequence[Sequence[str]]
    """The columns that may number documents."""
    money: Sequence[float]
    days: Days
    """Missing where a cell says none."""
    documents: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The columns that are named for orders or invoices, each filled."""
    takes_back: bool = False
    """Whether a status or a type says of some rows that something was cancelled or given back."""


def told_of(columns: Sequence[tuple[str, Sequence[str]]]) -> Told | None:
    """What columns of text, (name, cells) each, say of sales; None where none is named for money or for days."""
    whole = [(name, cells) for name, cells in columns if any(cells)]
    who = next((cells for name, cells in whole if names_of.names_a_customer(name)), None)
    who = who or next((cells for name, cells in whole if _WHO & set(names_of.tokens(name))), None)
    days = next((cells for name, cells in whole if names_of.names_a_moment(name)), None)
    money = [cells for name, cells in whole if _may_be_money(name, cells)]
    if not money or days is None:
        return None
    parsed = parse_dates(pa.chunked_array([pa.array(days, pa.string())]), named=True)
    if parsed is None:
        return None
    taken = {id(who), id(days), *map(id, money)}
    many = [pair for pair in whole if id(pair[1]) not in taken and len(set(pair[1])) >= _NUMBERED * len(pair[1])]
    numbers = [cells for name, cells in many if not _OF_PEOPLE & set(names_of.tokens(name))]
    return Told(
        who or [""] * len(days),
        numbers,
        [_number(cell) for cell in money[-1]],
        np.array(parsed.values.to_pylist(), dtype="datetime64[D]"),
        {" ".join(names_of.tokens(name)): cells for name, cells in many if _ORDERS.search(name) and all(cells)},
        any(
            _STATES & set(names_of.tokens(name)) and any(map(names_of.names_no_sales, set(cells)))
            for name, cells in whole
        ),
    )


def _may_be_money(name: str, cells: Sequence[str]) -> bool:
    if not names_of.names_an_amount(name) or names_of.names_a_moment(name):
        return False
    known = [cell for cell in cells if cell][:50]
    return np.isfinite([_number(cell) for cell in known]).mean() > _MOST_SHARED


def _number(cell: str) -> float:
    """A cell as a number, good enough to compare cells of one table; missing where it is none."""
    digits = "".join(sign for sign in cell if sign.isdigit() or sign in ".,-")
    whole, comma, cents = digits.rpartition(",")
    if comma and "." not in cents and len(cents) != 3:
        digits = whole.replace(".", "") + "." + cents
    try:
        return float(digits.replace(",", ""))
    except ValueError:
        return float("nan")


def tell_the_same(one: Told, other: Told, *, most: float = _MOST_SHARED) -> bool:
    """Whether most sales of the smaller table are in the larger one, too: the same customer under the same number with
    the same sum, or with as many equal amounts, within some weeks, as chance would not make.

    `most`: the share of the smaller table's sales that must be in the larger one. Tables of other months never tell
    the same, and neither does one that says what was cancelled. Where most rows are equal, as of exports that overlap,
    they count once anyway: then nearly all sales must be in both.
    """
    if one.takes_back or other.takes_back:
        return False
    if min(len(one.money), len(other.money)) < _LEAST or not _at_one_time(one.days, other.days):
        return False
    small, large = sorted((one, other), key=lambda told: len(told.money))
    if _numbered_apart(small, large):  # payments of their own numbers, or other sales of equal amounts
        return _by_money(small, large, most, most_chance=_DISTINCT)
    if _mostly_equal(small, large):
        return _by_number(small, large, _ALL)
    return _by_number(small, large, most) or _by_money(small, large, most)


def _at_one_time(one: Days, other: Days) -> bool:
    left, right = one[~np.isnat(one)], other[~np.isnat(other)]
    return len(left) > 0 and len(right) > 0 and bool(left.min() <= right.max() and right.min() <= left.max())


def _mostly_at_one_time(one: Days, other: Days) -> bool:
    """Whether the shorter time of two tables is mostly within the other's: months with equal fees share a few days."""
    left, right = one[~np.isnat(one)], other[~np.isnat(other)]
    both = min(left.max(), right.max()) - max(left.min(), right.min())
    return bool(both >= _MOST_SHARED * min(left.max() - left.min(), right.max() - right.min()))


def _numbered_apart(small: Told, large: Told) -> bool:
    """Whether columns of one name number the orders of the two tables, and hardly any is in both with its customer."""
    for name in small.documents.keys() & large.documents.keys():
        orders, known = (set(zip(told.who, told.documents[name], strict=True)) for told in (small, large))
        if len(orders & known) <= _OTHER_SALES * len(orders):
            return True
    return False


def _mostly_equal(small: Told, large: Told) -> bool:
    if len(small.numbers) != len(large.numbers):
        return False
    rows, known = (
        list(zip(told.who, np.round(told.money, 2), told.days.astype(str), *told.numbers, strict=True))
        for told in (small, large)
    )
    return (Counter(rows) & Counter(known)).total() > _MOST_SHARED * len(rows)


def _by_number(small: Told, large: Told, most: float) -> bool:
    for left in small.numbers:
        for right in large.numbers:
            sums = [
                pd.Series(told.money)
                .groupby([np.asarray(told.who, dtype=object), np.asarray(cells, dtype=object)])
                .sum()
                for told, cells in ((small, left), (large, right))
            ]
            shared = sums[0].index.intersection(sums[1].index)
            if len(shared) < max(_LEAST, most * min(map(len, sums))):
                continue
            alike = (sums[0][shared] - sums[1][shared]).abs() < 0.011 * np.maximum(1, _rows_of(small, left, shared))
            if alike.mean() >= most:
                return True
    return False


def _rows_of(told: Told, cells: Sequence[str], shared: pd.Index) -> pd.Series:
    return pd.Series(Counter(zip(told.who, cells, strict=True)), dtype=float).reindex(shared).fillna(1)


def _by_money(small: Told, large: Told, most: float, *, most_chance: float = 1.0) -> bool:
    if len(set(small.who)) < _LEAST or not _mostly_at_one_time(small.days, large.days):
        return False
    turned = list(small.who)
    people = sorted(set(turned))
    after = dict(zip(people, [*people[1:], people[0]], strict=True))
    found, chance = (
        _matched(who, small, large, one_way=real) / len(small.money)
        for who, real in ((small.who, True), ([after[name] for name in turned], False))
    )
    return found >= most and found - chance > _BEYOND_CHANCE and chance <= most_chance


def _matched(who: Sequence[str], small: Told, large: Told, *, one_way: bool) -> int:
    """How many rows have a partner of the same customer and amount, each once, in the order of their days;
    with `one_way` none where some come before and some after it, as of two branches."""
    tables = []
    for people, told in ((who, small), (large.who, large)):
        table = pd.DataFrame({"who": people, "money": np.round(told.money, 2), "day": told.days})
        table = table[table["money"].notna() & (table["money"] != 0)].sort_values("day", kind="stable")
        tables.append(table.assign(nth=table.groupby(["who", "money"]).cumcount()))
    both = tables[0].merge(tables[1], on=["who", "money", "nth"])
    apart = (both["day_x"] - both["day_y"]).to_numpy()
    near = np.abs(apart) <= _DAYS
    ways = [int((near & way).sum()) for way in (apart >= np.timedelta64(0), apart <= np.timedelta64(0))]
    return int(near.sum()) if not one_way or max(ways) >= _ONE_WAY * near.sum() else 0


def first_told(one: Told, other: Told) -> bool:
    """Whether the first of two tables that tell the same is the one of sales: it has more of them, or else earlier
    days."""
    if len(one.money) != len(other.money):
        return len(one.money) > len(other.money)
    known = [told.days[~np.isnat(told.days)].astype(np.int64) for told in (one, other)]
    return bool(np.median(known[0]) <= np.median(known[1]))
