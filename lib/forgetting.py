"""Taking customers out: the same training without them, and a receipt that says so without naming them.

A model can't unlearn a customer exactly, so it is trained again on everyone else. The result has the same bytes as a
model that never saw the customers, which `tests/test_forgetting.py` checks.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import pandas as pd

from lib.errors import UserError
from lib.orders import Orders
from lib.safe_text import json_line
from lib.schema import CUSTOMER_ID

RECEIPT_FORMAT = "brine-forget/1"


@dataclass(frozen=True)
class Receipt:
    """What was removed, for whoever has to prove it. It holds keyed hashes in place of ids."""

    removed: tuple[str, ...]
    """HMAC-SHA-256 of each removed id, in hexadecimal, sorted: only who has the key can check an id against them."""
    not_found: tuple[str, ...]
    """Likewise, of those asked for that were not in the data."""
    rows_removed: int
    customers_left: int
    removed_at: str
    """ISO 8601."""
    sha256_before: str
    """Of the model file that is replaced; empty if it was not given."""
    sha256_after: str
    format: str = RECEIPT_FORMAT

    def to_json(self) -> bytes:
        """The receipt as a file."""
        return (json_line(json.dumps(asdict(self), ensure_ascii=False, indent=2)) + "\n").encode()


def orders_without(orders: Orders, customers: Collection[str]) -> Orders:
    """The order history as if these customers had never ordered.

    Raises UserError("forget.nobody_left") if no other customer remains.
    """
    gone = set(customers)
    left = _without(orders.lines, gone)
    if left.empty:
        raise UserError("forget.nobody_left")
    return replace(
        orders, lines=left, returns=_without(orders.returns, gone), called_off=_without(orders.called_off, gone)
    )


def _without(lines: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    if CUSTOMER_ID not in lines:
        return lines
    kept = lines[~lines[CUSTOMER_ID].isin(gone)].reset_index(drop=True)
    unused = {name: kept[name].cat.remove_unused_categories() for name in kept if kept[name].dtype.name == "category"}
    return kept.assign(**unused)


def table_without(people: pd.DataFrame, customers: Collection[str]) -> pd.DataFrame:
    """The customer table (index customer_id) without these customers. Raises UserError("forget.nobody_left")."""
    left = people[~people.index.isin(set(customers))]
    if left.empty:
        raise UserError("forget.nobody_left")
    return left


def receipt(
    asked: Sequence[str], known: Collection[str], *, key: bytes, rows: tuple[int, int], left: int, moment: datetime,
    files: tuple[bytes, bytes],
) -> Receipt:  # fmt: skip
    """The receipt of a removal.

    `asked` are the ids given, `known` all ids of the data before; `rows` are counted before and after; `files` are the
    model before (empty if unknown) and after.
    """
    everyone = set(known)
    hashes = {one: hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in dict.fromkeys(asked)}
    before, after = files
    return Receipt(
        removed=tuple(sorted(found for one, found in hashes.items() if one in everyone)),
        not_found=tuple(sorted(found for one, found in hashes.items() if one not in everyone)),
        rows_removed=rows[0] - rows[1],
        customers_left=left,
        removed_at=moment.isoformat(timespec="seconds"),
        sha256_before=hashlib.sha256(before).hexdigest() if before else "",
        sha256_after=hashlib.sha256(after).hexdigest(),
    )
