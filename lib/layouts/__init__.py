"""Which columns are customer, date, order, amount; which shop system exported this; what is personal."""

from lib.layouts.names import NEEDED, ROLES
from lib.layouts.shops import LAYOUTS, Layout, TableKind
from lib.layouts.understanding import Understanding, examples, understand, with_roles

__all__ = [
    "LAYOUTS",
    "NEEDED",
    "ROLES",
    "Layout",
    "TableKind",
    "Understanding",
    "examples",
    "understand",
    "with_roles",
]
