"""Addresses of compensations."""

from django.urls import path

from orders.compensations import views

urlpatterns = [
    path("ganti-rugi/<str:number>/", views.compensation_detail, name="compensation-detail"),
    path("ganti-rugi/<str:number>/mata-anggaran/", views.compensation_charge, name="compensation-charge"),
    path("ganti-rugi/<str:number>/bayar/", views.compensation_pay, name="compensation-pay"),
    path("ganti-rugi/<str:number>/bukti/", views.compensation_proof, name="compensation-proof"),
]
