"""What one visitor has in hand, kept from page to page: one typed `Session`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import turns
from lib.card import Card
from lib.comparison import Comparison
from lib.errors import UserError
from lib.jobs import Job, Result
from lib.joins import Brought
from lib.layouts import TableCleaning, TableKind, Understanding, read_settings
from lib.model_file import DEFAULT_FORMAT
from lib.orders import CleanOptions, DoubtfulStatus, StatusMeaning
from lib.project import is_project
from lib.scoring import Scores
from lib.tables import Corrections, DateOrder, distinct_file_names
from lib.training import Question
from lib.ui import upload_room
from lib.ui.database import Query
from lib.ui.explore_session import ExploreSession
from lib.ui.parked import Part, with_parts
from lib.ui.predict_session import PredictSession
from lib.ui.project_session import ProjectSession
from lib.ui.shared_values import shared
from lib.ui.upload_room import FileBytes


@dataclass(frozen=True)
class Upload:
    """One uploaded file; `digest` identifies its bytes in caches."""

    name: str
    data: bytes = field(repr=False, compare=False)
    digest: str = ""
    held: FileBytes | None = field(default=None, repr=False, compare=False)
    """Holds `data`, which is there once for all visitors with the same file."""

    @property
    def size(self) -> int:
        """Of its bytes."""
        return len(self.data) if self.held is None else self.held.part.size


@dataclass(frozen=True)
class Reading:
    """Everything that a visitor uploaded and decided on Data. Two equal readings give the same orders."""

    uploads: tuple[Upload, ...] = ()
    simulated: bool = False
    """Whether this is the sample shop, which our own code makes up."""
    sheet: str | None = None
    date_orders: tuple[tuple[str, DateOrder], ...] = ()
    roles: tuple[tuple[str, str], ...] | None = None
    """What each role's column is, where the visitor corrected it; None = as understood."""
    kind: TableKind | None = None
    """Whether a row is an order line or a customer, where the visitor said so; None = as understood."""
    options: CleanOptions = field(default_factory=CleanOptions)
    left_out: tuple[str, ...] = ()
    """Files or sheets that the visitor doesn't want to be joined or used."""
    query: Query | None = None
    """What was asked of a database, instead of bringing files."""
    personal: tuple[str, ...] | None = None
    """The columns with personal data, where the visitor corrected them; None = as found."""
    cleaning: TableCleaning = field(default_factory=TableCleaning)
    """What the visitor decided about suspicious values of a customer table."""
    corrections: Corrections = field(default_factory=Corrections)
    """Cells and rows that the visitor corrected."""
    hash_key: str = field(default="", repr=False)
    """The visitor's secret, where customers' ids are to be replaced by a keyed hash."""
    history: str = ""
    """Digest of a project's own orders, where they are merged with these files."""

    @cached_property
    def key(self) -> str:
        """Identifies the whole reading in caches."""
        parts = (
            tuple(upload.digest for upload in self.uploads),
            self.simulated,
            self.sheet,
            self.left_out,
            self.date_orders,
            self.roles,
            self.kind,
            self.options,
            self.query,
            self.personal,
            self.corrections,
            self.cleaning,
            _digest(self.hash_key.encode())[:16] if self.hash_key else "",
            self.history,
        )
        return repr(parts)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self.uploads and not self.simulated and self.query is None

    @cached_property
    def file_key(self) -> str:
        """Identifies what determines how the files are read."""
        digests = tuple(upload.digest for upload in self.uploads)
        return repr((digests, self.simulated, self.sheet, self.left_out, self.date_orders, self.query))

    @cached_property
    def table_key(self) -> str:
        """Identifies what determines the table, before its columns have roles."""
        return repr((self.file_key, self.corrections)) if self.corrections else self.file_key


