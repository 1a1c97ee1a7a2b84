"""Dates as shops, databases and spreadsheets write them, a random history for each way."""

import io
import random
from datetime import datetime, timedelta

import pytest
import xlsxwriter
from babel.dates import format_date

from lib.tables import read_table, read_tables
from tests.tables.invented import SEEDS, as_text, as_workbook, invent, shifted


def moments_of(data, history, name="orders.csv", **options):
    table = read_table(data, name, **options)
    column = table.frame[history.name("date")]
    assert column.dtype.kind == "M", column.head().tolist()
    return table, column.dt.to_pydatetime().tolist() if hasattr(column.dt, "to_pydatetime") else list(column)


def assert_days(data, history, name="orders.csv", **options):
    _, found = moments_of(data, history, name, **options)
    assert [moment.date() for moment in found] == [moment.date() for moment in history.moments]


def assert_minutes(data, history):
    _, found = moments_of(data, history)
    assert [moment.replace(second=0, microsecond=0, tzinfo=None) for moment in found] == [
        moment.replace(second=0) for moment in history.moments
    ]


def text_of(history, form, separator=None, seed=0):
    return as_text(history.names, history.cells(date=form), separator or random.Random(seed).choice(",;\t|")).encode()


ZONES = ("US/Eastern", "America/New_York", "Europe/Madrid", "America/Argentina/Buenos_Aires", "CEST",
         "Etc/GMT+3", "CET", "UTC", "GMT", "PST", "AEST", "Z", "+0200", "-03:00", "-03", "GMT+2", "UTC-05:00",
         "+0000 UTC", "-0300 -03", "+0100 CET", "+0000 UTC m=+0.000012345", "(UTC)", "+01:00[Europe/Berlin]",
         "Asia/Ho_Chi_Minh")  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M:%S", "%d %b %Y %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S"])
def test_zones_behind_a_time_leave_the_clock_of_the_shop(seed, form):
    history = invent(seed, times=True)
    zone = ZONES[(seed * 7 + len(form)) % len(ZONES)]
    blank = "" if zone in ("Z",) or zone.startswith("+01:00[") else " "
    assert_minutes(text_of(history, lambda moment: moment.strftime(form) + blank + zone, seed=seed), history)


CONNECTED = ("{day} klo {time}", "{day} um {time} Uhr", "{day} {time} Uhr", "{day} a las {time}", "{day} à {time}",
             "{day}, {time} h", "{day} às {time}", "{day} kl. {time}", "{day} om {time} uur", "{day} alle ore {time}",
             "{day} в {time}", "{day} godz. {time}", "{day} at {time}", "{day} - {time}",
             "{day} {time} hs")  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("clock", ["{:%H:%M}", "{:%H.%M}"])
def test_words_between_the_day_and_the_time(seed, clock):
    history = invent(seed, rows=30, times=True)
    shape = CONNECTED[seed % len(CONNECTED)]

    def form(moment):
        return shape.format(day=f"{moment.day}.{moment.month}.{moment.year}", time=clock.format(moment))

    assert_minutes(text_of(history, form, seed=seed), history)


AROUND = ("{} purchase", "{} (order)", "Ordered on {}", "Placed: {}", "{} - paid", "Fecha: {}", "{} compra web",
          "am {}", "{} by customer", "bestellt am {}", "{} sale", "on {} shipped")  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_words_around_each_date(seed):
    draw = random.Random(seed)
    history = invent(seed)
    around = AROUND[seed % len(AROUND)]
    form = draw.choice(["%b %d, %Y", "%d %B %Y", "%Y-%m-%d", "%Y/%m/%d"])
    assert_days(text_of(history, lambda day: around.format(day.strftime(form)), seed=seed), history)


