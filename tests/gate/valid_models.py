"""Valid model files, generated: what users actually save, for every estimator of scikit-learn.

`cases()` yields fitted estimators with a table to ask them about; `files(estimator)` writes one in every container and
protocol. Nothing here is a test; `test_honest.py`, the fuzzer and the benchmark use it.
"""

import io
import pickle
import warnings
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

import joblib
import numpy as np
import pandas as pd
import scipy.stats
import skops.io
from sklearn import base, metrics
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import DBSCAN, KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import (
    AdaBoostClassifier,
    AdaBoostRegressor,
    BaggingClassifier,
    BaggingRegressor,
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import RFE, RFECV, SelectFromModel, SelectKBest, SequentialFeatureSelector, f_regression
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor, kernels
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import (
    ElasticNet,
    HuberRegressor,
    Lasso,
    LinearRegression,
    LogisticRegression,
    RANSACRegressor,
    Ridge,
    SGDClassifier,
    TweedieRegressor,
)
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import (
    FixedThresholdClassifier,
    GridSearchCV,
    HalvingGridSearchCV,
    KFold,
    RandomizedSearchCV,
    StratifiedKFold,
    TimeSeriesSplit,
    TunedThresholdClassifierCV,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, LocalOutlierFactor, NearestNeighbors
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    SplineTransformer,
    StandardScaler,
    TargetEncoder,
)
from sklearn.svm import SVC, SVR, LinearSVC, NuSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils import all_estimators, get_tags

METHODS = ("predict", "predict_proba", "decision_function", "score_samples", "transform")
ROWS = 60


@dataclass(frozen=True)
class Case:
    """A fitted estimator, and a table that it can be asked about."""

    name: str
    estimator: base.BaseEstimator
    table: pd.DataFrame

    def methods(self) -> list[str]:
        return [name for name in METHODS if callable(_attribute(self.estimator, name))]


def _attribute(estimator: object, name: str) -> object:
    try:
        return getattr(estimator, name, None)
    except (AttributeError, ValueError):
        return None


# --- data ----------------------------------------------------------------------------------------------------------

_RNG = np.random.default_rng(11)
NUMBERS = pd.DataFrame(_RNG.gamma(2.0, size=(ROWS, 4)).round(3), columns=["recency", "orders", "spend", "age"])
YES_NO = (NUMBERS["recency"] + _RNG.normal(scale=0.5, size=ROWS) > 1.7).astype("int64").to_numpy()
THREE = np.digitize(NUMBERS["spend"], [1.0, 2.5])
WORDS = np.array(["low", "middle", "high"])[THREE]
MONEY = (3 * NUMBERS["recency"] + NUMBERS["orders"] ** 2 + 1).to_numpy()
MIXED = NUMBERS.assign(
    country=_RNG.choice(["Spain", "France", "Germany"], ROWS),
    plan=pd.Categorical(_RNG.choice(["basic", "plus"], ROWS)),
    member=_RNG.random(ROWS) > 0.5,
)
GAPS = NUMBERS.mask(_RNG.random(NUMBERS.shape) < 0.1)
TEXTS = pd.DataFrame({"text": [f"{w} bag for {c}" for w, c in zip(WORDS, MIXED["country"], strict=True)]})
RECORDS = [{"a": float(i), "b": float(i % 3), f"c={i % 2}": 1.0} for i in range(ROWS)]


def prepared(last: base.BaseEstimator, scaler: base.BaseEstimator | None = None) -> Pipeline:
    """The most common pipeline: numbers filled and scaled, words one-hot encoded, then the model."""
    columns = ColumnTransformer(
        [
            (
                "numbers",
                make_pipeline(SimpleImputer(strategy="median"), scaler or StandardScaler()),
                list(NUMBERS.columns),
            ),
            ("words", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["country", "plan"]),
        ],
        remainder="drop",
    )
    return Pipeline([("columns", columns), ("model", last)])


# --- every estimator -----------------------------------------------------------------------------------------------

_NEED_INNER: dict[str, Callable[[type], base.BaseEstimator]] = {
    "ClassifierChain": lambda cls: cls(LogisticRegression()),
    "ColumnTransformer": lambda cls: cls([("n", StandardScaler(), [0, 1]), ("m", MinMaxScaler(), [2, 3])]),
    "FeatureUnion": lambda cls: cls([("pca", PCA(2)), ("scaled", StandardScaler())]),
    "FixedThresholdClassifier": lambda cls: cls(LogisticRegression()),
    "FrozenEstimator": lambda cls: cls(StandardScaler().fit(NUMBERS.to_numpy())),
    "GridSearchCV": lambda cls: cls(Ridge(), {"alpha": [0.1, 1.0]}, cv=3),
    "HalvingGridSearchCV": lambda cls: cls(Ridge(), {"alpha": [0.1, 1.0]}, cv=3, min_resources=20),
    "HalvingRandomSearchCV": lambda cls: cls(
        Ridge(), {"alpha": scipy.stats.uniform(0.1, 1)}, cv=3, min_resources=20, random_state=0
    ),
    "MultiOutputClassifier": lambda cls: cls(LogisticRegression()),
    "MultiOutputRegressor": lambda cls: cls(Ridge()),
    "OneVsOneClassifier": lambda cls: cls(LinearSVC()),
    "OneVsRestClassifier": lambda cls: cls(LogisticRegression()),
    "OutputCodeClassifier": lambda cls: cls(LogisticRegression(), random_state=0),
    "Pipeline": lambda cls: cls([("scale", StandardScaler()), ("model", Ridge())]),
    "RandomizedSearchCV": lambda cls: cls(
        Ridge(), {"alpha": scipy.stats.loguniform(0.1, 10)}, n_iter=3, cv=3, random_state=0
    ),
    "RegressorChain": lambda cls: cls(Ridge()),
    "RFE": lambda cls: cls(Ridge(), n_features_to_select=2),
    "RFECV": lambda cls: cls(Ridge(), cv=3),
    "SelectFromModel": lambda cls: cls(Lasso(0.1)),
    "SelfTrainingClassifier": lambda cls: cls(LogisticRegression()),
    "SequentialFeatureSelector": lambda cls: cls(Ridge(), n_features_to_select=2, cv=3),
    "SparseCoder": lambda cls: cls(np.eye(4), transform_algorithm="threshold"),
    "StackingClassifier": lambda cls: cls([("a", GaussianNB()), ("b", LogisticRegression())], cv=3),
    "StackingRegressor": lambda cls: cls([("a", Ridge()), ("b", LinearRegression())], cv=3),
    "TunedThresholdClassifierCV": lambda cls: cls(LogisticRegression(), cv=3),
    "VotingClassifier": lambda cls: cls([("a", GaussianNB()), ("b", LogisticRegression())]),
    "VotingRegressor": lambda cls: cls([("a", Ridge()), ("b", LinearRegression())]),
}
_SMALL = {
    "n_estimators": 5,
    "max_iter": 60,
    "n_components": 2,
    "n_clusters": 3,
    "n_init": 1,
    "random_state": 0,
    "n_resampling": 5,
    "cv": 3,
    "max_iter_predict": 20,
    "n_quantiles": 20,
}
_TWO_TARGETS = ("ClassifierChain", "MultiOutputClassifier")
_TWO_NUMBERS = ("MultiOutputRegressor", "RegressorChain", "MultiTask")


def instance(name: str, cls: type) -> base.BaseEstimator:
    """An estimator small enough to fit in a moment."""
    if name in _NEED_INNER:
        return _NEED_INNER[name](cls)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two classes are on their way out
        estimator = cls()
    known = estimator.get_params(deep=False)
    wanted = {key: value for key, value in _SMALL.items() if key in known}
    if name in ("KernelPCA", "LocallyLinearEmbedding", "RandomTreesEmbedding", "GaussianRandomProjection"):
        wanted.pop("n_init", None)
    if name in ("MiniBatchNMF", "NMF"):
        wanted["max_iter"] = 200
    if name in ("LinearDiscriminantAnalysis",):
        wanted.pop("n_components", None)
    if name == "PLSCanonical" or name == "CCA" or name == "PLSSVD":
        wanted["n_components"] = 1
    if name == "TSNE":
        wanted["max_iter"] = 250
    if name == "HDBSCAN":
        wanted["copy"] = False
    if name == "SelectKBest":
        wanted["k"] = 2
    if name == "SpectralBiclustering":
        wanted |= {"n_components": 3, "n_best": 2}
    if name == "OrthogonalMatchingPursuitCV":
        wanted["max_iter"] = 2
    return estimator.set_params(**wanted)


def _target(name: str, estimator: base.BaseEstimator) -> np.ndarray | None:
    if name.startswith(_TWO_TARGETS):
        return np.column_stack([YES_NO, THREE == 1]).astype("int64")
    if name.startswith(_TWO_NUMBERS):
        return np.column_stack([MONEY, NUMBERS["age"]])
    if base.is_classifier(estimator):
        return YES_NO if get_tags(estimator).classifier_tags.multi_class is False else THREE
    return MONEY if base.is_regressor(estimator) or get_tags(estimator).target_tags.required else None


def _fit(case: Case, *fitting: object) -> Case | None:
    """The case with its estimator fitted; None where scikit-learn itself will not fit it on this table."""
    given = fitting[0]
    for attempt in (fitting, (given,), (given, THREE), (given, MONEY)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                case.estimator.fit(*attempt)
            except (ValueError, TypeError, AttributeError, ArithmeticError, np.linalg.LinAlgError, ImportError):
                continue
        return case
    return None


def alone(only: Collection[str] = ()) -> Iterator[Case]:
    """Each estimator, or only those of these names, alone: on an array, and on a table with column names."""
    for name, cls in all_estimators():
        if only and name not in only:
            continue
        try:
            estimator = instance(name, cls)
        except TypeError:
            continue
        tags = get_tags(estimator)
        given: tuple[object, ...]
        table = NUMBERS
        if tags.input_tags.string and not tags.input_tags.two_d_array:
            table, given = TEXTS, (TEXTS["text"].tolist(),)
        elif tags.input_tags.dict and not tags.input_tags.two_d_array:
            table = pd.DataFrame.from_records(RECORDS).fillna(0.0)
            given = (RECORDS,)
        elif name in ("LabelBinarizer", "LabelEncoder"):
            table, given = pd.DataFrame({"label": WORDS}), (WORDS,)
        elif name == "MultiLabelBinarizer":
            table, given = pd.DataFrame({"label": WORDS}), ([[word] for word in WORDS],)
        elif name == "IsotonicRegression":
            table, given = NUMBERS[["recency"]], (NUMBERS["recency"].to_numpy(), MONEY)
        elif name == "KernelCenterer":
            square = NUMBERS.to_numpy() @ NUMBERS.to_numpy().T
            table = pd.DataFrame(square, columns=[f"k{i}" for i in range(ROWS)])
            given = (square,)
        else:
            target = _target(name, estimator)
            given = (NUMBERS.to_numpy(),) if target is None else (NUMBERS.to_numpy(), target)
        case = _fit(Case(f"alone/{name}", estimator, table), *given)
        if case is not None:
            yield case
        if isinstance(given[0], np.ndarray) and given[0].ndim == 2 and len(table.columns) == 4:
            named = _fit(Case(f"named/{name}", base.clone(estimator), table), table, *given[1:])
            if named is not None:
                yield named


def in_pipelines() -> Iterator[Case]:
    """Each estimator behind a ColumnTransformer, on a table with words and categories."""
    for name, cls in all_estimators():
        if name in ("Pipeline", "ColumnTransformer", "FeatureUnion", "FrozenEstimator", "SparseCoder"):
            continue
        try:
            estimator = instance(name, cls)
        except TypeError:
            continue
        if not get_tags(estimator).input_tags.two_d_array:
            continue
        target = _target(name, estimator)
        if base.is_classifier(estimator) and target is THREE:
            target = WORDS
        for scaler in (StandardScaler(), MinMaxScaler()):  # some want no negative numbers
            case = _fit(Case(f"pipeline/{name}", prepared(estimator, scaler), MIXED), MIXED, target)
            if case is not None:
                yield case
                break


# --- common combinations --------------------------------------------------------------------------------------------


def combined(every: int = 1) -> Iterator[Case]:
    """Searches, ensembles, calibrated and target-transformed models, words and categories, many parameters.

    With `every`, only every n-th of them is fitted.
    """
    rows = [*_searches(), *_ensembles(), *_around(), *_columns(), *_parameters()]
    for name, estimator, table, target in rows[::every]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield Case(name, estimator.fit(table, target), table)
    for kind in ("count", "tfidf", "hash")[::every]:
        vectorizer = {
            "count": CountVectorizer(ngram_range=(1, 2)),
            "tfidf": TfidfVectorizer(stop_words="english", max_features=20),
            "hash": HashingVectorizer(n_features=64),
        }[kind]
        for last in (LogisticRegression(), MultinomialNB(), SGDClassifier(random_state=0), DecisionTreeClassifier()):
            if kind == "hash" and isinstance(last, MultinomialNB):
                continue
            pipeline = make_pipeline(vectorizer, last)
            case = _fit(Case(f"texts/{kind}/{type(last).__name__}", pipeline, TEXTS), TEXTS["text"].tolist(), WORDS)
            if case is not None:
                yield case


Row = tuple[str, base.BaseEstimator, pd.DataFrame, np.ndarray | None]


def _searches() -> Iterator[Row]:
    grid = {"model__C": [0.1, 1.0]}
    yield "search/grid", GridSearchCV(prepared(LogisticRegression()), grid, cv=3), MIXED, YES_NO
    yield "search/grid-words", GridSearchCV(prepared(LogisticRegression()), grid, cv=StratifiedKFold(3)), MIXED, WORDS
    yield (
        "search/grid-many-scores",
        GridSearchCV(prepared(LogisticRegression()), grid, cv=3, scoring=["roc_auc", "accuracy"], refit="roc_auc"),
        MIXED,
        YES_NO,
    )
    yield (
        "search/grid-scorer",
        GridSearchCV(Ridge(), {"alpha": [1.0, 2.0]}, scoring=metrics.make_scorer(metrics.r2_score), cv=KFold(3)),
        NUMBERS,
        MONEY,
    )
    yield "search/time", GridSearchCV(Ridge(), {"alpha": [1.0]}, cv=TimeSeriesSplit(3)), NUMBERS, MONEY
    distributions = {
        "uniform": scipy.stats.uniform(0.1, 2.0),
        "loguniform": scipy.stats.loguniform(1e-3, 1e2),
        "expon": scipy.stats.expon(scale=1.0),
        "gamma": scipy.stats.gamma(2.0),
        "list": [0.1, 0.5, 1.0, 2.0],
    }
    for name, distribution in distributions.items():
        search = RandomizedSearchCV(
            prepared(LogisticRegression()), {"model__C": distribution}, n_iter=3, cv=3, random_state=0
        )
        yield f"search/random-{name}", search, MIXED, YES_NO
    yield (
        "search/random-forest",
        RandomizedSearchCV(
            RandomForestClassifier(n_estimators=5, random_state=0),
            {"max_depth": scipy.stats.randint(2, 6), "max_features": scipy.stats.uniform(0.3, 0.6)},
            n_iter=3,
            cv=3,
            random_state=0,
        ),
        NUMBERS,
        YES_NO,
    )
    yield (
        "search/halving",
        HalvingGridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [2, 3]}, cv=3, min_resources=20),
        NUMBERS,
        YES_NO,
    )
    yield (
        "search/estimators",
        GridSearchCV(prepared(Ridge()), {"model": [Ridge(), Lasso(0.1), RandomForestRegressor(n_estimators=3)]}, cv=3),
        MIXED,
        MONEY,
    )
    yield "search/in-pipeline", prepared(GridSearchCV(SVC(), {"C": [1.0, 2.0]}, cv=3)), MIXED, YES_NO


