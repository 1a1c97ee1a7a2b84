"""Names outside the table that honest files hold: refused, and never said to be dangerous.

A step may use any function of NumPy or SciPy, and anything may lie beside a model. What such a name does is not looked
at: none of them is ever imported. Here it is only decided how its refusal is worded. A name that reads, writes, loads,
runs or starts something is never called harmless.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Mapping

from lib.gate.nodes import Name

_LIBRARIES = frozenset({"numpy", "pandas", "plotly", "scipy", "sklearn"})

_ACTS = re.compile(
    r"(?i)_*(add_newdoc|clone_module|compile|datasource|delegate|download|dump|eval(?!_)|excel|exec|export(?!_text)|fetch|"
    r"from(?!_?(?:bytes|hex|isoformat|keys|samples|timestamp)$)|genfrom|get_data|get_module|getattr|hdf|import|listdir|"
    r"load|lowlevel|main$|make_tuple_bunch|memmap|nonlin_wrapper|open|pickle|popen|process_|query|read|reduce_ex|run|"
    r"save|send|setattr|shell|show|spawn|system|"
    r"to_(?!array|coo|datetime|dense|dict|frame|list|numeric|numpy|period|records|series|timedelta|timestamp)|"
    r"tofile|ufunc_reconstruct|unpickle|urlopen|write)"
)
"""How names of functions begin that touch files, networks or processes, or run what they are given."""
_ACTING_PLACES = frozenset(
    {"array_api_docs_tables", "build_utils", "bunch", "ccallback", "ccallback_c", "check_build", "compat"}
    | {"computation", "conftest", "ctypeslib", "datasets", "deprecation", "distutils", "examples", "externals", "f2py"}
    | {"format", "io", "localization", "misc", "npyio", "offline", "optional_imports", "parsers", "pandas_parser"}
    | {"plotting", "precompute", "pyprima", "testing", "tests", "testutils", "tmpdirs", "util", "utils"}
)
"""Parts of a module's path, without a leading underscore, under which such functions lie."""

_STANDARD: Mapping[str, str] = {
    "_bisect": "bisect_left bisect_right",
    "_heapq": "nlargest nsmallest",
    "_io": "BytesIO StringIO",
    "_operator": "*",
    "_sre": "*",
    "argparse": "Namespace",
    "array": "array _array_reconstructor",
    "ast": "literal_eval",
    "base64": "b64decode b64encode",
    "calendar": "*",
    "cmath": "*",
    "collections": "*",
    "collections.abc": "*",
    "configparser": "ConfigParser ConverterMapping ExtendedInterpolation RawConfigParser SectionProxy",
    "dataclasses": "Field FrozenInstanceError MISSING asdict astuple field replace",
    "datetime": "*",
    "decimal": "*",
    "enum": "*",
    "fractions": "*",
    "functools": "partial reduce cmp_to_key",
    "html": "escape unescape",
    "http": "HTTPMethod HTTPStatus",
    "ipaddress": "*",
    "itertools": "*",
    "json": "dumps loads",
    "locale": "atof atoi",
    "logging": "getLogger Logger RootLogger",
    "math": "*",
    "ntpath": "basename dirname join splitext",
    "numbers": "*",
    "operator": "*",
    "os": "stat_result",
    "platform": "uname_result",
    "posixpath": "basename dirname join splitext",
    "pyarrow.lib": "ChunkedArray LargeStringArray LargeStringScalar StringArray StringScalar",
    "random": "Random",
    "re": "*",
    "statistics": "*",
    "string": "*",
    "textwrap": "*",
    "time": "struct_time",
    "types": "GenericAlias MappingProxyType NoneType SimpleNamespace UnionType",
    "typing": "Annotated Any Callable ClassVar Dict Final FrozenSet Generic Iterable Iterator List Literal Mapping "
    "MutableMapping NamedTuple Optional Sequence Set Tuple Type TypeVar Union "
    "_GenericAlias _SpecialForm _UnionGenericAlias",
    "unicodedata": "*",
    "urllib.parse": "ParseResult SplitResult quote unquote urlparse urlsplit",
    "uuid": "SafeUUID UUID",
    "zlib": "adler32 crc32",
}
"""Module of the standard library, or of Arrow → its harmless names; `*` for all public ones."""

_BUILTINS = frozenset(
    {"Ellipsis", "NotImplemented", "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "chr", "complex"}
    | {"dict", "divmod", "enumerate", "filter", "float", "format", "frozenset", "hash", "hex", "int", "isinstance"}
    | {"issubclass", "iter", "len", "list", "map", "max", "min", "next", "object", "oct", "ord", "pow", "range", "repr"}
    | {"NoneType", "method_descriptor", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip"}
    | {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)}
)

_SMALL_CLASSES = frozenset(
    {"date", "datetime", "defaultdict", "deque", "partial", "time", "timedelta"}
    | {"finfo", "gaussian_kde", "iinfo", "interp1d", "interp2d", "ndarray", "poly1d", "ufunc"}
)
"""Classes whose names begin like a function's."""
_LIKE_MODULES = frozenset({"array", "copy", "datetime", "select", "time", "trace"})
"""Functions and classes that are named like a module of the standard library."""


def is_harmless(name: Name) -> bool:
    """Whether a name that is not in the table is one that an honest file may hold."""
    top, *places = name.module.split(".")
    first, *rest = parts = name.qualname.split(".")
    if any(part.startswith("__") for part in parts):
        return False
    if name.module in ("builtins", "__builtin__"):
        return first in _BUILTINS
    if _is_a_module(first) or leads_through_a_module(name) or not all(is_harmless_method(part) for part in parts):
        return False
    if rest and not first.lstrip("_")[:1].isupper() and first not in _SMALL_CLASSES:
        return False  # `uuid:os.system` is a function of os; honest names lead through classes alone
    if top not in _LIBRARIES:
        known = _STANDARD.get(name.module, "").split()
        return first in known or ("*" in known and (not first.startswith("_") or is_class_name(name)))
    if name.module == "sklearn.utils._tags":  # what a model says of itself
        return True
    return not any(place.strip("_").removesuffix("_impl") in _ACTING_PLACES for place in (*places, *parts[:-1]))


def is_harmless_method(name: str) -> bool:
    """Whether a function or method of this name touches no files, networks or processes, as far as its name says."""
    return not _ACTS.match(name)


def leads_through_a_module(name: Name) -> bool:
    """Whether a name is a path through what a module imported: pickle follows the dots in `pandas:os.remove`."""
    return any(_is_a_module(part) for part in name.qualname.split(".")[:-1])


def _is_a_module(part: str) -> bool:
    return part.strip("_") in sys.stdlib_module_names and part not in _LIKE_MODULES


def is_class_name(name: Name) -> bool:
    """Whether a name reads like a class and not like a function."""
    return name.qualname.rpartition(".")[2].lstrip("_")[:1].isupper()
