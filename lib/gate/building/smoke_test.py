"""Rows generated from a model's columns only, to test whether it predicts at all."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.gate.process.messages import JsonValue

ROWS = 3
_DEPTH = 12
"""How far into nested pipelines the search for categories goes."""


def made_up_frames(estimator: object, card: Mapping[str, JsonValue], given: str) -> Iterator[pd.DataFrame]:
    """Tables to try, the likeliest first: with the card's or the encoders' words, then numbers, then words."""
    if given == "texts":
        yield pd.DataFrame({"text": ["blue cotton bag", "red paper bag", "small bag"]})
        return
    if given == "records":
        yield pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [0.5, 0.25, 0.0]})
        return
    names = _names(estimator)
    words = {**_words(estimator, names, 0), **_card_words(card)}
    for number in _numbers(len(names)):
        yield pd.DataFrame({name: words.get(name, number) for name in names}, index=range(ROWS))
        if words:
            yield pd.DataFrame(number, index=range(ROWS), columns=names)
    yield pd.DataFrame("a", index=range(ROWS), columns=names)
    for word in words.values():
        yield pd.DataFrame(word, index=range(ROWS), columns=names)


def _numbers(columns: int) -> Sequence[float]:
    return (0.5, 1.0, 0.0, 2.0) if columns else (0.5,)


def _names(estimator: object) -> list[str]:
    names = getattr(estimator, "feature_names_in_", None)
    if isinstance(names, np.ndarray) and names.ndim == 1 and 0 < len(names) <= 100_000:
        return [str(name) for name in names]
    count = getattr(estimator, "n_features_in_", 1)
    return [f"x{place}" for place in range(count if isinstance(count, int) and 0 < count <= 100_000 else 1)]


def _card_words(card: Mapping[str, JsonValue]) -> dict[str, str]:
    columns = card.get("columns")
    words: dict[str, str] = {}
    for column in columns if isinstance(columns, list) else []:
        if isinstance(column, Mapping) and isinstance(column.get("name"), str):
            categories = column.get("categories")
            if isinstance(categories, list) and categories and isinstance(categories[0], str):
                words[str(column["name"])] = categories[0]
    return words


Cell = str | float | int | bool


def _words(estimator: object, names: Sequence[str], depth: int) -> dict[str, Cell]:
    """Column → a category that some encoder inside has learnt for it."""
    found: dict[str, Cell] = {}
    if depth > _DEPTH:
        return found
    categories = getattr(estimator, "categories_", None)
    if isinstance(categories, list) and len(categories) == len(names):
        for name, values in zip(names, categories, strict=True):
            if isinstance(values, np.ndarray) and values.ndim == 1 and len(values):
                first = values.tolist()[0]
                if isinstance(first, str | float | int | bool):
                    found[name] = first
    vocabulary = getattr(estimator, "vocabulary_", None)
    if (isinstance(vocabulary, dict) or hasattr(estimator, "ngram_range")) and len(names) == 1:
        words = list(vocabulary) if isinstance(vocabulary, dict) else []
        found[names[0]] = words[0] if words and isinstance(words[0], str) else "a word"
    transformers = getattr(estimator, "transformers_", None)
    if isinstance(transformers, list):
        for one in transformers:
            if isinstance(one, tuple) and len(one) == 3 and not isinstance(one[1], str):
                found |= _words(one[1], _chosen(one[2], names), depth + 1)
    steps = getattr(estimator, "steps", None)
    if isinstance(steps, list):
        for step in steps:
            if isinstance(step, tuple) and len(step) == 2 and not isinstance(step[1], str):
                found |= _words(step[1], names, depth + 1)
    for attribute in ("best_estimator_", "estimator_", "regressor_", "estimator"):
        inner = getattr(estimator, attribute, None)
        if inner is not None and not isinstance(inner, str | type):
            found |= _words(inner, names, depth + 1)
    return found


def _chosen(columns: object, names: Sequence[str]) -> list[str]:
    if isinstance(columns, str):
        return [columns]
    if isinstance(columns, np.ndarray):
        columns = columns.tolist()
    if isinstance(columns, slice):
        return list(names[columns]) if isinstance(columns.start, int | None) else []
    if not isinstance(columns, list):
        return []
    if columns and all(isinstance(one, bool) for one in columns):
        return [name for name, take in zip(names, columns, strict=False) if take]
    return [one if isinstance(one, str) else names[one] for one in columns if isinstance(one, str | int)]
