"""Addresses of sellers and their goods."""

from django.urls import path

from umkm.views import documents, sellers

app_name = "umkm"

seller_urls = [
    path("daftar-berjualan/", sellers.register, name="register"),
    path("daftar-berjualan/<int:pk>/", sellers.application, name="application"),
    path("daftar-berjualan/<int:pk>/<slug:step>/", sellers.application_step, name="application-step"),
    path("daftar-berjualan/<int:pk>/dokumen/<slug:kind>/", sellers.document_create, name="document-create"),
    path("dokumen-penjual/<int:pk>/", documents.document_file, name="document-file"),
    path("penjual/toko/", sellers.profile, name="seller-profile"),
    path("penjual/toko/foto/", sellers.picture, name="seller-picture"),
]

# --- Catalogue ---
catalogue_urls: list[object] = []

urlpatterns = [*seller_urls, *catalogue_urls]
