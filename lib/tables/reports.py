"""Reports that are no tables of records: tables beside each other, titles above their rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from lib.parsing.dates import is_date
from lib.tables import names

Cell = TypeVar("Cell")

_HEADING_WITHIN = 15
"""Rows from the top within which a report has its heading."""
_FITS = 0.98
_MOST_BESIDE, _LEAST_COLUMNS = 24, 3
_LEAST_TITLES = 2
_LABELLED = re.compile(r"\s*([^\W\d_][^:#]{1,30}?)\s*[:#]\s*(\S.*)")
_SUM = re.compile(
    r"(?i)\s*(?:sub-?\s*|grand\s+)?(?:total|totaal|totale|totales|totals|gesamt|summe|suma|somme|razem|celkem|ukupno|итого|всего|合計|合计|小计|sum)\b.*"
)
_OTHER_GROUPS = re.compile(
    r"(?i)\b(?:by|per|nach|por|par|naar)\s+(?!customer|client|kund|klant|buyer|acheteur|comprador)[^\W\d_]{3,}"
)
"""What a title says where rows stand below something else than customers: `Customer sales by category`."""
_CONTINUED = re.compile(
    r"(?i)\s*\(\s*(?:continued|cont[.']?d?|fortsetzung|forts|suite|continuaci[oó]n|continua[cç][aã]o|segue|vervolg)\.?\s*\)\s*$"
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-/. ](0?[1-9]|1[0-2])")
_YEAR_LAST = re.compile(r"(0?[1-9]|1[0-2])[-/. ]((?:19|20)\d\d)")
_WORD_AND_YEAR = re.compile(r"[^\W\d_]{3,12}\.?(?:[ -]| de | del )(?:(?:19|20)?\d\d)")
_FIRST_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-01(?:[ T]00:00:00)?")
DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:\.0)?\.?")
_NUMBER = re.compile(r"[-+(]?[^\w\s]{0,3}\s?\d[\d.,' ]*\D{0,5}\)?")


@dataclass(frozen=True)
class Report(Generic[Cell]):
    """A report's rows as a table of records, the heading first, and the sentence that says what was done."""

    rows: list[list[Cell | str]]
    key: str


def as_records(rows: Sequence[Sequence[Cell]]) -> Report[Cell] | None:
    """The report as a table of records; None where it is one already, or where no way to read it is certain."""
    return _beside(rows) or _below_titles(rows)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _headings(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, list[int], list[str]]]:
    """Rows near the top with several texts: where, the places that are filled, and what stands there."""
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        places = [place for place, cell in enumerate(row) if _text(cell)]
        if len(places) >= _LEAST_COLUMNS:
            yield at, places, [_text(row[place]) for place in places]


def _at(row: Sequence[Cell], place: int) -> Cell | str:
    return row[place] if place < len(row) else ""


