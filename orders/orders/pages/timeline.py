"""Who did what with one order, newest first, merged from the event tables."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, Value
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_end
from epeken.core.i18n.words import rupiah
from epeken.core.states import owner_field
from orders.addenda.models import AddendumEvent
from orders.billing.models import InvoiceEvent
from orders.billing.policies import approver_role
from orders.billing.states import HoldReason
from orders.cancellations.models import CancellationEvent
from orders.compensations.models import CompensationEvent, CompensationReversalEvent
from orders.confirmations.models import SellerConfirmationEvent
from orders.deliveries.models import DeliveryEvent
from orders.disputes.models import DisputeEvent
from orders.disputes.terms import offered_words
from orders.documents import slots
from orders.documents.states import AttachmentKind
from orders.orders.models import Order, OrderEvent
from orders.orders.next_step import Step, Task, Turn, dispute_of, task_words
from orders.orders.pages import act_titles, told_acts
from orders.orders.states import SELLER_SIDE
from orders.remedies.models import RemedyEvent
from orders.remedies.states import CITY
from orders.reversals.models import PaymentReversalEvent
from orders.tax_decisions import pages as tax_decisions
from orders.year_end import pages as year_end
from orders.year_end.models import YearEndDecision
from procurement.agencies.states import OfficerRole, office_in_sentence
from procurement.requests.models import RequestEvent


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    when: Any
    note: str = ""
    next: bool = False
    automatic: bool = False  # no person did it
    photos: list[str] = field(default_factory=list)
    map_url: str = ""  # of a place the note tells
    sort: tuple[datetime, int] | None = None


def timeline(order: Order, steps: list[Step], *, for_agency: bool) -> list[Entry]:
    """The next steps first, then what happened, newest first. A seller does not see inside the department's approval.

    Reads deliveries with lines and photos, invoices, disputes and cancellations of the order; the page prefetches them.
    """
    titles, notes = act_titles.titles(order), told_acts.notes(order)
    shipments = {delivery.pk: delivery for delivery in order.deliveries.all()}
    photos, maps = told_acts.photos(order), told_acts.maps(order)
    past = []
    roles = _roles(order)
    others = cache(lambda: _other_roles(order))
    events = _events(order, for_agency=for_agency)
    paid = _payment_titles(order)
    reminded = _reminded(order, events)
    for event in events:
        title = titles.get((event["noun"], event["owner"], event["action"]))
        if event["noun"] in act_titles.TITLES:
            told = act_titles.TITLES[event["noun"]].get(event["action"])
            title = str(told) if told is not None else None
        elif event["noun"] == "YearEndDecision":
            title = year_end.act_title(event["action"])
        elif event["action"] == "pay":
            title = paid.get((event["owner"], event["at"]), title)
        elif event["sequence"] in reminded:
            title = act_titles.of_part(order, reminded[event["sequence"]], _number_of(order, event["owner"]))
        if title is None:
            continue
        place = (event["noun"], event["owner"], event["action"])
        note = notes.get(place) or _note(event, for_agency=for_agency)
        if event["noun"] == "Delivery" and event["action"] == "arrive":
            came = told_acts.arrival_words(order, shipments[event["owner"]], event["at"])
            note = "\n".join(filter(None, [came, note]))
        past.append(
            Entry(
                title=title,
                who=_who(order, event, roles, others),
                when=event["at"],
                automatic=event["actor_id"] is None,
                note=note,
                photos=photos.get(place, []),
                map_url=maps.get(place, ""),
                sort=(event["at"], event["sequence"]),
            )
        )
    past += [*_part_payments(order, events), *_tax_invoices(order), *_tax_decisions(order)]
    past += _waivers(order) if for_agency else []
    past.sort(key=lambda entry: entry.sort or (order.placed_at, 0), reverse=True)
    return [*(_next(order, step) for step in steps), *past]


def _tax_invoices(order: Order) -> list[Entry]:
    """Brought by the seller; one that was replaced too. Reads the attachments of the order."""
    return [
        Entry(
            title=_("Faktur pajak diunggah"),
            who=f"{paper.uploaded_name}, {order.seller.name}",
            when=paper.uploaded_at,
            note=paper.title,
            sort=(paper.uploaded_at, 0),
        )
        for paper in order.attachments.all()
        if paper.kind == AttachmentKind.TAX_INVOICE
    ]


def _tax_decisions(order: Order) -> list[Entry]:
    """What a treasurer decided of the tax of its bills, replaced decisions too."""
    found = []
    numbers = {delivery.pk: delivery.number for delivery in order.deliveries.all()}
    for pk, decisions in tax_decisions.of_order(order).items():
        holds = {one.pk for one in tax_decisions.in_force(decisions)}
        for one in decisions:
            title = _("Dasar pajak diputus: %(decided)s") % {"decided": tax_decisions.decided_words(one)}
            replaced = "" if one.pk in holds else _("Keputusan ini sudah diganti.")
            found.append(
                Entry(
                    title=act_titles.of_part(order, title, numbers[pk]),
                    who=f"{one.decided_name}, {office_in_sentence(one.decided_as)}",
                    when=one.decided_at,
                    note="\n".join(filter(None, [one.reason, replaced])),
                    sort=(one.decided_at, 0),
                )
            )
    return found


def _reminded(order: Order, events: list[dict[str, Any]]) -> dict[int, str]:
    """By the event: to whom a reminder went that no arrival is recorded. They are told one after the other."""
    asked = [
        _("penerima barang dan penjual") if order.agency_id else _("pembeli dan penjual"),
        _("kepala dinas"),
        _("inspektorat"),
    ]
    found: dict[int, str] = {}
    told: Counter[int] = Counter()
    for event in sorted(events, key=lambda event: event["sequence"]):
        if event["noun"] == "Delivery" and event["action"] == "escalate":
            whom = asked[min(told[event["owner"]], len(asked) - 1)]
            told[event["owner"]] += 1
            said = _("Barang belum dicatat tiba, pengingat dikirim ke %(whom)s")
            found[event["sequence"]] = said % {"whom": whom}
    return found


def _number_of(order: Order, pk: int) -> str:
    return next((delivery.number for delivery in order.deliveries.all() if delivery.pk == pk), "")


def _note(event: dict[str, Any], *, for_agency: bool) -> str:
    """What was written with the act; of a held invoice the coded reason before it. Why an approver sent an invoice back
    is the department's own matter."""
    note = str(event["note"])
    if event["noun"] != "Invoice":
        return note
    if event["action"] == "hold":
        reason, _colon, said = note.partition(": ")
        return f"{HoldReason(reason).label}. {said}".strip()
    return note if for_agency or event["action"] != "return" else ""


