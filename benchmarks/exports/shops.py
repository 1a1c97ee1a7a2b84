# ruff: noqa: E501 - header rows read best in long lines
"""Exports of shop systems of several countries under their own column names."""

import random
from datetime import timedelta

from benchmarks.exports.writing import Kinds, Rows, sold, state
from benchmarks.generated_exports import Shop

KINDS = Kinds()

# fmt: off


@KINDS.export("주문번호|주문일시|결제일시|주문자명|주문자ID|주문자 휴대전화|주문상품명|상품코드|수량|판매가|상품구매금액|쿠폰 할인금액|총 배송비|총 실결제금액|주문 상태|결제수단", money=lambda v: f"{v * 100:,.0f}")
def cafe24_korean(rng: random.Random, shop: Shop) -> Rows:
    """Won without cents; the order's total repeated on each line; statuses in Korean."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("배송완료", "배송중", "구매확정"), ("취소완료", "환불완료", "입금전"))
        for line in order.lines:
            yield {"주문번호": f"{order.when:%Y%m%d}-{place:07}", "주문일시": order.when, "결제일시": order.when if good else "", "주문자명": order.customer.name, "주문자ID": order.customer.email.split("@")[0], "주문상품명": line.product, "상품코드": line.code, "수량": line.quantity, "판매가": line.price,
                   "상품구매금액": line.total, "쿠폰 할인금액": 0.0, "총 배송비": 30.0, "총 실결제금액": order.goods + 30, "주문 상태": status, "결제수단": "신용카드"}  # fmt: skip
            if good:
                yield sold(order, round(line.total * 100))


@KINDS.export("訂單號碼|訂單日期|訂單狀態|付款方式|付款狀態|送貨狀態|顧客 ID|顧客|電郵|電話號碼|商品名稱|商品貨號|數量|商品結帳價|訂單小計|運費|優惠折扣|訂單合計|退款金額|貨幣")
def shopline_taiwan(rng: random.Random, shop: Shop) -> Rows:
    """Traditional Chinese; an order's discount and delivery stand on its first line only."""
    for place, order in enumerate(shop.orders):
        status, paid, good = rng.choice((("已完成", "已付款", True), ("已確認", "已付款", True), ("處理中", "已付款", True), ("已取消", "已退款", False), ("已取消", "未付款", False)))
        off = round(order.goods * rng.choice((0, 0, 0.1)), 2)
        for at, line in enumerate(order.lines):
            yield {"訂單號碼": f"{order.when:%Y%m%d}{place:06}", "訂單日期": order.when, "訂單狀態": status, "付款方式": "信用卡", "付款狀態": paid, "送貨狀態": "已送達", "顧客 ID": f"64{order.customer.id}", "顧客": order.customer.name, "電郵": order.customer.email, "商品名稱": line.product, "商品貨號": line.code,
                   "數量": line.quantity, "商品結帳價": line.price, "貨幣": "TWD", **({"訂單小計": order.goods, "運費": 60.0, "優惠折扣": off, "訂單合計": round(order.goods - off + 60, 2), "退款金額": 0.0} if at == 0 else {})}  # fmt: skip
        if good:
            yield sold(order, order.goods - off + 60, order.goods - off)


@KINDS.export("OXID|OXSHOPID|OXUSERID|OXORDERDATE|OXORDERNR|OXBILLEMAIL|OXBILLFNAME|OXBILLLNAME|OXBILLCITY|OXTOTALNETSUM|OXTOTALBRUTSUM|OXTOTALORDERSUM|OXARTVAT1|OXARTVATPRICE1|OXDELCOST|OXDELVAT|OXDISCOUNT|OXVOUCHERDISCOUNT|OXCURRENCY|OXCURRATE|OXTRANSSTATUS|OXSTORNO|OXPAID|OXSENDDATE", delimiter=";")
def oxid_orders(rng: random.Random, shop: Shop) -> Rows:
    """A table of the database; OXSTORNO is 1 for cancelled orders; zero dates."""
    for place, order in enumerate(shop.orders):
        gone = rng.random() < 0.15
        yield {"OXID": f"{place:032x}", "OXSHOPID": 1, "OXUSERID": f"{sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)):032x}", "OXORDERDATE": order.when, "OXORDERNR": 100 + place, "OXBILLEMAIL": order.customer.email, "OXBILLFNAME": order.customer.name.split()[0],
               "OXBILLLNAME": order.customer.name.split(maxsplit=1)[1], "OXBILLCITY": "Bonn", "OXTOTALNETSUM": round(order.goods / 1.19, 2), "OXTOTALBRUTSUM": order.goods, "OXTOTALORDERSUM": round(order.goods + 3.9, 2), "OXARTVAT1": 19, "OXARTVATPRICE1": round(order.goods - order.goods / 1.19, 2),
               "OXDELCOST": 3.9, "OXDELVAT": 19, "OXDISCOUNT": 0.0, "OXVOUCHERDISCOUNT": 0.0, "OXCURRENCY": "EUR", "OXCURRATE": 1, "OXTRANSSTATUS": "OK", "OXSTORNO": int(gone), "OXPAID": "0000-00-00 00:00:00", "OXSENDDATE": "0000-00-00 00:00:00"}  # fmt: skip
        if not gone:
            yield sold(order, order.goods + 3.9, order.goods, round(order.goods / 1.19, 2))


