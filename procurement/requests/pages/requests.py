"""What the pages of a request say: rows, tags, steps, sentences."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from epeken.core import clock, editing
from epeken.core.i18n.times import near_time, short_end
from epeken.core.i18n.words import rupiah
from epeken.core.money import each
from epeken.core.quantity import grouped
from epeken.core.sources import cited
from epeken.core.web.templatetags.uang import tanggal, tanggal_jam
from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from procurement.frames.fit import Fit
from procurement.guards.concerns import Concern, split_sum
from procurement.guards.models import GuardFinding
from procurement.negotiations import results
from procurement.negotiations.rules import ANSWER
from procurement.requests import chain, event_kinds, obstacles, officers, policies, rules
from procurement.requests.contents import RequestContents, SellerPart
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.next_step import OrderedStanding, RequestTask
from procurement.requests.obstacles import Obstacle
from procurement.requests.pages import deadlines
from procurement.requests.pages.papers import PapersAsked
from procurement.requests.services import drafts
from procurement.requests.states import OPEN, EventKind, RequestState
from procurement.requests.unfilled import UnfilledPart, said
from procurement.schedules import pages as schedules
from procurement.signatures.models import ApprovalSignature
from procurement.sourcing.offers import is_per_person
from procurement.sourcing.sheets import Comparison
from umkm.catalogue.states import Unit

NOTHING_SAID: Mapping[int, str] = {}
SOON = timedelta(days=1)  # less than this, and the end of a hold stands out
STATE_TAGS = {
    RequestState.DRAFT: "",
    RequestState.SUBMITTED: "info",
    RequestState.SENT_BACK: "now",
    RequestState.APPROVED: "done",
    RequestState.ORDERED: "done",
    RequestState.REJECTED: "no",
    RequestState.WITHDRAWN: "",
    RequestState.LAPSED: "now",
}


EVENT_TITLES = {
    "create": gettext_lazy("Draf dibuat"),
    "submit": gettext_lazy("Dikirim untuk disetujui"),
    "negotiate": gettext_lazy("Harga disepakati dalam negosiasi"),
    "sign": gettext_lazy("Ditandatangani sebelum diputuskan"),
    "approve": gettext_lazy("Disetujui"),
    "approve_by_frame": gettext_lazy("Disetujui menurut kerangka"),
    "send_back": gettext_lazy("Dikembalikan ke pemesan"),
    "reject": gettext_lazy("Ditolak"),
    "withdraw": gettext_lazy("Ditarik pemesan"),
    "reissue": gettext_lazy("Dialihkan ke penjual lain dengan persetujuan yang sama"),
    "issue": gettext_lazy("Surat pesanan diterbitkan"),
    "ask_ceiling": gettext_lazy("Pagu diminta ke kepala dinas"),
    "take_over": gettext_lazy("Diteruskan pemesan lain, sebelumnya milik"),
    "take_out": gettext_lazy("Lampiran dikeluarkan"),
    "lapse": gettext_lazy("Waktu tahan habis, semuanya dilepas"),
}


def tag(state: str, task: str | None, *, is_empty: bool) -> tuple[str, str]:
    """Words and kind: the state, or what an ordered request waits for. `is_empty`: of `is_empty`, no order of it
    lives."""
    if task == RequestTask.SOURCE:
        return str(OrderedStanding.TO_SOURCE.label), "now"
    if is_empty:
        return str(OrderedStanding.FAILED.label), "no"
    known = RequestState(state)
    return str(known.label), STATE_TAGS[known]


def meta(request: PurchaseRequest, held: RequestContents, papers: PapersAsked, lost: int = 0) -> list[dict[str, str]]:
    """`papers`: of the request; `lost`: what orders that brought nothing would have cost (`lost_of`)."""
    items = []
    if kind := event_kinds.of_request(request):
        # An account that usually pays for goods alone says nothing of the event its requester wrote down.
        has_event = request.event_at or request.event_place or request.attendees
        label = _("Belanja barang") if kind == EventKind.GOODS and has_event else str(EventKind(kind).label)
        items.append({"icon": "file-text", "text": label})
    if papers.required:
        items.append({"icon": "file-text", "text": papers.required})
    if request.event_at:
        items.append({"icon": "calendar", "text": tanggal_jam(request.event_at)})
    if request.event_place:
        items.append({"icon": "map-pin", "text": request.event_place})
    if request.attendees:
        text = _("%(count)s orang") % {"count": grouped(Decimal(request.attendees))}
        # What was once sent says nothing of what is written now.
        total = held.total if request.state in OPEN else (request.total or held.total) - lost
        # A schedule feeds them several times: one sum over all of its dates is nobody's price of a meal.
        # What is left after an order brought nothing does not feed everybody either.
        # Neither do a few sets, nor the one dish that another seller brings in place of one that did not come.
        feeds = [line.quantity for line in held.kept if is_per_person(line.product)]
        is_whole = len(feeds) == len(held.kept) and sum(feeds, Decimal(0)) >= request.attendees
        is_part = lost or request.scheduled_days or request.sourced_again_from_id is not None
        if total and is_whole and not is_part:
            text += ", " + _("%(each)s per orang") % {"each": rupiah(each(total, request.attendees))}
        items.append({"icon": "users", "text": text})
    if request.deliver_at and not request.scheduled_days:
        items.append(
            {
                "icon": "truck",
                "text": _("Tiba paling lambat %(when)s") % {"when": tanggal_jam(clock.told_end(request.deliver_at))},
            }
        )
    if said := schedules.summary(request):
        items.append({"icon": "clock", "text": said})
    payers = [charge.line for charge in held.charged(request.line)] or [line for line in [request.line] if line]
    known = list(dict.fromkeys(line.rup_id for line in payers if line.rup_id))
    if known:
        items.append({"icon": "receipt", "text": f"RUP {', '.join(known)}"})
    return items


def signature_rows(
    request: PurchaseRequest, rows: Iterable[ApprovalSignature], viewer: User, day: date
) -> list[dict[str, Any]]:
    """Each signature before the decision, and the decision: who signed, or whose turn it is; none without a chain."""
    found: list[dict[str, Any]] = []
    for row in rows:
        is_next = row.signed_at is None and all(one["is_done"] for one in found)
        found.append(
            {
                "label": row.get_signed_as_display() if row.signed_as else row.get_office_display(),
                "who": row.signer or "",
                "when": row.signed_at,
                "is_done": row.signed_at is not None,
                "is_next": is_next,
                "why": cited(row.source),
            }
        )
    if found:
        is_signed = all(one["is_done"] for one in found)
        is_waiting = request.state == RequestState.SUBMITTED
        office = officers.office_of(request, day, viewer=viewer, needed=request.needed_role) if is_waiting else None
        asked = request.get_needed_role_display()
        is_instead = office is not None and office != request.needed_role
        found.append(
            {
                "label": request.get_approver_role_display() or (office.label if office else asked),
                "who": request.approver or "",
                "when": request.approved_at,
                "is_done": request.approved_at is not None,
                "is_next": is_signed and is_waiting,
                "why": _("Memutuskan di tempat %(office)s") % {"office": asked} if is_instead else _("Memutuskan"),
            }
        )
    return found


def award_words(request: PurchaseRequest, held: RequestContents, now: datetime) -> str:
    """What is held for the draft of an award, and by when it is sent so that its goods come in time; else ''."""
    if not policies.holds_award(request) or request.held_until is None:
        return ""
    ends = [request.held_until, obstacles.order_by(request, held, now, {})]
    words = {
        "total": rupiah(request.total),
        "day": tanggal(clock.last_day(request.held_until)),
        "send": short_end(min(end for end in ends if end is not None)),
    }
    text = _(
        "Uangnya, %(total)s, ditahan dari mata anggarannya sampai %(day)s. Kirim draf ini paling lambat %(send)s, "
        "supaya barangnya masih sempat disetujui, dipesan, dan disiapkan."
    )
    return text % words


def hold_words(request: PurchaseRequest, now: datetime) -> dict[str, Any] | None:
    """For `requests/_hold.html`: until when everything is kept, and how long that is; None when nothing is."""
    if not policies.holds(request) or request.held_until is None:
        return None
    return {
        "until": tanggal_jam(clock.told_end(request.held_until)),
        "left": deadlines.hold_left(request.held_until, now),
        "is_soon": request.held_until - now < SOON,
        "before": _before_it_ends(request, now),
    }


def _before_it_ends(request: PurchaseRequest, now: datetime) -> str:
    """What must happen today or tomorrow where the goods are wanted so soon that their sellers can wait no longer."""
    assert request.held_until is not None
    assert request.submitted_at is not None
    if request.held_until - now >= SOON or request.held_until >= obstacles.hold_end(request.submitted_at):
        return ""
    if request.state == RequestState.SUBMITTED:
        text = _("Supaya barangnya tiba tepat waktu, permintaan ini disetujui dan dipesan paling lambat %(when)s.")
    else:
        text = _("Supaya barangnya tiba tepat waktu, surat pesanannya terbit paling lambat %(when)s.")
    said = text % {"when": near_time(clock.told_end(request.held_until), now)}
    if _is_at_desk(request.held_until, now):
        return said
    return f"{said} " + _("Sampai itu bukan hari kerja: hubungi pejabatnya sendiri.")


def short_notice(request: PurchaseRequest, held: RequestContents, now: datetime) -> str:
    """Of a draft whose goods are wanted so soon that it is decided before the next working day; else ''."""
    end = obstacles.order_by(request, held, now, {})
    if end is None or clock.is_over(end, now) or _is_at_desk(end, now):
        return ""
    text = _(
        "Permintaan ini harus disetujui dan dipesan paling lambat %(when)s, dan sampai itu bukan hari kerja. Hubungi "
        "pejabatnya sendiri sesudah mengirim, atau pilih waktu tiba yang lebih jauh."
    )
    return text % {"when": near_time(clock.told_end(end), now)}


def negotiation_notes(
    request: PurchaseRequest, held: RequestContents, sheet: Comparison | None, now: datetime
) -> list[str]:
    """Of a draft with sellers who must be negotiated with: where they would have less than the dated hours to answer,
    because half of the time is kept for what comes after a silence."""
    end = obstacles.order_by(request, held, now, {})
    until = min(end, obstacles.hold_end(now)) if end is not None else None
    if until is None or clock.is_over(until, now):
        return []
    left = (until - now) / 2
    shops = {part.seller.name for part in held.parts if results.is_compulsory(sheet, part.seller.pk)}
    if not shops or left >= timedelta(hours=ANSWER.on(clock.local_date(now))):
        return []
    hours = max(left // timedelta(hours=1), 1)
    text = ngettext(
        "Harga %(shops)s wajib dinegosiasikan sebelum disetujui, dan barangnya dipesan paling lambat %(when)s. "
        "Penjual hanya punya kira-kira %(hours)d jam untuk menjawab; pilih waktu tiba yang lebih jauh bila bisa.",
        "Harga %(shops)s wajib dinegosiasikan sebelum disetujui, dan barangnya dipesan paling lambat %(when)s. "
        "Penjual hanya punya kira-kira %(hours)d jam untuk menjawab; pilih waktu tiba yang lebih jauh bila bisa.",
        hours,
    )
    words = {"shops": ", ".join(sorted(shops)), "when": near_time(clock.told_end(until), now), "hours": hours}
    return [text % words]


def _is_at_desk(end: datetime, now: datetime) -> bool:
    """Whether one of the days until then, today among them, is a working day."""
    day = clock.local_date(now)
    return clock.is_working_day(day) or clock.working_days_between(day, clock.last_day(end)) > 0


def asked_to_cancel(sellers: Iterable[RequestSeller]) -> str:
    """Of an ordered request: which shops' orders wait for an answer whether they are cancelled; '' for none."""
    found = [(part.cancel_asked_at, part.seller.name) for part in sellers if part.cancel_asked_at is not None]
    if not found:
        return ""
    words = {"shops": ", ".join(name for _at, name in found), "day": tanggal(min(at for at, _name in found))}
    return _("Diminta batal sejak %(day)s, menunggu jawaban: pesanan ke %(shops)s.") % words


