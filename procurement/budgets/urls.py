"""Addresses of budgets."""

from django.urls import path

from procurement.budgets import views

urlpatterns = [
    path("dinas/anggaran/", views.budget_list, name="budget-list"),
    path("dinas/anggaran/<int:pk>/", views.budget_detail, name="budget-detail"),
]
