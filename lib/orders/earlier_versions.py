"""Rows that a later row of the same order replaces: revisions of an order, and payments that were held before taken."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.layouts.names import plain, words
from lib.orders.coding import Codes, Flags, Numbers

_REVISIONS = words(
    "revision revisions rev version versions vers fassung versie versione versao revisione revisao wersja amendment"
)
MIN_REVISED = 3
"""Orders of several revisions from which on a column counts them."""
PROVEN = 0.95


def earlier_revisions(frame: pd.DataFrame, order: Codes, product: Codes | None, taken: Sequence[str]) -> Flags:
    """Rows of all but the last revision of each order, where a column numbers the revisions of an order from one start
    on. Each revision has the whole order: its products come again. Where no column names products, each revision must
    be of a later time: a `Version` may as well count the lines of an order."""
    nothing = np.zeros(len(frame), dtype=bool)
    for column in frame.columns:
        if str(column) in taken or not _REVISIONS & set(plain(str(column)).split()):
            continue
        if frame[column].dtype.kind not in "iuf":
            continue
        number = frame[column].to_numpy(np.float64)
        known = np.isfinite(number) & (order >= 0)
        if not known.any() or (number[known] % 1 != 0).any():
            continue
        rows = pd.DataFrame({"order": order, "number": number, "product": -1 if product is None else product})[known]
        found = rows.groupby("order")["number"].agg(["min", "max", "nunique"])
        several = found[found["nunique"] > 1]
        if len(several) < MIN_REVISED or (found["min"] == found["min"].median()).mean() < PROVEN:
            continue
        if (several["max"] - several["min"] + 1 == several["nunique"]).mean() < PROVEN:
            continue
        last = found["max"].reindex(order[known]).to_numpy()
        early = rows["number"].to_numpy() < last
        if product is None and not _is_later(frame, np.flatnonzero(known), rows):
            continue
        again = pd.MultiIndex.from_frame(rows.loc[~early, ["order", "product"]])
        names = rows.loc[early, ["order", "product"]]
        shared = pd.Series(pd.MultiIndex.from_frame(names).isin(again)).groupby(names["order"].to_numpy()).any()
        if shared.mean() < PROVEN:
            continue
        nothing[np.flatnonzero(known)[early]] = True
        return nothing
    return nothing


def _is_later(frame: pd.DataFrame, at: Codes, rows: pd.DataFrame) -> bool:
    """Whether a column of times rises with the numbers within the orders that have several."""
    for name in frame.columns:
        if not pd.api.types.is_datetime64_any_dtype(frame[name]):
            continue
        table = rows[["order", "number"]].assign(time=frame[name].to_numpy()[at]).sort_values(["order", "number"])
        table = table.drop_duplicates(["order", "number"])
        following = table["order"].eq(table["order"].shift())
        if (table["time"] > table["time"].shift())[following].mean() >= PROVEN:
            return True
    return False


def taken_later(held: Flags, keys: Sequence[Codes | Numbers], counted: Flags) -> Flags:
    """Which rows of held money have another row, of the same keys, that counts."""
    table = pd.DataFrame({str(at): part for at, part in enumerate(keys)})
    names = pd.MultiIndex.from_frame(table)
    return held & np.asarray(names.isin(names[counted & ~held]))
