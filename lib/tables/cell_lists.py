"""A row per order whose cells list the products, pieces and prices of its lines in the same order → a row per line."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.parsing.numbers import is_number
from lib.tables import names
from lib.tables.limits import LIMIT_EXPANDED_BYTES, LIMIT_ROWS

_SEPARATORS = ("\n", ";", "|")
_LEAST_COLUMNS, _LEAST_ROWS = 2, 2
_SAMPLE = 300
_MOST_LINES = 1_000
"""Lines of one order."""
_MOST_GROWTH, _SMALL = 20, 2**20
"""By how much the other cells, which are repeated for each line, may grow; up to so many bytes they may anyway."""


def with_a_row_per_line(columns: Mapping[str, pa.ChunkedArray]) -> Mapping[str, pa.ChunkedArray] | None:
    """The columns of text with a row for each line; None where no cells hold such lists.

    Of two or more columns, each row must list as many; one of them lists money, and no other column holds money, by its
    name or by its cents: what was paid for the whole order may be headed `EUR`, or `Cobrado`.
    """
    for sign in _SEPARATORS:
        counts = {name: _counts(values, sign) for name, values in columns.items() if _has(values, sign)}
        priced = [name for name in counts if names.names_an_amount(name) and _lists_numbers(columns[name], sign)]
        if len(counts) < _LEAST_COLUMNS or not priced:
            continue
        lines = counts[priced[0]]
        listed = [name for name, count in counts.items() if np.array_equal(count, lines)]
        others = [name for name in columns if name not in listed]
        if (
            len(listed) < _LEAST_COLUMNS
            or (lines > 1).sum() < _LEAST_ROWS
            or any(_holds_money(name, columns[name]) for name in others)
        ):
            continue
        if not _fits([columns[name] for name in columns if name not in listed], lines):
            return None
        rows = pa.array(np.repeat(np.arange(len(lines)), lines))
        return {name: _parts(values, sign) if name in listed else values.take(rows) for name, values in columns.items()}
    return None


def _has(values: pa.ChunkedArray, sign: str) -> bool:
    text = pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
    return text and bool(pc.any(pc.match_substring(values, sign)).as_py())


def _counts(values: pa.ChunkedArray, sign: str) -> np.typing.NDArray[np.int64]:
    return np.asarray(pc.fill_null(pc.count_substring(values, sign), 0)).astype(np.int64) + 1


def _fits(others: Sequence[pa.ChunkedArray], lines: np.typing.NDArray[np.int64]) -> bool:
    """Whether what stands once per order is not too much when it is repeated: one long cell beside a long list would
    take any memory."""
    if lines.max() > _MOST_LINES or lines.sum() > LIMIT_ROWS:
        return False
    now = grown = 0
    for values in others:
        lengths = (
            pc.binary_length(values)
            if pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
            else None
        )
        sizes = np.full(len(lines), 8) if lengths is None else np.asarray(pc.fill_null(lengths, 0)).astype(np.int64) + 8
        now, grown = now + int(sizes.sum()), grown + int((sizes * lines).sum())
    return grown <= min(max(_SMALL, _MOST_GROWTH * now), LIMIT_EXPANDED_BYTES)


def _lists_numbers(values: pa.ChunkedArray, sign: str) -> bool:
    cells = [str(cell).split(sign) for cell in values.drop_null()[:_SAMPLE].to_pylist()]
    return bool(cells) and all(is_number(part.strip()) for cell in cells for part in cell)


_WITH_CENTS = re.compile(r"\D{0,5}\d[\d.,' ]{0,20}[.,]\d\d\D{0,5}")


def _holds_money(name: str, values: pa.ChunkedArray) -> bool:
    cells = [str(cell) for cell in values.drop_null()[:_SAMPLE].to_pylist()]
    if names.names_an_amount(name):
        return any(map(is_number, cells))
    if names.names_a_moment(name) or names.names_an_identifier(name) or not any(map(_WITH_CENTS.fullmatch, cells)):
        return False
    return all(map(is_number, cells))


def _parts(values: pa.ChunkedArray, sign: str) -> pa.ChunkedArray:
    split = pc.split_pattern(pc.fill_null(values, ""), sign)
    parts = pc.utf8_trim_whitespace(pc.list_flatten(split))
    return pc.if_else(pc.equal(parts, ""), pa.scalar(None, parts.type), parts)
