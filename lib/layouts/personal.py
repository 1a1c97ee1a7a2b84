"""Which columns hold personal data: names, e-mails, phones, addresses, card and tax numbers; by header and content."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from lib.layouts.names import plain, words
from lib.layouts.value_profiles import EMAIL, ValueProfile, words_of

HEADER_PHRASES: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e mail", "mail", "emails", "correo", "courriel", "correio"),
    "phone": (
        *("phone", "phone number", "telephone", "telefono", "telefon", "telefone", "telefonnummer", "tel", "mobile"),
        *("mobile number", "movil", "handy", "celular", "portable", "fax", "whatsapp"),
    ),
    "tax_number": (
        *(
            "vat",
            "vat id",
            "vat number",
            "tax id",
            "tax number",
            "tax identifier value",
            "business vat id",
            "tva",
            "nif",
        ),
        *(
            "cif",
            "dni",
            "nie",
            "cpf",
            "cnpj",
            "rfc",
            "rut",
            "cuit",
            "ruc",
            "curp",
            "ssn",
            "social security",
            "siret",
            "passport",
            "pasaporte",
        ),
        *("steuernummer", "steuer id", "ust id", "numero tva", "n tva"),
    ),
    "card": (
        *("card last4", "card last 4", "card number", "card id", "card fingerprint", "pan suffix", "credit card"),
        *("tarjeta", "kreditkarte", "carte bancaire", "cartao"),
    ),
    "account": ("iban", "bic", "bank account", "cuenta bancaria", "kontonummer", "compte bancaire", "conta bancaria"),
    "internet_address": ("ip", "ip address", "user agent"),
    "birth_date": (
        *("birth", "birthday", "birthdate", "date of birth", "dob", "nacimiento", "naissance", "geburtsdatum"),
        *("geburtstag", "nascimento"),
    ),
    "address": (
        *("address", "address1", "address2", "street", "direccion", "calle", "adresse", "strasse", "rue", "endereco"),
        *(
            "zip",
            "zipcode",
            "zip code",
            "postcode",
            "postal code",
            "plz",
            "postleitzahl",
            "codigo postal",
            "code postal",
        ),
        *("cep", "latitude", "longitude"),
    ),
    "name": (
        *("first name", "last name", "full name", "middle name", "family name", "given name", "surname", "user name"),
        *(
            "username",
            "firstname",
            "lastname",
            "nickname",
            "billing name",
            "shipping name",
            "customer name",
            "client name",
        ),
        *(
            "buyer name",
            "buyer username",
            "buyer fullname",
            "recipient name",
            "contact name",
            "cardholder name",
            "card name",
        ),
        *(
            "ship to name",
            "bill to name",
            "ship name",
            "staff name",
            "employee name",
            "customer description",
            "company",
        ),
        *("nombre completo", "nombre y apellidos", "nombre cliente", "nombre del cliente", "apellido", "apellidos"),
        *(
            "prenom",
            "nom complet",
            "nom de famille",
            "nom client",
            "nom du client",
            "vorname",
            "nachname",
            "kundenname",
        ),
        *("sobrenome", "nome completo", "nome cliente", "nome do cliente"),
    ),
}
"""Kind → words of a plain header that say it. Towns and countries are not personal by themselves."""

_ALONE: Mapping[str, str] = dict.fromkeys(("name", "nombre", "nom", "nome"), "name")
"""Headers that say it only when nothing else is said: `name`, but not `product name`."""

_WHOSE = words(
    "buyer comprador compradora acheteur acheteuse kaufer client cliente contact contacto customer facturation "
    "facturacion rechnung billing recipient destinatario destinataire titular"
)
"""A name of one of these is a person's."""

_ABOUT_IT = words(
    "marketing opt optin status consent campaign clicks opens accepts subscribed verified service services type count"
    " id device code province country city lines line tax source method paid amount rate collected total"
)
"""A header with one of these tells something about the e-mail, the phone or the address, but not what it is."""

BY_CHOICE = "chosen"
"""The kind of what only a person could tell."""

