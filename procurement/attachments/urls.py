"""Addresses of the files of requests."""

from django.urls import path

from procurement.attachments import views

urlpatterns = [
    path("dinas/permintaan/<str:number>/lampiran/", views.attachment_add, name="request-attachment-add"),
    path("dinas/permintaan/<str:number>/lampiran/<int:pk>/", views.attachment_open, name="request-attachment"),
    path(
        "dinas/permintaan/<str:number>/lampiran/<int:pk>/keluarkan/",
        views.attachment_take_out,
        name="request-attachment-take-out",
    ),
]
