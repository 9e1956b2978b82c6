"""How the asking for a higher ceiling ends: the head put it to the city's budget office, declined it, or the budget
line bears the request by now."""

from datetime import date, datetime

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.i18n.times import long_date
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from procurement.agencies.policies import acting_as
from procurement.agencies.states import OfficerRole
from procurement.requests import asked_ceilings, notices, policies
from procurement.requests.models import CeilingAnswer, PurchaseRequest
from procurement.requests.states import OPEN, CeilingOutcome


@service
def put_to_city(
    *, actor: User, request: PurchaseRequest, reference: str, sent_on: date | None, now: datetime
) -> CeilingAnswer:
    """The head wrote to the city's budget office; the requester reads the letter's number and date.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = _locked(actor, request, now)
    reference = reference.strip()
    require(reference, _("Tulis nomor surat pengajuannya."), field="reference", code="reference_missing")
    require(sent_on, _("Isi tanggal surat pengajuannya."), field="sent_on", code="day_missing")
    assert sent_on is not None
    require(
        sent_on <= clock.local_date(now),
        _("Tanggal surat belum tiba. Catat sesudah suratnya dikirim."),
        field="sent_on",
        code="day_ahead",
    )
    require(
        sent_on >= clock.local_date(request.created_at),
        _("Surat ini lebih tua dari permintaannya (%(day)s), jadi bukan untuk permintaan ini. Periksa tanggalnya.")
        % {"day": long_date(clock.local_date(request.created_at))},
        field="sent_on",
        code="day_before_request",
    )
    return _answer(request, CeilingOutcome.PUT, actor, now, reference=reference, sent_on=sent_on)


@service
def decline_ceiling(*, actor: User, request: PurchaseRequest, reason: str, now: datetime) -> CeilingAnswer:
    """The head does not ask the city for it; the requester reads why.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = _locked(actor, request, now)
    reason = reason.strip()
    require(
        len(reason) >= LEAST_REASON,
        _("Tulis alasannya dengan paling sedikit %(least)s huruf; pemesan membacanya.") % {"least": LEAST_REASON},
        field="reason",
        code="reason_missing",
    )
    return _answer(request, CeilingOutcome.DECLINED, actor, now, reason=reason)


@service
def tell_borne(*, request: PurchaseRequest, now: datetime) -> None:
    """Requester and heads hear that the budget bears the request; once for each asking.

    Raises: InvalidMove. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=request.pk)
    told = asked_ceilings.answers_of(request).filter(outcome=CeilingOutcome.BORNE).exists()
    if request.state not in OPEN or told or asked_ceilings.missing(request, now):
        raise InvalidMove(_("Pagunya belum cukup, atau kabarnya sudah terkirim."))
    _record(request, CeilingOutcome.BORNE, None, now)
    notices.ceiling_borne(request, now=now)


def tell_all_borne(*, now: datetime) -> int:
    """Of each draft whose ceiling was asked for, in transactions of their own; how many. Locks: PurchaseRequest."""
    told = CeilingAnswer.objects.filter(
        request=OuterRef("pk"), asked_at=OuterRef("ceiling_asked_at"), outcome=CeilingOutcome.BORNE
    )
    asked = PurchaseRequest.objects.filter(~Exists(told), state__in=OPEN, ceiling_asked_at__isnull=False)
    return sweep(
        asked.order_by(F("ceiling_asked_at")),
        lambda request: tell_borne(request=request, now=now),
        failure="Nobody could be told that the budget bears request %s",
    )


def _locked(actor: User, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    request = PurchaseRequest.objects.locked().select_related("agency").get(pk=request.pk)
    if not policies.may_answer_ceiling(actor, request, clock.local_date(now)):
        raise NotAllowed(_("Permintaan pagu dijawab kepala dinas ini, bukan oleh pemesannya sendiri."))
    if not asked_ceilings.waits_for_head(request, now):
        raise InvalidMove(_("Permintaan pagu ini sudah dijawab, atau pagunya sudah cukup. Muat ulang halaman."))
    return request


def _answer(
    request: PurchaseRequest,
    outcome: CeilingOutcome,
    actor: User,
    now: datetime,
    *,
    reference: str = "",
    sent_on: date | None = None,
    reason: str = "",
) -> CeilingAnswer:
    answer = _record(request, outcome, actor, now, reference=reference, sent_on=sent_on, reason=reason)
    notices.ceiling_answered(request, answer, now=now)
    return answer


def _record(
    request: PurchaseRequest,
    outcome: CeilingOutcome,
    actor: User | None,
    now: datetime,
    *,
    reference: str = "",
    sent_on: date | None = None,
    reason: str = "",
) -> CeilingAnswer:
    assert request.ceiling_asked_at is not None  # missing() finds nothing lacking where nobody asked
    office = acting_as(actor, request.agency_id, OfficerRole.HEAD, clock.local_date(now)) if actor else ""
    return CeilingAnswer.objects.create(
        request=request, asked_at=request.ceiling_asked_at, outcome=outcome, actor=actor, acted_as=office, at=now,
        reference=reference, sent_on=sent_on, reason=reason,
    )  # fmt: skip
