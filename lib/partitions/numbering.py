"""Files that write customers' or orders' numbers otherwise than others: known before the partitions are merged.

In one piece, `lib.orders.numberings` makes such numbers comparable, which moves customers to other partitions. Here it
is only found out whether it would: such files are read in one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.orders.numberings import (
    SAME_AMOUNT,
    SAME_DAYS,
    CustomerNumbers,
    are_counted_anew,
    may_lack_zeros,
    means_another,
)
from lib.orders.overlaps import SHARE_ALIKE
from lib.orders.spellings import are_typed_names, first_spellings
from lib.partitions.cleaning import ROW, CleanedTable
from lib.partitions.hashing import hashes_of
from lib.partitions.running import Runner
from lib.partitions.sources import Unpartitionable
from lib.partitions.storage import join, read_batch, read_table, to_arrow, to_pandas, write_batches
from lib.schema import CUSTOMER_ID


@dataclass(frozen=True)
class NumbersJob:
    """One cleaned table whose numbers are looked at."""

    number: int
    folder: str
    partitions: int
    file: int
    line_place: str
    other_places: tuple[str, ...]
    """Of money given back and of orders set aside, which name customers, too."""


@dataclass(frozen=True)
class TableNumbers:
    """How a table writes its customers' numbers; its orders lie in one batch per partition of order numbers."""

    file: int
    customers: CustomerNumbers
    names: tuple[str, ...]
    """Its customers, where they are known by names that people type (`lib.orders.spellings`)."""
    place: str


@dataclass(frozen=True)
class SharedJob:
    """Some of the order numbers of all files: the places of each file's tables, in the order of the files."""

    number: int
    places: tuple[tuple[str, ...], ...]


Shared = tuple[tuple[int, int, int, int, int], ...]
"""Per file: how many order numbers an earlier file has too, how many of them mean another order there, how many have
the same amount there within `SAME_DAYS`, and how many of these another customer or moment, or products in
one of the files only; and how many have another moment there."""


def check_numbers(tables: Sequence[CleanedTable], runner: Runner, *, folder: str, partitions: int) -> tuple[bool, ...]:
    """Per file, whether all numbers that it shares with earlier files were sold at one moment (`lib.orders.overlaps`).

    Raises Unpartitionable where one piece would give customers or orders of some file other numbers.
    """
    reusing = [table.reuses_numbers for table in tables if table.lines]
    if any(reusing) and (not all(reusing) or any(table.is_part for table in tables)):
        raise Unpartitionable("cli.needs_numbers")
    several = len({table.file for table in tables}) > 1
    if not several and not any(table.is_part for table in tables):
        return ()
    jobs = [
        NumbersJob(
            number, folder, partitions, table.file, table.line_place, (table.return_place, table.called_off_place)
        )
        for number, table in enumerate(tables)
    ]
    found = runner.run(numbers_of_table, jobs)
    _check_parts(tables, found, runner, partitions)
    if not several:
        return ()
    of_file: dict[int, list[TableNumbers]] = {}
    for one in found:
        of_file.setdefault(one.file, []).append(one)
    if may_lack_zeros([CustomerNumbers.of_all([one.customers for one in each]) for each in of_file.values()]):
        raise Unpartitionable("cli.needs_numbers")
    if any(first_spellings([pd.Series(one.names, dtype="str") for one in found])):
        raise Unpartitionable("cli.needs_numbers")
    places = tuple(tuple(one.place for one in each) for each in of_file.values())
    counted = runner.run(shared_orders, [SharedJob(number, places) for number in range(partitions)])
    for at in range(len(places)):
        if are_counted_anew(sum(one[at][0] for one in counted), sum(one[at][1] for one in counted)):
            raise Unpartitionable("cli.needs_numbers")
        shared, alike, otherwise = (sum(one[at][count] for one in counted) for count in (0, 2, 3))
        if otherwise and alike >= SHARE_ALIKE * shared:
            raise Unpartitionable("cli.needs_numbers")  # they may be the same orders (`lib.orders.overlaps`)
    return tuple(not sum(one[at][4] for one in counted) for at in range(len(places)))


