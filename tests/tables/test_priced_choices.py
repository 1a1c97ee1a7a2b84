"""Prices in the names of choices, as forms offer them."""

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import clean_files
from lib.tables import read_table


def _answers(form: str, *, beside: str = "") -> bytes:
    lines = [f"Timestamp,Email,Your choice,How many?{',Total' if beside else ''}"]
    for at in range(12):
        choice = form.format(name=("Mug", "Tea set", "Cap")[at % 3], price=("5.50", "12.00", "8.25")[at % 3])
        lines.append(f"2024-{1 + at:02}-17 10:11:12,ann{at % 4}@mail.com,{choice},{1 + at % 2}{beside}")
    return "\n".join(lines).encode()


@pytest.mark.parametrize("form", ["{name} (€{price})", "{name} [{price} €]", "{name} - ${price}", "{name}: £{price}"])
def test_prices_in_all_choices_are_prices(form: str) -> None:
    tables = read_shop([("answers.csv", _answers(form.replace(": ", " : ")))]).tables
    paid = sum((5.5, 12, 8.25)[at % 3] * (1 + at % 2) for at in range(12))
    found = clean_files(tables, [understand(table) for table in tables])
    assert (found.lines["amount"].sum(), found.currency != "") == (paid, True)
    assert "tables.note_priced_choices" in [note.key for note in tables[0].notes]


@pytest.mark.parametrize(
    "form", ["{name}", "{name} ({price} kg)", "{name} (€{price}) and more", "{name} (€{price}) (€1)"]
)
def test_other_names_and_names_beside_an_amount_stay(form: str) -> None:
    for data in (_answers(form), _answers("{name} (€{price})", beside=",20.00")):
        assert "price" not in read_table(data, "answers.csv").frame
