"""The only parser: an untrusted pickle or joblib stream → inert nodes. Nothing is imported, called or built here.

The opcodes are those of `pickle._Unpickler`, the arrays in line those of joblib's `NumpyUnpickler`, but each opcode
is taken over: where they would import, call or write state, this machine notes what was asked for, by the schemas of
`calls.py`. `judge` and `build` (in `stream.py`) both work from the nodes that this one reading
gave, so that there is no second opinion for an attacker to play against the first.

Refused outright, whatever their arguments: INST, OBJ, extension codes, persistent ids, out-of-band buffers — no honest
model holds one. NEWOBJ_EX makes no part of a model; results of statistical tests beside one are written by it.
"""

from __future__ import annotations

import codecs
import pickle
import struct
from collections.abc import Callable

from lib.gate import limits
from lib.gate.judging import allowed, calls
from lib.gate.nodes import Array, DType, Name, Node, Thing, flat_key
from lib.gate.rejection import Rejection

WRAPPERS = frozenset(
    {"joblib.numpy_pickle:NumpyArrayWrapper", "sklearn.externals.joblib.numpy_pickle:NumpyArrayWrapper"}
)
"""joblib's note "the bytes of an array follow"; the second is the name it had inside scikit-learn until 0.23."""


class _Stop(Exception):
    """The STOP opcode: the object is complete."""


