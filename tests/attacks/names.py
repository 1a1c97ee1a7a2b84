# ruff: noqa: E501
"""Attacks by name: functions and classes that no model needs, reached by every opcode that imports or calls."""

import io
import pickle
import struct
from collections.abc import Iterator

import joblib
import numpy as np

from tests.attacks.model import Attack, Call, called, holding, linear, named, plain, text

RAISES_FLAG = "open({!r}, 'w').close()"


def _targets(canary: str) -> Iterator[tuple[str, str, tuple, bool]]:
    """(module, name, arguments, whether the call alone leaves the trace)."""
    shell = f"touch {canary}"
    code = RAISES_FLAG.format(canary)
    yield from (
        ("os", "system", (shell,), True),
        ("posix", "system", (shell,), True),
        ("nt", "system", (shell,), False),
        ("os", "popen", (shell,), True),
        ("os", "execvp", ("touch", ["touch", canary]), True),
        ("os", "spawnvp", (0, "touch", ["touch", canary]), True),
        ("os", "open", (canary, 65), True),
        ("os", "mkdir", (canary,), True),
        ("os", "symlink", ("/tmp", canary), True),
        ("os", "mkfifo", (canary,), True),
        ("os", "putenv", ("BRINE", "1"), False),
        ("os", "_exit", (3,), False),
        ("os", "abort", (), False),
        ("os", "kill", (0, 0), False),
        ("os", "fork", (), False),
        ("subprocess", "Popen", (["touch", canary],), True),
        ("subprocess", "call", (["touch", canary],), True),
        ("subprocess", "run", (["touch", canary],), True),
        ("subprocess", "check_output", (["touch", canary],), True),
        ("subprocess", "getoutput", (shell,), True),
        ("builtins", "eval", (code,), True),
        ("builtins", "exec", (code,), True),
        ("builtins", "compile", (code, "x", "exec"), False),
        ("builtins", "open", (canary, "w"), True),
        ("builtins", "__import__", ("antigravity",), False),
        ("builtins", "setattr", ({}, "a", 1), False),
        ("builtins", "globals", (), False),
        ("builtins", "vars", (), False),
        ("builtins", "breakpoint", (), False),
        ("builtins", "input", (), False),
        ("builtins", "type", ("X", (), {}), False),
        ("builtins", "map", (None, []), False),
        ("builtins", "print", ("x",), False),
        ("builtins", "list", ([],), False),
        ("builtins", "range", (10**9,), False),
        ("__builtin__", "eval", (code,), True),
        ("__builtin__", "execfile", (canary,), False),
        ("_io", "open", (canary, "w"), True),
        ("io", "FileIO", (canary, "w"), True),
        ("io", "open_code", (canary,), False),
        ("codecs", "open", (canary, "w"), True),
        ("pty", "spawn", (["touch", canary],), True),
        ("platform", "popen", (shell,), False),
        ("runpy", "run_path", (canary,), False),
        ("runpy", "_run_code", (code, {}), True),
        ("code", "interact", (), False),
        ("timeit", "timeit", (code, "pass", 1), False),
        ("cProfile", "run", (code,), True),
        ("profile", "run", (code,), True),
        ("pdb", "run", (code,), False),
        ("bdb", "Bdb", (), False),
        ("doctest", "debug_script", (code,), False),
        ("trace", "Trace", (), False),
        ("webbrowser", "open", ("http://localhost",), False),
        ("shutil", "copyfile", ("/etc/hostname", canary), True),
        ("shutil", "rmtree", (canary,), False),
        ("shutil", "make_archive", (canary, "zip", "/tmp/none"), False),
        ("tempfile", "mkstemp", (), False),
        ("importlib", "import_module", ("antigravity",), False),
        ("importlib", "reload", (None,), False),
        ("importlib._bootstrap", "_call_with_frames_removed", (None,), False),
        ("pkgutil", "resolve_name", ("os:system",), False),
        ("operator", "attrgetter", ("system",), False),
        ("operator", "methodcaller", ("system", shell), False),
        ("operator", "itemgetter", (0,), False),
        ("functools", "reduce", (None, []), False),
        ("functools", "partialmethod", (None,), False),
        ("itertools", "repeat", (0,), False),
        ("collections", "deque", ([],), False),
        ("types", "FunctionType", (), False),
        ("types", "CodeType", (), False),
        ("types", "SimpleNamespace", (), False),
        ("marshal", "loads", (b"N",), False),
        ("pickle", "loads", (called("os", "system", (shell,)),), True),
        ("_pickle", "loads", (called("os", "system", (shell,)),), True),
        ("pickle", "_loads", (called("os", "system", (shell,)),), True),
        ("pickle", "Unpickler", (), False),
        ("shelve", "open", (canary,), True),
        ("dbm.dumb", "open", (canary, "c"), True),
        ("ctypes", "CDLL", (None,), False),
        ("_ctypes", "dlopen", ("libc.so.6", 0), False),
        ("multiprocessing", "Process", (), False),
        ("multiprocessing.util", "spawnv_passfds", (b"/bin/touch", [b"touch", canary.encode()], ()), True),
        ("_posixsubprocess", "fork_exec", (), False),
        ("concurrent.futures", "ProcessPoolExecutor", (), False),
        ("asyncio", "run", (None,), False),
        ("threading", "Thread", (), False),
        ("_thread", "start_new_thread", (print, ()), False),
        ("signal", "alarm", (1,), False),
        ("socket", "create_connection", (("127.0.0.1", 9),), False),
        ("urllib.request", "urlopen", (f"file://{canary}",), False),
        ("urllib.request", "urlretrieve", ("file:///etc/hostname", canary), True),
        ("http.client", "HTTPConnection", ("127.0.0.1",), False),
        ("ftplib", "FTP", (), False),
        ("smtplib", "SMTP", (), False),
        ("logging.config", "fileConfig", (canary,), False),
        ("logging", "FileHandler", (canary,), True),
        ("sqlite3", "connect", (canary,), True),
        ("zipfile", "ZipFile", (canary, "w"), True),
        ("tarfile", "open", (canary, "w"), True),
        ("gzip", "open", (canary, "wb"), True),
        ("bz2", "BZ2File", (canary, "wb"), True),
        ("lzma", "LZMAFile", (canary, "wb"), True),
        ("xml.sax", "parse", (canary,), False),
        ("faulthandler", "_sigsegv", (), False),
        ("gc", "get_objects", (), False),
        ("sys", "setrecursionlimit", (10**9,), False),
        ("sys", "exit", (0,), False),
        ("sys", "_getframe", (), False),
        ("inspect", "stack", (), False),
        ("atexit", "register", (print,), False),
        ("weakref", "finalize", (print, print), False),
        ("site", "addsitedir", ("/tmp",), False),
        ("lib2to3.pgen2.grammar", "Grammar.loads", (b"",), False),
        ("idlelib.pyshell", "ModifiedInterpreter", (), False),
        ("ensurepip", "_run_pip", (["--version"],), False),
        ("venv", "create", (canary,), False),
        ("distutils.file_util", "write_file", (canary, ["x"]), False),
        ("setuptools.sandbox", "run_setup", (canary, []), False),
        ("pip", "main", (["--version"],), False),
        ("numpy", "load", (canary,), False),
        ("numpy", "fromfile", (canary,), False),
        ("numpy", "memmap", (canary, "uint8", "w+", 0, (1,)), True),
        ("numpy", "save", (canary, [1]), False),
        ("numpy", "savetxt", (canary, [1]), True),
        ("numpy", "loadtxt", (canary,), False),
        ("numpy", "genfromtxt", (canary,), False),
        ("numpy", "fromregex", (canary, "a", "f8"), False),
        ("numpy", "frombuffer", (b"",), False),
        ("numpy", "empty", (10**10,), False),
        ("numpy", "ones", ((10**6, 10**6),), False),
        ("numpy", "frompyfunc", (print, 1, 1), False),
        ("numpy", "apply_along_axis", (print, 0, [1]), False),
        ("numpy", "piecewise", ([1.0], [True], [print]), False),
        ("numpy", "einsum", ("i", [1]), False),
        ("numpy", "asarray", ([1],), False),
        ("numpy", "array", ([1],), False),
        ("numpy", "vectorize", (print,), False),
        ("numpy", "exp", (1.0,), False),
        ("numpy", "recarray", ((1,),), False),
        ("numpy", "ndarray", ((10**9,), "u1"), False),
        ("numpy._core.records", "fromfile", (canary,), False),
        ("numpy.lib._npyio_impl", "NpzFile", (canary,), False),
        ("numpy.ctypeslib", "load_library", ("libc", "/"), False),
        ("numpy.f2py", "compile", ("",), False),
        ("numpy.testing._private.utils", "runstring", (code, {}), True),
        ("numpy.testing", "measure", (code,), True),
        ("numpy.lib.format", "open_memmap", (canary, "w+", "u1", (1,)), True),
        ("numpy._core.multiarray", "set_datetimeparse_function", (), False),
        ("numpy._core._internal", "_reconstruct", (), False),
        ("scipy.io", "savemat", (canary, {"a": 1}), True),
        ("scipy.io", "loadmat", (canary,), False),
        ("scipy.sparse", "load_npz", (canary,), False),
        ("scipy", "LowLevelCallable", (None,), False),
        ("scipy._lib._util", "_lazywhere", (), False),
        ("scipy.stats._distn_infrastructure", "rv_generic", (), False),
        ("scipy.interpolate", "interp1d", ([0, 1], [0, 1]), False),
        ("scipy.optimize", "minimize", (print, [0.0]), False),
        ("pandas", "read_pickle", (canary,), False),
        ("pandas", "eval", ("1",), False),
        ("pandas", "read_csv", (canary,), False),
        ("pandas", "read_html", (canary,), False),
        ("pandas", "read_sql", ("select 1", canary), False),
        ("pandas.io.pickle", "read_pickle", (canary,), False),
        ("pandas.io.common", "get_handle", (canary, "w"), True),
        ("pandas.core.computation.eval", "eval", ("1",), False),
        ("pandas", "DataFrame", ([],), False),
        ("pandas", "HDFStore", (canary,), False),
        ("pandas._libs.internals", "_unpickle_block", (), False),
        ("pyarrow", "OSFile", (canary, "w"), True),
        ("pyarrow.lib", "memory_map", (canary,), False),
        ("pyarrow", "deserialize", (b"",), False),
        ("joblib", "load", (canary,), False),
        ("joblib", "dump", (1, canary), True),
        ("joblib", "Memory", (canary,), False),
        ("joblib", "Parallel", (-1,), False),
        ("joblib.numpy_pickle", "load", (canary,), False),
        ("joblib.numpy_pickle_compat", "ZNDArrayWrapper", (canary, (), ()), False),
        ("joblib.numpy_pickle_compat", "NDArrayWrapper", (canary, None), False),
        ("joblib.externals.cloudpickle", "loads", (called("os", "system", (shell,)),), True),
        ("joblib.externals.loky", "get_reusable_executor", (), False),
        ("joblib.memory", "MemorizedFunc", (print, canary), False),
        ("joblib._memmapping_reducer", "_strided_from_memmap", (canary, "u1", "w+", "C", 0, (1,), None, 0, False), False),
        ("sklearn.datasets", "load_files", (canary,), False),
        ("sklearn.datasets", "fetch_openml", ("iris",), False),
        ("sklearn.datasets._base", "_fetch_remote", (), False),
        ("sklearn.utils._joblib", "load", (canary,), False),
        ("sklearn", "set_config", (True,), False),
        ("sklearn.base", "clone", (None,), False),
        ("sklearn.utils._testing", "assert_run_python_script_without_output", (code,), True),
        ("sklearn.utils.deprecation", "deprecated", (), False),
        ("sklearn.utils", "Bunch", (), False),
        ("sklearn.utils._bunch", "Bunch", (), False),
        ("sklearn.linear_model._base", "LinearRegression", (), False),
        ("sklearn.pipeline", "make_pipeline", (), False),
        ("sklearn.externals._lobpcg", "lobpcg", (), False),
        ("streamlit", "secrets", (), False),
        ("cloudpickle.cloudpickle", "_make_function", (), False),
        ("cloudpickle", "loads", (called("os", "system", (shell,)),), True),
        ("dill._dill", "_create_function", (), False),
        ("torch", "load", (canary,), False),
        ("torch.serialization", "load", (canary,), False),
        ("tensorflow", "io.read_file", (canary,), False),
        ("lightgbm.basic", "Booster", (), False),
        ("xgboost.core", "Booster", (), False),
        ("catboost.core", "CatBoostClassifier", (), False),
        ("imblearn.pipeline", "Pipeline", (), False),
        ("__main__", "Model", (), False),
        ("my_shop.features", "Scaler", (), False),
    )  # fmt: skip


