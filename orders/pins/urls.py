"""Addresses of the PIN of a delivery."""

from django.urls import path

from orders.pins import views

urlpatterns = [
    path("pesanan/<str:number>/kirim/<str:delivery>/serah/", views.delivery_pin, name="delivery-pin"),
    path("pesanan/<str:number>/kirim/<str:delivery>/pin-baru/", views.pin_renew, name="pin-renew"),
]
