# ruff: noqa
"""More honest models: one for each choice of a parameter that puts something else into the file.

`tests/gate/valid_models.py` has what users usually save; this list goes for breadth, because the tables of the gate are
made from it: every score, split, distribution, distance, kernel, loss, and every function that a transformer is
commonly given.
"""

import operator, warnings
import numpy as np, pandas as pd, inspect
from sklearn.experimental import enable_iterative_imputer, enable_halving_search_cv
from sklearn.utils import all_estimators
from sklearn.base import clone

rng = np.random.RandomState(0)
N = 60
X = rng.rand(N, 4) + 0.01
y = (X[:, 0] + X[:, 1] > 1).astype(int)
y3 = np.digitize(X[:, 0], [0.33, 0.66])
yr = X @ [1, 2, 3, 4] + rng.rand(N)
ys = np.array(["yes", "no"])[y]
df = pd.DataFrame(X, columns=list("abcd"))
dfc = df.assign(
    country=rng.choice(["ES", "FR", "UK"], N), vip=rng.rand(N) > 0.5, cat=pd.Categorical(rng.choice(["u", "v", "w"], N))
)
texts = ["the cat sat", "a dog ran fast", "cats and dogs", "hello world foo"] * 15
from sklearn.linear_model import *
from sklearn.ensemble import *
from sklearn.tree import *
from sklearn.svm import *
from sklearn.neighbors import *
from sklearn.cluster import *
from sklearn.preprocessing import *
from sklearn.pipeline import *
from sklearn.compose import *
from sklearn.model_selection import *
from sklearn.calibration import *
from sklearn.impute import SimpleImputer, KNNImputer, MissingIndicator
from sklearn.experimental import enable_iterative_imputer, enable_halving_search_cv
from sklearn.impute import IterativeImputer
from sklearn.model_selection import HalvingGridSearchCV, HalvingRandomSearchCV
from sklearn.feature_selection import *
from sklearn.feature_extraction import *
from sklearn.feature_extraction.text import *
from sklearn.decomposition import *
from sklearn.multiclass import *
from sklearn.multioutput import *
from sklearn.semi_supervised import *
from sklearn.gaussian_process import *
from sklearn.gaussian_process import kernels as gk
from sklearn.kernel_approximation import *
from sklearn.kernel_ridge import KernelRidge
from sklearn.mixture import *
from sklearn.naive_bayes import *
from sklearn.neural_network import *
from sklearn.covariance import *
from sklearn.cross_decomposition import *
from sklearn.discriminant_analysis import *
from sklearn.dummy import *
from sklearn.isotonic import IsotonicRegression
from sklearn.manifold import *
from sklearn.random_projection import *
from sklearn.frozen import FrozenEstimator
from sklearn.metrics import make_scorer, f1_score, mean_absolute_error, accuracy_score
import scipy.special, scipy.stats as st, scipy.sparse as sp


def special(name, C):
    b = LogisticRegression()
    r = Ridge()
    S = {
        "ClassifierChain": lambda: C(b).fit(X, np.c_[y, 1 - y]),
        "RegressorChain": lambda: C(r).fit(X, np.c_[yr, -yr]),
        "MultiOutputClassifier": lambda: C(b).fit(X, np.c_[y, 1 - y]),
        "MultiOutputRegressor": lambda: C(r).fit(X, np.c_[yr, -yr]),
        "ColumnTransformer": lambda: C(
            [("n", StandardScaler(), ["a", "b"]), ("c", OneHotEncoder(), ["country"])], remainder="passthrough"
        ).fit(dfc.drop(columns="cat")),
        "FeatureUnion": lambda: C([("a", StandardScaler()), ("b", PCA(2))]).fit(X),
        "Pipeline": lambda: C([("a", StandardScaler()), ("b", LogisticRegression())]).fit(X, y),
        "GridSearchCV": lambda: C(b, {"C": [0.1, 1]}).fit(X, y),
        "HalvingGridSearchCV": lambda: C(b, {"C": [0.1, 1, 10]}).fit(X, y),
        "RandomizedSearchCV": lambda: C(b, {"C": st.loguniform(0.1, 10)}, n_iter=3, random_state=0).fit(X, y),
        "HalvingRandomSearchCV": lambda: C(b, {"C": st.uniform(0.1, 10)}, random_state=0).fit(X, y),
        "TunedThresholdClassifierCV": lambda: C(b).fit(X, y),
        "FixedThresholdClassifier": lambda: C(b).fit(X, y),
        "FrozenEstimator": lambda: C(b.fit(X, y)),
        "OneVsOneClassifier": lambda: C(b).fit(X, y3),
        "OneVsRestClassifier": lambda: C(b).fit(X, y3),
        "OutputCodeClassifier": lambda: C(b).fit(X, y3),
        "RFE": lambda: C(b).fit(X, y),
        "RFECV": lambda: C(b).fit(X, y),
        "SelectFromModel": lambda: C(b).fit(X, y),
        "SequentialFeatureSelector": lambda: C(b).fit(X, y),
        "SelfTrainingClassifier": lambda: C(b).fit(X, np.where(rng.rand(N) > 0.7, -1, y)),
        "SparseCoder": lambda: C(np.eye(4)).fit(X),
        "StackingClassifier": lambda: C([("a", b), ("t", DecisionTreeClassifier(max_depth=2))]).fit(X, y),
        "StackingRegressor": lambda: C([("a", r), ("t", DecisionTreeRegressor(max_depth=2))]).fit(X, yr),
        "VotingClassifier": lambda: C([("a", b), ("t", DecisionTreeClassifier(max_depth=2))]).fit(X, y),
        "VotingRegressor": lambda: C([("a", r), ("t", DecisionTreeRegressor(max_depth=2))]).fit(X, yr),
        "CountVectorizer": lambda: C().fit(texts),
        "TfidfVectorizer": lambda: C().fit(texts),
        "HashingVectorizer": lambda: C().fit(texts),
        "TfidfTransformer": lambda: C().fit(CountVectorizer().fit_transform(texts)),
        "DictVectorizer": lambda: C().fit([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]),
        "FeatureHasher": lambda: C().fit([{"a": 1}]),
        "IsotonicRegression": lambda: C().fit(X[:, 0], yr),
        "LabelBinarizer": lambda: C().fit(ys),
        "LabelEncoder": lambda: C().fit(ys),
        "MultiLabelBinarizer": lambda: C().fit([("a", "b"), ("b", "c")]),
        "MultiTaskElasticNet": lambda: C().fit(X, np.c_[yr, -yr]),
        "MultiTaskElasticNetCV": lambda: C().fit(X, np.c_[yr, -yr]),
        "MultiTaskLasso": lambda: C().fit(X, np.c_[yr, -yr]),
        "MultiTaskLassoCV": lambda: C().fit(X, np.c_[yr, -yr]),
        "CCA": lambda: C(1).fit(X, np.c_[yr, -yr + X[:, 0]]),
        "PLSCanonical": lambda: C(1).fit(X, np.c_[yr, -yr + X[:, 0]]),
        "KernelCenterer": lambda: C().fit(X @ X.T),
        "PatchExtractor": lambda: C().fit(rng.rand(2, 8, 8)),
        "GaussianRandomProjection": lambda: C(2).fit(X),
        "SparseRandomProjection": lambda: C(2).fit(X),
        "TargetEncoder": lambda: C().fit(dfc[["country"]], y),
        "OneHotEncoder": lambda: C().fit(dfc[["country"]]),
        "OrdinalEncoder": lambda: C().fit(dfc[["country"]]),
        "CalibratedClassifierCV": lambda: C(b).fit(X, y),
        "TransformedTargetRegressor": lambda: C(r, func=np.log1p, inverse_func=np.expm1).fit(X, yr),
        "SplineTransformer": lambda: C().fit(X),
    }
    return S.get(name)


