"""What a page did, as a notebook or a script: with Brine's functions, or in pandas and scikit-learn alone."""

from lib.notebooks.stand_alone import Source
from lib.notebooks.stand_alone import steps as stand_alone_steps
from lib.notebooks.steps import Step, to_notebook, to_script
from lib.notebooks.with_brine import Work, scoring_steps, titles, training_steps

__all__ = [
    "Source",
    "Step",
    "Work",
    "scoring_steps",
    "stand_alone_steps",
    "titles",
    "to_notebook",
    "to_script",
    "training_steps",
]
