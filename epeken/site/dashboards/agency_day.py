"""What waits in a department for its receiver and its treasurer, and what its head should know to be late."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.clock import over
from epeken.core.i18n.times import left_words, near_time, short_date
from epeken.core.i18n.words import rupiah
from epeken.core.queries import written_once
from epeken.site.dashboards import compensation_work, request_work, tax_work, year_end_day
from epeken.site.dashboards.officer_turns import goes_on, turn_words
from epeken.site.dashboards.unanswered import unanswered
from epeken.site.dashboards.work_lists import SHOWN, WorkList, counted, first, shown
from epeken.users.models import User
from orders.addenda.models import Addendum
from orders.billing import pages as billing_pages
from orders.billing.models import Invoice
from orders.billing.policies import approver_role
from orders.confirmations.models import SellerConfirmation
from orders.deliveries.models import Delivery
from orders.disputes.models import Dispute
from orders.documents import waivers
from orders.documents.completeness import empty_slots
from orders.documents.slots import Slot
from orders.ladder.pages import brought_words
from orders.ladder.querysets import last_level
from orders.orders.models import Order
from orders.orders.next_step import Step, Task, Turn, invoice_task_words, steps_of, task_words, turn_of_invoice
from orders.reversals.models import PaymentReversal
from procurement.agencies import policies
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.frames.models import ApprovalFrame
from procurement.quotations import policies as quotations_policies
from procurement.quotations import questions
from procurement.quotations import terms as quotation_terms
from procurement.quotations.models import Quotation
from procurement.quotations.states import WRITTEN, QuotationState
from procurement.requests.officers import APPROVERS


def groups(
    agency: Agency, roles: Collection[str], now: datetime, *, reads_all: bool, viewer: User | None = None
) -> list[WorkList]:
    """By the person's roles in the department. `reads_all`: the inspectorate sees what its head sees. `viewer`: whose
    page it is, and whose requests for quotation are listed."""
    found = []
    if not set(APPROVERS).isdisjoint(roles) and (asked := cancellations(agency, now, viewer)).count:
        found.append(asked)
    if not set(APPROVERS).isdisjoint(roles) and (proposed := changes(agency, now)).count:
        found.append(proposed)
    if OfficerRole.REQUESTER in roles and viewer is not None and (sent := unanswered(agency, viewer, now)).count:
        found.append(sent)
    if OfficerRole.REQUESTER in roles and (left := request_work.without_requester(agency, now)).count:
        found.append(left)
    if viewer is not None and not {*APPROVERS, OfficerRole.REQUESTER}.isdisjoint(roles):
        quoted = quotations(agency, viewer, now)
        found += [quoted] if quoted.count else []
    brings = not {OfficerRole.REQUESTER, *waivers.GIVERS}.isdisjoint(roles)
    if brings:
        lacking = lacking_papers(agency, now, brings=OfficerRole.REQUESTER in roles)
        found += [lacking] if lacking.count else []
    if OfficerRole.RECEIVER in roles:
        found.append(deliveries(agency, now))
    if OfficerRole.TREASURER in roles:
        found.append(invoices(agency, now))
        day = clock.local_date(now)
        owed = [
            compensation_work.to_pay(agency, now),
            tax_work.to_deposit([agency], day),
            tax_work.to_slip(agency, day),
        ]
        found += [group for group in owed if group.count]
    approves = approver_role(clock.local_date(now)) in roles
    if approves:
        waiting = approvals(agency, now)
        found += [waiting] if waiting.count else []
    if not {OfficerRole.TREASURER, OfficerRole.HEAD}.isdisjoint(roles) or reads_all:
        asked = reversals(agency, now, decides=OfficerRole.HEAD in roles)
        found += [asked] if asked.count else []
        missing = missing_money(now, agency, is_of_others=OfficerRole.TREASURER not in roles)
        found += [missing] if missing.count else []
    if not {OfficerRole.PPK, OfficerRole.HEAD}.isdisjoint(roles) or reads_all:
        heads = OfficerRole.PPK not in roles and not reads_all
        ending = year_end_day.open_commitments(agency, now, heads=heads)
        found += [ending] if ending.count else []
    if OfficerRole.HEAD in roles or reads_all:
        claimed = compensation_work.for_head(agency, now)
        found += [claimed] if claimed.count else []
        undeposited = tax_work.late_deposits([agency], clock.local_date(now))
        found += [undeposited] if undeposited.count else []
        proposed = frames(agency, now)
        found += [proposed] if proposed.count else []
        found += [group for group in without_anybody(agency, roles, now, viewer) if group.count]
        unseen = not_recorded(agency, now)
        found += [unseen] if unseen.count else []
        late = [
            request_work.late_decisions(agency, now, viewer),
            late_invoices(agency, now, approves=approves, brings=brings),
        ]
        found += [group for group in late if group.count]
    return found


def frames(agency: Agency, now: datetime) -> WorkList:
    """Frames that wait for the head's signature; what ends first at the top."""
    found = ApprovalFrame.objects.proposed().filter(agency=agency).select_related("proposer")
    count, rows = first(found.order_by("due_at", "pk"))
    return WorkList(
        _("Kerangka menunggu tanda tangan"),
        count,
        [
            {
                "title": frame.title,
                "href": reverse("procurement:frame-detail", args=[frame.number]),
                "note": ", ".join([frame.number, str(frame.proposer), rupiah(frame.amount)]),
                **({"left": left_words(frame.due_at, now), "due": frame.due_at} if frame.due_at else {}),
            }
            for frame in rows
        ],
        reverse("procurement:frame-list"),
        _("Lihat semua kerangka"),
    )


