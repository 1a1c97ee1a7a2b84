"""One training in a process of its own: it reports progress, can be stopped, and outlives a change of page.

The parent starts `python -m lib.jobs FOLDER`, writes what to learn from into the folder, and then one byte to the
child; the child writes lines of JSON, and each model's bytes and card: first the quick model (`Question.quick`), then
the thorough one. Models cross as bytes: the process that serves pages builds none. The child watches its standard input
and ends itself when that closes, so that no training outlives its server. A server keeps one such process ready that
has imported everything (`keep_spare`): importing takes longer than many a first answer.

Models are written as a pickle; another format is made on request, by `python -m lib.jobs FOLDER NUMBER FORMAT`, which
trains the same model again. For that, the folder keeps what was learnt from until the job is dropped.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import pandas as pd

from lib import leftovers
from lib.card import Card
from lib.errors import Fact, UserError
from lib.logs import event
from lib.model_file import DEFAULT_FORMAT, LeakFound
from lib.model_file.making import Made, Train, make_model
from lib.model_file.segment_names import with_segment_names
from lib.orders import Ledger, Orders
from lib.training.improvement import Improvement, improvement
from lib.turns import end_before_the_server

if TYPE_CHECKING:
    from lib.training import Question, Trained

_logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]

MOST_AT_ONCE = 3
"""Trainings on this server at the same time; one more would slow all of them down."""

QUICK, THOROUGH = 1, 2
"""Numbers of the models in a job's folder."""

QUICK_GOALS = ("groups", "buy_again", "spend", "orders", "target")
"""Goals with a quick model first. The date of the next order is a matter of seconds anyway."""

MIN_SHARE = 0.15
"""Of a training: earlier the time left is not shown."""

USER_ERROR = 4
"""Exit code of a process that made no file and wrote why; 1 is Python's for an exception."""

NICE = 10
"""By how much the thorough training gives way to first answers and to the pages."""

FORMAT_SECONDS = 300.0
"""How long making a file in another format may take."""

State = Literal["running", "done", "failed", "crashed", "cancelled"]

BEGIN = b"b"
"""What a child waits for: the folder then holds what to learn from."""

_running: weakref.WeakSet[Job] = weakref.WeakSet()
_spares: list[_Child] = []
"""The process that has imported everything and waits, if there is one. A list, so that taking it is one step."""


@dataclass(frozen=True)
class Result:
    """What a training gave: the model's file in every format on offer, and what there is to say about it."""

    files: Mapping[str, bytes] = field(repr=False)
    """Format key (see `lib/model_file`) → the file."""
    card: Card
    customers_searched: int
    """How many customers' names and ids were looked for in the file …"""
    customers_found: int
    """… and how many were found."""
    improvement: Improvement | None = None
    """Of a thorough model that a quick one came before: what it gained."""

    @property
    def quick(self) -> bool:
        """Whether this is the first answer."""
        return bool(self.card.settings.get("quick"))


def with_names(made: Result, card: Card) -> Result:
    """The same model with that card, which differs in the names of segments alone, also in its file.

    Raises ValueError for a file of older pickle protocols."""
    names = {group.number: group.name for group in card.groups}
    files = {key: with_segment_names(data, names) for key, data in made.files.items()}
    return replace(made, card=card, files=files)


class _Child:
    """A process that waits for what to learn from, and its folder; it has been given nothing yet."""

    def __init__(self, *options: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=leftovers.temporary_prefix()))
        (self.folder / "progress").touch()
        command = [sys.executable, "-m", "lib.jobs", str(self.folder), *options]
        with (self.folder / "stderr").open("wb") as stderr, (self.folder / "stdout").open("wb") as stdout:
            self.process = subprocess.Popen(  # spawn and forkserver would run the page's script again in the child
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr
            )
        self._code = _code_changed()
        self.end = weakref.finalize(self, _end, self.process, self.folder)
        """Ends it, also when the server ends."""

    @property
    def usable(self) -> bool:
        """Whether it still waits, with the code as it is today."""
        return self.process.poll() is None and self._code == _code_changed()

    def begin(self) -> Job:
        """It trains from here on what is in its folder."""
        if self.process.stdin is None:
            raise ValueError("a child is started with a pipe")
        self.end.detach()  # from here on, the job ends it
        job = Job(self.folder, self.process)
        with contextlib.suppress(OSError):  # it has ended: that is the state of the job
            self.process.stdin.write(BEGIN)
            self.process.stdin.flush()
        return job


def _code_changed() -> float:
    """When the code changed last."""
    return max(file.stat().st_mtime for file in (ROOT / "lib").rglob("*.py"))


