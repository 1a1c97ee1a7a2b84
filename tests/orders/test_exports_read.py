"""Exports as shops really write them, in many dialects and languages: each is read to the orders that a person sees."""

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import pytest

from lib.layouts import understand
from lib.orders import Orders, clean_files
from lib.tables import read_tables


@dataclass(frozen=True)
class Export:
    """A file and what is in it: order lines, their sum, the customers, the first day."""

    what: str
    name: str
    data: bytes
    lines: int
    total: float
    customers: int
    first: str
    layout: str | None = None
    currency: str | None = None
    set_aside: int = 0


def _text(*lines: str, encoding: str = "utf-8") -> bytes:
    return ("\n".join(lines) + "\n").encode(encoding)


def _book(rows: Sequence[Sequence[object]], **more: Sequence[Sequence[object]]) -> bytes:
    made = io.BytesIO()
    with pd.ExcelWriter(made, engine="xlsxwriter") as writer:
        for sheet, cells in {**more, "Sheet": rows}.items():
            pd.DataFrame(cells).to_excel(writer, sheet_name=sheet, header=False, index=False)
    return made.getvalue()


def _zip(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return made.getvalue()


EXPORTS = (
    Export(
        "a French shop on Shopify: the headers stay English, the cells do not",
        "commandes_export.csv",
        _text(
            "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,"
            "Lineitem name,Lineitem price,Lineitem sku,Billing Country,Cancelled at,Refunded Amount",
            "#1001,léa@exemple.fr,paid,2025-01-03 10:00:00 +0100,EUR,40.00,5.00,0.00,45.00,2025-01-03 10:00:00 +0100,2,"
            "Savon « Lavande »,10.00,SAV,FR,,0.00",
            "#1001,léa@exemple.fr,,,,,,,,2025-01-03 10:00:00 +0100,1,Bougie,20.00,BOU,,,",
            "#1002,marc@exemple.fr,refunded,2025-01-04 11:00:00 +0100,EUR,20.00,5.00,0.00,25.00,"
            "2025-01-04 11:00:00 +0100,1,Bougie,20.00,BOU,FR,,25.00",
            "#1003,zoé@exemple.fr,paid,2025-02-04 11:00:00 +0100,EUR,20.00,5.00,0.00,25.00,2025-02-04 11:00:00 +0100,1,"
            "Bougie,20.00,BOU,FR,,0.00",
        ),
        *(3, 60.0, 2, "2025-01-03", "shopify_orders", "EUR", 1),
    ),
    Export(
        "a German shop on WooCommerce: semicolons, decimal commas, cp1252",
        "bestellungen.csv",
        _text(
            "Bestellnummer;Bestelldatum;Kundennummer;Artikelbezeichnung;Menge;Einzelpreis;Gesamtbetrag;Land",
            "5001;03.01.2025 10:15;K-17;Gewürzgurken groß;2;4,50 €;9,00 €;Österreich",
            "5002;13.01.2025 09:05;K-18;Weißkraut;1;1.234,50 €;1.234,50 €;Deutschland",
            "5003;02.02.2025 18:40;K-17;Rotkohl;3;2,00 €;6,00 €;Österreich",
            encoding="cp1252",
        ),
        *(3, 1249.5, 2, "2025-01-03", "", "€"),
    ),
    Export(
        "WooCommerce analytics in German",
        "wc-analytics.csv",
        _text(
            "Datum,Bestellung #,Status,Kunde,Kundentyp,Produkt(e),Verkaufte Artikel,Gutschein(e),Nettoumsatz,Zuordnung",
            '2025-01-03 10:00:00,11,completed,Ana Kurz,new,2× Gurke,2,,"12,50",Direct',
            '2025-02-03 10:00:00,12,cancelled,Uwe Lang,new,1× Gurke,1,,"6,25",Direct',
            '2025-03-03 10:00:00,13,completed,Uwe Lang,new,1× Gurke,1,,"6,25",Direct',
        ),
        *(2, 18.75, 2, "2025-01-03", "woocommerce_analytics", None, 1),
    ),
    Export(
        "Portuguese headers, cents after a comma, R$ before",
        "vendas.csv",
        _text(
            "Número do Pedido;Data do Pedido;Cliente;E-mail;Produto;Quantidade;Valor Unitário;Valor Total;Situação",
            "1;05/01/2025;Ana;ana@x.com.br;Pão;2;R$ 5,25;R$ 10,50;Pago",
            "2;25/01/2025;Rui;rui@x.com.br;Bolo;1;R$ 1.030,00;R$ 1.030,00;Pago",
            "3;26/01/2025;Rui;rui@x.com.br;Bolo;1;R$ 30,00;R$ 30,00;Cancelado",
        ),
        *(2, 1040.5, 2, "2025-01-05", "", "R$", 1),
    ),
    Export(
        "Square: dollar signs, the time in a column of its own, refunds in brackets",
        "items.csv",
        _text(
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,"
            "Net Sales,Tax,Transaction ID,Payment ID,Event Type,Location,Dining Option,Customer ID,Customer Name",
            '01/03/25,10:15:00,Eastern Time (US & Canada),Food,Pickle,1.0,Regular,P,,"$1,200.00",$0.00,"$1,200.00",'
            "$0.00,T1,P1,Payment,Main,,C1,Ann Lee",
            "01/13/25,18:15:00,Eastern Time (US & Canada),Food,Pickle,2.0,Regular,P,,$10.00,-$1.00,$9.00,$0.00,T2,P2,"
            "Payment,Main,,C2,Bob Ray",
            "01/14/25,18:15:00,Eastern Time (US & Canada),Food,Pickle,-1.0,Regular,P,,($5.00),$0.00,($5.00),$0.00,T3,"
            "P3,Refund,Main,,C2,Bob Ray",
        ),
        *(2, 1209.0, 2, "2025-01-03", "square_items", "$", 1),
    ),
    Export(
        "a workbook with a title, a blank row and totals",
        "ventas.xlsx",
        _book(
            [
                ["Informe de ventas 2025", None, None, None],
                [None, None, None, None],
                ["Nº Pedido", "Fecha", "Cliente", "Importe"],
                ["A1", "2025-01-03", "C1", 10.5],
                ["A2", "2025-02-03", "C2", 20.25],
                ["A3", "2025-03-03", "C1", 5.0],
                ["Total", None, None, 35.75],
            ]
        ),
        *(3, 35.75, 2, "2025-01-03"),
    ),
    Export(
        "a workbook whose orders are on the second sheet",
        "report.xlsx",
        _book(
            [["Order ID", "Order Date", "Customer ID", "Total"]]
            + [[f"O{n}", f"2025-0{n}-15", f"C{n % 3}", 10.0 * n] for n in range(1, 9)],
            Notes=[["Made by", "the shop"], ["On", "Monday"]],
        ),
        *(8, 360.0, 3, "2025-01-15"),
    ),
    Export(
        "JSON lines with the customer inside",
        "orders.jsonl",
        _text(
            *(
                json.dumps(
                    {
                        "order_id": f"o{n}",
                        "created_at": f"2025-0{n}-10T08:00:00Z",
                        "customer": {"id": f"c{n % 2}", "email": f"c{n % 2}@x.org"},
                        "total": 12.5 * n,
                    }
                )
                for n in range(1, 6)
            )
        ),
        *(5, 187.5, 2, "2025-01-10"),
    ),
    Export(
        "one JSON object that wraps the orders",
        "api.json",
        json.dumps(
            {
                "count": 3,
                "orders": [
                    {"number": n, "order_date": f"2025-0{n}-01", "customer_id": 7 + n % 2, "amount": "19.90"}
                    for n in (1, 2, 3)
                ],
            }
        ).encode(),
        *(3, 59.7, 2, "2025-01-01"),
    ),
    Export(
        "Etsy's orders, with American dates of two digits",
        "EtsySoldOrders2025.csv",
        _text(
            "Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Payment Method,Date Shipped,Ship City,"
            "Ship Country,Currency,Order Value,Coupon Code,Discount Amount,Shipping,Sales Tax,Order Total,Status,"
            "Order Net",
            "01/03/25,31,ann77,Ann Lee,1,Credit,01/05/25,Reno,United States,USD,25.00,,5.00,4.00,0.00,24.00,,22.00",
            "02/14/25,32,bob12,Bob Ray,2,Credit,02/15/25,Reno,United States,USD,40.00,,0.00,4.00,0.00,44.00,,40.00",
        ),
        *(2, 60.0, 2, "2025-01-03", "etsy_orders", "USD"),
    ),
    Export(
        "Amazon's report: tabs, offsets, an item's price for all pieces",
        "amazon.txt",
        _text(
            "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\titem-price\t"
            "ship-country\tbuyer-email",
            "302-1\t2025-01-03T23:30:00+00:00\tShipped\tJar\tJ1\t2\tEUR\t19.98\tDE\ta1@marketplace.amazon.de",
            "302-2\t2025-01-04T08:00:00+00:00\tCancelled\tJar\tJ1\t0\tEUR\t\tDE\ta2@marketplace.amazon.de",
            "302-3\t2025-02-04T08:00:00+00:00\tShipped\tJar\tJ1\t1\tEUR\t9.99\tDE\ta3@marketplace.amazon.de",
        ),
        *(2, 29.97, 2, "2025-01-03", "amazon_orders", "EUR", 1),
    ),
    Export(
        "eBay: blank lines above, remarks below, £ in the cells",
        "eBay-OrdersReport.csv",
        _text(
            "",
            '"Sales Record Number","Order Number","Buyer Username","Buyer Email","Item Number","Item Title",'
            '"Custom Label","Quantity","Sold For","Shipping And Handling","Total Price","Sale Date","Paid On Date"',
            "",
            '"101","17-1","ann_uk","ann@x.uk","55","Jar","J","2","£5.00","£2.00","£12.00","03-Jan-25","03-Jan-25"',
            '"102","17-2","bob_uk","bob@x.uk","55","Jar","J","1","£5.00","£2.00","£7.00","14-Feb-25","14-Feb-25"',
            "",
            '"2","record(s) downloaded","from","Jan-01-25","to","Mar-01-25"',
            '"Seller ID : pickles_uk"',
        ),
        *(2, 15.0, 2, "2025-01-03", "ebay_orders", "£"),
    ),
    Export(
        "Magento's grid",
        "export.csv",
        _text(
            '"ID","Purchase Point","Purchase Date","Bill-to Name","Ship-to Name","Grand Total (Base)",'
            '"Grand Total (Purchased)","Status","Customer Email","Subtotal","Shipping and Handling","Payment Method"',
            '"000000011","Main Website","Jan 3, 2025 10:15:22 AM","Ann Lee","Ann Lee","25.00","25.00","Complete",'
            '"ann@x.org","20.00","5.00","Check"',
            '"000000012","Main Website","Feb 13, 2025 9:05:00 PM","Bob Ray","Bob Ray","30.00","30.00","Canceled",'
            '"bob@x.org","25.00","5.00","Check"',
            '"000000013","Main Website","Feb 14, 2025 9:05:00 PM","Bob Ray","Bob Ray","31.00","31.00","Processing",'
            '"bob@x.org","26.00","5.00","Check"',
        ),
        *(2, 56.0, 2, "2025-01-03", "magento_orders", None, 1),
    ),
    Export(
        "PrestaShop in French, money with the sign behind",
        "order.csv",
        _text(
            "ID;Référence;Nouveau client;Livraison;Client;Total;Paiement;État;Date",
            "1;XKBKNABJK;1;France;J. DUPONT;61,80 €;Chèque;Paiement accepté;03/01/2025 10:00:00",
            "2;OHSATSERP;0;France;M. MARTIN;69,90 €;Chèque;Annulé;14/01/2025 10:00:00",
            "3;UOYEVOLI;0;France;M. MARTIN;14,90 €;Chèque;Livré;15/01/2025 10:00:00",
        ),
        *(2, 76.7, 2, "2025-01-03", "prestashop_orders", "€", 1),
    ),
    Export(
        "Stripe: two currencies, a failed payment",
        "payments.csv",
        _text(
            "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Currency,Status,"
            "Seller Message,Customer ID,Customer Email",
            'ch_1,2025-01-03 10:00,"10,50",0.00,eur,TRUE,10.50,eur,Paid,Payment complete.,cus_1,a@x.org',
            "ch_2,2025-01-04 10:00,20.00,0.00,usd,TRUE,18.50,eur,Paid,Payment complete.,cus_2,b@x.org",
            "ch_3,2025-02-04 10:00,30.00,0.00,eur,TRUE,30.00,eur,Paid,Payment complete.,cus_3,c@x.org",
            "ch_4,2025-02-05 10:00,99.00,0.00,eur,FALSE,99.00,eur,Failed,Declined.,cus_3,c@x.org",
        ),
        *(2, 40.5, 2, "2025-01-03", "stripe_payments", "EUR", 2),
    ),
    Export(
        "mixed currency signs in one column, and no column that says which",
        "mixed.csv",
        _text(
            "order,date,customer,amount",
            *(f"A{n},2025-01-{n:02d},C{n % 3},€{n}.50" for n in range(1, 8)),
            "A8,2025-01-08,C1,$100.00",
            "A9,2025-01-09,C2,£50.00",
        ),
        *(7, 31.5, 3, "2025-01-01", "", "€", 2),
    ),
    Export(
        "mixed currency codes behind the amounts",
        "codes.csv",
        _text(
            "Order ID;Order Date;Customer;Total",
            *(f"{n};2025-02-{n:02d};C{n % 2};{n},00 EUR" for n in range(1, 6)),
            "6;2025-02-06;C1;900,00 USD",
        ),
        *(5, 15.0, 2, "2025-02-01", "", "EUR", 1),
    ),
    Export(
        "twelve months in one zip",
        "2025.zip",
        _zip(
            **{
                f"2025-{month:02d}__csv": _text(
                    "order_id,date,customer_id,amount", f"{month},{month:02d}/0{1 + month % 3}/2025,c{month % 4},10.00"
                )
                for month in range(1, 13)
            }
        ),
        *(12, 120.0, 4, "2025-01-02"),
    ),
    Export(
        "Hebrew in Windows' own encoding",
        "hebrew.csv",
        _text(
            "order_id,date,customer_id,product,amount",
            "1,2025-01-03,c1,מלפפון חמוץ,10.50",
            "2,2025-01-14,c2,זיתים ירוקים,7.00",
            "3,2025-02-14,c2,גבינה לבנה ושמנת,5.00",
            encoding="cp1255",
        ),
        *(3, 22.5, 2, "2025-01-03"),
    ),
    Export(
        "Polish, złoty behind, cp1250",
        "zamowienia.csv",
        _text(
            "order id;order date;customer id;product;amount",
            "1;03.01.2025;c1;Ogórki kiszone;1 234,50 zł",
            "2;14.01.2025;c2;Żurek śląski;7,00 zł",
            "3;14.02.2025;c2;Pączek;5,00 zł",
            encoding="cp1250",
        ),
        *(3, 1246.5, 2, "2025-01-03"),
    ),
    Export(
        "Swiss apostrophes and a currency before the number",
        "schweiz.csv",
        _text(
            "Auftragsnummer;Datum;Kunde;Betrag",
            "1;03.01.2025;K1;CHF 1'234.50",
            "2;14.01.2025;K2;CHF 7.00",
        ),
        *(2, 1241.5, 2, "2025-01-03", "", "CHF"),
    ),
    Export(
        "a pivot saved with the header twice and page breaks",
        "pages.csv",
        _text(
            "Order No,Date,Customer No,Amount",
            "1,2025-01-03,17,10.00",
            "2,2025-01-04,18,20.00",
            "",
            "Order No,Date,Customer No,Amount",
            "3,2025-01-05,17,30.00",
        ),
        *(3, 60.0, 2, "2025-01-03"),
    ),
    Export(
        "a spreadsheet's copy: tabs, UTF-16, American dates",
        "Unicode Text.txt",
        _text(
            "Order ID\tDate\tCustomer\tAmount",
            "1\t1/3/2025\tAnn\t$1,000.00",
            "2\t1/14/2025\tBob\t$20.00",
            encoding="utf-16",
        ),
        *(2, 1020.0, 2, "2025-01-03", "", "$"),
    ),
    Export(
        "sep= on the first line, dots as thousands",
        "excel.csv",
        _text(
            "sep=;",
            "Pedido;Fecha;Cliente;Importe",
            "1;03/01/2025;17;1.000,00",
            "2;14/01/2025;18;2.500,50",
        ),
        *(2, 3500.5, 2, "2025-01-03"),
    ),
    Export(
        "no header at all",
        "log.csv",
        _text(*(f"{17850 + n % 3},{n},2025-01-{n:02d} 10:00:00,{n}.25" for n in range(1, 10))),
        *(9, 47.25, 3, "2025-01-01"),
    ),
    Export(
        "dates without separators, amounts in whole units, pipes",
        "pos.psv",
        _text(
            "receipt_no|sale_date|member_id|sales_amount",
            "R1|20250103|M1|1000",
            "R2|20250114|M2|2500",
            "R3|20250215|M1|500",
        ),
        *(3, 4000.0, 2, "2025-01-03"),
    ),
    Export(
        "Excel's day numbers under a heading that says date",
        "serials.csv",
        _text("Invoice,Invoice Date,Customer ID,Total", "1,45660,17,10.5", "2,45671.5,18,20.5"),
        *(2, 31.0, 2, "2025-01-03"),
    ),
    Export(
        "quantities and prices only, a quantity with a unit's decimals",
        "lines.csv",
        _text(
            "Facture;Date facture;Code client;Article;Qté;PU HT;Remise",
            "F1;03/01/2025;C1;Olive;1,5;4,00;0",
            "F2;14/01/2025;C2;Olive;2,0;4,00;0",
        ),
        *(2, 14.0, 2, "2025-01-03"),
    ),
    Export(
        "quoted line breaks and separators in notes",
        "notes.csv",
        _text(
            "order_id,date,customer_id,note,amount",
            '1,2025-01-03,17,"Leave at the door,\nplease; thanks",10.00',
            '2,2025-01-04,18,"He said ""no""",20.00',
        ),
        *(2, 30.0, 2, "2025-01-03"),
    ),
    Export(
        "a total below that has a label in the second column",
        "totals.csv",
        _text(
            "Order ID,Customer ID,Order Date,Amount",
            *(f"{n},C{n % 3},2025-01-{n:02d},10.00" for n in range(1, 8)),
            ",Grand Total,,70.00",
        ),
        *(7, 70.0, 3, "2025-01-01"),
    ),
    Export(
        "dates in words, in Spanish",
        "largo.csv",
        _text(
            "Pedido;Fecha;Cliente;Importe",
            "1;3 de enero de 2025;17;10,00 €",
            "2;14 de febrero de 2025;18;20,00 €",
        ),
        *(2, 30.0, 2, "2025-01-03", "", "€"),
    ),
    Export(
        "gzip of a semicolon file with a minus behind the number",
        "sap.csv.gz",
        gzip.compress(
            _text(
                "Beleg;Belegdatum;Kunde;Betrag",
                "90001;03.01.2025;K1;1.000,00",
                "90002;14.01.2025;K2;250,00",
                "90003;15.01.2025;K2;50,00-",
            )
        ),
        *(2, 1250.0, 2, "2025-01-03", None, None, 1),
    ),
)


def _orders(export: Export) -> Orders:
    tables = read_tables([(export.name, export.data)])
    understood = [understand(table) for table in tables]
    if export.layout is not None:
        assert understood[0].layout == export.layout
    assert {found.kind for found in understood} == {"orders"}, understood[0]
    return clean_files(tables, understood)


@pytest.mark.slow
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: str(export.what))
def test_an_export_is_read_to_the_orders_a_person_sees(export: Export) -> None:
    orders = _orders(export)
    book = orders.ledger
    assert (len(orders.lines), sum(book.set_aside.values())) == (export.lines, export.set_aside), book.set_aside
    assert round(float(orders.lines["amount"].sum()), 2) == export.total
    assert orders.lines["customer_id"].nunique() == export.customers
    assert str(orders.lines["ordered_at"].min().date()) == export.first
    if export.currency is not None:
        assert orders.currency == export.currency
