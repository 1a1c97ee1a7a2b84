"""Everything needed to use a model elsewhere, in one zip: the model, its card, the versions, a script and a notebook.

The same model gives the same zip. The scoring script and the notebook need nothing of Brine.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from lib import text
from lib.card import Card
from lib.model_file import Format
from lib.presentation.document import to_html, to_markdown
from lib.safe_text import markdown

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ALWAYS = ("scikit-learn", "numpy", "scipy", "pandas", "joblib")
_SCRIPT = Path(__file__).with_name("kit_score.py.txt")


def kit(data: bytes, card: Card, *, format: Format, language: str) -> bytes:
    """A zip with the model file, `card.md`, `card.html`, `requirements.txt`, `open_model.ipynb` and `score.py`."""
    model = f"model{format.suffix}"
    opening = f"{opening_lines(format, model)}\nmodel.predict(customers)"
    members = {
        "README.md": _readme(card, model, language).encode(),
        model: data,
        "card.md": to_markdown(card, language, opening=opening).encode(),
        "card.html": to_html(card, language, opening=opening).encode(),
        "requirements.txt": requirements(card, format).encode(),
        "open_model.ipynb": notebook(data, card, format=format, language=language).encode(),
        "score.py": script(data, format).encode(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def opening_lines(format: Format, model: str) -> str:
    """The lines of Python that open a model file of that name."""
    library = format.opens_with.split("= ", 1)[1].split(".load", 1)[0]
    return f"import {library}\n\n{format.opens_with.replace('model_path', repr(model))}"


def requirements(card: Card, format: Format) -> str:
    """The exact versions that the model was made with, for `pip install -r requirements.txt`."""
    made_with = {**{name: version(name) for name in (*_ALWAYS, *format.packages)}, **card.versions}
    python = f"# Python {_one_line(made_with['python'])}\n" if "python" in made_with else ""
    names = dict.fromkeys([*_ALWAYS, *format.packages])
    return python + "".join(f"{name}=={_one_line(made_with[name])}\n" for name in names)


def script(data: bytes, format: Format) -> str:
    """`score.py`: a file of customers in, a file of predictions out. It opens only the model that it was packaged
    with."""
    model = f"model{format.suffix}"
    return (
        _SCRIPT.read_text(encoding="utf-8")
        .replace("<<MODEL>>", model)
        .replace("<<SHA256>>", hashlib.sha256(data).hexdigest())
        .replace("<<IMPORT>>", opening_lines(format, model).split("\n", 1)[0])
        .replace("<<OPEN>>", format.opens_with.replace("model_path", "MODEL"))
    )


def notebook(data: bytes, card: Card, *, format: Format, language: str) -> str:
    """`open_model.ipynb`: open the model, let it prove itself, ask it about customers."""
    model = f"model{format.suffix}"
    cells = [
        ("markdown", text.say(language, "kit.open", model=model)),
        ("code", opening_lines(format, model)),
        ("markdown", text.say(language, "kit.prove")),
        ("code", SELF_TEST),
        ("markdown", text.say(language, "kit.ask", columns=[markdown(column.name) for column in card.columns])),
        ("code", "customers = rows  # or: pd.read_csv('customers.csv')\nmodel.predict(customers)"),
    ]
    return json.dumps(
        {
            "cells": [_cell(place, kind, source) for place, (kind, source) in enumerate(cells)],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    )


SELF_TEST = """import numpy as np, pandas as pd
test = model.brine_card_["self_test"]
rows, expected = pd.DataFrame(test["rows"]), np.array(test["expected"]["predict"])
answers = np.asarray(model.predict(rows))
same = np.isclose(answers, expected, rtol=1e-6) if answers.dtype.kind == "f" else answers == expected
print(same.sum(), "of", len(same), "answers are the same")"""
"""How an opened model proves itself anywhere, with nothing of Brine."""


def _cell(place: int, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"id": f"cell-{place}", "cell_type": kind, "metadata": {}, "source": _lines(source)}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _lines(source: str) -> Sequence[str]:
    return source.splitlines(keepends=True)


def _readme(card: Card, model: str, language: str) -> str:
    return text.say(language, "kit.readme", model=model, rows=card.self_test_rows) + "\n"


def _one_line(value: str) -> str:
    """A version from a card, which may be untrusted: it must not add a second line to the requirements."""
    return "".join(letter for letter in value if letter.isalnum() or letter in ".+-_")[:40]