class Job:
    """A training that runs or has ended. Make one with `start`."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self._path = folder
        self._process = process
        # Also when the visitor has left and the job is no longer referenced, and when the server ends.
        self._end = weakref.finalize(self, _end, process, folder)
        self._cancelled = False
        self._began = time.monotonic()
        self._first_at = float("inf")
        self._results: dict[int, Result] = {}
        self._formats: dict[tuple[str, str], bytes] = {}
        self.stopped_by_server = False
        """Whether the thorough training was stopped because others wait for their first answer."""
        _running.add(self)

    @property
    def state(self) -> State:
        """Where it stands; asks the process and returns at once."""
        if self._cancelled:
            return "cancelled"
        if self._process.poll() is None:
            return "running"
        if self._published():
            return "done"  # also where the thorough training failed or was stopped: the quick model stays
        return "failed" if self._last("error") else "crashed"

    @property
    def first(self) -> Result | None:
        """The best model so far, as soon as there is one."""
        published = self._published()
        return self._result_of(published) if published else None

    @property
    def unimproved(self) -> bool:
        """Whether the job has ended with the quick model alone."""
        return self.state == "done" and self.result.quick

    @property
    def progress(self) -> tuple[float, str]:
        """The share that is done, 0 to 1, and the text key of the step that runs."""
        line = self._last("step")
        return (float(str(line["share"])), str(line["step"])) if line else (0.0, "jobs.starting")

    @property
    def seconds_left(self) -> float | None:
        """About how long until the next model, from the share done; None while too little is done to tell."""
        share, _ = self.progress
        begin = self._began if self.first is None else self._first_at
        return (time.monotonic() - begin) * (1 - share) / share if share >= MIN_SHARE else None

    @property
    def error(self) -> UserError:
        """Why it failed, where the user can act on it."""
        return _error(self._last("error"))

    @property
    def technical(self) -> str:
        """The last lines that a crashed training wrote, for the server's log."""
        return (self._path / "stderr").read_text(errors="replace")[-4000:]

    @property
    def result(self) -> Result:
        """What a done training gave."""
        return self._result_of(self._published())

    def file(self, key: str) -> bytes:
        """The model in another format (see `lib/model_file`), made and searched when it is first asked for.

        Takes seconds to minutes. Raises UserError, and RuntimeError where the process that makes it fails.
        """
        made = self.first
        if made is None:
            raise ValueError("there is no model yet")
        if key in made.files:
            return made.files[key]
        known = made.card.pipeline_sha256, key
        if known not in self._formats:
            number = self._published()
            command = [sys.executable, "-m", "lib.jobs", str(self._path), str(number), key]
            ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=FORMAT_SECONDS, check=False)
            if ended.returncode == USER_ERROR:
                raise _error(json.loads(ended.stdout))
            if ended.returncode:
                raise RuntimeError(ended.stderr.decode(errors="replace")[-2000:])
            self._formats[known] = (self._path / f"model-{number}.{key}").read_bytes()
        return self._formats[known]

    def made_already(self, made: Result, key: str) -> bytes | None:
        """The file of a model of this job in a format, if it has been made."""
        return made.files.get(key) or self._formats.get((made.card.pipeline_sha256, key))

    def rename(self, made: Result, renamed: Result) -> None:
        """From now on the second is the result where the first was, also in files that are made later."""
        for number, result in self._results.items():
            if result is made:
                self._results[number] = renamed
                names = {group.number: group.name for group in renamed.card.groups}
                (self._path / f"names-{number}.json").write_text(json.dumps(names))
                sha256 = made.card.pipeline_sha256
                self._formats = {known: data for known, data in self._formats.items() if known[0] != sha256}

    def stop(self, *, by_server: bool = False) -> None:
        """Stops the thorough training; the best model so far is the result."""
        if self.first is None:
            self.cancel()
            return
        self.stopped_by_server = by_server
        event(_logger, "job_stopped", by_server=by_server)
        self._process.kill()
        self._process.wait()

    def cancel(self) -> None:
        """Stops the training at once, without a result."""
        self._cancelled = True
        event(_logger, "job_cancelled")
        self._end()

    def wait(self, seconds: float) -> State:
        """Waits until it has ended, at most so long."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return "running"
        return self.state

    def _published(self) -> int:
        """The number of the latest model that was written, from 1; 0 before the first."""
        return int(str(self._last("result").get("result", 0))) if not self._cancelled else 0

    def _result_of(self, number: int) -> Result:
        if number not in self._results:
            record = json.loads((self._path / f"result-{number}.json").read_text())
            card = Card.from_plain(record["card"])
            if card is None:
                raise ValueError("a training must write a card that can be read back")
            files = {DEFAULT_FORMAT: (self._path / f"model-{number}.{DEFAULT_FORMAT}").read_bytes()}
            gained = Improvement(**record["improvement"]) if record["improvement"] else None
            self._first_at = min(self._first_at, time.monotonic())
            self._results[number] = Result(files, card, int(record["searched"]), int(record["found"]), gained)
            event(_logger, "job_result", goal=card.goal, recipe=card.recipe, number=number, unread=len(card.unread))
        return self._results[number]

    def _last(self, name: str) -> Mapping[str, object]:
        lines = (self._path / "progress").read_text().splitlines()
        # The child may be in the middle of a line.
        entries = [json.loads(line) for line in lines if line.endswith("}")]
        return next((line for line in reversed(entries) if name in line), {})


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Stops the process if it still runs, and removes what it was given and what it wrote."""
    if process.poll() is None:
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def start(source: Orders | pd.DataFrame, question: Question) -> Job:
    """Starts training on an order history or on a customer table (index customer_id).

    Raises UserError where this server trains enough models already.
    """
    _make_way()
    child = _waiting()
    try:
        _write(child.folder, source, question)
        size = sum(one.stat().st_size for one in child.folder.iterdir())
    except BaseException:
        child.end()
        raise
    event(_logger, "job_started", goal=question.goal, bytes=size)
    return child.begin()


