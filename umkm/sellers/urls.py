"""Addresses of sellers."""

from django.urls import path

from umkm.sellers.views import application, profile, shops

urlpatterns = [
    path("daftar-berjualan/", application.register, name="register"),
    path("daftar-berjualan/<int:pk>/", application.application, name="application"),
    path("daftar-berjualan/<int:pk>/<slug:step>/", application.application_step, name="application-step"),
    path("daftar-berjualan/<int:pk>/dokumen/<slug:kind>/", application.document_create, name="document-create"),
    path("penjual/pendaftaran/<int:pk>/coba/lagi/", application.retry, name="application-retry"),
    path("penjual/pendaftaran/<int:pk>/buang/", application.discard, name="application-discard"),
    path("penjual/pendaftaran/<int:pk>/kembali/", application.come_back, name="application-return"),
    path("penjual/toko/", profile.profile, name="seller-profile"),
    path("penjual/toko/buka/", profile.opening, name="seller-opening"),
    path("penjual/toko/foto/", profile.picture, name="seller-picture"),
    path("toko/", shops.shop_list, name="shop-list"),
    path("toko/<slug:slug>/", shops.shop_detail, name="shop-detail"),
    path("swk/", shops.swk_list, name="swk-list"),
    path("swk/<slug:slug>/", shops.swk_detail, name="swk-detail"),
]
