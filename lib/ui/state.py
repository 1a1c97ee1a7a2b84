"""What one visitor has in hand, kept from page to page: one typed `Session`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from lib.jobs import Job
from lib.orders import CleanOptions
from lib.tables import DateOrder


@dataclass(frozen=True)
class Upload:
    """One file as it arrived; `digest` stands for its bytes wherever something is kept."""

    name: str
    data: bytes = field(repr=False)
    digest: str


@dataclass(frozen=True)
class Reading:
    """Everything a visitor brought and decided on Data. Two equal readings give the same orders."""

    uploads: tuple[Upload, ...] = ()
    simulated: bool = False
    """Whether this is the sample shop, which our own code makes up."""
    sheet: str | None = None
    date_orders: tuple[tuple[str, DateOrder], ...] = ()
    roles: tuple[tuple[str, str], ...] | None = None
    """What each role's column is, where the visitor corrected it; None = as understood."""
    options: CleanOptions = field(default_factory=CleanOptions)

    @property
    def key(self) -> str:
        """Stands for the whole reading, where something made from it is kept."""
        parts = (
            tuple(upload.digest for upload in self.uploads),
            self.simulated,
            self.sheet,
            self.date_orders,
            self.roles,
            self.options,
        )
        return repr(parts)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self.uploads and not self.simulated

    @property
    def table_key(self) -> str:
        """Stands for what decides the table, before its columns have roles."""
        return repr((tuple(upload.digest for upload in self.uploads), self.simulated, self.sheet, self.date_orders))


@dataclass
class Session:
    """One visitor's work. Only `lib/ui` and the pages change it."""

    reading: Reading = field(default_factory=Reading)
    job: Job | None = None
    """The training that runs, or the last one that ended, with its result."""
    job_reading: str = ""
    """Key of the reading that the job learnt from."""
    remembered: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Corrected roles, by the columns of the file: the next file with the same columns gets them too."""


def session() -> Session:
    """This visitor's session, made on the first visit."""
    if "brine" not in st.session_state:
        st.session_state["brine"] = Session()
    found: Session = st.session_state["brine"]
    return found
