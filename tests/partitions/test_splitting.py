"""A file that is too large for one piece is split by customer only where that gives the same, and else refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.features import customer_features, default_cutoff
from lib.partitions import LocalRunner, Plan, Unpartitionable, clean_in_partitions, features_in_partitions, sources_of
from lib.sample import sample_shop
from tests.partitions.test_partitions import in_one_piece, in_partitions

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def small_limits(monkeypatch) -> None:
    monkeypatch.setattr("lib.partitions.sources.LIMIT_ROWS", 200)
    monkeypatch.setattr("lib.partitions.splitting.PIECE_BYTES", 12_000)
    monkeypatch.setattr("lib.partitions.splitting.PIECE_ROWS", 300)


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    return sample_shop(customers=120, seed=3).drop(columns="email").rename(columns={"date": "ordered at"})


def quoted(lines: pd.DataFrame) -> pd.DataFrame:
    """Line ends and quotes inside cells."""
    return lines.assign(product=lines["product"] + '\n"large", ' + lines["quantity"].astype("str"))


def with_status(lines: pd.DataFrame) -> pd.DataFrame:
    odd = lines["order_id"].astype("str").str[-1].isin(["3", "7"])
    return lines.assign(status=np.where(odd, "cancelled", "completed"), currency="EUR")


def day_first(lines: pd.DataFrame) -> pd.DataFrame:
    """Dates that some pieces can read both ways."""
    return lines.assign(**{"ordered at": lines["ordered at"].dt.strftime("%d/%m/%Y %H:%M")})


def blank_customers(lines: pd.DataFrame) -> pd.DataFrame:
    blank = lines["order_id"].astype("str").str[-1] == "5"
    return lines.assign(customer=lines["customer"].astype("str").where(~blank))


KINDS: dict[str, Change] = {
    "plain": lambda lines: lines,
    "quoted": quoted,
    "status": with_status,
    "day_first": day_first,
    "blank_customers": blank_customers,
    "not_by_time": lambda lines: lines.sample(frac=1, random_state=1),
}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_split_file_gives_what_one_piece_gives(small_limits, lines, tmp_path, kind, suffix):
    file = tmp_path / f"orders.{suffix}"
    _write(KINDS[kind](lines), file)
    whole = in_one_piece([file])
    work = tmp_path / "work"
    work.mkdir()
    history = in_partitions([file], work, 3)
    assert len(list(work.glob("split-*"))) > 3
    assert dict(history.set_aside) == dict(whole.ledger.set_aside)
    assert (history.rows_in, history.orders()) == (whole.ledger.rows_in, whole.lines["order_id"].nunique())
    table = customer_features(whole, default_cutoff(whole)).reset_index()
    found = features_in_partitions(history, history.default_cutoff).pieces.whole()
    pd.testing.assert_frame_equal(found, table, check_exact=True)


REFUSED: dict[str, Change] = {
    "e-mail beside ids": lambda lines: lines.assign(email=lines["customer"].astype("str") + "@example.org"),
    "discounts of orders": lambda lines: lines.assign(discount=1.0),
    "two currencies": lambda lines: lines.assign(currency=np.where(np.arange(len(lines)) % 9, "EUR", "USD")),
    "dates years away": lambda lines: lines.assign(
        **{"ordered at": lines["ordered at"].where(np.arange(len(lines)) != 5, pd.Timestamp("1900-01-01"))}
    ),
    "blank products": lambda lines: lines.assign(product=lines["product"].where(np.arange(len(lines)) % 5 > 0)),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_whose_cleaning_needs_all_of_it_is_not_split(small_limits, lines, tmp_path, kind):
    file = tmp_path / "orders.csv"
    _write(REFUSED[kind](lines), file)
    with pytest.raises(Unpartitionable) as found:
        clean_in_partitions(Plan(sources_of([str(file)]), str(tmp_path), 3, LocalRunner()))
    assert found.value.reason == "cli.needs_whole"


def _write(lines: pd.DataFrame, file: Path) -> None:
    if file.suffix == ".csv":
        lines.to_csv(file, index=False)
    else:
        lines.to_parquet(file, index=False, row_group_size=100)
