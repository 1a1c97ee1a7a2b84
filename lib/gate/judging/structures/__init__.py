"""With what state, part two: whether what compiled code will follow without looking is sound.

Compiled code trusts its state: a child's number, a column's index, a length. Each class whose state reaches such
code has a validator here, run on the nodes before anything is built; what can only be known at the call — the shape
of the rows it is given — is watched by `guards.py`. Indices, k-d and ball trees, splines, sparse tables, distances
and random states are not even taken from the file: `construct.py` makes them anew from the values checked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lib.gate.judging import allowed, calls
from lib.gate.judging.structures.histogram_trees import check_bin_mapper, check_hist_boosting
from lib.gate.judging.structures.neighbours import (
    CSR,
    check_birch,
    check_bisecting,
    check_centres,
    check_distance,
    check_neighbour_tree,
    check_neighbours,
    check_sparse,
    check_support_vectors,
)
from lib.gate.judging.structures.parameters import MAX_OUTPUTS, check_parameters
from lib.gate.judging.structures.preprocessing import check_one_hot, check_partial, check_polynomials, check_spline
from lib.gate.judging.structures.random_states import (
    check_bit_generator,
    check_distribution,
    check_random_state,
    check_seed,
)
from lib.gate.judging.structures.texts import check_hashing, check_vocabulary
from lib.gate.judging.structures.trees import (
    TREE,
    check_decision_tree,
    check_forest,
    check_gradient_boosting,
    check_isolation_forest,
    check_trees,
)
from lib.gate.nodes import Thing

__all__ = ["MAX_OUTPUTS", "VALIDATORS", "check"]


def check(things: Iterable[Thing]) -> None:
    """Run every validator on every object, and those of trees on all of them at once. Raises Rejection."""
    trees: list[Thing] = []
    for thing in things:
        check_parameters(thing)
        if thing.cls.key == TREE:
            trees.append(thing)
            continue
        validator = VALIDATORS.get(thing.cls.key)
        if validator is not None:
            validator(thing)
    if trees:
        check_trees(trees)


_Validator = Callable[[Thing], None]

_TREES = ("DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor")
_FORESTS = (
    "RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor",
    "RandomTreesEmbedding",
)  # fmt: skip

VALIDATORS: dict[str, _Validator] = {
    **{f"sklearn.tree._classes:{name}": check_decision_tree for name in _TREES},
    **{f"sklearn.ensemble._forest:{name}": check_forest for name in _FORESTS},
    "sklearn.ensemble._iforest:IsolationForest": check_isolation_forest,
    "sklearn.ensemble._gb:GradientBoostingClassifier": check_gradient_boosting,
    "sklearn.ensemble._gb:GradientBoostingRegressor": check_gradient_boosting,
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier": check_hist_boosting,
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingRegressor": check_hist_boosting,
    "sklearn.ensemble._hist_gradient_boosting.binning:_BinMapper": check_bin_mapper,
    "sklearn.metrics._dist_metrics:newObj": check_distance,
    "sklearn.neighbors._kd_tree:newObj": check_neighbour_tree,
    "sklearn.neighbors._ball_tree:newObj": check_neighbour_tree,
    **{key: check_neighbours for key in allowed.NAMES if key.startswith("sklearn.neighbors._") and "Neighbors" in key},
    "sklearn.neighbors._lof:LocalOutlierFactor": check_neighbours,
    CSR: check_sparse,
    **{
        f"sklearn.svm._classes:{name}": check_support_vectors
        for name in ("SVC", "NuSVC", "SVR", "NuSVR", "OneClassSVM")
    },
    "sklearn.cluster._kmeans:KMeans": check_centres("cluster_centers_"),
    "sklearn.cluster._kmeans:MiniBatchKMeans": check_centres("cluster_centers_"),
    "sklearn.cluster._mean_shift:MeanShift": check_centres("cluster_centers_"),
    "sklearn.cluster._affinity_propagation:AffinityPropagation": check_centres("cluster_centers_"),
    "sklearn.cluster._bisect_k_means:BisectingKMeans": check_bisecting,
    "sklearn.cluster._birch:Birch": check_birch,
    "sklearn.neighbors._nearest_centroid:NearestCentroid": check_centres("centroids_"),
    "scipy.interpolate._bsplines:BSpline": check_spline,
    "sklearn.preprocessing._encoders:OneHotEncoder": check_one_hot,
    "sklearn.feature_extraction.text:CountVectorizer": check_vocabulary,
    "sklearn.feature_extraction.text:TfidfVectorizer": check_vocabulary,
    "sklearn.feature_extraction.text:HashingVectorizer": check_hashing,
    "sklearn.feature_extraction._hash:FeatureHasher": check_hashing,
    "sklearn.feature_extraction._dict_vectorizer:DictVectorizer": check_vocabulary,
    "sklearn.preprocessing._polynomial:PolynomialFeatures": check_polynomials,
    "functools:partial": check_partial,
    "numpy.random._pickle:__bit_generator_ctor": check_bit_generator,
    "numpy.random._pickle:__randomstate_ctor": check_random_state,
    "numpy.random.bit_generator:__pyx_unpickle_SeedSequence": check_seed,
    **dict.fromkeys(calls.DISTRIBUTIONS, check_distribution),
}
"""Class → what makes its state sound."""
