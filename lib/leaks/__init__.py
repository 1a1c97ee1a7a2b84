"""Leak search: every saved model is searched for the customers that it was trained on.

The file is decompressed, then searched at every byte for exact amounts, rows, columns, ids, e-mails, rare categories
and timestamps of orders: as text in three encodings, as float64 of either byte order, float32 and int64. What counts as
a customer's value, and what is too short, is defined in `numbers` and `texts`.

A hit counts when it is evidence that a customer is in the file. Text that the file contains regardless of the
customers (`expected`) is not, and neither are hits that chance explains: decoys, values of the same form that no
customer has, are searched for in the same file (`chance`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.leaks.findings import Finding, ValueKind, customers_of
from lib.leaks.fingerprints import Bits, chunks, distinct, without, words
from lib.leaks.numbers import FEW, Codes, Exact, Origins, Runs, Values
from lib.leaks.texts import TextSearch
from lib.leaks.unpacking import layers

__all__ = ["FEW", "Finding", "LeakReport", "Traces", "ValueKind", "search"]

_MINUTE, _DAY = 60_000_000, 86_400_000_000
"""In microseconds."""

_DECOY_DAYS = (-3, -2, -1, 1, 2, 3)

_REPORTED: Mapping[ValueKind, str] = {
    "id": "texts",
    "order_number": "texts",
    "text": "texts",
    "moment": "moments",
    "amount": "values",
    "target": "values",
    "row": "rows",
}


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
    findings: tuple[Finding, ...] = ()
    """The evidence: which kind of value of which column, the most customers first."""


def search(
    data: bytes,
    customers: pd.DataFrame,
    *,
    encodings: Sequence[np.ndarray] = (),
    targets: Sequence[np.ndarray] = (),
    lines: pd.DataFrame | None = None,
    known: Iterable[str] = (),
) -> LeakReport:
    """Looks for the customers (index: id) in a file; see `Traces`."""
    return Traces(customers, encodings=encodings, targets=targets, lines=lines, known=known).search(data)


@dataclass(frozen=True)
class _Hits:
    """What a layer of a file holds of what is looked for, decoys among it."""

    texts: frozenset[int]
    values: Bits
    moments: Bits
    rows: frozenset[int]


class Traces:
    """Everything that could identify these customers, prepared for a search in files.

    `encodings` are other shapes of the same rows, in the same order: the output of a pipeline step;
    `targets` are encodings of the target. `lines` are their order lines (`schema.ORDER_LINES`). `known`
    are texts that a file contains regardless of the customers.
    """

    def __init__(
        self,
        customers: pd.DataFrame,
        *,
        encodings: Sequence[np.ndarray] = (),
        targets: Sequence[np.ndarray] = (),
        lines: pd.DataFrame | None = None,
        known: Iterable[str] = (),
    ) -> None:
        self._count = len(customers)
        self._values, self._runs = Values(), Runs()
        self._texts = TextSearch({*known, *map(str, customers.columns), *_shared(customers), *_shared(lines)})
        self._moments, self._origins = Exact(), Origins(len(customers))
        self._added: set[tuple[str, bytes]] = set()
        self._seen: dict[bytes, _Hits] = {}
        codes = np.arange(len(customers))
        self._add_texts(pd.Series(customers.index, dtype="object"), codes, kind="id", column=str(customers.index.name))
        numeric: dict[str, np.ndarray] = {}
        for name in customers.columns:
            column = customers[name]
            if pd.api.types.is_datetime64_any_dtype(column):
                self._add_moments(column, codes, column=str(name))
                self._add_days(column)
            elif pd.api.types.is_numeric_dtype(column):
                numeric[str(name)] = column.to_numpy(np.float64, na_value=np.nan)
            else:
                self._add_texts(column, codes, kind="text", column=str(name))
        if numeric:
            self._add_encoding(np.stack(list(numeric.values()), axis=1), codes, names=list(numeric))
        numbers = pd.to_numeric(pd.Series(customers.index), errors="coerce").to_numpy(np.float64)
        if len(numbers) and np.isfinite(numbers).all():
            self._runs.add(numbers[:, None])
        for kind, tables in (("amount", encodings), ("target", targets)):
            for table in tables:
                shaped = np.asarray(table, np.float64).reshape(len(customers), -1)
                self._add_encoding(shaped, codes, kind="target" if kind == "target" else "amount")
        if lines is not None:
            self._add_lines(lines, customers.index)

    def search(self, data: bytes) -> LeakReport:
        """Looks through one file. What another file held as well is not looked through again."""
        texts: set[int] = set()
        rows: set[int] = set()
        values: list[Bits] = []
        moments: list[Bits] = []
        size = 0
        for layer in layers(data):
            size += len(layer)
            digest = hashlib.sha256(layer).digest()
            if digest not in self._seen:
                self._seen[digest] = self._hits(layer)
            hits = self._seen[digest]
            texts |= hits.texts
            rows |= hits.rows
            values.append(hits.values)
            moments.append(hits.moments)
        findings = [
            *self._texts.findings(texts),
            *self._values.findings(np.unique(np.concatenate(values))),
            *self._moments.findings(np.unique(np.concatenate(moments))),
            *([Finding("row", "", frozenset(rows))] if rows else []),
        ]
        findings.sort(key=lambda one: -len(one.customers))
        kinds: dict[str, set[int]] = {}
        for one in findings:
            kinds.setdefault(_REPORTED[one.kind], set()).update(one.customers)
        counts = {kind: len(those) for kind, those in kinds.items()}
        return LeakReport(self._count, len(customers_of(findings)), counts, size, tuple(findings))

    def _hits(self, layer: bytes) -> _Hits:
        texts: set[int] = set()
        rows: set[int] = set()
        values: list[Bits] = []
        moments: list[Bits] = []
        for piece in chunks(layer):
            for order in ("<u8", ">u8"):
                numbers = words(piece, order)
                values.append(self._values.hits(numbers))
                moments.append(self._moments.hits(numbers))
            for codes in self._runs.found(piece):
                rows.update(codes.tolist())
            texts |= self._texts.hits(piece)
        return _Hits(
            frozenset(texts), distinct(np.concatenate(values)), distinct(np.concatenate(moments)), frozenset(rows)
        )

    def _add_encoding(
        self, encoding: np.ndarray, codes: Codes, *, names: Sequence[str] = (), kind: ValueKind = "amount"
    ) -> None:
        made = []
        for place in range(encoding.shape[1]):
            column = encoding[:, place]
            # Pipelines hand the same columns on from step to step, and a blend hands them to each of its members.
            digest = (kind, hashlib.sha256(column.tobytes()).digest())
            if digest in self._added:
                continue
            self._added.add(digest)
            allowed, source = self._origins.allowed(column)
            name = names[place] if names else source
            made.append((column, self._values.add(column, codes, allowed, column=name, kind=kind), name))
        for column, counts, name in made:
            self._origins.add(column, counts, name=name)
        self._runs.add(encoding)

    def _add_texts(self, texts: pd.Series, codes: Codes, *, kind: ValueKind, column: str) -> None:
        present = texts.notna().to_numpy()
        self._texts.add(list(map(str, texts[present])), codes[present], kind=kind, column=column)

    def _add_moments(self, moments: pd.Series, codes: Codes, *, column: str) -> None:
        """As counts since 1970, and as text to the second: a day, or midnight, is shared by many customers."""
        naive = moments.dt.tz_localize(None) if moments.dt.tz is not None else moments
        present = naive.notna().to_numpy()
        micro = naive[present].astype("datetime64[us]").astype("int64").to_numpy()
        pairs = pd.DataFrame({"moment": micro, "code": codes[present]}).drop_duplicates()
        few = pairs[pairs.groupby("moment")["code"].transform("size") < FEW]
        counts, whose = few["moment"].to_numpy(), few["code"].to_numpy()
        real = distinct(counts)
        decoys = without(np.concatenate([real + days * _DAY for days in _DECOY_DAYS]), micro)
        for stored, others in (
            (counts, decoys),
            (counts * 1000, decoys * 1000),
            (counts // 1000, decoys // 1000),
        ):
            self._moments.add(stored.view(np.uint64), whose, others.view(np.uint64), column=column)
            self._moments.add(
                stored.astype(np.float64).view(np.uint64),
                whose,
                others.astype(np.float64).view(np.uint64),
                column=column,
            )
        timed = few["moment"].to_numpy() % _DAY != 0
        written, untrue = _written(counts[timed]), _written(decoys[decoys % _DAY != 0])
        for between in (" ", "T"):
            self._texts.add(
                [text.replace(" ", between) for text in written],
                whose[timed],
                kind="moment",
                column=column,
                decoys=[text.replace(" ", between) for text in untrue],
            )

    def _add_days(self, moments: pd.Series) -> None:
        """Days without a time, as counts since any epoch: cards and trees contain such days, and many customers share
        them."""
        days = moments.to_numpy("datetime64[us]").astype("datetime64[D]")
        if np.array_equal(days.astype("datetime64[us]"), moments.to_numpy("datetime64[us]"), equal_nan=True):
            count = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))
            self._origins.add(count, np.zeros(len(count), dtype=bool))

    def _add_lines(self, lines: pd.DataFrame, customers: pd.Index) -> None:
        whose = customers.astype("str").get_indexer(lines["customer_id"].astype("str"))
        known, codes = lines[whose >= 0], whose[whose >= 0].astype(np.int64)
        self._values.add(known["amount"].to_numpy(np.float64), codes, column="amount")
        order, ids = pd.factorize(known["order_id"])
        orders = pd.DataFrame({"order": order, "code": codes, "amount": known["amount"].to_numpy(np.float64)})
        totals = orders[order >= 0].groupby(["code", "order"], as_index=False)["amount"].sum()
        whose_total = totals["code"].to_numpy()
        self._values.add(totals["amount"].to_numpy(), whose_total, column="amount")
        self._add_texts(pd.Series(ids[totals["order"]]), whose_total, kind="order_number", column="order_id")
        self._add_moments(known["ordered_at"].reset_index(drop=True), codes, column="ordered_at")


def _shared(table: pd.DataFrame | None) -> Iterable[str]:
    """Texts shared by so many rows of one column that they identify no customer."""
    if table is None:
        return
    for name in table.columns:
        column = table[name]
        if name in ("customer_id", "order_id") or pd.api.types.is_numeric_dtype(column):
            continue
        if pd.api.types.is_datetime64_any_dtype(column):
            continue
        counts = column.dropna().astype("str").value_counts()
        yield from counts.index[counts >= FEW]


def _written(moments: np.ndarray) -> list[str]:
    """Moments (microseconds) as text: to the second, or to the minute where the seconds are none."""
    stamps = moments.astype("datetime64[us]")
    whole = moments % _MINUTE == 0
    minutes, seconds = (np.datetime_as_string(stamps, unit=unit) for unit in ("m", "s"))
    written: list[str] = np.where(whole, minutes, seconds).tolist()
    return [text.replace("T", " ") for text in written]
