"""Small shops at the edges of what an order history can be, as clean order lines and returns."""

import pandas as pd

Row = tuple[str, str, str, float, str | None, str | None]
"""Customer, order, moment, amount, product, country."""


def lines(*rows: Row) -> pd.DataFrame:
    customer, order, moment, amount, product, country = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "customer_id": list(customer),
            "order_id": list(order),
            "ordered_at": pd.to_datetime(list(moment)),
            "amount": list(amount),
            "quantity": 1.0,
            "product": pd.Series(list(product), dtype="str"),
            "country": pd.Series(list(country), dtype="str"),
        }
    )


def odd_shops() -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """What is odd → order lines and returns."""
    two = lines(("a", "1", "2024-03-01", 10.0, "tea", "Spain"), ("b", "2", "2024-03-02", 5.0, "tea", "Spain"))
    none = two.iloc[:0]
    weekly = [
        (f"c{at % 7}", str(at), f"{day:%Y-%m-%d}", 9.5, "tea" if at % 2 else "jam", "Spain")
        for at, day in enumerate(pd.date_range("2024-01-01", periods=40, freq="W"))
    ]
    long = "A very long product name <b>with markup</b> and no end " * 4
    return {
        "two customers on two days": (two, none),
        "years between two orders": (
            lines(("a", "1", "1999-12-31", 10.0, "tea", "Spain"), ("b", "2", "2024-02-29", 5.0, "jam", "Italy")),
            none,
        ),
        "everything is free": (two.assign(amount=0.0), none),
        "more was given back than bought": (two, two.assign(amount=-20.0, ordered_at=pd.Timestamp("2024-03-02 10:00"))),
        "returns of strangers only": (two, two.assign(customer_id="x", amount=-1.0)),
        "a return after the last order": (two, two.head(1).assign(amount=-3.0, ordered_at=pd.Timestamp("2024-09-01"))),
        "neither products nor countries": (two.assign(product=pd.NA, country=pd.NA).astype({"product": "str"}), none),
        "one product with a name that is too long": (two.assign(product=long, country=long), none),
        "millions of millions": (two.assign(amount=[3.1e12, 4.5e-7]), none),
        "one order for each customer": (
            lines(*((f"c{at}", *row[1:]) for at, row in enumerate(weekly))),
            none,
        ),
        "one customer buys nearly all": (
            lines(*(("c0" if at else "c1", *row[1:]) for at, row in enumerate(weekly))),
            none,
        ),
        "gaps of a year between two weeks": (lines(*weekly[:3], *weekly[-2:]), none),
        "all in one minute of two days": (
            lines(*((row[0], row[1], f"2024-05-0{1 + at % 2} 12:00", *row[3:]) for at, row in enumerate(weekly))),
            none,
        ),
    }
