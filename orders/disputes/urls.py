"""Addresses of disputes."""

from django.urls import path

from orders.disputes import views

urlpatterns = [
    path("pesanan/<str:number>/sengketa/", views.dispute_create, name="dispute-create"),
    path("pesanan/<str:number>/sengketa/jawab/", views.dispute_answer, name="dispute-answer"),
    path("pesanan/<str:number>/sengketa/selesai/", views.dispute_settle, name="dispute-settle"),
    path("pesanan/<str:number>/sengketa/foto/<int:pk>/", views.dispute_photo, name="dispute-photo"),
]
