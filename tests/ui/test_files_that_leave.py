"""What leaves Explore says what the screen does: CSV and Excel tables, the report, the list of customers."""

import io
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from lib import exports, insights, text
from lib.audience import AUDIENCE_FILES
from lib.insights import Filters
from lib.parsing.booleans import parse_yes_no
from lib.schema import GROUP_NAME
from lib.ui import page
from lib.ui.exploring import downloads, parts, people, tabs
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.key_figures import value_of
from lib.ui.exploring.report import MAX_TABLE_ROWS
from lib.ui.exploring.view import View
from tests.insights import reference
from tests.insights.any_shops import any_shop

SEEDS = (0, 3, 6)


def explored(seed: int, *, net: bool = True) -> tuple[Explored, reference.View]:
    """Explore of the second half of a shop's time, compared with what it was before, both ways of counting."""
    lines, returns = any_shop(seed)
    history, shop = insights.prepare(lines, returns), reference.read(lines, returns)
    middle = shop.first_day + (shop.end - shop.first_day) // 2
    start = pd.Timestamp(middle).normalize()
    filters = Filters(start, history.end, (), net)
    if insights.scope(history, filters).empty:
        filters, start = Filters(net=net), history.first_day
    view = insights.scope(history, filters)
    found = Explored(history, filters, insights.previous_period(view), None, ())
    other = reference.view(shop, start.to_pydatetime(), shop.end, (), net)
    if filters.start is None:
        other.returns = list(shop.returns) if net else []
    return found, other


def read_back(data: bytes, way: str, language: str) -> pd.DataFrame:
    if way == "excel":
        return pd.read_excel(io.BytesIO(data), engine="calamine")
    form = text.locale(language)
    return pd.read_csv(io.BytesIO(data), sep=form.csv_separator, decimal=form.decimal, keep_default_na=True)


def same_cells(found: pd.Series, expected: pd.Series, form: str) -> None:
    if form == "yes_no":
        cells = [cell if isinstance(cell, bool) else parse_yes_no(str(cell)) for cell in found]
        assert cells == expected.astype(bool).tolist()
    elif pd.api.types.is_numeric_dtype(expected.dtype):
        values = expected.astype(float).round(2) if form == "2f" else expected.astype(float)
        np.testing.assert_allclose(found.astype(float), values, rtol=1e-9, atol=1e-6)
    elif expected.dtype.kind == "M":
        assert pd.to_datetime(found).tolist() == pd.to_datetime(expected).tolist()
    else:
        written = [exports.safe_cells(pd.DataFrame({"x": [cell]}))["x"].iloc[0] for cell in expected]
        assert [without_apostrophe(cell) for cell in found] == [without_apostrophe(cell) for cell in written]


def without_apostrophe(cell: object) -> str:
    """Blanks around a cell and the apostrophe of a harmless formula are lost in a spreadsheet or not."""
    return "" if pd.isna(cell) else str(cell).removeprefix("'").strip()


@pytest.mark.slow
@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_table_that_is_downloaded_has_the_figures_of_the_screen(seed: int, language: str) -> None:
    found, _ = explored(seed, net=seed % 2 == 0)
    with page.in_language(language):
        everything = parts.of_everything(found, "EUR")
        for part in everything:
            taken = downloads.headed(part.frame, part.columns)
            assert len(set(taken.columns)) == len(taken.columns), part.made.title
            for way in ("csv", "excel"):
                back = read_back(exports.export(way).encode(taken, language, ()), way, language)
                assert list(back.columns) == list(taken.columns)
                assert len(back) == len(part.frame)
                for (name, shown), heading in zip(part.columns.items(), back.columns, strict=True):
                    if len(back):
                        same_cells(back[heading], part.frame[name], shown.form)


