"""What features need besides the log: the constants of a model's card, checked, and the season that they describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lib import btyd
from lib.errors import UserError
from lib.schema import DEFAULT_HORIZON_DAYS

MOST_PARTS = 366
"""A season has at most one part per day of the year."""
MAX_HORIZON_DAYS = 36_600
MAX_SEASON = 50.0
"""Of a logarithm: beyond it, its exponential has no meaning for a shop."""


def check_constants(constants: Mapping[str, object]) -> None:
    """Raises UserError("scoring.card_constants") where the constants of a model's card cannot be computed with.

    A card may be untrusted, or from a newer version: a purchase-pattern model that is not known, a parameter that
    is missing or absurd, a horizon that is no number of days, a season that is no list of figures.
    """
    days = constants.get("horizon_days", DEFAULT_HORIZON_DAYS)
    if isinstance(days, bool) or not isinstance(days, int | float) or not 0 < days <= MAX_HORIZON_DAYS:
        raise UserError("scoring.card_constants", part="horizon_days")
    parameters = constants.get("btyd")
    if parameters is not None:
        try:
            if not isinstance(parameters, Mapping):
                raise ValueError("no BTYD parameters")
            btyd.BtydParameters.from_plain(parameters)
        except ValueError as error:
            raise UserError("scoring.card_constants", part="btyd") from error
    season = constants.get("season")
    parts = list(season.values()) if isinstance(season, Mapping) else [] if season is None else [season]
    if not all(_is_season(part) for part in parts):
        raise UserError("scoring.card_constants", part="season")


def _is_season(part: object) -> bool:
    return (
        isinstance(part, Sequence)
        and not isinstance(part, str)
        and 2 <= len(part) <= MOST_PARTS
        and all(isinstance(one, int | float) and abs(one) <= MAX_SEASON for one in part)
    )


def season_at(parts: object, moment: pd.Timestamp) -> float:
    """A season of numbers for the middles of as many equal parts of the year, read off between them; 0 without."""
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not 2 <= len(parts) <= MOST_PARTS:
        return 0.0
    values = np.asarray(parts, dtype=np.float64)
    at = (moment.day_of_year - 0.5) / (366 if moment.is_leap_year else 365) * len(values)
    return float(np.interp(at, np.arange(len(values)) + 0.5, values, period=len(values)))
