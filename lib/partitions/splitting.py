"""A file that is too large for one piece → tables of whole customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.layouts import Understanding
from lib.partitions.running import Runner, Step
from lib.partitions.sources import Unpartitionable
from lib.tables import Table

if TYPE_CHECKING:
    from lib.partitions.cleaning import CleanJob


@dataclass(frozen=True)
class SplitTable:
    """Some of a file's customers with all their rows, as they were read."""

    number: int
    understanding: Understanding

    def table(self) -> Table:
        raise NotImplementedError

    def rows(self) -> NDArray[np.int64]:
        raise NotImplementedError


def split_large(job: CleanJob, runner: Runner, progress: Step) -> Sequence[CleanJob]:
    raise Unpartitionable("cli.needs_whole")
