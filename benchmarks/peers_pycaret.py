# ruff: noqa: T201
"""The best of PyCaret's `compare_models` on the very splits of `benchmarks.columns`.

PyCaret 3.3.2 pins scikit-learn below 1.5 and pandas below 2.2, so it lives in an environment of its own:

    python3.11 -m venv /tmp/pycaret && /tmp/pycaret/bin/pip install pycaret==3.3.2 six
    python -m benchmarks.columns --export /tmp/splits --splits 2
    /tmp/pycaret/bin/python benchmarks/peers_pycaret.py /tmp/splits /tmp/pycaret.json [case …]
    python -m benchmarks.columns --peers /tmp/pycaret.json

All its models are compared once (10 folds, its defaults otherwise); measured on the rows held out are the one that it
puts first by AUC (R² of a number) and the one by log loss (RMSE). The seconds are those of the whole comparison.
"""

import importlib
import json
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import log_loss, r2_score, roc_auc_score


class Experiment(Protocol):
    """The interface of PyCaret used here; PyCaret is not installed where this file is type-checked."""

    def setup(self, **options: object) -> object: ...
    def add_metric(self, key: str, name: str, measure: object, **options: object) -> object: ...
    def compare_models(self, **options: object) -> object: ...
    def pull(self) -> pd.DataFrame: ...
    def create_model(self, key: object, **options: object) -> object: ...
    def predict_model(self, model: object, **options: object) -> pd.DataFrame: ...


Figures = tuple[float, float]


def chances_of(
    experiment: Experiment, model: object, table: pd.DataFrame, classes: Sequence[str]
) -> NDArray[np.float64]:
    """Probabilities, rows × classes; for a model without them, 1 for its prediction."""
    said = experiment.predict_model(model, data=table, raw_score=True, verbose=False)
    names = [f"prediction_score_{one}" for one in classes]
    if set(names) <= set(said.columns):
        return said[names].to_numpy(dtype="float64")
    return np.column_stack([(said["prediction_label"].astype(str) == str(one)).to_numpy("float64") for one in classes])


def of_classes(experiment: Experiment, model: object, test: pd.DataFrame, target: str) -> Figures:
    """AUC and log loss, as `benchmarks.columns` measures them."""
    classes = sorted(test[target].unique())
    chances = np.clip(chances_of(experiment, model, test.drop(columns=target), classes), 1e-6, 1)
    chances /= chances.sum(axis=1, keepdims=True)
    truth = test[target].to_numpy()
    if len(classes) == 2:
        auc = roc_auc_score(truth == classes[1], chances[:, 1])
    else:
        auc = roc_auc_score(truth, chances, multi_class="ovr", labels=classes)
    return float(auc), float(log_loss(truth, chances, labels=classes))


def of_number(experiment: Experiment, model: object, test: pd.DataFrame, target: str) -> Figures:
    """R² and RMSE."""
    said = experiment.predict_model(model, data=test.drop(columns=target), verbose=False)["prediction_label"]
    truth = test[target].to_numpy("float64")
    return float(r2_score(truth, said)), float(np.sqrt(((truth - said.to_numpy("float64")) ** 2).mean()))


def compare(place: Path) -> tuple[str, str, dict[str, tuple[float, float, float]]]:
    """Name → figures of one split."""
    about = json.loads((place / "about.json").read_text())
    target, number = about["target"], about["task"] == "number"
    texts = dict.fromkeys([*about["categories"], *([] if number else [target])], str)
    learn, test = (
        pd.read_csv(place / name, dtype=texts, parse_dates=about["dates"], keep_default_na=False, na_values=[""])
        for name in ("learn.csv", "test.csv")
    )
    if not number:
        # PyCaret 3.3.2 fails on answers that are digits.
        learn[target], test[target] = "is " + learn[target], "is " + test[target]
    room, name = ("regression", "RegressionExperiment") if number else ("classification", "ClassificationExperiment")
    begin = time.process_time()
    experiment: Experiment = getattr(importlib.import_module(f"pycaret.{room}"), name)()
    experiment.setup(
        data=learn,
        test_data=test,
        target=target,
        index=False,
        session_id=about["seed"],
        categorical_features=about["categories"] or None,
        date_features=about["dates"] or None,
        n_jobs=1,
        verbose=False,
        html=False,
    )
    if not number:
        experiment.add_metric(
            "logloss", "Log loss", log_loss, target="pred_proba", greater_is_better=False, multiclass=True
        )
    first = experiment.compare_models(sort="R2" if number else "AUC", n_select=1, verbose=False)
    table = experiment.pull()
    by_loss = table["RMSE"].astype(float) if number else table["Log loss"].replace(0, np.nan).astype(float)
    spent = time.process_time() - begin
    second = experiment.create_model(by_loss.idxmin(), cross_validation=False, verbose=False)
    print(table.iloc[:5].to_string(), "\n", by_loss.idxmin(), flush=True)
    measure = of_number if number else of_classes
    heads = ("R²", "RMSE") if number else ("AUC", "log loss")
    return (
        about["case"],
        str(about["seed"]),
        {
            f"PyCaret by {head}": (*measure(experiment, model, test, target), spent)
            for head, model in zip(heads, (first, second), strict=True)
        },
    )


def main() -> None:
    """Every split of a folder, or those of some cases."""
    folder, result, cases = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    found = json.loads(result.read_text()) if result.exists() else {}
    # The first split of every case comes before the second of any: a run that is stopped has seen every table.
    for place in sorted(folder.iterdir(), key=lambda one: one.suffix):
        if not cases or place.stem in cases:
            case, seed, figures = compare(place)
            for name, values in figures.items():
                found.setdefault(case, {}).setdefault(name, {})[seed] = values
            result.write_text(json.dumps(found))
            print(case, seed, figures, flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
