"""Data as its visitor meets it: what was understood is shown, corrected by a click, and kept."""

import hashlib
import hmac
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import layouts, text
from lib.errors import UserError
from lib.tables import read_table
from lib.ui import corrections, database
from lib.ui.state import Reading, Session, Upload

ROOT = Path(__file__).resolve().parents[1]
ROWS = "".join(f"{n},{n:02d}/0{1 + n % 2}/2025,cust{n % 4},Ann {n},{n}.50\n" for n in range(1, 13))
ORDERS = ("order_id,date,customer_id,contact name,amount\n" + ROWS).encode()


def upload(name: str, data: bytes) -> Upload:
    """A file as the uploader hands it over."""
    return Upload(name, data, hashlib.sha256(data).hexdigest())


def opened(reading: Reading, secrets: dict[str, dict[str, dict[str, str]]] | None = None) -> AppTest:
    """Data, with something in hand."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    for name, value in (secrets or {}).items():
        app.secrets[name] = value
    app.session_state["language"] = "en"
    app.session_state["brine"] = Session(reading=reading)
    return app.switch_page("pages/data.py").run()


def words(app: AppTest) -> str:
    """Everything that stands on the page, tables too."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "text")
    said = [str(element.value) for kind in kinds for element in app.get(kind)]
    return "\n".join(said + [table.value.to_csv() for table in app.dataframe])


def reading_of(app: AppTest) -> Reading:
    """What the visitor has decided so far."""
    reading: Reading = app.session_state["brine"].reading
    return reading


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.slow
def test_dates_that_can_be_read_two_ways_are_shown_and_corrected() -> None:
    app = opened(Reading((upload("shop.csv", ORDERS),)))
    assert text.say("en", "data.date_uncertain") in words(app)
    assert "can be read two ways" in words(app)  # among the remarks on how the file was read
    choice = next(control for control in app.segmented_control if str(control.key).startswith("dates-"))
    assert "01/02/2025" in choice.label  # as written in the file …
    assert "%" not in choice.label
    assert "Jan" in choice.label or "Feb" in choice.label  # … and what it is read as
    other = {"day": "month", "month": "day"}[str(choice.value)]
    choice.set_value(other).run()
    assert not app.exception
    assert reading_of(app).date_orders == (("date", other),)
    assert text.say("en", "data.date_uncertain") not in words(app)


@pytest.mark.slow
def test_a_corrected_date_is_remembered_for_the_next_file_and_in_the_settings() -> None:
    app = opened(Reading((upload("january.csv", ORDERS),)))
    choice = next(control for control in app.segmented_control if str(control.key).startswith("dates-"))
    other = {"day": "month", "month": "day"}[str(choice.value)]
    choice.set_value(other).run()
    app.session_state["brine"].candidate = Reading((upload("again.csv", ORDERS.replace(b"12.50", b"13.50")),))
    app.run()
    assert not app.exception
    assert reading_of(app).date_orders == (("date", other),)
    assert text.say("en", "data.date_uncertain") not in words(app)
    found = layouts.understand(read_table(ORDERS, "shop.csv"))
    fresh = opened(Reading((upload("shop.csv", ORDERS),)))
    fresh.session_state["brine"].settings = Upload("s.json", layouts.write_settings(found, {"date": other}))
    fresh.run()
    assert not fresh.exception
    assert reading_of(fresh).date_orders == (("date", other),)


@pytest.mark.slow
def test_a_column_is_released_and_another_is_flagged_by_a_click() -> None:
    app = opened(Reading((upload("shop.csv", ORDERS),)))
    chosen = next(element for element in app.multiselect if str(element.key).startswith("personal-"))
    assert chosen.value == ["contact name"]
    chosen.set_value(["order_id"]).run()
    assert not app.exception
    assert reading_of(app).personal == ("order_id",)
    assert next(element for element in app.multiselect if str(element.key).startswith("personal-")).value == [
        "order_id"
    ]


