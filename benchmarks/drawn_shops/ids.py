"""Customer ids and order numbers of every form, drawn by a generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

Draw = np.random.Generator
Ids = Callable[[Draw, int], list[str]]

FIRST_NAMES = (
    "Ana", "Luis", "Мария", "王芳", "José", "Zoë", "Ward", "Olga", "أحمد", "Łukasz", "Σοφία", "ひろし", "김민준",
    "Ngọc", "अनिता", "Dávid", "Søren", "Ridge", "Mean", "ชาติ",
)  # fmt: skip
SURNAMES = ("García", "O'Neil", "Иванов", "Müller", "李", "Silva", "Smith", "Papadopoulos", "da Costa", "الحسن")


def _digits(draw: Draw, count: int, length: int) -> list[str]:
    least = 10 ** (length - 1)
    if count > 5 * least:  # nearly all of them would be needed
        length, least = length + 2, least * 100
    ids: set[int] = set()
    while len(ids) < count:
        ids |= {int(one) for one in draw.integers(least, 10 * least, count)}
    return [str(one) for one in sorted(ids)[:count]]


def _of_length(length: int) -> Ids:
    return lambda draw, count: _digits(draw, count, length)


def _hex(draw: Draw, length: int) -> str:
    return "".join(draw.choice(list("0123456789abcdef"), length))


def _names(draw: Draw, count: int) -> list[str]:
    """Different ones; beyond all pairs of names, with a number behind."""
    names, pairs = [], len(FIRST_NAMES) * len(SURNAMES)
    for at in range(count):
        name = f"{FIRST_NAMES[at % len(FIRST_NAMES)]} {SURNAMES[at // len(FIRST_NAMES) % len(SURNAMES)]}"
        names.append(name if at < pairs else f"{name} {at // pairs + 1}")
    return names


FORMS: Mapping[str, Ids] = {
    "counted": lambda draw, count: [str(at + 1) for at in range(count)],
    "counted through the years": lambda draw, count: [str(max(2026 - count, 1) + at) for at in range(count)],
    "4 digits": _of_length(4),
    "6 digits": _of_length(6),
    "9 digits": _of_length(9),
    "13 digits": _of_length(13),
    "16 digits": _of_length(16),
    "zeros in front": lambda draw, count: [f"{at:07}" for at in range(1, count + 1)],
    "ends in .0": lambda draw, count: [f"{at + 12_346}.0" for at in range(count)],
    "mail": lambda draw, count: [f"ana.{at}@example{draw.integers(9)}.org" for at in range(count)],
    "phone": lambda draw, count: [f"+34 6{one[:2]} {one[2:5]} {one[5:]}" for one in _digits(draw, count, 8)],
    "uuid": lambda draw, count: [
        f"{_hex(draw, 8)}-{_hex(draw, 4)}-4{_hex(draw, 3)}-a{_hex(draw, 3)}-{_hex(draw, 12)}" for _ in range(count)
    ],
    "hex": lambda draw, count: [_hex(draw, 32) for _ in range(count)],
    "sku": lambda draw, count: [f"C-{at:04}-{'ABCDE'[at % 5]}" for at in range(count)],
    "letters and digits": lambda draw, count: [f"{'KCGP'[at % 4]}{'xZ'[at % 2]}{10_000 + at}" for at in range(count)],
    "day": lambda draw, count: [
        (pd.Timestamp("1960-01-01") + pd.Timedelta(days=int(day))).strftime("%Y-%m-%d")
        for day in draw.permutation(max(40_000, count))[:count]
    ],
    "name": _names,
    "company": lambda draw, count: [f"{SURNAMES[at % len(SURNAMES)]} & {at // 10 + 1} GmbH" for at in range(count)],
}
"""Form → as many different ids of it as there are customers."""
