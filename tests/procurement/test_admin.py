"""Admin pages of departments: appointments through the service, budgets from a file, nothing rewritten."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from import_export.admin import ExportMixin
from openpyxl import Workbook

from epeken.core import clock
from epeken.core.web.file_import import FileImport
from procurement.agencies.models import AgencyMember
from procurement.budgets.admin import BudgetLineResource
from procurement.budgets.models import Account, BudgetLine
from tests.factories import umkm as make
from tests.factories.procurement import MONDAY, Office, make_request
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
HEAD = ["kode_opd", "tahun", "kode_sub_kegiatan", "nama_sub_kegiatan", "kode_rekening", "id_rup", "pagu"]


@pytest.fixture
def client(admin_user: Any) -> Client:
    client = Client()
    client.force_login(admin_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def row(office: Office, **over: Any) -> list[Any]:
    values = {
        "kode_opd": office.agency.code,
        "tahun": 2027,
        "kode_sub_kegiatan": "2.17.09",
        "nama_sub_kegiatan": "Rapat warga",
        "kode_rekening": Account.objects.order_by("code").first().pk,
        "id_rup": "58219999",
        "pagu": 48_000_000,
        **over,
    }
    return [values[name] for name in HEAD]


def book(*rows: list[Any]) -> SimpleUploadedFile:
    workbook = Workbook()
    for line in [HEAD, *rows]:
        workbook.active.append(line)
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile("anggaran.xlsx", out.getvalue())


PAGE = "admin:procurement_budgetline_import"
DECREE = {"decree": "DPA-9", "decree_on": "2026-01-05"}


def check(client: Client, file: SimpleUploadedFile) -> Any:
    """The first step: what the file would do."""
    return client.post(reverse(PAGE), {"file": file, **DECREE})


def upload(client: Client, file: SimpleUploadedFile) -> Any:
    """Both steps of the import page, as far as they go."""
    shown = check(client, file)
    confirm = shown.context.get("confirm")
    if confirm is None:
        return shown
    return client.post(reverse(PAGE), {name: confirm[name].value() for name in confirm.fields})


def test_a_budget_file_is_previewed_then_taken_and_twice_changes_nothing(office: Office, client: Client) -> None:
    rows = [row(office), row(office, id_rup="58220000", pagu="12.500.000")]
    shown = check(client, book(*rows))
    assert "Rp12.500.000" in shown.content.decode() and "Baru: <b>2</b>" in shown.content.decode()
    assert not BudgetLine.objects.filter(year=2027).exists()
    assert upload(client, book(*rows)).status_code == 302
    assert sorted(BudgetLine.objects.filter(year=2027).values_list("pagu", flat=True)) == [12_500_000, 48_000_000]
    again = upload(client, book(*rows))
    assert again.status_code == 422 and "Tidak ada yang berubah" in again.content.decode()
    line = BudgetLine.objects.get(rup_id="58220000")
    assert list(line.revisions.values_list("reference", "pagu_after")) == [("DPA-9", 12_500_000)]


def test_a_ceiling_as_high_as_a_slip_of_the_hand_is_asked_about(office: Office, client: Client) -> None:
    """Also where the page that asked was left out; what stays as it is asks nobody."""
    file = lambda: book(row(office, pagu=10_000_000_001))  # noqa: E731
    shown = check(client, file())
    assert 'name="sure"' in shown.text and "Rp10.000.000.001" in shown.text
    assert "cocokkan angkanya" in client.get(upload(client, file())["Location"]).text
    assert not BudgetLine.objects.filter(year=2027).exists()
    confirm = shown.context["confirm"]
    values = {name: confirm[name].value() for name in confirm.fields} | {"sure": "on"}
    assert client.post(reverse(PAGE), values).status_code == 302
    assert BudgetLine.objects.get(year=2027).pagu == 10_000_000_001
    low = [row(office, pagu=10_000_000_001), row(office, id_rup="58220000", pagu=10_000_000_000)]
    assert 'name="sure"' not in check(client, book(*low)).text


def test_what_leaves_as_csv_can_come_back(office: Office, client: Client) -> None:
    page = reverse("admin:procurement_budgetline_export")
    form = client.get(page).context["form"]
    ticks = {name: "on" for name in form.fields if name not in {"format", "resource"} and "export_items" not in name}
    out = client.post(page, {"format": "1", "resource": "0", **ticks})
    text = out.content.decode("utf-8-sig")
    assert text.split("\r\n")[0] == ";".join(HEAD)
    assert out.content.startswith(b"\xef\xbb\xbf")
    changed = text.replace("100000000", "100000001").encode("utf-8-sig")
    upload(client, SimpleUploadedFile("anggaran.csv", changed))
    assert BudgetLine.objects.get(pk=office.line.pk).pagu == 100_000_001


def test_a_wrong_row_is_named_and_nothing_is_imported(office: Office, client: Client) -> None:
    answer = upload(client, book(row(office, id_rup="58220000"), row(office, pagu="12.500,50")))
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 422 and "Baris 3" in text and "<b>pagu</b>: Tulis jumlah rupiah tanpa sen" in text
    # Counted as it is told, and not among what the file would change.
    assert "Perlu diperbaiki: <b>1</b>" in text and "Baru: <b>1</b>" in text
    assert "Jumlah baris yang terbaca <b>Rp48.000.000</b>" in text and "Jumlah berkas" not in text
    assert not BudgetLine.objects.filter(year=2027).exists()


def test_a_page_that_does_not_carry_everything_says_so(office: Office, client: Client) -> None:
    for spoilt, words in [("", "2 perubahan lain tidak ditampilkan."), ("-", "Hanya 200 yang pertama ditampilkan.")]:
        rows = [row(office, id_rup=f"5822{n:04d}", pagu=f"{spoilt}1000") for n in range(202)]
        text = " ".join(check(client, book(*rows)).content.decode().split())
        assert words in text
        assert words not in " ".join(check(client, book(*rows[:200])).content.decode().split())


def test_a_file_cannot_push_the_ceiling_below_what_is_used(office: Office, client: Client) -> None:
    make_request(office, state="submitted", now=MONDAY)
    line = office.line
    over = {
        "tahun": line.year,
        "kode_sub_kegiatan": line.activity_code,
        "nama_sub_kegiatan": line.activity_name,
        "kode_rekening": line.account_id,
        "id_rup": line.rup_id,
        "pagu": 5,
    }
    answer = upload(client, book(row(office, **over)))
    assert "Pagu paling sedikit Rp1.010.000: ditahan Rp1.010.000" in answer.content.decode()
    assert "Perlu diperbaiki: <b>1</b>" in answer.content.decode() and answer.context["preview"].listed == []
    line.refresh_from_db()
    assert line.pagu == 100_000_000


def test_a_confirmation_is_of_what_was_shown_to_this_person(office: Office, client: Client) -> None:
    """Not a list made up, and not the one that a colleague was shown."""
    confirm = check(client, book(row(office))).context["confirm"]
    body = {name: confirm[name].value() for name in confirm.fields}
    other = Client()
    other.force_login(make.make_staff(is_superuser=True), backend="allauth.account.auth_backends.AuthenticationBackend")
    for who, values in ((client, {**body, "lines": body["lines"][:-2] + "xx"}), (other, body)):
        assert who.post(reverse(PAGE), values).status_code == 302
    assert not BudgetLine.objects.filter(year=2027).exists()


def test_a_ceiling_typed_into_the_form_needs_its_decree(office: Office, client: Client) -> None:
    url = reverse("admin:procurement_budgetline_change", args=[office.line.pk])
    body = {**form_of(client, url), "pagu": "90.000.000"}
    answer = client.post(url, body)
    assert "Tulis nomor keputusannya." in answer.content.decode()
    assert client.post(url, {**body, **DECREE}).status_code == 302
    assert client.post(url, {**form_of(client, url), "activity_name": "Rapat besar"}).status_code == 302
    office.line.refresh_from_db()
    assert (office.line.pagu, office.line.activity_name) == (90_000_000, "Rapat besar")
    assert office.line.revisions.latest("pk").reference == "DPA-9"


def test_every_list_that_takes_a_file_or_gives_one_says_so(office: Office, client: Client) -> None:
    """What only an address leads to, nobody finds."""
    asked = {"import": FileImport, "export": ExportMixin}
    shown = [
        (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), act)
        for model, page in admin.site._registry.items()
        for act, kind in asked.items()
        if isinstance(page, kind)
    ]
    assert len(shown) >= 3
    for url, act in shown:
        assert f'href="{url}{act}/' in client.get(url).content.decode()


def test_an_export_is_named_by_what_it_holds(office: Office, client: Client) -> None:
    answer = client.post(reverse("admin:procurement_budgetline_export"), {"format": "0", "resource": "0"})
    assert f'filename="pagu-{clock.today()}.xlsx"' in answer["Content-Disposition"]


def test_exported_text_starts_no_formula(office: Office) -> None:
    BudgetLine.objects.filter(pk=office.line.pk).update(activity_name="=HYPERLINK(1)")
    data = BudgetLineResource().export(BudgetLine.objects.filter(pk=office.line.pk))
    assert data.dict[0]["nama_sub_kegiatan"] == "'=HYPERLINK(1)"


def test_an_appointment_is_made_and_ended_but_not_rewritten(office: Office, client: Client) -> None:
    user = make.make_user()
    data = {
        "agency": office.agency.pk,
        "user": user.pk,
        "role": "pp",
        "decree": "SK-7",
        "valid_from": "2026-01-05",
        "valid_until": "",
    }
    client.post(reverse("admin:procurement_agencymember_add"), data)
    membership = AgencyMember.objects.get(user=user)
    assert (membership.role, membership.decree) == ("pp", "SK-7")
    client.post(reverse("admin:procurement_agencymember_change", args=[membership.pk]), {**data, "role": "ppk"})
    assert client.post(reverse("admin:procurement_agencymember_delete", args=[membership.pk])).status_code == 403
    again = client.post(reverse("admin:procurement_agencymember_add"), data)
    assert again.status_code == 200
    assert "peran yang sama" in again.content.decode()
    client.post(
        reverse("admin:procurement_agencymember_changelist"),
        {"action": "end_today", "_selected_action": [membership.pk]},
    )
    membership.refresh_from_db()
    assert membership.role == "pp"
    assert membership.valid_until is not None


def appointed(client: Client, office: Office, user: Any, first: int, **over: Any) -> Any:
    """Appoints in the admin, from so many days from today on."""
    begins = (clock.today() + timedelta(days=first)).isoformat()
    data = {"agency": office.agency.pk, "user": user.pk, "role": "pp", "decree": "SK-8", "valid_from": begins}
    return client.post(reverse("admin:procurement_agencymember_add"), {**data, "valid_until": "", **over}, follow=True)


def test_an_appointment_that_has_not_begun_is_taken_back(office: Office, client: Client) -> None:
    user = make.make_user()
    appointed(client, office, user, 3)
    (row,) = AgencyMember.objects.filter(user=user)
    erase = reverse("admin:procurement_agencymember_delete", args=[row.pk])
    assert erase in client.get(reverse("admin:procurement_agencymember_change", args=[row.pk])).content.decode()
    clerk = Client()
    clerk.force_login(make.make_staff("procurement.view_agencymember"))
    assert clerk.post(erase, {"post": "yes"}).status_code == 403
    assert client.post(erase, {"post": "yes"}).status_code == 302
    assert not AgencyMember.objects.filter(user=user).exists()
    appointed(client, office, user, 0)
    (row,) = AgencyMember.objects.filter(user=user)
    erase = reverse("admin:procurement_agencymember_delete", args=[row.pk])
    assert client.post(erase, {"post": "yes"}).status_code == 403
    assert AgencyMember.objects.filter(user=user).exists()


def test_an_appointment_ends_on_a_chosen_day(office: Office, client: Client) -> None:
    user, today = make.make_user(), clock.today()
    appointed(client, office, user, -30)
    (row,) = AgencyMember.objects.filter(user=user)
    page = reverse("admin:procurement_agencymember_change", args=[row.pk])

    def end(day: str) -> Any:
        return client.post(page, {**form_of(client, page), "valid_until": day})

    assert "mulai kemarin" in end((today - timedelta(days=2)).isoformat()).content.decode()
    last = today + timedelta(days=10)
    assert end(last.isoformat()).status_code == 302
    row.refresh_from_db()
    assert row.valid_until == last
    for later in ((last + timedelta(days=1)).isoformat(), ""):
        assert "SK baru" in end(later).content.decode()
    row.refresh_from_db()
    assert row.valid_until == last


def test_whoever_appoints_reads_what_the_person_cannot_do(office: Office, client: Client) -> None:
    """Two sides in one department, a shop of their own, the inspector: told, or refused."""
    second = appointed(client, office, office.requester, 0, role="treasurer").content.decode()
    assert f"{office.requester} juga Pemesan di dinas ini." in second
    owner = make.make_user()
    shop = make.make_seller()
    make.tie(owner, shop, "member")
    told = appointed(client, office, owner, 0, role="receiver").content.decode()
    assert f"{owner} terkait dengan {shop.name}" in told
    inspector = make.make_staff("procurement.inspect_all")
    assert "memeriksa belanja semua dinas" in appointed(client, office, inspector, 0).content.decode()
    assert not AgencyMember.objects.filter(user=inspector).exists()


def test_rooms_open(office: Office, client: Client) -> None:
    request = make_request(office, state="submitted", now=MONDAY)
    for name in ("agency", "agencymember", "account", "budgetline", "purchaserequest"):
        assert client.get(reverse(f"admin:procurement_{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:procurement_purchaserequest_change", args=[request.pk])).status_code == 200
    assert client.get(reverse("admin:procurement_budgetline_change", args=[office.line.pk])).status_code == 200


@pytest.mark.parametrize("text", ["%s%n%d", "2026-02-30", "a" * 5000, "9" * 40])
@pytest.mark.parametrize(
    ("page", "field"), [("agencymember", "user"), ("agencymember", "agency"), ("budgetline", "agency")]
)
def test_an_id_that_is_none_comes_back_as_a_form(
    office: Office, client: Client, page: str, field: str, text: str
) -> None:
    answer = client.post(reverse(f"admin:procurement_{page}_add"), {field: text})
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors


@pytest.mark.parametrize("year", ["999999999999999", "9" * 40, "abc"])
def test_a_year_no_calendar_holds_is_no_condition(client: Client, year: str) -> None:
    assert client.get(reverse("admin:core_holiday_changelist"), {"day__year": year}).status_code == 302


GROWING = """<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>"""
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Rapat warga</t></si></sst>'
STRINGS_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def rewritten(file: SimpleUploadedFile, changes: dict[str, Any]) -> SimpleUploadedFile:
    """The book with the text of these parts changed; a part that is not there begins empty."""
    out = BytesIO()
    with ZipFile(file) as good, ZipFile(out, "w") as made:
        parts = {name: good.read(name).decode() for name in good.namelist()}
        for name, text in {**dict.fromkeys(changes, ""), **parts}.items():
            made.writestr(name, changes.get(name, str)(text))
    return SimpleUploadedFile("anggaran.xlsx", out.getvalue())


def strings_apart(file: SimpleUploadedFile) -> SimpleUploadedFile:
    """The way Excel writes: the words of a sheet in a part of their own."""
    inline, apart = 't="inlineStr"><is><t>Rapat warga</t></is>', 't="s"><v>0</v>'
    return rewritten(
        file,
        {
            "xl/worksheets/sheet1.xml": lambda text: text.replace(inline, apart),
            "xl/sharedStrings.xml": lambda text: STRINGS,
            "[Content_Types].xml": lambda text: text.replace("</Types>", STRINGS_TYPE),
        },
    )


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("declared", ["", GROWING, OUTSIDE])
def test_a_spreadsheet_that_declares_entities_is_refused(
    office: Office, client: Client, part: str, declared: str
) -> None:
    """Small entities that grow to gigabytes, or the text of a server's file in a cell. Without them it is taken."""
    good = book(row(office))
    file = strings_apart(good) if "Strings" in part else good
    entity = "&b;" if declared else "warga"
    answer = upload(
        client, rewritten(file, {part: lambda text: declared + text.replace("Rapat warga", f"Rapat {entity}")})
    )
    if declared:
        assert answer.status_code == 422 and "rusak" in str(answer.context["form"].errors)
        assert not BudgetLine.objects.filter(year=2027).exists()
    else:
        assert BudgetLine.objects.get(year=2027).activity_name == "Rapat warga"
