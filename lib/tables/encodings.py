"""Bytes → the encoding they were written in."""

import codecs
import re
import unicodedata
from functools import cache
from itertools import islice

import charset_normalizer
import numpy as np
import pyarrow as pa
from babel import Locale

from lib.parsing.numbers import undo_double_encoding
from lib.tables.memory import Held

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850", "cp437")
_CENTRAL = ("cp1250", "iso8859_2", "cp1254", "cp1257", "mac_latin2", "cp852")
_OTHER_SCRIPTS = ("cp1251", "koi8_r", "cp866", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874")
_DOUBLE = ("utf-8", "cp932", "big5", "gb18030", "cp949", "euc_jp")
_CHUNK = 1 << 20
_SAMPLE = 30_000

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FREQUENT = {
    # first bytes of the characters that each standard lists as the frequent ones
    "big5": (0xA4, 0xC6),
    "gb18030": (0xB0, 0xD7),
    "cp949": (0xB0, 0xC8),
    "cp932": (0x82, 0x97),
    "euc_jp": (0xA4, 0xCF),
}
_PUNCTUATION = set("¡¿ºª°€£§«»©®™–—’‘“”„…·•²³½¼¾±×\u00a0")
_LANGUAGES = ("es", "fr", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "ca", "is")
_CENTRAL_LANGUAGES = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "tr", "lt", "lv", "et")


