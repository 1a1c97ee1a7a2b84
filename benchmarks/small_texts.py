# ruff: noqa: T201
"""Small texts of many shapes, read to the end of the Data page's work, each in a process with a limit of CPU time.

What a visitor uploads is read, understood and cleaned at the server's cost. A text of at most 200 KB should cost about
what its bytes cost, whatever it looks like: `python -m benchmarks.small_texts` draws texts that are long in one way
each (cells, columns, lines, quotes, headings, tables, nesting), and names each that costs more than a limit, with the
line of code that was running.

Each seed draws other sizes and cells. `--seeds A-B`, `--shape NAME` (repeatable), `--limit SECONDS`.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 200_000
Draw = random.Random
Shape = Callable[[Draw], str]
SHAPES: dict[str, tuple[str, Shape]] = {}
"""Name → (suffix of the file, what draws its text)."""


def shape(suffix: str = "csv") -> Callable[[Shape], Shape]:
    """Adds a shape under the name of its function."""

    def add(draw: Shape) -> Shape:
        SHAPES[draw.__name__.replace("_", " ").strip()] = (suffix, draw)
        return draw

    return add


HEADINGS = ("order", "date", "customer", "product", "qty", "amount", "note", "city", "status", "currency")
SEPARATORS = (",", ";", "\t", "|")
DATES = (
    "2024-01-{d:02}",
    "{d:02}.{m:02}.2024",
    "{d}/{m}/2024",
    "{m}/{d}/24",
    "2024-{m:02}-{d:02}T10:00:00+02:00",
    "{d} janvier 2024",
    "Jan {d}, 2024",
    "{d:02}-{m:02}-1403",
    "2567/{m:02}/{d:02}",
    "2024年{m}月{d}日",
    "1704{d:02}6400",
    "4530{d}",
    "2024-W{d:02}-{m}",
    "{d}. März 2024",
    "Mon, {d:02} Jan 2024 10:00:00 GMT",
    "2024{m:02}{d:02}",
    "{d}/{m}",
)
WORDS = (
    "Mug",
    "Cap",
    "red, large",
    "Größe 4",
    "a;b",
    "x|y",
    "Total",
    "n/a",
    "-",
    "o'clock",
    '5" nail',
    "http://x.y",
    "0",
)
MONEY = (
    "1,234.50",
    "1.234,50",
    "1 234,50",
    "12.990",
    "€ 5",
    "5-",
    "(5.00)",
    "USD 3",
    "1'234.50",
    "5e3",
    "٣",
    "1,23,456.00",
)


def cell(draw: Draw, name: str, at: int) -> str:
    """A cell of one of the columns of a history."""
    match name:
        case "order":
            return str(1000 + at)
        case "date":
            return f"2024-{1 + at // 28 % 12:02}-{1 + at % 28:02}"
        case "customer":
            return f"C{at % 97}"
        case "qty":
            return str(1 + at % 4)
        case "amount":
            return f"{at % 90}.50"
        case "status":
            return draw.choice(("paid", "open", "Cancelled", "refunded"))
        case "currency":
            return draw.choice(("EUR", "USD"))
    return draw.choice(WORDS[:4])


def quoted(text: str, separator: str) -> str:
    """A cell as a program writes it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (separator, '"', "\n")) else text


def rows_of(draw: Draw, names: list[str], separator: str, count: int) -> list[str]:
    """Rows of a history under these headings."""
    return [separator.join(quoted(cell(draw, name, at), separator) for name in names) for at in range(count)]


def history(draw: Draw, count: int, separator: str = ",") -> list[str]:
    """A heading and rows."""
    return [separator.join(HEADINGS), *rows_of(draw, list(HEADINGS), separator, count)]


def cut(text: str) -> str:
    """At most `MOST_BYTES` of a text."""
    return text.encode()[:MOST_BYTES].decode("utf-8", "ignore")


# ------------------------------------------------------------------------------------------------ rows and columns


@shape()
def ragged(draw: Draw) -> str:
    """Rows of very different numbers of cells, all of them words, or one column of numbers."""
    separator, width = draw.choice(SEPARATORS), draw.choice((3, 6, 12, 19, 20, 40))
    most = draw.choice((2, 4, 5, 9))
    numbers = draw.random() < 0.6
    lines = [separator.join(f"c{at}" for at in range(width))]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        extra = 0 if draw.random() < 0.3 else draw.randint(1, most)
        cells = [draw.choice("abcdef") for _ in range(width + extra)]
        if numbers:
            cells[0] = str(len(lines))
        lines.append(separator.join(cells))
    return "\n".join(lines)


