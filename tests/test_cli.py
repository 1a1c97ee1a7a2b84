"""`python -m lib …` is a public contract: its commands, options and JSON keys stay."""

import argparse
import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from lib import cli
from lib.cli import main
from lib.sample import sample_shop

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "orders.csv"
    sample_shop(customers=900, seed=3).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def customer_table(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("table") / "customers.csv"
    rows = range(400)
    pd.DataFrame(
        {
            "customer_id": [f"c{row}" for row in rows],
            "visits": [row % 40 for row in rows],
            "city": [["Lima", "Quito", "Cusco"][row % 3] for row in rows],
            "spend": [3.0 * (row % 40) + 10 * (row % 3) + (row % 7) for row in rows],
        }
    ).to_csv(path, index=False)
    return path


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, dict]:
        code = main([str(argument) for argument in arguments])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.mark.slow
def test_read_says_how_a_file_is_understood(run, shop):
    code, said = run("read", shop)
    assert code == 0
    assert said["kind"] == "orders"
    assert {"layout", "encoding", "separator", "decimal", "sheet", "header_row", "roles", "date_format", "currency",
            "rows_in", "rows_used", "set_aside", "columns", "personal"} <= set(said)  # fmt: skip
    assert said["rows_in"] == said["rows_used"] + sum(said["set_aside"].values())


@pytest.mark.slow
def test_features_are_one_row_per_customer_with_the_id_first(run, shop, tmp_path):
    code, said = run("features", "--orders", shop, "--out", tmp_path / "features.parquet")
    table = pd.read_parquet(tmp_path / "features.parquet")
    assert code == 0
    assert {"customers", "orders", "rows_in", "rows_used", "set_aside", "cutoff", "seconds"} <= set(said)
    assert table.columns[0] == "customer_id"
    assert len(table) == said["customers"] == table["customer_id"].nunique()


@pytest.mark.slow
def test_ids_are_replaced_by_the_same_hashes_for_the_same_key(run, shop, tmp_path):
    key, out = tmp_path / "key.txt", tmp_path / "features.parquet"
    found = []
    for secret in ("pickled", "pickled\n", "fresh"):
        key.write_text(secret)
        assert run("features", "--orders", shop, "--hash-ids", key, "--out", out)[0] == 0
        found.append(pd.read_parquet(out)["customer_id"])
    assert found[0].tolist() == found[1].tolist()
    assert not set(found[0]) & set(found[2])
    assert found[0].str.fullmatch(r"[0-9a-f]{16}").all()
    key.write_text(" \n")
    code, said = run("features", "--orders", shop, "--hash-ids", key, "--out", out)
    assert (code, said["error"]) == (1, "cli.no_key")


@pytest.mark.slow
def test_a_zip_of_months_is_one_history_and_its_dates_can_be_corrected(run, tmp_path):
    path = tmp_path / "2025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for month in (3, 4):
            rows = "".join(f"{month}{n},0{n}/0{month}/2025,c{n},{n}.50\n" for n in range(1, 5))
            archive.writestr(f"{month}.csv", "order_id,date,customer_id,amount\n" + rows)
    code, said = run("read", path)
    assert (code, said["rows_in"], said["rows_used"], said["files"]) == (0, 8, 8, ["3.csv", "4.csv"])
    assert said["ambiguous_dates"] == ["date"]
    code, said = run("read", path, "--dates", "date=day")
    assert (code, said["ambiguous_dates"], said["date_format"]) == (0, [], "%d/%m/%Y")


