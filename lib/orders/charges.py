"""Rows in which a marketplace takes its share of an order: they are the shop's costs and no money given back."""

import numpy as np
import pandas as pd

from lib.layouts.names import header_words, plain, words
from lib.orders.coding import Flags, Numbers, coded

_CHARGES = words(
    "fee fees commission commissions comision comisiones gebuhr gebuhren provision provisionen frais commissioni "
    "commissione tarifa tarifas taxa taxas comissao comissoes label labels payout payouts withdrawal withdrawals "
    "retiro retiros auszahlung auszahlungen virement prowizja prowizje oplata komisyon versandetikett"
)
_OF_KINDS = words(
    "type kind description details detail event entry category tipo concepto descripcion art typ vorgang buchungsart "
    "beschreibung libelle nature operation operacion movimiento movement"
)
_MOST_KINDS = 60
_LEAST, _MOSTLY = 3, 0.9


def charges_of_the_shop(frame: pd.DataFrame, amount: Numbers) -> Flags:
    """Rows of kinds that are named for a fee, a commission, a label or a payout, where nearly all of a kind are below
    zero and most other rows are above."""
    nothing = np.zeros(len(frame), dtype=bool)
    if not (amount < 0).any():
        return nothing
    for column in map(str, frame.columns):
        if not _OF_KINDS & header_words(column) or frame[column].dtype.kind in "iufbM":
            continue
        kinds = coded(frame[column])
        if not 2 <= len(kinds.names) <= _MOST_KINDS:
            continue
        named = np.array([bool(_CHARGES & set(plain(str(name)).split())) for name in kinds.names], dtype=bool)
        if not named.any():
            continue
        found = nothing.copy()
        for code in np.flatnonzero(named):
            rows = kinds.codes == code
            if rows.sum() >= _LEAST and (amount[rows] < 0).mean() >= _MOSTLY:
                found |= rows
        others = ~found & (kinds.codes >= 0)
        if found.any() and others.any() and (amount[others] > 0).mean() > 0.5:
            return found
    return nothing
