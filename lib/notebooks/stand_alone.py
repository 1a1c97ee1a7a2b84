"""The steps behind a model, in pandas and scikit-learn alone: load, clean, explore, normalise, train, test, pickle.

For learning: the cleaning and the model are simpler than those of the pages, so the figures can differ a little and the
model is another one.
"""

from __future__ import annotations

from dataclasses import dataclass

from lib import text
from lib.layouts import Understanding
from lib.notebooks.own_forecast import GOALS, forecast_steps
from lib.notebooks.own_target import target_steps
from lib.notebooks.steps import Step
from lib.schema import DEFAULT_HORIZON_DAYS
from lib.tables import Table
from lib.training.inputs import sort_columns
from lib.training.target import read_target

NAMES = ("customer_id", "order_id", "ordered_at", "amount", "quantity", "unit_price")
"""Roles that the steps need."""


@dataclass(frozen=True)
class Source:
    """One table as the page read it."""

    table: Table
    understanding: Understanding
    groups: int = 0
    """Number of segments; 0 lets the silhouette decide."""
    duplicates: bool = False
    """Whether the page left out rows that equal an earlier one."""
    goal: str = "groups"
    horizon_days: int = DEFAULT_HORIZON_DAYS
    target: str = ""
    """The column to predict, where the goal is `target`."""
    columns: tuple[str, ...] = ()
    """Those to learn from, if they were chosen."""


def steps(source: Source, language: str) -> tuple[Step, ...]:
    """The steps for an order history, or for a table with one row per customer.

    Raises UserError where the column to predict can't be predicted.
    """

    def say(key: str) -> str:
        return text.say(language, f"notebooks.{key}")

    orders = source.understanding.kind == "orders"
    first = [Step(say("alone_load"), _load(source))]
    if source.goal == "target" and not orders:
        return (*first, *target_steps(_inputs(source), _target(source), index_lines(source), say))
    if orders and source.goal in GOALS:
        return (
            *first,
            Step(say("alone_clean"), _clean(source)),
            *forecast_steps(source.goal, source.horizon_days, say),
        )
    if orders:
        first += [Step(say("alone_clean"), _clean(source)), Step(say("alone_features"), _RFM)]
    else:
        first += [Step(say("alone_columns"), _columns(source))]
    return (
        *first,
        Step(say("alone_explore"), "print(features.describe().round(1))\nprint(features.corr().round(2))"),
        Step(say("alone_count"), _count(source.groups)),
        Step(say("alone_cluster"), _CLUSTER),
        Step(say("alone_pickle"), _PICKLE),
        Step(say("alone_open"), _OPEN),
    )


def _load(source: Source) -> str:
    table = source.table
    name = repr(table.name)
    if table.format in ("xlsx", "xlsm", "xls", "xlsb", "ods", "workbook"):
        options = [f"sheet_name={table.sheet!r}"] if table.sheet else []
        options += ["engine='calamine'"] if table.format in ("xlsb", "ods") else []
        reader = "pd.read_excel"
    elif table.format in ("parquet", "feather"):
        options, reader = [], f"pd.read_{table.format}"
    else:
        options, reader = (
            ["sep=" + repr(r"\s+" if table.separator == "whitespace" else table.separator or ",")],
            "pd.read_csv",
        )
        if table.encoding and table.encoding.lower() not in ("utf-8", "ascii"):
            options.append(f"encoding={table.encoding!r}")
    if table.header_row:
        options.append(f"skiprows={table.header_row}" if reader == "pd.read_csv" else f"header={table.header_row}")
    if reader in ("pd.read_csv", "pd.read_excel"):
        options.append("dtype=str")
    read = f"raw = {reader}({', '.join([name, *options])})"
    return "\n".join(["import pandas as pd", "", _WIDE, read, "raw.head()"])


_WIDE = 'pd.set_option("display.width", 160, "display.max_columns", 20)'


def _number(column: str, decimal: str | None) -> str:
    """The expression that reads a column of numbers."""
    base = f'raw[{column!r}].astype(str).str.replace(r"[^0-9,.\\-]", "", regex=True)'
    if decimal == ",":
        base += '.str.replace(".", "").str.replace(",", ".")'
    else:
        base += '.str.replace(",", "")'
    return f'pd.to_numeric({base}, errors="coerce")'


