"""One training in a process of its own: it reports progress, can be cancelled, and outlives a change of page.

The parent writes what to learn from into a folder and starts `python -m lib.jobs FOLDER`; the child writes lines of
JSON and at the end the model's bytes and its card. Models cross as bytes: the process that serves pages builds none.
The child watches its standard input and ends itself when that closes, so that no training outlives its server.
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
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from lib.card import Card
from lib.errors import Fact, UserError
from lib.logs import event
from lib.orders import Ledger, Orders

if TYPE_CHECKING:
    from lib.training import Question

_logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]

MOST_AT_ONCE = 3
"""Trainings on this server at the same time; one more would slow all of them down."""

State = Literal["running", "done", "failed", "crashed", "cancelled"]

_running: weakref.WeakSet[Job] = weakref.WeakSet()


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


class Job:
    """A training that runs or has ended. Make one with `start`."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self._path = folder
        self._process = process
        # Also when the visitor has left and the job is no longer referenced, and when the server ends.
        self._end = weakref.finalize(self, _end, process, folder)
        self._cancelled = False
        self._result: Result | None = None
        _running.add(self)

    @property
    def state(self) -> State:
        """Where it stands; asks the process and returns at once."""
        if self._cancelled:
            return "cancelled"
        if self._result is not None:
            return "done"
        if self._process.poll() is None:
            return "running"
        if self._last("error"):
            return "failed"
        return "done" if self._process.returncode == 0 else "crashed"

    @property
    def progress(self) -> tuple[float, str]:
        """The share that is done, 0 to 1, and the text key of the step that runs."""
        line = self._last("step")
        return (float(str(line["share"])), str(line["step"])) if line else (0.0, "jobs.starting")

    @property
    def error(self) -> UserError:
        """Why it failed, where the user can act on it."""
        line = self._last("error")
        facts = line.get("facts", {})
        return UserError(str(line["error"]), **_facts(facts if isinstance(facts, Mapping) else {}))

    @property
    def technical(self) -> str:
        """The last lines that a crashed training wrote, for the server's log."""
        return (self._path / "stderr").read_text(errors="replace")[-4000:]

    @property
    def result(self) -> Result:
        """What a done training gave; its folder is gone after the first call."""
        if self._result is None:
            told = json.loads((self._path / "result.json").read_text())
            card = Card.from_plain(told["card"])
            if card is None:
                raise ValueError("a training must write a card that can be read back")
            files = {key: (self._path / f"model.{key}").read_bytes() for key in told["formats"]}
            self._result = Result(files, card, int(told["searched"]), int(told["found"]))
            event(_logger, "job_finished", goal=card.goal, recipe=card.recipe, unread=len(card.unread))
            self._end()
        return self._result

    def cancel(self) -> None:
        """Stops the training at once."""
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

    def _last(self, name: str) -> Mapping[str, object]:
        if self._result is not None:
            return {}
        lines = (self._path / "progress").read_text().splitlines()
        # The child may be in the middle of a line.
        told = [json.loads(line) for line in lines if line.endswith("}")]
        return next((line for line in reversed(told) if name in line), {})


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
    if sum(job.state == "running" for job in _running) >= MOST_AT_ONCE:
        raise UserError("jobs.busy")
    path = Path(tempfile.mkdtemp(prefix=f"brine-{os.getpid()}-"))
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
    (path / "progress").touch()
    with (path / "stderr").open("wb") as stderr, (path / "stdout").open("wb") as stdout:
        process = subprocess.Popen(  # spawn and forkserver would run the page's script again in the child
            [sys.executable, "-m", "lib.jobs", str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr
        )
    event(_logger, "job_started", goal=asked["goal"], bytes=sum(one.stat().st_size for one in path.iterdir()))
    return Job(path, process)


# ------------------------------------------------------------------------------------------------ in the child


def main(folder: Path) -> int:
    """Trains what the folder asks for; returns the exit code."""
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    told = (folder / "progress").open("a", buffering=1)

    def tell(line: Mapping[str, object]) -> None:
        told.write(json.dumps(line) + "\n")

    def progress(share: float, step: str) -> None:
        tell({"share": 0.9 * share, "step": step})

    try:
        _train(folder, progress, tell)
    except UserError as error:
        tell({"error": error.key, "facts": {name: _as_json(fact) for name, fact in error.facts.items()}})
        return 1
    return 0


def _train(folder: Path, progress: Progress, tell: Tell) -> None:
    from lib.model_file.making import make_model
    from lib.training import Question, Trained, train_customers, train_orders

    asked = json.loads((folder / "question.json").read_text())
    said = asked["question"]
    cutoff = pd.Timestamp(said["cutoff"]) if said["cutoff"] else None
    like = Card.from_plain(said["like"]) if said["like"] else None
    question = Question(**{**said, "cutoff": cutoff, "like": like, "columns": tuple(said["columns"])})
    if asked["kind"] == "orders":
        lines, returns = pd.read_parquet(folder / "lines.parquet"), pd.read_parquet(folder / "returns.parquet")
        ledger = Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index))
        orders = Orders(lines, returns, ledger, asked["currency"])
        train = partial(train_orders, orders, progress=progress)
    else:
        lines = None
        train = partial(train_customers, pd.read_parquet(folder / "customers.parquet"), progress=progress)

    def train_and_report(asked_for: Question) -> Trained:
        trained = train(asked_for)
        tell({"share": 0.92, "step": "jobs.writing"})
        return trained

    made = make_model(train_and_report, question, lines=lines)
    for key, data in made.files.items():
        (folder / f"model.{key}").write_bytes(data)
    told = {
        "card": made.card.to_plain(),
        "formats": list(made.files),
        "searched": made.leaks.searched,
        "found": made.leaks.found,
    }
    (folder / "result.json").write_text(json.dumps(told))


def _end_with_parent(folder: Path) -> None:
    """Blocks until the parent's end of the pipe closes, however the parent dies; takes the customers away with it."""
    os.read(0, 1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(3)


def clear_leftovers() -> int:
    """Removes folders of trainings whose server is gone, whatever ended it; returns how many. For a server's start."""
    removed = 0
    for path in Path(tempfile.gettempdir()).glob("brine-*"):
        parts = path.name.split("-")
        number = parts[1] if len(parts) > 2 and parts[1].isdecimal() else ""
        with contextlib.suppress(OSError):
            ours = not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
            if ours and path.is_dir() and not path.is_symlink() and not (number and _lives(int(number))):
                shutil.rmtree(path)
                removed += 1
    return removed


def _lives(number: int) -> bool:
    if not hasattr(os, "kill") or sys.platform == "win32":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _as_json(fact: Fact) -> object:
    if isinstance(fact, date):
        return {"date": fact.isoformat()}
    if isinstance(fact, str | int | float):
        return fact
    return list(fact)


def _facts(told: Mapping[str, object]) -> dict[str, Fact]:
    return {name: _fact(value) for name, value in told.items()}


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
    sys.exit(main(Path(sys.argv[1])))
