# ruff: noqa: T201
"""Every benchmark in a row, each in a process of its own: `python -m benchmarks.all [--short] [--only NAME …]`.

Each prints its own table, with a ratio against a floor or a peer of the same run. At the end stand, per benchmark, wall
and CPU seconds and peak memory, its children included. `--short` takes small sizes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Benchmark:
    """A module of `benchmarks` and what it is given."""

    module: str
    short: tuple[str, ...]
    long: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark("reading", (), ()),
    Benchmark("training", ("--table", "breast_cancer", "made_1500x25")),
    Benchmark("scoring", ("--rows", "100000", "--rounds", "1")),
    Benchmark("gate", ("--every", "60"), ("--times",)),
    Benchmark("large", ("--lines", "300000", "1000000"), ()),
    Benchmark("cluster", ("--lines", "300000"), ()),
    Benchmark("visitors", ("--visitors", "20", "--seconds", "20", "--after", "5"), ()),
)


def main() -> int:
    """Runs them one after the other. Returns 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="small sizes")
    parser.add_argument("--only", nargs="+", choices=[one.module for one in BENCHMARKS], help="these alone")
    options = parser.parse_args()
    rows = []
    for one in BENCHMARKS:
        if options.only and one.module not in options.only:
            continue
        arguments = one.short if options.short else one.long
        print(f"\n## {' '.join((one.module, *arguments))}\n", flush=True)
        began = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-m", f"benchmarks.{one.module}", *arguments])
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        rows.append((one.module, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024, child.returncode))
    print("\n| benchmark | wall | CPU | peak memory of a process | exit |\n| --- | --- | --- | --- | --- |")
    for module, seconds, cpu, peak, code in rows:
        print(f"| {module} | {seconds:.0f} s | {cpu:.0f} s | {peak:,.0f} MiB | {code} |")
    print(f"| together | {sum(row[1] for row in rows):.0f} s | {sum(row[2] for row in rows):.0f} s | | |")
    return int(any(code for *_, code in rows))


if __name__ == "__main__":
    sys.exit(main())