_DOTTED = (
    ("sklearn.datasets._base", "os.system"),
    ("sklearn.linear_model._base", "np.load"),
    ("sklearn.linear_model._base", "LinearRegression.__init__"),
    ("sklearn.linear_model._base", "LinearRegression.fit.__globals__.get"),
    ("numpy", "ndarray.tofile"),
    ("numpy", "dtype.__class__"),
    ("numpy", "char.sys"),
    ("joblib.numpy_pickle", "os.system"),
    ("joblib.numpy_pickle", "pickle.loads"),
    ("pandas", "io.common.os.system"),
    ("functools", "partial.__call__"),
    ("builtins", "object.__subclasses__"),
    ("builtins", "type.mro"),
    ("pathlib", "Path.write_text"),
    ("scipy.sparse._csr", "csr_matrix.__class__"),
    ("copyreg", "_reconstructor.__globals__"),
)


def attacks(canary: str) -> Iterator[Attack]:
    for module, qualname, args, acts in _targets(canary):
        yield Attack(f"call {module}.{qualname}", _call_any(module, qualname, args), acts)
    for module, qualname in _DOTTED:
        yield Attack(
            f"dotted {module} {qualname}", called(module, qualname, (f"touch {canary}",)), "os.system" in qualname
        )
    yield from _opcodes(canary)
    yield from _inside_models(canary)


