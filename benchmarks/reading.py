"""What reading an order log costs beside pandas with options: `python -m benchmarks.reading [FILE] [--rounds 5]`.

Each reader runs in a process of its own, in turn, so that peak memory is its own and a busy machine slows both equally.
Times are CPU seconds of the process (all its threads) and of the workers that decode for it, and wall-clock seconds,
while it reads, without imports; memory is the peak of the whole process. Each figure is the best of all rounds:
whatever else the machine does only adds.
pandas is given what Brine has to detect: which columns are
text, which one holds dates. `brine` goes from the file to a table; `clean` goes on to clean order lines. A packed file
is measured twice: as it is, and unpacked. Without a file, Online Retail is read if it is there, else half a million
generated lines.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.large import write_lines
from benchmarks.summary import summarise

FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "online_retail" / "online_retail.csv.gz"
_TEXTS = ("InvoiceNo", "StockCode", "Description", "CustomerID", "Country")


def _pandas(path: Path) -> Callable[[], int]:
    import pandas as pd

    types = dict.fromkeys(_TEXTS, "str")
    return lambda: len(pd.read_csv(path, engine="pyarrow", dtype=types, parse_dates=["InvoiceDate"]))


def _brine(path: Path) -> Callable[[], int]:
    import pandas as pd  # noqa: F401 - otherwise its import would be measured

    from lib.tables import read_file, read_table

    return lambda: len(read_table(read_file(path), path.name).frame)


def _clean(path: Path) -> Callable[[], int]:
    from lib.layouts import understand
    from lib.orders import clean
    from lib.tables import read_file, read_table

    def run() -> int:
        table = read_table(read_file(path), path.name)
        return clean(table, understand(table)).ledger.rows_in

    return run


READERS = {"pandas": _pandas, "brine": _brine, "clean": _clean}


def measure(reader: str, path: Path) -> dict[str, float]:
    """One reading in this process: CPU and wall seconds, peak megabytes, rows."""
    from lib.tables.decode_worker import TEMPLATE

    run = READERS[reader](path)
    started, used = time.perf_counter(), time.process_time()
    rows = run()
    return {
        "cpu": time.process_time() - used + TEMPLATE.cpu_seconds,
        "wall": time.perf_counter() - started,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": rows,
    }


def main() -> None:
    """Compares the readers on a file, and on what is in it where it is packed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = asked.file if asked.file.is_file() or asked.file != FILE else _generated(Path(folder))
        best = _compare(path, asked.rounds)
        if path.suffix == ".gz":
            plain = Path(folder) / path.stem
            plain.write_bytes(gzip.decompress(path.read_bytes()))
            best = _compare(plain, asked.rounds)
    size = f"{best['brine']['rows']:,.0f} lines, {best['brine']['peak']:,.0f} MB in the reading process"
    summarise(size, best["brine"]["cpu"] / best["pandas"]["cpu"], "pandas' CPU with the columns' types given")


def _generated(folder: Path) -> Path:
    """Order lines under the names of Online Retail's columns."""
    import pandas as pd

    write_lines(folder / "lines.parquet", 500_000)
    lines = pd.read_parquet(folder / "lines.parquet")
    table = pd.DataFrame(
        {
            "InvoiceNo": lines["order_id"],
            "StockCode": lines["product"].str.removeprefix("Product "),
            "Description": lines["product"],
            "Quantity": lines["quantity"],
            "InvoiceDate": lines["ordered_at"],
            "UnitPrice": (lines["amount"] / lines["quantity"]).round(2),
            "CustomerID": lines["customer_id"],
            "Country": lines["country"],
        }
    )
    table.to_csv(folder / "orders.csv", index=False)
    return folder / "orders.csv"


def _compare(path: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Runs the readers in turn; prints and returns the best of each, and how many times pandas they cost."""
    found: dict[str, list[dict[str, float]]] = {reader: [] for reader in READERS}
    for _ in range(rounds):
        for reader, runs in found.items():
            command = [sys.executable, "-m", "benchmarks.reading", "--one", reader, str(path)]
            said = subprocess.run(command, capture_output=True, text=True, check=True)
            runs.append(json.loads(said.stdout))
    best = {reader: {name: min(run[name] for run in runs) for name in runs[0]} for reader, runs in found.items()}
    base = best["pandas"]
    sys.stdout.write(f"{path.name}\n")
    for reader, cost in best.items():
        sys.stdout.write(
            f"{reader:7} {cost['rows']:9,.0f} rows  {cost['cpu']:6.2f} s CPU ({cost['cpu'] / base['cpu']:4.2f} ×)  "
            f"{cost['wall']:6.2f} s ({cost['wall'] / base['wall']:4.2f} ×)  "
            f"{cost['peak']:6.0f} MB ({cost['peak'] / base['peak']:4.2f} ×)\n"
        )
    return best


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
