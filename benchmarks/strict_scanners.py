"""Every recipe's file in the strict modes of other scanners: `python -m benchmarks.strict_scanners FOLDER`.

    python -m benchmarks.strict_scanners FOLDER                       # trains each recipe, writes its files
    python -m benchmarks.strict_scanners FOLDER --scanners ENV/bin    # scans them, with the programs in that folder

Written are the plain pickle (protocol 4), protocols 2 and 5, joblib and skops. Printed per scanner: its version, the
options it ran with, and the files that it does not pass, with its first lines about each. `ENV` is an environment made
of `requirements-bench.txt`. None of these programs loads the file.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lib.errors import UserError
from lib.model_file import finish_all, format_of
from lib.training import Question, Trained, train_customers, train_orders
from tests.test_every_recipe import ON_CUSTOMERS, ON_ORDERS, a_shop, a_table

WRITTEN = ("pickle", "pickle-2", "pickle-5", "joblib", "skops")


@dataclass(frozen=True)
class Scanner:
    """A program that ends with zero where it finds nothing."""

    package: str
    command: tuple[str, ...]
    """With the file's path after it."""
    reads: tuple[str, ...]
    """Suffixes of the files that it is given."""


PICKLES = (".pkl", ".joblib")
ALL = (*PICKLES, ".skops")
SCANNERS = (
    Scanner("picklescan", ("picklescan", "--strict", "--path"), ALL),
    Scanner("fickling", ("fickling", "--check-safety", "--print-results", "--json-output", "/dev/null"), PICKLES),
    Scanner("modelscan", ("modelscan", "scan", "--show-skipped", "--path"), ALL),
    Scanner("modelaudit", ("modelaudit", "scan", "--strict", "--format", "text"), ALL),
    Scanner("hayward", ("hayward", "scan", "--fail-on", "low", "--fail-on-coverage", "--no-colour"), ALL),
)


def _trained() -> Iterator[tuple[str, Trained]]:
    shop, table = a_shop(), a_table()
    for key, goal in ON_ORDERS:
        yield f"{goal}-{key}", train_orders(shop, Question(goal, recipe=key))
    for key, _, target in ON_CUSTOMERS:
        try:
            yield f"{target}-{key}", train_customers(table, Question("target", target=target, recipe=key))
        except UserError as error:
            sys.stdout.write(f"{target}-{key}: not trained, {error.key}\n")


def write(folder: Path) -> None:
    """Each recipe's file in each of the formats."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, trained in _trained():
        files, _, _ = finish_all(trained, formats=WRITTEN, attacked=False)
        for one, data in files.items():
            (folder / f"{name}-{one}{format_of(one).suffix}").write_bytes(data)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


def scan(scanner: Scanner, programs: Path, files: list[Path]) -> tuple[int, list[str]]:
    """How many files it was given, and what it says of those that it does not pass."""
    complaints: list[str] = []
    given = [path for path in files if path.suffix in scanner.reads]
    for path in given:
        command = [str(programs / scanner.command[0]), *scanner.command[1:], str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=programs, timeout=300)
        if done.returncode:
            lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            complaints.append(f"{path.name} ({done.returncode}): " + " | ".join(lines[:40]))
    return len(given), complaints


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scanners", type=Path, help="the folder of programs of an environment")
    parser.add_argument("--only", nargs="*", default=[one.package for one in SCANNERS], help="scanners")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    if asked.scanners is None:
        write(asked.folder)
        return
    files, failed = sorted(asked.folder.resolve().iterdir()), False
    programs = asked.scanners.resolve()
    for scanner in SCANNERS:
        if scanner.package not in asked.only:
            continue
        shown = f"import importlib.metadata as m; print(m.version({scanner.package!r}))"
        version = subprocess.run([programs / "python", "-c", shown], capture_output=True, text=True, check=True).stdout
        given, complaints = scan(scanner, programs, files)
        failed |= bool(complaints)
        command = " ".join(scanner.command)
        sys.stdout.write(
            f"{scanner.package} {version.strip()}, `{command}`: {given - len(complaints)} of {given} pass\n"
        )
        sys.stdout.write("".join(f"  {line}\n" for line in complaints))
        sys.stdout.flush()
    sys.exit(failed)


if __name__ == "__main__":
    main()
