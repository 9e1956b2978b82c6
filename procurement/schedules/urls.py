"""Addresses of delivery schedules."""

from django.urls import path

from procurement.schedules import views

urlpatterns = [path("dinas/permintaan/<str:number>/jadwal/", views.request_schedule, name="request-schedule")]
