"""A PP goes on leave while a request waits: the head records it, the stand-in decides, and the papers say as what."""

from collections.abc import Callable
from datetime import timedelta

from epeken.core import clock
from orders.orders.models import Order
from procurement.agencies.models import AgencyMember
from procurement.leaves.models import OfficerLeave
from procurement.requests.models import PurchaseRequest
from procurement.signatures.models import ApprovalRule
from tests.browser.visitor import Visitor
from tests.factories import procurement as offices

Visit = Callable[..., Visitor]


def test_a_stand_in_approves_while_the_pp_is_on_leave(visit: Visit) -> None:
    now = clock.now()
    office = offices.Office(now=now)
    request = offices.make_request(office, state="submitted", now=now)
    stand_in = offices.make_officer("head", office.agency)
    head, other = visit(width=360, height=800), visit()
    head.sign_in(office.head, second_factor=True).open("/dinas/")
    head.press("Pejabat dan cuti", within="main")
    head.open(f"/dinas/pejabat/cuti/?pejabat={office.pp.pk}")
    day = clock.local_date(now)
    appointment = AgencyMember.objects.own().get(user=office.pp)
    head.fill(
        first_day=day, last_day=day + timedelta(days=2), decree="800/9", **{f"stand_in_{appointment.pk}": stand_in.pk}
    )
    head.press("Catat cuti", within="main")
    head.sees("Sedang cuti", f"Plh. Pejabat pengadaan (PP): {stand_in}")

    other.sign_in(stand_in, second_factor=True).open("/dinas/persetujuan/")
    other.press(request.title, within="main")
    other.sees("Anda memutuskan sebagai Plh. Pejabat pengadaan")
    other.press("Setujui permintaan")
    other.press("Terbitkan surat pesanan")
    order = Order.objects.get(request=request)
    assert order.events.get(action="create").acted_as == "plh.pp"

    away = visit(width=768, height=1000)
    away.sign_in(office.pp, second_factor=True).open("/dinas/")
    away.sees("Anda tercatat cuti sampai")
    away.press("Lihat atau akhiri cuti")
    away.press("Batalkan cuti", within="main")
    away.press("Batalkan cuti", within="main")
    assert OfficerLeave.objects.get().withdrawn_at is not None
    away.open("/dinas/").sees("Pejabat pengadaan (PP)")


def test_an_appointment_that_ends_mid_approval_passes_the_work_on(visit: Visit) -> None:
    """The page was open when it ended: nothing is decided from it, and the PPK finds the request on their desk."""
    now = clock.now()
    office = offices.Office(now=now)
    request = offices.make_request(office, state="submitted", now=now)
    pp, ppk = visit(), visit()
    pp.sign_in(office.pp, second_factor=True).open(f"/dinas/persetujuan/{request.number}/")
    AgencyMember.objects.filter(user=office.pp).update(valid_until=clock.local_date(now) - timedelta(days=1))
    with pp.page.expect_navigation():
        pp.page.get_by_role("button", name="Setujui permintaan").first.click()
    pp.page.wait_for_load_state("networkidle")
    pp.problems.clear()  # the browser notes the refusal
    assert PurchaseRequest.objects.get(pk=request.pk).state == "submitted"
    ppk.sign_in(office.ppk, second_factor=True).open("/dinas/")
    ppk.press(request.title, within="main")
    ppk.sees("Anda memutuskan sebagai Pejabat pembuat komitmen")
    ppk.press("Setujui permintaan")
    assert PurchaseRequest.objects.get(pk=request.pk).approver == office.ppk


def test_the_head_signs_and_then_the_pp_decides(visit: Visit) -> None:
    now = clock.now()
    office = offices.Office(now=now)
    ApprovalRule.objects.create(
        agency=office.agency, office="head", above=500_000, valid_from=clock.local_date(now), source="SK contoh 1"
    )
    request = offices.make_request(office, now=now)
    requester, head, pp = visit(width=360, height=800), visit(), visit(width=768, height=1000)
    requester.sign_in(office.requester, second_factor=True).open(f"/dinas/permintaan/{request.number}/")
    requester.press("Kirim permintaan")
    requester.sees("Tanda tangan", "Gilirannya", "SK contoh 1")
    head.sign_in(office.head, second_factor=True).open("/dinas/")
    head.press(request.title, within="main")
    head.sees("Anda menandatangani sebagai Kepala dinas")
    head.press("Tandatangani permintaan")
    pp.sign_in(office.pp, second_factor=True).open("/dinas/persetujuan/")
    pp.press(request.title, within="main")
    pp.sees(str(office.head))
    pp.press("Setujui permintaan")
    pp.sees("Tanda tangan")
    assert PurchaseRequest.objects.get(pk=request.pk).approver == office.pp
