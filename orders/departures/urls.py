"""Address of leaving the market."""

from django.urls import path

from orders.departures import views

urlpatterns = [
    path("penjual/toko/<int:pk>/keluar/", views.leave, name="shop-leave"),
]
