"""An export that the notebooks of these tests read."""

from pathlib import Path

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import CleanOptions, StatusMeaning
from lib.project import Corrections, ReadingSettings
from lib.sample import sample_shop
from lib.tables import read_table


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """A Spanish export: semicolons, decimal commas, days first, ids with zeros, returns, and lines without customer."""
    frame = sample_shop(customers=300, seed=5)
    table = read_table(frame.to_csv(index=False).encode(), "a.csv")
    roles = understand(table).roles
    made = pd.DataFrame(
        {
            "Cliente": frame[roles["customer_id"]].astype(str).str.extract(r"(\d+)")[0].str.zfill(6),
            "Pedido": frame[roles["order_id"]].astype(str),
            "Fecha": pd.to_datetime(table.frame[roles["ordered_at"]]).dt.strftime("%d/%m/%Y %H:%M"),
            "Importe": (table.frame[roles["amount"]] if "amount" in roles else
                        table.frame[roles["unit_price"]] * table.frame[roles["quantity"]]).round(2)
            .map(lambda value: f"{value:.2f}".replace(".", ",")),
        }
    )  # fmt: skip
    made.loc[made.index[::50], "Cliente"] = ""
    folder = tmp_path_factory.mktemp("shop")
    made.to_csv(folder / "pedidos.csv", index=False, sep=";", encoding="cp1252")
    return folder / "pedidos.csv"


@pytest.fixture(scope="module")
def settings(shop) -> ReadingSettings:
    found = understand(read_table(shop.read_bytes(), shop.name))
    corrected = Corrections(found.fingerprint, dict(found.roles), (), {"Fecha": "day"})
    return ReadingSettings(
        fingerprint=found.fingerprint,
        options=CleanOptions(currency="EUR", status_meanings=(StatusMeaning("Estado", "Enviado", True),)),
        corrections=(corrected,),
    )
