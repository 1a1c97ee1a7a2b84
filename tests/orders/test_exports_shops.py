"""Exports of many systems, header rows as they write them, each with the answer that a person gives: one was wrong once."""

# ruff: noqa: E501 - header rows stand as the systems write them

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from lib.errors import UserError
from lib.layouts import understand
from lib.orders import clean_files
from lib.tables import read_table, read_tables


@dataclass(frozen=True)
class Export:
    """A file and what is in it: order lines, their sum, the customers, the first day, what is set aside."""

    what: str
    name: str
    data: bytes
    lines: int
    total: float
    customers: int
    first: str
    set_aside: Mapping[str, int] = field(default_factory=dict)
    currency: str | None = None
    personal: tuple[str, ...] = ()
    kind: str = "orders"


def _text(*lines: str, encoding: str = "utf-8") -> bytes:
    return ("\n".join(lines) + "\n").encode(encoding)


EXPORTS = (
    Export(
        "shopify analytics: sales by customer by day",
        "Total sales by customer.csv",
        _text(
            '"Day","Order name","Customer name","Customer email","Gross sales","Discounts","Returns","Net sales","Shipping charges","Taxes","Total sales"',
            '"2025-01-03","#1001","Ana Lee","ana@x.com","40.0","-4.0","0.0","36.0","5.0","0.0","41.0"',
            '"2025-01-14","#1002","Bob Ray","bob@x.com","20.0","0.0","0.0","20.0","5.0","0.0","25.0"',
            '"2025-01-20","#1001","Ana Lee","ana@x.com","0.0","0.0","-18.0","-18.0","0.0","0.0","-18.0"',
        ),
        *(2, 56.0, 2, "2025-01-03"),
        set_aside={"negative_amount": 1},
    ),
    Export(
        "woo webtoffee",
        "order_export_2025-03-01.csv",
        _text(
            "order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_key,order_currency,payment_method,payment_method_title,transaction_id,customer_ip_address,customer_user_agent,shipping_method,customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_postcode,billing_city,billing_country,line_item_1,line_item_2",
            '101,101,2025-01-03 10:00:00,2025-01-03 10:01:00,completed,5,0,0,0,0,0,0,0,25,20,wc_order_aa,EUR,stripe,Card,pi_1,1.2.3.4,Mozilla,flat_rate,7,ana,ana@x.com,Ana,Lee,,ana@x.com,600111222,"Calle 1",28001,Madrid,ES,"name:Mug|product_id:5|sku:M|quantity:2|total:20.00|sub_total:20.00",',
            '102,102,2025-01-14 10:00:00,,pending,5,0,0,0,0,0,0,0,25,20,wc_order_bb,EUR,stripe,Card,,1.2.3.4,Mozilla,flat_rate,0,,bob@x.com,Bob,Ray,,bob@x.com,600111333,"Calle 2",28001,Madrid,ES,"name:Mug|product_id:5|sku:M|quantity:2|total:20.00|sub_total:20.00",',
            '103,103,2025-02-14 10:00:00,2025-02-14 10:01:00,processing,5,0,0,0,0,0,0,0,15,10,wc_order_cc,EUR,stripe,Card,pi_3,1.2.3.4,Mozilla,flat_rate,0,,bob@x.com,Bob,Ray,,bob@x.com,600111333,"Calle 2",28001,Madrid,ES,"name:Mug|product_id:5|sku:M|quantity:1|total:10.00|sub_total:10.00",',
        ),
        *(2, 40.0, 2, "2025-01-03"),
        set_aside={"unpaid": 1},
        currency="EUR",
        personal=("billing_first_name", "customer_email", "customer_ip_address", "billing_address_1"),
    ),
    Export(
        "woo french plugin",
        "commandes.csv",
        _text(
            "Numéro de commande;État de la commande;Date de commande;Prénom (facturation);Nom (facturation);E-mail (facturation);Téléphone (facturation);Montant total de la commande;Devise",
            "501;Terminée;03/01/2025 10:15;Léa;Petit;lea@x.fr;0612345678;45,90;EUR",
            "502;Annulée;14/01/2025 11:15;Marc;Roux;marc@x.fr;0612345679;20,00;EUR",
            "503;En cours;14/02/2025 11:15;Marc;Roux;marc@x.fr;0612345679;1 020,50;EUR",
        ),
        *(2, 1066.4, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="EUR",
        personal=("Prénom (facturation)", "Nom (facturation)", "Téléphone (facturation)"),
    ),
    Export(
        "stripe balance history",
        "balance_history.csv",
        _text(
            "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Customer Facing Amount,Customer Facing Currency,Transfer,customer_id (metadata)",
            "txn_1,charge,ch_1,100.00,3.20,96.80,eur,2025-01-03 10:00,2025-01-10 00:00,Order 1,100.00,eur,po_1,C1",
            "txn_2,charge,ch_2,50.00,1.70,48.30,eur,2025-01-14 10:00,2025-01-21 00:00,Order 2,50.00,eur,po_1,C2",
            "txn_3,refund,re_1,-50.00,0.00,-50.00,eur,2025-01-15 10:00,2025-01-15 00:00,REFUND,-50.00,eur,po_1,C2",
            "txn_4,payout,po_1,-95.10,0.00,-95.10,eur,2025-01-22 00:00,2025-01-22 00:00,STRIPE PAYOUT,,,,",
            "txn_5,charge,ch_3,20.00,0.80,19.20,eur,2025-02-03 10:00,2025-02-10 00:00,Order 3,20.00,eur,po_2,C1",
        ),
        *(3, 170.0, 2, "2025-01-03"),
        set_aside={"no_customer": 1, "refunded": 1},
        currency="EUR",
    ),
    Export(
        "stripe invoices",
        "invoices.csv",
        _text(
            "id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Total Discount Amount,Applied Coupons,Tax,Tax Percent,Total,Amount Paid,Status",
            "in_1,20.00,charge_automatically,TRUE,usd,cus_A,2025-01-03 10:00,,ABC-0001,TRUE,sub_1,20.00,0.00,,0.00,,20.00,20.00,paid",
            "in_2,20.00,charge_automatically,TRUE,usd,cus_B,2025-01-14 10:00,,ABC-0002,TRUE,sub_2,20.00,0.00,,0.00,,20.00,20.00,paid",
            "in_3,20.00,charge_automatically,TRUE,usd,cus_A,2025-02-03 10:00,,ABC-0003,FALSE,sub_1,20.00,0.00,,0.00,,20.00,0.00,void",
            "in_4,20.00,charge_automatically,TRUE,usd,cus_B,2025-02-14 10:00,,ABC-0004,FALSE,sub_2,20.00,0.00,,0.00,,20.00,0.00,open",
        ),
        *(2, 40.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1, "unpaid": 1},
        currency="USD",
    ),
    Export(
        "paypal english",
        "Download.CSV",
        _text(
            '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Shipping Address","Address Status","Item Title","Item ID","Shipping and Handling Amount","Insurance Amount","Sales Tax","Reference Txn ID","Invoice Number","Quantity","Receipt ID","Balance","Country","Contact Phone Number","Subject","Note","Balance Impact"',
            '"01/03/2025","10:15:22","PST","Ann Lee","Website Payment","Completed","USD","1,234.50","-36.00","1,198.50","ann@x.com","shop@x.com","TX1","Ann Lee, 1 Main St","Confirmed","Mug","","0.00","","","","INV1","1","","1,198.50","US","555","","","Credit"',
            '"01/14/2025","10:15:22","PST","Bob Ray","Express Checkout Payment","Completed","USD","20.00","-0.88","19.12","bob@x.com","shop@x.com","TX2","","Confirmed","Mug","","0.00","","","","INV2","1","","1,217.62","US","556","","","Credit"',
            '"01/15/2025","10:15:22","PST","Bob Ray","Payment Refund","Completed","USD","-20.00","0.88","-19.12","shop@x.com","bob@x.com","TX3","","","Mug","","0.00","","","TX2","INV2","1","","1,198.50","US","","","","Debit"',
            '"01/16/2025","10:15:22","PST","","General Withdrawal","Completed","USD","-1,000.00","0.00","-1,000.00","shop@x.com","","TX4","","","","","","","","","","","","198.50","","","","","Debit"',
            '"01/17/2025","10:15:22","PST","","General Currency Conversion","Completed","USD","9.00","0.00","9.00","","shop@x.com","TX5","","","","","","","","","","","","207.50","","","","","Credit"',
            '"01/17/2025","10:15:22","PST","","General Currency Conversion","Completed","EUR","-8.00","0.00","-8.00","shop@x.com","","TX6","","","","","","","","","","","","0.00","","","","","Debit"',
            '"02/17/2025","10:15:22","PST","Ann Lee","Website Payment","Pending","USD","30.00","0.00","30.00","ann@x.com","shop@x.com","TX7","","","Mug","","0.00","","","","INV3","1","","207.50","US","","","","Memo"',
        ),
        *(2, 1254.5, 2, "2025-01-03"),
        set_aside={"no_customer": 1, "other_currency": 1, "unpaid": 1, "refunded": 1, "negative_amount": 1},
        currency="USD",
    ),
    Export(
        "paypal german",
        "Download_de.CSV",
        _text(
            '\ufeff"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Absender E-Mail-Adresse","Empfänger E-Mail-Adresse","Transaktionscode","Guthaben"',
            '"03.01.2025","10:15:22","CET","Ana Kurz","Website-Zahlung","Abgeschlossen","EUR","1.234,50","-36,00","1.198,50","ana@x.de","shop@x.de","TX1","1.198,50"',
            '"14.01.2025","10:15:22","CET","Uwe Lang","Website-Zahlung","Abgeschlossen","EUR","20,00","-0,88","19,12","uwe@x.de","shop@x.de","TX2","1.217,62"',
            '"15.01.2025","10:15:22","CET","Uwe Lang","Rückzahlung","Abgeschlossen","EUR","-20,00","0,88","-19,12","shop@x.de","uwe@x.de","TX3","1.198,50"',
            '"16.01.2025","10:15:22","CET","","Allgemeine Abbuchung","Abgeschlossen","EUR","-100,00","0,00","-100,00","shop@x.de","","TX4","1.098,50"',
        ),
        *(2, 1254.5, 2, "2025-01-03"),
        set_aside={"negative_amount": 2},
        currency="EUR",
    ),
    Export(
        "paypal spanish",
        "Descargar.CSV",
        _text(
            '"Fecha","Hora","Zona horaria","Nombre","Tipo","Estado","Divisa","Bruto","Comisión","Neto","Correo electrónico del remitente","Correo electrónico del destinatario","Id. de transacción","Saldo"',
            '"03/01/2025","10:15:22","CET","Ana Ruiz","Pago en sitio web","Completado","EUR","1.234,50","-36,00","1.198,50","ana@x.es","tienda@x.es","TX1","1.198,50"',
            '"14/01/2025","10:15:22","CET","Luis Gil","Pago en sitio web","Completado","EUR","20,00","-0,88","19,12","luis@x.es","tienda@x.es","TX2","1.217,62"',
            '"15/02/2025","10:15:22","CET","Luis Gil","Pago en sitio web","Completado","USD","30,00","-0,88","29,12","luis@x.es","tienda@x.es","TX3","29,12"',
        ),
        *(2, 1254.5, 2, "2025-01-03"),
        set_aside={"other_currency": 1},
        currency="EUR",
    ),
    Export(
        "paypal french",
        "Telecharger.CSV",
        _text(
            '"Date","Heure","Fuseau horaire","Nom","Type","État","Devise","Avant commission","Commission","Net","De l\'adresse email","À l\'adresse email","Numéro de transaction","Solde"',
            '"03/01/2025","10:15:22","CET","Léa Petit","Paiement sur site marchand","Terminé","EUR","1 234,50","-36,00","1 198,50","lea@x.fr","shop@x.fr","TX1","1 198,50"',
            '"14/01/2025","10:15:22","CET","Marc Roux","Paiement sur site marchand","Terminé","EUR","20,00","-0,88","19,12","marc@x.fr","shop@x.fr","TX2","1 217,62"',
        ),
        *(2, 1254.5, 2, "2025-01-03"),
        currency="EUR",
    ),
    Export(
        "prestashop es",
        "order_2025-03-01.csv",
        _text(
            "ID;Referencia;Cliente nuevo;Entrega;Cliente;Total;Pago;Estado;Fecha",
            '1;XKBKNABJK;1;España;"A. RUIZ";"61,80 €";"Transferencia bancaria";"Pago aceptado";"03/01/2025 10:00:00"',
            '2;OHSATSERP;0;España;"L. GIL";"1.069,90 €";"Tarjeta";"Entregado";"14/01/2025 10:00:00"',
            '3;UOYEVOLIX;0;España;"L. GIL";"14,90 €";"Transferencia bancaria";"En espera de pago por transferencia bancaria";"15/01/2025 10:00:00"',
            '4;FFATNOMMJ;0;España;"L. GIL";"14,90 €";"Tarjeta";"Cancelado";"16/01/2025 10:00:00"',
            '5;KHWLILZLL;0;España;"A. RUIZ";"20,00 €";"Tarjeta";"Error en pago";"17/01/2025 10:00:00"',
        ),
        *(2, 1131.7, 2, "2025-01-03"),
        set_aside={"cancelled": 1, "unpaid": 2},
        currency="€",
    ),
    Export(
        "prestashop sql ids",
        "ps_orders.csv",
        _text(
            "id_order;reference;id_customer;id_currency;current_state;payment;total_paid;total_paid_real;total_products;total_products_wt;total_shipping;valid;date_add",
            "1;XKB;7;1;5;Card;61.800000;61.800000;50.000000;60.000000;1.800000;1;2025-01-03 10:00:00",
            "2;OHS;8;1;6;Card;61.800000;0.000000;50.000000;60.000000;1.800000;0;2025-01-14 10:00:00",
            "3;UOY;8;1;2;Card;20.000000;20.000000;20.000000;20.000000;0.000000;1;2025-02-14 10:00:00",
        ),
        *(2, 81.8, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
    ),
    Export(
        "bigcommerce",
        "bigcommerce-orders.csv",
        _text(
            "Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Tax Total,Shipping Cost (inc tax),Order Total (inc tax),Order Total (ex tax),Payment Method,Total Quantity,Total Shipped,Date Shipped,Order Currency Code,Refund Amount",
            "100,7,Ann Lee,ann@x.com,555,03/01/2025,Completed,20.00,20.00,0.00,5.00,25.00,25.00,Card,2,2,05/01/2025,USD,0.00",
            "101,8,Bob Ray,bob@x.com,556,14/01/2025,Awaiting Payment,20.00,20.00,0.00,5.00,25.00,25.00,Card,2,0,,USD,0.00",
            "102,8,Bob Ray,bob@x.com,556,15/01/2025,Shipped,40.00,40.00,0.00,5.00,45.00,45.00,Card,2,2,17/01/2025,USD,0.00",
            "103,8,Bob Ray,bob@x.com,556,16/01/2025,Awaiting Fulfillment,10.00,10.00,0.00,5.00,15.00,15.00,Card,1,0,,USD,0.00",
        ),
        *(3, 70.0, 2, "2025-01-03"),
        set_aside={"unpaid": 1},
        currency="USD",
    ),
    Export(
        "wix orders",
        "Orders.csv",
        _text(
            '"Order number","Date created","Time","Total order quantity","Contact email","Note from customer","Additional checkout info","Item","Variant","SKU","Qty","Quantity refunded","Price","Weight","Custom text","Deposit amount","Delivery method","Delivery time","Recipient name","Recipient phone","Recipient company name","Delivery country","Delivery city","Billing name","Billing phone","Payment status","Payment method","Coupon code","Gift card amount","Shipping rate","Total tax","Total","Currency","Refunded amount","Net amount","Fulfillment status"',
            '"10001","Jan 3, 2025","10:15:00 AM","3","ann@x.com","","","Mug","","M","2","0","10","0","","","Standard","","Ann Lee","555","","USA","Reno","Ann Lee","555","Paid","Card","","0","5","0","35","USD","0","35","Fulfilled"',
            '"10001","Jan 3, 2025","10:15:00 AM","3","ann@x.com","","","Cap","","C","1","0","10","0","","","Standard","","Ann Lee","555","","USA","Reno","Ann Lee","555","Paid","Card","","0","5","0","35","USD","0","35","Fulfilled"',
            '"10002","Feb 14, 2025","7:15:00 PM","1","bob@x.com","","","Cap","","C","1","0","10","0","","","Standard","","Bob Ray","556","","USA","Reno","Bob Ray","556","Unpaid","Manual","","0","5","0","15","USD","0","0","Not fulfilled"',
            '"10003","Feb 15, 2025","7:15:00 PM","1","bob@x.com","","","Cap","","C","1","0","10","0","","","Standard","","Bob Ray","556","","USA","Reno","Bob Ray","556","Paid","Card","","0","5","0","15","USD","0","15","Fulfilled"',
        ),
        *(3, 40.0, 2, "2025-01-03"),
        set_aside={"unpaid": 1},
        currency="USD",
    ),
    Export(
        "ecwid",
        "orders_ecwid.csv",
        _text(
            "order_number;order_id;email;created_date;payment_status;fulfillment_status;subtotal;shipping_cost;tax;discount;total;refunded_amount;currency;customer_id;billing_name;billing_phone;product_sku;product_name;product_quantity;product_price",
            "AB1;AB1;ann@x.com;2025-01-03 10:00:00 +0000;PAID;SHIPPED;30;5;0;0;35;0;EUR;77;Ann Lee;555;M;Mug;2;10",
            "AB1;AB1;ann@x.com;2025-01-03 10:00:00 +0000;PAID;SHIPPED;30;5;0;0;35;0;EUR;77;Ann Lee;555;C;Cap;1;10",
            "AB2;AB2;bob@x.com;2025-02-14 10:00:00 +0000;AWAITING_PAYMENT;AWAITING_PROCESSING;10;5;0;0;15;0;EUR;78;Bob Ray;556;C;Cap;1;10",
            "AB3;AB3;bob@x.com;2025-02-15 10:00:00 +0000;PAID;SHIPPED;10;5;0;0;15;0;EUR;78;Bob Ray;556;C;Cap;1;10",
        ),
        *(3, 40.0, 2, "2025-01-03"),
        set_aside={"unpaid": 1},
        currency="EUR",
    ),
    Export(
        "shopware 6",
        "order.csv",
        _text(
            "id;order_number;order_date_time;amount_total;amount_net;currency;order_customer.email;order_customer.customer_number;order_customer.first_name;order_customer.last_name;state_machine_state.name;transactions.state",
            "018f3a1b;10001;2025-01-03T10:00:00.000+00:00;119.00;100.00;EUR;ana@x.de;20001;Ana;Kurz;Abgeschlossen;Bezahlt",
            "018f3a1c;10002;2025-01-14T10:00:00.000+00:00;23.80;20.00;EUR;uwe@x.de;20002;Uwe;Lang;Abgebrochen;Offen",
            "018f3a1d;10003;2025-02-14T10:00:00.000+00:00;23.80;20.00;EUR;uwe@x.de;20002;Uwe;Lang;In Bearbeitung;Bezahlt",
        ),
        *(2, 142.8, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="EUR",
    ),
    Export(
        "jtl wawi",
        "JTL-Export-Auftraege.csv",
        _text(
            "Auftragsnummer;Auftragsdatum;Kundennummer;Firma;Vorname;Nachname;E-Mail;Artikelnummer;Artikelname;Anzahl;VK Brutto;VK Netto;Position Gesamt Brutto;Währung;Storniert",
            "AU2025-10001;03.01.2025;10017;;Ana;Kurz;ana@x.de;A1;Gurke;2,00;11,90;10,00;23,80;EUR;N",
            "AU2025-10002;14.01.2025;10018;;Uwe;Lang;uwe@x.de;A1;Gurke;1,00;11,90;10,00;11,90;EUR;J",
            "AU2025-10003;14.02.2025;10018;;Uwe;Lang;uwe@x.de;A1;Gurke;1,00;11,90;10,00;11,90;EUR;N",
            encoding="cp1252",
        ),
        *(2, 35.7, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="EUR",
        personal=("Vorname", "Nachname", "E-Mail"),
    ),
    Export(
        "loyverse receipts by item",
        "receipts-by-item-2025-01-01.csv",
        _text(
            "Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Modifiers applied,Quantity,Gross sales,Discounts,Net sales,Cost of goods,Gross profit,Taxes,POS,Store,Cashier name,Customer name,Customer contacts,Comment,Status",
            "1/3/25 10:15 AM,1-1001,Sale,Food,10001,Mug,,,2.000,20.00,0.00,20.00,8.00,12.00,0.00,POS 1,Main,Sam,Ann Lee,ann@x.com,,Closed",
            "1/14/25 5:15 PM,1-1002,Sale,Food,10001,Mug,,,1.000,10.00,1.00,9.00,4.00,5.00,0.00,POS 1,Main,Sam,Bob Ray,bob@x.com,,Closed",
            "1/15/25 5:15 PM,1-1003,Refund,Food,10001,Mug,,,1.000,-10.00,-1.00,-9.00,-4.00,-5.00,0.00,POS 1,Main,Sam,Bob Ray,bob@x.com,,Closed",
            "1/16/25 5:15 PM,1-1004,Sale,Food,10001,Mug,,,1.000,10.00,0.00,10.00,4.00,6.00,0.00,POS 1,Main,Sam,,,,Closed",
        ),
        *(2, 29.0, 2, "2025-01-03"),
        set_aside={"no_customer": 1, "refunded": 1},
    ),
    Export(
        "tiendanube es",
        "ventas.csv",
        _text(
            '"Número de orden";"Email";"Fecha";"Estado de la orden";"Estado del pago";"Estado del envío";"Moneda";"Subtotal de productos";"Descuento";"Costo de envío";"Total";"Nombre del comprador";"DNI / CUIT";"Teléfono";"Nombre para el envío";"Dirección";"País";"Medio de envío";"Medio de pago";"Cupón de descuento";"Nombre del producto";"Precio del producto";"Cantidad del producto";"SKU";"Canal"',
            '"101";"ana@x.com.ar";"03/01/2025 10:15:22";"Abierta";"Recibido";"Enviado";"ARS";"30000.00";"0.00";"500.00";"30500.00";"Ana Ruiz";"30111222";"+541100";"Ana Ruiz";"Calle 1";"Argentina";"Correo";"Mercado Pago";"";"Taza";"10000.00";"2";"T";"Móvil"',
            '"101";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"Gorra";"10000.00";"1";"G";""',
            '"102";"luis@x.com.ar";"14/01/2025 10:15:22";"Cancelada";"Anulado";"No está empaquetado";"ARS";"10000.00";"0.00";"500.00";"10500.00";"Luis Gil";"30111223";"+541101";"Luis Gil";"Calle 2";"Argentina";"Correo";"Mercado Pago";"";"Taza";"10000.00";"1";"T";"Móvil"',
            '"103";"luis@x.com.ar";"14/02/2025 10:15:22";"Cerrada";"Recibido";"Enviado";"ARS";"10000.00";"0.00";"500.00";"10500.00";"Luis Gil";"30111223";"+541101";"Luis Gil";"Calle 2";"Argentina";"Correo";"Mercado Pago";"";"Taza";"10000.00";"1";"T";"Móvil"',
            encoding="cp1252",
        ),
        *(3, 40000.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="ARS",
        personal=("Email", "Nombre del comprador", "DNI / CUIT", "Teléfono", "Dirección"),
    ),
    Export(
        "nuvemshop pt",
        "vendas.csv",
        _text(
            '"Número do Pedido";"E-mail";"Data";"Status do Pedido";"Status do Pagamento";"Status do Envio";"Moeda";"Subtotal";"Desconto";"Valor do Frete";"Total";"Nome do comprador";"CPF / CNPJ";"Telefone";"Nome do Produto";"Valor do Produto";"Quantidade Comprada";"SKU"',
            '"101";"ana@x.com.br";"03/01/2025";"Aberto";"Confirmado";"Enviado";"BRL";"300.00";"0.00";"5.00";"305.00";"Ana Silva";"111.222.333-44";"+5511";"Caneca";"100.00";"2";"C"',
            '"101";"ana@x.com.br";"03/01/2025";"Aberto";"Confirmado";"Enviado";"BRL";"300.00";"0.00";"5.00";"305.00";"Ana Silva";"111.222.333-44";"+5511";"Boné";"100.00";"1";"B"',
            '"102";"rui@x.com.br";"14/01/2025";"Cancelado";"Recusado";"Não enviado";"BRL";"100.00";"0.00";"5.00";"105.00";"Rui Costa";"111.222.333-45";"+5511";"Caneca";"100.00";"1";"C"',
            '"103";"rui@x.com.br";"14/02/2025";"Arquivado";"Confirmado";"Enviado";"BRL";"100.00";"0.00";"5.00";"105.00";"Rui Costa";"111.222.333-45";"+5511";"Caneca";"100.00";"1";"C"',
        ),
        *(3, 400.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="BRL",
        personal=("CPF / CNPJ", "Nome do comprador", "Telefone"),
    ),
    Export(
        "vtex",
        "vtex-orders.csv",
        _text(
            "Origin;Order;Sequence;Creation Date;Client Name;Client Last Name;Client Document;Email;Phone;UF;City;Reference Code;SKU Name;Quantity_SKU;SKU Value;SKU Selling Price;SKU Total Price;Discounts Names;Discounts Totals;Shipping Value;Total Value;Status;Payment System Name;Currency",
            "Fulfillment;v1-01;501;2025-01-03 10:00:00Z;Ana;Silva;11122233344;ana@x.com.br;+5511;SP;Sao Paulo;C;Caneca;2;100,00;90,00;180,00;;-20,00;10,00;190,00;Faturado;Visa;BRL",
            "Fulfillment;v2-01;502;2025-01-14 10:00:00Z;Rui;Costa;11122233355;rui@x.com.br;+5512;SP;Sao Paulo;C;Caneca;1;100,00;100,00;100,00;;0,00;10,00;110,00;Cancelado;Visa;BRL",
            "Fulfillment;v3-01;503;2025-02-14 10:00:00Z;Rui;Costa;11122233355;rui@x.com.br;+5512;SP;Sao Paulo;C;Caneca;1;100,00;100,00;100,00;;0,00;10,00;110,00;Faturado;Visa;BRL",
        ),
        *(2, 280.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="BRL",
    ),
    Export(
        "sap list with pipes and dashes",
        "spool.txt",
        _text(
            "03.03.2025                Dynamische Listenanzeige                  1",
            "----------------------------------------------------------------------",
            "|Fakturanr.|Fakt.dat. |Auftraggeber|Material|Menge |Nettowert   |Währg|",
            "----------------------------------------------------------------------",
            "|0090001001|03.01.2025|0000100017  |M-01    |     2|    1.234,50|EUR  |",
            "|0090001002|14.01.2025|0000100018  |M-01    |     1|       20,00|EUR  |",
            "|0090001003|15.01.2025|0000100018  |M-01    |     1|       20,00-|EUR  |",
            "----------------------------------------------------------------------",
        ),
        *(2, 1254.5, 2, "2025-01-03"),
        set_aside={"negative_amount": 1},
        currency="EUR",
    ),
    Export(
        "quickbooks invoice list",
        "Invoice List.csv",
        _text(
            "Date,Transaction Type,Num,Name,Memo/Description,Due Date,Amount,Open Balance",
            '01/03/2025,Invoice,1001,Ann Lee,,02/02/2025,"1,020.00",0.00',
            "01/14/2025,Invoice,1002,Bob Ray,,02/13/2025,20.00,0.00",
            "02/14/2025,Invoice,1003,Bob Ray,,03/13/2025,30.00,30.00",
        ),
        *(3, 1070.0, 2, "2025-01-03"),
    ),
    Export(
        "xero sales invoices",
        "SalesInvoices.csv",
        _text(
            "ContactName,EmailAddress,POAddressLine1,POCity,POPostalCode,POCountry,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,AccountCode,TaxType,TaxAmount,Currency,Type,Sent,Status",
            "Ann Lee,ann@x.co.uk,1 High St,Leeds,LS1,UK,INV-001,,03/01/2025,02/02/2025,36.00,M,Mug,2,10.00,,20.00,200,20% (VAT on Income),4.00,GBP,Sales invoice,Sent,Paid",
            "Ann Lee,ann@x.co.uk,1 High St,Leeds,LS1,UK,INV-001,,03/01/2025,02/02/2025,36.00,C,Cap,1,10.00,,10.00,200,20% (VAT on Income),2.00,GBP,Sales invoice,Sent,Paid",
            "Bob Ray,bob@x.co.uk,2 High St,Leeds,LS1,UK,INV-002,,14/01/2025,13/02/2025,24.00,M,Mug,2,10.00,,20.00,200,20% (VAT on Income),4.00,GBP,Sales invoice,Sent,Voided",
            "Bob Ray,bob@x.co.uk,2 High St,Leeds,LS1,UK,INV-003,,14/02/2025,13/03/2025,24.00,M,Mug,2,10.00,,20.00,200,20% (VAT on Income),4.00,GBP,Sales invoice,Sent,Paid",
        ),
        *(3, 50.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="GBP",
    ),
    Export(
        "Klaviyo's profiles are customers, though they count orders",
        "klaviyo_list.csv",
        _text(
            "Email,Klaviyo ID,First Name,Last Name,Phone Number,Address,City,Country,Email Marketing Consent,First Active,Last Active,Profile Created On,Date Added,Last Open,Last Click,Historic Customer Lifetime Value,Historic Number Of Orders,Predicted Gender,Churn Risk Prediction",
            "ann@x.com,01H1,Ann,Lee,+15551234567,1 Main St,Reno,United States,SUBSCRIBED,2025-01-03 10:00:00,2025-03-03 10:00:00,2025-01-03 10:00:00,2025-01-03 10:00:00,,,120.5,3,likely female,0.2",
            "bob@x.com,01H2,Bob,Ray,+15551234568,2 Main St,Reno,United States,NEVER_SUBSCRIBED,2025-01-04 10:00:00,2025-03-04 10:00:00,2025-01-04 10:00:00,2025-01-04 10:00:00,,,20.5,1,likely male,0.7",
        ),
        *(2, 0.0, 2, ""),
        personal=("Email", "First Name", "Phone Number", "Address"),
        kind="customers",
    ),
    Export(
        "ga4 bigquery flattened",
        "ga4.csv",
        _text(
            "event_date,event_timestamp,event_name,user_pseudo_id,ecommerce.transaction_id,ecommerce.purchase_revenue,items.item_name,items.quantity,items.price,geo.country",
            "20250103,1735898400000000,purchase,111.222,T1,20.0,Mug,2,10.0,United States",
            "20250103,1735898300000000,view_item,111.222,,,Mug,,10.0,United States",
            "20250114,1736848800000000,purchase,333.444,T2,10.0,Cap,1,10.0,United States",
            "20250214,1739527200000000,purchase,111.222,T3,10.0,Cap,1,10.0,United States",
        ),
        *(3, 40.0, 2, "2025-01-03"),
        set_aside={"unpaid": 1},
    ),
    Export(
        "uci renamed spanish-ish",
        "lineas.csv",
        _text(
            "NumFactura;CodArticulo;DescArticulo;Cant;FechaFactura;PrecioUd;CodCliente;Pais",
            "536365;85123A;TAZA;6;01/12/2010 8:26;2,55;17850;España",
            "536366;71053;GORRA;6;01/12/2010 8:28;3,39;13047;España",
            "C536367;71053;GORRA;-6;02/12/2010 8:28;3,39;13047;España",
            "536368;71053;GORRA;1;20/12/2010 8:28;3,39;13047;España",
        ),
        *(3, 39.03, 2, "2010-12-01"),
        set_aside={"cancelled": 1},
    ),
    Export(
        "discount percent",
        "pct.csv",
        _text(
            "Rechnung;Datum;Kundennr;Artikel;Menge;Einzelpreis;Rabatt %",
            "1;03.01.2025;17;Gurke;2;10,00;10",
            "2;14.01.2025;18;Gurke;1;10,00;0",
            "3;14.02.2025;18;Gurke;1,5;10,00;50",
        ),
        *(3, 35.5, 2, "2025-01-03"),
    ),
    Export(
        "discount percent sign",
        "pct2.csv",
        _text(
            "Invoice,Date,Customer No,Item,Qty,Unit Price,Discount",
            "1,2025-01-03,17,Jar,2,10.00,10%",
            "2,2025-01-14,18,Jar,1,10.00,0%",
            "3,2025-02-14,18,Jar,1,10.00,50%",
        ),
        *(3, 33.0, 2, "2025-01-03"),
    ),
    Export(
        "refund rows of their own by type",
        "types.csv",
        _text(
            "transaction_id,type,date,customer_id,amount",
            "t1,sale,2025-01-03,71,50.00",
            "t2,sale,2025-01-14,72,20.00",
            "t3,refund,2025-01-15,72,20.00",
            "t4,sale,2025-02-15,72,30.00",
        ),
        *(3, 100.0, 2, "2025-01-03"),
        set_aside={"refunded": 1},
    ),
    Export(
        "amazon customer-invoices VAT report",
        "vat.csv",
        _text(
            '"Marketplace ID","Merchant ID","Order Date","Transaction Type","Order ID","Shipment Date","ASIN","SKU","Quantity","Currency","OUR_PRICE Tax Inclusive Selling Price","OUR_PRICE Tax Amount","Ship To Country","Buyer Tax Registration","Buyer Name"',
            '"A1","M1","03-Jan-2025 UTC","SHIPMENT","302-1","04-Jan-2025 UTC","B0","S1","1","EUR","24.20","4.20","ES","","Ann"',
            '"A1","M1","14-Jan-2025 UTC","SHIPMENT","302-2","15-Jan-2025 UTC","B0","S1","1","EUR","24.20","4.20","ES","","Bob"',
            '"A1","M1","15-Jan-2025 UTC","REFUND","302-2","15-Jan-2025 UTC","B0","S1","1","EUR","-24.20","-4.20","ES","","Bob"',
        ),
        *(2, 48.4, 2, "2025-01-03"),
        set_aside={"negative_amount": 1},
        currency="EUR",
    ),
    Export(
        "mollie payments",
        "mollie.csv",
        _text(
            'Date,"Payment method",Currency,Amount,Status,ID,Description,"Consumer name","Consumer bank account","Consumer BIC","Settlement currency","Settlement amount","Settlement reference","Amount refunded"',
            '"2025-01-03 10:00:00",ideal,EUR,20.00,paid,tr_1,"Order 1","A. Lee",NL91ABNA0417164300,ABNANL2A,EUR,19.71,1234,0.00',
            '"2025-01-14 10:00:00",ideal,EUR,30.00,expired,tr_2,"Order 2","",,,EUR,,,0.00',
            '"2025-02-14 10:00:00",ideal,EUR,30.00,paid,tr_3,"Order 3","B. Ray",NL02ABNA0123456789,ABNANL2A,EUR,29.71,1234,0.00',
        ),
        *(2, 50.0, 2, "2025-01-03"),
        set_aside={"no_customer": 1},
        currency="EUR",
        personal=("Consumer bank account",),
    ),
    Export(
        "toast / clover pos",
        "OrderDetails.csv",
        _text(
            '"Location","Order Id","Order #","Opened","Closed","# of Guests","Tab Names","Server","Table","Revenue Center","Dining Options","Service","Discount Amount","Amount","Tax","Tip","Gratuity","Total","Voided","Customer Id","Customer","Customer Email"',
            '"Main","500001","1","1/3/25 12:15 PM","1/3/25 1:10 PM","2","","Sam","5","","Dine In","Lunch","0.00","40.00","3.20","8.00","0.00","51.20","FALSE","7001","Ann Lee","ann@x.com"',
            '"Main","500002","2","1/14/25 7:15 PM","1/14/25 8:10 PM","2","","Sam","6","","Dine In","Dinner","0.00","60.00","4.80","10.00","0.00","74.80","FALSE","7002","Bob Ray","bob@x.com"',
            '"Main","500003","3","1/15/25 7:15 PM","1/15/25 8:10 PM","2","","Sam","6","","Dine In","Dinner","0.00","60.00","4.80","10.00","0.00","74.80","TRUE","7002","Bob Ray","bob@x.com"',
        ),
        *(2, 126.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
    ),
    Export(
        "salesforce opportunities",
        "opps.csv",
        _text(
            '"Opportunity ID","Account ID","Account Name","Amount","Amount Currency","Close Date","Created Date","Stage","Type"',
            '"006A","001A","Acme","1000.00","USD","1/3/2025","12/3/2024","Closed Won","New Business"',
            '"006B","001B","Bolt","2000.00","USD","1/14/2025","12/4/2024","Closed Lost","New Business"',
            '"006C","001B","Bolt","500.00","USD","2/14/2025","12/14/2024","Closed Won","Existing"',
        ),
        *(2, 1500.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="USD",
    ),
    Export(
        "big cartel",
        "orders.csv",
        _text(
            "Number,Buyer first name,Buyer last name,Buyer email,Buyer phone number,Date,Time,Item count,Items,Item total,Total price,Total shipping,Total tax,Total discount,Currency,Status,Payment status,Shipping status,Shipping country",
            "ABCD-1,Ann,Lee,ann@x.com,555,2025-01-03,10:00,2,product_name:Mug|quantity:2|price:10.0,20.0,25.0,5.0,0.0,0.0,USD,completed,completed,shipped,US",
            "ABCD-2,Bob,Ray,bob@x.com,556,2025-01-14,10:00,1,product_name:Mug|quantity:1|price:10.0,10.0,15.0,5.0,0.0,0.0,USD,cancelled,refunded,unshipped,US",
            "ABCD-3,Bob,Ray,bob@x.com,556,2025-02-14,10:00,1,product_name:Mug|quantity:1|price:10.0,10.0,15.0,5.0,0.0,0.0,USD,completed,completed,shipped,US",
        ),
        *(2, 40.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
        currency="USD",
    ),
    Export(
        "booking-like reservations",
        "reservas.csv",
        _text(
            "Nº de reserva;Reservado por;Nombre del huésped;Entrada;Salida;Reservado el;Estado;Habitaciones;Personas;Precio;Comisión %;Importe de la comisión",
            "4001;Ana Ruiz;Ana Ruiz;2025-03-01;2025-03-03;2025-01-03 10:00:00;ok;1;2;200,00 EUR;15;30,00 EUR",
            "4002;Luis Gil;Luis Gil;2025-03-11;2025-03-13;2025-01-14 10:00:00;cancelled_by_guest;1;2;300,00 EUR;15;45,00 EUR",
            "4003;Luis Gil;Luis Gil;2025-04-11;2025-04-13;2025-02-14 10:00:00;ok;1;2;100,00 EUR;15;15,00 EUR",
        ),
        *(2, 300.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
    ),
    Export(
        "factusol it: fatture",
        "fatture.csv",
        _text(
            "Numero fattura;Data fattura;Codice cliente;Ragione sociale;Descrizione;Quantità;Prezzo unitario;Importo;Valuta",
            "1/2025;03/01/2025;C001;Rossi Srl;Tazza;2;10,00;20,00;EUR",
            "2/2025;14/01/2025;C002;Bianchi Spa;Tazza;1;10,00;10,00;EUR",
            "3/2025;14/02/2025;C001;Rossi Srl;Tazza;1;10,00;10,00;EUR",
        ),
        *(3, 40.0, 2, "2025-01-03"),
        currency="EUR",
    ),
    Export(
        "dutch bol.com",
        "bestellingen.csv",
        _text(
            "Bestelnummer;Besteldatum;Klantnummer;Artikel;Aantal;Prijs;Totaal;Status",
            "1;03-01-2025;K1;Mok;2;10,00;20,00;Verzonden",
            "2;14-01-2025;K2;Mok;1;10,00;10,00;Geannuleerd",
            "3;14-02-2025;K2;Mok;1;10,00;10,00;Verzonden",
        ),
        *(2, 30.0, 2, "2025-01-03"),
        set_aside={"cancelled": 1},
    ),
    Export(
        "amount before and after tax es",
        "iva.csv",
        _text(
            "Factura;Fecha;NIF;Base imponible;IVA;Total factura",
            "F1;03/01/2025;12345678Z;100,00;21,00;121,00",
            "F2;14/01/2025;87654321X;200,00;42,00;242,00",
            "F3;14/02/2025;12345678Z;10,00;2,10;12,10",
        ),
        *(3, 375.1, 2, "2025-01-03"),
        personal=("NIF",),
    ),
    Export(
        "month only",
        "month.csv",
        _text(
            "Month,Customer ID,Revenue",
            "2025-01,71,10.00",
            "2025-02,72,20.00",
            "2025-03,71,5.00",
        ),
        *(3, 35.0, 2, "2025-01-01"),
    ),
    Export(
        "month names only",
        "month2.csv",
        _text(
            "Mes;Cliente;Ventas",
            "ene-25;C1;10,00",
            "feb-25;C2;20,00",
            "mar-25;C1;5,00",
        ),
        *(3, 35.0, 2, "2025-01-01"),
    ),
    Export(
        "iso weeks",
        "weeks.csv",
        _text(
            "Week,Customer ID,Sales",
            "2025-W02,71,10.00",
            "2025-W06,72,20.00",
            "2025-W37,71,5.00",
        ),
        *(3, 35.0, 2, "2025-01-06"),
    ),
    Export(
        "clp no decimals, thousands dots",
        "clp.csv",
        _text(
            "Orden;Fecha;RUT;Monto",
            "1;03-01-2025;12.345.678-5;12.990",
            "2;14-01-2025;9.876.543-2;5.490",
            "3;14-02-2025;12.345.678-5;990",
        ),
        *(3, 19470.0, 2, "2025-01-03"),
        personal=("RUT",),
    ),
    Export(
        "b2b shopify company: email blank, company",
        "b2b.csv",
        _text(
            "Order,Created,Company,Total",
            "1,2025-01-03,Acme,10.00",
            "2,2025-01-14,Bolt,20.00",
            "3,2025-02-14,Acme,5.00",
        ),
        *(3, 35.0, 2, "2025-01-03"),
    ),
    Export(
        "Gumroad: refunds as 0 and 1",
        "sales.csv",
        _text(
            "Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Do not contact?,Purchase Date,Purchase Time (UTC timezone),Subtotal ($),Taxes ($),Tip ($),Sale Price ($),Fees ($),Net Total ($),Quantity,Discount Code,Refunded?,Partial Refund ($),Fully Refunded?,Disputed?,Country",
            "p1,Book,Ann,ann@x.com,ann@x.com,0,2025-01-03,10:00:00,20,0,0,20,2,18,1,,0,0,0,0,US",
            "p2,Book,Bob,bob@x.com,bob@x.com,0,2025-01-14,10:00:00,20,0,0,20,2,18,1,,1,0,1,0,US",
            "p3,Book,Bob,bob@x.com,bob@x.com,0,2025-02-14,10:00:00,20,0,0,20,2,18,1,,0,0,0,0,US",
        ),
        *(2, 40.0, 2, "2025-01-03"),
        set_aside={"refunded": 1},
    ),
    Export(
        "mailchimp audience",
        "subscribed_segment_export.csv",
        _text(
            '"Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
            'ann@x.com,Ann,Lee,"1 Main St Reno",555-123-4567,01/03,2,"2025-01-03 10:00:00",1.2.3.4,"2025-01-03 10:00:00",1.2.3.4,39.5,-119.8,-8,-7,America/Los_Angeles,US,NV,"2025-01-03 10:00:00",100001,aa11bb,,""VIP""',
            'bob@x.com,Bob,Ray,"2 Main St Reno",555-123-4568,02/03,3,"2025-01-04 10:00:00",1.2.3.5,"2025-01-04 10:00:00",1.2.3.5,39.5,-119.8,-8,-7,America/Los_Angeles,US,NV,"2025-01-04 10:00:00",100002,aa11cc,,',
        ),
        *(2, 0.0, 2, ""),
        personal=("Email Address", "First Name", "Last Name", "Address", "Phone Number", "OPTIN_IP"),
        kind="customers",
    ),
    Export(
        "magento grid US",
        "export.csv",
        _text(
            '\ufeffID,"Purchase Point","Purchase Date","Bill-to Name","Ship-to Name","Grand Total (Base)","Grand Total (Purchased)",Status,"Billing Address","Shipping Address","Shipping Information","Customer Email","Customer Group",Subtotal,"Shipping and Handling","Customer Name","Payment Method","Total Refunded"',
            '000000001,"Main Website',
            "Main Website Store",
            'Default Store View","2025-01-03 10:00:00","Ann Lee","Ann Lee",25.0000,25.0000,complete,"1 Main St Reno","1 Main St Reno","Flat Rate - Fixed",ann@x.com,General,20.0000,5.0000,"Ann Lee",checkmo,',
            '000000002,"Main Website","2025-01-14 10:00:00","Bob Ray","Bob Ray",30.0000,30.0000,closed,"2 Main St Reno","2 Main St Reno","Flat Rate - Fixed",bob@x.com,General,25.0000,5.0000,"Bob Ray",checkmo,30.0000',
            '000000003,"Main Website","2025-02-14 10:00:00","Bob Ray","Bob Ray",31.0000,31.0000,pending,"2 Main St Reno","2 Main St Reno","Flat Rate - Fixed",bob@x.com,General,26.0000,5.0000,"Bob Ray",checkmo,',
            '000000004,"Main Website","2025-02-15 10:00:00","Bob Ray","Bob Ray",31.0000,31.0000,processing,"2 Main St Reno","2 Main St Reno","Flat Rate - Fixed",bob@x.com,General,26.0000,5.0000,"Bob Ray",checkmo,',
        ),
        *(2, 56.0, 2, "2025-01-03"),
        set_aside={"refunded": 1, "unpaid": 1},
    ),
    Export(
        "ids 1.23457E+12",
        "sci.csv",
        _text(
            "order_id,date,customer_id,total",
            "1,2025-01-03,1.23457E+12,10",
            "2,2025-01-14,1.23457E+12,20",
            "3,2025-01-15,1.23458E+12,30",
        ),
        *(3, 60.0, 2, "2025-01-03"),
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: str(export.what))
def test_a_systems_export_is_read_to_the_orders_a_person_sees(export: Export) -> None:
    tables = read_tables([(export.name, export.data)])
    understood = [understand(table) for table in tables]
    assert {found.kind for found in understood} == {export.kind}, understood[0]
    assert set(export.personal) <= understood[0].personal.keys()
    if export.kind != "orders":
        return
    orders = clean_files(tables, understood)
    book = orders.ledger
    assert book.rows_in == book.rows_used + sum(book.set_aside.values()) == sum(len(table.frame) for table in tables)
    assert (len(orders.lines), dict(book.set_aside)) == (export.lines, dict(export.set_aside))
    assert round(float(orders.lines["amount"].sum()), 2) == export.total
    assert orders.lines["customer_id"].nunique() == export.customers
    assert str(orders.lines["ordered_at"].min().date()) == export.first
    if export.currency is not None:
        assert orders.currency == export.currency


DATES = (
    ("12 ene. 2025", "3 feb. 2025", "14 sept. 2025"),
    ("12 janv. 2025", "1 févr. 2025", "3 août 2025"),
    ("12.Jan.25", "03.Mär.25", "24.Dez.25"),
    ("12 jan. 2025", "3 fev. 2025", "14 dez. 2025"),
    ("12 de janeiro de 2025", "3 de março de 2025", "14 de dezembro de 2025"),
    ("12 gen 2025", "3 mag 2025", "14 dic 2025"),
    ("12/01/2025 3:05 p. m.", "13/01/2025 10:05 a. m.", "14/02/2025 12:05 p. m."),
    ("12/1/2025, 3:05:10 p.\xa0m.", "13/1/2025, 10:05:10 a.\xa0m.", "14/2/2025, 12:05:00 p.\xa0m."),
    ("Sunday, January 12, 2025", "Monday, February 3, 2025", "Sunday, September 14, 2025"),
    ("2025-W02-7", "2025-W06-1", "2025-W37-7"),
    ("12th January 2025", "3rd February 2025", "14th September 2025"),
    ("2025/1/12 3:05", "2025/2/3 13:05", "2025/9/14 0:05"),
    ("2025-01-12T10:00:00.123Z", "2025-02-03T10:00:00.123Z", "2025-09-14T10:00:00.000Z"),
    ("1736676000", "1738576800", "1757844000"),
    ("1736676000000", "1738576800000", "1757844000000"),
    ("2025-01-12 10:00:00 UTC", "2025-02-03 10:00:00 UTC", "2025-09-14 10:00:00 UTC"),
    ("So, 12.01.2025 10:00 Uhr", "Mo, 03.02.2025 10:00 Uhr", "So, 14.09.2025 10:00 Uhr"),
    ("12-Jan-2025", "03-Feb-2025", "14-Sep-2025"),
    ("12-JAN-25 10.00.00.000000 AM", "03-FEB-25 10.00.00.000000 AM", "14-SEP-25 10.00.00.000000 PM"),
    ("12/01/2025 10h15", "13/02/2025 10h15", "14/09/2025 18h05"),
    ("20250112T101500", "20250203T101500", "20250914T101500"),
    ("Sun, 12 Jan 2025 10:00:00 +0000", "Mon, 03 Feb 2025 10:00:00 +0000", "Sun, 14 Sep 2025 10:00:00 +0000"),
    (
        "Sun Jan 12 2025 10:00:00 GMT+0100 (Central European Standard Time)",
        "Mon Feb 03 2025 10:00:00 GMT+0100 (Central European Standard Time)",
        "Sun Sep 14 2025 10:00:00 GMT+0100 (Central European Standard Time)",
    ),
    ("domingo, 12 de enero de 2025", "lunes, 3 de febrero de 2025", "domingo, 14 de septiembre de 2025"),
    ("12 января 2025", "3 февраля 2025", "14 сентября 2025"),
    ("2025年1月12日", "2025年2月3日", "2025年9月14日"),
)


@pytest.mark.parametrize("written", DATES, ids=lambda written: str(written[0]))
def test_a_date_is_read_however_it_is_written(written: tuple[str, ...]) -> None:
    rows = [f"{at}|{moment}|C{at % 2}|10.50" for at, moment in enumerate(written, start=1)]
    table = read_table(_text("order_id|created|customer_id|total", *rows), "d.csv")
    orders = clean_files([table], [understand(table)])
    assert len(orders.lines) == 3
    assert str(orders.lines["ordered_at"].min().date()) == "2025-01-12"


MONEY = (
    (("1\u202f234,50 €", "20,00 €", "3,00 €"), 1257.5),
    (("CHF 1'234.50", "CHF 20.00", "CHF 3.00"), 1257.5),
    (("1’234.50", "20.00", "3.00"), 1257.5),
    (("R$ 1.234,50", "R$ 20,00", "R$ 3,00"), 1257.5),
    (("₹ 1,23,456.50", "₹ 20.00", "₹ 3.00"), 123479.5),
    (("€1.234,50", "€20,00", "€3,00"), 1257.5),
    (("1234,- €", "20,- €", "3,50 €"), 1257.5),
    (("USD 1,234.50", "USD 20.00", "USD 3.00"), 1257.5),
    (("1 234,50 kr", "20,00 kr", "3,00 kr"), 1257.5),
    (("£1,234.50", "£20.00", "£3.00"), 1257.5),
    (("$ 1.234", "$ 20.500", "$ 3.000"), 24734.0),
    (("1.2345E+03", "2.0E+01", "3.0E+00"), 1257.5),
    (("MX$1,234.50", "MX$20.00", "MX$3.00"), 1257.5),
    (("US$1,234.50", "US$20.00", "US$3.00"), 1257.5),
    (("$ 1.234,50", "$ 20,00", "$ 3,00"), 1257.5),
)


@pytest.mark.parametrize(("written", "total"), MONEY, ids=lambda given: str(given))
def test_money_is_read_however_it_is_written(written: tuple[str, ...], total: float) -> None:
    rows = [f"{at}|2025-01-1{at}|C{at % 2}|{amount}" for at, amount in enumerate(written, start=1)]
    table = read_table(_text("order_id|created|customer_id|total", *rows), "m.csv")
    assert round(float(clean_files([table], [understand(table)]).lines["amount"].sum()), 2) == total


def test_ids_that_a_spreadsheet_shortened_are_told_of() -> None:
    table = read_table(_text("order_id,customer_id", "1,1.23457E+12", "2,1.23458E+12"), "ids.csv")
    assert "tables.note_shortened_ids" in [note.key for note in table.notes]


def test_one_bad_byte_in_utf_8_is_no_other_encoding_and_no_crash() -> None:
    """The rest of the file was taken for valid, and the reader stumbled over the byte."""
    good = _text("Nº,Fecha,Artículo,Importe", "1,2025-01-03,Menú del día,10", "2,2025-01-14,Menú,20")
    table = read_table(good.replace(b"Men\xc3\xba,20", b"Men\xfa,20"), "ventas.csv")
    assert table.encoding == "utf-8"
    assert list(table.frame.columns) == ["Nº", "Fecha", "Artículo", "Importe"]


REFUSED = (
    ("Date,First Name,Amount", "2025-01-03,Ann,10", "2025-01-14,Bob,20", "orders.no_customer_column"),
    ("Fecha;Concepto;Importe;Saldo", "03/01/2025;LUZ;-60,10;1.060,40", "14/01/2025;AGUA;-20,10;1.040,30", "orders.no_customer_column"),
)  # fmt: skip


@pytest.mark.parametrize(("header", "one", "two", "key"), REFUSED)
def test_what_a_file_does_not_say_is_asked_for_in_a_sentence(header: str, one: str, two: str, key: str) -> None:
    table = read_table(_text(header, one, two), "x.csv")
    with pytest.raises(UserError) as refused:
        clean_files([table], [understand(table)])
    assert refused.value.key == key


def test_purchases_of_one_session_of_an_event_log_are_one_order() -> None:
    """Events carry the second of each click, so that without an order number the session says what was bought together."""
    events = [("view", 1, 5.0, 0), ("purchase", 1, 5.0, 0), ("purchase", 2, 7.0, 19), ("purchase", 1, 5.0, 40_000)]
    lines = [
        f"2025-01-{day:02d} {10 + second // 3600}:00:{second % 60:02d} UTC,{what},{product},{price},{user},{user}-{day}-{second // 3600}"
        for day, user in ((3, 11), (14, 12), (20, 11))
        for what, product, price, second in events
    ]
    data = _text("event_time,event_type,product_id,price,user_id,user_session", *lines)
    table = read_table(data, "2019-Nov.csv")
    orders = clean_files([table], [understand(table)])
    assert orders.lines["order_id"].nunique() == 3 * 2
    assert (len(orders.lines), orders.lines["amount"].sum()) == (9, 3 * 17.0)
