"""Addresses of cancellations."""

from django.urls import path

from orders.cancellations import views

urlpatterns = [
    path("untuk-dinas/pembatalan/", views.cancellation_figures, name="cancellation-figures"),
    path("pesanan/<str:number>/pembatalan/", views.cancellation_create, name="cancellation-create"),
    path("pesanan/<str:number>/pembatalan/jawab/", views.cancellation_answer, name="cancellation-answer"),
    path("pesanan/<str:number>/pembatalan/tarik/", views.cancellation_withdraw, name="cancellation-withdraw"),
    path("pesanan/<str:number>/pembatalan/<int:pk>/bukti/", views.cancellation_evidence, name="cancellation-evidence"),
]