@shape()
def ragged_typed(draw: Draw) -> str:
    """A history in which most rows have a few cells too many, in random places."""
    separator = draw.choice(SEPARATORS)
    names = [draw.choice(HEADINGS) for _ in range(draw.choice((6, 12, 20)))]
    lines = [separator.join(names)]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        cells = [cell(draw, name, len(lines)).replace(separator, "") for name in names]
        if draw.random() < 0.7:
            place = draw.randrange(len(cells))
            cells[place:place] = [draw.choice((*WORDS[:2], "5", "7.5"))] * draw.randint(1, 6)
        lines.append(separator.join(cells))
    return "\n".join(lines)


@shape()
def thousands_of_columns(draw: Draw) -> str:
    separator = draw.choice(SEPARATORS)
    width, count = draw.choice(((3_000, 12), (8_000, 3), (16_000, 1), (1_500, 20), (12_000, 2)))
    kind = draw.choice(("7.5", "ab", "1", "2024-01-05", "", "yes", "1,5", "a@b.de", "x" * 3, "random"))
    name = draw.choice(("q{}", "x", "{}", "date {}", "amount{}", "", "{}%", "order_{}_id", "Größe{}"))
    start = list(HEADINGS[:6]) if draw.random() < 0.7 else []
    lines = [separator.join([*start, *(name.format(at) for at in range(width))])]
    for at in range(count):
        cells = [cell(draw, heading, at) for heading in start]
        for _ in range(width):
            cells.append(str(draw.randrange(100)) if kind == "random" else kind.replace(separator, "."))
        if draw.random() < 0.3:
            cells += ["1"] * draw.randint(1, 4)
        lines.append(separator.join(cells))
    return "\n".join(lines)


@shape()
def thousands_of_columns_ragged(draw: Draw) -> str:
    width = draw.choice((1_000, 3_000, 6_000))
    start = list(HEADINGS[:6])
    lines = [",".join([*start, *(f"q{at}" for at in range(width))])]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        cells = [cell(draw, heading, len(lines)).replace(",", "") for heading in start]
        cells += [draw.choice(("1", "a")) for _ in range(width + draw.randint(-3, 4))]
        if draw.random() < 0.4:
            cells[draw.randrange(4)] = "x"
        lines.append(",".join(cells))
    return "\n".join(lines)


