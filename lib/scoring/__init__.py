"""Opened model + customers → scores, in the order given, with a reason for each row that cannot be scored.

Three steps, each of which a page can show before the next: `compare` holds table and model side by side, `prepare`
makes the rows ready and says which cannot be, `score` asks the model. All scores are those of the pipeline's own
`predict` (`predict_proba`, `transform`): nothing is corrected afterwards.
"""

from lib.scoring.answers import (
    FLAGS_COLUMN,
    PROBABILITY,
    Choices,
    Scores,
    asked_about,
    fill_in,
    form_row,
    score,
    score_columns,
    tolerated_missing,
)
from lib.scoring.applicability import ENOUGH_FOR_ONE_ANSWER, Caveat, caveats_of_history, caveats_of_scores
from lib.scoring.by_hand import KnownCustomer, features_by_hand
from lib.scoring.explain import Reason, explain
from lib.scoring.inputs import (
    REASON,
    ROW,
    emails,
    refused_rows,
    rows_from_orders,
    rows_from_table,
    takes_orders,
    with_corrections,
)
from lib.scoring.matching import Fit, Match, UnitDoubt, compare, unit_doubt, unit_factor
from lib.scoring.needs import FIRST_DAY, LAST_DAY, Need, important_first, needs_of
from lib.scoring.rows import (
    FLAGS,
    REFUSALS,
    Prepared,
    is_constant,
    missing_columns,
    needs_order_history,
    new_categories,
    outside_range,
    prepare,
    usual_limits,
)
from lib.scoring.summary import SecondGroup, Summary, histogram, second_group, summary
from lib.scoring.what_if import Scenario, scenario_row

__all__ = [
    "ENOUGH_FOR_ONE_ANSWER",
    "FIRST_DAY",
    "FLAGS",
    "FLAGS_COLUMN",
    "LAST_DAY",
    "PROBABILITY",
    "REASON",
    "REFUSALS",
    "ROW",
    "Caveat",
    "Choices",
    "Fit",
    "Scenario",
    "Match",
    "KnownCustomer",
    "Need",
    "Prepared",
    "Reason",
    "Scores",
    "SecondGroup",
    "Summary",
    "UnitDoubt",
    "asked_about",
    "caveats_of_history",
    "caveats_of_scores",
    "compare",
    "emails",
    "explain",
    "features_by_hand",
    "fill_in",
    "form_row",
    "histogram",
    "scenario_row",
    "important_first",
    "is_constant",
    "missing_columns",
    "needs_of",
    "needs_order_history",
    "new_categories",
    "outside_range",
    "prepare",
    "refused_rows",
    "rows_from_orders",
    "rows_from_table",
    "score",
    "score_columns",
    "second_group",
    "summary",
    "takes_orders",
    "tolerated_missing",
    "unit_doubt",
    "unit_factor",
    "usual_limits",
    "with_corrections",
]
