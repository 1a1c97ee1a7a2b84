"""What a project holds, as dataclasses: everything that was decided, and the customers only if asked for.

The bounds in the annotations are checked when a project is read (`lib/card/plain.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Literal

import pandas as pd

from lib.card import Card
from lib.card.bounds import Count, Figure, Moment, Name, Sha256, Text, Within
from lib.errors import Fact
from lib.insights import Size
from lib.orders import CleanOptions, Orders
from lib.project.encryption import Encryption, LockedHistory

SUFFIX = ".brine"

MAX_MODELS = 40
MAX_CAMPAIGNS = 100
MAX_SEGMENTS = 200

DateOrder = Literal["day", "month"]
Kind = Literal["orders", "customers", "table"]
Title = Annotated[str, Text(80)]
Hash = Annotated[str, Text(16, r"[0-9a-f]{16}")]
Criteria = Annotated[str, Text(4_000, r"[a-z]+:[\x20-\x7e]*")]
Parameter = Annotated[str, Text(8_000, r"[\x20-\x7e]*")]


@dataclass(frozen=True)
class Corrections:
    """What a person corrected about files with one set of columns."""

    fingerprint: Annotated[str, Text(200)]
    """Of the columns; see `lib.layouts.Understanding.fingerprint`."""
    roles: Mapping[str, Name] | None = None
    """Role → column, "" where no column has the role; None where nothing was corrected."""
    personal: tuple[Name, ...] | None = None
    """Columns with personal data, likewise."""
    dates: Mapping[str, DateOrder] = field(default_factory=dict)
    """Column → what its dates begin with."""


@dataclass(frozen=True)
class SavedQuery:
    """What was asked of a database: the connection's name on the server, never its address, user or password."""

    connection: Annotated[str, Text(100)]
    sql: Annotated[str, Text(100_000)]


@dataclass(frozen=True)
class ReadingSettings:
    """How the shop's files are read."""

    sample: bool = False
    """Whether the sample shop was loaded."""
    fingerprint: Annotated[str, Text(200)] = ""
    """Of the files that were loaded; `kind` and `sheet` are about them."""
    kind: Kind | None = None
    sheet: Name | None = None
    left_out: tuple[Name, ...] = ()
    """Files or sheets that are not used."""
    options: CleanOptions = field(default_factory=CleanOptions)
    pseudonymised: bool = False
    """Whether customers' ids were replaced by keyed hashes. The key itself is never saved."""
    corrections: tuple[Corrections, ...] = ()
    query: SavedQuery | None = None
    """Filled in on Data when the project is opened, and never run by itself."""

    def corrections_of(self, fingerprint: str) -> Corrections | None:
        """The corrections of files with these columns; None where there are none."""
        return next((one for one in self.corrections if one.fingerprint == fingerprint), None)


@dataclass(frozen=True)
class SavedSegment:
    """A segment that was saved on Explore: its definition, never its customers."""

    name: Title
    criteria: tuple[Criteria, ...]
    """As `lib.insights.criterion_text` writes them."""


@dataclass(frozen=True)
class ExploreSettings:
    """What Explore showed."""

    view: Mapping[str, Parameter] = field(default_factory=dict)
    """The parameters of the page's address: period, comparison, countries, tab …"""
    segments: tuple[SavedSegment, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """The figures of the orders on the day the project was saved. Next month is compared with them."""

    first: Moment
    """First day with an order."""
    until: Moment
    """Midnight after the last day with an order."""
    customers: Count
    orders: Count
    revenue: Figure
    """Net of the returns until then: later ones belong to the time that is compared with it."""
    currency: Annotated[str, Text(12)] = ""


def snapshot_of(size: Size, currency: str) -> Snapshot:
    """The figures of a history, as a project keeps them."""
    until = size.last + timedelta(days=1)
    revenue = size.revenue + size.returned_later
    return Snapshot(size.first.isoformat(), until.isoformat(), size.customers, size.orders, revenue, currency)


@dataclass(frozen=True)
class ProjectModel:
    """A model with its name. Its card is the one inside the file."""

    name: str
    format: str
    """Key of `lib.model_file.FORMATS`."""
    data: bytes = field(repr=False)
    sha256: str
    card: Card | None = None
    """None for a model of another program."""


@dataclass(frozen=True)
class Campaign:
    """A campaign with its control group, so that its effect can be measured later."""

    name: str
    start: pd.Timestamp
    days: int
    cost: float
    """Of contacting one customer."""
    customers: pd.DataFrame = field(repr=False)
    """One row per customer: `customer_id` (keyed hash, see `lib.orders.hash_ids`), `control` (bool), `score_band`."""


@dataclass(frozen=True)
class CustomerHistory:
    """The order history, where a person asked for it to be saved too."""

    orders: Orders = field(repr=False)
    pseudonymised: bool


@dataclass(frozen=True)
class Project:
    """Everything that was decided in one shop's work."""

    name: str = ""
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    explore: ExploreSettings = field(default_factory=ExploreSettings)
    models: tuple[ProjectModel, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    snapshot: Snapshot | None = None
    history: CustomerHistory | None = None
    locked: LockedHistory | None = None
    """An encrypted history, until it is opened (`lib.project.opened_history`); then `history` has it."""
    key_check: str = ""
    """Hash by which the secret of the campaigns and of a pseudonymised history is recognised; empty without one."""


@dataclass(frozen=True)
class LeftOut:
    """A model of a project file that the gate refused, and why: `gate.<reason>`."""

    name: str
    reason: str
    facts: Mapping[str, Fact]


# ---------------------------------------------------------------------------------------------- the entries of the file


@dataclass(frozen=True)
class ModelEntry:
    """A model as `project.json` lists it."""

    name: Title
    file: Annotated[str, Text(40, r"models/[0-9]{1,3}\.(pkl|joblib|skops)")]
    format: Annotated[str, Text(40, r"[a-z0-9.-]+")]
    sha256: Sha256


@dataclass(frozen=True)
class CampaignEntry:
    """A campaign as `project.json` lists it."""

    name: Title
    file: Annotated[str, Text(40, r"campaigns/[0-9]{1,3}\.csv")]
    start: Moment
    days: Annotated[int, Within(1, 365)]
    cost: Annotated[float, Within(0, 1e9)] = 0.0
    sha256: Sha256 = ""
    """Of the file; empty in projects of before."""


@dataclass(frozen=True)
class HistoryEntry:
    """The order history as `project.json` names it."""

    pseudonymised: bool
    currency: Annotated[str, Text(12)] = ""
    encryption: Encryption | None = None
    """None where it is not encrypted."""
    sha256: Mapping[str, Sha256] = field(default_factory=dict)
    """Entry → of its bytes as they are in the zip; empty in projects of before."""


@dataclass(frozen=True)
class Contents:
    """`project.json`, in the current version."""

    version: int
    made_by: Annotated[str, Text(40)] = ""
    """The version of Brine."""
    saved_on: Moment = ""
    name: Title = ""
    key_check: Hash = ""
    models: tuple[ModelEntry, ...] = ()
    campaigns: tuple[CampaignEntry, ...] = ()
    snapshot: Snapshot | None = None
    history: HistoryEntry | None = None
    settings: Mapping[str, Sha256] = field(default_factory=dict)
    """JSON entry → digest of what it says, this field apart; empty in projects of before."""
