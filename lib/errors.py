"""Errors that a user can act on: a key and facts; the sentence lives in `lib/text`."""

from collections.abc import Sequence
from datetime import date

Fact = str | int | float | date | Sequence[str]
"""What may stand in a sentence: a word, a number, a date, or a list of words."""


class UserError(Exception):
    """Something that the person at the screen can put right.

    Raised where the fact is known. `key` names a sentence of `lib/text` that says what was found,
    what is needed and what to do; `facts` fill its blanks.
    """

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.key} {self.facts}"
