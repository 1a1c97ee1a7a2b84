"""From score to action: whom to write to, who is held back to measure the effect, and files for the mailing tools."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import UserError
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP, SPEND

VALUE = "expected_value"
"""Column: money that writing to this customer is expected to leave, after the cost of writing."""

HELD_BACK = "held_back"
"""Column: chosen, but not written to, so that the effect can be measured later."""


@dataclass(frozen=True)
class Economics:
    """What one message costs and what one sale leaves, in the shop's currency."""

    cost: float = 0.5
    """Of writing to one customer."""
    margin: float = 0.3
    """Share of a sale that is left after goods and shipping, 0 to 1."""
    order_value: float = 0.0
    """Average sale; used where the scores are chances and say no amount."""
    uplift: float = 1.0
    """Share of the predicted sales that only happen because of the message, 0 to 1."""


@dataclass(frozen=True)
class Selection:
    """How to choose: exactly one of the three is given."""

    most: int | None = None
    """The best so many customers."""
    budget: float | None = None
    """As many of the best as the money pays for."""
    groups: tuple[int, ...] = ()
    """Everybody in these groups."""
    worthwhile: bool = False
    """Everybody whose expected value is above zero."""


def expected_value(scores: pd.DataFrame, economics: Economics) -> pd.Series:
    """Money that writing to each customer is expected to leave: sales × margin × uplift − cost.

    Expected sales are the predicted spend, or the chance to buy times the order value. Raises UserError for scores
    that say neither.
    """
    if not 0 <= economics.margin <= 1 or not 0 <= economics.uplift <= 1 or economics.cost < 0:
        raise UserError("audience.bad_economics", margin=economics.margin, cost=economics.cost)
    if SPEND in scores.columns:
        sales = scores[SPEND].clip(lower=0)
    elif BUY_AGAIN in scores.columns:
        sales = scores[BUY_AGAIN] * economics.order_value
    else:
        raise UserError("audience.no_value", found=[str(name) for name in scores.columns])
    return (sales * economics.margin * economics.uplift - economics.cost).rename(VALUE)


def choose(scores: pd.DataFrame, selection: Selection, economics: Economics | None = None) -> pd.DataFrame:
    """The chosen rows of a table of scores, best first, with `expected_value` where it can be told.

    Rows without a score are never chosen. Of equal scores the one that stands first in the table goes first.
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


def hold_back(customers: pd.Series, share: float, *, campaign: str = "") -> pd.Series:
    """Whether each customer is held back: a random `share`, the same customers whenever the same campaign asks.

    Chance comes from SHA-256 of campaign and customer, so nothing need be stored to know later who was held back.
    """
    if not 0 <= share < 1:
        raise UserError("audience.bad_share", share=share)
    limit = int(share * 2**32)
    return pd.Series(
        [
            int.from_bytes(hashlib.sha256(f"{campaign}\0{customer}".encode()).digest()[:4]) < limit
            for customer in customers
        ],
        index=customers.index,
        name=HELD_BACK,
        dtype="bool",
    )


def with_emails(chosen: pd.DataFrame, emails: Mapping[str, str]) -> pd.DataFrame:
    """The chosen customers with their e-mail; those without one are left out.

    `emails` maps customer to e-mail. A customer whose id is an e-mail needs no entry.
    """
    ids = chosen[CUSTOMER_ID].astype("str")
    found = ids.map(dict(emails)).where(lambda mail: mail.notna(), ids.where(ids.str.contains("@", regex=False)))
    return chosen.assign(email=found.astype("object"))[found.notna().to_numpy()]


@dataclass(frozen=True)
class AudienceFile:
    """A file that a mailing tool takes in. `build` gets the chosen customers with an `email` column."""

    key: str
    suffix: str
    build: Callable[[pd.DataFrame, str], pd.DataFrame]


def _klaviyo(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Klaviyo's list import: `Email`, then custom properties by any name."""
    return pd.DataFrame({"Email": chosen["email"], **_properties(chosen), "Brine Campaign": campaign})


def _mailchimp(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Mailchimp's contact import: `Email Address` and `Tags`."""
    return pd.DataFrame({"Email Address": chosen["email"], "Tags": campaign, **_properties(chosen)})


def _meta(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Meta's customer list: SHA-256 of the trimmed e-mail in small letters, and a value for lookalikes."""
    listed = pd.DataFrame({"email": [hashed_email(mail) for mail in chosen["email"]]}, index=chosen.index)
    if SPEND in chosen.columns:
        listed["value"] = chosen[SPEND].clip(lower=0).round(2)
    return listed


def hashed_email(email: str) -> str:
    """An e-mail as advertising platforms ask for it: trimmed, in small letters, SHA-256, hexadecimal."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def _properties(chosen: pd.DataFrame) -> dict[str, pd.Series]:
    named = {BUY_AGAIN: "Brine Chance", SPEND: "Brine Spend", "group_name": "Brine Group"}
    return {title: chosen[name] for name, title in named.items() if name in chosen.columns}


AUDIENCE_FILES: tuple[AudienceFile, ...] = (
    AudienceFile("klaviyo", ".csv", _klaviyo),
    AudienceFile("mailchimp", ".csv", _mailchimp),
    AudienceFile("meta", ".csv", _meta),
)
"""Every tool on offer."""


def measured_effect(bought: np.ndarray, held_back: np.ndarray) -> tuple[float, float, float]:
    """What the message did: difference of the shares that bought (written to − held back) and its 95 % interval."""
    written, kept = bought[~held_back], bought[held_back]
    if not len(written) or not len(kept):
        raise UserError("audience.no_hold_back")
    difference = float(written.mean() - kept.mean())
    spread = float(np.sqrt(written.var() / len(written) + kept.var() / len(kept)))
    return difference, difference - 1.96 * spread, difference + 1.96 * spread


def cost_curve(gains: pd.DataFrame, base_rate: float, *, missed: float, false_alarm: float) -> pd.DataFrame:
    """What mistakes cost per 100 customers if the best so many are acted on: `share_customers, share_reached, right,
    cost`.

    `gains`: `share_customers, share_reached`, from nobody to everybody, as measured; `base_rate` is the share of all
    customers that it is about. `right` is the share of those acted on that it is about.
    """
    acted, reached = gains["share_customers"], gains["share_reached"]
    hit = base_rate * reached
    return gains.assign(
        right=(hit / acted.where(acted > 0)).clip(upper=1.0),
        cost=100 * (missed * (base_rate - hit) + false_alarm * (acted - hit).clip(lower=0)),
    )


def best_cut(curve: pd.DataFrame, *, missed: float, false_alarm: float) -> dict[str, float]:
    """Where `cost_curve` is cheapest: `chance` from which on acting is worth it, and the shares `flagged`, `found` and
    `right`."""
    best = curve.loc[curve["cost"].idxmin()]
    return {
        "chance": false_alarm / (missed + false_alarm),
        "flagged": float(best["share_customers"]),
        "found": float(best["share_reached"]),
        "right": float(best["right"]) if best["share_customers"] > 0 else 0.0,
    }
