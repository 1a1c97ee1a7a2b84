"""From score to action: contact lists, control groups, files for mailing tools, and the measured effect of a
campaign."""

from lib.audience.costs import best_cut, cost_curve
from lib.audience.effect import (
    BandEffect,
    Effect,
    Interval,
    as_in_orders,
    detectable_uplift,
    difference_of_rates,
    measure_effect,
    required_customers,
)
from lib.audience.files import AUDIENCE_FILES, EMAIL, AudienceFile, hashed_email, read_lists, readable_list, with_emails
from lib.audience.selection import (
    BAND,
    CONTROL,
    VALUE,
    Economics,
    Selection,
    assign_control,
    choose,
    choose_by,
    expected_value,
    persons_of,
    score_column,
    with_bands,
)

__all__ = [
    "AUDIENCE_FILES",
    "BAND",
    "CONTROL",
    "EMAIL",
    "VALUE",
    "AudienceFile",
    "BandEffect",
    "Economics",
    "Effect",
    "Interval",
    "Selection",
    "as_in_orders",
    "assign_control",
    "best_cut",
    "choose",
    "choose_by",
    "cost_curve",
    "detectable_uplift",
    "difference_of_rates",
    "expected_value",
    "hashed_email",
    "measure_effect",
    "persons_of",
    "read_lists",
    "readable_list",
    "required_customers",
    "score_column",
    "with_bands",
    "with_emails",
]
