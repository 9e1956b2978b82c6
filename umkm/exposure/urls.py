"""Addresses of exposure."""

from django.urls import path

from umkm.exposure import views

urlpatterns = [path("penjual/tampilan/", views.shop_exposure, name="shop-exposure")]
