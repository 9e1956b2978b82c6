"""Addresses of discovery."""

from django.urls import path

from umkm.discovery.views import home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("tempat/", home.place, name="place"),
    path("cara-urutan/", home.ranking, name="ranking"),
    path("cari/", search.search_page, name="search"),
    path("cari/saran/", search.suggestions, name="search-suggestions"),
    path("kategori/<slug:slug>/", search.category_detail, name="category-detail"),
]
