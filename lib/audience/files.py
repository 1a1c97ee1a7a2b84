"""The files of a campaign: a readable list per group, and the lists that mailing and advertising tools take in."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.audience.campaign_names import distinct_campaigns
from lib.audience.selection import BAND, CONTROL, VALUE, customers_of
from lib.errors import UserError
from lib.orders.coding import names_of
from lib.schema import BUY_AGAIN, CUSTOMER_ID, GROUP_NAME, NEXT_ORDER, ORDERS, PREDICTION, SPEND
from lib.text import LANGUAGES, knows, say

EMAIL = "email"
"""Column: a customer's e-mail address."""

_SHARES, _WHOLE = (BUY_AGAIN,), (NEXT_ORDER[0], NEXT_ORDER[1], NEXT_ORDER[2])


def with_emails(chosen: pd.DataFrame, emails: Mapping[str, str]) -> pd.DataFrame:
    """The selected customers with their e-mail; those without one are left out.

    `emails` maps customer to e-mail. A customer whose id is an e-mail needs no entry.
    """
    ids = customers_of(chosen)
    found = ids.map(dict(emails)).where(lambda mail: mail.notna(), ids.where(ids.str.contains("@", regex=False)))
    return chosen.assign(**{EMAIL: found.astype("object")})[found.notna().to_numpy()]


def readable_list(
    chosen: pd.DataFrame, language: str, *, campaign: str, emails: Mapping[str, str], currency: str = ""
) -> pd.DataFrame:
    """A list for readers: headings and values in their language, rounded, without internal columns.

    It keeps what is needed to measure the effect later: customer, group, score band and campaign.
    """
    mails = customers_of(chosen).map(dict(emails))
    columns: dict[str, Sequence[object] | pd.Series] = {_heading(language, CUSTOMER_ID): customers_of(chosen)}
    if mails.notna().any():
        columns[_heading(language, EMAIL)] = mails.fillna("")
    for name in chosen.columns:
        if name in (BUY_AGAIN, SPEND, ORDERS, GROUP_NAME, PREDICTION, VALUE, *NEXT_ORDER):
            columns[_heading(language, str(name), currency)] = _rounded(chosen[name], str(name))
        elif str(name).startswith("probability_"):
            answer = str(name).removeprefix("probability_")
            columns[say(language, "audience.column.probability", name=answer)] = (100 * chosen[name]).round(1)
    columns[_heading(language, BAND)] = chosen[BAND] if BAND in chosen.columns else 1
    kept = chosen[CONTROL] if CONTROL in chosen.columns else pd.Series(False, index=chosen.index)
    names = {True: say(language, "audience.group.control"), False: say(language, "audience.group.contact")}
    columns[_heading(language, CONTROL)] = kept.map(names)
    columns[_heading(language, "campaign")] = campaign
    return pd.DataFrame(columns, index=chosen.index).reset_index(drop=True)


def _heading(language: str, name: str, currency: str = "") -> str:
    key = f"audience.column.{name}"
    if not knows(language, key):
        return name
    return say(language, key, currency=currency).replace(" ()", "").strip()


def _rounded(values: pd.Series, name: str) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(values.dtype):
        return values
    if name in _SHARES:
        return (100 * values).round(1)
    return values.round(0 if name in _WHOLE else 2)


