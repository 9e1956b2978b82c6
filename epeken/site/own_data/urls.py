"""Address of a person's own data."""

from django.urls import path

from epeken.site.own_data import views

urlpatterns = [
    path("akun/data-saya/", views.own_data, name="own-data"),
]