class Stream:
    """One reading of one stream.

    `root` is what it holds; `foreign` the names that no model needs, in order; `things` all objects.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self.root: Node = None
        self.names: dict[str, Name] = {}
        self.foreign: list[Name] = []
        self.things: list[Thing] = []
        self.in_line_arrays = 0
        self.protocol: int | None = None
        self._opcodes = 0
        self._nested = 0
        self._memo_entries = 0
        self._inside = False

    def parse(self) -> Stream:
        """Read the whole stream: exactly one object and nothing after it. Raises Rejection."""
        try:
            self.root = self._run()
        except Rejection:
            raise
        except (RecursionError, MemoryError) as error:
            raise Rejection("too_large", f"{type(error).__name__} at byte {self.position}") from None
        except (
            ValueError,
            TypeError,
            LookupError,
            ArithmeticError,
            AttributeError,
            struct.error,
            AssertionError,
        ) as error:
            raise Rejection("malformed", f"{type(error).__name__} at byte {self.position}") from None
        if self.position != len(self.data):
            raise Rejection(
                "trailing_bytes",
                f"{len(self.data) - self.position} bytes after the object, which ends at byte {self.position}",
                bytes=len(self.data) - self.position,
            )
        return self

    def _run(self) -> Node:
        """One pickle from the current position to its STOP, with a stack and a memo of its own."""
        self.stack: list[Node] = []
        self.marks: list[list[Node]] = []
        self.memo: dict[int, Node] = {}
        data, table = self.data, _DISPATCH
        size = len(data)
        left = limits.MAX_OPCODES - self._opcodes
        count = 0
        try:
            while True:
                position = self.position
                if position >= size:
                    raise Rejection("malformed", f"the stream ends at byte {position} without STOP")
                count += 1
                if count > left:
                    raise Rejection("too_large", f"more than {limits.MAX_OPCODES} opcodes")
                self.position = position + 1
                table[data[position]](self)
        except _Stop:
            pass
        self._opcodes += count
        if self.marks or len(self.stack) != 1:
            raise Rejection("malformed", f"{len(self.stack)} objects and {len(self.marks)} marks left at STOP")
        return self.stack[0]

    # -- reading ------------------------------------------------------------------------------------------------

    def take(self, length: int) -> bytes:
        """The next `length` bytes; what is declared must be there before anything is set aside for it."""
        start = self.position
        end = start + length
        if length < 0 or end > len(self.data):
            raise Rejection("malformed", f"{length} bytes declared at byte {start}, {len(self.data) - start} are there")
        self.position = end
        return self.data[start:end]

    def line(self, most: int = limits.MAX_LINE) -> bytes:
        """The bytes to the next newline, without it."""
        start = self.position
        end = self.data.find(b"\n", start, start + most + 1)
        if end < 0:
            raise Rejection("malformed", f"no end of line within {most} bytes of byte {start}")
        self.position = end + 1
        return self.data[start:end]

    def unsigned(self, length: int) -> int:
        """A little-endian whole number of that many bytes."""
        return int.from_bytes(self.take(length), "little")

    # -- the stack ----------------------------------------------------------------------------------------------

    def push(self, value: Node) -> None:
        self.stack.append(value)

    def pop(self) -> Node:
        if not self.stack:
            raise Rejection("malformed", f"the stack is empty at byte {self.position}")
        return self.stack.pop()

    def top(self) -> Node:
        if not self.stack:
            raise Rejection("malformed", f"the stack is empty at byte {self.position}")
        return self.stack[-1]

    def open_mark(self) -> None:
        if len(self.marks) >= limits.MAX_MARKS:
            raise Rejection("too_deep", f"more than {limits.MAX_MARKS} marks open at byte {self.position}")
        self.marks.append(self.stack)
        self.stack = []

    def close_mark(self) -> list[Node]:
        if not self.marks:
            raise Rejection("malformed", f"no mark open at byte {self.position}")
        items = self.stack
        self.stack = self.marks.pop()
        return items

    def remember(self, index: int) -> None:
        if index not in self.memo:
            self._memo_entries += 1
            if self._memo_entries > limits.MAX_MEMO:
                raise Rejection("too_large", f"more than {limits.MAX_MEMO} memo entries")
        elif self.memo[index] is not self.top():
            raise Rejection("malformed", f"memo {index} is written twice (byte {self.position})")
        self.memo[index] = self.top()

    def recall(self, index: int) -> None:
        try:
            self.stack.append(self.memo[index])
        except KeyError:
            raise Rejection("malformed", f"memo {index} is read before it is written") from None

    # -- names, calls, state -------------------------------------------------------------------------------------

    def name(self, module: Node, qualname: Node) -> Name:
        """Note a name. Whether it is allowed is known at once; the reason to refuse it is chosen at the end."""
        if type(module) is not str or type(qualname) is not str:
            raise Rejection("malformed", f"a name that is no text at byte {self.position}")
        if len(module) > limits.MAX_NAME or len(qualname) > limits.MAX_NAME:
            raise Rejection("malformed", f"a name of {len(module) + len(qualname)} characters")
        module, qualname = allowed.present_name(module, qualname)
        key = f"{module}:{qualname}"
        known = self.names.get(key)
        if known is None:
            known = self.names[key] = Name(module, qualname, allowed=bool(allowed.role(key)))
            if not known.allowed:
                self.foreign.append(known)
        return known

    def made(self, node: Node) -> None:
        """Push what a call gave, and remember it: an object that nothing holds in the end is refused."""
        if type(node) is Thing:
            self.things.append(node)
        self.stack.append(node)

    def build(self) -> None:
        """BUILD: write state once, into something fresh."""
        state = self.pop()
        target = self.top()
        if type(target) is Thing:
            if target.state is not None:
                raise Rejection("bad_state", f"state is written twice into {target.cls.key}", name=target.cls.qualname)
            target.state = _EMPTY if state is None else state
            if target.cls.key in WRAPPERS:
                self.stack[-1] = self._array_in_line(target)
        elif type(target) is Array:
            calls.fill_array(target, state)
        elif type(target) is DType:
            calls.state_dtype(target, state)
        elif type(target) is Name:
            raise Rejection("bad_state", f"state is written into {target.key} itself", name=target.qualname)
        else:
            raise Rejection("bad_state", f"state is written into a {type(target).__name__}", name=type(target).__name__)

    def _array_in_line(self, wrapper: Thing) -> Node:
        """The array whose bytes follow joblib's wrapper."""
        if self._inside:
            raise Rejection("malformed", "an array in line inside a nested pickle")
        kind, dtype, shape, order, padded = calls.wrapped_array(wrapper)
        self.in_line_arrays += 1
        if dtype.hasobject:
            return self._nested_pickle()
        if padded:
            filler = self.take(self.unsigned(1))
            if len(filler) > 16 or filler.strip(b"\xff"):
                raise Rejection("malformed", f"padding before an array at byte {self.position}")
        array = Array(kind)
        array.shape = shape
        raw = self.take(calls.nbytes(shape, dtype))
        array.values = calls.from_bytes(raw, dtype, shape, fortran=order == "F")
        return array

    def _nested_pickle(self) -> Node:
        """joblib writes an array of objects as a pickle of its own; it is read by this same machine."""
        self._nested += 1
        if self._nested > limits.MAX_NESTED:
            raise Rejection("too_large", f"more than {limits.MAX_NESTED} nested pickles")
        outer = (self.stack, self.marks, self.memo)
        self._inside = True
        root = self._run()
        self._inside = False
        self.stack, self.marks, self.memo = outer
        if type(root) is not Array:
            raise Rejection("malformed", "a nested pickle that holds no array")
        return root


_EMPTY: dict[Node, Node] = {}


# -- one function for each opcode -----------------------------------------------------------------------------------

_Step = Callable[[Stream], None]