def _call_any(module: str, qualname: str, args: tuple) -> bytes:
    try:
        return called(module, qualname, args)
    except (pickle.PicklingError, AttributeError, TypeError):
        return called(module, qualname, ())


def _opcodes(canary: str) -> Iterator[Attack]:
    """os.system by each opcode that can import or call."""
    shell = f"touch {canary}"
    line = shell.encode()
    system = named("os", "system")
    args = plain((shell,))
    quiet = plain(linear())
    yield Attack("GLOBAL, protocol 0", b"cos\nsystem\n(V" + line + b"\ntR.", True)
    yield Attack("INST", b"(V" + line + b"\nios\nsystem\n.", True)
    yield Attack("OBJ", b"(cos\nsystem\nV" + line + b"\no.", True)
    yield Attack("NEWOBJ", b"\x80\x02csubprocess\nPopen\n" + args + b"\x81.")
    yield Attack("NEWOBJ_EX", b"\x80\x04" + named("subprocess", "Popen") + args + b"}\x92.")
    for code, pad in ((b"\x82\x01", "EXT1"), (b"\x83\x01\x00", "EXT2"), (b"\x84\x01\x00\x00\x00", "EXT4")):
        yield Attack(pad, b"\x80\x02" + code + args + b"R.")
    yield Attack("PERSID", b"Pcanary\n.")
    yield Attack("BINPERSID", b"\x80\x02X\x01\x00\x00\x00aQ.")
    yield Attack("NEXT_BUFFER", b"\x80\x05\x97.")
    yield Attack("READONLY_BUFFER", b"\x80\x05C\x01a\x98.")
    yield Attack("called, popped, then a model", b"\x80\x04" + system + args + b"R0" + quiet + b".", True)
    yield Attack("called under a mark, mark popped", b"\x80\x04(" + system + args + b"R1" + quiet + b".", True)
    yield Attack("a model popped, then the call", b"\x80\x04" + quiet + b"0" + system + args + b"R.", True)
    yield Attack(
        "the name memoized, popped, recalled", b"\x80\x04" + system + b"q\x620" + b"h\x62" + args + b"R.", True
    )
    yield Attack(
        "name put together on the stack",
        b"\x80\x04" + text("os") + b"q\x61" + text("system") + b"\x93" + args + b"R.",
        True,
    )
    yield Attack(
        "memo overwritten between check and use",
        b"\x80\x04" + named("numpy", "dtype") + b"q\x630" + system + b"q\x630h\x63" + args + b"R.",
        True,
    )
    yield Attack("DUP then REDUCE", b"\x80\x04" + system + b"20" + args + b"R.", True)
    yield Attack("called in a tuple's place", b"\x80\x04(" + quiet + system + args + b"Rt.", True)
    yield Attack("called as a dict's key", b"\x80\x04}(" + system + args + b"R" + quiet + b"u.", True)
    yield Attack(
        "called as a dict's value beside the model",
        b"\x80\x04}(" + plain("model") + quiet + plain("x") + system + args + b"Ru.",
        True,
    )
    yield Attack("called as a member of a set", b"\x80\x04\x8f(" + system + args + b"R\x90.", True)
    yield Attack("called inside a frozenset", b"\x80\x04(" + system + args + b"R\x91.", True)
    yield Attack("called twice in a list", b"\x80\x04](" + (system + args + b"R") * 2 + quiet + b"e.", True)
    yield Attack("a class as the arguments", b"\x80\x04" + system + b"(" + text(shell) + b"l" + b"R.")
    yield Attack("STACK_GLOBAL with bytes", b"\x80\x04C\x02osC\x06system\x93" + args + b"R.")
    yield Attack("STACK_GLOBAL with a number", b"\x80\x04K\x01K\x02\x93.")
    yield Attack("name with a newline escape", b"\x80\x04" + named("os\n", "system") + args + b"R.")
    yield Attack("name with a NUL", b"\x80\x04" + named("os\0", "system") + args + b"R.")
    yield Attack("name in look-alike letters", b"\x80\x04" + named("ｏｓ", "system") + args + b"R.")
    yield Attack("name of 100,000 letters", b"\x80\x04" + named("o" * 100_000, "system") + args + b"R.")
    yield Attack("empty name", b"\x80\x04" + named("", "") + args + b"R.")
    yield Attack("relative name", b"\x80\x04" + named(".os", "system") + args + b"R.")
    yield Attack("Python 2 name under protocol 2", b"\x80\x02c__builtin__\neval\n" + plain(("1",)) + b"R.", True)
    yield Attack("Python 2 apply", b"\x80\x02c__builtin__\napply\n" + plain((None, ())) + b"R.")
    yield Attack("frame that hides the call", b"\x80\x04\x95" + struct.pack("<Q", 8) + system + args + b"R.")
    yield Attack("protocol said twice", b"\x80\x02\x80\x04" + system + args + b"R.", True)


