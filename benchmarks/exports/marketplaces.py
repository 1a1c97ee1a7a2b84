# ruff: noqa: E501 - header rows read best in long lines
"""Exports of marketplaces: crafts, records, trading cards, instruments, and the large ones of several countries."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


def _cents(*values: float) -> float:
    return round(sum(values), 2)


@KINDS.export(
    "Sale Date|Order ID|Buyer User ID|Full Name|First Name|Last Name|Number of Items|Payment Method|Date Shipped|Street 1|Ship City|Ship State|Ship Zipcode|Ship Country|Currency|Order Value|"
    "Coupon Code|Coupon Details|Discount Amount|Shipping Discount|Shipping|Sales Tax|Order Total|Status|Card Processing Fees|Order Net|Adjusted Order Total|Adjusted Card Processing Fees|"
    "Adjusted Net Order Amount|Buyer|Order Type|Payment Type|InPerson Discount|InPerson Location|SKU",
    form="%m/%d/%y",
)
def etsy_sold_orders(rng: random.Random, shop: Shop) -> Rows:
    """Net is after the card's fees; the adjusted total is filled where part was refunded."""
    for place, order in enumerate(shop.orders):
        off = round(order.goods * rng.choice((0, 0, 0.1)), 2)
        goods, total = _cents(order.goods, -off), _cents(order.goods, -off, 4.5)
        fee = round(total * 0.03 + 0.25, 2)
        back = round(total / 4, 2) if place % 9 == 8 else 0.0
        handle = order.customer.email.split("@")[0].replace(".", "")
        yield {"Sale Date": order.when, "Order ID": 1_900_000_000 + place, "Buyer User ID": handle, "Full Name": order.customer.name, "First Name": order.customer.name.split()[0],
               "Last Name": order.customer.name.split(maxsplit=1)[1], "Number of Items": sum(x.quantity for x in order.lines), "Payment Method": "Credit Card", "Date Shipped": order.when + timedelta(days=2),
               "Ship City": "Leeds", "Ship Country": "United Kingdom", "Currency": "GBP", "Order Value": order.goods, "Coupon Code": "TEN" if off else "", "Coupon Details": "TEN - % off" if off else "",
               "Discount Amount": off, "Shipping Discount": 0.0, "Shipping": 4.5, "Sales Tax": 0.0, "Order Total": total, "Card Processing Fees": fee, "Order Net": _cents(total, -fee),
               "Adjusted Order Total": _cents(total, -back) if back else 0.0, "Adjusted Card Processing Fees": fee if back else 0.0, "Adjusted Net Order Amount": _cents(total, -back, -fee) if back else 0.0,
               "Buyer": f"{order.customer.name} ({handle})", "Order Type": "online", "Payment Type": "online_cc"}  # fmt: skip
        yield sold(order, total - back, goods - back, total, goods)


@KINDS.export(
    "Sale Date|Item Name|Buyer|Quantity|Price|Coupon Code|Coupon Details|Discount Amount|Shipping Discount|Order Shipping|Order Sales Tax|Item Total|Currency|Transaction ID|Listing ID|Date Paid|Date Shipped|"
    "Ship Name|Ship Address1|Ship City|Ship Country|Order ID|Variations|Order Type|Listings Type|Payment Type|SKU",
    form="%m/%d/%y",
)
def etsy_sold_items(rng: random.Random, shop: Shop) -> Rows:
    """Item total is price x quantity before the coupon; the item's own discount stands beside it."""
    number = 3_000_000_000
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            number += 7
            off = round(line.total * rng.choice((0, 0, 0.2)), 2)
            yield {"Sale Date": order.when, "Item Name": line.product, "Buyer": order.customer.email.split("@")[0], "Quantity": line.quantity, "Price": line.price, "Coupon Code": "TWENTY" if off else "",
                   "Discount Amount": off, "Shipping Discount": 0.0, "Order Shipping": 4.5, "Order Sales Tax": 0.0, "Item Total": line.total, "Currency": "USD", "Transaction ID": number, "Listing ID": 880_000 + int(line.code[-2:]),
                   "Date Paid": order.when, "Date Shipped": order.when + timedelta(days=2), "Ship Name": order.customer.name, "Ship Country": "United States", "Order ID": 1_900_000_000 + place,
                   "Variations": "", "Order Type": "online", "Listings Type": "listing", "Payment Type": "online_cc", "SKU": line.code}  # fmt: skip
            yield sold(order, line.total - off)


