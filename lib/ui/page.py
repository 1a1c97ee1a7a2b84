"""The frame of every page: navigation, language, title, and telling what went wrong in one sentence."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from lib import text, turns
from lib.errors import Fact, UserError
from lib.logs import event, failure
from lib.safe_text import markdown
from lib.ui import resuming, upkeep, upload_room
from lib.ui.page_list import PAGES

_LOGO = Path(__file__).parent / "logo.svg"
_ICON = Path(__file__).parent / "icon.svg"
_STYLE = Path(__file__).parent / "style.css"
_WORDS = Path(__file__).parent / "words.js"

Arguments = ParamSpec("Arguments")

_logger = logging.getLogger(__name__)
_THREAD = threading.local()


def run() -> None:
    """Runs the page that the address names. Called by the entry script alone."""
    upkeep.start()
    resuming.resume(say)
    if upload_room.dropped_of(turns.visitor()):
        # It stays until it is closed: a page may go on without the file.
        st.toast(say("ui.upload_dropped"), icon=":material/warning:", duration="infinite")
    chosen, pages = _navigation()
    if chosen not in pages:
        chosen.run()  # the bare address goes on to the first page: nothing of it is shown
    if resuming.was_forgotten():
        _go_to_first()
    st.set_page_config(page_title=f"{chosen.title} · {say('app.name')}", page_icon=str(_ICON), layout="wide")
    st.html(_STYLE)
    st.html(f"<style>{_nav_icons()}{_own_words()}</style>")
    st.html(_script_of_words(language()) + resuming.script(), unsafe_allow_javascript=True)
    st.logo(str(_LOGO), size="large")
    _phone_navigation(pages)
    _THREAD.entered = True
    try:
        with in_language(language()):  # looked up once per run: a page says a hundred sentences
            chosen.run()
    except Exception as error:
        failure(_logger, "page_failed", error, page=chosen.url_path)
        raise
    finally:
        _THREAD.entered = False


def guard() -> None:
    """The first line of every page.

    A server that has just started answers a deep link (`/train`) with the page's file alone, since it takes the folder
    `pages/` for the old way of having several pages. Running the navigation once turns that off for good.
    """
    if not getattr(_THREAD, "entered", False):
        _navigation()
        st.rerun()


def _navigation() -> tuple[st.Page, list[st.Page]]:
    """The page that the address names, and all pages of the menu."""
    # The default page has no address of its own (`/data` would be unknown), so the bare address is a page that goes on.
    home = st.Page(_go_to_first, title=say("app.name"), url_path="home", default=True, visibility="hidden")
    named = [st.Page(f"pages/{stem}.py", title=say(f"nav.{stem}"), url_path=stem) for stem in PAGES]
    return st.navigation([*named, home], position="top"), named


def _phone_navigation(pages: list[st.Page]) -> None:
    """All pages as a row in the header, shown on narrow screens only.

    There Streamlit puts the navigation into a sidebar, which covers the page and stays open after a choice.
    """
    with st.container(key="phone-nav", horizontal=True, gap=None):
        for page in pages:
            st.page_link(page, label=page.title)


def _nav_icons() -> str:
    """The icons of the navigation as style: given to `st.Page`, the browser would fetch each from outside."""
    return "".join(f'a[href$="/{stem}"], a[href="{stem}"] {{ --icon: "{icon}"; }}' for stem, icon in PAGES.items())


def _own_words() -> str:
    """What Streamlit writes in English only, in the visitor's language."""
    upload, limit = (text.say(language(), f"ui.{key}").replace('"', "'") for key in ("upload", "upload_limit"))
    return f':root {{ --word-upload: "{upload}"; --word-limit: "{limit}"; }}'


_UPLOAD_ERRORS = {
    "AxiosError: Request failed with status code 503": "ui.upload_full",
    "AxiosError: Request failed with status code 507": "ui.upload_share",
    "AxiosError: Request failed with status code 413": "ui.upload_too_big",
    "AxiosError: Request failed with status code 400": "ui.upload_broke_off",
    "AxiosError: Network Error": "ui.upload_broke_off",
}
"""What Streamlit's uploader says of a file that did not arrive → our sentence (see `lib/ui/upload_room.py`)."""


