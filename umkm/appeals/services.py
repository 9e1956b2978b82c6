"""An appeal: filed within its days, decided by somebody else than before, and never left without an answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, reminders
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import long_end
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.appeals import notices, policies, rules
from umkm.appeals.models import Appeal, AppealPhoto
from umkm.appeals.photos import fields_of
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.appeals.words import read_words
from umkm.sanctions import services as sanctions
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import SanctionState
from umkm.sellers import policies as sellers_policies
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification.models import VerificationCase
from umkm.verification.notes import read_note
from umkm.verification.notices import officers
from umkm.verification.states import CaseState

APPEALED = "appealed"


@service
def file_appeal(
    *, actor: User, decision: VerificationCase | Sanction, words: str, photos: Sequence[Any] = (), now: datetime
) -> Appeal:
    """The owner asks somebody else to look again, once for each decision, and may show photos. Where no other officer
    may decide, the appeal is with the head of the office at once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=decision.seller_id)
    decision.refresh_from_db()
    appeal = check_appeal(actor, decision, seller, now)
    words = read_words(words, missing=_("Tulis mengapa keputusan itu menurut Anda keliru."))
    appeal.words, appeal.filed_by, appeal.filed_at = words, actor, now
    appeal.due_at = clock.due_after_working_days(now, rules.OFFICER.on(clock.local_date(now)))
    appeal.save()
    begin(appeal, actor=actor, now=now)
    AppealPhoto.objects.bulk_create(
        AppealPhoto(appeal=appeal, **fields_of(stored, now))
        for stored in uploads.store_private_images(photos, user=actor, folder=f"banding/{seller.pk}")
    )
    if policies.impartial(officers(policies.permission_of(appeal)), seller, appeal.decided_first_by_id):
        notices.appeal_to_decide(appeal, now=now)
    else:
        _climb(appeal, now)
    notices.appeal_filed(appeal, now=now)
    return appeal


def check_appeal(actor: User, decision: VerificationCase | Sanction, seller: Seller, now: datetime) -> Appeal:
    """Whether the person may appeal now, before anything is written; the appeal it would be, not stored. Raises:
    NotAllowed, InvalidMove, RuleBroken."""
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Banding hanya dapat diajukan oleh pemiliknya."))
    appeal = _against(decision, seller)
    last = policies.last_moment(_decided_at(decision))
    require(
        not clock.is_over(last, now),
        _("Batas mengajukan banding sudah lewat: %(day)s. Sampaikan kepada dinas bila ada keadaan baru.")
        % {"day": long_end(last)},
        code="appeal_too_late",
    )
    return appeal


@service
def grant_appeal(*, actor: User, appeal: Appeal, note: str, now: datetime) -> Appeal:
    """The decision does not stand: a rejected registration is examined anew, a sanction ends and a frozen shop sells
    again. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, Sanction, Appeal."""
    appeal = _locked(appeal)
    _check_decider(actor, appeal)
    _decide(appeal, "grant", actor, read_note(note), now)
    return appeal


@service
def refuse_appeal(*, actor: User, appeal: Appeal, note: str, now: datetime) -> Appeal:
    """The decision stands. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, Sanction, Appeal."""
    appeal = _locked(appeal)
    _check_decider(actor, appeal)
    _decide(appeal, "refuse", actor, read_note(note), now)
    return appeal


@service
def withdraw_appeal(*, actor: User, appeal: Appeal, now: datetime) -> Appeal:
    """The owner takes it back while nobody decided it: the decision stands, and none is filed against it again.

    Withdrawn already, it stays as it is. Raises: NotAllowed, InvalidMove. Locks: Seller, Sanction, Appeal.
    """
    appeal = _locked(appeal)
    if not sellers_policies.is_owner(actor, appeal.seller):
        raise NotAllowed(_("Banding hanya dapat ditarik oleh pemiliknya."))
    if appeal.state == AppealState.WITHDRAWN:
        return appeal
    if appeal.state not in OPEN_STATES:
        raise InvalidMove(_("Banding ini sudah diputus. Muat ulang halaman."))
    move(appeal, "withdraw", actor=actor, now=now, decided_at=now)
    notices.appeal_withdrawn(appeal, now=now)
    return appeal


@service
def pass_on_appeal(*, appeal: Appeal, now: datetime) -> Appeal:
    """An appeal whose deadline passed goes to the head of the office; one the head left lying is granted.

    In time or decided, it stays as it is. Locks: Seller, Sanction, Appeal.
    Source: UU 30/2014 art. 77(5): an objection that is not answered in time counts as granted.
    """
    appeal = _locked(appeal)
    if appeal.state not in OPEN_STATES or not clock.is_over(appeal.due_at, now):
        return appeal
    if appeal.state == AppealState.WITH_OFFICER:
        _climb(appeal, now)
        notices.appeal_climbed(appeal, now=now)
    else:
        _decide(appeal, "lapse", None, "", now)
    return appeal


