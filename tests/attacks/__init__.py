"""Hostile files, made here: each one distinct, each with a harmless payload that would leave a trace.

`attacks(canary)` yields them all. `acts` says that plain `pickle.load` or `joblib.load` runs the payload; the others
act later (at `predict`, `repr`, when dumped again), crash compiled code, or eat memory or time.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.attacks.model import Attack

__all__ = ["Attack", "attacks"]


def attacks(canary: Path) -> Iterator[Attack]:
    """Every attack; those that run something would create the file `canary`."""
    from tests.attacks import forged, later, names, state, streams

    for room in (names, state, forged, streams, later):
        yield from room.attacks(str(canary))
