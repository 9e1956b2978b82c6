"""The first page of the admin: an officer's queues, with the numbers of the lists behind them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from lxml import html

from epeken.core import clock
from epeken.core.jobs import LATE_SECONDS
from epeken.core.models import Job
from epeken.core.states import move
from epeken.core.web.queue import QueuePage
from epeken.site.dashboards.officer_day import ROWS
from tests.factories import appeals, areas, separations
from tests.factories import umkm as make
from tests.factories.orders import make_issued, make_office
from tests.factories.users import signed_in
from tests.statements import statements_of
from tests.umkm.drafts import looked_at, waiting
from tests.umkm.goods import offer, on_show
from umkm.area_checks import services as area_checks
from umkm.area_checks.models import AreaStage
from umkm.catalogue.services import products
from umkm.sellers import services as sellers
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def due(row: Any, at: datetime, field: str = "due_at") -> Any:
    type(row).objects.filter(pk=row.pk).update(**{field: at})
    return row


def fill(verifier: Any, citizen: Any, now: datetime) -> None:
    """Each figure of each queue has its own number."""
    late, today, mine, answered = (
        waiting(make.make_user(), now, number=number, name=f"Toko {number}") for number in range(1, 5)
    )
    due(late, now - timedelta(days=2))
    due(today, clock.end_of(clock.local_date(now)))
    verification.take_case(actor=verifier, case=mine, now=now)
    applicant = answered.seller.members.get().user
    verification.send_back_case(actor=verifier, case=answered, remarks={"address": "Kurang nomor rumah."}, now=now)
    answered.seller.refresh_from_db()
    sellers.save_seller(actor=applicant, seller=answered.seller, values={"address": "Jl. Lain 3"}, now=now)
    sellers.submit_seller(actor=applicant, seller=answered.seller, now=now)  # still with the automatic checks
    waiting(make.make_user(), now, number=9, name="Toko 9")


def fill_goods(seller_user: Any, shop: Any, now: datetime) -> None:
    goods = [offer(seller_user, shop, name=f"Barang {n}", key=f"{n}" * 32, seed=n) for n in range(1, 6)]
    due(goods[0], now - timedelta(hours=1), "review_due_at")
    due(goods[1], now - timedelta(hours=2), "review_due_at")
    due(goods[2], clock.end_of(clock.local_date(now)), "review_due_at")
    products.send_back_product(
        actor=make.make_staff("umkm.curate_product"), product=goods[3], note="Fotonya terlalu gelap", now=now
    )
    products.submit_product(actor=seller_user, product=goods[3], now=now)
    shown = on_show(seller_user, shop, name="Tayang", key="t" * 32, seed=30)
    products.save_product(actor=seller_user, product=shown, values={"price": 90_000}, now=now)
    due(shown.proposals.get(), now - timedelta(hours=1))


def figures(client: Client) -> dict[tuple[str, str], tuple[int, str]]:
    """(queue, figure) → its number and its link, read off the page."""
    found = {}
    for section in html.fromstring(client.get(INDEX, HTTP_ACCEPT_LANGUAGE="id").content).find_class("queue__one"):
        title = section.find_class("queue__title")[0].text_content().strip()
        for link in section.find_class("queue__figure"):
            label = link.find("span").text_content()
            found[title, label] = int(link.find("b").text_content()), link.get("href")
    return found


def idle(client: Client) -> list[str]:
    """The queues in which nothing waits, in their one line."""
    page = html.fromstring(client.get(INDEX, HTTP_ACCEPT_LANGUAGE="id").content)
    return [link.text_content() for link in page.xpath("//p[@class='queue__idle']/a")]


def listed(client: Client, url: str) -> int:
    result: int = client.get(url).context["cl"].result_count
    return result


def test_a_verifier_sees_what_waits_and_each_figure_leads_to_as_many_rows(
    citizen: Any, verifier: Any, now: datetime
) -> None:
    fill(verifier, citizen, now)
    client = signed_in(verifier)
    found = figures(client)
    cases = {key: row for key, row in found.items() if key[0] == "Berkas verifikasi"}
    assert {label: count for (_title, label), (count, _url) in cases.items()} == {
        "Menunggu keputusan": 5,
        "Tenggat hari ini": 1,
        "Lewat tenggat": 1,
        "Di meja saya": 1,
        "Belum diambil": 4,
        "Dikembalikan, sudah dijawab": 1,
        "Pada petugas wilayah": 0,
    }
    assert {title for title, _label in found} == {"Berkas verifikasi"}
    assert idle(client) == [
        "Usulan perubahan identitas toko",
        "Surat pajak penjual",
        "Banding penjual",
        "Permohonan pemisahan pemilik",
    ]
    assert all(listed(client, url) == count for count, url in found.values())


def test_a_curator_sees_goods_and_changes(curator: Any, seller_user: Any, shop: Any, now: datetime) -> None:
    fill_goods(seller_user, shop, now)
    client = signed_in(curator)
    found = figures(client)
    assert {key: count for key, (count, _url) in found.items()} == {
        ("Barang", "Menunggu kurasi"): 5,
        ("Barang", "Tenggat hari ini"): 1,
        ("Barang", "Lewat tenggat"): 2,
        ("Barang", "Dikembalikan, sudah dijawab"): 1,
        ("Usulan perubahan", "Menunggu kurasi"): 1,
        ("Usulan perubahan", "Tenggat hari ini"): 0,
        ("Usulan perubahan", "Lewat tenggat"): 1,
    }
    assert idle(client) == ["Keputusan aturan"]
    assert all(listed(client, url) == count for count, url in found.values())


def test_the_most_urgent_rows_are_there_and_open_their_page(citizen: Any, verifier: Any, now: datetime) -> None:
    cases = [waiting(make.make_user(), now, number=n, name=f"Toko {n}") for n in range(1, ROWS + 3)]
    for day, case in enumerate(reversed(cases)):
        due(case, now + timedelta(days=day, hours=1))
    links = html.fromstring(signed_in(verifier).get(INDEX).content).xpath("//ol[@class='queue__rows']//a")
    assert [link.text_content() for link in links] == [case.seller.name for case in reversed(cases)][:ROWS]
    assert links[0].get("href") == reverse("admin:umkm_verificationcase_change", args=[cases[-1].pk])


def test_the_list_and_the_title_count_the_same(citizen: Any, verifier: Any, now: datetime) -> None:
    fill(verifier, citizen, now)
    page = signed_in(verifier).get(reverse("admin:umkm_verificationcase_changelist"), HTTP_ACCEPT_LANGUAGE="id")
    assert "Antrean verifikasi: 5 menunggu" in page.text
    assert "Lewat tenggat (1)" in page.text and "Di meja saya (1)" in page.text
    assert page.context["cl"].result_count == 5


def test_an_administrator_sees_what_waits_in_the_city(admin_user: Any, verifier: Any, now: datetime) -> None:
    Job.objects.create(name="umkm.check_case", created_at=now, due_at=now - timedelta(seconds=LATE_SECONDS + 60))
    Job.objects.create(name="umkm.check_case", created_at=now, due_at=now - timedelta(seconds=LATE_SECONDS - 60))
    Job.objects.create(name="umkm.check_case", created_at=now, due_at=now, dead_at=now)
    found = figures(signed_in(admin_user))
    assert {title for title, _label in found} == {"Pekerjaan"}
    assert idle(signed_in(admin_user)) == [
        "Berkas verifikasi",
        "Usulan perubahan identitas toko",
        "Surat pajak penjual",
        "Banding penjual",
        "Permohonan pemisahan pemilik",
        "Barang",
        "Usulan perubahan",
        "Keputusan aturan",
        "Keluhan",
        "Pemenuhan keputusan",
        "Langkah tagihan terlambat",
        "Kebocoran data pribadi",
        "Pengiriman",
        "Surel akun",
        "Pesan ponsel",
    ]
    assert (found["Pekerjaan", "Terlambat"][0], found["Pekerjaan", "Menyerah"][0]) == (1, 1)


def test_what_is_with_the_head_of_the_office_waits_for_no_officer(verifier: Any, now: datetime) -> None:
    head = make.make_staff("umkm.decide_appeal")
    make.make_staff("umkm.verify_seller")  # who may decide what the first one refused
    for number, climbs in ((4, False), (5, True)):
        appeal = appeals.appealed(make.make_user(), now, actor=verifier, number=number)
        request = separations.asked(now)
        if climbs:
            for row in (appeal, request):
                move(row, "climb", actor=None, now=now)
    for person, is_head in ((verifier, False), (head, True)):
        client = signed_in(person)
        found = figures(client)
        for queue in ("Banding penjual", "Permohonan pemisahan pemilik"):
            assert (found[queue, "Menunggu keputusan"][0], found[queue, "Pada kepala dinas"][0]) == (1, 1)
            shown = client.get(found[queue, "Menunggu keputusan"][1]).context["cl"].queryset.get()
            assert (shown.state == "with_head") is is_head
        assert all(listed(client, url) == count for count, url in found.values())
        assert "queue__figure--urgent" not in client.get(INDEX).text


def test_a_case_of_two_areas_counts_once_and_says_whose_turn_it_is(citizen: Any, verifier: Any, now: datetime) -> None:
    people = {level: areas.post(level) for level in ("kelurahan", "kecamatan")}
    AreaStage.objects.all().delete()
    for level in people:
        AreaStage.objects.create(
            seller_kind="umkm", level=level, working_days=1, asks_visit=False, valid_from=date(2021, 1, 1), source="uji"
        )
    case = waiting(citizen, now)
    first = areas.looked(areas.running(case), people["kelurahan"], now)
    words = "Di alamat itu rumah kosong."
    area_checks.decide_check(actor=people["kelurahan"], check=first, is_right=False, note=words, now=now)
    client = signed_in(verifier)
    found = {label: count for (_title, label), (count, _url) in figures(client).items()}
    assert (found["Menunggu keputusan"], found["Belum diambil"], found["Pada petugas wilayah"]) == (0, 0, 1)
    assert all(listed(client, url) == count for count, url in figures(client).values())
    row = client.get(reverse("admin:umkm_verificationcase_changelist") + "?antrean=wilayah").text
    assert "Menunggu kecamatan" in row and "wilayah keberatan" in row
    second = areas.looked(areas.running(case), people["kecamatan"], now)
    area_checks.decide_check(actor=people["kecamatan"], check=second, is_right=True, now=now)
    found = {label: count for (_title, label), (count, _url) in figures(client).items()}
    assert (found["Menunggu keputusan"], found["Belum diambil"], found["Pada petugas wilayah"]) == (1, 1, 0)


def test_no_figure_is_counted_over_rows_that_stand_many_times(verifier: Any, now: datetime) -> None:
    """A condition that joins a table of many counts a row once for each of them, or leaves out what it should not."""
    for page in admin.site._registry.values():
        for part in page.queue_parts if isinstance(page, QueuePage) else ():
            counted = page.model._default_manager.annotate(n=Count("pk", filter=part.condition(verifier, now))).query
            many = [one for one in counted.alias_map.values() if getattr(one, "join_field", None) is not None]
            assert not [one for one in many if one.join_field.one_to_many or one.join_field.many_to_many], part.key


def test_what_is_searched_for_is_found_after_its_decision(citizen: Any, verifier: Any, now: datetime) -> None:
    case = waiting(citizen, now, name="Dapur Kembang")
    verification.reject_case(
        actor=verifier, case=looked_at(case, verifier, now), reason="other", note="Bukan buatannya sendiri.", now=now
    )
    client, queue = signed_in(verifier), reverse("admin:umkm_verificationcase_changelist")
    assert listed(client, queue) == 0
    answer = client.get(queue + "?q=Kembang", HTTP_ACCEPT_LANGUAGE="id")
    assert answer.context["cl"].result_count == 1 and "Semua, juga yang diputuskan" in answer.text
    assert listed(client, queue + "?q=Kembang&antrean=") == 0
    assert listed(client, queue + "?q=Kembang&antrean=saya") == 0


def test_who_decides_nothing_has_no_queue(now: datetime) -> None:
    page = signed_in(make.make_staff("core.view_rule")).get(INDEX)
    assert page.status_code == 200
    assert b"queue__one" not in page.content


def test_the_page_asks_little_and_no_more_for_longer_queues(
    admin_user: Any, verifier: Any, citizen: Any, seller_user: Any, shop: Any, now: datetime
) -> None:
    clients = [signed_in(person) for person in (admin_user, verifier, make.make_staff("umkm.curate_product"))]

    def counts() -> list[int]:
        found = []
        for client in clients:
            client.get(INDEX)
            answer, statements = statements_of(client, INDEX)
            assert answer.status_code == 200
            assert statements.twice == {}
            found.append(statements.count)
        return found

    make_issued(make_office())
    fill(verifier, citizen, now)
    fill_goods(seller_user, shop, now)
    few = counts()
    before = VerificationCase.objects.count()
    for number in range(20, 26):
        waiting(make.make_user(), now, number=number, name=f"Warung {number}")
        offer(seller_user, shop, name=f"Kue {number}", key=chr(number + 80) * 32, seed=number + 20)
    assert VerificationCase.objects.count() == before + 6
    assert counts() == few
    assert max(few) <= 32, few
