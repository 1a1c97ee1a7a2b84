"""A project's settings applied to files: the same clean orders as on the pages, without a page."""

from __future__ import annotations

from collections.abc import Sequence

from lib.errors import UserError
from lib.joins import Brought, read_shop
from lib.layouts import Understanding, understand, with_kind, with_personal, with_roles
from lib.orders import Orders, check_history, clean_all, hash_ids
from lib.project.contents import Project, ReadingSettings
from lib.project.files import key_check_of
from lib.project.history import with_history
from lib.tables import Table
from lib.tables.memory import Held


def read_with(files: Sequence[tuple[str, Held]], settings: ReadingSettings) -> Brought:
    """Files, (name, bytes) each, read as they were read when the project was saved. Raises UserError."""
    brought = read_shop(files, left_out=settings.left_out)
    first = brought.tables[0]
    sheet = settings.sheet if settings.sheet in first.sheets and settings.sheet != first.sheet else None
    corrected = settings.corrections_of(understand(first).fingerprint)
    dates = corrected.dates if corrected is not None else {}
    if sheet is None and not dates:
        return brought
    return read_shop(files, sheet=sheet, date_orders=dates, left_out=settings.left_out)


def understood_with(table: Table, settings: ReadingSettings) -> Understanding:
    """What a table is, with what was corrected about files that have its columns. Raises UserError."""
    found = understand(table)
    corrected = settings.corrections_of(found.fingerprint)
    if corrected is not None and corrected.roles:
        known = {role: name for role, name in corrected.roles.items() if not name or name in found.columns}
        found = with_roles(found, known)
    if settings.kind is not None and settings.fingerprint == found.fingerprint:
        found = with_kind(found, settings.kind)
    if corrected is not None and corrected.personal is not None:
        found = with_personal(found, [name for name in corrected.personal if name in found.columns])
    return found


def orders_with(files: Sequence[tuple[str, Held]], project: Project, *, key: bytes = b"") -> Orders:
    """The clean orders of new files, together with the history that the project may hold.

    `key`: the secret for pseudonymising, where the project asks for one. Raises UserError, also for a missing or wrong
    secret and for a history that is still encrypted and for files that could not be read.
    """
    if project.locked is not None:
        raise UserError("project.needs_passphrase")
    check_key(project, key)
    brought = read_with(files, project.reading)
    for failure in brought.failures:
        raise failure.error
    understood = [understood_with(table, project.reading) for table in brought.tables]
    for table, found in zip(brought.tables, understood, strict=True):
        if found.kind != "orders":
            raise UserError("data.not_orders", name=table.name)
    orders = clean_all(brought.tables, understood, options=project.reading.options)
    if needs_hashes(project):
        orders = hash_ids(orders, key)
    orders = with_history(orders, project.history)
    check_history(orders)
    return orders


def needs_hashes(project: Project) -> bool:
    """Whether customers' ids are replaced by keyed hashes when files are read with this project."""
    return project.reading.pseudonymised or (project.history is not None and project.history.pseudonymised)


def check_key(project: Project, key: bytes) -> None:
    """Raises UserError where the project needs a secret and this is not the one."""
    if needs_hashes(project) and not key:
        raise UserError("project.needs_key")
    if key and project.key_check and key_check_of(key) != project.key_check:
        raise UserError("project.wrong_key")
