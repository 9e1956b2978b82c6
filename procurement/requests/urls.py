"""Addresses of requests."""

from django.urls import path

from procurement.requests.views import approvals, ceilings, charging, requests, unfilled

urlpatterns = [
    path("dinas/permintaan/", requests.request_list, name="request-list"),
    path("dinas/permintaan/baru/", requests.request_create, name="request-create"),
    path("dinas/permintaan/<str:number>/", requests.request_detail, name="request-detail"),
    path("dinas/permintaan/<str:number>/acara/", requests.request_edit, name="request-edit"),
    path("dinas/permintaan/<str:number>/kirim/", requests.request_submit, name="request-submit"),
    path("dinas/permintaan/<str:number>/beban/", charging.request_charge, name="request-charge"),
    path("dinas/permintaan/<str:number>/minta-pagu/", requests.request_ask_head, name="request-ask-head"),
    path("dinas/permintaan/<str:number>/jawab-pagu/", ceilings.ceiling_answer, name="ceiling-answer"),
    path("dinas/permintaan/<str:number>/tarik/", requests.request_withdraw, name="request-withdraw"),
    path("dinas/permintaan/<str:number>/ambil-alih/", requests.request_take_over, name="request-take-over"),
    path("dinas/permintaan/<str:number>/susun-ulang/", requests.request_rebuild, name="request-rebuild"),
    path("dinas/permintaan/<str:number>/salin/", requests.request_copy, name="request-copy"),
    path("dinas/permintaan/<str:number>/kembalikan/", approvals.request_send_back, name="request-send-back"),
    path(
        "dinas/permintaan/<str:number>/penjual/<int:pk>/cari-lagi/",
        unfilled.request_source_again,
        name="request-source-again",
    ),
    path(
        "dinas/permintaan/<str:number>/penjual/<int:pk>/tidak-perlu/",
        unfilled.request_sourcing_end,
        name="request-sourcing-end",
    ),
    path("dinas/persetujuan/", approvals.approval_list, name="approval-list"),
    path("dinas/persetujuan/<str:number>/", approvals.approval_detail, name="approval-detail"),
]
