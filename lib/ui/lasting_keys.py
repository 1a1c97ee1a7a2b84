"""Values of widgets that outlast their page, bounded: those of the keys that were used longest ago are forgotten.

What a visitor types about a model, a customer or a file is kept under a key that names it, so that it is there when the
visitor comes back. Streamlit keeps such values until the visit ends, and each model opened and each customer looked at
would add some.
"""

from __future__ import annotations

from collections import OrderedDict

import streamlit as st

MOST = 500
"""Keys of one visitor. A page uses at most about 150 at a time, those of the fields of one customer."""

_NAME = "brine-lasting-keys"


def lasting(key: str) -> str:
    """The key, marked as used now; to be called on each run that draws its widget."""
    used: OrderedDict[str, None] = st.session_state.setdefault(_NAME, OrderedDict())
    used[key] = None
    used.move_to_end(key)
    while len(used) > MOST:
        forgotten, _ = used.popitem(last=False)
        if forgotten in st.session_state:
            del st.session_state[forgotten]
    return key
