"""Which names: exact (module, qualified name) pairs, each with a role and a reason; nothing by prefix, no dots.

Roles: `class` is made empty and given state; `record` is a named tuple; `call` is called by a schema of `calls.py`;
`kind` is only handed to such a call; `function`, `dtype` and `constant` are only values; `base` is what
`copyreg._reconstructor` is given; `wrapper` is joblib's note that an array follows; `beside` is for auxiliary objects
saved with a model, which are never imported (`auxiliary_names.py`); `older` are classes of other versions, which are
replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lib.gate.generated.allowed_names import NAMES as _BY_MODULE
from lib.gate.judging import auxiliary_names
from lib.gate.judging.former_modules import FORMER_MODULES

Role = Literal["class", "record", "call", "kind", "function", "dtype", "constant", "base", "wrapper", "beside", "older"]

NAMES: Mapping[str, tuple[str, str]] = {
    f"{module}:{qualname}": entry for module, names in _BY_MODULE.items() for qualname, entry in names.items()
}
"""`module:name` → (role, reason)."""

MODULES: tuple[str, ...] = tuple(_BY_MODULE)
"""Every module that the names lie in: what a worker imports before it closes its doors."""

_MOVED_MODULES: Mapping[str, str] = {
    "__builtin__": "builtins",
    "copy_reg": "copyreg",
    "exceptions": "builtins",
    "urlparse": "urllib.parse",
    "numpy.core.multiarray": "numpy._core.multiarray",
    "numpy.core.numeric": "numpy._core.numeric",
    "numpy.core._multiarray_umath": "numpy",
    "numpy._core._multiarray_umath": "numpy",
    "numpy._core.umath": "numpy",
    "_loss": "sklearn._loss._loss",
    "numpy.core.umath": "numpy",
    "scipy.sparse.csr": "scipy.sparse._csr",
    "scipy.special._special_ufuncs": "scipy.special",
    "scipy.special._ufuncs": "scipy.special",
    "sklearn.neighbors._dist_metrics": "sklearn.metrics._dist_metrics",
}
"""Python 2's names, which protocols 0 to 2 write to this day, and those of NumPy 1."""

_MOVED_NAMES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("numpy.ma.core", "MaskedArray"): ("numpy.ma", "MaskedArray"),
    ("pandas.core.indexes.base", "Index"): ("pandas", "Index"),
    ("pandas.core.indexes.range", "RangeIndex"): ("pandas", "RangeIndex"),
    ("pandas._libs.missing", "NA"): ("pandas", "NA"),
    ("numpy", "bool"): ("numpy", "bool_"),
    ("sklearn.metrics._scorer", "_PredictScorer"): ("sklearn.metrics._scorer", "_Scorer"),
    ("sklearn.metrics._scorer", "_ProbaScorer"): ("sklearn.metrics._scorer", "_Scorer"),
    ("sklearn.metrics._scorer", "_ThresholdScorer"): ("sklearn.metrics._scorer", "_Scorer"),
    ("scipy.sparse._csr", "csr_array"): ("scipy.sparse._csr", "csr_matrix"),
    ("sklearn.impute", "SimpleImputer"): ("sklearn.impute._base", "SimpleImputer"),
    ("sklearn.impute", "MissingIndicator"): ("sklearn.impute._base", "MissingIndicator"),
    ("sklearn.utils", "Bunch"): ("sklearn.utils._bunch", "Bunch"),
    ("sklearn.preprocessing._data", "PolynomialFeatures"): ("sklearn.preprocessing._polynomial", "PolynomialFeatures"),
    ("UserDict", "IterableUserDict"): ("collections", "UserDict"),
    ("builtins", "long"): ("builtins", "int"),
    ("builtins", "unicode"): ("builtins", "str"),
    ("builtins", "xrange"): ("builtins", "range"),
}


_GB_LOSSES = (
    *("BinomialDeviance", "ExponentialLoss", "HuberLossFunction", "LeastAbsoluteError", "LeastSquaresError"),
    *("MultinomialDeviance", "QuantileLossFunction"),
)
_HISTOGRAM_LOSSES = (
    *("BinaryCrossEntropy", "CategoricalCrossEntropy", "LeastAbsoluteDeviation", "LeastSquares", "Poisson"),
)
_COMPILED_LOSSES = (
    *("CyAbsoluteError", "CyExponentialLoss", "CyHalfBinomialLoss", "CyHalfGammaLoss", "CyHalfPoissonLoss"),
    *("CyHalfSquaredError", "CyHalfTweedieLoss", "CyHalfTweedieLossIdentity", "CyHuberLoss", "CyPinballLoss"),
)
OLDER: Mapping[str, Role] = {
    **{f"sklearn.ensemble._gb_losses:{name}": "older" for name in _GB_LOSSES},
    **{f"sklearn.ensemble._hist_gradient_boosting.loss:{name}": "older" for name in _HISTOGRAM_LOSSES},
    "sklearn.metrics._scorer:_passthrough_scorer": "older",
    "sklearn.model_selection._search_successive_halving:_refit_callable": "older",
    "sklearn.compose._column_transformer:_RemainderColsList": "older",
    **{f"sklearn._loss._loss:__pyx_unpickle_{name}": "call" for name in _COMPILED_LOSSES},
}
"""Names of older versions that `translation.py` and `calls.py` turn into today's; they are never imported."""


_DISTANCES = tuple(
    name.removesuffix("64") for name in _BY_MODULE["sklearn.metrics._dist_metrics"] if name.endswith("Distance64")
)


def present_name(module: str, qualname: str) -> tuple[str, str]:
    """Where a name of another version lives today. Only these few; the name must be in the table all the same."""
    module = _MOVED_MODULES.get(module) or FORMER_MODULES.get(module, module)
    if module == "sklearn.metrics._dist_metrics" and qualname in _DISTANCES:  # until 1.2, of doubles alone
        return module, f"{qualname}64"
    return _MOVED_NAMES.get((module, qualname), (module, qualname))


def role(key: str) -> str:
    """The role of a name; joblib's wrapper has one of its own; empty for a name that is not allowed."""
    entry = NAMES.get(key)
    if entry is None and key in OLDER:
        return OLDER[key]
    if entry is None and key in auxiliary_names.NAMES:
        return "beside"
    if entry is None:
        return "wrapper" if key.endswith("joblib.numpy_pickle:NumpyArrayWrapper") else ""
    return entry[0]
