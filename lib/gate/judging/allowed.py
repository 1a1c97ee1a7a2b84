"""Which names: exact (module, qualified name) pairs, each with a role and a reason; nothing by prefix, no dots.

Roles: `class` is made empty and given state; `record` is a named tuple; `call` is called by a schema of `calls.py`;
`kind` is only handed to such a call; `function`, `dtype` and `constant` are only values; `base` is what
`copyreg._reconstructor` is given; `wrapper` is joblib's note that an array follows; `beside` is what people keep beside
a model, which is never imported (`beside.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lib.gate.generated.allowed_names import NAMES as _BY_MODULE
from lib.gate.judging import auxiliary_names

Role = Literal["class", "record", "call", "kind", "function", "dtype", "constant", "base", "wrapper", "beside"]

NAMES: Mapping[str, tuple[str, str]] = {
    f"{module}:{qualname}": entry for module, names in _BY_MODULE.items() for qualname, entry in names.items()
}
"""`module:name` → (role, reason)."""

MODULES: tuple[str, ...] = tuple(_BY_MODULE)
"""Every module that the names lie in: what a worker imports before it closes its doors."""

_MOVED_MODULES: Mapping[str, str] = {
    "__builtin__": "builtins",
    "copy_reg": "copyreg",
    "numpy.core.multiarray": "numpy._core.multiarray",
    "numpy.core.numeric": "numpy._core.numeric",
    "numpy.core._multiarray_umath": "numpy",
    "numpy.core.umath": "numpy",
    "scipy.sparse.csr": "scipy.sparse._csr",
}
"""Python 2's names, which protocols 0 to 2 write to this day, and those of NumPy 1."""

_MOVED_NAMES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("numpy.ma.core", "MaskedArray"): ("numpy.ma", "MaskedArray"),
    ("pandas.core.indexes.base", "Index"): ("pandas", "Index"),
    ("pandas.core.indexes.range", "RangeIndex"): ("pandas", "RangeIndex"),
    ("pandas._libs.missing", "NA"): ("pandas", "NA"),
    ("numpy", "bool"): ("numpy", "bool_"),
    ("builtins", "long"): ("builtins", "int"),
    ("builtins", "unicode"): ("builtins", "str"),
    ("builtins", "xrange"): ("builtins", "range"),
}


def present_name(module: str, qualname: str) -> tuple[str, str]:
    """Where a name of another version lives today. Only these few; the name must be in the table all the same."""
    module = _MOVED_MODULES.get(module, module)
    return _MOVED_NAMES.get((module, qualname), (module, qualname))


def role(key: str) -> str:
    """The role of a name; joblib's wrapper has one of its own; empty for a name that is not allowed."""
    entry = NAMES.get(key)
    if entry is None and key in auxiliary_names.NAMES:
        return "beside"
    if entry is None:
        return "wrapper" if key.endswith("joblib.numpy_pickle:NumpyArrayWrapper") else ""
    return entry[0]
