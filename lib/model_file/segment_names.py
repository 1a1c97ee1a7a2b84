"""Another name for a segment, written into the card of a finished model file without opening the file.

A model's pickle is a list of instructions. These are read as such, never carried out: the names in the card are
changed, the instructions around them stay, and references are numbered anew. What comes out is the file that
`lib.model_file.to_bytes` would have written with the new names.
"""

from __future__ import annotations

import pickletools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.card import CARD_ATTRIBUTE

_TEXTS = ("SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8")
_READS = ("BINGET", "LONG_BINGET")
_MEMOIZE = b"\x94"
_FIELD = "name"
"""Of `lib.card.Group`: the name that a person gave. It comes last, and only where there is one."""


@dataclass(frozen=True)
class _Step:
    """One instruction. A text and a reference to an earlier, equal text are the same step."""

    code: str
    raw: bytes = b""
    text: str | None = None
    place: int = -1
    """Of MEMOIZE and of a reference: which remembered object of the file as it was."""


def with_segment_names(data: bytes, names: Mapping[int, str]) -> bytes:
    """The pickle with these names in its card, by segment number; an empty one takes a name away.

    Raises ValueError for a file of another kind: older protocols, joblib's and skops' files, a pickle without segments.
    """
    steps = _steps(data)
    groups = _card(steps).entry(steps, "groups")
    if groups is None or not groups.inside:
        raise ValueError("the card has no segments")
    changed: list[_Step] = []
    done = 0
    for group in groups.inside:
        number = _number(steps, group)
        if number not in names:
            continue
        known = group.entry(steps, _FIELD)
        # A name goes with its key, which stands before it; a new one stands before what closes the mapping.
        first, last = (known.start - 1, known.end) if known is not None else (group.end - 1, group.end - 1)
        changed += steps[done:first]
        if names[number]:
            changed += [_Step("TEXT", text=_FIELD), _Step("TEXT", text=names[number])]
        done = last
    return _written([*changed, *steps[done:]])


# ------------------------------------------------------------------------------------------------ instructions


def _steps(data: bytes) -> list[_Step]:
    """The instructions of a pickle of protocol 4 or 5. Raises ValueError for anything else."""
    found = [(code.name, argument, position or 0) for code, argument, position in pickletools.genops(data)]
    ends = [position for _, _, position in found[1:]] + [len(data)]
    steps: list[_Step] = []
    remembered: list[str | None] = []
    frame_ends = -1
    for (code, argument, position), end in zip(found, ends, strict=True):
        if 0 <= frame_ends <= position:
            steps.append(_Step("FRAME_END"))
            frame_ends = -1
        if code in ("PUT", "BINPUT", "LONG_BINPUT", "GET"):
            raise ValueError("the pickle is of an older protocol")
        if code == "FRAME":
            frame_ends = end + int(str(argument))
            steps.append(_Step("FRAME"))
        elif code in _TEXTS:
            steps.append(_Step("TEXT", text=str(argument)))
        elif code == "MEMOIZE":
            before = steps[-1]
            remembered.append(before.text)
            if before.code != "TEXT":
                steps.append(_Step(code, place=len(remembered) - 1))
        elif code in _READS:
            place = int(str(argument))
            text = remembered[place]
            steps.append(_Step(code, place=place) if text is None else _Step("TEXT", text=text))
        else:
            steps.append(_Step(code, data[position:end]))
    return [*steps, _Step("FRAME_END")] if frame_ends >= 0 else steps


def _written(steps: Sequence[_Step]) -> bytes:
    """The bytes of the instructions, with references and lengths of frames as they now are."""
    texts: dict[str, int] = {}
    places: dict[int, int] = {}
    count = 0
    out, frame = bytearray(), bytearray()
    into = out
    for step in steps:
        if step.code == "FRAME":
            into = frame
        elif step.code == "FRAME_END":
            out += b"\x95" + struct.pack("<Q", len(frame)) + frame
            frame.clear()
            into = out
        elif step.text is not None:
            if step.text in texts:
                into += _reference(texts[step.text])
            else:
                into += _text(step.text) + _MEMOIZE
                texts[step.text] = count
                count += 1
        elif step.code == "MEMOIZE":
            into += _MEMOIZE
            places[step.place] = count
            count += 1
        elif step.code in _READS:
            into += _reference(places[step.place])
        else:
            into += step.raw
    return bytes(out)


def _reference(place: int) -> bytes:
    return b"h" + bytes([place]) if place < 256 else b"j" + struct.pack("<I", place)


def _text(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) < 256:
        return b"\x8c" + bytes([len(encoded)]) + encoded
    return b"X" + struct.pack("<I", len(encoded)) + encoded


# ------------------------------------------------------------------------------------------------ the card among them


@dataclass
class _Value:
    """A value of the card: which instructions make it, and what is inside a list, or a mapping's keys and values."""

    start: int
    end: int
    inside: list[_Value] = field(default_factory=list)

    def entry(self, steps: Sequence[_Step], key: str) -> _Value | None:
        """The value of a key of a mapping."""
        pairs = zip(self.inside[::2], self.inside[1::2], strict=False)
        return next((value for name, value in pairs if steps[name.start].text == key), None)


def _card(steps: Sequence[_Step]) -> _Value:
    """The card. Raises ValueError where there is none."""
    for at, step in enumerate(steps[:-1]):
        if step.text == CARD_ATTRIBUTE and steps[at + 1].code == "EMPTY_DICT":
            return _value(steps, at + 1)
    raise ValueError("the pickle has no card")


def _value(steps: Sequence[_Step], start: int) -> _Value:
    """The value that begins there: the stack of the pickle machine, with the place of each value instead of it."""
    stack: list[_Value | None] = []
    for at in range(start, len(steps)):
        code = steps[at].code
        if code == "MARK":
            stack.append(None)
        elif code in ("SETITEMS", "APPENDS", "SETITEM", "APPEND"):
            if code.endswith("S"):
                if None not in stack:
                    break  # the mapping that the card is part of
                mark = len(stack) - 1 - stack[::-1].index(None)
            else:
                mark = len(stack) - (2 if code == "SETITEM" else 1)
                if mark < 1:
                    break
            taken = [one for one in stack[mark:] if one is not None]
            del stack[mark:]
            holder = stack[-1] if stack else None
            if holder is None:
                break
            holder.inside += taken
            holder.end = at + 1
        elif code == "MEMOIZE":
            if stack and stack[-1] is not None:
                stack[-1].end = at + 1
        elif code in ("BUILD", "STOP"):
            break
        elif code not in ("FRAME", "FRAME_END"):
            stack.append(_Value(at, at + 1))
    if not stack or stack[0] is None:
        raise ValueError("the pickle has no card")
    return stack[0]


def _number(steps: Sequence[_Step], group: _Value) -> int:
    found = group.entry(steps, "number")
    if found is None:
        raise ValueError("a segment has no number")
    step = steps[found.start]
    if step.code not in ("BININT", "BININT1", "BININT2"):
        raise ValueError("a segment has no number")
    return int.from_bytes(step.raw[1:], "little", signed=step.code == "BININT")
