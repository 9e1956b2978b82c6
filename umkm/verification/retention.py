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
from epeken.core.errors import InvalidMove
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
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
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
    shown, visited = list(photos), list(visits)
    for row in (*shown, *visited):
        remove_private(row.file)
    for gone in (photos, visits):
        gone.update(file="", sha256="", destroyed_at=now)
    seller.events.create(
        action="destroy", from_state=seller.state, to_state=seller.state, actor=None, at=now,
        note=_said(seller, documents, len(shown), len(visited)),
    )  # fmt: skip
    notices.documents_destroyed(seller, now=now)
    return len(documents)


def destroy_draft(seller: Seller, actor: User | None, now: datetime) -> None:
    """Of a draft that an officer typed and no resident made theirs nothing stays but that there was one. The caller
    holds the shop's lock."""
    gone = len(_destroy_papers(seller, now))
    typed = [*(steps.field_of(name) for name in (*steps.FIELDS, *steps.INDEXES.values(), *steps.SAVED_AT.values()))]
    for field in typed:
        setattr(seller, field.attname, field.get_default())
    seller.save(update_fields=[field.attname for field in typed])
    with translation.override(settings.LANGUAGE_CODE):
        said = _("Isian dan %(n)d berkas dimusnahkan: tidak dipastikan warganya.") % {"n": gone}
    note_event(seller, "destroy", actor, now, note=said)


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
    return Seller.objects.filter(over_with, pk__in=having).exclude(pk__in=Appeal.objects.open().values("seller"))


def _said(seller: Seller, documents: list[SellerDocument], photos: int, visits: int) -> str:
    """`photos`: of appeals; `visits`: photos of visits. In the city's language, as it stays."""
    with translation.override(settings.LANGUAGE_CODE):
        kinds = [document.get_kind_display() for document in documents]
        kinds += [_("foto banding")] * photos + [_("foto kunjungan")] * visits
        names, count = ", ".join(dict.fromkeys(kinds)), len(kinds)
        what = ngettext("%(n)d berkas dimusnahkan: %(names)s.", "%(n)d berkas dimusnahkan: %(names)s.", count)
        if seller.state == SellerState.LEFT:
            why = _("Toko keluar %(day)s dan waktu untuk kembali sudah lewat.")
        else:
            why = _("Pendaftaran ditolak %(day)s dan waktu untuk mencoba lagi sudah lewat.")
        at = seller.left_at if seller.state == SellerState.LEFT else seller.rejected_at
        assert at is not None  # of these states
        return f"{what % {'n': count, 'names': names}} {why % {'day': long_date(at)}}"