def keep_spare() -> None:
    """Has one process ready for the next training, unless someone waits for a first answer: importing would slow that
    down. For a server, at its start and from time to time."""
    if all(child.usable for child in _spares) and _spares:
        return
    while _spares:
        _spares.pop().end()
    if all(job.state != "running" or job.first is not None for job in list(_running)):
        _spares.append(_Child("spare"))


def _waiting() -> _Child:
    """The spare process, or a fresh one."""
    with contextlib.suppress(IndexError):
        spare = _spares.pop()
        if spare.usable:
            return spare
        spare.end()
    return _Child()


def _write(path: Path, source: Orders | pd.DataFrame, question: Question) -> None:
    if isinstance(source, Orders):
        source.lines.to_parquet(path / "lines.parquet")
        source.returns.to_parquet(path / "returns.parquet")
        kind = {"kind": "orders", "currency": source.currency}
    else:
        source.to_parquet(path / "customers.parquet")
        kind = {"kind": "customers"}
    asked = {
        **vars(question),
        "cutoff": question.cutoff.isoformat() if question.cutoff is not None else None,
        "like": question.like.to_plain() if question.like is not None else None,
    }
    (path / "question.json").write_text(json.dumps({**kind, "question": asked}))


def _make_way() -> None:
    """A first answer goes before a better one: where this server trains enough models, a thorough training ends with
    the quick model. Raises UserError where all wait for their first answer."""
    running = [job for job in _running if job.state == "running"]
    while len(running) >= MOST_AT_ONCE:
        thorough = [job for job in running if job.first is not None]
        if not thorough:
            raise UserError("jobs.busy")
        thorough[0].stop(by_server=True)
        running.remove(thorough[0])


def _error(line: Mapping[str, object]) -> UserError:
    facts = line.get("facts", {})
    return UserError(str(line["error"]), **_facts(facts if isinstance(facts, Mapping) else {}))


# ------------------------------------------------------------------------------------------------ in the child


def main(folder: Path, *, spare: bool = False) -> int:
    """Trains what the folder asks for, once its parent says that it is there; returns the exit code. A spare process
    has everything imported by then."""
    end_before_the_server()
    if spare:
        _import_everything()
    if os.read(0, 1) != BEGIN:
        _leave(folder)
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    written = (folder / "progress").open("a", buffering=1)

    def tell(line: Mapping[str, object]) -> None:
        written.write(json.dumps(line) + "\n")

    def progress(share: float, step: str) -> None:
        tell({"share": 0.9 * share, "step": step})

    try:
        _train(folder, progress, tell)
    except UserError as error:
        tell(_as_line(error))
        return 1
    return 0


def _train(folder: Path, progress: Progress, tell: Tell) -> None:
    """The quick model, then the thorough one; each is on offer once its file has been searched."""
    question, train, lines = _asked(folder, progress)

    def make(asked_for: Question) -> Made:
        def train_and_report(changed: Question) -> Trained:
            trained = train(changed)
            tell({"share": 0.92, "step": "jobs.writing"})
            return trained

        return make_model(train_and_report, asked_for, formats=(DEFAULT_FORMAT,), lines=lines)

    quick: Made | None = None
    if question.goal in QUICK_GOALS and not question.quick:
        try:
            quick = make(replace(question, quick=True))
        except LeakFound:
            event(_logger, "quick_model_refused", goal=question.goal)  # the thorough training tries more
        else:
            _publish(folder, QUICK, quick, None)
            tell({"result": QUICK})
            with contextlib.suppress(OSError, AttributeError):
                os.nice(NICE)
    made = make(question)
    gained = None
    if quick is not None:
        same = made.card.pipeline_sha256 == quick.card.pipeline_sha256
        gained = improvement(quick.trained, made.trained, same=same)
    _publish(folder, THOROUGH, made, gained)
    tell({"result": THOROUGH})


