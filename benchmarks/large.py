# ruff: noqa: T201
"""Large histories on this machine: `python -m benchmarks.large [--lines N …] [--format csv|parquet] [--memory 2.7GB]`.

`python -m lib features` from a file of so many generated order lines to the features of every customer, beside DuckDB,
which computes eleven of the ninety columns from the same file and writes them. Seconds are wall time and CPU time of
the process and its children; memory is the peak of all its processes together (proportional set size), with mapped
files, whose pages the system takes back when it needs them, and without. The slope is how CPU time grows from one size
to the next: 1 is in proportion to the lines.

Lines are drawn as a shop has them: 20 lines per customer, 4 per order, 2,000 products, 12 countries, three years.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from benchmarks.summary import summarise

AT_ONCE = 1_000_000
DUCKDB = """
import sys, duckdb
source, out, memory = sys.argv[1:]
duckdb.execute(f"SET memory_limit='{memory}'")
duckdb.execute("SET preserve_insertion_order=false")
read = f"read_csv('{source}')" if source.endswith('csv') else f"read_parquet('{source}')"
duckdb.execute(f'''
COPY (
  WITH o AS (SELECT customer_id, order_id, min(ordered_at) AS moment, sum(amount) AS worth, count(*) AS entries
             FROM {read} GROUP BY customer_id, order_id),
       period AS (SELECT max(moment) AS until FROM o)
  SELECT customer_id, date_diff('second', max(moment), any_value(until)) / 86400.0 AS recency_days,
         count(*) AS frequency_orders, sum(worth) AS monetary_total,
         date_diff('second', min(moment), any_value(until)) / 86400.0 AS tenure_days, avg(worth) AS order_value_mean,
         median(worth) AS order_value_median, max(worth) AS order_value_max, min(worth) AS order_value_min,
         stddev_samp(worth) AS order_value_spread, avg(entries) AS lines_per_order,
         count(DISTINCT date_trunc('day', moment)) AS purchase_days
  FROM o, period GROUP BY customer_id ORDER BY customer_id) TO '{out}' (FORMAT parquet)
''')
"""


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    cpu: float
    peak: int
    """Bytes, with the pages of mapped files."""
    own: int
    """Bytes, without them."""


def write_lines(path: Path, lines: int) -> None:
    """Generated order lines as CSV or Parquet, by suffix, with row groups of a million."""
    generator = np.random.default_rng(7)
    customers, start = max(50, lines // 20), np.datetime64("2022-01-01", "s")
    countries = np.array(["ES", "FR", "DE", "IT", "PT", "NL", "BE", "AT", "PL", "SE", "IE", "GR"])
    writer: parquet.ParquetWriter | arrow_csv.CSVWriter | None = None
    for begin in range(0, lines, AT_ONCE):
        rows = min(AT_ONCE, lines - begin)
        orders = -(-rows // 4)
        of = np.repeat(np.arange(orders), 4)[:rows]
        customer = generator.integers(0, customers, orders)[of]
        share = np.sort(generator.random(orders)) / math.ceil(lines / AT_ONCE) + begin / lines
        moment = start + (share * 3 * 365 * 86_400).astype("timedelta64[s]")
        quantity = generator.integers(1, 5, rows)
        product = generator.integers(0, 2_000, rows)
        table = pa.table(
            {
                "order_id": begin // 4 + of + 1_000_000,
                "customer_id": np.char.add("C", customer.astype(str)),
                "ordered_at": pa.array(moment[of]).cast(pa.timestamp("s")),
                "product": np.char.add("Product ", product.astype(str)),
                "quantity": quantity,
                "amount": np.round(quantity * (3 + product % 97 + 0.25), 2),
                "country": countries[customer % len(countries)],
            }
        )
        if writer is None:
            of_kind = parquet.ParquetWriter if path.suffix == ".parquet" else arrow_csv.CSVWriter
            writer = of_kind(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def measure(command: list[str]) -> tuple[Run, str]:
    """Run a command to its end; raises RuntimeError with its messages if it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as messages:
        child = subprocess.Popen(command, stdout=out, stderr=messages)
        peak = [0, 0]
        seen: dict[tuple[int, float], float] = {}
        ended = threading.Event()
        thread = threading.Thread(target=_watch, args=(psutil.Process(child.pid), peak, seen, ended))
        thread.start()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        ended.set()
        thread.join()
        out.seek(0)
        messages.seek(0)
        if child.returncode:
            raise RuntimeError(f"{command}: {messages.read()[-2_000:]}")
        # The system counts a process below only once it was waited for, which nobody does for a fork server.
        return Run(seconds, max(used.ru_utime + used.ru_stime, sum(seen.values())), *peak), out.read()