@pytest.mark.slow
def test_orders_after_the_cutoff_change_no_feature(run, shop, tmp_path):
    lines = pd.read_csv(shop)
    when = pd.to_datetime(lines[lines.columns[lines.columns.str.contains("date", case=False)][0]])
    cutoff = when.quantile(0.6).normalize()
    lines[when < cutoff].to_csv(tmp_path / "before.csv", index=False)
    run("features", "--orders", shop, "--cutoff", cutoff.date(), "--out", tmp_path / "all.parquet")
    run("features", "--orders", tmp_path / "before.csv", "--cutoff", cutoff.date(), "--out", tmp_path / "part.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "all.parquet"), pd.read_parquet(tmp_path / "part.parquet"))


@pytest.mark.slow
@pytest.mark.parametrize("goal", ["groups", "buy_again", "spend"])
def test_a_shop_goes_from_orders_to_scores(run, shop, tmp_path, goal):
    model, features, scores = tmp_path / "model.pkl", tmp_path / "features.csv", tmp_path / "scores.csv"
    code, trained = run("train", "--orders", shop, "--goal", goal, "--out", model)
    assert code == 0
    assert {"model", "sha256", "goal", "recipe", "customers", "columns", "cutoff", "horizon_days", "metrics",
            "baseline", "seconds"} <= set(trained)  # fmt: skip
    assert trained["customers_found_in_file"] == 0

    code, inspected = run("inspect", "--open", model)
    (file,) = inspected["files"]
    assert (code, file["verdict"], file["opened"]) == (0, "accepted", True)
    assert file["columns"] == trained["columns"]
    assert file["card"]["goal"] == goal
    assert file["sha256"] == trained["sha256"]

    code, _ = run("features", "--orders", shop, "--model", model, "--out", features)
    assert code == 0
    assert list(pd.read_csv(features).columns) == ["customer_id", *trained["columns"]]

    code, scored = run("score", "--model", model, "--orders", shop, "--out", scores)
    assert code == 0
    assert {"rows_in", "rows_scored", "rows_refused", "out", "flags", "drift", "seconds", "rows_per_second"} <= set(
        scored
    )
    table = pd.read_csv(scores)
    expected = {"groups": ["group", "group_name"], "buy_again": ["buy_again"], "spend": ["spend"]}[goal]
    assert list(table.columns)[: 1 + len(expected)] == ["customer_id", *expected]
    assert len(table) == scored["rows_in"] == scored["rows_scored"] + scored["rows_refused"]
    assert scored["rows_refused"] == 0


@pytest.mark.slow
def test_another_column_goes_from_table_to_scores(run, customer_table, tmp_path):
    model, scores = tmp_path / "model.pkl", tmp_path / "scores.csv"
    code, trained = run("train", "--customers", customer_table, "--goal", "target", "--target", "spend", "--out", model)
    assert code == 0
    assert "spend" not in trained["columns"]
    code, scored = run("score", "--model", model, "--customers", customer_table, "--out", scores)
    assert (code, scored["rows_scored"]) == (0, 400)
    assert list(pd.read_csv(scores).columns)[:2] == ["customer_id", "prediction"]


def test_the_tutorials_model_answers_without_a_card(run, tmp_path):
    homes = pd.DataFrame({"area": [2600, 3000, 3200, 3600, 4000], "price": [550000, 565000, 610000, 680000, 725000]})
    model = LinearRegression().fit(homes[["area"]], homes["price"])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(model))
    (tmp_path / "homes.csv").write_text("area\n5000\n")
    code, scored = run(
        "score", "--model", tmp_path / "model.pkl", "--customers", tmp_path / "homes.csv", "--out", tmp_path / "out.csv"
    )
    assert (code, scored["rows_scored"]) == (0, 1)
    assert pd.read_csv(tmp_path / "out.csv")["prediction"].tolist() == [pytest.approx(859554.79452055)]


def test_what_lies_beside_a_model_is_used_for_its_scores_or_told(run, tmp_path):
    homes = pd.DataFrame({"area": [2600, 3000, 3200, 3600, 4000], "price": [550000, 565000, 610000, 680000, 725000]})
    scaler = StandardScaler().fit(homes[["price"]])
    model = LinearRegression().fit(homes[["area"]], scaler.transform(homes[["price"]]).ravel())
    file, table, out = tmp_path / "model.pkl", tmp_path / "homes.csv", tmp_path / "out.csv"
    file.write_bytes(pickle.dumps({"model": model, "price_scaler": scaler, "threshold": 0.5}))
    table.write_text("area\n5000\n")
    code, _ = run("score", "--model", file, "--customers", table, "--out", out)
    assert code == 1  # which column is it for?
    file.write_bytes(pickle.dumps({"model": model, "y_scaler": scaler, "threshold": 0.5}))
    code, scored = run("score", "--model", file, "--customers", table, "--out", out)
    assert code == 0
    assert pd.read_csv(out)["prediction"].tolist() == [pytest.approx(859554.79452055)]
    assert "y_scaler (StandardScaler)" in scored["beside"]["converted_unsure"]
    assert "threshold (0.5)" in scored["beside"]["unused"]