def events(request: PurchaseRequest, sellers: Iterable[RequestSeller] = ()) -> list[dict[str, Any]]:
    """Newest first, with what became of the orders that brought nothing (`sellers`)."""
    lost = [
        {
            "title": said(part),
            "who": part.get_unfilled_reason_display(),
            "face": part.seller.name,
            "when": part.unfilled_at,
            "note": part.unfilled_note,
        }
        for part in sellers
        if part.unfilled_at is not None
    ]
    return sorted([*_moves(request), *lost], key=lambda row: row["when"], reverse=True)


def _moves(request: PurchaseRequest) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {
            "title": EVENT_TITLES.get(event.action, event.action),
            "who": str(event.actor) if event.actor else _("Sistem"),
            "when": event.at,
            "automatic": event.actor is None,
            "note": event.note,
        }
        for event in request.events.select_related("actor").order_by("-pk")
    ]


def judge_words(request: PurchaseRequest, findings: Iterable[GuardFinding], viewer: User, day: date) -> str:
    """Who judges the warnings that nobody has judged: the officer who decides, whoever signs before; '' for none."""
    if all(finding.answered_at for finding in findings):
        return ""
    office = officers.office_of(request, day, viewer=viewer, needed=request.needed_role)
    names = ", ".join(str(person) for person in officers.able(request, office, day)) if office else ""
    return ": ".join(filter(None, [office_words(office), names]))


