"""Figures of a model: segments, how well it predicts, what it uses, what its mistakes cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Literal

import numpy as np
import pandas as pd

from lib import text
from lib.charts.primitives import (
    FEW_TICKS,
    MUTED,
    PALETTE,
    Chart,
    axis_title,
    count_axis,
    customdata_rows,
    heatmap,
    horizontal_bars,
    log_ticks,
    money_unit,
    new_figure,
    number_form,
    rows_height,
    share_axes,
    ticks,
    tied,
    wrapped,
    write_money,
)
from lib.safe_text import chart_label

_LETTERS_SIDE_BY_SIDE = 10
"""Letters in a line of a column's name below a narrow heatmap of three columns."""
MOST_POINTS = 2000
"""Of a scatter: a screen shows no more of them apart."""
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down", "pentagon")
"""Segments differ in form too, not in colour alone."""


def group_shares(
    names: Sequence[str], customers: Sequence[float], revenue: Sequence[float], language: str, *, column: str = ""
) -> Chart:
    """Two bars per group: its share of the customers and its share of the revenue, or of another `column`."""
    figure = new_figure(language)
    named = {"column": column} if column else {}
    second = text.say(language, "charts.share_column" if column else "charts.share_revenue", **named)
    bars = ((text.say(language, "charts.share_customers"), customers, PALETTE[1]), (second, revenue, PALETTE[0]))
    for label, values, colour in bars:
        if not any(values):
            continue  # nothing in the table sounds like money
        figure.add_bar(
            y=[wrapped(name, 22) for name in names],
            x=list(values),
            orientation="h",
            name=chart_label(label),
            marker={"color": colour},
            text=[text.number(language, value, "percent") for value in values],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertemplate="%{y}<br>%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="group", bargap=0.3, height=rows_height(names))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    longest = max([value for value in (*customers, *revenue) if value == value], default=1.0)
    # Space for the figure behind the longest bar, also on a phone.
    figure.update_xaxes(
        title=text.say(language, "charts.share_axis"),
        **ticks(language, [0.0, longest], most=FEW_TICKS, percent=True),
        range=[0, 1.22 * longest],
    )
    if any(revenue):
        largest = max(range(len(names)), key=lambda at: revenue[at])
        facts: dict[str, str | float] = {
            "name": names[largest],
            "customers": float(customers[largest]),
            "revenue": float(revenue[largest]),
            **named,
        }
        key = "charts.group_shares_column" if column else "charts.group_shares_message"
        most = text.number(language, float(revenue[largest]), "percent")
        message = tied(language, names, revenue, most) or text.say(language, key, **facts)
    else:
        largest = max(range(len(names)), key=lambda at: customers[at])
        most = text.number(language, float(customers[largest]), "percent")
        message = tied(language, names, customers, most) or text.say(
            language, "charts.group_shares_largest", name=names[largest], customers=float(customers[largest])
        )
    title = text.say(language, "charts.group_shares" if any(revenue) else "charts.group_sizes")
    return Chart(title, message, figure)


def group_profiles(profiles: pd.DataFrame, language: str) -> Chart:
    """A heatmap: group × column, how far the segment's typical value lies from that of all customers.

    `profiles` is indexed by the segment's name, has one column per model column (already with display names) and holds
    the distance in steps from -1 (lowest of all customers) over 0 (usual) to 1.
    """
    # Side by side, long names of columns would lie on each other on a phone.
    names = [str(name) for name in profiles.columns]
    heads = [wrapped(name, _LETTERS_SIDE_BY_SIDE if len(names) > 2 else 16) for name in names]
    longest = max((len(line) for head in heads for line in head.split("<br>")), default=0)
    upright = len(names) > 3 or (len(names) == 3 and longest > _LETTERS_SIDE_BY_SIDE + 1)
    if upright:
        heads = [wrapped(name) for name in names]
    figure = heatmap(
        language,
        profiles,
        heads,
        [wrapped(str(name), 22) for name in profiles.index],
        texts=profiles.map(lambda value: _arrow(float(value))),
        hover=[[text.say(language, _distance_key(float(value))) for value in row] for row in profiles.to_numpy()],
        diverging=True,
    )
    lines = max((head.count("<br>") for head in heads), default=0)
    figure.update_layout(height=rows_height([str(name) for name in profiles.index]) + (70 if upright else 14 * lines))
    figure.update_xaxes(tickangle=-90 if upright else 0, automargin=True, dtick=1)
    figure.update_yaxes(autorange="reversed")
    return Chart(
        text.say(language, "charts.group_profiles"), text.say(language, "charts.group_profiles_message"), figure
    )


def segment_scatter(points: pd.DataFrame, language: str, *, across: str, up: str, segment: str = "segment") -> Chart:
    """A point per customer in two columns, coloured by segment; at most `MOST_POINTS`, evenly spread over the rows.

    `points` has the columns `across` and `up` under their display names, and `segment`, the name of each customer's.
    """
    drawable = np.isfinite(points[[across, up]].to_numpy(np.float64, na_value=np.nan)).all(axis=1)
    known = points[drawable & points[segment].notna()]
    shown = known
    if len(known) > MOST_POINTS:
        shown = known.iloc[[round(at * (len(known) - 1) / (MOST_POINTS - 1)) for at in range(MOST_POINTS)]]
    figure = new_figure(language)
    for at, (name, rows) in enumerate(shown.groupby(segment, sort=False, observed=True)):
        figure.add_scatter(
            x=rows[across].tolist(),
            y=rows[up].tolist(),
            mode="markers",
            name=chart_label(str(name)),
            marker={**_marker(at), "size": 6, "opacity": 0.6},
            hovertemplate="%{x}<br>%{y}<extra>%{fullData.name}</extra>",
        )
    for axis, name in ((figure.update_xaxes, across), (figure.update_yaxes, up)):
        values = [float(value) for value in shown[name]]
        skewed = bool(values) and min(values) > 0 and max(values) > 20 * sorted(values)[len(values) // 2]
        marks = log_ticks(language, min(values), max(values)) if skewed else ticks(language, values)
        axis(title=chart_label(name), type="log" if skewed else "linear", **marks)
    names = shown[segment].astype("str").unique()
    figure.update_layout(height=340 + 18 * len(names))  # on a phone, each name has a row of the legend
    message = text.say(language, "charts.segment_scatter_message", shown=len(shown), total=len(points))
    return Chart(text.say(language, "charts.segment_scatter", one=across, other=up), message, figure)


def _marker(at: int) -> dict[str, str]:
    return {"color": PALETTE[at % len(PALETTE)], "symbol": _SYMBOLS[at % len(_SYMBOLS)]}


def calibration(points: pd.DataFrame, language: str, *, money: bool = False, unit: str = "", kind: str = "") -> Chart:
    """Predicted against observed: probabilities, or amounts. `points`: `predicted, actual, customers`, one row per
    decile, and where they are known `low, high`, the confidence interval of the observed value.

    `unit` is what amounts are counted in; `kind` is `chance`, `money`, `orders` or `number` and decides the words.
    """
    figure = new_figure(language)
    shown = points[["predicted", "actual"]]
    bottom = min(0.0, float(shown.min(axis=None)) * 1.05) if money else 0.0
    top = max(0.0, float(shown.max(axis=None)) * 1.05) if money else 1.0
    kind = kind or ("money" if money else "chance")

    def write(value: float) -> str:
        if not money:
            return text.number(language, value, "percent")
        return (
            write_money(language, value, unit) if kind == "money" else text.number(language, value, number_form(value))
        )

    figure.add_scatter(
        x=[bottom, top],
        y=[bottom, top],
        mode="lines",
        name=text.say(language, "charts.calibration_perfect"),
        line={"color": MUTED, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=points["predicted"],
        y=points["actual"],
        mode="lines+markers",
        name=text.say(language, "charts.calibration_model"),
        line={"color": PALETTE[0], "width": 2.5},
        marker={"size": 9},
        error_y=_spans(points),
        customdata=[
            text.say(
                language,
                "charts.calibration_point",
                predicted=write(float(a)),
                actual=write(float(b)),
                customers=int(c),
            )
            for a, b, c in zip(points["predicted"], points["actual"], points["customers"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if money:
        counted = chart_label(money_unit(language, unit) if kind == "money" else unit)
        across, up = (
            axis_title(text.say(language, f"charts.calibration_{axis}_{kind}", unit=counted)) for axis in "xy"
        )
        figure.update_xaxes(title=across, **ticks(language, [bottom, top], most=5))
        figure.update_yaxes(title=up, **ticks(language, [bottom, top]))
    else:
        share_axes(figure, language, "charts.calibration_x", "charts.calibration_y")
    worst = points.loc[(points["predicted"] - points["actual"]).abs().idxmax()]
    message = text.say(
        language,
        "charts.calibration_message",
        predicted=write(float(worst["predicted"])),
        actual=write(float(worst["actual"])),
    )
    return Chart(text.say(language, f"charts.calibration_{kind}"), message, figure)


Reached = Literal["buyers", "money", "yes", "orders", "number"]
"""What the customers with the best scores hold a share of."""


def gains(points: pd.DataFrame, language: str, *, of: Reached = "buyers") -> Chart:
    """What share of the buyers (the money, the ones who say yes) the customers with the best scores hold.

    `points`: `share_customers, share_reached`, from (0, 0) to (1, 1).
    """
    figure = new_figure(language)
    figure.add_scatter(
        x=points["share_customers"],
        y=points["share_reached"],
        mode="lines",
        name=text.say(language, "charts.gains_model"),
        line={"color": PALETTE[0], "width": 3},
        fill="tozeroy",
        fillcolor="rgba(38,148,111,.14)",
        text=_from_to(language, points["share_customers"], points["share_reached"]),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=text.say(language, "charts.gains_chance"),
        line={"color": MUTED, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    share_axes(figure, language, "charts.gains_x", f"charts.gains_y_{of}")
    at_fifth = points.loc[(points["share_customers"] - 0.2).abs().idxmin()]
    message = text.say(
        language,
        f"charts.gains_message_{of}",
        customers=float(at_fifth["share_customers"]),
        reached=float(at_fifth["share_reached"]),
    )
    return Chart(text.say(language, "charts.gains"), message, figure)


def roc(points: pd.DataFrame, language: str, *, auc: float | None) -> Chart:
    """The ROC curve. `points`: `false_alarms, found`, from (0, 0) to (1, 1); `auc`: the area under the exact curve."""
    figure = new_figure(language)
    figure.add_scatter(
        x=points["false_alarms"],
        y=points["found"],
        mode="lines",
        name=text.say(language, "charts.gains_model"),
        line={"color": PALETTE[0], "width": 3},
        text=_from_to(language, points["false_alarms"], points["found"]),
        hovertemplate="%{text}<extra></extra>",
    )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=text.say(language, "charts.gains_chance"),
        line={"color": MUTED, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    share_axes(figure, language, "charts.roc_x", "charts.roc_y")
    at = points.loc[(points["found"] - 0.5).abs().idxmin()]
    message = text.say(language, "charts.roc_message", found=float(at["found"]), false_alarms=float(at["false_alarms"]))
    if auc is not None:
        message += " " + text.say(language, "charts.roc_area", auc=auc)
    return Chart(text.say(language, "charts.roc"), message, figure)


def _from_to(language: str, across: pd.Series, up: pd.Series) -> list[str]:
    """Each point of a curve of shares, in percent."""
    return [
        f"{text.number(language, float(a), 'percent')} → {text.number(language, float(b), 'percent')}"
        for a, b in zip(across, up, strict=True)
    ]


def importances(table: pd.DataFrame, language: str, *, relative: bool = True) -> Chart:
    """Horizontal bars with their intervals: how much larger the error gets when a column is shuffled.

    `table`: `column` (already with display names), `value`, and where they are known `low`, `high`; the largest first.
    With `relative` they are shares of the error.
    """
    # Less than nothing is chance: a column that is not looked at.
    figures = [name for name in ("value", "low", "high") if name in table.columns]
    table = table.assign(**{name: table[name].clip(lower=0) for name in figures})
    names, values = [str(name) for name in table["column"]], [float(value) for value in table["value"]]
    form = "percent" if max(values) >= 0.1 else "percent1"
    labels = [f"+{text.number(language, value, form if relative else '3f')}" for value in values]
    figure = horizontal_bars(language, names=names, values=values, labels=labels)
    figure.update_traces(textposition="none")
    if {"low", "high"} <= set(table.columns):
        figure.update_traces(
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (table["high"] - table["value"]).clip(lower=0).tolist(),
                "arrayminus": (table["value"] - table["low"]).clip(lower=0).tolist(),
                "color": MUTED,
                "thickness": 1.5,
                "width": 3,
            }
        )
    reach = max([*values, *(table["high"].tolist() if "high" in table.columns else [])])
    figure.update_traces(y=[wrapped(name, 26) for name in names])
    # The figures stand in a column of their own, so that none lies on a bar's interval.
    for name, words in zip(names, labels, strict=True):
        figure.add_annotation(x=1.05 * reach, y=wrapped(name, 26), text=words, showarrow=False, xanchor="left")
    lines = sum(wrapped(name, 26).count("<br>") for name in names)
    figure.update_layout(height=max(160, 80 + 32 * len(names) + 10 * lines), margin_r=12)
    figure.update_xaxes(
        title=text.say(language, "charts.importance_axis"),
        **ticks(language, [0.0, reach], most=FEW_TICKS, percent=relative),
        range=[0, 1.3 * reach or 1],
    )
    message = text.say(language, "charts.importances_message", names=names[:3])
    return Chart(text.say(language, "charts.importances"), message, figure)


def dependence(
    column: str,
    cells: Sequence[float | str | bool],
    means: Sequence[float],
    language: str,
    *,
    answer: str = "",
    chance: bool = True,
) -> Chart:
    """How the mean prediction changes when only this column does: a line for numbers, bars for words.

    `answer` says what is predicted, with its unit; `chance`: whether that may be a probability, written in percent.
    """
    figure = new_figure(language)
    shares = chance and all(0 <= value <= 1 for value in means)
    words = [text.number(language, value, _share_form(means) if shares else number_form(value)) for value in means]
    ordered = all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
    if ordered:
        figure.add_scatter(
            x=list(cells),
            y=list(means),
            mode="lines+markers",
            line={"color": PALETTE[0], "width": 2.5},
            marker={"size": 6},
            text=words,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
        figure.update_xaxes(**ticks(language, [float(cell) for cell in cells], most=5))
    else:
        figure.add_bar(
            x=[wrapped(_cell(language, cell), 12) for cell in cells],
            y=list(means),
            marker={"color": PALETTE[0]},
            text=words,
            textposition="none",
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
        figure.update_xaxes(type="category")
    figure.update_layout(height=240, margin_t=8)
    figure.update_xaxes(title="<br>".join(chart_label(line) for line in wrap(column, 36)))
    figure.update_yaxes(
        title="<br>".join(chart_label(line) for line in wrap(answer, 24)),
        **ticks(language, [0.0, *means], most=5, percent=shares),
        rangemode="tozero" if min(means) >= 0 else "normal",
    )
    shown = [_cell(language, cell) for cell in cells]
    low, high = min(range(len(means)), key=means.__getitem__), max(range(len(means)), key=means.__getitem__)
    if is_flat(means):
        message = text.say(language, "charts.dependence_flat", low=words[low], high=words[high])
    elif ordered and {low, high} == {0, len(means) - 1}:
        way = "up" if high > low else "down"
        first, last = words[0], words[-1]
        message = text.say(language, f"charts.dependence_{way}", start=shown[0], end=shown[-1], first=first, last=last)
    else:
        message = text.say(
            language,
            "charts.dependence_message",
            value=shown[high],
            prediction=words[high],
            other=shown[low],
            least=words[low],
        )
    return Chart(column, message, figure)


def is_flat(means: Sequence[float]) -> bool:
    """Whether a column alone hardly changes the prediction: by less than a tenth of it."""
    return max(means) - min(means) < 0.1 * max(abs(value) for value in means) if any(means) else True


def confusion(names: Sequence[str], counts: Sequence[Sequence[int]], language: str) -> Chart:
    """A heatmap: the true answer × the predicted one."""
    wide = pd.DataFrame(counts, index=list(names), columns=list(names), dtype=float)
    figure = heatmap(
        language,
        wide.div(wide.sum(axis=1).clip(lower=1), axis=0),
        [chart_label(name) for name in names],
        [chart_label(name) for name in names],
        texts=wide.map(lambda value: text.number(language, value, "0f")),
        hover=[[text.number(language, value, "0f") for value in row] for row in wide.to_numpy()],
    )
    figure.update_xaxes(title=text.say(language, "charts.confusion_x"))
    figure.update_yaxes(title=text.say(language, "charts.confusion_y"), autorange="reversed")
    right = sum(counts[at][at] for at in range(len(names)))
    total = max(1, sum(sum(row) for row in counts))
    return Chart(
        text.say(language, "charts.confusion"),
        text.say(language, "charts.confusion_message", share=right / total),
        figure,
    )


def distribution(bins: pd.DataFrame, language: str, *, title: str, axis: str, form: str = "") -> Chart:
    """Bars of a histogram. `bins`: `low, high, customers`; `form` writes the ends (see `lib/text`)."""
    names = [
        f"{text.number(language, float(low), form)} – {text.number(language, float(high), form)}"
        for low, high in zip(bins["low"], bins["high"], strict=True)
    ]
    figure = new_figure(language)
    figure.add_bar(
        x=(bins["low"] + bins["high"]) / 2,
        y=bins["customers"],
        width=(bins["high"] - bins["low"]) * 0.92,
        marker={"color": PALETTE[0]},
        customdata=customdata_rows(names, [text.number(language, value, "0f") for value in bins["customers"]]),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )
    figure.update_xaxes(
        title=axis, **ticks(language, [*bins["low"], *bins["high"]], percent=form.startswith("percent"))
    )
    figure.update_yaxes(title=text.say(language, "charts.customers_axis"), **count_axis(language, bins["customers"]))
    fullest = int(bins["customers"].to_numpy().argmax())
    most = int(bins["customers"].iat[fullest])
    written = text.say(language, "charts.customers_count", customers=most)
    message = tied(language, names, bins["customers"].tolist(), written) or text.say(
        language, "charts.distribution_message", range=names[fullest], customers=most
    )
    return Chart(title, message, figure)


LABEL_LETTERS = 22
"""Of a line of a bar's name: on a phone, more would leave no width for the bars."""


def shares(names: Sequence[str], values: Sequence[float], language: str, *, title: str) -> Chart:
    """Horizontal bars with counts, such as customers per group or per predicted class."""
    figure = horizontal_bars(
        language,
        names=list(names),
        values=list(values),
        labels=[text.number(language, value, "0f") for value in values],
        letters=LABEL_LETTERS,
    )
    figure.update_xaxes(title=text.say(language, "charts.customers_axis"), **count_axis(language, values))
    at = max(range(len(names)), key=lambda number: values[number])
    written = text.say(language, "charts.customers_count", customers=int(values[at]))
    message = tied(language, [str(name) for name in names], values, written) or text.say(
        language, "charts.shares_message", name=str(names[at]), customers=int(values[at])
    )
    return Chart(title, message, figure)


MAX_RATIO_SHOWN = 1.6
"""A figure that is further above what is needed than this is drawn at the edge."""


def trade_off(
    table: pd.DataFrame, language: str, *, chosen: int, needed: Mapping[str, float], short: Sequence[str] = ()
) -> Chart:
    """One line per check and number of groups: above the line of what is needed, the check is passed.

    `table`: `groups`, then one column per check; `needed`: what each should reach; `short`: those that the chosen
    number fails.
    """
    figure = new_figure(language)
    checks = [str(name) for name in table.columns if name in needed]
    for at, check in enumerate(checks):
        share = (table[check] / needed[check]).clip(upper=MAX_RATIO_SHOWN)
        figure.add_scatter(
            x=table["groups"],
            y=share,
            mode="lines+markers",
            name=text.say(language, f"charts.trade_off_{check}"),
            line={"color": PALETTE[at % len(PALETTE)], "width": 2.5},
            marker={"size": 7},
            customdata=[
                text.say(
                    language,
                    "charts.trade_off_point",
                    groups=int(groups),
                    reached=_check(language, check, float(value)),
                    needed=_check(language, check, needed[check]),
                )
                for groups, value in zip(table["groups"], table[check], strict=True)
            ],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.add_hline(y=1, line={"color": MUTED, "dash": "dot", "width": 2})
    figure.add_vline(x=chosen, line={"color": MUTED, "dash": "dash", "width": 1.5})
    figure.update_layout(height=400)
    figure.update_xaxes(title=text.say(language, "charts.trade_off_x"), dtick=1)
    figure.update_yaxes(
        title=text.say(language, "charts.trade_off_y"),
        **ticks(language, [0.0, MAX_RATIO_SHOWN], percent=True),
        range=[0, MAX_RATIO_SHOWN + 0.05],
    )
    names = [text.say(language, f"charts.trade_off_{check}") for check in checks if check in short]
    message = text.say(
        language, "charts.trade_off_short" if names else "charts.trade_off_message", groups=chosen, names=names
    )
    return Chart(text.say(language, "charts.trade_off"), message, figure)


def _check(language: str, check: str, value: float) -> str:
    return text.number(language, value, "percent" if check in ("smallest", "tree") else "2f")


def migration(
    names: Sequence[str], counts: Sequence[Sequence[int]], language: str, *, days: int, arrived: int = 0
) -> Chart:
    """A heatmap: the group before × the group now, in customers; the diagonal stayed. Groups are numbered from 1."""
    wide = pd.DataFrame(counts, dtype=float)
    total, stayed = float(wide.to_numpy().sum()), float(sum(counts[at][at] for at in range(len(names))))
    numbers = [str(at) for at in range(1, len(names) + 1)]
    rows = [wrapped(f"{number} {name}", 15) for number, name in zip(numbers, names, strict=True)]
    figure = heatmap(
        language,
        wide.div(wide.sum(axis=1).clip(lower=1), axis=0),
        numbers,
        rows,
        texts=wide.map(lambda value: text.number(language, value, "0f") if value else ""),
        hover=[
            [
                text.say(
                    language,
                    "charts.migration_cell",
                    customers=int(wide.iat[row, column]),
                    before=chart_label(names[row]),
                    now=chart_label(names[column]),
                )
                for column in range(len(names))
            ]
            for row in range(len(names))
        ],
    )
    figure.update_layout(height=max(400, rows_height(names)))
    if len(names) > 6:  # a cell is narrow on a phone
        figure.update_traces(textfont_size=10, selector={"mode": "text"})
    figure.update_xaxes(title=text.say(language, "charts.migration_x"), tickangle=0)
    figure.update_yaxes(title=text.say(language, "charts.migration_y", days=days), autorange="reversed")
    message = text.say(
        language,
        "charts.migration_message",
        days=days,
        moved=1 - stayed / total if total else 0.0,
        arrived=arrived,
    )
    return Chart(text.say(language, "charts.migration"), message, figure)


def costs(curve: pd.DataFrame, language: str, *, at: tuple[float, float]) -> Chart:
    """What mistakes cost, by how many customers are acted on. Takes `audience.cost_curve`; `at` is the share of the
    customers that is advised, and its cost."""
    figure = new_figure(language)
    figure.add_scatter(
        x=curve["share_customers"],
        y=curve["cost"],
        mode="lines",
        line={"color": PALETTE[0], "width": 3},
        customdata=[
            text.say(language, "charts.costs_point", share=float(share), cost=float(cost))
            for share, cost in zip(curve["share_customers"], curve["cost"], strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    figure.add_scatter(
        x=[at[0]],
        y=[at[1]],
        mode="markers",
        marker={"color": PALETTE[2], "size": 12},
        hoverinfo="skip",
        showlegend=False,
    )
    share_axes(figure, language, "charts.gains_x", "charts.costs_y")
    figure.update_layout(margin_t=8, height=280)
    figure.update_yaxes(**ticks(language, [0.0, *curve["cost"]]), range=None, autorange=True, rangemode="tozero")
    message = text.say(
        language,
        "charts.costs_message",
        share=at[0],
        cost=at[1],
        nobody=float(curve["cost"].iloc[0]),
        everybody=float(curve["cost"].iloc[-1]),
    )
    return Chart(text.say(language, "charts.costs"), message, figure)


def drift(names: Sequence[str], values: Sequence[float], language: str, *, limits: tuple[float, float]) -> Chart:
    """Horizontal bars: how far each column has moved (population stability index), with the two limits as lines."""
    figure = horizontal_bars(
        language,
        names=list(names),
        values=list(values),
        labels=[text.number(language, value, "2f") for value in values],
        letters=LABEL_LETTERS,
    )
    for limit in limits:
        figure.add_vline(x=limit, line={"color": MUTED, "dash": "dot", "width": 1.5})
    figure.update_xaxes(title=text.say(language, "charts.drift_axis"))
    key = "charts.drift_message" if values[0] >= limits[0] else "charts.drift_message_stable"
    return Chart(text.say(language, "charts.drift"), text.say(language, key, name=str(names[0])), figure)


def gauge(value: float, language: str, *, title: str) -> Chart:
    """A chance between 0 and 1 on a half circle."""
    figure = new_figure(language)
    figure.add_indicator(
        mode="gauge+number",
        value=100 * value,
        number={"suffix": text.number(language, 1, "percent").removeprefix("100"), "valueformat": ".0f"},
        gauge={"axis": {"range": [0, 100]}, "bar": {"color": PALETTE[0]}, "borderwidth": 0},
    )
    figure.update_layout(height=220)
    return Chart(title, text.number(language, value, "percent"), figure)


def _spans(points: pd.DataFrame) -> dict[str, object] | None:
    """Whiskers from `low` to `high` around `actual`, where they are known."""
    if not {"low", "high"} <= set(points.columns):
        return None
    above, below = (points["high"] - points["actual"]).clip(lower=0), (points["actual"] - points["low"]).clip(lower=0)
    return {
        "type": "data",
        "symmetric": False,
        "array": above.tolist(),
        "arrayminus": below.tolist(),
        "color": MUTED,
        "thickness": 1.5,
        "width": 3,
    }


def _cell(language: str, cell: float | str | bool) -> str:
    if isinstance(cell, bool):
        return text.say(language, "ui.yes" if cell else "ui.no")
    return cell if isinstance(cell, str) else text.number(language, cell, number_form(cell))


def _share_form(values: Sequence[float]) -> str:
    """Small shares, and shares close to each other, are shown with one decimal."""
    return "percent1" if max(values) - min(values) < 0.05 else "percent"


def _arrow(value: float) -> str:
    if value != value:
        return ""
    for limit, sign in ((0.6, "▲▲"), (0.2, "▲"), (-0.2, "·"), (-0.6, "▼")):
        if value >= limit:
            return sign
    return "▼▼"


def _distance_key(value: float) -> str:
    if value != value:
        return "charts.distance_unknown"
    for limit, key in ((0.6, "far_more"), (0.2, "more"), (-0.2, "usual"), (-0.6, "less")):
        if value >= limit:
            return f"charts.distance_{key}"
    return "charts.distance_far_less"
