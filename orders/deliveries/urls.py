"""Addresses of deliveries."""

from django.urls import path

from orders.deliveries import views

urlpatterns = [
    path("pesanan/<str:number>/kirim/", views.delivery_create, name="delivery-create"),
    path("pesanan/<str:number>/kirim/<str:delivery>/tiba/", views.delivery_arrive, name="delivery-arrive"),
    path("pesanan/<str:number>/kirim/<str:delivery>/diserahkan/", views.delivery_hand_over, name="delivery-hand-over"),
    path("pesanan/<str:number>/kirim/<str:delivery>/tidak-datang/", views.delivery_missing, name="delivery-missing"),
    path("pesanan/<str:number>/kirim/<str:delivery>/tarik/", views.delivery_withdraw, name="delivery-withdraw"),
    path("pesanan/<str:number>/kirim/<str:delivery>/periksa/", views.delivery_inspect, name="delivery-inspect"),
    path("pesanan/<str:number>/kirim/<str:delivery>/bast/", views.bast_create, name="bast-create"),
    path("pesanan/<str:number>/kirim/<str:delivery>/diterima/", views.delivery_confirm, name="delivery-confirm"),
]
