"""Tasks of verification: fetch, call one service."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.verification import retention, services
from umkm.verification.models import VerificationCase


@job("umkm.check_case", label=_("Periksa pendaftaran"))
def check_case(*, case_pk: int) -> None:
    services.check_case(case=VerificationCase.objects.get(pk=case_pk), now=clock.now())


@job("umkm.show_front", label=_("Tampilkan foto depan toko"))
def show_front(*, seller_pk: int) -> None:
    sellers.show_front(seller=Seller.objects.get(pk=seller_pk), now=clock.now())


@shared_task(name="umkm.remind_overdue")
def remind_overdue() -> None:
    services.remind_overdue(now=clock.now())


@shared_task(name="umkm.destroy_documents")
def destroy_documents() -> None:
    retention.destroy_due(now=clock.now())
