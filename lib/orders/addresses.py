"""E-mail addresses that stand in a cell with other text: `Ana Pérez <ana@x.com>`, `mailto:ana@x.com`, `ana@x.com;`."""

import pandas as pd
import pyarrow.compute as pc

from lib.orders.coding import as_text, plain

_ADDRESS = r"[\p{L}\p{N}._%+'&#/=?^{}~!$*|-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"
MOST_IDS = 0.8
"""Share of the different ids of a file that must hold an address for its customers to be known by their addresses."""


def bare_addresses(names: pd.Series) -> pd.Series:
    """Each text that holds one address as that address, without capitals; all others as they are.

    `names`: texts, each different one once.
    """
    words = plain(names)
    one = pc.equal(pc.count_substring_regex(words, _ADDRESS), 1)
    text = pc.replace_substring_regex(words, r"(?i)mailto:", "")
    found = pc.struct_field(pc.extract_regex(text, rf"(?P<address>{_ADDRESS})"), "address")
    return as_text(pc.if_else(pc.fill_null(one, False), pc.utf8_lower(found), words)).set_axis(names.index)


def are_addresses(names: pd.Series) -> bool:
    """Whether a file's customers are known by their e-mail addresses; `names`: each different one once.

    A number beside the address, as in `12 / ana@x.com`, tells customers apart as well.
    """
    if not len(names):
        return False
    words = plain(names)
    beside = pc.replace_substring_regex(words, _ADDRESS, "")
    alone = pc.and_not(pc.match_substring_regex(words, _ADDRESS), pc.match_substring_regex(beside, "[0-9]"))
    return bool((pc.sum(alone).as_py() or 0) >= MOST_IDS * len(names))
