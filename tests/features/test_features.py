"""One row per customer: what a cell says, and that nothing after the cutoff can change it."""

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from lib import features, text
from lib.schema import ORDER_LINES
from tests.machine import slowness


@dataclass(frozen=True)
class Log:
    lines: pd.DataFrame
    returns: pd.DataFrame


def table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in ORDER_LINES])
    typed = frame.astype({column.name: column.dtype for column in ORDER_LINES})
    return typed.sort_values("ordered_at", kind="stable", ignore_index=True)


def log(rows: list[tuple[object, ...]], returns: list[tuple[object, ...]] | None = None) -> Log:
    return Log(table(rows), table(returns or []))


CUTOFF = pd.Timestamp("2024-03-01")

SHOP = log(
    [
        # Ana: three orders, the second of two lines.
        ("ana", "1", "2023-02-10 10:00", 10.0, 1, "tea", "Spain"),
        ("ana", "2", "2024-02-10 10:00", 20.0, 2, "tea", "Spain"),
        ("ana", "2", "2024-02-10 10:00", 30.0, 1, "cup", "Spain"),
        ("ana", "3", "2024-02-20 10:00", 60.0, 3, "pot", "France"),
        ("ana", "4", "2024-03-05 10:00", 500.0, 1, "pot", "Italy"),
        # Bo: one order on the day before the cutoff, and one at the very moment of the cutoff.
        ("bo", "5", "2024-02-29 12:00", 8.0, 1, "tea", "Spain"),
        ("bo", "6", "2024-03-01 00:00", 9.0, 1, "tea", "Spain"),
        # Cy comes later.
        ("cy", "7", "2024-03-20 12:00", 8.0, 1, "tea", "Spain"),
    ],
    [
        ("ana", "r1", "2024-02-25 00:00", -30.0, -1, "cup", "Spain"),
        ("ana", "r2", "2024-03-02 00:00", -60.0, -3, "pot", "France"),
        ("cy", "r3", "2024-02-01 00:00", -8.0, -1, "tea", "Spain"),
    ],
)


