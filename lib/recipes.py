"""The kinds of model on offer: a table of frozen dataclasses. Adding one is one entry.

Everything a model does to its columns is inside the pipeline that a recipe builds, out of scikit-learn and NumPy
alone. No step may keep a customer, and three habits see to it:

- Numbers are scaled before gaps are filled, so that what fills a gap is the mean and no stored median.
- Categories are named to the encoder beforehand, only those that many customers have; scikit-learn's own grouping of
  rare categories would keep every rare one's name in the file.
- Trees see numbers rounded to a hundredth of their spread, and those that predict a number keep ten customers or
  more in every leaf, so that neither a threshold nor a leaf is a customer's amount.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, BisectingKMeans, KMeans
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor, Ridge, RidgeCV
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    KBinsDiscretizer,
    OneHotEncoder,
    QuantileTransformer,
    SplineTransformer,
    StandardScaler,
)
from sklearn.tree import DecisionTreeClassifier

from lib.schema import Goal

Task = Literal["groups", "yes_no", "classes", "number"]
"""What is asked: which are alike, a yes or no, one of several classes, a number."""

Preparation = Literal["log", "root", "capped", "ranks"]
"""How amounts are seen: by their order of magnitude, by their square root with the largest cut off, with nothing but
the largest cut off, or by rank."""

NO_DATE = float(np.iinfo(np.int64).min)
"""What NumPy makes of a missing date when it becomes a number."""


@dataclass(frozen=True)
class Inputs:
    """The columns of a table with one row per customer, by how a pipeline prepares them."""

    amounts: tuple[str, ...] = ()
    """Numbers with a long tail: money, counts, days."""
    numbers: tuple[str, ...] = ()
    """Other numbers, and yes/no."""
    dates: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column → the categories that get a place of their own; all others are treated alike."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.amounts, *self.numbers, *self.dates, *self.categories)


@dataclass(frozen=True)
class Plan:
    """What a recipe is given to build its pipeline from."""

    task: Task
    inputs: Inputs
    seed: int = 0
    groups: int = 0
    """How many groups, where the task is groups."""
    preparation: Preparation = "log"
    caps: tuple[float, ...] = ()
    """Of preparations `root` and `capped`: the largest value seen of each amount; what is larger counts as that."""
    customers: int = 0
    """How many there are to learn from; 0 where the recipe need not know."""
    positive_target: bool = False
    """Whether a number to predict is never negative and has a long tail."""
    bounds: tuple[float, float] | None = None
    """Of a number to predict: what lies beyond them counts as they do."""
    classes: int = 0
    """How many answers there are to tell apart, where the task is classes."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of a blend for any other column: what each member counts, of `members_of_blend`; empty: two of them alike."""
    leaf_factor: int = 1
    """How many times as many customers every leaf of a tree has as the recipe says."""


@dataclass(frozen=True)
class Recipe:
    """One kind of model. Its name is the sentence `recipes.<key>`, what it is like `recipes.<key>_about`."""

    key: str
    goals: tuple[Goal, ...]
    build: Callable[[Plan], Pipeline]
    """The pipeline, not yet fitted. Of groups, the last step is the clusterer; `training.groups` turns it into one
    that places new customers."""
    explainable: bool = False
    """Whether a person can follow how it decides."""
    columns: tuple[str, ...] = ()
    """The only columns it looks at, of an order history; empty: all there are."""
    baseline: bool = False
    """Of the future: whether it passes on BTYD's own prediction, and has no members."""
    levelled: bool = False
    """Of such a baseline: whether its total is that of observed windows and BTYD combined."""
    thorough: bool = False
    """Of groups: whether all sets of columns and all preparations are tried, with fewer starts in rough comparisons."""
    quadratic: bool = False
    """Of groups: whether the cost grows with pairs of customers, so that it learns from a sample."""
    finds_number: bool = False
    """Of groups: whether it finds the number of groups itself."""
    soft: bool = False
    """Of groups: whether it is a mixture of Gaussians with diagonal covariances, which places customers itself."""

    def pipeline(self, plan: Plan) -> Pipeline:
        """The pipeline of a plan, not yet fitted."""
        built = self.build(plan)
        leaves = {
            name: size * plan.leaf_factor
            for name, size in built.get_params().items()
            if name.rpartition("__")[2] == "min_samples_leaf" and isinstance(size, int)
        }
        return built.set_params(**leaves) if plan.leaf_factor > 1 and leaves else built

    classic_grid: bool = False
    """Of groups: whether it is the RFM grid, which has names of its own and needs an order history."""

    @property
    def sets_number(self) -> bool:
        """Of groups: whether the number of groups can't be chosen."""
        return self.finds_number or self.classic_grid


