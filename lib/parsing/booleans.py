"""Words for yes and no in the languages that shops export in."""

from lib.parsing.names import normalized

YES_WORDS = frozenset(
    {"1", "1.0", "true", "t", "yes", "y", "on"}
    | {"sí", "sì", "si", "s", "verdadero", "vrai", "oui", "o", "wahr", "ja", "j", "sim", "verdadeiro", "vero", "waar"}
    | {"tak", "kyllä", "kylla", "evet", "да", "はい", "是"}
)
"""Without case; what spreadsheets, databases and shops write for true."""

NO_WORDS = frozenset(
    {"0", "0.0", "false", "f", "no", "n", "off"}
    | {"falso", "faux", "non", "falsch", "nein", "não", "nao", "onwaar", "nee", "nej", "nei"}
    | {"nie", "ei", "hayır", "hayir", "нет", "いいえ", "否"}
)
"""Without case; what spreadsheets, databases and shops write for false."""


_LONGEST = 20
"""Characters of a text that are looked at: no word for yes or no is longer."""


def parse_yes_no(text: str) -> bool | None:
    """True or False for a word of `YES_WORDS` or `NO_WORDS`, None for any other; case and outer blanks don't count."""
    word = normalized(text.strip()[:_LONGEST], "NFC").casefold()
    if word in YES_WORDS:
        return True
    return False if word in NO_WORDS else None
