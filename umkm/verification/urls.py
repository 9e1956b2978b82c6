"""Addresses of verification."""

from django.urls import path

from umkm.verification import views

urlpatterns = [
    path("bukan-saya/nik/<int:pk>/", views.nik_deny, name="nik-deny"),
    path("bukan-saya/nik/<int:pk>/tarik/", views.nik_denial_back, name="nik-denial-back"),
    path("dokumen-penjual/<int:pk>/", views.document_file, name="document-file"),
]
