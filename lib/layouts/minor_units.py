"""Money that payment services' interfaces write in the smallest unit: 2000 for 20.00 USD, and for 2,000 JPY."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.layouts.names import compact, words

WITHOUT_DECIMALS = words("BIF CLP DJF GNF JPY KMF KRW PYG RWF VND VUV XAF XOF XPF")
"""Currencies without a smaller unit (ISO 4217)."""
WITH_THREE_DECIMALS = words("BHD IQD JOD KWD LYD OMR TND")
"""Currencies of a thousand smallest units."""


@dataclass(frozen=True)
class PaymentApi:
    """The answers of a payment service's interface, saved as a table."""

    name: str
    telltale: tuple[frozenset[str], ...]
    """Columns by which they are known: one of each set, as `names.compact` writes them, alone or behind a prefix."""
    money: re.Pattern[str]
    """Of which columns the money is in the smallest unit."""
    least: int = 0
    """The smallest amount that the service takes, where other tables may have the same columns."""


def _api(name: str, telltale: Sequence[str], money: str, least: int = 0) -> PaymentApi:
    return PaymentApi(name, tuple(frozenset(one.split()) for one in telltale), re.compile(rf"(?:{money})$"), least)


APIS = (
    _api(
        "Stripe",
        (
            "livemode",
            "object paymentintent paymentstatus customer invoice status",
            "amount amounttotal amountpaid amountdue total",
        ),
        r"amount\w*|subtotal\w*|total\w*|tax|fee|net",
    ),
    _api(
        "Stripe",  # without `livemode`, as people keep the fields that they need
        ("object paymentstatus", "amountsubtotal", "amounttotal", "created"),
        r"amount\w*",
        least=50,
    ),
    _api("Square", ("totalmoneyamount amountmoneyamount grosssalesmoneyamount basepricemoneyamount",), r"moneyamount"),
    _api("Adyen", ("pspreference", "amountvalue"), r"(?:amount|value)"),
    _api("Paddle", ("detailstotalstotal detailstotalsgrandtotal",), r"totals\w+|unitprice\w*amount"),
    _api("Razorpay", ("entity", "amount", "contact acquirerdatarrn internationalpaymentid", "orderid invoiceid"),
         r"amount\w*|fee|tax"),
    _api("Paystack", ("gatewayresponse", "reference", "amount", "channel paidat"), r"amount|fees|requestedamount"),
    _api("Klarna", ("orderamount", "purchasecurrency klarnareference"), r"amount|totaltaxamount|unitprice"),
    _api("Checkout.com", ("requestedon", "amount", "approved schemeid paymenttype"), r"amount"),
    _api("GoCardless", ("chargedate", "amount", "linksmandate linkspayout"), r"amount\w*"),
    _api("Chargebee", ("amounttocollect subtotalinlocalcurrency amountadjusted", "total", "currencycode"),
         r"amount\w*|total|subtotal|tax|creditsapplied"),
    _api("Clover", ("paymentstate", "createdtime", "total"), r"total|amount|price|taxamount"),
    _api("Zettle", ("purchaseuuid purchaseuuid1 purchasenumber", "vatamount", "amount"), r"amount|vatamount|unitprice"),
    _api("Gumroad", ("formattedtotalprice formatteddisplayprice", "price"), r"price|gumroadfee"),
)  # fmt: skip


def _ends(columns: Sequence[str], wanted: frozenset[str]) -> bool:
    return any(column in wanted or any(column.endswith(one) and len(one) > 6 for one in wanted) for column in columns)


def api_of(columns: Sequence[str]) -> PaymentApi | None:
    """The interface whose answers a table with these columns holds; None for any other table."""
    short = [compact(column) for column in columns[:500]]
    return next((api for api in APIS if all(_ends(short, wanted) for wanted in api.telltale)), None)


def in_smallest_unit(columns: Sequence[str]) -> tuple[str, ...]:
    """Of these columns, those whose money is in the smallest unit of its currency.

    Fields of an interface begin in small letters and have no blanks. What people download from the same service has
    headings such as `Payment State`, and money in whole units.
    """
    fields = [column for column in columns if column[:1].islower() and " " not in column]
    api = api_of(fields)
    return () if api is None else tuple(column for column in fields if api.money.search(compact(column)))


def least_of(columns: Sequence[str]) -> int:
    """The smallest amount that a table of such an interface can hold, beside nothing; 0 where that is not known."""
    api = api_of([column for column in columns if column[:1].islower() and " " not in column])
    return 0 if api is None else api.least


def units_of(currencies: pd.Series | None, rows: int) -> NDArray[np.float64]:
    """How many smallest units one unit of the row's currency has; 100 where the currency is not known."""
    if currencies is None:
        return np.full(rows, 100.0)
    codes, names = pd.factorize(currencies)
    said = [str(name).strip().upper() for name in names]
    units = [1.0 if one in WITHOUT_DECIMALS else 1000.0 if one in WITH_THREE_DECIMALS else 100.0 for one in said]
    return np.append(np.array(units), 100.0)[codes]
