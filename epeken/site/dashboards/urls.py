"""Addresses of the roof: where a person lands, and the seller's day."""

from django.urls import path

from epeken.site.dashboards import seller_views
from epeken.site.landing import landing

app_name = "site"

urlpatterns = [
    path("masuk-ke/", landing, name="landing"),
    path("penjual/", seller_views.seller_dashboard, name="seller-dashboard"),
    path("penjual/pesanan/", seller_views.seller_orders, name="seller-orders"),
    path("penjual/uang/", seller_views.seller_money, name="seller-money"),
]
