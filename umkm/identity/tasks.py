"""Tasks of changes of identity: fetch, call one service."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from umkm.identity import services, transfers
from umkm.identity.models import IdentityChange


@job("umkm.check_identity", label=_("Periksa perubahan identitas toko"))
def check_identity(*, change_pk: int) -> None:
    services.check_change(change=IdentityChange.objects.get(pk=change_pk), now=clock.now())


@shared_task(name="umkm.apply_identity")
def apply_identity() -> None:
    services.apply_due(now=clock.now())
    transfers.lapse_due(now=clock.now())
