"""Choices explained, comparison sheets kept, plans taken, and goods replaced by those of another seller."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.frames import terms
from procurement.frames.models import ApprovalFrame
from procurement.guards import services as guards
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.services import drafts, holds
from procurement.requests.services.copies import copy_request
from procurement.requests.states import ChoiceReason
from procurement.sourcing import reasons, sheets
from procurement.sourcing.models import SheetGoods, SheetOffer
from procurement.sourcing.offers import asked_beside, delivery_beside
from procurement.sourcing.replacements import Replacement
from procurement.sourcing.sheets import Comparison
from umkm.catalogue.models import Product
from umkm.discovery.offers import offers_of


@service
def explain_choice(
    *, actor: User, request: PurchaseRequest, product: Product, reason: str, note: str, now: datetime
) -> RequestLine:
    """Why this product was chosen stands at its line, for the comparison sheet. What its facts deny is refused.

    Raises: NotAllowed, InvalidMove, RuleBroken `unknown_line`, `reason_unneeded`, `reason_of_draw` and those of
    `sourcing/reasons.py`.
    Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    line = request.lines.filter(product=product, dropped_at__isnull=True).first()
    require(
        line is not None,
        _("Barang ini sudah tidak ada di permintaan. Muat ulang halaman."),
        field="product",
        code="unknown_line",
    )
    assert line is not None
    require(
        reason != ChoiceReason.DRAW and line.choice_reason != ChoiceReason.DRAW,
        _("Barang ini dipilih undian; alasannya ditulis undian itu."),
        field="reason",
        code="reason_of_draw",
    )
    line.choice_reason = ChoiceReason(reason) if reason else ""
    line.choice_note = note.strip()[:300]
    line.save(update_fields=["choice_reason", "choice_note"])
    drawn = sheets.draw(request, contents.read(request, now), now)
    found = drawn.of(product.pk) if drawn else None
    require(
        found is not None and reasons.is_asked(*found),
        _("Pilihan ini tidak perlu alasan: tidak ada yang lebih murah, atau jumlahnya belum meminta perbandingan."),
        field="reason",
        code="reason_unneeded",
    )
    assert found is not None
    if (objection := reasons.objection(*found)) is not None:
        raise RuleBroken(objection.text, field=objection.field, code=objection.code)
    return line


@service
def keep_sheet(drawn: Comparison) -> str:
    """The sheet and all its rows are kept as they were drawn; its number is returned.

    Called by submit_request, which has the request locked. An explanation nobody needs is not kept. Locks: nothing.
    """
    sheet = drawn.sheet
    sheet.number = next_number("PB", clock.local_date(sheet.drawn_at).year)
    sheet.save()
    SheetGoods.objects.bulk_create(goods.goods for goods in drawn.goods)
    for goods, chosen in drawn.choices:
        if chosen.reason == ChoiceReason.DRAW:
            continue  # stated whether or not it is asked for
        if not goods.is_dearer(chosen):
            chosen.reason = ""
        if not reasons.is_asked(goods, chosen):
            chosen.reason_note = ""
    SheetOffer.objects.bulk_create(offer for goods in drawn.goods for offer in [*goods.chosen, *goods.others])
    return sheet.number