def _check_parts(
    tables: Sequence[CleanedTable], found: Sequence[TableNumbers], runner: Runner, partitions: int
) -> None:
    """Raise Unpartitionable where the customers of one split file have each other's order numbers."""
    for file in dict.fromkeys(table.file for table in tables if table.is_part):
        places = tuple((one.place,) for one in found if one.file == file)
        counted = runner.run(shared_orders, [SharedJob(number, places) for number in range(partitions)])
        shared, other = (sum(each[count] for one in counted for each in one) for count in (0, 1))
        if are_counted_anew(shared, other):
            raise Unpartitionable("cli.needs_numbers")


def numbers_of_table(job: NumbersJob, shared: bytes) -> TableNumbers:
    """Write the first line of each order by a hash of the order's number."""
    columns = [CUSTOMER_ID, "order_id", "ordered_at", "amount", "product", ROW]
    lines = to_pandas(read_table(job.line_place).select(columns))
    first = _first_of_each(
        pd.DataFrame(
            {
                "order": hashes_of(lines["order_id"]),
                "customer": hashes_of(lines[CUSTOMER_ID]),
                "moment": lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64),
                "row": lines[ROW].to_numpy(np.int64),
                "amount": lines["amount"].to_numpy(np.float64),
                "named": lines["product"].notna().to_numpy(bool),
            }
        )
    )
    partition = (first["order"].to_numpy() % np.uint64(job.partitions)).astype(np.int64)
    by_partition = np.argsort(partition, kind="stable")
    starts = np.searchsorted(partition[by_partition], np.arange(job.partitions)).tolist()
    place = join(job.folder, f"numbers-{job.number:06}.arrow")
    write_batches(place, to_arrow(first).take(pa.array(by_partition)), starts)
    others = [to_pandas(read_table(one).select([CUSTOMER_ID]))[CUSTOMER_ID] for one in job.other_places]
    ids = pd.Series(pd.concat([lines[CUSTOMER_ID], *others]).unique(), dtype="str")
    names = tuple(ids) if are_typed_names(ids) else ()
    return TableNumbers(job.file, CustomerNumbers.of(lines[CUSTOMER_ID]), names, place)


def shared_orders(job: SharedJob, shared: bytes) -> Shared:
    """What each file's order numbers mean in earlier files (`lib.orders.numberings`), for a part of the numbers."""
    seen: pd.DataFrame | None = None
    counts: list[tuple[int, int, int, int, int]] = []
    for places in job.places:
        batches = pa.concat_tables([read_batch(place, job.number) for place in places])
        here = _first_of_each(batches.to_pandas()).set_index("order")[["customer", "moment", "amount", "named"]]
        here = here.assign(day=here["moment"] // _DAY)
        if seen is None:
            seen = here
            counts.append((0, 0, 0, 0, 0))
            continue
        both = seen.join(here, how="inner", suffixes=("", "_here"))
        alike = (both["amount"] - both["amount_here"]).abs() < SAME_AMOUNT
        alike &= (both["moment"] - both["moment_here"]).abs() <= SAME_DAYS * _DAY
        unlike = (both["customer"] != both["customer_here"]) | (both["moment"] != both["moment_here"])
        unlike |= both["named"] != both["named_here"]
        otherwise, moved = (alike & unlike).sum(), (both["moment"] != both["moment_here"]).sum()
        counts.append((len(both), int(means_another(both).sum()), int(alike.sum()), int(otherwise), int(moved)))
        seen = pd.concat([seen, here[~here.index.isin(seen.index)]])
    return tuple(counts)


_DAY = 86_400_000_000


def _first_of_each(orders: pd.DataFrame) -> pd.DataFrame:
    """The first line of each order, with the amount of all its lines and whether any names a product."""
    first = orders.sort_values(["moment", "row"], kind="stable", ignore_index=True).drop_duplicates("order")
    by_order = orders.groupby("order")
    amount, named = (first["order"].map(one) for one in (by_order["amount"].sum(), by_order["named"].any()))
    return first.assign(amount=amount, named=named.to_numpy(bool))
