"""Every act of a department asks on its own day for the role it needs: what somebody once was, or did, is not enough.

Each act is tried by the person who would be right, after their appointment ended the day before and they became head
of the department; acts open to every officer, after they left it. `ACTS` must name every service of procurement and
orders that takes an actor, or `OTHERS` say who acts there.
"""

import inspect
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from epeken.core.errors import NotAllowed
from epeken.core.idempotency import new_key
from epeken.core.models import Event
from orders.addenda import services as addenda
from orders.billing.services import approval, correction, holding, joint_payments, payments
from orders.cancellations import services as cancellations
from orders.compensations.services import payments as compensations
from orders.compensations.services import reversing
from orders.deliveries import services as deliveries
from orders.disputes import policies as disputes_policies
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.orders.models import Order, OrderEvent
from orders.orders.services import agreement, completion, replacing
from orders.pins import services as pins
from orders.reversals import services as reversals
from orders.tax_decisions import services as tax_decisions
from orders.tax_decisions.models import TaxDecision
from orders.tax_deposits import services as tax_deposits
from orders.tax_deposits.models import TaxDeposit
from orders.tax_slips import services as tax_slips
from orders.tax_slips.models import TaxSlip
from orders.year_end import services as year_end
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.budgets.models import BudgetEntry, BudgetLine
from procurement.frames import services as frames
from procurement.frames.models import FrameEvent
from procurement.guards import services as guards
from procurement.negotiations.services import rounds
from procurement.quotations.services import awarding, opening, publishing
from procurement.quotations.services import questions as asking
from procurement.request_templates import services as templates
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest, RequestEvent
from procurement.requests.services import ceilings, copies, decisions, drafts, signing, takeovers, unfilled
from procurement.rotation import services as rotation
from procurement.rotation.models import RotationDraw
from procurement.schedules import services as schedules
from procurement.signatures.models import ApprovalRule
from procurement.sourcing import services as sourcing
from tests.factories import addenda as changing
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import orders as make
from tests.factories import quotations as auctions
from tests.factories import reversals as undo
from tests.factories import tax_deposits as put
from tests.factories import tax_slips as slips
from tests.factories import umkm as goods
from tests.factories.negotiations import make_table, make_talk
from tests.factories.procurement import (
    DAY,
    HOUR,
    MONDAY,
    Office,
    make_frame,
    make_leave,
    make_line,
    make_officer,
    make_request,
)
from tests.factories.rules import set_rule
from tests.procurement.rotation.world import Turns
from tests.site.test_locks import services
from tests.undo import taken_back

pytestmark = pytest.mark.django_db

NOW = MONDAY + 2 * DAY
Act = tuple[Any, Callable[[], Any]]


def with_request(state: str, role: str, act: Callable[[Office, Any], Any]) -> Callable[[Office], Act]:
    """An act on a request in the state, by the officer of the role."""

    def prepare(office: Office) -> Act:
        request = make_request(office, state=state)
        return getattr(office, role), lambda: act(office, request)

    return prepare


def awaited(delivery: Any) -> Any:
    """Its agreed time is over."""
    Order.objects.filter(pk=delivery.order_id).update(deliver_at=NOW - HOUR)
    delivery.shipped_at = NOW - 2 * HOUR
    delivery.save(update_fields=["shipped_at"])
    return delivery


def with_order(stage: str, role: str, act: Callable[[Office, Any], Any]) -> Callable[[Office], Act]:
    """An act on an order at the stage, by the officer of the role; it gets the delivery, the invoice or the order."""

    def prepare(office: Office) -> Act:
        request = make_request(office, state="ordered")
        order = Order.objects.get(request=request)
        thing: Any = order
        steps: list[Callable[[], Any]] = [
            lambda: make.accepted(order, MONDAY + 2 * HOUR),
            lambda: make.shipped(order),
            lambda: make.arrived(order.deliveries.get(), office.receiver),
            lambda: make.inspected(order.deliveries.get(), office.receiver),
            lambda: deliveries.sign_bast(
                actor=office.receiver, delivery=order.deliveries.get(), office_number="", now=MONDAY + DAY + 3 * HOUR
            ),
            lambda: make.check(office, make.invoice_of(order), MONDAY + DAY + 4 * HOUR),  # type: ignore[arg-type]
            lambda: make.approve(office, make.invoice_of(order), MONDAY + DAY + 4 * HOUR),  # type: ignore[arg-type]
            lambda: make.pay(
                office,
                order,
                paid_on=make.local(MONDAY + DAY),
                now=MONDAY + DAY + 5 * HOUR,  # type: ignore[arg-type]
            ),
        ]
        if stage == "partly_sent":
            line = make.accepted(order, MONDAY + 2 * HOUR).lines.get()
            make.shipped(order, sent={line.pk: line.quantity / 2})
            return getattr(office, role), lambda: act(office, order)
        stages = ["issued", "accepted", "shipped", "arrived", "inspected", "billed", "checked", "cleared", "paid"]
        if stage == "held":
            for step in steps[: stages.index("billed")]:
                step()
            thing = holding.hold_invoice(
                actor=office.treasurer, invoice=make.invoice_of(order), reason="papers", note="Kurang notulen", now=NOW
            )
            return getattr(office, role), lambda: act(office, thing)
        for step in steps[: stages.index(stage)]:
            step()
        if stage in ("shipped", "arrived", "inspected"):
            thing = order.deliveries.get()
        elif stage in ("billed", "checked", "cleared"):
            thing = make.invoice_of(order)
        elif stage == "paid":
            thing = undo.last_payment(order)
        return getattr(office, role), lambda: act(office, thing)

    return prepare


def with_reversal(role: str, act: Callable[[Any, Any], Any]) -> Callable[[Office], Act]:
    """An act on a payment somebody asked to reverse."""

    def prepare(office: Office) -> Act:
        _actor, asked = with_order(
            "paid", "treasurer", lambda o, p: undo.asked(o, p.invoice.order, now=MONDAY + DAY + 6 * HOUR)
        )(office)
        row = asked()
        return getattr(office, role), lambda: act(office, row)

    return prepare


