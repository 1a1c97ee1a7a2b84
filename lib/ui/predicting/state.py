"""This visitor's part of the session that belongs to Predict."""

from lib.ui.predict_session import PredictSession
from lib.ui.state import session


def predicting() -> PredictSession:
    """What this visitor has on Predict."""
    return session().predicting
