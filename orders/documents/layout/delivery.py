"""Surat jalan, inspection with its photos, and the handover (BAST)."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from epeken.core import clock
from epeken.core.clock import told_end
from epeken.core.i18n.times import full_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.billing import charges
from orders.deliveries import fetching
from orders.deliveries.models import Delivery, DeliveryLine
from orders.documents.layout import confirming, facts, photos
from orders.documents.layout.facts import HandedOver, Paper
from orders.documents.models import Document
from orders.documents.render import qr_svg
from orders.documents.schedule import Trail
from orders.drafts.states import DraftAct
from orders.drafts.words import claim_of
from orders.orders.models import Order
from orders.orders.next_step import replaced_invoices_of
from orders.photo_places.words import place_words
from orders.pins import pins
from orders.remedies.models import Remedy
from orders.remedies.states import FALLEN, RemedyKind, RemedyState
from orders.schedules import pages as schedules


def delivery_note(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    paper = facts.base(
        document, title="Surat Jalan", numbers=[f"Nomor {delivery.number}"], head=facts.shop_head(order.seller_party)
    )
    paper.data |= {
        "facts": [
            ("Surat pesanan", f"{order.number}, {full_date(order.placed_at)}"),
            ("Kepada", order.buyer_party.name),
            ("Alamat", _place(delivery)),
            *schedules.paper_facts(delivery),
            *facts.contacts(order, delivery.awaited_by, delivery.awaited_by_phone),
            *_again(delivery),
            ("Dibawa oleh", delivery.carried_by),
            ("Berangkat", long_time(delivery.shipped_at)),
        ],
        "lines": [
            {
                "no": str(n),
                "name": line.order_line.name,
                "ordered": facts.quantity_of(line.order_line, line.order_line.quantity),
                "sent": facts.quantity_of(line.order_line, line.sent),
                "note": "barang pengganti"
                if delivery.remedy_id is not None
                else _in_parts(line, _sent_before(trail, delivery)),
            }
            for n, line in enumerate(delivery.lines.all(), 1)
        ],
        "arrival": {
            "file": f"tiba-{delivery.number}.svg",
            "text": "Penerima: pindai kode ini, masuk ke e-Peken, lalu catat bahwa barangnya tiba. Tanpa jaringan, "
            "baca PIN enam angka dari halaman pesanan Anda kepada pembawa. PIN mencatat kedatangan, bukan hasil "
            "pemeriksaan dan bukan BAST.",
        },
        "remark": "Hitung barang di depan pembawa. Selisih dan kerusakan ditulis pada lembar pemeriksaan di e-Peken.",
        "signs": [
            facts.signed(
                "Pengirim", trail.act(delivery, "create"), "Dikirim", head=facts.place_and_date(delivery.shipped_at)
            ),
            facts.sign("Pembawa", ""),
            facts.sign("Penerima di tempat", ""),
        ],
    }
    paper.files[f"tiba-{delivery.number}.svg"] = qr_svg(pins.arrival_url(delivery))
    return paper


def _sent_before(trail: Trail, delivery: Delivery) -> dict[int, Decimal]:
    """By order line: what earlier deliveries brought, without those that had been called missing, or whose record had
    been withdrawn, when this one left."""
    sent: dict[int, Decimal] = defaultdict(Decimal)
    for earlier in trail.order.deliveries.all():
        missed = trail.act(earlier, "miss") or trail.act(earlier, "withdraw")
        if (
            earlier.pk < delivery.pk
            and earlier.remedy_id is None
            and (missed is None or missed.at > delivery.shipped_at)
        ):
            for line in earlier.lines.all():
                sent[line.order_line_id] += line.sent
    return sent


def _in_parts(line: DeliveryLine, sent: Mapping[int, Decimal]) -> str:
    """For the guard who counts: what came before, and what is still to come."""
    before = sent.get(line.order_line_id, Decimal(0))
    left = line.order_line.quantity - before - line.sent
    parts = [f"{facts.quantity_of(line.order_line, before)} sudah dikirim"] if before else []
    if left > 0:
        parts.append(f"{facts.quantity_of(line.order_line, left)} menyusul")
    elif before:
        parts.append("lengkap dengan kiriman ini")
    return ", ".join(parts)


def _punctual(delivery: Delivery) -> str:
    """Goods of a date that came on an earlier day say so: a breakfast for Tuesday is none on Sunday."""
    arrived = delivery.arrived_at
    if (
        delivery.due_day is not None
        and delivery.is_on_time
        and arrived
        and clock.local_date(arrived) < clock.last_day(delivery.deliver_at)
    ):
        return f"Lebih awal, ditunggu {long_time(clock.told_end(delivery.deliver_at))}"
    return {True: "Tepat waktu", False: "Terlambat", None: "–"}[delivery.is_on_time]


def _place(delivery: Delivery) -> str:
    """Where its date of the schedule says, else where the order does."""
    order, day = delivery.order, delivery.due_day
    if day is not None and day.place:
        return day.place
    return facts.address(order.delivery_place, order.delivery_kelurahan) or "–"


def _again(delivery: Delivery) -> list[tuple[str, str]]:
    """In place of what it comes, and by which decision."""
    remedy = delivery.remedy
    if remedy is None:
        return []
    return [
        ("Barang pengganti", f"untuk kiriman {remedy.delivery.number}"),
        ("Dasar", f"keputusan keluhan {full_date(remedy.granted_at)}"),
    ]


def inspection(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    inspected = trail.act(delivery, "inspect")
    if delivery.inspected_at is None or inspected is None:
        raise ValueError("Nobody inspected.")
    paper = facts.base(
        document,
        title="Lembar Pemeriksaan Barang",
        numbers=[f"Surat jalan {delivery.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "facts": [
            ("Surat pesanan", f"{order.number}, {full_date(order.placed_at)}"),
            ("Penyedia", order.seller_party.name),
            *_again(delivery),
            *schedules.paper_facts(delivery),
            ("Harus tiba", long_time(told_end(delivery.deliver_at))),
            ("Tiba", _arrival(trail, delivery)),
            ("Ketepatan waktu", _punctual(delivery)),
            ("Diperiksa", long_time(delivery.inspected_at)),
            *([("Yang tidak diterima", said)] if (said := fetching.words(order, delivery)) else []),
        ],
        "lines": [
            {
                "no": str(n),
                "name": line.order_line.name,
                "ordered": facts.quantity_of(line.order_line, line.order_line.quantity),
                "sent": facts.quantity_of(line.order_line, line.sent),
                "arrived": facts.quantity_of(line.order_line, line.arrived),
                "accepted": facts.quantity_of(line.order_line, line.accepted),
                "remark": line.remark or "–",
            }
            for n, line in enumerate(delivery.lines.all(), 1)
        ],
        "finding": f"Catatan pemeriksa: {delivery.remark}"
        if delivery.remark
        else "Tidak ada catatan tambahan dari pemeriksa.",
        "claims": [
            f"{said}: {claim}"
            for said, act in (("Kedatangan", DraftAct.ARRIVE), ("Pemeriksaan", DraftAct.INSPECT))
            if (claim := claim_of(delivery, act))
        ],
        "signs": [
            facts.signed(
                facts.office(inspected), inspected, "Diperiksa", head=facts.place_and_date(delivery.inspected_at)
            )
        ],
    }
    paper.data["photos"] = photos.put(paper, delivery.photos.all(), claim=place_words)
    return paper


def bast(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    seller, buyer = order.seller_party, order.buyer_party
    if delivery.accepted_at is None:
        raise ValueError("There was no handover.")
    paper = facts.base(
        document,
        title="Berita Acara Serah Terima",
        numbers=facts.numbers(delivery.bast_number, delivery.office_number),
        head=facts.agency_head(buyer),
    )
    rows = facts.handed_over(delivery, order.remedies.all())
    lines = [row.line for row in rows]
    goods = sum(row.amount for row in rows)
    cost = _cost(trail, delivery)
    paper.amount = goods + cost
    overruled = trail.act(delivery, "overrule")
    taken, given = trail.act(delivery, "accept"), confirming.handover_act(trail)
    inspected = trail.act(delivery, "inspect") is not None
    day = facts.day_in_words(delivery.accepted_at)
    handover = _handover(given=given is not None, taken=taken is not None, decided=overruled is not None)
    paper.data |= {
        "opening": f"Pada hari ini, {day}, kami yang bertanda tangan di bawah ini:"
        if taken and given
        else f"Pada hari ini, {day}, e-Peken mencatat serah terima antara:",
        "first": {
            "no": "1.",
            "called": "PIHAK PERTAMA",
            "rows": [
                ("Nama", seller.owner_name),
                ("Usaha", seller.name),
                ("Alamat", seller.address),
            ],
        },
        "second": {
            "no": "2.",
            "called": "PIHAK KEDUA",
            "rows": [
                *([("Nama", taken.actor_name)] if taken else []),
                *([("NIP", taken.actor_nip)] if taken and taken.actor_nip else []),
                ("Jabatan" if taken else "Instansi", f"{facts.office(taken)}, {buyer.name}" if taken else buyer.name),
            ],
        },
        "statement": (
            f"{handover} barang dan jasa menurut surat pesanan {order.number} tanggal "
            f"{full_date(order.placed_at)}, dikirim dengan surat jalan {delivery.number}{_in_place(delivery)}:"
        ),
        "lines": facts.accepted_lines(rows),
        "accepted": facts.accepted_head(delivery, rows),
        "sums": facts.total_sums(goods, cost),
        "words": facts.words(goods + cost),
        "clauses": [
            *_grounds(inspected=inspected, signed=taken is not None, overruled=overruled),
            *confirming.handover_clauses(trail),
            _completeness(order, rows, inspected=inspected),
            *_decided_before(trail, delivery),
            *_covered(delivery, lines),
            *_charged(order, rows, cost),
            "Sejak berita acara ini, barang menjadi tanggung jawab PIHAK KEDUA"
            + (" dan tagihan dapat dibayarkan." if goods + cost else "."),
        ],
        "signs": [
            confirming.handover_block(trail),
            *(
                [facts.signed("PIHAK KEDUA", taken, "Diterima", head=facts.place_and_date(delivery.accepted_at))]
                if taken
                else []
            ),
        ],
    }
    return paper


def _cost(trail: Trail, delivery: Delivery) -> int:
    """Rupiah: the delivery cost its bill bears; of goods that a decision refused since, the bill that is void."""
    own = [bill for bill in replaced_invoices_of(trail.order) if bill.delivery_id == delivery.pk]
    bill = trail.invoice or next(reversed(own), None)
    return bill.delivery_cost if bill else 0


def _in_place(delivery: Delivery) -> str:
    """Of goods that came again: in place of what."""
    if delivery.remedy is None:
        return ""
    return (
        f", sebagai pengganti barang kiriman {delivery.remedy.delivery.number} menurut keputusan keluhan tanggal "
        f"{full_date(delivery.remedy.granted_at)}"
    )


def _covered(delivery: Delivery, lines: list[DeliveryLine]) -> list[str]:
    """What of goods that came again is on the invoice of those they came in place of."""
    if delivery.remedy is None:
        return []
    number = delivery.remedy.delivery.number
    goods = ", ".join(
        f"{facts.quantity_of(line.order_line, line.covered)} {line.order_line.name}" for line in lines if line.covered
    )
    said = [f"{goods} sudah ditagih dengan kiriman {number} dan tidak ditagih lagi."] if goods else []
    if any(line.invoiced for line in lines):
        said.append(f"Yang ditagih dengan berita acara ini ditolak pada kiriman {number}, jadi belum pernah ditagih.")
    return said


def _charged(order: Order, rows: list[HandedOver], cost: int) -> list[str]:
    """Which budget lines pay for what was handed over, where there are several."""
    goods = [(row.line.order_line, row.amount) for row in rows]
    payers = facts.charged(order, charges.of_delivery(order, goods, cost))
    if len(payers) < 2:
        return []
    said = "; ".join(f"{one.line.account_id} {one.line.account.name} {rupiah(one.amount)}" for one in payers)
    return [f"Jumlah di atas dibebankan pada {said}."]


def _decided_before(trail: Trail, delivery: Delivery) -> list[str]:
    """What was decided about these goods before the handover: it is part of what both sides agree to."""
    said = []
    off = sum(
        remedy.applied or 0
        for remedy in _remedies(trail, delivery, RemedyKind.DEDUCTION)
        if remedy.state == RemedyState.APPLIED
    )
    if off:
        said.append(
            f"Menurut keputusan keluhan, tagihan kiriman ini dipotong {rupiah(off)} dari jumlah di atas, beserta "
            "dasar pengenaan pajaknya."
        )
    for remedy in _remedies(trail, delivery, RemedyKind.ACCEPTANCE):
        if remedy.order_line is not None:
            goods = f"{facts.quantity_of(remedy.order_line, remedy.quantity)} {remedy.order_line.name}"
            said.append(
                f"Menurut keputusan keluhan tanggal {full_date(remedy.granted_at)}, {goods} dihitung diterima; "
                "pemeriksa tidak menyatakannya baik."
            )
    for remedy in _remedies(trail, delivery, RemedyKind.REFUSAL):
        if remedy.order_line is not None:
            goods = f"{facts.quantity_of(remedy.order_line, remedy.quantity)} {remedy.order_line.name}"
            said.append(
                f"Menurut keputusan keluhan tanggal {full_date(remedy.granted_at)}, {goods} yang semula diterima "
                "ditolak, kembali ke PIHAK PERTAMA, dan tidak ditagih."
            )
    for remedy in _remedies(trail, delivery, RemedyKind.REPLACEMENT):
        if remedy.state not in FALLEN and remedy.order_line is not None:
            goods = f"{facts.quantity_of(remedy.order_line, remedy.quantity)} {remedy.order_line.name}"
            said.append(f"Menurut keputusan keluhan, {goods} diganti PIHAK PERTAMA: {_invoiced_later(remedy)}.")
    return said


def _invoiced_later(remedy: Remedy) -> str:
    """What is paid for goods that come again, as it was known at the handover."""
    if not remedy.refused:
        return "sudah ditagih dengan berita acara ini, tanpa tagihan baru"
    if remedy.refused == remedy.quantity:
        return "ditolak, belum ditagih, dan ditagih bila penggantinya diterima"
    assert remedy.order_line is not None
    refused = facts.quantity_of(remedy.order_line, remedy.refused)
    return f"{refused} di antaranya ditolak dan ditagih bila penggantinya diterima"


def _remedies(trail: Trail, delivery: Delivery, kind: str) -> list[Remedy]:
    """Those decided until the handover."""
    until = delivery.accepted_at
    return [
        remedy
        for remedy in trail.order.remedies.all()
        if remedy.delivery_id == delivery.pk and remedy.kind == kind and until and remedy.granted_at <= until
    ]


def _delivery(trail: Trail) -> Delivery:
    if trail.delivery is None:
        raise ValueError("Nothing was sent.")
    return trail.delivery


def _arrival(trail: Trail, delivery: Delivery) -> str:
    if delivery.arrived_at is None:
        return "–"
    recorded = trail.act(delivery, "arrive")
    later = recorded is not None and recorded.at != delivery.arrived_at
    # Before it was recorded, as also where the record came from a phone without network: whoever inspected says so.
    said = [f"menurut penerima, dicatat {long_time(recorded.at)}"] if recorded and later else []
    if delivery.is_arrived_by_pin:
        said.append("dicatat penjual dengan PIN penerima")
    return long_time(delivery.arrived_at) + (f" ({', '.join(said)})" if said else "")


def _completeness(order: Order, rows: list[HandedOver], *, inspected: bool) -> str:
    """What the handover covers: the whole order, a part of it, or less than was sent."""
    if rows[0].line.delivery.remedy_id is not None:
        return "Berita acara ini untuk barang pengganti; yang tidak diterima tidak ditagihkan."
    came = {row.line.order_line_id: row.quantity for row in rows}
    is_whole = all(came.get(sold.pk) == sold.quantity for sold in order.lines.all())
    if not inspected:
        return "Berita acara ini untuk " + ("semua barang yang dipesan." if is_whole else "sebagian pesanan.")
    if any(row.quantity + row.rejected != row.line.sent for row in rows):
        return "Barang yang tidak diterima tidak ditagihkan; sebabnya tertulis pada lembar pemeriksaan."
    if any(row.rejected for row in rows):
        return "Barang yang ditolak menurut keputusan keluhan tidak ditagihkan."
    if is_whole:
        return "Semua barang yang dipesan tercatat diterima."
    return "Berita acara ini untuk sebagian pesanan; semua barang pada surat jalan ini tercatat diterima."


def _handover(*, given: bool, taken: bool, decided: bool) -> str:
    """Of each side what it did itself: the seller sent, and may have confirmed the handover; the receiver accepted, or
    it was decided that they did."""
    if given and taken:
        return "menyatakan bahwa PIHAK PERTAMA menyerahkan dan PIHAK KEDUA menerima"
    first = "PIHAK PERTAMA menyatakan menyerahkan" if given else "PIHAK PERTAMA mengirim"
    if decided:
        return f"{first} dan PIHAK KEDUA diputus menerima"
    return f"{first} dan PIHAK KEDUA {'menyatakan menerima' if taken else 'dianggap menerima'}"


def _grounds(*, inspected: bool, signed: bool, overruled: Event | None) -> list[str]:
    """On what the handover rests: an inspection, a signature, a deadline that passed, or a decision."""
    grounds = []
    if overruled is not None:
        grounds.append(
            "PIHAK KEDUA mencatat bahwa barang tidak datang. Tidak ada yang memeriksa barang; menurut keputusan "
            f"keluhan tanggal {full_date(overruled.at)} barang dihitung datang dan diterima seluruhnya."
        )
    elif inspected:
        grounds.append("Barang sudah dihitung dan diperiksa; hasilnya tertulis pada lembar pemeriksaan.")
    else:
        grounds.append(
            "Batas pemeriksaan lewat tanpa keberatan. Tidak ada yang memeriksa barang; menurut ketentuan pesanan "
            "barang dianggap diterima seluruhnya."
        )
    if inspected and not signed:
        grounds.append("Batas tanda tangan lewat, jadi berita acara ini terbit menurut hasil pemeriksaan.")
    if not signed:
        grounds.append("Berita acara ini diterbitkan e-Peken tanpa tanda tangan PIHAK KEDUA.")
    return grounds
