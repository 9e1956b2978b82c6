"""Addresses of sourcing."""

from django.urls import path

from procurement.sourcing import views

urlpatterns = [
    path("dinas/permintaan/tambah-barang/", views.line_add, name="request-line-add"),
    path("dinas/permintaan/<str:number>/barang/", views.goods_search, name="request-goods"),
    path("dinas/permintaan/<str:number>/rencana/", views.request_plan, name="request-plan"),
    path("dinas/permintaan/<str:number>/barang/ubah/", views.line_put, name="request-line-put"),
    path("dinas/permintaan/<str:number>/barang/ganti/", views.line_replace, name="request-line-replace"),
    path("dinas/permintaan/<str:number>/barang/hapus/", views.line_remove, name="request-line-remove"),
    path("dinas/permintaan/<str:number>/barang/alasan/", views.choice_explain, name="choice-explain"),
]
