"""The answer to a database query as a table, like one that was read from a file."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from lib.tables import Table, read_table


def table_from_frame(frame: pd.DataFrame, name: str) -> Table:
    """The table in a frame from elsewhere, such as `st.connection(…).query(…)`; `name` is what to call it.

    It is written as Parquet and read like an upload, so that types, limits and ids get the same treatment. A column of
    mixed things becomes text. Raises UserError as `read_table` does.
    """
    columns = {str(column): frame[column] for column in frame.columns}
    arrow = pa.table({column: _arrow(values) for column, values in columns.items()})
    data = io.BytesIO()
    parquet.write_table(arrow, data)
    return read_table(data.getvalue(), name)


def _arrow(values: pd.Series) -> pa.Array | pa.ChunkedArray:
    try:
        return pa.Array.from_pandas(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.Array.from_pandas(values.map(str, na_action="ignore").astype("str"))
