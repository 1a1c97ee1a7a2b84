"""What several pages show: charts with their table, cards, empty states, the next step."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import pandas as pd
import streamlit as st

from lib import charts, exports, turns
from lib.card import Card
from lib.charts import Chart
from lib.errors import UserError
from lib.jobs import Result
from lib.model_file import DEFAULT_FORMAT, Format
from lib.safe_text import markup
from lib.store import LIMIT_NAME, Saved, Store
from lib.tables import Progress, quiet
from lib.text import knows
from lib.ui import cached, figures, model_store, table_columns
from lib.ui.page import day, errors_shown, language, number, plain, say, tell
from lib.ui.session_cache import kept, was_let_go
from lib.ui.state import Reading, name_of, session

_MOST_ROWS_SHOWN = 200


@dataclass(frozen=True)
class Shown:
    """How a column of a table is shown: its heading and how its cells are written (a form of `lib/text`, `day`,
    `month`, `yes_no`, or `text` for a user's own words)."""

    heading: str
    """Plain text: headings of tables and files show Markdown's escapes."""
    form: str = "text"


# ------------------------------------------------------------------------------------------------ tables


def table(
    frame: pd.DataFrame, columns: Mapping[str, Shown], *, key: str, most: int = _MOST_ROWS_SHOWN, alt: str | None = None
) -> None:
    """The first rows of a small table, written as the visitor's language writes numbers and dates; `alt` names it for
    those who listen."""
    head = frame.head(most)[list(columns)]
    styled = head.style.format({name: cell_writer(shown.form) for name, shown in columns.items()}, na_rep="–")
    st.dataframe(
        styled,
        alt=alt or say("ui.table"),
        hide_index=True,
        width="stretch",
        column_config={name: st.column_config.Column(shown.heading) for name, shown in columns.items()},
        key=key,
    )
    if len(frame) > most:
        st.caption(say("ui.rows_of", shown=most, total=len(frame)))


def short_table(frame: pd.DataFrame, columns: Mapping[str, Shown], *, alt: str, key: str, most: int = 20) -> None:
    """The first rows of a table that needs no sorting, as text: a grid takes the server and the browser far longer.

    The text is written once per `key`, which says everything that the rows are computed from.
    """
    st.html(_short_table(key, language(), most, alt, frame, columns))
    if len(frame) > most:
        st.caption(say("ui.rows_of", shown=most, total=len(frame)))


@kept(2)
def _short_table(key: str, code: str, most: int, alt: str, _frame: pd.DataFrame, _columns: Mapping[str, Shown]) -> str:
    """As HTML, in the visitor's language, which is `code`."""
    frame, columns = _frame, _columns
    sides = {name: "" if shown.form == "text" else ' class="brine-number"' for name, shown in columns.items()}
    writers = {name: cell_writer(shown.form) for name, shown in columns.items()}
    head = "".join(f'<th scope="col"{sides[name]}>{markup(shown.heading)}</th>' for name, shown in columns.items())
    rows = "".join(
        "<tr>"
        + "".join(f"<td{sides[name]}>{markup(write(row[name]))}</td>" for name, write in writers.items())
        + "</tr>"
        for row in frame.head(most)[list(columns)].to_dict("records")
    )
    return (
        f'<div class="brine-scroll" role="region" tabindex="0" aria-label="{markup(alt)}"><table class="brine-short">'
        f"<thead><tr>{head}</tr></thead><tbody><tr>{rows}</tr></tbody></table></div>"
    )


def raw_table(frame: pd.DataFrame, *, key: str, most: int = _MOST_ROWS_SHOWN) -> None:
    """The first rows of a table as it was read, under its own headings."""
    head = frame.head(most)
    config = table_columns.of_values(head)
    st.dataframe(head, hide_index=True, width="stretch", column_config=config, key=key, alt=say("ui.table"))
    if len(frame) > most:
        st.caption(say("ui.rows_of", shown=most, total=len(frame)))


def cell_writer(form: str) -> Callable[[object], str]:
    """How a cell of that form is written for the visitor."""
    if form == "day":
        return lambda value: "–" if pd.isna(value) else day(pd.Timestamp(value).date())
    if form == "month":
        return lambda value: charts.month(language(), pd.Timestamp(value))
    if form == "yes_no":
        return lambda value: say("ui.yes" if value else "ui.no")
    if form == "text":
        return lambda value: "–" if pd.isna(value) else str(value)
    return lambda value: "–" if pd.isna(value) else number(float(str(value)), form)


def download_table(frame: pd.DataFrame, name: str, *, key: str, label: str = "") -> None:
    """A button that gives the whole table as CSV, as the visitor's spreadsheet expects it; encoded when clicked."""
    csv = next(export for export in exports.EXPORTS if export.suffix == ".csv")
    wanted = language()
    st.download_button(
        label or say("ui.download_table"),
        lambda: csv.encode(frame, wanted, ()),
        file_name=f"{name}{csv.suffix}",
        mime=csv.mime,
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )


@contextmanager
def progress(title: str, *, watched: bool) -> Iterator[Progress]:
    """A bar with the step that runs, gone when all is done; nothing where nobody would see it. Whoever waits for others
    sees the place in the queue in any case."""
    place, done, words = st.empty(), 0.0, title

    def show(share: float, step: str) -> None:
        nonlocal done, words
        done, words = min(max(share, 0.0), 1.0), f"{title} {say(step)}"
        place.progress(done, text=words)

    def wait(number_in_queue: int) -> None:
        if number_in_queue:
            place.progress(done, text=f"{title} {say('ui.place_in_queue', place=number_in_queue)}")
        elif watched:
            place.progress(done, text=words)  # the step that waited runs now, for a while maybe
        else:
            place.empty()

    try:
        with turns.place_told(wait):
            yield show if watched else quiet
    finally:
        place.empty()


@contextmanager
def reading_shown(reading: Reading) -> Iterator[None]:
    """Around what needs the files: says that they are read, where no page has shown them yet. Streamlit starts a thread
    for each spinner, also for one that nobody gets to see."""
    mine = session()
    say_what_was_let_go()
    if mine.shown == reading.key and cached.is_read(reading):
        yield
        return
    with st.spinner(say("data.reading", name=name_of(reading)), show_time=True):
        yield
    mine.shown = reading.key


def say_what_was_let_go() -> None:
    """After a pause: that figures are computed again."""
    if was_let_go():
        st.toast(say("ui.computed_again"), icon=":material/history:", duration="long")


# ------------------------------------------------------------------------------------------------ charts


def chart(made: Chart, *, key: str, frame: pd.DataFrame, columns: Mapping[str, Shown]) -> None:
    """A figure under its title and message, with its table and downloads one click away."""
    with st.container(border=True, height="stretch", key=f"card-{key}"):
        st.subheader(plain(made.title), anchor=False)
        st.caption(plain(made.message))
        figure(made, key=key)
        with (
            st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"chart-tools-{key}"),
            st.popover(
                say("ui.table"), icon=":material/table_rows:", type="tertiary", on_change="rerun", key=f"table-{key}"
            ) as opened,
        ):
            if opened.open:
                table(frame, columns, key=f"rows-{key}", alt=made.title)
                with st.container(horizontal=True):
                    download_table(frame, key, key=f"csv-{key}")
                    st.download_button(
                        say("ui.download_chart"),
                        lambda: charts.to_html(made),
                        file_name=f"{key}.html",
                        mime="text/html",
                        on_click="ignore",
                        icon=":material/bar_chart:",
                        key=f"html-{key}",
                    )


