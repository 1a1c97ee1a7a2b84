"""Called how: for each callable that a stream may call, which arguments it may be given, and what comes of it.

Nothing is called here either. NumPy's and pandas' makers are rebuilt from checked values; classes that are made by
calling them become a `Thing` whose arguments were checked, and whose state `states.py` and `structures/` judge.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np

from lib.gate import limits
from lib.gate.judging import allowed, auxiliary_names, harmless_names
from lib.gate.nodes import Array, DType, Name, Node, Thing, flat_key
from lib.gate.rejection import Rejection

DICT_CLASSES = frozenset({"sklearn.utils._bunch:Bunch"})
"""Allowed classes that are a kind of dict: entries may be put into a fresh one."""

_PLAIN_DTYPE = re.compile(
    r"[<>=|]?(b1|i[1248]|u[1248]|f[248]|c8|c16|O8?|S\d{1,7}|U\d{1,7}|[Mm]8(\[\d{0,6}[a-z]{1,2}\])?)"
)
_RECORD_DTYPE = re.compile(r"[|]?V\d{1,7}")
_BYTE_ORDERS = ("<", ">", "=", "|")


def call(function: Name, args: tuple[Node, ...]) -> Node:
    """What calling `function` gives, if it is one that may be called so. Raises Rejection."""
    if not function.allowed:
        return Thing(function, args, "call")
    if allowed.role(function.key) == "beside":
        return _beside(function, args)
    if allowed.role(function.key) == "older":
        return Thing(function, args, "call")
    schema = _CALLS.get(function.key)
    if schema is None:
        raise Rejection("bad_call", f"{function.key} is called, which no honest file does", name=function.qualname)
    return schema(function, args)


def new(cls: Name, args: tuple[Node, ...]) -> Node:
    """An empty object of an allowed class. Raises Rejection."""
    if not cls.allowed:
        return Thing(cls, args, "new")
    role = allowed.role(cls.key)
    if role in ("beside", "older"):
        return Thing(cls, args, "new")
    if role == "record":
        if len(args) != _RECORD_LENGTHS.get(cls.key, -1):
            raise _bad(cls, args)
        return Thing(cls, args, "new")
    if role not in ("class", "wrapper") or args:
        raise _bad(cls, args)
    return Thing(cls, (), "new")


_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,40}(/[A-Za-z0-9_+-]{1,40}){0,3}")


def _beside(function: Name, args: tuple[Node, ...]) -> Node:
    """What lies beside a model is never built; still no honest file names a file of zones by a path of its own.

    A frozen set is as plain as a set, and a parameter may be one: protocols 2 and 3 write it as a call.
    """
    if function.key in auxiliary_names.FUNCTIONS or function.key == "numpy:record":
        raise _bad(function, args)
    if function.key == "builtins:frozenset" and len(args) == 1 and type(args[0]) is list:
        return frozenset({flat_key(member) for member in args[0]})
    if function.key == "_operator:getitem" and not (args and type(args[0]) is Name and args[0].module == "typing"):
        raise _bad(function, args)
    if function.module in ("zoneinfo", "pytz"):
        for arg in args:
            if type(arg) is str and not _ZONE.fullmatch(arg):
                raise _bad(function, args)
    if function.key == "decimal:Decimal" and not (len(args) == 1 and type(args[0]) is str and len(args[0]) <= 100):
        raise _bad(function, args)
    return Thing(function, args, "call")


def _bad(function: Name, args: tuple[Node, ...]) -> Rejection:
    kinds = ", ".join(type(arg).__name__ if type(arg) is not Name else arg.key for arg in args[:6])
    return Rejection("bad_call", f"{function.key}({kinds})", name=function.qualname)


# -- dtypes ----------------------------------------------------------------------------------------------------------


def _dtype(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 3 and type(args[0]) is Name and args[0].key == "numpy:record" and args[1:] == (False, True):
        return Thing(args[0], args[1:], "call")  # of rows with names, which lie beside a model alone
    if not (1 <= len(args) <= 3 and type(args[0]) is str and all(arg in (False, True) for arg in args[1:])):
        raise _bad(function, args)
    text = args[0]
    if _RECORD_DTYPE.fullmatch(text):
        return DType(np.dtype(("V", int(text.strip("|V")))))
    if not _PLAIN_DTYPE.fullmatch(text):
        raise Rejection("bad_call", f"numpy.dtype({text[:60]!r})", name="dtype")
    return DType(np.dtype(text))


def state_dtype(target: DType, state: Node) -> None:
    """A dtype's state: byte order, and for records the fields. The dtype is rebuilt, never modified in place."""
    if target.stated or type(state) is not tuple or len(state) not in (8, 9) or state[0] not in (3, 4):
        raise Rejection("bad_state", "the state of a dtype", name="dtype")
    target.stated = True
    order, subdtype, names, fields, size, alignment, flags = state[1:8]
    if (
        order not in _BYTE_ORDERS
        or subdtype is not None
        or not all(type(number) is int for number in (size, alignment, flags))
        or (len(state) == 9 and target.value.kind not in "mM")
    ):
        raise Rejection("bad_state", "the state of a dtype", name="dtype")
    if len(state) == 9:
        target.value = _moment(target.value, state[8])
    if names is None and fields is None:
        if target.value.kind == "V":
            raise Rejection("other_part", "a record dtype without fields", name="numpy.void")
        if order in "<>":
            target.value = target.value.newbyteorder(order)
        return
    target.value = _record(target.value, names, fields, aligned=bool(flags & 0x80))


