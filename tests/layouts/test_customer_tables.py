# ruff: noqa: E501 - header rows read best in long lines
"""Customer lists of mailing tools, tills and public sets: a row is a customer, and the right column names it."""

import random
from datetime import datetime, timedelta

import pytest

from lib.layouts import understand
from lib.tables import read_table

TABLES = {
    "hubspot": ("Record ID - Contact", "Record ID - Contact|First Name|Last Name|Email|Phone Number|Contact owner|Lead Status|Marketing contact status|Create Date|Associated Company|Last Activity Date"),
    "mailchimp": ("", "Email Address|First Name|Last Name|Address|Phone Number|Birthday|MEMBER_RATING|OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|CONFIRM_IP|LATITUDE|LONGITUDE|CC|REGION|LAST_CHANGED|LEID|EUID|NOTES|TAGS"),
    "klaviyo": ("", "Email|Klaviyo ID|First Name|Last Name|Organization|Title|Phone Number|City|Country|Zip Code|Source|Email Marketing Consent|First Active|Last Active|Total Customer Lifetime Value|Predicted Customer Lifetime Value|Number Of Orders"),
    "square_customers": ("Square Customer ID", "Reference ID|First Name|Last Name|Email Address|Phone Number|Nickname|Company Name|Birthday|Memo|Square Customer ID|Creation Source|First Visit|Last Visit|Transaction Count|Lifetime Spend|Email Subscription Status"),
    "patreon": ("User ID", "Name|Email|Discord|Patron Status|Follows You|Lifetime Amount|Pledge Amount|Charge Frequency|Tier|Patronage Since Date|Max Amount|Last Charge Date|Last Charge Status|User ID|Last Updated|Currency"),
    "zoho_crm": ("Record Id", "Record Id|Contact Owner|First Name|Last Name|Account Name|Email|Phone|Lead Source|Created Time|Mailing City|Mailing Country"),
    "brevo": ("", "CONTACT ID|EMAIL|FIRSTNAME|LASTNAME|SMS|OPT_IN|ADDED_TIME|MODIFIED_TIME|LAST_PURCHASE_DATE|TOTAL_SPENT|ORDER_COUNT"),
    "magento_customers": ("ID", "ID|Name|Email|Group|Phone|ZIP|Country|State/Province|Customer Since|Web Site|Confirmed email|Account Created in|Date of Birth|Tax VAT Number|Gender"),
    "prestashop_clientes": ("ID", "ID|Título|Nombre|Apellidos|Dirección de correo electrónico|Ventas|Activado|Boletín de noticias|Ofertas asociadas|Fecha de registro|Última visita"),
    "shopping_trends": ("Customer ID", "Customer ID|Age|Gender|Item Purchased|Category|Purchase Amount (USD)|Location|Size|Color|Season|Review Rating|Subscription Status|Payment Method|Previous Purchases|Frequency of Purchases"),
    "ecommerce_behaviour": ("Customer ID", "Customer ID|Gender|Age|City|Membership Type|Total Spend|Items Purchased|Average Rating|Discount Applied|Days Since Last Purchase|Satisfaction Level"),
    "sap_customers": ("Customer", "Customer|Name 1|City|Country|Created on|Customer Group|Sales 2023|Sales 2022"),
    "tiendanube_clientes": ("", "Nombre|Email|Teléfono|CPF/CNPJ/DNI|Total consumido|Cantidad de compras|Última compra|Ciudad|Provincia|País|Fecha de registro"),
}  # fmt: skip
"""Name → the column that must name customers (empty where the e-mail or an own id may do) and the header row."""

_KNOWN = {
    "gender": ("Male", "Female"), "title": ("Mr", "Ms"), "group": ("General", "Wholesale"), "country": ("ES", "FR"), "city": ("Rome", "Oslo"), "tier": ("Gold", "Silver"),
    "status": ("Active", "Inactive"), "source": ("Web", "Shop"), "owner": ("Kim", "Sam"), "category": ("Shoes", "Hats"), "season": ("Winter", "Fall"),
    "type": ("Gold", "Basic"), "currency": ("EUR", "EUR"), "frequency": ("Weekly", "Monthly"),
}  # fmt: skip


def _cell(rng, column, place):
    name = column.casefold()
    if "mail" in name and "marketing" not in name and "confirmed" not in name and "subscription" not in name:
        return f"p{place}.{rng.randrange(99)}@mail.com"
    if "correo" in name:
        return f"p{place}@mail.com"
    if any(
        word in name
        for word in ("since last", "previous", "orders", "order_count", "count", "cantidad", "age", "rating", "items")
    ):
        return rng.randint(1, 60)
    if any(word in name for word in ("amount", "spen", "value", "ventas", "sales", "total")):
        return f"{rng.uniform(5, 900):.2f}"
    if any(
        word in name
        for word in (
            "date",
            "time",
            "active",
            "visit",
            "since",
            "fecha",
            "última",
            "created",
            "birth",
            "updated",
            "changed",
        )
    ):
        return (datetime(2023, 1, 1) + timedelta(days=rng.randrange(500), minutes=rng.randrange(1440))).strftime(
            "%Y-%m-%d %H:%M:%S"
        )
    if "phone" in name or "teléfono" in name or name == "sms":
        return f"+34 6{place:08}"
    if name == "id" or name.endswith(" id") or "record id" in name or name in ("leid", "euid", "customer"):
        return 48213 + place * 7
    for word, words in _KNOWN.items():
        if word in name:
            return rng.choice(words)
    if "name" in name or "nombre" in name or "apellidos" in name:
        return f"{rng.choice(('Ann', 'Bob', 'Eva'))}{place}"
    return rng.choice(("a", "b", ""))


@pytest.mark.parametrize("name", TABLES)
def test_a_list_of_customers_is_no_list_of_orders(name):
    wanted, header = TABLES[name]
    rng = random.Random(name)
    columns = header.split("|")
    rows = [",".join(columns), *(",".join(str(_cell(rng, column, place)) for column in columns) for place in range(40))]
    found = understand(read_table("\n".join(rows).encode(), "customers.csv"))
    assert found.kind == "customers", (found.kind_reason, found.roles)
    named = found.roles.get("customer_id") or found.roles.get("email")
    if wanted:
        assert found.roles.get("customer_id") == wanted or found.roles.get("email") == named
    assert named is not None
