"""Automatic checks of a registration: pure functions from facts to a finding with its reason.

They prepare an officer's decision and never take it: no finding refuses anybody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from umkm.sellers import identifiers
from umkm.sellers.states import SellerKind
from umkm.verification.states import CheckResult, SellerDocumentKind

SMALL, TOO_SMALL = 600, 320  # shorter edge in pixels
DARK, BRIGHT = 45, 238  # mean of 0–255
BLURRED = 12  # variance of the Laplacian at 640 pixels
ALIKE_BITS = 6


@dataclass(frozen=True)
class Finding:
    result: str
    message: str


@dataclass(frozen=True)
class CheckedDocument:
    """A current document as the checks see it; the figures of the picture are None for a PDF."""

    kind: str
    label: str
    number: str = ""
    expires_on: date | None = None
    width: int = 0
    height: int = 0
    brightness: float | None = None
    sharpness: float | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the checks know. The lists name other shops."""

    day: date
    kind: str
    form: str = "person"
    nik: str = ""
    nib: str = ""
    npwp: str = ""
    owner_name: str = ""
    bank_holder: str = ""
    pin: tuple[Decimal, Decimal] | None = None
    papers: tuple[CheckedDocument, ...] = ()
    required: tuple[tuple[str, str], ...] = ()  # document kind, its name
    same_nik: tuple[str, ...] = ()
    same_bank: tuple[str, ...] = ()
    same_phone: tuple[str, ...] = ()
    same_address: tuple[str, ...] = ()
    alike_photos: tuple[tuple[str, str], ...] = field(default=())  # name of the document, other shop
    owner_is_asn: bool = False


def passed(message: str) -> Finding:
    return Finding(CheckResult.PASS, message)


def warned(message: str) -> Finding:
    return Finding(CheckResult.WARN, message)


def failed(message: str) -> Finding:
    return Finding(CheckResult.FAIL, message)


def nik_structure(facts: Facts) -> Finding:
    try:
        nik = identifiers.read_nik(facts.nik, facts.day)
    except RuleBroken as problem:
        return failed(problem.message)
    age = facts.day.year - nik.born_on.year - ((facts.day.month, facts.day.day) < (nik.born_on.month, nik.born_on.day))
    if age < 17:
        return warned(_("Menurut NIK, pemilik berumur %(age)d tahun. Cocokkan dengan KTP.") % {"age": age})
    return passed(_("16 angka, wilayah, dan tanggal lahir sesuai susunan."))


def nik_place(facts: Facts) -> Finding:
    """The first registration says nothing about today's address: never a ground to refuse."""
    city = settings.CITY
    if facts.nik.startswith(city.digits):
        return passed(_("NIK pertama kali terbit di %(city)s.") % {"city": city.name})
    return warned(
        _("NIK pertama kali terbit di luar %(city)s. Ini bukan alasan menolak; lihat alamat di KTP.")
        % {"city": city.name}
    )


def documents(facts: Facts) -> Finding:
    brought = {paper.kind for paper in facts.papers}
    absent = [label for kind, label in facts.required if kind not in brought]
    if absent:
        return failed(_("Belum ada: %(names)s.") % {"names": ", ".join(absent)})
    return passed(_("Semua dokumen wajib ada."))


def picture_quality(facts: Facts) -> Finding:
    problems, broken = [], False
    for paper in facts.papers:
        if paper.brightness is None or paper.sharpness is None:
            continue
        edge = min(paper.width, paper.height)
        broken = broken or edge < TOO_SMALL
        if edge < SMALL:
            problems.append(_("%(name)s terlalu kecil (%(edge)d piksel)") % {"name": paper.label, "edge": edge})
        if paper.brightness < DARK:
            problems.append(_("%(name)s gelap") % {"name": paper.label})
        elif paper.brightness > BRIGHT:
            problems.append(_("%(name)s terlalu terang") % {"name": paper.label})
        if paper.sharpness < BLURRED:
            problems.append(_("%(name)s tampak buram") % {"name": paper.label})
    if not problems:
        return passed(_("Foto cukup besar, terang, dan tajam."))
    message = "; ".join(problems) + "."
    return failed(message) if broken else warned(message)


def duplicate_nik(facts: Facts) -> Finding:
    if facts.same_nik:
        return warned(
            _("NIK ini juga dipakai: %(shops)s. Bila disetujui, tokonya berbagi satu batas omzet.")
            % {"shops": ", ".join(facts.same_nik)}
        )
    return passed(_("NIK belum dipakai toko lain."))


def duplicate_bank(facts: Facts) -> Finding:
    if facts.same_bank:
        return warned(
            _("Rekening ini juga dipakai: %(shops)s. Bila disetujui, tokonya berbagi satu batas omzet.")
            % {"shops": ", ".join(facts.same_bank)}
        )
    return passed(_("Rekening belum dipakai toko lain."))


def duplicate_phone(facts: Facts) -> Finding:
    if facts.same_phone:
        return warned(_("Nomor telepon ini juga dipakai: %(shops)s.") % {"shops": ", ".join(facts.same_phone)})
    return passed(_("Nomor telepon belum dipakai toko lain."))