@pytest.mark.slow
def test_with_a_key_no_id_is_shown_and_the_same_key_gives_the_same_hashes() -> None:
    app = opened(Reading((upload("shop.csv", ORDERS + b"13,01/03/2025,cust1,Ann 13,\n"),)))
    assert "cust1" in words(app)
    app.text_input(key="hash-key").set_value("pickled").run()
    app.pills(key="open-reason").set_value("no_amount").run()
    assert not app.exception
    assert "cust1" not in words(app)
    assert "Ann 1" not in words(app)
    expected = hmac.new(b"pickled", b"cust1", hashlib.sha256).hexdigest()[:16]
    aside = next(table.value for table in app.dataframe if "order_id" in table.value.columns)
    assert list(aside["customer_id"]) == [expected]
    assert "contact name" not in aside.columns
    app.switch_page("pages/explore.py").run()
    app.segmented_control(key="explore-tab").set_value("customers").run()
    assert expected in words(app)
    assert "cust1" not in words(app)
    assert "pickled" not in reading_of(app).key


@pytest.mark.slow
def test_files_of_one_shop_are_read_alike_and_a_zip_of_them_is_one_history() -> None:
    """January alone may be read both ways; February, which settles it, is in another file."""
    january = b"order_id,date,customer_id,amount\n1,03/01/2025,a,1.00\n2,04/01/2025,b,2.00\n"
    february = b"order_id,date,customer_id,amount\n3,13/02/2025,a,3.00\n4,28/02/2025,b,4.00\n"
    archive = zipped({"january.csv": january, "february.csv": february})
    for uploads in ((upload("january.csv", january), upload("february.csv", february)), (upload("2025.zip", archive),)):
        app = opened(Reading(uploads))
        assert not app.error, app.error
        assert "Jan 3, 2025 · Jan 4, 2025" in words(app)


@pytest.mark.slow
def test_a_table_of_a_zip_that_has_nothing_to_do_with_the_orders_is_named_and_left_out() -> None:
    archive = zipped({"orders.csv": ORDERS, "stock.csv": b"sku,pieces\nA,3\nB,4\n"})
    app = opened(Reading((upload("all.zip", archive),)))
    assert not app.error, app.error
    assert "stock.csv" in words(app)


@pytest.mark.slow
def test_a_file_that_cannot_be_read_does_not_block_the_others() -> None:
    app = opened(Reading((upload("orders.csv", ORDERS), upload("broken.xlsx", b"PK\x03\x04 not a workbook"))))
    assert not app.error, app.error
    assert any("broken" in warning.value for warning in app.warning)
    app.button(key="remove-broken.xlsx").click().run()
    assert not app.warning


@pytest.mark.slow
def test_a_settings_file_brings_back_what_was_said_about_personal_columns() -> None:
    found = layouts.understand(read_table(ORDERS, "shop.csv"))
    assert dict(found.personal) == {"contact name": "name"}
    changed = layouts.with_personal(found, ["amount"])
    assert dict(changed.personal) == {"amount": "chosen"}
    back = layouts.read_settings(layouts.write_settings(changed), "settings.json", found).understanding
    assert dict(back.personal) == {"amount": "chosen"}
    assert back.reasons["contact name"] == "layouts.reason.released"


# ------------------------------------------------------------------------------------------------ a database


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A shop's SQLite database, as the address of a connection."""
    pytest.importorskip("sqlalchemy")
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connected:
        connected.execute("create table orders (id integer, customer text, bought text, total real)")
        rows = [(n, f"c{n % 3}", f"2025-0{1 + n % 6}-{10 + n}", 10.0 + n) for n in range(1, 13)]
        connected.executemany("insert into orders values (?, ?, ?, ?)", rows)
    connected.close()
    return f"sqlite:///{path}"


SQL = "SELECT id AS order_id, customer AS customer_id, bought AS order_date, total AS amount FROM orders"


