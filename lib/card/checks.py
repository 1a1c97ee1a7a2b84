"""Reading a stranger's card: every field is checked for its type and its bounds before anything is built from it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import TypeVar, cast, get_args

from lib.card import CARD_FORMAT, Card, CardColumn, Group, Kind, Plain
from lib.schema import GOALS

LIMIT_DEPTH = 16
LIMIT_ITEMS = 200_000
LIMIT_CHARACTERS = 4_000_000
"""Of the whole card: nested further, or larger, is no card of ours. Counted as walked, so that one list that stands
in ten thousand places counts ten thousand times."""

LIMIT_COLUMNS = 1_000
LIMIT_CATEGORIES = 1_000
LIMIT_GROUPS = 100
LIMIT_NAME = 500
"""Characters of a name."""

LIMIT_TEST_ROWS = 1_000

_KEY = re.compile(r"[a-z0-9_]{1,80}(\.[A-Za-z0-9_-]{1,80}){0,4}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that no sentence needs and that can hide or turn round what a person reads, or that no file can hold."""

Value = TypeVar("Value")
Check = Callable[[object], Value]


class _Odd(Exception):
    """Something in the card is not what it should be."""


def read_card(plain: object) -> Card | None:
    """The card, or None if anything in it is odd."""
    try:
        _bounded(plain)
        return _card(plain)
    except _Odd:
        return None


def _card(plain: object) -> Card:
    entries = _mapping(plain)
    if entries.get("format") != CARD_FORMAT:
        raise _Odd
    card = Card(**_fields(entries, Card, _CARD))  # type: ignore[arg-type]
    _unique([column.name for column in card.columns])
    _unique([group.number for group in card.groups])
    if card.period_start and card.period_end and card.period_start > card.period_end:
        raise _Odd
    return card


def _column(plain: object) -> CardColumn:
    column = CardColumn(**_fields(_mapping(plain), CardColumn, _COLUMN))  # type: ignore[arg-type]
    if column.low is not None and column.high is not None and column.low > column.high:
        raise _Odd
    if list(column.edges) != sorted(column.edges) or sum(column.shares) > 1.01:
        raise _Odd
    parts = len(column.categories) if column.kind == "category" else len(column.edges)
    if column.shares and column.kind in ("category", "number") and abs(len(column.shares) - parts) > 1:
        raise _Odd
    _unique(column.categories)
    return column


def _group(plain: object) -> Group:
    return Group(**_fields(_mapping(plain), Group, _GROUP))  # type: ignore[arg-type]


def _self_test(plain: object) -> Mapping[str, Plain]:
    """Nothing, or `rows` (column → list) and `expected` (method → list), all lists of one length."""
    entries = _mapping(plain)
    if not entries:
        return {}
    rows, expected = _mapping(entries.get("rows")), _mapping(entries.get("expected"))
    lists = [_list(item) for item in [*rows.values(), *expected.values()]]
    if not rows or not expected or len({len(items) for items in lists}) != 1 or len(lists[0]) > LIMIT_TEST_ROWS:
        raise _Odd
    if any(isinstance(cell, list | dict) for items in rows.values() for cell in _list(items)):
        raise _Odd
    return cast("Mapping[str, Plain]", entries)


def _fields(
    entries: Mapping[str, object], of: type[Card | CardColumn | Group], checks: Mapping[str, Check[object]]
) -> Mapping[str, object]:
    """Each field that the entries have, checked; one without a default must be there."""
    needed = {field.name for field in fields(of) if field.default is MISSING and field.default_factory is MISSING}
    if needed - entries.keys():
        raise _Odd
    return {name: check(entries[name]) for name, check in checks.items() if name in entries}


def _bounded(value: object) -> None:
    """Refuses what is nested too deeply, too large, or made of anything but JSON's types."""
    items, characters = 0, 0
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        items += 1
        if items + len(waiting) > LIMIT_ITEMS or depth > LIMIT_DEPTH:
            raise _Odd
        if type(item) is dict:
            if len(item) > LIMIT_ITEMS:
                raise _Odd
            for key, inner in item.items():
                if type(key) is not str:
                    raise _Odd
                waiting += [(key, depth + 1), (inner, depth + 1)]
        elif type(item) is list:
            if len(item) > LIMIT_ITEMS:
                raise _Odd
            waiting += [(inner, depth + 1) for inner in item]
        elif type(item) is str:
            characters += len(item)
            if characters > LIMIT_CHARACTERS or _CONTROL.search(item):
                raise _Odd
        elif type(item) is float:
            if not math.isfinite(item):
                raise _Odd
        elif type(item) is int:
            if abs(item) > 2**63:
                raise _Odd
        elif item is not None and type(item) is not bool:
            raise _Odd