def duplicate_address(facts: Facts) -> Finding:
    if facts.same_address:
        return warned(_("Alamat atau stan ini juga dipakai: %(shops)s.") % {"shops": ", ".join(facts.same_address)})
    return passed(_("Alamat belum dipakai toko lain."))


def photos_alike(facts: Facts) -> Finding:
    if facts.alike_photos:
        found = ", ".join(
            _("%(name)s mirip milik %(shop)s") % {"name": name, "shop": shop} for name, shop in facts.alike_photos
        )
        return warned(found + ".")
    return passed(_("Tidak ada foto yang mirip milik toko lain."))


def expiry(facts: Facts) -> Finding:
    over = [paper.label for paper in facts.papers if paper.expires_on and paper.expires_on < facts.day]
    if over:
        return failed(_("Sudah habis masa berlakunya: %(names)s.") % {"names": ", ".join(over)})
    return passed(_("Tidak ada dokumen yang habis masa berlakunya."))


def pirt_number(facts: Facts) -> Finding:
    for paper in facts.papers:
        if paper.kind == SellerDocumentKind.PIRT:
            problem = identifiers.pirt_problem(paper.number, facts.day)
            return warned(problem) if problem else passed(_("Susunan nomor P-IRT sesuai."))
    return passed(_("Tidak melampirkan P-IRT. Tidak perlu untuk makanan siap saji."))


def halal_number(facts: Facts) -> Finding:
    for paper in facts.papers:
        if paper.kind == SellerDocumentKind.HALAL:
            problem = identifiers.halal_problem(paper.number)
            return warned(problem) if problem else passed(_("Susunan nomor sertifikat halal sesuai."))
    if facts.kind == SellerKind.SWK:
        return warned(_("Tidak melampirkan sertifikat halal. Tanyakan bila menjual makanan."))
    return passed(_("Tidak melampirkan sertifikat halal."))


def business_numbers(facts: Facts) -> Finding:
    for number, read in ((facts.nib, identifiers.read_nib), (facts.npwp, identifiers.read_npwp)):
        if number:
            try:
                read(number)
            except RuleBroken as problem:
                return failed(problem.message)
    if facts.form == "person" and len(facts.npwp) == 16 and not facts.npwp.startswith("0") and facts.npwp != facts.nik:
        return warned(_("NPWP 16 angka milik perorangan biasanya sama dengan NIK; ini berbeda."))
    return passed(_("Susunan NIB dan NPWP sesuai, atau tidak diisi."))


def pin(facts: Facts) -> Finding:
    if facts.pin is None:
        return passed(_("Titik peta tidak diisi."))
    city = settings.CITY
    if city.box.contains(*facts.pin):
        return passed(_("Titik peta berada di sekitar %(city)s.") % {"city": city.name})
    return warned(_("Titik peta berada di luar %(city)s.") % {"city": city.name})


def civil_servant(facts: Facts) -> Finding:
    if facts.owner_is_asn:
        return warned(_("Akun pemilik tercatat sebagai ASN. Periksa benturan kepentingan."))
    return passed(_("Akun pemilik bukan ASN."))


def bank_holder(facts: Facts) -> Finding:
    if _plain(facts.bank_holder) == _plain(facts.owner_name):
        return passed(_("Nama pemilik rekening sama dengan pemilik usaha."))
    return warned(_("Nama pemilik rekening berbeda dengan pemilik usaha."))


CHECKS: tuple[Callable[[Facts], Finding], ...] = (
    nik_structure,
    nik_place,
    documents,
    picture_quality,
    duplicate_nik,
    duplicate_bank,
    duplicate_phone,
    duplicate_address,
    photos_alike,
    expiry,
    pirt_number,
    halal_number,
    business_numbers,
    pin,
    civil_servant,
    bank_holder,
)


def labels() -> dict[str, str]:
    """What a verifier calls each check."""
    return {
        "nik_structure": _("Susunan NIK"),
        "nik_place": _("Tempat terbit NIK"),
        "documents": _("Kelengkapan dokumen"),
        "picture_quality": _("Mutu foto"),
        "duplicate_nik": _("NIK ganda"),
        "duplicate_bank": _("Rekening ganda"),
        "duplicate_phone": _("Telepon ganda"),
        "duplicate_address": _("Alamat ganda"),
        "photos_alike": _("Foto mirip"),
        "expiry": _("Masa berlaku dokumen"),
        "pirt_number": _("Nomor P-IRT"),
        "halal_number": _("Nomor halal"),
        "business_numbers": _("NIB dan NPWP"),
        "pin": _("Titik peta"),
        "civil_servant": _("Kepemilikan ASN"),
        "bank_holder": _("Nama di rekening"),
    }


def run(facts: Facts) -> Iterator[tuple[str, Finding]]:
    """Every check's code and finding, in the order a verifier reads them."""
    for check in CHECKS:
        yield check.__name__, check(facts)


def alike(one: str, other: str) -> bool:
    """Whether two 64-bit difference hashes differ in so few bits that the pictures look the same."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_BITS


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
