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


def group_shares(names: Sequence[str], customers: Sequence[float], revenue: Sequence[float], language: str) -> Chart:
    """Two bars per group: its share of the customers and its share of the revenue."""
    figure = _figure(language)
    for key, values, colour in (("share_customers", customers, PALETTE[1]), ("share_revenue", revenue, PALETTE[0])):
        figure.add_bar(
            y=[escape(name) for name in names],
            x=list(values),
            orientation="h",
            name=text.say(language, f"charts.{key}"),
            marker={"color": colour},
            text=[text.number(language, value, "percent") for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}<br>%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="group", bargap=0.3, height=_height(len(names)))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    longest = max([value for value in (*customers, *revenue) if value == value], default=1.0)
    # Room for the figure that stands behind the longest bar, on a phone, too.
    figure.update_xaxes(title=text.say(language, "charts.share_axis"), tickformat=".0%", range=[0, 1.22 * longest])
    largest = max(range(len(names)), key=lambda at: revenue[at]) if any(value == value for value in revenue) else 0
    message = text.say(
        language,
        "charts.group_shares_message",
        name=names[largest],
        customers=float(customers[largest]),
        revenue=float(revenue[largest]),
    )
    return Chart(text.say(language, "charts.group_shares"), message, figure)


def group_profiles(profiles: pd.DataFrame, language: str) -> Chart:
    """A heatmap: group × column, how far the group's typical value lies from everybody's.

    `profiles` is indexed by the group's name, has one column per model column (already named for people) and holds
    the distance in steps from -1 (lowest of all customers) over 0 (usual) to 1.
    """
    figure = _heatmap(
        language,
        profiles,
        [_wrapped(str(name)) for name in profiles.columns],
        [escape(str(name)) for name in profiles.index],
        texts=profiles.map(lambda value: _arrow(float(value))),
        hover=[[text.say(language, _distance_key(float(value))) for value in row] for row in profiles.to_numpy()],
        diverging=True,
    )
    figure.update_layout(height=_height(len(profiles)))
    figure.update_xaxes(tickangle=0, automargin=True)
    figure.update_yaxes(autorange="reversed")
    return Chart(
        text.say(language, "charts.group_profiles"), text.say(language, "charts.group_profiles_message"), figure
    )


def calibration(points: pd.DataFrame, language: str, *, money: bool = False, currency: str = "") -> Chart:
    """Promised against observed: chances, or money. `points`: `predicted, actual, customers`, one row per tenth."""
    figure = _figure(language)
    top = float(points[["predicted", "actual"]].max(axis=None)) * 1.05 if money else 1.0
    kind = "money" if money else "chance"

    def write(value: float) -> str:
        return _money(language, value, currency) if money else text.number(language, value, "percent")

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
        unit = _unit(language, currency)
        figure.update_xaxes(title=text.say(language, "charts.calibration_x_money", unit=unit), tickformat="~s")
        figure.update_yaxes(title=text.say(language, "charts.calibration_y_money", unit=unit), tickformat="~s")
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


def gains(points: pd.DataFrame, language: str, *, of: Literal["buyers", "money", "yes"] = "buyers") -> Chart:
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


def importances(names: Sequence[str], values: Sequence[float], language: str) -> Chart:
    """Horizontal bars: how much worse the model becomes when a column is shuffled, the largest first."""
    figure = _bars(
        language,
        names=list(names),
        values=list(values),
        labels=[text.number(language, value, "3f") for value in values],
    )
    figure.update_xaxes(title=text.say(language, "charts.importance_axis"))
    message = text.say(language, "charts.importances_message", names=[str(name) for name in list(names)[:3]])
    return Chart(text.say(language, "charts.importances"), message, figure)


def dependence(column: str, cells: Sequence[float | str | bool], means: Sequence[float], language: str) -> Chart:
    """How the mean prediction changes when only this column does: a line for numbers, bars for words."""
    figure = _figure(language)
    shares = all(0 <= value <= 1 for value in means)
    words = [text.number(language, value, "percent1" if shares else "") for value in means]
    if all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells):
        figure.add_scatter(
            x=list(cells),
            y=list(means),
            mode="lines+markers",
            line={"color": PALETTE[0], "width": 2.5},
            marker={"size": 6},
            text=words,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
        figure.update_xaxes(tickformat="~s" if max(abs(float(cell)) for cell in cells) >= 1000 else "")
    else:
        figure.add_bar(
            x=[escape(str(cell)) for cell in cells],
            y=list(means),
            marker={"color": PALETTE[0]},
            text=words,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
        figure.update_xaxes(type="category")
    figure.update_layout(height=240, margin_t=8)
    figure.update_xaxes(title=escape(column))
    figure.update_yaxes(tickformat=".0%" if shares else "~s", rangemode="tozero" if shares else "normal")
    at = max(range(len(means)), key=lambda number: means[number])
    shown = cells[at] if isinstance(cells[at], str | bool) else text.number(language, float(cells[at]))
    message = text.say(language, "charts.dependence_message", value=str(shown), prediction=words[at])
    return Chart(column, message, figure)


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


def trade_off(table: pd.DataFrame, language: str, *, chosen: int) -> Chart:
    """How the measures change with the number of groups. `table`: `groups`, then one column per measure, 0 to 1."""
    figure = _figure(language)
    for at, column in enumerate(name for name in table.columns if name != "groups"):
        figure.add_scatter(
            x=table["groups"],
            y=table[column],
            mode="lines+markers",
            name=text.say(language, f"charts.trade_off_{column}"),
            line={"color": PALETTE[at % len(PALETTE)], "width": 2.5},
            marker={"size": 7},
            hovertemplate="%{x}: %{y:.2f}<extra>%{fullData.name}</extra>",
        )
    figure.add_vline(x=chosen, line={"color": MUTED, "dash": "dash", "width": 1.5})
    figure.update_xaxes(title=text.say(language, "charts.trade_off_x"), dtick=1)
    figure.update_yaxes(title=text.say(language, "charts.trade_off_y"), rangemode="tozero")
    return Chart(
        text.say(language, "charts.trade_off"), text.say(language, "charts.trade_off_message", groups=chosen), figure
    )


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


def _height(groups: int) -> int:
    """Of figures with a line for each group, so that two of them side by side are alike."""
    return max(_HEIGHT, 120 + 44 * groups)


def _wrapped(words: str) -> str:
    """A long label on several lines."""
    return "<br>".join(escape(line) for line in wrap(words, 16, break_long_words=False))


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
    figure.update_xaxes(title=text.say(language, x_key), tickformat=".0%", range=[0, 1], showgrid=True)
    figure.update_yaxes(title=text.say(language, y_key), tickformat=".0%", range=[0, 1.03])


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
