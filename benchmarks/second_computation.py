"""Order exports computed twice: `python -m benchmarks.second_computation [COUNT] [FIRST SEED]`.

Each export of `generated_exports` is read by Brine and, apart from it, by DuckDB with SQL written from what its columns
mean. Customers, orders, net and gross totals, first and last day must be equal. Prints what differs; exits with 1 then.
"""

import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.generated_exports import Generated, generated
from lib.errors import UserError
from lib.layouts import understand
from lib.orders import clean_files
from lib.tables import read_tables


@dataclass(frozen=True)
class Figures:
    """What both computations must agree on."""

    customers: int
    orders: int
    net: float
    gross: float
    first: date
    last: date


def by_sql(export: Generated) -> Figures:
    """The figures that DuckDB computes from the raw file."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        path = Path(folder) / "raw.csv"
        path.write_bytes(export.data)
        database.execute(
            f"CREATE TABLE raw AS SELECT * FROM read_csv('{path}', delim = '{export.delimiter}', header = true, "
            "all_varchar = true, quote = '\"', nullstr = 'no such text', comment = '')"
        )
        customers, orders, net, gross, first, last = database.execute(
            "SELECT count(DISTINCT customer) FILTER (amount > 0), count(DISTINCT order_id) FILTER (amount > 0), "
            "sum(amount), "
            "sum(amount) FILTER (amount > 0), min(day) FILTER (amount > 0), max(day) FILTER (amount > 0) "
            f"FROM ({export.sql})"
        ).fetchone() or (0, 0, 0.0, 0.0, date.min, date.min)
    return Figures(customers, orders, round(net or 0.0, 2), round(gross or 0.0, 2), first, last)


def by_brine(export: Generated) -> Figures:
    """The figures that Brine shows. Raises UserError."""
    tables = read_tables([(export.name, export.data)])
    found = clean_files(tables, [understand(table) for table in tables])
    lines, gross = found.lines, float(found.lines["amount"].sum())
    return Figures(
        customers=lines["customer_id"].nunique(),
        orders=lines["order_id"].nunique(),
        net=round(gross + float(found.returns["amount"].sum()), 2),
        gross=round(gross, 2),
        first=lines["ordered_at"].min().date(),
        last=lines["ordered_at"].max().date(),
    )


def differences(export: Generated) -> str:
    """What Brine says otherwise than SQL, in words; empty where both agree."""
    expected = by_sql(export)
    try:
        found = by_brine(export)
    except UserError as error:
        # One customer alone, or one day, is no history: Brine says so.
        history = {"orders.one_customer": expected.customers == 1, "orders.one_day": expected.first == expected.last}
        return "" if history.get(error.key) else f"refused: {error.key}"
    wrong = [
        f"{name} {value}, by SQL {asdict(expected)[name]}"
        for name, value in asdict(found).items()
        if (
            abs(value - asdict(expected)[name]) > 0.011 if isinstance(value, float) else value != asdict(expected)[name]
        )
    ]
    return "; ".join(wrong)


def main() -> int:
    """Compare, print, and answer the exit code."""
    count, first = (int(text) for text in (*sys.argv[1:3], *("1000", "0")[len(sys.argv) - 1 :]))
    wrong: Counter[str] = Counter()
    for seed in range(first, first + count):
        export = generated(seed)
        bad = differences(export)
        if bad:
            wrong[export.kind] += 1
            sys.stdout.write(f"{seed} {export.kind}: {bad}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count - wrong.total()} of {count} exports agree {dict(wrong) or ''}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