def _ensembles() -> Iterator[Row]:
    some = [("nb", GaussianNB()), ("tree", DecisionTreeClassifier(max_depth=3)), ("lr", LogisticRegression())]
    numbers = [("ridge", Ridge()), ("tree", DecisionTreeRegressor(max_depth=3)), ("svr", SVR())]
    yield "ensemble/voting-soft", VotingClassifier(some, voting="soft", weights=[1, 2, 1]), NUMBERS, WORDS
    yield "ensemble/voting-hard", VotingClassifier(some), NUMBERS, THREE
    yield "ensemble/voting-mixed", prepared(VotingClassifier(some, voting="soft")), MIXED, YES_NO
    yield "ensemble/voting-numbers", VotingRegressor(numbers), NUMBERS, MONEY
    yield "ensemble/stack", StackingClassifier(some, RandomForestClassifier(n_estimators=3), cv=3), NUMBERS, WORDS
    yield "ensemble/stack-passthrough", StackingRegressor(numbers, Ridge(), cv=3, passthrough=True), NUMBERS, MONEY
    yield "ensemble/stack-prepared", prepared(StackingClassifier(some, cv=3)), MIXED, YES_NO
    for base_model in (LogisticRegression(), SVC(probability=False), KNeighborsClassifier(), DecisionTreeClassifier()):
        name = type(base_model).__name__
        bag = BaggingClassifier(base_model, n_estimators=3, max_features=0.7, random_state=0)
        yield f"ensemble/bagging-{name}", bag, NUMBERS, YES_NO
    yield "ensemble/bagging-numbers", BaggingRegressor(Ridge(), n_estimators=3, random_state=0), NUMBERS, MONEY
    stump = DecisionTreeClassifier(max_depth=1)
    yield "ensemble/ada", AdaBoostClassifier(stump, n_estimators=4, random_state=0), NUMBERS, YES_NO
    yield "ensemble/ada-numbers", AdaBoostRegressor(n_estimators=4, loss="square", random_state=0), NUMBERS, MONEY
    first = DummyClassifier(strategy="prior")
    boosted = GradientBoostingClassifier(n_estimators=4, init=first, random_state=0)
    yield "ensemble/boosted-init", boosted, NUMBERS, YES_NO
    jobs = RandomForestClassifier(n_estimators=5, n_jobs=2, random_state=0)
    yield "ensemble/forest-jobs", jobs, NUMBERS, YES_NO
    oob = RandomForestRegressor(n_estimators=15, oob_score=True, random_state=0)
    yield "ensemble/forest-oob", oob, NUMBERS, MONEY
    yield "ensemble/all-cores", ExtraTreesClassifier(n_estimators=5, n_jobs=-1, random_state=0), NUMBERS, WORDS


