"""The parts of the Predict page, in the order in which a person meets them."""

from lib.ui.predicting.action import action
from lib.ui.predicting.campaign import campaign_effect, choose_task
from lib.ui.predicting.column_mapping import map_columns
from lib.ui.predicting.customers import Customers, choose_customers
from lib.ui.predicting.explanation import explanation
from lib.ui.predicting.model import choose_model, follow_saved_model, headline, use_saved_model, use_trained_model
from lib.ui.predicting.results import backtest, caveats, results, still_right
from lib.ui.predicting.scored import scored
from lib.ui.predicting.single_customer import single_customer

__all__ = [
    "Customers",
    "action",
    "campaign_effect",
    "caveats",
    "choose_customers",
    "choose_model",
    "choose_task",
    "explanation",
    "follow_saved_model",
    "headline",
    "backtest",
    "map_columns",
    "single_customer",
    "results",
    "scored",
    "still_right",
    "use_saved_model",
    "use_trained_model",
]
