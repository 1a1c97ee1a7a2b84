"""One click saves what was decided as `shop.brine`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st

from lib import insights
from lib.errors import UserError
from lib.insights import criterion_text
from lib.orders import Orders, hash_ids
from lib.parsing.names import ascii_letters
from lib.project import (
    MIN_PASSPHRASE,
    SUFFIX,
    Corrections,
    CustomerHistory,
    ExploreSettings,
    Project,
    ProjectModel,
    ReadingSettings,
    SavedQuery,
    SavedSegment,
    Snapshot,
    encryption_available,
    key_check_of,
    snapshot_of,
    write_project,
)
from lib.project.contents import MAX_MODELS
from lib.project.encryption import MAX_PASSPHRASE
from lib.tables import DateOrder
from lib.ui import cached, model_store, resuming
from lib.ui.kept_work import KEEP_SECONDS
from lib.ui.page import say
from lib.ui.state import Session, name_of, session, trained_result
from lib.ui.widgets import model_name

MOST_NAME = 80


@dataclass(frozen=True)
class Choice:
    """A model that can be saved in the project; `load` gives it when the file is made."""

    name: str
    sha256: str
    load: Callable[[], ProjectModel]


def save() -> None:
    """Name, models, and whether the customers travel too; then the download."""
    mine = session()
    name = st.text_input(
        say("project.name"),
        mine.project.name or _usual_name(mine),
        max_chars=MOST_NAME,
        key=f"project-name-{mine.project.name}",
    )
    choices = {one.sha256: one for one in models_at_hand(mine)}
    picked = list(choices)
    if choices:
        picked = st.multiselect(
            say("project.models"),
            list(choices),
            default=picked[:MAX_MODELS],
            format_func=lambda key: choices[key].name,
            max_selections=MAX_MODELS,
            key=f"project-models-{len(choices)}-{picked[0][:12]}",
        )
    history, passphrase = _with_customers(mine)
    project = collect(mine, name.strip())
    wanted = [choices[key] for key in picked]
    st.download_button(
        say("project.save"),
        partial(_bytes, project, wanted, history, mine.saved_models, passphrase),
        file_name=f"{_file_stem(name)}{SUFFIX}",
        mime="application/zip",
        type="primary",
        icon=":material/save:",
        on_click="ignore",
        key="project-save",
        width="stretch",
    )
    st.caption(_contents(project, len(wanted), customers=history is not None))


def forget() -> None:
    """What the server keeps for a reload, and a button that removes it."""
    st.caption(say("project.forget_about", minutes=KEEP_SECONDS / 60))
    with st.popover(say("project.forget"), icon=":material/delete_sweep:", key="forget"):
        st.markdown(say("project.forget_sure"))
        st.button(say("project.forget_now"), icon=":material/delete:", key="forget-now", on_click=resuming.forget)


def _bytes(
    project: Project,
    wanted: list[Choice],
    history: Callable[[], CustomerHistory] | None,
    saved_models: set[str],
    passphrase: str,
) -> bytes:
    models = tuple(one.load() for one in wanted)
    saved_models.update(one.card.pipeline_sha256 for one in models if one.card is not None)
    travelling = history() if history is not None else None
    whole = replace(project, models=models, history=travelling)
    return write_project(whole, saved_on=date.today(), passphrase=passphrase)


def _usual_name(mine: Session) -> str:
    if mine.reading.simulated:
        return say("sample.name")
    if mine.reading.query is not None:
        return name_of(mine.reading)[:MOST_NAME]
    return ", ".join(without_ending(upload.name) for upload in mine.reading.uploads)[:MOST_NAME]


def without_ending(name: str) -> str:
    """The name of a file without the ending of its format and of its compression."""
    plain = re.sub(r"(?i)(?<=.)\.(gz|bz2|xz|zst|zip)$", "", name)
    return plain.rpartition(".")[0] or plain


def _file_stem(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters(name).lower()).strip("-")[:40] or "shop"


def _contents(project: Project, models: int, *, customers: bool) -> str:
    """What the file will hold, in one line."""
    counts = {
        "models": models,
        "segments": len(project.explore.segments),
        "campaigns": len(project.campaigns),
        "corrections": len(project.reading.corrections),
    }
    return say("project.holds_customers" if customers else "project.holds", parts=parts_of(counts))


def parts_of(counts: Mapping[str, int]) -> list[str]:
    """What a project holds in words: the settings, and each of `models`, `segments`, `campaigns` and `corrections` that
    there is one of."""
    there = [say(f"project.part_{name}", count=count) for name, count in counts.items() if count]
    return [say("project.part_settings"), *there]


def _with_customers(mine: Session) -> tuple[Callable[[], CustomerHistory] | None, str]:
    """The order history, where the visitor wants it in the file and there is one; and the passphrase, if any."""
    try:
        orders = cached.orders_of(mine.reading) if cached.kind_of(mine.reading) == "orders" else None
    except UserError:
        orders = None  # Data says why
    if orders is None:
        return None, ""
    with st.expander(say("project.customers"), icon=":material/group:"):
        st.markdown(say("project.customers_about"))
        ways = ["no", "hashed", "plain"]
        if mine.reading.hash_key:
            ways = ["no", "hashed"]
        way = st.radio(
            say("project.customers"),
            ways,
            format_func=lambda key: say(f"project.customers_{key}"),
            key="project-customers",
            label_visibility="collapsed",
        )
        if way == "hashed" and not mine.reading.hash_key:
            secret_field(mine, "save")
            if not mine.project.key:
                st.caption(say("project.secret_needed"))
                return None, ""
        passphrase = _passphrase() if way != "no" else ""
    if way == "no" or passphrase is None:
        return None, ""
    if way == "plain":
        return lambda: CustomerHistory(orders, pseudonymised=False), passphrase
    return partial(_hashed, orders, "" if mine.reading.hash_key else mine.project.key), passphrase


def _passphrase() -> str | None:
    """What the visitor types to encrypt the orders with; empty for none, None where it is too short."""
    if not encryption_available():
        return ""
    written = st.text_input(
        say("project.passphrase"), type="password", autocomplete="off", max_chars=MAX_PASSPHRASE,
        help=say("project.passphrase_help"), key="project-passphrase", width=420,
    )  # fmt: skip
    if written and len(written) < MIN_PASSPHRASE:
        st.caption(say("project.short_passphrase", needed=MIN_PASSPHRASE))
        return None
    return str(written)


def _hashed(orders: Orders, key: str) -> CustomerHistory:
    return CustomerHistory(hash_ids(orders, key.encode()) if key else orders, pseudonymised=True)


def secret_field(mine: Session, place: str) -> None:
    """Where the visitor types the secret of campaigns and of pseudonymised customers; one line once it is known.

    `place` tells apart the places on a page that ask for it.
    """
    if mine.project.key:
        st.caption(f":material/key: {say('project.secret_known')}")
        return
    key = f"project-secret-{place}"
    st.text_input(
        say("project.secret"),
        type="password",
        autocomplete="off",
        max_chars=200,
        help=say("project.secret_help"),
        key=key,
        on_change=_take_secret,
        args=(key,),
        width=420,
    )
    if mine.project.wrong_key:
        st.error(say("project.wrong_key"), icon=":material/error:")


def _take_secret(key: str) -> None:
    """The secret that was typed is kept for this session, unless the restored project was saved with another."""
    state, written = session().project, str(st.session_state[key]).strip()
    state.wrong_key = bool(written and state.key_check) and key_check_of(written.encode()) != state.key_check
    state.key = "" if state.wrong_key else written


def secret_of(mine: Session) -> str:
    """The secret by which customers are hashed: that of Data, else that of the project; empty without one."""
    return mine.reading.hash_key or mine.project.key


# ---------------------------------------------------------------------------------------------- what a session decided


def models_at_hand(mine: Session) -> tuple[Choice, ...]:
    """The model trained last, those of the project, and those saved on this server; each once."""
    found: dict[str, Choice] = {}
    for model in mine.project.models:
        found[model.sha256] = Choice(model.name, model.sha256, partial(_same, model))
    made = trained_result()
    if made is not None:  # while a better one is looked for, the quick one
        data = made.files["pickle"]
        model = ProjectModel(model_name(made.card), "pickle", data, _sha256(data), made.card)
        found.setdefault(model.sha256, Choice(model.name, model.sha256, partial(_same, model)))
    try:
        saved = model_store.store().list()
    except UserError:
        saved = ()  # Models says why
    for one in saved:
        load = partial(_stored, one.key, one.name, one.format.key, one.sha256)
        found.setdefault(one.sha256, Choice(one.name, one.sha256, load))
    return tuple(found.values())


def _same(model: ProjectModel) -> ProjectModel:
    return model


def _stored(key: str, name: str, format: str, sha256: str) -> ProjectModel:
    store = model_store.store()
    return ProjectModel(name, format, store.read(key), sha256, store.find(key).card)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def collect(mine: Session, name: str) -> Project:
    """Everything that was decided in this session, without models and customers."""
    secret = secret_of(mine)
    return Project(
        name=name,
        reading=reading_settings(mine),
        explore=explore_settings(mine),
        campaigns=mine.project.campaigns,
        snapshot=snapshot(mine),
        key_check=key_check_of(secret.encode()) or mine.project.key_check,
    )


def reading_settings(mine: Session) -> ReadingSettings:
    """How files are read. With nothing loaded, what the restored project said."""
    reading, before = mine.reading, mine.project.settings or ReadingSettings()
    prints = dict.fromkeys((*mine.remembered, *mine.remembered_personal, *mine.remembered_dates))
    corrections = tuple(
        Corrections(
            one,
            dict(mine.remembered[one]) if mine.remembered.get(one) else None,
            mine.remembered_personal.get(one),
            _dates(mine.remembered_dates.get(one, ())),
        )
        for one in prints
    )
    fingerprint = before.fingerprint
    if not reading.empty:
        try:
            fingerprint = cached.proposed(cached.tables_of(reading)[0], reading).fingerprint
        except UserError:
            return ReadingSettings(corrections=corrections)  # Data says why
    if reading.empty:
        return ReadingSettings(
            before.sample, fingerprint, before.kind, before.sheet, before.left_out, before.options,
            before.pseudonymised, corrections, before.query,
        )  # fmt: skip
    asked = reading.query
    query = SavedQuery(asked.connection, asked.sql) if asked is not None else before.query
    return ReadingSettings(
        reading.simulated, fingerprint, reading.kind, reading.sheet, reading.left_out, reading.options,
        bool(reading.hash_key), corrections, query,
    )  # fmt: skip


def _dates(decided: tuple[tuple[str, DateOrder], ...]) -> dict[str, Literal["day", "month"]]:
    return {column: "month" if order == "month" else "day" for column, order in decided if order in ("day", "month")}


def explore_settings(mine: Session) -> ExploreSettings:
    """Filters and saved segments of Explore."""
    address: dict[str, str] = st.session_state.get("explore-address", {})
    view = mine.exploring.link or address
    segments = {one.name: one for one in mine.project.segments}
    segments |= {
        name: SavedSegment(name, tuple(criterion_text(one) for one in criteria))
        for name, criteria in mine.exploring.saved.items()
    }
    segments |= {name: SavedSegment(name, criteria) for name, criteria in mine.exploring.unfit.items()}
    return ExploreSettings(dict(view), tuple(segments.values()))


def snapshot(mine: Session) -> Snapshot | None:
    """The figures of the orders that are loaded, for next month's comparison; without them, those of the project."""
    try:
        if cached.kind_of(mine.reading) != "orders":
            return mine.project.snapshot
        size: insights.Size = cached.size_of(mine.reading)
        currency = cached.orders_of(mine.reading).currency
    except UserError:
        return mine.project.snapshot
    return snapshot_of(size, currency)
