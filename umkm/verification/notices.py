"""Who is told what about a registration."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.messages import COUNT, LAST_DAY, SENTENCE, TEXT, Format, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.sellers.notices import tell_applicant
from umkm.sellers.steps import label_of
from umkm.verification.models import VerificationCase
from umkm.verification.states import RejectReason

NAMED = 5
OVERDUE = ngettext_lazy("%(count)d berkas penjual lewat tenggat", "%(count)d berkas penjual lewat tenggat", "count")

# Field → what an officer wrote about it, a line each.
REMARKS = Format(
    lambda remarks: {str(field): str(reason) for field, reason in remarks.items()},
    lambda kept: "\n".join(f"{label_of(field)}: {reason}" for field, reason in kept.items()),
    {"name": "Tulis seperti di KTP"},
)

KINDS = {
    "seller.submitted": notice(
        _("Pendaftaran %(shop)s kami terima"),
        _("Petugas memeriksanya paling lambat %(due)s. Anda akan kami kabari."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "seller.approved": notice(
        _("%(shop)s disetujui. Selamat berjualan!"),
        _("Toko Anda sudah dibuka. Langkah berikutnya: tambah barang pertama."),
        shop=TEXT,
    ),
    "seller.sent_back": notice(
        _("Pendaftaran %(shop)s perlu sedikit perbaikan"),
        _("Yang perlu diperbaiki:\n%(remarks)s"),
        shop=TEXT,
        remarks=REMARKS,
    ),
    "seller.rejected": notice(
        _("Pendaftaran %(shop)s tidak dapat disetujui"),
        _("%(reason)s. %(note)s Menurut Anda keliru? Ajukan banding sampai %(appeal_by)s di halaman ini."),
        shop=TEXT,
        reason=choice(RejectReason),
        note=SENTENCE,
        appeal_by=LAST_DAY,
    ),
    "identity.documents_destroyed": notice(
        _("%(shop)s: dokumen Anda sudah dimusnahkan"),
        _("Masa simpannya sudah lewat. Berkas mana dan mengapa, tertulis di riwayat halaman ini."),
        shop=TEXT,
    ),
    # The area is not among those a person can mute.
    "identity.nik_used": notice(
        _("NIK pemilik %(shop)s dipakai mendaftarkan toko lain"),
        _("Bukan Anda yang mendaftar? Buka halaman ini dan tekan “Bukan saya”; petugas memeriksanya dahulu."),
        shop=TEXT,
    ),
    "case.nik_denied": notice(
        _("Pemilik %(other)s menyangkal pendaftaran %(shop)s"),
        _("NIK-nya sama, dan ia menyatakan bukan ia yang mendaftar. Periksa KTP-nya sebelum memutus."),
        shop=TEXT,
        other=TEXT,
    ),
    # Of the area nobody mutes: whoever took it back may have been somebody else at the owner's account.
    "identity.nik_denial_taken_back": notice(
        _("%(who)s menarik sangkalan pemilik %(shop)s"),
        _("Petugas tetap mencocokkan orangnya. Keliru? Buka halaman ini dan tekan “Bukan saya” sekali lagi."),
        who=TEXT,
        shop=TEXT,
    ),
    "case.nik_denial_taken_back": notice(
        _("Pemilik %(other)s menarik sangkalannya atas pendaftaran %(shop)s"),
        _("Temuannya berubah dan menunggu ditandai lagi. Periksa KTP-nya sebelum memutus."),
        shop=TEXT,
        other=TEXT,
    ),
    "identity.idle_ends": notice(
        _("%(shop)s: pendaftaran Anda lama tidak dilanjutkan"),
        _("Lanjutkan, atau buang bila tidak jadi. Bila tidak, isian dan dokumennya dimusnahkan sesudah %(day)s."),
        shop=TEXT,
        day=LAST_DAY,
    ),
    "identity.idle_shop_ends": notice(
        _("%(shop)s: pendaftaran Anda lama tidak dilanjutkan"),
        _("Lanjutkan bila toko ini akan dibuka lagi. Bila tidak, dokumennya dimusnahkan sesudah %(day)s."),
        shop=TEXT,
        day=LAST_DAY,
    ),
    "case.taken_over": notice(
        _("%(who)s mengambil alih berkas %(shop)s"),
        _("Berkas ini tidak lagi di meja Anda; keputusannya ada pada yang mengambilnya."),
        who=TEXT,
        shop=TEXT,
    ),
    "case.overdue": notice(
        OVERDUE,
        "%(shops)s.",
        count=COUNT,
        shops=TEXT,
    ),
    "case.left": notice(
        ngettext_lazy(
            "%(count)d pendaftaran penjual belum juga diputus",
            "%(count)d pendaftaran penjual belum juga diputus",
            "count",
        ),
        _("Yang tertua: %(shops)s. Tenggatnya sudah lama lewat; verifikatornya sudah diingatkan setiap hari."),
        count=COUNT,
        shops=TEXT,
    ),
    "case.many_overdue": notice(
        OVERDUE,
        _("%(shops)s, dan %(more)d lainnya."),
        count=COUNT,
        shops=TEXT,
        more=COUNT,
    ),
}


def officers(permission: str) -> list[User]:
    """Who is told: those who hold the permission, never an account that merely may do everything."""
    return list(User.objects.officers_with(permission))


def verifiers() -> list[User]:
    return officers("umkm.verify_seller")


def seller_submitted(case: VerificationCase, *, now: datetime) -> None:
    tell_applicant(case.seller, kind="seller.submitted", key=f"case-{case.pk}-submitted", now=now, due=case.due_at)


def case_approved(case: VerificationCase, *, now: datetime) -> None:
    tell_applicant(case.seller, kind="seller.approved", key=f"case-{case.pk}-approved", now=now)


def case_sent_back(case: VerificationCase, *, now: datetime) -> None:
    remarks = {remark.field: remark.reason for remark in case.remarks.all()}
    tell_applicant(case.seller, kind="seller.sent_back", key=f"case-{case.pk}-sent-back", now=now, remarks=remarks)


def case_rejected(case: VerificationCase, *, appeal_by: datetime, now: datetime) -> None:
    key = f"case-{case.pk}-rejected"
    said = {"reason": case.reject_reason, "note": case.note, "appeal_by": appeal_by}
    tell_applicant(case.seller, kind="seller.rejected", key=key, now=now, **said)


def case_taken_over(case: VerificationCase, before: User, *, now: datetime) -> None:
    """`before`: who had it until now."""
    notify(
        [before],
        kind="case.taken_over",
        url=reverse("admin:umkm_verificationcase_change", args=[case.pk]),
        key=f"case-{case.pk}-taken-{now.isoformat()}",
        now=now,
        who=str(case.officer),
        shop=str(case.seller),
    )


def nik_used(case: VerificationCase, owner: User, shop: Seller, *, now: datetime) -> None:
    """`shop`: the owner's own. Nothing is told of the registration but that there is one."""
    url = reverse("umkm:nik-deny", args=[case.pk])
    notify([owner], kind="identity.nik_used", url=url, key=f"case-{case.pk}-nik", now=now, shop=str(shop))


