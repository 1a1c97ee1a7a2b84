"""Ditto marks: cells that say the same as the cell above, as people write them by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.tables import names as names_of

_SIGNS = ('"', "''", "″", "〃", "“", "”", "„", ",,", '-"-', "-''-", '- " -', "-″-", "–”–", "—”—")
_WORDS = ("ditto", "dito", "idem", "as above", "wie oben", "como arriba", "comme ci-dessus", "come sopra", "zie boven")
_SHORT = ("do.", "dto.", "id.", "ebd.", "s.o.", "w.o.")
"""Short forms that mean something else, too (`Do.` is a weekday): they count where several stand in one row."""
_LEAST_IN_ROW = 2
_LEAST_BLANKS = 2
"""Quotes in a column that make them blanks: a single one may be a mark of inches or a slip."""


_QUOTES = ('"', "''", "“", "”", "„")
"""Signs that programs write for a blank, too: a quote that was quoted once more."""
_OFTEN_BLANK = frozenset(
    (
        "refund", "refunded", "refunds", "discount", "discounts", "coupon", "voucher", "code", "tip", "tax",
        "vat", "fee", "fees", "shipping", "delivery", "note", "notes", "comment", "comments", "remark",
        "remarks", "tag", "tags", "company", "cancelled", "canceled", "returned", "reason", "devuelto",
        "reembolso", "descuento", "cupon", "propina", "iva", "envio", "nota", "notas", "comentario",
        "comentarios", "empresa", "motivo", "rabatt", "gutschein", "trinkgeld", "mwst", "versand", "notiz",
        "bemerkung", "kommentar", "firma", "storno", "erstattung", "erstattet", "remise", "remboursement",
        "rembourse", "pourboire", "tva", "remarque", "societe", "sconto", "rimborso", "desconto",
        "reembolsado",
    )
)  # fmt: skip
"""Words of columns in which most rows of a table say nothing."""
_CONTACTS = frozenset(("email", "mail", "correo", "courriel", "phone", "telefono", "telefon", "telephone", "tel"))
_TOGETHER = 0.9
"""Share of a column's marks beside which the day or the customer must have one, too, where it is often blank."""


def _as_written(*texts: str) -> pa.Array:
    return pa.array([form for text in texts for form in dict.fromkeys((text, text.capitalize(), text.upper()))])


_MARKS, _SHORT_MARKS = _as_written(*_SIGNS, *_WORDS), _as_written(*_SHORT)

Flags = np.typing.NDArray[np.bool_]


def with_cells_above(columns: Mapping[str, pa.ChunkedArray]) -> tuple[Mapping[str, pa.ChunkedArray], int]:
    """The columns with the nearest cell above that is no mark in place of each ditto mark, and how many there were.

    The first row says something itself: a column that begins with a mark stays as it is. Quotes in a column that is
    often blank, such as one of refunds, are blanks, unless the row's day or customer has one, too.
    """
    columns = _without_quoted_blanks(columns)
    texts = {name: values for name, values in columns.items() if _is_text(values.type)}
    marks = {name: _are_in(values, _MARKS) for name, values in texts.items()}
    short = {name: _are_in(values, _SHORT_MARKS) for name, values in texts.items()}
    in_row = sum((flags.astype(np.int64) for flags in short.values()), start=np.zeros(1, dtype=np.int64))
    made = dict(columns)
    count = 0
    for name, values in texts.items():
        same = marks[name] | (short[name] & (in_row >= _LEAST_IN_ROW))
        if not same.any() or same[0]:
            continue
        above = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
        made[name] = values.take(pa.array(above))
        count += int(same.sum())
    return made, count


def _without_quoted_blanks(columns: Mapping[str, pa.ChunkedArray]) -> Mapping[str, pa.ChunkedArray]:
    quotes = pa.array(_QUOTES)
    marks = {name: _are_in(values, quotes) for name, values in columns.items() if _is_text(values.type)}
    marks = {name: flags for name, flags in marks.items() if flags.sum() >= _LEAST_BLANKS}
    if not marks:
        return columns
    people = [name for name in columns if names_of.names_a_customer(name) and name not in marks]
    needed = [flags for name, flags in marks.items() if not _is_often_blank(name, people)]
    made = dict(columns)
    for name, flags in marks.items():
        goes_on = any((flags & other).sum() >= _TOGETHER * flags.sum() for other in needed)
        if _is_often_blank(name, people) and not goes_on:
            made[name] = pc.if_else(pa.array(flags), pa.scalar(None, columns[name].type), columns[name])
    return made


def _is_often_blank(name: str, people: Sequence[str]) -> bool:
    """Whether rows often say nothing under this name; how to reach a customer is often blank beside who it is."""
    words = set(names_of.tokens(name))
    return bool(_OFTEN_BLANK & words) or bool(people and name not in people and _CONTACTS & words)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _are_in(values: pa.ChunkedArray, marks: pa.Array) -> Flags:
    found = pc.is_in(values, value_set=marks.cast(values.type))
    if not pc.any(pc.fill_null(found, False)).as_py():
        return np.zeros(len(values), dtype=bool)
    return np.asarray(pc.fill_null(found, False)).astype(bool)
