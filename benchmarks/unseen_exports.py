"""How exports of `benchmarks.exports` are read: `python -m benchmarks.unseen_exports [SEEDS] [KIND …]`.

Each kind is read with several seeds, and its worst outcome counts. An export is *right* if customers, orders, totals,
first and last day are those it was written with (or if it was refused and names no customers); *said* if they are
wrong and Data shows a finding; *silent* if they are wrong without any; *refused* if it ended in a message instead. Of
kinds that a file doesn't decide (`ASKED`), a finding is right and none is silent.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable

from benchmarks.constructed_exports import Constructed
from benchmarks.exports import KINDS
from benchmarks.exports.unread import ASKED
from benchmarks.second_computation import constructed_differences
from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import clean_files, findings_of

OUTCOMES = ("right", "said", "refused", "silent")


def outcome(export: Constructed) -> tuple[str, str]:
    """One of `OUTCOMES`, and what differs in words."""
    wrong = constructed_differences(export)
    if not wrong and export.kind not in ASKED:
        return "right", ""
    if wrong.startswith("refused"):
        return "refused", wrong
    tables = read_shop(export.files).tables
    findings = findings_of(clean_files(tables, [understand(table) for table in tables]))
    said = " ".join(finding.key for finding in findings)
    if export.kind in ASKED:
        return ("right", "") if findings else ("silent", "nothing is asked")
    return ("said" if findings else "silent"), f"{wrong} [{said}]"


def worst(kind: Callable[[random.Random], Constructed], seeds: int) -> tuple[str, str]:
    """The worst outcome over the seeds."""
    found = [outcome(kind(random.Random(f"{kind.__name__} {seed}"))) for seed in range(seeds)]
    return max(found, key=lambda pair: OUTCOMES.index(pair[0]))


def main() -> int:
    """Print each kind that is not right, and how many are."""
    words = sys.argv[1:]
    seeds = int(words.pop(0)) if words and words[0].isdigit() else 3
    counted: Counter[str] = Counter()
    for kind in KINDS:
        if words and kind.__name__ not in words:
            continue
        result, why = worst(kind, seeds)
        counted[result] += 1
        if result != "right":
            sys.stdout.write(f"{result:8} {kind.__name__}: {why}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{dict(counted)} of {counted.total()} kinds\n")
    return int(counted["right"] < counted.total())


if __name__ == "__main__":
    sys.exit(main())
