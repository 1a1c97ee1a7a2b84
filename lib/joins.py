"""Several tables of one shop (orders, their items, payments, customers, products) → one table of order lines.

A database dump or a set of exports keeps an order's date in one file and its lines in another. The tables are joined by
their keys: a column whose values are unique in one table (the parent) and refer to it from another (the child). Only
joins from child to parent are made, so no row is ever multiplied; payments, of which an order can have several, are
summed per order first. What found no partner is counted.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pandas as pd

from lib.errors import UserError
from lib.layouts import Understanding, understand
from lib.layouts.names import plain
from lib.logs import event
from lib.tables import DateOrder, Progress, Table, quiet, read_table, read_tables
from lib.tables.memory import Held

_LOG = logging.getLogger(__name__)

MIN_MATCHED = 0.5
"""A child refers to a parent if at least this share of its filled cells is found there, and the names agree."""
MIN_MATCHED_UNNAMED = 0.9
"""The same, where the names say nothing and only the values do."""
MIN_UNNAMED_VALUES = 10
"""Different values that a link without agreeing names needs."""
MAX_TABLES = 24

_ENTITIES: Mapping[str, str] = {
    word: entity
    for entity, words in {
        "order": "order orders pedido pedidos orden ordenes compra compras sale sales venta ventas invoice invoices "
        "factura facturas commande commandes bestellung bestellungen encomenda encomendas ordine ordini transaction "
        "transactions",
        "item": "item items line lines linea lineas detail details detalle detalles articulo articulos position "
        "positionen ligne lignes itens article articles",
        "payment": "payment payments pago pagos paiement paiements zahlung zahlungen pagamento pagamentos",
        "customer": "customer customers client clients cliente clientes clienti kunde kunden user users usuario "
        "usuarios buyer buyers comprador compradores member members account accounts",
        "product": "product products producto productos produit produits produkt produkte produto produtos prodotto "
        "prodotti catalog catalogue catalogo sku skus",
        "category": "category categories categoria categorias categorie kategorie kategorien",
        "seller": "seller sellers vendor vendors vendedor vendedores supplier suppliers proveedor proveedores staff "
        "employee employees empleado empleados store stores tienda tiendas warehouse warehouses fournisseur "
        "lieferant merchant merchants",
        "review": "review reviews resena resenas opinion opiniones rating ratings avis bewertung bewertungen",
    }.items()
    for word in words.split()
}
"""Word of a file's name → what its rows are."""

_KEY_NAMES = "id ids no nr num number numero code codigo key clave ref reference sku handle uuid guid n"
_KEY_WORDS = frozenset(_KEY_NAMES.split())
_NEVER_JOINED = frozenset({"seller", "review"})
"""What says nothing about who bought what for how much; its names and places would be taken for the customer's."""
_OF_OTHERS = frozenset({"item", "payment", "review", "category"})
"""What a name says beside the thing that it belongs to, in either order: order items, lineas de pedido."""
_SUMMED = frozenset({"payment"})
_MONEY = ("amount", "order_total", "order_discounted", "unit_price", "discount", "refunded")
_OF_A_LINE = ("ordered_at", "ordered_time", "quantity", *_MONEY)
"""Roles that one column only can play in an order line."""


@dataclass(frozen=True)
class Link:
    """`child_column` of one table refers to `parent_column` of another."""

    child: str
    parent: str
    child_column: str
    parent_column: str
    rows: int
    """Filled cells of the child's column."""
    unmatched: int
    """Those whose value is not in the parent."""
    childless: int
    """Rows of the parent that no row of the child refers to."""
    named: bool
    """Whether the names agree, too."""


@dataclass(frozen=True)
class Join:
    """How several tables became one."""

    base: str
    """The table whose rows are the order lines."""
    links: tuple[Link, ...]
    """In the order in which tables were joined."""


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    name: str
    error: UserError