def figure(made: Chart, *, key: str) -> None:
    """A figure alone, with its text alternative."""
    figures.show(made, key=f"figure-{key}")


# ------------------------------------------------------------------------------------------------ cards


@dataclass(frozen=True)
class Fact:
    """One key figure on a card. `path` draws a small line; `change` is already a sentence such as '+12 %'."""

    label: str
    value: str
    change: str = ""
    about: str = ""
    note: str = ""
    """Stands under the figure in place of a change, without arrow and colour."""
    path: Sequence[float] = ()
    help: str = ""


def facts(shown: Sequence[Fact], *, key: str) -> None:
    """A row of cards with key figures; two in a row on a phone."""
    with st.grid(len(shown), min_column_width=150, gap="small", key=f"facts-{key}"):
        for fact in shown:
            st.metric(
                fact.label,
                fact.value,
                fact.change or fact.note or None,
                delta_color="normal" if fact.change else "off",
                delta_arrow="auto" if fact.change else "off",
                delta_description=fact.about or None,
                border=True,
                height="stretch",
                chart_data=list(fact.path) if len(fact.path) > 2 else None,
                chart_type="area",
                help=fact.help or None,
            )


def gross_switch() -> bool:
    """Whether amounts are gross: one choice for all pages."""
    return st.toggle(say("explore.gross"), key="explore-gross", persist_state="session", help=say("explore.gross_help"))


def step(digit: int, title: str, about: str) -> None:
    """One numbered card."""
    with st.container(border=True, height="stretch"):
        st.markdown(f":primary-badge[{digit}] **{title}**")
        st.caption(about)