def reversals(agency: Agency, now: datetime, *, decides: bool) -> WorkList:
    """Payments the treasurer asks to reverse, the first to be decided at the top; the head decides, others read."""
    found = PaymentReversal.objects.waiting().filter(payment__invoice__order__agency=agency)
    count, rows = first(found.with_page().order_by("due_at", "pk"))
    return WorkList(
        _("Pembatalan pembayaran menunggu Anda") if decides else _("Pembatalan pembayaran menunggu kepala dinas"),
        count,
        [_reversal(row, now, decides=decides) for row in rows],
        f"{reverse('orders:treasurer')}?dinas={agency.pk}&keadaan=diminta",
        _("Lihat tagihan yang pembayarannya diminta dibatalkan"),
        is_of_others=not decides,
    )


def _reversal(row: PaymentReversal, now: datetime, *, decides: bool) -> dict[str, Any]:
    order = row.payment.invoice.order
    address = reverse("orders:order-detail", args=[order.number]) + f"#tagihan-{row.payment.invoice.number}"
    if decides:
        address = reverse("orders:reversal-answer", args=[order.number, row.pk])
    return {
        "title": _("%(reason)s: %(order)s") % {"reason": row.get_reason_display(), "order": order.title},
        "href": address,
        "note": ", ".join([row.payment.invoice.number, order.seller.name, rupiah(row.payment.amount)]),
        "left": left_words(row.due_at, now),
        "now": _will_not_wait(row.due_at, now),
        "due": row.due_at,
    }


def missing_money(now: datetime, agency: Agency | None = None, *, is_of_others: bool = True) -> WorkList:
    """Money that was recorded as sent and that its seller says did not come; the treasurer's answer due first at the
    top. Of one department, or of all. `is_of_others`: the reader is no treasurer."""
    found = SellerConfirmation.objects.missing_money()
    if agency is not None:
        found = found.filter(order__agency=agency)
    count, rows = first(found.with_page().order_by("trace_due_at", "pk"))
    return WorkList(
        _("Uang yang menurut penjual belum masuk"),
        count,
        [_missing(row, now, named=agency is None) for row in rows],
        text=_("Tidak ada uang yang menurut penjual belum masuk."),
        is_of_others=is_of_others,
    )


def _missing(row: SellerConfirmation, now: datetime, *, named: bool) -> dict[str, Any]:
    assert row.payment is not None
    number = row.payment.invoice.number
    agency = [row.order.agency.short_name] if named and row.order.agency is not None else []
    due = row.trace_due_at
    return {
        "title": _("%(amount)s belum masuk ke %(shop)s") % {
            "amount": rupiah(row.payment.amount), "shop": row.order.seller.name,
        },
        "href": reverse("orders:order-detail", args=[row.order.number]) + f"#tagihan-{number}",
        "note": ", ".join([number, *agency, _("dikirim %(day)s") % {"day": short_date(row.payment.paid_on)}]),
        **({"left": left_words(due, now), "now": _will_not_wait(due, now), "due": due} if due is not None else {}),
    }  # fmt: skip


