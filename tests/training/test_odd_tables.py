"""Odd tables end in a model whose card another library confirms, or in one plain sentence."""

import pickle
import unicodedata
import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from lib import text
from lib.errors import UserError
from lib.training import Question, columns, train_customers
from lib.training.column_report import column_card
from lib.training.spelling import one_spelling
from tests.training.odd_tables import ODD_TABLES

QUESTION = Question("target", target="aim", quick=True)


def drawn(kind: str, seed: int = 0) -> pd.DataFrame:
    table = ODD_TABLES[kind].make(np.random.default_rng(seed))
    return table.set_axis(pd.Index([f"k{place:05}" for place in range(len(table))], name="customer_id"))


def recomputed(task: str, answers: np.ndarray, outputs: np.ndarray, classes: tuple[str, ...]) -> Mapping[str, float]:
    """What scikit-learn says of the predictions, by the names of the card; the last class is the one asked for."""
    if task == "number":
        observed, predicted = answers.astype("float64"), outputs[:, 0]
        return {
            "mae": metrics.mean_absolute_error(observed, predicted),
            "rmse": metrics.root_mean_squared_error(observed, predicted),
            "r2": metrics.r2_score(observed, predicted),
        }
    clipped = np.clip(outputs, 1e-6, 1 - 1e-6)
    if task == "classes":
        best = np.asarray(classes)[outputs.argmax(axis=1)]
        return {"accuracy": metrics.accuracy_score(answers, best)}
    yes, chance = answers == classes[-1], clipped[:, -1]
    return {
        "roc_auc": metrics.roc_auc_score(yes, outputs[:, -1]),
        "pr_auc": metrics.average_precision_score(yes, outputs[:, -1]),
        "log_loss": metrics.log_loss(yes, chance),
        "brier": metrics.brier_score_loss(yes, outputs[:, -1]),
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", [name for name, one in ODD_TABLES.items() if not one.ends.startswith("training.")])
def test_an_odd_table_gives_a_model_whose_figures_are_right(kind, monkeypatch):
    seen = []

    def spied(search, measured, *rest):
        seen.append((search, measured))
        return column_card(search, measured, *rest)

    monkeypatch.setattr(columns, "column_card", spied)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trained = train_customers(drawn(kind), QUESTION)
    card, (search, measured) = trained.card, seen[-1]
    assert card.evaluation.task == ODD_TABLES[kind].ends
    comparison, target = measured.comparison, search.target
    assert len(set(comparison.rows)) == len(comparison.rows) == card.evaluation.customers
    assert (len(comparison.rows) == card.customers) == (card.evaluation.held_out == "each_once")
    order = list(range(len(target.classes)))
    if target.positive:
        order.sort(key=lambda place: target.classes[place] == target.positive)
        assert np.allclose(comparison.outputs.sum(axis=1), 1)
    outputs = comparison.outputs[:, order] if order else comparison.outputs
    named = tuple(target.classes[place] for place in order)
    for name, figure in recomputed(card.evaluation.task, target.values[comparison.rows], outputs, named).items():
        # An error in the unit of the target is never rounded away, however small the target's numbers.
        within = min(2e-6, 1e-3 * figure) if name in ("mae", "rmse") else 2e-6
        assert card.metrics[name] == pytest.approx(figure, rel=1e-5, abs=within), name
    assert card.metrics
    assert np.isfinite(list(card.metrics.values())).all()
    for name, interval in card.evaluation.intervals.items():
        assert interval.value == card.metrics[name]
        assert interval.low <= interval.value <= interval.high
    for part in card.evaluation.calibration:
        assert part.low <= part.actual <= part.high


@pytest.mark.parametrize("kind", [name for name, one in ODD_TABLES.items() if one.ends.startswith("training.")])
def test_an_odd_table_that_cannot_be_learnt_from_is_refused_in_a_sentence(kind):
    with pytest.raises(UserError) as refused:
        train_customers(drawn(kind), QUESTION)
    assert refused.value.key == ODD_TABLES[kind].ends
    for language in text.LANGUAGES:
        assert text.tell(language, refused.value)


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        (["Gold", "gold", "Gold", "silver "], ["Gold", "Gold", "Gold", "silver "]),
        (["yes", "1", "yes", "0", "No", "No"], ["yes", "yes", "yes", "No", "No", "No"]),
        (["J", "ja", "nein", "ja"], ["ja", "ja", "nein", "ja"]),
        (["0", "1", "1"], ["0", "1", "1"]),
        (["0", "1", "2"], ["0", "1", "2"]),
        (["N", "S", "O"], ["N", "S", "O"]),
        (["yes", "no", "maybe"], ["yes", "no", "maybe"]),
        (["é", "e\u0301", "é"], ["é", "é", "é"]),
        (["a" * 400 + "1", "a" * 400 + "2"], ["a" * 400 + "1", "a" * 400 + "2"]),
    ],
)
def test_an_answer_has_one_spelling(answers, read):
    assert one_spelling(pd.Series(answers, dtype="str")).tolist() == read


@pytest.mark.slow
def test_categories_written_in_many_ways_train_the_model_of_one_way():
    draw = np.random.default_rng(3)
    plan, asked = draw.choice(["Básico", "Plus", "Premium"], 300, p=[0.5, 0.3, 0.2]), draw.random(300) < 0.5
    chance = 0.2 + 0.4 * (plan == "Básico") + 0.3 * asked
    answer = np.where(draw.random(300) < chance, "left", "stayed")
    clean = pd.DataFrame(
        {"plan": plan, "asked": np.where(asked, "Yes", "No"), "age": draw.integers(18, 80, 300), "answer": answer}
    )
    ways = (str.upper, str.lower, lambda word: f" {word}  ", lambda word: unicodedata.normalize("NFD", word))
    written = clean.assign(
        plan=[ways[at % 4](word) if at % 9 == 0 else word for at, word in enumerate(clean["plan"])],
        asked=[{"Yes": "1", "No": "false"}[word] if at % 7 == 0 else word for at, word in enumerate(clean["asked"])],
    )
    question = Question("target", target="answer", quick=True)
    one, other = (train_customers(table, question) for table in (clean, written))
    assert pickle.dumps(other.pipeline) == pickle.dumps(one.pipeline)
    assert other.card.metrics == one.card.metrics
    assert {column.name: column.categories for column in other.card.columns}["plan"] == (
        "Básico",
        "Plus",
        "Premium",
    )
