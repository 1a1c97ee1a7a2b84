"""Training on more customers than are needed takes a sample of them, by a rule that gives the same one every time.

The sample is the customers whose ids have the smallest hashes. It depends on nothing else: neither on the order of the
lines nor on how the history is partitioned. The card says of how many customers it is (`Card.sampled_from`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.orders import Orders
from lib.partitions.cleaning import FILE, ROW
from lib.partitions.hashing import hashes_of
from lib.partitions.history import Partition, PartitionedHistory, in_order_of_the_whole
from lib.partitions.storage import join, read_table, to_arrow, to_pandas, write_table
from lib.schema import CUSTOMER_ID, ORDER_LINES
from lib.training import MOST_TRAINING_CUSTOMERS

_COLUMNS = [column.name for column in ORDER_LINES]


@dataclass(frozen=True)
class Sample:
    """Some customers with all their lines."""

    orders: Orders
    sampled_from: int
    """How many customers there were; 0 where all are in the sample."""


def sample_of_orders(orders: Orders, most: int = MOST_TRAINING_CUSTOMERS) -> Sample:
    """The sample of a history in one piece; all of it where it has no more customers."""
    customers = orders.lines[CUSTOMER_ID]
    limit = _limit(np.unique(hashes_of(customers)), most)
    if limit is None:
        return Sample(orders, 0)
    return Sample(
        replace(
            orders,
            lines=orders.lines[hashes_of(customers) <= limit].reset_index(drop=True),
            returns=orders.returns[hashes_of(orders.returns[CUSTOMER_ID]) <= limit].reset_index(drop=True),
        ),
        int(customers.nunique()),
    )


def sample_of_partitions(history: PartitionedHistory, most: int = MOST_TRAINING_CUSTOMERS) -> Sample:
    """The same sample of a history in partitions: the same lines in the same order."""
    plan = history.plan
    report = partial(_report, history)
    hashes = plan.runner.run(customer_hashes, history.partitions, progress=report)
    limit = _limit(np.sort(np.concatenate(hashes)), most)
    jobs = [SampleJob(part, plan.folder, limit) for part in history.partitions]
    parts = [SamplePart(*places) for places in plan.runner.run(take_sample, jobs, progress=report)]
    lines = pd.concat([to_pandas(read_table(part.line_place)) for part in parts], ignore_index=True)
    order = in_order_of_the_whole(
        lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64),
        lines[FILE].to_numpy(np.int64),
        lines[ROW].to_numpy(np.int64),
    )
    returns = pd.concat([to_pandas(read_table(part.return_place)) for part in parts], ignore_index=True)
    first = history.partitions[0].orders()
    return Sample(
        replace(
            first,
            lines=lines[_COLUMNS].iloc[order].reset_index(drop=True),
            returns=returns[_COLUMNS].sort_values("ordered_at", kind="stable", ignore_index=True),
            currency=history.currency,
        ),
        history.customers if limit is not None else 0,
    )


def _report(history: PartitionedHistory, share: float) -> None:
    history.plan.progress(share, "cli.step_sample")


def _limit(hashes: NDArray[np.uint64], most: int) -> np.uint64 | None:
    """The largest hash of a sampled customer, out of the sorted hashes of all; None where all are needed."""
    return hashes[most - 1] if len(hashes) > most else None


def customer_hashes(partition: Partition, shared: bytes) -> NDArray[np.uint64]:
    """The hashes of a partition's customers."""
    return np.unique(hashes_of(partition.orders().lines[CUSTOMER_ID]))


@dataclass(frozen=True)
class SampleJob:
    """A partition's part of the sample; no limit takes all."""

    partition: Partition
    folder: str
    limit: np.uint64 | None


@dataclass(frozen=True)
class SamplePart:
    """Where it lies."""

    line_place: str
    return_place: str


def take_sample(job: SampleJob, shared: bytes) -> tuple[str, str]:
    """Write the lines and returns of the partition's sampled customers; returns the two files."""
    orders = job.partition.orders()
    places = [join(job.folder, f"sample-{job.partition.number:06}-{kind}.arrow") for kind in ("lines", "returns")]
    for place, rows in zip(places, (orders.lines, orders.returns), strict=True):
        kept = rows if job.limit is None else rows[hashes_of(rows[CUSTOMER_ID]) <= job.limit]
        write_table(place, to_arrow(kept))
    return places[0], places[1]
