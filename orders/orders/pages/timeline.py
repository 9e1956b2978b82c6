"""Who did what with one order, newest first, merged from the event tables."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.quantity import plain
from epeken.core.web.templatetags.uang import tanggal
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.next_step import Step, Turn
from orders.orders.states import CloseReason
from procurement.agencies.states import OfficerRole


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    when: Any
    note: str = ""
    next: bool = False
    photos: list[str] = field(default_factory=list)
    sort: tuple[datetime, int] | None = None


def timeline(order: Order, step: Step | None, *, for_agency: bool) -> list[Entry]:
    """The next step first, then what happened, newest first. A seller does not see inside the department's approval."""
    past: list[Entry] = []
    roles = _roles(order)

    def add(
        events: Any,
        rank: int,
        titles: dict[str, str],
        photos: list[str] | None = None,
        notes: dict[str, str] | None = None,
    ) -> None:
        for event in events.select_related("actor"):
            title = titles.get(event.action)
            if title is None:
                continue
            shown = photos if photos and event.action == "inspect" else []
            past.append(
                Entry(
                    title=title,
                    who=_who(event.actor, roles),
                    when=event.at,
                    note=(notes or {}).get(event.action) or event.note,
                    photos=shown or [],
                    sort=(event.at, rank * 10_000_000 + event.pk % 10_000_000),
                )
            )

    if order.request is not None and for_agency:
        add(order.request.events, 0, _request_titles())
    add(order.events, 1, _order_titles(order))
    for shipment in order.deliveries.all():
        shots = [reverse("orders:inspection-photo", args=[order.number, p.pk]) for p in shipment.photos.all()]
        add(shipment.events, 2, _delivery_titles(order, shipment), shots)
    for issued in order.invoices.all():
        add(issued.events, 3, _invoice_titles())
    for dispute in order.disputes.select_related("opened_by"):
        said = {"create": dispute.complaint, "answer": dispute.answer, "decide": dispute.decision}
        add(dispute.events, 4, _dispute_titles(), notes=said)
    past.sort(key=lambda entry: entry.sort or (order.placed_at, 0), reverse=True)
    return [_next(order, step), *past] if step else past


def _roles(order: Order) -> dict[int, str]:
    roles: dict[int, str] = {}
    if order.buyer_id:
        roles[order.buyer_id] = _("pembeli")
    for member in order.seller.members.all():
        roles.setdefault(member.user_id, order.seller.name)
    request = order.request
    if request is not None:
        for membership in request.agency.members.all():
            roles.setdefault(membership.user_id, str(OfficerRole(membership.role).label).split(" (")[0].lower())
        roles[request.requester_id] = _("pemesan")
        roles[order.issuer_id] = str(OfficerRole(request.approver_role or OfficerRole.PP).label).split(" (")[0].lower()
    for shipment in order.deliveries.all():
        if shipment.receiver_id and order.agency_id:
            roles[shipment.receiver_id] = _("penerima barang")
    for invoice in order.invoices.all():
        if invoice.verifier_id:
            roles[invoice.verifier_id] = _("bendahara")
    return roles


def _who(actor: User, roles: dict[int, str]) -> str:
    if actor is None:
        return _("e-Peken, otomatis")
    role = roles.get(actor.pk)
    return f"{actor.name}, {role}" if role else actor.name


def _request_titles() -> dict[str, str]:
    return {
        "submit": _("Permintaan dikirim"),
        "send_back": _("Permintaan dikembalikan untuk diperbaiki"),
        "approve": _("Permintaan disetujui"),
    }


def _order_titles(order: Order) -> dict[str, str]:
    reason = str(CloseReason(order.close_reason).label) if order.close_reason else ""
    return {
        "create": _("Surat pesanan terbit") if order.agency_id else _("Pesanan dibuat"),
        "accept": _("Pesanan disanggupi penjual"),
        "close": _("Pesanan batal: %(reason)s") % {"reason": reason[:1].lower() + reason[1:]},
        "finish": _("Pesanan selesai"),
    }


def _delivery_titles(order: Order, delivery: Delivery) -> dict[str, str]:
    return {
        "create": _("Dikirim, surat jalan %(number)s") % {"number": delivery.number},
        "arrive": _("Barang tiba"),
        "inspect": _("Diperiksa: %(found)s") % {"found": _found(delivery)},
        "accept": _("Serah terima, %(number)s") % {"number": delivery.bast_number}
        if order.agency_id
        else _("Barang diterima pembeli"),
        "reject": _("Semua barang ditolak"),
    }


def _found(delivery: Delivery) -> str:
    parts = []
    for line in delivery.lines.select_related("order_line"):
        accepted, unit = line.accepted, line.order_line.get_unit_display()
        if accepted is None:
            continue
        if accepted == line.order_line.quantity:
            parts.append(f"{plain(accepted)} {unit}")
        else:
            parts.append(
                _("%(ok)s dari %(all)s %(unit)s")
                % {"ok": plain(accepted), "all": plain(line.order_line.quantity), "unit": unit}
            )
    return ", ".join(parts[:4]) + (_(" dan lainnya") if len(parts) > 4 else "")


def _invoice_titles() -> dict[str, str]:
    return {
        "create": _("Tagihan terbit"),
        "verify": _("Berkas dinyatakan lengkap"),
        "pay": _("Dibayar"),
        "collect": _("Uang tunai diterima penjual"),
    }


def _dispute_titles() -> dict[str, str]:
    return {"create": _("Sengketa dibuka"), "answer": _("Sengketa dijawab"), "decide": _("Sengketa selesai")}


def _next(order: Order, step: Step) -> Entry:
    who = order.seller.name if step.who == Turn.SELLER else str(step.who.label)
    words = _("Paling lambat %(day)s.") % {"day": tanggal(step.due)} if step.due else ""
    if step.paused:
        words = f"{words} {_('Hitungan waktu lain berhenti sampai sengketa ini selesai.')}".strip()
    return Entry(title=str(step.what.label), who=_("Giliran %(who)s") % {"who": who}, when=words, next=True)
