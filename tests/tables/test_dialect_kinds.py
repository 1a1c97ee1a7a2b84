"""Text files damaged by programs and by hand, a random history for each kind of damage; the original is read."""

import random
from itertools import pairwise

import pytest
import xlsxwriter

from lib.tables import read_table
from tests.tables.invented import SEEDS, as_text, as_workbook, invent, same_amounts, shifted


def assert_same(table, history, *, rows=None):
    frame = table.frame
    right = list(history.rows) if rows is None else rows
    assert len(frame) == len(right)
    assert same_amounts(frame[history.name("amount")], [row[5] for row in right])
    assert frame[history.name("order")].astype("str").tolist() == [row[0] for row in right]
    assert [str(day.date()) for day in frame[history.name("date")]] == [str(row[1].date()) for row in right]


def notes_of(table):
    return {note.key for note in table.notes}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("blank", [" ", ""])
def test_a_separator_in_a_name_that_was_not_quoted(seed, blank):
    draw = random.Random(seed)
    history = invent(seed, rows=30)
    separator = draw.choice(",;")
    history = shifted(history, rows=[(*row[:3], row[3].replace(",", ""), *row[4:]) for row in history.rows])
    cells = history.cells()
    odd = draw.sample(range(3, 30), draw.randint(1, 3))
    for at in odd:
        cells[at][2] = (
            draw.choice(["Acme Co.", "Walmart Hong Kong Co.", "Lee"])
            + separator
            + blank
            + draw.choice(["Ltd", "Limited", "Ann"])
        )
    text = separator.join(history.names) + "\n" + "".join(separator.join(row) + "\n" for row in cells)
    table = read_table(text.encode(), "orders.csv")
    assert_same(table, history)
    assert table.frame[history.name("customer")].tolist() == [row[2] for row in cells]
    assert "tables.note_joined_rows" in notes_of(table)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_decimal_comma_in_a_file_with_commas(seed):
    draw = random.Random(seed)
    history = invent(seed, rows=30)
    history = shifted(
        history,
        rows=[
            (*row[:3], row[3].replace(",", ""), row[4], row[5] if at % 5 == 0 else float(int(row[5]) + 1))
            for at, row in enumerate(history.rows)
        ],
    )
    cells = history.cells(
        amount=lambda amount: f"{amount:.2f}".replace(".", ",") if amount != int(amount) else str(int(amount))
    )
    order = list(range(6))
    draw.shuffle(order)
    text = (
        ",".join(history.names[at] for at in order)
        + "\n"
        + "".join(",".join(row[at] for at in order) + "\n" for row in cells)
    )
    assert_same(read_table(text.encode(), "orders.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_that_cannot_be_put_right_is_left_out_and_said(seed):
    draw = random.Random(seed)
    history = invent(seed, rows=30)
    separator = draw.choice(",;")
    history = shifted(history, rows=[(*row[:3], row[3].replace(",", ""), *row[4:]) for row in history.rows])
    cells = history.cells()
    at = draw.randint(3, 29)
    cells[at].insert(1, "x1")
    cells[at].insert(1, "12")
    text = separator.join(history.names) + "\n" + "".join(separator.join(row) + "\n" for row in cells)
    table = read_table(text.encode(), "orders.csv")
    if "tables.note_left_out_rows" in notes_of(table):
        assert_same(table, history, rows=[row for place, row in enumerate(history.rows) if place != at])
    else:
        assert_same(table, history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rows", [20, 400, 4000])
def test_a_quote_that_never_closes_swallows_nothing(seed, rows):
    draw = random.Random(seed)
    history = invent(seed, rows=rows)
    separator = draw.choice(",;\t|")
    lines = as_text(history.names, history.cells(), separator).splitlines()
    for at in draw.sample(range(2, rows), draw.randint(1, 3)):
        cells = lines[at].split(separator)
        if '"' not in lines[at]:
            cells[3] = '"' + cells[3]
            lines[at] = separator.join(cells)
    assert_same(read_table("\n".join(lines).encode(), "orders.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rows", [20, 400])
def test_line_breaks_inside_quotes_stay_one_cell(seed, rows):
    draw = random.Random(seed)
    history = invent(seed, rows=rows)
    breaks = [
        (*row[:3], row[3] + draw.choice(["\nsecond line", "\n\n- a\n- b", '\n"big" one', ""]), *row[4:])
        for row in history.rows
    ]
    history = shifted(history, rows=breaks)
    table = read_table(as_text(history.names, history.cells(), draw.choice(",;|")).encode(), "orders.csv")
    assert_same(table, history)
    assert table.frame[history.name("product")].tolist() == [row[3] for row in breaks]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mark", ["\ufeff", "\x1a", "sep=", ""])
def test_files_put_one_below_the_other(seed, mark):
    draw = random.Random(seed)
    history = invent(seed, rows=24)
    separator = draw.choice(",;|")
    cells = history.cells()
    cuts = sorted(draw.sample(range(2, 22), draw.randint(1, 3)))
    parts = [cells[start:end] for start, end in zip([0, *cuts], [*cuts, 24], strict=True)]
    between = f"sep={separator}\n" if mark == "sep=" else mark
    text = between.join(as_text(history.names, part, separator) for part in parts)
    assert_same(read_table((mark if mark == "\ufeff" else "").encode() + text.encode(), "joined.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_heading_with_a_column_more_further_down(seed, mark):
    draw = random.Random(seed)
    history = invent(seed, rows=24)
    separator = draw.choice(",;|")
    cells = history.cells()
    cut = draw.randint(3, 20)
    place = draw.randint(0, 6)
    more = [[*row[:place], draw.choice(["gift", "", "call first"]), *row[place:]] for row in cells[cut:]]
    more[0][place] = "gift"
    names = [*history.names[:place], "Note", *history.names[place:]]
    text = as_text(history.names, cells[:cut], separator) + mark + as_text(names, more, separator)
    table = read_table(text.encode(), "joined.csv")
    assert_same(table, history)
    assert table.frame["Note"].notna().sum() == sum(bool(row[place]) for row in more)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_more_from_some_row_on_without_a_heading(seed):
    draw = random.Random(seed)
    history = invent(seed, rows=30)
    separator = draw.choice(",;|")
    cells = history.cells()
    cut = draw.randint(16, 26)
    place = draw.choice([2, 3, 4, 5, 6])
    more = [[*row[:place], f"note {draw.randint(1, 99)} a", *row[place:]] for row in cells[cut:]]
    text = as_text(history.names, cells[:cut], separator) + as_text(more[0], more[1:], separator)
    assert_same(read_table(text.encode(), "orders.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hanging", ["", ";", ";;;"])
@pytest.mark.parametrize("heading_quoted", [True, False])
def test_rows_that_were_quoted_as_a_whole(seed, hanging, heading_quoted):
    draw = random.Random(seed)
    history = invent(seed)
    lines = as_text(history.names, history.cells(), ",").splitlines()
    wrapped = ['"' + line.replace('"', '""') + '"' + hanging for line in lines]
    if not heading_quoted:
        wrapped[0] = lines[0] + hanging
    if draw.random() < 0.3:
        wrapped.insert(1, "")
    assert_same(read_table("\n".join(wrapped).encode(), "orders.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_workbook_whose_only_column_holds_the_lines_of_a_text_file(seed):
    draw = random.Random(seed)
    history = invent(seed)
    lines = as_text(history.names, history.cells(), draw.choice(",;|\t")).splitlines()
    assert_same(read_table(as_workbook([lines[0]], [[line] for line in lines[1:]]), "orders.xlsx"), history)


def book_of(sheets):
    import io

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                if cell is not None and cell != "":
                    sheet.write(down, across, cell)
    book.close()
    return sink.getvalue()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "extra", ["none", "summary", "all months once more", "titles and totals", "a column more", "no heading"]
)
def test_a_sheet_for_each_month_is_one_history(seed, extra):
    draw = random.Random(seed)
    history = invent(seed, rows=36)
    names = list(history.names)
    cuts = [0, 7, 15, 22, 36]
    parts = [[list(row) for row in history.rows[start:end]] for start, end in pairwise(cuts)]
    sheets = []
    for at, part in enumerate(parts):
        rows = [names, *part]
        if extra == "titles and totals":
            rows = [["Sales of the month"], [], *rows, ["Total", None, None, None, None, sum(row[5] for row in part)]]
        if extra == "a column more" and at >= 2:
            rows = [[*names, "Note"], *([*row, draw.choice(["x", None])] for row in part)]
        if extra == "no heading" and at:
            rows = part
        sheets.append((f"2025-{at + 1:02d}", rows))
    if extra == "summary":
        sheets.insert(
            0,
            ("Summary", [["Month", "Sum"], *([f"{at}", sum(row[5] for row in part)] for at, part in enumerate(parts))]),
        )
    if extra == "all months once more":
        sheets.append(("All", [names, *map(list, history.rows)]))
    table = read_table(book_of(sheets), "2025.xlsx")
    assert_same(table, history)
    assert ("tables.note_sheets_joined" in notes_of(table)) == (extra != "all months once more")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_several_tables_one_below_the_other_are_said(seed, kind):
    draw = random.Random(seed)
    history = invent(seed, rows=40)
    other = [
        ["Month", "Visitors", "Share"],
        *[[f"M{at}", draw.randint(10, 99), draw.randint(1, 9)] for at in range(draw.randint(4, 12))],
    ]
    main = [list(history.names), *history.cells()]
    blocks = [other, main] if draw.random() < 0.5 else [main, other]
    if draw.random() < 0.5:
        blocks[0] = [["Report of the shop"], *blocks[0]]
    rows = [*blocks[0], [], *blocks[1]]
    if kind == "csv":
        data = "\n".join(
            ",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in rows
        ).encode()
    else:
        data = book_of([("Sheet", [[float(c) if isinstance(c, int) else c for c in row] for row in rows])])
    table = read_table(data, f"report.{kind}")
    assert len(table.frame) == 40
    assert history.name("customer") in table.frame.columns
    assert "tables.note_other_tables" in notes_of(table)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("separator", [",", "\t", ";", " "])
@pytest.mark.parametrize("names", ["numbers", "some numbers", "words"])
def test_row_names_that_the_heading_does_not_have(seed, separator, names):
    draw = random.Random(seed)
    history = invent(seed, rows=20)
    cells = history.cells()
    first = {
        "numbers": [str(at + 1) for at in range(20)],
        "some numbers": [str(number) for number in sorted(draw.sample(range(1, 900), 20))],
        "words": draw.sample([f"row {letter}{number}" for letter in "abc" for number in range(20)], 20),
    }[names]
    quoted = [[f'"{cell}"' if place in (2, 3) else cell for place, cell in enumerate(row)] for row in cells]
    text = separator.join(f'"{name}"' for name in history.names) + "\n"
    text += "".join(separator.join([f'"{name}"', *row]) + "\n" for name, row in zip(first, quoted, strict=True))
    assert_same(read_table(text.encode(), "orders.csv"), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("blank_below", [True, False])
def test_headings_of_two_rows_whose_upper_cells_span_columns(seed, kind, blank_below):
    draw = random.Random(seed)
    groups = draw.sample(
        [("Travel", ("Air", "Rail", "Taxi")), ("Lodging", ("Hotel", "Flat")), ("Food", ("Lunch", "Dinner", "Bar"))], 2
    )
    upper = ["Person", "Day"] if blank_below else ["", ""]
    lower = ["", ""] if blank_below else ["Person", "Day"]
    right = ["Person", "Day"]
    for group, names in groups:
        upper += [group, *[""] * (len(names) - 1)]
        lower += names
        right += [f"{group} {name}" for name in names]
    if not blank_below:  # the lower names alone differ: the upper row is needed where they are equal
        lower[2 : 2 + len(groups[0][1])] = [f"Q{at + 1}" for at in range(len(groups[0][1]))]
        lower[2 + len(groups[0][1]) :] = [f"Q{at + 1}" for at in range(len(groups[1][1]))]
        right = ["Person", "Day", *[f"{group} Q{at + 1}" for group, names in groups for at in range(len(names))]]
    body = [
        [draw.choice(["Ann", "Bob"]), f"2025-01-{at + 1:02d}", *[round(draw.random() * 90, 2) + 1 for _ in right[2:]]]
        for at in range(12)
    ]
    rows = [upper, lower, *body]
    if kind == "csv":
        data = "\n".join(",".join(map(str, row)) for row in rows).encode()
    else:
        data = book_of([("Costs", rows)])
    frame = read_table(data, f"costs.{kind}").frame
    assert list(frame.columns) == right
    assert len(frame) == 12
