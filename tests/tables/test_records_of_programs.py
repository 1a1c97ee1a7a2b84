"""Records as scripts and Python write them are read as JSON; nothing of them is run."""

import json
import random
from datetime import datetime
from decimal import Decimal

import pytest

from lib.tables import read_table
from lib.tables.programs import as_json

SCRIPTS = (
    "{}", "const orders = {};", "var a={}", "let rows =\n{};\n", "window.shop.orders = {};", "callback({});",
    "export default {}", "module.exports = {};\n",
)  # fmt: skip


def records(seed: int) -> list[dict[str, object]]:
    rng = random.Random(seed)
    return [
        {"order": at, "customer": rng.choice(("Ana", "Bo's", 'Cy "C"')), "total": round(rng.uniform(5, 900), 2)}
        for at in range(rng.randint(3, 30))
    ]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("seed", range(3))
def test_records_of_a_script(script, seed):
    due = records(seed)
    found = read_table(script.replace("{}", json.dumps({"orders": due} if seed else due)).encode(), "orders.js")
    assert found.frame["total"].sum() == pytest.approx(sum(float(str(one["total"])) for one in due))
    assert list(found.frame["order"]) == [one["order"] for one in due]


@pytest.mark.parametrize("seed", range(10))
def test_records_as_python_prints_them(seed):
    due = records(seed)
    for at, one in enumerate(due):
        one |= {
            "paid": Decimal(str(one["total"])),
            "at": datetime(2024, 1, 1 + at % 28, 9, 30),
            "note": None,
            "ok": at > 1,
        }
    found = read_table(repr(due).encode(), "orders.txt")
    assert found.frame["paid"].sum() == pytest.approx(sum(float(str(one["total"])) for one in due))
    assert [str(moment)[:16] for moment in found.frame["at"]] == [str(one["at"])[:16] for one in due]
    assert list(found.frame["customer"]) == [one["customer"] for one in due]


@pytest.mark.parametrize("text", [
    "[{'a': __import__('os').system('true')}]", "[{'a': open('x')}]", "{'a': " + "[" * 5_000 + "]" * 5_000 + "}",
    "[{'a': 10 ** 10 ** 10}]", "{'a': lambda: 1}",
])  # fmt: skip
def test_what_is_no_plain_record_stays_as_it_is(text):
    assert as_json(text.encode()) == text.encode()


def test_other_texts_are_left_alone():
    for text in (b"Order;Total\n1;2\n", b'{"a": 1}', b"'a';'b'\n'1';'2'\n", b"f(x)\n"):
        assert as_json(text) == text
