"""What the department, an invited shop and anybody read and send."""

import re
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.site.dashboards import agency_day, seller_day
from procurement.quotations.models import Invitation, Quotation, QuotationLook, SealedOffer
from procurement.requests.models import PurchaseRequest
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, Office
from tests.factories.quotations import NOTE, Auction, make_auction
from tests.pages import browse, words

pytestmark = pytest.mark.django_db
PRICE = "87.654"


def at(what: str, auction: Auction) -> str:
    return reverse(f"procurement:quotation-{what}", args=[auction.quotation.number])


def current(state: str, **over: Any) -> Auction:
    """As of now, so that pages can be asked."""
    past = clock.now() - (5 * DAY if state in ("opened", "awarded") else DAY)
    return make_auction(state, now=past, office=Office(now=past), **over)


def priced(auction: Auction, price: str = PRICE, **over: Any) -> dict[str, Any]:
    line, product = auction.quotation.lines.get(), auction.shops[0][0]
    moment = auction.quotation.deliver_at.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
    return {
        "key": new_key(), f"product_{line.pk}": product.pk, f"price_{line.pk}": price, "delivery_cost": "10.000",
        "deliver_at": moment, "words": "", **over,
    }  # fmt: skip


def test_a_seller_checks_the_sum_and_seals_it() -> None:
    auction = current("published", shops=1)
    auction.take_back(0)
    seller = browse(auction.keeper())
    assert "Belum ada penawaran dari toko Anda" in words(seller.get(at("offer", auction)))
    checked = seller.post(at("offer-send", auction), priced(auction))
    assert checked.status_code == 200
    assert "Rp886.540" in words(checked)
    assert SealedOffer.objects.count() == 2  # the one of the factory, and that it was taken back
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', checked.content.decode()))
    assert sent["checked"] == "1"
    del sent["csrfmiddlewaretoken"]
    answer = seller.post(at("offer-send", auction), sent)
    assert answer.status_code == 302
    page = words(seller.get(at("offer", auction)))
    assert "tersegel sejak" in page
    assert PRICE not in page
    assert "886.540" not in page


def test_a_price_above_the_window_is_refused_at_its_box() -> None:
    auction = current("published", shops=1)
    answer = browse(auction.keeper()).post(at("offer-send", auction), priced(auction, "100.001"))
    assert answer.status_code == 422
    assert "sampai Rp100.000" in words(answer)


def test_taking_back_asks_first() -> None:
    auction = current("published", shops=1)
    seller = browse(auction.keeper())
    assert "Tarik penawaran?" in words(seller.get(at("offer-withdraw", auction)))
    assert SealedOffer.objects.count() == 1
    seller.post(at("offer-withdraw", auction), {"key": new_key()})
    assert SealedOffer.objects.latest("pk").sealed == ""


def test_before_the_opening_no_page_shows_a_figure_or_how_many_offered() -> None:
    """The same page whether three shops offered or none."""
    full, empty = current("published", shops=3), current("published", shops=3)
    for shop in range(3):
        empty.take_back(shop)
    for who in ("pp", "requester", "head"):
        shown = [words(browse(getattr(one.office, who)).get(at("detail", one))) for one in (full, empty)]
        assert "tersegel" in shown[0]
        same = [re.sub(r"\d+|\b[a-z]{26,}\b", "#", page) for page in shown]
        assert same[0] == same[1]
        assert "90.000" not in shown[0]
        assert "910.000" not in shown[0]
    assert QuotationLook.objects.count() == 0
    public = browse().get(at("public", full))
    assert "90.000" not in words(public)


def test_an_officer_reads_decides_and_the_first_look_is_told() -> None:
    auction = current("opened")
    office = auction.office
    page = words(browse(office.head).get(at("detail", auction)))
    assert "Rp910.000" in page
    assert office.head.name in page
    assert "Tetapkan pemenang" not in page
    pp = browse(office.pp)
    passed = {"key": new_key(), "offer": auction.opened(0).pk, "reason": "unable", "note": NOTE}
    assert pp.post(at("pass", auction), passed).status_code == 422
    assert pp.post(at("pass", auction), passed | {"key": new_key(), "reason": "spec"}).status_code == 302
    award = {"key": new_key(), "offer": auction.opened(1).pk}
    asked = pp.post(at("award", auction), award)
    assert asked.status_code == 200
    assert "Tetapkan pemenang?" in words(asked)
    assert not PurchaseRequest.objects.exists()
    pp.post(at("award", auction), award | {"sure": "1"})
    draft = PurchaseRequest.objects.get()
    page = words(pp.get(at("detail", auction)))
    assert "Rp920.000" in page
    assert draft.number in page
    assert NOTE in page
    assert QuotationLook.objects.count() == 2


