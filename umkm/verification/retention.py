"""Documents of applicants who were rejected, and of shops that left, are destroyed once nobody may need them.

What an invoice rests on (tax papers, the facts of its parties) is kept with the invoice and is not among them.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.clock import over
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.files.uploads import remove_private
from epeken.core.i18n.times import long_date
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.appeals import rules as appeals_rules
from umkm.appeals.models import Appeal, AppealPhoto
from umkm.area_checks.models import VisitPhoto
from umkm.sellers import rules, steps
from umkm.sellers.events import note_event
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import SellerState
from umkm.separations.models import SeparationPhoto, SeparationRequest
from umkm.verification import notices
from umkm.verification.models import SellerDocument


@service
def destroy_documents(*, seller: Seller, now: datetime) -> int:
    """The files are gone from the store; a row of each stays that says what there was, and an event which and why.

    Returns how many. Raises: InvalidMove when the shop's documents may still be needed. Locks: Seller.
    Source: UU 27/2022 art. 43 and 44 (data that are not needed any more are deleted and destroyed) [?].
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not due(now).filter(pk=seller.pk).exists():
        raise InvalidMove()
    documents = _destroy_papers(seller, now)
    photos = AppealPhoto.objects.filter(appeal__seller=seller).exclude(file="").order_by("pk")
    visits = VisitPhoto.objects.filter(area_check__case__seller=seller).exclude(file="").order_by("pk")
    proofs = SeparationPhoto.objects.filter(request__seller=seller).exclude(file="").order_by("pk")
    shown, visited, proving = list(photos), list(visits), list(proofs)
    for row in (*shown, *visited, *proving):
        remove_private(row.file)
    for gone in (photos, visits, proofs):
        gone.update(file="", sha256="", destroyed_at=now)
    seller.events.create(
        action="destroy", from_state=seller.state, to_state=seller.state, actor=None, at=now,
        note=_said(seller, documents, len(shown), len(visited), len(proving)),
    )  # fmt: skip
    notices.documents_destroyed(seller, now=now)
    return len(documents)


@service
def discard_draft(*, actor: User, seller: Seller, now: datetime) -> Seller:
    """The owner gives up a registration that was never sent: what was typed and brought is gone, and nobody opens it
    any more. What was decided on once is kept as long as the decision is. A second click changes nothing.

    Raises: NotAllowed, InvalidMove. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    mine = seller.members.filter(user=actor, role=SellerMember.Role.OWNER).order_by("-pk").first()
    if mine is None:
        raise NotAllowed(_("Hanya pemilik pendaftaran ini yang dapat membuangnya."))
    if seller.state != SellerState.DRAFT or seller.cases.exists():
        raise InvalidMove(_("Pendaftaran yang pernah dikirim tidak dapat dibuang. Muat ulang halaman."))
    if mine.until is not None:
        return seller
    destroy_draft(seller, actor, now, by_owner=True)
    seller.members.filter(until__isnull=True).update(until=now)
    return seller


def destroy_draft(seller: Seller, actor: User | None, now: datetime, *, by_owner: bool = False) -> None:
    """Of a draft that its owner gave up, or that an officer typed and no resident made theirs, nothing stays but that
    there was one. The caller holds the shop's lock."""
    gone = len(_destroy_papers(seller, now))
    typed = [*(steps.field_of(name) for name in (*steps.FIELDS, *steps.INDEXES.values(), *steps.SAVED_AT.values()))]
    for field in typed:
        setattr(seller, field.attname, field.get_default())
    seller.save(update_fields=[field.attname for field in typed])
    with translation.override(settings.LANGUAGE_CODE):
        said = (
            _("Isian dan %(n)d berkas dimusnahkan: dibuang pemiliknya.")
            if by_owner
            else _("Isian dan %(n)d berkas dimusnahkan: tidak dipastikan warganya.")
        )
    note_event(seller, "destroy", actor, now, note=said % {"n": gone})


def _destroy_papers(seller: Seller, now: datetime) -> list[SellerDocument]:
    """What there was. Of each a row stays."""
    documents = list(SellerDocument.objects.filter(seller=seller).exclude(file="").order_by("pk"))
    for document in documents:
        remove_private(document.file)
    rows = SellerDocument.objects.filter(pk__in=[document.pk for document in documents])
    rows.filter(replaced_at__isnull=True).update(replaced_at=now)
    rows.update(file="", sha256="", dhash="", number="", destroyed_at=now)
    return documents


def destroy_due(*, now: datetime) -> int:
    """Of how many shops the documents were destroyed, each by itself."""
    return sweep(
        due(now).order_by("pk"),
        lambda seller: destroy_documents(seller=seller, now=now),
        failure="Documents of shop %s could not be destroyed",
    )


def due(now: datetime) -> QuerySet[Seller]:
    """Shops that have documents and whose days are over: neither can the decision be appealed against, nor can they try
    again or come back with them."""
    day = clock.local_date(now)
    rejected = (rules.DESTROYED_AFTER_REJECTION, rules.KEPT_AFTER_REJECTION, appeals_rules.FILING)
    left = (rules.DESTROYED_AFTER_LEAVING, rules.RETURN)
    since = [now - timedelta(days=max(rule.on(day) for rule in group)) for group in (rejected, left)]
    over_with = Q(over("rejected_at", since[0]), state=SellerState.REJECTED)
    over_with |= Q(over("left_at", since[1]), state=SellerState.LEFT)
    having = SellerDocument.objects.exclude(file="").values("seller")
    asked = SeparationRequest.objects.open().values("seller")
    gone = Seller.objects.filter(over_with, pk__in=having).exclude(pk__in=Appeal.objects.open().values("seller"))
    return gone.exclude(pk__in=asked)


def _said(seller: Seller, documents: list[SellerDocument], photos: int, visits: int, proofs: int) -> str:
    """`photos`: of appeals; `visits`: photos of visits; `proofs`: of separations. In the city's language."""
    with translation.override(settings.LANGUAGE_CODE):
        kinds = [document.get_kind_display() for document in documents]
        kinds += [_("foto banding")] * photos + [_("foto kunjungan")] * visits + [_("bukti pemisahan pemilik")] * proofs
        names, count = ", ".join(dict.fromkeys(kinds)), len(kinds)
        what = ngettext("%(n)d berkas dimusnahkan: %(names)s.", "%(n)d berkas dimusnahkan: %(names)s.", count)
        if seller.state == SellerState.LEFT:
            why = _("Toko keluar %(day)s dan waktu untuk kembali sudah lewat.")
        else:
            why = _("Pendaftaran ditolak %(day)s dan waktu untuk mencoba lagi sudah lewat.")
        at = seller.left_at if seller.state == SellerState.LEFT else seller.rejected_at
        assert at is not None  # of these states
        return f"{what % {'n': count, 'names': names}} {why % {'day': long_date(at)}}"
