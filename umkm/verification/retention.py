"""Documents of applicants who were rejected, of shops that left and of registrations nobody goes on with are destroyed
once nobody may need them; of the last also what was typed of a person.

What an invoice rests on (tax papers, the facts of its parties) is kept with the invoice and is not among them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.clock import over
from epeken.core.errors import InvalidMove, NotAllowed
from epeken.core.files.uploads import remove_private
from epeken.core.i18n.times import long_date, long_end
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.appeals import rules as appeals_rules
from umkm.appeals.models import Appeal, AppealPhoto
from umkm.area_checks.models import VisitPhoto
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import OPEN as ASSISTED_OPEN
from umkm.sellers import rules, steps
from umkm.sellers.events import note_event
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import SellerState
from umkm.separations.models import SeparationPhoto, SeparationRequest
from umkm.verification import notices
from umkm.verification.models import CaseValue, SellerDocument

IDLE_STATES = (SellerState.DRAFT, SellerState.SENT_BACK)
# What a registration tells of its applicant, beside the shop.
OF_A_PERSON = (*steps.OWNER.fields, *steps.BANK.fields, "address", "latitude", "longitude", "nib", "npwp")

_TYPED = ("owner_name", "nik_index", "phone", "email", "address", "bank_index")


@service
def destroy_documents(*, seller: Seller, now: datetime) -> int:
    """The files are gone from the store; a row of each stays that says what there was, and an event which and why.

    Returns how many. Raises: InvalidMove when the shop's documents may still be needed. Locks: Seller.
    Source: UU 27/2022 art. 43 and 44 (data that are not needed any more are deleted and destroyed) [?].
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not due(now).filter(pk=seller.pk).exists():
        raise InvalidMove()
    documents, others = _destroy_all(seller, now)
    seller.events.create(
        action="destroy", from_state=seller.state, to_state=seller.state, actor=None, at=now,
        note=_said(seller, documents, *others),
    )  # fmt: skip
    notices.documents_destroyed(seller, now=now)
    return len(documents)


def _destroy_all(seller: Seller, now: datetime) -> tuple[list[SellerDocument], tuple[int, int, int]]:
    """The documents, and how many photos of appeals, of visits and of separations."""
    documents = _destroy_papers(seller, now)
    photos = AppealPhoto.objects.filter(appeal__seller=seller).exclude(file="").order_by("pk")
    visits = VisitPhoto.objects.filter(area_check__case__seller=seller).exclude(file="").order_by("pk")
    proofs = SeparationPhoto.objects.filter(request__seller=seller).exclude(file="").order_by("pk")
    shown, visited, proving = list(photos), list(visits), list(proofs)
    for row in (*shown, *visited, *proving):
        remove_private(row.file)
    for gone in (photos, visits, proofs):
        gone.update(file="", sha256="", destroyed_at=now)
    return documents, (len(shown), len(visited), len(proving))


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
    destroy_draft(seller, actor, now, ended="owner")
    seller.members.filter(until__isnull=True).update(until=now)
    return seller


_ENDED = {
    "owner": __("Isian dan %(n)d berkas dimusnahkan: dibuang pemiliknya."),
    "resident": __("Isian dan %(n)d berkas dimusnahkan: tidak dipastikan warganya."),
    "idle": __("Isian dan %(n)d berkas dimusnahkan: pendaftarannya lama tidak dilanjutkan."),
    "idle_shop": __("%(n)d berkas dimusnahkan: pendaftarannya lama tidak dilanjutkan."),  # what was typed stays
}


def destroy_draft(seller: Seller, actor: User | None, now: datetime, *, ended: str) -> int:
    """Of a draft that its owner gave up or let lie, or that an officer typed and no resident made theirs, nothing stays
    but that there was one. Returns how many documents. `ended`: of `_ENDED`. The caller holds the shop's lock."""
    gone = len(_destroy_papers(seller, now))
    _empty(seller, (*steps.FIELDS, *steps.INDEXES.values(), *steps.SAVED_AT.values()))
    _note_ended(seller, actor, now, ended, gone)
    return gone


def _empty(seller: Seller, names: Iterable[str]) -> None:
    fields = [steps.field_of(name) for name in names]
    for field in fields:
        setattr(seller, field.attname, field.get_default())
    seller.save(update_fields=[field.attname for field in fields])


def _note_ended(seller: Seller, actor: User | None, now: datetime, ended: str, gone: int) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        note_event(seller, "destroy", actor, now, note=str(_ENDED[ended]) % {"n": gone})


