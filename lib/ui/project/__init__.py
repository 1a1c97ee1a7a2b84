"""The parts of the Project page, and what other pages call: restoring, saving, campaigns."""

from lib.ui.project.campaigns import campaigns, keep_campaign
from lib.ui.project.changed import changed
from lib.ui.project.restoring import drop, fill_in_query, open_anywhere, restored_note
from lib.ui.project.saving import forget, save
from lib.ui.project.summary import summary

__all__ = [
    "campaigns",
    "changed",
    "drop",
    "fill_in_query",
    "forget",
    "keep_campaign",
    "open_anywhere",
    "restored_note",
    "save",
    "summary",
]
