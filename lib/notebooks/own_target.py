"""The steps behind the prediction of a column, in pandas and scikit-learn alone."""

from __future__ import annotations

from collections.abc import Sequence

from lib.notebooks.own_forecast import OPEN, PICKLE, Say
from lib.notebooks.steps import Step


def target_steps(
    columns: Sequence[tuple[str, str]], target: tuple[str, str], index: Sequence[str], say: Say
) -> tuple[Step, ...]:
    """From `raw` (one row per customer, as text) to a tested, pickled model.

    `columns`: name and the expression that reads it, of numbers; an empty expression says that it holds categories.
    `target`: likewise. `index`: lines that name the customers.
    """
    classes = not target[1]
    words = [column for column, expression in columns if not expression]
    return (
        Step(say("alone_target_columns"), _columns(columns, target, index)),
        Step(say("alone_explore"), "print(features.describe(include='all'))\nprint(target.describe())"),
        Step(say("alone_target_split"), _SPLIT.replace("STRATIFY", ", stratify=target" if classes else "")),
        Step(say(f"alone_target_{'classes' if classes else 'number'}"), _train(words, classes=classes)),
        Step(say("alone_target_test"), _TEST_CLASSES if classes else _TEST_NUMBER),
        Step(say("alone_calibration"), _CALIBRATION_CLASSES if classes else _CALIBRATION_NUMBER),
        Step(say("alone_target_final"), "model = new_model().fit(features, target)"),
        Step(say("alone_pickle"), PICKLE.replace("TABLE", "features")),
        Step(say("alone_open"), OPEN.replace("TABLE", "features")),
    )


def _columns(columns: Sequence[tuple[str, str]], target: tuple[str, str], index: Sequence[str]) -> str:
    name, number = target
    lines = ["features = pd.DataFrame({"]
    lines += [f"    {column!r}: {expression or _words(column)}," for column, expression in columns]
    lines += ["})"]
    if number:
        lines += [f"target = {number}", "known = target.notna()"]
    else:
        lines += [
            f"target = raw[{name!r}].astype(str).str.strip()",
            f"known = raw[{name!r}].notna() & (target.map(target.value_counts()) >= 10)  # not the rare answers",
        ]
    if index:
        lines += [*index, "target.index = known.index = features.index"]
    return "\n".join([*lines, "features, target = features[known], target[known]", "features.head()"])


def _words(column: str) -> str:
    return f'raw[{column!r}].fillna("missing").astype(str).str.strip()'


_SPLIT = """from sklearn.model_selection import train_test_split

train, test, target_train, target_test = train_test_split(
    features, target, test_size=0.25, random_state=0STRATIFY
)
print(len(train), "to learn from,", len(test), "for the test")"""


def _train(words: Sequence[str], *, classes: bool) -> str:
    imports = ["from sklearn.calibration import CalibratedClassifierCV"] if classes else []
    imports += ["from sklearn.compose import ColumnTransformer"]
    imports += [] if classes else ["from sklearn.ensemble import HistGradientBoostingRegressor"]
    imports += ["from sklearn.impute import SimpleImputer"]
    imports += ["from sklearn.linear_model import LogisticRegression"] if classes else []
    imports += [
        "from sklearn.pipeline import make_pipeline",
        "from sklearn.preprocessing import OneHotEncoder, StandardScaler",
    ]
    last = "LogisticRegression(max_iter=2000)" if classes else "HistGradientBoostingRegressor(random_state=0)"
    made = f"make_pipeline(prepare, {last})"
    return "\n".join(
        [
            *imports,
            "",
            f"words = {list(words)!r}",
            "numbers = [name for name in features.columns if name not in words]",
            "",
            "",
            "def new_model():",
            "    prepare = ColumnTransformer(",
            "        [",
            '            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),',
            "            (",
            '                "words",',
            "                # values of few customers share one column: a file should not name a single customer",
            '                OneHotEncoder(handle_unknown="ignore", min_frequency=10, sparse_output=False),',
            "                words,",
            "            ),",
            "        ]",
            "    )",
            f"    return {f'CalibratedClassifierCV({made}, cv=5)' if classes else made}",
            "",
            "",
            "model = new_model().fit(train, target_train)",
        ]
    )


_TEST_CLASSES = """from sklearn.metrics import accuracy_score, log_loss, roc_auc_score

chances = model.predict_proba(test)
print("accuracy:", round(accuracy_score(target_test, model.predict(test)), 3))
print("baseline, always the most common answer:", round((target_test == target_train.mode()[0]).mean(), 3))
print("log loss:", round(log_loss(target_test, chances, labels=model.classes_), 4))
shares = target_train.value_counts(normalize=True)
print("baseline, the same shares for all:", round(log_loss(target_test, [shares[model.classes_]] * len(test)), 4))
if len(model.classes_) == 2:
    print("ranking (ROC AUC):", round(roc_auc_score(target_test == model.classes_[1], chances[:, 1]), 3))"""

_TEST_NUMBER = """from sklearn.metrics import mean_absolute_error

predicted = pd.Series(model.predict(test), index=test.index)
print("mean absolute error:", round(mean_absolute_error(target_test, predicted), 4))
print("baseline, the median for all:", round((target_test - target_train.median()).abs().mean(), 4))"""

_CALIBRATION_CLASSES = """for place, answer in enumerate(model.classes_):
    predicted = pd.Series(chances[:, place], index=test.index)
    fifth = pd.qcut(predicted.rank(method="first"), min(5, len(test)), labels=False)
    print(answer)
    both = pd.DataFrame({"predicted": predicted, "actual": target_test == answer}).astype(float)
    print(both.groupby(fifth).mean().round(3))"""

_CALIBRATION_NUMBER = """fifth = pd.qcut(predicted.rank(method="first"), min(5, len(test)), labels=False)
print(pd.DataFrame({"predicted": predicted, "actual": target_test}).groupby(fifth).mean().round(3))"""