def test_anybody_reads_every_offer_after_the_award_only() -> None:
    opened, awarded = current("opened"), current("awarded")
    assert "910.000" not in words(browse().get(at("public", opened)))
    page = words(browse().get(at("public", awarded)))
    assert "Rp910.000" in page
    assert "Rp920.000" in page
    draft = current("draft")
    assert browse().get(at("public", draft)).status_code == 404
    listed = words(browse().get(reverse("procurement:quotation-public-list")))
    assert awarded.quotation.number in listed
    assert draft.quotation.number not in listed


def test_a_loser_reads_its_rank_and_the_winning_total() -> None:
    auction = current("awarded", shops=3)
    page = words(browse(auction.keeper(2)).get(at("offer", auction)))
    assert "Peringkat Anda 3 dengan Rp930.000." in page
    assert "Pemenangnya menawar Rp910.000." in page
    assert "menang dengan Rp910.000" in words(browse(auction.keeper(0)).get(at("offer", auction)))


def test_a_requester_writes_and_changes_a_draft() -> None:
    now = clock.now()
    office, category = Office(now=now), make.make_category()
    local = lambda moment: moment.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")  # noqa: E731
    values = {
        "key": new_key(), "title": "Map arsip", "line": office.line.pk, "category": category.pk,
        "deliver_at": local(now + 10 * DAY), "closes_at": local(now + 4 * DAY), "delivery_place": "Jl. Contoh 1",
        "delivery_kelurahan": office.agency.kelurahan_id, "rule": "points", "price_weight": "60", "time_weight": "30",
        "distance_weight": "10", "name_1": "Map", "quantity_1": "12", "unit_1": "pcs", "specification_1": "Tebal",
        "name_2": "Kertas", "quantity_2": "", "unit_2": "pcs", "specification_2": "",
    }  # fmt: skip
    requester = browse(office.requester)
    create = reverse("procurement:quotation-create")
    half = requester.post(create, values)
    assert half.status_code == 422
    assert set(half.context["form"].errors) == {"quantity_2", "specification_2"}
    assert "Barang 2: isi banyaknya." in words(half)
    vague = requester.post(create, values | {"name_2": "", "specification_1": "x", "ceiling": "0"})
    said = vague.context["form"].errors
    assert "belum menerangkan" in said["specification_1"][0]
    boxes = list(vague.context["form"].fields)  # faults are told in the order of the page
    assert boxes.index("specification_1") < boxes.index("closes_at")
    empty = values | {
        "name_2": "", "specification_1": "", "price_weight": "50", "time_weight": "20",
        "closes_at": local(now + DAY), "deliver_at": local(now + DAY - HOUR), "ceiling": "999.000.000.000",
    }  # fmt: skip
    wrong = requester.post(create, empty)
    told = {"specification_1", "price_weight", "closes_at", "deliver_at", "ceiling"}
    assert wrong.status_code == 422 and set(wrong.context["form"].errors) == told
    assert "paling sedikit 72 jam" in words(requester.get(create))
    assert requester.post(create, values | {"name_2": ""}).status_code == 302
    made = Quotation.objects.get()
    assert (made.price_weight, made.time_weight, made.distance_weight, made.ceiling) == (60, 30, 10, None)
    edit = reverse("procurement:quotation-edit", args=[made.number])
    shown = re.search(r'name="shown" value="([^"]*)"', requester.get(edit).content.decode())
    assert shown is not None
    changed = values | {"name_2": "", "title": "Map tebal", "quantity_1": "15", "shown": shown.group(1)}
    assert requester.post(edit, changed).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.lines.get().quantity) == ("Map tebal", 15)
    again = requester.post(edit, changed | {"title": "Map lain"})
    assert again.status_code == 422  # saved elsewhere since that page was made


