"""Scores of a history in partitions: the same as in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from lib.card import Card
from lib.features import needs_btyd
from lib.gate import OpenedModel, open_model
from lib.orders import Orders
from lib.partitions.assembling import Pieces
from lib.partitions.features import FeaturePiece, PartitionedFeatures, features_in_partitions
from lib.partitions.history import Partition, PartitionedHistory
from lib.partitions.storage import join, read_table, to_arrow, to_pandas, write_table
from lib.schema import CUSTOMER_ID
from lib.scoring import Caveat, Choices, Scores, caveats_of_history, caveats_of_scores, rows_from_orders, score
from lib.scoring.applicability import training_cutoff
from lib.scoring.dummies import Dummy
from lib.scoring.inputs import check_needs, takes_orders
from lib.scoring.rows import CELLS_LISTED

_ROW = "place"


@dataclass(frozen=True)
class ScoreJob:
    """One partition to score with the model that all jobs share."""

    partition: Partition
    folder: str
    cutoff: pd.Timestamp
    model_name: str
    choices: Choices
    features: FeaturePiece | None
    """The model's columns, where they were computed before."""


@dataclass(frozen=True)
class ScorePiece:
    """Scores of a partition: files sorted by customer, and what `Scores` counts."""

    place: str
    frame_place: str
    refused_place: str
    flagged_place: str
    rows_in: int
    rows_scored: int
    flags: Mapping[str, int]
    derived: Mapping[str, Dummy]
    elapsed_days: float
    moments: pd.DataFrame
    """`customer_id` (a number, not the id) and `ordered_at` of those of each customer's lines that decide whether the
    history is the model's: the first, the last, and one within the training period."""


@dataclass(frozen=True)
class PartitionedScores:
    """What `Scores` is in one piece, its table in pieces."""

    pieces: Pieces
    whole: Scores
    caveats: tuple[Caveat, ...]


def features_of_model(history: PartitionedHistory, opened: OpenedModel, cutoff: pd.Timestamp) -> PartitionedFeatures:
    """As `lib.scoring.rows_from_orders`. Raises UserError."""
    check_needs(opened, cutoff, first=history.first)
    card = opened.verdict.card
    constants = card.features if card is not None else None
    return features_in_partitions(history, cutoff, columns=opened.columns, constants=constants)


def score_in_partitions(
    history: PartitionedHistory,
    opened: OpenedModel,
    data: bytes,
    *,
    cutoff: pd.Timestamp,
    choices: Choices,
    name: str = "",
) -> PartitionedScores:
    """Score every customer with a line before the cutoff. Every worker gets the model's file once and opens it through
    the gate.

    Raises UserError as `lib.scoring.rows_from_orders` and `lib.scoring.score` do.
    """
    plan = history.plan
    check_needs(opened, cutoff, first=history.first)
    card = opened.verdict.card
    fitted_here: Mapping[int, FeaturePiece] = {}
    if takes_orders(opened) and needs_btyd(opened.columns) and (card is None or "btyd" not in card.features):
        # Parameters fitted here are those of all customers, not those of a partition.
        fitted_here = features_of_model(history, opened, cutoff).by_partition
    jobs = [
        ScoreJob(part, plan.folder, cutoff, name, choices, fitted_here.get(part.number))
        for part in history.partitions
        if pd.Timestamp(part.first, unit="us") < cutoff
    ]
    pieces = plan.runner.run(compute, jobs, shared=data, progress=partial(_report, history))
    return _assembled(history, opened, pieces, cutoff)


def _report(history: PartitionedHistory, share: float) -> None:
    history.plan.progress(share, "cli.step_score")


