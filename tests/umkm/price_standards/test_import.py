"""A decree's list as office programs write it; taken whole or not at all."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.users.models import User
from tests.factories import umkm as make
from tests.factories.standards import make_standard
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import refused
from umkm.price_standards import imports, services
from umkm.price_standards.models import PriceDecree, StandardPrice

pytestmark = pytest.mark.django_db
HEAD = "kode_barang;nama_barang;kode_rekening;satuan;harga\n"
DAY = date(2026, 9, 7)
NOW = clock.start_of(DAY) + timedelta(hours=9)


def read(*rows: str) -> imports.PriceFile:
    return imports.read_prices((HEAD + "\n".join(rows)).encode())


@pytest.fixture
@kept
def admin() -> User:
    return make.make_staff("umkm.add_pricedecree", "umkm.view_pricedecree")


def take(actor: User, wanted: list[imports.WantedPrice], **over: Any) -> PriceDecree:
    values = {"decree": "188.45/1/2026", "decree_on": DAY, "valid_from": DAY, "now": NOW, **over}
    return services.take_decree(actor=actor, wanted=wanted, **values)


def test_rows_are_read_and_units_are_the_markets() -> None:
    found = read(
        "1.01;Nasi kotak rapat;5.1.02.01.01.0052;Kotak;Rp 35.000", "1.02;Pulpen;;Lusin;36000", ";Jumlah;;;71000"
    )
    assert found.problems == []
    assert [number for number, _text in found.skipped] == [4]
    box, pen = (line.standard() for line in found.wanted)
    assert (box.code, box.unit, box.per_unit, box.account) == ("1.01", "box", 35_000, "5.1.02.01.01.0052")
    assert (pen.unit, pen.per_unit, pen.price) == ("pcs", 3_000, 36_000)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1.01;Nasi;;Kotak;0", "harga"),
        ("1.01;Nasi;;Kotak;tiga puluh", "harga"),
        ("1.01;Nasi;;Kotak;1.000,50", "harga"),
        ("1.01;Nasi;;;1000", "satuan"),
        ("1.01;;;Kotak;1000", "nama_barang"),
        (";Nasi;;Kotak;1000", "kode_barang"),
        (f"{'1' * 41};Nasi;;Kotak;1000", "kode_barang"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(row: str, column: str) -> None:
    found = read("9.99;Baik;;Buah;1000", row)
    assert [(problem.row, problem.column) for problem in found.problems] == [(3, column)]


def test_one_code_with_two_prices_names_both_rows() -> None:
    (problem,) = read("1.01;A;;Buah;1000", "1.02;B;;Buah;1000", "1.01;A;;Buah;2000").problems
    assert problem.row == 4
    assert "Baris 2 dan 4" in problem.text


def test_a_unit_that_is_none_is_kept_and_not_compared() -> None:
    found = imports.preview(read("1.01;Narasumber;;Orang/Jam;900000"), DAY)
    assert found.can_take
    assert [number for _label, number in found.counts] == [1, 0, 1]
    assert found.read.wanted[0].standard().unit == ""


def test_a_decree_is_taken_whole_and_once(admin: User) -> None:
    wanted = read("1.01;A;;Buah;1000", "1.02;B;;Buah;2000").wanted
    made = take(admin, wanted)
    assert set(made.prices.values_list("code", "price")) == {("1.01", 1_000), ("1.02", 2_000)}
    refused(RuleBroken, lambda: take(admin, wanted), "decree_twice")
    assert (PriceDecree.objects.count(), StandardPrice.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"decree": " "}, "decree_missing"),
        ({"decree_on": DAY + timedelta(days=1), "valid_from": DAY + timedelta(days=1)}, "decree_later"),
        ({"valid_from": DAY - timedelta(days=1)}, "decree_backdated"),
        ({"shown": "lain"}, "standards_changed"),
    ],
)
def test_a_decree_that_cannot_be(admin: User, over: dict[str, Any], code: str) -> None:
    refused(RuleBroken, lambda: take(admin, read("1.01;A;;Buah;1000").wanted, **over), code)
    assert not PriceDecree.objects.exists()


def test_only_who_keeps_the_standard_takes_one() -> None:
    stranger = make.make_staff("umkm.curate_product")
    refused(NotAllowed, lambda: take(stranger, read("1.01;A;;Buah;1000").wanted))


def test_the_page_shows_first_and_takes_what_it_showed(admin: User) -> None:
    make_standard(None, 900, code="1.01")
    client = signed_in(admin)
    page = reverse("admin:umkm_pricedecree_import")
    file = SimpleUploadedFile("ssh.csv", (HEAD + "1.01;Nasi kotak;;Kotak;1000\n1.02;Jasa;;OJ;500").encode())
    today = clock.today().isoformat()
    typed = {"decree": "188.45/7", "decree_on": today, "valid_from": today}
    shown = client.post(page, {**typed, "file": file})
    text = " ".join(shown.text.split())
    assert (shown.status_code, PriceDecree.objects.count()) == (200, 1)
    for words in ("Rp900", "Rp1.000", "tidak dibandingkan", "Baru: <b>1</b>", "Berubah: <b>1</b>"):
        assert words in text
    hidden = {name: shown.context["confirm"][name].value() for name in shown.context["confirm"].fields}
    assert signed_in(make.make_staff("umkm.curate_product")).post(page, hidden).status_code == 403
    broken = client.post(page, {**hidden, "lines": hidden["lines"][:-2]}, follow=True)
    assert "kedaluwarsa" in broken.text
    done = client.post(page, hidden)
    made = PriceDecree.objects.get(number="188.45/7")
    assert done["Location"] == reverse("admin:umkm_pricedecree_change", args=[made.pk])
    assert made.prices.count() == 2
    assert client.post(page, hidden).status_code == 422

    def told(content: str, **over: str) -> str:
        file = SimpleUploadedFile("x.csv", content.encode())
        answer = client.post(page, {**typed, "decree": "188.45/8", "file": file, **over})
        assert (answer.status_code, answer.context.get("confirm")) == (422, None)
        return str(answer.text)

    assert "Baris 2" in told(HEAD + "1;A;;Buah;x")
    later = (clock.today() + timedelta(days=300)).isoformat()
    good = HEAD + "1.01;A;;Buah;1000"
    assert "Keputusan 188.45/7 sudah diimpor" in told(good, decree="188.45/7"), "before anything is shown as taken"
    assert "Tanggal keputusan belum tiba" in told(good, decree_on=later, valid_from=later)
    assert "Berkas ini PDF" in told("%PDF-1.7")


def test_a_price_told_in_another_unit_has_not_changed() -> None:
    make_standard(None, 1_000, code="1.01")
    found = imports.preview(read("1.01;Pulpen;;Lusin;12000", "1.02;Map;;Buah;500"), DAY)
    assert [number for _label, number in found.counts] == [1, 0, 0]
    assert [row["wanted"].code for row in found.rows] == ["1.02", "1.01"]
