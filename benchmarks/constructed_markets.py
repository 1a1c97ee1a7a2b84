# ruff: noqa: E501 - header rows read best in long lines
"""Random exports of marketplaces, tills, accounting programs and public sets, with known figures.

Header rows and habits are those of the systems' own exports, of their documentation and of public reports about them:
a row of descriptions under the header row, ids that end in a tab, a row per payment beside the rows per item, numbers
of receipts that start again each day. Kinds without a column that names the customer must be refused.
"""

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from benchmarks.constructed_exports import Constructed, Sold
from benchmarks.exports.writing import Kinds, Rows
from benchmarks.exports.writing import sold as _s
from benchmarks.exports.writing import state as _state
from benchmarks.generated_exports import Order, Shop

KINDS = Kinds()
export = KINDS.export


# --------------------------------------------------------------------------------------------------- marketplaces, Asia


@export(
    "Order ID|Order Status|Order Substatus|Cancelation/Return Type|Normal or Pre-order|SKU ID|Seller SKU|Product Name|Variation|Quantity|"
    "Sku Quantity of return|SKU Unit Original Price|SKU Subtotal Before Discount|SKU Platform Discount|SKU Seller Discount|SKU Subtotal After Discount|"
    "Shipping Fee After Discount|Original Shipping Fee|Taxes|Order Amount|Order Refund Amount|Created Time|Paid Time|Cancelled Time|Cancel By|Tracking ID|"
    "Buyer Message|Buyer Username|Recipient|Phone #|Country|Payment Method|Package ID", form="%d/%m/%Y %H:%M:%S\t",
)  # fmt: skip
def tiktok_shop(rng: random.Random, shop: Shop) -> Rows:
    """A row of descriptions under the header row; ids and dates end in a tab; totals on each line."""
    yield {"Order ID": "Platform unique order ID.", "Order Status": "Current order status.", "Quantity": "SKU sold quantity in the order.", "SKU Unit Original Price": "SKU unit original price.",
           "SKU Subtotal After Discount": "It equals SKU Subtotal Before Discount - SKU Platform Discount - SKU Seller Discount.", "Order Amount": "It is the total amount of the order.",
           "Created Time": "Order created time.", "Buyer Username": "Buyer's user name.", "Recipient": "Recipient name."}  # fmt: skip
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("To ship", "Shipped", "Completed"), ("Canceled", "Unpaid"))
        offs = [round(line.total * rng.choice((0, 0, 0.1)), 2) for line in order.lines]
        goods = round(order.goods - sum(offs), 2)
        for line, off in zip(order.lines, offs, strict=True):
            yield {"Order ID": f"{583870900000000000 + place}\t", "Order Status": state, "Normal or Pre-order": "Normal", "SKU ID": f"17294{line.code[-2:]}0000\t", "Seller SKU": line.code,
                   "Product Name": line.product, "Variation": "Default", "Quantity": line.quantity, "Sku Quantity of return": 0, "SKU Unit Original Price": line.price,
                   "SKU Subtotal Before Discount": line.total, "SKU Platform Discount": 0.0, "SKU Seller Discount": off, "SKU Subtotal After Discount": round(line.total - off, 2),
                   "Shipping Fee After Discount": 5.0, "Original Shipping Fee": 5.0, "Taxes": 0.0, "Order Amount": goods + 5, "Created Time": order.when,
                   "Paid Time": order.when if state != "Unpaid" else "", "Cancelled Time": order.when if state == "Canceled" else "", "Buyer Username": order.customer.name.casefold().replace(" ", "_"),
                   "Recipient": order.customer.name, "Phone #": "(+44)7*******99", "Country": "United Kingdom", "Payment Method": "Credit card"}  # fmt: skip
            if good:
                yield _s(order, line.total - off)


@export(
    "No. Pesanan|Status Pesanan|Status Pembatalan/ Pengembalian|No. Resi|Opsi Pengiriman|Pesanan Harus Dikirimkan Sebelum|Waktu Pengiriman Diatur|Waktu Pesanan Dibuat|"
    "Waktu Pembayaran Dilakukan|Metode Pembayaran|SKU Induk|Nama Produk|Nomor Referensi SKU|Nama Variasi|Harga Awal|Harga Setelah Diskon|Jumlah|Returned quantity|Total Harga Produk|"
    "Total Diskon|Berat Produk|Jumlah Produk di Pesan|Ongkos Kirim Dibayar oleh Pembeli|Total Pembayaran|Catatan dari Pembeli|Username (Pembeli)|Nama Penerima|No. Telepon|"
    "Alamat Pengiriman|Kota/Kabupaten|Provinsi|Waktu Pesanan Selesai", form="%Y-%m-%d %H:%M", money=lambda v: f"{round(v) * 1000:,}".replace(",", "."), quoting=csv.QUOTE_ALL,
)  # fmt: skip
def shopee_indonesia(rng: random.Random, shop: Shop) -> Rows:
    """Rupiah with dots between thousands and no cents; statuses in Indonesian."""
    for order in shop.orders:
        state, good = _state(rng, ("Selesai", "Selesai", "Sedang Dikirim", "Perlu Dikirim"), ("Batal", "Belum Bayar"))
        for line in order.lines:
            yield {"No. Pesanan": f"2401{order.number.strip('#')}", "Status Pesanan": state, "Opsi Pengiriman": "J&T", "Waktu Pesanan Dibuat": order.when, "Waktu Pembayaran Dilakukan": order.when if good else "",
                   "Metode Pembayaran": "ShopeePay", "SKU Induk": line.code, "Nama Produk": line.product, "Nomor Referensi SKU": line.code, "Harga Awal": line.price + 1, "Harga Setelah Diskon": float(round(line.price)),
                   "Jumlah": line.quantity, "Returned quantity": 0, "Total Harga Produk": float(round(line.price) * line.quantity), "Total Diskon": float(line.quantity), "Berat Produk": "200 gr",
                   "Jumlah Produk di Pesan": sum(x.quantity for x in order.lines), "Ongkos Kirim Dibayar oleh Pembeli": 9.0,
                   "Total Pembayaran": float(sum(round(x.price) * x.quantity for x in order.lines) + 9), "Username (Pembeli)": order.customer.id + "_buyer", "Nama Penerima": order.customer.name,
                   "No. Telepon": "******21", "Kota/Kabupaten": "KOTA BANDUNG", "Provinsi": "JAWA BARAT"}  # fmt: skip
            if good:
                yield _s(order, round(line.price) * line.quantity * 1000)


@export(
    "ID do pedido|Status do pedido|Status da Devolução / Reembolso|Número de rastreamento|Opção de envio|Método de envio|Data prevista de envio|Tempo de Envio|Data de criação do pedido|Hora do pagamento do pedido|"
    "Nº de referência do SKU principal|Nome do Produto|Número de referência SKU|Nome da variação|Preço original|Preço acordado|Quantidade|Returned quantity|Subtotal do produto|Desconto do vendedor|"
    "Taxa de envio pagas pelo comprador|Valor Total|Taxa de comissão|Taxa de serviço|Total global|Nome de usuário (comprador)|Nome do destinatário|Telefone|CPF do Comprador|UF|País|Observação do comprador|Hora completa do pedido",
    form="%Y-%m-%d %H:%M",
)  # fmt: skip
def shopee_brazil(rng: random.Random, shop: Shop) -> Rows:
    """Agreed price beside the original one; commission beside the total; blank or masked persons."""
    for order in shop.orders:
        state, good = _state(rng, ("Concluído", "Enviado", "A Enviar"), ("Cancelado", "Não pago"))
        for line in order.lines:
            yield {"ID do pedido": f"2403{order.number.strip('#')}K", "Status do pedido": state, "Data de criação do pedido": order.when, "Hora do pagamento do pedido": order.when if good else "", "Nome do Produto": line.product,
                   "Número de referência SKU": line.code, "Preço original": round(line.price * 1.5, 2), "Preço acordado": line.price, "Quantidade": line.quantity, "Returned quantity": 0, "Subtotal do produto": line.total,
                   "Desconto do vendedor": round(line.price / 2, 2), "Taxa de envio pagas pelo comprador": 0.0, "Valor Total": order.goods, "Taxa de comissão": round(order.goods * 0.14, 2), "Taxa de serviço": 4.0,
                   "Total global": order.goods, "Nome de usuário (comprador)": f"u{order.customer.id}", "Nome do destinatário": order.customer.name, "UF": "SP", "País": "BR"}  # fmt: skip
            if good:
                yield _s(order, line.total)


@export(
    "orderItemId|orderType|Guarantee|deliveryType|lazadaId|sellerSku|lazadaSku|wareHouse|createTime|updateTime|rtaSla|orderNumber|invoiceRequired|invoiceNumber|deliveredDate|customerName|customerEmail|"
    "nationalRegistrationNumber|shippingName|shippingAddress|shippingPhone|shippingCity|shippingCountry|billingName|billingPhone|taxCode|payMethod|paidPrice|unitPrice|sellerDiscountTotal|shippingFee|walletCredit|"
    "itemName|variation|cdShippingProvider|shippingProvider|trackingCode|status|buyerFailedDeliveryReturnInitiator|bundleId|sellerNote", delimiter=";", form="%d %b %Y %H:%M",
)  # fmt: skip
def lazada(rng: random.Random, shop: Shop) -> Rows:
    """A row per piece; equal rows but for the item's own number."""
    number = 90_000
    for order in shop.orders:
        state, good = _state(rng, ("delivered", "shipped", "confirmed"), ("canceled", "returned"))
        for line in order.lines:
            for _ in range(line.quantity):
                number += 1
                off = round(line.price * rng.choice((0, 0, 0.2)), 2)
                yield {"orderItemId": number, "orderType": "Normal", "sellerSku": line.code, "createTime": order.when, "updateTime": order.when + timedelta(days=3), "orderNumber": f"7{order.number.strip('#')}",
                       "customerName": order.customer.name, "shippingName": order.customer.name, "shippingCountry": "Malaysia", "billingName": order.customer.name, "payMethod": "COD", "paidPrice": round(line.price - off, 2),
                       "unitPrice": line.price, "sellerDiscountTotal": -off, "shippingFee": 4.0, "walletCredit": 0.0, "itemName": line.product, "status": state}  # fmt: skip
                if good:
                    yield _s(order, line.price - off)


@export(
    "Count|Order ID|Invoice|Payment Date|Order Status|Product ID|Product Name|Quantity|Stock Keeping Unit (SKU)|Notes|Price (Rp.)|Discount Amount (Rp.)|Customer Name|Customer Phone|Recipient|Recipient Number|"
    "Recipient Address|Courier|Shipping Price + fee (Rp.)|Insurance (Rp.)|Total Shipping Fee (Rp.)|Total Amount (Rp.)|AWB|Jenis Layanan|Bebas Ongkir", form="%d-%m-%Y %H:%M:%S",
    money=lambda v: str(round(v) * 1000), above=[["Tanggal Download", "02-01-2024"], ["Toko", "Toko Kita"], []],
)  # fmt: skip
def tokopedia(rng: random.Random, shop: Shop) -> Rows:
    """Lines above the header row; the order's total on its first line only."""
    count = 0
    for order in shop.orders:
        state, good = _state(
            rng, ("Pesanan Selesai", "Transaksi Selesai", "Sudah Sampai"), ("Dibatalkan Pembeli", "Dibatalkan Penjual")
        )
        for place, line in enumerate(order.lines):
            count += 1
            price = round(line.price)
            yield {"Count": count, "Order ID": 12000000 + int("".join(c for c in order.number if c.isdigit())), "Invoice": f"INV/2024/MPL/{order.number}", "Payment Date": order.when, "Order Status": state,
                   "Product Name": line.product, "Quantity": line.quantity, "Stock Keeping Unit (SKU)": line.code, "Price (Rp.)": float(price), "Discount Amount (Rp.)": 0.0, "Customer Name": order.customer.name,
                   "Customer Phone": order.customer.phone, "Recipient": order.customer.name, "Courier": "JNE", "Total Amount (Rp.)": float(sum(round(x.price) * x.quantity for x in order.lines)) if place == 0 else ""}  # fmt: skip
            if good:
                yield _s(order, price * line.quantity * 1000)


@export(
    "상품주문번호|주문번호|주문일시|주문상태|구매자명|구매자ID|구매자연락처|수취인명|결제일|상품번호|상품명|옵션정보|수량|상품가격|옵션가격|상품별 할인액|상품별 총 주문금액|배송비 합계|결제수단|배송지|우편번호",
    form="%Y-%m-%d %H:%M:%S", money=lambda v: str(round(v) * 100), encoding="utf-8-sig",
)  # fmt: skip
def naver_smartstore(rng: random.Random, shop: Shop) -> Rows:
    """Korean: a number for the item's order beside the order's; price, discount, total per item."""
    number = 2024010000
    for order in shop.orders:
        state, good = _state(
            rng, ("구매확정", "배송완료", "배송중", "결제완료"), ("취소완료", "반품완료", "미결제취소")
        )
        for line in order.lines:
            number += 1
            off = line.quantity if rng.random() < 0.2 else 0
            total = round(line.price) * line.quantity - off
            yield {"상품주문번호": number, "주문번호": f"20240{order.number.strip('#')}", "주문일시": order.when, "주문상태": state, "구매자명": order.customer.name, "구매자ID": f"na{order.customer.id}",
                   "구매자연락처": order.customer.phone, "수취인명": order.customer.name, "결제일": order.when, "상품명": line.product, "수량": line.quantity, "상품가격": float(round(line.price)), "옵션가격": 0.0,
                   "상품별 할인액": float(off), "상품별 총 주문금액": float(total), "배송비 합계": 30.0, "결제수단": "신용카드"}  # fmt: skip
            if good:
                yield _s(order, total * 100)


@export(
    "번호|묶음배송번호|주문번호|택배사|운송장번호|분리배송 Y/N|주문일|등록상품명|등록옵션명|노출상품ID|옵션ID|구매수(수량)|옵션판매가(판매단가)|결제액|배송비|구매자|구매자전화번호|수취인이름|우편번호|수취인 주소|배송메세지",
    form="%Y-%m-%d %H:%M", money=lambda v: f"{round(v) * 100:,}",
)  # fmt: skip
def coupang(rng: random.Random, shop: Shop) -> Rows:
    """Korean: signs in the header row, won with commas; no status."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"번호": place + 1, "묶음배송번호": 500000 + place, "주문번호": f"80001{order.number.strip('#')}", "주문일": order.when, "등록상품명": line.product, "구매수(수량)": line.quantity,
                   "옵션판매가(판매단가)": float(round(line.price)), "결제액": float(round(line.price) * line.quantity), "배송비": 0.0, "구매자": order.customer.name, "구매자전화번호": order.customer.phone,
                   "수취인이름": order.customer.name}  # fmt: skip
            yield _s(order, round(line.price) * line.quantity * 100)


@export(
    "订单编号|买家会员名|买家支付宝账号|买家应付货款|买家应付邮费|买家支付积分|总金额|返点积分|买家实际支付金额|买家实际支付积分|订单状态|买家留言|收货人姓名|收货地址|运送方式|联系电话|联系手机|订单创建时间|订单付款时间|"
    "宝贝标题|宝贝种类|物流单号|订单备注|宝贝总数量|店铺名称|订单关闭原因|退款金额", encoding="gbk",
)  # fmt: skip
def taobao(rng: random.Random, shop: Shop) -> Rows:
    """Chinese in GBK; order numbers as formulas; refunded money in a column of the order."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng, ("交易成功", "卖家已发货，等待买家确认", "买家已付款，等待卖家发货"), ("交易关闭", "等待买家付款")
        )
        back = round(order.goods / 4, 2) if good and rng.random() < 0.15 else 0.0
        yield {"订单编号": f'="19284{place:06}"', "买家会员名": f"tb{order.customer.id}", "买家支付宝账号": order.customer.email, "买家应付货款": order.goods, "买家应付邮费": 0.0, "总金额": order.goods,
               "买家实际支付金额": order.goods if good else 0.0, "订单状态": state, "收货人姓名": order.customer.name, "运送方式": "快递", "联系手机": "'13800138000", "订单创建时间": order.when,
               "订单付款时间": order.when if good else "", "宝贝标题": "，".join(line.product for line in order.lines), "宝贝种类": len(order.lines), "宝贝总数量": sum(line.quantity for line in order.lines),
               "店铺名称": "小店", "退款金额": back}  # fmt: skip
        if good:
            yield _s(order, order.goods)
            if back:
                yield _s(order, -back)


@export(
    "注文番号|ステータス|注文日時|注文日|注文時間|キャンセル期限日|注文者郵便番号1|注文者住所都道府県|注文者姓|注文者名|注文者姓カナ|注文者電話番号1|メールアドレス|送付先姓|送付先名|商品ID|商品番号|商品名|単価|個数|商品別消費税率|"
    "商品合計金額|送料合計|代引料合計|請求金額|合計金額|ポイント利用額|支払方法名", form="%Y/%m/%d %H:%M:%S", money=lambda v: str(round(v)), encoding="cp932",
)  # fmt: skip
def rakuten(rng: random.Random, shop: Shop) -> Rows:
    """Japanese in Shift JIS; numbers for statuses; points are a means of payment."""
    for order in shop.orders:
        goods = sum(round(line.price * 10) * line.quantity for line in order.lines)
        for line in order.lines:
            yield {"注文番号": f"{300000}-{order.when:%Y%m%d}-{order.number.strip('#')}", "ステータス": rng.choice(("500", "600", "700")), "注文日時": order.when, "注文日": order.when.strftime("%Y-%m-%d"),
                   "注文時間": order.when.strftime("%H:%M:%S"), "注文者住所都道府県": "東京都", "注文者姓": order.customer.name.split(maxsplit=1)[1], "注文者名": order.customer.name.split()[0], "メールアドレス": order.customer.email,
                   "商品番号": line.code, "商品名": line.product, "単価": float(round(line.price * 10)), "個数": line.quantity, "商品別消費税率": "0.1", "商品合計金額": float(goods), "送料合計": 550.0, "代引料合計": 0.0,
                   "請求金額": float(goods + 450), "合計金額": float(goods + 550), "ポイント利用額": 100.0, "支払方法名": "クレジットカード"}  # fmt: skip
            yield _s(order, round(line.price * 10) * line.quantity)


# ------------------------------------------------------------------------------------------------- marketplaces, others


_ALL_ORDERS = (
    "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|order-channel|url|ship-service-level|product-name|sku|asin|item-status|quantity|currency|"
    "item-price|item-tax|shipping-price|shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|ship-promotion-discount|ship-city|ship-state|ship-postal-code|ship-country|promotion-ids|is-business-order"
)  # fmt: skip


