"""Why a file is not opened: a stable reason, facts for the sentence, and the technical account."""

from collections.abc import Mapping

from lib.errors import Fact


class Rejection(Exception):
    """Raised inside the worker by whatever finds the fault; the page's sentence is `gate.<reason>`.

    `technical` is for the reader who clicks for it: names, offsets, figures. It never decides anything.
    """

    def __init__(self, reason: str, technical: str = "", **facts: Fact) -> None:
        super().__init__(reason, technical)
        self.reason = reason
        self.technical = technical
        self.facts: Mapping[str, Fact] = facts
