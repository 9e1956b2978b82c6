"""Account pages of our own."""

from django.urls import path

from epeken.users import views

app_name = "users"

urlpatterns = [
    path("akun/saya/", views.profile, name="profile"),
    path("akun/kunci-api/", views.make_token, name="token-create"),
    path("akun/kunci-api/cabut/", views.revoke_token, name="token-revoke"),
]
