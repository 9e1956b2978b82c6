"""Addresses of bukti potong."""

from django.urls import path

from orders.tax_slips import views

urlpatterns = [
    path("dinas/pajak/bukti-potong/", views.tax_slip_list, name="tax-slip-list"),
    path("dinas/pajak/bukti-potong/catat/<int:line>/", views.tax_slip_create, name="tax-slip-create"),
    path("dinas/pajak/bukti-potong/<int:pk>/", views.tax_slip_detail, name="tax-slip-detail"),
    path("dinas/pajak/bukti-potong/<int:pk>/batalkan/", views.tax_slip_withdraw, name="tax-slip-withdraw"),
    path("bukti-potong/<int:pk>/berkas/", views.tax_slip_file, name="tax-slip-file"),
    path("penjual/bukti-potong/", views.tax_slip_mine, name="tax-slip-mine"),
]