@KINDS.export("Auftrags-ID|Auftragstyp|Auftragsstatus|Status-ID|Herkunft|Erstellt am|Kunden-ID|Kundenname|E-Mail|Variantennr.|Artikelname|Menge|Preis brutto|Rabatt %|Gesamtpreis brutto|Versandkosten brutto|Rechnungsbetrag brutto|Währung", delimiter=";", comma=True, form="%d.%m.%Y %H:%M")
def plentymarkets_items(rng: random.Random, shop: Shop) -> Rows:
    """Credit notes and returns are orders of their own type with positive amounts; a return moves goods, the credit note the money."""
    for place, order in enumerate(shop.orders):
        status, good = rng.choice((("[7] Warenausgang gebucht", True),) * 5 + (("[8] Storniert", False), ("[8.1] Storniert durch Kunden", False)))
        back = good and place % 9 == 8
        for kind, number, when in (("Auftrag", 10_000 + place, order.when), *((("Retoure", 20_000 + place, order.when + timedelta(days=7)), ("Gutschrift", 30_000 + place, order.when + timedelta(days=8))) if back else ())):
            for line in order.lines:
                yield {"Auftrags-ID": number, "Auftragstyp": kind, "Auftragsstatus": status if kind == "Auftrag" else ("[9] Retoure" if kind == "Retoure" else "[11] Gutschrift"), "Herkunft": "Webshop", "Erstellt am": when, "Kunden-ID": order.customer.id, "Kundenname": order.customer.name, "E-Mail": order.customer.email, "Variantennr.": line.code,
                       "Artikelname": line.product, "Menge": line.quantity, "Preis brutto": line.price, "Rabatt %": "0", "Gesamtpreis brutto": line.total, "Versandkosten brutto": 0.0, "Rechnungsbetrag brutto": order.goods, "Währung": "EUR"}  # fmt: skip
                if kind == "Auftrag" and good:
                    yield sold(order, line.total)
                elif kind == "Gutschrift":
                    yield sold(order, -line.total)


@KINDS.export("Order ID|E-mail|User ID|Total|Subtotal|Discount|Payment surcharge|Shipping cost|Date|Status|Notes|Payment ID|IP address|Details|Tax exempt|Language|First name|Last name|Country|Phone", form="%d %b %Y, %H:%M", delimiter=";")
def cs_cart(rng: random.Random, shop: Shop) -> Rows:
    """Statuses are single letters: P processed, C complete, O open; F failed, D declined, I cancelled, N incomplete."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("P", "C", "C"), ("F", "D", "I", "N"))
        yield {"Order ID": 90 + place, "E-mail": order.customer.email, "User ID": 0, "Total": round(order.goods + 5, 2), "Subtotal": order.goods, "Discount": 0.0, "Payment surcharge": 0.0, "Shipping cost": 5.0, "Date": order.when, "Status": status, "Payment ID": 6,
               "IP address": "10.0.0.1", "Tax exempt": "N", "Language": "en", "First name": order.customer.name.split()[0], "Last name": order.customer.name.split(maxsplit=1)[1], "Country": "US"}  # fmt: skip
        if good:
            yield sold(order, order.goods + 5, order.goods)


@KINDS.export("v_orders_id|v_date_purchased|v_orders_status_name|v_customers_id|v_customers_name|v_customers_email_address|v_customers_country|v_products_model|v_products_name|v_products_quantity|v_products_price|v_order_total|v_order_tax|v_shipping_method")
def zen_cart(rng: random.Random, shop: Shop) -> Rows:
    """Prefixed names; the order's total repeated."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Delivered", "Processing", "Update"), ("Cancelled", "Refunded"))
        for line in order.lines:
            yield {"v_orders_id": 800 + place, "v_date_purchased": order.when, "v_orders_status_name": status, "v_customers_id": order.customer.id, "v_customers_name": order.customer.name, "v_customers_email_address": order.customer.email, "v_customers_country": "Canada", "v_products_model": line.code,
                   "v_products_name": line.product, "v_products_quantity": line.quantity, "v_products_price": f"{line.price:.4f}", "v_order_total": f"{order.goods + 7:.4f}", "v_order_tax": "0.0000", "v_shipping_method": "Flat Rate"}  # fmt: skip
            if good:
                yield sold(order, line.total)


