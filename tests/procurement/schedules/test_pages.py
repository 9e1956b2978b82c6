"""The dates on the pages: written by the requester, read by the officer, sent for by the seller."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make_orders
from tests.factories import procurement as make
from tests.factories import schedules as planned
from tests.factories.procurement import DAY, HOUR
from tests.factories.schedules import FIRST, WEEK
from tests.factories.users import signed_in
from umkm.catalogue.states import Keeps

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Iterator[Callable[..., None]]:
    """Moves the clock; it stands at the Monday on which the requests are written."""
    with time_machine.travel(make.MONDAY, tick=False) as traveller:
        yield traveller.move_to


@pytest.mark.usefixtures("at")
def test_dates_are_made_out_of_a_rhythm_and_changed_row_by_row() -> None:
    office = make.Office()
    request = make.make_request(office, [(planned.make_snack(), 50)], event_at=None, deliver_at=FIRST)
    line = request.lines.get()
    client = signed_in(office.requester)
    url = f"/dinas/permintaan/{request.number}/jadwal/"
    shown = client.get(url).context["form"].initial["shown"]
    rhythm = {"rhythm": "1", "first": "2026-09-15T09:00", "every": "7", "times": "3", f"setiap-{line.pk}": "50"}
    assert client.post(url, {**rhythm, "shown": shown}).status_code == 302
    page = client.get(url)
    form = page.context["form"]
    assert len(form.rows) == 5
    # Pressed once more, it makes the same dates: neither the last one first nor the sum each time.
    again = page.context["rhythm"]
    assert f"{again['first'].value():%Y-%m-%dT%H:%M}" == rhythm["first"]
    assert (again["every"].value(), again["times"].value()) == (7, 3)
    assert again[f"setiap-{line.pk}"].value() == "50"
    # Another browser wrote meanwhile what this page did not show.
    assert client.post(url, {**rhythm, "times": "4", "shown": shown}).status_code == 422
    rows: dict[str, Any] = {"rows": "3", "shown": form.initial["shown"]}
    for n, (day, amount) in enumerate([("15", "50"), ("22", "40"), ("", "50")]):
        rows |= {f"tiba-{n}": f"2026-09-{day}T09:00" if day else "", f"tempat-{n}": "", f"banyak-{n}-{line.pk}": amount}
    rows["tempat-1"] = "Balai RW 3"
    assert client.post(url, rows).status_code == 302
    request = PurchaseRequest.objects.get(pk=request.pk)
    assert (request.scheduled_days, request.lines.get().quantity) == (2, 90)
    draft = client.get(f"/dinas/permintaan/{request.number}/").content.decode()
    assert "2 kali kirim, yang pertama 15 September 2026, yang terakhir 22 September 2026" in draft
    assert "Pengiriman ke-2" in draft and "Balai RW 3" in draft and "Tiba paling lambat" not in draft
    # More than the shop makes on a day is said where it was saved.
    assert "sehari" not in client.get(url).content.decode()
    many = {**rows, f"banyak-1-{line.pk}": "70", "shown": client.get(url).context["form"].initial["shown"]}
    told = client.post(url, many, follow=True).content.decode()
    assert "bisa 60 kotak Kudapan kotak sehari; untuk Selasa, 22 September 2026 tersisa 60 kotak" in told
    rows["shown"] = client.get(url).context["form"].initial["shown"]
    assert client.post(url, rows).status_code == 302
    # Changed beside the schedule, the draft says what no longer fits and where to mend it.
    request.lines.update(quantity=100)
    draft = client.get(f"/dinas/permintaan/{request.number}/").content.decode()
    assert "Jadwal memuat 90 kotak" in draft and draft.count(f'href="{url}"') == 2
    request.lines.update(quantity=90)
    rows["shown"] = client.get(url).context["form"].initial["shown"]
    for wrong, said in (
        ("2026-09-01T09:00", "1 September 2026 pukul 09.00"),
        ("2026-09-22T14:00", "22 September 2026 tertulis dua kali"),
        ("2027-01-05T09:00", "5 Januari 2027 jatuh di tahun anggaran lain; yang muat di tahun 2026 1 tanggal"),
    ):
        refused = client.post(url, {**rows, "tiba-0": wrong})
        assert refused.status_code == 422 and said in refused.content.decode()


def test_the_seller_sends_for_a_date_and_the_officer_gives_up_a_missed_one(at: Any) -> None:
    office = make.Office()
    order = planned.make_order(office, planned.make_snack(keeps=Keeps.DRY))  # one of a later week may leave today
    at(FIRST + DAY)
    client = signed_in(make_orders.member_of(order))
    page = client.get(f"/pesanan/{order.number}/").content.decode()
    assert "Pengiriman ke-4" in page
    assert "terlambat, ditunggu sampai" in page
    assert "Usulkan perubahan" in page and "Tiba paling lambat" not in page
    send = client.get(f"/pesanan/{order.number}/kirim/?tanggal=2")
    assert "Pengiriman ke-2" in send.content.decode()
    values = {"key": send.context["form"]["key"].value(), "carrier": "Kurir", f"sent_{order.lines.get().pk}": "50"}
    assert client.post(f"/pesanan/{order.number}/kirim/?tanggal=2", values).status_code == 302
    assert order.deliveries.get().deliver_at == FIRST + WEEK
    at(FIRST + DAY + HOUR)
    client = signed_in(office.pp)
    assert "Kudapan kotak" in client.get(f"/pesanan/{order.number}/sisa/").content.decode()
    assert client.post(f"/pesanan/{order.number}/sisa/", {"note": "Rapat sudah lewat"}).status_code == 302
    assert [day.missed_at is not None for day in order.due_days.all()] == [True, False, False, False]
