"""Files of one shop → one clean history in partitions of whole customers, with one ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.errors import UserError
from lib.layouts.names import plain
from lib.orders import REASONS, Ledger, Orders, check_history, hash_ids
from lib.orders.merging import main_currency, merged_parts
from lib.partitions.cleaning import MONEY, ROW, CleanedTable, CleanJob, Settings, clean, columns_of
from lib.partitions.hashing import hashes_of
from lib.partitions.numbering import check_numbers
from lib.partitions.running import Runner, Step, quiet
from lib.partitions.sources import Source, Unpartitionable
from lib.partitions.splitting import split_large
from lib.partitions.storage import join, read_batch, read_table, to_arrow, to_pandas, write_table
from lib.schema import CUSTOMER_ID
from lib.tables import date_orders_to_correct

Moments = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Plan:
    """What is computed in partitions, and where."""

    sources: tuple[Source, ...]
    folder: str
    """Of the files in between: a path, or a URL that every worker can write to."""
    partitions: int
    runner: Runner
    settings: Settings | None = None
    key: bytes = b""
    """With one, customers are under keyed hashes of their ids (`lib.orders.hash_ids`)."""
    progress: Step = quiet


@dataclass(frozen=True)
class Partition:
    """Some of the customers with all their order lines."""

    number: int
    lines: int
    customers: int
    first: int
    """Microseconds since 1970 of the first and the last order line; 0 without any."""
    last: int
    set_aside: Mapping[str, int]
    """What one file has of another, and orders that another file cancels."""
    line_place: str
    return_place: str
    order_place: str

    def orders(self) -> Orders:
        """The order lines, with `FILE` and `ROW` beside `schema.ORDER_LINES`, and returns."""
        lines, returns = to_pandas(read_table(self.line_place)), to_pandas(read_table(self.return_place))
        return Orders(lines=lines, returns=returns, ledger=_ledger(len(lines)))


@dataclass(frozen=True)
class PartitionedHistory:
    """What `lib.orders.Orders` is in one piece."""

    plan: Plan
    partitions: tuple[Partition, ...]
    """Those with at least one order line."""
    rows_in: int
    set_aside: Mapping[str, int]
    currency: str
    tables: tuple[CleanedTable, ...] = field(repr=False, default=())

    @property
    def rows_used(self) -> int:
        """Order lines."""
        return self.rows_in - sum(self.set_aside.values())

    @property
    def customers(self) -> int:
        """With an order line."""
        return sum(part.customers for part in self.partitions)

    @property
    def first(self) -> pd.Timestamp:
        """The moment of the first order line."""
        return pd.Timestamp(min(part.first for part in self.partitions), unit="us")

    @property
    def last(self) -> pd.Timestamp:
        """The moment of the last order line."""
        return pd.Timestamp(max(part.last for part in self.partitions), unit="us")

    @property
    def default_cutoff(self) -> pd.Timestamp:
        """As `lib.features.default_cutoff`."""
        return self.last.normalize() + pd.Timedelta(days=1)

    def orders(self) -> int:
        """The number of orders, as `lib.orders.number_of_orders`."""
        found = [read_table(part.order_place).column(0).to_numpy() for part in self.partitions]
        return len(np.unique(np.concatenate(found))) if found else 0


def clean_in_partitions(plan: Plan) -> PartitionedHistory:
    """Clean all files and bring each customer's lines together.

    Raises UserError as `lib.orders.clean_files` does, and `Unpartitionable` for files that must be joined by keys or
    split by what only the whole file says.
    """
    jobs: list[CleanJob] = []
    for number, source in enumerate(plan.sources):
        job = CleanJob(number, source, plan.folder, plan.partitions, plan.settings, alone=len(plan.sources) == 1)
        jobs += split_large(job, plan.runner, plan.progress) if source.too_large else [job]
    try:
        cleaned = plan.runner.run(clean, jobs, progress=partial(_as_share, plan, "cli.step_clean"))
    except UserError as error:
        if error.key in _LACKS:
            _check_columns(plan)
        raise
    cleaned = _with_agreed_dates(plan, jobs, cleaned)
    tables = tuple(table for each in cleaned for table in each)
    _check_alike(tables)
    for job, each in zip(jobs, cleaned, strict=True):
        # Whether rows are sums of others, or dates too far off, a partition may have decided otherwise than the whole.
        if job.split is not None and any(
            {"other_step", "order_summary", "far_date"} & table.set_aside.keys() for table in each
        ):
            raise Unpartitionable("cli.needs_whole")
    currency = main_currency((table.currency, table.lines) for table in tables)
    one_moment = check_numbers(tables, plan.runner, folder=plan.folder, partitions=plan.partitions)
    merge_jobs = [
        MergeJob(number, plan.folder, tables, currency, plan.key, one_moment) for number in range(plan.partitions)
    ]
    merged = plan.runner.run(merge, merge_jobs, progress=partial(_as_share, plan, "cli.step_merge"))
    found = [*(table.set_aside for table in tables), *(part.set_aside for part in merged)]
    counts = {reason: sum(one.get(reason, 0) for one in found) for reason in REASONS}
    history = PartitionedHistory(
        plan=plan,
        partitions=tuple(part for part in merged if part.lines),
        rows_in=sum(table.rows_in for table in tables),
        set_aside={reason: count for reason, count in counts.items() if count},
        currency=currency,
        tables=tables,
    )
    _check(history)
    return history


def _as_share(plan: Plan, step: str, share: float) -> None:
    plan.progress(share, step)


def _with_agreed_dates(
    plan: Plan, jobs: Sequence[CleanJob], cleaned: Sequence[tuple[CleanedTable, ...]]
) -> list[tuple[CleanedTable, ...]]:
    """Files cleaned again whose dates another file settles."""
    whole = [at for at, job in enumerate(jobs) if job.split is None]
    of_job = [(at, table) for at in whole for table in cleaned[at]]
    unlike = date_orders_to_correct([table.dates for _, table in of_job], {})
    again: dict[int, CleanJob] = {}
    for (at, _), orders in zip(of_job, unlike, strict=True):
        if orders:
            job = again.get(at, jobs[at])
            again[at] = replace(job, date_orders={**job.date_orders, **orders})
    found = list(cleaned)
    for at, tables in zip(again, plan.runner.run(clean, list(again.values())), strict=True):
        found[at] = tables
    return found


_LACKS = (
    "orders.no_customer_column", "orders.no_date_column", "orders.no_amount_column", "orders.unreadable_dates",
    "orders.empty_dates",
)  # fmt: skip
"""What a file lacks that is to be joined to another."""


def _check_columns(plan: Plan) -> None:
    """Raise Unpartitionable for files with different columns, of which some are no orders by themselves."""
    whole = [CleanJob(at, one, "", 1) for at, one in enumerate(plan.sources) if not one.too_large]
    if len({columns for each in plan.runner.run(columns_of, whole) for columns in each}) > 1:
        raise Unpartitionable("cli.needs_join")


def _check_alike(tables: Sequence[CleanedTable]) -> None:
    """Raise Unpartitionable for files of which one must be joined to another, or that take each other's money back."""
    if len({frozenset(plain(name) for name in table.columns) for table in tables}) > 1:
        raise Unpartitionable("cli.needs_join")
    if len({table.refunds for table in tables}) > 1:
        raise Unpartitionable("cli.needs_refunds")


