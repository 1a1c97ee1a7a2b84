"""The theme as each run of a page sends it to the browser, made once.

Streamlit looks up a hundred and more settings for it at the beginning of every run, on its event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import ModuleType

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_INSTALLED = "_brine_theme_message"

Populate = Callable[..., None]


def install(module: ModuleType = app_session) -> None:
    """From now on, for every session. Later calls do nothing."""
    # Streamlit offers no setting for it; tests/ui/test_theme_message.py fails when these names change.
    if hasattr(module, _INSTALLED):
        return
    made: dict[str, CustomThemeConfig] = {}
    config.on_config_parsed(made.clear, force_connect=True)
    module._populate_theme_msg = _once(module._populate_theme_msg, made)  # type: ignore[attr-defined]
    setattr(module, _INSTALLED, True)


def _once(populate: Populate, made: dict[str, CustomThemeConfig]) -> Populate:
    @wraps(populate)
    def from_made(message: CustomThemeConfig, section: str = "theme") -> None:
        found = made.get(section)
        if found is None:
            found = CustomThemeConfig()
            populate(found, section)
            made[section] = found
        if found.ListFields():  # a section without settings leaves no trace in the message
            message.MergeFrom(found)

    return from_made