def _moment(dtype: np.dtype[np.generic], metadata: Node) -> np.dtype[np.generic]:
    """datetime64 and timedelta64 carry their unit as ({}, (b'ns', 1, 1, 1))."""
    if type(metadata) is tuple and len(metadata) == 2 and not metadata[0] and type(metadata[1]) is tuple:
        unit = metadata[1]
        if len(unit) == 4 and type(unit[0]) is bytes and re.fullmatch(rb"[a-zA-Z]{1,7}", unit[0]):  # noqa: SIM102
            if unit[1:] == (1, 1, 1):
                return dtype if unit[0] == b"generic" else np.dtype(f"{dtype.kind}8[{unit[0].decode()}]")
    raise Rejection("bad_state", "the unit of a datetime dtype", name="dtype")


def _record(dtype: np.dtype[np.generic], names: Node, fields: Node, *, aligned: bool) -> np.dtype[np.generic]:
    if (
        dtype.kind != "V"
        or type(names) is not tuple
        or not 0 < len(names) <= limits.MAX_FIELDS
        or type(fields) is not dict
        or set(fields) != set(names)
    ):
        raise Rejection("bad_state", "the fields of a dtype", name="dtype")
    formats, offsets = [], []
    end = 0
    for name in names:
        field = fields[name]
        if type(field) is tuple and field and type(field[0]) is DType and field[0].value.kind not in "biuf":
            raise Rejection("other_part", "records of other things than numbers", name="numpy.void")
        if (
            type(name) is not str
            or not re.fullmatch(r"[A-Za-z_]\w{0,60}", name)
            or type(field) is not tuple
            or len(field) != 2
            or type(field[0]) is not DType
            or field[0].value.kind not in "biuf"
            or type(field[1]) is not int
            or field[1] < end
        ):
            raise Rejection("bad_state", "a field of a dtype", name="dtype")
        end = field[1] + field[0].value.itemsize
        formats.append(field[0].value)
        offsets.append(field[1])
    if end > dtype.itemsize:
        raise Rejection("bad_state", "a field beyond its record", name="dtype")
    return np.dtype(
        {"names": list(names), "formats": formats, "offsets": offsets, "itemsize": dtype.itemsize}, align=aligned
    )


# -- arrays ----------------------------------------------------------------------------------------------------------


def _reconstruct(function: Name, args: tuple[Node, ...]) -> Node:
    if (
        len(args) == 3
        and type(args[0]) is Name
        and args[0].key in ("numpy:ndarray", "numpy:matrix")
        and args[1] == (0,)
        and args[2] in (b"b", "b")
    ):
        return Array(args[0].qualname)
    if len(args) == 3 and type(args[0]) is Name and args[0].key == "numpy.rec:recarray" and args[1] == (0,):
        return Thing(args[0], args[1:], "call")
    raise _bad(function, args)


def _mareconstruct(function: Name, args: tuple[Node, ...]) -> Node:
    keys = [arg.key for arg in args[:2] if type(arg) is Name]
    if keys in (["numpy.ma:MaskedArray", "numpy:ndarray"],) and args[2:] in (((0,), b"b"), ((0,), "b")):
        return Array("masked")
    raise _bad(function, args)


