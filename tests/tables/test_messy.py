"""Every broken file of the corpus is the table that a person would expect, or says in one sentence why not."""

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet

from benchmarks import messy
from lib import text
from lib.errors import UserError
from lib.tables import read_table


def _each(files: Iterable[str]) -> list[ParameterSet]:
    """Workbooks are decoded in a process of their own, which takes its second."""
    slow = (".xls", ".xlsx", ".ods")
    return [pytest.param(file, marks=[pytest.mark.slow] if file.endswith(slow) else []) for file in files]


@pytest.mark.slow
@pytest.mark.parametrize("file", _each(messy.EXPECTED))
def test_a_messy_file_is_what_a_person_would_expect(shared, file):
    assert messy.ours(shared / "messy" / file, messy.EXPECTED[file]) == ""


def test_every_file_of_the_corpus_has_an_expected_table(shared):
    listed = (shared / "messy" / "INDEX.tsv").read_text().splitlines()[1:]
    assert {line.split("\t")[0] for line in listed} == set(messy.EXPECTED)


@pytest.mark.parametrize("file", _each(file for file, expected in messy.EXPECTED.items() if expected.error))
def test_what_is_no_table_says_so_in_every_language(shared, file):
    path = shared / "messy" / file
    with pytest.raises(UserError) as refused:
        read_table(path.read_bytes(), path.name)
    assert all(len(text.tell(language, refused.value)) > 40 for language in text.LANGUAGES)


def test_the_comparison_counts_a_wrong_cell_as_wrong(shared):
    right = messy.EXPECTED["csv-spectrum/simple.csv"]
    file = shared / "messy" / "csv-spectrum" / "simple.csv"
    assert messy.ours(file, right) == ""
    assert "not 9" in messy.ours(file, messy.Expected(1, ("a", "b", "c"), cells={(0, "c"): 9}))
    assert "shape" in messy.ours(file, messy.Expected(2, ("a", "b", "c")))
    assert "header" in messy.ours(file, messy.Expected(1, ("a", "b", "d")))
