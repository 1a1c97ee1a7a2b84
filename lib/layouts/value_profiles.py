"""Facts about the values of a column, judged from a sample: its kind, how full, how many distinct values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import plain
from lib.layouts.names import words as word_set

SAMPLE_ROWS = 2_000
STRETCHES = 20
SAMPLE_CELLS = 1_000_000
"""Of all columns together: fewer rows of a table with more than 500 columns."""

ValueKind = Literal["date", "number", "text", "yes_no", "empty"]

DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%b-%d-%y",
    "%b-%d-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y%m%d",
)
"""Tried on text that `lib/tables` left as text; day-first goes before month-first."""

_OFFSET = re.compile(r"(?<!\s)\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_DATED = re.compile(r"(?:\d{1,4}[-/. ][\dA-Za-z]|[A-Za-z]{3,9}[-. ]\d|\d{8}$)")
"""How every date of `DATE_FORMATS` begins: most numbers and codes do not."""

_DIGIT = re.compile(r"[0-9]")
_NO_NUMBER = re.compile(r"[^\W\d_]|[][{}<>=@|;:]")
_CLOCK = re.compile(r"^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp]\.?[Mm]\.?)?$")
EMAIL = re.compile(r"""^[^@]{0,60}?[^@\s,;<>()"']+@[^@\s,;<>()"']+\.[A-Za-z]{2,}(?:[\s>)"';,][^@]{0,60})?$""")
"""One address, also beside a name: `Ana <ana@x.com>`."""
_YES_NO = word_set("yes no y n si sí s oui non o ja nein j sim não nao true false t f x -")
_COUNT = re.compile(r"[1-9][0-9]{0,14}|0")
"""A number that reads one way only."""


@dataclass(frozen=True)
class ValueProfile:
    """A column in a few facts; shares are of the sampled cells that hold something."""

    kind: ValueKind
    filled: float
    distinct: int
    sampled: int
    whole: bool = False
    """All numbers are whole."""
    median: float = 0.0
    highest: float = 0.0
    """Of numbers, without their signs."""
    digits: float = 0.0
    """Share of texts with a digit."""
    emails: float = 0.0
    length: float = 0.0
    """Of a typical text."""
    clock: float = 0.0
    """Share of texts that are a time of day and nothing else."""
    yes_no: bool = False
    """All texts are words for yes and no."""
    date_format: str = ""
    """Set where dates stand in text or in numbers such as 20110131."""


def sample_of(frame: pd.DataFrame) -> pd.DataFrame:
    """At most `SAMPLE_ROWS` rows: short stretches spread evenly over the table, which are cheap to cut out."""
    rows = min(SAMPLE_ROWS, SAMPLE_CELLS // max(1, len(frame.columns)))
    if len(frame) <= rows:
        return frame
    stretch = max(1, rows // STRETCHES)
    starts = np.linspace(0, len(frame) - stretch, STRETCHES).astype(np.int64)
    return frame.take((starts[:, np.newaxis] + np.arange(stretch)).ravel())  # of thousands of columns, once each


def profile_columns(sample: pd.DataFrame) -> Mapping[str, ValueProfile]:
    """Each sampled column's profile."""
    return {str(name): profile_column(sample[name]) for name in sample.columns}


def words_of(column: pd.Series) -> list[str]:
    """The cells that hold something, as text; of few rows far cheaper than `dropna` and `astype`, which count where
    there are thousands of columns."""
    if isinstance(column.dtype, pd.StringDtype):
        return [word for word in column.tolist() if isinstance(word, str)]
    return column.dropna().astype("str").tolist()


def profile_column(column: pd.Series) -> ValueProfile:
    """The profile of a sampled column."""
    if column.dtype.kind not in "biufM":
        words = [word for word in map(str.strip, words_of(column)) if word]
        if not words:
            return ValueProfile("empty", 0.0, 0, 0)
        return _texts(words, len(words) / len(column))
    values = column.dropna()
    sampled = len(values)
    filled = sampled / len(column) if len(column) else 0.0
    if not sampled:
        return ValueProfile("empty", 0.0, 0, 0)
    distinct = int(values.nunique())
    if values.dtype.kind == "M":
        return ValueProfile("date", filled, distinct, sampled)
    if values.dtype.kind == "b":
        return ValueProfile("yes_no", filled, distinct, sampled)
    if values.dtype.kind in "iuf":
        finite = values[np.isfinite(values.to_numpy(np.float64))]
        return _numbers(finite, filled, distinct) if len(finite) else ValueProfile("empty", 0.0, 0, 0)
    return ValueProfile("empty", 0.0, 0, 0)


