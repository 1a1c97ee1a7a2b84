"""A stranger's bytes → an opened model in its own limited process, or `Refused`; nothing else unpickles.

`inspect` reads and judges, `prove` also builds and tries, `open_model` hands out the model for scoring. Other rooms
import nothing of this package but what is named here.
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

__all__ = [
    "CALL_SECONDS",
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
