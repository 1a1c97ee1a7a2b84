"""Saved models: a folder, or any place that fsspec reaches by a URL, with a model file and a note beside each.

The note (JSON) holds the model's name, its format, its digest and its card, so that listing opens no model. A model
is there once its note is: the model file is written first, the note last and in one step, and deleting goes the other
way round. Every saved model gets files of its own, so that two users who save at the same time, even under the
same name, lose nothing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import re
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import fsspec
from fsspec import AbstractFileSystem

from lib.card import Card
from lib.errors import UserError
from lib.logs import event
from lib.model_file import FORMATS, Format, format_of
from lib.model_file.segment_names import with_segment_names
from lib.parsing.names import ascii_letters, normalized

__all__ = ["LIMIT_NAME", "Saved", "Store", "clean_name"]

_logger = logging.getLogger(__name__)

LIMIT_NAME = 80
MOST_LISTED = 500
LIMIT_NOTE_BYTES = 8_000_000

_NOTE = ".json"
_NOTE_FORMAT = "brine-note/1"
_PART = ".part"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\<>:\"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_NAMES_IN_PLACE = frozenset({"pickle", "pickle-5"})
"""Formats in whose files the names of segments can be replaced."""
_KEY = re.compile(r"[a-z0-9-]{1,60}--[0-9a-f]{12}")

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True)
class Saved:
    """One saved model, as its note tells of it."""

    key: str
    """Its key in this store; never changes."""
    name: str
    format: Format
    sha256: str
    """Of the model file."""
    size: int
    """Bytes of the model file."""
    card: Card
    saved_at: datetime | None = None
    """The date of the note, where the place keeps dates."""

    @property
    def file_name(self) -> str:
        """What the model file is called when it is taken home."""
        return f"{_slug(self.name)}{self.format.suffix}"

    @property
    def has_segments_to_rename(self) -> bool:
        """Whether `Store.rename_segments` can write other names into the file."""
        return bool(self.card.groups) and self.format.key in _NAMES_IN_PLACE and not self.card.is_newer


class Store:
    """The saved models of one place: a path, or a URL such as `s3://bucket/models` or `memory://models`."""

    def __init__(self, location: str) -> None:
        self._files: AbstractFileSystem
        try:
            with _user_errors():
                self._files, root = fsspec.core.url_to_fs(location)
        except (ImportError, ValueError) as error:  # a URL of an unknown kind, or one whose package is missing
            raise UserError("store.unknown_place", place=location.split("://", 1)[0]) from error
        self._root = str(root).rstrip("/")

    def list(self) -> tuple[Saved, ...]:
        """All saved models, the newest first. A note that cannot be read is passed over."""
        with _user_errors():
            if not self._files.exists(self._root):
                return ()
            self._files.invalidate_cache()
            found = self._files.ls(self._root, detail=True)
        notes = [(str(info["name"]), info) for info in found if str(info["name"]).endswith(_NOTE)]
        notes = sorted(notes, key=lambda note: str(_date(note[1]) or ""), reverse=True)[:MOST_LISTED]
        saved = [self._noted(path.rsplit("/", 1)[-1].removesuffix(_NOTE), _date(info)) for path, info in notes]
        return tuple(one for one in saved if one is not None)

    def find(self, key: str) -> Saved:
        """One saved model. Raises UserError("store.gone")."""
        found = self._noted(key, None) if _KEY.fullmatch(key) else None
        if found is None:
            raise UserError("store.gone")
        return found

    def twin(self, sha256: str) -> Saved | None:
        """The saved model whose file is this one byte for byte; None if there is none."""
        return next((saved for saved in self.list() if saved.sha256 == sha256), None)

    def read(self, key: str) -> bytes:
        """The model file, byte for byte as it was saved; UserError if it is gone or is not what was saved."""
        saved = self.find(key)
        with _user_errors():
            try:
                data: bytes = self._files.cat_file(self._path(key, saved.format.suffix))
            except FileNotFoundError:
                raise UserError("store.gone") from None
        if hashlib.sha256(data).hexdigest() != saved.sha256:
            raise UserError("store.changed", name=saved.name)
        return data

    def save(self, data: bytes, card: Card, name: str, *, format: str) -> Saved:
        """Keeps a model file under a name; a number is added to a name that is taken.

        Raises UserError("store.full" | "store.read_only" | "store.unreachable" | "store.needs_name").
        """
        kind = format_of(format)
        wanted = clean_name(name)
        taken = {one.name for one in self.list()}
        free = next(option for option in _options(wanted) if option not in taken)
        key = f"{_slug(free)}--{uuid.uuid4().hex[:12]}"
        saved = Saved(key, free, kind, hashlib.sha256(data).hexdigest(), len(data), card)
        began = time.monotonic()
        self._add(saved, data)
        seconds = time.monotonic() - began
        event(_logger, "model_saved", seconds=seconds, bytes=len(data), format=kind.key, goal=card.goal)
        return saved

    def rename(self, key: str, name: str) -> Saved:
        """Gives a saved model another name; the file stays as it is."""
        saved = self.find(key)
        wanted = clean_name(name)
        taken = {one.name for one in self.list() if one.key != key}
        renamed = replace(saved, name=next(option for option in _options(wanted) if option not in taken))
        # A newer version may have written the note: everything in it but the name stays as it is.
        note = {**self._whole_note(key), "name": renamed.name}
        with _user_errors():
            self._write(self._path(key, _NOTE), json.dumps(note, ensure_ascii=False, indent=1).encode())
            if not self._files.exists(self._path(key, saved.format.suffix)):  # deleted meanwhile
                self._remove(self._path(key, _NOTE))
                raise UserError("store.gone")
        return renamed

    def rename_segments(self, key: str, card: Card) -> Saved:
        """The saved model with the segment names of `card`, in its note and in its file.

        The file changes, so the model gets a new key: a reader finds the old file with the old note or the new file
        with the new note, never one of each. Of two users who do so at the same time, the second is told that the model
        is gone. Raises UserError("store.names_fixed") for a file whose names cannot be replaced, and what `read` and
        `save` raise.
        """
        saved = self.find(key)
        names = {group.number: group.name for group in card.groups}
        try:
            data = with_segment_names(self.read(key), names)
        except ValueError as error:
            raise UserError("store.names_fixed", name=saved.name) from error
        new = f"{key.rpartition('--')[0]}--{uuid.uuid4().hex[:12]}"
        renamed = replace(saved, key=new, sha256=hashlib.sha256(data).hexdigest(), size=len(data), card=card)
        # A newer version may have written the note: what this one doesn't know stays in it.
        self._add(renamed, data, self._whole_note(key))
        if not self._take_away(key):
            self._take_away(new)
            raise UserError("store.gone")
        return renamed

    def delete(self, key: str) -> None:
        """Deletes a model permanently. No error if it is already deleted."""
        if not _KEY.fullmatch(key):
            raise UserError("store.gone")
        self._take_away(key)
        event(_logger, "model_deleted")

    # ------------------------------------------------------------------------------------------------- on the disk

    def _take_away(self, key: str) -> bool:
        """Removes the note, then the file. Whether there was a file: of several at the same time, one takes it away.

        Where the place does not say whether there was a file to remove, it is looked for just before.
        """
        note, suffixes = self._path(key, _NOTE), dict.fromkeys(kind.suffix for kind in FORMATS)
        with _user_errors():
            self._files.invalidate_cache()
            self._remove(note)
            paths = [self._path(key, suffix) for suffix in suffixes]
            removed = [self._files.exists(path) and self._remove(path) for path in paths]
            self._remove(note)  # whoever renamed the model meanwhile wrote the note again
        return any(removed)

    def _add(self, saved: Saved, data: bytes, kept: Mapping[str, object] | None = None) -> None:
        """Writes a model file, then its note; neither stays without the other. `kept`: more entries of the note."""
        path = self._path(saved.key, saved.format.suffix)
        with _user_errors():
            self._files.makedirs(self._root, exist_ok=True)
            self._write(path, data)
            try:
                self._write(self._path(saved.key, _NOTE), _note(saved, kept or {}))
            except OSError:
                self._remove(path)
                raise

    def _whole_note(self, key: str) -> dict[str, object]:
        """All entries of a note; UserError("store.gone") where somebody has deleted it since it was found."""
        with _user_errors():
            try:
                note: dict[str, object] = json.loads(self._files.cat_file(self._path(key, _NOTE)))
            except FileNotFoundError:
                raise UserError("store.gone") from None
        return note

    def _path(self, key: str, suffix: str) -> str:
        return f"{self._root}/{key}{suffix}"

    def _noted(self, key: str, saved_at: datetime | None) -> Saved | None:
        if not _KEY.fullmatch(key):
            return None
        try:
            path = self._path(key, _NOTE)
            if self._files.size(path) > LIMIT_NOTE_BYTES:
                return None
            note = json.loads(self._files.cat_file(path))
        except (OSError, ValueError, RecursionError) as error:
            event(_logger, "note_unreadable", level=logging.WARNING, reason=type(error).__name__)
            return None
        return _read_note(key, note, saved_at)

    def _write(self, path: str, data: bytes) -> None:
        """Atomic: a concurrent reader finds the old file or the new one."""
        if "file" not in _protocols(self._files):
            self._files.pipe_file(path, data)  # storage reached by URL shows an object when it is complete
            return
        part = f"{path}.{uuid.uuid4().hex}{_PART}"
        try:
            with open(part, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError:
            self._remove(part)
            raise

    def _remove(self, path: str) -> bool:
        """Whether it was there, as far as the place says so."""
        try:
            self._files.rm_file(path)
        except FileNotFoundError:
            return False
        return True


def clean_name(name: str) -> str:
    """A name as it may be shown and kept. Raises UserError("store.needs_name") if nothing of it is left."""
    clean = " ".join(_FORBIDDEN.sub(" ", normalized(name, "NFC")).split())[:LIMIT_NAME].strip(" .")
    if not clean:
        raise UserError("store.needs_name")
    return clean


def _slug(name: str) -> str:
    letters = ascii_letters(name).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-") or "model"


def _options(name: str) -> Iterator[str]:
    yield name
    count = 2
    while True:
        yield f"{name[: LIMIT_NAME - 6]} {count}"
        count += 1


def _note(saved: Saved, kept: Mapping[str, object]) -> bytes:
    note = {
        **kept,
        "note": _NOTE_FORMAT,
        "name": saved.name,
        "format": saved.format.key,
        "sha256": saved.sha256,
        "size": saved.size,
        "card": saved.card.to_plain(),
    }
    return json.dumps(note, ensure_ascii=False, indent=1).encode()


def _read_note(key: str, note: object, saved_at: datetime | None) -> Saved | None:
    """Anyone with write access to the folder can write a note, so it is validated like an uploaded file."""
    if not isinstance(note, Mapping) or note.get("note") != _NOTE_FORMAT:
        return None
    card = Card.from_plain(note.get("card"))
    name, sha256, size = note.get("name"), note.get("sha256"), note.get("size")
    kind = next((one for one in FORMATS if one.key == note.get("format")), None)
    if card is None or kind is None or not (isinstance(name, str) and isinstance(sha256, str) and type(size) is int):
        return None
    try:
        return Saved(key, clean_name(name), kind, sha256, size, card, saved_at)
    except UserError:
        return None


def _date(info: Mapping[str, object]) -> datetime | None:
    for name in ("mtime", "LastModified", "last_modified", "updated", "created"):
        value = info.get(name)
        if isinstance(value, datetime):
            return value
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value)
    return None


def _protocols(files: AbstractFileSystem) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


@contextmanager
def _user_errors() -> Iterator[None]:
    """Turns an OSError of the place into a UserError("store.…")."""
    try:
        yield
    except UserError:
        raise
    except OSError as error:
        event(_logger, "store_failed", level=logging.WARNING, reason=type(error).__name__, errno=error.errno or 0)
        if error.errno in _FULL:
            raise UserError("store.full") from error
        if error.errno in _READ_ONLY or isinstance(error, PermissionError):
            raise UserError("store.read_only") from error
        raise UserError("store.unreachable", reason=error.strerror or type(error).__name__) from error
