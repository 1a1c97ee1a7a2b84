"""Valid files that hold more than a model, as notebooks keep them, each with the answer of plain use of its objects.

`kept_together()` yields what the author would answer with all that lies in the file: scalers of the target undone,
labels as words. `named` are keys that the gate has to name where it does not use what lies under them.
"""

import dataclasses
import datetime
import platform
import sys
import types
import warnings
from argparse import Namespace
from collections import OrderedDict, defaultdict, namedtuple
from collections.abc import Iterator

import numpy as np
import pandas as pd
import sklearn
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import (
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import SelectKBest, VarianceThreshold, f_regression
from sklearn.impute import SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import classification_report, confusion_matrix, r2_score, roc_curve
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import GridSearchCV, KFold, cross_validate
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    LabelEncoder,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    RobustScaler,
    StandardScaler,
)
from sklearn.svm import SVC, SVR
from sklearn.utils import Bunch

from tests.gate.valid_models_deployed import WRITERS

ROWS = 120
DRAW = np.random.default_rng(2024)
STAYS = pd.DataFrame(
    {
        "nights": DRAW.integers(1, 15, ROWS).astype("float64"),
        "lead_days": DRAW.gamma(2, 40, ROWS).round(),
        "adults": DRAW.integers(1, 5, ROWS).astype("float64"),
        "channel": DRAW.choice(["web", "phone", "agency"], ROWS),
        "country": DRAW.choice(["AR", "CL", "UY"], ROWS),
        "review": DRAW.choice(["lovely quiet room", "noisy street", "quiet but small", "noisy and small"], ROWS),
    }
)
NUMBERS = STAYS[["nights", "lead_days", "adults"]]
VALUES = NUMBERS.to_numpy()
BILL = 95 * NUMBERS["nights"] * NUMBERS["adults"] + 2 * NUMBERS["lead_days"] + DRAW.gamma(2, 30, ROWS) + 400
RATING = (9 - NUMBERS["nights"] / 8 + DRAW.normal(0, 0.5, ROWS)).clip(1, 10)
CANCELLED = (NUMBERS["lead_days"] + DRAW.normal(0, 30, ROWS) > 85).astype(int)
STATUS = pd.Series(np.where(CANCELLED == 1, "cancelled", "kept"))
CLASS = pd.cut(BILL, [0, 900, 2_000, 99_999], labels=["low", "mid", "high"]).astype(str)
NAMES = list(NUMBERS)
NOW = datetime.datetime(2026, 3, 1, 10, 30, 5)


@dataclasses.dataclass(frozen=True)
class Kept:
    """A file, rows to ask about, a method, and what its author answers with all of it."""

    name: str
    saved: object
    table: pd.DataFrame
    method: str
    expected: np.ndarray
    named: tuple[str, ...] = ()


def _column(values: object) -> np.ndarray:
    return np.asarray(values, dtype="float64").reshape(-1, 1)