@export(_ALL_ORDERS, delimiter="\t", form="%Y-%m-%dT%H:%M:%S+00:00", name="all-orders.txt")
def amazon_all_orders(rng: random.Random, shop: Shop) -> Rows:
    """Nobody's name is in it: must be refused, whatever else repeats (cities, order numbers)."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"amazon-order-id": f"902-{1845936 + place}-5435065", "merchant-order-id": f"902-{1845936 + place}-5435065", "purchase-date": order.when, "last-updated-date": order.when, "order-status": "Shipped",
                   "fulfillment-channel": "Amazon", "sales-channel": "Amazon.it", "ship-service-level": "SecondDay", "product-name": line.product, "sku": line.code, "asin": f"B0{line.code}", "item-status": "Shipped",
                   "quantity": line.quantity, "currency": "EUR", "item-price": line.total, "ship-city": rng.choice(("ROMA", "MILANO", "BARI")), "ship-postal-code": "00100", "ship-country": "IT", "is-business-order": "false"}  # fmt: skip


@export(
    "date/time|settlement id|type|order id|sku|description|quantity|marketplace|fulfillment|order city|order state|order postal|product sales|shipping credits|gift wrap credits|promotional rebates|sales tax collected|"
    "Marketplace Facilitator Tax|selling fees|fba fees|other transaction fees|other|total", form="%b %d, %Y %I:%M:%S %p PST", quoting=csv.QUOTE_ALL,
    above=[["Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions"], ["All amounts in USD, unless specified"], ["Definitions:"],
           ["Sales tax collected: Includes sales tax collected from buyers for product sales, shipping, and gift wrap."], ["Selling fees: Includes variable closing fees and referral fees."]],
)  # fmt: skip
def amazon_transactions(rng: random.Random, shop: Shop) -> Rows:
    """Orders, refunds, transfers and fees without customers: must be refused."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"date/time": order.when, "settlement id": "6503097031", "type": "Order", "order id": f"113-{13318 + place}-7697855", "sku": line.code, "description": line.product, "quantity": line.quantity,
                   "marketplace": "amazon.com", "fulfillment": "Amazon", "order city": rng.choice(("Boise", "Reno", "Waco")), "order state": "ID", "product sales": line.total, "selling fees": round(-line.total * 0.15, 2),
                   "total": round(line.total * 0.85, 2)}  # fmt: skip
        if place % 9 == 8:
            yield {
                "date/time": order.when,
                "settlement id": "6503097031",
                "type": "Transfer",
                "description": "To account ending with: 123",
                "total": -300.0,
            }


@export(
    "Amazon Order Id|Merchant Order Id|Shipment ID|Shipment Item Id|Amazon Order Item Id|Merchant Order Item Id|Purchase Date|Payments Date|Shipment Date|Reporting Date|Buyer E-mail|Buyer Name|Buyer Phone Number|Merchant SKU|"
    "Title|Shipped Quantity|Currency|Item Price|Item Tax|Shipping Price|Shipping Tax|Gift Wrap Price|Gift Wrap Tax|Ship Service Level|Recipient Name|Shipping City|Shipping State|Shipping Postal Code|Shipping Country Code|"
    "Item Promo Discount|Shipment Promo Discount|Carrier|Tracking Number|Fulfillment Center|Fulfillment Channel|Sales Channel", form="%Y-%m-%dT%H:%M:%S+00:00", encoding="utf-8-sig",
)  # fmt: skip
def amazon_fulfilled_shipments(rng: random.Random, shop: Shop) -> Rows:
    """Item price is the line's, not of one piece; discounts below zero in a column of their own."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"Amazon Order Id": f"113-{13318 + place}-76", "Shipment ID": f"D{place}", "Amazon Order Item Id": 7_000_000 + place, "Purchase Date": order.when, "Payments Date": order.when + timedelta(days=1),
                   "Shipment Date": order.when + timedelta(days=1), "Reporting Date": order.when + timedelta(days=2), "Buyer E-mail": f"{order.customer.id}x@marketplace.amazon.com", "Buyer Name": order.customer.name.split()[0],
                   "Merchant SKU": line.code, "Title": line.product, "Shipped Quantity": line.quantity, "Currency": "USD", "Item Price": line.total, "Item Tax": round(line.total * 0.07, 2), "Shipping Price": 0.0,
                   "Recipient Name": order.customer.name, "Shipping City": "Reno", "Shipping Country Code": "US", "Item Promo Discount": 0.0, "Carrier": "UPS", "Sales Channel": "amazon.com"}  # fmt: skip
            yield _s(order, line.total)


@export(
    "Sales Record Number|Order Number|Buyer Username|Buyer Name|Buyer Email|Buyer Note|Buyer Address 1|Buyer City|Buyer State|Buyer Zip|Buyer Country|Ship To Name|Ship To Phone|Ship To Country|Item Number|Item Title|Custom Label|"
    "Sold Via Promoted Listings|Quantity|Sold For|Shipping And Handling|Seller Collected Tax|eBay Collected Tax|Total Price|eBay Collected Tax Included in Total|Payment Method|Sale Date|Paid On Date|Ship By Date|Shipped On Date|"
    "Feedback Left|Feedback Received|My Item Note|PayPal Transaction ID|Tracking Number|Transaction ID|Variation Details", form="%b-%d-%y", money=lambda v: f"${v:,.2f}",
    above=[[]], below=[[], ["83", "record(s) downloaded", "from Seller Hub"], ["Seller ID : myshop"]],
)  # fmt: skip
def ebay_seller_hub(rng: random.Random, shop: Shop) -> Rows:
    """A blank line above and below the header row, a row per order above the rows of its items, lines at the end."""
    yield [""] * 37
    for place, order in enumerate(shop.orders):
        who = {"Sales Record Number": 100 + place, "Order Number": f"24-{14934 + place}-88735", "Buyer Username": f"bay{order.customer.id}", "Buyer Name": order.customer.name}  # fmt: skip
        when = {"Sale Date": order.when, "Paid On Date": order.when, "Payment Method": "Other"}
        rows = [{"Item Number": 318508000000 + place, "Item Title": line.product, "Custom Label": line.code, "Quantity": 1, "Sold For": line.price, "Transaction ID": 100_000 + place} for line in order.lines]  # fmt: skip
        goods = round(sum(line.price for line in order.lines), 2)
        money = {"Shipping And Handling": 5.97, "Seller Collected Tax": 0.0, "eBay Collected Tax": 0.0, "Total Price": round(goods + 5.97, 2)}  # fmt: skip
        if len(rows) == 1:
            yield {**who, **rows[0], **when, **money}
        else:
            yield {**who, **when, **money, "Quantity": len(rows), "Sold For": goods}
            for row in rows:
                yield {
                    "Sales Record Number": who["Sales Record Number"],
                    "Order Number": who["Order Number"],
                    "Buyer Username": who["Buyer Username"],
                    **row,
                    **when,
                }
        yield _s(order, goods, goods + 5.97)


@export(
    "PO#|Order#|Order Date|Ship By|Delivery Date|Customer Name|Customer Shipping Address|Customer Phone Number|Ship to Address 1|City|State|Zip|Segment|FLIDS|Line#|UPC|Status|Item Description|Shipping Method|Shipping Tier|SKU|Qty|"
    "Item Cost|Shipping Cost|Tax|Carrier|Tracking Number|Order Source", form="%Y-%m-%d",
)  # fmt: skip
def walmart(rng: random.Random, shop: Shop) -> Rows:
    """`PO#` and `Order#` both number orders; what it `cost` is what the customer paid."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Shipped", "Delivered", "Acknowledged"), ("Cancelled",))
        for nth, line in enumerate(order.lines):
            yield {"PO#": 108800000000 + place, "Order#": 200010000000 + place * 7, "Order Date": order.when, "Ship By": order.when + timedelta(days=2), "Delivery Date": order.when + timedelta(days=5), "Customer Name": order.customer.name,
                   "Customer Shipping Address": "1 Main St, Reno", "Customer Phone Number": order.customer.phone, "City": "Reno", "State": "NV", "Zip": "89501", "Line#": nth + 1, "Status": state, "Item Description": line.product, "SKU": line.code,
                   "Qty": 1, "Item Cost": line.price, "Shipping Cost": 0.0, "Tax": round(line.price * 0.08, 2), "Carrier": "FedEx"}  # fmt: skip
            if good:
                yield _s(order, line.price)


_MONTHS_PT = ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro")  # fmt: skip


@export(
    "N.º de venda|Data da venda|Estado|Descrição do status|Pacote de diversos produtos|Pertence a um kit|Unidades|Receita por produtos (BRL)|Tarifa de venda e impostos (BRL)|Receita por envio (BRL)|Tarifas de envio (BRL)|"
    "Cancelamentos e reembolsos (BRL)|Total (BRL)|Venda por publicidade|SKU|# de anúncio|Canal de venda|Título do anúncio|Variação|Preço unitário de venda do anúncio (BRL)|Tipo de anúncio|Comprador|CPF|Endereço|Cidade|Status|País|"
    "Forma de entrega", lines=1, date=lambda d: f"{d.day} de {_MONTHS_PT[d.month - 1]} de {d.year} {d:%H:%M} hs.",
    above=[["Vendas BR"], ["Estado das suas vendas em 2 de janeiro de 2024"], ["Vendas", "", "", "", "", "", "", "Receitas"]],
)  # fmt: skip
def mercado_livre(rng: random.Random, shop: Shop) -> Rows:
    """Lines above the header row; total after fees; what was given back in a column below zero."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng, ("Entregue", "A caminho", "Venda entregue"), ("Venda cancelada", "Cancelada pelo comprador")
        )
        line = order.lines[0]
        fee = round(-line.total * 0.15, 2)
        yield {"N.º de venda": 2000005000000000 + place, "Data da venda": order.when, "Estado": state, "Pacote de diversos produtos": "Não", "Pertence a um kit": "Não", "Unidades": line.quantity,
               "Receita por produtos (BRL)": line.total, "Tarifa de venda e impostos (BRL)": fee, "Receita por envio (BRL)": 0.0, "Tarifas de envio (BRL)": -10.0, "Cancelamentos e reembolsos (BRL)": 0.0 if good else -line.total,
               "Total (BRL)": round(line.total + fee - 10, 2) if good else 0.0, "SKU": line.code, "# de anúncio": f"MLB{1000 + place}", "Título do anúncio": line.product, "Preço unitário de venda do anúncio (BRL)": line.price,
               "Tipo de anúncio": "Clássico", "Comprador": order.customer.name, "CPF": f"{place:011}", "País": "Brasil", "Forma de entrega": "Mercado Envios"}  # fmt: skip
        if good:
            yield _s(order, line.total, line.total + fee - 10)


@export(
    "Номер заказа|Номер отправления|Принят в обработку|Дата отгрузки|Статус|Дата доставки|Сумма отправления|Код валюты отправления|Наименование товара|OZON id|Артикул|Итоговая стоимость товара|Код валюты товара|Количество|"
    "Стоимость доставки|Связанные отправления|Выкуп товара|Цена товара до скидок|Скидка %|Скидка руб|Регион доставки|Город доставки|Способ доставки|Сегмент клиента|Юридическое лицо|Способ оплаты",
    delimiter=";", encoding="utf-8-sig",
)  # fmt: skip
def ozon(rng: random.Random, shop: Shop) -> Rows:
    """Russian marketplace without customers (a segment and a city): must be refused."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"Номер заказа": f"01001{place:05}-0103", "Номер отправления": f"01001{place:05}-0103-1", "Принят в обработку": order.when, "Дата отгрузки": order.when, "Статус": "Доставлен", "Сумма отправления": order.goods,
                   "Код валюты отправления": "RUB", "Наименование товара": line.product, "OZON id": f"1609{line.code[-2:]}", "Артикул": line.code, "Итоговая стоимость товара": line.total, "Код валюты товара": "RUB",
                   "Количество": line.quantity, "Цена товара до скидок": line.price, "Скидка %": "0%", "Регион доставки": rng.choice(("Москва", "Тверская область")), "Сегмент клиента": rng.choice(("Не Premium", "Premium")),
                   "Способ оплаты": "Банковская карта"}  # fmt: skip


@export(
    "№ заказа|Дата заказа|Статус заказа|Статус оплаты|Способ оплаты|ФИО|Телефон|E-mail|Город|Название товара|Артикул|Количество|Цена продажи|Сумма|Стоимость доставки|Скидка|Сумма заказа|Комментарий",
    delimiter=";", comma=True, form="%d.%m.%Y %H:%M", encoding="cp1251", money=lambda v: f"{v:,.2f}".replace(",", " ").replace(".", ","),
)  # fmt: skip
def insales(rng: random.Random, shop: Shop) -> Rows:
    """Russian in Windows 1251; spaces between thousands; states of order and payment."""
    for order in shop.orders:
        state, paid = rng.choice(
            (("Доставлен", "Оплачен"),) * 6
            + (("Отменён", "Не оплачен"), ("Новый", "Не оплачен"), ("Возврат", "Оплачен"))
        )
        for line in order.lines:
            yield {"№ заказа": order.number.strip("#"), "Дата заказа": order.when, "Статус заказа": state, "Статус оплаты": paid, "Способ оплаты": "Картой", "ФИО": order.customer.name, "Телефон": order.customer.phone,
                   "E-mail": order.customer.email, "Город": "Казань", "Название товара": line.product, "Артикул": line.code, "Количество": line.quantity, "Цена продажи": line.price, "Сумма": line.total, "Стоимость доставки": 300.0,
                   "Скидка": 0.0, "Сумма заказа": round(order.goods + 300, 2)}  # fmt: skip
            if state == "Доставлен":
                yield _s(order, line.total)


@export(
    "bestelnummer|pickup point naam|aanhef_verzending|voornaam_verzending|achternaam_verzending|bedrijfsnaam_verzending|straat_verzending|huisnummer_verzending|postcode_verzending|woonplaats_verzending|land_verzending|voornaam_facturatie|"
    "achternaam_facturatie|emailadres|telnummerbezorging|besteldatum|uiterste leverdatum|EAN|referentie|producttitel|aantal|prijs|annuleringsverzoek", delimiter=";", comma=True, form="%d-%m-%Y", lines=1,
)  # fmt: skip
def bol_com(rng: random.Random, shop: Shop) -> Rows:
    """The e-mail is made anew for each order: names tell customers apart. The last date by which it must arrive."""
    for place, order in enumerate(shop.orders):
        line, (first, last) = order.lines[0], order.customer.name.split(maxsplit=1)
        yield {"bestelnummer": f"A000{place:06}", "voornaam_verzending": first, "achternaam_verzending": last, "postcode_verzending": "1011AB", "woonplaats_verzending": "Amsterdam", "land_verzending": "NL",
               "voornaam_facturatie": first, "achternaam_facturatie": last, "emailadres": f"{place * 7919 % 100003:06}@verkopen.bol.com", "besteldatum": order.when, "uiterste leverdatum": order.when + timedelta(days=3),
               "EAN": "8711" + line.code[-2:], "producttitel": line.product, "aantal": 1, "prijs": line.price, "annuleringsverzoek": "Nee"}  # fmt: skip
        yield _s(order, line.price)


# ---------------------------------------------------------------------------------------------------------- shop systems


@export(
    "Origin|Order|Sequence|Creation Date|Client Name|Client Last Name|Client Document|Email|Phone|UF|City|Postal Code|SLA Type|Courrier|Estimate Delivery Date|Delivery Deadline|Status|Last Change Date|Payment System Name|Installments|"
    "Payment Value|Quantity_SKU|ID_SKU|Category Ids Sku|Reference Code|SKU Name|SKU Value|SKU Selling Price|SKU Total Price|Discounts Totals|Shipping List Price|Shipping Value|Total Value|Discounts Names|Host|Seller Name",
    delimiter=";", form="%Y-%m-%d %H:%M:%SZ",
)  # fmt: skip
def vtex(rng: random.Random, shop: Shop) -> Rows:
    """List price, selling price and total of the line; payment and total of the order on each line."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Faturado", "Preparando Entrega"), ("Cancelado", "Pagamento Pendente"))
        for line in order.lines:
            yield {"Origin": "Marketplace", "Order": f"v{502556 + place}llux-01", "Sequence": 502556 + place, "Creation Date": order.when, "Client Name": order.customer.name.split()[0], "Client Last Name": order.customer.name.split(maxsplit=1)[1],
                   "Client Document": f"{sum(map(ord, order.customer.id)):011}{order.customer.id}", "Email": order.customer.email, "Phone": order.customer.phone, "UF": "SP", "City": "São Paulo", "Status": state,
                   "Estimate Delivery Date": order.when + timedelta(days=9), "Last Change Date": order.when + timedelta(days=2), "Payment System Name": "Visa", "Installments": 3, "Payment Value": round(order.goods + 9.9, 2), "Quantity_SKU": line.quantity,
                   "ID_SKU": line.code, "SKU Name": line.product, "SKU Value": round(line.price * 1.2, 2), "SKU Selling Price": line.price, "SKU Total Price": line.total, "Discounts Totals": 0.0, "Shipping List Price": 9.9,
                   "Shipping Value": 9.9, "Total Value": round(order.goods + 9.9, 2)}  # fmt: skip
            if good:
                yield _s(order, line.total)


@export(
    "Número do Pedido|E-mail|Data|Status do Pedido|Status do Pagamento|Status do Envio|Moeda|Subtotal|Desconto|Valor do Frete|Total|Nome do comprador|CPF / CNPJ|Telefone|Nome para a entrega|Endereço|Cidade|Código postal|Estado|País|Forma de Entrega|"
    "Forma de Pagamento|Cupom de Desconto|Anotações do Comprador|Anotações do Vendedor|Data de pagamento|Data de envío|Nome do Produto|Valor do Produto|Quantidade Comprada|SKU|Canal|Código de rastreio do envio|Identificador da transação no meio de pagamento|"
    "Identificador do pedido|Produto Fisico|Pessoa que registrou a venda", delimiter=";", form="%d/%m/%Y %H:%M:%S", encoding="latin-1",
)  # fmt: skip
def nuvemshop(rng: random.Random, shop: Shop) -> Rows:
    """Order cells on the first row only, in Latin 1."""
    for order in shop.orders:
        state, paid, good = rng.choice(
            (("Aberto", "Confirmado", True), ("Arquivado", "Confirmado", True)) * 3
            + (("Cancelado", "Recusado", False), ("Aberto", "Pendente", False), ("Cancelado", "Estornado", False))
        )
        off = round(order.goods * 0.1, 2) if rng.random() < 0.3 else 0.0
        head = {"E-mail": order.customer.email, "Data": order.when, "Status do Pedido": state, "Status do Pagamento": paid, "Status do Envio": "Enviado", "Moeda": "BRL", "Subtotal": order.goods, "Desconto": off, "Valor do Frete": 12.0,
                "Total": round(order.goods - off + 12, 2), "Nome do comprador": order.customer.name, "Estado": "São Paulo", "País": "Brasil", "Forma de Pagamento": "Pix", "Canal": "Loja virtual",
                "Produto Fisico": "Sim"}  # fmt: skip
        for place, line in enumerate(order.lines):
            yield {"Número do Pedido": order.number.strip("#"), "Nome do Produto": line.product, "Valor do Produto": line.price, "Quantidade Comprada": line.quantity, "SKU": line.code, **(head if place == 0 else {})}  # fmt: skip
        if good:
            yield _s(order, order.goods - off, order.goods - off + 12)


@export(
    "orders_id|customers_id|customers_cid|customers_name|customers_company|customers_telephone|customers_email_address|delivery_name|delivery_country|billing_name|payment_method|last_modified|date_purchased|orders_status|orders_date_finished|currency|"
    "currency_value|orders_products_id|products_id|products_model|products_name|products_price|final_price|products_tax|products_quantity", delimiter="|", quoting=csv.QUOTE_ALL,
)  # fmt: skip
def gambio(rng: random.Random, shop: Shop) -> Rows:
    """Tables of osCommerce and its kin, pipes between cells; the final price is the line's."""
    number = 5000
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            number += 1
            yield {"orders_id": 400 + place, "customers_id": order.customer.id, "customers_name": order.customer.name, "customers_telephone": order.customer.phone, "customers_email_address": order.customer.email,
                   "delivery_name": order.customer.name, "delivery_country": "Germany", "billing_name": order.customer.name, "payment_method": "paypal", "last_modified": order.when + timedelta(days=1), "date_purchased": order.when,
                   "orders_status": rng.choice((1, 2, 3)), "currency": "EUR", "currency_value": "1.000000", "orders_products_id": number, "products_model": line.code, "products_name": line.product, "products_price": line.price,
                   "final_price": line.total, "products_tax": "19.0000", "products_quantity": float(line.quantity)}  # fmt: skip
            yield _s(order, line.total)


