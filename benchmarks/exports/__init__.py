"""Exports of systems by area, each a header row and habits of its own, with known figures."""

from benchmarks.exports import (
    accounting,
    further,
    later,
    marketplaces,
    payments,
    pitfalls,
    platforms,
    reports,
    services,
    several_files,
    shops,
    structures,
    subscriptions,
)

KINDS = (
    *marketplaces.KINDS,
    *payments.KINDS,
    *accounting.KINDS,
    *shops.KINDS,
    *subscriptions.KINDS,
    *services.KINDS,
    *further.KINDS,
    *platforms.KINDS,
    *structures.KINDS,
    *later.KINDS,
    *reports.KINDS,
    *several_files.KINDS,
    *pitfalls.KINDS,
)