def next_step(stem: str, question: str, label: str, *, before: Callable[[], None] | None = None) -> None:
    """The one thing to do next; `before` prepares the page that opens."""
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"next-card-{stem}",
    ):
        st.markdown(f"**{question}**")
        if st.button(
            label,
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key=f"next-{stem}",
            on_click=before,
        ):
            st.switch_page(f"pages/{stem}.py")


def working_with(reading: Reading) -> None:
    """One quiet line: which data this page is about."""
    name = say("sample.name") if reading.simulated else plain(name_of(reading))
    if cached.kind_of(reading) == "orders":
        size = cached.size_of(reading)
        words = say("ui.working_with", customers=size.customers, orders=size.orders, start=size.first, end=size.last)
    else:
        people = cached.customers_of(reading)
        words = say("ui.working_with_table", customers=len(people), columns=len(people.columns))
    st.caption(f":material/database: **{name}** · {words}")


def nothing_yet(take_sample: Callable[[], None]) -> None:
    """What a page shows before there is any data: one sentence, and the two ways on."""
    with st.container(border=True, key="empty-state", horizontal_alignment="center"):
        st.html('<i class="brine-icon brine-icon-jar" style="margin: .5rem auto"></i>')
        st.header(say("ui.no_data_title"), anchor=False, text_alignment="center")
        st.markdown(say("ui.no_data"), text_alignment="center")
        with st.container(horizontal=True, horizontal_alignment="center"):
            if st.button(say("ui.go_data"), type="primary", icon=":material/upload_file:", key="empty-go-data"):
                st.switch_page("pages/data.py")
            st.button(say("ui.try_sample"), icon=":material/storefront:", on_click=take_sample, key="empty-sample")


@dataclass(frozen=True)
class Entry:
    """One line of an account: what it is, how many, and whether they are taken away (`minus`) or what is left."""

    label: str
    count: int
    sign: str = ""


def account(entries: Sequence[Entry], whole: int) -> None:
    """Lines that add up, each with a bar for its share of the whole."""
    rows = "".join(
        f'<div class="brine-entry{" brine-entry-sum" if entry.sign != "−" else ""}" role="listitem">'
        f"<span>{markup(entry.sign)}</span><span>{markup(entry.label)}</span>"
        f"<b>{markup(number(entry.count, '0f'))}</b>"
        f'<i><i style="width:{max(0.4, 100 * entry.count / max(whole, 1)):.1f}%"></i></i></div>'
        for entry in entries
    )
    st.html(f'<div class="brine-account" role="list">{rows}</div>')


