"""The theme is made once, by names inside Streamlit: when these change, this fails."""

import inspect
from pathlib import Path
from types import SimpleNamespace

from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session

from lib.ui import theme_message

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def populated(populate) -> NewSession:
    """Filled in the order in which Streamlit does it."""
    message = NewSession()
    theme = message.custom_theme
    for section in SECTIONS:
        part = theme
        for name in section.split(".")[1:]:
            part = getattr(part, name)
        populate(part, section) if section != "theme" else populate(part)
    return message


def test_streamlit_has_the_names_that_are_replaced():
    source = Path(app_session.__file__).read_text()
    assert "def _populate_theme_msg(msg: CustomThemeConfig, section: str = " in source
    assert source.count("_populate_theme_msg(") == len(SECTIONS) + 1


def test_the_browser_gets_the_same_theme_each_time():
    plain = inspect.unwrap(app_session._populate_theme_msg)
    expected = populated(plain)
    once = theme_message._once(plain, {})
    assert expected.custom_theme.dark.background_color, "the theme of .streamlit/config.toml is not read"
    assert [populated(once).SerializeToString(deterministic=True) for _ in range(2)] == [
        expected.SerializeToString(deterministic=True)
    ] * 2


def test_it_is_made_once_and_again_when_the_settings_were_read_again():
    calls: list[str] = []

    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        calls.append(section)
        message.primary_color = f"#{len(calls):06d}"

    made: dict[str, CustomThemeConfig] = {}
    once = theme_message._once(populate, made)
    first, second, third = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
    once(first)
    once(second)
    made.clear()
    once(third)
    assert [one.primary_color for one in (first, second, third)] == ["#000001", "#000001", "#000002"]


def test_what_a_session_changes_in_its_message_reaches_no_other():
    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        message.primary_color = "#123456"

    once = theme_message._once(populate, {})
    mine, other = CustomThemeConfig(), CustomThemeConfig()
    once(mine)
    mine.primary_color = "#ffffff"
    once(other)
    assert other.primary_color == "#123456"


def test_installing_twice_wraps_once():
    module = SimpleNamespace(_populate_theme_msg=lambda message, section="theme": None)
    theme_message.install(module)
    wrapped = module._populate_theme_msg
    theme_message.install(module)
    assert module._populate_theme_msg is wrapped