def late_words(request: PurchaseRequest, now: datetime) -> str:
    """For the head, who decides nothing in the officer's place: what there is to be done; '' while it is in time."""
    if request.state != RequestState.SUBMITTED or not clock.is_over(request.due_at, now):
        return ""
    due = tanggal(clock.last_day(request.due_at)) if request.due_at else "–"
    return _(
        "Lewat batas keputusan, %(day)s. Ingatkan yang tertulis di samping. Bila berhalangan, catat cutinya dengan "
        "pengganti (Plh.)."
    ) % {"day": due}


def decided_late_words(request: PurchaseRequest) -> str:
    """Of a decision after its end; '' for one in time, and where none was taken."""
    due, at = request.decision_due_at, request.approved_at or request.closed_at
    if due is None or at is None or not clock.is_over(due, at):
        return ""
    days = (clock.local_date(at) - clock.last_day(due)).days
    said = ngettext("%(n)d hari sesudah batasnya", "%(n)d hari sesudah batasnya", days) % {"n": days}
    words = {"late": said, "day": tanggal(clock.last_day(due))}
    return _("Diputuskan %(late)s, %(day)s") % words if days else _("Diputuskan sesudah batasnya, %(day)s") % words


def facts(
    request: PurchaseRequest, held: RequestContents, office: OfficerRole | None, now: datetime
) -> list[dict[str, Any]]:
    """`office`: who decides on it today."""
    rows: list[dict[str, Any]] = [{"label": _("Pemesan"), "value": request.requester}]
    if request.approver:
        label = _("Ditolak oleh") if request.state == RequestState.REJECTED else _("Disetujui oleh")
        rows.append({"label": label, "value": request.approver, "note": request.get_approver_role_display()})
    elif request.state == RequestState.SUBMITTED:
        people = officers.able(request, office, clock.local_date(now)) if office else []
        names = ", ".join(str(person) for person in people)
        rows.append({"label": pgettext("siapa", "Menunggu"), "value": office_words(office), "note": names})
    if late := decided_late_words(request):
        rows.append({"label": _("Keputusan"), "value": late})
    if request.frame and request.approver_id:
        said = _("Ditandatangani %(day)s") % {"day": tanggal(request.frame.signed_at)}
        href = reverse("procurement:frame-detail", args=[request.frame.number])
        rows.append({"label": _("Menurut kerangka"), "value": request.frame.number, "note": said, "href": href})
    charged = held.charged(request.line)
    if len(charged) > 1:
        rows += [
            {
                "label": _("Mata anggaran"),
                "value": charge.line.activity_name,
                "note": f"{charge.line.account_id} · {rupiah(charge.amount)}",
                "href": reverse("procurement:budget-detail", args=[charge.line.pk]),
            }
            for charge in charged
        ]
    elif request.line:
        payer = charged[0].line if charged else request.line
        rows.append({"label": _("Mata anggaran"), "value": payer.activity_name, "note": payer.account_id})
    if request.purpose:
        rows.append({"label": _("Keperluan"), "value": request.purpose})
    if request.delivery_place:
        ward = request.delivery_kelurahan
        rows.append({"label": _("Diantar ke"), "value": request.delivery_place, "note": ward.full_name if ward else ""})
    return rows


