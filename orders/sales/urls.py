"""Addresses of a shop's sales and of what it packs."""

from django.urls import path

from orders.sales import views

urlpatterns = [
    path("penjual/penjualan/", views.sales, name="sales"),
    path("penjual/barang/label/", views.price_labels, name="price-labels"),
    path("penjual/kemas/", views.packing_list, name="packing-list"),
]
