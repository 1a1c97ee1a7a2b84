"""How slow this machine is: limits of CPU time that a test sets are multiples of a fixed piece of work."""

import time
from functools import cache

WORK_SECONDS = 0.06
"""What the piece of work took where the limits were chosen."""


@cache
def slowness() -> float:
    """How many times as long this machine computes at the same work, at least 1."""
    return max(1.0, min(_work_seconds() for _ in range(3)) / WORK_SECONDS)


def _work_seconds() -> float:
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - began
