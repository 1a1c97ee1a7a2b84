"""Whom to contact: the best by expected value, by score or by segment, and who is held out as control group."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, NEXT_ORDER, ORDERS, PREDICTION, SPEND

VALUE = "expected_value"
"""Column: money that contacting this customer is expected to leave, after the cost of contacting."""

CONTROL = "control"
"""Column: selected, but not contacted, so that the effect can be measured later."""

BAND = "score_band"
"""Column: fifth of the selected customers by score, 1 for those selected first."""

BANDS = 5

STRATA = 10
"""Number of equal-sized strata of the selected customers, by score, from which the control group is drawn."""


@dataclass(frozen=True)
class Economics:
    """What one message costs and what one sale leaves, in the shop's currency."""

    cost: float = 0.5
    """Of contacting one customer."""
    margin: float = 0.3
    """Share of a sale that is left after goods and shipping, 0 to 1."""
    order_value: float = 0.0
    """Average order value; used where the scores are probabilities or numbers of orders."""
    uplift: float = 1.0
    """Share of the predicted sales that only happen because of the message, 0 to 1."""


@dataclass(frozen=True)
class Selection:
    """How to choose: exactly one of the four is given."""

    most: int | None = None
    """The k customers with the highest scores."""
    budget: float | None = None
    """As many of the best as the money pays for."""
    groups: tuple[int, ...] = ()
    """All customers in these segments."""
    worthwhile: bool = False
    """All customers whose expected value is above zero."""


def expected_value(scores: pd.DataFrame, economics: Economics) -> pd.Series:
    """Money that contacting each customer is expected to leave: sales × margin × uplift − cost.

    Expected sales are the predicted spend, or the probability to buy or the expected orders times the order value.
    Raises UserError for scores that say none of them.
    """
    if not 0 <= economics.margin <= 1 or not 0 <= economics.uplift <= 1 or economics.cost < 0:
        raise UserError("audience.bad_economics", margin=economics.margin, cost=economics.cost)
    if SPEND in scores.columns:
        sales = scores[SPEND].clip(lower=0)
    elif BUY_AGAIN in scores.columns:
        sales = scores[BUY_AGAIN] * economics.order_value
    elif ORDERS in scores.columns:
        sales = scores[ORDERS].clip(lower=0) * economics.order_value
    else:
        raise UserError("audience.no_value", found=[str(name) for name in scores.columns])
    return (sales * economics.margin * economics.uplift - economics.cost).rename(VALUE)


def choose(scores: pd.DataFrame, selection: Selection, economics: Economics | None = None) -> pd.DataFrame:
    """The selected rows of a table of scores, best first, with `expected_value` where there is one.

    Rows without a score are never selected. Of equal scores the one that comes first in the table goes first.
    """
    economics = economics or Economics()
    if selection.groups:
        return scores[scores[GROUP].isin(selection.groups)]
    valued = scores.assign(**{VALUE: expected_value(scores, economics)}).dropna(subset=[VALUE])
    ranked = valued.sort_values(VALUE, ascending=False, kind="stable")
    if selection.worthwhile:
        return ranked[ranked[VALUE] > 0]
    if selection.budget is not None:
        affordable = len(ranked) if economics.cost == 0 else int(selection.budget / economics.cost + 1e-9)
        return ranked.head(max(0, affordable))
    return ranked.head(selection.most or 0)


def choose_by(scores: pd.DataFrame, column: str, *, most: int, highest: bool = True) -> pd.DataFrame:
    """The `most` customers with the highest (or lowest) values of a column, best first; rows without one are left
    out."""
    ranked = scores.dropna(subset=[column]).sort_values(column, ascending=not highest, kind="stable")
    return ranked.head(most)


def score_column(scores: pd.DataFrame) -> str | None:
    """The column that ranks customers, for bands and strata; None where the scores have no order, as segments."""
    for column in (VALUE, BUY_AGAIN, SPEND, ORDERS, NEXT_ORDER[0], PREDICTION):
        if column in scores.columns and pd.api.types.is_numeric_dtype(scores[column].dtype):
            return column
    shares = [name for name in scores.columns if str(name).startswith("probability_")]
    return str(shares[-1]) if shares else None


def with_bands(chosen: pd.DataFrame) -> pd.DataFrame:
    """The selected customers with `score_band`: equal fifths by score; 1 for all without a score.

    Band 1 has the highest scores, or the lowest where the rows begin with those, as the soonest next orders.
    """
    column = score_column(chosen)
    if column is None or not len(chosen):
        return chosen.assign(**{BAND: 1})
    lowest_first = bool(len(chosen) > 1 and chosen[column].is_monotonic_increasing)
    order = chosen[column].rank(ascending=lowest_first, method="first") - 1
    bands = np.minimum((order * BANDS // len(chosen)).astype("int64") + 1, BANDS)
    return chosen.assign(**{BAND: bands})


def assign_control(
    customers: Sequence[str] | pd.Series,
    share: float,
    *,
    score: pd.Series | None = None,
    seed: str = "",
    persons: Sequence[str] | None = None,
) -> pd.Series:
    """Who is held out as control group: exactly the rounded `share` of the persons, spread evenly over the scores.

    `persons`: what says that several customers are one person, such as their e-mail; they are held out or contacted
    together. Without it each customer is one. A person's score is the highest of its customers'.

    Within each of `STRATA` equal parts by score, persons are ordered by SHA-256 of `seed` and customer: the same
    customers and seed give the same control group, in whatever order they come. Returns bool, named `control`, in the
    order of `customers`. Raises UserError where `share` is not in [0, 1).
    """
    if not 0 <= share < 1:
        raise UserError("audience.bad_share", share=share)
    names = [str(customer) for customer in customers]
    index = customers.index if isinstance(customers, pd.Series) else pd.RangeIndex(len(names))
    table = pd.DataFrame(
        {
            "name": names,
            "score": 0.0 if score is None else score.to_numpy(dtype="float64"),
            "person": range(len(names)) if persons is None else list(persons),
        }
    )
    units = table.groupby("person", sort=False).agg(name=("name", "min"), score=("score", "max"))
    units["drawn"] = [hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest() for name in units["name"]]
    drawn = units["drawn"].tolist()
    order = units.reset_index().sort_values(["score", "drawn"], ascending=[False, True], kind="stable").index.to_numpy()
    control = np.zeros(len(units), dtype=bool)
    wanted = int(share * len(units) + 0.5)
    strata = [stratum for stratum in np.array_split(order, min(STRATA, max(1, wanted))) if len(stratum)]
    ends = np.cumsum([len(stratum) for stratum in strata])
    quotas = np.diff(np.floor(ends * (wanted / max(1, len(units))) + 0.5), prepend=0).astype("int64")
    for stratum, quota in zip(strata, quotas, strict=True):
        by_chance = sorted(stratum, key=lambda place: drawn[place])
        control[by_chance[:quota]] = True
    held = pd.Series(control, index=units.index)
    return pd.Series(held.loc[table["person"]].to_numpy(), index=index, name=CONTROL, dtype="bool")


def persons_of(customers: pd.Series, emails: Mapping[str, str]) -> list[str]:
    """Each customer's e-mail in one spelling, else the customer: those with the same are one person for a campaign."""
    found = []
    for customer in customers.astype("str").tolist():
        mail = (emails.get(customer) or (customer if "@" in customer else "")).strip()
        found.append(f"mail {mail.casefold()}" if mail else f"customer {customer}")
    return found


def customers_of(chosen: pd.DataFrame) -> pd.Series:
    """The ids of the selected customers, as text."""
    return chosen[CUSTOMER_ID].astype("str")
