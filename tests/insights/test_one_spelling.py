"""A product or a country that people typed in several ways is one, in every figure by product or country."""

import random
import unicodedata

import pandas as pd
import pytest

from lib.insights import prepare
from lib.insights.one_spelling import OneSpelling
from lib.parsing.names import spelling
from tests.insights.shops import SEEDS, generated


def typed(name: str, drawn: random.Random) -> str:
    """A name as somebody else types it."""
    ways = [
        str.upper,
        str.lower,
        str.title,
        lambda text: f" {text}  ",
        lambda text: text.replace(" ", "  "),
        lambda text: unicodedata.normalize("NFD", text),
    ]
    return drawn.choice(ways)(name)


def test_the_spelling_of_most_rows_is_taken_and_of_two_as_frequent_the_first():
    names = pd.Series(["uk", "UK", "UK", "Spain", "spain", "Perú", None, "Perú", "Peru"], dtype="str")
    written = OneSpelling.of([names]).categories(names)
    assert written.astype("object").where(written.notna(), "").tolist() == [
        "UK", "UK", "UK", "Spain", "Spain", "Perú", "", "Perú", "Perú",
    ]  # fmt: skip
    assert written.cat.categories.tolist() == ["Perú", "Spain", "UK"]
    again = OneSpelling.of([names]).categories(pd.Series(["uK ", "France", None], dtype="str"))
    assert again.cat.categories.tolist() == ["France", "UK"]


def test_names_that_differ_otherwise_stay_apart():
    names = pd.Series(["Mug 1", "Mug 2", "Mug-1", "ナカタ", "ナカダ", "x" * 400, "X" * 400], dtype="str")
    assert OneSpelling.of([names]).categories(names).astype("str").tolist() == names.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shop_in_many_spellings_has_the_figures_of_the_same_shop_in_one(seed):
    drawn = random.Random(seed)
    plain = generated(seed)
    lines, returns = (
        table.assign(
            **{
                column: table[column].map(
                    lambda name: typed(name, drawn) if isinstance(name, str) and drawn.random() < 0.2 else name
                )
                for column in ("product", "country")
                if table[column].notna().any()
            }
        )
        for table in plain
    )
    one, many = prepare(*plain), prepare(lines, returns)
    assert set(map(spelling, one.countries)) == set(map(spelling, many.countries))
    for table, column in (("lines", "product"), ("orders", "country"), ("returns", "product"), ("returns", "country")):
        sums = [
            getattr(history, table).groupby(column, observed=True)["amount"].sum().rename(index=spelling).sort_index()
            for history in (one, many)
        ]
        assert sums[0].index.tolist() == sums[1].index.tolist()
        assert sums[1].tolist() == pytest.approx(sums[0].tolist())
