"""Addresses of billing."""

from django.urls import path

from orders.billing import views

urlpatterns = [
    path("pesanan/<str:number>/tagihan/<str:invoice>/lengkap/", views.invoice_verify, name="invoice-verify"),
    path("pesanan/<str:number>/tagihan/<str:invoice>/bayar/", views.payment_create, name="payment-create"),
    path("pesanan/<str:number>/tagihan/<str:invoice>/tunai/", views.cash_create, name="cash-create"),
    path("pesanan/<str:number>/tagihan/<str:invoice>/ganti/", views.invoice_reissue, name="invoice-reissue"),
    path("dinas/pembayaran/", views.treasurer, name="treasurer"),
]
