"""Jobs of imports of sellers: fetch, call one service."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from umkm.seller_imports import services
from umkm.seller_imports.models import SellerImport


@job("umkm.read_seller_list", label=_("Baca daftar penjual"))
def read_seller_list(*, import_pk: int) -> None:
    services.read_list(seller_import=SellerImport.objects.get(pk=import_pk), now=clock.now())


@job("umkm.run_seller_list", label=_("Buat pendaftaran dari daftar penjual"))
def run_seller_list(*, import_pk: int) -> None:
    """A piece of it; the piece enqueues the next."""
    services.run_piece(seller_import=SellerImport.objects.get(pk=import_pk), now=clock.now())


@job("umkm.ask_imported", label=_("Minta warga memastikan pendaftaran dari daftar"))
def ask_imported(*, import_pk: int) -> None:
    """A piece of it; the piece enqueues the next, a minute later."""
    services.ask_piece(seller_import=SellerImport.objects.get(pk=import_pk), now=clock.now())


@job("umkm.undo_seller_list", label=_("Kembalikan impor penjual"))
def undo_seller_list(*, import_pk: int) -> None:
    """A piece of it; the piece enqueues the next."""
    services.undo_piece(seller_import=SellerImport.objects.get(pk=import_pk), now=clock.now())


@shared_task(name="umkm.expire_seller_lists")
def expire_seller_lists() -> None:
    services.expire_due(now=clock.now())
