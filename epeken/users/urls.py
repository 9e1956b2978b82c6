"""Account pages of our own."""

from django.urls import path

from epeken.users import views
from epeken.users.addresses import views as addresses
from epeken.users.api_keys import views as api_keys
from epeken.users.sessions import views as sessions

app_name = "users"

urlpatterns = [
    path("akun/lanjutkan/", views.resume, name="resume"),
    path("akun/", views.profile, name="profile"),
    path("akun/sandi/baru/", views.new_password, name="new-password"),
    path("akun/alamat/", addresses.address_list, name="address-list"),
    path("akun/alamat/baru/", addresses.address_create, name="address-create"),
    path("akun/alamat/<int:pk>/", addresses.address_change, name="address-change"),
    path("akun/alamat/<int:pk>/hapus/", addresses.address_remove, name="address-remove"),
    path("akun/alamat/<int:pk>/utama/", addresses.address_default, name="address-default"),
    path("akun/perangkat/", sessions.session_list, name="session-list"),
    path("akun/perangkat/<int:pk>/akhiri/", sessions.session_end, name="session-end"),
    path("akun/perangkat/akhiri-lain/", sessions.session_end_others, name="session-end-others"),
    path("akun/kunci-api/", api_keys.key_list, name="key-list"),
    path("akun/kunci-api/<int:pk>/cabut/", api_keys.revoke_key, name="key-revoke"),
]
