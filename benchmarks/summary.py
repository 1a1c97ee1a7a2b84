"""The one line that a benchmark has in the table of `benchmarks.all`."""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = "BRINE_BENCHMARK_SUMMARY"
"""Environment variable: the file that the line is written to; without it none is."""


def summarise(size: str, ratio: float, of: str) -> None:
    """What was measured, and how many times as much it takes as a floor or a peer of the same run; `of` says which."""
    if path := os.environ.get(FILE):
        Path(path).write_text(json.dumps({"size": size, "ratio": ratio, "of": of}))
