"""A project ⇄ the bytes of a `shop.brine` file. `docs/project-file.md` describes every entry.

Reading trusts nothing: sizes are bounded before anything is unpacked (`archive`), JSON is checked against the types and
bounds of `contents`, every model goes through the gate, and the order history is read like any uploaded file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from lib import VERSION as BRINE_VERSION
from lib.audience import BAND, CONTROL
from lib.card.bounds import Plain
from lib.card.plain import Reader, Unreadable, check_bounded, to_plain
from lib.errors import UserError
from lib.gate import inspect
from lib.insights import criterion_from_text
from lib.layouts import ROLES
from lib.logs import event
from lib.model_file import FORMATS, format_of
from lib.project.archive import Archive, pack
from lib.project.contents import (
    MAX_CAMPAIGNS,
    MAX_MODELS,
    MAX_SEGMENTS,
    Campaign,
    CampaignEntry,
    Contents,
    CustomerHistory,
    ExploreSettings,
    HistoryEntry,
    LeftOut,
    ModelEntry,
    Project,
    ProjectModel,
    ReadingSettings,
)
from lib.project.encryption import SUFFIX as SEALED
from lib.project.encryption import Encryption, LockedHistory, decrypted, encrypted, new_encryption
from lib.project.history import history_entries, read_history
from lib.project.migrations import VERSION, migrated
from lib.safe_text import json_line
from lib.schema import CUSTOMER_ID
from lib.store import clean_name

_logger = logging.getLogger(__name__)

FORMAT = "brine-project"
_DOCUMENTS = ("project.json", "reading.json", "explore.json")
SETTINGS = "settings"
"""Key of project.json: the digests of the JSON entries."""
_CSV_HEAD = ["customer", "group", "score_band"]
_CSV_CELLS = ("[0-9a-f]{16}", "control|contacted", "0{0,2}[1-9]|0?[1-9][0-9]|100")
"""What the cells of a campaign match: a keyed hash, a group, a band from 1 to 100."""
MAX_CUSTOMERS = 2_000_000

_README = """\
This is a project of Brine: a zip of JSON, models and tables.
Drop it on the page Data or Project of Brine to continue where you stopped.

