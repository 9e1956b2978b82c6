"""Automatic checks of a registration: pure functions from facts to a finding with its reason.

They prepare an officer's decision and never take it: no finding refuses anybody.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from umkm.catalogue.banned import found_in
from umkm.contacts import contacts_in
from umkm.findings import Finding
from umkm.sellers import identifiers
from umkm.sellers.states import SellerKind
from umkm.verification.findings import failed, passed, warned
from umkm.verification.states import SellerDocumentKind

SMALL, TOO_SMALL = 600, 320  # shorter edge in pixels
DARK, BRIGHT = 45, 238  # mean of 0–255
BLURRED = 12  # variance of the Laplacian at 640 pixels
EMPTY = 0.3  # the same, of a picture without anything in it
ALIKE_BITS = 6


@dataclass(frozen=True)
class CheckedDocument:
    """A current document as the checks see it; the figures of the picture are None for a PDF."""

    kind: str
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
    texts: tuple[str, ...] = ()  # what everybody will read: the shop's name and story
    court: str = ""  # the food court of a stall
    court_district: str = ""  # its kecamatan
    ward: str = ""  # the kelurahan the applicant chose
    ward_district: str = ""
    papers: tuple[CheckedDocument, ...] = ()
    same_nik: tuple[str, ...] = ()
    same_bank: tuple[str, ...] = ()
    same_phone: tuple[str, ...] = ()
    sanctioned: tuple[str, ...] = ()
    same_address: tuple[str, ...] = ()
    same_name: tuple[str, ...] = ()
    alike_photos: tuple[tuple[str, str], ...] = field(default=())  # kind of document, other shop
    goods_halal: tuple[str, ...] = ()  # numbers of halal certificates on the shop's goods
    own_copies: tuple[str, ...] = ()  # kinds of documents whose file the shop also brought as another kind
    soon: date | None = None  # what ends until then ends soon
    owner_is_asn: bool = False
    officers_of_number: tuple[str, ...] = ()  # officers whose account has the shop's phone number
    officers_of_shop: tuple[str, ...] = ()  # who run or ran a shop of this owner, or live with them
    is_pkp: bool = False
    has_low_turnover: bool = False
    keeps_nik: bool = False  # another name of the owner, with the NIK the shop had
    # Of a shop that is to pass to another person.
    own_sanctions: tuple[str, ...] = ()  # in force against the shop itself
    successor_is_tied: bool = False  # ran the shop, or one of its owner's, or lives with its owner


Found = Finding | list[Finding]


def nik_structure(facts: Facts) -> Found:
    try:
        nik = identifiers.read_nik(facts.nik, facts.day)
    except RuleBroken as problem:
        return failed(problem.code)
    age = facts.day.year - nik.born_on.year - ((facts.day.month, facts.day.day) < (nik.born_on.month, nik.born_on.day))
    return warned("nik_young", age=age) if age < 17 else passed("nik_well_built")


def nik_place(facts: Facts) -> Found:
    """The first registration says nothing about today's address: never a ground to refuse."""
    city = settings.CITY
    if facts.nik.startswith(city.digits):
        return passed("nik_here", city=city.name)
    return warned("nik_elsewhere", city=city.name)


def picture_quality(facts: Facts) -> Found:
    """A finding for each fault of each picture."""
    found = []
    for paper in facts.papers:
        if paper.brightness is None or paper.sharpness is None:
            continue
        edge = min(paper.width, paper.height)
        if edge < SMALL:
            found.append((failed if edge < TOO_SMALL else warned)("picture_small", name=paper.kind, edge=edge))
        if paper.brightness < DARK:
            found.append(warned("picture_dark", name=paper.kind))
        elif paper.brightness > BRIGHT:
            found.append(warned("picture_bright", name=paper.kind))
        if paper.sharpness < BLURRED:
            found.append(warned("picture_blurred", name=paper.kind))
    return found or passed("pictures_good")


def duplicate_nik(facts: Facts) -> Found:
    return warned("nik_shared", shops=facts.same_nik) if facts.same_nik else passed("nik_alone")


