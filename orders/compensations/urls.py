"""Addresses of compensations."""

from django.urls import path

from orders.compensations import views

urlpatterns = [
    path("ganti-rugi/<str:number>/", views.compensation_detail, name="compensation-detail"),
    path("ganti-rugi/<str:number>/mata-anggaran/", views.compensation_charge, name="compensation-charge"),
    path("ganti-rugi/<str:number>/bayar/", views.compensation_pay, name="compensation-pay"),
    path("ganti-rugi/<str:number>/bukti/<int:pk>/", views.compensation_proof, name="compensation-proof"),
    path(
        "ganti-rugi/<str:number>/pembayaran/<int:pk>/batalkan/",
        views.compensation_reverse,
        name="compensation-reverse",
    ),
    path(
        "ganti-rugi/<str:number>/pembatalan/<int:pk>/",
        views.compensation_reversal_answer,
        name="compensation-reversal-answer",
    ),
    path(
        "ganti-rugi/<str:number>/pembatalan/<int:pk>/tarik/",
        views.compensation_reversal_withdraw,
        name="compensation-reversal-withdraw",
    ),
    path(
        "ganti-rugi/<str:number>/pembatalan/<int:pk>/bukti/",
        views.compensation_reversal_proof,
        name="compensation-reversal-proof",
    ),
]
