"""Large values of visitors are packed while nobody looks at them, and are the same for whoever looks."""

import gc
import pickle
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest

from lib.tables import Table
from lib.ui import parked as core
from lib.ui.parked import Part, held_bytes, make_room, parked, put_away_unused

FRAME = pd.DataFrame({"customer": pd.Series(["a", "b", None], dtype="str"), "amount": [1.5, 2.0, float("nan")]})


class Clock:
    """A time that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    gc.collect()
    monkeypatch.setattr(core, "WORTH_PACKING", 0)
    monkeypatch.setattr(core.time, "monotonic", made := Clock())
    monkeypatch.setattr(Part.__init__, "__defaults__", (made,))
    core._at_hand.clear()
    yield made
    core._at_hand.clear()


def table() -> Table:
    return Table(FRAME.copy(), "a.csv", "digest", "csv")


def part(value: Table) -> Part:
    return vars(value)["_parked_parts"]["frame"]


def test_a_parked_table_is_a_table_with_the_same_frame_at_hand_or_packed(clock: Clock):
    mine = parked(table(), "frame")
    assert isinstance(mine, Table)
    assert (mine.name, mine.sha256, mine.format) == ("a.csv", "digest", "csv")
    assert part(mine).at_hand
    clock.now = core.UNUSED_SECONDS
    put_away_unused()
    assert not part(mine).at_hand
    assert "frame" not in vars(mine)
    pdt.assert_frame_equal(mine.frame, FRAME)
    assert part(mine).at_hand
    assert mine.frame is mine.frame


def test_what_was_used_lately_stays_at_hand(clock: Clock):
    used, other = parked(table(), "frame"), parked(table(), "frame")
    clock.now = core.UNUSED_SECONDS - 1
    assert len(used.frame) == 3
    clock.now = core.UNUSED_SECONDS
    put_away_unused()
    assert (part(used).at_hand, part(other).at_hand) == (True, False)


def test_where_there_is_too_much_the_longest_unused_goes_first(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    first, second = parked(table(), "frame"), parked(table(), "frame")
    clock.now = 1.0
    assert len(first.frame) == 3
    monkeypatch.setattr(core, "MOST_AT_HAND", core.bytes_at_hand() - 1)
    clock.now = core.UNUSED_SECONDS_IN_NEED
    put_away_unused()
    assert (part(first).at_hand, part(second).at_hand) == (True, False)
    assert core.bytes_at_hand() <= core.MOST_AT_HAND


def test_before_a_large_file_is_read_others_make_room(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    first, second, third = (parked(table(), "frame") for _ in range(3))
    clock.now = core.UNUSED_SECONDS_FOR_ROOM
    assert len(third.frame) == 3
    make_room()
    assert all(part(one).at_hand for one in (first, second, third))  # there is room
    monkeypatch.setattr(core, "MOST_AT_HAND", core.bytes_at_hand() - 1)
    make_room()
    assert sorted(part(one).at_hand for one in (first, second)) == [False, True]
    monkeypatch.setattr(core, "MOST_AT_HAND", 0)
    make_room()
    assert [part(one).at_hand for one in (first, second, third)] == [False, False, True]  # the last was used now


def test_while_there_is_too_much_it_is_looked_at_again(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(core, "MOST_AT_HAND", 0)
    mine = parked(table(), "frame")
    core.too_much.clear()
    put_away_unused()
    assert part(mine).at_hand
    assert core.too_much.is_set()
    core.too_much.clear()
    clock.now = core.UNUSED_SECONDS_IN_NEED
    put_away_unused()
    assert not part(mine).at_hand
    assert not core.too_much.is_set()


def test_it_is_known_at_once_when_there_is_too_much(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    core.too_much.clear()
    first = parked(table(), "frame")
    monkeypatch.setattr(core, "MOST_AT_HAND", core.bytes_at_hand())
    assert not core.too_much.is_set()
    second = parked(table(), "frame")
    assert core.too_much.is_set()
    part(first).put_away()
    part(second).put_away()
    core._at_hand.clear()
    core.too_much.clear()
    assert len(first.frame) == 3
    assert not core.too_much.is_set()
    assert len(second.frame) == 3
    assert core.too_much.is_set()
    core.too_much.clear()


def test_what_is_in_use_now_stays_although_there_is_too_much(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(core, "MOST_AT_HAND", 0)
    mine = parked(table(), "frame")
    put_away_unused()
    assert part(mine).at_hand


def test_a_value_that_is_asked_for_while_it_is_packed_stays_at_hand(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    mine = parked(table(), "frame")
    clock.now = 100.0

    def used_meanwhile(value: pd.DataFrame) -> core.Packed:
        clock.now = 101.0
        assert len(mine.frame) == 3
        return pack(value)

    pack = core.pack
    monkeypatch.setattr(core, "pack", used_meanwhile)
    put_away_unused()
    assert part(mine).at_hand
    assert core.bytes_at_hand() > 0


def test_what_cannot_be_packed_keeps_no_other_value_at_hand(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    first, second = parked(table(), "frame"), parked(table(), "frame")
    refused, pack = part(first).get(), core.pack

    def packs(value: core.Large) -> core.Packed:
        if value is refused:
            raise MemoryError
        return pack(value)

    monkeypatch.setattr(core, "pack", packs)
    clock.now = core.UNUSED_SECONDS
    put_away_unused()
    assert part(first).at_hand
    assert not part(second).at_hand
    pdt.assert_frame_equal(first.frame, FRAME)


def test_a_change_of_a_parked_table_keeps_its_rows_and_the_original(clock: Clock):
    mine = parked(table(), "frame")
    part(mine).put_away()
    other = replace(mine, name="b.csv")
    assert (mine.name, other.name) == ("a.csv", "b.csv")
    pdt.assert_frame_equal(other.frame, FRAME)
    again = parked(other, "frame")
    part(again).put_away()
    pdt.assert_frame_equal(again.frame, FRAME)
    assert replace(mine, frame=FRAME.head(1)).frame.shape == (1, 2)


def test_a_parked_value_is_pickled_as_the_class_that_it_is_of(clock: Clock):
    mine = parked(table(), "frame")
    part(mine).put_away()
    found = pickle.loads(pickle.dumps(mine))
    assert type(found) is Table
    pdt.assert_frame_equal(found.frame, FRAME)


def test_a_field_that_does_not_exist_is_missing_as_usual(clock: Clock):
    mine = parked(table(), "frame")
    with pytest.raises(AttributeError, match="'Table' object has no attribute 'nothing'"):
        _ = mine.nothing  # type: ignore[attr-defined]
    assert not hasattr(mine, "__array__")


@dataclass(frozen=True)
class Two:
    """Two large fields."""

    rows: np.ndarray
    data: bytes


def test_memory_is_counted_without_unpacking(clock: Clock):
    mine = parked(Two(np.zeros(10_000), b"a" * 50_000), "rows", "data")
    assert held_bytes(mine, "rows", "data") == 80_000 + 50_000
    clock.now = core.UNUSED_SECONDS
    put_away_unused()
    assert held_bytes(mine, "rows", "data") < 5_000
    assert core.bytes_at_hand() == 0
    assert mine.data == b"a" * 50_000
    assert mine.rows.tolist() == [0.0] * 10_000


def test_small_values_stay_as_they_are():
    small = table()
    assert parked(small, "frame") is small


def test_many_threads_get_the_same_value_while_it_is_put_away_again_and_again():
    kept = Part(FRAME.copy())
    wrong: list[str] = []

    def use() -> None:
        for _ in range(200):
            found = kept.get()
            if not (isinstance(found, pd.DataFrame) and found.equals(FRAME)):
                wrong.append(repr(found))

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        kept.put_away()
    assert not wrong


def test_the_rows_that_were_counted_are_known_without_the_frame(clock: Clock):
    first = table()
    assert first.row_count == 3
    mine = parked(first, "frame")
    part(mine).put_away()
    assert mine.row_count == 3
    assert not part(mine).at_hand
