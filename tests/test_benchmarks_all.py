"""`benchmarks.all` fails where a benchmark fails, hangs or compares itself with nothing."""

import signal
import sys

from benchmarks.all import run

SUMMARY = "from benchmarks.summary import summarise; summarise('3 rows', 1.5, 'a floor')"


def _row(script: str, limit: float = 60.0):
    return run("read", [sys.executable, "-c", script], limit)


def test_a_benchmark_has_its_size_ratio_and_memory_in_one_line():
    row = _row(f"{SUMMARY}; held = bytearray(300_000_000); import time; time.sleep(2)")
    assert not row.failed
    assert (row.size, row.ratio, row.of) == ("3 rows", 1.5, "a floor")
    assert 300 < row.peak_mb < 400
    assert "| read | 3 rows | × 1.50 of a floor |" in str(row)


def test_memory_of_child_processes_counts():
    row = _row(
        "import subprocess, sys; "
        "subprocess.run([sys.executable, '-c', 'held = bytearray(300_000_000); import time; time.sleep(2)'])"
    )
    assert row.peak_mb > 300


def test_a_benchmark_without_a_ratio_or_with_an_error_fails():
    assert _row("pass").failed
    row = _row(f"{SUMMARY}; raise SystemExit(3)")
    assert (row.code, row.failed) == (3, True)


def test_a_benchmark_that_hangs_is_ended_with_what_it_started():
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
    row = _row(script, limit=3.0)  # without the limit, ten minutes
    assert (row.code, row.failed) == (-signal.SIGKILL, True)
