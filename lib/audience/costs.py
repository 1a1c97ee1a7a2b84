"""What wrong answers cost, and from which probability acting pays off."""

import pandas as pd


def cost_curve(gains: pd.DataFrame, base_rate: float, *, missed: float, false_alarm: float) -> pd.DataFrame:
    """Cost of mistakes per 100 customers if the k highest-scored customers are contacted, for each k: `share_customers,
    share_reached, right, cost`.

    `gains`: `share_customers, share_reached`, from no customer to all, as measured; `base_rate` is the share of
    positive outcomes among all customers. `right` is the share of positive outcomes among those contacted.
    """
    acted, reached = gains["share_customers"], gains["share_reached"]
    hit = base_rate * reached
    return gains.assign(
        right=(hit / acted.where(acted > 0)).clip(upper=1.0),
        cost=100 * (missed * (base_rate - hit) + false_alarm * (acted - hit).clip(lower=0)),
    )


def best_cut(curve: pd.DataFrame, *, missed: float, false_alarm: float) -> dict[str, float]:
    """The minimum of `cost_curve`: the probability `chance` from which contacting pays off, and the shares `flagged`,
    `found` and `right`."""
    best = curve.loc[curve["cost"].idxmin()]
    return {
        "chance": false_alarm / (missed + false_alarm),
        "flagged": float(best["share_customers"]),
        "found": float(best["share_reached"]),
        "right": float(best["right"]) if best["share_customers"] > 0 else 0.0,
    }
