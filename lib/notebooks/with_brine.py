"""What the pages did, as a notebook that uses Brine's own functions: the same model, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields

import pandas as pd

from lib import text
from lib.notebooks.steps import Step
from lib.project import ReadingSettings
from lib.safe_text import markdown
from lib.training import Question


@dataclass(frozen=True)
class Work:
    """What a page did, as a notebook repeats it."""

    files: tuple[str, ...]
    """Names of the files; none for the sample shop."""
    settings: ReadingSettings
    kind: str
    """`orders` or a customer table (`customers`, `table`)."""
    sha256: str = ""
    """Of the model that the page gave."""


def training_steps(work: Work, question: Question, language: str) -> tuple[Step, ...]:
    """Read, train, save, open again, score."""
    return (
        *_reading(work, language),
        Step(text.say(language, "notebooks.train"), _train(work, question)),
        Step(text.say(language, "notebooks.save"), _save(work)),
        *scoring_steps(work, language, read=False),
    )


def scoring_steps(work: Work, language: str, *, read: bool = True) -> tuple[Step, ...]:
    """Read, open the model, score."""
    first = _reading(work, language) if read else ()
    return (*first, Step(text.say(language, "notebooks.score"), _score(work, language)))


def _reading(work: Work, language: str) -> tuple[Step, ...]:
    if not work.files:
        return (Step(text.say(language, "notebooks.read_sample"), _SAMPLE),)
    return (Step(text.say(language, "notebooks.read"), _read(work)),)


_SAMPLE = """from lib.layouts import understand
from lib.orders import clean, number_of_orders
from lib.sample import sample_shop
from lib.tables import Table

table = Table(sample_shop(), "sample_shop.csv", "", "csv")
orders = clean(table, understand(table))
print(orders.lines["customer_id"].nunique(), "customers", number_of_orders(orders.lines), "orders")"""


def _read(work: Work) -> str:
    names = ", ".join(repr(name) for name in work.files)
    lines = [
        "from pathlib import Path",
        "",
        *_imports(work),
        "",
        f"files = [(name, Path(name).read_bytes()) for name in [{names}]]",
        "settings = ReadingSettings(",
        *(f"    {line}," for line in arguments_of(work.settings)),
        ")",
    ]
    if work.kind == "orders":
        key = ', key=Path("secret.txt").read_bytes().strip()' if work.settings.pseudonymised else ""
        lines += [
            f"orders = orders_with(files, Project(reading=settings){key})",
            'print(orders.lines["customer_id"].nunique(), "customers", number_of_orders(orders.lines), "orders")',
        ]
    else:
        lines += [
            "table = read_with(files, settings).tables[0]",
            "people = customers(table, understood_with(table, settings))",
        ]
        if work.settings.pseudonymised:
            lines.append('people = hash_index(people, Path("secret.txt").read_bytes().strip())')
        lines.append('print(len(people), "customers")')
    return "\n".join(lines)


def _imports(work: Work) -> list[str]:
    orders = work.kind == "orders"
    used = ["CleanOptions", *(["StatusMeaning"] if work.settings.options.status_meanings else [])]
    used += ["number_of_orders"] if orders else ["customers"]
    used += ["hash_index"] if not orders and work.settings.pseudonymised else []
    project = ["Corrections", "ReadingSettings", *(["Project", "orders_with"] if orders else ["read_with"])]
    project += [] if orders else ["understood_with"]
    return [f"from lib.orders import {', '.join(used)}", f"from lib.project import {', '.join(project)}"]


def arguments_of(value: object) -> list[str]:
    """`name=value` of every field of a dataclass that is not at its default, as Python."""
    found = []
    for one in fields(value):  # type: ignore[arg-type]
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        mine = getattr(value, one.name)
        if mine != default:
            found.append(f"{one.name}={_python(mine)}")
    return found


def _python(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"pd.Timestamp({value.isoformat()!r})"
    if hasattr(value, "__dataclass_fields__"):
        return f"{type(value).__name__}({', '.join(arguments_of(value))})"
    if isinstance(value, tuple):
        inner = ", ".join(_python(one) for one in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def _train(work: Work, question: Question) -> str:
    plain = [line for line in arguments_of(question) if not line.startswith("like=")]
    lines = ["import hashlib", "", "import pandas as pd", ""]
    if question.like is not None:
        lines += ["from lib.gate import open_model"]
        plain.append('like=open_model(Path("earlier.pkl").read_bytes()).card')
        lines.insert(1, "from pathlib import Path")
    lines += [
        "from lib.model_file.making import make_model",
        f"from lib.training import Question, train_{'orders' if work.kind == 'orders' else 'customers'}",
        "",
        f"question = Question({', '.join(plain)})",
    ]
    if work.kind == "orders":
        lines.append(
            "made = make_model(\n"
            '    lambda asked: train_orders(orders, asked), question, formats=("pickle",), lines=orders.lines\n)'
        )
    else:
        lines.append('made = make_model(lambda asked: train_customers(people, asked), question, formats=("pickle",))')
    lines += ["for name, value in made.card.metrics.items():", "    print(name, round(value, 4))"]
    return "\n".join(lines)


def _save(work: Work) -> str:
    lines = [
        "from pathlib import Path",
        "",
        'Path("model.pkl").write_bytes(made.files["pickle"])',
        'sha256 = hashlib.sha256(made.files["pickle"]).hexdigest()',
        "print(sha256)",
    ]
    if work.sha256:
        lines.append(f'print("same as on the page:", sha256 == "{work.sha256}")')
    return "\n".join(lines)


def _score(work: Work, language: str) -> str:
    lines = ["from pathlib import Path", "", "from lib.gate import open_model"]
    if work.kind == "orders":
        lines += [
            "from lib.features import default_cutoff",
            "from lib.scoring import Choices, rows_from_orders, score",
            "",
            'with open_model(Path("model.pkl").read_bytes()) as opened:',
            "    cutoff = default_cutoff(orders)",
            "    rows = rows_from_orders(opened, orders, cutoff)",
            f'    scores = score(opened, rows, Choices(language="{language}", cutoff=cutoff))',
        ]
    else:
        lines += [
            "from lib.scoring import Choices, rows_from_table, score",
            "",
            'with open_model(Path("model.pkl").read_bytes()) as opened:',
            "    rows = rows_from_table(opened, table, understood_with(table, settings))",
            f'    scores = score(opened, rows, Choices(language="{language}"))',
        ]
    lines += ['scores.table.to_csv("scores.csv", index=False)', "scores.table.head()"]
    return "\n".join(lines)


def titles(work: Work, language: str) -> str:
    """The notebook's title."""
    names: Sequence[str] = work.files or (text.say(language, "sample.name"),)
    return text.say(language, "notebooks.title", names=[markdown(name) for name in names])
