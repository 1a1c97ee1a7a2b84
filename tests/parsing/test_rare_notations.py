"""Moments in rare notations: other marks between day and time, the time first, counts of .NET and Windows."""

from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from lib.parsing.dates import is_date, parse_dates

MOMENTS = [datetime(2024, 1, 5, 10, 30), datetime(2024, 1, 19, 23, 5), datetime(2024, 2, 9, 0, 45)]
DAYS = [moment.replace(hour=0, minute=0) for moment in MOMENTS]
BOTH = (
    "%Y-%m-%d @ %H:%M", "%Y-%m-%d | %H:%M", "%d/%m/%Y_%H:%M", "%Y年%m月%d日 %H時%M分", "%d/%b/%Y:%H:%M:00 +0000",
    "%d%b%Y:%H:%M:00", "%H:%M %d/%m/%Y", "%H:%M:00 - %d.%m.%Y", "%I:%M %p, %d %b %Y", "%Y %b %d %H:%M",
)  # fmt: skip
DAY_ALONE = ("%Y_%m_%d", "%d_%m_%Y", "%Y %m %d", "%Y-%b-%d", "%Y/%B/%d")


def read(texts: list[str]) -> list[datetime] | None:
    found = parse_dates(pa.chunked_array([texts]), named=True)
    return None if found is None else found.values.to_pylist()


@pytest.mark.parametrize("form", BOTH)
def test_day_and_time(form):
    texts = [moment.strftime(form) for moment in MOMENTS]
    assert read(texts) == MOMENTS
    assert all(map(is_date, texts))


@pytest.mark.parametrize("form", DAY_ALONE)
def test_day_alone(form):
    assert read([day.strftime(form) for day in DAYS]) == DAYS


@pytest.mark.parametrize("start", [datetime(1, 1, 1), datetime(1601, 1, 1)], ids=["dotnet", "windows"])
def test_tenths_of_microseconds(start):
    ticks = [str((moment - start) // timedelta(microseconds=1) * 10) for moment in MOMENTS]
    assert read(ticks) == MOMENTS


def test_nanoseconds_stay_nanoseconds():
    zero = datetime(1970, 1, 1)
    assert read([str((moment - zero) // timedelta(microseconds=1) * 1_000) for moment in MOMENTS]) == MOMENTS


@pytest.mark.parametrize("text", ["9123 45 67", "12 34 5678", "A@10:30", "5_10_15", "10:30", "1234 ab 12"])
def test_what_is_no_date_stays_none(text):
    assert not is_date(text)
