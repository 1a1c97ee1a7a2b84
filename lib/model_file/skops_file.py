"""A `.skops` file by value: its parts are numbered as they come, not by where they lay in memory."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can name."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def skops_dumped(value: object) -> bytes:
    """What `skops.io.load` opens, packed, the same in every process."""
    from skops.io import dumps  # takes seconds to import: only where such a file is asked for

    with zipfile.ZipFile(io.BytesIO(dumps(value))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    numbering = _Numbering(members.keys() - {"schema.json"})
    schema = numbering.renumbered(json.loads(members.pop("schema.json")))
    parts = {new: members[old] for old, new in numbering.files.items()}
    parts["schema.json"] = json.dumps(schema, indent=2).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on Windows
            archive.writestr(member, content, compresslevel=6)
    return buffer.getvalue()


class _Numbering:
    """skops names objects and files by memory addresses; here by the order in which the schema mentions them."""

    def __init__(self, names: set[str]) -> None:
        self._names = names
        self._numbers: dict[object, int] = {}
        self.files: dict[str, str] = {}
        """Name in the file that skops made → name by number, in the order of mention."""

    def renumbered(self, node: Json) -> Json:
        if isinstance(node, list):
            return [self.renumbered(item) for item in node]
        if isinstance(node, str) and node in self._names:
            return self.files.setdefault(node, f"{len(self.files) + 1}.{node.rpartition('.')[2]}")
        if not isinstance(node, dict):
            return node
        if node.get("__loader__") == "SetNode" and isinstance(node.get("content"), list):
            node = {**node, "content": sorted(node["content"], key=_without_numbers)}  # type: ignore[arg-type]
        return {name: self._number(node) if name == "__id__" else self.renumbered(item) for name, item in node.items()}

    def _number(self, node: Mapping[str, Json]) -> int:
        # Equal plain values are one object or several by chance; one number for all of them means the same.
        plain = node.get("__loader__") == "JsonNode"
        key = ("value", json.dumps(node.get("content"))) if plain else ("object", node["__id__"])
        return self._numbers.setdefault(key, len(self._numbers) + 1)


def _without_numbers(node: Json) -> str:
    shown = {name: item for name, item in node.items() if name != "__id__"} if isinstance(node, dict) else node
    return json.dumps(shown)
