"""The page of the decision and the act agree: what would be refused is red and locks the button, and nothing else does.

Each state is asked both ways: on the page, and at the act by somebody who posts past the page.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.states import move
from epeken.notifications.models import Notification
from procurement.agencies.models import AgencyMember
from procurement.budgets.models import Account
from procurement.guards.concerns import concerns
from procurement.guards.models import GuardFinding
from procurement.guards.services import Answer
from procurement.guards.states import Choice, GuardKind
from procurement.requests import contents
from procurement.requests.forms import ApprovalForm
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, signing
from procurement.signatures.models import ApprovalRule
from tests.factories import umkm as make
from tests.factories.negotiations import Table
from tests.factories.procurement import DAY, HOUR, Office, make_line, make_request
from tests.factories.rules import set_rule
from tests.factories.standards import make_standard
from tests.factories.users import signed_in
from tests.orders.books import unchanged
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller
from umkm.stock import services as stock

pytestmark = pytest.mark.django_db
Form = dict[str, str]
WHY = "Dua acara yang berbeda, tidak dapat digabung."


class Case:
    """A request of two shops with its PP, one line each: `bad` is the one that states below break."""

    def __init__(self) -> None:
        self.now = clock.now() - HOUR
        self.office = Office(now=self.now)
        shops = [make.make_seller(name=name) for name in ("Warung Kenanga", "Dapur Melati")]
        self.goods = [
            make.make_product(shops[0], price=50_000, name="Kue lapis"),
            make.make_product(shops[1], price=100_000, name="Nasi tumpeng"),
        ]
        self.request = make_request(
            self.office, [(product, 5) for product in self.goods], state="submitted", now=self.now
        )

    @property
    def bad(self) -> Any:
        return self.request.lines.get(product=self.goods[0])

    @property
    def address(self) -> str:
        return reverse("procurement:approval-detail", args=[self.request.number])

    def form(self, decision: str, **over: str) -> dict[str, str]:
        keeps = {f"keep_{line.pk}": "on" for line in self.request.lines.all()}
        shown = contents.read(PurchaseRequest.objects.get(pk=self.request.pk), clock.now()).shown
        sent = {**keeps, "note": "", "key": new_key(), "shown": shown, "decision": decision, **over}
        return {name: value for name, value in sent.items() if value != "-"}


def _product(**values: Any) -> Callable[[Case], Form]:
    def change(case: Case) -> Form:
        Product.objects.filter(pk=case.goods[0].pk).update(**values)
        return {}

    return change


def _shop(**values: Any) -> Callable[[Case], Form]:
    def change(case: Case) -> Form:
        Seller.objects.filter(pk=case.goods[0].seller_id).update(**values)
        return {}

    return change


def _request(**values: Any) -> Callable[[Case], Form]:
    def change(case: Case) -> Form:
        PurchaseRequest.objects.filter(pk=case.request.pk).update(**values)
        return {}

    return change


def _hidden(case: Case) -> Form:
    move(Product.objects.get(pk=case.goods[0].pk), "hide", actor=None, now=case.now)
    return {}


def _frozen(case: Case) -> Form:
    move(Seller.objects.get(pk=case.goods[0].seller_id), "freeze", actor=None, now=case.now)
    return {}


def _closed(case: Case) -> Form:
    assert case.request.deliver_at is not None
    return _shop(closed_until=clock.local_date(case.request.deliver_at))(case)


def _decree(case: Case) -> Form:
    make_standard(case.goods[0], 40_000)
    return {}


def _cheaper_than_the_decree(case: Case) -> Form:
    make_standard(case.goods[0], 50_000)
    return {}


def _dropped(reason: str) -> Callable[[Case], Form]:
    return lambda case: {f"keep_{case.bad.pk}": "-", f"reason_{case.bad.pk}": reason}


def _all_dropped(case: Case) -> Form:
    lines = list(case.request.lines.all())
    return {f"keep_{line.pk}": "-" for line in lines} | {f"reason_{line.pk}": "Tidak perlu" for line in lines}


def _bad_line_dropped(case: Case) -> Form:
    _hidden(case)
    return _dropped("Tidak dijual lagi")(case)


def _negotiated(case: Case) -> Form:
    table = Table(case.office, case.request, case.goods[0])
    table.open(table.terms(45_000), now=clock.now())
    return {}


def _sold_to_others(case: Case) -> Form:
    product = Product.objects.get(pk=case.goods[0].pk)
    stock.take_stock(product=product, quantity=product.on_hand, reference="uji", days=[], actor=None, now=case.now)
    return {}


def _more_than_signed(case: Case) -> Form:
    _signed(case)
    case.request.signatures.update(total=1)
    return {}


def _signed(case: Case) -> Form:
    """Written again: a rule asks for a signature when a request is sent."""
    rule = {"office": "head", "above": 0, "valid_from": clock.local_date(case.now) - DAY, "source": "Perwali contoh"}
    ApprovalRule.objects.create(**rule)
    case.request = make_request(
        case.office, [(product, 5) for product in case.goods], state="draft", now=case.now, title="Perlu tanda tangan"
    )
    decisions.submit_request(actor=case.office.requester, request=case.request, key=new_key(), now=case.now)
    signing.sign_request(actor=case.office.head, request=case.request, note="", key=new_key(), now=clock.now())
    case.request.refresh_from_db()
    return {}


def _split(outcome: str, note: str = "Dua acara di dua kantor") -> Callable[[Case], Form]:
    """A second request for goods of the same kind, sent with a reason."""

    def change(case: Case) -> Form:
        set_rule("purchase.compare_two_above", 400_000)
        draft = make_request(case.office, [(case.goods[0], 5)], now=case.now, title="Rapat kedua")
        draft = PurchaseRequest.objects.get(pk=draft.pk)
        found = concerns(draft, contents.read(draft, case.now), case.now)
        answers = {concern.key: Answer(Choice.JUSTIFY, WHY) for concern in found}
        assert answers
        decisions.submit_request(
            actor=case.office.requester, request=draft, key=new_key(), now=case.now, answers=answers
        )
        case.request = PurchaseRequest.objects.get(pk=draft.pk)
        form = {f"outcome_{row.pk}": outcome for row in GuardFinding.objects.unanswered() if outcome}
        return form | ({"note": note} if note else {})

    return change


PAST = clock.now() - timedelta(minutes=5)
SHOP = "Warung Kenanga"
# State → the code of the refusal, "" where it is approved; and what the page must name.
STATES: dict[str, tuple[Callable[[Case], Form], str, list[str]]] = {
    "approvable_as_sent": (lambda case: {}, "", []),
    "approvable_held_goods": (_sold_to_others, "", []),
    "approvable_at_standard": (_cheaper_than_the_decree, "", []),
    "approvable_cheaper_now": (_product(price=40_000), "", [SHOP, "Kue lapis"]),
    "approvable_dearer_now": (_product(price=60_000), "", [SHOP, "Kue lapis"]),
    "approvable_dropped": (_dropped("Sudah ada"), "", []),
    "approvable_bad_line_dropped": (_bad_line_dropped, "", []),
    "approvable_signed": (_signed, "", []),
    # What the shop asks of others since does not bind what it holds for this request.
    "approvable_held_soon": (_product(lead_days=60), "", []),
    "approvable_held_minimum": (_product(minimum=6), "", []),
    "approvable_held_step": (_product(step=3), "", []),
    "approvable_reason_accepted": (_split("accepted"), "", [SHOP, "Kue lapis", WHY]),
    "approvable_false_alarm": (_split("false_alarm"), "", [SHOP, "Kue lapis"]),
    "refused_hidden": (_hidden, "not_for_sale", [SHOP, "Kue lapis"]),
    "refused_frozen": (_frozen, "not_for_sale", [SHOP, "Kue lapis"]),
    "refused_closed": (_closed, "shop_closed", [SHOP, "Kue lapis"]),
    "refused_method": (_shop(offers_delivery=False, offers_pickup=True), "method_gone", [SHOP]),
    "refused_hold": (_request(held_until=PAST), "hold_over", []),
    "refused_past": (_request(deliver_at=PAST), "deliver_past", []),
    "refused_price": (_decree, "price_above_standard", [SHOP, "Kue lapis", "Rp40.000"]),
    "refused_negotiation": (_negotiated, "negotiation_owed", [SHOP]),
    "refused_drop_without_reason": (_dropped(" "), "reason_missing", [SHOP, "Kue lapis"]),
    "refused_all_dropped": (_all_dropped, "all_dropped", []),
    "refused_unanswered": (_split(""), "guard_open", [SHOP, "Kue lapis"]),
    "refused_split_accepted_silently": (_split("accepted", ""), "split_unexplained", []),
    "refused_split_called_wrong_silently": (_split("false_alarm", "Keliru saja"), "split_unexplained", []),
    "refused_violation": (_split("confirmed"), "guard_open", [SHOP, "Kue lapis"]),
    "refused_more_than_signed": (_more_than_signed, "more_than_signed", []),
}


@pytest.mark.parametrize("approval_state", STATES)
def test_what_is_refused_is_red_and_nothing_else(approval_state: str) -> None:
    change, code, names = STATES[approval_state]
    case = Case()
    form = change(case)
    client = signed_in(case.office.pp)
    page = client.post(case.address, case.form("preview", **form)) if form else client.get(case.address)
    assert page.status_code == 200
    read = html.fromstring(page.text)
    (button,) = read.xpath("//button[@name='decision'][@value='approve']")
    red = " ".join(read.get_element_by_id("halangan").text_content().split())
    said = " ".join(read.xpath("//main")[0].text_content().split())
    assert (bool(red), "disabled" in button.attrib) == (bool(code), bool(code)), red
    for name in names:
        assert name in (red if code else said)
    if not code:
        assert client.post(case.address, case.form("approve", **form)).status_code == 302
        assert PurchaseRequest.objects.get(pk=case.request.pk).state == "approved"
        return
    (why,) = read.xpath(f"//*[@id='{button.get('aria-describedby')}']")
    assert why.text_content().strip()
    with unchanged():
        refused = client.post(case.address, case.form("approve", **form))
        with pytest.raises(RuleBroken) as problem:
            _approve(case, form)
    assert refused.status_code == 422
    assert problem.value.code == code
    assert problem.value.message.split(".")[0] in red


def _approve(case: Case, form: Form) -> None:
    """The act itself, with what the form says."""
    by_pk = lambda prefix: {int(name.split("_")[1]): text for name, text in form.items() if name.startswith(prefix)}  # noqa: E731
    decisions.approve_request(
        actor=case.office.pp, request=case.request, dropped=by_pk("reason_"), note=form.get("note", ""), key=new_key(),
        now=clock.now(), outcomes=by_pk("outcome_"),
    )  # fmt: skip


def test_every_refusal_is_told_at_once_with_its_way_out() -> None:
    case = Case()
    _hidden(case)
    make_standard(case.goods[1], 80_000)
    read = html.fromstring(signed_in(case.office.pp).get(case.address).text)
    items = [" ".join(item.text_content().split()) for item in read.xpath("//*[@id='halangan']//li")]
    assert len(items) == 2
    assert "Warung Kenanga" in items[0] and "Lepas barisnya, atau kembalikan ke pemesan." in items[0]
    assert "Dapur Melati" in items[1] and "Pemesan belum menjelaskannya." in items[1]
    assert items == sorted(items, key=lambda item: "Dapur Melati" in item)
    # It stands before everything else of the decision.
    order = [element.get("id") for element in read.xpath("//form[@id='putusan']//*[@id]")]
    assert order.index("halangan") < order.index("w") < order.index("b")


def test_a_tick_unlocks_the_button_without_loading_the_page() -> None:
    case = Case()
    _hidden(case)
    client = signed_in(case.office.pp)
    preview = lambda **over: client.post(case.address, case.form("preview", **over), headers={"hx-request": "true"})  # noqa: E731
    locked, free = preview().text, preview(**_dropped("Tidak dijual lagi")(case)).text
    for part in (locked, free):
        assert "<h1" not in part
        assert part.count("data-hx-swap-oob") == 2
    assert "Belum dapat disetujui" in locked and "disabled" in locked
    assert "Belum dapat disetujui" not in free and "disabled" not in free


def test_an_officer_of_the_shop_is_told_who_takes_over() -> None:
    case = Case()
    make.tie(case.office.pp, case.goods[0].seller, "member")
    answer = signed_in(case.office.pp).get(case.address, follow=True)
    assert f"Anda pengurus {SHOP}" in answer.text and "ditangani pejabat lain" in answer.text
    assert 'value="approve"' not in answer.text


def test_who_signs_is_stopped_only_by_what_nobody_can_mend() -> None:
    """Lines are dropped by whoever decides afterwards: to the signer that is a warning."""
    case = Case()
    ApprovalRule.objects.create(
        office="head", above=0, valid_from=clock.local_date(case.now) - DAY, source="Perwali contoh"
    )
    case.request = make_request(case.office, [(product, 5) for product in case.goods], state="draft", now=case.now)
    decisions.submit_request(actor=case.office.requester, request=case.request, key=new_key(), now=case.now)
    case.request.refresh_from_db()
    _hidden(case)
    client = signed_in(case.office.head)
    page = client.get(case.address)
    read = html.fromstring(page.text)
    (button,) = read.xpath("//button[@name='decision'][@value='sign']")
    assert "disabled" not in button.attrib and not read.get_element_by_id("halangan").text_content().strip()
    assert "Warung Kenanga: Kue lapis" in page.text and "sesudah tanda tangan Anda" in page.text
    until = case.request.held_until
    for over in ({"held_until": PAST}, {"held_until": until, "deliver_at": PAST}):
        PurchaseRequest.objects.filter(pk=case.request.pk).update(**over)
        read = html.fromstring(client.get(case.address).text)
        (button,) = read.xpath("//button[@name='decision'][@value='sign']")
        assert "disabled" in button.attrib
        with unchanged():
            assert client.post(case.address, case.form("sign")).status_code == 422
    PurchaseRequest.objects.filter(pk=case.request.pk).update(deliver_at=clock.now() + 9 * DAY)
    assert client.post(case.address, case.form("sign")).status_code == 302


def test_a_split_names_the_shops_of_the_other_requests() -> None:
    case = Case()
    first = case.request.number
    _split("")(case)
    page = html.fromstring(signed_in(case.office.pp).get(case.address).text)
    (guards,) = page.xpath("//section[@aria-labelledby='j-peringatan']")
    said = " ".join(guards.text_content().split())
    assert "Di permintaan ini: Kue lapis dari Warung Kenanga." in said
    assert f"{first}: " in said and "Warung Kenanga" in said.split(f"{first}: ")[1]
    # What the requester's reason is held against.
    assert "Tiba " in said and "Hari dan tempatnya sama dengan permintaan ini." in said
    other = PurchaseRequest.objects.get(number=first)
    for over, words in (
        ({"delivery_place": "Balai Kelurahan"}, "Harinya sama, tempatnya lain."),
        ({"deliver_at": other.deliver_at + DAY}, "Hari dan tempatnya lain."),
        ({"delivery_place": case.request.delivery_place}, "Tempatnya sama, harinya lain."),
    ):
        PurchaseRequest.objects.filter(pk=other.pk).update(**over)
        assert words in " ".join(signed_in(case.office.pp).get(case.address).text.split())


def test_an_older_page_does_not_undo_an_approval() -> None:
    case = Case()
    officer = signed_in(case.office.pp)
    url = reverse("procurement:approval-detail", args=[case.request.number])
    older = {"key": new_key(), "decision": "send_back", "note": "Jumlahnya keliru"}
    decisions.approve_request(
        actor=case.office.pp, request=case.request, dropped={}, note="", key=new_key(), now=clock.now()
    )
    answer = officer.post(url, older)
    assert answer.status_code == 409
    said = " ".join(answer.text.split())
    assert f"Permintaan ini sudah disetujui {case.office.pp.name}" in said and "“Jumlahnya keliru”" in said
    case.request.refresh_from_db()
    assert case.request.state == "approved"
    own = reverse("procurement:request-send-back", args=[case.request.number])
    assert officer.post(own, {"key": new_key(), "note": "Jumlahnya keliru"}).status_code == 302
    case.request.refresh_from_db()
    assert case.request.state == "sent_back"


def test_who_decides_reads_that_the_request_was_withdrawn_and_keeps_the_note() -> None:
    case = Case()
    decisions.withdraw_request(actor=case.office.requester, request=case.request, now=clock.now())
    body = {"key": new_key(), "decision": "approve", "note": "Sudah saya cocokkan", "shown": "x"}
    answer = signed_in(case.office.pp).post(case.address, body)
    said = " ".join(answer.text.split())
    assert answer.status_code == 409
    assert f"Permintaan ini ditarik {case.office.requester.name}" in said and "“Sudah saya cocokkan”" in said


def test_a_late_decision_is_kept_and_told() -> None:
    """Nobody decides late unseen: the page says so before, the request keeps it, the head reads it."""
    case = Case()
    due = clock.now() - 3 * DAY
    PurchaseRequest.objects.filter(pk=case.request.pk).update(due_at=due)
    assert "keterlambatannya dibaca kepala dinas" in " ".join(signed_in(case.office.pp).get(case.address).text.split())
    decisions.approve_request(
        actor=case.office.pp, request=case.request, dropped={}, note="", key=new_key(), now=clock.now()
    )
    case.request.refresh_from_db()
    assert case.request.decision_due_at == due
    told = Notification.objects.filter(kind="request.decided_late")
    assert [row.person for row in told] == [case.office.head]
    address = reverse("procurement:request-detail", args=[case.request.number])
    page = " ".join(signed_in(case.office.head).get(address).text.split())
    assert "Diputuskan 3 hari sesudah batasnya" in page


def test_a_decision_in_time_is_told_to_nobody() -> None:
    case = Case()
    decisions.approve_request(
        actor=case.office.pp, request=case.request, dropped={}, note="", key=new_key(), now=case.request.due_at - HOUR
    )
    assert not Notification.objects.filter(kind="request.decided_late").exists()


def test_the_turn_is_one_person_s_on_every_part_of_the_page() -> None:
    """While the PP is away the PPK decides, and the card of signatures says so too."""
    case = Case()
    rule = {"office": "head", "above": 0, "valid_from": clock.local_date(case.now) - DAY, "source": "Perwali contoh"}
    ApprovalRule.objects.create(**rule)
    case.request = make_request(case.office, [(product, 5) for product in case.goods], now=case.now)
    decisions.submit_request(actor=case.office.requester, request=case.request, key=new_key(), now=case.now)
    signing.sign_request(actor=case.office.head, request=case.request, note="", key=new_key(), now=clock.now())
    AgencyMember.objects.filter(user=case.office.pp).update(valid_until=clock.local_date(case.now) - DAY)
    url = reverse("procurement:approval-detail", args=[case.request.number])
    page = signed_in(case.office.ppk).get(url)
    last = page.context["signatures"][-1]
    assert last["label"] == "Pejabat pembuat komitmen (PPK)" and last["is_next"]
    assert "di tempat Pejabat pengadaan (PP)" in " ".join(page.text.split())


def test_before_a_signature_nothing_was_signed() -> None:
    case = Case()
    rule = {"office": "head", "above": 0, "valid_from": clock.local_date(case.now) - DAY, "source": "Perwali contoh"}
    ApprovalRule.objects.create(**rule)
    case.request = make_request(
        case.office, [(product, 5) for product in case.goods], state="draft", now=case.now, title="Perlu tanda tangan"
    )
    decisions.submit_request(actor=case.office.requester, request=case.request, key=new_key(), now=case.now)
    url = reverse("procurement:approval-detail", args=[case.request.number])
    assert "sejak ditandatangani" not in signed_in(case.office.head).get(url).content.decode()


def test_the_page_says_which_budget_line_pays_for_goods_of_another() -> None:
    case = Case()
    other = make_line(case.office.agency, year=case.office.line.year, account=Account.objects.last())
    case.request.lines.filter(product=case.goods[1]).update(charged_to=other)
    url = reverse("procurement:approval-detail", args=[case.request.number])
    page = " ".join(signed_in(case.office.pp).get(url).content.decode().split())
    assert f"Dibebankan ke {other}" in page
    assert f"RUP {case.office.line.rup_id}, {other.rup_id}" in page


def test_each_warning_is_one_card_with_the_reason_before_the_judgement() -> None:
    case = Case()
    first = case.request.number
    _split("")(case)
    page = html.fromstring(signed_in(case.office.pp).get(case.address).text)
    cards = page.xpath("//section[@aria-labelledby='j-peringatan']//div[@class='guard']")
    assert len(cards) == GuardFinding.objects.unanswered().count() == 2
    for card, kind in zip(cards, ("split_goods", "split_owner"), strict=True):
        said = " ".join(card.text_content().split())
        finding = GuardFinding.objects.get(kind=kind)
        parts = [finding.words, "Di permintaan ini: Kue lapis", first, WHY, finding.chosen_words, "Penilaian Anda"]
        places = [said.index(part) for part in parts]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("kinds", "signs", "said"),
    [
        ((), False, "Boleh kosong bila Anda setuju;"),
        ((GuardKind.ACCOUNT,), False, "Boleh kosong bila Anda setuju;"),
        ((GuardKind.PRICE,), False, "Wajib bila Anda meloloskan peringatan harga,"),
        ((GuardKind.SPLIT_OWNER,), False, "Wajib bila Anda meloloskan pemecahan paket,"),
        ((GuardKind.SPLIT_GOODS, GuardKind.PRICE), False, "meloloskan pemecahan paket atau peringatan harga,"),
        ((GuardKind.PRICE,), True, "Boleh kosong bila Anda setuju;"),
    ],
)
def test_the_note_says_when_it_must_be_written_by_the_warnings_there_are(
    kinds: tuple[GuardKind, ...], signs: bool, said: str
) -> None:
    findings = [GuardFinding(pk=pk, kind=kind, amount=0) for pk, kind in enumerate(kinds, 1)]
    assert said in ApprovalForm(lines=[], findings=findings, signs=signs).fields["note"].help_text


def test_who_signs_reads_what_they_can_do() -> None:
    """No negotiation to open, no box to tick, and who judges the warnings."""
    case = Case()
    head = {"office": "head", "above": 0, "valid_from": clock.local_date(case.now) - DAY, "source": "Perwali contoh"}
    ApprovalRule.objects.create(**head)
    _split("")(case)
    page = html.fromstring(signed_in(case.office.head).get(case.address).text)
    said = " ".join(page.xpath("//main")[0].text_content().split())
    assert f"Belum dinilai, menunggu Pejabat pengadaan (PP): {case.office.pp}" in said
    assert "Anda menandatangani" in said and "Anda menyetujui" not in said
    assert "Buka negosiasi" not in said and said.count("wajib dinegosiasikan") <= 1
    assert not page.xpath("//form[@id='putusan']//input[@type='checkbox']")
    url = reverse("procurement:request-detail", args=[case.request.number])
    read = " ".join(signed_in(case.office.requester).get(url).text.split())
    assert f"menunggu Pejabat pengadaan (PP): {case.office.pp}" in read
    assert signed_in(case.office.head).post(case.address, case.form("sign")).status_code == 302
