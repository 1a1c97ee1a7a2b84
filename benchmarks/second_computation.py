"""Order exports computed twice: `python -m benchmarks.second_computation [COUNT] [FIRST SEED] [SET …]`.

Sets are `sql`, `constructed` and `markets`. Each export of `generated_exports` is read by Brine and, apart from it, by
DuckDB with SQL written from what its columns mean. Customers, orders, net and gross totals, first and last day must be
equal. Of the exports of `constructed_exports` (eleven languages, sometimes several files), `constructed_shops` and
`constructed_markets` the figures are known since they were written. Prints what differs; exits with 1 then.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks import constructed_exports, constructed_markets, constructed_shops
from benchmarks.constructed_exports import Constructed, Sold
from benchmarks.generated_exports import Generated, generated
from lib.errors import UserError
from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files
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
    return _figures(clean_files(tables, [understand(table) for table in tables]))


def _figures(found: Orders) -> Figures:
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
    return "; ".join(_unequal(found, expected))


def _unequal(found: Figures, expected: Figures) -> list[str]:
    right = asdict(expected)
    return [
        f"{name} {value}, right {right[name]}"
        for name, value in asdict(found).items()
        if (abs(value - right[name]) > 0.011 if isinstance(value, float) else value != right[name])
    ]


KNOWN_KINDS = (*constructed_exports.KINDS, *constructed_shops.KINDS)
MARKET_KINDS = tuple(constructed_markets.KINDS)


def constructed(seed: int, kinds: Sequence[Callable[[random.Random], Constructed]] = KNOWN_KINDS) -> Constructed:
    """The export with known figures of that seed; kinds take turns."""
    kind = kinds[seed % len(kinds)]
    return kind(random.Random(f"{kind.__name__} {seed}"))


def known_figures(export: Constructed) -> tuple[Figures, ...]:
    """What was sold; several ways of counting where the file has money with and without tax or delivery."""
    made = [sale for sale in export.sold if sale.amounts[0] > 0]
    ways = max(len(sale.amounts) for sale in export.sold)
    days = [sale.when.date() for sale in made]

    def total(sales: Sequence[Sold], way: int) -> float:
        return round(sum(sale.amounts[min(way, len(sale.amounts) - 1)] for sale in sales), 2)

    customers, orders = len({sale.customer for sale in made}), len({sale.order for sale in made})
    return tuple(
        Figures(customers, orders, total(export.sold, way), total(made, way), min(days), max(days))
        for way in range(ways)
    )


def constructed_differences(export: Constructed) -> str:
    """What Brine says otherwise than what was sold, in words; empty where both agree.

    An export of which nothing can be sold to anybody (no customers, no money) must be refused.
    """
    try:
        tables = read_shop(export.files).tables
        found = _figures(clean_files(tables, [understand(table) for table in tables]))
    except UserError as error:
        return f"refused: {error.key}" if export.sold else ""
    if not export.sold:
        return "not refused"
    wrong = [_unequal(found, expected) for expected in known_figures(export)]
    return "; ".join(min(wrong, key=len))


def main() -> int:
    """Compare, print, and answer the exit code."""
    words = sys.argv[1:]
    count, first = (int(text) for text in (*words[:2], *("1000", "0")[len(words[:2]) :]))
    which = words[2:] or ["sql", "constructed", "markets"]
    wrong: Counter[str] = Counter()
    for seed in range(first, first + count):
        for name in which:
            if name == "sql":
                export = generated(seed)
                kind, bad = export.kind, differences(export)
            else:
                made = constructed(seed, MARKET_KINDS if name == "markets" else KNOWN_KINDS)
                kind, bad = made.kind, constructed_differences(made)
            if bad:
                wrong[kind] += 1
                sys.stdout.write(f"{seed} {kind}: {bad}\n")
                sys.stdout.flush()
    total = count * len(which)
    sys.stdout.write(f"{total - wrong.total()} of {total} exports agree {dict(wrong) or ''}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
