"""Attacks tried and stopped, honest files accepted, times: `python -m benchmarks.gate [--others ENV/bin/python]`.

Every attack of `tests/attacks` goes the whole way (`prove`: judged, and if let in, built and asked); a canary file
tells whether one acted. Every honest file of `tests/gate/valid_models.py` is judged, a sample is opened. Beside it,
what picklescan, modelscan, fickling and skops say of the same files, from an environment made of
requirements-bench.txt.
"""

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.summary import summarise
from lib import gate
from tests.attacks import attacks
from tests.gate import valid_models

PICKLES = frozenset(
    {".bin", ".ckpt", ".dat", ".dill", ".joblib", ".npy", ".p", ".pickle", ".pkl", ".pt", ".skops", ".zip"}
)
"""Suffixes under which the corpora of other scanners keep their files."""

SUFFIXES = {"pickle": ".pkl", "joblib": ".joblib", "skops": ".skops"}


@dataclass(frozen=True)
class File:
    """A file of the benchmark."""

    name: str
    data: bytes
    suffix: str
    hostile: bool
    acts: bool = False
    """Whether plain loading runs its payload."""


@dataclass(frozen=True)
class Outcome:
    """What a gate said of a file."""

    refused: bool
    seconds: float
    reason: str = ""
    acted: bool = False


def hostile_files(canary: Path) -> Iterator[File]:
    """Every attack of the corpus."""
    for attack in attacks(canary):
        suffix = ".skops" if attack.data[:2] == b"PK" else ".pkl"
        yield File(attack.name, attack.data, suffix, hostile=True, acts=attack.acts)


