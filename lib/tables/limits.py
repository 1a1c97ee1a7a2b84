"""How much one upload may hold, before and after it is unpacked."""

LIMIT_BYTES = 200 * 1024**2
"""Of the upload as it arrives."""

LIMIT_EXPANDED_BYTES = 512 * 1024**2
"""Of what an archive, a workbook or a column file unpacks to."""

LIMIT_ROWS = 5_000_000
LIMIT_COLUMNS = 16_384
LIMIT_CELLS = 100_000_000
"""Rows × columns; the wide table above has 9,074 columns and three rows, the long one twenty columns and millions."""

LIMIT_SHEET_CELLS = 20_000_000
"""Of one worksheet: a workbook is decoded cell by cell, which costs ten times what text costs."""

LIMIT_WORKER_BYTES = 4 * 1024**3
LIMIT_CPU_SECONDS = 120
"""Of the process that decodes one workbook, Parquet, Feather or JSON file."""
