"""A notebook as steps: each a sentence in the reader's language and lines of Python; written as `.ipynb` or `.py`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What a cell does, in words, and its lines of Python."""

    words: str
    code: str


def to_notebook(title: str, steps: Sequence[Step]) -> bytes:
    """The steps as a notebook of format 4: a text cell before each cell of code."""
    cells: list[dict[str, object]] = [_cell("title", "markdown", f"# {title}")]
    for place, step in enumerate(steps):
        cells += [_cell(f"text-{place}", "markdown", step.words), _cell(f"code-{place}", "code", step.code)]
    plain = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def to_script(title: str, steps: Sequence[Step]) -> bytes:
    """The steps as a script: the words as comments."""
    parts = [_comment(title)]
    parts += [f"{_comment(step.words)}\n{step.code}" for step in steps]
    return ("\n\n".join(parts) + "\n").encode()


def _comment(words: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(" ".join(words.split()), 110))


def _cell(name: str, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "id": name,
        "cell_type": kind,
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell
