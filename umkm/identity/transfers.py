"""A shop is offered to another person, who takes it with their own account, data and proof. A verifier decides as over
any change of identity, and until then everything stays with the earlier owner."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.jobs import enqueue
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.login_names import check_of_another, read_login
from epeken.users.models import User
from umkm.identity import notices, policies, rules
from umkm.identity import services as changes
from umkm.identity.models import IdentityChange, IdentityValue
from umkm.identity.states import ChangeState, IdentityKind
from umkm.members import texts
from umkm.sellers import policies as sellers_policies
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerForm
from umkm.verification.states import SellerDocumentKind


@service
def offer_transfer(
    *, actor: User, seller: Seller, address: str, reason: str, key: str, now: datetime
) -> IdentityChange:
    """The owner gives their word that the shop may pass to whoever signs in with this address or mobile number. Nothing
    changes yet, and the answer is the same whether an account has it. The same key offers once.

    Raises: NotAllowed, InvalidMove, RuleBroken `change_open`. Locks: Seller.
    """
    who, reason = f"user:{actor.pk}", reason.strip()
    address = read_login(address, field="address")
    earlier = idempotency.claim(person=who, key=key, body={"transfer": seller.pk, "address": address})
    if earlier is not None:
        return IdentityChange.objects.get(pk=earlier)
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Toko hanya dapat dialihkan oleh pemiliknya."))
    changes.check_active(seller)
    changes.check_none_held(seller)
    check_of_another(actor, address, field="address")
    changes.check_reason(reason)
    texts.check_left(actor, address, now)
    day = clock.local_date(now)
    change = IdentityChange(
        seller=seller, kind=IdentityKind.TRANSFER, state=ChangeState.OFFERED, reason=reason, proposed_by=actor,
        proposed_at=now, due_at=clock.end_of(day + timedelta(days=rules.OFFER.on(day))), successor_address=address,
    )  # fmt: skip
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError:
        raise RuleBroken(
            _("Toko ini sudah ditawarkan. Tarik tawaran itu bila ingin menawarkannya kepada orang lain."),
            code="change_open",
        ) from None
    begin(change, actor=actor, now=now)
    notices.change_proposed(change, now=now)
    notices.transfer_offered(change, now=now)
    idempotency.settle(person=who, key=key, result=str(change.pk))
    return change


@service
def take_transfer(
    *,
    actor: User,
    change: IdentityChange,
    values: Mapping[str, Any],
    files: Mapping[SellerDocumentKind, Any],
    consented: bool,
    now: datetime,
) -> IdentityChange:
    """The person the shop is offered to asks for it, with their own data, account and consent; a verifier decides.

    `files`: one of each of `policies.TAKEN_PAPERS`. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Seller, IdentityChange.
    """
    change = changes.locked(change)
    check_offered(actor, change, now)
    seller = change.seller
    changes.check_active(seller)
    changes.check_none_held(seller)
    require(
        consented,
        _("Tanpa persetujuan ini kami tidak boleh memproses data Anda."),
        field="consented",
        code="consent_missing",
    )
    wanted = _wanted(seller, values, now)
    IdentityValue.objects.bulk_create(
        IdentityValue(
            change=change, field=name, old=steps.plain_value(seller, name), new=steps.plain_value(wanted, name)
        )
        for name in policies.fields_of(change.kind, seller)
    )
    for kind in policies.TAKEN_PAPERS:
        require(files.get(kind), _("Lampirkan fotonya sebagai bukti."), field=kind.value, code="evidence_missing")
        stored = sellers.store_document(actor, seller, files[kind])
        sellers.write_document(actor, seller, kind, stored, now, change=change, is_proposed=True)
    due_at = clock.due_after_working_days(now, rules.REVIEW.on(clock.local_date(now)))
    move(change, "take", actor=actor, now=now, successor=actor, due_at=due_at)
    enqueue("umkm.check_identity", key=f"umkm.check_identity:{change.pk}", change_pk=change.pk)
    notices.transfer_taken(change, now=now)
    return change


@service
def decline_transfer(*, actor: User, change: IdentityChange, now: datetime) -> IdentityChange:
    """The person it is offered to does not want the shop, or not any more before it is theirs. Raises: NotAllowed,
    InvalidMove. Locks: Seller, IdentityChange."""
    change = changes.locked(change)
    _check_meant(actor, change)
    move(change, "decline" if change.state == ChangeState.OFFERED else "withdraw", actor=actor, now=now)
    changes.drop_evidence(change, now)
    notices.transfer_declined(change, now=now)
    return change


@service
def lapse_offer(*, change: IdentityChange, now: datetime) -> IdentityChange:
    """An offer nobody took within the days of the rule is over; any other stays as it is. Locks: Seller,
    IdentityChange."""
    change = changes.locked(change)
    if change.state == ChangeState.OFFERED and clock.is_over(change.due_at, now):
        move(change, "lapse", actor=None, now=now)
        notices.transfer_declined(change, now=now)
    return change


def lapse_due(*, now: datetime) -> int:
    """How many offers are over, each by itself."""
    return sweep(
        IdentityChange.objects.late_offers(now).order_by("pk"),
        lambda change: lapse_offer(change=change, now=now),
        failure="Offer %s could not lapse",
    )


def _check_meant(actor: User, change: IdentityChange) -> None:
    if not IdentityChange.objects.offered_to(actor).filter(pk=change.pk).exists():
        raise NotAllowed(_("Toko ini tidak ditawarkan kepada akun Anda. Masuk dengan akun yang ditawari."))


def check_offered(actor: User, change: IdentityChange, now: datetime) -> None:
    """Raises: NotAllowed, InvalidMove."""
    _check_meant(actor, change)
    if sellers_policies.is_owner(actor, change.seller):
        raise NotAllowed(_("Anda sudah pemilik toko ini."))
    if change.state != ChangeState.OFFERED or clock.is_over(change.due_at, now):
        raise InvalidMove(_("Tawaran ini tidak berlaku lagi. Minta pemilik toko menawarkannya sekali lagi."))


def _wanted(seller: Seller, values: Mapping[str, Any], now: datetime) -> Seller:
    """The shop with what its new owner writes and nothing of what the earlier one was; not stored. Raises:
    RuleBroken."""
    unknown = set(values) - set(policies.TYPED)
    if unknown:
        raise LookupError(f"Not fields of a transfer: {sorted(unknown)}")
    wanted = Seller(kind=seller.kind, form=seller.form)
    for name, value in sellers.read_values(dict(values), clock.local_date(now)).items():
        setattr(wanted, name, value)
    needed = ["owner_name", "nik", "phone", *steps.BANK.fields, *(["nib", "npwp"] if _is_body(seller) else [])]
    for name in needed:
        label = steps.label_of(name)
        require(getattr(wanted, name), _("Isi %(name)s.") % {"name": label}, field=name, code="value_missing")
    sellers.check_fields(wanted, {name for name in policies.TYPED if getattr(wanted, name)})
    require(
        wanted.nik_index != seller.nik_index,
        _("NIK ini milik pemilik yang sekarang. Kesalahan tulis dibetulkan di “Data yang diverifikasi”."),
        field="nik",
        code="same_person",
    )
    if wanted.npwp and wanted.npwp == seller.npwp:  # a company stays the taxpayer whoever owns it
        wanted.is_pkp, wanted.has_final_tax_certificate = seller.is_pkp, seller.has_final_tax_certificate
    wanted.consented_at = now.astimezone(UTC)
    return wanted


def _is_body(seller: Seller) -> bool:
    return seller.form == SellerForm.BODY
