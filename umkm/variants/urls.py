"""Addresses of variants."""

from django.urls import path

from umkm.variants import views

urlpatterns = [
    path("penjual/barang/<int:pk>/varian/", views.variant_list, name="variant-list"),
    path("penjual/barang/<int:pk>/varian/tambah/", views.variant_add, name="variant-add"),
    path("penjual/barang/<int:pk>/varian/gabung/", views.variant_join, name="variant-join"),
    path("penjual/barang/<int:pk>/varian/simpan/", views.variant_save, name="variant-save"),
    path("penjual/barang/<int:pk>/varian/lepas/", views.variant_release, name="variant-release"),
]
