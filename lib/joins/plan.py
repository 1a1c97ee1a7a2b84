"""Which table's rows are the order lines, and which links bring whatever else they need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lib.joins.keys import Link
from lib.joins.parts import Part, has_money, is_history, is_whole, offered_roles

NEVER_JOINED = frozenset({"seller", "review"})
"""What says nothing about who bought what for how much; its names and places would be taken for the customer's."""
SUMMED = frozenset({"payment"})
MAX_CHILDLESS = 0.02
"""Where more of the orders have no items than this share, and the orders have totals, the totals are used."""


def best_plan(parts: Sequence[Part], links: Sequence[Link]) -> tuple[Part | None, list[Link]]:
    """The table whose rows are the lines, and the links that bring it whatever else it needs."""
    plans = []
    for part in parts:
        if part.entity in NEVER_JOINED or part.entity == "customer":
            continue
        taken, roles = _reach(part, parts, links)
        if _adds_nothing(part, parts, taken):
            continue
        if taken and is_whole(roles) and not _loses_orders(part, parts, taken):
            plans.append((_rank(part), part, taken))
    if not plans:
        return None, []
    _, base, taken = max(plans, key=lambda plan: plan[0])
    return base, taken


def payments_beside(base: Part, parts: Sequence[Part], links: Sequence[Link], taken: Sequence[Link]) -> Link | None:
    """The link of a table of payments that was not needed for amounts: what was paid can be compared with them."""
    by_name = {part.name: part for part in parts}
    seen = {base.name} | {link.parent for link in taken}
    joined = seen | {link.child for link in taken}
    return next(
        (
            link
            for link in links
            if by_name[link.child].entity in SUMMED
            and link.child not in joined
            and link.parent in seen
            and has_money(by_name[link.child].roles)
        ),
        None,
    )


def _adds_nothing(base: Part, parts: Sequence[Part], links: Sequence[Link]) -> bool:
    """Whether rows are parcels of orders that are a history by themselves: neither goods nor money is known of them."""
    by_name = {part.name: part for part in parts}
    lines = {"product", "product_code", "quantity", "amount", "unit_price"} & base.roles
    return not lines and any(link.child == base.name and is_history(by_name[link.parent]) for link in links)


def _loses_orders(base: Part, parts: Sequence[Part], links: Sequence[Link]) -> bool:
    """Whether orders with a total of their own have no rows in the base: their money would be lost without a word."""
    by_name = {part.name: part for part in parts}
    return any(
        is_history(by_name[link.parent]) and link.childless > MAX_CHILDLESS * len(by_name[link.parent].table.frame)
        for link in links
        if link.child == base.name
    )


def _rank(part: Part) -> tuple[bool, bool, bool, int]:
    """Lines before payments, tables with prices before others, fine rows before coarse ones."""
    lines = part.entity == "item" or bool({"product", "product_code", "quantity"} & part.roles)
    money = bool({"amount", "unit_price", "order_total"} & part.roles)
    return part.entity not in SUMMED, money, lines, len(part.table.frame)


def _reach(base: Part, parts: Sequence[Part], links: Sequence[Link]) -> tuple[list[Link], frozenset[str]]:
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
                or parent.entity in NEVER_JOINED
                or parent.entity in SUMMED
                or parent.entity == "item"
            ):
                continue
            more = _roles_beyond(parent, by_name, links, seen | {parent.name})
            if (offered_roles(parent) | more) - roles or parent.entity in ("order", "customer", "product"):
                seen.add(parent.name)
                roles |= offered_roles(parent)
                taken.append(link)
                queue.append(parent.name)
    if not has_money(roles):
        for link in links:
            payer = by_name[link.child]
            if payer.entity in SUMMED and link.parent in seen and payer.name not in seen and has_money(payer.roles):
                taken.append(link)
                roles |= payer.roles & {"amount", "order_total", "currency"}
                break
    return taken, frozenset(roles)


def _roles_beyond(
    part: Part, by_name: Mapping[str, Part], links: Sequence[Link], seen: Collection[str]
) -> frozenset[str]:
    """The roles of all tables that a table leads to, each visited once: tables may lead to each other in any way."""
    roles = frozenset[str]()
    known, queue = set(seen), [part.name]
    while queue:
        here = queue.pop()
        for link in links:
            if link.child == here and link.parent not in known:
                known.add(link.parent)
                roles |= offered_roles(by_name[link.parent])
                queue.append(link.parent)
    return roles
