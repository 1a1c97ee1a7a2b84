"""The script that writes Streamlit's own words must leave alone what the server reads from the browser."""

from pathlib import Path

WORDS = Path(__file__).resolve().parents[2] / "lib" / "ui" / "words.js"


def test_the_browsers_own_language_is_never_set() -> None:
    """Set to the page's, it made the chosen language look like the browser's: the address lost it, and a reload too."""
    assert 'navigator, "language"' not in WORDS.read_text(encoding="utf-8")