def _numbers(values: pd.Series, filled: float, distinct: int) -> ValueProfile:
    numbers = np.clip(values.to_numpy(np.float64), -1e30, 1e30)
    whole = bool(np.all(numbers == np.floor(numbers)))
    if whole and np.all((numbers >= 19_000_101) & (numbers <= 21_001_231)):
        read = pd.to_datetime(pd.Series(numbers.astype(np.int64)).astype("str"), format="%Y%m%d", errors="coerce")
        if read.notna().mean() > 0.95:
            return ValueProfile("date", filled, distinct, len(values), date_format="%Y%m%d")
    size = np.abs(numbers)
    return ValueProfile(
        "number", filled, distinct, len(values), whole=whole, median=float(np.median(size)), highest=float(size.max())
    )


def _texts(found: Sequence[str], filled: float) -> ValueProfile:
    unique = dict.fromkeys(found)
    distinct, sampled = len(unique), len(found)
    words = list(unique)[:500]
    digits = _share(_DIGIT.search, words)
    if digits > 0.8:
        form, share = _date_format(words) if _date_format(words[:25])[1] > 0.5 else ("", 0.0)
        if share > 0.8:
            return ValueProfile("date", filled, distinct, sampled, digits=digits, date_format=form)
        kept = _numbers_among(words)
        if len(kept) > 0.95 * len(words) and not any(word[0] == "0" and word[1:2].isdigit() for word in words):
            whole = bool(np.all(kept == np.floor(kept)))
            return ValueProfile("number", filled, distinct, sampled, whole=whole, median=float(np.median(np.abs(kept))),
                        digits=digits)  # fmt: skip
    return ValueProfile(
        "text",
        filled,
        distinct,
        sampled,
        digits=digits,
        emails=_share(EMAIL.match, words),
        length=float(np.median([len(word) for word in words])),
        clock=_share(_CLOCK.match, words),
        yes_no=distinct <= 4 and all(word.casefold() in _YES_NO for word in words),
    )


def _numbers_among(words: Sequence[str]) -> NDArray[np.float64]:
    """The numbers among some texts."""
    if all(map(_COUNT.fullmatch, words)):
        return np.array(words, dtype=np.float64)
    bare = [_SIGN.sub("", word) for word in words]
    if _share(_NO_NUMBER.search, bare) >= 0.05:  # what is left makes it no number, without asking
        return np.array([])
    if 2 * sum(_ONE_RUN.fullmatch(word) is not None for word in bare) < len(bare):
        return np.array([])
    return numbers_in(pd.Series(words, dtype="str")).dropna().to_numpy(np.float64)


_ONE_RUN = re.compile(r"[^\d.,]*[\d.,' \u00a0\u202f’]+[^\d.,]*")
"""A text with digits in one place: every number has its digits so."""


def _share(holds: Callable[[str], re.Match[str] | None], words: Sequence[str]) -> float:
    return sum(holds(word) is not None for word in words) / len(words)


def without_offset(texts: pd.Series) -> pd.Series:
    """Moments as the shop's clock showed them: `2022-01-11 04:32:31 -0500` → `2022-01-11 04:32:31`."""
    return texts.str.strip().str.replace(_OFFSET, "", regex=True).str.replace("T", " ", n=1)


def date_format_of(texts: pd.Series) -> tuple[str, float]:
    """The format that reads most of the texts, and the share that it reads."""
    return _date_format(without_offset(texts).dropna().tolist())


_LITERALS = {form: frozenset(re.sub(r"%.|\s", "", form)) for form in DATE_FORMATS}
"""Format → the signs between its parts, which every text has that it reads."""


def _date_format(words: Sequence[str]) -> tuple[str, float]:
    best, share = "", 0.0
    bare = [_OFFSET.sub("", word.strip()).replace("T", " ", 1) for word in words]
    if not any(map(_DATED.match, bare)):
        return best, share
    found = [frozenset(word) for word in bare]
    for form in DATE_FORMATS:
        if "T" in form or not any(_LITERALS[form] <= signs for signs in found):
            continue
        read = float(pd.to_datetime(bare, format=form, errors="coerce").notna().mean())
        if read > share:
            best, share = form, read
        if share == 1.0:
            break
    return best, share