def with_turns(act: Callable[[Turns], Any], *, announced: bool = False, drawn: bool = False) -> Callable[[Office], Act]:
    """An act of the requester on a draw among four owners."""

    def prepare(office: Office) -> Act:
        turns = Turns(office=office)
        if announced or drawn:
            draw = turns.announce()
            if drawn:
                turns.draw(draw, now=NOW)
                turns.hide(turns.request.lines.get().product)
        return office.requester, lambda: act(turns)

    return prepare


def draft_act(function: Callable[..., Any], **more: Any) -> Callable[[Office], Act]:
    def act(office: Office, request: Any) -> Any:
        product = request.lines.get().product
        values = {name: value(product) if callable(value) else value for name, value in more.items()}
        return function(actor=office.requester, request=request, now=NOW, **values)

    return with_request("draft", "requester", act)


def add_to_draft(office: Office) -> Act:
    product = goods.make_product()
    return office.requester, lambda: drafts.add_to_draft(
        actor=office.requester, agency=office.agency, product=product, quantity=Decimal(1), note="", now=NOW
    )


def create(office: Office) -> Act:
    values = {"title": "Rapat"}
    return office.requester, lambda: drafts.create_request(
        actor=office.requester, agency=office.agency, values=values, now=NOW
    )


def part_of_declined(act: Callable[[Office, Any], Any], role: str = "requester") -> Callable[[Office], Act]:
    """An act on the part of a request whose seller declined."""

    def prepare(office: Office) -> Act:
        request = make_request(office, state="ordered")
        order = Order.objects.get(request=request)
        agreement.close_order(
            actor=make.member_of(order), order=order, reason="seller_declined", note="Habis", now=MONDAY + 2 * HOUR
        )
        part = request.sellers.get()
        return getattr(office, role), lambda: act(office, part)

    return prepare


def reissue(office: Office, part: Any) -> Any:
    sold = part.request.lines.get().product
    other = goods.make_product(price=sold.price, name=sold.name, category=sold.category, unit=sold.unit)
    return replacing.reissue_part(actor=office.pp, part=part, seller=other.seller, key=new_key(), now=NOW)


def with_cancellation(who: str, act: Callable[[Office, Any], Any]) -> Callable[[Office], Act]:
    """An act of the department on a request by the `seller`, or on a seller's `claim`."""

    def prepare(office: Office) -> Act:
        order = make.accepted(Order.objects.get(request=make_request(office, state="ordered")), MONDAY + 2 * HOUR)
        if who == "seller":
            row = cancelling.asked(order, make.member_of(order), now=NOW - HOUR)
        else:
            row = cancelling.claimed(cancelling.asked(order, office.pp, now=NOW - 2 * HOUR), now=NOW - HOUR)
        return office.pp, lambda: act(office, row)

    return prepare


def compensate(what: str) -> Callable[[Office], Act]:
    """What the head, or the treasurer, does about an agreed claim."""

    def prepare(office: Office) -> Act:
        order = make.accepted(Order.objects.get(request=make_request(office, state="ordered")), MONDAY + 2 * HOUR)
        claim = cancelling.claimed(cancelling.asked(order, office.pp, now=NOW - 4 * HOUR), now=NOW - 3 * HOUR)
        row = cancelling.agreed(claim, office.pp, now=NOW - 2 * HOUR)
        named = {"compensation": row, "line": office.line}
        if what == "charge":
            return office.head, lambda: compensations.charge_compensation(actor=office.head, now=NOW, **named)
        compensations.charge_compensation(actor=office.head, now=NOW - HOUR, **named)
        given: dict[str, Any] = {"method": "up_gu", "reference": ""}
        if what == "pay":
            return office.treasurer, lambda: owing.paid(row, office.treasurer, now=NOW, **given)
        payment = owing.paid(row, office.treasurer, now=NOW - HOUR / 2, **given).payments.get()
        if what == "ask":
            return office.treasurer, lambda: owing.asked(payment, office.treasurer, now=NOW)
        asked = owing.asked(payment, office.treasurer, now=NOW - HOUR / 4)
        if what == "release":
            return office.head, lambda: owing.released(asked, office.head, now=NOW)
        said = {"reversal": asked, "note": "Benar", "now": NOW}
        if what == "refuse":
            return office.head, lambda: reversing.refuse_compensation_reversal(actor=office.head, **said)
        return office.treasurer, lambda: reversing.withdraw_compensation_reversal(actor=office.treasurer, **said)

    return prepare


def with_addendum(who: str, act: Callable[[Office, Any], Any]) -> Callable[[Office], Act]:
    """An act of the department on a change proposed by the `seller`, or by itself."""

    def prepare(office: Office) -> Act:
        order = make.accepted(Order.objects.get(request=make_request(office, state="ordered")), MONDAY + 2 * HOUR)
        side = make.member_of(order) if who == "seller" else office.pp
        quantity = order.lines.get().quantity - 1
        row = changing.proposed(order, side, quantity=quantity, now=NOW - HOUR)
        return office.pp, lambda: act(office, row)

    return prepare


def settle(office: Office) -> Act:
    request = make_request(office, state="ordered")
    order = Order.objects.get(request=request)
    make.accepted(order, MONDAY + 2 * HOUR)
    make.arrived(make.shipped(order), office.receiver)
    opened = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=MONDAY + DAY + 2 * HOUR)
    return office.receiver, lambda: disputes.decide_dispute(
        actor=office.receiver, dispute=opened, decision="Sudah", now=NOW
    )


