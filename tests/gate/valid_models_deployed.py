"""Valid files as courses, notebooks and web services keep them: models, bundles of one, and what lies beside it.

`deployed()` yields a file, rows, a method and what its author's copy answers.
"""

import builtins
import bz2
import collections
import dataclasses
import datetime
import enum
import functools
import gzip
import hashlib
import io
import json
import lzma
import math
import operator
import os
import pathlib
import pickle
import platform
import random
import re
import statistics
import string
import sys
import time
import types
import typing
import uuid
import warnings
import zlib
import zoneinfo
from collections.abc import Callable, Iterator

import joblib
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import scipy
import sklearn
from dateutil import tz
from packaging.version import Version
from scipy import sparse, spatial, stats
from scipy.interpolate import (
    Akima1DInterpolator,
    CubicSpline,
    InterpolatedUnivariateSpline,
    LSQUnivariateSpline,
    PchipInterpolator,
    UnivariateSpline,
)
from sklearn import datasets, metrics
from sklearn.base import BaseEstimator, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import Birch, BisectingKMeans, KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.covariance import EllipticEnvelope
from sklearn.decomposition import NMF, PCA, FactorAnalysis, FastICA, KernelPCA, LatentDirichletAllocation, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
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
    RandomTreesEmbedding,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
)
from sklearn.feature_selection import (
    RFE,
    RFECV,
    SelectFromModel,
    SelectKBest,
    SelectPercentile,
    SequentialFeatureSelector,
    f_classif,
    f_regression,
    mutual_info_regression,
)
from sklearn.frozen import FrozenEstimator
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.isotonic import IsotonicRegression
from sklearn.kernel_approximation import Nystroem, RBFSampler
from sklearn.linear_model import (
    ARDRegression,
    ElasticNet,
    HuberRegressor,
    Lasso,
    LassoCV,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    PoissonRegressor,
    QuantileRegressor,
    Ridge,
    RidgeClassifierCV,
    RidgeCV,
    SGDClassifier,
)
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import (
    FixedThresholdClassifier,
    GridSearchCV,
    HalvingGridSearchCV,
    KFold,
    PredefinedSplit,
    RandomizedSearchCV,
    RepeatedKFold,
    StratifiedKFold,
    TunedThresholdClassifierCV,
    cross_val_score,
    train_test_split,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import (
    BallTree,
    KNeighborsClassifier,
    KNeighborsRegressor,
    LocalOutlierFactor,
    NeighborhoodComponentsAnalysis,
)
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    Binarizer,
    FunctionTransformer,
    KBinsDiscretizer,
    LabelBinarizer,
    LabelEncoder,
    MaxAbsScaler,
    MinMaxScaler,
    MultiLabelBinarizer,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
    TargetEncoder,
)
from sklearn.random_projection import SparseRandomProjection
from sklearn.svm import SVC, SVR, LinearSVC, NuSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeRegressor
from sklearn.utils import Bunch
from sklearn.utils.class_weight import compute_class_weight

from lib.gate.judging import auxiliary_names
from tests.gate.valid_models_further import Further

ROWS = 90
METHODS = ("predict_proba", "predict", "decision_function", "transform")


def _clients() -> pd.DataFrame:
    draw = np.random.default_rng(77)
    return pd.DataFrame(
        {
            "tenure": draw.integers(0, 72, ROWS),
            "MonthlyCharges": draw.normal(65, 25, ROWS).round(2),
            "TotalCharges": np.where(draw.random(ROWS) < 0.08, np.nan, draw.gamma(2, 1_000, ROWS).round(2)),
            "Contract": draw.choice(["Month-to-month", "One year", "Two year"], ROWS),
            "PaymentMethod": draw.choice(["Mailed check", "Bank transfer (automatic)", "Electronic check"], ROWS),
            "SeniorCitizen": draw.integers(0, 2, ROWS),
        }
    )


CLIENTS = _clients()
_NOISE = np.random.default_rng(13)
CHURN = pd.Series(np.where(CLIENTS["tenure"] + _NOISE.normal(0, 20, ROWS) < 30, "Yes", "No"), name="Churn")
LEFT = (CHURN == "Yes").astype(int)
CHARGE = (CLIENTS["MonthlyCharges"] * 3 + CLIENTS["tenure"] + _NOISE.normal(0, 9, ROWS)).abs() + 1
PLAN = pd.Series(_NOISE.choice(["basic", "plus", "pro"], ROWS))
NUMBERS = CLIENTS[["tenure", "MonthlyCharges"]].astype("float64")
THREE = CLIENTS[["tenure", "MonthlyCharges", "TotalCharges"]].astype("float64")
MIXED = CLIENTS[["tenure", "MonthlyCharges", "Contract", "PaymentMethod"]]
IRIS = datasets.load_iris()
FLOWERS = pd.DataFrame(IRIS.data[::2], columns=["sepal_l", "sepal_w", "petal_l", "petal_w"])
FLOWER = IRIS.target[::2]
FLOWER_NAME = IRIS.target_names[FLOWER]
MAILS = pd.DataFrame(
    {
        "text": _NOISE.choice(
            ["win a free prize now", "see you at lunch", "free entry call now", "the report is done"], 60
        )
    }
)
SPAM = MAILS["text"].str.contains("free").map({True: "spam", False: "ham"})

Model = tuple[str, BaseEstimator, pd.DataFrame, object]


def _prepared(**kept: object) -> ColumnTransformer:
    return ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["tenure", "MonthlyCharges"]),
            ("cat", OneHotEncoder(handle_unknown="ignore"), ["Contract", "PaymentMethod"]),
        ],
        **kept,
    )