def test_a_draft_that_cannot_be_published_is_returned_and_its_requester_reads_why() -> None:
    now = clock.now()
    auction = make_auction(now=now - 2 * DAY, office=Office(now=now - 2 * DAY), closes_at=now + DAY)
    officer, requester = browse(auction.officer), browse(auction.office.requester)
    page = words(officer.get(at("detail", auction)))
    assert "Belum dapat diumumkan. Penjual perlu paling sedikit" in page
    assert "Umumkan dan undang penjual" not in page and "Kembalikan ke pemesan" in page
    assert officer.get(at("return", auction)).status_code == 200
    assert officer.post(at("return", auction), {"key": new_key(), "note": "Batasnya terlalu dekat"}).status_code == 302
    page = words(requester.get(at("detail", auction)))
    assert "Batasnya terlalu dekat" in page and "Ubah draf" in page
    agency = auction.office.agency
    desk = lambda who: agency_day.quotations(agency, who, now).count  # noqa: E731
    assert (desk(auction.office.requester), desk(auction.officer)) == (1, 0)
    assert "Perbaiki draf: Map rapat" in words(requester.get(reverse("site:agency-dashboard")))
    auction.save(now=now)
    assert (desk(auction.office.requester), desk(auction.officer)) == (0, 1)
    assert "Umumkan dan undang penjual" in words(officer.get(at("detail", auction)))


def test_desks_show_what_waits() -> None:
    published, opened = current("published", shops=2), current("opened")
    published.take_back(0)
    now = clock.now()
    for shop, count in ((0, 1), (1, 0)):
        assert len(seller_day.seller_day(published.seller(shop), now).to_quote) == count
    assert "Map rapat" in words(browse(published.keeper(0)).get(reverse("site:seller-dashboard")))
    for who, count in ((opened.office.pp, 1), (opened.office.ppk, 1), (opened.office.requester, 0)):
        assert agency_day.quotations(opened.office.agency, who, now).count == count
    assert agency_day.quotations(published.office.agency, published.office.pp, now).count == 0
    desk = words(browse(opened.office.pp).get(reverse("site:agency-dashboard")))
    assert "Permintaan penawaran menunggu Anda" in desk


def test_the_invitation_a_shop_can_answer_stands_first() -> None:
    """And the time the department has left to award is not told as the shop's."""
    over, asked = current("opened"), current("published")
    Invitation.objects.create(quotation=over.quotation, seller=asked.seller(0))
    rows = browse(asked.keeper(0)).get(reverse("procurement:quotation-offers")).context["rows"]
    titles = [row["cells"][0]["note"].split(" ")[0] for row in rows]
    assert titles == [asked.quotation.number, over.quotation.number]
    assert [bool(row["cells"][1]["note"]) for row in rows] == [True, False]


def test_every_reason_why_a_shop_cannot_offer_this_is_said_at_once() -> None:
    auction = current("published", shops=1)
    late = (auction.quotation.deliver_at + DAY).astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
    sent = priced(auction, "200.000", delivery_cost="99.000.000", deliver_at=late)
    answer = browse(auction.keeper()).post(at("offer-send", auction), sent)
    line = auction.quotation.lines.get()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"price_{line.pk}", "delivery_cost", "deliver_at"}


def test_what_was_cancelled_is_asked_for_anew_without_typing_it_again() -> None:
    auction = current("cancelled")
    requester = browse(auction.office.requester)
    assert f"?salin={auction.quotation.number}" in requester.get(at("detail", auction)).content.decode()
    page = requester.get(reverse("procurement:quotation-create"), {"salin": auction.quotation.number})
    form = page.context["form"]
    assert (form["title"].value(), form["name_1"].value()) == ("Map rapat", "Map 1")
    assert (form["closes_at"].value(), form["deliver_at"].value()) == (None, None)
    stranger = browse(Office().requester).get(
        reverse("procurement:quotation-create"), {"salin": auction.quotation.number}
    )
    assert stranger.context["form"]["title"].value() is None


def test_the_winners_draft_offers_nothing_that_would_change_it() -> None:
    auction = current("opened")
    draft = auction.award(now=clock.now())
    page = browse(auction.office.requester).get(reverse("procurement:request-detail", args=[draft.number]))
    text, product = page.content.decode(), auction.shops[0][0]
    for name, args in [("request-draw", [product.pk]), ("request-line-remove", []), ("request-goods", [])]:
        assert f'"{reverse(f"procurement:{name}", args=[draft.number, *args])}"' not in text
    form = browse(auction.office.requester).get(reverse("procurement:request-edit", args=[draft.number]))
    assert form.context["form"].fields["deliver_at"].disabled
    assert not form.context["form"].fields["line"].disabled
