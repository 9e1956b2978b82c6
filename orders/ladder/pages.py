"""What the page of an unpaid invoice says: who holds it, since when, what was sent, what comes next and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, working_days, working_days_words
from epeken.core.i18n.words import rupiah
from orders.billing import pages as billing_pages
from orders.billing import standing
from orders.billing.models import Invoice
from orders.disputes.models import Dispute
from orders.documents import completeness
from orders.ladder import rules, steps
from orders.ladder.states import LateLevel
from orders.ladder.steps import Rung
from orders.orders.next_step import dispute_of, is_invoice_awaited, steps_of


@dataclass(frozen=True)
class LatePage:
    """`sends`: the desk whose letter the seller may send now. `stopped`: why no step comes."""

    title: str
    lead: str
    facts: list[dict[str, Any]]
    ladder: list[dict[str, Any]]
    stopped: str
    sends: Rung | None
    sends_to: str
    by_itself: str
    rhythm: str  # who hears when, by the rules of its last day


def late_page(invoice: Invoice, now: datetime, *, is_seller: bool) -> LatePage:
    """Of an unpaid invoice of a department. Reads its order's disputes and remedies."""
    day, order = clock.local_date(now), invoice.order
    assert invoice.due_at is not None
    last = clock.last_day(invoice.due_at)
    dispute = dispute_of(order)
    awaited = is_invoice_awaited(order, invoice)
    is_late = clock.is_over(invoice.due_at, now)
    stopped = _stopped(dispute, awaited=awaited)
    rungs = steps.rungs_of(invoice, steps.steps_of_wait(invoice), today=day)
    coming = steps.next_of(rungs)
    waits = not is_late or (coming is not None and not clock.is_over(coming.opens, now))
    agency = str(order.agency)
    runs = dispute is None and not awaited
    lacks = runs and any(standing.awaits_papers(invoice))
    is_open = is_seller and coming is not None and not steps.letter_refusal(invoice, rungs, coming.level, now)
    sends = coming if is_open else None
    idle = steps.idle_words(invoice, coming)
    way = billing_pages.hold_answer(invoice) if is_seller and runs else None
    can = _can(coming, invoice, day, stopped=stopped, waits=waits, idle=idle) if is_seller else ""
    left = clock.working_days_between(day, last)
    return LatePage(
        title=_title(invoice),
        lead=_("%(agency)s, tagihan %(number)s.") % {"agency": agency, "number": invoice.number},
        facts=[
            _held(invoice, now, dispute=dispute, awaited=awaited),
            *([_lacking(invoice)] if lacks else []),
            *([_hold(invoice)] if invoice.held_at is not None and runs else []),
            *([_sent(invoice, is_seller=is_seller)] if invoice.correcting_id is not None else []),
            {
                "label": _("Batas mencatat ulang") if invoice.is_sent else _("Batas bayar"),
                "value": full_date(last),
                "note": _("waktu berhenti") if stopped else working_days_words(left, last, day),
            },
            {
                "label": _("Langkah berikutnya"),
                "value": _coming(coming, agency, day),
                "note": _when(coming, invoice, now, stopped=bool(stopped), idle=bool(idle)),
            },
            *([{"label": _("Supaya diteruskan"), "value": way.text, "href": way.href}] if way else []),
            *([{"label": _("Yang bisa Anda lakukan"), "value": can}] if can else []),
        ],
        ladder=[
            _entry(rung, invoice, now, is_next=rung is coming, stopped=bool(stopped), idle=bool(idle)) for rung in rungs
        ],
        stopped=stopped,
        sends=sends,
        sends_to=steps.addressee(sends.level, agency, day) if sends else "",
        by_itself=_by_itself(sends, invoice, now) if sends else "",
        rhythm=_rhythm(last, invoice, is_late=is_late),
    )


def _title(invoice: Invoice) -> str:
    if invoice.is_sent:
        return _("Catatan pembayaran %(amount)s belum dibetulkan") % {"amount": rupiah(invoice.owed)}
    return _("%(amount)s belum dibayar") % {"amount": rupiah(invoice.owed)}