def test_a_renamed_column_is_scored_by_a_map_and_told_without(run, tmp_path):
    model = LinearRegression().fit(pd.DataFrame({"area": [1.0, 2.0]}), [1.0, 2.0])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(model))
    (tmp_path / "homes.csv").write_text("surface,rooms\n5,1\n6,2\n")
    call = [
        "score",
        "--model",
        tmp_path / "model.pkl",
        "--customers",
        tmp_path / "homes.csv",
        "--out",
        tmp_path / "o.csv",
    ]
    code, said = run(*call)
    assert (code, said["error"].startswith("scoring.missing_columns")) == (1, True)
    assert "area" in said["message"]
    code, said = run(*call, "--map", "area=surface")
    assert (code, said["rows_scored"]) == (0, 2)


@pytest.mark.slow
def test_refused_and_flagged_cells_are_listed(run, tmp_path):
    model = LinearRegression().fit(pd.DataFrame({"area": [1.0, 2.0]}), [1.0, 2.0])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(model))
    (tmp_path / "homes.csv").write_text("area\n5\n\n7\n" + "x,\n" * 0)
    pd.DataFrame({"area": [5, None, 7], "note": list("abc")}).to_csv(tmp_path / "homes.csv", index=False)
    code, said = run("score", "--model", tmp_path / "model.pkl", "--customers", tmp_path / "homes.csv",
                     "--flags", tmp_path / "flags.csv", "--out", tmp_path / "o.csv")  # fmt: skip
    assert (code, said["rows_in"], said["rows_scored"], said["rows_refused"]) == (0, 3, 2, 1)
    assert said["flags"] == {"missing_value": 1}
    assert pd.read_csv(tmp_path / "flags.csv")["row"].tolist() == [2]
    assert pd.read_csv(tmp_path / "o.csv")["prediction"].isna().tolist() == [False, True, False]


