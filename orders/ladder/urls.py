"""Addresses of late invoices."""

from django.urls import path

from orders.ladder import views

urlpatterns = [
    path("penjual/uang/<str:invoice>/", views.seller_invoice, name="seller-invoice"),
    path("penjual/uang/<str:invoice>/kirim/", views.letter_send, name="late-letter-send"),
    path("pesanan/<str:number>/tagihan/<str:invoice>/terlambat/", views.late_invoice, name="late-invoice"),
    path(
        "pesanan/<str:number>/tagihan/<str:invoice>/terlambat/<str:level>/surat/", views.late_letter, name="late-letter"
    ),
]
