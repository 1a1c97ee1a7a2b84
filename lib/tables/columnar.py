"""Parquet, Feather, Arrow, JSON and XML → columns; what they expand to is known before they are decoded."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from lib.errors import UserError
from lib.tables.limits import LIMIT_CELLS, LIMIT_COLUMNS, LIMIT_EXPANDED_BYTES, LIMIT_ROWS
from lib.tables.records import are_records, flat_rows, one_table_inside, records_inside, unwrapped, xml_records
from lib.tables.unwrap import DECLARES, Content

_BATCH = 65_536


def read_columnar(content: Content) -> Mapping[str, pa.ChunkedArray]:
    """The columns of a Parquet, Feather, Arrow, JSON or XML file, each of one of a table's types. Raises UserError."""
    try:
        if content.kind == "parquet":
            table = _parquet(content)
        elif content.kind == "feather":
            table = _arrow(content)
        elif content.kind == "xml":
            table = _xml(content)
        else:
            table = _json(content)
    except (pa.ArrowException, OSError, MemoryError, OverflowError, RecursionError):
        raise UserError("tables.damaged", name=content.name) from None
    except (ValueError, KeyError) as error:
        if isinstance(error, UserError):
            raise
        raise UserError("tables.damaged", name=content.name) from None
    _check(table.num_rows, table.num_columns)
    kept = [at for at, name in enumerate(table.column_names) if not _is_row_number(name, table.column(at))]
    return {f"{table.column_names[at]}\x00{at}": _plain(table.column(at)) for at in kept}


def _parquet(content: Content) -> pa.Table:
    file = parquet.ParquetFile(pa.BufferReader(content.data))
    about = file.metadata
    _check(about.num_rows, about.num_columns)
    size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if size > LIMIT_EXPANDED_BYTES:
        raise UserError("tables.expands", name=content.name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
    texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
    file = parquet.ParquetFile(pa.BufferReader(content.data), read_dictionary=texts)
    batches: list[pa.RecordBatch] = []
    held = 0
    for batch in file.iter_batches(batch_size=_BATCH):
        # a dictionary of one long word, said a million times, is small until it is written out
        held += sum(_written_out(column) for column in batch.columns)
        if held > LIMIT_EXPANDED_BYTES:
            raise UserError("tables.expands", name=content.name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
        batches.append(batch)
    schema = batches[0].schema if batches else file.schema_arrow
    return pa.Table.from_batches(batches, schema=schema)


def _written_out(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary) if _is_text(column.type.value_type) else None
    if lengths is None or not len(lengths):
        return column.nbytes
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)


def _arrow(content: Content) -> pa.Table:
    source = pa.BufferReader(content.data)
    if content.data[:6] != b"ARROW1":
        if content.data[:4] == b"FEA1":
            raise UserError("tables.old_feather", name=content.name)
        return _within(pa.ipc.open_stream(source), content)
    file = pa.ipc.open_file(source)
    return _within((file.get_batch(at) for at in range(file.num_record_batches)), content, schema=file.schema)


def _within(batches: Iterator[pa.RecordBatch], content: Content, *, schema: pa.Schema | None = None) -> pa.Table:
    kept: list[pa.RecordBatch] = []
    rows = held = 0
    for batch in batches:
        rows += batch.num_rows
        held += sum(_written_out(column) for column in batch.columns)
        _check(rows, batch.num_columns)
        if held > LIMIT_EXPANDED_BYTES:
            raise UserError("tables.expands", name=content.name, limit=LIMIT_EXPANDED_BYTES / 1024**2)
        kept.append(batch)
    return pa.Table.from_batches(kept, schema=kept[0].schema if kept else schema)


def _json(content: Content) -> pa.Table:
    from lib.tables import encodings  # the text of a JSON file has an encoding too

    text = encodings.to_utf8(content.data, encodings.find_encoding(content.data))[:].decode("utf-8")
    start = text.lstrip()[:1]
    records: list[object]
    if start == "[":
        records = one_table_inside(json.loads(text))
        records = [unwrapped(record) for record in records]
    else:
        try:
            records = [json.loads(line) for line in io.StringIO(text) if line.strip()]
        except ValueError:
            records = [json.loads(text)]
        records = [unwrapped(record) for record in records]
        if len(records) == 1:
            whole = records[0]
            records = (
                records_inside(whole) if isinstance(whole, dict) else whole if isinstance(whole, list) else records
            )
    if records and all(isinstance(record, list) for record in records):
        head = [str(name) for name in records[0]] if isinstance(records[0], list) else []
        records = [dict(zip(head, record, strict=False)) for record in records[1:] if isinstance(record, list)]
    if not are_records(records):
        raise UserError("tables.not_records", name=content.name)
    return _of_rows(flat_rows([record for record in records if isinstance(record, dict)]))


def _xml(content: Content) -> pa.Table:
    """The elements that repeat in a document without declarations, which could expand."""
    data = bytes(content.data[:])
    if DECLARES.search(data):
        raise UserError("tables.xml", name=content.name)
    try:
        records = xml_records(ElementTree.fromstring(data))
    except (ElementTree.ParseError, LookupError):
        raise UserError("tables.damaged", name=content.name) from None
    if len(records) < 2:
        raise UserError("tables.xml", name=content.name)
    return _of_rows(flat_rows(records))


def _of_rows(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    _check(len(rows), len(names))
    return pa.table({name: _column([row.get(name) for row in rows]) for name in names})


def _column(values: list[object]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_())
    if kinds <= {int, float} and not any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        return pa.array(values, pa.int64() if kinds == {int} else pa.float64())
    return pa.array(
        [value if value is None or isinstance(value, str) else json.dumps(value) for value in values], pa.string()
    )


def _is_row_number(name: str, column: pa.ChunkedArray) -> bool:
    """The row numbers that pandas saves beside a table."""
    return name.startswith("__index_level_") and pa.types.is_integer(column.type)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """One of the few types of a table: text, whole or decimal numbers, moments without a zone, true or false."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(pc.cast(column, kind.value_type))
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column) if kind.tz else column  # the wall clock of the shop
        return pc.cast(local, pa.timestamp("us"), safe=False)
    if pa.types.is_date(kind):
        return pc.cast(column, pa.timestamp("us"))
    if pa.types.is_boolean(kind):
        return column if not column.null_count else pc.if_else(column, "True", "False")
    if pa.types.is_integer(kind):
        if column.null_count == 0:
            try:
                return pc.cast(column, pa.int64())
            except pa.ArrowInvalid:
                return pc.cast(column, pa.string())
        return pc.cast(column, pa.float64(), safe=False)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pc.cast(column, pa.float64(), safe=False)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.chunked_array([pa.array([_hex(value) for value in column.to_pylist()], pa.string())])
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        words = [
            None if value is None else json.dumps(value, default=str, ensure_ascii=False)
            for value in column.to_pylist()
        ]
        return pa.chunked_array([pa.array(words, pa.string())])


def _hex(value: bytes | None) -> str | None:
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()


def _check(rows: int, columns: int) -> None:
    if rows > LIMIT_ROWS:
        raise UserError("tables.too_many_rows", found=rows, limit=LIMIT_ROWS)
    if columns > LIMIT_COLUMNS:
        raise UserError("tables.too_many_columns", found=columns, limit=LIMIT_COLUMNS)
    if rows * columns > LIMIT_CELLS:
        raise UserError("tables.too_many_cells", rows=rows, columns=columns, limit=LIMIT_CELLS)
