"""What one visitor has of a project: what was restored, campaigns, and what is kept for the next files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lib.changes import Changes, Retrained
from lib.errors import UserError
from lib.jobs import Job
from lib.project import (
    Campaign,
    CustomerHistory,
    LeftOut,
    LockedHistory,
    ProjectModel,
    ReadingSettings,
    SavedSegment,
    Snapshot,
)
from lib.training import Question


@dataclass
class Retraining:
    """A model that is trained again, to be compared with the one of this SHA-256."""

    sha256: str
    job: Job
    question: Question
    result: Retrained | None = None


@dataclass
class ProjectSession:
    """One visitor's project. Only `lib.ui.project` changes it."""

    dropped: tuple[str, bytes] | None = field(default=None, repr=False)
    """Name and content of a project file that has not been opened yet."""
    refused: UserError | None = None
    """Why the last project file could not be opened; shown until other files are uploaded."""
    uploads_taken: int = 0
    restored: bool = False
    """Whether a project was opened in this session."""
    name: str = ""
    saved_on: date | None = None
    settings: ReadingSettings | None = None
    """How the next files are read."""
    query_waits: bool = False
    """Whether Data has yet to fill in the query of the project that was opened."""
    segments: tuple[SavedSegment, ...] = ()
    """Definitions of segments that Explore saves again for every reading."""
    models: tuple[ProjectModel, ...] = field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = ()
    campaigns: tuple[Campaign, ...] = field(default=(), repr=False)
    snapshot: Snapshot | None = None
    history: CustomerHistory | None = field(default=None, repr=False)
    locked: LockedHistory | None = field(default=None, repr=False)
    """The project's own orders, where they are encrypted and wait for the passphrase."""
    locked_error: UserError | None = None
    """Why the passphrase that was typed last did not open them."""
    history_digest: str = ""
    merge_history: bool = True
    """Whether the project's own orders are merged with new files."""
    changes: tuple[str, Changes] | None = field(default=None, repr=False)
    """What decides the comparison that was made last, and the comparison."""
    compared: tuple[ProjectModel, ...] = field(default=(), repr=False)
    """The models in it."""
    retraining: Retraining | None = None
    key_check: str = ""
    """Recognises the secret of the project that was restored; empty without one."""
    wrong_key: bool = False
    """Whether the secret that was typed last is not that of the project."""
    key: str = field(default="", repr=False)
    """The visitor's secret for campaigns and a pseudonymised history."""