def _frombuffer(function: Name, args: tuple[Node, ...]) -> Node:
    """Protocol 5: `_frombuffer(bytes, dtype, shape, order)`; order K brings the order of its axes along."""
    if len(args) not in (4, 5) or type(args[0]) is not bytes or type(args[1]) is not DType or args[3] not in _ORDERS:
        raise _bad(function, args)
    array = Array("ndarray")
    lengths = shape(args[2])
    axes = args[4] if len(args) == 5 else None
    args[1].stated = True  # in use: nothing may be written into it any more
    array.values = from_bytes(args[0], args[1].value, lengths, fortran=args[3] == "F")
    if args[3] == "K":
        if type(axes) is not tuple or not all(type(axis) is int for axis in axes):
            raise _bad(function, args)
        if sorted(axes) != list(range(len(lengths))):  # type: ignore[type-var]
            raise _bad(function, args)
        array.values = array.values.transpose(axes)
    elif axes is not None:
        raise _bad(function, args)
    array.shape = array.values.shape
    return array


_ORDERS = ("C", "F", "K")


def fill_array(array: Array, state: Node) -> None:
    """An array's one state: (version, shape, dtype, fortran, bytes or list); a masked one has mask and fill value."""
    length = 7 if array.kind == "masked" else 5
    if array.shape is not None:
        raise Rejection("bad_state", "an array is written twice", name="array")
    if type(state) is tuple and len(state) == 4 and array.kind != "masked":
        state = (0, *state)
    if type(state) is tuple and len(state) == length and _is_thing("numpy:record")(state[2]):
        raise Rejection("other_part", "an array of records", name="numpy.record")
    if type(state) is not tuple or len(state) != length or state[0] not in (0, 1) or type(state[2]) is not DType:
        raise Rejection("bad_state", "the state of an array", name="array")
    state[2].stated = True  # in use: nothing may be written into it any more
    dtype, fortran, data = state[2].value, state[3], state[4]
    if fortran not in (0, 1):
        raise Rejection("bad_state", "the state of an array", name="array")
    array.shape = shape(state[1])
    array.fortran = bool(fortran)
    count = math.prod(array.shape)
    if dtype.hasobject:
        if type(data) is not list or len(data) != count or dtype.kind != "O":
            raise Rejection("bad_state", "an array of objects of another length than its shape says", name="array")
        array.items = list(data)
    elif type(data) is bytes:
        array.values = from_bytes(data, dtype, array.shape, fortran=array.fortran)
    else:
        raise Rejection("bad_state", "an array without bytes", name="array")
    if array.kind == "masked" and (type(state[5]) is not bytes or len(state[5]) != count):
        raise Rejection("bad_state", "a mask of another length than its array", name="array")


def shape(value: Node) -> tuple[int, ...]:
    """A checked shape."""
    if type(value) is not tuple or len(value) > limits.MAX_DIMENSIONS:
        raise Rejection("bad_state", "the shape of an array", name="array")
    lengths = []
    for length in value:
        if isinstance(length, np.integer):
            length = int(length)
        if type(length) is not int or not 0 <= length <= limits.MAX_LENGTH:
            raise Rejection("bad_state", f"the shape of an array: {str(value)[:80]}", name="array")
        lengths.append(length)
    return tuple(lengths)


def nbytes(lengths: tuple[int, ...], dtype: np.dtype[np.generic]) -> int:
    """How many bytes an array has, in whole numbers that cannot overflow."""
    return math.prod(lengths) * dtype.itemsize


def from_bytes(
    raw: bytes, dtype: np.dtype[np.generic], lengths: tuple[int, ...], *, fortran: bool
) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """The array that those bytes are: numbers and texts alone, exactly as many as the shape says."""
    if dtype.hasobject or (dtype.kind == "V" and dtype.fields is None):
        raise Rejection("bad_state", f"an array of {dtype} from bytes", name="array")
    if len(raw) != nbytes(lengths, dtype):
        raise Rejection(
            "bad_state",
            f"{len(raw)} bytes for an array of shape {lengths} and {dtype.itemsize} bytes each",
            name="array",
        )
    if not raw:
        return np.empty(lengths, dtype)
    return np.frombuffer(raw, dtype).reshape(lengths, order="F" if fortran else "C")


