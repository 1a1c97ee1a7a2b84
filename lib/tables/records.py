"""Nested records, as JSON and XML hold them → flat rows: one per record, or per item where only items have money."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from lib.tables import names

Record = Mapping[str, object]

_DEEPEST = 6
"""Objects within objects in which the list of records is looked for."""
_LOOK = 100


def records_inside(whole: Record) -> list[object]:
    """The records that one object wraps.

    `{"orders": [{…}]}` at any depth, `{"columns": […], "data": [[…]]}`, and what tables by columns or by row numbers
    look like: `{"total": {"0": 5, "1": 7}}`, `{"0": {"total": 5}, "1": {"total": 7}}`.
    """
    heading, rows = whole.get("columns"), whole.get("data")
    if isinstance(heading, list) and isinstance(rows, list):
        return [heading, *rows]
    values = list(whole.values())
    inner = [value for value in values if isinstance(value, dict)]
    if len(inner) == len(values) > 1:
        if all(str(name).isdigit() for name in whole):
            return list(inner)
        numbers = list(inner[0])
        if numbers and all(name.isdigit() for name in numbers) and all(list(value) == numbers for value in inner):
            return [{name: column[number] for name, column in zip(whole, inner, strict=True)} for number in numbers]
    return _first_list(whole, 0) or [whole]


def _first_list(whole: Record, depth: int) -> list[object] | None:
    """The first list of records, level by level."""
    for value in whole.values():
        if are_records(value) and isinstance(value, list):
            return value
    if depth < _DEEPEST:
        for value in whole.values():
            if isinstance(value, dict) and (found := _first_list(value, depth + 1)) is not None:
                return found
    return None


_PARTS = 12
"""Parts up to which a list may be a header, a database and a table."""


def one_table_inside(parts: list[object]) -> list[object]:
    """The rows of the one table in a list of a few parts, as phpMyAdmin writes them; other lists as they are."""
    if not are_records(parts) or len(parts) > _PARTS:
        return parts
    tables = [
        part["data"]
        for part in parts
        if isinstance(part, dict) and part.get("type") == "table" and isinstance(part.get("data"), list)
    ]
    return tables[0] if len(tables) == 1 and are_records(tables[0]) else parts


def are_records(value: object) -> bool:
    """Whether a value is a list of objects."""
    return isinstance(value, list) and bool(value) and all(isinstance(record, dict) for record in value[:_LOOK])


def flat_rows(records: Sequence[Record]) -> list[dict[str, object]]:
    """Every record as one flat row; as one row per item where the record itself says no money and its items do."""
    bare = [_without_node(record) for record in records]
    field = _items_field(bare)
    if field is None:
        return [_flat(record) for record in bare]
    rows: list[dict[str, object]] = []
    for record in bare:
        path, last = field
        above = _flat(_without(record, (*path, last)))
        items = _items_of(record, path, last)
        rows += [above | _flat(item, f"{last}.") for item in items] or [above]
    return rows


def _without_node(record: Record) -> Record:
    """GraphQL wraps each record once more: `{"node": {…}, "cursor": …}`."""
    node = record.get("node")
    return node if isinstance(node, dict) and set(record) <= {"node", "cursor"} else record


def _items_field(records: Sequence[Record]) -> tuple[tuple[str, ...], str] | None:
    """Where the records' items are: the path to the list and its name; None where the records say their own money."""
    look = records[:_LOOK]
    flat = [_flat(record) for record in look]
    own = {name for row in flat for name, value in row.items() if not isinstance(value, str) or value[:1] not in "[{"}
    if any(names.names_an_amount(name.rsplit(".", 1)[-1]) for name in own):
        return None
    found: Counter[tuple[tuple[str, ...], str]] = Counter()
    for record in look:
        for path, name, items in _lists(record, ()):
            held = {key for item in items for key in _flat(item)}
            if any(names.names_an_amount(key.rsplit(".", 1)[-1]) for key in held):
                found[path, name] += 1
    if not found:
        return None
    field, hits = found.most_common(1)[0]
    return field if hits >= 0.5 * len(look) else None


