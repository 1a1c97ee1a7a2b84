"""Saved models are complete or absent, even with concurrent saves and disk failures."""

import errno
import hashlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lib.card import Card, CardColumn, Group
from lib.errors import UserError
from lib.gate import inspect
from lib.model_file import to_bytes
from lib.store import LIMIT_NAME, Store, clean_name
from lib.text import LANGUAGES, tell

ROOT = Path(__file__).resolve().parents[2]
CARD = Card("buy_again", "logistic", (CardColumn("recency_days", "number", "days", 1.0, 300.0),), 500, horizon_days=90)
DATA = b"\x80\x04N."


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "models"))


def names(store):
    return sorted(saved.name for saved in store.list())


def test_what_was_saved_is_listed_and_read_back_byte_for_byte(store):
    saved = store.save(DATA, CARD, "Spring campaign", format="pickle")
    (listed,) = store.list()
    assert (listed.key, listed.name, listed.card, listed.size) == (saved.key, "Spring campaign", CARD, len(DATA))
    assert listed.sha256 == hashlib.sha256(DATA).hexdigest()
    assert listed.saved_at is not None
    assert store.read(saved.key) == DATA


def test_a_shop_without_saved_models_has_an_empty_list(store):
    assert store.list() == ()


def test_a_name_that_is_taken_gets_a_number(store):
    for _ in range(3):
        store.save(DATA, CARD, "Groups", format="pickle")
    assert names(store) == ["Groups", "Groups 2", "Groups 3"]


def test_renaming_leaves_the_file_as_it_is(store):
    saved = store.save(DATA, CARD, "Groups", format="joblib")
    store.save(DATA, CARD, "Chances", format="pickle")
    assert store.rename(saved.key, "Chances").name == "Chances 2"
    assert store.rename(saved.key, "Chances 2").name == "Chances 2", "its own name is free to it"
    assert names(store) == ["Chances", "Chances 2"]
    assert store.read(saved.key) == DATA
    assert store.find(saved.key).file_name == "chances-2.joblib"


def segment_model(format="pickle"):
    """A model of two segments, and its card."""
    rows = pd.DataFrame({"age": [20.0, 21, 60, 61]})
    pipeline = make_pipeline(SimpleImputer(), StandardScaler(), KMeans(2, n_init=1, random_state=0)).fit(rows)
    groups = tuple(Group(number, "segments.name.best", str(number), 2) for number in (1, 2))
    card = Card("groups", "kmeans", (CardColumn("age", "number"),), 4, groups=groups)
    return to_bytes(pipeline, card, format=format), card


def with_names(card, *names):
    return replace(card, groups=tuple(replace(one, name=name) for one, name in zip(card.groups, names, strict=True)))


def test_segments_of_a_saved_model_are_renamed_in_its_note_and_in_its_file(store, tmp_path):
    data, card = segment_model()
    saved = store.save(data, card, "Segments", format="pickle")
    note = tmp_path / "models" / f"{saved.key}.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "from_a_newer_version": 1}))
    assert saved.has_segments_to_rename
    renamed = store.rename_segments(saved.key, with_names(card, "VIP", ""))
    (listed,) = store.list()
    assert (listed.key, listed.name, listed.sha256) == (renamed.key, "Segments", renamed.sha256)
    assert [group.name for group in listed.card.groups] == ["VIP", ""]
    inside = inspect(store.read(renamed.key)).card
    assert inside is not None
    assert [group.name for group in inside.groups] == ["VIP", ""]
    assert json.loads((tmp_path / "models" / f"{renamed.key}.json").read_text())["from_a_newer_version"] == 1
    assert len(list((tmp_path / "models").iterdir())) == 2, "the file and the note from before are gone"
    with pytest.raises(UserError, match=r"store\.gone"):
        store.read(saved.key)


@pytest.mark.parametrize("change", ["name", "segments"])
def test_a_model_deleted_while_it_is_renamed_is_said_to_be_gone(store, monkeypatch, change):
    data, card = segment_model()
    saved = store.save(data, card, "Segments", format="pickle")
    monkeypatch.setattr(store, "find", lambda key: store.delete(key) or saved)
    monkeypatch.setattr(store, "read", lambda key: store.delete(key) or data)
    with pytest.raises(UserError, match=r"store\.gone"):
        store.rename(saved.key, "Other") if change == "name" else store.rename_segments(saved.key, card)
    assert not store.list()


