"""What stands below the key figures: which period they are of, and against which they are compared."""

import pandas as pd
import pytest

from lib import insights, text
from lib.insights import Filters
from lib.ui import page
from lib.ui.exploring.cache import Explored
from lib.ui.exploring.key_figures import _periods
from lib.ui.exploring.view import View


def words(start: str, end: str, language: str) -> str:
    """Of a shop that sold nothing between March and October."""
    days = ["2024-01-05", "2024-02-03", "2024-03-02", "2024-10-04", "2024-11-01", "2024-11-30"]
    lines = pd.DataFrame({"customer_id": list("abcabc"), "order_id": list("123456"), "amount": 10.0, "quantity": 1.0})
    lines = lines.assign(ordered_at=pd.to_datetime(days).astype("datetime64[us]"), product=None, country=None)
    history = insights.prepare(lines)
    filters = Filters(pd.Timestamp(start), pd.Timestamp(end))
    found = Explored(history, filters, insights.previous_period(insights.scope(history, filters)), None, ())
    with page.in_language(language):
        return _periods(found, View(period="own", comparison="previous"), "EUR")


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_period_before_without_orders_is_not_called_one_that_the_data_do_not_reach(language: str) -> None:
    far, blank = text.say(language, "explore.no_comparison"), words("2024-10-01", "2024-12-01", language)
    assert far not in blank
    assert text.day(language, pd.Timestamp("2024-08-01").date()) in blank
    assert text.day(language, pd.Timestamp("2024-09-30").date()) in blank
    assert far in words("2024-01-05", "2024-03-05", language)
    assert far not in words("2024-02-15", "2024-03-05", language)
