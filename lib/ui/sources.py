"""What pages have in hand that others can use: the loaded data, the trained model, the saved models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from lib.card import Card
from lib.errors import UserError
from lib.layouts import TableKind
from lib.orders import Orders
from lib.project import ProjectModel
from lib.schema import CUSTOMER_ID
from lib.store import Saved
from lib.tables import Table
from lib.ui import cached, model_store
from lib.ui.state import session, trained_result


@dataclass(frozen=True)
class Loaded:
    """The files uploaded on Data."""

    kind: TableKind
    key: str
    name: str
    orders: Orders | None = None
    table: Table | None = None
    emails: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ModelBytes:
    """A model's file and what to call it."""

    name: str
    data: bytes = field(repr=False)


def loaded() -> Loaded | None:
    """The files uploaded on Data, if they can be read."""
    reading = session().reading
    if reading.empty:
        return None
    try:
        tables = cached.tables_of(reading)
        found = cached.understood(tables[0], reading)
        if found.kind != "orders":
            return Loaded(found.kind, reading.key, tables[0].name, table=tables[0])
        mails = cached.emails_of(reading)
        return Loaded("orders", reading.key, tables[0].name, orders=cached.orders_of(reading), emails=mails)
    except UserError:
        return None  # Data tells why


def trained_model() -> ModelBytes | None:
    """The model that was trained last in this session."""
    made = trained_result()
    return ModelBytes("model.pkl", made.files["pickle"]) if made is not None else None


def saved_models() -> dict[str, str]:
    """Key → name of every saved model that this visitor may see, and of those of the project; of the place none where
    it cannot be read, which Models reports."""
    saved = _listed()
    mine = models_of_project(saved)
    return {one.key: one.name for one in saved} | {key: model.name for key, model in mine.items()}


def models_of_project(saved: Sequence[Saved] | None = None) -> dict[str, ProjectModel]:
    """Key → model for those of the project that are not among the saved models (by default, those of this server)."""
    known = {one.sha256 for one in (_listed() if saved is None else saved)}
    return {f"{OF_PROJECT}{model.sha256}": model for model in session().project.models if model.sha256 not in known}


def _listed() -> tuple[Saved, ...]:
    try:
        return model_store.store().list()
    except UserError:
        return ()


OF_PROJECT = "project:"
"""How the key of a model begins that is in the visitor's project alone."""


def saved_model(key: str) -> bytes:
    """The file of a saved model, or of one of the project. Raises UserError if it is gone."""
    if not key.startswith(OF_PROJECT):
        return model_store.store().read(key)
    wanted = key.removeprefix(OF_PROJECT)
    for model in session().project.models:
        if model.sha256 == wanted:
            return model.data
    raise UserError("store.gone")


def scores_of_customers() -> pd.DataFrame | None:
    """The scores last made on Predict of the orders that are loaded: one row per scored customer, the index named
    `customer_id`, one column per score. None where other customers were scored, or none."""
    state = session().predicting
    brought, scores, here = state.brought, state.scores, loaded()
    if brought is None or scores is None or here is None or brought.orders is None:
        return None
    if not brought.key.startswith(f"{here.key}@") or CUSTOMER_ID not in scores.table.columns:
        return None
    scored = scores.table.loc[scores.frame.index]
    return scored.set_index(scored[CUSTOMER_ID].astype("str").rename(CUSTOMER_ID))[list(scores.score_columns)]


JUST_TRAINED = "just trained"


def group_models(columns: Sequence[str]) -> dict[str, tuple[str, Card]]:
    """Segment models that could be retrained on a table with these columns: key → name ("" for the one just
    trained) and card."""
    made = trained_result()
    found: dict[str, tuple[str, Card]] = {}
    if made is not None:
        found[JUST_TRAINED] = ("", made.card)
    cards = ((f"{OF_PROJECT}{model.sha256}", model.name, model.card) for model in session().project.models)
    found |= {key: (name, card) for key, name, card in cards if card is not None}
    found |= {saved.key: (saved.name, saved.card) for saved in _listed()}
    return {
        key: (name, card)
        for key, (name, card) in found.items()
        if card.goal == "groups" and {column.name for column in card.columns} <= set(columns)
    }
