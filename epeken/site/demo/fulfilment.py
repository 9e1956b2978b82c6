"""What becomes of an order: accepted, sent, inspected, paid; declined, cancelled, disputed, its payment reversed."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core import clock
from epeken.site.demo.market import paper
from epeken.users.models import User
from orders.addenda import services as addenda
from orders.addenda import terms
from orders.billing import nearby
from orders.billing.models import Invoice, Payment
from orders.billing.services import approval, holding, payments
from orders.billing.states import ChecklistItem
from orders.cancellations import services as cancellations
from orders.confirmations import services as confirmations
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import TO_ANSWER
from orders.deliveries import policies as delivery_policies
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery, DeliveryLine
from orders.disputes import services as disputes
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.documents import services as documents
from orders.documents import slots
from orders.documents.states import AttachmentKind
from orders.ladder import services as ladder
from orders.ladder import steps as ladder_steps
from orders.orders.models import Order
from orders.orders.services import agreement as order_services
from orders.reversals import policies as reversal_policies
from orders.reversals import services as reversals
from orders.reversals.models import PaymentReversal
from orders.tax_decisions import services as tax_decisions
from orders.tax_invoices import services as tax_invoices
from orders.tax_invoices.policies import ppn_of
from orders.year_end import ending as year_end
from procurement.agencies.states import OfficerRole
from umkm.catalogue.states import Unit

if TYPE_CHECKING:
    from epeken.site.demo.diary import Diary

# How far a purchase got, in order; each includes what lies before it.
STAGES = [
    "draft", "submitted", "approved", "placed", "accepted", "shipped", "arrived", "inspected", "invoiced", "verified",
    "cleared", "paid",
]  # fmt: skip


def fulfil(
    diary: "Diary", order: Order, until: str, issued: datetime, event_at: datetime, ending: str, key: str
) -> None:
    _go(diary, order, until, issued, event_at, ending, key)
    for invoice in order.invoices.all():
        _brought(invoice, diary.now)


def _go(diary: "Diary", order: Order, until: str, issued: datetime, event_at: datetime, ending: str, key: str) -> None:
    depth = STAGES.index(until)
    owner = order.seller.members.select_related("user").earliest("pk").user
    receiver, treasurer = diary.people[OfficerRole.RECEIVER], diary.people[OfficerRole.TREASURER]
    if ending in ("decline", "source_again"):
        order_services.close_order(
            actor=owner, order=order, reason="seller_declined", note="Kami sedang ada hajatan keluarga.",
            now=issued + timedelta(hours=3),
        )  # fmt: skip
        return
    if ending == "overdue":
        order_services.close_order(
            actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at + timedelta(minutes=1)
        )
        return
    if depth < STAGES.index("accepted"):
        return
    order_services.accept_order(actor=owner, order=order, now=issued + timedelta(hours=2))
    if ending in ("asked", "released", "claimed", "agreed"):
        _cancel(diary, order, owner, ending, issued + timedelta(hours=4))
    if ending in ("amended", "amending"):
        _amend(diary, order, owner, is_agreed=ending == "amended")
    if depth < STAGES.index("shipped"):
        return
    out = min(event_at - timedelta(minutes=95), diary.now - timedelta(minutes=100))
    if delivery_policies.sent_from(order, order.lines.all(), order.deliver_at, out) is not None:
        return  # after holidays its day is still to come
    half = {line.pk: line.quantity // 2 or line.quantity for line in order.lines.all()}
    delivery = deliveries.ship_order(
        actor=owner, order=order, carrier="Kurir sendiri", quantities=half if ending == "halves" else {},
        key=key + str(order.pk) + "3", now=out,
    )  # fmt: skip
    if ending == "unseen":
        _pass_on(delivery, diary.now)
    elif ending == "missed" and clock.is_over(order.deliver_at, diary.now):
        deliveries.report_missing(
            actor=receiver, delivery=delivery, note="Acara selesai pukul 12.00, tidak ada kurir yang datang.",
            now=diary.now,
        )  # fmt: skip
    if depth < STAGES.index("arrived"):
        return
    there = out + timedelta(minutes=55)
    delivery = deliveries.mark_arrived(actor=receiver, delivery=delivery, now=there)
    if ending == "dispute":
        dispute = disputes.open_dispute(
            actor=receiver,
            order=order,
            complaint="Sepuluh kotak tiba tanpa sambal.",
            now=there + timedelta(minutes=9),
        )
        disputes.answer_dispute(
            actor=owner,
            dispute=dispute,
            answer="Sambal kami susulkan siang ini.",
            offer=DisputeTerms(DisputeOutcome.DEDUCTION, delivery, amount=50_000),
            now=there + timedelta(minutes=20),
        )
        return
    if depth < STAGES.index("inspected"):
        return
    findings = {
        line.pk: (line.sent, line.sent - 2, _spoiled(line))
        if ending == "partial" and line.sent > 5
        else (line.sent, line.sent, "")
        for line in delivery.lines.all()
    }
    delivery = deliveries.inspect_delivery(
        actor=receiver, delivery=delivery, findings=findings, came_at=None, remark="", photos=[_photo(order)],
        key=key + str(order.pk) + "4", now=there + timedelta(minutes=25),
    )  # fmt: skip
    if depth < STAGES.index("invoiced"):
        return
    signed = there + timedelta(minutes=40)
    deliveries.sign_bast(actor=receiver, delivery=delivery, office_number=f"000.3/{order.pk}/{signed.year}", now=signed)
    _hear(diary, SellerConfirmation.objects.get(delivery=delivery), owner, signed + timedelta(minutes=30))
    year_ends = clock.end_of(year_end.last_day_of(clock.local_date(signed).year))
    if ending == "halves":  # the first half is to be paid while the second is on its way, in time of its budget year
        deliveries.ship_order(
            actor=owner, order=order, carrier="Kurir sendiri", quantities={}, key=key + str(order.pk) + "6",
            now=max(signed, min(diary.now - timedelta(minutes=40), year_ends - timedelta(hours=9))),
        )  # fmt: skip
    if depth < STAGES.index("verified"):
        return
    checked = min(_next_day(signed, 1), diary.now - timedelta(minutes=30))
    _complete(diary, order, ending, checked - timedelta(hours=1))
    invoice = order.invoices.get()
    if nearby.unanswered(order, invoice):
        tax_decisions.decide_taxes(
            actor=treasurer, invoice=invoice, is_split=False, food_kinds={}, now=checked - timedelta(minutes=5),
            reason="Kegiatan yang berbeda; kebutuhannya baru diketahui kemudian.",
        )  # fmt: skip
    invoice = payments.verify_invoice(actor=treasurer, invoice=invoice, ticked=ChecklistItem.values, now=checked)
    head = diary.people[OfficerRole.HEAD]
    if ending == "held":
        holding.hold_invoice(
            actor=treasurer, invoice=invoice, reason="bank", note="Nama pemilik rekening berbeda dengan nama di NPWP.",
            now=min(checked + timedelta(hours=1), diary.now),
        )  # fmt: skip
    elif ending == "returned":
        approval.return_invoice(
            actor=head, invoice=invoice, reason="Daftar hadir belum ditandatangani panitia.",
            now=min(checked + timedelta(hours=1), diary.now),
        )  # fmt: skip
    if depth < STAGES.index("cleared"):
        return
    cleared = checked + timedelta(minutes=30)
    stamps = Invoice.objects.filter(pk=invoice.pk).with_stamp().values_list("pk", "stamp")
    approval.approve_payments(actor=head, chosen=dict(stamps), key=key + str(order.pk) + "7", now=cleared)
    if depth < STAGES.index("paid") or cleared >= year_ends:  # after it the head books it as a debt first
        return
    # Some pay the next day, some on the last, some late: the ageing list should have a story to tell.
    paid = _next_day(signed, 1 + order.pk % 4) + timedelta(minutes=order.pk % 50)
    paid = max(min(paid, diary.now, year_ends - timedelta(hours=1)), cleared)
    payment = payments.record_payment(
        actor=treasurer, invoice=order.invoices.get(), method="ls" if order.pk % 3 else "up_gu",
        reference=f"SP2D/{signed.year}/{10_000 + order.pk}" if order.pk % 3 else "", paid_on=clock.local_date(paid),
        proof=paper("bukti bayar", order.number, order.pk), key=key + str(order.pk) + "5", now=paid,
    )  # fmt: skip
    _hear(diary, SellerConfirmation.objects.get(payment=payment), owner, _next_day(paid, 1))


def _hear(diary: "Diary", row: SellerConfirmation, owner: User, then: datetime) -> None:
    """Who still has time has not answered; of the others every fourth said nothing."""
    if not clock.is_over(row.due_at, diary.now):
        return
    if row.order_id % 4:
        shown = SellerConfirmation.objects.with_edition().values_list("edition", flat=True).get(pk=row.pk)
        confirmations.confirm(actor=owner, row=row, edition=shown, now=then)
    else:
        confirmations.lapse(row=row, now=row.due_at)


def miss(diary: "Diary") -> None:
    """A seller looked into the account this morning: the money of the last payment nobody confirmed did not come."""
    asked = SellerConfirmation.objects.filter(state__in=TO_ANSWER, payment__isnull=False, order__agency=diary.agency)
    row = asked.select_related("order__seller").order_by("-payment__paid_on", "-pk").first()
    if row is not None:
        owner = row.order.seller.members.select_related("user").earliest("pk").user
        confirmations.deny_receipt(
            actor=owner, row=row, note="Rekening sudah dicek, belum ada uang masuk.",
            now=max(row.changed_at, diary.now - timedelta(hours=2)),
        )  # fmt: skip


def _complete(diary: "Diary", order: Order, ending: str, then: datetime) -> None:
    """Every required paper is brought; of an order that ends `waived` the PPK lets the invitation go unasked, and a
    wrong file was taken out."""
    order = Order.objects.get(pk=order.pk)
    if ending == "waived":
        requester = diary.people[OfficerRole.REQUESTER]
        wrong = documents.add_attachment(
            actor=requester, order=order, kind=AttachmentKind.MINUTES, title="Notulen rapat lain",
            file=paper("notulen rapat lain", order.number, order.pk), now=then,
        )  # fmt: skip
        documents.remove_attachment(
            actor=requester, attachment=wrong, note="Notulen dari rapat bidang lain, salah unggah.", now=then
        )
    for slot in [slot for slot in slots.slots_of(order) if slot.is_empty]:
        if ending == "waived" and slot.kind == AttachmentKind.INVITATION:
            documents.waive_slot(
                actor=diary.people[OfficerRole.PPK], order=order, kind=slot.kind, reason="not_made",
                note="Peserta dipanggil lewat grup percakapan, tidak ada undangan tertulis.", now=then,
            )  # fmt: skip
            continue
        if slot.kind == AttachmentKind.TAX_INVOICE:
            _bring_tax_invoice(order, then)
            continue
        documents.add_attachment(
            actor=diary.people[OfficerRole.REQUESTER], order=order, kind=slot.kind, title="",
            file=paper(slot.label.lower(), order.number, order.pk), now=then,
        )  # fmt: skip


def _bring_tax_invoice(order: Order, then: datetime) -> None:
    invoice = order.invoices.get()
    tax_invoices.bring_tax_invoice(
        actor=order.seller.members.select_related("user").earliest("pk").user, invoice=invoice,
        number=f"0200{clock.local_date(then).year % 100:02d}00{invoice.pk:09d}", dated_on=clock.local_date(then),
        ppn=ppn_of(invoice),
        file=paper("faktur pajak", order.number, order.pk), now=then,
    )  # fmt: skip


def _pass_on(delivery: Delivery, now: datetime) -> None:
    """As the worker does: the receiver is told, two working days later the head."""
    for _told in ("receiver", "head"):
        delivery.refresh_from_db()
        if delivery.due_at is None or not clock.is_over(delivery.due_at, now):
            return
        deliveries.accept_by_silence(now=delivery.due_at)


def _brought(invoice: Invoice, now: datetime) -> None:
    """As the worker does: from desk to desk for as long as it is not paid."""
    while Invoice.objects.late(now).filter(pk=invoice.pk).exists():
        coming = ladder_steps.next_of(ladder_steps.rungs_of(invoice, ladder_steps.steps_of_wait(invoice)))
        if coming is None or not clock.is_over(coming.by_itself, now):
            return
        ladder.take_step(invoice=invoice, now=coming.by_itself)


def _cancel(diary: "Diary", order: Order, owner: User, ending: str, then: datetime) -> None:
    """The seller is released; or the department asks, with the seller's claim, and agrees to it."""
    ppk, later = diary.people[OfficerRole.PPK], timedelta(hours=1)
    if ending == "released":
        row = cancellations.ask_cancellation(
            actor=owner, order=order, reason="no_goods", note="Kayunya baru datang bulan depan.", now=then
        )
        cancellations.consent(actor=ppk, cancellation=row, now=then + later)
        return
    # What still waits was asked this morning: an answer is due within days.
    waits = ending != "agreed" and not clock.is_over(order.deliver_at, diary.now)
    then = max(then, diary.now - 3 * later) if waits else then
    row = cancellations.ask_cancellation(
        actor=ppk, order=order, reason="activity", note="Kegiatan digabung dengan bulan depan.", now=then
    )
    if ending == "asked":
        return
    row = cancellations.claim_compensation(
        actor=owner, cancellation=row, amount=order.goods_total // 4, spent_on="Bahan sudah dibeli kemarin.",
        evidence=paper("nota belanja", order.number, order.pk), now=then + later,
    )  # fmt: skip
    if ending == "agreed":
        cancellations.agree_claim(
            actor=ppk, cancellation=row, amount=row.claimed or 0, note="Notanya cocok dengan bahan yang dipesan.",
            now=then + 2 * later,
        )  # fmt: skip


