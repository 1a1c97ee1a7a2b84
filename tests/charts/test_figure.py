"""Our figure sends what Plotly's own figure would draw."""

import json
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.charts.figure import Figure
from lib.charts.primitives import heatmap


def test_values_are_plain_and_missing_ones_empty():
    table = pd.DataFrame({"at": pd.to_datetime(["2024-01-31", None]), "value": [1.5, np.nan], "n": [1, 2]})
    figure = Figure({"height": 10}).add_bar(
        x=table["at"], y=table["value"].to_numpy(), text=table["n"], customdata=[(date(2024, 1, 2), np.int64(3), True)]
    )
    (trace,) = figure.to_dict()["data"]
    assert trace == {
        "type": "bar",
        "x": ["2024-01-31T00:00:00", None],
        "y": [1.5, None],
        "text": [1, 2],
        "customdata": [["2024-01-02T00:00:00", 3, True]],
    }
    with pytest.raises(TypeError, match="no property of a figure: object"):
        figure.update_layout(title=object(), height=object())


def test_properties_are_set_beside_those_that_are_there():
    figure = Figure({"margin": {"l": 8, "t": 36}, "xaxis": {"showgrid": False}})
    figure.update_layout(margin_t=8, legend_traceorder="normal").update_xaxes(title="Days", range=[0, 1])
    figure.update_xaxes(range=None, tickangle=0)
    look = figure.to_dict()["layout"]
    assert look["margin"] == {"l": 8, "t": 8}
    assert look["legend"] == {"traceorder": "normal"}
    assert look["xaxis"] == {"showgrid": False, "title": {"text": "Days"}, "tickangle": 0}


def test_lines_across_are_drawn_as_plotly_draws_them():
    line = {"color": "#000000", "width": 2}
    ours = Figure({}).add_scatter(x=[1, 2], y=[3, 4]).add_hline(y=1.0, line=line).add_vline(x=2.0, line=line)
    theirs = go.Figure().add_scatter(x=[1, 2], y=[3, 4]).add_hline(y=1.0, line=line).add_vline(x=2.0, line=line)
    assert ours.checked().layout.shapes == theirs.layout.shapes


def test_only_the_traces_selected_change_and_a_figure_sent_before_does_too():
    figure = Figure({}).add_bar(y=[1]).add_scatter(y=[2])
    figure.to_dict()
    figure.update_traces(selector={"type": "scatter"}, textfont_size=9)
    bar, points = figure.data
    assert (bar.textfont.size, points.textfont.size) == (None, 9)


def test_a_property_that_plotly_does_not_know_is_found_out():
    with pytest.raises(ValueError, match="colour"):
        Figure({}).add_bar(y=[1], marker={"colour": "red"}).checked()


def test_json_is_made_once_and_again_after_a_change():
    figure = Figure({"height": 120, "title": {"text": "Añadir <b>"}}).add_bar(x=["a"], y=[float("nan")])
    first = figure.to_json_without_template()
    assert json.loads(first) == {
        "data": [{"type": "bar", "x": ["a"], "y": [None]}],
        "layout": {"height": 120, "title": {"text": "Añadir <b>"}},
    }
    assert figure.to_json_without_template() is first
    figure.update_layout(height=200).add_hline(y=1, line={"color": "red"}).update_traces(name="n")
    again = json.loads(figure.to_json_without_template())
    assert again["layout"]["height"] == figure.height == 200
    assert again["layout"]["shapes"][0]["y0"] == 1
    assert again["data"][0]["name"] == "n"
    assert Figure({}).height is None


@pytest.mark.parametrize(("columns", "cell"), [(5, "591"), (14, "-0.53"), (24, "100%"), (1, ""), (3, "1,234,567")])
def test_a_heatmap_says_from_which_width_its_words_stand_apart(columns: int, cell: str):
    wide = pd.DataFrame(np.ones((2, columns)))
    texts = wide.map(lambda _: cell)
    names = [f"column {at}" for at in range(columns)]
    made = heatmap(
        "en", wide, names, ["first<br>line", "second"], texts=texts, hover=wide.astype(str).to_numpy().tolist()
    )
    width = made.to_dict()["layout"]["meta"]["widthWithWords"]
    assert width >= columns * 6 * len(cell) + 6 * len("second")
    assert width <= columns * (8 * len(cell) + 4) + 8 * len("second")  # nor are they left out where they fit
    made.checked()