def wrapped_array(wrapper: Thing) -> tuple[str, np.dtype[np.generic], tuple[int, ...], str, bool]:
    """What joblib's wrapper says of the bytes that follow: kind, dtype, shape, order, whether padding comes first."""
    state = wrapper.state
    if type(state) is not dict or not {"subclass", "shape", "order", "dtype"} <= set(state) <= _WRAPPER_KEYS:
        raise Rejection("bad_state", "the state of a joblib array", name="NumpyArrayWrapper")
    subclass, order, dtype = state["subclass"], state["order"], state["dtype"]
    alignment = state.get("numpy_array_alignment_bytes")
    if (
        type(subclass) is not Name
        or subclass.key not in ("numpy:ndarray", "numpy:matrix", "numpy:memmap")
        or order not in ("C", "F")
        or type(dtype) is not DType
        or type(state.get("allow_mmap", False)) is not bool
        or alignment not in (None, 16)
    ):
        raise Rejection("bad_state", "the state of a joblib array", name="NumpyArrayWrapper")
    kind = "matrix" if subclass.qualname == "matrix" else "ndarray"
    return kind, dtype.value, shape(state["shape"]), order, alignment is not None


_WRAPPER_KEYS = {"subclass", "shape", "order", "dtype", "allow_mmap", "numpy_array_alignment_bytes"}


