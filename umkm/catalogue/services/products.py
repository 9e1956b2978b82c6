"""Goods from a first photo to publication: offered, curated, changed, hidden."""

from copy import copy
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.money import check_rupiah
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.ledger.services import post
from epeken.users.models import User
from umkm.automatic import services as automatic
from umkm.automatic import trust
from umkm.catalogue import low_prices, notices, rules, tiers
from umkm.catalogue.checks import PROPOSED
from umkm.catalogue.listing import (
    FIELDS,
    check_curator,
    check_shape,
    check_shown,
    check_whole,
    check_words,
    filled,
    photo_missing,
)
from umkm.catalogue.models import Product
from umkm.catalogue.policies import cut_off_of
from umkm.catalogue.services.curation import require_curated
from umkm.catalogue.services.photos import add_photo
from umkm.catalogue.services.proposals import (
    follow_name,
    follow_product,
    propose_change,
    record_prices,
    withdraw_waiting,
)
from umkm.catalogue.states import CERTIFICATES, CLOSED, ON_SHOW, ProductState, ProposalState, StockMode
from umkm.discovery import services as discovery
from umkm.sellers import policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.stock.models import StockEntry
from umkm.stock.states import FIRST_STOCK, StockMove
from umkm.validity import services as validity
from umkm.validity.periods import needs_pirt
from umkm.variants.checking import check_among_variants, refusing_twins
from umkm.verification.notes import read_note

# Of goods on show, what keeps its meaning for the orders that were placed on it.
LOCKED = ("unit", "stock_mode", "food_kind", "is_halal")


@service
def create_product(*, actor: User, seller: Seller, values: dict[str, Any], now: datetime) -> Product:
    """A draft with what the seller typed; what was left out follows the category's habit.

    `values`: any of `FIELDS`, plus `stock` for what lies on the shelf. Raises: NotAllowed, RuleBroken. Locks: nothing.
    """
    _check_hand(actor, seller)
    require(
        seller.state not in {SellerState.REJECTED, SellerState.FROZEN},
        _("Toko ini sedang tidak boleh menambah barang. Lihat keterangan di halaman toko Anda."),
        code="seller_not_active",
    )
    stock = values.get("stock") or Decimal(0)
    product = Product(seller=seller, created_at=now, **filled(seller, values))
    check_shape(product)
    check_whole(product, stock, field="stock")
    check_among_variants(product)
    product.save()
    begin(product, actor=actor, now=now)
    record_prices(product, 0, (), actor, now)
    if product.stock_mode == StockMode.STOCK and stock > 0:
        product.on_hand = stock
        post(
            StockEntry, product.pk, deltas={"on_hand": stock}, now=now, actor=actor, note_code=FIRST_STOCK,
            kind=StockMove.RECEIVE,
        )  # fmt: skip
    return product


@service
def offer_product(
    *, actor: User, seller: Seller, values: dict[str, Any], photo: Any, send: bool, key: str, now: datetime
) -> Product:
    """New goods from one photo, at once with the curators when `send`. The same key gives the same goods.

    Raises: NotAllowed, RuleBroken. Locks: Product.
    """
    person = f"user:{actor.pk}"
    body = {**{k: str(v) for k, v in values.items()}, "seller": seller.pk, "send": send}
    earlier = idempotency.claim(person=person, key=key, body=body)
    if earlier:
        return Product.objects.get(pk=int(earlier))
    product = create_product(actor=actor, seller=seller, values=values, now=now)
    if photo is not None:
        add_photo(actor=actor, product=product, file=photo, alt=product.name, now=now)
    if send:
        product = submit_product(actor=actor, product=product, now=now)
    idempotency.settle(person=person, key=key, result=str(product.pk))
    return product


