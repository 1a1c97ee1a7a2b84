"""What changed since a project was saved: figures, segments, models and campaigns, from the orders as they are now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from lib.audience import Effect, measure_effect
from lib.changes.figures import (
    PeriodFigures,
    Reasons,
    Revised,
    figures_of,
    moved,
    periods,
    reasons_of,
    revised,
    segment_sizes,
)
from lib.changes.models import ModelMonth, model_month
from lib.errors import UserError
from lib.features import default_cutoff
from lib.insights import History, prepare
from lib.orders import Orders, hash_ids
from lib.project import Campaign, Project, check_key, needs_hashes

USUAL_DAYS = 30
"""The period, where the project has no figures of its own day."""

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and the name of the model that is next."""


@dataclass(frozen=True)
class CampaignEffect:
    """A campaign and its effect, or why there is none yet."""

    name: str
    effect: Effect | None = None
    error: UserError | None = None


@dataclass(frozen=True)
class Changes:
    """Everything that changed since `since`."""

    since: pd.Timestamp
    until: pd.Timestamp
    currency: str
    now: PeriodFigures
    before: PeriodFigures | None
    """None where the history does not reach back as many days."""
    reasons: Reasons | None
    revised: Revised | None
    sizes: pd.DataFrame
    """`segment, before, now`: customers by segment of Explore."""
    moved: pd.DataFrame
    """`customer_id, before, now, …`: customers whose segment changed."""
    models: tuple[ModelMonth, ...] = ()
    campaigns: tuple[CampaignEffect, ...] = ()

    @property
    def at_risk(self) -> pd.DataFrame:
        """The customers who moved to At risk, most money first."""
        return self.moved[(self.moved["now"] == "at_risk").to_numpy()].reset_index(drop=True)


def since_of(project: Project, orders: Orders) -> pd.Timestamp:
    """The moment from which changes count: when the project was saved, else 30 days before the end."""
    if project.snapshot is not None:
        return pd.Timestamp(project.snapshot.until)
    return default_cutoff(orders) - pd.Timedelta(days=USUAL_DAYS)


def what_changed(
    project: Project,
    orders: Orders,
    *,
    since: pd.Timestamp,
    key: bytes = b"",
    language: str = "en",
    history: History | None = None,
    progress: Progress = lambda share, name: None,
) -> Changes:
    """The changes since `since` (midnight), from a whole order history. Raises UserError where no order follows it.

    `key`: the secret by which customers of campaigns are recognised. `history`: the orders, where they are prepared
    already.
    """
    history = history or prepare(orders.lines, orders.returns)
    view, earlier = periods(history, since)
    now = figures_of(view)
    before = figures_of(earlier) if earlier is not None else None
    models = []
    for number, model in enumerate(project.models):
        progress(number / len(project.models), model.name)
        models.append(model_month(model, orders, since, language=language))
    return Changes(
        since,
        history.end,
        orders.currency,
        now,
        before,
        reasons_of(now, before) if before is not None else None,
        revised(history, project.snapshot) if project.snapshot is not None else None,
        segment_sizes(history, since),
        moved(history, since),
        tuple(models),
        effects_of(project, orders, key),
    )


def effects_of(project: Project, orders: Orders, key: bytes) -> tuple[CampaignEffect, ...]:
    """The effect of every campaign of the project on these orders."""
    if not project.campaigns:
        return ()
    try:
        check_key(project, key)
        if not key and not needs_hashes(project):
            raise UserError("project.needs_key")
    except UserError as error:
        return tuple(CampaignEffect(one.name, error=error) for one in project.campaigns)
    hashed = orders if needs_hashes(project) else hash_ids(orders, key)
    return tuple(_effect(one, hashed) for one in project.campaigns)


def _effect(campaign: Campaign, orders: Orders) -> CampaignEffect:
    try:
        found = measure_effect(campaign.customers, orders, start=campaign.start, days=campaign.days, cost=campaign.cost)
    except UserError as error:
        return CampaignEffect(campaign.name, error=error)
    return CampaignEffect(campaign.name, found)
