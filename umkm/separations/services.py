"""A tie between two shops is contested by an owner and decided by an officer who verified neither of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency, reminders
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.appeals.photos import fields_of
from umkm.appeals.policies import holds
from umkm.appeals.words import read_words
from umkm.owners import services as owners
from umkm.owners.models import SeparatedTie, TieFact
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.separations import notices, policies, rules
from umkm.separations.models import SeparationPhoto, SeparationRequest
from umkm.separations.states import OPEN_STATES, SeparationState
from umkm.verification.notes import read_note
from umkm.verification.notices import officers


@service
def request_separation(
    *, actor: User, seller: Seller, other: Seller, words: str, photos: Sequence[Any], key: str, now: datetime
) -> SeparationRequest:
    """The owner of `seller` asks that it counts no longer as one owner with `other`. Where no officer may decide, it is
    with the head of the office at once. The same key asks once; a tie that was decided is asked about again with a
    photo that nobody has judged.

    Raises: NotAllowed, InvalidMove, RuleBroken `inseparable`, `separation_open`, `nothing_new`. Locks: Seller (all of
    the owner).
    """
    who, words = f"user:{actor.pk}", words.strip()
    earlier = idempotency.claim(person=who, key=key, body={"separate": [seller.pk, other.pk], "words": words})
    if earlier is not None:
        return SeparationRequest.objects.get(pk=earlier)
    shops = _locked_shops(seller)
    seller = next(shop for shop in shops if shop.pk == seller.pk)
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Ikatan toko hanya dapat disanggah oleh pemiliknya."))
    _check_open_shop(seller)
    found = next((shop for shop in shops if shop.pk == other.pk), None)
    if found is None or found == seller:
        raise InvalidMove(_("Kedua toko ini tidak lagi dihitung satu pemilik. Muat ulang halaman."))
    wanted = policies.separation_of(seller, found, shops)
    require(not wanted.obstacle, wanted.obstacle, code="inseparable")
    before = SeparationRequest.objects.of_pair(seller.pk, found.pk)
    require(not before.open().exists(), _("Ikatan ini sedang diperiksa petugas."), code="separation_open")
    words = read_words(words, missing=_("Tulis mengapa kedua toko bukan satu pemilik."))
    require(
        photos,
        _("Lampirkan paling sedikit satu foto sebagai bukti, misalnya buku rekening."),
        field="photos",
        code="evidence_missing",
    )
    fact = TieFact.BANK if TieFact.BANK in wanted.facts else TieFact.RECORD
    request = SeparationRequest.objects.create(
        seller=seller, other=found, fact=fact, value=seller.bank_index if fact == TieFact.BANK else "", words=words,
        filed_by=actor, filed_at=now,
        due_at=clock.due_after_working_days(now, rules.OFFICER.on(clock.local_date(now))),
    )  # fmt: skip
    begin(request, actor=actor, now=now)
    _keep_photos(request, photos, actor, now)
    if policies.impartial(officers(policies.OFFICER), request):
        notices.to_decide(request, now=now)
    else:
        _climb(request, now)
    notices.filed(request, now=now)
    idempotency.settle(person=who, key=key, result=str(request.pk))
    return request


@service
def separate_shops(*, actor: User, separation: SeparationRequest, note: str, now: datetime) -> SeparationRequest:
    """From now on the shops are two owners', each with its own monthly cap and what it sold itself; the fact ties them
    no more. A fact that came after the request is not set aside.

    Raises: NotAllowed, InvalidMove, RuleBroken `inseparable`. Locks: Seller (all of the owner), SeparationRequest,
    Owner, TurnoverMonth.
    """
    shops, request = _locked(separation)
    _check_decider(actor, request)
    note = read_note(note)
    _check_open_shop(request.seller)
    if request.other not in shops:
        raise InvalidMove(_("Kedua toko ini tidak lagi dihitung satu pemilik. Putuskan bahwa tidak ada yang berubah."))
    found = policies.separation_of(request.seller, request.other, shops)
    require(not found.obstacle, found.obstacle, code="inseparable")
    if TieFact.BANK in found.facts and request.seller.bank_index != request.value:
        raise InvalidMove(_("Sejak diajukan, kedua toko memakai rekening yang sama yang lain. Itu fakta yang baru."))
    _set_aside(request, found, now)
    owners.separate(found.leaving, now=now)
    move(request, "separate", actor=actor, now=now, note=note, decided_at=now)
    SeparationRequest.objects.filter(pk=request.pk).update(note=note)
    request.note = note
    for shop in [*found.leaving, request.other]:
        said = str(request.other if shop in found.leaving else request.seller)
        shop.events.create(
            action="separate", from_state=shop.state, to_state=shop.state, actor=actor, at=now, note=said
        )
    notices.separated(request, found, now=now)
    return request


@service
def keep_together(*, actor: User, separation: SeparationRequest, note: str, now: datetime) -> SeparationRequest:
    """The shops stay one owner's. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller (all of the owner),
    SeparationRequest."""
    _shops, request = _locked(separation)
    _check_decider(actor, request)
    note = read_note(note)
    move(request, "keep", actor=actor, now=now, note=note, decided_at=now)
    SeparationRequest.objects.filter(pk=request.pk).update(note=note)
    request.note = note
    notices.kept(request, now=now)
    return request


@service
def withdraw_separation(*, actor: User, separation: SeparationRequest, now: datetime) -> SeparationRequest:
    """The owner takes it back while nobody decided it: the shops stay one owner's. It may be asked again, also with the
    same photos, since nobody judged them. Withdrawn already, it stays as it is.

    Raises: NotAllowed, InvalidMove. Locks: Seller (all of the owner), SeparationRequest.
    """
    _shops, request = _locked(separation)
    if not policies.is_own(actor, request):
        raise NotAllowed(_("Sanggahan hanya dapat ditarik oleh pemilik yang mengajukannya."))
    if request.state == SeparationState.WITHDRAWN:
        return request
    if request.state not in OPEN_STATES:
        raise InvalidMove(_("Permohonan ini sudah diputus. Muat ulang halaman."))
    move(request, "withdraw", actor=actor, now=now, decided_at=now)
    notices.withdrawn(request, now=now)
    return request


@service
def pass_on_separation(*, separation: SeparationRequest, now: datetime) -> SeparationRequest:
    """A request whose deadline passed goes to the head of the office; any other stays as it is. Locks: Seller (all of
    the owner), SeparationRequest."""
    _shops, request = _locked(separation)
    if SeparationRequest.objects.late(now).filter(pk=request.pk).exists():
        _climb(request, now)
        notices.climbed(request, now=now)
    return request


@service
def remind_separation(*, separation: SeparationRequest, now: datetime) -> None:
    """Whoever decides it hears that their time ends; once for each deadline. Raises: InvalidMove. Locks: Seller (all of
    the owner), SeparationRequest."""
    _shops, request = _locked(separation)
    reminders.mark(request, SeparationRequest.objects.ending(now), request.due_at)
    notices.near(request, now=now)


def pass_on_late(*, now: datetime) -> int:
    """How many requests moved on, each by itself."""
    return sweep(
        SeparationRequest.objects.late(now).order_by("pk"),
        lambda request: pass_on_separation(separation=request, now=now),
        failure="Separation %s could not be passed on",
    )


def remind_ending(*, now: datetime) -> int:
    """Of how many requests somebody was reminded, each by itself."""
    return sweep(
        SeparationRequest.objects.ending(now).order_by("pk"),
        lambda request: remind_separation(separation=request, now=now),
        failure="Separation %s could not be reminded of",
    )


def _check_open_shop(seller: Seller) -> None:
    if seller.state != SellerState.ACTIVE:
        raise InvalidMove(_("Toko ini sedang tidak berjualan. Ikatannya diperiksa setelah toko buka lagi."))


def _keep_photos(request: SeparationRequest, photos: Sequence[Any], actor: User, now: datetime) -> None:
    """Raises: RuleBroken `nothing_new` where the tie was decided before and every photo was shown then."""
    before = SeparationRequest.objects.of_pair(request.seller_id, request.other_id).decided()
    seen = set(SeparationPhoto.objects.filter(request__in=before).values_list("sha256", flat=True))
    stored = uploads.store_private_images(photos, user=actor, folder=f"pemisahan/{request.seller_id}")
    require(
        any(one.sha256 not in seen for one in stored),
        _("Ikatan ini sudah pernah diputus dengan bukti yang sama. Lampirkan bukti yang baru."),
        field="photos",
        code="nothing_new",
    )
    SeparationPhoto.objects.bulk_create(SeparationPhoto(request=request, **fields_of(one, now)) for one in stored)


def _set_aside(request: SeparationRequest, found: policies.Separation, now: datetime) -> None:
    """What the two showed ties none of the shops that leave to one that stays and shows it, too."""
    if not request.value:
        return
    holding = [[shop for shop in side if shop.bank_index == request.value] for side in (found.leaving, found.staying)]
    pairs = {(one.pk, other.pk) for one in holding[0] for other in holding[1]} | {(request.seller_id, request.other_id)}
    for pair in sorted(pairs):
        for seller, other in (pair, pair[::-1]):
            SeparatedTie.objects.get_or_create(
                seller_id=seller, other_id=other, fact=request.fact, value=request.value, defaults={"since": now}
            )


def _climb(request: SeparationRequest, now: datetime) -> None:
    due_at = clock.due_after_working_days(now, rules.HEAD.on(clock.local_date(now)))
    move(request, "climb", actor=None, now=now, due_at=due_at)
    notices.to_decide(request, now=now)


def _check_decider(actor: User, request: SeparationRequest) -> None:
    if request.state == SeparationState.WITHDRAWN:
        raise InvalidMove(_("Permohonan ini ditarik pemohon, jadi tidak diputus lagi."))
    if request.state not in OPEN_STATES:
        raise InvalidMove(_("Permohonan ini sudah diputus. Muat ulang halaman."))
    if policies.can_decide(actor, request):
        return
    if holds(actor, policies.permission_of(request)):
        raise NotAllowed(_("Anda memeriksa atau terkait dengan salah satu toko ini. Minta petugas lain memutuskannya."))
    if request.state == SeparationState.WITH_HEAD:
        raise NotAllowed(_("Permohonan ini menunggu kepala dinas."))
    raise NotAllowed(_("Permohonan ini diputus verifikator penjual."))


def _locked_shops(seller: Seller) -> list[Seller]:
    """All shops of the shop's owner, locked with their relatives, so that no approval and no order passes between."""
    related = owners.locked_with_relatives(seller)
    owner = next(shop.owner_id for shop in related if shop.pk == seller.pk)
    if owner is None:
        raise RuleBroken(_("Toko ini belum dihitung bersama toko lain."), code="not_tied")
    return [shop for shop in related if shop.owner_id == owner]


def _locked(separation: SeparationRequest) -> tuple[list[Seller], SeparationRequest]:
    shops = _locked_shops(separation.seller)
    found: SeparationRequest = SeparationRequest.objects.locked().get(pk=separation.pk)
    by_pk = {shop.pk: shop for shop in shops}
    found.seller = by_pk[found.seller_id]
    found.other = by_pk.get(found.other_id) or found.other
    return shops, found
