"""A change of a shop's identity, from its proposal until it is in force or not wanted any more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.jobs import enqueue
from epeken.core.secret import blind_index
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from umkm.findings import require_acknowledged
from umkm.identity import notices, passing, policies, rules
from umkm.identity.models import IdentityChange, IdentityCheck, IdentityValue
from umkm.identity.states import ChangeState, IdentityKind
from umkm.owners import services as owners
from umkm.sellers import identifiers, steps
from umkm.sellers import policies as sellers_policies
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.pins import check_pin, check_ward
from umkm.sellers.states import SellerState
from umkm.validity import services as validity
from umkm.verification import checks, evidence, openings
from umkm.verification import policies as verification_policies
from umkm.verification.models import SellerDocument
from umkm.verification.notes import read_note

CHECKS = {
    IdentityKind.BANK: (checks.duplicate_bank, checks.sanctions, checks.bank_holder),
    IdentityKind.CONTACT: (checks.duplicate_phone, checks.officer_links),
    IdentityKind.OWNER: (
        checks.nik_structure, checks.nik_place, checks.duplicate_nik, checks.kept_nik, checks.sanctions,
        checks.business_numbers, checks.bank_holder, checks.civil_servant,
    ),
    IdentityKind.TRANSFER: (
        checks.nik_structure, checks.nik_place, checks.duplicate_nik, checks.duplicate_bank, checks.own_sanctions,
        checks.sanctions, checks.successor_ties, checks.duplicate_phone, checks.business_numbers, checks.bank_holder,
        checks.civil_servant, checks.officer_links,
    ),
    IdentityKind.PLACE: (checks.duplicate_address, checks.pin, checks.food_court),
    IdentityKind.NPWP: (checks.business_numbers,),
    IdentityKind.NIB: (checks.expiry, checks.business_numbers),
    IdentityKind.PIRT: (checks.expiry, checks.pirt_number),
    IdentityKind.HALAL: (checks.expiry, checks.halal_number),
}  # fmt: skip
PAPER_CHECKS = (checks.picture_quality, checks.photos_alike, checks.one_picture)
SETTLED = ("confirm", "release")  # a verifier looked at a denial
STOPPED = (ChangeState.OFFERED, ChangeState.CHECKING, ChangeState.WAITING, ChangeState.APPROVED)
MAY_BE_EMPTY = {"email", "latitude", "longitude"}


@service
def propose_change(
    *,
    actor: User,
    seller: Seller,
    kind: str,
    values: Mapping[str, Any],
    reason: str,
    file: Any,
    key: str,
    now: datetime,
    number: str = "",
    expires_on: date | None = None,
) -> IdentityChange:
    """The owner asks for other data than the shop was verified by, with a reason and a document. Nothing changes yet.

    `number` and `expires_on`: of a paper (`policies.PAPERS`). One of each kind is open at a time. An empty secret means
    "as it is". Whoever the shop's addresses belonged to until now is told and may deny it. The same key proposes
    once. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    """
    who = f"user:{actor.pk}"
    told = {name: blind_index(str(value)) if name in steps.SECRETS else value for name, value in values.items()}
    told |= {"number": number, "expires_on": expires_on} if number or expires_on else {}
    earlier = idempotency.claim(person=who, key=key, body={"identity": seller.pk, "kind": kind, "values": told})
    if earlier is not None:
        return IdentityChange.objects.get(pk=earlier)
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Data yang diverifikasi hanya dapat diubah oleh pemilik toko."))
    check_active(seller)
    check_none_held(seller)
    day = clock.local_date(now)
    require(kind in policies.kinds_of(seller, day), _("Pilih data yang berubah."), field="kind", code="kind_unknown")
    reason = reason.strip()
    check_reason(reason)
    if kind in policies.PAPERS:
        sellers.check_paper(number, expires_on, now)
        require(
            expires_on or not policies.must_end(kind, day),
            _("Tulis sampai kapan dokumen ini berlaku."),
            field="expires_on",
            code="period_missing",
        )
        number = _read_number(kind, number)
    if kind == IdentityKind.NIB:
        values = {"nib": number}
    old, new = _difference(seller, kind, values, now)
    require(file, _("Lampirkan fotonya sebagai bukti."), field="file", code="evidence_missing")
    change = IdentityChange(
        seller=seller, kind=kind, reason=reason, proposed_by=actor, proposed_at=now,
        due_at=clock.due_after_working_days(now, rules.REVIEW.on(day)),
    )  # fmt: skip
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError:
        raise RuleBroken(
            _("Usulan Anda yang sebelumnya untuk data ini masih diproses. Tarik usulan itu bila ingin menggantinya."),
            code="change_open",
        ) from None
    IdentityValue.objects.bulk_create(
        IdentityValue(change=change, field=name, old=old[name], new=new[name]) for name in new
    )
    stored = sellers.store_document(actor, seller, file)
    paper = policies.evidence_of(kind, seller)
    about = {"number": number, "expires_on": expires_on} if kind in policies.PAPERS else {}
    sellers.write_document(actor, seller, paper, stored, now, change=change, is_proposed=True, **about)
    begin(change, actor=actor, now=now)
    enqueue("umkm.check_identity", key=f"umkm.check_identity:{change.pk}", change_pk=change.pk)
    notices.change_proposed(change, now=now)
    idempotency.settle(person=who, key=key, result=str(change.pk))
    return change


@service
def check_change(*, change: IdentityChange, now: datetime) -> IdentityChange:
    """What the checks find in the data as they would be is written, and the change waits for a verifier. One past this
    stage stays as it is. Locks: Seller, IdentityChange."""
    change = locked(change)
    if change.state != ChangeState.CHECKING:
        return change
    facts = evidence.gather(policies.changed(change), clock.local_date(now), list(change.documents.order_by("pk")))
    if change.kind == IdentityKind.OWNER:
        facts = replace(facts, keeps_nik=facts.nik == change.seller.nik)
    if change.successor is not None:
        facts = _facts_of_transfer(facts, change.seller, change.successor)
    IdentityCheck.objects.bulk_create(
        IdentityCheck(
            change=change, code=code, result=found.result, finding=found.code, parameters=found.parameters, at=now
        )
        for code, found in checks.run(facts, (*CHECKS[IdentityKind(change.kind)], *PAPER_CHECKS))
    )
    move(change, "check", actor=None, now=now)
    return change


def _facts_of_transfer(facts: checks.Facts, seller: Seller, successor: User) -> checks.Facts:
    return replace(
        facts,
        owner_is_asn=successor.is_asn,
        own_sanctions=tuple(one.number for one in seller.sanctions.in_force().order_by("given_at")),
        successor_is_tied=bool(sellers_policies.tied_people([successor], [seller])),
    )


@service
def acknowledge_finding(*, actor: User, check: IdentityCheck, now: datetime) -> IdentityCheck:
    """The actor took note of one finding; who was first stays. Raises: NotAllowed, InvalidMove. Locks: Seller,
    IdentityChange."""
    change = locked(check.change)
    _check_judge(actor, change)
    _check_waiting(change)
    change.checks.unacknowledged().filter(pk=check.pk).update(acknowledged_by=actor, acknowledged_at=now)
    found: IdentityCheck = change.checks.get(pk=check.pk)
    return found


@service
def approve_change(*, actor: User, change: IdentityChange, now: datetime) -> IdentityChange:
    """The change is in force at once; another account or address only after the hours of the rule, and until then
    bills and payments name the old one.

    Raises: NotAllowed, InvalidMove, RuleBroken `findings_open`, `paper_unopened` while the actor did not open the
    proof. Locks: Seller (also those with the same NIK or bank account), IdentityChange, Owner, TurnoverMonth, Product.
    """
    change, related = _locked_with_relatives(change)
    _check_judge(actor, change)
    _check_waiting(change)
    check_active(change.seller)
    check_none_held(change.seller)
    require_acknowledged(change.checks.unacknowledged().count())
    openings.require_opened(actor, evidence_of(change), change.proposed_at)
    delay = rules.DELAY.on(clock.local_date(now)) if change.kind in policies.DELAYED else 0
    in_force_at = now + timedelta(hours=delay)
    move(change, "approve", actor=actor, now=now, decided_at=now, in_force_at=in_force_at)
    notices.change_approved(change, now=now)
    if not delay:
        _apply(change, related, now)
    return change


@service
def send_back_change(*, actor: User, change: IdentityChange, note: str, now: datetime) -> IdentityChange:
    """The shop's data stay; the owner reads why and may propose again.

    Raises: NotAllowed, InvalidMove, RuleBroken, also `paper_unopened`. Locks: Seller, IdentityChange.
    """
    change = locked(change)
    _check_judge(actor, change)
    _check_waiting(change)
    note = read_note(note)
    openings.require_opened(actor, evidence_of(change), change.proposed_at)
    move(change, "send_back", actor=actor, now=now, note=note, decided_at=now)
    _keep_note(change, note)
    drop_evidence(change, now)
    notices.change_sent_back(change, now=now)
    return change


@service
def withdraw_change(*, actor: User, change: IdentityChange, now: datetime) -> IdentityChange:
    """The shop does not want it any more. Raises: NotAllowed, InvalidMove. Locks: Seller, IdentityChange."""
    change = locked(change)
    if not sellers_policies.is_owner(actor, change.seller):
        raise NotAllowed(_("Usulan ini hanya dapat ditarik oleh pemilik toko."))
    move(change, "withdraw", actor=actor, now=now)
    drop_evidence(change, now)
    return change


@service
def deny_change(*, change: IdentityChange, now: datetime, actor: User | None = None) -> IdentityChange:
    """Somebody the shop's addresses belong or belonged to says that it was not them: the change waits for a verifier,
    and so does every other of the shop that is not in force yet, since whoever asked for this one may have asked for
    those. An account that is in force already is not paid to.

    `actor`: a signed-in person, None for the link of a letter. Denying again changes nothing; what a verifier looked at
    after a denial is not stopped once more. Raises: InvalidMove. Locks: Seller, IdentityChange.
    """
    change = locked(change)
    if change.state == ChangeState.HELD:
        return change
    if change.events.filter(action__in=SETTLED).exists():
        raise InvalidMove(_("Sangkalan atas perubahan ini sudah diperiksa petugas. Hubungi dinas bila masih keliru."))
    days = timedelta(days=rules.DENIAL.on(clock.local_date(now)))
    if change.applied_at is not None and clock.is_over(change.applied_at + days, now):
        raise InvalidMove(_("Perubahan ini sudah lama berlaku. Sampaikan kepada dinas dengan membawa KTP."))
    move(change, "deny", actor=actor, now=now)
    notices.change_held(change, now=now)
    open_ones = IdentityChange.objects.locked().filter(state__in=STOPPED, seller=change.seller).order_by("pk")
    for other in open_ones.exclude(events__action__in=SETTLED):
        other.seller = change.seller
        move(other, "deny", actor=actor, now=now)
        notices.change_held_beside(other, now=now)
    return change


@service
def uphold_change(*, actor: User, change: IdentityChange, note: str, now: datetime) -> IdentityChange:
    """A verifier made sure that a denied change is the owner's: it is judged from the beginning, or in force again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, IdentityChange.
    """
    change = locked(change)
    _check_judge(actor, change)
    note = read_note(note)
    action = "release" if change.applied_at is None else "confirm"
    if change.kind == IdentityKind.TRANSFER and change.successor is None:
        action = "offer_again"
    move(change, action, actor=actor, now=now, note=note, in_force_at=change.applied_at)
    _keep_note(change, note)
    if action == "release":
        change.checks.all().delete()
        enqueue("umkm.check_identity", change_pk=change.pk)
    notices.change_upheld(change, now=now)
    return change


@service
def cancel_change(*, actor: User, change: IdentityChange, note: str, now: datetime) -> IdentityChange:
    """A denied change was not the owner's: it never comes into force, or the shop has its earlier data again.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller (also those with the same NIK or bank account),
    IdentityChange, TurnoverMonth, Product.
    """
    change, _related = _locked_with_relatives(change)
    _check_judge(actor, change)
    note = read_note(note)
    move(change, "cancel", actor=actor, now=now, note=note, decided_at=now, left_nik_index="")
    _keep_note(change, note)
    if change.applied_at is not None:
        _put_back(change, actor, now)
    drop_evidence(change, now)
    if change.applied_at is not None and change.kind in policies.PAPERS:
        # The paper that was replaced holds again, to its own last day.
        paper = policies.PAPERS[IdentityKind(change.kind)]
        earlier = change.seller.documents.filter(kind=paper, replaced_at=change.applied_at)
        earlier.exclude(pk__in=change.documents.values("pk")).update(replaced_at=None)
        validity.follow_papers(seller=change.seller, now=now)
    notices.change_cancelled(change, now=now)
    return change


@service
def apply_change(*, change: IdentityChange, now: datetime) -> IdentityChange:
    """An approved change whose time has come is in force. That of a frozen shop, or of one with a denied change, waits
    until that is over. Locks: Seller (also those with the same NIK or bank account), IdentityChange, Owner,
    TurnoverMonth."""
    change, related = _locked_with_relatives(change)
    is_due = change.state == ChangeState.APPROVED and clock.is_over(change.in_force_at, now)
    if not is_due or change.seller.state != SellerState.ACTIVE or _held_of(change.seller):
        return change
    _apply(change, related, now)
    return change


def apply_due(*, now: datetime) -> int:
    """How many changes came into force, each by itself."""
    due = IdentityChange.objects.to_apply(now).filter(seller__state=SellerState.ACTIVE).order_by("pk")
    return sum(apply_change(change=change, now=now).state == ChangeState.APPLIED for change in due)


@service
def show_value(*, actor: User, change: IdentityChange, field: str, purpose: str, now: datetime) -> str:
    """The whole new number of a change, for a verifier, with a row that says so and what for. Raises: NotAllowed,
    RuleBroken `purpose_missing`."""
    if field not in steps.SECRETS:
        raise LookupError(field)
    if not verification_policies.can_verify(actor):
        raise NotAllowed(_("Hanya verifikator yang dapat melihat nomor lengkap."))
    openings.require_purpose(purpose)
    sellers.log_view(actor=actor, seller=change.seller, what=field, purpose=purpose, now=now)
    value: str = change.values.get(field=field).new
    return value


def _difference(
    seller: Seller, kind: str, values: Mapping[str, Any], now: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    """What the shop has and what is asked for, by field, as `steps.plain_value` writes it. Raises: RuleBroken."""
    names = policies.fields_of(kind, seller)
    if not names:
        return {}, {}
    unknown = set(values) - set(names)
    if unknown:
        raise LookupError(f"Not fields of {kind}: {sorted(unknown)}")
    read = sellers.read_values(dict(values), clock.local_date(now))
    old = {name: steps.plain_value(seller, name) for name in names}
    wanted = Seller.objects.get(pk=seller.pk)
    for name, value in read.items():
        setattr(wanted, name, value)
    new = {name: steps.plain_value(wanted, name) for name in names}
    for name in names:
        label = steps.label_of(name)
        require(
            new[name] or name in MAY_BE_EMPTY, _("Isi %(name)s.") % {"name": label}, field=name, code="value_missing"
        )
    sellers.check_fields(wanted, {name for name in names if new[name]})
    steps.put_plain(wanted, new)
    if "latitude" in names:
        check_pin(wanted.latitude, wanted.longitude)
    if "kelurahan" in names:
        check_ward(wanted.food_court, wanted.kelurahan)
    new = {name: steps.plain_value(wanted, name) for name in names}
    is_other = new != old or kind in policies.PAPERS  # a newer paper of the same number
    require(is_other, _("Isinya sama dengan yang tersimpan. Ubah yang perlu diubah."), code="nothing_changed")
    return old, new


def _apply(change: IdentityChange, related: list[Seller], now: datetime) -> None:
    """The caller holds the locks of `_locked_with_relatives`."""
    seller, left = change.seller, {}
    if change.kind == IdentityKind.TRANSFER:
        left = passing.pass_over(change, related, now)
    else:
        steps.put_plain(seller, {value.field: value.new for value in change.values.all()})
        seller.owner = owners.owner_for(seller, related, now=now)
        seller.events.create(action="change", from_state=seller.state, to_state=seller.state, actor=None, at=now)
    seller.save(update_fields=_columns(change))
    for paper in change.documents.filter(is_proposed=True):
        seller.documents.current().filter(kind=paper.kind).update(replaced_at=now)
    change.documents.filter(is_proposed=True).update(is_proposed=False)
    move(change, "apply", actor=None, now=now, applied_at=now, **left)
    notices.change_applied(change, now=now)
    if change.kind in policies.PAPERS:
        validity.follow_papers(seller=seller, now=now)


def _put_back(change: IdentityChange, actor: User, now: datetime) -> None:
    """Unless a later change is in force. Whom the shop was found to belong to stays, as with every merge of owners; a
    shop that passed to somebody else is its earlier owner's again."""
    seller, values = change.seller, list(change.values.all())
    if change.kind == IdentityKind.TRANSFER:
        passing.give_back(change, actor, now)
        seller.save(update_fields=_columns(change))
        return
    if any(steps.plain_value(seller, value.field) != value.new for value in values):
        return
    steps.put_plain(seller, {value.field: value.old for value in values})
    seller.save(update_fields=_columns(change))
    seller.events.create(action="change", from_state=seller.state, to_state=seller.state, actor=actor, at=now)


