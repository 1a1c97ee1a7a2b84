"""Nested records, as JSON and XML hold them → flat rows: one per record, or per item where only items have money."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from xml.etree import ElementTree

from lib.tables import names
from lib.tables.told_twice import Told, first_told, tell_the_same, told_of

Record = Mapping[str, object]

_DEEPEST = 6
"""Objects within objects in which the list of records is looked for."""
_LOOK = 100


_DEEPEST_VALUE = 100
_KEY_OF_RECORD = re.compile(r"-?[A-Za-z_]{0,12}[-_#]?\d[\w-]*|-[\w-]{10,}|[\w-]{20,}")
"""Names that number or key a record, and name no field: `item3`, `-NxYz0123456`, `A1001`."""
_LEAST_SHARED = 2
"""Fields that records have in common."""


def unwrapped(value: object, depth: int = 0) -> object:
    """What an interface or a database wrapped around lists is taken off: `{"edges": [{"node": {…}}]}` and
    `{"nodes": […]}` of GraphQL, and objects whose names are the keys of records: `{"-NxA10…": {…}, "-NxB11…": {…}}`.

    The key of a record stays in it as `key`, where the record has no such field.
    """
    if depth > _DEEPEST_VALUE:
        return value
    if isinstance(value, list):
        items = [unwrapped(item, depth + 1) if isinstance(item, dict | list) else item for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if not isinstance(value, dict):
        return value
    edges = value.get("edges")
    if isinstance(edges, list) and edges and all(map(_holds_node, edges)):
        return [unwrapped(edge["node"], depth + 1) for edge in edges]
    nodes = value.get("nodes")
    if isinstance(nodes, list) and set(value) <= {"nodes", "pageInfo", "totalCount", "edges", "__typename"}:
        return unwrapped(nodes, depth + 1)
    inner = {name: held for name, held in value.items() if isinstance(held, dict | list)}
    changed = {name: new for name, held in inner.items() if (new := unwrapped(held, depth + 1)) is not held}
    inside: Record = {**value, **changed} if changed else value
    if _keys_records(inside):
        return [{"key": name, **record} for name, record in inside.items() if isinstance(record, dict)]
    return inside


def _holds_node(edge: object) -> bool:
    return isinstance(edge, dict) and isinstance(edge.get("node"), dict)


def _is_keyed(name: str, record: Record) -> bool:
    """Whether a name keys the one record that it holds, and names no answer around a list (`getOrdersResponse_2024`)
    and no part of a record (`contact1`): of `item1` and `line1`, one may be all, and says its money."""
    if any(are_records(held) for held in record.values()):
        return False
    return len(re.findall(r"\d", name)) > 2 or name.startswith("-") or any(map(names.names_an_amount, record))


def _keys_records(value: Record) -> bool:
    """Whether all names of an object are keys of records with the same fields."""
    records = [record for record in value.values() if isinstance(record, dict)]
    if not records or len(records) < len(value) or not all(map(_KEY_OF_RECORD.fullmatch, value)):
        return False
    if len(records) == 1 and not _is_keyed(next(iter(value)), records[0]):
        return False
    if not any(name.startswith("-") or re.search(r"\d", name) for name in value):
        return False  # long names of fields: `{"billing_contact_details": {…}, "delivery_contact_details": {…}}`
    if all(name.isdigit() for name in value):
        return False  # numbers of rows, of which `records_inside` knows more
    shared = set(records[0])
    for record in records[1:_LOOK]:
        shared &= set(record)
    return len(shared) >= _LEAST_SHARED


def records_inside(whole: Record) -> list[object]:
    """The records that one object wraps.

    `{"orders": [{…}]}` at any depth, `{"columns": […], "data": [[…]]}`, also with the columns' types or within a
    schema, and what tables by columns or by row numbers
    look like: `{"total": {"0": 5, "1": 7}}`, `{"0": {"total": 5}, "1": {"total": 7}}`.
    """
    if (beside := _heading_beside_rows(whole)) is not None:
        return beside
    values = list(whole.values())
    inner = [value for value in values if isinstance(value, dict)]
    if len(inner) == len(values) > 1:
        if all(str(name).isdigit() for name in whole):
            return list(inner)
        numbers = list(inner[0])
        if numbers and all(name.isdigit() for name in numbers) and all(list(value) == numbers for value in inner):
            return [{name: column[number] for name, column in zip(whole, inner, strict=True)} for number in numbers]
    return _lists_beside(whole) or _first_list(whole, 0) or [whole]


_NAMES_OF_COLUMNS = ("name", "column_name", "columnName", "label", "title", "field")


def _heading_beside_rows(whole: Record) -> list[object] | None:
    """A list of columns and a list of rows, each as long as the other says, as the answers of databases hold them."""
    parts = list(whole.values())
    parts += [inner for part in parts if isinstance(part, dict) for inner in part.values()]
    lists = [part for part in parts if isinstance(part, list) and part]
    tables = [table for part in lists if (table := _rows_of_cells(part))]
    for part in lists:
        heading = _column_names(part)
        others = [len(other) for other in lists if other is not part and are_records(other)]
        for rows in tables:
            fits = heading and all(isinstance(row, list) and len(row) == len(heading) for row in rows[:_LOOK])
            if fits and len(rows) >= max(others, default=0):
                return [heading, *rows]
    return None


def _rows_of_cells(part: list[object]) -> list[object]:
    """Rows as lists of cells, also as `{"f": [{"v": "5.00"}]}`; none where the list holds something else."""
    if all(isinstance(row, list) for row in part[:_LOOK]):
        return part
    wrapped = [row.get("f") if isinstance(row, dict) and set(row) == {"f"} else None for row in part]
    if not all(isinstance(row, list) for row in wrapped):
        return []
    return [[cell.get("v") if isinstance(cell, dict) else cell for cell in row] for row in wrapped if row is not None]


def _column_names(part: list[object]) -> list[object]:
    """The names of columns: texts, or the names of objects that describe one each."""
    if all(isinstance(name, str) for name in part):
        return part if len(set(map(str, part))) == len(part) else []
    if not all(isinstance(column, dict) and len(column) <= 12 for column in part):
        return []
    for key in _NAMES_OF_COLUMNS:
        found = [column.get(key) for column in part if isinstance(column, dict)]
        if all(isinstance(name, str) and name for name in found) and len(set(map(str, found))) == len(found):
            return list(found)
    return []


_SAME_FIELDS = 0.8
"""Share of the fields of two lists of records that both have, from which on they are parts of one table."""


_DOCUMENTS = frozenset(
    (
        "order", "orders", "sale", "sales", "invoice", "invoices", "bill", "bills", "receipt", "receipts",
        "transactions", "pedido", "pedidos", "venta", "ventas", "factura", "facturas", "bestellung", "bestellungen",
        "rechnung", "rechnungen", "verkaufe", "commande", "commandes", "vente", "ventes", "facture", "factures",
        "ordine", "ordini", "vendita", "vendite", "fattura", "fatture", "encomenda", "encomendas", "venda", "vendas",
        "fatura", "faturas",
    )
)  # fmt: skip
"""Kinds of documents: lists of which one says another kind than the others are about the same sales."""


def _lists_beside(whole: Record) -> list[object] | None:
    """The records of several lists with the same fields, as of an object whose names are months; each keeps the name
    of its list as `key`. None where there are no two such lists, or others beside them, where one is named for other
    things (`orders` beside `invoices` or `abandoned`), or where most of one stand in another once more."""
    lists = {name: held for name, held in whole.items() if isinstance(held, list) and held}
    if any(names.names_no_sales(name) or names.names_beside_sales(name) for name in lists):
        return None
    if len({_DOCUMENTS & set(names.tokens(name)) for name in lists}) > 1:
        return None
    if len(lists) < 2 or len(lists) < len([held for held in whole.values() if isinstance(held, list | dict) and held]):
        return None
    fields = []
    for held in lists.values():
        if not are_records(held):
            return None
        fields.append({name for record in held[:_LOOK] if isinstance(record, dict) for name in record})
    shared, every = set.intersection(*fields), set.union(*fields)
    if len(shared) < max(_LEAST_SHARED, _SAME_FIELDS * len(every)):
        return None
    seen: set[str] = set()
    for held in lists.values():
        said = {json.dumps(record, sort_keys=True, default=str) for record in held}
        if len(said & seen) > 0.5 * len(said):
            return None
        seen |= said
    lists = _told_once(lists)
    if len(lists) == 1:
        return next(iter(lists.values()))
    return [{"key": name, **record} for name, held in lists.items() for record in held if isinstance(record, dict)]


def _told_once(lists: Mapping[str, list[object]]) -> dict[str, list[object]]:
    """The lists without those that tell the sales of another once more: as they were paid, or order by order."""
    told = {name: _told(held) for name, held in lists.items()}
    kept = dict(lists)
    for one, other in combinations(lists, 2):
        left, right = told[one], told[other]
        if left is not None and right is not None and {one, other} <= kept.keys() and tell_the_same(left, right):
            del kept[other if first_told(left, right) else one]
    return kept


def _told(held: Sequence[object]) -> Told | None:
    records = [_flat(record) for record in held if isinstance(record, dict)]
    fields = dict.fromkeys(name for record in records[:_LOOK] for name in record)
    return told_of(
        [(name, ["" if (cell := record.get(name)) is None else str(cell) for record in records]) for name in fields]
    )


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
    """Every record as one flat row; as one row per item where the record itself says no money and its items do, or
    the items of these: customers with lists of orders, which have lists of lines."""
    bare = _with_refunds([_without_node(record) for record in records])
    inside = ""
    for _ in range(_DEEPEST):
        field = _items_field(bare, inside)
        if field is None:
            break
        path, last = field
        parted: list[Record] = []
        for record in bare:
            above = _without(record, (*path, last))
            parted += [_with_item(above, last, item) for item in _items_of(record, path, last)] or [above]
        bare, inside = parted, last
    return [_flat(record) for record in bare]


_REFUNDS = frozenset(
    ("refunds", "refund", "refund lines", "order refunds", "refunded items", "reembolsos", "erstattungen")
)
_GIVEN_BACK = ("amount", "total", "refund_amount", "total_refunded", "refunded_amount", "total_amount", "value")
_REFUNDED_LINES = ("refund_line_items", "line_items", "items", "lines")
_FAILED = frozenset(
    (
        "failed", "failure", "error", "pending", "cancelled", "canceled", "voided", "rejected", "declined", "denied",
        "requested", "open", "expired", "requires_action",
    )
)  # fmt: skip


def _with_refunds(records: list[Record]) -> list[Record]:
    """Records whose list of refunds holds money, with the sum of it as a field of their own beside the list.

    Where a refund says its money in none of the usual ways, or a field says already what was refunded, they stay.
    """
    look = records[:_LOOK]
    fields = [name for name in dict.fromkeys(name for record in look for name in record) if _is_refunds(name)]
    if any("refunded" in name.casefold() for record in look for name in _flat(record)):
        return records
    for name in fields:
        lists = [record.get(name) for record in records]
        if not any(are_records(held) for held in lists):
            continue
        sums = [_refunded(held) for held in lists]
        if None not in sums:
            column = f"{name}.amount"
            return [{**record, column: total} for record, total in zip(records, sums, strict=True)]
    return records


def _is_refunds(name: str) -> bool:
    return name.replace("_", " ").casefold() in _REFUNDS


def _refunded(held: object) -> float | None:
    """What a list of refunds gave back; None where one of them does not say."""
    if not isinstance(held, list):
        return 0.0
    parts = [_of_refund(refund) if isinstance(refund, dict) else None for refund in held]
    known = [part for part in parts if part is not None]
    return round(sum(known), 4) if len(known) == len(parts) else None


def _of_refund(refund: Record) -> float | None:
    """Its payments, its own amount or that of its lines with their tax; nothing where it says that it failed."""
    if any(str(refund.get(name)).strip().casefold() in _FAILED for name in ("status", "state")):
        return 0.0
    payments = refund.get("transactions")
    if isinstance(payments, list) and payments:
        paid = [
            part for part in payments if isinstance(part, dict) and str(part.get("status")).casefold() not in _FAILED
        ]
        sums = [_money(part.get("amount")) for part in paid]
        return None if None in sums else sum(money for money in sums if money is not None)
    for name in _GIVEN_BACK:
        if (money := _money(refund.get(name))) is not None:
            return money
    for name in _REFUNDED_LINES:
        lines = refund.get(name)
        if isinstance(lines, list) and are_records(lines):
            goods = [
                next(filter(None, (_money(line.get(key)) for key in ("subtotal", *_GIVEN_BACK))), None)
                for line in lines
            ]
            if None in goods:
                return None
            taxes = [_money(line.get("total_tax")) or 0.0 for line in lines]
            return sum(money for money in goods if money is not None) + sum(taxes)
    return None


def _money(value: object) -> float | None:
    """A figure without its sign, also within an object: `{"value": "5.00", "currency": "EUR"}`."""
    if isinstance(value, dict):
        return next((found for name in ("amount", "value") if (found := _money(value.get(name))) is not None), None)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        money = abs(float(value))
    except ValueError:
        return None
    return money if money < 1e15 else None


def _with_item(above: Record, name: str, item: Record) -> Record:
    """A record with one of its items in place of them all."""
    return {**{key: value for key, value in above.items() if key != name}, name: item}


def _without_node(record: Record) -> Record:
    """GraphQL wraps each record once more: `{"node": {…}, "cursor": …}`."""
    node = record.get("node")
    return node if isinstance(node, dict) and set(record) <= {"node", "cursor"} else record


def _items_field(records: Sequence[Record], inside: str) -> tuple[tuple[str, ...], str] | None:
    """Where the records' items are, in the field `inside` or anywhere: the path to the list and its name; None where
    the records say their own money. Items with money are asked first, then those whose items have it."""
    look = records[:_LOOK]
    flat = [_flat(record) for record in look]
    own = {name for row in flat for name, value in row.items() if not isinstance(value, str) or value[:1] not in "[{"}
    if any(names.names_an_amount(name.rsplit(".", 1)[-1]) for name in own):
        return None
    for deepest in (0, _DEEPEST):
        found: Counter[tuple[tuple[str, ...], str]] = Counter()
        for record in look:
            for path, name, items in _lists(record, ()):
                if (not inside or path[:1] == (inside,)) and _says_money(items, deepest):
                    found[path, name] += 1
        field, hits = found.most_common(1)[0] if found else (None, 0)
        if hits >= 0.5 * len(look):
            return field
    return None


def _says_money(items: Sequence[Record], deepest: int) -> bool:
    """Whether items have money, or items of their own that have, `deepest` lists further down at most."""
    if any(names.names_an_amount(key.rsplit(".", 1)[-1]) for key in {key for item in items for key in _flat(item)}):
        return True
    inner = [within for item in items[:_LOOK] for _, _, within in _lists(item, ())] if deepest else []
    return any(_says_money(within[:_LOOK], deepest - 1) for within in inner[:_LOOK])


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
