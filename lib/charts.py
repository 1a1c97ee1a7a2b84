"""Small tables → Plotly figures: one message each, one palette, a text that says the same in words.

Nothing is computed here but positions and labels. Colours of text and grid are left to the page's theme, so that a
figure reads in light and dark; `to_html` gives a figure of its own that needs no page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
from babel import Locale
from babel.dates import format_skeleton

from lib import text
from lib.insights import FREQUENCY_BANDS, RECENCY_BANDS, best_month, came_back_next_month, share_of_best

PALETTE = ("#26946F", "#3F7FC4", "#BF7A1C", "#CF5B47", "#8769C0", "#2E93A0", "#7A8D2D", "#74827B")
"""Eight hues of like weight, each at 3 : 1 or more on the light and on the dark page."""

MUTED = "#8A968F"
SEQUENTIAL = ("#E4F2EB", "#A9D7C2", "#63B595", "#26946F", "#136149", "#0B3B2D")
"""Little to much. The light end is pale in both modes: cells carry their own text colour."""
DIVERGING = ("#A9650F", "#E3B776", "#F1F0EA", "#8FB4DC", "#2A62A0")
"""Less than usual, usual, more than usual: neither end is good or bad by itself."""

DARK_INK, LIGHT_INK = "#06100C", "#FFFFFF"

_HEIGHT = 340
_MONTHS_SHOWN = 14


@dataclass(frozen=True)
class Chart:
    """A figure, its title with the unit, and what it says in one sentence (also its text alternative)."""

    title: str
    message: str
    figure: go.Figure

    @property
    def alt(self) -> str:
        """For those who cannot see the figure."""
        return f"{self.title}. {self.message}"


def month(language: str, value: date) -> str:
    """A month as the language writes it, such as 'Nov 2011'."""
    return str(format_skeleton("yMMM", value, locale=Locale.parse(language)))


def to_html(chart: Chart) -> bytes:
    """The figure as a page of its own that needs no network."""
    figure = go.Figure(chart.figure)
    figure.update_layout(
        template="plotly_white", title=escape(chart.title), margin={"t": 72, "l": 64, "r": 24, "b": 56}
    )
    return str(figure.to_html(include_plotlyjs=True, full_html=True)).encode()


# ------------------------------------------------------------------------------------------------ Explore


def revenue_by_month(months: pd.DataFrame, language: str, currency: str) -> Chart:
    """Stacked bars: revenue of customers known before and of new ones. Takes `insights.by_month`."""
    names = [month(language, value) for value in months["month"]]
    opacity = [1.0 if complete else 0.45 for complete in months["complete"]]
    figure = _figure(language)
    for column, colour in (("known_revenue", PALETTE[0]), ("new_revenue", PALETTE[2])):
        figure.add_bar(
            x=months["month"],
            y=months[column],
            name=text.say(language, f"charts.{column}"),
            marker={"color": colour, "opacity": opacity, "line": {"width": 0}},
            customdata=_columns(names, [_money(language, value, currency) for value in months[column]]),
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25)
    _month_axis(figure, language, months["month"])
    figure.update_yaxes(
        title=text.say(language, "charts.revenue_axis", unit=_unit(language, currency)), tickformat="~s"
    )
    best, amount = best_month(months)
    message = text.say(
        language,
        "charts.best_month" if months["complete"].all() else "charts.best_month_incomplete",
        month=month(language, best),
        amount=_money(language, amount, currency),
    )
    return Chart(text.say(language, "charts.revenue_by_month"), message, figure)


def customers_by_month(months: pd.DataFrame, language: str) -> Chart:
    """Two lines: customers who ordered in the month, and those who did for the first time."""
    figure = _figure(language)
    names = [month(language, value) for value in months["month"]]
    for column, colour in (("customers", PALETTE[0]), ("new_customers", PALETTE[2])):
        figure.add_scatter(
            x=months["month"],
            y=months[column],
            mode="lines+markers",
            name=text.say(language, f"charts.{column}"),
            line={"color": colour, "width": 2.5},
            marker={"size": 6},
            customdata=_columns(names, [text.number(language, value, "0f") for value in months[column]]),
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
    figure = _heatmap(
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
                    each=_money(language, float(wide["money_per_customer"].iat[row, column]), currency),
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
        revenue=_money(language, float(lost["revenue"].sum()), currency),
    )
    return Chart(text.say(language, "charts.rfm", unit=_unit(language, currency)), message, figure)


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
    figure = _heatmap(
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
    figure.update_layout(height=max(_HEIGHT, 90 + 26 * len(rows)))
    figure.update_xaxes(title=text.say(language, "charts.age_axis"))
    figure.update_yaxes(autorange="reversed")
    message = text.say(language, "charts.cohort_message", share=came_back_next_month(table) or 0.0)
    return Chart(text.say(language, "charts.cohorts"), message, figure)


def pareto(curve: pd.DataFrame, language: str) -> Chart:
    """The share of the revenue that the best customers bring, from the first to the last."""
    figure = _figure(language)
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
    _share_axes(figure, language, "charts.pareto_x", "charts.pareto_y")
    return Chart(text.say(language, "charts.pareto"), text.say(language, "charts.pareto_message", share=share), figure)


def countries(table: pd.DataFrame, language: str, currency: str) -> Chart:
    """Horizontal bars: revenue of the largest countries. Takes `insights.by_country`."""
    figure = _bars(
        language,
        names=table["country"].tolist(),
        values=table["revenue"].tolist(),
        labels=[_money(language, value, currency) for value in table["revenue"]],
    )
    figure.update_xaxes(
        title=text.say(language, "charts.revenue_axis", unit=_unit(language, currency)), tickformat="~s"
    )
    first = table.iloc[0]
    message = text.say(
        language,
        "charts.countries_message",
        country=str(first["country"]),
        revenue=_money(language, float(first["revenue"]), currency),
        customers=int(first["customers"]),
    )
    return Chart(text.say(language, "charts.countries"), message, figure)


# ------------------------------------------------------------------------------------------------ models


def group_shares(
    names: Sequence[str], customers: Sequence[float], revenue: Sequence[float], language: str, *, column: str = ""
) -> Chart:
    """Two bars per group: its share of the customers and its share of the revenue, or of another `column`."""
    figure = _figure(language)
    named = {"column": column} if column else {}
    second = text.say(language, "charts.share_column" if column else "charts.share_revenue", **named)
    bars = ((text.say(language, "charts.share_customers"), customers, PALETTE[1]), (second, revenue, PALETTE[0]))
    for label, values, colour in bars:
        if not any(values):
            continue  # nothing in the table sounds like money
        figure.add_bar(
            y=[_wrapped(name, 22) for name in names],
            x=list(values),
            orientation="h",
            name=escape(label),
            marker={"color": colour},
            text=[text.number(language, value, "percent") for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}<br>%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="group", bargap=0.3, height=_height(names))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    longest = max([value for value in (*customers, *revenue) if value == value], default=1.0)
    # Room for the figure that stands behind the longest bar, on a phone, too.
    figure.update_xaxes(title=text.say(language, "charts.share_axis"), tickformat=".0%", range=[0, 1.22 * longest])
    if any(revenue):
        largest = max(range(len(names)), key=lambda at: revenue[at])
        facts: dict[str, str | float] = {
            "name": names[largest],
            "customers": float(customers[largest]),
            "revenue": float(revenue[largest]),
            **named,
        }
        key = "charts.group_shares_column" if column else "charts.group_shares_message"
        message = text.say(language, key, **facts)
    else:
        largest = max(range(len(names)), key=lambda at: customers[at])
        message = text.say(
            language, "charts.group_shares_largest", name=names[largest], customers=float(customers[largest])
        )
    title = text.say(language, "charts.group_shares" if any(revenue) else "charts.group_sizes")
    return Chart(title, message, figure)


def group_profiles(profiles: pd.DataFrame, language: str) -> Chart:
    """A heatmap: group × column, how far the group's typical value lies from everybody's.

    `profiles` is indexed by the group's name, has one column per model column (already named for people) and holds
    the distance in steps from -1 (lowest of all customers) over 0 (usual) to 1.
    """
    figure = _heatmap(
        language,
        profiles,
        [_wrapped(str(name)) for name in profiles.columns],
        [_wrapped(str(name), 22) for name in profiles.index],
        texts=profiles.map(lambda value: _arrow(float(value))),
        hover=[[text.say(language, _distance_key(float(value))) for value in row] for row in profiles.to_numpy()],
        diverging=True,
    )
    # Side by side, the names of more than two columns would lie on each other on a phone.
    upright = len(profiles.columns) > 2
    figure.update_layout(height=_height([str(name) for name in profiles.index]) + (70 if upright else 0))
    figure.update_xaxes(tickangle=-90 if upright else 0, automargin=True, dtick=1)
    figure.update_yaxes(autorange="reversed")
    return Chart(
        text.say(language, "charts.group_profiles"), text.say(language, "charts.group_profiles_message"), figure
    )


def calibration(points: pd.DataFrame, language: str, *, money: bool = False, unit: str = "", kind: str = "") -> Chart:
    """Promised against observed: chances, or amounts. `points`: `predicted, actual, customers`, one row per tenth, and
    where they are known `low, high`, between which the observed surely lies.

    `unit` is what amounts are counted in; `kind` is `chance`, `money`, `orders` or `number` and decides the words.
    """
    figure = _figure(language)
    top = float(points[["predicted", "actual"]].max(axis=None)) * 1.05 if money else 1.0
    kind = kind or ("money" if money else "chance")

    def write(value: float) -> str:
        if not money:
            return text.number(language, value, "percent")
        return _money(language, value, unit) if kind == "money" else text.number(language, value, _form(value))

    figure.add_scatter(
        x=[0, top],
        y=[0, top],
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
        counted = escape(_unit(language, unit) if kind == "money" else unit)
        ticks = _ticks([top])
        across, up = (_lines(text.say(language, f"charts.calibration_{axis}_{kind}", unit=counted)) for axis in "xy")
        figure.update_xaxes(title=across, tickformat=ticks, nticks=5)
        figure.update_yaxes(title=up, tickformat=ticks)
    else:
        _share_axes(figure, language, "charts.calibration_x", "charts.calibration_y")
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
    figure = _figure(language)
    figure.add_scatter(
        x=points["share_customers"],
        y=points["share_reached"],
        mode="lines",
        name=text.say(language, "charts.gains_model"),
        line={"color": PALETTE[0], "width": 3},
        fill="tozeroy",
        fillcolor="rgba(38,148,111,.14)",
        hovertemplate="%{x:.0%} → %{y:.0%}<extra></extra>",
    )
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name=text.say(language, "charts.gains_chance"),
        line={"color": MUTED, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
    )
    _share_axes(figure, language, "charts.gains_x", f"charts.gains_y_{of}")
    at_fifth = points.loc[(points["share_customers"] - 0.2).abs().idxmin()]
    message = text.say(
        language,
        f"charts.gains_message_{of}",
        customers=float(at_fifth["share_customers"]),
        reached=float(at_fifth["share_reached"]),
    )
    return Chart(text.say(language, "charts.gains"), message, figure)


def importances(table: pd.DataFrame, language: str, *, relative: bool = True) -> Chart:
    """Horizontal bars with their intervals: how much larger the error gets when a column is shuffled.

    `table`: `column` (already named for people), `value`, and where they are known `low`, `high`; the largest first.
    With `relative` they are shares of the error.
    """
    # Less than nothing is chance: a column that is not looked at.
    figures = [name for name in ("value", "low", "high") if name in table.columns]
    table = table.assign(**{name: table[name].clip(lower=0) for name in figures})
    names, values = [str(name) for name in table["column"]], [float(value) for value in table["value"]]
    form = "percent" if max(values) >= 0.1 else "percent1"
    labels = [f"+{text.number(language, value, form if relative else '3f')}" for value in values]
    figure = _bars(language, names=names, values=values, labels=labels)
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
    figure.update_traces(y=[_wrapped(name, 26) for name in names])
    # The figures stand in a column of their own, so that none lies on a bar's interval.
    for name, words in zip(names, labels, strict=True):
        figure.add_annotation(x=1.05 * reach, y=_wrapped(name, 26), text=words, showarrow=False, xanchor="left")
    lines = sum(_wrapped(name, 26).count("<br>") for name in names)
    figure.update_layout(height=max(160, 80 + 32 * len(names) + 10 * lines), margin_r=12)
    figure.update_xaxes(
        title=text.say(language, "charts.importance_axis"),
        tickformat=".0%" if relative and form == "percent" else ".1%" if relative else "",
        range=[0, 1.3 * reach or 1],
        nticks=4,
    )
    message = text.say(language, "charts.importances_message", names=names[:3])
    return Chart(text.say(language, "charts.importances"), message, figure)


def dependence(
    column: str, cells: Sequence[float | str | bool], means: Sequence[float], language: str, *, answer: str = ""
) -> Chart:
    """How the mean prediction changes when only this column does: a line for numbers, bars for words.

    `answer` says what is predicted, with its unit.
    """
    figure = _figure(language)
    shares = all(0 <= value <= 1 for value in means)
    words = [text.number(language, value, _share_form(means) if shares else _form(value)) for value in means]
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
        figure.update_xaxes(tickformat=_ticks([float(cell) for cell in cells]), nticks=5)
    else:
        figure.add_bar(
            x=[_wrapped(_cell(language, cell), 12) for cell in cells],
            y=list(means),
            marker={"color": PALETTE[0]},
            text=words,
            textposition="none",
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
        figure.update_xaxes(type="category")
    figure.update_layout(height=240, margin_t=8)
    figure.update_xaxes(title="<br>".join(escape(line) for line in wrap(column, 36)))
    figure.update_yaxes(
        title="<br>".join(escape(line) for line in wrap(answer, 24)),
        tickformat=".0%" if shares else _ticks(means),
        rangemode="tozero" if min(means) >= 0 else "normal",
        nticks=5,
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
    """Whether a column by itself hardly moves the answer: by less than a tenth of it."""
    return max(means) - min(means) < 0.1 * max(abs(value) for value in means) if any(means) else True


def confusion(names: Sequence[str], counts: Sequence[Sequence[int]], language: str) -> Chart:
    """A heatmap: the true answer × the predicted one."""
    wide = pd.DataFrame(counts, index=list(names), columns=list(names), dtype=float)
    figure = _heatmap(
        language,
        wide.div(wide.sum(axis=1).clip(lower=1), axis=0),
        [escape(name) for name in names],
        [escape(name) for name in names],
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
    figure = _figure(language)
    figure.add_bar(
        x=(bins["low"] + bins["high"]) / 2,
        y=bins["customers"],
        width=(bins["high"] - bins["low"]) * 0.92,
        marker={"color": PALETTE[0]},
        customdata=_columns(names, [text.number(language, value, "0f") for value in bins["customers"]]),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )
    figure.update_xaxes(title=axis, tickformat=".0%" if form.startswith("percent") else "~s")
    figure.update_yaxes(title=text.say(language, "charts.customers_axis"), tickformat="~s")
    fullest = int(bins["customers"].to_numpy().argmax())
    message = text.say(
        language, "charts.distribution_message", range=names[fullest], customers=int(bins["customers"].iat[fullest])
    )
    return Chart(title, message, figure)


def shares(names: Sequence[str], values: Sequence[float], language: str, *, title: str) -> Chart:
    """Horizontal bars with counts, such as customers per group or per predicted class."""
    figure = _bars(
        language,
        names=list(names),
        values=list(values),
        labels=[text.number(language, value, "0f") for value in values],
    )
    figure.update_xaxes(title=text.say(language, "charts.customers_axis"), tickformat="~s")
    at = max(range(len(names)), key=lambda number: values[number])
    message = text.say(language, "charts.shares_message", name=str(names[at]), customers=int(values[at]))
    return Chart(title, message, figure)


MOST_OF_A_CHECK = 1.6
"""A figure that is further above what is needed than this is drawn at the edge."""


def trade_off(
    table: pd.DataFrame, language: str, *, chosen: int, needed: Mapping[str, float], short: Sequence[str] = ()
) -> Chart:
    """One line per check and number of groups: above the line of what is needed, the check is passed.

    `table`: `groups`, then one column per check; `needed`: what each should reach; `short`: those that the chosen
    number fails.
    """
    figure = _figure(language)
    checks = [str(name) for name in table.columns if name in needed]
    for at, check in enumerate(checks):
        share = (table[check] / needed[check]).clip(upper=MOST_OF_A_CHECK)
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
        title=text.say(language, "charts.trade_off_y"), tickformat=".0%", range=[0, MOST_OF_A_CHECK + 0.05]
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
    rows = [_wrapped(f"{number} {name}", 15) for number, name in zip(numbers, names, strict=True)]
    figure = _heatmap(
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
                    before=names[row],
                    now=names[column],
                )
                for column in range(len(names))
            ]
            for row in range(len(names))
        ],
    )
    figure.update_layout(height=max(400, _height(names)))
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
    figure = _figure(language)
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
    _share_axes(figure, language, "charts.gains_x", "charts.costs_y")
    figure.update_layout(margin_t=8, height=280)
    figure.update_yaxes(tickformat=_ticks(curve["cost"].tolist()), range=None, autorange=True, rangemode="tozero")
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
    figure = _bars(
        language,
        names=list(names),
        values=list(values),
        labels=[text.number(language, value, "2f") for value in values],
    )
    for limit in limits:
        figure.add_vline(x=limit, line={"color": MUTED, "dash": "dot", "width": 1.5})
    figure.update_xaxes(title=text.say(language, "charts.drift_axis"))
    return Chart(
        text.say(language, "charts.drift"), text.say(language, "charts.drift_message", name=str(names[0])), figure
    )


def gauge(value: float, language: str, *, title: str) -> Chart:
    """A chance between 0 and 1 on a half circle."""
    figure = _figure(language)
    figure.add_indicator(
        mode="gauge+number",
        value=100 * value,
        number={"suffix": " %", "valueformat": ".0f"},
        gauge={"axis": {"range": [0, 100]}, "bar": {"color": PALETTE[0]}, "borderwidth": 0},
    )
    figure.update_layout(height=220)
    return Chart(title, text.number(language, value, "percent"), figure)


# ------------------------------------------------------------------------------------------------ parts


def _figure(language: str) -> go.Figure:
    return go.Figure(
        layout={
            "height": _HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
            "colorway": list(PALETTE),
            "separators": ",." if language == "es" else ".,",
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
            "hoverlabel": {"align": "left"},
            "xaxis": {"automargin": True, "showgrid": False, "fixedrange": True},
            "yaxis": {"automargin": True, "fixedrange": True, "zeroline": False},
        }
    )


def _bars(language: str, *, names: Sequence[str], values: Sequence[float], labels: Sequence[str]) -> go.Figure:
    figure = _figure(language)
    figure.add_bar(
        y=[escape(name) for name in names],
        x=list(values),
        orientation="h",
        marker={"color": PALETTE[0]},
        text=list(labels),
        textposition="auto",
        hovertemplate="%{y}<br>%{text}<extra></extra>",
    )
    figure.update_layout(height=max(220, 80 + 32 * len(names)), margin_t=8)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", showgrid=True)
    return figure


def _heatmap(
    language: str,
    wide: pd.DataFrame,
    columns: Sequence[str],
    rows: Sequence[str],
    *,
    texts: pd.DataFrame,
    hover: Sequence[Sequence[str]],
    diverging: bool = False,
) -> go.Figure:
    """Cells that carry their text in black or white, whichever reads on their colour."""
    colours = DIVERGING if diverging else SEQUENTIAL
    values = wide.astype(float)
    low, high = (-1.0, 1.0) if diverging else (0.0, max(float(values.max(axis=None)), 1e-9))
    figure = _figure(language)
    figure.add_heatmap(
        z=values.to_numpy(),
        x=list(columns),
        y=list(rows),
        zmin=low,
        zmax=high,
        colorscale=[[at / (len(colours) - 1), colour] for at, colour in enumerate(colours)],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[list(row) for row in hover],
        hovertemplate="%{y}<br>%{x}<br>%{customdata}<extra></extra>",
        hoverongaps=False,
    )
    figure.add_scatter(
        x=[column for _ in rows for column in columns],
        y=[row for row in rows for _ in columns],
        mode="text",
        text=[cell for row in texts.to_numpy() for cell in row],
        textfont={"size": 12, "color": [_ink(value, low, high, colours) for row in values.to_numpy() for value in row]},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_layout(margin_t=8)
    figure.update_xaxes(type="category", showgrid=False, ticks="")
    figure.update_yaxes(type="category", showgrid=False, ticks="")
    return figure


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
    return cell if isinstance(cell, str) else text.number(language, cell, _form(cell))


def _form(value: float) -> str:
    return "0f" if abs(value) >= 100 else ""


def _ticks(values: Sequence[float]) -> str:
    """How an axis is numbered: in thousands only where they are many; never in thousandths (`500m` is no half)."""
    return "~s" if max(abs(value) for value in values) >= 10_000 else ","


def _share_form(values: Sequence[float]) -> str:
    """Of small or near shares a decimal is told, too."""
    return "percent1" if max(values) - min(values) < 0.05 else "percent"


def _height(names: Sequence[str]) -> int:
    """Of figures with a row for each group, so that two of them side by side are alike; long names need more."""
    return max(_HEIGHT, 120 + sum(max(44, 14 + 15 * (1 + _wrapped(name, 22).count("<br>"))) for name in names))


def _lines(title: str) -> str:
    """A title of an axis, on two lines where one is too long for a phone. Its words are markup already."""
    return "<br>".join(wrap(title, 32, break_long_words=False)) if len(title) > 40 else title


def _wrapped(words: str, width: int = 16) -> str:
    """A long label on several lines."""
    return "<br>".join(escape(line) for line in wrap(words, width, break_long_words=False))


def _ink(value: float, low: float, high: float, colours: Sequence[str]) -> str:
    """Black or white, whichever reads better on the cell's colour."""
    if value != value:
        return DARK_INK
    ground = _mixed(min(max((value - low) / (high - low), 0.0), 1.0), colours)
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ground, _rgb(ink)))


