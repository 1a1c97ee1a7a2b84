"""Figures of a customer table: distributions, relations between columns, and what goes with an outcome."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib import text
from lib.charts.primitives import (
    FEW_TICKS,
    MUTED,
    PALETTE,
    Chart,
    count_axis,
    heatmap,
    horizontal_bars,
    new_figure,
    ticks,
    tied,
    wrapped,
)
from lib.safe_text import chart_label

MAX_POINTS = 1_500
"""A screen shows no more points of a scatter apart."""

MAX_HEATMAP_COLUMNS = 14


def group_label(language: str, group: str) -> str:
    """A group of `insights.rates`: missing cells have a name of their own, spans of numbers the language's sign."""
    if _SPAN.fullmatch(group):
        return written_number(language, group)
    return group or text.say(language, "charts.missing_cells")


_NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_SPAN = re.compile(f"{_NUMBER} – {_NUMBER}")
_NUMBER_OR_SPAN = re.compile(f"{_NUMBER}(?: – {_NUMBER})?")


def written_number(language: str, written: str) -> str:
    """Plain text of a number or a span with the language's decimal sign, without thousands: it may be a year."""
    decimal = text.locale(language).decimal
    return written.replace(".", decimal) if _NUMBER_OR_SPAN.fullmatch(written) else written


