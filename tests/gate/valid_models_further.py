"""Further valid files: models of every task, objects beside a model, and files of a project's own code.

`further()` yields a file, rows, a method and what its author's copy answers; `own_code()` yields files that need
code that only their authors have.
"""

import array
import builtins
import calendar
import collections
import configparser
import datetime
import functools
import http
import importlib
import io
import ipaddress
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
import urllib.parse
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import cloudpickle
import joblib
import numpy as np
import pandas as pd
import skops.io
from pandas._libs.tslibs import offsets
from scipy import interpolate, optimize, sparse, spatial, stats
from sklearn import datasets, inspection, metrics
from sklearn.base import BaseEstimator, clone
from sklearn.calibration import CalibratedClassifierCV, CalibrationDisplay, calibration_curve
from sklearn.cluster import (
    DBSCAN,
    AffinityPropagation,
    AgglomerativeClustering,
    FeatureAgglomeration,
    KMeans,
    MeanShift,
)
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.covariance import EllipticEnvelope
from sklearn.cross_decomposition import PLSCanonical, PLSRegression
from sklearn.decomposition import NMF, PCA, IncrementalPCA, MiniBatchDictionaryLearning, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    AdaBoostClassifier,
    BaggingClassifier,
    ExtraTreesRegressor,
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
from sklearn.exceptions import ConvergenceWarning, DataConversionWarning, NotFittedError
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfVectorizer
from sklearn.feature_selection import SelectFromModel, SelectKBest, chi2, mutual_info_classif
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ExpSineSquared, RationalQuadratic, WhiteKernel
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import (
    BayesianRidge,
    ElasticNetCV,
    GammaRegressor,
    HuberRegressor,
    LarsCV,
    LassoLarsCV,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    MultiTaskElasticNet,
    PassiveAggressiveClassifier,
    Perceptron,
    PoissonRegressor,
    RANSACRegressor,
    Ridge,
    RidgeClassifier,
    SGDClassifier,
    SGDOneClassSVM,
    SGDRegressor,
    TheilSenRegressor,
    TweedieRegressor,
)
from sklearn.manifold import Isomap, LocallyLinearEmbedding
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.model_selection import (
    GridSearchCV,
    GroupShuffleSplit,
    LearningCurveDisplay,
    LeaveOneOut,
    ParameterGrid,
    RandomizedSearchCV,
    RepeatedStratifiedKFold,
    ShuffleSplit,
    StratifiedKFold,
    TimeSeriesSplit,
    ValidationCurveDisplay,
    cross_validate,
    learning_curve,
    train_test_split,
    validation_curve,
)
from sklearn.multiclass import OneVsRestClassifier, OutputCodeClassifier
from sklearn.multioutput import MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestCentroid, RadiusNeighborsClassifier
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    LabelEncoder,
    MinMaxScaler,
    MultiLabelBinarizer,
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
from sklearn.semi_supervised import LabelPropagation, SelfTrainingClassifier
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR, OneClassSVM
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, export_text

from lib.gate.judging import auxiliary_names

ROWS = 80
METHODS = ("predict_proba", "predict", "decision_function", "transform")


@dataclass(frozen=True)
class Further:
    """A file, rows to ask about, a method, and what a plain load of the file answers."""

    name: str
    data: bytes
    table: pd.DataFrame
    method: str
    expected: np.ndarray


def _flights() -> pd.DataFrame:
    draw = np.random.default_rng(31)
    return pd.DataFrame(
        {
            "distance": draw.integers(100, 4_000, ROWS).astype("float64"),
            "dep_hour": draw.integers(0, 24, ROWS),
            "delay": np.where(draw.random(ROWS) < 0.1, np.nan, draw.gamma(2, 9, ROWS)),
            "carrier": draw.choice(["IB", "LA", "AV", "CM"], ROWS),
            "cabin": pd.Categorical(draw.choice(["eco", "biz"], ROWS), ["eco", "biz"]),
            "remarks": draw.choice(["late crew", "bad weather at origin", "no remarks", "late inbound aircraft"], ROWS),
        }
    )


FLIGHTS = _flights()
_DRAW = np.random.default_rng(5)
FARE = (FLIGHTS["distance"] * 0.11 + 3 * FLIGHTS["dep_hour"] + _DRAW.normal(0, 20, ROWS)).abs() + 1
FULL = np.where(FARE + _DRAW.normal(0, 40, ROWS) > FARE.median(), 1, 0)
HAUL = pd.cut(FLIGHTS["distance"], [0, 1_000, 2_500, 9_000], labels=["short", "medium", "long"])
NUMBERS = FLIGHTS[["distance", "dep_hour"]].astype("float64")
GAPS = FLIGHTS[["distance", "dep_hour", "delay"]].astype("float64")
TEXT = FLIGHTS[["remarks"]]
PLAIN = _DRAW.normal(size=(ROWS, 4)).round(3)
KIND = (PLAIN[:, 0] > 0).astype(int) + (PLAIN[:, 1] > 0.5)
TABLE = pd.DataFrame(PLAIN)

Model = tuple[str, BaseEstimator, pd.DataFrame, object]


