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
import time
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
from sklearn.pipeline import Pipeline

from lib.card import CARD_ATTRIBUTE, Card
from lib.errors import UserError
from lib.leaks import Finding, LeakReport, Traces
from lib.leaks.membership import Membership, membership
from lib.logs import event, failure
from lib.model_file.canonical import joblib_pickled, pickled
from lib.model_file.expected import expected_texts
from lib.model_file.round_parameters import round_coarsely, round_parameters
from lib.model_file.row_encodings import row_encodings, target_encodings
from lib.model_file.selftest import self_test
from lib.model_file.skops_file import skops_dumped
from lib.model_file.stripped import stripped

if TYPE_CHECKING:
    from lib.training import Trained

logger = logging.getLogger(__name__)

__all__ = [
    "DEFAULT_FORMAT",
    "FORMATS",
    "Finished",
    "Format",
    "LeakFound",
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


def sealed(pipeline: BaseEstimator, card: Card, *, digits: int = 0) -> tuple[BaseEstimator, Card]:
    """The pipeline as it goes into the file, still without its card, and the card as it goes with it.

    With `digits`, every learnt number is rounded to that many significant digits.
    """
    model = round_parameters(stripped(pipeline))
    if digits:
        model = round_coarsely(model, digits)
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

    Raises `LeakFound` instead of giving out a file that a customer is in.
    """
    files, card, leaks = finish_all(trained, formats=(format,), lines=lines)
    return Finished(files[format], card, leaks)


class LeakFound(UserError):
    """A customer is in the finished file. Its key names the kind of value that most were found by."""

    def __init__(self, report: LeakReport, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0]
        key = "leaks.found"
        if first.kind in ("id", "order_number", "moment"):
            key = "leaks.found_identity"
        elif first.kind == "target":
            key = "leaks.found_target"
        elif first.column:
            key = "leaks.found_column"
        super().__init__(key, found=report.found, customers=report.searched, column=first.column)


def finish_all(
    trained: Trained,
    *,
    formats: Sequence[str] = (),
    lines: pd.DataFrame | None = None,
    digits: int = 0,
    attacked: bool = True,
) -> tuple[Mapping[str, bytes], Card, LeakReport]:
    """Format key → the model file, for several formats (none named: all), each searched as `finish` does.

    The card's `privacy` says how many customers were looked for and how well an attacker could tell who was among them.
    With `digits`, every learnt number is rounded to that many significant digits. Without `attacked`, the membership
    attack, which trains copies of the model, is left out. Raises `LeakFound`.
    """
    began = time.perf_counter()
    chosen = [format_of(key) for key in formats] or list(FORMATS)
    model, card = sealed(trained.pipeline, _with_privacy(trained, attacked=attacked), digits=digits)
    known = expected_texts(model, card)
    setattr(model, CARD_ATTRIBUTE, card.to_plain())
    traces = Traces(
        trained.example,
        encodings=row_encodings(trained.pipeline, trained.example),
        targets=target_encodings(trained.target) if trained.target is not None else [],
        lines=lines,
        known=known,
    )
    files: dict[str, bytes] = {}
    report = LeakReport(len(trained.example), 0)
    for one in chosen:
        files[one.key] = one.encode(model)
        report = traces.search(files[one.key])
        if report.found:
            found = _located(traces, model, card, report)
            for finding in found:
                event(logger, "leak_found", kind=finding.kind, part=finding.part, customers=len(finding.customers))
            raise LeakFound(report, found)
    event(
        logger,
        "leak_search",
        seconds=time.perf_counter() - began,
        customers=report.searched,
        files=len(files),
        bytes=sum(map(len, files.values())),
    )
    return files, card, report


def _located(traces: Traces, model: BaseEstimator, card: Card, report: LeakReport) -> list[Finding]:
    """The findings with the part of the file that they stand in: the card, or a step of the pipeline."""
    steps: dict[str, object] = dict(model.steps) if isinstance(model, Pipeline) else {"model": model}
    parts = {"card": card.to_plain(), **steps}
    kinds = {
        name: {(one.kind, one.column) for one in traces.search(pickled(part, 4)).findings}
        for name, part in parts.items()
    }
    return [
        one.in_part(next((name for name, held in kinds.items() if (one.kind, one.column) in held), ""))
        for one in report.findings
    ]


def _with_privacy(trained: Trained, *, attacked: bool = True) -> Card:
    attack = _attacked(trained) if attacked else None
    privacy = replace(
        trained.card.privacy,
        customers_searched=len(trained.example),
        customers_found=0,  # a file in which one is found is never offered
        membership_auc=round(attack.auc, 3) if attack is not None else None,
        membership_customers=attack.customers if attack is not None else None,
        membership_found=round(attack.found_share, 3)
        if attack is not None and attack.found_share is not None
        else None,
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
    except Exception as error:  # noqa: BLE001  this report is no part of the file: whatever breaks it breaks nothing else
        failure(logger, "membership_failed", error, customers=len(trained.example), goal=trained.card.goal)
        return None
