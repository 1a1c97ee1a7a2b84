"""Broken and twisted honest files through the whole gate: `python -m benchmarks.fuzz --inputs 1000000`.

Each input is an honest file that was changed: bytes flipped, cut, doubled or spliced; opcodes and their arguments
exchanged; names replaced by dangerous ones; then packed again, so that the change reaches the parser. A process with
the sandbox active decompresses, validates, builds and tests each one, under an audit hook of Python's. A finding is an
import, a file, a process, a socket or compiled code that an input caused; a verdict later than the limit; or the
process's end by a signal. With atheris installed, `--atheris` drives the parser by coverage instead.

`--log FILE` writes the totals after each 20,000 inputs, and a run that was cut off goes on there:
`python -m benchmarks.fuzz --inputs 10000000 --log fuzz.jsonl` overnight, as often as needed.
"""

import argparse
import bz2
import contextlib
import gzip
import json
import lzma
import mmap
import os
import pickle
import pickletools
import random
import select
import signal
import struct
import sys
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from lib.gate.building.model import open_estimator
from lib.gate.judging.judge import judge
from lib.gate.opened import VERDICT_SECONDS
from lib.gate.process import sandbox, worker
from lib.gate.process.sandbox import close_doors
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection

FORBIDDEN = (
    "import",
    "open",
    "exec",
    "compile",
    "code.__new__",
    "function.__new__",
    "marshal.",
    "pickle.find_class",
    "subprocess.",
    "socket.",
    "ctypes.dlopen",
    "ctypes.call_function",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "os.putenv",
    "shutil.",
    "builtins.input",
    "mmap.__new__",
)
"""Prefixes of audit events that no input may cause."""

NAMES = (
    (b"os", b"system"),
    (b"posix", b"system"),
    (b"builtins", b"eval"),
    (b"builtins", b"exec"),
    (b"builtins", b"getattr"),
    (b"builtins", b"type"),
    (b"builtins", b"object"),
    (b"subprocess", b"Popen"),
    (b"operator", b"attrgetter"),
    (b"functools", b"partial"),
    (b"importlib", b"import_module"),
    (b"numpy", b"load"),
    (b"numpy", b"fromfile"),
    (b"numpy", b"dtype"),
    (b"numpy", b"ndarray"),
    (b"numpy._core.multiarray", b"_reconstruct"),
    (b"numpy._core.multiarray", b"scalar"),
    (b"joblib", b"load"),
    (b"joblib.numpy_pickle", b"NumpyArrayWrapper"),
    (b"pandas", b"read_pickle"),
    (b"scipy.stats._distn_infrastructure", b"rv_frozen"),
    (b"sklearn.tree._tree", b"Tree"),
    (b"sklearn.neighbors._kd_tree", b"KDTree"),
    (b"sklearn.pipeline", b"Pipeline"),
    (b"sklearn.preprocessing._function_transformer", b"FunctionTransformer"),
    (b"sklearn.datasets._base", b"load_files"),
    (b"copyreg", b"_reconstructor"),
    (b"_codecs", b"encode"),
    (b"collections", b"OrderedDict"),
)


# --- inputs --------------------------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """Small honest files of many kinds."""
    from tests.gate import valid_models, valid_models_notebooks

    wanted = {
        "alone/LinearRegression",
        "named/LogisticRegression",
        "alone/KMeans",
        "alone/DecisionTreeClassifier",
        "alone/HistGradientBoostingClassifier",
        "named/StandardScaler",
        "alone/OneHotEncoder",
        "alone/KNeighborsClassifier",
        "alone/SVC",
        "alone/SplineTransformer",
        "alone/RandomizedSearchCV",
        "alone/IsotonicRegression",
        "alone/CountVectorizer",
        "alone/MLPClassifier",
        "alone/GaussianProcessRegressor",
        "alone/ColumnTransformer",
    }
    found = []
    for case in valid_models.alone({name.partition("/")[2] for name in wanted}):
        if case.name in wanted:
            found += [data for name, data in valid_models.files(case.estimator) if name in _SEED_FORMATS]
    beside = [book.data for book in valid_models_notebooks.with_something_beside()]
    return [*found, *[data for data in beside[::4] if len(data) < MOST_SEED], *_in_parts()]


def _in_parts() -> list[bytes]:
    """A model and its preparation apart, with the names of the columns: `building/composing.py` puts them in order."""
    table = np.arange(24.0).reshape(8, 3)
    scaler = StandardScaler().fit(table)
    model = LogisticRegression().fit(scaler.transform(table), [0, 1] * 4)
    file = {"model": model, "scaler": scaler, "features": ["a", "b", "c"]}
    return [pickle.dumps(file, protocol=2), pickle.dumps(file, protocol=5)]