def _unknown(stream: Stream) -> None:
    raise Rejection("malformed", f"no opcode {stream.data[stream.position - 1]:#04x} at byte {stream.position - 1}")


def _refused(name: str) -> _Step:
    def step(stream: Stream) -> None:
        raise Rejection("bad_opcode", f"opcode {name} at byte {stream.position - 1}", name=name)

    return step


def _proto(stream: Stream) -> None:
    protocol = stream.unsigned(1)
    if protocol > pickle.HIGHEST_PROTOCOL:
        raise Rejection("malformed", f"protocol {protocol}")
    if stream.protocol is None:
        stream.protocol = protocol


def _frame(stream: Stream) -> None:
    size = stream.unsigned(8)
    if size > len(stream.data) - stream.position:
        raise Rejection("malformed", f"a frame of {size} bytes at byte {stream.position}")


def _stop(stream: Stream) -> None:
    raise _Stop


def _constant(value: Node) -> _Step:
    def step(stream: Stream) -> None:
        stream.stack.append(value)

    return step


def _int(stream: Stream) -> None:
    line = stream.line(limits.MAX_INTEGER_BYTES * 3)
    if line == b"00":
        stream.push(False)
    elif line == b"01":
        stream.push(True)
    else:
        stream.push(_decimal(line))


def _long(stream: Stream) -> None:
    stream.push(_decimal(stream.line(limits.MAX_INTEGER_BYTES * 3).removesuffix(b"L")))


def _decimal(line: bytes) -> int:
    if not line.removeprefix(b"-").isdigit():
        raise Rejection("malformed", "a whole number with other characters than digits")
    return int(line)


def _binint(stream: Stream) -> None:
    stream.push(int.from_bytes(stream.take(4), "little", signed=True))


def _binint1(stream: Stream) -> None:
    data, position = stream.data, stream.position
    if position >= len(data):
        raise Rejection("malformed", "the stream ends inside a number")
    stream.position = position + 1
    stream.stack.append(data[position])


def _binint2(stream: Stream) -> None:
    stream.push(stream.unsigned(2))


def _long_bytes(width: int) -> _Step:
    def step(stream: Stream) -> None:
        length = stream.unsigned(width)
        if length > limits.MAX_INTEGER_BYTES:
            raise Rejection("too_large", f"a whole number of {length} bytes")
        stream.push(int.from_bytes(stream.take(length), "little", signed=True))

    return step


def _float(stream: Stream) -> None:
    line = stream.line()
    if len(line) > 64 or b"_" in line:
        raise Rejection("malformed", "a number that is none")
    stream.push(float(line))


def _binfloat(stream: Stream) -> None:
    stream.push(struct.unpack(">d", stream.take(8))[0])


def _text(width: int) -> _Step:
    def step(stream: Stream) -> None:
        length = stream.unsigned(width)
        if length > limits.MAX_TEXT:
            raise Rejection("too_large", f"a text of {length} bytes")
        stream.push(str(stream.take(length), "utf-8", "surrogatepass"))

    return step


def _short_text(stream: Stream) -> None:
    data, position = stream.data, stream.position
    if position >= len(data):
        raise Rejection("malformed", "the stream ends inside a text")
    end = position + 1 + data[position]
    if end > len(data):
        raise Rejection("malformed", "the stream ends inside a text")
    stream.position = end
    stream.stack.append(str(data[position + 1 : end], "utf-8", "surrogatepass"))


def _unicode(stream: Stream) -> None:
    stream.push(str(stream.line(limits.MAX_TEXT), "raw-unicode-escape"))


def _string(stream: Stream) -> None:
    line = stream.line(limits.MAX_TEXT)
    if len(line) < 2 or line[0] != line[-1] or line[:1] not in (b'"', b"'"):
        raise Rejection("malformed", "a text without quotes")
    decoded: bytes = codecs.escape_decode(line[1:-1])[0]  # type: ignore[attr-defined]
    stream.push(decoded.decode("ascii"))


def _binstring(width: int) -> _Step:
    def step(stream: Stream) -> None:
        length = stream.unsigned(width)
        if length > limits.MAX_TEXT:
            raise Rejection("too_large", f"a text of {length} bytes")
        stream.push(stream.take(length).decode("ascii"))

    return step


def _bytes(width: int) -> _Step:
    def step(stream: Stream) -> None:
        stream.push(stream.take(stream.unsigned(width)))

    return step


def _tuple(stream: Stream) -> None:
    items = stream.close_mark()
    stream.push(tuple(items))


