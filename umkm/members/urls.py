"""Addresses of who helps in a shop."""

from django.urls import path

from umkm.members import views

urlpatterns = [
    path("penjual/toko/orang/", views.shop_people, name="shop-people"),
    path("penjual/toko/orang/<int:pk>/keluar/", views.member_end, name="member-end"),
    path("penjual/undangan/<int:pk>/", views.invitation, name="invitation"),
    path("penjual/undangan/<int:pk>/terima/", views.invitation_accept, name="invitation-accept"),
    path("penjual/undangan/<int:pk>/tolak/", views.invitation_decline, name="invitation-decline"),
    path("penjual/undangan/<int:pk>/tarik/", views.invitation_withdraw, name="invitation-withdraw"),
]
