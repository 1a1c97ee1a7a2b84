"""Confirmed settings of a table as a small file to download and upload again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from lib.errors import UserError
from lib.layouts.names import ROLES, compact
from lib.layouts.table_cleaning import TableCleaning
from lib.layouts.understanding import Understanding, with_kind, with_personal, with_roles
from lib.safe_text import json_line
from lib.tables import MOST_BY, CellCorrection, Corrections, DateOrder, RowCorrection

FORMAT = "brine-columns/1"
LARGEST_SETTINGS = 1_000_000
"""Bytes; a settings file is a few thousand."""

SETTINGS = "layouts.reason.settings"


@dataclass(frozen=True)
class Settings:
    """What a settings file says of a table."""

    understanding: Understanding
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    """Column → what comes first in its dates, where a person corrected it."""
    corrections: Corrections = field(default_factory=Corrections)
    """Cells and rows that a person corrected."""


def write_settings(
    understanding: Understanding,
    date_orders: Mapping[str, DateOrder] | None = None,
    corrections: Corrections | None = None,
) -> bytes:
    """A small JSON file: which column plays which role, and corrected dates, cells and rows.

    It holds headings and what was corrected, no other data: rows are found again by digests.
    """
    wrong = corrections or Corrections()
    plain = {
        "format": FORMAT,
        "kind": understanding.kind,
        "layout": understanding.layout,
        "fingerprint": understanding.fingerprint,
        "roles": dict(understanding.roles),
        "personal": dict(understanding.personal),
        "dates": dict(date_orders or {}),
        "cells": [asdict(one) for one in wrong.cells],
        "rows": [{"row": one.row, "cells": dict(one.cells)} for one in wrong.rows],
        **({"cleaning": understanding.cleaning.to_plain()} if understanding.cleaning else {}),
    }
    return (json_line(json.dumps(plain, ensure_ascii=False, indent=2)) + "\n").encode()


def read_settings(data: bytes, name: str, understanding: Understanding) -> Settings:
    """The understanding with what the settings file says, and how dates are read.

    Columns are compared without case and accents, and the file is only ever read as text. Raises UserError for a file
    that is none or is of another table."""
    try:
        plain = json.loads(data.decode("utf-8-sig")) if len(data) <= LARGEST_SETTINGS else None
        json.dumps(plain, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError):
        plain = None
    if not isinstance(plain, dict):
        raise UserError("layouts.settings.not_json", name=name)
    if plain.get("format") != FORMAT:
        raise UserError("layouts.settings.wrong", name=name, part="format")
    kind, roles = plain.get("kind"), plain.get("roles")
    if kind not in ("orders", "customers", "table"):
        raise UserError("layouts.settings.wrong", name=name, part="kind")
    if not isinstance(roles, dict) or not all(
        role in ROLES and isinstance(column, str) and column for role, column in roles.items()
    ):
        raise UserError("layouts.settings.wrong", name=name, part="roles")
    if len(set(roles.values())) < len(roles):
        raise UserError("layouts.settings.wrong", name=name, part="roles")
    named = {compact(column): column for column in understanding.columns}
    missing = [column for column in roles.values() if compact(column) not in named]
    if missing:
        raise UserError("layouts.settings.other_columns", columns=missing[:10], count=len(missing))
    personal = plain.get("personal", {})
    if not isinstance(personal, dict) or not all(isinstance(column, str) for column in personal):
        raise UserError("layouts.settings.wrong", name=name, part="personal")
    dates = plain.get("dates", {})  # earlier files have none
    if not isinstance(dates, dict) or not all(order in ("day", "month") for order in dates.values()):
        raise UserError("layouts.settings.wrong", name=name, part="dates")
    known = [named[compact(column)] for column in personal if compact(column) in named]
    chosen = dict.fromkeys(understanding.roles, "") | {role: named[compact(column)] for role, column in roles.items()}
    found = with_roles(with_kind(understanding, kind), chosen, reason=SETTINGS)
    try:
        cleaning = TableCleaning.from_plain(plain.get("cleaning", TableCleaning().to_plain()), _by_name(understanding))
    except ValueError as error:
        raise UserError("layouts.settings.wrong", name=name, part="cleaning") from error
    found = replace(found, cleaning=cleaning)
    return Settings(
        with_personal(found, known) if "personal" in plain else found,
        {named[compact(column)]: order for column, order in dates.items() if compact(column) in named},
        _corrections(plain, name),
    )


def _by_name(understanding: Understanding) -> dict[str, str]:
    return {column: column for column in understanding.columns}


MOST_CORRECTIONS = 500


def _corrections(plain: Mapping[str, object], name: str) -> Corrections:
    """The corrected cells and rows of a settings file; earlier files have none. Raises UserError for anything else."""
    cells, rows = plain.get("cells", []), plain.get("rows", [])
    wrong = UserError("layouts.settings.wrong", name=name, part="cells")
    if not isinstance(cells, list) or not isinstance(rows, list) or len(cells) + len(rows) > 2 * MOST_CORRECTIONS:
        raise wrong
    found, added = [], []
    for one in cells:
        if not isinstance(one, dict):
            raise wrong
        column, written, corrected, row, by = (
            one.get(part) for part in ("column", "written", "corrected", "row", "by")
        )
        if not _are_texts([column, written, corrected, row]) or not isinstance(by, list) or len(by) > MOST_BY:
            raise wrong
        if not _are_texts(by):
            raise wrong
        found.append(CellCorrection(str(column), str(written), str(corrected), tuple(map(str, by or ())), str(row)))
    for one in rows:
        texts = one.get("cells") if isinstance(one, dict) else None
        if not isinstance(texts, dict) or not _are_texts([one.get("row"), *texts, *texts.values()]):
            raise wrong
        added.append(RowCorrection(str(one["row"]), tuple(texts.items())))
    return Corrections(tuple(found), tuple(added))


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
