"""Who is told what about shops and their goods. Rows only; the messages leave after the commit."""

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.words import long_date, rupiah
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.models import ChangeProposal, Product, Seller, VerificationCase
from umkm.steps import label_of

# --- Sellers ---


def members_of(seller: Seller) -> list[User]:
    today = User.objects.filter(shop_memberships__seller=seller, shop_memberships__until__isnull=True)
    return list(today.order_by("pk"))


def verifiers() -> list[User]:
    """Active staff who hold the verifying permission by name or by group."""
    has = Q(user_permissions__codename="verify_seller") | Q(groups__permissions__codename="verify_seller")
    return list(User.objects.filter(has, is_active=True, is_staff=True).distinct().order_by("pk"))


def seller_submitted(case: VerificationCase, *, now: datetime) -> None:
    _tell_applicant(
        case.seller,
        kind="seller.submitted",
        title=_("Pendaftaran %(shop)s kami terima") % {"shop": case.seller},
        body=_("Petugas memeriksanya paling lambat %(due)s. Anda akan kami kabari.") % {"due": long_date(case.due_at)},
        key=f"case-{case.pk}-submitted",
        now=now,
    )


def case_approved(case: VerificationCase, *, now: datetime) -> None:
    _tell_applicant(
        case.seller,
        kind="seller.approved",
        title=_("%(shop)s disetujui. Selamat berjualan!") % {"shop": case.seller},
        body=_("Toko Anda sudah dibuka. Langkah berikutnya: tambah barang pertama."),
        key=f"case-{case.pk}-approved",
        now=now,
    )


def case_sent_back(case: VerificationCase, *, now: datetime) -> None:
    lines = [f"{label_of(remark.field)}: {remark.reason}" for remark in case.remarks.all()]
    _tell_applicant(
        case.seller,
        kind="seller.sent_back",
        title=_("Pendaftaran %(shop)s perlu sedikit perbaikan") % {"shop": case.seller},
        body=_("Yang perlu diperbaiki:") + "\n" + "\n".join(lines),
        key=f"case-{case.pk}-sent-back",
        now=now,
    )


def case_rejected(case: VerificationCase, *, now: datetime) -> None:
    _tell_applicant(
        case.seller,
        kind="seller.rejected",
        title=_("Pendaftaran %(shop)s tidak dapat disetujui") % {"shop": case.seller},
        body=f"{case.get_reject_reason_display()}. {_sentence(case.note)}",
        key=f"case-{case.pk}-rejected",
        now=now,
    )


def seller_sanctioned(seller: Seller, *, action: str, reason: str, now: datetime) -> None:
    """`action`: freeze or restore."""
    frozen = action == "freeze"
    title = _("%(shop)s dibekukan sementara") if frozen else _("%(shop)s dibuka kembali")
    body = (
        _("Alasan: %(reason)s Pesanan yang sedang berjalan tetap diselesaikan.")
        if frozen
        else _("Keterangan petugas: %(reason)s")
    )
    _tell_applicant(
        seller,
        kind=f"seller.{action}",
        title=title % {"shop": seller},
        body=body % {"reason": _sentence(reason)},
        key=f"seller-{seller.pk}-{action}-{now.isoformat()}",
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


def _tell_applicant(seller: Seller, *, kind: str, title: str, body: str, key: str, now: datetime) -> None:
    url = reverse("umkm:application", args=[seller.pk])
    for person in members_of(seller):
        notify(person=person, kind=kind, title=title, body=body, url=url, key=key, now=now)


# --- Goods ---


def product_approved(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.approved",
        title=_("%(name)s sudah tayang") % {"name": product.name},
        body=_("Kurator menyetujui barang ini. Pembeli sekarang bisa menemukannya."),
        key=f"product-approved-{product.pk}-{now.isoformat()}",
        now=now,
    )


def product_sent_back(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.sent_back",
        title=_("%(name)s perlu diperbaiki") % {"name": product.name},
        body=_("Catatan kurator: %(note)s Perbaiki lalu kirim lagi.") % {"note": _sentence(product.review_note)},
        key=f"product-sent-back-{product.pk}-{now.isoformat()}",
        now=now,
    )


def product_rejected(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.rejected",
        title=_("%(name)s tidak dapat ditayangkan") % {"name": product.name},
        body=_("Alasan kurator: %(note)s") % {"note": _sentence(product.review_note)},
        key=f"product-rejected-{product.pk}-{now.isoformat()}",
        now=now,
    )


def product_taken_down(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.taken_down",
        title=_("%(name)s diturunkan dari etalase") % {"name": product.name},
        body=_("Alasan kurator: %(note)s") % {"note": _sentence(product.review_note)},
        key=f"product-taken-down-{product.pk}-{now.isoformat()}",
        now=now,
    )


def proposal_applied(proposal: ChangeProposal, *, now: datetime) -> None:
    _tell_shop(
        proposal.product,
        kind="product.change_applied",
        title=_("Perubahan %(name)s sudah tayang") % {"name": proposal.name},
        body=_("Yang tampil sekarang: %(name)s, %(price)s.") % {"name": proposal.name, "price": rupiah(proposal.price)},
        key=f"proposal-applied-{proposal.pk}",
        now=now,
    )


def proposal_rejected(proposal: ChangeProposal, *, now: datetime) -> None:
    _tell_shop(
        proposal.product,
        kind="product.change_rejected",
        title=_("Perubahan %(name)s tidak disetujui") % {"name": proposal.product.name},
        body=_("Yang tampil tetap seperti semula. Alasan kurator: %(note)s") % {"note": _sentence(proposal.note)},
        key=f"proposal-rejected-{proposal.pk}",
        now=now,
    )


def _tell_shop(product: Product, *, kind: str, title: str, body: str, key: str, now: datetime) -> None:
    url = reverse("umkm:product-edit", args=[product.pk])
    for member in product.seller.members.filter(until__isnull=True).select_related("user").order_by("pk"):
        notify(person=member.user, kind=kind, title=title, body=body, url=url, key=key, now=now)


def _sentence(note: str) -> str:
    note = note.strip()
    return note if note.endswith((".", "!", "?")) else f"{note}."
