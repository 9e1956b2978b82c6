"""A file of goods: read, shown, done and taken back."""

import io
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from epeken.core import clock, jobs
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.models import Job, Upload
from epeken.users.models import User
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.goods import noted
from tests.umkm.imports.files import GOODS, archive, csv, done, picture, problems, taken_back, uploaded, xlsx
from tests.worker import run_due_jobs
from umkm.catalogue import rules as catalogue_rules
from umkm.catalogue.models import Category, ChangeProposal, PriceChange, Product
from umkm.catalogue.services import price_returns, products
from umkm.catalogue.states import ProductState
from umkm.imports import loop, rules, services
from umkm.imports.states import ImportState, RowOutcome, RowPlan
from umkm.stock.services import take_stock
from umkm.variants.models import ProductGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def shop() -> Any:
    return goods.make_seller(kind="umkm")


@pytest.fixture(autouse=True)
def _category() -> None:
    if not Category.objects.filter(slug="alat-tulis").exists():
        goods.make_category(slug="alat-tulis", name="Alat tulis uji")


def row(name: str, **over: str) -> dict[str, str]:
    return {"nama": name, **GOODS, **over}


def owner(shop: Any) -> Any:
    return shop.members.get().user


def test_nothing_is_saved_before_the_shop_confirms(shop: Any) -> None:
    known = goods.make_product(shop, price=20_000, category=Category.objects.get(slug="alat-tulis"))
    one = uploaded(
        shop,
        csv(
            row("Buku tulis"),
            row("", satuan="kg", nomor=str(known.pk)),
            row("Map", harga="12,5"),
            row("Pena", halal="mungkin"),
        ),
    )
    assert one.state == ImportState.CHECKED
    assert list(one.rows.values_list("number", "plan")) == [
        (2, RowPlan.CREATE), (3, RowPlan.WRONG), (4, RowPlan.WRONG), (5, RowPlan.WRONG),
    ]  # fmt: skip
    assert problems(one) == [(3, "satuan"), (4, "harga"), (5, "halal")]
    assert Product.objects.filter(seller=shop).count() == 1
    page = signed_in(owner(shop)).get(reverse("umkm:import-detail", args=[one.pk])).content.decode()
    assert "Belum ada yang disimpan" in page and "Tulis jumlah rupiah tanpa sen" in page


def test_a_row_with_a_number_changes_only_its_filled_cells(shop: Any) -> None:
    product = goods.make_product(
        shop, state="draft", price=20_000, description="Isi 40", category=Category.objects.get(slug="alat-tulis")
    )
    one = done(shop, csv({"nomor": str(product.pk), "harga": "26.500"}, {"nomor": "", "harga": "1.000"}))
    assert problems(one) == [(3, "nama"), (3, "kategori")]
    before = products.current_values(product)
    product.refresh_from_db()
    assert products.current_values(product) == before | {"price": 26_500}
    # Neither name, category nor price: the number alone says which goods the row is about.
    done(shop, csv({"nomor": str(product.pk), "keterangan": "-", "nama": "", "kategori": "", "harga": ""}))
    product.refresh_from_db()
    assert (product.description, product.price) == ("", 26_500)
    for cell, hour in {"15.00": time(15), "-": None}.items():
        done(shop, csv({"nomor": str(product.pk), "jam_batas_pesan": cell, "nama": "", "kategori": "", "harga": ""}))
        product.refresh_from_db()
        assert product.order_until == hour


def test_a_file_with_nothing_to_run_is_in_nobodys_way(shop: Any) -> None:
    one = uploaded(shop, csv(row("Buku", kategori="tidak ada"), {"satuan": "kg"}))
    assert one.state == ImportState.EMPTY
    assert problems(one) == [(2, "kategori"), (3, "")]
    page = signed_in(owner(shop)).get(reverse("umkm:import-detail", args=[one.pk])).content.decode()
    assert "Unggah berkas yang diperbaiki" in page and "Jalankan impor" not in page and "Batalkan impor" not in page
    assert not Upload.objects.filter(name__startswith="goods-imports/").exists()
    assert uploaded(shop, csv(row("Buku"))).state == ImportState.CHECKED


