"""Addresses of changes of a shop's identity."""

from django.urls import path

from umkm.identity import transfer_views, views

urlpatterns = [
    path("penjual/toko/identitas/", views.identity_list, name="identity-list"),
    path("penjual/toko/identitas/<int:pk>/alihkan/", transfer_views.transfer_create, name="transfer-create"),
    path("penjual/toko/alih/<int:pk>/", transfer_views.transfer_page, name="transfer-page"),
    path("penjual/toko/alih/<int:pk>/tolak/", transfer_views.transfer_decline, name="transfer-decline"),
    path("penjual/toko/identitas/<int:pk>/<slug:kind>/", views.identity_create, name="identity-create"),
    path("penjual/toko/identitas/<int:pk>/tarik/usulan/", views.identity_withdraw, name="identity-withdraw"),
    path("bukan-saya/<str:token>/", views.identity_deny, name="identity-deny"),
]
