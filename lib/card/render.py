"""A card on paper: Markdown, HTML or JSON, in the reader's language, for somebody who has nothing but the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from lib import text
from lib.card import Card, CardColumn, Group, Plain

OPENING = "import pickle\n\nmodel = pickle.load(open('model.pkl', 'rb'))\nmodel.predict(customers)"
"""How a card's model is opened, unless told otherwise; `customers` is a pandas table."""

MOST_CATEGORIES = 8
"""Categories of one column that are named; the others are counted."""

_SHARES = frozenset(
    {
        *("smallest", "tree", "certainty", "top_decile_capture", "accuracy", "balanced_accuracy", "auc", "roc_auc"),
        *("pr_auc", "sum_ratio", "r2", "days_coverage", "value_coverage"),
    }
)
_PERSONAL = re.compile(
    r"country|region|city|state|postcode|zip|gender|sex|age|birth|nation|land|pa[ií]s|edad|sexo", re.I
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~$])")


def to_json(card: Card) -> str:
    """The card as it travels inside the model, readable by any program."""
    return json.dumps(card.to_plain(), ensure_ascii=False, indent=2) + "\n"


def to_markdown(card: Card, language: str, *, opening: str = OPENING) -> str:
    """The card as a page of Markdown."""
    return "\n\n".join(_markdown(block) for block in _blocks(card, language, opening)) + "\n"


def to_html(card: Card, language: str, *, opening: str = OPENING) -> str:
    """The card as a page of its own that needs nothing from elsewhere."""
    body = "\n".join(_html(block) for block in _blocks(card, language, opening))
    title = escape(_headline(card, _Sayer(language)))
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
        ("card.compare_answers", lambda card: _headline(card, say)),
        ("card.compare_recipe", lambda card: say.told(f"recipes.{card.recipe}", card.recipe)),
        ("card.group_customers", lambda card: say.number(card.customers)),
        ("card.compare_cutoff", lambda card: say.day(card.cutoff) if card.cutoff else "–"),
        ("card.compare_columns", lambda card: say.number(len(card.columns))),
    ]
    rows = [(say(key), *(told(card) for card in cards)) for key, told in facts]
    for name in dict.fromkeys(name for card in cards for name in card.metrics):
        values = (_measured(name, card.metrics[name], say) if name in card.metrics else "–" for card in cards)
        rows.append((say.told(f"report.metric.{name}", name), *values))
    return rows


def measured(language: str, name: str, value: float) -> str:
    """A measure as people read it: shares in percent, days as such, others with as many digits as they deserve."""
    if name in _SHARES:
        return text.number(language, value, "percent")
    if name == "days_error":
        return text.say(language, "report.days", days=round(value))
    if name == "explained":
        return text.say(language, "report.times", times=value)
    if name == "stability":
        return text.number(language, value, "2f")
    size = abs(value)
    return text.number(language, value, "0f" if size >= 100 else "1f" if size >= 10 else "2f" if size >= 1 else "3f")


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

    def told(self, key: str, otherwise: str = "") -> str:
        """The sentence of a key that came from a card, if there is one without blanks; else what is given."""
        if not text.knows(self.language, key) or "{" in text.template(self.language, key):
            return otherwise
        return text.say(self.language, key)

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
    blocks = [_Block("title", _headline(card, say)), _Block("text", _learnt_from(card, say))]
    for heading, section in sections:
        made = section(card, say)
        blocks += [_Block("heading", say(heading)), *made] if made else []
    return [
        *blocks,
        _Block("heading", say("card.open")),
        _Block("code", opening),
        _Block("text", say("card.open_about", columns=[column.name for column in card.columns])),
    ]


def _headline(card: Card, say: _Sayer) -> str:
    if card.goal == "groups":
        return say("card.headline_groups", customers=card.customers, groups=len(card.groups))
    if card.goal == "target":
        return say("card.headline_target", target=card.target)
    return say(f"card.headline_{card.goal}", days=card.horizon_days)


def _learnt_from(card: Card, say: _Sayer) -> str:
    sentences = [say("card.learnt", customers=card.customers, recipe=say.told(f"recipes.{card.recipe}", card.recipe))]
    if card.period_start and card.period_end:
        sentences.append(say("card.period", start=say.day(card.period_start), end=say.day(card.period_end)))
    if card.cutoff:
        sentences.append(say("card.cutoff", day=say.day(card.cutoff)))
    if card.currency:
        sentences.append(say("card.currency", currency=card.currency))
    return " ".join(sentences)


def _quality(card: Card, say: _Sayer) -> list[_Block]:
    beside = say.told(f"report.baseline.{card.baseline_name}", card.baseline_name) or say("card.baseline")
    rows = []
    for name, value in card.metrics.items():
        ours = _measured(name, value, say)
        theirs = _measured(name, card.baseline[name], say) if name in card.baseline else "–"
        rows.append((say.told(f"report.metric.{name}", name), ours, theirs, say.told(f"report.about.{name}")))
    if not rows:
        return []
    return [_Block("table", rows=[(say("card.measure"), say("card.model"), beside, say("card.meaning")), *rows])]


def _measured(name: str, value: float, say: _Sayer) -> str:
    return measured(say.language, name, value)


def _groups(card: Card, say: _Sayer) -> list[_Block]:
    if not card.groups:
        return []
    head = [say(f"card.group_{name}") for name in ("number", "name", "customers", "share", "revenue")]
    rows = [
        (
            str(group.number),
            _group_name(group, say),
            say.number(group.customers),
            say.number(group.share_customers, "percent"),
            say.number(group.share_revenue, "percent") if group.share_revenue else "–",
        )
        for group in card.groups
    ]
    return [_Block("table", rows=[head, *rows])]