def deliveries(agency: Agency, now: datetime) -> WorkList:
    """Orders in which it is the receiver's turn, each with what falls due first, as the bar at the top counts them."""
    billed = Prefetch("invoices", Invoice.objects.with_lacks())
    found: Any = Order.objects.filter(agency=agency).with_card()
    found = found.prefetch_related("lines", "deliveries__lines", billed, "disputes", "cancellations", "remedies")
    turns = [
        (order, next(step for step in steps_of(order, now) if step.who == Turn.RECEIVER))
        for order in found.waiting_for(Turn.RECEIVER, now).order_by("deliver_at", "pk")
    ]
    turns.sort(key=lambda turn: turn[1].due or turn[0].awaited_at)
    return WorkList(
        _("Barang menunggu Anda"),
        len(turns),
        [_delivery(order, step, now) for order, step in turns[:SHOWN]],
        reverse("orders:agency-orders"),
        _("Lihat semua pesanan"),
        _("Tidak ada barang yang menunggu Anda."),
    )


def cancellations(agency: Agency, now: datetime, viewer: User | None = None) -> WorkList:
    """Orders whose seller asks to be released, or claims compensation: PP or PPK answers."""
    billed = Prefetch("invoices", Invoice.objects.with_lacks())
    found: Any = (
        Order.objects.filter(agency=agency)
        .with_card()
        .select_related("issuer")
        .annotate(goes_on=goes_on("issuer", now))
    )
    found = found.prefetch_related("lines", "deliveries__lines", billed, "disputes", "cancellations", "remedies")
    turns = [
        (order, step)
        for order in found.waiting_for(Turn.OFFICER, now).order_by("deliver_at", "pk")
        for step in steps_of(order, now)
        if step.who == Turn.OFFICER and step.what != Task.AMEND
    ]
    turns.sort(key=lambda turn: turn[1].due or turn[0].awaited_at)
    return WorkList(
        _("Pembatalan menunggu Anda"),
        len(turns),
        [
            _cancellation(order, step, now, turn_words(order.issuer, order.goes_on, viewer))
            for order, step in turns[:SHOWN]
        ],
        reverse("orders:agency-orders") + "?tahap=pembatalan",
        _("Lihat semua yang diminta batal"),
        _("Tidak ada pembatalan yang menunggu Anda."),
    )


def changes(agency: Agency, now: datetime) -> WorkList:
    """Surat pesanan of which the seller proposes a change: PP or PPK answers."""
    found: Any = Order.objects.filter(agency=agency).with_card().prefetch_related("lines")
    turns = list(found.in_step(Turn.OFFICER, Task.AMEND, now).order_by("amend_due_at", "pk"))
    shown = turns[:SHOWN]
    asked = {row.order_id: row for row in Addendum.objects.waiting().filter(order__in=shown)} if shown else {}
    return WorkList(
        _("Usul perubahan menunggu Anda"),
        len(turns),
        [_change(order, asked.get(order.pk), now) for order in shown],
        reverse("orders:agency-orders") + "?tahap=perubahan",
        _("Lihat semua yang diusulkan berubah"),
        _("Tidak ada usul perubahan yang menunggu Anda."),
    )


def quotations(agency: Agency, viewer: User, now: datetime) -> WorkList:
    """Requests for quotation this person may publish or decide on, or writes anew; what ends first at the top."""
    day = clock.local_date(now)
    rows = Quotation.objects.with_department().filter(agency=agency).select_related("requester", "agency", "publisher")
    rows = rows.annotate(goes_on=goes_on("publisher", now))
    mine = [
        row
        for row in rows
        if (
            quotations_policies.can_edit(viewer, row, day)
            if row.state == QuotationState.RETURNED
            else quotations_policies.binding_office(viewer, row, day)
        )
        and (row.state != QuotationState.PUBLISHED or questions.takes_answers(row, now))
    ]
    mine.sort(key=lambda row: _quotation_due(row, now) or now)
    return WorkList(
        _("Permintaan penawaran menunggu Anda"),
        len(mine),
        [_quotation(row, now, viewer) for row in mine[:SHOWN]],
        reverse("procurement:quotation-list"),
        _("Lihat semua permintaan penawaran"),
        _("Tidak ada permintaan penawaran yang menunggu Anda."),
    )


