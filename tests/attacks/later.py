"""Attacks by an author who knows the gate's code: shared, counted, duplicate and auxiliary objects."""

import collections
import datetime
import decimal
import gzip
import io
import json
import lzma
import pickle
import stat
import struct
import zipfile
import zlib
import zoneinfo
from collections.abc import Iterator

import joblib
import lz4.frame
import numpy as np
import pandas as pd
import skops.io
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    VotingRegressor,
)
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.kernel_approximation import AdditiveChi2Sampler, PolynomialCountSketch
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from tests.attacks.model import Attack, Call, fitted, linear, named, plain, table, text

_CLASS = "sklearn.linear_model._base", "LinearRegression"


def attacks(canary: str) -> Iterator[Attack]:
    yield from _shared()
    yield from _beside(canary)
    yield from _dtypes()
    yield from _patterns()
    yield from _resources()
    yield from _functions()
    yield from _joblib()
    yield from _packed()
    yield from _zips()


def _shared() -> Iterator[Attack]:
    """One thing in two places: changed after it was looked at, or gone through as often as it is held."""
    model = b"\x80\x04" + named(*_CLASS) + b")\x81"
    state = plain({"fit_intercept": True})
    yield Attack(
        "a state that gets a method after BUILD",
        model + b"q\x01" + state + b"q\x02b" + b"0h\x02" + text("predict") + b"K\x01s0h\x01.",
    )
    yield Attack(
        "one state for two models, changed between",
        b"\x80\x04]"
        + named(*_CLASS)
        + b")\x81"
        + state
        + b"q\x02ba0h\x02"
        + text("__class__")
        + b"K\x01s"
        + b"0"
        + named(*_CLASS)
        + b")\x81h\x02b.",
    )
    yield Attack(
        "a list of steps that gets a function after BUILD",
        model + b"q\x01}" + text("coef_") + b"]q\x03sb0h\x03" + named("numpy", "log1p") + b"a0h\x01.",
    )
    dtype = named("numpy", "dtype") + plain(("f8", False, True)) + b"R"
    array = (
        named("numpy._core.multiarray", "_reconstruct")
        + b"("
        + named("numpy", "ndarray")
        + plain((0,))
        + plain(b"b")
        + b"tR"
    )
    filled = array + b"(K\x01K\x01\x85" + dtype + b"q\x07" + b"\x89C\x08" + bytes(8) + b"tb"
    yield Attack(
        "a dtype changed after an array was made of it",
        b"\x80\x04}"
        + text("a")
        + filled
        + b"s"
        + text("m")
        + b"h\x07"
        + plain((3, ">", None, None, None, -1, -1, 0))
        + b"bs.",
    )
    for kind, depth in (("union", 40), ("vote", 40), ("union", 30)):
        inner: object = fitted(StandardScaler(), None) if kind == "union" else linear()
        for _ in range(depth):
            made = (
                FeatureUnion([("a", inner), ("b", inner)])
                if kind == "union"
                else VotingRegressor([("a", inner), ("b", inner)])
            )
            if kind == "vote":
                made.estimators_ = [inner, inner]
            inner = made
        yield Attack(f"{kind}s of one in the other, {depth} deep", pickle.dumps(inner))
    forest = fitted(RandomForestClassifier(2, max_depth=2))
    for what, count in (("a million", 1_200_000), ("three million", 3_000_000)):
        forest.estimators_ = [forest.estimators_[0]] * count
        yield Attack(f"a forest of one tree {what} times", pickle.dumps(forest))
    boosted = fitted(GradientBoostingClassifier(n_estimators=2, max_depth=2))
    boosted.estimators_ = np.repeat(boosted.estimators_[:1], 1_500_000, axis=0)
    yield Attack("boosting by one tree a million times", pickle.dumps(boosted))
    pipeline = make_pipeline(StandardScaler(), LinearRegression()).fit(table(), table()[:, 0])
    pipeline.steps.append(("again", pipeline))
    yield Attack("a pipeline as a step of its own", pickle.dumps(pipeline))
    vote = VotingRegressor([("a", linear())])
    vote.estimators_ = [vote]
    yield Attack("a vote in its own vote", pickle.dumps(vote))