def test_numbers_are_read_as_indonesians_write_them_and_ambiguous_ones_are_asked(shop: Any) -> None:
    kg = {"satuan": "kg", "kelipatan": "0,5"}
    one = done(
        shop, csv(row("Lem", tambah_stok="1.000"), row("Cat", tambah_stok="1,5", **kg), row("A", tambah_stok="1,000"))
    )
    assert problems(one) == [(4, "tambah_stok")]
    assert dict(Product.objects.filter(seller=shop).values_list("name", "on_hand")) == {
        "Lem": 1000,
        "Cat": Decimal("1.5"),
    }


def test_new_goods_are_drafts_with_the_habits_of_their_category(shop: Any) -> None:
    done(shop, xlsx({**row("Buku tulis"), "harga": 12500, "tambah_stok": 1.5, "satuan": "kg"}))
    product = Product.objects.get(seller=shop)
    assert (product.state, product.price, product.on_hand) == (ProductState.DRAFT, 12_500, Decimal("1.5"))
    assert product.events.get().actor == owner(shop)


def test_what_buyers_rely_on_waits_for_the_curator(shop: Any) -> None:
    product = goods.make_product(shop, name="Buku", price=20_000, category=Category.objects.get(slug="alat-tulis"))
    number = {"nomor": str(product.pk), "satuan": "", "kategori": "alat-tulis"}
    done(shop, csv(row("Buku besar", **number, harga="25.000", keterangan="Isi 50")))
    product.refresh_from_db()
    assert (product.name, product.price, product.on_hand) == ("Buku", 20_000, 110)
    waiting = ChangeProposal.objects.waiting().get(product=product)
    assert (waiting.name, waiting.price, waiting.description) == ("Buku besar", 25_000, "Isi 50")


def test_the_unit_of_goods_on_show_and_goods_of_others_are_refused(shop: Any) -> None:
    category = Category.objects.get(slug="alat-tulis")
    mine, other = goods.make_product(shop, category=category), goods.make_product(category=category)
    one = uploaded(
        shop, csv(row("Satu", nomor=str(mine.pk), satuan="kg"), row("Dua", nomor=str(other.pk)), row("Emas batangan"))
    )
    assert problems(one) == [(2, "satuan"), (3, "nomor")]
    assert uploaded_words(shop, one) == ["nama"]


def uploaded_words(shop: Any, one: Any) -> list[str]:
    """What is said of the last row when it would go to the curators."""
    services.cancel_import(actor=owner(shop), goods_import=one, now=clock.now())
    sent = uploaded(shop, csv(row("Emas batangan")), sends=True)
    return [column for _number, column in problems(sent)]


def test_photos_come_from_the_zip_by_name_and_go_through_the_checks_of_pictures(shop: Any) -> None:
    zipped = archive(satu=picture(1), dua=b"not a picture", tiga=picture(3))
    file = csv(
        row("Buku", foto="satu.jpg, Tiga.jpg"), row("Map", foto="dua.jpg"), row("Pena", foto="empat.jpg"), row("Lem")
    )
    one = done(shop, file, archive=zipped, sends=True)
    assert problems(one) == [(3, "foto"), (4, "foto")]
    made = {product.name: product for product in Product.objects.filter(seller=shop)}
    assert set(made) == {"Buku", "Lem"}
    assert (made["Buku"].state, made["Buku"].photos.count()) == (ProductState.SUBMITTED, 2)
    assert made["Lem"].state == ProductState.DRAFT
    assert not Upload.objects.filter(name__startswith="goods-imports/").exists()