def _clean(source: Source) -> str:
    roles, decimal = source.understanding.roles, source.table.decimal
    known = {role: roles[role] for role in NAMES if role in roles}
    form = source.understanding.date_format
    dates = f"raw[{known.get('ordered_at', '')!r}]"
    written = f", format={form!r}" if form and "%" in form else ""
    lines = ["orders = pd.DataFrame({"]
    customer = known.get("customer_id") or roles.get("email") or ""
    if "order_id" in known:  # an export may name the customer on the first line of an order only
        filled = f"raw.groupby({known['order_id']!r})[{customer!r}].transform('first')"
        lines.append(f'    "customer_id": raw[{customer!r}].fillna({filled}),')
    else:
        lines.append(f'    "customer_id": raw[{customer!r}],')
    lines.append(f'    "ordered_at": pd.to_datetime({dates}{written}, errors="coerce"),')
    if "amount" in known:
        lines.append(f'    "amount": {_number(known["amount"], decimal)},')
    else:
        price, pieces = known.get("unit_price", ""), known.get("quantity", "")
        lines.append(f'    "amount": {_number(price, decimal)}')
        lines.append(f"    * {_number(pieces, decimal)}," if pieces else "    ,")
    if "order_id" in known:
        lines.append(f'    "order_id": raw[{known["order_id"]!r}],')
    lines.append("})")
    if "order_id" in known:
        lines += ["orders = orders[~raw.duplicated()]"] if source.duplicates else []
    else:
        lines.append('orders["order_id"] = orders["customer_id"] + " " + orders["ordered_at"].astype(str)')
    lines += [
        'orders = orders.dropna(subset=["customer_id", "ordered_at", "amount"])',
        'orders = orders[orders["amount"] > 0]',
        'print(orders["customer_id"].nunique(), "customers", '
        'len(orders[["order_id", "customer_id"]].drop_duplicates()), "orders", '
        'round(orders["amount"].sum(), 2))',
    ]
    return "\n".join(lines)


_RFM = """today = orders["ordered_at"].max().normalize() + pd.Timedelta(days=1)
features = orders.groupby("customer_id").agg(
    recency_days=("ordered_at", lambda moments: (today - moments.max()).days),
    frequency_orders=("order_id", "nunique"),
    monetary_total=("amount", "sum"),
)
features.head()"""


def _columns(source: Source) -> str:
    about = source.understanding
    frame = source.table.frame
    out = {about.roles.get("customer_id"), *about.personal}
    numeric = [str(name) for name in frame.columns if name not in out and frame[name].dtype.kind in "if"]
    lines = ["features = pd.DataFrame({"]
    lines += [f"    {name!r}: {_number(name, source.table.decimal)}," for name in numeric]
    return "\n".join([*lines, "})", *index_lines(source), "features = features.dropna()", "features.head()"])


def index_lines(source: Source) -> list[str]:
    """The customers' ids become the index, where the table has them."""
    customer = source.understanding.roles.get("customer_id")
    return [f'features.index = pd.Index(raw[{customer!r}], name="customer_id")'] if customer else []


def _inputs(source: Source) -> tuple[tuple[str, str], ...]:
    """The columns to learn from, with the expression that reads a number; categories have none."""
    about, frame = source.understanding, source.table.frame
    out = {about.roles.get("customer_id"), source.target, *about.personal}
    offered = [name for name in source.columns or map(str, frame.columns) if name not in out]
    inputs = sort_columns(frame[offered]).inputs
    numbers = {*inputs.amounts, *inputs.numbers} & {name for name in offered if frame[name].dtype.kind in "if"}
    kept = [name for name in offered if name in inputs.columns and name not in inputs.dates]
    return tuple((name, _number(name, source.table.decimal) if name in numbers else "") for name in kept)


def _target(source: Source) -> tuple[str, str]:
    number = read_target(source.table.frame, source.target)[1].task == "number"
    return source.target, _number(source.target, source.table.decimal) if number else ""


def _count(groups: int) -> str:
    lines = [
        "import numpy as np",
        "from sklearn.cluster import KMeans",
        "from sklearn.metrics import silhouette_score",
        "from sklearn.pipeline import make_pipeline",
        "from sklearn.preprocessing import FunctionTransformer, StandardScaler",
        "",
        "normalise = make_pipeline(FunctionTransformer(np.cbrt), StandardScaler())",
        "scaled = normalise.fit_transform(features)",
    ]
    if groups:
        return "\n".join([*lines, f"groups = {groups}"])
    return "\n".join(
        [
            *lines,
            "scores = {}",
            "for number in range(2, min(9, len(features) - 1)):",
            "    labels = KMeans(number, n_init=10, random_state=0).fit_predict(scaled)",
            "    scores[number] = silhouette_score(scaled, labels, sample_size=min(5000, len(scaled)), random_state=0)",
            "print(scores)",
            "groups = max(scores, key=scores.get)",
        ]
    )


_CLUSTER = """model = make_pipeline(
    FunctionTransformer(np.cbrt), StandardScaler(), KMeans(groups, n_init=10, random_state=0)
)
model.fit(features)
del model[-1].labels_  # the segment of every training customer does not belong in the file
print(features.groupby(model.predict(features)).agg(["median", "size"]).round(1))"""

_PICKLE = """import pickle

with open("segments.pkl", "wb") as file:
    pickle.dump(model, file)
features.to_csv("features.csv")"""

_OPEN = """with open("segments.pkl", "rb") as file:
    opened = pickle.load(file)  # only ever open pickles from people you trust
print((opened.predict(features) == model.predict(features)).all())"""
