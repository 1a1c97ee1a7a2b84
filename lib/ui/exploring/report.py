"""Explore as one file: sentences, figures and tables of the view in a web page that needs nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from plotly.offline import get_plotlyjs

from lib import charts
from lib.safe_text import markup
from lib.ui.exploring.parts import Part
from lib.ui.page import say
from lib.ui.widgets import Shown, cell_writer

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #16211C; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-family: Georgia, serif; line-height: 1.25; }
section { break-inside: avoid; margin: 2.5rem 0; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid #DAE1DA; padding: .25rem .75rem .25rem 0; text-align: left; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; }
.figures div { border: 1px solid #DAE1DA; border-radius: .5rem; padding: .6rem .8rem; }
.figures b { display: block; font-size: 1.35rem; }
.note { color: #56625B; font-size: .9rem; }
@media print { body { margin: 0; max-width: none; } details { display: none; } .plotly-graph-div { max-width: 100%; } }
"""

MAX_TABLE_ROWS = 60


def html_report(
    *,
    language: str,
    title: str,
    about: Sequence[str],
    figures: Sequence[tuple[str, str, str]],
    sentences: Sequence[str],
    parts: Sequence[Part],
    method: Sequence[str],
    tables: Sequence[tuple[str, pd.DataFrame, Mapping[str, Shown]]] = (),
) -> bytes:
    """A web page of its own. `figures` are label, value and change, `tables` stand under their titles before the
    figures; no argument holds a customer."""
    cards = "".join(
        f"<div>{markup(label)}<b>{markup(value)}</b>{markup(change)}</div>" for label, value, change in figures
    )
    said = "".join(f"<li>{markup(line)}</li>" for line in sentences)
    listed = "".join(
        f"<section><h2>{markup(heading)}</h2>{_table(frame, columns)}</section>" for heading, frame, columns in tables
    )
    drawn = listed + "".join(_section(part, at) for at, part in enumerate(parts))
    notes = "".join(f"<p class='note'>{markup(line)}</p>" for line in method)
    head = "".join(f"<p class='note'>{markup(line)}</p>" for line in about)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{markup(title)}</title>'
        f"<style>{_STYLE}</style><script>{get_plotlyjs()}</script></head><body><h1>{markup(title)}</h1>{head}"
        f"<div class='figures'>{cards}</div><ul>{said}</ul>{drawn}{notes}</body></html>"
    ).encode()


def _section(part: Part, number: int) -> str:
    figure = charts.figure_alone(part.made)
    drawn = figure.to_html(
        include_plotlyjs=False,
        full_html=False,
        div_id=f"figure-{number}",
        config={"displaylogo": False, "responsive": True},
    )
    table = _table(part.frame, part.columns) if part.columns else ""
    details = f"<details><summary>{markup(say('ui.table'))}</summary>{table}</details>" if table else ""
    return f"<section><h2>{markup(part.made.title)}</h2><p>{markup(part.made.message)}</p>{drawn}{details}</section>"


def as_text(words: str) -> str:
    """A sentence of the page without the marks of Markdown."""
    return words.replace("**", "").replace("\\", "")


def _table(frame: pd.DataFrame, columns: Mapping[str, Shown]) -> str:
    head = "".join(f"<th>{markup(shown.heading)}</th>" for shown in columns.values())
    writers = {name: cell_writer(shown.form) for name, shown in columns.items()}
    rows = "".join(
        "<tr>" + "".join(f"<td>{markup(writers[name](row[name]))}</td>" for name in columns) + "</tr>"
        for _, row in frame.head(MAX_TABLE_ROWS).iterrows()
    )
    more = f"<p class='note'>{markup(say('ui.rows_of', shown=MAX_TABLE_ROWS, total=len(frame)))}</p>"
    written = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return written + more if len(frame) > MAX_TABLE_ROWS else written
