"""A file that is too large for one piece → tables of whole customers.

The file is read in pieces: row groups of Parquet, stretches of lines of a text. Each piece is read and understood as a
file of its own, and its rows are written to partitions by customer. A partition's rows of all pieces are then cleaned
like a table.

Cleaning decides some things from the whole file: whether totals prove a discount, which of two currencies is the
shop's. A file where such a decision could come out differently in a part of its customers is not split:
`Unpartitionable` says so. What is allowed is listed here, what is not is refused.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from lib.layouts import Understanding, layout_named, read_settings, understand, with_kind
from lib.layouts.minor_units import in_smallest_unit
from lib.layouts.names import counts_cents
from lib.layouts.statuses import USED, documents, doubtful, meanings, paid_or_not
from lib.orders.amounts import order_sums
from lib.orders.cleaning import MIN_STEPS
from lib.orders.coding import coded, filled_from, moments
from lib.orders.customer_ids import ZERO
from lib.orders.fill_down import fill_down
from lib.orders.parts_of_lines import payment_columns, returned_column
from lib.orders.placeholders import holds_short_placeholders, placeholder_names
from lib.orders.spellings import are_typed_names
from lib.partitions.hashing import hashes_of, partition_of
from lib.partitions.running import Runner, Step
from lib.partitions.sources import Source, Unpartitionable
from lib.partitions.storage import join, read_batch, to_arrow, to_pandas, write_batches
from lib.tables import (
    LIMIT_BYTES,
    LIMIT_ROWS,
    Corrections,
    DateColumn,
    DateOrder,
    Table,
    date_orders_to_correct,
    read_table,
)
from lib.tables.dialect import WHITESPACE
from lib.tables.sql_dump import is_sql_dump

if TYPE_CHECKING:
    from lib.partitions.cleaning import CleanJob, Settings

Hashes = NDArray[np.uint64]

PIECE_ROWS = 1_000_000
PIECE_BYTES = 64 * 1024**2
"""Of a piece, about."""
HEAD_BYTES = 1 << 20
"""Where the header of a text must be."""
ROW = "\\x00row"
"""Column of the files in between: which row of the file it was, from 0."""

FACTS = (
    "ordered_at", "country", "currency", "status", "payment_status", "record_type", "test", "cancelled_at",
    "payment_method", "fulfillment",
)  # fmt: skip
"""Roles that say something of a whole order: a blank cell takes what another row of the order has."""
ALONE = frozenset(
    {"customer_id", "order_id", "ordered_time", "amount", "unit_price", "quantity", "product", "product_code", *FACTS}
)
"""Roles whose columns are cleaned customer by customer."""
DECIDING = frozenset(
    {
        "email", "phone", "customer_name", "last_name", "discount", "order_total", "order_discounted", "refunded",
    }
)  # fmt: skip
"""Roles that need all of a file: who is the same guest, what totals prove."""
STATUSES = ("status", "payment_status", "record_type")
CERTAIN = 0.9
FAR_DAYS = 365
REGULAR_NOTES = ("tables.note_day_first", "tables.note_month_first", "tables.note_offsets")
"""What a piece may be noted for; whatever else a reader noticed may concern the whole file."""


@dataclass(frozen=True)
class Piece:
    """Some rows of a file: `begin` to `end` in row groups or bytes."""

    number: int
    source: Source
    folder: str
    partitions: int
    begin: int
    end: int
    settings: Settings | None
    head: bytes = b""
    """The lines before a text's first row."""
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)


@dataclass(frozen=True)
class SplitPiece:
    """What a piece held; its rows lie in one batch per partition."""

    place: str
    rows: int
    understanding: Understanding
    name: str
    format: str
    encoding: str | None
    separator: str | None
    decimal: str | None
    dates: Mapping[str, DateColumn]
    types: Mapping[str, pa.DataType]
    reason: str
    """Why this piece's rows cannot be cleaned by customer; empty where they can."""
    statuses: Mapping[str, frozenset[tuple[int, str]]]
    """Role → its words, each with the partitions in which it occurs."""
    currencies: frozenset[str]
    products: Mapping[str, frozenset[str]]
    """Product code → names, where the file has both."""
    days: NDArray[np.int64]
    digit_share: float
    """Share of order numbers that are digits alone."""
    blank_facts: bool
    orders: Hashes
    """Orders with a known customer …"""
    order_partition: NDArray[np.int64]
    """… and in which partition it is."""
    blank_orders: Hashes
    """Orders of rows without a customer."""
    steps: pd.DataFrame
    """Where rows of an order may be steps of one payment: per order its rows, and per role its different statuses."""