@export(
    "Auftragsnummer|Externe Auftragsnummer|Auftragsdatum|Kundennummer|Firma|Vorname|Nachname|E-Mail|Land|Artikelnummer|Artikelname|Anzahl|VK Netto|VK Brutto|MwSt. in %|Rabatt in %|Gesamtpreis Netto|Gesamtpreis Brutto|EK Netto|Versandart|Zahlungsart|"
    "Bezahldatum|Storniert", delimiter=";", comma=True, form="%d.%m.%Y", encoding="cp1252",
)  # fmt: skip
def jtl_wawi(rng: random.Random, shop: Shop) -> Rows:
    """Selling and purchase prices, net and gross, of one and of all; a yes or no says whether it was cancelled."""
    for order in shop.orders:
        good = rng.random() > 0.2
        for line in order.lines:
            off = rng.choice((0, 0, 10))
            net = round(line.total * (100 - off) / 100, 2)
            yield {"Auftragsnummer": f"AU-{order.number.strip('#')}", "Auftragsdatum": order.when, "Kundennummer": order.customer.id, "Vorname": order.customer.name.split()[0], "Nachname": order.customer.name.split(maxsplit=1)[1],
                   "E-Mail": order.customer.email, "Land": "Deutschland", "Artikelnummer": line.code, "Artikelname": line.product, "Anzahl": line.quantity, "VK Netto": line.price, "VK Brutto": round(line.price * 1.19, 2), "MwSt. in %": "19",
                   "Rabatt in %": off, "Gesamtpreis Netto": net, "Gesamtpreis Brutto": round(net * 1.19, 2), "EK Netto": round(line.price / 2, 2), "Zahlungsart": "Rechnung", "Bezahldatum": order.when + timedelta(days=5),
                   "Storniert": "Nein" if good else "Ja"}  # fmt: skip
            if good:
                yield _s(order, net, net * 1.19)


@export(
    "Order Number|Order Date|Order Status|Order Purchased From|Order Payment Method|Order Shipping Method|Order Subtotal|Order Tax|Order Shipping|Order Discount|Order Grand Total|Order Base Grand Total|Order Paid|Order Refunded|Order Due|"
    "Total Qty Items Ordered|Customer Name|Customer Email|Shipping Name|Shipping Company|Shipping Zip|Shipping City|Shipping Country|Shipping Phone Number|Billing Name|Billing Country|Billing Phone Number|Order Item Increment|Item Name|Item Status|"
    "Item SKU|Item Options|Item Original Price|Item Price|Item Qty Ordered|Item Qty Invoiced|Item Qty Shipped|Item Qty Canceled|Item Qty Refunded|Item Tax|Item Discount|Item Total", form="%b %d, %Y %I:%M:%S %p",
)  # fmt: skip
def magento_order_export(rng: random.Random, shop: Shop) -> Rows:
    """Five numbers of pieces per line; paid, refunded, due of the order on each line."""
    for order in shop.orders:
        state, good = _state(rng, ("Complete", "Processing"), ("Canceled", "Pending Payment", "Closed"))
        for nth, line in enumerate(order.lines):
            yield {"Order Number": 100000000 + int("".join(c for c in order.number if c.isdigit())), "Order Date": order.when, "Order Status": state, "Order Purchased From": "Main Store", "Order Payment Method": "checkmo",
                   "Order Subtotal": order.goods, "Order Tax": 0.0, "Order Shipping": 5.0, "Order Discount": 0.0, "Order Grand Total": order.goods + 5, "Order Base Grand Total": order.goods + 5, "Order Paid": order.goods + 5 if good else 0.0,
                   "Order Refunded": order.goods + 5 if state == "Closed" else 0.0, "Order Due": 0.0, "Total Qty Items Ordered": sum(x.quantity for x in order.lines), "Customer Name": order.customer.name, "Customer Email": order.customer.email,
                   "Shipping Name": order.customer.name, "Shipping Country": "US", "Billing Name": order.customer.name, "Billing Country": "US", "Order Item Increment": nth + 1, "Item Name": line.product, "Item Status": "Shipped", "Item SKU": line.code,
                   "Item Original Price": line.price, "Item Price": line.price, "Item Qty Ordered": line.quantity, "Item Qty Invoiced": line.quantity, "Item Qty Shipped": line.quantity, "Item Qty Canceled": 0, "Item Qty Refunded": 0,
                   "Item Tax": 0.0, "Item Discount": 0.0, "Item Total": line.total}  # fmt: skip
            if good:
                yield _s(order, line.total)


@export(
    "order_id|order_number|date|status|shipping_total|shipping_tax_total|fee_total|tax_total|discount_total|order_total|refunded_total|order_currency|payment_method|shipping_method|customer_id|billing_first_name|billing_last_name|billing_company|"
    "billing_email|billing_phone|billing_postcode|billing_country|customer_note|item_id|item_product_id|item_name|item_sku|item_quantity|item_subtotal|item_subtotal_tax|item_total|item_total_tax|item_refunded|item_refunded_qty|item_meta|coupons",
)  # fmt: skip
def woocommerce_row_per_item(rng: random.Random, shop: Shop) -> Rows:
    """Guests have customer 0; subtotal before and total after discounts per item; statuses of WooCommerce."""
    number = 900
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng, ("completed", "processing"), ("cancelled", "failed", "refunded", "pending", "checkout-draft")
        )
        guest = int("".join(c for c in order.customer.id if c.isdigit())) % 3 == 0
        for line in order.lines:
            number += 1
            off = round(line.total * rng.choice((0, 0.15)), 2)
            yield {"order_id": 3000 + place, "order_number": 3000 + place, "date": order.when, "status": state, "shipping_total": 4.0, "tax_total": 0.0, "discount_total": 0.0, "order_total": order.goods + 4, "refunded_total": 0.0,
                   "order_currency": "EUR", "payment_method": "stripe", "customer_id": 0 if guest else order.customer.id, "billing_first_name": order.customer.name.split()[0], "billing_last_name": order.customer.name.split(maxsplit=1)[1],
                   "billing_email": order.customer.email, "billing_phone": order.customer.phone, "billing_country": "ES", "item_id": number, "item_product_id": 44, "item_name": line.product, "item_sku": line.code, "item_quantity": line.quantity,
                   "item_subtotal": line.total, "item_subtotal_tax": 0.0, "item_total": round(line.total - off, 2), "item_total_tax": 0.0, "item_refunded": 0.0, "item_refunded_qty": 0}  # fmt: skip
            if good:
                yield _s(order, line.total - off)


@export(
    "Order ID|Order Key|Order Date|Order Status|Customer User ID|Billing First Name|Billing Last Name|Billing Email Address|Billing Phone|Order Total|Order Tax Total|Shipping Total|Product Name #1|SKU #1|Quantity #1|Item Cost #1|Product Name #2|SKU #2|"
    "Quantity #2|Item Cost #2|Product Name #3|SKU #3|Quantity #3|Item Cost #3", lines=3, form="%Y-%m-%d %H:%M",
)  # fmt: skip
def wp_all_export(rng: random.Random, shop: Shop) -> Rows:
    """A row per order, its items side by side: the order's total is what was paid."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng, ("Completed", "wc-completed", "wc-processing"), ("Cancelled", "wc-failed", "wc-on-hold")
        )
        row: dict[str, object] = {"Order ID": 7000 + place, "Order Key": f"wc_order_{place}", "Order Date": order.when, "Order Status": state, "Customer User ID": order.customer.id, "Billing First Name": order.customer.name.split()[0],
               "Billing Last Name": order.customer.name.split(maxsplit=1)[1], "Billing Email Address": order.customer.email, "Order Total": order.goods + 4, "Order Tax Total": 0.0, "Shipping Total": 4.0}  # fmt: skip
        for nth, line in enumerate(order.lines, 1):
            row |= {
                f"Product Name #{nth}": line.product,
                f"SKU #{nth}": line.code,
                f"Quantity #{nth}": line.quantity,
                f"Item Cost #{nth}": line.price,
            }
        yield row
        if good:
            yield _s(order, order.goods + 4)


@export(
    "ID|Referencia|Nuevo cliente|Entrega|Cliente|Total|Pago|Estado|Fecha", delimiter=";", form="%d/%m/%Y %H:%M:%S", money=lambda v: f"{v:,.2f} €".replace(",", " ").replace(".", ",").replace(" ", ".", 0),
)  # fmt: skip
def prestashop_spanish(rng: random.Random, shop: Shop) -> Rows:
    """The Spanish list of orders: names shortened to an initial, euros behind the number."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng,
            ("Pago aceptado", "Enviado", "Entregado", "Preparación en curso"),
            ("Cancelado", "Error en pago", "En espera de pago por banco", "Reembolsado"),
        )
        first, last = order.customer.name.split(maxsplit=1)
        yield {"ID": 100 + place, "Referencia": f"XKBK{place:05}", "Nuevo cliente": rng.choice(("Sí", "No")), "Entrega": "España", "Cliente": f"{first[0]}. {last}", "Total": order.goods, "Pago": "Redsys", "Estado": state, "Fecha": order.when}  # fmt: skip
        if good:
            yield Sold(f"{first[0]}. {last}", order.number, order.when, (order.goods,))


@export(
    "Day|Order name|Customer name|Customer email|Product title|Net quantity|Gross sales|Discounts|Returns|Net sales|Shipping charges|Taxes|Total sales", form="%Y-%m-%d",
)  # fmt: skip
def shopify_report(rng: random.Random, shop: Shop) -> Rows:
    """A report: gross, discounts and returns below zero, net, total; the row of totals stands first."""
    rows: list[dict[str, object]] = []
    sold = []
    for order in shop.orders:
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            net = round(line.total - off, 2)
            rows.append({"Day": order.when, "Order name": order.number, "Customer name": order.customer.name, "Customer email": order.customer.email, "Product title": line.product, "Net quantity": line.quantity, "Gross sales": line.total,
                         "Discounts": -off, "Returns": 0.0, "Net sales": net, "Shipping charges": 0.0, "Taxes": round(net * 0.1, 2), "Total sales": round(net + round(net * 0.1, 2), 2)})  # fmt: skip
            sold.append(_s(order, net, net + round(net * 0.1, 2)))
    yield {
        name: round(sum(float(str(row[name])) for row in rows), 2)
        for name in ("Gross sales", "Discounts", "Returns", "Net sales", "Taxes", "Total sales")
    }
    yield from rows
    yield from sold


# ------------------------------------------------------------------------------------------------------ tills, bookings


@export(
    "Order ID|Order Number|Order Date|Order Employee ID|Order Employee Name|Order Employee Custom ID|Customer ID|Customer Name|Currency|Tax Amount|Tip|Service Charge|Discount|Order Total|Payments Total|Payment Note|Refunds Total|Manual Refunds Total|"
    "Credits Total|Total|Device ID|Cash Register|Note", form="%d-%b-%Y %I:%M %p EST",
)  # fmt: skip
def clover(rng: random.Random, shop: Shop) -> Rows:
    """An employee beside the customer; tip, tax and refunds beside the total."""
    for place, order in enumerate(shop.orders):
        yield {"Order ID": f"X{place:08}QQ", "Order Number": place + 1, "Order Date": order.when, "Order Employee ID": "EMP1", "Order Employee Name": rng.choice(("Kim", "Sam")), "Customer ID": order.customer.id, "Customer Name": order.customer.name,
               "Currency": "USD", "Tax Amount": round(order.goods * 0.08, 2), "Tip": 2.0, "Service Charge": 0.0, "Discount": 0.0, "Order Total": order.goods, "Payments Total": order.goods + 2, "Refunds Total": 0.0, "Manual Refunds Total": 0.0,
               "Credits Total": 0.0, "Total": order.goods}  # fmt: skip
        yield _s(order, order.goods, order.goods + 2)


@export(
    "Location|Order Id|Order #|Checks|Opened|# of Guests|Tab Names|Server|Table|Revenue Center|Dining Area|Service|Dining Options|Discount Amount|Amount|Tax|Tip|Gratuity|Total|Voided|Paid|Closed|Duration (Opened to Paid)|Order Source",
    form="%m/%d/%y %I:%M %p",
)  # fmt: skip
def toast(rng: random.Random, shop: Shop) -> Rows:
    """A server at each table and nobody's name: must be refused."""
    for place, order in enumerate(shop.orders):
        yield {"Location": "Downtown", "Order Id": 400000 + place, "Order #": place % 90 + 1, "Checks": place % 90 + 1, "Opened": order.when, "# of Guests": rng.randint(1, 5), "Server": rng.choice(("Kim L", "Sam R", "Ana P")), "Table": rng.randint(1, 20),
               "Service": "Dinner", "Dining Options": "Dine In", "Discount Amount": 0.0, "Amount": order.goods, "Tax": round(order.goods * 0.08, 2), "Tip": 3.0, "Gratuity": 0.0, "Total": round(order.goods * 1.08 + 3, 2), "Voided": "false",
               "Paid": order.when, "Closed": order.when, "Duration (Opened to Paid)": "1:02:11", "Order Source": "In store"}  # fmt: skip


@export("Account|Date|Time|Type|Transaction ID|Receipt Number|Payment Method|Quantity|Description|Currency|Price (Gross)|Price (Net)|Tax|Tax rate|Transaction refunded|Commission", form="%d.%m.%y, %H:%M")  # fmt: skip
def sumup(rng: random.Random, shop: Shop) -> Rows:
    """The account is the e-mail of who sold: nobody bought. Must be refused."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            yield {"Account": rng.choice(("till1@cafe.ch", "till2@cafe.ch", "boss@cafe.ch")), "Date": order.when, "Time": order.when.strftime("%H:%M"), "Type": "Sales", "Transaction ID": f"TEGUCXAG{place}", "Receipt Number": f"S{place:05}",
                   "Payment Method": rng.choice(("Cash", "Card")), "Quantity": f"{line.quantity} x", "Description": line.product, "Currency": "CHF", "Price (Gross)": line.total, "Price (Net)": line.total, "Tax": 0.0, "Tax rate": "0%",
                   "Transaction refunded": "", "Commission": round(line.total * 0.02, 2)}  # fmt: skip


@export(
    "Date|Receipt number|Line type|Customer code|Customer name|Email|Note|Quantity|Subtotal|Sales tax|Discount|Loyalty|Total|Paid|Details|Register|User|Status|Sku|AccountCodeSale|AccountCodePurchase",
)  # fmt: skip
def vend(rng: random.Random, shop: Shop) -> Rows:
    """A row for the sale, a row per line and a row per payment: each tells the same money."""
    for place, order in enumerate(shop.orders):
        head = {
            "Date": order.when,
            "Receipt number": 1000 + place,
            "Customer code": order.customer.id,
            "Customer name": order.customer.name,
            "Email": order.customer.email,
            "Register": "Main",
            "User": "Kim",
            "Status": "Closed",
        }
        yield {**head, "Line type": "Sale", "Quantity": sum(x.quantity for x in order.lines), "Subtotal": order.goods, "Sales tax": 0.0, "Discount": 0.0, "Loyalty": 0.0, "Total": order.goods, "Paid": order.goods, "Details": "; ".join(x.product for x in order.lines)}  # fmt: skip
        for line in order.lines:
            yield {**head, "Line type": "Sale Line", "Quantity": line.quantity, "Subtotal": line.total, "Sales tax": 0.0, "Discount": 0.0, "Loyalty": 0.0, "Total": line.total, "Details": line.product, "Sku": line.code}  # fmt: skip
        yield {**head, "Line type": "Payment", "Paid": order.goods, "Total": order.goods, "Details": "Cash"}
        yield _s(order, order.goods)


@export(
    "Date|Receipt number|Receipt type|Gross sales|Discounts|Net sales|Taxes|Tips|Total collected|Cost of goods|Gross profit|Payment type|Description|POS|Store|Cashier name|Customer name|Customer contacts|Status", delimiter=";", form="%d.%m.%y %H:%M",
)  # fmt: skip
def loyverse(rng: random.Random, shop: Shop) -> Rows:
    """Refunds are receipts of their own, below zero; a cashier beside the customer; many are nobody's."""
    for place, order in enumerate(shop.orders):
        named = rng.random() < 0.7 or place < 3
        yield {"Date": order.when, "Receipt number": f"1-{1000 + place}", "Receipt type": "Sale", "Gross sales": order.goods, "Discounts": 0.0, "Net sales": order.goods, "Taxes": 0.0, "Tips": 0.0, "Total collected": order.goods,
               "Cost of goods": round(order.goods / 2, 2), "Gross profit": round(order.goods - round(order.goods / 2, 2), 2), "Payment type": "Cash", "Description": ", ".join(f"{x.quantity} x {x.product}" for x in order.lines), "POS": "POS 1",
               "Store": "Shop", "Cashier name": "Owner", "Customer name": order.customer.name if named else "", "Customer contacts": order.customer.email if named else "", "Status": "Closed"}  # fmt: skip
        if named:
            yield _s(order, order.goods)
        if named and rng.random() < 0.1:
            half = round(order.lines[0].total, 2)
            yield {"Date": order.when + timedelta(hours=1), "Receipt number": f"1-{9000 + place}", "Receipt type": "Refund", "Gross sales": -half, "Discounts": 0.0, "Net sales": -half, "Taxes": 0.0, "Tips": 0.0, "Total collected": -half,
                   "Cost of goods": 0.0, "Gross profit": -half, "Payment type": "Cash", "POS": "POS 1", "Store": "Shop", "Cashier name": "Owner", "Customer name": order.customer.name, "Customer contacts": order.customer.email, "Status": "Closed"}  # fmt: skip
            yield _s(order, -half)


@export(
    "Tienda|Caja|Ticket|Fecha|Hora|Tarjeta socio|Artículo|Unidades|Importe",
    delimiter=";",
    comma=True,
    form="%d/%m/%Y",
    orders=(60, 90),
)
def receipt_numbers_start_again(rng: random.Random, shop: Shop) -> Rows:
    """Numbers of receipts start again each day and at each till: one number names many orders."""
    days: dict[tuple[str, str], int] = {}
    for order in shop.orders:
        shop_name = rng.choice(("Centro", "Norte"))
        key = (shop_name, f"{order.when:%Y%m%d}")
        days[key] = days.get(key, 0) + 1
        for line in order.lines:
            yield {"Tienda": shop_name, "Caja": 1, "Ticket": days[key], "Fecha": order.when, "Hora": order.when.strftime("%H:%M"), "Tarjeta socio": order.customer.id, "Artículo": line.product, "Unidades": line.quantity, "Importe": line.total}  # fmt: skip
            yield _s(order, line.total)


@export(
    "Date|Type|Confirmation Code|Booking Date|Start Date|Nights|Guest|Listing|Details|Reference|Currency|Amount|Paid Out|Service Fee|Cleaning Fee|Gross Earnings", form="%m/%d/%Y",
)  # fmt: skip
def airbnb(rng: random.Random, shop: Shop) -> Rows:
    """Payouts among the stays: they are no sales."""
    for place, order in enumerate(shop.orders):
        fee = round(order.goods * 0.03, 2)
        yield {
            "Date": order.when,
            "Type": "Payout",
            "Details": "Transfer to Bank",
            "Currency": "EUR",
            "Paid Out": round(order.goods - fee, 2),
        }
        yield {"Date": order.when, "Type": "Reservation", "Confirmation Code": f"HM{place:06}", "Booking Date": order.when, "Start Date": order.when, "Nights": 2, "Guest": order.customer.name, "Listing": "Flat", "Currency": "EUR",
               "Amount": round(order.goods - fee, 2), "Service Fee": fee, "Cleaning Fee": 20.0, "Gross Earnings": order.goods}  # fmt: skip
        yield _s(order, order.goods - fee, order.goods)


