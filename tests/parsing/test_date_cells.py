import numpy as np

from lib.parsing.dates import parse_date_cells


def test_one_day_above_twelve_decides_for_all_cells():
    dates, empty, read = parse_date_cells(["03/04/2025", None, "25/04/2025", " "])
    assert dates[0] == np.datetime64("2025-04-03")
    assert empty.tolist() == [False, True, False, True]
    assert read is not None
    assert (read.order, read.certain) == ("day", True)


def test_a_correction_decides_where_the_cells_leave_it_open():
    for order, month in (("day", 4), ("month", 3)):
        dates, _, _ = parse_date_cells(["03/04/2025"], order=order)
        assert dates[0].astype("datetime64[M]").astype(int) % 12 + 1 == month


def test_words_are_no_dates():
    dates, empty, read = parse_date_cells(["soon", "later"])
    assert np.isnat(dates).all()
    assert not empty.any()
    assert read is None
