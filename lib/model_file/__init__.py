"""A fitted pipeline and its card → bytes that plain `pickle.load` opens with nothing but scikit-learn installed.

The card travels as the plain attribute `brine_card_` of the pipeline. The same pipeline and card give the same bytes
in every process; no clock, path or memory order is inside. `docs/model-file.md` describes the file.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import logging
import lzma
import platform
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

import lz4.frame
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from lib.card import CARD_ATTRIBUTE, Card, Privacy
from lib.errors import UserError
from lib.leaks import LeakReport, Traces
from lib.leaks.membership import Membership, membership
from lib.model_file.canonical import joblib_pickled, pickled
from lib.model_file.round_parameters import round_parameters
from lib.model_file.row_encodings import row_encodings, target_encodings
from lib.model_file.selftest import self_test
from lib.model_file.skops_file import skops_dumped
from lib.model_file.stripped import estimators_inside, stripped

if TYPE_CHECKING:
    from lib.training import Trained

logger = logging.getLogger(__name__)

__all__ = [
    "DEFAULT_FORMAT",
    "FORMATS",
    "Finished",
    "Format",
    "finish",
    "finish_all",
    "format_of",
    "pipeline_sha256",
    "to_bytes",
    "versions",
]


@dataclass(frozen=True)
class Format:
    """One way to write a model file. Its name is the sentence `model_file.<key>`, what it is for `<key>_about`."""

    key: str
    suffix: str
    opens_with: str
    """The line of Python that opens it, `model` being what comes out and `model_path` where it lies."""
    packages: tuple[str, ...]
    """What one needs to open it besides scikit-learn and pandas."""
    encode: Callable[[BaseEstimator], bytes]


def _pickle(protocol: int) -> Callable[[BaseEstimator], bytes]:
    return lambda model: pickled(model, protocol)


def _joblib(compressed: Callable[[bytes], bytes] = bytes) -> Callable[[BaseEstimator], bytes]:
    return lambda model: compressed(joblib_pickled(model))


_PICKLE = "model = pickle.load(open(model_path, 'rb'))"
_JOBLIB = "model = joblib.load(model_path)"
_SKOPS = "model = skops.io.load(model_path, trusted=skops.io.get_untrusted_types(file=model_path))"

FORMATS: tuple[Format, ...] = (
    Format("pickle", ".pkl", _PICKLE, (), _pickle(4)),
    Format("pickle-2", ".pkl", _PICKLE, (), _pickle(2)),
    Format("pickle-3", ".pkl", _PICKLE, (), _pickle(3)),
    Format("pickle-5", ".pkl", _PICKLE, (), _pickle(5)),
    Format("joblib", ".joblib", _JOBLIB, ("joblib",), _joblib()),
    Format("joblib-zlib", ".joblib", _JOBLIB, ("joblib",), _joblib(lambda data: zlib.compress(data, 6))),
    Format("joblib-gzip", ".joblib", _JOBLIB, ("joblib",), _joblib(lambda data: gzip.compress(data, 6, mtime=0))),
    Format("joblib-bz2", ".joblib", _JOBLIB, ("joblib",), _joblib(bz2.compress)),
    Format("joblib-lzma", ".joblib", _JOBLIB, ("joblib",), _joblib(partial(lzma.compress, format=lzma.FORMAT_ALONE))),
    Format("joblib-xz", ".joblib", _JOBLIB, ("joblib",), _joblib(lzma.compress)),
    Format("joblib-lz4", ".joblib", _JOBLIB, ("joblib", "lz4"), _joblib(lz4.frame.compress)),
    Format("skops", ".skops", _SKOPS, ("skops",), skops_dumped),
)
"""Every way to write a model file, the plainest first: what `pickle.dump` does by itself (protocol 4)."""

DEFAULT_FORMAT = FORMATS[0].key

_VERSIONED = ("scikit-learn", "numpy", "scipy", "pandas", "joblib")


def format_of(key: str) -> Format:
    """The format of that key. Raises UserError("model_file.unknown_format")."""
    for one in FORMATS:
        if one.key == key:
            return one
    raise UserError("model_file.unknown_format", format=key, known=[one.key for one in FORMATS])


def to_bytes(pipeline: BaseEstimator, card: Card, *, format: str = DEFAULT_FORMAT) -> bytes:
    """The model file: the pipeline without what only training needed, with its card.

    The card gets its self-test, its versions and the sha256 of the pipeline, where it has none yet.
    Raises UserError("model_file.unknown_format"); TypeError if a class that is not scikit-learn's or NumPy's is inside.
    """
    chosen = format_of(format)
    model, complete = sealed(pipeline, card)
    setattr(model, CARD_ATTRIBUTE, complete.to_plain())
    return chosen.encode(model)


def sealed(pipeline: BaseEstimator, card: Card) -> tuple[BaseEstimator, Card]:
    """The pipeline as it goes into the file, still without its card, and the card as it goes with it."""
    model = round_parameters(stripped(pipeline))
    model.__dict__.pop(CARD_ATTRIBUTE, None)
    return model, replace(
        card,
        self_test=card.self_test or self_test(model, card),
        versions=card.versions or versions(),
        pipeline_sha256=pipeline_sha256(model),
    )


def pipeline_sha256(pipeline: BaseEstimator) -> str:
    """The digest of the pipeline without its card; the same after loading it back, in whatever format it travelled."""
    model = stripped(pipeline)
    model.__dict__.pop(CARD_ATTRIBUTE, None)
    return hashlib.sha256(pickled(model, 4)).hexdigest()


def versions() -> Mapping[str, str]:
    """The versions of what a model file is made with."""
    return {"python": platform.python_version(), **{name: version(name) for name in _VERSIONED}}


class Finished(NamedTuple):
    """A model ready to be taken home."""

    data: bytes
    card: Card
    """As it stands in the file."""
    leaks: LeakReport


def finish(trained: Trained, *, format: str = DEFAULT_FORMAT, lines: pd.DataFrame | None = None) -> Finished:
    """The model file, searched for the customers that it learnt from; `lines` are their order lines, if there are any.

    Raises UserError("leaks.found") instead of giving out a file that a customer is in.
    """
    files, card, leaks = finish_all(trained, formats=(format,), lines=lines)
    return Finished(files[format], card, leaks)


def finish_all(
    trained: Trained, *, formats: Sequence[str] = (), lines: pd.DataFrame | None = None
) -> tuple[Mapping[str, bytes], Card, LeakReport]:
    """Format key → the model file, for several formats (none named: all), each searched as `finish` does.

    The card's `privacy` says how many customers were looked for and how well an attacker could tell who was among them.
    """
    chosen = [format_of(key) for key in formats] or list(FORMATS)
    model, card = sealed(trained.pipeline, _with_privacy(trained))
    setattr(model, CARD_ATTRIBUTE, card.to_plain())
    encodings = row_encodings(trained.pipeline, trained.example)
    if trained.target is not None:
        encodings += target_encodings(trained.target)
    traces = Traces(trained.example, encodings=encodings, lines=lines, known=_known(trained.pipeline))
    files: dict[str, bytes] = {}
    report = LeakReport(len(trained.example), 0)
    for one in chosen:
        files[one.key] = one.encode(model)
        report = traces.search(files[one.key])
        if report.found:
            raise UserError("leaks.found", found=report.found, customers=report.searched)
    return files, card, report


def _with_privacy(trained: Trained) -> Card:
    attack = _attacked(trained)
    privacy = Privacy(
        customers_searched=len(trained.example),
        customers_found=0,  # a file in which one is found is given to nobody
        membership_auc=round(attack.auc, 3) if attack is not None else None,
        membership_customers=attack.customers if attack is not None else None,
    )
    return replace(trained.card, privacy=privacy)


def _attacked(trained: Trained) -> Membership | None:
    """What the membership attack gave; nothing where the answers that the model learnt are not at hand."""
    target = trained.target
    if target is None and trained.card.goal == "groups" and hasattr(trained.pipeline, "predict"):
        # Copies learn the groups that the pipeline itself put these customers in.
        target = pd.Series(np.asarray(trained.pipeline.predict(trained.example)), index=trained.example.index)
    elif target is None and trained.card.goal != "groups":
        return None
    try:
        return membership(trained.pipeline, trained.example, target, learn=trained.learn)
    except Exception:
        logger.exception("membership attack failed customers=%d goal=%s", len(trained.example), trained.card.goal)
        return None


def _known(pipeline: BaseEstimator) -> set[str]:
    """Words of the settings, which stand in the file whoever the customers are."""
    return {
        value
        for one in estimators_inside(pipeline)
        for value in one.get_params(deep=False).values()
        if isinstance(value, str)
    }
