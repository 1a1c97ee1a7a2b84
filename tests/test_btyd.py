"""The BTYD models against what their authors published and against shops whose truth is known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib import btyd


def cdnow(shared: Path) -> pd.DataFrame:
    """Purchase days of the sample of the BG/NBD paper: customer, day, money of the day."""
    names = ["full", "customer", "date", "pieces", "money"]
    raw = pd.read_csv(shared / "cdnow_sample" / "CDNOW_sample.txt", sep=r"\s+", header=None, names=names)
    day = pd.to_datetime(raw["date"].astype(str), format="%Y%m%d")
    return raw.assign(day=day).groupby(["customer", "day"], as_index=False)["money"].sum()


def history(days: pd.DataFrame, end: str) -> btyd.History:
    watched = days[days["day"] <= end]
    first = watched.groupby("customer")["day"].min()
    repeats = watched[watched["day"] > watched["customer"].map(first)]
    last = watched.groupby("customer")["day"].max()
    return btyd.History(
        repeats=repeats.groupby("customer").size().reindex(first.index, fill_value=0).to_numpy(float),
        last_week=((last - first).dt.days / 7).to_numpy(float),
        weeks=((pd.Timestamp(end) - first).dt.days / 7).to_numpy(float),
        value=repeats.groupby("customer")["money"].mean().reindex(first.index).to_numpy(float),
    )


def shop_by_the_book(seed: int, customers: int = 4000, weeks: float = 60.0) -> tuple[btyd.History, np.ndarray]:
    """Customers who behave exactly as BG/NBD assumes, watched for `weeks`, and what each did in the 20 weeks after."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.6, 1 / 5.0, customers)
    leave = rng.beta(0.9, 2.5, customers)
    watched = rng.uniform(20, weeks, customers)
    repeats, last, later = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    now = np.zeros(customers)
    alive = np.ones(customers, dtype=bool)
    while alive.any():
        now = now + rng.exponential(1 / rate)
        seen = alive & (now <= watched)
        repeats[seen] += 1
        last[seen] = now[seen]
        later[alive & (now > watched) & (now <= watched + 20)] += 1
        alive &= (now <= watched + 20) & (rng.random(customers) > leave)
    return btyd.History(repeats, last, watched, np.where(repeats > 0, 30.0, np.nan)), later


def test_the_cdnow_sample_gives_the_published_parameters(shared):
    found = btyd.fit(history(cdnow(shared), "1997-09-30"), models=("bgnbd",))
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=1e-3)
    assert found.log_likelihood * 2357 == pytest.approx(-9582.4, abs=0.1)


def test_the_cdnow_sample_gives_the_published_values(shared):
    """Gamma-Gamma note: p 6.25, q 3.74, γ 15.44; the 946 repeat buyers have a mean of about 35."""
    found = btyd.fit(history(cdnow(shared), "1997-09-30"))
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)


def test_expected_orders_follow_the_published_example():
    """The paper's spreadsheet: with x = 2, t_x = 30.43, T = 38.86, 1.226 purchases are expected in 39 weeks."""
    parameters = btyd.BtydParameters("bgnbd", 0.243, 4.414, 0.793, 2.426, None, None, None, 0.0, 0.0)
    customer = btyd.History(np.array([2.0]), np.array([30.43]), np.array([38.86]), np.array([20.0]))
    found = btyd.outlook(parameters, customer, 39.0)
    assert found.orders[0] == pytest.approx(1.226, abs=2e-3)
    assert found.alive[0] == pytest.approx(0.7266, abs=1e-3)


def test_expected_orders_of_the_cdnow_holdout_are_near_what_was_bought(shared):
    days = cdnow(shared)
    watched = history(days, "1997-09-30")
    found = btyd.outlook(btyd.fit(watched, models=("bgnbd",)), watched, 39.0)
    bought = (days["day"] > "1997-09-30").sum()
    assert found.orders.sum() == pytest.approx(bought, rel=0.13)
    assert found.chance.sum() == pytest.approx(684, rel=0.12)


