"""Older versions of a project's JSON documents, brought to the current one step by step.

A change that an older Brine could not read raises `VERSION` and gets one entry in `STEPS`; a field that is merely added
with a default does neither. `tests/project/samples/` keeps a file of every version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lib.card.bounds import Plain

VERSION = 2

Documents = Mapping[str, dict[str, Plain]]
"""Name of the entry (`project.json` …) → its content."""


def _with_encryption(documents: Documents) -> Documents:
    """1 → 2: a history may be encrypted; those of version 1 are not."""
    head = documents["project.json"]
    history = head.get("history")
    if not isinstance(history, dict):
        return documents
    return {**documents, "project.json": {**head, "history": {**history, "encryption": None}}}


STEPS: Mapping[int, Callable[[Documents], Documents]] = {1: _with_encryption}
"""Version → what makes its documents those of the next version."""


def migrated(documents: Documents, version: int) -> Documents:
    """The documents of an older version as those of the current one."""
    for step in range(version, VERSION):
        documents = STEPS[step](documents)
    return documents
