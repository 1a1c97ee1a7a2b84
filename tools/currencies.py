"""Write `lib/parsing/currencies.toml` from CLDR, as Babel carries it: `python -m tools.currencies`.

Signs are taken from every locale, nouns from the languages below. Only currencies that are legal tender are listed.
"""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

TARGET = Path(__file__).resolve().parents[1] / "lib" / "parsing" / "currencies.toml"
NOUN_FIRST = ("es", "fr", "pt", "it", "ro", "ca", "pl", "id", "vi", "el")
NOUN_LAST = ("en", "de", "nl", "sv", "da", "nb", "fi", "cs", "sk", "tr", "hu", "hr", "ru", "uk", "bg")
"""Where the noun of a currency's name stands: `dólares estadounidenses`, `US dollars`."""
EXTRA_SIGNS = {
    "S/.": "PEN", "RM": "MYR", "Rp": "IDR", "zl": "PLN", "Kc": "CZK", "лв": "BGN", "руб": "RUB", "руб.": "RUB",
    "грн": "UAH", "грн.": "UAH", "Fr.": "CHF", "SFr.": "CHF", "TL": "TRY", "Lei": "RON", "lei": "RON", "din": "RSD",
    "€": "EUR", "P": "PHP", "Php": "PHP", "Dhs": "AED", "Dhs.": "AED", "Tk": "BDT", "Tk.": "BDT", "RMB": "CNY",
    "NT$": "TWD", "円": "JPY", "元": "CNY", "원": "KRW", "đ": "VND", "VNĐ": "VND", "บาท": "THB",
    "₨": "", "kr": "", "kr.": "",
}  # fmt: skip
"""Usual in shops, and not in CLDR."""
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def legal_tender(today: date) -> dict[str, set[str]]:
    """Code → the territories that use it."""
    used: dict[str, set[str]] = defaultdict(set)
    for territory, periods in get_global("territory_currencies").items():
        for code, _, end, tender in periods:
            if tender and (end is None or date(*end) >= today):
                used[code].add(territory)
    return used


def signs(codes: set[str]) -> dict[str, str]:
    """Sign → the one code that it stands for, or an empty text where it stands for several."""
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in locale_identifiers():
        for code, sign in Locale.parse(identifier).currency_symbols.items():
            plain = " ".join(_MARKS.sub("", sign).split())
            if code in codes and plain and plain != code and not plain.isdigit():
                found[plain].add(code)
    for sign, code in EXTRA_SIGNS.items():
        found[sign] = {code} if code else set()
    return {sign: next(iter(used)) if len(used) == 1 else "" for sign, used in found.items()}


def words(codes: set[str]) -> dict[str, str]:
    """Nouns such as `euros` or `złotych`, without case → the one code that they stand for, or an empty text."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in NOUN_FIRST + NOUN_LAST:
        locale = Locale.parse(language)
        names = [(code, name) for code, name in locale.currencies.items()]
        names += [
            (code, name) for code, forms in locale._data["currency_names_plural"].items() for name in forms.values()
        ]
        for code, name in names:
            parts = re.sub(r"\(.*?\)", "", name).casefold().split()
            noun = (parts or [""])[0 if language in NOUN_FIRST else -1]
            if code in codes and noun.isalpha() and len(noun) > 2:
                found[noun].add(code)
    return {word: next(iter(used)) if len(used) == 1 else "" for word, used in found.items()}


def main() -> None:
    """Write the file."""
    tender = legal_tender(date(2026, 1, 1))
    codes = set(tender) | {"BGN", "HRK", "CNH"}

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = [
        "# Made by `python -m tools.currencies` from CLDR: codes of ISO 4217 that are legal tender, signs of all,",
        "# nouns in the languages of that file; each with its one code, or blank where there are several.",
        "",
        "codes = [",
        *(f"  {quoted(code)}," for code in sorted(codes)),
        "]",
        "",
        "[signs]",
        *(f"{quoted(sign)} = {quoted(code)}" for sign, code in sorted(signs(codes).items())),
        "",
        "[words]",
        *(f"{quoted(word)} = {quoted(code)}" for word, code in sorted(words(codes).items())),
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