def _inside_models(canary: str) -> Iterator[Attack]:
    """The call inside something honest, in every protocol and container."""
    import os

    call = Call(os.system, f"touch {canary}")
    for protocol in range(6):
        yield Attack(f"in coef_, protocol {protocol}", holding("coef_", call, protocol), True)
        yield Attack(f"under an unknown key, protocol {protocol}", holding("note", call, protocol), True)
        yield Attack(
            f"beside the model in a dict, protocol {protocol}",
            pickle.dumps({"model": linear(), "x": call}, protocol),
            True,
        )
    objects = np.array([call, None], dtype=object)
    for place, value in (
        ("in an array of objects", objects),
        ("in a list", [call]),
        ("in the card", {"goal": call}),
        ("in a deep list", [[[[[call]]]]]),
    ):
        key = "brine_card_" if "card" in place else "coef_"
        yield Attack(place, holding(key, value), True)
        for compress in (0, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3), ("lz4", 3)):
            model = pickle.loads(pickle.dumps(linear()))
            setattr(model, key, value)
            out = io.BytesIO()
            joblib.dump(model, out, compress=compress)
            yield Attack(f"{place}, joblib {compress}", out.getvalue(), True)
    wrapper = io.BytesIO()
    joblib.dump(objects, wrapper)
    yield Attack("a joblib file that is only the nested pickle", wrapper.getvalue(), True)
