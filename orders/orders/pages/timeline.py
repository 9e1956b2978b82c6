"""Who did what with one order, newest first, merged from the event tables."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core import clock
from epeken.core.i18n.times import long_end
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from epeken.core.states import owner_field
from orders.addenda.models import AddendumEvent
from orders.billing.models import Invoice, InvoiceEvent
from orders.billing.policies import approver_role
from orders.billing.states import HoldReason
from orders.cancellations.models import Cancellation, CancellationEvent
from orders.cancellations.states import CancellationState
from orders.compensations.models import CompensationEvent
from orders.confirmations.models import SellerConfirmation, SellerConfirmationEvent
from orders.deliveries.models import Delivery, DeliveryEvent
from orders.disputes.models import Dispute, DisputeEvent
from orders.disputes.terms import of_offer, offer_of
from orders.disputes.terms import words as dispute_words
from orders.documents import slots
from orders.documents.states import AttachmentKind
from orders.drafts.states import DraftAct
from orders.drafts.words import claim_words
from orders.orders.models import Order, OrderEvent
from orders.orders.next_step import Step, Task, Turn, dispute_of, is_in_parts, task_words
from orders.orders.states import SELLER_SIDE, CloseReason, DeliveryMethod
from orders.photo_places.words import place_words
from orders.remedies.models import Remedy, RemedyEvent
from orders.remedies.states import CITY
from orders.reversals.models import PaymentReversalEvent
from orders.year_end import pages as year_end
from orders.year_end.models import YearEndDecision
from procurement.agencies.states import OfficerRole, office_in_sentence
from procurement.requests.models import RequestEvent
from umkm.catalogue.states import Unit

# By the noun whose acts are told alike in every order; what is not in here is not told.
TITLES: dict[str, dict[str, Any]] = {
    # The department alone reads these two; what a released reversal did is told by the invoice.
    "PaymentReversal": {
        "create": gettext_lazy("Pembatalan pembayaran diminta"),
        "refuse": gettext_lazy("Pembatalan pembayaran tidak disetujui"),
        "withdraw": gettext_lazy("Permintaan pembatalan pembayaran ditarik"),
    },
    "Compensation": {
        "charge": gettext_lazy("Mata anggaran ganti rugi ditunjuk"),
        "pay": gettext_lazy("Ganti rugi dibayar"),
    },
    "Addendum": {
        "create": gettext_lazy("Perubahan diusulkan"),
        "agree": gettext_lazy("Perubahan disetujui, adendum terbit"),
        "refuse": gettext_lazy("Usul perubahan tidak disetujui"),
        "withdraw": gettext_lazy("Usul perubahan ditarik"),
        "lapse": gettext_lazy("Usul perubahan tidak dijawab, pesanan tetap"),
        "overtake": gettext_lazy("Usul perubahan gugur"),
    },
}


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    when: Any
    note: str = ""
    next: bool = False
    automatic: bool = False  # no person did it
    photos: list[str] = field(default_factory=list)
    sort: tuple[datetime, int] | None = None


def timeline(order: Order, steps: list[Step], *, for_agency: bool) -> list[Entry]:
    """The next steps first, then what happened, newest first. A seller does not see inside the department's approval.

    Reads deliveries with lines and photos, invoices, disputes and cancellations of the order; the page prefetches them.
    """
    titles, notes, photos = _titles(order), _notes(order), _photos(order)
    past = []
    roles = _roles(order)
    others = cache(lambda: _other_roles(order))
    events = _events(order, for_agency=for_agency)
    paid = _payment_titles(order)
    reminded = _reminded(order, events)
    for event in events:
        title = titles.get((event["noun"], event["owner"], event["action"]))
        if event["noun"] in TITLES:
            told = TITLES[event["noun"]].get(event["action"])
            title = str(told) if told is not None else None
        elif event["noun"] == "YearEndDecision":
            title = year_end.act_title(event["action"])
        elif event["action"] == "pay":
            title = paid.get((event["owner"], event["at"]), title)
        elif event["sequence"] in reminded:
            title = _of(order, reminded[event["sequence"]], _number_of(order, event["owner"]))
        if title is None:
            continue
        place = (event["noun"], event["owner"], event["action"])
        past.append(
            Entry(
                title=title,
                who=_who(order, event, roles, others),
                when=event["at"],
                automatic=event["actor_id"] is None,
                note=notes.get(place) or _note(event, for_agency=for_agency),
                photos=photos.get(place, []),
                sort=(event["at"], event["sequence"]),
            )
        )
    past += [*_part_payments(order, events), *_tax_invoices(order)]
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


def _titles(order: Order) -> dict[tuple[str, int, str], str]:
    """By noun, its row and the action; what is not in here is not shown."""
    told: list[tuple[str, int, dict[str, str]]] = [("Order", order.pk, _order_titles(order))]
    if order.request_id is not None:
        told.append(("PurchaseRequest", order.request_id, _request_titles()))
    told += [("Delivery", shipment.pk, _delivery_titles(order, shipment)) for shipment in order.deliveries.all()]
    told += [("Invoice", invoice.pk, _invoice_titles(order, invoice)) for invoice in order.invoices.all()]
    told += [("Dispute", dispute.pk, _dispute_titles()) for dispute in order.disputes.all()]
    told += [("Remedy", remedy.pk, _remedy_titles(remedy)) for remedy in order.remedies.all()]
    told += [("Cancellation", row.pk, _cancellation_titles(row)) for row in order.cancellations.all()]
    told += [("SellerConfirmation", row.pk, _confirmation_titles(order, row)) for row in order.confirmations.all()]
    return {(noun, pk, action): title for noun, pk, titles in told for action, title in titles.items()}


def _notes(order: Order) -> dict[tuple[str, int, str], str]:
    found: dict[tuple[str, int, str], str] = {}
    for shipment in order.deliveries.all():
        for row in shipment.drafted_acts.all():
            written = shipment.remark if row.act != DraftAct.ARRIVE else ""
            found["Delivery", shipment.pk, row.act] = "\n".join(filter(None, [written, claim_words(row)]))
        if placed := next(filter(None, map(place_words, shipment.photos.all())), ""):
            said = found.get(("Delivery", shipment.pk, "inspect"), shipment.remark)
            found["Delivery", shipment.pk, "inspect"] = "\n".join(filter(None, [said, placed]))
    for dispute in order.disputes.all():
        said = {"create": dispute.complaint, "answer": dispute.answer, "decide": dispute.decision}
        if offered := _offered(order, dispute):
            said["answer"] = "\n".join([dispute.answer, _("Tawaran penjual: %(offer)s") % {"offer": offered}])
        found |= {("Dispute", dispute.pk, action): text for action, text in said.items()}
    return found


def _offered(order: Order, dispute: Dispute) -> str:
    """What the seller offers, as a sentence; "" without an offer."""
    offer = offer_of(dispute)
    return dispute_words(order.seller.name, of_offer(offer)) if offer is not None else ""


def _photos(order: Order) -> dict[tuple[str, int, str], list[str]]:
    found = {
        ("Delivery", shipment.pk, "inspect"): [
            reverse("orders:inspection-photo", args=[order.number, photo.pk]) for photo in shipment.photos.all()
        ]
        for shipment in order.deliveries.all()
    }
    for dispute in order.disputes.all():
        for photo in dispute.photos.all():
            place = ("Dispute", dispute.pk, "answer" if photo.of_answer else "create")
            found.setdefault(place, []).append(reverse("orders:dispute-photo", args=[order.number, photo.pk]))
    return found


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


def _request_titles() -> dict[str, str]:
    return {
        "submit": _("Permintaan dikirim"),
        "send_back": _("Permintaan dikembalikan untuk diperbaiki"),
        "sign": _("Permintaan ditandatangani sebelum diputuskan"),
        "approve": _("Permintaan disetujui"),
        "approve_by_frame": _("Permintaan disetujui menurut kerangka"),
    }


def _order_titles(order: Order) -> dict[str, str]:
    reason = str(CloseReason(order.close_reason).label) if order.close_reason else ""
    return {
        "create": _("Surat pesanan terbit") if order.agency_id else _("Pesanan dibuat"),
        "accept": _("Pesanan disanggupi penjual"),
        "close": _("Pesanan batal: %(reason)s") % {"reason": reason[:1].lower() + reason[1:]},
        "close_rest": _("Sisa barang tidak ditunggu lagi"),
        "miss_date": _("Tanggal jadwal terlewat: yang belum dikirim untuknya tidak ditunggu lagi"),
        "finish": _("Pesanan selesai"),
        "reopen": _("Pesanan dibuka lagi sampai dibayar"),
    }


def _delivery_titles(order: Order, delivery: Delivery) -> dict[str, str]:
    return {
        "create": (
            _("Siap diambil, surat jalan %(number)s")
            if order.method == DeliveryMethod.PICKUP
            else _("Dikirim, surat jalan %(number)s")
        )
        % {"number": delivery.number}
        if delivery.remedy_id is None
        else (
            _("Pengganti siap diambil, surat jalan %(number)s")
            if order.method == DeliveryMethod.PICKUP
            else _("Pengganti dikirim, surat jalan %(number)s")
        )
        % {"number": delivery.number},
        "arrive": _of(
            order,
            _arrival_title(delivery),
            delivery.number,
        ),
        "escalate": _of(order, _("Barang belum dicatat tiba, pengingat dikirim"), delivery.number),
        "miss": _of(
            order,
            _("Tidak ada yang mengambil barang") if order.method == DeliveryMethod.PICKUP else _("Barang tidak datang"),
            delivery.number,
        ),
        "inspect": _of(order, _("Diperiksa: %(found)s") % {"found": _found(delivery)}, delivery.number),
        "accept": _("Serah terima, %(number)s") % {"number": delivery.bast_number}
        if order.agency_id
        else _of(order, _("Barang diterima pembeli"), delivery.number),
        "assume": (
            _("Dianggap diterima, tidak diperiksa, %(number)s") % {"number": delivery.bast_number}
            if order.agency_id
            else _of(order, _("Dianggap diterima: pembeli tidak menjawab"), delivery.number)
        ),
        "reject": _("Barang pada %(number)s ditolak semua") % {"number": delivery.number},
    }


def _arrival_title(delivery: Delivery) -> str:
    if delivery.is_arrived_by_pin:
        return _("Barang tiba, dicatat penjual dengan PIN penerima")
    return _("Penjual mencatat barang sudah diserahkan") if delivery.is_told_by_seller else _("Barang tiba")


def _of(order: Order, title: str, number: str) -> str:
    """The title; of an order in several deliveries with the number of the delivery or invoice it is about."""
    return f"{title}, {number}" if number and is_in_parts(order) else title


def _found(delivery: Delivery) -> str:
    parts = []
    for line in delivery.lines.all():
        if line.accepted is None:
            continue
        sent = Unit(line.order_line.unit).counted(line.sent)
        some = {"ok": grouped(line.accepted), "all": sent}
        parts.append(sent if line.accepted == line.sent else _("%(ok)s dari %(all)s") % some)
    return ", ".join(parts[:4]) + (_(" dan lainnya") if len(parts) > 4 else "")


def _invoice_titles(order: Order, invoice: Invoice) -> dict[str, str]:
    return {
        "create": _("Tagihan %(number)s terbit") % {"number": invoice.number}
        if order.agency_id is not None
        else _("Yang dibayar dihitung dari barang yang diterima"),
        "void": _("Tagihan %(number)s diganti") % {"number": invoice.number},
        "settle": _of(order, _("Tidak ada lagi yang harus dibayar"), invoice.number),
        "verify": _of(order, _("Berkas dinyatakan lengkap"), invoice.number),
        "approve": _of(order, _("Pembayaran disetujui"), invoice.number),
        "return": _of(order, _("Tagihan dikembalikan ke bendahara"), invoice.number),
        "disapprove": _of(order, _("Persetujuan bayar tidak berlaku lagi: keluhannya diputus"), invoice.number),
        "hold": _of(order, _("Tagihan ditahan"), invoice.number),
        "resume": _of(order, _("Tagihan dilanjutkan"), invoice.number),
        "carry": _of(order, _("Dibebankan ke tahun anggaran berikutnya"), invoice.number),
        "pay": _of(order, _("Dibayar"), invoice.number),
        "reverse": _of(order, _("Pembayaran dibatalkan, disetujui dan dicatat ulang"), invoice.number),
        "reverse_settled": _of(order, _("Pembayaran dibatalkan, dicatat ulang"), invoice.number),
        "collect": _of(order, _("Uang tunai diterima penjual"), invoice.number),
    }


def _confirmation_titles(order: Order, row: SellerConfirmation) -> dict[str, str]:
    """That it was asked is told by what it is asked about, and that it is void by the reversal."""
    if row.payment_id is None:
        bast = next((one.bast_number for one in order.deliveries.all() if one.pk == row.delivery_id), None) or ""
        return {
            "confirm": _("BAST dikonfirmasi penjual, %(bast)s") % {"bast": bast},
            "object": _("Penjual berkeberatan atas BAST %(bast)s") % {"bast": bast},
            "lapse": _("Penjual tidak menanggapi BAST %(bast)s") % {"bast": bast},
        }
    payments = [payment for invoice in order.invoices.all() for payment in invoice.payments.all()]
    amount = next((rupiah(payment.amount) for payment in payments if payment.pk == row.payment_id), "")
    return {
        "confirm": _("Penjual menyatakan %(amount)s sudah masuk") % {"amount": amount},
        "object": _("Penjual menyatakan %(amount)s belum masuk") % {"amount": amount},
        "climb": _("Bendahara belum menjawab tentang %(amount)s yang belum masuk, diteruskan") % {"amount": amount},
        "answer": _("Bendahara menjawab tentang %(amount)s") % {"amount": amount},
        "lapse": _("Penjual tidak menyatakan apakah %(amount)s sudah masuk") % {"amount": amount},
    }


def _payment_titles(order: Order) -> dict[tuple[int, datetime], str]:
    """Of each payment that made its invoice paid, by the invoice and the moment it was recorded."""
    found = {}
    for invoice in order.invoices.all():
        for payment in invoice.payments.all():
            others = [one for one in invoice.payments.all() if one.pk < payment.pk and one.stands(payment.recorded_at)]
            said = _("Sisanya dibayar, %(amount)s") if others else _("Dibayar %(amount)s")
            title = _of(order, said % {"amount": rupiah(payment.amount)}, invoice.number)
            found[invoice.pk, payment.recorded_at] = title
    return found


def _part_payments(order: Order, events: list[dict[str, Any]]) -> list[Entry]:
    """What was paid before an invoice was paid in full: only the last payment moves its state."""
    told = {(e["owner"], e["at"]) for e in events if e["noun"] == "Invoice" and e["action"] in ("pay", "collect")}
    return [
        Entry(
            title=_of(order, _("Dibayar sebagian, %(amount)s") % {"amount": rupiah(payment.amount)}, invoice.number),
            who=_("%(name)s, bendahara") % {"name": payment.recorded_by.name},
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


def _remedy_titles(remedy: Remedy) -> dict[str, str]:
    return {
        "apply": _("Tagihan dipotong %(amount)s") % {"amount": rupiah(remedy.applied or 0)},
        "void": _("Keputusan gugur: barangnya tidak diterima, jadi tidak ditagih"),
        "refuse": _("Yang akan diganti ternyata ditolak: ditagih bila penggantinya diterima"),
        "come": _("Barang pengganti lengkap"),
        "fall_short": _("Barang pengganti belum semuanya baik"),
        "record": _("Penjual mencatat uang %(amount)s dikembalikan") % {"amount": rupiah(remedy.amount)},
        "confirm": _("Uang kembali diterima"),
        "assume": _("Dianggap diterima: pembeli tidak menjawab"),
        "contest": _("Dibantah pembeli"),
        "uphold": _("Petugas kota: sudah dipenuhi"),
        "return": _("Petugas kota: belum dipenuhi"),
        "lapse": _("Barang pengganti tidak datang dengan baik sampai batas waktu"),
        "fall_due": _("Batas mengembalikan uang lewat"),
    }


def _dispute_titles() -> dict[str, str]:
    return {
        "create": _("Keluhan diajukan"),
        "answer": _("Keluhan dijawab"),
        "pass": _("Keluhan tidak dijawab, diteruskan ke petugas kota"),
        "decide": _("Keluhan selesai"),
    }


def _cancellation_titles(row: Cancellation) -> dict[str, str]:
    """Of one in a single step the order's own entry tells the rest."""
    if row.state == CancellationState.DIRECT:
        return {"create": _("Alasan pembatalan: %(reason)s") % {"reason": row.get_reason_display()}}
    return {
        "create": _("Pembatalan diminta: %(reason)s") % {"reason": row.get_reason_display()},
        "consent": _("Pembatalan disetujui tanpa ganti rugi"),
        "refuse": _("Pembatalan tidak disetujui"),
        "claim": _("Ganti rugi dituntut"),
        "agree": _("Pembatalan disetujui dengan ganti rugi %(amount)s") % {"amount": rupiah(row.claimed or 0)},
        "withdraw": _("Permintaan pembatalan ditarik"),
        "lapse": _("Permintaan pembatalan tidak dijawab, pesanan berlanjut"),
        "overtake": _("Permintaan pembatalan gugur"),
    }


def _next(order: Order, step: Step) -> Entry:
    who = order.seller.name if step.who == Turn.SELLER else str(step.who.label)
    if step.who == Turn.APPROVER:
        who = office_in_sentence(approver_role(clock.today()))
    words = _("Paling lambat %(day)s.") % {"day": long_end(step.due)} if step.due else ""
    note = ""
    dispute = dispute_of(order)
    if step.what == Task.DECIDE and dispute is not None and (note := _offered(order, dispute)):
        words = _("%(name)s dapat menerima tawaran penjual sampai petugas kota memutus.") % {
            "name": dispute.opened_by.name
        }
    if step.paused:
        words = f"{words} {_('Hitungan waktu lain berhenti sampai keluhannya selesai.')}".strip()
    numbers = {row.pk: row.number for row in order.deliveries.all() if row.pk == step.delivery}
    numbers |= {row.pk: row.number for row in order.invoices.all() if row.pk == step.invoice}
    title = _of(order, task_words(order, step), next(iter(numbers.values()), ""))
    return Entry(title=title, who=_("Giliran %(who)s") % {"who": who}, when=words, note=note, next=True)
