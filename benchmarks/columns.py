# ruff: noqa: T201
"""Any column of the customer tables, beside scikit-learn's own models by default.

    python benchmarks/columns.py [folder of data] [splits]

Every table is split three times: Brine learns from three quarters and never sees the last one, on which it and the
others are measured. Printed: mean AUC (R² of a number) and log loss (RMSE), the time to learn, and what Brine left out.
"""

import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lib.recipes import prepare
from lib.tables import read_table
from lib.training import Question, train_customers
from lib.training.columns import read_target
from lib.training.inputs import as_the_pipeline_sees, sort_columns

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True)
class Case:
    """A table, the column to predict, and columns that nobody may look at."""

    file: str
    target: str
    without: tuple[str, ...] = ()


CASES = (
    Case("ecommerce_churn (data dictionary first).xlsx", "Churn"),
    Case("telco_churn.csv", "Churn"),
    Case("marketing_campaign.csv", "Response"),
    Case("bank-additional.csv", "y", ("duration",)),
    Case("wholesale.csv", "Channel"),
    Case("marketing_campaign.csv", "Education"),
    Case("ecommerce_churn (data dictionary first).xlsx", "PreferedOrderCat"),
    Case("Ecommerce Customers.csv", "Yearly Amount Spent"),
    Case("Mall_Customers.csv", "Spending_Score"),
    Case("marketing_campaign.csv", "Income"),
    Case("telco_churn.csv", "MonthlyCharges"),
)

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


def measure(task: str, truth: np.ndarray, model: BaseEstimator, table: pd.DataFrame) -> tuple[float, float]:
    """AUC and log loss, or R² and RMSE."""
    if task == "number":
        said = model.predict(table)
        return float(r2_score(truth, said)), float(root_mean_squared_error(truth, said))
    chances = np.clip(model.predict_proba(table), 1e-6, 1)
    chances /= chances.sum(axis=1, keepdims=True)
    auc = (
        roc_auc_score(truth == model.classes_[1], chances[:, 1])
        if len(model.classes_) == 2
        else roc_auc_score(truth, chances, multi_class="ovr", labels=model.classes_)
    )
    return float(auc), float(log_loss(truth, chances, labels=model.classes_))


def run(case: Case, data: Path, splits: int) -> None:
    """Measure and print one case."""
    frame = read_table((data / "customer_tables" / case.file).read_bytes(), case.file).frame
    frame = frame.drop(columns=list(case.without))
    known, target = read_target(frame, case.target)
    print(f"\n{case.file} → {case.target} ({len(known)} customers, {target.task})")
    found: dict[str, list[tuple[float, float, float]]] = {}
    chosen: list[str] = []
    for seed in range(splits):
        answers = None if target.task == "number" else target.values
        learn, test = train_test_split(np.arange(len(known)), test_size=0.25, random_state=seed, stratify=answers)
        begin = time.process_time()
        trained = train_customers(known.iloc[learn], Question("target", target=case.target, seed=seed))
        spent = time.process_time() - begin
        columns = sort_columns(known.drop(columns=case.target).iloc[learn])
        seen = as_the_pipeline_sees(known, columns.inputs)
        ours = seen[list(trained.example.columns)] if set(trained.example.columns) <= set(seen.columns) else known
        found.setdefault("Brine", []).append(
            (*measure(target.task, target.values[test], trained.pipeline, ours.iloc[test]), spent)
        )
        chosen.append(trained.card.recipe)
        for name, build in (REGRESSORS if target.task == "number" else CLASSIFIERS).items():
            begin = time.process_time()
            model = make_pipeline(prepare(columns.inputs), build(seed))
            model.fit(seen.iloc[learn], target.values[learn])
            spent = time.process_time() - begin
            found.setdefault(name, []).append(
                (*measure(target.task, target.values[test], model, seen.iloc[test]), spent)
            )
    heads = ("R²", "RMSE") if target.task == "number" else ("AUC", "log loss")
    print(f"  {'':22}{heads[0]:>9}{heads[1]:>11}{'seconds':>9}")
    for name, values in found.items():
        score, loss, spent = np.mean(values, axis=0)
        print(f"  {name:22}{score:9.4f}{loss:11.4f}{spent:9.1f}")
    print(
        f"  chosen: {', '.join(chosen)}; left out: {trained.card.evaluation['left_out']}; limits: {trained.card.limits}"
    )


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    arguments = sys.argv[1:]
    for one in CASES:
        run(one, Path(arguments[0]) if arguments else DATA, int(arguments[1]) if len(arguments) > 1 else 3)
