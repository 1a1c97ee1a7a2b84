"""Amounts as shops and programs of the world write them, a random history for each way."""

import random

import pytest

from lib.parsing.currencies import _lists
from lib.tables import read_table
from tests.tables.invented import SEEDS, as_text, as_workbook, invent, same_amounts


def written(amount: float, comma: bool, grouped: bool, decimals: int = 2) -> str:
    text = f"{amount:,.{decimals}f}" if grouped else f"{amount:.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if comma else text


def read_amounts(data, history, name="orders.csv"):
    table = read_table(data, name)
    return table, table.frame[history.name("amount")]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("where", ["before", "before with a blank", "behind with a blank", "behind"])
def test_every_currency_of_the_world_beside_an_amount(seed, where):
    draw = random.Random(seed)
    history = invent(seed)
    lists = _lists()
    pool = [*lists.codes, *(sign for sign in lists.signs if sign.lower() != "e")]
    if "behind with" in where:
        pool = [*lists.words, *pool]
    mark = draw.choice(sorted(pool))
    if where == "behind" or ("behind" in where and mark in "KMGLTB"):
        mark = draw.choice(["€", "$", "zł", "kr", "Kč", "EUR", "₽", "₪", "Ft"])
    comma = draw.random() < 0.5
    grouped = draw.random() < 0.5

    def form(amount):
        body = written(amount, comma, grouped)
        blank = " " if "blank" in where else ""
        return f"{mark}{blank}{body}" if where.startswith("before") else f"{body}{blank}{mark}"

    text = as_text(history.names, history.cells(amount=form), draw.choice(",;\t|"))
    _, amounts = read_amounts(text.encode(), history)
    assert same_amounts(amounts, history.amounts), (mark, text)


@pytest.mark.parametrize("seed", SEEDS)
def test_amounts_without_cents_behind_letters_that_are_a_currency(seed):
    draw = random.Random(seed)
    history = invent(seed)
    mark = draw.choice(["R", "Rp", "Rs", "Rs.", "K", "L", "Q", "S/", "RM", "Ksh", "Bs", "Gs."])
    whole = [float(round(amount)) for amount in history.amounts]
    text = as_text(history.names, history.cells(amount=lambda amount: f"{mark}{round(amount)}"))
    _, amounts = read_amounts(text.encode(), history)
    assert same_amounts(amounts, whole), text


@pytest.mark.parametrize("seed", SEEDS)
def test_codes_of_articles_and_rooms_stay_text(seed):
    draw = random.Random(seed)
    history = invent(seed)
    mark = draw.choice(["R", "K", "L", "P", "S", "M", "Le", "SR"])
    text = as_text(history.names, history.cells(product=lambda _: f"{mark}{draw.randint(100, 999)}"))
    table = read_table(text.encode(), "orders.csv")
    assert table.frame[history.name("product")].dtype == "str", text


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["apostrophe", "typographic", "equals", "quoted equals", "raw equals"])
def test_protected_cells_are_what_they_protect(seed, kind):
    draw = random.Random(seed)
    history = invent(seed)
    separator = draw.choice(",;\t|")
    comma = draw.random() < 0.5
    grouped = kind != "raw equals" or separator not in ",;"
    negative = [amount if draw.random() < 0.7 else -amount for amount in history.amounts]
    history = type(history)(
        history.language,
        history.names,
        [(*row[:5], amount) for row, amount in zip(history.rows, negative, strict=True)],
    )
    form = {
        "apostrophe": "'{}".format,
        "typographic": "’{}".format,
        "equals": "={}".format,
        "quoted equals": '="{}"'.format,
        "raw equals": '="{}"'.format,
    }[kind]
    cells = history.cells(amount=lambda amount: form(written(amount, comma, grouped)))
    if kind == "raw equals":  # unquoted: the program wrote ="…" as it is
        text = "".join(separator.join(f'"{c}"' if separator in c and c[:1] != "=" else c for c in row) + "\r\n"
                       for row in [list(history.names), *cells])  # fmt: skip
    else:
        text = as_text(history.names, cells, separator)
    table, amounts = read_amounts(text.encode(), history)
    assert same_amounts(amounts, history.amounts), text
    assert table.frame[history.name("customer")].tolist() == [row[2] for row in history.rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_wrapped_as_formulas_keep_their_zeros(seed):
    draw = random.Random(seed)
    history = invent(seed)
    ids = [f"{draw.randint(1, 99):06d}" for _ in history.rows]
    cells = history.cells()
    wrap = (lambda cell: f'="{cell}"') if draw.random() < 0.5 else (lambda cell: f"'{cell}")
    for row, customer in zip(cells, ids, strict=True):
        row[2] = wrap(customer)
    header = ["Customer ID" if at == 2 else name for at, name in enumerate(history.names)]
    if draw.random() < 0.5:
        data, name = as_workbook(header, cells), "orders.xlsx"
    else:
        data, name = as_text(header, cells, draw.choice(",;")).encode(), "orders.csv"
    assert read_table(data, name).frame["Customer ID"].tolist() == ids


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("damage", ["entity", "number entity", "lost", "question mark", "twice", "once more", "utf-7"])
def test_mangled_signs_do_not_hide_the_amount(seed, damage):
    draw = random.Random(seed)
    history = invent(seed)
    sign = draw.choice("€£¥")
    comma, grouped = draw.random() < 0.5, draw.random() < 0.5
    mark = {
        "entity": {"€": "&euro;", "£": "&pound;", "¥": "&yen;"}[sign],
        "number entity": f"&#{ord(sign)};",
        "lost": "\ufffd",
        "question mark": "?",
    }.get(damage, sign)
    behind = damage.endswith("entity") and draw.random() < 0.5
    blank = draw.choice(["", " ", "&nbsp;" if damage.endswith("entity") else "\u00a0"])

    def form(amount):
        body = written(amount, comma, grouped)
        return f"{body}{blank}{mark}" if behind else f"{mark}{blank}{body}"

    text = as_text(history.names, history.cells(amount=form), draw.choice(",|\t"))
    if damage == "twice":
        data = text.encode().decode("latin-1").encode()
        data = text.encode().decode("cp1252", errors="replace").encode() if "\u0081" not in text else data
    elif damage == "once more":  # in the amounts only, beside a heading that is right
        broken = as_text(history.names, history.cells(amount=lambda amount: form(amount).encode().decode("cp1252")))
        data = broken.encode()
    elif damage == "utf-7":
        data = text.encode("utf-7")
    else:
        data = text.encode()
    _, amounts = read_amounts(data, history)
    assert same_amounts(amounts, history.amounts), data.decode("utf-8", "replace")
