"""The sample shop, read and drawn before there is any visitor, so that the first of them finds it."""

from __future__ import annotations

from lib import text
from lib.ui import cached
from lib.ui.exploring import cache, parts
from lib.ui.page import in_language


def of_sample() -> tuple[object, ...]:
    """Everything that visitors of the sample shop share up to the first view of Explore, in every language; it lives as
    long as it is held."""
    reading, found, history, held = cached.of_sample()
    view = cache.of_sample(reading, history)
    for code in text.LANGUAGES:
        with in_language(code):
            for part in (parts.revenue, parts.customers, parts.movement, parts.segments, parts.rfm, parts.pareto):
                part(view, found.currency).made.figure.to_json_without_template()
    return (*held, found, history, view, view.figures, view.findings)
