"""A training in a process of its own: it tells how far it is, can be stopped, and never outlives its server."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib import jobs
from lib.errors import UserError
from lib.gate import inspect
from lib.orders import Ledger, Orders
from lib.schema import ORDER_LINES
from lib.text import knows
from lib.training import Question

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240.0


def history(customers: int = 240, seed: int = 3) -> Orders:
    """Some customers buy often and much, some once: well-separated segments."""
    draw = np.random.default_rng(seed)
    rows = []
    for who in range(customers):
        often = who % 3 == 0
        for order in range(int(draw.integers(6, 14)) if often else 1):
            day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=float(draw.uniform(0, 360)))
            rows.append((f"c{who}", f"{who}-{order}", day, float(draw.gamma(4, 30 if often else 6)), 1.0, "x", "Spain"))
    frame = pd.DataFrame(rows, columns=[column.name for column in ORDER_LINES])
    frame = frame.astype({"ordered_at": "datetime64[us]"}).sort_values("ordered_at", ignore_index=True)
    return Orders(frame, frame.iloc[:0], Ledger(len(frame), len(frame), {}, pd.Series("", index=frame.index)), "EUR")


@pytest.mark.slow
def test_a_training_gives_a_quick_model_first_and_then_the_thorough_one_in_any_format() -> None:
    job = jobs.start(history(), Question("groups", groups=3))
    seen, first = set(), None
    while job.state == "running":
        seen.add(job.progress[1])
        if first is None and job.first is not None:
            first = job.first
            assert inspect(first.files["pickle"]).card == first.card
        time.sleep(0.1)
    assert job.state == "done", job.technical
    assert all(knows("en", step) and knows("es", step) for step in seen)
    result = job.result
    assert first is not None
    assert first.quick
    assert not result.quick
    assert result.card.privacy.membership_auc is not None
    assert first.card.privacy.membership_auc is None, "a report that takes long"
    assert list(result.files) == ["pickle"]
    data = job.file("joblib")
    assert inspect(data).card == result.card
    assert job.made_already(result, "joblib") is data
    assert result.card.goal == "groups"
    assert result.card.currency == "EUR"
    assert len(result.card.groups) == 3
    assert result.customers_found == 0
    assert inspect(result.files["pickle"]).card == result.card
    assert job.result is result
    groups = tuple(replace(group, name="VIP" if group.number == 1 else "") for group in result.card.groups)
    renamed = jobs.with_names(result, replace(result.card, groups=groups))
    job.rename(result, renamed)
    assert job.result is renamed
    assert inspect(renamed.files["pickle"]).card == renamed.card
    assert job.made_already(renamed, "joblib") is None, "it has the names from before"
    assert inspect(job.file("joblib")).card == renamed.card
    folder = job._path
    del job
    gc.collect()
    assert not folder.exists(), "what was learnt from goes with the job"


@pytest.mark.slow
def test_a_stopped_search_keeps_the_quick_model_and_makes_way_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    job = jobs.start(history(), Question("groups"))
    while job.first is None and job.state == "running":
        time.sleep(0.02)
    other = jobs.start(history(), Question("groups"))
    assert job.state == "done"
    assert job.unimproved
    assert job.stopped_by_server
    assert job.result.card.settings["quick"] is True
    other.cancel()


@pytest.mark.slow
def test_groups_of_an_earlier_model_are_learnt_anew_under_their_names() -> None:
    """The card of that model could not cross to the other process."""
    first = ended(jobs.start(history(), Question("groups", groups=3))).result.card
    again = ended(jobs.start(history(seed=4), Question("groups", like=first))).result.card
    assert again.evaluation.reason == "training.why.like"
    assert {group.name_key for group in again.groups} == {group.name_key for group in first.groups}


def ended(job: jobs.Job) -> jobs.Job:
    while job.state == "running":
        time.sleep(0.2)
    assert job.state == "done", job.technical
    return job


@pytest.mark.slow
def test_what_the_user_can_put_right_crosses_as_key_and_facts() -> None:
    job = jobs.start(history(customers=4), Question("groups"))
    assert job.wait(PATIENCE) == "failed", job.technical
    error = job.error
    assert error.key.startswith("training.")
    assert knows("en", error.key)
    job.cancel()


def test_cancel_ends_the_process_and_removes_what_it_was_given() -> None:
    job = jobs.start(history(), Question("groups"))
    folder, process = job._path, job._process
    assert job.state == "running"
    job.cancel()
    assert job.state == "cancelled"
    assert process.poll() is not None
    assert not folder.exists()


@pytest.mark.slow
def test_a_training_ends_when_its_server_dies(tmp_path: Path) -> None:
    """A killed server used to leave trainings behind that took its processors for minutes."""
    history().lines.to_parquet(tmp_path / "lines.parquet")
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time, pandas as pd\n"
            "from lib import jobs\n"
            "from lib.orders import Ledger, Orders\n"
            "from lib.training import Question\n"
            f"lines = pd.read_parquet({str(tmp_path / 'lines.parquet')!r})\n"
            "orders = Orders(lines, lines.iloc[:0], Ledger(0, 0, {}, pd.Series(dtype='str')))\n"
            "job = jobs.start(orders, Question('groups'))\n"
            "print(job._process.pid, flush=True)\n"
            "time.sleep(600)\n",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    child = int(server.stdout.readline())
    assert alive(child)
    server.kill()
    server.wait()
    server.stdout.close()
    for _ in range(100):
        if not alive(child):
            break
        time.sleep(0.2)
    assert not alive(child)


@pytest.fixture
def spares(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[jobs._Child]]:
    """The spare processes of this test, ended after it."""
    monkeypatch.setattr(jobs, "_spares", found := [])
    yield found
    for child in found:
        child.end()


def test_a_spare_process_knows_nobody_and_trains_once(spares: list[jobs._Child]) -> None:
    jobs.keep_spare()
    jobs.keep_spare()
    [spare] = spares
    assert sorted(file.name for file in spare.folder.iterdir()) == ["progress", "stderr", "stdout"]
    job = jobs.start(history(), Question("groups"))
    try:
        assert job._process is spare.process
        jobs.keep_spare()
        assert not spares, "somebody waits for a first answer"
    finally:
        job.cancel()
    assert not spare.folder.exists()
    jobs.keep_spare()
    assert spares
    assert spares[0].process is not spare.process


@pytest.mark.slow
@pytest.mark.parametrize("fate", ["old_code", "ended"])
def test_a_spare_process_that_cannot_be_used_is_replaced(
    fate: str, spares: list[jobs._Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.keep_spare()
    [spare] = spares
    if fate == "ended":
        spare.process.kill()
        spare.process.wait()
    else:
        monkeypatch.setattr(jobs, "_code_changed", lambda: -1.0)
    job = jobs.start(history(), Question("groups"))
    try:
        assert job._process is not spare.process
        assert spare.process.poll() is not None
        assert not spare.folder.exists()
    finally:
        job.cancel()


def test_data_that_cannot_be_handed_over_leaves_no_process(
    spares: list[jobs._Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.keep_spare()
    [spare] = spares
    monkeypatch.setattr(jobs, "_write", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        jobs.start(history(), Question("groups"))
    assert spare.process.poll() is not None
    assert not spare.folder.exists()


@pytest.mark.slow
def test_a_spare_process_trains_what_a_fresh_one_does(spares: list[jobs._Child]) -> None:
    jobs.keep_spare()
    by_spare = jobs.start(history(), Question("groups", groups=3, quick=True))
    fresh = jobs.start(history(), Question("groups", groups=3, quick=True))
    assert ended(by_spare).result.files == ended(fresh).result.files


@pytest.mark.slow
def test_a_spare_process_ends_when_its_server_dies(spares: list[jobs._Child]) -> None:
    jobs.keep_spare()
    [spare] = spares
    assert spare.process.stdin is not None
    spare.process.stdin.close()
    assert spare.process.wait(PATIENCE) == 3
    assert not spare.folder.exists()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rsplit(") ", 1)[1][0] != "Z"


def test_a_server_that_trains_enough_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    first = jobs.start(history(), Question("groups"))
    try:
        with pytest.raises(UserError, match=r"jobs\.busy"):
            jobs.start(history(), Question("groups"))
    finally:
        first.cancel()
    jobs.start(history(), Question("groups")).cancel()


def test_facts_of_an_error_survive_the_way_between_processes() -> None:
    facts = {"day": date(2024, 1, 2), "names": ["a", "b"], "count": 3, "share": 0.5, "word": "x"}
    assert jobs._facts({name: jobs._as_json(fact) for name, fact in facts.items()}) == facts


def test_folders_of_trainings_whose_server_is_gone_are_cleared(tmp_path, monkeypatch):
    import tempfile

    from lib import jobs

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    for name in (f"brine-{ended.pid}-abc", f"brine-{os.getpid()}-def", "brine-older", "somebody-else"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "customers.parquet").write_bytes(b"x")
    assert jobs.clear_leftovers() == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"brine-{os.getpid()}-def", "brine-older", "somebody-else"}