def answer(office: Office) -> Act:
    request = make_request(office, state="ordered")
    order = Order.objects.get(request=request)
    make.accepted(order, MONDAY + 2 * HOUR)
    make.arrived(make.shipped(order), office.receiver)
    opened = disputes.open_dispute(
        actor=make.member_of(order), order=order, complaint="Salah hitung", now=MONDAY + DAY + 2 * HOUR
    )
    return office.receiver, lambda: disputes.answer_dispute(
        actor=office.receiver, dispute=opened, answer="Benar", now=NOW
    )


def remove_attachment(office: Office) -> Act:
    order = Order.objects.get(request=make_request(office, state="ordered"))
    kept = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=make.photo(), now=MONDAY + 2 * HOUR
    )
    return office.requester, lambda: documents.remove_attachment(
        actor=office.requester, attachment=kept, note="Rapat lain", now=NOW
    )


def waive_slot(office: Office) -> Act:
    order = make.make_meeting(office)  # type: ignore[arg-type]
    return office.ppk, lambda: documents.waive_slot(
        actor=office.ppk, order=order, kind="invitation", reason="not_made", note="Rapat mendadak", now=NOW
    )


def at_year_end(role: str, act: Callable[[Office, Any], Any]) -> Callable[[Office], Act]:
    """An act on an invoice whose order is on the list of open commitments."""

    def prepare(office: Office) -> Act:
        set_rule("year_end.list_days", 365)
        return with_order("billed", role, act)(office)

    return prepare


def carry_debt(office: Office) -> Act:
    """The budget year of the order is over, and the head acknowledged the debt."""

    def act(o: Office, invoice: Any) -> Any:
        return year_end.carry_debt(actor=o.head, invoice=invoice, lines={o.line.pk: line}, basis="DPA 1", now=NOW)

    actor, done = with_order("billed", "head", act)(office)
    BudgetLine.objects.filter(pk=office.line.pk).update(year=NOW.year - 1)
    line = make_line(office.agency, year=NOW.year)
    order = Order.objects.get(request__line=office.line)
    year_end.acknowledge_debt(actor=office.head, order=order, reason="Kas dinas kosong.", now=NOW - HOUR)
    return actor, done


def withdraw_decision(office: Office) -> Act:
    """The PPK decided an hour before."""
    act = lambda o, i: year_end.withdraw_decision(  # noqa: E731
        actor=o.ppk, order=i.order, reason="Kas dinas kosong.", now=NOW
    )
    actor, done = at_year_end("ppk", act)(office)
    order, finish_by = Order.objects.get(request__line=office.line), make.local(NOW) + 7 * DAY
    year_end.decide_finish(
        actor=office.ppk, order=order, finish_by=finish_by, reason="Kas dinas tersedia", now=NOW - HOUR
    )
    return actor, done


def take_over(office: Office) -> Act:
    """By another requester, once the first one is none any longer."""
    request = make_request(office)
    leave(office.requester, office, head=False)
    office.requester = make_officer(OfficerRole.REQUESTER, office.agency)
    return office.requester, lambda: takeovers.take_over_request(actor=office.requester, request=request, now=NOW)


def sign(office: Office) -> Act:
    """By the PPK, before the PP decides."""
    ApprovalRule.objects.create(office="ppk", above=0, valid_from=MONDAY - 30 * DAY, source="Uji")
    request = make_request(office)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    return office.ppk, lambda: signing.sign_request(actor=office.ppk, request=request, note="", key=new_key(), now=NOW)


def take_out(office: Office) -> Act:
    request = make_request(office)
    kept = attachments.attach_file(
        actor=office.requester, request=request, kind="terms", title="", file=make.photo(), key=new_key(), now=MONDAY
    )
    return office.requester, lambda: attachments.take_out_file(
        actor=office.requester, attachment=kept, note="Salah berkas", now=NOW
    )


def frame_act(state: str, role: str, act: Callable[[Any, Any], Any]) -> Callable[[Office], Act]:
    """An act on a frame of the department in the state, by the officer of the role."""

    def prepare(office: Office) -> Act:
        frame = make_frame(office, products=[goods.make_product()], state=state)
        return getattr(office, role), lambda: act(office, frame)

    return prepare


def propose(office: Office) -> Act:
    product = goods.make_product()
    return office.ppk, lambda: make_frame(office, products=[product], state="proposed", now=NOW)


def template_act(act: Callable[[Any, Any], Any]) -> Callable[[Office], Act]:
    """An act on a template of the department, by its requester."""

    def prepare(office: Office) -> Act:
        kept = templates.save_template(
            actor=office.requester, request=make_request(office), name="Rapat", activity="meeting", key=new_key(),
            now=MONDAY,
        )  # fmt: skip
        return office.requester, lambda: act(office, kept)

    return prepare


def explain(office: Office) -> Act:
    set_rule("purchase.compare_two_above", 1)
    dear = goods.make_product(price=120_000)
    goods.make_product(price=100_000, category=dear.category)
    request = make_request(office, [(dear, 1)])
    return office.requester, lambda: sourcing.explain_choice(
        actor=office.requester, request=request, product=dear, reason="quality", note="Kertasnya lebih tebal",
        now=NOW,
    )  # fmt: skip


def alike(product: Any) -> Any:
    """Goods of the same kind from another seller."""
    return goods.make_product(category=product.category)


# Needs one role: refused also to the head.
def ask_head(office: Office) -> Act:
    request = make_request(office, line=make_line(office.agency, pagu=1))
    return office.requester, lambda: drafts.ask_head(actor=office.requester, request=request, now=NOW)


def answer_ceiling(service: Callable[..., Any], **given: Any) -> Callable[[Office], Act]:
    """The head's answer to a requester who asked for a higher ceiling."""

    def prepare(office: Office) -> Act:
        request = make_request(office, line=make_line(office.agency, pagu=1))
        drafts.ask_head(actor=office.requester, request=request, now=NOW)
        return office.head, lambda: service(actor=office.head, request=request, now=NOW, **given)

    return prepare


def with_talk(act: Callable[[Any, Any], Any]) -> Callable[[Office], Act]:
    """The PP's act where the seller answered an offer of theirs."""

    def prepare(office: Office) -> Act:
        table = make_talk("with_buyer", office)
        return office.pp, lambda: act(table, office.pp)

    return prepare


