"""Addresses of deposits of tax."""

from django.urls import path

from orders.tax_deposits import views

urlpatterns = [
    path("dinas/pajak/", views.tax_deposit_list, name="tax-deposit-list"),
    path(
        "dinas/pajak/setor/<int:agency>/<str:kind>/<str:period>/",
        views.tax_deposit_create,
        name="tax-deposit-create",
    ),
    path("dinas/pajak/setoran/<int:pk>/", views.tax_deposit_detail, name="tax-deposit-detail"),
    path("dinas/pajak/setoran/<int:pk>/berkas/", views.tax_deposit_file, name="tax-deposit-file"),
    path("dinas/pajak/setoran/<int:pk>/batalkan/", views.tax_deposit_withdraw, name="tax-deposit-withdraw"),
]
