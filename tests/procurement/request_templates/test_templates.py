"""Templates: what is kept of a request, who writes and uses them, and the draft that comes out."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock, editing
from epeken.core.editing import ChangedMeanwhile
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.idempotency import new_key
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.budgets.models import Account
from procurement.request_templates import amounts, from_template, services
from procurement.request_templates.models import RequestTemplate, TemplateLine
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import drafts
from procurement.requests.states import RequestState
from tests.factories import umkm as make
from tests.factories.orders import photo
from tests.factories.procurement import (
    DAY,
    HOUR,
    MONDAY,
    Office,
    make_agency,
    make_line,
    make_officer,
    make_request,
)
from tests.factories.states import put
from tests.factories.users import signed_in
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Keeps, ProductState, Unit
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db

EVENT = MONDAY + 10 * DAY


def keep(office: Office, request: PurchaseRequest, actor: Any = None, **over: Any) -> RequestTemplate:
    values = {"name": "Rapat 40 orang", "activity": "meeting", "key": new_key(), "now": MONDAY, **over}
    return services.save_template(actor=actor or office.requester, request=request, **values)


def use(office: Office, template: RequestTemplate, actor: Any = None, **over: Any) -> PurchaseRequest:
    values = {
        "title": "Rapat anggota", "event_at": EVENT, "attendees": 60, "place": "Ruang Melati", "key": new_key(),
        "now": MONDAY, **over,
    }  # fmt: skip
    return services.use_template(actor=actor or office.requester, template=template, agency=office.agency, **values)


def change(office: Office, template: RequestTemplate, actor: Any = None, **over: Any) -> RequestTemplate:
    values = {"values": {}, "dropped": frozenset(), "now": MONDAY, **over}
    return services.change_template(actor=actor or office.requester, template=template, **values)


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def said(draft: PurchaseRequest, office: Office) -> list[from_template.Open]:
    found = from_template.read(draft, contents.read(draft, MONDAY), shops.ties_of(office.requester))
    assert found is not None
    return found.open


def unpaid(draft: PurchaseRequest, office: Office) -> list[str]:
    found = from_template.read(draft, contents.read(draft, MONDAY), shops.ties_of(office.requester))
    assert found is not None
    return found.unpaid


def box(**over: Any) -> Product:
    return make.make_product(**{"price": 20_000, "unit": Unit.BOX, "keeps": Keeps.COOKED, "name": "Nasi kotak", **over})


# --- What is kept -------------------------------------------------------------------------------------------------


def test_a_template_keeps_goods_by_head_and_no_price(office: Office) -> None:
    meal, paper = box(), make.make_product(price=50_000, unit=Unit.REAM, name="Kertas")
    request = make_request(office, [(meal, 40), (paper, 3)])
    request.lines.filter(product=meal).update(note="Tanpa sambal", choice_reason="quality", choice_note="Enak")
    template = keep(office, request)
    rows = {line.words: line for line in template.lines.all()}
    assert (rows["Nasi kotak"].amount, rows["Nasi kotak"].is_per_person) == (1, True)
    assert (rows["Kertas"].amount, rows["Kertas"].is_per_person) == (3, False)
    assert rows["Nasi kotak"].note == "Tanpa sambal"
    assert (template.place, template.attendees, template.minutes_before) == ("Ruang Teratai", 40, 60)
    assert request.event_at is not None
    assert template.usual_hour == request.event_at.astimezone(clock.ZONE).time()
    assert template.account == office.line.account
    names = {field.name for model in (RequestTemplate, TemplateLine) for field in model._meta.get_fields()}
    assert not [name for name in names if "price" in name or "cost" in name or "total" in name]


@pytest.mark.parametrize(
    ("quantity", "people", "each"), [("40", 40, "1"), ("80", 40, "2"), ("61", 60, "1.016"), ("65", 60, "1.083")]
)
def test_as_many_people_get_what_was_asked_for(quantity: str, people: int, each: str) -> None:
    amount, is_per_person = amounts.kept(Product(unit=Unit.BOX, keeps=Keeps.COOKED), Decimal(quantity), people)
    assert (amount, is_per_person) == (Decimal(each), True)
    line = TemplateLine(amount=amount, is_per_person=True, unit=Unit.BOX)
    assert amounts.of_product(line, Product(step=Decimal(1), minimum=Decimal(1)), people) == Decimal(quantity)


def test_what_heads_do_not_count_is_fixed() -> None:
    meal = Product(unit=Unit.BOX, keeps=Keeps.COOKED)
    assert amounts.kept(Product(unit=Unit.REAM), Decimal(300), 40) == (300, False)
    assert amounts.kept(meal, Decimal(40), None) == (40, False)
    # Five packs of pens for sixty people are not 0,083 for each, nor is a guest's meal.
    assert amounts.kept(Product(unit=Unit.PACK), Decimal(60), 60) == (60, False)
    assert amounts.kept(meal, Decimal(39), 40) == (39, False)


def test_dropped_lines_files_and_an_empty_draft_are_not_kept(office: Office) -> None:
    meal, other = box(), box(name="Lain")
    request = make_request(office, [(meal, 40), (other, 1)])
    request.lines.filter(product=other).update(dropped_at=MONDAY, dropped_reason="Tidak perlu")
    attachments.attach_file(
        actor=office.requester, request=request, kind="terms", title="", file=photo(), key=new_key(), now=MONDAY
    )
    template = keep(office, request)
    assert [line.product for line in template.lines.all()] == [meal]
    assert use(office, template).attachments.count() == 0
    request.lines.update(dropped_at=MONDAY)
    assert code_of(lambda: keep(office, request, name="Kosong")) == "no_lines"


def test_the_same_form_sent_twice_keeps_one_and_a_name_is_taken_once(office: Office) -> None:
    request, key = make_request(office), new_key()
    first = keep(office, request, key=key)
    assert keep(office, request, key=key) == first
    assert code_of(lambda: keep(office, request)) == "name_taken"
    assert code_of(lambda: keep(office, request, name="  ")) == "name_missing"
    # Of another department, and once the first is retired, the name is free.
    other = Office()
    assert keep(other, make_request(other)).name == first.name
    services.retire_template(actor=office.pp, template=first, now=MONDAY)
    assert keep(office, request) != first


# --- Who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", OfficerRole)
def test_who_writes(office: Office, role: OfficerRole) -> None:
    request, person = make_request(office), getattr(office, role.value)
    template = keep(office, request, name="Dasar")
    acts = [
        lambda: keep(office, request, actor=person),
        lambda: change(office, template, actor=person, values={"name": "Nama lain"}),
        lambda: services.retire_template(actor=person, template=template, now=MONDAY),
    ]
    for act in acts:
        if role in (OfficerRole.REQUESTER, OfficerRole.PP, OfficerRole.PPK):
            act()
        else:
            with pytest.raises(NotAllowed):
                act()
    template.refresh_from_db()
    assert (template.retired_at is None) == (role in (OfficerRole.RECEIVER, OfficerRole.TREASURER, OfficerRole.HEAD))


def test_only_a_requester_of_the_department_makes_a_draft(office: Office) -> None:
    template = keep(office, make_request(office))
    other = make_officer(OfficerRole.REQUESTER, make_agency())
    for person in (office.pp, office.treasurer, other):
        with pytest.raises(NotAllowed):
            use(office, template, actor=person)
    # The department is the template's, whatever the caller says.
    elsewhere = Office()
    with pytest.raises(NotAllowed):
        services.use_template(
            actor=elsewhere.requester, template=template, agency=elsewhere.agency, title="Rapat", event_at=EVENT,
            attendees=1, place="", key=new_key(), now=MONDAY,
        )  # fmt: skip
    assert PurchaseRequest.objects.filter(from_template=template).count() == 0


def test_a_department_does_not_write_the_citys_templates(office: Office) -> None:
    city = RequestTemplate.objects.filter(agency__isnull=True).earliest("pk")
    with pytest.raises(NotAllowed):
        change(office, city, values={"name": "Milik kami"})
    with pytest.raises(NotAllowed):
        services.retire_template(actor=office.pp, template=city, now=MONDAY)


def test_strangers_and_other_departments_find_nothing(office: Office, stranger: Any) -> None:
    template = keep(office, make_request(office))
    owner = make.make_user()
    make.make_seller(owner)
    routes = ["template-change", "template-use", "template-retire"]
    for person in (stranger, owner, make_officer(OfficerRole.REQUESTER, make_agency())):
        client = signed_in(person)
        for route in routes:
            url = reverse(f"procurement:{route}", args=[template.pk])
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    city = RequestTemplate.objects.filter(agency__isnull=True).earliest("pk")
    url = reverse("procurement:template-use", args=[city.pk])
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(office.requester).get(url).status_code == 200
    assert RequestTemplate.objects.visible_to(make.make_staff("procurement.inspect_all"), MONDAY.date()).count() > 1


# --- Changing -----------------------------------------------------------------------------------------------------


def test_two_editors_do_not_overwrite_each_other(office: Office) -> None:
    template = keep(office, make_request(office, [(box(), 40)]))
    line = template.lines.get()
    shown = editing.shown_of(services.written(template, [line]))
    change(office, template, values={"name": "Rapat besar", f"amount_{line.pk}": Decimal(2)}, shown=shown)
    # The same form once more is saved twice; another value over what was not seen is refused.
    change(office, template, values={"name": "Rapat besar", f"amount_{line.pk}": Decimal(2)}, shown=shown)
    for values in ({"name": "Rapat kecil"}, {f"amount_{line.pk}": Decimal(3)}):
        with pytest.raises(ChangedMeanwhile):
            change(office, template, values=values, shown=shown, actor=office.pp)
    # What the other one left alone may be written.
    change(office, template, values={"place": "Aula"}, shown=shown, actor=office.pp)
    template.refresh_from_db()
    line.refresh_from_db()
    assert (template.name, template.place, line.amount) == ("Rapat besar", "Aula", 2)


def test_lines_leave_but_never_all_of_them(office: Office) -> None:
    template = keep(office, make_request(office, [(box(), 40), (box(name="Kudapan"), 40)]))
    first, second = template.lines.all()
    assert code_of(lambda: change(office, template, dropped=frozenset({first.pk, second.pk}))) == "no_lines"
    change(office, template, dropped=frozenset({first.pk}))
    assert [line.pk for line in template.lines.all()] == [second.pk]
    late = {"values": {f"amount_{first.pk}": Decimal(5)}}
    assert code_of(lambda: change(office, template, **late)) == "line_gone"
    assert code_of(lambda: change(office, template, dropped=frozenset({first.pk}))) == "line_gone"
    assert code_of(lambda: change(office, template, values={f"amount_{second.pk}": Decimal(0)})) == "amount"


def test_a_retired_template_is_neither_used_nor_changed(office: Office) -> None:
    template = keep(office, make_request(office))
    for _twice in range(2):
        services.retire_template(actor=office.pp, template=template, now=MONDAY)
    template.refresh_from_db()
    with pytest.raises(InvalidMove):
        use(office, template)
    with pytest.raises(InvalidMove):
        change(office, template, values={"name": "Lagi"})
    page = signed_in(office.requester).get(reverse("procurement:template-list")).content.decode()
    assert "Rapat 40 orang" not in page


# --- The draft ----------------------------------------------------------------------------------------------------


def test_a_draft_asks_for_the_same_products_at_todays_prices_for_the_people_who_come(office: Office) -> None:
    meal, paper = box(), make.make_product(price=50_000, unit=Unit.REAM, name="Kertas")
    template = keep(office, make_request(office, [(meal, 40), (paper, 3)]))
    Product.objects.filter(pk=meal.pk).update(price=23_000)
    Seller.objects.filter(pk=meal.seller_id).update(delivery_fee=9_000)
    draft = use(office, template)
    assert {(line.product, line.quantity, line.price) for line in draft.lines.all()} == {
        (meal, Decimal(60), 23_000),
        (paper, Decimal(3), 50_000),
    }
    assert draft.sellers.get(seller=meal.seller_id).delivery_cost == 9_000
    assert (draft.event_at, draft.deliver_at) == (EVENT, EVENT - HOUR)
    assert (draft.title, draft.event_place, draft.attendees) == ("Rapat anggota", "Ruang Melati", 60)
    assert (draft.delivery_place, draft.line) == (office.agency.address, office.line)
    assert (draft.state, draft.requester, draft.from_template) == (RequestState.DRAFT, office.requester, template)
    assert said(draft, office) == []
    assert contents.read(draft, MONDAY).news == []


def test_the_same_form_sent_twice_makes_one_draft(office: Office) -> None:
    template, key = keep(office, make_request(office)), new_key()
    first = use(office, template, key=key)
    assert use(office, template, key=key) == first
    assert code_of(lambda: use(office, template, key=key, attendees=61)) == "key_reused"
    assert PurchaseRequest.objects.filter(from_template=template).count() == 1


def test_amounts_go_up_to_the_step_and_the_least_amount(office: Office) -> None:
    meal = box(step=Decimal(10), minimum=Decimal(30))
    template = keep(office, make_request(office, [(meal, 40)]))
    assert [use(office, template, attendees=n).lines.get().quantity for n in (12, 30, 31, 41)] == [30, 30, 40, 50]
    assert code_of(lambda: use(office, template, attendees=None)) == "attendees_missing"


def test_a_moment_that_is_past_is_refused_with_what_comes_before_it(office: Office) -> None:
    template = keep(office, make_request(office))  # goods come an hour before
    assert code_of(lambda: use(office, template, event_at=MONDAY + HOUR)) == "deliver_past"
    assert code_of(lambda: use(office, template, event_at=MONDAY - DAY)) == "event_past"
    assert use(office, template, event_at=MONDAY + HOUR + timedelta(minutes=1)).deliver_at is not None


def test_the_budget_line_is_taken_when_there_is_no_choice(office: Office) -> None:
    template = keep(office, make_request(office))
    assert use(office, template).line == office.line
    make_line(office.agency, account=office.line.account)
    assert use(office, template).line is None


def test_goods_are_charged_to_the_account_they_were_charged_to(office: Office) -> None:
    meal, paper = box(), make.make_product(price=50_000, unit=Unit.REAM, name="Kertas")
    second = make_line(office.agency, account=Account.objects.create(code="5.1.02.99.99.0001", name="Contoh"))
    template = keep(office, make_request(office, [(meal, 40), (paper, 3)], charged={paper: second}))
    assert {line.words: line.account for line in template.lines.all()} == {"Nasi kotak": None, "Kertas": second.account}
    draft = use(office, template)
    payers = {line.name: line.charged_to for line in draft.lines.all()}
    assert (draft.line, payers) == (office.line, {"Nasi kotak": None, "Kertas": second})
    assert unpaid(draft, office) == []
    # The next year has a line of its own, and of a second account none until it is imported.
    january = EVENT.replace(year=EVENT.year + 1)
    following = make_line(office.agency, account=office.line.account, year=january.year)
    late = use(office, template, event_at=january)
    assert (late.line, late.lines.get(product=paper).charged_to) == (following, None)
    assert unpaid(late, office) == [
        f"Kertas: rekening {second.account_id} belum punya mata anggaran tahun {january.year}. "
        "Pilih siapa yang membayarnya."
    ]
    paid = make_line(office.agency, account=second.account, year=january.year)
    assert use(office, template, event_at=january).lines.get(product=paper).charged_to == paid
    assert unpaid(late, office) == [
        f"Kertas biasanya dibebankan ke rekening {second.account_id}, sekarang ke rekening lain."
    ]
    make_line(office.agency, account=second.account, year=january.year)
    choice = use(office, template, event_at=january)
    assert choice.lines.get(product=paper).charged_to is None
    assert "punya 2 mata anggaran" in unpaid(choice, office)[0]
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[choice.number]))
    assert "punya 2 mata anggaran" in page.content.decode() and 'href="#beban">Bebankan ke' in page.content.decode()


def test_an_account_without_a_budget_line_is_named(office: Office) -> None:
    template = keep(office, make_request(office))
    draft = use(office, template, event_at=EVENT.replace(year=EVENT.year + 1))
    assert draft.line is None
    assert office.line.account_id in unpaid(draft, office)[0]


def test_what_cannot_be_taken_is_named_with_a_reason_and_a_way_to_the_market(office: Office) -> None:
    goods = {name: box(name=name) for name in ("Habis", "Lusin", "Milik sendiri", "Tetap")}
    template = keep(office, make_request(office, [(product, 40) for product in goods.values()]))
    template.lines.create(
        category=Category.objects.get(slug="minuman-kemasan"),
        words="air minum",
        unit=Unit.BOTTLE,
        amount=2,
        is_per_person=True,
    )
    put(goods["Habis"], ProductState.HIDDEN)
    Product.objects.filter(pk=goods["Lusin"].pk).update(unit=Unit.KG)
    make.make_member(goods["Milik sendiri"].seller, office.requester)
    draft = use(office, template)
    # What is sold no more stays as a line that says so: the way to another seller starts there.
    assert {line.name for line in draft.lines.all()} == {"Habis", "Tetap"}
    held = contents.read(draft, MONDAY)
    faults = {line.name: [f.code for f in found] for line, found in obstacles.line_faults(draft, held, MONDAY)}
    assert faults == {"Habis": ["not_for_sale"], "Tetap": []}
    told = {row.name: row for row in said(draft, office)}
    assert set(told) == {"Lusin", "Milik sendiri", "air minum"}
    assert "sekarang per" in told["Lusin"].why
    assert told["air minum"].counted == "120 botol"
    client = signed_in(office.requester)
    answer = client.get(told["air minum"].href)
    assert answer.status_code == 200
    assert answer.context["asked"] == 120
    assert "kategori=minuman-kemasan" in told["air minum"].href
    # A choice of its kind answers it, one of another kind does not.
    water = make.make_product(name="Air", category=Category.objects.get(slug="minuman-kemasan"))
    from procurement.requests.services import drafts

    drafts.put_line(actor=office.requester, request=draft, product=water, quantity=Decimal(5), note="", now=MONDAY)
    assert {row.name for row in said(draft, office)} == {"Lusin", "Milik sendiri"}


def test_a_city_template_gives_a_draft_that_says_what_to_choose(office: Office) -> None:
    city = RequestTemplate.objects.filter(agency__isnull=True).earliest("pk")
    draft = use(office, city)
    assert (draft.agency, draft.lines.count()) == (office.agency, 0)
    assert len(said(draft, office)) == city.lines.count() > 0


# --- The pages ----------------------------------------------------------------------------------------------------


def test_from_request_to_template_to_draft_by_hand(office: Office) -> None:
    now = clock.now()
    office = Office(now=now)
    request = make_request(office, [(box(), 40)], now=now, purpose="Persiapan festival")
    client = signed_in(office.requester)
    save = reverse("procurement:template-save", args=[request.number])
    assert save in client.get(reverse("procurement:request-detail", args=[request.number])).content.decode()
    key = client.get(save).context["form"]["key"].value()
    assert client.post(save, {"key": key, "name": "", "activity": "meeting"}).status_code == 422
    assert client.post(save, {"key": key, "name": "Rapat rutin", "activity": "meeting"}).status_code == 302
    template = RequestTemplate.objects.get(agency=office.agency)
    page = client.get(reverse("procurement:template-list")).content.decode()
    use_url = reverse("procurement:template-use", args=[template.pk])
    assert "Rapat rutin" in page and "1 kotak per orang" in page and use_url in page
    form = client.get(use_url).context["form"]
    suggested = [form[name].value() for name in ("title", "purpose", "attendees", "place")]
    assert suggested == ["Rapat rutin", "Persiapan festival", 40, "Ruang Teratai"]
    when = clock.add_working_days(clock.local_date(now), 8)
    body = {
        "key": form["key"].value(), "title": "Rapat Desember", "day": when.isoformat(), "hour": "09:00",
        "attendees": "60", "place": "Aula", "purpose": "Menutup buku tahun ini.",
    }  # fmt: skip
    assert client.post(use_url, {**body, "title": " "}).status_code == 422
    assert client.post(use_url, {**body, "day": ""}).status_code == 422
    answer = client.post(use_url, body, follow=True)
    draft = PurchaseRequest.objects.get(from_template=template)
    assert (draft.title, draft.attendees, draft.lines.get().quantity) == ("Rapat Desember", 60, 60)
    # What the officer will read is what the requester wrote, and stands on the draft.
    assert draft.purpose == "Menutup buku tahun ini." and draft.purpose in answer.text
    assert "Dari template Rapat rutin" in answer.content.decode() and "bila keliru" not in answer.text
    sunday = when + timedelta(days=6 - when.weekday())
    other = {**body, "key": new_key(), "title": "Rapat 40 orang", "day": sunday.isoformat()}
    text = " ".join(client.post(use_url, other, follow=True).text.split())
    assert "“Rapat 40 orang”, sedangkan pesertanya 60 orang." in text and "bukan hari kerja" in text
    # The number in the template's own name is that of the people this time.
    RequestTemplate.objects.filter(pk=template.pk).update(name="Rapat 40 orang")
    text = client.post(use_url, {**other, "key": new_key(), "attendees": "25", "day": body["day"]}, follow=True).text
    assert "Rapat 25 orang" in text and "sedangkan pesertanya" not in text


def test_the_page_shows_the_other_editors_value_and_saves_the_second_time(office: Office) -> None:
    template = keep(office, make_request(office, [(box(), 40)]))
    line = template.lines.get()
    client, url = signed_in(office.requester), reverse("procurement:template-change", args=[template.pk])
    form = client.get(url).context["form"]
    body = {
        "shown": form["shown"].value(), "name": "Rapat saya", "activity": "meeting", "usual_hour": "10:00",
        "attendees": "40", "place": template.place, "purpose": template.purpose, "account": template.account_id,
        f"amount_{line.pk}": "1", f"each_{line.pk}": "on",
    }  # fmt: skip
    change(office, template, actor=office.pp, values={"name": "Rapat PP"})
    late = client.post(url, body)
    assert late.status_code == 422
    assert "Rapat PP" in late.content.decode()
    again = {**body, "shown": late.context["form"].data["shown"]}
    assert client.post(url, again).status_code == 302
    template.refresh_from_db()
    assert template.name == "Rapat saya"


def test_the_lists_cost_few_queries(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        keep(office, make_request(office, [(box(), 40), (box(), 20)]), name=f"Rapat {number}")
    client = signed_in(office.requester)
    with django_assert_max_num_queries(20):
        client.get(reverse("procurement:template-list"))


def test_what_a_template_still_asks_for_is_asked_before_sending_and_told_to_the_approver(office: Office) -> None:
    """The step stays open, its link lists goods of the kind, and without a tick nothing is sent."""
    now = clock.now()
    office = Office(now=now)
    city = RequestTemplate.objects.get(agency__isnull=True, name="Rapat dengan kudapan")
    assert city.minutes_before == 30  # not at the minute the meeting begins
    account = make_line(office.agency, account=city.account, pagu=10_000_000, year=(now + 30 * DAY).year)
    event_at = now + 10 * DAY
    draft = use(office, city, event_at=event_at, now=now)
    assert draft.deliver_at == event_at - timedelta(minutes=30)
    snack = make.make_product(unit=Unit.BOX, price=10_000, category=Category.objects.get(slug="kotak-jajan"))
    water = make.make_product(
        unit=Unit.BOTTLE, price=3_000, name="Mineral 600 ml", category=Category.objects.get(slug="minuman-kemasan")
    )
    drafts.put_line(
        actor=office.requester, request=draft, product=snack, quantity=Decimal(60), note="", now=now
    )  # fmt: skip
    PurchaseRequest.objects.filter(pk=draft.pk).update(line=draft.line or account)
    client, page_url = signed_in(office.requester), reverse("procurement:request-detail", args=[draft.number])
    page = client.get(page_url)
    [left] = page.context["from_template"].open
    goods, send = page.context["tasks"][1], page.context["tasks"][-1]
    assert (goods["state"], send.get("state")) == ("now", None)
    assert water.name in client.get(left.href).content.decode()
    submit = reverse("procurement:request-submit", args=[draft.number])
    body = {"key": page.context["key"], "shown": page.context["shown"]}
    answer = client.post(submit, body)
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (422, RequestState.DRAFT)
    assert "belum dipilih" in answer.content.decode()
    assert client.post(submit, {**body, "key": new_key(), "leaves_out": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == RequestState.SUBMITTED
    assert "Dikirim tanpa barang templatenya: Air minum botol, 60 botol." in draft.events.latest("pk").note
