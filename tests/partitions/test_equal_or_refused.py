"""Whatever a file holds: in partitions it gives the order lines of one piece, or it is refused in a sentence."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.joins import read_shop
from lib.layouts import understand, with_kind
from lib.orders import Orders, clean_files
from lib.partitions import LocalRunner, Plan, Unpartitionable, clean_in_partitions, sources_of
from lib.partitions.cleaning import FILE, ROW
from lib.partitions.history import in_order_of_the_whole

Files = Mapping[str, str | bytes]


def in_one_piece(files: list[Path]) -> Orders:
    """As the command line reads them."""
    brought = read_shop([(file.name, file.read_bytes()) for file in files])
    return clean_files(brought.tables, [with_kind(understand(table), "orders") for table in brought.tables])


def compared(files: Files, folder: Path, partitions: int) -> str:
    """`equal`, or the key of the sentence that refuses them. Fails where a figure differs."""
    places = [folder / name for name in files]
    for place, text in zip(places, files.values(), strict=True):
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    work = folder / "work"
    work.mkdir()
    try:
        history = clean_in_partitions(Plan(sources_of(list(map(str, places))), str(work), partitions, LocalRunner()))
    except Unpartitionable as refused:
        return refused.reason
    whole = in_one_piece(places)
    assert dict(history.set_aside) == dict(whole.ledger.set_aside)
    assert (history.rows_in, history.rows_used) == (whole.ledger.rows_in, whole.ledger.rows_used)
    assert history.currency == whole.currency
    parts = [part.orders() for part in history.partitions]
    lines = pd.concat([part.lines for part in parts], ignore_index=True)
    ordered = in_order_of_the_whole(
        lines["ordered_at"].to_numpy("datetime64[us]").astype(np.int64), lines[FILE].to_numpy(), lines[ROW].to_numpy()
    )
    lines = lines[list(whole.lines.columns)].iloc[ordered].reset_index(drop=True)
    pd.testing.assert_frame_equal(lines, whole.lines, check_exact=True)
    order = ["ordered_at", "customer_id", "order_id", "product", "amount"]
    returns = pd.concat([part.returns for part in parts])[list(whole.returns.columns)]
    pd.testing.assert_frame_equal(
        returns.sort_values(order, ignore_index=True),
        whole.returns.sort_values(order, ignore_index=True),
        check_exact=True,
        check_dtype=False,
    )
    return "equal"


def sales(seed: int, rows: int = 60, *, first_order: int = 1001, days: int = 300) -> pd.DataFrame:
    """Orders of one line, one per day at most."""
    draw = np.random.default_rng(seed)
    day = np.sort(draw.choice(days, rows, replace=False))
    moment = pd.Timestamp("2024-01-03") + pd.to_timedelta(day, "D")
    return pd.DataFrame(
        {
            "order_id": first_order + np.arange(rows),
            "customer_id": [f"C{one:03}" for one in draw.integers(1, 25, rows)],
            "order_date": moment.strftime("%Y-%m-%d"),
            "product": draw.choice(["tea", "cup", "pot"], rows),
            "amount": draw.integers(400, 9_000, rows) / 100,
        }
    )


def csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False)


def months(table: pd.DataFrame) -> Files:
    half = len(table) // 2
    return {"a.csv": csv(table.iloc[:half]), "b.csv": csv(table.iloc[half:])}


APART = np.array(["A", "B", "D"])
"""Customers in three different partitions of three."""

# ------------------------------------------------------------------------------------------------------ kinds of files


def padded(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(customer_id=table["customer_id"].str[1:].str.zfill(6))


def zeros_lost(seed: int) -> Files:
    table = padded(sales(seed))
    bare = table.assign(customer_id=table["customer_id"].str.lstrip("0"))
    return {"a.csv": csv(table.iloc[:30]), "b.csv": csv(bare.iloc[30:])}


def zeros_kept(seed: int) -> Files:
    return months(padded(sales(seed)))


def known_by_name(seed: int) -> Files:
    people = ("Ana Pérez", "Luis Gil", "Zoë Lind", "Ada Roca", "Omar Sy", "Bob Ray")
    table = sales(seed)
    places = pd.factorize(table["customer_id"])[0]
    return months(table.assign(customer_id=[f"{people[at % 6]} {'abcdefgh'[at // 6 % 8]}" for at in places]))


def names_spelled_otherwise(seed: int) -> Files:
    return {name: text.upper() if at else text for at, (name, text) in enumerate(known_by_name(seed).items())}


def two_shops(seed: int) -> Files:
    other = sales(seed + 100, 40).assign(customer_id=lambda table: "X" + table["customer_id"])
    return {"north.csv": csv(sales(seed)), "south.csv": csv(other)}


def overlap(seed: int) -> Files:
    table = sales(seed)
    return {"a.csv": csv(table.iloc[:40]), "b.csv": csv(table.iloc[25:])}


def overlap_without_products(seed: int) -> Files:
    """The second file has no products: the orders that both have count once."""
    files = overlap(seed)
    return {"a.csv": files["a.csv"], "b.csv": csv(sales(seed).iloc[25:].drop(columns="product"))}


def overlap_under_other_names(seed: int) -> Files:
    files = overlap(seed)
    later = sales(seed).iloc[25:].assign(customer_id=lambda rows: "shop-" + rows["customer_id"])
    return {"a.csv": files["a.csv"], "b.csv": csv(later)}


def few_numbers_again(seed: int) -> Files:
    """Two numbers of the first file are other orders in the second, below what tells two shops."""
    table = sales(seed)
    later = table.iloc[30:].assign(order_id=lambda late: late["order_id"].where(np.arange(len(late)) > 1, [1001] * 30))
    return {"a.csv": csv(table.iloc[:30]), "b.csv": csv(later)}


def stores(table: pd.DataFrame) -> pd.DataFrame:
    """One store writes the day first, the other one the month."""
    moment = pd.to_datetime(table["order_date"])
    north = np.arange(len(table)) % 2 == 0
    written = np.where(north, moment.dt.strftime("%d/%m/%Y"), moment.dt.strftime("%m/%d/%Y"))
    return table.assign(order_date=written, store=np.where(north, "north", "south"))


def dates_by_store(seed: int) -> Files:
    return {"orders.csv": csv(stores(sales(seed)))}


def dates_by_store_apart(seed: int) -> Files:
    """First the rows of one store, then those of the other."""
    return {"orders.csv": csv(stores(sales(seed)).sort_values("store", kind="stable"))}


def dates_by_store_in_files(seed: int) -> Files:
    table = stores(sales(seed))
    return {f"{store}.csv": csv(rows) for store, rows in table.groupby("store")}


def dates_one_file_settles(seed: int) -> Files:
    table = sales(seed)
    day = pd.to_datetime(table["order_date"]).dt.day
    table = table.assign(order_date=pd.to_datetime(table["order_date"]).dt.strftime("%d/%m/%Y"))
    return {"a.csv": csv(table[day <= 12]), "b.csv": csv(table[day > 12])}


def steps(seed: int, orders: int = 30) -> pd.DataFrame:
    table = sales(seed, orders).drop(columns="product")
    rows = table.loc[table.index.repeat(3)].reset_index(drop=True)
    times = rows["order_date"] + np.tile([" 10:00:00", " 10:00:07", " 10:05:00"], orders)
    return rows.assign(order_date=times, status=np.tile(["received", "authorised", "settled"], orders))


def steps_of_payments(seed: int) -> Files:
    return {"payments.csv": csv(steps(seed))}


def steps_few(seed: int) -> Files:
    """Of three orders in three partitions: none of these has enough of them to tell."""
    return {"payments.csv": csv(steps(seed, 6).assign(customer_id=lambda rows: APART[rows.index // 3 % 3]))}


def steps_in_files(seed: int) -> Files:
    return months(steps(seed))


def steps_across_files(seed: int) -> Files:
    """Of each payment, the last step stands in the later file."""
    rows = steps(seed)
    last = rows["status"] == "settled"
    return {"a.csv": csv(rows[~last]), "b.csv": csv(rows[last])}


def later_refunds(seed: int, *, other: bool = False) -> pd.DataFrame:
    table = sales(seed).assign(status="completed")
    back = table.iloc[::7].assign(status="refunded")
    back = back.assign(order_date=(pd.to_datetime(back["order_date"]) + pd.Timedelta(days=3)).dt.strftime("%Y-%m-%d"))
    if other:
        back = back.assign(customer_id=lambda rows: rows["customer_id"] + "x")
    return pd.concat([table, back], ignore_index=True)


def refunded_later(seed: int) -> Files:
    return {"orders.csv": csv(later_refunds(seed))}


def refunded_to_another(seed: int) -> Files:
    return {"orders.csv": csv(later_refunds(seed, other=True))}


def refunded_in_a_later_file(seed: int) -> Files:
    table = later_refunds(seed)
    back = table["status"] == "refunded"
    return {"a.csv": csv(table[~back]), "b.csv": csv(table[back])}


def documents(seed: int) -> Files:
    table = sales(seed)
    parts = [
        table.assign(document_type="invoice"),
        table.iloc[::3].assign(document_type="delivery note"),
        table.iloc[::9].assign(document_type="credit note"),
        table.iloc[::9].assign(document_type="return"),
    ]
    return {"documents.csv": csv(pd.concat(parts, ignore_index=True))}


def documents_of_two(seed: int) -> Files:
    """Beside invoices, delivery notes are another step; here they are of another customer, in another partition."""
    table = sales(seed)
    at = np.arange(len(table)) % 4
    kinds = np.array(["invoice", "delivery note", "refund", "delivery note"])[at]
    return {"documents.csv": csv(table.assign(customer_id=APART[at % 2], document_type=kinds))}


def failed_tries(seed: int) -> Files:
    table = sales(seed).assign(status="paid")
    tries = table.iloc[::4].assign(status="failed")
    return {"orders.csv": csv(pd.concat([tries, table], ignore_index=True))}


def status_codes(seed: int) -> Files:
    draw = np.random.default_rng(seed)
    return {"orders.csv": csv(sales(seed).assign(status=draw.choice(["C", "7", "paid", "open"], 60)))}


def open_beside_paid_elsewhere(seed: int) -> Files:
    """Whether `open` is unpaid depends on whether any row is `paid`; one row of all is."""
    return {"orders.csv": csv(sales(seed).assign(status=["paid", *["open"] * 20, *["completed"] * 39]))}


def payments_beside(seed: int) -> Files:
    return months(sales(seed).assign(amount_paid=lambda table: table["amount"] + 1))


def two_currencies(seed: int) -> Files:
    table = sales(seed)
    return {
        "a.csv": csv(table.iloc[:40].assign(currency="EUR")),
        "b.csv": csv(table.iloc[40:].assign(currency="USD")),
    }


def bundles(seed: int) -> Files:
    """Two orders whose first row is the sum of the two below it."""
    table = sales(seed).assign(kind="item")
    parts = table.loc[table.index.repeat(np.where(np.isin(table.index, (10, 40)), 3, 1))].reset_index(drop=True)
    nth = parts.groupby("order_id").cumcount()
    size = parts.groupby("order_id")["order_id"].transform("size")
    several = size == 3
    parts["amount"] = np.where(several & (nth > 0), (nth * 1.25).round(2), np.where(several, 3.75, parts["amount"]))
    parts["product"] = np.where(several, np.array(["set", "cup", "pot"])[nth], parts["product"])
    return {"orders.csv": csv(parts.assign(kind=np.where(several & (nth == 0), "set", "item")))}


def xml(seed: int) -> Files:
    return {"orders.xml": sales(seed).to_xml(index=False, parser="etree", row_name="order")}


def xml_under_another_name(seed: int) -> Files:
    return {"orders.txt": sales(seed).to_xml(index=False, parser="etree")}


def statements(table: pd.DataFrame, name: str) -> str:
    columns = ", ".join(table.columns)
    rows = [", ".join(f"'{cell}'" for cell in row) for row in table.itertuples(index=False)]
    return "".join(f"INSERT INTO {name} ({columns}) VALUES ({row});\n" for row in rows)


def sql_dump(seed: int) -> Files:
    return {"orders.sql": statements(sales(seed), "orders")}


def sql_dump_of_two_tables(seed: int) -> Files:
    table = sales(seed)
    orders = table[["order_id", "customer_id", "order_date"]]
    items = table[["order_id", "product", "amount"]].assign(item_id=np.arange(len(table)))
    return {"shop.sql": statements(orders, "orders") + statements(items, "order_items")}


def sql_dump_as_text(seed: int) -> Files:
    return {"orders.txt": "-- dump\n" + statements(sales(seed), "orders")}


def fixed_width(seed: int) -> Files:
    table = sales(seed).assign(product=lambda rows: rows["product"].where(rows.index % 5 > 0, "tea pot"))
    return {"orders.txt": table.to_string(index=False, justify="left", col_space=14) + "\n"}


def on_its_side(seed: int) -> Files:
    return {"orders.csv": sales(seed).T.to_csv(header=False)}


def json_lines(seed: int) -> Files:
    return {"orders.txt": sales(seed).to_json(orient="records", lines=True)}


def without_heading(seed: int) -> Files:
    table = sales(seed)
    return {"a.csv": csv(table.iloc[:30]), "b.csv": table.iloc[30:].to_csv(index=False, header=False)}


def zip_of_months(seed: int) -> Files:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in months(sales(seed)).items():
            archive.writestr(name, text)
    return {"orders.zip": buffer.getvalue()}


def orders_and_items(seed: int) -> Files:
    table = sales(seed)
    return {
        "items.csv": csv(table[["order_id", "product", "amount"]].assign(item_id=np.arange(len(table)))),
        "orders.csv": csv(table[["order_id", "customer_id", "order_date"]]),
    }


def sheets(seed: int) -> Files:
    """Orders in one sheet, which are a history by themselves, and customers in another."""
    table, buffer = sales(seed), io.BytesIO()
    people = pd.DataFrame({"customer_id": sorted(set(table["customer_id"])), "city": "Lima"})
    with pd.ExcelWriter(buffer) as book:
        table.to_excel(book, sheet_name="orders", index=False)
        people.to_excel(book, sheet_name="customers", index=False)
    return {"shop.xlsx": buffer.getvalue()}


def sheets_to_join(seed: int) -> Files:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer) as book:
        for name, text in orders_and_items(seed).items():
            pd.read_csv(io.StringIO(str(text))).to_excel(book, sheet_name=name.removesuffix(".csv"), index=False)
    return {"shop.xlsx": buffer.getvalue()}


def refunds_file(seed: int) -> Files:
    table = sales(seed)
    return {"orders.csv": csv(table), "refunds.csv": csv(table.iloc[::9])}


def cancelled_on_another_day(seed: int) -> Files:
    """The second file has some orders of the first as cancelled, on the day on which that happened."""
    table = sales(seed).assign(status="paid")
    later = table.iloc[20:30].assign(status="cancelled")
    days = pd.to_datetime(later["order_date"]) + pd.Timedelta(days=4)
    later = later.assign(order_date=days.dt.strftime("%Y-%m-%d"))
    return {"a.csv": csv(table.iloc[:30]), "b.csv": csv(pd.concat([later, table.iloc[30:]]))}


def cancelled_on_its_day(seed: int) -> Files:
    table = sales(seed).assign(status="paid")
    off = table.iloc[20:30].assign(status="cancelled")
    return {"a.csv": csv(table.iloc[:30]), "b.csv": csv(pd.concat([off, table.iloc[30:]]))}


def paid_in_parts(seed: int) -> Files:
    """Some lines are paid in two ways, each in a row of its own."""
    table = sales(seed)
    table = table.assign(paid=table["amount"], payment_method="card")
    half = (table["amount"] / 2).round(2)
    split = np.arange(len(table)) % 4 == 1
    first = table[split].assign(paid=half[split], payment_method="voucher")
    rest = table[split].assign(paid=(table["amount"] - half)[split].round(2))
    return {"orders.csv": csv(pd.concat([table[~split], first, rest]).sort_values("order_id", kind="stable"))}


def pieces_returned(seed: int) -> Files:
    table = sales(seed)
    return {"orders.csv": csv(table.assign(quantity=2, qty_returned=np.arange(len(table)) % 5 % 3))}


def totals_below(seed: int) -> Files:
    """Orders of two lines with a row for their total below."""
    table = sales(seed)
    other = table.assign(product="jug", amount=3.5)
    total = table.assign(product="Total", amount=(table["amount"] + 3.5).round(2))
    return {"orders.csv": csv(pd.concat([table, other, total]).sort_values("order_id", kind="stable"))}


def monthly_numbers(seed: int) -> pd.DataFrame:
    """Order numbers begin anew every month."""
    table = sales(seed)
    return table.assign(order_id=table.groupby(table["order_date"].str[:7]).cumcount() + 1)


def numbers_of_each_month(seed: int) -> Files:
    return {"orders.csv": csv(monthly_numbers(seed))}


def numbers_of_each_month_in_two_files(seed: int) -> Files:
    return months(monthly_numbers(seed))


def numbers_of_each_month_beside_few(seed: int) -> Files:
    """The second file is too short to use a number again."""
    table = monthly_numbers(seed)
    return {"a.csv": csv(table.iloc[:57]), "b.csv": csv(table.iloc[57:])}


JOIN, WHOLE, NUMBERS, REFUNDS = "cli.needs_join", "cli.needs_whole", "cli.needs_numbers", "cli.needs_refunds"

BY_FILE: Mapping[Callable[[int], Files], str] = {
    zeros_lost: NUMBERS,
    zeros_kept: "equal",
    known_by_name: "equal",
    names_spelled_otherwise: NUMBERS,
    two_shops: NUMBERS,
    overlap: "equal",
    few_numbers_again: "equal",
    overlap_without_products: JOIN,
    overlap_under_other_names: NUMBERS,
    dates_by_store_in_files: "equal",
    dates_one_file_settles: "equal",
    steps_in_files: "equal",
    steps_across_files: "equal",
    refunded_in_a_later_file: "equal",
    payments_beside: "equal",
    two_currencies: "equal",
    xml: "equal",
    sql_dump_of_two_tables: JOIN,
    fixed_width: "equal",
    on_its_side: "equal",
    without_heading: JOIN,
    zip_of_months: "equal",
    orders_and_items: JOIN,
    refunds_file: REFUNDS,
    sheets: "equal",
    sheets_to_join: JOIN,
    cancelled_on_another_day: "equal",
    cancelled_on_its_day: "equal",
    paid_in_parts: "equal",
    pieces_returned: "equal",
    totals_below: "equal",
    numbers_of_each_month: "equal",
    numbers_of_each_month_in_two_files: "equal",
    numbers_of_each_month_beside_few: NUMBERS,
}
SPLIT: Mapping[Callable[[int], Files], str] = {
    two_shops: NUMBERS,
    overlap: "equal",
    dates_by_store: WHOLE,
    dates_by_store_apart: WHOLE,
    steps_of_payments: WHOLE,
    steps_few: WHOLE,
    refunded_later: "equal",
    refunded_to_another: WHOLE,
    documents: WHOLE,
    documents_of_two: WHOLE,
    failed_tries: WHOLE,
    status_codes: "equal",
    open_beside_paid_elsewhere: WHOLE,
    bundles: WHOLE,
    xml: WHOLE,
    xml_under_another_name: WHOLE,
    sql_dump: WHOLE,
    sql_dump_as_text: WHOLE,
    fixed_width: WHOLE,
    json_lines: WHOLE,
    zip_of_months: WHOLE,
    paid_in_parts: WHOLE,
    pieces_returned: WHOLE,
    totals_below: WHOLE,
    cancelled_on_another_day: "equal",
    numbers_of_each_month: NUMBERS,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BY_FILE, ids=lambda kind: kind.__name__)
def test_files_that_are_cleaned_one_by_one(kind, tmp_path):
    assert compared(kind(3), tmp_path, 3) == BY_FILE[kind]


@pytest.mark.parametrize("kind", SPLIT, ids=lambda kind: kind.__name__)
def test_files_that_are_split(kind, tmp_path, monkeypatch):
    monkeypatch.setattr("lib.partitions.sources.LIMIT_BYTES", 300)
    monkeypatch.setattr("lib.partitions.splitting.PIECE_BYTES", 1_300)
    assert compared(kind(4), tmp_path, 3) == SPLIT[kind]
