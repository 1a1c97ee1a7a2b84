"""Hostile and broken project files of every kind end in a sentence, without running or unpacking anything."""

import io
import json
import pickle
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

import pytest

from lib import text
from lib.errors import UserError
from lib.project import CustomerHistory, read_project, write_project
from lib.project.archive import LIMIT_ENTRIES
from tests.project.projects import a_project, some_orders


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Mapping[str, bytes], *, more: tuple[tuple[str, bytes], ...] = (), method: int = 8) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in (*entries.items(), *more):
            with warnings.catch_warnings(action="ignore"):  # of a name that is there twice
                archive.writestr(zipfile.ZipInfo(name), data, method)
    return target.getvalue()


def without_digests(data: bytes) -> bytes:
    """The project as one of before, in which a changed entry is looked at for what is in it."""
    entries = entries_of(data)
    plain = json.loads(entries["project.json"])
    del plain["settings"]
    for one in plain["campaigns"]:
        del one["sha256"]
    if plain["history"] is not None:
        del plain["history"]["sha256"]
    return zipped(entries | {"project.json": json.dumps(plain).encode()})


GOOD = without_digests(write_project(a_project()))
WITH_CUSTOMERS = without_digests(write_project(a_project(history=CustomerHistory(some_orders(), pseudonymised=False))))


def with_entry(name: str, data: bytes) -> bytes:
    return zipped(entries_of(GOOD) | {name: data})


def with_json(entry: str, change: Callable[[dict], object]) -> bytes:
    plain = json.loads(entries_of(GOOD)[entry])
    made = change(plain)
    return with_entry(entry, json.dumps(plain if made is None else made).encode())


class Runs:
    """What unpickles to a call: only ever a part of a file that must not be unpickled."""

    def __reduce__(self):
        return (print, ("a project ran code",))


PATHS = ("../evil.txt", "/etc/passwd", "models/../../evil", "models\\..\\evil", "C:\\evil", "models/1.pkl/../x",
         "project.json/", "PROJECT.JSON", "models/1.exe", "models/1234.pkl", "history/lines.parquet.exe",
         "models/1.pkl\x00.txt", "__MACOSX/._project.json", "модели/1.pkl")  # fmt: skip

ABSURD: tuple[object, ...] = (
    *(None, True, -1, 0, 2**80, 1e308, 0.5, "x" * 5_000, "\u202etxt.exe", "\x00"),
    *([], {}, [[]], {"a": {"b": {}}}, ["x"] * 2_000, "2024-13-45", "not a date", {"format": "brine-project"}),
)


def leaves(plain: object, path: tuple = ()) -> Iterator[tuple]:
    """The path of every value inside."""
    if path:
        yield path
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for name, inner in items:
        yield from leaves(inner, (*path, name))


def changed(entry: str, path: tuple, value: object) -> bytes:
    def change(plain: dict) -> None:
        inside = plain
        for name in path[:-1]:
            inside = inside[name]
        inside[path[-1]] = value

    return with_json(entry, change)


def claiming(data: bytes, name: str, size: int) -> bytes:
    """The zip, in which an entry claims to unpack to `size` bytes, in both of its headers."""
    changed, claimed, wanted = bytearray(data), struct.pack("<I", size), name.encode()
    for signature, before_name, at_size in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = next(at for at in places(data, signature) if data[at + before_name :].startswith(wanted))
        changed[at + at_size : at + at_size + 4] = claimed
    return bytes(changed)


def places(data: bytes, signature: bytes) -> Iterator[int]:
    at = data.find(signature)
    while at >= 0:
        yield at
        at = data.find(signature, at + 1)


def many_large() -> bytes:
    """Eleven models of 190 MB each, as far as they say."""
    data = zipped(entries_of(GOOD) | {f"models/{n}.pkl": b"\0" * n for n in range(1, 12)})
    for n in range(1, 12):
        data = claiming(data, f"models/{n}.pkl", 190 * 2**20)
    return data


