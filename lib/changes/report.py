"""What changed as a web page of its own, which needs nothing from elsewhere and names no customer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lib import text
from lib.changes.month import Changes
from lib.changes.sections import Row, Section, sections

_STYLE = (
    "body{font:16px/1.55 system-ui,sans-serif;color:#16211C;background:#fff;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}h1,h2{font-family:Georgia,serif;line-height:1.25}section{break-inside:avoid;margin:2.2rem 0}"
    "table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}"
    "th,td{border-bottom:1px solid #DAE1DA;padding:.3rem 1.2rem .3rem 0;text-align:left}"
    "td+td,th+th{text-align:right}.note{color:#56625B;font-size:.9rem}"
)


def html_report(changes: Changes, language: str, *, name: str = "") -> bytes:
    """The sections of what changed as HTML."""
    title = text.say(language, "changes.title", day=changes.since.date())
    parts = "".join(_section(one) for one in sections(changes, language))
    about = f"<p class='note'>{escape(name)}</p>" if name else ""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{about}{parts}</body></html>\n"
    ).encode()


def _section(section: Section) -> str:
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    return f"<section><h2>{escape(section.title)}</h2>{said}{_table(section.rows)}</section>"


def _table(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
