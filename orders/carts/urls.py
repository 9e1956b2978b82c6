"""Addresses of carts."""

from django.urls import path

from orders.carts import views

urlpatterns = [
    path("keranjang/", views.cart, name="cart"),
    path("keranjang/tambah/", views.cart_add, name="cart-add"),
    path("keranjang/ubah/", views.cart_change, name="cart-change"),
    path("keranjang/pesan/", views.checkout, name="checkout"),
]