def room_words(part: SellerPart, *, is_over: bool) -> str:
    if is_over:
        return _("Ruang bulan ini tinggal %(left)s, kurang untuk pesanan ini") % {
            "left": rupiah(max(part.room.left, 0))
        }
    if part.room.is_nearly_full:
        return _("Ruang bulan ini tinggal %(left)s") % {"left": rupiah(part.room.left)}
    return _("Ruang bulan ini cukup")


def place_of(part: SellerPart) -> str:
    return f"{part.seller.get_kind_display()}, {part.seller.place}"


def delivery_words(part: SellerPart) -> str:
    if part.kept and part.deliver_at is not None:
        words = {"how": _how_words(part), "when": tanggal_jam(clock.told_end(part.deliver_at))}
        return _("%(how)s, tiba paling lambat %(when)s") % words
    return _how_words(part)


def _how_words(part: SellerPart) -> str:
    if not part.kept:
        return _("Tidak dipesan")
    if not part.is_delivered:
        return _("Diambil di %(outlet)s, tanpa ongkir") % {"outlet": part.seller.outlet}
    if part.delivery_cost:
        words = {"cost": rupiah(part.delivery_cost), "times": part.times}
        text = _("Ongkir %(cost)s untuk %(times)s kali kirim") if part.times > 1 else _("Ongkir %(cost)s")
        return text % words
    return _("Tanpa ongkir")


