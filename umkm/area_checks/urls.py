"""Addresses of area checks."""

from django.urls import path

from umkm.area_checks import views

urlpatterns = [
    path("wilayah/", views.area_checks, name="area-check-list"),
    path("wilayah/<int:pk>/", views.area_check, name="area-check"),
    path("wilayah/<int:pk>/kembalikan/", views.area_check_send_back, name="area-check-send-back"),
    path("wilayah/<int:pk>/dokumen/<int:document_pk>/", views.area_document, name="area-document"),
    path("foto-kunjungan/<int:pk>/", views.visit_photo, name="visit-photo"),
]
