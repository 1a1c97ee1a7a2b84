"""Dataclasses ⇄ JSON's types: writing, and reading untrusted data as far as it is valid.

A field's annotation decides what is read: `lib/card/bounds.py` adds bounds to it. A value that is of another type or
out of bounds is not read: the field keeps its default, an item of a list of dataclasses is left out, and its path is
noted in `Reader.unread`. A field without a default takes the whole dataclass with it. Unknown fields are passed over.
"""

from __future__ import annotations

import math
import re
import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Annotated, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

from lib.card.bounds import Anything, Plain, Text

MAX_DEPTH = 16
MAX_ITEMS = 200_000
MAX_CHARACTERS = 4_000_000
"""Of everything read: nested further, or larger, is no card of ours. Counted as walked, so that one list that stands
in ten thousand places counts ten thousand times."""

MAX_ENTRIES = 1_000
"""Of one list or mapping."""
MAX_NAME = 500
"""Characters of a key of a mapping."""
MAX_UNREAD = 50
"""Maximum number of paths that are noted."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that no sentence needs and that can hide or turn round what a person reads, or that no file can hold."""

_T = TypeVar("_T")


class Unreadable(Exception):
    """A value is not of the type, or not within the bounds, that its field needs."""


# ------------------------------------------------------------------------------------------------------------ writing


def to_plain(value: object, *, sparse: bool = False) -> Plain:
    """A dataclass, or anything made of mappings, lists and scalars, as JSON's types.

    A float that is not finite is left out of a mapping of figures and is None elsewhere, since JSON has no such thing.
    With `sparse`, or where a field's metadata says so, a field that has its default is left out. Raises TypeError for
    any other class.
    """
    if isinstance(value, np.generic):  # also np.float64, which is a float but pickles as NumPy's
        value = value.item()
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _field_to_plain(_field_types(type(value))[one.name], getattr(value, one.name), sparse)
            for one in fields(value)
            if not one.metadata.get("unwritten")
            and not ((sparse or one.metadata.get("sparse")) and getattr(value, one.name) == _default(one))
        }
    if isinstance(value, Mapping):
        return {str(name): to_plain(item, sparse=sparse) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item, sparse=sparse) for item in value]
    raise TypeError(f"a card holds plain types only, not {type(value).__name__}")


def _field_to_plain(kind: object, value: object, sparse: bool) -> Plain:
    plain = to_plain(value, sparse=sparse)
    if isinstance(plain, dict) and get_origin(kind) is Mapping and _base(get_args(kind)[1]) is float:
        return {name: item for name, item in plain.items() if item is not None}
    return plain


# ------------------------------------------------------------------------------------------------------------ reading


@dataclass
class Reader:
    """Reads plain values as dataclasses, noting what could not be read."""

    unread: list[str] = field(default_factory=list)
    """Paths of what was not understood."""

    def read(self, of: type[_T], plain: object, path: str = "") -> _T:
        """The dataclass. Raises Unreadable where a field that it cannot do without is not readable."""
        if type(plain) is not dict:
            raise Unreadable(path)
        values: dict[str, object] = {}
        for one in fields(of):  # type: ignore[arg-type]
            if one.name not in plain or one.metadata.get("unwritten"):
                if _default(one) is MISSING:
                    raise Unreadable(f"{path}.{one.name}")
                continue
            inner = f"{path}.{one.name}".lstrip(".")
            try:
                values[one.name] = self._value(_field_types(cast(Hashable, of))[one.name], plain[one.name], inner)
            except Unreadable:
                if _default(one) is MISSING:
                    raise
                self.note(inner)
        return of(**values)

    def note(self, path: str) -> None:
        """One path more that was not understood."""
        if len(self.unread) < MAX_UNREAD:
            self.unread.append(path)

    def _value(self, kind: object, plain: object, path: str) -> object:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            if any(isinstance(check, Anything) for check in arguments[1:]):
                return plain
            value = self._value(arguments[0], plain, path)
            if not all(check(value) for check in arguments[1:]):
                raise Unreadable(path)
            return value
        if origin in (Union, types.UnionType):
            return self._first(arguments, plain, path)
        if origin is Literal:
            if type(plain) is str and plain in arguments:
                return plain
            raise Unreadable(path)
        if origin is tuple:
            return self._items(arguments[0], plain, path)
        if origin is Mapping:
            return self._entries(arguments[1], plain, path)
        if is_dataclass(kind):
            return self.read(cast("type[object]", kind), plain, path)
        return _scalar(kind, plain, path)

    def _first(self, kinds: tuple[object, ...], plain: object, path: str) -> object:
        for kind in kinds:
            if kind is type(None):
                if plain is None:
                    return None
                continue
            try:
                return self._value(kind, plain, path)
            except Unreadable:
                continue
        raise Unreadable(path)

    def _items(self, kind: object, plain: object, path: str) -> tuple[object, ...]:
        if type(plain) is not list or len(plain) > MAX_ENTRIES:
            raise Unreadable(path)
        independent = is_dataclass(kind) or _is_key(kind)
        items = []
        for place, item in enumerate(plain):
            try:
                items.append(self._value(kind, item, f"{path}.{place}"))
            except Unreadable:
                if not independent:
                    raise
                self.note(f"{path}.{place}")
        return tuple(items)

    def _entries(self, kind: object, plain: object, path: str) -> Mapping[str, object]:
        if type(plain) is not dict or len(plain) > MAX_ENTRIES:
            raise Unreadable(path)
        entries = {}
        for name, item in plain.items():
            try:
                if len(name) > MAX_NAME:
                    raise Unreadable(path)
                entries[name] = self._value(kind, item, f"{path}.{name[:MAX_NAME]}")
            except Unreadable:
                self.note(f"{path}.{name[:80]}")
        return entries


def check_bounded(value: object) -> None:
    """Raises Unreadable for what is nested too deeply, too large, or made of anything but JSON's types."""
    items, characters = 0, 0
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        items += 1
        if items + len(waiting) > MAX_ITEMS or depth > MAX_DEPTH:
            raise Unreadable
        if type(item) is dict:
            if len(item) > MAX_ITEMS:
                raise Unreadable
            for key, inner in item.items():
                if type(key) is not str:
                    raise Unreadable
                waiting += [(key, depth + 1), (inner, depth + 1)]
        elif type(item) is list:
            if len(item) > MAX_ITEMS:
                raise Unreadable
            waiting += [(inner, depth + 1) for inner in item]
        elif type(item) is str:
            characters += len(item)
            if characters > MAX_CHARACTERS or CONTROL.search(item):
                raise Unreadable
        elif type(item) is float:
            if not math.isfinite(item):
                raise Unreadable
        elif type(item) is int:
            if abs(item) > 2**63:
                raise Unreadable
        elif item is not None and type(item) is not bool:
            raise Unreadable


# ------------------------------------------------------------------------------------------------------- small pieces


def _scalar(kind: object, plain: object, path: str) -> object:
    if kind is float and type(plain) in (int, float) and math.isfinite(cast("float", plain)):
        return float(cast("float", plain))
    if kind in (bool, int, str) and type(plain) is kind:
        return plain
    raise Unreadable(path)


def _base(kind: object) -> object:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _is_key(kind: object) -> bool:
    """Whether a list of such texts makes sense without one of them."""
    return get_origin(kind) is Annotated and any(isinstance(one, Text) and one.pattern for one in get_args(kind)[1:])


@cache
def _field_types(of: Hashable) -> Mapping[str, object]:
    return get_type_hints(cast("type[object]", of), include_extras=True)


def _default(one: Field[object]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default
