"""Changes of what a shop was verified by: who proposes, who decides, what holds meanwhile, and who can stop it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification, OutgoingMail, OutgoingText
from orders.orders.parties import payee_facts
from tests.factories import identity as changes
from tests.factories import sanctions
from tests.factories import umkm as make
from tests.umkm.pictures import photo
from umkm.identity import rules, services
from umkm.identity.models import IdentityChange
from umkm.identity.states import ChangeState
from umkm.sellers.models import Seller
from umkm.sellers.pages import history
from umkm.verification.models import SellerDocument

pytestmark = pytest.mark.django_db
NUMBER = "911122223333"
NEW_PHONE = "+6281355556666"


def delay(now: datetime) -> timedelta:
    return timedelta(hours=rules.DELAY.on(now.date()))


def stored(shop: Seller) -> dict[str, Any]:
    return Seller.objects.filter(pk=shop.pk).values().get()


def test_a_proposal_changes_nothing_and_tells_the_address_the_shop_has(shop: Any, verifier: Any, now: datetime) -> None:
    before = stored(shop)
    change = changes.waiting(shop, now)
    assert (stored(shop), change.state) == (before, ChangeState.WAITING)
    letter = OutgoingMail.objects.get()
    assert letter.recipient == shop.email and "/bukan-saya/" in letter.text and NUMBER not in letter.text
    assert Notification.objects.filter(person=changes.owner_of(shop), kind="identity.proposed").exists()


def test_the_new_account_holds_only_after_the_hours_of_the_rule(shop: Any, verifier: Any, now: datetime) -> None:
    old = shop.bank_account
    change = changes.approved(shop, verifier, now)
    almost = now + delay(now) - timedelta(seconds=1)
    assert services.apply_due(now=almost) == 0
    shop.refresh_from_db()
    assert payee_facts(shop)["bank_account"] == old
    assert services.apply_due(now=now + delay(now)) == 1
    shop.refresh_from_db()
    change.refresh_from_db()
    assert (payee_facts(shop)["bank_account"], change.state) == (NUMBER, ChangeState.APPLIED)
    assert shop.documents.current().filter(kind="bank_book").count() == 1
    assert services.apply_due(now=now + 2 * delay(now)) == 0


def test_a_place_is_in_force_with_its_approval(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.approved(shop, verifier, now, "place", values={"address": "Jl. Baru 9"})
    shop.refresh_from_db()
    assert (change.state, shop.address) == (ChangeState.APPLIED, "Jl. Baru 9")


def test_one_of_a_kind_is_open_and_another_kind_beside_it(shop: Any, verifier: Any, now: datetime) -> None:
    first = changes.proposed(shop, now)
    with pytest.raises(RuleBroken, match="masih diproses"):
        changes.proposed(shop, now)
    changes.proposed(shop, now, "place", values={"address": "Jl. Baru 9"})
    services.withdraw_change(actor=changes.owner_of(shop), change=first, now=now)
    changes.proposed(shop, now)
    assert IdentityChange.objects.count() == 3
    assert first.documents.get().replaced_at == now


def test_a_double_click_proposes_once(shop: Any, now: datetime) -> None:
    key = new_key()
    assert changes.proposed(shop, now, key=key) == changes.proposed(shop, now, key=key)


def test_helpers_and_strangers_propose_nothing(shop: Any, colleague: Any, stranger: Any, now: datetime) -> None:
    for person in (colleague, stranger):
        with pytest.raises(NotAllowed):
            changes.proposed(shop, now, actor=person)
    change = changes.proposed(shop, now)
    with pytest.raises(NotAllowed):
        services.withdraw_change(actor=colleague, change=change, now=now)


def test_nothing_changed_or_no_reason_or_no_proof_is_refused(shop: Any, now: datetime) -> None:
    same = {"bank_name": shop.bank_name, "bank_account": "", "bank_holder": shop.bank_holder}
    for over in ({"values": same}, {"reason": " "}, {"file": None}, {"values": {**changes.ACCOUNT, "bank_name": ""}}):
        with pytest.raises(RuleBroken):
            changes.proposed(shop, now, **over)
    assert not IdentityChange.objects.exists()


def test_findings_on_the_new_data_are_noted_before_approval(shop: Any, verifier: Any, now: datetime) -> None:
    other = make.make_seller(bank_account=NUMBER)
    change = changes.waiting(shop, now)
    assert change.checks.filter(finding="bank_shared", parameters__shops=[str(other)]).exists()
    with pytest.raises(RuleBroken, match="temuan"):
        services.approve_change(actor=verifier, change=change, now=now)
    for check in change.checks.unacknowledged():
        services.acknowledge_finding(actor=verifier, check=check, now=now)
    with pytest.raises(RuleBroken) as refused:
        services.approve_change(actor=verifier, change=change, now=now)
    assert refused.value.code == "paper_unopened"
    changes.looked_at(change, verifier, now)
    services.approve_change(actor=verifier, change=change, now=now)
    services.apply_due(now=now + delay(now))
    shop.refresh_from_db()
    assert shop.owner_id == Seller.objects.get(pk=other.pk).owner_id  # one account, one cap


@pytest.mark.parametrize("how", make.TIES)
def test_who_is_tied_to_the_shop_decides_nothing(shop: Any, verifier: Any, now: datetime, how: str) -> None:
    change = changes.waiting(shop, now)
    make.tie(verifier, shop, how)
    for act in (services.approve_change, services.send_back_change):
        with pytest.raises(NotAllowed):
            act(actor=verifier, change=change, now=now, **({"note": "x"} if act is services.send_back_change else {}))
    assert IdentityChange.objects.get().state == ChangeState.WAITING


def test_whose_own_account_it_would_be_decides_nothing(shop: Any, verifier: Any, now: datetime) -> None:
    make.make_seller(member=verifier, bank_account=NUMBER)
    change = changes.waiting(shop, now)
    with pytest.raises(NotAllowed):
        services.approve_change(actor=verifier, change=change, now=now)


def test_of_two_verifiers_one_decides(shop: Any, verifier: Any, other_verifier: Any, now: datetime) -> None:
    change = changes.waiting(shop, now)
    with pytest.raises(RuleBroken, match=r"Buka dahulu di halaman ini.*Foto buku rekening"):
        services.send_back_change(actor=verifier, change=change, note="Fotonya terlalu gelap", now=now)
    changes.noted(change, verifier, now)
    services.send_back_change(actor=verifier, change=change, note="Fotonya terlalu gelap", now=now)
    with pytest.raises(InvalidMove):
        services.approve_change(actor=other_verifier, change=change, now=now)


def test_a_frozen_shop_changes_no_account(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.approved(shop, verifier, now)
    sanctions.freeze(shop, now)
    with pytest.raises(InvalidMove):
        changes.proposed(shop, now, "place", values={"address": "Jl. Baru 9"})
    assert services.apply_due(now=now + delay(now)) == 0
    assert services.apply_change(change=change, now=now + delay(now)).state == ChangeState.APPROVED
    sanctions.lift(shop, now)
    assert services.apply_due(now=now + delay(now)) == 1


def test_a_denial_stops_the_change_and_every_other_of_the_shop(
    shop: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    other = changes.noted(changes.waiting(shop, now, "place", values={"address": "Jl. Baru 9"}), verifier, now)
    change = changes.approved(shop, verifier, now)
    services.deny_change(change=change, now=now)
    services.deny_change(change=change, now=now)
    assert services.apply_due(now=now + 9 * delay(now)) == 0
    other.refresh_from_db()
    assert other.state == ChangeState.HELD  # whoever asked for the one may have asked for the other
    with pytest.raises(InvalidMove):
        services.approve_change(actor=verifier, change=other, now=now)
    services.cancel_change(actor=verifier, change=change, note="Bukan pemiliknya", now=now)
    services.uphold_change(actor=verifier, change=other, note="Ditelepon, benar pemiliknya", now=now)
    assert services.check_change(change=other, now=now).state == ChangeState.WAITING
    change = services.deny_change(change=changes.approved(shop, verifier, now), now=now)
    with pytest.raises(InvalidMove, match="disangkal"):
        changes.proposed(shop, now, "contact", values={"phone": shop.phone, "email": "baru@contoh.invalid"})
    told = Notification.objects.filter(kind="identity.to_look_at").values_list("person", flat=True)
    assert set(told) == {verifier.pk, other_verifier.pk}
    with pytest.raises(InvalidMove):
        services.withdraw_change(actor=changes.owner_of(shop), change=change, now=now)


def test_what_a_verifier_upholds_is_judged_anew_and_stopped_once(shop: Any, verifier: Any, now: datetime) -> None:
    change = services.deny_change(change=changes.approved(shop, verifier, now), now=now)
    services.uphold_change(actor=verifier, change=change, note="Ditelepon, benar pemiliknya", now=now)
    change = services.check_change(change=change, now=now)
    assert (change.state, change.in_force_at) == (ChangeState.WAITING, None)
    with pytest.raises(InvalidMove, match="sudah diperiksa"):
        services.deny_change(change=change, now=now)
    later = now + delay(now)
    change = services.approve_change(actor=verifier, change=changes.noted(change, verifier, later), now=later)
    assert change.in_force_at == later + delay(now)


def test_a_denied_account_in_force_is_put_back(shop: Any, verifier: Any, now: datetime) -> None:
    old = stored(shop)
    change = services.deny_change(change=changes.in_force(shop, verifier, now), now=now)
    services.cancel_change(actor=verifier, change=change, note="Bukan pemiliknya", now=now)
    assert stored(shop) == old


def test_a_change_long_in_force_is_denied_at_the_office(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.in_force(shop, verifier, now)
    end = now + timedelta(days=rules.DENIAL.on(now.date()))
    with pytest.raises(InvalidMove, match="sudah lama"):
        services.deny_change(change=change, now=end)
    services.deny_change(change=change, now=end - timedelta(seconds=1))


def test_who_changes_the_address_first_does_not_keep_the_account_to_himself(
    shop: Any, verifier: Any, now: datetime
) -> None:
    old, number = shop.email, shop.phone
    changes.in_force(shop, verifier, now, "contact", values={"phone": NEW_PHONE, "email": "baru@contoh.invalid"})
    assert {text.phone for text in OutgoingText.objects.all()} == {number}
    OutgoingMail.objects.all().delete()
    OutgoingText.objects.all().delete()
    shop.refresh_from_db()
    assert (shop.email, shop.phone) == ("baru@contoh.invalid", NEW_PHONE)
    changes.proposed(shop, now)
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {old, "baru@contoh.invalid"}
    assert set(OutgoingText.objects.values_list("phone", flat=True)) == {number, NEW_PHONE}
    assert all("/bukan-saya/" in text.text for text in OutgoingText.objects.all())


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("owner", {"owner_name": "Orang Lain", "nik": ""}),
        ("place", {"address": "Jl. Baru 9"}),
        ("bank", changes.ACCOUNT),
        ("contact", {"phone": NEW_PHONE, "email": "baru@contoh.invalid"}),
    ],
)
def test_the_number_of_the_shop_gets_a_text_of_what_the_shop_is(
    shop: Any, now: datetime, kind: str, values: dict[str, str]
) -> None:
    changes.proposed(shop, now, kind, values=values)
    text = OutgoingText.objects.get()
    assert text.phone == shop.phone and "/bukan-saya/" in text.text


def test_evidence_is_no_document_of_the_shop_before_the_change_holds(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.waiting(shop, now, "owner", values={"owner_name": "Lirih Kenanga", "nik": ""})
    assert not shop.documents.current().exists()
    changes.looked_at(change, verifier, now)
    services.send_back_change(actor=verifier, change=change, note="Fotonya terlalu gelap", now=now)
    assert not shop.documents.current().exists()
    changes.approved(shop, verifier, now, "owner", values={"owner_name": "Lirih Kenanga", "nik": ""}, file=photo(32))
    shop.refresh_from_db()
    assert shop.owner_name == "Lirih Kenanga" and shop.documents.current().get().kind == "ktp"


def test_another_name_with_the_nik_the_shop_had_is_noted(shop: Any, verifier: Any, now: datetime) -> None:
    change = changes.waiting(shop, now, "owner", values={"owner_name": "Orang Lain", "nik": ""})
    assert change.checks.filter(finding="nik_kept").exists()
    with pytest.raises(RuleBroken, match="temuan"):
        services.approve_change(actor=verifier, change=change, now=now)


def test_the_number_of_a_paper_is_built_as_such_numbers_are_and_only_some_have_an_end(
    shop: Any, verifier: Any, now: datetime
) -> None:
    given = {"values": {}, "expires_on": now.date() + timedelta(days=365)}
    for paper in ("pirt", "halal"):
        SellerDocument.objects.create(
            seller=shop, kind=paper, file="a", size=1, sha256=paper, uploaded_by=changes.owner_of(shop), uploaded_at=now
        )
    for kind, number in (("nib", "abc"), ("nib", "912000000000"), ("halal", "ID1"), ("pirt", "1")):
        with pytest.raises(RuleBroken) as refused:
            changes.proposed(shop, now, kind, number=number, **given)
        assert refused.value.field == "number"
    with pytest.raises(RuleBroken, match="sampai kapan"):
        changes.proposed(shop, now, "pirt", number=f"206{settings.CITY.digits}010992-27", values={})
    change = changes.approved(shop, verifier, now, "nib", number="9120 0000 0000 1", values={})
    shop.refresh_from_db()
    assert (change.state, shop.nib, shop.documents.get(kind="nib_letter").expires_on) == (
        ChangeState.APPLIED, "9120000000001", None,
    )  # fmt: skip
    told = [row for row in history.history_of(shop) if "Surat NIB" in row["title"]]
    assert [row["who"] for row in told] == [str(verifier)]  # who let it through, and what it was
