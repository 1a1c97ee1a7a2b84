"""Sessions that a reload, a second tab or a lost connection can resume: kept in memory, by browser, for a while.

A browser is recognised by a secret token (`lib/ui/resuming.py`); only hashes of tokens are kept here. Streamlit's own
sessions end with their tab, so the work of a tab is kept apart from them.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from lib.logs import event
from lib.ui.predict_session import PredictSession
from lib.ui.state import Session

TOKEN_BYTES = 32
KEEP_SECONDS = 30 * 60.0
"""How long work is kept after its last tab was closed …"""
TRAINING_SECONDS = 5 * 60.0
"""… and how long its training goes on."""
MOST_CLOSED = 60
"""Works kept whose tab is closed: of all visitors …"""
MOST_CLOSED_EACH = 3
"""… and of one browser."""
MOST_CLOSED_BYTES = 512 * 2**20
"""Of uploads and tables in them, all visitors together."""

_logger = logging.getLogger(__name__)

How = Literal["resumed", "copied"]


@dataclass
class _Work:
    owner: str
    session: Session
    visit: str
    """Streamlit's id of the tab that has it, or had it last."""
    seen: float
    """When its tab was last known to be open."""


class KeptWork:
    """The works of all visitors. `connected` says whether the tab of a visit is open."""

    def __init__(self, connected: Callable[[str], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._connected, self._clock = connected, clock
        self._lock = threading.Lock()
        self._works: list[_Work] = []
        self._secret = secrets.token_bytes(32)

    def new_token(self) -> str:
        """A token for a browser: 256 random bits, signed, so that a token that this server did not make is none."""
        random = secrets.token_hex(TOKEN_BYTES)
        return f"{random}.{self._signature(random)}"

    def is_token(self, token: str) -> bool:
        """Whether this server made the token since it started."""
        random, _, signature = token.partition(".")
        return token.isascii() and hmac.compare_digest(signature, self._signature(random))

    def owner_of(self, token: str, browser: str, user: str) -> str:
        """Who may resume a work: a hash of the token, of what the browser says it is, and of the signed-in user."""
        return hashlib.sha256(repr((token, browser, user)).encode()).hexdigest()

    def keep(self, owner: str, visit: str, session: Session) -> bool:
        """This tab shows that work. False where another tab has taken it over."""
        with self._lock:
            known = next((work for work in self._works if work.session is session), None)
            if known is None:
                self._works.append(_Work(owner, session, visit, self._clock()))
                return True
            if known.visit != visit:
                return False
            known.owner, known.seen = owner, self._clock()
            return True

    def resume(self, owner: str, visit: str) -> tuple[Session, How] | None:
        """The work that this browser left, or a copy of what another tab of it shows; None where there is neither."""
        with self._lock:
            now = self._clock()
            mine = [
                work
                for work in self._works
                if hmac.compare_digest(work.owner, owner)
                and has_work(work.session)
                and (now - work.seen <= KEEP_SECONDS or self._connected(work.visit))
            ]
            left = [work for work in mine if not self._connected(work.visit)]
            if left:
                work = max(left, key=lambda one: one.seen)
                work.visit, work.seen = visit, now
                return work.session, "resumed"
            if mine:
                return copy_of(max(mine, key=lambda one: one.seen).session), "copied"
            return None

    def forget(self, owner: str) -> None:
        """Nothing of this browser is kept any more."""
        with self._lock:
            self._works = [work for work in self._works if work.owner != owner]

    def expire(self) -> None:
        """Drops what was left long ago or is too much, and ends trainings that nobody waits for."""
        with self._lock:
            now = self._clock()
            opened, closed = [], []
            for work in self._works:
                if self._connected(work.visit):
                    work.seen = now
                    opened.append(work)
                elif has_work(work.session) and now - work.seen <= KEEP_SECONDS:
                    closed.append(work)
            kept = list(_within_limits(sorted(closed, key=lambda one: -one.seen)))
            dropped = len(self._works) - len(opened) - len(kept)
            self._works = opened + kept
            idle = [work.session for work in kept if now - work.seen > TRAINING_SECONDS]
        for session in idle:
            _end_training(session)
        if dropped:
            event(_logger, "work_forgotten", works=dropped, kept=len(kept))

    @property
    def count(self) -> int:
        """How many works are kept."""
        return len(self._works)

    def _signature(self, random: str) -> str:
        return hmac.new(self._secret, random.encode(), hashlib.sha256).hexdigest()


def _within_limits(closed: Iterable[_Work]) -> Iterable[_Work]:
    """The latest works that together are not too many and not too large."""
    count, size = 0, 0
    each: dict[str, int] = {}
    for work in closed:
        size += bytes_of(work.session)
        count += 1
        each[work.owner] = each.get(work.owner, 0) + 1
        if each[work.owner] > MOST_CLOSED_EACH:
            continue
        if count > MOST_CLOSED or size > MOST_CLOSED_BYTES:
            return
        yield work


def _end_training(session: Session) -> None:
    for job in (session.job, session.project.retraining.job if session.project.retraining else None):
        if job is not None and job.state == "running":
            job.stop()


def has_work(session: Session) -> bool:
    """Whether there is anything to resume."""
    project, predicting = session.project, session.predicting
    return bool(
        not session.reading.empty
        or session.job is not None
        or session.trained
        or project.restored
        or project.campaigns
        or predicting.uploaded_model
        or predicting.uploaded_customers
    )


def bytes_of(session: Session) -> int:
    """About how much memory the session holds: uploaded files, models and tables."""
    predicting, history = session.predicting, session.project.history
    frames = [table.frame for brought in session.tables.values() for table in brought.tables]
    frames += [table.frame for table in (predicting.tables or ("", ()))[1]]
    frames += [predicting.brought.frame] if predicting.brought is not None else []
    frames += [predicting.scores.table] if predicting.scores is not None else []
    frames += [session.customers_scored[1].table] if session.customers_scored is not None else []
    for orders in (pair[1] for pair in (predicting.orders, predicting.effect_orders) if pair is not None):
        frames += [orders.lines, orders.returns]
    frames += [history.orders.lines, history.orders.returns] if history is not None else []
    blobs = [upload.data for upload in session.reading.uploads]
    blobs += [data for _, data in predicting.uploaded_customers]
    blobs += [predicting.uploaded_model[1]] if predicting.uploaded_model else []
    blobs += [model.data for model in session.project.models]
    blobs += list(session.project.locked.entries.values()) if session.project.locked is not None else []
    blobs += [data for result in session.trained for data in result.files.values()]
    return sum(len(blob) for blob in blobs) + sum(_bytes_of_frame(frame) for frame in frames)


def _bytes_of_frame(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(index=False, deep=False).sum())


def copy_of(session: Session) -> Session:
    """The same work for another tab: what is changed in one is not changed in the other.

    A training that runs is shown in both; a model is opened again, since each tab has its own worker.
    """
    predicting, exploring = session.predicting, session.exploring
    return replace(
        session,
        candidate=None,
        settings=None,
        trained=list(session.trained),
        remembered=dict(session.remembered),
        remembered_personal=dict(session.remembered_personal),
        remembered_dates=dict(session.remembered_dates),
        saved_models=set(session.saved_models),
        tables=dict(session.tables),
        exploring=replace(exploring, saved=dict(exploring.saved), link=dict(exploring.link), clicks=0),
        project=replace(session.project, dropped=None, retraining=None),
        predicting=PredictSession(
            uploaded_model=predicting.uploaded_model, uploaded_customers=predicting.uploaded_customers
        ),
    )


def unsaved(session: Session) -> bool:
    """Whether leaving could lose what takes long to make: a training, or a model that was neither saved nor
    downloaded."""
    job, again = session.job, session.project.retraining
    if again is not None and again.job.state == "running":
        return True
    if job is None or job.state not in ("running", "done"):
        return False
    return job.state == "running" or job.result.card.pipeline_sha256 not in session.saved_models