@export(
    "Book number|Booked by|Guest Name(s)|Check-in|Check-out|Booked on|Status|Rooms|People|Adults|Children|Price|Commission %|Commission amount|Payment status|Payment method|Remarks|Booker country|Travel purpose|Duration (nights)|Cancellation date", form="%Y-%m-%d",
    money=lambda v: f"{v:g} EUR",
)  # fmt: skip
def booking_com(rng: random.Random, shop: Shop) -> Rows:
    """Dates of booking, arrival and departure; currency behind the price; guests and who booked."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("ok",), ("cancelled_by_guest", "no_show"))
        last_first = ", ".join(reversed(order.customer.name.split(maxsplit=1)))
        yield {"Book number": 3000000000 + place, "Booked by": last_first, "Guest Name(s)": order.customer.name, "Check-in": order.when + timedelta(days=20), "Check-out": order.when + timedelta(days=22), "Booked on": order.when.strftime("%Y-%m-%d %H:%M:%S"),
               "Status": state, "Rooms": 1, "People": 2, "Adults": 2, "Price": order.goods, "Commission %": "15", "Commission amount": round(order.goods * 0.15, 2), "Payment status": "", "Booker country": "es", "Travel purpose": "Leisure",
               "Duration (nights)": 2, "Cancellation date": "" if good else order.when.strftime("%Y-%m-%d")}  # fmt: skip
        if good:
            yield _s(order, order.goods)


@export(
    "Order #|Order Date|First Name|Last Name|Email|Quantity|Price Tier|Ticket Type|Attendee #|Group|Order Type|Currency|Total Paid|Fees Paid|Eventbrite Fees|Eventbrite Payment Processing|Attendee Status|How did you hear about this event?|Company", form="%m/%d/%y %H:%M", lines=1,
)  # fmt: skip
def eventbrite(rng: random.Random, shop: Shop) -> Rows:
    """A row per attendee with what was paid for this ticket; fees inside."""
    number = 18441583423
    for place, order in enumerate(shop.orders):
        good, line = rng.random() > 0.15, order.lines[0]
        for _ in range(line.quantity):
            number += 1
            yield {"Order #": 11211912243 + place, "Order Date": order.when, "First Name": order.customer.name.split()[0], "Last Name": order.customer.name.split(maxsplit=1)[1], "Email": order.customer.email, "Quantity": 1, "Ticket Type": line.product,
                   "Attendee #": number, "Order Type": "Eventbrite Completed", "Currency": "USD", "Total Paid": line.price if good else 0.0, "Fees Paid": 1.5, "Eventbrite Fees": 0.9, "Eventbrite Payment Processing": 0.6,
                   "Attendee Status": rng.choice(("Attending", "Checked In")) if good else "Refunded", "How did you hear about this event?": "Friend"}  # fmt: skip
            if good:
                yield _s(order, line.price)


# ------------------------------------------------------------------------------------------------- payments, downloads


@export("DateTime (UTC)|From|Message|Item|Received|Given|Currency|TransactionType|TransactionId|Reference|SalesTax|SalesTaxIncluded|BuyerCountry|BuyerEmail", form="%m/%d/%Y %H:%M", lines=1)  # fmt: skip
def ko_fi(rng: random.Random, shop: Shop) -> Rows:
    """Money received and money given in two columns: what was given was spent by the shop."""
    for place, order in enumerate(shop.orders):
        total = order.lines[0].total
        yield {"DateTime (UTC)": order.when, "From": order.customer.name, "Message": rng.choice(("", "Thank you!", "Love it, really")), "Item": order.lines[0].product, "Received": total, "Given": 0.0, "Currency": "USD", "TransactionType": "Shop Order",
               "TransactionId": f"00000000-1111-{place:04}", "SalesTax": 0.0, "SalesTaxIncluded": "false", "BuyerCountry": "US", "BuyerEmail": order.customer.email}  # fmt: skip
        yield _s(order, total)


@export("id|store_id|identifier|order_number|user_name|user_email|currency|currency_rate|subtotal|discount_total|tax|total|subtotal_usd|total_usd|tax_name|tax_rate|status|refunded|refunded_at|test_mode|created_at|product_name|variant_name", form="%Y-%m-%dT%H:%M:%S.000000Z")  # fmt: skip
def lemon_squeezy(rng: random.Random, shop: Shop) -> Rows:
    """The shop's currency and dollars side by side; test orders marked."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("paid",), ("refunded", "failed", "pending"))
        test = rng.random() < 0.08
        total = order.goods
        yield {"id": 700 + place, "store_id": 9, "identifier": f"104e18a2-{place:04}", "order_number": place + 1, "user_name": order.customer.name, "user_email": order.customer.email, "currency": "EUR", "currency_rate": "1.08", "subtotal": total,
               "discount_total": 0.0, "tax": 0.0, "total": total, "subtotal_usd": round(total * 1.08, 2), "total_usd": round(total * 1.08, 2), "tax_rate": "0.00", "status": state, "refunded": "1" if state == "refunded" else "0",
               "refunded_at": order.when if state == "refunded" else "", "test_mode": "1" if test else "0", "created_at": order.when, "product_name": order.lines[0].product}  # fmt: skip
        if good and not test:
            yield _s(order, total)


@export("id|Amount Due|Billing|Closed|Currency|Customer|Date (UTC)|Due Date (UTC)|Number|Paid|Subscription|Subtotal|Total Discount Amount|Applied Coupons|Tax|Tax Percent|Total|Amount Paid|Status|Customer Name|Customer Email", form="%Y-%m-%d %H:%M")  # fmt: skip
def stripe_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Due, subtotal, total and paid; void and uncollectible invoices."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("paid",), ("void", "draft", "uncollectible", "open"))
        off = round(order.goods * 0.1, 2) if rng.random() < 0.3 else 0.0
        total = round(order.goods - off, 2)
        yield {"id": f"in_1{place:06}", "Amount Due": total, "Billing": "charge_automatically", "Closed": "TRUE" if good else "FALSE", "Currency": "eur", "Customer": f"cus_{order.customer.id}", "Date (UTC)": order.when,
               "Due Date (UTC)": order.when + timedelta(days=14), "Number": f"8F2A-{place:04}", "Paid": "TRUE" if good else "FALSE", "Subtotal": order.goods, "Total Discount Amount": off, "Tax": 0.0, "Total": total,
               "Amount Paid": total if good else 0.0, "Status": state, "Customer Name": order.customer.name, "Customer Email": order.customer.email}  # fmt: skip
        if good:
            yield _s(order, total)


# ------------------------------------------------------------------------------------------------------------ accounting


@export(
    "ContactName|EmailAddress|POAddressLine1|POCity|PORegion|POPostalCode|POCountry|InvoiceNumber|Reference|InvoiceDate|DueDate|PlannedDate|Total|TaxTotal|InvoiceAmountPaid|InvoiceAmountDue|InventoryItemCode|Description|Quantity|UnitAmount|Discount|"
    "LineAmount|AccountCode|TaxType|TaxAmount|TrackingName1|TrackingOption1|Currency|Type|Sent|Status", form="%d/%m/%Y",
)  # fmt: skip
def xero(rng: random.Random, shop: Shop) -> Rows:
    """The invoice's total on each line, the line's amount without tax, credit notes below zero."""
    for order in shop.orders:
        state, good = _state(rng, ("Paid", "Paid"), ("Voided", "Draft"))
        tax = round(sum(round(line.total * 0.2, 2) for line in order.lines), 2)
        for line in order.lines:
            yield {"ContactName": order.customer.name, "EmailAddress": order.customer.email, "POCountry": "UK", "InvoiceNumber": f"INV-{order.number.strip('#')}", "InvoiceDate": order.when, "DueDate": order.when + timedelta(days=30),
                   "Total": round(order.goods + tax, 2), "TaxTotal": tax, "InvoiceAmountPaid": round(order.goods + tax, 2) if good else 0.0, "InvoiceAmountDue": 0.0, "InventoryItemCode": line.code, "Description": line.product,
                   "Quantity": f"{line.quantity:.4f}", "UnitAmount": line.price, "LineAmount": line.total, "AccountCode": 200, "TaxType": "20% (VAT on Income)", "TaxAmount": round(line.total * 0.2, 2), "Currency": "GBP", "Type": "Sales invoice",
                   "Sent": "Sent", "Status": state}  # fmt: skip
            if good:
                yield _s(order, line.total, line.total + round(line.total * 0.2, 2))


@export("|Type|Date|Num|Memo|Name|Item|Qty|Sales Price|Amount|Balance", form="%m/%d/%Y")
def quickbooks_desktop(rng: random.Random, shop: Shop) -> Rows:
    """A balance that runs on beside each amount; products above their rows and totals below them."""
    running = 0.0
    by_product: dict[str, list[tuple[Order, float, int, float]]] = {}
    for order in shop.orders:
        for line in order.lines:
            by_product.setdefault(line.product, []).append((order, line.price, line.quantity, line.total))
            yield _s(order, line.total)
    yield {"": "Inventory"}
    for product, rows in by_product.items():
        yield {"": product}
        for order, price, quantity, total in rows:
            running = round(running + total, 2)
            yield {"Type": "Invoice", "Date": order.when, "Num": order.number.strip("#"), "Memo": product, "Name": order.customer.name, "Item": product, "Qty": quantity, "Sales Price": price, "Amount": total, "Balance": running}  # fmt: skip
        yield {"": f"Total {product}", "Qty": sum(row[2] for row in rows), "Amount": round(sum(row[3] for row in rows), 2), "Balance": running}  # fmt: skip
    yield {"": "TOTAL", "Amount": running, "Balance": running}


@export("Fecha|Num|Tipo|Contacto|NIF|Descripción|Vencimiento|Base imponible|IVA|Retención|Total|Cobrado|Pendiente|Estado|Etiquetas", delimiter=";", comma=True, form="%d/%m/%Y", money=lambda v: f"{v:,.2f} €".replace(",", "_").replace(".", ",").replace("_", "."))  # fmt: skip
def holded(rng: random.Random, shop: Shop) -> Rows:
    """Spanish invoices; credit notes as rows below zero; collected and outstanding beside the total."""
    for order in shop.orders:
        good = rng.random() > 0.15
        tax = round(order.goods * 0.21, 2)
        total = round(order.goods + tax, 2)
        yield {"Fecha": order.when, "Num": f"F24{order.number.strip('#')}", "Tipo": "Factura", "Contacto": order.customer.name, "NIF": f"B{order.customer.id}", "Descripción": order.lines[0].product, "Vencimiento": order.when + timedelta(days=30),
               "Base imponible": order.goods, "IVA": tax, "Retención": 0.0, "Total": total, "Cobrado": total if good else 0.0, "Pendiente": 0.0, "Estado": "Cobrado" if good else "Anulada"}  # fmt: skip
        if good:
            yield _s(order, total, order.goods)


@export(
    "Billing Document|Billing Type|Sales Organization|Sold-To Party|Name 1|Payer|Billing Date|Item|Material|Description|Billed Quantity|Sales Unit|Net Value|Document Currency|Tax Amount|Cost", delimiter="\t", comma=True, form="%d.%m.%Y",
    money=lambda v: f"{abs(v):,.2f}".replace(",", "_").replace(".", ",").replace("_", ".") + ("-" if v < 0 else ""), encoding="cp1252",
)  # fmt: skip
def sap_billing(rng: random.Random, shop: Shop) -> Rows:
    """The minus stands behind the number; document types F2 and RE for invoices and returns."""
    for place, order in enumerate(shop.orders):
        for nth, line in enumerate(order.lines):
            yield {"Billing Document": 90000000 + place, "Billing Type": "F2", "Sales Organization": "1000", "Sold-To Party": f"00{order.customer.id}", "Name 1": order.customer.name, "Payer": f"00{order.customer.id}", "Billing Date": order.when,
                   "Item": (nth + 1) * 10, "Material": line.code, "Description": line.product, "Billed Quantity": float(line.quantity), "Sales Unit": "ST", "Net Value": line.total, "Document Currency": "EUR",
                   "Tax Amount": round(line.total * 0.19, 2), "Cost": round(line.total / 2, 2)}  # fmt: skip
            yield _s(order, line.total)
        if rng.random() < 0.12:
            line = order.lines[0]
            yield {"Billing Document": 99000000 + place, "Billing Type": "RE", "Sales Organization": "1000", "Sold-To Party": f"00{order.customer.id}", "Name 1": order.customer.name, "Payer": f"00{order.customer.id}",
                   "Billing Date": order.when + timedelta(days=1), "Item": 10, "Material": line.code, "Description": line.product, "Billed Quantity": float(-line.quantity), "Sales Unit": "ST", "Net Value": -line.total, "Document Currency": "EUR",
                   "Tax Amount": round(-line.total * 0.19, 2), "Cost": round(-line.total / 2, 2)}  # fmt: skip
            yield _s(order, -line.total)


@export("Document Type|Document No.|Line No.|Posting Date|Sell-to Customer No.|Sell-to Customer Name|Bill-to Customer No.|Type|No.|Description|Location Code|Quantity|Unit of Measure|Unit Price Excl. VAT|Line Discount %|Amount|Amount Including VAT|Salesperson Code", form="%d-%m-%y", delimiter=";")  # fmt: skip
def navision(rng: random.Random, shop: Shop) -> Rows:
    """Credit memos with amounts above zero that give money back; four columns that number something."""
    for place, order in enumerate(shop.orders):
        head = {"Posting Date": order.when, "Sell-to Customer No.": order.customer.id, "Sell-to Customer Name": order.customer.name, "Bill-to Customer No.": order.customer.id, "Type": "Item", "Location Code": "BLUE", "Salesperson Code": rng.choice(("AH", "PS"))}  # fmt: skip
        for nth, line in enumerate(order.lines):
            yield {**head, "Document Type": "Invoice", "Document No.": f"103{place:03}", "Line No.": (nth + 1) * 10000, "No.": line.code, "Description": line.product, "Quantity": line.quantity, "Unit of Measure": "PCS", "Unit Price Excl. VAT": line.price,
                   "Line Discount %": 0, "Amount": line.total, "Amount Including VAT": round(line.total * 1.25, 2)}  # fmt: skip
            yield _s(order, line.total, round(line.total * 1.25, 2))
        if rng.random() < 0.12:
            line = order.lines[0]
            yield {**head, "Document Type": "Credit Memo", "Document No.": f"104{place:03}", "Line No.": 10000, "No.": line.code, "Description": line.product, "Quantity": line.quantity, "Unit of Measure": "PCS", "Unit Price Excl. VAT": line.price,
                   "Line Discount %": 0, "Amount": line.total, "Amount Including VAT": round(line.total * 1.25, 2)}  # fmt: skip
            yield _s(order, -line.total, -round(line.total * 1.25, 2))


@export(
    "Invoice Date|Invoice ID|Invoice Number|Invoice Status|Accounts Receivable|Due Date|PurchaseOrder|Currency Code|Exchange Rate|Customer ID|Customer Name|Subject|Item Name|Item Desc|Quantity|Discount(%)|Discount Amount|Item Total|Usage unit|Item Price|"
    "SubTotal|Total|Balance|Adjustment|Sales person|Shipping Charge|Tax1 Name|Tax1 %|Tax1 Amount|Billing Country", form="%Y-%m-%d",
)  # fmt: skip
def zoho_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Status Closed means paid; the invoice's total and balance on each line."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Closed",), ("Void", "Draft"))
        for line in order.lines:
            yield {"Invoice Date": order.when, "Invoice ID": 982000000567000 + place, "Invoice Number": f"INV-{place:06}", "Invoice Status": state, "Accounts Receivable": "Accounts Receivable", "Due Date": order.when + timedelta(days=15),
                   "Currency Code": "USD", "Exchange Rate": "1.0", "Customer ID": f"98200000003{order.customer.id}", "Customer Name": order.customer.name, "Item Name": line.product, "Quantity": float(line.quantity), "Discount(%)": "0.0",
                   "Discount Amount": 0.0, "Item Total": line.total, "Item Price": line.price, "SubTotal": order.goods, "Total": order.goods + 7, "Balance": 0.0, "Adjustment": 0.0, "Sales person": rng.choice(("Kim", "Sam")),
                   "Shipping Charge": 7.0, "Billing Country": "U.S.A."}  # fmt: skip
            if good:
                yield _s(order, line.total)


@export(
    "Serie|Número|Fecha|Cód. cliente|Nombre fiscal|N.I.F.|Base|I.V.A.|Total|F. pago|Agente",
    delimiter=";",
    comma=True,
    form="%d/%m/%y",
)
def invoice_series(rng: random.Random, shop: Shop) -> Rows:
    """A series and a number together name an invoice: the number alone comes twice."""
    count = {"A": 0, "B": 0}
    for order in shop.orders:
        series = rng.choice(("A", "B"))
        count[series] += 1
        tax = round(order.goods * 0.21, 2)
        yield {"Serie": series, "Número": count[series], "Fecha": order.when, "Cód. cliente": order.customer.id, "Nombre fiscal": order.customer.name, "N.I.F.": f"B{order.customer.id}", "Base": order.goods, "I.V.A.": tax,
               "Total": round(order.goods + tax, 2), "F. pago": "Contado", "Agente": rng.choice(("1", "2"))}  # fmt: skip
        yield _s(order, order.goods + tax, order.goods)


@export("Opportunity Owner|Account Name|Opportunity Name|Stage|Fiscal Period|Amount Currency|Amount|Expected Revenue|Probability (%)|Close Date|Lead Source|Type", form="%d/%m/%Y", quoting=csv.QUOTE_ALL,
        below=[[], [], ["Pipeline report"], ["Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."], ["Confidential Information - Do Not Distribute"], ["Generated By:  Kim Lee  02/01/2024 10:00"]])  # fmt: skip
def salesforce_opportunities(rng: random.Random, shop: Shop) -> Rows:
    """Deals: only those won are sales; the account is the customer, the owner is not; lines at the end."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Closed Won",), ("Closed Lost", "Closed Lost"))
        yield {"Opportunity Owner": rng.choice(("Kim Lee", "Sam Roe")), "Account Name": order.customer.name, "Opportunity Name": f"{order.customer.name} - {place}", "Stage": state, "Fiscal Period": f"Q{(order.when.month - 1) // 3 + 1}-{order.when.year}",
               "Amount Currency": "EUR", "Amount": order.goods, "Expected Revenue": order.goods if good else 0.0, "Probability (%)": 100 if good else 0, "Close Date": order.when, "Lead Source": "Web", "Type": "Existing Business"}  # fmt: skip
        if good:
            yield _s(order, order.goods)


# ------------------------------------------------------------------------------------------------------------ public sets


@export(
    "Transaction ID|Date|Customer ID|Gender|Age|Product Category|Quantity|Price per Unit|Total Amount",
    form="%Y-%m-%d",
    lines=1,
)
def a_new_customer_each_time(rng: random.Random, shop: Shop) -> Rows:
    """Each transaction has a customer of its own: still orders."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        yield {"Transaction ID": place + 1, "Date": order.when, "Customer ID": f"CUST{place + 1:03}", "Gender": rng.choice(("Male", "Female")), "Age": rng.randint(18, 64), "Product Category": rng.choice(("Beauty", "Clothing")), "Quantity": line.quantity,
               "Price per Unit": line.price, "Total Amount": line.total}  # fmt: skip
        yield Sold(str(place), str(place), order.when, (line.total,))


