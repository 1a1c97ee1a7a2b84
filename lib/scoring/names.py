"""Column names compared without case, accents and punctuation."""

import re

from lib.parsing.names import MAX_NAME, ascii_letters


def fold(name: str) -> str:
    """A name without case, accents, blanks and punctuation: `Último pedido (días)` → `ultimopedidodias`."""
    return re.sub(r"[^a-z0-9]+", "", ascii_letters(name).casefold()) or name[:MAX_NAME].casefold().strip()
