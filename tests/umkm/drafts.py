"""Registrations at every stage, built through the services as an applicant and an officer would."""

from datetime import datetime, time
from typing import Any

from epeken.core import clock
from epeken.core.files import uploads
from tests.factories.places import home
from tests.factories.umkm import food_court, make_nik
from tests.umkm.pictures import photo
from umkm.requirements.models import Requirement
from umkm.requirements.states import Means
from umkm.requirements.status import lacking, status_of
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument, VerificationCase

SERVICE = {
    "open_days": ["1", "2", "6"],
    "opens_at": "07:00",
    "closes_at": "15:00",
    "offers_pickup": "on",
    "delivery_fee": "Rp 12.500",
}


def filled(kind: str, number: int = 1) -> dict[str, Any]:
    """Everything an applicant of this kind types."""
    values: dict[str, Any] = {
        "owner_name": "Lirih Semanggi",
        "nik": make_nik(number),
        "phone": "0812 3456 7890",
        "email": "lirih@contoh.invalid",
        "consented": True,
        "name": "Dapur Bu Lirih",
        "about": "Nasi kotak dan jajan pasar.",
        "kelurahan": home(),
        "open_days": "123456",
        "opens_at": time(8),
        "closes_at": time(17),
        "offers_pickup": True,
        "offers_delivery": True,
        "delivery_fee": 10_000,
        "bank_name": "Bank Contoh",
        "bank_account": f"70001234{number:04d}",
        "bank_holder": "Lirih Semanggi",
    }
    if kind == SellerKind.SWK:
        values |= {"food_court": food_court(), "stall_number": "A7"}
    else:
        values["address"] = "Jl. Kembang Turi 12"
    return values


def ready(actor: Any, now: datetime, kind: str = SellerKind.UMKM, number: int = 1, **over: Any) -> Seller:
    """A draft with everything filled in and every required document; photos differ by `number`."""
    seller = sellers.register_seller(actor=actor, kind=kind, now=now)
    seller = sellers.save_seller(actor=actor, seller=seller, values={**filled(kind, number), **over}, now=now)
    needs = Requirement.objects.filter(seller_kind=kind, required=True).documents()
    for at, need in enumerate(needs):
        sellers.add_document(actor=actor, seller=seller, kind=need.subject, file=photo(number * 100 + at), now=now)
    return seller


def waiting(actor: Any, now: datetime, **over: Any) -> VerificationCase:
    """A case that passed the automatic checks and waits for an officer."""
    case = sellers.submit_seller(actor=actor, seller=ready(actor, now, **over), now=now)
    return verification.check_case(case=case, now=now)


def put_papers(seller: Seller, uploader: Any, now: datetime) -> None:
    """The documents its kind is asked for, of a shop that was made without a registration."""
    asked = Requirement.objects.in_force(seller.kind, clock.local_date(now)).documents().filter(required=True)
    for at, need in enumerate(asked):
        kept = uploads.store_private_image(photo(900 + at), user=uploader, folder="penjual")
        SellerDocument.objects.create(
            seller=seller, kind=need.subject, file=kept.name, content_type=kept.content_type, size=kept.size,
            sha256=kept.sha256, width=kept.width, height=kept.height, uploaded_by=uploader, uploaded_at=now,
        )  # fmt: skip


def looked_at(case: VerificationCase, officer: Any, now: datetime) -> VerificationCase:
    """The officer opened every document of the case and the whole NIK, and wrote down what a requirement asks them to
    find."""
    for document in case.seller.documents.current():
        sellers.log_view(actor=officer, seller=case.seller, what=document.kind, document=document, now=now)
    sellers.log_view(actor=officer, seller=case.seller, what="nik", purpose="match", now=now)
    for one in lacking(status_of(case.seller, clock.local_date(now)), Means.VERIFIED):
        told = "Dicocokkan lewat telepon dengan pengelolanya"
        verification.record_finding(actor=officer, case=case, subject=one.requirement.subject, note=told, now=now)
    return case


def snapshot(seller: Seller) -> dict[str, Any]:
    return Seller.objects.filter(pk=seller.pk).values().get()
