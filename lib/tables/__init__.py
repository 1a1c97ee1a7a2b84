"""Bytes of an upload → a table: encoding, separator, decimals, dates, sheets, size limits."""

import csv as csv_module
import hashlib
import io

from collections.abc import Mapping

import pandas as pd

from lib.errors import UserError
from lib.tables.limits import LIMIT_BYTES
from lib.tables.table import DateColumn, DateOrder, Note, Table

__all__ = ["LIMIT_BYTES", "DateColumn", "DateOrder", "Note", "Table", "read_table"]


def read_table(
    data: bytes, name: str, *, sheet: str | None = None, date_orders: Mapping[str, DateOrder] | None = None
) -> Table:
    """The table in a file. `name` is the file's name as uploaded. Raises UserError."""
    if len(data) > LIMIT_BYTES:
        raise UserError("tables.too_big", found=len(data) / 1024**2, limit=LIMIT_BYTES / 1024**2)
    if not data:
        raise UserError("tables.empty", name=name)
    sha = hashlib.sha256(data).hexdigest()
    if data[:4] == b"PAR1":
        frame = pd.read_parquet(io.BytesIO(data))
        return Table(_plain(frame), name, sha, "parquet")
    if data[:4] == b"PK\x03\x04" and name.lower().endswith(("xlsx", "ods")):
        book = pd.ExcelFile(io.BytesIO(data), engine="calamine")
        names = [str(found) for found in book.sheet_names]
        frames = {found: book.parse(found) for found in names}
        chosen = sheet or max(names, key=lambda found: frames[found].size)
        return Table(_plain(frames[chosen]), name, sha, "xlsx", sheet=chosen, sheets=tuple(names), header_row=0)
    if data[:2] == b"\x1f\x8b":
        import gzip

        data = gzip.decompress(data)
    encoding = "utf-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, encoding = data.decode("cp1252", errors="replace"), "cp1252"
    separator = csv_module.Sniffer().sniff(text[:20000].split("\n")[0], ",;\t|").delimiter
    decimal = "," if separator == ";" else "."
    frame = pd.read_csv(io.StringIO(text), sep=separator, decimal=decimal, low_memory=False)
    return Table(_plain(frame), name, sha, "csv", encoding=encoding, separator=separator, decimal=decimal, header_row=0)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    made = {}
    for name, column in frame.items():
        if column.dtype == "str":
            sample = column.dropna().head(50)
            for form in ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d", "%m/%d/%Y", "%d/%m/%y"):
                if len(sample) and pd.to_datetime(sample, format=form, errors="coerce").notna().all():
                    column = pd.to_datetime(column, format=form, errors="coerce").astype("datetime64[us]")
                    break
        elif column.dtype.kind == "f" and "id" in str(name).lower():
            column = column.astype("Int64").astype("str")
        elif column.dtype.kind == "M":
            column = column.astype("datetime64[us]")
        made[str(name)] = column
    return pd.DataFrame(made)
