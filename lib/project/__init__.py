"""The project file `shop.brine`: everything that was decided, so that work continues next month or on another machine.

It holds settings, saved segments, models and campaigns, and no customer unless the order history was asked for.
`docs/project-file.md` describes the format.
"""

from lib.project.applying import check_key, needs_hashes, orders_with, read_with, understood_with
from lib.project.archive import LIMIT_FILE_BYTES, is_project, looks_like_project
from lib.project.contents import (
    SUFFIX,
    Campaign,
    Corrections,
    CustomerHistory,
    ExploreSettings,
    LeftOut,
    Project,
    ProjectModel,
    ReadingSettings,
    SavedQuery,
    SavedSegment,
    Snapshot,
    snapshot_of,
)
from lib.project.encryption import MIN_PASSPHRASE, LockedHistory
from lib.project.encryption import available as encryption_available
from lib.project.files import OpenedProject, key_check_of, opened_history, read_project, write_project
from lib.project.history import with_history
from lib.project.migrations import VERSION

__all__ = [
    "LIMIT_FILE_BYTES",
    "SUFFIX",
    "VERSION",
    "Campaign",
    "Corrections",
    "CustomerHistory",
    "ExploreSettings",
    "MIN_PASSPHRASE",
    "LeftOut",
    "LockedHistory",
    "OpenedProject",
    "Project",
    "ProjectModel",
    "ReadingSettings",
    "SavedQuery",
    "SavedSegment",
    "Snapshot",
    "check_key",
    "encryption_available",
    "is_project",
    "key_check_of",
    "looks_like_project",
    "needs_hashes",
    "opened_history",
    "orders_with",
    "read_project",
    "read_with",
    "snapshot_of",
    "understood_with",
    "with_history",
    "write_project",
]
