"""Valid files as projects hand them over: models of several fields of work, alone, in pipelines and in bundles.

`delivered()` yields a saved object, rows, a method and a function that answers from the plain load of the file.
"""

import argparse
import collections
import datetime
import functools
import io
import logging
import operator
import pickle
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import joblib
import numpy as np
import pandas as pd
from scipy import sparse, special, stats
from sklearn import set_config
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import AffinityPropagation, KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.cross_decomposition import CCA
from sklearn.decomposition import (
    PCA,
    DictionaryLearning,
    IncrementalPCA,
    KernelPCA,
    LatentDirichletAllocation,
    MiniBatchNMF,
    SparsePCA,
    TruncatedSVD,
)
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import (
    AdaBoostRegressor,
    BaggingClassifier,
    BaggingRegressor,
    ExtraTreesClassifier,
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
from sklearn.feature_extraction import DictVectorizer, FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import (
    RFE,
    SelectFpr,
    SelectFromModel,
    SelectFwe,
    SelectKBest,
    SequentialFeatureSelector,
    VarianceThreshold,
    f_classif,
    mutual_info_regression,
    r_regression,
)
from sklearn.frozen import FrozenEstimator
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import DotProduct, Matern
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.kernel_approximation import AdditiveChi2Sampler, PolynomialCountSketch, SkewedChi2Sampler
from sklearn.linear_model import (
    BayesianRidge,
    ElasticNet,
    GammaRegressor,
    HuberRegressor,
    Lasso,
    LassoLarsIC,
    LinearRegression,
    LogisticRegression,
    MultiTaskElasticNetCV,
    OrthogonalMatchingPursuitCV,
    PoissonRegressor,
    QuantileRegressor,
    RANSACRegressor,
    Ridge,
    RidgeClassifierCV,
    RidgeCV,
    SGDClassifier,
    SGDRegressor,
    TweedieRegressor,
)
from sklearn.metrics import (
    average_precision_score,
    fbeta_score,
    make_scorer,
    mean_squared_error,
    pairwise,
    root_mean_squared_log_error,
)
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import (
    FixedThresholdClassifier,
    GridSearchCV,
    HalvingRandomSearchCV,
    KFold,
    RandomizedSearchCV,
    RepeatedKFold,
    StratifiedGroupKFold,
    StratifiedShuffleSplit,
    TunedThresholdClassifierCV,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import (
    KernelDensity,
    KNeighborsClassifier,
    KNeighborsRegressor,
    LocalOutlierFactor,
    NearestCentroid,
)
from sklearn.neural_network import BernoulliRBM, MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    LabelEncoder,
    MaxAbsScaler,
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
    normalize,
)
from sklearn.semi_supervised import LabelSpreading
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR, NuSVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils import Bunch

ROWS = 96
Loaded = BaseEstimator
"""What `pickle.load` gives: a model, or a container that holds one."""


@dataclass(frozen=True)
class Delivered:
    """A file, rows to ask about, a method, and what a plain load of it answers."""

    name: str
    data: bytes
    table: pd.DataFrame
    method: str
    answer: Callable[[Loaded], object]


def houses() -> tuple[pd.DataFrame, pd.Series]:
    """Houses and their prices."""
    draw = np.random.default_rng(2024)
    table = pd.DataFrame(
        {
            "GrLivArea": draw.integers(60, 260, ROWS).astype("float64"),
            "Year Built": draw.integers(1900, 2020, ROWS),
            "LotFrontage": np.where(draw.random(ROWS) < 0.15, np.nan, draw.gamma(5, 4, ROWS).round(1)),
            "Neighborhood": draw.choice(["NAmes", "OldTown", "Gilbert", "StoneBr", "ClearCr"], ROWS),
            "ExterQual": pd.Categorical(draw.choice(["Fa", "TA", "Gd"], ROWS), ["Fa", "TA", "Gd"], ordered=True),
            "CentralAir": draw.random(ROWS) < 0.8,
        }
    )
    price = 1_200.0 * table["GrLivArea"] + 300 * (table["Year Built"] - 1900) + draw.normal(0, 9_000, ROWS)
    return table, price.rename("SalePrice")


def passengers() -> tuple[pd.DataFrame, pd.Series]:
    """Passengers and whether they survived."""
    draw = np.random.default_rng(1912)
    table = pd.DataFrame(
        {
            "Pclass": draw.integers(1, 4, ROWS),
            "Sex": draw.choice(["male", "female"], ROWS),
            "Age": np.where(draw.random(ROWS) < 0.2, np.nan, draw.integers(1, 80, ROWS)),
            "Fare": draw.gamma(2, 15, ROWS).round(4),
            "Embarked": np.where(draw.random(ROWS) < 0.05, None, draw.choice(["S", "C", "Q"], ROWS)),
        }
    )
    survived = ((table["Sex"] == "female") ^ (draw.random(ROWS) < 0.2)).astype("int64")
    return table, survived.rename("Survived")


def messages() -> tuple[pd.DataFrame, np.ndarray]:
    """Messages and whether they are spam."""
    texts = ["WIN a free prize now", "see you at lunch", "call 0800 to claim your prize", "are you home yet?",
             "free entry in a weekly draw", "ok, thanks a lot", "your account won", "running late, sorry"]  # fmt: skip
    return pd.DataFrame({"text": texts * (ROWS // 8)}), np.array(["spam", "ham"] * (ROWS // 2))


def sensors() -> tuple[np.ndarray, np.ndarray]:
    """Readings without names, and which state the machine was in."""
    draw = np.random.default_rng(77)
    readings = draw.normal(size=(ROWS, 5))
    state = (readings[:, 0] + readings[:, 1] ** 2 > 0.8).astype(int) + (readings[:, 2] > 1)
    return readings, state


HOUSES, PRICE = houses()
PASSENGERS, SURVIVED = passengers()
MESSAGES, SPAM = messages()
SENSORS, STATE = sensors()
READINGS = pd.DataFrame(SENSORS, columns=[f"x{at}" for at in range(5)])
AREA = HOUSES[["GrLivArea", "Year Built"]].astype("float64")


def _house_columns(**options: object) -> ColumnTransformer:
    return ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["GrLivArea", "LotFrontage"]),
            ("cat", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["Neighborhood"]),
            ("ord", OrdinalEncoder(categories=[["Fa", "TA", "Gd"]]), ["ExterQual"]),
        ],
        **options,
    )


def _passenger_columns() -> ColumnTransformer:
    numbers = Pipeline([("fill", SimpleImputer(strategy="mean", add_indicator=True)), ("scale", MinMaxScaler())])
    words = Pipeline(
        [
            ("fill", SimpleImputer(strategy="most_frequent")),
            ("hot", OneHotEncoder(drop="first", sparse_output=False)),
        ]
    )
    return make_column_transformer((numbers, ["Age", "Fare"]), (words, ["Sex", "Embarked"]), remainder="drop")


Model = tuple[str, BaseEstimator, pd.DataFrame, object]
_FIRST = ("predict_proba", "predict", "decision_function", "transform", "score_samples")


def of_houses() -> Iterator[Model]:
    """Regressions with a table of mixed columns."""
    columns = _house_columns
    yield "remainder scaled", make_pipeline(columns(remainder=MinMaxScaler()), Ridge()), HOUSES, PRICE
    yield (
        "remainder named by a format",
        make_pipeline(
            columns(remainder="passthrough", verbose_feature_names_out="{feature_name}__{transformer_name}"),
            GradientBoostingRegressor(n_estimators=6, loss="quantile", alpha=0.8),
        ).set_output(transform="pandas"),
        HOUSES,
        PRICE,
    )
    search = GridSearchCV(
        Pipeline([("prep", columns()), ("reg", ElasticNet())]),
        {"prep__num__simpleimputer__strategy": ["mean", "median"], "prep__cat": ["drop", OneHotEncoder()],
         "reg__alpha": [0.1, 10.0]},
        scoring=make_scorer(mean_squared_error, greater_is_better=False),
        cv=KFold(3, shuffle=True, random_state=1),
    )  # fmt: skip
    yield "grid over columns", search, HOUSES, PRICE
    yield (
        "random search, log error",
        RandomizedSearchCV(
            TransformedTargetRegressor(make_pipeline(columns(), Ridge()), func=np.log, inverse_func=np.exp),
            {"regressor__ridge__alpha": stats.reciprocal(1e-2, 1e2)},
            n_iter=3,
            scoring=make_scorer(root_mean_squared_log_error, greater_is_better=False),
            cv=RepeatedKFold(n_splits=2, n_repeats=2, random_state=0),
            random_state=3,
        ),
        HOUSES,
        PRICE.clip(1_000),
    )
    yield (
        "halving by trees",
        HalvingRandomSearchCV(
            RandomForestRegressor(random_state=0),
            {"max_depth": stats.randint(2, 6), "min_samples_split": [2, 5, 9]},
            resource="n_estimators",
            max_resources=8,
            min_resources=2,
            factor=2,
            cv=2,
            random_state=0,
            scoring="neg_root_mean_squared_error",
        ),
        AREA,
        PRICE,
    )
    share = special.expit((PRICE - PRICE.mean()) / PRICE.std())
    yield (
        "share by logit",
        TransformedTargetRegressor(LinearRegression(), func=special.logit, inverse_func=special.expit),
        AREA,
        share,
    )
    yield (
        "price in tens",
        TransformedTargetRegressor(Lasso(0.01), func=np.log10, inverse_func=special.exp10),
        AREA,
        PRICE.clip(1_000),
    )
    yield (
        "areas by a bound clip",
        make_pipeline(FunctionTransformer(functools.partial(np.clip, a_min=80.0, a_max=200.0)), LinearRegression()),
        AREA,
        PRICE,
    )
    yield (
        "areas of whole numbers",
        make_pipeline(FunctionTransformer(np.round, kw_args={"decimals": -1}), LinearRegression()),
        AREA,
        PRICE,
    )
    yield (
        "areas as rows of length one",
        make_pipeline(FunctionTransformer(normalize, kw_args={"norm": "l1"}), LinearRegression()),
        AREA,
        PRICE,
    )
    yield "areas as small floats", make_pipeline(FunctionTransformer(np.float32), LinearRegression()), AREA, PRICE
    bins = KBinsDiscretizer(3, encode="onehot-dense", strategy="uniform")
    yield (
        "counts of rooms",
        make_pipeline(
            make_column_transformer((bins, ["GrLivArea"]), ("passthrough", ["CentralAir"])), PoissonRegressor(alpha=0.1)
        ),
        HOUSES,
        (PRICE / 40_000).clip(0).round(),
    )
    yield (
        "boosting of gamma",
        HistGradientBoostingRegressor(max_iter=8, loss="gamma", monotonic_cst=[1, 0], l2_regularization=0.5),
        AREA,
        PRICE.clip(1_000),
    )
    typed = HOUSES.assign(Neighborhood=HOUSES["Neighborhood"].astype("category").where(HOUSES["GrLivArea"] > 80))
    yield (
        "boosting of types with gaps",
        HistGradientBoostingRegressor(max_iter=6, categorical_features="from_dtype", loss="poisson"),
        typed,
        PRICE.clip(1_000),
    )
    yield (
        "boosting by a mask",
        HistGradientBoostingRegressor(max_iter=5, categorical_features=[False, True], warm_start=True),
        AREA.assign(**{"Year Built": (AREA["Year Built"] // 20 - 95)}),
        PRICE,
    )
    yield (
        "boosted from a pipeline",
        GradientBoostingRegressor(n_estimators=4, init=make_pipeline(StandardScaler(), HuberRegressor())),
        AREA,
        PRICE,
    )
    yield (
        "boosted errors",
        AdaBoostRegressor(DecisionTreeRegressor(max_depth=3), n_estimators=5, loss="exponential"),
        AREA,
        PRICE,
    )
    yield (
        "bagged pipelines",
        BaggingRegressor(make_pipeline(PolynomialFeatures((2, 3)), StandardScaler(), Ridge()), 3, max_samples=0.7),
        AREA,
        PRICE,
    )
    yield "forest that only rises", RandomForestRegressor(5, monotonic_cst=[1, 0], max_depth=4), AREA, PRICE
    yield (
        "trees of samples",
        ExtraTreesRegressor(5, bootstrap=True, max_samples=0.5, warm_start=True),
        HOUSES[["GrLivArea", "LotFrontage"]].fillna(0),
        PRICE,
    )
    yield (
        "trees with gaps",
        RandomForestRegressor(4, max_depth=4, random_state=0),
        HOUSES[["GrLivArea", "LotFrontage"]],
        PRICE,
    )
    yield (
        "vote of transformed targets",
        VotingRegressor(
            [
                ("a", TransformedTargetRegressor(Ridge(), transformer=RobustScaler())),
                (
                    "b",
                    make_pipeline(
                        QuantileTransformer(n_quantiles=12), KNeighborsRegressor(4, p=3, algorithm="kd_tree")
                    ),
                ),
            ],
            weights=[1, 2],
        ),
        AREA,
        PRICE,
    )
    yield (
        "stack over frozen columns",
        StackingRegressor(
            [("f", make_pipeline(FrozenEstimator(columns().fit(HOUSES)), BayesianRidge())), ("m", DummyRegressor())],
            final_estimator=GradientBoostingRegressor(n_estimators=3),
            cv=2,
        ),
        HOUSES,
        PRICE,
    )
    yield (
        "robust by samples",
        RANSACRegressor(make_pipeline(PolynomialFeatures(2), Ridge()), random_state=0, min_samples=20),
        AREA,
        PRICE,
    )
    yield (
        "quantile of a spline",
        make_pipeline(SplineTransformer(n_knots=5), QuantileRegressor(quantile=0.9, alpha=0.01)),
        AREA,
        PRICE,
    )
    yield (
        "tweedie of squares",
        make_pipeline(StandardScaler(), PolynomialFeatures(2), TweedieRegressor(power=0)),
        AREA,
        PRICE,
    )
    yield (
        "gamma by newton",
        make_pipeline(StandardScaler(), GammaRegressor(solver="newton-cholesky")),
        AREA,
        PRICE.clip(1_000),
    )
    yield "information criterion", make_pipeline(StandardScaler(), LassoLarsIC("bic")), AREA, PRICE
    yield "pursuit", make_pipeline(StandardScaler(), OrthogonalMatchingPursuitCV(cv=2)), AREA, PRICE
    yield "kept errors of each penalty", RidgeCV([0.1, 1, 10], store_cv_results=True), AREA, PRICE
    yield "nu", make_pipeline(StandardScaler(), NuSVR(nu=0.4, C=1e5, kernel="sigmoid")), AREA, PRICE
    yield (
        "filled by trees",
        make_pipeline(
            IterativeImputer(RandomForestRegressor(3, max_depth=3, random_state=0), max_iter=2, random_state=0),
            LinearSVR(C=10),
        ),
        HOUSES[["GrLivArea", "LotFrontage"]],
        PRICE / 1e5,
    )
    two = np.column_stack([PRICE, HOUSES["GrLivArea"] / 3])
    yield "two by vectors", MultiOutputRegressor(SVR(C=1e4)), AREA, two
    yield "two in a chain", RegressorChain(HistGradientBoostingRegressor(max_iter=3), cv=2, order=[1, 0]), AREA, two
    yield "two of common columns", MultiTaskElasticNetCV(cv=2, l1_ratio=[0.5, 0.9], alphas=4), AREA, two
    yield "two of common directions", CCA(1), AREA, two
    yield (
        "columns scored with a seed",
        make_pipeline(SelectKBest(functools.partial(mutual_info_regression, random_state=0), k=1), LinearRegression()),
        AREA,
        PRICE,
    )
    yield (
        "columns scored by correlation",
        make_pipeline(SelectKBest(r_regression, k=1), LinearRegression()),
        AREA,
        PRICE,
    )
    yield (
        "chosen by the weights of a step",
        make_pipeline(
            RFE(
                Pipeline([("scale", StandardScaler()), ("model", Ridge())]),
                n_features_to_select=1,
                step=0.5,
                importance_getter="named_steps.model.coef_",
            ),
            Ridge(),
        ),
        AREA,
        PRICE,
    )
    yield (
        "chosen by a getter",
        make_pipeline(
            SelectFromModel(
                TransformedTargetRegressor(Ridge(), func=np.log1p, inverse_func=np.expm1),
                importance_getter=operator.attrgetter("regressor_.coef_"),
                threshold="median",
            ),
            Ridge(),
        ),
        AREA,
        PRICE,
    )


def of_passengers() -> Iterator[Model]:
    """Classifications with a table of mixed columns."""
    columns = _passenger_columns
    first = LogisticRegression(max_iter=400)
    yes = SURVIVED.astype(bool)
    fare = PASSENGERS[["Pclass", "Fare"]].astype("float64")
    yield "survival, yes or no", make_pipeline(columns(), first), PASSENGERS, yes
    yield (
        "survival, trees of yes or no",
        make_pipeline(columns(), RandomForestClassifier(5, max_depth=3)),
        PASSENGERS,
        yes,
    )
    yield (
        "survival, numbers with a point",
        make_pipeline(columns(), ExtraTreesClassifier(4, max_depth=3)),
        PASSENGERS,
        SURVIVED.astype(float),
    )
    yield (
        "survival, small numbers",
        make_pipeline(columns(), GradientBoostingClassifier(n_estimators=4, loss="exponential")),
        PASSENGERS,
        SURVIVED.astype("int8"),
    )
    yield (
        "survival, words of pandas",
        HistGradientBoostingClassifier(max_iter=4),
        fare,
        pd.Series(np.where(yes, "saved", "lost"), dtype="string"),
    )
    yield (
        "survival, a category",
        make_pipeline(columns(), DecisionTreeClassifier(max_depth=3)),
        PASSENGERS,
        pd.Categorical(np.where(yes, "saved", "lost")),
    )
    yield (
        "class of passage",
        make_pipeline(
            make_column_transformer(
                (TargetEncoder(target_type="multiclass", cv=2, random_state=0), ["Sex"]), ("passthrough", ["Fare"])
            ),
            HistGradientBoostingClassifier(max_iter=4),
        ),
        PASSENGERS,
        PASSENGERS["Pclass"].map({1: "first", 2: "second", 3: "third"}),
    )
    yield (
        "weights by word",
        make_pipeline(
            columns(),
            LogisticRegression(solver="saga", l1_ratio=0.4, class_weight={"saved": 3, "lost": 1}, max_iter=3_000),
        ),
        PASSENGERS,
        np.where(yes, "saved", "lost"),
    )
    yield (
        "grid of calibrated",
        GridSearchCV(
            CalibratedClassifierCV(make_pipeline(columns(), LinearSVC())),
            {"estimator__linearsvc__C": [0.1, 1], "method": ["sigmoid", "isotonic"]},
            scoring=make_scorer(average_precision_score, response_method="predict_proba"),
            cv=2,
        ),
        PASSENGERS,
        SURVIVED,
    )
    yield (
        "calibrated grid",
        CalibratedClassifierCV(
            GridSearchCV(make_pipeline(columns(), first), {"logisticregression__C": [1, 2]}, cv=2), cv=2
        ),
        PASSENGERS,
        SURVIVED,
    )
    yield (
        "tuned threshold",
        TunedThresholdClassifierCV(
            make_pipeline(columns(), first),
            scoring=make_scorer(fbeta_score, beta=2),
            cv=StratifiedShuffleSplit(2, random_state=0),
            thresholds=25,
        ),
        PASSENGERS,
        SURVIVED,
    )
    yield (
        "fixed threshold of words",
        FixedThresholdClassifier(
            make_pipeline(columns(), first), threshold=0.25, pos_label="saved", response_method="predict_proba"
        ),
        PASSENGERS,
        np.where(yes, "saved", "lost"),
    )
    by_type = ColumnTransformer(
        [
            ("n", KNNImputer(n_neighbors=3), make_column_selector(dtype_include=["int64", "float64"])),
            ("o", OneHotEncoder(min_frequency=4, handle_unknown="infrequent_if_exist", sparse_output=False),
             make_column_selector(dtype_exclude=np.number)),
        ],
        n_jobs=2,
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")  # fmt: skip
    yield "columns by what they are not", make_pipeline(by_type, VarianceThreshold(0.01), first), PASSENGERS, SURVIVED
    yield (
        "a stack of votes",
        StackingClassifier(
            [
                (
                    "v",
                    VotingClassifier(
                        [("g", GaussianNB()), ("d", LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"))],
                        voting="soft",
                    ),
                ),
                ("b", BaggingClassifier(KNeighborsClassifier(3), 3, max_features=0.5, bootstrap_features=True)),
            ],
            final_estimator=RandomForestClassifier(4, max_depth=2),
            stack_method="predict_proba",
            cv=2,
        ),
        fare,
        SURVIVED,
    )
    yield (
        "missing or not",
        make_pipeline(
            make_union(
                SimpleImputer(strategy="median"),
                make_pipeline(SimpleImputer(), KBinsDiscretizer(3, encode="ordinal", strategy="uniform")),
            ),
            first,
        ),
        PASSENGERS[["Age", "Fare"]],
        SURVIVED,
    )
    nullable = pd.DataFrame(
        {"Age": PASSENGERS["Age"].astype("Float64"), "Pclass": PASSENGERS["Pclass"].astype("Int64")}
    )
    yield (
        "nullable columns",
        make_pipeline(SimpleImputer(), StandardScaler(), first),
        nullable,
        SURVIVED.astype("Int64"),
    )
    both = np.column_stack([np.where(yes, "saved", "lost"), np.where(fare["Fare"] > 25, "rich", "poor")])
    yield "two words", MultiOutputClassifier(RandomForestClassifier(3, max_depth=2)), fare, both
    yield "two words of one tree", DecisionTreeClassifier(max_depth=3), fare, both
    labels = np.column_stack([yes, fare["Fare"] > 25, fare["Pclass"] > 1]).astype(int)
    yield "several labels", OneVsRestClassifier(make_pipeline(StandardScaler(), SVC())), fare, labels
    yield "several labels in a chain", ClassifierChain(first, order="random", cv=2, random_state=0), fare, labels
    yield "several labels of neighbours", KNeighborsClassifier(3, weights="distance", metric="chebyshev"), fare, labels
    yield (
        "pairs of pipelines",
        OneVsOneClassifier(make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss", random_state=0))),
        fare,
        PASSENGERS["Pclass"],
    )
    yield (
        "halving with regions",
        HalvingRandomSearchCV(
            HistGradientBoostingClassifier(random_state=0),
            {"learning_rate": stats.loguniform(0.05, 0.5), "max_iter": [3, 5], "max_leaf_nodes": stats.randint(3, 9)},
            aggressive_elimination=True,
            n_candidates=4,
            factor=2,
            cv=2,
            random_state=1,
        ),
        fare,
        SURVIVED,
    )
    yield (
        "groups kept together",
        GridSearchCV(
            first,
            {"C": [1, 2]},
            cv=list(StratifiedGroupKFold(2).split(fare, SURVIVED, np.arange(ROWS) // 4)),
            refit=True,
            scoring="roc_auc",
        ),
        fare,
        SURVIVED,
    )
    yield (
        "backward selection",
        make_pipeline(
            SequentialFeatureSelector(
                GaussianNB(), n_features_to_select=1, direction="backward", cv=2, scoring="roc_auc"
            ),
            GaussianNB(priors=[0.4, 0.6]),
        ),
        fare,
        SURVIVED,
    )


def of_messages() -> Iterator[Model]:
    """Classifications and topics of texts."""
    first = LogisticRegression(max_iter=400)
    yield (
        "spam by vectors",
        make_pipeline(TfidfVectorizer(max_df=0.9, norm="l1"), SVC(kernel="linear", class_weight="balanced")),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam split at spaces",
        make_pipeline(TfidfVectorizer(tokenizer=str.split, token_pattern=None), MultinomialNB(alpha=0.1)),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam in small letters",
        make_pipeline(CountVectorizer(preprocessor=str.lower, lowercase=False), BernoulliNB()),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam by whole words",
        make_pipeline(CountVectorizer(analyzer=str.split), ComplementNB(norm=True)),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam by hashes",
        make_pipeline(
            HashingVectorizer(n_features=256, norm=None),
            TfidfTransformer(use_idf=False),
            SGDClassifier(random_state=0, penalty="elasticnet"),
        ),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam by words and letters",
        make_pipeline(
            FeatureUnion(
                [
                    ("w", TfidfVectorizer(vocabulary=["free", "prize", "you"])),
                    ("c", TfidfVectorizer(analyzer="char", ngram_range=(1, 3), max_features=90)),
                ]
            ),
            MaxAbsScaler(),
            first,
        ),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam in few directions",
        make_pipeline(
            CountVectorizer(max_features=30),
            TruncatedSVD(3, random_state=0, algorithm="arpack"),
            Normalizer("max"),
            NearestCentroid(shrink_threshold=0.1),
        ),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam calibrated",
        CalibratedClassifierCV(make_pipeline(TfidfVectorizer(), LinearSVC(dual=False, penalty="l1")), cv=2),
        MESSAGES,
        SPAM,
    )
    yield (
        "spam searched",
        GridSearchCV(
            Pipeline([("v", CountVectorizer()), ("c", MultinomialNB())]),
            {"v__ngram_range": [(1, 1), (1, 2)], "v__binary": [True, False], "c__fit_prior": [True, False]},
            cv=3,
            scoring="f1_macro",
        ),
        MESSAGES,
        SPAM,
    )
    long = MESSAGES.assign(length=MESSAGES["text"].str.len(), sender=np.where(np.arange(ROWS) % 3 == 0, "app", "phone"))
    yield (
        "spam with its length",
        make_pipeline(
            make_column_transformer(
                (TfidfVectorizer(), "text"),
                (StandardScaler(), ["length"]),
                (OneHotEncoder(), ["sender"]),
                sparse_threshold=0.9,
            ),
            LogisticRegression(solver="liblinear"),
        ),
        long,
        SPAM,
    )
    yield (
        "topics by parts",
        make_pipeline(TfidfVectorizer(), MiniBatchNMF(2, max_iter=5, init="nndsvda", random_state=0)),
        MESSAGES,
        None,
    )


def of_sensors() -> Iterator[tuple[str, BaseEstimator, np.ndarray, object]]:
    """Models trained on arrays without names."""
    first = LogisticRegression(max_iter=400)
    chosen = ColumnTransformer([("a", PCA(1), slice(0, 2)), ("b", StandardScaler(), [2, 3]), ("c", "passthrough", [4])])
    yield "columns by number", make_pipeline(chosen, first), SENSORS, STATE
    masked = ColumnTransformer([("a", PowerTransformer(), [True, False, True, False, True])], remainder="passthrough")
    yield "columns by mask", make_pipeline(masked, GaussianNB()), SENSORS, STATE
    small = SENSORS.astype("float32")
    yield (
        "small floats in a network",
        MLPClassifier((6,), max_iter=30, activation="logistic", learning_rate="adaptive", solver="sgd"),
        small,
        STATE,
    )
    yield (
        "small floats in a line",
        make_pipeline(StandardScaler(), Ridge(solver="lsqr")),
        small,
        STATE.astype("float32"),
    )
    yield "small floats in a mixture", GaussianMixture(2, covariance_type="diag", random_state=0), small, None
    yield (
        "small floats in neighbours",
        make_pipeline(StandardScaler(), KNeighborsClassifier(4, algorithm="ball_tree", leaf_size=10)),
        small,
        STATE,
    )
    yield "small floats in trees", ExtraTreesClassifier(3, max_leaf_nodes=6), small, STATE
    yield (
        "unseen states",
        make_pipeline(StandardScaler(), LocalOutlierFactor(12, novelty=True, contamination=0.1)),
        SENSORS,
        None,
    )
    yield (
        "isolated states",
        make_pipeline(
            RobustScaler(quantile_range=(10, 90), unit_variance=True),
            IsolationForest(n_estimators=6, max_samples=40, max_features=0.6, random_state=0),
        ),
        SENSORS,
        None,
    )
    yield "density", make_pipeline(StandardScaler(), KernelDensity(bandwidth=0.6, kernel="epanechnikov")), SENSORS, None
    yield (
        "two ways of components",
        make_pipeline(
            make_union(PCA(2, whiten=True), IncrementalPCA(2)),
            SVC(kernel="rbf", gamma=0.2, decision_function_shape="ovo"),
        ),
        SENSORS,
        STATE,
    )
    yield "kernel of cosines", make_pipeline(StandardScaler(), SVC(kernel=pairwise.cosine_similarity)), SENSORS, STATE
    yield (
        "components of a cosine",
        make_pipeline(KernelPCA(3, kernel="cosine", fit_inverse_transform=False), RidgeClassifierCV()),
        SENSORS,
        STATE,
    )
    yield "sparse components", make_pipeline(SparsePCA(2, random_state=0, max_iter=5), first), SENSORS, STATE
    yield (
        "a dictionary",
        make_pipeline(DictionaryLearning(3, random_state=0, max_iter=4, transform_algorithm="threshold"), first),
        SENSORS,
        STATE,
    )
    yield (
        "a machine of two layers",
        make_pipeline(MinMaxScaler(), BernoulliRBM(4, n_iter=3, random_state=0), first),
        SENSORS,
        STATE,
    )
    yield "a sketch", make_pipeline(PolynomialCountSketch(n_components=8, random_state=0), first), SENSORS, STATE
    yield "chi squared", make_pipeline(MinMaxScaler(), AdditiveChi2Sampler(sample_steps=2), first), SENSORS, STATE
    yield (
        "skewed chi squared",
        make_pipeline(MinMaxScaler(), SkewedChi2Sampler(n_components=6, random_state=0), first),
        SENSORS,
        STATE,
    )
    yield (
        "chosen by chance of error",
        make_pipeline(SelectFpr(f_classif, alpha=0.9), SelectFwe(f_classif, alpha=0.9), first),
        SENSORS,
        STATE,
    )
    yield (
        "by processes",
        GaussianProcessClassifier(Matern(nu=1.5) + DotProduct(), max_iter_predict=20, optimizer=None),
        SENSORS,
        STATE,
    )
    partly = np.where(np.arange(ROWS) % 3 == 0, -1, STATE)
    yield "spread labels", LabelSpreading(kernel="knn", n_neighbors=5), SENSORS, partly
    yield "exemplars", AffinityPropagation(damping=0.9, random_state=0), SENSORS, None
    yield (
        "squashed twice",
        make_pipeline(
            FunctionTransformer(special.expit),
            FunctionTransformer(np.arctanh, kw_args=None),
            MLPRegressor(hidden_layer_sizes=(4,), max_iter=20),
        ),
        SENSORS,
        STATE,
    )
    yield "error function", make_pipeline(StandardScaler(), FunctionTransformer(special.erf), first), SENSORS, STATE
    yield (
        "columns put beside",
        make_pipeline(FunctionTransformer(np.asarray, kw_args={"dtype": "float64"}), first),
        SENSORS,
        STATE,
    )
    yield "standard scores", make_pipeline(FunctionTransformer(stats.zscore), first), SENSORS, STATE
    yield (
        "bell curve",
        make_pipeline(FunctionTransformer(special.ndtr), QuantileTransformer(n_quantiles=20, subsample=None), first),
        SENSORS,
        STATE,
    )


def step_by_step() -> Iterator[tuple[str, BaseEstimator, np.ndarray, object]]:
    """Models that saw their rows in parts, and models trained on sparse tables."""
    parts = np.array_split(np.arange(ROWS), 3)
    for model in (
        SGDClassifier(loss="log_loss", random_state=0),
        MLPClassifier((3,), random_state=0),
        GaussianNB(),
        MiniBatchKMeans(2, n_init=1, random_state=0),
        SGDRegressor(random_state=0),
    ):
        for rows in parts:
            options = {"classes": np.unique(STATE)} if hasattr(model, "predict_proba") else {}
            model.partial_fit(SENSORS[rows], STATE[rows], **options)
        yield f"in parts, {type(model).__name__}", model, SENSORS, STATE
    table = sparse.csr_matrix(np.maximum(SENSORS, 0))
    for model in (
        make_pipeline(MaxAbsScaler(), SGDClassifier(loss="modified_huber", random_state=0)),
        LogisticRegression(solver="newton-cg"),
        ElasticNet(alpha=0.01),
        RandomForestClassifier(3, max_depth=3),
        make_pipeline(StandardScaler(with_mean=False), LinearSVC()),
        SVC(kernel="rbf"),
        KMeans(2, n_init=1, random_state=0),
        MultinomialNB(),
    ):
        yield f"sparse, {type(model).__name__} {len(str(model))}", model.fit(table, STATE), table.toarray(), STATE
    thin = SGDClassifier(random_state=0).fit(SENSORS, STATE > 0).sparsify()
    yield "sparse weights", thin, SENSORS, STATE


def weighted() -> Iterator[tuple[str, BaseEstimator, pd.DataFrame]]:
    """Models with weights of rows, with and without routing."""
    weights = np.linspace(0.2, 2, ROWS)
    yield (
        "weighted trees",
        GradientBoostingClassifier(n_estimators=4).fit(READINGS, STATE, sample_weight=weights),
        READINGS,
    )
    yield (
        "weighted pipeline",
        make_pipeline(StandardScaler(), RidgeCV()).fit(READINGS, STATE, ridgecv__sample_weight=weights),
        READINGS,
    )
    yield "weighted counts", PoissonRegressor().fit(READINGS, STATE, sample_weight=weights), READINGS
    yield (
        "weighted steps",
        IsotonicRegression(increasing="auto", out_of_bounds="nan").fit(READINGS["x0"], STATE, sample_weight=weights),
        READINGS[["x0"]],
    )
    set_config(enable_metadata_routing=True)
    try:
        scored = make_scorer(fbeta_score, beta=1, average="macro").set_score_request(sample_weight="importance")
        inner = Pipeline(
            [
                ("s", StandardScaler().set_fit_request(sample_weight="importance")),
                ("m", LogisticRegression().set_fit_request(sample_weight="importance")),
            ]
        )
        search = RandomizedSearchCV(
            inner, {"m__C": stats.uniform(0.1, 3)}, n_iter=2, cv=2, scoring=scored, random_state=0
        )
        yield "routed by another name", search.fit(READINGS, STATE, importance=weights), READINGS
        around = CalibratedClassifierCV(LogisticRegression().set_fit_request(sample_weight=True), cv=2)
        yield "routed through calibration", around.fit(READINGS, STATE, sample_weight=weights), READINGS
    finally:
        set_config(enable_metadata_routing=False)


def bundles() -> Iterator[tuple[str, object, pd.DataFrame, str, Callable[..., object]]]:
    """Name, saved object, rows, method, and how its author asks it."""
    records = PASSENGERS[["Sex", "Pclass"]].to_dict("records")
    vectorizer = DictVectorizer(sparse=False)
    churn = LogisticRegression(max_iter=300).fit(vectorizer.fit_transform(records), SURVIVED)
    yield (
        "vectorizer and model",
        (vectorizer, churn),
        PASSENGERS[["Sex", "Pclass"]],
        "predict_proba",
        lambda saved: saved[1].predict_proba(saved[0].transform(records)),
    )
    hasher = FeatureHasher(16)
    words = [{str(row["Sex"]): 1, "class": row["Pclass"]} for row in records]
    hashed = Ridge().fit(hasher.transform(words), SURVIVED)
    yield (
        "hasher in a pipeline",
        {"model": make_pipeline(hasher, hashed)},
        pd.DataFrame(words).fillna(0),
        "predict",
        lambda saved: saved["model"].predict(pd.DataFrame(words).fillna(0).to_dict("records")),
    )
    encoders, coded = (
        {},
        PASSENGERS.assign(Embarked=PASSENGERS["Embarked"].fillna("S"), Age=PASSENGERS["Age"].fillna(30)),
    )
    for column in ("Sex", "Embarked"):
        encoders[column] = LabelEncoder()
        coded[column] = encoders[column].fit_transform(coded[column])
    forest = RandomForestClassifier(5, max_depth=4, random_state=42).fit(coded, SURVIVED)
    yield (
        "trees with an encoder of each column",
        {"model": forest, "encoders": encoders, "features": coded.columns.tolist(), "accuracy": np.float64(0.81)},
        coded,
        "predict_proba",
        lambda saved: saved["model"].predict_proba(coded),
    )
    texts = MESSAGES["text"].tolist()
    for title, build in (
        ("dict", lambda vect, model: {"vectorizer": vect, "classifier": model, "labels": ["ham", "spam"]}),
        ("tuple", lambda vect, model: (vect, model)),
        ("namespace", lambda vect, model: argparse.Namespace(vectorizer=vect, model=model)),
        ("bunch", lambda vect, model: Bunch(vect=vect, model=model)),
    ):
        vect = TfidfVectorizer(stop_words="english")
        naive = MultinomialNB().fit(vect.fit_transform(texts), SPAM)
        yield (
            f"vectorizer of words, {title}",
            build(vect, naive),
            MESSAGES,
            "predict_proba",
            lambda saved, title=title: _texts_by(saved, title).predict_proba(
                _texts_by(saved, title, 0).transform(texts)
            ),
        )
    counted, weighed = CountVectorizer(), TfidfTransformer()
    three = {
        "count": counted,
        "tfidf": weighed,
        "clf": LinearSVC().fit(weighed.fit_transform(counted.fit_transform(texts)), SPAM),
    }
    yield (
        "counts, weights and model",
        three,
        MESSAGES,
        "predict",
        lambda saved: saved["clf"].predict(saved["tfidf"].transform(saved["count"].transform(texts))),
    )
    topics = LatentDirichletAllocation(2, max_iter=2, random_state=0).fit(counted.transform(texts))
    yield (
        "counts and topics",
        [counted, topics],
        MESSAGES,
        "transform",
        lambda saved: saved[1].transform(saved[0].transform(texts)),
    )
    scaler, parts = StandardScaler().fit(SENSORS), PCA(2)
    reduced = parts.fit_transform(scaler.transform(SENSORS))
    yield (
        "scaler, components and model",
        [scaler, parts, LogisticRegression().fit(reduced, STATE)],
        READINGS,
        "predict_proba",
        lambda saved: saved[2].predict_proba(saved[1].transform(saved[0].transform(SENSORS))),
    )
    squares = PolynomialFeatures(2)
    yield (
        "squares and a line",
        {"poly": squares, "lr": LinearRegression().fit(squares.fit_transform(AREA), PRICE), "degree": 2, "r2": 0.93},
        AREA,
        "predict",
        lambda saved: saved["lr"].predict(saved["poly"].transform(AREA)),
    )
    prepared = _house_columns().fit(HOUSES)
    boosted = HistGradientBoostingRegressor(max_iter=5).fit(prepared.transform(HOUSES), PRICE)
    yield (
        "columns and boosting",
        {
            "preprocessor": prepared,
            "model": boosted,
            "target": "SalePrice",
            "rmse": 8_431.2,
            "cv": np.array([1.0, 2.0]),
        },
        HOUSES,
        "predict",
        lambda saved: saved["model"].predict(saved["preprocessor"].transform(HOUSES)),
    )
    hot = OneHotEncoder(sparse_output=False, handle_unknown="ignore").set_output(transform="pandas")
    wide = pd.concat([AREA, hot.fit_transform(HOUSES[["Neighborhood"]])], axis=1)
    yield (
        "words beside numbers",
        {"encoder": hot, "model": Lasso(10.0).fit(wide, PRICE), "final_columns": list(wide.columns)},
        HOUSES[["GrLivArea", "Year Built", "Neighborhood"]].astype({"Year Built": float}),
        "predict",
        lambda saved: saved["model"].predict(wide),
    )
    groups, scaled = KMeans(3, n_init=2, random_state=0), StandardScaler()
    groups.fit(scaled.fit_transform(AREA))
    yield (
        "segments with names",
        {
            "scaler": scaled,
            "kmeans": groups,
            "segment_names": {0: "small", 1: "old", 2: "large"},
            "inertia": groups.inertia_,
        },
        AREA,
        "predict",
        lambda saved: saved["kmeans"].predict(saved["scaler"].transform(AREA)),
    )
    selector = SelectKBest(f_classif, k=2).fit(READINGS, STATE)
    yield (
        "selector and vectors",
        {
            "selector": selector,
            "model": SVC().fit(selector.transform(READINGS), STATE),
            "selected": selector.get_feature_names_out(),
        },
        READINGS,
        "predict",
        lambda saved: saved["model"].predict(saved["selector"].transform(READINGS)),
    )
    pipe = make_pipeline(_passenger_columns(), LogisticRegression(max_iter=300)).fit(PASSENGERS, SURVIVED)
    search = GridSearchCV(pipe, {"logisticregression__C": [0.5, 2]}, cv=2, scoring="roc_auc").fit(PASSENGERS, SURVIVED)
    about: dict[str, object] = {
        "results of a search": {
            "best": search,
            "best_params": search.best_params_,
            "cv_results": pd.DataFrame(search.cv_results_),
        },
        "split of the rows": (search, PASSENGERS, SURVIVED, search.best_score_),
        "options of a script": {"model": search, "args": argparse.Namespace(seed=42, data="train.csv", verbose=True)},
        "a log": {"model": search, "logger": logging.getLogger("training")},
        "a pattern": {"model": search, "id_pattern": re.compile(r"^[A-Z]{2}\d+$", re.IGNORECASE)},
        "a version of Python": {
            "model": search,
            "python": sys.version,
            "version_info": tuple(sys.version_info),
            "packages": {"pandas": pd.__version__},
        },
        "types of columns": {"model": search, "dtypes": PASSENGERS.dtypes.to_dict(), "index": PASSENGERS.index},
        "a moment of training": {
            "model": search,
            "trained": datetime.datetime.now(datetime.UTC),
            "took": datetime.timedelta(seconds=3.5),
        },
        "importances": collections.OrderedDict(
            model=search,
            importance=pd.Series(np.ones(2), ["a", "b"]).sort_values(ascending=False),
            confusion=pd.crosstab(SURVIVED, PASSENGERS["Pclass"]),
        ),
        "a rule of defaults": {"model": search, "fill": collections.defaultdict(float, Age=29.7), "rename": str.lower},
        "ranges": {
            "model": search,
            "bins": pd.cut(PASSENGERS["Fare"], 4),
            "quantiles": PASSENGERS["Fare"].quantile([0.1, 0.9]),
        },
        "a measure": {
            "model": search,
            "metric": mean_squared_error,
            "scorer": make_scorer(fbeta_score, beta=2),
            "key": operator.itemgetter("Age"),
        },
    }
    for name, saved in about.items():
        yield name, saved, PASSENGERS, "predict_proba", lambda loaded: _the_search(loaded).predict_proba(PASSENGERS)
    noted = RandomForestRegressor(4, max_depth=3).fit(AREA, PRICE)
    noted.feature_list, noted.threshold, noted.trained_at = list(AREA), 0.4, pd.Timestamp("2026-02-01")
    noted.test_scores_ = pd.DataFrame({"fold": [1, 2], "rmse": [1.0, 2.0]})
    yield "notes on the model", noted, AREA, "predict", lambda saved: saved.predict(AREA)


def _texts_by(saved: Loaded, title: str, place: int = 1) -> BaseEstimator:
    """A bundle's model, or with 0 its vectorizer."""
    if title == "tuple":
        return saved[place]
    if title == "dict":
        return saved["classifier" if place else "vectorizer"]
    return saved.model if place else (saved.vect if title == "bunch" else saved.vectorizer)


def _the_search(saved: Loaded) -> BaseEstimator:
    if isinstance(saved, tuple):
        return saved[0]
    return saved["model"] if "model" in saved else saved["best"]


def _joblib(saved: object, compress: object) -> bytes:
    target = io.BytesIO()
    joblib.dump(saved, target, compress=compress)
    return target.getvalue()


_WRITERS: tuple[Callable[[object], bytes], ...] = (
    pickle.dumps,
    lambda saved: _joblib(saved, 3),
    lambda saved: pickle.dumps(saved, protocol=4),
    lambda saved: _joblib(saved, ("xz", 2)),
    lambda saved: pickle.dumps(saved, protocol=3),
    lambda saved: _joblib(saved, 0),
    lambda saved: _joblib(saved, ("bz2", 5)),
    lambda saved: pickle.dumps(saved, protocol=2),
    lambda saved: _joblib(saved, ("gzip", 4)),
)


def _alone() -> Iterator[tuple[str, BaseEstimator, pd.DataFrame, object]]:
    """Fitted models, the rows to be asked about as a table, and as their author gives them."""
    for name, model, table, target in (*of_houses(), *of_passengers()):
        yield name, model.fit(table, target), table, table
    for name, model, table, target in of_messages():
        given: object = table["text"] if list(table) == ["text"] else table
        yield name, model.fit(given, target), table, given
    for name, model, array, target in of_sensors():
        yield name, model.fit(array, target), pd.DataFrame(array), array
    for name, model, array, _ in step_by_step():
        yield name, model, pd.DataFrame(array), array
    for name, model, table in weighted():
        yield name, model, table, table if len(table.columns) > 1 else table["x0"]


def delivered() -> Iterator[Delivered]:
    """Every one of them, each written in another way."""
    with warnings.catch_warnings(action="ignore"):
        at = 0
        for name, model, table, given in _alone():
            method = next(one for one in _FIRST if hasattr(model, one))
            yield Delivered(
                name,
                _WRITERS[at % len(_WRITERS)](model),
                table,
                method,
                lambda saved, method=method, given=given: getattr(saved, method)(given),
            )
            at += 1
        for name, saved, table, method, answer in bundles():
            yield Delivered(f"bundle: {name}", _WRITERS[at % len(_WRITERS)](saved), table, method, answer)
            at += 1
