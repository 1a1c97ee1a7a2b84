# ruff: noqa: E501 - header rows read best in long lines
"""Exports of accounting programs and ERPs: several types of documents, drafts, taxes, ledgers of both sides."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export("No|Type|A/C|N/C|Dept|Details|Date|Ref|Ex.Ref|Net|Tax|T/C|Paid|Amount Paid|Bank Rec", form="%d/%m/%Y")
def sage_customer_activity(rng: random.Random, shop: Shop) -> Rows:
    """SI is an invoice, SC a credit note, SR what was received for it: a receipt is no second sale."""
    number = 100
    for place, order in enumerate(shop.orders):
        number += 3
        tax = round(order.goods * 0.2, 2)
        account = order.customer.email.split("@")[0].replace(".", "").upper()[:6] + order.customer.id[-3:]
        yield {"No": number, "Type": "SI", "A/C": account, "N/C": 4000, "Dept": 0, "Details": "Goods", "Date": order.when, "Ref": 20_000 + place, "Net": order.goods, "Tax": tax, "T/C": "T1", "Paid": "Y", "Amount Paid": round(order.goods + tax, 2)}
        yield {"No": number + 1, "Type": "SR", "A/C": account, "N/C": 1200, "Dept": 0, "Details": "Sales Receipt", "Date": order.when + timedelta(days=4), "Ref": "BACS", "Net": round(order.goods + tax, 2), "Tax": 0.0, "T/C": "T9", "Paid": "Y", "Amount Paid": round(order.goods + tax, 2)}
        yield sold(order, order.goods, order.goods + tax)
        if place % 9 == 8:
            yield {"No": number + 2, "Type": "SC", "A/C": account, "N/C": 4000, "Dept": 0, "Details": "Return", "Date": order.when + timedelta(days=6), "Ref": f"{20_000 + place}", "Net": order.goods, "Tax": tax, "T/C": "T1", "Paid": "Y", "Amount Paid": round(order.goods + tax, 2)}
            yield sold(order, -order.goods, -order.goods - tax)


@KINDS.export("Belegart|Belegnr.|Belegdatum|Kundennr.|Matchcode|Firma|Ansprechpartner|Nettobetrag|USt-Betrag|Bruttobetrag|Währung|Status|Bearbeiter", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1252")
def lexware_documents(rng: random.Random, shop: Shop) -> Rows:
    """Quotes, confirmations and delivery notes of what is invoiced; credit notes with positive amounts."""
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.19, 2)
        row = {"Kundennr.": order.customer.id, "Matchcode": order.customer.name.split()[-1].upper(), "Firma": order.customer.name, "Nettobetrag": order.goods, "USt-Betrag": tax, "Bruttobetrag": round(order.goods + tax, 2), "Währung": "EUR", "Bearbeiter": rng.choice(("MM", "KS"))}
        if rng.random() < 0.5:
            yield {**row, "Belegart": "Angebot", "Belegnr.": f"AN{place:05}", "Belegdatum": order.when - timedelta(days=3), "Status": "weitergeführt"}
        if rng.random() < 0.5:
            yield {**row, "Belegart": "Auftragsbestätigung", "Belegnr.": f"AB{place:05}", "Belegdatum": order.when - timedelta(days=1), "Status": "weitergeführt"}
        yield {**row, "Belegart": "Rechnung", "Belegnr.": f"RE{place:05}", "Belegdatum": order.when, "Status": "gebucht"}
        yield sold(order, order.goods, order.goods + tax)
        if place % 9 == 8:
            yield {**row, "Belegart": "Gutschrift", "Belegnr.": f"GU{place:05}", "Belegdatum": order.when + timedelta(days=5), "Status": "gebucht"}
            yield sold(order, -order.goods, -order.goods - tax)


@KINDS.export("DocNum|DocDate|DocDueDate|CANCELED|DocStatus|CardCode|CardName|NumAtCard|DocCur|LineNum|ItemCode|Dscription|Quantity|Price|DiscPrcnt|LineTotal|VatSum|DocTotal|SlpName", form="%Y%m%d")
def sap_business_one(rng: random.Random, shop: Shop) -> Rows:
    """Price after discount, total of the line without tax, total of the document with it; Y, N and C in CANCELED."""
    for place, order in enumerate(shop.orders):
        off = rng.choice((0, 0, 10))
        nets = [round(line.total * (100 - off) / 100, 2) for line in order.lines]
        total = round(sum(nets) * 1.21, 2)
        gone = rng.random() < 0.15
        for at, (line, net) in enumerate(zip(order.lines, nets, strict=True)):
            yield {"DocNum": 100_200 + place, "DocDate": order.when, "DocDueDate": order.when + timedelta(days=30), "CANCELED": "Y" if gone else "N", "DocStatus": rng.choice("OC"), "CardCode": f"C{order.customer.id}", "CardName": order.customer.name,
                   "DocCur": "EUR", "LineNum": at, "ItemCode": line.code, "Dscription": line.product, "Quantity": f"{line.quantity}.000000", "Price": f"{line.price * (100 - off) / 100:.6f}", "DiscPrcnt": f"{off}.000000", "LineTotal": f"{net:.6f}",
                   "VatSum": f"{net * 0.21:.6f}", "DocTotal": f"{total:.6f}", "SlpName": rng.choice(("-No Sales Employee-", "Jan"))}  # fmt: skip
            if not gone:
                yield sold(order, net)


@KINDS.export("Client Name|Invoice #|Date Issued|Invoice Status|Date Paid|Item Name|Item Description|Rate|Quantity|Discount Percentage|Line Subtotal|Tax 1 Type|Tax 1 Amount|Tax 2 Type|Tax 2 Amount|Line Total|Currency", form="%m/%d/%Y")
def freshbooks_items(rng: random.Random, shop: Shop) -> Rows:
    """Drafts are no sales; the line's total is with tax."""
    for place, order in enumerate(shop.orders):
        status = rng.choice(("paid",) * 6 + ("draft", "draft"))
        for line in order.lines:
            tax = round(line.total * 0.13, 2)
            yield {"Client Name": order.customer.name, "Invoice #": f"{place + 1:07}", "Date Issued": order.when, "Invoice Status": status, "Date Paid": order.when + timedelta(days=9) if status == "paid" else "", "Item Name": line.product,
                   "Rate": line.price, "Quantity": line.quantity, "Discount Percentage": 0, "Line Subtotal": line.total, "Tax 1 Type": "HST", "Tax 1 Amount": tax, "Tax 2 Amount": 0.0, "Line Total": round(line.total + tax, 2), "Currency": "CAD"}  # fmt: skip
            if status != "draft":
                yield sold(order, line.total, line.total + tax)


