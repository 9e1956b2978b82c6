"""Addresses of registrations filled in by an officer."""

from django.urls import path

from umkm.assisted import views

urlpatterns = [
    path("wilayah/bantu/", views.assisted_list, name="assisted-list"),
    path("wilayah/bantu/<int:pk>/serahkan/", views.assisted_hand_over, name="assisted-hand-over"),
    path("wilayah/bantu/<int:pk>/perbaiki/", views.assisted_correct, name="assisted-correct"),
    path("wilayah/bantu/<int:pk>/batal/", views.assisted_withdraw, name="assisted-withdraw"),
    path("dibantu/", views.assisted_mine, name="assisted-mine"),
    path("dibantu/<int:pk>/", views.assisted_detail, name="assisted-detail"),
    path("dibantu/<int:pk>/pastikan/", views.assisted_confirm, name="assisted-confirm"),
    path("dibantu/<int:pk>/tolak/", views.assisted_refuse, name="assisted-refuse"),
]