def _tuple_of(count: int) -> _Step:
    def step(stream: Stream) -> None:
        stack = stream.stack
        if len(stack) < count:
            raise Rejection("malformed", f"the stack is empty at byte {stream.position}")
        stack[-count:] = [tuple(stack[-count:])]

    return step


def _empty_list(stream: Stream) -> None:
    stream.stack.append([])


def _empty_dict(stream: Stream) -> None:
    stream.stack.append({})


def _empty_set(stream: Stream) -> None:
    stream.stack.append(set())


def _list(stream: Stream) -> None:
    items = stream.close_mark()
    stream.push(items)


def _dict(stream: Stream) -> None:
    items = stream.close_mark()
    fresh: dict[Node, Node] = {}
    _put(fresh, items)
    stream.push(fresh)


def _frozenset(stream: Stream) -> None:
    items = stream.close_mark()
    stream.push(frozenset([flat_key(item) for item in items]))


def _append(stream: Stream) -> None:
    item = stream.pop()
    _extend(stream.top(), [item])


def _appends(stream: Stream) -> None:
    items = stream.close_mark()
    _extend(stream.top(), items)


def _extend(target: Node, items: list[Node]) -> None:
    if type(target) is list:
        target.extend(items)
    elif type(target) is Thing and target.cls.key == "collections:deque":
        held = _entries(target)
        held.update(zip(range(len(held), len(held) + len(items)), items, strict=True))
    else:
        raise Rejection("bad_state", f"items are added to a {_called(target)}", name=_called(target))


def _setitem(stream: Stream) -> None:
    value = stream.pop()
    key = stream.pop()
    _put(_entries(stream.top()), [key, value])


def _setitems(stream: Stream) -> None:
    items = stream.close_mark()
    _put(_entries(stream.top()), items)


def _entries(target: Node) -> dict[Node, Node]:
    if type(target) is dict:
        return target
    if type(target) is Thing and (target.cls.key in calls.DICT_CLASSES or _is_beside(target) or not target.cls.allowed):
        if target.pairs is None:
            target.pairs = {}
        return target.pairs
    raise Rejection("bad_state", f"entries are written into a {_called(target)}", name=_called(target))


def _is_beside(target: Thing) -> bool:
    return allowed.role(target.cls.key) == "beside"


def _put(target: dict[Node, Node], items: list[Node]) -> None:
    if len(items) % 2:
        raise Rejection("malformed", "a key without a value")
    for index in range(0, len(items), 2):
        key = items[index]
        target[key if type(key) is str else flat_key(key)] = items[index + 1]


def _additems(stream: Stream) -> None:
    items = stream.close_mark()
    target = stream.top()
    if type(target) is not set:
        raise Rejection("bad_state", f"members are added to a {_called(target)}", name=_called(target))
    target.update([flat_key(item) for item in items])


def _called(target: Node) -> str:
    if type(target) is Name:
        return target.qualname
    if type(target) is Thing:
        return target.cls.qualname
    return type(target).__name__


def _global(stream: Stream) -> None:
    module = stream.line().decode("utf-8")
    qualname = stream.line().decode("utf-8")
    stream.push(stream.name(module, qualname))


def _stack_global(stream: Stream) -> None:
    qualname = stream.pop()
    module = stream.pop()
    stream.push(stream.name(module, qualname))


def _reduce(stream: Stream) -> None:
    args = stream.pop()
    function = stream.pop()
    if type(args) is not tuple:
        raise Rejection("malformed", "arguments that are no tuple")
    if type(function) is Thing and args == () and (cls := calls.class_of_new(function)) is not None:
        stream.made(Thing(cls, (function,), "new"))
        return
    if type(function) is not Name:
        raise Rejection("bad_call", f"a {_called(function)} is called, which is no name", name=_called(function))
    stream.made(calls.call(function, args))


def _newobj(stream: Stream) -> None:
    args = stream.pop()
    cls = stream.pop()
    if type(args) is not tuple:
        raise Rejection("malformed", "arguments that are no tuple")
    if type(cls) is not Name:
        raise Rejection("bad_call", f"an object is made of a {_called(cls)}, which is no class", name=_called(cls))
    stream.made(calls.new(cls, args))


def _newobj_ex(stream: Stream) -> None:
    options, args, cls = stream.pop(), stream.pop(), stream.pop()
    if type(args) is not tuple or type(options) is not dict:
        raise Rejection("malformed", "arguments that are no tuple and dict")
    if type(cls) is not Name or (cls.allowed and allowed.role(cls.key) != "beside"):
        raise Rejection("bad_opcode", f"opcode NEWOBJ_EX at byte {stream.position - 1}", name="NEWOBJ_EX")
    stream.made(Thing(cls, (*args, options), "new"))


