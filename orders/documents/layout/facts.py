"""Pieces every paper is made of, as plain data. Papers speak Indonesian whatever the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, month, weekday
from epeken.core.i18n.words import in_words, rupiah
from epeken.core.quantity import plain
from epeken.users.models import User
from orders.documents.models import Document
from orders.documents.render import qr_svg
from orders.orders.models import Order, OrderLine
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from umkm.sellers.models import Seller

CITY = "Surabaya"
BLANK = "." * 36  # to be filled in by hand
Facts = list[tuple[str, str]]
Sums = list[tuple[str, str, bool]]


@dataclass
class Paper:
    """One document ready to lay out: its data, and the files the data names."""

    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


def words(amount: int) -> str:
    """`Satu juta dua ratus ribu rupiah`."""
    text = in_words(amount)
    return f"{text[0].upper()}{text[1:]} rupiah"


def base(document: Document, *, title: str, numbers: list[str], head: dict[str, Any]) -> Paper:
    """Title, numbers, letterhead, and the foot with the code that proves the paper."""
    qr = f"qr-{document.code}.svg"
    url = verify_url(document.code)
    return Paper(
        {
            "kind": document.kind,
            "title": title,
            "numbers": numbers,
            "head": head,
            "qr": qr,
            "site": verify_url("").removeprefix("https://").removeprefix("http://").rstrip("/"),
            "code": grouped(document.code),
            "made": f"Dibuat e-Peken {full_time(document.requested_at)}.",
        },
        {qr: qr_svg(url)},
    )


def verify_url(code: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/periksa/{code}{'/' if code else ''}"


def grouped(code: str) -> str:
    """`abcd-efgh-…`: a code as a person copies it."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def agency_head(agency: Agency) -> dict[str, Any]:
    place = agency.kelurahan
    return {
        "over": "PEMERINTAH KOTA SURABAYA",
        "name": agency.name.upper(),
        "lines": [
            f"{agency.address}, Kelurahan {place.name}, Kecamatan {place.kecamatan.name}, {CITY} {place.postcode}",
            *([f"NPWP {agency.npwp}"] if agency.npwp else []),
        ],
    }


def shop_head(seller: Seller) -> dict[str, Any]:
    papers = []
    if seller.nib:
        papers.append(f"NIB {seller.nib}")
    if seller.has_npwp:
        papers.append(f"NPWP {seller.npwp}")
    return {"over": "", "name": seller.name, "lines": [shop_address(seller), *([" · ".join(papers)] if papers else [])]}


def shop_address(seller: Seller) -> str:
    parts = [seller.address]
    if seller.food_court is not None:
        stall = f"Stan {seller.stall_number}, " if seller.stall_number else ""
        parts.append(f"{stall}{seller.food_court.name}")
    if seller.kelurahan is not None:
        parts.append(f"Kelurahan {seller.kelurahan.name}, Kecamatan {seller.kelurahan.kecamatan.name}")
    return ", ".join([*(p for p in parts if p), CITY])


def quantity_of(line: OrderLine, quantity: Decimal | None) -> str:
    return "–" if quantity is None else f"{plain(quantity)} {line.get_unit_display()}"


def ordered_lines(lines: Iterable[OrderLine]) -> list[dict[str, str]]:
    return [
        {
            "no": str(n),
            "name": line.name,
            "note": line.note,
            "quantity": quantity_of(line, line.quantity),
            "price": rupiah(line.price),
            "amount": rupiah(line.amount),
        }
        for n, line in enumerate(lines, 1)
    ]


def accepted_lines(lines: Iterable[OrderLine]) -> list[dict[str, str]]:
    """As handed over; what came short says so."""
    rows = []
    for n, line in enumerate(lines, 1):
        short = line.accepted_quantity is not None and line.accepted_quantity != line.quantity
        rows.append(
            {
                "no": str(n),
                "name": line.name,
                "note": f"dipesan {quantity_of(line, line.quantity)}" if short else "",
                "quantity": quantity_of(line, line.accepted_quantity),
                "price": rupiah(line.price),
                "amount": rupiah(line.accepted_amount or 0),
            }
        )
    return rows


def total_sums(goods: int, delivery: int, label: str = "Jumlah") -> Sums:
    if not delivery:
        return [(label, rupiah(goods), True)]
    return [
        ("Jumlah barang", rupiah(goods), False),
        ("Ongkos antar", rupiah(delivery), False),
        (label, rupiah(goods + delivery), True),
    ]


def budget_facts(line: BudgetLine | None) -> Facts:
    if line is None:
        return []
    return [
        ("Sub-kegiatan", f"{line.activity_code} {line.activity_name}"),
        ("Kode rekening", f"{line.account_id} {line.account.name}"),
        ("ID RUP", f"{line.rup_id} (tahun anggaran {line.year})"),
    ]


def place_and_date(moment: datetime) -> str:
    return f"{CITY}, {full_date(moment)}"


def sign(
    role: str, person: User | str | None, *, head: str = "", note: str = "", stamp: bool = False
) -> dict[str, Any]:
    """A signature block of a person, or with a name already in words; '' leaves a line to fill in by hand."""
    name = person if isinstance(person, str) else getattr(person, "name", "") or ""
    nip = "" if isinstance(person, str) or person is None else person.nip
    return {
        "head": head,
        "role": role,
        "name": name or BLANK,
        "id": f"NIP {nip}" if nip else "",
        "note": note,
        "stamp": stamp,
    }


def role_of(user: User | None, agency: Agency | None, moment: datetime, *prefer: OfficerRole) -> str:
    """The membership the person held in the department on the day, preferred roles first."""
    if user is None or agency is None:
        return ""
    memberships = {
        OfficerRole(role)
        for role in AgencyMember.objects.of(user, clock.local_date(moment))
        .filter(agency=agency)
        .values_list("role", flat=True)
    }
    for role in (*prefer, *OfficerRole):
        if role in memberships:
            return str(role.label)
    return "Pejabat dinas"


def holder_of(agency: Agency | None, role: OfficerRole, moment: datetime) -> Any:
    """Somebody who held the role on the day, the longest serving first; None when nobody did."""
    if agency is None:
        return None
    membership = (
        AgencyMember.objects.on(clock.local_date(moment))
        .filter(agency=agency, role=role)
        .select_related("user")
        .order_by("valid_from", "pk")
        .first()
    )
    return membership.user if membership else None


def electronic(verb: str, moment: datetime | None) -> str:
    return f"{verb} secara elektronik {full_date(moment)}" if moment else ""


def delivery_address(order: Order) -> str:
    ward = order.delivery_kelurahan
    parts = [order.delivery_place, f"Kelurahan {ward.name}, Kecamatan {ward.kecamatan.name}" if ward else ""]
    return ", ".join(p for p in parts if p) or "–"


def day_in_words(moment: datetime) -> str:
    """`Sabtu tanggal dua belas bulan September tahun dua ribu dua puluh enam (12-09-2026)`."""
    day = clock.local_date(moment)
    return f"{weekday(day)} tanggal {in_words(day.day)} bulan {month(day)} tahun {in_words(day.year)} ({day:%d-%m-%Y})"
