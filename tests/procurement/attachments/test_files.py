"""Files beside a request: who adds, who reads, what is refused, and what stays once somebody decided."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.files import uploads
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from procurement.agencies.states import OfficerRole
from procurement.attachments import rules, services
from procurement.attachments.models import RequestAttachment
from procurement.attachments.pages import files_of
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, decisions, unfilled
from procurement.requests.states import RequestState
from tests.factories import umkm as make
from tests.factories.orders import photo
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_agency, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def attach(actor: Any, request: PurchaseRequest, now: Any = MONDAY, **over: Any) -> RequestAttachment:
    values = {"kind": "terms", "title": "KAK rapat", "file": photo(), "key": new_key(), **over}
    return services.attach_file(actor=actor, request=request, now=now, **values)


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def pdf(change: Any = None, **options: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if change:
            change(made)
        made.save(out, **options)
    return SimpleUploadedFile("undangan.pdf", out.getvalue(), content_type="application/pdf")


# --- Who adds -----------------------------------------------------------------------------------------------------


ADDS = {
    RequestState.DRAFT: {"requester"},
    RequestState.SENT_BACK: {"requester"},
    RequestState.SUBMITTED: {"requester", "pp", "ppk"},
    RequestState.APPROVED: {"requester", "pp", "ppk"},
    RequestState.ORDERED: {"requester", "pp", "ppk"},
    RequestState.REJECTED: set(),
    RequestState.WITHDRAWN: set(),
    RequestState.LAPSED: set(),
}


@pytest.mark.parametrize("state", RequestState)
def test_who_adds_in_each_state(office: Office, state: RequestState) -> None:
    request = make_request(office, state=state.value)
    day = clock.local_date(MONDAY)
    for number, role in enumerate(OfficerRole):
        person = getattr(office, role.value)
        picture = photo(colour=f"#{number}0{number}0{number}0")
        assert files_of(request, person, day).can_attach == (role.value in ADDS[state])
        if role.value in ADDS[state]:
            assert attach(person, request, MONDAY + 2 * HOUR, file=picture).uploaded_by == person
        else:
            with pytest.raises((NotAllowed, InvalidMove)):
                attach(person, request, MONDAY + 2 * HOUR, file=picture)
    assert request.attachments.count() == len(ADDS[state])


def test_another_requester_adds_nothing_to_a_draft_that_is_not_theirs(office: Office) -> None:
    request = make_request(office)
    with pytest.raises(NotAllowed):
        attach(make_officer(OfficerRole.REQUESTER, office.agency), request)
    with pytest.raises(NotAllowed):
        attach(make_officer(OfficerRole.PP, make_agency()), make_request(office, state="submitted"))


def test_the_same_form_sent_twice_adds_once(office: Office) -> None:
    request, key = make_request(office), new_key()
    first = attach(office.requester, request, key=key)
    assert attach(office.requester, request, key=key) == first
    assert code_of(lambda: attach(office.requester, request, key=key, title="Lain")) == "key_reused"
    assert code_of(lambda: attach(office.requester, request)) == "same_file"
    assert attach(office.requester, request, kind="other").kind == "other"
    assert request.attachments.count() == 2


# --- What stays ---------------------------------------------------------------------------------------------------


def test_a_file_is_taken_out_of_a_draft_and_stays_in_the_store(office: Office) -> None:
    request = make_request(office)
    made = attach(office.requester, request)
    with pytest.raises(NotAllowed):
        services.take_out_file(actor=office.pp, attachment=made, note="Salah berkas", now=MONDAY)
    services.take_out_file(actor=office.requester, attachment=made, note="Salah berkas", now=MONDAY + HOUR)
    services.take_out_file(actor=office.requester, attachment=made, note="Salah berkas", now=MONDAY + 2 * HOUR)
    made.refresh_from_db()
    assert (made.removed_at, made.removed_by, made.removal_note) == (
        MONDAY + HOUR, office.requester, "Salah berkas",
    )  # fmt: skip
    event = request.events.get(action="take_out")
    assert (event.actor, event.acted_as, event.at) == (office.requester, "requester", MONDAY + HOUR)
    assert event.note == f"{made.title}: Salah berkas"
    assert code_of(lambda: take_out(office, attach(office.requester, request, kind="other"), " ")) == "note_missing"
    assert uploads.read_private(made.file)
    assert attach(office.requester, request).removed_at is None  # the same file may come back


def take_out(office: Office, made: RequestAttachment, note: str) -> None:
    services.take_out_file(actor=office.requester, attachment=made, note=note, now=MONDAY + HOUR)


@pytest.mark.parametrize("state", ["submitted", "approved", "ordered", "rejected"])
def test_nothing_is_taken_out_while_or_after_it_is_decided(office: Office, state: str) -> None:
    request = make_request(office)
    made = attach(office.requester, request)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    if state == "rejected":
        decisions.reject_request(actor=office.pp, request=request, note="Tidak", now=MONDAY + HOUR)
    elif state != "submitted":
        chosen: dict[str, Any] = {"dropped": {}, "note": "", "key": new_key(), "now": MONDAY + HOUR}
        decisions.approve_request(actor=office.pp, request=request, **chosen)
    with pytest.raises(InvalidMove):
        services.take_out_file(actor=office.requester, attachment=made, note="Salah berkas", now=MONDAY + 2 * HOUR)
    made.refresh_from_db()
    assert made.removed_at is None


def test_what_lay_before_the_officer_who_sent_it_back_stays(office: Office) -> None:
    """What came after the decision is the requester's to take out; what it rested on is not."""
    request = make_request(office)
    before = attach(office.requester, request)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    decisions.send_back_request(actor=office.pp, request=request, note="Undangannya?", now=MONDAY + HOUR)
    after = attach(office.requester, request, MONDAY + 2 * HOUR, kind="invitation")
    shown = files_of(PurchaseRequest.objects.get(pk=request.pk), office.requester, clock.local_date(MONDAY))
    assert [row.can_take_out for row in shown.rows] == [False, True]
    with pytest.raises(InvalidMove):
        services.take_out_file(actor=office.requester, attachment=before, note="Salah berkas", now=MONDAY + 3 * HOUR)
    services.take_out_file(actor=office.requester, attachment=after, note="Salah berkas", now=MONDAY + 3 * HOUR)
    assert [row.pk for row in request.attachments.kept()] == [before.pk]


