"""The parts of the Predict page, in the order in which a person meets them."""

from lib.ui.predicting.action import action
from lib.ui.predicting.customers import Customers, choose_customers
from lib.ui.predicting.fitting import hold_side_by_side
from lib.ui.predicting.model import choose_model, headline
from lib.ui.predicting.one import one_customer
from lib.ui.predicting.results import hindsight, results, still_right
from lib.ui.predicting.state import scored
from lib.ui.predicting.why import why

__all__ = [
    "Customers",
    "action",
    "choose_customers",
    "choose_model",
    "headline",
    "hindsight",
    "hold_side_by_side",
    "one_customer",
    "results",
    "scored",
    "still_right",
    "why",
]
