"""Jobs run here: one after the other, or in a few processes. `lib.cluster` runs the same on Dask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Protocol, TypeVar

from lib.errors import Fact, UserError
from lib.partitions.sources import Unpartitionable

Job = TypeVar("Job")
Report = TypeVar("Report")

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
    step doesn't import it again. This process is never forked: its Arrow threads would not be there in the copy."""
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
        """As `Runner.run`."""
        results: list[Report | Failed] = []
        if self.workers < 2 or len(jobs) < 2:
            for done, job in enumerate(jobs, 1):
                results.append(attempt(function, job, shared))
                progress(done / len(jobs))
            return reported(results)
        # A few jobs each: what they leave in memory ends with them.
        with ProcessPoolExecutor(self.workers, mp_context=_context(), max_tasks_per_child=16) as pool:
            futures = [pool.submit(attempt, function, job, shared) for job in jobs]
            for done, _ in enumerate(as_completed(futures), 1):
                progress(done / len(jobs))
            results = [future.result() for future in futures]
        return reported(results)
