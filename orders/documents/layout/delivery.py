"""Surat jalan, inspection with its photos, and the handover (BAST)."""

from io import BytesIO

from PIL import Image

from epeken.core.files.uploads import read_private
from epeken.core.i18n.times import full_date, full_time, long_time
from epeken.core.phones import phone_words
from orders.deliveries.models import Delivery, InspectionPhoto
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from procurement.agencies.states import OfficerRole

PHOTO_SIDE = 1400  # pixels; enough for half a page at 300 dpi


def delivery_note(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    paper = facts.base(
        document, title="Surat Jalan", numbers=[f"Nomor {delivery.number}"], head=facts.shop_head(order.seller)
    )
    paper.data |= {
        "facts": [
            ("Surat pesanan", f"{order.number}, {full_date(order.placed_at)}"),
            ("Kepada", order.agency.name if order.agency else order.recipient),
            ("Alamat", facts.delivery_address(order)),
            ("Penerima", ", ".join(p for p in (order.recipient, phone_words(order.recipient_phone)) if p) or "–"),
            ("Dibawa oleh", delivery.carrier),
            ("Berangkat", long_time(delivery.shipped_at)),
        ],
        "lines": [
            {
                "no": str(n),
                "name": line.order_line.name,
                "ordered": facts.quantity_of(line.order_line, line.order_line.quantity),
                "sent": facts.quantity_of(line.order_line, line.sent),
                "note": "" if line.sent == line.order_line.quantity else "dikirim sebagian",
            }
            for n, line in enumerate(delivery.lines.all(), 1)
        ],
        "remark": "Hitung barang di depan pembawa. Selisih dan kerusakan ditulis pada lembar pemeriksaan di e-Peken.",
        "signs": [
            facts.sign("Pengirim", order.seller.owner_name, head=facts.place_and_date(delivery.shipped_at)),
            facts.sign("Pembawa", ""),
            facts.sign("Penerima di tempat", ""),
        ],
    }
    return paper


def inspection(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    if order.agency is None or delivery.inspected_at is None:
        raise ValueError("Nothing was inspected.")
    paper = facts.base(
        document,
        title="Lembar Pemeriksaan Barang",
        numbers=[f"Surat jalan {delivery.number}"],
        head=facts.agency_head(order.agency),
    )
    paper.data |= {
        "facts": [
            ("Surat pesanan", f"{order.number}, {full_date(order.placed_at)}"),
            ("Penyedia", order.seller.name),
            ("Harus tiba", long_time(order.deliver_at)),
            ("Tiba", long_time(delivery.arrived_at) if delivery.arrived_at else "–"),
            ("Ketepatan waktu", {True: "Tepat waktu", False: "Terlambat", None: "–"}[delivery.is_on_time]),
            ("Diperiksa", long_time(delivery.inspected_at)),
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
        "finding": _finding(delivery),
        "photos": [],
        "signs": [_receiver_sign(trail, delivery)],
    }
    for n, photo in enumerate(delivery.photos.all(), 1):
        name = f"photo-{photo.pk}.jpg"
        picture = _photo(photo)
        if picture is None:
            continue
        paper.files[name] = picture
        paper.data["photos"].append({"file": name, "caption": f"Foto {n}, {full_time(photo.uploaded_at)}"})
    return paper


def bast(trail: Trail, document: Document) -> Paper:
    order, delivery = trail.order, _delivery(trail)
    if order.agency is None or delivery.accepted_at is None:
        raise ValueError("There was no handover.")
    numbers = [f"Nomor {delivery.bast_number}"]
    if delivery.office_number:
        numbers.append(f"Nomor surat dinas {delivery.office_number}")
    paper = facts.base(
        document,
        title="Berita Acara Serah Terima",
        numbers=numbers,
        head=facts.agency_head(order.agency),
    )
    lines = list(order.lines.all())
    goods = sum(line.accepted_amount or 0 for line in lines)
    complete = all(line.accepted_quantity == line.quantity for line in lines)
    by_silence = delivery.receiver is None
    receiver = delivery.receiver or facts.holder_of(order.agency, OfficerRole.RECEIVER, delivery.accepted_at)
    paper.data |= {
        "opening": f"Pada hari ini, {facts.day_in_words(delivery.accepted_at)}, "
        "kami yang bertanda tangan di bawah ini:",
        "first": {
            "no": "1.",
            "called": "PIHAK PERTAMA",
            "rows": [
                ("Nama", order.seller.owner_name),
                ("Usaha", order.seller.name),
                ("Alamat", facts.shop_address(order.seller)),
            ],
        },
        "second": {
            "no": "2.",
            "called": "PIHAK KEDUA",
            "rows": [
                ("Nama", receiver.name if receiver else "–"),
                *([("NIP", receiver.nip)] if receiver and receiver.nip else []),
                ("Jabatan", f"{OfficerRole.RECEIVER.label}, {order.agency.name}"),
            ],
        },
        "statement": (
            f"menyatakan bahwa PIHAK PERTAMA menyerahkan dan PIHAK KEDUA menerima barang dan jasa menurut "
            f"surat pesanan {order.number} tanggal {full_date(order.placed_at)}, dikirim dengan surat jalan "
            f"{delivery.number}:"
        ),
        "lines": facts.accepted_lines(lines),
        "sums": facts.total_sums(goods, order.delivery_cost),
        "words": facts.words(goods + order.delivery_cost),
        "clauses": [
            "Barang sudah dihitung dan diperiksa; hasilnya tertulis pada lembar pemeriksaan."
            if not by_silence
            else "Batas pemeriksaan lewat tanpa keberatan, jadi menurut ketentuan pesanan barang dianggap diterima "
            "seluruhnya.",
            "Semua barang diterima lengkap dan baik."
            if complete
            else "Barang yang tidak diterima tidak ditagihkan; sebabnya tertulis pada lembar pemeriksaan.",
            "Sejak berita acara ini, barang menjadi tanggung jawab PIHAK KEDUA dan tagihan dapat dibayarkan.",
        ],
        "signs": [
            facts.sign("PIHAK PERTAMA", order.seller.owner_name, note=facts.electronic("Dikirim", delivery.shipped_at)),
            facts.sign(
                "PIHAK KEDUA",
                receiver,
                head=facts.place_and_date(delivery.accepted_at),
                note="" if by_silence else facts.electronic("Diterima", delivery.accepted_at),
            ),
        ],
    }
    return paper


def _delivery(trail: Trail) -> Delivery:
    if trail.delivery is None:
        raise ValueError("Nothing was sent.")
    return trail.delivery


def _finding(delivery: Delivery) -> str:
    if delivery.remark:
        return f"Catatan pemeriksa: {delivery.remark}"
    if delivery.receiver is None:
        return (
            "Batas pemeriksaan lewat tanpa keberatan. Menurut ketentuan pesanan, barang dianggap diterima seluruhnya."
        )
    return "Tidak ada catatan tambahan dari pemeriksa."


def _receiver_sign(trail: Trail, delivery: Delivery) -> dict[str, object]:
    moment = delivery.inspected_at or trail.order.placed_at
    if delivery.receiver is None:
        return facts.sign("Penerima barang", "", head=facts.place_and_date(moment))
    return facts.sign(
        facts.role_of(delivery.receiver, trail.order.agency, moment, OfficerRole.RECEIVER),
        delivery.receiver,
        head=facts.place_and_date(moment),
        note=facts.electronic("Diperiksa", moment),
    )


def _photo(photo: InspectionPhoto) -> bytes | None:
    """The picture at print size: eight camera photos must not make a pack nobody can mail."""
    try:
        with Image.open(BytesIO(read_private(photo.file))) as picture:
            small = picture.convert("RGB")
    except (OSError, ValueError):
        return None
    small.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    out = BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
