# ruff: noqa: T201
"""Every benchmark in a row, each in a process of its own: `python -m benchmarks.all [--short] [--only NAME …]`.

Each prints its own table. At the end stand, per benchmark: what it measured, how many times as much that took as a
floor or a peer of the same run, wall and CPU seconds, and the peak memory of all its processes together. `--short`
takes small sizes. One that fails, takes longer than `--limit` seconds or names no ratio makes the whole fail.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.streamlit_client import memory_bytes
from benchmarks.summary import FILE


@dataclass(frozen=True)
class Benchmark:
    """A module of `benchmarks` and what it is given."""

    name: str
    module: str
    short: tuple[str, ...] = ()
    long: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark("read", "reading", ("--rounds", "2")),
    Benchmark("features", "large", ("--lines", "300000", "1000000")),
    Benchmark("train", "training", ("--table", "breast_cancer")),
    Benchmark("score", "scoring", ("--rows", "100000", "--rounds", "1")),
    Benchmark("gate", "gate", ("--every", "120"), ("--times",)),
    Benchmark("page", "redraw", ("--rounds", "1")),
    Benchmark("visitors", "visitors", ("--visitors", "20", "--seconds", "15", "--after", "0")),
    Benchmark("cluster", "cluster", ("--lines", "300000")),
)


@dataclass(frozen=True)
class Row:
    """What one benchmark took and found."""

    name: str
    seconds: float
    cpu: float
    peak_mb: float
    code: int
    size: str
    ratio: float | None
    of: str

    @property
    def failed(self) -> bool:
        """Whether it ended with an error, or without a ratio."""
        return self.code != 0 or self.ratio is None

    def __str__(self) -> str:
        ratio = "none" if self.ratio is None else f"× {self.ratio:.2f} of {self.of}"
        return (
            f"| {self.name} | {self.size} | {ratio} | {self.seconds:.0f} s | {self.cpu:.0f} s "
            f"| {self.peak_mb:,.0f} MB | {self.code} |"
        )


def run(name: str, command: Sequence[str], limit: float) -> Row:
    """Runs one to its end, or ends it after `limit` seconds. Threads of OpenMP don't spin while they wait: on a busy
    machine that would count as CPU time of whichever side has more of them."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "summary.json"
        began = time.perf_counter()
        environment = {"OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "PASSIVE"} | os.environ | {FILE: str(said)}
        child = subprocess.Popen(command, env=environment, start_new_session=True)
        stop, peak = threading.Event(), [0]
        watching = threading.Thread(target=_watch, args=(psutil.Process(child.pid), peak, stop))
        watching.start()
        timer = threading.Timer(limit, _end, [child.pid])
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        stop.set()
        watching.join()
        found = json.loads(said.read_text()) if said.exists() else {"size": "", "ratio": None, "of": ""}
        seconds = time.perf_counter() - began
        return Row(name, seconds, used.ru_utime + used.ru_stime, peak[0] / 1e6, child.returncode, **found)


def _watch(process: psutil.Process, peak: list[int], stop: threading.Event) -> None:
    while not stop.wait(0.5):
        peak[0] = max(peak[0], memory_bytes(process))


def _end(group: int) -> None:
    """All processes that the benchmark started: they are a group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def main() -> int:
    """Runs them one after the other. Returns 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="small sizes")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in BENCHMARKS], help="these alone")
    parser.add_argument("--limit", type=float, help="seconds of each; with --short 300 unless stated")
    options = parser.parse_args()
    limit = options.limit or (300.0 if options.short else 36_000.0)
    rows = []
    for one in BENCHMARKS:
        if options.only and one.name not in options.only:
            continue
        arguments = one.short if options.short else one.long
        print(f"\n## {one.name}: {' '.join((one.module, *arguments))}\n", flush=True)
        rows.append(run(one.name, [sys.executable, "-m", f"benchmarks.{one.module}", *arguments], limit))
        print(f"\n{one.name}: {rows[-1].seconds:.0f} s", flush=True)
    print("\n| benchmark | size | ratio | wall | CPU | peak memory of all processes | exit |\n|" + " --- |" * 7)
    print("\n".join(map(str, rows)))
    print(f"| together | | | {sum(row.seconds for row in rows):.0f} s | {sum(row.cpu for row in rows):.0f} s | | |")
    return int(any(row.failed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