def kept_nik(facts: Facts) -> Found:
    """A name is corrected; another person takes the shop over with their own NIK."""
    return warned("nik_kept") if facts.keeps_nik else passed("nik_new")


def duplicate_bank(facts: Facts) -> Found:
    return warned("bank_shared", shops=facts.same_bank) if facts.same_bank else passed("bank_alone")


def sanctions(facts: Facts) -> Found:
    """A shop cannot be left for a new one to begin without its warnings."""
    if facts.sanctioned:
        return warned("owner_sanctioned", shops=facts.sanctioned)
    return passed("owner_not_sanctioned")


def own_sanctions(facts: Facts) -> Found:
    """They stay with the shop, whoever it belongs to."""
    if facts.own_sanctions:
        return warned("sanctions_stay", levels=facts.own_sanctions)
    return passed("sanctions_none")


def successor_ties(facts: Facts) -> Found:
    """A shop that passes within a family or to a helper may still be its owner's."""
    return warned("successor_tied") if facts.successor_is_tied else passed("successor_untied")


def duplicate_phone(facts: Facts) -> Found:
    return warned("phone_shared", shops=facts.same_phone) if facts.same_phone else passed("phone_alone")


def duplicate_address(facts: Facts) -> Found:
    return warned("address_shared", shops=facts.same_address) if facts.same_address else passed("address_alone")


def duplicate_name(facts: Facts) -> Found:
    """Who is called as another shop may be taken for it."""
    return warned("name_shared", shops=facts.same_name) if facts.same_name else passed("name_alone")


def photos_alike(facts: Facts) -> Found:
    alike_ones = [warned("photo_alike", name=kind, shop=shop) for kind, shop in facts.alike_photos]
    return alike_ones or passed("photos_own")


def one_picture(facts: Facts) -> Found:
    """A picture that stands for two documents shows one of them at most."""
    return warned("file_twice", names=facts.own_copies) if facts.own_copies else passed("files_differ")


def expiry(facts: Facts) -> Found:
    ending = [paper for paper in facts.papers if paper.expires_on]
    over = [paper.kind for paper in ending if paper.expires_on and paper.expires_on < facts.day]
    if over:
        return failed("expired", names=over)
    soon = [paper.kind for paper in ending if facts.soon and paper.expires_on and paper.expires_on <= facts.soon]
    return warned("ends_soon", names=soon) if soon else passed("none_expired")


def pirt_number(facts: Facts) -> Found:
    for paper in facts.papers:
        if paper.kind == SellerDocumentKind.PIRT:
            return pirt_finding(paper.number, facts.day)
    return passed("pirt_none")


def pirt_finding(number: str, day: date) -> Finding:
    pirt = identifiers.read_pirt(number)
    if pirt is None:
        return warned("pirt_structure")
    if pirt.ends < day.year:
        return warned("pirt_ended", year=str(pirt.ends))
    if pirt.regency != settings.CITY.digits:
        return warned("pirt_elsewhere", city=settings.CITY.name, region=pirt.regency)
    return passed("pirt_well_built")


def halal_number(facts: Facts) -> Found:
    for paper in facts.papers:
        if paper.kind == SellerDocumentKind.HALAL:
            if not identifiers.is_halal(paper.number):
                return warned("halal_structure")
            number = identifiers.read_halal_number(paper.number)
            others = [each for each in facts.goods_halal if each != number]
            return warned("halal_goods_differ", numbers=others) if others else passed("halal_well_built")
    return warned("halal_ask") if facts.kind == SellerKind.SWK else passed("halal_none")


def business_numbers(facts: Facts) -> Found:
    for number, read in ((facts.nib, identifiers.read_nib), (facts.npwp, identifiers.read_npwp)):
        if number:
            try:
                read(number)
            except RuleBroken as problem:
                return failed(problem.code)
    if facts.form == "person" and len(facts.npwp) == 16 and not facts.npwp.startswith("0") and facts.npwp != facts.nik:
        return warned("npwp_other_than_nik")
    return passed("numbers_well_built")


def tax_words(facts: Facts) -> Found:
    """Both are lawful together, and rarely true together."""
    return warned("pkp_small") if facts.is_pkp and facts.has_low_turnover else passed("tax_plain")


