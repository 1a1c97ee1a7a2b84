"""What the customers known before a cutoff did in the horizon after it: the targets of models."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.features.coded_log import DAY, CodedLog, OrderLog, code, microseconds, rows_by_name, sums_by, table_index


def future(orders: OrderLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """What the customers known before the cutoff did in [cutoff, cutoff + horizon): `bought`, `spend`, `orders`."""
    return future_of(code(orders), cutoff, horizon_days)


def future_of(log: CodedLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """`future` of a log that is coded already."""
    begin = microseconds(cutoff)
    known = int(np.searchsorted(log.line_moment, begin, side="left"))
    customers = int(log.line_customer[:known].max(initial=-1)) + 1
    lines = slice(*np.searchsorted(log.part_moment, (begin, begin + horizon_days * DAY), side="left"))
    owner = log.order_customer[log.part_order[lines]]
    old = owner < customers
    owner = owner[old]
    spend = np.bincount(owner, weights=log.part_amount[lines][old], minlength=customers)
    different = np.unique(log.part_order[lines][old])
    # An order begun before the cutoff is no new order, though money that it adds later is money.
    different = different[log.order_moment[different] >= begin]
    orders = np.bincount(log.order_customer[different], minlength=customers)
    rows = rows_by_name(log, customers)
    return pd.DataFrame(
        {"bought": orders[rows] > 0, "spend": spend[rows], "orders": orders[rows].astype(np.int64)},
        index=table_index(log, rows),
    )


def next_order_of(log: CodedLog, cutoff: pd.Timestamp, horizon_days: int) -> pd.DataFrame:
    """The first order in [cutoff, cutoff + horizon) of the customers known before: `days` until it and its `value`.

    Same rows as `future_of`; both are missing for who did not order.
    """
    begin = microseconds(cutoff)
    known = int(np.searchsorted(log.line_moment, begin, side="left"))
    customers = int(log.line_customer[:known].max(initial=-1)) + 1
    parts = slice(*np.searchsorted(log.part_moment, (begin, begin + horizon_days * DAY), side="left"))
    order = log.part_order[parts]
    new = (log.order_customer[order] < customers) & (log.order_moment[order] >= begin)
    different, worth = np.unique(order[new], return_inverse=True)
    value = sums_by(worth, log.part_amount[parts][new], len(different))
    owner, when = log.order_customer[different], log.order_moment[different]
    earliest = np.lexsort((when, owner))
    first = earliest[np.flatnonzero(np.diff(owner[earliest], prepend=-1) > 0)]
    found = np.full((customers, 2), np.nan)
    found[owner[first], 0] = (when[first] - begin) / DAY
    found[owner[first], 1] = value[first]
    rows = rows_by_name(log, customers)
    return pd.DataFrame({"days": found[rows, 0], "value": found[rows, 1]}, index=table_index(log, rows))