_COUNTED = re.compile(
    r"(?:number|num|no|nb|nr|n|count|total|quantity|qty|numero|cantidad|nombre|anzahl|quantidade)\b.*\b"
    r"(?:of|de|d|der|des|do|dos)\b|anzahl |.* (?:count|anzahl)$"
)
"""Beginnings of headers of counts: a number of addresses is not an address."""

_PHONE = re.compile(
    r"^'?\s*(?:\+|00)\s?\d[\d\s().\-/]{6,17}$|^\s*\(?\d{2,4}\)?[\s.\-/]\d{2,4}(?:[\s.\-/]\d{2,4}){1,4}\s*$"
)
_CARD = re.compile(r"^(?:\d[ \-]?){13,19}$")
_IBAN = re.compile(r"^[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){2,7}[A-Z0-9]{1,4}$")
_IP = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_STREET = re.compile(
    r"(?i)^\s*\d{1,5}[,\s]+(?:[\w']+[\s.]+){0,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|way|blvd|"
    r"boulevard|place|pl|square|rue|trail|parkway|pike|highway|hwy|islands?|trace|unit|suite|apt)\b|^\s*(?:calle|c/|"
    r"avda?\.?|avenida|plaza|paseo|rua|travessa|rue|via)\s+\w+|\w(?:stra(?:ß|ss)e|str\.|weg|platz|allee|"
    r"gasse)\s*\d+|\b(?:suite|apt\.?|unit)\s+\d+"
)
_TAX = re.compile(
    r"^(?:[XYZ]\d{7}[A-Z]|\d{8}[A-Z]|[A-Z]\d{8}|\d{3}-\d{2}-\d{4}|\d{3}\.\d{3}\.\d{3}-\d{2}"
    r"|(?:GB|DE|FR|ES|PT|IT|NL|AT)[A-Z0-9]\d{7,10}[A-Z0-9]?)$"
)
_TITLED_NAME = re.compile(r"(?i)^(?:mr|mrs|ms|miss|dr|sr|sra|srta|herr|frau|m|mme|mlle)\.?\s+\w+")

_NAMED = re.compile(r"^[^\W\d_][\w.'’\-]+(?: [\w.'’\-]+){0,3}$")
_FAMILY_FIRST = re.compile(r"^.*,\s*")

ENOUGH = 0.6
"""Share of a column's different values that must have the form."""

FIRST_NAMES = words(
    "james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan joseph "
    "jessica thomas sarah charles karen christopher nancy daniel lisa matthew betty anthony margaret mark sandra "
    "donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth dorothy kevin carol brian "
    "amanda george melissa edward deborah ronald stephanie timothy rebecca jason sharon jeffrey laura ryan cynthia "
    "jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen brenda larry pamela justin emma "
    "scott nicole brandon helen benjamin samantha samuel katherine gregory christine frank debra alexander rachel "
    "raymond carolyn patrick janet jack catherine dennis maria jerry heather tyler diane olivia julie oliver "
    "sophie harry charlotte lucy grace chloe hannah ella peter simon adam ben kate jane alice carlos jose juan "
    "antonio manuel francisco luis javier miguel angel pedro pablo sergio jorge alberto alvaro diego adrian raul "
    "ruben ivan ramon fernando lucia carmen ana isabel pilar dolores cristina marta elena paula sara raquel rocio "
    "teresa jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel roger robert claude "
    "nathalie isabelle sylvie catherine francoise martine christine monique valerie sandrine celine camille lea "
    "manon chloe hans klaus jurgen wolfgang dieter uwe stefan andreas markus matthias jens sabine petra monika "
    "ursula claudia birgit heike anja katrin joao rui tiago ricardo nuno bruno goncalo joana ines catarina beatriz "
    "mariana sofia fatima luisa giulia marco luca matteo giovanni francesca chiara wei li chen wang mohamed "
    "mohammed ahmed ali omar yusuf"
)
"""Given names common where our languages are spoken: enough of them give a column of names away."""


