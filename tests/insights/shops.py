"""Generated shops, each of another kind, and ten filters for each."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from lib.schema import ORDER_LINES

COLUMNS = [column.name for column in ORDER_LINES]
SEEDS = range(10)


def generated(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Order lines and returns: sizes, lengths, countries, products and times of day differ by seed."""
    random = np.random.default_rng(seed)
    people = int(random.choice([1, 3, 12, 40, 90]))
    days = int(random.choice([1, 20, 100, 400, 800]))
    start = pd.Timestamp("2023-02-11") + pd.Timedelta(days=int(random.integers(0, 300)))
    with_hours, weekends = random.random() < 0.7, random.random() < 0.6
    countries = [None, "Spain", "France", "Perú"][: int(random.integers(1, 5))]
    products = [None] if random.random() < 0.2 else [f"p{number}" for number in range(int(random.integers(1, 15)))]
    rows, back = [], []
    for person in range(people):
        home = countries[int(random.integers(len(countries)))]
        for order in range(int(random.geometric(0.3))):
            at = start + pd.Timedelta(days=int(random.integers(0, days)))
            if not weekends and at.day_of_week > 4:
                at -= pd.Timedelta(days=2)
            at = at + pd.Timedelta(minutes=int(random.integers(0, 1440))) if with_hours else at
            abroad = countries[int(random.integers(len(countries)))] if random.random() < 0.1 else home
            number = f"{order}" if seed % 3 == 0 else f"{person}-{order}"  # a till with one counter for all customers
            for line in range(int(random.geometric(0.5))):
                moment = at + pd.Timedelta(minutes=line if with_hours else 0)
                pieces, product = int(random.integers(1, 5)), products[int(random.integers(len(products)))]
                amount = round(pieces * float(random.lognormal(2, 1)), 2)
                rows.append((f"c{person}", number, moment, amount, float(pieces), product, abroad))
                if random.random() < 0.08:
                    later = moment + pd.Timedelta(days=int(random.integers(0, 20)))
                    back.append((f"c{person}", f"R{number}", later, -amount, -float(pieces), product, abroad))
    back.append(("stranger", "R", start, -5.0, -1.0, products[0], countries[0]))
    return frame_of(rows), frame_of(back)


def frame_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["customer_id", "order_id", "ordered_at", "amount", "quantity", "product", "country"]
    )
    return (
        frame.astype({"customer_id": "str", "order_id": "str", "product": "str", "country": "str"})
        .assign(ordered_at=frame["ordered_at"].astype("datetime64[us]"))[COLUMNS]
        .sort_values("ordered_at", kind="stable", ignore_index=True)
    )


Wanted = tuple[datetime | None, datetime | None, tuple[str, ...], bool]


def ten_filters(lines: pd.DataFrame, seed: int = 0) -> list[Wanted]:
    """Everything, last days, periods inside, single days, countries, gross money, and mixtures of these."""
    random = np.random.default_rng(1000 + seed)
    first = lines["ordered_at"].min().normalize().to_pydatetime()
    end = lines["ordered_at"].max().normalize().to_pydatetime() + timedelta(1)
    days = (end - first).days
    names = sorted(lines["country"].dropna().unique())
    one, two = tuple(names[:1]), tuple(names[-2:])
    low, high = sorted(int(random.integers(0, days + 1)) for _ in range(2))
    inside = first + timedelta(low), first + timedelta(max(high, low + 1))
    return [
        (None, None, (), True),
        (None, None, (), False),
        (end - timedelta(30), end, (), True),
        (end - timedelta(90), end, one, True),
        (end - timedelta(365), end, (), False),
        (*inside, (), True),
        (*inside, two, False),
        (first, first + timedelta(1), (), True),
        (None, None, one, True),
        (first + timedelta(days // 3), first + timedelta(1 + 2 * days // 3), one, True),
    ]
