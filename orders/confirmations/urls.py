"""Addresses of confirmations."""

from django.urls import path

from orders.confirmations import views

urlpatterns = [
    path("pesanan/<str:number>/konfirmasi/<int:pk>/", views.confirmation_create, name="confirmation-create"),
    path("pesanan/<str:number>/konfirmasi/<int:pk>/keberatan/", views.confirmation_object, name="confirmation-object"),
    path("pesanan/<str:number>/konfirmasi/<int:pk>/belum-masuk/", views.receipt_deny, name="receipt-deny"),
    path("pesanan/<str:number>/konfirmasi/<int:pk>/jawab/", views.receipt_answer, name="receipt-answer"),
]
