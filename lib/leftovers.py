"""Folders of files in between: each is named after the process that made it, so that a later one can remove what a
killed process left. A folder with any other name is somebody's own and is never touched."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import sys
import uuid
from pathlib import Path

_OF_TEMPORARY = re.compile(r"brine-(\d+)-.+")


def temporary_prefix() -> str:
    """How the name of a folder in this machine's folder for temporary files begins."""
    return f"brine-{os.getpid()}-"


def workspace_name() -> str:
    """A new name for a folder among a user's own files, which several machines may share."""
    return f"brine-{os.getpid()}-{_machine()}-{uuid.uuid4().hex[:12]}"


def clear_temporary(folder: Path) -> int:
    """Remove the folders of processes that have ended; returns how many. For a folder that only this machine uses."""
    return _clear(folder, _OF_TEMPORARY)


def clear_workspace(folder: Path) -> int:
    """As `clear_temporary`, of this machine's processes only and by their exact names."""
    return _clear(folder, re.compile(rf"brine-(\d+)-{_machine()}-[0-9a-f]{{12}}"))


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _clear(folder: Path, named: re.Pattern[str]) -> int:
    removed = 0
    for path in folder.glob("brine-*"):
        name = named.fullmatch(path.name)
        with contextlib.suppress(OSError):
            ours = not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
            if name and ours and path.is_dir() and not path.is_symlink() and not _lives(int(name[1])):
                shutil.rmtree(path)
                removed += 1
    return removed


def _lives(process: int) -> bool:
    if not hasattr(os, "kill") or sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