def groups(
    held: RequestContents, unfilled: Iterable[UnfilledPart], less_for_more: Mapping[int, str] = NOTHING_SAID
) -> list[dict[str, Any]]:
    """For `components/lines.html`: what was asked, what was dropped and why, whose order brought nothing and so costs
    nothing. `less_for_more`: of `obstacles`."""
    notes = {row.part.seller_id: row.text for row in unfilled}
    return [
        {
            "seller": part.seller,
            "place": place_of(part),
            "note": notes.get(part.seller.pk, ""),
            "rows": [
                _row(line, is_lost=part.seller.pk in notes, less_for_more=less_for_more.get(line.pk, ""))
                for line in part.lines
            ],
            "sub": _("Tidak ada yang datang") if part.seller.pk in notes else delivery_words(part),
            "sub_amount": 0 if part.seller.pk in notes else part.total,
        }
        for part in held.parts
    ]


def lost_of(held: RequestContents, unfilled: Iterable[UnfilledPart]) -> int:
    """Whole rupiah of the parts whose order brought nothing: asked for and approved, and not paid."""
    sellers = {row.part.seller_id for row in unfilled}
    return sum(part.total for part in held.parts if part.seller.pk in sellers)


def _row(line: RequestLine, *, is_lost: bool = False, less_for_more: str = "") -> dict[str, Any]:
    note = _("Dilepas: %(reason)s") % {"reason": line.dropped_reason} if line.dropped_at else line.note
    if line.charged_to is not None:
        payer = _("Dibebankan ke %(line)s") % {"line": line.charged_to}
        note = ". ".join(filter(None, (note, payer)))
    note = ". ".join(filter(None, (note, line.tier_words, less_for_more)))
    return {
        "name": line.name,
        "note": note,
        "quantity": Unit(line.unit).counted(line.quantity),
        "price": line.price,
        "amount": line.amount,
        "dropped": is_lost or line.dropped_at is not None,
    }


