"""Ways to take results home: a table of (key, suffix, mime, encode)."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from lib import text
from lib.errors import UserError
from lib.safe_text import cell, visible

Note = tuple[str, str]
"""What a fact is called, and the fact."""


@dataclass(frozen=True)
class Export:
    """One way to take a table home. `encode(table, language, notes)` gives the file's bytes."""

    key: str
    suffix: str
    mime: str
    encode: Callable[[pd.DataFrame, str, Sequence[Note]], bytes]


def safe_cells(table: pd.DataFrame, clean: Callable[[str], str] = cell) -> pd.DataFrame:
    """The table with untrusted texts in cells and column names made harmless for a spreadsheet (`safe_text.cell`).

    Numbers and dates stay as they are. Where a file says itself which cells are texts, `safe_text.visible` is enough.
    """
    columns = [_safe(table.iloc[:, place], clean) for place in range(table.shape[1])]
    if not columns:
        return table
    return pd.concat(columns, axis=1).set_axis([clean(str(name)) for name in table.columns], axis=1)


def _safe(values: pd.Series, clean: Callable[[str], str]) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values.dtype) or values.dtype.kind in "Mmb":
        return values
    entries = values.astype("object").where(values.notna())
    distinct = {entry: clean(entry) for entry in entries.dropna().unique() if isinstance(entry, str)}
    changed = {entry: safe for entry, safe in distinct.items() if entry != safe}
    if not changed:
        return values
    return entries.map(lambda entry: changed.get(entry, entry) if isinstance(entry, str) else entry)


def to_plain_csv(table: pd.DataFrame) -> bytes:
    """CSV for the next program: UTF-8, commas, decimal points; cells are safe in a spreadsheet too."""
    return safe_cells(table).to_csv(index=False).encode()


def to_csv(table: pd.DataFrame, language: str = "en", notes: Sequence[Note] = ()) -> bytes:
    """CSV that Excel opens right by a double click: UTF-8 with BOM, the locale's separator and decimal sign, and words
    for yes and no, which `parsing.booleans` reads again."""
    form = text.locale(language)
    rows = safe_cells(_yes_no_in_words(table, language)).to_csv(
        index=False, sep=form.csv_separator, decimal=form.decimal, lineterminator="\r\n"
    )
    return rows.encode("utf-8-sig")


def _yes_no_in_words(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """The table with words in its columns of booleans: a spreadsheet shows the True of a CSV as an English word."""
    words = {True: text.say(language, "ui.yes"), False: text.say(language, "ui.no")}
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    if not any(pd.api.types.is_bool_dtype(column.dtype) for column in columns):
        return table
    said = [column.map(words) if pd.api.types.is_bool_dtype(column.dtype) else column for column in columns]
    return pd.concat(said, axis=1).set_axis(table.columns, axis=1)


EXCEL_ROWS = 1_048_575
"""Rows of data that one Excel sheet holds below its header."""


def to_excel(table: pd.DataFrame, language: str = "en", notes: Sequence[Note] = ()) -> bytes:
    """A workbook with typed columns, a frozen header, a filter, and a second sheet with `notes`.

    Raises UserError for more rows than a sheet holds.
    """
    if len(table) > EXCEL_ROWS:
        raise UserError("exports.too_many_rows_for_excel", rows=len(table), limit=EXCEL_ROWS)
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        safe_cells(table, visible).to_excel(writer, sheet_name="Brine", index=False)
        sheet = writer.sheets["Brine"]
        sheet.freeze_panes(1, 0)
        if len(table.columns):
            sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        for place, name in enumerate(table.columns):
            sheet.set_column(place, place, min(40, max(10, len(str(name)) + 3)))
        if notes:
            name = text.say(language, "exports.notes_sheet")[:SHEET_NAME]
            safe_cells(pd.DataFrame(list(notes), columns=["", " "])).to_excel(
                writer, sheet_name=name, index=False, header=False
            )
            writer.sheets[name].set_column(0, 1, 40)
    return buffer.getvalue()


SHEET_NAME = 31
"""Characters that Excel allows in the name of a sheet."""


def to_parquet(table: pd.DataFrame, language: str = "en", notes: Sequence[Note] = ()) -> bytes:
    """Parquet, for the next program rather than for a person; the notes are left out."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


EXPORTS: tuple[Export, ...] = (
    Export("csv", ".csv", "text/csv", to_csv),
    Export("excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_excel),
    Export("parquet", ".parquet", "application/vnd.apache.parquet", to_parquet),
)
"""Every way on offer; a page shows one button for each."""


def export(key: str) -> Export:
    """The way of that key. Raises KeyError for an unknown one."""
    return {way.key: way for way in EXPORTS}[key]
