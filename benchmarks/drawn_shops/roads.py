"""Two ways from an export to scores: the public commands, or the functions under them with the file read once.

Either ends in a model that scores every customer, or in the key of a sentence. Raises `WrongResultError` for a result
that is not what the generator put into the shop; any other exception is a crash.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.drawn_shops import DrawnShop
from lib.cli import main as command
from lib.errors import UserError
from lib.exports import to_plain_csv
from lib.features import default_cutoff
from lib.gate import OpenedModel, open_model
from lib.joins import read_shop
from lib.layouts import understand, with_kind
from lib.model_file.making import make_model
from lib.orders import Orders, clean_files, customers
from lib.scoring import Choices, rows_from_orders, rows_from_table, score
from lib.tables import read_file, read_table
from lib.text import tell
from lib.training import Question, Trained, train_customers, train_orders
from lib.training.feasibility import check_orders, check_table


class WrongResultError(AssertionError):
    """A result that is not what the generator put into the shop."""


@dataclass(frozen=True)
class Arrived:
    """What a road ended in."""

    ended: str
    """`model`, or the key of a sentence."""
    details: str
    """The recipe, or the sentence."""
    expected: float
    """Seconds that were announced before the training; 0 where none were."""


Road = Callable[[str, Mapping[str, str]], Arrived]
"""Goal and options of `train` besides it → what they end in."""


class ByCommands:
    """`train` and `score` as a user runs them, in this process; every command reads the file."""

    def __init__(self, shop: DrawnShop, folder: Path, *, quick: bool) -> None:
        self._shop, self._folder, self._quick = shop, folder, quick
        (folder / shop.name).write_bytes(shop.file)

    def __call__(self, goal: str, asked: Mapping[str, str]) -> Arrived:
        """Train, open the file through the gate, score all customers, write the scores."""
        shop, folder = self._shop, self._folder
        source = ["--customers" if shop.target else "--orders", str(folder / shop.name)]
        model, scores = folder / "model.pkl", folder / "scores.csv"
        more = ["--target", shop.target] if goal == "target" else []
        more += [] if shop.target else [part for pair in asked.items() for part in pair]
        more += ["--quick"] if self._quick else []
        code, answer, said = _run("train", *source, "--goal", goal, *more, "--out", str(model))
        announced = re.search(r"(\d+) s", said)
        expected = float(announced[1]) if announced else 0.0
        if code:
            return Arrived(str(answer["error"]), str(answer["message"]), expected)
        if answer["customers_found_in_file"]:
            raise WrongResultError("a customer is in the file")
        code, scored, _ = _run("score", "--model", str(model), *source, "--out", str(scores))
        if code:
            raise WrongResultError(f"trained, but not scored: {scored}")
        check_scores(shop, pd.read_csv(scores), goal)
        return Arrived("model", f"{answer['recipe']} {answer['changed'] or ''}", expected)


class InOneProcess:
    """The functions that the commands and the pages call. The file is read once for all questions."""

    def __init__(self, shop: DrawnShop, folder: Path, *, quick: bool) -> None:
        self._shop, self._quick = shop, quick
        self._path = folder / shop.name
        self._path.write_bytes(shop.file)

    def __call__(self, goal: str, asked: Mapping[str, str]) -> Arrived:
        """Train, open the file through the gate, score all customers, encode the scores."""
        expected = 0.0
        try:
            question = self._question(goal, asked)
            expected, data, recipe = self._trained(question)
        except UserError as error:
            return Arrived(error.key, tell("en", error), expected)
        try:
            with open_model(data, "model.pkl") as opened:
                rows, cutoff = self._rows(opened)
                scores = score(opened, rows, Choices(sources={}, factors={}, language="en", cutoff=cutoff))
        except UserError as error:
            raise WrongResultError(f"trained, but not scored: {tell('en', error)}") from error
        check_scores(self._shop, pd.read_csv(io.BytesIO(to_plain_csv(scores.table))), goal)
        return Arrived("model", recipe, expected)

    @cached_property
    def _orders(self) -> Orders:
        brought = read_shop([(self._path.name, read_file(self._path))])
        orders = clean_files(brought.tables, [with_kind(understand(table), "orders") for table in brought.tables])
        check_lines(self._shop, orders.lines)
        return orders

    def _question(self, goal: str, asked: Mapping[str, str]) -> Question:
        horizon = {"horizon_days": int(asked["--horizon-days"])} if "--horizon-days" in asked else {}
        return Question(goal, target=self._shop.target if goal == "target" else "", quick=self._quick, **horizon)

    def _trained(self, question: Question) -> tuple[float, bytes, str]:
        train: Callable[[Question], Trained]
        lines: pd.DataFrame | None = None
        if self._shop.target:
            table = read_table(read_file(self._path), self._path.name)
            people = customers(table, understand(table))
            train, feasible = partial(train_customers, people), check_table(people, question)
        else:
            lines = self._orders.lines
            train, feasible = partial(train_orders, self._orders), check_orders(lines, question)
        made = make_model(train, question, formats=("pickle",), lines=lines)
        if made.leaks.found:
            raise WrongResultError("a customer is in the file")
        changes = list(made.card.privacy.changes)
        return round(feasible.seconds), made.files["pickle"], f"{made.card.recipe} {changes or ''}"

    def _rows(self, opened: OpenedModel) -> tuple[pd.DataFrame, pd.Timestamp | None]:
        if self._shop.target:
            table = read_table(read_file(self._path), self._path.name)
            return rows_from_table(opened, table, understand(table)), None
        cutoff = default_cutoff(self._orders)
        return rows_from_orders(opened, self._orders, cutoff), cutoff


def check_lines(shop: DrawnShop, lines: pd.DataFrame) -> None:
    """Who ordered, and for how much in all, where the generator knows that no line may be left out."""
    if not shop.facts.get("exact"):
        return
    known, found = shop.sales, lines
    if set(known["customer"].astype("str")) != set(found["customer_id"].astype("str")):
        missing = sorted(set(known["customer"].astype("str")) - set(found["customer_id"].astype("str")))[:3]
        raise WrongResultError(f"other customers were read: {found['customer_id'].nunique()}; without {missing}")
    total, read = float(known["amount"].sum()), float(found["amount"].sum())
    if abs(read - total) > 0.01 * max(1, len(known)) ** 0.5 + 1e-9 * abs(total):
        raise WrongResultError(f"{read} was read as the sum of {total}")
    days = known["when"].dt.normalize().value_counts().sort_index()
    read_days = found["ordered_at"].dt.normalize().value_counts().sort_index()
    if not np.array_equal(days.index.to_numpy("datetime64[D]"), read_days.index.to_numpy("datetime64[D]")):
        raise WrongResultError(f"days from {read_days.index[0]} to {read_days.index[-1]} were read, not {days.index}")


def check_scores(shop: DrawnShop, scores: pd.DataFrame, goal: str) -> None:
    """One row for each customer, and figures that such a question can have."""
    least, most = shop.customers, shop.customers + int(str(shop.facts.get("uncertain", 0)))
    if not least <= len(scores) <= most:
        raise WrongResultError(f"{len(scores)} customers scored of {least} to {most}")
    plain = scores.drop(columns=["customer_id", "flags"], errors="ignore")
    numbers = plain.select_dtypes("number")
    if np.isinf(numbers.to_numpy(np.float64)).any():
        raise WrongResultError(f"scores without an end: {numbers.max().to_dict()}")
    if plain.isna().all(axis=1).mean() > 0.5:
        raise WrongResultError("most customers have no score")
    if goal in ("spend", "orders", "buy_again") and (numbers.to_numpy(np.float64) < 0).any():
        raise WrongResultError(f"scores below zero: {numbers.min().to_dict()}")


def _run(*arguments: str) -> tuple[int, dict[str, object], str]:
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = command(arguments)
    return code, json.loads(out.getvalue().splitlines()[-1]), said.getvalue()