# --- How much -----------------------------------------------------------------------------------------------------


def test_the_limits_hold_at_their_edges_on_their_day(office: Office) -> None:
    request = make_request(office)
    set_rule("purchase.files_most", 2)
    for colour in ("#111111", "#222222"):
        attach(office.requester, request, file=photo(colour=colour))
    with pytest.raises(RuleBroken) as refusal:
        attach(office.requester, request, file=photo(colour="#333333"))
    assert (refusal.value.code, refusal.value.field) == ("too_many", "file")
    assert "2 lampiran, paling banyak 2" in refusal.value.message
    # What was taken out makes room.
    services.take_out_file(
        actor=office.requester, attachment=request.attachments.all()[0], note="Salah berkas", now=MONDAY
    )
    attach(office.requester, request, file=photo(colour="#333333"))


def test_the_sum_of_all_files_is_limited(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_request(office)
    size = attach(office.requester, request).size
    monkeypatch.setattr(services, "MEGABYTE", 2 * size)
    set_rule("purchase.files_megabytes", 1)
    attach(office.requester, request, kind="other")  # exactly as much as fits
    assert request.attachments.kept().bytes() == 2 * size
    assert code_of(lambda: attach(office.requester, request, kind="invitation")) == "files_too_large"
    assert request.attachments.count() == 2
    assert rules.MOST_MEGABYTES.on(clock.local_date(MONDAY)) == 1


# --- What is refused ----------------------------------------------------------------------------------------------


def _script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def test_hostile_files_are_refused_or_lose_what_acts(office: Office, settings: Any) -> None:
    request = make_request(office)
    page = SimpleUploadedFile("kak.pdf", b"<html><script>alert(1)</script></html>", content_type="application/pdf")
    before = set(Path(settings.PRIVATE_ROOT).rglob("*.pdf"))
    locked = pdf(encryption=pikepdf.Encryption(user="a", owner="b"))
    refused = {
        "not_a_picture": page,
        "pdf_locked": locked,
        "file_empty": SimpleUploadedFile("kak.pdf", b""),
        "file_too_large": SimpleUploadedFile("kak.pdf", b"%PDF-" + b"0" * settings.UPLOAD_MAX_BYTES),
    }
    for code, file in refused.items():
        assert code_of(lambda file=file: attach(office.requester, request, file=file)) == code
    assert code_of(lambda: attach(office.requester, request, file=None)) == "file_missing"
    assert code_of(lambda: attach(office.requester, request, kind="minutes")) == "kind_unknown"
    assert request.attachments.count() == 0
    assert set(Path(settings.PRIVATE_ROOT).rglob("*.pdf")) == before
    kept = attach(office.requester, request, file=pdf(_script))
    with pikepdf.open(io.BytesIO(uploads.read_private(kept.file))) as clean:
        assert "/OpenAction" not in clean.Root
        assert len(clean.pages) == 1


# --- Who reads ----------------------------------------------------------------------------------------------------


def test_the_department_and_the_inspectorate_read_and_nobody_else(stranger: Any) -> None:
    office, owner = Office(now=clock.now()), make.make_user()
    product = make.make_product(make.make_seller(owner), price=100_000)
    request = make_request(office, [(product, 1)], state="ordered", now=clock.now() - DAY, line=office.line)
    made = attach(office.pp, request, clock.now())
    url = reverse("procurement:request-attachment", args=[request.number, made.pk])
    readers = [
        office.requester,
        office.pp,
        office.treasurer,
        office.head,
        make.make_staff("procurement.inspect_all"),
    ]
    for reader in readers:
        answer = signed_in(reader).get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    for other in (stranger, owner, make_officer(OfficerRole.PP, make_agency())):
        client = signed_in(other)
        assert client.get(url).status_code == 404
        assert client.post(reverse("procurement:request-attachment-add", args=[request.number])).status_code == 404
        taken = reverse("procurement:request-attachment-take-out", args=[request.number, made.pk])
        assert client.post(taken).status_code == 404
    # Of another request of the same department the address leads nowhere.
    another = make_request(office)
    assert signed_in(office.pp).get(url.replace(request.number, another.number)).status_code == 404
    made.refresh_from_db()
    assert made.removed_at is None


def test_what_was_taken_out_is_not_opened_again(office: Office) -> None:
    request = make_request(office)
    made = attach(office.requester, request)
    services.take_out_file(actor=office.requester, attachment=made, note="Salah berkas", now=MONDAY)
    url = reverse("procurement:request-attachment", args=[request.number, made.pk])
    assert signed_in(office.requester).get(url).status_code == 404
    assert signed_in(make.make_staff("procurement.inspect_all")).get(url).status_code == 200  # but by the inspectorate


def test_the_page_adds_and_takes_out(office: Office) -> None:
    request = make_request(office)
    client = signed_in(office.requester)
    add = reverse("procurement:request-attachment-add", args=[request.number])
    detail = reverse("procurement:request-detail", args=[request.number])
    assert add in client.get(detail).content.decode()
    key = client.get(add).context["form"]["key"].value()
    wrong = client.post(add, {"key": key, "kind": "terms", "file": SimpleUploadedFile("a.pdf", b"bukan berkas")})
    assert wrong.status_code == 422
    assert "bukan foto atau PDF" in wrong.content.decode()
    body = {"key": new_key(), "kind": "invitation", "title": "Undangan rapat"}
    assert client.post(add, {**body, "file": photo()}).status_code == 302
    made = request.attachments.get()
    page = client.get(detail).content.decode()
    assert "Undangan: Undangan rapat" in page
    take = reverse("procurement:request-attachment-take-out", args=[request.number, made.pk])
    assert take in page
    assert client.get(take).status_code == 200
    refused = client.post(take, {"note": " "})
    assert refused.status_code == 422
    assert refused.context["form"].errors["note"]
    assert request.attachments.kept().exists()
    assert client.post(take, {"note": "Rapat yang lain"}).status_code == 302
    assert not request.attachments.kept().exists()
    assert "Undangan rapat: Rapat yang lain" in signed_in(office.pp).get(detail).text
    # Who only reads is offered neither.
    assert add not in signed_in(office.pp).get(detail).content.decode()


def test_the_approver_sees_the_files_beside_the_decision(office: Office) -> None:
    now = clock.now()
    request = make_request(Office(now=now), now=now)
    attach(request.requester, request, now)
    decisions.submit_request(actor=request.requester, request=request, key=new_key(), now=now)
    pp = request.agency.members.get(role=OfficerRole.PP).user
    page = signed_in(pp).get(reverse("procurement:approval-detail", args=[request.number])).content.decode()
    assert "KAK rapat" in page


# --- Copies -------------------------------------------------------------------------------------------------------


def test_a_copy_has_no_files_and_what_goes_on_keeps_them(office: Office) -> None:
    request = make_request(office)
    made = attach(office.requester, request)
    gone = attach(office.requester, request, kind="other")
    services.take_out_file(actor=office.requester, attachment=gone, note="Salah berkas", now=MONDAY)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    request.refresh_from_db()
    assert request.held_until is not None
    from procurement.requests.services import holds

    holds.lapse_request(request=request, now=request.held_until)
    copy = copies.repeat_request(actor=office.requester, request=request, now=request.held_until)
    assert copy.attachments.count() == 0
    rebuilt = copies.rebuild_request(actor=office.requester, request=request, now=request.held_until)
    carried = rebuilt.attachments.get()
    assert (carried.kind, carried.file, carried.uploaded_at) == (made.kind, made.file, made.uploaded_at)
    assert request.attachments.count() == 2
    # Each request has its own row: one may leave the draft without leaving the record.
    services.take_out_file(actor=office.requester, attachment=carried, note="Salah berkas", now=request.held_until)
    assert request.attachments.kept().get() == made


def test_another_seller_is_sought_with_the_same_files(office: Office) -> None:
    from orders.cancellations import services as cancellations
    from orders.orders.models import Order

    request = make_request(office, state="ordered")
    attach(office.pp, request, MONDAY + HOUR)
    order = Order.objects.get(request=request)
    cancellations.cancel_order(actor=office.pp, order=order, reason="wrong", note="Batal", now=MONDAY + 2 * HOUR)
    draft = unfilled.source_again(actor=office.requester, part=request.sellers.get(), now=MONDAY + 3 * HOUR)
    assert draft.attachments.count() == 1


# --- Who is told --------------------------------------------------------------------------------------------------


def told(request: PurchaseRequest) -> list[Any]:
    return [row.person for row in Notification.objects.filter(kind="request.file_added").order_by("pk")]


def test_a_file_of_the_officer_is_told_to_the_requester_and_theirs_to_the_officer(office: Office) -> None:
    request = make_request(office, state="submitted")
    attach(office.pp, request, now=MONDAY + HOUR)
    assert told(request) == [office.requester]
    attach(office.requester, request, kind="estimate", file=photo(colour="#112233"), now=MONDAY + HOUR)
    assert told(request) == [office.requester, office.pp]
    words = render(Notification.objects.filter(kind="request.file_added").latest("pk"), "id")
    assert request.title in words.title and "KAK rapat" in words.body


def test_nobody_is_told_of_files_of_a_draft(office: Office) -> None:
    attach(office.requester, make_request(office))
    assert not Notification.objects.filter(kind="request.file_added").exists()
