"""What is met, what is missing and who must act; a shop excused from a requirement until a day, and its end."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.factories import areas
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.drafts import looked_at, ready, waiting
from tests.umkm.validity.papers import paper
from umkm.area_checks import services as area_checks
from umkm.catalogue.models import Product
from umkm.requirements import services
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.status import RequirementStatus, lacking, status_of
from umkm.requirements.watch import watch
from umkm.sellers import services as sellers
from umkm.sellers.errors import NotComplete
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind
from umkm.validity import services as validity
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument, VerificationCase

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
REASON = "Depan toko sedang dibongkar untuk saluran air"


def at(day: date) -> Any:
    return clock.start_of(day) + timedelta(minutes=20)


def night(day: date) -> None:
    """What the watch of the night does."""
    watch(now=at(day))
    validity.watch(now=at(day))


@pytest.fixture
@kept
def officer() -> Any:
    return make.make_staff("umkm.waive_requirement", name="Petugas Pengecualian")


@pytest.fixture
@kept
def shop() -> Seller:
    """Open, and without any document."""
    return make.make_seller(kind="umkm")


def row(subject: str, kind: str = "umkm") -> Requirement:
    return Requirement.objects.get(seller_kind=kind, subject=subject, category=None)


def one(seller: Seller, subject: str, day: date = DAY) -> RequirementStatus:
    return next(found for found in status_of(seller, day) if found.requirement.subject == subject)


def give(seller: Seller, officer: Any, subject: str = "shop_front", **over: Any) -> RequirementWaiver:
    given = {
        "actor": officer, "seller": seller, "requirement": row(subject, seller.kind), "reason": REASON,
        "until": DAY + timedelta(days=40), "now": at(DAY), **over,
    }  # fmt: skip
    return services.give_waiver(**given)


def new_row(**over: Any) -> Requirement:
    values = {
        "seller_kind": "umkm", "subject": "nib_letter", "required": True, "waivable": True, "purpose": "Uji",
        "valid_from": DAY, "source": "Uji", **over,
    }  # fmt: skip
    return Requirement.objects.create(**values)


def state(product: Product) -> str:
    return Product.objects.get(pk=product.pk).state


def told(kind: str) -> int:
    return Notification.objects.filter(kind=f"waiver.{kind}").count()


def refused(code: str, call: Any) -> None:
    with pytest.raises(RuleBroken) as problem, transaction.atomic():
        call()
    assert problem.value.code == code


# Registration ---------------------------------------------------------------------------------------------------------


def test_the_answer_says_who_must_act_at_every_stage(citizen: Any, verifier: Any, now: Any) -> None:
    draft = sellers.register_seller(actor=citizen, kind="swk", now=now)
    day = clock.local_date(now)
    acts = {each.requirement.subject: each.who for each in status_of(draft, day) if not each.is_met}
    assert (acts["ktp"], acts["nik_structure"], acts["stall_confirmed"]) == ("seller", "system", "office")
    assert {each.requirement.subject for each in lacking(status_of(draft, day), means=None)} >= {"ktp", "stall"}
    case = waiting(make.make_user(), now, kind=SellerKind.SWK, number=2)
    left = {each.requirement.subject: each.who for each in status_of(case.seller, day) if each.is_lacking}
    assert left["stall_confirmed"] == "office" and "ktp" not in left and "nik_structure" not in left


def test_approval_waits_for_what_an_officer_has_to_find(citizen: Any, verifier: Any, now: Any) -> None:
    case = waiting(citizen, now, kind=SellerKind.SWK)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    for document in case.seller.documents.current():
        sellers.log_view(actor=verifier, seller=case.seller, what=document.kind, document=document, now=now)
    sellers.log_view(actor=verifier, seller=case.seller, what="nik", purpose="match", now=now)

    def approve() -> Any:
        return verification.approve_case(actor=verifier, case=case, now=now)

    refused("requirement_unmet", approve)
    assert (VerificationCase.objects.get().state, Seller.objects.get().state) == ("waiting", "submitted")
    given = {"actor": verifier, "case": case, "note": "Pengelola membenarkan lewat telepon", "now": now}
    refused("requirement_not_asked", lambda: verification.record_finding(**given, subject="place_seen"))
    refused("requirement_not_asked", lambda: verification.record_finding(**given, subject="ktp"))
    refused(
        "reason_too_short", lambda: verification.record_finding(**{**given, "note": "ya"}, subject="stall_confirmed")
    )
    stranger = make.make_user()
    with pytest.raises(NotAllowed):
        verification.record_finding(**{**given, "actor": stranger}, subject="stall_confirmed")
    first = verification.record_finding(**given, subject="stall_confirmed")
    again = verification.record_finding(
        **{**given, "note": "Kata-kata yang lain sama sekali"}, subject="stall_confirmed"
    )
    assert (again.pk, again.note) == (first.pk, "Pengelola membenarkan lewat telepon")
    assert approve().state == "active"


def test_what_an_area_found_right_is_found(citizen: Any, verifier: Any, now: Any) -> None:
    Requirement.objects.filter(seller_kind="kelontong", subject="place_seen").update(required=True)
    posted = areas.post("kelurahan")
    case = waiting(citizen, now, kind=SellerKind.KELONTONG)
    day = clock.local_date(now)
    check = areas.running(case)
    before = one(case.seller, "place_seen", day)
    assert (before.who, before.place, before.is_lacking) == ("area", check.place, True)
    area_checks.decide_check(actor=posted, check=areas.looked(check, posted, now), is_right=True, now=now)
    assert one(case.seller, "place_seen", day).is_met


def test_what_is_wrong_is_put_right_or_waived_and_noting_it_is_not_enough(
    citizen: Any, verifier: Any, officer: Any, now: Any
) -> None:
    case = waiting(citizen, now)
    case.checks.filter(code="picture_quality").update(
        result="fail", finding="picture_small", parameters={"name": "production", "edge": 200}
    )
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    looked_at(case, verifier, now)
    refused("requirement_unmet", lambda: verification.approve_case(actor=verifier, case=case, now=now))
    until = clock.local_date(now) + timedelta(days=5)
    give(case.seller, officer, "picture_quality", until=until, now=now)
    assert verification.approve_case(actor=verifier, case=case, now=now).state == "active"


def test_a_warning_counts_as_met_once_it_was_noted(citizen: Any, verifier: Any, now: Any) -> None:
    case = waiting(citizen, now)
    case.checks.filter(code="picture_quality").update(
        result="warn", finding="picture_dark", parameters={"name": "production"}
    )
    day = clock.local_date(now)
    assert one(case.seller, "picture_quality", day).who == "office"
    check = case.checks.get(code="picture_quality")
    verification.acknowledge_finding(actor=verifier, check=check, now=now)
    assert one(case.seller, "picture_quality", day).is_met


def test_who_is_excused_from_a_document_may_send_without_it(
    citizen: Any, officer: Any, verifier: Any, now: Any
) -> None:
    seller = ready(citizen, now)
    seller.documents.filter(kind="shop_front").update(replaced_at=now)
    with pytest.raises(NotComplete):
        sellers.submit_seller(actor=citizen, seller=seller, now=now)
    until = clock.local_date(now) + timedelta(days=60)
    waiver = give(seller, officer, until=until, now=now)
    case = sellers.submit_seller(actor=citizen, seller=seller, now=now)
    case = verification.check_case(case=case, now=now)
    services.withdraw_waiver(actor=officer, waiver=waiver, reason=REASON, now=now)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    looked_at(case, verifier, now)
    refused("requirement_unmet", lambda: verification.approve_case(actor=verifier, case=case, now=now))
    give(seller, officer, until=until, now=now)
    assert verification.approve_case(actor=verifier, case=case, now=now).state == "active"


def test_a_requirement_that_begins_after_a_registration_was_sent_is_not_asked_of_it(citizen: Any, now: Any) -> None:
    case = waiting(citizen, now)
    tomorrow = clock.local_date(now) + timedelta(days=1)
    new_row(valid_from=tomorrow)
    seller = case.seller
    rows = [each.requirement for each in status_of(seller, tomorrow) if each.requirement.subject == "nib_letter"]
    assert [each.required for each in rows] == [False]
    verification.send_back_case(
        actor=make.make_staff("umkm.verify_seller"), case=case, remarks={"name": "Nama lain di NIB."}, now=now
    )
    seller.refresh_from_db()
    assert any(each.is_lacking for each in status_of(seller, tomorrow) if each.requirement.subject == "nib_letter")


# Waivers --------------------------------------------------------------------------------------------------------------


def test_nobody_is_excused_from_who_they_are_or_from_what_is_met(shop: Seller, officer: Any) -> None:
    refused("requirement_not_waivable", lambda: give(shop, officer, "ktp"))
    refused("requirement_not_asked", lambda: give(shop, officer, "place_seen"))
    paper(shop, "shop_front", ends=DAY + timedelta(days=400))
    refused("requirement_met", lambda: give(shop, officer))
    for fields in ({"subject": "ktp", "waivable": True}, {"subject": "email", "category_id": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            new_row(**fields)
    assert RequirementWaiver.objects.count() == 0


def test_only_an_officer_with_the_permission_and_no_tie_excuses(shop: Seller, officer: Any) -> None:
    owner = shop.members.get().user
    tied = make.make_staff("umkm.waive_requirement")
    make.tie(tied, shop, "former")
    for actor in (owner, make.make_staff("umkm.verify_seller"), tied):
        with pytest.raises(NotAllowed), transaction.atomic():
            give(shop, actor)
    waiver = give(shop, officer)
    with pytest.raises(NotAllowed):
        services.withdraw_waiver(actor=tied, waiver=waiver, reason=REASON, now=at(DAY))
    assert told("given") == 1


def test_its_last_day_is_at_most_the_days_of_the_rule_away(shop: Seller, officer: Any) -> None:
    set_rule("waiver.most_days", 10)
    for until in (DAY - timedelta(days=1), DAY + timedelta(days=11)):
        refused("waiver_too_long", lambda until=until: give(shop, officer, until=until))
    refused("reason_too_short", lambda: give(shop, officer, reason="sebentar", until=DAY))
    give(shop, officer, until=DAY + timedelta(days=10))
    assert one(shop, "shop_front", DAY + timedelta(days=10)).waiver is not None
    assert one(shop, "shop_front", DAY + timedelta(days=11)).waiver is None


def test_two_waivers_of_one_requirement_never_hold_together(shop: Seller, officer: Any) -> None:
    first = give(shop, officer)
    with pytest.raises(InvalidMove):
        give(shop, officer, until=DAY + timedelta(days=80))
    longer = give(shop, officer, until=DAY + timedelta(days=80), shown=[first.pk])
    first.refresh_from_db()
    assert (first.state, longer.state, told("withdrawn")) == ("replaced", "in_force", 0)
    night(DAY + timedelta(days=41))  # after the first one's last day
    assert one(shop, "shop_front", DAY + timedelta(days=41)).waiver == longer


def test_a_waiver_of_another_kind_of_seller_or_of_an_earlier_owner_excuses_nobody(shop: Seller, officer: Any) -> None:
    give(shop, officer)
    Seller.objects.filter(pk=shop.pk).update(kind="kelontong")
    assert one(Seller.objects.get(pk=shop.pk), "shop_front").waiver is None
    Seller.objects.filter(pk=shop.pk).update(kind="umkm", owner_since=at(DAY) + timedelta(hours=1))
    successor = Seller.objects.get(pk=shop.pk)
    assert one(successor, "shop_front").waiver is None
    assert RequirementWaiver.objects.visible_to(shop.members.get().user).count() == 0


# What its end does ----------------------------------------------------------------------------------------------------


def test_goods_are_on_show_through_the_last_day_and_back_when_the_paper_is_there(shop: Seller, officer: Any) -> None:
    goods = make.make_product(shop)
    night(DAY)
    assert state(goods) == "published"  # it was open before anybody looked at its papers
    waiver = give(shop, officer)
    last = waiver.valid_until
    night(last)
    assert (state(goods), told("ended")) == ("published", 0)
    night(last + timedelta(days=1))
    night(last + timedelta(days=1))
    waiver.refresh_from_db()
    assert (state(goods), told("ended"), waiver.state) == ("lapsed", 1, "ended")
    day = last + timedelta(days=1)
    assert "Foto depan toko" in validity.reason_of(Product.objects.get(pk=goods.pk), day)
    paper(shop, "shop_front", ends=day + timedelta(days=400))
    validity.follow_papers(seller=shop, now=at(day))
    assert state(goods) == "published"


def test_a_withdrawn_waiver_takes_the_goods_off_the_shelf_and_a_new_one_puts_them_back(
    shop: Seller, officer: Any
) -> None:
    goods = make.make_product(shop)
    waiver = give(shop, officer)
    services.withdraw_waiver(actor=officer, waiver=waiver, reason=REASON, now=at(DAY))
    assert (state(goods), told("withdrawn")) == ("lapsed", 1)
    with pytest.raises(InvalidMove):
        services.withdraw_waiver(actor=officer, waiver=waiver, reason=REASON, now=at(DAY))
    give(shop, officer)
    assert state(goods) == "published"
    assert [event.action for event in waiver.events.all()] == ["create", "withdraw"]


def test_the_end_is_announced_once_for_each_of_the_days(shop: Seller, officer: Any) -> None:
    waiver = give(shop, officer)
    counts = []
    for left in (31, 30, 29, 7, 6, 0):
        night(waiver.valid_until - timedelta(days=left))
        counts.append(told("ends"))
    assert counts == [0, 1, 1, 2, 2, 2]


def test_a_short_waiver_is_not_announced_as_ending_the_day_it_begins(shop: Seller, officer: Any) -> None:
    waiver = give(shop, officer, until=DAY + timedelta(days=20))
    night(DAY + timedelta(days=1))
    assert told("ends") == 0
    night(waiver.valid_until - timedelta(days=7))
    assert told("ends") == 1


def test_a_later_requirement_is_asked_of_open_shops_only_where_it_says_so(shop: Seller) -> None:
    goods, begins = make.make_product(shop), DAY + timedelta(days=20)
    added = new_row(valid_from=DAY)
    assert not any(each.is_asked for each in status_of(shop, begins) if each.requirement == added)
    Requirement.objects.filter(pk=added.pk).update(existing_from=begins)
    night(DAY + timedelta(days=1))
    assert (told("requirement_begins"), state(goods)) == (1, "published")
    night(begins - timedelta(days=1))
    assert state(goods) == "published"
    night(begins)
    assert state(goods) == "lapsed"
    paper(shop, "nib_letter", ends=begins + timedelta(days=400))
    night(begins + timedelta(days=1))
    assert state(goods) == "published"


def test_a_requirement_worded_anew_is_the_same_requirement(shop: Seller, officer: Any) -> None:
    old = row("shop_front")
    give(shop, officer)
    Requirement.objects.filter(pk=old.pk).update(valid_until=DAY)
    again = new_row(subject="shop_front", valid_from=DAY + timedelta(days=1), purpose="Kata yang baru")
    found = one(shop, "shop_front", DAY + timedelta(days=1))
    assert (found.requirement, found.is_asked, found.waiver is not None) == (again, True, True)


def test_goods_of_a_category_rest_on_what_the_category_asks_for(shop: Seller, officer: Any) -> None:
    goods, other = make.make_product(shop), make.make_product(shop)
    category = goods.category
    Product.objects.filter(pk=other.pk).update(category=make.make_category())
    needs = new_row(subject="halal", category=category, valid_from=date(2021, 11, 1))
    SellerDocument.objects.filter(seller=shop).delete()
    night(DAY)
    validity.follow_papers(seller=shop, now=at(DAY))
    assert (state(goods), state(other)) == ("lapsed", "published")
    give(shop, officer, requirement=needs)
    assert state(goods) == "published"


# Pages ----------------------------------------------------------------------------------------------------------------


def test_the_pages_of_the_applicant_and_of_the_office_say_the_same(citizen: Any, verifier: Any, now: Any) -> None:
    case = waiting(citizen, now, kind=SellerKind.SWK)
    page = signed_in(citizen).get(reverse("umkm:application", args=[case.seller_id])).text
    assert "Nomor stan dicocokkan dengan pengelola SWK" in page and "Verifikator dinas" in page
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=now)
    desk = signed_in(verifier)
    url = reverse("admin:umkm_verificationcase_change", args=[case.pk])
    assert "Belum terpenuhi: Nomor stan" in desk.get(url).text
    given = {"subject": "stall_confirmed", "note": "Pengelola membenarkan lewat telepon"}
    assert desk.post(reverse("admin:umkm_case_found", args=[case.pk]), given).status_code == 302
    assert "Belum terpenuhi" not in desk.get(url).text


def test_an_officer_excuses_a_shop_and_takes_it_back(officer: Any, citizen: Any, now: Any) -> None:
    seller = sellers.register_seller(actor=citizen, kind="umkm", now=now)
    client, until = signed_in(officer), clock.today() + timedelta(days=30)
    found = client.get(reverse("admin:umkm_requirementwaiver_changelist"), {"q": str(seller.pk)})
    url = reverse("admin:umkm_requirementwaiver_shop", args=[seller.pk])
    assert (found.status_code, found["Location"]) == (302, url)
    typed = {"requirement": row("shop_front").pk, "reason": REASON, "until": until.isoformat()}
    assert client.post(url, {**typed, "until": (until + timedelta(days=999)).isoformat()}).status_code == 422
    assert [client.post(url, typed).status_code for _press in range(2)] == [302, 409]
    waiver = RequirementWaiver.objects.get()
    assert "dikecualikan sampai" in signed_in(citizen).get(reverse("umkm:application", args=[seller.pk])).text
    assert REASON in client.get(url).text
    withdraw = reverse("admin:umkm_requirementwaiver_withdraw", args=[waiver.pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    assert client.post(withdraw, {"reason": REASON}).status_code == 302
    assert RequirementWaiver.objects.get().state == "withdrawn"
    assert signed_in(make.make_staff("umkm.verify_seller")).get(url).status_code == 403


def test_what_follows_a_full_stop_begins_with_a_capital() -> None:
    row = SimpleNamespace(label="NIB", who="Verifikator dinas", note="ada temuan yang belum dijawab")
    shown = render_to_string("umkm/requirements/_requirements.html", {"rows": [row]})
    assert "Giliran: Verifikator dinas. Ada temuan" in " ".join(shown.split())
