"""A field for a number, written and read as the visitor's language does.

Streamlit's own field is one of the browser: it shows and reads numbers in the language of the browser, not of the page.
Where the two differ, Chromium drops a comma while it is typed, so that 0,5 becomes 5 without a word. It reads 1.000
as 1 in any language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lib import text
from lib.parsing.numbers import parse_typed
from lib.ui.lasting_keys import lasting
from lib.ui.page import language, number, say


@dataclass(frozen=True)
class Field:
    """What a field asks for, and which numbers it takes."""

    label: str
    low: float | None = None
    high: float | None = None
    optional: bool = False
    """Whether it may be left empty."""
    help: str = ""
    whole: bool = False
    """Whether only whole numbers are taken."""


@dataclass(frozen=True)
class Typed:
    """What a visitor typed into a field: the number in use, and the text that is none or not an allowed one."""

    value: float | None
    refused: str = ""


def number_field(field: Field, value: float, *, key: str) -> float:
    """The number in a field that is never empty, at first `value`."""
    typed = _draw(field, value, key)
    return value if typed is None else typed


def whole_number_field(field: Field, value: int, *, key: str) -> int:
    """The whole number in a field that is never empty, at first `value`."""
    return round(number_field(replace(field, whole=True), value, key=key))


def optional_number_field(field: Field, value: float | None, *, key: str) -> float | None:
    """The number in a field, at first `value`; None while it is empty."""
    return _draw(field, value, key)


def _draw(field: Field, value: float | None, key: str) -> float | None:
    known = st.session_state.get(lasting(key))
    known = known if isinstance(known, Typed) else Typed(value)
    place = f"{key}-typed"
    st.session_state[place] = known.refused or _written(known.value)
    st.text_input(
        field.label, key=place, help=field.help or None, on_change=_take, args=(field, value, key), autocomplete="off"
    )
    if known.refused:
        st.error(_reason(field, known))
    return known.value


def _take(field: Field, value: float | None, key: str) -> None:
    """The text that was typed becomes the number in use, or is kept to be corrected."""
    typed = str(st.session_state[f"{key}-typed"]).strip()
    known = st.session_state.get(key)
    used = known.value if isinstance(known, Typed) else value
    found = parse_typed(typed, text.locale(language()).decimal) if typed else None
    if not typed:
        st.session_state[key] = Typed(None if field.optional else used)
    elif found is None or not _allowed(field, found):
        st.session_state[key] = Typed(used, refused=typed)
    else:
        st.session_state[key] = Typed(found)


def _allowed(field: Field, found: float) -> bool:
    whole = not field.whole or found.is_integer()
    return whole and (field.low is None or found >= field.low) and (field.high is None or found <= field.high)


def _reason(field: Field, known: Typed) -> str:
    used = say("ui.field.nothing") if known.value is None else _written(known.value)
    found = parse_typed(known.refused, text.locale(language()).decimal)
    if found is not None and field.whole and not found.is_integer():
        return say("ui.field.not_whole", typed=known.refused, used=used)
    if found is None or field.low is None:
        return say("ui.field.not_a_number", typed=known.refused, used=used)
    if field.high is None:
        allowed = say("ui.field.at_least", low=_written(field.low))
    else:
        allowed = say("ui.field.between", low=_written(field.low), high=_written(field.high))
    return say("ui.field.out_of_range", typed=known.refused, range=allowed, used=used)


def _written(value: float | None) -> str:
    return "" if value is None else number(value, "typed")
