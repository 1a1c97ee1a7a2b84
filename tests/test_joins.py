"""Tables of one shop are joined by their keys; the joined history has the totals of the shop."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

import pandas as pd
import pytest

from lib.joins import join_tables
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
    tables = {
        "order": pd.DataFrame(rows),
        "customer": pd.DataFrame(
            {
                customer_own: people,
                words["name"]: [f"{rng.choice('ABCDEFG')}na {n}" for n in range(len(people))],
                words["city"]: [rng.choice(["Vigo", "Lyon", "Bonn"]) for _ in people],
            }
        ),
    }
    if items:
        tables["item"] = pd.DataFrame(lines)
    if payments or not items:
        tables["payment"] = pd.DataFrame(paid)
    if products:
        own = [{product_own: what, words["name"]: f"Jar {n}"} for n, (what, _) in enumerate(goods)]
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


@pytest.mark.parametrize("seed", range(12))
def test_orders_with_items_payments_customers_and_products_are_one_history(seed):
    check(split_shop(seed))


@pytest.mark.parametrize("seed", range(100, 106))
def test_without_items_the_payments_of_an_order_are_summed(seed):
    check(split_shop(seed, items=False, products=False))


@pytest.mark.parametrize("seed", range(200, 206))
def test_products_and_payments_may_be_missing(seed):
    check(split_shop(seed, payments=False, products=False))
