"""A card as a document: Markdown, HTML or JSON, in the reader's language, for readers who have only the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lib import text
from lib.card import Card, CardColumn, Plain
from lib.presentation import card_tables, figures, labels, sentences
from lib.safe_text import json_line, markdown, markup

OPENING = "import pickle\n\nmodel = pickle.load(open('model.pkl', 'rb'))\nmodel.predict(customers)"
"""How a card's model is opened by default; `customers` is a pandas table."""

MOST_CATEGORIES = 8
"""Categories of one column that are named; the others are counted."""

_PERSONAL = re.compile(
    r"country|region|city|state|postcode|zip|gender|sex|age|birth|nation|land|pa[ií]s|edad|sexo", re.I
)


def to_json(card: Card) -> str:
    """The card as it travels inside the model, readable by any program."""
    return json_line(json.dumps(card.to_plain(), ensure_ascii=False, indent=2)) + "\n"


def to_markdown(card: Card, language: str, *, opening: str = OPENING) -> str:
    """The card as a page of Markdown."""
    return "\n\n".join(_markdown(block) for block in _blocks(card, language, opening)) + "\n"


def to_html(card: Card, language: str, *, opening: str = OPENING) -> str:
    """The card as a page of its own that needs nothing from elsewhere."""
    body = "\n".join(_html(block) for block in _blocks(card, language, opening))
    title = markup(sentences.purpose(language, card))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"<main>\n{body}\n</main>\n</html>\n"
    )


def side_by_side(cards: Sequence[Card], language: str) -> list[tuple[str, ...]]:
    """What models have in common and where they differ: label, then one text per card. Measures that none has are
    left out; a model without one shows a dash."""
    say = _Sayer(language)
    facts: list[tuple[str, Callable[[Card], str]]] = [
        ("card.compare_answers", lambda card: sentences.purpose(language, card)),
        ("card.compare_recipe", lambda card: labels.recipe(language, card.recipe)),
        ("card.group_customers", lambda card: say.number(card.customers)),
        ("card.compare_cutoff", lambda card: say.day(card.cutoff) if card.cutoff else "–"),
        ("card.compare_columns", lambda card: say.number(len(card.columns))),
    ]
    rows = [(say(key), *(words(card) for card in cards)) for key, words in facts]
    for name in dict.fromkeys(name for card in cards for name in card.metrics):
        values = (
            figures.metric(language, card, name, card.metrics[name]) if name in card.metrics else "–" for card in cards
        )
        rows.append((labels.metric(language, name), *values))
    return rows


# ------------------------------------------------------------------------------------------------- what stands there


@dataclass(frozen=True)
class _Block:
    """A heading, a paragraph, a list, a table or lines of code; always texts as they are, not yet escaped."""

    kind: str
    text: str = ""
    rows: Sequence[Sequence[str]] = ()


class _Sayer:
    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, /, **facts: text.Fact) -> str:
        return text.say(self.language, key, **facts)

    def number(self, value: float, form: str = "") -> str:
        return text.number(self.language, value, form)

    def day(self, iso: str) -> str:
        return text.day(self.language, datetime.fromisoformat(iso).date())


def _blocks(card: Card, language: str, opening: str) -> list[_Block]:
    say = _Sayer(language)
    sections: tuple[tuple[str, Callable[[Card, _Sayer], list[_Block]]], ...] = (
        ("card.good", _quality),
        ("card.groups", _groups),
        ("card.columns", _columns),
        ("card.limits", _limits),
        ("card.privacy", _privacy),
        ("card.made_with", _origin),
    )
    blocks = [_Block("title", sentences.purpose(language, card)), _Block("text", _learnt_from(card, say))]
    note = sentences.understood(language, card)
    blocks += [_Block("text", note)] if note else []
    findings = sentences.headline(language, card)
    blocks += [_Block("list", rows=[(finding,) for finding in findings])] if findings else []
    for heading, section in sections:
        made = section(card, say)
        blocks += [_Block("heading", say(heading)), *made] if made else []
    return [
        *blocks,
        _Block("heading", say("card.open")),
        _Block("code", opening),
        _Block("text", say("card.open_about", columns=[column.name for column in card.columns])),
    ]


def _learnt_from(card: Card, say: _Sayer) -> str:
    found = [sentences.learnt_from(say.language, card)]
    if card.period_start and card.period_end:
        found.append(say("card.period", start=say.day(card.period_start), end=say.day(card.period_end)))
    if card.cutoff:
        found.append(say("card.cutoff", day=say.day(card.cutoff)))
    if card.currency:
        found.append(say("card.currency", currency=card.currency))
    return " ".join(found)


def _quality(card: Card, say: _Sayer) -> list[_Block]:
    names = list(card.metrics)
    if not names:
        return []
    columns = card_tables.measures(card, say.language, names)
    head = [say("card.measure"), *columns, say("card.meaning")]
    rows = [
        (labels.metric(say.language, name), *(cells[at] or "–" for cells in columns.values()), about)
        for at, (name, about) in enumerate((name, labels.metric_about(say.language, name)) for name in names)
    ]
    blocks = [_Block("table", rows=[head, *rows])]
    notes = [sentences.measured_on(say.language, card), *sentences.notes_on_measures(say.language, card)]
    notes += [sentences.leaks(say.language, card), *sentences.method_choice(say.language, card)]
    return [*blocks, *(_Block("text", note) for note in notes if note)]