def _events(order: Order, *, for_agency: bool) -> list[dict[str, Any]]:
    """The events of everything about the order, in one query."""
    tables: list[tuple[Any, dict[str, Any]]] = [
        (OrderEvent, {"order": order}),
        (DeliveryEvent, {"delivery__order": order}),
        (InvoiceEvent, {"invoice__order": order}),
        (DisputeEvent, {"dispute__order": order}),
        (CancellationEvent, {"cancellation__order": order}),
        (AddendumEvent, {"addendum__order": order}),
        (RemedyEvent, {"remedy__order": order}),
        (SellerConfirmationEvent, {"confirmation__order": order}),
    ]
    if order.request_id is not None and for_agency:
        tables.append((RequestEvent, {"request": order.request_id}))
        tables.append((CompensationEvent, {"compensation__order": order}))
        tables.append((CompensationReversalEvent, {"reversal__payment__compensation__order": order}))
        tables.append((PaymentReversalEvent, {"reversal__payment__invoice__order": order}))
    columns = ("noun", "owner", "action", "at", "note", "acted_as", "actor_id", "who", "sequence")
    found = []
    for table, of_order in tables:
        owner = owner_field(table)
        rows = table.objects.order_by().filter(**of_order)
        rows = rows.annotate(noun=Value(owner.related_model.__name__), owner=F(owner.attname), who=F("actor__name"))
        found.append(rows.values(*columns))
    if for_agency:
        found.append(YearEndDecision.objects.as_events().order_by().filter(order=order).values(*columns))
    return list(found[0].union(*found[1:], all=True))


def _roles(order: Order) -> dict[int, str]:
    """Those whose part the order's own rows name."""
    roles: dict[int, str] = {}
    if order.buyer_id:
        roles[order.buyer_id] = _("pembeli")
    request = order.request
    if request is not None:
        roles[request.requester_id] = _("pemesan")
        roles[order.issuer_id] = office_in_sentence(request.approver_role or OfficerRole.PP)
    for shipment in order.deliveries.all():
        if shipment.receiver_id and order.agency_id:
            roles[shipment.receiver_id] = _("penerima barang")
    for invoice in order.invoices.all():
        if invoice.verifier_id:
            roles[invoice.verifier_id] = _("bendahara")
        if invoice.approver_id:
            roles.setdefault(invoice.approver_id, _("pejabat yang menyetujui pembayaran"))
    return roles