@dataclass(frozen=True)
class SplitTable:
    """Some of a file's customers with all their rows, as they were read."""

    number: int
    places: tuple[str, ...]
    understanding: Understanding
    name: str
    format: str
    types: Mapping[str, pa.DataType]
    dates: Mapping[str, DateColumn]
    rows: int
    """Of the whole file."""

    def load(self) -> tuple[Table, NDArray[np.int64]]:
        """The rows as a table, and which rows of the file they are."""
        pieces = [read_batch(place, self.number) for place in self.places]
        whole = pa.concat_tables([self._alike(piece) for piece in pieces])
        frame = to_pandas(whole.drop_columns([ROW]))
        table = Table(frame=frame, name=self.name, source=b"", format=self.format, dates=self.dates)
        return table, whole.column(ROW).to_numpy()

    def _alike(self, piece: pa.Table) -> pa.Table:
        columns = {ROW: piece.column(ROW)}
        for name, kind in self.types.items():
            values = piece.column(name)
            columns[name] = pa.nulls(len(piece), kind) if values.null_count == len(piece) else values.cast(kind)
        return pa.table(columns)


def split_large(job: CleanJob, runner: Runner, progress: Step) -> Sequence[CleanJob]:
    """One job per partition in place of one for the whole file. Raises UserError and Unpartitionable."""
    pieces = _pieces_of(job)
    report = partial(_report, progress)
    found = runner.run(split, pieces, progress=report)
    unlike = date_orders_to_correct([one.dates for one in found], {})
    again = {
        at: replace(pieces[at], date_orders={**pieces[at].date_orders, **orders})
        for at, orders in enumerate(unlike)
        if orders
    }
    for at, one in zip(again, runner.run(split, list(again.values()), progress=report), strict=True):
        found[at] = one
    _check(found, job.partitions)
    first = found[0]
    types = _common_types(found)
    places, rows = tuple(one.place for one in found), sum(one.rows for one in found)
    return [
        replace(
            job,
            split=SplitTable(number, places, first.understanding, first.name, first.format, types, first.dates, rows),
        )
        for number in range(job.partitions)
    ]


def _report(progress: Step, share: float) -> None:
    progress(share, "cli.step_split")


# ------------------------------------------------------------------------------------------------------------- pieces


def _pieces_of(job: CleanJob) -> list[Piece]:
    source = job.source
    if source.name.lower().endswith((".parquet", ".pq")):
        ends = _row_groups(source)
        head = b""
    else:
        source = _unpacked(source, job.folder)
        ends, head = _line_ends(source)
    begins = [0, *ends[:-1]] if not head else [len(head), *ends[:-1]]
    return [
        Piece(number, source, job.folder, job.partitions, begin, end, job.settings, head, job.date_orders)
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True))
    ]


def _row_groups(source: Source) -> list[int]:
    """Where pieces of a Parquet file end, in row groups."""
    with fsspec.open(source.place, "rb") as file:
        about = parquet.ParquetFile(file).metadata
    rows = [about.row_group(at).num_rows for at in range(about.num_row_groups)]
    if max(rows) > LIMIT_ROWS:
        raise Unpartitionable("cli.needs_row_groups")
    ends: list[int] = []
    held = 0
    for at, count in enumerate(rows):
        if held and held + count > PIECE_ROWS:
            ends.append(at)
            held = 0
        held += count
    return [*ends, len(rows)]


_WHOLE = (
    "zip", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "jsonl", "ndjson", "feather", "arrow", "xml", "html", "htm",
    "sql", "yaml", "yml", "dbf", "tex",
)  # fmt: skip
"""What is not made of lines that each are a row."""