def _around() -> Iterator[Row]:
    for method in ("sigmoid", "isotonic", "temperature"):
        calibrated = CalibratedClassifierCV(GaussianNB(), method=method, cv=3)
        yield f"calibrated/{method}", calibrated, NUMBERS, YES_NO
    yield "calibrated/svc", CalibratedClassifierCV(LinearSVC(), cv=3, ensemble=False), NUMBERS, WORDS
    forest = RandomForestClassifier(n_estimators=3, random_state=0)
    yield "calibrated/prepared", CalibratedClassifierCV(prepared(forest), cv=3), MIXED, YES_NO
    log = TransformedTargetRegressor(Ridge(), func=np.log1p, inverse_func=np.expm1)
    yield "target/log", log, NUMBERS, MONEY
    yield "target/log-prepared", prepared(log), MIXED, MONEY
    for transformer in (QuantileTransformer(n_quantiles=20), PowerTransformer(), StandardScaler()):
        name = type(transformer).__name__
        yield f"target/{name}", TransformedTargetRegressor(Lasso(0.1), transformer=transformer), NUMBERS, MONEY
    yield "around/one-vs-rest", OneVsRestClassifier(LinearSVC()), NUMBERS, WORDS
    yield "around/one-vs-one", OneVsOneClassifier(LogisticRegression()), NUMBERS, WORDS
    yield "around/codes", OutputCodeClassifier(LogisticRegression(), random_state=0), NUMBERS, WORDS
    two = np.column_stack([YES_NO, THREE > 0]).astype("int64")
    yield "around/two-targets", MultiOutputClassifier(forest), NUMBERS, two
    yield "around/chain", ClassifierChain(LogisticRegression(), order=[1, 0]), NUMBERS, two
    two_numbers = np.column_stack([MONEY, NUMBERS["age"]])
    yield "around/two-numbers", MultiOutputRegressor(GradientBoostingRegressor(n_estimators=3)), NUMBERS, two_numbers
    yield "around/chain-numbers", RegressorChain(Ridge()), NUMBERS, two_numbers
    yield "around/threshold", TunedThresholdClassifierCV(LogisticRegression(), cv=3), NUMBERS, YES_NO
    yield "around/fixed", FixedThresholdClassifier(LogisticRegression(), threshold=0.3), NUMBERS, YES_NO
    yield "around/ransac", RANSACRegressor(Ridge(), min_samples=10, random_state=0), NUMBERS, MONEY
    for selector in (
        SelectKBest(f_regression, k=2),
        RFE(Ridge(), n_features_to_select=2),
        RFECV(Ridge(), cv=3),
        SelectFromModel(Lasso(0.05)),
        SequentialFeatureSelector(Ridge(), n_features_to_select=2, cv=3),
    ):
        yield f"select/{type(selector).__name__}", make_pipeline(selector, Ridge()), NUMBERS, MONEY