def shop_of_chance(seed: int, *, customers: int = 60, lines: int = 700) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    order = rng.integers(0, lines // 2, lines)
    owner = rng.integers(0, customers, lines // 2)
    moment = pd.Timestamp("2022-01-01") + pd.to_timedelta(rng.integers(0, 700 * 24, lines // 2), unit="h")
    return table(
        [
            (
                f"c{owner[at]:03}",
                f"o{at}",
                moment[at],
                float(np.round(rng.gamma(2, 20), 2)),
                float(rng.integers(1, 5)),
                f"p{rng.integers(0, 40)}" if rng.random() < 0.9 else None,
                "Spain" if rng.random() < 0.7 else None,
            )
            for at in order
        ]
    )


def test_a_row_is_a_customer_who_ordered_before_the_cutoff():
    found = features.customer_features(SHOP, CUTOFF)
    assert list(found.index) == ["ana", "bo"]
    assert found.index.name == "customer_id"
    assert list(found.columns) == [feature.name for feature in features.FEATURES]
    assert {name: str(kind) for name, kind in found.dtypes.items()} == {f.name: f.dtype for f in features.FEATURES}


@pytest.mark.parametrize(
    ("column", "ana", "bo"),
    [
        ("recency_days", 9 + 14 / 24, 0.5),
        ("frequency_orders", 3, 1),
        ("monetary_total", 120, 8),
        ("tenure_days", 384 + 14 / 24, 0.5),
        ("active_days_span", 375, 0),
        ("order_value_mean", 40, 8),
        ("order_value_median", 50, 8),
        ("order_value_max", 60, 8),
        ("order_value_min", 10, 8),
        ("order_value_first", 10, 8),
        ("order_value_last", 60, 8),
        ("order_value_spread", np.std([10, 50, 60], ddof=1), np.nan),
        ("order_value_last_ratio", 1.5, 1),
        ("gap_mean_days", (365 + 10) / 2, np.nan),
        ("gap_median_days", (365 + 10) / 2, np.nan),
        ("gap_max_days", 365, np.nan),
        ("gap_min_days", 10, np.nan),
        ("gap_last_days", 10, np.nan),
        ("gap_spread_days", np.std([365, 10], ddof=1), np.nan),
        ("overdue_max_ratio", (9 + 14 / 24) / 365, np.nan),
        ("gap_last_3_days", (365 + 10) / 2, np.nan),
        ("overdue_last_3_ratio", (9 + 14 / 24) / ((365 + 10) / 2), np.nan),
        # Both of Ana's gaps were longer than the current one; that of ten days ended within 90, that of 365 did not.
        ("gap_ended_share", (1 + 0.5) / (2 + 1), 0.5),
        ("purchase_days_fading_10", 2**-1.95 + 2**-0.95 + 2**-38.45, 2**-0.05),
        ("orders_7_days", 0, 1),
        ("orders_14_days", 1, 1),
        ("orders_30_days", 2, 1),
        ("spend_14_days", 60, 8),
        ("spend_365_days", 110, 8),
        ("orders_change_30_days", 2, 1),
        ("orders_year_before", 0, np.nan),
        ("orders_previous_year", 1, np.nan),
        ("active_months", 2, 1),
        ("active_months_last_6", 1, 1),
        ("weekday_concentration", 1 / 3, 1),
        ("weekend_share", 1 / 3, 0),
        ("hour_mean", 10, 12),
        ("lines_per_order", 4 / 3, 1),
        ("lines_last_order", 1, 1),
        ("pieces_total", 7, 1),
        ("piece_price_mean", 120 / 7, 8),
        ("products_distinct", 3, 1),
        ("product_repeat_share", 1 / 4, 0),
        ("product_top_share", 2 / 4, 1),
        ("return_lines", 1, 0),
        ("returned_total", 30, 0),
        ("return_recency_days", 5, np.nan),
    ],
)
def test_a_cell_says_what_its_name_promises(column, ana, bo):
    found = features.customer_features(SHOP, CUTOFF, columns=[column])
    assert found[column].tolist() == pytest.approx([ana, bo], nan_ok=True)


def test_the_same_window_a_year_before_is_as_long_as_the_horizon():
    rows = [
        ("ana", str(at), day, 10.0, 1, None, None) for at, day in enumerate(("2022-12-01", "2023-03-15", "2023-06-01"))
    ]
    for horizon, orders in ((10, 0), (20, 1), (100, 2)):
        found = features.customer_features(
            log(rows), CUTOFF, columns=["orders_year_before", "spend_year_before"], constants={"horizon_days": horizon}
        )
        assert found.iloc[0].tolist() == [orders, 10.0 * orders]


def test_the_country_is_that_of_the_last_line_that_names_one():
    found = features.customer_features(SHOP, CUTOFF, columns=["country"])["country"]
    assert found.tolist() == ["France", "Spain"]


def test_a_log_without_products_or_countries_leaves_their_columns_empty():
    bare = log([("ana", "1", "2024-02-10", 10.0, 1, None, None), ("bo", "2", "2024-02-11", 10.0, 1, None, None)])
    found = features.customer_features(bare, CUTOFF)
    assert found[["products_distinct", "product_top_share", "country"]].isna().all(axis=None)


@pytest.mark.parametrize("column", [feature.name for feature in features.FEATURES])
def test_orders_after_the_cutoff_change_nothing(column):
    before = shop_of_chance(1)
    cutoff = pd.Timestamp("2023-03-01 07:00")
    known = before[before["ordered_at"] < cutoff]
    # The future is as wild as can be: known and new customers, lines added to orders begun before, huge amounts.
    late = known.iloc[::3].assign(ordered_at=cutoff, amount=1e6, product="new", country="Mars")
    other = known.iloc[::5].assign(ordered_at=cutoff + pd.Timedelta(days=40), customer_id="late", order_id="late")
    wild = pd.concat([before, late, other]).sort_values("ordered_at", kind="stable", ignore_index=True)
    returned = known.iloc[::7].assign(amount=-5.0)
    later_returned = late.assign(amount=-5.0)
    early = features.customer_features(Log(known, returned), cutoff, columns=[column])
    wild_returns = pd.concat([returned, later_returned]).sort_values("ordered_at", kind="stable", ignore_index=True)
    again = features.customer_features(Log(wild, wild_returns), cutoff, columns=[column])
    pd.testing.assert_frame_equal(early, again, check_exact=True)


@pytest.mark.slow
def test_a_customer_alone_has_the_same_row_as_among_all():
    lines = shop_of_chance(2)
    cutoff = pd.Timestamp("2023-06-01")
    parameters = {
        "model": "bgnbd",
        "r": 0.3,
        "alpha": 4.0,
        "a": 0.8,
        "b": 2.4,
        "p": 6.0,
        "q": 4.0,
        "gamma": 15.0,
        "value": 30.0,
    }
    constants = {"btyd": parameters, "horizon_days": 60, "season": {"log_odds": [0.1] * 12, "log_spend": [0.2] * 12}}
    everybody = features.customer_features(Log(lines, lines.iloc[:0]), cutoff, constants=constants)
    for customer in everybody.index[::9]:
        own = lines[lines["customer_id"] == customer]
        alone = features.customer_features(Log(own, own.iloc[:0]), cutoff, constants=constants)
        pd.testing.assert_frame_equal(alone, everybody.loc[[customer]])


def test_columns_come_in_the_order_asked_for_and_a_name_that_is_no_feature_is_a_bug():
    asked = ["spend_30_days", "recency_days"]
    assert list(features.customer_features(SHOP, CUTOFF, columns=asked).columns) == asked
    with pytest.raises(KeyError, match="shoe_size"):
        features.customer_features(SHOP, CUTOFF, columns=["shoe_size"])


@pytest.mark.slow
def test_the_arguments_are_left_as_they_were():
    lines = shop_of_chance(3)
    copy = lines.copy(deep=True)
    features.customer_features(Log(lines, lines.iloc[:5]), CUTOFF)
    pd.testing.assert_frame_equal(lines, copy)


def test_the_future_counts_from_the_cutoff_to_the_horizon_for_known_customers():
    known = features.future(SHOP, CUTOFF, 30)
    assert known.to_dict("index") == {
        "ana": {"bought": True, "spend": 500.0, "orders": 1},
        "bo": {"bought": True, "spend": 9.0, "orders": 1},
    }
    assert features.future(SHOP, CUTOFF, 4)["bought"].tolist() == [False, True]
    assert features.future(SHOP, pd.Timestamp("2024-03-01 00:00:01"), 4)["bought"].tolist() == [False, False]


def test_the_default_cutoff_is_the_midnight_after_the_last_order():
    assert features.default_cutoff(SHOP) == pd.Timestamp("2024-03-21")


@pytest.mark.parametrize("parts", [12, 36])
def test_a_season_is_read_off_between_the_middles_of_parts_of_the_year(parts):
    season = [0.0] * parts
    season[0], season[-1] = 1.0, 3.0
    middle = pd.Timestamp("2025-01-01") + pd.Timedelta(days=365 / parts / 2)
    assert features.season_at(season, middle) == pytest.approx(1.0, abs=0.1)
    assert features.season_at(season, pd.Timestamp("2025-01-01")) == pytest.approx(2.0, abs=0.1)
    assert features.season_at(season, pd.Timestamp("2025-12-31")) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("nothing", [None, [], [1.0], "winter", [0.1] * 400])
def test_what_is_no_season_moves_nothing(nothing):
    assert features.season_at(nothing, pd.Timestamp("2024-01-01")) == 0


def test_every_feature_has_a_name_and_a_unit_in_every_language():
    for language in text.LANGUAGES:
        for feature in features.FEATURES:
            assert text.say(language, f"features.name.{feature.name}")
            assert text.say(language, f"features.unit.{feature.unit}")


def test_every_feature_says_where_it_comes_from_and_has_a_name_of_its_own():
    names = [feature.name for feature in features.FEATURES]
    assert len(set(names)) == len(names) >= 70
    assert all(feature.source for feature in features.FEATURES)


@pytest.mark.slow
def test_four_hundred_thousand_lines_take_less_than_a_second_of_processor():
    rng = np.random.default_rng(5)
    size = 400_000
    order = np.sort(rng.integers(0, 18_000, size))
    lines = pd.DataFrame(
        {
            "customer_id": pd.Series(rng.integers(0, 4_300, 18_000)[order].astype(str), dtype="str"),
            "order_id": pd.Series(order.astype(str), dtype="str"),
            "ordered_at": (pd.Timestamp("2023-01-01") + pd.to_timedelta(order * 29, unit="min")).astype(
                "datetime64[us]"
            ),
            "amount": rng.gamma(2, 10, size),
            "quantity": 1.0,
            "product": pd.Series(rng.integers(0, 4_000, size).astype(str), dtype="str"),
            "country": pd.Series(np.repeat("Spain", size), dtype="str"),
        }
    )
    begin = time.process_time()
    found = features.customer_features(Log(lines, lines.iloc[:0]), pd.Timestamp("2024-01-01"))
    assert len(found) > 4_000
    assert time.process_time() - begin < 1.0 * slowness()