def regressions() -> Iterator[Model]:
    """Amounts."""
    yield "line through zero", LinearRegression(positive=True, fit_intercept=False), NUMBERS, FARE
    yield "line of a frame of one", LinearRegression(), NUMBERS[["distance"]], FARE.to_frame()
    yield (
        "rolling origin",
        GridSearchCV(
            HistGradientBoostingRegressor(max_iter=4, early_stopping=True, validation_fraction=0.2, random_state=1),
            {"max_depth": [2, None], "learning_rate": np.array([0.1, 0.3])},
            cv=TimeSeriesSplit(3, gap=2),
            scoring=["neg_mean_absolute_percentage_error", "r2"],
            refit="r2",
            return_train_score=True,
        ),
        GAPS,
        FARE,
    )
    yield (
        "consensus",
        make_pipeline(
            SimpleImputer(strategy="median"),
            RANSACRegressor(
                HuberRegressor(),
                min_samples=20,
                loss="squared_error",
                residual_threshold=1e4,
                max_trials=9,
                random_state=1,
            ),
        ),
        GAPS,
        FARE,
    )
    yield (
        "medians of slopes",
        make_pipeline(
            RobustScaler(quantile_range=(10, 90), unit_variance=True),
            TheilSenRegressor(n_subsamples=20, random_state=2),
        ),
        NUMBERS,
        FARE,
    )
    yield (
        "process with a season",
        make_pipeline(
            StandardScaler(),
            GaussianProcessRegressor(
                RationalQuadratic() + ExpSineSquared(periodicity=2.0) * RBF() + WhiteKernel(0.5, (1e-5, 1e3)),
                normalize_y=True,
                n_restarts_optimizer=1,
                random_state=0,
            ),
        ),
        NUMBERS[:40],
        FARE[:40],
    )
    yield (
        "ridge by a kernel",
        make_pipeline(StandardScaler(), KernelRidge(kernel="laplacian", gamma=0.2)),
        NUMBERS,
        FARE,
    )
    yield (
        "ridge by squares",
        make_pipeline(MinMaxScaler((-1, 1)), KernelRidge(kernel="polynomial", degree=2, coef0=1.5, alpha=[0.3])),
        NUMBERS,
        FARE,
    )
    yield (
        "target of equal steps",
        TransformedTargetRegressor(
            make_pipeline(StandardScaler(), SVR(C=10, epsilon=0.05)),
            transformer=make_pipeline(PowerTransformer("box-cox"), MinMaxScaler()),
        ),
        NUMBERS,
        FARE,
    )
    yield (
        "delays by dispersion",
        make_pipeline(
            StandardScaler(), TweedieRegressor(power=1.9, alpha=0.1, solver="newton-cholesky", warm_start=True)
        ),
        NUMBERS,
        FARE,
    )
    yield (
        "net of a season",
        make_pipeline(
            make_column_transformer(
                (SplineTransformer(6, knots=np.linspace(0, 24, 6)[:, None], extrapolation="periodic"), ["dep_hour"]),
                (PolynomialFeatures(3, include_bias=False), ["distance"]),
            ),
            StandardScaler(),
            ElasticNetCV(
                l1_ratio=[0.2, 0.9], alphas=5, cv=ShuffleSplit(2, random_state=0), selection="random", random_state=0
            ),
        ),
        NUMBERS,
        FARE,
    )
    yield "least angles", make_pipeline(StandardScaler(), LarsCV(cv=3)), TABLE, PLAIN[:, 2] * 2 + PLAIN[:, 0]
    yield "least angles of lasso", LassoLarsCV(cv=3, positive=True), TABLE, PLAIN[:, 2] * 2 + PLAIN[:, 0]
    yield "uncertain line", BayesianRidge(compute_score=True, fit_intercept=False), TABLE, PLAIN[:, 3] + 1
    yield (
        "by averaged steps",
        make_pipeline(
            StandardScaler(), SGDRegressor("epsilon_insensitive", learning_rate="adaptive", average=5, random_state=0)
        ),
        NUMBERS,
        FARE,
    )
    yield (
        "network of two",
        MLPRegressor(
            hidden_layer_sizes=(5, 3),
            activation="tanh",
            solver="sgd",
            learning_rate="adaptive",
            early_stopping=True,
            max_iter=9,
            random_state=0,
        ),
        TABLE,
        PLAIN[:, :2] @ [[1, 2], [0, 1]],
    )
    yield (
        "two by boosting",
        MultiOutputRegressor(GradientBoostingRegressor(n_estimators=3, subsample=0.7)),
        NUMBERS,
        (pd.DataFrame({"fare": FARE, "tax": FARE / 5})),
    )
    yield "two in order", RegressorChain(LinearSVR(), order=[1, 0]), TABLE, PLAIN[:, :2] + 1
    yield "two of common penalties", MultiTaskElasticNet(0.01), TABLE, PLAIN[:, :2] + 1
    yield "canonical parts", PLSCanonical(2), TABLE, PLAIN[:, :3] + 1
    yield (
        "vote of trees",
        VotingRegressor(
            [("hgb", HistGradientBoostingRegressor(max_iter=3)), ("et", ExtraTreesRegressor(4, max_depth=3))], n_jobs=1
        ),
        GAPS.fillna(0),
        FARE,
    )
    yield (
        "stack with its columns",
        StackingRegressor(
            [
                ("knn", make_pipeline(StandardScaler(), KNeighborsRegressor(metric="manhattan"))),
                ("pls", PLSRegression(1)),
            ],
            PoissonRegressor(max_iter=20),
            passthrough=True,
            cv=3,
        ),
        TABLE,
        np.exp(PLAIN[:, 1]),
    )
    yield "prior fare", DummyRegressor(strategy="constant", constant=[12.5]), NUMBERS, FARE
    yield (
        "random search of a forest",
        RandomizedSearchCV(
            RandomForestRegressor(random_state=np.random.RandomState(4)),
            {
                "n_estimators": range(2, 5),
                "max_features": ["sqrt", 1.0, None],
                "ccp_alpha": stats.expon(scale=0.1),
                "min_impurity_decrease": stats.truncnorm(0, 1),
            },
            n_iter=3,
            cv=2,
            random_state=np.random.RandomState(7),
            scoring="neg_max_error",
        ),
        NUMBERS,
        FARE,
    )
    yield (
        "tree of logarithms",
        TransformedTargetRegressor(
            DecisionTreeRegressor(max_depth=3, criterion="friedman_mse"), func=np.log2, inverse_func=np.exp2
        ),
        NUMBERS.to_numpy("float32"),
        FARE,
    )
    yield "weighed amounts", GammaRegressor(alpha=0.5, fit_intercept=False), TABLE, np.exp(PLAIN[:, 2])