def scaled_targets() -> Iterator[Kept]:
    """Regressors of a scaled target, whose scaler lies beside."""
    x, y = StandardScaler().fit(VALUES), StandardScaler().fit(_column(BILL))
    inputs, target = x.transform(VALUES), y.transform(_column(BILL)).ravel()
    network = MLPRegressor(hidden_layer_sizes=(8,), max_iter=60, random_state=1).fit(inputs, target)
    back = y.inverse_transform(network.predict(inputs).reshape(-1, 1)).ravel()
    yield Kept("network", {"model": network, "scaler_X": x, "scaler_y": y}, NUMBERS, "predict", back)
    support = SVR().fit(inputs, target)
    back = y.inverse_transform(support.predict(inputs).reshape(-1, 1)).ravel()
    yield Kept("svr, course", {"regressor": support, "sc_X": x, "sc_y": y}, NUMBERS, "predict", back)
    yield Kept("svr, service", {"model": support, "x_scaler": x, "target_scaler": y, "features": NAMES,
                                "target": "bill"}, NUMBERS, "predict", back)  # fmt: skip
    yield Kept("scalers in a dict", {"model": support, "scalers": {"X": x, "y": y}}, NUMBERS, "predict", back)
    space = types.SimpleNamespace(model=support, feature_scaler=x, label_scaler=y, columns=NAMES, fitted=NOW)
    yield Kept("namespace", space, NUMBERS, "predict", back)
    span = MinMaxScaler().fit(_column(BILL))
    forest = RandomForestRegressor(9, max_depth=4, random_state=0).fit(NUMBERS, span.transform(_column(BILL)).ravel())
    back = span.inverse_transform(forest.predict(NUMBERS).reshape(-1, 1)).ravel()
    yield Kept("forest", {"model": forest, "y_scaler": span, "rmse": 12.5}, NUMBERS, "predict", back)
    named = StandardScaler().fit(BILL.to_frame("bill"))
    line = Ridge().fit(inputs, named.transform(BILL.to_frame("bill")))
    back = named.inverse_transform(np.asarray(line.predict(inputs)).reshape(-1, 1)).ravel()
    yield Kept("two-dimensional", {"ridge": line, "scaler": x, "output_scaler": named}, NUMBERS, "predict", back)
    power = PowerTransformer().fit(_column(BILL))
    boosted = HistGradientBoostingRegressor(max_iter=9).fit(NUMBERS, power.transform(_column(BILL)).ravel())
    back = power.inverse_transform(boosted.predict(NUMBERS).reshape(-1, 1)).ravel()
    yield Kept("power", {"model": boosted, "pt_target": power, "feature_names": NAMES}, NUMBERS, "predict", back)
    two = np.column_stack([BILL, RATING])
    both = StandardScaler().fit(two)
    pair = Ridge().fit(inputs, both.transform(two))
    back = both.inverse_transform(pair.predict(inputs))
    yield Kept("two targets", {"model": pair, "x_scaler": x, "y_scaler": both}, NUMBERS, "predict", back)
    yield Kept("in a tuple", (support, x, y), NUMBERS, "predict",
               y.inverse_transform(support.predict(inputs).reshape(-1, 1)).ravel())  # fmt: skip
    whole = TransformedTargetRegressor(Ridge(), transformer=StandardScaler()).fit(NUMBERS, BILL)
    spare = StandardScaler().fit(_column(BILL))
    yield Kept("undone already", {"model": whole, "y_scaler": spare}, NUMBERS, "predict", whole.predict(NUMBERS),
               ("y_scaler",))  # fmt: skip
    raw = RandomForestRegressor(9, max_depth=4, random_state=0).fit(NUMBERS, BILL)
    yield Kept("made for another model", {"model": raw, "y_scaler": spare}, NUMBERS, "predict", raw.predict(NUMBERS),
               ("y_scaler",))  # fmt: skip


