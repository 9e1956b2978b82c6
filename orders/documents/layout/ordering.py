"""Request and approval, and the surat pesanan."""

from decimal import Decimal
from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from epeken.core.quantity import grouped
from orders.billing import charges
from orders.billing import rules as billing_rules
from orders.documents.layout import amending, continued, facts, warned
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from orders.orders.contract_form import contract_of
from orders.orders.models import Order
from orders.orders.words import method_words
from orders.schedules import pages as schedules
from orders.schedules.models import DueDay
from procurement.budgets import charges as budget_charges
from procurement.budgets.charges import Charges
from procurement.requests.models import PurchaseRequest
from procurement.schedules import pages as request_schedules
from umkm.catalogue.states import Unit

STEPS = {
    "submit": "Diajukan",
    "negotiate": "Disepakati dengan penyedia",
    "sign": "Ditandatangani sebelum diputuskan",
    "approve": "Disetujui",
    "approve_by_frame": "Disetujui menurut kerangka",
    "send_back": "Dikembalikan",
    "reissue": "Dialihkan ke penjual lain",
}


def request_sheet(trail: Trail, document: Document) -> Paper:
    request = trail.order.request
    if request is None:
        raise ValueError("A person's order has no request.")
    paper = facts.base(
        document,
        title="Permintaan dan Persetujuan",
        numbers=facts.numbers(request.number, request.office_number),
        head=facts.agency_head(trail.order.buyer_party),
    )
    approval = continued.act(trail, request, "approve")
    frame = continued.approving_frame(trail, request)
    kept = [line for line in request.lines.all() if line.dropped_at is None]
    delivery = sum(row.delivery_cost for row in request.sellers.all() if row.seller_id in {k.seller_id for k in kept})
    goods = sum(line.amount for line in kept)
    paper.amount = goods + delivery
    paper.data |= {
        "event": _event(request),
        "budget": facts.budget_facts(facts.charged(trail.order, _approved_charges(request))),
        "lines": [_line(n, line) for n, line in enumerate(request.lines.all(), 1)],
        "sums": facts.total_sums(goods, delivery, "Jumlah yang disetujui"),
        "words": facts.words(goods + delivery),
        "statements": [
            *continued.statements(trail, request),
            *continued.frame_statements(trail, request),
            *_moved(request),
        ],
        "warnings": warned.rows(trail, request),
        "steps": [_step(event) for event in trail.events(request) if event.action in STEPS],
        "signs": [
            facts.signed("Pemesan", continued.act(trail, request, "submit"), "Diajukan"),
            *(facts.signed(facts.office(one), one, "Ditandatangani") for one in continued.signatures(trail, request)),
            facts.signed(
                facts.office(approval),
                approval,
                "Disetujui" if frame is None else f"Ditandatangani dalam kerangka {frame.number}",
            ),
        ],
    }
    return paper


def purchase_order(trail: Trail, document: Document) -> Paper:
    request = trail.order.request
    order, lines = amending.as_issued(trail.order)
    days = amending.days_as_issued(trail.order)
    if request is None or order.agency is None:
        raise ValueError("Only a department's order is a surat pesanan.")
    paper = facts.base(
        document,
        title="Surat Pesanan",
        numbers=facts.numbers(order.number, order.office_number),
        head=facts.agency_head(order.buyer_party),
    )
    paper.amount = order.total
    seller, issue = order.seller_party, trail.act(order, "create")
    answer = trail.act(order, "accept")
    day = clock.local_date(order.placed_at)
    payment_days = billing_rules.PAYMENT.on(day)
    answer_by = long_time(clock.told_end(order.answer_due_at))
    # A schedule serves several events, of which the request names one.
    has_one = request.event_at is not None and not request.scheduled_days
    event = f" pada {long_time(request.event_at)}" if request.event_at and has_one else ""
    paper.data |= {
        "to": {"name": seller.name, "lines": [seller.owner_name, seller.address]},
        "facts-side": [
            ("Tanggal", full_date(order.placed_at)),
            ("Permintaan", request.number),
            *([("Kerangka", frame.number)] if (frame := continued.approving_frame(trail, request)) else []),
            ("Perihal", "Pesanan barang dan jasa"),
        ],
        "opening": f"Untuk kegiatan “{order.title}”{event}, kami memesan barang dan jasa berikut dari toko Anda:",
        "lines": facts.ordered_lines(lines),
        "sums": facts.total_sums(order.goods_total, order.delivery_cost),
        "words": facts.words(order.total),
        "delivery": [
            ("Cara menerima", method_words(order)),
            *([] if days else [("Tiba paling lambat", long_time(clock.told_end(order.deliver_at)))]),
            ("Tempat", facts.address(order.delivery_place, order.delivery_kelurahan) or "–"),
            *_dates(order, days),
            *facts.contacts(order, order.buyer_party.receiver, order.buyer_party.receiver_phone),
        ],
        "budget": facts.budget_facts(facts.charged(order, charges.of_order(order, lines))),
        "terms": [
            contract_of(order.total, day).words,
            f"Penjual menjawab di e-Peken paling lambat {answer_by}. Tanpa jawaban, pesanan ini "
            "batal dengan sendirinya.",
            "Harga di atas tetap dan tidak ada biaya lain. Barang yang dikirim sama dengan yang tertulis.",
            "Barang dihitung dan diperiksa saat tiba. Yang tidak sesuai dikembalikan dan tidak dibayar.",
            f"Pembayaran dilakukan paling lambat {payment_days} hari kerja sesudah berita acara serah terima (BAST), "
            "sebesar barang yang diterima, dipotong pajak menurut ketentuan.",
            "Keberatan kedua pihak diselesaikan melalui keluhan di e-Peken sebelum langkah hukum lain.",
        ],
        "signs": [
            facts.signed("Penyedia", answer, "Disanggupi")
            if answer
            else facts.sign("Penyedia", "", note="menunggu jawaban penjual"),
            facts.signed(facts.office(issue), issue, _issued(issue), head=facts.place_and_date(order.placed_at)),
        ],
    }
    return paper


