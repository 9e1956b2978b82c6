"""Addresses of what was paid."""

from django.urls import path

from orders.realisation import views

urlpatterns = [path("dinas/pembayaran/realisasi/", views.realisation_list, name="realisation-list")]