def plain():
    for name, C in all_estimators():
        f = special(name, C)
        try:
            if f:
                yield name, f()
                continue
            est = C()
            tries = [(X, y), (X, yr), (X,)]
            from sklearn.utils import get_tags

            t = get_tags(est).estimator_type
            tries = {"classifier": [(X, y)], "regressor": [(X, yr)]}.get(t, [(X, y), (X, yr), (X,), (X[:, 0],)])
            if t is None or t in ("clusterer", "transformer", "outlier_detector", "density_estimator"):
                tries = [(X,)] + tries
            err = None
            for a in tries + [(X, np.c_[yr, -yr])]:
                try:
                    e = clone(est).fit(*a)
                    break
                except Exception as ex:
                    err = ex
            else:
                raise err
            yield name, e
        except Exception as ex:
            continue


def frames():
    """same again on data frames, strings as target, set_output"""
    for name, C in all_estimators():
        if special(name, C):
            continue
        est = C()
        from sklearn.utils import get_tags

        t = get_tags(est).estimator_type
        try:
            if t == "classifier":
                yield name + "-df-str", clone(est).fit(df, ys)
                yield name + "-3", clone(est).fit(df, y3)
            elif t == "regressor":
                yield name + "-df", clone(est).fit(df, pd.Series(yr))
            else:
                yield name + "-df", clone(est).fit(df)
            if hasattr(est, "set_output"):
                yield name + "-so", clone(est).set_output(transform="pandas").fit(df)
        except Exception:
            continue


