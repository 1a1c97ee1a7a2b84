"""Roles of columns by their headers; the words stand in `header_words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from lib.parsing.names import MAX_NAME, normalized

ROLES = (
    "customer_id",
    "email",
    "phone",
    "customer_name",
    "last_name",
    "order_id",
    "ordered_at",
    "ordered_time",
    "amount",
    "order_total",
    "order_discounted",
    "unit_price",
    "quantity",
    "discount",
    "product",
    "product_code",
    "country",
    "currency",
    "status",
    "payment_status",
    "record_type",
    "payment_method",
    "fulfillment",
    "refunded",
    "cancelled_at",
    "test",
)
"""What a column of an order history can be taken for.

`amount` is the money of the row's line; `order_total` and `order_discounted` (the goods after discounts, before
shipping and tax) are of the whole order, repeated on its rows or written on the first one only. `unit_price` is of one
piece, `discount` of the row's line. `refunded` is money given back of the whole order. `ordered_time` is the time of
day where it stands in a column of its own. `customer_name` identifies customers without number, e-mail or phone,
with `last_name` where the name stands in two columns.
`status` is of the order and `payment_status` of its payment, where a table has both; `record_type` says whether a row
is a sale or money given back. `payment_method` and `fulfillment` decide whether an order whose payment is pending is
paid at the door. `test` marks orders that no customer placed.
"""

NEEDED = ("customer_id", "ordered_at", "amount")
"""Without these there is no order history; a customer may be named by `email` or `phone`, and the amount may come
from `unit_price` and `quantity` or from `order_total`."""


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ONE_WORD = re.compile(r"(?i:mwst)|USt(?![a-z])|USt(?=-?I[dD])")
"""Words with a capital inside that are one all the same: German for value added tax."""
_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER_WORD = re.compile(r"\b[Nn]\.?\s?[°º]|[#№]")
_LETTERS = str.maketrans(
    {"\ufeff": "", "°": " ", "º": " ", "ª": " ", "ß": "ss", "ł": "l", "Ł": "L", "ı": "i", "ø": "o", "Ø": "O", "æ": "ae",
     "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D"}
)  # fmt: skip
"""Letters that Unicode does not part into a plain one and an accent, and signs that are none."""
_SIMPLIFIED = str.maketrans(
    "訂單號碼幣貨電話郵買賣會員編價數總實額運費優狀態時間顧戶稱國發類應據結帳賬務產銷購備註聯絡關閉還現處確認訊繳匯證種題參與從無請開門頁項",
    "订单号码币货电话邮买卖会员编价数总实额运费优状态时间顾户称国发类应据结帐账务产销购备注联络关闭还现处确认讯缴汇证种题参与从无请开门页项",
)
"""Chinese is written in two scripts: words are compared in the simplified one."""


_MOST_NAMES = 1 << 15
"""Names that are kept: twice as many as a table may have columns."""


def plain(header: str) -> str:
    """A header without case, accents, signs and byte order mark: `"N° Facture"`, `"n_facture"` → `"n facture"`.

    Letters of other scripts stay: `"注文番号"` is itself.
    """
    return _plain(header[:MAX_NAME])


@lru_cache(maxsize=_MOST_NAMES)
def _plain(header: str) -> str:
    whole = _ONE_WORD.sub(lambda word: word[0].casefold(), header)
    parted = _CAMEL.sub(" ", _NUMBER_WORD.sub(" n ", whole).translate(_LETTERS))
    letters = normalized(parted, "NFKD").translate(_SIMPLIFIED).casefold()
    return " ".join(_NOT_WORD.sub(" ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def compact(header: str) -> str:
    """`plain` without blanks: `"CUSTOMERID"` and `"Customer ID"` are the same."""
    return plain(header).replace(" ", "")


def words(*texts: str) -> frozenset[str]:
    """The words of some texts: to write down a set of many."""
    return frozenset(word for text in texts for word in text.split())


@dataclass(frozen=True)
class HeaderRule:
    """A header with a word of each group in `groups` and none of `unless` is likely of that role."""

    role: str
    groups: tuple[frozenset[str], ...]
    unless: frozenset[str]


@dataclass(frozen=True)
class HeaderWords:
    """`header_words.toml`, checked."""

    groups: Mapping[str, frozenset[str]]
    headers: Mapping[str, tuple[str, ...]]
    """Role → headers that say it outright, the surest first; compared by `compact`."""
    last_resort: Mapping[str, frozenset[str]]
    """Role → headers, in compact form, that say it only where no other column does."""
    rules: tuple[HeaderRule, ...]
    compounds: tuple[frozenset[str], frozenset[str]]
    """First and second parts of words written as one: `Kundennummer`, `ordredato`."""


def _read_words(path: Path, languages: Path) -> HeaderWords:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    further = tomllib.loads(languages.read_text(encoding="utf-8"))["headers"]
    groups = {name: words(text) for name, text in found["groups"].items()}

    def rule(entry: Mapping[str, object]) -> HeaderRule:
        needed, excluded = cast(list[list[str]], entry["all"]), cast(list[str], entry.get("unless_groups", []))
        return HeaderRule(
            str(entry["role"]),
            tuple(frozenset().union(*(groups[name] for name in names)) for names in needed),
            words(str(entry.get("unless", ""))).union(*(groups[name] for name in excluded)),
        )

    last = {role: tuple(map(plain, phrases)) for role, phrases in found["last_resort"].items()}
    headers = {
        role: (*map(plain, (*phrases, *further.get(role, ()))), *last.get(role, ()))
        for role, phrases in found["headers"].items()
    }
    last_resort = {role: frozenset(map(compact, phrases)) for role, phrases in last.items()}
    first, second = (words(found["compounds"][part]) for part in ("first", "second"))
    return HeaderWords(groups, headers, last_resort, tuple(map(rule, found["rules"])), (first, second))


HEADER_WORDS = _read_words(
    Path(__file__).parent / "header_words.toml", Path(__file__).parent / "header_words_languages.toml"
)

DISCOUNT = HEADER_WORDS.groups["discount"]
"""Money that was taken off: never what was paid, and never a price."""

GOODS_BACK = words(
    "returned return devuelto devuelta devolvido devolvida retour retourniert zuruckgegeben retourne retournee reso "
    "restituito geretourneerd returnerad zwrocone"
)
"""Words of headers that say whether the goods came back."""

_TAXED = re.compile(
    r"\b(?:inc|incl|including|ex|exc|excl|excluding|with|without|inkl|exkl|eks|ekskl|uten|u|zzgl|con|sin|com|sem|avec|sans|hors|"
    r"inclusief|exclusief|med|utan|z|bez|s|vcetne|cu|fara|с|без|sa)"
    r" (?:tax|taxes|vat|gst|iva|mwst|ust|tva|btw|moms|mva|impuestos|impostos|dph|pdv|ддс|ндс)\b"
    r"|\b(?:tax|vat|gst|iva|mwst|tva|btw|moms|kdv) (?:inclusive|exclusive|included|excluded|incl|excl|incluido|"
    r"excluido|inkl|exkl|inclusa|esclusa|compresa|dahil|haric)\b"
    r"|(?:税込|税抜)(?:き|み)?"
)
"""What a header says about the tax in an amount."""

_DISCOUNTED = re.compile(
    r"\b(?:after|less|net of|w|with|incl|including) (?:all |any )?(?:discounts?|coupons?|promotions?)\b"
    r"|\b(?:tras|despues de|menos|con) (?:el |los )?(?:descuentos?|dto)\b|\b(?:apos|com|menos) (?:o |os )?descontos?\b"
    r"|\b(?:nach|abzuglich|abzgl|inkl) rabatte?n?\b|\bapres remises?\b|\bremises? deduites?\b|\bdopo sconto\b"
    r"|\b(?:al netto|netto) (?:di|degli) sconti?\b|\bna korting\b|\bpo rabacie\b|\befter rabatt?\b|\bsetelah diskon\b"
    r"|\b(?:со скидкои|с учетом скидки|после скидки)\b"
)
"""What a header says about a discount that is taken off already: what is left is a price or an amount."""
_LISTED = re.compile(
    r"\b(?:before|excl|excluding|without) (?:all |any )?(?:discounts?|coupons?|promotions?)\b"
    r"|\b(?:antes de|sin) (?:el |los )?(?:descuentos?|dto)\b|\b(?:antes de|antes do|sem) descontos?\b"
    r"|\b(?:vor|ohne) rabatte?n?\b|\bavant remises?\b|\bprima (?:dello )?sconto\b|\bvoor korting\b|\bprzed rabatem\b"
    r"|\b(?:sebelum diskon|до скидок|до скидки|без скидки)\b"
)
"""What a header says about a discount that is not taken off yet."""


def parted_words(header: str) -> list[str]:
    """The words of a header, those that are written as one parted: `Kundennummer` → kunden, nummer."""
    first, second = HEADER_WORDS.compounds
    found = []
    for word in plain(header).split():
        for at in range(2, len(word) - 1):
            if word[at:] in second and (word[:at] in first or word[:at].removesuffix("s") in first):
                found += [word[:at] if word[:at] in first else word[: at - 1], word[at:]]
                break
        else:
            found.append(word)
    return found


def header_words(header: str) -> frozenset[str]:
    """The words of a header, as they are written and parted."""
    return _header_words(header[:MAX_NAME])


@lru_cache(maxsize=_MOST_NAMES)
def _header_words(header: str) -> frozenset[str]:
    return frozenset((*plain(header).split(), *parted_words(header)))


_CENTS = re.compile(
    r"\b(?:(?:in|en|de|w|i) )?(?:cents?|centimes?|centimos?|centavos?|centesimi|pence|pennies|groszy|grosze|grosz|"
    r"kurus|minor units?|minor|subunits?)\b"
)
_ORE = re.compile(r"(?i)(?:\b|_)(?:in |i )?[øö]re\b")


def counts_cents(header: str) -> bool:
    """Whether a header says that its money is in hundredths: `amount_cents`, `Importe en céntimos`."""
    return bool(_CENTS.search(plain(header)) or _ORE.search(header[:MAX_NAME]))


_EXACT_RANK: Mapping[str, Mapping[str, int]] = {
    role: {phrase.replace(" ", ""): rank for rank, phrase in reversed(list(enumerate(phrases)))}
    for role, phrases in HEADER_WORDS.headers.items()
}


def says_discounted(header: str) -> bool:
    """Whether a header says that its money is what is left after discounts."""
    return bool(_DISCOUNTED.search(plain(header)))


_WITH_TAX = re.compile(
    r"\b(?:inc|incl|including|inclusive|with|inkl|inklusive|con|com|avec|ttc|inclusief|med|z|s|vcetne|cu|с) "
    r"(?:of |de |di |la )?(?:sales )?(?:tax|taxes|vat|gst|iva|mwst|ust|tva|btw|moms|mva|alv|"
    r"impuestos|impostos|dph|pdv|ндс|kdv)\b|\bttc\b"
    r"|\b(?:tax|vat|gst|iva|mwst|tva|btw|moms|kdv) (?:inclusive|included|incl|incluido)\b"
    r"|\b(?:iva|mwst|moms|kdv) (?:inkl|inclusa|compresa|dahil)\b"
    r"|税込|含税"
)


def says_with_tax(header: str) -> bool:
    """Whether a header says that its money is with tax."""
    return bool(_WITH_TAX.search(plain(header)))


def without_terms(header: str) -> str:
    """A header in plain form without what it says about taxes and discounts that are, or are not, in the money."""
    return _LISTED.sub("", _DISCOUNTED.sub("", _TAXED.sub("", plain(header)))).strip()


_TWO_LANGUAGES = re.compile(r"\s[/|]\s|[\r\n]+")
"""What parts the names of a column in two languages: `Customer / Cliente`."""


def _bare(header: str) -> str:
    """A header in plain form without what it says about taxes, discounts and hundredths."""
    return _CENTS.sub("", _TAXED.sub("", _DISCOUNTED.sub("", plain(_ORE.sub("", header[:MAX_NAME]))))).strip()


def is_last_resort(role: str, header: str) -> bool:
    """Whether a header says the role only where no other column does: `Amount Paid`, `Donation`."""
    return _bare(header).replace(" ", "") in HEADER_WORDS.last_resort.get(role, ())


def by_name(header: str) -> Mapping[str, float]:
    """Role → confidence that the header names it, from 0 to 1."""
    return _by_name(header[:MAX_NAME])


@lru_cache(maxsize=_MOST_NAMES)
def _by_name(header: str) -> Mapping[str, float]:
    bare = _bare(header)
    present = header_words(bare)
    together = bare.replace(" ", "")
    found: dict[str, float] = {}
    for role, ranks in _EXACT_RANK.items():
        if together in ranks:
            found[role] = 1.0 - 0.3 * ranks[together] / len(ranks)
    languages = [part for part in _TWO_LANGUAGES.split(header) if part.strip()]
    if 2 <= len(languages) <= 3:
        said = [by_name(part) for part in languages]
        found.update({role: min(one[role] for one in said) for role in said[0] if all(role in one for one in said)})
    for rule in HEADER_WORDS.rules:
        if rule.role not in found and all(present & group for group in rule.groups) and not present & rule.unless:
            found[rule.role] = 0.6 if len(rule.groups) > 1 else 0.45
    return found


def names_orders(header: str) -> bool:
    """Whether a header mentions orders: `order date`, but not `date`."""
    return bool(HEADER_WORDS.groups["order"] & header_words(header))
