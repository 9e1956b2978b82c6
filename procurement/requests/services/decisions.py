"""A request is sent, decided and taken back. What it holds meanwhile: services/holds. Drafts: services/drafts."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_as, memberships
from procurement.agencies.states import OfficerRole
from procurement.budgets.states import DROPPED
from procurement.frames import fit as frames
from procurement.frames.fit import Fit
from procurement.frames.models import ApprovalFrame
from procurement.guards import services as guards
from procurement.guards.concerns import concerns, split_sum
from procurement.guards.models import GuardFinding
from procurement.guards.states import Outcome
from procurement.negotiations import results
from procurement.negotiations.services import ending
from procurement.numbering.numbers import take_number
from procurement.numbering.states import NumberedPaper
from procurement.quotations import outcome
from procurement.request_templates import from_template
from procurement.requests import chain, contents, notices, obstacles, officers, policies, refusals, turns
from procurement.requests.errors import OwnShop, SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import awards, holds
from procurement.requests.states import RequestState
from procurement.rotation import services as rotation
from procurement.sourcing import services as sourcing
from procurement.sourcing import sheets
from umkm.sellers.models import Seller

NO_OUTCOMES: Mapping[int, str] = {}


@service
def submit_request(
    *,
    actor: User,
    request: PurchaseRequest,
    key: str,
    now: datetime,
    shown: str | None = None,
    answers: Mapping[str, guards.Answer] = guards.NO_ANSWERS,
    leaves_out: bool = False,
) -> PurchaseRequest:
    """The request is with its approver; budget, prices, goods and cap room are held for it. The same key submits once.

    Inside a frame of its budget line (`frames.fit`) it is approved at once, and needs no answers.

    `shown` is the digest on the page that posts (`RequestContents.shown`): what it did not show is not submitted.
    `leaves_out`: the requester knows that goods of its template are not in it, and its approver reads which. `answers`:
    to each warning of the request, by its key (`guards.concerns`). Above the dated amount its comparison is
    drawn and kept, each time it is sent.

    The PP decides up to the dated limit, the PPK above it (`officers`), also above it with what it was split from.
    Raises: NotAllowed, InvalidMove, RuleBroken, PricesChanged.
    Locks: Agency, BudgetLine, PurchaseRequest, Seller, TurnoverMonth, Product.
    Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"submit": request.pk}) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    Agency.objects.locked().get(pk=request.agency_id)  # of two sent at once, the second sees the first (`concerns`)
    request = holds.locked_with_budget(request)
    if actor.pk != request.requester_id:
        raise NotAllowed(_("Permintaan ini hanya dapat dikirim oleh pemesannya."))
    day = clock.local_date(now)
    if not policies.can_request(actor, request.agency, day):
        raise NotAllowed(_("Penunjukan Anda sebagai pemesan tidak berlaku hari ini. Hubungi kepegawaian dinas."))
    request.machine.after(request.state, "submit")
    holds.lock_sellers(request)
    held = contents.read(request, now)
    contents.check_shown(held, shown)
    with translation.override("id"):  # what it says stands on documents
        fit = frames.find(request, held, now)
    inside = fit if fit is not None and fit.is_inside else None
    sheet = inside.sheet if inside else sheets.draw(request, held, now)
    asked_about = [] if inside else concerns(request, held, now)
    split = split_sum(asked_about)
    obstacles.check_ready(request, held, now, sheet, is_framed=inside is not None, split=split)
    with translation.override("id"):  # what it says stands in the history
        unchosen = from_template.unchosen(request, held)
    require(
        leaves_out or not unchosen,
        _("%(goods)s dari template belum dipilih. Pilih barangnya, atau centang bahwa permintaan dikirim tanpa itu.")
        % {"goods": "; ".join(unchosen)},
        field="leaves_out",
        code="goods_unchosen",
    )
    answered = guards.check_answers(asked_about, answers)
    role = officers.needed_role(max(held.total, split), day, is_escalated=guards.is_escalated(answered))
    if inside:
        role = inside.needed_role
    request.frame = inside.frame if inside else None
    if officers.office_of(request, day, needed=role) is None:
        raise RuleBroken(
            _(
                "Belum ada pejabat lain di dinas Anda yang berwenang menyetujui jumlah ini. "
                "Minta admin menunjuk PP atau PPK."
            ),
            code="no_approver",
        )
    asked = [] if inside else chain.needed(request, held, role, day)
    _check_signers(request, [rule.office for rule in asked], role, day)
    guards.record_answers(request=request, answered=answered, owner_role=role, actor=actor, now=now)
    until = holds.hold(request=request, held=held, actor=actor, now=now)
    obstacles.check_time(now, until, 1 + len(asked))
    # From here on the request names its sellers as they are called today.
    name = Seller.objects.filter(pk=OuterRef("seller_id")).values("name")[:1]
    request.lines.update(seller_name=Subquery(name))
    move(
        request,
        "submit",
        actor=actor,
        now=now,
        acted_as=OfficerRole.REQUESTER,
        total=held.total,
        office_number=request.office_number or take_number(request.agency, NumberedPaper.REQUEST, day),
        needed_role=role,
        sheet_number=sourcing.keep_sheet(sheet) if sheet else "",
        signatures_asked=len(asked),
        decision_note="",
        submitted_at=now,
        decision_due_at=None,
        held_until=until,
        due_at=turns.due_of(now, until, 1 + len(asked)),
        frame=request.frame,
        note=" ".join(filter(None, (_frame_note(fit), _unchosen_note(unchosen)))),
    )
    if inside:
        _approve_by_frame(request, inside.frame, now)
    else:
        chain.ask(request, asked)
        notices.request_submitted(request, now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request


def _frame_note(fit: Fit | None) -> str:
    """Why a request that a frame is about goes the usual way; as a document says it, in Indonesian."""
    if fit is None or fit.is_inside:
        return ""
    return f"Di luar kerangka {fit.frame.number}. {fit.why_not}"


def _unchosen_note(unchosen: list[str]) -> str:
    return f"Dikirim tanpa barang templatenya: {'; '.join(unchosen)}." if unchosen else ""


def _approve_by_frame(request: PurchaseRequest, frame: ApprovalFrame, now: datetime) -> None:
    """The act is the head's signature under the frame; here the system finds that it covers the request."""
    move(
        request,
        "approve_by_frame",
        actor=None,
        now=now,
        note=frame.number,
        approver=frame.signer,
        approver_role=OfficerRole.HEAD,
        approved_at=now,
        due_at=request.held_until,
    )
    notices.request_framed(request, frame=frame, now=now)


@service
def approve_request(
    *,
    actor: User,
    request: PurchaseRequest,
    dropped: Mapping[int, str],
    note: str,
    key: str,
    now: datetime,
    shown: str | None = None,
    outcomes: Mapping[int, str] = NO_OUTCOMES,
) -> PurchaseRequest:
    """The request may be ordered. Lines in `dropped` (line pk → reason) fall out and free what they hold. Once per key.

    `shown` is the digest on the page that posts (`RequestContents.shown`): what it did not show is not approved.
    `outcomes`: how the officer answers each warning it was sent with, by the finding's pk.

    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    body = {
        "approve": request.pk,
        "dropped": sorted(dropped.items()),
        "note": note,
        "outcomes": sorted(outcomes.items()),
    }
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    request, office, acting = decidable(actor, request, "approve", now)
    _check_signed(request)
    held = contents.read(request, now)
    contents.check_shown(held, shown)
    known = {line.pk for line in held.kept}
    require(dropped.keys() <= known, _("Baris yang dilepas tidak ada di permintaan ini."), code="unknown_line")
    findings = list(GuardFinding.objects.unanswered().filter(request=request))
    in_the_way = refusals.to_approve(
        request, held, dropped=dropped, outcomes=outcomes, findings=findings,
        sheet=sheets.kept(request), negotiated=results.of_request(request),
        signed=chain.of_request(request), office=office, note=note, now=now,
    )  # fmt: skip
    for refusal in in_the_way:
        raise refusal.broken_rule()
    guards.answer_on_approval(findings=findings, outcomes=outcomes, office=office, actor=actor, now=now)
    for pk, reason in dropped.items():
        # A line dropped here never comes back: the requester writes a new request for it.
        request.lines.filter(pk=pk).update(dropped_at=now, dropped_reason=reason.strip()[:200])
    left = held.after_dropping(dropped)
    total = left.total
    if dropped:
        holds.charge(request=request, held=left, actor=actor, now=now, note_code=DROPPED)
        holds.release_dropped(request=request, dropped=dropped, held=left, actor=actor, now=now)
    note = note.strip()
    move(
        request,
        "approve",
        actor=actor,
        now=now,
        note=note,
        acted_as=acting,
        total=total,
        approver=actor,
        approver_role=acting,
        approved_at=now,
        decision_due_at=request.due_at,
        due_at=request.held_until,
        decision_note=note[:300],
    )
    notices.request_approved(request, dropped=len(dropped), now=now)
    notices.decided_late(request, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request


@service
def send_back_request(
    *,
    actor: User,
    request: PurchaseRequest,
    note: str,
    now: datetime,
    key: str = "",
    outcomes: Mapping[int, str] = NO_OUTCOMES,
    seen: RequestState | None = None,
) -> PurchaseRequest:
    """The request returns to its requester with what to mend; what it held is free again. Once per key.

    Also after the approval, by whoever may issue its surat pesanan; what was dropped then stays dropped. `seen`: its
    state on the page that posts; an older page does not undo an approval.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest, Negotiation, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    if key and idempotency.claim(person=who, key=key, body={"send_back": request.pk, "note": note}) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    request, office, acting = decidable(actor, request, "send_back", now)
    if seen is not None and request.state != seen:
        raise InvalidMove(_("Permintaan ini sudah disetujui. Buka halamannya untuk mengembalikannya."))
    note = _needed(note, _("Tulis apa yang perlu diperbaiki pemesan."))
    was_approved = request.state == RequestState.APPROVED
    guards.close_findings(
        request=request, outcomes=outcomes, otherwise=Outcome.RETURNED, office=office, actor=actor, now=now
    )
    holds.release(request=request, actor=actor, now=now, note=note)
    ending.restore_offers(request=request)
    move(
        request,
        "send_back",
        actor=actor,
        now=now,
        note=note,
        acted_as=acting,
        approver=None,
        approver_role="",
        frame=None,
        approved_at=None,
        held_until=None,
        decision_due_at=None if was_approved else request.due_at,
        due_at=None,
        decision_note=note[:300],
    )
    notices.decided_late(request, actor=actor, now=now)
    _keep_award(request, actor, now)
    notices.request_sent_back(request, now=now)
    if key:
        idempotency.settle(person=who, key=key, result=request.number)
    return request


def _keep_award(request: PurchaseRequest, actor: User, now: datetime) -> None:
    """What won a request for quotation keeps its money while it is mended."""
    if request.from_quotation is None or request.line is None:
        return
    until = outcome.valid_until(request.from_quotation)
    request.line.refresh_from_db()
    if request.line.available < request.total:  # a frame that covered it has its money again
        return
    if clock.is_over(until, now) or request.lines.filter(charged_to__isnull=False, dropped_at__isnull=True).exists():
        return
    awards.hold_award(request=request, line=request.line, amount=request.total, until=until, actor=actor, now=now)


@service
def reject_request(
    *,
    actor: User,
    request: PurchaseRequest,
    note: str,
    now: datetime,
    key: str = "",
    outcomes: Mapping[int, str] = NO_OUTCOMES,
) -> PurchaseRequest:
    """The request ends here with a reason; what it held is free again. Once per key.

    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest, Negotiation, TurnoverMonth, Product.
    """
    who = f"user:{actor.pk}"
    if key and idempotency.claim(person=who, key=key, body={"reject": request.pk, "note": note}) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    request, office, acting = decidable(actor, request, "reject", now)
    note = _needed(note, _("Tulis mengapa permintaan ini ditolak."))
    guards.close_findings(
        request=request, outcomes=outcomes, otherwise=Outcome.RETURNED, office=office, actor=actor, now=now
    )
    holds.release(request=request, actor=actor, now=now, note=note)
    move(
        request,
        "reject",
        actor=actor,
        now=now,
        note=note,
        acted_as=acting,
        approver=actor,
        approver_role=acting,
        decision_due_at=request.due_at,
        due_at=None,
        closed_at=now,
        decision_note=note[:300],
    )
    notices.request_rejected(request, now=now)
    notices.decided_late(request, actor=actor, now=now)
    if key:
        idempotency.settle(person=who, key=key, result=request.number)
    return request


@service
def withdraw_request(*, actor: User, request: PurchaseRequest, now: datetime, note: str = "") -> PurchaseRequest:
    """The requester takes it back, or another when their appointment ended; what it held is free again.

    What buys an award is taken back with a reason, since a seller won and is bound: the officers who award are told.
    Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest, RotationDraw, Negotiation, TurnoverMonth, Product.
    """
    request = holds.locked_with_budget(request)
    if not policies.may_withdraw(actor, request, clock.local_date(now)):
        raise NotAllowed(_("Permintaan ini hanya dapat ditarik oleh pemesannya selama penunjukannya berlaku."))
    request.machine.after(request.state, "withdraw")
    buys_award = request.from_quotation_id is not None
    require(
        not buys_award or len(note.strip()) >= LEAST_REASON,
        _(
            "Seorang penjual menang dan terikat pada penawarannya. Tulis mengapa tidak jadi dibeli, paling sedikit "
            "%(least)d huruf; dibaca pejabat yang menetapkannya."
        )
        % {"least": LEAST_REASON},
        field="note",
        code="award_unexplained",
    )
    before, held = request.state, policies.holds(request)
    rotation.end_draws(request=request, actor=actor, now=now)
    guards.close_findings(request=request, otherwise=Outcome.DROPPED, actor=actor, now=now)
    holds.release(request=request, actor=actor, now=now, note=note)
    awards.release_award(request=request, actor=actor, now=now, note=note)
    move(request, "withdraw", actor=actor, now=now, note=note.strip(), due_at=None, closed_at=now)
    if buys_award:
        notices.award_dropped(request, now=now)
    elif held:
        notices.request_withdrawn(request, was=before, now=now)
    return request


@service
def mark_ordered(*, request: PurchaseRequest, actor: User, now: datetime) -> PurchaseRequest:
    """Its surat pesanan are out. Raises: InvalidMove.

    Locks: none; called by orders, which has the request locked and moved its budget.
    """
    move(request, "issue", actor=actor, now=now, ordered_at=now, due_at=None)
    notices.request_ordered(request, now=now)
    return request


@service
def remind_overdue(*, now: datetime) -> int:
    """Whoever may decide today knows it, also who came after the request was sent; and once a day that it is late.

    Where nobody may decide or order, the requester, the head and those who appoint officers know that. Through the
    outbox. Returns how many are late.
    """
    day = clock.local_date(now)
    waiting = PurchaseRequest.objects.live().select_related("agency", "requester").with_officer(day).order_by("pk")
    late = 0
    for request in waiting:
        is_late = request.state == RequestState.SUBMITTED and clock.is_over(request.due_at, now)
        late += is_late
        if not request.officer:
            notices.request_without_officer(request, now=now)
        elif is_late:
            notices.request_overdue(request, now=now)
        elif request.state == RequestState.SUBMITTED:
            notices.request_submitted(request, now=now)
    return late


def decidable(actor: User, request: PurchaseRequest, action: str, now: datetime) -> tuple[PurchaseRequest, str, str]:
    """The request, locked, the office that decides on it today, and in which capacity the actor holds it."""
    request = holds.locked_with_budget(request)
    if policies.has_written(actor, request):
        raise SamePerson(_("Anda pemesan permintaan ini, jadi keputusannya harus dari pejabat lain."))
    day = clock.local_date(now)
    was_approved = action == "send_back" and request.state == RequestState.APPROVED
    roles = memberships(actor, request.agency_id, day)
    if roles & set(officers.SIGNERS) and (shop := policies.own_shop(actor, request)) is not None:
        raise OwnShop(shop)
    if request.state == RequestState.SUBMITTED and chain.has_signed(actor, request):
        raise SamePerson(_("Anda sudah menandatangani permintaan ini, jadi langkah berikutnya dari pejabat lain."))
    office = policies.issuing_office(actor, request, day) if was_approved else officers.office_of(request, day)
    if not office or office not in roles:
        raise NotAllowed(_who_decides(request, day))
    request.machine.after(request.state, action)
    return request, office, acting_as(actor, request.agency_id, office, day)


def _who_decides(request: PurchaseRequest, day: date) -> str:
    if not request.needed_role:
        return _("Permintaan ini belum menunggu keputusan.")
    office = officers.office_of(request, day)
    if office is None:
        return officers.nobody_words()
    return _("Permintaan ini diputuskan oleh %(role)s dinas.") % {"role": office.label}


def _check_signers(request: PurchaseRequest, offices: list[str], role: str, day: date) -> None:
    """Each signature and the decision have a person of their own."""
    if not offices:
        return
    people = [officers.able(request, office, day) for office in offices]
    # A PPK decides where every PP has signed.
    deciding = [OfficerRole.PP, OfficerRole.PPK] if role == OfficerRole.PP else [OfficerRole.PPK]
    people.append([person for office in deciding for person in officers.able(request, office, day)])
    if not chain.has_people(people):
        names = ", ".join(str(OfficerRole(office).label) for office in offices)
        raise RuleBroken(
            _(
                "Jumlah atau barang ini perlu tanda tangan %(offices)s sebelum diputuskan, dan setiap tanda tangan "
                "dari orang yang berbeda. Minta admin kota melengkapi pejabatnya."
            )
            % {"offices": names},
            code="no_signer",
        )


def _check_signed(request: PurchaseRequest) -> None:
    waits = chain.current(request)
    if waits is not None:
        raise InvalidMove(
            _("Permintaan ini menunggu tanda tangan %(office)s sebelum diputuskan. Muat ulang halaman.")
            % {"office": waits.get_office_display()}
        )


def check_held(request: PurchaseRequest, now: datetime) -> None:
    """Raises RuleBroken `hold_over` once the time of the hold is over, whether it has lapsed by then or not."""
    if (over := refusals.hold_over(request, now)) is not None:
        raise over.broken_rule()


def _needed(note: str, sentence: str) -> str:
    note = note.strip()
    require(note, sentence, field="note", code="note_missing")
    return note
