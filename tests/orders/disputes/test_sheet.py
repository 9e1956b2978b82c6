"""What the decision sheet of a department's order states: every step of a complaint, and nothing nobody did."""

import pytest

from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DISPUTE
from orders.documents import build, schedule
from orders.documents.layout import deciding
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.remedies.states import REMEDY
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import HOUR

pytestmark = pytest.mark.django_db


def told(order: Order) -> dict[str, list[tuple[str, str]]]:
    """The title of each complaint's result and its steps with who did them."""
    document = Document.objects.filter(order=order, kind=DocumentKind.DECISION).latest("pk")
    whole = build.order_for_papers(order.pk)
    paper = deciding.decision_sheet(schedule.trail_for(document, whole), document)
    return {
        dict(each["facts"])["Hasil"]: [(step["what"], step["who"]) for step in each["steps"]]
        for each in paper.data["disputes"]
    }


def complained() -> Dispute:
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    return mend.opened(order, office.receiver)


@pytest.mark.parametrize(("machine", "steps"), [(DISPUTE, deciding.STEPS), (REMEDY, deciding.REMEDY_STEPS)])
def test_every_act_has_words(machine: object, steps: dict[str, str]) -> None:
    assert set(steps) - {"create"} == machine.actions  # type: ignore[attr-defined]


def test_a_complaint_nobody_answered() -> None:
    dispute = complained()
    disputes.pass_overdue(now=dispute.due_at)
    judge = mend.judge()
    disputes.decide_dispute(actor=judge, dispute=dispute, decision="Foto jelas", now=dispute.due_at + HOUR)
    ((_result, steps),) = told(dispute.order).items()
    assert [what for what, _who in steps] == [
        "Keluhan diajukan", "Tidak dijawab sampai batasnya, diteruskan ke petugas kota", "Keluhan diputus",
    ]  # fmt: skip
    assert [who for _what, who in steps][1:] == ["e-Peken, otomatis", f"{judge.name}, Petugas kota"]


def test_a_complaint_nobody_decided() -> None:
    """No officer is named: none did anything."""
    dispute = complained()
    disputes.pass_overdue(now=dispute.due_at)
    dispute.refresh_from_db()
    assert dispute.decide_due_at is not None and dispute.ends_at is not None
    disputes.pass_on_overdue(now=dispute.decide_due_at)
    disputes.pass_on_overdue(now=dispute.ends_at)
    ((result, steps),) = told(dispute.order).items()
    assert result == "Tidak diputus sampai batas. Tidak ada yang harus diganti atau dikembalikan."
    assert [what for what, _who in steps][2:] == ["Belum diputus sampai batasnya", "Tidak diputus sampai batas"]
    assert {who for _what, who in steps[1:]} == {"e-Peken, otomatis"}


def test_goods_that_were_refused_after_the_handover() -> None:
    """What they were worth, by whom it was decided, and for what money followed; the BAST keeps what was signed."""
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office, delivery=0))
    signed = Document.objects.get(order=order, kind=DocumentKind.BAST, replaced_at__isnull=True)
    mend.decided(order, office.receiver, mend.refusal(order, 4))
    ((result, steps),) = told(order).items()
    assert "ditolak dan kembali ke" in result and result.endswith("Nilainya Rp400.000.")
    assert steps[-1] == ("Barang ditolak dan dikembalikan ke penyedia", "e-Peken, otomatis")
    now = Document.objects.filter(order=order, replaced_at__isnull=True)
    assert now.get(kind=DocumentKind.BAST) == signed
    whole = build.order_for_papers(order.pk)
    bill = build._stated(now.get(kind=DocumentKind.INVOICE), whole)
    assert "ditolak menurut keputusan keluhan" in str(bill.data)
    assert "ditolak menurut keputusan" not in str(build._stated(signed, whole).data)