@dataclass
class Session:
    """One visitor's work. Only `lib/ui` and the pages change it."""

    reading: Reading = field(default_factory=Reading)
    candidate: Reading | None = None
    """New files that have not been read yet."""
    failure: UserError | None = None
    """Why the last files could not be read; shown until others are uploaded."""
    uploads_taken: int = 0
    settings: Upload | None = None
    """A settings file that has not been read yet."""
    job: Job | None = None
    """The training that runs, or the last one that ended, with its result."""
    job_reading: str = ""
    """Key of the reading that the job learnt from …"""
    job_question: Question | None = None
    """What was asked, for the notebook; None where that is not known."""
    job_name: str = ""
    """… and what the visitor calls it."""
    trained: list[Result] = field(default_factory=list)
    """The models of earlier trainings of this session, the latest first."""
    result_shown: Result | None = None
    """One of them, where Train shows it instead of the last."""
    saved_models: set[str] = field(default_factory=set)
    """SHA-256 of the pipelines that were downloaded, saved on the server or saved in a project."""
    names_refused: tuple[str, UserError] | None = None
    """Why the names that the visitor gave to segments could not be taken."""
    result_seen: str = ""
    """The result that the page has scrolled up to."""
    customers_scored: tuple[str, Scores] | None = field(default=None, repr=False)
    """The customers of a trained model with its answers, by model and language."""
    remembered: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Corrected roles, by the columns of the file: the next file with the same columns gets them too."""
    remembered_personal: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Corrected columns with personal data, likewise."""
    remembered_dates: dict[str, tuple[tuple[str, DateOrder], ...]] = field(default_factory=dict)
    """How dates are read, where that was corrected, likewise."""
    predicting: PredictSession = field(default_factory=PredictSession)
    exploring: ExploreSession = field(default_factory=ExploreSession)
    """The model, customers and scores of Predict."""
    project: ProjectSession = field(default_factory=ProjectSession)
    model_shown: str = ""
    """Key of the saved model whose card is open on Models."""
    compare_asked: str = ""
    """Digest of the saved models and data that the visitor wants to be compared on Models."""
    compared: tuple[str, Comparison | None] | None = None
    """Digest of those compared last, and the result."""
    figures_served: bool = False
    """Whether the server hands out plotly.js; asked once per visitor."""
    figures_fail: bool = False
    """Whether this browser could not load plotly.js from here: its figures are then drawn by Streamlit's own chart."""
    shown: str = ""
    """Key of the reading that a page has shown last: what that needs is at hand."""
    tables: dict[str, Brought] = field(default_factory=dict)
    """The last few files as tables, by what decides them: reading is the slow part."""
    forgotten: bool = False
    """Whether the visitor had everything forgotten in another tab, while this one showed it."""


def session() -> Session:
    """This visitor's session, made on the first visit."""
    if "brine" not in st.session_state:
        st.session_state["brine"] = Session()
    found: Session = st.session_state["brine"]
    return found


def kept(key: str, first: object) -> str:
    """The key of a choice whose words follow the language. Its value is set on every run: when the words change, the
    browser would otherwise show none of them as chosen."""
    st.session_state[key] = st.session_state.get(key, first)
    return key


# ------------------------------------------------------------------------------------------------ what Data does to it


def uploader_key() -> str:
    """A new one empties the uploader."""
    return f"uploads-{session().uploads_taken}"


def uploaded_files(key: str) -> list[UploadedFile]:
    """The files in an uploader that the server has: one whose upload broke off is not among them."""
    held = st.session_state[key]
    files = held if isinstance(held, list) else [held]
    return [file for file in files if isinstance(file, UploadedFile)]


def take_uploads(key: str) -> None:
    """The files in an uploader become the next reading, once they can be read (see `lib/ui/candidate.py`)."""
    files = [file for file in uploaded_files(key) if not file.name.startswith(".")]
    names = distinct_file_names([file.name for file in files])
    uploads = [_held_once(file, name) for file, name in zip(files, names, strict=True)]
    projects = [one for one in uploads if is_project(one.name, one.data)]
    if projects:
        session().project.dropped = (projects[-1].name, projects[-1].data)
        uploads = [one for one in uploads if one not in projects]
    else:
        session().project.refused = None
    if uploads:
        session().candidate = Reading(tuple(uploads))


def _held_once(file: UploadedFile, name: str) -> Upload:
    """A file with its bytes as another visitor has them already, if one does; Streamlit then keeps none."""
    held = upload_room.taken(turns.visitor(), file.file_id)
    if held is None:
        data = file.getvalue()
        digest = _digest(data)
        held = shared("upload", digest, lambda: FileBytes(digest, Part(data)))
        if upload_room.keep(turns.visitor(), file.file_id, held):
            file.truncate(0)  # the widget's value lives as long as its page
    return with_parts(Upload(name, b"", held.digest, held), {"data": held.part})