@cache
def _script_of_words(code: str) -> str:
    """Streamlit's own words and the `lang` of the document in that language: no setting of Streamlit does it."""
    keys = sorted(key for key in text.keys(code) if key.startswith("streamlit."))
    forms = {
        one: [text.say(one, key) for key in keys] + [text.say(one, key) for key in _UPLOAD_ERRORS.values()]
        for one in text.LANGUAGES
    }
    forms["streamlit"] = [text.say("en", key) for key in keys] + list(_UPLOAD_ERRORS)
    script = _WORDS.read_text(encoding="utf-8").replace("FORMS;", f"{json.dumps(forms)};", 1)
    for blank, key in (("TOO_LARGE", "ui.file_too_large"), ("LARGER_ON_DATA", "ui.file_too_large_on_data")):
        script = script.replace(f"{blank};", f"{json.dumps(text.template(code, key))};", 1)
    return f"<script>{script.replace('LANGUAGE;', f'{json.dumps(code)};', 1)}</script>"


def _go_to_first() -> None:
    st.switch_page("pages/data.py")


# ------------------------------------------------------------------------------------------------ language


def language() -> str:
    """The visitor's language: the switch if it was touched, else the address's, else the browser's, else English."""
    chosen = getattr(_THREAD, "language", None) or st.session_state.get("language") or st.query_params.get(LANGUAGE)
    return str(chosen) if chosen in text.LANGUAGES else _of_browser()


LANGUAGE = "lang"
"""The parameter of the address that keeps the language over a reload, where it is not the browser's."""


def _of_browser() -> str:
    preferred = (st.context.locale or "").split("-")[0].lower()
    return preferred if preferred in text.LANGUAGES else text.DEFAULT_LANGUAGE


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Around what is said in one language, such as what is made when a download is clicked: that runs outside of the
    visitor's session."""
    before = getattr(_THREAD, "language", None)
    _THREAD.language = code
    try:
        yield
    finally:
        _THREAD.language = before


def fragment(function: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """`st.fragment`, with the visitor's language looked up once per run."""

    @wraps(function)
    def in_one_language(*arguments: Arguments.args, **named: Arguments.kwargs) -> None:
        with in_language(language()):
            function(*arguments, **named)

    return st.fragment(in_one_language)


def say(key: str, /, **facts: Fact) -> str:
    """The sentence `key` in the visitor's language, as Markdown: users' own values in it are shown as they are."""
    return text.say(language(), key, **{name: _escaped(fact) for name, fact in facts.items()})


def say_plain(key: str, /, **facts: Fact) -> str:
    """The sentence `key` as plain text: for cells and headings of tables, which show Markdown's escapes."""
    return text.say(language(), key, **facts)


def number(value: float, form: str = "") -> str:
    """A number as the visitor's language writes it."""
    return text.number(language(), value, form)


def day(value: date) -> str:
    """A date as the visitor's language writes it."""
    return text.day(language(), value)


def date_form() -> str:
    """How a day is typed in the visitor's language, as Streamlit's date field takes it."""
    return text.locale(language()).date_entry


def plain(value: str) -> str:
    """A user's own value, safe inside Markdown: nothing in it is a link, an image or a formula."""
    return markdown(value)


def _escaped(fact: Fact) -> Fact:
    if isinstance(fact, str):
        return plain(fact)
    if isinstance(fact, list | tuple):
        return [plain(str(word)) for word in fact]
    return fact


# ------------------------------------------------------------------------------------------------ frame


def frame(stem: str, beside: Callable[[], None] | None = None) -> None:
    """Title and one sentence of the page, with the language switch beside them, and what else stands there."""
    # Set through the state, not as a default: the browser's language is known only at the first run. And set on every
    # run: on the second page that a visitor opens, the browser would otherwise show neither language as chosen.
    st.session_state["language"] = chosen = language()
    if chosen == _of_browser():
        st.query_params.pop(LANGUAGE, None)
    elif st.query_params.get(LANGUAGE) != chosen:
        st.query_params[LANGUAGE] = chosen
    with st.container(key="page-head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
        with st.container(key="page-title", gap="xxsmall"):
            st.title(say(f"{stem}.title"), anchor=False)
            st.markdown(say(f"{stem}.about"))
        if beside is not None:
            beside()
        st.segmented_control(
            say("ui.language"),
            text.LANGUAGES,
            format_func=lambda code: str(code).upper(),
            key="language",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )


@contextmanager
def errors_shown(*, in_data: bool = False) -> Iterator[None]:
    """Around work that can fail for a reason the visitor can act on: shows it in one sentence and continues below.

    With `in_data`, the remedy is on Data: a link to it is shown below the sentence.
    """
    try:
        yield
    except UserError as error:
        tell(error)
        if in_data:
            st.page_link("pages/data.py", label=say("ui.back_to_data"), icon=":material/arrow_back:")


def tell(error: UserError) -> None:
    """The sentence of an error, where the visitor looks."""
    event(_logger, "user_error", key=error.key)
    st.error(say(error.key, **error.facts), icon=":material/error:")
