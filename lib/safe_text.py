"""Untrusted text made safe for where it is shown: Markdown, HTML, charts, cells of files, a terminal.

Names of columns and files, categories, answers of a model, its card and its currency are written by strangers. Every
place that shows them uses one of these functions, and no other escaping. `tests/test_untrusted_text.py` walks all pages
and all files that are written.
"""

from __future__ import annotations

import html
import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text cell that starts so would be run by a spreadsheet (OWASP, CSV injection), also in full width; an apostrophe in
front stops it."""

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What a terminal, a browser or an editor would obey: C0 and C1 controls (without tab and line ends), bidirectional
embeddings, overrides and isolates (Boucher & Anderson 2021, "Trojan Source"), interlinear annotations, tags;
and halves of surrogate pairs, which no encoding of text holds."""

_MARKDOWN = re.compile(
    r"[\\`*_\[\]<>|~$@]|!(?=\[)|&(?=[#\w])|:(?=[^\s\d])|^[-+=#]|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"
)
"""What Markdown reads as a sign, wherever it may be read so: a full stop only after a number that begins the text."""

_JOINER = "\u2060"
"""WORD JOINER, invisible: GitHub's autolinks and Streamlit's icons are found after escapes are resolved, so a backslash
doesn't stop them."""
_AUTOLINK = re.compile(r"(?i)(https?:|\bwww(?=\.)|@(?=[\w-])|:(?=material/|streamlit:))")


def visible(value: str) -> str:
    """The text without control characters and without marks that change the direction of what stands around it."""
    return _CONTROLS.sub("", value)


def markdown(value: str) -> str:
    """A text that Markdown shows letter by letter, on one line: no image, link, HTML, formula, icon or autolink."""
    line = visible(value).translate(_ENDS).lstrip(" ")
    return _MARKDOWN.sub(r"\\\g<0>", _AUTOLINK.sub(rf"\1{_JOINER}", line))


_ENDS = {ord(end): " " for end in "\n\r\t\u2028\u2029\x85"}


def markup(value: str) -> str:
    """A text for HTML, as content or inside a quoted attribute."""
    return html.escape(visible(value), quote=True)


def chart_label(value: str) -> str:
    """A text for Plotly, which reads some HTML: a label, a title, a name in a legend."""
    return html.escape(visible(value), quote=False).translate(_ENDS)


def cell(value: str) -> str:
    """A text as a cell of a CSV file or a sheet: never a formula, and a negative number stays a number."""
    shown = visible(value)
    runs = shown.lstrip(" \xa0").startswith(FORMULA_STARTS) or shown.startswith(FORMULA_STARTS)
    return f"'{shown}" if runs and not _NUMBER.fullmatch(shown) else shown


_NUMBER = re.compile(r"[+-]?[0-9.,\u00a0\u202f ']*[0-9][.,]?([eE][+-]?[0-9]+)?[ \u00a0]?%?")
"""Digits and separators alone, of any locale: a spreadsheet finds nothing in them to run."""


def terminal(value: str) -> str:
    """A text for a terminal: no escape sequence reaches it, and each message keeps its own lines."""
    return visible(value).replace("\r", "")


def json_line(encoded: str) -> str:
    """Encoded JSON with the characters that a terminal or an editor would obey written as `\\uXXXX`: the same value."""
    return _CONTROLS.sub(lambda found: _escape(found[0]), encoded)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
