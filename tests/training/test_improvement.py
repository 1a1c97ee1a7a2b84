"""The gain of a thorough model over the quick one, on the customers that both were measured on."""

import numpy as np
import pandas as pd
import pytest

from lib.card import Card
from lib.training import Trained
from lib.training.improvement import improvement


def measured(losses: pd.Series) -> Trained:
    return Trained(None, Card("target", "linear", (), 10), pd.DataFrame(), losses=losses)  # type: ignore[arg-type]


def test_the_share_is_that_of_the_mean_loss_of_the_customers_in_common() -> None:
    before = pd.Series(1.0, index=range(100))
    after = pd.Series(np.where(np.arange(50, 150) % 2, 0.7, 0.9), index=range(50, 150))
    found = improvement(measured(before), measured(after))
    assert found.customers == 50
    assert found.share == pytest.approx(0.2, abs=0.001)
    assert found.probability == 1.0


@pytest.mark.slow
def test_the_probability_agrees_with_resampling_the_customers() -> None:
    draw = np.random.default_rng(1)
    before = pd.Series(draw.gamma(2, 0.3, 400))
    after = before - draw.normal(0.01, 0.2, 400)
    gain = (before - after).to_numpy()
    resampled = np.mean([draw.choice(gain, 400).mean() > 0 for _ in range(4_000)])
    found = improvement(measured(before), measured(after))
    assert found.probability == pytest.approx(resampled, abs=0.03)


def test_the_same_pipeline_and_too_few_customers_give_no_figures() -> None:
    few = measured(pd.Series([1.0, 2.0]))
    assert improvement(few, few, same=True).same
    assert improvement(few, few).share is None