def _columns(change: IdentityChange) -> list[str]:
    names = policies.fields_of(change.kind, change.seller)
    return [*names, *(steps.INDEXES[name] for name in names if name in steps.INDEXES), "owner"]


def evidence_of(change: IdentityChange) -> QuerySet[SellerDocument]:
    """The proof that was brought for it."""
    found: QuerySet[SellerDocument] = change.documents.filter(replaced_at__isnull=True).order_by("pk")
    return found


def drop_evidence(change: IdentityChange, now: datetime) -> None:
    """Proof of a change that is not wanted any more proves nothing. The caller holds the shop's lock."""
    change.documents.filter(replaced_at__isnull=True).update(replaced_at=now)


def locked(change: IdentityChange) -> IdentityChange:
    """The change with its shop, both locked, in that order."""
    seller = Seller.objects.locked().get(pk=change.seller_id)
    found: IdentityChange = IdentityChange.objects.locked().get(pk=change.pk)
    found.seller = seller
    return found


def _locked_with_relatives(change: IdentityChange) -> tuple[IdentityChange, list[Seller]]:
    related = owners.locked_with_relatives(change.seller, policies.changed(change))
    found: IdentityChange = IdentityChange.objects.locked().get(pk=change.pk)
    found.seller = next(row for row in related if row.pk == change.seller_id)
    return found, related


