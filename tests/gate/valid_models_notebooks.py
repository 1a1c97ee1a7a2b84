"""Valid files as notebooks save them: a model with auxiliary objects, and the pipelines of tutorials.

`notebooks()` yields each with the model inside and a table to predict. The gate's tables were not made from this list,
so it tests how the gate treats valid files that it has not seen.
"""

import argparse
import collections
import datetime
import decimal
import fractions
import io
import logging
import operator
import pathlib
import pickle
import re
import types
import uuid
import warnings
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import joblib
import numpy as np
import pandas as pd
import scipy.stats
import sklearn
from sklearn import metrics
from sklearn.base import BaseEstimator, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.covariance import EllipticEnvelope
from sklearn.decomposition import NMF, PCA, LatentDirichletAllocation, TruncatedSVD
from sklearn.ensemble import (
    AdaBoostClassifier,
    BaggingClassifier,
    ExtraTreesRegressor,
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
from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest, VarianceThreshold, chi2, f_classif
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer
from sklearn.linear_model import (
    BayesianRidge,
    ElasticNetCV,
    GammaRegressor,
    HuberRegressor,
    LassoCV,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    PoissonRegressor,
    QuantileRegressor,
    Ridge,
    RidgeClassifier,
    RidgeCV,
    SGDClassifier,
    SGDRegressor,
    TweedieRegressor,
)
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    HalvingGridSearchCV,
    HalvingRandomSearchCV,
    RandomizedSearchCV,
    RepeatedStratifiedKFold,
    ShuffleSplit,
    StratifiedKFold,
    TimeSeriesSplit,
)
from sklearn.multioutput import MultiOutputRegressor
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.preprocessing import (
    Binarizer,
    FunctionTransformer,
    KBinsDiscretizer,
    MinMaxScaler,
    Normalizer,
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
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

ROWS = 80


@dataclass(frozen=True)
class Notebook:
    """A file, the fitted model in it, and rows that it can be asked about."""

    name: str
    data: bytes
    model: BaseEstimator
    table: pd.DataFrame


def _shop() -> pd.DataFrame:
    chance = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "recency_days": chance.integers(0, 400, ROWS),
            "orders": chance.poisson(3, ROWS) + 1,
            "spent": chance.gamma(2, 60, ROWS).round(2),
            "age": np.where(chance.random(ROWS) < 0.1, np.nan, chance.integers(18, 80, ROWS)),
            "country": chance.choice(["ES", "FR", "GB", "DE"], ROWS),
            "tier": pd.Categorical(
                chance.choice(["gold", "silver"], ROWS), categories=["silver", "gold"], ordered=True
            ),
            "newsletter": chance.random(ROWS) > 0.5,
            "visits": pd.array(chance.integers(0, 9, ROWS), dtype="Int64"),
        }
    )


