"""On a Dask cluster of processes of which one is killed in every step, the results are those of one piece."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from lib.cluster import DaskRunner, as_user_error, dask_runner
from lib.errors import UserError
from lib.features import customer_features, default_cutoff
from lib.gate import open_model
from lib.layouts import understand, with_kind
from lib.orders import Orders, clean_files
from lib.partitions import Plan, clean_in_partitions, features_in_partitions, score_in_partitions, sources_of
from lib.partitions.storage import read_table
from lib.sample import sample_shop
from lib.scoring import Choices, rows_from_orders, score
from lib.tables import read_tables

pytestmark = [
    pytest.mark.slow,
    # Dask's own: sockets and loops of workers that were killed
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


class KillsAWorker(DaskRunner):
    """Kills a worker when the first job of every step is done."""

    def run(
        self,
        function: Callable,
        jobs: Sequence,
        *,
        shared: bytes = b"",
        progress: Callable[[float], None] = lambda share: None,
    ) -> list:
        killed: list[int] = []

        def kill(share: float) -> None:
            if not killed:
                # One that an earlier step killed may not be missed yet, and does not answer.
                living = self.client.run(os.getpid, on_error="ignore")
                if living:
                    killed.append(next(iter(living.values())))
                    os.kill(killed[0], signal.SIGKILL)

        found = super().run(function, jobs, shared=shared, progress=kill)
        assert killed or not jobs
        return found


@pytest.fixture(scope="module")
def runner() -> Iterator[KillsAWorker]:
    pytest.importorskip("distributed")
    with dask_runner("local", 2 * 1024**3) as found:
        yield KillsAWorker(found.client)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("shop")
    lines = sample_shop(customers=200, seed=3)
    half = len(lines) // 2
    lines.iloc[: half + 60].to_csv(folder / "a.csv", index=False)
    lines.iloc[half:].to_csv(folder / "b.csv", index=False)
    return [folder / "a.csv", folder / "b.csv"]


@pytest.fixture(scope="module")
def whole(files) -> Orders:
    tables = read_tables([(file.name, file.read_bytes()) for file in files], alike=False)
    return clean_files(tables, [with_kind(understand(table), "orders") for table in tables])


def test_nothing_is_lost_or_doubled_when_workers_die(runner, files, whole, tmp_path, small_model):
    plan = Plan(sources_of(list(map(str, files))), str(tmp_path), 4, runner)
    history = clean_in_partitions(plan)
    cutoff = default_cutoff(whole)
    assert history.rows_used == whole.ledger.rows_used
    table = customer_features(whole, cutoff).reset_index()
    pd.testing.assert_frame_equal(features_in_partitions(history, cutoff).pieces.whole(), table, check_exact=True)
    with open_model(small_model) as opened:
        one = score(opened, rows_from_orders(opened, whole, cutoff), Choices(cutoff=cutoff))
        other = score_in_partitions(history, opened, small_model, cutoff=cutoff, choices=Choices())
    pd.testing.assert_frame_equal(other.pieces.whole(), one.table, check_exact=True)
    pd.testing.assert_frame_equal(other.whole.frame, one.frame, check_exact=True)
    # A worker that is killed while it writes leaves a `.part`, which nobody reads: under its name, a file is whole.
    made = list(tmp_path.glob("*.arrow"))
    assert made
    for place in made:
        read_table(str(place))


def test_an_address_where_nobody_answers_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("lib.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(UserError) as found, dask_runner("tcp://127.0.0.1:9", 1024**3):
        pass
    assert found.value.key == "cli.no_scheduler"


def test_a_cluster_that_cannot_load_brine_is_said():
    other = RuntimeError("Error during deserialization of the task graph. This frequently\noccurs if …")
    other.__cause__ = ModuleNotFoundError("No module named 'lib'")
    for error in (other, ModuleNotFoundError("No module named 'lib'")):
        found = as_user_error(error)
        assert isinstance(found, UserError)
        assert (found.key, found.facts["why"]) == ("cli.cluster_unlike", "ModuleNotFoundError: No module named 'lib'")
    assert as_user_error(bug := ValueError("a bug of ours")) is bug


@pytest.fixture(scope="module")
def small_model(whole) -> bytes:
    from lib.model_file.making import make_model
    from lib.training import Question, train_orders

    def train(question):
        return train_orders(whole, question)

    question = Question("groups", groups=3, columns=("recency_days", "frequency_orders", "monetary_total"), quick=True)
    return make_model(train, question, formats=("pickle",), lines=whole.lines).files["pickle"]