class Tables(HTMLParser):
    """The cells of every table of a page, row by row, and what stands outside of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.words: list[str] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = True
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.tables[-1][-1][-1] += data
        else:
            self.words.append(data)


def number_in(cell: str, language: str) -> float:
    form = text.locale(language)
    plain = cell.replace(form.group, "").replace(form.decimal, ".").replace("\u00a0", "")
    share = plain.endswith("%")
    return float(plain.removesuffix("%")) / (100 if share else 1)


_STEP = {"0f": 0.5, "1f": 0.05, "2f": 0.005, "percent": 0.005, "percent1": 0.0005}
"""By how much a written figure may differ from what it rounds."""


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "language"), [(0, "en"), (3, "es"), (6, "en"), (6, "es")])
def test_the_report_has_the_figures_of_the_screen_and_says_where_a_table_is_cut(seed: int, language: str) -> None:
    found, other = explored(seed)
    with page.in_language(language):
        everything = parts.of_everything(found, "EUR")
        report = Tables()
        html = tabs._report_page(found, "EUR", View(), "shop", language).decode()
        report.feed(re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL))
        values = [value_of(figure, "EUR") for figure in found.figures]
        sentences = [
            page.say("ui.rows_of", shown=MAX_TABLE_ROWS, total=len(part.frame))
            for part in everything
            if len(part.frame) > MAX_TABLE_ROWS
        ]
    shown = dict(zip((figure.key for figure in found.figures), values, strict=True))
    for key, wanted in reference.key_figures(other).items():
        assert shown[key] in report.words
        plain = shown[key].removesuffix("EUR").strip()
        if plain[-1:].isdigit() or plain.endswith("%"):  # not 8.3M
            assert number_in(plain, language) == pytest.approx(wanted, abs=0.0051 if "%" in plain else 0.5)
    assert [word for word in report.words if word in sentences] == sentences
    assert len(report.tables) == len(everything)
    for part, (head, *rows) in zip(everything, report.tables, strict=True):
        assert head == [shown.heading for shown in part.columns.values()]
        assert len(rows) == min(MAX_TABLE_ROWS, len(part.frame))
        for (name, column), cells in zip(part.columns.items(), zip(*rows, strict=True), strict=False):
            for cell, value in zip(cells, part.frame[name], strict=False):
                if column.form in _STEP and not pd.isna(value) and "e" not in cell:
                    assert number_in(cell, language) == pytest.approx(value, abs=1.0001 * _STEP[column.form], rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_list_of_customers_and_its_audience_files_have_the_customers_of_the_view(seed: int) -> None:
    found, other = explored(seed)
    expected, states = reference.customers(other), reference.segments(other.shop, other.end, other.net)
    mails = {who: f"{who}@example.com" for at, who in enumerate(sorted(expected)) if at % 3}
    with page.in_language("es"):
        table = people.listed(found, mails)
        words = {name: text.say("es", f"explore.segment.{name}") for name in insights.SEGMENTS}
    assert set(table["customer_id"]) == set(expected)
    for row in table.to_dict("records"):
        mine = expected[row["customer_id"]]
        assert row["frequency_orders"] == mine["frequency_orders"]
        assert row["recency_days"] == mine["recency_days"]
        assert row["monetary_total"] == pytest.approx(mine["monetary_total"], abs=0.0051, rel=1e-9)
        assert row["order_value"] == pytest.approx(mine["order_value"], abs=0.0051, rel=1e-9)
        assert (row["last_order"], row["first_order"]) == (mine["last_order"], mine["first_order"])
        assert row["segment"] == words[states[row["customer_id"]]]
    assert all(one >= other - 0.011 for one, other in pairwise(table["monetary_total"]))
    chosen = people.with_emails(
        table.drop(columns="email", errors="ignore").rename(columns={"segment": GROUP_NAME}), mails
    )
    for kind in AUDIENCE_FILES:
        data = people._audience_file(kind, chosen, "Primavera")
        assert not data.startswith(b"\xef\xbb\xbf"), "the first heading of a list for a tool is as the tool names it"
        rows = pd.read_csv(io.BytesIO(data)) if len(chosen) else pd.DataFrame()
        assert len(rows) == sum(who in mails for who in expected)