def measures(
    heads: tuple[str, str], names: Sequence[str], columns: Mapping[str, Sequence[str]], about: Sequence[str]
) -> None:
    """A table of a few figures per measure, and what each says; on a phone every measure is a block of its own.

    `heads` stand over the first column and the last.
    """
    head = "".join(f'<th scope="col">{markup(name)}</th>' for name in (heads[0], *columns, heads[1]))
    rows = "".join(
        f'<tr><th scope="row">{markup(name)}</th>'
        + "".join(
            f'<td data-label="{markup(label)}">{markup(cells[at])}</td>' if cells[at] else "<td></td>"
            for label, cells in columns.items()
        )
        + f'<td class="brine-about">{markup(about[at])}</td></tr>'
        for at, name in enumerate(names)
    )
    st.html(f'<table class="brine-measures"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def model_name(card: Card) -> str:
    """What a downloaded model is called, without suffix: `segments-2011-12-10`, `target-churn`."""
    goal = "segments" if card.goal == "groups" else card.goal
    about = card.cutoff[:10] or re.sub(r"[^A-Za-z0-9]+", "_", card.target).strip("_").lower()
    return f"{goal}-{about}" if about else goal


def time_estimate(seconds: float, *, first: float = 0.0) -> str:
    """About how long a training takes, and after how many seconds a quick model is there before it ends."""
    if first:
        return say("train.first_and_best", first=_about(first), best=_about(seconds))
    return say("train.takes", time=_about(seconds))


def _about(seconds: float) -> str:
    """So much time, as exactly as an estimate deserves."""
    if seconds < 90:
        step = 1 if seconds < 10 else 5 if seconds < 30 else 10
        return say("train.about_seconds", seconds=max(3, step * round(seconds / step)))
    return say("train.about_minutes", minutes=max(2, round(seconds / 60)))


def time_left(seconds: float) -> str:
    """About how much longer something takes."""
    if seconds < 90:
        return say("train.seconds_left", seconds=max(5, 5 * round(seconds / 5)))
    return say("train.minutes_left", minutes=max(2, round(seconds / 60)))


def kilobytes(data: bytes) -> float:
    """The size of a file, formatted for display."""
    return max(1.0, len(data) / 1024)


def opening_lines(format: Format) -> str:
    """The lines of Python that open a model file of that format."""
    library = {"pkl": "pickle", "joblib": "joblib", "skops": "skops.io"}[format.suffix.lstrip(".")]
    return f"import {library}\n\nmodel_path = 'model{format.suffix}'\n{format.opens_with}"


def format_name(key: str) -> str:
    """What a format of model files is called."""
    return say(f"model_file.{key}") if knows(language(), f"model_file.{key}") else key


def format_about(key: str) -> str:
    """What that format is for."""
    return say(f"model_file.{key}_about") if knows(language(), f"model_file.{key}_about") else ""


def save_model(made: Result) -> None:
    """Keeps the model on this server, where Predict and Models find it; says before who will see what."""
    mode = model_store.saving()
    if mode == "off":
        return
    with st.popover(say("train.save"), icon=":material/bookmark_add:", key="save-model"):
        if mode == "private" and not model_store.signed_in():
            sign_in("save")
            return
        who = say("store.seen_by_me", user=model_store.signed_in()) if mode == "private" else say("store.seen_by_all")
        st.markdown(f"{who} {say('store.what_is_seen')}")
        with st.form("save-form", border=False):
            name = st.text_input(say("train.save_name"), model_name(made.card), max_chars=LIMIT_NAME, key="save-name")
            if st.form_submit_button(say("train.save"), type="primary"):
                with errors_shown():
                    _save(made, name)


def _save(made: Result, name: str) -> None:
    data, store = made.files[DEFAULT_FORMAT], model_store.store()
    twin = store.twin(hashlib.sha256(data).hexdigest())
    if twin is not None:
        session().saved_models.add(made.card.pipeline_sha256)
        st.info(say("train.saved_already", name=twin.name), icon=":material/bookmark_added:")
        return
    saved = store.save(data, made.card, name, format=DEFAULT_FORMAT)
    session().saved_models.add(made.card.pipeline_sha256)
    st.toast(say("train.saved", name=saved.name), icon=":material/bookmark_added:")


def visible_models() -> tuple[Store, tuple[Saved, ...]] | None:
    """The saved models that this visitor may see; None, with a sentence on the page, where there are none to see."""
    try:
        store = model_store.store()
        return store, store.list()
    except UserError as error:
        if error.key == "store.sign_in":
            sign_in("models")
        elif error.key == "store.off":
            st.info(say(error.key), icon=":material/block:")
        else:
            tell(error)
        return None


def sign_in(key: str) -> None:
    """Asks a visitor to sign in, where saved models are private."""
    st.markdown(say("store.sign_in"))
    if model_store.can_sign_in():
        st.button(say("store.sign_in_button"), icon=":material/login:", key=f"sign-in-{key}", on_click=st.login)
    else:
        st.caption(say("store.no_sign_in"))


@cache
def requirements(*packages: str) -> str:
    """The lines of a requirements file, with the versions that run here."""
    return "\n".join(f"{name}=={version(name)}" for name in packages)


# ------------------------------------------------------------------------------------------------ the picture on Learn


def picture_of_a_pickle() -> None:
    """Model in memory → `pickle.dump` → bytes → `pickle.load` → the same model; stands upright on a phone."""
    cards = [
        _picture_card("memory", say("learn.picture_memory"), say("learn.picture_memory_about")),
        _picture_arrow("pickle.dump"),
        _picture_card(
            "jar", "model.pkl", say("learn.picture_file_about"), bytes_line="80 05 95 3f 0a 00 8c 07 73 6b …"
        ),
        _picture_arrow("pickle.load"),
        _picture_card("again", say("learn.picture_again"), say("learn.picture_again_about")),
    ]
    label = markup(say("learn.picture"))
    st.html(f'<div class="brine-picture" role="img" aria-label="{label}">{"".join(cards)}</div>')


def _picture_card(icon: str, title: str, about: str, *, bytes_line: str = "") -> str:
    code = f'<code aria-hidden="true">{markup(bytes_line)}</code>' if bytes_line else ""
    return (
        f'<div class="brine-picture-card"><i class="brine-icon brine-icon-{icon}"></i>'
        f"<strong>{markup(title)}</strong><span>{markup(about)}</span>{code}</div>"
    )


def _picture_arrow(label: str) -> str:
    return f'<div class="brine-picture-arrow"><code>{label}</code><i class="brine-icon brine-icon-arrow"></i></div>'
