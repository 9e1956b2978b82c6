"""Addresses of billing."""

from django.urls import path

from orders.billing import views

urlpatterns = [
    path("pesanan/<str:number>/lengkap/", views.invoice_verify, name="invoice-verify"),
    path("pesanan/<str:number>/bayar/", views.payment_create, name="payment-create"),
    path("pesanan/<str:number>/tunai/", views.cash_create, name="cash-create"),
    path("dinas/pembayaran/", views.treasurer, name="treasurer"),
]