def _check(history: PartitionedHistory) -> None:
    """As `lib.orders.check_history`, from the figures of all partitions."""
    ledger = Ledger(history.rows_in, history.rows_used, history.set_aside, pd.Series(dtype="category"))
    if not history.partitions:
        empty = pd.DataFrame({CUSTOMER_ID: pd.Series(dtype="str"), "ordered_at": pd.Series(dtype="datetime64[us]")})
        check_history(Orders(lines=empty, returns=empty, ledger=ledger))
    if history.customers == 1:
        raise UserError("orders.one_customer", lines=history.rows_used)
    if history.first.normalize() == history.last.normalize():
        raise UserError("orders.one_day", day=history.first.date())


# ------------------------------------------------------------------------------------------------------- one partition


@dataclass(frozen=True)
class MergeJob:
    """The lines of one partition, from every table."""

    number: int
    folder: str
    tables: tuple[CleanedTable, ...]
    currency: str
    key: bytes
    one_moment: tuple[bool, ...] = ()
    """Per file, whether all numbers that it shares with earlier files were sold at one moment."""


def merge(job: MergeJob, shared: bytes) -> Partition:
    """One history of a partition's customers out of what each table says about them (`lib.orders.merge`)."""
    by_file: dict[int, list[CleanedTable]] = {}
    for table in job.tables:
        by_file.setdefault(table.file, []).append(table)
    for file, tables in by_file.items():
        by_file[file] = [table for table in tables if job.number in table.partitions] or tables[:1]
    parts = [_part(tables, job.number) for tables in by_file.values()]
    orders = merged_parts(parts, currency=job.currency, one_moment=job.one_moment)
    if job.key and len(orders.lines) + len(orders.returns):
        orders = hash_ids(orders, job.key)
    lines = orders.lines
    stem = join(job.folder, f"part-{job.number:06}")
    places = [f"{stem}-{kind}.arrow" for kind in ("lines", "returns", "orders")]
    write_table(places[0], to_arrow(lines))
    write_table(places[1], to_arrow(orders.returns))
    write_table(places[2], pa.table({"order": np.unique(hashes_of(lines["order_id"] + "\0" + lines[CUSTOMER_ID]))}))
    moments = lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64)
    return Partition(
        number=job.number,
        lines=len(lines),
        customers=lines[CUSTOMER_ID].nunique(),
        first=int(moments.min()) if len(moments) else 0,
        last=int(moments.max()) if len(moments) else 0,
        set_aside=dict(orders.ledger.set_aside),
        line_place=places[0],
        return_place=places[1],
        order_place=places[2],
    )


