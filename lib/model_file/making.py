"""From a question to model files without customer data: train, search, and change what is needed automatically.

Where the search finds something, these are tried in turn: learnt numbers rounded to three digits, more customers in
every leaf of a tree, the column left out that it was found in, another recipe for the same question. What was changed
is listed in the card (`Privacy.changes`). If none of them helps, the file is refused, with the column to leave out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
from sklearn.pipeline import Pipeline

from lib.card import Card
from lib.leaks import Finding, LeakReport
from lib.logs import event
from lib.model_file import LeakFound, finish_all
from lib.recipes import recipes_for
from lib.training import Question, Trained

logger = logging.getLogger(__name__)

COARSE_DIGITS = 3
"""Significant digits of learnt numbers where nine would tell a customer's."""

LEAF_FACTOR = 5
"""How many times as many customers a leaf then has: what it holds is a mean of so many more."""

Train = Callable[[Question], Trained]


@dataclass(frozen=True)
class Made:
    """Model files of one training, and what there is to say about them."""

    files: Mapping[str, bytes]
    """Format key → the file."""
    card: Card
    leaks: LeakReport
    trained: Trained
    """What was written, with the customers that it learnt from."""


def make_model(
    train: Train, question: Question, *, formats: Sequence[str] = (), lines: pd.DataFrame | None = None
) -> Made:
    """Trains and writes a model in which no customer is found, for several formats (none named: all).

    Raises UserError as `train` does, and `LeakFound` where no change helped.
    """
    trained = train(question)
    # A first answer does not wait for a report that trains copies of the model.
    attacked = not question.quick
    try:
        return Made(*finish_all(trained, formats=formats, lines=lines, attacked=attacked), trained)
    except LeakFound as found:
        first = found
    for change, again, digits in _changes(train, question, trained, first.findings):
        event(logger, "leak_change", change=change.key)
        try:
            changed = _with(again(), change)
            finished = finish_all(changed, formats=formats, lines=lines, digits=digits, attacked=attacked)
            return Made(*finished, changed)
        except LeakFound:
            continue
    raise first


@dataclass(frozen=True)
class _Change:
    """What is done otherwise, and the column that is left out for it."""

    key: str
    column: str = ""


def _changes(
    train: Train, question: Question, trained: Trained, findings: Sequence[Finding]
) -> Iterator[tuple[_Change, Callable[[], Trained], int]]:
    yield _Change("rounded"), lambda: trained, COARSE_DIGITS
    if _has_leaves(trained.pipeline):
        larger = replace(question, recipe=trained.card.recipe, leaf_factor=LEAF_FACTOR)
        yield _Change("larger_leaves"), partial(train, larger), 0
    used = [column.name for column in trained.card.columns]
    for name in dict.fromkeys(one.column for one in findings if one.column in used):
        rest = tuple(column for column in used if column != name)
        if rest:
            yield _Change("column_left_out", name), partial(train, replace(question, columns=rest)), 0
    others = [one for one in recipes_for(question.goal) if one.key != trained.card.recipe]
    for one in sorted(others, key=lambda one: not one.explainable)[:2]:
        yield _Change("other_recipe"), partial(train, replace(question, recipe=one.key)), COARSE_DIGITS


def _has_leaves(pipeline: Pipeline) -> bool:
    return any(name.rpartition("__")[2] == "min_samples_leaf" for name in pipeline.get_params())


def _with(trained: Trained, change: _Change) -> Trained:
    privacy = replace(trained.card.privacy, changes=(change.key,), left_out=(change.column,) if change.column else ())
    return replace(trained, card=replace(trained.card, privacy=privacy))
