"""Pieces every document is made of, as plain data. Documents speak Indonesian whatever the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, long_time, month, numeric_date, weekday
from epeken.core.i18n.words import in_words, rupiah
from epeken.core.models import Event, Kelurahan
from epeken.core.phones import phone_words
from orders.deliveries.models import Delivery, DeliveryEvent, DeliveryLine
from orders.documents.models import Document
from orders.documents.render import qr_svg
from orders.documents.states import VoidReason
from orders.orders.models import Order, OrderBuyer, OrderLine, SellerFacts
from orders.orders.words import close_words
from orders.remedies.models import Remedy
from orders.remedies.states import RemedyKind
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalReason
from procurement.agencies.states import Capacity, office_label
from procurement.budgets.charges import Charge, Charges
from procurement.budgets.models import BudgetLine
from umkm.catalogue.states import Unit

BLANK = "." * 36  # to be filled in by hand
ARMS = "arms.png"
Facts = list[tuple[str, str]]
Sums = list[tuple[str, str, bool]]


@dataclass
class Paper:
    """One document ready to lay out: its data, the pictures the data names, and the PDF that follow its own pages."""

    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    followed_by: list[bytes] = field(default_factory=list)
    amount: int | None = None  # the sum it states

    @property
    def signatures(self) -> list[dict[str, Any]]:
        """The blocks of those whose act it states, in their order."""
        blocks = [*self.data.get("signs-top", ()), *self.data.get("signs", ())]
        return [block for block in blocks if block["event"] is not None]


def contacts(order: Order, receiver: str, phone: str) -> Facts:
    """Whom the goods are handed to, and of a department whom the seller calls about the order: who asked for them."""
    contact = _person(order.recipient, order.recipient_phone) or "–"
    if order.agency_id is None:
        return [("Penerima", contact)]
    return [("Penerima barang", _person(receiver, phone) or "penerima barang dinas ini"), ("Narahubung", contact)]


def _person(name: str, phone: str) -> str:
    return ", ".join(part for part in (name, phone_words(phone)) if part)


def words(amount: int) -> str:
    """`Satu juta dua ratus ribu rupiah`."""
    text = in_words(amount)
    return f"{text[0].upper()}{text[1:]} rupiah"


def numbers(number: str | None, office_number: str) -> list[str]:
    """Of a paper, and in the department's own agenda where it has one there."""
    return [f"Nomor {number}", *([f"Nomor surat dinas {office_number}"] if office_number else [])]


def base(document: Document, *, title: str, numbers: list[str], head: dict[str, Any]) -> Paper:
    """Title, numbers, letterhead, and the foot with the code that proves the document."""
    qr = f"qr-{document.code}.svg"
    url = verify_url(document.code)
    return Paper(
        {
            "kind": document.kind,
            "void": "",
            "title": title,
            "numbers": numbers,
            "head": head,
            "qr": qr,
            "site": verify_url("").removeprefix("https://").removeprefix("http://").rstrip("/"),
            "code": grouped(document.code),
            "made": f"Dibuat e-Peken {full_time(document.requested_at)}.",
        },
        {qr: qr_svg(url)} | ({ARMS: settings.CITY.arms} if head.get("arms") else {}),
    )


def void_words(document: Document, order: Order) -> str:
    """Under the mark BATAL; '' of any other edition. An order that closes says why."""
    if not document.void_reason:
        return ""
    why = str(VoidReason(document.void_reason).label)
    if document.void_reason == VoidReason.ORDER_CLOSED and order.close_reason:
        why += f" ({close_words(order).lower()})"
    if document.void_reason == VoidReason.SHIPMENT_WITHDRAWN:
        why += f" ({_withdrawal_words(document)})"
    taken = PaymentReversal.objects.released().filter(
        payment__invoice=document.invoice_id, ended_at=document.requested_at
    )
    for reversal in taken if document.invoice_id is not None else ():
        why += f" ({_reversal_words(reversal)})"
    return f"Tidak berlaku sejak {full_date(document.requested_at)}: {why}."


def _withdrawal_words(document: Document) -> str:
    """What was recorded by mistake, in the seller's words, who took it back and when."""
    act = DeliveryEvent.objects.get(delivery=document.delivery_id, action="withdraw")
    return f"“{act.note}”; ditarik {act.actor_name}, {long_time(act.at)}"


def _reversal_words(reversal: PaymentReversal) -> str:
    """Why a payment was taken back, who asked and who released it, by the names they had then."""
    said = [str(ReversalReason(reversal.reason).label).lower()]
    said += [f"yang keluar {rupiah(reversal.sent_amount)}"] if reversal.sent_amount is not None else []
    said += [f"“{reversal.note}”"] if reversal.note else []
    acts = {event.action: event for event in reversal.events.all()}
    for action, words in (("create", "diminta"), ("release", "dilepas")):
        if (act := acts.get(action)) is not None:
            said.append(f"{words} {act.actor_name}, {long_time(act.at)}")
    return "; ".join(said)


