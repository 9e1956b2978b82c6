"""Addresses of what decisions gave."""

from django.urls import path

from orders.remedies import views

urlpatterns = [
    path("pesanan/<str:number>/keputusan/<int:pk>/penuhi/", views.remedy_fulfil, name="remedy-fulfil"),
    path("pesanan/<str:number>/keputusan/<int:pk>/periksa/", views.remedy_check, name="remedy-check"),
    path("pesanan/<str:number>/keputusan/<int:pk>/bukti/", views.remedy_proof, name="remedy-proof"),
]
