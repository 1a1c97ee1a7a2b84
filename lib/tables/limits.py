"""How much one upload may hold, before and after it is unpacked."""

import contextlib
import os
from pathlib import Path

LIMIT_BYTES = 200 * 1024**2
"""Of the upload as it arrives."""

LIMIT_EXPANDED_BYTES = 512 * 1024**2
"""Of what an archive, a workbook or a column file unpacks to."""

LIMIT_ROWS = 5_000_000
LIMIT_COLUMNS = 16_384
LIMIT_CELLS = 100_000_000
"""Rows × columns; the wide table above has 9,074 columns and three rows, the long one twenty columns and millions."""

LIMIT_TABLES = 1_000
"""Tables of one dump, sheets of one workbook: each costs milliseconds, and bytes hardly any."""

LIMIT_SHEET_CELLS = 20_000_000
"""Of one worksheet: a workbook is decoded cell by cell, which costs ten times what text costs."""

LIMIT_WORKER_BYTES = 4 * 1024**3
LIMIT_CPU_SECONDS = 120
"""Of the process that decodes one upload; of its memory, no more than six tenths of what the host has."""

LEAST_CPU_SECONDS = 10
CPU_SECONDS_PER_MB = 8
"""Of the same process for a small upload. The honest files that cost most (pages of HTML, XML, dates and amounts as
text) took 1.6 s per MB of what they unpack to, measured with 3,000 rows of eleven formats."""

LIMIT_RATIO = 200
LIMIT_RATIO_FROM_BYTES = 64 * 1024**2
"""Maximum ratio of an archive's content to its own size, once the content is larger than this; exports reach 50."""


def cpu_seconds(size: int) -> int:
    """CPU time that decoding may take in all; `size`: bytes of the upload, or of what it unpacks to."""
    return min(LIMIT_CPU_SECONDS, LEAST_CPU_SECONDS + CPU_SECONDS_PER_MB * size // 1024**2)


def host_memory() -> int:
    """Bytes of memory that this host, or the container around it, lets all processes together have."""
    found = [64 * 1024**3]
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            text = Path(path).read_text().strip()
        except OSError:
            continue
        if text.isdecimal():
            found.append(int(text))
    with contextlib.suppress(ValueError, OSError, AttributeError):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min(found)
