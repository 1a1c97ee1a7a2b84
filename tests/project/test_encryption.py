"""The order history is encrypted with a passphrase; without it, nothing of a customer can be read."""

import io
import json
import time
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from lib import text
from lib.cli import main
from lib.errors import UserError
from lib.orders import hash_ids
from lib.project import CustomerHistory, Project, opened_history, orders_with, read_project, write_project
from lib.project.encryption import MIN_PASSPHRASE, Encryption, encrypted
from lib.project.migrations import migrated
from tests.machine import slowness
from tests.project.projects import KEY, a_project, some_orders
from tests.project.test_hostile_projects import zipped

pytest.importorskip("cryptography")

PASSPHRASE = "correct horse battery"
ORDERS = some_orders()


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cheap() -> bytes:
    """A file whose passphrase is quickly tried."""
    entries = entries_of(write_project(a_project(history=CustomerHistory(ORDERS, pseudonymised=False))))
    parts = {name: entries.pop(name) for name in list(entries) if name.startswith("history/")}
    encryption = Encryption("0123456789abcdef" * 2, 2**14)
    plain = json.loads(entries["project.json"])
    plain["history"]["encryption"] = vars(encryption)
    plain["history"]["sha256"] = {}
    del plain["settings"]  # their digests, as in an older project
    return zipped(
        entries | {"project.json": json.dumps(plain).encode()} | dict(encrypted(parts, encryption, PASSPHRASE))
    )


FILE = cheap()


def with_history(change: object) -> bytes:
    """The file with other parameters of encryption."""
    entries = entries_of(FILE)
    plain = json.loads(entries["project.json"])
    plain["history"]["encryption"] = change
    return zipped(entries | {"project.json": json.dumps(plain).encode()})


def unlocked(data: bytes, passphrase: str) -> CustomerHistory:
    locked = read_project(data, "shop.brine").project.locked
    assert locked is not None
    return opened_history(locked, passphrase, "shop.brine")


@pytest.mark.slow
@pytest.mark.parametrize("pseudonymised", [False, True])
def test_the_passphrase_gives_the_orders_back_and_without_it_no_customer_is_in_the_file(pseudonymised):
    orders = hash_ids(ORDERS, KEY) if pseudonymised else ORDERS
    data = write_project(a_project(history=CustomerHistory(orders, pseudonymised)), passphrase=PASSPHRASE)
    opened = read_project(data, "shop.brine").project
    assert opened.history is None
    assert [model.name for model in opened.models] == ["Segments"]
    entries = entries_of(data)
    assert {name for name in entries if name.startswith("history/")} == {
        f"history/{part}.parquet.aes" for part in ("lines", "returns", "called_off")
    }
    whole = b"".join(entries.values())
    assert b"PAR1" not in whole
    assert PASSPHRASE.encode() not in whole
    back = unlocked(data, PASSPHRASE)
    assert back.pseudonymised is pseudonymised
    pd.testing.assert_frame_equal(back.orders.lines, orders.lines, check_dtype=False)
    assert back.orders.currency == "EUR"


@pytest.mark.slow
def test_two_files_of_one_project_share_no_key_and_no_bytes():
    project = a_project(history=CustomerHistory(ORDERS, pseudonymised=False))
    mine, theirs = (entries_of(write_project(project, passphrase=PASSPHRASE)) for _ in range(2))
    for name in mine:
        assert (mine[name] == theirs[name]) is not name.endswith((".aes", "project.json")), name


@pytest.mark.slow
@pytest.mark.parametrize(
    "passphrase", ["", "correct horse batterx", "Correct horse battery", "x" * 100_000, "\x00", "ñ\ud800"]
)
def test_a_wrong_passphrase_ends_in_one_sentence(passphrase):
    with pytest.raises(UserError, match="wrong_passphrase") as refused:
        unlocked(FILE, passphrase)
    assert all(text.tell(language, refused.value) for language in text.LANGUAGES)


