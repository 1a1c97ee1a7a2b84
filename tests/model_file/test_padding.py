"""No remnant of memory gets into a file: the padding of structured arrays is empty in every format."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, RandomForestRegressor
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeRegressor, ExtraTreeClassifier
from sklearn.tree._tree import Tree

from lib.card import Card
from lib.leaks.unpacking import layers
from lib.model_file import FORMATS, sealed
from lib.model_file.canonical import pickled
from lib.model_file.stripped import estimators_inside, has_padding, with_empty_padding
from lib.training.describe import describe

POISON = 0xA5

ROOT = Path(__file__).resolve().parents[2]

MODELS = (
    RandomForestRegressor(3, random_state=0),
    ExtraTreesClassifier(3, random_state=0),
    GradientBoostingClassifier(n_estimators=3, random_state=0),
    DecisionTreeRegressor(random_state=0),
    ExtraTreeClassifier(random_state=0),
)


def padding_of(array):
    belongs = np.zeros(array.dtype.itemsize, bool)
    for name in array.dtype.names:
        kind, start = array.dtype.fields[name][:2]
        belongs[start : start + kind.itemsize] = True
    return np.frombuffer(array.tobytes(), np.uint8).reshape(-1, array.dtype.itemsize)[:, ~belongs]


def nodes_of(model):
    trees = [value for one in estimators_inside(model) for value in vars(one).values() if isinstance(value, Tree)]
    return [tree.__reduce__()[2]["nodes"] for tree in trees]


def model_and_formats_with_remnants():
    """Which models and formats hold anything between the fields of their nodes."""
    draw = np.random.default_rng(5)
    table = pd.DataFrame({"income": draw.lognormal(10, 0.5, 300), "age": draw.integers(18, 80, 300).astype(float)})
    answers = (table["age"] > 40).astype(int)
    for model in MODELS:
        pipeline = Pipeline([("model", model)]).fit(table, answers)
        card = Card("target", "forest", describe(table), len(table))
        for digits in (0, 3):
            ready, _ = sealed(pipeline, card, digits=digits)
            expected = nodes_of(ready)
            assert expected
            name = f"{type(model).__name__}, {digits} digits"
            if any(padding_of(nodes).any() for nodes in expected):
                yield name
            for one in FORMATS:
                written = list(layers(one.encode(ready)))
                for nodes in map(np.ndarray.tobytes, expected):
                    # Protocol 2 has no bytes: it writes them as text.
                    forms = (nodes, nodes.decode("latin1").encode("utf-8"))
                    if not any(form in layer for form in forms for layer in written):
                        yield f"{name}, {one.key}"


@pytest.mark.slow
def test_padding_of_trees_is_empty_in_every_format():
    """In a process whose C library fills all memory that is handed out, so that no remnant is zero by chance."""
    done = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, "MALLOC_PERTURB_": str(POISON), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["searched"], done.stdout + done.stderr


@pytest.mark.parametrize("fields", [["f8", "u1"], ["u1", "f8", "u1"], ["i4", "f8"], ["u1", "u2", "f8", "u1"]])
def test_the_pickler_empties_the_padding_of_any_structured_array(fields):
    dtype = np.dtype({"names": [f"f{at}" for at in range(len(fields))], "formats": fields}, align=True)
    assert has_padding(dtype)
    array = np.empty(100, dtype)
    array.view(np.uint8)[:] = POISON
    for at, name in enumerate(dtype.names):
        array[name] = at
    assert padding_of(array).any(), "the remnant that is looked for is there"
    loaded = pickle.loads(pickled({"nodes": array}, 4))["nodes"]
    assert (loaded == array).all()
    assert not padding_of(loaded).any()


def test_an_array_without_padding_is_not_copied():
    packed = np.zeros(3, [("count", "<u4"), ("value", "<f8")])
    assert with_empty_padding(packed) is packed


if __name__ == "__main__":
    sys.stdout.write("".join(f"{found}\n" for found in model_and_formats_with_remnants()) + "searched\n")
