"""Budget files as office programs write them: what is read, what is refused where, and what a decree then changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from procurement.budgets import ceilings, imports, services
from procurement.budgets.ceilings import WantedLine
from procurement.budgets.models import Account, BudgetLine, CeilingRevision
from tests.factories import umkm as make
from tests.factories.procurement import DAY, MONDAY, Office, make_agency, make_request
from tests.orders.books import refused

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "data" / "budgets"
HEAD = "kode_opd;tahun;kode_sub_kegiatan;nama_sub_kegiatan;kode_rekening;id_rup;pagu"
MEETING, GUESTS = "5.1.02.01.01.0052", "5.1.02.01.01.0053"
ONE = 48_000_000
MERGED = [("1.23.09.2.02.0004", MEETING, "91000004", ONE), ("1.23.09.2.02.0004", GUESTS, "91000005", 2_000_000)]
# By file: what is read (sub-activity, account, RUP id, ceiling), or what is told (row, column, part of the sentence).
CASES: dict[str, Any] = {
    **{
        f"{name}.csv": [("1.23.09.2.01.0001", MEETING, f"900000{number:02d}", ONE)]
        for number, name in enumerate(
            [
                "a_plain", "b_semicolon", "c_bom", "d_semicolon_bom", "e_cp1252", "f_utf16", "g_rp", "h_cents",
                "i_spaces", "j_upper",
            ],
            start=1,
        )
    },
    "k_blank_rows.csv": [
        ("1.23.09.2.01.0001", MEETING, "90000011", ONE), ("1.23.09.2.01.0001", MEETING, "90000012", 1_000_000),
    ],
    "l_tab.csv": [("1.23.09.2.01.0001", MEETING, "90000013", ONE)],
    "m_total_row.csv": [("1.23.09.2.01.0001", MEETING, "90000014", ONE)],
    "n_dup.csv": (3, "", "Baris 2 dan 3"),
    "o_trailing_dot.csv": [("1.23.09.2.01.0001", MEETING, "90000016", ONE)],
    "p_numbers.xlsx": [("1.23.09.2.02.0001", MEETING, "91000001", ONE)],
    "q_leading_zero_text.xlsx": [("1.23.09.2.02.0002", MEETING, "00123456", ONE)],
    "r_leading_zero_format.xlsx": [("1.23.09.2.02.0003", MEETING, "00123456", ONE)],
    "s_title_merged.xlsx": MERGED,
    "t_merged_body.xlsx": [
        ("1.23.09.2.02.0005", MEETING, "91000006", ONE), ("1.23.09.2.02.0005", GUESTS, "91000007", 2_000_000),
    ],
    "u_formula.xlsx": (2, "pagu", "belum dihitung"),
    "v_fraction.xlsx": (2, "pagu", "tanpa sen"),
    "w_second_sheet.xlsx": [("1.23.09.2.02.0008", MEETING, "91000010", ONE)],
    "x_code_became_date.xlsx": (2, "kode_opd", "tanggal"),
    "y_text_numbers.xlsx": [("1.23.09.2.02.0010", MEETING, "91000012", ONE)],
    "z_nbsp.xlsx": [("1.23.09.2.02.0011", MEETING, "91000013", ONE)],
    "zz_formatted_empty_rows.xlsx": [("1.23.09.2.02.0012", MEETING, "91000014", ONE)],
}  # fmt: skip


@pytest.fixture(scope="module")
def agency(module_transaction: None) -> Any:
    return make_agency(code="1.23.01")


@pytest.fixture(scope="module")
def office(module_transaction: None) -> Office:
    return Office()


@pytest.fixture(scope="module")
def planner(module_transaction: None) -> Any:
    return make.make_staff(is_superuser=True)


@pytest.fixture(autouse=True)
def _django_db_helper(agency: Any, office: Office, planner: Any, savepoint: None) -> None:
    """Each test writes on top of the module's rows."""
    office.line.refresh_from_db()


def csv_of(*rows: str) -> bytes:
    return "\r\n".join([HEAD, *rows]).encode()


def told(read: imports.BudgetFile) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.text) for problem in read.problems]


