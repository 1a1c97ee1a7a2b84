"""What a column's name gives away before its values are looked at."""

import re
import unicodedata
from collections.abc import Sequence

_IDENTIFIES = frozenset(
    [
        "id",
        "ids",
        "uid",
        "uuid",
        "guid",
        "identifier",
        "identificador",
        "identifiant",
        "kennung",
        "code",
        "codigo",
        "codice",
        "sku",
        "ean",
        "upc",
        "gtin",
        "isbn",
        "asin",
        "plz",
        "zip",
        "postcode",
        "postal",
        "postleitzahl",
        "cap",
        "cep",
        "phone",
        "telefono",
        "telephone",
        "telefon",
        "telefone",
        "tel",
        "mobile",
        "movil",
        "handy",
        "fax",
        "nif",
        "cif",
        "vat",
        "iban",
        "hash",
        "token",
        "key",
        "barcode",
        "ref",
        "reference",
        "referencia",
        "referenz",
        "account",
        "konto",
        "cuenta",
    ]
)
_ENDS_IN_ID = re.compile(r"\w{3,}id$")
_NOT_IDS = frozenset(
    [
        "paid",
        "unpaid",
        "prepaid",
        "void",
        "valid",
        "invalid",
        "grid",
        "bid",
        "avoid",
        "covid",
        "android",
        "liquid",
        "solid",
        "fluid",
        "hybrid",
    ]
)
_NUMBERS = frozenset(["no", "nr", "nro", "num", "number", "numero", "nummer", "numer", "numéro", "n", "nbr"])
_NAMED_THINGS = frozenset(
    [
        "order",
        "invoice",
        "customer",
        "client",
        "cliente",
        "kunde",
        "kunden",
        "client",
        "pedido",
        "factura",
        "fattura",
        "fatura",
        "commande",
        "facture",
        "bestellung",
        "bestell",
        "rechnung",
        "rechnungs",
        "ordine",
        "encomenda",
        "receipt",
        "transaction",
        "transaccion",
        "transaktion",
        "member",
        "membership",
        "user",
        "buyer",
        "card",
        "ticket",
        "sale",
        "venta",
        "vente",
        "contract",
        "policy",
        "patient",
        "guest",
        "visitor",
        "household",
        "document",
        "documento",
        "beleg",
        "bon",
        "stock",
        "article",
        "artikel",
        "item",
        "product",
    ]
)
_NUMBER_SUFFIX = re.compile(r"(nummer|nr|numer)$")
_MOMENTS = frozenset(
    [
        "date",
        "dates",
        "datetime",
        "fecha",
        "datum",
        "data",
        "dato",
        "dt",
        "day",
        "dia",
        "jour",
        "tag",
        "giorno",
        "time",
        "timestamp",
        "moment",
        "created",
        "updated",
        "ordered",
        "purchased",
        "paid",
        "shipped",
        "delivered",
        "placed",
        "when",
        "fechahora",
        "zeitpunkt",
        "tidspunkt",
        "pvm",
        "dag",
        "datas",
        "hora",
        "kauftag",
    ]
)
_COUNTS = frozenset(
    [
        "of",
        "de",
        "total",
        "totals",
        "count",
        "sum",
        "amount",
        "value",
        "qty",
        "quantity",
        "days",
        "per",
        "avg",
        "average",
    ]
)


def tokens(name: str) -> tuple[str, ...]:
    """The words of a column name, without case and accents: `CustomerID` → `customer`, `id`."""
    parted = re.sub(r"([a-zß-ÿ0-9])([A-Z])", r"\1 \2", name)
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", parted)
    parted = parted.replace("#", " no ").replace("№", " no ").replace("º", " no ").replace("°", " no ")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", plain.casefold()))


def names_an_identifier(name: str) -> bool:
    """Whether values under this name are names and not counts, even where they are digits."""
    words = tokens(name)
    if not words or _COUNTS & set(words):
        return False
    if _IDENTIFIES & set(words) or (words[-1] in _NAMED_THINGS and len(words) == 1):
        return True
    if any(_ENDS_IN_ID.search(word) and word not in _NOT_IDS for word in words):
        return True
    if _NUMBERS & set(words) and _NAMED_THINGS & set(words):
        return True
    return any(_NUMBER_SUFFIX.search(word) and len(word) > 4 for word in words)


def names_a_moment(name: str) -> bool:
    """Whether a name says that its values are dates."""
    words = tokens(name)
    return any(word in _MOMENTS or word.endswith(("date", "datum", "fecha")) for word in words) and not (
        {"usage", "volume", "days", "of"} & set(words)
    )


def unique_names(raw: Sequence[str]) -> tuple[tuple[str, ...], int, int]:
    """Names that differ from each other and are never blank; how many were blank; how many came twice."""
    blank = twice = 0
    taken: set[str] = set()
    made: list[str] = []
    wanted = {clean_name(name) for name in raw}
    for at, name in enumerate(raw, start=1):
        clean = clean_name(name)
        if not clean:
            blank += 1
            clean = f"column_{at}"
        elif clean in taken:
            twice += 1
        final, number = clean, 2
        while final in taken or (final != clean and final in wanted):
            final, number = f"{clean}_{number}", number + 1
        taken.add(final)
        made.append(final)
    return tuple(made), blank, twice


def clean_name(name: str) -> str:
    """A header cell on one line, without a byte order mark or blanks around it."""
    return " ".join(unicodedata.normalize("NFC", name).replace("\ufeff", "").replace("\x00", "").split())
