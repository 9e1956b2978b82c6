"""Addresses of the letter of a sanction, and of the officer's page that gives one."""

from django.contrib import admin
from django.urls import path

from epeken.site.sanction_letters import desk, views

urlpatterns = [
    path("penjual/toko/sanksi/<int:pk>/surat/", views.sanction_letter, name="sanction-letter"),
]
# Under the admin's own prefix, so that whoever comes here has shown a second factor.
desk_urlpatterns = [
    path("umkm/seller/<int:pk>/sanksi/", admin.site.admin_view(desk.sanction_give), name="sanction-give"),
]