def classifications() -> Iterator[Model]:
    """Kinds."""
    carrier = LabelEncoder().fit_transform(FLIGHTS["carrier"])
    yield "discriminant of least squares", LinearDiscriminantAnalysis("lsqr", shrinkage="auto"), NUMBERS, HAUL
    yield "discriminant as directions", LinearDiscriminantAnalysis("eigen", n_components=1), NUMBERS, HAUL.astype(str)
    yield (
        "quadratic with priors",
        QuadraticDiscriminantAnalysis(priors=[0.2, 0.5, 0.3], store_covariance=True, reg_param=0.2),
        TABLE,
        KIND,
    )
    yield "near the medians", NearestCentroid(metric="manhattan"), NUMBERS, HAUL
    yield (
        "within a radius",
        RadiusNeighborsClassifier(0.4, weights="distance", outlier_label="most_frequent", algorithm="ball_tree"),
        TABLE,
        KIND,
    )
    yield (
        "neighbours of a covariance",
        KNeighborsClassifier(
            4, metric="mahalanobis", metric_params={"VI": np.linalg.inv(np.cov(PLAIN.T))}, algorithm="brute"
        ),
        TABLE,
        KIND,
    )
    yield (
        "neighbours on a globe",
        KNeighborsClassifier(3, metric="haversine", algorithm="ball_tree"),
        (TABLE[[0, 1]] / 4),
        KIND,
    )
    yield "codes", OutputCodeClassifier(LinearSVC(random_state=0), code_size=3, random_state=0), NUMBERS, HAUL
    yield "each against the rest", OneVsRestClassifier(RidgeClassifier(class_weight="balanced"), n_jobs=1), TABLE, KIND
    yield (
        "labels from text",
        OneVsRestClassifier(
            make_pipeline(TfidfVectorizer(strip_accents="unicode", token_pattern=r"\w+"), LogisticRegression())
        ),
        TEXT,
        MultiLabelBinarizer().fit_transform([remark.split()[:2] for remark in TEXT["remarks"]]),
    )
    yield (
        "stack that also sees the rows",
        StackingClassifier(
            [
                ("nb", GaussianNB(var_smoothing=1e-6)),
                ("dt", DecisionTreeClassifier(max_leaf_nodes=4, splitter="random")),
            ],
            LogisticRegressionCV(Cs=[0.1, 1], cv=2, use_legacy_attributes=True, l1_ratios=(0,)),
            stack_method="predict",
            passthrough=True,
            cv=StratifiedKFold(3, shuffle=True, random_state=0),
        ),
        NUMBERS,
        FULL,
    )
    yield (
        "vote flattened no more",
        VotingClassifier(
            [("a", SVC(gamma="auto", probability=False)), ("b", AdaBoostClassifier(n_estimators=3))],
            flatten_transform=False,
        ),
        TABLE,
        KIND,
    )
    yield (
        "bag of vectors",
        BaggingClassifier(
            SVC(), 3, max_samples=0.6, max_features=0.5, bootstrap_features=True, oob_score=True, random_state=1
        ),
        TABLE,
        KIND,
    )
    yield (
        "agreement of raters",
        GridSearchCV(
            RandomForestClassifier(3, random_state=42),
            {"max_depth": [2, 3], "criterion": ["gini", "entropy"]},
            scoring=metrics.make_scorer(metrics.cohen_kappa_score, weights="quadratic"),
            cv=RepeatedStratifiedKFold(n_splits=2, n_repeats=2, random_state=42),
        ),
        NUMBERS,
        carrier,
    )
    yield (
        "three measures",
        GridSearchCV(
            LogisticRegression(),
            {"C": [0.1, 1.0], "class_weight": [None, "balanced", {0: 1, 1: 4}]},
            scoring={
                "AUC": "roc_auc",
                "MCC": metrics.make_scorer(metrics.matthews_corrcoef),
                "F2": metrics.make_scorer(metrics.fbeta_score, beta=2, zero_division=0.0),
            },
            refit="MCC",
            cv=3,
        ),
        TABLE,
        FULL,
    )
    yield (
        "by name of a measure",
        RandomizedSearchCV(
            MLPClassifier(max_iter=5, random_state=0),
            {"hidden_layer_sizes": [(3,), (4, 2)], "alpha": stats.loguniform(1e-5, 1e-1)},
            n_iter=2,
            cv=2,
            scoring=metrics.get_scorer("roc_auc_ovr_weighted"),
            random_state=0,
            error_score="raise",
        ),
        TABLE,
        KIND,
    )
    yield (
        "network by lbfgs",
        make_pipeline(
            StandardScaler(), MLPClassifier(3, activation="logistic", solver="lbfgs", max_iter=15, random_state=0)
        ),
        NUMBERS,
        HAUL,
    )
    yield (
        "process of kinds",
        GaussianProcessClassifier(
            1.0 * RBF([1.0, 2.0, 1.0, 1.0]), multi_class="one_vs_rest", max_iter_predict=10, random_state=0
        ),
        TABLE[:30],
        KIND[:30],
    )
    yield "spread labels", LabelPropagation(kernel="knn", n_neighbors=4), TABLE, np.where(np.arange(ROWS) % 3, KIND, -1)
    yield (
        "trained by itself",
        SelfTrainingClassifier(DecisionTreeClassifier(max_depth=2), criterion="k_best", k_best=5, max_iter=3),
        TABLE,
        np.where(np.arange(ROWS) % 3, KIND, -1),
    )
    yield "aggressive", PassiveAggressiveClassifier(C=0.5, random_state=0, average=True), TABLE, KIND
    yield (
        "perceptron of a penalty",
        Perceptron(penalty="elasticnet", alpha=1e-3, random_state=0, n_iter_no_change=2),
        TABLE,
        KIND,
    )
    yield "always the same", DummyClassifier(strategy="constant", constant="long"), NUMBERS, HAUL
    yield (
        "boosting by name",
        HistGradientBoostingClassifier(
            max_iter=4, categorical_features=["cabin", "carrier"], monotonic_cst={"distance": 1}, max_features=0.8
        ),
        FLIGHTS[["distance", "cabin", "carrier"]].assign(carrier=FLIGHTS["carrier"].astype("category")),
        FULL,
    )
    yield (
        "calibrated vote",
        CalibratedClassifierCV(
            VotingClassifier([("a", GaussianNB()), ("b", LogisticRegression())], voting="soft"), method="isotonic", cv=2
        ),
        NUMBERS,
        FULL,
    )
    yield (
        "chosen by trees already fitted",
        Pipeline(
            [
                ("pick", SelectFromModel(RandomForestClassifier(4, random_state=0).fit(PLAIN, KIND), prefit=True)),
                ("fit", SVC(decision_function_shape="ovo", break_ties=False)),
            ]
        ),
        TABLE,
        KIND,
    )
    yield (
        "words of information",
        make_pipeline(
            CountVectorizer(binary=True, stop_words=list(ENGLISH_STOP_WORDS), ngram_range=(1, 2)),
            SelectKBest(chi2, k="all"),
            SelectKBest(functools.partial(mutual_info_classif, discrete_features=True, random_state=1), k=4),
            MultinomialNB(class_prior=[0.5, 0.5]),
        ),
        TEXT,
        FULL,
    )