SHOP = _shop()
NUMBERS = SHOP[["recency_days", "orders", "spent"]].astype("float64")
BUYS = (SHOP["orders"] + SHOP["newsletter"] * 2 > 4).astype(int)
WORDS = pd.Series(np.where(BUYS, "yes", "no"), name="buys")
SPEND = SHOP["spent"] * 1.3 + SHOP["orders"] * 5
REVIEWS = pd.DataFrame(
    {"text": ["great jam, will buy again", "never again", "good price", "arrived broken"] * (ROWS // 4)}
)
MOOD = np.array(["glad", "cross", "glad", "cross"] * (ROWS // 4))


def _beside() -> dict[str, object]:
    """Auxiliary objects saved with a model, by name."""
    utc = datetime.UTC
    moment = datetime.datetime(2026, 3, 1, 12, 30)
    days = pd.date_range("2026-01-01", periods=3)
    results = pd.DataFrame(
        {
            "fold": [1, 2, 3],
            "auc": [0.7, 0.71, np.nan],
            "name": ["a", "b", None],
            "on": days,
            "at": days.tz_localize("UTC"),
            "kind": pd.Categorical(["x", "y", "x"]),
            "count": pd.array([1, None, 3], dtype="Int64"),
            "share": pd.array([0.5, None, 1.0], dtype="Float64"),
            "good": pd.array([True, None, False], dtype="boolean"),
            "took": pd.to_timedelta([1, 2, 3], unit="s"),
            "month": pd.period_range("2026-01", periods=3, freq="M"),
            "bin": pd.interval_range(0, 3),
            "notes": pd.Series([{"a": 1}, [1, 2], "x"], dtype=object),
        }
    )
    return {
        "a moment": moment,
        "a moment of a zone": moment.replace(tzinfo=utc),
        "a moment of a far zone": moment.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=-3))),
        "a moment of a place": moment.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Madrid")),
        "a day": datetime.date(2026, 3, 1),
        "a time": datetime.time(12, 30),
        "a span": datetime.timedelta(days=90),
        "money": decimal.Decimal("19.99"),
        "a share": fractions.Fraction(1, 3),
        "a number for the run": uuid.UUID(int=7),
        "a path": pathlib.PurePosixPath("data/orders.csv"),
        "a real path": pathlib.Path("data") / "orders.csv",
        "a path of Windows": pathlib.PureWindowsPath("C:\\orders.csv"),
        "an ordered dict": collections.OrderedDict(a=1, b=[2]),
        "lists by key": collections.defaultdict(list, a=[1]),
        "numbers by key": collections.defaultdict(int, a=1),
        "counts": collections.Counter("aabc"),
        "a queue": collections.deque([1, 2, 3], maxlen=5),
        "a namespace": types.SimpleNamespace(a=1, b="x"),
        "the options of a script": argparse.Namespace(seed=42, data="train.csv"),
        "a log": logging.getLogger("training"),
        "a pattern": re.compile(r"^[A-Z]{2}\d+$"),
        "an order of rows": operator.itemgetter("spent"),
        "a moment of pandas": pd.Timestamp("2026-03-01"),
        "a moment of pandas with a zone": pd.Timestamp("2026-03-01", tz="Europe/Madrid"),
        "a span of pandas": pd.Timedelta("3D"),
        "no moment": pd.NaT,
        "nothing of pandas": pd.NA,
        "a month": pd.Period("2026-03"),
        "a range": pd.Interval(0, 1),
        "a step": pd.offsets.MonthEnd(),
        "a step of days": pd.offsets.Day(2),
        "a step of hours": pd.offsets.Hour(2),
        "a step of minutes": pd.offsets.Minute(5),
        "a step of weeks": pd.offsets.Week(weekday=0),
        "a step of working days": pd.offsets.BusinessDay(),
        "a step of months": pd.offsets.MonthBegin(),
        "a step of quarters": pd.offsets.QuarterEnd(),
        "results": results,
        "rows of a multi-index": results.set_index(["fold", "name"])[["auc"]],
        "results by kind": results.set_index("kind")[["auc"]],
        "results by month": results.set_index("month")[["auc"]],
        "results by day": results.set_index("on")[["auc"]],
        "results by moment": results.set_index("at")[["auc"]],
        "results by time": results.set_index("took")[["auc"]],
        "results by bin": results.set_index("bin")[["auc"]],
        "small numbers": results[["fold", "auc"]].astype({"fold": "Int32", "auc": "Float32"}),
        "smaller numbers": pd.Series([1, 2], dtype="Int16"),
        "a column": pd.Series([0.5, 0.2], index=["orders", "spent"], name="importance"),
        "a column of words": pd.Series(["a", None], dtype="string"),
        "a column of Python's words": pd.Series(["a", None], dtype=pd.StringDtype("python")),
        "a column of arrow": pd.Series([1, 2], dtype="int64[pyarrow]"),
        "a sparse column": pd.Series(pd.arrays.SparseArray([0, 0, 1])),
        "types of columns": SHOP.dtypes,
        "types of small columns": results[["fold", "auc"]].astype({"fold": "Int32", "auc": "Float32"}).dtypes,
        "a type of whole numbers": pd.Int16Dtype(),
        "a training sample": SHOP.head(5),
        "names of columns": SHOP.columns,
        "names as a list": list(SHOP.columns),
        "numbers of rows": pd.RangeIndex(3),
        "categories": SHOP["tier"].cat.categories,
        "a type of categories": SHOP["tier"].dtype,
        "an array": np.arange(6.0).reshape(2, 3),
        "an array of words": np.array(["a", "b"]),
        "an array of objects": np.array([1, "a", None], dtype=object),
        "an array of days": days.to_numpy(),
        "an array of records": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
        "a number of NumPy": np.float32(0.5),
        "a day of NumPy": np.datetime64("2026-03-01"),
        "a confusion matrix": metrics.confusion_matrix([0, 1, 1], [0, 1, 0]),
        "a report": metrics.classification_report([0, 1, 1], [0, 1, 0], output_dict=True, zero_division=0),
        "settings": {"seed": 42, "threshold": 0.35, "features": ("a", "b"), "nested": {"x": [1, {"y": None}]}},
        "a set": {"a", "b"},
        "a frozen set": frozenset({"a", "b"}),
        "a complex number": 1 + 2j,
        "a range of numbers": range(5),
        "an ellipsis": ...,
        "bytes": b"\x00\x01",
        "a type": np.float64,
        "a class": LinearRegression,
        "a kind of moment": pd.Timestamp,
        "a measure": metrics.roc_auc_score,
        "versions": {"sklearn": sklearn.__version__, "pandas": pd.__version__},
    }


BESIDE = _beside()


def _joblib(saved: object, compress: int | tuple[str, int] = 3) -> bytes:
    out = io.BytesIO()
    joblib.dump(saved, out, compress=compress)
    return out.getvalue()


_SHAPES: tuple[Callable[[BaseEstimator, object], object], ...] = (
    lambda model, value: {"model": model, "value": value},
    lambda model, value: (model, value),
    lambda model, value: [value, "v2", model],
    lambda model, value: {"meta": {"value": value, "by": "Ann"}, "models": {"best": model}},
    lambda model, value: collections.OrderedDict(model=model, value=value),
    lambda model, value: types.SimpleNamespace(model=model, value=value),
)
_WRITERS: tuple[Callable[[object], bytes], ...] = (
    pickle.dumps,
    _joblib,
    lambda saved: pickle.dumps(saved, protocol=2),
    lambda saved: _joblib(saved, 0),
    lambda saved: pickle.dumps(saved, protocol=0),
    lambda saved: _joblib(saved, ("lz4", 1)),
    lambda saved: pickle.dumps(saved, protocol=4),
)


def with_something_beside() -> Iterator[Notebook]:
    """One model with each of the things beside it, in containers, shapes and protocols that go round."""
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(NUMBERS, BUYS)
    for place, (word, value) in enumerate(BESIDE.items()):
        shape, write = _SHAPES[place % len(_SHAPES)], _WRITERS[place % len(_WRITERS)]
        yield Notebook(f"beside: {word}", write(shape(model, value)), model, NUMBERS)


def with_something_on_it() -> Iterator[Notebook]:
    """A model with an added attribute."""
    for word in ("a moment", "results", "names of columns", "settings", "money", "an array", "a measure", "counts"):
        model = RandomForestClassifier(5, random_state=0).fit(NUMBERS, WORDS)
        model.my_note = BESIDE[word]
        model.trained_with_ = BESIDE[word]
        yield Notebook(f"note: {word}", pickle.dumps(model), model, NUMBERS)


def _columns(last: BaseEstimator, **options: object) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = OneHotEncoder(handle_unknown="ignore", **options)
    return make_pipeline(
        make_column_transformer(
            (numbers, ["recency_days", "spent", "age"]), (words, ["country"]), ("passthrough", ["newsletter"])
        ),
        last,
    )


def _models() -> Iterator[tuple[str, BaseEstimator, pd.DataFrame, object]]:
    """(name, unfitted model, table, target)."""
    by_type = ColumnTransformer(
        [
            ("n", make_pipeline(SimpleImputer(), RobustScaler()), make_column_selector(dtype_include="number")),
            ("c", OneHotEncoder(sparse_output=False), make_column_selector(pattern="country|tier")),
        ],
        verbose_feature_names_out=False,
    )
    shop = SHOP.drop(columns="visits")
    first = LogisticRegression(max_iter=500)
    yield "churn, columns by type", make_pipeline(by_type, first), shop, WORDS
    yield "the same, tables between", make_pipeline(clone(by_type), first).set_output(transform="pandas"), shop, WORDS
    yield "with a folder to remember", Pipeline(_columns(first).steps), shop, BUYS
    yield "quiet pipeline", Pipeline(_columns(first).steps, verbose=False), shop, BUYS
    yield "nullable numbers", make_pipeline(SimpleImputer(), Ridge()), SHOP[["visits", "orders"]], SPEND
    yield (
        "category in boosting",
        HistGradientBoostingClassifier(max_iter=8, categorical_features="from_dtype"),
        SHOP[["spent", "tier", "age"]],
        WORDS,
    )
    yield (
        "boosting stops early",
        HistGradientBoostingRegressor(
            max_iter=20, early_stopping=True, loss="quantile", quantile=0.9, monotonic_cst={"spent": 1}
        ),
        NUMBERS,
        SPEND,
    )
    yield (
        "boosting by groups",
        HistGradientBoostingClassifier(
            max_iter=5, interaction_cst=[{0, 1}, {2}], class_weight="balanced", scoring="roc_auc", random_state=1
        ),
        NUMBERS,
        BUYS,
    )
    for split in (
        TimeSeriesSplit(3),
        ShuffleSplit(2),
        RepeatedStratifiedKFold(n_splits=2, n_repeats=2),
        StratifiedKFold(3, shuffle=True),
    ):
        grid = GridSearchCV(_columns(first), {"logisticregression__C": [0.1, 1]}, cv=split, scoring="roc_auc")
        yield f"grid over {type(split).__name__}", grid, shop, BUYS
    several = {
        "auc": "roc_auc",
        "f1": metrics.make_scorer(metrics.f1_score),
        "cost": metrics.make_scorer(metrics.fbeta_score, beta=2),
    }
    yield (
        "grid with several scores",
        GridSearchCV(
            RandomForestClassifier(4),
            [{"max_depth": [2, None]}, {"max_features": ["sqrt", 0.5]}],
            scoring=several,
            refit="auc",
            cv=2,
            return_train_score=True,
        ),
        NUMBERS,
        BUYS,
    )
    yield (
        "grid over steps",
        GridSearchCV(
            Pipeline([("scale", "passthrough"), ("model", first)]),
            {"scale": [StandardScaler(), MinMaxScaler(), "passthrough"], "model": [LogisticRegression(), SVC()]},
            cv=2,
        ),
        NUMBERS,
        BUYS,
    )
    for name, tried in {
        "loguniform": {"C": scipy.stats.loguniform(1e-3, 1e2)},
        "uniform": {"C": scipy.stats.uniform(0.1, 4)},
        "expon": {"C": scipy.stats.expon(scale=2)},
        "lognorm": {"C": scipy.stats.lognorm(1.0)},
        "truncnorm": {"C": scipy.stats.truncnorm(0.1, 3, loc=1)},
        "gamma": {"C": scipy.stats.gamma(2)},
        "beta": {"C": scipy.stats.beta(2, 3)},
        "a list": {"C": np.logspace(-2, 2, 8)},
    }.items():
        yield (
            f"random search, {name}",
            RandomizedSearchCV(first, tried, n_iter=3, cv=2, random_state=np.random.RandomState(0)),
            NUMBERS,
            BUYS,
        )
    yield (
        "random search, forest",
        RandomizedSearchCV(
            RandomForestRegressor(random_state=0),
            {
                "n_estimators": scipy.stats.randint(2, 6),
                "max_depth": [None, 3],
                "min_samples_leaf": scipy.stats.geom(0.5),
                "max_features": scipy.stats.uniform(0.3, 0.6),
            },
            n_iter=3,
            cv=2,
        ),
        NUMBERS,
        SPEND,
    )
    yield (
        "halving grid",
        HalvingGridSearchCV(DecisionTreeClassifier(), {"max_depth": [1, 2, 3, 4]}, cv=2, factor=2),
        NUMBERS,
        BUYS,
    )
    yield (
        "halving random",
        HalvingRandomSearchCV(DecisionTreeClassifier(), {"max_depth": scipy.stats.randint(1, 9)}, cv=2, random_state=0),
        NUMBERS,
        BUYS,
    )
    yield (
        "log target",
        TransformedTargetRegressor(GradientBoostingRegressor(n_estimators=5), func=np.log1p, inverse_func=np.expm1),
        NUMBERS,
        SPEND,
    )
    yield (
        "target by a transformer",
        TransformedTargetRegressor(_columns(Ridge()), transformer=PowerTransformer()),
        shop,
        SPEND,
    )
    yield (
        "quantile target",
        TransformedTargetRegressor(
            Ridge(), transformer=QuantileTransformer(n_quantiles=10, output_distribution="normal")
        ),
        NUMBERS,
        SPEND,
    )
    yield (
        "log of columns",
        make_pipeline(
            FunctionTransformer(np.log1p, inverse_func=np.expm1, feature_names_out="one-to-one"), LinearRegression()
        ),
        NUMBERS,
        SPEND,
    )
    yield (
        "root of columns",
        make_column_transformer((FunctionTransformer(np.sqrt), ["spent"]), remainder="passthrough"),
        NUMBERS,
        None,
    )
    yield "nothing done", make_pipeline(FunctionTransformer(), RidgeCV(alphas=np.logspace(-3, 3, 7))), NUMBERS, SPEND
    yield (
        "words counted",
        make_pipeline(CountVectorizer(stop_words="english", min_df=1, ngram_range=(1, 2)), MultinomialNB()),
        REVIEWS,
        MOOD,
    )
    yield (
        "words weighed",
        make_pipeline(TfidfVectorizer(sublinear_tf=True, max_features=50, strip_accents="unicode"), LinearSVC()),
        REVIEWS,
        MOOD,
    )
    yield (
        "letters weighed",
        make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)),
            SGDClassifier(loss="modified_huber", random_state=0),
        ),
        REVIEWS,
        MOOD,
    )
    yield (
        "own stop words",
        make_pipeline(
            CountVectorizer(stop_words=["again", "good"], lowercase=False), TfidfTransformer(), ComplementNB()
        ),
        REVIEWS,
        MOOD,
    )
    yield (
        "topics",
        make_pipeline(CountVectorizer(), LatentDirichletAllocation(2, max_iter=2, random_state=0)),
        REVIEWS,
        None,
    )
    yield (
        "words in a small space",
        make_pipeline(TfidfVectorizer(), TruncatedSVD(2, random_state=0), Normalizer(), KMeans(2, n_init=1)),
        REVIEWS,
        None,
    )
    yield (
        "yes-or-no words",
        make_pipeline(CountVectorizer(binary=True, token_pattern=r"(?u)\b\w+\b"), BernoulliNB()),
        REVIEWS,
        MOOD,
    )
    yield "words chosen", make_pipeline(CountVectorizer(), SelectKBest(chi2, k=4), first), REVIEWS, MOOD
    votes = [("lr", first), ("rf", RandomForestClassifier(4)), ("nb", GaussianNB())]
    yield "hard vote", VotingClassifier(votes), NUMBERS, WORDS
    yield (
        "soft vote with weights",
        VotingClassifier(votes, voting="soft", weights=[2, 1, 1], flatten_transform=False),
        NUMBERS,
        WORDS,
    )
    yield "vote without one", VotingClassifier([*votes, ("svc", "drop")], voting="soft"), NUMBERS, BUYS
    yield (
        "mean of regressions",
        VotingRegressor([("a", Ridge()), ("b", KNeighborsRegressor(3)), ("c", SVR())]),
        NUMBERS,
        SPEND,
    )
    yield (
        "stack",
        StackingClassifier(votes, final_estimator=LogisticRegression(), cv=2, passthrough=True),
        NUMBERS,
        WORDS,
    )
    yield (
        "stack of sums",
        StackingRegressor(
            [("h", HistGradientBoostingRegressor(max_iter=3)), ("e", ExtraTreesRegressor(3))],
            final_estimator=RidgeCV(),
            cv=2,
        ),
        NUMBERS,
        SPEND,
    )
    yield (
        "stack of pipelines",
        StackingClassifier(
            [("p", _columns(first)), ("t", make_pipeline(clone(by_type), DecisionTreeClassifier()))], cv=2
        ),
        shop,
        BUYS,
    )
    for method in ("sigmoid", "isotonic", "temperature"):
        yield (
            f"calibrated, {method}",
            CalibratedClassifierCV(_columns(RandomForestClassifier(4)), method=method, cv=2),
            shop,
            BUYS,
        )
    yield "calibrated as one", CalibratedClassifierCV(LinearSVC(), ensemble=False, cv=2), NUMBERS, WORDS
    yield "calibrated, split by time", CalibratedClassifierCV(GaussianNB(), cv=TimeSeriesSplit(2)), NUMBERS, BUYS
    yield (
        "bagged trees",
        BaggingClassifier(DecisionTreeClassifier(max_depth=2), 4, oob_score=False, random_state=0),
        NUMBERS,
        WORDS,
    )
    yield "boosted stumps", AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=4), NUMBERS, WORDS
    yield (
        "trees with a seed",
        RandomForestClassifier(
            5, random_state=np.random.RandomState(3), class_weight="balanced_subsample", oob_score=False, n_jobs=2
        ),
        NUMBERS,
        BUYS,
    )
    yield "trees with weights", DecisionTreeClassifier(class_weight={0: 1.0, 1: 3.0}, ccp_alpha=0.01), NUMBERS, BUYS
    yield (
        "gradient boosting",
        GradientBoostingClassifier(n_estimators=6, subsample=0.7, max_features="sqrt", init="zero", n_iter_no_change=3),
        NUMBERS,
        BUYS,
    )
    yield "huber boosting", GradientBoostingRegressor(n_estimators=6, loss="huber"), NUMBERS, SPEND
    yield "own start of boosting", GradientBoostingRegressor(n_estimators=4, init=LinearRegression()), NUMBERS, SPEND
    yield (
        "filled by neighbours",
        make_pipeline(KNNImputer(n_neighbors=2), StandardScaler(), first),
        SHOP[["age", "spent"]],
        BUYS,
    )
    yield (
        "filled by models",
        make_pipeline(IterativeImputer(BayesianRidge(), max_iter=2, random_state=0), first),
        SHOP[["age", "spent", "orders"]],
        BUYS,
    )
    yield (
        "filled and marked",
        make_pipeline(SimpleImputer(strategy="constant", fill_value=-1, add_indicator=True), Ridge()),
        SHOP[["age", "spent"]],
        SPEND,
    )
    yield (
        "ordered words",
        make_pipeline(
            make_column_transformer(
                (
                    OrdinalEncoder(
                        categories=[["silver", "gold"]], handle_unknown="use_encoded_value", unknown_value=-1
                    ),
                    ["tier"],
                )
            ),
            DecisionTreeRegressor(max_depth=2),
        ),
        SHOP[["tier"]],
        SPEND,
    )
    yield "target encoded", make_pipeline(TargetEncoder(target_type="binary", cv=2), first), SHOP[["country"]], BUYS
    yield "rare countries", _columns(first, min_frequency=5, max_categories=3), shop, BUYS
    yield (
        "one country dropped",
        make_pipeline(make_column_transformer((OneHotEncoder(drop="first"), ["country"])), Ridge()),
        SHOP[["country"]],
        SPEND,
    )
    yield (
        "one of two dropped",
        make_pipeline(OneHotEncoder(drop="if_binary", dtype=np.int8), Ridge()),
        SHOP[["newsletter", "country"]],
        SPEND,
    )
    yield (
        "binned",
        make_pipeline(
            KBinsDiscretizer(4, encode="onehot-dense", strategy="quantile", quantile_method="averaged_inverted_cdf"),
            first,
        ),
        NUMBERS,
        BUYS,
    )
    yield "curved", make_pipeline(SplineTransformer(n_knots=4), LassoCV(cv=2, max_iter=200)), NUMBERS, SPEND
    yield (
        "squares and products",
        make_pipeline(PolynomialFeatures(2, interaction_only=True), StandardScaler(), ElasticNetCV(cv=2, max_iter=200)),
        NUMBERS,
        SPEND,
    )
    yield "two ways at once", make_pipeline(make_union(PCA(2), SelectKBest(f_classif, k=1)), first), NUMBERS, BUYS
    yield (
        "named union",
        make_pipeline(
            FeatureUnion([("pca", PCA(1)), ("all", "passthrough"), ("no", "drop")], transformer_weights={"pca": 2.0}),
            first,
        ),
        NUMBERS,
        BUYS,
    )
    yield (
        "selected by a forest",
        make_pipeline(SelectFromModel(RandomForestClassifier(4), threshold="mean"), first),
        NUMBERS,
        BUYS,
    )
    yield (
        "eliminated",
        make_pipeline(RFE(LogisticRegression(), n_features_to_select=2), SVC(probability=False)),
        NUMBERS,
        BUYS,
    )
    yield "few that vary", make_pipeline(VarianceThreshold(0.1), Binarizer(threshold=3), BernoulliNB()), NUMBERS, BUYS
    yield (
        "segments",
        make_pipeline(FunctionTransformer(np.log1p), StandardScaler(), KMeans(4, n_init=2, random_state=1)),
        NUMBERS,
        None,
    )
    yield "segments by parts", make_pipeline(MinMaxScaler(), MiniBatchKMeans(3, n_init=1, batch_size=32)), NUMBERS, None
    yield (
        "mixture",
        make_pipeline(StandardScaler(), GaussianMixture(3, covariance_type="tied", random_state=0)),
        NUMBERS,
        None,
    )
    yield (
        "mixture that counts itself",
        BayesianGaussianMixture(n_components=3, weight_concentration_prior=0.1, max_iter=30),
        NUMBERS,
        None,
    )
    yield "parts of what is bought", NMF(2, max_iter=20, init="nndsvda"), NUMBERS, None
    yield (
        "odd customers",
        make_pipeline(StandardScaler(), IsolationForest(n_estimators=8, contamination=0.05, random_state=1)),
        NUMBERS,
        None,
    )
    yield "odd customers, by shape", EllipticEnvelope(contamination=0.1, random_state=0), NUMBERS, None
    yield (
        "support vectors",
        make_pipeline(StandardScaler(), SVC(kernel="poly", degree=2, class_weight="balanced")),
        NUMBERS,
        WORDS,
    )
    yield "a straight line of vectors", make_pipeline(StandardScaler(), LinearSVR()), NUMBERS, SPEND
    yield (
        "neighbours",
        make_pipeline(StandardScaler(), KNeighborsClassifier(5, weights="distance", metric="manhattan")),
        NUMBERS,
        WORDS,
    )
    yield (
        "neural",
        make_pipeline(StandardScaler(), MLPClassifier((8, 4), early_stopping=True, max_iter=20)),
        NUMBERS,
        WORDS,
    )
    yield (
        "neural sums",
        make_pipeline(
            StandardScaler(), MLPRegressor(hidden_layer_sizes=(5,), solver="lbfgs", activation="tanh", max_iter=20)
        ),
        NUMBERS,
        SPEND,
    )
    yield "counts", make_pipeline(StandardScaler(), PoissonRegressor()), NUMBERS, SHOP["orders"]
    yield "amounts", make_pipeline(StandardScaler(), GammaRegressor()), NUMBERS, SPEND
    yield "insurance", make_pipeline(StandardScaler(), TweedieRegressor(power=1.5, link="log")), NUMBERS, SPEND
    yield "median line", QuantileRegressor(quantile=0.5, alpha=0.0), NUMBERS, SPEND
    yield "steady line", HuberRegressor(max_iter=500), NUMBERS, SPEND
    yield "penalty by itself", make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=3, cv=2)), NUMBERS, BUYS
    yield "ridge of classes", make_pipeline(StandardScaler(), RidgeClassifier()), NUMBERS, WORDS
    yield (
        "step by step",
        make_pipeline(StandardScaler(), SGDRegressor(loss="huber", average=True, random_state=0)),
        NUMBERS,
        SPEND,
    )
    yield (
        "two targets",
        MultiOutputRegressor(GradientBoostingRegressor(n_estimators=3)),
        NUMBERS,
        np.c_[SPEND, SHOP["orders"]],
    )
    yield "two targets in trees", RandomForestRegressor(3), NUMBERS, pd.DataFrame({"a": SPEND, "b": SHOP["orders"]})
    yield "groups of rows", GridSearchCV(Ridge(), {"alpha": [1.0, 2.0]}, cv=GroupKFold(2)), NUMBERS, SPEND


def of_tutorials() -> Iterator[Notebook]:
    """Each of the models, fitted, in a container that goes round."""
    groups = np.arange(ROWS) % 4
    for place, (name, model, table, target) in enumerate(_models()):
        given: object = table["text"] if list(table) == ["text"] else table
        options = {"groups": groups} if "groups of rows" in name else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = clone(model).fit(given, target, **options)
        if "folder" in name:
            fitted.set_params(memory="cache")
        yield Notebook(f"tutorial: {name}", _WRITERS[place % len(_WRITERS)](fitted), fitted, table)
    for kind in (DBSCAN(), AgglomerativeClustering(3)):
        fitted = kind.fit(NUMBERS)
        yield Notebook(f"tutorial: {type(kind).__name__}", pickle.dumps(fitted), fitted, NUMBERS)


def notebooks() -> Iterator[Notebook]:
    """Every one of them."""
    yield from with_something_beside()
    yield from with_something_on_it()
    yield from of_tutorials()
