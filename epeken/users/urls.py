"""Account pages of our own."""

from django.urls import path

from epeken.users import views
from epeken.users.api_keys import views as api_keys

app_name = "users"

urlpatterns = [
    path("akun/lanjutkan/", views.resume, name="resume"),
    path("akun/saya/", views.profile, name="profile"),
    path("akun/kunci-api/", api_keys.key_list, name="key-list"),
    path("akun/kunci-api/<int:pk>/cabut/", api_keys.revoke_key, name="key-revoke"),
]