def overlapping() -> bytes:
    """Many names for one entry's bytes: small, and large when unpacked."""
    data = zipped({"project.json": b"{}", **{f"models/{n}.pkl": b" " * 2**22 for n in range(1, 3)}})
    first = data.index(b"PK\x01\x02")
    directory, end = data[first:-22], data[-22:]
    second = directory.index(b"models/1.pkl") - 46
    entry = directory[second : second + 46 + len(b"models/1.pkl")]
    copies = b"".join(entry.replace(b"models/1.pkl", b"models/%d.pkl" % n) for n in range(3, 9))
    count = 3 + 6
    size = len(directory) + len(copies)
    return data[:first] + directory + copies + end[:8] + struct.pack("<HHLLH", count, count, size, first, 0)


def raw_json(entry: str, written: bytes) -> bytes:
    return with_entry(entry, written)


def hostile() -> dict[str, bytes]:
    """Name of the kind → a file of it."""
    good = entries_of(GOOD)
    kinds: dict[str, bytes] = {
        "nothing": b"",
        "a pickle": pickle.dumps(Runs()),
        "text": b"customer,amount\n1,2\n",
        "a zip of something else": zipped({"orders.csv": b"a,b\n"}),
        "a zip without documents": zipped({"project.json": good["project.json"]}),
        "a bomb": zipped(good | {"project.json": b" " * 2**24}),
        "a bomb that claims little": claiming(zipped(good | {"project.json": b" " * 2**24}), "project.json", 10),
        "a bomb that claims much": claiming(GOOD, "models/1.pkl", 2**31),
        "a bomb of many": many_large(),
        "overlapping entries": overlapping(),
        "too many entries": zipped(good | {f"cards/{n}.json": b"{}" for n in range(LIMIT_ENTRIES)}),
        "a name twice": zipped(good, more=(("project.json", good["project.json"]),)),
        "another compression": zipped(good, method=zipfile.ZIP_LZMA),
        "bytes after the end": GOOD + b"\0" * 30,
        "bytes before the start": b"#!/bin/sh\n" + GOOD,
        "a longer list of entries": GOOD[:-22] + GOOD[-22:-10] + struct.pack("<L", 2**31) + GOOD[-6:],
        "a pickle as settings": with_entry("reading.json", pickle.dumps(Runs())),
        "a pickle as the contents": with_entry("project.json", pickle.dumps({"format": "brine-project", "version": 1})),
        "a pickle as a campaign": with_entry("campaigns/1.csv", pickle.dumps(Runs())),
        "a list as the contents": with_entry("project.json", b"[]"),
        "deep nesting": raw_json("explore.json", b'{"view":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
        "deep nesting of objects": raw_json("explore.json", b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
        "a number without end": raw_json("explore.json", b'{"view": ' + b"9" * 100_000 + b"}"),
        "an infinite number": raw_json("explore.json", b'{"view": {}, "x": 1e999}'),
        "not a number": raw_json("explore.json", b'{"view": {}, "x": NaN}'),
        "a key twice": raw_json("explore.json", b'{"view": {}, "view": {}}'),
        "half a character": raw_json("explore.json", b'{"view": {"a": "\xff"}}'),
        "half a surrogate": raw_json("explore.json", b'{"view": {"a": "\\ud800"}}'),
        "a key named like a method": raw_json("explore.json", b'{"view": {"__class__": []}}'),
        "a million keys": raw_json("explore.json", b"{" + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}"),
        "a campaign of ids": with_entry("campaigns/1.csv", b"customer,group,score_band\nann@example.com,control,1\n"),
        "a campaign without rows": with_entry("campaigns/1.csv", b"customer,group,score_band\n"),
        "a customer in both groups": with_entry(
            "campaigns/1.csv",
            b"customer,group,score_band\n" + b"0" * 16 + b",control,1\n" + b"0" * 16 + b",contacted,1\n",
        ),
        "another model": with_entry("models/1.pkl", pickle.dumps(Runs())),
        "a version of the future": with_json("project.json", lambda plain: plain.update(version=999)),
        "a version of nothing": with_json("project.json", lambda plain: plain.update(version=0)),
        "a version in words": with_json("project.json", lambda plain: plain.update(version="1")),
        "no format": with_json("project.json", lambda plain: plain.pop("format")),
        "a model outside": with_json("project.json", lambda plain: plain["models"][0].update(file="../../etc/passwd")),
        "a model that is a document": with_json(
            "project.json", lambda plain: plain["models"][0].update(file="reading.json")
        ),
        "two models in one file": with_json("project.json", lambda plain: plain["models"].append(plain["models"][0])),
        "a role that is none": with_json(
            "reading.json", lambda plain: plain["corrections"][0].update(roles={"__import__": "os"})
        ),
        "two roles of one column": with_json(
            "reading.json", lambda plain: plain["corrections"][0].update(roles={"amount": "a", "quantity": "a"})
        ),
        "a segment of no kind": with_json(
            "explore.json", lambda plain: plain["segments"][0].update(criteria=["everybody:1@-"])
        ),
        "figures before their beginning": with_json(
            "project.json", lambda plain: plain["snapshot"].update(until="1999-01-01")
        ),
    }
    kinds |= {f"path {path!r}": zipped(good, more=((path, b"x"),)) for path in PATHS}
    history = entries_of(WITH_CUSTOMERS)
    for name, data in (("a pickle", pickle.dumps(Runs())), ("text", b"a,b\n1,2\n"), ("half", b"PAR1" + b"\0" * 40)):
        kinds[f"{name} as history"] = zipped(history | {"history/lines.parquet": data})
    kinds["a history of returns alone"] = zipped(
        {name: data for name, data in history.items() if name != "history/lines.parquet"}
    )
    kinds["other columns as history"] = zipped(
        history | {"history/lines.parquet": history["history/called_off.parquet"]}
    )
    return kinds


HOSTILE = hostile()


def assert_is_one_sentence(error: UserError) -> None:
    """Fails where an error has no sentence in a language."""
    for language in text.LANGUAGES:
        assert text.tell(language, error)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_project_ends_in_a_sentence(kind, capfd):
    with pytest.raises(UserError) as refused:
        read_project(HOSTILE[kind], "shop.brine")
    assert_is_one_sentence(refused.value)
    assert "ran code" not in capfd.readouterr().out


@pytest.mark.slow
def test_an_absurd_value_anywhere_ends_in_a_sentence_or_changes_nothing_else():
    """Every value of every document, replaced by values of other types and sizes."""
    drawn = random.Random(1)
    for entry in ("project.json", "reading.json", "explore.json"):
        plain = json.loads(entries_of(GOOD)[entry])
        for path in leaves(plain):
            for value in drawn.sample(ABSURD, 3):
                try:
                    opened = read_project(changed(entry, path, value), "shop.brine")
                except UserError as error:
                    assert_is_one_sentence(error)
                else:
                    write_project(opened.project)  # what was taken can be written again


@pytest.mark.slow
def test_a_truncated_or_flipped_file_ends_in_a_sentence_or_reads_as_it_was():
    drawn = random.Random(2)
    for data, times in ((GOOD, 25), (WITH_CUSTOMERS, 2)):
        for _ in range(times):
            at = drawn.randrange(len(data))
            for broken in (data[:at], data[:at] + bytes([data[at] ^ (1 << drawn.randrange(8))]) + data[at + 1 :]):
                try:
                    opened = read_project(broken, "shop.brine")
                except UserError as error:
                    assert_is_one_sentence(error)
                else:
                    assert opened.project.reading == a_project().reading


def test_unpacking_stops_at_what_an_entry_claims(monkeypatch):
    """However much lies behind an entry, no more than its kind allows is ever inflated."""
    inflated: list[int] = []
    real = zlib.decompressobj

    class Counting:
        def __init__(self, *arguments):
            self.inner = real(*arguments)

        def decompress(self, data, length=0):
            made = self.inner.decompress(data, length)
            inflated.append(len(made))
            return made

        def __getattr__(self, name):
            return getattr(self.inner, name)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    for kind in (kind for kind in HOSTILE if "bomb" in kind):
        inflated.clear()
        with pytest.raises(UserError):
            read_project(HOSTILE[kind], "shop.brine")
        assert sum(inflated) < 2**21