@pytest.mark.parametrize("seed", SEEDS)
def test_remarks_that_hold_a_date_stay_text(seed):
    draw = random.Random(seed)
    history = invent(seed, rows=20)
    words = ["left", "called", "paid", "gift for", "return", "see", "ask", "send", "wrap", "hold", "note", "box", "new"]
    remark = [
        f"{draw.choice(words)} {draw.choice(words)} {row[1]:%Y-%m-%d} {draw.choice(words)}" for row in history.rows
    ]
    cells = [[*row, text] for row, text in zip(history.cells(), remark, strict=True)]
    table = read_table(as_text([*history.names, "Remark"], cells).encode(), "orders.csv")
    assert table.frame["Remark"].dtype == "str"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "form",
    [
        lambda moment: moment.strftime('ISODate("%Y-%m-%dT%H:%M:%S.000Z")'),
        lambda moment: moment.strftime('{"$date": "%Y-%m-%dT%H:%M:%S.000Z"}'),
        lambda moment: f'{{"$date":{{"$numberLong":"{int((moment - datetime(1970, 1, 1)).total_seconds()) * 1000}"}}}}',
        lambda moment: f"/Date({int((moment - datetime(1970, 1, 1)).total_seconds()) * 1000}+0100)/",
        lambda moment: moment.strftime("Timestamp('%Y-%m-%d %H:%M:%S')"),
        lambda moment: moment.strftime("'%Y-%m-%d %H:%M:%S"),
        lambda moment: moment.strftime('="%Y-%m-%d %H:%M:%S"'),
        lambda moment: moment.strftime("%a %b %d %Y %H:%M:%S GMT+0100 (CET)"),
        lambda moment: moment.strftime("%a %b %d %H:%M:%S UTC %Y"),
        lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S +0000"),
    ],
)  # fmt: skip
def test_dates_as_databases_and_programs_write_them(seed, form):
    history = invent(seed, times=True)
    assert_minutes(text_of(history, form, seed=seed), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["%d%m%Y", "%m%d%Y", "%Y%m%d"])
def test_eight_digits_are_a_date_where_the_name_or_the_values_say_so(seed, form):
    history = invent(seed, rows=30)
    assert_days(text_of(history, lambda day: day.strftime(form), seed=seed), history)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mark", ["/", "-", "."])
def test_a_year_of_two_digits_first(seed, mark):
    history = invent(seed, rows=12, days=400)
    assert_days(text_of(history, lambda day: day.strftime(f"%y{mark}%m{mark}%d"), seed=seed), history)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y"])
def test_a_year_of_two_digits_last_stays_last(seed, form):
    history = invent(seed, rows=30, days=400)
    rows = list(history.rows)
    if seed % 2:
        random.Random(seed).shuffle(rows)
    history = shifted(history, rows=rows)
    assert_days(text_of(history, lambda day: day.strftime(form), seed=seed), history)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_language_of_the_headings_decides_a_day_that_can_be_read_two_ways(seed):
    draw = random.Random(seed)
    history = invent(seed, rows=8)
    day = datetime(2025, draw.randint(1, 12), draw.randint(1, 12))
    if day.month == day.day:
        day += timedelta(days=1 if day.day < 12 else -1)
    history = shifted(history, rows=[(row[0], day, *row[2:]) for row in history.rows])
    if history.language == "en":
        currency, form = draw.choice(
            [("USD", "%m/%d/%Y"), ("GBP", "%d/%m/%Y"), ("EUR", "%d/%m/%Y"), ("AUD", "%d/%m/%Y")]
        )
    else:
        currency, form = draw.choice([("USD", "%d/%m/%Y"), ("EUR", "%d/%m/%Y"), ("ARS", "%d/%m/%Y")])
    cells = [[*row, currency] for row in history.cells(date=lambda moment: moment.strftime(form))]
    assert_days(as_text([*history.names, "Currency"], cells).encode(), history)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("beside", ["month", "weekday", "payment", "weekday inside"])
def test_a_column_beside_settles_what_comes_first(seed, beside):
    draw = random.Random(seed)
    history = invent(seed, rows=12)
    moments = [datetime(2025, draw.randint(1, 12), draw.randint(1, 12)) for _ in history.rows]
    history = shifted(
        history, rows=[(row[0], moment, *row[2:]) for row, moment in zip(history.rows, moments, strict=True)]
    )
    form = draw.choice(["%d/%m/%Y", "%m/%d/%Y"])
    language = draw.choice(["en", "es", "de", "fr", "it", "pt"])
    extra = {
        "month": lambda moment: format_date(moment, "MMMM", locale=language),
        "weekday": lambda moment: format_date(moment, "EEEE", locale=language),
        "payment": lambda moment: f"{moment + timedelta(days=draw.randint(0, 4)):%Y-%m-%d}",
        "weekday inside": lambda _: "x",
    }[beside]
    if beside == "weekday inside":
        cells = history.cells(date=lambda moment: format_date(moment, "EEE", locale="en") + " " + moment.strftime(form))
    else:
        cells = history.cells(date=lambda moment: moment.strftime(form))
    cells = [[*row, extra(moment)] for row, moment in zip(cells, moments, strict=True)]
    names = [*history.names, {"month": "Month", "weekday": "Day of week", "payment": "Paid at"}.get(beside, "X")]
    assert_days(as_text(names, cells).encode(), history)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("american", [True, False])