def pay_together(office: Office) -> Act:
    """Two invoices under one number."""
    rows = [make.invoice_of(make.cleared(office, make.make_issued(office))) for _n in range(2)]
    chosen = {row.pk: row.outstanding for row in rows}
    return office.treasurer, lambda: joint_payments.record_joint_payment(
        actor=office.treasurer, chosen=chosen, method="ls", reference="SP2D-1", paid_on=make.local(NOW),
        proof=make.photo(), key=new_key(), now=NOW + HOUR,
    )  # fmt: skip


def withheld(office: Office) -> None:
    product = goods.make_product(goods.make_seller(), price=300_000)
    make.pay(office, make.cleared(office, make.make_issued(office, product)))  # type: ignore[arg-type]


def deposit_tax(office: Office) -> Act:
    withheld(office)
    chosen = put.open_of(office)
    return office.treasurer, lambda: put.deposited(office, NOW + 2 * HOUR, chosen=chosen)


def withdraw_deposit(office: Office) -> Act:
    withheld(office)
    deposit = put.deposited(office, NOW + 2 * HOUR)
    return office.treasurer, lambda: tax_deposits.withdraw_deposit(
        actor=office.treasurer, deposit=deposit, reason="Salah NTPN", now=NOW + 3 * HOUR
    )


def slip_tax(office: Office) -> Act:
    withheld(office)
    chosen = slips.open_of(office)
    return office.treasurer, lambda: slips.recorded(office, NOW + 2 * HOUR, chosen=chosen)


def withdraw_slip(office: Office) -> Act:
    withheld(office)
    slip = slips.recorded(office, NOW + 2 * HOUR)
    return office.treasurer, lambda: tax_slips.withdraw_slip(
        actor=office.treasurer, slip=slip, reason="Salah nomor", now=NOW + 3 * HOUR
    )


def open_talk(office: Office) -> Act:
    table = make_table(office)
    return office.pp, lambda: table.open(now=NOW)


def quotation_create(office: Office) -> Act:
    values = auctions.quotation_values(office, goods.make_category(), NOW)
    return office.requester, lambda: publishing.create_quotation(
        actor=office.requester, agency=office.agency, values=values, areas=[], goods=auctions.goods_asked(1),
        key=new_key(), now=NOW,
    )  # fmt: skip


def quotation_save(auction: Any, now: Any) -> Any:
    return publishing.save_quotation(
        actor=auction.office.requester, quotation=auction.quotation, areas=[], goods=auctions.goods_asked(2), now=now,
        values=auctions.quotation_values(auction.office, auction.category, now),
    )  # fmt: skip


def with_auction(state: str, role: str, act: Callable[[Any, Any], Any], **over: Any) -> Callable[[Office], Act]:
    """An act on a request for quotation in the state."""

    def prepare(office: Office) -> Act:
        auction = auctions.make_auction(state, office=office, **over)
        return getattr(office, role), lambda: act(auction, NOW)

    return prepare


def answer_question(office: Office) -> Act:
    auction = auctions.make_auction("published", office=office)
    question = asking.ask_question(
        actor=auction.keeper(), quotation=auction.quotation, seller=auction.seller(), key=new_key(), now=NOW,
        text="Apakah boleh dikirim per dus?",
    )  # fmt: skip
    return office.pp, lambda: asking.answer_question(
        actor=office.pp, question=question, text="Boleh per dus atau bungkus.", key=new_key(), now=NOW
    )


def reopen(office: Office) -> Act:
    """The winner was frozen, and its draft withdrawn."""
    auction = auctions.make_auction("awarded", office=office)
    draft = PurchaseRequest.objects.get(from_quotation=auction.quotation)
    decisions.withdraw_request(actor=office.requester, request=draft, note="Tokonya dibekukan", now=NOW)
    auction.freeze()
    return office.pp, lambda: awarding.reopen_quotation(
        actor=office.pp, quotation=auction.quotation, note=auctions.NOTE, key=new_key(), now=NOW
    )