def recipe(key: str) -> Recipe:
    """The recipe of that key; KeyError if there is none."""
    return _BY_KEY[key]


def recipes_for(goal: Goal) -> tuple[Recipe, ...]:
    """All recipes that can answer that question, the default one first."""
    return tuple(one for one in RECIPES if goal in one.goals)


# ---------------------------------------------------------------------------------------------- preparation


def prepare(
    inputs: Inputs, *, preparation: Preparation = "log", caps: tuple[float, ...] = (), for_trees: bool = False
) -> ColumnTransformer:
    """The columns as a matrix without gaps: amounts, numbers, dates, then a 0/1 column per category.

    `caps` as in `Plan`. With `for_trees`, numbers are rounded to a hundredth of their spread.
    """
    steps = [
        ("amounts", _amounts(preparation, caps, for_trees), list(inputs.amounts)),
        ("numbers", _scaled(for_trees), list(inputs.numbers)),
        ("dates", _dates(for_trees), list(inputs.dates)),
        ("categories", _categories(inputs.categories), list(inputs.categories)),
    ]
    return ColumnTransformer([step for step in steps if step[2]], verbose_feature_names_out=False)


def _scaled(for_trees: bool) -> Pipeline:
    rounding = [FunctionTransformer(np.round, kw_args={"decimals": 2})] if for_trees else []
    return make_pipeline(
        StandardScaler(), SimpleImputer(strategy="constant", fill_value=0.0, add_indicator=True), *rounding
    )


def _amounts(preparation: Preparation, caps: tuple[float, ...], for_trees: bool) -> Pipeline:
    if preparation == "ranks":
        # Cut points at every twentieth; `training` rounds them, for as they come some are a customer's own value.
        return make_pipeline(QuantileTransformer(n_quantiles=21, subsample=None), _scaled(for_trees))
    if preparation in ("root", "capped"):
        limits = {"a_min": 0.0, "a_max": np.asarray(caps, dtype="float64")}
        return make_pipeline(
            FunctionTransformer(np.asarray, kw_args={"dtype": "float64"}),
            FunctionTransformer(np.clip, kw_args=limits),
            *([FunctionTransformer(np.sqrt)] if preparation == "root" else []),
            _scaled(for_trees),
        )
    # arcsinh is a logarithm that also knows zero and what is below it.
    return make_pipeline(FunctionTransformer(np.arcsinh), _scaled(for_trees))


def _dates(for_trees: bool) -> Pipeline:
    # By way of whole days, so that neither the unit of the moments nor a text like 2026-11-23 changes the scale.
    return make_pipeline(
        FunctionTransformer(np.asarray, kw_args={"dtype": "datetime64[D]"}),
        FunctionTransformer(np.asarray, kw_args={"dtype": "float64"}),
        SimpleImputer(missing_values=NO_DATE, strategy="mean", add_indicator=True),
        _scaled(for_trees),
    )


def _categories(categories: Mapping[str, tuple[str, ...]]) -> OneHotEncoder:
    return OneHotEncoder(
        categories=[np.asarray(levels, dtype=object) for levels in categories.values()],
        handle_unknown="ignore",
        sparse_output=False,
    )


