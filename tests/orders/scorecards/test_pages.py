"""Who reads which scorecard, that each figure opens its rows, and how many questions the pages ask."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from epeken.core import clock
from epeken.users.models import User
from orders.orders.models import Order
from orders.scorecards import pages
from procurement.agencies.models import AgencyMember
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import Office
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.oversight.test_lists import body
from tests.orders.scorecards.test_figures import paid
from tests.statements import statements_of

pytestmark = pytest.mark.django_db
CARD, COMPARED = "orders:scorecard", "orders:scorecard-comparison"


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
@kept
def inspector() -> User:
    return goods.make_staff("procurement.inspect_all")


def cases(code: str) -> str:
    return reverse("orders:scorecard-cases", args=[code])


def card(person: User, **query: Any) -> Any:
    return signed_in(person).get(reverse(CARD), {"tahun": 2026, "triwulan": 3, **query})


def test_a_head_reads_their_own_department_and_no_other(office: Office) -> None:
    other = make.make_office()
    paid(office, date(2026, 9, 9))
    paid(other, date(2026, 9, 14))
    head = make.head_of(office)
    queries: list[dict[str, Any]] = [{}, {"dinas": other.agency.pk}]
    for query in queries:
        answer = card(head, **query)
        assert answer.context["agency"] == office.agency
        assert other.agency.short_name not in answer.content.decode()
        page = signed_in(head).get(cases("tepat-waktu"), {"tahun": 2026, **query}).content.decode()
        assert [number in page for number in Order.objects.order_by("pk").values_list("number", flat=True)] == [
            True, False,
        ]  # fmt: skip
    assert signed_in(head).get(reverse(COMPARED)).status_code == 403


def test_nobody_else_reads_one(office: Office, inspector: User) -> None:
    outsiders = [
        office.requester,
        office.ppk,
        office.treasurer,
        goods.make_user(),
        goods.make_staff("umkm.verify_seller"),
    ]
    for person in outsiders:
        for address in (reverse(CARD), cases("tepat-waktu"), cases("tidak-ada"), reverse(COMPARED)):
            assert signed_in(person).get(address).status_code == 403
    head = make.head_of(office)
    AgencyMember.objects.filter(user=head).update(valid_until=clock.today() - date.resolution)
    assert card(head).status_code == 403
    assert signed_in(inspector).get(cases("tidak-ada")).status_code == 404


def test_who_heads_two_departments_chooses(office: Office) -> None:
    other, head = make.make_office(), make.head_of(office)
    make.membership(other.agency, head, OfficerRole.HEAD)
    assert card(head).context["agency"] == office.agency
    assert card(head, dinas=other.agency.pk).context["agency"] == other.agency


def test_each_figure_says_its_definition_and_opens_its_rows(office: Office, inspector: User) -> None:
    paid(office, date(2026, 9, 14))
    for person in (make.head_of(office), inspector):
        answer = card(person, dinas=office.agency.pk)
        rows = [row for section in answer.context["sections"] for row in section.rows]
        assert [row["label"] for row in rows] == [figure.label for figure in pages.FIGURES.values()]
        page = answer.content.decode()
        browser = signed_in(person)
        for row in rows:
            assert str(row["note"]).split(":")[0].split("%")[0] in page
            if row["value"] != pages.NONE:
                shown = browser.get(row["href"])
                assert (row["href"], shown.status_code) == (row["href"], 200)
                assert shown.context["agency"] == office.agency
    head, row = csv_of(inspector, cases("bayar-separuh"), dinas=office.agency.pk, tahun=2026)
    assert dict(zip(head, row, strict=True))["Nilai"] == "4"


def csv_of(person: User, address: str, **query: Any) -> list[list[str]]:
    answer = signed_in(person).get(address, {"unduh": "csv", **query})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig")), delimiter=";"))


def test_all_departments_side_by_side_as_each_card_says(office: Office, inspector: User) -> None:
    slow, idle = make.make_office(), make.make_office()
    paid(office, date(2026, 9, 9))
    paid(slow, date(2026, 9, 14))
    mine = {one.agency.short_name for one in (office, slow, idle)}
    found = {}
    for asked in ("bayar-separuh", "-bayar-separuh"):
        answer = signed_in(inspector).get(reverse(COMPARED), {"tahun": 2026, "triwulan": 3, "urut": asked})
        rows = [[cell["text"] for cell in row["cells"]] for row in answer.context["rows"]]
        found[asked] = [row[0] for row in rows if row[0] in mine]
    names = [one.agency.short_name for one in (office, slow, idle)]
    assert found == {"bayar-separuh": names, "-bayar-separuh": [names[1], names[0], names[2]]}
    head, *lines = csv_of(inspector, reverse(COMPARED), tahun=2026, triwulan=3)
    by_name = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    on_card = [row for section in card(inspector, dinas=slow.agency.pk).context["sections"] for row in section.rows]
    assert {str(row["label"]): row["value"] != pages.NONE for row in on_card} == {
        label: bool(text) for label, text in by_name[names[1]].items() if label not in ("Dinas", "Masa")
    }
    answer = signed_in(inspector).get(reverse(COMPARED), {"tahun": 2026, "unduh": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == len(lines) + 1
    # Numbers a sheet can sort and add; a part of a whole is shown as a percentage.
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=3) for cell in row if cell.value is not None]
    assert {type(cell.value) for cell in cells} <= {int, float} and "0.0%" in {cell.number_format for cell in cells}


@pytest.mark.parametrize("part", [family.code for family in pages.FAMILIES])
def test_each_part_of_the_table_opens(inspector: User, part: str) -> None:
    answer = signed_in(inspector).get(reverse(COMPARED), {"bagian": part})
    assert answer.context["family"].code == part


def test_as_many_questions_for_many_departments_as_for_one(office: Office, inspector: User) -> None:
    browser, address = signed_in(inspector), f"{reverse(COMPARED)}?tahun=2026&unduh=csv"
    paid(office, date(2026, 9, 9))
    browser.get(address)
    _answer, few = statements_of(browser, address)
    for _n in range(3):
        paid(make.make_office(), date(2026, 9, 9))
    _answer, many = statements_of(browser, address)
    assert many.count == few.count <= 30
    rows = f"{cases('bayar-separuh')}?tahun=2026&dinas={office.agency.pk}"
    _answer, few = statements_of(browser, rows)
    for _n in range(3):
        paid(office, date(2026, 9, 10))
    _answer, many = statements_of(browser, rows)
    assert many.count == few.count <= 30
