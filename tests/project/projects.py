"""Projects and models that several tests use; small enough to read."""

import hashlib
import pickle

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lib.orders import REASONS, CleanOptions, Ledger, Orders, StatusMeaning
from lib.project import (
    Campaign,
    Corrections,
    ExploreSettings,
    Project,
    ProjectModel,
    ReadingSettings,
    SavedSegment,
    Snapshot,
    key_check_of,
)

KEY = b"a secret of this shop"


def small_model() -> bytes:
    """A pickle of a notebook's pipeline, which the gate accepts."""
    rows = pd.DataFrame({"recency_days": [1.0, 2, 90, 95], "monetary_total": [500.0, 520, 20, 25]})
    pipeline = make_pipeline(StandardScaler(), KMeans(2, n_init=2, random_state=0)).fit(rows)
    return pickle.dumps(pipeline, protocol=4)


MODEL = small_model()


def a_project(**changes: object) -> Project:
    """A project that has something of everything but a history."""
    customers = pd.DataFrame(
        {
            "customer_id": [f"{n:016x}" for n in range(6)],
            "control": [False, False, True, False, True, False],
            "score_band": [1, 1, 2, 2, 3, 5],
        }
    )
    parts: dict[str, object] = {
        "name": "Corner shop",
        "reading": ReadingSettings(
            fingerprint="0123456789abcdef",
            kind="orders",
            sheet="Pedidos",
            left_out=("stock.csv",),
            options=CleanOptions(
                duplicates="keep",
                keep_unpaid=True,
                currency="EUR",
                status_meanings=(StatusMeaning("Estado", "Enviada", False),),
            ),
            corrections=(
                Corrections("0123456789abcdef", {"customer_id": "Kunde", "amount": ""}, ("Ort",), {"Datum": "day"}),
                Corrections("fedcba9876543210"),
            ),
        ),
        "explore": ExploreSettings(
            {"period": "90", "tab": "customers"},
            (SavedSegment("Best in 2024", ("best:20@20240101-20250101", "segment:champions@-")),),
        ),
        "models": (ProjectModel("Segments", "pickle", MODEL, hashlib.sha256(MODEL).hexdigest()),),
        "campaigns": (Campaign("Spring", pd.Timestamp("2024-03-01"), 30, 0.5, customers),),
        "snapshot": Snapshot("2023-01-01", "2024-04-01", 812, 2310, 99_120.5, "EUR"),
        "key_check": key_check_of(KEY),
    }
    return Project(**{**parts, **changes})  # type: ignore[arg-type]


def some_orders(first: int = 0, last: int = 40) -> Orders:
    """One line a day: customer `007` and eleven others in turn; the same day gives the same line in every call."""
    days = np.arange(first, last)
    lines = pd.DataFrame(
        {
            "customer_id": [f"{7 + day % 12:03d}" for day in days],
            "order_id": [f"{1000 + day}" for day in days],
            "ordered_at": (pd.Timestamp("2024-01-01") + pd.to_timedelta(days, "D")).astype("datetime64[us]"),
            "amount": 10.0 + days,
            "quantity": 1.0,
            "product": pd.array([f"0{day % 3}" if day % 5 else None for day in days], dtype="str"),
            "country": pd.array([None] * len(days), dtype="str"),
        }
    ).astype({"customer_id": "str", "order_id": "str"})
    returns = lines.iloc[:1].assign(amount=-4.0, quantity=-1.0)
    called_off = (
        lines.iloc[1:2][["order_id", "customer_id", "ordered_at"]].assign(reason="cancelled").reset_index(drop=True)
    )
    kept = np.ones(len(lines), dtype=bool)
    if first == 0:
        kept[1] = False  # the order that was cancelled
    else:
        returns, called_off = returns.iloc[:0], called_off.iloc[:0]
    names = ["", *REASONS]
    reason = pd.Series(pd.Categorical(np.where(kept, "", "cancelled"), categories=names), name="reason")
    ledger = Ledger(len(lines), int(kept.sum()), {"cancelled": 1} if first == 0 else {}, reason)
    sold = lines[kept].reset_index(drop=True)
    return Orders(sold, returns, ledger, "EUR", {"EUR": len(lines)}, called_off, np.flatnonzero(kept))