def personal_columns(
    sample: pd.DataFrame, profiles: Mapping[str, ValueProfile], roles: Mapping[str, str]
) -> Mapping[str, str]:
    """Column → the kind of personal data in it. A product's or a country's column is none, whatever its name."""
    found: dict[str, str] = {}
    harmless = {
        column
        for role, column in roles.items()
        if role not in ("customer_id", "email", "phone", "customer_name", "order_id")
    }  # fmt: skip
    for column in sample.columns:
        if column in harmless or profiles[column].kind == "yes_no":
            continue
        kind = _by_content(sample[column], profiles[column]) or named_personal(column, profiles[column])
        if kind and not (roles.get("order_id") == column and kind in ("name", "card", "phone")):
            found[str(column)] = kind
    return found


def named_personal(column: str, profile: ValueProfile) -> str:
    """The kind of personal data that a header tells of; empty for none."""
    if (
        profile.kind == "text"
        and profile.distinct <= 2 < profile.sampled
        and (profile.sampled > 20 or profile.length < 3)
    ):
        return ""  # "PhoneService: Yes/No"
    header = plain(column)
    if profile.kind == "number" and profile.whole and profile.median < 1_000 and _COUNTED.match(header):
        return ""
    if profile.kind == "number" and not profile.whole:
        return ""  # `Valoare TVA` is money: numbers of persons have no decimals
    if header in _ALONE and profile.kind == "text":
        return _ALONE[header]
    if profile.kind == "text" and set(header.split()) & set(_ALONE) and set(header.split()) & _WHOSE:
        return "name"
    padded = f" {header} "
    for kind, phrases in HEADER_PHRASES.items():
        said = [phrase for phrase in phrases if f" {phrase} " in padded]
        if all(_ABOUT_IT & set(padded.replace(f" {phrase} ", " ").split()) for phrase in said):
            continue
        if profile.kind == "number" and kind in ("name", "email", "address") and profile.distinct <= 2:
            return ""  # a flag or a count
        if profile.kind == "number" and kind == "birth_date" and profile.median < 2_100:
            return ""  # a year of birth is shared by many
        return kind
    return ""


def _by_content(column: pd.Series, profile: ValueProfile) -> str:
    if profile.kind in ("date", "yes_no", "empty") or (
        profile.kind == "number" and (not profile.whole or profile.median < 10**12)
    ):
        return ""
    unique = [word.strip() for word in _different(column)[:500]]
    if not unique:
        return ""
    enough = len(unique) * ENOUGH

    def form(pattern: re.Pattern[str]) -> bool:
        return sum(map(bool, map(pattern.match, unique))) > enough

    if form(EMAIL):
        return "email"
    if form(_CARD):
        kept = filter(_CARD.match, unique)
        if sum(_luhn(value) for value in kept) > 0.8 * len(unique):
            return "card"
    if form(_IBAN):
        return "account"
    if form(_TAX):
        return "tax_number"
    if form(_IP):
        return "internet_address"
    if form(_PHONE):
        return "phone"
    if sum(map(bool, map(_STREET.search, unique))) > enough:
        return "address"
    if profile.digits < 0.1 and _names(unique):
        return "name"
    return ""


def _different(column: pd.Series) -> list[str]:
    """The different values of a column of texts or whole numbers, as text."""
    if column.dtype.kind not in "biufM":
        return list(dict.fromkeys(words_of(column)))
    values = column.dropna()
    if values.dtype.kind == "f":
        values = values[values.abs() < 2**63].astype("int64")
    return pd.Series(pd.unique(values)).astype("str").tolist()


def _names(unique: Sequence[str]) -> bool:
    """Two or three capitalised words of which enough begin with a common given name."""
    if len(unique) < 5:
        return False
    if sum(map(bool, map(_TITLED_NAME.match, unique))) > ENOUGH * len(unique):
        return True
    if sum(map(bool, map(_NAMED.match, unique))) <= 0.8 * len(unique):
        return False
    first = [_FAMILY_FIRST.sub("", words, count=1).split(maxsplit=1)[:1] for words in unique]
    return sum(plain(word[0]) in FIRST_NAMES for word in first if word) > 0.25 * len(unique)


def _luhn(text: str) -> bool:
    """The check digit of card numbers."""
    digits = [int(c) for c in text if c.isdigit()]
    doubled = (2 * d - 9 if d > 4 else 2 * d for d in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
