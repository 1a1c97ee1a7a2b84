# ruff: noqa
"""Makes the gate's two tables from honest models; what it writes is read before it is checked in.

    python -m tools.gate_tables names     lib/gate/generated/allowed_names.py
    python -m tools.gate_tables states    lib/gate/generated/state_table.py

A folder after that takes the table instead, to be compared with the one that is checked in.

Names come from the streams of every honest model; keys and kinds from their states, widened by the parameter
constraints that scikit-learn declares. A kind that only plain data could take is widened to its neighbours: a number
where an array was seen. Objects and functions stay exactly what was seen.
"""

import collections, importlib, inspect, pickle, sys, warnings
from pathlib import Path

import numpy as np
from sklearn.experimental import enable_iterative_imputer, enable_halving_search_cv
from sklearn.utils import all_estimators

from lib.gate.judging import allowed, states
from lib.gate.nodes import Array, Thing
from lib.gate.reading.parser import Stream
from tests.gate import valid_models, valid_models_more, valid_models_options

GATE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[1] / "lib" / "gate" / "generated"
EST = sorted({f"{C.__module__}:{C.__qualname__}" for n, C in all_estimators()})


def honest_models():
    for case in valid_models.cases():
        yield case.estimator
    for _, model in valid_models_more.everything():
        try:
            pickle.dumps(model)
        except Exception:
            continue
        yield model
    for _, model in valid_models_more.functions():
        yield model
    for _, model in valid_models_options.everything():
        try:
            Stream(pickle.dumps(model)).parse()
        except Exception:
            continue
        yield model


def honest_names():
    found = set()
    for saved in honest_models():
        for protocol in (2, 4, 5):
            found |= set(Stream(pickle.dumps(saved, protocol=protocol)).parse().names)
    return found


