"""Is a customer in the file? Every saved model is searched for the very customers that it learnt from.

The file is unpacked as far as it can be, then asked at every byte for exact amounts, rows, columns, ids, e-mails, rare
categories and moments of orders: as text in three encodings, as float64 of either byte order, float32 and int64. What
counts as a customer, and what is too short to be one, stands in `numbers` and `names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.leaks.fingerprints import Bits, chunks, words
from lib.leaks.numbers import FEW, Codes, Exact, Origins, Runs, Values
from lib.leaks.texts import Names
from lib.leaks.unpacking import layers

__all__ = ["FEW", "LeakReport", "Traces", "search"]


@dataclass(frozen=True)
class LeakReport:
    """What the search of one file gave."""

    searched: int
    """How many customers were looked for …"""
    found: int
    """… and how many of them something was found of."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    """What was found → of how many customers: `values`, `rows`, `texts`, `moments`."""
    bytes_searched: int = 0
    """After unpacking."""


def search(
    data: bytes,
    customers: pd.DataFrame,
    *,
    encodings: Sequence[np.ndarray] = (),
    lines: pd.DataFrame | None = None,
    known: Iterable[str] = (),
) -> LeakReport:
    """Looks for the customers (index: id) in a file; see `Traces`."""
    return Traces(customers, encodings=encodings, lines=lines, known=known).search(data)


class Traces:
    """Everything by which these customers could be recognised, ready to be looked for in files.

    `encodings` are other shapes of the same rows, in the same order: what a step of the pipeline made of them, or a
    target.
    `lines` are their order lines (`schema.ORDER_LINES`). `known` are texts that a file holds anyway.
    """

    def __init__(
        self,
        customers: pd.DataFrame,
        *,
        encodings: Sequence[np.ndarray] = (),
        lines: pd.DataFrame | None = None,
        known: Iterable[str] = (),
    ) -> None:
        self._count = len(customers)
        self._values, self._runs, self._names = Values(), Runs(), Names({*known, *map(str, customers.columns)})
        self._moments, self._origins = Exact(), Origins(len(customers))
        codes = np.arange(len(customers))
        self._add_texts(pd.Series(customers.index, dtype="object"), codes)
        numeric: list[np.ndarray] = []
        for name in customers.columns:
            column = customers[name]
            if pd.api.types.is_datetime64_any_dtype(column):
                self._add_moments(column, codes)
                self._add_days(column)
            elif pd.api.types.is_numeric_dtype(column):
                numeric.append(column.to_numpy(np.float64, na_value=np.nan))
            else:
                self._add_texts(column, codes)
        if numeric:
            self._add_form(np.stack(numeric, axis=1), codes)
        numbers = pd.to_numeric(pd.Series(customers.index), errors="coerce").to_numpy(np.float64)
        if len(numbers) and np.isfinite(numbers).all():
            self._runs.add(numbers[:, None])
        for encoding in encodings:
            self._add_form(np.asarray(encoding, np.float64).reshape(len(customers), -1), codes)
        if lines is not None:
            self._add_lines(lines, customers.index)

    def search(self, data: bytes) -> LeakReport:
        """Looks through one file."""
        people: dict[str, set[int]] = {"values": set(), "rows": set(), "texts": set(), "moments": set()}
        hits: list[Bits] = []
        size = 0
        for layer in layers(data):
            size += len(layer)
            for piece in chunks(layer):
                for order in ("<u8", ">u8"):
                    numbers = words(piece, order)
                    hits.append(self._values.hits(numbers))
                    people["moments"] |= set(self._moments.found(numbers).tolist())
                for codes in self._runs.found(piece):
                    people["rows"].update(codes.tolist())
                people["texts"] |= self._names.found(piece)
        people["values"].update(self._values.found(np.unique(np.concatenate(hits))).tolist() if hits else ())
        everyone = set().union(*people.values())
        kinds = {kind: len(those) for kind, those in people.items() if those}
        return LeakReport(self._count, len(everyone), kinds, size)

    def _add_form(self, encoding: np.ndarray, codes: Codes) -> None:
        made = []
        for place in range(encoding.shape[1]):
            column = encoding[:, place]
            made.append((column, self._values.add(column, codes, self._origins.allowed(column))))
        for column, counts in made:
            self._origins.add(column, counts)
        self._runs.add(encoding)

    def _add_texts(self, texts: pd.Series, codes: Codes) -> None:
        present = texts.notna().to_numpy()
        self._names.add([str(text) for text in texts[present]], codes[present])

    def _add_moments(self, moments: pd.Series, codes: Codes) -> None:
        """As counts since 1970, and written out, down to the minute: a day alone is many people's."""
        naive = moments.dt.tz_localize(None) if moments.dt.tz is not None else moments
        present = naive.notna().to_numpy()
        micro = naive[present].astype("datetime64[us]").astype("int64").to_numpy()
        pairs = pd.DataFrame({"moment": micro, "code": codes[present]}).drop_duplicates()
        few = pairs[pairs.groupby("moment")["code"].transform("size") < FEW]
        counts, whose = few["moment"].to_numpy(), few["code"].to_numpy()
        for stored in (counts, counts * 1000, counts // 1000):
            self._moments.add(stored.view(np.uint64), whose)
            self._moments.add(stored.astype(np.float64).view(np.uint64), whose)
        timed = few[few["moment"] % 86_400_000_000 != 0]
        written = pd.to_datetime(timed["moment"], unit="us").dt.strftime("%Y-%m-%d %H:%M")
        for between in (" ", "T"):
            self._names.add([text.replace(" ", between) for text in written], timed["code"].to_numpy())

    def _add_days(self, moments: pd.Series) -> None:
        """Days without an hour, counted since whenever: cards and trees hold such days, and they are many people's."""
        days = moments.to_numpy("datetime64[us]").astype("datetime64[D]")
        if np.array_equal(days.astype("datetime64[us]"), moments.to_numpy("datetime64[us]"), equal_nan=True):
            count = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))
            self._origins.add(count, np.zeros(len(count), dtype=bool))

    def _add_lines(self, lines: pd.DataFrame, customers: pd.Index) -> None:
        place = pd.Series(np.arange(len(customers)), index=customers.astype("str"))
        known = lines[lines["customer_id"].astype("str").isin(place.index)]
        codes = place.loc[known["customer_id"].astype("str")].to_numpy()
        self._values.add(known["amount"].to_numpy(np.float64), codes)
        totals = known.assign(code=codes).groupby(["code", "order_id"])["amount"].sum().reset_index()
        self._values.add(totals["amount"].to_numpy(np.float64), totals["code"].to_numpy())
        orders = known.assign(code=codes)[["order_id", "code"]].drop_duplicates()
        self._add_texts(orders["order_id"], orders["code"].to_numpy())
        self._add_moments(known["ordered_at"].reset_index(drop=True), codes)
