"""A request for quotation is written, published to every seller who qualifies, or cancelled for a coded reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.i18n.words import rupiah
from epeken.core.jobs import enqueue
from epeken.core.numbers import next_number
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_as, memberships
from procurement.agencies.states import OfficerRole
from procurement.quotations import notices, outcome, policies, seals, terms
from procurement.quotations.models import Invitation, Quotation, QuotationLine, QuotationOffer, QuotationSeal
from procurement.quotations.querysets import candidates
from procurement.quotations.states import BY_OFFICER, WRITTEN, QuotationCancelReason, QuotationState, RankingRule
from procurement.quotations.terms import WRITABLE
from procurement.requests import policies as requests_policies
from procurement.requests.errors import OwnShop, SamePerson


@dataclass(frozen=True)
class GoodsAsked:
    name: str
    unit: str
    quantity: Decimal
    specification: str


@service
def create_quotation(
    *, actor: User, agency: Agency, values: Mapping[str, Any], areas: Sequence[Any], goods: Sequence[GoodsAsked],
    key: str, now: datetime,
) -> Quotation:  # fmt: skip
    """A draft lies with the requester; once per key. `values`: all of WRITABLE; `areas`: districts, none: the city.

    Raises: NotAllowed, RuleBroken.
    """
    who = f"user:{actor.pk}"
    body = {"quotation": agency.pk, "values": _said(values), "goods": [repr(one) for one in goods]}
    if (number := idempotency.claim(person=who, key=key, body=body)) is not None:
        return Quotation.objects.get(number=number)
    if not requests_policies.can_request(actor, agency, clock.local_date(now)):
        raise NotAllowed(_("Hanya pemesan yang ditunjuk dinas ini yang dapat menyiapkan permintaan penawaran."))
    quotation = Quotation(agency=agency, requester=actor, created_at=now)
    _write(quotation, values, goods, now)
    quotation.number = next_number("PQ", clock.local_date(now).year)
    quotation.save()
    begin(quotation, actor=actor, now=now)
    _write_parts(quotation, areas, goods)
    idempotency.settle(person=who, key=key, result=quotation.number)
    return quotation


@service
def save_quotation(
    *, actor: User, quotation: Quotation, values: Mapping[str, Any], areas: Sequence[Any],
    goods: Sequence[GoodsAsked], now: datetime, shown: str | None = None,
) -> Quotation:  # fmt: skip
    """The draft says what is given and nothing else; one that was returned is with the officer again.

    `shown`: what the page that posts showed (`core.editing`).

    Raises: NotAllowed, InvalidMove, RuleBroken, ChangedMeanwhile. Locks: Quotation.
    """
    quotation = locked(quotation)
    if quotation.state not in WRITTEN:
        raise InvalidMove(_("Permintaan penawaran ini sudah diumumkan, jadi isinya tetap."))
    if not policies.can_edit(actor, quotation, clock.local_date(now)):
        raise NotAllowed(_("Draf ini hanya dapat diubah oleh pemesan yang menyiapkannya."))
    wanted = {**values, "areas": list(areas), "goods": _goods_text(goods)}
    editing.check_unchanged(shown, written(quotation), wanted)
    _write(quotation, values, goods, now)
    quotation.save(update_fields=list(WRITABLE))
    quotation.lines.all().delete()
    _write_parts(quotation, areas, goods)
    if quotation.state == QuotationState.RETURNED:
        move(quotation, "hand_in", actor=actor, now=now, acted_as=OfficerRole.REQUESTER)
        notices.handed_in(quotation, now=now)
    return quotation


@service
def return_quotation(*, actor: User, quotation: Quotation, note: str, key: str, now: datetime) -> Quotation:
    """The draft lies with its requester again, who reads why; nobody else was told of it. Once per key.

    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who, note = f"user:{actor.pk}", note.strip()[:300]
    if idempotency.claim(person=who, key=key, body={"return quotation": quotation.pk, "note": note}) is not None:
        return Quotation.objects.get(pk=quotation.pk)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "return")
    office = office_of(actor, quotation, now)
    require(note, _("Tulis apa yang perlu diperbaiki pemesan."), field="note", code="note_missing")
    move(quotation, "return", actor=actor, now=now, note=note, acted_as=office)
    notices.returned(quotation, note, now=now)
    idempotency.settle(person=who, key=key, result=quotation.number)
    return quotation


@service
def discard_quotation(*, actor: User, quotation: Quotation, now: datetime) -> Quotation:
    """The draft is given up; nobody was told of it. Raises: NotAllowed, InvalidMove. Locks: Quotation."""
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "discard")
    if not policies.can_edit(actor, quotation, clock.local_date(now)):
        raise NotAllowed(_("Draf ini hanya dapat dibuang oleh pemesan yang menyiapkannya."))
    move(quotation, "discard", actor=actor, now=now, closed_at=now)
    notices.handed_in(quotation, now=now)
    return quotation


