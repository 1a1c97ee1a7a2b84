"""Every sentence that ends a training is true, and what it advises works: followed, the question can be answered.

Each case builds the situation, and then what the sentence asks for. The quick test asks the check before the training
again; the slow one trains.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from lib.errors import UserError
from lib.orders import Ledger, Orders
from lib.text import LANGUAGES, tell
from lib.training import Question, train_customers, train_orders
from lib.training.feasibility import check_orders, check_table

START = pd.Timestamp("2024-01-01T12:00")


def history(days_of: dict[str, list[int]]) -> Orders:
    """Customer → days with an order of 10."""
    pairs = [(who, day) for who, days in days_of.items() for day in days]
    lines = pd.DataFrame(
        {
            "customer_id": [who for who, _ in pairs],
            "order_id": [f"o{at}" for at in range(len(pairs))],
            "ordered_at": (START + pd.to_timedelta([day for _, day in pairs], unit="D")).astype("datetime64[us]"),
            "amount": [10.0 + at % 7 for at in range(len(pairs))],
            "quantity": 1.0,
            "product": pd.Series(None, index=range(len(pairs)), dtype="str"),
            "country": pd.Series(None, index=range(len(pairs)), dtype="str"),
        }
    ).sort_values("ordered_at", ignore_index=True, kind="stable")
    return Orders(lines, lines.iloc[:0], Ledger(len(lines), len(lines), {}, pd.Series("", index=lines.index)))


def shop(customers: int, days: int, *, again: float = 0.5, every: int = 0) -> Orders:
    """So many customers spread over so many days. A share of them orders again, or all do every so many days."""
    draw = np.random.default_rng(customers * 1000 + days)
    found: dict[str, list[int]] = {}
    for at in range(customers):
        first = at * days // (2 * customers)
        later = draw.integers(first, days, draw.poisson(4)) if draw.random() < again else np.array([], int)
        dates = range(first, days, every) if every else {first, *later.tolist()}
        found[f"k{at}"] = sorted(dates)
    found["k0"] = sorted({0, days - 1, *found["k0"]})
    return history(found)


def table(rows: int, **columns: object) -> pd.DataFrame:
    """A customer table with two columns that describe customers, and those given."""
    draw = np.random.default_rng(rows)
    base = {"age": draw.integers(18, 80, rows), "city": draw.choice(["Vigo", "Lyon"], rows)}
    return pd.DataFrame({**base, **columns}, index=pd.Index([f"k{at}" for at in range(rows)], name="customer_id"))


def yes(rows: int, every: int) -> list[str]:
    return ["yes" if at % every == 0 else "no" for at in range(rows)]


Facts = dict[str, object]
Data = Orders | pd.DataFrame


@dataclass(frozen=True)
class Case:
    """A situation, the sentence that it ends in, and what following the advice gives."""

    key: str
    data: Data
    question: Question
    follow: Callable[[Data, Question, Facts], tuple[Data, Question]]


def other(**changes: object) -> Callable[[Data, Question, Facts], tuple[Data, Question]]:
    return lambda data, question, facts: (data, replace(question, **changes))


def shorter(**changes: object) -> Callable[[Data, Question, Facts], tuple[Data, Question]]:
    return lambda data, question, facts: (data, replace(question, horizon_days=facts["possible"], **changes))


TARGET = Question("target", target="left")
YEAR = shop(120, 400)
DAILY = shop(90, 300, every=4)
RARE = table(300, left=[f"answer {at}" for at in range(300)])

CASES = {
    "a year ahead in 200 days, by logistic regression": Case(
        "training.future.needs_automatic_or_shorter", shop(150, 200),
        Question("buy_again", horizon_days=180, recipe="logistic"), shorter(),
    ),
    "the same, left to Brine": Case(
        "training.future.needs_automatic_or_shorter", shop(150, 200),
        Question("buy_again", horizon_days=180, recipe="logistic"), other(recipe=""),
    ),
    "chosen columns in 65 days of few customers": Case(
        "training.future.needs_automatic", shop(55, 65), Question("orders", columns=("recency_days",)),
        other(columns=()),
    ),
    "two years ahead": Case("training.future.too_short", YEAR, Question("orders", horizon_days=730), shorter()),
    "two years ahead, by a method that needs more customers": Case(
        "training.future.needs_automatic_and_shorter", shop(55, 65),
        Question("orders", horizon_days=730, recipe="count"), shorter(recipe=""),
    ),
    "45 days of history": Case(
        "training.future.too_short", shop(200, 45, every=9), Question("orders", horizon_days=90), shorter()
    ),
    "45 days of history, and 60 are loaded": Case(
        "training.future.too_short", shop(200, 45, every=9), Question("orders", horizon_days=90),
        lambda data, question, facts: (shop(200, facts["needed"], every=9), question),
    ),
    "20 days of history": Case(
        "training.pattern.short_history", shop(80, 20), Question("orders"),
        lambda data, question, facts: (shop(80, facts["needed"]), question),
    ),
    "40 customers": Case(
        "training.pattern.few_customers", shop(40, 100), Question("spend"),
        lambda data, question, facts: (shop(facts["needed"], 100), question),
    ),
    "nobody returns": Case(
        "training.pattern.nobody_returns", shop(80, 100, again=0.0), Question("buy_again"),
        lambda data, question, facts: (data, Question("groups")),
    ),
    "everybody orders every fourth day": Case(
        "training.future.everybody_buys", DAILY, Question("buy_again", horizon_days=7), other(goal="spend")
    ),
    "everybody orders every tenth day": Case(
        "training.future.everybody_buys_so_long", shop(90, 300, every=10), Question("buy_again", horizon_days=90),
        shorter(),
    ),
    "a cutoff before the first order": Case(
        "training.future.nothing_before", YEAR, Question("orders", cutoff=pd.Timestamp("2023-01-01")),
        other(cutoff=pd.Timestamp("2025-01-01")),
    ),
    "groups of 20 customers": Case(
        "training.too_few_customers", shop(20, 100), Question("groups"),
        lambda data, question, facts: (shop(facts["needed"], 100), question),
    ),
    "groups of a table of 20 customers": Case(
        "training.too_few_customers", table(20), Question("groups"),
        lambda data, question, facts: (table(facts["needed"]), question),
    ),
    "40 groups of 200 customers": Case(
        "training.groups_out_of_range", shop(200, 300), Question("groups", groups=40),
        lambda data, question, facts: (data, replace(question, groups=facts["most"])),
    ),
    "9 groups of a table of 60 customers": Case(
        "training.groups_out_of_range", table(60), Question("groups", groups=9),
        lambda data, question, facts: (data, replace(question, groups=facts["most"])),
    ),
    "the RFM grid of a table": Case(
        "training.grid_needs_orders", table(200), Question("groups", recipe="rfm_grid"), other(recipe="kmeans")
    ),
    "the RFM grid of a table, and orders are loaded": Case(
        "training.grid_needs_orders", table(200), Question("groups", recipe="rfm_grid"),
        lambda data, question, facts: (shop(200, 300), question),
    ),
    "orders, where a table is needed": Case(
        "training.needs_customers", YEAR, TARGET, lambda data, question, facts: (data, Question("groups"))
    ),
    "a table, where orders are needed": Case(
        "training.needs_orders", table(200, left=yes(200, 3)), Question("orders"), other(goal="target", target="left")
    ),
    "a column that is not there": Case(
        "training.unknown_columns", table(200, left=yes(200, 3)), Question("target", target="gone"),
        other(target="left"),
    ),
    "nothing but the target": Case(
        "training.no_columns", table(200, left=yes(200, 3))[["left"]], TARGET,
        lambda data, question, facts: (table(200, left=yes(200, 3)), question),
    ),
    "columns that describe nobody": Case(
        "training.no_usable_columns", table(200, left=yes(200, 3), always=1)[["left", "always"]], TARGET,
        lambda data, question, facts: (table(200, left=yes(200, 3), always=1), question),
    ),
    "numbers too large to compute with": Case(
        "training.target_too_large", table(200, left=1e200 * np.arange(1, 201)), TARGET,
        other(target="age"),
    ),
    "no answer at all": Case(
        "training.target_empty", table(200, left=pd.Series([None] * 200, dtype="str").to_numpy()), TARGET,
        other(target="age"),
    ),
    "always the same answer": Case("training.target_constant", table(200, left="yes"), TARGET, other(target="age")),
    "dates": Case(
        "training.target_not_usable", table(200, left=pd.Timestamp("2025-01-01") + pd.to_timedelta(range(200))), TARGET,
        other(target="city"),
    ),
    "an answer of each customer's own": Case("training.target_identifies", RARE, TARGET, other(target="city")),
    "40 rows with names as the target": Case(
        "training.target_identifies", table(40, left=[f"Ana {at}" for at in range(40)]), TARGET,
        lambda data, question, facts: (table(200, left=yes(200, 3)), question),
    ),
    "60 answers": Case(
        "training.too_many_classes", table(300, left=[f"answer {at % 60}" for at in range(300)]), TARGET,
        other(target="city"),
    ),
    "60 answers in few rows": Case(
        "training.too_many_classes", table(80, left=[f"answer {at % 30}" for at in range(80)]), TARGET,
        lambda data, question, facts: (table(200, left=[f"answer {at % 7}" for at in range(200)]), question),
    ),
    "80 rows": Case(
        "training.too_little_data", table(80, left=yes(80, 3)), TARGET,
        lambda data, question, facts: (table(facts["needed"], left=yes(facts["needed"], 3)), question),
    ),
    "30 numbers": Case(
        "training.too_little_data", table(30, left=np.arange(30) * 1.5), TARGET,
        lambda data, question, facts: (table(facts["needed"], left=np.arange(facts["needed"]) * 1.5), question),
    ),
    "one in fifty says yes": Case(
        "training.too_few_of_class", table(300, left=yes(300, 50)), TARGET,
        lambda data, question, facts: (table(facts["rows"], left=yes(facts["rows"], 50)), question),
    ),
    "30 rows, one in five says yes": Case(
        "training.too_few_of_class", table(30, left=yes(30, 5)), TARGET,
        lambda data, question, facts: (table(facts["rows"], left=yes(facts["rows"], 5)), question),
    ),
}  # fmt: skip

FOUND_IN_TRAINING = {
    "customers without any separate kinds": Case(
        "training.no_groups_found",
        pd.DataFrame(
            np.random.default_rng(1).normal(0, 1, (100, 5)), columns=list("abcde"),
            index=pd.Index([f"k{at}" for at in range(100)], name="customer_id"),
        ),
        Question("groups", recipe="hdbscan"), other(recipe="kmeans"),
    ),
    "nothing but a copy of the answer": Case(
        "training.only_answers",
        table(200, left=yes(200, 3), code=[1.0 if one == "yes" else 0.0 for one in yes(200, 3)])[["left", "code"]],
        TARGET, lambda data, question, facts: (table(200, left=yes(200, 3)), question),
    ),
}  # fmt: skip
"""What only learning shows."""


def check(data: Data, question: Question) -> object:
    return check_orders(data.lines, question) if isinstance(data, Orders) else check_table(data, question)


def train(data: Data, question: Question) -> object:
    return train_orders(data, question) if isinstance(data, Orders) else train_customers(data, question)


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_fits_and_its_advice_is_accepted(name):
    case = CASES[name]
    with pytest.raises(UserError) as caught:
        check(case.data, case.question)
    assert caught.value.key == case.key
    for language in LANGUAGES:
        assert "{" not in tell(language, caught.value)
    assert check(*case.follow(case.data, case.question, dict(caught.value.facts)))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CASES, *FOUND_IN_TRAINING])
def test_what_the_sentence_advises_trains(name):
    case = (CASES | FOUND_IN_TRAINING)[name]
    with pytest.raises(UserError) as caught:
        train(case.data, case.question)
    assert caught.value.key == case.key
    assert train(*case.follow(case.data, case.question, dict(caught.value.facts))).card.customers > 0
