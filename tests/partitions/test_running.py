"""Jobs end, however many there are and whatever happens to the processes that run them."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from lib.errors import UserError
from lib.partitions import LocalRunner
from lib.partitions.running import JOBS_EACH

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    """Fails where the jobs never end."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("the jobs do not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(180)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def squared(job: int, shared: bytes) -> int:
    return job * job + len(shared)


def killed_once(job: tuple[int, str], shared: bytes) -> int:
    """Ends its own process the first time that it is asked for a multiple of ten."""
    number, folder = job
    mark = Path(folder) / f"{number}"
    if number % 10 == 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number


def killed(job: int, shared: bytes) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return job


@pytest.mark.parametrize("jobs", [1, 2, 2 * JOBS_EACH, 2 * JOBS_EACH + 1, 5 * JOBS_EACH])
def test_more_jobs_than_the_processes_take_come_to_their_end_in_order(jobs):
    shares: list[float] = []
    found = LocalRunner(2).run(squared, range(jobs), shared=b"abc", progress=shares.append)
    assert found == [job * job + 3 for job in range(jobs)]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_jobs_of_a_killed_process_are_done_again(tmp_path):
    jobs = [(number, str(tmp_path)) for number in range(33)]
    assert LocalRunner(2).run(killed_once, jobs) == list(range(33))


def test_a_process_that_is_killed_again_and_again_ends_in_a_sentence():
    with pytest.raises(UserError) as refused:
        LocalRunner(2).run(killed, range(4))
    assert refused.value.key == "cli.process_killed"