def _lists(record: Record, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str, list[Record]]]:
    found: list[tuple[tuple[str, ...], str, list[Record]]] = []
    for name, value in record.items():
        if isinstance(value, list) and are_records(value):
            found.append((path, name, value))
        elif isinstance(value, dict) and len(path) < _DEEPEST:
            found += _lists(value, (*path, name))
    return found


def _items_of(record: Record, path: Sequence[str], last: str) -> list[Record]:
    inside: object = record
    for name in (*path, last):
        inside = inside.get(name) if isinstance(inside, dict) else None
    return [item for item in inside if isinstance(item, dict)] if isinstance(inside, list) else []


def _without(record: Record, path: Sequence[str]) -> Record:
    """The record without what stands at that path."""
    first, *rest = path
    if not rest:
        return {name: value for name, value in record.items() if name != first}
    inner = record.get(first)
    return {**record, first: _without(inner, rest)} if isinstance(inner, dict) else record


def _flat(record: Record, prefix: str = "") -> dict[str, object]:
    """`{"customer": {"id": 1}}` → `{"customer.id": 1}`; lists stay as they are written."""
    found: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, dict) and prefix.count(".") < 3:
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = (
                json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
            )
    return found


_DEEPEST_ELEMENT = 40


def xml_records(root: ElementTree.Element) -> list[Record]:
    """The records of a document: the elements that repeat, on the highest level on which any do; empty where none do.

    Attributes and child elements are a record's fields; elements that repeat within a record are lists of records.
    """
    level = [root]
    for _ in range(_DEEPEST):
        children = [child for element in level for child in element]
        if not children:
            return []
        tag, count = Counter(child.tag for child in children).most_common(1)[0]
        if count > 1:
            same = [child for child in children if child.tag == tag]
            lists = _repeated_tags(same, 0)
            return [value for child in same if isinstance(value := _xml_value(child, lists, 0), dict)]
        level = children
    return []


def _repeated_tags(elements: Sequence[ElementTree.Element], depth: int) -> frozenset[str]:
    """Tags of which some element has several among its children."""
    found: set[str] = set()
    if depth < _DEEPEST_ELEMENT:
        for element in elements:
            found |= {tag for tag, count in Counter(child.tag for child in element).items() if count > 1}
            found |= _repeated_tags(list(element), depth + 1)
    return frozenset(found)


def _plain_tag(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


_OF_ORDERS = frozenset(("item", "product", "article", "line", "position", "option", "extra", "service", "artikel"))
"""Elements that are rows of an order, each with a name of its own: not its columns."""


def _named_cells(element: ElementTree.Element) -> dict[str, object]:
    """The cells of a row whose columns are elements named by an attribute: `<field name="total">5</field>`."""
    children = list(element)
    if len(children) < 2 or any(len(child) or set(child.attrib) - {"name", "type", "null"} for child in children):
        return {}
    columns = [child.get("name", "") for child in children]
    if _plain_tag(children[0].tag).casefold() in _OF_ORDERS:
        return {}
    if not all(columns) or len(set(columns)) < len(columns) or len({child.tag for child in children}) > 1:
        return {}
    return {name: (child.text or "").strip() for name, child in zip(columns, children, strict=True)}


def _xml_value(element: ElementTree.Element, lists: frozenset[str], depth: int) -> object:
    text = (element.text or "").strip()
    if depth >= _DEEPEST_ELEMENT:
        return text
    fields: dict[str, object] = {_plain_tag(name): value for name, value in element.attrib.items()}
    named = _named_cells(element)
    if named:
        return fields | named
    for child in element:
        name, value = _plain_tag(child.tag), _xml_value(child, lists, depth + 1)
        if child.tag in lists:
            held = fields.setdefault(name, [])
            if isinstance(held, list):
                held.append(value if isinstance(value, dict) else {"value": value})
        else:
            fields.setdefault(name, value)
    if not fields:
        return text
    return fields | ({"value": text} if text else {})