@KINDS.export(
    "settlement-id|settlement-start-date|settlement-end-date|deposit-date|total-amount|currency|transaction-type|order-id|merchant-order-id|adjustment-id|shipment-id|marketplace-name|amount-type|amount-description|amount|"
    "fulfillment-id|posted-date|posted-date-time|order-item-code|merchant-order-item-id|sku|quantity-purchased|promotion-id",
    delimiter="\t", form="%Y-%m-%d %H:%M:%S UTC", name="settlement.txt",
)  # fmt: skip
def amazon_settlement(rng: random.Random, shop: Shop) -> Rows:
    """Nobody is named: prices, fees and taxes in rows of one amount each."""
    yield {"settlement-id": 15_000_001, "settlement-start-date": shop.orders[0].when, "settlement-end-date": shop.orders[-1].when, "total-amount": 999.0, "currency": "EUR"}
    for order in shop.orders:
        for line in order.lines:
            for kind, what, amount in (("ItemPrice", "Principal", line.total), ("ItemPrice", "Tax", round(line.total * 0.2, 2)), ("ItemFees", "Commission", -round(line.total * 0.15, 2))):
                yield {"settlement-id": 15_000_001, "currency": "", "transaction-type": "Order", "order-id": f"406-{sum(map(ord, order.number)):07}-1234567", "marketplace-name": "Amazon.de", "amount-type": kind,
                       "amount-description": what, "amount": amount, "posted-date": order.when.date(), "posted-date-time": order.when, "sku": line.code, "quantity-purchased": line.quantity if what == "Principal" else ""}  # fmt: skip


@KINDS.export(
    "Nr. comandă|Data comandă|Stare comandă|Metodă de plată|Nume client|Telefon client|Tip client|Cod produs|Denumire produs|Cantitate|Preț unitar fără TVA|Cota TVA|Valoare fără TVA|Valoare TVA|Valoare cu TVA|Monedă",
    delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="utf-8-sig",
)  # fmt: skip
def emag_romanian(rng: random.Random, shop: Shop) -> Rows:
    """Price without tax, values with and without; statuses in Romanian."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Finalizată", "Finalizată", "În lucru", "Pregătită"), ("Anulată", "Returnată"))
        for line in order.lines:
            tax = round(line.total * 0.19, 2)
            yield {"Nr. comandă": 41_000_000 + place, "Data comandă": order.when, "Stare comandă": status, "Metodă de plată": "ramburs", "Nume client": order.customer.name, "Telefon client": order.customer.phone,
                   "Tip client": "Persoană fizică", "Cod produs": line.code, "Denumire produs": line.product, "Cantitate": line.quantity, "Preț unitar fără TVA": line.price, "Cota TVA": "19%", "Valoare fără TVA": line.total,
                   "Valoare TVA": tax, "Valoare cu TVA": _cents(line.total, tax), "Monedă": "RON"}  # fmt: skip
            if good:
                yield sold(order, line.total, line.total + tax)


@KINDS.export(
    "Ordered On|Shipment ID|ORDER ITEM ID|Order Id|HSN CODE|Order State|Order Type|FSN|SKU|Product|Invoice No.|CGST|IGST|SGST|Invoice Date (mm/dd/yy)|Invoice Amount|Selling Price Per Item|Shipping Charge per item|"
    "Quantity|Price inc. FKMP Contribution & Subsidy|Buyer name|Ship to name|Address Line 1|City|State|PIN Code|Dispatch After date|Dispatch by date|Tracking ID",
    form="%d-%m-%Y %H:%M",
)  # fmt: skip
def flipkart(rng: random.Random, shop: Shop) -> Rows:
    """The invoice's amount is the line with delivery; taxes are shares of it."""
    number = 11_300_000
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Delivered", "Shipped", "Ready to dispatch"), ("Cancelled", "Returned"))
        for line in order.lines:
            number += 1
            yield {"Ordered On": order.when, "Shipment ID": f"S{number}", "ORDER ITEM ID": f"'{number}00", "Order Id": f"OD1{10_000_000 + place}", "HSN CODE": "6109", "Order State": status, "Order Type": "PREPAID", "SKU": line.code,
                   "Product": line.product, "Invoice No.": f"FAAB{number}", "CGST": 0.0, "IGST": 18.0, "SGST": 0.0, "Invoice Date (mm/dd/yy)": order.when.strftime("%m/%d/%y"), "Invoice Amount": _cents(line.total, 40.0 * line.quantity),
                   "Selling Price Per Item": line.price, "Shipping Charge per item": 40.0, "Quantity": line.quantity, "Price inc. FKMP Contribution & Subsidy": line.price, "Buyer name": order.customer.name,
                   "Ship to name": order.customer.name, "City": "Pune", "State": "Maharashtra", "PIN Code": "411001"}  # fmt: skip
            if good:
                yield sold(order, line.total + 40 * line.quantity, line.total)


