"""What a rendered page must not hold: keys of sentences, sentences of another language, and escapes of Markdown in
tables, which show them."""

import json
import re
import string
from collections.abc import Iterator
from functools import cache

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from lib import text
from tests.figures_shown import figures_of, is_component

_NOT_SHOWN = frozenset(
    {
        "id",
        "element_id",
        "user_key",
        "key",
        "form_id",
        "widget_id",
        "icon",
        "url",
        "page",
        "mime",
        "file_name",
        "language",
    }
    | {"data", "theme", "format", "spec", "config", "figure", "media_file_url", "css", "class_name", "selection_mode"}
)
"""Fields of Streamlit's messages that no visitor reads."""
_KEY = re.compile(r"\b[a-z_]+(?:\.[a-z0-9_]+)+\b")
_SCRIPT = "window.brineWords"
"""Stands in the script that translates Streamlit's own words, which holds both languages."""
_FEWEST_LETTERS, _FEWEST_WORDS = 16, 3
"""Of a piece of a sentence that belongs to one language only."""


def shown_texts(app: AppTest) -> list[str]:
    """All texts of the page: labels, values, options, captions, help and HTML."""
    messages = [message for element in app for message in _messages(element)]
    texts = [words for message in messages if not is_component(message) for words in _strings(message)]
    texts += [figure.alt for message in messages for figure in figures_of(message)]
    return [words for words in texts if _SCRIPT not in words]


def problems(app: AppTest, language: str) -> list[str]:
    """Keys, and pieces of sentences of other languages, that stand on the page."""
    found = []
    known = text.keys(language)
    for words in shown_texts(app):
        found += [f"key {key}" for key in _KEY.findall(words) if key in known]
        for other in text.LANGUAGES:
            if other != language:
                found += [f"{other}: {piece!r}" for piece in _pieces(other) if piece in words]
    found += [f"escape in a table: {words!r}" for words in _table_texts(app) if _ESCAPE.search(words)]
    return sorted(set(found))


_ESCAPE = re.compile(r"\\[^a-zA-Z0-9\s]")


def _table_texts(app: AppTest) -> Iterator[str]:
    """Headings and cells of the tables that are no Markdown."""
    for table in app.dataframe:
        for config in json.loads(table.proto.columns or "{}").values():
            yield str((config or {}).get("label") or "")
        for _, values in table.value.items():
            yield from (cell for cell in values if isinstance(cell, str))


@cache
def _pieces(language: str) -> tuple[str, ...]:
    """Pieces between the blanks of a language's sentences that occur in no other language."""
    rest = "\n".join(
        text.template(other, key) for other in text.LANGUAGES if other != language for key in text.keys(other)
    )
    pieces = {
        piece.strip()
        for key in text.keys(language)
        for piece, *_ in string.Formatter().parse(text.template(language, key))
    }
    return tuple(
        sorted(
            piece
            for piece in pieces
            if len(piece) >= _FEWEST_LETTERS and len(piece.split()) >= _FEWEST_WORDS and piece not in rest
        )
    )


def _messages(element: object) -> Iterator[Message]:
    proto = getattr(element, "proto", None)
    if isinstance(proto, Message):
        yield proto


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NOT_SHOWN:
            continue
        for one in value if field.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, Message):
                yield from _strings(one)
