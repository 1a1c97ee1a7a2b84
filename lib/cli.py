"""`python -m lib …`: all functions without a browser; a thin layer over the other packages.

Every command prints one JSON object on stdout and messages on stderr. Exit code 0: done; 1: an error that the user can
correct (`{"error": KEY, "message": …}`), or for `inspect` a refused file; 2: the call itself is wrong.
The commands, their options and the JSON keys are a public contract: `docs/command-line.md`, `tests/test_cli.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from lib import VERSION, leftovers
from lib.errors import UserError
from lib.leftovers import workspace_name
from lib.safe_text import json_line, terminal
from lib.schema import DEFAULT_HORIZON_DAYS, GOALS
from lib.text import DEFAULT_LANGUAGE, LANGUAGES, say, tell

if TYPE_CHECKING:  # the commands import what they need when they need it: `inspect` should not wait for training
    from lib.changes import PeriodFigures
    from lib.drift import Drift
    from lib.gate import OpenedModel
    from lib.gate.sarif import Inspected
    from lib.joins import Brought
    from lib.layouts import Understanding
    from lib.orders import Orders
    from lib.partitions import PartitionedHistory, Pieces, Runner, Source
    from lib.scoring import Caveat, Scores
    from lib.tables import DateOrder, Table
    from lib.tables.memory import Held

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Answer = dict[str, Json]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    started = time.perf_counter()
    try:
        with _pipes_as_files(options):
            answer, code = options.run(options)
    except UserError as error:
        message = tell(options.language, error)
        sys.stderr.write(f"{terminal(message)}\n")
        _print({"error": error.key, "message": message})
        return 1
    if options.timed:
        answer["seconds"] = round(time.perf_counter() - started, 3)
        if "rows_scored" in answer:
            answer["rows_per_second"] = round(options.rows / max(options.scoring_seconds, 1e-9), 1)
    _print(answer)
    return code


def _print(answer: Answer) -> None:
    sys.stdout.write(json_line(json.dumps(answer, ensure_ascii=False, allow_nan=False, default=str)) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lib", description="Brine without a browser.")
    parser.add_argument("--version", action="version", version=f"Brine {VERSION}", help="print the version and stop")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    read = _command(commands, "read", _read, "say how a file is understood")
    read.add_argument("file", type=_path)
    read.add_argument("--sheet", help="of a workbook; chosen by content if left out")
    read.add_argument(
        "--dates", action="append", default=[], type=_pair, metavar="COLUMN=day|month", help="what dates begin with"
    )
    _settings_option(read)

    features = _command(commands, "features", _features, "one row per customer out of an order history")
    _orders_option(features, required=True)
    _settings_option(features)
    features.add_argument(
        "--cutoff", type=_date, help="count what came before this day (default: after the last order)"
    )
    _hash_option(features)
    features.add_argument("--model", type=_path, help="compute exactly the columns that this model needs")
    features.add_argument("--out", type=_path, required=True, help="CSV or Parquet, by suffix; a folder without one")
    _partition_options(features)

    train = _command(commands, "train", _train, "train a model and save it as a pickle")
    _train_options(train)
    _partition_options(train)

    forget = _command(commands, "forget", _forget, "train a model again without some customers, with a receipt")
    _train_options(forget)
    forget.add_argument("--customer", action="append", default=[], metavar="ID", help="whom to take out; repeatable")
    forget.add_argument("--customer-list", type=_path, metavar="FILE", help="a text file with one id per line")
    forget.add_argument("--before", type=_path, metavar="MODEL.pkl", help="the model that is replaced, for the receipt")
    forget.add_argument(
        "--key", type=_path, required=True, metavar="KEYFILE", help="the secret of the receipt's hashes"
    )
    forget.add_argument("--receipt", type=_path, required=True, metavar="RECEIPT.json")

    score = _command(commands, "score", _score, "score customers with a saved model")
    score.add_argument("--model", type=_path, required=True)
    source = score.add_mutually_exclusive_group(required=True)
    _orders_option(source)
    source.add_argument("--customers", type=_path, metavar="FILE", help="a table with one row per customer")
    _settings_option(score)
    score.add_argument("--cutoff", type=_date, help="count what came before this day (default: after the last order)")
    score.add_argument("--map", action="append", default=[], type=_pair, metavar="NEEDED=COLUMN")
    score.add_argument("--units", action="append", default=[], type=_pair, metavar="NEEDED=UNIT")
    _hash_option(score)
    score.add_argument("--flags", type=_path, metavar="FILE", help="write every refused or flagged cell here")
    score.add_argument(
        "--out", type=_path, required=True, help="CSV, Excel or Parquet, by suffix; a folder without one"
    )
    _partition_options(score)

    month = _command(commands, "month", _month, "the monthly routine of a project: scores, lists, report, what changed")
    month.add_argument("--project", type=_path, required=True, metavar="SHOP.brine", help="saved on the page Project")
    _orders_option(month, required=True)
    month.add_argument("--since", type=_date, help="what changed since this day (default: when the project was saved)")
    month.add_argument(
        "--hash-ids", type=_path, metavar="KEYFILE", help="the secret of campaigns and of pseudonymised customers"
    )
    month.add_argument(
        "--passphrase", type=_path, metavar="FILE", help="holds the passphrase of an encrypted order history"
    )
    month.add_argument("--out", type=_path, required=True, metavar="FOLDER", help="is made if it does not exist")

    inspect = _command(commands, "inspect", _inspect, "judge model files without running anything from them")
    inspect.add_argument("files", type=_path, nargs="+", metavar="FILE")
    inspect.add_argument("--open", action="store_true", help="also build the model in its own process and ask it")
    inspect.add_argument("--sarif", action="store_true", help="print SARIF 2.1.0 for code scanning")
    inspect.set_defaults(timed=False)
    return parser


def _train_options(train: argparse.ArgumentParser) -> None:
    source = train.add_mutually_exclusive_group(required=True)
    _orders_option(source)
    source.add_argument("--customers", type=_path, metavar="FILE", help="a table with one row per customer")
    _settings_option(train)
    train.add_argument("--goal", choices=GOALS, required=True)
    train.add_argument("--target", default="", help="the column to predict, for --goal target")
    train.add_argument("--cutoff", type=_date, help="the moment of prediction: nothing after it is read")
    train.add_argument("--horizon-days", type=_whole(1), default=DEFAULT_HORIZON_DAYS, metavar="N")
    train.add_argument("--recipe", default="", metavar="KEY")
    train.add_argument("--groups", type=_whole(2), default=0, metavar="N", help="how many groups (default: chosen)")
    train.add_argument("--responsive", action="store_true", help="segments that follow the latest orders more closely")
    train.add_argument("--columns", nargs="+", default=(), metavar="COLUMN", help="learn from these columns only")
    train.add_argument("--seed", type=_whole(0), default=0, metavar="N")
    train.add_argument("--quick", action="store_true", help="a first, interpretable model in seconds")
    train.add_argument("--format", default="pickle", metavar="KEY", help="of the model file (default: pickle)")
    train.add_argument("--out", type=_path, required=True, metavar="MODEL.pkl")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], tuple[Answer, int]],
    about: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("--language", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help="of messages and group names")
    parser.set_defaults(run=run, timed=True)
    return parser


def _orders_option(parser: argparse._ActionsContainer, *, required: bool = False) -> None:
    parser.add_argument(
        "--orders", nargs="+", metavar="FILE", required=required, help="exports of one shop: files, folders or URLs"
    )


def _partition_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--memory", type=_size, metavar="SIZE", help="what may be used, such as 2GB (default: most)")
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="Dask: local, or such as tcp://host:8786")
    parser.add_argument(
        "--workspace", default="", metavar="FOLDER", help="of the files in between, seen by every worker"
    )


def _settings_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--settings",
        type=_path,
        metavar="FILE",
        help="of the page Data: which column is what, corrected dates and cells",
    )


def _hash_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hash-ids", type=_path, metavar="KEYFILE", help="write keyed hashes of customer ids; the file holds the key"
    )


def _path(text: str) -> Path:
    """A path of this machine; only orders and workspaces can be elsewhere."""
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        return Path(unquote(urlsplit(text).path))
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text):
        raise argparse.ArgumentTypeError(f"{text!r} is a URL; only --orders and --workspace can be one. Give a path")
    return Path(text)


def _date(text: str) -> pd.Timestamp:
    try:
        moment = pd.Timestamp(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a date: {text!r}; write it as 2026-01-31") from error
    if moment is pd.NaT or moment.tzinfo is not None:
        raise argparse.ArgumentTypeError(f"not a plain date: {text!r}; write it as 2026-01-31")
    return moment


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"a whole number from {least} is needed, not {text!r}")
        return int(text)

    return read


_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}


def _size(text: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", text.strip().lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"not a size: {text!r}; write it as 2GB")
    return int(float(found[1]) * _UNITS[found[2]])


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (equals and left and right):
        raise argparse.ArgumentTypeError(f"write it as NEEDED=COLUMN, not {text!r}")
    return left, right


MOST_OF_A_KEY = 1 << 20
"""Bytes of a file with a key or a passphrase."""


def _bytes(path: Path, most: int) -> bytes:
    """The bytes of a file, a pipe or a device, one more than `most` at the most: whoever reads them says that they are
    too many. Raises UserError."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise _unreadable(path, error) from error


