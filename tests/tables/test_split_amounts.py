"""Amounts that unquoted commas split in every row are joined where the header proves it, and only there."""

import random

import pytest

from lib.tables import read_table


def _table(lines: list[str]) -> tuple[list[str], list[object]]:
    frame = read_table(("\n".join(lines) + "\n").encode(), "orders.csv").frame
    return list(map(str, frame.columns)), list(frame.iloc[:, -1])


NAMES = ("Amount", "Order total", "Importe", "Betrag", "Montant TTC")


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("form", ["{:,.2f}", "{:,.0f}", "${:,.2f}"])
def test_thousands_without_quotes(seed: int, form: str) -> None:
    rng = random.Random(seed)
    name, least = rng.choice(NAMES), rng.choice((1, 900, 1000))
    amounts = [round(rng.uniform(least, 9_000), 0 if form == "{:,.0f}" else 2) for _ in range(rng.randint(12, 40))]
    amounts[:6] = [round(rng.uniform(1000, 9_000), 0) for _ in range(6)]
    lines = [f"Customer,Date,{name}"]
    lines += [f"C{n % 5},2024-0{1 + n % 9}-1{n % 9},{form.format(amount)}" for n, amount in enumerate(amounts)]
    columns, found = _table(lines)
    assert columns == ["Customer", "Date", name]
    assert found == pytest.approx(amounts)


@pytest.mark.parametrize("seed", range(20))
def test_decimal_commas_without_quotes(seed: int) -> None:
    rng = random.Random(seed)
    amounts = [round(rng.uniform(1, 300), 2) for _ in range(rng.randint(8, 40))]
    lines = ["Date,Customer,Importe"]
    lines += [
        f"{1 + n % 28:02}/03/2024,C{n % 5}," + f"{amount:.2f}".replace(".", ",") for n, amount in enumerate(amounts)
    ]
    columns, found = _table(lines)
    assert columns == ["Date", "Customer", "Importe"]
    assert found == pytest.approx(amounts)


def test_amounts_in_the_middle_and_more_than_one() -> None:
    lines = ["Date,Price,Qty,Total,City"]
    lines += [f"2024-01-{n:02},{n},{n:02},2,{2 * n},{2 * n:02},Rome" for n in range(3, 20)]
    frame = read_table(("\n".join(lines) + "\n").encode(), "orders.csv").frame
    assert list(frame.columns) == ["Date", "Price", "Qty", "Total", "City"]
    assert frame["Total"].tolist() == pytest.approx([2 * n + 2 * n / 100 for n in range(3, 20)])
    assert set(frame["City"]) == {"Rome"}


OPPOSITES = {
    "rates of tax": [f"2024-01-{n:02},C{n % 3},{100 + n},{(10, 21)[n % 2]}" for n in range(1, 25)],
    "pieces": [f"2024-01-{n:02},C{n % 3},{100 + n},{n % 4 + 1}" for n in range(1, 25)],
    "codes of three digits": [f"2024-01-{n:02},C{n % 3},{n * 10}.50,{500 + n}" for n in range(1, 25)],
    "words": [f"2024-01-{n:02},C{n % 3},{n * 10}.50,{['web', 'shop'][n % 2]}" for n in range(1, 25)],
}


@pytest.mark.parametrize("kind", OPPOSITES)
def test_a_column_that_the_header_forgot_stays_one(kind: str) -> None:
    columns, _ = _table(["Date,Customer,Amount", *OPPOSITES[kind]])
    assert len(columns) == 4


def test_rows_that_begin_with_a_number_of_their_own() -> None:
    lines = ["Customer,Date,Amount", *(f"{n},C{n % 3},2024-01-{n:02},{n * 10}" for n in range(1, 25))]
    columns, found = _table(lines)
    assert columns[1:] == ["Customer", "Date", "Amount"]
    assert found == [n * 10 for n in range(1, 25)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Date,Customer,Product,Amount", "2024-01-{n:02},C{c},Shoe, {size},{price}"),
        ("Date,Customer,Product,Quantity,Amount", "2024-01-{n:02},C{c},Mug, blue,{c},{price}"),
        ("Date,Customer,Quantity,Amount", "2024-01-{n:02},Gil, Ana {c},{c},{price}"),
    ],
)
def test_a_comma_in_a_text_is_not_in_an_amount(header: str, row: str) -> None:
    """Sizes, and pieces behind a text with a comma, were joined with the prices."""
    lines = [row.format(n=n, c=n % 3 + 1, size=36 + n % 9, price=20 + n) for n in range(1, 25)]
    assert _table([header, *lines])[1] == [20 + n for n in range(1, 25)]


def test_blanks_behind_all_commas_but_those_of_amounts() -> None:
    lines = [f"2024-01-{n:02}, C{n % 3}, Soap, {n},{n % 10}5" for n in range(1, 25)]
    assert _table(["Date, Customer, Product, Amount", *lines])[1] == pytest.approx(
        [n + n % 10 / 10 + 0.05 for n in range(1, 25)]
    )