def _beside(rows: Sequence[Sequence[Cell]]) -> Report[Cell] | None:
    """Tables with the same heading beside each other, below each other."""
    for top, places, texts in _headings(rows):
        for times in range(2, min(_MOST_BESIDE, len(texts) // _LEAST_COLUMNS) + 1):
            width = len(texts) // times
            block = texts[:width]
            if len(texts) % times or texts != block * times or len(set(block)) < width:
                continue
            if not any(map(names.names_a_moment, block)) or not any(map(names.names_an_amount, block)):
                return None
            filled = [[at for at, cell in enumerate(row) if _text(cell)] for row in rows[top + 1 :]]
            known = set(places)
            inside = sum(set(one) <= known for one in filled)
            if inside < _FITS * len(filled):
                return None
            made: list[list[Cell | str]] = [list(block)]
            for one in range(times):
                own = places[one * width : (one + 1) * width]
                body = ([_at(row, place) for place in own] for row in rows[top + 1 :])
                made += [row for row in body if any(map(_text, row))]
            return Report(made, "tables.note_beside")
    return None


def _below_titles(rows: Sequence[Sequence[Cell]]) -> Report[Cell] | None:
    """Rows below titles of one cell: the customer, or the month of which the rows have the day."""
    for top, places, texts in _headings(rows):
        moments = [place for place, text in zip(places, texts, strict=True) if names.names_a_moment(text)]
        if not moments or not any(map(names.names_an_amount, texts)):
            continue
        titles: list[str] = [first] if (first := _title_of_repeated(rows, top, places, texts)) else []
        records: list[tuple[int, list[Cell | str]]] = []
        empty = True
        for row in rows[top + 1 :]:
            held = [place for place, cell in enumerate(row) if _text(cell)]
            if not held:
                continue
            said = _text(row[held[0]])
            if len(held) == 1 and not _NUMBER.fullmatch(said) and not _SUM.match(said):
                if titles and empty:
                    return None  # titles of titles, or remarks
                titles.append(_CONTINUED.sub("", said))
                empty = True
            elif not titles:
                return None
            elif any(_SUM.match(_text(_at(row, place))) for place in held) and (
                not (moment := _text(_at(row, moments[0]))) or _SUM.match(moment)
            ):
                continue
            elif [_text(_at(row, place)) for place in places] != texts:
                records.append((len(titles) - 1, [_at(row, place) for place in places]))
                empty = False
        if empty or len(set(titles)) < _LEAST_TITLES or len(records) < len(titles):
            return None
        day = places.index(moments[0])
        if all(map(is_month, titles)):
            if not all(DAY.fullmatch(_text(record[day])) for _, record in records):
                return None
            for title, record in records:
                record[day] = day_of(titles[title], _text(record[day]))
            return Report([list(texts), *(record for _, record in records)], "tables.note_titles")
        labelled = [_LABELLED.fullmatch(title) for title in titles]
        labels = {match[1].casefold() for match in labelled if match is not None}
        above = " ".join(_text(cell) for row in rows[:top] for cell in row)
        if all(labelled) and len(labels) == 1:
            heading = next(match[1] for match in labelled if match is not None)
            titles = [match[2].strip() for match in labelled if match is not None]
        elif names.names_a_customer(above) and not _OTHER_GROUPS.search(above):
            heading = "Customer"
        else:
            return None
        if any(map(names.names_a_customer, texts)) and names.names_a_customer(heading):
            return None
        body = [[titles[title], *record] for title, record in records]
        return Report([[heading, *texts], *body], "tables.note_titles")
    return None


def _title_of_repeated(rows: Sequence[Sequence[Cell]], top: int, places: Sequence[int], texts: Sequence[str]) -> str:
    """The title right above a header that comes again below each title; empty where there is none."""
    again = any([_text(_at(row, place)) for place in places] == texts for row in rows[top + 1 :])
    above = [_text(cell) for cell in rows[top - 1] if _text(cell)] if again and top else []
    return _CONTINUED.sub("", above[0]) if len(above) == 1 else ""


def is_month(text: str) -> bool:
    """Whether a text is a month with its year."""
    if _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text) or _FIRST_DAY.fullmatch(text):
        return True
    return bool(_WORD_AND_YEAR.fullmatch(text)) and is_date(f"1 {text}".replace("-", " "))


_MOST_WORDS = 8


def month_in(title: str) -> str:
    """The one month with its year that a title names: `VENTAS ENERO 2024`; empty where it names none."""
    said = [word for word in title.split() if word.casefold() not in ("de", "del")]
    if len(said) > _MOST_WORDS:
        return ""
    parts = [*said, *(f"{one} {two}" for one, two in pairwise(said))]
    found = {part for part in (part.strip(" .,:;()") for part in parts) if is_month(part)}
    return found.pop() if len(found) == 1 else ""


def day_of(month: str, day: str) -> str:
    """The date of a day of such a month, as a text that can be read."""
    number = f"{int(float(day.rstrip('.'))):02}"
    if found := _YEAR_FIRST.fullmatch(month) or _FIRST_DAY.fullmatch(month):
        return f"{found[1]}-{int(found[2]):02}-{number}"
    if found := _YEAR_LAST.fullmatch(month):
        return f"{found[2]}-{int(found[1]):02}-{number}"
    return f"{int(number)} {month}".replace("-", " ")