def _dates(order: Order, days: list[DueDay]) -> facts.Facts:
    """What comes on which date of its schedule; nothing for an order with one date."""
    told = f"{rupiah(order.delivery_cost)} untuk {len(days)} kali kirim"
    return [
        (
            f"Pengiriman ke-{day.number}",
            "; ".join(
                part
                for part in (
                    long_time(clock.told_end(day.deliver_at)),
                    ", ".join(schedules.goods_of(day, facts.quantity_of)),
                    day.place,
                )
                if part
            ),
        )
        for day in days
    ] + ([("Ongkos antar", told)] if days and order.delivery_cost else [])


def _approved_charges(request: PurchaseRequest) -> Charges:
    """What the approved goods put on which budget line, over all their sellers."""
    if request.line_id is None:
        return {}
    main, parts = request.line_id, []
    for part in request.sellers.all():
        kept = [one for one in request.lines.all() if one.seller_id == part.seller_id and one.dropped_at is None]
        goods = [(one.charged_to_id or main, one.amount) for one in kept]
        parts.append(budget_charges.of_part(goods, part.delivery_cost, main=main))
    return budget_charges.added(parts)


def _event(request: PurchaseRequest) -> facts.Facts:
    pairs: list[tuple[str, Any]] = [
        ("Kegiatan", request.title),
        ("Keperluan", request.purpose),
        ("Waktu acara", long_time(request.event_at) if request.event_at else ""),
        ("Tempat acara", request.event_place),
        ("Peserta", f"{grouped(Decimal(request.attendees))} orang" if request.attendees else ""),
        ("Barang tiba paling lambat", _comes_by(request)),
        ("Jadwal pengiriman", request_schedules.summary(request)),
        *(
            (f"Pengiriman ke-{row['n']}", "; ".join(filter(None, [row["when"], ", ".join(row["goods"]), row["place"]])))
            for row in request_schedules.rows(request)
        ),
        ("Alamat antar", facts.address(request.delivery_place, request.delivery_kelurahan)),
    ]
    return [(label, value) for label, value in pairs if value]


def _comes_by(request: PurchaseRequest) -> str:
    """Of a schedule each date says it itself."""
    if request.deliver_at is None or request.scheduled_days:
        return ""
    return long_time(clock.told_end(request.deliver_at))


def _moved(request: PurchaseRequest) -> list[str]:
    """Parts that come at a moment of their own, by agreement."""
    names = {line.seller_id: line.seller_name for line in request.lines.all() if line.dropped_at is None}
    return [
        f"Barang dari {names[part.seller_id]} tiba paling lambat {long_time(clock.told_end(part.deliver_at))}, "
        "disepakati dalam negosiasi."
        for part in request.sellers.all()
        if part.deliver_at is not None and part.seller_id in names
    ]


def _line(n: int, line: Any) -> dict[str, Any]:
    dropped = line.dropped_at is not None
    reason = (
        f"Tidak disetujui: {line.dropped_reason}"
        if dropped and line.dropped_reason
        else ". ".join(filter(None, (line.note, line.tier_words)))
    )
    return {
        "no": str(n),
        "name": line.name,
        "note": reason,
        "seller": line.seller_name,
        "quantity": Unit(line.unit).counted(line.quantity),
        "price": rupiah(line.price),
        "amount": rupiah(line.amount),
        "dropped": dropped,
    }


def _step(event: Event) -> dict[str, str]:
    return {
        "at": full_time(event.at),
        "what": STEPS[event.action],
        "who": event.actor_name or "Sistem",
        "note": event.note or "–",
    }


def _issued(issue: Event | None) -> str:
    """`Diterbitkan`; by a frame's own word where nobody pressed for this order."""
    return f"Diterbitkan menurut kerangka {issue.note}" if issue is not None and issue.note else "Diterbitkan"
