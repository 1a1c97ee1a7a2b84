"""Figures of Explore: the small tables of `insights` as charts, each point of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import floor

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names

from lib import text
from lib.charts.figure import Figure
from lib.charts.primitives import (
    FEW_TICKS,
    HEIGHT,
    MUTED,
    PALETTE,
    Chart,
    count_axis,
    customdata_rows,
    heatmap,
    horizontal_bars,
    money_unit,
    month,
    new_figure,
    share_axes,
    ticks,
    tied,
    write_money,
)
from lib.insights import (
    ARRIVED,
    FREQUENCY_BANDS,
    RECENCY_BANDS,
    SEGMENTS,
    Frequency,
    code_of,
    days_until,
    ordered_again_next_month,
)
from lib.safe_text import chart_label

_TICKS_SHOWN = 5
"""Labels of a time axis: as many as stand side by side on a phone."""
_PARTIAL_OPACITY = 0.4

SERIES_COLOURS = {
    "returning": PALETTE[0],
    "new": PALETTE[2],
    "reactivated": PALETTE[1],
    "lost": PALETTE[3],
}


def bucket_name(language: str, start: date, frequency: Frequency) -> str:
    """A day, week, month or quarter as the language writes it: '3 Mar 2025', 'week of 3 Mar 2025', 'Mar 2025',
    'Q1 2025'."""
    if frequency == "month":
        return month(language, start)
    if frequency == "quarter":
        return str(format_skeleton("yQQQ", start, locale=Locale.parse(language)))
    written = text.day(language, start)
    return written if frequency == "day" else text.say(language, "charts.week_of", day=written)


def segment_name(language: str, segment: str) -> str:
    """What a segment of `insights.SEGMENTS` is called; its key where the language has no name for it."""
    key = f"explore.segment.{segment}"
    return text.say(language, key) if text.knows(language, key) else segment


# ------------------------------------------------------------------------------------------------ over time


def revenue_over_time(
    table: pd.DataFrame, language: str, currency: str, frequency: Frequency, before: pd.DataFrame | None = None
) -> Chart:
    """Stacked bars: revenue of new and of returning customers. Takes `insights.over_time`; `before` is the same table
    of another period laid on this one, drawn as a line."""
    names = [bucket_name(language, start, frequency) for start in table["start"]]
    opacity = [1.0 if whole else _PARTIAL_OPACITY for whole in table["complete"]]
    figure, starts = new_figure(language), table["start"].to_numpy()
    for kind in ("returning", "new"):
        values = table[f"{kind}_revenue"]
        figure.add_bar(
            x=starts,
            y=values.to_numpy(),
            name=text.say(language, f"charts.{kind}_revenue"),
            marker={"color": SERIES_COLOURS[kind], "opacity": opacity, "line": {"width": 0}},
            customdata=customdata_rows(
                _partly(language, names, table["complete"]),
                [write_money(language, value, currency) for value in values],
                [f"time:{frequency}:{start:%Y%m%d}:{'new' if kind == 'new' else 'repeat'}" for start in table["start"]],
            ),
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        )
    if before is not None:
        _line_of_before(figure, language, table["start"], before["revenue"], names, currency)
    figure.update_layout(barmode="relative", bargap=0.25)
    _time_axis(figure, language, table["start"], frequency)
    figure.update_yaxes(
        title=text.say(language, "charts.revenue_axis", unit=money_unit(language, currency)),
        **ticks(language, _stacked(table, "returning_revenue", "new_revenue", before=before)),
    )
    if not table["complete"].any():
        total = write_money(language, float(table["revenue"].sum()), currency)
        message = text.say(language, "charts.revenue_no_complete", amount=total)
    else:
        best = table.loc[table["revenue"].idxmax()]  # one that isn't complete may exceed all others already
        amount = write_money(language, float(best["revenue"]), currency)
        message = tied(language, names, table["revenue"].tolist(), amount) or text.say(
            language, f"charts.best_{frequency}", period=bucket_name(language, best["start"], frequency), amount=amount
        )
    if not table["complete"].all():
        message = f"{message} {text.say(language, 'charts.paler')}"
    return Chart(text.say(language, f"charts.revenue_by_{frequency}"), message, figure, clickable=True)


def customers_over_time(
    table: pd.DataFrame, language: str, frequency: Frequency, before: pd.DataFrame | None = None
) -> Chart:
    """Two lines: customers who ordered, and those who did for the first time; dotted where the file covers only part of
    the time. Takes `insights.over_time`."""
    figure, starts = new_figure(language), table["start"].to_numpy()
    names = [bucket_name(language, start, frequency) for start in table["start"]]
    for column, kind in (("customers", "returning"), ("new_customers", "new")):
        values, whole = table[column].astype(float), table["complete"]
        beside = ~whole | ~whole.shift(1, fill_value=True) | ~whole.shift(-1, fill_value=True)
        for dotted, shown in ((True, beside), (False, whole)):
            if dotted and whole.all():
                continue
            figure.add_scatter(
                x=starts,
                y=values.where(shown).to_numpy(),
                mode="lines+markers",
                cliponaxis=False,  # a month of nobody keeps its whole mark
                name=text.say(language, f"charts.{column}"),
                legendgroup=column,
                showlegend=not dotted or not whole.any(),
                line={"color": SERIES_COLOURS[kind], "width": 2.5, "dash": "dot" if dotted else "solid"},
                marker={"size": 7, "symbol": "circle-open" if dotted else "circle"},
                customdata=customdata_rows(
                    _partly(language, names, whole),
                    [text.number(language, value, "0f") for value in values],
                    [f"time:{frequency}:{start:%Y%m%d}:{'new' if kind == 'new' else ''}" for start in table["start"]],
                ),
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
            )
    if before is not None:
        _line_of_before(figure, language, table["start"], before["customers"], names)
    _time_axis(figure, language, table["start"], frequency)
    figure.update_yaxes(
        title=text.say(language, "charts.customers_axis"), **count_axis(language, _with(table["customers"], before))
    )
    whole = table[table["complete"]]
    latest = whole.iloc[-1] if len(whole) else table.iloc[-1]
    message = text.say(
        language,
        "charts.customers_latest" if len(whole) else "charts.customers_latest_partial",
        period=bucket_name(language, latest["start"], frequency),
        customers=int(latest["customers"]),
        new=int(latest["new_customers"]),
    )
    message = message[:1].upper() + message[1:]
    return Chart(text.say(language, f"charts.customers_by_{frequency}"), message, figure, clickable=True)


def movement(table: pd.DataFrame, language: str, frequency: Frequency, *, lapse_days: int) -> Chart:
    """Bars up: new, returning and reactivated customers; bars down: those who were lost. Takes `insights.movement`."""
    figure, starts = new_figure(language), table["start"].to_numpy()
    names = _partly(language, [bucket_name(language, start, frequency) for start in table["start"]], table["complete"])
    opacity = [1.0 if whole else _PARTIAL_OPACITY for whole in table["complete"]]
    for kind in ("returning", "new", "reactivated", "lost"):
        sign = -1 if kind == "lost" else 1
        figure.add_bar(
            x=starts,
            y=(sign * table[kind]).to_numpy(),
            name=text.say(language, f"charts.movement_{kind}"),
            marker={"color": SERIES_COLOURS[kind], "opacity": opacity, "line": {"width": 0}},
            customdata=customdata_rows(
                names,
                [text.number(language, value, "0f") for value in table[kind]],
                [f"time:{frequency}:{start:%Y%m%d}:{kind}" for start in table["start"]],
            ),
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="relative", bargap=0.25)
    _time_axis(figure, language, table["start"], frequency)
    up = table[["new", "returning", "reactivated"]].sum(axis=1)
    both_ways = ticks(language, [*up, *-table["lost"]], whole=True)
    figure.update_yaxes(title=text.say(language, "charts.customers_axis"), **both_ways)
    message = text.say(
        language,
        "charts.movement_message",
        new=int(table["new"].sum()),
        reactivated=int(table["reactivated"].sum()),
        lost=int(table["lost"].sum()),
        days=lapse_days,
    )
    return Chart(text.say(language, f"charts.movement_by_{frequency}"), message, figure, clickable=True)


def weekday_hours(table: pd.DataFrame, language: str) -> Chart:
    """A heatmap of orders by weekday and hour; bars by weekday where orders carry no time of day. Takes
    `insights.by_weekday_hour`."""
    days = get_day_names("abbreviated", "stand-alone", Locale.parse(language))
    full = get_day_names("wide", "stand-alone", Locale.parse(language))
    by_day = table.groupby("weekday")["orders"].sum()
    total = max(int(by_day.sum()), 1)
    best = int(by_day.idxmax())
    if table["hour"].nunique() > 1:
        wide = table.pivot(index="weekday", columns="hour", values="orders")
        figure = heatmap(
            language,
            wide,
            [f"{hour}" for hour in wide.columns],
            [str(days[day]) for day in wide.index],
            texts=wide.map(lambda value: text.number(language, value, "0f") if value else ""),
            hover=[
                [text.say(language, "charts.orders_count", orders=int(value)) for value in row]
                for row in wide.to_numpy()
            ],
            tokens=[[f"hour:{day}:{hour}" for hour in wide.columns] for day in wide.index],
        )
        figure.update_xaxes(title=text.say(language, "charts.hour_axis"), tickangle=0)
        figure.update_yaxes(autorange="reversed")
        figure.update_traces(textfont_size=9 if len(wide.columns) > 12 else 11, selector={"type": "scatter"})
    else:
        figure = new_figure(language)
        figure.add_bar(
            x=[str(days[day]) for day in by_day.index],
            y=by_day,
            marker={"color": PALETTE[0]},
            customdata=[
                [text.say(language, "charts.orders_count", orders=int(value)), f"hour:{day}:"]
                for day, value in by_day.items()
            ],
            hovertemplate="%{x}<br>%{customdata[0]}<extra></extra>",
        )
        figure.update_yaxes(title=text.say(language, "charts.orders_axis"), **count_axis(language, by_day))
    share = float(by_day[best]) / total
    message = tied(
        language,
        [str(full[day]) for day in by_day.index],
        [float(orders) for orders in by_day],
        text.say(language, "charts.orders_count", orders=int(by_day[best])),
    ) or text.say(language, "charts.weekday_message", day=str(full[best]), share=share)
    return Chart(text.say(language, "charts.weekday_hours"), message, figure, clickable=True)


def _line_of_before(
    figure: Figure,
    language: str,
    starts: pd.Series,
    values: pd.Series,
    names: Sequence[str],
    currency: str | None = None,
) -> None:
    written = [
        write_money(language, value, currency) if currency is not None else text.number(language, value, "0f")
        for value in values
    ]
    figure.add_scatter(
        x=starts,
        y=values,
        mode="lines+markers",
        name=text.say(language, "charts.compared"),
        line={"color": MUTED, "width": 2, "dash": "dash"},
        marker={"size": 5},
        text=written,
        customdata=[[name, ""] for name in names],
        hovertemplate="%{text}<extra>%{fullData.name}</extra>",
    )


def _stacked(table: pd.DataFrame, *parts: str, before: pd.DataFrame | None) -> list[float]:
    """The ends of bars that lie on each other, those below zero apart, and of the line of another period."""
    columns = table[list(parts)]
    ends = [0.0, *columns.clip(lower=0).sum(axis=1), *columns.clip(upper=0).sum(axis=1)]
    return ends if before is None else [*ends, *before["revenue"]]


def _with(values: pd.Series, before: pd.DataFrame | None) -> list[float]:
    return list(values) if before is None else [*values, *before["customers"]]


def _partly(language: str, names: Sequence[str], complete: Sequence[bool]) -> list[str]:
    """Names of buckets; those that are covered only in part say so."""
    return [
        name if whole else text.say(language, "charts.partial", period=name)
        for name, whole in zip(names, complete, strict=True)
    ]


def _time_axis(figure: Figure, language: str, starts: pd.Series, frequency: Frequency) -> None:
    shown = _shown_starts(list(starts), frequency)
    short = tick_names(language, shown, frequency)
    figure.update_xaxes(tickvals=shown, ticktext=short, tickangle=0, automargin=False)
    figure.update_yaxes(automargin=False)  # fixed margins: the browser lays the figure out once instead of thrice
    figure.update_layout(margin={"l": 68, "b": 44})


_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 36, 48, 60, 120)
_STEPS_OF_QUARTERS = (1, 2, 4, 8, 20, 40)


def _shown_starts(starts: list[date], frequency: Frequency) -> list[date]:
    """Those of a time axis that are labelled: the same months or quarters in each year."""
    least = -(-len(starts) // _TICKS_SHOWN)
    if frequency in ("day", "week"):
        return starts[::least]
    steps = _STEPS_OF_MONTHS if frequency == "month" else _STEPS_OF_QUARTERS
    step = next((one for one in steps if one >= least), least)
    months = step if frequency == "month" else 3 * step
    shown = [start for start in starts if (12 * start.year + start.month - 1) % months == 0]
    return shown if len(shown) > 1 else starts[::least]


def tick_names(language: str, days: Sequence[date], frequency: Frequency) -> list[str]:
    """Labels of a time axis, narrow enough for a phone: the year stands below where it changes."""
    locale, names, year = Locale.parse(language), [], 0
    for day in days:
        if frequency in ("day", "week"):
            name = str(format_skeleton("MMMd", day, locale=locale))
        else:
            name = format_date(day, "LLL" if frequency == "month" else "QQQ", locale=locale)
        names.append(name if day.year == year else f"{name}<br>{day.year}")
        year = day.year
    return names


# ------------------------------------------------------------------------------------------------ customers


def rfm(grid: pd.DataFrame, language: str, currency: str) -> Chart:
    """A heatmap: how long ago × how often; the colour is what a customer spent, the text how many there are."""
    recency = [recency_name(language, band) for band in range(len(RECENCY_BANDS) + 1)]
    often = [frequency_name(language, band) for band in range(len(FREQUENCY_BANDS) + 1)]
    wide = {
        column: grid.pivot(index="recency_band", columns="frequency_band", values=column)
        for column in ("customers", "money_per_customer", "revenue")
    }
    figure = heatmap(
        language,
        _ranks(wide["money_per_customer"]),
        often,
        recency,
        texts=wide["customers"].map(lambda value: text.number(language, value, "0f") if value else ""),
        hover=[
            [
                text.say(
                    language,
                    "charts.rfm_cell",
                    customers=int(wide["customers"].iat[row, column]),
                    each=write_money(language, float(wide["money_per_customer"].iat[row, column]), currency),
                )
                if wide["customers"].iat[row, column]
                else ""
                for column in range(len(often))
            ]
            for row in range(len(recency))
        ],
        tokens=[[f"rfm:{row}:{column}" for column in range(len(often))] for row in range(len(recency))],
    )
    figure.update_xaxes(
        title=text.say(language, "charts.frequency_axis"),
        tickangle=0,
        tickvals=often,
        ticktext=[_short_band(FREQUENCY_BANDS, band) for band in range(len(often))],
    )
    figure.update_yaxes(title=text.say(language, "charts.recency_axis"), autorange="reversed")
    quiet = grid[(grid["recency_band"] >= 3) & (grid["frequency_band"] >= 2)]
    count = int(quiet["customers"].sum())
    message = text.say(
        language,
        "charts.rfm_message" if count else "charts.rfm_message_none",
        customers=count,
        days=RECENCY_BANDS[2],
        revenue=write_money(language, float(quiet["revenue"].sum()), currency),
    )
    return Chart(text.say(language, "charts.rfm"), message, figure, clickable=True)


def recency_name(language: str, band: int) -> str:
    """What a recency band of `insights.rfm_grid` is called."""
    return _band(language, "charts.recency", RECENCY_BANDS, band)


def frequency_name(language: str, band: int) -> str:
    """What a frequency band of `insights.rfm_grid` is called."""
    return _band(language, "charts.frequency", FREQUENCY_BANDS, band)


def segments(table: pd.DataFrame, language: str, currency: str) -> Chart:
    """Bars: customers by segment, best segment first. Takes `insights.by_segment`."""
    names = [segment_name(language, segment) for segment in table["segment"]]
    counts = [text.number(language, customers, "0f") for customers in table["customers"]]
    figure = horizontal_bars(language, names=names, values=table["customers"].tolist(), labels=counts)
    figure.update_traces(
        customdata=[
            [
                text.say(
                    language,
                    "charts.segment_label",
                    customers=int(customers),
                    revenue=write_money(language, float(revenue), currency),
                ),
                f"segment:{segment}",
            ]
            for segment, customers, revenue in zip(table["segment"], table["customers"], table["revenue"], strict=True)
        ],
        hovertemplate="%{y}<br>%{customdata[0]}<extra></extra>",
        cliponaxis=False,
        textposition="outside",
    )
    figure.update_xaxes(
        title=text.say(language, "charts.customers_axis"),
        **count_axis(language, table["customers"]),
        range=[0, 1.15 * max(1, int(table["customers"].max()))],
    )
    largest = table.loc[table["revenue"].idxmax()]
    revenue = write_money(language, float(largest["revenue"]), currency)
    message = tied(language, names, table["revenue"].tolist(), revenue) or text.say(
        language,
        "charts.segments_message",
        name=segment_name(language, str(largest["segment"])),
        customers=int(largest["customers"]),
        revenue=revenue,
    )
    return Chart(text.say(language, "charts.segments"), message, figure, clickable=True)


def segment_migration(table: pd.DataFrame, language: str, *, start: date, end: date) -> Chart:
    """A Sankey diagram: which segment customers were in at one date and are in at another. Takes
    `insights.migration`."""
    left = [name for name in (*SEGMENTS, ARRIVED) if name in set(table["before"])]
    right = [name for name in SEGMENTS if name in set(table["now"])]
    colours = {name: PALETTE[at % len(PALETTE)] for at, name in enumerate((*SEGMENTS, ARRIVED))}
    figure = new_figure(language)
    links = [
        (left.index(row.before), len(left) + right.index(row.now), int(row.customers), colours[row.before])
        for row in table.itertuples()
    ]
    figure.add_sankey(
        arrangement="snap",
        node={
            "label": [segment_name(language, name) for name in (*left, *right)],
            "color": [colours[name] for name in (*left, *right)],
            "pad": 17,  # a line of text: labels of two small segments stay apart
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}: %{value:,.0f}<extra></extra>",
        },
        link={
            "source": [link[0] for link in links],
            "target": [link[1] for link in links],
            "value": [link[2] for link in links],
            "color": [_faded(link[3]) for link in links],
            "hovertemplate": "%{source.label} → %{target.label}: %{value:,.0f}<extra></extra>",
        },
    )
    figure.update_layout(height=440, margin={"l": 8, "r": 8, "t": 12, "b": 12})
    old = table[table["before"] != ARRIVED]
    total = int(old["customers"].sum())
    moved = int(old.loc[old["before"] != old["now"], "customers"].sum())
    message = text.say(
        language,
        "charts.segment_migration_message" if total else "charts.segment_migration_none",
        start=start,
        end=end,
        moved=moved / total if total else 0.0,
        arrived=int(table.loc[table["before"] == ARRIVED, "customers"].sum()),
    )
    return Chart(text.say(language, "charts.segment_migration"), message, figure)


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},.3)"


def pareto(curve: pd.DataFrame, language: str, *, share: float) -> Chart:
    """The share of revenue from the best customers; `share` is that of the best fifth."""
    figure = new_figure(language)
    figure.add_scatter(
        x=curve["share_customers"],
        y=curve["share_revenue"],
        mode="lines+markers",
        marker={"size": 4},
        name=text.say(language, "charts.pareto_line"),
        line={"color": PALETTE[0], "width": 3},
        fill="tozeroy",
        fillcolor="rgba(38,148,111,.14)",
        customdata=[
            [
                text.say(language, "charts.pareto_point", customers=float(customers), revenue=float(revenue)),
                f"best:{floor(1e6 * customers) / 1e4:g}" if customers else "",
            ]
            for customers, revenue in zip(curve["share_customers"], curve["share_revenue"], strict=True)
        ],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=text.say(language, "charts.pareto_equal"),
        line={"color": MUTED, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    share_axes(figure, language, "charts.pareto_x", "charts.pareto_y")
    highest = max(1.0, float(curve["share_revenue"].max()))  # more than all, where the others gave money back
    figure.update_yaxes(range=[0, 1.03 * highest], **ticks(language, [0.0, highest], percent=True))
    message = text.say(language, "charts.pareto_message", share=share)
    figure.update_layout(margin_r=24, height=440)  # as tall as the moves between segments beside it
    return Chart(text.say(language, "charts.pareto"), message, figure, clickable=True)


def countries(table: pd.DataFrame, language: str, currency: str, *, most: int = 15) -> Chart:
    """Horizontal bars: revenue of the largest countries. Takes `insights.by_country`."""
    table, total = table.head(most), len(table)
    figure = horizontal_bars(
        language,
        names=table["country"].tolist(),
        values=table["revenue"].tolist(),
        labels=[write_money(language, value, currency) for value in table["revenue"]],
    )
    figure.update_traces(customdata=[[f"country:{code_of(name)}"] for name in table["country"]])
    figure.update_xaxes(
        title=text.say(language, "charts.revenue_axis", unit=money_unit(language, currency)),
        **ticks(language, [0.0, *table["revenue"]], most=FEW_TICKS),
    )
    first = table.iloc[0]
    revenue = write_money(language, float(first["revenue"]), currency)
    several = tied(language, table["country"].tolist(), table["revenue"].tolist(), revenue)
    message = several or text.say(
        language,
        "charts.countries_message",
        country=str(first["country"]),
        revenue=revenue,
        customers=int(first["customers"]),
    )
    if total > len(table):
        message = f"{message} {text.say(language, 'charts.countries_shown', shown=len(table), total=total)}"
    return Chart(text.say(language, "charts.countries"), message, figure, clickable=True)


# ------------------------------------------------------------------------------------------------ retention

COHORT_MEASURES = ("share", "active", "revenue_per_customer", "revenue", "order_value")


def cohorts(table: pd.DataFrame, language: str, currency: str = "", *, measure: str = "share") -> Chart:
    """A heatmap: month of the first order × months since. Takes `insights.cohorts`; `measure` is one of
    `COHORT_MEASURES`. What can still change, since its month is not over, carries a *."""
    shown = table[table["age_months"] > 0] if measure in ("share", "active") else table
    wide = shown.pivot(index="cohort", columns="age_months", values=measure)
    whole = shown.pivot(index="cohort", columns="age_months", values="complete").fillna(True).astype(bool)
    sizes = table.drop_duplicates("cohort").set_index("cohort")
    rows = [
        text.say(language, "charts.cohort", month=month(language, cohort), size=int(sizes["size"][cohort]))
        for cohort in wide.index
    ]

    def write(value: float, complete: bool) -> str:
        if value != value:
            return ""
        sign = "" if complete else "*"  # not ≥: returns can lower revenue
        number = f"{value * 100:.0f}" if measure == "share" else text.number(language, value, _cell_form(value))
        return f"{number}{sign}"

    def hover(value: float, complete: bool, cohort: pd.Timestamp, age: int) -> str:
        if value != value:
            return ""
        written = (
            text.number(language, value, "percent")
            if measure == "share"
            else text.number(language, value, "0f")
            if measure == "active"
            else write_money(language, value, currency)
        )
        key = f"charts.cohort_cell_{measure}"
        said = text.say(language, key, value=written, month=month(language, cohort), age=age)
        return said if complete else text.say(language, "charts.partial", period=said)

    cells = range(len(wide.columns))
    figure = heatmap(
        language,
        wide,
        [str(age) for age in wide.columns],
        rows,
        texts=pd.DataFrame(
            [[write(float(wide.iat[row, at]), bool(whole.iat[row, at])) for at in cells] for row in range(len(rows))]
        ),
        hover=[
            [hover(float(wide.iat[row, at]), bool(whole.iat[row, at]), cohort, int(wide.columns[at])) for at in cells]
            for row, cohort in enumerate(wide.index)
        ],
        tokens=[[f"cohort:{cohort:%Y-%m}:{age}" for age in wide.columns] for cohort in wide.index],
    )
    figure.update_layout(height=max(HEIGHT, 90 + 26 * len(rows)))
    if measure in ("revenue", "revenue_per_customer", "order_value") or len(wide.columns) > 10:
        figure.update_traces(textfont_size=10, selector={"type": "scatter"})
    figure.update_xaxes(title=text.say(language, "charts.age_axis"))
    figure.update_yaxes(autorange="reversed")
    share = ordered_again_next_month(table)
    message = (
        text.say(language, "charts.cohort_message_none")
        if share is None
        else text.say(language, "charts.cohort_message", share=share)
    )
    title = text.say(language, f"charts.cohorts_{measure}", unit=money_unit(language, currency))
    return Chart(title, message, figure, clickable=True)


def _cell_form(value: float) -> str:
    return "short" if abs(value) >= 10_000 else "0f"


def reordering(curve: pd.DataFrame, language: str) -> Chart:
    """Two lines: the share that had ordered again within n days of the first and of later orders. Takes
    `insights.reorder_curve`."""
    figure = new_figure(language)
    for kind, colour in (("first", PALETTE[2]), ("later", PALETTE[0])):
        of_kind = curve[curve["kind"] == kind]
        if of_kind.empty:
            continue
        step = max(1, len(of_kind) // 180)
        of_kind = of_kind.iloc[::step]
        figure.add_scatter(
            x=of_kind["days"],
            y=of_kind["share"],
            mode="lines",
            line={"color": colour, "width": 2.5, "shape": "hv"},
            name=text.say(language, f"charts.reorder_{kind}"),
            customdata=[
                text.say(language, "charts.reorder_point", share=float(share), days=int(days), watched=int(watched))
                for share, days, watched in zip(of_kind["share"], of_kind["days"], of_kind["at_risk"], strict=True)
            ],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(title=text.say(language, "charts.days_axis"), rangemode="tozero", showgrid=True)
    figure.update_yaxes(
        title=text.say(language, "charts.reorder_axis"),
        **ticks(language, [0.0, *curve["share"]], percent=True),
        rangemode="tozero",
    )
    first, half = curve[curve["kind"] == "first"], days_until(curve, 0.5)
    if first.empty:
        message = text.say(language, "charts.reorder_message_later")
    elif half is None:
        reached, last = float(first["share"].iloc[-1]), int(first["days"].iloc[-1])
        message = text.say(language, "charts.reorder_message_never", share=reached, days=last)
    else:
        message = text.say(language, "charts.reorder_message", days=half)
    return Chart(text.say(language, "charts.reordering"), message, figure)


# ------------------------------------------------------------------------------------------------ products


def products(table: pd.DataFrame, language: str, currency: str, *, whole: float, most: int = 15) -> Chart:
    """Horizontal bars: revenue of the best-selling products. Takes `insights.by_product`; `whole` is all revenue, that
    of lines without a product included."""
    best = table.head(most)
    figure = horizontal_bars(
        language,
        names=[str(name) for name in best["product"]],
        values=best["revenue"].tolist(),
        labels=[write_money(language, value, currency) for value in best["revenue"]],
        letters=30,
    )
    figure.update_traces(customdata=[[f"product:{code_of(str(name))}"] for name in best["product"]])
    figure.update_xaxes(
        title=text.say(language, "charts.revenue_axis", unit=money_unit(language, currency)),
        **ticks(language, [0.0, *best["revenue"]], most=FEW_TICKS),
    )
    revenue = write_money(language, float(best["revenue"].iloc[0]), currency)
    several = tied(language, [str(name) for name in table["product"]], table["revenue"].tolist(), revenue)
    message = several or text.say(
        language,
        "charts.products_message",
        product=str(best["product"].iloc[0]),
        revenue=revenue,
        share=float(best["revenue"].sum()) / whole if whole > 0 else 0.0,
        count=len(best),
    )
    return Chart(text.say(language, "charts.products"), message, figure, clickable=True)


def first_or_repeat(table: pd.DataFrame, language: str, *, most: int = 40) -> Chart:
    """A scatter: how often a product is part of a first order × how many of its buyers ordered again. Takes
    `insights.by_product`; products bought by few are left out."""
    shown = table[table["customers"] >= max(5, int(table["customers"].quantile(0.5)))].head(most)
    figure = new_figure(language)
    figure.add_scatter(
        x=shown["first_share"],
        y=shown["ordered_again"],
        mode="markers",
        marker={
            "color": PALETTE[0],
            "opacity": 0.75,
            "size": (8 + 26 * (shown["customers"] / max(1, shown["customers"].max())) ** 0.5).tolist(),
        },
        customdata=[
            [
                text.say(
                    language,
                    "charts.first_repeat_point",
                    product=chart_label(str(row.product)),
                    first=float(row.first_share),
                    again=float(row.ordered_again),
                    customers=int(row.customers),
                ),
                f"product:{code_of(str(row.product))}",
            ]
            for row in shown.itertuples()
        ],
        hovertemplate="%{customdata[0]}<extra></extra>",
        showlegend=False,
    )
    share_axes(figure, language, "charts.first_share_axis", "charts.ordered_again_axis")
    for axis, column in ((figure.update_xaxes, "first_share"), (figure.update_yaxes, "ordered_again")):
        marks = ticks(language, [0.0, *shown[column]], percent=True)
        axis(range=None, autorange=True, rangemode="tozero", **marks)
    figure.update_layout(margin_t=8)
    if shown.empty:
        return Chart(text.say(language, "charts.first_repeat"), text.say(language, "charts.first_repeat_none"), figure)
    best = shown.loc[shown["ordered_again"].idxmax()]
    again = float(best["ordered_again"])
    message = tied(
        language,
        [str(name) for name in shown["product"]],
        shown["ordered_again"].tolist(),
        text.number(language, again, "percent"),
    ) or text.say(language, "charts.first_repeat_message", product=str(best["product"]), again=again)
    return Chart(text.say(language, "charts.first_repeat"), message, figure, clickable=True)


# ------------------------------------------------------------------------------------------------ one customer


def timeline(events: pd.DataFrame, language: str, currency: str) -> Chart:
    """Bars on a line of time: orders up, returns down. Takes `insights.Profile.events`."""
    figure = new_figure(language)
    names = [text.day(language, at.date()) for at in events["at"]]
    for kind, colour in (("order", PALETTE[0]), ("return", PALETTE[3])):
        of_kind = events["kind"] == kind
        if not of_kind.any():
            continue
        figure.add_scatter(
            x=events["at"][of_kind],
            y=events["amount"][of_kind],
            mode="markers",
            name=text.say(language, f"charts.timeline_{kind}"),
            marker={"color": colour, "size": 10},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": (-events["amount"][of_kind]).clip(lower=0).tolist(),
                "arrayminus": events["amount"][of_kind].clip(lower=0).tolist(),
                "width": 0,
                "thickness": 2,
                "color": colour,
            },
            customdata=[
                f"{name}<br>{write_money(language, float(amount), currency)}"
                for name, amount, kept in zip(names, events["amount"], of_kind, strict=True)
                if kept
            ],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    ends = pd.DatetimeIndex([events["at"].iloc[0], events["at"].iloc[-1]])
    days = list(dict.fromkeys(pd.date_range(*ends, periods=5).normalize()))
    figure.update_xaxes(tickvals=days, ticktext=tick_names(language, days, "day"))
    figure.update_yaxes(
        title=text.say(language, "charts.amount_axis", unit=money_unit(language, currency)),
        **ticks(language, [0.0, *events["amount"]]),
        zeroline=True,
        zerolinecolor=MUTED,
    )
    figure.update_layout(height=260)
    orders, returns = int((events["kind"] == "order").sum()), int((events["kind"] == "return").sum())
    message = text.say(
        language,
        "charts.timeline_message",
        orders=orders,
        returns=returns,
        start=ends[0].date(),
        end=ends[1].date(),
    )
    return Chart(text.say(language, "charts.timeline"), message, figure)


def weekday_name(language: str, weekday: int) -> str:
    """The name of a day of the week, 0 = Monday."""
    return str(get_day_names("wide", "stand-alone", Locale.parse(language))[weekday])


def _ranks(wide: pd.DataFrame) -> pd.DataFrame:
    """Money spreads over powers of ten: colour by its place among the cells, 0 for an empty cell."""
    placed = wide.stack().rank(pct=True).unstack()
    return placed.reindex(index=wide.index, columns=wide.columns)


def _short_band(ends: Sequence[int], number: int) -> str:
    """A band without its unit, which the axis names: "1", "3–5", ">10". Words lie slanted below narrow cells."""
    if number == len(ends):
        return f">{ends[-1]}"
    low = 1 if number == 0 else ends[number - 1] + 1
    return str(low) if low == ends[number] else f"{low}–{ends[number]}"


def _band(language: str, key: str, ends: Sequence[int], number: int) -> str:
    if number == len(ends):
        return text.say(language, f"{key}_over", low=ends[-1])
    low = 1 if number == 0 else ends[number - 1] + 1
    if number == 0:
        return text.say(language, f"{key}_upto", high=ends[0])
    return text.say(language, f"{key}_single" if low == ends[number] else f"{key}_range", low=low, high=ends[number])