def telco() -> Iterator[Model]:
    """Who leaves, as in most courses."""
    first = LogisticRegression(max_iter=500, class_weight="balanced", solver="liblinear")
    yield "churn", make_pipeline(_prepared(), first), MIXED, CHURN
    yield (
        "churn as a table",
        make_pipeline(
            _prepared(verbose_feature_names_out=False, sparse_threshold=0).set_output(transform="default"),
            RandomForestClassifier(6, max_depth=4, oob_score=False, n_jobs=-1, random_state=42),
        ),
        MIXED,
        CHURN,
    )
    dense = ColumnTransformer(
        [
            ("n", RobustScaler(), ["tenure", "MonthlyCharges"]),
            ("c", OneHotEncoder(sparse_output=False, drop="if_binary", min_frequency=3), ["Contract", "PaymentMethod"]),
        ],
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    yield "table of prepared columns", make_pipeline(dense, GradientBoostingClassifier(n_estimators=4)), MIXED, CHURN
    yield (
        "search over a table",
        GridSearchCV(
            Pipeline([("prep", dense), ("clf", RandomForestClassifier(random_state=0))]),
            {
                "clf__n_estimators": [3, 4],
                "clf__max_features": ["sqrt", 0.5, None],
                "prep__n": [StandardScaler(), None],
            },
            cv=StratifiedKFold(2, shuffle=True, random_state=1),
            scoring={"auc": "roc_auc", "f1": metrics.make_scorer(metrics.f1_score, pos_label="Yes")},
            refit="auc",
            n_jobs=1,
        ),
        MIXED,
        CHURN,
    )
    yield (
        "halving",
        HalvingGridSearchCV(
            DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2, 3, None]}, cv=2, factor=2, random_state=0
        ),
        NUMBERS,
        CHURN,
    )
    yield (
        "drawn",
        RandomizedSearchCV(
            make_pipeline(SimpleImputer(), StandardScaler(), SVC(probability=False)),
            {"svc__C": stats.expon(scale=10), "svc__gamma": stats.reciprocal(0.01, 1), "svc__kernel": ["rbf", "poly"]},
            n_iter=3,
            cv=2,
            random_state=np.random.RandomState(3),
        ),
        THREE,
        CHURN,
    )
    tuned = TunedThresholdClassifierCV(first, scoring="f1", cv=2, store_cv_results=True, random_state=0)
    yield "tuned threshold", make_pipeline(StandardScaler(), tuned), NUMBERS, LEFT
    yield "fixed threshold", FixedThresholdClassifier(first, threshold=0.35, pos_label="Yes"), NUMBERS, CHURN
    yield (
        "calibrated forest",
        CalibratedClassifierCV(RandomForestClassifier(5, max_depth=3, random_state=1), method="isotonic", cv=3),
        NUMBERS,
        CHURN,
    )
    yield "by temperature", CalibratedClassifierCV(LinearSVC(), method="temperature", cv=2), FLOWERS, FLOWER
    frozen = FrozenEstimator(make_pipeline(StandardScaler(), GaussianNB()).fit(NUMBERS, CHURN))
    yield "calibrated afterwards", CalibratedClassifierCV(frozen, ensemble=False), NUMBERS, CHURN
    yield (
        "stack of all",
        StackingClassifier(
            [
                ("rf", RandomForestClassifier(4, random_state=2)),
                ("knn", make_pipeline(StandardScaler(), KNeighborsClassifier(5))),
                ("nb", GaussianNB()),
            ],
            LogisticRegression(),
            cv=3,
            passthrough=True,
        ),
        NUMBERS,
        CHURN,
    )
    yield (
        "votes with weights",
        VotingClassifier(
            [("lr", first), ("dt", DecisionTreeClassifier(max_depth=3)), ("out", "drop")],
            voting="soft",
            weights=[2, 1, 1],
        ),
        NUMBERS,
        CHURN,
    )
    yield "hard votes", VotingClassifier([("lr", first), ("nb", GaussianNB())], flatten_transform=False), NUMBERS, CHURN
    yield (
        "native categories",
        HistGradientBoostingClassifier(
            max_iter=5, categorical_features="from_dtype", monotonic_cst={"tenure": -1}, class_weight="balanced"
        ),
        MIXED.astype({"Contract": "category", "PaymentMethod": "category"}),
        CHURN,
    )
    nullable = CLIENTS[["tenure", "MonthlyCharges", "TotalCharges"]].convert_dtypes()
    yield "nullable numbers", make_pipeline(SimpleImputer(), first), nullable, CHURN
    yield "nullable target", LogisticRegression(), NUMBERS, LEFT.astype("Int64")
    yield "yes and no", RandomForestClassifier(4, max_depth=3), NUMBERS, CHURN == "Yes"
    yield "category as target", DecisionTreeClassifier(max_depth=3), NUMBERS, CHURN.astype("category")
    yield (
        "string dtype",
        make_pipeline(OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=3), BernoulliNB()),
        CLIENTS[["Contract", "PaymentMethod"]].astype("string"),
        CHURN,
    )
    yield (
        "words in order",
        make_pipeline(
            make_column_transformer(
                (
                    OrdinalEncoder(
                        categories=[["Month-to-month", "One year", "Two year"]],
                        handle_unknown="use_encoded_value",
                        unknown_value=-1,
                    ),
                    ["Contract"],
                ),
                ("drop", ["PaymentMethod"]),
                remainder="passthrough",
            ),
            ExtraTreesClassifier(5, bootstrap=True, max_samples=0.7, random_state=3),
        ),
        MIXED,
        CHURN,
    )
    yield (
        "mean of the target",
        make_pipeline(
            ColumnTransformer([("te", TargetEncoder(cv=3, random_state=1), ["Contract"])], remainder="drop"),
            LogisticRegressionCV(Cs=3, cv=3, scoring="neg_log_loss"),
        ),
        MIXED,
        CHURN,
    )
    codes = CLIENTS[["SeniorCitizen"]].assign(contract=CLIENTS["Contract"].astype("category").cat.codes)
    yield "naive bayes of codes", CategoricalNB(min_categories=4, alpha=0.5), codes, CHURN
    yield "boosted stumps", AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=6), NUMBERS, CHURN
    yield (
        "bagged",
        BaggingClassifier(
            make_pipeline(StandardScaler(), SGDClassifier(loss="modified_huber", random_state=0)),
            n_estimators=3,
            max_features=1,
            oob_score=True,
            random_state=0,
        ),
        NUMBERS,
        CHURN,
    )