@KINDS.export("Date|Particulars|Vch Type|Vch No.|Debit|Credit", form="%d-%b-%y", money=lambda v: f"{v:.2f}", above=[["Kite Traders"], ["Day Book"], ["1-Apr-19 to 31-Mar-24"]])
def tally_day_book(rng: random.Random, shop: Shop) -> Rows:
    """Sales in the debit column, receipts and credit notes in the credit column."""
    for place, order in enumerate(shop.orders):
        yield {"Date": order.when, "Particulars": order.customer.name, "Vch Type": "Sales", "Vch No.": f"S/{place + 1}", "Debit": order.goods}
        yield sold(order, order.goods)
        if rng.random() < 0.7:
            yield {"Date": order.when + timedelta(days=3), "Particulars": order.customer.name, "Vch Type": "Receipt", "Vch No.": f"R/{place + 1}", "Credit": order.goods}
        if place % 9 == 8:
            yield {"Date": order.when + timedelta(days=4), "Particulars": order.customer.name, "Vch Type": "Credit Note", "Vch No.": f"CN/{place + 1}", "Credit": order.lines[0].total}
            yield sold(order, -order.lines[0].total)


@KINDS.export("Número do pedido|Data|Situação|Nome Comprador|CPF/CNPJ Comprador|E-mail Comprador|UF Comprador|Código (SKU)|Descrição|Quantidade|Valor unitário|Desconto item|Preço total|Frete pedido|Desconto pedido|Total pedido|Vendedor|Forma de pagamento", delimiter=";", comma=True, form="%d/%m/%Y")
def bling_orders(rng: random.Random, shop: Shop) -> Rows:
    """The order's own discount and delivery beside its lines; statuses in Portuguese."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("Atendido", True), ("Atendido", True), ("Em andamento", True), ("Cancelado", False)))
        off = round(order.goods * rng.choice((0, 0, 0.05)), 2)
        for line in order.lines:
            yield {"Número do pedido": 7000 + place, "Data": order.when, "Situação": status, "Nome Comprador": order.customer.name, "CPF/CNPJ Comprador": f"{sum(map(ord, order.customer.email)):09}-{len(order.customer.name):02}", "E-mail Comprador": order.customer.email, "UF Comprador": "SP", "Código (SKU)": line.code,
                   "Descrição": line.product, "Quantidade": line.quantity, "Valor unitário": line.price, "Desconto item": 0.0, "Preço total": line.total, "Frete pedido": 15.0, "Desconto pedido": off, "Total pedido": round(order.goods - off + 15, 2),
                   "Vendedor": rng.choice(("Ana", "")), "Forma de pagamento": "Pix"}  # fmt: skip
        if good:
            yield sold(order, order.goods - off + 15, order.goods - off)


@KINDS.export("Comprobante|Fecha elaboración|Identificación|Nombre tercero|Código producto|Nombre producto|Cantidad|Valor unitario|Valor bruto|Descuento|Subtotal|Impuesto cargo|Total", form="%d/%m/%Y", delimiter=";", money=lambda v: f"{v * 100:,.2f}".replace(",", "x").replace(".", ",").replace("x", "."), above=[["Kite SAS"], ["Ventas por producto"], []])
def siigo_colombia(rng: random.Random, shop: Shop) -> Rows:
    """Invoices FV and credit notes NC, whose amounts are positive, told apart by their numbers alone."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            tax = round(line.total * 0.19, 2)
            yield {"Comprobante": f"FV-1-{place + 1}", "Fecha elaboración": order.when, "Identificación": 79_000_000 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 99991, "Nombre tercero": order.customer.name, "Código producto": line.code, "Nombre producto": line.product,
                   "Cantidad": f"{line.quantity},00", "Valor unitario": line.price, "Valor bruto": line.total, "Descuento": 0.0, "Subtotal": line.total, "Impuesto cargo": tax, "Total": round(line.total + tax, 2)}  # fmt: skip
            yield sold(order, line.total * 100, (line.total + tax) * 100)


