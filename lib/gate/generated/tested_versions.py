"""Release of scikit-learn → classes whose files gave equal answers; written by `benchmarks/versions.py --write`."""

TESTED: dict[str, frozenset[str]] = {}