def broken_entries() -> dict[str, dict[str, bytes]]:
    good = entries_of(FILE)
    lines, returns = "history/lines.parquet.aes", "history/returns.parquet.aes"
    flipped = bytearray(good[lines])
    flipped[len(flipped) // 2] ^= 1
    return {
        "one bit": good | {lines: bytes(flipped)},
        "cut": good | {lines: good[lines][:-1]},
        "too short": good | {lines: b"x" * 10},
        "empty": good | {lines: b""},
        "two entries swapped": good | {lines: good[returns], returns: good[lines]},
        "not encrypted": good | {lines: b"PAR1" + bytes(1000)},
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", broken_entries())
def test_a_changed_entry_is_noticed(kind):
    with pytest.raises(UserError, match="wrong_passphrase"):
        unlocked(zipped(broken_entries()[kind]), PASSPHRASE)


SALT = "00" * 16


@pytest.mark.parametrize(
    "parameters",
    [
        *(
            {"salt": SALT, "cost": cost}
            for cost in (0, 1, -2, 2**13, 2**18, 2**31, 2**62, 10**300, 65535, 1e5, "65536", None, True)
        ),
        *({"salt": salt, "cost": 16384} for salt in ("", "00", "zz" * 16, "00" * 10_000, 5, None)),
        *({}, [], "aes", 7, True, {"cost": 16384}),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_parameters_that_would_cost_much_are_refused_before_anything_is_computed(parameters):
    data = with_history(parameters)
    began = time.process_time()
    with pytest.raises(UserError, match="project") as refused:
        read_project(data, "shop.brine")
    assert time.process_time() - began < 5 * slowness()
    assert all(text.tell(language, refused.value) for language in text.LANGUAGES)


@pytest.mark.slow
def test_entries_of_both_kinds_or_of_none_are_refused():
    good = entries_of(FILE)
    without = {name: data for name, data in good.items() if not name.endswith(".aes")}
    with pytest.raises(UserError, match="missing"):
        read_project(zipped(without), "shop.brine")
    with pytest.raises(UserError, match="missing"):
        read_project(with_history(None), "shop.brine")


def test_a_short_passphrase_is_refused_when_it_is_written():
    project = a_project(history=CustomerHistory(ORDERS, pseudonymised=False))
    with pytest.raises(UserError, match="short_passphrase"):
        write_project(project, passphrase="x" * (MIN_PASSPHRASE - 1))


@pytest.mark.slow
def test_a_history_that_was_not_opened_is_written_as_it_was():
    opened = read_project(FILE, "shop.brine").project
    again = write_project(opened)
    pd.testing.assert_frame_equal(unlocked(again, PASSPHRASE).orders.lines, ORDERS.lines, check_dtype=False)


def test_orders_are_not_read_without_the_history_that_waits_for_its_passphrase():
    opened = read_project(FILE, "shop.brine").project
    with pytest.raises(UserError, match="needs_passphrase"):
        orders_with([("orders.csv", b"a,b\n1,2\n")], opened)


@pytest.mark.slow
def test_version_1_had_no_encryption_and_its_history_opens():
    plain = write_project(a_project(history=CustomerHistory(ORDERS, pseudonymised=True)))
    entries = entries_of(plain)
    documents = {name: json.loads(entries[name]) for name in ("project.json", "reading.json", "explore.json")}
    del documents["project.json"]["history"]["encryption"]
    del documents["project.json"]["history"]["sha256"], documents["project.json"]["settings"]
    documents["project.json"]["version"] = 1
    head = migrated(documents, 1)["project.json"]
    assert head["history"] == {"pseudonymised": True, "currency": "EUR", "encryption": None}
    old = zipped(entries | {name: json.dumps(document).encode() for name, document in documents.items()})
    history = read_project(old, "old.brine").project.history
    assert history is not None
    assert replace(history, orders=ORDERS).pseudonymised
    assert len(history.orders.lines) == len(ORDERS.lines)


@pytest.mark.slow
def test_the_monthly_command_opens_and_encrypts_with_the_passphrase(tmp_path, capsys):
    project = write_project(Project(history=CustomerHistory(ORDERS, pseudonymised=False)), passphrase=PASSPHRASE)
    later = some_orders(30, 60).lines[["order_id", "customer_id", "ordered_at", "amount"]]
    for name, data in (("shop.brine", project), ("orders.csv", later.to_csv(index=False).encode())):
        (tmp_path / name).write_bytes(data)
    command = ["month", "--project", str(tmp_path / "shop.brine"), "--orders", str(tmp_path / "orders.csv")]
    command += ["--out", str(tmp_path / "out")]
    assert main(command) != 0
    assert "--passphrase" in capsys.readouterr().err
    (tmp_path / "pass.txt").write_text("not the passphrase")
    assert main([*command, "--passphrase", str(tmp_path / "pass.txt")]) != 0
    (tmp_path / "pass.txt").write_text(f"{PASSPHRASE}\n")
    assert main([*command, "--passphrase", str(tmp_path / "pass.txt")]) == 0
    next_month = (tmp_path / "out" / "shop.brine").read_bytes()
    assert read_project(next_month, "shop.brine").project.history is None
    together = unlocked(next_month, PASSPHRASE).orders.lines
    assert set(together["order_id"]) == {*ORDERS.lines["order_id"], *later["order_id"]}
