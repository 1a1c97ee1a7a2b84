"""Tables whose cells were quoted before they were written: each still has its quotes."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

_LEAST = 2


def are_quoted(headers: Sequence[str]) -> bool:
    """Whether all headings stand in quotes of their own."""
    return len(headers) >= _LEAST and all(len(name) > 1 and name[0] == name[-1] == '"' for name in headers)


def without_quotes(table: pa.Table) -> pa.Table:
    """The table with the quotes around its cells taken off."""
    for at, name in enumerate(table.column_names):
        values = table.column(at)
        if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
            inside = pc.replace_substring_regex(values, r'(?s)^"(.*)"$', r"\1")
            table = table.set_column(at, name, pc.replace_substring(inside, '""', '"'))
    return table
