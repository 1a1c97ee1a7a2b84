"""Figures of lifetime value: what cohorts have spent so far, and what is expected of them."""

from __future__ import annotations

import pandas as pd

from lib import text
from lib.charts.explore import bucket_name
from lib.charts.primitives import (
    HEIGHT,
    MUTED,
    PALETTE,
    Chart,
    heatmap,
    money_unit,
    new_figure,
    ticks,
    tied,
    wrapped,
    write_money,
)
from lib.insights import MIN_WATCHED, Frequency


def lifetime_value(table: pd.DataFrame, language: str, currency: str, frequency: Frequency) -> Chart:
    """A line per cohort: cumulative revenue per customer by months since the first order. Takes
    `insights.lifetime_value`; `frequency` is that of the cohorts."""
    figure = new_figure(language)
    for number, (cohort, part) in enumerate(table.groupby("cohort", sort=True)):
        name = bucket_name(language, pd.Timestamp(str(cohort)), frequency)
        figure.add_scatter(
            x=part["months"].to_numpy(),
            y=part["per_customer"].to_numpy(),
            mode="lines+markers",
            name=name,
            line={"color": PALETTE[number % len(PALETTE)], "width": 2.5},
            marker={"size": 6},
            customdata=[
                text.say(
                    language,
                    "charts.lifetime_value_point",
                    months=int(month),
                    amount=write_money(language, float(value), currency),
                    customers=int(part["customers"].iloc[0]),
                )
                for month, value in zip(part["months"], part["per_customer"], strict=True)
            ],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(title=text.say(language, "charts.lifetime_value_months"), rangemode="tozero", showgrid=True)
    figure.update_xaxes(dtick=max(1, -(-int(table["months"].max()) // 8)))
    figure.update_yaxes(
        title=text.say(language, "charts.lifetime_value_axis", unit=money_unit(language, currency)),
        **ticks(language, [0.0, *table["per_customer"]]),
        rangemode="tozero",
    )
    oldest = table[table["cohort"] == table["cohort"].min()]
    months = int(oldest["months"].iloc[-1])
    message = text.say(
        language,
        "charts.lifetime_value_message" if months else "charts.lifetime_value_young",
        period=bucket_name(language, oldest["cohort"].iloc[0], frequency),
        first=write_money(language, float(oldest["per_customer"].iloc[0]), currency),
        amount=write_money(language, float(oldest["per_customer"].iloc[-1]), currency),
        months=months,
    )
    return Chart(text.say(language, "charts.lifetime_value"), message, figure)


def expected_value(table: pd.DataFrame, language: str, currency: str, frequency: Frequency, *, months: int) -> Chart:
    """Bars per cohort: money per customer so far, and above it what is expected, with its range. Takes
    `insights.expected_value`."""
    figure = new_figure(language)
    names = [bucket_name(language, cohort, frequency) for cohort in table["cohort"]]

    def money(value: float) -> str:
        return write_money(language, value, currency)

    figure.add_bar(
        x=names,
        y=table["spent"].to_numpy(),
        name=text.say(language, "charts.value_so_far"),
        marker={"color": PALETTE[0]},
        customdata=[money(float(value)) for value in table["spent"]],
        hovertemplate="%{x}<br>%{customdata}<extra>%{fullData.name}</extra>",
    )
    figure.add_bar(
        x=names,
        y=table["expected"].to_numpy(),
        name=text.say(language, "charts.value_expected", months=months),
        marker={"color": PALETTE[0], "opacity": 0.4},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (table["high"] - table["expected"]).tolist(),
            "arrayminus": (table["expected"] - table["low"]).tolist(),
            "color": MUTED,
            "thickness": 1.5,
            "width": 5,
        },
        customdata=[
            text.say(
                language,
                "charts.value_expected_point",
                amount=money(float(row.expected)),
                low=money(float(row.low)),
                high=money(float(row.high)),
            )
            for row in table.itertuples()
        ],
        hovertemplate="%{x}<br>%{customdata}<extra>%{fullData.name}</extra>",
    )
    figure.update_layout(barmode="stack", bargap=0.3, legend_traceorder="normal")
    figure.update_xaxes(type="category")
    tops = (table["spent"] + table["high"]).tolist()
    figure.update_yaxes(
        title=text.say(language, "charts.lifetime_value_axis", unit=money_unit(language, currency)),
        **ticks(language, [0.0, *tops]),
        rangemode="tozero",
    )
    people = table["customers"].to_numpy()
    each = float((table["expected"] * people).sum() / people.sum())
    message = text.say(language, "charts.value_expected_message", amount=money(each), months=months)
    return Chart(text.say(language, "charts.value_expected_title", months=months), message, figure)


def cohorts_by(table: pd.DataFrame, language: str, currency: str, *, what: str, measure: str, token: str) -> Chart:
    """A heatmap: groups by their first order × months since. Takes `insights.cohorts_by` with a `code` for each group;
    `measure` is `share` or `per_customer`, `what` names the column, `token` is the first part of what a click selects.
    """
    wide = table.pivot(index="group", columns="months", values=measure).reindex(table["group"].unique())
    wide = wide.dropna(axis=1, how="all")
    groups = table.drop_duplicates("group").set_index("group")
    sizes, codes = groups["size"], groups["code"]
    rows = [f"{wrapped(str(name), 26)} · {text.number(language, int(sizes[name]), '0f')}" for name in wide.index]

    def write(value: float) -> str:
        if value != value:
            return ""
        if measure == "share":
            return f"{value * 100:.0f}"
        return text.number(language, value, "short" if abs(value) >= 10_000 else "0f")

    def hover(value: float) -> str:
        if value != value:
            return ""
        written = (
            text.number(language, value, "percent1") if measure == "share" else write_money(language, value, currency)
        )
        return text.say(language, f"charts.first_order_cell_{measure}", value=written)

    figure = heatmap(
        language,
        wide,
        [str(month) for month in wide.columns],
        rows,
        texts=wide.map(write),
        hover=[[hover(float(value)) for value in line] for line in wide.to_numpy()],
        tokens=[[f"{token}:{codes[name]}" for _ in wide.columns] for name in wide.index],
    )
    figure.update_layout(height=max(HEIGHT, 90 + 30 * len(rows)))
    figure.update_xaxes(title=text.say(language, "charts.age_axis"))
    figure.update_yaxes(autorange="reversed")
    last = min(3, int(max(wide.columns))) if len(wide.columns) else 0
    at = table[(table["months"] <= last) & table["share"].notna()]
    fullest = at.groupby("group")["share"].mean() if len(at) else pd.Series(dtype="float64")
    title = text.say(language, f"charts.first_order_{measure}", what=what, unit=money_unit(language, currency))
    if fullest.empty:
        return Chart(title, text.say(language, "charts.first_order_none"), figure, clickable=True)
    written = text.number(language, float(fullest.max()), "percent")
    message = tied(language, [str(name) for name in fullest.index], fullest.tolist(), written) or text.say(
        language,
        "charts.first_order_message",
        group=str(fullest.idxmax()),
        share=float(fullest.max()),
        months=last,
        least=MIN_WATCHED,
    )
    return Chart(title, message, figure, clickable=True)
