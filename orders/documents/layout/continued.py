"""What the documents of a request say when it goes on from one whose seller brought nothing."""

from epeken.core.i18n.times import full_date
from epeken.core.models import Event
from orders.documents.schedule import Trail
from procurement.requests.models import PurchaseRequest
from procurement.requests.unfilled import chain_of, said


def act(trail: Trail, request: PurchaseRequest, action: str) -> Event | None:
    """The act on the request, or the latest on those it goes on from: one approval may cover them all."""
    for one in (request, *chain_of(request)):
        if (found := trail.act(one, action)) is not None:
            return found
    return None


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
