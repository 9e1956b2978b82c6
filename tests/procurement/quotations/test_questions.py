"""Questions about a request for quotation: asked in time, answered to all, and nobody learns who asked."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.dashboards import agency_day
from procurement.quotations import questions
from procurement.quotations.models import QuotationAnswer, QuotationQuestion
from procurement.quotations.services import questions as asking
from procurement.quotations.services import reminders
from procurement.requests.errors import SamePerson
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, make_officer
from tests.factories.quotations import CLOSES, Auction, make_auction
from tests.factories.rules import end_rule, set_rule
from tests.orders.books import refused
from tests.pages import browse, words
from tests.racing import together

pytestmark = pytest.mark.django_db
TEXT = "Apakah map dikirim per dus isi lima puluh?"
ANSWER = "Boleh per dus atau dibungkus kertas."


def ask(auction: Auction, shop: int = 0, text: str = TEXT, **over: Any) -> QuotationQuestion:
    values = {
        "actor": auction.keeper(shop), "quotation": auction.quotation, "seller": auction.seller(shop), "text": text,
        "key": new_key(), "now": auction.now + HOUR, **over,
    }  # fmt: skip
    return asking.ask_question(**values)


def answer(auction: Auction, question: QuotationQuestion, text: str = ANSWER, **over: Any) -> QuotationAnswer:
    values = {"actor": auction.officer, "question": question, "text": text, "key": new_key(),
              "now": auction.now + 2 * HOUR, **over}  # fmt: skip
    return asking.answer_question(**values)


def told(person: Any, kind: str) -> int:
    return Notification.objects.filter(person=person, kind=f"quotation.{kind}").count()


def test_the_officers_are_reminded_of_what_nobody_answered() -> None:
    """A day before the end, or an hour where it was asked later; once, and not of what was answered."""
    auction = make_auction("published", shops=2)
    end = questions.answer_until(auction.row)
    early, answered, late = (
        ask(auction, text=text, now=at)
        for text, at in (
            ("Berapa isi satu dus?", MONDAY + HOUR),
            ("Warnanya harus apa?", MONDAY + HOUR),
            (TEXT, end - 20 * HOUR),
        )
    )
    answer(auction, answered)
    for at, asked in ((end - DAY - HOUR, []), (end - DAY, [early]), (end - HOUR, [early, late]), (end, [early, late])):
        for _again in range(2):
            reminders.remind_ahead(now=at)
        kept = Notification.objects.filter(kind="quotation.answer_near", person=auction.officer).order_by("pk")
        assert [row.parameters["question"] for row in kept] == [question.text for question in asked]
    answer(auction, early, now=end - HOUR / 2)
    unread = Notification.objects.unread().filter(kind="quotation.answer_near")
    assert [row.parameters["question"] for row in unread] == [TEXT]


def test_everybody_invited_reads_the_answer_and_nobody_who_asked() -> None:
    auction = make_auction("published", shops=3, now=clock.now() - DAY)
    shop = auction.seller()
    row = ask(auction)
    assert told(auction.officer, "asked") == 1
    assert shop.name not in str(Notification.objects.get(kind="quotation.asked").parameters)
    answer(auction, row)
    assert [told(auction.keeper(place), "answered") for place in range(3)] == [1, 1, 1]
    assert not Notification.objects.unread().filter(kind="quotation.asked").exists()
    for who, name in (
        (auction.officer, "detail"), (auction.office.requester, "detail"), (auction.keeper(1), "offer"),
        (auction.keeper(0), "offer"), (None, "public"),
    ):  # fmt: skip
        page = words(browse(who).get(reverse(f"procurement:quotation-{name}", args=[auction.quotation.number])))
        assert TEXT in page, name
        assert ANSWER in page, name
        assert name == "offer" or shop.name not in page, name


def test_the_ends_of_asking_and_answering_are_half_open() -> None:
    set_rule("quotation.question_hours", 24)
    set_rule("quotation.answer_hours", 12)
    auction = make_auction("published")
    last = CLOSES - 24 * HOUR
    tick = HOUR / 3600
    row = ask(auction, now=last - tick)
    refused(InvalidMove, lambda: ask(auction, text=TEXT + " Ya?", now=last), "question_late")
    answer(auction, row, now=CLOSES - 12 * HOUR - tick)
    refused(InvalidMove, lambda: answer(auction, row, now=CLOSES - 12 * HOUR), "answer_late")


def test_no_question_is_taken_that_nobody_could_answer_any_more() -> None:
    set_rule("quotation.question_hours", 2)
    set_rule("quotation.answer_hours", 30)
    auction = make_auction("published")
    assert questions.ask_until(auction.row) == questions.answer_until(auction.row) == CLOSES - 30 * HOUR


def test_the_rule_of_the_day_of_publication_holds() -> None:
    """A later rule does not take time from those who were told another end."""
    auction = make_auction("published")
    before = questions.ask_until(auction.row)
    end_rule("quotation.question_hours", date(2026, 9, 8), value=90)
    assert questions.ask_until(auction.row) == before


def test_who_asks_and_who_answers() -> None:
    auction = make_auction("published", shops=2)
    office = auction.office
    for who in (office.pp, office.requester, auction.keeper(1), make.make_user()):
        refused(NotAllowed, lambda who=who: ask(auction, actor=who))
    stranger = make.make_product(category=make.make_category()).seller
    refused(NotAllowed, lambda: ask(auction, actor=stranger.members.get().user, seller=stranger))
    row = ask(auction)
    refused(SamePerson, lambda: answer(auction, row, actor=office.requester))
    for who in (office.receiver, office.treasurer, office.head, make_officer("pp"), auction.keeper()):
        refused(NotAllowed, lambda who=who: answer(auction, row, actor=who))
    assert answer(auction, row, actor=office.ppk).acted_as == "ppk"
    assert answer(auction, row, text="Tambahan: dus polos.").acted_as == "pp"
    assert [one.actor for one in row.answers.all()] == [office.ppk, office.pp]


@pytest.mark.parametrize("state", ["opened", "awarded", "cancelled"])
def test_only_while_offers_are_taken(state: str) -> None:
    auction = make_auction("published")
    row = ask(auction)
    if state == "cancelled":
        auction.cancel()
    else:
        auction.open()
    if state == "awarded":
        auction.award()
    refused(InvalidMove, lambda: ask(auction, text=TEXT + " Ya?"))
    refused(InvalidMove, lambda: answer(auction, row))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Apa?", "question_short"),
        ("Hubungi saya di 0812 3456 7890 ya", "contact_inside"),
        ("Balas ke toko@contoh.id sebelum Kamis", "contact_inside"),
        ("Kami dapur  BU LIRIH: apakah boleh per dus?", "question_named"),
        ("Saya Siti Aminah, apakah boleh per dus?", "question_named"),
    ],
)
def test_a_question_says_neither_who_asks_nor_how_to_reach_them(text: str, code: str) -> None:
    seller = make.make_seller(name="Dapur Bu Lirih", owner_name="Siti Aminah")
    auction = make_auction("published", seller_0=seller)
    refused(RuleBroken, lambda: ask(auction, text=text), code)
    assert ask(auction, text="Apakah dapur boleh mengirim per dus?")


def test_one_shop_asks_so_often_and_nothing_twice() -> None:
    set_rule("quotation.questions_most", 2)
    auction = make_auction("published", shops=2)
    ask(auction)
    refused(RuleBroken, lambda: ask(auction, 1, text=TEXT.upper()), "question_twice")
    ask(auction, text="Kertasnya putih atau krem?")
    refused(RuleBroken, lambda: ask(auction, text="Ukurannya folio atau A4?"), "questions_most")
    ask(auction, 1, text="Ukurannya folio atau A4?")


def test_an_answer_has_no_contacts_but_the_place_of_delivery_stands() -> None:
    auction = make_auction("published")
    row = ask(auction)
    refused(RuleBroken, lambda: answer(auction, row, text="Tanya ke 0812 3456 7890 saja"), "contact_inside")
    refused(RuleBroken, lambda: answer(auction, row, text="Ya"), "answer_short")


def test_the_desk_shows_what_waits_for_an_answer_until_its_end() -> None:
    auction = make_auction("published", now=clock.now() - DAY)
    now = clock.now()
    assert agency_day.quotations(auction.office.agency, auction.officer, now).count == 0
    row = ask(auction)
    assert agency_day.quotations(auction.office.agency, auction.officer, now).count == 1
    page = words(browse(auction.officer).get(reverse("procurement:quotation-detail", args=[auction.quotation.number])))
    assert "1 pertanyaan belum dijawab" in page
    end = questions.answer_until(auction.row)
    assert agency_day.quotations(auction.office.agency, auction.officer, end).count == 0
    answer(auction, row, now=now)
    assert agency_day.quotations(auction.office.agency, auction.officer, now).count == 0


def test_pages_keep_what_was_typed_and_tell_why() -> None:
    auction = make_auction("published", now=clock.now() - DAY)
    number = auction.quotation.number
    seller: Client = browse(auction.keeper())
    address = reverse("procurement:quotation-ask", args=[number])
    page = seller.post(address, {"key": new_key(), "text": "Hubungi 0812 3456 7890"})
    assert page.status_code == 422
    assert "0812 3456 7890" in page.content.decode()
    key = new_key()
    for _twice in range(2):
        assert seller.post(address, {"key": key, "text": TEXT}).status_code == 302
    row = QuotationQuestion.objects.get()
    pp = browse(auction.officer)
    address = reverse("procurement:quotation-answer", args=[number, row.pk])
    assert TEXT in words(pp.get(address))
    assert pp.post(address, {"key": new_key(), "text": ANSWER}).status_code == 302
    other = make_auction("published", now=clock.now() - DAY)
    assert browse(other.officer).get(reverse("procurement:quotation-answer", args=[other.quotation.number, row.pk])
                                     ).status_code == 404  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once_and_a_race_stays_within_the_most() -> None:
    set_rule("quotation.questions_most", 3)
    auction = make_auction("published", shops=1)
    keeper, seller, key = auction.keeper(), auction.seller(), new_key()
    once = [lambda: ask(auction, actor=keeper, seller=seller, key=key)] * 3
    assert together(once) == {"ok": 3}
    assert QuotationQuestion.objects.count() == 1
    acts = [
        lambda n=n: ask(auction, actor=keeper, seller=seller, text=f"Pertanyaan yang ke-{n} tentang map?")
        for n in range(6)
    ]
    assert together(acts) == {"ok": 2, "questions_most": 4}
    assert QuotationQuestion.objects.filter(at__gte=MONDAY).count() == 3
