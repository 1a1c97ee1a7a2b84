"""The card of a grouping: its groups described, its figures, and its stability a month later."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from lib.card import Card, GroupCandidate, GroupsEvaluation, MonthLater
from lib.features import FEATURES
from lib.segments import RFM, Later, Profile, agreement, describe_groups, keep_names, migration
from lib.training import Question, Trained
from lib.training.clustering import CandidateSearch
from lib.training.describe import describe
from lib.training.grouping import Measured

MONTH_DAYS = 30

MIN_CERTAIN_CUSTOMERS = 200
"""With fewer, the card says that the groups may change whatever their figures are."""


def groups_card(
    search: CandidateSearch,
    shipped: tuple[Pipeline, pd.DataFrame],
    measured: list[Measured],
    chosen: Measured,
    question: Question,
) -> Trained:
    """The model that is shipped, with its card; `shipped`: the pipeline and the columns that it has learnt from."""
    data = search.data
    pipeline, example = shipped

    def place(table: pd.DataFrame) -> pd.Series:
        return pd.Series(np.asarray(pipeline.predict(table[list(example.columns)])), index=table.index)

    groups = place(data.now)
    certainty = pd.Series(pipeline.predict_proba(example).max(axis=1), index=example.index)
    later = None
    if data.past is not None and data.later is not None:
        later = Later(data.days, place(data.past), data.later)
    rfm = RFM if set(RFM) <= set(data.now.columns) else ()
    context = () if rfm else _context(data.now.drop(columns=list(example.columns)), groups)
    shown = list(dict.fromkeys([*rfm, *example.columns, *context]))
    seen = tuple(str(name) for name in example.columns)
    described = describe_groups(
        Profile(data.now[shown], groups, data.value, certainty, data.value_column, later, search.names, seen)
    )
    if search.like is not None:
        described = keep_names(described, search.like.groups)
    measured_later = chosen.explained is not None
    evaluation = GroupsEvaluation(
        customers=len(example),
        tried=tuple(_figures(one, one is chosen) for one in measured),
        bars={bar.key: bar.least for bar in data.bars},
        reason=_reason(chosen, measured, question),
        columns_used=tuple(example.columns),
        preparation=chosen.candidate.preparation,
        left_out=dict(data.left_out),
        month_later=_month_later(search, chosen, pipeline, groups),
        grid_explained=round(search.grid, 4) if measured_later else None,
        explained_r2=round((chosen.explained or 0.0) * search.grid, 4) if measured_later else None,
        later_days=data.days if measured_later else 0,
    )
    metrics = {
        "stability": round(chosen.stability, 3),
        "smallest": round(chosen.smallest, 3),
        "tree": round(chosen.tree, 3),
        "certainty": round(float(certainty.mean()), 3),
    }
    if chosen.explained is not None:
        metrics["explained"] = round(chosen.explained, 2)
    units = {feature.name: feature.unit for feature in FEATURES}
    card = Card(
        goal="groups",
        recipe=search.recipe.key,
        columns=describe(example, {name: units.get(name, "") for name in example.columns}),
        customers=len(example),
        classes=tuple(str(group.number) for group in described),
        metrics=metrics,
        baseline={"explained": 1.0} if chosen.explained is not None else {},
        baseline_name="rfm_grid" if chosen.explained is not None else "",
        evaluation=evaluation,
        groups=described,
        limits=_limits(chosen, len(example), is_grid=search.recipe.classic_grid),
        settings={
            "seed": question.seed,
            **({"quick": True} if question.quick else {}),
            **({"responsive": True} if question.responsive else {}),
            "groups": question.groups,
            "preparation": chosen.candidate.preparation,
        },
    )
    return Trained(pipeline, card, example)


MIN_SEPARATION = 0.03
"""Below it the groups are hardly more separate than groups of data without any."""
MAX_CONTEXT = 6
"""How many columns that the model does not see take part in the description of a customer table's groups."""


def _context(others: pd.DataFrame, groups: pd.Series) -> tuple[str, ...]:
    """The numbers among the other columns in which the groups differ most, by their mean ranks."""
    numbers = others.select_dtypes("number")
    apart = {str(name): float(numbers[name].rank(pct=True).groupby(groups).mean().std()) for name in numbers}
    return tuple(sorted((name for name in apart if apart[name] > 0), key=lambda name: -apart[name])[:MAX_CONTEXT])


def _figures(one: Measured, chosen: bool) -> GroupCandidate:
    return GroupCandidate(
        groups=one.groups,
        columns=one.candidate.columns,
        preparation=one.candidate.preparation,
        stability=round(one.stability, 3),
        smallest=round(one.smallest, 3),
        explained=None if one.explained is None else round(one.explained, 2),
        tree=round(one.tree, 3),
        stayed=None if one.stayed is None else round(one.stayed, 3),
        good=one.good,
        chosen=chosen,
    )


def _reason(chosen: Measured, measured: list[Measured], question: Question) -> str:
    """The text key of the reason for this number of groups."""
    if question.groups:
        return "training.why.asked"
    if question.like is not None:
        return "training.why.like"
    if chosen.candidate.groups == 0:
        return "training.why.found"
    if not chosen.good:
        return "training.why.nearest"
    if chosen.separation is not None:
        return "training.why.separate"
    alike = (chosen.candidate.columns, chosen.candidate.preparation)
    more = [
        one
        for one in measured
        if one.candidate.groups > chosen.candidate.groups
        and (one.candidate.columns, one.candidate.preparation) == alike
    ]
    if not more:
        return "training.why.most"
    # The bar that most of the finer groupings fail, of those that the card shows.
    failing = {bar.key: sum(one.shortfall(bar) > 0 for one in more) for bar in chosen.bars}
    worst = max(failing, key=lambda key: failing[key])
    return f"training.why.more_fail_{worst}"


def _limits(chosen: Measured, customers: int, *, is_grid: bool) -> tuple[str, ...]:
    """What to be careful about. That the RFM grid says no more than itself is no news."""
    short = [bar.key for bar in chosen.bars if chosen.shortfall(bar) > 0]
    missed = tuple(f"training.limit.{key}" for key in short if not (is_grid and key == "explained"))
    if chosen.separation is not None and chosen.separation < MIN_SEPARATION:
        missed = (*missed, "training.limit.separation")
    return (*missed, "training.limit.few_customers") if customers < MIN_CERTAIN_CUSTOMERS else missed


def _month_later(search: CandidateSearch, chosen: Measured, pipeline: Pipeline, groups: pd.Series) -> MonthLater | None:
    """Stability over the last month: with the model retrained, and with the customers a month older."""
    before = search.data.last_month
    if before is None:
        return None
    columns = list(chosen.candidate.columns)
    older, _ = search.fit(chosen, before, before["monetary_total"])
    by_older = pd.Series(np.asarray(older.predict(search.data.now[columns])), index=groups.index)
    agreed = agreement(by_older, groups)
    moved = migration(pd.Series(np.asarray(pipeline.predict(before[columns])), index=before.index), groups)
    return MonthLater(
        days=MONTH_DAYS,
        same=round(agreed.same, 3),
        moved=round(1 - moved.stayed, 3),
        arrived=moved.arrived,
        table=tuple(tuple(int(cell) for cell in row) for row in moved.table.to_numpy()),
    )