def pin(facts: Facts) -> Found:
    city = settings.CITY
    if facts.pin is None:
        return passed("pin_none")
    return (
        passed("pin_here", city=city.name) if city.box.contains(*facts.pin) else warned("pin_elsewhere", city=city.name)
    )


def food_court(facts: Facts) -> Found:
    """Officers of the kelurahan judge the registration: it has to be the one of the food court."""
    if not facts.court:
        return passed("court_none")
    if not facts.court_district:
        return warned("court_unplaced", court=facts.court)
    if facts.ward_district == facts.court_district:
        return passed("court_here")
    return warned(
        "court_elsewhere",
        court=facts.court,
        district=facts.court_district,
        ward=facts.ward or "–",
        other=facts.ward_district or "–",
    )


def shop_words(facts: Facts) -> Found:
    text = "\n".join(facts.texts)
    found = [warned("word_listed", word=word.word, reason=word.reason) for word in found_in(text, facts.day)]
    if contacts := contacts_in(text):
        found.append(warned("contact_inside", found=contacts))
    return found or passed("words_good")


def civil_servant(facts: Facts) -> Found:
    return warned("owner_civil_servant") if facts.owner_is_asn else passed("owner_no_civil_servant")


def officer_links(facts: Facts) -> Found:
    """Whoever is named decides nothing about the shop."""
    found = []
    if facts.officers_of_number:
        found.append(warned("officer_same_phone", people=facts.officers_of_number))
    if facts.officers_of_shop:
        found.append(warned("officer_of_shop", people=facts.officers_of_shop))
    return found or passed("officers_unlinked")


def bank_holder(facts: Facts) -> Found:
    same = _plain(facts.bank_holder) == _plain(facts.owner_name)
    return passed("holder_same") if same else warned("holder_other")


Check = Callable[[Facts], Found]

CHECKS: tuple[Check, ...] = (
    nik_structure,
    nik_place,
    picture_quality,
    duplicate_nik,
    duplicate_bank,
    sanctions,
    duplicate_phone,
    duplicate_address,
    duplicate_name,
    photos_alike,
    one_picture,
    expiry,
    pirt_number,
    halal_number,
    business_numbers,
    tax_words,
    pin,
    food_court,
    shop_words,
    civil_servant,
    officer_links,
    bank_holder,
)


def labels() -> dict[str, str]:
    """What a verifier calls each check."""
    return {
        "nik_structure": _("Susunan NIK"),
        "nik_place": _("Tempat terbit NIK"),
        "picture_quality": _("Mutu foto"),
        "duplicate_nik": _("NIK ganda"),
        "kept_nik": _("Nama dan NIK"),
        "duplicate_bank": _("Rekening ganda"),
        "sanctions": _("Sanksi pemilik"),
        "own_sanctions": _("Sanksi toko ini"),
        "successor_ties": _("Hubungan pemilik baru"),
        "duplicate_phone": _("Telepon ganda"),
        "duplicate_address": _("Alamat ganda"),
        "duplicate_name": _("Nama toko ganda"),
        "photos_alike": _("Foto mirip"),
        "one_picture": _("Berkas yang sama"),
        "expiry": _("Masa berlaku dokumen"),
        "pirt_number": _("Nomor P-IRT"),
        "halal_number": _("Nomor halal"),
        "business_numbers": _("NIB dan NPWP"),
        "tax_words": _("Pernyataan pajak"),
        "pin": _("Titik peta"),
        "food_court": _("Kelurahan dan SWK"),
        "shop_words": _("Nama dan cerita toko"),
        "civil_servant": _("Kepemilikan ASN"),
        "officer_links": _("Hubungan dengan petugas"),
        "bank_holder": _("Nama di rekening"),
    }


def run(facts: Facts, among: Collection[Check] = CHECKS) -> Iterator[tuple[str, Finding]]:
    """Each check's code and its findings, at least one, in the order a verifier reads them."""
    for check in among:
        found = check(facts)
        for finding in found if isinstance(found, list) else [found]:
            yield check.__name__, finding


def alike(one: str, other: str) -> bool:
    """Whether two 64-bit difference hashes differ in so few bits that the pictures look the same."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_BITS


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