class Runs:
    """Loading it would make a file: the test looks whether it is there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_inspect_refuses_what_would_run_code_and_does_not_run_it(run, tmp_path):
    canary = tmp_path / "canary"
    (tmp_path / "evil.pkl").write_bytes(pickle.dumps(Runs(canary)))
    code, said = run("inspect", tmp_path / "evil.pkl", tmp_path / "absent.pkl")
    assert code == 1
    assert [file["verdict"] for file in said["files"]] == ["refused", "refused"]
    assert all(file["message"] for file in said["files"])
    assert {"file", "verdict", "reason", "message", "format", "estimator", "sklearn_version", "columns", "card",
            "sha256"} <= set(said["files"][0])  # fmt: skip
    assert not canary.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "picture.csv"),
        (b"colour,size\nred,1\nblue,2\n", "no_customer.csv"),
        (b"customer,date,amount\na,soon,1\nb,later,2\nc,never,3\n", "no_dates.csv"),
        (b"customer,date,amount\na,2024-01-01,1\na,2024-02-01,2\n", "one_customer.csv"),
        (b"customer,date,amount\na,2024-01-01,1\nb,2024-01-01,2\n", "one_day.csv"),
    ],
)
def test_bad_orders_end_in_one_sentence(run, tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    code, said = run("features", "--orders", tmp_path / name, "--out", tmp_path / "out.csv")
    assert code == 1
    assert set(said) == {"error", "message"}
    assert said["message"].count("Traceback") == 0
    assert len(said["message"]) > 30
    assert not (tmp_path / "out.csv").exists()


def test_messages_come_in_spanish_too(run, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    _, english = run("read", tmp_path / "empty.csv")
    _, spanish = run("read", "--language", "es", tmp_path / "empty.csv")
    assert english["error"] == spanish["error"]
    assert english["message"] != spanish["message"]


def test_a_wrong_call_exits_with_2(tmp_path):
    for arguments in (
        ["train"],
        ["score", "--map", "x"],
        ["features", "--orders", "x", "--cutoff", "soon", "--out", "y"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


@pytest.mark.slow
def test_the_module_runs_as_a_command(shop):
    ran = subprocess.run(
        [sys.executable, "-m", "lib", "read", str(shop)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["kind"] == "orders"


def test_every_option_is_documented():
    from lib.cli import _parser

    page = (ROOT / "docs" / "command-line.md").read_text()
    (commands,) = [action for action in _parser()._actions if hasattr(action, "choices") and action.choices]
    for name, command in commands.choices.items():
        assert f"## `{name} " in page
        for option in (text for action in command._actions for text in action.option_strings if text.startswith("--")):
            assert option in page or option == "--help", option


def test_a_settings_file_says_what_columns_are_and_what_cells_say(run, tmp_path):
    from lib.layouts import understand, with_roles, write_settings
    from lib.tables import Corrections, read_table
    from lib.tables.corrections import correct_cell

    path = tmp_path / "orders.csv"
    lines = [f"A{at},2024-03-{at + 1:02},C{at % 7},{at + 2}.50" for at in range(25)]
    path.write_text("\n".join(["Order,Date,Who,Price", *lines]).replace("9.50", "9.5o", 1))
    table = read_table(path.read_bytes(), path.name)
    found = with_roles(understand(table), {"customer_id": "Who"})
    (bad,) = table.unread["Price"]
    made = Corrections((correct_cell(table, bad[0], "Price", "9.50", by=("Order",)),))
    settings = tmp_path / "settings.json"
    settings.write_bytes(write_settings(found, corrections=made))
    code, said = run("read", path, "--settings", settings)
    assert (code, said["rows_used"], said["roles"]["customer_id"]) == (0, 25, "Who")


def test_inspect_speaks_sarif(run, tmp_path):
    """What is required by the schema of SARIF 2.1.0, checked by hand: each result points at its rule and its file."""
    (tmp_path / "evil \x1b.pkl").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    (tmp_path / "numbers.pkl").write_bytes(pickle.dumps([1, 2, 3]))
    code, said = run(
        "inspect", "--sarif", tmp_path / "evil \x1b.pkl", tmp_path / "numbers.pkl", tmp_path / "absent.pkl"
    )
    assert code == 1
    assert said["version"] == "2.1.0"
    (done,) = said["runs"]
    rules = done["tool"]["driver"]["rules"]
    assert [one["ruleId"] for one in done["results"]] == ["not_allowed", "no_model_settings", "cli.unreadable"]
    for place, result in enumerate(done["results"]):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"] == done["artifacts"][location["index"]]["location"]["uri"]
        assert location["index"] == place
        assert result["message"]["text"]
        assert result["level"] == ("error" if place == 0 else "warning")
    assert "%1B" in done["artifacts"][0]["location"]["uri"]


def _places(parser: argparse.ArgumentParser, command: str = "") -> list[tuple[str, argparse.Action]]:
    """Every option of every command that takes a path."""
    found: list[tuple[str, argparse.Action]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [one for name, below in action.choices.items() for one in _places(below, name)]
        elif action.type in (cli._path, Path):
            found.append((command, action))
    return found


def test_an_option_that_takes_a_path_says_that_a_url_is_none():
    places = _places(cli._parser())
    assert {"--out", "--model", "--project"} <= {name for _, action in places for name in action.option_strings}
    for command, action in places:
        name = "/".join(action.option_strings) or action.dest
        assert action.type is cli._path, f"{command} {name} takes s3://x as a folder named s3:"
        assert action.type("file:///tmp/a%20b.csv") == Path("/tmp/a b.csv")
        assert action.type("folder/orders.csv") == Path("folder/orders.csv")
        assert action.type(r"C:\shop\orders.csv") == Path(r"C:\shop\orders.csv")
        for url in ("s3://shop/out.parquet", "https://example.org/x.csv", "memory://x"):
            with pytest.raises(argparse.ArgumentTypeError, match="is a URL"):
                action.type(url)


def test_a_url_as_result_ends_before_anything_is_computed(shop, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["features", "--orders", str(shop), "--out", "s3://shop/features/"])
    assert ended.value.code == 2
    assert "'s3://shop/features/' is a URL; only --orders and --workspace can be one" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
@pytest.mark.parametrize(("command", "key"), [("read", "cli.too_large"), ("inspect", "file_too_large")])
def test_a_file_without_an_end_is_not_read_for_ever(command, key, capsys):
    assert main([command, "/dev/zero"]) == 1
    assert key in capsys.readouterr().out


def fed(path: Path, data: bytes, times: int = 1) -> threading.Thread:
    """Makes a pipe and writes `data` into it, so often as somebody opens it, as the shell's `<(…)` does once."""
    os.mkfifo(path)

    def write() -> None:
        for _ in range(times):
            with contextlib.suppress(BrokenPipeError), path.open("wb") as pipe:
                pipe.write(data)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
