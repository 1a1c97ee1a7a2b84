"""Where this server keeps saved models."""

from __future__ import annotations

import os
from pathlib import Path

from lib.store import Store

ROOT = Path(__file__).resolve().parents[2]


def store() -> Store:
    """The folder `models/`, or the path or URL in the environment variable BRINE_MODELS."""
    return Store(os.environ.get("BRINE_MODELS") or str(ROOT / "models"))