@pytest.mark.slow
@pytest.mark.parametrize("others", [("segments",), ("name",), ("delete",), ("segments", "name", "delete")])
def test_of_several_who_change_a_model_at_once_none_leaves_a_copy_or_half_of_one(tmp_path, others):
    """Each as a visitor of its own; what is listed afterwards can be read, and is one model or none."""
    data, card = segment_model()
    place = str(tmp_path / "models")
    for attempt in range(12):
        saved = Store(place).save(data, card, "Segments", format="pickle")
        start, failures = threading.Barrier(1 + len(others)), []

        def change(what, name, key=saved.key, start=start, failures=failures):
            own = Store(place)
            start.wait()
            try:
                if what == "segments":
                    own.rename_segments(key, with_names(card, name, ""))
                elif what == "name":
                    own.rename(key, name)
                else:
                    own.delete(key)
            except UserError as error:
                failures.append(error.key)

        visitors = [
            threading.Thread(target=change, args=(what, f"V{at}")) for at, what in enumerate(("segments", *others))
        ]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        listed = Store(place).list()
        assert set(failures) <= {"store.gone"}
        assert len(listed) <= 1
        assert len(listed) == 1 or "delete" in others
        for one in listed:
            assert inspect(Store(place).read(one.key)).card is not None
            Store(place).delete(one.key)
        assert not [path.name for path in (tmp_path / "models").iterdir()], attempt


def test_a_model_whose_names_cannot_be_replaced_stays_as_it_is(store):
    data, card = segment_model("joblib")
    saved = store.save(data, card, "Segments", format="joblib")
    assert not saved.has_segments_to_rename
    with pytest.raises(UserError, match=r"store\.names_fixed"):
        store.rename_segments(saved.key, with_names(card, "VIP", ""))
    assert [one.key for one in store.list()] == [saved.key]
    assert store.read(saved.key) == data
    assert not store.save(DATA, CARD, "No segments", format="pickle").has_segments_to_rename


def test_a_full_disk_leaves_the_names_from_before(store, monkeypatch):
    data, card = segment_model()
    saved = store.save(data, card, "Segments", format="pickle")

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(UserError, match=r"store\.full"):
        store.rename_segments(saved.key, with_names(card, "VIP", ""))
    monkeypatch.undo()
    assert [one.card for one in store.list()] == [card]
    assert store.read(saved.key) == data


def test_what_is_deleted_is_gone_and_so_are_its_files(store, tmp_path):
    saved = store.save(DATA, CARD, "Groups", format="pickle")
    store.delete(saved.key)
    store.delete(saved.key)
    assert store.list() == ()
    assert list((tmp_path / "models").iterdir()) == []
    with pytest.raises(UserError) as error:
        store.read(saved.key)
    assert error.value.key == "store.gone"


def test_two_visitors_who_save_at_once_under_one_name_lose_nothing(tmp_path):
    started = threading.Barrier(8)

    def save(number):
        started.wait()
        Store(str(tmp_path)).save(b"model %d" % number, CARD, "Groups", format="pickle")

    visitors = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    store = Store(str(tmp_path))
    assert {store.read(saved.key) for saved in store.list()} == {b"model %d" % number for number in range(8)}
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


@pytest.mark.slow
def test_a_process_that_is_killed_while_saving_leaves_no_half_model(tmp_path):
    code = (
        "from tests.store.test_store import *\n"
        "store = Store(sys.argv[1])\n"
        "print('begun', flush=True)\n"
        "while True: store.save(bytes(5_000_000), CARD, 'Groups', format='pickle')\n"
    )
    saver = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert saver.stdout is not None
    saver.stdout.readline()
    while len(Store(str(tmp_path)).list()) < 2:
        assert saver.poll() is None, "the saving process ended by itself"
    saver.kill()
    saver.communicate()
    store = Store(str(tmp_path))
    assert len(store.list()) >= 2
    for saved in store.list():
        assert len(store.read(saved.key)) == 5_000_000


class Disk:
    """A file system on which writing fails as it does on a disk of that kind."""

    def __init__(self, monkeypatch, number):
        def fails(*_, **__):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fails)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "store.full"),
        (errno.EDQUOT, "store.full"),
        (errno.EROFS, "store.read_only"),
        (errno.EACCES, "store.read_only"),
        (errno.EIO, "store.unreachable"),
    ],
)
def test_a_disk_that_cannot_be_written_to_is_told_in_words(store, tmp_path, monkeypatch, number, key):
    Disk(monkeypatch, number)
    with pytest.raises(UserError) as error:
        store.save(DATA, CARD, "Groups", format="pickle")
    assert error.value.key == key
    for language in LANGUAGES:
        assert tell(language, error.value)
    assert list((tmp_path / "models").iterdir()) == [], "nothing half is left"


def _always_full(path, mode):
    return open("/dev/full", "wb")


@pytest.mark.skipif(not os.access("/dev/full", os.W_OK), reason="this system has no /dev/full")
def test_a_disk_that_is_really_full_is_told(store, monkeypatch):
    """`/dev/full` answers every write as a full disk does."""
    import lib.store

    monkeypatch.setattr(lib.store, "open", _always_full, raising=False)
    with pytest.raises(UserError) as error:
        store.save(bytes(100_000), CARD, "Groups", format="pickle")
    assert error.value.key == "store.full"


