"""Files of one history that write customers' or orders' numbers otherwise: zeros lost in one, numbers begun anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lib.orders.ledger import Orders

_LEAST_SHARED = 3
_MOST = 0.5
"""Share of the order numbers that two files share from which on the files count their orders each for itself."""


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
    parts, padded = _with_zeros(tuple(parts))
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


def _with_zeros(parts: tuple[Orders, ...]) -> tuple[tuple[Orders, ...], int]:
    """A spreadsheet drops the zeros of `000123`: files with bare numbers get them back from files that kept them."""
    ids = [pd.Series(part.lines["customer_id"].unique(), dtype="str") for part in parts]
    digits = [bool(len(names)) and bool(names.str.fullmatch(r"[0-9]+").all()) for names in ids]
    zeros = [held and bool(names.str.startswith("0").any()) for held, names in zip(digits, ids, strict=True)]
    if not any(zeros) or all(zeros):
        return parts, 0
    widths = {int(width) for names, kept in zip(ids, zeros, strict=True) if kept for width in names.str.len().unique()}
    if len(widths) != 1:
        return parts, 0
    (width,) = widths
    known = {name for names, kept in zip(ids, zeros, strict=True) if kept for name in names}
    made: list[Orders] = []
    count = 0
    for part, names, held, kept in zip(parts, ids, digits, zeros, strict=True):
        new = {str(name): str(name).zfill(width) for name in names if len(name) < width}
        met = sum(name in known for name in new.values())
        if kept or not held or not new or (names.str.len() > width).any() or met < max(2, 0.1 * len(new)):
            made.append(part)
            continue
        made.append(_changed(part, "customer_id", new))
        count += len(new)
    return tuple(made), count


def _each_its_own(parts: tuple[Orders, ...]) -> tuple[tuple[Orders, ...], int]:
    """Two shops count their orders alike: the same number by another customer on another day is another order.

    Where most numbers that a file shares with earlier ones are of this kind, they get the file's place behind them.
    """
    seen = pd.DataFrame({"customer_id": [], "day": []})
    made: list[Orders] = []
    count = 0
    for place, part in enumerate(parts, start=1):
        first = part.lines.drop_duplicates("order_id").set_index("order_id")
        here = pd.DataFrame({"customer_id": first["customer_id"], "day": first["ordered_at"].dt.normalize()})
        both = seen.join(here, how="inner", suffixes=("", "_here")) if len(seen) and len(here) else seen.iloc[:0]
        if len(both) >= _LEAST_SHARED:
            other = (both["customer_id"] != both["customer_id_here"]) & (both["day"] != both["day_here"])
            if other.mean() >= _MOST:
                new = {str(name): f"{name} ({place})" for name in both.index}
                part = _changed(part, "order_id", new)
                here = here.rename(index=new)
                count += len(new)
        made.append(part)
        seen = pd.concat([seen, here[~here.index.isin(seen.index)]]) if len(seen) else here
    return tuple(made), count
