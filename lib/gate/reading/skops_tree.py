"""A .skops file → the same inert nodes as a pickle gives, so that the same judge and the same builder follow.

skops writes a tree of JSON nodes (`schema.json`) and one .npy or .npz file per array. Its own loader trusts types by
name; here each node becomes a `Name`, a `Thing` or an `Array`, by the same table and the same schemas for calls, and
arrays are read by their declared size with pickles forbidden. Loaders that no honest model needs are refused.
"""

from __future__ import annotations

import ast
import io
import json
import math
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

import numpy as np

from lib.gate import limits
from lib.gate.judging import allowed, calls
from lib.gate.nodes import Array, DType, Name, Node, Thing, flat_key
from lib.gate.reading.parser import Stream
from lib.gate.rejection import Rejection

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Tree = dict[str, Json]

MAX_PROTOCOL = 10
"""skops is at 2."""
MAX_SCHEMA = 64 * 2**20
MAX_NODES = 1_000_000
MAX_SPARSE = 256 * 2**20
"""Bytes of one sparse table, unpacked."""


def read_skops(members: Mapping[str, bytes]) -> Stream:
    """The nodes of a checked zip's members. Raises Rejection."""
    reader = _Reader(members)
    try:
        schema = members["schema.json"]
        if len(schema) > MAX_SCHEMA:
            raise Rejection("too_large", f"a schema of {len(schema)} bytes")
        tree = json.loads(schema.decode("utf-8"))
        protocol = tree.get("protocol", 0)
        if type(protocol) is not int or not 0 <= protocol <= MAX_PROTOCOL:
            raise Rejection("malformed", f"skops protocol {str(protocol)[:40]}")
        reader.stream.root = reader.read(tree)
    except RecursionError:
        raise Rejection("too_deep", "schema.json") from None
    except MemoryError:
        raise Rejection("too_large", "schema.json") from None
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
        struct.error,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        if reader.stream.foreign:
            return reader.stream
        raise Rejection("malformed", f"schema.json: {type(error).__name__}: {str(error)[:200]}") from None
    unused = set(members) - reader.used - {"schema.json"}
    if unused:
        raise Rejection(
            "trailing_bytes",
            f"members that nothing refers to: {sorted(unused)[:5]}",
            bytes=sum(len(members[one]) for one in unused),
        )
    return reader.stream


class _Reader:
    """One reading of one tree; `stream` collects what the parser of pickles would."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = members
        self.stream = Stream(b"")
        self.used: set[str] = set()
        self.memo: dict[int, tuple[Tree, Node]] = {}
        self.nodes = 0
        self.depth = 0

    def read(self, tree: Json) -> Node:
        """One node of the tree."""
        if type(tree) is not dict:
            raise Rejection("malformed", f"a node of the schema that is a {type(tree).__name__}")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Rejection("too_large", f"more than {MAX_NODES} nodes")
        number = tree.get("__id__")
        if type(number) is int and number in self.memo:
            first, made = self.memo[number]
            if first == tree:  # skops numbers by memory address, and now and then gives one twice
                return made
        loader = tree.get("__loader__")
        step = _LOADERS.get(loader) if type(loader) is str else None
        if step is None:
            raise Rejection("not_allowed", f"skops loader {str(loader)[:60]!r}", name=str(loader)[:60])
        self.depth += 1
        if self.depth > limits.MAX_MARKS:
            raise Rejection("too_deep", f"nodes of the schema nested more than {limits.MAX_MARKS} deep")
        made = step(self, tree)
        self.depth -= 1
        if type(number) is int and number not in self.memo:
            self.memo[number] = (tree, made)
        return made

    def name(self, tree: Tree) -> Name:
        """The class or function that a node names."""
        return self.stream.name(*_present(tree["__module__"], tree["__class__"]))

    def known(self, module: str, qualname: str) -> Name:
        """A maker that pickle would have named, where skops has a loader of its own."""
        return self.stream.name(module, qualname)

    def made(self, node: Node) -> Node:
        """Note an object, as the parser does."""
        if type(node) is Thing:
            self.stream.things.append(node)
        return node

    def member(self, tree: Tree) -> bytes:
        """The bytes of the file that a node refers to."""
        name = tree["file"]
        assert isinstance(name, str)
        self.used.add(name)
        return self.members[name]

    def content(self, tree: Tree, key: str) -> Tree:
        """A part of a node's content, which must be a node too."""
        content = tree["content"]
        assert isinstance(content, dict)
        part = content[key]
        assert isinstance(part, dict)
        return part

    def listed(self, tree: Tree) -> list[Node]:
        """The nodes in a node's content."""
        content = tree["content"]
        if type(content) is not list:
            raise Rejection("malformed", "a list of the schema that is none")
        return [self.read(one) for one in content]


