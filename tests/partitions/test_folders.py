"""A folder of orders: every file that can be read by itself is read there, too."""

import random
from pathlib import Path

import pytest

from lib.joins import read_shop
from lib.layouts import understand
from lib.orders import clean_files
from lib.partitions import sources_of

Record = tuple[int, str, str, float]
COLUMNS = ("order_id", "order_date", "customer_id", "total")


def as_csv(records: list[Record]) -> str:
    return "\n".join([",".join(COLUMNS), *(",".join(map(str, record)) for record in records)])


def as_xml(records: list[Record]) -> str:
    rows = ("".join(f"<{name}>{cell}</{name}>" for name, cell in zip(COLUMNS, one, strict=True)) for one in records)
    return f'<?xml version="1.0"?><orders>{"".join(f"<order>{row}</order>" for row in rows)}</orders>'


def as_sql(records: list[Record]) -> str:
    rows = "".join(f"INSERT INTO orders VALUES ({a}, '{b}', '{c}', {d});\n" for a, b, c, d in records)
    return f"CREATE TABLE orders (order_id int, order_date date, customer_id text, total numeric);\n{rows}"


@pytest.mark.parametrize("seed", range(3))
def test_xml_and_sql_in_a_folder_are_read(tmp_path: Path, seed: int):
    rng = random.Random(seed)
    records = [
        (1000 + at, f"2024-{1 + at // 20:02}-{1 + at % 20:02}", f"C{at % 9}", rng.randint(100, 9_999) / 100)
        for at in range(60)
    ]
    for name, write, at in (("a.csv", as_csv, 0), ("b.xml", as_xml, 20), ("c.sql", as_sql, 40)):
        (tmp_path / name).write_text(write(records[at : at + 20]), encoding="utf-8")
    (tmp_path / "_SUCCESS").touch()
    files = [(source.name, source.read()) for source in sources_of([str(tmp_path)])]
    tables = read_shop(files).tables
    lines = clean_files(tables, [understand(table) for table in tables]).lines
    assert len(lines) == 60
    assert lines["amount"].sum() == pytest.approx(sum(record[3] for record in records))