@service
def publish_quotation(
    *, actor: User, quotation: Quotation, key: str, now: datetime, shown: str | None = None
) -> Quotation:
    """What is asked and how offers are ranked stands fixed; every seller who qualifies is invited. Once per key.

    `shown`: what the page that posts showed; a draft that changed since is not published.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"publish quotation": quotation.pk}) is not None:
        return Quotation.objects.get(pk=quotation.pk)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "publish")
    office = office_of(actor, quotation, now)
    require(
        shown is None or shown == editing.shown_of(written(quotation)),
        _("Draf ini berubah sejak halaman dibuka. Periksa isinya, lalu umumkan sekali lagi."),
        code="quotation_changed",
    )
    _check_terms(quotation, now)
    invitations = invitations_of(quotation, actor)
    require(
        any(not row.reason for row in invitations),
        _("Tidak ada penjual di kategori dan wilayah ini yang menjual semua satuan yang diminta. Perluas wilayahnya."),
        code="nobody_to_invite",
    )
    Invitation.objects.bulk_create(invitations)
    QuotationSeal.objects.create(quotation=quotation, key=seals.new_key())
    move(quotation, "publish", actor=actor, now=now, acted_as=office, publisher=actor, published_at=now)
    notices.published(quotation, now=now)
    enqueue("procurement.invite_sellers", quotation_pk=quotation.pk, key=f"invite-{quotation.pk}")
    idempotency.settle(person=who, key=key, result=quotation.number)
    return quotation


def invitations_of(quotation: Quotation, publisher: User) -> list[Invitation]:
    """Not kept: the shops looked at if `publisher` publishes it now, each with the reason why it is not invited."""
    quotation.publisher = publisher
    tied = policies.tied_shops(policies.people_who_ask(quotation))
    areas = [area.pk for area in quotation.areas.all()]
    units = {line.unit for line in quotation.lines.all()}
    rows = candidates(quotation.category, units, areas, tied).values_list("pk", "not_invited")
    return [Invitation(quotation=quotation, seller_id=pk, reason=reason) for pk, reason in rows]


@service
def tell_invited(*, quotation: Quotation, now: datetime) -> None:
    """Everybody of an invited shop knows of it; each once. Locks: none."""
    if quotation.state == QuotationState.PUBLISHED:
        notices.invited(quotation, now=now)


@service
def cancel_quotation(
    *, actor: User, quotation: Quotation, reason: str, note: str, key: str, now: datetime
) -> Quotation:
    """It ends without an award, for a coded reason told to every invited seller. Once per key.

    Offers that were not opened can be read by nobody from then on: their key is destroyed.
    Raises: NotAllowed, SamePerson, OwnShop, InvalidMove, RuleBroken. Locks: Quotation.
    Source: Perpres 16/2018 jo. 12/2021 art. 51 (cancellation is for stated reasons).
    """
    who, note = f"user:{actor.pk}", note.strip()[:300]
    body = {"cancel quotation": quotation.pk, "reason": reason, "note": note}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Quotation.objects.get(pk=quotation.pk)
    quotation = locked(quotation)
    quotation.machine.after(quotation.state, "cancel")
    office = office_of(actor, quotation, now)
    if outcome.is_running(quotation):
        raise InvalidMove(_("Yang ditetapkan sedang dibeli atau sudah dibeli, jadi tidak dapat dibatalkan."))
    _check_reason(quotation, reason, note)
    destroy_seal(quotation, now)
    move(
        quotation, "cancel", actor=actor, now=now, note=note, acted_as=office, cancel_reason=reason, cancel_note=note,
        due_at=None, closed_at=now,
    )  # fmt: skip
    notices.cancelled(quotation, now=now)
    idempotency.settle(person=who, key=key, result=quotation.number)
    return quotation


def destroy_seal(quotation: Quotation, now: datetime) -> None:
    """Nobody reads the sealed offers from now on. Called with the quotation locked."""
    QuotationSeal.objects.filter(quotation=quotation, destroyed_at__isnull=True).update(key="", destroyed_at=now)


def locked(quotation: Quotation) -> Quotation:
    """The row, locked, with what its acts read."""
    related = ("agency", "requester", "publisher", "line", "category", "delivery_kelurahan")
    found: Quotation = Quotation.objects.locked().select_related(*related).get(pk=quotation.pk)
    return found


def office_of(actor: User, quotation: Quotation, now: datetime) -> str:
    """In which the person binds the department today. Raises: SamePerson, NotAllowed, OwnShop."""
    if actor.pk == quotation.requester_id:
        raise SamePerson(_("Anda menyiapkan permintaan penawaran ini, jadi keputusannya milik PP atau PPK."))
    day = clock.local_date(now)
    office = policies.binding_office(actor, quotation, day)
    if not office:
        if memberships(actor, quotation.agency_id, day):
            raise NotAllowed(
                _("Permintaan penawaran ini diputuskan oleh %(office)s dinas.")
                % {"office": policies.needed_office(quotation, day).label}
            )
        raise NotAllowed(_("Permintaan penawaran ini hanya diputuskan pejabat dinasnya."))
    offers = QuotationOffer.objects.filter(quotation=quotation).select_related("seller")
    if (shop := policies.own_shop(actor, offers)) is not None:
        raise OwnShop(shop)
    return acting_as(actor, quotation.agency_id, office, day)


def written(quotation: Quotation) -> dict[str, Any]:
    """All that a draft says, by field; `areas` and `goods` beside those of WRITABLE."""
    values = {name: getattr(quotation, name) for name in WRITABLE}
    lines = quotation.lines.all()
    goods = [GoodsAsked(line.name, line.unit, line.quantity, line.specification) for line in lines]
    return {**values, "areas": list(quotation.areas.all()), "goods": _goods_text(goods)}


def _write(quotation: Quotation, values: Mapping[str, Any], goods: Sequence[GoodsAsked], now: datetime) -> None:
    if set(values) != set(WRITABLE):
        raise ValueError(f"Not the fields of a request for quotation: {sorted(set(values) ^ set(WRITABLE))}")
    for name, value in values.items():
        setattr(quotation, name, value)
    require(quotation.title.strip(), _("Tulis nama kegiatannya."), field="title", code="title_missing")
    require(
        quotation.line.agency_id == quotation.agency_id,
        _("Mata anggaran ini milik dinas lain. Pilih mata anggaran dinas Anda."),
        field="line",
        code="other_agency",
    )
    require(goods, _("Tulis paling sedikit satu barang."), code="goods_missing")
    for one in goods:
        require(
            one.name.strip() and one.specification.strip() and one.quantity > 0,
            _("Tiap barang perlu nama, jumlah, dan spesifikasi."),
            code="goods_incomplete",
        )
    rows = {place: (one.unit, one.quantity) for place, one in enumerate(goods, start=1)}
    refuse_first(terms.goods_problems(quotation.category, rows))
    if quotation.rule == RankingRule.LOWEST:
        quotation.price_weight, quotation.time_weight, quotation.distance_weight = 100, 0, 0
    _check_terms(quotation, now)


def _check_terms(quotation: Quotation, now: datetime) -> None:
    """Raises the first of `terms.problems`."""
    refuse_first(terms.problems({name: getattr(quotation, name) for name in WRITABLE}, now))


def _write_parts(quotation: Quotation, areas: Sequence[Any], goods: Sequence[GoodsAsked]) -> None:
    quotation.areas.set(areas)
    QuotationLine.objects.bulk_create(
        QuotationLine(
            quotation=quotation, position=place, name=one.name.strip()[:120], unit=one.unit, quantity=one.quantity,
            specification=one.specification.strip()[:500],
        )
        for place, one in enumerate(goods, start=1)
    )  # fmt: skip


def _check_reason(quotation: Quotation, reason: str, note: str) -> None:
    """Raises RuleBroken when the facts deny the reason, or it is not explained."""
    require(reason in BY_OFFICER, _("Pilih alasan pembatalan."), field="reason", code="reason_missing")
    require(
        len(note) >= LEAST_REASON,
        _("Jelaskan alasannya dengan paling sedikit %(count)s huruf; semua penjual membacanya.")
        % {"count": LEAST_REASON},
        field="note",
        code="note_short",
    )
    if reason == QuotationCancelReason.BUDGET_GONE:
        left, needed = quotation.line.available, _needed(quotation)
        if left >= needed:
            raise RuleBroken(
                _("Sisa anggarannya %(left)s, cukup untuk %(needed)s. Pilih alasan lain.")
                % {"left": rupiah(left), "needed": rupiah(needed)},
                field="reason",
                code="reason_denied",
            )
    if reason == QuotationCancelReason.NO_OFFER:
        left_over = quotation.offers.left()
        if quotation.state == QuotationState.AWARDED:
            left_over = left_over.exclude(pk__in=left_over.values("pk")[:1])  # the winner, whose purchase ended
        if quotation.opened_at is None:
            raise RuleBroken(
                _("Penawaran belum dibuka, jadi belum diketahui ada atau tidaknya. Pilih alasan lain."),
                field="reason",
                code="reason_denied",
            )
        if (count := left_over.count()) > 0:
            raise RuleBroken(
                _("Masih ada %(count)s penawaran yang dapat ditetapkan. Pilih alasan lain.") % {"count": count},
                field="reason",
                code="reason_denied",
            )


def _needed(quotation: Quotation) -> int:
    """The least the purchase costs, as far as it is known: the best offer, else the ceiling, else one rupiah."""
    best = quotation.offers.left().first()
    if best is not None:
        return best.total
    return quotation.ceiling or 1


def _goods_text(goods: Sequence[GoodsAsked]) -> str:
    return "\n".join(f"{one.name}|{one.unit}|{one.quantity.normalize():f}|{one.specification}" for one in goods)


def _said(values: Mapping[str, Any]) -> str:
    return editing.shown_of(values)
