# ruff: noqa: E501
"""Attacks with allowed names alone: called wrongly, given state they never have, callables as parameters."""

import functools
import os
import pickle
from collections.abc import Iterator

import numpy as np
import scipy.stats
from sklearn.cluster import FeatureAgglomeration
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, StackingClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import FixedThresholdClassifier, RandomizedSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC
from sklearn.utils.validation import check_array

from tests.attacks.model import Attack, Call, fitted, holding, linear, named, plain, table

_CLASS = "sklearn.linear_model._base", "LinearRegression"


def attacks(canary: str) -> Iterator[Attack]:
    yield from _written(canary)
    yield from _called(canary)
    yield from _parameters(canary)
    yield from _distributions(canary)


def _written(canary: str) -> Iterator[Attack]:
    """State written where none belongs."""
    model = b"\x80\x04" + named(*_CLASS)
    fresh = model + b")\x81"
    state = plain({"fit_intercept": True})
    yield Attack("state into a class", model + state + b"b" + plain(None) + b"\x86.", True)
    yield Attack("slot state into a class", model + b"N" + state + b"\x86b.", True)
    yield Attack("state into a function", b"\x80\x04" + named("numpy", "log1p") + state + b"b.")
    yield Attack("state into a module's constant", b"\x80\x04" + named("pandas", "NA") + state + b"b.")
    yield Attack("state into a dict", b"\x80\x04}" + state + b"b.")
    yield Attack("state into a list", b"\x80\x04]" + state + b"b.")
    yield Attack("state into a text", b"\x80\x04" + plain("x") + state + b"b.")
    yield Attack("state twice", fresh + state + b"b" + plain({"predict": 1}) + b"b.")
    yield Attack("slot state", fresh + b"N" + plain({"predict": 1}) + b"\x86b.")
    yield Attack("state that is a list", fresh + plain([1]) + b"b.")
    yield Attack("state that is a number", fresh + b"K\x01b.")
    yield Attack("state with a number as key", fresh + plain({1: 2}) + b"b.")
    yield Attack("items appended to a model", fresh + b"K\x01a.")
    yield Attack("entries set on a model", fresh + plain("a") + b"K\x01s.")
    yield Attack("entries set on a class", model + plain("fit") + b"K\x01s.")
    yield Attack("members added to a model", fresh + b"(K\x01\x90.")
    yield Attack("an object nobody holds, popped", fresh + state + b"b0" + plain(linear()) + b".")
    yield Attack("a model in the place of a class", fresh + b")\x81.")
    yield Attack("a class made with arguments", model + plain((1, 2)) + b"\x81.")
    for key in ("__class__", "__dict__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__del__",
                "__getattr__", "__call__", "predict", "transform", "fit", "score", "get_params", "__repr__",
                "_repr_html_", "__sklearn_tags__", "__len__", "__array__", "decision_function"):  # fmt: skip
        yield Attack(f"state that shadows {key}", fresh + plain({key: 1}) + b"b.")
        yield Attack(f"{key} is a function", fresh + b"}" + plain(key) + named("numpy", "log1p") + b"sb.")
    dtype = b"\x80\x04" + named("numpy", "dtype") + plain(("f8", False, True)) + b"R"
    good = (3, "<", None, None, None, -1, -1, 0)
    for what, bad in (
        ("written twice", None),
        ("with object flags", (3, "<", None, None, None, -1, -1, 63)),
        ("with a subtype", (3, "<", ("f8", (2,)), None, None, -1, -1, 0)),
        ("with fields of its own", (3, "<", None, ("a",), {"a": ("f8", 0)}, 8, 1, 16)),
        ("with a size of its own", (3, "<", None, None, None, 10**9, -1, 0)),
        ("of version 99", (99, "<", None, None, None, -1, -1, 0)),
        ("with odd order", (3, "x", None, None, None, -1, -1, 0)),
        ("too short", (3,)),
    ):
        body = dtype + plain(good) + b"b" + plain(good) + b"b" if bad is None else dtype + plain(bad) + b"b"
        array = body[2:]
        yield Attack(
            f"dtype {what}", b"\x80\x04}" + plain("model") + plain(linear()) + b"s" + plain("d") + array + b"s."
        )
    record = named("numpy", "dtype") + plain(("V16", False, True)) + b"R"
    double = named("numpy", "dtype") + plain(("O", False, True)) + b"R"
    inner = (
        b"(K\x03"
        + plain("|")
        + b"N"
        + plain(("a",))
        + b"}"
        + plain("a")
        + double
        + b"K\x00\x86s"
        + plain(16)
        + plain(1)
        + plain(16)
        + b"tb"
    )
    yield Attack("record dtype that holds objects", b"\x80\x04" + record + inner + b".")


