"""Frames in the browser's requests: proposed, signed, used and ended, and what each page says."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.text import slugify

from epeken.core import clock
from epeken.core.i18n.times import brief_date
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.web.templatetags.uang import tanggal
from epeken.users import services as users
from orders.documents import services as documents
from orders.documents.models import Document
from orders.orders.models import Order
from orders.orders.services import agreement, framed
from procurement.budgets import services as budgets
from procurement.frames.models import ApprovalFrame
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, Office, make_frame, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.html_forms import shown_on
from tests.kept_steps import kept
from tests.orders.documents.test_golden import text_of
from tests.statements import statements_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: Any) -> Office:
    return Office(now=now)


def url(name: str, *args: Any) -> str:
    return reverse(f"procurement:{name}", args=args)


def days(office: Office, now: Any) -> dict[str, Any]:
    first = clock.local_date(now)
    return {"now": now, "valid_from": first, "valid_until": first + timedelta(days=27)}


def shown_of(clerk: Any, draft: PurchaseRequest) -> str:
    return shown_on(clerk, url("request-detail", draft.number), action=url("request-submit", draft.number))


@kept
def framed_goods(office: Office, now: Any, **over: Any) -> tuple[ApprovalFrame, Any]:
    product = make.make_product(price=100_000)
    return make_frame(office, products=[product], **{**days(office, now), **over}), product


def typed(office: Office, now: Any, **over: Any) -> dict[str, Any]:
    first = clock.local_date(now)
    return {
        "key": new_key(), "title": "Konsumsi rapat", "line": office.line.pk, "amount": "5.000.000",
        "order_limit": "2.000.000", "valid_from": str(first), "valid_until": str(first + timedelta(days=20)), **over,
    }  # fmt: skip


def test_frame_is_proposed_and_signed_on_its_pages(office: Office, now: Any) -> None:
    product, shop = make.make_product(price=100_000), make.make_seller()
    category = make.make_category()
    rows = {
        "product_1": f"https://contoh.test/barang/{product.pk}-nasi/", "price_1": "110.000",
        "category_2": str(category.pk), "unit_2": "box", "price_2": "50.000",
        "sellers": f"https://contoh.test/toko/{shop.slug}/\n{shop.slug}",
        "ceiling_reason": "Belum ada yang menjualnya.",
    }  # fmt: skip
    answer = signed_in(office.ppk).post(url("frame-create"), typed(office, now, **rows), follow=True)
    frame = ApprovalFrame.objects.get()
    assert "menunggu tanda tangan kepala dinas" in answer.content.decode()
    assert [(row.product, row.category, row.unit, row.price_limit) for row in frame.goods.all()] == [
        (product, product.category, product.unit, 110_000), (None, category, "box", 50_000),
    ]  # fmt: skip
    assert [seller.pk for seller in frame.sellers.all()] == [shop.pk]
    head = signed_in(office.head)
    assert frame.title in head.get(reverse("site:agency-dashboard")).content.decode()
    page = head.get(url("frame-detail", frame.number)).content.decode()
    assert "Tandatangani kerangka" in page
    answer = head.post(url("frame-sign", frame.number), {"key": new_key(), "decree": ""})
    assert answer.status_code == 422
    answer = head.post(url("frame-sign", frame.number), {"key": new_key(), "decree": "188/7"}, follow=True)
    assert "Kerangka berlaku" in answer.content.decode()
    frame.refresh_from_db()
    assert (frame.state, frame.signer) == ("signed", office.head)


PROPOSAL_TYPED: list[tuple[dict[str, str], str, str]] = [
    ({}, "category_1", "Sebut paling sedikit satu"),
    ({"price_1": "5000"}, "category_1", "Pilih kategori, atau tulis"),
    ({"product_1": "toko-saya", "price_1": "5000"}, "product_1", "tidak ditemukan"),
    ({"product_1": "999999999", "price_1": "5000"}, "product_1", "tidak ditemukan"),
    ({"product_1": "1"}, "price_1", "Isi harga paling tinggi"),
    ({"category_1": "0", "unit_1": "box", "price_1": "5"}, "category_1", ""),
    ({"product_1": "x", "price_1": "1,5"}, "price_1", "tanpa sen"),
    ({"product_1": "x", "price_1": "5", "sellers": "tidak-ada"}, "sellers", "tidak ditemukan"),
    ({"product_1": "x", "price_1": "5", "amount": "0"}, "", ""),
]


@pytest.mark.parametrize(("over", "field", "said"), PROPOSAL_TYPED)
def test_frame_form_says_what_is_wrong(office: Office, now: Any, over: dict[str, str], field: str, said: str) -> None:
    answer = signed_in(office.ppk).post(url("frame-create"), typed(office, now, **over))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert not ApprovalFrame.objects.exists()
    if field:
        assert said in " ".join(form.errors[field])


def test_frame_form_finds_a_shop_and_goods_by_name(office: Office, now: Any) -> None:
    """By the whole name, or by words that only one has; several are told by name."""
    lirih = make.make_seller(name="Dapur Bu Lirih")
    make.make_seller(name="Dapur Bu Sari")
    product = make.make_product(price=100_000, name="Nasi Kuning Lirih", seller=lirih)
    rows = {"price_1": "110.000", "product_1": "kuning lirih", "ceiling_reason": "Belum ada yang menjualnya."}
    post = lambda sellers: signed_in(office.ppk).post(  # noqa: E731
        url("frame-create"), typed(office, now, **rows, sellers=sellers)
    )
    said = post("dapur bu").context["form"].errors["sellers"][0]
    assert "Dapur Bu Lirih; Dapur Bu Sari" in said
    assert post("Dapur Bu Lirih").status_code == 302
    frame = ApprovalFrame.objects.get()
    assert [seller.pk for seller in frame.sellers.all()] == [lirih.pk] and frame.goods.get().product == product
    # Once the line bears it no more, nothing is offered to be signed.
    budgets.revise_ceiling(
        actor=make.make_staff("procurement.change_budgetline"), line=office.line, pagu=4_999_999, decree="DPPA-1",
        decree_on=clock.local_date(now), now=now,
    )  # fmt: skip
    page = signed_in(office.head).get(url("frame-detail", frame.number)).content.decode()
    assert "belum dapat ditandatangani" in page and "Tandatangani kerangka" not in page
    assert "Tidak menandatangani" in page


def test_frame_form_begins_from_a_request(office: Office, now: Any) -> None:
    request = make_request(office, state="ordered", now=now)
    form = signed_in(office.ppk).get(url("frame-create") + f"?dari={request.number}").context["form"]
    line = request.lines.get()
    assert [form[name].value() for name in ("title", "product_1", "price_1")] == [
        request.title, reverse("umkm:product-detail", args=[line.product_id, slugify(line.name)]), "100.000",
    ]  # fmt: skip
    assert url("frame-create") in signed_in(office.pp).get(url("request-detail", request.number)).content.decode()
    strange = Office(now=now)
    answer = signed_in(strange.ppk).get(url("frame-create") + f"?dari={request.number}")
    assert answer.context["form"]["product_1"].value() is None


def test_frame_pages_say_how_a_request_comes_under_it_and_since_when_it_holds(office: Office, now: Any) -> None:
    frame, _product = framed_goods(office, now)
    signed = clock.local_date(frame.signed_at)
    ApprovalFrame.objects.filter(pk=frame.pk).update(valid_from=signed - timedelta(days=3))
    clerk, create = signed_in(office.requester), reverse("procurement:request-create")
    for page, said in ((url("frame-list"), brief_date), (url("frame-detail", frame.number), tanggal)):
        text = " ".join(clerk.get(page).text.split())
        assert "dikenali sendiri" in text and create in text, page
        assert said(signed) in text and said(signed - timedelta(days=3)) not in text, page
        assert "dikenali sendiri" not in signed_in(office.treasurer).get(page).text


def test_frame_that_is_refused_is_called_so_and_has_nothing_left(office: Office, now: Any) -> None:
    frame, _product = framed_goods(office, now, state="proposed")
    head = signed_in(office.head)
    assert "Tidak menandatangani" in head.get(url("frame-close", frame.number)).text
    answer = head.post(url("frame-close", frame.number), {"note": "Belum perlu"}, follow=True).text
    assert f"Kerangka {frame.number} tidak ditandatangani." in answer and "diakhiri" not in answer
    assert rupiah(frame.amount) not in head.get(url("frame-list")).text


def test_frame_of_another_department_is_not_seen(office: Office, now: Any) -> None:
    frame, _product = framed_goods(office, now)
    strange = Office(now=now)
    client = signed_in(strange.head)
    for name in ("frame-detail", "frame-close"):
        assert client.get(url(name, frame.number)).status_code == 404
    assert client.post(url("frame-sign", frame.number), {"key": new_key(), "decree": "1"}).status_code == 404
    assert frame.title not in client.get(url("frame-list")).content.decode()


def test_frame_is_told_on_the_draft_and_after_sending(office: Office, now: Any) -> None:
    frame, product = framed_goods(office, now)
    draft = make_request(office, [(product, 10)], now=now)
    clerk = signed_in(office.requester)
    page = clerk.get(url("request-detail", draft.number)).content.decode()
    assert "Di dalam kerangka:" in page
    assert "Kirim, langsung disetujui" in page
    posted = {"key": new_key(), "shown": shown_of(clerk, draft)}
    answer = clerk.post(url("request-submit", draft.number), posted, follow=True).content.decode()
    assert f"Langsung disetujui menurut kerangka {frame.number}" in answer
    assert "Disetujui menurut kerangka" in answer
    draft.refresh_from_db()
    assert draft.state == "approved"
    page = clerk.get(url("frame-detail", frame.number)).content.decode()
    assert draft.title in page
    assert "Rp3.990.000" in page
    ledger = clerk.get(url("budget-detail", office.line.pk)).content.decode()
    assert url("frame-detail", frame.number) in ledger


def test_frame_that_does_not_cover_says_why_to_requester_and_officer(office: Office, now: Any) -> None:
    frame, product = framed_goods(office, now, order_limit=1_000_000)
    draft = make_request(office, [(product, 10)], now=now)
    clerk = signed_in(office.requester)
    page = clerk.get(url("request-detail", draft.number)).content.decode()
    assert "Di luar kerangka, jadi diputuskan pejabat seperti biasa." in page
    assert "lebih Rp10.000." in page
    assert "Kirim permintaan ke PP" in page
    clerk.post(url("request-submit", draft.number), {"key": new_key(), "shown": shown_of(clerk, draft)})
    page = signed_in(office.pp).get(url("approval-detail", draft.number)).content.decode()
    assert f"Di luar kerangka {frame.number}." in page
    assert "lebih Rp10.000." in page


def test_frame_note_is_indonesian_whatever_the_requester_reads(office: Office, now: Any) -> None:
    _frame, product = framed_goods(office, now, order_limit=1_000_000)
    draft = make_request(office, [(product, 10)], now=now)
    clerk = signed_in(office.requester)
    users.choose_language(actor=office.requester, language="en")
    page = clerk.get(url("request-detail", draft.number)).content.decode()
    assert "Outside the pre-approval" in page
    posted = {"key": new_key(), "shown": shown_of(clerk, draft)}
    clerk.post(url("request-submit", draft.number), posted)
    assert "tiap permintaan" in draft.events.get(action="submit").note


def test_frame_does_not_ask_what_a_guard_would_ask(office: Office, now: Any) -> None:
    """Three orders of one frame pass a threshold together; nobody is asked about it."""
    frame, product = framed_goods(office, now)
    for _n in range(2):
        decisions.submit_request(
            actor=office.requester, request=make_request(office, [(product, 10)], now=now), key=new_key(), now=now
        )
    set_rule("purchase.pp_limit", 2_500_000)
    set_rule("purchase.compare_two_above", 200_000_000)
    set_rule("purchase.compare_three_above", 300_000_000)
    draft = make_request(office, [(product, 10)], now=now)
    page = signed_in(office.requester).get(url("request-detail", draft.number)).content.decode()
    assert "Di dalam kerangka:" in page
    assert "choice_goods" not in page
    assert frame.requests.count() == 2


def test_frame_pages_cost_few_statements(office: Office, now: Any) -> None:
    frame, product = framed_goods(office, now)
    draft = make_request(office, [(product, 10)], now=now)
    for _n in range(2):
        decisions.submit_request(
            actor=office.requester, request=make_request(office, [(product, 5)], now=now), key=new_key(), now=now
        )
    clerk = signed_in(office.requester)
    for address in (
        url("frame-list"), url("frame-detail", frame.number), url("request-detail", draft.number),
    ):  # fmt: skip
        answer, asked = statements_of(clerk, address)
        assert answer.status_code == 200
        # A draft's page also reads the frames of its account, the papers its accounts want before they pay, and which
        # shops its officers share a number with.
        assert asked.count <= 31, (address, asked.count)
        assert asked.twice == {}, address


def test_frame_is_cited_by_order_and_papers(office: Office, now: Any) -> None:
    frame, product = framed_goods(office, now, is_issued_at_once=True)
    request = make_request(office, [(product, 10)], now=now)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)
    framed.issue_at_once(request=PurchaseRequest.objects.get(pk=request.pk), now=now + HOUR / 2)
    order = Order.objects.get(request=request)
    texts = {document.kind: text_of(document) for document in Document.objects.filter(order=order)}
    assert set(texts) == {"request", "purchase_order"}
    for text in texts.values():
        assert frame.number in text
    said = " ".join(texts["request"].split())
    assert f"Disetujui menurut kerangka {frame.number}, keputusan nomor {frame.decree}" in said
    assert f"Ditandatangani dalam kerangka {frame.number}" in said
    assert office.head.name in said
    assert f"Diterbitkan menurut kerangka {frame.number}" in " ".join(texts["purchase_order"].split())
    spj = documents.request_spj(actor=office.requester, order=order, now=now + HOUR)
    assert f"{frame.number}, keputusan {frame.decree}" in " ".join(text_of(spj).split())


def test_frame_orders_by_a_person_say_that_person_issued_them(office: Office, now: Any) -> None:
    frame, product = framed_goods(office, now)
    request = make_request(office, [(product, 10)], now=now)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now + HOUR)
    text = " ".join(text_of(Document.objects.get(order__request=request, kind="purchase_order")).split())
    assert frame.number in text
    assert "Diterbitkan menurut kerangka" not in text


def test_frame_line_note_reaches_the_seller_and_the_paper(office: Office, now: Any) -> None:
    from decimal import Decimal

    from procurement.requests.services import drafts

    _frame, product = framed_goods(office, now)
    request = make_request(office, [(product, 10)], now=now)
    drafts.put_line(
        actor=office.requester, request=request, product=product, quantity=Decimal(10), note="Tanpa sambal", now=now
    )
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)
    agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=now + HOUR)
    order = Order.objects.get(request=request)
    assert order.lines.get().note == "Tanpa sambal"
    assert "Tanpa sambal" in text_of(Document.objects.get(order=order, kind="purchase_order"))


def test_frame_is_ended_on_its_page(office: Office, now: Any) -> None:
    frame, _product = framed_goods(office, now)
    head = signed_in(office.head)
    assert "Akhiri kerangka" in head.get(url("frame-close", frame.number)).content.decode()
    assert head.post(url("frame-close", frame.number), {"note": ""}).status_code == 422
    head.post(url("frame-close", frame.number), {"note": "Kegiatan berhenti"})
    frame.refresh_from_db()
    assert frame.state == "ended"
    assert signed_in(office.head).get(url("frame-close", frame.number)).status_code == 302


def test_frame_form_says_in_one_answer_what_is_wrong(office: Office, now: Any) -> None:
    """A box left open does not keep back what is wrong with the others."""
    last = (clock.local_date(now) - timedelta(days=5)).isoformat()
    over = {"product_1": "1", "amount": "5.000.000", "order_limit": "6.000.000", "valid_until": last}
    answer = signed_in(office.ppk).post(url("frame-create"), typed(office, now, **over))
    assert {"price_1", "order_limit", "valid_until"} <= set(answer.context["form"].errors)
    empty = signed_in(office.ppk).post(url("frame-create"), {"key": new_key()})
    assert {"category_1", "amount", "valid_from"} <= set(empty.context["form"].errors)
    assert "Isi hari mulainya." in empty.content.decode()
