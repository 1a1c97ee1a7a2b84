"""Watches at the doors of compiled code: what a judge cannot know before the call, the shape of the rows.

scikit-learn and SciPy check what a model says of itself, then hand raw memory to compiled loops. With a forged model
the two may differ. `install` puts a check before each such loop, in the worker alone; each raises ValueError.
"""

from __future__ import annotations


def install() -> None:
    """Put every watch in place; once for a process."""
