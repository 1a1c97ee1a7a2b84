"""What other gates say of files: `python benchmarks/other_gates.py FOLDER`, one JSON line a file and gate.

Runs in the environment of requirements-bench.txt; needs nothing of this project. None of these gates loads the file.
"""

import contextlib
import io
import json
import logging
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

LIMIT_SECONDS = 10


class Hangs(BaseException):
    """The gate took longer than the limit."""


def picklescan(path: Path) -> bool:
    """Names on a list of dangerous ones."""
    from picklescan.scanner import scan_file_path

    result = scan_file_path(str(path))
    return bool(result.infected_files or result.scan_err)


def modelscan(path: Path) -> bool:
    """Names on a list of dangerous ones, by file suffix."""
    from modelscan.modelscan import ModelScan

    found = ModelScan().scan(path)
    return bool(found["issues"] or found["errors"])


def fickling(path: Path) -> bool:
    """What the stream would do, decompiled; safe only if nothing but the standard library's harmless part is named."""
    from fickling.analysis import Severity, check_safety
    from fickling.fickle import Pickled

    with path.open("rb") as file:
        return check_safety(Pickled.load(file)).severity > Severity.LIKELY_SAFE


def skops(path: Path) -> bool:
    """Its own format only; refused where a type is not among those it trusts."""
    from skops.io import get_untrusted_types

    return bool(get_untrusted_types(file=path))


GATES: dict[str, Callable[[Path], bool]] = {
    "picklescan": picklescan,
    "modelscan": modelscan,
    "fickling": fickling,
    "skops": skops,
}
READS = {"skops": (".skops",)}
"""Gates that read some suffixes only; the others are given everything but .skops."""


def main(folder: Path) -> None:
    """One line for each file and gate: refused, failed to say, hung, and the seconds."""
    warnings.simplefilter("ignore")
    logging.disable()

    def ring(number: int, frame: object) -> None:
        raise Hangs

    signal.signal(signal.SIGALRM, ring)
    out = os.fdopen(os.dup(1), "w")
    for path in sorted(folder.iterdir()):
        for name, gate in GATES.items():
            if (path.suffix == ".skops") != (name in READS):
                continue
            began = time.perf_counter()
            signal.alarm(LIMIT_SECONDS)
            quiet = io.StringIO()
            try:
                with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
                    outcome = "refused" if gate(path) else "accepted"
            except Hangs:
                outcome = "hangs"
            except BaseException as error:  # noqa: BLE001 - a gate that breaks off has not let the file in
                outcome = f"fails: {type(error).__name__}"
            signal.alarm(0)
            line = {"file": path.name, "gate": name, "outcome": outcome, "seconds": time.perf_counter() - began}
            out.write(json.dumps(line) + "\n")
            out.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