def _all_bytes(path: Path, most: int) -> bytes:
    """As `_bytes`, of what nobody else limits. Raises UserError where there are more than `most`."""
    data = _bytes(path, most)
    if len(data) > most:
        raise UserError("cli.too_large", file=str(path), limit=most / 2**20)
    return data


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError("cli.unreadable", file=str(path), why=error.strerror or type(error).__name__)


def _model_bytes(path: Path) -> bytes:
    from lib.gate import MAX_FILE

    return _bytes(path, MAX_FILE)


@contextmanager
def _pipes_as_files(options: argparse.Namespace) -> Iterator[None]:
    """Pipes and devices that are read more than once or out of order (`read <(…)`) are copied to a folder first, where
    `options` finds them; it is removed at the end. Models, projects and keys are read once, from where they are.

    Raises UserError for one that cannot be read or doesn't end within what one upload may hold."""
    with ExitStack() as stack:

        def as_file(given: str) -> str:
            path = Path(given)
            if "://" in given or not os.path.exists(path) or path.is_file() or path.is_dir():
                return given
            prefix = leftovers.temporary_prefix()
            return str(_copied(path, Path(stack.enter_context(TemporaryDirectory(prefix=prefix)))))

        for name in ("file", "settings"):
            if (path := getattr(options, name, None)) is not None:
                setattr(options, name, Path(as_file(str(path))))
        if orders := getattr(options, "orders", None):
            options.orders = [as_file(place) for place in orders]
        yield


