"""What the documents of a request say when it goes on from one whose seller brought nothing."""

from epeken.core.i18n.times import full_date, numeric_date
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.documents.schedule import Trail
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest
from procurement.requests.unfilled import chain_of, said


def act(trail: Trail, request: PurchaseRequest, action: str) -> Event | None:
    """The act on the request, or the latest on those it goes on from: one approval may cover them all."""
    for one in (request, *chain_of(request)):
        if (found := trail.act(one, action)) is not None:
            return found
        if action == "approve" and one.frame is not None and (found := trail.act(one.frame, "sign")) is not None:
            return found
    return None


def approving_frame(trail: Trail, request: PurchaseRequest) -> ApprovalFrame | None:
    """The frame whose signature approved the request, or the one it goes on from."""
    for one in (request, *chain_of(request)):
        if trail.act(one, "approve") is not None:
            return None
        if one.frame is not None:
            return one.frame
    return None


def frame_statements(trail: Trail, request: PurchaseRequest) -> list[str]:
    frame = approving_frame(trail, request)
    if frame is None or frame.signed_at is None:
        return []
    return [
        f"Disetujui menurut kerangka {frame.number}, keputusan nomor {frame.decree} tanggal "
        f"{full_date(frame.signed_at)}: paling banyak {rupiah(frame.amount)} sampai {numeric_date(frame.valid_until)}, "
        f"tiap permintaan paling banyak {rupiah(frame.order_limit)}."
    ]


def signatures(trail: Trail, request: PurchaseRequest) -> list[Event]:
    """Those given before the approval that covers the request, of the last time it was sent; oldest first."""
    for one in (request, *chain_of(request)):
        events = trail.events(one)
        if any(event.action == "approve" for event in events):
            sent = max((n for n, event in enumerate(events) if event.action == "submit"), default=0)
            return [event for event in events[sent:] if event.action == "sign"]
    return []


def statements(trail: Trail, request: PurchaseRequest) -> list[str]:
    part = request.sourced_again_from
    if part is None:
        return []
    found = [f"Melanjutkan permintaan {part.request.number}: {said(part)}."]
    if trail.act(request, "reissue") is not None and request.approved_at is not None:
        found.append(
            f"Dipesan dari penjual lain dengan persetujuan {full_date(request.approved_at)} yang sama: barang, satuan, "
            "banyaknya, waktu, dan tempatnya sama; harga dan jumlahnya tidak lebih tinggi."
        )
    return found
