"""Brine's core: everything that is not a page.

Data flows one way. A room uses rooms named before it, never later ones:

errors · schema · text · sample · tables · layouts · orders · insights · btyd · features · card · recipes · segments ·
training · leaks · model_file · gate · store · scoring · drift · audience · hindsight · exports · charts · jobs · cli ·
ui

`tests/test_architecture.py` enforces this by reading imports.
"""

ROOMS = (
    "errors",
    "schema",
    "text",
    "sample",
    "tables",
    "layouts",
    "orders",
    "insights",
    "btyd",
    "features",
    "card",
    "recipes",
    "segments",
    "training",
    "leaks",
    "model_file",
    "gate",
    "store",
    "scoring",
    "drift",
    "audience",
    "hindsight",
    "exports",
    "charts",
    "jobs",
    "cli",
    "ui",
)
"""Every room, in the order in which data flows through them."""