def logarithms() -> Iterator[Kept]:
    """Regressors of the logarithm of a target, with a function or a word beside."""
    model = GradientBoostingRegressor(n_estimators=20, random_state=0).fit(NUMBERS, np.log1p(BILL))
    back = np.expm1(model.predict(NUMBERS))
    yield Kept("inverse", {"model": model, "inverse_transform": np.expm1}, NUMBERS, "predict", back)
    yield Kept("both ways", {"model": model, "target_transform": np.log1p, "target_inverse": np.expm1}, NUMBERS,
               "predict", back)  # fmt: skip
    yield Kept("inverse_func", {"model": model, "func": np.log1p, "inverse_func": np.expm1, "r2": r2_score(BILL, back)},
               NUMBERS, "predict", back)  # fmt: skip
    yield Kept("in a tuple", (model, np.log1p, np.expm1), NUMBERS, "predict", back)
    log = model.predict(NUMBERS)
    yield Kept("a flag", {"model": model, "log_target": True}, NUMBERS, "predict", log, ("log_target",))
    yield Kept("a word", {"model": model, "target_transform": "log1p"}, NUMBERS, "predict", log, ("target_transform",))
    plain = make_pipeline(StandardScaler(), ElasticNet(alpha=0.01)).fit(NUMBERS, np.log(BILL))
    yield Kept("exp", {"pipeline": plain, "y_inverse": np.exp, "target": "bill"}, NUMBERS, "predict",
               np.exp(plain.predict(NUMBERS)))  # fmt: skip
    function = FunctionTransformer(np.log1p, inverse_func=np.expm1).fit(_column(BILL))
    yield Kept("a transformer", {"model": model, "target_transformer": function}, NUMBERS, "predict", back)
    _, power = stats.boxcox(BILL)
    line = LinearRegression().fit(NUMBERS, stats.boxcox(BILL, power))
    yield Kept("box and cox", {"model": line, "boxcox_lambda": power}, NUMBERS, "predict", line.predict(NUMBERS),
               ("boxcox_lambda",))  # fmt: skip
    root = Ridge().fit(NUMBERS, np.sqrt(BILL))
    yield Kept("roots", {"model": root, "y_transform": np.sqrt, "y_inverse_transform": np.square}, NUMBERS, "predict",
               np.square(root.predict(NUMBERS)))  # fmt: skip
    direct = RandomForestRegressor(5, max_depth=4, random_state=0).fit(np.log1p(NUMBERS), BILL)
    yield Kept("of the columns", {"model": direct, "feature_transform": np.log1p}, NUMBERS.apply(np.log1p), "predict",
               direct.predict(np.log1p(NUMBERS)), ("feature_transform",))  # fmt: skip
    mean, spread = BILL.mean(), BILL.std()
    by_hand = Ridge().fit(NUMBERS, (BILL - mean) / spread)
    yield Kept("mean and spread", {"model": by_hand, "y_mean": mean, "y_std": spread}, NUMBERS, "predict",
               by_hand.predict(NUMBERS), ("y_mean", "y_std"))  # fmt: skip


def labels() -> Iterator[Kept]:
    """Classifiers of codes, whose words lie beside."""
    encoder = LabelEncoder().fit(STATUS)
    model = RandomForestClassifier(9, max_depth=4, random_state=0).fit(NUMBERS, encoder.transform(STATUS))
    words = encoder.inverse_transform(model.predict(NUMBERS))
    yield Kept("target encoder", {"model": model, "target_encoder": encoder, "features": NAMES}, NUMBERS, "predict",
               words)  # fmt: skip
    codes = model.predict(NUMBERS)  # of two classes, the encoder may as well be that of a column
    yield Kept("label_encoder", {"model": model, "label_encoder": encoder}, NUMBERS, "predict", codes, ("1 = kept",))
    yield Kept("tuple", (model, encoder), NUMBERS, "predict", codes, ("LabelEncoder", "0 = cancelled"))
    many = LabelEncoder().fit(CLASS)
    scaler = StandardScaler().fit(NUMBERS)
    near = KNeighborsClassifier(7).fit(scaler.transform(NUMBERS), many.transform(CLASS))
    yield Kept("all three", {"clf": near, "scaler": scaler, "le": many, "classes": list(many.classes_)}, NUMBERS,
               "predict", many.inverse_transform(near.predict(scaler.transform(NUMBERS))))  # fmt: skip
    yield Kept("y_encoder", OrderedDict(preprocess=scaler, estimator=near, y_encoder=many), NUMBERS, "predict_proba",
               near.predict_proba(scaler.transform(NUMBERS)))  # fmt: skip
    yield Kept("class names", {"model": model, "class_names": ["cancelled", "kept"], "id2label": {0: "cancelled"}},
               NUMBERS, "predict_proba", model.predict_proba(NUMBERS), ("class_names", "id2label"))  # fmt: skip
    coded = {name: LabelEncoder().fit(STAYS[name]) for name in ("channel", "country")}
    table = STAYS[["nights", "channel", "country"]]
    codes = table.assign(**{name: one.transform(table[name]) for name, one in coded.items()})
    trees = RandomForestClassifier(9, max_depth=5, random_state=2).fit(codes, STATUS)
    yield Kept(
        "of the columns", {"model": trees, "encoders": coded}, table, "predict_proba", trees.predict_proba(codes)
    )
    yield Kept("of columns, codes", {"model": trees, "label_encoders": coded, "columns": list(codes)}, codes,
               "predict_proba", trees.predict_proba(codes))  # fmt: skip