def compute(job: ScoreJob, shared: bytes) -> ScorePiece:
    """Features and scores of one partition, with the model in a process of its own."""
    orders = job.partition.orders()
    with open_model(shared, job.model_name) as opened:
        if job.features is None:
            rows = rows_from_orders(opened, orders, job.cutoff)
        else:
            rows = to_pandas(read_table(job.features.place)).set_index(CUSTOMER_ID)
        found = score(opened, rows, replace(job.choices, cutoff=job.cutoff))
        card = opened.verdict.card
    places = [
        join(job.folder, f"{kind}-{job.partition.number:06}.arrow") for kind in ("scores", "rows", "refused", "flagged")
    ]
    write_table(places[0], to_arrow(found.table))
    write_table(places[1], to_arrow(found.frame.rename_axis(_ROW).reset_index()))
    write_table(places[2], to_arrow(_texts(found.refused)))
    write_table(places[3], to_arrow(_texts(found.cells)))
    return ScorePiece(
        place=places[0],
        frame_place=places[1],
        refused_place=places[2],
        flagged_place=places[3],
        rows_in=found.rows_in,
        rows_scored=found.rows_scored,
        flags=dict(found.flags),
        derived=dict(found.derived),
        elapsed_days=found.elapsed_days,
        moments=_moments(orders, job.partition.number, card),
    )


def _moments(orders: Orders, partition: int, card: Card | None) -> pd.DataFrame:
    lines = orders.lines[[CUSTOMER_ID, "ordered_at"]]
    kept = [lines.drop_duplicates(CUSTOMER_ID), lines.drop_duplicates(CUSTOMER_ID, keep="last")]
    if card is not None and card.period_start and card.cutoff:
        within = lines["ordered_at"].between(pd.Timestamp(card.period_start), training_cutoff(card), inclusive="left")
        kept.append(lines[within].drop_duplicates(CUSTOMER_ID))
    found = pd.concat(kept, ignore_index=True)
    codes = pd.factorize(found[CUSTOMER_ID])[0].astype(np.int64)
    return pd.DataFrame({CUSTOMER_ID: codes + (partition << 40), "ordered_at": found["ordered_at"]})


def _texts(cells: pd.DataFrame) -> pd.DataFrame:
    """A list of cells with texts for texts, whether it has rows or not."""
    return cells.astype({name: "str" for name in cells.columns if name != "row"})


def _assembled(
    history: PartitionedHistory, opened: OpenedModel, pieces: Sequence[ScorePiece], cutoff: pd.Timestamp
) -> PartitionedScores:
    whole = Pieces(tuple(piece.place for piece in pieces))
    place = whole.order()
    starts = np.cumsum([0, *(piece.rows_in for piece in pieces)])

    def of_the_whole(rows: pd.Series, number: int) -> np.ndarray:
        """Places of a piece's rows, counted from 0, in the whole."""
        return place[rows.to_numpy(np.int64) + starts[number]]

    def cells(places: Sequence[str]) -> pd.DataFrame:
        found = []
        for number, at in enumerate(places):
            listed = to_pandas(read_table(at))
            found.append(listed.assign(row=of_the_whole(listed["row"] - 1, number) + 1))
        both = pd.concat(found, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
        nth = both.groupby(["reason", "column"], sort=False).cumcount()
        return both[nth < CELLS_LISTED].reset_index(drop=True)

    frames = []
    for number, piece in enumerate(pieces):
        rows = to_pandas(read_table(piece.frame_place))
        frames.append(rows.set_index(pd.Index(of_the_whole(rows[_ROW], number))).drop(columns=_ROW))
    table = pd.concat([to_pandas(chunk) for chunk in whole.chunks()], ignore_index=True)
    flags: dict[str, int] = {}
    for piece in pieces:
        for name, count in piece.flags.items():
            flags[name] = flags.get(name, 0) + count
    scores = Scores(
        table=table,
        refused=cells([piece.refused_place for piece in pieces]),
        cells=cells([piece.flagged_place for piece in pieces]),
        flags=flags,
        doubts=(),
        frame=pd.concat(frames).sort_index(),
        rows_in=sum(piece.rows_in for piece in pieces),
        rows_scored=sum(piece.rows_scored for piece in pieces),
        derived=pieces[0].derived,
        elapsed_days=pieces[0].elapsed_days,
    )
    moments = pd.concat([piece.moments for piece in pieces], ignore_index=True)
    seen = replace(history.partitions[0].orders(), lines=moments, currency=history.currency)
    caveats = caveats_of_history(opened.verdict.card, seen, cutoff)
    return PartitionedScores(whole, scores, (*caveats, *caveats_of_scores(opened, scores)))
