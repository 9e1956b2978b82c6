"""Address of the letter of a sanction."""

from django.urls import path

from epeken.site.sanction_letters import views

urlpatterns = [
    path("penjual/toko/sanksi/<int:pk>/surat/", views.sanction_letter, name="sanction-letter"),
]
