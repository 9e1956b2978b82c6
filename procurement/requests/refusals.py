"""What keeps a request from being signed or approved. Its page shows what the service refuses, in the same words.

Who may decide at all is asked elsewhere (`policies.can_decide`); what only has to be weighed, in `sourcing.comparison`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.reasons import LEAST_REASON
from procurement.agencies.states import OfficerRole
from procurement.guards import about
from procurement.guards import services as guards
from procurement.guards.models import GuardFinding
from procurement.guards.states import SPLITS, GuardKind
from procurement.negotiations import results
from procurement.negotiations.models import Negotiation
from procurement.requests import obstacles, rules
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.states import RequestState
from procurement.schedules import reading as schedules
from procurement.signatures.models import ApprovalSignature
from procurement.sourcing.sheets import Comparison


@dataclass(frozen=True)
class ApprovalRefusal:
    """One thing in the way of an approval, and the way out."""

    code: str
    text: str
    way: str = ""
    field: str | None = None  # of the form of the decision
    href: str = ""
    link: str = ""

    def broken_rule(self) -> RuleBroken:
        return RuleBroken(f"{self.text} {self.way}".strip(), field=self.field, code=self.code)

    @property
    def item(self) -> dict[str, str]:
        """For `components/warns.html`."""
        return {"kind": "no", "text": self.text, "note": self.way, "href": self.href, "link": self.link}


def moved_on(request: PurchaseRequest, *, note: str = "") -> InvalidMove:
    """What became of a request since the page of its decision was opened, by whom; what was written on it (`note`) is
    handed back."""
    last = request.events.exclude(from_state=F("to_state")).order_by("-sequence").first()
    said = {
        RequestState.WITHDRAWN: _("Permintaan ini ditarik %(who)s, %(when)s, jadi tidak ada yang perlu diputuskan."),
        RequestState.LAPSED: _("Waktu tahan permintaan ini habis, %(when)s, jadi tidak dapat diputuskan lagi."),
        RequestState.SENT_BACK: _("Permintaan ini sudah dikembalikan ke pemesan oleh %(who)s, %(when)s."),
        RequestState.REJECTED: _("Permintaan ini sudah ditolak %(who)s, %(when)s."),
        RequestState.APPROVED: _(
            "Permintaan ini sudah disetujui %(who)s, %(when)s. Buka halamannya bila perlu dikembalikan."
        ),
        RequestState.ORDERED: _("Surat pesanan permintaan ini sudah terbit, oleh %(who)s, %(when)s."),
    }.get(RequestState(request.state))
    if last is None or said is None:
        return InvalidMove()
    text = said % {"who": last.actor_name or _("sistem"), "when": long_time(last.at)}
    if note.strip():
        text += " " + _("Catatan Anda tidak tersimpan: “%(note)s”") % {"note": note.strip()}
    return InvalidMove(text)


def to_sign(request: PurchaseRequest, now: datetime) -> Iterator[ApprovalRefusal]:
    """What nobody can mend while it waits for signatures and the decision: its time is over. No query."""
    if (over := hold_over(request, now)) is not None:
        yield over
    if request.deliver_at is None or clock.is_over(schedules.first_due(request), now):
        yield ApprovalRefusal(
            "deliver_past",
            _("Waktu barang tiba sudah lewat."),
            _("Kembalikan ke pemesan supaya diberi waktu baru."),
            **_send_back(),
        )


def to_approve(
    request: PurchaseRequest,
    held: RequestContents,
    *,
    dropped: Mapping[int, str],
    outcomes: Mapping[int, str],
    findings: Collection[GuardFinding],
    sheet: Comparison | None,
    negotiated: Mapping[int, Negotiation],
    signed: Collection[ApprovalSignature],
    office: str,
    note: str,
    now: datetime,
) -> Iterator[ApprovalRefusal]:
    """Everything in the way of an approval in which these lines are dropped, these warnings answered so and the officer
    wrote this note.

    `dropped`: line pk → reason; `outcomes`: by the finding's pk; `findings`: those not answered yet; `sheet`: of
    `sheets.kept`; `negotiated`: of `results.of_request`; `signed`: of `chain.of_request`; `office`: in which
    the officer decides. None: it can be approved.
    """
    yield from _drops(held, dropped)
    yield from to_sign(request, now)
    kept = [line for line in held.kept if line.pk not in dropped]
    yield from _deliveries(held, dropped)
    yield from _lines(request, held, dropped, now)
    for text in results.owed(held, sheet, negotiated, dropped):
        yield ApprovalRefusal("negotiation_owed", text, href="#negosiasi", link=_("Buka negosiasi"))
    for text in guards.unexplained_prices(request, kept, held.standards):
        way = _("Pemesan belum menjelaskannya. Lepas barisnya atau kembalikan ke pemesan.")
        yield ApprovalRefusal("price_above_standard", text, way, **_lines_link())
    yield from _findings(held, findings, outcomes)
    yield from _unexplained(findings, outcomes, note)
    yield from _split_for_ppk(held, findings, dropped, office)
    total = held.after_dropping(dropped).total
    if kept and total <= 0:
        yield _nothing_left("total_zero")
    limit = min((row.total for row in signed if row.signed_at is not None), default=total)
    if total > limit:
        yield ApprovalRefusal(
            "more_than_signed",
            _("Jumlahnya naik menjadi %(total)s sejak ditandatangani (%(limit)s).")
            % {"total": rupiah(total), "limit": rupiah(limit)},
            _("Kembalikan ke pemesan."),
            **_send_back(),
        )


def hold_over(request: PurchaseRequest, now: datetime) -> ApprovalRefusal | None:
    """Once the time of the hold is over, whether it has lapsed by then or not. No query."""
    until = request.held_until
    if until is not None and not clock.is_over(until, now):
        return None
    told = long_time(clock.told_end(until)) if until else "–"
    return ApprovalRefusal(
        "hold_over",
        _("Harga, barang, dan anggaran permintaan ini ditahan sampai %(until)s, dan waktu itu sudah lewat.")
        % {"until": told},
        _("Pemesan dapat menyusunnya ulang."),
    )


def _drops(held: RequestContents, dropped: Mapping[int, str]) -> Iterator[ApprovalRefusal]:
    for line in held.kept:
        if line.pk in dropped and not dropped[line.pk].strip():
            text = _("Tulis mengapa %(name)s dari %(shop)s dilepas.")
            field = f"reason_{line.pk}"
            yield ApprovalRefusal(
                "reason_missing", text % {"name": line.name, "shop": line.seller.name}, field=field, **_lines_link()
            )
    if not {line.pk for line in held.kept} - set(dropped):
        yield _nothing_left("all_dropped")


def _nothing_left(code: str) -> ApprovalRefusal:
    return ApprovalRefusal(
        code,
        _("Semua barang dilepas, jadi tidak ada yang disetujui."),
        _("Tolak permintaannya dan tulis alasannya."),
        **_send_back(),
    )


def _deliveries(held: RequestContents, dropped: Mapping[int, str]) -> Iterator[ApprovalRefusal]:
    for part in held.parts:
        if part.method_is_gone and any(line.pk not in dropped for line in part.kept):
            text = (
                _("%(shop)s tidak mengantar lagi, sedangkan permintaan ini minta diantar.")
                if part.is_delivered
                else _("Barang dari %(shop)s tidak dapat diambil di %(outlet)s lagi.")
            )
            words = {"shop": part.seller.name, "outlet": part.seller.outlet}
            yield ApprovalRefusal("method_gone", text % words, _drop_words(), **_lines_link())


def _lines(
    request: PurchaseRequest, held: RequestContents, dropped: Mapping[int, str], now: datetime
) -> Iterator[ApprovalRefusal]:
    for line, faults in obstacles.line_faults(request, held, now):
        if line.pk not in dropped:
            for fault in faults:
                yield ApprovalRefusal(fault.code, named(line, fault.text), _drop_words(), **_lines_link())


def _findings(
    held: RequestContents, findings: Collection[GuardFinding], outcomes: Mapping[int, str]
) -> Iterator[ApprovalRefusal]:
    for finding in findings:
        outcome = outcomes.get(finding.pk, "")
        if guards.lets_through(outcome):
            continue
        words = {"kind": finding.get_kind_display(), "about": about.words(about.lines_of(finding, held.kept))}
        if outcome:
            text = _("Anda menilainya pelanggaran: %(kind)s, %(about)s.") % words
            way = _("Kembalikan ke pemesan, atau tolak permintaannya.")
        else:
            text = _("Belum Anda nilai: %(kind)s, %(about)s.") % words
            way = ""
        yield ApprovalRefusal(
            "guard_open", text, way, field=f"outcome_{finding.pk}", href="#j-peringatan", link=_("Lihat peringatannya")
        )


def _unexplained(
    findings: Collection[GuardFinding], outcomes: Mapping[int, str], note: str
) -> Iterator[ApprovalRefusal]:
    """What the officer lets through although a rule speaks against it, without saying why."""
    if len(note.strip()) >= LEAST_REASON:
        return
    let_through = {finding.kind for finding in findings if guards.lets_through(outcomes.get(finding.pk, ""))}
    for code, kinds, text in (
        ("split_unexplained", set(SPLITS), _("Anda meloloskan pemecahan paket tanpa menulis mengapa.")),
        ("price_unexplained", {GuardKind.PRICE}, _("Anda meloloskan harga di atas standar tanpa menulis mengapa.")),
    ):
        if let_through & kinds:
            yield ApprovalRefusal(
                code,
                text,
                _("Tulis alasannya di catatan, paling sedikit %(least)d huruf. Alasan itu tercetak di berkas.")
                % {"least": LEAST_REASON},
                field="note",
                href="#id_note",
                link=_("Tulis catatannya"),
            )


def _split_for_ppk(
    held: RequestContents, findings: Collection[GuardFinding], dropped: Mapping[int, str], office: str
) -> Iterator[ApprovalRefusal]:
    """What was split passes the limit of the PP: sent before that limit was lowered, it waits at the wrong desk."""
    if office != OfficerRole.PP:
        return
    limit = rules.PP_LIMIT.on(held.day)
    for finding in findings:
        if finding.kind in SPLITS:
            gone = sum(line.amount for line in about.lines_of(finding, held.kept) if line.pk in dropped)
            if finding.amount - gone > limit:
                yield ApprovalRefusal(
                    "split_above_pp",
                    _("Bersama belanja yang dipecah jumlahnya %(total)s, di atas %(limit)s yang boleh diputuskan PP.")
                    % {"total": rupiah(finding.amount - gone), "limit": rupiah(limit)},
                    _("Kembalikan ke pemesan: dikirim lagi, permintaan ini diputuskan PPK."),
                    **_send_back(),
                )
                return


def named(line: RequestLine, text: str) -> str:
    """The sentence with the goods and the shop it speaks of, where it does not say them itself."""
    said = {line.name: line.name in text or line.product.name in text, line.seller.name: line.seller.name in text}
    missing = [name for name, is_there in said.items() if not is_there]
    return _("%(names)s: %(text)s") % {"names": ", ".join(missing), "text": text} if missing else text


def _drop_words() -> str:
    return _("Lepas barisnya, atau kembalikan ke pemesan.")


def _lines_link() -> dict[str, str]:
    return {"href": "#barang", "link": _("Ke daftar barang")}


def _send_back() -> dict[str, str]:
    return {"href": "#id_note", "link": _("Tulis catatannya")}