@KINDS.export("order_num|order_date|buyer|status|total|shipping|fee|tax|taxed_amount|tax_jurisdiction|tax_responsible_party|currency|rating_of_buyer|rating_of_seller|comment_about_buyer|comment_about_seller|last_activity")
def discogs_orders(rng: random.Random, shop: Shop) -> Rows:
    """Total is with shipping; fee is the marketplace's; ratings of the buyer are no buyer."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Shipped", "Payment Received", "In Progress"), ("Cancelled (Item Unavailable)", "Cancelled (Non-Paying Buyer)", "Refund Sent", "Invoice Sent"))
        yield {"order_num": f"77123-{place + 1}", "order_date": order.when, "buyer": order.customer.email.split("@")[0], "status": status, "total": _cents(order.goods, 6.0), "shipping": 6.0, "fee": round(order.goods * 0.09, 2),
               "tax": 0.0, "taxed_amount": 0.0, "currency": "EUR", "rating_of_buyer": rng.choice(("5", "")), "rating_of_seller": "5", "last_activity": order.when + timedelta(days=9)}  # fmt: skip
        if good:
            yield sold(order, order.goods + 6, order.goods)


@KINDS.export("order_date|order_num|item_id|release_id|item_price|item_fee|description|media_condition|sleeve_condition|location|status|buyer|currency")
def discogs_items(rng: random.Random, shop: Shop) -> Rows:
    """A row per record, each of which exists once; prices are numbers, a release is a product."""
    number = 2_100_000_000
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Shipped", "Payment Received"), ("Cancelled (Item Unavailable)", "Cancelled (Per Buyer's Request)"))
        for line in order.lines:
            number += 1
            yield {"order_date": order.when, "order_num": f"77123-{place + 1}", "item_id": number, "release_id": 249_000 + int(line.code[-2:]), "item_price": line.price, "item_fee": round(line.price * 0.09, 2),
                   "description": f"{line.product} - Live (LP, Album)", "media_condition": "Very Good Plus (VG+)", "status": status, "buyer": order.customer.email.split("@")[0], "currency": "USD"}  # fmt: skip
            if good:
                yield sold(order, line.price)


@KINDS.export(
    "OrderID|Username|Name|Street|City|Country|Is Professional|VAT Number|Date of Purchase|Article Count|Merchandise Value|Shipment Costs|Total Value|Commission|Currency|Description|Product ID|Localized Product Name",
    delimiter=";", comma=True,
)  # fmt: skip
def cardmarket(rng: random.Random, shop: Shop) -> Rows:
    """A row per order, whose articles stand in one text."""
    for place, order in enumerate(shop.orders):
        yield {"OrderID": 1_140_000_000 + place, "Username": order.customer.email.split("@")[0], "Name": order.customer.name, "Street": "Hauptstr. 1", "City": "10115 Berlin", "Country": "Germany", "Date of Purchase": order.when,
               "Article Count": sum(x.quantity for x in order.lines), "Merchandise Value": order.goods, "Shipment Costs": 1.15, "Total Value": _cents(order.goods, 1.15), "Commission": round(order.goods * 0.05, 2), "Currency": "EUR",
               "Description": " | ".join(f"{x.quantity}x {x.product} - 177 - Common - NM - English - {x.price:.2f} EUR".replace(".", ",") for x in order.lines),
               "Product ID": " | ".join(x.code for x in order.lines), "Localized Product Name": " | ".join(x.product for x in order.lines)}  # fmt: skip
        yield sold(order, order.goods + 1.15, order.goods)


@KINDS.export("Order #|Buyer Name|Order Date|Status|Shipping Type|Product Amt|Shipping Amt|Total Amt|Buyer Paid", date=lambda when: when.strftime("%A, %d %B %Y"), money=lambda v: f"${v:,.2f}")
def tcgplayer(rng: random.Random, shop: Shop) -> Rows:
    """Long dates; `Buyer Paid` is yes or no, not money."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Completed - Paid", "Shipped - In Transit"), ("Canceled", "Refunded"))
        yield {"Order #": f"7F2D-{place:06X}-A1", "Buyer Name": order.customer.name, "Order Date": order.when, "Status": status, "Shipping Type": "Standard", "Product Amt": order.goods, "Shipping Amt": 1.27,
               "Total Amt": _cents(order.goods, 1.27), "Buyer Paid": "True" if good else "False"}  # fmt: skip
        if good:
            yield sold(order, order.goods + 1.27, order.goods)


