"""Every figure of a table and of order lines that were packed in between equals that of the plain ones."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from benchmarks import generated_exports, messy
from lib import insights, layouts, orders
from lib.errors import UserError
from lib.joins import read_shop
from lib.orders import Orders
from lib.tables import Table, read_table
from lib.ui import cached, parked
from lib.ui.exploring.cache import Explored
from lib.ui.parked import Part

TABLES = ("over_time", "movement", "hours", "customers", "grid", "segments", "cohorts", "lifetime_value")
MORE_TABLES = ("reordering", "pareto", "top", "countries", "products", "baskets")


@pytest.fixture(autouse=True)
def everything_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small; and packed again after each use."""
    monkeypatch.setattr(parked, "WORTH_PACKING", 0)
    get = Part.get

    def get_and_put_away(part: Part) -> object:
        found = get(part)
        part.put_away()
        return found

    monkeypatch.setattr(Part, "get", get_and_put_away)


def check_same(found: object, expected: object, where: str) -> None:
    """Equal to the last bit and of the same dtypes, through dataclasses, tuples and mappings."""
    if isinstance(expected, pd.DataFrame):
        assert isinstance(found, pd.DataFrame), where
        pdt.assert_frame_equal(found, expected, check_exact=True, check_index_type="exact", obj=where)
    elif isinstance(expected, pd.Series):
        assert isinstance(found, pd.Series), where
        pdt.assert_series_equal(found, expected, check_exact=True, obj=where)
    elif isinstance(expected, pd.Index):
        assert isinstance(found, pd.Index), where
        pdt.assert_index_equal(found, expected, exact=True, obj=where)
    elif isinstance(expected, np.ndarray):
        assert isinstance(found, np.ndarray), where
        np.testing.assert_array_equal(found, expected, err_msg=where, strict=True)
    elif is_dataclass(expected) and not isinstance(expected, type):
        for one in fields(expected):
            check_same(getattr(found, one.name), getattr(expected, one.name), f"{where}.{one.name}")
    elif isinstance(expected, tuple | list):
        assert isinstance(found, type(expected)), where
        assert len(found) == len(expected), where
        for at, (mine, other) in enumerate(zip(found, expected, strict=True)):
            check_same(mine, other, f"{where}[{at}]")
    elif isinstance(expected, Mapping):
        assert isinstance(found, Mapping), where
        assert list(found) == list(expected), where
        for key, other in expected.items():
            check_same(found[key], other, f"{where}[{key}]")
    elif expected != expected:  # a missing number
        assert found != found, where
    else:
        assert found == expected, where


def cleaned(tables: tuple[Table, ...]) -> Orders | str:
    """The order lines, or the key of what a person is told."""
    try:
        return orders.clean_all(tables, tuple(layouts.understand(table) for table in tables))
    except UserError as error:
        return error.key


def check_export(name: str, data: bytes) -> None:
    plain = read_shop([(name, data)]).tables
    packed = tuple(cached.parked_table(table) for table in plain)
    assert all("frame" not in vars(table) for table in packed)
    check_same([table.frame for table in packed], [table.frame for table in plain], "tables")
    found, expected = cleaned(packed), cleaned(plain)
    if isinstance(expected, str):
        assert found == expected
        return
    assert isinstance(found, Orders)
    check_same(found, expected, "orders")
    mine = cached.parked_orders(found)
    assert "lines" not in vars(mine)
    check_same(mine, expected, "packed orders")
    check_same((orders.evidence_of(mine), orders.findings_of(mine)), findings_of(expected), "findings")
    check_same(orders.extreme_lines(mine), orders.extreme_lines(expected), "extreme lines")
    if expected.lines.empty:
        return
    history = parked.parked(insights.prepare(mine.lines, mine.returns), "lines", "orders", "returns")
    other = insights.prepare(expected.lines, expected.returns)
    check_same(history, other, "history")
    for filters in (insights.Filters(), insights.last_days(other, 30), insights.Filters(net=False)):
        view, plain_view = (Explored(one, filters, None, None, ()) for one in (history, other))
        if plain_view.empty:
            continue
        for table in (*TABLES, *MORE_TABLES, "figures", "findings"):
            check_same(getattr(view, table), getattr(plain_view, table), f"{table} {filters}")


def findings_of(found: Orders) -> tuple[object, object]:
    return orders.evidence_of(found), orders.findings_of(found)


KINDS = len(generated_exports.KINDS)
SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(2 * KINDS) if seed % 7 or seed >= KINDS]


@pytest.mark.parametrize("seed", [*range(0, KINDS, 7), *SLOW])
def test_figures_of_a_packed_export_are_those_of_the_plain_one(seed: int):
    export = generated_exports.generated(seed)
    check_export(export.name, export.data)


TEXTS = [file for file in messy.EXPECTED if file.endswith((".csv", ".tsv", ".txt"))]


@pytest.mark.slow
@pytest.mark.parametrize("file", TEXTS)
def test_a_messy_table_is_the_same_after_it_was_packed(shared, file: str):
    try:
        plain = read_table((shared / "messy" / file).read_bytes(), file)
    except UserError:
        return
    packed = cached.parked_table(plain)
    assert "frame" not in vars(packed)
    check_same(packed.frame, plain.frame, file)
    check_same(layouts.understand(packed), layouts.understand(plain), file)