@service
def replace_line(*, actor: User, request: PurchaseRequest, product: Product, by: Product, now: datetime) -> RequestLine:
    """The same quantity of `by`, at today's price, instead of `product`; note and budget line stay.

    A refusal leaves the line as it was. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    old = request.lines.filter(product=product).first()
    require(
        old is not None,
        _("Barang ini sudah tidak ada di permintaan. Muat ulang halaman."),
        field="product",
        code="unknown_line",
    )
    assert old is not None
    held = request.lines.filter(product=by).first() if by.pk != product.pk else None
    quantity = old.quantity + (held.quantity if held else 0)
    drafts.remove_line(actor=actor, request=request, product=product, now=now, by=by)
    return drafts.put_line(
        actor=actor, request=request, product=by, quantity=quantity, note=old.note, now=now,
        charged_to=old.charged_to_id,
    )  # fmt: skip


@service
def take_plan(
    *,
    actor: User,
    request: PurchaseRequest,
    wanted: Mapping[int, Decimal],
    instead: int | None,
    key: str,
    now: datetime,
) -> list[RequestLine]:
    """The draft asks for so much more of each of the goods (`wanted`: by product pk), at today's prices; once per key.

    `instead`: pk of goods that leave the draft for them; their note and budget line go along. All or nothing: what
    cannot come by the request's day is refused. Raises: NotAllowed, InvalidMove, RuleBroken `plan_empty`,
    `not_for_sale`, `unknown_line` and those of feasibility, with the field `banyak-<pk>`. Locks: PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    body = {"plan": request.pk, "wanted": sorted((pk, f"{much:.3f}") for pk, much in wanted.items()), "out": instead}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return list(request.lines.filter(product__in=wanted))
    request = drafts.locked_draft(actor, request, now)
    require(wanted, _("Isi jumlah pada paling sedikit satu penjual."), code="plan_empty")
    left = request.lines.select_related("product").filter(product=instead, dropped_at__isnull=True).first()
    require(
        instead is None or left is not None,
        _("Barang yang dibagi sudah tidak ada di permintaan. Muat ulang halaman."),
        code="unknown_line",
    )
    if left is not None:
        drafts.remove_line(actor=actor, request=request, product=left.product, now=now)
    goods = {one.pk: one for one in Product.objects.for_sale().as_offers().filter(pk__in=wanted)}
    inside = {line.product_id: line for line in request.lines.filter(product__in=wanted)}
    amounts = {pk: much + (inside[pk].quantity if pk in inside else 0) for pk, much in wanted.items()}
    held = contents.read(request, now)
    for pk in inside:  # counted with what is added to it
        held = held.without(pk)
    beside = delivery_beside(request, held, now)
    for offer in offers_of(goods.values(), beside, lambda one: amounts[one.pk], asked_beside(held)):
        for fault in offer.faults:
            raise fault.refusal(f"banyak-{offer.product.pk}")
    note, payer = (left.note, left.charged_to_id) if left is not None else ("", None)
    lines = []
    for pk, amount in amounts.items():
        require(
            pk in goods,
            _("Salah satu barang sudah tidak dijual. Susun rencananya lagi."),
            field=f"banyak-{pk}",
            code="not_for_sale",
        )
        said = inside[pk].note if pk in inside else note
        lines.append(
            drafts.put_line(
                actor=actor, request=request, product=goods[pk], quantity=amount, note=said, now=now, charged_to=payer
            )
        )
    idempotency.settle(person=who, key=key, result=request.number)
    return lines


@service
def take_replacement(
    *, actor: User, request: PurchaseRequest, part: RequestSeller, by: Replacement, office: str, now: datetime
) -> PurchaseRequest:
    """A request to the shop `by` continues the unfilled part under the approval the part had, and holds what it needs.

    Nothing is higher than what was approved, no guard warns of anything that was not answered then, and the comparison
    is drawn and kept again where the approved request had one; else it needs an approval of its own. Called by
    reissue_part, which has the request and its budget line locked.
    Raises: InvalidMove, RuleBroken `approval_needed` and those of a request that is sent.
    Locks: BudgetLine, PurchaseRequest, Seller, TurnoverMonth, Product.
    """
    if PurchaseRequest.objects.not_ended().filter(sourced_again_from=part).exists():
        raise InvalidMove(_("Penjual lain sudah dicari di permintaan baru. Muat ulang halaman."))
    seller, lines = by.rows()
    made = copy_request(
        actor=actor, requester=request.requester, request=request, sellers=[seller], lines=lines,
        deliver_at=request.deliver_at, event_at=request.event_at, now=now, sourced_again_from=part,
    )  # fmt: skip
    made = holds.locked_with_budget(made)
    holds.lock_sellers(made)
    held = contents.read(made, now)
    last = request.sheets.order_by("-pk").first() if request.sheet_number else None
    sheet = sheets.draw(made, held, now, earlier=last)
    obstacles.check_ready(made, held, now, sheet, is_approved=True)
    objections = [*by.objections, *_not_covered(request, made, held, now)]
    require(
        not objections,
        _("Perlu persetujuan lagi: %(why)s") % {"why": " ".join(objections)},
        code="approval_needed",
    )
    made.frame = request.frame
    until = holds.hold(request=made, held=held, actor=actor, now=now)
    move(
        made,
        "reissue",
        actor=actor,
        now=now,
        note=request.number,
        acted_as=office,
        total=held.total,
        needed_role=request.needed_role,
        sheet_number=keep_sheet(sheet) if sheet else "",
        approver=request.approver,
        approver_role=request.approver_role,
        submitted_at=now,
        approved_at=request.approved_at,
        frame=request.frame,
        held_until=min(until, request.held_until or until),
        due_at=min(until, request.held_until or until),
    )
    return made


def _not_covered(
    request: PurchaseRequest, made: PurchaseRequest, held: contents.RequestContents, now: datetime
) -> list[str]:
    """What the approval of the earlier request did not know of: new warnings, and what its frame does not allow."""
    if request.frame_id is None:
        return [concern.words for concern in guards.unanswered_before(made, held, now)]
    assert made.line is not None
    known = list(ApprovalFrame.objects.of_account(made.line))
    frame = next(one for one in known if one.pk == request.frame_id)
    over = held.compared_over(terms.whole(frame, clock.local_date(now), known).amount)
    found = guards.unanswered_before(made, over, now, frame=frame)
    return [*(concern.words for concern in found), *terms.objections(frame, made, held, now)]
