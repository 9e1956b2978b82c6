"""What the office put beside the request stands in its place in the order's file."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.documents import archive, build, pages
from orders.documents import services as documents
from orders.documents.entries import entries_of
from orders.documents.models import Document
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from procurement.attachments import services as attachments
from procurement.attachments.states import RequestFileKind
from procurement.requests.services import decisions
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.procurement import make_request
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make.make_office()


@kept
def ordered(office: Office) -> Order:
    """An order of a request with terms of reference and an invitation; a third file was taken out."""
    from orders.orders.services import agreement

    request = make_request(office)
    colours = {"terms": "#112233", "invitation": "#445566", "other": "#778899"}
    rows = {
        kind: attachments.attach_file(
            actor=office.requester, request=request, kind=kind, title="", file=make.photo(colour=colour),
            key=new_key(), now=MONDAY,
        )
        for kind, colour in colours.items()
    }  # fmt: skip
    attachments.take_out_file(actor=office.requester, attachment=rows["other"], note="Salah berkas", now=MONDAY)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=MONDAY)
    approval: dict[str, Any] = {"dropped": {}, "note": "", "key": new_key(), "now": MONDAY + HOUR}
    approved = decisions.approve_request(actor=office.pp, request=request, **approval)
    (order,) = agreement.issue_orders(actor=office.pp, request=approved, key=new_key(), now=MONDAY + HOUR)
    return order


def test_every_kind_of_a_request_has_its_place() -> None:
    assert {(each.value, str(each.label)) for each in RequestFileKind} <= {
        (each.value, str(each.label)) for each in AttachmentKind
    }


def test_the_files_of_the_request_stand_in_the_schedule_of_the_department(office: Office) -> None:
    order = build.order_for_papers(ordered(office).pk)
    entries = {e.kind: e for e in entries_of(order, for_agency=True) if e.is_upload}
    assert [kind for kind, entry in entries.items() if entry.is_present] == ["terms", "invitation"]
    # What was taken out is not there.
    assert set(entries) == {"terms", "invitation"}
    assert not [entry for entry in entries_of(order, for_agency=False) if entry.is_upload]


def test_the_pack_and_the_archive_hold_them(office: Office, run_jobs: Any) -> None:
    order = ordered(office)
    run_jobs()
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + DAY)
    _content, count, *_ = build.make(spj)
    without = Document.objects.filter(order=order, replaced_at__isnull=True).exclude(pk=spj.pk)
    assert count == 1 + sum(document.pages for document in without) + 2
    full = build.order_for_papers(order.pk)
    with zipfile.ZipFile(BytesIO(archive.write_zip(full).read())) as bundle:
        names = sorted(name.partition("/")[2] for name in bundle.namelist())
        data = json.loads(bundle.read(f"{order.number}/data.json"))
    assert [name for name in names if name.startswith("lampiran/")] == [
        "lampiran/01-kak.jpg",
        "lampiran/02-undangan.jpg",
    ]
    assert [row["kind"] for row in data["attachments"]] == ["terms", "invitation"]


def test_a_file_added_to_the_request_makes_the_pack_stale(office: Office) -> None:
    order = ordered(office)
    first = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + DAY)
    assert documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + DAY + HOUR) == first
    assert order.request is not None
    attachments.attach_file(
        actor=office.pp, request=order.request, kind="participants", title="", file=make.photo(colour="#aabbcc"),
        key=new_key(), now=MONDAY + DAY + 2 * HOUR,
    )  # fmt: skip
    second = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + DAY + 3 * HOUR)
    assert second != first


def test_the_order_page_links_to_the_file_and_offers_no_way_to_take_it_out(office: Office, stranger: Any) -> None:
    order = ordered(office)
    assert order.request is not None
    request, row = order.request, order.request.attachments.kept()[0]
    url = reverse("procurement:request-attachment", args=[request.number, row.pk])
    page = signed_in(office.requester).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert url in page
    assert reverse("orders:attachment-remove", args=[order.number, row.pk]) not in page
    owner = make.member_of(order)
    seen = signed_in(owner).get(reverse("orders:order-detail", args=[order.number])).content.decode()
    assert url not in seen
    assert str(AttachmentKind.TERMS.label) not in seen
    for other in (owner, stranger):
        assert signed_in(other).get(url).status_code == 404
    shown = pages.document_list_of(Order.objects.get(pk=order.pk), owner, clock.now())
    assert not [entry for entry in shown.entries if entry.attachments]