def values(bins: pd.DataFrame, language: str, *, column: str) -> Chart:
    """Bars: a histogram, or the most frequent values. Takes `customer_table.distribution`."""
    figure = new_figure(language)
    histogram = bool(bins["low"].notna().all()) and len(bins) > 1
    names = [chart_label(written_number(language, str(group))) for group in bins["group"]]
    if histogram:
        figure.add_bar(
            x=list(range(len(bins))),
            y=bins["customers"],
            marker={"color": PALETTE[0]},
            customdata=names,
            hovertemplate="%{customdata}<br>%{y:,}<extra></extra>",
        )
        step = max(1, len(bins) // 6)
        figure.update_xaxes(
            tickvals=list(range(0, len(bins), step)), ticktext=[name.split(" – ")[0] for name in names[::step]]
        )
        figure.update_layout(bargap=0.03)
        figure.update_yaxes(
            title=text.say(language, "charts.customers_axis"), **count_axis(language, bins["customers"])
        )
    else:
        figure = horizontal_bars(
            language,
            names=[str(group) for group in bins["group"]],
            values=bins["customers"].tolist(),
            labels=[text.number(language, count, "0f") for count in bins["customers"]],
        )
        figure.update_yaxes(type="category")
        figure.update_xaxes(
            title=text.say(language, "charts.customers_axis"),
            **count_axis(language, bins["customers"]),
        )
    figure.update_layout(margin_t=8)
    fullest = bins.loc[bins["customers"].idxmax()]
    counted = bins["customers"].tolist()
    written = text.say(language, "charts.customers_count", customers=int(fullest["customers"]))
    groups = [written_number(language, str(group)) for group in bins["group"]]
    message = tied(language, groups, counted, written) or text.say(
        language,
        "charts.values_message",
        group=written_number(language, str(fullest["group"])),
        customers=int(fullest["customers"]),
    )
    return Chart(column, message, figure)


def strongest_columns(pairs: pd.DataFrame) -> list[str]:
    """The columns in the strongest pairs, at most `MAX_HEATMAP_COLUMNS`. Takes `customer_table.associations`."""
    found: list[str] = []
    for row in pairs.itertuples():
        found += [name for name in (str(row.left), str(row.right)) if name not in found]
        if len(found) >= MAX_HEATMAP_COLUMNS:
            break
    return found[:MAX_HEATMAP_COLUMNS]


def associations(pairs: pd.DataFrame, language: str) -> Chart:
    """A heatmap of how strongly columns go together. Takes `customer_table.associations`; clicking a cell names the
    pair by its places in `strongest_columns`."""
    names = strongest_columns(pairs)
    strength = pd.DataFrame(np.nan, index=names, columns=names)
    signed = strength.copy()
    for row in pairs.itertuples():
        if row.left in strength.index and row.right in strength.index:
            strength.loc[row.left, row.right] = strength.loc[row.right, row.left] = row.strength
            signed.loc[row.left, row.right] = signed.loc[row.right, row.left] = row.value
    labels = [wrapped(name, 18) for name in names]
    figure = heatmap(
        language,
        strength,
        labels,
        labels,
        texts=signed.map(lambda value: "" if value != value else text.number(language, value, "2f")),
        hover=[
            [
                ""
                if value != value
                else text.say(language, "charts.association_point", value=text.number(language, value, "2f"))
                for value in row
            ]
            for row in signed.to_numpy()
        ],
        tokens=[[f"pair:{row}:{column}" for column in range(len(names))] for row in range(len(names))],
        darkest=1.0,
    )
    figure.update_layout(height=max(340, 140 + 30 * len(names)))
    figure.update_xaxes(tickangle=-60, automargin=True)
    figure.update_yaxes(autorange="reversed")
    if len(names) > 8:
        figure.update_traces(textfont_size=10, selector={"type": "scatter"})
    best = pairs.iloc[0]
    several = tied(
        language,
        [
            _pair_title(language, str(left), str(right))
            for left, right in zip(pairs["left"], pairs["right"], strict=True)
        ],
        pairs["strength"].tolist(),
        text.number(language, float(best["strength"]), "2f"),
    )
    message = several or text.say(
        language,
        f"charts.association_{best['measure']}",
        left=str(best["left"]),
        right=str(best["right"]),
        value=text.number(language, float(best["value"]), "2f"),
    )
    return Chart(text.say(language, "charts.associations"), message, figure, clickable=True)


def scatter(table: pd.DataFrame, language: str, *, across: str, up: str) -> Chart:
    """Points of two numbers, at most `MAX_POINTS`, evenly spread over the rows."""
    known = table[[across, up]].dropna()
    shown = known
    if len(known) > MAX_POINTS:
        shown = known.iloc[np.linspace(0, len(known) - 1, MAX_POINTS).astype(np.int64)]
    figure = new_figure(language)
    figure.add_scatter(
        x=shown[across],
        y=shown[up],
        mode="markers",
        marker={"color": PALETTE[0], "size": 6, "opacity": 0.5},
        hovertemplate="%{x}<br>%{y}<extra></extra>",
        showlegend=False,
    )
    figure.update_layout(margin_t=8)
    for axis, name in ((figure.update_xaxes, across), (figure.update_yaxes, up)):
        marks = {} if shown[name].dtype.kind == "M" else ticks(language, shown[name].astype("float64").tolist())
        axis(title=chart_label(name), **marks)
    message = text.say(language, "charts.scatter_message", shown=len(shown), total=len(known))
    return Chart(_pair_title(language, across, up), message, figure)


def boxes(table: pd.DataFrame, language: str, *, number: str, group: str, most: int = 12) -> Chart:
    """Box plots of a number by the values of a category, the most frequent ones; only quartiles leave the server."""
    known = table[[number, group]].dropna()
    names = known[group].astype("str").value_counts().index[:most]
    figure = new_figure(language)
    medians: dict[str, float] = {}
    reached: list[float] = []
    for name in names:
        cells = known[number][known[group].astype("str") == name].astype("float64")
        low, middle, high = (float(cells.quantile(share)) for share in (0.25, 0.5, 0.75))
        reach = 1.5 * (high - low)
        inside = cells[(cells >= low - reach) & (cells <= high + reach)]
        medians[str(name)] = middle
        reached += [float(inside.min()), float(inside.max())]
        figure.add_box(
            x=[wrapped(str(name), 14)],
            q1=[low],
            median=[middle],
            q3=[high],
            lowerfence=[float(inside.min())],
            upperfence=[float(inside.max())],
            name=chart_label(str(name)),
            marker={"color": PALETTE[0]},
            showlegend=False,
        )
    figure.update_layout(margin_t=8)
    figure.update_xaxes(type="category", title=chart_label(group))
    figure.update_yaxes(title=chart_label(number), **ticks(language, reached))
    highest, lowest = max(medians, key=medians.__getitem__), min(medians, key=medians.__getitem__)
    written = text.number(language, medians[highest])
    message = tied(language, list(medians), list(medians.values()), written) or text.say(
        language,
        "charts.boxes_message",
        highest=highest,
        high=medians[highest],
        lowest=lowest,
        low=medians[lowest],
    )
    return Chart(_pair_title(language, number, group), message, figure)


def crossed(table: pd.DataFrame, language: str, *, across: str, split: str, most: int = 10) -> Chart:
    """Bars that add up to 100 %: the values of one category within those of another."""
    known = table[[across, split]].dropna().astype("str")
    rows, parts = (known[name].value_counts().index[:most] for name in (across, split))
    counts = pd.crosstab(known[across], known[split]).reindex(index=rows, columns=parts, fill_value=0)
    shares = counts.div(counts.sum(axis=1).clip(lower=1), axis=0)
    figure = new_figure(language)
    for at, part in enumerate(parts):
        figure.add_bar(
            y=[wrapped(str(row), 22) for row in rows],
            x=shares[part],
            orientation="h",
            name=chart_label(str(part)),
            marker={"color": PALETTE[at % len(PALETTE)]},
            customdata=[
                f"{text.number(language, float(share), 'percent')} ({text.number(language, int(count), '0f')})"
                for share, count in zip(shares[part], counts[part], strict=True)
            ],
            hovertemplate="%{y}<br>%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(
        barmode="stack", height=max(260, 110 + 34 * len(rows)), legend_traceorder="normal", margin_r=24
    )
    figure.update_xaxes(**ticks(language, [0, 1], percent=True), range=[0, 1], title=chart_label(split))
    figure.update_yaxes(autorange="reversed", title=chart_label(across))
    message = text.say(language, "charts.crossed_message", customers=len(known))
    return Chart(_pair_title(language, across, split), message, figure)


def _pair_title(language: str, one: str, other: str) -> str:
    return text.say(language, "charts.pair", one=one, other=other)


def outcome_ranking(table: pd.DataFrame, language: str, *, outcome: str, share: bool) -> Chart:
    """Bars: how strongly each column goes with the outcome. Takes `customer_table.ranking`; a click names the column by
    its place."""
    shown = table.head(15)
    figure = horizontal_bars(
        language,
        names=[str(name) for name in shown["column"]],
        values=shown["strength"].tolist(),
        labels=[text.number(language, value, "2f") for value in shown["strength"]],
    )
    figure.update_traces(
        customdata=[[f"column:{at}"] for at in range(len(shown))],
        marker={"color": PALETTE[0], "opacity": [1.0 if sure else 0.4 for sure in shown["sure"]]},
        textposition=["auto" if sure else "outside" for sure in shown["sure"]],  # no ink reads on pale in both themes
    )
    longest = float(shown["strength"].max()) or 1.0
    stretch = 1.05 if shown["sure"].all() else 1.25  # labels beside bars fit on a phone, too
    figure.update_xaxes(title=text.say(language, "charts.strength_axis"), range=[0, stretch * longest])
    title = text.say(language, "charts.outcome_ranking", outcome=outcome)
    if not table["sure"].any():
        return Chart(title, text.say(language, "charts.outcome_unclear"), figure, clickable=True)
    best = table[table["sure"]].iloc[0]
    message = text.say(
        language,
        "charts.outcome_message",
        column=str(best["column"]),
        high=_rate(language, float(best["highest"]), share=share),
        highest=group_label(language, str(best["highest_group"])),
        low=_rate(language, float(best["lowest"]), share=share),
        lowest=group_label(language, str(best["lowest_group"])),
    )
    return Chart(title, message, figure, clickable=True)


def outcome_rates(
    part: pd.DataFrame, language: str, *, column: str, outcome: str, overall: float, share: bool
) -> Chart:
    """Points with 95 % intervals: the outcome by groups of one column, beside the overall rate. Takes the rows of
    `customer_table.rates` of that column."""
    figure = new_figure(language)
    names = [wrapped(group_label(language, str(group)), 24) for group in part["group"]]
    figure.add_scatter(
        y=names,
        x=part["rate"],
        mode="markers",
        marker={"color": PALETTE[0], "size": 11},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (part["high"] - part["rate"]).tolist(),
            "arrayminus": (part["rate"] - part["low"]).tolist(),
            "color": MUTED,
            "thickness": 1.5,
            "width": 4,
        },
        customdata=[
            text.say(
                language,
                "charts.rate_point",
                rate=_rate(language, float(row.rate), share=share),
                low=_rate(language, float(row.low), share=share),
                high=_rate(language, float(row.high), share=share),
                customers=int(row.customers),
            )
            for row in part.itertuples()
        ],
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        showlegend=False,
    )
    figure.add_vline(x=overall, line={"color": MUTED, "dash": "dot", "width": 1.5})
    figure.update_layout(height=max(240, 100 + 32 * len(part)), margin_t=8)
    figure.update_yaxes(autorange="reversed", type="category", showgrid=True)
    figure.update_xaxes(
        title=chart_label(outcome),
        **ticks(language, [*part["low"], *part["high"], overall], most=FEW_TICKS, percent=share),
        showgrid=True,
    )
    message = text.say(language, "charts.rates_message", overall=_rate(language, overall, share=share))
    return Chart(text.say(language, "charts.rates", outcome=outcome, column=column), message, figure)


def _rate(language: str, value: float, *, share: bool) -> str:
    return text.number(language, value, "percent1" if share else "0f" if abs(value) >= 100 else "")


def picked_names(names: Sequence[str], token: str) -> list[str]:
    """The names that a clicked `pair:1:2` or `column:1` stands for."""
    return [names[int(place)] for place in token.split(":")[1:] if place.isdigit() and int(place) < len(names)]
