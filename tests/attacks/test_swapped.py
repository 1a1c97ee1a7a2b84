"""Lists, campaigns, orders and models of one project in the place of another's: true figures, or one sentence."""

import hashlib
import io
import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lib import text
from lib.audience import BAND, CONTROL, measure_effect, read_lists, readable_list
from lib.errors import UserError
from lib.project import Campaign, CustomerHistory, Project, read_project, write_project
from lib.schema import CUSTOMER_ID
from lib.tables import read_table
from tests.project.projects import a_project, some_orders


def assert_is_one_sentence(error: UserError) -> None:
    """Fails where an error has no sentence in a language."""
    for language in text.LANGUAGES:
        assert len(text.tell(language, error)) > 30


# ------------------------------------------------------------------------------------------------------ campaign lists

NAMES = ("May", "Mayo 2024", "2024", "2024-05-01", "=1+1", "Ünïcödé", "0", "true")
LINES = pd.DataFrame(
    {
        CUSTOMER_ID: [f"c{at}" for at in range(0, 60, 3)],
        "order_id": [str(at) for at in range(20)],
        "ordered_at": pd.Timestamp("2024-02-03"),
        "amount": 10.0,
    }
)
LOG = SimpleNamespace(lines=LINES, returns=LINES.head(0))


def lists_of(campaign: str, language: str, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The contact and the control list of 20 customers from the given one on, as they come back from a download."""
    chosen = pd.DataFrame({CUSTOMER_ID: [f"c{at}" for at in range(first, first + 20)], BAND: 1})
    held = np.arange(20) % 4 == 0
    made = []
    for control in (False, True):
        part = chosen.assign(**{CONTROL: control})[held == control]
        written = readable_list(part, language, campaign=campaign, emails={}).to_csv(index=False)
        made.append(read_table(written.encode(), "list.csv").frame)
    return made[0], made[1]


@pytest.mark.parametrize(("mine", "other"), [*itertools.combinations(NAMES, 2)])
def test_the_control_group_of_another_campaign_is_not_compared(mine: str, other: str) -> None:
    contacted, _ = lists_of(mine, "en", 0)
    for first in (0, 30):  # the same customers, and others
        _, control = lists_of(other, "es", first)
        with pytest.raises(UserError) as caught:
            read_lists([contacted, control])
        assert caught.value.key == "audience.several_campaigns"
        assert_is_one_sentence(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_both_lists_of_a_campaign_are_compared_whatever_its_name(name: str) -> None:
    contacted, _ = lists_of(name, "en", 0)
    _, control = lists_of(name, "es", 0)
    for pair in (
        [contacted, control],
        [control, contacted],
        [pd.concat([contacted, control.set_axis(contacted.columns, axis=1)])],
    ):
        if len(pair) == 1:
            continue  # headings in two languages are two tables
        found = measure_effect(read_lists(pair), LOG, start=pd.Timestamp("2024-02-01"), days=30)
        bought = {at for at in range(20) if at % 3 == 0}
        held = {at for at in range(20) if at % 4 == 0}
        assert (found.contacted, found.control) == (15, 5)
        assert found.rate_control == pytest.approx(len(bought & held) / 5)
        assert found.rate_contacted == pytest.approx(len(bought - held) / 15)


# ------------------------------------------------------------------------------------------------------- project files


def entries_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def campaign(name: str, seed: int) -> Campaign:
    """Twenty customers, drawn for the seed."""
    draw = np.random.default_rng(seed)
    ids = [hashlib.sha256(f"{seed}/{at}".encode()).hexdigest()[:16] for at in range(20)]
    customers = pd.DataFrame({CUSTOMER_ID: ids, CONTROL: draw.random(20) < 0.3, BAND: draw.integers(1, 6, 20)})
    return Campaign(name, pd.Timestamp("2024-03-01"), 30, 0.5, customers)


def a_shop(seed: int, currency: str) -> Project:
    """A project with two campaigns and its orders."""
    orders = some_orders()
    factor = float(seed)
    lines = orders.lines.assign(amount=orders.lines["amount"] * factor)
    history = CustomerHistory(replace(orders, lines=lines, currency=currency), pseudonymised=False)
    return replace(a_project(history=history), campaigns=(campaign("spring", seed), campaign("summer", seed + 50)))


MINE, OTHER = (entries_of(write_project(a_shop(seed, currency))) for seed, currency in ((1, "EUR"), (2, "USD")))


def exchanged() -> Iterator[tuple[str, bytes]]:
    """A project in which the bytes of one entry, or of two, are those of another entry or of another project."""
    for name in MINE:
        if name.startswith(("campaigns/", "history/", "models/")) and OTHER.get(name, MINE[name]) != MINE[name]:
            yield f"{name} of another project", zipped(MINE | {name: OTHER[name]})
    first, second = "campaigns/1.csv", "campaigns/2.csv"
    yield "two campaigns exchanged", zipped(MINE | {first: MINE[second], second: MINE[first]})
    yield (
        "all orders of another project",
        zipped(MINE | {name: data for name, data in OTHER.items() if name.startswith("history/")}),
    )
    rows = MINE[first].decode().splitlines()
    moved = [row.replace("control", "contacted") for row in rows]
    for name, changed in {
        "a customer less": rows[:-1],
        "nobody held out": [rows[0], *moved[1:]],
        "one customer moved": [
            rows[0],
            moved[1] if moved[1] != rows[1] else rows[1].replace("contacted", "control"),
            *rows[2:],
        ],
        "another band": [rows[0], rows[1].rpartition(",")[0] + ",77", *rows[2:]],
    }.items():
        yield f"a campaign by hand, {name}", zipped(MINE | {first: ("\n".join(changed) + "\n").encode()})


def _leaves(plain: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    if isinstance(plain, dict | list):
        for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from _leaves(value, (*path, key))
    else:
        yield path, plain


def _changed_by_hand(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return not value
    return value + 1 if isinstance(value, int | float) else f"{value}1"


def test_every_setting_that_was_changed_by_hand_is_noticed() -> None:
    looked_at = 0
    for entry in ("project.json", "reading.json", "explore.json"):
        for path, value in _leaves(json.loads(MINE[entry])):
            plain = inner = json.loads(MINE[entry])
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = _changed_by_hand(value)
            with pytest.raises(UserError):
                read_project(zipped(MINE | {entry: json.dumps(plain).encode()}), "shop.brine")
            looked_at += 1
    assert looked_at > 30


def test_settings_that_are_laid_out_differently_are_the_same() -> None:
    for layout in ({"indent": 4}, {"sort_keys": True}, {"ensure_ascii": True, "separators": (",", ":")}):
        entries = {name: json.loads(MINE[name]) for name in MINE if name in ("project.json", "explore.json")}
        written = {name: json.dumps(plain, **layout).encode() for name, plain in entries.items()}
        assert read_project(zipped(MINE | written), "shop.brine").project.campaigns[0].days == 30


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in exchanged()])
def test_an_entry_that_is_not_the_one_that_was_saved_is_noticed(name: str, data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read_project(data, "shop.brine")
    assert caught.value.key in ("project.changed_entry", "project.changed_model", "project.wrong")
    assert_is_one_sentence(caught.value)


def test_a_project_from_before_the_digests_is_read_as_it_is() -> None:
    plain = json.loads(MINE["project.json"])
    for one in plain["campaigns"]:
        assert len(one.pop("sha256")) == 64
    assert plain["history"].pop("sha256")
    assert len(plain.pop("settings")) == 3
    opened = read_project(zipped(MINE | {"project.json": json.dumps(plain).encode()}), "shop.brine")
    assert [one.name for one in opened.project.campaigns] == ["spring", "summer"]
    assert opened.project.history is not None