ACTS: dict[Any, Callable[[Office], Act]] = {
    drafts.create_request: create,
    drafts.save_request: draft_act(drafts.save_request, values={"title": "Lain"}),
    drafts.put_line: draft_act(drafts.put_line, product=lambda product: product, quantity=Decimal(2), note=""),
    drafts.add_to_draft: add_to_draft,
    drafts.remove_line: draft_act(drafts.remove_line, product=lambda product: product),
    drafts.refresh_prices: draft_act(drafts.refresh_prices),
    schedules.save_schedule: draft_act(schedules.save_schedule, days=()),
    drafts.charge_goods: draft_act(drafts.charge_goods, payers=lambda product: {product.pk: None}),
    drafts.ask_head: ask_head,
    attachments.attach_file: draft_act(
        attachments.attach_file, kind="terms", title="", file=lambda _product: make.photo(),
        key=lambda _product: new_key(),
    ),
    attachments.take_out_file: take_out,
    templates.save_template: draft_act(
        templates.save_template, name="Rapat", activity="meeting", key=lambda _product: new_key()
    ),
    templates.change_template: template_act(
        lambda o, kept: templates.change_template(
            actor=o.requester, template=kept, values={"name": "Lain"}, dropped=frozenset(), now=NOW
        )
    ),
    templates.retire_template: template_act(
        lambda o, kept: templates.retire_template(actor=o.requester, template=kept, now=NOW)
    ),
    templates.use_template: template_act(
        lambda o, kept: templates.use_template(
            actor=o.requester, template=kept, agency=o.agency, title="Rapat", event_at=NOW + 9 * DAY, attendees=5,
            place="", key=new_key(), now=NOW,
        )
    ),
    frames.propose_frame: propose,
    sourcing.explain_choice: explain,
    sourcing.replace_line: draft_act(
        sourcing.replace_line, product=lambda product: product, by=alike
    ),
    sourcing.take_plan: with_request(
        "draft", "requester",
        lambda o, r: sourcing.take_plan(
            actor=o.requester, request=r, wanted={goods.make_product().pk: Decimal(1)}, instead=None, key=new_key(),
            now=NOW,
        ),
    ),
    guards.choose_merge: with_request(
        "draft", "requester", lambda o, r: guards.choose_merge(actor=o.requester, request=r, now=NOW, keys=[])
    ),
    rotation.announce_draw: with_turns(
        lambda turns: rotation.announce_draw(
            actor=turns.office.requester, request=turns.request, product=turns.products[0], now=NOW
        )
    ),
    rotation.make_draw: with_turns(
        lambda turns: turns.draw(RotationDraw.objects.get(), now=NOW), announced=True
    ),
    rotation.pass_turn: with_turns(
        lambda turns: rotation.pass_turn(actor=turns.office.requester, draw=RotationDraw.objects.get(), now=NOW),
        drawn=True,
    ),
    rotation.cancel_draw: with_turns(
        lambda turns: rotation.cancel_draw(
            actor=turns.office.requester, draw=RotationDraw.objects.get(), reason="changed", now=NOW
        ),
        announced=True,
    ),
    takeovers.take_over_request: take_over,
    decisions.submit_request: with_request(
        "draft", "requester",
        lambda o, r: decisions.submit_request(actor=o.requester, request=r, key=new_key(), now=NOW),
    ),
    decisions.withdraw_request: with_request(
        "approved", "requester", lambda o, r: decisions.withdraw_request(actor=o.requester, request=r, now=NOW)
    ),
    decisions.approve_request: with_request(
        "submitted", "pp",
        lambda o, r: decisions.approve_request(actor=o.pp, request=r, dropped={}, note="", key=new_key(), now=NOW),
    ),
    signing.sign_request: sign,
    decisions.send_back_request: with_request(
        "submitted", "pp", lambda o, r: decisions.send_back_request(actor=o.pp, request=r, note="Ubah", now=NOW)
    ),
    decisions.reject_request: with_request(
        "submitted", "pp", lambda o, r: decisions.reject_request(actor=o.pp, request=r, note="Tidak", now=NOW)
    ),
    rounds.open_negotiation: open_talk,
    rounds.counter_offer: with_talk(lambda table, pp: table.counter(pp, table.terms(91_000), now=NOW)),
    rounds.accept_offer: with_talk(lambda table, pp: table.accept(pp, now=NOW)),
    rounds.withdraw_offer: with_talk(lambda table, pp: table.withdraw(pp, now=NOW)),
    publishing.create_quotation: quotation_create,
    publishing.save_quotation: with_auction("draft", "requester", quotation_save),
    publishing.discard_quotation: with_auction(
        "draft", "requester",
        lambda auction, now: publishing.discard_quotation(
            actor=auction.office.requester, quotation=auction.quotation, now=now
        ),
    ),
    publishing.return_quotation: with_auction(
        "draft", "pp", lambda auction, now: auction.send_back(now=now)
    ),
    publishing.publish_quotation: with_auction(
        "draft", "pp", lambda auction, now: auction.publish(now=now), closes_at=MONDAY + 6 * DAY
    ),
    publishing.cancel_quotation: with_auction("published", "pp", lambda auction, now: auction.cancel(now=now)),
    awarding.pass_over: with_auction("opened", "pp", lambda auction, now: auction.pass_over(now=now)),
    asking.answer_question: answer_question,
    awarding.reopen_quotation: reopen,
    awarding.award_quotation: with_auction("opened", "pp", lambda auction, now: auction.award(now=now)),
    copies.rebuild_request: with_request(
        "lapsed", "requester", lambda o, r: copies.rebuild_request(actor=o.requester, request=r, now=NOW)
    ),
    copies.repeat_request: with_request(
        "lapsed", "requester", lambda o, r: copies.repeat_request(actor=o.requester, request=r, now=NOW)
    ),
    unfilled.source_again: part_of_declined(
        lambda o, part: unfilled.source_again(actor=o.requester, part=part, now=NOW)
    ),
    unfilled.end_sourcing: part_of_declined(
        lambda o, part: unfilled.end_sourcing(actor=o.requester, part=part, now=NOW)
    ),
    replacing.reissue_part: part_of_declined(
        lambda o, part: reissue(o, part), "pp",
    ),
    agreement.issue_orders: with_request(
        "approved", "pp", lambda o, r: agreement.issue_orders(actor=o.pp, request=r, key=new_key(), now=NOW)
    ),
    cancellations.cancel_order: with_order("issued", "pp", lambda o, order: cancelling.cancelled(order, o.pp, now=NOW)),
    cancellations.ask_cancellation: with_order(
        "accepted", "pp", lambda o, order: cancelling.asked(order, o.pp, now=NOW)
    ),
    cancellations.consent: with_cancellation(
        "seller", lambda o, row: cancellations.consent(actor=o.pp, cancellation=row, now=NOW)
    ),
    cancellations.refuse: with_cancellation(
        "seller", lambda o, row: cancellations.refuse(actor=o.pp, cancellation=row, note="Tidak", now=NOW)
    ),
    cancellations.agree_claim: with_cancellation(
        "claim", lambda o, row: cancelling.agreed(row, o.pp, now=NOW)
    ),
    compensations.pay_compensation: compensate("pay"),
    reversing.ask_compensation_reversal: compensate("ask"),
    reversing.withdraw_compensation_reversal: compensate("withdraw"),
    cancellations.withdraw_cancellation: with_cancellation(
        "claim",
        lambda o, row: cancellations.withdraw_cancellation(actor=o.pp, cancellation=row, note="Tetap", now=NOW),
    ),
    addenda.propose_addendum: with_order(
        "accepted",
        "pp",
        lambda o, order: changing.proposed(order, o.pp, quantity=order.lines.get().quantity - 1, now=NOW),
    ),
    addenda.agree_addendum: with_addendum("seller", lambda o, row: changing.agreed(row, o.pp, now=NOW)),
    addenda.refuse_addendum: with_addendum(
        "seller", lambda o, row: addenda.refuse_addendum(actor=o.pp, addendum=row, note="Tidak", now=NOW)
    ),
    addenda.withdraw_addendum: with_addendum(
        "office", lambda o, row: addenda.withdraw_addendum(actor=o.pp, addendum=row, now=NOW)
    ),
    deliveries.mark_arrived: with_order(
        "shipped", "receiver", lambda o, d: deliveries.mark_arrived(actor=o.receiver, delivery=d, now=NOW)
    ),
    pins.renew_pin: with_order(
        "shipped", "receiver", lambda o, d: pins.renew_pin(actor=o.receiver, delivery=d, turn=0, now=NOW)
    ),
    deliveries.report_missing: with_order(
        "shipped", "receiver",
        lambda o, d: deliveries.report_missing(actor=o.receiver, delivery=awaited(d), note="Tidak ada", now=NOW),
    ),
    deliveries.inspect_delivery: with_order(
        "arrived", "receiver", lambda o, d: make.inspected(d, o.receiver, now=NOW)
    ),
    deliveries.sign_bast: with_order(
        "inspected", "receiver",
        lambda o, d: deliveries.sign_bast(actor=o.receiver, delivery=d, office_number="", now=NOW),
    ),
    payments.verify_invoice: with_order(
        "billed", "treasurer", lambda o, i: make.check(o, i, NOW)
    ),
    holding.hold_invoice: with_order(
        "checked", "treasurer",
        lambda o, i: holding.hold_invoice(actor=o.treasurer, invoice=i, reason="papers", note="Kurang", now=NOW),
    ),
    holding.resume_invoice: with_order(
        "held", "treasurer", lambda o, i: holding.resume_invoice(actor=o.treasurer, invoice=i, now=NOW)
    ),
    correction.reissue_invoice: with_order(
        "billed",
        "treasurer",
        lambda o, i: correction.reissue_invoice(actor=o.treasurer, invoice=i, reason="Rekening salah", now=NOW),
    ),
    completion.close_rest: with_order(
        "partly_sent", "pp",
        lambda o, x: completion.close_rest(actor=o.pp, order=x, note="Acara lewat", now=MONDAY + 11 * DAY),
    ),
    reversals.ask_reversal: with_order(
        "paid", "treasurer", lambda o, p: undo.asked(o, p.invoice.order, now=NOW)
    ),
    reversals.withdraw_reversal: with_reversal(
        "treasurer",
        lambda o, row: reversals.withdraw_reversal(actor=o.treasurer, reversal=row, note="Benar", now=NOW),
    ),
    payments.record_payment: with_order(
        "cleared", "treasurer", lambda o, i: make.pay(o, i.order, now=NOW)  # type: ignore[arg-type]
    ),
    joint_payments.record_joint_payment: pay_together,
    tax_deposits.record_deposit: deposit_tax,
    tax_deposits.withdraw_deposit: withdraw_deposit,
    tax_decisions.decide_taxes: with_order(
        "billed", "treasurer",
        lambda o, i: tax_decisions.decide_taxes(
            actor=o.treasurer, invoice=i, is_split=False, food_kinds={}, reason="Acara yang lain", now=NOW
        ),
    ),
    tax_slips.record_slip: slip_tax,
    tax_slips.withdraw_slip: withdraw_slip,
}  # fmt: skip