def test_a_note_that_cannot_be_written_takes_its_model_with_it(store, tmp_path, monkeypatch):
    written = store._write

    def only_models(path, data):
        if path.endswith(".json"):
            raise OSError(errno.ENOSPC, "full")
        written(path, data)

    monkeypatch.setattr(store, "_write", only_models)
    with pytest.raises(UserError):
        store.save(DATA, CARD, "Groups", format="pickle")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to this user")
def test_a_folder_without_permission_is_told(store, tmp_path):
    (tmp_path / "models").mkdir(mode=0o500)
    with pytest.raises(UserError) as error:
        store.save(DATA, CARD, "Groups", format="pickle")
    assert error.value.key == "store.read_only"


def test_a_place_that_is_a_file_is_told(tmp_path):
    (tmp_path / "models").write_text("a file")
    with pytest.raises(UserError) as error:
        Store(str(tmp_path / "models")).save(DATA, CARD, "Groups", format="pickle")
    assert error.value.key == "store.unreachable"


def test_a_url_keeps_models_elsewhere():
    store = Store("memory://shelf/models")
    try:
        saved = store.save(DATA, CARD, "Groups", format="pickle")
        assert store.read(saved.key) == DATA
        assert Store("memory://shelf/models").rename(saved.key, "Other").name == "Other"
        assert names(store) == ["Other"]
    finally:
        for one in store.list():
            store.delete(one.key)
    assert store.list() == ()


def test_a_url_of_an_unknown_kind_is_told():
    with pytest.raises(UserError) as error:
        Store("pigeon://loft")
    assert error.value.key == "store.unknown_place"
    assert error.value.facts == {"place": "pigeon"}


def test_a_file_that_somebody_changed_is_not_given_out(store, tmp_path):
    saved = store.save(DATA, CARD, "Groups", format="pickle")
    (tmp_path / "models" / f"{saved.key}.pkl").write_bytes(b"another")
    with pytest.raises(UserError) as error:
        store.read(saved.key)
    assert error.value.key == "store.changed"


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "groups--zzz", "/etc/passwd", "groups--000000000000/../x"])
def test_a_key_leads_nowhere_else(store, key):
    for use in (store.read, store.find, store.delete, lambda one: store.rename(one, "x")):
        with pytest.raises(UserError) as error:
            use(key)
        assert error.value.key == "store.gone"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Spring   campaign ", "Spring campaign"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\model", "C Windows model"),
        ("Kunden – März", "Kunden – März"),
        ("line\none\0two", "line one two"),
        ("\u202egpj.exe", "gpj.exe"),
        ("x" * 500, "x" * LIMIT_NAME),
        ("CON", "CON"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(store, written, kept):
    assert clean_name(written) == kept
    saved = store.save(DATA, CARD, written, format="pickle")
    assert store.find(saved.key).name == kept
    assert "/" not in saved.file_name
    assert saved.file_name.endswith(".pkl")


@pytest.mark.parametrize("written", ["", "   ", "///", "\0", ". ."])
def test_a_name_of_nothing_is_told(store, written):
    with pytest.raises(UserError) as error:
        store.save(DATA, CARD, written, format="pickle")
    assert error.value.key == "store.needs_name"


def note_of(store, tmp_path):
    saved = store.save(DATA, CARD, "Groups", format="pickle")
    path = tmp_path / "models" / f"{saved.key}.json"
    return path, json.loads(path.read_text())


@pytest.mark.parametrize(
    "change",
    [
        {"card": {"format": "brine-card/1"}},
        {"card": None},
        {"format": "zip"},
        {"name": 7},
        {"name": "\0"},
        {"size": "large"},
        {"note": "another"},
    ],
    ids=str,
)
def test_a_note_that_somebody_meddled_with_is_passed_over(store, tmp_path, change):
    path, note = note_of(store, tmp_path)
    path.write_text(json.dumps({**note, **change}))
    assert store.list() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "null", "\udcff"])
def test_a_note_that_is_none_is_passed_over(store, tmp_path, text):
    path, _ = note_of(store, tmp_path)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert store.list() == ()


def test_other_files_in_the_folder_are_left_alone(store, tmp_path):
    store.save(DATA, CARD, "Groups", format="pickle")
    for name in ("README.md", ".gitkeep", "stranger.pkl", "notes.json"):
        (tmp_path / "models" / name).write_text("x")
    assert names(store) == ["Groups"]


def test_a_new_name_changes_nothing_else_in_the_note_of_a_newer_version(tmp_path):
    """Two servers of different versions may share a folder."""
    place = Store(str(tmp_path))
    saved = place.save(DATA, CARD, "Spring", format="pickle")
    note = next(tmp_path.glob("*.json"))
    newer = json.loads(note.read_text(encoding="utf-8"))
    newer["card"] |= {"format": "brine-card/9", "mood": "sunny"}
    note.write_text(json.dumps(newer), encoding="utf-8")
    renamed = place.rename(saved.key, "Summer")
    assert renamed.card.is_newer
    assert json.loads(note.read_text(encoding="utf-8")) == {**newer, "name": "Summer"}
