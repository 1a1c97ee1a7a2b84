"""Weights from held-out windows, levels that last as long as a season, differences beyond noise."""

import numpy as np
import pytest

from lib.training import stacking


def windows(slope: float, *, customers: int = 4000, count: int = 2, seed: int = 0) -> tuple[list, list]:
    """A member that knows, one that guesses, and buyers whose log odds are `slope` times what the first says."""
    rng = np.random.default_rng(seed)
    columns, bought = [], []
    for level in range(count):
        knows = rng.normal(size=customers)
        chance = stacking.sigmoid(slope * knows - level)
        columns.append(np.column_stack((knows, rng.normal(size=customers))))
        bought.append((rng.random(customers) < chance).astype(float))
    return columns, bought


def test_a_member_that_knows_counts_more_than_one_that_guesses():
    weights = stacking.chance_weights(*windows(1.0), np.array([0.5, 0.5]))
    assert weights[0] > 0.8
    assert weights[1] < 0.2


def test_members_that_are_too_bold_are_held_back_and_too_shy_ones_encouraged():
    bold = stacking.chance_weights(*windows(0.5), np.array([1.0, 0.0]))
    shy = stacking.chance_weights(*windows(1.4), np.array([1.0, 0.0]))
    assert bold[0] == pytest.approx(0.5, abs=0.15)
    assert shy[0] == pytest.approx(1.4, abs=0.15)


def test_few_customers_move_the_weights_little_and_none_not_at_all():
    assumed = np.array([0.5, 0.5])
    few = stacking.chance_weights(*windows(1.0, customers=40, count=1), assumed)
    assert np.abs(few - assumed).max() < 0.1
    assert stacking.chance_weights([], [], assumed) is assumed
    assert stacking.amount_weights([], [], assumed) is assumed


def test_customers_of_whom_hardly_anybody_is_unsure_do_not_outvote_the_window():
    """Where nearly all customers buy, the prior weights counted as if half of all outcomes were uncertain."""
    rng = np.random.default_rng(3)
    odds = rng.normal(6, 2, 4_000)
    bought = (rng.random(4_000) < 1 / (1 + np.exp(-2 * odds + 6))).astype(float)
    assert bought.mean() > 0.9
    (weight,) = stacking.chance_weights([odds[:, None]], [bought], np.array([1.0]))
    assert weight > 1.3, "the window says two, and 1.5 is the most"


def test_what_hardly_differs_between_customers_keeps_its_weight():
    columns, bought = windows(1.0)
    flat = [np.column_stack((column[:, 0], 1e-3 * column[:, 1])) for column in columns]
    assert stacking.chance_weights(flat, bought, np.array([0.9, 0.1]))[1] == pytest.approx(0.1, abs=0.02)


def test_the_level_of_a_window_says_nothing_about_weights():
    columns, bought = windows(1.0)
    moved = [column + 5 for column in columns]
    same = stacking.chance_weights(columns, bought, np.array([0.5, 0.5]))
    assert stacking.chance_weights(moved, bought, np.array([0.5, 0.5])) == pytest.approx(same, abs=0.01)


def test_amounts_are_weighed_likewise():
    rng = np.random.default_rng(1)
    knows = rng.normal(size=4000)
    came = rng.poisson(np.exp(0.7 * knows)) * rng.lognormal(3, 0.5, 4000)
    columns = np.column_stack((knows, rng.normal(size=4000)))
    weights = stacking.amount_weights([columns], [came], np.array([0.5, 0.5]))
    assert weights[0] == pytest.approx(0.7, abs=0.15)
    assert weights[1] < 0.2


def test_a_shift_makes_chances_add_up():
    odds = np.array([-3.0, 0.0, 2.0])
    assert stacking.sigmoid(odds + stacking.shift(odds, 2.0)).sum() == pytest.approx(2.0)
    added, error = stacking.chance_offset(np.zeros(100), np.array([1.0] * 75 + [0.0] * 25))
    assert added == pytest.approx(np.log(3))
    assert error == pytest.approx(1 / np.sqrt(100 * 0.75 * 0.25))