def test_a_killed_worker_leaves_no_row_done_twice(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PIECE_ROWS", 2)
    one = uploaded(shop, csv(*(row(f"Buku {n}") for n in range(5))))
    services.confirm_import(actor=owner(shop), goods_import=one, now=clock.now())
    (first,) = jobs.due()
    assert jobs.run(first)
    assert one.rows.filter(outcome=RowOutcome.DONE).count() == 2
    # What a worker that died before the mark of its job leaves behind: the job runs again, beside the one it enqueued.
    Job.objects.filter(pk=first).update(done_at=None)
    run_due_jobs()
    one.refresh_from_db()
    assert one.state == ImportState.DONE
    assert Product.objects.filter(seller=shop).count() == 5


def test_cancelled_in_the_middle_the_rest_is_not_done(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PIECE_ROWS", 2)
    one = uploaded(shop, csv(*(row(f"Buku {n}") for n in range(5))))
    services.confirm_import(actor=owner(shop), goods_import=one, now=clock.now())
    jobs.run(jobs.due()[0])
    services.cancel_import(actor=owner(shop), goods_import=one, now=clock.now())
    run_due_jobs()
    assert Product.objects.filter(seller=shop).count() == 2
    with pytest.raises(InvalidMove):
        services.confirm_import(actor=owner(shop), goods_import=one, now=clock.now())


def test_goods_changed_after_the_preview_are_not_overwritten(shop: Any) -> None:
    product = goods.make_product(shop, state="draft", price=20_000, category=Category.objects.get(slug="alat-tulis"))
    one = uploaded(shop, csv(row("Buku", nomor=str(product.pk), harga="15.000")))
    products.save_product(actor=owner(shop), product=product, values={"price": 30_000}, now=clock.now())
    services.confirm_import(actor=owner(shop), goods_import=one, now=clock.now())
    run_due_jobs()
    product.refresh_from_db()
    assert product.price == 30_000
    assert one.rows.get().outcome == RowOutcome.REFUSED


def test_the_same_goods_twice_and_a_name_that_is_there_are_refused(shop: Any) -> None:
    goods.make_product(shop, name="Buku  Tulis")
    one = uploaded(shop, csv(row("buku tulis"), row("Map"), row("MAP")))
    assert problems(one) == [(2, "nama"), (4, "nama")]


def test_one_import_at_a_time_and_one_form_makes_one(shop: Any) -> None:
    key = new_key()
    first = uploaded(shop, csv(row("Buku")), key=key)
    assert uploaded(shop, csv(row("Buku")), key=key) == first
    with pytest.raises(RuleBroken, match="belum selesai"):
        uploaded(shop, csv(row("Map")))


def test_only_who_runs_the_shop_imports_into_it(shop: Any) -> None:
    one, stranger = uploaded(shop, csv(row("Buku"))), goods.make_user()
    with pytest.raises(NotAllowed):
        uploaded(shop, csv(row("Map")), actor=stranger)
    with pytest.raises(NotAllowed):
        services.confirm_import(actor=stranger, goods_import=one, now=clock.now())
    assert signed_in(stranger).get(reverse("umkm:import-detail", args=[one.pk])).status_code == 404


def test_undone_new_goods_are_withdrawn_and_changed_ones_are_as_before(shop: Any) -> None:
    category = Category.objects.get(slug="alat-tulis")
    draft = goods.make_product(shop, name="Lama", state="draft", price=20_000, category=category)
    shown = goods.make_product(shop, name="Tayang", price=20_000, category=category)
    one = done(
        shop,
        csv(
            row("Baru"), row("Lama 2", nomor=str(draft.pk), satuan="", harga="21.000"),
            row("Tayang 2", nomor=str(shown.pk), satuan="", harga="19.000"),
        ),
    )  # fmt: skip
    taken_back(one)
    assert set(one.rows.values_list("outcome", flat=True)) == {RowOutcome.UNDONE}
    draft.refresh_from_db()
    shown.refresh_from_db()
    assert Product.objects.get(seller=shop, name="Baru").state == ProductState.WITHDRAWN
    assert (draft.name, draft.price, draft.on_hand) == ("Lama", 20_000, 100)
    assert (shown.name, shown.price, shown.on_hand) == ("Tayang", 20_000, 100)
    assert not ChangeProposal.objects.waiting().filter(product=shown).exists()
    assert "Baru" not in signed_in(owner(shop)).get(reverse("umkm:product-mine")).content.decode().split("<main")[1]


@pytest.mark.parametrize("way", ["late", "never seen", "looked at"])
def test_a_price_returns_at_once_only_to_what_a_curator_let_through_and_soon(shop: Any, way: str) -> None:
    product = goods.make_product(shop, price=20_000, category=Category.objects.get(slug="alat-tulis"))
    if way == "never seen":  # the rule had let it rise
        PriceChange.objects.create(product=product, old=15_000, new=20_000, actor=owner(shop), at=clock.now())
    one = done(shop, csv({"nomor": str(product.pk), "harga": "19.000"}))
    if way == "late":
        hours = timedelta(hours=catalogue_rules.REVIEW.on(clock.today()), seconds=1)
        services.undo_import(actor=owner(shop), goods_import=one, now=clock.now())
        services.undo_piece(goods_import=one, now=clock.now() + hours)
    elif way == "looked at":
        products.hide_product(actor=owner(shop), product=product, now=clock.now())
        change = PriceChange.objects.get(product=product)
        assert not price_returns.return_price(actor=owner(shop), product=product, change=change, now=clock.now())
        return
    else:
        taken_back(one)
    product.refresh_from_db()
    assert (product.price, one.rows.get().outcome) == (19_000, RowOutcome.PARTLY)
    assert ChangeProposal.objects.waiting().get(product=product).price == 20_000
    assert "Harga Rp20.000 menunggu kurator, sampai itu Rp19.000." in one.problems.get().text


def test_a_price_far_from_todays_is_shown_and_asked_about_before_it_runs(shop: Any) -> None:
    category = Category.objects.get(slug="alat-tulis")
    low, high = (goods.make_product(shop, price=31_000, category=category) for _ in range(2))
    one = uploaded(shop, csv(*({"nomor": str(p.pk), "harga": n} for p, n in ((low, "3.100"), (high, "1.000.000")))))
    client = signed_in(owner(shop))
    page = client.get(reverse("umkm:import-detail", args=[one.pk]) + "?baris=harga").content.decode()
    for words in ("semula Rp31.000", "langsung", "menunggu kurator", "Rp27.900 lebih rendah", "Rp969.000 lebih tinggi"):
        assert words in page
    with pytest.raises(RuleBroken, match=r"Rp27\.900 lebih rendah"):
        services.confirm_import(actor=owner(shop), goods_import=one, now=clock.now())
    asked = client.post(reverse("umkm:import-confirm", args=[one.pk]))
    assert "Ya, jalankan dengan harga ini" in asked.content.decode()
    client.post(reverse("umkm:import-confirm", args=[one.pk]), {"sure": "1"})
    run_due_jobs()
    assert list(Product.objects.filter(seller=shop).order_by("pk").values_list("price", flat=True)) == [3_100, 31_000]
    # A second file finds the rise waiting, and says so before it runs.
    two = uploaded(shop, csv({"nomor": str(high.pk), "harga": "900.000"}))
    assert (two.state, "Tarik usulan itu dahulu" in two.problems.get().text) == (ImportState.EMPTY, True)


def test_goods_that_were_ordered_changed_or_approved_since_are_kept_and_named(shop: Any) -> None:
    one = done(shop, csv(row("Dipesan"), row("Diubah"), row("Disetujui", foto="a.jpg"), row("Biasa")),
               archive=archive(a=picture(5)), sends=True)  # fmt: skip
    made = {product.name: product for product in Product.objects.filter(seller=shop)}
    later = clock.now()
    take_stock(product=made["Dipesan"], quantity=Decimal(1), reference="P-1", days=[], actor=None, now=later)
    products.save_product(actor=owner(shop), product=made["Diubah"], values={"description": "Baru"}, now=later)
    curator = goods.make_staff("umkm.curate_product")
    products.approve_product(actor=curator, product=noted(curator, made["Disetujui"]), now=later)
    taken_back(one)
    assert list(one.rows.values_list("outcome", flat=True)) == [RowOutcome.KEPT] * 3 + [RowOutcome.UNDONE]
    assert [number for number, _column in problems(one)] == [2, 3, 4]


def test_goods_go_out_and_come_back_unchanged_and_no_cell_is_a_formula(shop: Any) -> None:
    done(shop, csv(row("=1+1", keterangan="@SUM(A1)\x0b"), row("Cat", satuan="kg", kelipatan="0,5", tambah_stok="1,5")))
    Product.objects.filter(name="Cat").update(
        description="Satu kilo.\n\nWarna:\n- putih; krem", order_until=time(9, 30)
    )
    client = signed_in(owner(shop))
    for kind in ("csv", "xlsx"):
        answer = client.get(reverse("umkm:goods-export", args=[kind]))
        if kind == "csv":
            assert ";'=1+1;" in answer.content.decode("utf-8-sig")
        sent = SimpleUploadedFile(f"barang.{kind}", answer.content)
        one = uploaded(shop, sent)
        assert set(one.rows.values_list("plan", flat=True)) == {RowPlan.SAME}, problems(one)


def test_the_template_is_read_when_it_is_filled_in_and_offers_what_may_be_chosen(shop: Any) -> None:
    client = signed_in(owner(shop))
    book = load_workbook(io.BytesIO(client.get(reverse("umkm:import-template")).content))
    sheet = book["Barang"]
    head = [cell.value for cell in sheet[1]]
    filled = {
        **GOODS,
        "nama": "Buku",
        "kategori": book["Pilihan"]["A2"].value,
        "halal": "ya",
        "kapasitas_per_hari": "50",
    }
    del filled["satuan"], filled["tambah_stok"]
    sheet.append([filled.get(name) for name in head])
    out = io.BytesIO()
    book.save(out)
    one = uploaded(shop, SimpleUploadedFile("isi.xlsx", out.getvalue()))
    assert [row.plan for row in one.rows.all()] == [RowPlan.CREATE], list(one.problems.values_list("column", "text"))


def test_a_file_that_is_no_table_says_what_to_do(shop: Any) -> None:
    one = uploaded(shop, SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken"))
    assert one.state == ImportState.REFUSED
    assert "Simpan ulang sebagai XLSX" in one.problems.get().text


def test_the_page_uploads_runs_and_takes_back(shop: Any) -> None:
    client = signed_in(owner(shop))
    answer = client.post(reverse("umkm:import-list"), {"file": csv(row("Buku"), row("")), "key": new_key()})
    page = answer["Location"]
    second = client.post(reverse("umkm:import-list"), {"file": csv(row("Map")), "key": new_key()})
    assert (second.status_code, "belum selesai" in second.text) == (422, True)
    assert "bukan foto" not in second.text  # a table is no photo, and none was asked for
    run_due_jobs()
    assert client.get(f"{page}ditolak/").content.decode("utf-8-sig").splitlines()[1].endswith("nama: Sel ini kosong.")
    User.objects.filter(pk=owner(shop).pk).update(language="en")
    assert "This cell is empty." in client.get(page).content.decode()
    User.objects.filter(pk=owner(shop).pk).update(language="id")
    again = client.post(reverse("umkm:import-list"), {"file": csv(row("Map")), "archive": archive(), "key": new_key()})
    refused = again.content.decode()
    assert again.status_code == 422 and page in refused and "Sudah terunggah" in refused
    assert "bukan foto" not in refused
    client.post(f"{page}jalankan/")
    run_due_jobs()
    assert "Sudah dijalankan" in client.get(page).content.decode()
    client.post(f"{page}kembalikan/")
    run_due_jobs()
    assert "Sudah dikembalikan" in client.get(page).content.decode()


def test_what_nobody_confirms_is_stopped_and_its_files_are_gone(
    shop: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one = uploaded(shop, csv(row("Buku tulis", foto="buku.jpg")), archive=archive(buku=picture()))
    end = one.uploaded_at + timedelta(days=rules.KEPT.on(clock.local_date(one.uploaded_at)))
    assert services.expire_due(now=end - timedelta(seconds=1)) == 0 and storages["private"].exists(one.archive)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.expire_due(now=end) == 1
    assert not storages["private"].exists(one.archive) and not Upload.objects.filter(name=one.archive).exists()
    one.refresh_from_db()
    assert (one.state, one.archive) == (ImportState.CANCELLED, "")
    with pytest.raises(InvalidMove):
        services.confirm_import(actor=owner(shop), goods_import=one, now=end)
    assert "Dihentikan karena" in signed_in(owner(shop)).get(reverse("umkm:import-detail", args=[one.pk])).text
    assert uploaded(shop, csv(row("Map"))).state == ImportState.CHECKED


def test_a_file_of_which_nothing_can_be_done_keeps_nobody_from_the_next_one(shop: Any) -> None:
    one = uploaded(shop, csv(row("Map", harga="12,5")))
    assert (one.state, problems(one)) == (ImportState.EMPTY, [(2, "harga")])
    assert uploaded(shop, csv(row("Map"))).state == ImportState.CHECKED
    page = reverse("umkm:import-list")
    sent = {"key": new_key(), "toko": shop.pk, "file": csv(row("Pena"))}
    answer = signed_in(owner(shop)).post(page, sent)
    assert answer.status_code == 422 and "belum selesai" in answer.text and "bukan foto" not in answer.text


def test_a_file_adds_variants_to_a_group_changes_their_values_and_takes_them_back(shop: Any) -> None:
    category = Category.objects.get(slug="alat-tulis")
    group = ProductGroup.objects.create(seller=shop, option_1="size", created_at=clock.now())
    alone = goods.make_product(shop, name="Pita", category=category)
    known = goods.make_product(shop, name="Map, A4", category=category, group=group, option_1="A4", state="draft")
    one = done(
        shop,
        csv(
            row("Map, A3", varian_dari=str(known.pk), isi_varian="A3"),
            row("Map, folio", varian_dari=str(alone.pk), isi_varian="folio"),
            row("Map", varian_dari=str(known.pk), isi_varian="A2"),
            row("Map lain, a4", varian_dari=str(known.pk), isi_varian="a4"),
            row("Map kilo, B5", varian_dari=str(known.pk), isi_varian="B5", satuan="kg"),
            row("Spidol, biru", isi_varian="biru"),
            {"nomor": str(known.pk), "isi_varian": "A5", "nama": "Map, A5", "kategori": "", "harga": ""},
        ),
    )
    assert problems(one) == [
        (3, "varian_dari"), (4, "nama"), (5, "isi_varian"), (6, "satuan"), (7, "isi_varian"),
    ]  # fmt: skip
    assert set(group.variants.values_list("name", "option_1")) == {("Map, A3", "A3"), ("Map, A5", "A5")}
    exported = signed_in(owner(shop)).get(reverse("umkm:goods-export", args=["csv"])).content
    again = uploaded(shop, SimpleUploadedFile("barang.csv", exported))
    assert set(again.rows.values_list("plan", flat=True)) == {RowPlan.SAME}, problems(again)
    taken_back(one)
    assert list(group.variants.exclude(state="withdrawn").values_list("name", "option_1")) == [("Map, A4", "A4")]


def test_a_cell_that_empties_the_number_of_lapsed_goods_waits_for_a_curator(shop: Any) -> None:
    product = goods.make_product(shop, state="lapsed", pirt_number="2060000010001-20", price=20_000)
    one = done(shop, csv({"nomor": str(product.pk), "nomor_pirt": "-", "nama": "", "kategori": "", "harga": ""}))
    assert problems(one) == []
    product.refresh_from_db()
    assert (product.state, product.pirt_number) == ("lapsed", "2060000010001-20")
    assert ChangeProposal.objects.waiting().get(product=product).pirt_number == ""