def flowers() -> Iterator[Model]:
    """The flowers of every tutorial."""
    yield "iris", RandomForestClassifier(5, random_state=42), FLOWERS, FLOWER_NAME
    yield "iris without names", SVC(kernel="linear", probability=True), FLOWERS.to_numpy(), FLOWER
    yield (
        "iris of a tree",
        DecisionTreeClassifier(criterion="entropy", ccp_alpha=0.01),
        FLOWERS,
        FLOWER_NAME.astype("O"),
    )
    yield "iris of neighbours", KNeighborsClassifier(3, algorithm="brute", metric="minkowski", p=1), FLOWERS, FLOWER
    yield "iris by pairs", OneVsOneClassifier(LinearSVC(C=0.5)), FLOWERS, FLOWER
    yield "iris one by one", OneVsRestClassifier(LogisticRegression()), FLOWERS, FLOWER_NAME
    yield "iris of a network", make_pipeline(StandardScaler(), MLPClassifier((6,), max_iter=30)), FLOWERS, FLOWER
    yield "iris by axes", LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto"), FLOWERS, FLOWER
    yield "iris with nu", make_pipeline(MinMaxScaler(), NuSVC(nu=0.3, decision_function_shape="ovo")), FLOWERS, FLOWER
    union = FeatureUnion([("pca", PCA(2)), ("best", SelectKBest(f_classif, k=1))], transformer_weights={"pca": 2.0})
    yield "iris of a union", make_pipeline(union, SVC(gamma=0.5)), FLOWERS, FLOWER
    yield (
        "iris of chosen columns",
        make_pipeline(RFE(DecisionTreeClassifier(random_state=0), n_features_to_select=2), GaussianNB()),
        FLOWERS,
        FLOWER,
    )
    yield (
        "iris chosen by folds",
        RFECV(LogisticRegression(max_iter=300), cv=2, min_features_to_select=2),
        FLOWERS,
        FLOWER,
    )
    greedy = SequentialFeatureSelector(RidgeClassifierCV(), n_features_to_select="auto", tol=0.01, cv=2)
    yield "iris chosen one by one", make_pipeline(greedy, RidgeClassifierCV(alphas=(0.1, 1))), FLOWERS, FLOWER
    learned = NeighborhoodComponentsAnalysis(2, random_state=0, max_iter=5)
    yield "iris of a learned distance", make_pipeline(learned, KNeighborsClassifier()), FLOWERS, FLOWER
    yield "iris in bins", make_pipeline(KBinsDiscretizer(3, encode="onehot-dense", strategy="kmeans", random_state=0),
                                       MultinomialNB()), FLOWERS, FLOWER  # fmt: skip
    two = np.column_stack([FLOWER == 1, FLOWER > 1]).astype(int)
    yield "two targets", MultiOutputClassifier(LogisticRegression()), FLOWERS, two
    yield "a chain of targets", ClassifierChain(RandomForestClassifier(3), order=[1, 0], random_state=0), FLOWERS, two
    yield (
        "embedded",
        make_pipeline(RandomTreesEmbedding(3, max_depth=2, random_state=0), BernoulliNB()),
        FLOWERS,
        FLOWER,
    )
    yield (
        "by a kernel's sample",
        make_pipeline(RBFSampler(n_components=9, random_state=1), SGDClassifier()),
        FLOWERS,
        FLOWER,
    )
    yield "by a kernel's rows", make_pipeline(Nystroem(n_components=6, random_state=1), LinearSVC()), FLOWERS, FLOWER
    yield (
        "kernel components",
        make_pipeline(KernelPCA(2, kernel="rbf", gamma=0.1), LogisticRegression()),
        FLOWERS,
        FLOWER,
    )
    yield (
        "independent parts",
        make_pipeline(FastICA(2, random_state=0, whiten="unit-variance"), GaussianNB()),
        FLOWERS,
        FLOWER,
    )
    yield "above a mean", make_pipeline(Binarizer(threshold=2.5), BernoulliNB()), FLOWERS, FLOWER
    thin = make_pipeline(MaxAbsScaler(), LogisticRegression()).fit(sparse.csr_matrix(FLOWERS.to_numpy()), FLOWER)
    yield "sparse rows", thin, FLOWERS.to_numpy(), None