def _who(order: Order, event: dict[str, Any], roles: dict[int, str], others: Callable[[], dict[int, str]]) -> str:
    """`Sari, penerima barang`: in the office of the act, else as the order names them."""
    if event["actor_id"] is None:
        return _("e-Peken, otomatis")
    if event["acted_as"] == SELLER_SIDE:
        role = order.seller.name
    elif event["acted_as"] == CITY:
        role = _("petugas kota")
    elif event["acted_as"]:
        role = office_in_sentence(event["acted_as"])
    else:
        role = roles.get(event["actor_id"]) or others().get(event["actor_id"], "")
    return f"{event['who']}, {role}" if role else str(event["who"])


def _other_roles(order: Order) -> dict[int, str]:
    """Of those the order's rows do not name: officers of the department, members of the shop."""
    officers = order.agency.members.all() if order.agency is not None else []
    return {member.user_id: office_in_sentence(member.office) for member in officers} | {
        member.user_id: order.seller.name for member in order.seller.members.all()
    }


def _payment_titles(order: Order) -> dict[tuple[int, datetime], str]:
    """Of each payment that made its invoice paid, by the invoice and the moment it was recorded."""
    found = {}
    for invoice in order.invoices.all():
        for payment in invoice.payments.all():
            others = [one for one in invoice.payments.all() if one.pk < payment.pk and one.stands(payment.recorded_at)]
            said = _("Sisanya dibayar, %(amount)s") if others else _("Dibayar %(amount)s")
            title = act_titles.of_part(order, said % {"amount": rupiah(payment.amount)}, invoice.number)
            found[invoice.pk, payment.recorded_at] = title
    return found


def _part_payments(order: Order, events: list[dict[str, Any]]) -> list[Entry]:
    """What was paid before an invoice was paid in full: only the last payment moves its state."""
    told = {(e["owner"], e["at"]) for e in events if e["noun"] == "Invoice" and e["action"] in ("pay", "collect")}
    return [
        Entry(
            title=act_titles.of_part(
                order, _("Dibayar sebagian, %(amount)s") % {"amount": rupiah(payment.amount)}, invoice.number
            ),
            who=_("%(name)s, bendahara") % {"name": payment.recorder},
            when=payment.recorded_at,
            sort=(payment.recorded_at, 0),
        )
        for invoice in order.invoices.all()
        for payment in invoice.payments.all()
        if (invoice.pk, payment.recorded_at) not in told
    ]


def _waivers(order: Order) -> list[Entry]:
    """Required papers nobody asks for: the department's own matter."""
    return [
        Entry(
            title=_("%(paper)s dikecualikan dari berkas wajib") % {"paper": waiver.get_kind_display()},
            who=f"{waiver.given_name}, {office_in_sentence(waiver.acted_as)}",
            when=waiver.given_at,
            note=f"{waiver.get_reason_display()}. {waiver.note}",
            sort=(waiver.given_at, 0),
        )
        for waiver in slots.waivers_of(order)
    ]


def _next(order: Order, step: Step) -> Entry:
    who = order.seller.name if step.who == Turn.SELLER else str(step.who.label)
    if step.who == Turn.APPROVER:
        who = office_in_sentence(approver_role(clock.today()))
    words = _("Paling lambat %(day)s.") % {"day": long_end(step.due)} if step.due else ""
    note = ""
    dispute = dispute_of(order)
    if step.what == Task.DECIDE and dispute is not None and (note := offered_words(order.seller.name, dispute)):
        words = _("%(name)s dapat menerima tawaran penjual sampai petugas kota memutus.") % {
            "name": dispute.opened_by.name
        }
    if step.paused:
        words = f"{words} {_('Hitungan waktu lain berhenti sampai keluhannya selesai.')}".strip()
    numbers = {row.pk: row.number for row in order.deliveries.all() if row.pk == step.delivery}
    numbers |= {row.pk: row.number for row in order.invoices.all() if row.pk == step.invoice}
    title = act_titles.of_part(order, task_words(order, step), next(iter(numbers.values()), ""))
    return Entry(title=title, who=_("Giliran %(who)s") % {"who": who}, when=words, note=note, next=True)