def thresholds_and_gaps() -> Iterator[Kept]:
    """Small values that change what an answer means, or how a table is prepared."""
    model = HistGradientBoostingClassifier(max_iter=9).fit(NUMBERS, CANCELLED)
    chance = model.predict_proba(NUMBERS)
    yield Kept("threshold", {"model": model, "threshold": 0.31}, NUMBERS, "predict_proba", chance, ("threshold",))
    fall, rise, cuts = roc_curve(CANCELLED, chance[:, 1])
    yield Kept("best cut", {"model": model, "optimal_threshold": cuts[np.argmax(rise - fall)], "roc": (fall, rise)},
               NUMBERS, "predict_proba", chance, ("optimal_threshold",))  # fmt: skip
    calm = IsotonicRegression(out_of_bounds="clip").fit(chance[:, 1], CANCELLED)
    yield Kept("calibrator", {"model": model, "calibrator": calm}, NUMBERS, "predict_proba", chance, ("calibrator",))
    medians = NUMBERS.median()
    line = LogisticRegression(max_iter=900).fit(NUMBERS, STATUS)
    yield Kept("medians", {"model": line, "medians": medians.to_dict()}, NUMBERS, "predict_proba",
               line.predict_proba(NUMBERS), ("medians",))  # fmt: skip
    yield Kept("fill values", {"model": line, "fill_values": medians, "caps": NUMBERS.quantile(0.99)}, NUMBERS,
               "predict_proba", line.predict_proba(NUMBERS), ("fill_values", "caps"))  # fmt: skip
    maps = {"channel": {"web": 0, "phone": 1, "agency": 2}}
    codes = STAYS[["nights"]].assign(channel=STAYS["channel"].map(maps["channel"]))
    tree = RandomForestClassifier(5, random_state=0).fit(codes, STATUS)
    yield Kept("maps", {"model": tree, "category_maps": maps, "order": ["nights", "channel"]}, codes, "predict_proba",
               tree.predict_proba(codes), ("category_maps",))  # fmt: skip
    mean, spread = VALUES.mean(0), VALUES.std(0)
    hand = LogisticRegression().fit((VALUES - mean) / spread, STATUS)
    ready = pd.DataFrame((VALUES - mean) / spread, columns=NAMES)
    yield Kept("scaled by hand", {"model": hand, "mean": mean, "std": spread}, ready, "predict_proba",
               hand.predict_proba(ready.to_numpy()), ("mean", "std"))  # fmt: skip
    odd = IsolationForest(n_estimators=20, random_state=0).fit(NUMBERS)
    yield Kept("an outlier's cut", {"iforest": odd, "contamination": 0.05, "cutoff": np.float64(-0.02)}, NUMBERS,
               "decision_function", odd.decision_function(NUMBERS), ("cutoff",))  # fmt: skip