def _read_number(kind: str, text: str) -> str:
    """Of a paper. Raises: RuleBroken."""
    read = {
        IdentityKind.NIB: identifiers.read_nib,
        IdentityKind.PIRT: identifiers.read_pirt_number,
        IdentityKind.HALAL: identifiers.read_halal_number,
    }[IdentityKind(kind)]
    try:
        return read(text)
    except RuleBroken as problem:
        raise RuleBroken(problem.message, field="number", code=problem.code) from None


def check_reason(reason: str) -> None:
    """Raises: RuleBroken."""
    require(reason, _("Tulis mengapa data ini berubah."), field="reason", code="reason_missing")
    require(len(reason) <= 300, _("Alasan paling panjang 300 huruf."), field="reason", code="reason_too_long")


def _held_of(seller: Seller) -> bool:
    return IdentityChange.objects.held().filter(seller=seller).exists()


def check_none_held(seller: Seller) -> None:
    """Raises: InvalidMove while a change of the shop is denied."""
    if _held_of(seller):
        raise InvalidMove(
            _("Ada perubahan data toko ini yang disangkal. Tunggu petugas memeriksanya, atau hubungi dinas."),
            code="change_held",
        )


def check_active(seller: Seller) -> None:
    """Raises: InvalidMove."""
    if seller.state != SellerState.ACTIVE:
        raise InvalidMove(_("Data ini hanya dapat diubah selama toko aktif. Hubungi dinas bila toko dibekukan."))


def _check_judge(actor: User, change: IdentityChange) -> None:
    if policies.can_judge(actor, change):
        return
    if verification_policies.can_verify(actor):
        raise NotAllowed(_("Anda terkait dengan toko ini atau dengan data barunya. Minta verifikator lain memutuskan."))
    raise NotAllowed(_("Hanya verifikator yang dapat memutuskan perubahan ini."))


def _check_waiting(change: IdentityChange) -> None:
    if change.state == ChangeState.CHECKING:
        raise InvalidMove(_("Pemeriksaan otomatis belum selesai. Coba lagi sebentar."))
    if change.state != ChangeState.WAITING:
        raise InvalidMove(_("Usulan ini tidak lagi menunggu keputusan. Muat ulang halaman."))


def _keep_note(change: IdentityChange, note: str) -> None:
    IdentityChange.objects.filter(pk=change.pk).update(note=note)
    change.note = note