@pytest.mark.slow
def test_orders_come_out_of_a_database(shop: str) -> None:
    app = opened(Reading(), {"connections": {"shop": {"url": shop}}})
    app.text_area(key="query-sql").set_value(SQL)
    app.button(key="query-run").click().run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    assert text.say("en", "data.ledger_all", rows=12) in words(app)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE orders",
        "SELECT 1; DELETE FROM orders",
        "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone",
        "SELECT * INTO copied FROM orders",
        "/* SELECT */ UPDATE orders SET total = 0",
        "PRAGMA writable_schema = 1",
        "ATTACH DATABASE '/tmp/x' AS y",
    ],
)
def test_a_query_that_writes_is_not_run(sql: str) -> None:
    with pytest.raises(UserError, match=r"data\.query_writes"):
        database.check(sql)


HIDDEN = (
    "with gone as (select '--') delete from orders returning customer",
    "with gone as (select '/*') update orders set total = 0 returning total /* '*/",
    "select '--'; commit; drop table orders",
    "select '/*'; delete from orders; select '*/'",
    "select `'`; delete from orders; select `'`",
    "select $$'$$; delete from orders; select $$'$$",
    "select '\\'; delete from orders; select '\\'",
    "select 1 /* /* */ ' */; delete from orders --'",
    "select 1 /*! ; delete from orders */",
    "select 1 # '\n; delete from orders # '",
    "select pg_sleep(1000)",
    "select pg_terminate_backend (1)",
    "select load_file('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select setval('ids', 1)",
)


@pytest.mark.parametrize("sql", HIDDEN)
def test_neither_texts_nor_comments_hide_what_acts(sql: str) -> None:
    with pytest.raises(UserError, match=r"data\.query_writes"):
        database.check(sql)


WRITING = (
    "delete from orders",
    "with gone as (select 1) delete from orders returning customer",
    "update orders set total = 0 returning total",
    "create table other as select * from orders",
    "attach database ':memory:' as other",
    "pragma query_only = off",
    "select load_extension('x')",
)


