"""Who is told what about goods."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import RUPIAH, SENTENCE, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from umkm.catalogue.models import ChangeProposal, Product
from umkm.sellers.policies import members_of

KINDS = {
    "product.approved": notice(
        _("%(name)s sudah tayang"),
        _("Barang ini disetujui. Pembeli sekarang bisa menemukannya."),
        name=TEXT,
    ),
    "product.sent_back": notice(
        _("%(name)s perlu diperbaiki"),
        _("Catatan kurator: %(note)s Perbaiki lalu kirim lagi."),
        name=TEXT,
        note=SENTENCE,
    ),
    "product.rejected": notice(
        _("%(name)s tidak dapat ditayangkan"), _("Alasan kurator: %(note)s"), name=TEXT, note=SENTENCE
    ),
    "product.taken_down": notice(
        _("%(name)s diturunkan dari etalase"), _("Alasan kurator: %(note)s"), name=TEXT, note=SENTENCE
    ),
    "product.change_applied": notice(
        _("Perubahan %(name)s sudah tayang"),
        _("Yang tampil sekarang: %(name)s, %(price)s."),
        name=TEXT,
        price=RUPIAH,
    ),
    "product.change_rejected": notice(
        _("Perubahan %(name)s tidak disetujui"),
        _("Yang tampil tetap seperti semula. Alasan kurator: %(note)s"),
        name=TEXT,
        note=SENTENCE,
    ),
}


def product_approved(product: Product, *, now: datetime) -> None:
    _tell_shop(product, "product.approved", f"product-approved-{product.pk}-{now.isoformat()}", now, name=product.name)


def product_sent_back(product: Product, *, now: datetime) -> None:
    _tell_decision(product, "product.sent_back", "sent-back", now)


def product_rejected(product: Product, *, now: datetime) -> None:
    _tell_decision(product, "product.rejected", "rejected", now)


def product_taken_down(product: Product, *, now: datetime) -> None:
    _tell_decision(product, "product.taken_down", "taken-down", now)


def proposal_applied(proposal: ChangeProposal, *, now: datetime) -> None:
    said = {"name": proposal.name, "price": proposal.price}
    _tell_shop(proposal.product, "product.change_applied", f"proposal-applied-{proposal.pk}", now, **said)


def proposal_rejected(proposal: ChangeProposal, *, now: datetime) -> None:
    said = {"name": proposal.product.name, "note": proposal.note}
    _tell_shop(proposal.product, "product.change_rejected", f"proposal-rejected-{proposal.pk}", now, **said)


def _tell_decision(product: Product, kind: str, what: str, now: datetime) -> None:
    key = f"product-{what}-{product.pk}-{now.isoformat()}"
    _tell_shop(product, kind, key, now, name=product.name, note=product.review_note)


def _tell_shop(product: Product, kind: str, key: str, now: datetime, **parameters: Any) -> None:
    url = reverse("umkm:product-edit", args=[product.pk])
    notify(members_of(product.seller_id), kind=kind, url=url, key=key, now=now, **parameters)
