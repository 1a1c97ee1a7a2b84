"""What reading an order log costs beside pandas with options: `python -m benchmarks.reading [FILE] [ROUNDS]`.

Each reader runs in a process of its own, in turn, so that peak memory is its own and a busy machine slows both equally.
Times are CPU seconds of the process (all its threads) and of the workers that decode for it, and wall-clock seconds,
while it reads, without imports; memory is the peak of the whole process. Each figure is the best of all rounds:
whatever else the machine does only adds.
pandas is given what Brine has to detect: which columns are
text, which one holds dates. `brine` goes from the file to a table; `clean` goes on to clean order lines. A packed file
is measured twice: as it is, and unpacked.
"""

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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


def main(path: Path = FILE, rounds: int = 5) -> None:
    """Compares the readers on a file, and on what is in it where it is packed."""
    _compare(path, rounds)
    if path.suffix == ".gz":
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / path.stem
            plain.write_bytes(gzip.decompress(path.read_bytes()))
            _compare(plain, rounds)


def _compare(path: Path, rounds: int) -> None:
    """Runs the readers in turn and prints the best of each, and how many times pandas they cost."""
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


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(*(convert(given) for convert, given in zip((Path, int), sys.argv[1:3], strict=False)))
