# ruff: noqa: E501 - ways to write a table read best in long lines
"""One order history written in many ways: equal figures, and equal scores of one model."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from lib.cli import main
from lib.features import default_cutoff
from lib.gate import OpenedModel, open_model
from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import Orders, clean_files
from lib.scoring import Choices, rows_from_orders, score

Line = tuple[str, date, str, str, int, float]
Files = Sequence[tuple[str, bytes]]
ENGLISH = ("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Amount")
GERMAN = ("Bestellnummer", "Bestelldatum", "Kundennummer", "Artikel", "Menge", "Betrag")
SPANISH = ("Pedido", "Fecha", "Cliente", "Producto", "Cantidad", "Importe")
FRENCH = ("N° de commande", "Date", "Client", "Produit", "Quantité", "Montant")
KEYS = ("order_id", "order_date", "customer_id", "product", "quantity", "amount")


def history(seed: int) -> list[Line]:
    """Some 400 lines of 60 customers over 20 months, in the order of time."""
    rng = random.Random(seed)
    goods = [
        (f"Taza {name}", round(rng.uniform(3, 900), 2))
        for name in ("roja", "azul", "de baño", "grande", "Mañana", "verde")
    ]
    lines: list[Line] = []
    days = sorted(rng.randrange(600) for _ in range(200))
    days[0], days[-1] = 14, 599
    for at, offset in enumerate(sorted(days)):
        who = f"K-{rng.randrange(60):04}" if at else "K-0000"
        for name, price in rng.sample(goods, rng.randint(1, 3)):
            quantity = rng.randint(1, 4)
            lines.append(
                (
                    f"B{4000 + at}",
                    date(2023, 1, 1) + timedelta(days=offset),
                    who,
                    name,
                    quantity,
                    round(price * quantity, 2),
                )
            )
    return lines


def text(
    lines: Sequence[Line],
    head: Sequence[str] = ENGLISH,
    *,
    day: Callable[[date], str] = str,
    money: Callable[[float], str] = "{:.2f}".format,
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerow(head)
    writer.writerows([number, day(when), who, what, many, money(paid)] for number, when, who, what, many, paid in lines)
    return "".join(f"{line}\n" for line in above) + out.getvalue() + "".join(f"{line}\n" for line in below)


def comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def euros(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".") + " €"


def csv_file(lines: Sequence[Line], encoding: str = "utf-8", **how: object) -> Files:
    return [("orders.csv", text(lines, **how).encode(encoding))]  # type: ignore[arg-type]


def serial(when: date) -> str:
    return str((when - date(1899, 12, 30)).days)


def seconds(when: date) -> str:
    return str((when - date(1970, 1, 1)).days * 86_400)


def frame(lines: Sequence[Line]) -> pd.DataFrame:
    made = pd.DataFrame(lines, columns=list(KEYS))
    return made.assign(order_date=pd.to_datetime(made["order_date"]))


def columnar(lines: Sequence[Line], suffix: str) -> Files:
    out = io.BytesIO()
    (frame(lines).to_parquet if suffix == "parquet" else frame(lines).to_feather)(out)
    return [(f"orders.{suffix}", out.getvalue())]


def records(lines: Sequence[Line]) -> list[dict[str, object]]:
    return [{**dict(zip(KEYS, line, strict=True)), "order_date": str(line[1])} for line in lines]


def nested(lines: Sequence[Line]) -> Files:
    orders: dict[str, dict[str, object]] = {}
    for number, when, who, what, many, paid in lines:
        order = orders.setdefault(
            number, {"order_id": number, "order_date": str(when), "customer": {"id": who}, "items": []}
        )
        order["items"].append({"product": what, "quantity": many, "amount": paid})  # type: ignore[attr-defined]
    return [("orders.json", json.dumps({"orders": list(orders.values())}).encode())]


def xml(lines: Sequence[Line]) -> Files:
    rows = "".join(
        "<row>" + "".join(f"<{name}>{cell}</{name}>" for name, cell in record.items()) + "</row>"
        for record in records(lines)
    )
    return [("orders.xml", f'<?xml version="1.0" encoding="utf-8"?><rows>{rows}</rows>'.encode())]


def dump_xml(lines: Sequence[Line]) -> Files:
    rows = "".join(
        "<row>" + "".join(f'<field name="{name}">{cell}</field>' for name, cell in record.items()) + "</row>"
        for record in records(lines)
    )
    return [
        (
            "orders.xml",
            f'<?xml version="1.0"?><mysqldump><database name="shop"><table_data name="orders">{rows}</table_data></database></mysqldump>'.encode(),
        )
    ]


def sql(lines: Sequence[Line]) -> Files:
    rows = ",\n".join("('{}','{}','{}','{}',{},{})".format(*line) for line in lines)
    table = "CREATE TABLE `orders` (`order_id` varchar(9), `order_date` date, `customer_id` varchar(9), `product` text, `quantity` int, `amount` decimal(10,2));"
    return [("shop.sql", f"{table}\nINSERT INTO `orders` VALUES\n{rows};\n".encode())]


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> Files:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day))
                    else:
                        sheet.write(at, place, cell)
    return [("orders.xlsx", out.getvalue())]


def by_month(lines: Sequence[Line]) -> dict[str, list[Line]]:
    months: dict[str, list[Line]] = {}
    for line in lines:
        months.setdefault(f"{line[1]:%Y-%m}", []).append(line)
    return months


def zipped(lines: Sequence[Line]) -> Files:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for month, part in by_month(lines).items():
            packed.writestr(f"orders-{month}.csv", text(part))
    return [("orders.zip", out.getvalue())]


def html(lines: Sequence[Line]) -> Files:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    head = "".join(f"<th>{name}</th>" for name in ENGLISH)
    return [
        (
            "orders.xls",
            f'<html><head><meta charset="utf-8"></head><body><table><tr>{head}</tr>{rows}</table></body></html>'.encode(),
        )
    ]


def two_tables(lines: Sequence[Line]) -> Files:
    orders = {line[0]: f"{line[0]},{line[1]},{line[2]}" for line in lines}
    items = [f"{at},{line[0]},{line[3]},{line[4]},{line[5]:.2f}" for at, line in enumerate(lines)]
    return [("orders.csv", "\n".join(["order_id,order_date,customer_id", *orders.values()]).encode()),
            ("order_items.csv", "\n".join(["item_id,order_id,product,quantity,amount", *items]).encode())]  # fmt: skip


WAYS: dict[str, Callable[[Sequence[Line]], Files]] = {
    "commas": csv_file,
    "semicolons, commas in numbers, cp1252": lambda lines: csv_file(lines, "cp1252", head=GERMAN, day="{:%d.%m.%Y}".format, money=comma, delimiter=";"),
    "tabs, UTF-16": lambda lines: csv_file(lines, "utf-16", delimiter="\t"),
    "bars, quoted, American": lambda lines: csv_file(lines, day="{:%m/%d/%Y}".format, money="${:,.2f}".format, delimiter="|", quoting=csv.QUOTE_ALL),
    "euros, Spanish, a mark": lambda lines: csv_file(lines, "utf-8-sig", head=SPANISH, day="{:%d/%m/%Y}".format, money=euros, delimiter=";"),
    "French, short years": lambda lines: csv_file(lines, "latin-1", head=FRENCH, day="{:%d/%m/%y}".format, money=comma, delimiter=";"),
    "months in words": lambda lines: csv_file(lines, day="{:%d %b %Y}".format),
    "midnight with a zone": lambda lines: csv_file(lines, day="{:%Y-%m-%d}T00:00:00Z".format),
    "compact dates": lambda lines: csv_file(lines, day="{:%Y%m%d}".format),
    "seconds since 1970": lambda lines: csv_file(lines, day=seconds),
    "days of a spreadsheet": lambda lines: csv_file(lines, day=serial),
    "a title and a sum": lambda lines: csv_file(lines, above=("Sales report", "All shops", ""), below=(f"Total,,,,,{sum(line[5] for line in lines):.2f}",)),
    "comments": lambda lines: csv_file(lines, above=("# exported by a program", "# 2024")),
    "a header each page": lambda lines: [("orders.csv", "".join(text(lines[at : at + 40]) for at in range(0, len(lines), 40)).encode())],
    "backwards": lambda lines: csv_file(lines[::-1]),
    "gzip": lambda lines: [("orders.csv.gz", gzip.compress(text(lines).encode()))],
    "months in a zip": zipped,
    "months in files": lambda lines: [(f"orders-{month}.csv", text(part).encode()) for month, part in by_month(lines).items()],
    "a workbook": lambda lines: workbook({"Orders": [ENGLISH, *lines]}),
    "a workbook of texts": lambda lines: workbook({"Orders": [["Report"], [], GERMAN, *([one[0], f"{one[1]:%d.%m.%Y}", *one[2:5], comma(one[5])] for one in lines)]}),
    "a sheet each month": lambda lines: workbook({month: [ENGLISH, *part] for month, part in by_month(lines).items()}),
    "HTML": html,
    "JSON": lambda lines: [("orders.json", json.dumps(records(lines)).encode())],
    "JSON lines": lambda lines: [("orders.jsonl", "\n".join(json.dumps(one) for one in records(lines)).encode())],
    "JSON by columns": lambda lines: [("orders.json", frame(lines).to_json(date_format="iso").encode())],
    "JSON of orders with items": nested,
    "Parquet": lambda lines: columnar(lines, "parquet"),
    "Feather": lambda lines: columnar(lines, "feather"),
    "XML": xml,
    "XML of a database": dump_xml,
    "SQL": sql,
    "orders and items": two_tables,
    "on its side": lambda lines: [("orders.csv", "\n".join(",".join(map(str, row)) for row in zip(ENGLISH, *lines, strict=True)).encode())],
}  # fmt: skip


def read(files: Files) -> Orders:
    tables = read_shop(list(files)).tables
    return clean_files(tables, [understand(table) for table in tables])


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenedModel]:
    folder: Path = tmp_path_factory.mktemp("model")
    (folder / "orders.csv").write_text(text(history(0)), encoding="utf-8")
    command = [
        "train",
        "--orders",
        str(folder / "orders.csv"),
        "--goal",
        "groups",
        "--groups",
        "3",
        "--out",
        str(folder / "m.pkl"),
    ]
    assert main(command) == 0
    with open_model((folder / "m.pkl").read_bytes(), "m.pkl") as opened:
        yield opened


def scores(model: OpenedModel, orders: Orders) -> pd.DataFrame:
    cutoff = default_cutoff(orders)
    return score(model, rows_from_orders(model, orders, cutoff), Choices(cutoff=cutoff)).table


@pytest.fixture(scope="module")
def expected(model: OpenedModel) -> pd.DataFrame:
    return scores(model, read(csv_file(history(0))))


QUICK = ("semicolons, commas in numbers, cp1252", "a workbook", "JSON of orders with items", "XML of a database", "SQL")


@pytest.mark.parametrize(
    "way", [pytest.param(way, id=way, marks=() if way in QUICK else pytest.mark.slow) for way in WAYS]
)
def test_every_way_gives_the_same_figures_and_scores(model: OpenedModel, expected: pd.DataFrame, way: str):
    lines = history(0)
    found = read(WAYS[way](lines))
    assert len(found.lines) == len(lines)
    assert found.lines["order_id"].nunique() == len({line[0] for line in lines})
    assert found.lines["customer_id"].nunique() == len({line[2] for line in lines})
    assert found.lines["amount"].sum() == pytest.approx(sum(line[5] for line in lines), abs=0.005)
    assert found.lines["quantity"].sum() == sum(line[4] for line in lines)
    assert found.lines["ordered_at"].min().date() == lines[0][1]
    assert found.lines["ordered_at"].max().date() == lines[-1][1]
    answers = scores(model, found)
    assert answers.select_dtypes(exclude="number").equals(expected.select_dtypes(exclude="number"))
    numbers = answers.select_dtypes("number"), expected.select_dtypes("number")
    assert np.allclose(*numbers, rtol=1e-9, equal_nan=True)


@pytest.mark.parametrize("seed", range(1, 3))
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_every_way_gives_the_same_lines(seed: int, way: str):
    lines = history(seed)
    found = read(WAYS[way](lines)).lines.sort_values(["order_id", "product"], ignore_index=True)
    right = read(csv_file(lines)).lines.sort_values(["order_id", "product"], ignore_index=True)
    columns = ["order_id", "customer_id", "ordered_at", "product", "quantity", "amount"]
    pd.testing.assert_frame_equal(found[columns], right[columns], check_dtype=False)
