"""Changes of goods on show that wait for a curator."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.money import check_rupiah
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from umkm.automatic import services as automatic
from umkm.automatic import trust
from umkm.catalogue import listing, notices, rules
from umkm.catalogue.changed import kept_changes
from umkm.catalogue.checks import PROPOSED, as_proposed
from umkm.catalogue.models import ChangeProposal, PriceChange, Product, TierChange
from umkm.catalogue.services.curation import require_curated
from umkm.catalogue.states import ON_SHOW
from umkm.catalogue.tiers import Tiers
from umkm.contacts import check_contacts
from umkm.discovery import services as discovery
from umkm.sellers import policies
from umkm.validity import services as validity
from umkm.variants.checking import check_among_variants, refusing_twins
from umkm.verification.notes import read_note


@service
def propose_change(*, actor: User, product: Product, values: dict[str, Any], now: datetime) -> ChangeProposal:
    """A curator will see the values of `PROPOSED` beside what is on show; nothing changes yet, unless the rule lets it.

    Raises: NotAllowed, RuleBroken (`proposal_waiting` when one waits already), InvalidMove. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    row = _locked(product)
    if row.state not in ON_SHOW:
        raise InvalidMove()
    wanted = {name: values.get(name, getattr(row, name)) for name in PROPOSED}
    wanted["name"] = str(wanted["name"]).strip()
    check_rupiah(wanted["price"])
    require(len(wanted["name"]) <= 120, _("Nama barang paling panjang 120 huruf."), field="name", code="name_too_long")
    hours = rules.REVIEW.on(clock.local_date(now))
    proposal = ChangeProposal(
        product=row, **wanted, proposed_by=actor, created_at=now, due_at=now + timedelta(hours=hours)
    )
    changed = as_proposed(row, proposal)
    listing.check_shape(changed)
    check_among_variants(changed)
    listing.check_words(proposal.name, now=now)
    if proposal.description != row.description:
        listing.check_words(proposal.description, now=now, field="description")
        check_contacts(proposal.description, shown=row.description, field="description")
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:
        raise RuleBroken(
            _("Masih ada usulan perubahan yang menunggu kurator. Tarik usulan itu dahulu bila ingin menggantinya."),
            code="proposal_waiting",
        ) from None
    begin(proposal, actor=actor, now=now)
    market = trust.market_for(row, proposal, now)
    if market is not None:
        _apply(row, proposal, None, now)
        automatic.record_decision(product=row, proposal=proposal, market=market, now=now)
    return proposal


@service
def apply_proposal(*, actor: User, proposal: ChangeProposal, now: datetime, shown: str | None = None) -> ChangeProposal:
    """What was proposed, photos included, is on show.

    `shown`: what the page that posts showed of the goods (`listing.shown_of`). Raises: NotAllowed, RuleBroken
    (`findings_open` while a finding waits for a curator's note), InvalidMove. Locks: Product.
    """
    product = _locked(proposal.product)
    row = ChangeProposal.objects.locked().select_related("category").get(pk=proposal.pk)
    listing.check_curator(actor, product)
    row.machine.after(row.state, "apply")
    listing.check_shown(product, shown)
    require_curated(product, row, now=now)
    _apply(product, row, actor, now)
    return row


def _apply(product: Product, row: ChangeProposal, actor: User | None, now: datetime) -> None:
    """`actor`: the curator, None when the rule decided. The caller holds the goods' lock and has judged the change."""
    move(row, "apply", actor=actor, now=now, decided_at=now, decided_changes=kept_changes(row, product))
    old, old_tiers, old_name = product.price, product.tiers, product.name
    for name in PROPOSED:
        setattr(product, name, getattr(row, name))
    listing.check_shape(product)  # a day's capacity may have sunk below the least order meanwhile
    check_among_variants(product)
    with refusing_twins():
        product.save(update_fields=PROPOSED)
    follow_name(product, old_name)
    # In the name of whoever asked for it: the curator only let it pass.
    record_prices(product, old, old_tiers, row.proposed_by, now)
    product.photos.update(is_waiting=False)
    keep_first(product)
    discovery.learn(product.name)
    notices.proposal_applied(row, now=now)
    validity.follow_product(product=product, now=now)


@service
def reject_proposal(*, actor: User, proposal: ChangeProposal, note: str, now: datetime) -> ChangeProposal:
    """What is on show stays, for the reason in `note`; waiting photos go.

    Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product.
    """
    product = _locked(proposal.product)
    row = ChangeProposal.objects.locked().get(pk=proposal.pk)
    listing.check_curator(actor, product)
    note = read_note(note, field="note", missing=_("Tulis alasan menolak usulan ini."))
    kept = kept_changes(row, product)
    move(row, "reject", actor=actor, now=now, note=note, decided_at=now, decided_changes=kept)
    ChangeProposal.objects.filter(pk=row.pk).update(note=note)
    row.note = note
    product.photos.filter(is_waiting=True).delete()
    keep_first(product)
    notices.proposal_rejected(row, now=now)
    return row


@service
def withdraw_proposal(*, actor: User, proposal: ChangeProposal, now: datetime) -> ChangeProposal:
    """The seller takes the proposal back; waiting photos go. Raises: NotAllowed, InvalidMove. Locks: Product."""
    if not policies.can_act_for(actor, proposal.product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat menarik usulan."))
    product = _locked(proposal.product)
    row = ChangeProposal.objects.locked().get(pk=proposal.pk)
    _withdraw(row, product, actor, now)
    return row


@service
def withdraw_waiting(*, product: Product, actor: User, now: datetime) -> None:
    """Of goods that leave, no proposal stays in the queue. Locks: Product (held by the caller)."""
    for row in ChangeProposal.objects.waiting().filter(product=product).locked():
        _withdraw(row, product, actor, now)


@service
def follow_product(*, product: Product, before: Mapping[str, Any]) -> None:
    """What changed at once changes in a waiting proposal that did not ask for something else there: applied, it does
    not bring the earlier value back. `before`: values of `PROPOSED` until now.

    Locks: Product (held by the caller).
    """
    for name, old in before.items():
        new = getattr(product, name)
        if new != old:
            ChangeProposal.objects.waiting().filter(product=product, **{name: old}).update(**{name: new})


@service
def keep_first(product: Product) -> None:
    """`product.picture` is the small form of the first picture that does not wait for a curator.

    Locks: Product (held by the caller).
    """
    first = product.photos.filter(is_waiting=False).first()
    product.picture = first.small if first else ""
    Product.objects.filter(pk=product.pk).update(picture=product.picture)


def _withdraw(row: ChangeProposal, product: Product, actor: User, now: datetime) -> None:
    move(row, "withdraw", actor=actor, now=now, decided_at=now, decided_changes=kept_changes(row, product))
    product.photos.filter(is_waiting=True).delete()
    keep_first(product)


def follow_name(product: Product, old: str) -> None:
    """Photos that were described by the goods' earlier name say the new one. The caller holds the goods' lock."""
    if product.name != old:
        product.photos.filter(alt=old).update(alt=product.name)


def record_prices(product: Product, old: int, old_tiers: Tiers, actor: User, now: datetime) -> None:
    """What it cost until now is kept, where it changed. The caller holds the goods' lock."""
    if product.price != old:
        PriceChange.objects.create(product=product, old=old, new=product.price, actor=actor, at=now)
    if product.tiers != old_tiers:
        TierChange.objects.create(product=product, old=old_tiers, new=product.tiers, actor=actor, at=now)


def _locked(product: Product) -> Product:
    row: Product = Product.objects.locked().select_related("seller", "category").get(pk=product.pk)
    return row
