"""Reading the fields of an inert object; what is not as compiled code needs it raises Rejection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from lib.gate.nodes import Array, Node, Thing
from lib.gate.rejection import Rejection

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.generic]]


def bad_structure(thing: Thing, what: str) -> Rejection:
    """The refusal of an object whose state compiled code could not follow."""
    return Rejection("bad_structure", f"{thing.cls.key}: {what}", name=thing.cls.qualname)


def require(condition: bool | np.bool_, thing: Thing, what: str) -> None:
    """Raise that refusal unless the condition holds."""
    if not condition:
        raise bad_structure(thing, what)


def field_of(thing: Thing, name: str) -> Node:
    """An entry of an object's state; None where it has none."""
    return thing.state.get(name) if type(thing.state) is dict else None


def has_fields(thing: Thing, *names: str) -> bool:
    """Whether a state has all of these entries."""
    return type(thing.state) is dict and all(name in thing.state for name in names)


def whole_number(thing: Thing, name: str) -> int:
    """An entry that must be a whole number."""
    value = field_of(thing, name)
    if (type(value) is int or isinstance(value, np.integer)) and abs(int(value)) < 2**62:  # type: ignore[call-overload]
        return int(value)  # type: ignore[call-overload]
    raise bad_structure(thing, f"{name} is no whole number")


def number_array(thing: Thing, name: str, dimensions: int | None = None, kinds: str = "biuf") -> Numbers:
    """A field that must be an array of numbers."""
    return as_number_array(thing, field_of(thing, name), name, dimensions, kinds)


def as_number_array(
    thing: Thing, value: Node, name: str, dimensions: int | None = None, kinds: str = "biuf"
) -> Numbers:
    """A node that must be an array of numbers, of so many dimensions and of these NumPy kinds."""
    if type(value) is not Array or value.values is None or value.values.dtype.kind not in kinds:
        raise bad_structure(thing, f"{name} is no array of numbers")
    if dimensions is not None and value.values.ndim != dimensions:
        raise bad_structure(thing, f"{name} has {value.values.ndim} dimensions instead of {dimensions}")
    return value.values


def require_finite(thing: Thing, numbers: Numbers, name: str) -> None:
    """Refuse infinite numbers and NaN."""
    require(bool(np.isfinite(numbers).all()), thing, f"{name} holds a number that is not finite")


def items_of(node: Node) -> Sequence[Node]:
    """What lies in a list, a tuple, or an array of objects."""
    if type(node) in (list, tuple):
        return node  # type: ignore[return-value]
    if type(node) is Array and node.items is not None:
        return node.items
    return ()


def leaves_of(node: Node) -> Iterable[Node]:
    """Everything plain inside lists, dicts and arrays of objects."""
    todo = [node]
    seen: set[int] = set()
    while todo:
        present = todo.pop()
        if type(present) in (list, tuple, dict, Array):
            if id(present) in seen:
                continue
            seen.add(id(present))
            todo.extend(present.values() if type(present) is dict else items_of(present))  # type: ignore[union-attr]
            if type(present) is Array and present.values is not None and present.values.dtype.kind in "US":
                todo.extend(present.values.ravel().tolist())
        else:
            yield present


def records(thing: Thing, name: str, expected: np.dtype[np.generic]) -> Numbers:
    """A field that must be an array of records with exactly these fields; in this machine's byte order and layout."""
    records = number_array(thing, name, 1, "V")
    if records.dtype == expected:
        return records
    fields = records.dtype.names or ()
    if set(fields) != set(expected.names or ()):
        raise Rejection(
            "other_layout", f"{thing.cls.key}.{name} has the fields {', '.join(fields)}", name=thing.cls.qualname
        )
    for one in fields:
        require(records.dtype[one].kind == expected[one].kind, thing, f"{name}.{one} is {records.dtype[one]}")  # type: ignore[misc]
    return records.astype(expected)