def book_of(*rows: list[Any], sheets: int = 1) -> bytes:
    book = Workbook()
    for number in range(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"Lembar{number}")
        for row in [HEAD.split(";"), *rows]:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_case_has_its_expectation() -> None:
    assert {path.name for path in FILES.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_read_or_refused_by_row_and_column(agency: Any, name: str) -> None:
    read = imports.read_budget((FILES / name).read_bytes())
    if isinstance(CASES[name], list):
        found = [(line.activity_code, line.account_id, line.rup_id, line.pagu) for line in read.wanted]
        assert (found, read.problems) == (CASES[name], [])
        assert {(line.agency_id, line.year) for line in read.wanted} == {(agency.pk, 2026)}
    else:
        row, column, words = CASES[name]
        [(found_row, found_column, text)] = told(read)
        assert (found_row, found_column) == (row, column) and words in text


def test_letters_survive_every_encoding(agency: Any) -> None:
    read = imports.read_budget((FILES / "e_cp1252.csv").read_bytes())
    assert read.wanted[0].activity_name == "Belanja café – rapat"


def test_a_sum_is_told_as_left_out(agency: Any) -> None:
    assert imports.read_budget((FILES / "m_total_row.csv").read_bytes()).skipped == [(3, "JUMLAH · 48000000")]


ROW = "1.23.01;2026;1.01;Rapat;5.1.02.01.01.0052;77;"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (ROW + "12.500,50", "pagu", "27.500. (12.500,50)"),
        (ROW + "-1", "pagu", "Paling sedikit"),
        (ROW, "pagu", "kosong"),
        (ROW + "1E+08", "pagu", "dipersingkat"),
        (ROW.replace("77", "9,1E+07") + "1", "id_rup", "dipersingkat"),
        (ROW.replace("1.23.01", "9.9") + "1", "kode_opd", "Tidak ada dinas dengan kode 9.9"),
        (ROW.replace("0052", "9999") + "1", "kode_rekening", "Tidak ada rekening"),
        (ROW.replace("2026", "26") + "1", "tahun", "bukan tahun"),
        (ROW.replace("77", "") + "1", "id_rup", "kosong"),
        (ROW.replace("77", "7" * 21) + "1", "id_rup", "Terlalu panjang"),
        (ROW.replace("Rapat", "%s%(x)d") + "x", "pagu", "tanpa sen"),
        (ROW + "48;000;000", "pagu", "lebih banyak kolom"),
    ],
)
def test_a_wrong_cell_is_named(agency: Any, row: str, column: str, words: str) -> None:
    read = imports.read_budget(csv_of(row))
    [(number, found, text)] = told(read)
    assert (number, found) == (2, column) and words in text and read.wanted == []


@pytest.mark.parametrize("text", ["48.000.000,00", "48000000,00", "Rp48.000.000,00", "48.000.000,-"])
def test_an_amount_whose_cents_are_none_is_read(agency: Any, text: str) -> None:
    """Budget programs print every amount with two digits of cents: nothing is rounded when they are 00."""
    read = imports.read_budget(csv_of(ROW + text))
    assert [line.pagu for line in read.wanted] == [ONE] and read.problems == []


@pytest.mark.parametrize("text", ["48.000.000,50", "48.000.000,01", "48,000,000.00", "48.000.000.00", "48.000,000"])
def test_an_amount_with_cents_or_in_another_notation_is_refused(agency: Any, text: str) -> None:
    [(_number, column, words)] = told(read := imports.read_budget(csv_of(ROW + text)))
    assert column == "pagu" and "tanpa sen" in words and text in words and read.wanted == []


def test_an_amount_merged_over_rows_is_not_counted_twice(agency: Any) -> None:
    book = Workbook()
    sheet = book.active
    for row in [
        HEAD.split(";"),
        ["1.23.01", 2026, "1.01", "Rapat", MEETING, "1", 9],
        ["1.23.01", 2026, "1.01", "Rapat", MEETING, "2", None],
    ]:
        sheet.append(row)
    sheet.merge_cells("G2:G3")
    out = BytesIO()
    book.save(out)
    read = imports.read_budget(out.getvalue())
    assert [(row, column) for row, column, _text in told(read)] == [(2, "pagu"), (3, "pagu")]


