"""HTML and XML under the name of a workbook, as shops export them, and what they may not do."""

import html
import random

import pytest

from lib.errors import UserError
from lib.tables import read_table
from tests.tables.invented import SEEDS, invent, same_amounts

XML_HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'  # noqa: E501


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_whose_table_is_the_export(seed, encoding):
    draw = random.Random(seed)
    history = invent(seed)
    comma = draw.random() < 0.5
    cells = history.cells(amount=lambda amount: f"€ {amount:.2f}".replace(".", ",") if comma else f"€ {amount:.2f}")
    cell = draw.choice(["<td>{}</td>", '<td style="x" class=a>{}</td>', "<td><span>{}</span></td>", "<td>{}"])
    body = "".join("<tr>" + "".join(cell.format(html.escape(text)) for text in row) + "</tr>\n" for row in cells)
    head = "".join(f"<th>{html.escape(name)}</th>" for name in history.names)
    menu = "<table><tr><td>Shop</td></tr></table>" if draw.random() < 0.5 else ""
    table = f"<table border=1><tr>{head}</tr>{body}</table>"
    page = f"<html><head><meta charset={encoding}><style>td {{x}}</style></head><body>{menu}{table}</body></html>"
    frame = read_table(page.encode(encoding), "orders.xls").frame
    assert same_amounts(frame[history.name("amount")], history.amounts)
    assert frame[history.name("product")].tolist() == [row[3] for row in history.rows]
    assert list(frame.columns) == list(history.names)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_workbook_in_xml(seed):
    draw = random.Random(seed)
    history = invent(seed)
    lines = []
    for row in history.rows:
        typed = [
            ("String", row[0]),
            ("DateTime", f"{row[1]:%Y-%m-%dT%H:%M:%S}.000"),
            ("String", row[2]),
            ("String", row[3]),
            ("Number", row[4]),
            ("Number", row[5]),
        ]
        made = [f'<Cell><Data ss:Type="{kind}">{html.escape(str(value))}</Data></Cell>' for kind, value in typed]
        if draw.random() < 0.3:  # a blank product, by the index of the next cell
            made[3:5] = [f'<Cell ss:Index="5"><Data ss:Type="Number">{row[4]}</Data></Cell>']
        lines.append("<Row>" + "".join(made) + "</Row>")
    head = (
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{html.escape(name)}</Data></Cell>' for name in history.names)
        + "</Row>"
    )
    text = f'{XML_HEAD}<Worksheet ss:Name="Orders"><Table>{head}{"".join(lines)}</Table></Worksheet></Workbook>'
    table = read_table(text.encode(), "orders.xls")
    assert same_amounts(table.frame[history.name("amount")], history.amounts)
    assert [day.date() for day in table.frame[history.name("date")]] == [row[1].date() for row in history.rows]
    assert table.sheet == "Orders"


def test_entities_are_refused_before_they_expand():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = (
        XML_HEAD.replace("<Workbook", bomb + "<Workbook")
        + "<Worksheet><Table><Row><Cell><Data>&b;</Data></Cell></Row></Table></Worksheet></Workbook>"
    )
    with pytest.raises(UserError) as refused:
        read_table(text.encode(), "orders.xls")
    assert refused.value.key == "tables.xml"


@pytest.mark.parametrize(
    "where", ['<Row ss:Index="99999999">', '<Row><Cell ss:Index="9999999"/>', '<Row><Cell ss:MergeAcross="9999999"/>']
)
def test_cells_far_away_are_refused(where):
    row = f"{where}<Cell><Data>1</Data></Cell></Row>"
    text = f"{XML_HEAD}<Worksheet ss:Name='a'><Table>{row}</Table></Worksheet></Workbook>"
    with pytest.raises(UserError, match="too_many"):
        read_table(text.encode(), "orders.xls")


@pytest.mark.slow
def test_a_span_of_a_million_columns_is_cut():
    page = "<table><tr><td colspan=1000000 rowspan=1000000>a</td><td>b</td></tr><tr><td>1</td></tr></table>"
    assert read_table(page.encode(), "orders.xls").frame.shape[1] <= 1_001


def test_a_page_without_a_table_of_data_is_refused():
    page = "<!DOCTYPE html><html><body><form><table><tr><td>Sign in</td></tr></table></form></body></html>"
    with pytest.raises(UserError) as refused:
        read_table(page.encode(), "orders.xls")
    assert refused.value.key == "tables.web_page"


@pytest.mark.parametrize("tag", ["item", "product", "line"])
def test_items_of_an_order_named_by_an_attribute_are_its_rows(tag: str):
    """Two items were taken for two columns of the order, and it had no amount."""
    orders = "".join(
        f'<order id="{at}" customer_id="C{at % 5}" date="2024-01-{1 + at % 28:02}">'
        f'<{tag} name="Mug" type="a">{at + 1}.50</{tag}><{tag} name="Cap" type="b">2.25</{tag}></order>'
        for at in range(30)
    )
    table = read_table(f'<?xml version="1.0"?><orders>{orders}</orders>'.encode(), "o.xml")
    assert len(table.frame) == 60
    assert {"Mug", "Cap"} <= set(table.frame.astype("str").to_numpy().ravel())
