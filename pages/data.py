"""Upload files or use the sample shop; check how they were read; see what was left out and why."""

from collections.abc import Sequence

import streamlit as st

from lib import layouts, text
from lib.joins import Brought
from lib.layouts import Understanding
from lib.orders import DoubtfulStatus, Ledger, Orders
from lib.tables import Table
from lib.ui import cached, candidate, cleaning, corrections, database, page, project, state, widgets
from lib.ui.figures import fetch_library
from lib.ui.page import number, say
from lib.ui.state import Reading
from lib.ui.widgets import Entry, Fact, Shown

MAIN_ROLES = ("customer_id", "ordered_at", "order_id", "amount", "unit_price", "quantity", "product", "country")
"""Offered even where the file seems to have none; the others wait under one click."""

SUFFIXES = [
    *("csv", "tsv", "txt", "psv", "gz", "zip", "bz2", "xz", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "feather"),
    *("arrow", "json", "jsonl", "ndjson", "xml", "sql", "yaml", "yml", "dbf", "tex"),
]
"""What is taken out of a folder."""

SEPARATORS = {"\t": "⇥", " ": "␣", "whitespace": "␣␣"}
"""Signs for separators that cannot be seen."""

MOST_NAMES = 4
MOST_FILES = 24
WORTH_WATCHING = 2 * 1024**2
"""Bytes from which on reading takes long enough to show how far it is."""

ORDER_LINES = {
    "customer_id": Shown("data.column.customer_id"),
    "order_id": Shown("data.column.order_id"),
    "ordered_at": Shown("data.column.ordered_at", "day"),
    "amount": Shown("data.column.amount", "2f"),
    "quantity": Shown("data.column.quantity", ""),
    "product": Shown("data.column.product"),
    "country": Shown("data.column.country"),
}


def bring(reading: Reading) -> None:
    """The two ways in: own files, or the sample shop."""
    own, sample = st.columns([3, 2], gap="medium")
    with own, st.container(border=True, height="stretch", key="bring-own"):
        st.header(say("data.own_title"), anchor=False)
        st.caption(say("data.own_about"))
        st.file_uploader(
            say("data.upload"),
            accept_multiple_files=True,
            key=state.uploader_key(),
            on_change=state.take_uploads,
            args=(state.uploader_key(),),
            label_visibility="collapsed",
        )
        with st.popover(say("data.folder"), icon=":material/folder_open:", type="tertiary", key="folder"):
            st.markdown(say("data.folder_about"))
            key = f"folder-{state.uploader_key()}"
            st.file_uploader(
                say("data.folder"),
                type=SUFFIXES,
                accept_multiple_files="directory",
                key=key,
                on_change=state.take_uploads,
                args=(key,),
                label_visibility="collapsed",
            )
        if database.connections():
            ask_database()
    with sample, st.container(border=True, height="stretch", key="bring-sample"):
        st.header(say("data.sample_title"), anchor=False)
        st.caption(say("data.sample_about"))
        st.button(
            say("ui.try_sample"),
            type="primary" if reading.empty else "secondary",
            icon=":material/storefront:",
            on_click=state.take_sample,
            key="sample",
        )


def ask_database() -> None:
    """A query to a database configured by the server's administrator."""
    with st.popover(say("data.database"), icon=":material/database:", type="tertiary", key="database", width="stretch"):
        st.markdown(say("data.database_about"))
        project.fill_in_query("query-connection", "query-sql", database.connections())
        st.selectbox(say("data.connection"), database.connections(), key="query-connection")
        st.text_area(
            say("data.sql"),
            placeholder="SELECT customer_id, order_id, order_date, amount FROM orders",
            key="query-sql",
            height=140,
        )
        st.button(
            say("data.ask"),
            type="primary",
            icon=":material/play_arrow:",
            on_click=state.take_query,
            args=("query-connection", "query-sql"),
            key="query-run",
        )


def road() -> None:
    """What will happen, in four steps."""
    with st.grid(4, min_column_width=150, key="road"):
        for step in (1, 2, 3, 4):
            widgets.step(step, say(f"data.road_{step}"), say(f"data.road_{step}_about"))


