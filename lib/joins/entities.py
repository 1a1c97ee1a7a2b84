"""What the rows of a table are (orders, items, customers …), by its file's name; which columns are named like keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from lib.layouts.names import parted_words
from lib.tables import Table

_WORDS = tomllib.loads(Path(__file__).with_name("entity_words.toml").read_text(encoding="utf-8"))

ENTITIES = {word: entity for entity, words in _WORDS["entities"].items() for word in words.split()}
"""Word of a file's name → what its rows are."""
KEY_WORDS = frozenset(_WORDS["keys"]["words"].split())

REFUND_WORDS = frozenset(_WORDS["refunds"]["words"].split())

_OF_OTHERS = frozenset({"item", "payment", "review", "category"})
"""What a name says beside the thing that it belongs to, in either order: order items, lineas de pedido."""


def stem(table: Table) -> str:
    """The table's name without folder and suffix; the sheet's, where it is one of a workbook."""
    return re.sub(r"\.[A-Za-z0-9.]{1,12}$", "", table.sheet or table.name.rsplit("/", 1)[-1])


def entity_of(table: Table) -> str:
    """What a row is, empty if the name doesn't say: `olist_order_items_dataset` and `itens_pedido` → item."""
    known = [ENTITIES[word] for word in parted_words(stem(table)) if word in ENTITIES]
    parts = [entity for entity in known if entity in _OF_OTHERS]
    return (parts or known or [""])[-1]


def holds_refunds(table: Table) -> bool:
    """Whether the name of a file says that its rows are money given back."""
    said = parted_words(stem(table))
    together = ("".join(said[at : at + size]) for size in (1, 2, 3) for at in range(len(said)))  # credit_notes
    return not REFUND_WORDS.isdisjoint(together)


def holds_payments(table: Table) -> bool:
    """Whether the name of a file, or of a column that numbers its rows, says that these are payments."""
    if entity_of(table) == "payment":
        return True
    named = [parted_words(str(column)) for column in table.frame.columns]
    return any(
        is_key_name(said) and key_entity(said) == {"payment"} and table.frame[column].is_unique
        for column, said in zip(table.frame.columns, named, strict=True)
    )


def is_key_name(words: Sequence[str]) -> bool:
    """Whether a column of this name can be a key, or refer to one."""
    return any(word in KEY_WORDS for word in words) or list(words) in (["email"], ["e", "mail"])


def key_entity(words: Sequence[str]) -> frozenset[str]:
    """What a key's name says beside being a key, in one form: `pedido_id`, `id_pedido` and `order_id` are the same."""
    return frozenset(ENTITIES.get(word, word) for word in words if word not in KEY_WORDS)