# --------------------------------------------------------------------------------------------------- groups


def _grouping(clusterer: Callable[[Plan], BaseEstimator]) -> Callable[[Plan], Pipeline]:
    def build(plan: Plan) -> Pipeline:
        return Pipeline(
            [
                ("prepare", prepare(plan.inputs, preparation=plan.preparation, caps=plan.caps)),
                ("groups", clusterer(plan)),
            ]
        )

    return build


def _kmeans(plan: Plan) -> KMeans:
    return KMeans(plan.groups, n_init=10, random_state=plan.seed)


def _bisecting(plan: Plan) -> BisectingKMeans:
    return BisectingKMeans(plan.groups, n_init=5, random_state=plan.seed)


def _mixture(plan: Plan) -> GaussianMixture:
    return GaussianMixture(
        plan.groups, covariance_type="diag", n_init=3, reg_covar=1e-3, max_iter=200, random_state=plan.seed
    )


def _ward(plan: Plan) -> AgglomerativeClustering:
    return AgglomerativeClustering(plan.groups, linkage="ward")


def _density(plan: Plan) -> HDBSCAN:
    return HDBSCAN(min_cluster_size=max(10, round(0.02 * plan.customers)), min_samples=10, copy=True)


# ------------------------------------------------------------------------------ who buys again, for how much
# `lib.training.future` scales every column to whole steps between its percentiles before these members see it, so no
# threshold and no mean can be a customer's amount; then come the columns in `plan.inputs.numbers`, as they are.

Member = Callable[[Plan], Pipeline]


def _chance(**members: Member) -> Callable[[Plan], Pipeline]:
    """Members that each give a chance; training weighs them on the scale of log odds."""

    def build(plan: Plan) -> Pipeline:
        fitted_before = [(name, member(plan)) for name, member in members.items()]
        stack = StackingClassifier(
            fitted_before, LogisticRegression(), cv="prefit", stack_method="decision_function", passthrough=False
        )
        return Pipeline([("chance", stack)])

    return build


def _hurdle(chance: Mapping[str, Member], value: Mapping[str, Member]) -> Callable[[Plan], Pipeline]:
    """Probability of buying × value if the customer buys; the members for the value predict its logarithm."""

    def build(plan: Plan) -> Pipeline:
        members = [(name, member(plan)) for name, member in value.items()]
        stack = StackingRegressor(members, LinearRegression(), cv="prefit")
        return Pipeline([*_chance(**chance)(plan).steps, ("value", stack)])

    return build


def _count(**members: Member) -> Callable[[Plan], Pipeline]:
    """Members that each expect a number of orders; training weighs them on the scale of logarithms."""

    def build(plan: Plan) -> Pipeline:
        fitted_before = [(name, member(plan)) for name, member in members.items()]
        return Pipeline([("count", StackingRegressor(fitted_before, LinearRegression(), cv="prefit"))])

    return build


def _no_members(plan: Plan) -> Pipeline:
    """Nothing to fit: training adds BTYD's own prediction, which is all there is."""
    return Pipeline([("nothing", FunctionTransformer())])


def _select(plan: Plan, *columns: str) -> ColumnTransformer:
    """Those columns of the matrix, all scaled ones by default."""
    places = [plan.inputs.columns.index(name) for name in columns or plan.inputs.amounts]
    return ColumnTransformer([("columns", "passthrough", places)])


def _linear_steps(plan: Plan, *columns: str) -> list[tuple[str, BaseEstimator]]:
    return [
        ("columns", _select(plan, *columns)),
        ("fill", SimpleImputer(strategy="mean", add_indicator=True, keep_empty_features=True)),
        ("scale", StandardScaler()),
    ]


def _logistic_chance(plan: Plan) -> Pipeline:
    return Pipeline([*_linear_steps(plan), ("model", LogisticRegression(C=0.01, solver="newton-cholesky"))])


