"""A verification case: checked by the machine, decided by an officer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.jobs import enqueue
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from umkm.appeals.policies import last_moment
from umkm.area_checks import policies as area_policies
from umkm.area_checks import services as areas
from umkm.assisted.policies import has_assisted
from umkm.findings import require_acknowledged
from umkm.owners import services as owners
from umkm.owners.models import Owner
from umkm.requirements.models import RequirementFinding
from umkm.requirements.states import OfficerFinding
from umkm.requirements.status import require_met, status_of
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.verification import (
    checks,
    evidence,
    nik_denials,
    notices,
    openings,
    policies,
    rechecks,
    returning,
    rules,
)  # fmt: skip
from umkm.verification.models import CaseCheck, SellerDocument, VerificationCase
from umkm.verification.notes import read_note
from umkm.verification.states import OPEN_STATES, CaseState, RejectReason, SellerDocumentKind

# What such a refusal says is seen in the papers; that a shop is there already, or in another city, is not.
SEEN_IN_PAPERS = (
    RejectReason.NOT_PRODUCER, RejectReason.FALSE_DATA, RejectReason.BANNED_GOODS, RejectReason.OTHER,
)  # fmt: skip


@service
def check_case(*, case: VerificationCase, now: datetime) -> VerificationCase:
    """The automatic checks are written; the areas are asked, and the case waits for a verifier. A case past this stage
    stays as it is.

    Locks: Seller, VerificationCase.
    """
    seller, case = _locked(case)
    if case.state != CaseState.CHECKING:
        return case
    CaseCheck.objects.bulk_create(
        CaseCheck(
            case=case, code=code, result=finding.result, finding=finding.code, parameters=finding.parameters, at=now
        )
        for code, finding in checks.run(evidence.gather(seller, clock.local_date(now)))
    )
    move(case, "check", actor=None, now=now, checked_at=now)
    case.seller = seller
    areas.ask_next(case, now)
    nik_denials.tell_owners(case, now)
    return case


@service
def check_again(*, actor: User, case: VerificationCase, now: datetime) -> list[CaseCheck]:
    """What names another shop, or a sanction, and became so since the checks ran, waits for a verifier to take note of
    it. Asked before each approval, in a transaction of its own: the approval is refused for what it finds. Returns
    those findings; once written they are found no more.

    Raises: NotAllowed, InvalidMove. Locks: Seller, VerificationCase.
    """
    seller, case = _locked(case)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    _check_desk(actor, case)
    written = []
    for since in rechecks.found_since(seller, case, now):
        row = since.row or CaseCheck(
            case=case, code=since.code, result=since.finding.result, finding=since.finding.code,
            parameters=since.finding.parameters,
        )  # fmt: skip
        row.at, row.acknowledged_by, row.acknowledged_at = now, None, None
        row.save()
        written.append(row)
    case.seller = seller
    nik_denials.tell_owners(case, now)
    return written


@service
def take_case(*, actor: User, case: VerificationCase, now: datetime, over: int | None = None) -> VerificationCase:
    """The case is assigned to the actor from now on, and nobody else decides it; the hand-over is an event. Taking
    one's own again changes nothing.

    `over`: from whose desk, as the actor read it; without it, or when somebody else has it meanwhile, it stays there.
    Who had it is told. Raises: NotAllowed, InvalidMove. Locks: Seller, VerificationCase.
    """
    seller, case = _locked(case)
    _check_judge(actor, seller, case)
    if case.state not in OPEN_STATES:
        raise InvalidMove(_("Berkas ini sudah diputuskan."))
    if case.officer_id != actor.pk:
        before = case.holder
        if before is not None and before.pk != over:
            raise InvalidMove(
                _("Berkas ini ada di meja %(who)s. Ambil alih lewat tombolnya bila perlu; yang bersangkutan dikabari.")
                % {"who": before}
            )
        case.officer = actor
        case.save(update_fields=["officer"])
        case.events.create(action="take", from_state=case.state, to_state=case.state, actor=actor, at=now)
        if before is not None:
            notices.case_taken_over(case, before, now=now)
    return case


@service
def acknowledge_finding(*, actor: User, check: CaseCheck, now: datetime) -> CaseCheck:
    """The actor took note of one automatic finding; who was first stays. Without all of them a case is not approved.

    Raises: NotAllowed, InvalidMove. Locks: Seller, VerificationCase.
    """
    seller, case = _locked(check.case)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    case.checks.unacknowledged().filter(pk=check.pk).update(acknowledged_by=actor, acknowledged_at=now)
    found: CaseCheck = case.checks.get(pk=check.pk)
    return found


@service
def record_finding(
    *, actor: User, case: VerificationCase, subject: str, note: str, now: datetime
) -> RequirementFinding:
    """The actor found what a requirement asks an officer to find, and says how; who was first stays.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, VerificationCase.
    """
    seller, case = _locked(case)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    case.seller = seller
    asked = {one.requirement.subject for one in status_of(seller, clock.local_date(now))}
    require(
        subject in OfficerFinding.values and subject in asked,
        _("Syarat ini tidak diminta dari toko ini."),
        field="subject",
        code="requirement_not_asked",
    )
    before = case.requirement_findings.filter(subject=subject).first()
    if before is not None:
        return before
    found: RequirementFinding = case.requirement_findings.create(
        subject=subject, note=read_note(note), found_by=actor, found_at=now
    )
    return found


@service
def approve_case(*, actor: User, case: VerificationCase, now: datetime, note: str = "") -> Seller:
    """The shop opens: it gets its address on the market and its owner, whose monthly cap its shops share. `note` says
    why, where an area objected.

    Raises: NotAllowed, InvalidMove, RuleBroken `findings_open` while a finding waits for a verifier, also one that
    `check_again` would write, `paper_unopened` while the actor did not open a document in this round, `nik_unseen`
    while the whole NIK was not shown to them in it, `area_running` while an area is asked, `objection_unanswered` where
    one objected and `note` is empty, `requirement_unmet` while one is neither met nor waived.

    Locks: Seller (also those with the same NIK or bank account), VerificationCase, Owner, TurnoverMonth.
    """
    related = owners.locked_with_relatives(case.seller)
    seller = next(row for row in related if row.pk == case.seller_id)
    case = VerificationCase.objects.locked().get(pk=case.pk)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    _check_desk(actor, case)
    require_acknowledged(case.checks.unacknowledged().count() + len(rechecks.found_since(seller, case, now)))
    openings.require_opened(actor, papers_of(seller), case.opened_at)
    openings.require_nik_seen(actor, seller, case.opened_at)
    areas.require_heard(case, note)
    require_met(status_of(seller, clock.local_date(now)))
    owner = owners.owner_for(seller, related, now=now)
    move(case, "approve", actor=actor, now=now, note=note.strip(), decided_at=now, officer=case.holder or actor)
    # A shop that comes back has its old address.
    base = seller.slug or slugify(seller.name)[:80]
    _open_shop(seller, base or f"toko-{seller.pk}", actor=actor, now=now, owner=owner)
    case.seller = seller
    notices.case_approved(case, now=now)
    enqueue("umkm.show_front", seller_pk=seller.pk)
    return seller


@service
def send_back_case(
    *, actor: User, case: VerificationCase, remarks: Mapping[str, str], now: datetime
) -> VerificationCase:
    """The applicant may correct the registration; `remarks` say which field or document, and why.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, VerificationCase, AreaCheck.
    """
    seller, case = _locked(case)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    _check_desk(actor, case)
    returning.send_back(seller, case, remarks, {*steps.fields_of(seller), *SellerDocumentKind.values}, actor, now)
    areas.end_running(case, actor, now)
    return case


@service
def reject_case(*, actor: User, case: VerificationCase, reason: str, note: str, now: datetime) -> VerificationCase:
    """The registration ends here, with a reason code and a sentence the applicant reads. Who refuses for what the
    papers show has opened each of them.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, VerificationCase, AreaCheck.
    """
    seller, case = _locked(case)
    _check_judge(actor, seller, case)
    _check_waiting(case)
    _check_desk(actor, case)
    require(reason in RejectReason.values, _("Pilih alasan penolakan."), field="reason", code="reason_missing")
    note = read_note(note, field="note", missing=_("Tulis penjelasan untuk pendaftar."), most=1000)
    if reason in SEEN_IN_PAPERS:
        openings.require_opened(actor, papers_of(seller), case.opened_at)
    move(
        case,
        "reject",
        actor=actor,
        now=now,
        note=note,
        decided_at=now,
        officer=case.holder or actor,
        reject_reason=reason,
    )
    VerificationCase.objects.filter(pk=case.pk).update(note=note)
    case.note = note
    move(seller, "reject", actor=actor, now=now, note=note, rejected_at=now)
    case.seller = seller
    areas.end_running(case, actor, now)
    notices.case_rejected(case, appeal_by=last_moment(now), now=now)
    return case


@service
def remind_overdue(*, now: datetime) -> int:
    """Whoever holds an overdue case is told once a day; a case nobody took is told to every verifier; one that stays
    undecided, to the head of the office too.

    Returns how many cases are overdue.
    """
    late = list(VerificationCase.objects.late(now).select_related("seller", "officer").order_by("due_at"))
    everyone = notices.verifiers()
    desks: dict[int, tuple[Any, list[VerificationCase]]] = {}
    for case in late:
        holders = [case.holder] if case.holder else everyone
        for person in holders:
            desks.setdefault(person.pk, (person, []))[1].append(case)
    for person, cases in desks.values():
        notices.cases_overdue(person, cases, day=clock.local_date(now), now=now)
    _tell_head(late, now)
    return len(late)


def _tell_head(late: list[VerificationCase], now: datetime) -> None:
    """Of those that stayed undecided for the days of the rule after their deadline, the head of the office hears."""
    days = rules.HEAD_TOLD.on(clock.local_date(now))
    long = [case for case in late if clock.is_over(clock.working_days_later(case.due_at, days), now)]
    for person in notices.officers("umkm.decide_appeal") if long else []:
        notices.cases_left(person, long, day=clock.local_date(now), now=now)


def papers_of(seller: Seller) -> QuerySet[SellerDocument]:
    """What the registration rests on."""
    found: QuerySet[SellerDocument] = seller.documents.current().order_by("pk")
    return found


def _locked(case: VerificationCase) -> tuple[Seller, VerificationCase]:
    seller: Seller = Seller.objects.locked().get(pk=case.seller_id)
    found: VerificationCase = VerificationCase.objects.locked().get(pk=case.pk)
    return seller, found


def _check_judge(actor: User, seller: Seller, case: VerificationCase) -> None:
    if policies.can_decide(actor, seller):
        if case.not_by_id == actor.pk:
            raise NotAllowed(_("Anda yang menolak pendaftaran ini sebelum banding. Verifikator lain yang memutusnya."))
        if area_policies.has_decided(actor, case.pk):
            raise NotAllowed(_("Anda sudah menjawab untuk wilayahnya. Verifikator lain yang memutus untuk dinas."))
        return
    if has_assisted(actor, seller):
        raise NotAllowed(_("Anda yang mengisi pendaftaran ini untuk warganya. Minta verifikator lain memeriksanya."))
    if policies.can_verify(actor):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta verifikator lain memeriksanya."))
    raise NotAllowed(_("Hanya verifikator yang dapat memeriksa berkas ini."))


def _check_waiting(case: VerificationCase) -> None:
    if case.state == CaseState.CHECKING:
        raise InvalidMove(_("Pemeriksaan otomatis belum selesai. Coba lagi sebentar."))
    if case.state != CaseState.WAITING:
        raise InvalidMove(_("Berkas ini sudah diputuskan. Muat ulang halaman."))


def _check_desk(actor: User, case: VerificationCase) -> None:
    """Of two officers who read one file, the one who took it decides."""
    if case.holder is not None and case.holder != actor:
        raise InvalidMove(
            _("Berkas ini ada di meja %(who)s. Ambil alih dahulu bila Anda yang memutusnya.") % {"who": case.holder},
            code="on_other_desk",
        )


def _open_shop(seller: Seller, slug: str, *, actor: User, now: datetime, owner: Owner) -> None:
    """Two shops of one name approved at once: the later one's address ends in its number."""
    if Seller.objects.filter(slug=slug).exclude(pk=seller.pk).exists():
        slug = f"{slug}-{seller.pk}"
    try:
        with transaction.atomic():
            move(seller, "approve", actor=actor, now=now, approved_at=now, owner=owner, slug=slug)
    except IntegrityError:
        move(seller, "approve", actor=actor, now=now, approved_at=now, owner=owner, slug=f"{slug}-{seller.pk}")