MOST_SEED = 20_000
"""Bytes of a file with something beside its model: small ones are read more often in the same time."""
_SEED_FORMATS = ("pickle-0", "pickle-1", "pickle-2", "pickle-4", "pickle-5", "joblib-raw", "joblib-zlib", "skops")
_REPACK: tuple[Callable[[bytes], bytes], ...] = (
    zlib.compress,
    gzip.compress,
    bz2.compress,
    lambda data: lzma.compress(data, preset=0),
    lambda data: lzma.compress(data, lzma.FORMAT_ALONE, preset=0),
)
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**63 - 1, 2**63, 2**64 - 1)


def mutant(chance: random.Random, files: Sequence[bytes]) -> bytes:
    """One honest file, changed in a few places."""
    data = chance.choice(files)
    inner = data
    if data[:1] == b"x":
        inner = zlib.decompress(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        inner = chance.choice(_CHANGES)(chance, inner, files)
        if not inner:
            inner = b"\x80"
    if data[:1] == b"x" or chance.random() < 0.03:
        inner = chance.choice(_REPACK)(inner) if chance.random() < 0.3 else zlib.compress(inner, 1)
        if chance.random() < 0.1:
            inner = _flip(chance, inner, files)
    return inner


def _flip(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _byte(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + chance.randrange(2) :]


def _cut(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 40) :]


def _double(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    length = chance.randrange(1, 60)
    return data[: start + length] + data[start : start + length] * chance.choice((1, 1, 50)) + data[start + length :]


def _splice(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    other = chance.choice(files)
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _number(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(data))
    size, code = chance.choice(((1, "B"), (2, "<H"), (4, "<I"), (8, "<Q")))
    value = struct.pack(code, chance.choice(_NUMBERS) & (256**size - 1))
    return data[:place] + value + data[place + size :]


def _opcodes(data: bytes) -> list[int]:
    """Where opcodes start, so far as the stream can be read."""
    places: list[int] = []
    with (
        warnings.catch_warnings(),
        contextlib.suppress(ValueError, IndexError, UnicodeDecodeError, struct.error, OverflowError),
    ):
        warnings.simplefilter("ignore")  # a broken text inside may hold an escape that Python does not know
        for _, _, place in pickletools.genops(data):
            if place is not None:
                places.append(place)
    return places


def _opcode(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    places = _opcodes(data)
    if not places:
        return _byte(chance, data, files)
    place = chance.choice(places)
    return data[:place] + chance.choice(pickletools.opcodes).code.encode("latin-1") + data[place + 1 :]


def _move(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """A run of whole opcodes somewhere else."""
    places = _opcodes(data)
    if len(places) < 4:
        return _double(chance, data, files)
    first = chance.randrange(len(places) - 1)
    last = min(len(places) - 1, first + chance.randrange(1, 8))
    target = chance.choice(places)
    piece = data[places[first] : places[last]]
    return data[:target] + piece + data[target:]


def _name(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """A name exchanged for a dangerous one, in the old way of writing and in the new."""
    module, qualname = chance.choice(NAMES)
    places = [place for place in _opcodes(data) if data[place : place + 1] in (b"c", b"\x93")]
    if not places:
        return data.replace(b"sklearn", module, 1)
    place = chance.choice(places)
    new = b"c" + module + b"\n" + qualname + b"\n"
    if data[place : place + 1] == b"c":
        end = data.find(b"\n", data.find(b"\n", place) + 1) + 1
        return data[:place] + new + data[max(end, place + 1) :]
    return data[:place] + b"00" + new + data[place + 1 :]


def _call(chance: random.Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """A call or a state put in, on whatever is on top."""
    places = _opcodes(data)
    place = chance.choice(places) if places else 0
    module, qualname = chance.choice(NAMES)
    piece = chance.choice(
        (
            b"c" + module + b"\n" + qualname + b"\n(S'true'\ntR",
            b"c" + module + b"\n" + qualname + b"\n)\x81}b",
            b"}S'__class__'\nK\x01sb",
            b"c" + module + b"\n" + qualname + b"\n}b",
            b"(K\x01K\x02d",
            b"h\x00b",
            b"2",
            b"\x94h\x01",
            b"(" * 50 + b"t" * 50,
        )
    )
    return data[:place] + piece + data[place:]


_CHANGES = (_flip, _flip, _byte, _cut, _double, _splice, _number, _number, _opcode, _move, _name, _call)


# --- the run -------------------------------------------------------------------------------------------------------


STUCK_SECONDS = 60.0
"""Without a verdict and without computing: it waits for something that never comes."""


@dataclass
class Report:
    """The results of a run."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[int, str]] = field(default_factory=list)
    """Number of the input and what it did; `mutant(random.Random(f"{seed}:{number}"), files)` gives it again."""
    seconds: float = 0.0
    slowest: float = 0.0


def one(data: bytes) -> str:
    """A single input all the way; its outcome in a word."""
    try:
        container = unwrap(data)
        findings = judge(container)
    except Rejection as refusal:
        return refusal.reason
    try:
        model = open_estimator(container, findings)
        complaint = model.smoke_test()
    except Rejection as refusal:
        return f"built: {refusal.reason}"
    except Exception as error:  # noqa: BLE001 - inside the worker any exception is an answer
        return f"built: {type(error).__name__}"
    return "opened" if not complaint else "opened, does not answer"


def run(
    inputs: int,
    *,
    seed: int = 0,
    seconds: float = float("inf"),
    files: Sequence[bytes] | None = None,
    start: int = 0,
    so_far: Report | None = None,
    stretch: int = 20_000,
    tell: Callable[[Report, int], None] = lambda report, position: None,
) -> Report:
    """Inputs number `start` to `inputs`, in processes with their doors closed; a new one after each that ends.

    `so_far` are the totals of an earlier part of the run, which are added to. After each `stretch` of inputs, `tell` is
    given the totals and the number of the next input.
    """
    worker._import_everything(1)
    files = files or seeds()
    report = so_far or Report()
    before = (report.inputs, report.seconds)
    began = time.monotonic()
    position = start
    while position < inputs and time.monotonic() - began < seconds:
        position = _stretch(report, files, seed, (position, min(inputs, position + stretch)))
        report.inputs = before[0] + position - start
        report.seconds = before[1] + time.monotonic() - began
        tell(report, position)
    return report


def write_totals(log: Path, seed: int, report: Report, position: int) -> None:
    """Adds a line of JSON with the totals so far, and the number of the next input."""
    line = {
        "seed": seed,
        "next": position,
        "inputs": report.inputs,
        "seconds": round(report.seconds, 1),
        "slowest": round(report.slowest, 3),
        "outcomes": dict(report.outcomes),
        "findings": report.findings,
    }
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_totals(log: Path, seed: int) -> tuple[Report, int]:
    """The totals and the next input of the last whole line of a log for that seed; nothing and 0 where there is none.

    The last line may be cut off: the process that wrote it was killed.
    """
    for text in reversed(log.read_text(encoding="utf-8").splitlines() if log.exists() else []):
        try:
            line = json.loads(text)
        except json.JSONDecodeError:
            continue
        if line["seed"] == seed:
            findings = [(int(number), str(what)) for number, what in line["findings"]]
            report = Report(line["inputs"], Counter(line["outcomes"]), findings, line["seconds"], line["slowest"])
            return report, int(line["next"])
    return Report(), 0


def _stretch(report: Report, files: Sequence[bytes], seed: int, span: tuple[int, int]) -> int:
    """One process's share; returns the number of the next input."""
    shared = mmap.mmap(-1, 16)  # the number it is at
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(files, seed, span, writing, shared)
    os.close(writing)
    at, since, spent = -1, time.monotonic(), 0.0
    done = span[0]
    waiting = b""
    while True:
        readable, _, _ = select.select([reading], [], [], 0.2)
        piece = os.read(reading, 2**20) if readable else b""
        waiting += piece
        *lines, waiting = waiting.split(b"\n")
        for line in lines:
            number, took, kind, text = line.decode(errors="replace").split("\t", 3)
            done = int(number) + 1
            report.slowest = max(report.slowest, float(took))
            if kind == "outcome":
                report.outcomes[text] += 1
            else:
                report.findings.append((int(number), text))
        if readable and not piece:
            break
        now = struct.unpack("<q", shared[:8])[0]
        if now != at:
            at, since, spent = now, time.monotonic(), _computed(child)
        elif _computed(child) - spent > VERDICT_SECONDS or time.monotonic() - since > STUCK_SECONDS:
            report.findings.append((at, f"no verdict within {VERDICT_SECONDS} s"))
            os.kill(child, signal.SIGKILL)
            done = at + 1
            break
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) and done < span[1]:
        report.findings.append((done, f"the process ended with {os.WEXITSTATUS(status)}"))
        done += 1
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        at = struct.unpack("<q", shared[:8])[0]
        report.findings.append((at, f"the process ended by signal {os.WTERMSIG(status)}"))
        done = at + 1
    shared.close()
    return max(done, span[0] + 1)


def _computed(child: int) -> float:
    """Seconds of computing that a process has used: it may share its processor with others."""
    try:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _child(files: Sequence[bytes], seed: int, span: tuple[int, int], writing: int, shared: mmap.mmap) -> None:
    try:
        os.dup2(writing, 1)
        os.dup2(writing, 0)
        os.closerange(3, 4096)
        warnings.simplefilter("ignore")
        seen: list[str] = []
        on = [False]

        def hook(event: str, details: tuple[object, ...]) -> None:
            if event == "compile" and details[1] == "<unknown>":
                return  # ast.literal_eval reading an array's header: a tree of literals, never code
            if on[0] and event.startswith(FORBIDDEN):
                seen.append(f"{event} {details!r:.200}")

        one(files[0])  # whatever the first of all does once
        # this process is larger than a new worker: without this, it would run out of memory whatever the input
        sandbox.MEMORY += int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        close_doors()
        sys.addaudithook(hook)
        for number in range(*span):
            shared[:8] = struct.pack("<q", number)
            data = mutant(random.Random(f"{seed}:{number}"), files)
            began = time.process_time()
            on[0] = True
            try:
                outcome = one(data)
            except BaseException as error:  # noqa: BLE001 - reported, whatever it is
                outcome = "raised"
                seen.append(f"{type(error).__name__} came out of the judge: {error!s:.200}")
            on[0] = False
            took = time.process_time() - began
            for event in seen:
                _tell(number, took, "finding", event)
            seen.clear()
            if took > VERDICT_SECONDS:
                _tell(number, took, "finding", f"late: {took:.1f} s")
            _tell(number, took, "outcome", outcome)
        os._exit(0)
    finally:
        os._exit(1)


def _tell(number: int, took: float, kind: str, text: str) -> None:
    os.write(1, f"{number}\t{took:.4f}\t{kind}\t{text}\n".replace("\r", " ").encode(errors="replace"))


# --- by coverage ---------------------------------------------------------------------------------------------------


def by_coverage(arguments: Sequence[str]) -> None:
    """atheris on the parser and the judge; anything but a Rejection is a crash."""
    import atheris

    for name in [name for name in sys.modules if name.startswith("lib.gate")]:
        del sys.modules[name]  # what is imported already would go on uninstrumented
    with atheris.instrument_imports(include=["lib.gate"]):
        from lib.gate import rejection
        from lib.gate.reading.containers import Container

    def test(data: bytes) -> None:
        with contextlib.suppress(rejection.Rejection):
            judge.judge(Container("pickle", "", data))

    atheris.Setup([sys.argv[0], *arguments], test)
    atheris.Fuzz()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def main() -> None:
    """Run, print the results, and fail if anything was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--inputs", type=int, default=1_000_000)
    options.add_argument("--seconds", type=float, default=float("inf"), help="stop after that time")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--start", type=int, default=0, help="number of the first input, to go on with a run")
    options.add_argument(
        "--log",
        type=Path,
        help="totals after each 20,000 inputs as lines of JSON; a run that was cut off goes on there",
    )
    options.add_argument("--keep", type=Path, help="folder for the inputs that found something")
    options.add_argument("--atheris", nargs=argparse.REMAINDER, help="drive the parser by coverage")
    chosen = options.parse_args()
    if chosen.atheris is not None:
        by_coverage(chosen.atheris)
        return
    files = seeds()
    so_far, start = (Report(), chosen.start) if chosen.log is None else read_totals(chosen.log, chosen.seed)

    def tell(report: Report, position: int) -> None:
        _say(f"{position:,} of {chosen.inputs:,}: {report.seconds:.0f} s, {len(report.findings)} findings")
        sys.stdout.flush()
        if chosen.log is not None:
            write_totals(chosen.log, chosen.seed, report, position)

    report = run(
        chosen.inputs,
        seed=chosen.seed,
        seconds=chosen.seconds,
        files=files,
        start=max(start, chosen.start),
        so_far=so_far,
        tell=tell,
    )
    speed = report.inputs / max(report.seconds, 1e-9)
    _say(f"{report.inputs:,} inputs in {report.seconds:.0f} s ({speed:.0f}/s), slowest verdict {report.slowest:.2f} s")
    for outcome, count in report.outcomes.most_common():
        _say(f"{count:>10,}  {outcome}")
    for number, what in report.findings[:100]:
        _say(f"FOUND at input {number} of seed {chosen.seed}: {what}")
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            data = mutant(random.Random(f"{chosen.seed}:{number}"), files)
            (chosen.keep / f"{chosen.seed}-{number}.bin").write_bytes(data)
    _say(f"{len(report.findings)} findings")
    sys.exit(bool(report.findings))


if __name__ == "__main__":
    main()