def dates_in(column: pd.Series, form: str = "") -> pd.Series:
    """Moments of a column of whatever dtype; missing where a cell is no date. Work is done once per different cell."""
    if column.dtype.kind == "M":
        bare = column.dt.tz_localize(None) if getattr(column.dtype, "tz", None) is not None else column
        return bare if bare.dtype == "datetime64[us]" else bare.astype("datetime64[us]")
    if column.dtype.kind in "iuf":
        return _numbered_dates(column)
    codes, unique = pd.factorize(column)
    texts = pd.Series(unique).astype("str")
    bare = without_offset(texts)
    chosen = form or date_format_of(bare.iloc[:2_000])[0]
    nothing = pd.Series(np.full(len(bare), np.datetime64("NaT"), dtype="datetime64[us]"))
    moments = pd.to_datetime(bare, format=chosen, errors="coerce") if chosen and len(bare) else nothing
    spread = np.append(moments.to_numpy("datetime64[us]"), np.datetime64("NaT"))
    return pd.Series(spread[codes], index=column.index)


_COUNTED = ((1e9, 1e10, "s", "1970-01-01"), (1e12, 1e13, "ms", "1970-01-01"), (20_000, 80_000, "D", "1899-12-30"))
"""(lowest, highest, unit, from when): seconds, milliseconds, and the days that workbooks count."""


def _numbered_dates(column: pd.Series) -> pd.Series:
    """Moments that stand in numbers: 20110131, seconds since 1970, days as workbooks count them."""
    values = column.to_numpy(np.float64)
    values = np.where(np.isfinite(values), values, 0)
    moments = np.full(len(values), np.datetime64("NaT"), dtype="datetime64[us]")
    calendar = (values >= 19_000_101) & (values <= 21_001_231)
    if calendar.any():
        texts = pd.Series(values[calendar].astype(np.int64)).astype("str")
        moments[calendar] = pd.to_datetime(texts, format="%Y%m%d", errors="coerce").to_numpy("datetime64[us]")
    for lowest, highest, unit, start in _COUNTED:
        counted = (values >= lowest) & (values < highest)
        if counted.any():
            since = pd.to_timedelta(values[counted], unit=unit).to_numpy("timedelta64[us]")
            moments[counted] = np.datetime64(start, "us") + since
    return pd.Series(moments, index=column.index)


_SIGNS = r"(?:[€$£¥₹₽₺]|R\$|US\$|\b[A-Z]{3}\b|\bkr\b|\bzł)"
_SIGN = re.compile(_SIGNS)
_AMOUNT = r"^(?:\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+|\d+)?(?:[.,]\d*)?$"


def numbers_in(column: pd.Series) -> pd.Series:
    """Numbers of a column of whatever dtype: `€ 1.234,56`, `(12.00)` and `-$3.00` too; missing where there is none."""
    if column.dtype.kind in "iufb":
        values = column.to_numpy(np.float64, na_value=np.nan)
        infinite = np.isinf(values)
        return pd.Series(np.where(infinite, np.nan, values) if infinite.any() else values, index=column.index)
    codes, unique = pd.factorize(column)
    texts = pd.Series(unique, dtype="str").str.replace(_SIGNS, "", regex=True).str.strip()
    negative = texts.str.match(r"^\(.*\)$|^[-−]|.*-$").to_numpy(bool)
    texts = texts.str.replace(r"^[-−(]\s*|\s*[-)]$", "", regex=True)
    texts = texts.where(texts.str.match(_AMOUNT) & texts.str.contains(r"\d"))
    comma, point = texts.str.rfind(","), texts.str.rfind(".")
    both = (comma >= 0) & (point >= 0)
    if both.any():
        comma_decides = bool((both & (comma > point)).any())
    else:
        comma_decides = bool(texts.str.contains(r",(?:\d{1,2}|\d{4,})$").any())
    texts = texts.str.replace(r"[ \u00a0\u202f'’]", "", regex=True)
    if comma_decides:
        texts = texts.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    else:
        texts = texts.str.replace(",", "", regex=False)
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(np.float64)
    spread = np.append(np.where(negative, -numbers, numbers), np.nan)
    return pd.Series(spread[codes], index=column.index)


def currency_in(header: str) -> str:
    """The currency that a header names by sign or code: `Precio (€)` → `EUR`; empty where it names none."""
    for sign, code in (("€", "EUR"), ("£", "GBP"), ("R$", "BRL"), ("$", "USD"), ("¥", "JPY"), ("₹", "INR")):
        if sign in header:
            return code
    words = set(plain(header).upper().split())
    return next((code for code in CURRENCIES if code in words), "")


CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON",
    "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "INR", "TRY", "ZAR", "SGD", "HKD", "KRW", "ILS", "AED", "MAD",
)  # fmt: skip