def _unpacked(source: Source, folder: str) -> Source:
    """A compressed text unpacked into the workspace; any other file as it is."""
    suffix = source.name.lower().rpartition(".")[2]
    if suffix in _WHOLE:
        raise Unpartitionable("cli.needs_whole")
    if suffix not in ("gz", "bz2", "xz", "zst"):
        return source
    name = source.name.rpartition(".")[0]
    place = join(folder, name)
    with fsspec.open(source.place, "rb", compression="infer") as packed, fsspec.open(place, "wb") as file:
        shutil.copyfileobj(packed, file, 1 << 24)
    fs, path = fsspec.core.url_to_fs(place)
    return replace(source, place=place, name=name, size=int(fs.size(path)))


def _line_ends(source: Source) -> tuple[list[int], bytes]:
    """Where pieces of a text end, after the end of a line that is in no quotes, and the text's first line."""
    ends: list[int] = []
    at, quoted = 0, 0
    with fsspec.open(source.place, "rb") as file:
        head = file.read(HEAD_BYTES)
        if is_sql_dump(head):
            raise Unpartitionable("cli.needs_whole")
        head = head[: head.find(b"\n") + 1]
        if not head or head.count(b'"') % 2 or head.lstrip(b"\xef\xbb\xbf \t\r")[:1] in (b"<", b"{", b"["):
            raise Unpartitionable("cli.needs_whole")
        file.seek(0)
        wanted = PIECE_BYTES
        while block := file.read(1 << 24):
            counted = begin = max(0, wanted - at)
            inside = quoted + block.count(b'"', 0, begin)
            while at + begin >= wanted and (line := block.find(b"\n", begin)) >= 0:
                inside += block.count(b'"', counted, line)
                counted = begin = line + 1
                if inside % 2 == 0:
                    ends.append(at + line + 1)
                    wanted = ends[-1] + PIECE_BYTES
                    inside += block.count(b'"', counted, max(counted, wanted - at))
                    counted = begin = max(counted, wanted - at)
            quoted += block.count(b'"')
            at += len(block)
    if not ends or ends[-1] < at:
        ends.append(at)
    return ends, head


def _data_of(piece: Piece) -> bytes:
    with fsspec.open(piece.source.place, "rb") as file:
        if not piece.head:
            buffer = io.BytesIO()
            parquet.write_table(parquet.ParquetFile(file).read_row_groups(list(range(piece.begin, piece.end))), buffer)
            return buffer.getvalue()
        file.seek(piece.begin)
        data = piece.head + file.read(piece.end - piece.begin)
    if len(data) > LIMIT_BYTES:
        raise Unpartitionable("cli.needs_whole")  # a quote that is never closed
    return data


# ---------------------------------------------------------------------------------------------------------- one piece