def _boosted_chance(plan: Plan) -> Pipeline:
    return Pipeline([("columns", _select(plan)), ("model", HistGradientBoostingClassifier(**_boosted_settings(plan)))])


def _btyd_chance(plan: Plan) -> Pipeline:
    return Pipeline(
        [("columns", _select(plan, "btyd_log_odds")), ("model", LogisticRegression(C=1.0, solver="newton-cholesky"))]
    )


def _ridge_value(plan: Plan) -> Pipeline:
    return Pipeline([*_linear_steps(plan), ("model", Ridge(300.0))])


def _boosted_value(plan: Plan) -> Pipeline:
    return Pipeline([("columns", _select(plan)), ("model", HistGradientBoostingRegressor(**_boosted_settings(plan)))])


def _btyd_value(plan: Plan) -> Pipeline:
    return Pipeline([*_linear_steps(plan, "btyd_order_value", "btyd_orders"), ("model", Ridge(1.0))])


def _poisson_count(plan: Plan) -> Pipeline:
    return Pipeline([*_linear_steps(plan), ("model", PoissonRegressor(alpha=0.01, solver="newton-cholesky"))])


def _boosted_count(plan: Plan) -> Pipeline:
    model = HistGradientBoostingRegressor(loss="poisson", **_boosted_settings(plan))
    return Pipeline([("columns", _select(plan)), ("model", model)])


def _btyd_count(plan: Plan) -> Pipeline:
    steps = _linear_steps(plan, "btyd_log_orders")
    return Pipeline([*steps, ("model", PoissonRegressor(alpha=1e-4, solver="newton-cholesky"))])


def _next_order(plan: Plan) -> Pipeline:
    """Middle and width of the logarithm of the days until the next order, and of its value."""
    parts = [(part, [("middle", _ridge_value(plan)), ("width", _scale(plan))]) for part in ("days", "value")]
    return Pipeline([(part, StackingRegressor(members, LinearRegression(), cv="prefit")) for part, members in parts])


def _scale(plan: Plan) -> Pipeline:
    # Poisson for its logarithm alone: a width is never negative.
    return Pipeline([*_linear_steps(plan), ("model", PoissonRegressor(alpha=1.0, solver="newton-cholesky"))])


def _boosted_settings(plan: Plan) -> dict[str, float]:
    return {
        "max_iter": 150,
        "learning_rate": 0.05,
        "max_leaf_nodes": 8,
        "min_samples_leaf": 40,
        "l2_regularization": 1.0,
        "max_features": 0.5,
        "early_stopping": False,
        "random_state": plan.seed,
    }


def _grid(plan: Plan) -> Pipeline:
    # `training.grid` writes the cut-offs and the table of segments into both steps.
    return Pipeline(
        [
            ("scores", KBinsDiscretizer(n_bins=5, encode="ordinal", strategy="uniform", subsample=None)),
            ("groups", DecisionTreeClassifier(random_state=plan.seed)),
        ]
    )


# ------------------------------------------------------------------------------------------- any other column


PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
"""Of a ridge regression, to choose from; written out, since powers differ in their last digit between processors."""


PENALTIES_OF_MANY = tuple(one for one in PENALTIES if one >= 1)
"""Of many collinear columns: without any penalty their weights would be noise."""


def _linear(plan: Plan) -> Pipeline:
    if plan.task == "number":
        model: BaseEstimator = _with_target_transform(RidgeCV(alphas=PENALTIES), plan)
    else:
        model = _logistic(plan, 0.3)
    return Pipeline([("prepare", prepare(plan.inputs)), ("model", model)])


def _boosting(plan: Plan) -> Pipeline:
    return _boosted(plan, max_iter=150, learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=20)