def test_twice_the_money_is_a_drift_of_log_two():
    assert stacking.amount_offset(np.zeros(50), np.full(50, 2.0))[0] == pytest.approx(np.log(2))
    assert stacking.amount_offset(np.zeros(50), np.zeros(50)) == (0.0, float("inf"))


@pytest.mark.parametrize(("days", "share"), [(1, 1.0), (30, 0.87), (60, 0.51), (91, 0.0), (180, 0.0), (365, 0.0)])
def test_the_latest_level_lasts_as_long_as_a_yearly_wave(days, share):
    # Longer windows average the wave out, and a year later it is the season that knows.
    assert stacking.level_persistence(days) == pytest.approx(share, abs=0.01)


def test_a_season_is_learnt_from_waves_and_not_from_noise():
    days = list(range(1, 366, 28))
    wave = np.cos(2 * np.pi * (np.array(days) - 1) / 365)
    found = stacking.season(days, wave, np.full(len(days), 0.05))
    assert len(found) == stacking.SEASON_PARTS
    assert found[0] > 0.8
    assert found[stacking.SEASON_PARTS // 2] < -0.8
    assert stacking.season(days, 0.05 * wave, np.full(len(days), 0.05)) == ()


def test_a_season_keeps_the_level_that_makes_sums_right():
    """The mean of the drift is no part of the season: taken away, sums over the year would be off by as much."""
    days = list(range(1, 366, 28))
    wave = np.cos(2 * np.pi * (np.array(days) - 1) / 365) - 0.2
    assert np.mean(stacking.season(days, wave, np.full(len(days), 0.01))) == pytest.approx(-0.2, abs=0.05)


def test_half_of_what_a_year_brought_goes_on_and_less_where_it_may_be_chance():
    days = np.arange(0, 391, 30.0)
    drift = 0.4 * days / 365.25
    assert stacking.year_on_year(days, drift, np.full(len(days), 0.01)) == pytest.approx(0.2, abs=0.01)
    assert stacking.year_on_year(days, drift, np.full(len(days), 0.3)) < 0.03
    assert stacking.year_on_year(days[:6], drift[:6], np.full(6, 0.01)) == 0, "no year"
    wave = np.cos(2 * np.pi * days / 365.25)
    assert stacking.year_on_year(days, wave, np.full(len(days), 0.01)) == pytest.approx(0, abs=0.02), "a season"


def test_experience_counts_more_the_more_windows_it_has_seen():
    assert stacking.level_trust(0) == 0
    assert stacking.level_trust(1) == 0.5
    assert stacking.level_trust(5) > 0.8


def test_better_means_more_than_noise_and_more_than_next_to_nothing():
    rng = np.random.default_rng(2)
    loss = rng.exponential(1, 5000)
    assert stacking.significantly_better([loss - 0.1], [loss])
    assert not stacking.significantly_better([loss], [loss])
    assert not stacking.significantly_better([loss - 0.001], [loss]), "sure, but next to nothing"
    assert stacking.significantly_better([loss - 0.001], [loss], min_gain=0.0), (
        "sure is enough, where nothing more is asked"
    )
    assert not stacking.significantly_better([rng.exponential(0.9, 30)], [rng.exponential(1, 30)]), "few customers"


def test_losses_do_not_punish_a_wrong_level():
    rng = np.random.default_rng(3)
    odds, bought = rng.normal(size=500), (rng.random(500) < 0.5).astype(float)
    assert stacking.chance_losses(odds + 1, bought) == pytest.approx(stacking.chance_losses(odds, bought))
    came = rng.exponential(10, 500)
    assert stacking.amount_losses(odds + 1, came) == pytest.approx(stacking.amount_losses(odds, came))
