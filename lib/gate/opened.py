"""Public interface of the gate: a verdict on a file, and an opened model to predict with.

Everything that touches the file's content happens in a worker; this module holds its bytes, its digest, and returned
data.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import queue
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Literal, cast, get_args

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.card import Card
from lib.errors import Fact, UserError
from lib.gate.arrow import MAX_ANSWER, Answer, pack_frame, parted, stream, stream_into, unpack_answer
from lib.gate.process import messages
from lib.gate.process.messages import ModelKind, strings
from lib.gate.process.pool import Busy, NoWorker, Worker, pool
from lib.gate.process.worker import SLOT_BYTES, SLOTS
from lib.gate.reading.containers import MAX_FILE
from lib.gate.rejection import Rejection
from lib.logs import event
from lib.text import DEFAULT_LANGUAGE, say

_logger = logging.getLogger(__name__)

VERDICT_SECONDS = 4.5
"""From handing the file to a warm worker to its verdict, building and trying included."""
CALL_SECONDS = 60.0
"""For one chunk of rows."""
GIVE_WAY_SECONDS = 10.0
"""For one chunk of rows, while other visitors wait for their turn."""
WHOLE_CALL_SECONDS = 900.0
"""For all chunks of a table."""
FIRST_ROWS, MOST_ROWS = 10_000, 100_000
"""Rows of the first chunk and of any later one: a chunk grows until it takes about `CHUNK_SECONDS`."""
CHUNK_SECONDS = 0.5

MAX_PARTS_SHOWN = 12
"""Names of parts that are taken from a worker's answer: more than `judge.MAX_SEPARATE_PARTS`."""

Progress = Callable[[float], None]
"""Called with the share of rows done, 0 to 1."""


FileNoteKind = Literal[
    "converted_back", "converted_unsure", "labels_used", "labels_perhaps", "columns_encoded", "unused", "not_confirmed"
]


@dataclass(frozen=True)
class FileNote:
    """A sentence about what lies beside a model, `predict.beside_<kind>`, and the names in it, which are untrusted."""

    kind: FileNoteKind
    names: tuple[str, ...]

    @property
    def facts(self) -> dict[str, Fact]:
        """Of that sentence."""
        if self.kind == "labels_perhaps":
            return {"encoder": self.names[0], "labels": list(self.names[1:])}
        return {"names": list(self.names)}


_NOTE_KINDS = get_args(FileNoteKind)
MAX_NOTE_NAMES, MAX_NOTE_NAME = 12, 100
"""Names in a note, and characters of one, that are taken from a worker's answer."""


@dataclass(frozen=True)
class Verdict:
    """What the gate found in a file."""

    verdict: Literal["accepted", "refused"]
    reason: str = ""
    """Stable key, `""` if accepted; the sentence is `gate.<reason>`."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    technical: str = ""
    """For the reader who clicks for it."""
    format: str = ""
    """`pickle-5`, `joblib-zlib`, `skops` …; empty where the file was refused before that was known."""
    estimator: str = ""
    """Class name of the outermost estimator."""
    sklearn_version: str = ""
    """Of the scikit-learn that wrote the file, as the file says."""
    columns: tuple[str, ...] = ()
    card: Card | None = None
    sha256: str = ""
    opened: bool = False
    """Whether the object was built in a worker and answered; only `prove` and `open_model` go that far."""
    protection: tuple[str, ...] = ()
    """Layers that the operating system put around the worker; `gate.protection.<layer>` says what each does."""
    warnings: tuple[str, ...] = ()
    """What scikit-learn said while building, for the technical account."""
    proved: bool = True
    """Whether its answers are known to be those that it gave where it was made: written by this release, or its
    self-test agrees, or files of its release with its classes were compared. Said of an opened model."""
    parts: tuple[str, ...] = ()
    """Classes of the file's parts in the order in which they are used, where it holds a model and its preparation
    apart. Said of an opened model."""
    notes: tuple[FileNote, ...] = ()
    """What has to be said of the other things in its file. Said of an opened model."""
    self_test: tuple[int, int] = (0, 0)
    """Rows of the card's self-test that got the same answer here, and how many there are."""


class Refused(UserError):
    """A file, or a table for an opened model, that the gate does not take; `key` is `gate.<reason>`."""

    def __init__(self, reason: str, technical: str = "", /, **facts: Fact) -> None:
        super().__init__(f"gate.{reason}", **facts)
        self.reason = reason
        self.technical = technical

    def __str__(self) -> str:
        return f"{super().__str__()} {self.technical}".rstrip()