def take_sample() -> None:
    """The sample shop becomes the reading."""
    mine = session()
    mine.reading, mine.candidate = Reading(simulated=True), None
    mine.failure = mine.project.refused = None


def start_over() -> None:
    """Nothing is loaded any more; models that were trained stay."""
    mine = session()
    mine.reading, mine.candidate = Reading(), None
    mine.failure = mine.project.refused = None
    mine.uploads_taken += 1


def remove_file(name: str) -> None:
    """A file that could not be read is forgotten; the others stay."""
    mine = session()
    kept = tuple(upload for upload in mine.reading.uploads if upload.name != name)
    mine.reading = replace(mine.reading, uploads=kept)


def leave_out(names: tuple[str, ...]) -> None:
    """The visitor doesn't want these files or sheets to be used."""
    mine = session()
    mine.reading = replace(mine.reading, left_out=names, roles=None)


def take_parts(key: str, all_names: tuple[str, ...]) -> None:
    """The files or sheets that are to be used; with none chosen, all are."""
    chosen = st.session_state[key]
    leave_out(tuple(name for name in all_names if name not in chosen) if chosen else ())


def take_query(connection: str, sql: str) -> None:
    """What a query answers becomes the next reading. The arguments are keys of widgets."""
    asked = Query(st.session_state[connection], st.session_state[sql])
    session().project.refused = None
    session().candidate = Reading(query=asked)


def name_of(reading: Reading) -> str:
    """What the visitor calls it; empty for the sample shop."""
    if reading.query is not None:
        return reading.query.connection
    return ", ".join(upload.name for upload in reading.uploads)


MOST_TRAINED = 8
"""Earlier models kept in a session."""


def trained_result() -> Result | None:
    """The best model of the last training so far."""
    job = session().job
    if job is None or job.state not in ("running", "done"):
        return None
    return job.result if job.state == "done" else job.first


def keep_job(job: Job, reading: Reading, question: Question | None = None) -> None:
    """A training has begun; of the one before, the best model so far is kept."""
    mine = session()
    before = trained_result()
    if before is not None:
        mine.trained = [before, *mine.trained][:MOST_TRAINED]
    if mine.job is not None and mine.job.state == "running":
        mine.job.cancel()
    mine.result_shown = None
    mine.job, mine.job_reading, mine.job_name = job, reading.key, name_of(reading)
    mine.job_question = question


def replace_result(made: Result, renamed: Result) -> None:
    """A trained model whose segments have other names stands wherever the one before stood."""
    mine = session()
    if mine.job is not None:
        mine.job.rename(made, renamed)
    mine.trained = [renamed if one is made else one for one in mine.trained]
    if mine.result_shown is made:
        mine.result_shown = renamed
    mine.customers_scored = None
    mine.saved_models.discard(made.card.pipeline_sha256)
    before, after = (one.files[DEFAULT_FORMAT] for one in (made, renamed))
    follow_renamed(_digest(before), after, renamed.card)


def follow_renamed(sha256: str, data: bytes, card: Card) -> None:
    """A model file of this SHA-256 has other names of segments: the open project has the new file."""
    project = session().project
    new = _digest(data)
    project.models, project.compared = (
        tuple(replace(one, data=data, sha256=new, card=card) if one.sha256 == sha256 else one for one in models)
        for models in (project.models, project.compared)
    )
    if project.retraining is not None and project.retraining.sha256 == sha256:
        project.retraining = replace(project.retraining, sha256=new)


def take_role(role: str, key: str, fingerprint: str) -> None:
    """A column was chosen for a role; a column plays one role only, the one chosen last."""
    column = st.session_state[key]
    mine = session()
    others = {other: "" if name == column else name for other, name in mine.reading.roles or () if other != role}
    roles = (*others.items(), (role, column))
    mine.remembered[fingerprint] = roles
    mine.reading = replace(mine.reading, roles=roles)