project.json   what the other entries are: models, campaigns, figures of that day
reading.json   how the shop's files are read: columns, dates, rows that count, currency
explore.json   filters and saved segments of the page Explore
models/        the models, each a file that pickle, joblib or skops opens
cards/         what each model says about itself, for reading; Brine takes it from the model
campaigns/     contacted customers and control groups, as keyed hashes
history/       the order history, only if it was asked for; .aes = encrypted with a passphrase
"""

_T = TypeVar("_T")


@dataclass(frozen=True)
class OpenedProject:
    """A project file that was read."""

    project: Project
    left_out: tuple[LeftOut, ...] = ()
    """Models that the gate refused; everything else of the file is there."""
    saved_on: date | None = None


def key_check_of(key: bytes) -> str:
    """The hash by which a project recognises its secret; empty without a secret."""
    return hmac.new(key, b"brine project", hashlib.sha256).hexdigest()[:16] if key else ""


# -------------------------------------------------------------------------------------------------------------- writing


def write_project(project: Project, *, saved_on: date | None = None, passphrase: str = "") -> bytes:
    """The file of a project. The same project and day give the same bytes, unless its history is encrypted.

    `passphrase`: encrypts the history. A history that was not opened is written as it was. Raises UserError for a short
    passphrase, and without the library for encryption.
    """
    entries: dict[str, bytes] = {}
    models, campaigns = [], []
    for number, model in enumerate(project.models[:MAX_MODELS], 1):
        file = f"models/{number}{format_of(model.format).suffix}"
        models.append(ModelEntry(model.name, file, model.format, model.sha256))
        entries[file] = model.data
        if model.card is not None:
            entries[f"cards/{number}.json"] = _json(model.card.to_plain())
    for number, campaign in enumerate(project.campaigns[:MAX_CAMPAIGNS], 1):
        file = f"campaigns/{number}.csv"
        start = campaign.start.isoformat()
        written = entries[file] = _campaign_csv(campaign.customers)
        campaigns.append(CampaignEntry(campaign.name, file, start, campaign.days, campaign.cost, _digest(written)))
    history = None
    if project.history is not None:
        plain_entries = history_entries(project.history.orders)
        encryption = new_encryption() if passphrase else None
        parts = encrypted(plain_entries, encryption, passphrase) if encryption else plain_entries
        entries |= parts
        currency = project.history.orders.currency
        history = HistoryEntry(project.history.pseudonymised, currency, encryption, _digests(parts))
    elif project.locked is not None:
        locked = project.locked
        parts = {name + SEALED: data for name, data in locked.entries.items()}
        entries |= parts
        history = HistoryEntry(locked.pseudonymised, locked.currency, locked.encryption, _digests(parts))
    contents = Contents(
        VERSION,
        BRINE_VERSION,
        saved_on.isoformat() if saved_on else "",
        project.name,
        project.key_check,
        tuple(models),
        tuple(campaigns),
        project.snapshot,
        history,
    )
    documents: dict[str, dict[str, Plain]] = {
        "project.json": {"format": FORMAT, **_as_dict(to_plain(contents))},
        "reading.json": _as_dict(to_plain(project.reading)),
        "explore.json": _as_dict(to_plain(project.explore)),
    }
    documents["project.json"] |= {SETTINGS: _settings_digests(documents)}
    listed = {name: _json(document) for name, document in documents.items()}
    return pack({**listed, "README.txt": _README.encode(), **entries})


def _as_dict(plain: Plain) -> dict[str, Plain]:
    return plain if isinstance(plain, dict) else {}


def _settings_digests(documents: Mapping[str, dict[str, Plain]]) -> dict[str, Plain]:
    """JSON entry → digest of what it says, however it is laid out; of project.json without these digests."""
    made: dict[str, Plain] = {}
    for name, document in documents.items():
        content = {key: value for key, value in document.items() if key != SETTINGS or name != "project.json"}
        made[name] = _digest(json.dumps(content, sort_keys=True).encode())
    return made


def _json(plain: object) -> bytes:
    return (json_line(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)) + "\n").encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digests(entries: Mapping[str, bytes]) -> Mapping[str, str]:
    return {name: _digest(data) for name, data in entries.items()}


def _campaign_csv(customers: pd.DataFrame) -> bytes:
    groups = customers[CONTROL].map({True: "control", False: "contacted"})
    table = pd.DataFrame(dict(zip(_CSV_HEAD, (customers[CUSTOMER_ID], groups, customers[BAND]), strict=True)))
    return table.sort_values(_CSV_HEAD, ignore_index=True).to_csv(index=False, lineterminator="\n").encode()


# -------------------------------------------------------------------------------------------------------------- reading


def read_project(data: bytes, name: str) -> OpenedProject:
    """The project in a file. Raises UserError("project.…") for whatever is none.

    A model that the gate refuses is left out and named in `left_out`.
    """
    began = time.monotonic()
    archive = Archive(data, name)
    documents = _documents(archive)
    contents = _read(Contents, documents["project.json"], archive.name, "project.json")
    reading = _read(ReadingSettings, documents["reading.json"], archive.name, "reading.json")
    explore = _read(ExploreSettings, documents["explore.json"], archive.name, "explore.json")
    _check(contents, reading, explore, archive.name)
    models, left_out = _models(archive, contents)
    campaigns = tuple(_campaign(archive, entry) for entry in contents.campaigns)
    if contents.history is not None:
        _check_history(archive, contents.history.sha256)
    history, locked = None, None
    if contents.history is not None and contents.history.encryption is not None:
        locked = _locked(archive, contents.history, contents.history.encryption)
    elif contents.history is not None:
        orders = read_history(archive.read, archive.names, archive.name, contents.history.currency)
        history = CustomerHistory(orders, contents.history.pseudonymised)
    project = Project(
        contents.name, reading, explore, models, campaigns, contents.snapshot, history, locked, contents.key_check
    )
    event(
        _logger,
        "project_read",
        seconds=time.monotonic() - began,
        bytes=len(data),
        models=len(models),
        refused=len(left_out),
        campaigns=len(campaigns),
        history=history is not None,
        encrypted=locked is not None,
    )
    return OpenedProject(project, left_out, date.fromisoformat(contents.saved_on[:10]) if contents.saved_on else None)


def opened_history(locked: LockedHistory, passphrase: str, name: str) -> CustomerHistory:
    """The encrypted history of the project file `name`. Raises UserError, also for a wrong passphrase."""
    parts = decrypted(locked, passphrase)
    orders = read_history(parts.__getitem__, tuple(parts), name, locked.currency)
    return CustomerHistory(orders, locked.pseudonymised)


def _locked(archive: Archive, entry: HistoryEntry, encryption: Encryption) -> LockedHistory:
    if not encryption.salt or encryption.cost & (encryption.cost - 1):
        raise UserError("project.wrong", name=archive.name, part="project.json: history.encryption")
    names = [name for name in archive.names if name.endswith(SEALED)]
    if f"history/lines.parquet{SEALED}" not in names:
        raise UserError("project.missing", name=archive.name, entry=f"history/lines.parquet{SEALED}")
    parts = {name.removesuffix(SEALED): archive.read(name) for name in names}
    return LockedHistory(encryption, parts, entry.pseudonymised, entry.currency)


def _check_history(archive: Archive, digests: Mapping[str, str]) -> None:
    """Raises UserError where an entry of the history is not the one that was saved, is missing, or is one more."""
    found = {name for name in archive.names if name.startswith("history/")}
    for name in sorted(found | set(digests)) if digests else ():
        if name not in found or digests.get(name) != _digest(archive.read(name)):
            raise UserError("project.changed_entry", name=archive.name, entry=name[:80])


def _documents(archive: Archive) -> Mapping[str, dict[str, Plain]]:
    """The JSON documents, as the current version has them."""
    found = {entry: _document(archive, entry) for entry in _DOCUMENTS}
    head = found["project.json"]
    version = head.get("version")
    if head.get("format") != FORMAT or type(version) is not int or version < 1:
        raise UserError("project.not_a_project", name=archive.name)
    if version > VERSION:
        raise UserError("project.newer", name=archive.name, version=min(version, 10**6), known=VERSION)
    digests = head.get(SETTINGS)
    if digests:
        for entry, digest in _settings_digests(found).items():
            if not isinstance(digests, dict) or digests.get(entry) != digest:
                raise UserError("project.changed_entry", name=archive.name, entry=entry)
    return migrated(found, version)


def _document(archive: Archive, entry: str) -> dict[str, Plain]:
    try:
        plain = json.loads(
            archive.read(entry).decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_without_doubles
        )
        check_bounded(plain)
    except (ValueError, RecursionError, Unreadable):
        raise UserError("project.wrong", name=archive.name, part=entry) from None
    if not isinstance(plain, dict):
        raise UserError("project.wrong", name=archive.name, part=entry)
    return plain


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _without_doubles(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice")
    return made


def _read(of: type[_T], plain: Mapping[str, Plain], name: str, entry: str) -> _T:
    """The dataclass, of which every value must be valid: unlike a card, settings that are partly read mislead."""
    reader = Reader()
    try:
        value = reader.read(of, dict(plain))
    except Unreadable as error:
        raise UserError("project.wrong", name=name, part=f"{entry}: {error}".rstrip(": ")[:120]) from None
    if reader.unread:
        raise UserError("project.wrong", name=name, part=f"{entry}: {reader.unread[0]}"[:120])
    return value


def _check(contents: Contents, reading: ReadingSettings, explore: ExploreSettings, name: str) -> None:
    """What types alone can't say. Raises UserError."""
    for count, limit, part in (
        (len(contents.models), MAX_MODELS, "models"),
        (len(contents.campaigns), MAX_CAMPAIGNS, "campaigns"),
        (len(explore.segments), MAX_SEGMENTS, "segments"),
    ):
        if count > limit:
            raise UserError("project.wrong", name=name, part=part)
    files = [*(entry.file for entry in contents.models), *(entry.file for entry in contents.campaigns)]
    if len(set(files)) < len(files) or not all(files):
        raise UserError("project.wrong", name=name, part="project.json: file")
    for one in reading.corrections:
        taken = [column for column in (one.roles or {}).values() if column]
        if not set(one.roles or ()) <= set(ROLES) or len(set(taken)) < len(taken):
            raise UserError("project.wrong", name=name, part="reading.json: roles")
    if not re.fullmatch(r"[^\W\d_]{0,12}|\W{1,4}", reading.options.currency):
        raise UserError("project.wrong", name=name, part="reading.json: options.currency")
    prints = [one.fingerprint for one in reading.corrections]
    names = [one.name for one in explore.segments]
    if len(set(prints)) < len(prints) or len(set(names)) < len(names):
        raise UserError("project.wrong", name=name, part="explore.json: segments")
    for segment in explore.segments:
        for written in segment.criteria:
            try:
                criterion_from_text(written, ())
            except (ValueError, OverflowError):
                raise UserError("project.wrong", name=name, part="explore.json: segments") from None
    snapshot = contents.snapshot
    if snapshot is not None and not "" < snapshot.first < snapshot.until:
        raise UserError("project.wrong", name=name, part="project.json: snapshot")