def _groups(card: Card, say: _Sayer) -> list[_Block]:
    if not card.groups:
        return []
    head = [say(f"card.group_{name}") for name in ("number", "name", "customers", "share", "revenue")]
    rows = [
        (
            str(group.number),
            labels.group(say.language, group),
            say.number(group.customers),
            say.number(group.share_customers, "percent"),
            say.number(group.share_revenue, "percent") if group.share_revenue else "–",
        )
        for group in card.groups
    ]
    return [_Block("table", rows=[head, *rows])]


def _columns(card: Card, say: _Sayer) -> list[_Block]:
    if not card.columns:
        return []
    head = [say(f"card.column_{name}") for name in ("name", "kind", "typical", "range", "missing")]
    rows = []
    for column in card.columns:
        meaning = labels.column(say.language, column.name)
        rows.append(
            (
                f"{column.name} – {meaning}" if meaning != column.name else column.name,
                say(f"card.kind_{column.kind}")
                + (f", {labels.unit(say.language, column.unit)}" if column.unit else ""),
                card_tables.typical(column, say.language) or "–",
                _range(column, say),
                say.number(column.share_missing, "percent") if column.share_missing else "–",
            )
        )
    return [_Block("table", rows=[head, *rows])]


def _range(column: CardColumn, say: _Sayer) -> str:
    if column.kind == "category":
        named = list(column.categories[:MOST_CATEGORIES])
        others = len(column.categories) - len(named)
        return ", ".join(named) + (" " + say("card.others", others=others) if others else "")
    return card_tables.value_range(column, say.language) or "–"


def _limits(card: Card, say: _Sayer) -> list[_Block]:
    found = sentences.warnings(say.language, card)
    fairness = [column.name for column in card.columns if _PERSONAL.search(column.name)]
    standing = [say("card.limit_shop"), say("card.limit_fewer", customers=_fewest(card.customers))]
    if any(column.low is not None for column in card.columns):
        standing.append(say("card.limit_range"))
    if card.cutoff:
        standing.append(say("card.limit_age", day=say.day(card.cutoff)))
    if fairness:
        standing.append(say("card.limit_fairness", columns=fairness))
    return [_Block("list", rows=[(sentence,) for sentence in (*found, *standing)])]


def _fewest(customers: int) -> int:
    """A tenth of what it learnt from: in a smaller shop, what is typical there is another matter."""
    digits = max(len(str(customers // 10)) - 1, 0)
    return max(customers // 10 // 10**digits * 10**digits, 50)


def _privacy(card: Card, say: _Sayer) -> list[_Block]:
    found = sentences.privacy(say.language, card)
    return [_Block("text", " ".join(found))] if found else []


def _origin(card: Card, say: _Sayer) -> list[_Block]:
    facts = [f"{name} {number}" for name, number in card.versions.items()]
    facts += [f"{name}: {_short(value)}" for name, value in card.settings.items() if _short(value)]
    if card.self_test_rows:
        facts.append(say("card.self_test", rows=card.self_test_rows))
    if card.pipeline_sha256:
        facts.append(f"SHA-256: {card.pipeline_sha256}")
    facts.append(say("card.licence"))
    return [_Block("list", rows=[(fact,) for fact in facts])]


def _short(value: Plain) -> str:
    return "" if value is None or isinstance(value, list | dict) or len(str(value)) > 200 else str(value)


# ---------------------------------------------------------------------------------------------------- how it is written


def _markdown(block: _Block) -> str:
    if block.kind == "title":
        return f"# {_plain(block.text)}"
    if block.kind == "heading":
        return f"## {_plain(block.text)}"
    if block.kind == "code":
        return f"```python\n{block.text}\n```"
    if block.kind == "list":
        return "\n".join(f"- {_plain(row[0])}" for row in block.rows)
    if block.kind == "table":
        lines = ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in block.rows]
        return "\n".join([lines[0], "|" + " --- |" * len(block.rows[0]), *lines[1:]])
    return _plain(block.text)


def _plain(words: str) -> str:
    """A text that Markdown shows as it is: a column's name can neither load an image nor start a list."""
    return markdown(" ".join(words.split()))


def _html(block: _Block) -> str:
    if block.kind in ("title", "heading"):
        tag = "h1" if block.kind == "title" else "h2"
        return f"<{tag}>{markup(block.text)}</{tag}>"
    if block.kind == "code":
        return f"<pre><code>{markup(block.text)}</code></pre>"
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{markup(row[0])}</li>" for row in block.rows) + "</ul>"
    if block.kind == "table":
        head = "".join(f"<th>{markup(cell)}</th>" for cell in block.rows[0])
        rows = "".join("<tr>" + "".join(f"<td>{markup(cell)}</td>" for cell in row) + "</tr>" for row in block.rows[1:])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<p>{markup(block.text)}</p>"


_STYLE = (
    "body{font:16px/1.55 system-ui,sans-serif;color:#1c2b2a;background:#fff;margin:0}"
    "main{max-width:60rem;margin:2.5rem auto;padding:0 1.25rem}h1{font-size:1.7rem;line-height:1.25}"
    "h2{font-size:1.15rem;margin-top:2.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .7rem .4rem 0;border-bottom:1px solid #d7e0de}"
    "pre{background:#f1f5f4;padding:.9rem 1.1rem;overflow-x:auto;border-radius:6px}li{overflow-wrap:anywhere}"
)
