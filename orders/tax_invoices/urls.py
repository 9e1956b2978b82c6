"""Addresses of tax invoices."""

from django.urls import path

from orders.tax_invoices import views

urlpatterns = [
    path("pesanan/<str:number>/faktur-pajak/<str:invoice>/", views.tax_invoice_create, name="tax-invoice-create"),
    path("pesanan/<str:number>/faktur-pajak/<str:invoice>/berkas/", views.tax_invoice_file, name="tax-invoice-file"),
]
