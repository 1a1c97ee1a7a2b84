"""Cards with one thing wrong: every field of every kind of card, dropped, of another type, unknown, huge, negative.

`mutations` walks a plain card and gives each change once. Of a list the first and the last item are changed, of a
mapping with free keys (metrics, columns, self-test rows) the first two entries.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

from lib.card import Card
from lib.card.bounds import Plain

FOLDER = Path(__file__).parent / "format_1"
KINDS = tuple(sorted(file.stem for file in FOLDER.glob("*.json")))
"""One stored card of each."""

OTHERS: tuple[Plain, ...] = (
    *(None, True, 0, -5, 7, 10**18, -(2**62), 0.5, -0.25, 1e308, -1e308, 5e-324),
    *(
        "",
        "from_next_year",
        "recipes.newer_blend",
        "leaks.found",
        "../../etc",
        "{customers:0f}",
        "<b>![x](y)</b>",
        "é" * 300,
    ),
    *("1677-01-01", "9999-12-31", "2020-01-01T00:00:00+05:00"),
    *([], [[]], [7, "x"], {}, {"btyd": {}}, {"value": 1.0}),
)
"""Replacements of a value."""

MAX_FREE_KEYS = 2


WHOLE = frozenset({"edges", "shares", "categories", "classes", "confusion", "table", "groups"})
"""Lists whose lengths depend on each other: they are not shortened."""


def stored(kind: str) -> dict[str, Plain]:
    """A stored card in today's format, its long lists shortened so that thousands can be read in a minute."""
    card = Card.from_plain(json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8")))
    assert card is not None
    plain = card.to_plain()
    short = {name: _shortened(item, name) for name, item in plain.items()}
    assert Card.from_plain(short) is not None
    return short


def _shortened(value: Plain, name: str) -> Plain:
    if isinstance(value, dict):
        return {key: _shortened(item, key) for key, item in value.items()}
    if isinstance(value, list):
        items = value if name in WHOLE or len(value) <= 3 else [*value[:2], value[-1]]
        return [_shortened(item, "") for item in items]
    return value


def mutations(plain: dict[str, Plain]) -> Iterator[tuple[str, dict[str, Plain]]]:
    """A name, and a card that differs from `plain` in one place."""
    for path in _paths(plain):
        name = ".".join(map(str, path))
        yield f"{name} dropped", _with(plain, path, drop=True)
        for other in OTHERS:
            if other != _at(plain, path):
                yield f"{name} = {str(other)[:24]!r}", _with(plain, path, other)
        before = _at(plain, path)
        if isinstance(before, list):
            yield f"{name} twice", _with(plain, path, before + before)
        if isinstance(before, dict):
            yield f"{name} + unknown", _with(plain, path, {**before, "from_next_year": {"a": [1, "x"]}})
            yield f"{name} nested", _with(plain, path, {"a": before})


def distinct(kind: str) -> dict[str, Card]:
    """Every different card that the mutated ones are read as; those that are no card at all are left out."""
    cards: dict[str, Card] = {}
    seen: set[str] = set()
    for name, plain in mutations(stored(kind)):
        card = Card.from_plain(plain)
        if card is not None and repr(card) not in seen:
            seen.add(repr(card))
            cards[name] = card
    return cards


def _paths(value: Plain, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        free = path[-1:] in (("metrics",), ("baseline",), ("typical",), ("rows",), ("versions",), ("intervals",))
        for key in list(value)[: MAX_FREE_KEYS if free else None]:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list) and value:
        for place in sorted({0, len(value) - 1}):
            yield from _paths(value[place], (*path, place))


def _at(plain: Plain, path: tuple[str | int, ...]) -> Plain:
    for step in path:
        plain = plain[step]  # type: ignore[index,call-overload]
    return plain


def _with(plain: Plain, path: tuple[str | int, ...], other: Plain = None, *, drop: bool = False) -> dict[str, Plain]:
    """The card with one change; what is not on the path is shared."""
    changed = copy.copy(plain)
    if len(path) > 1:
        changed[path[0]] = _with(plain[path[0]], path[1:], other, drop=drop)  # type: ignore[index,call-overload]
    elif drop:
        del changed[path[0]]  # type: ignore[union-attr,arg-type]
    else:
        changed[path[0]] = other  # type: ignore[index,call-overload]
    return changed  # type: ignore[return-value]
