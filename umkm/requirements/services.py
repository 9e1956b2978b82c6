"""A shop is excused from one requirement until a day; an officer writes down what they found of it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.i18n.times import full_date
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from umkm.requirements import notices, policies, rules
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.states import WaiverState
from umkm.requirements.status import RequirementStatus, status_of
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.validity import services as validity
from umkm.verification.notes import read_note

WAIVED_IN = (
    SellerState.DRAFT, SellerState.SENT_BACK, SellerState.SUBMITTED, SellerState.ACTIVE, SellerState.FROZEN,
)  # fmt: skip


@service
def give_waiver(
    *, actor: User, seller: Seller, requirement: Requirement, reason: str, until: date, shown: Collection[int] = (),
    now: datetime,
) -> RequirementWaiver:  # fmt: skip
    """The shop is excused from the requirement through the day `until`. Goods that lapsed for it are back on the shelf.

    `shown`: pks of the waivers in force that the actor read. One of the same requirement among them gives way to this
    one; another, given meanwhile, stays.
    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, Product.
    Source: the longest time is the dated rule waiver.most_days.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    _check_officer(actor, seller)
    if seller.state not in WAIVED_IN:
        raise InvalidMove(_("Toko ini tidak sedang mendaftar atau berjualan."))
    day = clock.local_date(now)
    status = next((one for one in status_of(seller, day) if one.requirement.pk == requirement.pk), None)
    _check_waivable(status)
    reason = read_note(reason)
    _check_until(until, day)
    before = RequirementWaiver.objects.filter(
        seller=seller, subject=requirement.subject, category=requirement.category, state=WaiverState.IN_FORCE
    ).first()
    if before is not None and before.pk not in shown and clock.is_valid_on(before, day):
        raise InvalidMove(
            _("Syarat ini sudah dikecualikan sampai %(day)s. Muat ulang halaman untuk menggantinya.")
            % {"day": full_date(before.valid_until)}
        )
    if before is not None:
        move(before, "replace", actor=actor, now=now, note=reason, ended_at=now)
    waiver = RequirementWaiver(
        seller=seller, seller_kind=seller.kind, subject=requirement.subject, category=requirement.category,
        reason=reason, given_by=actor, given_at=now, valid_from=day, valid_until=until,
    )  # fmt: skip
    waiver.save()
    begin(waiver, actor=actor, now=now, note=reason)
    notices.waiver_given(waiver, now=now)
    _follow(seller, now)
    return waiver


@service
def withdraw_waiver(*, actor: User, waiver: RequirementWaiver, reason: str, now: datetime) -> RequirementWaiver:
    """The requirement counts again at once, with what that means for the goods.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, Product.
    """
    waiver = _locked(waiver)
    _check_officer(actor, waiver.seller)
    if waiver.state != WaiverState.IN_FORCE:
        raise InvalidMove(_("Pengecualian ini sudah tidak berlaku. Muat ulang halaman."))
    reason = read_note(reason)
    move(waiver, "withdraw", actor=actor, now=now, note=reason, ended_at=now)
    notices.waiver_withdrawn(waiver, reason=reason, now=now)
    _follow(waiver.seller, now)
    return waiver


@service
def end_waiver(*, waiver: RequirementWaiver, now: datetime) -> RequirementWaiver:
    """Once its last day is over the requirement counts again. Raises: InvalidMove. Locks: Seller, Product."""
    waiver = _locked(waiver)
    if not RequirementWaiver.objects.to_end(clock.local_date(now)).filter(pk=waiver.pk).exists():
        raise InvalidMove()
    move(waiver, "end", actor=None, now=now, ended_at=now)
    notices.waiver_ended(waiver, now=now)
    _follow(waiver.seller, now)
    return waiver


def _follow(seller: Seller, now: datetime) -> None:
    """The caller holds the shop's lock."""
    if seller.state == SellerState.ACTIVE:
        validity.follow_papers(seller=seller, now=now)


def _locked(waiver: RequirementWaiver) -> RequirementWaiver:
    seller = Seller.objects.locked().get(pk=waiver.seller_id)
    found = RequirementWaiver.objects.get(pk=waiver.pk)
    found.seller = seller
    return found


def _check_officer(actor: User, seller: Seller) -> None:
    if policies.can_waive_for(actor, seller):
        return
    if policies.can_waive(actor):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta petugas lain memutuskannya."))
    raise NotAllowed(_("Hanya petugas yang berwenang dapat mengecualikan toko dari syarat."))


def _check_waivable(status: RequirementStatus | None) -> None:
    require(
        status is not None and status.is_asked,
        _("Syarat ini tidak diminta dari toko ini."),
        field="requirement",
        code="requirement_not_asked",
    )
    assert status is not None
    require(
        status.requirement.waivable,
        _("Dari syarat ini tidak ada pengecualian."),
        field="requirement",
        code="requirement_not_waivable",
    )
    require(
        not status.is_met,
        _("Syarat ini sudah terpenuhi, jadi tidak perlu pengecualian."),
        field="requirement",
        code="requirement_met",
    )


def _check_until(until: date, day: date) -> None:
    last = day + timedelta(days=rules.MOST.on(day))
    require(
        day <= until <= last,
        _("Hari terakhirnya mulai hari ini sampai %(day)s.") % {"day": full_date(last)},
        field="until",
        code="waiver_too_long",
    )