@service
def save_product(
    *,
    actor: User,
    product: Product,
    values: dict[str, Any],
    now: datetime,
    shown: str | None = None,
    is_sure: bool = False,
) -> Product:
    """What the seller typed over goods of theirs.

    Drafts and goods sent back take everything. Of goods on show, what a buyer or a deadline relies on waits as a change
    proposal (`product.waiting_proposal` is set to it), unless it promises less (`_promises_less`); the day's capacity
    applies at once.
    `shown`: what the page that posts showed (`core.editing`). `is_sure`: whoever lowers the price of goods on show was
    told how far below today's it is (`low_prices`), and means it.
    Raises: NotAllowed, RuleBroken, InvalidMove, ChangedMeanwhile. Locks: Product.
    """
    _check_hand(actor, product.seller)
    row = _locked(product)
    if row.state in CLOSED:
        raise InvalidMove(closed_words(row))
    values = {name: value for name, value in values.items() if name in FIELDS}
    editing.check_unchanged(shown, current_values(row), values)
    row.waiting_proposal = None
    if row.state in {ProductState.DRAFT, ProductState.SENT_BACK}:
        old, old_tiers, old_name = row.price, row.tiers, row.name
        for name, value in filled(row.seller, {**current_values(row), **values}).items():
            setattr(row, name, value)
        check_shape(row)
        check_among_variants(row)
        with refusing_twins():
            row.save(update_fields=list(FIELDS))
        follow_name(row, old_name)
        record_prices(row, old, old_tiers, actor, now)
        return row
    for name in LOCKED:
        require(
            name not in values or values[name] == getattr(row, name),
            _(
                "Satuan, cara menghitung sisa, jenis makanan, dan pernyataan halal tidak bisa diubah setelah barang "
                "tayang. Buat barang baru."
            ),
            field=name,
            code="fixed_on_show",
        )
    before, earlier = {name: getattr(row, name) for name in PROPOSED}, copy(row)
    values = {name: value for name, value in values.items() if not editing.is_same(value, getattr(row, name))}
    wanted = {name: values.get(name, before[name]) for name in PROPOSED}
    check_rupiah(wanted["price"])
    # The tiers are judged by the price that holds from now on.
    for name, value in sorted(values.items(), key=lambda item: item[0] == "tiers"):
        if not waits(row, name, value):
            setattr(row, name, value)
    check_shape(row)
    asked = low_prices.changed_prices(earlier, {"price": row.price, "tiers": row.tiers})
    low_prices.check_sure(asked, clock.local_date(now), is_sure=is_sure)
    row.save(update_fields=[name for name in FIELDS if name not in ("name", "category", "description")])
    record_prices(row, before["price"], before["tiers"], actor, now)
    follow_product(product=row, before=before)
    if any(wanted[name] != getattr(row, name) for name in PROPOSED):
        proposal = propose_change(actor=actor, product=row, values=wanted, now=now)
        row.refresh_from_db()
        row.waiting_proposal = proposal if proposal.state == ProposalState.WAITING else None
    return row


@service
def submit_product(*, actor: User, product: Product, now: datetime) -> Product:
    """The goods are with the curators, to be judged before `review_due_at`; those the rule lets on show are so at once.

    Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product.
    Source: goods are curated before they show, target 2 × 24 hours (Rule product.review_hours).
    """
    _check_hand(actor, product.seller)
    row = _locked(product)
    row.machine.after(row.state, "submit")
    require(
        row.seller.state == SellerState.ACTIVE,
        _("Toko Anda belum disetujui. Barang ini tersimpan sebagai draf dan bisa dikirim setelah toko aktif."),
        code="seller_not_active",
    )
    if not row.photos.exists():
        raise photo_missing()
    check_shape(row)
    check_words(f"{row.name} {row.description}", now=now)
    hours = rules.REVIEW.on(clock.local_date(now))
    move(
        row,
        "submit",
        actor=actor,
        now=now,
        submitted_at=now,
        review_due_at=now + timedelta(hours=hours),
        review_note="",
    )
    market = trust.market_for(row, None, now)
    if market is not None:
        _publish(row, None, now)
        automatic.record_decision(product=row, proposal=None, market=market, now=now)
    return row


@service
def approve_product(*, actor: User, product: Product, now: datetime, shown: str | None = None) -> Product:
    """The goods are on show. `shown`: what the page that posts showed (`listing.shown_of`).

    Raises: NotAllowed, RuleBroken (`findings_open` while a finding waits for a curator's note), InvalidMove.
    Locks: Product.
    """
    row = _locked(product)
    check_curator(actor, row)
    row.machine.after(row.state, "approve")
    check_shown(row, shown)
    require_curated(row, None, now=now)
    _publish(row, actor, now)
    return row


@service
def send_back_product(*, actor: User, product: Product, note: str, now: datetime) -> Product:
    """The seller is asked to mend what `note` says. Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product."""
    row = _locked(product)
    check_curator(actor, row)
    note = read_note(note, field="note", missing=_("Tulis apa yang perlu diperbaiki, supaya penjual tahu langkahnya."))
    move(row, "send_back", actor=actor, now=now, note=note, review_due_at=None, review_note=note)
    notices.product_sent_back(row, now=now)
    return row


@service
def reject_product(*, actor: User, product: Product, note: str, now: datetime) -> Product:
    """The goods will not show, for the reason in `note`.

    Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product.
    """
    row = _locked(product)
    check_curator(actor, row)
    note = read_note(note, field="note", missing=_("Tulis alasan penolakan."))
    move(row, "reject", actor=actor, now=now, note=note, review_due_at=None, review_note=note)
    notices.product_rejected(row, now=now)
    return row