@service
def destroy_idle(*, seller: Seller, now: datetime) -> int:
    """Of a registration nobody went on with the files are gone, and what was typed of a person; of one that was never
    sent everything typed. A shop that was on the market once keeps what its orders, ties and warnings rest on.

    Returns how many documents. Raises: InvalidMove when it is not to go yet. Locks: Seller.
    Source: UU 27/2022 art. 43 and 44 (data that are not needed any more are deleted and destroyed) [?].
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not idle_due(now).filter(pk=seller.pk).exists():
        raise InvalidMove()
    notices.documents_destroyed(seller, now=now)  # while it has its name
    if seller.approved_at is None and not seller.cases.exists():
        return destroy_draft(seller, None, now, ended="idle")
    documents, others = _destroy_all(seller, now)
    if seller.approved_at is None:
        _empty(seller, (*OF_A_PERSON, *steps.INDEXES.values()))
        CaseValue.objects.filter(case__seller=seller, field__in=OF_A_PERSON).update(value="")
    ended = "idle" if seller.approved_at is None else "idle_shop"
    _note_ended(seller, None, now, ended, len(documents) + sum(others))
    return len(documents)


@service
def tell_idle(*, seller: Seller, now: datetime) -> Seller:
    """The applicant hears, once for each time the registration lies, when it is destroyed unless they go on with it.

    Raises: InvalidMove when there is nothing to tell. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not idle_to_tell(now).filter(pk=seller.pk).exists():
        raise InvalidMove()
    seller.idle_told_at = now
    seller.save(update_fields=["idle_told_at"])
    notices.idle_ends(seller, idle_end(seller, clock.local_date(now)), now=now)
    return seller


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
    """Of how many shops the documents were destroyed, each by itself. Who is to hear that it comes is told."""
    sweep(
        idle_to_tell(now).order_by("pk"),
        lambda seller: tell_idle(seller=seller, now=now),
        failure="The applicant of registration %s could not be told of its end",
    )
    failure = "Documents of shop %s could not be destroyed"
    idle = sweep(idle_due(now).order_by("pk"), lambda seller: destroy_idle(seller=seller, now=now), failure=failure)
    rows = due(now).order_by("pk")
    return idle + sweep(rows, lambda seller: destroy_documents(seller=seller, now=now), failure=failure)


def idle_end(seller: Seller, day: date) -> datetime:
    """When an open registration is destroyed unless somebody goes on with it, by the rules of the day."""
    end = _written(seller) + timedelta(days=rules.IDLE.on(day))
    told = seller.idle_told_at
    if told is None or told < _written(seller):
        return end
    return max(end, told + timedelta(days=rules.IDLE_NOTICE.on(day)))


def idle_words(seller: Seller, day: date) -> str:
    """The last day on which an open registration is kept, for its page; "" where it holds nothing to destroy."""
    if seller.state not in IDLE_STATES or not _idle().filter(pk=seller.pk).exists():
        return ""
    return long_end(idle_end(seller, day))


def _written(seller: Seller) -> datetime:
    return seller.written_at or seller.created_at


def idle_to_tell(now: datetime) -> QuerySet[Seller]:
    """Open registrations that are destroyed within the days of the rule, whose applicant does not know it yet."""
    day = clock.local_date(now)
    since = now - timedelta(days=max(rules.IDLE.on(day) - rules.IDLE_NOTICE.on(day), 0))
    unknown = Q(idle_told_at=None) | Q(idle_told_at__lt=F("written"))
    return _idle().filter(unknown, over("written", since))


def idle_due(now: datetime) -> QuerySet[Seller]:
    """Open registrations nobody went on with for the days of the rule, and whose applicant was told in time."""
    day = clock.local_date(now)
    since = now - timedelta(days=rules.IDLE.on(day))
    told = now - timedelta(days=rules.IDLE_NOTICE.on(day))
    known = Q(idle_told_at__gte=F("written"))
    return _idle().filter(known, over("written", since), over("idle_told_at", told))


def _idle() -> QuerySet[Seller]:
    """With `written`. Not what an officer fills in for a resident, which ends by its own days."""
    helped = AssistedRegistration.objects.filter(state__in=ASSISTED_OPEN).values("seller")
    asked = SeparationRequest.objects.open().values("seller")
    found = Seller.objects.filter(_holding(), state__in=IDLE_STATES).exclude(pk__in=helped).exclude(pk__in=asked)
    return found.annotate(written=Coalesce("written_at", "created_at"))


def _holding() -> Q:
    having = SellerDocument.objects.exclude(file="").values("seller")
    typed = Q()
    for name in _TYPED:
        typed |= ~Q(**{name: ""})
    return Q(pk__in=having) | Q(typed, approved_at=None)


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