def _called(canary: str) -> Iterator[Attack]:
    """Allowed callables with arguments that no honest file gives them."""
    ndarray = named("numpy", "ndarray")
    for what, module, name, args in (
        ("dtype of a class", "numpy", "dtype", b"(" + ndarray + b"t"),
        ("dtype of a long text", "numpy", "dtype", plain(("f8," * 50_000,))),
        ("dtype of a dict", "numpy", "dtype", plain(({"names": ["a"], "formats": ["O"]},))),
        ("dtype with metadata", "numpy", "dtype", plain(("f8", False, True, {}))),
        ("dtype of strings of 2 GB", "numpy", "dtype", plain(("U999999999", False, True))),
        ("_reconstruct of a class", "numpy._core.multiarray", "_reconstruct", b"(" + named(*_CLASS) + plain((0,)) + plain(b"b") + b"t"),
        ("_reconstruct of a large shape", "numpy._core.multiarray", "_reconstruct", b"(" + ndarray + plain((10**12,)) + plain(b"b") + b"t"),
        ("_reconstruct of objects", "numpy._core.multiarray", "_reconstruct", b"(" + ndarray + plain((0,)) + plain(b"O") + b"t"),
        ("scalar of an object", "numpy._core.multiarray", "scalar", b"(" + named("numpy", "dtype") + plain(("O8", False, True)) + b"R" + plain(linear()) + b"t"),
        ("scalar of wrong length", "numpy._core.multiarray", "scalar", b"(" + named("numpy", "dtype") + plain(("f8", False, True)) + b"RC\x01at"),
        ("_frombuffer of objects", "numpy._core.numeric", "_frombuffer", b"(C\x08aaaaaaaa" + named("numpy", "dtype") + plain(("O8", False, True)) + b"R" + plain((1,)) + plain("C") + b"t"),
        ("_frombuffer beyond its bytes", "numpy._core.numeric", "_frombuffer", b"(C\x08aaaaaaaa" + named("numpy", "dtype") + plain(("f8", False, True)) + b"R" + plain((10**9,)) + plain("C") + b"t"),
        ("_reconstructor on dict", "copyreg", "_reconstructor", b"(" + named(*_CLASS) + named("builtins", "dict") + b"}t"),
        ("_reconstructor on int", "copyreg", "_reconstructor", b"(" + named(*_CLASS) + named("builtins", "int") + b"K\x01t"),
        ("_reconstructor of a function", "copyreg", "_reconstructor", b"(" + named("numpy", "log1p") + named("builtins", "object") + b"Nt"),
        ("_reconstructor of object", "copyreg", "_reconstructor", b"(" + named("builtins", "object") * 2 + b"Nt"),
        ("encode by another codec", "_codecs", "encode", plain(("x", "rot13"))),
        ("encode by a bomb codec", "_codecs", "encode", plain(("x", "zlib_codec"))),
        ("bytearray of a number", "builtins", "bytearray", plain((10**10,))),
        ("bytes of a number", "builtins", "bytes", plain((10**10,))),
        ("set of lists", "builtins", "set", plain(([[1]],))),
        ("slice of a list", "builtins", "slice", plain(([], None, None))),
        ("getattr of a class", "builtins", "getattr", b"(" + named(*_CLASS) + plain("fit") + b"t"),
        ("getattr of a model's fit", "builtins", "getattr", b"(" + plain(linear()) + plain("fit") + b"t"),
        ("getattr of a text", "builtins", "getattr", plain(("x", "__class__"))),
        ("partial of numpy.log1p", "functools", "partial", b"(" + named("numpy", "log1p") + b"t"),
        ("a ufunc", "numpy", "log1p", plain((1.0,))),
        ("a measure", "sklearn.metrics._classification", "accuracy_score", plain(([1], [1]))),
        ("Tree without end", "sklearn.tree._tree", "Tree", plain((2**40, [2], 1))),
        ("Tree of minus one", "sklearn.tree._tree", "Tree", plain((-1, [2], 1))),
        ("newObj of a model", "sklearn.neighbors._kd_tree", "newObj", b"(" + named(*_CLASS) + b"t"),
        ("newObj of a callable distance", "sklearn.metrics._dist_metrics", "newObj", b"(" + named("sklearn.metrics._dist_metrics", "PyFuncDistance64") + b"t"),
        ("a loss of a text", "sklearn._loss._loss", "CyHuberLoss", plain(("x",))),
        ("a loss of infinity", "sklearn._loss._loss", "CyPinballLoss", plain((float("inf"),))),
        ("a bit generator by an odd name", "numpy.random._pickle", "__bit_generator_ctor", plain(("os",))),
        ("a random state of a model", "numpy.random._pickle", "__randomstate_ctor", b"(" + plain(linear()) + b"t"),
        ("an index of a function", "pandas.core.indexes.base", "_new_Index", b"(" + named("pandas", "Index") + b"}" + plain("data") + named("numpy", "log1p") + b"st"),
        ("a range without end", "pandas.core.indexes.base", "_new_Index", b"(" + named("pandas", "RangeIndex") + plain({"start": 0, "stop": 2**62, "step": 1, "name": None}) + b"t"),
        ("an arrow type of its own", "pyarrow.lib", "type_for_alias", plain(("dense_union",))),
        ("an arrow buffer of a text", "pyarrow.lib", "py_buffer", plain(("x",))),
    ):  # fmt: skip
        yield Attack(what, b"\x80\x04" + named(module, name) + args + b"R.")


