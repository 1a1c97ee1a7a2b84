"""Which partition a customer is in: a hash of the id, the same on every machine."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def partition_of(customers: pd.Series, partitions: int) -> NDArray[np.int64]:
    """Per row the partition of its customer, from 0."""
    return (hashes_of(customers) % np.uint64(partitions)).astype(np.int64)


def hashes_of(customers: pd.Series) -> NDArray[np.uint64]:
    """Per row a number that depends on its customer's id alone, evenly spread over 64 bits."""
    codes, names = pd.factorize(customers)
    return pd.util.hash_array(np.asarray(names, dtype=object), categorize=False)[codes]
