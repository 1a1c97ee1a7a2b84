"""Honest files of older scikit-learn versions through the gate: accepted, equal, refused by reason.

    ENV/bin/python tools/old_models.py FOLDER/1.3.2        # once in an environment of each version
    python -m benchmarks.versions FOLDER [NAME …]

Each model's answers are compared with those that it gave where it was made. A row that is accepted and answers
otherwise is the worst that can happen; it is listed by name, and so is a refusal that accuses.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from lib import gate
from lib.gate.generated.tested_versions import TESTED
from lib.gate.judging import judge, states
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection

TABLE = Path(__file__).parents[1] / "lib" / "gate" / "generated" / "tested_versions.py"
ACCUSING = frozenset({"not_allowed", "bad_state", "bad_call", "bad_structure", "bad_opcode", "malformed"})
"""Reasons whose sentence says that a file is dangerous, or was changed by hand."""


def outcome(data: bytes, about: dict) -> tuple[str, str]:
    """`equal`, `differs`, `fails` or a reason; and the technical account."""
    frame = pd.DataFrame(about["rows"])
    try:
        with gate.open_model(data) as opened:
            proved = "" if opened.verdict.proved else "unproved "
            for method, expected in about["answers"].items():
                answer = np.asarray(opened.call(method, frame))
                if not agrees(answer, np.asarray(expected)):
                    return f"{proved}differs", f"{method}: {answer[:2].tolist()} was {expected[:2]}"[:200]
            return f"{proved}equal", ""
    except gate.Refused as refused:
        known = "fails" if refused.reason in ("model_error", "has_gaps", "needs_numbers") else refused.reason
        return known, refused.technical[:200]


def agrees(answer: np.ndarray, expected: np.ndarray) -> bool:
    """Whether two answers are the same up to the last digits."""
    if answer.shape != expected.shape:
        return False
    if expected.dtype.kind in "biuf":
        return bool(np.allclose(answer.astype(float), expected.astype(float), rtol=1e-6, atol=1e-6, equal_nan=True))
    return bool((answer.astype(str) == expected.astype(str)).all())


def classes_of(data: bytes) -> tuple[str, frozenset[str]]:
    """The outermost estimator of a file, and all classes of estimators in it."""
    try:
        findings = judge.judge(unwrap(data))
    except Rejection:
        return "", frozenset()
    names = (name for name in findings.names if name in states.ESTIMATORS)
    return findings.estimator, frozenset(name.rpartition(":")[2] for name in names)


def write(tested: dict[str, set[str]]) -> None:
    """The table that the gate reads: release → classes whose files all gave equal answers. Other releases stay."""
    tested = {release: set(classes) for release, classes in TESTED.items()} | tested
    lines = [
        '"""Release of scikit-learn → classes with equal answers; written by `benchmarks/versions.py --write`."""',
        "",
    ]
    lines.append("TESTED: dict[str, frozenset[str]] = {")
    for release, classes in sorted(tested.items(), key=lambda one: [int(part) for part in one[0].split(".")]):
        lines += [f'    "{release}": frozenset(', "        {", *(f'            "{name}",' for name in sorted(classes))]
        lines += ["        }", "    ),"]
    TABLE.write_text("\n".join([*lines, "}", ""]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--write", action="store_true", help="write the table of classes with equal answers")
    parser.add_argument("--all", action="store_true", help="also list honest refusals")
    chosen = parser.parse_args()
    if chosen.names and chosen.write:
        parser.error("the table is written from all models of a version")
    tested: dict[str, set[str]] = {}
    for version in sorted(path.parent for path in chosen.folder.glob("*/version.txt")):
        counts: Counter[str] = Counter()
        lines = []
        equal: set[str] = set()
        other: set[str] = set()
        for path in sorted(version.glob("*.pkl")):
            if chosen.names and path.stem not in chosen.names:
                continue
            about = json.loads(path.with_suffix(".json").read_text())
            what, technical = outcome(path.read_bytes(), about)
            counts[what] += 1
            if chosen.write:
                outermost, classes = classes_of(path.read_bytes())
                if what.endswith("equal"):
                    equal |= classes
                elif what.endswith("differs"):
                    other.add(outermost)
            if "differs" in what or what == "fails" or what in ACCUSING or (chosen.all and "equal" not in what):
                lines.append(f"  {path.stem}: {what} {technical}")
        tested[".".join((version / "version.txt").read_text().split(".")[:2])] = equal - other
        sys.stdout.write(f"{(version / 'version.txt').read_text()}: {sum(counts.values())} files, {dict(counts)}\n")
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    if chosen.write:
        write(tested)


if __name__ == "__main__":
    main()