def _sent(invoice: Invoice, *, is_seller: bool) -> dict[str, Any]:
    """Money that left, of which the record is corrected. Whether it came, its seller knows."""
    assert invoice.correcting is not None
    paid = {"amount": rupiah(invoice.sent_amount), "day": full_date(invoice.correcting.paid_on)}
    note = _("Bila tidak masuk ke rekening Anda, kirim suratnya pada harinya.") if is_seller else ""
    return {"label": _("Menurut dinas sudah dikirim"), "value": _("%(amount)s, %(day)s") % paid, "note": note}


def _hold(invoice: Invoice) -> dict[str, Any]:
    """Why it is held: nobody checks, approves or pays it until that is put right."""
    words = standing.words_of(invoice)
    remark, runs = standing.hold_remark(invoice), _("Waktu bayar tetap berjalan selama tagihan ditahan.")
    return {"label": _("Keadaan"), "value": words, "note": f"{remark} {runs}" if remark else runs}


def _can(coming: Rung | None, invoice: Invoice, day: date, *, stopped: str, waits: bool, idle: str) -> str:
    """What its seller may do about it, so that nobody looks for a button that is not there."""
    if stopped:
        return _("Belum ada: waktu bayarnya sedang berhenti.")
    if coming is None:
        return _("Semua surat sudah dikirim. Hubungi narahubung dinas dari halaman pesanannya.")
    if idle:
        return idle
    desk = steps.addressee(coming.level, str(invoice.order.agency), day)
    if waits:
        said = (
            _("Kirim surat ke %(desk)s mulai %(day)s, bila sampai saat itu belum dicatat ulang.")
            if invoice.is_sent
            else _("Kirim surat ke %(desk)s mulai %(day)s, bila sampai saat itu belum dibayar.")
        )
        return said % {"desk": desk, "day": full_date(clock.local_date(coming.opens))}
    return _("Kirim surat ke %(desk)s sekarang.") % {"desk": desk}


def _rhythm(last: date, invoice: Invoice, *, is_late: bool) -> str:
    """Why the days of the steps are what they are. That the treasurer is told is said while it is still to come."""
    if invoice.is_sent:
        told = "" if is_late else _("Bendahara diberi tahu begitu batas mencatat ulang lewat.")
        said = _(
            "Menurut dinas uangnya sudah dikirim, jadi e-Peken tidak meneruskannya sendiri. Penjual yang tidak "
            "menerimanya dapat mengirim suratnya."
        )
        return f"{told} {said}".strip()
    days = {level.value: working_days(rule.on(last)) for level, rule in rules.AFTER.items()}
    said = _(
        "Surat penjual dapat dikirim ke kepala dinas sesudah %(head)s, ke dinas yang membina UMKM sesudah %(office)s, "
        "dan ke inspektorat sesudah %(inspectorate)s, dihitung dari batas bayar. Tanpa surat, e-Peken meneruskannya "
        "sendiri %(own)s kemudian. Di antara dua langkah selalu ada %(own)s, jadi langkah yang tercatat terlambat "
        "menggeser langkah berikutnya."
    )
    told = "" if is_late else _("Bendahara diberi tahu begitu batas bayar lewat.")
    return f"{told} {said % {**days, 'own': working_days(rules.OWN.on(last))}}".strip()


def _lacking(invoice: Invoice) -> dict[str, Any]:
    """Which papers keep it from being paid, and who brings each."""
    lacks = completeness.lacks_of(invoice.order, invoice)
    told = [_("%(paper)s (%(who)s)") % {"paper": lack.name, "who": lack.who} for lack in lacks]
    return {"label": _("Berkas yang belum ada"), "value": "; ".join(told)}


def _stopped(dispute: Dispute | None, *, awaited: bool) -> str:
    if dispute is not None:
        return _("Ada keluhan terbuka sejak %(day)s, jadi waktu bayarnya berhenti sampai keluhan itu diputus.") % {
            "day": full_date(clock.local_date(dispute.opened_at))
        }
    return _("Dibayar sesudah barang penggantinya diperiksa.") if awaited else ""