def _mapping(value: object) -> Mapping[str, object]:
    if type(value) is not dict:
        raise _Odd
    return value


def _list(value: object) -> list[object]:
    if type(value) is not list:
        raise _Odd
    return value


def _plain_mapping(value: object) -> Mapping[str, Plain]:
    return cast("Mapping[str, Plain]", _mapping(value))


def _text(limit: int) -> Check[str]:
    def check(value: object) -> str:
        if type(value) is not str or len(value) > limit:
            raise _Odd
        return value

    return check


def _one_of(*allowed: str) -> Check[str]:
    def check(value: object) -> str:
        if type(value) is not str or value not in allowed:
            raise _Odd
        return value

    return check


def _matching(pattern: re.Pattern[str]) -> Check[str]:
    """Empty, or wholly the pattern."""

    def check(value: object) -> str:
        if type(value) is not str or (value and not pattern.fullmatch(value)):
            raise _Odd
        return value

    return check


def _moment(value: object) -> str:
    """Empty, or an ISO date."""
    if type(value) is not str or len(value) > 32:
        raise _Odd
    if value:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise _Odd from None
    return value


def _whole(low: int, high: int) -> Check[int]:
    def check(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise _Odd
        return value

    return check


def _figure(value: object) -> float:
    if type(value) not in (int, float):
        raise _Odd
    return float(cast("float", value))


def _share(value: object) -> float:
    share = _figure(value)
    if not 0 <= share <= 1 + 1e-9:
        raise _Odd
    return share


def _signed_share(value: object) -> float:
    """A share of revenue: below 0 where a group sent back more than it bought."""
    share = _figure(value)
    if not -1000 <= share <= 1000:
        raise _Odd
    return share


def _maybe(check: Check[Value]) -> Check[Value | None]:
    return lambda value: None if value is None else check(value)


def _many(check: Check[Value], limit: int) -> Check[tuple[Value, ...]]:
    def every(value: object) -> tuple[Value, ...]:
        items = _list(value)
        if len(items) > limit:
            raise _Odd
        return tuple(check(item) for item in items)

    return every


def _named(check: Check[Value]) -> Check[Mapping[str, Value]]:
    def every(value: object) -> Mapping[str, Value]:
        items = _mapping(value)
        if len(items) > LIMIT_COLUMNS or any(len(name) > LIMIT_NAME for name in items):
            raise _Odd
        return {name: check(item) for name, item in items.items()}

    return every


def _unique(values: list[str] | list[int] | tuple[str, ...]) -> None:
    if len(set(values)) != len(values):
        raise _Odd


_NAME = _text(LIMIT_NAME)
_COLUMN: Mapping[str, Check[object]] = {
    "name": _NAME,
    "kind": _one_of(*get_args(Kind)),
    "unit": _NAME,
    "low": _maybe(_figure),
    "high": _maybe(_figure),
    "typical": _maybe(_figure),
    "edges": _many(_figure, LIMIT_CATEGORIES),
    "shares": _many(_share, LIMIT_CATEGORIES + 1),
    "categories": _many(_NAME, LIMIT_CATEGORIES),
    "share_missing": _share,
}
_GROUP: Mapping[str, Check[object]] = {
    "number": _whole(0, 10_000),
    "name_key": _matching(_KEY),
    "suffix": _NAME,
    "customers": _whole(0, 10**12),
    "share_customers": _share,
    "share_revenue": _signed_share,
    "typical": _named(_figure),
    "facts": _plain_mapping,
}
_CARD: Mapping[str, Check[object]] = {
    "goal": _one_of(*GOALS),
    "recipe": _matching(_KEY),
    "columns": _many(_column, LIMIT_COLUMNS),
    "customers": _whole(0, 10**12),
    "target": _NAME,
    "classes": _many(_NAME, LIMIT_CATEGORIES),
    "cutoff": _moment,
    "horizon_days": _whole(0, 36_600),
    "period_start": _moment,
    "period_end": _moment,
    "currency": _text(32),
    "metrics": _named(_figure),
    "baseline": _named(_figure),
    "baseline_name": _NAME,
    "evaluation": _plain_mapping,
    "groups": _many(_group, LIMIT_GROUPS),
    "features": _plain_mapping,
    "limits": _many(_matching(_KEY), LIMIT_CATEGORIES),
    "settings": _plain_mapping,
    "versions": _named(_text(LIMIT_NAME)),
    "self_test": _self_test,
    "privacy": _plain_mapping,
    "pipeline_sha256": _matching(_SHA256),
    "extra": _plain_mapping,
}
