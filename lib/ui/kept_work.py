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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from lib.logs import event
from lib.tables.packing import size_of
from lib.ui.parked import held_bytes
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
        """Nothing of this browser is kept any more, and tabs that show some of it learn that."""
        with self._lock:
            for work in self._works:
                work.session.forgotten |= work.owner == owner
            self._works = [work for work in self._works if work.owner != owner]

    def expire(self) -> None:
        """Drops what was left long ago or is too much, and ends trainings that nobody waits for."""
        with self._lock:
            measured = self._sorted_out(self._clock())[1]
        # Not under the lock, for which every page waits: of wide tables this takes seconds.
        sizes = {id(work): bytes_of(work.session) for work in measured}
        with self._lock:
            now = self._clock()
            opened, closed = self._sorted_out(now)
            kept = list(_within_limits(sorted(closed, key=lambda one: -one.seen), sizes))
            dropped = len(self._works) - len(opened) - len(kept)
            self._works = opened + kept
            idle = [work.session for work in kept if now - work.seen > TRAINING_SECONDS]
        for session in idle:
            _end_training(session)
        if dropped:
            event(_logger, "work_forgotten", works=dropped, kept=len(kept))

    def _sorted_out(self, now: float) -> tuple[list[_Work], list[_Work]]:
        """The works that a tab shows, and those that were left not too long ago."""
        opened, closed = [], []
        for work in self._works:
            if self._connected(work.visit):
                work.seen = now
                opened.append(work)
            elif has_work(work.session) and now - work.seen <= KEEP_SECONDS:
                closed.append(work)
        return opened, closed

    @property
    def count(self) -> int:
        """How many works are kept."""
        return len(self._works)

    def _signature(self, random: str) -> str:
        return hmac.new(self._secret, random.encode(), hashlib.sha256).hexdigest()


def _within_limits(closed: Iterable[_Work], sizes: Mapping[int, int]) -> Iterable[_Work]:
    """The latest works that together are not too many and not too large. `sizes`: bytes by the work's id; one that was
    left just now is measured the next time."""
    count, size = 0, 0
    each: dict[str, int] = {}
    for work in closed:
        size += sizes.get(id(work), 0)
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
    predicting, project = session.predicting, session.project
    # Each is looked at once: the visitor may be back, and whose session it is may change it meanwhile.
    history, locked, brought, scores = project.history, project.locked, predicting.brought, predicting.scores
    model, scored = predicting.uploaded_model, session.customers_scored
    tables = [table for found in tuple(session.tables.values()) for table in found.tables]
    tables += (predicting.tables or ("", ()))[1]
    orders = [pair[1] for pair in (predicting.orders, predicting.effect_orders) if pair is not None]
    orders += [history.orders] if history is not None else []
    frames = [brought.frame] if brought is not None else []
    frames += [one.table for one in (scores, scored[1] if scored is not None else None) if one is not None]
    blobs = [data for _, data in predicting.uploaded_customers]
    blobs += [model[1]] if model else []
    blobs += [one.data for one in project.models]
    blobs += list(locked.entries.values()) if locked is not None else []
    blobs += [data for result in session.trained for data in result.files.values()]
    return (
        sum(held_bytes(upload, "data") for upload in session.reading.uploads)
        + sum(held_bytes(table, "frame") for table in tables)
        + sum(held_bytes(one, "lines", "returns") for one in orders)
        + sum(map(len, blobs))
        + sum(map(size_of, frames))
    )


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
