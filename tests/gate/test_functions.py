"""Functions that a step may call: every elementwise one of NumPy and SciPy, and no accusation for the others."""

import ast
import functools
import importlib
import importlib.util
import math
import operator
import pathlib
import pickle
import re
import statistics
import time
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import scipy
import scipy.interpolate
import scipy.linalg
import scipy.ndimage
import scipy.sparse
import scipy.spatial.distance
import scipy.special
import scipy.stats
from sklearn import metrics, preprocessing
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import get_tags

from lib import gate, text
from lib.gate.judging import allowed, harmless_names
from lib.gate.judging.calls import TEXT_METHODS
from lib.gate.judging.judge import judge
from lib.gate.nodes import Name
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection
from tests.machine import slowness

ELEMENTWISE = [
    (module, name)
    for module in (np, scipy.special)
    for name, value in vars(module).items()
    if isinstance(value, np.ufunc) and (value.nin, value.nout) == (1, 1) and name == value.__name__
    if any(kinds in ("d->d", "l->l", "q->q") for kinds in value.types)
]
TABLE = np.array([[0.1, 0.5, 0.9], [0.2, 0.25, 0.75], [0.3, 0.6, 0.4], [0.8, 0.35, 0.15]])
HARD = np.array(
    [0.0, -0.0, 1e-300, 1e300, -1e300, 1e15, -1e15, 170.5, -170.5, 0.5, np.nan, np.inf, -np.inf, 1e-8, 709.9]
)
WHOLE = frozenset({"bitwise_count", "invert"})


def steps(function: object) -> bytes:
    return pickle.dumps(make_pipeline(FunctionTransformer(function), LinearRegression()).fit(TABLE, TABLE[:, 0]))


def reason(data: bytes) -> str:
    """Why a file is refused; empty for nothing."""
    try:
        judge(unwrap(data))
    except Rejection as rejection:
        return rejection.reason
    return ""


def test_there_are_many_elementwise_functions() -> None:
    assert len(ELEMENTWISE) > 100


@pytest.mark.filterwarnings("ignore:numpy.core")  # pickle looks for a function in every module
@pytest.mark.parametrize(
    ("module", "name"), [pytest.param(*one, id=f"{one[0].__name__}.{one[1]}") for one in ELEMENTWISE]
)
def test_an_elementwise_function_is_taken_from_wherever_a_version_pickles_it(module: object, name: str) -> None:
    function = getattr(module, name)
    target = TransformedTargetRegressor(func=function, inverse_func=function)
    data = pickle.dumps(make_pipeline(FunctionTransformer(function, inverse_func=function), target), protocol=2)
    assert reason(data) == ""
    written = pickle.dumps(function, protocol=2).split(b"\n")[0].removeprefix(b"\x80\x02c") + b"\n"
    assert written in data
    places = [b"numpy", b"numpy.core._multiarray_umath", b"numpy.core.umath", b"numpy._core._multiarray_umath"]
    if module is scipy.special:
        places = [b"scipy.special", b"scipy.special._ufuncs", b"scipy.special._special_ufuncs"]
    for place in places:
        assert reason(data.replace(written, place + b"\n")) == ""


def test_elementwise_functions_of_any_number_cost_little() -> None:
    rows = np.resize(HARD, 2_000)
    for module, name in ELEMENTWISE:
        values = rows if name not in WHOLE else np.arange(2_000)
        began = time.process_time()
        with np.errstate(all="ignore"):
            getattr(module, name)(values)
        assert time.process_time() - began < 0.2 * slowness(), name


@pytest.mark.slow
def test_answers_through_functions_are_those_of_a_plain_load() -> None:
    taken = [getattr(module, name) for module, name in ELEMENTWISE[::9] if name not in WHOLE]
    for function in (*taken, np.float32, np.int64, preprocessing.normalize, preprocessing.binarize):
        with np.errstate(all="ignore"):
            finite = np.isfinite(np.asarray(function(TABLE), dtype="float64")).all()
        if not finite:
            continue
        data = steps(function)
        with gate.open_model(data) as opened:
            np.testing.assert_allclose(opened.call("predict", pd.DataFrame(TABLE)), pickle.loads(data).predict(TABLE))


OTHERS = [
    *(np.add, np.power, np.modf, np.frexp, np.ptp, np.percentile, np.vander, np.fft.fft, np.linalg.norm, np.polyval),
    *(np.hstack, np.concatenate, np.apply_along_axis, np.random.permutation, np.char.upper, np.vectorize(len)),
    *(
        scipy.special.softmax,
        scipy.special.sici,
        scipy.special.boxcox1p,
        scipy.special.eval_legendre,
        scipy.stats.zscore,
    ),
    *(scipy.stats.rankdata, scipy.linalg.svdvals, scipy.ndimage.gaussian_filter, scipy.spatial.distance.cosine),
    *(
        preprocessing.scale,
        preprocessing.quantile_transform,
        metrics.pairwise.rbf_kernel,
        metrics.pairwise.cosine_distances,
    ),
    *(
        pd.to_numeric,
        pd.get_dummies,
        pd.isna,
        pd.DataFrame.to_numpy,
        pd.concat,
        operator.neg,
        operator.methodcaller("abs"),
        operator.itemgetter(0),
        operator.attrgetter("T"),
    ),
    *(abs, round, len, sorted, str.join, str.encode, "a".join, float.hex, np.str_, np.void, str, dict, complex),
]


