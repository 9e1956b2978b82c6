"""Addresses of carts."""

from django.urls import path

from orders.carts import views

urlpatterns = [
    path("keranjang/", views.cart, name="cart"),
    path("keranjang/tambah/", views.cart_add, name="cart-add"),
    path("keranjang/ubah/", views.cart_change, name="cart-change"),
    path("keranjang/kembalikan/", views.cart_restore, name="cart-restore"),
    path("pesanan/<str:number>/lagi/", views.order_again, name="order-again"),
    path("keranjang/pesan/", views.checkout, name="checkout"),
]
