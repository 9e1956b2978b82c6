"""Addresses of negotiations: one page for both sides."""

from django.urls import path

from procurement.negotiations import views

urlpatterns = [
    path(
        "dinas/permintaan/<str:number>/penjual/<int:seller>/negosiasi/",
        views.negotiation_create,
        name="negotiation-create",
    ),
    path("negosiasi/<str:number>/", views.negotiation_detail, name="negotiation-detail"),
    path("negosiasi/<str:number>/terima/", views.negotiation_accept, name="negotiation-accept"),
    path("negosiasi/<str:number>/tawar/", views.negotiation_counter, name="negotiation-counter"),
    path("negosiasi/<str:number>/tetap/", views.negotiation_refuse, name="negotiation-refuse"),
    path("negosiasi/<str:number>/henti/", views.negotiation_withdraw, name="negotiation-withdraw"),
]
