"""Order lines and a cutoff → one row per customer; the target comes from the horizon after the cutoff.

Two invariants hold for every feature. It uses order lines before the cut-off only, and it uses that customer's own
lines (and the model's constants) only, so that scoring in chunks gives the same numbers as scoring at once. For the
BTYD columns the second holds if `constants` contains the parameters; without them they are estimated here.

Words: in RFM, which these columns follow, recency counts days SINCE the last order and frequency counts ALL orders.
The BTYD literature means the opposite by both: see `lib/btyd.py`, which is given its own `repeats` and `last_week`.
"""

from lib.features.catalogue import COUNTRY, FAMILIES, FEATURES, Family, Feature
from lib.features.coded_log import DAY, CodedLog, OrderLog, code
from lib.features.constants import MAX_HORIZON_DAYS, check_constants, season_at
from lib.features.cut import horizon_of
from lib.features.families import WINDOWS
from lib.features.later import future, future_of, next_order_of
from lib.features.table import (
    BTYD_FAMILIES,
    btyd_columns,
    customer_features,
    default_cutoff,
    features_of,
    history_of,
    needs_btyd,
)

__all__ = [
    "BTYD_FAMILIES", "COUNTRY", "DAY", "FAMILIES", "FEATURES", "MAX_HORIZON_DAYS", "WINDOWS", "CodedLog", "Family",
    "Feature", "OrderLog", "btyd_columns", "check_constants", "code", "customer_features", "default_cutoff",
    "features_of", "future", "future_of", "history_of", "horizon_of", "needs_btyd", "next_order_of", "season_at",
]  # fmt: skip
