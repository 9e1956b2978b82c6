"""Who is told what about shops and their goods. Rows only; the messages leave after the commit."""

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_date
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.sellers.notices import sentence, tell_applicant
from umkm.sellers.steps import label_of
from umkm.verification.models import VerificationCase


def verifiers() -> list[User]:
    """Active staff who hold the verifying permission by name or by group."""
    has = Q(user_permissions__codename="verify_seller") | Q(groups__permissions__codename="verify_seller")
    return list(User.objects.filter(has, is_active=True, is_staff=True).distinct().order_by("pk"))


def seller_submitted(case: VerificationCase, *, now: datetime) -> None:
    tell_applicant(
        case.seller,
        kind="seller.submitted",
        title=_("Pendaftaran %(shop)s kami terima") % {"shop": case.seller},
        body=_("Petugas memeriksanya paling lambat %(due)s. Anda akan kami kabari.") % {"due": long_date(case.due_at)},
        key=f"case-{case.pk}-submitted",
        now=now,
    )


def case_approved(case: VerificationCase, *, now: datetime) -> None:
    tell_applicant(
        case.seller,
        kind="seller.approved",
        title=_("%(shop)s disetujui. Selamat berjualan!") % {"shop": case.seller},
        body=_("Toko Anda sudah dibuka. Langkah berikutnya: tambah barang pertama."),
        key=f"case-{case.pk}-approved",
        now=now,
    )


def case_sent_back(case: VerificationCase, *, now: datetime) -> None:
    lines = [f"{label_of(remark.field)}: {remark.reason}" for remark in case.remarks.all()]
    tell_applicant(
        case.seller,
        kind="seller.sent_back",
        title=_("Pendaftaran %(shop)s perlu sedikit perbaikan") % {"shop": case.seller},
        body=_("Yang perlu diperbaiki:") + "\n" + "\n".join(lines),
        key=f"case-{case.pk}-sent-back",
        now=now,
    )


def case_rejected(case: VerificationCase, *, now: datetime) -> None:
    tell_applicant(
        case.seller,
        kind="seller.rejected",
        title=_("Pendaftaran %(shop)s tidak dapat disetujui") % {"shop": case.seller},
        body=f"{case.get_reject_reason_display()}. {sentence(case.note)}",
        key=f"case-{case.pk}-rejected",
        now=now,
    )


def cases_overdue(person: User, cases: list[VerificationCase], *, day: date, now: datetime) -> None:
    """At most one line a day, however many cases wait."""
    names = ", ".join(str(case.seller) for case in cases[:5])
    more = len(cases) - 5
    notify(
        person=person,
        kind="case.overdue",
        title=_("%(count)d berkas penjual lewat tenggat") % {"count": len(cases)},
        body=names + (_(", dan %(more)d lainnya.") % {"more": more} if more > 0 else "."),
        url=reverse("admin:umkm_verificationcase_changelist") + "?overdue=1",
        key=f"cases-overdue-{day:%Y-%m-%d}",
        now=now,
    )