def honest_files(every: int) -> Iterator[File]:
    """Each honest model in `1 / every` of all containers, going round."""
    names = list(valid_models.WRITERS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for turn, case in enumerate(valid_models.cases()):
            wanted = [name for place, name in enumerate(names) if (turn + place) % every == 0]
            for name, data in valid_models.files(case.estimator, wanted):
                yield File(f"{case.name} {name}", data, SUFFIXES[name.partition("-")[0]], hostile=False)


def corpus_files(folders: Sequence[Path]) -> Iterator[File]:
    """Files of other scanners' tests, hostile and harmless: which of both, only their names say."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in PICKLES:
                yield File(str(path.relative_to(folder)), path.read_bytes(), path.suffix, hostile=True)


def corpus_report(folders: Sequence[Path], canary: Path) -> str:
    """How the corpora's files ended; those that were opened are named."""
    outcomes = {file.name: ours(file, canary) for file in corpus_files(folders)}
    opened = [name for name, outcome in outcomes.items() if not outcome.refused]
    reasons = Counter(outcome.reason for outcome in outcomes.values() if outcome.refused)
    slowest = max((outcome.seconds for outcome in outcomes.values()), default=0.0)
    return (
        f"corpora: {len(outcomes)} files, refused {len(outcomes) - len(opened)} {dict(reasons.most_common())}; "
        f"slowest {slowest:.1f} s; opened: {opened or 'none'}"
    )


def ours(file: File, canary: Path) -> Outcome:
    """Our own gate; hostile files go all the way."""
    began = time.perf_counter()
    verdict = gate.prove(file.data) if file.hostile else gate.inspect(file.data)
    seconds = time.perf_counter() - began
    acted = canary.exists()
    canary.unlink(missing_ok=True)
    return Outcome(verdict.verdict == "refused", seconds, verdict.reason, acted)


def others(python: str, files: Sequence[File]) -> dict[str, dict[int, Outcome]]:
    """Gate → number of the file → outcome, from the other environment."""
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            (Path(folder) / f"{number:06}{file.suffix}").write_bytes(file.data)
        script = Path(__file__).with_name("other_gates.py")
        done = subprocess.run([python, str(script), folder], capture_output=True, text=True, check=False)
    found: dict[str, dict[int, Outcome]] = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        outcome = Outcome(record["outcome"] != "accepted", record["seconds"], record["outcome"])
        found.setdefault(record["gate"], {})[int(record["file"][:6])] = outcome
    return found


def line(name: str, files: Sequence[File], outcomes: dict[int, Outcome]) -> str:
    """One gate's row of the table."""

    def share(chosen: list[int], *, refused: bool) -> str:
        if not chosen:
            return "–"
        count = sum(outcomes[number].refused is refused for number in chosen)
        return f"{count} of {len(chosen)} ({count / len(chosen):.1%})"

    hostile = [number for number in outcomes if files[number].hostile]
    acting = [number for number in hostile if files[number].acts]
    good = [number for number in outcomes if not files[number].hostile]
    times = np.array([outcomes[number].seconds for number in outcomes]) * 1000
    hangs = sum(outcome.reason == "hangs" for outcome in outcomes.values())
    return (
        f"{name:12}{share(acting, refused=True):>22}{share(hostile, refused=True):>22}{share(good, refused=False):>24}"
        f"{np.percentile(times, 50):>9.0f}{np.percentile(times, 95):>8.0f}{times.max():>9.0f}{hangs:>7}"
    )


def opening_costs() -> str:
    """Opening a pipeline of about 1 MB, beside a plain `pickle.load` of it (ours to load: we have just made it)."""
    model = valid_models.prepared(valid_models.RandomForestRegressor(n_estimators=60, random_state=0))
    data = pickle.dumps(model.fit(valid_models.MIXED, valid_models.MONEY))
    while len(data) < 10**6:
        model.set_params(model__n_estimators=int(model["model"].n_estimators * 1.5))
        data = pickle.dumps(model.fit(valid_models.MIXED, valid_models.MONEY))
    plain, gated = [], []
    for _ in range(15):
        began = time.perf_counter()
        pickle.loads(data)
        plain.append(time.perf_counter() - began)
        began = time.perf_counter()
        opened = gate.open_model(data)
        gated.append(time.perf_counter() - began)
        opened.close()
        time.sleep(0.2)  # the next worker gets ready meanwhile, as between two uploads
    fast, slow = np.median(plain) * 1000, np.median(gated) * 1000
    summarise(f"a file of {len(data) / 1e6:.1f} MB, judged and opened", slow / fast, "the time of pickle.load")
    return (
        f"opening {len(data) / 1e6:.1f} MB: pickle.load {fast:.0f} ms, the gate {slow:.0f} ms ({slow - fast:+.0f} ms)"
    )


def scoring_speed(rows: int = 1_000_000) -> str:
    """A million rows of twelve columns through the gate, beside `predict` called directly."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    chance = np.random.default_rng(0)
    frame = valid_models.pd.DataFrame(chance.normal(size=(rows, 12)), columns=[f"column_{i}" for i in range(12)])
    target = (frame["column_0"] + frame["column_1"] > 0).astype(int)
    results = []
    for last in (LogisticRegression(), valid_models.KMeans(5, n_init=1), HistGradientBoostingClassifier(max_iter=50)):
        model = valid_models.make_pipeline(valid_models.StandardScaler(), last).fit(frame[:5_000], target[:5_000])
        with gate.open_model(pickle.dumps(model)) as opened:
            opened.call("predict", frame[:1_000])
            direct, gated = [], []
            for _ in range(5):
                began = time.perf_counter()
                model.predict(frame)
                direct.append(time.perf_counter() - began)
                began = time.perf_counter()
                opened.call("predict", frame)
                gated.append(time.perf_counter() - began)
        ratio = min(direct) / min(gated)
        results.append(f"{type(last).__name__} {min(direct):.2f} s direct, {min(gated):.2f} s gated ({ratio:.2f})")
    return f"scoring {rows:,} × 12: " + "; ".join(results)


def main() -> None:
    """Print the table, the attacks that got in, and the honest files that did not."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--others", help="Python of an environment made of requirements-bench.txt")
    options.add_argument("--every", type=int, default=15, help="honest models in one of so many containers (1: all)")
    options.add_argument("--corpus", type=Path, nargs="*", default=[], help="folders with other scanners' test files")
    options.add_argument("--corpus-only", action="store_true", help="nothing but those")
    options.add_argument("--times", action="store_true", help="also scoring times")
    chosen = options.parse_args()
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary"
        if chosen.corpus:
            say(corpus_report(chosen.corpus, canary) + "\n")
        if chosen.corpus_only:
            return
        files = [*hostile_files(canary), *honest_files(chosen.every)]
        gate.inspect(b"")  # the first worker
        time.sleep(0.5)
        mine = {number: ours(file, canary) for number, file in enumerate(files)}
        record = {"brine": mine}
        if chosen.others:
            record |= others(chosen.others, files)
    hostile, acting = sum(file.hostile for file in files), sum(file.acts for file in files)
    say(f"{hostile} attacks ({acting} act under plain loading), {len(files) - hostile} honest files\n")
    say(f"{'gate':12}{'acting ones stopped':>22}{'all stopped':>22}{'honest accepted':>24}")
    say(f"{'p50 ms':>9}{'p95':>8}{'max':>9}{'hangs':>7}\n")
    for name, outcomes in record.items():
        say(line(name, files, outcomes) + "\n")
    acted = [files[number].name for number, outcome in mine.items() if outcome.acted]
    let_in = [files[number].name for number, outcome in mine.items() if files[number].hostile and not outcome.refused]
    shut_out = [(files[n].name, o.reason) for n, o in mine.items() if not files[n].hostile and o.refused]
    late = [(files[number].name, outcome.seconds) for number, outcome in mine.items() if outcome.seconds > 5]
    say(f"acted: {acted or 'none'}\nlater than 5 s: {late or 'none'}\nattacks let in: {let_in or 'none'}\n")
    say(f"honest files shut out: {shut_out or 'none'}\n")
    say(f"attacks, by reason: {Counter(o.reason for n, o in mine.items() if files[n].hostile).most_common()}\n")
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(
        f"this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB, workers {workers:.0f} MiB\n"
    )
    say(opening_costs() + "\n")
    if chosen.times:
        say(scoring_speed() + "\n")
    sys.exit(bool(acted))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "2")
    main()