def warm_up() -> None:
    """Have a worker ready soon, without waiting for it; for a server's start."""
    pool().warm_up()


def inspect(data: bytes, name: str = "") -> Verdict:
    """Read and judge a file, building nothing. Never raises. The name is not looked at: content decides."""
    verdict, _, worker = _examine(data, "judge")
    if worker is not None:
        pool().end(worker)
    return verdict


def prove(data: bytes, name: str = "") -> Verdict:
    """Validate, build in a worker, and call the model on rows generated from its columns. Never raises."""
    verdict, _, worker = _examine(data, "prove")
    if worker is not None:
        pool().end(worker)
    return verdict


def open_model(data: bytes, name: str = "") -> OpenedModel:
    """A model ready to be asked, in a process of its own; raises Refused. Close it, or use it in a `with`."""
    verdict, reply, worker = _examine(data, "open")
    if worker is None:
        raise Refused(verdict.reason, verdict.technical, **verdict.facts)
    pool().rest(worker)
    return OpenedModel(data, verdict, reply, worker)


class OpenedModel:
    """An accepted file's model, held by a worker. Several may be open; a call from two threads waits its turn."""

    def __init__(self, data: bytes, verdict: Verdict, reply: Mapping[str, messages.JsonValue], worker: Worker) -> None:
        self.verdict = verdict
        self.card = verdict.card
        self.protection = verdict.protection
        self.columns = verdict.columns
        self.kind = cast(ModelKind, reply.get("kind")) if reply.get("kind") in _KINDS else "transformer"
        self.methods = strings(reply.get("methods"))
        self.classes: tuple[Fact, ...] = _facts(reply.get("classes"))
        self.n_features = _whole(reply.get("n_features"))
        self._input = reply.get("input")
        self._data = data
        self._worker = worker
        self._turn = threading.Lock()
        self._closed = False
        self._let_go = weakref.finalize(self, _end_all, [worker])

    def __enter__(self) -> OpenedModel:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker. The model cannot be asked any more."""
        self._closed = True
        self._let_go()

    def call(
        self,
        method: str,
        frame: pd.DataFrame,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Answer:
        """One method on every row, in the order given: one value, or one row of numbers, or one row of a table each.

        Columns are taken by name where the model knows names (further ones are left out), by position otherwise.
        Raises Refused: `missing_columns`, `wrong_number_of_columns`, `mixed_column`, `no_such_method`, `needs_numbers`,
        `has_gaps`, `model_error`, `timeout`, `memory`, `worker_died`, `cancelled`, `closed`.
        """
        return self.call_several((method,), frame, progress=progress, cancelled=cancelled)[method]

    def call_several(
        self,
        methods: Sequence[str],
        frame: pd.DataFrame,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> dict[str, Answer]:
        """Method → its answer, as `call` gives it; the table crosses once, and a pipeline's steps before the last
        run once. Raises what `call` raises, for the first method that fails.
        """
        methods = tuple(dict.fromkeys(methods))
        for method in methods:
            if method not in self.methods:
                raise Refused("no_such_method", f"{self.verdict.estimator} has no {method}", method=method)
        if not methods:
            return {}
        columns = self._columns_of(frame)
        with self._turn, self._share():
            answers = self._ask_in_chunks(methods, frame, columns=columns, progress=progress, cancelled=cancelled)
        return {method: _joined([chunk[place] for chunk in answers], frame) for place, method in enumerate(methods)}

    @contextlib.contextmanager
    def _share(self) -> Iterator[None]:
        """This file's turn among all that want to compute."""
        file = self.verdict.sha256
        try:
            whose = pool().begin_call(file)
        except Busy:
            raise Refused("busy", "every worker is computing") from None
        try:
            yield
        finally:
            pool().end_call(file, whose)

    def _ask_in_chunks(
        self,
        methods: Sequence[str],
        frame: pd.DataFrame,
        *,
        columns: tuple[str, ...],
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> list[list[Answer]]:
        worker = self._awake()
        try:
            chunks = _Chunks(worker, methods, frame, columns=columns)
            answers = chunks.run(progress or _quiet, cancelled)
        except _WorkerEnded as ended:
            pool().end(worker)
            raise Refused(ended.reason, ended.technical, **ended.facts) from None
        except BaseException:
            pool().end(worker)  # it may still be computing: the next call reopens the file
            raise
        pool().rest(worker)
        return answers

    def _columns_of(self, frame: pd.DataFrame) -> tuple[str, ...]:
        if frame.columns.has_duplicates:
            twice = frame.columns[frame.columns.duplicated()].unique()
            raise Refused("duplicate_columns", columns=[str(name) for name in twice])
        if not len(frame):
            raise Refused("no_rows")
        if self.columns:
            missing = [name for name in self.columns if name not in frame.columns]
            if missing:
                raise Refused("missing_columns", columns=missing, count=len(missing))
            return self.columns
        if self.n_features and self._input == "array" and len(frame.columns) != self.n_features:
            raise Refused("wrong_number_of_columns", found=len(frame.columns), needed=self.n_features)
        return ()

    def _awake(self) -> Worker:
        """The worker, or a new one with the same file if it was ended in favour of another file."""
        if self._closed:
            raise Refused("closed")
        if pool().wake(self._worker):
            return self._worker
        verdict, _, worker = _examine(self._data, "open")
        if worker is None:
            raise Refused(verdict.reason, verdict.technical, **verdict.facts)
        self._let_go.detach()
        self._worker = worker
        self._let_go = weakref.finalize(self, _end_all, [worker])
        return worker


_KINDS = ("classifier", "regressor", "clusterer", "transformer", "outlier_detector")


def _quiet(share: float) -> None:
    """Ignore progress."""


def _end_all(workers: Sequence[Worker]) -> None:
    for worker in workers:
        pool().end(worker)


# --- one file ------------------------------------------------------------------------------------------------------


def _examine(data: bytes, task: str) -> tuple[Verdict, dict[str, messages.JsonValue], Worker | None]:
    """Ask a fresh worker; it is returned, still holding the model, only if the file was accepted and opened."""
    began = time.monotonic()
    verdict, reply, worker = _asked(data, task)
    event(
        _logger,
        "verdict",
        task=task,
        verdict=verdict.verdict,
        reason=verdict.reason,
        format=verdict.format,
        bytes=len(data),
        seconds=time.monotonic() - began,
    )
    return verdict, reply, worker


def _asked(data: bytes, task: str) -> tuple[Verdict, dict[str, messages.JsonValue], Worker | None]:
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > MAX_FILE:
        facts: dict[str, Fact] = {"megabytes": len(data) / 2**20, "limit": MAX_FILE / 2**20}
        return _refusal("file_too_large", f"{len(data)} bytes", sha256, facts), {}, None
    try:
        worker = pool().take()
    except Busy:
        return _refusal("busy", "every worker is computing", sha256), {}, None
    except NoWorker as error:
        return _refusal("no_worker", str(error), sha256), {}, None
    accepted = False
    try:
        reply = _ask(worker, {"op": task}, data)
        verdict = _verdict(reply, sha256, worker.protection, opened=task != "judge")
        accepted = verdict.verdict == "accepted"
        return verdict, reply, worker if accepted else None
    except _WorkerEnded as ended:
        refusal = _refusal(ended.reason, ended.technical, sha256, ended.facts)
        return replace(refusal, protection=worker.protection), {}, None
    finally:
        if not accepted:
            pool().end(worker)


class _WorkerEnded(Exception):
    """A worker that gave no answer, or said no; carries what to tell."""

    def __init__(self, reason: str, technical: str, facts: Mapping[str, Fact]) -> None:
        super().__init__(reason, technical)
        self.reason = reason
        self.technical = technical
        self.facts = facts


def _ask(worker: Worker, head: messages.Head, data: bytes) -> dict[str, messages.JsonValue]:
    try:
        messages.send(worker.outward, head, data)
        reply, _ = messages.receive(worker.inward, max_body=0, patience=worker.patience(VERDICT_SECONDS))
    except (messages.Disconnected, messages.TimedOut) as error:
        raise _ended(worker, error, VERDICT_SECONDS) from error
    return reply


def _ended(worker: Worker, error: Exception, seconds: float) -> _WorkerEnded:
    if isinstance(error, messages.TimedOut):
        reason = "timeout" if seconds == VERDICT_SECONDS else "call_timeout"
        return _WorkerEnded(reason, f"no answer within {seconds} s; the worker was ended", {"seconds": seconds})
    how = worker.fate()
    memory = "signal 9" in how
    return _WorkerEnded("memory" if memory else "worker_died", f"the worker {how} ({error})", {})


def _refusal(reason: str, technical: str, sha256: str, facts: Mapping[str, Fact] | None = None) -> Verdict:
    return Verdict("refused", reason, facts or {}, technical, sha256=sha256)


def _verdict(
    reply: Mapping[str, messages.JsonValue], sha256: str, protection: tuple[str, ...], *, opened: bool
) -> Verdict:
    """A worker's answer, every field checked for its type."""
    accepted = reply.get("ok") is True
    card = reply.get("card")
    complaint = _text(reply.get("smoke_test"))
    same, total = _pair(reply.get("self_test"))
    reason, facts = ("", {}) if accepted else _reason(reply, "worker_died")
    return Verdict(
        verdict="accepted" if accepted else "refused",
        reason=reason,
        facts=facts,
        technical=complaint and f"made-up rows were not answered: {complaint}"
        if accepted
        else _text(reply.get("technical")),
        format=_text(reply.get("format")),
        estimator=_text(reply.get("estimator")),
        sklearn_version=_text(reply.get("sklearn_version")),
        columns=strings(reply.get("columns")),
        card=Card.from_plain(card) if isinstance(card, Mapping) else None,
        sha256=sha256,
        opened=accepted and opened,
        protection=protection,
        warnings=strings(reply.get("warnings")),
        parts=strings(reply.get("parts"))[:MAX_PARTS_SHOWN],
        notes=_notes(reply.get("notes")),
        self_test=(same, total),
        proved=reply.get("proved") is not False,
    )


def _notes(reply: messages.JsonValue) -> tuple[FileNote, ...]:
    found: dict[str, FileNote] = {}
    for one in reply[: len(_NOTE_KINDS)] if isinstance(reply, list) else []:
        kind, *names = strings(one) or ("",)
        if kind in _NOTE_KINDS and names:
            kept = tuple(name[:MAX_NOTE_NAME] for name in names[:MAX_NOTE_NAMES])
            found[kind] = FileNote(cast(FileNoteKind, kind), kept)
    return tuple(found.values())


def _reason(reply: Mapping[str, messages.JsonValue], otherwise: str) -> tuple[str, dict[str, Fact]]:
    """Why a worker said no, and the facts of that sentence, if there is such a sentence and those are its facts."""
    reason, facts = _text(reply.get("reason")), _named_facts(reply.get("facts"))
    try:
        say(DEFAULT_LANGUAGE, f"gate.{reason}", **facts)
    except (KeyError, ValueError, TypeError, OverflowError, ArithmeticError):
        return otherwise, {}
    return reason, facts


def _text(reply: messages.JsonValue) -> str:
    return reply if isinstance(reply, str) else ""


def _whole(reply: messages.JsonValue) -> int:
    return reply if isinstance(reply, int) and not isinstance(reply, bool) else 0


def _pair(reply: messages.JsonValue) -> tuple[int, int]:
    if isinstance(reply, list) and len(reply) == 2:
        return _whole(reply[0]), _whole(reply[1])
    return 0, 0


def _facts(reply: messages.JsonValue) -> tuple[Fact, ...]:
    return tuple(one for one in reply if isinstance(one, str | int | float)) if isinstance(reply, list) else ()


def _named_facts(reply: messages.JsonValue) -> dict[str, Fact]:
    if not isinstance(reply, Mapping):
        return {}
    facts: dict[str, Fact] = {}
    for name, fact in reply.items():
        if isinstance(fact, str | int | float):
            facts[name] = fact
        elif isinstance(fact, list):
            facts[name] = strings(fact)
    return facts


# --- rows in chunks ------------------------------------------------------------------------------------------------


class _Chunks:
    """Some methods on one table: a thread packs and sends, one chunk ahead; this one receives."""

    def __init__(
        self, worker: Worker, methods: Sequence[str], frame: pd.DataFrame, *, columns: tuple[str, ...]
    ) -> None:
        self._worker = worker
        self._methods = list(methods)
        self._frame = frame
        self._columns = columns
        self._rows = FIRST_ROWS
        self._sent: queue.Queue[tuple[int, Exception | None] | None] = queue.Queue()
        self._room = threading.Semaphore(SLOTS)
        self._turn = 0
        self._stop = False
        self._budget = MAX_ANSWER
        self._until = time.monotonic() + WHOLE_CALL_SECONDS

    def run(self, progress: Progress, cancelled: Callable[[], bool] | None) -> list[list[Answer]]:
        """Every chunk's answers, in order: one for each method."""
        sender = threading.Thread(target=self._send, name="brine-gate-rows", daemon=True)
        sender.start()
        answers: list[list[Answer]] = []
        done = 0
        try:
            while True:
                began = time.monotonic()
                sent = self._sent.get()
                if sent is None:
                    return answers
                rows, fault = sent
                if fault is not None:
                    raise self._told(fault)
                answers.append(self._receive(cancelled))
                self._room.release()
                self._grow(rows, time.monotonic() - began)
                done += rows
                progress(done / len(self._frame))
                if done < len(self._frame) and cancelled is not None and cancelled():
                    raise Refused("cancelled")
        finally:
            self._stop = True
            self._room.release()
            if sender.is_alive():
                self._unblock(sender)

    def _unblock(self, sender: threading.Thread) -> None:
        sender.join(0.2)
        if sender.is_alive():  # it is writing to a worker that no longer reads
            self._worker.close()
            sender.join()

    def _send(self) -> None:
        try:
            start = 0
            while start < len(self._frame):
                self._room.acquire()
                if self._stop:
                    return
                stop = min(len(self._frame), start + self._rows)
                table = pack_frame(self._frame, start, stop, self._columns)
                self._send_one(table, stop - start)
                start = stop
            self._sent.put(None)
        except messages.Disconnected:
            pass  # the receiving side meets the same end and tells it
        except Exception as fault:  # noqa: BLE001 - carried to the thread that can tell it
            self._sent.put((0, fault))

    def _send_one(self, table: pa.Table, rows: int) -> None:
        """Through shared memory where there is some and it fits, else through the pipe."""
        slot, shared = self._turn % SLOTS, self._worker.shared
        self._turn += 1
        length = stream_into(table, shared[slot * SLOT_BYTES : (slot + 1) * SLOT_BYTES]) if shared is not None else 0
        body = b"" if length else memoryview(stream(table))
        self._sent.put((rows, None))
        head: messages.Head = {"op": "call", "methods": self._methods, "slot": slot, "length": length}
        messages.send(self._worker.outward, head, body)

    def _receive(self, cancelled: Callable[[], bool] | None) -> list[Answer]:
        worker, since = self._worker, time.monotonic()

        def not_wanted() -> bool:
            if cancelled is not None and cancelled():
                raise Refused("cancelled")
            now = time.monotonic()
            if now > self._until:
                raise Refused("call_timeout", "the whole table took too long", seconds=WHOLE_CALL_SECONDS)
            if now > since + GIVE_WAY_SECONDS and pool().others_wait():
                raise Refused("call_timeout", "other visitors waited for their turn", seconds=GIVE_WAY_SECONDS)
            return False

        try:
            patience = worker.patience(CALL_SECONDS, not_wanted)
            reply, body = messages.receive(worker.inward, max_body=MAX_ANSWER, patience=patience)
        except messages.Cancelled:
            raise Refused("cancelled") from None
        except (messages.Disconnected, messages.TimedOut) as error:
            raise _ended(worker, error, CALL_SECONDS) from error
        if reply.get("ok") is not True:
            reason, facts = _reason(reply, "model_error")
            technical = _text(reply.get("technical"))
            raise Refused(_nearer(reason, technical), technical, **facts)
        try:
            parts = parted(body, reply.get("lengths"), len(self._methods))
            answers = [unpack_answer(part, self._budget) for part in parts]
        except Rejection as error:
            raise self._told(error) from error
        self._budget -= sum(_size(one) for one in answers)
        if self._budget < 0:
            raise Refused("answer_too_large", f"more than {MAX_ANSWER} bytes", limit=MAX_ANSWER // 2**20)
        return answers

    def _told(self, fault: Exception) -> Exception:
        if isinstance(fault, Rejection):
            return Refused(fault.reason, fault.technical, **fault.facts)
        return fault

    def _grow(self, rows: int, seconds: float) -> None:
        wanted = int(rows * CHUNK_SECONDS / max(seconds, 1e-3))
        self._rows = max(1_000, min(MOST_ROWS, wanted)) // 8 * 8  # so that columns lie back to back


def _nearer(reason: str, technical: str) -> str:
    """The two mistakes in a table that scikit-learn's messages tell apart; both can be put right by the user."""
    if reason != "model_error":
        return reason
    if "could not convert string" in technical or "dtype='numeric' is not compatible" in technical:
        return "needs_numbers"
    if "contains NaN" in technical:
        return "has_gaps"
    return reason


def _size(answer: Answer) -> int:
    return int(answer.memory_usage(index=False).sum()) if isinstance(answer, pd.DataFrame) else answer.nbytes


def _joined(answers: list[Answer], frame: pd.DataFrame) -> Answer:
    tables = [one for one in answers if isinstance(one, pd.DataFrame)]
    if tables:
        table = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
        return table.set_axis(frame.index) if len(table) == len(frame) else table
    arrays = [one for one in answers if isinstance(one, np.ndarray)]
    joined = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
    if len(joined) != len(frame):
        raise Refused("strange_answer", f"{len(joined)} answers for {len(frame)} rows")
    return joined