def in_steps() -> Iterator[Kept]:
    """A model with its preparation apart."""
    ready = ColumnTransformer(
        [("n", StandardScaler(), ["nights", "lead_days"]), ("c", OneHotEncoder(handle_unknown="ignore"), ["channel"])]
    ).fit(STAYS)
    line = LogisticRegression().fit(ready.transform(STAYS), STATUS)
    yield Kept("columns", {"preprocessing": ready, "classifier": line, "created": NOW.date(), "owner": "ops"},
               STAYS[["nights", "lead_days", "channel"]], "predict_proba",
               line.predict_proba(ready.transform(STAYS)))  # fmt: skip
    poly = PolynomialFeatures(2, include_bias=False).fit(VALUES)
    robust = RobustScaler().fit(poly.transform(VALUES))
    curve = Ridge().fit(robust.transform(poly.transform(VALUES)), BILL)
    yield Kept("powers first", {"poly": poly, "scaler": robust, "model": curve, "inputs": NAMES}, NUMBERS, "predict",
               curve.predict(robust.transform(poly.transform(VALUES))))  # fmt: skip
    best = SelectKBest(f_regression, k=2).fit(NUMBERS, BILL)
    few = LinearRegression().fit(best.transform(NUMBERS), BILL)
    yield Kept("selector", {"selector": best, "model": few, "k": 2}, NUMBERS, "predict",
               few.predict(best.transform(NUMBERS)))  # fmt: skip
    words = CountVectorizer().fit(STAYS["review"])
    weights = TfidfTransformer().fit(words.transform(STAYS["review"]))
    text = LogisticRegression().fit(weights.transform(words.transform(STAYS["review"])), STATUS)
    yield Kept("words", {"cv": words, "tfidf": weights, "clf": text}, STAYS[["review"]], "predict_proba",
               text.predict_proba(weights.transform(words.transform(STAYS["review"]))))  # fmt: skip
    tfidf = TfidfVectorizer().fit(STAYS["review"])
    flat = TruncatedSVD(2, random_state=0).fit(tfidf.transform(STAYS["review"]))
    topic = KMeans(3, n_init=2, random_state=0).fit(flat.transform(tfidf.transform(STAYS["review"])))
    yield Kept("topics", Namespace(vectorizer=tfidf, svd=flat, kmeans=topic), STAYS[["review"]], "predict",
               topic.predict(flat.transform(tfidf.transform(STAYS["review"]))))  # fmt: skip
    scaler = StandardScaler().fit(NUMBERS)
    mixture = GaussianMixture(2, random_state=0).fit(scaler.transform(NUMBERS))
    yield Kept("mixture", {"gmm": mixture, "scaler": scaler, "segment_names": {0: "short", 1: "long"}}, NUMBERS,
               "predict", mixture.predict(scaler.transform(NUMBERS)), ("segment_names",))  # fmt: skip
    ordinal = OrdinalEncoder().fit(STAYS[["channel", "country"]])
    table = STAYS[["nights", "channel", "country"]]
    coded = table.assign(**dict(zip(ordinal.feature_names_in_, ordinal.transform(table.iloc[:, 1:]).T, strict=True)))
    forest = RandomForestClassifier(7, random_state=1).fit(coded, STATUS)
    yield Kept("ordinal", {"model": forest, "ordinal_encoder": ordinal, "cat_cols": ["channel", "country"]}, table,
               "predict_proba", forest.predict_proba(coded))  # fmt: skip
    some = StandardScaler().fit(NUMBERS[["lead_days"]])
    part = NUMBERS.assign(lead_days=some.transform(NUMBERS[["lead_days"]])[:, 0])
    amount = SVC(probability=False).fit(part, STATUS)
    yield Kept("one column", {"svc": amount, "lead_scaler": some}, NUMBERS, "decision_function",
               amount.decision_function(part))  # fmt: skip
    thin = VarianceThreshold().fit(VALUES)
    spread = PCA(2).fit(scaler.transform(NUMBERS))
    near = KNeighborsRegressor(5).fit(spread.transform(scaler.transform(NUMBERS)), BILL)
    yield Kept("scaled and turned", {"scaler": scaler, "pca": spread, "knn": near}, NUMBERS, "predict",
               near.predict(spread.transform(scaler.transform(NUMBERS))))  # fmt: skip
    filled = SimpleImputer().fit(VALUES)
    yield Kept("list of steps", [("imputer", filled), ("model", LinearRegression().fit(thin.transform(VALUES), BILL))],
               NUMBERS, "predict", LinearRegression().fit(VALUES, BILL).predict(VALUES))  # fmt: skip