def _build(stream: Stream) -> None:
    stream.build()


def _pop(stream: Stream) -> None:
    if stream.stack:
        stream.stack.pop()
    else:
        stream.close_mark()


def _pop_mark(stream: Stream) -> None:
    stream.close_mark()


def _dup(stream: Stream) -> None:
    stream.push(stream.top())


def _mark(stream: Stream) -> None:
    stream.open_mark()


def _get(stream: Stream) -> None:
    stream.recall(_decimal(stream.line(20)))


def _binget(stream: Stream) -> None:
    data, position = stream.data, stream.position
    if position >= len(data):
        raise Rejection("malformed", "the stream ends inside a memo number")
    stream.position = position + 1
    stream.recall(data[position])


def _long_binget(stream: Stream) -> None:
    stream.recall(stream.unsigned(4))


def _put_memo(stream: Stream) -> None:
    stream.remember(_decimal(stream.line(20)))


def _binput(stream: Stream) -> None:
    stream.remember(stream.unsigned(1))


def _long_binput(stream: Stream) -> None:
    stream.remember(stream.unsigned(4))


def _memoize(stream: Stream) -> None:
    stack, memo = stream.stack, stream.memo
    if not stack or len(memo) >= limits.MAX_MEMO:
        raise Rejection("too_large", f"memo of {len(memo)} entries, stack of {len(stack)}")
    index = len(memo)
    if index in memo:
        stream.remember(index)
    memo[index] = stack[-1]


def _table() -> list[_Step]:
    steps: dict[bytes, _Step] = {
        pickle.PROTO: _proto,
        pickle.FRAME: _frame,
        pickle.STOP: _stop,
        pickle.NONE: _constant(None),
        pickle.NEWTRUE: _constant(True),
        pickle.NEWFALSE: _constant(False),
        pickle.INT: _int,
        pickle.LONG: _long,
        pickle.BININT: _binint,
        pickle.BININT1: _binint1,
        pickle.BININT2: _binint2,
        pickle.LONG1: _long_bytes(1),
        pickle.LONG4: _long_bytes(4),
        pickle.FLOAT: _float,
        pickle.BINFLOAT: _binfloat,
        pickle.UNICODE: _unicode,
        pickle.SHORT_BINUNICODE: _short_text,
        pickle.BINUNICODE: _text(4),
        pickle.BINUNICODE8: _text(8),
        pickle.STRING: _string,
        pickle.SHORT_BINSTRING: _binstring(1),
        pickle.BINSTRING: _binstring(4),
        pickle.SHORT_BINBYTES: _bytes(1),
        pickle.BINBYTES: _bytes(4),
        pickle.BINBYTES8: _bytes(8),
        pickle.BYTEARRAY8: _bytes(8),
        pickle.EMPTY_TUPLE: _constant(()),
        pickle.TUPLE: _tuple,
        pickle.TUPLE1: _tuple_of(1),
        pickle.TUPLE2: _tuple_of(2),
        pickle.TUPLE3: _tuple_of(3),
        pickle.EMPTY_LIST: _empty_list,
        pickle.LIST: _list,
        pickle.APPEND: _append,
        pickle.APPENDS: _appends,
        pickle.EMPTY_DICT: _empty_dict,
        pickle.DICT: _dict,
        pickle.SETITEM: _setitem,
        pickle.SETITEMS: _setitems,
        pickle.EMPTY_SET: _empty_set,
        pickle.ADDITEMS: _additems,
        pickle.FROZENSET: _frozenset,
        pickle.GLOBAL: _global,
        pickle.STACK_GLOBAL: _stack_global,
        pickle.REDUCE: _reduce,
        pickle.NEWOBJ: _newobj,
        pickle.NEWOBJ_EX: _newobj_ex,
        pickle.BUILD: _build,
        pickle.POP: _pop,
        pickle.POP_MARK: _pop_mark,
        pickle.DUP: _dup,
        pickle.MARK: _mark,
        pickle.GET: _get,
        pickle.BINGET: _binget,
        pickle.LONG_BINGET: _long_binget,
        pickle.PUT: _put_memo,
        pickle.BINPUT: _binput,
        pickle.LONG_BINPUT: _long_binput,
        pickle.MEMOIZE: _memoize,
    }
    for name in (
        "INST",
        "OBJ",
        "EXT1",
        "EXT2",
        "EXT4",
        "PERSID",
        "BINPERSID",
        "NEXT_BUFFER",
        "READONLY_BUFFER",
    ):
        steps[getattr(pickle, name)] = _refused(name)
    return [steps.get(bytes([code]), _unknown) for code in range(256)]


_DISPATCH = _table()
