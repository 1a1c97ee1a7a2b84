"""Vocabularies, hashing, and patterns that could run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from lib.gate.judging import calls
from lib.gate.judging.structures.fields import field_of, has_fields, items_of, require, whole_number
from lib.gate.nodes import Thing


def check_vocabulary(thing: Thing) -> None:
    """Words numbered from 0 without a gap; texts, never file names; a word pattern that cannot run for ever."""
    require(field_of(thing, "input") in (None, "content"), thing, "it reads the files that rows name")
    analyzer = field_of(thing, "analyzer")
    require(calls.is_text_method(analyzer) or analyzer in (None, "word", "char", "char_wb"), thing, "analyzer")
    span = field_of(thing, "ngram_range")
    if span is not None:
        ends = list(items_of(span))
        require(len(ends) == 2 and all(type(end) is int and 1 <= end <= 12 for end in ends), thing, "ngram_range")
    pattern = field_of(thing, "token_pattern")
    if type(pattern) is str:
        require(is_tame(pattern), thing, f"token_pattern {pattern[:80]!r}")
    for name in ("vocabulary_", "vocabulary"):
        words = field_of(thing, name)
        if type(words) is dict:
            numbers = list(words.values())
            require(all(type(one) is int or isinstance(one, np.integer) for one in numbers), thing, name)
            require(sorted(int(one) for one in numbers) == list(range(len(numbers))), thing, f"{name} is not numbered")  # type: ignore[call-overload]


def is_tame(pattern: str) -> bool:
    """No repetition inside a repetition, no reference back, no alternatives that repeat: time that does not explode.

    The one exception is words with a sign between them, `(?:-\\w+)*`: there is one way only to read them.
    """
    if len(pattern) > 200:
        return False
    try:
        import re._parser as parser
    except ImportError:  # pragma: no cover - Python 3.11 to 3.14 have it
        return pattern in (r"(?u)\b\w\w+\b", r"\b\w+\b", r"\w+", r"\S+")
    try:
        parsed = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return False

    repeats = 0

    def tame(items: Iterable[tuple[object, object]], inside: bool) -> bool:
        nonlocal repeats
        for code, argument in items:
            name = str(code)
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                repeats += 1
                if not inside and _is_separated(parsed, argument[2]):  # type: ignore[index]
                    repeats += 1
                elif inside or not tame(argument[2], True):  # type: ignore[index]
                    return False
            elif name in ("ASSERT", "ASSERT_NOT"):  # a look around, without repetition: of one length
                if not tame(argument[1], True):  # type: ignore[index]
                    return False
            elif name == "SUBPATTERN":  # letters of either size in a part alone would blur what a sign is none of
                if argument[1] & re.IGNORECASE or not tame(argument[3], inside):  # type: ignore[index]
                    return False
            elif name == "BRANCH":
                if inside or not all(tame(branch, inside) for branch in argument[1]):  # type: ignore[index]
                    return False
            elif name not in ("LITERAL", "NOT_LITERAL", "IN", "ANY", "AT", "CATEGORY", "RANGE"):
                return False
        return True

    return tame(parsed, False) and repeats <= 3 and _Stretches(parsed).settled(parsed)


class _Stretches:
    """Whether a word pattern ever has two long runs to choose between that what follows could fail on.

    `\\w*\\w*x` tries every place where the first run may end before the second: on a long word that is for ever.
    """

    MANY = 20
    """Repetitions from which a run is a long one."""

    def __init__(self, pattern: object) -> None:
        self._state: Any = pattern.state  # type: ignore[attr-defined]
        self._open: list[Any] = []
        """Long runs whose end is not settled yet, as the sets of characters that they take."""

    def settled(self, items: Iterable[Any]) -> bool:
        """Go on through these parts of the pattern; False once two runs vie and something may fail after them."""
        for item in items:
            code, argument = str(item[0]), item[1]
            if code.endswith("REPEAT"):
                low, high, body = argument
                if high >= self.MANY:
                    taken = self._taken(body)
                    first = self._taken(list(body)[:1])
                    if any(self._meet(one, first) for one in self._open):
                        self._open = [*self._open, taken]
                    else:  # where one run ends and the next begins is settled: as one they go on
                        self._open = [[*(part for one in self._open for part in one), *taken]]
                elif low == 0:
                    inner = list(self._open)
                    if not self.settled(body):
                        return False
                    self._open = inner + [one for one in self._open if one not in inner]
                elif not self.settled(body):
                    return False
            elif code == "SUBPATTERN":
                if not self.settled(argument[3]):
                    return False
            elif code == "BRANCH":
                before, after = list(self._open), []
                for branch in argument[1]:
                    self._open = list(before)
                    if not self.settled(branch):
                        return False
                    after += [one for one in self._open if one not in after]
                self._open = after
            else:
                if len(self._open) > 1:
                    return False
                if code not in ("AT", "ASSERT", "ASSERT_NOT"):
                    met = self._taken([item])
                    self._open = [one for one in self._open if self._meet(one, met)]
        return True

    def _taken(self, body: Iterable[Any]) -> list[Any]:
        """The single characters that a part is made of, each alone in a pattern of its own."""
        import re._compiler as compiler
        import re._parser as parser

        found: list[Any] = []
        for item in body:
            code, argument = str(item[0]), item[1]
            if code.endswith("REPEAT"):
                found += self._taken(argument[2])
            elif code == "SUBPATTERN":
                found += self._taken(argument[3])
            elif code == "BRANCH":
                for branch in argument[1]:
                    found += self._taken(branch)
            elif code in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
                found.append(compiler.compile(parser.SubPattern(self._state, [item])))
        return found

    def _meet(self, left: Iterable[Any], right: Iterable[Any]) -> bool:
        """Whether some character belongs to both."""
        return any(
            any(one.fullmatch(character) for one in left) and any(one.fullmatch(character) for one in right)
            for character in _CHARACTERS
        )


_CHARACTERS = [chr(code) for code in (*range(0x250), *range(0x250, 0x11000, 97)) if not 0xD800 <= code < 0xE000]
"""Every letter and sign of Latin writing, and a sample of all others."""


def _is_separated(pattern: object, body: Iterable[object]) -> bool:
    """Whether a repeated group is a sign and then one kind of characters, repeated, that the sign is none of."""
    import re._compiler as compiler
    import re._parser as parser

    state: Any = pattern.state  # type: ignore[attr-defined]
    items: list[Any] = list(body)
    if len(items) == 1 and str(items[0][0]) == "SUBPATTERN" and not any(items[0][1][1:3]):
        items = list(items[0][1][3])
    if len(items) != 2 or state.flags & re.IGNORECASE or str(items[1][0]) != "MAX_REPEAT":
        return False
    code, sign = items[0]
    signs = [(code, sign)] if str(code) == "LITERAL" else list(sign) if str(code) == "IN" else []
    if not signs or any(str(kind) != "LITERAL" for kind, _ in signs):
        return False
    repeated = list(items[1][1][2])
    if len(repeated) != 1 or str(repeated[0][0]) not in ("LITERAL", "NOT_LITERAL", "IN"):
        return False
    one = compiler.compile(parser.SubPattern(state, repeated))
    return not any(one.fullmatch(chr(sign)) for _, sign in signs)


def check_hashing(thing: Thing) -> None:
    """As many columns as a table can have, and a pattern that ends."""
    if has_fields(thing, "n_features"):
        require(1 <= whole_number(thing, "n_features") <= 2**24, thing, "n_features")
    require(field_of(thing, "input") in (None, "content"), thing, "it reads the files that rows name")
    if thing.cls.qualname == "HashingVectorizer":
        check_vocabulary(thing)
