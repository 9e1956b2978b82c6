"""Whether the account pays for such goods, and whether the budget year holds the days."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from procurement.budgets.models import Account
from procurement.budgets.pages import Totals
from procurement.guards import pages
from procurement.guards.concerns import Concern, concerns
from procurement.guards.models import AccountGoods
from procurement.guards.services import Answer
from procurement.guards.states import Choice, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import charging
from procurement.requests.services import decisions
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_request
from tests.factories.users import signed_in
from tests.orders.books import refused
from umkm.catalogue.models import Category

pytestmark = pytest.mark.django_db
WHY = "Alat peraga lomba, sesuai uraian kegiatannya."


@pytest.fixture(scope="module")
def office(module_transaction: None) -> Office:
    return Office()


@pytest.fixture(autouse=True)
def _django_db_helper(office: Office, savepoint: None) -> None:
    """Each test writes on top of the module's rows."""


def found(request: PurchaseRequest, now: Any = MONDAY) -> list[Concern]:
    request = PurchaseRequest.objects.get(pk=request.pk)
    return concerns(request, contents.read(request, now), now)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.ZONE)  # type: ignore[misc]


def draft(office: Office, account: str, slug: str) -> PurchaseRequest:
    goods = make.make_product(price=100_000, category=Category.objects.get(slug=slug))
    line = make_line(office.agency, account=Account.objects.get(pk=account))
    return make_request(office, [(goods, 10)], line=line)


@pytest.mark.parametrize(
    ("account", "slug", "fits"),
    [
        ("5.1.02.01.01.0052", "nasi-kotak", True),  # below a category that is named
        ("5.1.02.01.01.0052", "makanan-berat", True),  # the category itself
        ("5.1.02.01.01.0052", "plakat-piala", False),
        ("5.1.02.01.01.0064", "nasi-kotak", False),
        ("5.1.02.01.01.0025", "kertas-buku", True),
        ("5.1.02.01.01.0025", "pena-map", False),  # a sister of the one that is named
        ("5.1.02.01.01.0027", "plakat-piala", True),  # an account nobody said anything about
    ],
)
def test_an_account_pays_for_its_goods(office: Office, account: str, slug: str, fits: bool) -> None:
    assert [concern.kind for concern in found(draft(office, account, slug))] == ([] if fits else ["account"])


def test_the_sentence_names_goods_account_and_what_fits(office: Office) -> None:
    request = draft(office, "5.1.02.01.01.0064", "plakat-piala")
    [concern] = found(request)
    assert concern.words == (
        f"{request.lines.get().name} berkategori Plakat dan piala, sedangkan rekening 5.1.02.01.01.0064 membayar "
        "Seragam dan konveksi. Nilainya Rp1.000.000 di permintaan ini."
    )
    with translation.override("en"):  # both names of goods in the language of who reads
        assert "Plaques and trophies" in concern.words
        assert "Uniforms and garments" in concern.words
    assert Choice.MERGE not in concern.choices


@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, False)])
def test_the_table_is_asked_by_day(office: Office, days: int, fits: bool) -> None:
    """A row holds up to and including its last day."""
    request = draft(office, "5.1.02.01.01.0064", "seragam")
    AccountGoods.objects.filter(account="5.1.02.01.01.0064").update(valid_until=MONDAY.date() - timedelta(days=days))
    other = Category.objects.get(slug="nasi-kotak")
    AccountGoods.objects.create(
        account_id="5.1.02.01.01.0064", category=other, valid_from=date(2026, 1, 1), source="Uji"
    )
    assert (found(request) == []) is fits