def _columns() -> Iterator[Row]:
    """Words, categories, gaps, tables in and out."""
    for last in (LogisticRegression(), HistGradientBoostingClassifier(max_iter=4), KMeans(3, n_init=1, random_state=0)):
        name = type(last).__name__
        yield f"columns/pandas-out-{name}", prepared(last).set_output(transform="pandas"), MIXED, YES_NO
    yield "columns/scaler-pandas-out", StandardScaler().set_output(transform="pandas"), NUMBERS, None
    selecting = make_column_transformer(
        (StandardScaler(), make_column_selector(dtype_include="number")),
        (OneHotEncoder(sparse_output=False), make_column_selector(dtype_include=["str", "category"])),
    )
    yield "columns/selector", make_pipeline(selecting, Ridge()), MIXED, MONEY
    passing = ColumnTransformer([("o", OrdinalEncoder(), ["country", "plan"])], remainder="passthrough")
    yield "columns/passthrough", make_pipeline(passing, RandomForestClassifier(n_estimators=4)), MIXED, YES_NO
    dropping = ColumnTransformer([("n", "passthrough", ["recency"]), ("d", "drop", ["country"])])
    yield "columns/drop", make_pipeline(dropping, Ridge()), MIXED, MONEY
    leftover = ColumnTransformer([("o", OrdinalEncoder(), ["country", "plan"])], remainder=MinMaxScaler())
    yield "columns/remainder", make_pipeline(leftover, Ridge()), MIXED, MONEY
    slices = ColumnTransformer([("a", StandardScaler(), slice(0, 2)), ("b", MinMaxScaler(), [2, 3])])
    yield "columns/slice", make_pipeline(slices, Ridge()), NUMBERS, MONEY
    target = ColumnTransformer(
        [("t", TargetEncoder(cv=3), ["country"]), ("n", StandardScaler(), ["recency"])], verbose_feature_names_out=False
    )
    yield "columns/target-encoder", make_pipeline(target, Ridge()), MIXED, MONEY
    rare = ColumnTransformer([("o", OneHotEncoder(min_frequency=2, max_categories=3, drop="first"), ["country"])])
    yield "columns/rare", make_pipeline(rare, LogisticRegression()), MIXED, YES_NO
    unknown = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
    yield (
        "columns/unknown",
        make_pipeline(ColumnTransformer([("o", unknown, ["country", "plan"])]), DecisionTreeRegressor()),
        MIXED,
        MONEY,
    )
    categories = MIXED.assign(country=pd.Categorical(MIXED["country"]))
    boosted = HistGradientBoostingRegressor(max_iter=4, categorical_features="from_dtype")
    yield "columns/boosted-categories", boosted, categories, MONEY
    by_name = HistGradientBoostingClassifier(max_iter=4, categorical_features=["plan"], monotonic_cst={"recency": 1})
    yield "columns/boosted-by-name", by_name, categories.drop(columns=["country"]), YES_NO
    for imputer in (SimpleImputer(), SimpleImputer(strategy="most_frequent", add_indicator=True), KNNImputer()):
        yield f"gaps/{type(imputer).__name__}-{imputer.add_indicator}", make_pipeline(imputer, Ridge()), GAPS, MONEY
    yield "gaps/boosted", HistGradientBoostingClassifier(max_iter=4), GAPS, WORDS
    yield "gaps/tree", DecisionTreeClassifier(max_depth=4), GAPS, YES_NO
    union = FeatureUnion([("pca", PCA(2)), ("poly", PolynomialFeatures(2)), ("bins", KBinsDiscretizer(3))])
    yield "columns/union", make_pipeline(union, Ridge()), NUMBERS, MONEY
    for function, inverse in ((np.log1p, np.expm1), (np.sqrt, np.square), (np.abs, None), (None, None)):
        name = getattr(function, "__name__", "none")
        transformer = FunctionTransformer(function, inverse, validate=True)
        yield f"columns/function-{name}", make_pipeline(transformer, Ridge()), NUMBERS, MONEY
    for scaler in (RobustScaler(), PowerTransformer(), QuantileTransformer(n_quantiles=20), SplineTransformer()):
        yield f"columns/{type(scaler).__name__}", make_pipeline(scaler, Ridge()), NUMBERS, MONEY
    passed = Pipeline([("a", "passthrough"), ("b", None), ("c", Ridge())])
    yield "columns/passthrough-steps", passed, NUMBERS, MONEY
    small = NUMBERS.astype("float32")
    yield "columns/float32", make_pipeline(StandardScaler(), Ridge()), small, MONEY
    whole = NUMBERS.round().astype("int64")
    yield "columns/int64", RandomForestRegressor(n_estimators=3, random_state=0), whole, MONEY
    yield "columns/bool-target", LogisticRegression(), NUMBERS, YES_NO.astype(bool)
    yield "columns/object-target", LogisticRegression(), NUMBERS, WORDS.astype(object)
    yield "columns/str-target", RandomForestClassifier(n_estimators=3), NUMBERS, pd.Series(WORDS, dtype="str")
    yield "columns/one", LinearRegression(), NUMBERS[["recency"]], MONEY
    wide = pd.DataFrame(_RNG.normal(size=(ROWS, 40)), columns=[f"column {i} ñ" for i in range(40)])
    yield "columns/forty", make_pipeline(TruncatedSVD(5, random_state=0), Ridge()), wide, MONEY