@shape()
def many_short_lines(draw: Draw) -> str:
    """Most bytes are line ends: lines of one or two signs, blank lines, one sign parted."""
    line = draw.choice(("", ",", "a", "1", "a,1", ";;", '""', "#", "-", "\t", "1 2", ",\n,a"))
    start = "\n".join(history(draw, draw.choice((0, 3, 20)))) + "\n" if draw.random() < 0.6 else ""
    return start + f"{line}{draw.choice((chr(10), chr(13) + chr(10), chr(13)))}" * (150_000 // (len(line) + 1))


@shape()
def wide_heading_short_rows(draw: Draw) -> str:
    """A heading of thousands of names above short rows."""
    separator, name = draw.choice(((",", "q{}"), ("   ", "q{}"), (";", "a"), ("\t", "{}"), ("  ", "a")))
    width = draw.choice((2_000, 8_000, 15_000))
    heading = separator.join(name.format(at) for at in range(width))[: draw.choice((40_000, 60_000, 100_000))]
    line = draw.choice(("a", "1", "1,2", "", "2024-01-01", "a   b", "x  y z"))
    return cut(heading + "\n" + f"{line}\n" * 60_000)


@shape()
def many_widths(draw: Draw) -> str:
    """Rows of 1, 2, 3 … cells."""
    separator = draw.choice(SEPARATORS)
    lines = [separator.join(draw.choice(("a", "1", "x y")) for _ in range(at)) for at in range(1, 400)]
    if draw.random() < 0.5:
        draw.shuffle(lines)
    return cut("\n".join(lines))


# ------------------------------------------------------------------------------------------------ cells


@shape()
def long_cells(draw: Draw) -> str:
    """One column holds cells of tens of kilobytes."""
    filling = draw.choice(
        (
            " ",
            "\u00a0",
            "0",
            "1 ",
            "1.",
            "1,",
            "a ",
            "- ",
            "(",
            ")",
            "+",
            "1-",
            "Date(",
            "a@",
            "a.",
            "@",
            "://",
            "www.",
            "'",
            "a/",
            "0:",
            "e",
            "1e",
            "€",
            "%",
            "e\u0301",
            "\u202e",
            "٣",
            "[",
            "{",
            "<",
            "&",
            "=",
            "a=",
            "Q1 ",
            "jan ",
            "x1,x2;",
            "key:1|",
            "\\",
            "a\\",
            "\u3000",
            "ß",
            "İ",
            "\ud7ff",
            "12 34 ",
            "EUR 5 ",
            "5 EUR/",
            "T",
            "Z",
            "+00",
            "total ",
            "._-",
        )
    )
    separator, long_name = draw.choice(SEPARATORS), draw.choice(HEADINGS)
    count = draw.choice((1, 3, 12, 60))
    names = list(HEADINGS)
    lines = [separator.join(names)]
    size = 150_000 // (count * len(filling.encode()))
    for at in range(max(count, 25)):
        cells = [cell(draw, name, at).replace(separator, "") for name in names]
        if at < count:
            ends = draw.choice((("1", "x"), ("2024-01-01", "!"), ("", ""), ("a", "1"), ("(", ")"), ("€", "€")))
            text = ends[0] + filling.replace(separator, "") * size + ends[1]
            cells[names.index(long_name)] = text
        lines.append(separator.join(cells))
    return cut("\n".join(lines))


@shape()
def long_headings(draw: Draw) -> str:
    """Names of columns of tens of kilobytes, or many alike."""
    filling = draw.choice(
        (" ", "a", "order ", "date_", "(", "e\u0301", "A", "aB", "1", ".", "_", "-", "€", "ﬁ", "[0].", "%")
    )
    size, count = draw.choice(((30_000, 2), (8_000, 8), (2_000, 40), (300, 200)))
    names = [filling * (size // len(filling.encode())) + draw.choice(("", str(at))) for at in range(count)]
    lines = [",".join([*HEADINGS[:6], *names])]
    lines += [
        ",".join([*(cell(draw, name, at).replace(",", "") for name in HEADINGS[:6]), *["1"] * count])
        for at in range(20)
    ]
    return cut("\n".join(lines))


@shape()
def quotes(draw: Draw) -> str:
    """Quotes everywhere: never closed, doubled, after separators, before line ends, of other kinds."""
    mark = draw.choice(('"', '"', '"', "'", "“", "`"))
    piece = draw.choice(
        (
            mark,
            mark * 2,
            f",{mark}",
            f"{mark},",
            f",{mark}a",
            f"a{mark},{mark}",
            f"{mark}\n",
            f"\n{mark}",
            f"\\{mark}",
            f"a,{mark}a\n",
            f",{mark}{mark}{mark}a",
            f"{mark}a{mark} ,",
            f"{mark}a{mark}\n{mark}b,\n",
            f"={mark}1",
            f"{mark}{mark}{mark},\n",
            f";{mark},{mark}",
        )
    )
    start = "\n".join(history(draw, draw.choice((0, 30)))) + "\n" if draw.random() < 0.7 else ""
    end = draw.choice(("", "x", "\n" + "\n".join(history(draw, 300)[1:])))
    return cut(start + piece * (draw.choice((20_000, 80_000)) // len(piece.encode())) + end)


@shape()
def quoted_lines(draw: Draw) -> str:
    """Each line quoted as a whole once more, cells with line breaks, some of it broken."""
    lines = history(draw, 800)
    made = []
    for line in lines:
        kind = draw.random()
        made.append(
            '"' + line.replace('"', '""') + '"' + draw.choice(("", ";;;", ",,"))
            if kind < 0.8
            else line + draw.choice(('"', "", ',"a\nb"'))
        )
    return cut("\n".join(made))


@shape()
def wide_quoted(draw: Draw) -> str:
    """Thousands of columns, and cells with line breaks or delimiters in them."""
    width = draw.choice((900, 1_100, 4_000))
    lines = [",".join([*HEADINGS[:6], *(f"q{at}" for at in range(width))])]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        cells = [quoted(cell(draw, heading, len(lines)), ",") for heading in HEADINGS[:6]]
        cells += [draw.choice(('"a\nb"', "1", '"x,y"', '"1,5"')) for _ in range(width)]
        lines.append(",".join(cells))
    return cut("\n".join(lines))


@shape()
def every_separator(draw: Draw) -> str:
    """Cells that hold all the separators, so that none is plainly the right one."""
    signs = [",", ";", "\t", "|", "^", "~", "#", "!", "*", " ", "/", ":", "¦", "§"]
    lines = []
    while sum(map(len, lines)) < MOST_BYTES * 0.6:
        lines.append(
            "".join(
                draw.choice(("a", "1", "2024-01-01")) + draw.choice(signs) for _ in range(draw.choice((12, 12, 13)))
            )
        )
    return cut("\n".join(lines))


@shape()
def dates(draw: Draw) -> str:
    """Dates of every dialect, in one column or several, mixed or not."""
    lines = [";".join((*HEADINGS, "date 2", "datum", "time"))]
    kinds = draw.sample(DATES, draw.choice((1, 2, 5, len(DATES))))
    for at in range(1_200):
        cells = [cell(draw, name, at).replace(";", "") for name in HEADINGS]
        made = [draw.choice(kinds).format(d=1 + at % 28, m=1 + at % 12) for _ in range(3)]
        cells[1] = made[0]
        lines.append(";".join([*cells, *made[1:], "10:00"]))
    return cut("\n".join(lines))


@shape()
def money(draw: Draw) -> str:
    """Amounts of every dialect, in several columns of money, with units and signs."""
    names = [
        *HEADINGS,
        *(
            draw.choice(("price", "net", "tax", "fee", "total", "paid", "discount", "betrag")) + f" {at}"
            for at in range(draw.choice((4, 40, 150)))
        ),
    ]
    lines = [";".join(names)]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        at = len(lines)
        cells = [cell(draw, name, at).replace(";", "") for name in HEADINGS]
        lines.append(
            ";".join(
                [
                    *cells,
                    *(draw.choice(MONEY) if draw.random() < 0.5 else f"{at % 50}.00" for _ in names[len(HEADINGS) :]),
                ]
            )
        )
    return cut("\n".join(lines))


@shape()
def brackets(draw: Draw) -> str:
    """Cells that look like lists, records or calls, nested deeply."""
    depth = draw.choice((5, 500, 20_000))
    text = draw.choice(
        ("[" * depth + "]" * depth, "{'a':" * depth, "(" * depth, "[1," * depth, '{"a":[' * depth, "<a>" * depth)
    )
    lines = history(draw, 30, ";")
    lines[1:] = [f"{line};{quoted(text, ';')}" for line in lines[1:]][: max(1, 150_000 // max(1, len(text)))]
    return cut("\n".join([lines[0] + ";items", *lines[1:]]))


@shape()
def many_values(draw: Draw) -> str:
    """Columns of thousands of different words, statuses, currencies, customers or products."""
    names = [
        "order",
        "date",
        "customer",
        "amount",
        *draw.sample(("status", "currency", "product", "country", "payment", "type", "category"), 4),
    ]
    lines = [",".join(names)]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        at = len(lines)
        made = [cell(draw, name, at).replace(",", "") for name in names[:4]]
        lines.append(",".join([*made, *(draw.choice(("paid", "x")) + f" {draw.randrange(10_000)}" for _ in names[4:])]))
    return cut("\n".join(lines))


# ------------------------------------------------------------------------------------------------ several tables


@shape()
def repeated_headings(draw: Draw) -> str:
    """The heading again and again, with other names, orders or cases."""
    lines = []
    every = draw.choice((0, 1, 2, 5, 30))
    while sum(map(len, lines)) < MOST_BYTES * 0.7:
        names = list(HEADINGS[:6])
        match draw.choice(("same", "shuffled", "more", "case")):
            case "shuffled":
                draw.shuffle(names)
            case "more":
                names.append(f"extra {len(lines)}")
            case "case":
                names = [name.upper() for name in names]
        lines += [",".join(names), *rows_of(draw, names, ",", every)]
        if draw.random() < 0.3:
            lines.append("")
    return cut("\n".join(lines))


@shape()
def tables_one_below_the_other(draw: Draw) -> str:
    """Hundreds of small tables parted by blank lines, each with names of its own."""
    lines: list[str] = []
    rows = draw.choice((1, 2, 3, 6))
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        own = len(lines)
        lines += [
            f"a{own},b{own},c{own}",
            *(f"{at},2024-01-0{1 + at},x" for at in range(rows)),
            draw.choice(("", ",,", '""', " ")),
        ]
    return cut("\n".join(lines))


@shape()
def forms(draw: Draw) -> str:
    """Forms one below the other: labels with values, a heading and its items."""
    lines: list[str] = []
    while sum(map(len, lines)) < MOST_BYTES * 0.6:
        lines += [
            f"Order,{len(lines)},Date,2024-01-05",
            f"Customer,C{len(lines)}",
            "Product,Qty,Amount",
            "Mug,1,5.00",
            "Cap,2,7.00",
            draw.choice(("", "Total,,12.00")),
        ]
    return cut("\n".join(lines))


@shape()
def lies_on_its_side(draw: Draw) -> str:
    """Few lines of thousands of cells: a table that lies on its side."""
    lines = []
    for name in draw.sample(HEADINGS, draw.choice((3, 6, 10))):
        count = draw.choice((1_500, 1_500, 1_499))
        lines.append(",".join([name, *(cell(draw, name, at).replace(",", "") for at in range(count))]))
    return cut("\n".join(lines))


@shape()
def remarks_and_totals(draw: Draw) -> str:
    """Hundreds of lines of remarks above, totals between and a long foot below."""
    above = [
        draw.choice(("Report of 2024", "# comment", "Shop: x", "", "=====", "Page 1 of 9", "a,,,,"))
        for _ in range(draw.choice((3, 300, 4_000)))
    ]
    body = [line for line in history(draw, 600) for line in ([line, "Total,,,,,,"] if draw.random() < 0.2 else [line])]
    foot = [draw.choice(("Total,,,5.00", "Printed by x", "", "-----", ",,,")) for _ in range(draw.choice((3, 3_000)))]
    return cut("\n".join([*above, *body, *foot]))


# ------------------------------------------------------------------------------------------------ other formats


@shape("txt")
def fixed_width(draw: Draw) -> str:
    """Columns by their places: wide headings, rules, one very long line, many blanks."""
    width = draw.choice((3, 6, 200, 3_000))
    names = [draw.choice(HEADINGS)[:6] for _ in range(width)]
    heading = "".join(f"{name:<9}" for name in names)
    rule = "".join(f"{'-' * 7:<9}" for _ in names) if draw.random() < 0.5 else ""
    count = draw.choice((5, 60, 4_000))
    short = draw.random() < 0.5
    lines = [heading, rule] if rule else [heading]
    for at in range(count):
        cells = "".join(f"{cell(draw, name, at)[:7]:<9}" for name in names)
        lines.append(cells[: draw.choice((20, 60))] if short else cells)
    if draw.random() < 0.3:
        lines.append("a" + " " * draw.choice((1_000, 60_000)) + "b")
    return cut("\n".join(lines))


@shape("txt")
def blanks(draw: Draw) -> str:
    """Cells parted by runs of blanks, one of them of tens of kilobytes."""
    lines = ["order date customer amount"]
    for at in range(draw.choice((5, 500))):
        gap = " " * draw.choice((1, 1, 3))
        lines.append(gap.join((str(at), f"2024-01-{1 + at % 28:02}", f"C{at % 7}", f"{at}.5")))
    place = draw.randrange(1, len(lines))
    lines[place] = lines[place].replace(" ", draw.choice((" ", "\t", " \t")) * draw.choice((20_000, 80_000)), 1)
    return cut("\n".join(lines))


@shape("html")
def html(draw: Draw) -> str:
    """Tables with cells that span thousands of rows and columns, nested or cut off."""
    across, down = draw.choice((1, 2, 1_000)), draw.choice((1, 1_000))
    span = f'<td colspan="{across}" rowspan="{down}">x'
    piece = draw.choice(
        (f"<tr>{span}", "<tr>", f"<tr>{span}</td><td>1</td></tr>", "<table><tr><td>", "<td>", "<br>", "<tr><td>a<td>b")
    )
    start = "<table>" + "<tr>" + span * draw.choice((1, 16, 200))
    return (
        start
        + piece * (draw.choice((20_000, 150_000)) // len(piece))
        + draw.choice(("", "</table>", "<", "<!--" * 2_000, "<a " * 5_000, "&" * 9_000, "&#" * 9_000))
    )


@shape("xml")
def xml(draw: Draw) -> str:
    """Elements nested deeply, repeated, with many attributes or names."""
    depth = draw.choice((3, 50, 500, 10_000))
    kind = draw.choice(("nested", "records", "attributes", "names", "children"))
    if kind == "nested":
        return cut("<?xml version='1.0'?>" + "<a>" * depth + "1" + "</a>" * depth)
    if kind == "attributes":
        inside = "".join("<o " + " ".join(f'a{at}="{row}"' for at in range(2_000)) + "/>" for row in range(6))
    elif kind == "names":
        inside = "".join(f"<o><x{at}>1</x{at}><d>2024-01-01</d></o>" for at in range(4_000))
    elif kind == "children":
        inside = "".join(f"<o id='{at}'>" + "<i><p>1</p></i>" * draw.choice((1, 30)) + "</o>" for at in range(250))
    else:
        inside = "".join(
            f"<o><id>{at}</id><date>2024-01-01</date><amount>{at}.5</amount><c>C{at % 9}</c></o>" for at in range(2_000)
        )
    return cut(f"<?xml version='1.0'?><r>{inside}")[: MOST_BYTES - 4] + draw.choice(("</r>", ""))


@shape("xml")
def spreadsheet_xml(draw: Draw) -> str:
    """SpreadsheetML with places far away, many merged cells or thousands of sheets."""
    piece = draw.choice(
        (
            '<Row ss:Index="{}"><Cell><Data ss:Type="Number">1</Data></Cell></Row>',
            '<Row><Cell ss:Index="16000"/></Row>',
            '<Row><Cell ss:MergeAcross="900"/></Row>',
            "<Row/>",
            '</Table></Worksheet><Worksheet ss:Name="s{}"><Table><Row><Cell/></Row>',
        )
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    start = f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="a"><Table>'
    count = draw.choice((20, 1_500))
    return start + "".join(piece.format(at * 600) for at in range(1, count)) + "</Table></Worksheet></Workbook>"


@shape("json")
def json_text(draw: Draw) -> str:
    """Records nested deeply, with thousands of keys, lists in lists, or lines of JSON."""
    kind = draw.choice(("deep", "keys", "lists", "lines", "columns", "other keys", "wide items"))
    if kind == "deep":
        depth = draw.choice((50, 900, 50_000))
        return (
            cut("[" + '{"a":' * depth + "1" + "}" * depth + "]")
            if draw.random() < 0.5
            else cut("[" * 90_000 + "]" * 90_000)
        )
    if kind == "keys":
        return cut(json.dumps([{f"k{at}": row for at in range(4_000)} for row in range(3)]))
    if kind == "lists":
        return cut(
            json.dumps({"orders": [{"id": at, "items": [{"sku": "a", "n": [1, [2, [3]]]}] * 9} for at in range(300)]})
        )
    if kind == "columns":
        return cut(json.dumps({f"c{at}": list(range(9)) for at in range(3_000)}))
    if kind == "other keys":
        return cut(json.dumps([{f"k{at}": 1, "id": at} for at in range(6_000)]))
    if kind == "wide items":
        return cut(
            json.dumps(
                [
                    {"id": at, "a": [{f"x{n}": 1} for n in range(40)], "b": [{f"y{n}": 1} for n in range(40)]}
                    for at in range(100)
                ]
            )
        )
    return cut(
        "\n".join(
            json.dumps(
                {"order": at, "date": "2024-01-01", "customer": {"id": at % 9, "tags": ["a"] * 9}, "amount": 1.5}
            )
            for at in range(1_500)
        )
    )


@shape("sql")
def sql(draw: Draw) -> str:
    """Pieces of a dump: statements cut off, brackets, quotes, comments, thousands of tables."""
    piece = draw.choice(
        (
            "INSERT INTO a VALUES (1,2);\n",
            "INSERT INTO a VALUES ",
            "CREATE TABLE t{} (a int);\nINSERT INTO t{} VALUES (1);\n",
            "(",
            "'",
            "\\'",
            "INSERT INTO a (x",
            "COPY a FROM stdin;\n1\t2\n",
            "CREATE TABLE a (",
            "create table a(x int,",
            "/*",
            "-- \n",
            "(1,'a'),",
            "'a',",
            "((1),(2)),",
            "INSERT INTO `a b`.`c d` (x,y) VALUES (1,'a''b');\n",
            "CREATE TABLE a (b 'x",
            "DEFAULT(1) ",
            "COPY a (b) FROM stdin;\n",
        )
    )
    start = "--\nCREATE TABLE a (x int, y text);\nINSERT INTO a VALUES (1,2)" + draw.choice((";\n", ",", ""))
    return cut(
        start + "".join(piece.replace("{}", str(at)) for at in range(draw.choice((20_000, 150_000)) // len(piece)))
    )


# ------------------------------------------------------------------------------------------------ what is done with it


def work(text: str, name: str) -> str:
    """All that the Data page asks of an uploaded file; what it came to."""
    from lib import insights, layouts, orders
    from lib.errors import UserError
    from lib.joins import read_shop
    from lib.training.feasibility import history_facts

    try:
        brought = read_shop([(name, text.encode("utf-8", "replace"))])
        if not brought.tables:
            return brought.failures[0].error.key if brought.failures else "nothing"
        understood = tuple(layouts.understand(table) for table in brought.tables)
        for table in brought.tables:
            for column in list(table.frame.columns)[:50]:
                layouts.examples(table, str(column))
        if understood[0].kind != "orders":
            found = orders.customers(brought.tables[0], understood[0])
            insights.overview(found) if hasattr(insights, "overview") else None
            return f"{understood[0].kind} {found.shape}"
        cleaned = orders.clean_all(brought.tables, understood)
        orders.evidence_of(cleaned)
        orders.findings_of(cleaned)
        orders.check_history(cleaned)
        history_facts(cleaned.lines, None)
        insights.size(insights.prepare(cleaned.lines, cleaned.returns))
        return f"orders {len(cleaned.lines)}"
    except UserError as error:
        return error.key


# ------------------------------------------------------------------------------------------------ listings and prints


@shape("txt")
def values_line_by_line(draw: Draw) -> str:
    """`name: value` a line; the names are the same in all records, or new ones, or long."""
    names = [f"name {at}" for at in range(draw.choice((3, 20, 199, 400)))]
    sign = draw.choice((": ", " = ", " | ", ":"))
    blanks = " " * draw.choice((1, 70, 300))
    parts: list[str] = []
    while sum(map(len, parts)) < MOST_BYTES * 0.8:
        parts.append("\n".join(f"{name}{blanks}{sign}{draw.choice(MONEY)}" for name in names))
        parts.append(draw.choice(("", "-" * 40, "-" * 4_000, "x" * 30)))
    return cut("\n".join(parts))


@shape("txt")
def printed_by_pandas(draw: Draw) -> str:
    """Numbered rows under a heading, with many columns, short rows, or dots."""
    width = draw.choice((4, 40, 490, 5_000))
    size = draw.choice((3, 12))
    lines = [" " * 6 + "".join(f"c{at % 90}".rjust(size) for at in range(width))]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        held = width if draw.random() < 0.9 else draw.choice((1, width))
        lines.append(str(len(lines) - 1).ljust(6) + "".join("7".rjust(size) for _ in range(held)))
        if draw.random() < 0.01:
            lines.append(draw.choice((lines[0], "..  ...  ...", "")))
    return cut("\n".join(lines))


@shape("yaml")
def yaml_of_many_depths(draw: Draw) -> str:
    """Lists and objects within each other, long keys, long blanks, comments."""
    lines = ["orders:"]
    depth = draw.choice((2, 10, 39, 200))
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        at = len(lines) % depth
        start = "  " * at
        name = draw.choice(("key", "k" * 150, "a b " * 40, "-", "'"))
        lines.append(f"{start}- {name}{len(lines)}: {draw.choice(('5', ' ' * 900, '# x', '[1, 2', '|', '&a'))}")
        if draw.random() < 0.5:
            lines.append(f"{start}  {name}: {draw.choice(MONEY)}{' ' * draw.choice((0, 400))}")
    return cut("\n".join(lines))


@shape("tex")
def latex_tables(draw: Draw) -> str:
    """Rows of many cells, braces and rules without end."""
    odd = draw.choice(("{" * 300, "\\hline " * 50, "\\textbf{" * 90, "\\begin{tabular}", "%", "$", "\\cmidrule(lr){"))
    spec = draw.choice(("lll", "l" * 5_000, "{l}" * 500, "|l|r|p{3cm}|"))
    lines = [f"\\begin{{tabular}}{{{spec}}}", "Order & Date & Amount \\\\"]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        lines.append(
            " & ".join((str(len(lines)), "2024-01-05", draw.choice(MONEY)))
            + (odd if draw.random() < 0.3 else "")
            + " \\\\"
        )
    return cut("\n".join(lines))


@shape()
def two_separators(draw: Draw) -> str:
    """A history of which stretches, or every other line, have another separator."""
    one, other = draw.sample(SEPARATORS, 2)
    lines = [one.join(HEADINGS)]
    rows = [rows_of(draw, list(HEADINGS), sign, 1_500) for sign in (one, other)]
    turn = draw.choice((1, 3, 500, 1_400))
    for at in range(1_500):
        lines.append(rows[at // turn % 2][at].replace("\n", " "))
    return cut("\n".join(lines))


@shape()
def lists_in_cells(draw: Draw) -> str:
    """A few rows, each with thousands of products, pieces and prices in a cell."""
    sign, count = draw.choice(("\n", ";", "|")), draw.choice((2, 50, 3_000))
    lines = ["order,date,customer,products,qty,price"]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        at = len(lines)
        cells = (sign.join([cell] * count) for cell in ("Mug", "2", "7.5"))
        lines.append(f"{at},2024-01-{1 + at % 28:02},C{at % 9}," + ",".join(f'"{cell}"' for cell in cells))
    return cut("\n".join(lines))


@shape("json")
def keys_of_a_database(draw: Draw) -> str:
    """Objects keyed by ids, with objects keyed by ids inside, and nodes in edges."""

    def order(at: int) -> dict[str, object]:
        items = {f"item{one}": {"qty": 1, "price": 5} for one in range(at % 40)}
        nodes = [{"node": {"edges": [{"node": {"amount": one}}]}} for one in range(at % 9)]
        return {"total": at, "when": "2024-01-05", "items": items, "more": {"edges": nodes}}

    text = json.dumps({"orders": {f"-N{at:012x}": order(at) for at in range(draw.choice((40, 80)))}})
    return cut(text)


@shape()
def errors_and_footnotes(draw: Draw) -> str:
    """Amounts with marks, errors of spreadsheets and blanks behind them."""
    odd = ("#N/A", "#REF!", "#" * 2_000, "5.50 *", "5" + " " * 900 + "*", "45:-", "4:50", "12 1)", "5.50" + "*" * 500)
    lines = ["order,date,customer,amount (T€)"]
    while sum(map(len, lines)) < MOST_BYTES * 0.8:
        at = len(lines)
        lines.append(f"{at},2024-01-{1 + at % 28:02},C{at % 9},{draw.choice(odd)}")
    return cut("\n".join(lines))


@dataclass(frozen=True)
class Cost:
    """What one text cost."""

    shape: str
    seed: int
    bytes: int
    seconds: float
    """Of CPU; the limit where it was reached."""
    result: str
    where: str = ""
    """The lines of code that were running when the limit was reached."""


def cost(name: str, seed: int, limit: int) -> Cost:
    """Reads one text in a child with a limit of CPU seconds."""
    import resource

    suffix, draw = SHAPES[name]
    text = draw(Draw(f"{name} {seed}"))
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as trace:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                faulthandler.register(signal.SIGXCPU, file=trace, all_threads=False, chain=False)
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
                result = work(text, f"shop.{suffix}")
                said.write(result)
                said.flush()
                code = 0
            except Exception as error:  # noqa: BLE001  a crash is a finding, too
                import traceback

                last = traceback.extract_tb(error.__traceback__)[-1]
                said.write(f"CRASH {type(error).__name__}: {str(error)[:200]} at {last.filename}:{last.lineno}")
                said.flush()
                code = 3
            finally:
                os._exit(code)
        _, status, used = os.wait4(child, 0)
        said.seek(0)
        trace.seek(0)
        places = [
            f"{Path(file).name}:{line} {what}"
            for file, line, what in re.findall(r'File "([^"]+)", line (\d+) in (\S+)', trace.read())
        ]
        result = said.read() or f"killed by {os.waitstatus_to_exitcode(status)}"
        return Cost(
            name,
            seed,
            len(text.encode("utf-8", "replace")),
            used.ru_utime + used.ru_stime,
            result,
            " < ".join(places[:7]),
        )


def main(arguments: list[str]) -> int:
    """Prints each text that costs more than the limit or ends in an unforeseen error; returns how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0-4")
    parser.add_argument("--shape", action="append", choices=SHAPES)
    parser.add_argument("--limit", type=int, default=5, help="CPU seconds of one text")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    first, last = map(int, given.seeds.split("-"))
    work("\n".join(history(Draw(0), 40)), "shop.csv")  # what is imported at first need is there before any child
    found: list[Cost] = []
    began = time.monotonic()
    for seed in range(first, last + 1):
        found += [cost(name, seed, given.limit) for name in given.shape or SHAPES]
    bad = [one for one in found if one.where or one.result.startswith(("CRASH", "killed"))]
    heavy = [one for one in found if one.result == "tables.too_heavy"]
    if given.json:
        print(json.dumps([vars(one) for one in bad]))
        return len(bad)
    for one in sorted(found, key=lambda each: -each.seconds)[:12]:
        print(f"{one.seconds:6.2f} s CPU  {one.shape} {one.seed}: {one.bytes:,} bytes, {one.result}")
    for one in bad:
        print(
            f"OVER  {one.shape} {one.seed}: {one.bytes:,} bytes, {one.seconds:.1f} s, {one.result}\n      {one.where}"
        )
    for one in heavy:
        print(f"refused by the worker's limit: {one.shape} {one.seed}, {one.bytes:,} bytes")
    print(f"{len(found)} texts in {time.monotonic() - began:.0f} s: {len(heavy)} refused by the worker's limit")
    print(f"{len(bad)} over {given.limit} s of CPU in the server's process, or ended in an unforeseen error")
    return len(bad)


if __name__ == "__main__":
    sys.exit(min(100, main(sys.argv[1:])))