def test_it_is_sent_with_a_reason_and_answered(office: Office) -> None:
    request = draft(office, "5.1.02.01.01.0064", "plakat-piala")
    submit = {"actor": office.requester, "request": request, "now": MONDAY}
    refused(RuleBroken, lambda: decisions.submit_request(key=new_key(), **submit), "guard_unanswered")
    [concern] = found(request)
    for choice in (Choice.MERGE, ""):
        answers = {concern.key: Answer(choice, WHY)}
        refused(
            RuleBroken,
            lambda answers=answers: decisions.submit_request(key=new_key(), answers=answers, **submit),
            "guard_unanswered",
        )
    decisions.submit_request(key=new_key(), answers={concern.key: Answer(Choice.JUSTIFY, WHY)}, **submit)
    decide = {"actor": office.pp, "request": request, "dropped": {}, "note": "", "now": MONDAY + HOUR}
    refused(RuleBroken, lambda: decisions.approve_request(key=new_key(), **decide), "guard_open")
    finding = request.findings.get()
    decisions.approve_request(key=new_key(), outcomes={finding.pk: Outcome.ACCEPTED}, **decide)


# --- What mends it ---
PLAQUES = "5.1.02.01.01.0064", "plakat-piala"  # the account of uniforms


def paying(office: Office, **over: Any) -> Any:
    """A line of an account that pays for plaques."""
    account = Account.objects.get(pk="5.1.02.01.01.0035")
    category = Category.objects.get(slug=PLAQUES[1])
    AccountGoods.objects.get_or_create(account=account, category=category, valid_from=date(2026, 1, 1), source="Uji")
    return make_line(over.pop("agency", office.agency), account=account, activity_name="Lomba kampung", **over)


def remedy(request: PurchaseRequest, now: Any = MONDAY) -> dict[str, str]:
    request = PurchaseRequest.objects.get(pk=request.pk)
    held = contents.read(request, now)
    warned = request.findings.all() if request.submitted_at else concerns(request, held, now)
    [told] = charging.remedies(request, held, warned, now).values()
    return told


def test_a_line_that_pays_for_the_goods_is_named(office: Office) -> None:
    request = draft(office, *PLAQUES)
    for over in ({"agency": Office().agency}, {"year": 2027}, {"rup_id": " "}):
        paying(office, **over)
        assert "tidak punya mata anggaran lain" in remedy(request)["text"]
    enough = request.lines.get().amount + contents.read(request, MONDAY).parts[0].delivery_cost
    for pagu, said in ((enough - 1, ", tetapi sisa pagunya kurang"), (enough, "")):
        line = paying(office, pagu=pagu)
        told = remedy(request)
        assert told["text"].startswith(f"Lomba kampung ({line.account_id}, sisa pagu ") and said in told["text"]
        assert ("kurang" in told["text"]) is bool(said)
        assert (told["href"], told["link"]) == ("#beban", "Bebankan ke mata anggaran lain")
    for _line in range(4):
        paying(office)
    assert remedy(request)["text"].endswith("; dan 2 lagi") and remedy(request)["text"].count("Lomba") == 3


def test_an_officer_is_told_to_give_it_back(office: Office) -> None:
    """Whatever the request itself has reserved on the line counts as left."""
    other = paying(office)
    request = draft(office, *PLAQUES)
    answers = {concern.key: Answer(Choice.JUSTIFY, WHY) for concern in found(request)}
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), answers=answers, now=MONDAY)
    told = remedy(request)
    (line,) = request.lines.all()
    assert told["text"].startswith(f"Kembalikan agar {line.name} dibebankan ke Lomba kampung ({other.account_id}")
    assert "href" not in told