@KINDS.export(
    "Paket No|Sipariş Numarası|Sipariş Tarihi|Kalem No|Satıcı Stok Kodu|Ürün Adı|Adet|Birim Fiyat|Toplam Tutar|Satıcı İndirimi|Faturalandırılacak Tutar|Komisyon Tutarı (KDV Dahil)|Paket Durumu|Alıcı|Alıcı Mail Adresi|Fatura Tipi|Şehir",
    delimiter=";", form="%d-%m-%Y %H:%M:%S", money=lambda v: f"{v:,.2f}".replace(",", "x").replace(".", ",").replace("x", ".") + " TL", encoding="utf-8-sig",
)  # fmt: skip
def hepsiburada(rng: random.Random, shop: Shop) -> Rows:
    """Line totals before and after the seller's discount; commission; statuses in Turkish."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Teslim Edildi", "Kargoda", "Paketlendi"), ("İptal Edildi", "İade Edildi"))
        for at, line in enumerate(order.lines):
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            yield {"Paket No": 500_000 + place, "Sipariş Numarası": f"4{place:09}", "Sipariş Tarihi": order.when, "Kalem No": f"{place:06}{at}", "Satıcı Stok Kodu": line.code, "Ürün Adı": line.product, "Adet": line.quantity,
                   "Birim Fiyat": line.price, "Toplam Tutar": line.total, "Satıcı İndirimi": off, "Faturalandırılacak Tutar": _cents(line.total, -off), "Komisyon Tutarı (KDV Dahil)": round(line.total * 0.12, 2),
                   "Paket Durumu": status, "Alıcı": order.customer.name, "Alıcı Mail Adresi": f"{10_000 + place}@musteri.example.com", "Fatura Tipi": "Bireysel", "Şehir": "İstanbul"}  # fmt: skip
            if good:
                yield sold(order, line.total - off)


@KINDS.export(
    "order_number|created_at|status|order_type|order_source|title|sku|quantity|product_price|shipping|tax|refunded_amount|order_total|direct_checkout_payout|selling_fee|processing_fee|buyer_name|buyer_id|ship_to_country|currency",
    form="%Y-%m-%dT%H:%M:%S-05:00",
)  # fmt: skip
def reverb(rng: random.Random, shop: Shop) -> Rows:
    """One instrument an order; payout after fees; some is refunded in part."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("shipped", "received", "picked_up", "paid"), ("cancelled", "refunded", "unpaid"))
        line = order.lines[0]
        total = _cents(line.total, 25.0)
        back = round(total / 5, 2) if place % 10 == 9 and good else 0.0
        yield {"order_number": 20_000_000 + place, "created_at": order.when, "status": status, "order_type": "regular", "order_source": "reverb", "title": line.product, "sku": line.code, "quantity": line.quantity,
               "product_price": line.total, "shipping": 25.0, "tax": 0.0, "refunded_amount": back if good else (total if status == "refunded" else 0.0), "order_total": total, "direct_checkout_payout": _cents(total, -back, -round(total * 0.08, 2)),
               "selling_fee": round(total * 0.05, 2), "processing_fee": round(total * 0.03, 2), "buyer_name": order.customer.name, "buyer_id": 700_000 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 99991,
               "ship_to_country": "US", "currency": "USD"}  # fmt: skip
        if good:
            yield sold(order, total, line.total, total - back, line.total - back)
            if back:
                yield sold(order, -back, -back, 0.0, 0.0)


@KINDS.export(
    "Auftragsnummer|Bestelldatum|Positions-ID|Positionsstatus|EAN|SKU|Artikelname|Reduzierter Preis|Originalpreis|Währung|MwSt.-Satz|Versandkosten|Kundenname|Lieferadresse PLZ|Lieferadresse Ort|Versanddatum|Retourendatum",
    delimiter=";", comma=True, form="%d.%m.%Y %H:%M:%S",
)  # fmt: skip
def otto_positions(rng: random.Random, shop: Shop) -> Rows:
    """A row per piece; the original price stands beside the reduced one; statuses in German or as codes."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            for piece in range(line.quantity):
                status, good = state(rng, ("VERSENDET", "IN_BEARBEITUNG"), ("RETOURNIERT", "STORNIERT_DURCH_KUNDE", "STORNIERT_DURCH_PARTNER"))
                less = round(line.price * rng.choice((1, 1, 0.8)), 2)
                yield {"Auftragsnummer": f"b{place:07}", "Bestelldatum": order.when, "Positions-ID": f"{place:06}-{line.code}-{piece}", "Positionsstatus": status, "EAN": "4006381333931", "SKU": line.code, "Artikelname": line.product,
                       "Reduzierter Preis": less, "Originalpreis": line.price, "Währung": "EUR", "MwSt.-Satz": "19", "Versandkosten": 0.0, "Kundenname": order.customer.name, "Lieferadresse Ort": "Hamburg",
                       "Versanddatum": order.when + timedelta(days=1), "Retourendatum": order.when + timedelta(days=9) if status == "RETOURNIERT" else ""}  # fmt: skip
                if good:
                    yield sold(order, less)
