"""What wraps a file's object is known by content, taken off once, and bounded while it comes off."""

import bz2
import gzip
import io
import lzma
import pickle
import struct
import zipfile
import zlib
from pathlib import Path

import lz4.frame
import pytest
import skops.io
from sklearn.linear_model import LinearRegression

from lib.gate.reading import containers
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection
from tests.gate.valid_models import WRITERS

MODEL = LinearRegression().fit([[0.0], [1.0]], [0.0, 2.0])
PICKLE = pickle.dumps(MODEL)
WRAPPED = {
    "zlib": zlib.compress(PICKLE),
    "gzip": gzip.compress(PICKLE),
    "bz2": bz2.compress(PICKLE),
    "lzma": lzma.compress(PICKLE, lzma.FORMAT_ALONE),
    "xz": lzma.compress(PICKLE),
    "lz4": lz4.frame.compress(PICKLE),
}


def reason(data: bytes) -> str:
    with pytest.raises(Rejection) as caught:
        unwrap(data)
    return caught.value.reason


@pytest.mark.parametrize("name", WRITERS)
def test_every_container_is_known_by_its_content(name):
    container = unwrap(WRITERS[name](MODEL))
    kind, _, rest = name.partition("-")
    assert container.kind == kind
    if kind == "joblib" and rest != "raw":
        assert container.compression == rest
    if kind == "skops":
        assert "schema.json" in container.members
    else:
        assert container.data.endswith(b".")


@pytest.mark.parametrize("name", WRAPPED)
def test_a_compressed_stream_comes_out_as_it_went_in(name):
    assert unwrap(WRAPPED[name]).data == PICKLE


@pytest.mark.parametrize("name", WRAPPED)
def test_bytes_after_a_compressed_stream_are_refused(name):
    assert reason(WRAPPED[name] + b"x") == "trailing_bytes"
    assert reason(WRAPPED[name] + WRAPPED[name]) == "trailing_bytes"


@pytest.mark.parametrize("name", WRAPPED)
def test_a_compressed_stream_without_its_end_is_refused(name):
    assert reason(WRAPPED[name][:-10]) in ("truncated", "damaged")


@pytest.mark.parametrize("name", WRAPPED)
def test_a_compressed_stream_with_a_changed_byte_is_refused_or_still_one_pickle(name):
    for position in range(2, len(WRAPPED[name]), 7):
        data = bytearray(WRAPPED[name])
        data[position] ^= 0x55
        try:
            container = unwrap(bytes(data))
        except Rejection:
            continue
        assert len(container.data) < 10_000


@pytest.mark.parametrize("outer", WRAPPED)
def test_a_second_layer_is_refused(outer):
    compress = {
        "zlib": zlib.compress,
        "gzip": gzip.compress,
        "bz2": bz2.compress,
        "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
        "xz": lzma.compress,
        "lz4": lz4.frame.compress,
    }[outer]
    assert reason(compress(WRAPPED["gzip"])) == "nested"
    assert reason(compress(b"PK\x03\x04" + b"\0" * 40)) == "nested"


ZEROS = b"\x80\x04" + b"\0" * (40 * 2**20)


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb",
    [zlib.compress(ZEROS, 1), gzip.compress(ZEROS, 1), bz2.compress(ZEROS, 1), lzma.compress(ZEROS, preset=0)],
    ids=["zlib", "gzip", "bz2", "xz"],
)
def test_a_bomb_is_left_once_its_ratio_is_absurd(bomb):
    with pytest.raises(Rejection) as caught:
        unwrap(bomb)
    assert caught.value.reason == "bomb"
    assert int(caught.value.technical.split()[-2]) < 42 * 2**20


def test_a_file_that_unpacks_to_too_much_is_left(monkeypatch):
    monkeypatch.setattr(containers, "MAX_UNPACKED", 20 * 2**20)
    assert reason(lz4.frame.compress(ZEROS)) == "bomb"


def test_unpacking_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(containers, "MAX_SECONDS", 0.0)
    assert reason(WRAPPED["xz"]) == "timeout"


def test_an_lzma_stream_that_asks_for_an_enormous_dictionary_is_refused():
    head = bytearray(WRAPPED["lzma"])
    struct.pack_into("<I", head, 1, 0xFFFFFF00)
    assert reason(bytes(head)) == "damaged"


