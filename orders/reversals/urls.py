"""Addresses of reversals."""

from django.urls import path

from orders.reversals import views

urlpatterns = [
    path("pesanan/<str:number>/pembayaran/<int:pk>/batalkan/", views.reversal_create, name="reversal-create"),
    path("pesanan/<str:number>/pembatalan-pembayaran/<int:pk>/", views.reversal_answer, name="reversal-answer"),
    path(
        "pesanan/<str:number>/pembatalan-pembayaran/<int:pk>/tarik/",
        views.reversal_withdraw,
        name="reversal-withdraw",
    ),
    path("pesanan/<str:number>/pembatalan-pembayaran/<int:pk>/bukti/", views.reversal_proof, name="reversal-proof"),
]
