"""Untrusted bytes → an opened model in its own sandboxed process, or `Refused`; nothing else unpickles.

`inspect` parses and validates, `prove` also builds and tests, `open_model` returns the model for scoring. Other
packages import only what is named here.
"""

from lib.gate.judging.version import our_version
from lib.gate.opened import (
    CALL_SECONDS,
    VERDICT_SECONDS,
    OpenedModel,
    Refused,
    Verdict,
    inspect,
    open_model,
    prove,
    warm_up,
)
from lib.gate.reading.containers import MAX_FILE

__all__ = [
    "CALL_SECONDS",
    "MAX_FILE",
    "VERDICT_SECONDS",
    "OpenedModel",
    "Refused",
    "Verdict",
    "inspect",
    "open_model",
    "our_version",
    "prove",
    "warm_up",
]
