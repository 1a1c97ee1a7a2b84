"""Files of one history that write customers or orders otherwise: zeros lost, other spellings, numbers begun anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.orders.ledger import Orders
from lib.orders.reused_numbers import in_the_same_way
from lib.orders.spellings import first_spellings

_LEAST_SHARED = 3
_MOST = 0.5
"""Share of the order numbers that two files share from which on the files count their orders each for itself."""
SAME_AMOUNT = 0.01
SAME_DAYS = 62
"""Up to how many days lie between the dates of one order: its own day in one file, that of payment in another."""


@dataclass(frozen=True)
class CustomerNumbers:
    """How a file writes its customers' numbers."""

    digits: bool
    """Whether all of them are digits alone."""
    zeros: bool
    """Whether they are, and some begin with a zero."""
    widths: frozenset[int]
    """How many signs they have."""

    @staticmethod
    def of(customers: pd.Series) -> CustomerNumbers:
        """Of the ids of a file's order lines."""
        names = pd.Series(customers.unique(), dtype="str")
        digits = bool(len(names)) and bool(names.str.fullmatch(r"[0-9]+").all())
        zeros = digits and bool(names.str.startswith("0").any())
        return CustomerNumbers(digits, zeros, frozenset(map(int, names.str.len().unique())))

    @staticmethod
    def of_all(parts: Sequence[CustomerNumbers]) -> CustomerNumbers:
        """Of a file that is known in parts; parts without any customer say nothing."""
        known = [part for part in parts if part.widths]
        digits = bool(known) and all(part.digits for part in known)
        widths = frozenset[int]().union(*(part.widths for part in known))
        return CustomerNumbers(digits, digits and any(part.zeros for part in known), widths)


def width_of_numbers(files: Sequence[CustomerNumbers]) -> int:
    """How many digits customers' numbers have in the files that kept their zeros, where other files have none that
    begins with a zero; 0 where nothing can be said."""
    kept = [file for file in files if file.zeros]
    widths = frozenset[int]().union(*(file.widths for file in kept))
    return next(iter(widths)) if kept and len(kept) < len(files) and len(widths) == 1 else 0


def lacks_zeros(file: CustomerNumbers, width: int) -> bool:
    """Whether a file's numbers may be those of `width` digits without their zeros."""
    return file.digits and not file.zeros and min(file.widths) < width and max(file.widths) <= width


def may_lack_zeros(files: Sequence[CustomerNumbers]) -> bool:
    """Whether `comparable` may give customers of some file their zeros back."""
    width = width_of_numbers(files)
    return bool(width) and any(lacks_zeros(file, width) for file in files)


def are_counted_anew(shared: int, other: int) -> bool:
    """Whether a file counts its orders by itself: of the numbers that it shares with earlier files, so many are of
    other orders."""
    return shared >= _LEAST_SHARED and other / shared >= _MOST


def means_another(both: pd.DataFrame) -> pd.Series:
    """Whether an order number means another order in an earlier file: another customer on another day. What costs the
    same within weeks is one order, of which two files give other dates and names, such as an address and a number.

    Each of the columns `customer`, `day` (days since 1970) and `amount` stands there twice, once with `_here`.
    """
    other = (both["customer"] != both["customer_here"]) & (both["day"] != both["day_here"])
    near = (both["day"] - both["day_here"]).abs() <= SAME_DAYS
    return other & ~(near & ((both["amount"] - both["amount_here"]).abs() < SAME_AMOUNT))


@dataclass(frozen=True)
class Numbered:
    """The parts, with numbers that can be compared."""

    parts: tuple[Orders, ...]
    padded: int = 0
    """Customers' numbers that got back the zeros in front of them."""
    renumbered: int = 0
    """Order numbers that meant another order in an earlier file."""


def comparable(parts: Sequence[Orders]) -> Numbered:
    """Parts of which equal customers have equal numbers, and different orders different ones."""
    parts, padded = _with_zeros(_in_one_spelling(in_the_same_way(parts)))
    parts, renumbered = _each_its_own(parts)
    return Numbered(parts, padded, renumbered)


def _frames(part: Orders) -> tuple[pd.DataFrame, ...]:
    return part.lines, part.returns, part.called_off


def _changed(part: Orders, column: str, new: dict[str, str]) -> Orders:
    """The part with other names in one column of all its tables."""
    changed = [
        frame.assign(**{column: frame[column].map(lambda name: new.get(name, name)).astype("str")})
        if column in frame
        else frame
        for frame in _frames(part)
    ]
    return replace(part, lines=changed[0], returns=changed[1], called_off=changed[2])


def _in_one_spelling(parts: tuple[Orders, ...]) -> tuple[Orders, ...]:
    """A customer's name is spelled as the first file does that has it."""
    changes = first_spellings([_customers(part) for part in parts])
    return tuple(_changed(part, "customer_id", new) if new else part for part, new in zip(parts, changes, strict=True))


def _customers(part: Orders) -> pd.Series:
    """Everybody in any of the part's tables, once."""
    ids = pd.concat([frame["customer_id"] for frame in _frames(part) if "customer_id" in frame])
    return pd.Series(ids.unique(), dtype="str")


def _with_zeros(parts: tuple[Orders, ...]) -> tuple[tuple[Orders, ...], int]:
    """A spreadsheet drops the zeros of `000123`: files with bare numbers get them back from files that kept them."""
    ids = [pd.Series(part.lines["customer_id"].unique(), dtype="str") for part in parts]
    forms = [CustomerNumbers.of(names) for names in ids]
    width = width_of_numbers(forms)
    if not width:
        return parts, 0
    known = {name for names, form in zip(ids, forms, strict=True) if form.zeros for name in names}
    made: list[Orders] = []
    count = 0
    for part, names, form in zip(parts, ids, forms, strict=True):
        new = {str(name): str(name).zfill(width) for name in names if len(name) < width}
        met = sum(name in known for name in new.values())
        if not lacks_zeros(form, width) or met < max(2, 0.1 * len(new)):
            made.append(part)
            continue
        made.append(_changed(part, "customer_id", new))
        count += len(new)
    return tuple(made), count


def _each_its_own(parts: tuple[Orders, ...]) -> tuple[tuple[Orders, ...], int]:
    """Two shops count their orders alike: the same number by another customer on another day is another order.

    Where most numbers that a file shares with earlier ones are of this kind, they get the file's place behind them.
    """
    seen: pd.DataFrame | None = None
    made: list[Orders] = []
    count = 0
    for place, part in enumerate(parts, start=1):
        first = part.lines.drop_duplicates("order_id").set_index("order_id")
        here = pd.DataFrame({
            "customer": first["customer_id"], "day": first["ordered_at"].to_numpy("datetime64[D]").astype(np.int64),
            "amount": part.lines.groupby("order_id")["amount"].sum(),
        })  # fmt: skip
        both = here.iloc[:0] if seen is None else seen.join(here, how="inner", suffixes=("", "_here"))
        other = int(means_another(both).sum()) if len(both) else 0
        if are_counted_anew(len(both), other):
            new = {str(name): f"{name} ({place})" for name in both.index}
            part = _changed(part, "order_id", new)
            here = here.rename(index=new)
            count += len(new)
        made.append(part)
        seen = here if seen is None else pd.concat([seen, here[~here.index.isin(seen.index)]])
    return tuple(made), count