@dataclass(frozen=True)
class Brought:
    """What several files are together: tables to clean as one history."""

    tables: tuple[Table, ...]
    join: Join | None = None
    """None where nothing was joined."""
    unused: tuple[str, ...] = ()
    """Tables that were read and have no part in it: they say nothing about orders, or no key connects them."""
    failures: tuple[Failure, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every table that was read, once, in a lasting order."""
        linked = [name for link in (self.join.links if self.join else ()) for name in (link.child, link.parent)]
        base = [self.join.base] if self.join else [table.name for table in self.tables]
        return tuple(sorted({*base, *linked, *self.unused}))


@dataclass(frozen=True)
class _Part:
    """Files with the same columns as one table, with what it is."""

    name: str
    entity: str
    table: Table
    found: Understanding
    roles: frozenset[str] = field(default_factory=frozenset)


def read_shop(
    files: Sequence[tuple[str, Held]],
    *,
    sheet: str | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    left_out: Collection[str] = (),
    progress: Progress = quiet,
) -> Brought:
    """Files, (name, bytes) each, as the tables of one history: read, joined where they are parts of one shop.

    A file that can't be read doesn't block the others: it is in `failures`. Raises its UserError if all fail.
    """
    failures: list[Failure] = []
    try:
        tables = read_tables(files, sheet=sheet, date_orders=date_orders, alike=False, progress=progress)
    except UserError:
        if len(files) < 2:
            raise
        good = []
        for name, data in files:
            try:
                read_tables([(name, data)], sheet=sheet, date_orders=date_orders, alike=False)
                good.append((name, data))
            except UserError as error:
                failures.append(Failure(name, error))
        if not good:
            raise failures[0].error from None
        if not failures:
            raise
        tables = read_tables(good, sheet=sheet, date_orders=date_orders, alike=False, progress=progress)
    brought = join_tables(tables, left_out=left_out)
    if sheet is None and len(tables) == 1 and len(files) == 1 and len(tables[0].sheets) > 1:
        brought = _joined_sheets(files[0], tables[0], date_orders or {}, left_out) or brought
    return replace(brought, failures=tuple(failures))


def _joined_sheets(
    file: tuple[str, Held], first: Table, date_orders: Mapping[str, DateOrder], left_out: Collection[str]
) -> Brought | None:
    """All sheets of a workbook as one history, where the chosen one is none by itself and keys connect them."""
    if _is_history(_part([first])):
        return None
    tables = []
    for sheet in first.sheets[:MAX_TABLES]:
        with suppress(UserError):
            table = read_table(file[1], file[0], sheet=sheet, date_orders=date_orders)
            tables.append(replace(table, name=sheet, sheets=()))
    brought = join_tables(tables, left_out=left_out)
    if brought.join is None:
        return None
    (made,) = brought.tables
    return replace(brought, tables=(replace(made, name=first.name),))


def join_tables(tables: Sequence[Table], *, left_out: Collection[str] = ()) -> Brought:
    """The tables of one shop as one table of order lines, where they are parts of one history.

    Files with the same columns (twelve months) count as one table. Tables that are each a whole history (two shops)
    stay as they are. `left_out` names tables that the user doesn't want to be joined.
    """
    wanted = [table for table in tables if table.name not in left_out] or list(tables)
    skipped = tuple(table.name for table in tables if all(table is not one for one in wanted))
    groups = _alike(wanted)
    if not 2 <= len(groups) <= MAX_TABLES:
        return Brought(tuple(wanted), unused=skipped)
    started = time.perf_counter()
    parts = [_part(group) for group in groups]
    histories = [_is_history(part) for part in parts]
    base, links = (None, list[Link]()) if all(histories) else _best_plan(parts, _links(parts))
    if base is None or not links:
        kept = histories if any(histories) else [at == 0 for at in range(len(parts))]
        chosen = [table for group, keep in zip(groups, kept, strict=True) if keep for table in group]
        others = [table.name for group, keep in zip(groups, kept, strict=True) if not keep for table in group]
        return Brought(tuple(chosen), unused=(*skipped, *others))
    frame = _joined(base, parts, links)
    used = {base.name, *(link.parent for link in links), *(link.child for link in links)}
    made = Table(
        frame,
        base.name,
        hashlib.sha256("".join(sorted(part.table.sha256 for part in parts)).encode()).hexdigest(),
        base.table.format,
        dates=_kept(parts, used, frame, lambda table: table.dates),
        currencies=_kept(parts, used, frame, lambda table: table.currencies),
    )
    event(_LOG, "joined", tables=len(used), rows=len(frame), seconds=time.perf_counter() - started)
    unused = (*skipped, *(part.name for part in parts if part.name not in used))
    return Brought((made,), Join(base.name, tuple(links)), unused)


# ------------------------------------------------------------------------------------------------ the parts


def _alike(tables: Sequence[Table]) -> list[list[Table]]:
    """Tables by their set of columns."""
    groups: dict[frozenset[str], list[Table]] = {}
    for table in tables:
        groups.setdefault(frozenset(plain(str(column)) for column in table.frame.columns), []).append(table)
    return list(groups.values())


def _part(group: Sequence[Table]) -> _Part:
    table = group[0]
    if len(group) > 1:
        columns = list(table.frame.columns)
        named = {plain(str(column)): column for column in columns}
        frames = [one.frame.rename(columns=lambda name: named[plain(str(name))])[columns] for one in group]
        table = replace(table, frame=pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True))
    found = understand(table)
    return _Part(table.name, _entity(table), table, found, frozenset(found.as_orders or found.roles))


def _stem(table: Table) -> str:
    return re.sub(r"\.[A-Za-z0-9.]{1,12}$", "", table.sheet or table.name.rsplit("/", 1)[-1])


def _entity(table: Table) -> str:
    """What a row is, by the file's name: `olist_order_items_dataset` and `itens_pedido` → item, `kunden` → customer."""
    known = [_ENTITIES[word] for word in plain(_stem(table)).split() if word in _ENTITIES]
    parts = [entity for entity in known if entity in _OF_OTHERS]
    return (parts or known or [""])[-1]


def _is_history(part: _Part) -> bool:
    return part.found.kind == "orders" and _whole(part.roles)


def _whole(roles: Collection[str]) -> bool:
    """Whether these roles are an order history."""
    who = {"customer_id", "email", "phone"} & set(roles)
    money = "amount" in roles or "order_total" in roles or "order_discounted" in roles or "unit_price" in roles
    return bool(who) and "ordered_at" in roles and money


# ------------------------------------------------------------------------------------------------ the keys


def _links(parts: Sequence[_Part]) -> list[Link]:
    """The best link between each two tables, if there is any."""
    keys = {part.name: _keys(part) for part in parts}
    columns = {part.name: _reference_columns(part) for part in parts}
    found = []
    for child in parts:
        for parent in parts:
            if child is parent:
                continue
            candidates = [
                link
                for parent_column, values in keys[parent.name].items()
                for child_column, cells in columns[child.name].items()
                if (link := _link(child, parent, (child_column, cells), (parent_column, values))) is not None
            ]
            if candidates:
                found.append(max(candidates, key=lambda link: (link.named, link.rows - link.unmatched)))
    return found


def _keys(part: _Part) -> dict[str, pd.Series]:
    """Columns whose filled values are unique, as text: what other tables can refer to."""
    columns = _reference_columns(part)
    return {
        name: cells for name, cells in columns.items() if len(cells) >= 0.98 * len(part.table.frame) and cells.is_unique
    }


def _reference_columns(part: _Part) -> dict[str, pd.Series]:
    """Columns that can be keys or refer to one, as text without blanks: no dates, decimals or flags."""
    found = {}
    for name in part.table.frame.columns:
        column = part.table.frame[name]
        if pd.api.types.is_datetime64_any_dtype(column) or pd.api.types.is_bool_dtype(column):
            continue
        cells = column.dropna()
        if pd.api.types.is_float_dtype(cells):
            if not len(cells) or not (cells % 1 == 0).all():
                continue
            cells = cells.astype("int64")
        text = cells.astype(str).str.strip()
        text = text[text != ""]
        if len(text) and text.head(1000).str.len().max() <= 80:
            found[str(name)] = text
    return found


def _link(child: _Part, parent: _Part, refers: tuple[str, pd.Series], key: tuple[str, pd.Series]) -> Link | None:
    child_column, cells = refers
    parent_column, values = key
    named = _names_agree(child_column, parent_column, child, parent)
    if not named and not _telling(values):
        return None
    matched = cells.isin(set(values))
    share = float(matched.mean())
    distinct = cells[matched].nunique()
    if named:
        good = share >= MIN_MATCHED or (distinct >= MIN_UNNAMED_VALUES and share >= MIN_MATCHED / 2)
    else:
        good = share >= MIN_MATCHED_UNNAMED and distinct >= MIN_UNNAMED_VALUES
    if not good:
        return None
    childless = int((~values.isin(set(cells))).sum())
    return Link(
        child.name, parent.name, child_column, parent_column, len(cells), int((~matched).sum()), childless, named
    )


def _names_agree(child_column: str, parent_column: str, child: _Part, parent: _Part) -> bool:
    """`order_id` and `order_id`; `order_id` and the `id` of orders; `id_pedido` and the `id` of pedidos."""
    left, right = plain(child_column).split(), plain(parent_column).split()
    if _entity_key(left, "") == _entity_key(right, "") != frozenset() and _is_key(left):
        return True
    if set(right) <= _KEY_WORDS and parent.entity:
        return parent.entity in _entity_key(left, "") and _is_key(left) and child.entity != parent.entity
    return left == right and _is_key(left)


def _is_key(words: Sequence[str]) -> bool:
    return any(word in _KEY_WORDS for word in words) or words in (["email"], ["e", "mail"])


def _entity_key(words: Sequence[str], default: str) -> frozenset[str]:
    """The words of a key's name in one form: `pedido_id`, `id_pedido` and `order_id` are the same."""
    named = frozenset(_ENTITIES.get(word, word) for word in words if word not in _KEY_WORDS)
    return named or (frozenset({default}) if default else frozenset())


def _telling(values: pd.Series) -> bool:
    """Whether equal values are no coincidence: 1, 2, 3 … stand in many tables, `a91f-77` or 5550147 don't."""
    head = values.head(200)
    return bool((head.str.len() >= 6).mean() > 0.9 and head.str.contains(r"\d").mean() > 0.9)


# ------------------------------------------------------------------------------------------------ the plan


def _best_plan(parts: Sequence[_Part], links: Sequence[Link]) -> tuple[_Part | None, list[Link]]:
    """The table whose rows are the lines, and the links that bring it whatever else it needs."""
    plans = []
    for part in parts:
        if part.entity in _NEVER_JOINED or part.entity == "customer":
            continue
        taken, roles = _reach(part, parts, links)
        if taken and _whole(roles):
            plans.append((_rank(part), part, taken))
    if not plans:
        return None, []
    _, base, taken = max(plans, key=lambda plan: plan[0])
    return base, taken


def _rank(part: _Part) -> tuple[bool, bool, bool, int]:
    """Lines before payments, tables with prices before others, fine rows before coarse ones."""
    lines = part.entity == "item" or bool({"product", "product_code", "quantity"} & part.roles)
    money = bool({"amount", "unit_price", "order_total"} & part.roles)
    return part.entity not in _SUMMED, money, lines, len(part.table.frame)


def _reach(base: _Part, parts: Sequence[_Part], links: Sequence[Link]) -> tuple[list[Link], frozenset[str]]:
    """Links from the base outwards, nearest first, each to a table that brings a role not there yet."""
    by_name = {part.name: part for part in parts}
    seen, roles, taken = {base.name}, set(base.roles), list[Link]()
    queue = [base.name]
    while queue:
        here = queue.pop(0)
        outgoing = sorted(
            (link for link in links if link.child == here), key=lambda link: (not link.named, link.unmatched)
        )
        for link in outgoing:
            parent = by_name[link.parent]
            if (
                parent.name in seen
                or parent.entity in _NEVER_JOINED
                or parent.entity in _SUMMED
                or parent.entity == "item"
            ):
                continue
            more = _roles_beyond(parent, by_name, links, seen | {parent.name})
            if (_offered(parent) | more) - roles or parent.entity in ("order", "customer", "product"):
                seen.add(parent.name)
                roles |= _offered(parent)
                taken.append(link)
                queue.append(parent.name)
    if not _has_money(roles):
        for link in links:
            payer = by_name[link.child]
            if payer.entity in _SUMMED and link.parent in seen and payer.name not in seen and _has_money(payer.roles):
                taken.append(link)
                roles |= payer.roles & {"amount", "order_total", "currency"}
                break
    return taken, frozenset(roles)


def _roles_beyond(
    part: _Part, by_name: Mapping[str, _Part], links: Sequence[Link], seen: Collection[str]
) -> frozenset[str]:
    """The roles of all tables that a table leads to."""
    roles = frozenset[str]()
    known = set(seen)
    for link in links:
        if link.child == part.name and link.parent not in known:
            known.add(link.parent)
            parent = by_name[link.parent]
            roles |= _offered(parent) | _roles_beyond(parent, by_name, links, known)
    return roles


def _has_money(roles: Collection[str]) -> bool:
    return bool({"amount", "order_total", "order_discounted", "unit_price"} & set(roles))


# ------------------------------------------------------------------------------------------------ the joined table


def _joined(base: _Part, parts: Sequence[_Part], links: Sequence[Link]) -> pd.DataFrame:
    """The base's rows with the columns of every parent, whose names say where they are from if they don't already."""
    by_name = {part.name: part for part in parts}
    own = [str(name) for name in base.table.frame.columns]
    names = {
        name: f"{base.entity} {name}" if base.entity and set(plain(name).split()) <= _KEY_WORDS else name
        for name in own
    }
    frame = base.table.frame.rename(columns=str).rename(columns=names).reset_index(drop=True)
    where: dict[tuple[str, str], str] = {(base.name, name): names[name] for name in own}
    roles = set(base.roles)
    for link in links:
        if link.parent in {table for table, _ in where} and link.child not in {table for table, _ in where}:
            frame = _with_payments(frame, by_name[link.child], link, where)
            continue
        parent = by_name[link.parent]
        added = parent.table.frame.rename(columns=str)
        keys = _as_key(added[link.parent_column])
        added = added.drop(columns=[link.parent_column, *_misleading(parent, link, roles)], errors="ignore")
        names = _names_for(parent, [str(name) for name in added.columns], set(frame.columns))
        roles |= _offered(parent)
        right = added.rename(columns=names)
        right = right[keys.notna()].set_axis(keys.dropna(), axis=0)
        right = right[~right.index.duplicated()]
        wanted = _as_key(frame[where[link.child, link.child_column]])
        taken = right.reindex(wanted).set_axis(frame.index, axis=0)
        frame = pd.concat([frame, taken], axis=1)
        where |= {(parent.name, column): name for column, name in names.items()}
        where[parent.name, link.parent_column] = where[link.child, link.child_column]
    return frame


def _offered(parent: _Part) -> frozenset[str]:
    """The roles that a parent's columns can play for its children: a customer's dates and totals are of no order."""
    return parent.roles - set(_OF_A_LINE) if parent.entity == "customer" else parent.roles


def _misleading(parent: _Part, link: Link, roles: Collection[str]) -> list[str]:
    """Columns of a parent that would be taken for the line's: the date a customer was created, a product's list price.

    A nearer table has them already. An order's own money is kept: it is the order's total (see `_names_for`).
    """
    own = parent.found.as_orders or parent.found.roles
    doubled = set(_OF_A_LINE) & set(roles) - ({"amount", "order_total"} if parent.entity == "order" else set())
    foreign = parent.roles - _offered(parent)
    return [column for role, column in own.items() if role in doubled | foreign and column != link.parent_column]


def _with_payments(frame: pd.DataFrame, payments: _Part, link: Link, where: dict[tuple[str, str], str]) -> pd.DataFrame:
    """The payments of each order, summed, on the order's row."""
    roles = payments.found.as_orders or payments.found.roles
    column = roles.get("amount") or roles.get("order_total") or ""
    paid = payments.table.frame[column].groupby(_as_key(payments.table.frame[link.child_column])).sum()
    name = column if column not in frame.columns and "payment" in plain(column) else f"payment {column}"
    wanted = _as_key(frame[where[link.parent, link.parent_column]])
    return frame.assign(**{name: paid.reindex(wanted).to_numpy()})


def _as_key(column: pd.Series) -> pd.Series:
    """Cells as the text by which tables are joined; missing where there is none."""
    if pd.api.types.is_float_dtype(column):
        column = column.where(column % 1 == 0).astype("Int64")
    text = column.astype("string").str.strip()
    return text.mask(text == "")


def _names_for(part: _Part, columns: Sequence[str], taken: Collection[str]) -> dict[str, str]:
    """`name` of customers → `customer name`; a name that says it, or that is taken by nobody else, stays."""
    entity = part.entity or _stem(part.table)
    names: dict[str, str] = {}
    played = part.found.as_orders or part.found.roles
    total = played.get("amount") or played.get("order_total") or ""
    for column in columns:
        if column == total and part.entity == "order" and "order total" not in taken:
            names[column] = "order total"  # repeated on every line: it must not be added up
            continue
        own = plain(column).split()
        says = any(_ENTITIES.get(word) == part.entity for word in own) or len(own) > 1
        name = column if says and column not in taken else f"{entity} {column}"
        while name in taken or name in names.values():
            name += " (2)"
        names[column] = name
    return names


T = TypeVar("T")


def _kept(
    parts: Sequence[_Part], used: Collection[str], frame: pd.DataFrame, what: Callable[[Table], Mapping[str, T]]
) -> dict[str, T]:
    """What was decided about columns that still have their name in the joined table."""
    found: dict[str, T] = {}
    for part in parts:
        if part.name in used:
            found = {name: value for name, value in what(part.table).items() if name in frame.columns} | found
    return found