def _models(archive: Archive, contents: Contents) -> tuple[tuple[ProjectModel, ...], tuple[LeftOut, ...]]:
    """Every model that the gate accepts; its card is the one inside the file."""
    models: list[ProjectModel] = []
    left_out: list[LeftOut] = []
    taken: set[str] = set()
    for entry in contents.models:
        if entry.format not in {one.key for one in FORMATS}:
            raise UserError("project.wrong", name=archive.name, part="project.json: format")
        data = archive.read(entry.file)
        if _digest(data) != entry.sha256:
            raise UserError("project.changed_model", name=archive.name, model=entry.name)
        named = _free_name(entry.name, taken)
        verdict = inspect(data, entry.file)
        if verdict.verdict != "accepted":
            left_out.append(LeftOut(named, verdict.reason, verdict.facts))
            continue
        models.append(ProjectModel(named, entry.format, data, entry.sha256, verdict.card))
    return tuple(models), tuple(left_out)


def _free_name(name: str, taken: set[str]) -> str:
    """The name as it may be shown, with a number where it is taken. Raises UserError where nothing is left of it."""
    clean = clean_name(name)
    free = next(
        option for n in range(1, MAX_MODELS + 2) if (option := clean if n == 1 else f"{clean} {n}") not in taken
    )
    taken.add(free)
    return free


