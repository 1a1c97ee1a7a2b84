# ruff: noqa: E501
"""Attacks by form: cut, joined and malformed streams, nesting, bombs, sizes that lie."""

import bz2
import gzip
import io
import lzma
import pickle
import struct
import zipfile
import zlib
from collections.abc import Iterator

import joblib
import numpy as np

from tests.attacks.model import Attack, holding, linear, named, plain

_NDARRAY = (
    named("numpy._core.multiarray", "_reconstruct")
    + b"("
    + named("numpy", "ndarray")
    + plain((0,))
    + plain(b"b")
    + b"tR"
)


def attacks(canary: str) -> Iterator[Attack]:
    whole = pickle.dumps(linear(), protocol=4)
    yield from _cut_and_joined(whole)
    yield from _lying_sizes()
    yield from _nested()
    yield from _arrays()
    yield from _joblib()
    yield from _packed(whole)


def _cut_and_joined(whole: bytes) -> Iterator[Attack]:
    for share in (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield Attack(f"cut at {share:.0%}", whole[: int(len(whole) * share)])
    yield Attack("STOP missing", whole[:-1])
    for what, tail in (
        ("a second model", whole), ("one byte", b"."), ("a zip", _zip({"a": b"x"})), ("zeros", bytes(100)),
        ("os.system", b"cos\nsystem\n(Vtrue\ntR."), ("a text", b"\n# nothing"), ("a gzip", gzip.compress(whole)),
    ):  # fmt: skip
        yield Attack(f"followed by {what}", whole + tail)
        yield Attack(f"packed, followed by {what}", zlib.compress(whole) + tail)
    for code in (b"\xff", b"\x01", b"\x7f", b"\x99", b"\xfe"):
        yield Attack(f"unknown opcode {code.hex()}", b"\x80\x04" + code + whole[2:])
    for protocol in (6, 7, 255):
        yield Attack(f"protocol {protocol}", b"\x80" + bytes([protocol]) + whole[2:])
    for what, body in (
        ("only STOP", b"."), ("POP on nothing", b"0."), ("POP_MARK on nothing", b"1."), ("TUPLE without a mark", b"t."),
        ("APPEND on nothing", b"a."), ("SETITEM on nothing", b"s."), ("BUILD on nothing", b"b."), ("DUP on nothing", b"2."),
        ("REDUCE on nothing", b"R."), ("MEMOIZE on nothing", b"\x94."), ("GET before PUT", b"h\x05."), ("a mark left open", b"(K\x01."),
        ("two objects left", b"K\x01K\x02."), ("TUPLE3 of two", b"K\x01K\x02\x87."), ("odd dict", b"(K\x01d."), ("odd SETITEMS", b"}(K\x01u."),
        ("text that is no UTF-8", b"X\x02\x00\x00\x00\xff\xff."), ("number that is none", b"Iabc\n."), ("float that is none", b"Fabc\n."),
        ("underscored number", b"I1_0\n."), ("hexadecimal number", b"I0x10\n."), ("text without quotes", b"Sabc\n."),
        ("negative memo", b"K\x01p-1\n."), ("a list as key", b"}]K\x01s."), ("a dict as member", b"\x8f(}\x90."), ("a model alone is none", b"]."),
        ("a number", b"K\x05."), ("nothing", b"N."),
    ):  # fmt: skip
        yield Attack(what, b"\x80\x04" + body)


def _lying_sizes() -> Iterator[Attack]:
    big = struct.pack("<Q", 2**62)
    for name, head in (
        ("BINBYTES8", b"\x8e" + big), ("BINUNICODE8", b"\x8d" + big), ("BYTEARRAY8", b"\x96" + big), ("FRAME", b"\x95" + big),
        ("BINBYTES", b"B\xff\xff\xff\xff"), ("BINUNICODE", b"X\xff\xff\xff\x7f"), ("BINSTRING", b"T\xff\xff\xff\xff"),
        ("LONG4", b"\x8b\xff\xff\xff\x7f"), ("LONG4 below zero", b"\x8b\xff\xff\xff\xff"), ("SHORT_BINBYTES", b"C\xff"), ("LONG1", b"\x8a\xff"),
    ):  # fmt: skip
        yield Attack(f"{name} that lies", b"\x80\x05" + head + b"abc.")
    yield Attack("memo number of 4 billion", b"\x80\x04K\x01r\xff\xff\xff\xff" + b"r\xfe\xff\xff\xff" * 10 + b".")
    yield Attack("number of 100,000 digits", b"I" + b"9" * 100_000 + b"\n.")
    yield Attack("long of 100,000 digits", b"L" + b"9" * 100_000 + b"L\n.")
    yield Attack("long of a million bytes", b"\x80\x04\x8b" + struct.pack("<i", 10**6) + b"\x7f" * 10**6 + b".")


def _nested() -> Iterator[Attack]:
    deep = 100_000
    yield Attack("marks", b"\x80\x04" + b"(" * deep + b".")
    yield Attack("lists in lists", b"\x80\x04" + b"](" * deep + b"e" * deep + b".")
    yield Attack("tuples in tuples", b"\x80\x04)" + b"\x85" * deep + b".")
    yield Attack("lists in lists, one by one", b"\x80\x04" + b"]" * 1000 + b"a" * 999 + b".")
    yield Attack("dicts in dicts", b"\x80\x04" + b"}K\x01" * 2000 + b"N" + b"s" * 2000 + b".")
    yield Attack("a list in itself", b"\x80\x04]q\x01h\x01a.")
    yield Attack("a dict in itself", b"\x80\x04}q\x01K\x01h\x01s.")
    yield Attack("a tuple in itself", b"\x80\x04]q\x01h\x01\x85a" + b".")
    model = named("sklearn.linear_model._base", "LinearRegression") + b")\x81q\x01"
    yield Attack("a model in itself", b"\x80\x04" + model + b"}" + plain("coef_") + b"h\x01sb.")
    yield Attack("a list in itself in a model", b"\x80\x04" + model + b"}" + plain("coef_") + b"]q\x02h\x02asb.")
    pipe = named("sklearn.pipeline", "Pipeline") + b")\x81q\x01"
    yield Attack(
        "a pipeline in its own steps",
        b"\x80\x04" + pipe + b"}" + plain("steps") + b"](" + plain("a") + b"h\x01\x86esb.",
    )
    laughs = b"\x80\x04" + plain("ha" * 50) + b"q\x00"
    for level in range(1, 40):
        laughs += b"(" + (b"h" + bytes([level - 1])) * 10 + b"tq" + bytes([level])
    yield Attack("billion laughs", laughs + b".")
    yield Attack("million objects", b"\x80\x04(" + b"}" * 1_000_000 + b"l.")
    yield Attack("five million opcodes", b"\x80\x04" + b"N0" * 2_500_000 + b"N.")
    yield Attack(
        "keys with one hash",
        b"\x80\x04}("
        + b"".join(b"\x8a\x0a" + (n * (2**61 - 1)).to_bytes(10, "little") + b"N" for n in range(1, 30_000))
        + b"u.",
    )
    yield Attack(
        "members with one hash",
        b"\x80\x04\x8f("
        + b"".join(b"\x8a\x0a" + (n * (2**61 - 1)).to_bytes(10, "little") for n in range(1, 30_000))
        + b"\x90.",
    )
    chain = linear()
    from sklearn.pipeline import Pipeline

    for _ in range(300):
        chain = Pipeline([("a", chain)])
    import sys

    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield Attack("300 pipelines in each other", pickle.dumps(chain))
    sys.setrecursionlimit(before)


def _arrays() -> Iterator[Attack]:
    double = named("numpy", "dtype") + plain(("f8", False, True)) + b"R"
    objects = named("numpy", "dtype") + plain(("O8", False, True)) + b"R"

    def state(shape: tuple, dtype: bytes, data: bytes, version: int = 1) -> bytes:
        return b"\x80\x04" + _NDARRAY + b"(" + plain(version) + plain(shape) + dtype + b"\x89" + data + b"tb."

    eight = b"C\x08abcdefgh"
    yield Attack("array larger than its bytes", state((1000,), double, eight))
    yield Attack("array smaller than its bytes", state((0,), double, eight))
    yield Attack("array of below zero", state((-1,), double, eight))
    yield Attack("array whose size overflows", state((2**32, 2**32), double, eight))
    yield Attack("array of 2**62 times nothing", state((2**62, 0), double, b"C\x00"))
    yield Attack("array of 64 dimensions", state((1,) * 64, double, eight))
    yield Attack("array with a text as shape", state(("a",), double, eight))
    yield Attack("array of objects from bytes", state((1,), objects, eight))
    yield Attack("array of objects, list too short", state((5,), objects, b"]K\x01a"))
    yield Attack("array of numbers from a list", state((1,), double, b"]K\x01a"))
    yield Attack("array of version 7", state((1,), double, eight, 7))
    yield Attack(
        "array written twice",
        state((1,), double, eight)[:-1] + b"(K\x01" + plain((1,)) + double + b"\x89" + eight + b"tb.",
    )
    yield Attack("array without state", b"\x80\x04" + _NDARRAY + b".")
    model = named("sklearn.linear_model._base", "LinearRegression") + b")\x81}" + plain("coef_") + _NDARRAY + b"sb"
    yield Attack("model with an array without state", b"\x80\x04" + model + b".")
    holder = np.empty(1, dtype=object)
    holder[0] = holder
    yield Attack("array of objects in itself", holding("coef_", holder))


def _joblib() -> Iterator[Attack]:
    out = io.BytesIO()
    joblib.dump(linear(), out)
    whole = out.getvalue()
    yield Attack("joblib, cut in an array", whole[: len(whole) // 2])
    yield Attack("joblib, followed by a pickle", whole + pickle.dumps(1))
    wrapper = b"\x80\x04" + named("joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81"
    double = named("numpy", "dtype") + plain(("f8", False, True)) + b"R"
    objects = named("numpy", "dtype") + plain(("O8", False, True)) + b"R"
    ndarray = named("numpy", "ndarray")

    def state(
        shape: object, dtype: bytes = double, order: str = "C", subclass: bytes = ndarray, *, align: object = 16
    ) -> bytes:
        return (
            wrapper + b"}(" + plain("subclass") + subclass + plain("shape") + plain(shape) + plain("order") + plain(order)
            + plain("dtype") + dtype + plain("allow_mmap") + b"\x88" + plain("numpy_array_alignment_bytes") + plain(align) + b"ub"
        )  # fmt: skip

    tail = b"\x00" + b"a" * 8 + b"."
    for what, data in (
        ("an array beyond the file", state((10**9,)) + tail), ("an array of below zero", state((-1,)) + tail),
        ("a shape that overflows", state((2**33, 2**33)) + tail), ("a shape that is a list", state([1]) + tail),
        ("order Z", state((1,), order="Z") + tail), ("a subclass of its own", state((1,), subclass=named("numpy", "memmap2")) + tail),
        ("a function as subclass", state((1,), subclass=named("numpy", "log1p")) + tail), ("alignment 4096", state((1,), align=4096) + tail),
        ("padding that hides bytes", state((1,)) + b"\x08" + b"payload!" + b"a" * 8 + b"."), ("padding of 255", state((1,)) + b"\xff" + b"\xff" * 255 + b"a" * 8 + b"."),
        ("objects, nested os.system", state((1,), objects) + b"\x80\x04cos\nsystem\n(Vtrue\ntR." + b"."),
        ("objects, nested model", state((1,), objects) + pickle.dumps(linear()) + b"."),
        ("objects, nested without end", (state((1,), objects)) * 3000 + b"."), ("wrapper without state", wrapper + b"."),
        ("wrapper with a path", wrapper + plain({"filename": "/etc/passwd"}) + b"b."),
    ):  # fmt: skip
        yield Attack(f"joblib, {what}", data)
    whole_model = pickle.dumps(linear())
    nested = np.empty(1, dtype=object)
    nested[0] = b"x"
    out = io.BytesIO()
    joblib.dump({"model": linear(), "rows": nested, "more": pickle.loads(whole_model)}, out)
    yield Attack("joblib, two models", out.getvalue())


def _packed(whole: bytes) -> Iterator[Attack]:
    zeros = b"\x80\x04B" + struct.pack("<I", 300 * 2**20)
    for name, pack in (("zlib", zlib.compress), ("gzip", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        yield Attack(f"{name} twice", pack(pack(whole)))
        yield Attack(f"{name}, cut", pack(whole)[:-10])
        damaged = bytearray(pack(whole))
        damaged[len(damaged) // 2] ^= 0xFF
        yield Attack(f"{name}, damaged", bytes(damaged))
        if name in ("zlib", "bz2"):
            yield Attack(f"{name} bomb", pack(zeros + bytes(300 * 2**20)))
    yield Attack("a zip with a model", _zip({"model.pkl": whole}))
    yield Attack("a zip with a schema that is none", _zip({"schema.json": b"{"}))
    yield Attack("a zip with nested braces", _zip({"schema.json": b'{"a":' * 100_000}))
    yield Attack("PyTorch's zip", _zip({"archive/data.pkl": whole}))
    for what, node in (
        ("os.system", {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode"}),
        ("an operator", {"__class__": "methodcaller", "__module__": "operator", "__loader__": "OperatorFuncNode", "attrs": {}}),
        ("a method of os", {"__class__": "X", "__module__": "os", "__loader__": "MethodNode", "content": {"func": "system", "obj": {"__class__": "os", "__module__": "os", "__loader__": "TypeNode"}}}),
        ("an unknown loader", {"__class__": "x", "__module__": "y", "__loader__": "EvilNode"}),
        ("a missing array", {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "../../etc/passwd"}),
        ("a subclass made by calling", {"__class__": "Popen", "__module__": "subprocess", "__loader__": "ConstructorFromReduceNode", "content": {"__class__": "tuple", "__module__": "builtins", "__loader__": "TupleNode", "content": []}}),
    ):  # fmt: skip
        import json

        yield Attack(f"skops, {what}", _zip({"schema.json": json.dumps({**node, "protocol": 2}).encode()}))


def _zip(files: dict) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
