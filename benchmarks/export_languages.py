# ruff: noqa: E501 - tables of headings read best in long lines
"""Headings, statuses, totals and numbers of order exports in eleven languages, for `constructed_exports`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """How shops of one language write an order export; each entry has several variants."""

    comma: bool
    """Whether decimals are written with a comma."""
    dates: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]]
    done: tuple[str, ...]
    cancelled: tuple[str, ...]
    refunded: tuple[str, ...]
    unpaid: tuple[str, ...]
    total: tuple[str, ...]
    """What stands in the first cell of a row of totals."""
    guest: tuple[str, ...]
    delivery: tuple[str, ...]
    """An item that is the delivery of the order."""
    sale: tuple[str, str]
    """A row's type: sold, and given back."""


def _p(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


def _h(**headings: str) -> Mapping[str, tuple[str, ...]]:
    return {name: _p(text) for name, text in headings.items()}


LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        False, ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d %b %Y", "%Y-%m-%dT%H:%M:%SZ"),
        _h(order="Order ID|Order Number|Invoice #|Order No.|Receipt number|Sales Order", bought="Order Date|Date|Created|Date Placed|Sold On|Placed at",
           customer="Customer ID|Customer Number|Client No|Account Number|Customer Code|Member Number", email="Email|Customer Email|E-mail address|Email Address|Buyer Email",
           name="Customer Name|Client|Buyer|Bill To|Sold to", product="Product|Item|Description|Product Title", quantity="Qty|Quantity|Qty Sold|Units|Pieces",
           price="Unit Price|Price|Price each|Rate|Selling Price", line="Line Total|Amount|Extended Price|Item Subtotal|Net Amount", total="Order Total|Total|Grand Total|Total Due|Invoice Total",
           status="Status|Order Status|Payment Status|State|Order State", delivery="Shipping|Shipping Cost|Postage|Delivery Fee", tax="Tax|Sales Tax|VAT|Tax Amount", discount="Discount|Discount Amount|Coupon Discount",
           subtotal="Subtotal|Sub Total|Items Subtotal", kind="Type|Transaction Type|Record Type", refund="Refunded Amount|Refund Amount|Amount Refunded|Total Refunded"),
        _p("Completed|Shipped|Paid|Delivered|Processing"), _p("Cancelled|Canceled by customer|Order cancelled|Voided|Cancelled by seller"),
        _p("Refunded|Returned|Fully refunded|Chargeback"), _p("Payment pending|Awaiting payment|Payment failed|Declined|Unpaid|Not paid|Expired|Abandoned"),
        _p("Total|Grand total|TOTAL:|Sum"), _p("Guest|Guest Customer|Walk-in|Anonymous"), _p("Shipping|Standard delivery|Postage"), ("Sale", "Refund")),
    "es": Language(
        True, ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%m-%Y"),
        _h(order="Nº pedido|Pedido|Número de pedido|Nº de factura|Id. pedido|Nro. de orden", bought="Fecha|Fecha pedido|Fecha de compra|Fecha de creación|Fecha y hora",
           customer="Cód. cliente|ID cliente|Nº cliente|Código de cliente|Cliente ID", email="Email|Correo|Correo electrónico|E-mail del cliente|Email comprador",
           name="Cliente|Nombre cliente|Comprador|Nombre y apellidos|Razón social", product="Artículo|Producto|Descripción|Concepto", quantity="Cantidad|Uds.|Unidades|Cant.",
           price="Precio|Precio unitario|P. unit.|PVP|Precio ud.", line="Importe|Total línea|Importe línea|Subtotal línea", total="Total|Total pedido|Importe total|Total factura|Total a pagar",
           status="Estado|Estado del pedido|Estado pago|Situación", delivery="Envío|Gastos de envío|Portes|Coste de envío", tax="IVA|Impuestos|Cuota IVA", discount="Descuento|Dto.|Descuento cupón",
           subtotal="Subtotal|Base imponible|Subtotal productos", kind="Tipo|Tipo de movimiento|Tipo documento", refund="Importe reembolsado|Reembolsado|Total reembolsado"),
        _p("Completado|Enviado|Pagado|Entregado|Procesando|Pago aceptado|Finalizado"), _p("Cancelado|Anulado|Cancelada por el comprador|Pedido cancelado|Venta cancelada"),
        _p("Reembolsado|Devuelto|Devolución|Contracargo|Reintegrado"), _p("Pendiente de pago|Pago pendiente|Fallido|Rechazado|No pagado|Sin pagar|Impagado|Pago rechazado"),
        _p("Total|TOTAL GENERAL|Suma|Totales"), _p("Invitado|Consumidor final|Cliente mostrador"), _p("Gastos de envío|Envío estándar|Portes"), ("Venta", "Devolución")),
    "de": Language(
        True, ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%y"),
        _h(order="Bestellnummer|Auftragsnr.|Bestell-Nr.|Rechnungsnr.|Belegnummer|Auftrags-ID", bought="Datum|Bestelldatum|Rechnungsdatum|Erstellt am|Kaufdatum|Belegdatum",
           customer="Kundennummer|Kunden-Nr.|KdNr|Kd.-Nr.|Kunden-ID|Debitorennr.", email="E-Mail|E-Mail-Adresse|Kunden-E-Mail|Email Kunde", name="Kunde|Kundenname|Käufer|Name|Empfänger",
           product="Artikel|Produkt|Artikelbezeichnung|Bezeichnung", quantity="Menge|Anzahl|Stück|Stk.", price="Einzelpreis|Preis|Stückpreis|VK-Preis|E-Preis|EP",
           line="Gesamtpreis|Positionssumme|Betrag|Zeilensumme|Positionspreis", total="Gesamtbetrag|Bestellsumme|Rechnungsbetrag|Summe|Gesamtsumme|Endbetrag",
           status="Status|Bestellstatus|Zahlungsstatus|Auftragsstatus", delivery="Versand|Versandkosten|Porto|Lieferkosten", tax="MwSt|USt|Steuer|MwSt-Betrag", discount="Rabatt|Nachlass|Gutschein",
           subtotal="Zwischensumme|Warenwert|Summe Artikel", kind="Typ|Belegart|Vorgang", refund="Erstattungsbetrag|Erstattet|Rückerstattung"),
        _p("Abgeschlossen|Versendet|Bezahlt|Komplett bezahlt|In Bearbeitung|Komplett abgeschlossen|Ausgeliefert|Zugestellt"), _p("Storniert|Abgebrochen|Storno|Vom Kunden storniert|Komplett storniert|Widerrufen"),
        _p("Erstattet|Rückerstattet|Retourniert|Zurückgesendet|Rückgabe|Retoure"), _p("Zahlung ausstehend|Offen|Unbezahlt|Fehlgeschlagen|Nicht bezahlt|Warten auf Zahlung|Zahlung fehlgeschlagen|Abgelehnt"),
        _p("Summe|Gesamt|Gesamtsumme|Summen"), _p("Gast|Laufkunde|Barverkauf"), _p("Versandkosten|Versand|Porto und Verpackung"), ("Verkauf", "Gutschrift")),
    "fr": Language(
        True, ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%m-%Y"),
        _h(order="N° commande|Commande|Numéro de commande|N° facture|Réf. commande|Référence commande", bought="Date|Date de commande|Date facture|Créée le|Date d'achat",
           customer="N° client|Code client|Identifiant client|ID client|Réf. client", email="E-mail|Email client|Adresse e-mail|Courriel|Mail", name="Client|Nom du client|Acheteur|Nom client|Destinataire",
           product="Produit|Article|Désignation|Libellé", quantity="Qté|Quantité|Nb|Qté commandée", price="Prix unitaire|Prix|PU TTC|P.U.|Prix unit. TTC",
           line="Montant|Total ligne|Montant TTC|Total TTC|Sous-total ligne", total="Total|Total commande|Montant total|Total à payer|Total facture|Net à payer",
           status="Statut|État|Statut de commande|Statut du paiement|Etat commande", delivery="Livraison|Frais de port|Frais de livraison|Port", tax="TVA|Taxes|Montant TVA", discount="Remise|Réduction|Rabais",
           subtotal="Sous-total|Total produits|Montant articles", kind="Type|Nature|Type de pièce", refund="Montant remboursé|Remboursé|Total remboursé"),
        _p("Terminée|Expédiée|Payée|Livrée|En cours|Paiement accepté|En cours de préparation"), _p("Annulée|Annulé|Commande annulée|Annulée par le client"), _p("Remboursée|Remboursé|Retournée|Retour|Commande remboursée"),
        _p("En attente de paiement|Échouée|Non payée|Impayée|Paiement refusé|Erreur de paiement|En attente de virement bancaire|Paiement en attente"),
        _p("Total|TOTAL GÉNÉRAL|Totaux|Somme"), _p("Invité|Client de passage|Client comptoir"), _p("Frais de port|Livraison|Livraison standard"), ("Vente", "Avoir")),
    "it": Language(
        True, ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%m-%Y"),
        _h(order="Numero ordine|N. ordine|Ordine|ID ordine|N. fattura|Num. ordine", bought="Data|Data ordine|Data acquisto|Data creazione|Data fattura",
           customer="Codice cliente|ID cliente|N. cliente|Cod. cliente", email="Email|E-mail cliente|Indirizzo email|Posta elettronica", name="Cliente|Nome cliente|Acquirente|Intestatario|Ragione sociale",
           product="Prodotto|Articolo|Descrizione", quantity="Quantità|Q.tà|Qta|Pezzi", price="Prezzo|Prezzo unitario|Prezzo unit.|P. unitario", line="Importo|Totale riga|Importo riga|Prezzo totale",
           total="Totale|Totale ordine|Importo totale|Totale fattura|Totale documento", status="Stato|Stato ordine|Stato pagamento|Stato dell'ordine", delivery="Spedizione|Spese di spedizione|Costo spedizione|Trasporto",
           tax="IVA|Imposte|Importo IVA", discount="Sconto|Sconti|Buono sconto", subtotal="Subtotale|Imponibile|Totale prodotti", kind="Tipo|Tipo documento|Tipologia", refund="Importo rimborsato|Rimborsato|Totale rimborsato"),
        _p("Completato|Spedito|Pagato|Consegnato|In lavorazione|Pagamento accettato|Evaso"), _p("Annullato|Annullata|Ordine annullato|Cancellato|Annullato dal cliente"), _p("Rimborsato|Reso|Stornato|Rimborsata|Restituito"),
        _p("In attesa di pagamento|Non pagato|Fallito|Pagamento rifiutato|Errore di pagamento|Da pagare|In attesa di bonifico|Insoluto"),
        _p("Totale|TOTALE GENERALE|Somma|Totali"), _p("Ospite|Cliente occasionale|Cliente banco"), _p("Spese di spedizione|Spedizione|Spedizione standard"), ("Vendita", "Rimborso")),
    "nl": Language(
        True, ("%d-%m-%Y", "%d-%m-%Y %H:%M", "%d/%m/%Y"),
        _h(order="Bestelnummer|Ordernummer|Order|Factuurnummer|Bestelling|Ordernr.", bought="Datum|Besteldatum|Orderdatum|Aankoopdatum|Aangemaakt op|Factuurdatum",
           customer="Klantnummer|Klantnr.|Klant-ID|Klantcode|Debiteurnummer", email="E-mail|E-mailadres|E-mail klant|Mailadres", name="Klant|Klantnaam|Koper|Naam klant",
           product="Product|Artikel|Omschrijving|Productnaam", quantity="Aantal|Hoeveelheid|Stuks", price="Prijs|Stukprijs|Prijs per stuk|Eenheidsprijs|Verkoopprijs", line="Bedrag|Regeltotaal|Totaal regel|Subtotaal regel",
           total="Totaal|Totaalbedrag|Ordertotaal|Factuurbedrag|Totaal incl. btw", status="Status|Orderstatus|Betaalstatus|Bestelstatus", delivery="Verzending|Verzendkosten|Bezorgkosten", tax="Btw|BTW-bedrag|Belasting", discount="Korting|Kortingsbedrag",
           subtotal="Subtotaal|Totaal producten", kind="Type|Soort|Documenttype", refund="Terugbetaald bedrag|Terugbetaald|Totaal terugbetaald"),
        _p("Afgerond|Verzonden|Betaald|Bezorgd|In behandeling|Voltooid|Geleverd"), _p("Geannuleerd|Geannuleerd door klant|Vervallen|Bestelling geannuleerd"), _p("Terugbetaald|Geretourneerd|Retour|Gecrediteerd|Terugbetaling"),
        _p("In afwachting van betaling|Wacht op betaling|Mislukt|Niet betaald|Onbetaald|Betaling mislukt|Openstaand|Afgewezen"),
        _p("Totaal|TOTAAL|Eindtotaal|Som"), _p("Gast|Passant|Balieklant"), _p("Verzendkosten|Bezorging|Verzending standaard"), ("Verkoop", "Creditnota")),
    "pl": Language(
        True, ("%d.%m.%Y", "%Y-%m-%d %H:%M", "%d-%m-%Y"),
        _h(order="Numer zamówienia|Nr zamówienia|Zamówienie|ID zamówienia|Numer faktury|Nr faktury", bought="Data|Data zamówienia|Data złożenia|Data zakupu|Data sprzedaży|Data utworzenia",
           customer="Numer klienta|ID klienta|Nr klienta|Kod klienta", email="E-mail|Adres e-mail|Email klienta|E-mail kupującego", name="Klient|Nazwa klienta|Kupujący|Imię i nazwisko|Nabywca",
           product="Produkt|Towar|Nazwa produktu|Nazwa towaru", quantity="Ilość|Szt.|Liczba sztuk|Liczba", price="Cena|Cena jednostkowa|Cena szt.|Cena brutto", line="Wartość|Kwota|Wartość brutto|Wartość pozycji",
           total="Suma|Razem|Wartość zamówienia|Kwota zamówienia|Do zapłaty", status="Status|Status zamówienia|Status płatności|Stan", delivery="Dostawa|Koszt dostawy|Koszt wysyłki|Wysyłka", tax="VAT|Podatek|Kwota VAT", discount="Rabat|Zniżka|Kwota rabatu",
           subtotal="Suma częściowa|Wartość produktów", kind="Typ|Rodzaj|Typ dokumentu", refund="Kwota zwrotu|Zwrócono|Zwrot"),
        _p("Zrealizowane|Wysłane|Opłacone|Dostarczone|W trakcie realizacji|Zakończone|Zapłacono"), _p("Anulowane|Anulowano|Anulowane przez klienta|Zamówienie anulowane"), _p("Zwrócone|Zwrot|Zwrócono środki|Zwrot płatności"),
        _p("Oczekuje na płatność|Nieopłacone|Niezapłacone|Nieudane|Oczekujące na płatność|Płatność odrzucona|Odrzucone|Nie zapłacono"),
        _p("Suma|Razem|RAZEM|Łącznie"), _p("Gość|Klient detaliczny|Klient anonimowy"), _p("Koszt wysyłki|Dostawa|Przesyłka kurierska"), ("Sprzedaż", "Zwrot")),
    "pt": Language(
        True, ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d-%m-%Y"),
        _h(order="Número do pedido|Nº do pedido|Pedido|ID do pedido|Nº da encomenda|Cód. pedido", bought="Data|Data do pedido|Data da compra|Data de criação|Data da venda",
           customer="ID do cliente|Código do cliente|Nº do cliente|Cód. cliente", email="E-mail|E-mail do cliente|Email|E-mail do comprador", name="Cliente|Nome do cliente|Comprador|Nome do comprador",
           product="Produto|Item|Descrição|Nome do produto", quantity="Quantidade|Qtd|Qtde.|Unidades", price="Preço|Preço unitário|Valor unitário|Vlr. unit.|Valor unit.", line="Valor total|Total do item|Subtotal do item|Valor",
           total="Total|Valor do pedido|Total do pedido|Valor pago|Total geral", status="Status|Situação|Status do pedido|Status do pagamento|Estado", delivery="Frete|Valor do frete|Entrega|Custo do frete", tax="Impostos|ICMS|IVA|Imposto",
           discount="Desconto|Valor do desconto|Cupom", subtotal="Subtotal|Valor dos produtos|Subtotal produtos", kind="Tipo|Tipo de transação|Natureza", refund="Valor reembolsado|Valor estornado|Reembolsado"),
        _p("Concluído|Enviado|Pago|Entregue|Processando|Aprovado|Faturado|Pagamento aprovado"), _p("Cancelado|Cancelado pelo cliente|Pedido cancelado|Cancelada"), _p("Reembolsado|Devolvido|Estornado|Devolução|Chargeback"),
        _p("Aguardando pagamento|Pagamento pendente|Não pago|Recusado|Pagamento recusado|Expirado|Malsucedido|Em aberto"),
        _p("Total|TOTAL GERAL|Soma|Totais"), _p("Convidado|Consumidor final|Cliente balcão"), _p("Frete|Taxa de entrega|Envio"), ("Venda", "Devolução")),
    "sv": Language(
        True, ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"),
        _h(order="Ordernummer|Ordernr|Beställningsnummer|Order-ID|Fakturanummer|Fakturanr", bought="Datum|Orderdatum|Beställningsdatum|Skapad|Köpdatum|Fakturadatum",
           customer="Kundnummer|Kundnr|Kund-ID|Kundens nummer", email="E-post|E-postadress|Kundens e-post|Epost", name="Kund|Kundnamn|Köpare|Kundens namn",
           product="Produkt|Artikel|Benämning|Produktnamn", quantity="Antal|Kvantitet|St", price="Pris|Styckpris|À-pris|Enhetspris|Pris per st", line="Belopp|Radsumma|Summa rad|Radbelopp",
           total="Summa|Totalt|Ordersumma|Totalbelopp|Att betala", status="Status|Orderstatus|Betalstatus|Betalningsstatus", delivery="Frakt|Fraktkostnad|Leverans", tax="Moms|Momsbelopp|Skatt", discount="Rabatt|Rabattbelopp",
           subtotal="Delsumma|Summa produkter", kind="Typ|Transaktionstyp|Dokumenttyp", refund="Återbetalt belopp|Återbetalt|Krediterat belopp"),
        _p("Slutförd|Skickad|Betald|Levererad|Behandlas|Färdigbehandlad|Klar"), _p("Avbruten|Makulerad|Avbeställd|Annullerad|Avbruten av kund"), _p("Återbetald|Returnerad|Krediterad|Retur|Återbetalning"),
        _p("Väntar på betalning|Obetald|Misslyckad|Inväntar betalning|Ej betald|Inte betald|Nekad|Betalning misslyckades"),
        _p("Summa|Totalt|TOTALT|Totalsumma"), _p("Gäst|Anonym kund|Gästkund"), _p("Frakt|Fraktkostnad|Leverans"), ("Försäljning", "Retur")),
    "tr": Language(
        True, ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%d/%m/%Y"),
        _h(order="Sipariş No|Sipariş Numarası|Sipariş|Sipariş ID|Fatura No|Siparis No", bought="Tarih|Sipariş Tarihi|Satış Tarihi|Oluşturulma Tarihi|Fatura Tarihi",
           customer="Müşteri No|Müşteri Kodu|Müşteri ID|Müşteri Numarası", email="E-posta|E-Posta Adresi|Müşteri E-posta|Eposta", name="Müşteri|Müşteri Adı|Alıcı|Ad Soyad",
           product="Ürün|Ürün Adı|Ürün İsmi|Açıklama", quantity="Adet|Miktar|Sipariş Adedi", price="Birim Fiyat|Birim Fiyatı|Fiyat|Satış Fiyatı", line="Tutar|Satır Toplamı|Satış Tutarı|Toplam Tutar",
           total="Toplam|Genel Toplam|Sipariş Toplamı|Sipariş Tutarı|Ödenen Tutar", status="Durum|Sipariş Durumu|Sipariş Statüsü|Ödeme Durumu", delivery="Kargo|Kargo Ücreti|Teslimat Ücreti", tax="KDV|Vergi|KDV Tutarı", discount="İndirim|İndirim Tutarı",
           subtotal="Ara Toplam|Ürün Toplamı", kind="Tür|İşlem Tipi|Belge Tipi", refund="İade Tutarı|İade Edilen Tutar"),
        _p("Tamamlandı|Kargoya Verildi|Ödendi|Teslim Edildi|Hazırlanıyor|Onaylandı"), _p("İptal Edildi|İptal|Müşteri iptal etti|Sipariş iptal"), _p("İade Edildi|İade|Para iadesi yapıldı"),
        _p("Ödeme Bekleniyor|Ödeme bekliyor|Ödenmedi|Başarısız|Ödeme başarısız|Reddedildi"), _p("Toplam|GENEL TOPLAM|Genel Toplam"), _p("Misafir|Perakende müşteri"), _p("Kargo|Kargo ücreti|Teslimat"), ("Satış", "İade")),
    "ja": Language(
        False, ("%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y年%m月%d日"),
        _h(order="注文番号|注文ID|受注番号|オーダー番号", bought="注文日|注文日時|受注日|購入日|購入日時", customer="顧客ID|会員番号|お客様番号|会員ID|顧客番号", email="メールアドレス|注文者メールアドレス|Eメール|購入者メールアドレス",
           name="お名前|氏名|注文者氏名|購入者名|顧客名", product="商品名|品名|アイテム名", quantity="数量|個数|購入数", price="単価|価格|販売価格|商品単価", line="小計|金額|商品小計", total="合計|合計金額|お支払い合計|請求金額|注文合計",
           status="ステータス|注文ステータス|対応状況|支払い状況", delivery="送料|配送料", tax="消費税|税額|税金", discount="値引き|割引|クーポン割引額", subtotal="商品合計|商品合計金額", kind="種別|区分|取引種別", refund="返金額|返金金額"),
        _p("発送済み|完了|入金済み|対応済み|配送完了"), _p("キャンセル|キャンセル済み|注文取消|取消"), _p("返金済み|返品|返金"), _p("入金待ち|未入金|未払い|支払い待ち|決済エラー"),
        _p("合計|総計|計"), _p("ゲスト|非会員"), _p("送料|配送料"), ("売上", "返金")),
}  # fmt: skip
