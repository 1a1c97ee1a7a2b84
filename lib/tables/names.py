"""What a column's name gives away before its values are looked at."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from lib.parsing.names import MAX_NAME, normalized

_IDENTIFIES = re.compile(
    r"id|ids|uid|uuid|guid|identifier|identificador|identifiant|kennung|code|codigo|codice|"
    r"sku|ean|upc|gtin|isbn|asin|plz|zip|postcode|postal|postleitzahl|cap|cep|phone|"
    r"telefono|telephone|telefon|telefone|tel|mobile|movil|handy|fax|nif|cif|vat|iban|hash|"
    r"token|key|barcode|ref|reference|referencia|referenz|account|konto|cuenta"
)
_ENDS_IN_ID = re.compile(r"\w{3,}id$")
_NOT_IDS = re.compile(
    r"paid|unpaid|prepaid|void|valid|invalid|grid|bid|avoid|covid|android|liquid|solid|fluid|"
    r"hybrid"
)
_NUMBERS = re.compile(r"no|nr|nro|num|number|numero|nummer|numer|numéro|n|nbr")
_NAMED_THINGS = re.compile(
    r"order|invoice|customer|client|cliente|kunde|kunden|client|pedido|factura|fattura|fatura|"
    r"commande|facture|bestellung|bestell|rechnung|rechnungs|ordine|encomenda|receipt|"
    r"transaction|transaccion|transaktion|member|membership|user|buyer|card|ticket|sale|venta|"
    r"vente|contract|policy|patient|guest|visitor|household|document|documento|beleg|bon|stock|"
    r"article|artikel|item|product"
)
_NUMBER_SUFFIX = re.compile(r"(nummer|nr|numer)$")
_MOMENTS = re.compile(
    r"date|dates|datetime|fecha|datum|data|dato|dt|day|dia|jour|tag|giorno|time|timestamp|ts|"
    r"moment|created|updated|ordered|purchased|paid|shipped|delivered|placed|when|fechahora|"
    r"month|mes|mois|monat|mese|maand|week|semana|semaine|woche|period|periodo|periode|zeitraum|zeitpunkt|tidspunkt|pvm|dag|datas|hora|kauftag"
)
_COUNTS = re.compile(
    r"of|de|total|totals|count|sum|amount|value|qty|quantity|days|per|avg|average|"
    r"price|precio|preco|prix|preis|cost|revenue|cantidad|menge|quantite|quantidade"
)


_MONEY = re.compile(
    r"totals?|subtotal|amount|amt|price|prices|cost|costs|revenue|sales|value|spend|spent|paid|net|gross|fee|fees|tax|"
    r"discount|shipping|payment|charge|turnover|balance|refund|sum|aov|ltv|"
    r"importe|monto|precio|precios|costo|coste|ingreso|ingresos|valor|gasto|pago|pagado|descuento|neto|bruto|envio|iva|"
    r"impuesto|venta|ventas|suma|preco|preço|receita|desconto|pagamento|montante|frete|montant|prix|cout|coût|remise|"
    r"ventes|chiffre|taxe|betrag|preis|preise|summe|umsatz|erlos|erlose|erloes|einnahme|einnahmen|kosten|wert|rabatt|gesamtbetrag|gesamtpreis|gesamtsumme|"
    r"gesamt|importo|prezzo|totale|valore|ricavo|sconto|incasso|bedrag|prijs|totaal|waarde|omzet|kwota|cena|wartosc|"
    r"wartość|suma|razem|belopp|pris|summa|beløb|belop|hinta|yhteensa|yhteensä|castka|částka|celkem|tutar|fiyat|toplam|"
    r"pret|preț|valoare|osszeg|összeg|ar|ár|сумма|цена|стоимость|итого|сума|ціна|вартість|ποσο|ποσό|τιμη|τιμή|συνολο|"
    r"金额|金額|价格|価格|合計|总额|総額|금액|가격|합계"
)


_PROTECTED = re.compile(r"""="(.*)"|'([^'].*)""")
"""A heading that a program keeps spreadsheets from reading as a number or a formula."""


@lru_cache(maxsize=256)  # one column is asked about a dozen times in a row
def tokens(name: str) -> tuple[str, ...]:
    """The words of a column name, without case and accents: `CustomerID` → `customer`, `id`."""
    parted = re.sub(r"([a-zß-ÿ0-9])([A-Z])", r"\1 \2", name[:MAX_NAME])
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", parted)
    parted = parted.replace("#", " no ").replace("№", " no ").replace("º", " no ").replace("°", " no ")
    plain = "".join(sign for sign in normalized(parted, "NFKD") if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", plain.casefold()))


_SUMS = frozenset(("subtotal", "total", "price", "discount", "amount", "cost", "fee", "value"))
_CODES = frozenset(("id", "code", "number", "no", "nr", "ref", "reference", "name"))


def names_an_identifier(name: str) -> bool:
    """Whether values under this name are names and not counts, even where they are digits."""
    words = tokens(name)
    if not words or any(map(_COUNTS.fullmatch, words)):
        return False
    if "sku" in words and _SUMS & set(words) and not _CODES & set(words):
        return False  # `SKU Subtotal Before Discount` is money of a product
    if any(map(_IDENTIFIES.fullmatch, words)) or (len(words) == 1 and _NAMED_THINGS.fullmatch(words[0])):
        return True
    if any(_ENDS_IN_ID.search(word) and not _NOT_IDS.fullmatch(word) for word in words):
        return True
    if any(map(_NUMBERS.fullmatch, words)) and any(map(_NAMED_THINGS.fullmatch, words)):
        return True
    return any(_NUMBER_SUFFIX.search(word) and len(word) > 4 for word in words)


def names_an_amount(name: str) -> bool:
    """Whether a name says that its values are money."""
    words = tokens(name)
    return any(map(_MONEY.fullmatch, words)) or any(
        word.endswith(("betrag", "preis", "summe", "pris")) for word in words
    )


_QUANTITIES = re.compile(
    r"qty|quantity|quantities|cantidad|cant|menge|anzahl|stuck|stuckzahl|quantite|qte|qta|quantita|quantidade|qtd|qtde|"
    r"aantal|antal|ilosc|adet|adedi|miktar|unidades|uds|units|pieces|pezzi|stuks|nb|"
    r"liczba|sztuk|szt|kvantitet|hoeveelheid|stk|st|anz|pz|qnt|antall|mangd|pocet|maara|количество|数量|個数|購入数|件数"
)


def names_a_quantity(name: str) -> bool:
    """Whether a name says that its values are numbers of pieces; also an abbreviation with a dot inside (`Q.tà`)."""
    words = [word.replace("ł", "l") for word in tokens(name)]
    return any(map(_QUANTITIES.fullmatch, [*words, "".join(words)]))


def names_a_moment(name: str) -> bool:
    """Whether a name says that its values are dates."""
    words = tokens(name)
    return any(_MOMENTS.fullmatch(word) or word.endswith(("date", "datum", "fecha")) for word in words) and not (
        {"usage", "volume", "days", "of"} & set(words)
    )


_CUSTOMERS = re.compile(
    r"customers?|clients?|clientes?|kunden?|kundin|buyers?|acheteurs?|comprador|compradores|cliente|clienti|klant|klanten|"
    r"klient|klienci|kund|kunder|musteri|asiakas|zakaznik|kupac|kupci|vevo|ugyfel|customerid|customername|kundenname|"
    r"kundennummer|debitor|debitoren|debiteur|party|members?|socios?|mitglied|mitglieder|patients?|"
    r"клиенты?|покупатели?|покупатель|客户|顧客|고객|πελατης|לקוח|العميل"
)


def names_a_customer(name: str) -> bool:
    """Whether a name, or a title, speaks of customers."""
    return any(map(_CUSTOMERS.fullmatch, tokens(name)))


_NO_SALES = re.compile(
    r"(?i)refund|return|retour|retorn|devol|devuel|reembol|erstatt|gutschr|storn|avoir|rembour|reso\b|resi\b|rimbors|"
    r"cancel|annul|anul|presup|quot|angebot|devis|budget|plan|draft|borrador|purchas|compra|einkauf|achat|acquist|copia|copy"
)


def names_no_sales(name: str) -> bool:
    """Whether a name, as of a sheet or a list, speaks of returns, cancellations, quotes or purchases."""
    return _NO_SALES.search(name) is not None


_BESIDE_SALES = re.compile(
    r"payment|collection|pagos?\b|cobros?\b|zahlung|zahl(?:datum|betrag)|paiement|encaiss|pagament|incass|receb|"
    r"deliver(?:y|ies)|shipment|shipping|entrega|envios?\b|liefer|versand|livraison|expedition|consegn|spedizion|"
    r"complain|claim|reclam|beschwerde|reklamation|commission|comisi|provision|comiss|discount|descuento|rabatt|remise|"
    r"sconto|desconto|costs?\b|costes?\b|kosten|couts?\b|costi\b|custos?\b|expens|gastos?\b|ausgaben|depense|spese|"
    r"despesa|unpaid|overdue|\bdue\b|outstanding|impag|pendient|\bvenc|\boffene?n?\b|fallig|impay|echeance|scaden|"
    r"abandon|carts?\b|carrit|warenk|basket|panier|carrell|leads?\b|wish|pending|failed|fallid|expired|caducad|reject|rechaz|"
    r"deleted|borrad|eliminad|trash|spam|tests?\b|prueba|samples?\b|muestra|lost\b|perdid|voids?\b|incomplet|checkout|"
    r"supplier|proveedor|lieferant|fourniss|fornitor|fornecedor|subscription|suscripci|backup|summary|resumen|daily|"
    r"monthly|totals\b|proforma|\bin\b|\bout\b|\bko\b|\bsent\b|received|enviad|recibid|forecast|estimat|previs|unsold|"
    r"removed|errors?\b|skipped|ignored|excluded|omitid|preview|invalid|sellers?\b|vendedor|competitor|competencia|"
    r"duplicat|duplicad|scheduled|programad|objetiv|target"
)


def names_beside_sales(name: str) -> bool:
    """Whether a name, as of a sheet or a list, speaks of payments, deliveries, costs, carts or anything else that is
    often kept beside the sales, about the same customers."""
    return _BESIDE_SALES.search(" ".join(tokens(name))) is not None


def unique_names(raw: Sequence[str]) -> tuple[tuple[str, ...], int, int]:
    """Unique names, none blank; the number of blank ones; the number of duplicates."""
    blank = twice = 0
    taken: set[str] = set()
    made: list[str] = []
    wanted = {clean_name(name) for name in raw}
    numbers: dict[str, int] = {}
    for at, name in enumerate(raw, start=1):
        clean = clean_name(name)
        if not clean:
            blank += 1
            clean = f"column_{at}"
        elif clean in taken:
            twice += 1
        final, number = clean, numbers.get(clean, 2)
        while final in taken or (final != clean and final in wanted):
            final, number = f"{clean}_{number}", number + 1
        numbers[clean] = number
        taken.add(final)
        made.append(final)
    return tuple(made), blank, twice


def distinct_file_names(names: Sequence[str]) -> list[str]:
    """The names of files or tables, a repeated one with a number as browsers write it: `orders (2).csv`."""
    found: list[str] = []
    taken = set(names)
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        number, one = 1, name
        while one in found or (number > 1 and one in taken):
            number += 1
            one = f"{stem} ({number}).{suffix}" if dot and stem else f"{name} ({number})"
        found.append(one)
    return found


def clean_name(name: str) -> str:
    """A header cell on one line, without a byte order mark or blanks around it."""
    plain = " ".join(normalized(name, "NFC").replace("\ufeff", "").replace("\x00", "").split())
    protected = _PROTECTED.fullmatch(plain)
    return (protected[1] or protected[2] or "").strip() if protected else plain