def _refusals() -> Iterator[tuple[str, bytes, str]]:
    good = ["1.23.01", 2026, "1.01", "Rapat", MEETING, "1", 9]
    yield "no head", b"a;b\r\n1;2", "table_head"
    yield "nothing", b"", "table_head"
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "table_unreadable"
    yield "a broken book", b"PK\x03\x04" + b"x" * 50, "table_unreadable"
    yield "two sheets of data", book_of(good, sheets=2), "table_sheets"
    yield "too large", b"x" * (2 * 1024 * 1024 + 1), "table_too_large"
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        parts.writestr("notes.txt", "x")
    yield "a book of something else", out.getvalue(), "table_unreadable"


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in _refusals()], ids=[row[0] for row in _refusals()])
def test_what_is_no_table_is_refused_in_words(data: bytes, code: str) -> None:
    refused(DomainError, lambda: imports.read_budget(data), code)


def test_a_head_that_lacks_a_column_says_which() -> None:
    data = csv_of(ROW + "1").replace(b"id_rup", b"rup").replace(b";pagu", b";jumlah")
    error = refused(RuleBroken, lambda: imports.read_budget(data), "table_head")
    assert "id_rup, pagu" in error.message


# --- What a decree changes ----------------------------------------------------------------------------------------


def row_of(line: BudgetLine, **over: Any) -> WantedLine:
    values = {
        "row": 2, "agency_id": line.agency_id, "year": line.year, "activity_code": line.activity_code,
        "activity_name": line.activity_name, "account_id": line.account_id, "rup_id": line.rup_id, "pagu": line.pagu,
    }  # fmt: skip
    return WantedLine(**{**values, **over})


def take(planner: Any, wanted: list[WantedLine], **over: Any) -> Any:
    values = {"decree": "DPPA-2", "decree_on": date(2026, 8, 1), "now": MONDAY, **over}
    return services.take_ceilings(actor=planner, wanted=wanted, **values)


def test_a_decree_adds_raises_lowers_and_keeps_history(office: Office, planner: Any) -> None:
    line = office.line
    new = row_of(line, rup_id="99", pagu=5)
    assert [change.kind for change in take(planner, [row_of(line, pagu=120_000_000), new])] == ["raised", "new"]
    assert [change.kind for change in take(planner, [row_of(line, pagu=90_000_000), new])] == ["lowered", "same"]
    line.refresh_from_db()
    assert line.pagu == 90_000_000
    kept = list(line.revisions.values_list("reference", "pagu_delta", "pagu_after", "actor"))
    assert kept == [
        ("DPA-1", 100_000_000, 100_000_000, None),
        ("DPPA-2", 20_000_000, 120_000_000, planner.pk),
        ("DPPA-2", -30_000_000, 90_000_000, planner.pk),
    ]


def test_the_same_file_twice_changes_nothing(office: Office, planner: Any) -> None:
    for _time in range(2):
        take(planner, [row_of(office.line, pagu=7_000_000)])
    assert office.line.revisions.count() == 2


@pytest.mark.parametrize(("pagu", "fits"), [(1_010_000, True), (1_009_999, False)])
def test_a_ceiling_falls_to_what_is_used_and_no_further(office: Office, planner: Any, pagu: int, fits: bool) -> None:
    """One refused row and nothing of the file is taken."""
    make_request(office, state="submitted", now=MONDAY)  # goods for Rp1.000.000, brought for Rp10.000
    line = BudgetLine.objects.get(pk=office.line.pk)
    wanted = [row_of(line, rup_id="99", pagu=5), row_of(line, pagu=pagu)]
    if fits:
        take(planner, wanted)
    else:
        error = refused(RuleBroken, lambda: take(planner, wanted), "ceiling_refused")
        assert "paling sedikit Rp1.010.000: ditahan Rp1.010.000, dipesan Rp0, dibayar Rp0" in error.message
    line.refresh_from_db()
    assert (line.pagu, BudgetLine.objects.filter(rup_id="99").exists()) == (pagu if fits else 100_000_000, fits)


def test_an_older_decree_does_not_undo_a_newer_one(office: Office, planner: Any) -> None:
    take(planner, [row_of(office.line, pagu=120_000_000)])
    old = {"decree": "DPPA-0", "decree_on": date(2026, 7, 31)}
    office.line.refresh_from_db()
    error = refused(RuleBroken, lambda: take(planner, [row_of(office.line, pagu=100)], **old), "ceiling_refused")
    assert "DPPA-2 tanggal 1 Agustus 2026" in error.message
    assert [change.kind for change in take(planner, [row_of(office.line)], **old)] == ["same"]