def _deep_boosting(plan: Plan) -> Pipeline:
    # Of several classes every round grows a tree for each: fewer rounds with longer steps.
    rounds, step = (120, 0.15) if plan.task == "classes" else (400, 0.05)
    return _boosted(plan, max_iter=rounds, learning_rate=step, max_leaf_nodes=31, min_samples_leaf=10)


def _boosted(plan: Plan, **size: float) -> Pipeline:
    settings = {"l2_regularization": 1.0, "max_features": 0.4, "early_stopping": False, "random_state": plan.seed}
    model: BaseEstimator = (
        _with_target_transform(HistGradientBoostingRegressor(**settings, **size), plan)
        if plan.task == "number"
        else HistGradientBoostingClassifier(**settings, **size)
    )
    return Pipeline([("prepare", prepare(plan.inputs, for_trees=True)), ("model", model)])


def _forest(plan: Plan) -> Pipeline:
    settings = {"n_estimators": 200, "min_samples_leaf": 10, "max_features": 0.3, "random_state": plan.seed}
    model: BaseEstimator = (
        _with_target_transform(RandomForestRegressor(**settings), plan)
        if plan.task == "number"
        else CalibratedClassifierCV(RandomForestClassifier(**settings), method="sigmoid", cv=3, ensemble=False)
    )
    return Pipeline([("prepare", prepare(plan.inputs, for_trees=True)), ("model", model)])


def _logistic(plan: Plan, strength: float) -> LogisticRegression:
    # Exact and many times faster than lbfgs; of several classes its matrix grows with the square of their number.
    if plan.task == "yes_no":
        return LogisticRegression(C=strength, solver="newton-cholesky")
    return LogisticRegression(C=strength, max_iter=2000)


def _strict_linear(plan: Plan) -> Pipeline:
    """A logistic regression with a stronger penalty: for many columns and rare classes."""
    return Pipeline([("prepare", prepare(plan.inputs)), ("model", _logistic(plan, 0.03))])


def _small_boosting(plan: Plan) -> Pipeline:
    leaf = 10 if plan.task == "number" else 20
    return _boosted(plan, max_iter=120, learning_rate=0.07, max_leaf_nodes=6, min_samples_leaf=leaf)


def _short_boosting(plan: Plan) -> Pipeline:
    """Few small trees with many customers in every leaf: of several classes, larger ones overfit."""
    return _boosted(plan, max_iter=60, learning_rate=0.07, max_leaf_nodes=4, min_samples_leaf=60)


def _plain_boosting(plan: Plan) -> Pipeline:
    """Of a skewed target: on its own scale, where the others learn its logarithm."""
    return _boosting(replace(plan, positive_target=False))


KNOTS = (-2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0)
"""In standard deviations from the mean: the same for every table, so no customer's value."""


def _splines(plan: Plan) -> Pipeline:
    """An additive model: a smooth curve for every number."""
    inputs = plan.inputs
    parts = [
        ("plain", prepare(inputs), list(inputs.columns)),
        (
            "amounts",
            make_pipeline(FunctionTransformer(np.arcsinh), *_spline_steps(inputs.amounts)),
            list(inputs.amounts),
        ),
        ("numbers", make_pipeline(*_spline_steps(inputs.numbers)), list(inputs.numbers)),
    ]
    steps = ColumnTransformer([step for step in parts if step[2]], verbose_feature_names_out=False)
    return Pipeline([("prepare", steps), ("model", _linear_in_features(plan, strength=0.1))])


def _spline_steps(names: tuple[str, ...]) -> list[BaseEstimator]:
    # Constant beyond the last knot, where the linear term alone extrapolates.
    knots = np.repeat(np.asarray(KNOTS)[:, None], len(names), axis=1)
    return [
        StandardScaler(),
        SimpleImputer(strategy="constant", fill_value=0.0, keep_empty_features=True),
        SplineTransformer(knots=knots, extrapolation="constant", include_bias=False),
    ]


