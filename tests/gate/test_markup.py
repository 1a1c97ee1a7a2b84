"""Untrusted text in a model is shown as plain text: no picture is fetched, no link made."""

import pickle
import re

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from streamlit.testing.v1 import AppTest

from tests.ui.predicting.test_predict_page import predict

PICTURE = "![x](http://attacker.example/a.png)"
LINK = "[free](javascript:alert(1))"
HTML = "<img src=http://attacker.example/b.png onerror=alert(1)>"
SIGNS = (PICTURE, LINK, HTML)


@pytest.fixture(scope="module")
def model() -> bytes:
    """Columns, classes and a card full of markup."""
    table = pd.DataFrame({f"{PICTURE} a": [1.0, 2.0, 3.0, 4.0], f"{HTML} b": [0.0, 1.0, 0.0, 1.0]})
    made = LogisticRegression().fit(table, np.array([LINK, HTML, LINK, HTML], dtype=object))
    made.brine_card_ = {
        "goal": "target",
        "target": LINK,
        "recipe": HTML,
        "created": PICTURE,
        "columns": [{"name": name, "kind": "number", "explanation": PICTURE} for name in table],
        "limits": [HTML, PICTURE],
    }
    return pickle.dumps(made)


def shown(app: AppTest) -> list[str]:
    """Every text that Streamlit would read as Markdown."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "success")
    values = [str(element.value) for kind in kinds for element in app.get(kind)]
    labels = [str(element.label) for kind in ("number_input", "text_input", "selectbox", "button", "metric", "expander")
              for element in app.get(kind)]  # fmt: skip
    return values + labels


def alive(markdown: str) -> bool:
    """Whether it would render a picture, an external link or an HTML tag."""
    return bool(
        re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\((http|javascript)", markdown)
        or re.search(r"(?<!\\)<(img|script|a )", markdown)
    )


def test_the_test_itself_sees_markup_that_is_alive():
    assert all(alive(sign) for sign in SIGNS)
    assert not alive("\\!\\[x\\](http://x)")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["file", "one"])
def test_markup_in_a_model_is_shown_as_letters(model, way):
    header = f'"{PICTURE} a","{HTML} b"\n'
    app = predict("en", model, (header + "1,0\n4,1\n").encode(), way=way)
    assert not app.exception
    assert not [text for text in shown(app) if alive(text)]


@pytest.mark.slow
def test_markup_in_a_refusal_is_shown_as_letters():
    made = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    made.__dict__[PICTURE] = LogisticRegression
    made.__dict__[f"{HTML}"] = [np.log1p, {"a": made.__class__}]
    for data in (
        pickle.dumps(made),
        pickle.dumps(made, protocol=2).replace(b"sklearn.linear_model._logistic", f"{PICTURE}".encode()[:30]),
    ):
        app = predict("en", data)
        assert not app.exception
        assert not [text for text in shown(app) if alive(text)]
