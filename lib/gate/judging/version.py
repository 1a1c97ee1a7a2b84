"""scikit-learn's version here, without importing scikit-learn."""

from importlib import metadata

_SKLEARN = metadata.version("scikit-learn")  # read at import: later a worker may no longer read files


def our_version() -> str:
    """Such as `1.9.1`."""
    return _SKLEARN
