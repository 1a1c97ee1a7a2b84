"""Verdicts as SARIF 2.1.0, the format that code scanning services read (OASIS, 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lib.gate.opened import Verdict
from lib.gate.process.messages import JsonValue
from lib.safe_text import visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

DANGEROUS = frozenset(
    {"not_allowed", "bad_call", "bad_opcode", "bad_state", "bad_structure", "bomb", "trailing_bytes", "malformed"}
)
"""Reasons that no honest, complete file has: level `error`. Any other refusal is a `warning`."""


@dataclass(frozen=True)
class Inspected:
    """A file, what the gate found, and the sentence for it (empty if accepted)."""

    path: str
    verdict: Verdict
    message: str


def sarif(files: Sequence[Inspected], *, version: str) -> dict[str, JsonValue]:
    """One run with a result for each refused file; accepted ones stand among the artifacts alone."""
    reasons = sorted({one.verdict.reason for one in files if one.verdict.reason})
    artifacts: list[JsonValue] = [
        {"location": {"uri": _uri(one.path)}, "hashes": {"sha-256": one.verdict.sha256}, "roles": ["analysisTarget"]}
        if one.verdict.sha256
        else {"location": {"uri": _uri(one.path)}, "roles": ["analysisTarget"]}
        for one in files
    ]
    rules: list[JsonValue] = [{"id": reason, "defaultConfiguration": {"level": level(reason)}} for reason in reasons]
    results: list[JsonValue] = [
        {
            "ruleId": one.verdict.reason,
            "ruleIndex": reasons.index(one.verdict.reason),
            "level": level(one.verdict.reason),
            "message": {"text": visible(one.message)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.path), "index": place}}}],
            "properties": {"technical": visible(one.verdict.technical), "format": one.verdict.format},
        }
        for place, one in enumerate(files)
        if one.verdict.reason
    ]
    driver: JsonValue = {"name": "Brine", "version": version, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "artifacts": artifacts, "results": results}],
    }


def level(reason: str) -> str:
    """`error` for a file that was made to harm or was changed, `warning` for one that can't be used."""
    return "error" if reason in DANGEROUS else "warning"


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/"))
