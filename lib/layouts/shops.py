"""The exports of known shop systems: one entry each, recognised by columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lib.layouts.names import compact

TableKind = Literal["orders", "customers", "table"]


@dataclass(frozen=True)
class Layout:
    """One export of one shop system.

    Headers are compared without case, accents, signs and blanks. A table is of this layout when it has at least
    `enough` of the `telltale` columns; where several layouts match, the one that knows most of the columns wins.
    """

    key: str
    name: str
    """As the shop system calls itself and its export; the same in every language."""
    kind: TableKind
    header: tuple[str, ...]
    """The header row as exported."""
    telltale: tuple[str, ...]
    """Headers that few other tables have."""
    roles: Mapping[str, tuple[str, ...]]
    """Role → the columns that may play it, the best first; one that is blank gives way to the next."""
    enough: int = 3
    other_headers: tuple[tuple[str, ...], ...] = ()
    """The same export of another year or in another language."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    """Status → reason to set aside, where this system means something else by a word than others do."""
    paid_at: str = ""
    """The column that says when an order was paid: one that has neither a status nor this was only a basket."""
    before_discount: bool = False
    """The amount of a line does not yet take off what its `discount` column says."""
    in_cents: tuple[str, ...] = ()
    """Columns whose money is in hundredths though their headers do not say so."""
    summary_rows: bool = False
    """A row without an item sums up an order whose items follow in rows of their own."""

    @property
    def headers(self) -> tuple[tuple[str, ...], ...]:
        """Every header row that this export is known to have."""
        return (self.header, *self.other_headers)


def _columns(text: str) -> tuple[str, ...]:
    """The columns of a header row; in our table they are parted by `|` because some hold a comma."""
    return tuple(part.strip() for part in text.split("|"))


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        key="shopify_orders",
        name="Shopify orders",
        kind="orders",
        header=_columns(
            "Name|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Accepts Marketing|Currency|"
            "Subtotal|Shipping|Taxes|Total|Discount Code|Discount Amount|Shipping Method|Created at|Lineitem "
            "quantity|Lineitem name|Lineitem price|Lineitem compare at price|Lineitem sku|Lineitem requires "
            "shipping|Lineitem taxable|Lineitem fulfillment status|Billing Name|Billing Street|Billing Address1|"
            "Billing Address2|Billing Company|Billing City|Billing Zip|Billing Province|Billing Country|Billing "
            "Phone|Shipping Name|Shipping Street|Shipping Address1|Shipping Address2|Shipping Company|Shipping "
            "City|Shipping Zip|Shipping Province|Shipping Country|Shipping Phone|Notes|Note Attributes|Cancelled "
            "at|Payment Method|Payment Reference|Refunded Amount|Vendor|Outstanding Balance|Employee|Location|"
            "Device ID|Id|Tags|Risk Level|Source|Lineitem discount|Phone|Receipt Number|Duties|Billing Province "
            "Name|Shipping Province Name|Payment ID|Payment Terms Name|Next Payment Due At|Payment References"
        ),
        telltale=_columns(
            "Financial Status|Fulfillment Status|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|Paid at|"
            "Cancelled at|Refunded Amount|Lineitem discount"
        ),
        roles={
            "order_id": ("Name", "Id"),
            "customer_id": ("Customer ID",),
            "email": ("Email",),
            "phone": ("Phone", "Billing Phone", "Shipping Phone"),
            "ordered_at": ("Created at", "Paid at"),
            "unit_price": ("Lineitem price",),
            "quantity": ("Lineitem quantity",),
            "discount": ("Lineitem discount",),
            "order_discounted": ("Subtotal",),
            "order_total": ("Total",),
            "product": ("Lineitem name",),
            "product_code": ("Lineitem sku",),
            "country": ("Billing Country", "Shipping Country"),
            "currency": ("Currency",),
            "status": ("Financial Status",),
            "payment_method": ("Payment Method",),
            "fulfillment": ("Fulfillment Status",),
            "refunded": ("Refunded Amount",),
            "cancelled_at": ("Cancelled at",),
            "test": ("Test",),
        },
        enough=2,
        paid_at="Paid at",
    ),
    Layout(
        key="shopify_customers",
        name="Shopify customers",
        kind="customers",
        header=_columns(
            "Customer ID|First Name|Last Name|Email|Accepts Email Marketing|Default Address Company|Default "
            "Address Address1|Default Address Address2|Default Address City|Default Address Province Code|Default "
            "Address Country Code|Default Address Zip|Default Address Phone|Phone|Accepts SMS Marketing|Total "
            "Spent|Total Orders|Note|Tax Exempt|Tags"
        ),
        telltale=_columns(
            "Accepts Email Marketing|Accepts SMS Marketing|Default Address City|Default Address Province Code|"
            "Default Address Country Code|Default Address Zip|Default Address Address1|Total Spent|Total Orders|"
            "Accepts Marketing"
        ),
        roles={
            "customer_id": ("Customer ID", "Email"),
            "email": ("Email",),
            "phone": ("Phone",),
            "country": ("Default Address Country Code", "Country Code", "Country"),
        },
        other_headers=(
            _columns(
                "First Name|Last Name|Email|Accepts Marketing|Company|Address1|Address2|City|Province|Province "
                "Code|Country|Country Code|Zip|Phone|Accepts Marketing|Total Spent|Total Orders|Tags|Note|Tax "
                "Exempt"
            ),
        ),
    ),
    Layout(
        key="woocommerce_orders",
        name="WooCommerce orders",
        kind="orders",
        header=_columns(
            "Order Number|Order Status|Order Date|Customer Note|First Name (Billing)|Last Name (Billing)|Company "
            "(Billing)|Address 1&2 (Billing)|City (Billing)|State Code (Billing)|Postcode (Billing)|Country Code "
            "(Billing)|Email (Billing)|Phone (Billing)|First Name (Shipping)|Last Name (Shipping)|Address 1&2 "
            "(Shipping)|City (Shipping)|State Code (Shipping)|Postcode (Shipping)|Country Code (Shipping)|Payment "
            "Method Title|Cart Discount Amount|Order Subtotal Amount|Shipping Method Title|Order Shipping Amount|"
            "Order Refund Amount|Order Total Amount|Order Total Tax Amount|SKU|Item #|Item Name|Quantity (- "
            "Refund)|Item Cost|Coupon Code|Discount Amount|Discount Amount Tax"
        ),
        telltale=_columns(
            "First Name (Billing)|Country Code (Billing)|Email (Billing)|Phone (Billing)|Postcode (Billing)|Cart "
            "Discount Amount|Order Subtotal Amount|Order Refund Amount|Order Total Amount|Quantity (- Refund)|Item "
            "Cost|Payment Method Title"
        ),
        roles={
            "order_id": ("Order Number", "Order ID"),
            "customer_id": ("Customer User ID", "Customer ID", "User ID"),
            "email": ("Email (Billing)", "Customer Account Email Address"),
            "phone": ("Phone (Billing)",),
            "ordered_at": ("Order Date", "Paid Date"),
            "amount": ("Order Line Total", "Item Total"),
            "unit_price": ("Item Cost", "Item Price"),
            "quantity": ("Quantity (- Refund)", "Quantity"),
            "order_total": ("Order Total Amount",),
            "product": ("Item Name", "Product Name"),
            "product_code": ("SKU", "Product ID"),
            "country": ("Country Code (Billing)", "Country Name (Billing)"),
            "currency": ("Order Currency", "Currency"),
            "status": ("Order Status",),
            "refunded": ("Order Refund Amount",),
        },
    ),
    Layout(
        key="woocommerce_order_csv",
        name="WooCommerce orders (CSV suite)",
        kind="orders",
        header=_columns(
            "order_id|order_number|order_date|paid_date|status|shipping_total|shipping_tax_total|fee_total|"
            "fee_tax_total|tax_total|cart_discount|order_discount|discount_total|order_total|order_subtotal|"
            "order_key|order_currency|payment_method|payment_method_title|transaction_id|customer_ip_address|"
            "customer_user_agent|shipping_method|customer_id|customer_user|customer_email|billing_first_name|"
            "billing_last_name|billing_company|billing_email|billing_phone|billing_address_1|billing_address_2|"
            "billing_postcode|billing_city|billing_state|billing_country|shipping_first_name|shipping_last_name|"
            "shipping_company|shipping_phone|shipping_address_1|shipping_address_2|shipping_postcode|shipping_city|"
            "shipping_state|shipping_country|customer_note|wt_import_key|tax_items|shipping_items|fee_items|"
            "coupon_items|refund_items|order_notes|download_permissions|line_item_1"
        ),
        telltale=_columns(
            "order_key|order_currency|payment_method_title|customer_user_agent|customer_user|shipping_tax_total|"
            "cart_discount|order_subtotal|wt_import_key|fee_items|coupon_items|line_item_1|billing_postcode"
        ),
        roles={
            "order_id": ("order_number", "order_id"),
            "customer_id": ("customer_user", "customer_id"),
            "email": ("customer_email", "billing_email"),
            "phone": ("billing_phone",),
            "ordered_at": ("order_date", "paid_date"),
            "order_total": ("order_total",),
            "country": ("billing_country", "shipping_country"),
            "currency": ("order_currency",),
            "status": ("status",),
        },
    ),
    Layout(
        key="woocommerce_analytics",
        name="WooCommerce analytics",
        kind="orders",
        header=_columns(
            "Date|Order #|Status|Customer|Customer type|Product(s)|Items sold|Coupon(s)|N. Revenue|Attribution"
        ),
        other_headers=(
            _columns("Date|Order #|Status|Customer|Customer type|Product(s)|Items sold|Coupon(s)|Net sales|Origin"),
            _columns(
                "Date|Commande n°|État|Client|Type de client|Produit(s)|Articles vendus|Code(s) promo|Ventes "
                "nettes|Attribution"
            ),
            _columns(
                "Fecha|Pedido n.º|Estado|Cliente|Tipo de cliente|Producto(s)|Artículos vendidos|Cupón(es)|Ventas "
                "netas|Atribución"
            ),
            _columns(
                "Datum|Bestellung #|Status|Kunde|Kundentyp|Produkt(e)|Verkaufte Artikel|Gutschein(e)|Nettoumsatz|"
                "Zuordnung"
            ),
            _columns(
                "Data|Encomenda n.º|Estado|Cliente|Tipo de cliente|Produto(s)|Itens vendidos|Cupão(ões)|Vendas "
                "líquidas|Atribuição"
            ),
        ),
        telltale=_columns(
            "Customer type|Items sold|Coupon(s)|N. Revenue|Product(s)|Type de client|Articles vendus|Code(s) promo|"
            "Ventes nettes|Produit(s)|Tipo de cliente|Artículos vendidos|Cupón(es)|Ventas netas|Producto(s)|"
            "Kundentyp|Verkaufte Artikel|Gutschein(e)|Nettoumsatz|Produkt(e)|Itens vendidos|Cupão(ões)|Vendas "
            "líquidas|Produto(s)"
        ),
        roles={
            "order_id": ("Order #", "Commande n°", "N° de commande", "Pedido n.º", "Bestellung #", "Encomenda n.º"),
            "customer_id": ("Customer", "Client", "Cliente", "Kunde"),
            "ordered_at": ("Date", "Fecha", "Datum", "Data"),
            "amount": (
                *("N. Revenue", "Net sales", "Net revenue", "Ventes nettes", "Ventas netas", "Nettoumsatz"),
                "Vendas líquidas",
            ),
            "quantity": ("Items sold", "Articles vendus", "Artículos vendidos", "Verkaufte Artikel", "Itens vendidos"),
            "status": ("Status", "État", "Estado"),
        },
    ),
    Layout(
        key="woocommerce_customers",
        name="WooCommerce customers",
        kind="customers",
        header=_columns(
            "Name|Username|Last active|Date registered|Email|Orders|Total spend|AOV|Country / Region|City|Region|"
            "Postal code"
        ),
        other_headers=(
            _columns(
                "Name|Username|Last Active|Sign Up|Email|Orders|Total Spend|AOV|Country / Region|City|Region|"
                "Postal Code"
            ),
            _columns(
                "Nom|Identifiant|Dernière activité|Date d’inscription|E-mail|Commandes|Dépenses totales|Panier moyen|"
                "Pays / région|Ville|Région|Code postal"
            ),
        ),
        telltale=_columns(
            "Username|Last active|Date registered|Sign Up|Total spend|AOV|Identifiant|Dernière activité|Date "
            "d’inscription|Dépenses totales|Panier moyen"
        ),
        roles={
            "customer_id": ("Username", "Identifiant", "Email", "E-mail"),
            "email": ("Email", "E-mail"),
            "country": ("Country / Region", "Pays / région"),
        },
    ),
    Layout(
        key="stripe_payments",
        name="Stripe payments",
        kind="orders",
        header=_columns(
            "id|Created date (UTC)|Amount|Amount Refunded|Currency|Captured|Converted Amount|Converted Amount Refunded|"
            "Converted Currency|Decline Reason|Description|Fee|Is Link|Link Funding|Mode|PaymentIntent ID|"
            "Payment Source Type|Refunded date (UTC)|Statement Descriptor|Status|Seller Message|Taxes On Fee|Card ID|"
            "Customer ID|Customer Description|Customer Email|Invoice ID|Transfer"
        ),
        other_headers=(
            _columns(
                "id|Description|Seller Message|Created (UTC)|Amount|Amount Refunded|Currency|Converted Amount|"
                "Converted Amount Refunded|Fee|Tax|Converted Currency|Mode|Status|Statement Descriptor|Customer ID|"
                "Customer Description|Customer Email|Captured|Card ID|Card Last4|Card Brand|Card Funding|Card Exp "
                "Month|Card Exp Year|Card Name|Card Address Line1|Card Address City|Card Address Country|Card "
                "Issue Country|Card Fingerprint|Card CVC Status|Invoice ID|Transfer"
            ),
        ),
        telltale=_columns(
            "Amount Refunded|Converted Amount|Converted Currency|PaymentIntent ID|Statement Descriptor|Seller Message|"
            "Taxes On Fee|Customer Description|Captured|Created (UTC)|Created date (UTC)|Converted Amount Refunded"
        ),
        roles={
            "order_id": ("id", "PaymentIntent ID"),
            "customer_id": ("Customer ID",),
            "email": ("Customer Email",),
            "ordered_at": ("Created date (UTC)", "Created (UTC)", "Created"),
            "amount": ("Amount",),
            "currency": ("Currency",),
            "country": ("Card Issue Country", "Card Address Country"),
            "status": ("Status",),
            "refunded": ("Amount Refunded",),
            "test": ("Mode", "livemode"),
        },
    ),
    Layout(
        key="stripe_charges",
        name="Stripe charges (API)",
        kind="orders",
        header=_columns(
            "id|object|amount|amount_captured|amount_refunded|application_fee_amount|balance_transaction|"
            "calculated_statement_descriptor|captured|created|currency|customer|description|disputed|failure_code|"
            "failure_message|invoice|livemode|paid|payment_intent|payment_method|receipt_email|receipt_number|receipt_url|"
            "refunded|status"
        ),
        telltale=_columns(
            "amount_captured|amount_refunded|balance_transaction|calculated_statement_descriptor|payment_intent|receipt_url|"
            "receipt_email|failure_code|application_fee_amount|livemode"
        ),
        roles={
            "order_id": ("id", "payment_intent"),
            "customer_id": ("customer",),
            "email": ("receipt_email",),
            "ordered_at": ("created",),
            "amount": ("amount_captured", "amount"),
            "currency": ("currency",),
            "status": ("status",),
            "refunded": ("amount_refunded",),
            "test": ("livemode",),
        },
        in_cents=("amount", "amount_captured", "amount_refunded"),
    ),
    Layout(
        key="stripe_customers",
        name="Stripe customers",
        kind="customers",
        header=_columns(
            "id|Description|Email|Name|Created (UTC)|Delinquent|Card ID|Card Last4|Card Brand|Card Funding|Card "
            "Exp Month|Card Exp Year|Card Name|Card Address Line1|Card Address City|Card Address Country|Card "
            "Issue Country|Card Fingerprint|Card CVC Status|Default Source|Business Vat ID|Currency|Account "
            "Balance|Total Spend|Payment Count|Average Order|Refunded Volume|Dispute Losses|Plan|Status"
        ),
        telltale=_columns(
            "Delinquent|Default Source|Account Balance|Total Spend|Payment Count|Average Order|Refunded Volume|"
            "Dispute Losses|Business Vat ID"
        ),
        roles={"customer_id": ("id",), "email": ("Email",), "country": ("Card Issue Country", "Card Address Country")},
        enough=2,
    ),
    Layout(
        key="square_transactions",
        name="Square transactions",
        kind="orders",
        header=_columns(
            "Date|Time|Time Zone|Gross Sales|Discounts|Service Charges|Net Sales|Gift Card Sales|Tax|Tip|Partial "
            "Refunds|Total Collected|Source|Card|Card Entry Methods|Cash|Square Gift Card|Other Tender|Other "
            "Tender Type|Other Tender Note|Fees|Net Total|Transaction ID|Payment ID|Card Brand|PAN Suffix|Device "
            "Name|Staff Name|Staff ID|Details|Description|Event Type|Location|Dining Option|Customer ID|Customer "
            "Name|Customer Reference ID|Device Nickname|Deposit ID|Deposit Date"
        ),
        telltale=_columns(
            "Gross Sales|Service Charges|Gift Card Sales|Total Collected|Card Entry Methods|Square Gift Card|Other "
            "Tender|PAN Suffix|Event Type|Dining Option|Partial Refunds|Net Total"
        ),
        roles={
            "order_id": ("Transaction ID", "Payment ID"),
            "customer_id": ("Customer ID", "Customer Reference ID", "Customer Name"),
            "ordered_at": ("Date",),
            "ordered_time": ("Time",),
            "amount": ("Net Sales", "Total Collected", "Gross Sales"),
            "status": ("Event Type",),
        },
    ),
    Layout(
        key="square_items",
        name="Square items",
        kind="orders",
        header=_columns(
            "Date|Time|Time Zone|Category|Item|Qty|Price Point Name|SKU|Modifiers Applied|Gross Sales|Discounts|"
            "Net Sales|Tax|Transaction ID|Payment ID|Device Name|Notes|Details|Event Type|Location|Dining Option|"
            "Customer ID|Customer Name|Customer Reference ID|Unit|Count|Itemization Type|Commission|Employee|"
            "Fulfillment Note"
        ),
        telltale=_columns(
            "Qty|Price Point Name|Modifiers Applied|Gross Sales|Event Type|Dining Option|Itemization Type|Customer "
            "Reference ID"
        ),
        roles={
            "order_id": ("Transaction ID", "Payment ID"),
            "customer_id": ("Customer ID", "Customer Reference ID", "Customer Name"),
            "ordered_at": ("Date",),
            "ordered_time": ("Time",),
            "amount": ("Net Sales", "Gross Sales"),
            "quantity": ("Qty", "Count"),
            "product": ("Item",),
            "product_code": ("SKU",),
            "status": ("Event Type",),
        },
    ),
    Layout(
        key="magento_orders",
        name="Magento / Adobe Commerce orders",
        kind="orders",
        header=_columns(
            "ID|Purchase Point|Purchase Date|Bill-to Name|Ship-to Name|Grand Total (Base)|Grand Total (Purchased)|"
            "Status|Billing Address|Shipping Address|Shipping Information|Customer Email|Customer Group|Subtotal|"
            "Shipping and Handling|Customer Name|Payment Method|Total Refunded|Allocated sources|Pickup Location "
            "Code"
        ),
        telltale=_columns(
            "Purchase Point|Bill-to Name|Ship-to Name|Grand Total (Base)|Grand Total (Purchased)|Shipping and Handling|"
            "Shipping Information|Allocated sources"
        ),
        roles={
            "order_id": ("ID",),
            "email": ("Customer Email",),
            "customer_id": ("Customer ID", "Customer Name", "Bill-to Name"),
            "ordered_at": ("Purchase Date",),
            "amount": ("Grand Total (Base)", "Grand Total (Purchased)"),
            "status": ("Status",),
            "refunded": ("Total Refunded",),
        },
        statuses={"closed": "refunded"},
    ),
    Layout(
        key="magento_sales_order",
        name="Magento / Adobe Commerce sales_order table",
        kind="orders",
        header=_columns(
            "entity_id|state|status|store_id|customer_id|base_grand_total|grand_total|base_subtotal|subtotal|"
            "total_qty_ordered|customer_is_guest|increment_id|order_currency_code|base_currency_code|"
            "customer_email|customer_firstname|customer_lastname|remote_ip|shipping_method|store_name|created_at|"
            "updated_at|total_refunded|base_total_refunded"
        ),
        telltale=_columns(
            "increment_id|base_grand_total|grand_total|order_currency_code|base_currency_code|customer_is_guest|"
            "total_qty_ordered|customer_firstname"
        ),
        roles={
            "order_id": ("increment_id", "entity_id"),
            "customer_id": ("customer_id",),
            "email": ("customer_email",),
            "ordered_at": ("created_at",),
            "amount": ("base_grand_total", "grand_total"),
            "currency": ("base_currency_code", "order_currency_code"),
            "status": ("status", "state"),
            "refunded": ("base_total_refunded", "total_refunded"),
        },
        statuses={"closed": "refunded"},
    ),
    Layout(
        key="prestashop_orders",
        name="PrestaShop orders",
        kind="orders",
        header=_columns("ID|Reference|New client|Delivery|Customer|Total|Payment|Status|Date"),
        other_headers=(
            _columns("ID|Référence|Nouveau client|Livraison|Client|Total|Paiement|État|Date"),
            _columns("ID|Referencia|Cliente nuevo|Entrega|Cliente|Total|Pago|Estado|Fecha"),
            _columns("ID|Bestell-Nr.|Neukunde|Lieferung|Kunde|Gesamt|Zahlung|Status|Datum"),
            _columns("ID|Referência|Novo cliente|Entrega|Cliente|Total|Pagamento|Estado|Data"),
        ),
        telltale=_columns(
            "Reference|New client|New customer|Delivery|Payment|Référence|Nouveau client|Livraison|Paiement|"
            "Referencia|Cliente nuevo|Nuevo cliente|Entrega|Pago|Bestell-Nr.|Neukunde|Lieferung|Zahlung|Referência|"
            "Novo cliente|Pagamento"
        ),
        roles={
            "order_id": ("Reference", "Référence", "Referencia", "Referência", "Bestell-Nr.", "ID"),
            "customer_id": ("Customer", "Client", "Cliente", "Kunde"),
            "ordered_at": ("Date", "Fecha", "Datum", "Data"),
            "amount": ("Total", "Gesamt"),
            "status": ("Status", "État", "Estado"),
        },
    ),
    Layout(
        key="prestashop_order_table",
        name="PrestaShop order table",
        kind="orders",
        header=_columns(
            "id_order|reference|id_shop|id_carrier|id_lang|id_customer|id_cart|id_currency|id_address_delivery|"
            "id_address_invoice|current_state|payment|module|total_discounts|total_paid|total_paid_tax_incl|"
            "total_paid_tax_excl|total_paid_real|total_products|total_products_wt|total_shipping|valid|date_add|"
            "date_upd"
        ),
        telltale=_columns(
            "id_order|id_customer|id_cart|id_currency|current_state|total_paid|total_paid_real|total_products|date_add|"
            "id_address_delivery"
        ),
        roles={
            "order_id": ("reference", "id_order"),
            "customer_id": ("id_customer",),
            "ordered_at": ("date_add",),
            "amount": ("total_paid", "total_paid_tax_incl", "total_paid_real", "total_products_wt", "total_products"),
            "currency": ("iso_currency", "id_currency"),
            "status": ("current_state",),
        },
        statuses={"6": "cancelled", "7": "refunded", "8": "unpaid", "1": "unpaid", "10": "unpaid"},
    ),
    Layout(
        key="amazon_orders",
        name="Amazon seller order report",
        kind="orders",
        header=_columns(
            "order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|"
            "product-name|quantity-purchased|currency|item-price|item-tax|shipping-price|shipping-tax|"
            "ship-service-level|recipient-name|ship-address-1|ship-address-2|ship-address-3|ship-city|ship-state|"
            "ship-postal-code|ship-country|ship-phone-number|delivery-start-date|delivery-end-date|sales-channel|"
            "is-business-order"
        ),
        other_headers=(
            _columns(
                "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|"
                "fulfillment-channel|sales-channel|order-channel|url|ship-service-level|product-name|sku|asin|"
                "item-status|quantity|currency|item-price|item-tax|shipping-price|shipping-tax|gift-wrap-price|"
                "gift-wrap-tax|item-promotion-discount|ship-promotion-discount|ship-city|ship-state|"
                "ship-postal-code|ship-country|promotion-ids|is-business-order|purchase-order-number|"
                "price-designation|buyer-email"
            ),
        ),
        telltale=_columns(
            "amazon-order-id|order-item-id|merchant-order-id|payments-date|buyer-email|quantity-purchased|"
            "item-price|item-tax|ship-service-level|fulfillment-channel|sales-channel|item-promotion-discount|"
            "ship-country|purchase-date"
        ),
        roles={
            "order_id": ("amazon-order-id", "order-id"),
            "customer_id": ("buyer-id",),
            "email": ("buyer-email",),
            "phone": ("buyer-phone-number",),
            "ordered_at": ("purchase-date", "payments-date"),
            "amount": ("item-price",),
            "quantity": ("quantity-purchased", "quantity"),
            "discount": ("item-promotion-discount",),
            "product": ("product-name",),
            "product_code": ("sku", "asin"),
            "country": ("ship-country",),
            "currency": ("currency",),
            "status": ("order-status", "item-status"),
        },
        enough=4,
        before_discount=True,
    ),
    Layout(
        key="ebay_orders",
        name="eBay orders",
        kind="orders",
        header=_columns(
            "Sales Record Number|Order Number|Buyer Username|Buyer Name|Buyer Email|Buyer Note|Buyer Address 1|"
            "Buyer Address 2|Buyer City|Buyer State|Buyer Zip|Buyer Country|Buyer Tax Identifier Name|"
            "Buyer Tax Identifier Value|Ship To Name|Ship To Phone|Ship To Address 1|Ship To Address 2|Ship To City|"
            "Ship To State|Ship To Zip|Ship To Country|Item Number|Item Title|Custom Label|Sold Via Promoted Listings|"
            "Quantity|Sold For|Shipping And Handling|Item Location|Item Zip Code|Item Country|"
            "eBay Collect And Remit Tax Rate|eBay Collect And Remit Tax Type|Seller Collected Tax|eBay Collected Tax|"
            "Total Price|Payment Method|Sale Date|Paid On Date|Ship By Date|Minimum Estimated Delivery Date|"
            "Maximum Estimated Delivery Date|Shipped On Date|Feedback Left|Feedback Received|My Item Note|"
            "PayPal Transaction ID|Shipping Service|Tracking Number|Transaction ID|Variation Details"
        ),
        telltale=_columns(
            "Sales Record Number|Buyer Username|Sold Via Promoted Listings|Sold For|Item Title|Custom Label|Paid "
            "On Date|Feedback Left|Feedback Received|eBay Collected Tax|Variation Details|User Id|Buyer Fullname"
        ),
        roles={
            "order_id": ("Order Number", "Sales Record Number"),
            "customer_id": ("Buyer Username", "User Id"),
            "email": ("Buyer Email",),
            "ordered_at": ("Sale Date", "Paid On Date"),
            "unit_price": ("Sold For", "Sale Price"),
            "quantity": ("Quantity",),
            "order_total": ("Total Price",),
            "product": ("Item Title",),
            "product_code": ("Item Number", "Custom Label"),
            "country": ("Buyer Country", "Ship To Country"),
        },
        summary_rows=True,
    ),
    Layout(
        key="ebay_transactions",
        name="eBay transaction report",
        kind="orders",
        header=_columns(
            "Transaction creation date|Type|Order number|Legacy order ID|Buyer username|Buyer name|Ship to city|"
            "Ship to province/region/state|Ship to zip|Ship to country|Net amount|Payout currency|Payout date|"
            "Payout ID|Payout method|Payout status|Reason for hold|Item ID|Transaction ID|Item title|Custom label|"
            "Quantity|Item subtotal|Shipping and handling|Seller collected tax|eBay collected tax|Final Value Fee - "
            "fixed|Final Value Fee - variable|Very high \"item not as described\" fee|Below standard performance fee|"
            "International fee|Charity donation|Deposit processing fee|Gross transaction amount|Transaction currency|"
            "Exchange rate|Reference ID|Description"
        ),
        telltale=_columns(
            "Transaction creation date|Legacy order ID|Final Value Fee - fixed|Final Value Fee - variable|Gross "
            "transaction amount|Payout currency"
        ),
        roles={
            "order_id": ("Order number", "Legacy order ID"),
            "customer_id": ("Buyer username",),
            "ordered_at": ("Transaction creation date",),
            "amount": ("Gross transaction amount", "Item subtotal"),
            "quantity": ("Quantity",),
            "product": ("Item title",),
            "product_code": ("Custom label", "Item ID"),
            "country": ("Ship to country",),
            "currency": ("Transaction currency",),
            "record_type": ("Type",),
        },
        statuses=dict.fromkeys(
            ("other fee", "shipping label", "payout", "hold", "charge", "transfer", "adjustment"), "other_step"
        ),
    ),
    Layout(
        key="etsy_orders",
        name="Etsy sold orders",
        kind="orders",
        header=_columns(
            "Sale Date|Order ID|Buyer User ID|Full Name|First Name|Last Name|Number of Items|Payment Method|Date "
            "Shipped|Street 1|Street 2|Ship City|Ship State|Ship Zipcode|Ship Country|Currency|Order Value|Coupon "
            "Code|Coupon Details|Discount Amount|Shipping Discount|Shipping|Sales Tax|Order Total|Status|Card "
            "Processing Fees|Order Net|Adjusted Order Total|Adjusted Card Processing Fees|Adjusted Net Order "
            "Amount|Buyer|Order Type|Payment Type|InPerson Discount|InPerson Location|SKU"
        ),
        telltale=_columns(
            "Buyer User ID|Number of Items|Order Value|Card Processing Fees|Order Net|Adjusted Order Total|"
            "Adjusted Net Order Amount|InPerson Discount|InPerson Location|Coupon Details"
        ),
        roles={
            "order_id": ("Order ID",),
            "customer_id": ("Buyer User ID", "Buyer", "Full Name"),
            "ordered_at": ("Sale Date",),
            "amount": ("Order Value", "Order Total"),
            "discount": ("Discount Amount",),
            "quantity": ("Number of Items",),
            "country": ("Ship Country",),
            "currency": ("Currency",),
            "status": ("Status",),
        },
        before_discount=True,
    ),
    Layout(
        key="etsy_items",
        name="Etsy sold order items",
        kind="orders",
        header=_columns(
            "Sale Date|Item Name|Buyer|Quantity|Price|Coupon Code|Coupon Details|Discount Amount|Shipping Discount|"
            "Order Shipping|Order Sales Tax|Item Total|Currency|Transaction ID|Listing ID|Date Paid|Date Shipped|"
            "Ship Name|Ship Address1|Ship Address2|Ship City|Ship State|Ship Zipcode|Ship Country|Order ID|"
            "Variations|Order Type|Listings Type|Payment Type|InPerson Discount|InPerson Location|VAT Paid by "
            "Buyer|SKU"
        ),
        telltale=_columns(
            "Listing ID|Order Shipping|Order Sales Tax|Item Total|Listings Type|Variations|InPerson Discount|"
            "InPerson Location|VAT Paid by Buyer|Coupon Details"
        ),
        roles={
            "order_id": ("Order ID",),
            "customer_id": ("Buyer User ID", "Buyer", "Ship Name"),
            "ordered_at": ("Sale Date", "Date Paid"),
            "unit_price": ("Price",),
            "quantity": ("Quantity",),
            "discount": ("Discount Amount",),
            "product": ("Item Name",),
            "product_code": ("Listing ID", "SKU"),
            "country": ("Ship Country",),
            "currency": ("Currency",),
        },
        before_discount=True,
    ),
    Layout(
        key="uci_online_retail",
        name="UCI Online Retail",
        kind="orders",
        header=_columns("InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country"),
        other_headers=(_columns("Invoice|StockCode|Description|Quantity|InvoiceDate|Price|Customer ID|Country"),),
        telltale=_columns("InvoiceNo|Invoice|StockCode|InvoiceDate"),
        roles={
            "order_id": ("InvoiceNo", "Invoice"),
            "customer_id": ("CustomerID", "Customer ID"),
            "ordered_at": ("InvoiceDate",),
            "unit_price": ("UnitPrice", "Price"),
            "quantity": ("Quantity",),
            "product": ("Description",),
            "product_code": ("StockCode",),
            "country": ("Country",),
        },
    ),
)  # fmt: skip


def recognise(columns: Sequence[str]) -> Layout | None:
    """The layout whose export has these columns, or None. What has no date or no money is no export of orders."""
    have = {compact(column) for column in columns}
    best: Layout | None = None
    most = (0.0, 0)
    for layout in LAYOUTS:
        telling = len({compact(header) for header in layout.telltale} & have)
        if telling < layout.enough or not (layout.kind != "orders" or _tells_orders(layout, have)):
            continue
        known = {compact(column) for header in layout.headers for column in header}
        rank = (len(known & have) / len(have), telling)
        if rank > most:
            best, most = layout, rank
    return best


def _tells_orders(layout: Layout, have: set[str]) -> bool:
    def has(role: str) -> bool:
        return any(compact(name) in have for name in layout.roles.get(role, ()))

    return has("ordered_at") and (has("amount") or has("unit_price") or has("order_total"))


def layout_named(key: str) -> Layout | None:
    """The layout of that key."""
    return next((layout for layout in LAYOUTS if layout.key == key), None)
