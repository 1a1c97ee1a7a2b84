"""False alarm rate of the search for customers, on files without customers.

    python -m benchmarks.leak_search [--searches 2000]

Valid model files of six kinds, each searched with ids and order numbers of every form (`tests/leaks/honest_files`),
drawn each time. Prints the alarms by form: each of them is false.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np

from tests.leaks.honest_files import ID_FORMS, MODELS, honest_file, order_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Search and count; 1 where there was any alarm."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leak_search", description=__doc__)
    parser.add_argument("--searches", type=int, default=2000)
    parser.add_argument("--customers", type=int, default=120)
    options = parser.parse_args(arguments)
    files = [honest_file(kind, seed, count=options.customers) for kind in MODELS for seed in (1, 2)]
    forms = list(ID_FORMS)
    alarms: Counter[str] = Counter()
    for at in range(options.searches):
        draw = np.random.default_rng([at, 3])
        form, of_orders = forms[at % len(forms)], forms[int(draw.integers(len(forms)))]
        ids = ID_FORMS[form](draw, options.customers)
        lines = order_lines(draw, ids, ID_FORMS[of_orders](draw, options.customers), timed=bool(draw.random() < 0.5))
        kinds = files[at % len(files)].found(ids, lines)
        if at % 100 == 99:
            sys.stdout.write(f"{at + 1} searches, {sum(alarms.values())} alarms\n")
            sys.stdout.flush()
        if kinds:
            alarms[f"{form} / orders {of_orders} / {dict(kinds)}"] += 1
    sys.stdout.write(f"{options.searches} searches, {sum(alarms.values())} false alarms\n")
    for name, count in alarms.most_common():
        sys.stdout.write(f"{count:5}  {name}\n")
    return int(bool(alarms))


if __name__ == "__main__":
    sys.exit(main())