def nik_denied(case: VerificationCase, shop: Seller, *, now: datetime) -> None:
    _tell_desk(case, shop, "nik_denied", now)


def nik_denial_taken_back(
    case: VerificationCase, shop: Seller, actor: User, owners: list[User], *, now: datetime
) -> None:
    """To the desk, and to every owner of the shop, the actor too."""
    _tell_desk(case, shop, "nik_denial_taken_back", now)
    url, key = reverse("umkm:nik-deny", args=[case.pk]), f"case-{case.pk}-nik-{actor.pk}-back"
    said = {"who": str(actor), "shop": str(shop)}
    notify(owners, kind="identity.nik_denial_taken_back", url=url, key=key, now=now, **said)


def _tell_desk(case: VerificationCase, shop: Seller, what: str, now: datetime) -> None:
    """To whoever has the case, or to every verifier. `shop`: whose owner denied it."""
    url = reverse("admin:umkm_verificationcase_change", args=[case.pk])
    told = [case.holder] if case.holder else verifiers()
    said = {"shop": str(case.seller), "other": str(shop)}
    key = f"case-{case.pk}-{what}-{shop.pk}-{now.isoformat()}"
    notify(told, kind=f"case.{what}", url=url, key=key, now=now, **said)


def documents_destroyed(seller: Seller, *, now: datetime) -> None:
    key = f"seller-{seller.pk}-destroyed-{now.isoformat()}"
    tell_applicant(seller, kind="identity.documents_destroyed", key=key, now=now)


def idle_ends(seller: Seller, end: datetime, *, now: datetime) -> None:
    key = f"seller-{seller.pk}-idle-{now.isoformat()}"
    kind = "identity.idle_ends" if seller.approved_at is None else "identity.idle_shop_ends"
    tell_applicant(seller, kind=kind, key=key, now=now, day=end)


def cases_left(person: User, cases: list[VerificationCase], *, day: date, now: datetime) -> None:
    """To the head of the office, at most once a day."""
    notify(
        [person],
        kind="case.left",
        url=reverse("admin:umkm_verificationcase_changelist") + "?antrean=lewat",
        key=f"cases-left-{day}",
        now=now,
        count=len(cases),
        shops=", ".join(str(case.seller) for case in cases[:NAMED]),
    )


def cases_overdue(person: User, cases: list[VerificationCase], *, day: date, now: datetime) -> None:
    """At most one line a day, however many cases wait."""
    said: dict[str, Any] = {"count": len(cases), "shops": ", ".join(str(case.seller) for case in cases[:NAMED])}
    if len(cases) > NAMED:
        said["more"] = len(cases) - NAMED
    notify(
        [person],
        kind="case.many_overdue" if len(cases) > NAMED else "case.overdue",
        url=reverse("admin:umkm_verificationcase_changelist") + "?antrean=lewat",
        key=f"cases-overdue-{day}",
        now=now,
        **said,
    )