# Open to every officer of the department, or to its head too: refused to those who left it.
OPEN_TO_OFFICERS: dict[Any, Callable[[Office], Act]] = {
    # The head alone: a head who is nothing else still holds the role, so only leaving takes it.
    ceilings.put_to_city: answer_ceiling(ceilings.put_to_city, reference="900/1", sent_on=NOW.date()),
    ceilings.decline_ceiling: answer_ceiling(ceilings.decline_ceiling, reason="Menunggu perubahan anggaran"),
    opening.record_look: with_auction(
        "opened", "pp",
        lambda auction, now: opening.record_look(actor=auction.office.pp, quotation=auction.row, now=now),
    ),
    documents.request_spj: with_order(
        "issued", "requester", lambda o, order: documents.request_spj(actor=o.requester, order=order, now=NOW)
    ),
    documents.add_attachment: with_order(
        "issued", "requester",
        lambda o, order: documents.add_attachment(
            actor=o.requester, order=order, kind="minutes", title="", file=make.photo(), now=NOW
        ),
    ),
    documents.remove_attachment: remove_attachment,
    documents.waive_slot: waive_slot,
    approval.approve_payments: with_order("checked", "head", lambda o, i: make.approve(o, i, NOW, actor=o.head)),
    approval.return_invoice: with_order(
        "checked", "head",
        lambda o, i: approval.return_invoice(actor=o.head, invoice=i, reason="Faktur pajak salah", now=NOW),
    ),
    reversals.release_reversal: with_reversal(
        "head", lambda o, row: undo.released(o, row, actor=o.head, now=NOW)
    ),
    reversals.refuse_reversal: with_reversal(
        "head", lambda o, row: reversals.refuse_reversal(actor=o.head, reversal=row, note="Benar", now=NOW)
    ),
    frames.end_frame: frame_act(
        "signed", "ppk", lambda o, frame: frames.end_frame(actor=o.ppk, frame=frame, note="Cukup", now=NOW)
    ),
    frames.refuse_frame: frame_act(
        "proposed", "ppk", lambda o, frame: frames.refuse_frame(actor=o.ppk, frame=frame, note="Keliru", now=NOW)
    ),
    frames.sign_frame: frame_act(
        "proposed", "head",
        lambda o, frame: frames.sign_frame(actor=o.head, frame=frame, decree="1", key=new_key(), now=NOW),
    ),
    disputes.open_dispute: with_order(
        "arrived", "receiver",
        lambda o, d: disputes.open_dispute(actor=o.receiver, order=d.order, complaint="Penyok", now=NOW),
    ),
    disputes.answer_dispute: answer,
    disputes.decide_dispute: settle,
    year_end.decide_finish: at_year_end(
        "ppk",
        lambda o, i: year_end.decide_finish(
            actor=o.ppk, order=i.order, finish_by=make.local(NOW) + 7 * DAY, reason="Kas dinas tersedia", now=NOW
        ),
    ),
    compensations.charge_compensation: compensate("charge"),
    reversing.release_compensation_reversal: compensate("release"),
    reversing.refuse_compensation_reversal: compensate("refuse"),
    year_end.acknowledge_debt: at_year_end(
        "head", lambda o, i: year_end.acknowledge_debt(actor=o.head, order=i.order, reason="Kas dinas kosong.", now=NOW)
    ),
    year_end.withdraw_decision: withdraw_decision,
    year_end.carry_debt: carry_debt,
}  # fmt: skip