def _amend(diary: "Diary", order: Order, owner: User, *, is_agreed: bool) -> None:
    """The department asked this morning for a sixth less, an hour later; the seller agreed, or is still to answer."""
    then = diary.now - timedelta(hours=2)
    if clock.is_over(order.deliver_at, diary.now) or then < order.placed_at + timedelta(hours=2):
        return
    order = Order.objects.get(pk=order.pk)
    standing = terms.of_order(order)
    wanted = replace(
        standing,
        quantities={pk: amount - amount // 6 for pk, amount in standing.quantities.items()},
        deliver_at=standing.deliver_at + timedelta(hours=1),
    )
    row = addenda.propose_addendum(
        actor=diary.people[OfficerRole.PP], order=order, wanted=wanted,
        reason="Sebagian peserta mengikuti dari kantor wilayah, dan acaranya mundur satu jam.", now=then,
    )  # fmt: skip
    if is_agreed:
        addenda.agree_addendum(actor=owner, addendum=row, now=then + timedelta(hours=1))


def reverse(diary: "Diary", title: str, *, is_released: bool) -> None:
    """The treasurer asks to reverse the last payment for these goods; the head released it, or is still to."""
    found = Payment.objects.standing().filter(invoice__order__agency=diary.agency, invoice__order__title=title)
    payment = found.select_related("invoice__order").order_by("-paid_on", "-pk").first()
    if payment is None or PaymentReversal.objects.filter(payment__invoice__order__agency=diary.agency).count() > 1:
        return
    then = max(payment.recorded_at, diary.now - timedelta(days=2 if is_released else 0, hours=3))
    if clock.local_date(then) > reversal_policies.last_day(payment):  # its year is closed
        return
    written = f"SP2D/{clock.local_date(then).year}/{20_000 + payment.pk}"
    note = f"Seharusnya {written}" if payment.reference else f"Nomor buktinya belum ditulis, yang benar {written}"
    row = reversals.ask_reversal(
        actor=diary.people[OfficerRole.TREASURER], payment=payment, reason="reference", note=note,
        key=f"{payment.pk:031x}a"[-32:], now=then,
    )  # fmt: skip
    if is_released:
        head = diary.people[OfficerRole.HEAD]
        reversals.release_reversal(
            actor=head, reversal=row, key=f"{payment.pk:031x}b"[-32:], now=min(then + timedelta(hours=1), diary.now)
        )


def _next_day(moment: datetime, days: int) -> datetime:
    return clock.start_of(clock.add_working_days(clock.local_date(moment), days)) + timedelta(hours=10)


def _spoiled(line: DeliveryLine) -> str:
    """What is wrong with two of the goods, in their unit."""
    return f"{Unit(line.order_line.unit).counted(Decimal(2))} rusak di jalan"


def _photo(order: Order) -> SimpleUploadedFile:
    return paper("pemeriksaan", order.subject[:30], order.pk)