@pytest.mark.parametrize("function", OTHERS, ids=lambda function: getattr(function, "__name__", repr(function))[:40])
def test_no_function_of_an_honest_step_is_called_dangerous(function: object) -> None:
    found = reason(pickle.dumps(FunctionTransformer(function)))
    assert found in ("other_function", "other_part", "type_as_function"), found


BESIDE = {
    "a curve": scipy.interpolate.interp1d([1, 2], [3, 4]),
    "a smooth curve": scipy.interpolate.CubicSpline([1, 2, 3], [3, 4, 9]),
    "a line": scipy.stats.linregress([1, 2, 3], [2, 3, 5]),
    "a density": scipy.stats.gaussian_kde([1, 2, 3.5]),
    "a table of columns": scipy.sparse.csc_matrix(np.eye(3)),
    "a polynomial": np.poly1d([1, 2]),
    "another polynomial": np.polynomial.Polynomial([1, 2]),
    "limits of numbers": [np.finfo(float), np.iinfo("int8")],
    "one record": np.array([(1,)], dtype=[("a", "i4")])[0],
    "a normal distribution": statistics.NormalDist(1, 2),
    "tags": get_tags(LinearRegression()),
    "functions": [np.mean, np.percentile, len, max, math.log, pd.Series.mean, metrics.mean_squared_error, clone],
    "a measure with options": functools.partial(metrics.fbeta_score, beta=2),
}


@pytest.mark.parametrize("name", BESIDE)
def test_nothing_that_an_honest_author_keeps_beside_a_model_is_called_dangerous(name: str) -> None:
    found = reason(pickle.dumps({"model": LinearRegression().fit(TABLE, TABLE[:, 0]), "about": BESIDE[name]}))
    assert found in ("", "other_function", "other_part"), found


@pytest.mark.parametrize("method", sorted(TEXT_METHODS))
def test_a_method_of_texts_prepares_them(method: str) -> None:
    function = getattr(str, method)
    model = CountVectorizer(preprocessor=function, tokenizer=str.split, token_pattern=None)
    for protocol in (0, 2, 4, 5):
        assert reason(pickle.dumps(model, protocol=protocol)) == ""


DANGEROUS = [
    *("builtins:eval", "builtins:exec", "builtins:open", "builtins:compile", "builtins:__import__", "builtins:setattr"),
    *("builtins:print", "builtins:breakpoint", "builtins:type", "builtins:globals", "builtins:input", "builtins:vars"),
    *("numpy:load", "numpy:save", "numpy:fromfile", "numpy:memmap", "numpy:genfromtxt", "numpy:loadtxt"),
    *("numpy.f2py:compile", "numpy.testing._private.utils:runstring", "numpy.ctypeslib:load_library"),
    *("numpy.lib.npyio:DataSource", "numpy.lib._npyio_impl:NpzFile", "scipy.io._mio:loadmat", "pandas:read_pickle"),
    *("pandas:eval", "pandas.core.computation.eval:eval", "pandas.io.pickle:read_pickle", "pandas:ExcelFile"),
    *("pandas.core.frame:DataFrame.query", "pandas:DataFrame.to_csv", "pandas:HDFStore", "plotly.io:write_html"),
    *("sklearn.datasets._base:load_files", "sklearn.externals.conftest:x", "sklearn.utils._testing:run", "os:system"),
    *("posix:system", "subprocess:Popen", "shutil:rmtree", "logging:FileHandler", "logging.config:listen"),
    *("types:FunctionType", "types:CodeType", "functools:lru_cache", "random:SystemRandom", "importlib:import_module"),
    *("functools:partial.__call__", "operator:attrgetter.__call__", "pandas:core.common.os", "math:__loader__"),
    *(
        "builtins:str.__subclasses__",
        "numpy:ndarray.__reduce_ex__",
        "numpy:ndarray.tofile",
        "pickle:loads",
        "numpy:char.sys",
    ),
    *(
        "uuid:_get_command_stdout",
        "uuid:getnode",
        "dataclasses:_create_fn",
        "typing:get_type_hints",
        "numpy:DataSource",
    ),
    *("plotly.offline:plot", "pandas._config.localization:_default_locale_getter", "builtins:str.split.__self__"),
    *("builtins:str.__subclasses__", "numpy:ndarray.__reduce_ex__", "numpy:ndarray.tofile", "pickle:loads"),
]