def _part(tables: Sequence[CleanedTable], number: int) -> Orders:
    """A partition's lines of one file, in the order in which cleaning it in one piece gives them."""
    lines = _rows([table.line_place for table in tables], number)
    returns = _rows([table.return_place for table in tables], number)
    if len(tables) > 1:
        lines = lines.sort_values(["ordered_at", ROW], kind="stable", ignore_index=True)
        returns = returns.sort_values("ordered_at", kind="stable", ignore_index=True)
    called_off = _rows([table.called_off_place for table in tables], number)
    return Orders(
        lines=lines,
        returns=returns,
        ledger=_ledger(len(lines)),
        currency=tables[0].currency,
        called_off=called_off.drop(columns=MONEY),
        called_off_money=called_off[MONEY].to_numpy(np.float64),
        line_rows=np.arange(len(lines)),
    )


def _rows(places: Sequence[str], number: int) -> pd.DataFrame:
    found = [read_batch(place, number) for place in places]
    filled = [table for table in found if len(table)] or found[:1]
    return to_pandas(pa.concat_tables(filled, promote_options="permissive"))


def _ledger(rows: int) -> Ledger:
    """Of lines that are all used so far."""
    reason = pd.Series(
        pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), categories=["", *REASONS]), name="reason"
    )
    return Ledger(rows, rows, {}, reason)


def first_lines(lines: pd.DataFrame) -> Moments:
    """Where each customer's first line is, in the order of these places."""
    codes, _ = pd.factorize(lines[CUSTOMER_ID])
    highest = np.maximum.accumulate(codes) if len(codes) else codes
    return np.flatnonzero(np.diff(highest, prepend=-1) > 0)


def in_order_of_the_whole(moments: Moments, files: Moments, rows: Moments) -> Moments:
    """Places of lines of several partitions in the order in which they stand in one piece."""
    return np.lexsort((rows, files, moments))
