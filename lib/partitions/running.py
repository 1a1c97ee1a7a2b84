"""Jobs run here: one after the other, or in a few processes. `lib.cluster` runs the same on Dask."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Protocol, TypeVar

from lib.errors import Fact, UserError
from lib.partitions.sources import Unpartitionable

Job = TypeVar("Job")
Report = TypeVar("Report")

JOBS_EACH = 16
"""How many jobs of a step a process does on average before another takes its place."""
TIMES_LOST = 5
"""How often a process may be killed in a step before the command gives up."""

Step = Callable[[float, str], None]
"""Called with the share of a step that is done, 0 to 1, and the text key of the step."""


def quiet(share: float, step: str) -> None:
    """A `Step` that is ignored."""


@dataclass(frozen=True)
class Failed:
    """A `UserError` on its way from the process that met it."""

    key: str
    facts: dict[str, Fact]
    in_one_piece: bool = False
    """Whether it was `Unpartitionable`."""


class Runner(Protocol):
    """Where jobs run."""

    @property
    def workers(self) -> int:
        """How many jobs run at the same time."""
        ...

    def run(
        self,
        function: Callable[[Job, bytes], Report],
        jobs: Sequence[Job],
        *,
        shared: bytes = b"",
        progress: Callable[[float], None] = lambda share: None,
    ) -> list[Report]:
        """The reports of all jobs, in their order. `shared` is sent once to each worker.

        Raises the UserError of the first job that has one.
        """
        ...


def attempt(function: Callable[[Job, bytes], Report], job: Job, shared: bytes) -> Report | Failed:
    """A job's report, or what the user can act on, as values that any process can send."""
    try:
        return function(job, shared)
    except UserError as error:
        return Failed(error.key, dict(error.facts))
    except Unpartitionable as error:
        return Failed(error.reason, {}, in_one_piece=True)


def reported(results: Sequence[Report | Failed]) -> list[Report]:
    """The reports; raises the first failure."""
    reports: list[Report] = []
    for one in results:
        if isinstance(one, Failed) and one.in_one_piece:
            raise Unpartitionable(one.key)
        if isinstance(one, Failed):
            raise UserError(one.key, **one.facts)
        reports.append(one)
    return reports


def _context() -> BaseContext:
    """How processes are started: forked from one that has imported what jobs need and computed nothing, so that each
    step doesn't import it again. This process is never forked: its Arrow threads would not be there in the copy.

    That process is started with the first job and keeps the environment variables of that moment: a variable that is
    set later does not reach later jobs.
    """
    if "forkserver" not in get_all_start_methods():  # Windows
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["lib.partitions"])
    return context


@dataclass(frozen=True)
class LocalRunner:
    """Runs jobs in `workers` processes of this machine; a single worker is this process."""

    workers: int = 1

    def run(
        self,
        function: Callable[[Job, bytes], Report],
        jobs: Sequence[Job],
        *,
        shared: bytes = b"",
        progress: Callable[[float], None] = lambda share: None,
    ) -> list[Report]:
        """As `Runner.run`. Raises UserError `cli.process_killed` where that happens again and again."""
        results: list[Report | Failed] = []
        if self.workers < 2 or len(jobs) < 2:
            for done, job in enumerate(jobs, 1):
                results.append(attempt(function, job, shared))
                progress(done / len(jobs))
            return reported(results)
        found: dict[int, Report | Failed] = {}
        lost = 0
        while len(found) < len(jobs):
            # New processes for every few jobs: what they leave in memory ends with them. `max_tasks_per_child` says the
            # same, but up to Python 3.15 its pool waits for ever once all its processes have ended (gh-115634).
            waiting = [at for at in range(len(jobs)) if at not in found][: self.workers * JOBS_EACH]
            with ProcessPoolExecutor(self.workers, mp_context=_context()) as pool:
                futures: dict[Future[Report | Failed], int] = {}
                with contextlib.suppress(BrokenProcessPool):  # one may be killed while others are still given jobs
                    for at in waiting:
                        futures[pool.submit(attempt, function, jobs[at], shared)] = at
                for future in as_completed(futures):
                    with contextlib.suppress(BrokenProcessPool):
                        found[futures[future]] = future.result()
                        progress(len(found) / len(jobs))
            # A process that was killed, as when memory ends, takes with it what the others were at.
            lost += any(at not in found for at in waiting)
            if lost >= TIMES_LOST:
                raise UserError("cli.process_killed")
        return reported([found[at] for at in range(len(jobs))])
