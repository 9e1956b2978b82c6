"""Addresses of the end of the budget year."""

from django.urls import path

from orders.year_end import views

urlpatterns = [
    path("dinas/akhir-tahun/", views.year_end_list, name="year-end"),
    path("inspektorat/akhir-tahun/", views.year_end_oversight, name="year-end-oversight"),
    path("pesanan/<str:number>/akhir-tahun/", views.year_end_order, name="year-end-order"),
    path("pesanan/<str:number>/akhir-tahun/selesaikan/", views.year_end_finish, name="year-end-finish"),
    path("pesanan/<str:number>/akhir-tahun/utang/", views.year_end_debt, name="year-end-debt"),
    path("pesanan/<str:number>/akhir-tahun/tarik/", views.year_end_withdraw, name="year-end-withdraw"),
    path("pesanan/<str:number>/akhir-tahun/bebankan/<str:invoice>/", views.year_end_carry, name="year-end-carry"),
]
