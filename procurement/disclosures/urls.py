"""Addresses of sealed complaints: those of senders name no complaint, so that no log of addresses does."""

from django.urls import path

from procurement.disclosures.views import handling, keys, sending

urlpatterns = [
    path("lapor-aman/", sending.disclosure_create, name="disclosure-create"),
    path("lapor-aman/tersegel/", sending.disclosure_receive, name="disclosure-receive"),
    path("lapor-aman/lihat/", sending.disclosure_follow, name="disclosure-follow"),
    path("lapor-aman/lihat/tersegel/", sending.disclosure_look, name="disclosure-look"),
    path("lapor-aman/tambah/", sending.disclosure_add, name="disclosure-add"),
    path("inspektorat/pengaduan/", handling.disclosure_list, name="disclosure-list"),
    path("inspektorat/pengaduan/<str:number>/", handling.disclosure_detail, name="disclosure-detail"),
    path("inspektorat/pengaduan/<str:number>/buka/", handling.disclosure_open, name="disclosure-open"),
    path("inspektorat/pengaduan/<str:number>/jawab/", handling.disclosure_answer, name="disclosure-answer"),
    path("inspektorat/pengaduan/<str:number>/tutup/", handling.disclosure_close, name="disclosure-close"),
    path("inspektorat/kunci/", keys.inspectorate_keys, name="inspectorate-keys"),
    path("inspektorat/kunci/catat/", keys.inspectorate_key_propose, name="inspectorate-key-propose"),
    path("inspektorat/kunci/<int:pk>/sahkan/", keys.inspectorate_key_confirm, name="inspectorate-key-confirm"),
    path("inspektorat/kunci/<int:pk>/tarik/", keys.inspectorate_key_withdraw, name="inspectorate-key-withdraw"),
    path("inspektorat/kunci/<int:pk>/hentikan/", keys.inspectorate_key_stop, name="inspectorate-key-stop"),
]