def test_two_gzip_members_are_two_files():
    assert reason(gzip.compress(PICKLE[:50]) + gzip.compress(PICKLE[50:])) in ("trailing_bytes", "not_a_model")


# --- zip -----------------------------------------------------------------------------------------------------------


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


SKOPS = skops.io.dumps(MODEL)


def test_a_skops_file_gives_its_members():
    container = unwrap(SKOPS)
    with zipfile.ZipFile(io.BytesIO(SKOPS)) as archive:
        assert dict(container.members) == {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_skops_file_may_be_packed(compression):
    assert unwrap(zipped(dict(unwrap(SKOPS).members), compression)).members == unwrap(SKOPS).members


def test_bytes_before_or_after_a_zip_are_refused():
    assert reason(SKOPS + b"x") == "trailing_bytes"
    assert reason(SKOPS + PICKLE) == "trailing_bytes"
    assert reason(SKOPS + SKOPS) in ("damaged", "trailing_bytes")
    with pytest.raises(Rejection):
        unwrap(SKOPS[:4] + b"x" * 10 + SKOPS)


def test_a_pickle_in_front_of_a_zip_is_read_as_a_pickle_and_keeps_its_tail_for_the_judge():
    container = unwrap(PICKLE + SKOPS)
    assert container.kind == "pickle"
    assert container.data == PICKLE + SKOPS


def test_a_zip_comment_is_refused():
    buffer = io.BytesIO(SKOPS)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"hello"
    assert reason(buffer.getvalue()) == "trailing_bytes"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("schema.json", b"{}")
        archive.writestr("schema.json", b"[]")
    assert reason(buffer.getvalue()) == "damaged"


@pytest.mark.slow
def test_a_zip_bomb_is_refused():
    assert reason(zipped({"schema.json": b"\0" * (64 * 2**20)}, zipfile.ZIP_DEFLATED)) == "bomb"


def test_members_that_overlap_are_refused():
    data = bytearray(zipped({"schema.json": b"{}" * 50, "1.npy": b"x" * 100}))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)  # both names lead to the first member
    assert reason(bytes(data)) == "damaged"


def test_a_member_in_a_folder_or_outside_is_refused():
    assert reason(zipped({"schema.json": b"{}", "../x.npy": b"x"})) == "damaged"


def test_a_zip_cut_short_is_refused():
    for length in range(4, len(SKOPS), 97):
        with pytest.raises(Rejection):
            unwrap(SKOPS[:length])


# --- what is no model ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"customer,orders\nann,3\nbob,4\n", "is_table"),
        (b"customer;orders\r\nann;3\r\n", "is_table"),
        (b"PAR1\x15\x04", "is_table"),
        (b"\x93NUMPY\x01\x00", "is_table"),
        (b"\x89HDF\r\n\x1a\n\0\0", "is_other_model"),
        (b"\x08\x07\x12\x07pytorch...onnx", "is_other_model"),
        (b"tree\nversion=v4\n", "is_other_model"),
        (b"<!DOCTYPE html><html>", "is_web_page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git_lfs"),
        (b"ZF0x1a             ", "old_joblib"),
        (b"7z\xbc\xaf\x27\x1c", "is_archive"),
        (b"hello", "not_a_model"),
        (b"Customers, and what they bought.", "not_a_model"),
        (b"\x80\x06N.", "not_a_model"),
        (b"\0" * 100, "not_a_model"),
    ],
)
def test_a_file_that_is_no_model_is_named(data, expected):
    assert reason(data) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "is_table"),
        ({"archive/data.pkl": b"", "archive/version": b"3"}, "is_other_model"),
        ({"config.json": b"", "metadata.json": b"", "model.weights.h5": b""}, "is_other_model"),
        ({"arr_0.npy": b""}, "is_table"),
        ({"readme.txt": b"hi"}, "is_archive"),
    ],
)
def test_a_zip_that_is_no_skops_file_is_named(members, expected):
    assert reason(zipped(members)) == expected


def test_a_file_over_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(containers, "MAX_FILE", 100)
    assert reason(PICKLE) == "file_too_large"


def test_the_tutorials_own_files_are_streams_for_the_judge(shared: Path):
    assert unwrap((shared / "codebasics" / "model_pickle").read_bytes()).kind == "pickle"
    assert unwrap((shared / "codebasics" / "model_joblib").read_bytes()).kind == "joblib"
