"""Auxiliary objects often saved with a model: dates, amounts, paths, tables. They are read, checked, and then dropped.

`{"model": model, "trained_at": datetime.now(), "columns": frame.columns}` is an honest file. None of the names here is
ever imported, called or built, wherever in a file it lies: a stream that holds one gives an inert node, the builder
makes the model alone, and inside a model such a node is taken only under a key that no model of that kind has, which is
left behind too. So they need no schema each.
"""

from collections.abc import Mapping

_PLACES: Mapping[str, tuple[str, str]] = {
    "builtins": ("Ellipsis complex frozenset list range", "plain values as older protocols write them"),
    "collections": ("Counter OrderedDict defaultdict deque", "settings and counts"),
    "types": ("SimpleNamespace", "settings"),
    "datetime": ("date datetime time timedelta timezone", "when the model was trained"),
    "zoneinfo": ("ZoneInfo", "the time zone of a moment"),
    "pytz": ("_UTC _p", "the time zone of a moment, from pandas 1 and 2"),
    "decimal": ("Decimal", "an amount of money"),
    "fractions": ("Fraction", "a share"),
    "uuid": ("UUID", "the number of a training run"),
    "pathlib": ("PosixPath PurePosixPath PureWindowsPath WindowsPath", "where the training data came from"),
    "pathlib._local": ("PosixPath PurePosixPath PureWindowsPath WindowsPath", "the same, from Python 3.13"),
    "joblib.memory": ("Memory", "where a pipeline kept its author's intermediate results"),
    "joblib._store_backends": ("FileSystemStoreBackend", "the folder of those"),
    "pandas": (
        "ArrowDtype BooleanDtype Categorical CategoricalDtype CategoricalIndex DataFrame DatetimeIndex "
        "DatetimeTZDtype Float32Dtype Float64Dtype Int16Dtype Int32Dtype Int64Dtype Interval IntervalDtype "
        "IntervalIndex MultiIndex Period PeriodDtype PeriodIndex Series SparseDtype TimedeltaIndex Timestamp",
        "a table beside the model",
    ),
    "pandas.arrays": (
        "ArrowExtensionArray BooleanArray DatetimeArray FloatingArray IntegerArray IntervalArray "
        "PeriodArray SparseArray StringArray TimedeltaArray",
        "a table's column",
    ),
    "pandas._libs.arrays": ("__pyx_unpickle_NDArrayBacked", "a table's column"),
    "pandas._libs.internals": ("_unpickle_block", "a table's columns"),
    "pandas._libs.interval": ("Interval __pyx_unpickle_IntervalMixin", "a table's column"),
    "pandas._libs.sparse": ("IntIndex", "a table's column"),
    "pandas._libs.tslibs.nattype": ("__nat_unpickle _nat_unpickle", "a moment that is not known"),
    "pandas._libs.tslibs.offsets": (
        "BusinessDay Day Hour Minute MonthBegin MonthEnd QuarterEnd Week",
        "the step between moments",
    ),
    "pandas._libs.tslibs.period": ("Period",  "a month"),
    "pandas._libs.tslibs.timedeltas": ("_timedelta_unpickle", "a span of time"),
    "pandas._libs.tslibs.timestamps": ("Timestamp _unpickle_timestamp", "a moment"),
    "pandas.core.frame": ("DataFrame", "a table beside the model, from pandas 1 and 2"),
    "pandas.core.series": ("Series", "a column beside the model, from pandas 1 and 2"),
    "pandas.core.internals.managers": ("BlockManager SingleBlockManager", "a table's columns"),
    "pandas.core.indexes.datetimes": ("DatetimeIndex _new_DatetimeIndex", "a table's rows"),
    "pandas.core.indexes.interval": ("IntervalIndex _new_IntervalIndex", "a table's rows"),
    "pandas.core.indexes.timedeltas": ("TimedeltaIndex _new_TimedeltaIndex", "a table's rows"),
    "pandas.core.indexes.period": ("PeriodIndex", "a table's rows"),
    "pandas.core.indexes.multi": ("MultiIndex", "a table's rows, from pandas 1 and 2"),
    "pandas.core.indexes.category": ("CategoricalIndex", "a table's rows, from pandas 1 and 2"),
    "pandas.core.indexes.numeric": ("Float64Index Int64Index", "a table's rows, from pandas 1"),
    "pandas.core.arrays.boolean": ("BooleanArray BooleanDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.categorical": ("Categorical", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.datetimes": ("DatetimeArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.floating": ("FloatingArray Float64Dtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.integer": ("IntegerArray Int64Dtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.interval": ("IntervalArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.period": ("PeriodArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.sparse.array": ("SparseArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.sparse.dtype": ("SparseDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.string_": ("StringArray StringDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.timedeltas": ("TimedeltaArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.dtypes.dtypes": (
        "CategoricalDtype DatetimeTZDtype IntervalDtype PeriodDtype SparseDtype",
        "a table's column, from pandas 1 and 2",
    ),
}  # fmt: skip

NAMES: Mapping[str, str] = {
    f"{module}:{name}": reason for module, (names, reason) in _PLACES.items() for name in names.split()
}
"""`module:name` → why it is often saved with a model."""

HOLDERS = frozenset({"collections:OrderedDict", "collections:defaultdict", "types:SimpleNamespace"})
"""Those in which a model itself is looked for."""