def write_names():
    names = {tuple(k.split(":")) for k in honest_names()}
    names |= {
        ("builtins", "bytes"),
        ("builtins", "dict"),
        ("builtins", "object"),
        ("builtins", "set"),
        ("builtins", "tuple"),
        ("_codecs", "encode"),
        ("copyreg", "_reconstructor"),
        ("numpy._core.numeric", "_frombuffer"),
        ("operator", "attrgetter"),
    }
    names |= {
        ("pandas", "RangeIndex"),
        ("numpy", "bool_"),
    }
    # same kind, other parameter
    from sklearn.base import BaseEstimator
    from sklearn.utils import all_estimators

    for n, C in all_estimators():
        names.add((C.__module__, C.__qualname__))
    import sklearn.gaussian_process.kernels as gk

    for k in (
        "RBF",
        "Matern",
        "RationalQuadratic",
        "ExpSineSquared",
        "DotProduct",
        "ConstantKernel",
        "WhiteKernel",
        "Sum",
        "Product",
        "Exponentiation",
        "CompoundKernel",
        "PairwiseKernel",
    ):
        names.add((gk.__name__, k))
    EST = {C.__qualname__: C for n, C in all_estimators()}

    def role(o, m, q):
        key = f"{m}:{q}"
        if key in ("builtins:object", "builtins:dict", "builtins:tuple"):
            return "base"
        if key in ("builtins:bool", "builtins:int", "builtins:float", "builtins:str"):
            return "dtype"
        from_calls = {
            "numpy:dtype",
            "functools:partial",
            "builtins:bytes",
            "builtins:bytearray",
            "builtins:slice",
            "builtins:set",
            "builtins:getattr",
            "pandas:StringDtype",
            "sklearn.tree._tree:Tree",
            "operator:attrgetter",
        }
        if key in from_calls or m == "sklearn._loss._loss" or m == "sklearn.linear_model._sgd_fast":
            return "call"
        if q in (
            "_reconstruct",
            "scalar",
            "_frombuffer",
            "_mareconstruct",
            "__bit_generator_ctor",
            "__randomstate_ctor",
            "__generator_ctor",
            "__pyx_unpickle_SeedSequence",
            "encode",
            "_reconstructor",
            "newObj",
            "_new_Index",
            "_restore_array",
            "py_buffer",
            "type_for_alias",
        ):
            return "call"
        if (
            q in ("ndarray", "matrix", "MaskedArray", "Index", "RangeIndex", "SeedSequence")
            or "DistanceMetric" in q
            or (m == "sklearn.metrics._dist_metrics")
            or q in ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
            or q in ("KDTree", "BallTree", "KDTree64", "BallTree64")
        ):
            return "kind"
        if q == "_ImputerTriplet":
            return "record"
        if inspect.isclass(o) and issubclass(o, np.generic):
            return "dtype"
        if q == "NA":
            return "constant"
        if inspect.isclass(o):
            return "class"
        return "function"

    def first(o):
        d = inspect.getdoc(o) or ""
        s = d.strip().split("\n")[0].strip().rstrip(".")
        return s

    REASON = {
        "_codecs:encode": "protocols 0 to 2 write bytes as text",
        "copyreg:_reconstructor": "protocols 0 and 1 make every object by it",
        "builtins:object": "the base that copyreg._reconstructor is given; the texts that a selector takes",
        "builtins:dict": "the base of sklearn's Bunch under protocols 0 and 1",
        "builtins:tuple": "the base of named tuples under protocols 0 and 1",
        "builtins:set": "protocols 0 to 3 write sets by it",
        "builtins:bytes": "protocols 0 to 2 write empty bytes by it",
        "builtins:bytearray": "buffers of pandas' column names",
        "builtins:slice": "a range of columns",
        "builtins:getattr": "a bound method that histogram boosting and scipy.stats leave in the file; never built",
        "functools:partial": "check_array or a step's function with options; how a selector scores columns",
        "operator:attrgetter": "where a selector finds importances: read as the text of the attribute",
        "numpy:dtype": "the type of every array; rebuilt from checked text",
        "numpy:ndarray": "the kind of every array",
        "numpy:matrix": "bisecting k-means' centres on sparse data",
        "numpy:vectorize": "inside a scipy.stats distribution; never built",
        "numpy.ma:MaskedArray": "a search's results; never built",
        "numpy.ma.core:_mareconstruct": "a search's results; never built",
        "numpy._core.multiarray:_reconstruct": "every array; rebuilt from checked bytes",
        "numpy._core.multiarray:scalar": "single NumPy numbers; rebuilt",
        "numpy._core.numeric:_frombuffer": "every array under protocol 5; rebuilt",
        "numpy.random._pickle:__bit_generator_ctor": "a random state; rebuilt from its numbers",
        "numpy.random._pickle:__randomstate_ctor": "a random state; rebuilt from its numbers",
        "numpy.random._pickle:__generator_ctor": "a random generator; rebuilt from its numbers",
        "numpy.random.bit_generator:SeedSequence": "a random state's seed; left behind",
        "numpy.random.bit_generator:__pyx_unpickle_SeedSequence": "a random state's seed; left behind",
        "pandas:NA": "the missing value that an imputer looks for",
        "pandas:Index": "names of columns; rebuilt",
        "pandas:RangeIndex": "numbers of columns; rebuilt",
        "pandas:StringDtype": "the type of pandas' column names; rebuilt",
        "pandas.arrays:ArrowStringArray": "pandas' column names; rebuilt as texts",
        "pandas.core.indexes.base:_new_Index": "names of columns; rebuilt",
        "pyarrow.lib:_restore_array": "pandas' column names; rebuilt as texts",
        "pyarrow.lib:py_buffer": "pandas' column names; rebuilt as texts",
        "pyarrow.lib:type_for_alias": "pandas' column names; rebuilt as texts",
        "scipy._lib.array_api_compat.numpy._aliases:asarray": "a spline's own converter; set anew",
        "scipy.interpolate._bsplines:BSpline": "a spline of SplineTransformer; rebuilt from knots and weights",
        "scipy.sparse._csr:csr_matrix": "a sparse table; rebuilt from checked indices",
        "sklearn.tree._tree:Tree": "a decision tree; its nodes are checked one by one",
        "sklearn.cluster._kmeans:_kmeans_single_lloyd": "bisecting k-means' inner step; set anew",
        "sklearn.utils.validation:check_array": "histogram boosting's column check",
    }

    def reason(o, m, q, r):
        key = f"{m}:{q}"
        if key in REASON:
            return REASON[key]
        if r == "dtype":
            return "the type of numbers that an encoder writes or a selector takes"
        if m in ("numpy", "scipy.special") or (m, q.islower()) == ("sklearn.preprocessing._data", True):
            return "a function of FunctionTransformer, TransformedTargetRegressor or pooling"
        if m == "numpy.random._mt19937" or m.startswith("numpy.random._"):
            return "the kind of a random state"
        if m.startswith("scipy.stats"):
            return "a random search's distribution; checked, never built"
        if "_dist_metrics" in m:
            return "a distance: rebuilt by its name" if q != "newObj" else "distances are made by it; rebuilt by name"
        if q == "newObj" or q.startswith(("KDTree", "BallTree")):
            return "neighbours' index; rebuilt from its points"
        if m == "sklearn._loss._loss":
            return "the compiled half of a loss"
        if m == "sklearn._loss.link":
            return "the link between a loss and its prediction"
        if m == "sklearn._loss.loss":
            return "a boosted or linear model's loss"
        if m == "sklearn.linear_model._sgd_fast":
            return "the loss of a model trained by gradient steps"
        if m.startswith("sklearn.metrics"):
            return "a measure that a search scores by"
        if m.startswith("sklearn.model_selection._split"):
            return "how a search split its data; checked, never built"
        if q in EST:
            return first(o) or "a model of scikit-learn"
        return first(o) or "part of a model of scikit-learn"

    out = {}
    for m, q in sorted(names):
        o = importlib.import_module(m)
        if (m, q) == ("numpy.ma", "MaskedArray"):
            pass
        for part in q.split("."):
            o = getattr(o, part)
        r = role(o, m, q)
        out.setdefault(m, {})[q] = (r, reason(o, m, q, r))
    L = [
        '"""Every name that a model file may hold, with its role and the reason why some honest file needs it.',
        "",
        "Written by `python -m tools.gate_tables names` from the models of `tests/gate/valid_models.py` and",
        "`tests/gate/valid_models_more.py`, then read line by line. A name that no honest file holds has no place here:",
        "`tests/gate/test_states.py` checks that.",
        '"""',
        "",
        "NAMES: dict[str, dict[str, tuple[str, str]]] = {",
    ]
    for m in sorted(out):
        L.append(f'    "{m}": {{')
        for q, (r, why) in sorted(out[m].items()):
            why = why.replace('"', "'").replace("\\", "")
            room = 118 - len(f'        "{q}": ("{r}", ""),')
            if len(why) > room:
                why = why[:room].rsplit(" ", 1)[0]
            L.append(f'        "{q}": ("{r}", "{why}"),')
        L.append("    },")
    L.append("}")
    (GATE / "allowed_names.py").open("w").write("\n".join(L) + "\n")
    print(sum(map(len, out.values())))