# Of these, what the head alone does.
HEADS = [
    ceilings.put_to_city,
    ceilings.decline_ceiling,
    approval.approve_payments,
    approval.return_invoice,
    reversals.release_reversal,
    reversals.refuse_reversal,
    frames.sign_frame,
    year_end.acknowledge_debt,
    year_end.carry_debt,
    compensations.charge_compensation,
    reversing.release_compensation_reversal,
    reversing.refuse_compensation_reversal,
]

OTHERS = {
    "procurement.agencies.services.appoint_officer": "admins of the city",
    **{
        f"procurement.disclosures.services.{name}": "the inspectorate: tests/procurement/disclosures"
        for name in (
            "handling.open_disclosure",
            "handling.answer_disclosure",
            "handling.close_disclosure",
            "keys.propose_key",
            "keys.confirm_key",
            "keys.withdraw_key",
            "keys.stop_key",
        )
    },
    "procurement.agencies.services.end_appointment": "admins of the city",
    "procurement.agencies.services.withdraw_appointment": "admins of the city",
    "procurement.leaves.services.record_leave": "the officer, the head, admins of the city: tests/procurement/leaves",
    "procurement.leaves.services.shorten_leave": "the officer, the head, admins of the city",
    "procurement.leaves.services.withdraw_leave": "the officer, the head, admins of the city",
    "orders.tax_invoices.services.bring_tax_invoice": "the seller: tests/orders/tax_invoices",
    "procurement.budgets.services.take_ceilings": "who keeps budgets",
    "procurement.budgets.services.revise_ceiling": "who keeps budgets",
    "procurement.requests.services.awards.hold_award": "called by award_quotation and send_back_request",
    "procurement.requests.services.awards.release_award": "called by withdraw_request and lapse_award",
    "procurement.frames.services.draw": "called by holds.hold",
    "procurement.frames.services.give_back": "called by holds.release, close_locked and complete_order",
    "procurement.frames.services.take_again": "called by decide_dispute",
    "procurement.guards.services.record_answers": "called by submit_request",
    "procurement.guards.services.answer_on_approval": "called by approve_request",
    "procurement.guards.services.close_findings": "called by the acts that end a request",
    "procurement.rotation.services.end_draws": "called by withdraw_request",
    "procurement.requests.services.decisions.mark_ordered": "called by issue_orders",
    "procurement.negotiations.services.rounds.refuse_offer": "the seller",
    "procurement.negotiations.services.ending.end_negotiations": "called by holds.release",
    "procurement.requests.services.holds.renegotiate": "called by accept_offer",
    "procurement.quotations.services.offering.send_offer": "the seller",
    "procurement.quotations.services.offering.withdraw_offer": "the seller",
    "procurement.quotations.services.questions.ask_question": "the seller",
    "procurement.requests.services.holds.hold": "called by submit_request",
    "procurement.requests.services.holds.release": "called by the acts above",
    "procurement.requests.services.holds.release_dropped": "called by approve_request",
    "procurement.requests.services.copies.copy_request": "called by rebuild_request and source_again",
    "procurement.sourcing.services.take_replacement": "called by reissue_part",
    "procurement.budgets.services.reserve": "called by the acts above",
    "procurement.budgets.services.release": "called by the acts above",
    "procurement.budgets.services.commit": "called by the acts above",
    "procurement.budgets.services.uncommit": "called by the acts above",
    "procurement.budgets.services.realise": "called by the acts above",
    "procurement.budgets.services.reverse_realised": "called by release_reversal",
    "procurement.budgets.services.hold_charges": "called by holds.charge",
    "procurement.budgets.services.commit_charges": "called by issue_orders",
    "procurement.budgets.services.keep_committed": "called by close_order and complete_order",
    "procurement.budgets.services.change_committed": "called by agree_addendum",
    "procurement.budgets.services.realise_charges": "called by record_payment",
    "procurement.requests.services.holds.charge": "called by the acts above",
    "orders.orders.services.placing.insert_order": "called by issue_orders and check_out",
    "orders.orders.services.completion.complete_order": "called by record_payment and sign_bast",
    "orders.orders.services.agreement.insert_placed": "a citizen",
    "orders.attestations.services.attest_row": "called by acts without an event; they ask the office",
    "orders.orders.services.agreement.accept_order": "the seller",
    "orders.orders.services.agreement.close_order": "the seller",
    "orders.cancellations.services.claim_compensation": "the seller",
    "orders.remedies.services.record_refund": "the seller",
    "orders.remedies.services.confirm": "a citizen",
    "orders.remedies.services.contest": "a citizen",
    "orders.deliveries.services.ship_again": "the seller",
    "orders.deliveries.services.withdraw_shipment": "the seller",
    "orders.remedies.services.rule": "who decides disputes",
    "orders.deliveries.services.ship_order": "the seller",
    "orders.deliveries.services.confirm_received": "a citizen",
    "orders.deliveries.services.tell_handed_over": "the seller",
    "orders.pins.services.arrive_by_pin": "the seller",
    "orders.drafts.services.record_draft": "the acts above ask; tests/orders/drafts",
    "orders.photo_places.services.give_consent": "everybody for themselves: tests/orders/photo_places",
    "orders.photo_places.services.withdraw_consent": "everybody for themselves",
    "orders.departures.services.leave_market": "the shop's owner: tests/orders/departures",
    "orders.billing.services.payments.record_cash": "the seller",
    "orders.ladder.services.send_letter": "the seller",
    "orders.confirmations.services.confirm": "the seller",
    "orders.confirmations.services.object_to_bast": "the seller",
    "orders.confirmations.services.deny_receipt": "the seller",
    "orders.confirmations.services.answer_missing": "the treasurer: tests/orders/confirmations",
}