@pytest.mark.slow
@pytest.mark.parametrize("sql", WRITING)
def test_the_connection_itself_only_reads(shop: str, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keywords are not checked here: the database itself must refuse."""
    monkeypatch.setattr(database, "check", lambda sql: sql)
    app = opened(Reading(query=database.Query("shop", sql)), {"connections": {"shop": {"url": shop}}})
    assert len(app.error) == 1
    with sqlite3.connect(shop.removeprefix("sqlite:///")) as connected:
        assert connected.execute("select count(*), sum(total) from orders").fetchone() == (12, 198.0)
        assert connected.execute("select count(*) from sqlite_master").fetchone() == (1,)
    connected.close()


@pytest.mark.slow
def test_a_query_without_an_end_is_stopped(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "TIMEOUT_SECONDS", 0.5)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    app = opened(Reading(query=database.Query("shop", endless)), {"connections": {"shop": {"url": shop}}})
    assert len(app.error) == 1


@pytest.mark.slow
def test_an_answer_that_is_too_large_is_left(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MAX_ANSWER_BYTES", 100_000)
    large = "select a.id, hex(a.customer) || hex(b.customer) from orders a, orders b, orders c, orders d, orders e"
    app = opened(Reading(query=database.Query("shop", large)), {"connections": {"shop": {"url": shop}}})
    assert len(app.error) == 1


def test_words_in_texts_and_columns_do_not_make_a_query_write() -> None:
    assert database.check("select * from orders where note = 'please update; then drop';") == (
        "select * from orders where note = 'please update; then drop'"
    )


@pytest.mark.slow
def test_a_query_that_the_database_refuses_is_told(shop: str) -> None:
    app = opened(
        Reading(query=database.Query("shop", "SELECT total FROM nowhere")), {"connections": {"shop": {"url": shop}}}
    )
    assert len(app.error) == 1
    assert "nowhere" in app.error[0].value


@pytest.mark.slow
def test_nothing_is_offered_where_no_connection_is_set_up() -> None:
    app = opened(Reading())
    assert not [area for area in app.text_area if area.key == "query-sql"]


@pytest.mark.slow
def test_a_currency_that_the_file_does_not_name_can_be_stated_and_stands_beside_the_amounts() -> None:
    app = opened(Reading((upload("orders.csv", ORDERS),)))
    app.selectbox(key="option-currency").select("MXN").run()
    assert reading_of(app).options.currency == "MXN"
    assert any("MXN" in str(figure.value) for figure in app.metric)


@pytest.mark.slow
def test_own_files_are_put_away_only_after_a_second_click() -> None:
    app = opened(Reading((upload("orders.csv", ORDERS),)))
    assert "Trained models stay" in words(app)
    app.button(key="over").click().run()
    assert reading_of(app).empty


@pytest.mark.slow
def test_a_wrong_cell_is_shown_and_its_correction_counts_until_it_is_undone() -> None:
    wrong = ORDERS.replace(b"12.50", b"12.5o", 1)
    table = read_table(wrong, "shop.csv")
    found = layouts.understand(table)
    odd = corrections.odd_cells([table], found, None)
    column = next(name for name, cells in table.unread.items() if cells)
    made = corrections.cell_corrections([table], found, odd, odd.frame.assign(**{column: ["12.50"]}))
    app = opened(Reading((upload("shop.csv", wrong),)))
    assert any(text.say("en", "data.odd_title", count=1, corrected=0) in box.label for box in app.expander)
    app.session_state["brine"].settings = Upload("s.json", layouts.write_settings(found, corrections=made))
    app.run()
    assert not app.exception
    assert reading_of(app).corrections == made
    assert any(text.say("en", "data.odd_title", count=0, corrected=1) in box.label for box in app.expander)
    next(button for button in app.button if button.key == "odd-undo").click().run()
    assert not app.exception
    assert not reading_of(app).corrections


@pytest.mark.slow
def test_each_unclear_status_is_decided_and_decided_back() -> None:
    """One click read the statuses of all columns the other way, and took away the sentence that named them."""
    stated = ("Completed,Paid", "Scheduled,Sent")
    rows = [f"A{at},2024-03-{at + 1:02},C{at % 4},{at + 2}.50,{stated[at % 2]}" for at in range(24)]
    data = "\n".join(["Order,Date,Customer ID,Total,Status,Payment status", *rows]).encode()
    app = opened(Reading((upload("shop.csv", data),)))
    assert not app.exception

    def choices() -> list[tuple[str, bool | None]]:
        return [(one.label, one.value) for one in app.radio if str(one.key).startswith("status-meaning-")]

    first = choices()
    assert [page_word in label for page_word, (label, _) in zip(("Sent", "Scheduled"), first, strict=True)]
    assert "Sent" in " ".join(warning.value for warning in app.warning)
    other = not first[0][1]
    next(one for one in app.radio if one.key == "status-meaning-0").set_value(other).run()
    assert not app.exception
    assert choices() == [(first[0][0], other), first[1]]
    said = " ".join(warning.value for warning in app.warning)
    assert "Sent" not in said
    assert "Scheduled" in said
    assert [(one.word, one.paid) for one in reading_of(app).options.status_meanings] == [("Sent", other)]
    next(button for button in app.button if button.key == "statuses-undo").click().run()
    assert choices() == first
    assert not reading_of(app).options.status_meanings


@pytest.mark.slow
def test_the_choice_of_a_finding_is_taken_by_a_click() -> None:
    rows = [f"A{at},2024-03-{at + 1:02},C{at % 4},{at + 2}.50,pending" for at in range(16)]
    rows += [f"B{at},2024-04-{at + 1:02},C{at % 4},{at + 2}.50,paid" for at in range(9)]
    data = "\n".join(["Order,Date,Customer ID,Total,Status", *rows]).encode()
    app = opened(Reading((upload("shop.csv", data),)))
    assert text.say("en", "orders.finding.mostly_unpaid", rows=16) in words(app)
    next(button for button in app.button if button.key == "finding-orders.finding.mostly_unpaid").click().run()
    assert not app.exception
    assert reading_of(app).options.keep_unpaid
    assert text.say("en", "orders.finding.mostly_unpaid", rows=16) not in words(app)