def columns_and_steps() -> Iterator[Model]:
    """Preparations."""
    numbers = make_pipeline(
        KNNImputer(n_neighbors=2, weights="distance"), QuantileTransformer(n_quantiles=10, output_distribution="normal")
    )
    inner = ColumnTransformer(
        [
            (
                "log",
                FunctionTransformer(np.log1p, np.expm1, feature_names_out="one-to-one", check_inverse=False),
                ["distance"],
            ),
            (
                "bins",
                KBinsDiscretizer(
                    4,
                    encode="ordinal",
                    strategy="quantile",
                    subsample=50,
                    random_state=0,
                    quantile_method="averaged_inverted_cdf",
                ),
                ["dep_hour"],
            ),
        ],
        verbose_feature_names_out=True,
    )
    words = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="none"),
        OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, min_frequency=2),
    )
    nested = ColumnTransformer(
        [
            ("inner", inner, ["distance", "dep_hour"]),
            ("gaps", numbers, ["delay", "distance"]),
            ("w", words, ["carrier"]),
            ("e", "drop", ["remarks"]),
        ],
        remainder="passthrough",
    )
    nested.set_output(transform="pandas")
    yield (
        "columns in columns",
        Pipeline(
            [("prep", nested), ("hgb", HistGradientBoostingClassifier(max_iter=3, categorical_features="from_dtype"))]
        ),
        FLIGHTS,
        FULL,
    )
    yield (
        "by slices and masks",
        ColumnTransformer(
            [
                ("s", StandardScaler(), slice(0, 2)),
                ("m", MinMaxScaler(), [False, False, True, False]),
                ("n", Normalizer(), [-1, 0]),
                ("p", "passthrough", np.array([1, 2])),
            ],
            n_jobs=1,
        ),
        TABLE,
        KIND,
    )
    yield (
        "by a slice of names",
        make_pipeline(
            ColumnTransformer([("n", SimpleImputer(add_indicator=True), slice("distance", "delay"))]),
            Ridge(solver="svd"),
        ),
        FLIGHTS,
        FARE,
    )
    yield (
        "by patterns",
        make_pipeline(
            make_column_transformer(
                (PowerTransformer(), make_column_selector("^d.*", dtype_include="float64")),
                (
                    OneHotEncoder(drop="if_binary", dtype=np.uint8, sparse_output=False),
                    make_column_selector("c", dtype_include=[object, "category", "string"]),
                ),
                n_jobs=1,
            ),
            KNNImputer(),
            LogisticRegression(solver="newton-cholesky"),
        ),
        FLIGHTS,
        FULL,
    )
    yield (
        "text beside numbers",
        make_pipeline(
            ColumnTransformer(
                [
                    ("tfidf", TfidfVectorizer(max_features=20, smooth_idf=False), "remarks"),
                    ("count", CountVectorizer(analyzer="char", ngram_range=(2, 2)), "carrier"),
                    ("num", make_pipeline(SimpleImputer(), StandardScaler()), ["distance", "delay"]),
                ],
                sparse_threshold=1.0,
                transformer_weights={"tfidf": 2.0, "num": np.float64(0.5)},
            ),
            SGDClassifier("log_loss", alpha=1e-3, random_state=0, class_weight="balanced"),
        ),
        FLIGHTS,
        FULL,
    )
    yield (
        "hidden meanings",
        make_pipeline(
            TfidfVectorizer(sublinear_tf=True),
            TruncatedSVD(3, random_state=1, n_iter=7),
            Normalizer(copy=False),
            KMeans(3, init="random", n_init=3, random_state=0),
        ),
        TEXT,
        None,
    )
    yield (
        "parts by divergence",
        make_pipeline(
            CountVectorizer(),
            NMF(2, solver="mu", beta_loss="kullback-leibler", init="nndsvdar", max_iter=30, random_state=1),
        ),
        TEXT,
        None,
    )
    yield (
        "medians of columns",
        make_pipeline(FeatureAgglomeration(2, pooling_func=np.median), Ridge()),
        TABLE,
        PLAIN[:, 0],
    )
    yield (
        "columns by distance",
        FeatureAgglomeration(None, distance_threshold=5.0, linkage="average", metric="cosine"),
        TABLE,
        None,
    )
    yield "which are missing", MissingIndicator(sparse=False, error_on_new=False), GAPS, None
    yield (
        "filled in turns",
        make_pipeline(
            IterativeImputer(
                BayesianRidge(),
                min_value=[0, 0, 0],
                max_value=np.inf,
                imputation_order="roman",
                n_nearest_features=2,
                random_state=0,
                max_iter=3,
                initial_strategy="median",
            ),
            IsolationForest(n_estimators=6, contamination=0.05, max_samples=20, random_state=0),
        ),
        GAPS,
        None,
    )
    yield (
        "encoded by the fare",
        make_pipeline(
            make_column_transformer(
                (TargetEncoder(smooth=2.0, cv=3, random_state=1), ["carrier", "cabin"]),
                remainder="drop",
            ),
            LinearRegression(),
        ),
        FLIGHTS,
        FARE,
    )
    yield (
        "union of unions",
        make_union(
            make_union(PCA(1), "passthrough"), make_pipeline(StandardScaler(), PCA(2, whiten=True)), verbose=False
        ),
        TABLE,
        None,
    )
    yield (
        "cached steps",
        Pipeline([("s", StandardScaler()), ("m", LogisticRegression())], memory=joblib.Memory(None)),
        TABLE,
        KIND,
    )
    yield (
        "pipeline cut short",
        make_pipeline(StandardScaler(), PCA(2), LogisticRegression()).fit(PLAIN, KIND)[:-1],
        TABLE,
        KIND,
    )
    yield "nothing at the end", Pipeline([("s", RobustScaler()), ("end", "passthrough")]), TABLE, None
    yield "parts kept in memory", IncrementalPCA(2, batch_size=20, whiten=True), TABLE, None
    yield (
        "atoms",
        MiniBatchDictionaryLearning(
            3, transform_algorithm="lasso_lars", transform_alpha=0.1, max_iter=3, random_state=0
        ),
        TABLE,
        None,
    )
    yield "a map of neighbours", Isomap(n_neighbors=6, n_components=2), TABLE, None
    yield "a local map", LocallyLinearEmbedding(n_neighbors=6, random_state=0, eigen_solver="dense"), TABLE, None