def verify_url(code: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/periksa/{code}{'/' if code else ''}"


def grouped(code: str) -> str:
    """`abcd-efgh-…`: a code as a person copies it."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def agency_head(buyer: OrderBuyer) -> dict[str, Any]:
    return {
        "over": settings.CITY.government.upper(),
        "name": buyer.name.upper(),
        "lines": [line for line in (buyer.address, buyer.contacts, buyer.npwp and f"NPWP {buyer.npwp}") if line],
        "arms": ARMS if settings.CITY.arms else "",
    }


def shop_head(seller: SellerFacts) -> dict[str, Any]:
    papers = []
    if seller.nib:
        papers.append(f"NIB {seller.nib}")
    if seller.npwp:
        papers.append(f"NPWP {seller.npwp}")
    lines = [seller.address, *([" · ".join(papers)] if papers else [])]
    return {"over": "", "name": seller.name, "lines": lines, "arms": ""}


def quantity_of(line: OrderLine, quantity: Decimal | None) -> str:
    return "–" if quantity is None else Unit(line.unit).counted(quantity)


def ordered_lines(lines: Iterable[OrderLine]) -> list[dict[str, str]]:
    return [
        {
            "no": str(n),
            "name": line.name,
            "note": ". ".join(filter(None, (line.note, line.tier_words))),
            "quantity": quantity_of(line, line.quantity),
            "price": rupiah(line.price),
            "amount": rupiah(line.amount),
        }
        for n, line in enumerate(lines, 1)
    ]


@dataclass(frozen=True)
class HandedOver:
    """What of one line changed hands with the BAST: `decided` of it by a decision until then, without what one had
    `rejected`; its amount in rupiah."""

    line: DeliveryLine
    decided: Decimal
    amount: int
    rejected: Decimal = Decimal(0)

    @property
    def quantity(self) -> Decimal:
        return (self.line.accepted or Decimal(0)) + self.decided - self.rejected


def handed_over(delivery: Delivery, remedies: Iterable[Remedy]) -> list[HandedOver]:
    """As it was at the handover: what was decided afterwards is on the invoice, not on the BAST. `remedies`: of its
    order."""
    before = [
        remedy
        for remedy in remedies
        if remedy.delivery_id == delivery.pk
        and delivery.accepted_at is not None
        and remedy.granted_at <= delivery.accepted_at
    ]
    counted = [remedy for remedy in before if remedy.kind == RemedyKind.ACCEPTANCE]
    refused = [remedy for remedy in before if remedy.kind == RemedyKind.REFUSAL]
    found = []
    for line in delivery.lines.all():
        own = [remedy for remedy in counted if remedy.order_line_id in (None, line.order_line_id)]
        decided = sum((remedy.quantity or line.sent for remedy in own), Decimal(0))
        is_whole = any(remedy.order_line_id is None for remedy in own)
        # Of a delivery of which everything was refused before nothing is handed over.
        gone = (remedy.quantity for remedy in refused if remedy.order_line_id == line.order_line_id)
        rejected = sum((quantity for quantity in gone if quantity is not None), Decimal(0))
        # What was refused since is off the bill, and was handed over.
        amount = line.billed + line.price_of(line.rejected) if is_whole else line.amount or 0
        found.append(HandedOver(line, decided, amount, rejected))
    return found


def accepted_head(delivery: Delivery, rows: Iterable[HandedOver]) -> str:
    """Over the quantities of `accepted_lines`: found good by an inspection, not inspected in time, or decided."""
    if any(row.decided or row.rejected for row in rows):
        return "Diterima"
    return "Diterima baik" if delivery.inspected_at else "Dianggap diterima"


def accepted_lines(rows: Iterable[HandedOver]) -> list[dict[str, str]]:
    """As handed over with one delivery; what is not all that was ordered says so, what an earlier invoice bears, and
    what a decision counts as accepted."""
    return [
        _line(
            n,
            row.line,
            row.quantity,
            row.amount,
            _decided(row.line, row.decided),
            _rejected(row.line, row.rejected),
            _covered(row.line),
        )
        for n, row in enumerate(rows, 1)
    ]


def invoiced_head(delivery: Delivery) -> str:
    """Over the quantities of `invoiced_lines`."""
    if any(line.returned for line in delivery.lines.all()):
        return "Ditagih"  # it stands on the bill, and is not kept
    rows = [HandedOver(line, line.decided, line.billed, line.rejected) for line in delivery.lines.all()]
    return accepted_head(delivery, rows)


def invoiced_lines(lines: Iterable[DeliveryLine]) -> list[dict[str, str]]:
    """As billed with one delivery."""
    return [
        _line(n, line, line.invoiced, line.billed, _decided(line, line.decided), _rejected(line, line.rejected_since))
        for n, line in enumerate(lines, 1)
    ]


def _decided(line: DeliveryLine, decided: Decimal) -> str:
    return f"{quantity_of(line.order_line, decided)} menurut keputusan keluhan" if decided else ""


def _rejected(line: DeliveryLine, rejected: Decimal) -> str:
    return f"{quantity_of(line.order_line, rejected)} ditolak menurut keputusan keluhan" if rejected else ""


def _covered(line: DeliveryLine) -> str:
    return f"{quantity_of(line.order_line, line.covered)} sudah ditagih" if line.covered else ""


def _line(count: int, line: DeliveryLine, quantity: Decimal, amount: int, *notes: str) -> dict[str, str]:
    sold = line.order_line
    ordered = f"dipesan {quantity_of(sold, sold.quantity)}" if quantity != sold.quantity else ""
    return {
        "no": str(count),
        "name": sold.name,
        "note": ", ".join(part for part in (sold.tier_words, ordered, *notes) if part),
        "quantity": quantity_of(sold, quantity),
        "price": rupiah(sold.price),
        "amount": rupiah(amount),
    }


def total_sums(goods: int, delivery: int, label: str = "Jumlah") -> Sums:
    if not delivery:
        return [(label, rupiah(goods), True)]
    return [
        ("Jumlah barang", rupiah(goods), False),
        ("Ongkos antar", rupiah(delivery), False),
        (label, rupiah(goods + delivery), True),
    ]


def charged(order: Order, found: Charges) -> list[Charge]:
    """What is charged (`found`) with the budget lines of the order, the request's own first."""
    main = order.request.line if order.request else None
    if main is None or order.request is None:
        return []
    named = [line.charged_to for line in order.lines.all()] + [line.charged_to for line in order.request.lines.all()]
    lines = {line.pk: line for line in named if line is not None} | {main.pk: main}
    if not found.keys() <= lines.keys():  # a later year pays
        lines |= BudgetLine.objects.select_related("account").in_bulk(found.keys() - lines.keys())
    rows = [Charge(lines[pk], amount) for pk, amount in found.items()]
    return sorted(rows, key=lambda charge: charge.line.pk != main.pk) or [Charge(main, 0)]


def budget_facts(payers: Sequence[Charge]) -> Facts:
    """Who pays: one budget line, or several with what each bears."""
    if len(payers) > 1:
        return [(f"Beban {n}", f"{rupiah(one.amount)}, {payer_words(one.line)}") for n, one in enumerate(payers, 1)]
    return [
        fact
        for one in payers
        for fact in (
            ("Sub-kegiatan", f"{one.line.activity_code} {one.line.activity_name}"),
            ("Kode rekening", f"{one.line.account_id} {one.line.account.name}"),
            ("ID RUP", f"{one.line.rup_id} (tahun anggaran {one.line.year})"),
        )
    ]


def payer_words(line: BudgetLine) -> str:
    return (
        f"rekening {line.account_id} {line.account.name}, sub-kegiatan {line.activity_code} {line.activity_name}, "
        f"RUP {line.rup_id} (tahun anggaran {line.year})"
    )


def place_and_date(moment: datetime) -> str:
    return f"{settings.CITY.name}, {full_date(moment)}"


def sign(role: str, name: str, *, nip: str = "", head: str = "", note: str = "", stamp: bool = False) -> dict[str, Any]:
    """A signature block; without a name a line to fill in by hand."""
    return {
        "head": head,
        "role": role,
        "name": name or BLANK,
        "id": f"NIP {nip}" if nip else "",
        "note": note,
        "stamp": stamp,
        "event": None,
    }


def signed(role: str, act: Event | None, verb: str, *, head: str = "") -> dict[str, Any]:
    """The block of somebody who acted, as they were then; without the act a line to fill in by hand."""
    if act is None:
        return sign(role, "", head=head)
    block = sign(role, act.actor_name, nip=act.actor_nip, head=head, note=electronic(verb, act.at))
    whose = {"nip": act.actor_nip, "acted_as": act.acted_as, "verb": verb, "at": act.at.isoformat()}
    return block | whose | {"event": act.sequence}


def office(act: Event | None) -> str:
    """The office in which somebody acted, in words, as Plt. or Plh. where they only stood in."""
    return (office_label(act.acted_as) if act is not None else "") or "Pejabat dinas"


def acting(act: Event | None, role: str) -> str:
    """`Plh. Bendahara` where the act was done by who only stood in for the holder, else the role."""
    capacity = act.acted_as.rpartition(".")[0] if act is not None else ""
    return f"{Capacity(capacity).label} {role}" if capacity else role


def electronic(verb: str, moment: datetime | None) -> str:
    return f"{verb} secara elektronik {full_date(moment)}" if moment else ""


def address(place: str, ward: Kelurahan | None) -> str:
    """Where goods are brought, with its kelurahan and kecamatan."""
    parts = [place, f"Kelurahan {ward.name}, Kecamatan {ward.kecamatan.name}" if ward else ""]
    return ", ".join(p for p in parts if p)


def day_in_words(moment: datetime) -> str:
    """`Sabtu tanggal dua belas bulan September tahun dua ribu dua puluh enam (12-09-2026)`."""
    day = clock.local_date(moment)
    words = f"{weekday(day)} tanggal {in_words(day.day)} bulan {month(day)} tahun {in_words(day.year)}"
    return f"{words} ({numeric_date(day)})"
