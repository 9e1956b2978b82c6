"""The registration as a list of pages: which field is asked where, and what is still missing before it can be sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.secret import blind_index
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerForm, SellerKind
from umkm.verification.states import SellerDocumentKind


@dataclass(frozen=True)
class ApplicationStep:
    """`slug` is the page's place in the address."""

    slug: str
    title: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """One thing to add: where (`step`, `field`) and what it is called."""

    step: str
    field: str
    label: str | Promise


OWNER = ApplicationStep("pemilik", _("Tentang Anda"), _("Nama dan NIK sesuai KTP"), (
    "owner_name", "nik", "phone", "email", "low_income", "consented_at",
))  # fmt: skip
SHOP = ApplicationStep("toko", pgettext_lazy("satu", "Toko"), _("Nama, cerita, dan tempat"), (
    "name", "about", "food_court", "stall_number", "address", "kelurahan", "latitude", "longitude",
))  # fmt: skip
SERVICE = ApplicationStep("layanan", _("Jam buka dan antar"), _("Kapan buka, cara barang sampai"), (
    "open_days", "opens_at", "closes_at", "offers_pickup", "offers_delivery", "delivery_fee",
))  # fmt: skip
BUSINESS = ApplicationStep("usaha", _("Usaha dan pajak"), _("NIB dan NPWP bila ada"), (
    "form", "nib", "npwp", "is_pkp", "has_low_turnover_statement", "has_final_tax_certificate",
))  # fmt: skip
BANK = ApplicationStep(
    "rekening",
    pgettext_lazy("bank", "Rekening"),
    _("Untuk menerima pembayaran"),
    ("bank_name", "bank_account", "bank_holder"),
)
PAPERS = ApplicationStep("dokumen", _("Dokumen"), _("Foto dari ponsel sudah cukup"), ())
SEND = ApplicationStep("kirim", _("Periksa dan kirim"), _("Lihat sekali lagi"), ())

STEPS = (OWNER, SHOP, SERVICE, BUSINESS, BANK, PAPERS, SEND)
BY_SLUG = {step.slug: step for step in STEPS}
# Filled in beforehand with what is usual: nothing is ever lacking there. By page, where the shop keeps its last saving.
SAVED_AT = {SERVICE.slug: "service_saved_at", BUSINESS.slug: "business_saved_at"}
# What the applicant fills in, in the order a verifier reads it.
FIELDS = tuple(field for step in STEPS for field in step.fields)
# Shown masked once saved; the whole number only on demand, and logged.
SECRETS = ("nik", "npwp", "bank_account")
# Where the shop keeps what a secret is compared by.
INDEXES = {"nik": "nik_index", "bank_account": "bank_index"}

# Shorter than the model's own names, for the narrow column of a summary.
LABELS: dict[str, str | Promise] = {
    "low_income": _("Keluarga MBR"),
    "food_court": _("SWK"),
    "latitude": _("Titik peta"),
    "is_pkp": _("PKP"),
    "has_low_turnover_statement": _("Surat omzet di bawah Rp500 juta"),
    "has_final_tax_certificate": _("Surat PP 55"),
    "consented_at": pgettext_lazy("data pribadi", "Persetujuan"),
}


def after(slug: str) -> ApplicationStep:
    at = [step.slug for step in STEPS].index(slug)
    return STEPS[min(at + 1, len(STEPS) - 1)]


def before(slug: str) -> ApplicationStep | None:
    at = [step.slug for step in STEPS].index(slug)
    return STEPS[at - 1] if at else None


def step_of(field: str) -> ApplicationStep:
    """Where a field or a document kind is asked."""
    for step in STEPS:
        if field in step.fields:
            return step
    return PAPERS if field in SellerDocumentKind.values else SEND


def field_of(name: str) -> "models.Field[Any, Any]":
    """The column of the shop called `name`."""
    return cast("models.Field[Any, Any]", Seller._meta.get_field(name))


def plain_value(seller: Seller, field: str) -> str:
    """A field as text, for keeping and comparing."""
    value = getattr(seller, field_of(field).attname)
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def is_same(seller: Seller, field: str, kept: Mapping[str, str]) -> bool:
    """Whether the field is what `plain_value` once wrote; a pin on the map is two numbers."""
    names = ("latitude", "longitude") if field == "latitude" else (field,)
    return all(kept.get(name) == plain_value(seller, name) for name in names)


def saved_in(names: Collection[str]) -> list[str]:
    """Where the shop keeps that pages filled in beforehand were saved, of the pages that ask for one of `names`."""
    return [column for slug, column in SAVED_AT.items() if not set(names).isdisjoint(BY_SLUG[slug].fields)]


def is_unseen(seller: Seller, step: ApplicationStep) -> bool:
    """Whether the page is filled in beforehand and nobody has saved it yet."""
    return step.slug in SAVED_AT and getattr(seller, SAVED_AT[step.slug]) is None


def from_plain(kind: str, values: Mapping[str, str]) -> Seller:
    """A shop that is not stored, with what `plain_value` wrote of another's fields."""
    seller = Seller(kind=kind)
    put_plain(seller, values)
    return seller


def put_plain(seller: Seller, values: Mapping[str, str]) -> None:
    """The fields of the row are what `plain_value` wrote, with the index of those that are encrypted; without what is
    not asked any more."""
    for name, text in values.items():
        if not hasattr(Seller, name):
            continue
        field = field_of(name)
        empty = None if field.null else ""
        setattr(seller, field.attname, field.to_python(text) if text else empty)
        if name in INDEXES:
            setattr(seller, INDEXES[name], blind_index(text))


def label_of(field: str) -> str:
    """What a page calls a field or a document kind."""
    if field in SellerDocumentKind.values:
        return str(SellerDocumentKind(field).label)
    return str(LABELS.get(field) or capfirst(str(field_of(field).verbose_name)))


def fields_of(seller: Seller) -> tuple[str, ...]:
    """The fields this kind of seller is asked for."""
    skipped = {"address", "latitude", "longitude"} if seller.kind == SellerKind.SWK else {"food_court", "stall_number"}
    return tuple(field for field in FIELDS if field not in skipped)


def missing_of(seller: Seller, lacking: Collection[str]) -> list[Missing]:
    """What keeps the registration from being sent. `lacking`: the fields and kinds of documents that a requirement asks
    for and that are not there."""
    empty = [n for n in required_fields(seller) if not getattr(seller, field_of(n).attname)]
    found = [Missing(step_of(name).slug, name, label_of(name)) for name in empty]
    if not (seller.offers_pickup or seller.offers_delivery):
        found.append(Missing(SERVICE.slug, "offers_pickup", _("cara barang sampai ke pembeli")))
    found += [Missing(step_of(name).slug, name, label_of(name)) for name in lacking if name not in empty]
    return found


def required_fields(seller: Seller) -> list[str]:
    names = ["owner_name", "nik", "phone", "consented_at", "name"]
    names += ["food_court", "stall_number"] if seller.kind == SellerKind.SWK else ["address"]
    names += ["kelurahan", "open_days"]
    if seller.form == SellerForm.BODY:
        names += ["nib", "npwp"]
    elif seller.is_pkp:
        names.append("npwp")
    return [*names, "bank_name", "bank_account", "bank_holder"]