def without_target() -> Iterator[Model]:
    """Groups and outliers."""
    yield (
        "odd by trees",
        IsolationForest(n_estimators=5, warm_start=True, bootstrap=True, max_features=2, random_state=1),
        TABLE,
        None,
    )
    yield (
        "odd by a polynomial",
        make_pipeline(StandardScaler(), OneClassSVM(kernel="poly", degree=2, nu=0.1, coef0=1)),
        NUMBERS,
        None,
    )
    yield "odd by steps", SGDOneClassSVM(nu=0.2, random_state=0), TABLE, None
    yield (
        "odd by an ellipse",
        make_pipeline(PCA(2), EllipticEnvelope(support_fraction=0.9, random_state=0)),
        TABLE,
        None,
    )
    for shape in ("tied", "diag", "spherical"):
        yield (
            f"mixture, {shape}",
            make_pipeline(
                StandardScaler(), GaussianMixture(3, covariance_type=shape, init_params="k-means++", random_state=0)
            ),
            NUMBERS,
            None,
        )
    yield (
        "mixture that chooses",
        BayesianGaussianMixture(
            n_components=4,
            weight_concentration_prior_type="dirichlet_distribution",
            weight_concentration_prior=0.01,
            mean_precision_prior=0.8,
            random_state=0,
            max_iter=20,
            n_init=2,
            warm_start=True,
        ),
        NUMBERS,
        None,
    )
    yield "messages between rows", AffinityPropagation(damping=0.8, random_state=0), TABLE, None
    yield "shifted means", MeanShift(bin_seeding=True, cluster_all=False), TABLE, None


def in_parts() -> Iterator[Model]:
    """Models that are fitted when they are yielded, with parts, weights or changes afterwards."""
    first = SGDClassifier("perceptron", learning_rate="invscaling", eta0=0.1, random_state=0)
    for rows in np.array_split(np.arange(ROWS), 4):
        first.partial_fit(PLAIN[rows], KIND[rows], classes=np.unique(KIND))
    yield "seen in four parts", first, TABLE, None
    weights = pd.Series(np.linspace(0.5, 2, ROWS), name="weight")
    yield (
        "weights of a column",
        HistGradientBoostingRegressor(max_iter=3).fit(GAPS, FARE, sample_weight=weights),
        GAPS,
        None,
    )
    changed = LogisticRegression().fit(PLAIN, KIND)
    changed.coef_ = changed.coef_.round(4)
    yield "rounded weights", changed, TABLE, None
    grown = RandomForestClassifier(2, warm_start=True, random_state=0).fit(PLAIN, KIND)
    yield "grown further", grown.set_params(n_estimators=5).fit(PLAIN, KIND), TABLE, None
    yield (
        "taken from a search",
        GridSearchCV(make_pipeline(StandardScaler(), SVC()), {"svc__C": [1, 2]}, cv=2).fit(PLAIN, KIND).best_estimator_,
        TABLE,
        None,
    )
    copied = clone(make_pipeline(StandardScaler(), Ridge())).set_params(ridge__alpha=np.float32(0.25))
    yield "copied with another option", copied.fit(NUMBERS, FARE), NUMBERS, None
    yield (
        "words of NumPy",
        DecisionTreeClassifier(max_depth=2).fit(PLAIN, np.array(["a", "bb", "ccc"])[KIND]),
        TABLE,
        None,
    )
    yield (
        "rows in another order",
        KNeighborsClassifier(3).fit(np.asfortranarray(PLAIN), KIND.astype(np.uint8)),
        TABLE,
        None,
    )
    yield (
        "sparse columns",
        LinearRegression().fit(
            pd.DataFrame.sparse.from_spmatrix(sparse.csr_matrix(PLAIN[:, :2] * (PLAIN[:, :2] > 0))),
            FARE,
        ),
        TABLE[[0, 1]],
        None,
    )


