"""The validators of compiled state and the watches at compiled code's doors."""

import pickle

import numpy as np
import pytest
import scipy.sparse
from sklearn.cluster import Birch, KMeans
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics._pairwise_distances_reduction import ArgKmin
from sklearn.neighbors import KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier

from lib.gate.building import guards
from lib.gate.building.construct import build
from lib.gate.judging.structures.histogram_trees import HIST_NODE
from lib.gate.judging.structures.texts import is_tame
from lib.gate.judging.structures.trees import TREE_NODE
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection

ROWS = np.random.RandomState(0).rand(30, 3)
YES_NO = (ROWS[:, 0] > 0.5).astype(int)


def rebuilt(model):
    return build(unwrap(pickle.dumps(model)))


@pytest.mark.parametrize("algorithm", ["kd_tree", "ball_tree", "brute"])
@pytest.mark.parametrize("metric", ["minkowski", "manhattan", "chebyshev"])
def test_neighbours_are_made_anew_with_the_same_answers(algorithm, metric):
    model = KNeighborsRegressor(algorithm=algorithm, metric=metric, weights="distance").fit(ROWS, ROWS[:, 1])
    assert np.array_equal(rebuilt(model).predict(ROWS), model.predict(ROWS))


def test_the_layout_of_tree_nodes_is_this_scikit_learns():
    from sklearn.ensemble._hist_gradient_boosting.common import PREDICTOR_RECORD_DTYPE
    from sklearn.tree._tree import NODE_DTYPE

    assert TREE_NODE == NODE_DTYPE
    assert HIST_NODE == PREDICTOR_RECORD_DTYPE


def test_a_tree_that_gives_the_true_depth_passes_and_a_smaller_one_does_not():
    """`decision_path` writes as many entries as `max_depth` says: a smaller number writes beyond its memory."""
    from tests.attacks.model import reforged

    model = DecisionTreeClassifier(random_state=0).fit(ROWS, YES_NO)
    true = model.tree_.max_depth
    kind = type(model.tree_)
    for depth, passes in ((true, True), (true - 1, False)):

        def forge(reduced, depth=depth):
            return (*reduced[:2], {**reduced[2], "max_depth": depth})

        data = reforged(model, {kind: forge})
        if passes:
            assert build(unwrap(data)).tree_.max_depth == true
        else:
            with pytest.raises(Rejection, match="bad_structure"):
                build(unwrap(data))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?u)\b\w\w+\b",
        r"\w+",
        r"[a-z]+-?[a-z]*",
        r"\S+",
        r"\b\w+(?:-\w+)*\b",
        r"[a-z]+(?:['-][a-z]+)?",
        r"(?<!\w)\w+(?!\w)",
        r"\d+\.\d+|\w+",
        r"#\w+|@\w+|\w+",
        r"[a-z]+'[a-z]+",
        r"\b[^\d\W]+\b",
        r"(?u)\b[a-zA-Z]{3,}\b",
    ],
)
def test_ordinary_word_patterns_are_tame(pattern):
    assert is_tame(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        r"(\w+\s?)*x",
        "(",
        "a" * 201,
        r"(a)\1+",
        "(?=a+)+",
        r"(?:a\w+)*!",
        r"(?:-[\w-]+)*!",
        r"(?i:\w+(?:k[j-l]+)*)!",
        r"(?:-\w+-\w*)*!",
        r"(?:(?:-\w+)*)*!",
        r"(?:-?\w+)*!",
        r"(?i:(?:K[a-k]+)*!)",
        r"\w*\w*x",
        r"\w+\w+\w+x",
        r"[a-z]+[a-m]*-",
        r".*.*x",
        r"(?:a*)(?:a*)b",
        r"a{0,500}a{0,500}b",
        r"\w+-?\w+!",
        r"(a+|b)(a+|c)d",
        r"\w*(?:-\w+)*(?:-\w+)*x",
    ],
)
def test_patterns_that_could_run_for_ever_are_not(pattern):
    assert not is_tame(pattern)


def test_a_sparse_table_with_columns_outside_is_refused_at_birth():
    guards.install()
    with pytest.raises(ValueError, match="outside a sparse table"):
        scipy.sparse.csr_matrix((np.ones(1), np.array([7]), np.array([0, 1])), shape=(1, 3))
    assert scipy.sparse.csr_matrix((np.ones(1), np.array([2]), np.array([0, 1])), shape=(1, 3)).nnz == 1


def test_distances_of_tables_with_other_columns_never_reach_compiled_code():
    guards.install()
    with pytest.raises(ValueError, match="other columns"):
        ArgKmin.compute(X=ROWS, Y=ROWS[:, :1].copy(), k=1)
    with pytest.raises(ValueError, match="more neighbours"):
        ArgKmin.compute(X=ROWS, Y=ROWS, k=31)
    with pytest.raises(ValueError, match="Y_norm_squared"):
        ArgKmin.compute(X=ROWS, Y=ROWS, k=1, metric_kwargs={"Y_norm_squared": np.ones(1)})


def test_a_step_that_loses_columns_stops_before_the_trees():
    """A forged preprocessor that hands on fewer columns would make the trees read beyond their rows."""
    guards.install()
    model = HistGradientBoostingRegressor(max_iter=3, min_samples_leaf=3).fit(ROWS, ROWS[:, 2])
    assert model._predictors[0][0].nodes["feature_idx"].max() == 2
    narrow = np.ascontiguousarray(ROWS[:, :1])
    bitsets, places = model._bin_mapper.make_known_categories_bitsets()
    with pytest.raises(ValueError, match="other columns"):
        model._predictors[0][0].predict(narrow, bitsets, places, 1)


def test_boosting_whose_start_is_too_narrow_stops_before_its_trees():
    guards.install()
    model = GradientBoostingClassifier(n_estimators=2).fit(ROWS, np.arange(30) % 3)
    model.n_trees_per_iteration_ = 3
    model.init_ = DecisionTreeClassifier().fit(ROWS, YES_NO)
    with pytest.raises(ValueError, match="number"):
        model.predict(ROWS)


def test_centres_watch_their_rows():
    model = KMeans(2, n_init=1, random_state=0).fit(ROWS)
    built = rebuilt(model)
    assert built.predict(ROWS).tolist() == model.predict(ROWS).tolist()
    built.cluster_centers_ = np.zeros((2, 1))
    with pytest.raises(ValueError, match="other columns"):
        built.predict(ROWS)


def test_birch_is_accepted_without_its_chain_of_leaves():
    """Its leaves point at each other in a circle; no prediction needs them, so they are left behind."""
    model = Birch(n_clusters=2, threshold=0.05, branching_factor=3).fit(ROWS)
    built = rebuilt(model)
    assert not hasattr(built, "root_")
    assert built.predict(ROWS).tolist() == model.predict(ROWS).tolist()


def test_random_states_go_on_where_they_were():
    for state in (np.random.RandomState(5), np.random.default_rng(5), np.random.Generator(np.random.PCG64(9))):
        state.random(3)
        model = LogisticRegression().fit(ROWS, YES_NO)
        model.random_state = state
        assert rebuilt(model).random_state.random(4).tolist() == state.random(4).tolist()