def _quotation(row: Any, now: datetime, viewer: User) -> dict[str, Any]:
    verb = {
        QuotationState.DRAFT: _("Umumkan"),
        QuotationState.RETURNED: _("Perbaiki draf"),
        QuotationState.PUBLISHED: _("Jawab pertanyaan"),
        QuotationState.OPENED: _("Tetapkan pemenang"),
        QuotationState.AWARDED: _("Pemenang tidak jadi, tetapkan penawar berikutnya"),
    }[QuotationState(row.state)]
    due = _quotation_due(row, now)
    turn = [] if row.state == QuotationState.RETURNED else [turn_words(row.publisher, row.goes_on, viewer)]
    return {
        "title": _("%(task)s: %(order)s") % {"task": verb, "order": row.title},
        "href": reverse("procurement:quotation-detail", args=[row.number]),
        "note": ", ".join([row.number, str(row.requester), *turn]),
        "left": left_words(due, now) if due else "",
        "now": due is None or _will_not_wait(due, now),
        "due": due,
    }


def _quotation_due(row: Quotation, now: datetime) -> datetime | None:
    """None: a winner's order came to nothing, and the goods were asked for long ago."""
    if row.state == QuotationState.PUBLISHED:
        return questions.answer_until(row)
    return quotation_terms.publishable_until(row.closes_at, now) if row.state in WRITTEN else row.due_at


def _cancellation(order: Order, step: Step, now: datetime, turn: str) -> dict[str, Any]:
    assert step.due is not None
    return {
        "title": _("%(task)s: %(order)s") % {"task": step.what.label, "order": order.subject},
        "href": reverse("orders:cancellation-answer", args=[order.number]),
        "note": ", ".join([order.number, order.seller.name, rupiah(order.total), turn]),
        "left": left_words(step.due, now),
        "now": _will_not_wait(step.due, now),
        "due": step.due,
    }


def _change(order: Order, asked: Addendum | None, now: datetime) -> dict[str, Any]:
    assert order.amend_due_at is not None
    address = reverse("orders:order-detail", args=[order.number])
    return {
        "title": _("%(task)s: %(order)s") % {"task": Task.AMEND.label, "order": order.subject},
        "href": reverse("orders:addendum-answer", args=[order.number, asked.pk]) if asked else address,
        "note": ", ".join([order.number, order.seller.name, rupiah(order.total)]),
        "left": left_words(order.amend_due_at, now),
        "now": _will_not_wait(order.amend_due_at, now),
        "due": order.amend_due_at,
    }


def _delivery(order: Order, step: Step, now: datetime) -> dict[str, Any]:
    address = reverse("orders:order-detail", args=[order.number])
    numbers = {delivery.pk: delivery.number for delivery in order.deliveries.all()}
    if step.what == Task.INSPECT:
        address = reverse("orders:delivery-inspect", args=[order.number, numbers[step.delivery or 0]])
    elif step.what == Task.REPLY:
        address = reverse("orders:dispute-answer", args=[order.number])
    item: dict[str, Any] = {
        "title": _("%(task)s: %(order)s") % {"task": task_words(order, step), "order": order.subject},
        "href": address,
        "note": ", ".join([order.number, order.seller.name, rupiah(order.total)]),
    }
    expected = next((one.deliver_at for one in order.deliveries.all() if one.pk == step.delivery), order.awaited_at)
    if step.what == Task.ARRIVE and not clock.is_over(expected, now):
        said = _("tiba paling lambat %(when)s") % {"when": near_time(clock.told_end(expected), now)}
        return item | {"left": said, "due": expected}
    due = step.due  # as the order's page tells it
    return item | {"left": left_words(due, now), "now": _will_not_wait(due, now), "due": due} if due else item


def _will_not_wait(due: datetime, now: datetime) -> bool:
    return clock.last_day(due) <= clock.local_date(now)


