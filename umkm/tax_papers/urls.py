"""Addresses of tax papers."""

from django.urls import path

from umkm.tax_papers import views

urlpatterns = [
    path("penjual/toko/surat-pajak/", views.tax_papers, name="tax-papers"),
    path("penjual/toko/surat-pajak/<int:pk>/tarik/", views.tax_paper_withdraw, name="tax-paper-withdraw"),
    path("penjual/toko/surat-pajak/<int:pk>/berkas/", views.tax_paper_file, name="tax-paper-file"),
]
