# ruff: noqa: T201
"""Features on a Dask cluster of this machine, a worker of which is killed: `python -m benchmarks.cluster [--lines N]`.

The same lines, in a folder of Parquet files, once in one piece and once by processes of Dask, of which one is killed
with SIGKILL when a third of the files are cleaned. Both must write the same bytes. The ratio is of CPU seconds: what
reading in parts, starting workers, and repeating the killed worker's jobs costs.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import pyarrow.parquet as parquet

from benchmarks.large import measure, write_lines
from benchmarks.summary import summarise


def main() -> int:
    """Prints one row per way. Returns 1 where the two differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument("--files", type=int, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lines(folder / "all.parquet", options.lines)
        table = parquet.read_table(folder / "all.parquet")
        (folder / "orders").mkdir()
        each = -(-len(table) // options.files)
        for number in range(options.files):
            parquet.write_table(table.slice(number * each, each), folder / "orders" / f"{number:03}.parquet")
        del table
        command = [sys.executable, "-m", "lib", "features", "--orders", str(folder / "orders"), "--memory"]
        one, said = measure([*command, "100GB", "--out", str(folder / "one.parquet")])
        stop = threading.Event()
        killed: list[int] = []
        killer = threading.Thread(target=_kill_a_worker, args=(folder, options.files // 3, stop, killed))
        killer.start()
        other, said_by_dask = measure([*command, "4GB", "--scheduler", "local", "--out", str(folder / "dask.parquet")])
        stop.set()
        killer.join()
        same = (folder / "one.parquet").read_bytes() == (folder / "dask.parquet").read_bytes()
        left_out = ("out", "seconds", "partitions")
        figures = [{k: v for k, v in json.loads(text).items() if k not in left_out} for text in (said, said_by_dask)]
        print("| way | lines | wall | CPU | peak memory | CPU ÷ |\n| --- | --- | --- | --- | --- | --- |")
        for way, run in (("one piece", one), ("Dask, one worker killed", other)):
            print(
                f"| {way} | {options.lines:,} | {run.seconds:.1f} s | {run.cpu:.1f} s "
                f"| {run.peak / 1024**2:,.0f} MiB | {run.cpu / one.cpu:.2f} |"
            )
        print(f"\nworkers killed: {len(killed)}; same bytes: {same}; same figures: {figures[0] == figures[1]}")
        summarise(f"{options.lines:,} lines, one worker killed", other.cpu / one.cpu, "the CPU of one piece")
        return int(not (same and killed and figures[0] == figures[1]))


def _kill_a_worker(folder: Path, files: int, stop: threading.Event, killed: list[int]) -> None:
    """Kill the youngest worker of the cluster under this process once so many files are cleaned."""
    while not stop.is_set() and not killed:
        cleaned = len(list(folder.glob("brine-*/clean-*-lines.arrow")))
        workers = [one for one in psutil.Process().children(recursive=True) if _is_worker(one)]
        if cleaned >= files and workers:
            killed.append(workers[-1].pid)
            os.kill(killed[0], signal.SIGKILL)
        time.sleep(0.05)


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "multiprocessing.spawn" in " ".join(process.cmdline())
    except psutil.Error:
        return False


if __name__ == "__main__":
    sys.exit(main())