def source(tables: tuple[Table, ...], understanding: Understanding, reading: Reading) -> None:
    """What is loaded, in one line, and how to load something else."""
    with st.container(border=True, key="source"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(gap="xxsmall", key="source-name"):
                if reading.simulated:
                    st.markdown(f"**{say('sample.name')}**")
                elif len(tables) > MOST_NAMES:
                    st.markdown(f"**{say('data.files', count=len(tables), first=tables[0].name)}**")
                else:
                    st.markdown("**" + ", ".join(page.plain(table.name) for table in tables) + "**")
                rows = sum(table.row_count for table in tables)
                words = [say("data.loaded", rows=rows, columns=len(understanding.columns))]
                layout = next((known for known in layouts.LAYOUTS if known.key == understanding.layout), None)
                if layout is not None:
                    words.append(say("layouts.recognised", layout=layout.name))
                if reading.simulated:
                    words.append(say("data.simulated"))
                st.caption(" · ".join(words))
            start_over(reading)
        with st.expander(say("data.other_files"), icon=":material/upload_file:"):
            bring(reading)


def start_over(reading: Reading) -> None:
    """Removes all uploaded files; own files and corrections only after a second click."""
    if reading.simulated:
        st.button(say("data.start_over"), icon=":material/restart_alt:", on_click=state.start_over, key="over")
        return
    with st.popover(say("data.start_over"), icon=":material/restart_alt:", key="over-ask"):
        st.markdown(say("data.start_over_about"))
        st.button(say("data.start_over_sure"), type="primary", on_click=state.start_over, key="over")


def state_currency(found: Orders) -> None:
    """Where the file names no currency, the visitor can: it then stands beside every amount."""
    if found.currencies or (found.currency and not session.reading.options.currency):
        return
    names = text.currencies(page.language())
    st.selectbox(
        say("data.state_currency"),
        ["", *names],
        index=[*names].index(found.currency) + 1 if found.currency in names else 0,
        format_func=lambda code: f"{code} · {names[code]}" if code else say("data.no_currency"),
        key="option-currency",
        on_change=state.take_option,
        args=("currency",),
        width=320,
    )


def joined(brought: Brought) -> None:
    """How several tables became one, what was left out, and which files could not be read."""
    for failure in brought.failures:
        with st.container(horizontal=True, vertical_alignment="center", key=f"failed-{failure.name}"):
            st.warning(
                f"{say(failure.error.key, **failure.error.facts)} {say('joins.failed')}",
                icon=":material/description:",
            )
            st.button(
                say("joins.remove"),
                type="tertiary",
                on_click=state.remove_file,
                args=(failure.name,),
                key=f"remove-{failure.name}",
            )
    if brought.refunds:
        st.info(say("joins.refunds", names=list(brought.refunds)), icon=":material/undo:")
    if brought.join is None and not brought.unused:
        return
    count = len(brought.join.links) + 1 if brought.join else 0
    label = say("joins.title", count=count) if count else say("joins.parts")
    links = brought.join.links if brought.join else ()
    complete = not any(link.unmatched or link.childless for link in links)
    with st.expander(label, icon=":material/join:", expanded=not complete):
        lines = []
        for link in links:
            key = "joins.line_unmatched" if link.unmatched else "joins.line"
            facts = {"child": link.child, "parent": link.parent, "column": link.child_column}
            words = [say(key, unmatched=link.unmatched, rows=link.rows, **facts)]
            if link.childless:
                words.append(say("joins.childless", count=link.childless, parent=link.parent, child=link.child))
            lines.append("- " + " ".join(words))
        st.markdown("\n".join(lines))
        if brought.unused:
            st.caption(say("joins.unused", names=list(brought.unused)))
        names = brought.names
        key = f"parts-{'|'.join(names)}"
        st.multiselect(
            say("joins.parts"),
            names,
            default=[name for name in names if name not in brought.unused],
            key=key,
            on_change=state.take_parts,
            args=(key, names),
            help=say("joins.parts_help"),
        )


def headline(found: Orders, reading: Reading) -> None:
    """The four figures that tell whether the file was read right, and the way on."""
    figures = cached.size_of(reading)
    gross = widgets.gross_switch() if figures.returned else False
    revenue = figures.revenue + figures.returned if gross else figures.revenue
    label = ("explore.revenue_gross" if gross else "explore.revenue_net") if figures.returned else "data.kpi_revenue"
    widgets.facts(
        [
            Fact(say("data.kpi_customers"), number(figures.customers, "0f")),
            Fact(say("data.kpi_orders"), number(figures.orders, "0f")),
            Fact(say(label), f"{number(revenue, 'short')} {page.plain(found.currency)}".strip()),
            Fact(
                say("data.kpi_period"),
                say("data.months", months=figures.months),
                note=say("data.period", start=figures.first, end=figures.last),
            ),
        ],
        key="size",
    )
    widgets.next_step("explore", say("data.ready"), say("ui.go_explore"))
    fetch_library()


def adds_up(understanding: Understanding, reading: Reading) -> None:
    """What confirms the figures, and what does not add up, each with its choice."""
    evidence, findings = cached.findings_of(reading)
    statuses = cached.cleaned(reading).doubtful_statuses
    if not evidence and not findings and not statuses:
        return
    with st.container(border=True, key="adds-up"):
        st.markdown(f"**{say('data.checks_title')}**")
        for fact in evidence:
            st.caption(f":green[:material/check:] {say(fact.key, **fact.facts)}")
        for place, finding in enumerate(findings):
            st.warning(say(finding.key, **finding.facts), icon=":material/help:")
            before = [one.key for one in findings[:place]].count(finding.key)  # two columns may have the same finding
            name = f"finding-{finding.key}-{before}" if before else f"finding-{finding.key}"
            if finding.option:
                st.button(
                    say(f"data.{finding.option}"),
                    on_click=state.count_option,
                    args=(finding.option,),
                    key=name,
                )
            elif finding.role:
                column = understanding.roles.get(finding.role, "")
                key = f"{name}-{understanding.fingerprint}-{column}"
                st.selectbox(
                    say(f"roles.{finding.role}"),
                    ("", *understanding.columns),
                    index=understanding.columns.index(column) + 1 if column else 0,
                    format_func=lambda name: name or say("data.not_in_file"),
                    key=key,
                    on_change=state.take_role,
                    args=(finding.role, key, understanding.fingerprint),
                    width=420,
                )
        unclear_statuses(statuses)


def unclear_statuses(statuses: Sequence[DoubtfulStatus]) -> None:
    """Each status that may be paid or not, with how it is read and the choice of the other meaning."""
    for place, ((column, word), these) in enumerate(state.by_status(statuses).items()):
        key = f"status-meaning-{place}"
        readings = {one.paid for one in these}
        st.session_state[key] = readings.pop() if len(readings) == 1 else None  # None: several files, read differently
        st.radio(
            say("data.status_meaning", word=word, column=column, rows=sum(one.rows for one in these)),
            (True, False),
            index=None,
            format_func=lambda paid: say("data.status_paid" if paid else "data.status_unpaid"),
            key=key,
            horizontal=True,
            on_change=state.take_status_meaning,
            args=(column, word, key),
        )
    if any(one.stated for one in statuses):
        st.button(
            say("data.statuses_undo"),
            icon=":material/undo:",
            type="tertiary",
            on_click=state.drop_status_meanings,
            key="statuses-undo",
        )


def columns(tables: tuple[Table, ...], understanding: Understanding) -> None:
    """What each column was taken for, with examples and the reason; changed by choosing another."""
    table = tables[0]
    st.header(say("data.understood_title"), anchor=False)
    st.markdown(say("data.understood_about"))
    kinds = ("orders", "customers")
    st.segmented_control(
        say("data.kind"),
        kinds,
        default=understanding.kind if understanding.kind in kinds else None,
        format_func=lambda kind: say(f"data.kind_of_{kind}"),
        key=f"kind-{table.sha256}-{understanding.kind}",
        on_change=state.take_kind,
        args=(f"kind-{table.sha256}-{understanding.kind}",),
        help=say(understanding.kind_reason),
    )
    for limit in understanding.limits:
        st.info(say(limit), icon=":material/info:")
    if len(table.sheets) > 1:
        key = f"sheet-{table.sha256}"
        st.selectbox(
            say("data.sheet"),
            table.sheets,
            index=table.sheets.index(table.sheet or table.sheets[0]),
            key=key,
            on_change=state.take_sheet,
            args=(key,),
            width=420,
        )
    roles(
        table, understanding, [role for role in MAIN_ROLES if understanding.kind == "orders" or role == "customer_id"]
    )
    if understanding.kind == "orders":
        more = [role for role in layouts.ROLES if role not in MAIN_ROLES]
        taken = [role for role in more if role in understanding.roles]
        roles(table, understanding, taken)
        with st.expander(say("data.more_roles"), on_change="rerun", key="more-roles") as opened:
            if opened.open:
                roles(table, understanding, [role for role in more if role not in taken])
    dates(tables, understanding)
    unused(table, understanding)
    how_read(tables)
    settings(table, understanding)
    personal(table, understanding)


def how_read(tables: tuple[Table, ...]) -> None:
    """Encoding, separator, sheet and header of each file, and what a careful reader would mention."""
    notes = sum(len(table.notes) for table in tables)
    label = say("data.how_read_with", count=notes) if notes else say("data.how_read")
    with st.expander(label, icon=":material/description:"):
        for table in tables[:MOST_FILES]:
            facts = [
                say(f"data.read_{name}", value=str(value))
                for name, value in (
                    ("format", table.format),
                    ("encoding", table.encoding),
                    ("separator", SEPARATORS.get(table.separator or "", table.separator)),
                    ("decimal", table.decimal),
                    ("sheet", table.sheet),
                    ("header", None if table.header_row is None else table.header_row + 1),
                )
                if value is not None
            ]
            st.markdown(f"**{page.plain(table.name)}** · " + " · ".join(facts))
            if table.notes:
                st.markdown("\n".join(f"- {say(note.key, **note.facts)}" for note in table.notes))
        if len(tables) > MOST_FILES:
            st.caption(say("ui.rows_of", shown=MOST_FILES, total=len(tables)))


def personal(table: Table, understanding: Understanding) -> None:
    """Which columns are personal: released by a click, added by another; and ids replaced by a keyed hash."""
    st.header(say("data.personal_title"), anchor=False)
    st.markdown(say("data.personal_about") if understanding.personal else say("data.personal_none"))
    kinds = understanding.personal
    key = f"personal-{understanding.fingerprint}-{'|'.join(kinds)}"
    st.multiselect(
        say("data.personal_columns"),
        understanding.columns,
        default=list(kinds),
        format_func=lambda name: f"{name} · {say(f'personal.{kinds[name]}')}" if name in kinds else str(name),
        placeholder=say("data.personal_add"),
        key=key,
        on_change=state.take_personal,
        args=(key, understanding.fingerprint),
        help=say("data.personal_help"),
    )
    hashed = bool(session.reading.hash_key)
    with st.expander(say("data.hash_on") if hashed else say("data.hash_title"), icon=":material/fingerprint:"):
        st.markdown(say("data.hash_about"))
        st.text_input(
            say("data.hash_key"),
            value=session.reading.hash_key,
            type="password",
            autocomplete="off",
            max_chars=200,
            key="hash-key",
            on_change=state.take_hash_key,
            args=("hash-key",),
            width=420,
        )


def settings(table: Table, understanding: Understanding) -> None:
    """The choices as a small file to take away, and to hand in with the next export."""
    with st.expander(say("data.settings_title"), icon=":material/bookmark:"):
        st.markdown(say("data.settings_about"))
        reading = session.reading
        st.download_button(
            say("data.settings_download"),
            lambda: layouts.write_settings(understanding, dict(reading.date_orders), reading.corrections),
            file_name="brine-settings.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="settings-download",
        )
        key = f"settings-{table.sha256}"
        st.file_uploader(say("data.settings_upload"), type="json", key=key, on_change=state.take_settings, args=(key,))
        with page.errors_shown():
            state.use_settings(understanding)


def roles(table: Table, understanding: Understanding, shown: list[str]) -> None:
    """One card per role: the column that plays it, three of its values, and why."""
    if not shown:
        return
    with st.grid(4, min_column_width=230, gap="small"):
        for role in shown:
            column = understanding.roles.get(role, "")
            with st.container(border=True, height="stretch", gap="xsmall"):
                key = f"role-{role}-{understanding.fingerprint}-{column}"
                st.selectbox(
                    say(f"roles.{role}"),
                    ("", *understanding.columns),
                    index=understanding.columns.index(column) + 1 if column else 0,
                    format_func=lambda name: name or say("data.not_in_file"),
                    key=key,
                    on_change=state.take_role,
                    args=(role, key, understanding.fingerprint),
                )
                if column:
                    st.text(cached.examples(table, session.reading)[column])
                    st.caption(say(understanding.reasons[column]))


def dates(tables: tuple[Table, ...], understanding: Understanding) -> None:
    """How dates were read, where day and month could be swapped; several files are read the same way."""
    table = tables[0]
    for column, first in table.dates.items():
        doubtful = (other.dates[column] for other in tables if column in other.dates and other.ambiguous_dates)
        read = next((read for read in doubtful if not read.certain), first)
        if column != understanding.roles.get("ordered_at") and read.certain:
            continue
        if read.order not in ("day", "month"):
            continue
        key = f"dates-{table.sha256}-{column}-{read.order}"
        st.segmented_control(
            say("data.date_order", column=column, example=written(table, column, read.format)),
            ("day", "month"),
            default=read.order,
            format_func=lambda order: say(f"data.date_{order}"),
            key=key,
            on_change=state.take_date_order,
            args=(column, key, understanding.fingerprint),
        )
        if not read.certain:
            st.caption(f":orange[:material/help: {say('data.date_uncertain')}]")


def written(table: Table, column: str, form: str) -> str:
    """A date of the column as written in the file, and the day that it is read as."""
    moment = cached.telling_date(table, column)
    return form if moment is None else f"{moment.strftime(form)} → {page.day(moment.date())}"


def unused(table: Table, understanding: Understanding) -> None:
    """The columns that play no role, with examples and the reason."""
    left = [column for column in understanding.columns if column not in understanding.roles.values()]
    if not left:
        return
    label = say("data.other_columns", count=len(left)) if understanding.kind == "orders" else say("data.all_columns")
    with st.expander(label, on_change="rerun", key="unused") as opened:
        if opened.open:
            rows = cached.unused_columns(table, understanding, session.reading)
            explained = rows.assign(reason=rows["reason"].map(say))
            widgets.table(
                explained,
                {
                    "column": Shown(say("data.column_name")),
                    "examples": Shown(say("data.examples")),
                    "reason": Shown(say("data.why")),
                },
                key="unused-rows",
            )


def ledger(tables: tuple[Table, ...], found: Orders, reading: Reading) -> None:
    """Rows in = rows used + rows set aside, in words and as an account; each reason opens to its rows."""
    book = found.ledger
    st.header(say("data.ledger_title"), anchor=False)
    if not book.set_aside:
        st.markdown(say("data.ledger_all", rows=book.rows_in))
        return
    st.markdown(
        say(
            "data.ledger_words",
            rows_in=book.rows_in,
            rows_used=book.rows_used,
            set_aside=sum(book.set_aside.values()),
        )
    )
    widgets.account(
        [
            Entry(say("data.ledger_in"), book.rows_in),
            *(Entry(say(f"orders.reason.{reason}"), count, "−") for reason, count in book.set_aside.items()),
            Entry(say("data.ledger_used"), book.rows_used, "="),
        ],
        book.rows_in,
    )
    if len(found.returns):
        amount = f"{number(cached.size_of(reading).returned, '2f')} {found.currency}".strip()
        st.caption(say("data.returns", rows=len(found.returns), amount=amount))
    set_aside(tables, book, reading)


def odd_rows(tables: tuple[Table, ...], understanding: Understanding, book: Ledger | None, reading: Reading) -> None:
    """Cells that could not be read or are hardly right, and rows that did not fit: seen, corrected, taken back."""
    cells, left = cached.odd_rows(reading, tables, understanding, book)
    if cells.frame.empty and left.frame.empty and not reading.corrections:
        return
    label = say("data.odd_title", count=len(cells.frame) + len(left.frame), corrected=reading.corrections.count)
    with st.expander(label, icon=":material/edit:", key="odd-rows"):
        if not cells.frame.empty:
            st.markdown(say("data.odd_cells_about"))
            key = f"odd-cells-{reading.table_key}"
            with st.form(f"form-{key}", border=False):
                edited = st.data_editor(
                    cells.frame, hide_index=True, num_rows="fixed", width="stretch", key=key, alt=label
                )
                taken = st.form_submit_button(say("data.odd_apply"), key=f"apply-{key}")
            if taken:
                with page.errors_shown():
                    state.add_corrections(corrections.cell_corrections(tables, understanding, cells, edited))
                    st.rerun()
        if not left.frame.empty:
            st.markdown(say("data.odd_rows_about"))
            key = f"odd-left-{reading.table_key}"
            with st.form(f"form-{key}", border=False):
                edited = st.data_editor(
                    left.frame, hide_index=True, num_rows="fixed", width="stretch", key=key, alt=label
                )
                taken = st.form_submit_button(say("data.odd_add"), key=f"apply-{key}")
            if taken:
                with page.errors_shown():
                    state.add_corrections(corrections.row_corrections(tables, left, edited))
                    st.rerun()
        if reading.corrections:
            st.button(
                say("data.odd_undo", count=reading.corrections.count),
                icon=":material/undo:",
                on_click=state.drop_corrections,
                key="odd-undo",
            )


def set_aside(tables: tuple[Table, ...], book: Ledger, reading: Reading) -> None:
    """The rows of one reason, seen and taken away."""
    chosen = st.pills(
        say("data.ledger_open"),
        list(book.set_aside),
        format_func=lambda reason: f"{say(f'orders.reason.{reason}')} ({number(book.set_aside[reason], '0f')})",
        key="open-reason",
    )
    if chosen in book.set_aside:
        st.markdown(say(f"orders.explain.{chosen}"))
        rows = cached.set_aside_rows(reading, tables, book, str(chosen))
        widgets.raw_table(rows, key=f"aside-{chosen}")
        widgets.download_table(rows, str(chosen), key=f"download-{chosen}")


def decide(found: Orders, reading: Reading) -> None:
    """What the visitor may decide otherwise about doubtful rows."""
    options = reading.options
    with st.expander(say("data.decide_title"), icon=":material/tune:"):
        st.radio(
            say("data.duplicates"),
            ("automatic", "set_aside", "keep"),
            index=("automatic", "set_aside", "keep").index(options.duplicates),
            format_func=lambda choice: say(f"data.duplicates_{choice}"),
            key="option-duplicates",
            on_change=state.take_option,
            args=("duplicates",),
        )
        for name in (
            "keep_zero_prices",
            "keep_unpaid",
            "zero_is_guests",
            "keep_non_products",
            "keep_extreme",
            "keep_far_dates",
        ):
            st.toggle(
                say(f"data.{name}"),
                value=bool(getattr(options, name)),
                key=f"option-{name}",
                on_change=state.take_option,
                args=(name,),
            )
        if len(found.currencies) > 1:
            names = list(found.currencies)
            st.selectbox(
                say("data.currency"),
                names,
                index=names.index(found.currency) if found.currency in names else 0,
                key="option-currency",
                on_change=state.take_option,
                args=("currency",),
                width=240,
            )


def extremes(found: Orders, reading: Reading) -> None:
    """Lines far beyond all others: shown, never silently dropped."""
    rows = cached.extreme_lines(reading, found)
    if rows.empty:
        return
    st.header(say("data.extreme_title"), anchor=False)
    st.markdown(say("data.extreme_about", count=len(rows)))
    shown = {name: Shown(say(column.heading), column.form) for name, column in ORDER_LINES.items()}
    widgets.short_table(rows, shown, alt=say("data.extreme_title"), key=f"extreme-{reading.key}")
    widgets.download_table(rows, "extreme_lines", key="download-extreme")


page.guard()
page.frame("data")

session = state.session()
coming = session.candidate or session.reading
watched = sum(upload.size for upload in coming.uploads) > WORTH_WATCHING and not cached.is_read(coming)
with (
    page.errors_shown(),
    widgets.progress(say("data.reading", name=state.name_of(coming)), watched=watched) as progress,
):
    candidate.read_candidate(lambda share, step: progress(0.7 * share, step))
    cached.warm(session.reading, progress)
reading = session.reading

if reading.empty:
    with st.container():
        project.restored_note()
    bring(reading)
    st.space("small")
    road()
    st.stop()

with page.errors_shown():
    tables = cached.tables_of(reading)
    understanding = cached.understood(tables[0], reading)
    source(tables, understanding, reading)
    joined(cached.brought_of(reading))
    if understanding.kind == "orders":
        with page.errors_shown():
            found = cached.cleaned(reading)
            with page.errors_shown():
                cached.orders_of(reading)
                headline(found, reading)
            adds_up(understanding, reading)
            state_currency(found)
            if len(found.currencies) > 1:
                st.info(say("data.currencies", currency=found.currency), icon=":material/payments:")
            ledger(tables, found, reading)
            odd_rows(tables, understanding, found.ledger, reading)
            decide(found, reading)
            extremes(found, reading)
    else:
        with page.errors_shown():
            people = cached.customers_of(reading)
            widgets.facts(
                [
                    Fact(say("data.kpi_customers"), number(len(people), "0f")),
                    Fact(say("data.kpi_columns"), number(len(people.columns), "0f")),
                ],
                key="size",
            )
            cleaning.chosen()
            widgets.next_step("train", say("data.ready_customers"), say("ui.go_train"))
            fetch_library()
    columns(tables, understanding)
    if understanding.kind != "orders":
        st.header(say("data.preview_title"), anchor=False)
        widgets.raw_table(cached.presentable(tables[0], reading), key="preview", most=50)
