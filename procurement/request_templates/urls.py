"""Addresses of templates."""

from django.urls import path

from procurement.request_templates import views

urlpatterns = [
    path("dinas/template/", views.template_list, name="template-list"),
    path("dinas/template/<int:pk>/", views.template_change, name="template-change"),
    path("dinas/template/<int:pk>/pakai/", views.template_use, name="template-use"),
    path("dinas/template/<int:pk>/berhenti/", views.template_retire, name="template-retire"),
    path("dinas/permintaan/<str:number>/template/", views.template_save, name="template-save"),
]