@service
def take_down_product(*, actor: User, product: Product, note: str, now: datetime) -> Product:
    """Goods on show leave for good, and a waiting proposal with them.

    Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product.
    """
    row = _locked(product)
    check_curator(actor, row)
    note = read_note(note, field="note", missing=_("Tulis alasan penurunan."))
    move(row, "take_down", actor=actor, now=now, note=note, review_note=note)
    withdraw_waiting(product=row, actor=actor, now=now)
    notices.product_taken_down(row, now=now)
    return row


@service
def recall_product(*, actor: User, product: Product, now: datetime) -> Product:
    """Goods that wait for a curator are a draft again. Raises: NotAllowed, InvalidMove. Locks: Product."""
    _check_hand(actor, product.seller)
    row = _locked(product)
    move(row, "recall", actor=actor, now=now, review_due_at=None)
    return row


@service
def withdraw_product(*, actor: User, product: Product, now: datetime) -> Product:
    """Goods that never were on show leave the shop's list for good. Raises: NotAllowed, InvalidMove. Locks: Product."""
    _check_hand(actor, product.seller)
    row = _locked(product)
    move(row, "withdraw", actor=actor, now=now, review_due_at=None)
    return row


@service
def hide_product(*, actor: User, product: Product, now: datetime) -> Product:
    """Nobody finds the goods until the seller shows them again. Raises: NotAllowed, InvalidMove. Locks: Product."""
    _check_hand(actor, product.seller)
    row = _locked(product)
    move(row, "hide", actor=actor, now=now)
    return row


@service
def show_product(*, actor: User, product: Product, now: datetime) -> Product:
    """The goods can be found again. Raises: NotAllowed, InvalidMove, RuleBroken `paper_ended`. Locks: Product."""
    _check_hand(actor, product.seller)
    row = _locked(product)
    row.machine.after(row.state, "show")
    ended = validity.reason_of(row, clock.local_date(now))
    require(not ended, ended, code="paper_ended")
    move(row, "show", actor=actor, now=now)
    return row


def _publish(row: Product, actor: User | None, now: datetime) -> None:
    """`actor`: the curator, None when the rule decided. The caller holds the goods' lock and has judged them."""
    move(row, "approve", actor=actor, now=now, published_at=now, review_due_at=None, review_note="")
    row.photos.update(is_waiting=False)
    discovery.learn(row.name)
    notices.product_approved(row, now=now)
    validity.follow_product(product=row, now=now)


def closed_words(product: Product) -> str:
    """Why the seller cannot change goods in a state of `CLOSED`."""
    if product.state == ProductState.SUBMITTED:
        return _("Barang ini sedang diperiksa kurator. Tarik kembali ke draf bila ada yang perlu diubah.")
    if product.state == ProductState.WITHDRAWN:
        return _("Barang ini sudah ditarik. Buat barang baru bila Anda menjualnya lagi.")
    return _("Barang ini ditolak dan tidak bisa diubah. Buat barang baru bila Anda menjual yang lain.")


def _check_hand(actor: User, seller: Seller) -> None:
    if not policies.can_act_for(actor, seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))


def _locked(product: Product) -> Product:
    row: Product = Product.objects.locked().select_related("seller", "category").get(pk=product.pk)
    return row


def waits(product: Product, name: str, value: Any) -> bool:
    """Whether another value of a field of `FIELDS` waits until a curator has seen it."""
    old = getattr(product, name)
    if product.state not in ON_SHOW or editing.is_same(value, old):
        return False
    return name in PROPOSED and not _promises_less(product, name, old, value)


def _promises_less(product: Product, name: str, old: Any, new: Any) -> bool:
    """Whether a change needs no curator: a lower price, more days to make it, an earlier cut-off hour, a number of
    a certificate taken back.

    Not a number without which the goods may not be sold, nor one of goods off the shelf: its end may be why they are.
    """
    if name == "price":
        return 0 < new < old
    if name == "tiers":  # nobody pays more than before, and the price that stands allows them
        falls = all(tier.price < product.price for tier in new)
        return falls and not any(tiers.dearer_at(old, new, product.price))
    if name == "lead_days":
        return new > old
    if name == "order_until":  # without an hour of their own the goods have the shop's, which may move
        the_shops = cut_off_of(product)
        return new is not None and (old is None or new < old) and (the_shops is None or new <= the_shops)
    if name not in CERTIFICATES or new or product.state != ProductState.PUBLISHED:
        return False
    return name != "pirt_number" or not needs_pirt(product)


def current_values(product: Product) -> dict[str, Any]:
    """What the seller wrote of the goods, by field."""
    return {name: getattr(product, name) for name in FIELDS}
