"""Addresses of what is written down without network."""

from django.urls import path

from orders.drafts import views

urlpatterns = [
    path("luring/", views.offline_page, name="offline"),
    path("luring/tanda/", views.token, name="offline-token"),
    path("luring/kirim/", views.draft_create, name="draft-create"),
    path("pekerja-luring.js", views.worker, name="offline-worker"),
]
