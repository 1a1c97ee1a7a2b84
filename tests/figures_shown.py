"""Which figures a page shows: `AppTest` does not know the component of `lib/ui/figures.py`, so they are read from what
the page sends to it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class FigureShown:
    """One figure as the browser gets it."""

    alt: str
    spec: str
    """Data and layout as JSON, without the colours of the theme."""
    height: float
    clickable: bool
    clicks: int


def figures_shown(app: AppTest) -> list[FigureShown]:
    """The figures of the page, from above to below."""
    return [found for element in app.get("bidi_component") for found in figures_of(element.proto)]


def figures_of(message: Message) -> Iterator[FigureShown]:
    """The figure in a message to the component; none where it only fetches its library, or in any other message."""
    if is_component(message) and (data := json.loads(message.json)):
        yield FigureShown(data["alt"], data["figure"], data["height"], data["clickable"], data["clicks"])


def is_component(message: Message) -> bool:
    """Whether a message is to the component that draws figures."""
    return getattr(message, "component_name", "") == "brine_figure"
