"""Orders that only a remark calls cancelled, where no column has a status."""

import re

import numpy as np
import pandas as pd

from lib.layouts.names import plain, words
from lib.orders.coding import Codes, Flags

_NOTES = words(
    "note notes remark remarks comment comments nota notas observacion observaciones obs comentario comentarios notiz "
    "notizen bemerkung bemerkungen anmerkung anmerkungen kommentar hinweis remarque remarques commentaire observations "
    "observacao observacoes osservazioni commenti opmerking opmerkingen uwagi anmarkning bemerkning"
)
_WORD = (
    r"(?:cancelled|canceled|anulad[oa]|cancelad[oa]|storniert|storno|annulee?|annullat[oa]|geannuleerd|anulowan[eoa]|"
    r"avbestalld|annulleret|void)"
)
_WHY = (
    r"(?:(?:by|por|par|von|dal?|pelo|pela|door|przez|at|a|auf|op|per|su) (?:(?:the|el|la|le|den|de|il|lo|request of|"
    r"peticion del?|demande du|wunsch des|richiesta del) )*(?:customer|client|cliente|clienta|kunde|kunden|klant|"
    r"klient|buyer|comprador|user|shop|tienda|store|us)|out of stock|no stock|not in stock|sin stock|"
    r"(?:por )?falta de stock|agotado|kein lager|nicht lieferbar|ausverkauft|rupture(?: de stock)?|stock epuise|"
    r"esaurito|non disponibile|esgotado|sem stock|refunded|and refunded|reembolsad[oa]|y reembolsad[oa]|erstattet|"
    r"rembourse|rimborsato|duplicate|duplicado|duplicada|doppelt|"
    r"(?:because|due to|wegen|porque|weil|a causa|debido a) [^,.;]+|"
    r"(?:customer|client|cliente|kunde|kunden)(?: request| cancelled| changed (?:(?:his|her|their) )?mind)?|"
    r"(?:on|am|den|le|il|op|(?<=anulado )el|(?<=anulada )el) [\d.:/ -]*\d[\d.:/ -]*(?:[a-z]{3,10}(?: \d{4})?)?)"
)
_CANCELLED = re.compile(
    rf"^\W*(?:order |pedido |bestellung |commande |ordine |venta |sale )?{_WORD}\W*(?:{_WHY}\W*){{0,2}}$"
)
"""A remark, in plain letters, that says so and at most why or when: `CANCELLED - no stock`, but not `Cancelled the old
address`, `Cancelled, then reinstated` or `Cancelado por transferencia`, which means that it is paid."""
MOST_CANCELLED = 0.3
"""Share of the rows that are called so, beyond which it means something else: `Cancelado` also means paid."""


def cancelled_in_notes(frame: pd.DataFrame, order: Codes | None) -> Flags:
    """Rows whose remark calls them cancelled. Where only first rows of orders have remarks, these are of the orders."""
    found = np.zeros(len(frame), dtype=bool)
    for column in frame.columns:
        if not _NOTES & set(plain(str(column)).split()) or frame[column].dtype.kind in "iufbM":
            continue
        codes, texts = pd.factorize(frame[column])
        said = np.array([bool(_CANCELLED.match(_letters(str(text)))) for text in texts], dtype=bool)
        own = np.append(said, False)[codes]
        if not own.any() or own.sum() > MOST_CANCELLED * len(frame):
            continue
        if order is not None:
            first = ~pd.Series(order).duplicated().to_numpy() | (order < 0)
            if not ((codes >= 0) & ~first).any():
                own |= (order >= 0) & np.isin(order, order[own & (order >= 0)])
        found |= own
    return found


def _letters(text: str) -> str:
    """Without capitals and accents; signs stay."""
    return "".join(plain(part) if part.isalnum() else part for part in re.split(r"(\W)", text[:200]))
