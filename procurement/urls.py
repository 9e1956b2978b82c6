"""Addresses of departments' purchases. Paths in Indonesian, names in English."""

from django.urls import path

from procurement.views import approvals, budgets, desk, goods, requests

app_name = "procurement"

urlpatterns = [
    path("dinas/", desk.desk, name="desk"),
    path("dinas/pilih/", desk.agency_select, name="agency-select"),
    path("dinas/anggaran/", budgets.budget_list, name="budget-list"),
    path("dinas/anggaran/<int:pk>/", budgets.budget_detail, name="budget-detail"),
    path("dinas/permintaan/", requests.request_list, name="request-list"),
    path("dinas/permintaan/baru/", requests.request_create, name="request-create"),
    path("dinas/permintaan/tambah-barang/", goods.line_add, name="request-line-add"),
    path("dinas/permintaan/<str:number>/", requests.request_detail, name="request-detail"),
    path("dinas/permintaan/<str:number>/acara/", requests.request_edit, name="request-edit"),
    path("dinas/permintaan/<str:number>/barang/", goods.goods_search, name="request-goods"),
    path("dinas/permintaan/<str:number>/barang/ubah/", goods.line_put, name="request-line-put"),
    path("dinas/permintaan/<str:number>/barang/hapus/", goods.line_remove, name="request-line-remove"),
    path("dinas/permintaan/<str:number>/pembanding/", goods.comparison_add, name="comparison-add"),
    path("dinas/permintaan/<str:number>/pembanding/hapus/", goods.comparison_remove, name="comparison-remove"),
    path("dinas/permintaan/<str:number>/kirim/", requests.request_submit, name="request-submit"),
    path("dinas/permintaan/<str:number>/tarik/", requests.request_withdraw, name="request-withdraw"),
    path("dinas/persetujuan/", approvals.approval_list, name="approval-list"),
    path("dinas/persetujuan/<str:number>/", approvals.approval_detail, name="approval-detail"),
]
