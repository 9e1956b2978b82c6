"""Addresses of orders. Paths in Indonesian, names in English."""

from django.urls import path

from orders.urls_documents import document_urls
from orders.views import agency_orders, bills, carts, disputes, orders, receipts, seller_desk

app_name = "orders"

urlpatterns = [
    path("keranjang/", carts.cart, name="cart"),
    path("keranjang/tambah/", carts.cart_add, name="cart-add"),
    path("keranjang/ubah/", carts.cart_change, name="cart-change"),
    path("keranjang/pesan/", carts.checkout, name="checkout"),
    path("pesanan/", orders.order_list, name="order-list"),
    path("pesanan/<str:number>/", orders.order_detail, name="order-detail"),
    path("pesanan/<str:number>/sanggupi/", orders.order_accept, name="order-accept"),
    path("pesanan/<str:number>/batal/", orders.order_close, name="order-close"),
    path("pesanan/<str:number>/kirim/", receipts.receipt_create, name="receipt-create"),
    path("pesanan/<str:number>/tiba/", receipts.receipt_arrive, name="receipt-arrive"),
    path("pesanan/<str:number>/periksa/", receipts.receipt_inspect, name="receipt-inspect"),
    path("pesanan/<str:number>/bast/", receipts.bast_create, name="bast-create"),
    path("pesanan/<str:number>/diterima/", receipts.receipt_confirm, name="receipt-confirm"),
    path("pesanan/<str:number>/foto/<int:pk>/", orders.inspection_photo, name="inspection-photo"),
    path("pesanan/<str:number>/lengkap/", bills.bill_verify, name="bill-verify"),
    path("pesanan/<str:number>/bayar/", bills.payment_create, name="payment-create"),
    path("pesanan/<str:number>/tunai/", bills.cash_create, name="cash-create"),
    path("pesanan/<str:number>/sengketa/", disputes.dispute_create, name="dispute-create"),
    path("pesanan/<str:number>/sengketa/jawab/", disputes.dispute_answer, name="dispute-answer"),
    path("pesanan/<str:number>/sengketa/selesai/", disputes.dispute_settle, name="dispute-settle"),
    path("penjual/", seller_desk.seller_desk, name="seller-desk"),
    path("penjual/pesanan/", seller_desk.seller_orders, name="seller-orders"),
    path("penjual/uang/", seller_desk.seller_money, name="seller-money"),
    path("dinas/pesanan/", agency_orders.agency_orders, name="agency-orders"),
    path("dinas/pembayaran/", bills.treasurer, name="treasurer"),
    path("dinas/permintaan/<str:number>/terbitkan/", orders.order_issue, name="order-issue"),
    *document_urls,
]
