"""Addresses of contested ties."""

from django.urls import path

from umkm.separations import views

urlpatterns = [
    path("penjual/toko/<int:pk>/satu-pemilik/<int:other_pk>/", views.separation_create, name="separation-create"),
    path("penjual/satu-pemilik/<int:pk>/tarik/", views.separation_withdraw, name="separation-withdraw"),
    path("penjual/satu-pemilik/foto/<int:pk>/", views.separation_photo, name="separation-photo"),
]