@KINDS.export("Tranzakció|Számla sorszáma|Kelt|Teljesítés|Fizetési határidő|Vevő neve|Vevő adószáma|Megnevezés|Mennyiség|Me.|Nettó egységár|Nettó érték|ÁFA kulcs|ÁFA érték|Bruttó érték|Pénznem|Fizetve", delimiter=";", form="%Y.%m.%d.", money=lambda v: f"{v * 100:,.0f}".replace(",", "\xa0"), encoding="utf-8-sig")
def szamlazz_hungarian(rng: random.Random, shop: Shop) -> Rows:
    """Storno invoices repeat the lines with negative values under a new number."""
    for place, order in enumerate(shop.orders):
        gone = place % 10 == 9
        for sign in (1, -1) if gone else (1,):
            for line in order.lines:
                tax = round(line.total * 0.27, 2)
                yield {"Tranzakció": "Számla" if sign > 0 else "Sztornó számla", "Számla sorszáma": f"E-KITE-{place + 1}{'' if sign > 0 else '-S'}", "Kelt": order.when, "Teljesítés": order.when, "Fizetési határidő": order.when + timedelta(days=8), "Vevő neve": order.customer.name, "Megnevezés": line.product,
                       "Mennyiség": sign * line.quantity, "Me.": "db", "Nettó egységár": line.price, "Nettó érték": sign * line.total, "ÁFA kulcs": "27", "ÁFA érték": sign * tax, "Bruttó érték": sign * (line.total + tax), "Pénznem": "HUF", "Fizetve": "igen"}  # fmt: skip
                yield sold(order, sign * round(line.total * 100), sign * round((line.total + tax) * 100))
