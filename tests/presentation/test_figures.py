"""How large an error is can be read at every size."""

import re

import pytest

from lib import text
from lib.presentation import figures

SIZES = [digit * 10.0**power for power in range(-12, 13) for digit in (1, 4.567, 9.996)]


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("name", sorted(figures.MONEY))
def test_an_error_above_zero_is_never_written_as_zero(language: str, name: str) -> None:
    for size in SIZES:
        written = figures.measured(language, name, size)
        assert read(language, written) == pytest.approx(size, rel=0.06), written
        assert read(language, figures.money(language, size, "")) == pytest.approx(size, rel=0.2), size


def read(language: str, written: str) -> float:
    """The number that a person reads, by the marks of the language."""
    group, point = (",", ".") if language == "en" else (r"[.\s]", ",")
    plain = re.sub(group, "", written) if group != "," else written.replace(",", "")
    return float(plain.replace(point, "."))


def test_three_digits_and_a_power_of_ten_where_they_are_many() -> None:
    for value, written in (
        (0.0123456, "0.0123"),
        (0.00012, "0.00012"),
        (0.000012, "1.2e-5"),
        (-1e-9, "-1.0e-9"),
        (1234.5, "1,230"),
        (0.0, "0"),
    ):
        assert text.number("en", value, "significant") == written