def amounts() -> Iterator[Model]:
    """Amounts: insurance, houses, bikes."""
    yield "charges", make_pipeline(_prepared(), LinearRegression()), MIXED, CHARGE
    yield (
        "charges of a power",
        make_pipeline(PolynomialFeatures(2, interaction_only=True), StandardScaler(), Lasso(alpha=0.5)),
        NUMBERS,
        CHARGE,
    )
    yield (
        "log of the target",
        TransformedTargetRegressor(
            HistGradientBoostingRegressor(max_iter=4, loss="absolute_error"), func=np.log1p, inverse_func=np.expm1
        ),
        THREE,
        CHARGE,
    )
    yield (
        "normal target",
        TransformedTargetRegressor(
            Ridge(), transformer=QuantileTransformer(n_quantiles=20, output_distribution="normal")
        ),
        NUMBERS,
        CHARGE,
    )
    yield "several quantiles", QuantileRegressor(quantile=0.9, alpha=0.1, solver="highs"), NUMBERS, CHARGE
    yield "upper bound", GradientBoostingRegressor(loss="quantile", alpha=0.95, n_estimators=4), NUMBERS, CHARGE
    yield (
        "search of ridge",
        GridSearchCV(
            Ridge(),
            {"alpha": np.logspace(-3, 3, 4)},
            cv=KFold(3, shuffle=True, random_state=1),
            scoring="neg_mean_squared_error",
        ),
        NUMBERS,
        CHARGE,
    )
    yield (
        "own score",
        GridSearchCV(
            DecisionTreeRegressor(random_state=1),
            {"max_depth": range(1, 4)},
            cv=RepeatedKFold(n_splits=2, n_repeats=2, random_state=0),
            scoring=metrics.make_scorer(metrics.mean_absolute_error, greater_is_better=False),
        ),
        NUMBERS,
        CHARGE,
    )
    fold = PredefinedSplit(np.arange(ROWS) % 3)
    yield "given folds", GridSearchCV(ElasticNet(), {"l1_ratio": [0.2, 0.8]}, cv=fold), NUMBERS, CHARGE
    pairs = list(KFold(2).split(NUMBERS))
    yield "folds as a list", GridSearchCV(ElasticNet(), {"alpha": [0.2, 0.8]}, cv=pairs), NUMBERS, CHARGE
    yield (
        "stack of amounts",
        StackingRegressor([("svr", SVR()), ("gb", GradientBoostingRegressor(n_estimators=3))], RidgeCV(), cv=2),
        NUMBERS,
        CHARGE,
    )
    yield "mean of two", VotingRegressor([("lr", LinearRegression()), ("knn", KNeighborsRegressor(4))]), NUMBERS, CHARGE
    yield "counts", make_pipeline(MinMaxScaler(), PoissonRegressor(alpha=0.01)), NUMBERS, CHARGE.round()
    yield "two amounts", MultiOutputRegressor(LassoCV(cv=2)), NUMBERS, np.column_stack([CHARGE, CHARGE * 2 + 3])
    yield (
        "chain of amounts",
        RegressorChain(Ridge(), order="random", random_state=4),
        NUMBERS,
        np.c_[CHARGE, CHARGE**0.5],
    )
    yield (
        "boosted trees",
        AdaBoostRegressor(DecisionTreeRegressor(max_depth=2), loss="square", random_state=0),
        NUMBERS,
        CHARGE,
    )
    yield (
        "bagged trees",
        BaggingRegressor(ExtraTreeRegressor(random_state=0), n_estimators=3, bootstrap_features=True),
        NUMBERS,
        CHARGE,
    )
    yield "relevant columns", make_pipeline(StandardScaler(), ARDRegression()), NUMBERS, CHARGE
    yield "rising", IsotonicRegression(out_of_bounds="clip"), NUMBERS[["tenure"]], CHARGE
    filled = make_pipeline(KNNImputer(n_neighbors=3, add_indicator=True), RandomForestRegressor(4, criterion="poisson"))
    yield "gaps by neighbours", filled, THREE, CHARGE
    yield "best share", make_pipeline(SelectPercentile(f_regression, percentile=50), HuberRegressor()), NUMBERS, CHARGE
    mutual = SelectKBest(functools.partial(mutual_info_regression, random_state=0), k=1)
    yield "best by information", make_pipeline(mutual, LinearRegression()), NUMBERS, CHARGE
    by_type = make_column_transformer(
        (PowerTransformer(), make_column_selector(dtype_include=np.number)),
        (OneHotEncoder(dtype=np.int8, sparse_output=False), make_column_selector(dtype_include=[object, "string"])),
        n_jobs=2,
    )
    yield (
        "columns by type",
        make_pipeline(by_type, SelectFromModel(Lasso(0.1), threshold="0.5*mean"), SVR()),
        MIXED,
        CHARGE,
    )
    yield (
        "network",
        make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=(8, 4), solver="lbfgs", max_iter=30)),
        NUMBERS,
        CHARGE,
    )
    yield (
        "roots and logs",
        make_pipeline(
            ColumnTransformer(
                [("root", FunctionTransformer(np.sqrt), ["tenure"]),
                 ("log", FunctionTransformer(np.log1p, np.expm1, feature_names_out="one-to-one"), ["MonthlyCharges"])]
            ),
            LinearRegression(),
        ),
        NUMBERS.abs(),
        CHARGE,
    )  # fmt: skip


def texts() -> Iterator[Model]:
    """Spam and films."""
    yield "spam", make_pipeline(CountVectorizer(), MultinomialNB()), MAILS, SPAM
    steps = [("bow", CountVectorizer(stop_words="english")), ("tfidf", TfidfTransformer()), ("nb", ComplementNB())]
    yield "spam in three steps", Pipeline(steps, verbose=False), MAILS, SPAM
    yield (
        "spam of letters",
        make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), min_df=2, sublinear_tf=True), LinearSVC()
        ),
        MAILS,
        SPAM,
    )
    yield (
        "spam hashed",
        make_pipeline(HashingVectorizer(n_features=64, alternate_sign=False), SGDClassifier()),
        MAILS,
        SPAM,
    )
    yield (
        "topics",
        make_pipeline(CountVectorizer(), LatentDirichletAllocation(2, random_state=0, max_iter=3)),
        MAILS,
        None,
    )
    yield (
        "meaning",
        make_pipeline(TfidfVectorizer(), TruncatedSVD(2, random_state=0), LogisticRegression()),
        MAILS,
        SPAM,
    )
    both = ColumnTransformer(
        [
            ("t", TfidfVectorizer(token_pattern=r"\b\w+\b", strip_accents="unicode"), "text"),
            ("n", StandardScaler(), ["len"]),
        ]
    )
    counted = MAILS.assign(len=MAILS["text"].str.len().astype("float64"))
    yield "spam and its length", make_pipeline(both, LogisticRegression()), counted, SPAM