Result = namedtuple("Result", ["model", "score"])
Result.__module__ = "tests.gate.valid_models_kept_together"


def _array_of(model: object) -> np.ndarray:
    array = np.empty(1, dtype=object)
    array[0] = model
    return array


def notes() -> Iterator[Kept]:
    """What tells of a training run, in the containers of notebooks."""
    model = RandomForestClassifier(6, max_depth=3, random_state=5).fit(NUMBERS, STATUS)
    chance = model.predict_proba(NUMBERS)
    folds = cross_validate(model, NUMBERS, STATUS, cv=KFold(3), return_train_score=True)
    search = GridSearchCV(model, {"max_depth": [2, 3]}, cv=2).fit(NUMBERS, STATUS)
    saved: dict[str, object] = {
        "run": {"model": model, "metrics": {"auc": np.float64(0.8), "cm": confusion_matrix(STATUS, STATUS)},
                "params": model.get_params(), "date": NOW, "python": sys.version_info[:3], "os": platform.platform()},
        "tables": {"clf": model, "X_head": STAYS.head(3), "y_head": STATUS.head(3), "dtypes": STAYS.dtypes,
                   "nunique": STAYS.nunique(), "idx": STAYS.index, "corr": NUMBERS.corr()},
        "columns of the training": {"model": model, "train_columns": NUMBERS.columns, "cat": pd.Categorical(CLASS),
                                    "levels": STAYS["channel"].astype("category").cat.categories},
        "versions": {"model": model, "versions": {"sklearn": sklearn.__version__, "numpy": np.__version__,
                                                  "pandas": pd.__version__, "python": sys.version}},
        "folds": {"model": model, "cv": folds, "splitter": KFold(3), "report":
                  classification_report(STATUS, STATUS, output_dict=True)},
        "searched": {"best": search, "results": pd.DataFrame(search.cv_results_), "grid": search.param_grid},
        "a list": [model, NAMES, {"acc": 0.7}, "2026-03-01", None, (1, 2)],
        "a tuple": (model, NUMBERS.columns.tolist(), 0.77),
        "a bunch": Bunch(model=model, feature_names=np.array(NAMES), target_names=np.array(["cancelled", "kept"])),
        "by name": {"models": {"rf": model}, "best_name": "rf", "scores": defaultdict(list, rf=[0.7, 0.8])},
        "moments": {"model": model, "trained": pd.Timestamp("2026-03-01", tz="America/Montevideo"),
                    "period": pd.Period("2026-03"), "took": datetime.timedelta(seconds=7)},
        "array of one": _array_of(model),
        "series of one": pd.Series({"model": model}),
        "frame of weights": {"model": model, "importance": pd.DataFrame({"f": NAMES, "w": model.feature_importances_})
                             .sort_values("w").set_index("f"), "top": {"nights"}},
        "sql": {"model": model, "query": "SELECT nights, lead_days, adults FROM stays WHERE date < now()",
                "path": "/home/ana/data/stays.csv", "hash": b"\x00\x01", "seed": 42},
        "closed intervals": {"model": model, "bins": pd.cut(BILL, 3).cat.categories, "edges": np.linspace(0, 1, 5)},
    }  # fmt: skip
    for name, value in saved.items():
        yield Kept(
            name, value, NUMBERS, "predict_proba", search.predict_proba(NUMBERS) if name == "searched" else chance
        )


GROUPS = (scaled_targets, logarithms, labels, thresholds_and_gaps, in_steps, notes)


def kept_together() -> Iterator[tuple[Kept, bytes]]:
    """Every file, each written in another way."""
    with warnings.catch_warnings(action="ignore"):
        at = 0
        for group in GROUPS:
            for one in group():
                kept = dataclasses.replace(one, name=f"{group.__name__}: {one.name}")
                yield kept, WRITERS[at % len(WRITERS)](kept.saved)
                at += 1
