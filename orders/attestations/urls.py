"""Addresses of attestations."""

from django.urls import path

from orders.attestations import views

urlpatterns = [path("periksa/segel/", views.daily_seals, name="daily-seals")]