BASE = make_pipeline(StandardScaler(), LogisticRegression()).fit(NUMBERS, FULL)


def beside() -> Iterator[tuple[str, object]]:
    """What notebooks, courses and companies' scripts write next to a model."""
    tree = DecisionTreeClassifier(max_depth=2).fit(PLAIN, KIND)
    bins, edges = pd.qcut(FLIGHTS["distance"], 4, retbins=True)
    results = pd.DataFrame(GridSearchCV(tree, {"max_depth": [1, 2]}, cv=2).fit(PLAIN, KIND).cv_results_)
    split = train_test_split(NUMBERS, FULL, test_size=0.3, random_state=42, stratify=FULL)
    proba = BASE.predict_proba(NUMBERS)[:, 1]
    by_two = FLIGHTS.groupby(["carrier", "cabin"], observed=True)["distance"].agg(["mean", "std", "count"])
    parser = configparser.ConfigParser()
    parser.read_string("[train]\nseed = 42\n")
    noted = FLIGHTS.head(3).copy()
    noted.attrs["source"] = "airline"
    yield "status of an upload", {"status": http.HTTPStatus.OK, "method": http.HTTPMethod.POST}
    yield "days of a week", {"first": calendar.MONDAY, "flags": re.RegexFlag.IGNORECASE, "safe": uuid.SafeUUID.unknown}
    yield (
        "types of fields",
        {"age": int, "name": str, "flag": bool, "missing": type(None), "tags": list, "error": ValueError},
    )
    yield (
        "functions by name",
        {
            "size": len,
            "largest": max,
            "order": sorted,
            "root": math.sqrt,
            "add": operator.add,
            "mean": np.mean,
            "median": statistics.median,
            "log": np.log1p,
        },
    )
    yield "rounding", functools.partial(round, ndigits=2)
    yield "rates of tax", {"vat": Decimal("0.21"), "share": Fraction(2, 3), "rates": [Decimal("1.5"), Decimal("NaN")]}
    yield (
        "where it ran",
        {
            "machine": platform.uname(),
            "at": time.localtime(0),
            "source": urllib.parse.urlparse("https://example.org/a.csv"),
            "host": ipaddress.ip_address("10.0.0.1"),
            "cwd": pathlib.Path("models"),
            "stat": os.stat("."),
        },
    )
    yield "versions as tuples", {"python": tuple(sys.version_info[:3]), "implementation": sys.implementation.name}
    yield "chained settings", collections.ChainMap({"seed": 1}, {"seed": 0, "depth": 3})
    yield "wrapped settings", collections.UserDict(seed=1)
    yield "settings of a file", parser
    yield "a draw", random.Random(42)
    yield "a letter", string.Template("Dear $name")
    yield "packed numbers", {"ids": array.array("i", [1, 2]), "raw": bytearray(b"ab"), "window": slice(None, 10, 2)}
    yield "an image of the curve", io.BytesIO(b"\x89PNG")
    yield "a report as text", io.StringIO("fold,auc\n1,0.7\n")
    yield "an error that came", {"error": repr(ValueError("no rows")), "kinds": [ValueError, ConvergenceWarning]}
    yield "generators", [np.random.default_rng(1), np.random.Generator(np.random.MT19937(1)), np.random.SeedSequence(4)]
    yield "distributions", {"C": stats.loguniform(1e-3, 1e2), "gamma": stats.norm(0, 1), "depth": stats.randint(2, 9)}
    yield "grid of options", ParameterGrid({"C": [1, 2], "penalty": ["l1", "l2"]})
    yield (
        "tests of samples",
        {
            "u": stats.mannwhitneyu(PLAIN[:, 0], PLAIN[:, 1]),
            "line": stats.linregress(PLAIN[:, 0], PLAIN[:, 1]),
            "r": stats.pearsonr(PLAIN[:, 0], PLAIN[:, 1]),
        },
    )
    yield "result of a minimum", optimize.OptimizeResult(x=np.array([1.0, 2.0]), fun=0.5, success=True)
    yield "curve between points", interpolate.interp1d([0, 1, 2], [0, 1, 4])
    yield "spline between points", interpolate.CubicSpline([0, 1, 2], [0, 1, 4])
    yield "tree of points", spatial.cKDTree(PLAIN[:, :2])
    yield (
        "sparse tables",
        {
            "csr": sparse.csr_matrix(np.eye(2)),
            "coo": sparse.coo_array(np.eye(2)),
            "lil": sparse.lil_matrix((2, 2)),
            "csc": sparse.csc_array(np.eye(2)),
        },
    )
    yield "fitted polynomial", {"old": np.poly1d([1, 2]), "new": np.polynomial.Polynomial([1, 2, 3])}
    yield "histogram", np.histogram(FARE, bins=5)
    yield (
        "kinds of arrays",
        {
            "matrix": np.matrix([[1, 2]]),
            "single": np.array(3.5),
            "void": np.zeros(1, dtype="V4"),
            "span": np.timedelta64(3, "D"),
            "big": np.arange(3, dtype=">f8"),
            "half": np.float16(0.5),
        },
    )
    yield (
        "bins and edges",
        {"bins": bins, "edges": edges, "index": bins.cat.categories, "cut": pd.IntervalIndex.from_breaks([0, 1, 2])},
    )
    yield (
        "types of categories",
        {"haul": pd.CategoricalDtype(["a", "b"], ordered=True), "dates": pd.DatetimeTZDtype(tz="UTC")},
    )
    yield (
        "steps of a calendar",
        {
            "year": pd.offsets.YearEnd(month=6),
            "three": pd.DateOffset(months=3),
            "bm": pd.offsets.BMonthEnd(),
            "bus": pd.offsets.CustomBusinessDay(holidays=["2026-01-01"]),
            "q": pd.offsets.BQuarterBegin(),
        },
    )
    yield (
        "indexes of time",
        {
            "d": pd.date_range("2026-01-01", periods=4, freq="W-MON", tz="America/Lima"),
            "p": pd.period_range("2026Q1", periods=3, freq="Q"),
            "t": pd.timedelta_range("1h", periods=3),
        },
    )
    yield "groups of two", by_two
    yield "pivoted", FLIGHTS.pivot_table(index="carrier", columns="cabin", values="distance", observed=True)
    yield "frame with a source", noted
    yield "results of a search", results.sort_values("rank_test_score").set_index("rank_test_score")
    yield "rows of training", split
    yield "places of rows", [tuple(fold) for fold in StratifiedKFold(3).split(PLAIN, KIND)]
    yield (
        "splitters",
        [GroupShuffleSplit(2, random_state=1), LeaveOneOut(), RepeatedStratifiedKFold(n_splits=2, n_repeats=1)],
    )
    yield "learning curve", learning_curve(tree, PLAIN, KIND, cv=2, train_sizes=[0.5, 1.0])
    yield "validation curve", validation_curve(tree, PLAIN, KIND, param_name="max_depth", param_range=[1, 2], cv=2)
    yield (
        "scores of folds",
        cross_validate(tree, PLAIN, KIND, cv=3, scoring=["accuracy", "f1_macro"], return_train_score=True),
    )
    yield (
        "curves",
        {
            "roc": metrics.roc_curve(FULL, proba),
            "pr": metrics.precision_recall_curve(FULL, proba),
            "calibration": calibration_curve(FULL, proba, n_bins=3),
            "auc": metrics.roc_auc_score(FULL, proba),
        },
    )
    yield (
        "displays",
        [
            metrics.ConfusionMatrixDisplay(np.eye(2), display_labels=["no", "yes"]),
            metrics.RocCurveDisplay(fpr=[0, 1], tpr=[0, 1], roc_auc=0.5),
        ],
    )
    yield "importance by shuffling", inspection.permutation_importance(tree, PLAIN, KIND, n_repeats=2, random_state=0)
    yield "partial dependence", inspection.partial_dependence(BASE, NUMBERS, ["distance"], grid_resolution=4)
    yield (
        "measures",
        {
            "f1": metrics.f1_score,
            "scorer": metrics.get_scorer("neg_log_loss"),
            "mape": metrics.mean_absolute_percentage_error,
            "custom": metrics.make_scorer(metrics.fbeta_score, beta=0.5, average="micro"),
        },
    )
    yield "the flowers", datasets.load_iris()
    yield "rules of a tree", {"text": export_text(tree), "tree": tree.tree_, "depth": np.int64(tree.get_depth())}
    yield (
        "labels of groups",
        {
            "dbscan": DBSCAN().fit(PLAIN).labels_,
            "elbow": [1.5, 0.7],
            "silhouette": metrics.silhouette_samples(PLAIN, KIND),
        },
    )
    yield "a clusterer of no answers", AgglomerativeClustering(3).fit(PLAIN)
    yield "a model to start from", {"unfitted": LogisticRegression(C=0.3), "kind": RandomForestClassifier}
    yield "encoders by column", {column: LabelEncoder().fit(FLIGHTS[column]) for column in ("carrier", "cabin")}
    yield (
        "maps of labels",
        {
            "to_id": {np.str_("short"): np.int64(0)},
            "to_name": {0: "short", 1: "long"},
            "order": HAUL.cat.categories,
            "seen": {np.int64(1), np.int64(2)},
            "classes": HAUL.unique(),
        },
    )
    yield (
        "a run",
        types.SimpleNamespace(
            id=uuid.uuid5(uuid.NAMESPACE_DNS, "x"),
            started=datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC),
            took=datetime.timedelta(minutes=4),
            cache=joblib.Memory(None),
        ),
    )
    yield "names of months", dict(enumerate(calendar.month_name))
    yield (
        "a place of the zone",
        {"at": pd.Timestamp("2026-02-03 04:05", tz="America/Bogota"), "floor": datetime.datetime.min, "never": pd.NaT},
    )