def read_lists(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The lists of a campaign as `measure_effect` takes them: `customer_id`, `control`, `score_band`.

    Headings and groups may be in any language of ours. Customers are named as in the orders: without the apostrophe
    that keeps a spreadsheet from running an id such as `=1`, and without blanks around it. Raises UserError where the
    columns of a list are not there, and where the lists name several campaigns: the control group of another one says
    nothing about this one.
    """
    parts = []
    campaigns: dict[str, None] = {}
    for table in tables:
        campaigns |= dict.fromkeys(_campaigns(table))
        found = {key: _column(table, key) for key in (CUSTOMER_ID, CONTROL, BAND)}
        customer, group, band = found[CUSTOMER_ID], found[CONTROL], found[BAND]
        if customer is None or group is None:
            raise UserError("audience.no_list", found=[str(name) for name in table.columns[:12]])
        names = names_of(table[customer])
        table, names = table[names.notna().to_numpy()], names.dropna()
        words = table[group].astype("str").str.strip().str.casefold()
        control = words.isin({say(language, "audience.group.control").casefold() for language in LANGUAGES})
        contact = words.isin({say(language, "audience.group.contact").casefold() for language in LANGUAGES})
        if not (control | contact).all():
            raise UserError("audience.no_list", found=[str(name) for name in table.columns[:12]])
        bands = _bands(table, band) if band is not None else 1
        parts.append(pd.DataFrame({CUSTOMER_ID: names.to_numpy(), CONTROL: control.to_numpy(), BAND: bands}))
    joined = pd.concat(parts, ignore_index=True).drop_duplicates()
    twice = joined[CUSTOMER_ID].duplicated(keep=False)
    if (joined[twice].groupby(CUSTOMER_ID)[CONTROL].nunique() > 1).any():
        raise UserError("audience.in_both_groups", customers=int(joined.loc[twice, CUSTOMER_ID].nunique()))
    if len(several := distinct_campaigns(campaigns)) > 1:
        raise UserError("audience.several_campaigns", count=len(several), campaigns=several[:MOST_NAMED])
    return joined.drop_duplicates(CUSTOMER_ID, ignore_index=True)


def _bands(table: pd.DataFrame, column: str) -> np.ndarray:
    """The score bands of a list; a blank cell is in the first. Raises UserError for anything that is none."""
    cells = table[column].astype("str").str.strip().where(table[column].notna(), "1")
    numbers = pd.to_numeric(cells.mask(cells == "", "1"), errors="coerce").to_numpy(dtype="float64")
    good = np.isin(numbers, np.arange(1, MOST_BANDS + 1))
    if not good.all():
        example = str(cells.to_numpy()[~good][0])[:40]
        raise UserError("audience.bad_band", column=column, example=example, most=MOST_BANDS)
    return numbers.astype("int64")


MOST_BANDS = 100
MOST_NAMED = 4
"""Campaigns that a sentence names."""


def _campaigns(table: pd.DataFrame) -> list[str]:
    """The names of campaigns that a list gives; none where it has no such column."""
    column = _column(table, "campaign")
    if column is None:
        return []
    names = [_as_text(cell).strip() for cell in table[column].dropna().drop_duplicates()]
    return [name[:80] for name in names if name]


def _as_text(cell: object) -> str:
    """A cell as a person wrote it: a whole number has no point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _column(table: pd.DataFrame, name: str) -> str | None:
    wanted = {name, *(_heading(language, name).casefold() for language in LANGUAGES)}
    return next((str(column) for column in table.columns if str(column).strip().casefold() in wanted), None)


@dataclass(frozen=True)
class AudienceFile:
    """A file that a mailing or advertising tool takes in. `build` gets the customers with an `email` column, and the
    campaign's name."""

    key: str
    suffix: str
    build: Callable[[pd.DataFrame, str], pd.DataFrame]


def _klaviyo(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Klaviyo's list import: `Email`, then custom properties by any name."""
    return pd.DataFrame({"Email": _clean(chosen), **_properties(chosen), "Brine Campaign": campaign})


def _mailchimp(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Mailchimp's contact import: `Email Address` and `Tags`."""
    return pd.DataFrame({"Email Address": _clean(chosen), "Tags": campaign, **_properties(chosen)})


def _meta(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Meta's customer list: `email` as SHA-256 of the trimmed address in small letters, `value` for lookalikes."""
    listed = pd.DataFrame({"email": [hashed_email(mail) for mail in chosen[EMAIL]]}, index=chosen.index)
    if SPEND in chosen.columns:
        listed["value"] = chosen[SPEND].clip(lower=0).round(2)
    return listed


def _hubspot(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """HubSpot's contact import: `Email` is the unique identifier; other columns are mapped to properties."""
    return pd.DataFrame({"Email": _clean(chosen), **_properties(chosen), "Brine Campaign": campaign})


def _shopify(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Shopify's customer import: existing customers are found by `Email`, `Tags` are comma-separated."""
    tags = campaign.replace(",", " ")
    if GROUP_NAME in chosen.columns:
        return pd.DataFrame({"Email": _clean(chosen), "Tags": tags + ", " + chosen[GROUP_NAME].str.replace(",", " ")})
    return pd.DataFrame({"Email": _clean(chosen), "Tags": tags})


def _google(chosen: pd.DataFrame, campaign: str) -> pd.DataFrame:
    """Google Ads Customer Match: `Email` as SHA-256 of the normalised address, without the dots of a Gmail address."""
    return pd.DataFrame({"Email": [hashed_email(_without_gmail_dots(mail)) for mail in chosen[EMAIL]]})


def hashed_email(email: str) -> str:
    """An e-mail as advertising platforms ask for it: trimmed, in small letters, SHA-256, hexadecimal."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def _without_gmail_dots(email: str) -> str:
    name, at, domain = email.strip().lower().partition("@")
    return f"{name.replace('.', '')}{at}{domain}" if domain in ("gmail.com", "googlemail.com") else email


def _clean(chosen: pd.DataFrame) -> pd.Series:
    return chosen[EMAIL].astype("str").str.strip()


def _properties(chosen: pd.DataFrame) -> dict[str, pd.Series]:
    named = {
        BUY_AGAIN: ("Brine Probability", 3),
        SPEND: ("Brine Spend", 2),
        ORDERS: ("Brine Orders", 2),
        NEXT_ORDER[0]: ("Brine Days To Next Order", 0),
    }
    numbers = {title: chosen[name].round(digits) for name, (title, digits) in named.items() if name in chosen.columns}
    words = {"Brine Segment": chosen[GROUP_NAME]} if GROUP_NAME in chosen.columns else {}
    return numbers | words


AUDIENCE_FILES: tuple[AudienceFile, ...] = (
    AudienceFile("klaviyo", ".csv", _klaviyo),
    AudienceFile("mailchimp", ".csv", _mailchimp),
    AudienceFile("meta", ".csv", _meta),
    AudienceFile("hubspot", ".csv", _hubspot),
    AudienceFile("shopify", ".csv", _shopify),
    AudienceFile("google", ".csv", _google),
)
"""Every tool on offer: a new one is one entry, and its name `audience.<key>` in each language."""
