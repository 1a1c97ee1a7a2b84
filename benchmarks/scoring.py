"""Scoring a million customers behind the gate, beside `pipeline.predict` called directly on the same table.

    python -m benchmarks.scoring [--rows 1000000] [--rounds 3]

Everything is included but reading the file: holding table and model side by side, checking every cell, flags, the way
to the model's process and back. Printed are the ratios of speeds; 1.0 is as fast as the bare call. A classifier
predicts classes and probabilities, so it is compared with both calls and with `predict` alone.
"""

import argparse
import pickle
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from benchmarks.summary import summarise
from lib.gate import open_model
from lib.scoring import score

COLUMNS = 12


def table(rows: int, seed: int = 0) -> pd.DataFrame:
    """Customers with twelve numbers and a country."""
    random = np.random.default_rng(seed)
    numbers = {f"column_{place}": random.gamma(2, 10, rows) for place in range(COLUMNS)}
    return (
        pd.DataFrame(numbers)
        .assign(country=random.choice(["Spain", "France", "Italy", "Peru"], rows))
        .astype({"country": "str"})
    )


def models() -> dict[str, Pipeline]:
    """What shops use: boosting, a logistic regression with a category, a number, and groups."""
    learnt = table(20_000, seed=1)
    yes = learnt["column_0"] + learnt["column_1"] > 40
    words = ColumnTransformer(
        [("country", OneHotEncoder(handle_unknown="ignore"), ["country"])], remainder=StandardScaler()
    )
    numbers = learnt.drop(columns="country")
    return {
        "boosting": make_pipeline(StandardScaler(), HistGradientBoostingClassifier(max_iter=100)).fit(numbers, yes),
        "logistic with a category": make_pipeline(words, LogisticRegression()).fit(learnt, yes),
        "linear with a category": make_pipeline(words, Ridge()).fit(learnt, learnt["column_0"]),
        "groups": make_pipeline(StandardScaler(), KMeans(6, n_init=1, random_state=0)).fit(numbers),
    }


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print a line per model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    customers, slowest = table(options.rows), 0.0
    for name, model in models().items():
        needed = customers[list(model.feature_names_in_)]
        methods = ["predict", *(["predict_proba"] if hasattr(model, "predict_proba") else [])]
        with open_model(pickle.dumps(model)) as opened:
            rounds = [
                (
                    seconds(lambda model=model, needed=needed: model.predict(needed)),  # type: ignore[misc]
                    seconds(lambda model=model, needed=needed: [getattr(model, one)(needed) for one in methods]),  # type: ignore[misc]  # noqa: B023
                    seconds(lambda opened=opened: score(opened, customers)),  # type: ignore[misc]
                )
                for _ in range(options.rounds)
            ]
        predict, direct, gated = (min(column) for column in zip(*rounds, strict=True))
        sys.stdout.write(
            f"{name}: {options.rows:,} rows, predict {predict:.2f} s, {' + '.join(methods)} {direct:.2f} s, "
            f"behind the gate {gated:.2f} s, {options.rows / gated:,.0f} rows/s, "
            f"ratio {direct / gated:.2f} of the same answers, {predict / gated:.2f} of predict alone\n"
        )
        slowest = max(slowest, gated / direct)
    summarise(f"{options.rows:,} customers", slowest, "the time of the same answers by scikit-learn, the slowest model")


if __name__ == "__main__":
    main()