@pytest.mark.parametrize("seed", [1, 2])
def test_customers_by_the_book_are_understood(seed):
    watched, later = shop_by_the_book(seed)
    found = btyd.fit(watched, models=("bgnbd",))
    assert found.r == pytest.approx(0.6, rel=0.15)
    assert found.alpha == pytest.approx(5.0, rel=0.25)
    outlook = btyd.outlook(found, watched, 20.0)
    assert outlook.orders.sum() == pytest.approx(later.sum(), rel=0.06)
    assert outlook.chance.sum() == pytest.approx((later > 0).sum(), rel=0.06)


def test_the_likelier_model_is_taken():
    watched, _ = shop_by_the_book(3)
    both = {model: btyd.fit(watched, models=(model,)).log_likelihood for model in btyd.MODELS}
    assert btyd.fit(watched).model == max(both, key=lambda model: both[model]) == "bgnbd"


def test_gamma_gamma_finds_what_it_assumes():
    rng = np.random.default_rng(4)
    repeats = rng.integers(1, 12, 6000).astype(float)
    scale = rng.gamma(4.0, 1 / 15.0, 6000)
    value = rng.gamma(6.0 * repeats, 1 / (scale * repeats))
    weeks = np.full(6000, 50.0)
    found = btyd.fit(btyd.History(repeats, weeks * 0.9, weeks, value))
    assert (found.p, found.q, found.gamma) == pytest.approx((6.0, 4.0, 15.0), rel=0.1)


def test_a_customer_without_repeats_is_expected_to_spend_the_mean_of_all():
    parameters = btyd.BtydParameters("bgnbd", 0.243, 4.414, 0.793, 2.426, 6.25, 3.74, 15.44, 35.0, 0.0)
    customers = btyd.History(
        np.array([0.0, 4.0]), np.array([0.0, 20.0]), np.array([30.0, 30.0]), np.array([np.nan, 100.0])
    )
    found = btyd.outlook(parameters, customers, 10.0).value
    assert found[0] == pytest.approx(6.25 * 15.44 / 2.74)
    assert found[0] < found[1] < 100


def test_odd_shops_give_finite_numbers():
    rng = np.random.default_rng(6)
    ones = np.ones(50)
    nobody_again = btyd.History(ones * 0, ones * 0, rng.uniform(1, 50, 50), ones * np.nan)
    clockwork = btyd.History(ones * 100, ones * 100, ones * 100, ones * 7)
    newborn = btyd.History(ones * 0, ones * 0, ones * 0, ones * np.nan)
    for shop in (nobody_again, clockwork, newborn):
        found = btyd.outlook(btyd.fit(shop), shop, 13.0)
        for share in (found.alive, found.chance):
            assert np.all((share >= 0) & (share <= 1))
        assert np.all(np.isfinite(found.orders) & (found.orders >= 0))
    assert btyd.outlook(btyd.fit(nobody_again), nobody_again, 13.0).chance.max() < 0.05
    assert btyd.outlook(btyd.fit(clockwork), clockwork, 13.0).orders == pytest.approx(13.0, rel=0.1)


def test_parameters_survive_the_card_and_a_strangers_are_checked():
    watched, _ = shop_by_the_book(5, customers=300)
    found = btyd.fit(watched)
    assert btyd.BtydParameters.from_plain(found.to_plain()) == found
    for wrong in ({"r": "1"}, {"alpha": 0.0}, {"a": float("nan")}, {"model": "os.system"}, {"q": -1.0}, {"b": True}):
        with pytest.raises(ValueError, match="BTYD"):
            btyd.BtydParameters.from_plain(found.to_plain() | wrong)


def test_the_log_of_the_paper_is_answered_as_well_as_published(shared: Path) -> None:
    """39 weeks learnt, 39 predicted: the paper's BG/NBD has a mean error of .786 and a correlation of .626 here."""
    days = cdnow(shared)
    known = history(days, "1997-09-30")
    predicted = btyd.outlook(btyd.fit(known), known, 39.0).orders
    customers = np.sort(days.loc[days["day"] <= "1997-09-30", "customer"].unique())
    actual = days[days["day"] > "1997-09-30"].groupby("customer").size().reindex(customers).fillna(0).to_numpy()
    assert np.abs(predicted - actual).mean() <= 0.765
    assert np.corrcoef(predicted, actual)[0, 1] >= 0.627
