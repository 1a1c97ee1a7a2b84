"""Tables of one shop are joined by their keys; the joined history has the totals of the shop."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from lib.joins import join_tables, read_shop
from lib.joins.parts import alike, part_of
from lib.layouts import understand
from lib.orders import clean_files
from lib.tables import read_tables

WORDS = {
    "en": {
        "order": "orders",
        "item": "order_items",
        "customer": "customers",
        "product": "products",
        "payment": "payments",
        "review": "reviews",
        "one": ("order", "customer", "product"),
        "date": "order_date",
        "quantity": "quantity",
        "price": "unit_price",
        "name": "name",
        "paid": "amount",
        "city": "city",
    },
    "es": {
        "order": "pedidos",
        "item": "lineas_pedido",
        "customer": "clientes",
        "product": "productos",
        "payment": "pagos",
        "review": "opiniones",
        "one": ("pedido", "cliente", "producto"),
        "date": "fecha_pedido",
        "quantity": "cantidad",
        "price": "precio_unitario",
        "name": "nombre",
        "paid": "importe",
        "city": "ciudad",
    },
    "pt": {
        "order": "pedidos",
        "item": "itens_pedido",
        "customer": "clientes",
        "product": "produtos",
        "payment": "pagamentos",
        "review": "avaliacoes",
        "one": ("pedido", "cliente", "produto"),
        "date": "data_pedido",
        "quantity": "quantidade",
        "price": "preco_unitario",
        "name": "nome",
        "paid": "valor_pago",
        "city": "cidade",
    },
    "fr": {
        "order": "commandes",
        "item": "lignes_commande",
        "customer": "clients",
        "product": "produits",
        "payment": "paiements",
        "review": "avis",
        "one": ("commande", "client", "produit"),
        "date": "date_commande",
        "quantity": "quantite",
        "price": "prix_unitaire",
        "name": "nom",
        "paid": "montant",
        "city": "ville",
    },
    "de": {
        "order": "bestellungen",
        "item": "bestellung_positionen",
        "customer": "kunden",
        "product": "produkte",
        "payment": "zahlungen",
        "review": "bewertungen",
        "one": ("bestellung", "kunde", "produkt"),
        "date": "bestelldatum",
        "quantity": "menge",
        "price": "einzelpreis",
        "name": "name",
        "paid": "betrag",
        "city": "stadt",
    },
}


@dataclass(frozen=True)
class Shop:
    """The files of a shop, and what is true of it."""

    files: list[tuple[str, bytes]]
    customers: int
    orders: int
    total: float
    first: pd.Timestamp
    last: pd.Timestamp


def key_names(rng: random.Random, one: str) -> tuple[str, str]:
    """What a table calls its own key, and what others call it."""
    other = rng.choice([f"{one}_id", f"id_{one}"])
    return rng.choice([other, "id"]), other


def split_shop(seed: int, *, items: bool = True, payments: bool = True, products: bool = True) -> Shop:
    """A shop as the tables of its database, with names in one of five languages and keys of several kinds."""
    rng = random.Random(seed)
    words = WORDS[rng.choice(sorted(WORDS))]
    order_own, order_ref = key_names(rng, words["one"][0])
    customer_own, customer_ref = key_names(rng, words["one"][1])
    product_own, product_ref = key_names(rng, words["one"][2])
    form = rng.choice(["int", "int", "text", "hex"])
    start = {name: rng.choice([1, 1, 1001, 500_000]) for name in ("order", "customer", "product")}

    def key(kind: str, n: int) -> object:
        if form == "int":
            return start[kind] + n
        return (
            f"{kind[0].upper()}{n:05d}"
            if form == "text"
            else hashlib.sha256(f"{kind}{n}{seed}".encode()).hexdigest()[:12]
        )

    people = [key("customer", n) for n in range(rng.randint(12, 60))]
    goods = [(key("product", n), round(rng.uniform(2, 90), 2)) for n in range(rng.randint(5, 20))]
    rows, lines, paid = [], [], []
    total, buyers, days = 0.0, set(), []
    for n in range(rng.randint(60, 200)):
        who, day = rng.choice(people), pd.Timestamp("2024-01-03") + pd.Timedelta(days=rng.randint(0, 500))
        rows.append({order_own: key("order", n), customer_ref: who, words["date"]: day.strftime("%Y-%m-%d")})
        money = 0.0
        for what, price in rng.sample(goods, rng.randint(1, 3)):
            count = rng.randint(1, 4)
            line = {order_ref: key("order", n), product_ref: what, words["quantity"]: count, words["price"]: price}
            lines.append(line)
            money += count * price
        parts = [round(money, 2)] if rng.random() < 0.8 else [round(money - 1.5, 2), 1.5]
        paid += [{order_ref: key("order", n), words["paid"]: part} for part in parts]
        total, days = total + money, [*days, day]
        buyers.add(who)
    if rng.random() < 0.5:  # the order's own total, repeated on no line
        sums = pd.DataFrame(lines).assign(money=[line[words["quantity"]] * line[words["price"]] for line in lines])
        totals = sums.groupby(order_ref)["money"].sum().round(2)
        rows = [{**row, "total": totals[row[order_own]]} for row in rows]
    tables = {
        "order": pd.DataFrame(rows),
        "customer": pd.DataFrame(
            {
                customer_own: people,
                words["name"]: [f"{rng.choice('ABCDEFG')}na {n}" for n in range(len(people))],
                words["city"]: [rng.choice(["Vigo", "Lyon", "Bonn"]) for _ in people],
                "created_at": [f"2023-0{rng.randint(1, 9)}-11" for _ in people],
                "total_spent": [round(rng.uniform(5, 900), 2) for _ in people],
            }
        ),
    }
    if items:
        tables["item"] = pd.DataFrame(lines)
    if payments or not items:
        tables["payment"] = pd.DataFrame(paid)
    if products:
        own = [
            {product_own: what, words["name"]: f"Jar {n}", "price": price + 7} for n, (what, price) in enumerate(goods)
        ]
        tables["product"] = pd.DataFrame(own)
    prefix = rng.choice(["", "", "wp_", "shop_"])
    files = [(f"{prefix}{words[name]}.csv", frame.to_csv(index=False).encode()) for name, frame in tables.items()]
    rng.shuffle(files)
    return Shop(files, len(buyers), len(rows), round(total, 2), min(days), max(days))


def check(shop: Shop) -> None:
    joined = join_tables(read_tables(shop.files))
    assert joined.join is not None, joined.unused
    (table,) = joined.tables
    found = clean_files([table], [understand(table)])
    lines = found.lines
    assert lines["customer_id"].nunique() == shop.customers
    assert lines["order_id"].nunique() == shop.orders
    assert lines["amount"].sum() == pytest.approx(shop.total, abs=0.02)
    assert (lines["ordered_at"].min(), lines["ordered_at"].max()) == (shop.first, shop.last)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_orders_with_items_payments_customers_and_products_are_one_history(seed):
    check(split_shop(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_without_items_the_payments_of_an_order_are_summed(seed):
    check(split_shop(seed, items=False, products=False))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 206))
def test_products_and_payments_may_be_missing(seed):
    check(split_shop(seed, payments=False, products=False))


def history(files: list[tuple[str, bytes]]) -> pd.DataFrame:
    (table,) = join_tables(read_tables(files)).tables
    return clean_files([table], [understand(table)]).lines


@pytest.mark.slow
def test_the_tables_of_woocommerce_are_joined_by_their_own_names():
    orders = "order_id,date_created,customer_id,status,total_sales\n"
    orders += "11,2025-01-02 10:00:00,1,wc-completed,30\n12,2025-01-05 11:00:00,2,wc-completed,12.5\n"
    items = "order_item_id,order_id,product_id,product_qty,product_net_revenue\n"
    items += "1,11,70,2,20\n2,11,71,1,10\n3,12,70,1,12.5\n"
    people = "customer_id,email,country\n1,ana@example.com,ES\n2,bo@example.com,FR\n"
    files = {"wp_wc_order_stats": orders, "wp_wc_order_product_lookup": items, "wp_wc_customer_lookup": people}
    lines = history([(f"{name}.csv", text.encode()) for name, text in files.items()])
    assert lines["amount"].sum() == 42.5
    assert (lines["order_id"].nunique(), lines["customer_id"].nunique()) == (2, 2)


@pytest.mark.slow
def test_in_olists_tables_the_customer_is_who_comes_again_and_not_the_orders_own_number():
    orders = "order_id,customer_id,order_status,order_purchase_timestamp\n"
    items = "order_id,order_item_id,product_id,seller_id,price,freight_value\n"
    people = "customer_id,customer_unique_id,customer_city,customer_state\n"
    paid = "order_id,payment_sequential,payment_type,payment_value\n"
    for n in range(40):
        orders += f"o{n:06d},c{n:06d},delivered,2017-10-{n % 28 + 1:02d} 10:56:33\n"
        items += f"o{n:06d},1,p{n % 5:06d},s{n % 3:06d},10.00,5.50\n"
        people += f"c{n:06d},u{n % 25:06d},sao paulo,SP\n"
        paid += f"o{n:06d},1,credit_card,15.50\n"
    sellers = "seller_id,seller_city,seller_state\n" + "".join(f"s{n:06d},curitiba,PR\n" for n in range(3))
    files = {"orders": orders, "order_items": items, "customers": people, "order_payments": paid, "sellers": sellers}
    joined = join_tables(read_tables([(f"olist_{name}_dataset.csv", text.encode()) for name, text in files.items()]))
    (table,) = joined.tables
    lines = clean_files([table], [understand(table)]).lines
    assert lines["customer_id"].nunique() == 25
    assert lines["amount"].sum() == 400
    assert set(joined.unused) == {"olist_sellers_dataset.csv"}  # the payments are compared with the amounts


def test_what_finds_no_partner_is_counted_on_both_sides():
    orders = "order_id,customer_id,order_date\n" + "".join(f"{n},{n % 4},2025-01-{n + 1:02d}\n" for n in range(20))
    items = "order_id,product,quantity,unit_price\n" + "".join(f"{n},Jar,1,5\n" for n in range(3, 23))
    joined = join_tables(read_tables([("orders.csv", orders.encode()), ("order_items.csv", items.encode())]))
    assert joined.join is not None
    (link,) = joined.join.links
    assert (link.child, link.parent, link.rows) == ("order_items.csv", "orders.csv", 20)
    assert (link.unmatched, link.childless) == (3, 3)


@pytest.mark.parametrize("order", [0, 1])
def test_the_exports_of_two_shops_are_each_a_history_and_are_not_joined(order):
    one = "order_id,date,customer_id,amount\n" + "".join(f"{n},2025-01-{n:02d},{n % 5},3.00\n" for n in range(1, 20))
    two = "pedido,fecha,cliente,importe,ciudad\n"
    two += "".join(f"{n},2025-02-{n:02d},{n % 5},4.00,Vigo\n" for n in range(1, 20))
    files = [("one.csv", one.encode()), ("dos.csv", two.encode())]
    joined = join_tables(read_tables(files[::-1] if order else files))
    assert joined.join is None
    assert len(joined.tables) == 2


def test_a_table_of_small_numbers_is_not_joined_by_coincidence():
    """1, 2, 3 … occur in many columns: without a matching name, equal numbers are no key."""
    orders = "order_id,date,customer_id,amount\n" + "".join(f"{n},2025-01-{n:02d},{n % 5},3.00\n" for n in range(1, 20))
    rates = "day,rate\n" + "".join(f"{n},{n * 2}\n" for n in range(1, 25))
    joined = join_tables(read_tables([("orders.csv", orders.encode()), ("rates.csv", rates.encode())]))
    assert joined.join is None
    assert [table.name for table in joined.tables] == ["orders.csv"]
    assert joined.unused == ("rates.csv",)


@pytest.mark.slow
def test_a_table_that_is_left_out_by_the_visitor_is_not_used():
    shop = split_shop(0)
    endings = ("products.csv", "productos.csv", "produtos.csv", "produits.csv", "produkte.csv")
    products = next(name for name, _ in shop.files if name.endswith(endings))
    joined = join_tables(read_tables(shop.files), left_out=[products])
    assert joined.join is not None
    assert products not in {name for link in joined.join.links for name in (link.child, link.parent)}
    assert products in joined.unused


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 4])
def test_the_sheets_of_a_workbook_are_joined_likewise(seed):
    shop = split_shop(seed)
    made = io.BytesIO()
    with pd.ExcelWriter(made, engine="xlsxwriter") as writer:
        for name, data in shop.files:
            pd.read_csv(io.BytesIO(data)).to_excel(writer, sheet_name=name.removesuffix(".csv"), index=False)
    brought = read_shop([("shop.xlsx", made.getvalue())])
    assert brought.join is not None
    (table,) = brought.tables
    lines = clean_files([table], [understand(table)]).lines
    assert lines["amount"].sum() == pytest.approx(shop.total, abs=0.02)
    assert lines["customer_id"].nunique() == shop.customers


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read():
    orders = b"order_id,date,customer_id,amount\n1,2025-01-02,a,3.00\n2,2025-01-03,b,4.00\n3,2025-01-09,a,5.00\n"
    brought = read_shop([("orders.csv", orders), ("broken.xlsx", b"PK\x03\x04 nothing")])
    assert [table.name for table in brought.tables] == ["orders.csv"]
    assert [failure.name for failure in brought.failures] == ["broken.xlsx"]


def test_equal_lines_of_one_file_stay_and_those_of_overlapping_files_count_once():
    orders = "order_id,customer_id,order_date\n" + "".join(f"{n},{n % 4 + 1},2025-01-{n + 1:02d}\n" for n in range(20))
    first = (
        "order_id,product,quantity,unit_price\n" + "0,Jar,1,5\n" * 2 + "".join(f"{n},Jar,1,5\n" for n in range(1, 12))
    )
    second = "order_id,product,quantity,unit_price\n" + "".join(f"{n},Jar,1,5\n" for n in range(10, 20))
    files = {"orders": orders, "items_january": first, "items_february": second}
    (table,) = join_tables(read_tables([(f"{name}.csv", text.encode()) for name, text in files.items()])).tables
    assert len(table.frame) == 21


def test_orders_whose_items_are_in_no_file_keep_their_own_totals():
    """Items of January beside the orders of a year: the money of eleven months must not be lost."""
    days = pd.date_range("2025-01-01", periods=60, freq="5D")
    rows = [f"{n},{n % 7 + 1},{day:%Y-%m-%d},10.00\n" for n, day in enumerate(days)]
    items = "order_id,product,quantity,unit_price\n" + "".join(f"{n},Jar,2,5\n" for n in range(8))
    orders = "order_id,customer_id,order_date,total\n" + "".join(rows)
    joined = join_tables(read_tables([("orders.csv", orders.encode()), ("order_items.csv", items.encode())]))
    assert joined.unused == ("order_items.csv",)
    (table,) = joined.tables
    assert clean_files([table], [understand(table)]).lines["amount"].sum() == 600


SMALL_FILES = """
import random, resource
from tests.machine import slowness
from lib.joins import read_shop
limit = int(60 * slowness())
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
drawn = random.Random(1)
def cell(at): return str(drawn.randrange(10**9)) + ("" if at % 2 else "ab")
def table(number):
    names = ["id", *(f"{drawn.choice(('k', 'order', 'customer'))}_{number}_{at}_id" for at in range(60))]
    rows = [",".join(cell(at) for at in range(len(names))) for _ in range(20)]
    return (",".join(names) + "\\n" + "\\n".join(rows)).encode()