def groups() -> Iterator[Model]:
    """Segments and outliers."""
    yield "segments", make_pipeline(StandardScaler(), KMeans(3, n_init=2, random_state=42)), NUMBERS, None
    yield "segments of batches", MiniBatchKMeans(3, n_init=1, random_state=0), NUMBERS, None
    yield "segments by halves", BisectingKMeans(3, random_state=0), NUMBERS, None
    yield "segments of a tree", Birch(n_clusters=3), NUMBERS, None
    yield "segments of components", make_pipeline(PCA(0.9), KMeans(2, n_init=1)), THREE.fillna(0), None
    yield "mixture", GaussianMixture(2, covariance_type="tied", random_state=0), NUMBERS, None
    yield "outliers", IsolationForest(n_estimators=10, contamination=0.1, random_state=42), NUMBERS, None
    yield "outliers of an ellipse", make_pipeline(StandardScaler(), EllipticEnvelope(random_state=0)), NUMBERS, None
    yield "outliers of neighbours", LocalOutlierFactor(5, novelty=True), NUMBERS, None
    yield "components", make_pipeline(StandardScaler(), PCA(2, svd_solver="randomized", random_state=1)), FLOWERS, None
    yield "factors", FactorAnalysis(n_components=2, rotation="varimax", random_state=0), FLOWERS, None
    yield "parts of sums", NMF(2, init="nndsvda", max_iter=50, random_state=0), FLOWERS, None
    yield "projected", SparseRandomProjection(3, random_state=0), FLOWERS, None


SCALER = StandardScaler().fit(NUMBERS)
MODEL = LogisticRegression().fit(SCALER.transform(NUMBERS), CHURN)
FOREST = RandomForestClassifier(4, max_depth=3, random_state=0).fit(NUMBERS, CHURN)
Bundle = tuple[str, object, pd.DataFrame, str, np.ndarray]


def bundles() -> Iterator[Bundle]:
    """A model and its preparation apart, as services keep them."""
    plain = StandardScaler().fit(NUMBERS.to_numpy())
    line = LogisticRegression().fit(plain.transform(NUMBERS.to_numpy()), LEFT)
    proba = line.predict_proba(plain.transform(NUMBERS.to_numpy()))
    names = list(NUMBERS.columns)
    yield (
        "service",
        {
            "model": line, "scaler": plain, "columns": names, "accuracy": 0.81, "trained_at": datetime.datetime.now(),
            "version": sys.version, "sklearn": sklearn.__version__, "encoder": LabelEncoder().fit(CHURN),
            "history": pd.DataFrame({"epoch": [1, 2], "loss": [0.6, 0.5]}),
        },
        NUMBERS, "predict_proba", proba,
    )  # fmt: skip
    yield "tuple of two", (line, plain), NUMBERS, "predict_proba", proba
    yield "tuple of three", (line, plain, names), NUMBERS, "predict_proba", proba
    yield "list of two", [plain, line], NUMBERS, "predict_proba", proba
    target = LabelEncoder().fit(CHURN)
    yield "tuple with a label encoder", (line, plain, target), NUMBERS, "predict_proba", proba
    medians = NUMBERS.median()
    yield (
        "with medians",
        {"model": line, "scaler": plain, "medians": medians, "features": names},
        NUMBERS, "predict_proba", proba,
    )  # fmt: skip
    imputer = SimpleImputer(strategy="median").fit(THREE)
    gaps = GradientBoostingClassifier(n_estimators=3).fit(imputer.transform(THREE), LEFT)
    yield (
        "with an imputer",
        {"model": gaps, "imputer": imputer, "feature_cols": list(THREE.columns)},
        THREE, "predict_proba", gaps.predict_proba(imputer.transform(THREE)),
    )  # fmt: skip
    scaled = StandardScaler().fit(imputer.transform(THREE))
    linear = LinearRegression().fit(scaled.transform(imputer.transform(THREE)), CHARGE)
    yield (
        "imputer and scaler",
        {"model": linear, "imputer": imputer, "scaler": scaled, "features": list(THREE.columns), "target": "charge"},
        THREE, "predict", linear.predict(scaled.transform(imputer.transform(THREE))),
    )  # fmt: skip
    pca = PCA(2).fit(scaled.transform(imputer.transform(THREE)))
    four = StandardScaler().fit(FLOWERS)
    two = PCA(2).fit(four.transform(FLOWERS))
    kmeans = KMeans(3, n_init=1, random_state=0).fit(four.transform(FLOWERS))
    yield (
        "clusters with a plane to draw on",
        {"model_name": "kmeans", "model": kmeans, "scaler": four, "pca": two, "best_k": 3, "features": list(FLOWERS)},
        FLOWERS, "predict", kmeans.predict(four.transform(FLOWERS)),
    )  # fmt: skip
    plane = KMeans(2, n_init=1, random_state=0).fit(pca.transform(scaled.transform(imputer.transform(THREE))))
    yield (
        "all steps apart",
        {"imputer": imputer, "scaler": scaled, "pca": pca, "kmeans": plane},
        THREE, "predict", plane.predict(pca.transform(scaled.transform(imputer.transform(THREE)))),
    )  # fmt: skip
    vectorizer = TfidfVectorizer().fit(MAILS["text"])
    spam = MultinomialNB().fit(vectorizer.transform(MAILS["text"]), SPAM)
    answer = spam.predict_proba(vectorizer.transform(MAILS["text"]))
    yield "spam in two", {"model": spam, "vect": vectorizer}, MAILS, "predict_proba", answer
    yield "spam in a tuple", (spam, vectorizer), MAILS, "predict_proba", answer
    yield "spam the other way", (vectorizer, spam), MAILS, "predict_proba", answer
    search = GridSearchCV(RandomForestClassifier(random_state=0), {"max_depth": [2, 3]}, cv=2).fit(NUMBERS, CHURN)
    best = search.predict_proba(NUMBERS)
    yield "search and its best", {"search": search, "model": search.best_estimator_}, NUMBERS, "predict_proba", best
    yield (
        "best and its results",
        {
            "best_estimator": search.best_estimator_,
            "best_params": search.best_params_,
            "best_score": search.best_score_,
            "cv_results": search.cv_results_,
        },
        NUMBERS, "predict_proba", best,
    )  # fmt: skip
    pipe = make_pipeline(_prepared(), FOREST.__class__(3, random_state=0)).fit(MIXED, CHURN)
    yield (
        "pipeline and its parameters",
        {"pipeline": pipe, "params": pipe.get_params(), "numeric_features": ["tenure"], "model_name": "rf"},
        MIXED, "predict_proba", pipe.predict_proba(MIXED),
    )  # fmt: skip
    yield (
        "pipeline and its steps",
        {"pipeline": pipe, "preprocessor": pipe[0], "model": pipe[-1]},
        MIXED, "predict_proba", pipe.predict_proba(MIXED),
    )  # fmt: skip
    prepared = _prepared().fit(MIXED)
    forest = RandomForestClassifier(3, random_state=0).fit(prepared.transform(MIXED), CHURN)
    yield (
        "preprocessor apart",
        {"preprocessor": prepared, "model": forest, "feature_names": prepared.get_feature_names_out().tolist()},
        MIXED, "predict_proba", forest.predict_proba(prepared.transform(MIXED)),
    )  # fmt: skip