@pytest.mark.parametrize("key", DANGEROUS)
def test_what_reads_writes_or_runs_is_never_called_harmless(key: str) -> None:
    module, _, qualname = key.partition(":")
    assert not harmless_names.is_harmless(Name(module, qualname, allowed=False))
    assert not allowed.role(key)


def through_modules() -> list[tuple[str, str]]:
    """What modules with harmless names imported, and the functions of that: pickle follows the dots in a name."""
    known = [*harmless_names._STANDARD, "numpy", "pandas", "pandas.core.frame", "scipy", "sklearn", "sklearn.base"]
    return [
        (place, qualname)
        for place in known
        for alias, module in vars(importlib.import_module(place)).items()
        if isinstance(module, ModuleType) and module.__name__.lstrip("_") in ("builtins", "io", "os", "sys", "warnings")
        for qualname in (f"{alias}.{name}" for name, value in vars(module).items() if callable(value))
    ]


def test_no_function_of_a_module_within_a_module_is_called_harmless() -> None:
    found = through_modules()
    assert len(found) > 1_000
    assert {("uuid", "os.system"), ("dataclasses", "builtins.exec")} <= {*found}
    elsewhere = [("__main__", "os.system"), ("lightgbm", "basic.os.system"), ("shop_tools", "subprocess.run")]
    for module, qualname in found:
        assert not harmless_names.is_harmless(Name(module, qualname, allowed=False)), (module, qualname)
    for module, qualname in [*found[::97], *elsewhere]:
        text = [b"\x8c" + bytes([len(one)]) + one.encode() for one in (module, qualname, "id")]
        assert reason(b"\x80\x04" + text[0] + text[1] + b"\x93(" + text[2] + b"tR.") == "not_allowed"


@pytest.mark.parametrize("method", ["system", "tofile", "dump", "to_pickle", "eval", "load"])
def test_a_bound_method_that_acts_is_not_said_to_be_one_of_an_honest_step(method: str) -> None:
    assert reason(b"cbuiltins\ngetattr\n(cnumpy\nndarray\nV%s\ntR." % method.encode()) == "bad_call"


@pytest.mark.parametrize(
    "value", [np.copy, np.select, np.trace, pd.Timestamp.round, np.ndarray.sum, re.split, math.fsum]
)
def test_honest_names_that_look_like_modules_are_not_called_dangerous(value: object) -> None:
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
    assert harmless_names.is_harmless(Name(module or "numpy", name, allowed=False)), (module, name)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("key", ["type_as_function", "other_function"])
def test_what_a_refusal_names_as_opened_is_opened_and_as_refused_is_refused(language: str, key: str) -> None:
    """It said that np.float32 is not opened after it was."""
    named = re.findall(r"np\.(\w+)", text.say(language, f"gate.{key}", name="x"))
    assert "log1p" in named
    for name in named:
        function = getattr(np, name)
        assert reason(pickle.dumps(FunctionTransformer(function))) == (
            "type_as_function" if isinstance(function, type) else ""
        )


_RUNS = re.compile(r"\b(exec|eval|__import__|import_module)\(|subprocess\.\w|os\.(system|popen|remove|rename|unlink)\(")


def _code(function: ast.FunctionDef) -> str:
    """Without what a function says of itself."""
    return "\n".join(
        ast.unparse(line)
        for line in function.body
        if ast.get_docstring(function) is None or line is not function.body[0]
    )


def _that_run_something() -> Iterator[Name]:
    """Functions of the libraries that run, import or remove something by themselves, as their source says."""
    for top in ("numpy", "scipy", "pandas", "plotly", "sklearn"):
        folder = pathlib.Path(str(importlib.util.find_spec(top).origin)).parent
        for file in folder.rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            if "tests" in file.parts or not _RUNS.search(source):
                continue
            module = ".".join(file.relative_to(folder.parent).with_suffix("").parts).removesuffix(".__init__")
            for node in ast.parse(source).body:
                inner = node.body if isinstance(node, ast.ClassDef) else [node]
                for function in inner:
                    if isinstance(function, ast.FunctionDef) and _RUNS.search(_code(function)):
                        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
                        yield Name(module, owner + function.name, allowed=False)


_ODD = frozenset({"scipy.odr._odrpack:ODR.__init__", "scipy.optimize._optimize:_clip_x_for_func"})
"""The report of a fit that is overwritten; a function within that is named `eval`."""


@pytest.mark.slow
def test_what_runs_or_imports_something_is_never_called_harmless() -> None:
    found = list(_that_run_something())
    assert len(found) > 50
    assert [name.key for name in found if harmless_names.is_harmless(name) and name.key not in _ODD] == []