read_shop([(f"t{number}.csv", table(number)) for number in range(24)])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of CPU time")
def test_many_small_files_of_many_columns_take_no_longer_than_others():
    """Each column was compared with each column of each other file: 330 KB took minutes. The limit of CPU time ends the
    process."""
    subprocess.run([sys.executable, "-c", SMALL_FILES], check=True, cwd=Path(__file__).resolve().parents[1])


@pytest.mark.parametrize(("one", "other"), [("Amount", "amount"), ("x y", "x_y"), ("Straße", "Strasse"), ("ﬁt", "fit")])
def test_columns_whose_names_are_alike_keep_their_own_values(one: str, other: str):
    def table(start: int, *names: str) -> tuple[str, bytes]:
        values = {"customer": "{}", one: "x{}", other: "y{}"}
        rows = [",".join(values[name].format(at) for name in names) for at in range(start, start + 30)]
        return f"customers{start}.csv", "\n".join([",".join(names), *rows]).encode()

    parts = [read_tables([table(0, "customer", one, other)])[0], read_tables([table(30, other, "customer", one)])[0]]
    (group,) = alike(parts)
    frame = part_of(group).table.frame
    assert frame[one].tolist() == [f"x{at}" for at in range(60)]
    assert frame[other].tolist() == [f"y{at}" for at in range(60)]