_SHAPES: tuple[Callable[[object, object], object], ...] = (
    lambda model, value: {"model": model, "extra": value},
    lambda model, value: (model, value),
    lambda model, value: {"artifact": {"estimator": model}, "meta": [value, "v3"]},
    lambda model, value: [value, model],
)


def _joblib(saved: object, compress: object, protocol: int | None = None) -> bytes:
    target = io.BytesIO()
    joblib.dump(saved, target, compress=compress, protocol=protocol)
    return target.getvalue()


_WRITERS: tuple[Callable[[object], bytes], ...] = (
    pickle.dumps,
    lambda saved: _joblib(saved, 0),
    lambda saved: pickle.dumps(saved, protocol=3),
    lambda saved: _joblib(saved, ("zlib", 9)),
    lambda saved: pickle.dumps(saved, protocol=2),
    lambda saved: _joblib(saved, True, 4),
    cloudpickle.dumps,
    lambda saved: _joblib(saved, ("xz", 1), 2),
)


def further() -> Iterator[Further]:
    """Every file that ought to open, each written in another way."""
    with warnings.catch_warnings(action="ignore"):
        makers = (regressions, classifications, columns_and_steps, without_target, in_parts)
        cases = (case for maker in makers for case in maker())
        for at, (name, model, table, target) in enumerate(cases):
            if isinstance(table, np.ndarray):
                table = pd.DataFrame(table)
            given = table["remarks"] if list(table) == ["remarks"] else table
            given = given.to_numpy() if not isinstance(table.columns[0], str) else given
            fitted = model if _is_fitted(model) and target is None else model.fit(given, target)
            method = next(one for one in METHODS if hasattr(fitted, one))
            expected = getattr(pickle.loads(pickle.dumps(fitted)), method)(given)
            yield Further(name, _WRITERS[at % len(_WRITERS)](fitted), table, method, _dense(expected))
            if at % 12 == 0:
                yield Further(f"{name}, skops", skops.io.dumps(fitted), table, method, _dense(expected))
        for place, (name, value) in enumerate(beside()):
            data = _WRITERS[place % len(_WRITERS)](_SHAPES[place % len(_SHAPES)](BASE, value))
            yield Further(f"beside: {name}", data, NUMBERS, "predict_proba", BASE.predict_proba(NUMBERS))