def _parameters(canary: str) -> Iterator[Attack]:
    """What acts only when the model is used: callables, file names, names of methods, options by name."""
    rows = table()
    numbers = rows @ [1.0, 2.0, 3.0, 4.0]
    for function in (os.system, eval, open, os.remove, np.load, np.save, np.savetxt, np.fromfile, np.memmap, np.vectorize,
                     np.apply_along_axis, pickle.loads, getattr, print, exec, __import__):  # fmt: skip
        name = getattr(function, "__name__", "x")
        model = fitted(make_pipeline(FunctionTransformer(np.log1p), LinearRegression()), numbers)
        model.steps[0][1].func = function
        yield Attack(f"FunctionTransformer of {name}", pickle.dumps(model))
    model = fitted(TransformedTargetRegressor(Ridge(), func=np.log1p, inverse_func=np.expm1), numbers)
    model.transformer_.inverse_func = os.system
    yield Attack("TransformedTargetRegressor's way back", pickle.dumps(model))
    grouped = FeatureAgglomeration(2).fit(rows)
    grouped.pooling_func = os.system
    yield Attack("FeatureAgglomeration's pooling", pickle.dumps(grouped))
    for what, value in (
        ("os.system", os.system),
        ("a call", functools.partial(os.system, f"touch {canary}")),
        ("eval", eval),
    ):
        near = fitted(KNeighborsClassifier(algorithm="brute"))
        near.metric = near.effective_metric_ = value
        yield Attack(f"a distance that is {what}", pickle.dumps(near))
        svm = fitted(SVC())
        svm.kernel = value
        yield Attack(f"a kernel that is {what}", pickle.dumps(svm))
    for key, value in (("out", 1), ("where", 1), ("dtype", "O"), ("like", 1), ("casting", "unsafe")):
        step = FunctionTransformer(np.log1p, kw_args={key: value})
        yield Attack(f"FunctionTransformer with {key}", pickle.dumps(step))
    words = CountVectorizer().fit(["a b cc dd"])
    for key, value in (
        ("input", "filename"), ("input", "file"), ("analyzer", os.system), ("tokenizer", os.system),
        ("preprocessor", os.system), ("token_pattern", "(a+)+$"), ("token_pattern", "(a|a)*b"),
        ("token_pattern", "(" * 500), ("token_pattern", r"(\w+\s?)*x"), ("ngram_range", (1, 10**6)),
        ("vocabulary_", {"cc": 10**6}), ("vocabulary_", {"cc": -5}), ("vocabulary_", {"cc": 0, "dd": 0}),
        ("stop_words", os.system), ("decode_error", os.system), ("dtype", os.system),
    ):  # fmt: skip
        for kind in (CountVectorizer, TfidfVectorizer):
            made = kind().fit(["a b cc dd"])
            made.__dict__.update({**words.__dict__, key: value} if kind is CountVectorizer else {key: value})
            yield Attack(f"{kind.__name__} with {key}={str(value)[:24]}", pickle.dumps(made))
    hashed = HashingVectorizer()
    hashed.input = "filename"
    yield Attack("HashingVectorizer that reads files", pickle.dumps(hashed))
    hashed = HashingVectorizer()
    hashed.n_features = 2**60
    yield Attack("HashingVectorizer without end", pickle.dumps(hashed))
    for method in ("fit", "__setstate__", "__class__", "set_params", "__reduce_ex__", "get_params"):
        stack = fitted(StackingClassifier([("a", LogisticRegression())], cv=2))
        stack.stack_method_ = [method]
        yield Attack(f"stacking that calls {method}", pickle.dumps(stack))
        threshold = fitted(FixedThresholdClassifier(LogisticRegression()))
        threshold.response_method = method
        yield Attack(f"threshold that calls {method}", pickle.dumps(threshold))
    for getter in ("__class__.__init__.__globals__", "_a", "a.__b__", os.system, "a" * 1000):
        chosen = fitted(SelectFromModel(LogisticRegression()))
        chosen.importance_getter = getter
        yield Attack(f"importance by {str(getter)[:30]}", pickle.dumps(chosen))
    for pattern in ("{feature_name:>9999999999}", "{feature_name.__class__}", "{0}", "{feature_name!r:>999999999}"):
        columns = ColumnTransformer([("a", StandardScaler(), [0])]).fit(rows)
        columns.verbose_feature_names_out = pattern
        yield Attack(f"column names by {pattern}", pickle.dumps(columns))
    for key, value in (("Y_norm_squared", np.ones(1)), ("func", os.system), ("metric", os.system), ("out", np.ones(4))):
        near = fitted(KNeighborsClassifier(algorithm="brute"))
        near.effective_metric_params_ = {key: value}
        yield Attack(f"distance with {key}", pickle.dumps(near))
    config = pickle.loads(pickle.dumps(linear()))
    config._sklearn_output_config = {"transform": "os"}
    yield Attack("output by a module of its own", pickle.dumps(config))
    hist = fitted(HistGradientBoostingClassifier(max_iter=2))
    hist._preprocessor = FunctionTransformer(functools.partial(check_array, dtype=os.system))
    yield Attack("check_array with a callable", pickle.dumps(hist))
    hist._preprocessor = FunctionTransformer(functools.partial(check_array, estimator=linear()))
    yield Attack("check_array with other options", pickle.dumps(hist))
    hist._preprocessor = FunctionTransformer(functools.partial(os.system, f"touch {canary}"))
    yield Attack("partial of os.system", pickle.dumps(hist))
    for key, value in (
        ("coef_", linear), ("coef_", LinearRegression), ("coef_", Call(functools.partial, os.system, "x")),
        ("n_jobs", os.cpu_count), ("fit_intercept", np.log1p), ("coef_", type), ("coef_", linear()),
        ("coef_", {("a", "b"): 1}), ("coef_", {frozenset([1]): 1}), ("coef_", [{1}]), ("coef_", slice(0, 1)),
        ("positive", "yes"), ("n_features_in_", 2**70), ("n_features_in_", -1), ("n_features_in_", "4"),
        ("n_features_in_", 10**12), ("feature_names_in_", np.array(["a"], dtype=object)),
    ):  # fmt: skip
        yield (
            Attack(f"{key} that is {str(value)[:40]}", holding(key, value))
            if not callable(value) or value in (os.cpu_count, np.log1p, type, LinearRegression)
            else Attack(f"{key} that is a function of its own", holding(key, value))
        )
    for what, card in (("an object", linear()), ("an array", np.ones(2)), ("a tuple key", {(1, 2): 3}), ("a number key", {1: 2}),
                       ("bytes", {"a": b"x"}), ("depth", _deep(60)), ("a list", [1]), ("a huge number", {"a": 2**200})):  # fmt: skip
        yield Attack(f"card with {what}", holding("brine_card_", card))


