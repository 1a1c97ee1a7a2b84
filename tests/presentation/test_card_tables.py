"""Tables of a card against an independent computation from the customers themselves."""

from dataclasses import replace

import numpy as np
from sklearn.metrics import confusion_matrix, roc_curve

from lib.card import Card, ColumnEvaluation
from lib.card.evaluation import Threshold
from lib.evaluation.curves import gains
from lib.presentation import card_tables

DRAW = np.random.default_rng(2)
YES = (DRAW.random(4_000) < 0.3).astype(float)
CHANCE = 0.25 * YES + DRAW.random(4_000) * 0.7


def card_of(yes: np.ndarray, chance: np.ndarray, least: float) -> Card:
    flagged = chance >= least
    cut = Threshold(
        least,
        1.0,
        1.0,
        flagged=float(flagged.mean()),
        found=float(flagged[yes > 0].mean()),
        right=float(yes[flagged].mean()),
        cost=0.0,
    )
    evaluation = ColumnEvaluation(
        task="yes_no", customers=len(yes), base_rate=float(yes.mean()), gains=gains(chance, yes), threshold=cut
    )
    return Card("target", "linear", (), len(yes), classes=("no", "yes"), evaluation=evaluation)


def test_the_roc_curve_is_that_of_scikit_learn_at_the_points_of_the_gains_curve() -> None:
    points = card_tables.roc(card_of(YES, CHANCE, 0.5))
    false_alarms, found, _ = roc_curve(YES, CHANCE, drop_intermediate=False)
    assert len(points) == 21
    for at in points.itertuples():
        # Where the curve is level or upright, one of the two is ambiguous.
        beside = abs(at.false_alarms - np.interp(at.found, found, false_alarms))
        above = abs(at.found - np.interp(at.false_alarms, false_alarms, found))
        assert min(beside, above) < 0.006


def test_the_confusion_matrix_of_a_yes_or_no_counts_the_customers_at_the_threshold() -> None:
    names, counts = card_tables.confusion(card_of(YES, CHANCE, 0.5), "en")
    assert names == ["No", "Yes"]
    assert counts.to_numpy().tolist() == confusion_matrix(YES, CHANCE >= 0.5).tolist()


def test_a_model_of_a_number_has_neither() -> None:
    card = card_of(YES, CHANCE, 0.5)
    card = replace(card, evaluation=replace(card.evaluation, task="number", threshold=None))
    assert card_tables.roc(card).empty
    assert card_tables.confusion(card, "en")[1].empty