_ALPHABETS = {
    "cp1252": (
        *("áéíóúüñ", "áâãàçéêíóôõúü", "àâæçéèêëîïôœùûüÿ", "äöüß", "àèéìíîòóùú", "àçèéíïòóúü", "åäöé", "æøåéóôò"),
        *("äöåšž", "áéíóúýðþæö", "éëïóöüá", "äõöüšž"),
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
}
"""The letters beyond ASCII of single languages that are written in that encoding."""
_SHORT = 120
"""Signs beyond ASCII up to which a text is asked whether one language's letters are all that it needs."""
_HANGUL = frozenset(
    "이가다의는에을하고지로사기자인도리한스대은를정시일어전으보해수과서제과장안주동용부그상나관경구조성소원신학아국라무여비"
    "문객품명금액량번호김박최강윤임영연현민건별계약배송회원가입구매취소반환점화면세트선물날짜택재년월"
)
"""Some of the most frequent Korean syllables."""


def find_encoding(data: Held) -> str:
    """The name of the encoding: from its mark, else the only valid one, else the one that gives the likeliest text.

    `utf8` without a dash is UTF-8 in which some bytes are none.
    """
    for mark, name in _MARKS:
        if data[: len(mark)] == mark:
            return name
    head = data[:4096]
    if b"\x00" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return "utf-16-le" if odd > even else "utf-16-be"
    if _is_utf8(data):
        return "utf-7" if _is_utf7(data) else "utf-8"
    likeliest = _likeliest(_telling_part(data))
    return "utf8" if likeliest == "utf-8" else likeliest


def to_utf8(data: Held, encoding: str, *, valid: bool = False) -> Held:
    """The same text as UTF-8 without a mark; bytes that fit nothing become U+FFFD.

    `valid` says that `find_encoding` found these bytes to be UTF-8, so that they need no second look.
    """
    if encoding in ("utf-8", "utf-8-sig") and not valid:
        return _utf8_of_parts(bytes(data[:]), encoding)
    if encoding == "utf-8-sig":
        return _whole_signs(data[3:])
    if encoding == "utf-8":
        return _whole_signs(data)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    parts = [decoder.decode(data[at : at + _CHUNK]).encode("utf-8", "replace") for at in range(0, len(data), _CHUNK)]
    parts.append(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    made = b"".join(parts)
    return made.removeprefix(codecs.BOM_UTF8)


_BEYOND = re.compile(rb"[\x80-\xff]+")
_CUT_IN_TWO = frozenset((0xC2, 0xC3))
"""Bytes that begin most signs of Western Europe in UTF-8: alone, they are what is left of one."""


def _utf8_of_parts(data: bytes, encoding: str) -> bytes:
    """UTF-8 of which some lines are in Windows-1252, as where files of two programs were put together."""
    if encoding == "utf-8-sig":
        data = data.removeprefix(codecs.BOM_UTF8)
    return b"\n".join(map(_utf8_line, data.split(b"\n")))


def _utf8_line(line: bytes) -> bytes:
    if line.isascii() or _is_whole(line):
        return line
    pieces = _BEYOND.findall(line)
    damaged = any(map(_is_whole, pieces)) or all(set(piece) <= _CUT_IN_TWO for piece in pieces)
    return line.decode("utf-8" if damaged else "cp1252", errors="replace").encode("utf-8")


def _is_whole(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_SHIFTED = re.compile(rb"\+(?:-|[A-Za-z0-9+/]{2,}-?)?")
_UTF7_LOOK = 8 * 1024 * 1024


def _is_utf7(data: Held) -> bool:
    """Whether an ASCII text writes other characters as UTF-7 does: `+AKM-20.00` is £20.00.

    Every plus sign has to begin such a character, so that phone numbers and sums are none.
    """
    part = bytes(data[:_UTF7_LOOK])
    first = part.find(b"+")
    if first < 0 or not part.isascii():
        return False
    shifted = [match[0] for match in _SHIFTED.finditer(part)]
    coded = [piece for piece in shifted if len(piece) > 3]
    if not coded or any(len(piece) in (1, 3) for piece in shifted):
        return False
    try:
        signs = b"".join(piece if piece.endswith(b"-") else piece + b"-" for piece in set(coded)).decode("utf-7")
        part.decode("utf-7")
    except (UnicodeDecodeError, ValueError):
        return False
    marked = any(piece.endswith(b"-") for piece in coded)  # else only the letters and signs of Western Europe count
    return all(
        (unicodedata.category(sign)[0] in "LNPSZ" or sign in "\r\n\t")
        and (sign < "\u0180" or "\u2000" <= sign < "\u2c00" or (marked and sign < "\u0600"))
        for sign in signs
    )


_TWICE = (b"\xc3\x82", b"\xc3\x83", b"\xc3\xa2")
"""UTF-8 of Â, Ã and â, one of which is in every text that was encoded twice."""


def encoded_once(data: Held) -> Held:
    """UTF-8 that was taken for Windows-1252 and encoded as UTF-8 once more, as it was before; other texts as they are.

    Whatever decodes as Windows-1252 and gives valid UTF-8 again was encoded twice: no language writes such texts.
    """
    if len(data) == 0 or int(np.frombuffer(data, np.uint8).max()) < 128 or all(data.find(mark) < 0 for mark in _TWICE):
        return data
    once = undo_double_encoding(bytes(data[:]).decode("utf-8", "replace"))
    return data if once is None else once.encode("utf-8")


def _whole_signs(data: Held) -> Held:
    """Valid UTF-8 whose last sign may have been cut in two, without that rest."""
    for back in range(1, min(4, len(data)) + 1):
        first = data[-back]
        if first < 0x80:
            return data
        if first >= 0xC0:
            length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
            return data if back == length else data[:-back]
    return data


def _is_utf8(data: Held) -> bool:
    if isinstance(data, bytes) and data.isascii():
        return True
    # a last character cut in two is a damaged end, not another encoding
    size = len(data)
    while size and size > len(data) - 4 and data[size - 1] >= 0x80:
        size -= 1
    offsets = pa.py_buffer(np.array([0, size], dtype=np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(data)).validate(full=True)
        data[size:].decode("utf-8", errors="strict")
    except pa.ArrowInvalid:
        return False
    except UnicodeDecodeError as cut:
        return "unexpected end" in cut.reason
    return True


def _telling_part(data: Held) -> bytes:
    """Enough of the lines that hold more than ASCII."""
    parts: list[bytes] = []
    size = at = 0
    beyond = re.compile(rb"[\x80-\xff]")
    while size < _SAMPLE and (match := beyond.search(data, at)) is not None:
        start = max(data.rfind(b"\n", 0, match.start()) + 1, match.start() - 400, at)
        end = data.find(b"\n", match.end()) + 1 or len(data)
        at = min(end, match.start() + 2000)
        parts.append(data[start:at])
        size += at - start
    return b"".join(parts)


def _likeliest(sample: bytes) -> str:
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    candidates = [*_WESTERN, *_CENTRAL, *_OTHER_SCRIPTS, *_DOUBLE]
    best = charset_normalizer.from_bytes(sample[:50_000]).best() if len(sample) > 200 else None
    if best is not None and best.encoding not in candidates:
        candidates.append(best.encoding)
    if _needs_one_language(sample, "cp1250") and not _needs_one_language(sample, "cp1252"):
        return "cp1250"
    scored = {name: _score(sample, name) for name in candidates}
    if max(scored.values()) <= 0 and not runs:
        return "cp1252"
    best_name = max(candidates, key=lambda name: (scored[name], -candidates.index(name)))
    if best_name in _OTHER_SCRIPTS and (by_letters := _by_letters(sample)):
        return by_letters
    if best_name == "cp949" and scored["gb18030"] > 0.9 and not _HANGUL & set(sample.decode("cp949", "replace")):
        return "gb18030"  # the same pairs of bytes, though not one syllable that Korean is full of
    if best_name in _IN_HEADINGS:
        return _by_headings(sample, best_name)
    return "cp1254" if best_name == "cp1252" and _is_turkish(sample) else best_name


def _needs_one_language(sample: bytes, name: str) -> bool:
    """Whether a short text, read so, needs the letters of one language only, two of them at least.

    Misread letters come from everywhere: `Øehoø, mìsto` would be Danish and Italian at once, `Řehoř, město` is Czech.
    """
    text = sample.decode(name, errors="replace")
    if not 2 <= len(_BEYOND_ASCII.findall(text)) <= _SHORT:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    if any(sign not in _PUNCTUATION and not sign.isalpha() for sign in _BEYOND_ASCII.findall(text)):
        return False
    if re.search(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’](?=[^\W\d_])", text):
        return False  # a sign inside a word
    letters = "".join(words)
    if any(word.lower() != word and not word[1:].islower() and not word.isupper() for word in words if len(word) > 1):
        return False
    used = {sign for sign in letters.lower() if sign > "\x7f"}
    if len(used) < 2 or sum(sign.isascii() for sign in letters) < len(letters) / 2:
        return False
    if "õ" in used and not used & set("äöü") and re.search(r"õ(?!e)", text.lower()):
        used |= {"ő"}  # Portuguese writes it before an e only: it is a Hungarian letter, misread
    return any(used <= set(alphabet) for alphabet in _ALPHABETS[name])


_FREQUENCIES = {
    "cp1255": "63 47 13 26 109 104 13 25 12 111 8 27 74 32 46 14 29 15 32 2 17 2 12 21 56 44 50",
    "cp1251": "80 16 45 17 30 85 9 17 74 12 35 44 32 67 110 28 47 55 63 26 3 10 5 14 7 4 .4",
    "cp1253": ".2 90 7 18 17 70 4 40 12 70 40 30 34 60 5 75 40 44 40 50 80 30 9 12 2 19 .5",
}
"""How often, in a thousand, the letters at 0xE0 to 0xFA come: those of the Hebrew alphabet, and the small ones of the
Russian and the Greek."""
_WORD_ENDS = b"\xea\xed\xef\xf3\xf5"
"""Hebrew letters that stand at the end of words only."""


def _by_letters(sample: bytes) -> str:
    """Hebrew stands where other alphabets have small letters; which it is, the letters' frequency tells."""
    words = re.findall(rb"[\x80-\xff]+", sample)
    letters = b"".join(words)
    if len(letters) < 3 or min(letters) < 0xE0 or max(letters) > 0xFA:
        return ""
    likely = {
        name: sum(float(np.log(float(known[sign - 0xE0]))) for sign in letters[:20_000])
        for name, known in ((name, counts.split()) for name, counts in _FREQUENCIES.items())
    }
    inside = sum(word[:-1].count(sign) for word in words for sign in _WORD_ENDS)
    at_end = sum(word[-1] in _WORD_ENDS for word in words)
    likely["cp1255"] += at_end - 5.0 * inside
    return max(likely, key=lambda name: likely[name])


def _is_turkish(sample: bytes) -> bool:
    """cp1254 is cp1252 with ğ, ı, ş in place of the Icelandic letters: the vowels around distinguish the two."""
    swapped = sum(sample.count(sign) for sign in b"\xd0\xdd\xde\xf0\xfd\xfe")
    icelandic = sum(sample.count(sign) for sign in b"\xc1\xc9\xcd\xd3\xda\xc6\xe1\xe9\xed\xf3\xfa\xe6")
    return swapped > 1 and icelandic * 5 < swapped


def _score(sample: bytes, name: str) -> float:
    if name in _FREQUENT:
        return _double_score(sample, name)
    try:
        text = sample.decode(name, errors="replace")
    except LookupError:
        return -9.0
    signs = [match.start() for match in islice(_BEYOND_ASCII.finditer(text), 1500)]
    if not signs:
        return 0.0
    good = sum(_plausible(text, at, name) for at in signs) / len(signs)
    if len(signs) > 5 and name == "cp1251" and not any(text[at].isupper() or text[at] in "ыьэюя" for at in signs):
        good -= 0.2  # Hebrew stands where the small Cyrillic letters do, without these
    if len(signs) > 5 and name == "koi8_r" and not any(text[at].islower() for at in signs):
        good -= 0.1
    return good - (0.0 if name == "cp1252" else 0.02 if name in _WESTERN else 0.03)


def _plausible(text: str, at: int, name: str) -> float:
    """How well one sign beyond ASCII fits where it stands, from -1 to 1."""
    sign = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if sign == "\ufffd" or (ord(sign) < 0xA0):
        return -1.0
    if sign in "ºª°" and before.isalnum():
        return 1.0
    if not sign.isalpha():
        inside = before.isalpha() and after.isalpha() and sign not in "’·"
        return -0.7 if inside else (0.5 if sign in _PUNCTUATION else -0.6)
    if sign.isupper() and before.isalpha() and before.islower():
        return -0.6  # a capital inside a word
    if sign.islower() and before.isalpha() and before.isupper() and len(text) > at + 1 and after.isupper():
        return -0.6
    script = unicodedata.name(sign, "?").split()[0]
    neighbours = [other for other in (before, after) if other.isalpha()]
    if not neighbours:
        return 0.3
    if any(unicodedata.name(other, "?").split()[0] != script for other in neighbours):
        return -0.5  # two alphabets in one word
    if script == "LATIN":
        beyond = sum(ord(other) > 127 for other in neighbours)
        if beyond == len(neighbours):  # Latin words are mostly ASCII: a run of accents is another alphabet, misread
            return -0.5 if beyond == 2 else 0.1
        return 1.0 if sign in _letters(_LANGUAGES) else 0.9 if sign in _letters(_CENTRAL_LANGUAGES) else -0.3
    if sign == "ς" and after.isalpha():
        return -1.0  # the sigma of word ends, inside a word
    return 1.0 if sign == "ς" else 0.92


@cache
def _letters(languages: tuple[str, ...]) -> frozenset[str]:
    """The letters beyond ASCII that these languages write, from the names of their months, days and countries."""
    found: set[str] = set("ñáéíóúüçàèìòùâêîôûäöüßåøæëïœõãÿ" if languages == _LANGUAGES else "")
    if languages == _LANGUAGES:
        found |= set("ðþý")
    else:
        for language in languages:
            locale = Locale.parse(language)
            words = [*locale.territories.values(), *locale.languages.values()]
            found |= {sign for word in words for sign in word.casefold() if ord(sign) > 127 and sign.isalpha()}
    return frozenset(found | {sign.upper() for sign in found if len(sign.upper()) == 1})


_JAPANESE = frozenset("注文番号顧客名称商品数量単価金額日付受送料税込会員購入合計小計備考時間")
_IN_HEADINGS = {
    "gb18030": frozenset("单据编号客户名称商品数量价金额日期订状态付款时间买家总备注合计"),
    "big5": frozenset("訂單編號客戶名稱商品數量價金額日期狀態付款時間買家總備註合計"),
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
}
"""Signs that the headings of orders are made of."""
_FEW, _MOST = 0.2, 0.5


def _by_headings(sample: bytes, best: str) -> str:
    """Of encodings with the same pairs of bytes, the one in which these are the words of headings; else the best."""
    said = {}
    for name, signs in _IN_HEADINGS.items():
        wide = _BEYOND_ASCII.findall(sample.decode(name, "replace"))[:3000]
        said[name] = sum(sign in signs for sign in wide) / max(1, len(wide))
    other = max(said, key=lambda name: said[name])
    return other if said[best] < _FEW and said[other] > _MOST else best


def _double_score(sample: bytes, name: str) -> float:
    try:
        text = sample.decode(name, errors="replace")
    except LookupError:
        return -9.0
    wide = _BEYOND_ASCII.findall(text)[:3000]
    if not wide:
        return 0.0
    broken = sum(sign == "\ufffd" for sign in wide)
    low, high = _FREQUENT[name]
    frequent = odd = 0
    for sign in wide:
        try:
            coded = sign.encode(name)
        except UnicodeEncodeError:
            continue
        if len(coded) == 2 and low <= coded[0] <= high and (name != "gb18030" or coded[1] >= 0xA1):
            frequent += 1
        elif unicodedata.category(sign) in ("Co", "Cn", "Cs") or len(coded) == 1:
            odd += 1
    looked = len(wide)
    lone = sum(1 for run in re.findall(rb"[\x80-\xff]+", sample[:50_000]) if len(run) == 1)
    runs = max(1, len(re.findall(rb"[\x80-\xff]+", sample[:50_000])))
    return (
        (0.98 if name == "cp949" else 0.97) * frequent / looked
        - 4 * broken / len(wide)
        - odd / looked
        - (0.6 * lone / runs if name not in ("big5", "cp932", "gb18030") else 0.3 * lone / runs)
    )
