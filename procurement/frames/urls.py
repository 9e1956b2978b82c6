"""Addresses of frames."""

from django.urls import path

from procurement.frames import views

urlpatterns = [
    path("dinas/kerangka/", views.frame_list, name="frame-list"),
    path("dinas/kerangka/usul/", views.frame_create, name="frame-create"),
    path("dinas/kerangka/<str:number>/", views.frame_detail, name="frame-detail"),
    path("dinas/kerangka/<str:number>/tandatangan/", views.frame_sign, name="frame-sign"),
    path("dinas/kerangka/<str:number>/akhiri/", views.frame_close, name="frame-close"),
]