@KINDS.export("Date|Order #|N. Revenue (formatted)|Status|Customer|Customer type|Product(s)|Items sold|Coupon(s)|N. Revenue|Attribution", form="%Y-%m-%d %H:%M:%S")
def woocommerce_analytics(rng: random.Random, shop: Shop) -> Rows:
    """Revenue twice, once as text with a sign; `Customer type` is new or returning."""
    seen: set[str] = set()
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("completed", "processing"), ("cancelled", "failed", "pending"))
        yield {"Date": order.when, "Order #": 1200 + place, "N. Revenue (formatted)": f"€{order.goods:.2f}", "Status": status, "Customer": order.customer.name, "Customer type": "returning" if order.customer.id in seen else "new",
               "Product(s)": ", ".join(f"{x.quantity}× {x.product}" for x in order.lines), "Items sold": sum(x.quantity for x in order.lines), "N. Revenue": order.goods, "Attribution": rng.choice(("Direct", "Organic: Google"))}  # fmt: skip
        seen.add(order.customer.id)
        if good:
            yield sold(order, order.goods)


@KINDS.export("Pedido|Data do Pedido|Situação|Cliente|E-mail|CPF|Produto|SKU|Qtd|Preço de custo|Preço cheio|Preço promocional|Preço de venda|Valor do frete|Valor desconto|Valor total|Cidade|Estado", delimiter=";", form="%d/%m/%Y %H:%M", money=lambda v: "R$ " + f"{v:,.2f}".replace(",", "x").replace(".", ",").replace("x", "."))
def loja_integrada(rng: random.Random, shop: Shop) -> Rows:
    """Cost, full and promotional price beside the price of sale; an order's total on each line."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Pedido Entregue", "Pedido Enviado", "Pedido Pago"), ("Pedido Cancelado", "Aguardando pagamento", "Pagamento devolvido"))
        for line in order.lines:
            yield {"Pedido": 300 + place, "Data do Pedido": order.when, "Situação": status, "Cliente": order.customer.name, "E-mail": order.customer.email, "CPF": f"{sum(map(ord, order.customer.email)):09}-{len(order.customer.name):02}", "Produto": line.product, "SKU": line.code, "Qtd": line.quantity, "Preço de custo": round(line.price / 2, 2),
                   "Preço cheio": round(line.price * 1.25, 2), "Preço promocional": line.price, "Preço de venda": line.price, "Valor do frete": 12.0, "Valor desconto": 0.0, "Valor total": round(order.goods + 12, 2), "Cidade": "Recife", "Estado": "PE"}  # fmt: skip
            if good:
                yield sold(order, line.total)


@KINDS.export("Numer zamówienia|Data złożenia|Status|Klient|E-mail|NIP|Nazwa produktu|Kod produktu|Ilość|Cena brutto|Rabat (%)|Wartość brutto|Koszt dostawy|Do zapłaty|Zapłacono|Waluta", delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="cp1250")
def idosell_polish(rng: random.Random, shop: Shop) -> Rows:
    """A discount in percent that the value of the line already has; statuses in Polish."""
    for place, order in enumerate(shop.orders):
        status, good = state(rng, ("Zrealizowane", "Wysłane", "W realizacji"), ("Anulowane", "Zwrot", "Nieopłacone"))
        offs = [rng.choice((0, 0, 10)) for _ in order.lines]
        nets = [round(line.total * (100 - off) / 100, 2) for line, off in zip(order.lines, offs, strict=True)]
        for line, off, net in zip(order.lines, offs, nets, strict=True):
            yield {"Numer zamówienia": 45_000 + place, "Data złożenia": order.when, "Status": status, "Klient": order.customer.name, "E-mail": order.customer.email, "Nazwa produktu": line.product, "Kod produktu": line.code, "Ilość": line.quantity, "Cena brutto": line.price, "Rabat (%)": off, "Wartość brutto": net,
                   "Koszt dostawy": 14.99, "Do zapłaty": round(sum(nets) + 14.99, 2), "Zapłacono": round(sum(nets) + 14.99, 2) if good else 0.0, "Waluta": "PLN"}  # fmt: skip
            if good:
                yield sold(order, net)
