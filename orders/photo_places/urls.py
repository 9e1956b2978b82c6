"""The address at which a person lets the place of their phone be kept, or no longer."""

from django.urls import path

from orders.photo_places import views

urlpatterns = [path("lokasi-foto/", views.place_consent, name="place-consent")]
