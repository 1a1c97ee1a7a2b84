"""One campaign whose name a spreadsheet program changed in one list is compared; two campaigns are not."""

import itertools
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from babel.dates import format_date

from lib.audience import read_lists
from lib.audience.campaign_names import distinct_campaigns, is_same_campaign
from lib.errors import UserError
from tests.attacks.test_swapped import lists_of

DAYS = [date(2019, 1, 1) + timedelta(days=37 * at) for at in range(90)]


def _months(day: date) -> Iterator[tuple[str, str]]:
    """How a month is typed, and what Excel writes for it in English and in Spanish."""
    for language in ("en", "es"):
        name, short = format_date(day, "MMMM", language), format_date(day, "MMM", language)
        written = f"{short[:3].title() if language == 'en' else short[:3]}-{day:%y}"
        for typed in (
            f"{name} {day:%Y}",
            f"{short} {day:%Y}",
            f"{name}-{day:%Y}",
            f"{name}, {day:%Y}",
            f"{name}/{day:%Y}",
        ):
            yield typed, written
        yield f"{day.month}/{day:%Y}", written
        yield f"{day:%Y}-{day.month:02}", written
    yield format_date(day, "MMMM 'de' yyyy", "es"), f"{format_date(day, 'MMM', 'es')[:3]}-{day:%y}"


def _days(day: date) -> Iterator[tuple[str, str]]:
    """How a day is typed, and what Excel writes for it."""
    short = format_date(day, "MMM", "en")[:3]
    for typed in (f"{short} {day.day}", f"{day.day} {short}", f"{day.month}/{day.day}", f"{day.day}-{day.month}"):
        yield typed, f"{day.day}-{short}"
        yield typed, f"{day.day:02}-{short.lower()}"
    for typed in (f"{short} {day.day}, {day.year}", f"{day.day} {short} {day.year}", f"{day:%Y-%m-%d}"):
        for written in (
            f"{day.day}-{short}-{day:%y}",
            f"{day.month}/{day.day}/{day.year}",
            f"{day:%d/%m/%Y}",
            f"{day:%d.%m.%y}",
        ):
            yield typed, written
    yield f"{day.month}/{day.day}/{day.year}", f"{day:%Y-%m-%d}"


OTHERS = [
    *(("007", "7"), ("1.50", "1.5"), ("1,50", "1,5"), ("+5", "5"), ("1e5", "100000"), ("1e5", "1.00E+05")),
    *(
        ("12345678901234", "1.23457E+13"),
        ("true", "TRUE"),
        ("true", "VERDADERO"),
        ("Spring", "spring "),
        ("a  b", "a b"),
    ),
]


def test_a_name_and_what_a_spreadsheet_makes_of_it_are_one_campaign() -> None:
    pairs = [*itertools.chain.from_iterable([*_months(day), *_days(day)] for day in DAYS), *OTHERS]
    assert len(pairs) > 2_000
    assert [pair for pair in pairs if not (is_same_campaign(*pair) and is_same_campaign(*pair[::-1]))] == []


def test_names_of_other_times_are_other_campaigns() -> None:
    """The same way of writing, of another day, month or year."""
    forms = (
        "MMMM yyyy",
        "MMM yyyy",
        "MMM-yy",
        "yyyy-MM",
        "M/d/yyyy",
        "dd/MM/yyyy",
        "yyyy-MM-dd",
        "d-MMM-yy",
        "d MMM yyyy",
    )
    for form, language in itertools.product(forms, ("en", "es")):
        for one, other in itertools.pairwise(DAYS):
            names = format_date(one, form, language), format_date(other, form, language)
            assert names[0] == names[1] or not is_same_campaign(*names), names


@pytest.mark.parametrize(
    ("one", "other"),
    [("May 24", "May 2024"), ("1/2/2024", "2/1/2024"), ("2024-01-02", "2024-02-01"), ("May 2024", "May 2023"),
     ("May-24", "May 2023"), ("24-May", "May 2024"), ("2024", "2024-05-01"), ("Mayo 2024", "2024-05-01 00:00:00"),
     ("May", "May 2024"), ("1", "10"),
     ("7", "77"), ("1.23E+05", "124000"), ("v1", "v1.0"), ("true", "1"), ("spring", "summer"), ("May 2024", "2024"),
     ("2024-05-24", "2023-05-24"), ("May 123", "May 2023"), ("A-24", "May 2024")],
)  # fmt: skip
def test_two_campaigns_stay_two(one: str, other: str) -> None:
    assert not is_same_campaign(one, other)
    assert not is_same_campaign(other, one)


def test_lists_of_one_campaign_are_read_after_excel_and_those_of_two_are_not() -> None:
    contacted, control = lists_of("May 2024", "en", 0)[0], lists_of("May-24", "en", 0)[1]
    assert len(read_lists([contacted, control])) == 20
    with pytest.raises(UserError) as caught:
        read_lists([contacted, lists_of("May-23", "en", 0)[1]])
    assert caught.value.facts["count"] == 2


def test_many_names_cost_little() -> None:
    began = time.process_time()
    assert len(distinct_campaigns([f"{at} May 2024 {'-' * 70}" for at in range(100)])) == 100
    assert len(distinct_campaigns([f"May {at}" for at in range(1_000_000)])) == 1_000_000
    assert time.process_time() - began < 3
