"""Packed and unpacked, a table is the same to the last bit, and takes less memory in between."""

import gc
import random

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from lib.tables import packing
from lib.tables.packing import TEXT, pack, size_of

WORDS = ("", " ", "a", "A", "Ä", "a\x00b", "🛒", "x" * 300, "17850.0", "nan", None)


def drawn_column(rng: random.Random, rows: int) -> pd.Series:
    """Values of one of the dtypes that tables have, odd ones among them."""
    kind = rng.choice(("str", "float64", "int64", "datetime64[us]", "bool", "category", "object", "int32"))
    if kind in ("str", "category", "object"):
        few = rng.sample(WORDS, rng.randint(1, len(WORDS)))
        words = pd.Series([rng.choice(few) for _ in range(rows)], dtype="str")
        return words.astype(kind)
    if kind == "float64":
        odd = (0.0, -0.0, float("nan"), float("inf"), float("-inf"), 5e-324, 0.1, 1e308)
        return pd.Series([rng.choice(odd) for _ in range(rows)], dtype="float64")
    if kind == "bool":
        return pd.Series([rng.random() < 0.5 for _ in range(rows)], dtype="bool")
    whole = np.array([rng.choice((0, -1, 2**31 - 1, -(2**31), rng.randint(-9, 9))) for _ in range(rows)], dtype="i8")
    if kind == "int32":
        return pd.Series(whole.astype("i4"))
    if kind == "int64":
        return pd.Series(whole * rng.choice((1, 2**31)))
    moments = whole.view("datetime64[us]")
    moments[whole == -1] = np.datetime64("NaT")
    return pd.Series(moments)


def drawn_frame(seed: int) -> pd.DataFrame:
    """A table of any of these columns, also without rows or columns, also of chosen rows of another."""
    rng = random.Random(seed)
    rows = rng.choice((0, 1, 3, 50))
    columns = [drawn_column(rng, rows) for _ in range(rng.randint(0, 7))]
    frame = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(rows))
    frame.columns = pd.Index([f"column {place}" for place in range(len(columns))], dtype="str")
    if rng.random() < 0.3:
        frame = frame.iloc[rng.sample(range(rows), rows // 2)]
    return pd.concat([frame, frame]) if rng.random() < 0.2 else frame  # texts in several pieces of Arrow


def check_same(found: pd.DataFrame, frame: pd.DataFrame) -> None:
    pdt.assert_frame_equal(found, frame, check_exact=True, check_index_type="exact")
    assert list(map(repr, found.dtypes)) == list(map(repr, frame.dtypes))
    for name in frame.columns:
        if frame[name].dtype.kind == "f":  # 0.0 and −0.0 are equal, and not the same
            assert found[name].to_numpy().tobytes() == frame[name].to_numpy().tobytes()


@pytest.mark.parametrize("seed", range(300))
def test_a_table_is_the_same_after_it_was_packed(seed: int):
    frame = drawn_frame(seed)
    before = frame.copy(deep=True)
    packed = pack(frame)
    for _ in range(2):  # each time anew
        found = packed.unpack()
        assert isinstance(found, pd.DataFrame)
        check_same(found, before)
    pdt.assert_frame_equal(frame, before)


@pytest.mark.parametrize("seed", range(60))
def test_columns_arrays_and_bytes_are_the_same_too(seed: int):
    rng = random.Random(seed)
    column = drawn_column(rng, rng.choice((0, 2, 40))).rename(rng.choice((None, "reason")))
    found = pack(column).unpack()
    assert isinstance(found, pd.Series)
    pdt.assert_series_equal(found, column, check_exact=True)
    rows = np.array([rng.randint(0, 99) for _ in range(20)], dtype="i8")
    places = pack(rows).unpack()
    assert isinstance(places, np.ndarray)
    assert (places.dtype, places.tobytes()) == (rows.dtype, rows.tobytes())
    data = rng.choice((b"", b"a" * 5_000, rng.randbytes(300)))
    assert pack(data).unpack() == data


def test_unpacked_values_can_be_written_to_without_changing_the_packed_ones():
    packed = pack(pd.DataFrame({"amount": [1.0, 2.0]}))
    frame = packed.unpack()
    assert isinstance(frame, pd.DataFrame)
    frame["amount"].array[0] = 9.0
    frame.loc[1, "amount"] = 8.0
    again = packed.unpack()
    assert isinstance(again, pd.DataFrame)
    assert again["amount"].tolist() == [1.0, 2.0]


def test_what_repeats_takes_a_tenth_and_random_bytes_no_more_than_before():
    frame = pd.DataFrame({"customer": pd.Series([f"C{n % 50}" for n in range(20_000)], dtype=TEXT), "pieces": 1.0})
    assert pack(frame).size < size_of(frame) / 10
    data = random.Random(1).randbytes(10_000)
    assert pack(data).size == len(data)


def test_the_size_of_a_frame_is_added_up_once(monkeypatch: pytest.MonkeyPatch):
    """A server asks for it again and again, and of thousands of columns it takes a second."""
    added = []
    add_up = pd.DataFrame.memory_usage

    def counted(frame: pd.DataFrame, index: bool = True, deep: bool = False) -> pd.Series:
        added.append(frame.shape)
        return add_up(frame, index=index, deep=deep)

    monkeypatch.setattr(pd.DataFrame, "memory_usage", counted)
    frame = pd.DataFrame({"amount": [1.0, 2.0]})
    assert [size_of(frame) for _ in range(3)] == [16, 16, 16]
    for length in range(1, 200):  # another frame may come to lie where one was
        assert size_of(pd.DataFrame({"amount": np.ones(length)})) == 8 * length
    assert len(added) == 200
    del frame
    gc.collect()
    assert not [one for one, _ in packing._sizes.values() if one() is None]
