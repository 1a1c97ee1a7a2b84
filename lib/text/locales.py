"""Languages: one entry each, beside the TOML with its sentences. Everything else follows from Babel's CLDR data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from babel import Locale as BabelLocale

DateEntry = Literal["YYYY/MM/DD", "DD/MM/YYYY", "MM/DD/YYYY"]


@dataclass(frozen=True)
class Locale:
    """One language: its code (name of the TOML, and of Babel's locale) and how a day is typed in a date field."""

    code: str
    date_entry: DateEntry

    @property
    def decimal(self) -> str:
        """The decimal sign."""
        return str(self._symbols["decimal"])

    @property
    def group(self) -> str:
        """The sign between thousands."""
        return str(self._symbols["group"])

    @property
    def csv_separator(self) -> str:
        """What a spreadsheet of that language expects between the cells of a CSV: not its decimal sign."""
        return ";" if self.decimal == "," else ","

    @property
    def _symbols(self) -> dict[str, str]:
        return dict(BabelLocale.parse(self.code).number_symbols["latn"])


LOCALES: tuple[Locale, ...] = (
    Locale("en", "YYYY/MM/DD"),
    Locale("es", "DD/MM/YYYY"),
)
"""A new language is one entry here and `<code>.toml` beside this file. The first is the default."""


def locale(code: str) -> Locale:
    """The locale of a language; the default one for a code that is not known."""
    return next((one for one in LOCALES if one.code == code), LOCALES[0])