def invoices(agency: Agency, now: datetime, *, reads: bool = False) -> WorkList:
    """What the treasurer checks, pays or goes on with, the first to fall due at the top. `reads`: for who is none."""
    return WorkList(
        _("Tagihan menunggu Anda"),
        *_invoices(_of_treasurer(agency.pk), now, reads=reads),
        reverse("orders:treasurer"),
        _("Lihat semua tagihan"),
        _("Tidak ada tagihan yang menunggu Anda."),
    )


def lacking_papers(agency: Agency, now: datetime, *, brings: bool) -> WorkList:
    """Bills that wait for a required paper, the first to fall due at the top. Who `brings` papers is to act; who may
    only waive one reads them."""
    count, rows = counted(_lacking_with_papers(agency.pk))
    shown = [(invoice, empty_slots(invoice.order, invoice)) for invoice in rows]
    holidays = billing_pages.holidays_of(rows, now)
    return WorkList(
        _("Tagihan menunggu berkas yang belum ada"),
        count,
        [_lacking_row(invoice, missing, now, holidays) for invoice, missing in shown],
        reverse("orders:treasurer"),
        _("Lihat semua tagihan"),
        is_of_others=not brings,
    )


def _lacking_row(invoice: Invoice, missing: list[Slot], now: datetime, holidays: frozenset[date]) -> dict[str, Any]:
    """What nobody can have before the event is neither said to be late nor asked for today."""
    labels = (slot.label_with_day if slot.is_before_event(now) else slot.label for slot in missing)
    papers = {"paper": ", ".join(labels), "order": invoice.order.title}
    row = {
        "href": reverse("orders:order-detail", args=[invoice.order.number]) + "#berkas",
        "note": ", ".join([invoice.number, invoice.order.seller.name, missing[0].filled_by]),
    }
    if all(slot.is_before_event(now) for slot in missing):
        return row | {"title": _("%(paper)s: %(order)s") % papers}
    return row | {
        "title": _("%(paper)s belum ada: %(order)s") % papers,
        "left": billing_pages.days_left_words(invoice, now, holidays),
        "now": invoice.due_at is not None and _will_not_wait(invoice.due_at, now),
        "due": invoice.due_at,
    }


@written_once
def _lacking_with_papers(agency: Any) -> Any:
    orders: Any = Order.objects.with_slots().select_related("request", "seller", "agency")
    orders = orders.prefetch_related("attachments", "request__attachments")
    return shown(_lacking(agency).prefetch_related(Prefetch("order", orders)).order_by("due_at", "pk"))


def _lacking(agency: Any) -> Any:
    return Invoice.objects.payable().undisputed().settled_goods().lacking().filter(order__agency=agency)


def approvals(agency: Agency, now: datetime) -> WorkList:
    """Invoices whose payment is to be approved, the first to fall due at the top."""
    return WorkList(
        _("Pembayaran menunggu persetujuan Anda"),
        *_invoices(_to_approve(agency.pk), now, reads=False),
        reverse("orders:payment-approvals"),
        _("Buka persetujuan bayar"),
    )


def late_invoices(agency: Agency, now: datetime, *, approves: bool = False, brings: bool = False) -> WorkList:
    """Invoices past their last day, without those that wait above: for who `approves` payments, those to be approved;
    for who `brings` a paper or waives it, those that lack one.

    Those whose time a complaint stops stand there too, with its day: a department that complains of its own late
    invoice does not make it disappear."""
    is_rest = approves or brings
    return WorkList(
        _("Tagihan lain yang lewat batas bayar") if is_rest else _("Tagihan lewat batas bayar"),
        *_invoices(_late(approves, brings)(agency.pk, now), now, reads=True),
        f"{reverse('orders:treasurer')}?dinas={agency.pk}&keadaan=lewat",
        _("Lihat semua tagihan yang lewat"),
        is_of_others=True,
    )


@written_once
def _of_treasurer(agency: Any) -> Any:
    return _listed(Invoice.objects.of_treasurer().filter(order__agency=agency))


@written_once
def _to_approve(agency: Any) -> Any:
    return _listed(Invoice.objects.to_approve().filter(order__agency=agency))


@cache
def _late(approves: bool, brings: bool) -> Callable[[int, datetime], list[Any]]:
    """Four questions, of which each is written once."""

    @written_once
    def asked(agency: Any, now: Any) -> Any:
        found = Invoice.objects.payable().settled_goods().filter(over("due_at", now), order__agency=agency)
        if approves:
            found = found.exclude(pk__in=Invoice.objects.to_approve().filter(order__agency=agency).values("pk"))
        if brings:
            found = found.exclude(pk__in=_lacking(agency).values("pk"))
        return _listed(found)

    return asked