def _beside(canary: str) -> Iterator[Attack]:
    """Hidden in auxiliary objects saved with a model."""
    import functools
    import os

    model = linear()
    moment = datetime.datetime(2026, 1, 1)
    for what, value in (
        ("a call", Call(os.system, f"touch {canary}")),
        ("a partial", functools.partial(os.system, f"touch {canary}")),
        ("a function of os", os.remove),
        ("a method", "x".upper),
        ("a file's reader", pd.read_pickle),
    ):
        yield Attack(f"beside a model: {what}", pickle.dumps({"the model": model, "x": value}), what == "a call")
        yield Attack(
            f"in a counter beside a model: {what}",
            pickle.dumps({"model": model, "x": collections.OrderedDict(a=value)}),
            what == "a call",
        )
        yield Attack(
            f"in a table beside a model: {what}",
            pickle.dumps({"model": model, "x": pd.DataFrame({"a": pd.Series([value], dtype=object)})}),
            what == "a call",
        )
    good = pickle.dumps({"model": model, "at": moment.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Madrid"))}, protocol=2)
    zone = b"X" + struct.pack("<I", 13) + b"Europe/Madrid"
    for path in ("../../../etc/passwd", "/etc/passwd", "a/../../b", "Europe/" + "x" * 500, "\x00", "C:\\x"):
        raw = path.encode()
        yield Attack(f"a zone by the path {path[:20]!r}", good.replace(zone, b"X" + struct.pack("<I", len(raw)) + raw))
    yield Attack("zones by another maker", good.replace(b"_unpickle", b"no_cache_"))
    yield Attack("an amount of a million digits", pickle.dumps({"model": model, "x": decimal.Decimal("1" * 100_000)}))
    inside = pickle.loads(pickle.dumps(model))
    for key, value in (
        ("coef_", moment),
        ("intercept_", pd.Timestamp("2026-01-01")),
        ("n_features_in_", collections.Counter("a")),
        ("coef_", pd.DataFrame({"a": [1.0]})),
        ("feature_names_in_", pd.Series(["a"])),
        ("_sklearn_output_config", collections.defaultdict(int)),
    ):
        changed = pickle.loads(pickle.dumps(inside))
        setattr(changed, key, value)
        yield Attack(f"{type(value).__name__} as {key}", pickle.dumps(changed))
    for key in ("predict", "__class__", "_repr_html_"):
        yield Attack(f"a moment as {key}", _with_key(model, key, moment))
    yield Attack("a moment alone", pickle.dumps(moment))
    yield Attack("a table alone", pickle.dumps(pd.DataFrame({"a": [1]})))
    yield Attack(
        "a table that holds two models", pickle.dumps({"x": pd.Series([model, StandardScaler()], dtype=object)})
    )
    yield Attack(
        "a class of a moment made a model's class",
        b"\x80\x04" + named("datetime", "datetime") + plain({"coef_": 1}) + b"b.",
    )


def _with_key(model: object, key: str, value: object) -> bytes:
    state = {**model.__dict__, key: value}
    body = named(*_CLASS) + b")\x81" + pickle.dumps(state, protocol=2)[2:-1] + b"b."
    return b"\x80\x04" + body


def _dtypes() -> Iterator[Attack]:
    """Records whose fields lie over each other, outside, or in each other."""
    double = named("numpy", "dtype") + plain(("f8", False, True)) + b"R"

    def record(size: int, fields: list[tuple[str, int]], names: tuple[str, ...] | None = None) -> bytes:
        body = b"".join(text(name) + double + b"K" + bytes([offset]) + b"\x86" + b"s" for name, offset in fields)
        state = (
            b"(K\x03"
            + text("|")
            + b"N"
            + plain(names or tuple(name for name, _ in fields))
            + b"}"
            + body
            + plain(size)
            + b"K\x01K\x10tb"
        )
        return b"\x80\x04" + named("numpy", "dtype") + plain((f"V{size}", False, True)) + b"R" + state

    for what, size, fields, names in (
        ("over each other", 16, [("a", 0), ("b", 4)], None),
        ("beyond the record", 8, [("a", 0), ("b", 8)], None),
        ("backwards", 16, [("a", 8), ("b", 0)], None),
        ("of one name more", 16, [("a", 0), ("b", 8)], ("a", "b", "c")),
        ("twice named", 16, [("a", 0)], ("a", "a")),
        ("with a name that is code", 16, [("a.__class__", 0)], None),
        ("of no name", 16, [("", 0)], None),
    ):
        yield Attack(f"record with fields {what}", record(size, fields, names) + b".")
    for odd in (
        "V8,V8",
        "8f8",
        "(2,)f8",
        "f8,f8",
        "O,f8",
        "object",
        "<m8[999999999ns]",
        "M8[0D]",
        "S0x10",
        "U-1",
        "f8\n",
        "|V99999999",
        "c32",
        "i16",
        "T",
        "T16",
    ):
        yield Attack(f"dtype of {odd!r}", b"\x80\x04" + named("numpy", "dtype") + plain((odd, False, True)) + b"R.")
    for what, unit in (
        ("no unit", ({}, (b"", 1, 1, 1))),
        ("a number", ({}, (b"ns", 10**9, 1, 1))),
        ("metadata", ({"a": 1}, (b"ns", 1, 1, 1))),
        ("a long unit", ({}, (b"n" * 999, 1, 1, 1))),
    ):
        yield Attack(
            f"moments with {what}",
            b"\x80\x04"
            + named("numpy", "dtype")
            + plain(("M8", False, True))
            + b"R"
            + plain((4, "<", None, None, None, -1, -1, 0, unit))
            + b"b.",
        )


def _patterns() -> Iterator[Attack]:
    """Word patterns that are polynomial on one long word."""
    for pattern in (
        r"\w*\w*x",
        r"\w+\w+\w+!",
        r".*.*.*=",
        r"(?:a+)(?:a+)b",
        r"[a-z]+[a-m]*-",
        r"\w{0,900}\w{0,900}!",
        r"(a+|b)(a+|c)d",
        r"\w+-?\w+!",
        r"(?:\w*)(?:\w*)$!",
        r"\S*\s?\S*\s?\S*!",
    ):
        for kind in (CountVectorizer, TfidfVectorizer):
            made = kind().fit(["a b cc dd"])
            made.token_pattern = pattern
            yield Attack(f"{kind.__name__} with {pattern}", pickle.dumps(made))


def _resources() -> Iterator[Attack]:
    """Numbers that make a prediction compute or set aside without end."""
    for estimator, key, value in (
        (PolynomialCountSketch(n_components=4), "n_components", 10**12),
        (AdditiveChi2Sampler(), "sample_steps", 10**9),
        (LogisticRegression(), "max_iter", 10**15),
        (KNeighborsClassifier(), "n_neighbors", 10**12),
        (SVC(), "degree", 10**9),
        (SVC(), "max_iter", 2**62),
        (HistGradientBoostingClassifier(max_iter=2), "n_features_in_", 10**15),
    ):
        made = fitted(estimator)
        setattr(made, key, value)
        yield Attack(f"{type(made).__name__} with {key}={value}", pickle.dumps(made))
    for what, names in (
        ("six megabytes", ["a" * 3_000_000, "b" * 3_000_000, "c", "d"]),
        ("a name that is too long", ["a" * 5_000_000, "b", "c", "d"]),
    ):
        made = pickle.loads(pickle.dumps(linear()))
        made.feature_names_in_ = np.array(names, dtype=object)
        yield Attack(f"names of columns of {what}", pickle.dumps(made))
    made = CountVectorizer().fit(["a b cc dd"])
    made.vocabulary_ = {f"w{place}": place * 2 for place in range(50_000)}
    yield Attack("a vocabulary with gaps", pickle.dumps(made))
    made.vocabulary_ = {2**61 - 1 + place * (2**61 - 1): place for place in range(200)}
    yield Attack("a vocabulary of numbers of one hash", pickle.dumps(made))
    tree = fitted(DecisionTreeClassifier(max_depth=2))
    tree.n_outputs_ = 7
    yield Attack("a tree with more outputs than it has", pickle.dumps(tree))
    tree = fitted(DecisionTreeClassifier(max_depth=2))
    tree.tree_ = None
    tree.tree_ = tree
    yield Attack("a tree model as its own tree", pickle.dumps(tree))


def _functions() -> Iterator[Attack]:
    """Allowed functions in places that take none, and functions near the allowed ones."""
    import scipy.io
    import sklearn.datasets
    import sklearn.metrics as measures
    import sklearn.utils

    for function in (
        np.frombuffer,
        np.ctypeslib.load_library,
        np.lib.format.open_memmap,
        np.genfromtxt,
        np.loadtxt,
        np.savez,
        np.fromfunction,
        np.fromiter,
        np.piecewise,
        np.apply_over_axes,
        np.einsum_path,
        scipy.io.loadmat,
        sklearn.datasets.load_svmlight_file,
        sklearn.datasets.fetch_openml,
        sklearn.utils.resample,
        joblib.load,
        joblib.dump,
        pd.read_csv,
        pd.eval,
        pd.DataFrame.to_pickle,
        sklearn.config_context,
    ):
        step = FunctionTransformer(np.log1p)
        step.func = function
        yield Attack(f"FunctionTransformer of {getattr(function, '__qualname__', function)}", _pickled(step))
    for key in ("coef_", "intercept_", "rank_", "fit_intercept", "copy_X", "positive"):
        for function in (measures.accuracy_score, np.exp):
            made = pickle.loads(pickle.dumps(linear()))
            setattr(made, key, function)
            yield Attack(f"{key} that is {function.__name__}", pickle.dumps(made))


def _pickled(step: object) -> bytes:
    try:
        return pickle.dumps(step)
    except (pickle.PicklingError, AttributeError, TypeError):
        return pickle.dumps(step.func.__class__)


def _joblib() -> Iterator[Attack]:
    """joblib's notes about arrays, rewritten."""
    from joblib.numpy_pickle import NumpyArrayWrapper

    def note(tail: bytes = b"", **changes: object) -> bytes:
        made = NumpyArrayWrapper(
            np.ndarray, (4,), "C", np.dtype("f8"), allow_mmap=False, numpy_array_alignment_bytes=16
        )
        made.__dict__.update(changes)
        body = pickle.dumps(made, protocol=4)[:-1]
        return body + b"\x08" + b"\xff" * 8 + bytes(32) + tail + b"."

    for what, changes in (
        ("aligned to 255", {"numpy_array_alignment_bytes": 255}),
        ("aligned to a text", {"numpy_array_alignment_bytes": "x"}),
        ("of order K", {"order": "K"}),
        ("of order Z", {"order": "Z"}),
        ("of a negative shape", {"shape": (-4,)}),
        ("of a shape that overflows", {"shape": (2**40, 2**40)}),
        ("of 33 dimensions", {"shape": (1,) * 33}),
        ("of a shape that is a list", {"shape": [4]}),
        ("mapped as a text", {"allow_mmap": "yes"}),
        ("of a class of its own", {"subclass": LinearRegression}),
        ("of a function's kind", {"subclass": np.log1p}),
        ("with an entry more", {"filename": "/etc/passwd"}),
        ("of more bytes than there are", {"shape": (400,)}),
        ("of a dtype that is a text", {"dtype": "f8"}),
        ("of a record with objects", {"dtype": np.dtype([("a", "O")])}),
    ):
        yield Attack(f"joblib array {what}", note(**changes))
    yield Attack("joblib array, padding that is no padding", note().replace(b"\xff" * 8, b"cos\nsys\n"))
    out = io.BytesIO()
    joblib.dump([np.array([str(place)], dtype=object) for place in range(2_100)] + [linear()], out)
    yield Attack("joblib with more pickles inside than arrays in any model", out.getvalue())
    out = io.BytesIO()
    joblib.dump({"m": linear(), "a": np.array([Call(len, "x")], dtype=object)}, out)
    yield Attack("joblib with a call in an array of objects", out.getvalue())


def _packed() -> Iterator[Attack]:
    """Packings within packings' own rules, but not within ours."""
    whole = pickle.dumps(linear())
    half = len(whole) // 2
    yield Attack("gzip of two members", gzip.compress(whole[:half]) + gzip.compress(whole[half:]))
    yield Attack("xz of two streams", lzma.compress(whole[:half]) + lzma.compress(whole[half:]))
    yield Attack("lz4 of two frames", lz4.frame.compress(whole[:half]) + lz4.frame.compress(whole[half:]))
    yield Attack(
        "lz4 with a frame to skip", b"\x50\x2a\x4d\x18" + struct.pack("<I", 4) + b"abcd" + lz4.frame.compress(whole)
    )
    yield Attack("lz4 that lies about its size", _lying_lz4(whole))
    maker = zlib.compressobj(zdict=b"sklearn" * 10)
    yield Attack("zlib with a dictionary of its own", maker.compress(whole) + maker.flush())
    yield Attack("zlib in gzip", gzip.compress(zlib.compress(whole)))
    yield Attack("a pickle of a packed pickle", pickle.dumps(zlib.compress(whole)))
    yield Attack(
        "a bomb in an array of bytes",
        pickle.dumps({"model": linear(), "x": zlib.compress(bytes(10**7))}) + zlib.compress(bytes(10**7)),
    )
    yield Attack(
        "xz with a filter of its own",
        lzma.compress(whole, filters=[{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_LZMA2, "preset": 0}])[
            :-8
        ]
        + bytes(8),
    )
    header = b"\x1f\x8b\x08\x1c" + bytes(4) + b"\x00\x03" + struct.pack("<H", 60_000) + b"x" * 60_000
    yield Attack("gzip with a header that does not end", header + b"n" * 200_000)
    yield Attack("a pickle that begins like a zip", b"PK\x03\x04" + whole)
    yield Attack("a pickle with a zip behind it", whole + _zip(("schema.json", "{}")))


def _lying_lz4(whole: bytes) -> bytes:
    packed = bytearray(lz4.frame.compress(whole, store_size=True))
    packed[6:14] = struct.pack("<Q", 2**40)
    return bytes(packed)


def _zips() -> Iterator[Attack]:
    """A skops file's zip, by the tricks of zips."""
    honest = skops.io.dumps(linear())
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    schema = dict(members)["schema.json"]
    rest = [(name, data) for name, data in members if name != "schema.json"]
    yield Attack("skops with two schemas", _zip(*members, ("schema.json", schema)))
    yield Attack("skops with a member twice", _zip(*members, rest[0]))
    for name in (
        "../../etc/cron.d/x",
        "/etc/passwd",
        "C:\\x.npy",
        "..\\x.npy",
        "a/../../b.npy",
        "x\x00.npy",
        "con.npy",
        "a" * 3000,
    ):
        yield Attack(f"skops with a member named {name[:22]!r}", _zip(*members, (name, b"x")))
    yield Attack(
        "skops whose schema names a path",
        _zip(("schema.json", schema.replace(rest[0][0].encode(), b"../../../etc/passwd")), *rest),
    )
    link = zipfile.ZipInfo(rest[0][0])
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    yield Attack("skops with a link", _zip(("schema.json", schema), (link, b"/etc/passwd")))
    whole = bytearray(_zip(*members))
    place = whole.find(b"PK\x01\x02")
    locked = bytearray(whole)
    locked[6] |= 1
    locked[place + 8] |= 1
    yield Attack("skops that is locked", bytes(locked))
    other = bytearray(whole)
    struct.pack_into("<H", other, 8, 99)
    struct.pack_into("<H", other, place + 10, 99)
    yield Attack("skops packed in a way of its own", bytes(other))
    longer = bytearray(whole)
    struct.pack_into("<I", longer, place + 24, 2**32 - 1)
    yield Attack("skops with a member of 64 bits", bytes(longer))
    yield Attack("skops with something before it", b"cos\nsystem\n" + bytes(whole))
    yield Attack("skops with something behind it", bytes(whole) + b"." * 30)
    renamed = bytearray(whole)
    renamed[30 : 30 + 6] = b"evil01"
    yield Attack("skops whose two lists differ", bytes(renamed))
    tree = json.loads(schema)
    for what, change in (
        ("a protocol of 10**30", {"protocol": 10**30}),
        ("a loader that does not exist", {"__loader__": "EvalNode"}),
        ("a class of os", {"__module__": "os", "__class__": "system"}),
        ("a class by a path", {"__class__": "LinearRegression.predict"}),
        ("a class that is a number", {"__class__": 3}),
        ("itself in itself", {"content": {"__loader__": "CachedNode", "__id__": tree.get("__id__", 1)}}),
    ):
        yield Attack(f"skops with {what}", _zip(("schema.json", json.dumps({**tree, **change}).encode()), *rest))
    yield Attack(
        "skops with NaN for a number",
        _zip(
            ("schema.json", schema.replace(b'"true"', b"NaN", 1).replace(b'"protocol": ', b'"protocol": NaN, "x": ')),
            *rest,
        ),
    )
    yield Attack(
        "skops whose array is a pickle",
        _zip(("schema.json", schema), *[(name, pickle.dumps(linear())) for name, _ in rest]),
    )
    out = io.BytesIO()
    np.save(out, np.array([Call(len, "x")], dtype=object), allow_pickle=True)
    yield Attack(
        "skops whose array holds a pickle", _zip(("schema.json", schema), *[(name, out.getvalue()) for name, _ in rest])
    )
    broken = (
        b"\x93NUMPY\x01\x00"
        + struct.pack("<H", 60)
        + b"{'descr': __import__('os').system('x'), 'shape': (), }".ljust(59)
        + b"\n"
    )
    yield Attack(
        "skops whose array has code in its header", _zip(("schema.json", schema), *[(name, broken) for name, _ in rest])
    )


def _zip(*members: tuple[object, object]) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()
