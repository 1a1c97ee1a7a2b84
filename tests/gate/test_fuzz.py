"""Mutated valid files result in a verdict and nothing else: no import, no file, no crash, no timeout."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import fuzz

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fuzzer forks")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    return fuzz.seeds()


@pytest.mark.slow
def test_an_unchanged_file_is_opened(files):
    """Otherwise the fuzzer would not get as far as a model that answers."""
    assert {fuzz.one(data) for data in files} == {"opened"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_few_hundred_mutants_find_nothing(files):
    report = fuzz.run(300, seed=20, files=files)
    assert report.inputs == 300
    assert sum(report.outcomes.values()) == 300
    assert not report.findings
    assert len(report.outcomes) > 5, "mutants that are all refused for one reason test one line"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_run_in_parts_finds_what_one_run_finds(files, tmp_path):
    log = tmp_path / "fuzz.jsonl"

    def tell(report: fuzz.Report, position: int) -> None:
        fuzz.write_totals(log, 21, report, position)

    whole = fuzz.run(120, seed=21, files=files)
    fuzz.run(70, seed=21, files=files, stretch=50, tell=tell)
    log.write_text(log.read_text() + '{"seed": 21, "next')  # killed while it wrote
    so_far, start = fuzz.read_totals(log, 21)
    assert (so_far.inputs, start) == (70, 70)
    both = fuzz.run(120, seed=21, files=files, start=start, so_far=so_far)
    assert (both.inputs, both.outcomes, both.findings) == (120, whole.outcomes, whole.findings)
    assert fuzz.read_totals(log, 22) == (fuzz.Report(), 0)


@pytest.mark.long
def test_twenty_thousand_mutants_find_nothing():
    """In a process of its own: one that has grown to a test run's size meets the memory limit inside compiled code."""
    call = [sys.executable, "-W", "ignore", "-m", "benchmarks.fuzz", "--inputs", "20000", "--seed", "21"]
    ran = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 findings" in ran.stdout.splitlines()


@pytest.mark.slow
def test_a_mutant_is_the_same_wherever_it_is_made(files):
    for number in range(50):
        first, second = (fuzz.mutant(random.Random(f"1:{number}"), files) for _ in range(2))
        assert first == second


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_fuzzer_notices_what_it_looks_for(monkeypatch, files):
    """An input that opened a file, or killed its process, must be reported: else a clean run would mean nothing."""

    def bad(data: bytes) -> str:
        if len(data) % 3 == 0:
            try:
                open("/etc/passwd")  # noqa: SIM115
            except OSError:
                return "tried"
        return "fine"

    monkeypatch.setattr(fuzz, "one", bad)
    report = fuzz.run(12, seed=3, files=[b"abc", b"abcdef", b"ab"])
    assert report.findings
    assert "open" in report.findings[0][1]