def _group_name(group: Group, say: _Sayer) -> str:
    name = say.told(group.name_key, say("card.group_unnamed", number=group.number))
    return f"{name} {group.suffix}" if group.suffix else name


def _columns(card: Card, say: _Sayer) -> list[_Block]:
    if not card.columns:
        return []
    head = [say(f"card.column_{name}") for name in ("name", "kind", "typical", "range", "missing")]
    rows = []
    for column in card.columns:
        meaning = say.told(f"features.name.{column.name}")
        rows.append(
            (
                f"{column.name} – {meaning}" if meaning else column.name,
                say(f"card.kind_{column.kind}") + (f", {_unit(column, say)}" if column.unit else ""),
                _typical(column, say),
                _range(column, say),
                say.number(column.share_missing, "percent") if column.share_missing else "–",
            )
        )
    return [_Block("table", rows=[head, *rows])]


def _unit(column: CardColumn, say: _Sayer) -> str:
    return say.told(f"features.unit.{column.unit}", column.unit)


def _typical(column: CardColumn, say: _Sayer) -> str:
    if column.kind == "category":
        return column.categories[0] if column.categories else "–"
    if column.typical is None:
        return "–"
    return say.number(column.typical, "percent") if column.kind == "yes_no" else _value(column, column.typical, say)


def _range(column: CardColumn, say: _Sayer) -> str:
    if column.kind == "category":
        named = list(column.categories[:MOST_CATEGORIES])
        others = len(column.categories) - len(named)
        return ", ".join(named) + (" " + say("card.others", others=others) if others else "")
    if column.kind == "yes_no":
        return say("card.yes_no")
    if column.low is None or column.high is None:
        return "–"
    return f"{_value(column, column.low, say)} – {_value(column, column.high, say)}"


def _value(column: CardColumn, value: float, say: _Sayer) -> str:
    if column.kind != "date" or not -700_000 < value < 2_900_000:
        return say.number(value)
    return text.day(say.language, date(1970, 1, 1) + timedelta(days=round(value)))


def _limits(card: Card, say: _Sayer) -> list[_Block]:
    told = [say.told(key) for key in card.limits]
    fairness = [column.name for column in card.columns if _PERSONAL.search(column.name)]
    standing = [say("card.limit_shop"), say("card.limit_fewer", customers=_fewest(card.customers))]
    if any(column.low is not None for column in card.columns):
        standing.append(say("card.limit_range"))
    if card.cutoff:
        standing.append(say("card.limit_age", day=say.day(card.cutoff)))
    if fairness:
        standing.append(say("card.limit_fairness", columns=fairness))
    return [_Block("list", rows=[(sentence,) for sentence in (*told, *standing) if sentence])]


def _fewest(customers: int) -> int:
    """A tenth of what it learnt from: in a smaller shop, what is typical there is another matter."""
    digits = max(len(str(customers // 10)) - 1, 0)
    return max(customers // 10 // 10**digits * 10**digits, 50)


def privacy(card: Card, language: str) -> list[str]:
    """How many customers were looked for in the file, and how well one could tell who was among them."""
    return _private(card, _Sayer(language))


def _privacy(card: Card, say: _Sayer) -> list[_Block]:
    sentences = _private(card, say)
    return [_Block("text", " ".join(sentences))] if sentences else []


def _private(card: Card, say: _Sayer) -> list[str]:
    searched, found = card.privacy.get("customers_searched"), card.privacy.get("customers_found")
    auc = card.privacy.get("membership_auc")
    sentences = []
    if isinstance(searched, int) and isinstance(found, int):
        sentences.append(say("leaks.none", found=found, customers=searched))
    if isinstance(auc, int | float):
        sentences += [say("leaks.membership", share=auc), say(f"leaks.membership_{'low' if auc < 0.6 else 'some'}")]
    return sentences


def _origin(card: Card, say: _Sayer) -> list[_Block]:
    facts = [f"{name} {number}" for name, number in card.versions.items()]
    facts += [f"{name}: {_short(value)}" for name, value in card.settings.items() if _short(value)]
    rows_of_test = card.self_test.get("rows")
    if isinstance(rows_of_test, Mapping) and rows_of_test:
        count = len(next(iter(rows_of_test.values())))  # type: ignore[arg-type]
        facts.append(say("card.self_test", rows=count))
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
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _html(block: _Block) -> str:
    if block.kind in ("title", "heading"):
        tag = "h1" if block.kind == "title" else "h2"
        return f"<{tag}>{escape(block.text)}</{tag}>"
    if block.kind == "code":
        return f"<pre><code>{escape(block.text)}</code></pre>"
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{escape(row[0])}</li>" for row in block.rows) + "</ul>"
    if block.kind == "table":
        head = "".join(f"<th>{escape(cell)}</th>" for cell in block.rows[0])
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows[1:])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<p>{escape(block.text)}</p>"


_STYLE = (
    "body{font:16px/1.55 system-ui,sans-serif;color:#1c2b2a;background:#fff;margin:0}"
    "main{max-width:60rem;margin:2.5rem auto;padding:0 1.25rem}h1{font-size:1.7rem;line-height:1.25}"
    "h2{font-size:1.15rem;margin-top:2.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .7rem .4rem 0;border-bottom:1px solid #d7e0de}"
    "pre{background:#f1f5f4;padding:.9rem 1.1rem;overflow-x:auto;border-radius:6px}li{overflow-wrap:anywhere}"
)
