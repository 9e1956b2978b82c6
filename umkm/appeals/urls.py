"""Addresses of appeals."""

from django.urls import path

from umkm.appeals import views

urlpatterns = [
    path("penjual/pendaftaran/<int:pk>/banding/", views.case_appeal, name="case-appeal"),
    path("penjual/sanksi/<int:pk>/banding/", views.sanction_appeal, name="sanction-appeal"),
    path("penjual/banding/<int:pk>/tarik/", views.appeal_withdraw, name="appeal-withdraw"),
    path("penjual/banding/foto/<int:pk>/", views.appeal_photo, name="appeal-photo"),
]