def _deep(levels: int) -> dict:
    card: dict = {}
    for _ in range(levels):
        card = {"a": card}
    return card


def _distributions(canary: str) -> Iterator[Attack]:
    """SciPy compiles a text of a distribution's state when it is loaded."""
    code = f"import pathlib\npathlib.Path({canary!r}).touch()\n"
    search = RandomizedSearchCV(Ridge(), {"alpha": scipy.stats.uniform(0, 1)}, n_iter=2, cv=2, random_state=0)
    search.fit(table(), table()[:, 0])
    honest = search.param_distributions["alpha"].dist.__getstate__()["_parse_arg_template"]
    raw = pickle.dumps(search, protocol=4)
    needle = _binary_text(honest)
    assert needle in raw
    for what, template in (
        ("code before it", code + honest),
        ("code after it", honest + "\n" + code),
        ("code in a default", honest.replace("loc=0", f"loc=open({canary!r}, 'w').close()", 1)),
        ("code in a return", honest.replace("return (), loc", f"return (open({canary!r}, 'w'),), loc", 1)),
        ("another function", "def _parse_args(self): pass\n" * 3 + code),
    ):
        yield Attack(
            f"distribution with {what}",
            _unframed(raw).replace(needle, _binary_text(template)),
            what != "code in a return",
        )


def _binary_text(value: str) -> bytes:
    raw = value.encode()
    return b"X" + len(raw).to_bytes(4, "little") + raw


def _unframed(raw: bytes) -> bytes:
    """Without frames, whose sizes a changed text would break."""
    import pickletools

    out, start = [], 0
    for opcode, _, place in pickletools.genops(raw):
        if opcode.name == "FRAME":
            out.append(raw[start:place])
            start = place + 9
    return b"".join([*out, raw[start:]])