def pass_on_late(*, now: datetime) -> int:
    """How many appeals moved on, each by itself."""
    return sweep(
        Appeal.objects.late(now).order_by("pk"),
        lambda appeal: pass_on_appeal(appeal=appeal, now=now),
        failure="Appeal %s could not be passed on",
    )


@service
def remind_appeal(*, appeal: Appeal, now: datetime) -> None:
    """Whoever decides it hears that their time ends; once for each deadline. Raises: InvalidMove. Locks: Seller,
    Sanction, Appeal."""
    appeal = _locked(appeal)
    reminders.mark(appeal, Appeal.objects.ending(now), appeal.due_at)
    notices.appeal_near(appeal, now=now)


def remind_ending(*, now: datetime) -> int:
    """How many appeals somebody was reminded of, each by itself."""
    return sweep(
        Appeal.objects.ending(now).order_by("pk"),
        lambda appeal: remind_appeal(appeal=appeal, now=now),
        failure="Appeal %s could not be reminded of",
    )


def _against(decision: VerificationCase | Sanction, seller: Seller) -> Appeal:
    """Not stored yet. Raises: InvalidMove, RuleBroken."""
    if Appeal.objects.filter(**_key(decision)).exists():
        raise RuleBroken(
            _("Atas keputusan ini Anda sudah mengajukan banding. Lihat hasilnya di halaman ini."), code=APPEALED
        )
    if isinstance(decision, Sanction):
        if decision.state != SanctionState.IN_FORCE:
            raise InvalidMove(_("Sanksi ini sudah tidak berlaku, jadi tidak perlu banding."))
        return Appeal(seller=seller, sanction=decision, decided_first_by_id=decision.given_by_id)
    newest = seller.cases.order_by("-pk").first()
    if seller.state != SellerState.REJECTED or newest != decision or decision.state != CaseState.REJECTED:
        raise InvalidMove(_("Pendaftaran ini tidak sedang ditolak. Muat ulang halaman."))
    decider = decision.events.get(action="reject").actor
    assert decider is not None  # a registration is rejected by a person only
    return Appeal(seller=seller, case=decision, decided_first_by=decider)


def _key(decision: VerificationCase | Sanction) -> dict[str, VerificationCase | Sanction]:
    return {"sanction" if isinstance(decision, Sanction) else "case": decision}


def _decided_at(decision: VerificationCase | Sanction) -> datetime:
    at = decision.given_at if isinstance(decision, Sanction) else decision.decided_at
    assert at is not None  # `_against` let it through
    return at


def _climb(appeal: Appeal, now: datetime) -> None:
    due_at = clock.due_after_working_days(now, rules.HEAD.on(clock.local_date(now)))
    move(appeal, "climb", actor=None, now=now, due_at=due_at)
    notices.appeal_to_decide(appeal, now=now)


def _decide(appeal: Appeal, action: str, actor: User | None, note: str, now: datetime) -> None:
    """The caller holds the locks of `_locked`."""
    move(appeal, action, actor=actor, now=now, note=note, decided_at=now)
    Appeal.objects.filter(pk=appeal.pk).update(note=note)
    appeal.note = note
    if appeal.state == AppealState.GRANTED:
        if appeal.sanction is not None:
            sanctions.set_aside(appeal.sanction, actor, note, now)
        else:
            _examine_anew(appeal, actor, now)
    notices.appeal_decided(appeal, now=now)


def _examine_anew(appeal: Appeal, actor: User | None, now: datetime) -> None:
    """By another verifier than the first, unless there is none. A new attempt that was begun meanwhile goes on."""
    if appeal.seller.state != SellerState.REJECTED:
        return
    not_by = appeal.decided_first_by if policies.other_verifiers(appeal) else None
    sellers.reopen_seller(appeal.seller, actor, now, not_by=not_by)


def _check_decider(actor: User, appeal: Appeal) -> None:
    if appeal.state == AppealState.WITHDRAWN:
        raise InvalidMove(_("Banding ini ditarik pemohon, jadi tidak diputus lagi."))
    if appeal.state not in OPEN_STATES:
        raise InvalidMove(_("Banding ini sudah diputus. Muat ulang halaman."))
    if policies.can_decide(actor, appeal):
        return
    if actor.pk == appeal.decided_first_by_id:
        raise NotAllowed(
            _("Anda yang mengambil keputusan pertama. Banding ini diputus petugas lain, atau kepala dinas bila lewat.")
        )
    if policies.holds(actor, policies.permission_of(appeal)):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta petugas lain memutuskannya."))
    if appeal.state == AppealState.WITH_HEAD:
        raise NotAllowed(_("Banding ini menunggu kepala dinas."))
    raise NotAllowed(_("Banding ini diputus petugas yang berwenang atas keputusan semacam itu."))


def _locked(appeal: Appeal) -> Appeal:
    seller = Seller.objects.locked().get(pk=appeal.seller_id)
    sanction = None if appeal.sanction_id is None else Sanction.objects.locked().get(pk=appeal.sanction_id)
    found: Appeal = Appeal.objects.locked().get(pk=appeal.pk)
    found.seller = seller
    if sanction is not None:
        sanction.seller = seller
        found.sanction = sanction
    return found
