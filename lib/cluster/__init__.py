"""The same functions on Dask: jobs of `lib.partitions` run by the workers of a cluster.

Dask is optional (`requirements-cluster.txt`): nothing of it is imported before a cluster is asked for.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from lib.errors import UserError
from lib.partitions.running import TIMES_LOST, Failed, attempt, reported

if TYPE_CHECKING:
    from distributed import Client, Future

Job = TypeVar("Job")
Report = TypeVar("Report")

LOCAL = "local"
"""The scheduler of a cluster of this machine, started for one command."""

CONNECT_SECONDS = 10
RESTART_SECONDS = 30


@dataclass(frozen=True)
class DaskRunner:
    """Runs jobs on a Dask cluster. A job whose worker dies is run by another one; it writes the same files."""

    client: Client

    @property
    def workers(self) -> int:
        """Threads of all workers: each runs one job at a time."""
        return max(1, sum(self.client.nthreads().values()))

    def run(
        self,
        function: Callable[[Job, bytes], Report],
        jobs: Sequence[Job],
        *,
        shared: bytes = b"",
        progress: Callable[[float], None] = lambda share: None,
    ) -> list[Report]:
        """As `lib.partitions.Runner.run`; `shared` is copied to each worker once."""
        from distributed import as_completed

        results: dict[int, Report | Failed] = {}
        for _ in range(TIMES_LOST):
            # What is sent is kept by workers: where all who have it died, jobs are cancelled and sent anew.
            sent = self._send(shared) if shared else shared
            waiting = {
                self.client.submit(attempt, function, job, sent, pure=False): number
                for number, job in enumerate(jobs)
                if number not in results
            }
            for future in as_completed(waiting):
                if future.status == "finished" and (found := _result(future)) is not None:
                    results[waiting[future]] = found
                    progress(len(results) / len(jobs))
                elif future.status == "error":
                    _raise(future)
            if len(results) == len(jobs):
                return reported([results[number] for number in range(len(jobs))])
        raise UserError("cli.worker_lost")

    def _send(self, shared: bytes) -> Future:
        """What each worker keeps a copy of. Where all have just died, waits until one is there again."""
        for _ in range(TIMES_LOST):
            with contextlib.suppress(TimeoutError):
                self.client.wait_for_workers(1, timeout=RESTART_SECONDS)
                return self.client.scatter(shared, broadcast=True)
        raise UserError("cli.worker_lost")


def _result(future: Future) -> Report | Failed | None:
    """The result of a finished job; None where the worker that had it died meanwhile."""
    from distributed.client import FutureCancelledError

    try:
        return future.result()
    except FutureCancelledError:
        return None


def _raise(future: Future) -> None:
    from distributed.scheduler import KilledWorker

    error = future.exception()
    if isinstance(error, KilledWorker):
        raise UserError("cli.worker_lost")
    raise as_user_error(error)


def as_user_error(error: BaseException) -> BaseException:
    """What the user can act on where a scheduler or a worker could not import Brine; else the error itself."""
    # Dask loads what it is sent on the scheduler too, and raises its own RuntimeError where that fails.
    if isinstance(error, ImportError) or (isinstance(error, RuntimeError) and "deserializ" in str(error)):
        cause = error.__cause__ or error
        return UserError("cli.cluster_unlike", why=f"{type(cause).__name__}: {str(cause).splitlines()[0]}")
    return error


@contextlib.contextmanager
def dask_runner(scheduler: str, memory: int) -> Iterator[DaskRunner]:
    """A runner on the cluster at an address, or on one of this machine for `local`, with so much memory in all.

    Raises UserError where Dask is missing or no scheduler answers.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UserError("cli.no_dask") from None
    # A worker that runs out of memory is started again: its job must not be what ends the command at once.
    with dask.config.set({"distributed.scheduler.allowed-failures": TIMES_LOST}), contextlib.ExitStack() as stack:
        address: str | LocalCluster = scheduler
        if scheduler == LOCAL:
            workers = max(1, min(os.cpu_count() or 1, memory // LOCAL_WORKER_BYTES))
            address = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    memory_limit=memory // workers,
                    dashboard_address=None,
                    silence_logs=logging.ERROR,
                )
            )
        try:
            client = stack.enter_context(Client(address, timeout=CONNECT_SECONDS))
        except (OSError, ValueError, TimeoutError) as error:
            raise UserError("cli.no_scheduler", address=scheduler, why=type(error).__name__) from None
        yield DaskRunner(client)


LOCAL_WORKER_BYTES = 900 * 1024**2
"""Memory of one worker of a local cluster at least."""
