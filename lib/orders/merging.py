"""Several files as one history: twelve monthly exports, one per shop, one that overlaps the next."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.errors import UserError
from lib.layouts import Understanding
from lib.logs import event
from lib.orders.cleaning import check_history, clean_part
from lib.orders.coding import mixed
from lib.orders.ledger import REASONS, CleanOptions, DoubtfulStatus, Ledger, Orders
from lib.orders.numberings import Numbered, comparable
from lib.orders.overlaps import Overlapping, with_later_calls, without_overlaps
from lib.tables import Table

_logger = logging.getLogger(__name__)

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def clean_files(
    tables: Sequence[Table], understandings: Sequence[Understanding], *, options: CleanOptions | None = None
) -> Orders:
    """The order lines of several files as one history. Raises UserError as `clean` does, but of all files together."""
    found = clean_all(tables, understandings, options=options)
    check_history(found)
    return found


def clean_all(
    tables: Sequence[Table], understandings: Sequence[Understanding], *, options: CleanOptions | None = None
) -> Orders:
    """`clean_files` that may end without any order line: the ledger says why. Raises UserError for missing columns."""
    if not tables:
        raise UserError("orders.no_files")
    wanted, start = options or CleanOptions(), time.perf_counter()
    parts = [clean_part(table, found, wanted) for table, found in zip(tables, understandings, strict=True)]
    merged = merged_parts(parts)
    ledger = merged.ledger
    event(
        _logger,
        "cleaned",
        seconds=time.perf_counter() - start,
        files=len(parts),
        rows=ledger.rows_in,
        used=ledger.rows_used,
        layout=understandings[0].layout or "none",
        **ledger.set_aside,
    )
    return merged


def merge(parts: Sequence[Orders]) -> Orders:
    """One history from those of several files, in which what stands in two files counts once.

    A line is the same in two files when order, customer, moment, product, quantity and amount are. Where one file has
    it twice and another once, it counts twice: files are compared with each other, never with themselves. An order
    that two files have under one number and amount counts once, whatever customer or day they give it. An order
    that one file has as cancelled or refunded was sold in none. Files in another currency than most are set aside.
    The ledger's rows are those of all files, one below the other.
    """
    if not parts:
        raise UserError("orders.no_files")
    found = merged_parts(parts)
    check_history(found)
    return found


def merged_parts(parts: Sequence[Orders], *, currency: str | None = None, one_moment: Sequence[bool] = ()) -> Orders:
    """`merge` that may end without any order line. `currency`: of the whole history, where the parts are of some of
    its customers only; by default that of most of the lines. `one_moment`: then, of which of the whole files all
    numbers that they share with earlier ones were sold at one moment."""
    if len(parts) == 1:
        return parts[0]
    if currency is not None:
        parts = [
            with_later_calls(part, parts[:at]) if at and steady else part
            for at, (part, steady) in enumerate(zip(parts, one_moment or [False] * len(parts), strict=True))
        ]
    numbered = comparable(parts) if currency is None else Numbered(tuple(parts))
    nothing = Overlapping(numbered.parts, (frozenset[str](),) * len(numbered.parts))
    overlapping = without_overlaps(numbered.parts) if currency is None else nothing
    parts = overlapping.parts
    if currency is None:
        currency = main_currency((part.currency, len(part.lines)) for part in parts)
    foreign = [bool(part.currency) and part.currency != currency for part in parts]
    lines, line_file = _together([part.lines for part in parts])
    returns, return_file = _together([part.returns for part in parts])
    again = _seen_in_another(lines, line_file) | _in_earlier(lines, line_file, overlapping)
    other = np.array(foreign)[line_file]
    starts = np.cumsum([0, *(part.ledger.rows_in for part in parts)])
    rows = np.concatenate([part.line_rows + start for part, start in zip(parts, starts[:-1], strict=True)])

    codes = np.concatenate([part.ledger.reason.cat.codes.to_numpy() for part in parts])
    off = _called_off(lines, parts)
    codes[rows[again]] = REASONS.index("overlap") + 1
    for reason, flags in off.items():
        codes[rows[flags & ~again]] = REASONS.index(reason) + 1
    codes[rows[other]] = REASONS.index("other_currency") + 1
    out = again | other
    for flags in off.values():
        out |= flags
    used = np.flatnonzero(~out)
    used = used[np.argsort(lines["ordered_at"].to_numpy()[used], kind="stable")]
    back_again = _seen_in_another(returns, return_file) | _given_back_earlier(returns, return_file, overlapping)
    kept_returns = returns[~(back_again | np.array(foreign)[return_file])]
    counts = np.bincount(codes, minlength=len(REASONS) + 1)
    return Orders(
        lines=lines.iloc[used].reset_index(drop=True),
        returns=kept_returns.sort_values("ordered_at", kind="stable", ignore_index=True),
        ledger=Ledger(
            rows_in=len(codes),
            rows_used=int(counts[0]),
            set_aside={reason: int(count) for reason, count in zip(REASONS, counts[1:], strict=True) if count},
            reason=pd.Series(pd.Categorical.from_codes(codes, categories=["", *REASONS]), name="reason"),
        ),
        currency=currency,
        currencies=_currencies(parts),
        called_off=pd.concat([part.called_off for part in parts], ignore_index=True),
        line_rows=rows[used],
        sum_checks=tuple(check for part in parts for check in part.sum_checks),
        line_checks=tuple(check for part in parts for check in part.line_checks),
        payment_checks=tuple(check for part in parts for check in part.payment_checks),
        padded_customers=numbered.padded,
        renumbered_orders=numbered.renumbered,
        reused_numbers=sum(part.reused_numbers for part in parts),
        overlapping_orders=sum(map(len, overlapping.again)),
        renamed_customers=overlapping.renamed,
        unmatched_customers=overlapping.unmatched,
        differing_orders=overlapping.differing,
        zero_customer_lines=sum(part.zero_customer_lines for part in parts),
        unknown_codes=tuple(codes for part in parts for codes in part.unknown_codes),
        doubtful_statuses=_doubtful_statuses(parts),
        unreadable=_added(part.unreadable for part in parts),
        equal_rows=sum(part.equal_rows for part in parts),
        discount_shares=tuple(dict.fromkeys(column for part in parts for column in part.discount_shares)),
        few_reused=sum(part.few_reused for part in parts),
        tax_by_rate=tuple(dict.fromkeys(column for part in parts for column in part.tax_by_rate)),
        other_currencies=_other_currencies(parts, currency),
        shared_emails=sum(part.shared_emails for part in parts),
    )


def _added(counts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def _other_currencies(parts: Sequence[Orders], currency: str) -> dict[str, int]:
    """Currency → rows set aside for it, in a file of several currencies or as a file of another one."""
    found: dict[str, int] = {}
    for part in parts:
        foreign = {part.currency: len(part.lines)} if part.currency else {}
        for name, rows in (*part.other_currencies.items(), *foreign.items()):
            if name != currency:
                found[name] = found.get(name, 0) + rows
    return found


def _doubtful_statuses(parts: Sequence[Orders]) -> tuple[DoubtfulStatus, ...]:
    """Each status once, and twice where it was read in one file as paid and in another as not."""
    rows: dict[DoubtfulStatus, int] = {}
    for status in (status for part in parts for status in part.doubtful_statuses):
        same = replace(status, rows=0)
        rows[same] = rows.get(same, 0) + status.rows
    return tuple(replace(same, rows=count) for same, count in rows.items())


def _together(frames: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, Codes]:
    """The frames one below the other, and which of them each row is from."""
    filled = [frame for frame in frames if len(frame)] or [frames[0]]
    file = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    return pd.concat(filled, ignore_index=True), file


def _seen_in_another(lines: pd.DataFrame, file: Codes) -> Flags:
    """Lines that an earlier file has as often as this one does so far."""
    columns = ["order_id", "customer_id", "product"]
    same = [pd.factorize(lines[column])[0].astype(np.int64) for column in columns]
    same += [lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64)]
    same += [np.round(lines[column].to_numpy() * 100).astype(np.int64) for column in ("quantity", "amount")]
    line = pd.factorize(mixed(*same))[0].astype(np.int64)
    nth = pd.Series(line).groupby(mixed(line, file), sort=False).cumcount().to_numpy()
    return pd.Series(mixed(line, nth)).duplicated().to_numpy()


def _in_earlier(lines: pd.DataFrame, file: Codes, found: Overlapping) -> Flags:
    """Lines of orders that an earlier file has with another customer, day or product."""
    flags = np.zeros(len(lines), dtype=bool)
    for at, numbers in enumerate(found.again):
        if numbers:
            flags |= (file == at) & lines["order_id"].isin(numbers).to_numpy()
    return flags


def _given_back_earlier(returns: pd.DataFrame, file: Codes, found: Overlapping) -> Flags:
    """Money given back of such orders, of which an earlier file has as much."""
    own = _in_earlier(returns, file, found)
    if not own.any():
        return own
    money = pd.Series(np.round(returns["amount"].to_numpy() * 100).astype(np.int64))
    pairs = pd.DataFrame({"order": returns["order_id"].to_numpy(), "money": money, "file": file})
    first = pairs.groupby(["order", "money"])["file"].transform("min")
    return own & (pairs["file"] > first).to_numpy()


def _called_off(lines: pd.DataFrame, parts: Sequence[Orders]) -> Mapping[str, Flags]:
    """Reason → lines of orders that any of the files has as cancelled or refunded."""
    found = [part.called_off for part in parts if len(part.called_off)]
    if not found:
        return {}
    key = ["order_id", "customer_id", "ordered_at"]
    known = pd.concat(found, ignore_index=True).drop_duplicates(key, keep="last")
    reason = lines[key].merge(known, on=key, how="left")["reason"]
    return {name: (reason == name).to_numpy() for name in known["reason"].unique()}


def _currencies(parts: Sequence[Orders]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        for currency, rows in (part.currencies or {part.currency: len(part.lines)}).items():
            counts[currency] = counts.get(currency, 0) + rows
    known = {currency: rows for currency, rows in counts.items() if currency}
    return dict(sorted(known.items(), key=lambda pair: -pair[1]))


def main_currency(parts: Iterable[tuple[str, int]]) -> str:
    """The currency of most order lines, out of each file's currency and number of lines; files without one are left
    out."""
    used: dict[str, int] = {}
    for currency, lines in parts:
        if currency:
            used[currency] = used.get(currency, 0) + lines
    return max(used, key=lambda currency: used[currency], default="")