def _is_fitted(model: BaseEstimator) -> bool:
    return any(name.endswith("_") for name in vars(model)) or (
        isinstance(model, Pipeline)
        and all(
            step in (None, "passthrough") or any(name.endswith("_") for name in vars(step)) for _, step in model.steps
        )
    )


def _dense(answer: object) -> np.ndarray:
    if isinstance(answer, list):
        answer = np.column_stack(answer)
    return np.asarray(answer.todense() if hasattr(answer, "todense") else answer)


def of_whole_kinds() -> Iterator[object]:
    """Every value of some kinds that may lie beside a model."""
    for name in vars(offsets).values():
        if isinstance(name, type) and issubclass(name, offsets.BaseOffset) and not _ABSTRACT.search(name.__name__):
            yield name()
    for layout in ("bsr", "coo", "csc", "csr", "dia", "lil"):
        yield getattr(sparse, f"{layout}_array")(np.eye(2))
        yield getattr(sparse, f"{layout}_matrix")(np.eye(2))
    line = np.array([0.0, 0.5, 1.0])
    yield metrics.ConfusionMatrixDisplay(np.eye(2))
    yield metrics.RocCurveDisplay(fpr=line, tpr=line)
    yield metrics.DetCurveDisplay(fpr=line, fnr=line)
    yield metrics.PrecisionRecallDisplay(line, line)
    yield metrics.PredictionErrorDisplay(y_true=line, y_pred=line)
    yield CalibrationDisplay(line, line, line)
    yield LearningCurveDisplay(train_sizes=line, train_scores=line[:, None], test_scores=line[:, None])
    yield ValidationCurveDisplay(
        param_name="C", param_range=line, train_scores=line[:, None], test_scores=line[:, None]
    )
    yield from (NotFittedError, ConvergenceWarning, DataConversionWarning)
    for name in auxiliary_names.FUNCTIONS:
        module, _, function = name.partition(":")
        yield getattr(importlib.import_module(module), function)
    yield from (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_address("::1"))
    yield urllib.parse.urlsplit("https://a.org")
    yield from (io.BytesIO(b"a"), io.StringIO("a"), random.Random(1))
    for kind in vars(builtins).values():
        if isinstance(kind, type) and f"builtins:{kind.__name__}" in auxiliary_names.NAMES:
            yield kind


_ABSTRACT = re.compile(
    "^_|BaseOffset|Mixin|Tick|SingleConstructor|RelativeDelta|(Half|Half.*|Quarter|Year|Month)Offset$"
)


def own_code() -> Iterator[tuple[str, bytes]]:
    """Honest files that need functions and classes of their author: never opened."""
    module = types.ModuleType("airline_features")
    sys.modules[module.__name__] = module
    source = """
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
def add_ratio(table):
    return table * 2
def lowest_within_one_error(results):
    return int(np.argmax(results["mean_test_score"]))
class HourEncoder(TransformerMixin, BaseEstimator):
    def __init__(self, period=24):
        self.period = period
    def fit(self, table, target=None):
        self.seen_ = list(table)
        return self
    def transform(self, table):
        return np.sin(np.asarray(table) / self.period)
class Predictor:
    def __init__(self, model, cut):
        self.model, self.cut = model, cut
"""
    exec(compile(source, "airline_features.py", "exec"), vars(module))  # as an author's own file would
    steps = make_pipeline(FunctionTransformer(module.add_ratio), LogisticRegression()).fit(NUMBERS, FULL)
    encoded = make_pipeline(module.HourEncoder(), LogisticRegression()).fit(NUMBERS, FULL)
    search = GridSearchCV(LogisticRegression(), {"C": [1, 2]}, cv=2, refit=module.lowest_within_one_error).fit(
        PLAIN, FULL
    )
    try:
        yield "a function of a module", pickle.dumps(steps)
        yield "a step of a module", _joblib(encoded, 3)
        yield "a search with its own choice", pickle.dumps(search, 4)
        yield "a model in a class", pickle.dumps(module.Predictor(BASE, 0.4))
        yield "a class beside a model", pickle.dumps({"model": BASE, "config": module.Predictor(None, 0.4)}, 3)
        cloudpickle.register_pickle_by_value(module)
        yield "a function by value", cloudpickle.dumps(steps)
        yield "a step by value", cloudpickle.dumps(encoded)
        cloudpickle.unregister_pickle_by_value(module)
        yield (
            "a lambda by value",
            cloudpickle.dumps(make_pipeline(FunctionTransformer(lambda table: table * 2), Ridge()).fit(NUMBERS, FARE)),
        )
        yield "a lambda beside a model", cloudpickle.dumps({"model": BASE, "clean": lambda table: table})
    finally:
        del sys.modules[module.__name__]
