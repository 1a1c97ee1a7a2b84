"""Files of every kind that the pages for campaigns and settings take, and words of columns, in hostile forms: each ends
in the right answer, by a second computation, or in one sentence."""

import copy
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lib import safe_text, text
from lib.audience import measure_effect, read_lists
from lib.errors import UserError
from lib.layouts import Understanding, read_settings, understand, write_settings
from lib.layouts.table_cleaning import TableCleaning, ValueLimits
from lib.tables import CellCorrection, Corrections, RowCorrection, Table, corrected, read_table
from lib.training.spelling import one_spelling


def assert_is_one_sentence(error: UserError) -> None:
    """Fails where an error has no sentence in a language, or one that no page or terminal could show."""
    for language in text.LANGUAGES:
        said = text.tell(language, error)
        assert len(said) > 30
        safe_text.visible(said).encode()
        safe_text.json_line(json.dumps(said, ensure_ascii=False)).encode()


# ------------------------------------------------------------------------------------------------- lists of a campaign

CELLS = ("", " ", "nan", "inf", "-inf", "1e400", "1e30", "-1", "0", "1.5", "101", "2024-01-05", "x", "=1+1", "#N/A",
         "1" * 400, "\u202e3", "٣", "NaN", "None", "1,5", "true")  # fmt: skip
GOOD = [("a1", "contact", "1"), ("a2", "contact", "1"), ("a3", "control", "1"), ("a4", "contact", "2"),
        ("a5", "control", "2"), ("a6", "contact", "2")]  # fmt: skip
LINES = pd.DataFrame(
    {
        "customer_id": ["a1", "a1", "a3", "a6", "z9"],
        "order_id": ["1", "2", "3", "4", "5"],
        "ordered_at": pd.to_datetime(["2024-02-01", "2024-02-03", "2024-02-05", "2024-02-06", "2024-02-09"]),
        "amount": [10.0, 5.0, 7.0, 3.0, 1.0],
    }
)
LOG = SimpleNamespace(lines=LINES, returns=LINES.head(0))


