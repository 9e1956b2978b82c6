"""Addresses of the inspectorate's lists."""

from django.urls import path

from orders.oversight import views

urlpatterns = [
    path("inspektorat/belanja/", views.purchase_list, name="purchase-list"),
    path("inspektorat/lampiran-dikeluarkan/", views.removed_list, name="removed-list"),
    path("inspektorat/pembukaan-data/", views.look_list, name="look-list"),
]
