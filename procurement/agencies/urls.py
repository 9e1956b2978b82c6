"""Addresses of agencies."""

from django.urls import path

from procurement.agencies import views

urlpatterns = [
    path("dinas/pilih/", views.agency_select, name="agency-select"),
]