def split(piece: Piece, shared: bytes) -> SplitPiece:
    """Read a piece and write its rows by the partition of their customer."""
    data, name = _data_of(piece), piece.source.name
    table = read_table(data, name, date_orders=dict(piece.date_orders))
    reason = ""
    if piece.settings is None:
        found = understand(table)
    else:
        said = read_settings(piece.settings.data, piece.settings.name, understand(table))
        if said.date_orders:
            table = read_table(data, name, date_orders={**said.date_orders, **piece.date_orders})
        found = read_settings(piece.settings.data, piece.settings.name, understand(table)).understanding
        reason = "" if said.corrections == Corrections() else "corrections"
    found = with_kind(found, "orders")
    reason = reason or _why_in_one_piece(table, found)
    frame, roles = table.frame, found.roles
    customer = coded(frame[roles["customer_id"]], ids=True) if "customer_id" in roles else None
    order = coded(frame[roles["order_id"]], ids=True) if "order_id" in roles else None
    if reason or customer is None:
        return _refused(piece, table, found, reason or "customer_id")
    nobody = placeholder_names(customer.names)
    codes = np.append(np.where(nobody, -1, np.arange(len(nobody))), -1)[customer.codes]
    codes = filled_from(codes, None if order is None else order.codes)
    partition = np.append(partition_of(customer.names, piece.partitions), 0)[codes]
    order_hash = np.array([], dtype=np.uint64)
    if order is not None:
        order_hash = np.append(hashes_of(order.names), np.uint64(0))[order.codes]
        partition = np.where(codes < 0, (order_hash % np.uint64(piece.partitions)).astype(np.int64), partition)
    rows = frame.assign(**{ROW: np.arange(len(frame), dtype=np.int64) + (piece.number << 32)})
    by_partition = np.argsort(partition, kind="stable")
    place = join(piece.folder, f"split-{piece.source.name}-{piece.number:05}.arrow")
    arrow = to_arrow(rows)
    starts = np.searchsorted(partition[by_partition], np.arange(piece.partitions)).tolist()
    write_batches(place, arrow.take(pa.array(by_partition)), starts)
    known = (codes >= 0) & (order.codes >= 0) if order is not None else np.zeros(0, dtype=bool)
    blank = (codes < 0) & (order.codes >= 0) if order is not None else np.zeros(0, dtype=bool)
    pairs = pd.DataFrame({"order": order_hash[known], "partition": partition[: len(known)][known]}).drop_duplicates()
    date = frame[roles["ordered_at"]] if "ordered_at" in roles else pd.Series(dtype="datetime64[us]")
    moment = moments(date, found.date_format if date.dtype.kind != "M" else "")
    return SplitPiece(
        place=place,
        rows=len(frame),
        understanding=found,
        name=table.name,
        format=table.format,
        encoding=table.encoding,
        separator=table.separator,
        decimal=table.decimal,
        dates=table.dates,
        types=_types(arrow.drop_columns([ROW])),
        reason="",
        statuses=_statuses(frame, roles, partition),
        currencies=_words(frame, roles, "currency"),
        products=_products(frame, roles),
        days=np.unique(moment[moment != np.iinfo(np.int64).min] // 86_400_000_000),
        digit_share=0.0 if order is None else float(np.mean(pc.utf8_is_digit(pa.array(order.names)).to_numpy(False))),
        blank_facts=bool((codes < 0).any() or any(frame[roles[role]].hasnans for role in FACTS if role in roles)),
        orders=pairs["order"].to_numpy(),
        order_partition=pairs["partition"].to_numpy(),
        blank_orders=np.unique(order_hash[blank]),
        steps=_steps(
            frame, roles, order_hash if order is None else np.where(order.codes < 0, np.uint64(0), order_hash)
        ),
    )


def _refused(piece: Piece, table: Table, found: Understanding, reason: str) -> SplitPiece:
    nothing = np.array([], dtype=np.uint64)
    return SplitPiece(
        place="", rows=len(table.frame), understanding=found, name=table.name, format=table.format,
        encoding=table.encoding, separator=table.separator, decimal=table.decimal, dates=table.dates, types={},
        reason=reason, statuses={}, currencies=frozenset(), products={}, days=np.array([], dtype=np.int64),
        digit_share=0.0, blank_facts=False, orders=nothing, order_partition=np.array([], dtype=np.int64),
        blank_orders=nothing, steps=pd.DataFrame(),
    )  # fmt: skip


def _why_in_one_piece(table: Table, found: Understanding) -> str:
    """A word for why cleaning needs the whole file; empty where each customer can be cleaned alone."""
    frame, roles, layout = table.frame, found.roles, layout_named(found.layout)
    for role in DECIDING & roles.keys():
        return role
    if "customer_id" not in roles or "ordered_at" not in roles:
        return "roles"
    if layout is not None and (layout.in_cents or layout.before_discount or layout.summary_rows or layout.paid_at):
        return "layout"
    columns = list(map(str, frame.columns))
    if any(map(counts_cents, columns)) or in_smallest_unit(columns):
        return "cents"
    if any(note.key not in REGULAR_NOTES for note in table.notes):
        return "irregular"
    if table.format not in ("csv", "parquet") or table.header_row != (0 if table.format == "csv" else None):
        return "header"  # each piece of a text is read under its first line
    if table.separator == WHITESPACE:
        return "width"  # where columns begin, all lines of the file's head decide
    if any(frame[roles[role]].hasnans for role in ("product", "product_code") if role in roles):
        return "product"
    if "order_id" in roles:
        head = frame.head(1_000)
        if order_sums(head, roles, coded(head[roles["order_id"]], ids=True).codes):
            return "totals"
    if fill_down(frame, roles, found.date_format) is not frame:
        return "blocks"
    if returned_column(frame, roles) or ("order_id" in roles and payment_columns(frame, roles)):
        return "parts"  # what they mean is decided from all rows
    names = coded(frame[roles["customer_id"]], ids=True).names
    if holds_short_placeholders(names) or (names == ZERO).any():
        return "placeholders"
    return "customer_name" if are_typed_names(names) else ""


def _types(table: pa.Table) -> dict[str, pa.DataType]:
    return {
        name: pa.null() if table.column(name).null_count == len(table) else table.column(name).type
        for name in table.column_names
    }


def _words(frame: pd.DataFrame, roles: Mapping[str, str], role: str) -> frozenset[str]:
    return frozenset(coded(frame[roles[role]]).names.str.upper()) if role in roles else frozenset()


def _statuses(
    frame: pd.DataFrame, roles: Mapping[str, str], partition: NDArray[np.int64]
) -> dict[str, frozenset[tuple[int, str]]]:
    found: dict[str, frozenset[tuple[int, str]]] = {}
    for role in STATUSES:
        if role in roles:
            words = coded(frame[roles[role]])
            pairs = pd.DataFrame({"partition": partition, "code": words.codes}).drop_duplicates()
            found[role] = frozenset(
                (int(part), str(words.names.iloc[code])) for part, code in pairs.itertuples(index=False) if code >= 0
            )
    return found


def _steps(frame: pd.DataFrame, roles: Mapping[str, str], order: Hashes) -> pd.DataFrame:
    """Empty where rows of an order are no steps, whatever they hold (`lib.orders.cleaning`)."""
    held = [role for role in STATUSES if role in roles]
    if "order_id" not in roles or "quantity" in roles or not held:
        return pd.DataFrame()
    rows = pd.DataFrame({"order": order, **{role: coded(frame[roles[role]]).codes for role in held}})
    by_order = rows[rows["order"] != 0].replace(dict.fromkeys(held, -1), np.nan).groupby("order")
    return pd.concat([by_order.size().rename("rows"), by_order[held].nunique()], axis=1)


def _products(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, frozenset[str]]:
    if not {"product", "product_code"} <= roles.keys():
        return {}
    code, name = coded(frame[roles["product_code"]], ids=True), coded(frame[roles["product"]])
    pairs = pd.DataFrame({"code": code.codes, "name": name.codes}).drop_duplicates()
    names = pairs.groupby("code")["name"].agg(list)
    return {str(code.names.iloc[at]): frozenset(map(str, name.names.iloc[these])) for at, these in names.items()}


# ------------------------------------------------------------------------------------------------------- all pieces


def _check(pieces: Sequence[SplitPiece], partitions: int) -> None:
    """Raise Unpartitionable where a partition could be cleaned otherwise than the whole file."""
    first = pieces[0]
    alike = all(
        one.reason == ""
        and dict(one.understanding.roles) == dict(first.understanding.roles)
        and (one.understanding.layout, one.understanding.date_format, one.understanding.currency)
        == (first.understanding.layout, first.understanding.date_format, first.understanding.currency)
        and (one.encoding, one.separator) == (first.encoding, first.separator)
        for one in pieces
    )
    decimals = {one.decimal for one in pieces} - {None}
    currencies = frozenset[str]().union(*(one.currencies for one in pieces))
    shares = [one.digit_share for one in pieces]
    if not alike or len(decimals) > 1 or len(currencies) > 1:
        raise Unpartitionable("cli.needs_whole")
    if not (min(shares) > CERTAIN or max(shares) < 1 - CERTAIN):
        raise Unpartitionable("cli.needs_whole")
    days = np.unique(np.concatenate([one.days for one in pieces]))
    first_day, last_day = (int(np.datetime64(day, "D").astype(np.int64)) for day in ("1980-01-01", "2100-01-01"))
    if not len(days) or days[0] < first_day or days[-1] >= last_day or np.diff(days).max(initial=0) >= FAR_DAYS:
        raise Unpartitionable("cli.needs_whole")  # which dates are too far off is decided from all of them
    _check_orders(pieces)
    _check_steps(pieces)
    _check_words(pieces, partitions)


def _check_orders(pieces: Sequence[SplitPiece]) -> None:
    """Raise Unpartitionable where an order's blank cells could be filled from rows of another partition, or its
    refunds could be of rows there."""
    if not any(one.blank_facts for one in pieces) and not _tells_refunds(pieces):
        return
    orders = np.concatenate([one.orders for one in pieces])
    blank = np.concatenate([one.blank_orders for one in pieces])
    pairs = pd.DataFrame({"order": orders, "partition": np.concatenate([one.order_partition for one in pieces])})
    if np.isin(blank, orders).any() or pairs.drop_duplicates()["order"].duplicated().any():
        raise Unpartitionable("cli.needs_whole")


def _tells_refunds(pieces: Sequence[SplitPiece]) -> bool:
    """Whether a status calls some rows refunded and others not: what is refunded later is money given back."""
    found = pieces[0].understanding
    for role in ("status", "payment_status"):
        words = sorted({word for one in pieces for _, word in one.statuses.get(role, ())})
        says = set(meanings(words, layout_named(found.layout)))
        if "refunded" in says and USED in says:
            return True
    return False


def _check_steps(pieces: Sequence[SplitPiece]) -> None:
    """Raise Unpartitionable where rows of orders may be steps of one payment: the share of such orders decides."""
    found = pd.concat([one.steps for one in pieces])
    if found.empty:
        return
    orders = found.groupby(level=0).sum()
    rows = orders.pop("rows")
    several = rows > 1
    if (rows > 2).sum() < MIN_STEPS or several.mean() < 0.5:
        return
    if any((statuses[several] >= rows[several]).mean() >= CERTAIN for _, statuses in orders.items()):
        raise Unpartitionable("cli.needs_whole")


def _check_words(pieces: Sequence[SplitPiece], partitions: int) -> None:
    """Raise Unpartitionable where a status or a product's name depends on which others there are."""
    found, layout = pieces[0].understanding, layout_named(pieces[0].understanding.layout)
    for role in pieces[0].statuses:
        pairs = frozenset[tuple[int, str]]().union(*(one.statuses[role] for one in pieces))

        def meant(words: Sequence[str], role: str = role) -> dict[str, tuple[str, str]]:
            flags = paid_or_not(found.roles[role], words)
            kinds = documents(words) if role == "record_type" else [USED] * len(words)
            if flags is not None:
                means = [flags[word] for word in words]
            else:
                means = kinds if role == "record_type" and layout is None else meanings(words, layout)
            return dict(zip(words, zip(means, kinds, strict=True), strict=True))

        whole = meant(sorted({word for _, word in pairs}))
        if any(doubtful(sorted(whole), layout)):
            raise Unpartitionable("cli.needs_whole")  # whether they are paid is decided from all of their rows
        if layout is None and any(kind == "other_step" for _, kind in whole.values()):
            raise Unpartitionable("cli.needs_whole")  # whether they are steps is decided from all of their rows
        for number in range(partitions):
            words = sorted(word for part, word in pairs if part == number)
            if words and meant(words) != {word: whole[word] for word in words}:
                raise Unpartitionable("cli.needs_whole")
    names: dict[str, frozenset[str]] = {}
    for one in pieces:
        for code, said in one.products.items():
            names[code] = names.get(code, frozenset()) | said
    if any(len(said) > 1 for said in names.values()):
        raise Unpartitionable("cli.needs_whole")  # a product's usual name is decided from all of its rows


def _common_types(pieces: Sequence[SplitPiece]) -> dict[str, pa.DataType]:
    """The type of each column in the whole file."""
    found: dict[str, pa.DataType] = {}
    ids = {pieces[0].understanding.roles.get(role) for role in ("customer_id", "order_id", "product_code", "product")}
    for name in pieces[0].types:
        kinds = {one.types.get(name, pa.null()) for one in pieces} - {pa.null()}
        if len(kinds) <= 1:
            found[name] = next(iter(kinds), pa.large_string())
        elif kinds == {pa.int64(), pa.float64()}:
            found[name] = pa.float64()
        elif name in ids and pa.float64() not in kinds and any(map(_is_text, kinds)):
            found[name] = pa.large_string()  # numbers of which some are missing or have letters
        else:
            raise Unpartitionable("cli.needs_whole")
    if any(set(one.types) != set(found) for one in pieces):
        raise Unpartitionable("cli.needs_whole")
    return found


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)
