"""Valid files of notebooks in ways that the other lists do not hold: drawn for kinds, each with its own answers.

`unusual()` yields a file, a function that answers from the plain load of it, and the table that is asked about.
"""

import datetime
import io
import pickle
import warnings
from collections import OrderedDict, defaultdict, namedtuple
from collections.abc import Iterator
from dataclasses import dataclass

import joblib
import numpy as np
import pandas as pd
from scipy import sparse, special, stats
from sklearn import set_config
from sklearn.base import BaseEstimator, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import Birch, BisectingKMeans, FeatureAgglomeration, KMeans, MeanShift
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import PCA, FactorAnalysis, FastICA, KernelPCA, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    BaggingRegressor,
    ExtraTreesClassifier,
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
)
from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import (
    RFECV,
    GenericUnivariateSelect,
    SelectFdr,
    SelectFromModel,
    SelectPercentile,
    SequentialFeatureSelector,
    f_regression,
    mutual_info_classif,
)
from sklearn.frozen import FrozenEstimator
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.kernel_approximation import Nystroem, RBFSampler
from sklearn.linear_model import (
    ARDRegression,
    ElasticNet,
    Lars,
    Lasso,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    MultiTaskLasso,
    OrthogonalMatchingPursuit,
    Perceptron,
    PoissonRegressor,
    QuantileRegressor,
    RANSACRegressor,
    Ridge,
    SGDClassifier,
    TheilSenRegressor,
)
from sklearn.metrics import f1_score, make_scorer
from sklearn.model_selection import (
    FixedThresholdClassifier,
    GridSearchCV,
    HalvingGridSearchCV,
    PredefinedSplit,
    RandomizedSearchCV,
    StratifiedKFold,
    TunedThresholdClassifierCV,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, RegressorChain
from sklearn.naive_bayes import CategoricalNB, GaussianNB
from sklearn.neighbors import NearestCentroid, NeighborhoodComponentsAnalysis, RadiusNeighborsRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline, make_union
from sklearn.preprocessing import (
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
    SplineTransformer,
    StandardScaler,
    TargetEncoder,
)
from sklearn.random_projection import GaussianRandomProjection, SparseRandomProjection
from sklearn.semi_supervised import SelfTrainingClassifier
from sklearn.svm import SVC, LinearSVC, NuSVC, OneClassSVM
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeRegressor

ROWS = 90


@dataclass(frozen=True)
class Unusual:
    """A file, the fitted model in it, and rows that it can be asked about."""

    name: str
    data: bytes
    model: BaseEstimator
    table: pd.DataFrame


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Numbers alone; and numbers with words, categories, yes and no, and gaps."""
    draw = np.random.default_rng(7)
    numbers = pd.DataFrame(
        {
            "recency": draw.integers(1, 300, ROWS).astype("float64"),
            "frequency": draw.integers(1, 20, ROWS).astype("float64"),
            "monetary": draw.gamma(2, 60, ROWS),
            "tenure": draw.integers(30, 900, ROWS).astype("float64"),
        }
    )
    mixed = numbers.assign(
        city=draw.choice(["Lima", "Quito", "Cusco"], ROWS),
        plan=pd.Categorical(draw.choice(["free", "pro"], ROWS)),
        member=draw.random(ROWS) < 0.5,
    )
    mixed.loc[::9, "monetary"] = np.nan
    return numbers, mixed


def pipelines() -> Iterator[tuple[str, BaseEstimator, pd.DataFrame, object]]:
    """Name, model, and the table and target that it is fitted to."""
    numbers, mixed = tables()
    draw = np.random.default_rng(11)
    yes = (numbers["monetary"] + draw.normal(0, 20, ROWS) > 100).astype(int)
    words = pd.Series(np.where(yes == 1, "buys", "leaves"))
    three = pd.cut(numbers["monetary"], [-1, 70, 140, 1e9], labels=["low", "mid", "high"]).astype(str)
    money = numbers["monetary"] * 1.3 + draw.normal(0, 5, ROWS)
    two = np.column_stack([money, numbers["frequency"] * 2])
    both = np.column_stack([yes, (numbers["frequency"] > 9).astype(int)])
    first = lambda: LogisticRegression(max_iter=300)  # noqa: E731
    grown = lambda: RandomForestClassifier(8, max_depth=3, random_state=0)  # noqa: E731

    for ufunc in (np.log1p, np.sqrt, np.cbrt, np.arcsinh, np.abs, np.square, np.exp2, np.tanh, np.rint, np.float32):
        yield (
            f"function {ufunc.__name__}",
            make_pipeline(MinMaxScaler(), FunctionTransformer(ufunc), Ridge()),
            numbers,
            money,
        )
    for function in (special.logit, special.expit, np.nan_to_num, np.clip, np.around):
        options = {"a_min": 0.1, "a_max": 0.9} if function is np.clip else None
        scaled = MinMaxScaler((0.1, 0.9), clip=True)
        yield (
            f"function {function.__name__}",
            make_pipeline(scaled, FunctionTransformer(function, kw_args=options), Ridge()),
            numbers,
            money,
        )
    for name, forward, back in (("log", np.log1p, np.expm1), ("sqrt", np.sqrt, np.square), ("cbrt", np.cbrt, None)):
        target = TransformedTargetRegressor(Lasso(), func=forward, inverse_func=back, check_inverse=False)
        if back is not None:
            yield f"target {name}", target, numbers, money.abs()
    for inner in (
        QuantileTransformer(n_quantiles=20, output_distribution="normal"),
        PowerTransformer(),
        StandardScaler(),
    ):
        yield (
            f"target {type(inner).__name__}",
            TransformedTargetRegressor(Ridge(), transformer=inner),
            numbers,
            money,
        )
    for bins in ("ordinal", "onehot", "onehot-dense"):
        for how in ("uniform", "quantile", "kmeans"):
            binned = KBinsDiscretizer(4, encode=bins, strategy=how, random_state=0, **({"quantile_method": "linear"}))
            yield f"bins {bins} {how}", make_pipeline(binned, first()), numbers, yes
    for options in (
        {"extrapolation": "periodic", "knots": "quantile"},
        {"include_bias": False, "order": "F"},
        {"degree": 2, "n_knots": 3},
        {"sparse_output": True},
    ):
        yield f"splines {options}", make_pipeline(SplineTransformer(**options), Ridge()), numbers, money
    gaps = numbers.mask(draw.random(numbers.shape) < 0.1)
    for imputer in (
        IterativeImputer(random_state=0, max_iter=3),
        IterativeImputer(
            ExtraTreeRegressor(max_depth=3, random_state=0), random_state=0, max_iter=2, add_indicator=True
        ),
        KNNImputer(n_neighbors=3, weights="distance", add_indicator=True),
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        make_union(SimpleImputer(strategy="constant", fill_value=-1), MissingIndicator(features="all")),
    ):
        yield f"gaps {type(imputer).__name__} {len(str(imputer))}", make_pipeline(imputer, first()), gaps, yes
    columns = ColumnTransformer(
        [
            ("n", make_pipeline(SimpleImputer(), RobustScaler()), make_column_selector(dtype_include=np.number)),
            (
                "c",
                OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=0.1, sparse_output=False),
                ["city"],
            ),
            ("o", OrdinalEncoder(categories=[["free", "pro"]], dtype=np.int32), ["plan"]),
            ("b", "passthrough", ["member"]),
        ],
        verbose_feature_names_out=False,
        sparse_threshold=0,
        transformer_weights={"n": 0.5},
    )
    for output in ("default", "pandas"):
        prepared = clone(columns).set_output(transform=output)
        for model in (first(), grown(), LinearDiscriminantAnalysis(), LinearSVC()):
            yield f"columns {output} {type(model).__name__}", make_pipeline(clone(prepared), model), mixed, words
    for encoder in (
        TargetEncoder(random_state=0),
        TargetEncoder(target_type="continuous", smooth=5.0, random_state=0),
        OneHotEncoder(max_categories=2, feature_name_combiner="concat", sparse_output=False),
        OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2),
        OrdinalEncoder(min_frequency=5, max_categories=3),
    ):
        made = make_column_transformer((encoder, ["city", "plan"]), remainder=SimpleImputer())
        yield (
            f"encoder {len(str(encoder))} {type(encoder).__name__}",
            make_pipeline(made, Ridge()),
            mixed,
            yes,
        )
    for around in (
        OneVsRestClassifier(first()),
        OneVsOneClassifier(LinearSVC()),
        OutputCodeClassifier(GaussianNB(), random_state=0),
        SelfTrainingClassifier(grown()),
        NearestCentroid(),
        QuadraticDiscriminantAnalysis(reg_param=0.1),
        LogisticRegressionCV(Cs=2, cv=2, scoring="f1_macro", max_iter=200, use_legacy_attributes=False, l1_ratios=(0,)),
    ):
        yield f"three {type(around).__name__}", make_pipeline(StandardScaler(), around), numbers, three
    for several in (MultiOutputClassifier(first()), ClassifierChain(first(), order=[1, 0]), grown()):
        yield f"both {type(several).__name__}", several, numbers, both
    for several in (
        RegressorChain(Ridge(), order="random", random_state=0),
        MultiTaskLasso(),
        PLSRegression(2),
        RandomForestRegressor(5, max_depth=3),
        TransformedTargetRegressor(LinearRegression(), transformer=StandardScaler()),
    ):
        yield f"two {type(several).__name__}", several, numbers, two
    fitted = grown().fit(numbers, yes)
    for outer in (
        CalibratedClassifierCV(FrozenEstimator(fitted), method="isotonic"),
        CalibratedClassifierCV(fitted, method="temperature", cv=2),
        CalibratedClassifierCV(LinearSVC(), method="sigmoid", cv=2, ensemble=False),
        FixedThresholdClassifier(FrozenEstimator(fitted), threshold=0.3),
        TunedThresholdClassifierCV(first(), scoring=make_scorer(f1_score), cv=2, store_cv_results=True),
        TunedThresholdClassifierCV(FrozenEstimator(fitted), cv="prefit", refit=False),
        VotingClassifier([("a", FrozenEstimator(fitted)), ("b", GaussianNB())], voting="soft", weights=[2, 1]),
        StackingClassifier([("a", fitted), ("b", "drop")], first(), cv="prefit", passthrough=True),
        StackingClassifier([("a", grown()), ("b", GaussianNB())], first(), cv=StratifiedKFold(2)),
    ):
        yield f"around {type(outer).__name__} {len(str(outer))}", outer, numbers, yes
    grid = {"C": np.logspace(-1, 1, 2)}
    for search in (
        HalvingGridSearchCV(first(), grid, cv=2, factor=2, random_state=0, min_resources=40),
        RandomizedSearchCV(first(), {"C": stats.loguniform(0.1, 10)}, n_iter=2, cv=2, random_state=0),
        GridSearchCV(first(), grid, cv=PredefinedSplit(np.arange(ROWS) % 2), scoring=["f1", "accuracy"], refit="f1"),
        GridSearchCV(first(), grid, cv=2, scoring=make_scorer(f1_score, zero_division=0), return_train_score=True),
        GridSearchCV(Pipeline([("s", "passthrough"), ("m", first())]), {"s": [StandardScaler(), "passthrough"]}, cv=2),
        GridSearchCV(first(), [{"C": [1]}, {"C": [2], "fit_intercept": [False]}], cv=2, error_score=np.nan),
    ):
        yield f"search {type(search).__name__} {len(str(search))}", search, numbers, yes
    for selector in (
        SelectFromModel(Lasso(0.1), threshold="1.25*median", max_features=3),
        SelectFromModel(ExtraTreesClassifier(5), prefit=False, threshold=-np.inf, max_features=len),
        SelectPercentile(mutual_info_classif, percentile=50),
        GenericUnivariateSelect(f_regression, mode="k_best", param=2),
        SelectFdr(alpha=0.9),
        RFECV(Ridge(), cv=2, min_features_to_select=2),
        SequentialFeatureSelector(Ridge(), n_features_to_select="auto", tol=0.001, cv=2),
    ):
        made_of = selector if not (callable(getattr(selector, "max_features", None))) else None
        if made_of is not None:
            yield f"selector {type(selector).__name__}", make_pipeline(selector, first()), numbers, yes
    for step in (
        Nystroem(n_components=6, random_state=0),
        RBFSampler(n_components=6, random_state=0),
        KernelPCA(2, kernel="rbf"),
        FastICA(2, random_state=0, whiten="unit-variance"),
        FactorAnalysis(2),
        TruncatedSVD(2),
        PCA(0.9),
        PCA("mle", svd_solver="full"),
        FeatureAgglomeration(2),
        SparseRandomProjection(3, random_state=0),
        GaussianRandomProjection(3, random_state=0),
        RandomTreesEmbedding(3, max_depth=2, random_state=0),
        NeighborhoodComponentsAnalysis(2, random_state=0, max_iter=5),
        PolynomialFeatures(2, interaction_only=True, order="F"),
        MaxAbsScaler(),
        KMeans(3, n_init=1, random_state=0),
        Birch(n_clusters=3),
        BisectingKMeans(3, random_state=0),
        FeatureUnion([("p", PCA(1)), ("k", "passthrough"), ("d", "drop")], transformer_weights={"p": 2.0}),
    ):
        yield (
            f"step {type(step).__name__} {len(str(step))}",
            make_pipeline(StandardScaler(), step, first()),
            numbers,
            yes,
        )
    for model in (
        ARDRegression(),
        Lars(n_nonzero_coefs=2),
        OrthogonalMatchingPursuit(n_nonzero_coefs=2),
        RANSACRegressor(random_state=0),
        TheilSenRegressor(random_state=0, max_subpopulation=50),
        QuantileRegressor(alpha=0.1),
        PoissonRegressor(),
        BaggingRegressor(DecisionTreeRegressor(max_depth=2), 3, max_features=0.5, random_state=0),
        HistGradientBoostingRegressor(max_iter=5, loss="quantile", quantile=0.9, monotonic_cst={"recency": -1}),
        GradientBoostingRegressor(n_estimators=4, init=DummyRegressor(strategy="median"), loss="huber"),
        GaussianProcessRegressor(ConstantKernel() * RBF(50.0) + WhiteKernel(), optimizer=None),
        StackingRegressor([("l", Lasso()), ("t", DecisionTreeRegressor(max_depth=2))], ElasticNet(), cv=2),
        RadiusNeighborsRegressor(1e9),
        DummyRegressor(strategy="quantile", quantile=0.3),
        RandomForestRegressor(4, max_depth=2, criterion="absolute_error", oob_score=True, bootstrap=True),
    ):
        yield f"amount {type(model).__name__}", model, numbers, money.abs()
    for model in (
        HistGradientBoostingClassifier(max_iter=5, categorical_features="from_dtype", early_stopping=False),
        HistGradientBoostingClassifier(max_iter=4, interaction_cst="pairwise", class_weight="balanced"),
    ):
        table = mixed.assign(city=mixed["city"].astype("category"), member=mixed["member"].astype("int8"))
        table = table if model.categorical_features == "from_dtype" and model.interaction_cst is None else numbers
        yield f"boosting {len(str(model))}", model, table, words
    for model in (
        SGDClassifier(loss="modified_huber", random_state=0, early_stopping=False, average=True),
        Perceptron(random_state=0),
        NuSVC(probability=False, nu=0.3),
        SVC(kernel="poly", class_weight={0: 1, 1: 3}),
        OneClassSVM(nu=0.2),
        IsolationForest(n_estimators=5, contamination=0.1, random_state=0),
        DummyClassifier(strategy="stratified", random_state=0),
        DecisionTreeClassifier(max_depth=3, monotonic_cst=[1, 0, 0, 0], ccp_alpha=0.001),
        CategoricalNB(),
        MeanShift(bandwidth=500),
    ):
        asked = numbers if not isinstance(model, CategoricalNB) else (numbers > 50).astype(int)
        yield f"class {type(model).__name__}", model, asked, yes
    yield "isotonic", IsotonicRegression(out_of_bounds="clip"), numbers[["monetary"]], money
    texts = pd.DataFrame({"note": [f"{city} gift {at % 5}" for at, city in enumerate(mixed["city"])]})
    for vectorizer in (
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, stop_words=["gift"]),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), max_features=40, dtype=np.float32),
        HashingVectorizer(n_features=64, alternate_sign=False),
    ):
        texted = make_column_transformer((vectorizer, "note"))
        yield (
            f"texts {type(vectorizer).__name__} {len(str(vectorizer))}",
            make_pipeline(texted, first()),
            texts,
            yes,
        )


Bundle = namedtuple("Bundle", ["model", "columns", "threshold"])


def bundles(model: BaseEstimator, table: pd.DataFrame) -> Iterator[tuple[str, object]]:
    """What notebooks save a model in, and beside it."""
    columns = list(table.columns)
    about: dict[str, object] = {
        "index": table.columns,
        "array of names": np.array(columns),
        "object array of names": np.array(columns, dtype=object),
        "series of means": table.mean(numeric_only=True),
        "frame": table.head(3),
        "dtypes": table.dtypes,
        "describe": table.describe(),
        "interval": pd.cut(table[columns[0]], 3),
        "categories": pd.Categorical(["a", "b"], ordered=True),
        "numpy scalar": np.float64(0.37),
        "numpy int": np.int64(3),
        "numpy bool": np.bool_(True),
        "numpy string": np.str_("v1"),
        "moment": pd.Timestamp("2026-01-31 10:00", tz="UTC"),
        "numpy moment": np.datetime64("2026-01-31"),
        "datetime": datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC),
        "span": pd.Timedelta(days=3),
        "period": pd.Period("2026-01", "M"),
        "range": pd.RangeIndex(5),
        "dates": pd.date_range("2026-01-01", periods=3),
        "multi": pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]),
        "nothing": pd.NA,
        "sparse": sparse.csr_matrix(np.eye(3)),
        "masked": np.ma.masked_array([1.0, 2.0], [True, False]),
        "record": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
        "ordered": OrderedDict(recall=0.5),
        "default": defaultdict(list, a=[1]),
        "set": {"recency", "frequency"},
        "frozen": frozenset(columns),
        "labels": LabelEncoder().fit(["a", "b"]),
        "binarizer": LabelBinarizer().fit(["a", "b", "c"]),
        "several labels": MultiLabelBinarizer().fit([("a", "b"), ("c",)]),
        "vectorizer": DictVectorizer().fit([{"a": 1, "b": 2}]),
        "generator": np.random.default_rng(3),
        "state": np.random.RandomState(3),
        "scores": {"roc_auc": np.array([0.7, 0.8]), "confusion": np.eye(2, dtype="int64")},
        "type": np.dtype("float32"),
        "extension": pd.array([1, None, 3], dtype="Int64"),
        "string array": pd.array(["a", None], dtype="string"),
        "complex": 1 + 2j,
        "bytes": b"\x00\x01",
        "slice": slice(0, 3),
        "ellipsis": ...,
    }
    for name, beside in about.items():
        yield f"dict with {name}", {"model": model, "about": beside}
    yield "tuple", (model, columns, 0.4)
    yield "list", [model, {"threshold": np.float64(0.4), "made": datetime.date(2026, 1, 31)}]
    yield "nested", {"artifacts": {"clf": model, "meta": {"features": columns, "params": model.get_params()}}}


def unusual() -> Iterator[Unusual]:
    """All of them, each written in another way."""
    writers = [
        lambda value: pickle.dumps(value, 5),
        lambda value: pickle.dumps(value, 2),
        *(lambda value, how=how: _joblib(value, how) for how in (0, ("zlib", 3), ("gzip", 1), ("bz2", 3), ("xz", 1),
                                                                  ("lzma", 1), ("lz4", 1))),
        lambda value: pickle.dumps(value, 4),
        lambda value: pickle.dumps(value, 0),
    ]  # fmt: skip
    with warnings.catch_warnings(action="ignore"):
        numbers, _ = tables()
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers, numbers["monetary"] > 100)
        values: list[tuple[str, object, BaseEstimator, pd.DataFrame]] = [
            (name, one.fit(table, target), one, table) for name, one, table, target in pipelines()
        ]
        values += [(name, value, model, numbers) for name, value in bundles(model, numbers)]
        set_config(enable_metadata_routing=True)
        try:
            routed = make_pipeline(
                StandardScaler().set_fit_request(sample_weight=False),
                LogisticRegression().set_fit_request(sample_weight=True),
            ).fit(numbers, numbers["monetary"] > 100, sample_weight=np.ones(ROWS))
            searched = GridSearchCV(
                LogisticRegression().set_fit_request(sample_weight=True).set_score_request(sample_weight=True),
                {"C": [1, 2]},
                cv=2,
            ).fit(numbers, numbers["monetary"] > 100, sample_weight=np.ones(ROWS))
        finally:
            set_config(enable_metadata_routing=False)
        values += [("routed", routed, routed, numbers), ("routed search", searched, searched, numbers)]
        for at, (name, value, inside, table) in enumerate(values):
            yield Unusual(name, writers[at % len(writers)](value), inside, table)


def _joblib(value: object, compress: object) -> bytes:
    target = io.BytesIO()
    joblib.dump(value, target, compress=compress)
    return target.getvalue()