@pytest.mark.parametrize("signed", [False, True], ids=["decided at once", "signed first"])
def test_both_pages_say_what_mends_it(signed: bool) -> None:
    now = clock.now() - HOUR
    office = Office(now=now)
    if signed:
        since = clock.local_date(now) - DAY
        ApprovalRule.objects.create(office="head", above=0, valid_from=since, source="Perwali contoh")
    goods = make.make_product(price=100_000, category=Category.objects.get(slug=PLAQUES[1]))
    year = office.line.year
    line = make_line(office.agency, account=Account.objects.get(pk=PLAQUES[0]), year=year)
    paying(office, year=year)
    request = make_request(office, [(goods, 10)], line=line, now=now)
    page = html.fromstring(
        signed_in(office.requester).get(reverse("procurement:request-detail", args=[request.number])).content
    )
    assert page.xpath("//*[@id='peringatan']//*[contains(@class, 'guard__said')]//a/@href") == ["#beban"]
    assert page.xpath("//*[@id='beban']/details/@open")
    answers = {concern.key: Answer(Choice.JUSTIFY, WHY) for concern in found(request, now)}
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), answers=answers, now=now)
    reader = office.head if signed else office.pp
    sent = signed_in(reader).get(reverse("procurement:approval-detail", args=[request.number]))
    assert f"Kembalikan agar {goods.name} dibebankan ke Lomba kampung" in sent.content.decode()


# --- The budget year ---

# Three working days after it are due in the same year, or not: Christmas and its collective leave lie before.
LAST, LATE = moment(2026, 12, 28, 10), moment(2026, 12, 29, 10)


@pytest.mark.parametrize(("arrives", "kinds"), [(LAST, []), (LATE, ["year_end"])])
def test_goods_come_early_enough_to_be_paid_in_the_year(office: Office, arrives: Any, kinds: list[str]) -> None:
    request = make_request(office, now=LAST - 20 * DAY, deliver_at=arrives, event_at=None)
    assert [concern.kind for concern in found(request, LAST - 20 * DAY)] == kinds


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (moment(2026, 12, 31, 23), ["year_early"]),
        (moment(2027, 1, 1, 0), []),
    ],
)
def test_a_year_that_has_not_begun(office: Office, now: Any, kinds: list[str]) -> None:
    line = make_line(office.agency, year=2027)
    request = make_request(office, line=line, deliver_at=moment(2027, 1, 20, 10), event_at=None)
    assert [concern.kind for concern in found(request, now)] == kinds


@pytest.mark.parametrize(
    ("committed", "realised", "met", "share"),
    [(30, 9, False, "39%"), (30, 10, True, "40%"), (0, 0, False, "0%"), (0, 100, True, "100%")],
)
def test_the_share_of_small_businesses_is_of_what_is_bound_and_paid(
    committed: int, realised: int, met: bool, share: str
) -> None:
    """What is only held is not bought yet."""
    year = Totals(pagu=100, reserved=50, committed=committed, realised=realised)
    found = pages.small_share(year, Decimal("0.4"), 2026)
    missing = 40 - committed - realised
    assert found is not None and found["is_met"] is met and f", {share} dari pagu Rp100," in found["text"]
    assert found["lacks"] == ("" if missing <= 0 else f"Kurang Rp{missing} sampai Kamis, 31 Desember 2026.")
    assert pages.small_share(Totals(0, 0, 0, 0), Decimal("0.4"), 2026) is None


@pytest.mark.parametrize(
    ("spent", "pagu", "share"),
    [
        (20_970_000, 213_000_000, "9,8%"),
        (20_070_000, 213_000_000, "9,4%"),
        (85_100_000, 213_000_000, "39,9%"),  # 39,953: "40%" would read as reached
        (85_200_000, 213_000_000, "40%"),
    ],
)
def test_the_share_is_rounded_to_a_tenth_and_never_up_to_what_is_asked(spent: int, pagu: int, share: str) -> None:
    found = pages.small_share(Totals(pagu=pagu, reserved=0, committed=spent, realised=0), Decimal("0.4"), 2026)
    assert found is not None and f", {share} dari pagu" in found["text"]
    assert found["is_met"] is (share == "40%")


def test_goods_of_one_name_are_named_once(office: Office) -> None:
    category = Category.objects.get(slug="kertas-buku")
    goods = [make.make_product(price=10_000, category=category, name="Buku tamu") for _shop in range(2)]
    line = make_line(office.agency, account=Account.objects.get(pk="5.1.02.01.01.0052"))
    [concern] = found(make_request(office, [(one, 10) for one in goods], line=line))
    assert concern.words.count("Buku tamu") == 1
