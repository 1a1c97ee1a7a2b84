"""Rounding to significant digits."""

import math


def round_significant(value: float, digits: int = 3) -> float:
    """`value` with `digits` significant decimal digits: 12345.6 → 12300.0 for 3 digits.

    Rounds by decimal digits, as Python writes them, so that the result is the same on every machine. NaN and infinities
    are returned as they are. Raises ValueError where `digits` is below 1.
    """
    if digits < 1:
        raise ValueError(f"digits must be at least 1, not {digits}")
    number = float(value)
    return float(f"{number:.{digits - 1}e}") if math.isfinite(number) else number
