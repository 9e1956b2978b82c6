"""Addresses of a shop's sanctions."""

from django.urls import path

from umkm.sanctions import views

urlpatterns = [
    path("penjual/toko/<int:pk>/sanksi/", views.sanction_list, name="sanction-list"),
]