OTHER_VERSIONS = {
    "scipy.interpolate._bsplines:BSpline": "c=A t=A",
    "sklearn.decomposition._dict_learning:MiniBatchDictionaryLearning": "batch_size=S",
    "sklearn.ensemble._iforest:IsolationForest": "estimator=E",
    "sklearn.kernel_approximation:AdditiveChi2Sampler": "sample_interval_=N",
    "sklearn.linear_model._passive_aggressive:PassiveAggressiveClassifier": "loss_function_=B2",
    "sklearn.linear_model._perceptron:Perceptron": "loss_function_=B2",
    "sklearn.linear_model._stochastic_gradient:SGDClassifier": "loss_function_=B2",
    "sklearn.linear_model._stochastic_gradient:SGDOneClassSVM": "loss_function_=B2",
    "sklearn.metrics._scorer:_PassthroughScorer": "_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest",
    "sklearn.naive_bayes:BernoulliNB": "force_alpha=S",
    "sklearn.naive_bayes:CategoricalNB": "force_alpha=S",
    "sklearn.naive_bayes:ComplementNB": "force_alpha=S",
    "sklearn.naive_bayes:MultinomialNB": "force_alpha=S",
    "sklearn.preprocessing._discretization:KBinsDiscretizer": "subsample=S",
    "sklearn.utils._bunch:Bunch": "*=A,L,N,T",
    "sklearn.utils._metadata_requests:MetadataRequest": "owner=P,S",
    "sklearn.utils._metadata_requests:MethodMetadataRequest": "_requests=S owner=P,S",
}
"""What files of scikit-learn 1.2.2 and 1.5.2 hold besides, of models that 1.9 opens and that answer."""

