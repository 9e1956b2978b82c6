"""Papers are numbered per department and kind: no gap, no double, and what was numbered keeps its number."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from orders.deliveries import services as deliveries
from procurement.numbering import patterns
from procurement.numbering.models import NumberForm
from procurement.numbering.numbers import preview, take_number
from procurement.numbering.states import NumberedPaper
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import HOUR, MONDAY
from tests.factories.procurement import make_agency, make_request
from tests.factories.users import signed_in
from tests.racing import together

DAY = clock.local_date(MONDAY)
pytestmark = pytest.mark.django_db


def written_as(pattern: str, kind: str = "order", **over: Any) -> NumberForm:
    values = {"kind": kind, "valid_from": date(2021, 10, 31), "source": "Uji", **over}
    return NumberForm.objects.create(pattern=pattern, **values)


@pytest.fixture(autouse=True)
def _no_form_of_the_city() -> None:
    NumberForm.objects.all().delete()


def test_a_form_without_serial_and_year_once_is_none() -> None:
    wrong = ("027/{urut}/X", "{tahun}", "{urut}{urut}{tahun}", "{urut}/{tahun}/{hari}", "{urut}/{tahun}}")
    assert not any(patterns.is_whole(pattern) for pattern in wrong)
    assert patterns.is_whole("027/{urut}/{kode}/{bulan}/{tahun}")


def test_a_department_counts_its_own_papers_kind_by_kind() -> None:
    one, other = make_agency(code="436.7.5"), make_agency(code="436.7.6")
    written_as("027/{urut}/{kode}/{tahun}")
    written_as("{urut}/BA/{bulan}/{tahun}", kind="bast")
    assert [take_number(one, NumberedPaper.ORDER, DAY) for _n in range(2)] == [
        "027/1/436.7.5/2026",
        "027/2/436.7.5/2026",
    ]
    assert take_number(one, NumberedPaper.BAST, DAY) == "1/BA/IX/2026"
    assert take_number(other, NumberedPaper.ORDER, DAY) == "027/1/436.7.6/2026"
    assert take_number(one, NumberedPaper.ORDER, date(2027, 1, 1)) == "027/1/436.7.5/2027"
    assert take_number(one, NumberedPaper.KUITANSI, DAY) == ""
    assert take_number(None, NumberedPaper.ORDER, DAY) == ""


def test_kinds_written_alike_share_one_sequence() -> None:
    agency = make_agency()
    for kind in (NumberedPaper.ORDER, NumberedPaper.BAST):
        written_as("{urut}/{kode}/{bulan}/{tahun}", kind=kind)
    days = (DAY, DAY + timedelta(days=30))
    taken = [take_number(agency, kind, day) for kind in (NumberedPaper.ORDER, NumberedPaper.BAST) for day in days]
    assert [number.split("/")[0] for number in taken] == ["1", "2", "3", "4"]


def test_a_new_form_holds_from_its_day_and_begins_where_it_says() -> None:
    agency = make_agency()
    city, later = written_as("{urut}/A/{tahun}"), DAY + timedelta(days=1)
    own = written_as("{urut}/B/{tahun}", agency=agency, first=124, valid_from=later)
    assert (
        take_number(agency, NumberedPaper.ORDER, DAY) == preview(agency, city, DAY).replace("2/A", "1/A") == "1/A/2026"
    )
    assert preview(agency, own, later) == "124/B/2026"
    assert take_number(agency, NumberedPaper.ORDER, later) == "124/B/2026"
    assert preview(agency, own, later) == "125/B/2026"
    assert take_number(make_agency(), NumberedPaper.ORDER, later) == "1/A/2026"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap_and_two_at_once_share_no_number() -> None:
    agency, taken = make_agency(code="K"), []
    written_as("{urut}/{kode}/{tahun}")

    def take(*, is_undone: bool) -> None:
        with transaction.atomic():
            found = take_number(agency, NumberedPaper.ORDER, DAY)
            transaction.set_rollback(is_undone)
        if not is_undone:
            taken.append(found)

    assert together([partial(take, is_undone=n % 4 == 3) for n in range(8)]) == {"ok": 8}
    assert sorted(taken) == [f"{n}/K/2026" for n in range(1, 7)]


def test_each_paper_of_a_purchase_bears_its_number_and_keeps_it() -> None:
    for kind in NumberedPaper.values:
        written_as(f"{{urut}}/{kind}/{{tahun}}", kind=kind)
    office = make.make_office()
    first = make.make_issued(office, goods.make_product(price=100_000))
    order = changing.amended(make.accepted(first), office.ppk, quantity=9)
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver)
    sign = {"actor": office.receiver, "delivery": delivery, "now": MONDAY + 27 * HOUR}
    with pytest.raises(RuleBroken) as refused:
        deliveries.sign_bast(office_number="7/bast/2026", **sign)
    assert refused.value.code == "number_of_sequence"
    deliveries.sign_bast(office_number="", **sign)
    delivery.refresh_from_db()
    invoice = make.invoice_of(order)
    assert make_request(office, state="submitted", now=MONDAY).office_number == "1/request/2026"
    assert [one.office_number for one in (order, order.addenda.get(), delivery, invoice)] == [
        f"1/{kind}/2026" for kind in ("order", "addendum", "bast", "kuitansi")
    ]
    assert invoice.office_number_after(1) == "1/kuitansi/2026-2"
    written_as("B/{urut}/{tahun}", agency=office.agency)
    second = make.make_issued(office, goods.make_product(price=100_000))
    first.refresh_from_db()
    assert (first.office_number, second.office_number) == ("1/order/2026", "B/1/2026")
    client = signed_in(office.ppk)
    assert "1/order/2026" in client.get(reverse("orders:order-detail", args=[first.number])).content.decode()
    found = client.get(reverse("orders:agency-orders"), {"q": "B/1/2026"}).content.decode()
    assert second.number in found
    assert first.number not in found


def test_the_admin_sees_the_next_number_before_the_form_holds() -> None:
    agency, client = make_agency(code="436.7.5"), signed_in(goods.make_staff(is_superuser=True))
    tomorrow = clock.today() + timedelta(days=1)
    sent = {
        "kind": "order", "agency": agency.pk, "first": 12, "valid_from": tomorrow.isoformat(), "source": "SK 1",
    }  # fmt: skip
    address = reverse("admin:procurement_numberform_add")
    assert client.post(address, sent | {"pattern": "027/{urut}/{hari}/{tahun}"}).status_code == 200
    assert client.post(address, sent | {"pattern": "027/{urut}/{kode}/{tahun}"}).status_code == 302
    listed = client.get(reverse("admin:procurement_numberform_changelist")).content.decode()
    assert f"027/12/436.7.5/{tomorrow.year}" in listed
