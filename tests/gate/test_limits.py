"""Every figure that docs/security.md states is the one in the code."""

import re
from pathlib import Path

from lib import jobs
from lib.audience import files
from lib.gate import arrow, limits, opened
from lib.gate.judging import judge, states, structures
from lib.gate.judging.allowed import NAMES
from lib.gate.process import pool, sandbox, worker
from lib.gate.reading import containers, skops_tree
from lib.layouts import settings, understanding
from lib.tables import corrections, decode_worker
from lib.tables import limits as reading
from lib.ui import scoring_run

TEXT = (Path(__file__).parents[2] / "docs" / "security.md").read_text()
MIB = 2**20


def row(of: str) -> list[float]:
    """The figures in the row of the table of limits, in order; `2³¹` is read as a power."""
    line = next(line for line in TEXT.splitlines() if line.startswith(f"| {of} |"))
    limit = line.split("|")[2].replace("2³¹", str(2**31))
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", limit)]


def test_a_files_limits():
    assert row("a file") == [containers.MAX_FILE / MIB]
    assert row("what comes out of it")[:2] == [containers.MAX_UNPACKED / MIB, containers.MAX_RATIO]
    assert row("unpacking") == [containers.MAX_SECONDS, containers.LZMA_MEMORY / MIB]
    assert row("members of a `.skops` file") == [containers.MAX_MEMBERS, skops_tree.MAX_SCHEMA / MIB]


def test_limits_of_time_and_of_rows():
    assert row("a verdict, building and trying included") == [opened.VERDICT_SECONDS]
    assert row("one chunk of rows") == [
        opened.CALL_SECONDS, opened.MOST_ROWS, worker.MAX_TABLE / MIB
    ]  # fmt: skip
    assert row("an answer") == [arrow.MAX_ANSWER / MIB, arrow.MAX_COLUMNS]
    assert structures.MAX_OUTPUTS == arrow.MAX_COLUMNS
    assert row("a worker") == [sandbox.MEMORY / MIB, sandbox.CPU_SECONDS]
    assert row("workers") == [pool.MAX_WORKERS]
    assert row("calls that compute") == [pool.MAX_CALLING, pool.MAX_CALLING_EACH, pool.CALL_WAIT_SECONDS]
    assert row("one table") == [opened.WHOLE_CALL_SECONDS, scoring_run.GONE_SECONDS]
    assert row("one chunk while another visitor waits over 1 s") == [opened.GIVE_WAY_SECONDS]
    assert pool.OTHERS_WAIT_SECONDS == 1
    decoding = row("uploads that are decoded")
    assert decoding == [decode_worker.MAX_AT_ONCE, decode_worker.MAX_EACH, decode_worker.MAX_WAIT_SECONDS]
    assert row("trainings")[0] == jobs.MOST_AT_ONCE
    assert row("waiting for a place") == [pool.BUSY_SECONDS]


def test_limits_of_what_the_server_does_itself():
    cpu = [reading.LEAST_CPU_SECONDS, reading.CPU_SECONDS_PER_MB, reading.LIMIT_CPU_SECONDS]
    assert row("CPU time of decoding one upload") == cpu
    assert row("corrected cells of a settings file") == [
        2 * settings.MOST_CORRECTIONS, corrections.MOST_BY, corrections.MOST_LOOKED_AT / 1e6
    ]  # fmt: skip
    assert row("columns whose rows are grouped to find customers or orders") == [understanding.MOST_COMPARED]
    assert row("score bands of a list") == [1, files.MOST_BANDS]


def test_limits_of_what_a_stream_says():
    assert row("opcodes, memo, items of a list in `.skops`") == [limits.MAX_OPCODES, limits.MAX_MEMO, limits.MAX_STACK]
    assert row("open marks, nesting") == [limits.MAX_MARKS, limits.MAX_DEPTH]
    assert row("a text, a name, a line of protocol 0") == [limits.MAX_TEXT / MIB, limits.MAX_NAME, limits.MAX_LINE]
    assert row("an array") == [limits.MAX_DIMENSIONS, limits.MAX_LENGTH, limits.MAX_FIELDS]
    assert row("objects, each counted as often as it is held") == [judge.MAX_PARTS]
    assert row("a card") == [judge.MAX_CARD_NODES, judge.MAX_CARD_TEXT / MIB]
    assert row("the name of a column; all of them") == [judge.MAX_COLUMN_NAME, judge.MAX_COLUMNS_TEXT / MIB]


def test_the_limits_of_a_worker_are_those_that_it_is_given():
    assert f"above {sandbox.MEMORY / MIB:,.0f} MiB" in TEXT
    assert f"more than {sandbox.CPU_SECONDS:,} s of computing" in TEXT


def test_a_limit_that_is_stated_is_a_limit_that_is_looked_at():
    """A figure that nothing reads is no limit."""
    source = "".join(path.read_text() for path in Path(limits.__file__).parent.rglob("*.py"))
    for name in (name for name in vars(limits) if name.startswith("MAX_")):
        assert len(re.findall(rf"limits\.{name}\b", source)) >= 1, name
    assert set(NAMES) >= states.ESTIMATORS
