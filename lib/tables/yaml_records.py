"""YAML of lists and objects, as programs write it → JSON; every value stays text, and nothing of it is run."""

import json
import re
from dataclasses import dataclass

_MOST_TEXT = 16 * 1024 * 1024
_DEEPEST = 40
_LOOK = 40
"""Lines that are looked at to tell whether a text is YAML."""
_KEY = re.compile(
    r"(\"(?:[^\"\\]|\\.){0,200}\"|'(?:[^']|''){0,200}'|[^\s\-#&*!|>%@`'\"\[{,;:][^:\n,;|\t]{0,200}?) ?:(?:\s+|$)"
)
_ITEM = re.compile(r"-(?:\s+|$)")
_COMMENT = re.compile(r"\s#.*$")
_UNSUPPORTED = re.compile(r"[&*!]\w")
_NOTHING = frozenset(("", "null", "Null", "NULL", "~"))


@dataclass(frozen=True)
class _Line:
    indent: int
    text: str


class _NotYaml(Exception):
    """The text is something else, or uses more of YAML than lists and objects."""


def as_json(text: bytes, name: str) -> bytes | None:
    """The JSON of a YAML text; None for any other text. `name` may end in `.yaml` or `.yml`."""
    if len(text) > _MOST_TEXT:
        return None
    named = name.casefold().endswith((".yaml", ".yml"))
    try:
        plain = text.decode("utf-8-sig")
        if not named and not _looks_like_yaml(plain[:4_096]):
            return None
        return json.dumps(_Reader(_lines(plain)).whole(), ensure_ascii=False).encode()
    except (_NotYaml, UnicodeDecodeError, RecursionError):
        return None


def _looks_like_yaml(head: str) -> bool:
    """Whether the first lines are a list of objects with several keys each, perhaps under one name."""
    lines = [line.rstrip() for line in head.splitlines()[:_LOOK] if line.strip() and not line.lstrip().startswith("#")]
    lines = [line for line in lines if line != "---"]
    if lines and _KEY.fullmatch(lines[0]) and not lines[0].startswith((" ", "-")):
        lines = lines[1:]
    bare = [line.lstrip() for line in lines]
    items = [at for at, line in enumerate(bare) if (mark := _ITEM.match(line)) and _KEY.match(line[mark.end() :])]
    keys = [line for line in bare if _KEY.match(line)]
    return bool(items) and items[0] == 0 and len(keys) + len(items) >= 0.9 * len(lines) and len(keys) >= 2


def _lines(text: str) -> list[_Line]:
    made: list[_Line] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#") or (not made and stripped == "---"):
            continue
        if stripped in ("---", "..."):
            if stripped == "...":
                break
            raise _NotYaml
        blanks = line[: len(line) - len(line.lstrip())]
        if "\t" in blanks:
            raise _NotYaml
        made.append(_Line(len(blanks), line.rstrip()[len(blanks) :]))
    return made


class _Reader:
    """Reads lines once, from the first to the last."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._at = 0

    def whole(self) -> object:
        if not self._lines:
            raise _NotYaml
        value = self._block(self._lines[0].indent, 0)
        if self._at < len(self._lines) or not isinstance(value, list | dict):
            raise _NotYaml
        return value

    def _block(self, indent: int, depth: int) -> object:
        if depth > _DEEPEST:
            raise _NotYaml
        line = self._lines[self._at]
        if _ITEM.match(line.text):
            return self._list(indent, depth)
        if _KEY.match(line.text):
            return self._object(indent, depth)
        raise _NotYaml

    def _list(self, indent: int, depth: int) -> list[object]:
        made: list[object] = []
        while self._at < len(self._lines) and self._lines[self._at].indent == indent:
            line = self._lines[self._at]
            mark = _ITEM.match(line.text)
            if mark is None:
                break
            rest = line.text[mark.end() :]
            if not rest:
                self._at += 1
                made.append(self._below(indent, depth))
            elif _KEY.match(rest) or _ITEM.match(rest):
                inner = indent + mark.end()
                self._lines[self._at] = _Line(inner, rest)
                made.append(self._block(inner, depth + 1))
            else:
                self._at += 1
                made.append(_value(rest))
        return made

    def _object(self, indent: int, depth: int) -> dict[str, object]:
        made: dict[str, object] = {}
        while self._at < len(self._lines) and self._lines[self._at].indent == indent:
            line = self._lines[self._at]
            key = _KEY.match(line.text)
            if key is None or _ITEM.match(line.text):
                break
            rest = line.text[key.end() :]
            if rest[:1] not in ("'", '"'):
                rest = _COMMENT.sub("", rest).rstrip()
            self._at += 1
            name = str(_value(key[1]))
            if name in made:
                raise _NotYaml
            if rest[:1] in ("|", ">") and len(rest) <= 3:
                made[name] = self._text(indent)
            elif rest:
                made[name] = _value(rest)
            else:
                made[name] = self._below(indent, depth, lists_may_stand_here=True)
        return made

    def _below(self, indent: int, depth: int, *, lists_may_stand_here: bool = False) -> object:
        """What stands further to the right below a name or a dash; a list may stand below its name itself."""
        if self._at == len(self._lines):
            return None
        line = self._lines[self._at]
        if line.indent > indent or (lists_may_stand_here and line.indent == indent and _ITEM.match(line.text)):
            return self._block(line.indent, depth + 1)
        return None

    def _text(self, indent: int) -> str:
        lines: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at].indent > indent:
            lines.append(self._lines[self._at].text)
            self._at += 1
        return "\n".join(lines)


def _value(text: str) -> object:
    text = text.strip()
    if text[:1] == '"':
        try:
            return json.loads(text)
        except ValueError:
            raise _NotYaml from None
    if text[:1] == "'":
        if len(text) < 2 or text[-1] != "'":
            raise _NotYaml
        return text[1:-1].replace("''", "'")
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    if _UNSUPPORTED.match(text):
        raise _NotYaml
    return None if text in _NOTHING else text