def draft_parts(
    held: RequestContents,
    to_replace: Iterable[RequestLine],
    line_faults: obstacles.LineFaults,
    market: Mapping[int, str],
    less_for_more: Mapping[int, str],
) -> list[dict[str, Any]]:
    """`market`: by product, what is said of its price beside other sellers'; `less_for_more`: of `obstacles`."""
    replaced = {line.pk for line in to_replace}
    faults = {line.pk: found for line, found in line_faults}
    return [
        {
            "part": part,
            "place": place_of(part),
            "room": room_words(part, is_over=part.seller.pk in held.full),
            "is_over": part.seller.pk in held.full,
            "delivery": delivery_words(part),
            "rows": [
                {
                    "line": line,
                    "shown": editing.shown_of(drafts.amount_of(line)),
                    "unit": Unit(line.unit).plural,
                    "faults": faults[line.pk],
                    "market": market.get(line.product_id, ""),
                    "to_replace": line.pk in replaced,
                    "less_for_more": less_for_more.get(line.pk, ""),
                    "new_price": line.price_now if line.price_now != line.price else None,
                }
                for line in part.kept
            ],
        }
        for part in held.parts
        if part.kept
    ]


def asked_moment(request: PurchaseRequest, day: str) -> dict[str, datetime]:
    """The day a way out proposes, at the hour the goods were to come; nothing for what is no day."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        return {}
    return {"deliver_at": datetime.combine(chosen, hour_of(request), tzinfo=clock.ZONE)}


def hour_of(request: PurchaseRequest) -> time:
    """The hour by which its goods are to come; of a copy without a day, that of the request it copies."""
    moment = request.deliver_at or (request.copied_from.deliver_at if request.copied_from else None)
    return moment.astimezone(clock.ZONE).time() if moment else time(9)


def tasks(
    request: PurchaseRequest,
    held: RequestContents,
    wrong: list[Obstacle],
    *,
    to_choose: int,
    to_answer: int,
    is_warned: bool = False,
    is_compared: bool = True,
    is_put: bool = False,
) -> list[dict[str, Any]]:
    """Steps with their tags. The comparison stands there only when the amount asks for it, what a returned request is
    to mend and warnings only where there are any.

    `to_choose`: goods of its template that are not in it; `to_answer`: warnings without an answer, where it
    `is_warned` of anything; `is_compared`: whether the offers of its day were looked at; `is_put`: the ceiling it
    lacks was put to the city.
    """
    by_step: dict[str, list[Obstacle]] = {}
    for fault in wrong:
        by_step.setdefault(fault.step, []).append(fault)
    steps = [(obstacles.EVENT, _("Acara dan anggaran")), (obstacles.GOODS, _("Barang"))]
    if held.asked:
        steps.append((obstacles.COMPARE, _("Perbandingan")))
    items: list[dict[str, Any]] = []
    if request.state == RequestState.SENT_BACK:
        said = {"state": "now", "text": _("Perlu diperbaiki")}
        items.append({"title": _("Permintaan pejabat"), "href": "#perbaikan"} | said)
    for step, title in steps:
        item: dict[str, Any] = {"title": title, "href": f"#{step}", "step": step}
        if faults := by_step.get(step, []):
            item |= _state_of(faults, is_put)
        elif step == obstacles.GOODS and to_choose:
            text = ngettext("%(count)d belum dipilih", "%(count)d belum dipilih", to_choose)
            item |= {"state": "now", "text": text % {"count": to_choose}, "href": "#template"}
        elif step == obstacles.COMPARE and not is_compared:
            item |= {"state": "now", "text": _("Belum dibandingkan")}
        else:
            item |= {"state": "done", "text": _("Selesai")}
        items.append(item)
    warned = {"title": _("Peringatan"), "href": "#peringatan", "step": "peringatan"}
    if to_answer:
        text = ngettext("%(count)d perlu dijawab", "%(count)d perlu dijawab", to_answer) % {"count": to_answer}
        items.append(warned | {"state": "now", "text": text})
    elif is_warned:
        items.append(warned | {"state": "done", "text": _("Dijawab")})
    here = next((item for item in items if item["state"] != "done"), None)
    last: dict[str, Any] = {"title": _("Kirim"), "href": f"#{obstacles.SEND}"}
    if here is None:
        last |= {"text": _("Siap dikirim"), "state": "now", "here": True}
    else:
        here["here"] = True
        last["text"] = _("Belum bisa dimulai") if wrong else _("Sesudah langkah di atas")
    return [*items, last]


def _state_of(faults: list[Obstacle], is_put: bool) -> dict[str, str]:
    mine = [item for item in faults if not (is_put and item.code == "budget_short")]
    if not mine:
        return {"state": "now", "text": _("Menunggu pagu")}
    hard = [item for item in mine if not item.is_missing]
    if hard:
        text = ngettext("%(count)d perlu diperbaiki", "%(count)d perlu diperbaiki", len(hard)) % {"count": len(hard)}
        return {"state": "no", "text": text}
    return {"state": "now", "text": _("Perlu diisi")}


def send_to(
    request: PurchaseRequest, held: RequestContents, viewer: User, now: datetime, inside: Fit | None = None
) -> str:
    """Whom the button names: who signs first, else `PP` or `PPK`, who decides. Nobody signs inside a frame."""
    day = clock.local_date(now)
    needed = inside.needed_role if inside else officers.needed_role(held.total, day)
    if not inside and (signers := chain.needed(request, held, needed, day)):
        return _receiver(signers[0].office)
    role = officers.office_of(request, day, viewer=viewer, needed=needed)
    return _receiver(role) if role else _("pejabat")


def _receiver(office: str) -> str:
    if office in (OfficerRole.PP, OfficerRole.PPK):
        return office.upper()
    label = str(OfficerRole(office).label)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def event_note(request: PurchaseRequest) -> str:
    """What is asked about the hour of the goods, which may be meant so; "" where nothing is."""
    if request.scheduled_days or request.event_at is None or request.deliver_at != request.event_at:
        return ""
    return _(
        "Barang paling lambat tiba tepat saat acara dimulai, jadi tidak ada waktu untuk menata dan membagikannya. "
        "Majukan waktu tibanya, atau biarkan bila memang begitu."
    )


def people_notes(request: PurchaseRequest, held: RequestContents) -> list[str]:
    """Of goods for one person each, what would be a second for everybody: a few to spare are no question."""
    if not request.attendees or request.scheduled_days:
        return []
    much = [line for line in held.kept if is_per_person(line.product) and line.quantity >= 2 * request.attendees]
    text = _("%(name)s: %(counted)s untuk %(people)s orang. Periksa jumlahnya.")
    people = grouped(Decimal(request.attendees))
    return [
        text % {"name": line.name, "counted": Unit(line.unit).counted(line.quantity), "people": people} for line in much
    ]


def split_notes(held: RequestContents, asked: Iterable[Concern], day: date) -> list[str]:
    """Why the PPK decides on what the PP could decide on alone."""
    whole = split_sum(asked)
    if officers.needed_role(held.total, day) == officers.needed_role(max(held.total, whole), day):
        return []
    text = _(
        "Bersama belanja sejenis jumlahnya %(total)s, di atas %(limit)s yang boleh diputuskan PP, jadi permintaan ini "
        "diputuskan PPK."
    )
    return [text % {"total": rupiah(whole), "limit": rupiah(rules.PP_LIMIT.on(day))}]


def already_sent(request: PurchaseRequest) -> str:
    """What reads who sends it from a page that was opened before; "" where it can be sent."""
    if request.state in OPEN or request.submitted_at is None:
        return ""
    return _(
        "Permintaan ini sudah dikirim %(when)s, jadi tidak dikirim lagi. Keadaannya sekarang ada di halaman ini."
    ) % {"when": tanggal_jam(request.submitted_at)}


def office_words(office: OfficerRole | None) -> str:
    return str(office.label) if office else _("belum ada pejabat yang dapat memutuskan")


def sent_words(request: PurchaseRequest, day: date) -> str:
    """What the requester reads after sending."""
    if request.frame is not None:
        words = _("Langsung disetujui menurut kerangka %(frame)s. PP atau PPK tinggal menerbitkan surat pesanannya.")
        if request.frame.is_issued_at_once:
            words = _("Langsung disetujui menurut kerangka %(frame)s. Surat pesanannya terbit sebentar lagi.")
        return words % {"frame": request.frame.number}
    signature = chain.current(request)
    return _("Permintaan terkirim ke %(role)s. Anggaran, harga, dan barangnya sudah ditahan.") % {
        "role": str(OfficerRole(signature.office).label)
        if signature is not None
        else office_words(officers.office_of(request, day))
    }