@pytest.mark.parametrize("name", ["orders.csv", "orders.parquet", "orders.xlsx", "63", "orders.zip", "orders.csv.gz"])
def test_a_pipe_is_read_as_the_file_that_it_gives(run, tmp_path, name):
    table = sample_shop(customers=60, seed=3)
    plain = tmp_path / ("a.csv" if name == "63" else name)
    if name.endswith("parquet"):
        table.to_parquet(plain)
    elif name.endswith("xlsx"):
        table.to_excel(plain, index=False)
    else:
        table.to_csv(plain, index=False)
    (tmp_path / "pipe").mkdir()
    data = plain.read_bytes()
    fed(tmp_path / "pipe" / name, data)
    code, said = run("read", tmp_path / "pipe" / name)
    assert code == 0, said
    _, expected = run("read", plain)
    differ = {"seconds", "files"} | ({"format"} if name == "63" else set())
    assert {key: value for key, value in said.items() if key not in differ} == {
        key: value for key, value in expected.items() if key not in differ
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_every_command_takes_pipes_once(run, tmp_path):
    """A shell's pipe gives its bytes once: whoever opens it again waits for ever or gets nothing."""
    table = sample_shop(customers=60, seed=3).to_csv(index=False).encode()
    fed(tmp_path / "orders", table)
    fed(tmp_path / "key", b"secret")
    code, said = run(
        "features", "--orders", tmp_path / "orders", "--hash-ids", tmp_path / "key", "--out", tmp_path / "f.csv"
    )
    assert (code, said["customers"]) == (0, 60), said

    fed(tmp_path / "model", b"not a model")
    code, said = run("inspect", tmp_path / "model")
    assert (code, said["files"][0]["reason"]) == (1, "not_a_model")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices are of POSIX")
@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "/dev/zero"),
        ("features", "--orders", "/dev/zero", "--out", "OUT"),
        ("features", "--orders", "ORDERS", "--settings", "/dev/zero", "--out", "OUT"),
        ("features", "--orders", "ORDERS", "--hash-ids", "/dev/zero", "--out", "OUT"),
        ("train", "--customers", "/dev/zero", "--goal", "groups", "--out", "OUT"),
        ("forget", "--orders", "ORDERS", "--goal", "groups", "--customer-list", "/dev/zero", "--key", "KEY",
         "--receipt", "OUT", "--out", "OUT"),
        ("forget", "--orders", "ORDERS", "--goal", "groups", "--customer", "a", "--before", "/dev/zero",
         "--key", "KEY", "--receipt", "OUT", "--out", "OUT"),
        ("score", "--model", "/dev/zero", "--orders", "ORDERS", "--out", "OUT"),
        ("month", "--project", "/dev/zero", "--orders", "ORDERS", "--out", "OUT"),
        ("inspect", "/dev/zero"),
    ],
)  # fmt: skip
def test_a_device_that_never_ends_ends_in_one_sentence(tmp_path, arguments):
    """Each in a process that may hold 2,500 MiB: what it reads of a device stays below what one upload may hold."""
    places = {"ORDERS": tmp_path / "orders.csv", "KEY": tmp_path / "key", "OUT": tmp_path / "out"}
    sample_shop(customers=30, seed=3).to_csv(places["ORDERS"], index=False)
    places["KEY"].write_bytes(b"secret")
    words = [str(places.get(word, word)) for word in arguments]
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (2500 << 20,) * 2)\n"
        "from lib.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-2_000:]
    said = json.loads(done.stdout)
    reason = said["files"][0]["reason"] if "files" in said else said["error"]
    assert reason in {"cli.too_large", "cli.unreadable", "file_too_large", "gate.file_too_large", "project.too_large",
                      "layouts.settings.not_json"}, said  # fmt: skip
