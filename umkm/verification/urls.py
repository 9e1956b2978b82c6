"""Addresses of verification."""

from django.urls import path

from umkm.verification import views

urlpatterns = [
    path("dokumen-penjual/<int:pk>/", views.document_file, name="document-file"),
]