def _rbf_features(plan: Plan) -> Pipeline:
    """Customers similar in several columns at once get similar predictions: an RBF kernel by random Fourier features.

    A. Rahimi and B. Recht (2007), Random Features for Large-Scale Kernel Machines. They are drawn before any customer
    is seen; only their weights are learnt.
    """
    features = RBFSampler(gamma=1 / len(plan.inputs.columns), n_components=RBF_COMPONENTS, random_state=plan.seed)
    return Pipeline(
        [
            ("prepare", prepare(plan.inputs)),
            ("rbf_features", FeatureUnion([("plain", "passthrough"), ("rbf", features)])),
            ("model", _linear_in_features(plan, strength=0.3)),
        ]
    )


RBF_COMPONENTS = 200
"""How many are drawn: more approximate the kernel better, and are more to learn."""


def _linear_in_features(plan: Plan, *, strength: float) -> BaseEstimator:
    """A linear model of many collinear columns, with an exact solver so that its digits are reproducible."""
    if plan.task == "number":
        return _with_target_transform(RidgeCV(alphas=PENALTIES_OF_MANY), plan)
    return LogisticRegression(C=strength, solver="newton-cholesky")


def _extra_trees(plan: Plan) -> Pipeline:
    """Averages over neighbours, which boosted trees do not see."""
    settings = {"max_features": 0.5, "random_state": plan.seed}
    model: BaseEstimator = (
        _with_target_transform(ExtraTreesRegressor(80, min_samples_leaf=10, **settings), plan)
        if plan.task == "number"
        else ExtraTreesClassifier(80, min_samples_leaf=10, **settings)
    )
    return Pipeline([("prepare", prepare(plan.inputs, for_trees=True)), ("model", model)])


SMALL_TABLE_ROWS, SMALL_TABLE_ROWS_FOR_NUMBERS = 1_000, 3_000
"""Below this many customers deep trees overfit; regression trees need more."""

MAX_BOOSTED_CLASSES = 8

MAX_SPLINE_COLUMNS = 60
"""With more numeric columns than this, splines are left out."""

_MEMBERS: Mapping[str, Callable[[Plan], Pipeline]] = {
    "linear": _linear,
    "strict_linear": _strict_linear,
    "splines": _splines,
    "rbf_features": _rbf_features,
    "short_boosting": _short_boosting,
    "small_boosting": _small_boosting,
    "boosting": _boosting,
    "plain_boosting": _plain_boosting,
    "deep_boosting": _deep_boosting,
    "extra_trees": _extra_trees,
}


def members_of_blend(plan: Plan) -> dict[str, Callable[[Plan], Pipeline]]:
    """What a blend may be made of: training weighs them by how they do on customers left out."""
    without = {"strict_linear"} if plan.task == "number" else {"plain_boosting"}
    if plan.task != "classes":
        without.add("short_boosting")
    if not plan.positive_target:
        without.add("plain_boosting")
    if plan.customers < (SMALL_TABLE_ROWS_FOR_NUMBERS if plan.task == "number" else SMALL_TABLE_ROWS):
        # Few customers cannot separate many members, and deep trees overfit.
        without.add("deep_boosting")
    if plan.task == "classes":
        # One set of weights per class is too many for an exact solver.
        without |= {"splines", "rbf_features"}
    if plan.classes > MAX_BOOSTED_CLASSES:
        # Every round of boosting grows a tree for each class.
        without |= {"boosting", "deep_boosting"}
    if len(plan.inputs.amounts) + len(plan.inputs.numbers) > MAX_SPLINE_COLUMNS:
        # Too many weights for what they gain.
        without.add("splines")
    return {key: build for key, build in _MEMBERS.items() if key not in without}


def _blend(plan: Plan) -> Pipeline:
    weights = plan.weights or {"linear": 0.5, "small_boosting": 0.5}
    members = [(key, _MEMBERS[key](plan)) for key in weights]
    shares = list(weights.values())
    model = (
        VotingRegressor(members, weights=shares)
        if plan.task == "number"
        else VotingClassifier(members, voting="soft", weights=shares)
    )
    return Pipeline([("model", model)])


