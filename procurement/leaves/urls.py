"""Addresses of officers and their leave."""

from django.urls import path

from procurement.leaves import views

urlpatterns = [
    path("dinas/pejabat/", views.leave_list, name="leave-list"),
    path("dinas/pejabat/cuti/", views.leave_create, name="leave-create"),
    path("dinas/pejabat/cuti/<int:pk>/akhiri/", views.leave_shorten, name="leave-shorten"),
    path("dinas/pejabat/cuti/<int:pk>/batalkan/", views.leave_withdraw, name="leave-withdraw"),
]
