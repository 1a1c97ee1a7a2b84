"""What one visitor has on Explore beside the widgets: the selected customers, saved segments, an open customer."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from lib.insights import Criterion


@dataclass
class ExploreSession:
    """One visitor's selections. Only `lib.ui.exploring` changes it."""

    link: dict[str, str] = field(default_factory=dict)
    """The view that an address asked for, until there are orders to show it of."""
    criteria: tuple[Criterion, ...] = ()
    """Whom the page is narrowed to: customers for whom all of these hold."""
    saved: dict[str, tuple[Criterion, ...]] = field(default_factory=dict)
    """Segments that the visitor named."""
    unfit: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Those that are about something that the loaded data lack, as texts: shown again with data that have it."""
    moves: tuple[pd.Timestamp, pd.Timestamp] | None = None
    """First and last day between which moves between segments are shown, where the visitor chose them."""
    customer: str = ""
    """The customer whose page is open."""
    clicks: int = 0
    """Selections so far. Each chart gets it, so that it forgets a click once that is a criterion."""
    reading: str = ""
    """Key of the reading that the criteria are about."""
