"""Automatic checks and the structure of numbers: pure, case by case."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import RuleBroken
from tests.factories import umkm as make
from tests.factories.places import CITY, PIN
from tests.factories.users import signed_in
from tests.umkm.drafts import ready
from tests.umkm.pictures import photo
from umkm.findings import CheckResult
from umkm.sellers import identifiers
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import checks, evidence, pages
from umkm.verification.checks import CheckedDocument, Facts
from umkm.verification.findings import MESSAGES, words
from umkm.verification.models import VerificationCase
from umkm.verification.states import SellerDocumentKind

DAY = date(2026, 11, 24)
GOOD = Facts(
    day=DAY,
    kind=SellerKind.UMKM,
    nik=f"{CITY.digits}015708791234",
    owner_name="Lirih Semanggi",
    bank_holder="LIRIH  SEMANGGI",
    papers=(CheckedDocument("ktp", width=900, height=700, brightness=120, sharpness=200),),
)


STALL = {"court": "SWK Wiyung", "court_district": "Wiyung", "ward": "Babatan", "ward_district": "Wiyung"}


def paper(kind: str = "ktp", **over: Any) -> CheckedDocument:
    values = {"width": 900, "height": 700, "brightness": 120, "sharpness": 200, **over}
    return CheckedDocument(kind, **values)


def result(code: str, facts: Facts) -> str:
    return dict(checks.run(facts))[code].result


def test_a_clean_registration_passes_everything() -> None:
    assert {finding.result for _code, finding in checks.run(GOOD)} == {CheckResult.PASS}


def test_every_check_has_a_name_and_a_reason() -> None:
    of_changes = (checks.kept_nik, checks.own_sanctions, checks.successor_ties)
    findings = dict(checks.run(GOOD, (*checks.CHECKS, *of_changes)))
    assert set(findings) == set(checks.labels())
    assert all(words(finding.code, finding.parameters) for finding in findings.values())


@pytest.mark.parametrize(
    ("code", "over", "expected"),
    [
        ("nik_structure", {"nik": "123"}, CheckResult.FAIL),
        ("nik_structure", {"nik": "1234010101151234"}, CheckResult.WARN),  # eleven years old
        ("nik_place", {"nik": "3515015708791234"}, CheckResult.WARN),
        ("picture_quality", {"papers": (paper(height=300),)}, CheckResult.FAIL),
        ("picture_quality", {"papers": (paper(height=500),)}, CheckResult.WARN),
        ("picture_quality", {"papers": (paper(brightness=20),)}, CheckResult.WARN),
        ("picture_quality", {"papers": (paper(brightness=250),)}, CheckResult.WARN),
        ("picture_quality", {"papers": (paper(sharpness=5),)}, CheckResult.WARN),
        ("picture_quality", {"papers": (paper(brightness=None, sharpness=None, height=0),)}, CheckResult.PASS),
        ("duplicate_nik", {"same_nik": ("Toko Lain",)}, CheckResult.WARN),
        ("duplicate_bank", {"same_bank": ("Toko Lain",)}, CheckResult.WARN),
        ("duplicate_phone", {"same_phone": ("Toko Lain",)}, CheckResult.WARN),
        ("duplicate_name", {"same_name": ("Toko Lain",)}, CheckResult.WARN),
        ("duplicate_address", {"same_address": ("Toko Lain",)}, CheckResult.WARN),
        ("photos_alike", {"alike_photos": (("shop_front", "Toko Lain"),)}, CheckResult.WARN),
        ("expiry", {"papers": (paper("halal", expires_on=date(2026, 11, 23)),)}, CheckResult.FAIL),
        ("expiry", {"papers": (paper("halal", expires_on=DAY),)}, CheckResult.PASS),
        ("pirt_number", {"papers": (paper("pirt", number=f"206{CITY.digits}010001-28"),)}, CheckResult.PASS),
        ("pirt_number", {"papers": (paper("pirt", number=f"206{CITY.digits}010001-25"),)}, CheckResult.WARN),
        ("pirt_number", {"papers": (paper("pirt", number="2063515010001-28"),)}, CheckResult.WARN),
        ("pirt_number", {"papers": (paper("pirt", number=""),)}, CheckResult.WARN),
        ("halal_number", {"papers": (paper("halal", number="ID35110000123456789"),)}, CheckResult.PASS),
        ("halal_number", {"papers": (paper("halal", number="id 3511\u20130000 123456789"),)}, CheckResult.PASS),
        ("halal_number", {"papers": (paper("halal", number="123"),)}, CheckResult.WARN),
        ("pirt_number", {"papers": (paper("pirt", number=f"206{CITY.digits}010001\u201328"),)}, CheckResult.PASS),
        ("halal_number", {"kind": SellerKind.SWK}, CheckResult.WARN),
        ("business_numbers", {"nib": "123"}, CheckResult.FAIL),
        ("business_numbers", {"npwp": "123"}, CheckResult.FAIL),
        ("business_numbers", {"nib": "1234567890123", "npwp": f"{CITY.digits}015708791234"}, CheckResult.PASS),
        ("business_numbers", {"npwp": "1234015708799999"}, CheckResult.WARN),
        ("pin", {"pin": PIN}, CheckResult.PASS),
        ("pin", {"pin": (CITY.box.south - 1, PIN[1])}, CheckResult.WARN),
        ("food_court", STALL, CheckResult.PASS),
        ("food_court", {**STALL, "ward_district": "Wonokromo"}, CheckResult.WARN),
        ("food_court", {**STALL, "ward": "", "ward_district": ""}, CheckResult.WARN),
        ("food_court", {**STALL, "court_district": ""}, CheckResult.WARN),
        ("shop_words", {"texts": ("Sambal Bu Lirih", "Pedas sejak 1998, buka 08.00-17.00.")}, CheckResult.PASS),
        ("shop_words", {"texts": ("Sambal Lirih 0812-3456-7890", "")}, CheckResult.WARN),
        ("shop_words", {"texts": ("Sambal Lirih", "Lebih murah di tokopedia.com/lirih")}, CheckResult.WARN),
        ("shop_words", {"texts": ("Sambal Lirih Shopee", "")}, CheckResult.WARN),
        ("civil_servant", {"owner_is_asn": True}, CheckResult.WARN),
        ("bank_holder", {"bank_holder": "Orang Lain"}, CheckResult.WARN),
    ],
)
def test_each_finding(code: str, over: dict[str, Any], expected: str) -> None:
    assert result(code, replace(GOOD, **over)) == expected


@pytest.mark.parametrize("code", MESSAGES)
def test_every_finding_has_words_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    kept = message.keep({name: form.sample for name, form in message.parameters.items()})
    assert words(code, kept, "id") and words(code, kept, "en") and words(code, kept, "id") != words(code, kept, "en")


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1234011708791234", date(1979, 8, 17)),
        ("1234015708791234", date(1979, 8, 17)),  # a woman: day + 40
        ("1234 0129 0200 1234", date(2000, 2, 29)),
        ("3515 0101 0126 1234", date(2026, 1, 1)),  # this century when it already lies behind us
        ("3515 0101 1226 1234", date(1926, 12, 1)),
    ],
)
def test_a_nik_says_when_its_holder_was_born(text: str, born: date) -> None:
    assert identifiers.read_nik(text, DAY).born_on == born


@pytest.mark.parametrize("between", [" ", ".", "-", "\u2013", "\u2010", "\u2212", "\u00a0"])
def test_numbers_are_read_as_they_are_printed(between: str) -> None:
    """However the groups stand apart: every number is kept in one form."""
    group = between.join
    assert identifiers.read_nik(group(["1234", "0157", "0879", "1234"]), DAY).number == "1234015708791234"
    assert identifiers.read_nib(group(["1234", "567890123"])) == "1234567890123"
    assert identifiers.read_npwp(group(["01", "234", "567", "8", "901", "000"])) == "012345678901000"
    assert identifiers.read_bank_account(group(["7000", "1234"])) == "70001234"
    pirt = [f"206{CITY.digits}010001", "30"]
    assert identifiers.read_pirt_number(group(pirt)) == "-".join(pirt)
    assert identifiers.read_halal_number(group(["id", "3511", "0000123456789"])) == "ID35110000123456789"
    assert identifiers.read_pirt(group(pirt)) == identifiers.Pirt(regency=CITY.digits, ends=2030)


@pytest.mark.parametrize(
    "text",
    ["", "123401570879123", "12340157087912345", "1234013208791234", "1234017208791234", "1234010013791234",
     "1234013002791234", "1234015708790000", "0078015708791234", "3500015708791234", "1234005708791234",
     "123401570879123x", "٣٥٧٨٠١٥٧٠٨٧٩١٢٣٤"],
)  # fmt: skip
def test_a_badly_built_nik_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        identifiers.read_nik(text, DAY)
    assert refused.value.field == "nik"


def test_pictures_alike_differ_in_few_bits() -> None:
    assert checks.alike("00000000000000ff", "00000000000000fe")
    assert not checks.alike("00000000000000ff", "ffffffffffffff00")


# --- Gathering the facts ---


@pytest.mark.django_db
def test_facts_name_the_other_shops(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    make.make_seller(name="NIK Sama", nik=seller.nik)
    make.make_seller(name="Rekening Sama", bank_account=seller.bank_account)
    make.make_seller(name="Telepon Sama", phone=seller.phone)
    make.make_seller(name="Alamat Sama", address=seller.address.upper())
    make.make_seller(name="Hanya Draf", nik=seller.nik, state=SellerState.DRAFT)
    facts = evidence.gather(seller, DAY)
    assert facts.same_nik == ("NIK Sama",)
    assert facts.same_bank == ("Rekening Sama",)
    assert facts.same_phone == ("Telepon Sama",)
    assert facts.same_address == ("Alamat Sama",)


@pytest.mark.django_db
def test_a_shop_called_as_another_is_named_whatever_stands_between_its_letters() -> None:
    one = make.make_seller(name="Dapur Bu Lirih")
    other = make.make_seller(name="DAPUR  bu-lirih")
    make.make_seller(name="Dapur Bu Lirih", state=SellerState.DRAFT)
    assert evidence.gather(other, DAY).same_name == (str(one),)
    assert evidence.gather(make.make_seller(name="Dapur Bu Liris"), DAY).same_name == ()


@pytest.mark.django_db
def test_a_photo_of_another_shop_is_found(citizen: Any, stranger: Any, now: datetime) -> None:
    theirs = ready(stranger, now, number=1)
    sellers.submit_seller(actor=stranger, seller=theirs, now=now)
    mine = ready(citizen, now, number=2)
    assert evidence.gather(mine, DAY).alike_photos == ()
    smaller = photo(101, size=(640, 498))  # their photo of the workplace, at another size
    sellers.add_document(actor=citizen, seller=mine, kind=SellerDocumentKind.PRODUCTION, file=smaller, now=now)
    found = evidence.gather(mine, DAY).alike_photos
    assert found == (("production", "Dapur Bu Lirih"),)


@pytest.mark.django_db
def test_a_verifier_opens_what_a_finding_names(citizen: Any, stranger: Any, now: datetime, run_jobs: Any) -> None:
    """The other shop's newest file, and of a photo that looks alike the photo itself; only what was named."""
    theirs = ready(stranger, now, number=1)
    sellers.submit_seller(actor=stranger, seller=theirs, now=now)
    mine = ready(citizen, now, number=2)
    smaller = photo(101, size=(640, 498))
    sellers.add_document(actor=citizen, seller=mine, kind=SellerDocumentKind.PRODUCTION, file=smaller, now=now)
    Seller.objects.filter(pk=mine.pk).update(phone=theirs.phone)
    sellers.submit_seller(actor=citizen, seller=Seller.objects.get(pk=mine.pk), now=now)
    run_jobs()
    own = VerificationCase.objects.get(seller=mine)
    file = reverse("admin:umkm_verificationcase_change", args=[VerificationCase.objects.get(seller=theirs).pk])
    rows = {row["label"]: row["named"] for row in pages.findings(own)}
    named = [shop for shops in rows.values() for shop in shops]
    assert {shop.url for shop in named} == {file}
    assert len(named) == 4  # the phone, the address, the name, the photo
    other = theirs.documents.current().get(kind=SellerDocumentKind.PRODUCTION)
    assert [shop.photo for shop in named if shop.photo] == [
        f"{reverse('umkm:document-file', args=[other.pk])}?banding={own.pk}"
    ]
    verifier = signed_in(make.make_staff("umkm.verify_seller"))
    page = verifier.get(reverse("admin:umkm_verificationcase_change", args=[own.pk])).content.decode()
    assert f'href="{file}"' in page
    assert [
        verifier.get(address).status_code for address in (file, next(shop.photo for shop in named if shop.photo))
    ] == [200, 200]
    Seller.objects.filter(pk=theirs.pk).update(phone="+6281200000000")
    assert len([shop for row in pages.findings(own) for shop in row["named"]]) == 3


@pytest.mark.django_db
def test_dark_and_flat_photos_are_measured(citizen: Any, now: datetime) -> None:
    seller = ready(citizen, now)
    sellers.add_document(actor=citizen, seller=seller, kind="ktp", file=photo(5, level=(8, 12)), now=now)
    found = [one for code, one in checks.run(evidence.gather(seller, DAY)) if code == "picture_quality"]
    assert {one.result for one in found} == {CheckResult.WARN}
    assert [words(one.code, one.parameters) for one in found] == ["Foto KTP gelap.", "Foto KTP tampak buram."]


@pytest.mark.django_db
def test_an_owner_who_is_a_civil_servant_is_noticed(now: datetime) -> None:
    seller = ready(make.make_user(nip="198001012006041001"), now)
    assert evidence.gather(seller, DAY).owner_is_asn