def _scalar(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 2 and type(args[0]) is DType and type(args[1]) is bytes:
        dtype = args[0].value
        if dtype.kind in "biufcUSmM" and len(args[1]) == dtype.itemsize > 0:
            return np.frombuffer(args[1], dtype)[0]
        if dtype.kind == "V":
            raise Rejection("other_part", "one record of an array", name="numpy.void")
    if args and _is_thing("numpy:record")(args[0]):
        raise Rejection("other_part", "one record of an array", name="numpy.record")
    raise _bad(function, args)


# -- bytes, slices, plain classes ------------------------------------------------------------------------------------


def _encode(function: Name, args: tuple[Node, ...]) -> Node:
    """Protocols 0 to 2 write bytes as text."""
    if len(args) == 2 and type(args[0]) is str and args[1] in ("latin1", "latin-1"):
        return args[0].encode("latin-1")
    raise _bad(function, args)


def _bytes(function: Name, args: tuple[Node, ...]) -> Node:
    if not args:
        return b""
    if len(args) == 1 and type(args[0]) is bytes and function.qualname == "bytearray":
        return args[0]
    if (
        len(args) == 2
        and type(args[0]) is str
        and args[1] in ("latin1", "latin-1")
        and function.qualname == "bytearray"
    ):
        return args[0].encode("latin-1")
    raise _bad(function, args)


def _slice(function: Name, args: tuple[Node, ...]) -> Node:
    plain = (type(None), int, str)
    if len(args) == 3 and all(type(arg) in plain or isinstance(arg, np.integer) for arg in args):
        return slice(*args)
    raise _bad(function, args)


def _set(function: Name, args: tuple[Node, ...]) -> Node:
    """Protocols 0 to 3 write sets as `set([members])`."""

    if len(args) == 1 and type(args[0]) is list:
        return {flat_key(member) for member in args[0]}
    raise _bad(function, args)


def _complex(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 2 and all(type(arg) is float for arg in args):
        return complex(args[0], args[1])  # type: ignore[arg-type, call-overload]
    raise _bad(function, args)


def _copyreg(function: Name, args: tuple[Node, ...]) -> Node:
    """Protocols 0 and 1 make every object by `copyreg._reconstructor(cls, object, None)`."""
    if len(args) == 3 and type(args[0]) is Name and type(args[1]) is Name and args[2] is None:
        if not args[0].allowed or allowed.role(args[0].key) == "beside":
            return Thing(args[0], (), "new")
        if args[1].key == "builtins:object" and allowed.role(args[0].key) in ("class", "wrapper"):
            return Thing(args[0], (), "new")
        if args[1].key == "builtins:dict" and args[0].key in DICT_CLASSES:
            return Thing(args[0], (), "new")
    if len(args) == 3 and is_inert(args[0]) and type(args[1]) is Name and args[1].key == "datetime:tzinfo":
        return Thing(args[0], args[2:], "new")  # type: ignore[arg-type]
    if len(args) == 3 and type(args[0]) is Name and type(args[1]) is Name and args[1].key == "builtins:dict":
        if args[0].key in DICT_CLASSES and type(args[2]) is dict:
            made = Thing(args[0], (), "new")
            made.pairs = args[2]
            return made
        if not args[0].allowed or allowed.role(args[0].key) == "beside":
            made = Thing(args[0], (), "new")
            made.pairs = args[2] if type(args[2]) is dict else None
            return made
    if len(args) == 3 and type(args[0]) is Name and type(args[1]) is Name and args[1].key == "builtins:tuple":
        if type(args[2]) is tuple and len(args[2]) == _RECORD_LENGTHS.get(args[0].key, -1):
            return Thing(args[0], args[2], "new")
        if not args[0].allowed or allowed.role(args[0].key) == "beside":
            return Thing(args[0], args[2:], "new")
    raise _bad(function, args)


def _called_class(*checks: Callable[[Node], bool]) -> Callable[[Name, tuple[Node, ...]], Node]:
    """A class that is made by calling it with exactly these kinds of arguments."""

    def schema(function: Name, args: tuple[Node, ...]) -> Node:
        if len(args) != len(checks) or not all(check(arg) for check, arg in zip(checks, args, strict=True)):
            raise _bad(function, args)
        return Thing(function, args, "call")

    return schema


def _older_loss(function: Name, args: tuple[Node, ...]) -> Node:
    """How scikit-learn 1.2 to 1.7 wrote its compiled losses: the class, a checksum, and its number if it has one."""
    name = function.qualname.removeprefix("__pyx_unpickle_")
    wanted = f"{function.module}:{name}"
    if len(args) != 3 or type(args[0]) is not Name or args[0].key != wanted or not _is_checksum(args[1]):
        raise _bad(function, args)
    numbers = args[2] if type(args[2]) is tuple else ()
    if (args[2] is not None and type(args[2]) is not tuple) or len(numbers) > 1 or not all(map(_is_finite, numbers)):
        raise _bad(function, args)
    return Thing(args[0], numbers, "call")


def _is_number(value: Node) -> bool:
    return type(value) in (int, float) or isinstance(value, np.floating | np.integer)


def _is_finite(value: Node) -> bool:
    return _is_number(value) and math.isfinite(value) and abs(value) < 1e300  # type: ignore[arg-type]


def _is_count(value: Node) -> bool:
    return (type(value) is int or isinstance(value, np.integer)) and 0 < value <= 2**24  # type: ignore[operator, return-value]


def _is_checksum(value: Node) -> bool:
    return type(value) is int and 0 <= value < 2**32


def _is_none(value: Node) -> bool:
    return value is None


def _is_nothing(value: Node) -> bool:
    return value is None or value == ()


def _is_class(*keys: str) -> Callable[[Node], bool]:
    return lambda value: type(value) is Name and value.key in keys


def _is_array(value: Node) -> bool:
    return type(value) is Array


def _is_partial(value: Node) -> bool:
    """What honest files bind arguments to: the check of a table, how a selector scores columns, a step's function."""
    if is_beside(value):
        return True
    if type(value) is not Name or not value.allowed:
        return False
    known = is_score_function(value) or is_function(value) or is_measure(value)
    return known or value.key == "sklearn.utils.validation:check_array"


def is_inert(value: Node) -> bool:
    """Whether this is a name of which nothing is ever built: it lies beside models, or the file is refused for it."""
    return type(value) is Name and (not value.allowed or allowed.role(value.key) == "beside")


def is_beside(value: Node) -> bool:
    """Whether this is a function or class that lies beside models alone; bound to options it does as well."""
    name = type(value) is Name and allowed.role(value.key) == "beside"
    return name or is_other_method(value) or is_maker(value)


def is_score_function(value: Node) -> bool:
    """Whether this is how a selector scores columns while it is fitted; no prediction calls it."""
    return (
        type(value) is Name
        and value.module.startswith("sklearn.feature_selection.")
        and allowed.role(value.key) == "function"
    )


MODULES_OF_FUNCTIONS = frozenset({"numpy", "scipy.special", "sklearn.preprocessing._data"})


def is_function(value: Node) -> bool:
    """Whether this is a function that a step may call on its table."""
    return type(value) is Name and value.module in MODULES_OF_FUNCTIONS and allowed.role(value.key) == "function"


def is_measure(value: Node) -> bool:
    """Whether this is a measure that a search scores by; no prediction calls it."""
    return type(value) is Name and value.module.startswith("sklearn.metrics.") and allowed.role(value.key) == "function"


TEXT_METHODS = frozenset(
    {
        "capitalize",
        "casefold",
        "lower",
        "lstrip",
        "rstrip",
        "split",
        "splitlines",
        "strip",
        "swapcase",
        "title",
        "upper",
    }
)
"""Methods of `str` that a vectorizer may be given to prepare or split its texts; what they make is no longer."""


def is_text_method(value: Node) -> bool:
    """Whether this is a method of `str` from the short list, as pickle writes `str.split`."""
    if type(value) is not Thing or value.cls.key != "builtins:getattr" or len(value.args) != 2:
        return False
    owner, method = value.args
    return type(owner) is Name and owner.key == "builtins:str" and type(method) is str and method in TEXT_METHODS


_OWNERS = frozenset({"builtins:str", "builtins:dict", "builtins:list", "builtins:float", "numpy:ndarray"})
_PANDAS = frozenset({"DataFrame", "DatetimeIndex", "Index", "Series", "Timestamp"})


def is_other_method(value: Node) -> bool:
    """Whether this is a method of texts, dicts, lists or tables, such as `pandas.Series.median`, of none in particular.

    It lies beside a model, where nothing calls it: a stream calls names alone.
    """
    if type(value) is not Thing or value.cls.key != "builtins:getattr" or len(value.args) != 2:
        return False
    owner, method = value.args
    if type(method) is not str or not _METHOD.fullmatch(method) or not harmless_names.is_harmless_method(method):
        return False
    if type(owner) is not Name:
        return False
    return owner.key in _OWNERS or (owner.module.partition(".")[0] == "pandas" and owner.qualname in _PANDAS)


def is_maker(value: Node) -> bool:
    """Whether this is `cls.__new__` of a class that lies beside models alone, as protocol 2 writes it."""
    return (
        type(value) is Thing
        and value.cls.key == "builtins:getattr"
        and len(value.args) == 2
        and value.args[1] == "__new__"
        and type(value.args[0]) is Name
        and value.args[0].key in auxiliary_names.NAMES
        and value.args[0].key not in auxiliary_names.FUNCTIONS
    )


def class_of_new(function: Thing) -> Name | None:
    """The class that `partial(cls.__new__, cls, …)` makes, if it is one that is never built."""
    if function.cls.key == "functools:partial" and is_maker(function.args[0]):
        return function.args[0].args[0]  # type: ignore[attr-defined, no-any-return, union-attr]
    return None


_METHOD = re.compile(r"[a-z][a-z0-9_]{0,40}")


def _is_thing(*keys: str) -> Callable[[Node], bool]:
    return lambda value: type(value) is Thing and value.cls.key in keys


def _is_role(role: str) -> Callable[[Node], bool]:
    return lambda value: type(value) is Name and value.allowed and allowed.role(value.key) == role


# -- random states ---------------------------------------------------------------------------------------------------

BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
_BIT_GENERATOR_KEYS = tuple(key for key in allowed.NAMES if key.rpartition(":")[2] in BIT_GENERATORS)


def _bit_generator(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 1 and (_is_class(*_BIT_GENERATOR_KEYS)(args[0]) or args[0] in BIT_GENERATORS):
        return Thing(function, args, "call")
    raise _bad(function, args)


_BIT_MAKER = "numpy.random._pickle:__bit_generator_ctor"


def _random_maker(function: Name, args: tuple[Node, ...]) -> Node:
    """RandomState and Generator: from a bit generator, or by the name of one (NumPy before 1.24)."""
    if args and (_is_thing(_BIT_MAKER)(args[0]) or args[0] in BIT_GENERATORS):
        rest = args[1:]
        if not rest or (len(rest) == 1 and type(rest[0]) is Name and rest[0].key == _BIT_MAKER):
            return Thing(function, args[:1], "call")
    raise _bad(function, args)


# -- bound methods that files hold without needing them ----------------------------------------------------------------

_METHODS: Mapping[str, frozenset[str]] = {
    "hist": frozenset({"_raw_predict"}),
    "distribution": frozenset(
        {
            "_entropy",
            "_mom1_sc",
            "_mom0_sc",
            "_ppf_single",
            "_cdf_single",
            "_mom_integ0",
            "_mom_integ1",
            "_ppfvec",
            "_munp",
        }
    ),
}


def _getattr(function: Name, args: tuple[Node, ...]) -> Node:
    """`getattr(object, method)` as pickle writes a bound method; known pairs only, and the result is never built."""
    if len(args) == 2 and type(args[0]) is Thing and type(args[1]) is str:
        group = "hist" if "HistGradientBoosting" in args[0].cls.qualname else "distribution"
        if args[1] in _METHODS[group] and (group == "hist" or args[0].cls.key in DISTRIBUTIONS):
            return Thing(function, args, "call")
    if len(args) == 2 and type(args[0]) is Thing and not args[0].cls.allowed and args[0].cls.key != "builtins:type":
        return Thing(function, args, "call")  # its owner's name stops the file
    made = Thing(function, args, "call")
    if is_text_method(made) or is_other_method(made) or is_maker(made):
        return made
    if len(args) == 2 and type(args[0]) is Name and args[0].key == "zoneinfo:ZoneInfo" and args[1] == "_unpickle":
        return args[0]  # how pickle makes a time zone; it stays behind, so no file of time zones is read
    method = args[1] if len(args) == 2 and type(args[1]) is str else ""
    if method.isidentifier() and not method.startswith("_") and harmless_names.is_harmless_method(method):
        raise Rejection("other_function", f"getattr(…, {method[:60]!r})", name=method[:60])
    raise _bad(function, args)


DISTRIBUTIONS = frozenset(key for key in allowed.NAMES if key.startswith("scipy.stats._") and key.endswith("_gen"))


_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}(\.[A-Za-z][A-Za-z0-9_]{0,60}){0,6}")


def _attrgetter(function: Name, args: tuple[Node, ...]) -> Node:
    """A getter of one attribute is written as its text, by which scikit-learn makes the same getter."""
    if len(args) == 1 and type(args[0]) is str and _ATTRIBUTE.fullmatch(args[0]):
        return args[0]
    raise _bad(function, args)


# -- pandas and pyarrow: column names ----------------------------------------------------------------------------------


_TEXTS = ("large_string", "string")
_NUMBERS = frozenset(
    {"bool", "double", "float", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "date32[day]"}
    | {f"timestamp[{unit}]" for unit in ("s", "ms", "us", "ns")}
)
"""pyarrow's types of columns that lie beside a model; they stay behind."""


def _alias(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 1 and type(args[0]) is str and (args[0] in _TEXTS or args[0] in _NUMBERS):
        return Thing(function, args, "call")
    raise _bad(function, args)


def _restore_arrow(function: Name, args: tuple[Node, ...]) -> Node:
    """A pyarrow array of texts, rebuilt as a list of texts from its two buffers."""
    data = args[0] if len(args) == 1 else None
    if type(data) is not tuple or len(data) != 7 or not _is_thing("pyarrow.lib:type_for_alias")(data[0]):
        raise _bad(function, args)
    if data[0].args[0] not in _TEXTS:  # type: ignore[union-attr]
        return Thing(function, args, "call")
    length, missing, offset, buffers, children, dictionary = data[1:]
    wide = data[0].args == ("large_string",)  # type: ignore[union-attr]
    if (
        type(length) is not int
        or not 0 <= length <= 1_000_000
        or type(missing) is not int
        or offset != 0
        or type(buffers) is not list
        or len(buffers) != 3
        or (buffers[0] is not None and not _is_thing("pyarrow.lib:py_buffer")(buffers[0]))
        or children != []
        or dictionary is not None
    ):
        raise _bad(function, args)
    starts, text = (buffer.args[0] if _is_thing("pyarrow.lib:py_buffer")(buffer) else b"" for buffer in buffers[1:])
    width = 8 if wide else 4
    if type(starts) is not bytes or type(text) is not bytes or len(starts) < (length + 1) * width:
        raise _bad(function, args)
    ends = struct.unpack(f"<{length + 1}{'q' if wide else 'i'}", starts[: (length + 1) * width])
    if ends[0] != 0 or ends[-1] > len(text) or any(low > high for low, high in pairwise(ends)):
        raise _bad(function, args)
    texts: list[Node] = [text[low:high].decode("utf-8") for low, high in pairwise(ends)]
    if buffers[0] is None:
        return texts
    known = buffers[0].args[0]  # type: ignore[attr-defined, union-attr]
    if type(known) is not bytes or len(known) * 8 < length:
        raise _bad(function, args)
    return [one if known[place // 8] >> place % 8 & 1 else None for place, one in enumerate(texts)]


def _py_buffer(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 1 and type(args[0]) is bytes:
        return Thing(function, args, "call")
    raise _bad(function, args)


def _string_dtype(function: Name, args: tuple[Node, ...]) -> Node:
    if len(args) == 2 and args[0] in ("pyarrow", "python"):
        missing = args[1]
        if (type(missing) is float and math.isnan(missing)) or (type(missing) is Name and missing.key == "pandas:NA"):
            return Thing(function, args, "call")
    raise _bad(function, args)


def _new_index(function: Name, args: tuple[Node, ...]) -> Node:
    """A pandas index of column names: rebuilt from the names alone."""
    if len(args) == 2 and type(args[0]) is Name and type(args[1]) is dict:
        state = args[1]
        if args[0].key == "pandas:Index" and set(state) == {"data", "name"} and _is_label(state["name"]):
            return Thing(function, (args[0], state["data"], state["name"]), "call")
        if args[0].key == "pandas:RangeIndex" and set(state) == {"name", "start", "stop", "step"}:
            bounds = (state["start"], state["stop"], state["step"])
            if (
                all(type(bound) is int and abs(bound) < 2**31 for bound in bounds)
                and bounds[2]
                and _is_label(state["name"])
            ):
                return Thing(function, (args[0], bounds, state["name"]), "call")
        if allowed.role(args[0].key) == "beside":  # an index of other things than names: of a table beside the model
            return Thing(args[0], args[1:], "call")
    raise _bad(function, args)


def _is_label(value: Node) -> bool:
    return value is None or type(value) in (str, int)


# -- the table ---------------------------------------------------------------------------------------------------------

_METRICS = tuple(key for key in allowed.NAMES if key.startswith("sklearn.metrics._dist_metrics:") and "Distance" in key)

_RECORD_LENGTHS: Mapping[str, int] = {"sklearn.impute._iterative:_ImputerTriplet": 3}
"""Named tuples: how many fields."""

_Schema = Callable[[Name, tuple[Node, ...]], Node]

_CALLS: dict[str, _Schema] = {
    "numpy:dtype": _dtype,
    "numpy._core.multiarray:_reconstruct": _reconstruct,
    "numpy._core.multiarray:scalar": _scalar,
    "numpy._core.numeric:_frombuffer": _frombuffer,
    "numpy.ma.core:_mareconstruct": _mareconstruct,
    "numpy.random._pickle:__bit_generator_ctor": _bit_generator,
    "numpy.random._pickle:__randomstate_ctor": _random_maker,
    "numpy.random._pickle:__generator_ctor": _random_maker,
    "numpy.random.bit_generator:__pyx_unpickle_SeedSequence": _called_class(
        _is_class("numpy.random.bit_generator:SeedSequence"), _is_checksum, _is_none
    ),
    "_codecs:encode": _encode,
    "builtins:bytes": _bytes,
    "builtins:bytearray": _bytes,
    "builtins:slice": _slice,
    "builtins:set": _set,
    "builtins:complex": _complex,
    "builtins:getattr": _getattr,
    "copyreg:_reconstructor": _copyreg,
    "functools:partial": _called_class(_is_partial),
    "operator:attrgetter": _attrgetter,
    "sklearn.tree._tree:Tree": _called_class(_is_count, _is_array, _is_count),
    "sklearn.metrics._dist_metrics:newObj": _called_class(_is_class(*_METRICS)),
    "sklearn.neighbors._kd_tree:newObj": _called_class(
        _is_class("sklearn.neighbors._kd_tree:KDTree64", "sklearn.neighbors._kd_tree:KDTree")
    ),
    "sklearn.neighbors._ball_tree:newObj": _called_class(
        _is_class("sklearn.neighbors._ball_tree:BallTree64", "sklearn.neighbors._ball_tree:BallTree")
    ),
    "sklearn._loss._loss:__pyx_unpickle_CyHalfMultinomialLoss": _called_class(
        _is_class("sklearn._loss._loss:CyHalfMultinomialLoss"), _is_checksum, _is_nothing
    ),
    "pandas.core.indexes.base:_new_Index": _new_index,
    "pandas:StringDtype": _string_dtype,
    "pyarrow.lib:_restore_array": _restore_arrow,
    "pyarrow.lib:py_buffer": _py_buffer,
    "pyarrow.lib:type_for_alias": _alias,
}
_NO_ARGUMENT = (
    "CyAbsoluteError",
    "CyExponentialLoss",
    "CyHalfBinomialLoss",
    "CyHalfGammaLoss",
    "CyHalfMultinomialLoss",
    "CyHalfPoissonLoss",
    "CyHalfSquaredError",
)
_ONE_NUMBER = ("CyHalfTweedieLoss", "CyHalfTweedieLossIdentity", "CyHuberLoss", "CyPinballLoss")
_CALLS |= {f"sklearn._loss._loss:{name}": _called_class() for name in _NO_ARGUMENT}
_CALLS |= {f"sklearn._loss._loss:{name}": _called_class(_is_finite) for name in _ONE_NUMBER}
_CALLS |= {
    f"sklearn.linear_model._sgd_fast:{name}": _called_class(_is_finite)
    for name in ("Hinge", "SquaredHinge", "EpsilonInsensitive", "SquaredEpsilonInsensitive")
}
_CALLS["sklearn.linear_model._sgd_fast:ModifiedHuber"] = _called_class()

_CALLS |= {key: _older_loss for key, role in allowed.OLDER.items() if role == "call"}

CALLABLE = frozenset(_CALLS)
"""Every name that a stream may call."""