def _mixed(share: float, colours: Sequence[str]) -> list[float]:
    """The colour at a share of the way through a scale."""
    place = share * (len(colours) - 1)
    left = min(int(place), len(colours) - 2)
    return [a + (b - a) * (place - left) for a, b in zip(_rgb(colours[left]), _rgb(colours[left + 1]), strict=True)]


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Contrast of two colours (0–255 per channel) by WCAG 2: 1 to 21."""

    def light(colour: Sequence[float]) -> float:
        parts = [value / 255 for value in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _ranks(wide: pd.DataFrame) -> pd.DataFrame:
    """Money spreads over powers of ten: colour by its place among the cells, 0 for an empty cell."""
    placed = wide.stack().rank(pct=True).unstack()
    return placed.reindex(index=wide.index, columns=wide.columns)


def _month_axis(figure: go.Figure, language: str, months: pd.Series) -> None:
    step = -(-len(months) // _MONTHS_SHOWN)
    shown = list(months)[::step]
    figure.update_xaxes(tickvals=shown, ticktext=[month(language, value) for value in shown], tickangle=-40)


def _share_axes(figure: go.Figure, language: str, x_key: str, y_key: str) -> None:
    figure.update_xaxes(title=_lines(text.say(language, x_key)), tickformat=".0%", range=[0, 1], showgrid=True)
    figure.update_yaxes(title=_lines(text.say(language, y_key)), tickformat=".0%", range=[0, 1.03])


def _band(language: str, key: str, ends: Sequence[int], number: int) -> str:
    if number == len(ends):
        return text.say(language, f"{key}_over", low=ends[-1])
    low = 1 if number == 0 else ends[number - 1] + 1
    if number == 0:
        return text.say(language, f"{key}_upto", high=ends[0])
    return text.say(language, f"{key}_single" if low == ends[number] else f"{key}_range", low=low, high=ends[number])


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


def _money(language: str, value: float, currency: str) -> str:
    form = "0f" if abs(value) >= 100 else "2f"
    return f"{text.number(language, value, form)} {currency}".strip()


def _unit(language: str, currency: str) -> str:
    return currency or text.say(language, "charts.own_currency")


def _columns(*columns: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True))


def frame_of(pairs: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """Rows of a card's evaluation as the table that a chart takes."""
    return pd.DataFrame(list(pairs))
