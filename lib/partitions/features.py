"""Features of a history in partitions: one row per customer, the same as in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from lib import btyd
from lib.features import (
    BTYD_FAMILIES,
    FEATURES,
    btyd_columns,
    check_constants,
    code,
    features_of,
    history_of,
    horizon_of,
    needs_btyd,
)
from lib.partitions.assembling import Pieces
from lib.partitions.cleaning import FILE, ROW
from lib.partitions.history import Partition, PartitionedHistory, first_lines, in_order_of_the_whole
from lib.partitions.storage import join, read_table, to_arrow, to_pandas, write_table
from lib.schema import CUSTOMER_ID

_BTYD = frozenset(feature.name for feature in FEATURES if feature.family in BTYD_FAMILIES)
_HISTORY = ("repeats", "last_week", "weeks", "value")


@dataclass(frozen=True)
class FeatureJob:
    """One partition's features at a cutoff."""

    partition: Partition
    folder: str
    cutoff: pd.Timestamp
    columns: tuple[str, ...]
    constants: Mapping[str, object]
    fitted: bool
    """Whether the BTYD parameters are among the constants, or not needed; else they are fitted on all partitions."""


@dataclass(frozen=True)
class FeaturePiece:
    """Where the features of a partition lie, sorted by customer."""

    place: str
    customers: int
    history_place: str = ""


@dataclass(frozen=True)
class PartitionedFeatures:
    """One row per customer, in pieces that are each sorted by customer."""

    pieces: Pieces
    columns: tuple[str, ...]
    by_partition: Mapping[int, FeaturePiece]
    """Partition → its piece."""


def features_in_partitions(
    history: PartitionedHistory,
    cutoff: pd.Timestamp,
    *,
    columns: Sequence[str] | None = None,
    constants: Mapping[str, object] | None = None,
) -> PartitionedFeatures:
    """As `lib.features.customer_features`, `customer_id` first. Raises UserError."""
    check_constants(constants or {})
    plan, known = history.plan, dict(constants or {})
    wanted = tuple(columns) if columns is not None else tuple(feature.name for feature in FEATURES)
    fitted = "btyd" in known or not needs_btyd(wanted)
    jobs = [FeatureJob(part, plan.folder, cutoff, wanted, known, fitted) for part in history.partitions]
    pieces = plan.runner.run(compute, jobs, progress=partial(_report, history, "cli.step_features"))
    if not fitted:
        parameters = btyd.fit(_history_of_the_whole([piece.history_place for piece in pieces]))
        again = [PatternJob(piece, wanted, parameters, horizon_of(known)) for piece in pieces]
        pieces = plan.runner.run(add_pattern, again, progress=partial(_report, history, "cli.step_pattern"))
    by_partition = {job.partition.number: piece for job, piece in zip(jobs, pieces, strict=True)}
    places = [piece.place for piece in pieces if piece.customers] or [piece.place for piece in pieces[:1]]
    return PartitionedFeatures(Pieces(tuple(places)), wanted, by_partition)


def _report(history: PartitionedHistory, step: str, share: float) -> None:
    history.plan.progress(share, step)


def compute(job: FeatureJob, shared: bytes) -> FeaturePiece:
    """One partition's features, without the BTYD columns where those wait for their parameters."""
    orders = job.partition.orders()
    log = code(orders)
    columns = job.columns if job.fitted else tuple(name for name in job.columns if name not in _BTYD)
    table = features_of(log, job.cutoff, columns=columns, constants=job.constants)
    place = join(job.folder, f"features-{job.partition.number:06}.arrow")
    write_table(place, to_arrow(table.reset_index()))
    if job.fitted:
        return FeaturePiece(place, len(table))
    history_place = join(job.folder, f"history-{job.partition.number:06}.arrow")
    lines = orders.lines
    first = first_lines(lines)[: len(table)]
    # In the rows' order: `history_of` is sorted by name, and codes count first appearances.
    names = lines[CUSTOMER_ID].iloc[first]
    by_name = np.argsort(names.to_numpy(object), kind="stable")
    at = first[by_name]
    found = history_of(log, job.cutoff)
    columns_of_history = {name: getattr(found, name) for name in _HISTORY}
    order = {
        "moment": lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64)[at],
        FILE: lines[FILE].to_numpy(np.int64)[at],
        ROW: lines[ROW].to_numpy(np.int64)[at],
    }
    write_table(history_place, pa.table({**columns_of_history, **order}))
    return FeaturePiece(place, len(table), history_place)


def _history_of_the_whole(places: Sequence[str]) -> btyd.History:
    """Every customer in order of the first line, as a fit in one piece sees them."""
    table = pa.concat_tables([read_table(place) for place in places])
    found: dict[str, NDArray[np.float64]] = {name: table.column(name).to_numpy() for name in _HISTORY}
    order = in_order_of_the_whole(*(table.column(name).to_numpy() for name in ("moment", FILE, ROW)))
    return btyd.History(**found).take(order)


@dataclass(frozen=True)
class PatternJob:
    """The BTYD columns of a partition, now that their parameters are known."""

    piece: FeaturePiece
    columns: tuple[str, ...]
    parameters: btyd.BtydParameters
    horizon_days: float


def add_pattern(job: PatternJob, shared: bytes) -> FeaturePiece:
    """The partition's features with those columns, in the order that was asked for."""
    table = to_pandas(read_table(job.piece.place))
    found = read_table(job.piece.history_place)
    history = btyd.History(**{name: found.column(name).to_numpy() for name in _HISTORY})
    whole = pd.concat([table, btyd_columns(history, job.parameters, job.columns, job.horizon_days)], axis="columns")
    place = job.piece.place.replace("features-", "customers-")
    write_table(place, to_arrow(whole[[CUSTOMER_ID, *job.columns]]))
    return FeaturePiece(place, job.piece.customers)
