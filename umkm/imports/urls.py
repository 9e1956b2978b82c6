"""Addresses of imports of goods."""

from django.urls import path

from umkm.imports import views

urlpatterns = [
    path("penjual/barang/impor/", views.import_list, name="import-list"),
    path("penjual/barang/impor/contoh/", views.import_template, name="import-template"),
    path("penjual/barang/ekspor/<slug:kind>/", views.goods_export, name="goods-export"),
    path("penjual/barang/impor/<int:pk>/", views.import_detail, name="import-detail"),
    path("penjual/barang/impor/<int:pk>/ditolak/", views.import_refused, name="import-refused"),
    path("penjual/barang/impor/<int:pk>/jalankan/", views.import_confirm, name="import-confirm"),
    path("penjual/barang/impor/<int:pk>/hentikan/", views.import_cancel, name="import-cancel"),
    path("penjual/barang/impor/<int:pk>/kembalikan/", views.import_undo, name="import-undo"),
]