_BOOSTING = "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoosting"
OPTIONS = {
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier": "_scorer=W _raw_predict=@builtins:getattr",
    "sklearn.ensemble._gb:GradientBoostingRegressor": "init_=S",
    "sklearn.ensemble._gb:GradientBoostingClassifier": "init_=S",
    "sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace": "optimizer=N",
    "sklearn.neighbors._unsupervised:NearestNeighbors": "_tree=N",
    "sklearn.neighbors._graph:KNeighborsTransformer": "_tree=N",
    "sklearn.neighbors._graph:RadiusNeighborsTransformer": "_tree=N",
    "sklearn.neighbors._regression:KNeighborsRegressor": "_tree=N _y=T",
    "sklearn.neighbors._regression:RadiusNeighborsRegressor": "_tree=N _y=T",
    "sklearn.neighbors._classification:KNeighborsClassifier": "_tree=N",
    "sklearn.neighbors._classification:RadiusNeighborsClassifier": "_tree=N",
    "sklearn.neighbors._lof:LocalOutlierFactor": "_tree=N",
    "sklearn.cluster._spectral:SpectralClustering": "affinity_matrix_=V",
    "sklearn.manifold._spectral_embedding:SpectralEmbedding": "affinity_matrix_=A",
    "sklearn.decomposition._kernel_pca:KernelPCA": "X_fit_=V",
    "sklearn.semi_supervised._label_propagation:LabelPropagation": "X_=V nn_fit=E",
    "sklearn.semi_supervised._label_propagation:LabelSpreading": "X_=V nn_fit=E",
    "sklearn.semi_supervised._self_training:SelfTrainingClassifier": "transduction_=T labeled_iter_=T",
    "sklearn.random_projection:GaussianRandomProjection": "inverse_components_=A",
    "sklearn.random_projection:SparseRandomProjection": "inverse_components_=A",
    "scipy.sparse._csr:csr_matrix": "_has_sorted_indices=N _has_canonical_format=N",
    "sklearn.metrics._scorer:_CurveScorer": "_kwargs=N _thresholds=L",
}
"""What a walk over every option of `_parameter_constraints` found besides (`valid_models_options.py`)."""

