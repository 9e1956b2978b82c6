"""Addresses of proposed changes."""

from django.urls import path

from orders.addenda import views

urlpatterns = [
    path("pesanan/<str:number>/perubahan/", views.addendum_create, name="addendum-create"),
    path("pesanan/<str:number>/perubahan/<int:pk>/jawab/", views.addendum_answer, name="addendum-answer"),
    path("pesanan/<str:number>/perubahan/<int:pk>/tarik/", views.addendum_withdraw, name="addendum-withdraw"),
]