def variants():
    b = LogisticRegression()
    r = Ridge()
    prep = lambda: ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(), StandardScaler()), ["a", "b", "c", "d"]),
            ("cat", OneHotEncoder(handle_unknown="ignore"), ["country"]),
        ]
    )
    prep2 = lambda: ColumnTransformer(
        [
            (
                "num",
                make_pipeline(SimpleImputer(strategy="median", add_indicator=True), RobustScaler()),
                make_column_selector(dtype_include=np.number),
            ),
            (
                "cat",
                OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=3, sparse_output=False),
                make_column_selector(dtype_exclude=np.number),
            ),
        ],
        remainder="drop",
    )
    V = []
    a = lambda n, f: V.append((n, f))
    cls = [
        LogisticRegression(),
        RandomForestClassifier(5),
        GradientBoostingClassifier(n_estimators=5),
        HistGradientBoostingClassifier(max_iter=5),
        ExtraTreesClassifier(4),
        SVC(),
        SVC(probability=True),
        LinearSVC(),
        KNeighborsClassifier(),
        MLPClassifier((5,), max_iter=20),
        GaussianNB(),
        AdaBoostClassifier(n_estimators=3),
        BaggingClassifier(n_estimators=3),
        SGDClassifier(),
        SGDClassifier(loss="log_loss", early_stopping=True),
        PassiveAggressiveClassifier(),
        RidgeClassifier(),
        LogisticRegressionCV(cv=2, Cs=2),
        Perceptron(),
        QuadraticDiscriminantAnalysis(),
        LinearDiscriminantAnalysis(),
        GaussianProcessClassifier(),
        NuSVC(),
        RadiusNeighborsClassifier(5.0),
        NearestCentroid(),
        DummyClassifier(),
        DummyClassifier(strategy="stratified"),
        BernoulliNB(),
        DecisionTreeClassifier(),
    ]
    regs = [
        LinearRegression(),
        RandomForestRegressor(5),
        GradientBoostingRegressor(n_estimators=5),
        HistGradientBoostingRegressor(max_iter=5),
        ExtraTreesRegressor(4),
        SVR(),
        LinearSVR(),
        KNeighborsRegressor(),
        MLPRegressor(hidden_layer_sizes=(5,), max_iter=20),
        AdaBoostRegressor(n_estimators=3),
        BaggingRegressor(n_estimators=3),
        SGDRegressor(),
        ElasticNet(),
        Lasso(),
        LassoCV(cv=2),
        PoissonRegressor(),
        GammaRegressor(),
        TweedieRegressor(power=1.5),
        QuantileRegressor(solver="highs"),
        HuberRegressor(),
        RANSACRegressor(),
        TheilSenRegressor(),
        BayesianRidge(),
        ARDRegression(),
        KernelRidge(kernel="rbf"),
        GaussianProcessRegressor(gk.RBF() + gk.WhiteKernel()),
        DummyRegressor(strategy="quantile", quantile=0.5),
        NuSVR(),
        DecisionTreeRegressor(),
        PLSRegression(),
        RadiusNeighborsRegressor(5.0),
    ]
    for e in cls:
        n = type(e).__name__
        dense = lambda: ColumnTransformer(
            [
                ("num", make_pipeline(SimpleImputer(), StandardScaler()), ["a", "b", "c", "d"]),
                ("cat", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["country"]),
            ]
        )
        a("pipe-" + n, lambda e=e, d=dense: Pipeline([("prep", d()), ("m", clone(e))]).fit(dfc, ys))
        a("pipe2-" + n, lambda e=e: make_pipeline(prep2(), clone(e)).fit(dfc, y3))
        a(
            "grid-" + n,
            lambda e=e, d=dense: GridSearchCV(
                Pipeline([("prep", d()), ("m", clone(e))]),
                {"prep__num__simpleimputer__strategy": ["mean", "median"]},
                cv=3,
            ).fit(dfc, ys),
        )
        a("cal-" + n, lambda e=e: CalibratedClassifierCV(clone(e), cv=2).fit(X, y))
        a(
            "calf-" + n,
            lambda e=e: CalibratedClassifierCV(FrozenEstimator(clone(e).fit(X, ys)), method="isotonic").fit(X, ys),
        )
        a("sp-" + n, lambda e=e: clone(e).fit(sp.csr_matrix(X), y))
        a("f32-" + n, lambda e=e: clone(e).fit(X.astype(np.float32), y))
        a("bag-" + n, lambda e=e: BaggingClassifier(clone(e), n_estimators=2, max_features=0.5).fit(X, y))
        a("ovr-" + n, lambda e=e: OneVsRestClassifier(clone(e)).fit(X, y3))
    for e in regs:
        n = type(e).__name__
        a(
            "pipe-" + n,
            lambda e=e: Pipeline(
                [
                    (
                        "prep",
                        ColumnTransformer(
                            [
                                ("num", make_pipeline(SimpleImputer(), StandardScaler()), ["a", "b", "c", "d"]),
                                ("cat", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["country"]),
                            ]
                        ),
                    ),
                    ("m", clone(e)),
                ]
            ).fit(dfc, pd.Series(yr)),
        )
        a("ttr-" + n, lambda e=e: TransformedTargetRegressor(clone(e), func=np.log1p, inverse_func=np.expm1).fit(X, yr))
        a("ttr2-" + n, lambda e=e: TransformedTargetRegressor(clone(e), transformer=PowerTransformer()).fit(X, yr))
        a("multi-" + n, lambda e=e: MultiOutputRegressor(clone(e)).fit(X, np.c_[yr, yr * 2]))
        a("sp-" + n, lambda e=e: clone(e).fit(sp.csr_matrix(X), yr))
        a("2d-" + n, lambda e=e: clone(e).fit(X, np.c_[yr, yr * 2]))
        a(
            "rand-" + n,
            lambda e=e: RandomizedSearchCV(
                make_pipeline(StandardScaler(), clone(e)), {"standardscaler__with_mean": [True, False]}, n_iter=2, cv=2
            ).fit(X, yr),
        )
    for c in [
        KMeans(3, n_init=2),
        MiniBatchKMeans(3, n_init=2),
        BisectingKMeans(3),
        BisectingKMeans(3, algorithm="elkan"),
        Birch(n_clusters=3),
        Birch(n_clusters=None, threshold=0.1, branching_factor=5),
        MeanShift(),
        AffinityPropagation(),
        GaussianMixture(3),
        GaussianMixture(2, covariance_type="tied"),
        BayesianGaussianMixture(n_components=3),
        DBSCAN(),
        OPTICS(),
        HDBSCAN(),
        HDBSCAN(store_centers="both"),
        SpectralClustering(2),
        AgglomerativeClustering(),
        IsolationForest(n_estimators=5),
        OneClassSVM(),
        LocalOutlierFactor(novelty=True),
        EllipticEnvelope(),
        SGDOneClassSVM(),
    ]:
        n = type(c).__name__
        a("cl-" + n, lambda c=c: make_pipeline(StandardScaler(), clone(c)).fit(df))
        a(
            "clct-" + n,
            lambda c=c: make_pipeline(
                ColumnTransformer(
                    [("n", StandardScaler(), ["a", "b"]), ("c", OneHotEncoder(sparse_output=False), ["country"])]
                ),
                clone(c),
            ).fit(dfc),
        )
        a("clsp-" + n, lambda c=c: clone(c).fit(sp.csr_matrix(X)))
    for alg in ("kd_tree", "ball_tree", "brute"):
        for m in ("minkowski", "manhattan", "chebyshev", "euclidean"):
            a(
                f"knn-{alg}-{m}",
                lambda alg=alg, m=m: KNeighborsClassifier(algorithm=alg, metric=m, weights="distance").fit(X, ys),
            )
    a("knn-haversine", lambda: KNeighborsClassifier(algorithm="ball_tree", metric="haversine").fit(X[:, :2], y))
    a(
        "knn-seuc",
        lambda: KNeighborsClassifier(metric="seuclidean", metric_params={"V": np.ones(4)}, algorithm="ball_tree").fit(
            X, y
        ),
    )
    a(
        "knn-mahal",
        lambda: KNeighborsClassifier(metric="mahalanobis", metric_params={"VI": np.eye(4)}, algorithm="ball_tree").fit(
            X, y
        ),
    )
    a("knn-mink3", lambda: KNeighborsClassifier(p=3).fit(X, y))
    a("knn-cos", lambda: KNeighborsClassifier(metric="cosine").fit(X, y))
    binary = ("jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath")
    for m in ("hamming", "canberra", "braycurtis", *binary):
        a(
            "knn-" + m,
            lambda m=m: KNeighborsClassifier(metric=m, algorithm="ball_tree").fit(
                (X > 0.5) if m not in ("canberra", "braycurtis", "hamming") else X, y
            ),
        )
    for k in ("linear", "poly", "sigmoid"):
        a("svc-" + k, lambda k=k: SVC(kernel=k, class_weight="balanced").fit(X, y3))
        a("svr-" + k, lambda k=k: SVR(kernel=k).fit(X, yr))
    a("svc-precomp", lambda: SVC(kernel="precomputed").fit(X @ X.T, y))
    a(
        "svc-ovo",
        lambda: SVC(decision_function_shape="ovo", break_ties=False, random_state=np.random.RandomState(0)).fit(X, y3),
    )
    for k in (
        gk.RBF(),
        gk.Matern(),
        gk.RationalQuadratic(),
        gk.ExpSineSquared(),
        gk.DotProduct(),
        gk.ConstantKernel() * gk.RBF(),
        gk.RBF() ** 2,
        gk.CompoundKernel([gk.RBF(), gk.RBF()]),
        gk.PairwiseKernel(metric="rbf"),
        gk.Exponentiation(gk.RBF(), 2),
    ):
        a("gpr-" + type(k).__name__, lambda k=k: GaussianProcessRegressor(k, alpha=1e-2, normalize_y=True).fit(X, yr))
    a("gpc-3", lambda: GaussianProcessClassifier(multi_class="one_vs_one").fit(X, y3))
    a("gpc3r", lambda: GaussianProcessClassifier(gk.RBF(1.0)).fit(X, y3))
    for L in ("squared_error", "absolute_error", "huber", "quantile"):
        a("gbr-" + L, lambda L=L: GradientBoostingRegressor(loss=L, n_estimators=4).fit(X, yr))
    for L in ("squared_error", "absolute_error", "gamma", "poisson", "quantile"):
        a(
            "hgbr-" + L,
            lambda L=L: HistGradientBoostingRegressor(
                loss=L, max_iter=4, **({"quantile": 0.5} if L == "quantile" else {})
            ).fit(X, yr),
        )
    a("hgbc-3", lambda: HistGradientBoostingClassifier(max_iter=4).fit(X, y3))
    a(
        "hgb-cat",
        lambda: HistGradientBoostingClassifier(max_iter=4, categorical_features="from_dtype", min_samples_leaf=3).fit(
            dfc[["a", "cat", "vip"]], y
        ),
    )
    a(
        "hgb-catidx",
        lambda: HistGradientBoostingClassifier(max_iter=4, categorical_features=[0], min_samples_leaf=3).fit(
            np.c_[y3, X], y
        ),
    )
    a(
        "hgb-mono",
        lambda: HistGradientBoostingRegressor(
            max_iter=4, monotonic_cst=[1, 0, 0, -1], interaction_cst=[{0, 1}, {2, 3}], early_stopping=True
        ).fit(X, yr),
    )
    a(
        "hgb-monod",
        lambda: HistGradientBoostingRegressor(
            max_iter=4, monotonic_cst={"a": 1}, scoring="neg_mean_squared_error", early_stopping=True
        ).fit(df, yr),
    )
    a("hgb-nan", lambda: HistGradientBoostingRegressor(max_iter=4).fit(np.where(X > 0.9, np.nan, X), yr))
    a("gb-init", lambda: GradientBoostingClassifier(n_estimators=3, init=b).fit(X, y))
    a("gb-zero", lambda: GradientBoostingClassifier(n_estimators=3, init="zero", subsample=0.5).fit(X, y))
    a("gb-exp", lambda: GradientBoostingClassifier(n_estimators=3, loss="exponential", n_iter_no_change=2).fit(X, y))
    a("gbc-3", lambda: GradientBoostingClassifier(n_estimators=3).fit(X, y3))
    a(
        "rf-oob",
        lambda: RandomForestClassifier(
            20, oob_score=True, class_weight="balanced", random_state=np.random.RandomState(3), n_jobs=2
        ).fit(X, ys),
    )
    a("rf-2d", lambda: RandomForestClassifier(5).fit(X, np.c_[y, y3]))
    a(
        "rf-oobf",
        lambda: RandomForestRegressor(20, oob_score=mean_absolute_error, criterion="absolute_error").fit(X, yr),
    )
    a(
        "rf-mono",
        lambda: RandomForestRegressor(3, monotonic_cst=[1, 0, 0, 0], max_leaf_nodes=5, ccp_alpha=0.01).fit(X, yr),
    )
    a("rf-cwd", lambda: RandomForestClassifier(3, class_weight={0: 1.0, 1: 2.0}).fit(X, y))
    a("dt-nan", lambda: DecisionTreeClassifier().fit(np.where(X > 0.9, np.nan, X), y))
    a("rf-warm", lambda: RandomForestClassifier(3, warm_start=True, bootstrap=False, max_samples=None).fit(X, y))
    a("rte", lambda: RandomTreesEmbedding(3).fit(X))
    a("iso-cal", lambda: CalibratedClassifierCV(b, method="isotonic", cv=3, ensemble=False).fit(X, y))
    try:
        CalibratedClassifierCV(b, method="temperature")
        a("temp-cal", lambda: CalibratedClassifierCV(b, method="temperature").fit(X, y3))
    except Exception:
        pass
    a(
        "vote-soft",
        lambda: VotingClassifier(
            [("a", b), ("rf", RandomForestClassifier(3)), ("d", "drop")], voting="soft", weights=[1, 2, 1]
        ).fit(df, ys),
    )
    a(
        "stack",
        lambda: StackingClassifier(
            [("p", make_pipeline(StandardScaler(), SVC())), ("k", KNeighborsClassifier())],
            final_estimator=RandomForestClassifier(3),
            passthrough=True,
            cv=3,
        ).fit(X, y3),
    )
    a("stackr", lambda: StackingRegressor([("p", LinearSVR()), ("k", KNeighborsRegressor())], cv=KFold(3)).fit(X, yr))
    a("stackpre", lambda: StackingClassifier([("a", clone(b).fit(X, y))], cv="prefit").fit(X, y))
    for cv in (
        KFold(3),
        StratifiedKFold(3, shuffle=True, random_state=0),
        ShuffleSplit(2),
        StratifiedShuffleSplit(2),
        RepeatedKFold(n_splits=2, n_repeats=2),
        RepeatedStratifiedKFold(n_splits=2, n_repeats=2, random_state=0),
        TimeSeriesSplit(3),
        LeaveOneOut(),
        LeavePOut(59),
        PredefinedSplit(np.arange(N) % 3 - 1),
    ):
        a(
            "cv-" + type(cv).__name__,
            lambda cv=cv: GridSearchCV(r, {"alpha": [1, 2]}, cv=cv, scoring="neg_mean_absolute_error").fit(X, yr),
        )
    for cv in (GroupKFold(2), LeaveOneGroupOut(), StratifiedGroupKFold(2), GroupShuffleSplit(2), LeavePGroupsOut(1)):
        a(
            "cv-" + type(cv).__name__,
            lambda cv=cv: GridSearchCV(b, {"C": [1, 2]}, cv=cv, scoring="accuracy").fit(X, y, groups=np.arange(N) % 4),
        )
    a("cv-iter", lambda: GridSearchCV(b, {"C": [1, 2]}, cv=list(KFold(2).split(X))).fit(X, y))
    import sklearn.metrics as M

    for s in M.get_scorer_names():
        a(
            "sc-" + s,
            lambda s=s: (
                lambda e, yy: GridSearchCV(e, {"fit_intercept": [True, False]}, scoring=s, cv=2, error_score=0.0).fit(
                    X, yy
                )
            )(b, y),
        )
    a(
        "sc-multi",
        lambda: GridSearchCV(
            b, {"C": [1, 2]}, scoring=["accuracy", "roc_auc"], refit="roc_auc", cv=2, return_train_score=True
        ).fit(X, y),
    )
    a(
        "sc-multid",
        lambda: GridSearchCV(
            b, {"C": [1, 2]}, scoring={"a": "accuracy", "f": make_scorer(f1_score, pos_label="yes")}, refit="a", cv=2
        ).fit(X, ys),
    )
    a(
        "sc-make",
        lambda: GridSearchCV(b, {"C": [1, 2]}, scoring=make_scorer(M.fbeta_score, beta=2, zero_division=0), cv=2).fit(
            X, y
        ),
    )
    a(
        "sc-ll",
        lambda: GridSearchCV(
            b,
            {"C": [1, 2]},
            scoring=make_scorer(M.log_loss, greater_is_better=False, response_method="predict_proba"),
            cv=2,
        ).fit(X, y),
    )
    a(
        "grid-steps",
        lambda: GridSearchCV(
            Pipeline([("s", StandardScaler()), ("m", b)]),
            [{"m": [LogisticRegression(), SVC()]}, {"s": ["passthrough", MinMaxScaler()]}],
            cv=2,
        ).fit(X, y),
    )
    a("grid-np", lambda: GridSearchCV(r, {"alpha": np.logspace(-2, 2, 3)}, cv=2).fit(X, yr))
    a(
        "grid-none",
        lambda: GridSearchCV(
            RandomForestClassifier(2), {"max_depth": [None, 2], "max_features": ["sqrt", 0.5]}, cv=2, n_jobs=1
        ).fit(X, y),
    )
    a("grid-pd", lambda: GridSearchCV(r, {"alpha": pd.Series([1, 2])}, cv=2).fit(X, yr))
    for d in (
        st.uniform(0, 1),
        st.loguniform(0.1, 1),
        st.randint(1, 5),
        st.expon(1),
        st.norm(1, 0.1),
        st.gamma(2),
        st.beta(2, 3),
        st.lognorm(1),
        st.truncnorm(-1, 1),
        st.reciprocal(0.1, 1),
        st.poisson(3),
        st.geom(0.5),
        st.halfnorm(),
        st.triang(0.5),
        st.binom(5, 0.5),
        st.halfcauchy(),
        st.weibull_min(1.5),
        st.pareto(2),
        st.chi2(3),
        st.t(5),
        st.laplace(),
        st.logistic(),
    ):
        pn = "n_neighbors" if hasattr(d.dist, "pmf") else "leaf_size"
        if pn == "n_neighbors":
            a(
                "rs-" + d.dist.name,
                lambda d=d: RandomizedSearchCV(
                    KNeighborsRegressor(), {"n_neighbors": d}, n_iter=2, cv=2, random_state=0, error_score=0.0
                ).fit(X, yr),
            )
        else:
            a(
                "rs-" + d.dist.name,
                lambda d=d: RandomizedSearchCV(
                    r,
                    {"alpha": d, "fit_intercept": [True, False]},
                    n_iter=2,
                    cv=2,
                    random_state=np.random.RandomState(1),
                ).fit(X, yr),
            )
    a(
        "hrs",
        lambda: HalvingRandomSearchCV(
            RandomForestClassifier(3), {"max_depth": st.randint(1, 4)}, random_state=0, cv=2
        ).fit(X, y),
    )
    a(
        "hgs",
        lambda: HalvingGridSearchCV(
            RandomForestClassifier(3), {"max_depth": [1, 2, 3]}, resource="n_estimators", max_resources=10, cv=2
        ).fit(X, y),
    )
    a(
        "rs-tfm",
        lambda: RandomizedSearchCV(
            make_pipeline(prep(), LogisticRegression()),
            [{"logisticregression__C": st.loguniform(0.1, 1)}],
            n_iter=2,
            cv=2,
        ).fit(dfc, y),
    )
    fn = [
        np.log1p,
        np.expm1,
        np.log,
        np.exp,
        np.sqrt,
        np.square,
        np.abs,
        np.sin,
        np.cos,
        np.tan,
        np.tanh,
        np.log2,
        np.log10,
        np.cbrt,
        np.sign,
        np.negative,
        np.reciprocal,
        np.floor,
        np.ceil,
        np.rint,
        np.isnan,
        np.nan_to_num,
        np.round,
        np.clip,
        np.deg2rad,
        np.rad2deg,
        np.arctan,
        np.arcsinh,
        np.sinh,
        np.power,
        np.exp2,
        np.array,
        np.asarray,
        np.ravel,
        np.cumsum,
        np.diff,
        np.around,
        np.arcsin,
        np.arctanh,
        np.cosh,
        np.degrees,
        np.radians,
        np.fabs,
        np.isfinite,
        np.isinf,
        np.trunc,
        None,
    ]
    for f in fn:
        kw = {}
        if f is np.clip:
            kw = {"kw_args": {"a_min": 0, "a_max": 0.5}}
        if f is np.round:
            kw = {"kw_args": {"decimals": 1}}
        if f is np.power:
            kw = {"kw_args": None}
        if f is np.power:
            continue
        a(
            "ft-" + getattr(f, "__name__", "none"),
            lambda f=f, kw=kw: make_pipeline(FunctionTransformer(f, **kw), StandardScaler()).fit(X),
        )
    a(
        "ft-inv",
        lambda: FunctionTransformer(
            np.log1p, inverse_func=np.expm1, feature_names_out="one-to-one", validate=True, check_inverse=False
        ).fit(df),
    )
    for c in (
        dict(drop="first"),
        dict(drop="if_binary"),
        dict(handle_unknown="ignore"),
        dict(max_categories=2, handle_unknown="infrequent_if_exist"),
        dict(categories=[["ES", "FR", "UK"], [False, True], ["u", "v", "w"]]),
        dict(sparse_output=False, dtype=np.int8),
        dict(min_frequency=0.3),
        dict(drop=["ES", False, "u"]),
        dict(handle_unknown="warn"),
        dict(feature_name_combiner="concat"),
    ):
        a("ohe-" + str(list(c.items())[:1]), lambda c=c: OneHotEncoder(**c).fit(dfc[["country", "vip", "cat"]]))
    a("ohe-so", lambda: OneHotEncoder(sparse_output=False).set_output(transform="pandas").fit(dfc[["country", "cat"]]))
    a("ohe-np", lambda: OneHotEncoder().fit(np.array([["a", "b"], ["c", "d"]])))
    a("ohe-int", lambda: OneHotEncoder().fit(np.c_[y, y3]))
    a("ohe-nan", lambda: OneHotEncoder().fit(pd.DataFrame({"a": ["x", None, "y"], "b": [1.0, np.nan, 2]})))
    a("ohe-obj", lambda: OneHotEncoder().fit(pd.DataFrame({"a": np.array(["x", np.nan, "y"], dtype=object)})))
    a("ohe-str", lambda: OneHotEncoder().fit(pd.DataFrame({"a": pd.array(["x", pd.NA, "y"], dtype="string")})))
    for c in (
        dict(handle_unknown="use_encoded_value", unknown_value=-1),
        dict(handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=-2),
        dict(categories=[["ES", "FR", "UK"], ["u", "v", "w"]]),
        dict(max_categories=2),
        dict(dtype=np.float32),
    ):
        a("ord-" + str(list(c)[:1]), lambda c=c: OrdinalEncoder(**c).fit(dfc[["country", "cat"]]))
    for t, yy in ((("binary"), ys), ("multiclass", y3), ("continuous", yr)):
        a("te-" + t, lambda t=t, yy=yy: TargetEncoder(target_type=t, cv=2).fit(dfc[["country", "cat"]], yy))
    for c in (
        dict(strategy="median"),
        dict(strategy="most_frequent"),
        dict(strategy="constant", fill_value="x"),
        dict(strategy="constant", fill_value=0),
        dict(add_indicator=True),
        dict(keep_empty_features=True),
    ):
        a(
            "si-" + str(c),
            lambda c=c: SimpleImputer(**c).fit(
                dfc[["country"]].astype(object) if c.get("fill_value") == "x" else np.where(X > 0.9, np.nan, X)
            ),
        )
    a("si-str", lambda: SimpleImputer(strategy="most_frequent").fit(dfc[["country", "cat"]]))
    a(
        "si-none",
        lambda: SimpleImputer(missing_values=None, strategy="constant", fill_value="q").fit(
            np.array([["a"], [None]], dtype=object)
        ),
    )
    a("si-int", lambda: SimpleImputer(missing_values=-1).fit(np.c_[y, y3]))
    a(
        "si-pdna",
        lambda: SimpleImputer(missing_values=pd.NA, strategy="most_frequent").fit(
            pd.DataFrame({"a": pd.array(["x", pd.NA], dtype="string")})
        ),
    )
    a("ii", lambda: IterativeImputer(max_iter=3).fit(np.where(X > 0.9, np.nan, X)))
    a(
        "ii-rf",
        lambda: IterativeImputer(RandomForestRegressor(3), max_iter=2, sample_posterior=False, add_indicator=True).fit(
            np.where(X > 0.9, np.nan, X)
        ),
    )
    a("ki", lambda: KNNImputer(add_indicator=True).fit(np.where(X > 0.9, np.nan, X)))
    a("mi", lambda: MissingIndicator(features="all").fit(np.where(X > 0.9, np.nan, X)))
    for c in (dict(encode="ordinal"), dict(encode="onehot-dense", strategy="uniform"), dict(strategy="kmeans")):
        a("kb-" + str(c), lambda c=c: KBinsDiscretizer(3, **c).fit(X))
    for c in (
        dict(degree=2),
        dict(knots="quantile", extrapolation="linear"),
        dict(extrapolation="periodic"),
        dict(sparse_output=True),
        dict(knots=np.linspace(0, 1, 5)[:, None].repeat(4, 1)),
        dict(include_bias=False, extrapolation="continue"),
        dict(handle_missing="zeros"),
    ):
        a("spl-" + str(list(c)), lambda c=c: SplineTransformer(**c).fit(X))
    for c in (dict(degree=3), dict(interaction_only=True), dict(degree=(1, 2)), dict(include_bias=False, order="F")):
        a("poly-" + str(c), lambda c=c: PolynomialFeatures(**c).fit(df))
    for c in (dict(output_distribution="normal", n_quantiles=20), dict(n_quantiles=10, subsample=30)):
        a("qt-" + str(c), lambda c=c: QuantileTransformer(**c).fit(X))
    a("pt-bc", lambda: PowerTransformer("box-cox").fit(X))
    a("mms-clip", lambda: MinMaxScaler((0, 2), clip=True).fit(df))
    a("ss-sp", lambda: StandardScaler(with_mean=False).fit(sp.csr_matrix(X)))
    a("norm", lambda: Normalizer("l1").fit(X))
    a("binar", lambda: Binarizer(threshold=0.3).fit(X))
    for c in (
        dict(ngram_range=(1, 2)),
        dict(stop_words="english"),
        dict(analyzer="char_wb", ngram_range=(2, 3)),
        dict(max_features=3),
        dict(min_df=2, max_df=0.9),
        dict(vocabulary=["cat", "dog"]),
        dict(vocabulary={"cat": 0, "dog": 1}),
        dict(token_pattern=r"\w+"),
        dict(binary=True, dtype=np.float32, lowercase=False),
        dict(stop_words=["the"]),
        dict(strip_accents="unicode"),
        dict(vocabulary={"a", "b"}),
    ):
        a("cv-" + str(c), lambda c=c: CountVectorizer(**c).fit(texts))
        a("tf-" + str(c), lambda c=c: TfidfVectorizer(**c).fit(texts))
    a("tf-pipe", lambda: make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(texts, y))
    a(
        "tf-svd",
        lambda: make_pipeline(TfidfVectorizer(sublinear_tf=True, norm="l1"), TruncatedSVD(2), KMeans(2)).fit(texts),
    )
    a(
        "tf-ct",
        lambda: make_pipeline(
            ColumnTransformer([("t", TfidfVectorizer(), "t"), ("n", StandardScaler(), ["a"])]), LogisticRegression()
        ).fit(df.assign(t=texts), y),
    )
    a(
        "hash",
        lambda: make_pipeline(HashingVectorizer(n_features=64), MultinomialNB() if False else SGDClassifier()).fit(
            texts, y
        ),
    )
    a("fh", lambda: FeatureHasher(8, input_type="string").fit([["a"]]))
    a(
        "dv",
        lambda: make_pipeline(DictVectorizer(sparse=False), LogisticRegression()).fit(
            [{"a": 1.0, "b": "x"}, {"a": 2.0, "b": "y"}], [0, 1]
        ),
    )
    for k in ("rbf", "poly", "sigmoid", "cosine", "linear"):
        a("kpca-" + k, lambda k=k: KernelPCA(2, kernel=k, fit_inverse_transform=k != "cosine").fit(X))
        a("nys-" + k, lambda k=k: Nystroem(kernel=k, n_components=5).fit(X))
    a("kr-poly", lambda: KernelRidge(kernel="polynomial").fit(X, yr))
    a("pca-mle", lambda: PCA("mle").fit(X))
    a("pca-f", lambda: PCA(0.9, svd_solver="full", whiten=True).fit(df))
    a("pca-rand", lambda: PCA(2, svd_solver="randomized", random_state=1).fit(X))
    a("nmf", lambda: NMF(2, init="nndsvd", solver="mu").fit(X))
    a("lda-b", lambda: LatentDirichletAllocation(2, learning_method="online").fit(X))
    a("dl", lambda: DictionaryLearning(2, max_iter=3, transform_algorithm="lasso_lars").fit(X))
    a("spca", lambda: SparsePCA(2, max_iter=5).fit(X))
    a("ica", lambda: FastICA(2, fun="cube").fit(X))
    for sel in (
        SelectKBest(f_classif, k=2),
        SelectKBest(chi2, k=2),
        SelectKBest(mutual_info_classif, k=2),
        SelectPercentile(f_classif),
        SelectFpr(),
        SelectFdr(),
        SelectFwe(),
        GenericUnivariateSelect(mode="k_best", param=2),
        VarianceThreshold(0.01),
    ):
        a(
            "sel-" + type(sel).__name__ + str(getattr(sel, "score_func", "")),
            lambda sel=sel: make_pipeline(clone(sel), LogisticRegression()).fit(df, y),
        )
    a("sel-reg", lambda: SelectKBest(f_regression, k=2).fit(X, yr))
    a("sel-mir", lambda: SelectKBest(mutual_info_regression, k=2).fit(X, yr))
    a("sel-r", lambda: SelectKBest(r_regression, k=2).fit(X, yr))
    a("sfm-rf", lambda: SelectFromModel(RandomForestClassifier(3), threshold="1.25*median", max_features=2).fit(df, y))
    a("sfm-pre", lambda: SelectFromModel(clone(b).fit(X, y), prefit=True, importance_getter="coef_").fit(X, y))
    a("rfe-rf", lambda: RFE(RandomForestClassifier(3), n_features_to_select=2, step=0.5).fit(X, y))
    a("rfecv", lambda: RFECV(DecisionTreeClassifier(), cv=2, scoring="accuracy").fit(X, y))
    a(
        "sfs",
        lambda: SequentialFeatureSelector(r, n_features_to_select=2, direction="backward", cv=2, scoring="r2").fit(
            X, yr
        ),
    )
    a("sfm-n", lambda: SelectFromModel(Lasso(0.1), norm_order=2, threshold="mean").fit(X, yr))
    a(
        "ct-slice",
        lambda: ColumnTransformer(
            [("a", StandardScaler(), slice(0, 2)), ("b", "passthrough", [2])], remainder=MinMaxScaler()
        ).fit(X),
    )
    a(
        "ct-mask",
        lambda: ColumnTransformer([("a", StandardScaler(), [True, False, True, False]), ("b", "drop", [1])]).fit(X),
    )
    a(
        "ct-so",
        lambda: (
            ColumnTransformer(
                [("a", StandardScaler(), ["a"]), ("b", OneHotEncoder(sparse_output=False), ["country"])],
                remainder="passthrough",
                verbose_feature_names_out=False,
            )
            .set_output(transform="pandas")
            .fit(dfc)
        ),
    )
    a(
        "ct-w",
        lambda: ColumnTransformer(
            [("a", StandardScaler(), ["a"]), ("b", OneHotEncoder(), ["country"])],
            transformer_weights={"a": 2.0},
            sparse_threshold=0,
            n_jobs=1,
        ).fit(dfc),
    )
    a(
        "ct-idx",
        lambda: ColumnTransformer([("a", StandardScaler(), df.columns[:2]), ("b", "passthrough", df.columns)]).fit(df),
    )
    a("ct-strslice", lambda: ColumnTransformer([("a", StandardScaler(), slice("a", "b"))]).fit(df))
    a(
        "ct-sel2",
        lambda: make_column_transformer(
            (StandardScaler(), make_column_selector(pattern="^[ab]$")),
            (OrdinalEncoder(), make_column_selector(dtype_include=["object", "str", "category"])),
        ).fit(dfc),
    )
    for kind in (object, float, int, bool, str, np.object_, np.integer, np.floating, np.int32, np.datetime64):
        a(
            f"ct-selects-{kind.__name__}",
            lambda kind=kind: make_column_transformer(
                ("passthrough", make_column_selector(dtype_include=kind)), remainder="drop"
            ).fit(dfc),
        )
    for kind in (int, float, bool, np.int16, np.uint8, np.float16, "int", "float32"):
        a(f"ohe-writes-{kind}", lambda kind=kind: OneHotEncoder(dtype=kind).fit(dfc[["country"]]))
    for f in (np.ravel, np.squeeze, np.arccosh, np.cumsum):
        a(f"ft-shape-{f.__name__}", lambda f=f: FunctionTransformer(f).fit(X))
    for f in (np.min, np.sum, np.std):
        a(f"pooled-{f.__name__}", lambda f=f: FeatureAgglomeration(2, pooling_func=f).fit(X))
    a("ct-npidx", lambda: ColumnTransformer([("a", StandardScaler(), np.array([0, 1]))]).fit(X))
    a(
        "ct-fnc",
        lambda: ColumnTransformer(
            [("a", StandardScaler(), ["a"])], verbose_feature_names_out="{feature_name}__{transformer_name}"
        ).fit(df),
    )
    a("ct-scal", lambda: ColumnTransformer([("t", CountVectorizer(), "t")]).fit(df.assign(t=texts)))
    a(
        "fu",
        lambda: make_union(StandardScaler(), make_pipeline(PCA(2), PolynomialFeatures()), "passthrough", "drop").fit(X),
    )
    a("fu-w", lambda: FeatureUnion([("a", PCA(2)), ("b", SelectKBest(k=1))], transformer_weights={"a": 2}).fit(X, y))
    a("pipe-none", lambda: Pipeline([("a", "passthrough"), ("b", None), ("c", LinearRegression())]).fit(X, yr))
    a("pipe-so", lambda: make_pipeline(StandardScaler(), PCA(2)).set_output(transform="pandas").fit(df))
    a(
        "pipe-nested",
        lambda: make_pipeline(
            make_pipeline(make_pipeline(StandardScaler()), PCA(2)), make_pipeline(LogisticRegression())
        ).fit(X, y),
    )
    a("pipe-tf", lambda: Pipeline([("a", StandardScaler())], memory=None).fit(X))
    a("ecoc", lambda: OutputCodeClassifier(LinearSVC(), code_size=2).fit(X, y3))
    a("ovo", lambda: OneVsOneClassifier(SVC()).fit(X, ys))
    a("ovr-ml", lambda: OneVsRestClassifier(b).fit(X, np.c_[y, 1 - y]))
    a("chain", lambda: ClassifierChain(b, order="random", cv=2, random_state=0).fit(X, np.c_[y, 1 - y]))
    a("chainr", lambda: RegressorChain(r, order=[1, 0]).fit(X, np.c_[yr, yr]))
    a("mlp-ml", lambda: MLPClassifier(max_iter=5).fit(X, np.c_[y, 1 - y]))
    a("knn-ml", lambda: KNeighborsClassifier().fit(X, np.c_[y, y3]))
    a("lbl-prop", lambda: LabelPropagation(kernel="knn").fit(X, np.where(rng.rand(N) > 0.5, -1, y)))
    a("lbl-sp", lambda: LabelSpreading().fit(X, np.where(rng.rand(N) > 0.5, -1, y)))
    a(
        "selftrain",
        lambda: SelfTrainingClassifier(SVC(probability=True), criterion="k_best").fit(
            X, np.where(rng.rand(N) > 0.5, -1, y)
        ),
    )
    for sv in ("lbfgs", "newton-cg", "saga", "liblinear", "sag", "newton-cholesky"):
        a(
            "lr-" + sv,
            lambda sv=sv: LogisticRegression(
                solver=sv, class_weight={0: 1, 1: 2}, random_state=np.random.RandomState(5)
            ).fit(X, y),
        )
    a("lr-en", lambda: LogisticRegression(solver="saga", l1_ratio=0.5).fit(X, y3))
    a("lr-spars", lambda: LogisticRegression().fit(X, y).sparsify())
    a("sgd-spars", lambda: SGDClassifier(average=True).fit(X, y3).sparsify())
    for loss in (
        "hinge",
        "log_loss",
        "modified_huber",
        "squared_hinge",
        "perceptron",
        "squared_error",
        "huber",
        "epsilon_insensitive",
        "squared_epsilon_insensitive",
    ):
        a("sgd-" + loss, lambda loss=loss: SGDClassifier(loss=loss).fit(X, y3))
    for loss in ("squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"):
        a("sgdr-" + loss, lambda loss=loss: SGDRegressor(loss=loss, early_stopping=True, average=5).fit(X, yr))
    for s in ("adam", "sgd", "lbfgs"):
        a(
            "mlp-" + s,
            lambda s=s: MLPClassifier(
                (4, 3), solver=s, max_iter=10, early_stopping=s != "lbfgs", learning_rate="adaptive"
            ).fit(X, ys),
        )
        a(
            "mlpr-" + s,
            lambda s=s: MLPRegressor(hidden_layer_sizes=(4,), solver=s, max_iter=10, activation="tanh").fit(X, yr),
        )
    a("ridgecv", lambda: RidgeCV(store_cv_results=True).fit(X, yr))
    a("ridgecv2", lambda: RidgeCV(cv=3, scoring="r2").fit(X, yr))
    a("ridgeccv", lambda: RidgeClassifierCV().fit(X, y3))
    a("lars", lambda: LarsCV(cv=2).fit(X, yr))
    a("omp", lambda: OrthogonalMatchingPursuitCV(cv=2).fit(X, yr))
    a("encv", lambda: ElasticNetCV(cv=2, l1_ratio=[0.1, 0.5]).fit(X, yr))
    a("lasso-pos", lambda: Lasso(positive=True, precompute=True, selection="random", warm_start=True).fit(X, yr))
    a("en-pre", lambda: ElasticNet(precompute=X.T @ X).fit(X, yr))
    a("ransac", lambda: RANSACRegressor(r, loss="squared_error", min_samples=5).fit(X, yr))
    a("ransacf", lambda: RANSACRegressor(r, stop_probability=0.9).fit(X, yr))
    a("lr-w", lambda: LinearRegression(positive=True, n_jobs=1).fit(df, yr))
    a("lr-int", lambda: LinearRegression().fit(pd.DataFrame({"area": [2600, 3000, 3200]}), pd.Series([1, 2, 3])))
    a("nb-mn", lambda: MultinomialNB().fit(X, y3))
    a("nb-c", lambda: ComplementNB(norm=True).fit(X, y3))
    a("nb-cat", lambda: CategoricalNB(min_categories=4).fit(np.c_[y, y3], y))
    a("nb-pf", lambda: GaussianNB().partial_fit(X, ys, classes=["no", "yes"]))
    a("nb-pri", lambda: GaussianNB(priors=[0.3, 0.7]).fit(X, y))
    a("dummy-const", lambda: DummyClassifier(strategy="constant", constant="yes").fit(X, ys))
    a("dummy-mo", lambda: DummyClassifier().fit(X, np.c_[y, y3]))
    a("dummyr-c", lambda: DummyRegressor(strategy="constant", constant=3.0).fit(X, yr))
    a("if-c", lambda: IsolationForest(n_estimators=4, contamination=0.1, max_features=0.5, random_state=0).fit(df))
    a("lof-k", lambda: LocalOutlierFactor(novelty=True, algorithm="kd_tree").fit(df))
    a("ocsvm-l", lambda: OneClassSVM(kernel="linear", nu=0.2).fit(X))
    a(
        "kde",
        lambda: KernelDensity(kernel="tophat", bandwidth="scott", algorithm="ball_tree").fit(
            X, sample_weight=np.ones(N)
        ),
    )
    a("nn", lambda: NearestNeighbors(radius=2.0, algorithm="kd_tree", n_jobs=-1).fit(df))
    a("nnt", lambda: make_pipeline(KNeighborsTransformer(), KNeighborsClassifier(metric="precomputed")).fit(X, y))
    a("nca", lambda: make_pipeline(NeighborhoodComponentsAnalysis(2, max_iter=3), KNeighborsClassifier()).fit(X, y))
    a("iso", lambda: Isomap(n_components=2).fit(X))
    a("lle", lambda: LocallyLinearEmbedding(method="modified", n_neighbors=8).fit(X))
    a("km-init", lambda: KMeans(3, init=X[:3], n_init=1, algorithm="elkan").fit(X))
    a("km-np", lambda: KMeans(np.int64(3), random_state=np.random.RandomState(2)).fit(df))
    a("km-rand", lambda: KMeans(2, init="random").fit(df))
    a("mbkm-pf", lambda: MiniBatchKMeans(2, n_init=1).partial_fit(X))
    a("fa", lambda: FeatureAgglomeration(2, pooling_func=np.max).fit(X))
    a("fa-med", lambda: FeatureAgglomeration(2, pooling_func=np.median).fit(X))
    a(
        "agg",
        lambda: AgglomerativeClustering(
            n_clusters=None,
            distance_threshold=0.5,
            linkage="average",
            metric="manhattan",
            compute_full_tree=True,
            connectivity=kneighbors_graph(X, 5),
        ).fit(X),
    )
    a("birch-c", lambda: Birch(n_clusters=AgglomerativeClustering(2)).fit(X))
    a(
        "birch-big",
        lambda: Birch(n_clusters=3, threshold=0.01, branching_factor=3).fit(np.random.RandomState(0).rand(400, 3)),
    )
    a(
        "gmm-w",
        lambda: GaussianMixture(
            2, warm_start=True, means_init=X[:2], covariance_type="diag", init_params="k-means++"
        ).fit(X),
    )
    a("gmm-sph", lambda: GaussianMixture(2, covariance_type="spherical").fit(X))
    a("ccv-thr", lambda: TunedThresholdClassifierCV(b, scoring="f1", store_cv_results=True, cv=3).fit(X, y))
    a(
        "thr-f",
        lambda: FixedThresholdClassifier(b, threshold=0.3, response_method="predict_proba", pos_label=1).fit(X, y),
    )
    a(
        "ttcv-str",
        lambda: TunedThresholdClassifierCV(
            b, scoring=make_scorer(f1_score, pos_label="yes"), refit=False, cv="prefit" if False else 0.5
        ).fit(X, ys),
    )

    def routed():
        import sklearn

        with sklearn.config_context(enable_metadata_routing=True):
            return make_pipeline(
                StandardScaler().set_fit_request(sample_weight=True),
                LogisticRegression().set_fit_request(sample_weight=True).set_score_request(sample_weight=False),
            ).fit(X, y, sample_weight=np.ones(N))

    a("routing", routed)
    for cv in (RepeatedStratifiedKFold(n_splits=2, n_repeats=2), StratifiedShuffleSplit(2)):
        a(f"cv-{type(cv).__name__}", lambda cv=cv: GridSearchCV(b, {"C": [1, 2]}, cv=cv).fit(X, y))
    measures = (
        M.cohen_kappa_score, M.mean_pinball_loss, M.mean_tweedie_deviance, M.hamming_loss, M.zero_one_loss, M.hinge_loss,
        M.d2_pinball_score, M.d2_tweedie_score, M.ndcg_score, M.dcg_score, M.silhouette_score, M.davies_bouldin_score,
        M.calinski_harabasz_score, M.coverage_error, M.label_ranking_loss, M.label_ranking_average_precision_score, M.auc,
    )  # fmt: skip
    for measure in measures:
        a(
            f"scorer-{measure.__name__}",
            lambda measure=measure: GridSearchCV(r, {"alpha": [1.0]}, scoring=make_scorer(measure)),
        )
    from scipy.stats._distr_params import distcont, distdiscrete

    for name, shapes in {**dict(distcont), **dict(distdiscrete)}.items():
        if name in ("levy_stable", "poisson_binom"):  # frozen by classes of their own
            continue
        if hasattr(st, name) and isinstance(getattr(st, name), (st.rv_continuous, st.rv_discrete)):
            a(
                f"dist-{name}",
                lambda name=name, shapes=shapes: RandomizedSearchCV(r, {"alpha": getattr(st, name)(*shapes, loc=1)}),
            )
    for function in (np.arccos, np.positive, np.signbit, np.logical_not):
        a(f"ft-{function.__name__}", lambda function=function: FunctionTransformer(function).fit(X))
    a("hgb-sets", lambda: HistGradientBoostingRegressor(max_iter=3, interaction_cst=[{0, 1}, {2, 3}]).fit(X, yr))
    for rs in (
        np.random.default_rng(0),
        np.random.Generator(np.random.MT19937(1)),
        np.random.Generator(np.random.Philox(1)),
        np.random.Generator(np.random.SFC64(1)),
        np.random.Generator(np.random.PCG64DXSM(1)),
    ):
        pass
    a("lp-df", lambda: Pipeline([("prep", prep()), ("lr", LinearRegression())]).fit(dfc, df["a"]))
    a("rf-strs", lambda: make_pipeline(prep2(), RandomForestClassifier(3)).fit(dfc, pd.Series(ys, dtype="category")))
    a("lr-strdtype", lambda: LogisticRegression().fit(df, pd.Series(ys)))
    a("lr-bool", lambda: LogisticRegression().fit(df, y.astype(bool)))
    a("rf-obj", lambda: RandomForestClassifier(3).fit(df, ys.astype(object)))
    a("knn-strdtype", lambda: KNeighborsClassifier().fit(df, pd.Series(ys)))
    a("lenc-pd", lambda: LabelEncoder().fit(pd.Series(ys)))
    a("lenc-obj", lambda: LabelEncoder().fit(ys.astype(object)))
    a("lr-dt", lambda: LogisticRegression().fit(df, np.array(y, dtype=np.int8)))
    a(
        "ada-svc",
        lambda: AdaBoostClassifier(SVC(probability=False) if False else LogisticRegression(), n_estimators=2).fit(
            X, ys
        ),
    )
    a("ada-r", lambda: AdaBoostRegressor(LinearRegression(), loss="square", n_estimators=2).fit(X, yr))
    a(
        "bag-oob",
        lambda: BaggingClassifier(
            KNeighborsClassifier(), n_estimators=8, oob_score=True, max_samples=0.5, bootstrap_features=True
        ).fit(df, ys),
    )
    a(
        "vr",
        lambda: VotingRegressor(
            [
                ("a", r),
                ("g", GradientBoostingRegressor(n_estimators=3)),
                ("h", HistGradientBoostingRegressor(max_iter=3)),
            ],
            weights=[1, 1, 2],
        ).fit(df, yr),
    )
    a("mt", lambda: MultiTaskLasso().fit(X, np.c_[yr, yr]))
    a("grp", lambda: GaussianRandomProjection(2).fit(sp.csr_matrix(X)))
    a("srp", lambda: SparseRandomProjection(3, density=0.5, dense_output=True).fit(X))
    a("rbf", lambda: make_pipeline(RBFSampler(n_components=5), SGDClassifier()).fit(X, y))
    a("ac2", lambda: AdditiveChi2Sampler(sample_interval=0.4).fit(X))
    a("mds", lambda: MDS(2, n_init=1, max_iter=10).fit(X))
    a("tsne", lambda: TSNE(perplexity=5, max_iter=250).fit(X))
    a("se", lambda: SpectralEmbedding(2).fit(X))
    a("rbm", lambda: BernoulliRBM(3, n_iter=2).fit(X))
    a("lsv-p", lambda: LinearSVC(penalty="l1", dual=False, multi_class="crammer_singer" if False else "ovr").fit(X, y3))
    a("ee", lambda: EllipticEnvelope(contamination=0.2).fit(df))
    a("lw", lambda: LedoitWolf().fit(X))
    a("gl", lambda: GraphicalLassoCV(cv=2).fit(X))
    a("skc", lambda: SkewedChi2Sampler().fit(X))
    a("pcs", lambda: PolynomialCountSketch(n_components=5).fit(X))
    a("mlb", lambda: MultiLabelBinarizer(sparse_output=True).fit([(1, 2), (3,)]))
    a("mlbc", lambda: MultiLabelBinarizer(classes=["a", "b"]).fit([("a",)]))
    for n, f in V:
        try:
            yield n, f()
        except Exception:
            continue


def functions():
    """(name, step) pairs: each elementwise function of NumPy and SciPy, each type of numbers, functions of rows."""
    for module in (np, scipy.special):
        for name, value in vars(module).items():
            if isinstance(value, np.ufunc) and (value.nin, value.nout) == (1, 1) and name == value.__name__:
                if set(value.types) & {"d->d", "l->l", "q->q", "l->B"}:
                    yield name, FunctionTransformer(value)
    for kind in np.sctypeDict.values():
        if kind is not np.void:
            yield kind.__name__, OrdinalEncoder(dtype=kind)
    for kind in (np.complexfloating, np.generic, np.inexact, np.signedinteger, np.unsignedinteger):
        yield kind.__name__, make_column_selector(dtype_include=kind)
    yield "rows of length one", FunctionTransformer(normalize)
    yield "yes or no", FunctionTransformer(binarize)
    yield "importances", SelectFromModel(Ridge(), importance_getter=operator.attrgetter("coef_"))


def everything():
    """(name, fitted estimator) pairs; combinations that scikit-learn itself refuses are left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from plain()
        yield from frames()
        yield from variants()
