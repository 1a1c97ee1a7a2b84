"""After a reload, the browser's work is there again: a random token in a cookie says which it is.

The token is in no address and in no log. `docs/security.md` states what it protects against and what it doesn't.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.ui import model_store
from lib.ui.kept_work import How, KeptWork, copy_of, unsaved
from lib.ui.state import Session, session

COOKIE = "brine-work"
_TOKEN = "brine-token"
_FORGOTTEN = "brine-forgotten"
_OUTLASTING = (_TOKEN, "language")
"""What stays in Streamlit's state when work is forgotten: nothing of it is work."""
_SCRIPT = Path(__file__).parent / "leaving.js"


def connected(visit: str) -> bool:
    """Whether the tab of this visit is open."""
    return runtime.exists() and runtime.get_instance().is_active_session(visit)


works = KeptWork(connected)
"""Of all visitors of this process."""


class Say(Protocol):
    """Gives a sentence in the visitor's language."""

    def __call__(self, key: str, /) -> str: ...


def resume(say: Say) -> None:
    """At the beginning of each run: the work of this browser, where this is a new tab or the page was loaded again."""
    visit = _visit()
    if not visit:
        return
    token = _token()
    owner = _owner(token)
    if "brine" in st.session_state and session().forgotten:
        _clear()
    if "brine" not in st.session_state:
        found = works.resume(owner, visit) or works.resume(works.owner_of(token, _browser(), ""), visit)
        if found is not None:
            _take(*found, visit, say)
    if not works.keep(owner, visit, session()):  # another tab took it over while this one was not connected
        st.session_state["brine"] = copy_of(session())
        works.keep(owner, visit, session())


def _take(found: Session, how: How, visit: str, say: Say) -> None:
    st.session_state["brine"] = found
    if found.predicting.run is not None:
        found.predicting.run.follow(visit)
    if how == "copied":
        st.toast(say("ui.copied_tab"), icon=":material/tab_duplicate:", duration="long")


def script() -> str:
    """What the browser runs: it keeps the token, and asks before work is lost."""
    if not _visit():
        return ""
    name, path, secure = _cookie()
    facts = {"name": name, "path": path, "secure": secure, "token": _token(), "unsaved": unsaved(session())}
    return f"<script>{_template().replace('FACTS;', f'{json.dumps(facts)};', 1)}</script>"


def forget() -> None:
    """Nothing of this visitor is kept on the server any more; the next run begins a new session on the first page, also
    in other tabs of this browser."""
    token = _token()
    works.forget(_owner(token))
    works.forget(works.owner_of(token, _browser(), ""))  # from before signing in
    _clear()


def _clear() -> None:
    """What was typed, chosen or computed is gone as well: Streamlit's state holds all of it."""
    outlasting = {name: st.session_state[name] for name in _OUTLASTING if name in st.session_state}
    for name in list(st.session_state):
        del st.session_state[name]
    st.session_state.update({**outlasting, _FORGOTTEN: True})


def was_forgotten() -> bool:
    """Whether the visitor has just had everything forgotten; says so once.

    The page must change then: the browser sends again what was typed into the fields that it still shows.
    """
    return bool(st.session_state.pop(_FORGOTTEN, False))


@cache
def _template() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _visit() -> str:
    """Streamlit's id of this tab; empty where no browser asks, as in a test."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists() or not _browser():
        return ""
    return context.session_id


def _token() -> str:
    """The browser's token, or a new one: none is taken that this server did not make."""
    if _TOKEN not in st.session_state:
        sent = st.context.cookies.get(_cookie()[0], "")
        st.session_state[_TOKEN] = sent if works.is_token(sent) else works.new_token()
    return str(st.session_state[_TOKEN])


def _cookie() -> tuple[str, str, bool]:
    """Name and path of the cookie, and whether it travels encrypted only.

    Servers at other ports of the same host share its cookies, so the port is part of the name.
    """
    url = urlsplit(st.context.url or "")
    secure = url.scheme == "https"
    name = f"{COOKIE}-{url.port or (443 if secure else 80)}"
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return name, f"/{base}", secure


def _owner(token: str) -> str:
    return works.owner_of(token, _browser(), model_store.signed_in() or "")


def _browser() -> str:
    return st.context.headers.get("User-Agent") or ""
