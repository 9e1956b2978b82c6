"""Addresses of leaving the market, and of what was sold before a shop passed on."""

from django.urls import path

from orders.departures import views

urlpatterns = [
    path("penjual/toko/<int:pk>/keluar/", views.leave, name="shop-leave"),
    path("penjual/toko/alih/<int:pk>/pesanan/", views.earlier_orders, name="earlier-orders"),
]