def beside() -> Iterator[tuple[str, object]]:
    """What lies beside a model in services, courses and companies' jobs."""
    probability = FOREST.predict_proba(NUMBERS)[:, 1]
    answers = FOREST.predict(NUMBERS)
    split = train_test_split(CLIENTS, CHURN, test_size=0.3, random_state=42)
    now = datetime.datetime(2026, 5, 4, 3, 2, 1, 9)
    yield (
        "card of a run",
        {
            "created": now.isoformat(), "python": platform.python_version(), "numpy": np.__version__,
            "scipy": scipy.__version__, "host": platform.node(), "sha": hashlib.sha256(b"x").hexdigest(),
            "rows": CLIENTS.shape, "seed": 42, "ok": True, "notes": None, "digest": hashlib.md5(b"x").digest(),
        },
    )  # fmt: skip
    yield "versions to compare", {"sklearn": Version(sklearn.__version__), "python": Version("3.13.1rc1")}
    yield (
        "moments",
        {
            "utc": now.replace(tzinfo=datetime.UTC), "local": now.replace(tzinfo=tz.tzlocal()),
            "lima": now.replace(tzinfo=tz.gettz("America/Lima")), "zone": now.replace(tzinfo=zoneinfo.ZoneInfo("UTC")),
            "fixed": now.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=-5), "PET")),
            "tz": tz.tzutc(), "offset": tz.tzoffset("BRT", -10800), "time": now.time(),
            "day": np.datetime64("2026-05-04"),
        },
    )  # fmt: skip
    yield "time of training", {"seconds": time.time(), "clock": time.gmtime(0), "took": np.timedelta64(90, "s")}
    yield "types of columns", CLIENTS.dtypes
    yield "types as a dict", CLIENTS.dtypes.to_dict()
    yield "types as words", CLIENTS.dtypes.astype(str).to_dict()
    yield "types of values", {"tenure": np.int64, "charges": np.float32, "contract": np.str_, "at": np.datetime64}
    yield "expected types", {"tenure": float, "contract": str, "on": datetime.date, "id": uuid.UUID}
    yield (
        "types of an interface",
        {"features": list[float], "row": dict[str, float], "name": typing.Optional[str], "old": typing.List[int]},  # noqa: UP006, UP045
    )
    yield "description", CLIENTS.describe(include="all")
    yield "first rows", CLIENTS.head(5)
    yield "a row of defaults", CLIENTS.iloc[0]
    yield "a row as a dict", dict(CLIENTS.iloc[0])
    yield "gaps", CLIENTS.isna().sum().sort_values(ascending=False)
    yield "correlations", CLIENTS.corr(numeric_only=True).round(2)
    yield "counts", CLIENTS["Contract"].value_counts(normalize=True)
    yield "choices of a form", {column: CLIENTS[column].unique().tolist() for column in ("Contract", "PaymentMethod")}
    yield "choices as arrays", {column: CLIENTS[column].unique() for column in ("Contract", "PaymentMethod")}
    yield "ranges of a form", {name: (NUMBERS[name].min(), NUMBERS[name].max()) for name in NUMBERS}
    yield "common values", CLIENTS.mode().iloc[0].to_dict()
    yield "crossed", pd.crosstab(CLIENTS["Contract"], CHURN, margins=True)
    yield "by group", CLIENTS.groupby("Contract")[["tenure", "MonthlyCharges"]].agg(["mean", "median"])
    yield "rows as records", CLIENTS.head(3).to_records(index=False)
    yield "rows as dicts", CLIENTS.head(3).to_dict("records")
    yield "dummies", pd.get_dummies(CLIENTS[["Contract"]], drop_first=True).columns
    yield "sparse dummies", pd.get_dummies(CLIENTS[["Contract"]], sparse=True).head(3)
    nested = pd.DataFrame({"tags": [["a"], [], ["b", "c"]], "meta": [{"x": 1}, {}, None]})
    yield "cells of lists", nested
    dated = pd.DataFrame(
        {"at": pd.to_datetime(["2026-01-01", None], utc=True), "took": pd.to_timedelta(["1h", "2h"]), "p": ["a", None]}
    ).astype({"p": "string"})
    yield "table of moments", dated
    yield "newer columns", CLIENTS.convert_dtypes().head(4)
    yield "importances", pd.Series(FOREST.feature_importances_, NUMBERS.columns, name="importance").nlargest(2)
    yield (
        "importances as pairs",
        sorted(zip(NUMBERS, FOREST.feature_importances_, strict=True), key=operator.itemgetter(1)),
    )
    yield "importances in a table", pd.DataFrame({"feature": list(NUMBERS), "importance": FOREST.feature_importances_})
    yield "importance by shuffling", permutation_importance(FOREST, NUMBERS, CHURN, n_repeats=2, random_state=0)
    yield "report", metrics.classification_report(CHURN, answers, output_dict=True)
    yield "report as text", metrics.classification_report(CHURN, answers)
    yield "matrix of errors", metrics.confusion_matrix(CHURN, answers, labels=["No", "Yes"])
    yield "four measures", metrics.precision_recall_fscore_support(CHURN, answers, average="weighted")
    yield "thresholds", metrics.precision_recall_curve(LEFT, probability)
    yield "best threshold", {"threshold": np.float32(0.37), "f1": np.float64(0.8), "at": np.intp(3), "ok": np.True_}
    yield "scores", cross_val_score(FOREST, NUMBERS, CHURN, cv=3)
    yield (
        "weights of classes",
        dict(
            zip(["No", "Yes"], compute_class_weight("balanced", classes=np.array(["No", "Yes"]), y=CHURN), strict=True)
        ),
    )
    yield "split", dict(zip(["X_train", "X_test", "y_train", "y_test"], split, strict=True))
    yield "seeds", {"numpy": np.random.RandomState(1).get_state(), "python": random.Random(1).getstate()}
    yield (
        "drift reference",
        {"ks": stats.ks_2samp(NUMBERS["tenure"], NUMBERS["MonthlyCharges"]), "bins": np.histogram_bin_edges(CHARGE, 5)},
    )
    yield "a test of tables", stats.chi2_contingency(pd.crosstab(CLIENTS["Contract"], CHURN))
    yield "a test of means", tuple(stats.ttest_ind(NUMBERS["tenure"], NUMBERS["MonthlyCharges"]))
    yield "a test of shape", {"shapiro": stats.shapiro(CHARGE), "rank": stats.spearmanr(NUMBERS["tenure"], CHARGE)}
    yield "described", stats.describe(CHARGE.to_numpy())
    yield "a normal curve", {"now": statistics.NormalDist(10, 2), "scipy": stats.norm(10, 2)}
    yield "functions of the target", {"forward": np.log1p, "back": np.expm1, "pick": np.argmax, "mean": np.mean}
    yield "functions of tables", {"dates": pd.to_datetime, "dummies": pd.get_dummies, "gaps": pd.isna, "bins": pd.cut}
    yield (
        "methods of tables",
        {"fill": pd.Series.median, "drop": pd.DataFrame.dropna, "clean": str.strip, "low": str.lower},
    )
    yield "clipping", functools.partial(np.clip, a_min=0.0, a_max=1.0)
    yield "a share as a word", "{:.1%}".format
    yield "measures", [metrics.accuracy_score, metrics.mean_squared_error, metrics.r2_score, metrics.get_scorer("f1")]
    yield (
        "words to drop",
        {"stop": set(ENGLISH_STOP_WORDS), "marks": str.maketrans("", "", string.punctuation), "of": re.compile(r"\W+")},
    )
    yield "counts of labels", collections.Counter(CHURN)
    yield "nested counts", collections.defaultdict(dict, {"a": collections.defaultdict(float, b=1.0)})
    yield "counts of counts", collections.defaultdict(functools.partial(collections.defaultdict, int))
    yield (
        "encoders",
        {
            "plan": LabelBinarizer().fit(PLAN),
            "tags": MultiLabelBinarizer().fit([["a"], ["b"]]),
            "y": LabelEncoder().fit(CHURN),
        },
    )
    yield (
        "maps",
        {
            "to_name": {0: "No", 1: "Yes"},
            "back": dict(enumerate(FOREST.classes_)),
            "codes": dict(zip(PLAN, range(3), strict=False)),
        },
    )
    yield (
        "places",
        {
            "home": pathlib.Path("artifacts") / "model.pkl",
            "win": pathlib.PureWindowsPath("C:/m.pkl"),
            "pure": pathlib.PurePosixPath("/srv"),
        },
    )
    yield "a figure", go.Figure(go.Bar(x=["a", "b"], y=[1, 2]))
    yield "a figure as JSON", json.dumps(go.Figure(go.Bar(x=["a"], y=[1])).to_dict(), default=str)
    yield "a picture", zlib.compress(b"\x89PNG" * 9)
    yield "folds", [KFold(3, shuffle=True, random_state=1), StratifiedKFold(4), list(KFold(2).split(NUMBERS))]
    yield "data of a course", datasets.load_wine(as_frame=True)
    yield "own bunch", Bunch(name="churn", tags=("a", "b"), table=CLIENTS.head(2))
    yield "nearest places", {"tree": BallTree(NUMBERS.to_numpy()), "names": list("ab")}
    yield (
        "weights of the line",
        {"coef": MODEL.coef_, "bias": MODEL.intercept_, "classes": MODEL.classes_, "iterations": MODEL.n_iter_},
    )
    yield "parameters", FOREST.get_params()
    yield "unfitted copy", {"copy": clone(FOREST), "grid": {"n_estimators": [10, 20], "max_depth": [None, 3]}}
    yield "masked", np.ma.masked_invalid([1.0, np.nan])
    yield "complex waves", np.fft.fft(np.arange(4.0))
    yield "error of the last run", {"error": ValueError("Input X contains NaN."), "warning": UserWarning("old")}
    yield (
        "user and folder",
        {"user": os.environ.get("USER", "me"), "sep": os.sep, "sys": sys.platform, "max": sys.maxsize, "inf": math.inf},
    )
    yield (
        "run by name",
        types.SimpleNamespace(run=uuid.uuid4(), tags=frozenset({"prod"}), span=range(3), rows=slice(0, 9)),
    )


