"""This visitor's part of the session that belongs to Predict."""

import hashlib

from lib.ui.lasting_keys import lasting
from lib.ui.predict_session import PredictSession
from lib.ui.state import session


def predicting() -> PredictSession:
    """What this visitor has on Predict."""
    return session().predicting


def of_model(key: str) -> str:
    """The key of a widget whose value is about the model that is open: another model's starts anew."""
    return lasting(f"{key}-{predicting().model_digest[:12]}")


def of_customers(key: str) -> str:
    """The key of a widget whose value is about the model and the customers at hand."""
    brought = predicting().brought
    customers = hashlib.sha256((brought.key if brought else "").encode()).hexdigest()
    return lasting(f"{key}-{predicting().model_digest[:12]}-{customers[:12]}")
