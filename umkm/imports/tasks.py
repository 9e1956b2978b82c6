"""Jobs of imports of goods: fetch, call one service."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from umkm.imports import services
from umkm.imports.models import GoodsImport


@job("umkm.read_import", label=_("Baca berkas barang"))
def read_import(*, import_pk: int) -> None:
    services.read_import(goods_import=GoodsImport.objects.get(pk=import_pk), now=clock.now())


@job("umkm.run_import", label=_("Masukkan barang dari berkas"))
def run_import(*, import_pk: int) -> None:
    """A piece of it; the piece enqueues the next."""
    services.run_piece(goods_import=GoodsImport.objects.get(pk=import_pk), now=clock.now())


@job("umkm.undo_import", label=_("Kembalikan impor barang"))
def undo_import(*, import_pk: int) -> None:
    """A piece of it; the piece enqueues the next."""
    services.undo_piece(goods_import=GoodsImport.objects.get(pk=import_pk), now=clock.now())


@shared_task(name="umkm.expire_imports")
def expire_imports() -> None:
    services.expire_due(now=clock.now())