def _beside(ours: Run, peer: Run | None) -> str:
    """The cells of DuckDB; it ends where its sums of groups don't fit in the memory that it was given."""
    if peer is None:
        return "out of memory | | |"
    return f"{peer.seconds:.1f} s | {peer.cpu:.1f} s | {peer.peak / 1024**2:,.0f} MiB | {ours.cpu / peer.cpu:.1f}"


def _watch(
    process: psutil.Process, peak: list[int], seen: dict[tuple[int, float], float], ended: threading.Event
) -> None:
    """Keep the most memory that a process and all below it had together, with and without the pages of files, and the
    CPU seconds of each."""
    while not ended.wait(0.2):
        total = own = 0
        for one in [process, *_children(process)]:
            with contextlib.suppress(psutil.Error, OSError):
                seen[one.pid, one.create_time()] = sum(one.cpu_times()[:2])
                lines = Path(f"/proc/{one.pid}/smaps_rollup").read_text().splitlines()[1:]
                pages = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
                total += pages["Pss"]
                own += pages["Pss"] - pages.get("Pss_File", 0)
        peak[0], peak[1] = max(peak[0], total), max(peak[1], own)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def main() -> None:
    """Prints one row per size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--format", choices=("csv", "parquet"), default="parquet")
    parser.add_argument("--memory", default="2.7GB")
    parser.add_argument("--folder", type=Path, help="where the files go (default: a temporary folder)")
    options = parser.parse_args()
    heads = ("lines", "MB", "partitions", "wall", "CPU", "peak memory", "without files", "slope")
    heads += ("DuckDB wall", "DuckDB CPU", "its peak", "CPU ÷")
    print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for lines in options.lines:
            source, out = Path(folder) / f"orders.{options.format}", Path(folder) / "features.parquet"
            write_lines(source, lines)
            try:
                peer, _ = measure([sys.executable, "-c", DUCKDB, str(source), str(out), options.memory])
            except RuntimeError as error:
                if "OutOfMemory" not in str(error):
                    raise
                peer = None
            command = ["-m", "lib", "features", "--orders", str(source), "--memory", options.memory, "--out", str(out)]
            ours, answer = measure([sys.executable, *command])
            said = json.loads(answer)
            assert said["rows_in"] == lines, said
            slope = "" if before is None else f"{math.log(ours.cpu / before[1]) / math.log(lines / before[0]):.2f}"
            before = lines, ours.cpu
            size = source.stat().st_size / 1e6
            print(
                f"| {lines:,} | {size:,.0f} | {said.get('partitions', 1)} | {ours.seconds:.1f} s "
                f"| {ours.cpu:.1f} s | {ours.peak / 1024**2:,.0f} MiB "
                f"| {ours.own / 1024**2:,.0f} MiB | {slope} | {_beside(ours, peer)} |",
                flush=True,
            )
            if peer is not None:
                summarise(f"{lines:,} lines, {size:,.0f} MB", ours.cpu / peer.cpu, "DuckDB's CPU, 11 of 90 columns")


if __name__ == "__main__":
    main()