def _parameters() -> Iterator[Row]:
    for kernel in ("linear", "poly", "rbf", "sigmoid"):
        yield f"svm/{kernel}", SVC(kernel=kernel), NUMBERS, WORDS
    yield "svm/regression", SVR(C=2.0, epsilon=0.2), NUMBERS, MONEY
    yield "svm/nu", NuSVC(nu=0.3), NUMBERS, YES_NO
    for algorithm in ("ball_tree", "kd_tree", "brute"):
        for metric in ("euclidean", "manhattan", "chebyshev"):
            yield (
                f"neighbors/{algorithm}-{metric}",
                KNeighborsClassifier(algorithm=algorithm, metric=metric, weights="distance"),
                NUMBERS,
                WORDS,
            )
    yield "neighbors/minkowski", KNeighborsRegressor(p=3, algorithm="kd_tree"), NUMBERS, MONEY
    yield "neighbors/only", NearestNeighbors(n_neighbors=3), NUMBERS, None
    yield "neighbors/novelty", LocalOutlierFactor(n_neighbors=5, novelty=True), NUMBERS, None
    for solver in ("lbfgs", "liblinear", "newton-cg", "saga"):
        yield f"logistic/{solver}", LogisticRegression(solver=solver, random_state=0), NUMBERS, YES_NO
    yield "logistic/balanced", LogisticRegression(class_weight="balanced"), NUMBERS, WORDS
    yield "logistic/weights", LogisticRegression(class_weight={0: 1.0, 1: 3.0}), NUMBERS, YES_NO
    for loss in ("hinge", "log_loss", "modified_huber"):
        yield f"sgd/{loss}", SGDClassifier(loss=loss, random_state=0), NUMBERS, WORDS
    for criterion in ("gini", "entropy", "log_loss"):
        yield f"tree/{criterion}", DecisionTreeClassifier(criterion=criterion, max_depth=5), NUMBERS, WORDS
    for criterion in ("squared_error", "absolute_error", "poisson"):
        yield f"tree/{criterion}", DecisionTreeRegressor(criterion=criterion, max_depth=5), NUMBERS, MONEY
    yield "tree/pruned", DecisionTreeClassifier(ccp_alpha=0.01, min_samples_leaf=3), NUMBERS, WORDS
    for loss in ("squared_error", "huber", "quantile", "absolute_error"):
        yield f"boosting/{loss}", GradientBoostingRegressor(n_estimators=3, loss=loss, random_state=0), NUMBERS, MONEY
    for loss in ("squared_error", "poisson", "gamma", "absolute_error"):
        yield f"histogram/{loss}", HistGradientBoostingRegressor(max_iter=3, loss=loss), NUMBERS, MONEY
    quantile = HistGradientBoostingRegressor(max_iter=3, loss="quantile", quantile=0.9)
    yield "histogram/quantile", quantile, NUMBERS, MONEY
    stopping = HistGradientBoostingClassifier(max_iter=5, early_stopping=True, validation_fraction=0.3)
    yield "histogram/early-stopping", stopping, NUMBERS, WORDS
    for activation in ("relu", "tanh", "logistic"):
        network = MLPClassifier(hidden_layer_sizes=(8, 4), activation=activation, max_iter=20, random_state=0)
        yield f"network/{activation}", network, NUMBERS, WORDS
    yield (
        "network/early",
        MLPRegressor(hidden_layer_sizes=(8,), early_stopping=True, validation_fraction=0.3, max_iter=20),
        NUMBERS,
        MONEY,
    )
    yield (
        "network/sgd",
        MLPClassifier(hidden_layer_sizes=(5,), solver="sgd", max_iter=20, random_state=0),
        NUMBERS,
        YES_NO,
    )
    for kernel in (
        kernels.RBF(1.0) + kernels.WhiteKernel(0.1),
        kernels.ConstantKernel() * kernels.Matern(nu=1.5),
        kernels.RationalQuadratic(),
        kernels.DotProduct() ** 2,
        kernels.Exponentiation(kernels.RBF(), 2),
    ):
        name = type(kernel).__name__ + type(getattr(kernel, "k2", kernel)).__name__
        yield f"process/{name}", GaussianProcessRegressor(kernel, alpha=0.1, random_state=0), NUMBERS, MONEY
    yield "process/classes", GaussianProcessClassifier(kernels.RBF(), random_state=0), NUMBERS, WORDS
    for covariance in ("full", "tied", "diag", "spherical"):
        yield f"mixture/{covariance}", GaussianMixture(2, covariance_type=covariance, random_state=0), NUMBERS, None
    yield (
        "cluster/minibatch",
        make_pipeline(StandardScaler(), MiniBatchKMeans(3, n_init=1, random_state=0)),
        NUMBERS,
        None,
    )
    yield "cluster/prepared", prepared(KMeans(4, n_init=1, random_state=0)), MIXED, None
    yield "cluster/dbscan", DBSCAN(eps=1.0), NUMBERS, None
    yield "linear/positive", LinearRegression(positive=True), NUMBERS, MONEY
    yield "linear/elastic", ElasticNet(0.1), NUMBERS, MONEY
    yield "linear/sparse", make_pipeline(OneHotEncoder(), Lasso(0.01)), MIXED[["country", "plan"]], MONEY
    yield "linear/huber", HuberRegressor(), NUMBERS, MONEY
    yield "linear/tweedie", TweedieRegressor(power=1.5), NUMBERS, MONEY
    yield "linear/lda", LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto"), NUMBERS, WORDS
    yield "outliers/forest", IsolationForest(n_estimators=5, contamination=0.1, random_state=0), NUMBERS, None
    seeded = RandomForestClassifier(n_estimators=3, random_state=np.random.RandomState(3))
    yield "random/state", seeded, NUMBERS, YES_NO