def _listed(found: Any) -> Any:
    undecided = Dispute.objects.undecided().filter(order=OuterRef("order"))
    stopped_at = Subquery(undecided.values("opened_at")[:1])
    found = found.with_list().annotate(brought_to=last_level(), stopped_at=stopped_at)
    return shown(found.order_by("due_at", "pk"))


def _invoices(found: list[Any], now: datetime, *, reads: bool) -> tuple[int, list[dict[str, Any]]]:
    """`found`: `_listed`."""
    count, rows = counted(found)
    holidays = billing_pages.holidays_of(rows, now)
    words = [
        _("keluhan sejak %(day)s") % {"day": short_date(clock.local_date(row.stopped_at))}
        if row.stopped_at
        else billing_pages.days_left_words(row, now, holidays)
        for row in rows
    ]
    return count, [_invoice(row, left, now, reads=reads) for row, left in zip(rows, words, strict=True)]


def _invoice(invoice: Any, left: str, now: datetime, *, reads: bool) -> dict[str, Any]:
    order, brought = invoice.order, brought_words(invoice.brought_to)
    address = reverse("orders:order-detail", args=[order.number])
    title = order.title
    if not reads:
        _who, task = turn_of_invoice(invoice)
        title = _("%(task)s: %(order)s") % {"task": invoice_task_words(task, invoice), "order": order.title}
        if task == Task.APPROVE:
            address = reverse("orders:payment-approvals") + f"#tagihan-{invoice.number}"
        elif task == Task.PAY:
            address = reverse("orders:payment-create", args=[order.number, invoice.number])
        elif task == Task.VERIFY:
            address = reverse("orders:invoice-verify", args=[order.number, invoice.number])
    due = invoice.due_at
    return {
        "title": title,
        "href": address,
        "note": ", ".join(filter(None, [invoice.number, order.seller.name, rupiah(invoice.owed), brought])),
        "left": left,
        "now": due is not None and _will_not_wait(due, now),
        "due": due,
    }


def not_recorded(agency: Agency, now: datetime) -> WorkList:
    """Goods sent whose arrival nobody recorded in time; the longest at the top. A dispute stops it."""
    found = Delivery.objects.not_recorded().filter(order__agency=agency)
    count, rows = first(found.select_related("order__seller").order_by("shipped_at", "pk"))
    day = clock.local_date(now)
    people = policies.holders(agency.pk, OfficerRole.RECEIVER, day) if rows else []
    names = "/".join(str(person) for person in people) or _("belum ada penerima barang")
    return WorkList(
        _("Barang belum dicatat tiba"),
        count,
        [
            {
                "title": row.order.subject,
                "href": reverse("orders:order-detail", args=[row.order.number]),
                "note": ", ".join([row.order.number, row.order.seller.name, names]),
                "left": left_words(row.deliver_at, now),
                "now": True,
                "due": row.deliver_at,
            }
            for row in rows
        ],
        reverse("orders:agency-orders"),
        _("Lihat semua pesanan"),
        is_of_others=True,
    )


def without_anybody(
    agency: Agency, roles: Collection[str], now: datetime, viewer: User | None = None
) -> list[WorkList]:
    """All that waits for an office nobody holds today, and how the head mends it."""
    day = clock.local_date(now)
    held = policies.holders_of(agency.pk, [OfficerRole.RECEIVER, OfficerRole.TREASURER], day)
    groups = [request_work.without_officer(agency, now, viewer)]
    if OfficerRole.REQUESTER not in roles:
        groups.append(request_work.without_requester(agency, now))
    mended = _("minta admin kota menunjuk pejabatnya, atau catat cuti dan penggantinya")
    if not held[OfficerRole.RECEIVER]:
        title = _("Barang tanpa penerima: %(how)s") % {"how": mended}
        groups.append(replace(deliveries(agency, now), title=title))
    if not held[OfficerRole.TREASURER]:
        title = _("Tagihan tanpa bendahara: %(how)s") % {"how": mended}
        groups.append(replace(invoices(agency, now, reads=True), title=title))
    return groups
