"""What waits for the inspectorate: late invoices that were brought there, and goods nobody recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards import inspector_day
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.disputes import services as disputes
from orders.ladder import services, steps
from orders.ladder.states import LEVELS, LateLevel
from orders.orders.models import Order
from orders.oversight import money, purchases
from orders.oversight.flags import Flag
from procurement.disclosures import sealing
from procurement.disclosures.services import keys
from tests.factories import disclosures as whistles
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
MOMENT = timedelta.resolution
BAR = 'aria-label="Meja inspektorat"'


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def test_a_corrected_bill_is_told_by_what_is_still_owed(office: make.Office) -> None:
    order = undo.paid(office)
    asked = undo.asked(
        office, order, reason="amount", sent_amount=make.invoice_of(order).net - 250_000, now=MONDAY + 14 * DAY
    )
    undo.released(office, asked)
    invoice = make.invoice_of(order)
    assert (invoice.owed, invoice.outstanding) == (250_000, invoice.net)
    for level in LEVELS:
        rungs = steps.rungs_of(invoice, steps.steps_of_wait(invoice))
        now = max(asked.asked_at + DAY, next(one for one in rungs if one.level == level).by_itself)
        services.climb(now=now)
    (item,) = inspector_day.late_invoices(now).items
    assert "Rp250.000" in item["note"] and rupiah(invoice.net) not in item["note"]


def test_an_invoice_waits_once_it_came_there_and_until_it_is_paid(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    for level in LEVELS:
        rungs = steps.rungs_of(invoice, steps.steps_of_wait(invoice))
        now = next(one for one in rungs if one.level == level).by_itself
        assert inspector_day.late_invoices(now).count == 0
        services.climb(now=now)
    (item,) = inspector_day.late_invoices(now).items
    assert item["href"] == reverse("orders:late-invoice", args=[order.number, invoice.number])
    assert LEVELS[-1] == LateLevel.INSPECTORATE
    mend.opened(order, office.receiver, now=now)
    assert inspector_day.late_invoices(now).count == 0
    page = signed_in(goods.make_staff("procurement.inspect_all")).get(reverse("site:inspector-dashboard"))
    assert page.status_code == 200


def test_complaints_lead_from_the_desk_to_whoever_may_read_them() -> None:
    desk, complaints = reverse("site:inspector-dashboard"), reverse("procurement:disclosure-list")
    inspector = signed_in(whistles.make_inspector())
    page = inspector.get(desk).text
    assert f'href="{complaints}"' in page and reverse("procurement:inspectorate-keys") in page
    maker = whistles.make_inspector()
    public = sealing.to_text(whistles.make_pair().public)
    made = keys.propose_key(actor=maker, public=public, now=clock.now())
    assert reverse("procurement:inspectorate-key-confirm", args=[made.pk]) in inspector.get(desk).text
    assert "menunggu disahkan inspektur lain" in signed_in(maker).get(desk).text
    assert "Buat yang baru hanya bila" in inspector.get(reverse("procurement:inspectorate-keys")).text
    keys.withdraw_key(actor=maker, key=made, now=clock.now())
    key = whistles.make_key(whistles.make_pair())
    page = inspector.get(desk).text
    assert reverse("procurement:inspectorate-keys") not in page
    assert BAR in inspector.get(complaints).text
    case = whistles.make_disclosure(key, sealing.new_code())
    page = inspector.get(desk).text
    assert reverse("procurement:disclosure-detail", args=[case.number]) in page
    # Who only reads the purchases of all departments is led nowhere.
    assert complaints not in signed_in(goods.make_staff(is_superuser=True)).get(desk).text


def test_goods_wait_once_receiver_and_head_did_nothing(office: make.Office) -> None:
    order = make.make_issued(office)
    make.accepted(order)
    sent = make.shipped(order)
    for passed in range(4):
        Delivery.objects.filter(pk=sent.pk).update(escalations=passed)
        assert (passed, inspector_day.not_recorded(MONDAY + 30 * DAY).count) == (passed, int(passed > 2))
    (item,) = inspector_day.not_recorded(MONDAY + 30 * DAY).items
    assert item["href"] == reverse("orders:order-detail", args=[order.number])
    make.arrived(sent, office.receiver, now=MONDAY + 2 * DAY)
    assert inspector_day.not_recorded(MONDAY + 30 * DAY).count == 0


def test_flags_are_counted_over_the_year_of_placing(office: make.Office) -> None:
    inspector = goods.make_staff("procurement.inspect_all")
    make.taken_over(office, make.make_issued(office))
    due = Invoice.objects.get().due_at
    assert due is not None

    def late(now: object) -> int:
        rows = inspector_day.flagged(inspector, now)  # type: ignore[arg-type]
        return next(row["value"] for row in rows if row["label"] == Flag.LATE.label)

    turn = clock.start_of(clock.local_date(MONDAY).replace(year=2027, month=1, day=1))
    assert (late(due - MOMENT), late(due), late(turn - MOMENT), late(turn)) == (0, 1, 1, 0)


def test_an_inspector_lands_on_their_desk_and_comes_back_from_a_department(office: make.Office) -> None:
    person = goods.make_user()
    person.user_permissions.set(goods.make_staff("procurement.inspect_all").user_permissions.all())
    browser = signed_in(person)
    desk = reverse("site:inspector-dashboard")
    assert browser.get(reverse("site:landing"))["Location"] == desk
    department = browser.get(reverse("site:agency-dashboard")).text
    assert f'href="{desk}"' in department and BAR in department, "one menu on every page"
    officer = signed_in(office.requester).get(reverse("site:agency-dashboard"))
    assert desk not in officer.content.decode()


def test_the_first_page_sums_what_waits_over_the_city_with_a_way_to_each_department(office: make.Office) -> None:
    other = make.make_office()
    late, disputed = (make.invoice_of(make.taken_over(one, make.make_issued(one))) for one in (office, other))
    now = clock.now()
    assert money.waiting(late.due_at - MOMENT) == {}
    mend.opened(disputed.order, other.receiver, now=MONDAY + 2 * DAY)
    found = money.waiting(now)
    assert found[office.agency.pk] == {"lewat": money.Waiting(1, late.net)}
    assert found[other.agency.pk] == {"sengketa": money.Waiting(1, disputed.net)}
    inspector = signed_in(goods.make_staff("procurement.inspect_all"))
    text = inspector.get(reverse("site:inspector-dashboard")).content.decode()
    address = f"{reverse('orders:treasurer')}?dinas={office.agency.pk}&keadaan=lewat"
    assert f'href="{address.replace("&", "&amp;")}"' in text
    listed = inspector.get(address).content.decode()
    assert late.number in listed and disputed.number not in listed
    assert f"Pembayaran {office.agency.short_name}" in listed and "dinas Anda" not in listed
    everything = inspector.get(reverse("orders:treasurer")).content.decode()
    assert "Pembayaran semua dinas" in everything and "dinas Anda" not in everything
    assert "1 lewat batas" in everything and "1 terhenti karena keluhan" in everything
    only = inspector.get(reverse("orders:treasurer"), {"dinas": other.agency.pk}).content.decode()
    assert "lewat batas</" not in only and "1 terhenti karena keluhan" in only


def test_a_bill_is_counted_once_whatever_is_joined_to_it(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    dispute = mend.opened(order, office.receiver, now=MONDAY + 2 * DAY)
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Selesai", now=MONDAY + 2 * DAY)
    mend.opened(order, office.receiver, now=MONDAY + 3 * DAY)
    assert money.waiting(clock.now())[office.agency.pk]["sengketa"].count == 1


def test_money_that_was_sent_is_no_money_that_waits(office: make.Office) -> None:
    """Of a payment that was recorded with a wrong amount only the rest is still to be sent, as the treasurer reads."""
    order = undo.paid(office)
    net, left = make.invoice_of(order).net, 250_000
    row = undo.asked(office, order, reason="amount", sent_amount=net - left, now=MONDAY + 14 * DAY)
    undo.released(office, row)
    assert money.waiting(clock.now())[office.agency.pk]["dibatalkan"] == money.Waiting(1, left)
    assert purchases.with_rows(Order.objects.filter(pk=order.pk), clock.now()).get().owed == left


def test_a_bill_whose_whole_money_was_sent_says_that_only_its_record_is_mended(office: make.Office) -> None:
    row = undo.asked(office, undo.paid(office), reason="reference", now=MONDAY + 14 * DAY)
    undo.released(office, row)
    city, only = money.table(clock.now())["rows"]
    words = "uangnya sudah dikirim, catatannya dibetulkan"
    # The row of the department leads to its bills: a link says where it leads.
    assert [(row["cells"][2]["text"], row["cells"][2]["note"]) for row in (city, only)] == [
        ("Rp0", f"1 tagihan, {words}"), ("1 tagihan", words),
    ]  # fmt: skip


def test_nobody_reads_another_department_by_its_number(office: make.Office) -> None:
    other = make.make_office()
    order = make.taken_over(other, make.make_issued(other))
    text = signed_in(office.treasurer).get(reverse("orders:treasurer"), {"dinas": other.agency.pk}).content.decode()
    assert make.invoice_of(order).number not in text