def hostile_lists() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Name and rows (customer, group, band): one cell of each column at a time, then all of a column."""
    for column, name in enumerate(("customer", "group", "band")):
        for cell in CELLS:
            one = [list(row) for row in GOOD]
            one[1][column] = cell
            yield f"{name} {cell[:12]!r}", [(row[0], row[1], row[2]) for row in one]
            every = [tuple(cell if place == column else value for place, value in enumerate(row)) for row in GOOD]
            yield f"every {name} {cell[:12]!r}", [(row[0], row[1], row[2]) for row in every]
    yield "one customer in both groups", [*GOOD, ("a1", "control", "1")]
    yield "nobody held out", [row for row in GOOD if row[1] == "contact"]
    yield "nobody contacted", [row for row in GOOD if row[1] == "control"]


@pytest.mark.parametrize(("name", "rows"), [pytest.param(*one, id=one[0]) for one in hostile_lists()])
def test_a_list_gives_the_effect_of_its_customers_or_a_sentence(name: str, rows: list[tuple[str, str, str]]) -> None:
    written = "".join(f'"{a}","{b}","{c}"\n' for a, b, c in rows)
    try:
        lists = read_lists([read_table(f"customer_id,control,score_band\n{written}".encode(), "list.csv").frame])
        found = measure_effect(lists, LOG, start=pd.Timestamp("2024-02-01"), days=30)
    except UserError as error:
        assert_is_one_sentence(error)
        return
    spent = {"a1": 15.0, "a3": 7.0, "a6": 3.0}
    known = {row[0].strip(): row[1] for row in rows if row[0].strip().casefold() not in ("", "nan", "#n/a")}
    sizes = Counter(known.values())
    assert (found.contacted, found.control) == (sizes["contact"], sizes["control"])
    for group, rate in (("contact", found.rate_contacted), ("control", found.rate_control)):
        members = [customer for customer, of in known.items() if of == group]
        assert rate == pytest.approx(sum(customer in spent for customer in members) / len(members))
    assert all(1 <= band.band <= 100 for band in found.bands)


# ------------------------------------------------------------------------------------------------------- settings files

ABSURD: tuple[object, ...] = (
    *(None, True, -1, 2**80, 10**400, 1e308, 0.5, "x" * 5_000, "\u202etxt.exe", "\x00", "\ud800", "a" + "\u0301" * 900),
    *([], {}, [[]], {"a": {"b": {}}}, ["\ud800"], ["x"] * 2_000, [None], {"\ud800": "\udfff"}, "=1+1"),
)
ORDERS = Table(
    pd.DataFrame(
        {
            "Order": ["1", "2", "3"],
            "Date": pd.to_datetime(["2024-01-02", "2024-01-03", "2024-02-01"]),
            "Customer": ["a", "b", "a"],
            "Total": [1.5, 2.5, 3.5],
        }
    ),
    "orders.csv",
    "0" * 64,
    "csv",
    left_out=(("4", "2024-01-04", "c", "1", "2"),),
)


def settings() -> tuple[Understanding, dict]:
    found = understand(ORDERS)
    cleaned = TableCleaning((ValueLimits("Total", 0.0, 9.0),), ("Order",), True)
    wrong = Corrections(
        (CellCorrection("Total", "1.5", "2", ("Order",), "0" * 20),), (RowCorrection("0" * 20, (("Order", "4"),)),)
    )
    plain = json.loads(write_settings(found, {"Date": "day"}, wrong))
    plain["cleaning"] = cleaned.to_plain()
    return found, plain


def leaves(plain: object, path: tuple = ()) -> Iterator[tuple]:
    """The path of every value inside."""
    if path:
        yield path
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for name, inner in items:
        yield from leaves(inner, (*path, name))


def test_an_absurd_value_anywhere_in_settings_ends_in_a_sentence_or_in_settings_that_can_be_used() -> None:
    found, plain = settings()
    tried = 0
    for path in leaves(plain):
        for value in ABSURD:
            changed = copy.deepcopy(plain)
            inside = changed
            for name in path[:-1]:
                inside = inside[name]
            inside[path[-1]] = value
            tried += 1
            try:
                said = read_settings(json.dumps(changed).encode(), "s.json", found)
                made = corrected(ORDERS, said.corrections)
                said.understanding.cleaning.apply(made.frame)
                write_settings(said.understanding, said.date_orders, said.corrections)
            except UserError as error:
                assert_is_one_sentence(error)
                continue
            assert set(said.understanding.roles.values()) <= set(map(str, ORDERS.frame.columns)), path
            assert all(np.isfinite([one.low, one.high]).all() for one in said.understanding.cleaning.limits), path
    assert tried > 300


def test_settings_that_are_no_json_end_in_a_sentence() -> None:
    found, plain = settings()
    written = json.dumps(plain)
    broken = (written[: len(written) // 2].encode(), written.replace("}", "", 1).encode(), b" " * 2_000_000)
    deep = (b"[" * 100_000, b'{"a":' * 50_000, b"9" * 100_000)
    for data in (b"", b"null", b"\xff\xfe", b"\x80\x04N.", *deep, *broken):
        with pytest.raises(UserError) as caught:
            read_settings(data, "\ud800.json", found)
        assert_is_one_sentence(caught.value)


# -------------------------------------------------------------------------------------------------- spellings of a word

WORDS = ("Madrid", "São Paulo", ".*", "^$", "[a-z]+", "\\d{2,}", "(a|b)*c", "yes", "no", "Ünïcödé", "İstanbul", "ﬁne",
         "ß", "½", "a\u202eb", "e" + "\u0301" * 5, "x" * 400, "e" + "\u0301" * 900, "1", "0", "N", "S")  # fmt: skip


def spelt(draw: np.random.Generator, word: str) -> str:
    """A word as somebody else writes it."""
    match int(draw.integers(8)):
        case 0:
            return word.upper()
        case 1:
            return word.lower()
        case 2:
            return f"  {word} "
        case 3:
            return unicodedata.normalize("NFD", word[:300])
        case 4:
            return word.replace(" ", "   ")
        case 5:
            return word.title()
        case 6:
            return f"{word}\u200b"
    return word


def key_of(word: str) -> str:
    """By what two words are one, written down a second time."""
    return word if len(word) > 300 else unicodedata.normalize("NFC", " ".join(word.split())).casefold()


@pytest.mark.parametrize("seed", range(20))
def test_each_word_gets_the_most_frequent_spelling_of_those_that_are_the_same(seed: int) -> None:
    draw = np.random.default_rng(seed)
    words = [spelt(draw, str(draw.choice(WORDS))) for _ in range(400)]
    found = one_spelling(pd.Series(words))
    counts = Counter(words)
    best: dict[str, str] = {}
    for word in sorted(counts, key=lambda one: (-counts[one], one)):
        best.setdefault(key_of(word), word)
    assert found.tolist() == [best[key_of(word)] for word in words]
