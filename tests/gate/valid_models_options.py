"""Every estimator with every option that scikit-learn itself declares, on dense and sparse, numeric and text data.

What `valid_models_more` picks by hand, this walks: `_parameter_constraints` of each class. Nothing here is a test; the
table of states is made from it (`tools/gate_tables.py`), and `test_states.py` judges a sample.
"""

from __future__ import annotations

import contextlib
import signal
import warnings
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.base import BaseEstimator, clone
from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
from sklearn.feature_selection import f_regression, mutual_info_classif
from sklearn.metrics import f1_score, fbeta_score, make_scorer, mean_pinball_loss
from sklearn.model_selection import KFold, ShuffleSplit, StratifiedKFold, TimeSeriesSplit
from sklearn.utils import all_estimators
from sklearn.utils._param_validation import Options, StrOptions

from tests.gate.valid_models import instance

ROWS = 60
SECONDS = 6
"""For one fit; what takes longer is left out."""
_chance = np.random.RandomState(0)
DENSE = np.abs(_chance.rand(ROWS, 4)) + 0.1
TABLES = {
    "dense": DENSE,
    "sparse": sp.csr_matrix(np.where(_chance.rand(ROWS, 4) < 0.4, 0, DENSE)),
    "frame": pd.DataFrame(DENSE, columns=list("abcd")),
}
_YES = (DENSE[:, 0] > 0.6).astype(int)
_THREE = np.digitize(DENSE[:, 1], [0.4, 0.8])
_WORDS = np.array(["low", "mid", "high"])[_THREE]
_MONEY = DENSE @ [1, 2, 3, 4.0]
TARGETS = {
    "none": None,
    "yes": _YES,
    "three": _THREE,
    "money": _MONEY,
    "words": _WORDS,
    "bool": _YES.astype(bool),
    "series": pd.Series(_WORDS),
    "category": pd.Series(_WORDS).astype("category"),
    "two columns": np.c_[_MONEY, _MONEY * 2],
    "two labels": np.c_[_YES, 1 - _YES],
}


class _TooSlow(Exception):
    """A fit took longer than `SECONDS`."""


def everything(only: Sequence[str] = ()) -> Iterator[tuple[str, BaseEstimator]]:
    """(name, fitted estimator) for each option that fits; `only` names classes."""
    with warnings.catch_warnings(), _alarm():
        warnings.simplefilter("ignore")
        for name, cls in all_estimators():
            if only and name not in only:
                continue
            base = None
            with contextlib.suppress(Exception):
                base = instance(name, cls)
            if base is not None:
                yield from _on_every_table(name, base)
                yield from _with_every_option(name, base)


def _on_every_table(name: str, base: BaseEstimator) -> Iterator[tuple[str, BaseEstimator]]:
    for target, values in TARGETS.items():
        for kind, table in TABLES.items():
            if (fitted := _fitted(base, table, values)) is not None:
                yield f"{name} {kind}/{target}", fitted


def _with_every_option(name: str, base: BaseEstimator) -> Iterator[tuple[str, BaseEstimator]]:
    target = next(
        (TARGETS[one] for one in ("yes", "money", "three", "none") if _fitted(base, DENSE, TARGETS[one])), None
    )
    for parameter, constraints in getattr(type(base), "_parameter_constraints", {}).items():
        for value in _values(parameter, constraints if isinstance(constraints, list) else []):
            variants = [{parameter: value}]
            if parameter == "scoring":
                variants += [{parameter: value, "early_stopping": True}, {parameter: value, "refit": "f1"}]
            for variant in variants:
                try:
                    changed = clone(base).set_params(**variant)
                except (ValueError, TypeError):
                    continue
                if (fitted := _fitted(changed, DENSE, target)) is not None:
                    yield f"{name} {parameter}={str(value)[:50]}", fitted


def _values(parameter: str, constraints: Sequence[object]) -> list[object]:
    values: list[object] = []
    for one in constraints:
        if isinstance(one, StrOptions | Options):
            values += sorted(one.options, key=str)[:40]
        elif isinstance(one, str) and one in _OF_KIND:
            values += _OF_KIND[one]
        elif one is None:
            values.append(None)
        elif one is dict:
            values.append({0: 1, 1: 2.0})
    return values + _MORE.get(parameter, [])


_OF_KIND: dict[str, list[object]] = {
    "boolean": [True, False],
    "random_state": [np.random.RandomState(1), 7, np.int64(3)],
    "verbose": [0],
    "array-like": [[0, 1], np.array([0.5, 0.5])],
}
_MORE: dict[str, list[object]] = {
    "scoring": [
        *("accuracy", "roc_auc", "r2", "neg_mean_absolute_error", "f1_micro", "precision_macro"),
        make_scorer(fbeta_score, beta=2),
        make_scorer(f1_score, average="macro"),
        make_scorer(mean_pinball_loss, alpha=0.9, greater_is_better=False),
        ["f1", "accuracy"],
    ],
    "score_func": [mutual_info_classif, f_regression, partial(mutual_info_classif, random_state=0)],
    "max_features": ["sqrt", "log2", 0.5, 2],
    "memory": ["/home/somebody/cache"],
    "cv": [
        KFold(3),
        StratifiedKFold(3, shuffle=True, random_state=1),
        ShuffleSplit(2, random_state=np.random.RandomState(0)),
        TimeSeriesSplit(2),
        [(np.arange(40), np.arange(40, 60)), (np.arange(20, 60), np.arange(20))],
    ],
}


def _fitted(base: BaseEstimator, table: object, target: object) -> BaseEstimator | None:
    estimator = clone(base)
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return estimator.fit(table) if target is None else estimator.fit(table, target)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except Exception:  # noqa: BLE001 - most tables and targets do not suit most estimators
        return None


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    def ring(number: int, frame: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
