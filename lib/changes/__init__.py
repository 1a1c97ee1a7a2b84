"""What changed since a project was saved: figures with their reasons, segments, models, campaigns.

Every function takes the whole order history: what happened before `since` is compared with what happened after it.
"""

from lib.changes.figures import PeriodFigures, Reasons, Revised
from lib.changes.models import (
    ModelMonth,
    Retrained,
    compare_retrained,
    final_question,
    question_again,
)
from lib.changes.month import CampaignEffect, Changes, since_of, what_changed
from lib.changes.report import html_report
from lib.changes.sections import Section, sections

__all__ = [
    "CampaignEffect",
    "Changes",
    "ModelMonth",
    "PeriodFigures",
    "Reasons",
    "Retrained",
    "Revised",
    "Section",
    "compare_retrained",
    "final_question",
    "html_report",
    "question_again",
    "sections",
    "since_of",
    "what_changed",
]
