"""Addresses of warnings."""

from django.urls import path

from procurement.guards import views

urlpatterns = [path("dinas/peringatan/", views.finding_list, name="finding-list")]