def of_whole_kinds() -> Iterator[object]:
    """Every value of some kinds that may lie beside a model."""
    one, other = NUMBERS["tenure"].to_numpy(), NUMBERS["MonthlyCharges"].to_numpy()
    for name in (
        *(
            "pearsonr",
            "spearmanr",
            "mannwhitneyu",
            "wilcoxon",
            "levene",
            "bartlett",
            "f_oneway",
            "kruskal",
            "linregress",
        ),
        *("theilslopes", "siegelslopes", "ansari", "fligner", "brunnermunzel", "epps_singleton_2samp", "ks_2samp"),
        *("cramervonmises_2samp", "alexandergovern", "tukey_hsd", "ranksums", "somersd", "median_test"),
    ):
        yield getattr(stats, name)(one, other)
    for name in (
        "shapiro",
        "normaltest",
        "skewtest",
        "kurtosistest",
        "describe",
        "relfreq",
        "cumfreq",
        "bayes_mvs",
        "mode",
    ):
        yield getattr(stats, name)(one)
    yield from (stats.sigmaclip(one), stats.gaussian_kde(one), stats.binned_statistic(one, other))
    yield stats.anderson_ksamp([one, other])
    yield stats.friedmanchisquare(one, other, one + other)
    yield stats.page_trend_test(np.c_[one, other, one])
    yield from (stats.chisquare([10, 12, 9]), stats.binomtest(3, 9), stats.chi2_contingency([[3, 4], [5, 6]]))
    yield from (stats.barnard_exact([[3, 4], [5, 6]]), stats.boschloo_exact([[3, 4], [5, 6]]))
    yield from (stats.contingency.crosstab([1, 2], [1, 2]), stats.contingency.odds_ratio([[3, 4], [5, 6]]))
    yield stats.contingency.relative_risk(3, 9, 4, 9)
    yield stats.bootstrap((one,), np.mean, n_resamples=9)
    yield stats.permutation_test((one, other), _difference, n_resamples=9)
    line = np.arange(9.0)
    yield from (make(line, line**2) for make in (CubicSpline, PchipInterpolator, Akima1DInterpolator))
    yield from (make(line, line**2) for make in (UnivariateSpline, InterpolatedUnivariateSpline))
    yield LSQUnivariateSpline(line, line**2, [4.0])
    yield from (spatial.KDTree(NUMBERS), spatial.cKDTree(NUMBERS))
    yield from (Version("1.0rc1"), tz.tzlocal(), tz.tzutc(), tz.tzoffset("BRT", -10800), tz.gettz("America/Lima"))
    for name in auxiliary_names.NAMES:
        if name.startswith("builtins:") and isinstance(kind := getattr(builtins, name[9:]), type):
            yield kind
        if name.startswith("typing:"):
            yield getattr(typing, name[7:])


