"""The seller is told that a bukti potong is theirs to download, and that one does not stand any more."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import RUPIAH, SENTENCE, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from orders.billing.states import TaxKind
from orders.tax_slips.models import TaxSlip
from umkm.sellers.policies import members_of

KINDS = {
    "invoice.tax_slip": notice(
        _("Bukti potong %(tax)s %(amount)s dari %(buyer)s"),
        _("Nomor %(number)s. Salinannya dapat diunduh di halaman uang Anda, untuk SPT tahunan."),
        tax=choice(TaxKind),
        amount=RUPIAH,
        buyer=TEXT,
        number=TEXT,
    ),
    "invoice.tax_slip_withdrawn": notice(
        _("Bukti potong nomor %(number)s dari %(buyer)s tidak dipakai lagi"),
        _("%(reason)s. Gantinya muncul di halaman uang Anda bila sudah dicatat."),
        number=TEXT,
        buyer=TEXT,
        reason=SENTENCE,
    ),
}


def recorded(slip: TaxSlip, now: datetime) -> None:
    _tell(slip, "invoice.tax_slip", now, tax=slip.kind, amount=slip.amount)


def withdrawn(slip: TaxSlip, now: datetime) -> None:
    _tell(slip, "invoice.tax_slip_withdrawn", now, reason=slip.withdrawal_reason)


def _tell(slip: TaxSlip, kind: str, now: datetime, **said: object) -> None:
    url = f"{reverse('orders:tax-slip-mine')}?toko={slip.seller_id}"
    notify(
        members_of(slip.seller_id), kind=kind, url=url, key=f"{kind}:{slip.pk}:", now=now,
        buyer=slip.agency.short_name, number=slip.number, **said,
    )  # fmt: skip
