"""Officers with a fact in common with an applicant: found, to be noted before approval, and kept from deciding."""

from datetime import date
from typing import Any

import pytest

from epeken.core.errors import NotAllowed, RuleBroken
from tests.factories import umkm as make
from tests.umkm.drafts import looked_at, waiting
from umkm.sellers.policies import is_tied, tied_people, ties_by_person
from umkm.verification import checks, evidence
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
NUMBER = "+6281234567890"  # the one every draft of the tests has


def found(case: VerificationCase) -> dict[str, list[str]]:
    rows = case.checks.filter(code="officer_links").exclude(result="pass")
    return {row.finding: row.parameters["people"] for row in rows}


def test_an_officer_of_the_shops_number_is_named_and_decides_nothing(citizen: Any, verifier: Any, now: Any) -> None:
    linked = make.make_staff("umkm.verify_seller", name="Petugas Senomor", phone=NUMBER)
    make.make_user(name="Pegawai Senomor", phone=NUMBER, nip="198806152014022001")
    make.make_user(name="Warga Senomor", phone=NUMBER)
    case = waiting(citizen, now)
    assert found(case) == {"officer_same_phone": ["Petugas Senomor", "Pegawai Senomor"]}
    looked_at(case, verifier, now)
    with pytest.raises(RuleBroken, match="temuan"):
        verification.approve_case(actor=verifier, case=case, now=now)
    for act in (verification.take_case, verification.approve_case):
        with pytest.raises(NotAllowed):
            act(actor=linked, case=case, now=now)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    assert verification.approve_case(actor=verifier, case=case, now=now).state == "active"


@pytest.mark.parametrize("how", ["former", "household", "same_nik"])
def test_an_officer_who_belonged_to_a_shop_of_the_owner_is_named(now: Any, how: str) -> None:
    officer, shop = make.make_staff(name="Petugas Terkait"), make.make_seller()
    make.tie(make.make_user(name="Bukan petugas"), shop, how)
    assert evidence.gather(shop, DAY).officers_of_shop == ()
    make.tie(officer, shop, how)
    assert evidence.gather(shop, DAY).officers_of_shop == ("Petugas Terkait",)
    assert [row.code for row in checks.officer_links(evidence.gather(shop, DAY))] == ["officer_of_shop"]


def test_a_shared_number_ties_a_person_to_the_owners_other_shops_everywhere_alike() -> None:
    shop = make.make_seller(phone=NUMBER)
    sister = make.make_seller(owner=shop.owner)
    linked, other = make.make_staff(phone=NUMBER), make.make_staff(phone="+6281234567899")
    assert [is_tied(linked, one) for one in (shop, sister, make.make_seller())] == [True, True, False]
    assert tied_people([linked, other], [sister]) == {linked.pk}
    assert ties_by_person([linked, other]) == {linked.pk: frozenset({shop.pk, sister.pk})}
