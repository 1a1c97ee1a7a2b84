"""A model without some customers has the bytes of one that never saw them, and a receipt that names nobody."""

import hashlib
import hmac
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.cli import main

GONE = ("cust 3", "cust 17")


def orders() -> pd.DataFrame:
    random = np.random.default_rng(5)
    many = 1_500
    customer = random.integers(0, 150, many)
    days = pd.to_timedelta(np.sort(random.integers(0, 500, many)), "D")
    return pd.DataFrame(
        {
            "order_id": np.arange(many),
            "date": (pd.Timestamp("2024-01-01") + days).strftime("%Y-%m-%d"),
            "customer_id": [f"cust {one}" for one in customer],
            "country": random.choice(["Spain", "France", "Peru"], many),
            "amount": random.gamma(2, 20, many).round(2),
        }
    )


def people() -> pd.DataFrame:
    random = np.random.default_rng(6)
    table = pd.DataFrame({"customer_id": [f"cust {one}" for one in range(300)], "age": random.integers(18, 90, 300)})
    table["plan"] = random.choice(["gold", "basic"], 300)
    return table.assign(churn=np.where(table["age"] + random.normal(0, 9, 300) > 50, "yes", "no"))


def run(capsys, *arguments: object) -> tuple[int, dict]:
    code = main([str(one) for one in arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "kind", "asked"),
    [(people(), "--customers", ("--goal", "target", "--target", "churn", "--recipe", "linear")),
     (orders(), "--orders", ("--goal", "groups", "--recipe", "kmeans", "--groups", "3"))],
)  # fmt: skip
def test_the_bytes_are_those_of_a_model_that_never_saw_them(table, kind, asked, tmp_path, capsys):
    whole, without = tmp_path / "all.csv", tmp_path / "without.csv"
    table.to_csv(whole, index=False)
    table[~table["customer_id"].isin(GONE)].to_csv(without, index=False)
    (tmp_path / "key").write_text("a secret of thirty-two characters or so")
    (tmp_path / "ids.txt").write_text(f"{GONE[1]}\nnobody\n")
    before, after, never = (tmp_path / f"{name}.pkl" for name in ("before", "after", "never"))
    asked = ("--quick", *asked)
    before.write_bytes(b"the model that is replaced")
    assert run(capsys, "train", kind, without, *asked, "--out", never)[0] == 0
    ids = ("--customer", GONE[0], "--customer-list", tmp_path / "ids.txt", "--key", tmp_path / "key")
    paths = ("--before", before, "--receipt", tmp_path / "receipt.json", "--out", after)
    code, said = run(capsys, "forget", kind, whole, *asked, *ids, *paths)
    assert code == 0, said
    assert after.read_bytes() == never.read_bytes()
    receipt = json.loads((tmp_path / "receipt.json").read_text())
    assert receipt["sha256_before"] == hashlib.sha256(before.read_bytes()).hexdigest()
    assert receipt["sha256_after"] == hashlib.sha256(never.read_bytes()).hexdigest() == said["sha256"]
    key = b"a secret of thirty-two characters or so"
    assert receipt["removed"] == sorted(hmac.new(key, one.encode(), hashlib.sha256).hexdigest() for one in GONE)
    assert len(receipt["not_found"]) == 1
    assert receipt["rows_removed"] == table["customer_id"].isin(GONE).sum() == said["rows_removed"]
    assert "cust" not in Path(tmp_path / "receipt.json").read_text().replace('"customers_left"', "")


def test_nobody_named_or_nobody_left_is_said_in_a_sentence(tmp_path, capsys):
    people().head(60).to_csv(tmp_path / "all.csv", index=False)
    (tmp_path / "key").write_text("a secret of thirty-two characters or so")
    (tmp_path / "ids").write_text("\n".join(people()["customer_id"]))
    call = ("forget", "--customers", tmp_path / "all.csv", "--goal", "groups", "--key", tmp_path / "key", "--receipt",
            tmp_path / "r", "--out", tmp_path / "m.pkl")  # fmt: skip
    assert run(capsys, *call)[1]["error"] == "forget.nobody_named"
    assert run(capsys, *call, "--customer-list", tmp_path / "ids")[1]["error"] == "forget.nobody_left"
    assert not (tmp_path / "m.pkl").exists()