def _with_target_transform(model: BaseEstimator, plan: Plan) -> BaseEstimator:
    """A model of a number that learns and predicts nothing beyond the bounds, and of a skewed target its logarithm."""
    if plan.bounds is None:
        if not plan.positive_target:
            return model
        return TransformedTargetRegressor(model, func=np.log1p, inverse_func=np.expm1, check_inverse=False)
    ends = {"a_min": plan.bounds[0], "a_max": plan.bounds[1]}
    steps = [FunctionTransformer(np.clip, inverse_func=np.clip, kw_args=ends, inv_kw_args=ends, check_inverse=False)]
    if plan.positive_target:
        steps.append(FunctionTransformer(np.log1p, inverse_func=np.expm1, check_inverse=False))
    return TransformedTargetRegressor(model, transformer=make_pipeline(*steps), check_inverse=False)


# ------------------------------------------------------------------------------------------------- the table

RECIPES: tuple[Recipe, ...] = (
    Recipe("kmeans", ("groups",), _grouping(_kmeans), explainable=True, thorough=True),
    Recipe("bisecting_kmeans", ("groups",), _grouping(_bisecting), explainable=True),
    Recipe("gaussian_mixture", ("groups",), _grouping(_mixture), soft=True),
    Recipe("ward", ("groups",), _grouping(_ward), quadratic=True),
    Recipe("hdbscan", ("groups",), _grouping(_density), quadratic=True, finds_number=True),
    Recipe("logistic", ("buy_again",), _chance(logistic=_logistic_chance), explainable=True),
    Recipe("future_blend", ("buy_again",), _chance(logistic=_logistic_chance, boosting=_boosted_chance)),
    Recipe("future_boosting", ("buy_again",), _chance(boosting=_boosted_chance)),
    Recipe("btyd", ("buy_again",), _chance(btyd=_btyd_chance), explainable=True, columns=("btyd_log_odds",)),
    Recipe("hurdle", ("spend",), _hurdle({"logistic": _logistic_chance}, {"ridge": _ridge_value}), explainable=True),
    Recipe(
        "hurdle_blend",
        ("spend",),
        _hurdle(
            {"logistic": _logistic_chance, "boosting": _boosted_chance},
            {"ridge": _ridge_value, "boosting": _boosted_value},
        ),
    ),
    Recipe(
        "hurdle_btyd",
        ("spend",),
        _hurdle({"btyd": _btyd_chance}, {"btyd": _btyd_value}),
        explainable=True,
        columns=("btyd_log_odds", "btyd_order_value", "btyd_orders"),
    ),
    Recipe("count", ("orders",), _count(poisson=_poisson_count), explainable=True),
    Recipe("count_blend", ("orders",), _count(poisson=_poisson_count, boosting=_boosted_count)),
    Recipe("count_btyd", ("orders",), _count(btyd=_btyd_count), explainable=True, columns=("btyd_log_orders",)),
    Recipe("btyd_baseline", ("buy_again", "spend", "orders"), _no_members, explainable=True, baseline=True),
    Recipe("btyd_level", ("spend", "orders"), _no_members, explainable=True, baseline=True, levelled=True),
    Recipe("next_order", ("next_order",), _next_order, explainable=True),
    Recipe("rfm_grid", ("groups",), _grid, explainable=True, classic_grid=True),
    Recipe("linear", ("target",), _linear, explainable=True),
    Recipe("blend", ("target",), _blend),
    Recipe("boosting", ("target",), _boosting),
    Recipe("deep_boosting", ("target",), _deep_boosting),
    Recipe("forest", ("target",), _forest),
)
"""Every kind of model; of each goal the default first."""

_BY_KEY = {one.key: one for one in RECIPES}