@export("Invoice ID|Branch|City|Customer type|Gender|Product line|Unit price|Quantity|Tax 5%|Total|Date|Time|Payment|cogs|gross margin percentage|gross income|Rating", form="%m/%d/%Y", lines=1)  # fmt: skip
def supermarket(rng: random.Random, shop: Shop) -> Rows:
    """Members and others, men and women, no customer: must be refused."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        yield {"Invoice ID": f"750-67-{place:04}", "Branch": rng.choice("ABC"), "City": rng.choice(("Yangon", "Mandalay")), "Customer type": rng.choice(("Member", "Normal")), "Gender": rng.choice(("Male", "Female")), "Product line": "Food",
               "Unit price": line.price, "Quantity": line.quantity, "Tax 5%": round(line.total * 0.05, 4), "Total": round(line.total * 1.05, 4), "Date": order.when, "Time": order.when.strftime("%H:%M"), "Payment": "Cash", "cogs": line.total,
               "gross margin percentage": "4.761904762", "gross income": round(line.total * 0.05, 4), "Rating": "9.1"}  # fmt: skip


@export("item_id|status|created_at|sku|price|qty_ordered|grand_total|increment_id|category_name_1|sales_commission_code|discount_amount|payment_method|Working Date|BI Status| MV |Year|Month|Customer Since|M-Y|FY|Customer ID", form="%m/%d/%Y")  # fmt: skip
def pakistan_ecommerce(rng: random.Random, shop: Shop) -> Rows:
    """The order's total on each item; a column ` MV ` with the line's; since when someone is a customer."""
    number = 211130
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("complete", "received", "paid"), ("canceled", "order_refunded", "refund"))
        for line in order.lines:
            number += 1
            yield {"item_id": number, "status": state, "created_at": order.when, "sku": line.code, "price": line.price, "qty_ordered": line.quantity, "grand_total": order.goods, "increment_id": 100147443 + place, "category_name_1": "Men's Fashion",
                   "discount_amount": 0.0, "payment_method": "cod", "Working Date": order.when, "BI Status": "Net", " MV ": f" {line.total:,.2f} ", "Year": order.when.year, "Month": order.when.month, "Customer Since": "2016-7",
                   "M-Y": f"{order.when.month}-{order.when.year}", "FY": "FY17", "Customer ID": order.customer.id}  # fmt: skip
            if good:
                yield _s(order, line.total)


@export("date|datetime|cash_type|card|money|coffee_name", lines=1, form="%Y-%m-%d")
def coffee_machine(rng: random.Random, shop: Shop) -> Rows:
    """The card names who pays; money is the amount; the time stands in the second date."""
    for order in shop.orders:
        line = order.lines[0]
        yield {"date": order.when, "datetime": order.when.strftime("%Y-%m-%d %H:%M:%S.") + f"{rng.randrange(1000):03}", "cash_type": "card", "card": f"ANON-0000-0000-{sum(map(ord, order.customer.name)):04}{order.customer.id}", "money": line.price, "coffee_name": line.product}  # fmt: skip
        yield Sold(order.customer.id, f"{order.when}{order.customer.id}", order.when, (line.price,))


@export("transaction_id|product_id|customer_id|transaction_date|online_order|order_status|brand|product_line|product_class|product_size|list_price|standard_cost|product_first_sold_date", lines=1, form="%d/%m/%Y", above=[["Note: data and information in this document is reflective of a hypothetical situation."]],
        money=lambda v: f"${v:,.2f}")  # fmt: skip
def kpmg_transactions(rng: random.Random, shop: Shop) -> Rows:
    """A note above the header row; since when the product is sold beside when it was."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Approved",), ("Cancelled",))
        line = order.lines[0]
        yield {"transaction_id": place + 1, "product_id": line.code[-2:], "customer_id": order.customer.id, "transaction_date": order.when, "online_order": rng.choice(("True", "False")), "order_status": state, "brand": "Solex", "product_line": "Standard",
               "product_class": "medium", "product_size": "medium", "list_price": line.price, "standard_cost": round(line.price * 0.7, 2), "product_first_sold_date": 41245}  # fmt: skip
        if good:
            yield _s(order, line.price)


@export(
    "TRANSACTION_DT|CUSTOMER_ID|AGE_GROUP|PIN_CODE|PRODUCT_SUBCLASS|PRODUCT_ID|AMOUNT|ASSET|SALES_PRICE",
    form="%m/%d/%Y",
)
def ta_feng(rng: random.Random, shop: Shop) -> Rows:
    """AMOUNT is how many, ASSET what they cost the shop, SALES_PRICE what was paid for them."""
    for order in shop.orders:
        for line in order.lines:
            yield {"TRANSACTION_DT": order.when, "CUSTOMER_ID": f"{1104900 + int(''.join(c for c in order.customer.id if c.isdigit())):08}", "AGE_GROUP": rng.choice(("45-49", "35-39")), "PIN_CODE": "115", "PRODUCT_SUBCLASS": 110411,
                   "PRODUCT_ID": 4710199010372 + int(line.code[-2:]), "AMOUNT": line.quantity, "ASSET": f"{round(line.total * 0.8)}", "SALES_PRICE": line.total}  # fmt: skip
            yield Sold(order.customer.id, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (line.total,))


@export(
    "id|chain|dept|category|company|brand|date|productsize|productmeasure|purchasequantity|purchaseamount",
    form="%Y-%m-%d",
)
def valued_shoppers(rng: random.Random, shop: Shop) -> Rows:
    """`id` is the shopper's: it repeats over days."""
    for order in shop.orders:
        for line in order.lines:
            yield {"id": 86246 + int("".join(c for c in order.customer.id if c.isdigit())), "chain": 205, "dept": 7, "category": 707, "company": 1078778070, "brand": 12564, "date": order.when, "productsize": "12", "productmeasure": "OZ",
                   "purchasequantity": line.quantity, "purchaseamount": line.total}  # fmt: skip
            yield Sold(order.customer.id, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (line.total,))


@export("ProductKey|OrderDateKey|DueDateKey|ShipDateKey|CustomerKey|PromotionKey|CurrencyKey|SalesTerritoryKey|SalesOrderNumber|SalesOrderLineNumber|RevisionNumber|OrderQuantity|UnitPrice|ExtendedAmount|UnitPriceDiscountPct|DiscountAmount|ProductStandardCost|"
        "TotalProductCost|SalesAmount|TaxAmt|Freight|OrderDate|DueDate|ShipDate", delimiter="\t")  # fmt: skip
def adventure_works(rng: random.Random, shop: Shop) -> Rows:
    """Dates as keys and as dates; costs, tax and freight beside the sales amount."""
    for place, order in enumerate(shop.orders):
        due, ship = order.when + timedelta(days=12), order.when + timedelta(days=7)
        for nth, line in enumerate(order.lines):
            yield {"ProductKey": 300 + int(line.code[-2:]), "OrderDateKey": f"{order.when:%Y%m%d}", "DueDateKey": f"{due:%Y%m%d}", "ShipDateKey": f"{ship:%Y%m%d}", "CustomerKey": 11000 + int("".join(c for c in order.customer.id if c.isdigit())), "PromotionKey": 1,
                   "CurrencyKey": 100, "SalesTerritoryKey": rng.randint(1, 9), "SalesOrderNumber": f"SO{43697 + place}", "SalesOrderLineNumber": nth + 1, "RevisionNumber": 1, "OrderQuantity": line.quantity, "UnitPrice": line.price, "ExtendedAmount": line.total,
                   "UnitPriceDiscountPct": 0.0, "DiscountAmount": 0.0, "ProductStandardCost": round(line.price / 2, 4), "TotalProductCost": round(line.total / 2, 4), "SalesAmount": line.total, "TaxAmt": round(line.total * 0.08, 4),
                   "Freight": round(line.total * 0.025, 4), "OrderDate": order.when, "DueDate": due, "ShipDate": ship}  # fmt: skip
            yield _s(order, line.total)


@export(
    "OrderID|CustomerID|EmployeeID|OrderDate|RequiredDate|ShippedDate|ShipVia|Freight|ShipName|ShipCity|ShipCountry|ProductID|UnitPrice|Quantity|Discount",
    form="%Y-%m-%d %H:%M:%S.000",
)
def northwind(rng: random.Random, shop: Shop) -> Rows:
    """The discount is a fraction of one; freight of the order on each line; an employee beside the customer."""
    for place, order in enumerate(shop.orders):
        freight, employee = round(rng.uniform(3, 60), 2), rng.randint(1, 9)
        for line in order.lines:
            off = rng.choice((0, 0, 0.15, 0.25))
            yield {"OrderID": 10248 + place, "CustomerID": order.customer.name[:5].upper().replace(" ", "") + order.customer.id, "EmployeeID": employee, "OrderDate": order.when, "RequiredDate": order.when + timedelta(days=28),
                   "ShippedDate": order.when + timedelta(days=8), "ShipVia": rng.randint(1, 3), "Freight": freight, "ShipName": order.customer.name, "ShipCity": "Reims", "ShipCountry": "France", "ProductID": int(line.code[-2:]) + 1,
                   "UnitPrice": line.price, "Quantity": line.quantity, "Discount": f"{off}"}  # fmt: skip
            yield _s(order, line.total * (1 - off))


@export(
    "sales_key|date_key|store_key|customer_key|product_key|txn_nbr|qty_sold|unit_retail_amt|ext_retail_amt|disc_amt|net_sales_amt|cogs_amt|load_ts",
    form="%Y-%m-%dT%H:%M:%SZ",
)
def warehouse_facts(rng: random.Random, shop: Shop) -> Rows:
    """A data warehouse's table of facts: dates as eight digits, a time of loading that is the same for all."""
    number = 0
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            number += 1
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            yield {"sales_key": number, "date_key": f"{order.when:%Y%m%d}", "store_key": rng.randint(1, 4), "customer_key": 880000 + int("".join(c for c in order.customer.id if c.isdigit())), "product_key": 40 + int(line.code[-2:]), "txn_nbr": 55000 + place,
                   "qty_sold": line.quantity, "unit_retail_amt": line.price, "ext_retail_amt": line.total, "disc_amt": off, "net_sales_amt": round(line.total - off, 2), "cogs_amt": round(line.total / 2, 2), "load_ts": datetime(2024, 9, 1, 3, 0)}  # fmt: skip
            yield _s(order, line.total - off)


# ------------------------------------------------------------------------------------------------- dialects and dates


def _lines(shop: Shop, names: Sequence[str]) -> Rows:
    order_id, when, customer, product, quantity, price = names
    for order in shop.orders:
        for line in order.lines:
            yield {
                order_id: order.number,
                when: order.when,
                customer: order.customer.id,
                product: line.product,
                quantity: line.quantity,
                price: line.price,
            }
            yield _s(order, line.total)


_EN = ("Order ID", "Order Date", "Customer ID", "Product", "Quantity", "Unit Price")
_DE = ("Bestellnummer", "Bestelldatum", "Kundennummer", "Artikel", "Menge", "Einzelpreis")
_ES = ("Nº Pedido", "Fecha", "Cód. Cliente", "Artículo", "Cantidad", "Precio")


@export("|".join(_DE), delimiter=";", money=lambda v: f"{v:,.2f}".replace(",", "'"), form="%d.%m.%Y")
def swiss_thousands(rng: random.Random, shop: Shop) -> Rows:
    """1'234.50"""
    return _lines(shop, _DE)


def _lakh(value: float) -> str:
    whole, cents = f"{value * 100:.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    parts = []
    while len(head) > 2:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return "₹" + ",".join([*([head] if head else []), *parts, tail]) + f".{cents}"


@export("|".join(_EN), money=_lakh, form="%d-%m-%Y")
def indian_thousands(rng: random.Random, shop: Shop) -> Rows:
    """₹1,23,456.00"""
    for row in _lines(shop, _EN):
        yield (
            Sold(row.customer, row.order, row.when, (round(row.amounts[0] * 100, 2),)) if isinstance(row, Sold) else row
        )


@export(
    "|".join(_EN),
    delimiter=";",
    money=lambda v: f"{v * 100:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€",
    form="%d/%m/%Y",
)
def narrow_spaces(rng: random.Random, shop: Shop) -> Rows:
    """1 234,56 € with narrow and unbreakable spaces."""
    for row in _lines(shop, _EN):
        yield (
            Sold(row.customer, row.order, row.when, (round(row.amounts[0] * 100, 2),)) if isinstance(row, Sold) else row
        )


@export("|".join(_EN), money=lambda v: f"Rs {v * 100:,.0f}/-", form="%d-%b-%y")
def rupees_with_a_slash(rng: random.Random, shop: Shop) -> Rows:
    """Rs 1,234/-"""
    for order in shop.orders:
        for line in order.lines:
            price = float(round(line.price))
            yield {
                "Order ID": order.number,
                "Order Date": order.when,
                "Customer ID": order.customer.id,
                "Product": line.product,
                "Quantity": line.quantity,
                "Unit Price": price,
            }
            yield _s(order, price * 100 * line.quantity)


@export("|".join(_EN), money=lambda v: f"{v:.2f} €/pc")
def price_per_piece(rng: random.Random, shop: Shop) -> Rows:
    """4.50 €/pc"""
    return _lines(shop, _EN)


_ES_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@export("|".join(_ES), delimiter=";", comma=True, date=lambda d: f"{d.day:02}-{_ES_MONTHS[d.month - 1]}-{d.year}")
def spanish_short_months(rng: random.Random, shop: Shop) -> Rows:
    """31-dic-2023"""
    return _lines(shop, _ES)


_DE_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@export("|".join(_DE), delimiter=";", comma=True, date=lambda d: f"{_DE_DAYS[d.weekday()]}, {d:%d.%m.%Y}")
def german_weekdays(rng: random.Random, shop: Shop) -> Rows:
    """Do, 31.12.2023"""
    return _lines(shop, _DE)


@export(
    "|".join(_EN),
    date=lambda d: f"{d.year}. {d.month}. {d.day}. {'오후' if d.hour >= 12 else '오전'} {d.hour % 12 or 12}:{d:%M:%S}",
)
def korean_times(rng: random.Random, shop: Shop) -> Rows:
    """2023. 12. 31. 오후 3:04:05"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: f"{d.year}年{d.month}月{d.day}日 {d:%H:%M}")
def japanese_dates(rng: random.Random, shop: Shop) -> Rows:
    """2023年12月31日 15:04"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: f"{d.day}/{d.month}/{d.year + 543} {d:%H:%M}")
def buddhist_years(rng: random.Random, shop: Shop) -> Rows:
    """31/12/2566"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: f"{(d - datetime(1899, 12, 30)).total_seconds() / 86400:.6f}")
def spreadsheet_numbers(rng: random.Random, shop: Shop) -> Rows:
    """45123.560417"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: f"{int((d - datetime(1970, 1, 1)).total_seconds() * 1000)}")
def milliseconds(rng: random.Random, shop: Shop) -> Rows:
    """1704038400000"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: d.strftime("%A, %B %d, %Y at %I:%M %p"))
def long_english_dates(rng: random.Random, shop: Shop) -> Rows:
    """Sunday, December 31, 2023 at 03:04 PM"""
    return _lines(shop, _EN)


@export("|".join(_EN), date=lambda d: d.strftime("%a %b %d %Y %H:%M:%S GMT+0100 (Central European Standard Time)"))
def javascript_dates(rng: random.Random, shop: Shop) -> Rows:
    """Sun Dec 31 2023 15:04:05 GMT+0100 (Central European Standard Time)"""
    return _lines(shop, _EN)


@export(
    "|".join(_EN), date=lambda d: f"{d.month}/{d.day}/{d:%y} {d.hour % 12 or 12}:{d:%M}{'p' if d.hour >= 12 else 'a'}"
)
def short_p_m(rng: random.Random, shop: Shop) -> Rows:
    """12/31/23 3:04p"""
    return _lines(shop, _EN)


@export(
    "|".join(_ES),
    delimiter=";",
    comma=True,
    date=lambda d: f"{d:%d/%m/%Y} {d.hour % 12 or 12}:{d:%M:%S} {'p. m.' if d.hour >= 12 else 'a. m.'}",
)
def spanish_p_m(rng: random.Random, shop: Shop) -> Rows:
    """31/12/2023 3:04:05 p. m. (with an unbreakable space)"""
    return _lines(shop, _ES)


def _raw(kind: str, text: str, sold: Sequence[Sold], name: str = "export.csv", encoding: str = "utf-8") -> Constructed:
    return Constructed(kind, ((name, text.encode(encoding)),), tuple(sold))


def _shop(rng: random.Random, **options: int) -> Shop:
    shop = Shop(rng, orders=rng.choice((15, 30, 60)), **options)
    shop.orders[0].when = shop.orders[0].when.replace(day=max(13, shop.orders[0].when.day))
    shop.orders.sort(key=lambda order: order.when)
    return shop


def mysql_backslashes(rng: random.Random) -> Constructed:
    """MySQL's way: quotes with a backslash before them inside quotes, \\N for nothing."""
    shop, sold = _shop(rng), []
    rows = ['"id","created","customer_id","item","qty","price","note"']
    for order in shop.orders:
        for line in order.lines:
            item = rng.choice((line.product, f'{line.product} 5\\" wide', f'{line.product}, \\"blue\\", small'))
            rows.append(
                f'"{order.number}","{order.when}","{order.customer.id}","{item}","{line.quantity}","{line.price:.2f}",\\N'
            )
            sold.append(_s(order, line.total))
    return _raw("mysql_backslashes", "\n".join(rows), sold)


def trailing_delimiters(rng: random.Random) -> Constructed:
    """Each row ends in a separator, the header row does not: nothing is shifted."""
    shop, sold = _shop(rng), []
    rows = ["Order ID;Date;Customer;Product;Qty;Amount"]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                f"{order.number};{order.when:%Y-%m-%d};{order.customer.id};{line.product};{line.quantity};{line.total:.2f};"
            )
            sold.append(_s(order, line.total))
    return _raw("trailing_delimiters", "\n".join(rows), sold)


def printed_pages(rng: random.Random) -> Constructed:
    """A printed report: page numbers and the header row again on each page."""
    shop, sold = _shop(rng), []
    lines = [(order, line) for order in shop.orders for line in order.lines]
    rows = []
    for place, (order, line) in enumerate(lines):
        if place % 20 == 0:
            rows += [
                f"Listado de ventas;;;;;;Página {place // 20 + 1} de {len(lines) // 20 + 1}",
                "Fecha;Factura;Cliente;Artículo;Cant.;Precio;Importe",
            ]
        rows.append(
            f"{order.when:%d/%m/%Y};{order.number};{order.customer.name};{line.product};{line.quantity};{line.price:.2f};{line.total:.2f}".replace(
                ".", ","
            )
        )
        sold.append(_s(order, line.total))
    return _raw("printed_pages", "\r\n".join(rows), sold, encoding="cp1252")


def line_breaks_in_the_header(rng: random.Random) -> Constructed:
    """Column names in two lines inside quotes; notes with line breaks in the cells."""
    shop, sold = _shop(rng), []
    rows = ['"Order\nNo.","Order\nDate","Customer\nName","Item","Qty\n(pcs)","Line\nTotal\n(EUR)","Note"']
    for order in shop.orders:
        for line in order.lines:
            note = rng.choice(("", '"ring twice,\nthen call"'))
            rows.append(
                f"{order.number},{order.when:%Y-%m-%d},{order.customer.name},{line.product},{line.quantity},{line.total:.2f},{note}"
            )
            sold.append(_s(order, line.total))
    return _raw("line_breaks_in_the_header", "\n".join(rows), sold)


