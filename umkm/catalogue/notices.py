"""Who is told what about shops and their goods. Rows only; the messages leave after the commit."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.notifications.services import notify
from umkm.catalogue.models import ChangeProposal, Product
from umkm.sellers.notices import sentence


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
        body=_("Catatan kurator: %(note)s Perbaiki lalu kirim lagi.") % {"note": sentence(product.review_note)},
        key=f"product-sent-back-{product.pk}-{now.isoformat()}",
        now=now,
    )


def product_rejected(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.rejected",
        title=_("%(name)s tidak dapat ditayangkan") % {"name": product.name},
        body=_("Alasan kurator: %(note)s") % {"note": sentence(product.review_note)},
        key=f"product-rejected-{product.pk}-{now.isoformat()}",
        now=now,
    )


def product_taken_down(product: Product, *, now: datetime) -> None:
    _tell_shop(
        product,
        kind="product.taken_down",
        title=_("%(name)s diturunkan dari etalase") % {"name": product.name},
        body=_("Alasan kurator: %(note)s") % {"note": sentence(product.review_note)},
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
        body=_("Yang tampil tetap seperti semula. Alasan kurator: %(note)s") % {"note": sentence(proposal.note)},
        key=f"proposal-rejected-{proposal.pk}",
        now=now,
    )


def _tell_shop(product: Product, *, kind: str, title: str, body: str, key: str, now: datetime) -> None:
    url = reverse("umkm:product-edit", args=[product.pk])
    for member in product.seller.members.filter(until__isnull=True).select_related("user").order_by("pk"):
        notify(person=member.user, kind=kind, title=title, body=body, url=url, key=key, now=now)