def cases() -> Iterator[Case]:
    """All of them, cheap ones first."""
    yield from alone()
    yield from combined()
    yield from in_pipelines()


# --- files ---------------------------------------------------------------------------------------------------------


def _joblib(compress: object, saved: object) -> bytes:
    if compress in ("raw", "default"):
        buffer = io.BytesIO()
        joblib.dump(saved, buffer, compress=0 if compress == "raw" else 3)
        return buffer.getvalue()
    buffer = io.BytesIO()
    joblib.dump(saved, buffer, compress=(compress, 3))
    return buffer.getvalue()


WRITERS: dict[str, Callable[[object], bytes]] = {
    **{f"pickle-{protocol}": partial(pickle.dumps, protocol=protocol) for protocol in range(6)},
    **{f"joblib-{kind}": partial(_joblib, kind) for kind in ("raw", "zlib", "gzip", "bz2", "lzma", "xz", "lz4")},
    "skops": skops.io.dumps,
}
"""Every container and protocol, by the name that a verdict gives it."""


def files(saved: object, names: Collection[str] = tuple(WRITERS)) -> Iterator[tuple[str, bytes]]:
    """The object in every container that can hold it, or only in these; skops itself refuses a few."""
    for name in names:
        try:
            yield name, WRITERS[name](saved)
        except Exception:  # skops cannot write everything, and says so in many ways
            if name != "skops":
                raise