BY_HAND = {
    f"{_BOOSTING}Classifier": "interaction_cst=Z",
    f"{_BOOSTING}Regressor": "interaction_cst=Z",
    "sklearn.compose._column_transformer:make_column_selector": "dtype_exclude=L,S",
    "sklearn.feature_extraction._dict_vectorizer:DictVectorizer": "dtype=S",
    "sklearn.feature_extraction._hash:FeatureHasher": "dtype=S",
    "sklearn.feature_extraction.text:CountVectorizer": "analyzer=S2 dtype=S preprocessor=S2 tokenizer=S2",
    "sklearn.feature_extraction.text:HashingVectorizer": "analyzer=S2 dtype=S preprocessor=S2 tokenizer=S2",
    "sklearn.feature_extraction.text:TfidfVectorizer": "analyzer=S2 dtype=S preprocessor=S2 tokenizer=S2",
    "sklearn.linear_model._stochastic_gradient:SGDClassifier": "_loss_function_=@sklearn._loss._loss:CyHalfBinomialLoss,"
    "@sklearn._loss._loss:CyHalfSquaredError,@sklearn._loss._loss:CyHuberLoss",
    "sklearn.preprocessing._discretization:KBinsDiscretizer": "dtype=S",
    "sklearn.preprocessing._encoders:OneHotEncoder": "categories=T",
    "sklearn.preprocessing._encoders:OrdinalEncoder": "categories=T dtype=S",
    "sklearn.preprocessing._target_encoder:TargetEncoder": "categories=T",
}
"""What scikit-learn takes though its own constraints, or the honest models here, do not say so."""

P = collections.defaultdict(lambda: collections.defaultdict(set))
NONDICT = collections.defaultdict(set)


def walk(node, seen):
    stack = [node]
    while stack:
        n = stack.pop()
        if id(n) in seen:
            continue
        if isinstance(n, (Thing, list, dict, tuple, Array)):
            seen[id(n)] = n
        if type(n) is Thing:
            st = n.state
            if type(st) is tuple and len(st) == 2 and st[0] in (None,) and type(st[1]) is dict:
                st = st[1]
            if type(st) is dict:
                for k, v in st.items():
                    P[n.cls.key][k] |= states.kinds(v)
                    stack.append(v)
            elif st is not None:
                NONDICT[n.cls.key] |= states.kinds(st)
                stack.append(st)
            else:
                P[n.cls.key]
            stack.extend(n.args)
            if n.pairs:
                P[n.cls.key]["*"] |= states.kinds(n.pairs)
                stack.extend(n.pairs.values())
        elif type(n) in (list, tuple):
            stack.extend(n)
        elif type(n) is dict:
            stack.extend(n.values())
        elif type(n) is Array and n.items is not None:
            stack.extend(n.items)


