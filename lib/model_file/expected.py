"""Texts that a model file contains regardless of the customers: names of classes and settings, words of the card,
dates.

They are derived from the objects that are written, not listed: a customer called Ridge is not in a file because its
regression is called so, and an order at noon is not in it because the cutoff is at noon.
"""

from __future__ import annotations

import pickletools
import re
from collections.abc import Iterator, Mapping

from sklearn.base import BaseEstimator

from lib.card import Card, GroupsEvaluation
from lib.model_file.canonical import pickled
from lib.model_file.stripped import estimators_inside


def expected_texts(pipeline: BaseEstimator, card: Card) -> set[str]:
    """Texts of the file of a fitted pipeline (without its card) and its card that no customer is the reason for."""
    return {*_of_estimators(pipeline), *_of_classes(pipeline), *_of_card(card)}


def _of_estimators(pipeline: BaseEstimator) -> Iterator[str]:
    """Names of attributes and settings, and settings that are texts."""
    for one in estimators_inside(pipeline):
        yield from vars(one)
        for name, value in one.get_params(deep=False).items() if hasattr(one, "get_params") else ():
            yield name
            if isinstance(value, str):
                yield value


def _of_classes(pipeline: BaseEstimator) -> Iterator[str]:
    """Modules and names of every class and function that the file refers to."""
    for code, text, _ in pickletools.genops(pickled(pipeline, 2)):
        if code.name == "GLOBAL":
            for part in str(text).split(" "):
                yield part
                yield from part.split(".")


def _of_card(card: Card) -> Iterator[str]:
    """The card's own keys and words, and dates that come from the calendar and not from a customer.

    These are the ends of the period, generated dates of the self-test, and times at midnight or at the cut-off's time
    of day: many customers share a day.
    """
    plain = card.to_plain()
    yield from (card.goal, card.recipe, card.baseline_name, card.currency, card.target, *card.limits)
    yield from (word for column in card.columns for word in (column.name, column.kind, column.unit))
    if isinstance(card.evaluation, GroupsEvaluation):  # columns that were tried are named, too
        yield from (name for tried in card.evaluation.tried for name in tried.columns)
    yield from card.versions.values()
    yield from (card.period_start, card.period_end)
    rows = card.self_test.get("rows")
    if isinstance(rows, dict):
        for column in card.columns:
            if column.kind == "date":
                yield from _texts(rows.get(column.name))
    yield from _keys(plain)
    times = {"00:00:00", card.cutoff.partition("T")[2] or "00:00:00"}
    for text in _texts(plain):
        day, _, time = text.partition("T")
        if time in times and _DAY.fullmatch(day):
            yield text


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _keys(plain: object) -> Iterator[str]:
    if isinstance(plain, Mapping):
        for key, value in plain.items():
            yield str(key)
            yield from _keys(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _keys(value)


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)
