"""The heart of the gate in two verbs: `judge` reads a file and builds nothing; `build` makes what the judge let in."""

from lib.gate.construct import build
from lib.gate.rejection import Rejection
from lib.gate.verdict import Findings, judge

__all__ = ["Findings", "Rejection", "build", "judge"]
