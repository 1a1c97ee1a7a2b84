"""Figures of Explore: the small tables of `insights` as charts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lib import text
from lib.charts.primitives import (
    HEIGHT,
    MUTED,
    PALETTE,
    Chart,
    customdata_rows,
    heatmap,
    horizontal_bars,
    money_unit,
    month,
    new_figure,
    share_axes,
    write_money,
)
from lib.insights import FREQUENCY_BANDS, RECENCY_BANDS, best_month, came_back_next_month, share_of_best

_MONTHS_SHOWN = 14


def revenue_by_month(months: pd.DataFrame, language: str, currency: str) -> Chart:
    """Stacked bars: revenue of customers known before and of new ones. Takes `insights.by_month`."""
    names = [month(language, value) for value in months["month"]]
    opacity = [1.0 if complete else 0.45 for complete in months["complete"]]
    figure = new_figure(language)
    for column, colour in (("known_revenue", PALETTE[0]), ("new_revenue", PALETTE[2])):
        figure.add_bar(
            x=months["month"],
            y=months[column],
            name=text.say(language, f"charts.{column}"),
            marker={"color": colour, "opacity": opacity, "line": {"width": 0}},
            customdata=customdata_rows(names, [write_money(language, value, currency) for value in months[column]]),
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25)
    _month_axis(figure, language, months["month"])
    figure.update_yaxes(
        title=text.say(language, "charts.revenue_axis", unit=money_unit(language, currency)), tickformat="~s"
    )
    best, amount = best_month(months)
    message = text.say(
        language,
        "charts.best_month" if months["complete"].all() else "charts.best_month_incomplete",
        month=month(language, best),
        amount=write_money(language, amount, currency),
    )
    return Chart(text.say(language, "charts.revenue_by_month"), message, figure)


def customers_by_month(months: pd.DataFrame, language: str) -> Chart:
    """Two lines: customers who ordered in the month, and those who did for the first time."""
    figure = new_figure(language)
    names = [month(language, value) for value in months["month"]]
    for column, colour in (("customers", PALETTE[0]), ("new_customers", PALETTE[2])):
        figure.add_scatter(
            x=months["month"],
            y=months[column],
            mode="lines+markers",
            name=text.say(language, f"charts.{column}"),
            line={"color": colour, "width": 2.5},
            marker={"size": 6},
            customdata=customdata_rows(names, [text.number(language, value, "0f") for value in months[column]]),
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        )
    _month_axis(figure, language, months["month"])
    figure.update_yaxes(title=text.say(language, "charts.customers_axis"), rangemode="tozero", tickformat="~s")
    latest = months.iloc[-1]
    message = text.say(
        language,
        "charts.customers_latest",
        month=month(language, latest["month"]),
        customers=int(latest["customers"]),
        new=int(latest["new_customers"]),
    )
    return Chart(text.say(language, "charts.customers_by_month"), message, figure)


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
    )
    figure.update_xaxes(title=text.say(language, "charts.frequency_axis"))
    figure.update_yaxes(title=text.say(language, "charts.recency_axis"), autorange="reversed")
    lost = grid[(grid["recency_band"] >= 3) & (grid["frequency_band"] >= 2)]
    message = text.say(
        language,
        "charts.rfm_message",
        customers=int(lost["customers"].sum()),
        days=RECENCY_BANDS[2],
        revenue=write_money(language, float(lost["revenue"].sum()), currency),
    )
    return Chart(text.say(language, "charts.rfm", unit=money_unit(language, currency)), message, figure)


def recency_name(language: str, band: int) -> str:
    """What a recency band of `insights.rfm_grid` is called."""
    return _band(language, "charts.recency", RECENCY_BANDS, band)


def frequency_name(language: str, band: int) -> str:
    """What a frequency band of `insights.rfm_grid` is called."""
    return _band(language, "charts.frequency", FREQUENCY_BANDS, band)


def cohorts(table: pd.DataFrame, language: str) -> Chart:
    """A heatmap: month of the first order × months since, the share of those customers who ordered.

    Takes `insights.cohorts` with at least one month after a first one.
    """
    later = table[table["age_months"] > 0]
    wide = later.pivot(index="cohort", columns="age_months", values="share")
    sizes = table.drop_duplicates("cohort").set_index("cohort")["size"]
    rows = [
        text.say(language, "charts.cohort", month=month(language, cohort), size=int(sizes[cohort]))
        for cohort in wide.index
    ]
    figure = heatmap(
        language,
        wide,
        [str(age) for age in wide.columns],
        rows,
        texts=wide.map(lambda share: "" if share != share else f"{share * 100:.0f}"),
        hover=[
            [
                ""
                if wide.iat[row, column] != wide.iat[row, column]
                else text.say(
                    language,
                    "charts.cohort_cell",
                    share=float(wide.iat[row, column]),
                    month=month(language, cohort),
                    age=int(wide.columns[column]),
                )
                for column in range(len(wide.columns))
            ]
            for row, cohort in enumerate(wide.index)
        ],
    )
    figure.update_layout(height=max(HEIGHT, 90 + 26 * len(rows)))
    figure.update_xaxes(title=text.say(language, "charts.age_axis"))
    figure.update_yaxes(autorange="reversed")
    message = text.say(language, "charts.cohort_message", share=came_back_next_month(table) or 0.0)
    return Chart(text.say(language, "charts.cohorts"), message, figure)


def pareto(curve: pd.DataFrame, language: str) -> Chart:
    """The share of the revenue that the best customers bring, from the first to the last."""
    figure = new_figure(language)
    figure.add_scatter(
        x=curve["share_customers"],
        y=curve["share_revenue"],
        mode="lines",
        name=text.say(language, "charts.pareto_line"),
        line={"color": PALETTE[0], "width": 3},
        fill="tozeroy",
        fillcolor="rgba(38,148,111,.14)",
        customdata=[
            text.say(language, "charts.pareto_point", customers=float(customers), revenue=float(revenue))
            for customers, revenue in zip(curve["share_customers"], curve["share_revenue"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=text.say(language, "charts.pareto_equal"),
        line={"color": MUTED, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    share = share_of_best(curve)
    figure.add_scatter(
        x=[0.2],
        y=[share],
        mode="markers+text",
        marker={"color": PALETTE[2], "size": 11},
        text=[text.number(language, share, "percent")],
        textposition="bottom right",
        showlegend=False,
        hoverinfo="skip",
    )
    share_axes(figure, language, "charts.pareto_x", "charts.pareto_y")
    return Chart(text.say(language, "charts.pareto"), text.say(language, "charts.pareto_message", share=share), figure)


def countries(table: pd.DataFrame, language: str, currency: str) -> Chart:
    """Horizontal bars: revenue of the largest countries. Takes `insights.by_country`."""
    figure = horizontal_bars(
        language,
        names=table["country"].tolist(),
        values=table["revenue"].tolist(),
        labels=[write_money(language, value, currency) for value in table["revenue"]],
    )
    figure.update_xaxes(
        title=text.say(language, "charts.revenue_axis", unit=money_unit(language, currency)), tickformat="~s"
    )
    first = table.iloc[0]
    message = text.say(
        language,
        "charts.countries_message",
        country=str(first["country"]),
        revenue=write_money(language, float(first["revenue"]), currency),
        customers=int(first["customers"]),
    )
    return Chart(text.say(language, "charts.countries"), message, figure)


def _ranks(wide: pd.DataFrame) -> pd.DataFrame:
    """Money spreads over powers of ten: colour by its place among the cells, 0 for an empty cell."""
    placed = wide.stack().rank(pct=True).unstack()
    return placed.reindex(index=wide.index, columns=wide.columns)


def _band(language: str, key: str, ends: Sequence[int], number: int) -> str:
    if number == len(ends):
        return text.say(language, f"{key}_over", low=ends[-1])
    low = 1 if number == 0 else ends[number - 1] + 1
    if number == 0:
        return text.say(language, f"{key}_upto", high=ends[0])
    return text.say(language, f"{key}_single" if low == ends[number] else f"{key}_range", low=low, high=ends[number])


def _month_axis(figure: go.Figure, language: str, months: pd.Series) -> None:
    step = -(-len(months) // _MONTHS_SHOWN)
    shown = list(months)[::step]
    figure.update_xaxes(tickvals=shown, ticktext=[month(language, value) for value in shown], tickangle=-40)
