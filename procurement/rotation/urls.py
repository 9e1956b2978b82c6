"""Addresses of draws of turns."""

from django.urls import path

from procurement.rotation import views

urlpatterns = [
    path("undian/", views.draw_list, name="draw-list"),
    path("undian/<str:number>/", views.draw_detail, name="draw-detail"),
    path("undian/<str:number>/data.json", views.draw_data, name="draw-data"),
    path("dinas/permintaan/<str:number>/undian/<int:pk>/", views.request_draw, name="request-draw"),
    path("dinas/undian/<str:number>/undi/", views.draw_make, name="draw-make"),
    path("dinas/undian/<str:number>/lewati/", views.draw_pass, name="draw-pass"),
    path("dinas/undian/<str:number>/batal/", views.draw_cancel, name="draw-cancel"),
]
