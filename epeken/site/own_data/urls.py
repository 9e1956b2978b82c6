"""Addresses of a person's own data and of what it is processed for."""

from django.urls import path

from epeken.site.own_data import views

urlpatterns = [
    path("akun/data-saya/", views.own_data, name="own-data"),
    path("akun/persetujuan/", views.consent_list, name="consent-list"),
    path("akun/persetujuan/<slug:code>/", views.consent_answer, name="consent-answer"),
]
