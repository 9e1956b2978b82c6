"""Pages by role, bad input on every form, and the whole way through the browser's requests."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from epeken.core import clock, editing, exports
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.web.forms import MomentFormField
from epeken.core.web.templatetags.uang import tanggal
from procurement.agencies.models import AgencyMember
from procurement.budgets.models import Account, BudgetEntry
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import lists, requests
from procurement.requests.services import decisions, drafts
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_officer, make_request
from tests.factories.users import enrol, signed_in
from tests.html_forms import shown_on
from tests.kept_steps import kept
from tests.orders.books import unchanged
from umkm.catalogue.models import Category, Product

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"procurement:{name}", args=args)


def desk() -> str:
    return reverse("site:agency-dashboard")


@pytest.fixture
def office(now: Any) -> Office:
    return Office(now=now)


@pytest.fixture
def other_office(now: Any) -> Office:
    return Office(now=now)


@pytest.fixture
@kept
def draft(office: Office, now: Any) -> PurchaseRequest:
    return live(office, now, "draft")


@pytest.fixture
@kept
def sent(office: Office, now: Any) -> PurchaseRequest:
    return live(office, now, "submitted")


def live(office: Office, now: Any, state: str, **over: Any) -> PurchaseRequest:
    """A request of today, whose days still lie ahead."""
    return make_request(office, state=state, now=now, **over)


@pytest.fixture
@kept
def inspector(db: None) -> Any:
    user = make.make_user(name="Inspektur Contoh")
    user.user_permissions.add(Permission.objects.get(codename="inspect_all"))
    return enrol(user)


def pages(request: PurchaseRequest, office: Office) -> list[str]:
    return [
        url("request-detail", request.number),
        url("budget-detail", office.line.pk),
    ]


def line_shown(request: PurchaseRequest) -> str:
    """What the page of the draft shows of its one line."""
    return editing.shown_of(drafts.amount_of(request.lines.get()))


@pytest.mark.parametrize("who", ["requester", "pp", "ppk", "receiver", "treasurer", "head"])
def test_every_officer_of_the_department_reads(office: Office, sent: PurchaseRequest, who: str) -> None:
    client = signed_in(getattr(office, who))
    for page in [*pages(sent, office), desk(), url("budget-list"), url("request-list"), url("approval-list")]:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.content.count(b"<h1") == 1


def test_the_inspectorate_reads_and_changes_nothing(office: Office, sent: PurchaseRequest, inspector: Any) -> None:
    client = signed_in(inspector)
    for page in [*pages(sent, office), desk(), url("request-list")]:
        assert client.get(page).status_code == 200
    assert client.get(url("request-create")).status_code == 403
    with unchanged():
        answer = client.post(url("approval-detail", sent.number), decision_of(sent))
    assert answer.status_code == 403


def test_other_departments_and_strangers_find_nothing(
    office: Office, other_office: Office, sent: PurchaseRequest, stranger: Any
) -> None:
    for user in [other_office.requester, other_office.ppk, stranger]:
        client = signed_in(user)
        with unchanged():
            for page in pages(sent, office):
                assert client.get(page).status_code == 404
            for name in ("request-submit", "request-withdraw", "request-line-put", "choice-explain", "request-edit"):
                assert client.post(url(name, sent.number), {"key": new_key()}).status_code == 404
            assert client.post(url("approval-detail", sent.number), decision_of(sent)).status_code == 404


def test_a_stranger_has_no_desk(stranger: Any) -> None:
    for name in ("budget-list", "request-list", "approval-list", "request-create"):
        assert signed_in(stranger).get(url(name)).status_code == 403
    assert signed_in(stranger).get(desk()).status_code == 403


def test_a_membership_that_ended_sees_nothing(office: Office, sent: PurchaseRequest) -> None:
    AgencyMember.objects.filter(user=office.head).update(valid_until="2026-01-02")
    assert signed_in(office.head).get(url("request-detail", sent.number)).status_code == 404


def test_anonymous_visitors_are_asked_to_sign_in(office: Office, sent: PurchaseRequest) -> None:
    for page in [*pages(sent, office), desk(), url("approval-detail", sent.number)]:
        answer = Client().get(page)
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]


def test_several_departments_are_chosen_between(office: Office, other_office: Office) -> None:
    AgencyMember.objects.create(agency=other_office.agency, user=office.head, role="head", valid_from="2026-01-01")
    client = signed_in(office.head)
    assert client.get(url("agency-select")).status_code == 200
    assert client.post(url("agency-select"), {"agency": other_office.agency.pk}).status_code == 302
    assert client.get(desk()).context["agency"] == other_office.agency
    assert client.post(url("agency-select"), {"agency": "0"}).status_code == 404
    stranger_agency = Office().agency
    assert client.post(url("agency-select"), {"agency": stranger_agency.pk}).status_code == 404
    assert client.get(desk()).context["agency"] == other_office.agency


# --- Writing ---


def event_values(office: Office, now: Any, **over: Any) -> dict[str, Any]:
    later = (now + timedelta(days=10)).astimezone(clock.ZONE)
    return {
        "key": new_key(),
        "title": "Rapat warga",
        "purpose": "",
        "line": office.line.pk,
        "event_at": (later + timedelta(hours=1)).strftime(MomentFormField.PICKER),
        "event_place": "Balai",
        "attendees": "30",
        "deliver_at": later.strftime(MomentFormField.PICKER),
        "delivery_place": "Jl. Contoh 2",
        "delivery_kelurahan": office.agency.kelurahan_id,
        **over,
    }


def test_the_whole_way_by_pages(office: Office, now: Any) -> None:
    product = make.make_product(price=100_000)
    client = signed_in(office.requester)
    answer = client.post(url("request-create"), event_values(office, now))
    request = PurchaseRequest.objects.get()
    assert answer["Location"] == url("request-detail", request.number)
    client.post(url("request-line-add"), {"product": product.pk, "quantity": "4"})
    put = {"product": product.pk, "quantity": "5", "note": "", "shown": line_shown(request)}
    client.post(url("request-line-put", request.number), put)
    page = client.get(url("request-detail", request.number))
    assert [item["text"] for item in page.context["tasks"]] == ["Selesai", "Selesai", "Siap dikirim"]
    client.post(url("request-submit", request.number), {"key": page.context["key"], "shown": page.context["shown"]})
    request.refresh_from_db()
    assert (request.state, request.total) == ("submitted", 510_000)
    approver = signed_in(office.pp)
    form = approver.get(url("approval-detail", request.number))
    assert form.status_code == 200
    answer = approver.post(url("approval-detail", request.number), decision_of(request))
    request.refresh_from_db()
    assert request.state == "approved"
    assert "Terbitkan surat pesanan" in approver.get(answer["Location"]).content.decode()
    assert "Terbitkan surat pesanan" not in client.get(answer["Location"]).content.decode()


def decision_of(request: PurchaseRequest, decision: str = "approve", **over: Any) -> dict[str, Any]:
    keeps = {f"keep_{line.pk}": "on" for line in request.lines.all()}
    return {**keeps, "decision": decision, "note": "", "key": new_key(), "shown": shown_of(request), **over}


def shown_of(request: PurchaseRequest) -> str:
    """What a page that is open now would post back."""
    return contents.read(request, clock.now()).shown


def test_what_the_requester_did_not_see_is_not_sent(office: Office, draft: PurchaseRequest) -> None:
    client, data = signed_in(office.requester), {"key": new_key(), "shown": shown_of(draft)}
    line = draft.lines.get()
    put = {"product": line.product_id, "quantity": "11", "note": "", "shown": line_shown(draft)}
    client.post(url("request-line-put", draft.number), put)
    with unchanged():
        answer = client.post(url("request-submit", draft.number), data)
        assert client.post(url("request-submit", draft.number), {"key": data["key"]}).status_code == 422
    assert answer.status_code == 422
    assert "Isi permintaan berubah" in answer.content.decode()
    again = data | {"shown": answer.context["shown"]}
    assert client.post(url("request-submit", draft.number), again).status_code == 302


def test_what_the_approver_did_not_see_is_not_approved(office: Office, sent: PurchaseRequest) -> None:
    page = url("approval-detail", sent.number)
    data = decision_of(sent, note="Silakan")
    sent.sellers.update(delivery_cost=0)
    client = signed_in(office.pp)
    with unchanged():
        answer = client.post(page, data)
        assert client.post(page, decision_of(sent, shown="")).status_code == 422
    assert answer.status_code == 422
    assert "Isi permintaan berubah" in answer.content.decode()
    assert "Silakan" in answer.content.decode()
    assert client.post(page, data | {"shown": answer.context["shown"]}).status_code == 302


BAD_EVENTS = [
    ({"title": ""}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"line": "999999999"}, "line"),
    ({"line": "abc"}, "line"),
    ({"event_at": "besok"}, "event_at"),
    ({"attendees": "-1"}, "attendees"),
    ({"attendees": "banyak"}, "attendees"),
    ({"deliver_at": "2020-01-01T08:00"}, "deliver_at"),
    ({"delivery_kelurahan": "0"}, "delivery_kelurahan"),
    ({"event_place": "x" * 161}, "event_place"),
]


@pytest.mark.parametrize(("over", "field"), BAD_EVENTS)
def test_bad_events_are_shown_at_their_field(office: Office, now: Any, over: dict[str, Any], field: str) -> None:
    with unchanged():
        answer = signed_in(office.requester).post(url("request-create"), event_values(office, now, **over))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_another_departments_line_is_no_choice(office: Office, other_office: Office, now: Any) -> None:
    client = signed_in(office.requester)
    answer = client.post(url("request-create"), event_values(office, now, line=other_office.line.pk))
    assert "line" in answer.context["form"].errors


def test_a_draft_saves_itself_while_it_is_written(office: Office, draft: PurchaseRequest, now: Any) -> None:
    client = signed_in(office.requester)
    page = url("request-edit", draft.number)
    written = event_values(office, now, title="Judul baru", shown=shown_on(client, page))
    answer = client.post(page, written, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    assert "Draf tersimpan pukul" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Judul baru"
    assert client.post(page, event_values(office, now, title=""), headers={"X-Autosave": "1"}).status_code == 422


@pytest.mark.parametrize("quantity", ["", "abc", "0", "-2", "1e9", "0,5", "99999999999999"])
def test_bad_quantities_change_nothing(office: Office, draft: PurchaseRequest, quantity: str) -> None:
    product = draft.lines.get().product_id
    client = signed_in(office.requester)
    with unchanged():
        answer = client.post(url("request-line-put", draft.number), {"product": product, "quantity": quantity})
        assert answer.status_code == 302
        shop = client.post(url("request-line-add"), {"product": product, "quantity": "abc"})
        assert shop.status_code == 302  # said on the page of the goods


@pytest.mark.parametrize("product", ["", "abc", "0", str(2**70)])
def test_unknown_products_change_nothing(office: Office, draft: PurchaseRequest, product: str) -> None:
    client = signed_in(office.requester)
    with unchanged():
        for name in ("request-line-put", "request-line-remove", "choice-explain"):
            answer = client.post(url(name, draft.number), {"product": product, "quantity": "1", "note": "x"})
            assert answer.status_code in (302, 404)


def test_only_requesters_add_from_the_shop_window(office: Office) -> None:
    product = make.make_product()
    with unchanged():
        answer = signed_in(office.pp).post(url("request-line-add"), {"product": product.pk, "quantity": "1"})
    assert answer.status_code == 403


def test_a_moved_price_is_shown_once_and_the_next_click_sends(office: Office, draft: PurchaseRequest) -> None:
    Product.objects.update(price=120_000)
    client = signed_in(office.requester)
    answer = client.post(url("request-submit", draft.number), {"key": new_key(), "shown": shown_of(draft)})
    assert answer.status_code == 422
    assert "Rp100.000 menjadi Rp120.000" in answer.content.decode()
    again = {"key": answer.context["key"], "shown": answer.context["shown"]}
    assert client.post(url("request-submit", draft.number), again).status_code == 302
    draft.refresh_from_db()
    assert draft.total == 1_210_000


@pytest.mark.parametrize("key", ["", "abc", "Z" * 32])
def test_a_broken_key_sends_nothing(office: Office, draft: PurchaseRequest, key: str) -> None:
    with unchanged():
        answer = signed_in(office.requester).post(url("request-submit", draft.number), {"key": key})
    assert answer.status_code == 422


def test_a_double_submit_is_one_effect(office: Office, draft: PurchaseRequest) -> None:
    client, data = signed_in(office.requester), {"key": new_key(), "shown": shown_of(draft)}
    for _time in range(2):
        assert client.post(url("request-submit", draft.number), data).status_code == 302
    # From a second page, with a key of its own.
    answer = client.post(url("request-submit", draft.number), data | {"key": new_key()}, follow=True)
    assert "Permintaan ini sudah dikirim" in answer.text
    assert BudgetEntry.objects.count() == 1


def test_nothing_is_compared_before_its_day_and_the_button_names_who_signs_first(
    office: Office, draft: PurchaseRequest
) -> None:
    Product.objects.update(price=6_000_000)
    draft.lines.update(price=6_000_000, amount=60_000_000)
    ApprovalRule.objects.create(office="head", above=50_000_000, valid_from=date(2026, 1, 1), source="Uji")
    client = signed_in(office.requester)
    page, at = client.get(url("request-detail", draft.number)), clock.now()
    assert requests.send_to(draft, contents.read(draft, at), office.requester, at) == "kepala dinas (PA/KPA)"
    assert "tepat saat acara dimulai" not in page.text
    assert "Periksa jumlahnya" not in page.text
    PurchaseRequest.objects.filter(pk=draft.pk).update(event_at=draft.deliver_at)
    assert "tepat saat acara dimulai" in client.get(url("request-detail", draft.number)).text
    PurchaseRequest.objects.filter(pk=draft.pk).update(deliver_at=None)
    steps = {item["title"]: item for item in client.get(url("request-detail", draft.number)).context["tasks"]}
    assert (steps["Perbandingan"]["state"], steps["Perbandingan"]["text"]) == ("now", "Belum dibandingkan")


# --- Deciding ---


def test_dropping_all_lines_or_without_reason_is_refused_at_the_place(office: Office, sent: PurchaseRequest) -> None:
    client = signed_in(office.pp)
    page = url("approval-detail", sent.number)
    with unchanged():
        answer = client.post(page, {"decision": "approve", "note": "", "key": new_key(), "shown": shown_of(sent)})
    assert answer.status_code == 422
    assert "Tulis mengapa" in answer.content.decode()
    line = sent.lines.get().pk
    dropped = {"decision": "approve", "note": "", "key": new_key(), "shown": shown_of(sent)}
    with unchanged():
        answer = client.post(page, {**dropped, f"reason_{line}": "Ada"})
    assert "Tolak permintaannya" in answer.content.decode()


@pytest.mark.parametrize(
    "over", [{"decision": ""}, {"decision": "bakar"}, {"key": ""}, {"decision": "reject"}, {"note": "x" * 301}]
)
def test_bad_decisions_change_nothing(office: Office, sent: PurchaseRequest, over: dict[str, str]) -> None:
    with unchanged():
        answer = signed_in(office.pp).post(url("approval-detail", sent.number), {**decision_of(sent), **over})
    assert answer.status_code == 422


def test_the_running_sum_writes_nothing(office: Office, sent: PurchaseRequest) -> None:
    with unchanged():
        answer = signed_in(office.pp).post(
            url("approval-detail", sent.number), {"decision": "preview", "note": "", "key": new_key()}
        )
    assert answer.status_code == 200
    assert answer.context["sums"]["total"] == 0


@pytest.mark.parametrize("decision", ["approve", "send_back", "reject"])
def test_a_double_decision_is_one_effect(office: Office, sent: PurchaseRequest, decision: str) -> None:
    client = signed_in(office.pp)
    data = decision_of(sent, decision, note="Baik") | {"sure": "1"}
    for _time in range(2):
        assert client.post(url("approval-detail", sent.number), data).status_code == 302
    assert sent.events.filter(action=decision).count() == 1


def test_rejecting_is_asked_once_with_its_figures(office: Office, sent: PurchaseRequest) -> None:
    client = signed_in(office.pp)
    data = decision_of(sent, "reject", note="Digabung bulan depan")
    with unchanged():
        page = client.post(url("approval-detail", sent.number), data)
    assert page.status_code == 200
    for said in ("Tolak permintaan ini?", rupiah(sent.total), "Digabung bulan depan"):
        assert said in page.text
    again = {field.get("name"): field.get("value") for field in html.fromstring(page.text).xpath("//main//form//input")}
    assert client.post(url("approval-detail", sent.number), again).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "rejected"


def test_what_is_issued_stands_by_its_button_and_one_lands_on_it(office: Office) -> None:
    shops = [make.make_seller(name=name) for name in ("Dapur Satu", "Dapur Dua")]
    goods = [(make.make_product(shop, price=100_000), 5) for shop in shops]
    request = make_request(office, goods, state="approved", now=clock.now() - 2 * HOUR)
    client = signed_in(office.pp)
    page = client.get(url("request-detail", request.number))
    form = html.fromstring(page.text).xpath("//form[contains(@action, 'terbit')]")[0]
    said = " ".join(form.text_content().split())
    for text in ("2 surat pesanan", "Dapur SatuRp510.000", "Dapur DuaRp510.000", "penjual langsung diberi tahu"):
        assert text in said
    sent = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = client.post(form.get("action"), sent)
    assert answer["Location"] == f"{reverse('orders:agency-orders')}?q={request.number}"


def test_a_colleague_without_the_membership_is_sent_to_the_record(office: Office, sent: PurchaseRequest) -> None:
    answer = signed_in(office.head).get(url("approval-detail", sent.number))
    assert answer["Location"] == url("request-detail", sent.number)
    with unchanged():
        assert signed_in(office.head).post(url("approval-detail", sent.number), decision_of(sent)).status_code == 403


def test_withdrawing_asks_first(office: Office, sent: PurchaseRequest) -> None:
    client = signed_in(office.requester)
    assert client.get(url("request-withdraw", sent.number)).status_code == 200
    assert client.post(url("request-withdraw", sent.number), {"note": "Batal"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert signed_in(office.pp).post(url("request-withdraw", sent.number), {}).status_code == 403


# --- Lists and exports ---


def test_the_desk_shows_what_waits_for_whom(office: Office, sent: PurchaseRequest) -> None:
    def titles(user: Any) -> list[str]:
        return [group["title"] for group in signed_in(user).get(desk()).context["requests"]]

    assert titles(office.pp) == ["Menunggu keputusan Anda"]
    assert titles(office.ppk) == []
    assert titles(office.requester) == ["Sedang di meja lain"]
    (elsewhere,) = signed_in(office.requester).get(desk()).context["requests"]
    day = tanggal(sent.submitted_at)
    assert elsewhere["items"][0]["note"].endswith(f"Di meja {office.pp.name}, pejabat pengadaan sejak {day}.")
    decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key=new_key(), now=clock.now())
    assert titles(office.pp) == ["Siap menjadi surat pesanan"]


def test_the_year_shown_unasked_is_no_filter(office: Office) -> None:
    client = signed_in(office.head)
    year = office.line.year
    for asked, active in [({}, 0), ({"tahun": str(year)}, 0), ({"tahun": ""}, 1), ({"q": "rapat"}, 1)]:
        answer = client.get(url("budget-list"), asked)
        assert answer.context["form"].active == active, asked
        assert ("Lepas semua" in answer.content.decode()) == bool(active), asked


def test_only_sellers_of_lines_that_were_kept_get_an_order(office: Office, now: Any) -> None:
    goods = [(make.make_product(price=100_000), 10), (make.make_product(price=50_000), 4)]
    sent = make_request(office, goods, state="submitted", now=now)
    asked = sent.total
    line = sent.lines.get(product=goods[1][0])
    client = signed_in(office.pp)
    answer = client.post(url("approval-detail", sent.number), {"decision": "preview", f"reason_{line.pk}": ""})
    sums = answer.context["sums"]
    assert sum(row.amount for row in sent.lines.all()) + sums["delivery"] == asked
    decisions.approve_request(
        actor=office.pp, request=sent, dropped={line.pk: "Masih ada"}, note="", key=new_key(), now=clock.now()
    )
    page = " ".join(client.get(url("request-detail", sent.number)).content.decode().split())
    assert "1 surat pesanan:" in page


def test_budget_lists_filter_and_leave_as_files(office: Office, sent: PurchaseRequest) -> None:
    client = signed_in(office.head)
    office.line.activity_name = "=cmd|'/c calc'!A1"
    office.line.save(update_fields=["activity_name"])
    assert len(client.get(url("budget-list"), {"q": office.line.rup_id}).context["rows"]) == 1
    assert client.get(url("budget-list"), {"q": "tidakada", "tahun": "abc"}).status_code == 200
    text = client.get(url("budget-list"), {"unduh": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][2].startswith("'=")
    assert rows[1][-1] == str(office.line.pagu - sent.total)
    book = load_workbook(io.BytesIO(client.get(url("budget-detail", office.line.pk), {"unduh": "xlsx"}).content))
    assert [cell.value for cell in book.active[2]][2] == sent.number


def test_the_list_of_requests_is_sorted_and_leaves_as_a_file(office: Office, now: Any) -> None:
    draft = live(office, now, "draft", title="=CMD()")
    sent = live(office, now, "submitted", title="Zebra")
    draft.lines.update(amount=1_000)
    client, numbers = signed_in(office.head), {draft.number: "draft", sent.number: "sent"}

    def rows(**query: str) -> list[str]:
        page = client.get(url("request-list"), query).context["page"]
        return [numbers[row.number] for row in page if row.number in numbers]

    assert rows() == ["sent", "draft"]
    # A request without a deadline comes last, whichever way.
    assert rows(urut="tenggat") == rows(urut="-tenggat") == ["sent", "draft"]
    assert (rows(urut="jumlah"), rows(urut="-jumlah")) == (["draft", "sent"], ["sent", "draft"])
    assert (rows(urut="kegiatan"), rows(urut="-kegiatan")) == (["draft", "sent"], ["sent", "draft"])
    assert rows(urut="password") == ["sent", "draft"]
    text = client.get(url("request-list"), {"unduh": "csv", "urut": "kegiatan"}).content.decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text), delimiter=";")
    assert (first[head.index("Kegiatan")], second[head.index("Kegiatan")]) == ("'=CMD()", "Zebra")
    (held,) = [contents.read(row, now) for row in PurchaseRequest.objects.filter(pk=draft.pk)]
    assert (first[-1], second[-1]) == (str(held.total), str(sent.total))
    assert held.total > 0
    due = clock.last_day(PurchaseRequest.objects.get(pk=sent.pk).due_at or now)
    assert second[head.index("Tenggat keputusan")].startswith(due.isoformat())
    sheet = load_workbook(
        io.BytesIO(client.get(url("request-list"), {"unduh": "xlsx", "keadaan": "submitted"}).content)
    )
    assert [row[0].value for row in sheet.active.rows][1:] == [sent.number]


@pytest.mark.parametrize(("most", "says"), [(2, True), (3, False)])
def test_a_file_says_what_was_cut_from_it(
    office: Office, now: Any, monkeypatch: pytest.MonkeyPatch, most: int, says: bool
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", most)
    for _n in range(3):
        live(office, now, "submitted")
    client, page = signed_in(office.head), url("budget-detail", office.line.pk)
    assert office.line.entries.count() == 3
    rows = list(csv.reader(io.StringIO(client.get(page, {"unduh": "csv"}).content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + most + says
    assert (rows[-1] == ["Terpotong: 2 dari 3 baris."]) is says
    sheet = load_workbook(io.BytesIO(client.get(page, {"unduh": "xlsx"}).content)).active
    assert (sheet.cell(sheet.max_row, 1).value == "Terpotong: 2 dari 3 baris.") is says
    assert ("Berkas memuat 2 baris pertama dari 3." in " ".join(client.get(page).content.decode().split())) is says


def test_what_a_draft_does_not_have_yet_is_left_out_on_phones(office: Office, now: Any) -> None:
    make_request(office, [], now=now)
    (row,) = lists.list_rows(PurchaseRequest.objects.with_step().with_event_day().with_total_now(), now)
    assert [cell.get("empty", False) for cell in row["cells"]] == [False, False, True, False, True]


@pytest.mark.parametrize("state", ["draft", "sent_back", "submitted", "approved"])
def test_a_list_says_the_sum_its_page_says(office: Office, now: Any, state: str) -> None:
    """Of what is still written it is that of the goods in it now, not what was once sent."""
    request = live(office, now, state)
    line = request.lines.all()[0]
    type(line).objects.filter(pk=line.pk).update(amount=line.amount + 7_000)
    held = contents.read(request, now)
    (row,) = PurchaseRequest.objects.with_total_now()
    assert row.total_now == (held.total if state in ("draft", "sent_back") else request.total) > 0


def test_goods_dropped_and_their_delivery_cost_nothing(office: Office, now: Any) -> None:
    request = live(office, now, "draft")
    request.lines.update(dropped_at=now, dropped_reason="Tidak perlu")
    (row,) = PurchaseRequest.objects.with_total_now()
    assert row.total_now == contents.read(request, now).total == 0


def test_what_is_held_is_no_deadline_of_a_decision(office: Office, now: Any) -> None:
    live(office, now, "submitted", title="A")
    live(office, now, "approved", title="B")
    found = PurchaseRequest.objects.with_step().with_event_day().with_total_now().order_by("title")
    sent, approved = (row["cells"][2]["note"] for row in lists.list_rows(found, now))
    assert approved.startswith("Barang ditahan: sisa")
    assert "barang ditahan" not in sent
    head = lists.file_head()
    sent, approved = (dict(zip(head, lists.file_cells(row), strict=True)) for row in found)
    assert sent["Tenggat keputusan"] and sent["Barang ditahan sampai"] >= sent["Tenggat keputusan"]
    assert approved["Barang ditahan sampai"] and not approved["Tenggat keputusan"]


def test_lists_stay_within_their_queries(office: Office, now: Any, django_assert_max_num_queries: Any) -> None:
    for _n in range(6):
        live(office, now, "submitted")
    client = signed_in(office.pp)
    most_of = {url("request-list"): 26, url("approval-list"): 24, desk(): 30, url("budget-list"): 26}
    for page, most in most_of.items():
        with django_assert_max_num_queries(most):
            client.get(page)


def test_an_officer_without_second_factor_is_asked_to_enrol(office: Office) -> None:
    user = make.make_user()
    make_officer("head", office.agency, user=user)
    client = Client()
    client.force_login(user)
    answer = client.get(desk())
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    enrol(user)
    assert client.get(desk()).status_code == 200


def test_a_returned_request_says_first_what_is_to_be_mended(office: Office, now: Any) -> None:
    request = live(office, now, "sent_back")
    client = signed_in(office.requester)
    page = client.get(url("request-detail", request.number))
    first, *_others, send = page.context["tasks"]
    assert (first["state"], first["href"], send.get("state")) == ("now", "#perbaikan", None)
    assert request.decision_note in client.get(url("request-edit", request.number)).content.decode()


def test_a_warning_without_an_answer_is_a_step(office: Office, now: Any) -> None:
    """Goods the account does not pay for: not ready to be sent until the requester chooses."""
    line = make_line(office.agency, account=Account.objects.get(pk="5.1.02.01.01.0052"), pagu=10_000_000)
    hats = make.make_product(price=10_000, category=Category.objects.get(slug="kertas-buku"))
    request = make_request(office, [(hats, 10)], now=now, line=line)
    client = signed_in(office.requester)
    page = client.get(url("request-detail", request.number))
    warned, send = page.context["tasks"][-2:]
    assert (warned["href"], warned["state"], send.get("state")) == ("#peringatan", "now", None)
    assert 'id="peringatan"' in page.content.decode()
    concern = page.context["submit"].concerns[0]
    body = {"key": page.context["key"], "shown": page.context["shown"], f"choice_{concern.key}": "justify"}
    again = client.post(url("request-submit", request.number), body)  # chosen, and no reason written
    assert again.status_code == 422
    # It needs its reason too; with it the step is done.
    assert [step["title"] for step in again.context["tasks"]].count(warned["title"]) == 1
    told = body | {f"reason_{concern.key}": "Topi dipakai panitia di luar gedung", "shown": ""}
    again = client.post(url("request-submit", request.number), told)
    (step,) = [step for step in again.context["tasks"] if step["title"] == warned["title"]]
    assert step["state"] == "done"


def test_no_event_is_denied_where_one_is_written_and_paper_is_not_told_by_head(office: Office, now: Any) -> None:
    paper = make.make_product(price=50_000, unit="ream", keeps="other")
    request = make_request(office, [(paper, 5)], now=now, event_kind="goods")
    client = signed_in(office.requester)
    said = " ".join(item["text"] for item in client.get(url("request-detail", request.number)).context["meta"])
    assert "tanpa acara" not in said and "per orang" not in said
    alone = make_request(
        office, [(paper, 5)], now=now, event_kind="goods", event_at=None, event_place="", attendees=None
    )  # fmt: skip
    said = " ".join(item["text"] for item in client.get(url("request-detail", alone.number)).context["meta"])
    assert "Belanja barang, tanpa acara" in said


def test_a_draft_in_the_place_of_an_order_stands_by_itself(office: Office, now: Any) -> None:
    """Nobody supplies its goods until it is sent: it does not lie among the other drafts."""
    ordered, draft, plain = live(office, now, "ordered"), live(office, now, "draft"), live(office, now, "draft")
    part = ordered.sellers.first()
    PurchaseRequest.objects.filter(pk=draft.pk).update(sourced_again_from=part)
    page = signed_in(office.requester).get(desk())
    groups = {group["title"]: group["items"] for group in page.context["requests"]}
    [item] = groups["Kirim draf pengganti"]
    assert draft.number in item["note"] and ordered.number in item["note"]
    assert [plain.number in one["note"] for one in groups["Draf Anda"]] == [True]


def test_a_draft_that_is_decided_before_the_next_working_day_says_so() -> None:
    sunday = MONDAY + 6 * DAY
    meal = {"food_kind": "catering", "keeps": "cooked"}
    request = make_request(Office(), [(make.make_product(**meal), 20)], now=sunday, deliver_at=sunday + DAY)
    said = requests.short_notice(request, contents.read(request, sunday), sunday)
    assert "dan sampai itu bukan hari kerja" in said
    request.deliver_at = sunday + 2 * DAY
    assert requests.short_notice(request, contents.read(request, sunday), sunday) == ""


def test_a_refusal_stays_at_the_desk(office: Office, sent: PurchaseRequest) -> None:
    """Not among the citizens' pages, and with the way back to the page it was pressed on."""
    page_url = url("request-detail", sent.number)
    stale = signed_in(office.pp).post(
        url("request-send-back", sent.number), {"key": new_key(), "note": "Jumlahnya belum pas"},
        HTTP_REFERER=f"http://testserver{page_url}",
    )  # fmt: skip
    page = stale.content.decode()
    assert stale.status_code == 409
    assert desk() in page and page_url in page and reverse("umkm:search") not in page