def _difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(one.mean() - other.mean())


Writer = Callable[[object], bytes]


def _joblib(saved: object, compress: object = 0, protocol: int | None = None) -> bytes:
    target = io.BytesIO()
    joblib.dump(saved, target, compress=compress, protocol=protocol)
    return target.getvalue()


WRITERS: tuple[Writer, ...] = (
    lambda saved: pickle.dumps(saved, 0),
    lambda saved: _joblib(saved, 3),
    lambda saved: pickle.dumps(saved, 1),
    lambda saved: gzip.compress(pickle.dumps(saved)),
    lambda saved: pickle.dumps(saved, 2),
    lambda saved: _joblib(saved, ("gzip", 3)),
    lambda saved: pickle.dumps(saved, 3),
    lambda saved: bz2.compress(pickle.dumps(saved, 4)),
    _joblib,
    lambda saved: _joblib(saved, ("bz2", 9), 4),
    lambda saved: pickle.dumps(saved, 4),
    lambda saved: lzma.compress(pickle.dumps(saved, 5)),
    lambda saved: _joblib(saved, ("lzma", 2)),
    lambda saved: pickle.dumps(saved, 5),
    lambda saved: _joblib(saved, 0, 2),
    lambda saved: _joblib(saved, ("xz", 6)),
)
SHAPES: tuple[Callable[[object, object], object], ...] = (
    lambda model, value: {"model": model, "extra": value},
    lambda model, value: (model, value),
    lambda model, value: {"artifacts": {"clf": model, "info": {"more": [value]}}, "ok": True},
    lambda model, value: [value, model],
    lambda model, value: collections.OrderedDict(value=value, classifier=model),
)


def _dense(answer: object) -> np.ndarray:
    if isinstance(answer, list):
        answer = np.column_stack(answer)
    return np.asarray(answer.todense() if hasattr(answer, "todense") else answer)


def _given(table: pd.DataFrame) -> object:
    if list(table) == ["text"]:
        return table["text"]
    return table if isinstance(table.columns[0], str) else table.to_numpy()


def deployed() -> Iterator[Further]:
    """Every file that ought to open, each written in another way."""
    with warnings.catch_warnings(action="ignore"):
        at = 0
        for maker in (telco, flowers, amounts, texts, groups):
            for name, model, table, target in maker():
                rows = pd.DataFrame(table)
                given = _given(rows)
                fitted = model if name == "sparse rows" else model.fit(given, target)
                method = next(one for one in METHODS if hasattr(fitted, one))
                data = WRITERS[at % len(WRITERS)](fitted)
                expected = getattr(pickle.loads(pickle.dumps(fitted)), method)(given)
                yield Further(name, data, rows, method, _dense(expected))
                at += 1
        for name, saved, table, method, expected in bundles():
            yield Further(f"bundle: {name}", WRITERS[at % len(WRITERS)](saved), table, method, expected)
            at += 1
        for place, (name, value) in enumerate(beside()):
            data = WRITERS[at % len(WRITERS)](SHAPES[place % len(SHAPES)](FOREST, value))
            yield Further(f"beside: {name}", data, NUMBERS, "predict_proba", FOREST.predict_proba(NUMBERS))
            at += 1


class Plan(enum.Enum):
    """A class of a project's own."""

    BASIC = "basic"


@dataclasses.dataclass
class Card:
    """A class of a project's own."""

    accuracy: float
    made: datetime.date


Row = collections.namedtuple("Row", ["tenure", "charges"])


def own_classes() -> Iterator[tuple[str, bytes]]:
    """Honest files that name classes of their authors': never opened."""
    for name, value in (
        ("dataclass", Card(0.8, datetime.date(2026, 1, 1))),
        ("enumeration", Plan.BASIC),
        ("named tuple", Row(1, 2.0)),
        ("class", Card),
    ):
        for protocol in range(6):
            yield f"{name}, {protocol}", pickle.dumps({"model": FOREST, "value": value}, protocol)