def the_same_name_twice(rng: random.Random) -> Constructed:
    """`Name`, `Country` and `Total` stand twice: for billing and delivery, for the line and the order."""
    shop, sold = _shop(rng), []
    rows = ["Order,Date,Name,Email,Country,Name,Country,Item,Qty,Price,Total,Shipping,Total"]
    for order in shop.orders:
        gift = rng.choice(FRIENDS)
        for line in order.lines:
            rows.append(
                f"{order.number},{order.when:%Y-%m-%d %H:%M},{order.customer.name},{order.customer.email},ES,{gift},PT,{line.product},{line.quantity},{line.price:.2f},{line.total:.2f},5.00,{order.goods + 5:.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw("the_same_name_twice", "\n".join(rows), sold)


FRIENDS = ("Zoe Gift", "Yan Gift", "Xia Gift")


def items_as_json(rng: random.Random) -> Constructed:
    """A cell with the items in JSON, commas and quotes inside; the order's total counts."""
    shop, sold = _shop(rng), []
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["order_id", "created_at", "customer", "line_items", "metadata", "total_price"])
    for order in shop.orders:
        items = json.dumps(
            [{"title": line.product, "quantity": line.quantity, "price": f"{line.price:.2f}"} for line in order.lines]
        )
        writer.writerow(
            [
                order.number,
                order.when.isoformat() + "+02:00",
                json.dumps({"id": order.customer.id, "email": order.customer.email}),
                items,
                "{}",
                f"{order.goods:.2f}",
            ]
        )
        sold.append(_s(order, order.goods))
    return _raw("items_as_json", out.getvalue(), sold)


def credit_and_debit(rng: random.Random) -> Constructed:
    """A ledger: sales with DR and refunds with CR behind the number."""
    shop, sold = _shop(rng), []
    rows = ["Voucher No,Voucher Date,Party Name,Voucher Type,Amount"]
    for place, order in enumerate(shop.orders):
        rows.append(f'S/{place},{order.when:%d-%b-%Y},{order.customer.name},Sales,"{order.goods:,.2f} Dr"')
        sold.append(_s(order, order.goods))
        if rng.random() < 0.12:
            rows.append(
                f'CN/{place},{order.when:%d-%b-%Y},{order.customer.name},Credit Note,"{order.lines[0].total:,.2f} Cr"'
            )
            sold.append(_s(order, -order.lines[0].total))
    return _raw("credit_and_debit", "\n".join(rows), sold)


def datev(rng: random.Random) -> Constructed:
    """A batch of bookings: amounts, accounts, days without a year. No shop export: must be refused."""
    shop = _shop(rng)
    rows = ['"EXTF";700;21;"Buchungsstapel";7;20240131120000000;;"RE";"";"";1001;456;20240101;4;20240101;20240131;"Januar";"";1;0;0;"EUR"',
            "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext"]  # fmt: skip
    for order in shop.orders:
        number = 10000 + sum(map(ord, order.customer.id))
        rows.append(
            f'{order.goods:.2f};"S";"EUR";;;"";{number};8400;"";{order.when:%d%m};"{order.number}";"";;"Verkauf"'.replace(
                ".", ","
            )
        )
    return _raw("datev", "\r\n".join(rows), [], name="EXTF_Buchungsstapel.csv", encoding="cp1252")


@export(
    "date|paid to|item type|item name|artist|currency|item price|quantity|discount code|sub total|seller tax|marketplace tax|shipping|ship from country name|transaction fee|fee type|item total|amount you received|bandcamp transaction id|paypal transaction id|net amount|package|option|item url|catalog number|upc|isrc|buyer name|buyer email|buyer phone|buyer note|ship to name|ship to country|referer",
    encoding="utf-16",
    date=lambda d: f"{d.month}/{d.day}/{d:%y} {d.hour % 12 or 12}:{d:%M}{'pm' if d.hour >= 12 else 'am'}",
    lines=1,
)
def bandcamp(rng: random.Random, shop: Shop) -> Rows:
    """UTF-16; fees; payouts among sales; what the artist received."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        fee = round(line.total * 0.1, 2)
        yield {
            "date": order.when,
            "paid to": "band@mail.com",
            "item type": rng.choice(("track", "album", "package")),
            "item name": line.product,
            "artist": "The Band",
            "currency": "USD",
            "item price": line.price,
            "quantity": line.quantity,
            "sub total": line.total,
            "seller tax": 0.0,
            "marketplace tax": 0.0,
            "shipping": 0.0,
            "transaction fee": -fee,
            "fee type": "paypal",
            "item total": line.total,
            "amount you received": round(line.total - fee, 2),
            "bandcamp transaction id": 400000 + place,
            "paypal transaction id": f"9X{place:09}",
            "net amount": round(line.total - fee, 2),
            "buyer name": order.customer.name,
            "buyer email": order.customer.email,
            "ship to country": "Spain",
        }
        yield _s(order, line.total, line.total - fee)


@export(
    "Number|Buyer name|Buyer first name|Buyer last name|Buyer email|Buyer phone number|Payment status|Shipping status|Completed at|Currency|Item count|Item total|Total price|Total shipping|Total tax|Total discount|Discount code|Note|Private notes|Shipping address 1|Shipping city|Shipping country|Items",
    form="%Y-%m-%d %H:%M:%S -0500",
)
def big_cartel(rng: random.Random, shop: Shop) -> Rows:
    """A row per order; `Number` alone names it; items in one cell."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("completed",), ("refunded", "pending"))
        yield {
            "Number": f"KPQR-{100000 + place}",
            "Buyer name": order.customer.name,
            "Buyer first name": order.customer.name.split()[0],
            "Buyer last name": order.customer.name.split(maxsplit=1)[1],
            "Buyer email": order.customer.email,
            "Payment status": state,
            "Shipping status": "shipped",
            "Completed at": order.when,
            "Currency": "USD",
            "Item count": sum(x.quantity for x in order.lines),
            "Item total": order.goods,
            "Total price": order.goods + 6,
            "Total shipping": 6.0,
            "Total tax": 0.0,
            "Total discount": 0.0,
            "Shipping country": "United States",
            "Items": ";".join(f"product_name:{x.product}|quantity:{x.quantity}|price:{x.price}" for x in order.lines),
        }
        if good:
            yield _s(order, order.goods + 6, order.goods)


@export(
    "Order Date|Order Number|Purchase Order Number|Retailer Name|Address 1|City|State|Zip Code|Country|Product Name|Option Name|SKU|GTIN|Status|Quantity|Wholesale Price|Retail Price|Ship Date|Scheduled Order Date|Notes",
    form="%b %d, %Y",
    money=lambda v: f"${v:,.2f}",
)
def faire(rng: random.Random, shop: Shop) -> Rows:
    """The retailer is the customer; the wholesale price is paid, the retail price is not."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Shipped", "Delivered", "Processing"), ("Canceled",))
        for line in order.lines:
            yield {
                "Order Date": order.when,
                "Order Number": f"BQXZ{place:05}",
                "Purchase Order Number": "",
                "Retailer Name": order.customer.name,
                "City": "Austin",
                "State": "Texas",
                "Country": "United States",
                "Product Name": line.product,
                "SKU": line.code,
                "Status": state,
                "Quantity": line.quantity,
                "Wholesale Price": line.price,
                "Retail Price": round(line.price * 2, 2),
                "Ship Date": order.when + timedelta(days=3),
            }
            if good:
                yield _s(order, line.total)


@export(
    "Date of sale|Time of sale|Date of listing|Bundle|Buyer|Brand|Description|Size|Item price|Buyer shipping cost|Total|Shipping cost|Depop fee|Depop Payments fee|Boosting fee|Payment type|Category|Name|City|State|Country|Refunded to buyer amount|Fees refunded to seller",
    form="%m/%d/%Y",
    money=lambda v: f"${v:.2f}",
    lines=1,
)
def depop(rng: random.Random, shop: Shop) -> Rows:
    """Date of sale and of listing; fees; refunds in a column; N/A where nothing is."""
    for order in shop.orders:
        line, back = order.lines[0], rng.random() < 0.12
        yield {
            "Date of sale": order.when,
            "Time of sale": order.when.strftime("%I:%M %p"),
            "Date of listing": order.when - timedelta(days=40),
            "Bundle": "No",
            "Buyer": f"dp_{order.customer.id}",
            "Brand": "Other",
            "Description": f"{line.product}, barely used",
            "Size": "M",
            "Item price": line.price,
            "Buyer shipping cost": 4.0,
            "Total": line.price + 4,
            "Shipping cost": "N/A",
            "Depop fee": round(line.price * 0.1, 2),
            "Depop Payments fee": 0.5,
            "Boosting fee": 0.0,
            "Payment type": "Depop Payments",
            "Category": "Tops",
            "Name": order.customer.name,
            "City": "Leeds",
            "Country": "GB",
            "Refunded to buyer amount": line.price + 4 if back else 0.0,
            "Fees refunded to seller": 0.0,
        }
        if not back:
            yield Sold(
                order.customer.id, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (line.price, line.price + 4)
            )


@export(
    "Référence commande|Date de création|Date d'expédition maximale|Statut|Nom du client|Adresse de livraison|Code postal|Ville|Référence produit|Libellé produit|Quantité|Prix unitaire|Frais de port|Montant total|Commission TTC",
    delimiter=";",
    comma=True,
    form="%d/%m/%Y %H:%M",
    encoding="cp1252",
)
def cdiscount(rng: random.Random, shop: Shop) -> Rows:
    """French marketplace: the latest day of dispatch beside the day of the order; a commission."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng, ("Expédiée", "Acceptée par le vendeur"), ("Annulée par le client", "Refusée", "Remboursée")
        )
        for line in order.lines:
            yield {
                "Référence commande": f"2401{place:06}",
                "Date de création": order.when,
                "Date d'expédition maximale": order.when + timedelta(days=3),
                "Statut": state,
                "Nom du client": order.customer.name,
                "Ville": "Lyon",
                "Référence produit": line.code,
                "Libellé produit": line.product,
                "Quantité": line.quantity,
                "Prix unitaire": line.price,
                "Frais de port": 0.0,
                "Montant total": line.total,
                "Commission TTC": round(line.total * 0.15, 2),
            }
            if good:
                yield _s(order, line.total)


@export(
    "Sale Date|Client ID|Client|Sale ID|Item name|Location|Notes|Color|Size|Item price (excl. tax)|Quantity|Subtotal (excl. tax)|Discount %|Discount amount|Tax|Item Total|Total Paid w/ Payment Method|Payment Method",
    form="%m/%d/%Y",
    money=lambda v: f"{v:.2f}",
)
def mindbody(rng: random.Random, shop: Shop) -> Rows:
    """Discount in percent and in money; item total with tax; names as `Last, First`."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            pct = rng.choice((0, 0, 10, 20))
            off = round(line.total * pct / 100, 2)
            net = round(line.total - off, 2)
            tax = round(net * 0.08, 2)
            yield {
                "Sale Date": order.when,
                "Client ID": f"1000{order.customer.id}",
                "Client": ", ".join(reversed(order.customer.name.split(maxsplit=1))),
                "Sale ID": 70000 + place,
                "Item name": line.product,
                "Location": "Studio A",
                "Item price (excl. tax)": line.price,
                "Quantity": line.quantity,
                "Subtotal (excl. tax)": line.total,
                "Discount %": f"{pct}%",
                "Discount amount": off,
                "Tax": tax,
                "Item Total": round(net + tax, 2),
                "Total Paid w/ Payment Method": round(net + tax, 2),
                "Payment Method": "Visa",
            }
            yield _s(order, net + tax, net)


@export(
    "Sale no.|Sale date|Sale status|Appointment ref.|Client|Team member|Channel|Location|Item|Category|Qty|Gross sales|Item discounts|Cart discounts|Net sales|Tax|Total sales|Tips",
    form="%d %b %Y, %I:%M%p",
)
def fresha(rng: random.Random, shop: Shop) -> Rows:
    """Salon: who served beside who was served; voided sales; walk-ins are nobody."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Completed",), ("Voided",))
        walk = place > 4 and rng.random() < 0.2
        for line in order.lines:
            off = round(line.total * rng.choice((0, 0, 0.1)), 2)
            net = round(line.total - off, 2)
            yield {
                "Sale no.": place + 1,
                "Sale date": order.when,
                "Sale status": state,
                "Appointment ref.": f"#0{place:05X}",
                "Client": "Walk-In" if walk else order.customer.name,
                "Team member": rng.choice(("Kim", "Sam")),
                "Channel": "Offline",
                "Location": "Main",
                "Item": line.product,
                "Category": "Hair",
                "Qty": line.quantity,
                "Gross sales": line.total,
                "Item discounts": -off,
                "Cart discounts": 0.0,
                "Net sales": net,
                "Tax": 0.0,
                "Total sales": net,
                "Tips": 0.0,
            }
            if good and not walk:
                yield _s(order, net)


@export(
    "Transaction Date|Type|Order|Card Brand|Card Source|Payout Status|Payout Date|Payout ID|Available On|Amount|Fee|Net|Checkout|Payment Method Name|Presentment Amount|Presentment Currency|Currency|VAT",
    form="%Y-%m-%d %H:%M:%S -0700",
)
def shopify_payouts(rng: random.Random, shop: Shop) -> Rows:
    """Payments without customers: must be refused."""
    for place, order in enumerate(shop.orders):
        yield {
            "Transaction Date": order.when,
            "Type": "charge",
            "Order": f"#{1000 + place}",
            "Card Brand": rng.choice(("visa", "master", "amex")),
            "Card Source": "online",
            "Payout Status": "paid",
            "Payout Date": (order.when + timedelta(days=3)).strftime("%Y-%m-%d"),
            "Payout ID": 900000 + place // 6,
            "Available On": (order.when + timedelta(days=3)).strftime("%Y-%m-%d"),
            "Amount": order.goods,
            "Fee": round(order.goods * 0.029, 2),
            "Net": round(order.goods * 0.971, 2),
            "Checkout": f"#{777000 + place}",
            "Payment Method Name": "card",
            "Presentment Amount": order.goods,
            "Presentment Currency": "EUR",
            "Currency": "EUR",
            "VAT": 0.0,
        }


@export(
    "Numéro de commande|Date de commande|État de la commande|Prénom (facturation)|Nom (facturation)|E-mail (facturation)|Téléphone (facturation)|Moyen de paiement|Nom de l’article|Quantité|Prix de l’article|Total de la ligne|Frais de livraison|Montant total de la commande",
    delimiter=";",
    comma=True,
    form="%Y-%m-%d %H:%M",
)
def woocommerce_french(rng: random.Random, shop: Shop) -> Rows:
    """French names and states; total of the line and of the order."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Terminée", "En cours"), ("Annulée", "Échouée", "Attente paiement", "Remboursée"))
        for line in order.lines:
            yield {
                "Numéro de commande": 4000 + place,
                "Date de commande": order.when,
                "État de la commande": state,
                "Prénom (facturation)": order.customer.name.split()[0],
                "Nom (facturation)": order.customer.name.split(maxsplit=1)[1],
                "E-mail (facturation)": order.customer.email,
                "Moyen de paiement": "Carte",
                "Nom de l’article": line.product,
                "Quantité": line.quantity,
                "Prix de l’article": line.price,
                "Total de la ligne": line.total,
                "Frais de livraison": 4.9,
                "Montant total de la commande": round(order.goods + 4.9, 2),
            }
            if good:
                yield _s(order, line.total)


@export(
    "Rendelésszám|Rendelés dátuma|Vevő neve|E-mail cím|Telefonszám|Fizetési mód|Termék neve|Cikkszám|Mennyiség|Bruttó egységár|Bruttó összesen|Szállítási díj|Állapot|Megjegyzés",
    delimiter=";",
    encoding="cp1250",
    date=lambda d: f"{d:%Y.%m.%d. %H:%M}",
    money=lambda v: f"{round(v) * 10:,} Ft".replace(",", " "),
)
def unas_hungarian(rng: random.Random, shop: Shop) -> Rows:
    """Hungarian: forints with blanks, a point behind the day."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Teljesítve", "Feldolgozás alatt", "Kiszállítva"), ("Törölve", "Lemondva"))
        for line in order.lines:
            yield {
                "Rendelésszám": f"12345-{100000 + place}",
                "Rendelés dátuma": order.when,
                "Vevő neve": order.customer.name,
                "E-mail cím": order.customer.email,
                "Telefonszám": order.customer.phone,
                "Fizetési mód": "Bankkártya",
                "Termék neve": line.product,
                "Cikkszám": line.code,
                "Mennyiség": f"{line.quantity} db",
                "Bruttó egységár": float(round(line.price)),
                "Bruttó összesen": float(round(line.price) * line.quantity),
                "Szállítási díj": 99.0,
                "Állapot": state,
            }
            if good:
                yield _s(order, round(line.price) * 10 * line.quantity)


@export(
    "code|date|statusName|currency|exchangeRate|email|phone|billFullName|billCompany|deliveryFullName|remark|totalPriceWithVat|totalPriceWithoutVat|itemName|itemAmount|itemCode|itemVariantName|itemUnitPriceWithVat|itemUnitPriceWithoutVat|itemTotalPriceWithVat|itemTotalPriceWithoutVat|itemPurchasePrice",
    delimiter=";",
    comma=True,
    encoding="cp1250",
)
def shoptet_czech(rng: random.Random, shop: Shop) -> Rows:
    """Delivery and payment are rows among the items; prices with and without VAT."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Vyřízena", "Odeslána", "Nevyřízena"), ("Stornována",))
        total = round(order.goods + 79, 2)
        head = {
            "code": f"2024{place:06}",
            "date": order.when,
            "statusName": state,
            "currency": "CZK",
            "exchangeRate": "1",
            "email": order.customer.email,
            "billFullName": order.customer.name,
            "deliveryFullName": order.customer.name,
            "totalPriceWithVat": total,
            "totalPriceWithoutVat": round(total / 1.21, 2),
        }
        for line in order.lines:
            yield {
                **head,
                "itemName": line.product,
                "itemAmount": line.quantity,
                "itemCode": line.code,
                "itemUnitPriceWithVat": line.price,
                "itemUnitPriceWithoutVat": round(line.price / 1.21, 2),
                "itemTotalPriceWithVat": line.total,
                "itemTotalPriceWithoutVat": round(line.total / 1.21, 2),
                "itemPurchasePrice": round(line.price / 2, 2),
            }
        yield {
            **head,
            "itemName": "PPL",
            "itemAmount": 1,
            "itemCode": "SHIPPING11",
            "itemUnitPriceWithVat": 79.0,
            "itemUnitPriceWithoutVat": 65.29,
            "itemTotalPriceWithVat": 79.0,
            "itemTotalPriceWithoutVat": 65.29,
        }
        if good:
            yield _s(order, total, order.goods)


@export(
    "رقم الطلب|تاريخ الطلب|حالة الطلب|اسم العميل|رقم الجوال|المدينة|طريقة الدفع|إجمالي المنتجات|تكلفة الشحن|إجمالي الطلب",
    form="%Y-%m-%d %H:%M:%S",
    money=lambda v: f"{v:.2f} ر.س",
)
def salla_arabic(rng: random.Random, shop: Shop) -> Rows:
    """Arabic: riyals behind the number; states; the mobile names the customer."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("تم التنفيذ", "تم التوصيل"), ("ملغي", "محذوف", "مسترجع"))
        yield {
            "رقم الطلب": 123456000 + place,
            "تاريخ الطلب": order.when,
            "حالة الطلب": state,
            "اسم العميل": order.customer.name,
            "رقم الجوال": order.customer.phone,
            "المدينة": "الرياض",
            "طريقة الدفع": "مدى",
            "إجمالي المنتجات": order.goods,
            "تكلفة الشحن": 25.0,
            "إجمالي الطلب": order.goods + 25,
        }
        if good:
            yield _s(order, order.goods + 25, order.goods)


