"""What a list of scored customers shows beside each: e-mail, last order and net spend."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.audience import EMAIL
from lib.orders import Orders
from lib.schema import CUSTOMER_ID
from lib.scoring import FLAGS_COLUMN

LAST_ORDER, NET_SPEND = "last_order", "net_spend"


def with_context(
    table: pd.DataFrame, emails: Mapping[str, str], orders: Orders | None = None, cutoff: pd.Timestamp | None = None
) -> pd.DataFrame:
    """The table with what is known of each customer between the scores and the flags.

    Orders and returns count up to the cut-off; without one, and for a table without customers' ids, there are none.
    """
    if CUSTOMER_ID not in table.columns:
        return table
    ids = table[CUSTOMER_ID].astype("str")
    found: dict[str, pd.Series] = {EMAIL: ids.map(emails)} if emails else {}
    if orders is not None and cutoff is not None:
        lines, returns = (part[part["ordered_at"] < cutoff] for part in (orders.lines, orders.returns))
        spent = pd.concat([lines, returns])[[CUSTOMER_ID, "amount"]].groupby(CUSTOMER_ID)["amount"].sum()
        found[LAST_ORDER] = ids.map(lines.groupby(CUSTOMER_ID)["ordered_at"].max()).dt.normalize()
        found[NET_SPEND] = ids.map(spent)
    ends = [FLAGS_COLUMN] if FLAGS_COLUMN in table.columns else []
    scores = [name for name in table.columns if name not in (CUSTOMER_ID, *ends)]
    return table.assign(**found)[[CUSTOMER_ID, *scores, *found, *ends]]
