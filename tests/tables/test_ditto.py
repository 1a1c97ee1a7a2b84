"""Ditto marks mean the cell above; the same signs elsewhere mean what they say."""

import csv
import io

import pytest
import xlsxwriter

from lib.tables import read_table

DAYS = [f"{13 + at}.03.2024" for at in range(10)]


def _file(rows: list[list[object]], kind: str) -> tuple[bytes, str]:
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode(), "orders.csv"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return out.getvalue(), "orders.xlsx"


@pytest.mark.parametrize(
    ("mark", "kind"), [('"', "csv"), ('"', "xlsx"), ("〃", "csv"), ("Idem", "xlsx"), ("do.", "csv")]
)
def test_a_ditto_mark_is_the_cell_above(mark: str, kind: str) -> None:
    rows: list[list[object]] = [["Date", "Customer", "Item", "Total"]]
    for at, day in enumerate(DAYS):
        rows += [[day, f"Ann {at % 4}", "Mug", 10.5 + at], [mark, mark, "Cap", 3.25], [mark, mark, "Pen", 1.5]]
    table = read_table(*_file(rows, kind))
    assert table.frame["Date"].dt.day.tolist() == [13 + at for at in range(10) for _ in range(3)]
    assert table.frame["Customer"].tolist() == [f"Ann {at % 4}" for at in range(10) for _ in range(3)]
    assert [note.facts["count"] for note in table.notes if note.key == "tables.note_ditto"] == [40]


def test_a_weekday_a_size_and_a_first_cell_are_no_ditto_marks() -> None:
    rows: list[list[object]] = [["Date", "Day", "Size", "Note", "Total"]]
    rows += [[day, ("Mi.", "Do.", "Fr.")[at % 3], '5"', '"' if at == 0 else "x", 10.5] for at, day in enumerate(DAYS)]
    table = read_table(*_file(rows, "csv"))
    assert table.frame["Day"].tolist()[:3] == ["Mi.", "Do.", "Fr."]
    assert table.frame["Size"].tolist() == ['5"'] * 10
    assert table.frame["Note"].tolist()[0] == '"'
    assert "tables.note_ditto" not in [note.key for note in table.notes]
