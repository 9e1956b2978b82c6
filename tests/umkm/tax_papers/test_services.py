"""Tax papers: who shows, who decides, and what counts on which day."""

from datetime import date, timedelta
from typing import Any

import pytest

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from tests.factories import tax_papers as papers
from tests.factories import umkm as make
from tests.factories.tax_papers import SHOWN
from tests.kept_steps import kept
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerForm
from umkm.tax_papers import services
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.policies import TaxStanding, standing_of
from umkm.tax_papers.states import TaxPaperState

pytestmark = pytest.mark.django_db
TODAY = clock.local_date(SHOWN)
DAY = timedelta(days=1)


def standing(seller: Seller, day: date = TODAY) -> TaxStanding:
    return standing_of(seller, TaxPaper.objects.filter(seller=seller), day)


@pytest.fixture
@kept
def officer() -> Any:
    return make.make_staff("umkm.verify_seller")


@pytest.mark.parametrize("flag", ["has_final_tax_certificate", "has_low_turnover_statement"])
def test_what_a_shop_only_says_lowers_no_tax(flag: str) -> None:
    found = standing(make.make_seller(**{flag: True}))
    assert not getattr(found, flag)
    assert len(found.unproven) == 1


def test_a_paper_counts_once_it_is_verified_and_on_its_days_alone(officer: Any) -> None:
    shop = make.make_seller()
    paper = papers.sent(shop, valid_from=TODAY, valid_until=TODAY + 10 * DAY)
    assert not standing(shop).has_final_tax_certificate
    assert standing(shop).unproven == ("certificate",)
    # Neither another's look at this copy nor one's own at another paper is a look at it.
    services.open_paper(actor=make.make_staff("umkm.verify_seller"), paper=paper, now=SHOWN)
    services.open_paper(actor=officer, paper=papers.sent(shop, number="2"), now=SHOWN)
    with pytest.raises(RuleBroken, match="Buka dahulu"):
        services.verify_paper(actor=officer, paper=paper, now=SHOWN)
    services.open_paper(actor=officer, paper=paper, now=SHOWN)
    services.verify_paper(actor=officer, paper=paper, now=SHOWN)
    for day, counts in [(TODAY - DAY, False), (TODAY, True), (TODAY + 10 * DAY, True), (TODAY + 11 * DAY, False)]:
        assert standing(shop, day).has_final_tax_certificate == counts
    assert Notification.objects.filter(kind="seller.tax_paper_verified").exists()


def test_a_paper_that_was_taken_back_counts_to_its_last_day(officer: Any) -> None:
    shop = make.make_seller()
    paper = papers.shown(shop)
    later = SHOWN + 30 * DAY
    papers.ended(paper, TODAY + 20 * DAY, now=later)
    assert standing(shop, TODAY + 20 * DAY).has_final_tax_certificate
    assert not standing(shop, TODAY + 21 * DAY).has_final_tax_certificate
    with pytest.raises(InvalidMove):
        papers.ended(paper, TODAY + 10 * DAY, now=later)


def test_a_paper_does_not_end_on_a_day_to_come() -> None:
    paper = papers.shown(make.make_seller())
    with pytest.raises(RuleBroken, match="paling lambat hari ini"):
        papers.ended(paper, TODAY + DAY, now=SHOWN)


def test_a_rejected_or_withdrawn_paper_counts_for_nothing(officer: Any) -> None:
    shop = make.make_seller()
    paper = papers.sent(shop)
    with pytest.raises(RuleBroken) as refused:
        services.reject_paper(actor=officer, paper=paper, note="Nomornya lain di salinan", now=SHOWN)
    assert refused.value.code == "paper_unopened"
    services.open_paper(actor=officer, paper=paper, now=SHOWN)
    paper = services.reject_paper(actor=officer, paper=paper, note="Nomornya lain di salinan", now=SHOWN)
    assert standing(shop).papers == () == standing(shop).unproven
    assert paper.note == "Nomornya lain di salinan"
    services.withdraw_paper(actor=paper.uploaded_by, paper=papers.sent(shop), now=SHOWN)
    assert standing(shop).papers == ()