def take_settings(key: str) -> None:
    """Stores the uploaded settings file; it is read where errors can be shown (see `use_settings`)."""
    file = next(iter(uploaded_files(key)), None)
    session().settings = Upload(file.name, file.getvalue()) if file is not None else None


def use_settings(understanding: Understanding) -> None:
    """Takes what a handed-in settings file says about the columns. Raises UserError."""
    mine = session()
    if mine.settings is None:
        return
    file, mine.settings = mine.settings, None
    settings = read_settings(file.data, file.name, understanding)
    read = settings.understanding
    roles = {role: read.roles.get(role, "") for role in {*understanding.roles, *read.roles}}
    personal = tuple(read.personal)
    dates = tuple((dict(mine.reading.date_orders) | dict(settings.date_orders)).items())
    mine.reading = replace(
        mine.reading,
        roles=tuple(sorted(roles.items())),
        kind=read.kind,
        personal=personal,
        date_orders=dates,
        cleaning=read.cleaning,
    )
    add_corrections(settings.corrections)
    mine.remembered_dates[understanding.fingerprint] = dates
    mine.remembered[understanding.fingerprint] = mine.reading.roles or ()
    mine.remembered_personal[understanding.fingerprint] = personal
    st.rerun()


def add_corrections(more: Corrections) -> None:
    """Cells or rows were corrected, beside those corrected before."""
    mine = session()
    mine.reading = replace(mine.reading, corrections=mine.reading.corrections.with_more(more))


def drop_corrections() -> None:
    """All cells are as the file has them again."""
    session().reading = replace(session().reading, corrections=Corrections())


def take_kind(key: str) -> None:
    """The visitor said what a row is."""
    session().reading = replace(session().reading, kind=st.session_state[key])


def take_personal(key: str, fingerprint: str) -> None:
    """The visitor said which columns hold personal data."""
    mine = session()
    mine.reading = replace(mine.reading, personal=tuple(st.session_state[key]))
    mine.remembered_personal[fingerprint] = mine.reading.personal or ()


def take_hash_key(key: str) -> None:
    """The visitor gave a secret for hashing ids, or took it away."""
    session().reading = replace(session().reading, hash_key=str(st.session_state[key]).strip())


def take_sheet(key: str) -> None:
    """Another sheet of the workbook is another table: corrections of the old one go."""
    session().reading = replace(session().reading, sheet=st.session_state[key], roles=None, kind=None, personal=None)


def take_date_order(column: str, key: str, fingerprint: str) -> None:
    """The dates of a column are to be read the other way."""
    order = st.session_state[key]
    if order:
        known = dict(session().reading.date_orders) | {column: order}
        session().reading = replace(session().reading, date_orders=tuple(known.items()))
        session().remembered_dates[fingerprint] = tuple(known.items())


def take_option(name: str) -> None:
    """The visitor decided otherwise about doubtful rows."""
    value = st.session_state[f"option-{name}"]
    session().reading = replace(session().reading, options=replace(session().reading.options, **{name: value}))


def count_option(name: str) -> None:
    """A finding's choice was taken: an option of `CleanOptions` holds from now on."""
    st.session_state[f"option-{name}"] = True
    take_option(name)


def by_status(statuses: Sequence[DoubtfulStatus]) -> dict[tuple[str, str], list[DoubtfulStatus]]:
    """Column and status → how its rows were read; several where files were read differently."""
    found: dict[tuple[str, str], list[DoubtfulStatus]] = {}
    for one in statuses:
        found.setdefault((one.column, one.word), []).append(one)
    return found


def take_status_meaning(column: str, word: str, key: str) -> None:
    """The visitor said whether a status means that an order is paid."""
    mine = session()
    others = [one for one in mine.reading.options.status_meanings if (one.column, one.word) != (column, word)]
    said = (*others, StatusMeaning(column, word, bool(st.session_state[key])))
    mine.reading = replace(mine.reading, options=replace(mine.reading.options, status_meanings=said))


def drop_status_meanings() -> None:
    """All statuses are read from the file's rows again."""
    mine = session()
    options = replace(mine.reading.options, status_meanings=(), swap_unclear_statuses=False)
    mine.reading = replace(mine.reading, options=options)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