def test_dates_that_a_spreadsheet_converted_in_part_are_exchanged_back(seed, american):
    history = invent(seed, rows=24)

    def converted(moment):  # what a spreadsheet of the other custom makes of it
        if moment.day <= 12:
            return datetime(moment.year, moment.day, moment.month)
        return f"{moment.month}/{moment.day}/{moment.year}" if american else f"{moment:%d/%m/%Y}"

    rows = [[row[0], converted(row[1]), *row[2:]] for row in history.rows]
    data = as_workbook(history.names, rows)
    table, found = moments_of(data, history, "orders.xlsx")
    assert [moment.date() for moment in found] == [moment.date() for moment in history.moments]
    texts = [isinstance(row[1], str) for row in rows]
    if any(texts) and not all(texts):
        assert "tables.note_swapped_dates" in {note.key for note in table.notes}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_dates_of_two_sources_stay_as_they_are(seed):
    history = invent(seed, rows=30)
    rows = [
        [row[0], row[1] if at % 2 else row[1].strftime("%d/%m/%Y"), *row[2:]] for at, row in enumerate(history.rows)
    ]
    assert_days(as_workbook(history.names, rows), history, "orders.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("formatted", [True, False])
def test_days_counted_from_1904(seed, formatted):
    history = invent(seed)
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "date_1904": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Order date" if at == 1 else name for at, name in enumerate(history.names)])
    for down, row in enumerate(history.rows, start=1):
        for across, cell in enumerate(row):
            serial = (row[1] - datetime(1904, 1, 1)).days
            if across == 1 and not formatted:
                sheet.write_number(down, across, serial)
            elif across == 1:
                sheet.write_datetime(down, across, row[1])
            else:
                sheet.write(down, across, cell)
    book.close()
    names = ["Order date" if at == 1 else name for at, name in enumerate(history.names)]
    assert_days(sink.getvalue(), shifted(history, names=names), "orders.xlsx")


@pytest.mark.parametrize("seed", SEEDS)
def test_number_cells_beside_texts_keep_their_value(seed):
    draw = random.Random(seed)
    history = invent(seed)
    form = draw.choice(
        [
            lambda amount: f"{amount:,.2f}".translate(str.maketrans(",.", ".,")),
            lambda amount: f"{amount:.2f}".replace(".", ","),
            lambda amount: f"{amount:,.2f} €".translate(str.maketrans(",.", ".,")),
        ]
    )
    rows = [[*row[:5], row[5] if draw.random() < 0.6 else form(row[5])] for row in history.rows]
    frame = read_table(as_workbook(history.names, rows), "ventas.xlsx").frame
    assert (abs(frame[history.name("amount")] - history.amounts) < 0.005).all()


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_files_of_one_history_agree_on_the_order_of_day_and_month(seed):
    history = invent(seed, rows=30)
    early = shifted(history, rows=[row for row in history.rows if row[1].day <= 12])
    late = shifted(history, rows=[row for row in history.rows if row[1].day > 12])
    if len(early.rows) < 2 or len(late.rows) < 2:
        pytest.skip("all dates of one kind")
    files = [
        (f"{at}.csv", text_of(part, lambda day: day.strftime("%d/%m/%Y"), ",")) for at, part in enumerate((early, late))
    ]
    for table, part in zip(read_tables(files), (early, late), strict=True):
        assert [moment.date() for moment in table.frame[history.name("date")]] == [row[1].date() for row in part.rows]


@pytest.mark.slow
@pytest.mark.parametrize("heading", ["Product", "Channel", "Producto", "Zahlungsart", "Categoría"])
@pytest.mark.parametrize("slips", [1, 2])
def test_a_few_slips_of_the_pen_turn_no_other_date_round(heading: str, slips: int):
    rows = [(f"{at % 28 + 1:02}/{at % 12 + 1:02}/2024", "AB"[at % 2]) for at in range(57)]
    rows += [("02/28/2024", "Gift card")] * slips + [("05/06/2024", "Gift card"), ("08/06/2024", "Gift card")]
    text = "\n".join(["Order,Date," + heading, *(f"{at},{day},{by}" for at, (day, by) in enumerate(rows))])
    read = read_table(text.encode(), "orders.csv")
    assert [str(day.date()) for day in read.frame["Date"].iloc[-2:]] == ["2024-06-05", "2024-06-08"]


@pytest.mark.slow
@pytest.mark.parametrize("heading", ["Store", "Country", "Tienda", "Filiale"])
def test_a_store_that_writes_the_month_first_is_read_so(heading: str):
    days = [datetime(2024, 1, 1) + timedelta(days=3 * at) for at in range(60)]
    rows = [(day.strftime("%m/%d/%Y" if at % 4 == 0 else "%d/%m/%Y"), at % 4) for at, day in enumerate(days)]
    text = "\n".join(["Order,Date," + heading, *(f"{at},{day},S{by}" for at, (day, by) in enumerate(rows))])
    assert read_table(text.encode(), "orders.csv").frame["Date"].tolist() == days