def _campaign(archive: Archive, entry: CampaignEntry) -> Campaign:
    """A campaign with its customers, of which there may be millions: nothing is done to them one by one."""
    wrong = UserError("project.wrong", name=archive.name, part=entry.file)
    data = archive.read(entry.file)
    if entry.sha256 and _digest(data) != entry.sha256:
        raise UserError("project.changed_entry", name=archive.name, entry=entry.file)
    if not entry.start or not data.isascii():
        raise wrong
    try:
        rows = arrow_csv.read_csv(
            pa.BufferReader(data),
            parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(_CSV_HEAD, pa.string())),
        )
    except (pa.ArrowException, OSError, ValueError):
        raise wrong from None
    if rows.column_names != _CSV_HEAD or not 1 <= len(rows) <= MAX_CUSTOMERS:
        raise wrong
    for column, allowed in zip(_CSV_HEAD, _CSV_CELLS, strict=True):
        if not pc.all(pc.match_substring_regex(rows[column], f"^({allowed})$")).as_py():
            raise wrong
    customers = pd.DataFrame(
        {
            CUSTOMER_ID: rows[_CSV_HEAD[0]].to_pandas().astype("str"),
            CONTROL: pc.equal(rows[_CSV_HEAD[1]], "control").to_pandas(),
            BAND: pc.cast(rows[_CSV_HEAD[2]], pa.int64()).to_pandas(),
        }
    )
    if customers[CUSTOMER_ID].duplicated().any():
        raise wrong
    return Campaign(clean_name(entry.name), pd.Timestamp(entry.start), entry.days, entry.cost, customers)