# What says who did it and in which capacity.
EVENTS = [
    model
    for model in apps.get_models()
    if issubclass(model, Event) or {"actor", "acted_as"} <= {field.name for field in model._meta.fields}
]
# Rows that say it in columns of their own: `<act>_by` and `<act>_as`.
NAMED = [(model, act) for model in (TaxDeposit, TaxSlip) for act in ("recorded", "withdrawn")]
NAMED.append((TaxDecision, "decided"))
# Acts of an office of which no document states a signer.
# Written down as a row of their own, which names who did it; another PIN is no act of the order.
SILENT: set[Any] = {awarding.pass_over, pins.renew_pin}


def leave(actor: Any, office: Office, *, head: bool) -> None:
    """The appointment ended yesterday; with `head`, the person is head of the department since today."""
    today = make.local(NOW)
    AgencyMember.objects.filter(user=actor).update(valid_until=today - timedelta(days=1))
    if head:
        make_officer(OfficerRole.HEAD, office.agency, user=actor, valid_from=today)


def rows() -> list[int]:
    return [model.objects.count() for model in (OrderEvent, RequestEvent, FrameEvent, BudgetEntry, Order)]


def name_of(function: Any) -> str:
    return f"{function.__module__}.{function.__name__}"


def away(actor: Any, office: Office) -> Any:
    """The actor is on leave today; a second head of the department, or treasurer, stands in for their office."""
    other = OfficerRole.TREASURER if actor == office.head else OfficerRole.HEAD
    stand_in = make_officer(other, office.agency)
    make_leave(office, actor, stand_in, now=NOW, last_day=make.local(NOW) + 11 * DAY)
    return stand_in


def refused(act: Callable[[], Any]) -> None:
    before = rows()
    with pytest.raises(NotAllowed):
        act()
    assert rows() == before


@pytest.mark.parametrize("service", {**ACTS, **OPEN_TO_OFFICERS}, ids=lambda service: str(service.__name__))
def test_an_act_needs_its_role_today(service: Any) -> None:
    """One department, tried in turn and taken back: after the appointment, on leave, by the stand-in; then as it is."""
    office = Office()
    actor, act = {**ACTS, **OPEN_TO_OFFICERS}[service](office)
    with taken_back():
        leave(actor, office, head=service in ACTS)
        refused(act)
    with taken_back():
        away(actor, office)
        refused(act)
    if service in ACTS or service in HEADS:
        with taken_back():
            by_a_stand_in(service, office, actor, act)
    act()  # so that the refusals above are about the role and nothing else


def by_a_stand_in(service: Any, office: Office, actor: Any, act: Callable[[], Any]) -> None:
    """They act, and the act says in which capacity. A requester has none: their work passes to another requester."""
    (role,) = (name for name in OfficerRole.values if getattr(office, name) == actor)
    stand_in = away(actor, office)
    setattr(office, role, stand_in)
    try:
        if role == OfficerRole.REQUESTER:
            refused(act)
            return
        act()
    finally:
        setattr(office, role, actor)
    said = {row.acted_as for model in EVENTS for row in model._default_manager.filter(actor=stand_in)}
    for named, what in NAMED:
        said |= set(named._default_manager.filter(**{f"{what}_by": stand_in}).values_list(f"{what}_as", flat=True))
    assert said - {""} == ({f"plh.{role}"} if service not in SILENT else set())


def test_every_service_with_an_actor_is_here() -> None:
    acting = {
        name
        for name, function in services().items()
        if name.startswith(("procurement.", "orders.")) and "actor" in inspect.signature(function).parameters
    }
    listed = {name_of(service) for service in (*ACTS, *OPEN_TO_OFFICERS)} | set(OTHERS)
    carts = {name for name in acting if name.startswith("orders.carts.")}
    assert acting - carts - listed == set()
    assert set(OTHERS) - acting == set()


def test_a_budget_held_by_somebody_who_left_comes_free() -> None:
    """Another requester withdraws; while the first is appointed, only they."""
    office = Office()
    request = make_request(office, state="approved")
    other = make_officer(OfficerRole.REQUESTER, office.agency)
    today = make.local(NOW)
    assert not policies.can_withdraw(other, request, today)
    leave(office.requester, office, head=True)
    assert policies.can_withdraw(other, request, today)
    decisions.withdraw_request(actor=other, request=request, now=NOW)
    office.line.refresh_from_db()
    assert office.line.reserved == 0


def test_a_city_officer_does_not_decide_on_their_own_department() -> None:
    office = Office()
    order = Order.objects.get(request=make_request(office, state="ordered"))
    make.accepted(order, MONDAY + 2 * HOUR)
    make.arrived(make.shipped(order), office.receiver)
    opened = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=MONDAY + DAY + 2 * HOUR)
    judge = goods.make_staff("orders.decide_dispute")
    make_officer(OfficerRole.HEAD, office.agency, user=judge)
    assert disputes_policies.can_decide(judge)
    with pytest.raises(NotAllowed):
        disputes.decide_dispute(actor=judge, dispute=opened, decision="Sudah", now=NOW)
