"""What recipes, columns, groups, metrics and other keys of a card are called; a key that is not known, as it stands."""

from __future__ import annotations

from lib import segments, text
from lib.card import Card, Group


def recipe(language: str, key: str) -> str:
    """The method's name."""
    return text.label(language, f"recipes.{key}", key)


def column(language: str, name: str) -> str:
    """A column in plain words where it is one of Brine's own features, else as the table calls it."""
    return text.label(language, f"features.name.{name}", name)


def unit(language: str, key: str) -> str:
    """A unit of a feature."""
    return text.label(language, f"features.unit.{key}", key)


def group(language: str, shown: Group) -> str:
    """A group's name, with its suffix if two groups share one."""
    return segments.group_name(language, shown)


def group_in_chart(language: str, shown: Group) -> str:
    """A group's name where there is little space."""
    return group(language, shown)


def metric(language: str, name: str) -> str:
    """A metric's name."""
    return text.label(language, f"report.metric.{name}", name)


def is_known_metric(language: str, name: str) -> bool:
    """Whether this version can say what a metric means."""
    return text.knows(language, f"report.metric.{name}")


def metric_about(language: str, name: str) -> str:
    """What a metric says, in a sentence; empty for one that is not known."""
    return text.label(language, f"report.about.{name}")


def peer(language: str, key: str) -> str:
    """A method that the model is compared with: a baseline, or a recipe."""
    return text.label(language, f"report.baseline.{key}", recipe(language, key))


def baseline(language: str, card: Card) -> str:
    """What the card's baseline is."""
    return peer(language, card.baseline_name) if card.baseline_name else text.say(language, "report.compared")


def left_out_reason(language: str, key: str) -> str:
    """Why a column is not used."""
    return text.label(language, f"training.left_out.{key}", key)


def sentence(language: str, key: str) -> str:
    """A sentence that a card names by its key (a limit, a reason, an action); empty for one that is not known."""
    return text.label(language, key)


def training_step(language: str, key: str) -> str:
    """What a training is doing."""
    return text.label(language, key, key)
