"""Addresses of the scorecards of departments."""

from django.urls import path

from orders.scorecards import views

urlpatterns = [
    path("dinas/rapor/", views.scorecard, name="scorecard"),
    path("dinas/rapor/<slug:code>/", views.scorecard_cases, name="scorecard-cases"),
    path("inspektorat/rapor/", views.comparison, name="scorecard-comparison"),
]
