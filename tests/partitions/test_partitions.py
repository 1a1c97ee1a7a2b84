"""In partitions, every figure is the one of a single piece: bytes of tables, ledgers, models, scores."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.cli import main
from lib.errors import UserError
from lib.exports import to_parquet, to_plain_csv
from lib.features import customer_features, default_cutoff
from lib.layouts import understand, with_kind
from lib.orders import Orders, clean_files
from lib.partitions import (
    LocalRunner,
    PartitionedHistory,
    Plan,
    as_path,
    clean_in_partitions,
    features_in_partitions,
    make_folder,
    remove_folder,
    sample_of_orders,
    sample_of_partitions,
    sources_of,
    write_csv,
    write_parquet,
)
from lib.sample import sample_shop
from lib.tables import read_tables


def in_one_piece(files: list[Path]) -> Orders:
    tables = read_tables([(file.name, file.read_bytes()) for file in files], alike=False)
    return clean_files(tables, [with_kind(understand(table), "orders") for table in tables])


def in_partitions(files: list[Path], folder: Path, partitions: int = 5) -> PartitionedHistory:
    return clean_in_partitions(Plan(sources_of(list(map(str, files))), str(folder), partitions, LocalRunner()))


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> list[Path]:
    """Two exports that overlap, one of which has dates that only the other settles."""
    folder = tmp_path_factory.mktemp("shop")
    lines = sample_shop(customers=150, seed=3)
    lines["date"] = pd.to_datetime(lines["date"]).dt.strftime("%d/%m/%Y %H:%M")
    day = pd.to_datetime(lines["date"], format="%d/%m/%Y %H:%M").dt.day
    half = len(lines) // 2
    lines.iloc[: half + 80].to_csv(folder / "a.csv", index=False)
    later = lines.iloc[half:]
    later[(day.iloc[half:] <= 12).to_numpy()].to_csv(folder / "b.csv", index=False)
    return [folder / "a.csv", folder / "b.csv"]


@pytest.mark.slow
@pytest.mark.parametrize(("files", "partitions"), [(2, 4), (1, 1), (1, 7)])
def test_the_ledger_the_features_and_the_files_are_those_of_one_piece(shop, tmp_path, files, partitions):
    whole = in_one_piece(shop[:files])
    history = in_partitions(shop[:files], tmp_path, partitions)
    assert (history.rows_in, history.rows_used) == (whole.ledger.rows_in, whole.ledger.rows_used)
    assert list(history.set_aside.items()) == list(whole.ledger.set_aside.items())
    assert history.orders() == whole.lines["order_id"].nunique()
    cutoff = default_cutoff(whole)
    assert history.default_cutoff == cutoff
    table = customer_features(whole, cutoff).reset_index()
    found = features_in_partitions(history, cutoff).pieces
    pd.testing.assert_frame_equal(found.whole(), table, check_exact=True)
    assert write_csv(found, tmp_path / "f.csv") == len(table)
    write_parquet(found, tmp_path / "f.parquet")
    assert (tmp_path / "f.csv").read_bytes() == to_plain_csv(table)
    assert (tmp_path / "f.parquet").read_bytes() == to_parquet(table)


@pytest.mark.slow
def test_processes_give_what_one_gives(shop, tmp_path):
    whole = in_one_piece(shop)
    plan = Plan(sources_of(list(map(str, shop))), str(tmp_path), 3, LocalRunner(2))
    found = features_in_partitions(clean_in_partitions(plan), default_cutoff(whole)).pieces.whole()
    pd.testing.assert_frame_equal(
        found, customer_features(whole, default_cutoff(whole)).reset_index(), check_exact=True
    )


@pytest.mark.slow
def test_chunks_of_any_size_are_in_order(shop, tmp_path, monkeypatch):
    whole = in_one_piece(shop)
    history = in_partitions(shop, tmp_path)
    monkeypatch.setattr("lib.partitions.assembling.ROWS_AT_ONCE", 7)
    found = features_in_partitions(history, history.default_cutoff, columns=["recency_days"]).pieces
    table = customer_features(whole, default_cutoff(whole), columns=["recency_days"]).reset_index()
    pd.testing.assert_frame_equal(found.whole(), table, check_exact=True)
    write_csv(found, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == to_plain_csv(table)


@pytest.mark.slow
def test_the_sample_is_the_same_customers_and_lines_however_the_history_is_cut(shop, tmp_path):
    whole, history = in_one_piece(shop), in_partitions(shop, tmp_path)
    one, other = sample_of_orders(whole, 60), sample_of_partitions(history, 60)
    assert one.orders.lines["customer_id"].nunique() == 60
    assert one.sampled_from == other.sampled_from == whole.lines["customer_id"].nunique()
    pd.testing.assert_frame_equal(one.orders.lines, other.orders.lines, check_exact=True)
    every = sample_of_partitions(history)
    assert every.sampled_from == 0
    pd.testing.assert_frame_equal(every.orders.lines, whole.lines, check_exact=True)
    shuffled = whole.lines.sample(frac=1, random_state=1).reset_index(drop=True)
    again = sample_of_orders(Orders(shuffled, whole.returns, whole.ledger), 60)
    assert set(again.orders.lines["customer_id"]) == set(one.orders.lines["customer_id"])


@pytest.mark.slow
def test_currencies_and_cancellations_of_another_file_count_as_in_one_piece(tmp_path):
    generator = np.random.default_rng(5)
    rows = 400
    lines = pd.DataFrame(
        {
            "order_id": np.arange(rows) // 2 + 1000,
            "customer_id": generator.integers(1, 60, rows // 2).repeat(2),
            "date": (pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(rows) // 2, "D")).strftime("%Y-%m-%d"),
            "amount": generator.integers(5, 90, rows) + 0.5,
            "product": generator.choice(["tea", "cup", "pot"], rows),
            "status": "completed",
            "currency": "EUR",
        }
    )
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    lines.to_csv(files[0], index=False)
    lines.tail(120).assign(status=lambda late: np.where(late["order_id"] % 5 == 0, "cancelled", "completed")).to_csv(
        files[1], index=False
    )
    lines.head(80).assign(currency="USD", order_id=lines["order_id"] + 5000).to_csv(files[2], index=False)
    whole, history = in_one_piece(files), in_partitions(files, tmp_path)
    assert {"overlap", "cancelled", "other_currency"} <= set(history.set_aside)
    assert dict(history.set_aside) == dict(whole.ledger.set_aside)
    assert history.currency == whole.currency
    table = customer_features(whole, default_cutoff(whole)).reset_index()
    found = features_in_partitions(history, history.default_cutoff).pieces.whole()
    pd.testing.assert_frame_equal(found, table, check_exact=True)


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, dict, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


def same_answer(one: dict, other: dict) -> None:
    left_out = {"seconds", "rows_per_second", "partitions", "out", "model"}
    assert {k: v for k, v in one.items() if k not in left_out} == {k: v for k, v in other.items() if k not in left_out}


@pytest.mark.slow
def test_a_command_with_little_memory_writes_the_same_bytes(shop, tmp_path, run):
    folder = shop[0].parent
    key = tmp_path / "key.txt"
    key.write_text("pickled")
    code, one, _ = run("features", "--orders", folder, "--hash-ids", key, "--out", tmp_path / "one.parquet")
    assert code == 0
    assert "partitions" not in one
    code, other, stderr = run(
        "features", "--orders", *shop, "--hash-ids", key, "--memory", "1MB", "--out", tmp_path / "other.parquet"
    )
    assert code == 0
    assert other["partitions"] > 1
    assert "100%" in stderr
    same_answer(one, other)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"key.txt", "one.parquet", "other.parquet"}, (
        "files left behind"
    )


@pytest.mark.slow
def test_a_model_and_its_scores_are_those_of_one_piece(shop, tmp_path, run):
    for name, more in (("one", ()), ("other", ("--memory", "1MB"))):
        asked = ("--goal", "buy_again", "--horizon-days", 60, "--quick", "--out", tmp_path / f"{name}.pkl")
        assert run("train", "--orders", *shop, *asked, *more)[0] == 0
    assert (tmp_path / "one.pkl").read_bytes() == (tmp_path / "other.pkl").read_bytes()
    said = {}
    for name, more in (("one", ()), ("other", ("--memory", "1MB"))):
        files = ("--flags", tmp_path / f"{name}-flags.csv", "--out", tmp_path / f"{name}.csv")
        code, said[name], _ = run("score", "--orders", *shop, "--model", tmp_path / "one.pkl", *files, *more)
        assert code == 0
    same_answer(said["one"], said["other"])
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
    assert (tmp_path / "one-flags.csv").read_bytes() == (tmp_path / "other-flags.csv").read_bytes()


def test_a_file_url_is_the_same_as_its_path(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("order_id,customer_id,ordered_at,amount\n1,A,2025-01-02,3.50\n")
    url = f"file://{tmp_path.as_posix()}"
    assert sources_of([url]) == sources_of([str(tmp_path)])
    assert sources_of([f"{url}/a.csv"])[0].read() == (tmp_path / "a.csv").read_bytes()
    made = as_path(f"{url}/brine-work")
    make_folder(made)
    remove_folder(made)
    assert not (tmp_path / "brine-work").exists()


def test_a_kind_of_url_that_nobody_knows_is_said(tmp_path):
    for act in (lambda place: sources_of([place]), make_folder):
        with pytest.raises(UserError) as found:
            act("ftps-of-somebody://host/orders.csv")
        assert found.value.key == "cli.unreadable"