def _asked(folder: Path, progress: Progress) -> tuple[Question, Train, pd.DataFrame | None]:
    """What the folder asks for: the question, the training that answers it, and the order lines, if there are any."""
    from lib.training import Question, train_customers, train_orders

    asked = json.loads((folder / "question.json").read_text())
    said = asked["question"]
    cutoff = pd.Timestamp(said["cutoff"]) if said["cutoff"] else None
    like = Card.from_plain(said["like"]) if said["like"] else None
    question = Question(**{**said, "cutoff": cutoff, "like": like, "columns": tuple(said["columns"])})
    if asked["kind"] == "customers":
        return (
            question,
            partial(train_customers, pd.read_parquet(folder / "customers.parquet"), progress=progress),
            None,
        )
    lines, returns = pd.read_parquet(folder / "lines.parquet"), pd.read_parquet(folder / "returns.parquet")
    ledger = Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index))
    orders = Orders(lines, returns, ledger, asked["currency"])
    return question, partial(train_orders, orders, progress=progress), lines


def _publish(folder: Path, number: int, made: Made, gained: Improvement | None) -> None:
    """Writes a model's file and its card."""
    for key, data in made.files.items():
        (folder / f"model-{number}.{key}").write_bytes(data)
    record = {
        "card": made.card.to_plain(),
        "searched": made.leaks.searched,
        "found": made.leaks.found,
        "improvement": asdict(gained) if gained is not None else None,
    }
    (folder / f"result-{number}.json").write_text(json.dumps(record))


def make_format(folder: Path, number: int, key: str) -> int:
    """Writes a model of this job in another format, trained and searched again; returns the exit code."""
    question, train, lines = _asked(folder, lambda share, step: None)
    names = folder / f"names-{number}.json"
    given = {int(one): name for one, name in json.loads(names.read_text()).items()} if names.exists() else {}

    def train_and_name(changed: Question) -> Trained:
        trained = train(changed)
        groups = tuple(replace(group, name=given.get(group.number, "")) for group in trained.card.groups)
        return replace(trained, card=replace(trained.card, groups=groups)) if given else trained

    try:
        asked_for = replace(question, quick=number == QUICK)
        made = make_model(train_and_name, asked_for, formats=(key,), lines=lines)
    except UserError as error:
        sys.stdout.write(json.dumps(_as_line(error)))
        return USER_ERROR
    (folder / f"model-{number}.{key}").write_bytes(made.files[key])
    return 0


def _as_line(error: UserError) -> Mapping[str, object]:
    return {"error": error.key, "facts": {name: _as_json(fact) for name, fact in error.facts.items()}}


def _end_with_parent(folder: Path) -> None:
    """Blocks until the parent's end of the pipe closes, however the parent dies; takes the customers away with it."""
    os.read(0, 1)
    _leave(folder)


def _leave(folder: Path) -> NoReturn:
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(3)


def _import_everything() -> None:
    """What any training imports: also what pandas and scikit-learn import only when they are first used."""
    import pyarrow.parquet  # noqa: F401

    from lib.training import columns, future, groups, next_order, next_purchase, purchase_pattern  # noqa: F401


def clear_leftovers() -> int:
    """Removes folders of trainings whose server is gone, whatever ended it; returns how many. For a server's start."""
    return leftovers.clear_temporary(Path(tempfile.gettempdir()))


def _as_json(fact: Fact) -> object:
    if isinstance(fact, date):
        return {"date": fact.isoformat()}
    if isinstance(fact, str | int | float):
        return fact
    return list(fact)


def _facts(facts: Mapping[str, object]) -> dict[str, Fact]:
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: object) -> Fact:
    if isinstance(value, Mapping):
        return date.fromisoformat(str(value["date"])[:10])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(word) for word in value]
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"no fact: {value!r}")


if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.training import Progress

    Tell = Callable[[Mapping[str, object]], None]

if __name__ == "__main__":
    if len(sys.argv) > 3:
        sys.exit(make_format(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    sys.exit(main(Path(sys.argv[1]), spare=sys.argv[2:] == ["spare"]))
