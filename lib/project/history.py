"""The order history inside a project: Parquet, read like any uploaded file and then checked against the schema.

Text columns carry the prefix `MARK`: reading an upload decides whether a text column holds numbers, and a customer
`007` has to come back as `007`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.orders import Ledger, Orders, merge
from lib.project.contents import CustomerHistory
from lib.schema import ORDER_LINES
from lib.tables import read_table

PARTS = ("lines", "returns", "called_off")
MARK = "t_"

_CALLED_OFF = ("order_id", "customer_id", "ordered_at", "reason")
_REASONS = ("cancelled", "refunded")
_NEEDED = ("customer_id", "order_id", "ordered_at", "amount", "quantity")


def history_entries(orders: Orders) -> Mapping[str, bytes]:
    """`history/….parquet` → its bytes; a part without rows has no entry."""
    parts = {"lines": orders.lines, "returns": orders.returns, "called_off": orders.called_off}
    return {f"history/{name}.parquet": _written(part) for name, part in parts.items() if len(part)}


def _written(part: pd.DataFrame) -> bytes:
    target = io.BytesIO()
    marked = {
        str(name): MARK + part[name].astype("str").where(part[name].notna())
        for name in part.columns
        if name != "ordered_at" and not pd.api.types.is_numeric_dtype(part[name].dtype)
    }
    part.assign(**marked).to_parquet(target, index=False)
    return target.getvalue()


def read_history(read: Callable[[str], bytes], names: tuple[str, ...], project: str, currency: str) -> Orders:
    """The orders of a project's `history/` entries. `read` unpacks an entry. Raises UserError."""
    if "history/lines.parquet" not in names:
        raise UserError("project.missing", name=project, entry="history/lines.parquet")
    parts = {part: _read(read, part, project) for part in PARTS if f"history/{part}.parquet" in names}
    lines = parts["lines"]
    empty = lines.iloc[:0]
    ledger = Ledger(len(lines), len(lines), {}, pd.Series(pd.Categorical([""] * len(lines)), name="reason"))
    return Orders(
        lines,
        parts.get("returns", empty),
        ledger,
        currency,
        {currency: len(lines)} if currency else {},
        parts.get("called_off", pd.DataFrame()),
        line_rows=np.arange(len(lines)),
    )


def _read(read: Callable[[str], bytes], part: str, project: str) -> pd.DataFrame:
    entry = f"history/{part}.parquet"
    wrong = UserError("project.wrong", name=project, part=entry)
    found = read_table(read(entry), f"{part}.parquet").frame
    wanted = _CALLED_OFF if part == "called_off" else tuple(spec.name for spec in ORDER_LINES)
    if not set(wanted) - {"product", "country"} <= set(found.columns):
        raise wrong
    made: dict[str, pd.Series] = {}
    for name in wanted:
        if name in ("amount", "quantity"):
            if not pd.api.types.is_numeric_dtype(found[name].dtype):
                raise wrong
            made[name] = found[name].astype("float64")
            if not np.isfinite(made[name].to_numpy()).all():
                raise wrong
        elif name == "ordered_at":
            if found[name].dtype.kind != "M" or found[name].isna().any():
                raise wrong
            made[name] = found[name].astype("datetime64[us]")
        else:
            made[name] = _texts(found, name, wrong)
    table = pd.DataFrame(made)
    if part == "called_off" and not table["reason"].isin(_REASONS).all():
        raise wrong
    return table.sort_values("ordered_at", kind="stable", ignore_index=True)


def _texts(found: pd.DataFrame, name: str, wrong: UserError) -> pd.Series:
    """A text column without its marks; a column without any value may have lost its type."""
    if name not in found.columns or found[name].isna().all():
        if name in _NEEDED:
            raise wrong
        return pd.Series(None, index=found.index, dtype="str")
    texts = found[name].astype("str").where(found[name].notna())
    if not texts.dropna().str.startswith(MARK).all() or (name in _NEEDED and texts.isna().any()):
        raise wrong
    return texts.str.removeprefix(MARK).astype("str")


def with_history(orders: Orders, history: CustomerHistory | None) -> Orders:
    """New orders and those of a project as one history, in which what stands in both counts once.

    Raises UserError where there is no order in either.
    """
    return orders if history is None else merge([orders, history.orders])