@pytest.mark.parametrize(
    ("over", "code"),
    [({"decree": " "}, "decree_missing"), ({"decree_on": date(2026, 9, 8)}, "decree_later")],
)
def test_a_decree_has_a_number_and_a_day(office: Office, planner: Any, over: dict[str, Any], code: str) -> None:
    refused(RuleBroken, lambda: take(planner, [row_of(office.line, pagu=7)], **over), code)
    assert office.line.revisions.count() == 1


def test_one_decree_has_one_day(office: Office, planner: Any) -> None:
    """Of one department; another one's decree may bear the same number."""
    take(planner, [row_of(office.line, pagu=120_000_000)])
    other = {"decree": "dppa-2", "decree_on": date(2026, 8, 2)}
    error = refused(RuleBroken, lambda: take(planner, [row_of(office.line, pagu=130_000_000)], **other), "decree_dated")
    assert "1 Agustus 2026" in error.message
    assert [change.kind for change in take(planner, [row_of(Office().line, pagu=110_000_000)], **other)] == ["raised"]


def test_only_who_keeps_budgets_sets_ceilings(office: Office) -> None:
    for actor in (office.head, office.treasurer, make.make_staff()):
        refused(NotAllowed, lambda actor=actor: take(actor, [row_of(office.line, pagu=7)]))
        refused(
            NotAllowed,
            lambda actor=actor: services.revise_ceiling(
                actor=actor, line=office.line, pagu=7, decree="X", decree_on=date(2026, 9, 1), now=MONDAY
            ),
        )
    assert office.line.revisions.count() == 1


def test_what_the_preview_did_not_show_is_not_taken(office: Office, planner: Any) -> None:
    wanted = [row_of(office.line, pagu=120_000_000)]
    seen = ceilings.shown(ceilings.plan(wanted, ceilings.lines_for(wanted), date(2026, 8, 1)))
    take(planner, [replace(wanted[0], pagu=110_000_000)], decree="DPPA-1")
    refused(RuleBroken, lambda: take(planner, wanted, shown=seen), "ceilings_changed")
    office.line.refresh_from_db()
    assert office.line.pagu == 110_000_000


def test_a_ceiling_moves_only_with_a_decree(office: Office) -> None:
    """Whatever writes past the service."""
    from django.db import IntegrityError, connection, transaction

    with pytest.raises(IntegrityError, match="without an entry"), transaction.atomic():
        BudgetLine.objects.filter(pk=office.line.pk).update(pagu=1)
        connection.check_constraints()


def test_left_after_an_entry_is_of_the_ceiling_of_its_day(office: Office, planner: Any) -> None:
    from procurement.budgets import pages

    make_request(office, state="submitted", now=MONDAY)
    line = BudgetLine.objects.get(pk=office.line.pk)
    take(planner, [row_of(line, pagu=200_000_000)], now=MONDAY + DAY)
    services.release(line=line, amount=400_000, reference="PM-1", actor=None, now=MONDAY + 2 * DAY)
    assert [entry.left_after for entry in pages.ledger(line)] == [199_390_000, 98_990_000]
    assert CeilingRevision.objects.filter(line=line).count() == 2


def test_the_ledger_is_read_in_the_order_of_the_acts(office: Office, planner: Any) -> None:
    """An act recorded afterwards stands where its time is, and what was left follows from row to row."""
    from procurement.budgets import pages

    make_request(office, state="submitted", now=MONDAY)
    line = BudgetLine.objects.get(pk=office.line.pk)
    for day, amount in ((3, 300_000), (1, 100_000), (2, 200_000)):
        services.release(line=line, amount=amount, reference=f"PM-{day}", actor=None, now=MONDAY + day * DAY)
    entries = list(pages.ledger(line))
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert [entry.left_after for entry in entries] == [99_590_000, 99_290_000, 99_090_000, 98_990_000]
    for later, earlier in pairwise(entries):
        assert later.left_after == earlier.left_after - later.reserved_delta
    released = pages.ledger(line).filter(kind="release")
    assert [entry.left_after for entry in released] == [99_590_000, 99_290_000, 99_090_000]


def test_accounts_of_the_cases_exist() -> None:
    assert Account.objects.filter(code__in=[MEETING, GUESTS]).count() == 2
