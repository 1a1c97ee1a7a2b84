"""The figures of a customer table, each with its table and its headings: what the page and the report show."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lib.charts import customer_table as figures
from lib.insights import customer_table as insights
from lib.layouts import TableCleaning, ValueLimits
from lib.ui.exploring.parts import Part
from lib.ui.page import language, say, say_plain
from lib.ui.widgets import Shown


class TableExplored:
    """The small tables of Explore for one customer table; each is computed when it is first asked for."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table.rename(columns=str)
        self.profiles = insights.profiles(self.table)
        self.oddities = insights.oddities(self.table)
        self._pairs: pd.DataFrame | None = None
        self._rates: dict[tuple[str, str], tuple[pd.DataFrame, pd.DataFrame]] = {}

    @property
    def pairs(self) -> pd.DataFrame:
        if self._pairs is None:
            self._pairs = insights.associations(self.table)
        return self._pairs

    def outcome(self, column: str, answer: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`insights.ranking` and `insights.rates` of an outcome."""
        if (column, answer) not in self._rates:
            self._rates[column, answer] = (
                insights.ranking(self.table, column, answer),
                insights.rates(self.table, column, answer),
            )
        return self._rates[column, answer]


def profiles(found: TableExplored) -> tuple[pd.DataFrame, dict[str, Shown]]:
    """What each column holds, in words; and the headings."""
    shown = found.profiles.assign(
        kind=[say(f"explore.kind_of.{kind}") for kind in found.profiles["kind"]],
        **{
            name: [figures.written_number(language(), str(cell)) for cell in found.profiles[name]]
            for name in ("typical", "low", "high")
        },
    )
    columns = {
        "column": Shown(say("explore.column.column")),
        "kind": Shown(say("explore.column.kind")),
        "missing": Shown(say("explore.column.missing"), "0f"),
        "missing_share": Shown(say("explore.column.missing_share"), "percent1"),
        "distinct": Shown(say("explore.column.distinct"), "0f"),
        "typical": Shown(say("explore.column.typical")),
        "low": Shown(say("explore.column.low")),
        "high": Shown(say("explore.column.high")),
        "outliers": Shown(say("explore.column.outliers"), "0f"),
    }
    return shown, columns


def distribution(found: TableExplored, column: str) -> Part:
    """How often each value, or range of values, of a column occurs."""
    bins = insights.distribution(found.table[column])
    columns = {"group": Shown(column), "customers": Shown(say("explore.column.customers"), "0f")}
    return Part(figures.values(bins, language(), column=column), bins, columns)


def associations(found: TableExplored) -> Part:
    """Which columns go together."""
    measured = found.pairs.assign(measure=[say(f"explore.measure.{one}") for one in found.pairs["measure"]])
    columns = {
        "left": Shown(say("explore.column.column")),
        "right": Shown(say("explore.column.other_column")),
        "measure": Shown(say("explore.column.measure")),
        "value": Shown(say("explore.column.value"), "2f"),
        "rows": Shown(say("explore.column.rows"), "0f"),
    }
    return Part(figures.associations(found.pairs, language()), measured, columns)


def is_scatter(found: TableExplored, one: str, other: str) -> bool:
    """Whether two columns are shown as a point per customer."""
    return all(insights.kind_of(found.table[name]) in ("number", "date") for name in (one, other))


def pair(found: TableExplored, one: str, other: str) -> Part:
    """Two columns as the chart that fits their kinds; its table is the customers' own values."""
    table, code = found.table, language()
    numeric = {name: insights.kind_of(table[name]) == "number" for name in (one, other)}
    if is_scatter(found, one, other):
        made = figures.scatter(table, code, across=one, up=other)
    elif numeric[one] or numeric[other]:
        value, group = (one, other) if numeric[one] else (other, one)
        made = figures.boxes(table, code, number=value, group=group)
    else:
        made = figures.crossed(table, code, across=one, split=other)
    return Part(made, table[[one, other]].dropna().reset_index(drop=True), {one: Shown(one), other: Shown(other)})


def _named(column: str, answer: str) -> str:
    """An outcome in words, as plain text."""
    return say_plain("explore.outcome_is", column=column, answer=answer) if answer else column


def ranking(found: TableExplored, column: str, answer: str) -> Part:
    """Which columns an outcome goes with, the strongest first. Of yes/no outcomes and categories, `answer` is one."""
    ranked, _ = found.outcome(column, answer)
    form = "percent1" if answer else "2f"
    made = figures.outcome_ranking(ranked, language(), outcome=_named(column, answer), share=bool(answer))
    columns = {
        "column": Shown(say("explore.column.column")),
        "strength": Shown(say("explore.column.strength"), "2f"),
        "highest_group": Shown(say("explore.column.highest_group")),
        "highest": Shown(say("explore.column.highest"), form),
        "lowest_group": Shown(say("explore.column.lowest_group")),
        "lowest": Shown(say("explore.column.lowest"), form),
        "sure": Shown(say("explore.column.sure"), "yes_no"),
    }
    return Part(made, ranked, columns)


def rates(found: TableExplored, column: str, answer: str, by: str) -> Part:
    """An outcome by the groups of one column."""
    _, every = found.outcome(column, answer)
    part, form = every[every["column"] == by], "percent1" if answer else "2f"
    total = float((part["rate"] * part["customers"]).sum() / part["customers"].sum())
    made = figures.outcome_rates(
        part, language(), column=by, outcome=_named(column, answer), overall=total, share=bool(answer)
    )
    columns = {
        "group": Shown(by),
        "customers": Shown(say("explore.column.customers"), "0f"),
        "rate": Shown(say("explore.column.rate"), form),
        "low": Shown(say("explore.column.rate_low"), form),
        "high": Shown(say("explore.column.rate_high"), form),
    }
    named = part.assign(group=[figures.group_label(language(), str(group)) for group in part["group"]])
    return Part(made, named, columns)


def odd_sentences(found: TableExplored, now: TableCleaning) -> list[tuple[str, str, TableCleaning | None]]:
    """Each suspicion in words, with what cleans it: the label of a button and the choices it leads to;
    `now` are those made so far."""
    odd = found.oddities
    lines: list[tuple[str, str, TableCleaning | None]] = []
    for name, count, far in odd.outliers:
        low, high = insights.usual_range(found.table[name])
        limits = (*(one for one in now.limits if one.column != name), ValueLimits(name, low, high))
        written = figures.written_number(language(), str(far))
        words = say("explore.odd_outlier", column=name, count=count, value=written)
        lines.append((words, say("explore.clean_outlier", count=count), replace(now, limits=limits)))
    if odd.duplicate_rows:
        words = say("explore.odd_duplicates", rows=odd.duplicate_rows)
        lines.append((words, say("explore.clean_duplicates"), replace(now, distinct_rows=True)))
    for one, other in odd.same:
        words = say("explore.odd_same", one=one, other=other)
        lines.append((words, say("explore.clean_column", column=other), _without(now, other)))
    if odd.constant:
        words = say("explore.odd_constant", columns=list(odd.constant))
        lines.append((words, say("explore.clean_columns"), _without(now, *odd.constant)))
    if odd.empty:
        words = say("explore.odd_empty", columns=list(odd.empty))
        lines.append((words, say("explore.clean_columns"), _without(now, *odd.empty)))
    gaps = found.profiles[(found.profiles["missing"] > 0) & (found.profiles["kind"] != "empty")]
    for row in gaps.sort_values("missing", ascending=False).head(5).itertuples():
        count, share = int(row.missing), float(row.missing_share)
        lines.append((say("explore.odd_missing", column=str(row.column), count=count, share=share), "", None))
    return lines


def _without(now: TableCleaning, *columns: str) -> TableCleaning:
    return replace(now, left_out=tuple(dict.fromkeys((*now.left_out, *columns))))