def _present(module: Json, qualname: Json) -> tuple[str, str]:
    if type(module) is not str or type(qualname) is not str:
        raise Rejection("malformed", "a name of the schema that is no text")
    return module, qualname


# -- plain values ----------------------------------------------------------------------------------------------------


def _json(reader: _Reader, tree: Tree) -> Node:
    content = tree["content"]
    if type(content) is not str or len(content) > limits.MAX_TEXT:
        raise Rejection("malformed", "a plain value of the schema")
    value = json.loads(content)
    if value is None or type(value) in (bool, float, str):
        return value
    if type(value) is int and value.bit_length() <= limits.MAX_INTEGER_BYTES * 8:
        return value
    if type(value) in (list, dict):
        return _plain(value, 0)
    raise Rejection("malformed", "a plain value of the schema")


def _plain(value: Json, depth: int) -> Node:
    """Containers that skops wrote as JSON in one piece."""
    if depth > 20:
        raise Rejection("too_deep", "a plain value of the schema")
    if isinstance(value, list):
        return [_plain(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    return value


def _list(reader: _Reader, tree: Tree) -> Node:
    _is_class(tree, "builtins", "list")
    return reader.listed(tree)


def _tuple(reader: _Reader, tree: Tree) -> Node:
    items = tuple(reader.listed(tree))
    if (tree["__module__"], tree["__class__"]) == ("builtins", "tuple"):
        return items
    return reader.made(calls.new(reader.name(tree), items))


def _set(reader: _Reader, tree: Tree) -> Node:
    _is_class(tree, "builtins", "set")
    return {flat_key(one) for one in reader.listed(tree)}


def _is_class(tree: Tree, module: str, qualname: str) -> None:
    if (tree["__module__"], tree["__class__"]) != (module, qualname):
        raise Rejection(
            "bad_call",
            f"{tree['__loader__']} of {tree['__module__']}.{tree['__class__']}",
            name=str(tree["__class__"])[:80],
        )


def _dict(reader: _Reader, tree: Tree) -> Node:
    content = tree["content"]
    assert isinstance(content, dict)
    types = tree["key_types"]
    assert isinstance(types, dict)
    kinds = types["content"]
    assert isinstance(kinds, list)
    if len(kinds) != len(content):
        raise Rejection("malformed", "a dict of the schema with other keys than types")
    entries: dict[Node, Node] = {}
    for kind, (key, value) in zip(kinds, content.items(), strict=True):
        assert isinstance(kind, dict)
        entries[flat_key(_key(str(kind["__class__"]), key))] = reader.read(value)
    if (tree["__module__"], tree["__class__"]) == ("builtins", "dict"):
        return entries
    made = calls.new(reader.name(tree), ())
    assert isinstance(made, Thing)
    if made.cls.allowed and made.cls.key not in calls.DICT_CLASSES and allowed.role(made.cls.key) != "beside":
        raise Rejection("bad_call", f"a dict of {made.cls.key}", name=made.cls.qualname)
    made.pairs = entries
    return reader.made(made)


def _default_dict(reader: _Reader, tree: Tree) -> Node:
    """It lies beside a model; what it makes of a missing key is only a name."""
    _is_class(tree, "collections", "defaultdict")
    content = tree["content"]
    assert isinstance(content, dict)
    made = calls.new(reader.name(tree), (reader.read(content["default_factory"]),))
    entries = reader.read(content["main"])
    if type(made) is not Thing or type(entries) is not dict:
        raise Rejection("malformed", "a defaultdict without entries")
    made.pairs = entries
    return reader.made(made)


def _key(kind: str, key: str) -> Node:
    """A key of JSON, which is always a text, back in its own type."""
    if kind in ("str", "str_"):
        return key
    if re.fullmatch(r"u?int\d*", kind) and len(key) < 25:
        return int(key)
    if re.fullmatch(r"float\d*", kind) and len(key) < 40:
        return float(key)
    if kind in ("bool", "bool_"):
        return key.lower() in ("true", "1")
    if kind == "NoneType":
        return None
    raise Rejection("bad_state", f"a key of the type {kind[:60]}", name="dict")


def _slice(reader: _Reader, tree: Tree) -> Node:
    content = tree["content"]
    assert isinstance(content, dict)
    ends = (content["start"], content["stop"], content["step"])
    return calls.call(reader.known("builtins", "slice"), ends)


def _bytes(reader: _Reader, tree: Tree) -> Node:
    return reader.member(tree)


# -- arrays ------------------------------------------------------------------------------------------------------------


def _array(reader: _Reader, tree: Tree) -> Node:
    module, qualname = _present(tree["__module__"], tree["__class__"])
    if module != "numpy":
        raise Rejection("bad_call", f"an array of {module}.{qualname}", name=qualname[:80])
    if tree["type"] == "json":
        items = reader.listed(tree)
        shape = calls.shape(reader.read(tree["shape"]))
        array = Array("ndarray")
        array.shape = shape
        array.items = _flat(items, shape)
        return array
    values = read_npy(reader.member(tree))
    if qualname in ("ndarray", "matrix", "memmap"):
        array = Array("matrix" if qualname == "matrix" else "ndarray")
        array.shape, array.values = values.shape, values
        return array
    if values.shape == () and values.dtype.kind in "biufcUSmM" and re.fullmatch(r"[a-z_]+\d*_?", qualname):
        return values[()]
    raise Rejection("bad_state", f"a {qualname[:60]} of shape {values.shape}", name="array")


def _flat(items: list[Node], shape: tuple[int, ...]) -> list[Node]:
    """An array of objects comes as lists in lists; one list of all items, in the order of rows."""
    for _ in shape[1:]:
        if not all(type(one) is list for one in items):
            raise Rejection("bad_state", "an array of objects of another shape", name="array")
        items = [inner for one in items for inner in one]  # type: ignore[attr-defined, union-attr]
        if len(items) > limits.MAX_STACK:
            raise Rejection("too_large", "an array of objects")
    if len(items) != math.prod(shape):
        raise Rejection("bad_state", "an array of objects of another length than its shape says", name="array")
    return items


_NPY_HEADER = re.compile(
    rb"\{'descr': (.{1,4000}?), 'fortran_order': (True|False), 'shape': \(([\d, ]{0,200})\), \} *\n", re.S
)


def read_npy(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """The array in a .npy file; its header is matched, never evaluated, and must declare exactly the bytes there."""
    if data[:6] != b"\x93NUMPY" or data[6] not in (1, 2, 3):
        raise Rejection("malformed", "an array file that is none")
    width = 2 if data[6] == 1 else 4
    length = int.from_bytes(data[8 : 8 + width], "little")
    start = 8 + width + length
    if length > 10_000 or start > len(data):
        raise Rejection("malformed", "the header of an array file")
    match = _NPY_HEADER.fullmatch(data[8 + width : start])
    if match is None:
        raise Rejection("malformed", "the header of an array file")
    description = ast.literal_eval(match[1].decode("latin-1"))
    lengths = tuple(int(one) for one in match[3].decode().split(",") if one.strip())
    return calls.from_bytes(data[start:], _described(description), calls.shape(lengths), fortran=match[2] == b"True")


def _described(description: object) -> np.dtype[np.generic]:
    if isinstance(description, str):
        made = calls.call(_DTYPE, (description,))
        assert isinstance(made, DType)
        return made.value
    if not isinstance(description, list) or not 0 < len(description) <= limits.MAX_FIELDS:
        raise Rejection("bad_state", "the type of an array file", name="dtype")
    names, formats, offsets, end = [], [], [], 0
    for field in description:
        if not (isinstance(field, tuple) and len(field) == 2 and all(isinstance(one, str) for one in field)):
            raise Rejection("bad_state", "the fields of an array file", name="dtype")
        name, kind = field
        width = int(kind[2:]) if re.fullmatch(r"\|V\d{1,3}", kind) else 0
        if not width:
            made = calls.call(_DTYPE, (kind,))
            assert isinstance(made, DType)
            if made.value.kind not in "biuf" or not re.fullmatch(r"[A-Za-z_]\w{0,60}", name):
                raise Rejection("bad_state", "a field of an array file", name="dtype")
            names.append(name)
            formats.append(made.value)
            offsets.append(end)
            width = made.value.itemsize
        end += width
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": end})


_DTYPE = Name("numpy", "dtype", allowed=True)


def _masked(reader: _Reader, tree: Tree) -> Node:
    array = Array("masked")
    array.items = [reader.read(reader.content(tree, part)) for part in ("data", "mask")]
    array.shape = (len(array.items),)
    return array


def _dtype(reader: _Reader, tree: Tree) -> Node:
    content = reader.read(tree["content"])
    if type(content) is Array and content.values is not None:
        return DType(content.values.dtype)
    if type(content) is Array and content.kind == "ndarray" and content.items is not None and not content.items:
        return DType(np.dtype(object))  # skops writes an empty array of the dtype, and one of objects as JSON
    raise Rejection("bad_state", "a dtype", name="dtype")


def _sparse(reader: _Reader, tree: Tree) -> Node:
    """A .npz file: a zip inside the zip, with four arrays and the word for their format."""
    data = reader.member(tree)
    parts: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
    left = MAX_SPARSE
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > 8 or len({info.filename for info in infos}) != len(infos):
            raise Rejection("malformed", "a sparse table's file")
        for info in infos:
            with archive.open(info) as member:
                raw = member.read(min(left, info.file_size) + 1)
            left -= len(raw)
            if left < 0 or len(raw) != info.file_size or len(raw) > 1_000 * max(len(data), 1):
                raise Rejection("too_large", "a sparse table")
            parts[info.filename.removesuffix(".npy")] = read_npy(raw)
    if not {"indices", "indptr", "data", "shape", "format"} <= set(parts) <= _SPARSE_PARTS:
        raise Rejection("bad_state", f"a sparse table with {sorted(parts)[:8]}", name="csr_matrix")
    if parts["format"].tobytes().rstrip(b"\0") not in (b"csr", "csr".encode("utf-32-le")):
        raise Rejection("bad_state", "a sparse table in another format than csr", name="csr_matrix")
    thing = Thing(reader.known("scipy.sparse._csr", "csr_matrix"), (), "new")
    state: dict[Node, Node] = {"_shape": tuple(int(one) for one in parts["shape"].ravel())}
    for name in ("data", "indices", "indptr"):
        array = Array("ndarray")
        array.shape, array.values = parts[name].shape, parts[name]
        state[name] = array
    thing.state = state
    return reader.made(thing)


_SPARSE_PARTS = {"indices", "indptr", "data", "shape", "format", "_is_array"}


# -- objects -----------------------------------------------------------------------------------------------------------


def _named(reader: _Reader, tree: Tree) -> Node:
    return reader.name(tree)


def _object(reader: _Reader, tree: Tree) -> Node:
    name = reader.name(tree)
    state = None if tree.get("content") is None else reader.read(tree["content"])
    if type(state) is tuple and (made := _by_tuple(reader, name)) is not None:
        made.state = state
        return reader.made(made)
    if name.key == "sklearn._loss._loss:CyHalfMultinomialLoss":
        return reader.made(_multinomial(reader, name))
    if name.allowed and name.key in calls.CALLABLE:
        made_by_call = calls.call(name, ())
        if type(made_by_call) is Thing and state not in (None, {}, ()):
            made_by_call.state = state
        return reader.made(made_by_call)
    thing = calls.new(name, ())
    assert isinstance(thing, Thing)
    thing.state = state
    return reader.made(thing)


def _by_tuple(reader: _Reader, name: Name) -> Thing | None:
    """Distances and neighbours' trees, which pickle makes by `newObj(class)`."""
    if name.module in ("sklearn.metrics._dist_metrics", "sklearn.neighbors._kd_tree", "sklearn.neighbors._ball_tree"):
        made = calls.call(reader.known(name.module, "newObj"), (name,))
        assert isinstance(made, Thing)
        return made
    return None


def _multinomial(reader: _Reader, name: Name) -> Thing:
    made = calls.call(reader.known(name.module, "__pyx_unpickle_CyHalfMultinomialLoss"), (name, 0, None))
    assert isinstance(made, Thing)
    return made


def _called(reader: _Reader, tree: Tree) -> Node:
    """A class made by calling it with the arguments that the node holds."""
    name = reader.name(tree)
    args = reader.read(tree["content"])
    if type(args) is not tuple:
        raise Rejection("malformed", "arguments that are no tuple")
    return reader.made(calls.call(name, args))


def _reduced(reader: _Reader, tree: Tree) -> Node:
    """Trees and losses: arguments, then state."""
    if tree["__loader__"] == "TreeNode":
        name = reader.known("sklearn.tree._tree", "Tree")
    else:
        name = reader.name(tree)
    reduce = tree["__reduce__"]
    assert isinstance(reduce, dict)
    args = reader.read(reduce["args"])
    state = reader.read(tree["content"])
    if type(args) is not tuple:
        raise Rejection("malformed", "arguments that are no tuple")
    if name.key == "sklearn._loss._loss:CyHalfMultinomialLoss":
        return reader.made(_multinomial(reader, name))
    made = calls.call(name, args)
    if type(made) is Thing and state not in ({}, ()):
        made.state = state
    return reader.made(made)


def _partial(reader: _Reader, tree: Tree) -> Node:
    function, args, options, rest = (
        reader.read(reader.content(tree, key)) for key in ("func", "args", "kwds", "namespace")
    )
    made = calls.call(reader.known("functools", "partial"), (function,))
    assert isinstance(made, Thing)
    made.state = (function, args, options, rest or None)
    return reader.made(made)


def _method(reader: _Reader, tree: Tree) -> Node:
    content = tree["content"]
    assert isinstance(content, dict)
    return reader.made(calls.call(reader.known("builtins", "getattr"), (reader.read(content["obj"]), content["func"])))


def _random_state(reader: _Reader, tree: Tree) -> Node:
    state = reader.read(tree["content"])
    made = calls.call(reader.known("numpy.random._pickle", "__randomstate_ctor"), ("MT19937",))
    assert isinstance(made, Thing)
    made.state = state
    return reader.made(made)


def _generator(reader: _Reader, tree: Tree) -> Node:
    state = reader.read(reader.content(tree, "bit_generator"))
    reader.read(reader.content(tree, "seed_seq"))
    kind = state.get("bit_generator") if type(state) is dict else None
    bits = calls.call(reader.known("numpy.random._pickle", "__bit_generator_ctor"), (kind,))
    assert isinstance(bits, Thing)
    bits.state = state
    return reader.made(calls.call(reader.known("numpy.random._pickle", "__generator_ctor"), (reader.made(bits),)))


_Loader = Callable[[_Reader, Tree], Node]

_LOADERS: Mapping[str, _Loader] = {
    "JsonNode": _json,
    "ListNode": _list,
    "TupleNode": _tuple,
    "SetNode": _set,
    "DictNode": _dict,
    "DefaultDictNode": _default_dict,
    "SliceNode": _slice,
    "BytesNode": _bytes,
    "BytearrayNode": _bytes,
    "NdArrayNode": _array,
    "MaskedArrayNode": _masked,
    "DTypeNode": _dtype,
    "SparseMatrixNode": _sparse,
    "TypeNode": _named,
    "FunctionNode": _named,
    "ObjectNode": _object,
    "ConstructorFromReduceNode": _called,
    "TreeNode": _reduced,
    "LossNode": _reduced,
    "PartialNode": _partial,
    "MethodNode": _method,
    "RandomStateNode": _random_state,
    "RandomGeneratorNode": _generator,
}
"""skops' loaders, those aside that no honest model needs: operators, default dicts."""