def expected(case: Case, method: str) -> object:
    """What plain pickle's copy of the model answers, given what the gate will give it.

    Not the model itself: some keep views of their table in an order that no file keeps, and sum in another order.
    """
    estimator = pickle.loads(pickle.dumps(case.estimator))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first = estimator.steps[0][1] if isinstance(estimator, Pipeline) else estimator
        tags = get_tags(first).input_tags if isinstance(first, base.BaseEstimator) else get_tags(estimator).input_tags
        given: object = case.table
        if not hasattr(estimator, "feature_names_in_"):
            given = case.table.to_numpy()
            if tags.string and not tags.two_d_array:
                given = case.table.iloc[:, 0].tolist()
            elif tags.dict and not tags.two_d_array:
                given = case.table.to_dict("records")
            elif tags.one_d_array and not tags.two_d_array:
                given = case.table.iloc[:, 0].to_numpy()
        return getattr(estimator, method)(given)


def agrees(got: object, wanted: object) -> bool:
    """Whether two answers are the same to the last bit; numbers of 32 bits, nearly."""
    if hasattr(wanted, "toarray"):
        wanted = wanted.toarray()
    if isinstance(wanted, list):
        wanted = np.hstack(wanted) if getattr(wanted[0], "ndim", 0) == 2 else np.asarray(wanted)
    if isinstance(wanted, pd.DataFrame):
        return isinstance(got, pd.DataFrame) and list(got) == list(wanted) and agrees(got.to_numpy(), wanted.to_numpy())
    left, right = np.asarray(got), np.asarray(wanted)
    if right.dtype.kind in "OUS":
        return np.array_equal(left.astype(str), right.astype(str))
    if right.dtype == np.float32:  # where rows lie in memory decides the last bits of a sum
        return left.shape == right.shape and np.allclose(left, right, rtol=1e-5, atol=1e-6, equal_nan=True)
    return np.array_equal(left, right, equal_nan=right.dtype.kind == "f")
