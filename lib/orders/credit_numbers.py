"""Credit notes that only their number tells from invoices: `NC-12` among `FV-1`, with amounts above zero."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.layouts.names import words
from lib.orders.coding import Coded, Codes, Flags, Numbers

_INVOICES_BY_CREDIT: Mapping[frozenset[str], frozenset[str]] = {
    words("av avo"): words("f fa fac fact fc fv"),
    words("nc ncr"): words("f fa fac fact fat fc fe fr fs ft fv"),
    words("cn crn cm"): words("i in inv si"),
    words("gs gu"): words("r re rech rg rn"),
}
"""Letters before the numbers of credit notes → those before the numbers of invoices in the same languages."""
_LETTERS = r"^\s*([A-Za-z]{1,4})(?=[\W_]*\d)"
MOST_CREDITS = 0.4
"""Share of the numbers that may be of credit notes."""
LEAST_INVOICES = 0.5
KNOWN_CUSTOMERS = 0.9
"""Share of the credit notes whose customer has an invoice."""


CREDITS_SOMETHING = 0.8
"""Share of the credit notes that may give back what was invoiced before."""


def credit_numbers(numbers: Coded, customer: Codes, money: Numbers, moment: Codes) -> Flags:
    """Rows whose document is a credit note by its number, in a table whose other documents are invoices.

    Customers of credit notes have invoices, too, and earlier ones of as much; elsewhere the letters are of branches
    (`CN` and `IN`). Where such a row has a sign already, nothing is left to be told.
    """
    nothing = np.zeros(len(customer), dtype=bool)
    if not len(numbers.names):
        return nothing
    letters = numbers.names.astype("str").str.extract(_LETTERS, expand=False).str.casefold()
    shares = letters.value_counts(normalize=True)
    for credits, invoices in _INVOICES_BY_CREDIT.items():
        back, sold = letters.isin(credits), letters.isin(invoices)
        if not back.any() or sold.mean() < LEAST_INVOICES or back.mean() > MOST_CREDITS:
            continue
        if (shares.reindex(list(credits)).fillna(0) > shares.reindex(list(invoices)).max()).any():
            continue
        of_credits, of_invoices = numbers.rows(back), numbers.rows(sold)
        if (np.nan_to_num(money[of_credits]) < 0).any():
            return nothing
        known = pd.Index(customer[of_invoices & (customer >= 0)])
        if np.isin(customer[of_credits], known).mean() < KNOWN_CUSTOMERS:
            continue
        rows = pd.DataFrame({"number": numbers.codes, "who": customer, "money": money, "when": moment})
        rows["credit"] = of_credits
        rows = rows[(of_credits | of_invoices) & (customer >= 0)]
        if _invoiced_before(rows).mean() >= CREDITS_SOMETHING:
            return of_credits
    return nothing


def _invoiced_before(rows: pd.DataFrame) -> pd.Series:
    """Per credit note, whether an earlier invoice of the customer has its amount, or the last one at least as much."""
    kinds = {"who": "first", "money": "sum", "when": "min", "credit": "first"}
    made = rows.groupby("number").agg(kinds).round({"money": 2}).sort_values(["when", "credit"], kind="stable")
    sold = ~made["credit"]
    most = made.where(sold)["money"].groupby([made["who"], made["when"]]).transform("max")
    last = most.groupby(made["who"]).ffill()
    first = made[sold].groupby(["who", "money"])["when"].min()
    same = first.reindex(pd.MultiIndex.from_frame(made[["who", "money"]])).to_numpy(np.float64)
    return ((made["money"] <= last) | (same <= made["when"].to_numpy(np.float64)))[made["credit"]]
