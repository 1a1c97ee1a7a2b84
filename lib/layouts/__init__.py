"""Which columns are customer, date, order, amount; which shop system exported this; what is personal."""

from lib.layouts.names import NEEDED, ROLES
from lib.layouts.query import table_from_frame
from lib.layouts.settings import LARGEST_SETTINGS, Settings, read_settings, write_settings
from lib.layouts.shops import LAYOUTS, Layout, TableKind, layout_named
from lib.layouts.table_cleaning import TableCleaning, ValueLimits
from lib.layouts.understanding import Understanding, examples, understand, with_kind, with_personal, with_roles

__all__ = [
    "LARGEST_SETTINGS",
    "LAYOUTS",
    "NEEDED",
    "ROLES",
    "Layout",
    "TableCleaning",
    "TableKind",
    "Understanding",
    "ValueLimits",
    "examples",
    "layout_named",
    "Settings",
    "read_settings",
    "table_from_frame",
    "understand",
    "with_kind",
    "with_personal",
    "with_roles",
    "write_settings",
]
