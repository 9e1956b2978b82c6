"""The letter of a step: facts and nothing else. Laid out anew each time from what the step's row keeps."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time
from epeken.core.i18n.words import rupiah
from orders.billing.models import Invoice
from orders.documents.layout import facts
from orders.documents.render import render
from orders.ladder import steps
from orders.ladder.models import LateStep
from orders.ladder.states import LEVELS, LateLevel


@dataclass(frozen=True)
class LetterFacts:
    """What a letter states. `sent_at`: None before it was sent; `by_itself`: nobody sent it. `sent`: of `outstanding`
    what the department sent on `paid_on`, and has to record rightly; 0 of any other."""

    level: LateLevel
    moment: datetime
    due_on: date
    days_late: int
    outstanding: int
    sent: int
    paid_on: date | None
    holder: str
    sent_at: datetime | None
    by_itself: bool

    @property
    def unsent(self) -> int:
        return max(self.outstanding - self.sent, 0)


def of_step(step: LateStep) -> LetterFacts:
    sent = steps.sent_payment(step)
    return LetterFacts(
        level=LateLevel(step.level),
        moment=step.sent_at,
        due_on=step.due_on,
        days_late=step.days_late,
        outstanding=step.outstanding,
        sent=sent.sent_amount if sent else 0,
        paid_on=sent.paid_on if sent else None,
        holder=step.holder,
        sent_at=step.sent_at,
        by_itself=step.sent_by_id is None,
    )


def before_sending(invoice: Invoice, level: LateLevel, now: datetime) -> LetterFacts:
    """As it would be sent now. Of an invoice with a last day to pay."""
    assert invoice.due_at is not None
    with translation.override("id"):
        holder = steps.holder_of(invoice, clock.local_date(now)).words
    return LetterFacts(
        level=level,
        moment=now,
        due_on=clock.last_day(invoice.due_at),
        days_late=steps.days_late(invoice, now),
        outstanding=invoice.outstanding,
        sent=invoice.sent_amount,
        paid_on=invoice.correcting.paid_on if invoice.correcting else None,
        holder=holder,
        sent_at=None,
        by_itself=False,
    )


def make(invoice: Invoice, said: LetterFacts, earlier: list[LateStep]) -> bytes:
    """The PDF. `earlier`: the steps taken for this wait."""
    with translation.override("id"):
        data = _data(invoice, said, earlier)
        return render(data, {}, title=f"{data['title']} {invoice.number}", moment=said.moment)


def _data(invoice: Invoice, said: LetterFacts, earlier: list[LateStep]) -> dict[str, Any]:
    order, seller = invoice.order, invoice.seller_party
    before = [step for step in earlier if LEVELS.index(LateLevel(step.level)) < LEVELS.index(said.level)]
    day = clock.local_date(said.moment)
    why = "tagihannya belum lunas" if said.unsent else "catatannya belum dibetulkan"
    told = (
        f"Dikirim sendiri oleh e-Peken {full_time(said.moment)}, karena {why}."
        if said.by_itself
        else f"Dikirim lewat e-Peken {full_time(said.sent_at)}."
        if said.sent_at
        else f"Dicetak {full_time(said.moment)}, belum dikirim lewat e-Peken."
    )
    # A letter bears the head of who sends it; nobody's shop wrote what e-Peken sends by itself.
    own = {"over": settings.CITY.government.upper(), "name": "e-Peken", "lines": [], "arms": ""}
    sender = "e-Peken memberitahukan" if said.by_itself else "Kami sampaikan"
    return {
        "kind": "letter",
        "title": f"Pemberitahuan {'Tagihan Belum Dibayar' if said.unsent else 'Catatan Pembayaran Belum Dibetulkan'}",
        "numbers": [f"Nomor {invoice.number}/{LEVELS.index(said.level) + 1}", full_date(day)],
        "head": own if said.by_itself else facts.shop_head(seller),
        "to": steps.addressee(said.level, order.buyer_party.name, day),
        "opening": f"{sender} bahwa {_what(said, seller.name, order.buyer_party.name)}",
        "facts": [
            ("Nomor tagihan", invoice.number),
            ("Surat pesanan", order.number),
            ("BAST", invoice.delivery.bast_number or "–"),
            ("Tanggal tagihan", full_date(clock.local_date(invoice.issued_at))),
            ("Hari terakhir membayar", full_date(said.due_on)),
            ("Terlambat", f"{said.days_late} hari kerja pada {full_date(day)}"),
            ("Nilai tagihan sesudah pajak", rupiah(invoice.net)),
            *([("Belum dibayar", rupiah(said.unsent))] if said.unsent else []),
            *(
                [("Menurut dinas sudah dikirim", f"{rupiah(said.sent)}, {full_date(said.paid_on)}")]
                if said.sent and said.paid_on
                else []
            ),
            ("Sedang pada", said.holder[:1].upper() + said.holder[1:]),
        ],
        "rows": [
            {
                "to": str(step.get_level_display()),
                "at": full_date(clock.local_date(step.sent_at)),
                "how": "dikirim sendiri oleh e-Peken" if step.sent_by_id is None else "surat penjual",
            }
            for step in before
        ],
        "signs": [
            facts.sign(
                settings.CITY.government,
                "e-Peken",
                head=facts.place_and_date(said.moment),
                note="Dikirim sistem, sah tanpa tanda tangan",
            )
            if said.by_itself
            else facts.sign(seller.name, seller.owner_name, head=facts.place_and_date(said.moment))
        ],
        "qr": "",
        "made": told,
    }


def _what(said: LetterFacts, seller: str, agency: str) -> str:
    if said.unsent:
        return f"tagihan {seller} berikut belum dibayar {agency}. Mohon tagihan ini diselesaikan."
    return (
        f"pembayaran tagihan {seller} berikut, yang menurut {agency} uangnya sudah dikirim, belum dicatat ulang dengan "
        "benar. Mohon catatannya dibetulkan."
    )
