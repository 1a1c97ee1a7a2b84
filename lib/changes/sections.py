"""What changed, in words: sections of sentences and one table each, for the page, the report and the command line.

Texts are as they are: whoever shows them escapes them. No section names a customer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib import text
from lib.audience import Effect
from lib.backtest import Backtest
from lib.changes.figures import PeriodFigures, Reasons
from lib.changes.models import ModelMonth
from lib.changes.month import CampaignEffect, Changes
from lib.insights import DAY
from lib.schema import BUY_AGAIN

Row = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A title, sentences, and a table whose first row is its head; no table without rows."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


FIGURES = ("revenue", "orders", "order_value", "customers", "new", "returning", "reactivated", "lost")
_MONEY = ("revenue", "order_value")
MOST_MOVES = 12


def sections(changes: Changes, language: str) -> tuple[Section, ...]:
    """Everything that changed, the most important first."""
    say = _Sayer(language, changes.currency)
    found = [_figures(changes, say), _segments(changes, say)]
    found += [_model(one, say) for one in changes.models]
    found += [_campaign(one, say) for one in changes.campaigns]
    return tuple(found)


class _Sayer:
    def __init__(self, language: str, currency: str) -> None:
        self.language, self.currency = language, currency

    def __call__(self, key: str, /, **facts: text.Fact) -> str:
        return text.say(self.language, key, **facts)

    def money(self, value: float, *, signed: bool = False) -> str:
        """An amount with its currency; with `signed`, a plus before what is above zero."""
        written = f"{text.number(self.language, value, '0f')} {self.currency}".strip()
        return f"+{written}" if signed and round(value) > 0 else written

    def change(self, now: float, before: float) -> str:
        if not before > 0 or not np.isfinite(before) or not np.isfinite(now):
            return "–"
        share = now / before - 1
        written = text.number(self.language, share, "percent")
        return f"+{written}" if share > 0 and not written.startswith("0") else written

    def day(self, moment: pd.Timestamp) -> str:
        return text.day(self.language, moment.date())


def figure_text(say: _Sayer, name: str, figures: PeriodFigures) -> str:
    """One figure of a period, written."""
    value = float(getattr(figures, name))
    if name == "order_value":
        return f"{text.number(say.language, value, '2f')} {say.currency}".strip()
    return say.money(value) if name in _MONEY else text.number(say.language, value, "0f")


def _figures(changes: Changes, say: _Sayer) -> Section:
    now, before = changes.now, changes.before
    facts: dict[str, text.Fact] = {
        "start": now.start.date(),
        "end": (now.end - DAY).date(),
        "revenue": say.money(now.revenue),
    }
    said = []
    if before is None:
        said.append(say("changes.headline_alone", **facts))
        rows: list[Row] = [(say("changes.figure"), say("changes.now"))]
        rows += [(say(f"changes.{name}"), figure_text(say, name, now)) for name in FIGURES]
    else:
        facts["days"] = round((now.end - now.start) / DAY)
        if before.revenue > 0:
            said.append(say("changes.headline", change=say.change(now.revenue, before.revenue), **facts))
        else:  # nobody can say how many percent more than nothing it is
            said.append(say("changes.headline_from_nothing", before=say.money(before.revenue), **facts))
        rows = [(say("changes.figure"), say("changes.now"), say("changes.before"), say("changes.change"))]
        for name in FIGURES:
            values = [float(getattr(one, name)) for one in (now, before)]
            texts = [figure_text(say, name, one) for one in (now, before)]
            rows.append((say(f"changes.{name}"), *texts, say.change(*values)))
    if changes.reasons is not None:
        said += _reasons(changes.reasons, say)
    again = changes.revised
    if again is not None and again.differs:
        said.append(
            say(
                "changes.revised",
                since=(changes.since - DAY).date(),
                then=say.money(again.revenue_then),
                now=say.money(again.revenue_now),
                orders_then=again.orders_then,
                orders_now=again.orders_now,
            )
        )
    return Section("figures", say("changes.figures"), tuple(said), tuple(rows))


def _reasons(found: Reasons, say: _Sayer) -> list[str]:
    return [
        say(
            "changes.by_customers",
            change=say.money(found.change, signed=True),
            new=say.money(found.new, signed=True),
            returning=say.money(found.returning, signed=True),
            reactivated=say.money(found.reactivated, signed=True),
            returns=say.money(found.returns, signed=True),
        ),
        say(
            "changes.by_orders",
            number=say.money(found.number_of_orders, signed=True),
            value=say.money(found.order_value, signed=True),
        ),
    ]


def _segments(changes: Changes, say: _Sayer) -> Section:
    risk = changes.at_risk
    said = [say("changes.moved", customers=len(changes.moved))]
    key = "changes.at_risk" if len(risk) else "changes.at_risk_none"
    said.append(say(key, customers=len(risk), money=say.money(float(risk["monetary_total"].sum()))))
    rows: list[Row] = [
        (say("changes.segment"), say("changes.then_customers"), say("changes.now_customers"), say("changes.change"))
    ]
    for segment, before, now in changes.sizes.itertuples(index=False):
        difference = int(now) - int(before)
        rows.append(
            (
                say(f"explore.segment.{segment}"),
                text.number(say.language, int(before), "0f"),
                text.number(say.language, int(now), "0f"),
                f"{'+' if difference > 0 else ''}{text.number(say.language, difference, '0f')}",
            )
        )
    return Section("segments", say("changes.segments"), tuple(said), tuple(rows))


def _model(found: ModelMonth, say: _Sayer) -> Section:
    title = say("changes.model", name=found.name)
    if found.error is not None:
        return Section("model", title, (text.tell(say.language, found.error),))
    said = []
    if found.scores is not None:
        said.append(say("changes.scored", rows=found.scores.rows_scored, refused=found.scores.rows_refused))
    if found.drift is not None and found.drift.level != "unknown":
        said.append(say(f"drift.{found.drift.level}"))
    if found.backtest is not None:
        said += _backtest(found.backtest, say)
    elif found.due is not None:
        said.append(say("changes.due", day=found.due.date()))
    rows: list[Row] = []
    if found.backtest is not None and found.goal == BUY_AGAIN:
        rows = [(say("changes.predicted"), say("changes.actual"), say("changes.customers"))]
        rows += [
            (
                text.number(say.language, float(predicted), "percent"),
                text.number(say.language, float(actual), "percent"),
                text.number(say.language, int(customers), "0f"),
            )
            for predicted, actual, customers in found.backtest.calibration[
                ["predicted", "actual", "customers"]
            ].itertuples(index=False)
        ]
    elif found.moves is not None:
        changed = found.moves[(found.moves["before"] != found.moves["now"]).to_numpy()]
        total = int(found.moves["customers"].sum())
        if total:
            said.append(say("changes.model_moved", share=float(changed["customers"].sum()) / total, customers=total))
        best = changed.sort_values("customers", ascending=False, kind="stable").head(MOST_MOVES)
        if len(best):
            rows = [(say("changes.from"), say("changes.to"), say("changes.customers"))]
            rows += [
                (str(before), str(now), text.number(say.language, int(customers), "0f"))
                for before, now, customers in best[["before", "now", "customers"]].itertuples(index=False)
            ]
    return Section("model", title, tuple(said), tuple(rows))


def _backtest(found: Backtest, say: _Sayer) -> list[str]:
    return [
        say(
            f"predict.backtest_{found.goal}",
            day=found.cutoff.date(),
            predicted=found.predicted,
            actual=found.actual,
            top=found.top_tenth_share,
        )
    ]


def _campaign(found: CampaignEffect, say: _Sayer) -> Section:
    title = say("changes.campaign", name=found.name)
    if found.error is not None:
        return Section("campaign", title, (text.tell(say.language, found.error),))
    return Section("campaign", title, tuple(_effect(found.effect, say)) if found.effect is not None else ())


def _effect(found: Effect, say: _Sayer) -> list[str]:
    def points(share: float) -> str:
        return text.number(say.language, 100 * share, "1f")

    said = [
        say(
            "predict.effect_clear" if found.conclusive else "predict.effect_unclear",
            points=points(found.uplift.value),
            low=points(found.uplift.low),
            high=points(found.uplift.high),
            contacted=found.contacted,
            control=found.control,
            start=found.start.date(),
            end=(found.end - DAY).date(),
        ),
        say(
            "changes.effect_money",
            revenue=say.money(found.revenue),
            low=say.money(found.profit.low + found.cost),
            high=say.money(found.profit.high + found.cost),
            cost=say.money(found.cost),
            net=say.money(found.profit.value, signed=True),
        ),
    ]
    if not found.conclusive and found.detectable == found.detectable:
        said.append(say("predict.effect_too_small", points=points(found.detectable)))
    if found.without_orders:
        said.append(say("predict.effect_without_orders", customers=found.without_orders))
    return said
