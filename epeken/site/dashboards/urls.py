"""Addresses of the roof: where a person lands, the department's day, the inspectorate's and the seller's."""

from django.urls import path

from epeken.site.dashboards import agency_views, inspector_views, seller_views
from epeken.site.landing import landing

app_name = "site"

urlpatterns = [
    path("masuk-ke/", landing, name="landing"),
    path("dinas/", agency_views.agency_dashboard, name="agency-dashboard"),
    path("inspektorat/", inspector_views.inspector_dashboard, name="inspector-dashboard"),
    path("penjual/", seller_views.seller_dashboard, name="seller-dashboard"),
    path("penjual/pesanan/", seller_views.seller_orders, name="seller-orders"),
    path("penjual/uang/", seller_views.seller_money, name="seller-money"),
]
