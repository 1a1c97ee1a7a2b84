"""The plan of a campaign starts from values that can be: a share of buyers of 99.6% can't rise by 3 points."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import pandas as pd
from lib.schema import BUY_AGAIN
from lib.ui.predicting.action import _plan

_plan(pd.DataFrame({{BUY_AGAIN: [{share}] * 100}}), 90, 10)
"""


@pytest.mark.parametrize("share", [0.0, 0.0004, 0.5, 0.97, 0.984, 0.996, 1.0])
def test_the_values_it_starts_from_are_possible(share: float) -> None:
    app = AppTest.from_string(SCRIPT.format(share=share), default_timeout=300).run()
    assert not app.exception
    assert not app.error, app.error[0].value
    assert len(app.text_input) == 2
    assert "customers" in app.markdown[-1].value