def _copied(path: Path, folder: Path) -> Path:
    from lib.tables import LIMIT_BYTES

    made, left = folder / path.name, LIMIT_BYTES
    try:
        with path.open("rb") as pipe, made.open("xb") as file:
            while piece := pipe.read(1 << 20):
                left -= len(piece)
                if left < 0:
                    raise UserError("cli.too_large", file=str(path), limit=LIMIT_BYTES / 2**20)
                file.write(piece)
    except OSError as error:
        raise _unreadable(path, error) from error
    return made


def _held(path: Path) -> Held:
    from lib.tables import read_file

    try:
        return read_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _files(places: Sequence[str]) -> list[tuple[str, Held]]:
    """Name and bytes of every file of paths, folders and URLs."""
    from lib.partitions import sources_of

    return [(source.name, source.read()) for source in sources_of(places)]


def _read(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.orders import clean_files

    orders = {column: order for column, order in options.dates if order in ("day", "month")}
    files = _files([str(options.file)])
    brought, understood = _brought(files, options.settings, sheet=options.sheet, date_orders=orders)
    tables = brought.tables
    table, found = tables[0], understood[0]
    rows = sum(len(one.frame) for one in tables)
    answer: Answer = {
        "kind": found.kind,
        "layout": found.layout,
        "format": table.format,
        "encoding": table.encoding,
        "separator": table.separator,
        "decimal": table.decimal,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "roles": dict(found.roles),
        "date_format": found.date_format,
        "currency": found.currency,
        "rows_in": rows,
        "rows_used": rows,
        "set_aside": {},
        "columns": {str(name): str(dtype) for name, dtype in table.frame.dtypes.items()},
        "personal": dict(found.personal),
        "ambiguous_dates": sorted({column for one in tables for column in one.ambiguous_dates}),
        "files": [one.name for one in tables],
        "joined": [
            {"child": link.child, "parent": link.parent, "by": link.child_column, "unmatched": link.unmatched}
            for link in (brought.join.links if brought.join else ())
        ],
        "unused_files": list(brought.unused),
    }
    if found.kind == "orders":
        try:
            ledger = clean_files(tables, understood).ledger
        except UserError as error:
            if error.key != "orders.one_day":
                raise
            return answer | {"problem": error.key}, 0  # read, and too short to learn from
        answer |= {
            "rows_in": ledger.rows_in,
            "rows_used": ledger.rows_used,
            "set_aside": {reason: count for reason, count in ledger.set_aside.items() if count},
        }
    return answer, 0


def _features(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.features import customer_features, default_cutoff
    from lib.gate import open_model
    from lib.orders import number_of_orders
    from lib.scoring import rows_from_orders

    with _in_partitions(options, options.hash_ids) as history:
        if history is not None:
            return _large_features(options, history), 0
    orders = _orders(options.orders, options.hash_ids, options.settings, language=options.language)
    cutoff = options.cutoff or default_cutoff(orders)
    if options.model is None:
        customers = customer_features(orders, cutoff)
    else:
        with open_model(_model_bytes(options.model), options.model.name) as opened:
            customers = rows_from_orders(opened, orders, cutoff)
    _write(customers.reset_index(), options.out)
    ledger = orders.ledger
    return {
        "customers": len(customers),
        "orders": number_of_orders(orders.lines),
        "rows_in": ledger.rows_in,
        "rows_used": ledger.rows_used,
        "set_aside": dict(ledger.set_aside),
        "cutoff": _day(cutoff),
        "columns": list(customers.columns),
        "out": str(options.out),
    }, 0


def _large_features(options: argparse.Namespace, history: PartitionedHistory) -> Answer:
    from lib.gate import open_model
    from lib.partitions import features_in_partitions, features_of_model

    cutoff = options.cutoff or history.default_cutoff
    if options.model is None:
        found = features_in_partitions(history, cutoff)
    else:
        with open_model(_model_bytes(options.model), options.model.name) as opened:
            found = features_of_model(history, opened, cutoff)
    rows = _write_pieces(found.pieces, options.out)
    return {
        "customers": rows,
        "orders": history.orders(),
        "rows_in": history.rows_in,
        "rows_used": history.rows_used,
        "set_aside": dict(history.set_aside),
        "cutoff": _day(cutoff),
        "columns": list(found.columns),
        "out": str(options.out),
        "partitions": history.plan.partitions,
    }


def _train(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.partitions import sample_of_orders, sample_of_partitions

    if not options.orders:
        return _trained(options, _customers(options.customers))[0], 0
    with _in_partitions(options) as history:
        if history is not None:
            sample = sample_of_partitions(history)
        else:
            sample = sample_of_orders(_orders(options.orders, settings=options.settings, language=options.language))
    answer, _ = _trained(options, sample.orders, sampled_from=sample.sampled_from)
    return answer, 0


def _forget(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.forgetting import orders_without, receipt, table_without
    from lib.gate import MAX_FILE
    from lib.tables import LIMIT_BYTES

    listed = _all_bytes(options.customer_list, LIMIT_BYTES).decode("utf-8-sig") if options.customer_list else ""
    asked = [*options.customer, *(line.strip() for line in listed.splitlines() if line.strip())]
    if not asked:
        raise UserError("forget.nobody_named")
    key, before = _key(options.key), _all_bytes(options.before, MAX_FILE) if options.before else b""
    source: Orders | pd.DataFrame
    if options.orders:
        history = _orders(options.orders, settings=options.settings, language=options.language)
        source = orders_without(history, asked)
        known, left = history.lines["customer_id"].unique(), source.lines["customer_id"].nunique()
        rows = (len(history.lines) + len(history.returns), len(source.lines) + len(source.returns))
    else:
        people = _customers(options.customers)
        source = table_without(people, asked)
        known, left, rows = people.index, len(source), (len(people), len(source))
    answer, data = _trained(options, source)
    done = receipt(
        asked,
        [str(one) for one in known],
        key=key,
        rows=rows,
        left=left,
        moment=datetime.now(UTC),
        files=(before, data),
    )
    _save(options.receipt, done.to_json())
    counts = {"removed": len(done.removed), "not_found": len(done.not_found), "rows_removed": done.rows_removed}
    return {**answer, **counts, "receipt": str(options.receipt)}, 0


def _trained(
    options: argparse.Namespace, source: Orders | pd.DataFrame, *, sampled_from: int = 0
) -> tuple[Answer, bytes]:
    from lib.model_file.making import make_model
    from lib.training import Question, train_customers, train_orders
    from lib.training.feasibility import check_orders, check_table

    question = Question(
        options.goal,
        target=options.target,
        cutoff=options.cutoff,
        horizon_days=options.horizon_days,
        recipe=options.recipe,
        groups=options.groups,
        columns=tuple(options.columns),
        seed=options.seed,
        quick=options.quick,
        responsive=options.responsive,
    )
    lines: pd.DataFrame | None = None
    if isinstance(source, pd.DataFrame):
        train = partial(train_customers, source, progress=_show_progress(options.language))
        feasible = check_table(source, question)
    else:
        progress = _show_progress(options.language)
        train, lines = partial(train_orders, source, progress=progress, sampled_from=sampled_from), source.lines
        feasible = check_orders(source.lines, question)
    sys.stderr.write(say(options.language, "cli.expected_time", seconds=max(1, round(feasible.seconds))) + "\n")
    made = make_model(train, question, formats=(options.format,), lines=lines)
    data, card, leaks = made.files[options.format], made.card, made.leaks
    _save(options.out, data)
    return {
        "model": str(options.out),
        "sha256": hashlib.sha256(data).hexdigest(),
        "goal": card.goal,
        "recipe": card.recipe,
        "quick": bool(card.settings.get("quick")),
        "customers": card.customers,
        "sampled_from": card.sampled_from or None,
        "columns": [column.name for column in card.columns],
        "cutoff": _day(pd.Timestamp(card.cutoff)) if card.cutoff else None,
        "horizon_days": card.horizon_days or None,
        "metrics": dict(card.metrics),
        "baseline": dict(card.baseline),
        "baseline_name": card.baseline_name,
        "customers_found_in_file": leaks.found,
        "changed": list(card.privacy.changes),
    }, data


def _show_progress(language: str) -> Callable[[float, str], None]:
    """Progress on stderr while a model is trained: the share done, and the name of the step that begins."""
    from lib.presentation import labels

    def show(share: float, step: str) -> None:
        sys.stderr.write(f"{share:4.0%} {labels.training_step(language, step)}\n")

    return show


def _score(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.drift import compare_with_training
    from lib.features import default_cutoff
    from lib.gate import open_model
    from lib.scoring import (
        Choices,
        caveats_of_history,
        caveats_of_scores,
        needs_of,
        rows_from_orders,
        rows_from_table,
        score,
        unit_factor,
    )

    if options.orders:
        with _in_partitions(options, options.hash_ids) as history:
            if history is not None:
                return _large_score(options, history), 0
    with open_model(_model_bytes(options.model), options.model.name) as opened:
        cutoff: pd.Timestamp | None = None
        caveats: tuple[Caveat, ...] = ()
        if options.orders:
            orders = _orders(options.orders, options.hash_ids, options.settings, language=options.language)
            cutoff = options.cutoff or default_cutoff(orders)
            frame = rows_from_orders(opened, orders, cutoff)
            caveats = caveats_of_history(opened.verdict.card, orders, cutoff)
        else:
            frame = rows_from_table(opened, *_table(options.customers))
        started = time.perf_counter()
        choices = Choices(
            sources=dict(options.map),
            factors={need: unit_factor(unit) for need, unit in options.units},
            language=options.language,
            cutoff=cutoff,
        )
        scores = score(opened, frame, choices)
        options.scoring_seconds, options.rows = time.perf_counter() - started, scores.rows_in
        drift = compare_with_training(needs_of(opened), scores.frame, elapsed_days=scores.elapsed_days)
        caveats = (*caveats, *caveats_of_scores(opened, scores))
    _write(scores.table, options.out)
    return {**_scored(options, scores, drift, caveats), "beside": _beside(options, opened)}, 0


def _beside(options: argparse.Namespace, opened: OpenedModel) -> Answer:
    """Sentences about what lies beside the model in its file, by kind."""
    notes = opened.verdict.notes
    return {str(one.kind): say(options.language, f"predict.beside_{one.kind}", **one.facts) for one in notes}


def _large_score(options: argparse.Namespace, history: PartitionedHistory) -> Answer:
    from lib.drift import compare_with_training
    from lib.gate import open_model
    from lib.partitions import score_in_partitions
    from lib.scoring import Choices, needs_of, unit_factor

    data, started = _model_bytes(options.model), time.perf_counter()
    choices = Choices(
        sources=dict(options.map),
        factors={need: unit_factor(unit) for need, unit in options.units},
        language=options.language,
    )
    with open_model(data, options.model.name) as opened:
        cutoff = options.cutoff or history.default_cutoff
        found = score_in_partitions(history, opened, data, cutoff=cutoff, choices=choices, name=options.model.name)
        scores = found.whole
        options.scoring_seconds, options.rows = time.perf_counter() - started, scores.rows_in
        drift = compare_with_training(needs_of(opened), scores.frame, elapsed_days=scores.elapsed_days)
        beside = _beside(options, opened)
    _write_pieces(found.pieces, options.out)
    partitions: Answer = {"partitions": history.plan.partitions, "beside": beside}
    return {**_scored(options, scores, drift, found.caveats), **partitions}


def _scored(options: argparse.Namespace, scores: Scores, drift: Drift, caveats: Sequence[Caveat]) -> Answer:
    if options.flags is not None:
        refused = scores.refused.assign(kind="refused")
        _write(pd.concat([refused, scores.cells.assign(kind="flagged")], ignore_index=True), options.flags)
    return {
        "rows_in": scores.rows_in,
        "rows_scored": scores.rows_scored,
        "rows_refused": scores.rows_refused,
        "out": str(options.out),
        "flags": {**scores.flags, **scores.refusals},
        "doubts": {doubt.column: doubt.key for doubt in scores.doubts},
        "drift": {column.column: round(column.psi, 4) for column in drift.columns},
        "drift_level": drift.level,
        "derived": {need: [dummy.source, dummy.value] for need, dummy in scores.derived.items()},
        "caveats": {
            caveat.key: say(options.language, f"scoring.caveat.{caveat.key}", **caveat.facts) for caveat in caveats
        },
    }


def _month(options: argparse.Namespace) -> tuple[Answer, int]:
    from dataclasses import replace
    from datetime import date

    from lib.changes import html_report, since_of, what_changed
    from lib.insights import prepare, size
    from lib.project import (
        LIMIT_FILE_BYTES,
        CustomerHistory,
        key_check_of,
        opened_history,
        orders_with,
        read_project,
        snapshot_of,
        write_project,
    )

    opened = read_project(_bytes(options.project, LIMIT_FILE_BYTES), options.project.name)
    project, key = opened.project, _key(options.hash_ids)
    passphrase = ""
    if project.locked is not None and options.passphrase is not None:
        passphrase = _key(options.passphrase).decode("utf-8", "replace")
        unlocked = opened_history(project.locked, passphrase, options.project.name)
        project = replace(project, history=unlocked, locked=None)
    for one in opened.left_out:
        sys.stderr.write(say(options.language, "project.model_left_out", model=one.name) + "\n")
    orders = orders_with(_files(options.orders), project, key=key)
    history = prepare(orders.lines, orders.returns)
    found = what_changed(
        project,
        orders,
        since=options.since.normalize() if options.since is not None else since_of(project, orders),
        key=key,
        language=options.language,
        history=history,
        progress=_show_model,
    )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("cli.unwritable", file=str(options.out), why=error.strerror or "") from error
    files = {"report": options.out / "report.html", "moved": options.out / "moved.csv",
             "at_risk": options.out / "at-risk.csv", "project": options.out / "shop.brine"}  # fmt: skip
    _save(files["report"], html_report(found, options.language, name=project.name))
    _write(found.moved, files["moved"])
    _write(found.at_risk, files["at_risk"])
    models: list[Answer] = []
    for number, model in enumerate(found.models, 1):
        scores = options.out / f"scores-{number}.csv"
        if model.scores is not None:
            _write(model.scores.table, scores)
        tested = model.backtest
        models.append(
            {
                "name": model.name,
                "goal": model.goal,
                "scores": str(scores) if model.scores is not None else None,
                "rows_scored": model.scores.rows_scored if model.scores is not None else 0,
                "drift_level": model.drift.level if model.drift is not None else None,
                "backtest": None
                if tested is None
                else {
                    "cutoff": _day(tested.cutoff),
                    "predicted": round(tested.predicted, 4),
                    "actual": round(tested.actual, 4),
                    "top_tenth_share": _finite(tested.top_tenth_share),
                },
                "due": _day(model.due) if model.due is not None else None,
                "error": model.error.key if model.error is not None else None,
                "message": tell(options.language, model.error) if model.error is not None else "",
            }
        )
    travelling = CustomerHistory(orders, project.history.pseudonymised) if project.history is not None else None
    check = key_check_of(key) or project.key_check
    later = replace(project, snapshot=snapshot_of(size(history), orders.currency), history=travelling, key_check=check)
    _save(files["project"], write_project(later, saved_on=date.today(), passphrase=passphrase))
    return {
        "since": _day(found.since),
        "until": _day(found.until),
        "currency": found.currency,
        "rows_in": orders.ledger.rows_in,
        "rows_used": orders.ledger.rows_used,
        "figures": {"now": _period(found.now), "before": _period(found.before) if found.before is not None else None},
        "reasons": {name: round(value, 2) for name, value in vars(found.reasons).items()} if found.reasons else None,
        "segments": {row.segment: [int(row.before), int(row.now)] for row in found.sizes.itertuples(index=False)},
        "moved": len(found.moved),
        "at_risk": len(found.at_risk),
        "models": models,
        "left_out": {one.name: one.reason for one in opened.left_out},
        "campaigns": [
            {
                "name": one.name,
                "uplift": [_finite(one.effect.uplift.value), _finite(one.effect.uplift.low),
                           _finite(one.effect.uplift.high)] if one.effect is not None else None,
                "conclusive": one.effect.conclusive if one.effect is not None else None,
                "revenue": _finite(one.effect.revenue) if one.effect is not None else None,
                "error": one.error.key if one.error is not None else None,
                "message": tell(options.language, one.error) if one.error is not None else "",
            }
            for one in found.campaigns
        ],
        "out": {name: str(path) for name, path in files.items()},
    }, 0  # fmt: skip


def _show_model(share: float, name: str) -> None:
    sys.stderr.write(f"{share:4.0%} {name}\n")


def _period(figures: PeriodFigures) -> Answer:
    """The figures of a period, days as text."""
    plain: Answer = {name: value for name, value in vars(figures).items() if isinstance(value, int)}
    plain |= {name: round(value, 2) for name, value in vars(figures).items() if isinstance(value, float)}
    return {
        "start": _day(figures.start),
        "end": _day(figures.end),
        **plain,
        "order_value": _finite(figures.order_value),
    }


def _finite(value: float) -> float | None:
    return round(value, 4) if value == value and abs(value) != float("inf") else None


def _key(path: Path | None) -> bytes:
    """The secret in a key file; empty without a file. Raises UserError for a file without one."""
    if path is None:
        return b""
    secret = _all_bytes(path, MOST_OF_A_KEY).strip()
    if not secret:
        raise UserError("cli.no_key", file=str(path))
    return secret


def _inspect(options: argparse.Namespace) -> tuple[Answer, int]:
    from lib.gate import Verdict, inspect, prove
    from lib.gate.sarif import Inspected, sarif

    found: list[Inspected] = []
    for path in options.files:
        try:
            data = _model_bytes(path)
        except UserError as error:
            found.append(Inspected(str(path), Verdict("refused", error.key), tell(options.language, error)))
            continue
        verdict = prove(data, path.name) if options.open else inspect(data, path.name)
        message = say(options.language, f"gate.{verdict.reason}", **verdict.facts) if verdict.reason else ""
        found.append(Inspected(str(path), verdict, message))
    code = int(any(one.verdict.verdict == "refused" for one in found))
    if options.sarif:
        return dict(sarif(found, version=VERSION)), code
    return {"files": [_inspected(one, opened=options.open) for one in found]}, code


def _inspected(one: Inspected, *, opened: bool) -> Answer:
    verdict = one.verdict
    said: Answer = {
        "file": one.path,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "message": one.message,
    }
    if verdict.reason == "cli.unreadable":
        return said
    said |= {
        "format": verdict.format,
        "estimator": verdict.estimator,
        "sklearn_version": verdict.sklearn_version,
        "columns": list(verdict.columns),
        "card": verdict.card.to_plain() if verdict.card is not None else None,
        "sha256": verdict.sha256,
        "technical": verdict.technical,
    }
    if opened:
        said |= {"opened": verdict.opened, "protection": list(verdict.protection), "parts": list(verdict.parts)}
        said["beside"] = [{"kind": note.kind, "names": list(note.names)} for note in verdict.notes]
    return said


def _brought(
    files: Sequence[tuple[str, Held]],
    settings: Path | None,
    *,
    sheet: str | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
) -> tuple[Brought, list[Understanding]]:
    """Files as tables, read and understood as the settings file says."""
    from lib.joins import read_shop
    from lib.layouts import LARGEST_SETTINGS, read_settings, understand
    from lib.tables import corrected

    wanted = dict(date_orders or {})
    brought = read_shop(files, sheet=sheet, date_orders=wanted)
    if settings is None:
        return brought, [understand(table) for table in brought.tables]
    data = _bytes(settings, LARGEST_SETTINGS)
    said = read_settings(data, settings.name, understand(brought.tables[0]))
    if said.date_orders:
        brought = read_shop(files, sheet=sheet, date_orders={**said.date_orders, **wanted})
    tables = tuple(corrected(table, said.corrections) for table in brought.tables)
    understood = [read_settings(data, settings.name, understand(table)).understanding for table in tables]
    return replace(brought, tables=tables), understood


def _orders(
    places: Sequence[str], key: Path | None = None, settings: Path | None = None, *, language: str = DEFAULT_LANGUAGE
) -> Orders:
    from lib.layouts import with_kind
    from lib.orders import clean_files, hash_ids

    brought, understood = _brought(_files(places), settings)
    tables = brought.tables
    for failure in brought.failures:  # a script that names a file wants it read
        raise failure.error
    for name in brought.unused:
        sys.stderr.write(terminal(say(language, "joins.unused_file", name=name)) + "\n")
    # The caller says that these are orders; what they lack for that is what cleaning them tells.
    orders = clean_files(tables, [with_kind(found, "orders") for found in understood])
    return orders if key is None else hash_ids(orders, _key(key))


@contextmanager
def _in_partitions(options: argparse.Namespace, key: Path | None = None) -> Iterator[PartitionedHistory | None]:
    """The orders in partitions on disk, where memory does not allow them in one piece or a cluster is named; None
    where they are read in one piece. The files in between are there until the block ends."""
    from lib.layouts import LARGEST_SETTINGS
    from lib.partitions import (
        Plan,
        Settings,
        Unpartitionable,
        as_path,
        clean_in_partitions,
        clear_killed,
        make_folder,
        memory_needed,
        memory_to_use,
        remove_folder,
        sources_of,
    )

    sources, memory = sources_of(options.orders), options.memory or memory_to_use()
    fits = memory_needed(sources) <= memory and not any(source.too_large for source in sources)
    if fits and not options.scheduler:
        yield None
        return
    settings = None
    if options.settings:
        settings = Settings(options.settings.name, _bytes(options.settings, LARGEST_SETTINGS))
    folder = as_path(options.workspace or str(options.out.parent))
    clear_killed(folder)
    folder = f"{folder.rstrip('/')}/{workspace_name()}"
    make_folder(folder)
    history: PartitionedHistory | None = None
    try:
        with _runner(options, memory) as runner:
            partitions = _partitions(sources, memory, runner.workers)
            progress = _show_step(options.language)
            try:
                plan = Plan(sources, folder, partitions, runner, settings, _key(key), progress)
                history = clean_in_partitions(plan)
            except Unpartitionable as reason:
                if not fits:
                    raise UserError(reason.reason) from None
                sys.stderr.write(say(options.language, reason.reason) + "\n")
            yield history
    finally:
        remove_folder(folder)


WORKER_BYTES = 900 * 1024**2
"""Memory that a process needs, which cleans one file or computes one partition."""


@contextmanager
def _runner(options: argparse.Namespace, memory: int) -> Iterator[Runner]:
    from lib.partitions import LocalRunner

    if options.scheduler:
        from lib.cluster import dask_runner

        with dask_runner(options.scheduler, memory) as runner:
            yield runner
        return
    yield LocalRunner(max(1, min(os.cpu_count() or 1, memory // WORKER_BYTES)))


def _partitions(sources: Sequence[Source], memory: int, workers: int) -> int:
    """How many partitions: one for each worker at least, and small enough to be computed side by side."""
    from lib.partitions import memory_needed

    each = max(memory // max(1, workers) // 3, WORKER_BYTES // 9)
    return max(workers, -(-memory_needed(sources) // each))


def _show_step(language: str) -> Callable[[float, str], None]:
    """A line on stderr for every step that begins, and for every tenth of it."""
    shown: dict[str, int] = {}

    def show(share: float, step: str) -> None:
        if shown.get(step, -1) < int(10 * share):
            shown[step] = int(10 * share)
            sys.stderr.write(f"{share:4.0%} {say(language, step)}\n")

    return show


def _write_pieces(pieces: Pieces, path: Path) -> int:
    """Write rows in order of their customers: one file, or a folder of Parquet files where the path has no suffix.
    Returns the number of rows."""
    from lib.partitions import write_csv, write_folder, write_parquet

    if path.suffix == ".xlsx":
        table = pieces.whole()
        _write(table, path)
        return len(table)
    write = write_parquet if path.suffix == ".parquet" else write_csv if path.suffix else write_folder
    return write(pieces, path)


def _customers(path: Path) -> pd.DataFrame:
    from lib.orders import customers

    return customers(*_table(path))


def _table(path: Path) -> tuple[Table, Understanding]:
    from lib.layouts import understand
    from lib.tables import read_table

    table = read_table(_held(path), path.name)
    return table, understand(table)


def _write(table: pd.DataFrame, path: Path) -> None:
    from lib.exports import to_excel, to_parquet, to_plain_csv

    if path.suffix == ".parquet":
        data = to_parquet(table)
    elif path.suffix == ".xlsx":
        data = to_excel(table)
    else:
        data = to_plain_csv(table)
    _save(path, data)


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError("cli.unwritable", file=str(path), why=error.strerror or type(error).__name__) from error


def _day(moment: pd.Timestamp) -> str:
    return moment.date().isoformat() if moment == moment.normalize() else moment.isoformat()