@export(
    "หมายเลขคำสั่งซื้อ|สถานะการสั่งซื้อ|สถานะการคืนเงินหรือคืนสินค้า|ชื่อผู้ใช้ (ผู้ซื้อ)|วันที่ทำการสั่งซื้อ|เวลาการชำระสินค้า|ช่องทางการชำระเงิน|เลขอ้างอิง SKU (SKU Reference No.)|ชื่อสินค้า|ชื่อตัวเลือก|ราคาตั้งต้น|ราคาขาย|จำนวน|ราคาขายสุทธิ|โค้ดส่วนลดชำระโดยผู้ขาย|ค่าจัดส่งที่ชำระโดยผู้ซื้อ|จำนวนเงินทั้งหมด|ชื่อผู้รับ|หมายเลขโทรศัพท์|จังหวัด|ประเทศ",
    form="%Y-%m-%d %H:%M",
)
def shopee_thai(rng: random.Random, shop: Shop) -> Rows:
    """Thai: first price, price, net price of the line, total of the order."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("สำเร็จแล้ว", "จัดส่งสำเร็จแล้ว", "ที่ต้องจัดส่ง"), ("ยกเลิกแล้ว",))
        for line in order.lines:
            yield {
                "หมายเลขคำสั่งซื้อ": f"2401{place:05}TH",
                "สถานะการสั่งซื้อ": state,
                "ชื่อผู้ใช้ (ผู้ซื้อ)": f"th_{order.customer.id}",
                "วันที่ทำการสั่งซื้อ": order.when,
                "เวลาการชำระสินค้า": order.when if good else "-",
                "ช่องทางการชำระเงิน": "พร้อมเพย์",
                "เลขอ้างอิง SKU (SKU Reference No.)": line.code,
                "ชื่อสินค้า": line.product,
                "ราคาตั้งต้น": round(line.price * 1.3, 2),
                "ราคาขาย": line.price,
                "จำนวน": line.quantity,
                "ราคาขายสุทธิ": line.total,
                "โค้ดส่วนลดชำระโดยผู้ขาย": 0.0,
                "ค่าจัดส่งที่ชำระโดยผู้ซื้อ": 30.0,
                "จำนวนเงินทั้งหมด": order.goods + 30,
                "ชื่อผู้รับ": "******",
                "หมายเลขโทรศัพท์": "******12",
                "จังหวัด": "กรุงเทพ",
                "ประเทศ": "TH",
            }
            if good:
                yield _s(order, line.total)


@export(
    "Mã đơn hàng|Ngày đặt hàng|Trạng Thái Đơn Hàng|Người Mua|Tên sản phẩm|SKU sản phẩm|Giá gốc|Giá ưu đãi|Số lượng|Tổng giá bán (sản phẩm)|Tổng giá trị đơn hàng (VND)|Phí vận chuyển mà người mua trả|Tên Người nhận|Số điện thoại|Tỉnh/Thành phố|Phương thức thanh toán",
    form="%Y-%m-%d %H:%M",
    money=lambda v: str(round(v) * 1000),
)
def shopee_vietnam(rng: random.Random, shop: Shop) -> Rows:
    """Vietnamese: dong without signs; states."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Hoàn thành", "Đang giao"), ("Đã hủy",))
        for line in order.lines:
            yield {
                "Mã đơn hàng": f"2402{place:05}VN",
                "Ngày đặt hàng": order.when,
                "Trạng Thái Đơn Hàng": state,
                "Người Mua": f"vn{order.customer.id}",
                "Tên sản phẩm": line.product,
                "SKU sản phẩm": line.code,
                "Giá gốc": line.price + 2,
                "Giá ưu đãi": float(round(line.price)),
                "Số lượng": line.quantity,
                "Tổng giá bán (sản phẩm)": float(round(line.price) * line.quantity),
                "Tổng giá trị đơn hàng (VND)": float(sum(round(x.price) * x.quantity for x in order.lines)),
                "Phí vận chuyển mà người mua trả": 15.0,
                "Tên Người nhận": order.customer.name,
                "Phương thức thanh toán": "ShopeePay",
            }
            if good:
                yield _s(order, round(line.price) * line.quantity * 1000)


@export(
    "Fakturanr|Fakturadatum|Förfallodatum|Kundnr|Kundnamn|Belopp exkl. moms|Moms|Totalt|Valuta|Slutbetald|Makulerad|Er referens",
    delimiter=";",
    comma=True,
    form="%Y-%m-%d",
    money=lambda v: f"{v:,.2f}".replace(",", " ").replace(".", ","),
)
def fortnox(rng: random.Random, shop: Shop) -> Rows:
    """Swedish invoices: without and with VAT, cancelled yes or no, due dates."""
    for place, order in enumerate(shop.orders):
        good = rng.random() > 0.15
        moms = round(order.goods * 0.25, 2)
        yield {
            "Fakturanr": 300 + place,
            "Fakturadatum": order.when,
            "Förfallodatum": order.when + timedelta(days=30),
            "Kundnr": order.customer.id,
            "Kundnamn": order.customer.name,
            "Belopp exkl. moms": order.goods,
            "Moms": moms,
            "Totalt": round(order.goods + moms, 2),
            "Valuta": "SEK",
            "Slutbetald": order.when + timedelta(days=20) if good else "",
            "Makulerad": "Nej" if good else "Ja",
            "Er referens": "Karin",
        }
        if good:
            yield _s(order, order.goods + moms, order.goods)


@export(
    "注文ID|注文日時|氏(請求先)|名(請求先)|郵便番号(請求先)|都道府県(請求先)|電話番号(請求先)|メールアドレス(請求先)|氏(配送先)|名(配送先)|備考|商品名|バリエーション|価格|税率|数量|合計金額|送料|支払い方法|代引き手数料|発送状況|商品コード|クーポン名|クーポン割引額",
    form="%Y-%m-%d %H:%M:%S",
    money=lambda v: str(round(v)),
    quoting=csv.QUOTE_ALL,
)
def base_japanese(rng: random.Random, shop: Shop) -> Rows:
    """Japanese: names of who pays and of who receives; total of the order on each line."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("対応済", "未対応"), ("キャンセル",))
        goods = sum(round(x.price * 10) * x.quantity for x in order.lines)
        for line in order.lines:
            yield {
                "注文ID": f"A1B2{place:08X}",
                "注文日時": order.when,
                "氏(請求先)": order.customer.name.split(maxsplit=1)[1],
                "名(請求先)": order.customer.name.split()[0],
                "都道府県(請求先)": "大阪府",
                "メールアドレス(請求先)": order.customer.email,
                "氏(配送先)": "山田",
                "名(配送先)": "花子",
                "商品名": line.product,
                "価格": float(round(line.price * 10)),
                "税率": "10%",
                "数量": line.quantity,
                "合計金額": float(goods + 600),
                "送料": 600.0,
                "支払い方法": "クレジットカード決済",
                "代引き手数料": 0.0,
                "発送状況": state,
                "商品コード": line.code,
                "クーポン割引額": 0.0,
            }
            if good:
                yield _s(order, round(line.price * 10) * line.quantity)


@export(
    "Fecha|Hora|Serie/Número|Cliente|Empleado|Producto|Familia|Cantidad|Precio|Dto. %|Importe|Forma de pago",
    delimiter=";",
    comma=True,
    form="%d/%m/%Y",
)
def spanish_till(rng: random.Random, shop: Shop) -> Rows:
    """A till: series and number in one cell, discount in percent, tickets without a customer."""
    for place, order in enumerate(shop.orders):
        named = place < 3 or rng.random() < 0.7
        for line in order.lines:
            pct = rng.choice((0, 0, 10))
            total = round(line.total * (100 - pct) / 100, 2)
            yield {
                "Fecha": order.when,
                "Hora": order.when.strftime("%H:%M"),
                "Serie/Número": f"T/{1000 + place}",
                "Cliente": order.customer.name if named else "CLIENTE CONTADO",
                "Empleado": rng.choice(("Eva", "Leo")),
                "Producto": line.product,
                "Familia": "Bar",
                "Cantidad": line.quantity,
                "Precio": line.price,
                "Dto. %": pct,
                "Importe": total,
                "Forma de pago": "Efectivo",
            }
            if named:
                yield _s(order, total)


@export("Member_number|Date|itemDescription|year|month|day|day_of_week", form="%d-%m-%Y")
def groceries(rng: random.Random, shop: Shop) -> Rows:
    """No money at all: must be refused."""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "Member_number": 1000 + sum(map(ord, order.customer.id)),
                "Date": order.when,
                "itemDescription": line.product,
                "year": order.when.year,
                "month": order.when.month,
                "day": order.when.day,
                "day_of_week": order.when.weekday(),
            }


@export("t_dat|customer_id|article_id|price|sales_channel_id", form="%Y-%m-%d")
def fashion_hashes(rng: random.Random, shop: Shop) -> Rows:
    """Customers as long hashes; equal rows are several pieces."""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "t_dat": order.when,
                "customer_id": f"{sum(ord(c) * 31**i for i, c in enumerate(order.customer.email)) % 16**40:064x}",
                "article_id": f"0{663713000 + int(line.code[-2:])}",
                "price": line.price,
                "sales_channel_id": rng.choice((1, 2)),
            }
            yield Sold(order.customer.email, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (line.price,))


@export(
    "event_time|event_type|product_id|category_id|category_code|brand|price|user_id|user_session",
    form="%Y-%m-%d %H:%M:%S UTC",
    lines=1,
)
def shop_events(rng: random.Random, shop: Shop) -> Rows:
    """Views, carts and purchases in one list: only purchases are sales."""
    for place, order in enumerate(shop.orders):
        line = order.lines[0]
        row = {
            "product_id": 5800000 + int(line.code[-2:]),
            "category_id": 1487580000000000000,
            "brand": rng.choice(("runail", "irisk")),
            "price": line.price,
            "user_id": 500000000 + sum(ord(c) * 7**i for i, c in enumerate(order.customer.email)) % 9999999,
            "user_session": f"26dd6e6e-4dac-{place:012}",
        }
        yield {**row, "event_time": order.when - timedelta(minutes=9), "event_type": "view"}
        yield {**row, "event_time": order.when - timedelta(minutes=5), "event_type": "cart"}
        if place < 4 or rng.random() < 0.6:
            yield {**row, "event_time": order.when, "event_type": "purchase"}
            yield Sold(order.customer.email, f"{place}", order.when, (line.price,))


@export(
    "Car_id|Date|Customer Name|Gender|Annual Income|Dealer_Name|Company|Model|Engine|Transmission|Color|Price ($)|Dealer_No |Body Style|Phone|Dealer_Region",
    form="%m/%d/%Y",
    lines=1,
)
def car_sales(rng: random.Random, shop: Shop) -> Rows:
    """The dealer is no customer; income is no amount."""
    for place, order in enumerate(shop.orders):
        price = float(round(order.lines[0].price) * 100)
        yield {
            "Car_id": f"C_CND_{place:06}",
            "Date": order.when,
            "Customer Name": order.customer.name,
            "Gender": rng.choice(("Male", "Female")),
            "Annual Income": rng.randint(10, 99) * 13500,
            "Dealer_Name": rng.choice(("Buddy Storbeck", "C & M Motors")),
            "Company": rng.choice(("Ford", "Audi")),
            "Model": order.lines[0].product,
            "Engine": "Overhead Camshaft",
            "Transmission": "Auto",
            "Color": "Black",
            "Price ($)": f"{price:.0f}",
            "Dealer_No ": rng.choice(("06457-3834", "60504-7114")),
            "Body Style": "SUV",
            "Phone": f"{8264678 + sum(ord(c) * 3**i for i, c in enumerate(order.customer.email)) % 999999}",
            "Dealer_Region": rng.choice(("Austin", "Reno")),
        }
        yield Sold(order.customer.email, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (price,))


@export(
    "Order Date|Purchase Price Per Unit|Quantity|Shipping Address State|Title|ASIN/ISBN (Product Code)|Category|Survey ResponseID",
    form="%Y-%m-%d",
)
def purchase_survey(rng: random.Random, shop: Shop) -> Rows:
    """People of a survey by the number of their answer."""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "Order Date": order.when,
                "Purchase Price Per Unit": line.price,
                "Quantity": float(line.quantity),
                "Shipping Address State": rng.choice(("NJ", "CA")),
                "Title": line.product,
                "ASIN/ISBN (Product Code)": f"B0{line.code}",
                "Category": "HOME",
                "Survey ResponseID": f"R_01vN{order.customer.id}KMF",
            }
            yield Sold(order.customer.id, f"{order.when:%Y%m%d}{order.customer.id}", order.when, (line.total,))


def row_of_units(rng: random.Random) -> Constructed:
    """A row of units under the header row."""
    shop, sold = _shop(rng), []
    rows = ["Order No;Order Date;Customer No;Item;Quantity;Unit price;Amount", ";yyyy-mm-dd;;;pcs;EUR;EUR"]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                f"{order.number};{order.when:%Y-%m-%d};{order.customer.id};{line.product};{line.quantity};{line.price:.2f};{line.total:.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw("row_of_units", "\n".join(rows), sold)


def old_mac(rng: random.Random) -> Constructed:
    """Lines end in a carriage return only, Mac Roman letters."""
    shop, sold = _shop(rng), []
    rows = ["Nº Pedido;Fecha;Cliente;Artículo;Cantidad;Precio;Importe"]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                f"{order.number};{order.when:%d/%m/%Y};{order.customer.name};{line.product};{line.quantity};{line.price:.2f};{line.total:.2f}".replace(
                    ".", ","
                )
            )
            sold.append(_s(order, line.total))
    return Constructed("old_mac", (("export.csv", "\r".join(rows).encode("mac_roman", "replace")),), tuple(sold))


@export(
    "Datum|Beleg|Kunde|Artikel|Stk.|Preis|Gesamt", delimiter=";", comma=True, date=lambda d: f"{d.day}.{d.month}.{d:%y}"
)
def short_german_dates(rng: random.Random, shop: Shop) -> Rows:
    """3.4.24"""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "Datum": order.when,
                "Beleg": order.number,
                "Kunde": order.customer.name,
                "Artikel": line.product,
                "Stk.": line.quantity,
                "Preis": line.price,
                "Gesamt": line.total,
            }
            yield _s(order, line.total)


_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@export(
    "Commande|Passée le|Acheteur|Article|Qté|P.U. TTC|Montant TTC",
    delimiter=";",
    date=lambda d: f"{_JOURS[d.weekday()]} {d.day} {_MOIS[d.month - 1]} {d.year} à {d.hour}h{d:%M}",
    money=lambda v: f"{v:.2f} € TTC".replace(".", ","),
)
def french_long_dates(rng: random.Random, shop: Shop) -> Rows:
    """mardi 5 mars 2024 à 14h30; 12,50 € TTC"""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "Commande": order.number,
                "Passée le": order.when,
                "Acheteur": order.customer.name,
                "Article": line.product,
                "Qté": line.quantity,
                "P.U. TTC": line.price,
                "Montant TTC": line.total,
            }
            yield _s(order, line.total)


@export(
    "Order|Placed|Customer|Total|State|Changed",
    date=lambda d: d.strftime("%a, %m/%d/%Y - %H:%M"),
    money=lambda v: f"${v:,.2f}",
)
def drupal_commerce(rng: random.Random, shop: Shop) -> Rows:
    """`Sun, 12/31/2023 - 15:04`; placed and changed; state of the order."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Completed", "Fulfillment"), ("Canceled", "Draft"))
        yield {
            "Order": 100 + place,
            "Placed": order.when,
            "Customer": order.customer.email,
            "Total": order.goods,
            "State": state,
            "Changed": order.when + timedelta(days=2),
        }
        if good:
            yield _s(order, order.goods)


def customer_with_address(rng: random.Random) -> Constructed:
    """`Ann Lee <ann@mail.com>` in one cell."""
    shop, sold = _shop(rng), []
    rows = ["order,placed_at,customer,item,qty,price"]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                f"{order.number},{order.when:%Y-%m-%dT%H:%M:%SZ},{order.customer.name} <{order.customer.email}>,{line.product},{line.quantity},{line.price:.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw("customer_with_address", "\n".join(rows), sold)


def markdown_table(rng: random.Random) -> Constructed:
    """A table copied from a database's shell: bars and dashes."""
    shop, sold = _shop(rng), []
    rows = [
        " order_id | created_at          | customer_id | amount ",
        "----------+---------------------+-------------+--------",
    ]
    for order in shop.orders:
        rows.append(f" {order.number:8} | {order.when} | {order.customer.id:11} | {order.goods:6.2f} ")
        sold.append(_s(order, order.goods))
    rows.append(f"({len(shop.orders)} rows)")
    return _raw("markdown_table", "\n".join(rows), sold, name="export.txt")


KINDS += [
    mysql_backslashes,
    trailing_delimiters,
    printed_pages,
    line_breaks_in_the_header,
    the_same_name_twice,
    items_as_json,
    credit_and_debit,
    datev,
    row_of_units, old_mac, customer_with_address, markdown_table,
]  # fmt: skip


# ------------------------------------------------------------------------------------- ids that readers take for numbers


