# ruff: noqa: T201
"""Large histories on this machine: `python -m benchmarks.large [--lines N …] [--format csv|parquet] [--memory 2.7GB]`.

`python -m lib features` from a file of so many generated order lines to the features of every customer, beside DuckDB,
which computes eleven of the ninety columns from the same file and writes them. Seconds are wall time and CPU time of
the process and its children; memory is the peak of all its processes together (proportional set size). The slope is
how CPU time grows from one size to the next: 1 is in proportion to the lines.

Lines are drawn as a shop has them: 20 lines per customer, 4 per order, 2,000 products, 12 countries, three years.
"""

from __future__ import annotations

import argparse
import json
import math
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

AT_ONCE = 1_000_000
DUCKDB = """
import sys, duckdb
source, out, memory = sys.argv[1:]
duckdb.execute(f"SET memory_limit='{memory}'")
read = f"read_csv('{source}')" if source.endswith('csv') else f"read_parquet('{source}')"
duckdb.execute(f'''
COPY (
  WITH o AS (SELECT customer_id, order_id, min(ordered_at) AS at, sum(amount) AS value, count(*) AS lines
             FROM {read} GROUP BY ALL),
       ends AS (SELECT max(at) AS last FROM o)
  SELECT customer_id, date_diff('second', max(at), any_value(last)) / 86400.0 AS recency_days,
         count(*) AS frequency_orders, sum(value) AS monetary_total,
         date_diff('second', min(at), any_value(last)) / 86400.0 AS tenure_days, avg(value) AS order_value_mean,
         median(value) AS order_value_median, max(value) AS order_value_max, min(value) AS order_value_min,
         stddev_samp(value) AS order_value_spread, avg(lines) AS lines_per_order,
         count(DISTINCT date_trunc('day', at)) AS purchase_days
  FROM o, ends GROUP BY customer_id ORDER BY customer_id) TO '{out}' (FORMAT parquet)
''')
"""


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    cpu: float
    peak: float
    """Bytes."""


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
    child = psutil.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = [0.0]
    used: dict[tuple[int, float], float] = {}

    def watch() -> None:
        while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
            total = 0.0
            for one in [child, *_children(child)]:
                try:
                    total += one.memory_full_info().pss
                    times = one.cpu_times()
                    used[one.pid, one.create_time()] = times.user + times.system
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total)
            time.sleep(0.2)

    thread = threading.Thread(target=watch)
    thread.start()
    out, messages = child.communicate()
    thread.join()
    if child.returncode:
        raise RuntimeError(f"{command}: {messages[-2_000:]}{out[-500:]}")
    return Run(time.perf_counter() - began, sum(used.values()), peak[0]), out


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
    print(
        "| lines | MB | partitions | wall | CPU | peak memory | slope | DuckDB wall | DuckDB CPU | its peak | CPU ÷ |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for lines in options.lines:
            source, out = Path(folder) / f"orders.{options.format}", Path(folder) / "features.parquet"
            write_lines(source, lines)
            floor, _ = measure([sys.executable, "-c", DUCKDB, str(source), str(out), options.memory])
            command = ["-m", "lib", "features", "--orders", str(source), "--memory", options.memory, "--out", str(out)]
            ours, answer = measure([sys.executable, *command])
            said = json.loads(answer)
            assert said["rows_in"] == lines, said
            slope = "" if before is None else f"{math.log(ours.cpu / before[1]) / math.log(lines / before[0]):.2f}"
            before = lines, ours.cpu
            size = source.stat().st_size / 1e6
            print(
                f"| {lines:,} | {size:,.0f} | {said.get('partitions', 1)} | {ours.seconds:.1f} s "
                f"| {ours.cpu:.1f} s | {ours.peak / 1024**2:,.0f} MiB | {slope} | {floor.seconds:.1f} s "
                f"| {floor.cpu:.1f} s | {floor.peak / 1024**2:,.0f} MiB | {ours.cpu / floor.cpu:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