def write_states():
    for k in (
        "RBF",
        "Matern",
        "RationalQuadratic",
        "ExpSineSquared",
        "DotProduct",
        "ConstantKernel",
        "WhiteKernel",
        "Sum",
        "Product",
        "Exponentiation",
        "CompoundKernel",
        "PairwiseKernel",
    ):
        import sklearn.gaussian_process.kernels as gk

        for pn in inspect.signature(getattr(gk, k).__init__).parameters:
            if pn != "self":
                P["sklearn.gaussian_process.kernels:" + k][pn] |= (
                    {"G"} if pn in ("k1", "k2", "kernel") else {"L", "G"} if pn == "kernels" else {"N"}
                )
    for saved in honest_models():
        walk(Stream(pickle.dumps(saved, protocol=4)).parse().root, {})
    from sklearn.utils import _param_validation as pv
    import numbers, numpy as np

    SPLIT = ["P"]
    RS = ["X"]

    def from_constraint(c, obs):
        s = set()
        if c is None or c in ("boolean", "verbose"):
            return {"N"}
        if isinstance(c, pv.Interval) or isinstance(c, pv.MissingValues):
            return {"N"}
        if isinstance(c, pv.StrOptions):
            return {"S"}
        if isinstance(c, pv.Options):
            for o in c.options:
                s.add("S" if isinstance(o, str) else "Y" if isinstance(o, type) else "N")
            return s
        if isinstance(c, pv.HasMethods):
            return {"E"}
        if isinstance(c, str):
            if c == "array-like":
                return {"N", "A", "T", "L", "S"}
            if c == "sparse matrix":
                return {"V"}
            if c == "random_state":
                return {"N", *RS}
            if c == "cv_object":
                return {"N", "L", "A", *SPLIT}
            if c in ("nan",):
                return {"N"}
            if c == "missing_values":
                return {"N", "S", "K"}
            return {"N"}
        if isinstance(c, pv.MissingValues):
            return {"N", "S", "K"}
        if c is str:
            return {"S"}
        if c in (list, tuple):
            return {"L", "S", "N"}
        if c is dict:
            return {"D", "S", "N"}
        if c is set:
            return {"Z"}
        if c is np.ndarray:
            return {"A"}
        if c is callable:
            return set()
        if isinstance(c, type) and issubclass(c, (numbers.Number, np.generic)):
            return {"N"}
        if c is bool:
            return {"N"}
        return set()

    CONT = ["L"]
    SCAL = {"N"}
    out = {}
    for key in sorted(set(P) | set(EST)):
        mod, q = key.split(":")
        C = getattr(importlib.import_module(mod), q, None)
        con = getattr(C, "_parameter_constraints", {}) or {}
        try:
            params = set(inspect.signature(C.__init__).parameters) - {"self", "args", "kwargs"} if key in EST else set()
        except Exception:
            params = set()
        row = {}
        for k in sorted(set(P.get(key, {})) | params):
            obs = set(P.get(key, {}).get(k, set()))
            s = set(obs)
            if k in params:
                for c in con.get(k, []):
                    s |= from_constraint(c, obs)
                s.add("N")
                if k == "vocabulary":  # get_feature_names_out() of another vectorizer
                    s.add("T")
                if k == "stop_words":  # ENGLISH_STOP_WORDS is a frozen set
                    s.add("Z")
                if "E" in s or k in ("estimator", "base_estimator"):
                    pass
            else:
                if "T" in s and key in EST:
                    s |= {"N", "S", "A", "T"}
                if "A" in s and key in EST:
                    s |= {"N", "A"}
                if k == "classes_":
                    s |= {"N", "S", "A", "T", "L"}
                if k == "feature_names_in_":
                    s = {"T"}
                if "S" in s and key in EST:
                    s |= {"N"}
                if s == {"N"} and k.endswith("_") and key in EST:
                    s |= set()
            row[k] = s
        if key in EST:
            for k, sx in (
                ("_sklearn_version", "S"),
                ("n_features_in_", "N"),
                ("feature_names_in_", "T"),
                ("_sklearn_output_config", "D,S"),
                ("_metadata_request", "@sklearn.utils._metadata_requests:MetadataRequest"),
            ):
                row.setdefault(k, set(sx.split(",")))
        if key.startswith(("sklearn.metrics._scorer:", "sklearn.model_selection._split:")):
            row.setdefault("_metadata_request", {"@sklearn.utils._metadata_requests:MetadataRequest"})
        if key in EST or key.rpartition(":")[2] in (
            "_CalibratedClassifier",
            "_SigmoidCalibration",
            "_TemperatureScaling",
            "_BinaryGaussianProcessClassifierLaplace",
            "_ConstantPredictor",
            "_BinMapper",
        ):
            for k, s in row.items():
                if k in (
                    "_sklearn_version",
                    "feature_names_in_",
                    "n_features_in_",
                    "_sklearn_output_config",
                    "_metadata_request",
                ):
                    continue
                if s & set("NAL"):
                    s |= set("NA")
                if k not in params and s & set("NALD"):
                    s |= set("NALD")
                if k not in params and s & {"T"}:
                    s |= {"S"}
                if k not in params and s & {"S"} and s & {"A", "L"}:
                    s |= {"T"}
        G = "sklearn.gaussian_process.kernels:"
        for k in row:
            if key.startswith(G) and k.startswith(
                ("length_scale", "alpha", "sigma", "noise", "periodicity", "constant", "gamma")
            ):
                row[k] |= {"N", "A", "L", "S"}
            if k in ("random_state", "_random_state", "rng", "_rng", "random_state_"):
                row[k] |= {"N", "X"}
            if k == "cv":
                row[k] |= {"N", "L", "A", "P"}
            if k in ("kernel", "kernel_") and "gaussian_process" in key:
                row[k] |= {"N", "G"}
            if key.startswith("scipy.stats._distn_infra") and k == "dist":
                row[k] = {
                    x for x in ("@" + z for z in allowed.NAMES if z.startswith("scipy.stats._") and z.endswith("_gen"))
                }
        for k, s in row.items():
            if key not in EST:
                continue
            if any("_tree:newObj" in x for x in s):
                s |= {"J"}
            if any(x.startswith("@sklearn._loss.loss:") for x in s):
                s |= {"U"}
            if any(x.startswith(("@sklearn.linear_model._sgd_fast:", "@sklearn._loss._loss:")) for x in s):
                s |= {"B2"}
            for x in [
                x
                for x in s
                if x.startswith(
                    (
                        "@sklearn.neighbors._kd_tree:newObj",
                        "@sklearn.neighbors._ball_tree:newObj",
                        "@sklearn._loss.loss:",
                        "@sklearn.linear_model._sgd_fast:",
                        "@sklearn._loss._loss:",
                    )
                )
            ]:
                s.discard(x)
            if k in ("coef_", "_fit_X", "components_", "support_vectors_", "dual_coef_", "_dual_coef_", "connectivity"):
                s |= {"V"}
            if k == "missing_values":
                s |= {"N", "S", "K"}
            if k in ("scoring", "scorer_"):
                s |= {"S", "L", "D", "W", "M", "N"}
            if k == "score_func":
                s |= {"C", "N"}
            if k == "oob_score":
                s |= {"M", "N"}
        if key.startswith("sklearn.model_selection._search"):
            for k in ("cv_results_",):
                row[k] = set("ACDEFKLMNOPQSTXY") | {"@masked"}
            for k in ("param_grid", "param_distributions", "best_params_"):  # the best are among those tried
                if k in row:
                    row[k] |= {"L", "D", "N", "S", "A", "T", "O", "E", "Q", "M", "C", "F", "K", "Y", "X"}
        if key == "pandas.arrays:ArrowStringArray":
            row["_pa_array"] |= {"N"}  # words that are missing
        if key == "sklearn.compose._column_transformer:ColumnTransformer":
            for k in ("transformers", "transformers_", "_columns"):
                row[k] |= {"H", "A", "T", "I", "L", "N", "S"} | ({"E"} if k != "_columns" else set())
        for entry in f"{OTHER_VERSIONS.get(key, '')} {BY_HAND.get(key, '')} {OPTIONS.get(key, '')}".split():
            k, kinds = entry.split("=")
            row.setdefault(k, set()).update(kinds.split(","))
        out[key] = row
    L = [
        '"""The keys that each class may carry and the kinds of value under each; see `states.py` for the letters.',
        "",
        "Written by `python -m tools.gate_tables states` from what honest models hold and from the parameter",
        "constraints that scikit-learn itself declares; then read.",
        '"""',
        "",
        "ESTIMATORS: frozenset[str] = frozenset(",
        "    {",
    ]
    L += [f'        "{e}",' for e in EST] + [
        "    }",
        ")",
        '"""Every model, transformer and search of scikit-learn."""',
        "",
        "STATES: dict[str, str] = {",
    ]
    for key, row in out.items():
        if not row:
            L.append(f'    "{key}": "",')
            continue
        L.append(f'    "{key}": """')
        line = ""
        for k, sx in sorted(row.items()):
            e = f"{k}={','.join(sorted(sx))}"
            if line and len(line) + 1 + len(e) > 117:
                L.append(line)
                line = ""
            line = e if not line else line + " " + e
        L.append(line)
        L.append('""",')
    L.append("}")
    (GATE / "state_table.py").open("w").write("\n".join(L) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    {"names": write_names, "states": write_states}[sys.argv[1]]()
