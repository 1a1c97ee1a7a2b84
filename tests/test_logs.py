"""Log lines hold an event and its figures, and never what a customer's cell says."""

import io
import logging
import re
from pathlib import Path

import pytest

from lib.logs import LOGGER, configure, event, failure


@pytest.fixture
def lines():
    """What is logged from INFO on; the logger is put back as it was afterwards."""
    logger = logging.getLogger(LOGGER)
    before = (list(logger.handlers), logger.level, logger.propagate)
    out = io.StringIO()
    configure("info", stream=out)
    yield lambda: out.getvalue().splitlines()
    logger.handlers, logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


def test_an_event_is_one_line_with_time_level_module_and_figures(lines):
    event(logging.getLogger("lib.tables.reading"), "read", seconds=0.41234, rows=541_909, packed=True, layout="shopify")
    (line,) = lines()
    stamp, level, module, *rest = line.split(" ")
    assert stamp.endswith("Z")
    assert (level, module) == ("INFO", "lib.tables.reading")
    assert rest == ["read", "seconds=0.412", "rows=541909", "packed=true", "layout=shopify"]


@pytest.mark.parametrize(
    "value",
    ["ana@example.com", "Ana García", "12345678", "+34 600 000 000", "a\nb", "x" * 500, ["Ana"], {"e-mail": "a@b.c"}],
    ids=repr,
)
def test_a_customers_value_is_never_written(lines, value):
    event(logging.getLogger("lib.orders"), "cleaned", what=value)
    (line,) = lines()
    assert line.endswith(("what=(text)", "what=(list)", "what=(dict)"))


def test_a_failure_says_where_and_not_with_which_cell(lines):
    try:
        int("ana@example.com")
    except ValueError as error:
        failure(logging.getLogger("lib.ui"), "page_failed", error, page="train")
    text = "\n".join(lines())
    assert "error=ValueError page=train" in text
    assert "test_logs.py" in text
    assert "ana@" not in text


@pytest.mark.parametrize(("level", "written"), [("debug", 3), ("INFO", 2), ("Warning", 1), ("off", 0)])
def test_the_level_chooses_what_is_written(level, written):
    logger = logging.getLogger(LOGGER)
    before = (list(logger.handlers), logger.level, logger.propagate)
    out = io.StringIO()
    try:
        configure(level, stream=out)
        for number in (logging.DEBUG, logging.INFO, logging.WARNING):
            event(logging.getLogger("lib.jobs"), "started", level=number)
        assert len(out.getvalue().splitlines()) == written
    finally:
        logger.handlers, logger.propagate = before[0], before[2]
        logger.setLevel(before[1])


def test_an_unknown_level_is_the_default_and_says_so():
    logger = logging.getLogger(LOGGER)
    before = (list(logger.handlers), logger.level, logger.propagate)
    out = io.StringIO()
    try:
        configure("loud", default="INFO", stream=out)
        assert "unknown_log_level used=INFO" in out.getvalue()
        assert logger.level == logging.INFO
    finally:
        logger.handlers, logger.propagate = before[0], before[2]
        logger.setLevel(before[1])


ROOT = Path(__file__).resolve().parents[1]
CALLED = re.compile(r"""\b(?:event|failure)\(\s*_?(?:logger|LOG\w*),\s*"(\w+)\"""")


def test_every_event_is_explained_where_operators_look():
    written = {name for path in (ROOT / "lib").rglob("*.py") for name in CALLED.findall(path.read_text("utf-8"))}
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs/operations.md").read_text("utf-8").split("## Logs")[1]))
    assert len(written) > 10
    assert not written - explained
