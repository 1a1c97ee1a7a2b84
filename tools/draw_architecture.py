"""Writes the data-flow picture into docs/architecture.md from `lib.LAYERS`: `python tools/draw_architecture.py`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lib import LAYERS  # noqa: E402 - found through the path set above

PAGE = ROOT / "docs" / "architecture.md"

STAGES: dict[str, tuple[str, ...]] = {
    "Basics": ("errors", "safe_text", "turns", "logs", "leftovers", "schema", "text", "parsing", "sample"),
    "Read": ("tables", "layouts", "joins", "orders"),
    "Explore": ("btyd", "insights"),
    "Describe customers": ("features",),
    "Train": ("card", "evaluation", "recipes", "segments", "training"),
    "Write the file": ("leaks", "model_file"),
    "Open an untrusted file": (
        "gate",
        "forgetting",
    ),
    "Score": ("scoring", "drift", "backtest", "comparison", "audience"),
    "Tell": ("presentation", "store", "project", "changes", "notebooks", "exports", "charts"),
    "Run": ("jobs", "partitions", "cluster", "cli", "ui"),
}
"""What a group of layers is for → its layers, in their order."""

FLOW = (
    ("upload", "Read", "bytes"),
    ("Read", "Explore", "order lines"),
    ("Read", "Describe customers", "order lines"),
    ("Describe customers", "Train", "one row per customer"),
    ("Train", "Write the file", "fitted pipeline, card"),
    ("Write the file", "pickle", ""),
    ("pickle", "Open an untrusted file", "bytes"),
    ("Open an untrusted file", "Score", "opened model"),
    ("Describe customers", "Score", "rows"),
    ("Explore", "Tell", "small tables"),
    ("Score", "Tell", "scores, reasons"),
    ("Tell", "Run", "figures, sentences, files"),
)
"""From, to, what is handed over."""


def picture() -> str:
    """The data flow as a Mermaid diagram, which GitHub and most editors draw."""
    named = {"upload": "upload([export of a shop])", "pickle": "pickle([model.pkl])"}
    for stage, layers in STAGES.items():
        named[stage] = f'{_key(stage)}["<b>{stage}</b><br>{"<br>".join(layers)}"]'
    lines = [f"    {box}" for box in named.values()]
    lines += [f"    {_key(a)} -->{f'|{label}|' if label else ''} {_key(b)}" for a, b, label in FLOW]
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```"])


def _key(stage: str) -> str:
    return re.sub(r"\W", "_", stage)


def page(text: str) -> str:
    """`text` with the picture between its marks replaced."""
    return re.sub(r"(<!-- picture -->\n).*?(\n<!-- end -->)", lambda m: m[1] + picture() + m[2], text, flags=re.DOTALL)


if __name__ == "__main__":
    assert sum(STAGES.values(), ()) == LAYERS, "STAGES must list every layer in the order of lib.LAYERS"
    PAGE.write_text(page(PAGE.read_text()))
