"""What may lie beside a model is data to the gate: nothing of it is called, and nothing of it gets into a model."""

import pickle
import pickletools
from collections.abc import Iterator

import pytest

from lib.gate.building.construct import build
from lib.gate.judging import auxiliary_names
from lib.gate.judging.judge import judge
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection
from tests.attacks.model import holding, linear, named, text


def plain(value: object) -> bytes:
    """A plain value as opcodes, without header and STOP, and without a memo that the next one would overwrite."""
    return pickletools.optimize(pickle.dumps(value, 2))[2:-1]


MODEL = plain(linear())
NONE, EMPTY, NOTHING = b"N", b")", b"}"


def _reason(data: bytes) -> str:
    try:
        judge(unwrap(data))
    except Rejection as rejection:
        return rejection.reason
    return ""


def _with(value: bytes) -> bytes:
    return b"\x80\x04(" + MODEL + value + b"t."


def _got(owner: bytes, method: str) -> bytes:
    return named("builtins", "getattr") + owner + text(method) + b"\x86R"


def _bound(function: bytes, args: bytes = EMPTY) -> bytes:
    """`partial(function)` with its state, as pickle writes it."""
    return named("functools", "partial") + function + b"\x85R" + b"(" + function + args + NOTHING + NONE + b"tb"


def _calls() -> Iterator[tuple[str, bytes]]:
    """Files that call, reach or make something by the ways that objects beside a model are written in."""
    frame, letters = named("pandas", "DataFrame"), text("{0.__class__}")
    shell = plain(("touch canary",))
    for owner, method in (
        (frame, "to_pickle"), (frame, "eval"), (frame, "query"), (frame, "to_csv"), (frame, "__init__"),
        (frame, "_mgr"), (letters, "__class__"), (letters, "format"), (NOTHING, "get"),
        (NOTHING, "__class__"), (named("builtins", "str"), "__subclasses__"),
        (named("os", "path"), "join"), (named("sklearn.pipeline", "Pipeline"), "fit"), (frame, "__new__.__self__"),
        (named("sklearn.pipeline", "Pipeline"), "__new__"), (named("builtins", "abs"), "__new__"),
        (named("collections", "deque"), "__reduce__"),
    ):  # fmt: skip
        yield f"getattr {method}", _got(owner, method)
    for owner, method in ((frame, "median"), (named("builtins", "str"), "format"), (frame, "apply")):
        yield f"{method} is called", _got(owner, method) + shell + b"R"
        yield f"partial of {method} is called", _bound(_got(owner, method)) + EMPTY + b"R"
        yield f"{method} is made new", _got(owner, method) + EMPTY + b"\x81"
    deque = named("collections", "deque")
    yield "a maker is called", _got(deque, "__new__") + shell + b"R"
    yield "a partial maker is called with more", _bound(_got(deque, "__new__")) + shell + b"R"
    yield "a partial of a function is called", _bound(named("numpy", "argmax")) + EMPTY + b"R"
    yield "a partial of os.system", _bound(named("os", "system"), shell)
    yield "a partial of getattr", _bound(named("builtins", "getattr"), shell)
    yield "items of a dict", named("_operator", "getitem") + NOTHING + text("a") + b"\x86R"
    yield "items of a class", named("_operator", "getitem") + frame + text("a") + b"\x86R"
    yield "items of nothing", named("_operator", "getitem") + EMPTY + b"R"
    yield "items of builtins", named("_operator", "getitem") + named("builtins", "__dict__") + text("eval") + b"\x86R"
    kind = named("builtins", "type")
    yield "a type made", kind + plain(("X", (), {})) + b"R"
    yield "the type of a class", kind + frame + b"\x85R"
    yield "type as a value", kind + kind + NONE + b"\x85R\x86"
    for method in ("__subclasses__", "mro", "__new__"):
        yield f"{method} of the type of none", _got(kind + NONE + b"\x85R", method)
    for base in ("builtins:type", "builtins:object", "builtins:dict"):
        module, _, name = base.partition(":")
        again = named("copyreg", "_reconstructor") + kind + named(module, name) + NONE
        yield f"type made again from {name}", again + b"\x87R"
    yield "type of none with a state", kind + NONE + b"\x85R" + plain({"a": 1}) + b"b"
    for module, name in (("subprocess", "Popen"), ("sklearn.pipeline", "Pipeline"), ("builtins", "getattr")):
        yield f"NEWOBJ_EX of {name}", named(module, name) + shell + NOTHING + b"\x92"
    yield "NEWOBJ_EX of a maker", _got(deque, "__new__") + EMPTY + NOTHING + b"\x92"
    zone = named("datetime", "tzinfo")
    for module, name in (("sklearn.pipeline", "Pipeline"), ("os", "system"), ("builtins", "getattr")):
        yield f"tzinfo of {name}", named("copyreg", "_reconstructor") + named(module, name) + zone + NONE + b"\x87R"
    record = named("numpy", "dtype") + named("numpy", "record") + b"\x89\x88\x87R"
    array = named("numpy._core.multiarray", "_reconstruct") + named("numpy", "ndarray") + plain((0,)) + plain(b"b")
    yield "an array of records", array + b"\x87R(" + plain(1) + plain((1,)) + record + b"\x89" + plain(b"") + b"tb"
    yield "record is called", named("numpy", "record") + shell + b"R"


@pytest.mark.parametrize("protocol", [2, 4])
def test_nothing_beside_a_model_is_called_or_reached_through(protocol: int) -> None:
    found = {name: _reason(b"\x80" + bytes([protocol]) + _with(value)[2:]) for name, value in _calls()}
    assert [name for name, reason in found.items() if reason in ("", "malformed")] == []


def test_a_function_beside_models_is_never_called() -> None:
    for key in auxiliary_names.FUNCTIONS:
        module, _, name = key.partition(":")
        assert _reason(_with(named(module, name) + plain((1,)) + b"R")) == "bad_call", key


def test_what_lies_beside_models_gets_into_none() -> None:
    """Every name as every kind of attribute: refused, or left behind where a model keeps what it never uses."""
    forged = {key: holding(key, "@@@@", 2) for key in ("coef_", "fit_intercept", "positive", "_note", "predict")}
    for key in auxiliary_names.NAMES:
        name = "c{}\n{}\n".format(*key.split(":")).encode()
        for attribute, data in forged.items():
            try:
                built = build(unwrap(data.replace(text("@@@@"), name)))
            except Rejection:
                continue
            assert attribute == "_note", (key, attribute)
            assert not hasattr(built, "_note"), key
