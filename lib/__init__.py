"""Brine's core: everything that is not a page.

Data flows one way. A layer uses layers named before it, never later ones:

errors · safe_text · turns · logs · leftovers · schema · text · parsing · sample · tables · layouts · joins · orders ·
btyd · insights · features · card · evaluation · recipes · segments · training · leaks · model_file · gate ·
forgetting · scoring · drift · backtest · comparison · audience · presentation · store · project · changes · notebooks
· exports · charts · jobs · partitions · cluster · cli · ui

`tests/test_architecture.py` enforces this by reading imports.
"""

VERSION = "0.1.0"
"""The release; `pyproject.toml` and the changelog say the same (tests/test_release.py)."""

LAYERS = (
    "errors",
    "safe_text",
    "turns",
    "logs",
    "leftovers",
    "schema",
    "text",
    "parsing",
    "sample",
    "tables",
    "layouts",
    "joins",
    "orders",
    "btyd",
    "insights",
    "features",
    "card",
    "evaluation",
    "recipes",
    "segments",
    "training",
    "leaks",
    "model_file",
    "gate",
    "forgetting",
    "scoring",
    "drift",
    "backtest",
    "comparison",
    "audience",
    "presentation",
    "store",
    "project",
    "changes",
    "notebooks",
    "exports",
    "charts",
    "jobs",
    "partitions",
    "cluster",
    "cli",
    "ui",
)
"""Every layer, in the order in which data flows through them."""