def test_who_says_pkp_is_one_until_a_paper_says_since_when() -> None:
    shop = make.make_seller(is_pkp=True)
    assert standing(shop).is_pkp and standing(shop).unproven == ("pkp",)
    papers.shown(shop, "pkp", valid_from=TODAY + 5 * DAY)
    assert not standing(shop, TODAY + 4 * DAY).is_pkp
    assert standing(shop, TODAY + 5 * DAY).is_pkp


def test_a_shop_becomes_pkp_by_its_paper() -> None:
    shop = make.make_seller()
    assert not standing(shop).is_pkp
    papers.shown(shop, "pkp")
    assert standing(shop).is_pkp


def test_a_statement_is_of_one_tax_year_and_of_a_person() -> None:
    shop = make.make_seller()
    assert papers.sent(shop, "statement").valid_until == date(2026, 12, 31)
    with pytest.raises(RuleBroken, match="satu tahun pajak"):
        papers.sent(shop, "statement", number="2", valid_until=date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="hanya untuk perorangan"):
        papers.sent(make.make_seller(form=SellerForm.BODY), "statement")


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"issued_on": TODAY + DAY}, "issued_later"),
        ({"valid_until": None}, "end_missing"),
        ({"valid_from": TODAY - DAY}, "before_issued"),
        ({"valid_from": TODAY - 9 * DAY, "issued_on": TODAY - 9 * DAY, "valid_until": TODAY - DAY}, "paper_expired"),
        ({"valid_until": TODAY - DAY}, "ends_before"),
        ({"number": "  "}, "number_missing"),
        ({"kind": "lain"}, "kind_unknown"),
        ({"file": None}, "file_missing"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(over: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        papers.sent(make.make_seller(), number=over.pop("number", "1"), **over)
    assert refusal.value.code == code
    assert not TaxPaper.objects.exists()


def test_a_second_press_shows_the_paper_once_and_another_page_not_twice() -> None:
    shop, key = make.make_seller(), new_key()
    first = papers.sent(shop, key=key)
    assert papers.sent(shop, key=key).pk == first.pk
    with pytest.raises(RuleBroken) as refusal:
        papers.sent(shop)
    assert refusal.value.code == "paper_there"


def test_only_the_shop_shows_and_only_an_untied_verifier_decides(officer: Any) -> None:
    shop, stranger = make.make_seller(), make.make_user()
    with pytest.raises(NotAllowed):
        papers.sent(shop, actor=stranger)
    paper = papers.sent(shop)
    own = make.make_staff("umkm.verify_seller")
    make.make_seller(own, nik=shop.nik)
    for actor in (stranger, paper.uploaded_by, own):
        with pytest.raises(NotAllowed):
            services.verify_paper(actor=actor, paper=paper, now=SHOWN)
        with pytest.raises(NotAllowed):
            services.reject_paper(actor=actor, paper=paper, note="Tidak ada bukti baru", now=SHOWN)
    with pytest.raises(NotAllowed):
        services.withdraw_paper(actor=stranger, paper=paper, now=SHOWN)
    paper.refresh_from_db()
    assert paper.state == TaxPaperState.WAITING


def test_a_paper_is_decided_once(officer: Any) -> None:
    paper = papers.shown(make.make_seller(), officer=officer)
    for act in (
        lambda: services.verify_paper(actor=officer, paper=paper, now=SHOWN),
        lambda: services.reject_paper(actor=officer, paper=paper, note="Tidak ada bukti baru", now=SHOWN),
        lambda: services.withdraw_paper(actor=paper.uploaded_by, paper=paper, now=SHOWN),
    ):
        with pytest.raises(InvalidMove):
            act()


def test_verifiers_are_told_once_a_day_of_papers_past_their_deadline(officer: Any) -> None:
    papers.sent(make.make_seller())
    assert services.remind_overdue(now=SHOWN) == 0
    late = SHOWN + 30 * DAY
    assert services.remind_overdue(now=late) == 1 == services.remind_overdue(now=late + timedelta(hours=1))
    assert Notification.objects.filter(kind="case.tax_papers_overdue", person=officer).count() == 1