def _with_ids(
    kind: str, rng: random.Random, customer: Callable[[int], str], order_number: Callable[[int], str]
) -> Constructed:
    """Orders whose customers and numbers are written in a way that other programs take for something else."""
    shop, sold = _shop(rng), []
    numbers = {person.id: customer(place) for place, person in enumerate(shop.people)}
    rows = ["order_no,order_date,customer_no,item,qty,price"]
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            who, number = numbers[order.customer.id], order_number(place)
            rows.append(
                f"{number},{order.when:%Y-%m-%d %H:%M:%S},{who},{line.product},{line.quantity},{line.price:.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw(kind, "\n".join(rows), sold)


def long_numbers(rng: random.Random) -> Constructed:
    """Nineteen digits that differ in the last, which a float loses."""
    return _with_ids(
        "long_numbers", rng, lambda n: str(1234567890123456000 + n), lambda n: str(9007199254740992001 + n)
    )


def exponents(rng: random.Random) -> Constructed:
    """`1E5` and `100000` are two customers."""
    return _with_ids(
        "exponents", rng, lambda n: f"{n // 2 + 1}E3" if n % 2 else f"{n // 2 + 1}000", lambda n: f"7E{n:03}"
    )


def points_in_numbers(rng: random.Random) -> Constructed:
    """`24.1` and `24.10` are two orders."""
    return _with_ids("points_in_numbers", rng, lambda n: f"C{n}", lambda n: f"24.{n + 1}")


def zeros_in_front(rng: random.Random) -> Constructed:
    """`7` and `007` are two customers."""
    return _with_ids("zeros_in_front", rng, lambda n: str(n // 2 + 1).zfill(3 if n % 2 else 1), lambda n: f"{n:06}")


def capitals_matter(rng: random.Random) -> Constructed:
    """`cus_Ab` and `cus_aB` are two customers."""
    return _with_ids(
        "capitals_matter", rng,
        lambda n: "cus_" + "".join(c.upper() if n >> at & 1 else c for at, c in enumerate("abcdefgh")), lambda n: f"o{n}",
    )  # fmt: skip


def dashes_in_numbers(rng: random.Random) -> Constructed:
    """`2024-01` numbers an order and is no month; `12-05` a customer and no day."""
    return _with_ids(
        "dashes_in_numbers", rng, lambda n: f"{n // 28 + 1:02}-{n % 28 + 1:02}", lambda n: f"2024-{n + 1:02}"
    )


def named_null(rng: random.Random) -> Constructed:
    """Customers called Null, None and True, a country NA: all are people and places."""
    shop, sold = _shop(rng), []
    odd = ("Jennifer Null", "None Smith", "True Blue", "Nan Goldin")
    names = {person.id: odd[place] if place < len(odd) else person.name for place, person in enumerate(shop.people)}
    rows = ["order_no,order_date,customer_name,country,item,qty,price"]
    for order in shop.orders:
        for line in order.lines:
            rows.append(
                f"{order.number},{order.when:%Y-%m-%d %H:%M:%S},{names[order.customer.id]},NA,{line.product},{line.quantity},{line.price:.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw("named_null", "\n".join(rows), sold)


def padded_cells(rng: random.Random) -> Constructed:
    """Cells of a fixed width between commas: blanks before and after do not make another customer."""
    shop, sold = _shop(rng), []
    rows = ["order_no  , order_date           , customer  , item      , qty , amount   "]
    for order in shop.orders:
        for line in order.lines:
            pad = rng.choice((10, 12))
            rows.append(
                f"{order.number:<10}, {order.when} , {order.customer.id:<{pad}}, {line.product:<10}, {line.quantity:>3} , {line.total:>9.2f}"
            )
            sold.append(_s(order, line.total))
    return _raw("padded_cells", "\n".join(rows), sold)


def comments_above(rng: random.Random) -> Constructed:
    """Lines that begin with # above the header row, and one in the middle."""
    shop, sold = _shop(rng), []
    rows = ["# exported by shopd 3.2", "# timezone: UTC", "order_no,order_date,customer,item,amount"]
    for place, order in enumerate(shop.orders):
        if place == 7:
            rows.append("# page 2")
        for line in order.lines:
            rows.append(f"{order.number.strip('#')},{order.when},{order.customer.id},{line.product},{line.total:.2f}")
            sold.append(_s(order, line.total))
    return _raw("comments_above", "\n".join(rows), sold)


KINDS += [
    long_numbers, exponents, points_in_numbers, zeros_in_front, capitals_matter, dashes_in_numbers, named_null,
    padded_cells, comments_above,
]  # fmt: skip


# --------------------------------------------------------------------------------------------------- invoices, payments


@export(
    "ID|Bestell-Nr.|Neukunde|Lieferung|Kunde|Gesamt|Zahlung|Status|Datum",
    delimiter=";",
    form="%d.%m.%Y %H:%M",
    money=lambda v: f"{v:.2f} €".replace(".", ","),
)
def prestashop_german(rng: random.Random, shop: Shop) -> Rows:
    """The German list of orders: new customer yes or no beside the customer."""
    for place, order in enumerate(shop.orders):
        state, good = _state(
            rng,
            ("Zahlung eingegangen", "Versendet", "Bestellung in Bearbeitung"),
            ("Storniert", "Warten auf Zahlungseingang", "Erstattet", "Fehler bei der Bezahlung"),
        )
        first, last = order.customer.name.split(maxsplit=1)
        yield {
            "ID": 100 + place,
            "Bestell-Nr.": f"QWRTZ{place:04}",
            "Neukunde": rng.choice(("Ja", "Nein")),
            "Lieferung": "Deutschland",
            "Kunde": f"{first[0]}. {last}",
            "Gesamt": order.goods,
            "Zahlung": "PayPal",
            "Status": state,
            "Datum": order.when,
        }
        if good:
            yield Sold(f"{first[0]}. {last}", order.number, order.when, (order.goods,))


@export(
    "balance_transaction_id|created_utc|available_on_utc|currency|gross|fee|net|reporting_category|source_id|description|customer_id|customer_email|charge_id|payment_intent_id|customer_name|card_brand",
    form="%Y-%m-%d %H:%M:%S",
)
def stripe_balance(rng: random.Random, shop: Shop) -> Rows:
    """Charges, refunds, payouts and fees in one list, by category."""
    for place, order in enumerate(shop.orders):
        who = {
            "customer_id": f"cus_{order.customer.id}",
            "customer_email": order.customer.email,
            "customer_name": order.customer.name,
            "charge_id": f"ch_{place:05}",
        }
        fee = round(order.goods * 0.03, 2)
        yield {
            "balance_transaction_id": f"txn_{place:05}a",
            "created_utc": order.when,
            "currency": "eur",
            "gross": order.goods,
            "fee": fee,
            "net": round(order.goods - fee, 2),
            "reporting_category": "charge",
            "source_id": f"ch_{place:05}",
            **who,
            "card_brand": "visa",
        }
        yield _s(order, order.goods)
        if rng.random() < 0.1:
            yield {
                "balance_transaction_id": f"txn_{place:05}r",
                "created_utc": order.when + timedelta(hours=2),
                "currency": "eur",
                "gross": -order.goods,
                "fee": 0.0,
                "net": -order.goods,
                "reporting_category": "refund",
                "source_id": f"re_{place:05}",
                **who,
            }
            yield _s(order, -order.goods)
        if place % 7 == 6:
            yield {
                "balance_transaction_id": f"txn_{place:05}p",
                "created_utc": order.when,
                "currency": "eur",
                "gross": -400.0,
                "fee": 0.0,
                "net": -400.0,
                "reporting_category": "payout",
                "source_id": f"po_{place:05}",
                "description": "STRIPE PAYOUT",
            }


@export(
    "Fecha|Hora|Zona horaria|Nombre|Tipo|Estado|Divisa|Bruto|Comisión|Neto|Correo electrónico del remitente|Correo electrónico del destinatario|Id. de transacción|Dirección de envío|Nombre del artículo|Id. de referencia de trans.|Saldo|Repercusión en el saldo",
    comma=True,
    form="%d/%m/%Y",
    quoting=csv.QUOTE_ALL,
)
def paypal_spanish(rng: random.Random, shop: Shop) -> Rows:
    """Payments, refunds and withdrawals in Spanish."""
    for place, order in enumerate(shop.orders):
        fee = round(-order.goods * 0.03, 2)
        row = {
            "Fecha": order.when,
            "Hora": order.when.strftime("%H:%M:%S"),
            "Zona horaria": "Europe/Madrid",
            "Nombre": order.customer.name,
            "Divisa": "EUR",
        }
        yield {
            **row,
            "Tipo": "Pago por pago exprés",
            "Estado": "Completado",
            "Bruto": order.goods,
            "Comisión": fee,
            "Neto": round(order.goods + fee, 2),
            "Correo electrónico del remitente": order.customer.email,
            "Correo electrónico del destinatario": "tienda@shop.es",
            "Id. de transacción": f"7A{place:06}X",
            "Repercusión en el saldo": "Haber",
        }
        yield _s(order, order.goods)
        if place % 10 == 9:
            yield {
                **row,
                "Nombre": "",
                "Tipo": "Retirada general",
                "Estado": "Completado",
                "Bruto": -500.0,
                "Comisión": 0.0,
                "Neto": -500.0,
                "Id. de transacción": f"9W{place:06}X",
                "Repercusión en el saldo": "Debe",
            }


@export(
    "Date|Payment method|Currency|Amount|Status|ID|Description|Consumer name|Consumer bank account|Consumer BIC|Settlement currency|Settlement amount|Settlement reference|Amount refunded",
    form="%Y-%m-%d %H:%M:%S",
)
def mollie(rng: random.Random, shop: Shop) -> Rows:
    """Payments with the name of who paid; open, expired and failed ones among them."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("paid", "paidout"), ("expired", "failed", "canceled", "open"))
        yield {
            "Date": order.when,
            "Payment method": "ideal",
            "Currency": "EUR",
            "Amount": order.goods,
            "Status": state,
            "ID": f"tr_{place:08}",
            "Description": f"Order {1000 + place}",
            "Consumer name": order.customer.name,
            "Consumer bank account": f"NL00BANK{order.customer.id}",
            "Settlement currency": "EUR" if good else "",
            "Settlement amount": order.goods if good else "",
            "Amount refunded": 0.0,
        }
        if good:
            yield _s(order, order.goods)


@export(
    "Bestelnummer|Besteldatum|Klantnaam|E-mailadres|Postcode|Plaats|Betaalwijze|Betaalstatus|Orderstatus|Artikelnummer|Artikel|Aantal|Stukprijs incl. btw|Regeltotaal incl. btw|Verzendkosten|Ordertotaal",
    delimiter=";",
    comma=True,
    form="%d-%m-%Y %H:%M",
)
def dutch_shop(rng: random.Random, shop: Shop) -> Rows:
    """Dutch: payment and order each have a status; prices with VAT."""
    for place, order in enumerate(shop.orders):
        paid, state, good = rng.choice(
            (("Betaald", "Verzonden", True),) * 5
            + (
                ("Niet betaald", "Geannuleerd", False),
                ("Terugbetaald", "Retour", False),
                ("Betaald", "Geannuleerd", False),
            )
        )
        for line in order.lines:
            yield {
                "Bestelnummer": f"WEB{place:05}",
                "Besteldatum": order.when,
                "Klantnaam": order.customer.name,
                "E-mailadres": order.customer.email,
                "Plaats": "Utrecht",
                "Betaalwijze": "iDEAL",
                "Betaalstatus": paid,
                "Orderstatus": state,
                "Artikelnummer": line.code,
                "Artikel": line.product,
                "Aantal": line.quantity,
                "Stukprijs incl. btw": line.price,
                "Regeltotaal incl. btw": line.total,
                "Verzendkosten": 4.95,
                "Ordertotaal": round(order.goods + 4.95, 2),
            }
            if good:
                yield _s(order, line.total)


@export(
    "Numer|Data zamówienia|Klient|E-mail|Telefon|Status|Sposób płatności|Opłacone|Dostawa|Koszt dostawy|Rabat|Suma|Produkty|Uwagi klienta",
    delimiter=";",
    comma=True,
    form="%Y-%m-%d %H:%M:%S",
    money=lambda v: f"{v:.2f} zł".replace(".", ","),
)
def shoper_polish(rng: random.Random, shop: Shop) -> Rows:
    """Polish: a row per order, products in one cell, paid yes or no."""
    for place, order in enumerate(shop.orders):
        state, paid, good = rng.choice(
            (("Zrealizowane", "Tak", True), ("Przyjęte do realizacji", "Tak", True), ("Wysłane", "Tak", True)) * 2
            + (("Anulowane", "Nie", False), ("Złożone", "Nie", False))
        )
        yield {
            "Numer": place + 1,
            "Data zamówienia": order.when,
            "Klient": order.customer.name,
            "E-mail": order.customer.email,
            "Telefon": order.customer.phone,
            "Status": state,
            "Sposób płatności": "BLIK",
            "Opłacone": paid,
            "Dostawa": "InPost",
            "Koszt dostawy": 12.0,
            "Rabat": 0.0,
            "Suma": order.goods + 12,
            "Produkty": ", ".join(f"{x.quantity}x {x.product}" for x in order.lines),
        }
        if good:
            yield _s(order, order.goods + 12)


@export(
    "Tipo documento|Numero|Data documento|Ragione sociale|Partita IVA|Imponibile|IVA|Totale documento|Scadenza|Incassato",
    delimiter=";",
    comma=True,
    form="%d/%m/%Y",
    money=lambda v: f"{v:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
)
def italian_invoices(rng: random.Random, shop: Shop) -> Rows:
    """Italian: credit notes with amounts above zero give money back."""
    for place, order in enumerate(shop.orders):
        tax = round(order.goods * 0.22, 2)
        yield {
            "Tipo documento": "Fattura",
            "Numero": f"{place + 1}/A",
            "Data documento": order.when,
            "Ragione sociale": order.customer.name,
            "Partita IVA": f"IT{sum(map(ord, order.customer.name)):07}{order.customer.id}",
            "Imponibile": order.goods,
            "IVA": tax,
            "Totale documento": round(order.goods + tax, 2),
            "Scadenza": order.when + timedelta(days=30),
            "Incassato": "Sì",
        }
        yield _s(order, order.goods + tax, order.goods)
        if place % 8 == 7:
            part, off = order.lines[0].total, round(order.lines[0].total * 0.22, 2)
            yield {
                "Tipo documento": "Nota di credito",
                "Numero": f"{place + 1}/NC",
                "Data documento": order.when + timedelta(days=1),
                "Ragione sociale": order.customer.name,
                "Partita IVA": f"IT{sum(map(ord, order.customer.name)):07}{order.customer.id}",
                "Imponibile": part,
                "IVA": off,
                "Totale documento": round(part + off, 2),
                "Scadenza": "",
                "Incassato": "Sì",
            }
            yield _s(order, -part - off, -part)


@export(
    "ID|Estado|Fecha|Cliente|Correo|Teléfono|Producto|SKU|Cantidad|Precio|Subtotal Producto|Costo de Envío|Impuesto|Descuento|Total Pedido",
    form="%d-%m-%Y %H:%M",
    money=lambda v: f"{round(v * 100) * 10:,}".replace(",", "."),
)
def jumpseller_chile(rng: random.Random, shop: Shop) -> Rows:
    """Chilean pesos with points between thousands; abandoned carts."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Pagado", "Enviado"), ("Cancelado", "Abandonado", "Pago Pendiente"))
        for line in order.lines:
            yield {
                "ID": 2000 + place,
                "Estado": state,
                "Fecha": order.when,
                "Cliente": order.customer.name,
                "Correo": order.customer.email,
                "Teléfono": order.customer.phone,
                "Producto": line.product,
                "SKU": line.code,
                "Cantidad": line.quantity,
                "Precio": line.price,
                "Subtotal Producto": line.total,
                "Costo de Envío": 3.99,
                "Impuesto": 0.0,
                "Descuento": 0.0,
                "Total Pedido": round(order.goods + 3.99, 2),
            }
            if good:
                yield _s(order, round(line.total * 100) * 10)


@export(
    "Member ID|Transaction Date|Store|Receipt|Amount Spent|Points Earned|Points Redeemed|Points Balance|Tier",
    form="%d/%m/%Y %H:%M",
)
def loyalty_points(rng: random.Random, shop: Shop) -> Rows:
    """Points earned and their balance are no money."""
    for place, order in enumerate(shop.orders):
        yield {
            "Member ID": f"63011{order.customer.id}",
            "Transaction Date": order.when,
            "Store": rng.choice(("North", "South")),
            "Receipt": 8000 + place,
            "Amount Spent": order.goods,
            "Points Earned": int(order.goods),
            "Points Redeemed": 0,
            "Points Balance": rng.randint(10, 9000),
            "Tier": rng.choice(("Gold", "Silver")),
        }
        yield _s(order, order.goods)


@export(
    "Booking Ref|Booked On|Event|Event Date|Venue|Tickets|Face Value|Booking Fee|Total Paid|Customer|Customer Email|Booking Status",
    form="%d %b %Y %H:%M",
)
def ticket_bookings(rng: random.Random, shop: Shop) -> Rows:
    """The day of the event is not the day of the order; a fee on top."""
    for place, order in enumerate(shop.orders):
        state, good = _state(rng, ("Confirmed",), ("Cancelled", "Refunded"))
        line = order.lines[0]
        yield {
            "Booking Ref": f"TKT{place:05}",
            "Booked On": order.when,
            "Event": line.product,
            "Event Date": order.when + timedelta(days=60),
            "Venue": "Hall",
            "Tickets": line.quantity,
            "Face Value": line.price,
            "Booking Fee": 2.5,
            "Total Paid": round(line.total + 2.5, 2),
            "Customer": order.customer.name,
            "Customer Email": order.customer.email,
            "Booking Status": state,
        }
        if good:
            yield _s(order, line.total + 2.5, line.total)


@export("Acct #|Account|SO #|Ordered|Item #|Descr|Qty Ord|Qty Ship|Qty B/O|U/M|Unit|Ext|Rep", form="%m/%d/%y")
def wholesale_lines(rng: random.Random, shop: Shop) -> Rows:
    """Short headers of a wholesaler; what was shipped counts; a representative."""
    for place, order in enumerate(shop.orders):
        for line in order.lines:
            short = rng.choice((0, 0, 0, 1))
            yield {
                "Acct #": 4000 + sum(ord(c) * 3**at for at, c in enumerate(order.customer.email)) % 99991,
                "Account": order.customer.name,
                "SO #": 88000 + place,
                "Ordered": order.when,
                "Item #": line.code,
                "Descr": line.product,
                "Qty Ord": line.quantity + short,
                "Qty Ship": line.quantity,
                "Qty B/O": short,
                "U/M": "EA",
                "Unit": line.price,
                "Ext": line.total,
                "Rep": rng.choice(("AB", "CD")),
            }
            yield _s(order, line.total)


@export(
    "Order / Pedido|Date / Fecha|Customer / Cliente|Item / Artículo|Qty / Cant.|Price / Precio|Total / Importe",
    form="%d/%m/%Y",
)
def two_languages(rng: random.Random, shop: Shop) -> Rows:
    """Each column is named in two languages."""
    for order in shop.orders:
        for line in order.lines:
            yield {
                "Order / Pedido": order.number,
                "Date / Fecha": order.when,
                "Customer / Cliente": order.customer.name,
                "Item / Artículo": line.product,
                "Qty / Cant.": line.quantity,
                "Price / Precio": line.price,
                "Total / Importe": line.total,
            }
            yield _s(order, line.total)


@export(
    "number;orderTime;status;cleared;payment;dispatch;customernumber;billing_company;billing_firstname;billing_lastname;customer_email;currency;invoice_amount;invoice_amount_net;invoice_shipping;articleordernumber;articlename;price;quantity;tax_rate".replace(
        ";", "|"
    ),
    delimiter=";",
    comma=True,
)
def shopware_five(rng: random.Random, shop: Shop) -> Rows:
    """States of order and payment in German; amounts of the order on each line."""
    for place, order in enumerate(shop.orders):
        state, paid, good = rng.choice(
            (("Komplett abgeschlossen", "Komplett bezahlt", True), ("In Bearbeitung", "Komplett bezahlt", True)) * 3
            + (
                ("Storniert / Abgelehnt", "Offen", False),
                ("Abgebrochen", "Der Zahlungsvorgang wurde abgebrochen", False),
            )
        )
        for line in order.lines:
            yield {
                "number": 20001 + place,
                "orderTime": order.when,
                "status": state,
                "cleared": paid,
                "payment": "PayPal",
                "dispatch": "DHL",
                "customernumber": order.customer.id,
                "billing_firstname": order.customer.name.split()[0],
                "billing_lastname": order.customer.name.split(maxsplit=1)[1],
                "customer_email": order.customer.email,
                "currency": "EUR",
                "invoice_amount": round(order.goods + 3.9, 2),
                "invoice_amount_net": round((order.goods + 3.9) / 1.19, 2),
                "invoice_shipping": 3.9,
                "articleordernumber": line.code,
                "articlename": line.product,
                "price": line.price,
                "quantity": line.quantity,
                "tax_rate": 19,
            }
            if good:
                yield _s(order, line.total)


@export(
    "Booking ID|Created|Client name|Client email|Service|Staff member|Session start|Session end|Price|Amount paid|Payment status|Booking status|Location",
    form="%Y-%m-%dT%H:%M:%S.000Z",
    lines=1,
)
def bookings(rng: random.Random, shop: Shop) -> Rows:
    """Price and what was paid; the session is later than the booking; staff beside the client."""
    for place, order in enumerate(shop.orders):
        state, paid, good = rng.choice(
            (("Confirmed", "Paid", True),) * 5 + (("Canceled", "Refunded", False), ("Canceled", "Not paid", False))
        )
        price = order.lines[0].price
        yield {
            "Booking ID": f"b-{place:06}",
            "Created": order.when,
            "Client name": order.customer.name,
            "Client email": order.customer.email,
            "Service": order.lines[0].product,
            "Staff member": rng.choice(("Kim", "Sam")),
            "Session start": order.when + timedelta(days=5),
            "Session end": order.when + timedelta(days=5, hours=1),
            "Price": price,
            "Amount paid": price if good else 0.0,
            "Payment status": paid,
            "Booking status": state,
            "Location": "Studio",
        }
        if good:
            yield _s(order, price)
