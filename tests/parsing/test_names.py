"""Names are cut before they are normalised, compared or shown."""

from pathlib import Path

import pandas as pd
import pytest

from lib.parsing.names import MAX_NAME, normalized
from lib.scoring.matching import compare
from lib.scoring.needs import Need
from lib.tables import read_tables

LIB = Path(__file__).parents[2] / "lib"
ACCENTS = "a" + "\u0300\u0316" * 100_000


def test_only_the_first_characters_of_a_name_are_looked_at() -> None:
    assert normalized("é" * 1_000, "NFD") == "e\u0301" * MAX_NAME


@pytest.mark.parametrize("path", sorted(LIB.rglob("*.py")), ids=lambda path: str(path.relative_to(LIB)))
def test_nothing_else_normalises_text(path: Path) -> None:
    """A run of combining accents takes quadratic time; only `lib.parsing.names` cuts first."""
    source = path.read_text()
    assert (path.name == "names.py" and path.parent.name == "parsing") or "unicodedata.normalize" not in source


def test_a_heading_of_accents_is_read() -> None:
    """It took minutes and blocked all other users."""
    data = f"{ACCENTS},b\n1,2\n3,4\n".encode()
    (table,) = read_tables([("accents.csv", data)])
    assert max(map(len, table.frame.columns)) <= MAX_NAME


@pytest.mark.slow
def test_ten_thousand_needs_are_held_against_two_hundred_columns() -> None:
    """It took minutes."""
    needs = [Need(f"feature_{place}") for place in range(10_000)]
    frame = pd.DataFrame([[1.0] * 200], columns=[f"column {place}" for place in range(199)] + [ACCENTS])
    fit = compare(needs, frame)
    assert len(fit.missing) == 10_000