def _held(invoice: Invoice, now: datetime, *, dispute: Dispute | None, awaited: bool) -> dict[str, Any]:
    """Who is to act, and since when."""
    if dispute is not None or awaited:
        step = next(iter(steps_of(invoice.order, now)), None)
        said = f"{step.who.label}: {step.what.label}" if step else "–"
        since = dispute.opened_at if dispute else None
        note = _("sejak %(day)s") % {"day": full_date(clock.local_date(since))} if since else ""
        return {"label": _("Sekarang pada"), "value": said[:1].upper() + said[1:], "note": note}
    holder = steps.holder_of(invoice, clock.local_date(now))
    words = holder.words
    return {
        "label": _("Sekarang pada"),
        "value": words[:1].upper() + words[1:],
        "note": _("%(task)s, sejak %(day)s") % {"task": holder.task, "day": full_date(clock.local_date(holder.since))},
    }


def _coming(rung: Rung | None, agency: str, day: date) -> str:
    if rung is None:
        return _("Sudah sampai ke inspektorat")
    desk = steps.addressee(rung.level, agency, day)
    # The first is whoever is to pay: nothing is passed on yet.
    said = _("%(desk)s diingatkan") if rung.level == LateLevel.TREASURER else _("Diteruskan ke %(desk)s")
    return said % {"desk": desk}


def _when(rung: Rung | None, invoice: Invoice, now: datetime, *, stopped: bool, idle: bool) -> str:
    if rung is None:
        return _("semua pihak sudah diberi tahu")
    if stopped:
        return _("sesudah waktunya berjalan lagi")
    if idle and clock.is_over(rung.opens, now):
        return _("surat bisa dikirim begitu berkasnya lengkap; e-Peken tetap mengingatkan sendiri")
    if not steps.goes_by_itself(invoice, rung.level):
        return _("surat bisa dikirim sekarang") if clock.is_over(rung.opens, now) else _unless_paid(rung, invoice)
    if clock.is_over(rung.by_itself, now):
        return _("surat bisa dikirim sekarang; tanpa surat diteruskan sendiri dalam sejam")
    if clock.is_over(rung.opens, now):
        return _("surat bisa dikirim sekarang; tanpa surat diteruskan sendiri sesudah %(day)s") % {
            "day": full_date(clock.last_day(rung.by_itself))
        }
    return _unless_paid(rung, invoice)


def _by_itself(rung: Rung, invoice: Invoice, now: datetime) -> str:
    """What becomes of a letter that may be sent and is not; its day may be over before the job has run."""
    if not steps.goes_by_itself(invoice, rung.level):
        return _("e-Peken tidak meneruskannya sendiri: menurut dinas uangnya sudah dikirim.")
    if clock.is_over(rung.by_itself, now):
        return _("Bila tidak Anda kirim, e-Peken meneruskannya sendiri dalam sejam.")
    return _("Bila tidak Anda kirim, e-Peken meneruskannya sendiri sesudah %(day)s.") % {
        "day": full_date(clock.last_day(rung.by_itself))
    }


def _unless_paid(rung: Rung, invoice: Invoice) -> str:
    said = _("bila belum dicatat ulang sampai %(day)s") if invoice.is_sent else _("bila belum dibayar sampai %(day)s")
    if not steps.goes_by_itself(invoice, rung.level):
        said = _("dengan surat penjual, bila belum dicatat ulang sampai %(day)s")
    return said % {"day": full_date(clock.last_day(rung.opens))}


def _entry(rung: Rung, invoice: Invoice, now: datetime, *, is_next: bool, stopped: bool, idle: bool) -> dict[str, Any]:
    step = rung.step
    if step is None:
        note = _when(rung, invoice, now, stopped=stopped, idle=idle) if is_next else _unless_paid(rung, invoice)
        return {"title": rung.level.label, "note": note, "state": "now" if is_next else "wait"}
    how = (
        _("diberi tahu sendiri oleh e-Peken %(at)s") % {"at": full_time(step.sent_at)}
        if step.sent_by_id is None
        else _("surat penjual dikirim %(at)s") % {"at": full_time(step.sent_at)}
    )
    href = reverse("orders:late-letter", args=[invoice.order.number, invoice.number, rung.level])
    return {
        "title": rung.level.label, "note": how, "state": "done", "href": f"{href}?lihat=1", "link": _("Baca suratnya"),
    }  # fmt: skip


def brought_words(level: str | None) -> str:
    """In lists: before whom an invoice was brought last; "" while only its treasurer was reminded."""
    if not level or level == LateLevel.TREASURER:
        return ""
    return _("terlambat, sudah sampai ke %(desk)s") % {"desk": LateLevel(level).label}
