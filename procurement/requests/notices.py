"""Who is told what about a department's requests. Rows only; the messages leave after the commit."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core import clock
from epeken.core.i18n.messages import COUNT, END, LAST_DAY, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from procurement.agencies import policies
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.frames.models import ApprovalFrame
from procurement.requests import officers
from procurement.requests.models import CeilingAnswer, PurchaseRequest
from procurement.requests.states import CeilingOutcome, RequestState
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of

KINDS = {
    "request.submitted": notice(
        _("Permintaan %(title)s menunggu keputusan Anda"),
        _("%(who)s mengajukan %(total)s. Putuskan paling lambat %(due)s."),
        title=TEXT,
        who=TEXT,
        total=RUPIAH,
        due=LAST_DAY,
    ),
    "request.approved": notice(
        _("Permintaan %(title)s disetujui"),
        _("Disetujui %(total)s oleh %(who)s. Surat pesanan segera diterbitkan."),
        title=TEXT,
        who=TEXT,
        total=RUPIAH,
    ),
    "request.framed": notice(
        _("Permintaan %(title)s langsung disetujui"),
        _("%(total)s, menurut kerangka %(frame)s. Surat pesanan segera diterbitkan."),
        title=TEXT,
        total=RUPIAH,
        frame=TEXT,
    ),
    "request.to_issue": notice(
        _("Permintaan %(title)s siap dipesan"),
        _("%(total)s, disetujui menurut kerangka %(frame)s. Terbitkan surat pesanannya."),
        title=TEXT,
        total=RUPIAH,
        frame=TEXT,
    ),
    "request.approved_in_part": notice(
        _("Permintaan %(title)s disetujui"),
        ngettext_lazy(
            "Disetujui %(total)s oleh %(who)s; %(count)d barang dilepas. Surat pesanan segera diterbitkan.",
            "Disetujui %(total)s oleh %(who)s; %(count)d barang dilepas. Surat pesanan segera diterbitkan.",
            "count",
        ),
        title=TEXT,
        who=TEXT,
        total=RUPIAH,
        count=COUNT,
    ),
    "request.sent_back": notice(
        _("Permintaan %(title)s perlu diperbaiki"), _("Catatan: %(note)s"), title=TEXT, note=TEXT
    ),
    "request.rejected": notice(_("Permintaan %(title)s ditolak"), _("Alasan: %(note)s"), title=TEXT, note=TEXT),
    "request.ordered": notice(
        _("Surat pesanan untuk %(title)s sudah terbit"),
        _("Penjual sudah diberi tahu dan sedang diminta menyanggupi."),
        title=TEXT,
    ),
    "request.withdrawn": notice(
        _("Permintaan %(title)s ditarik pemesan"),
        _("Anggaran yang ditahan sudah dilepas. Anda tidak perlu berbuat apa-apa."),
        title=TEXT,
    ),
    "request.budget_asked": notice(
        _("%(who)s memerlukan pagu untuk %(title)s"),
        _("Mata anggaran %(account)s tersisa %(left)s, permintaannya %(total)s: kurang %(short)s."),
        who=TEXT,
        title=TEXT,
        account=TEXT,
        left=RUPIAH,
        total=RUPIAH,
        short=RUPIAH,
    ),
    "request.ceiling_put": notice(
        _("Pagu untuk %(title)s sudah diajukan ke kota"),
        _("%(who)s mengajukannya dengan surat %(reference)s. Anda dikabari begitu pagunya cukup."),
        title=TEXT,
        who=TEXT,
        reference=TEXT,
    ),
    "request.ceiling_declined": notice(
        _("Pagu untuk %(title)s tidak diajukan"),
        _("%(who)s: %(reason)s Kurangi barangnya atau pakai mata anggaran lain."),
        title=TEXT,
        who=TEXT,
        reason=TEXT,
    ),
    "request.ceiling_borne": notice(
        _("Pagu untuk %(title)s kini cukup"),
        _("Sisa pagunya menanggung permintaan ini, jadi pagu tidak perlu diajukan lagi. Pemesan dapat mengirimnya."),
        title=TEXT,
    ),
    "request.lapsed": notice(
        _("Waktu tahan permintaan %(title)s habis"),
        _("Anggaran, barang, dan ruang penjualan dilepas. Pemesan dapat menyusun ulang tanpa menulis dari awal."),
        title=TEXT,
    ),
    "request.decided_late": notice(
        _("Permintaan %(title)s diputuskan sesudah batasnya"),
        _("%(who)s memutuskannya; batasnya %(due)s."),
        title=TEXT,
        who=TEXT,
        due=LAST_DAY,
    ),
    "request.award_freed": notice(
        _("Anggaran hasil penawaran %(title)s dilepas"),
        _("Masa berlaku penawarannya habis sebelum permintaan dikirim. Kirim selama pagunya cukup, atau buang draf."),
        title=TEXT,
    ),
    "request.award_near": notice(
        _("Anggaran hasil penawaran %(title)s segera dilepas"),
        _("Kirim permintaannya sebelum %(due)s: sesudah itu penjual tidak lagi terikat pada penawarannya."),
        title=TEXT,
        due=END,
    ),
    "request.without_officer": notice(
        _("Belum ada pejabat untuk permintaan %(title)s"),
        _(
            "Tidak ada PP atau PPK lain di %(agency)s yang dapat memutuskan atau memesannya. "
            "Kepala dinas meminta admin kota menunjuk pejabatnya."
        ),
        title=TEXT,
        agency=TEXT,
    ),
    "request.decision_near": notice(
        _("Permintaan %(title)s segera lewat batas keputusan"),
        _("Putuskan paling lambat %(due)s. Pemesan dan penjual menunggu keputusan Anda."),
        title=TEXT,
        due=END,
    ),
    "request.hold_near": notice(
        _("Waktu tahan permintaan %(title)s segera habis"),
        _("Bila surat pesanannya belum terbit sebelum %(due)s, anggaran, barang, dan harganya dilepas."),
        title=TEXT,
        due=END,
    ),
    "request.shop_closed": notice(
        _("%(shop)s tutup, jadi %(title)s belum dapat dipesan"),
        _(
            "Barangnya ditahan untuk tiba paling lambat %(due)s, dan sesudah itu toko mengubah hari libur atau hari "
            "bukanya. Hubungi tokonya, atau cari penjual lain."
        ),
        title=TEXT,
        shop=TEXT,
        due=END,
    ),
    "request.held_closed": notice(
        _("Barang Anda ditahan untuk %(who)s, sedangkan toko Anda tutup"),
        _(
            "Barangnya diminta tiba paling lambat %(due)s. Bila tetap sanggup, ubah hari libur atau hari buka toko "
            "Anda; bila tidak, dinas itu mencari penjual lain."
        ),
        who=TEXT,
        due=END,
    ),
    "request.taken_over": notice(
        _("Permintaan %(title)s diteruskan pemesan lain"),
        _("%(who)s meneruskannya, karena Anda tidak lagi bertugas sebagai pemesan dinas ini atau sedang cuti."),
        title=TEXT,
        who=TEXT,
    ),
    "request.overdue": notice(
        _("Permintaan %(title)s lewat batas keputusan"),
        _("Batasnya %(due)s. Pemesan dan penjual menunggu keputusan Anda."),
        title=TEXT,
        due=LAST_DAY,
    ),
}


def request_submitted(request: PurchaseRequest, *, now: datetime) -> None:
    """Those who may decide on it today; said again later, it tells only who may since then."""
    mark_done(_asking(request, "request.award_near"), now=now)
    said = {"who": str(request.requester), "total": request.total}
    assert request.submitted_at is not None
    _ask_approvers(request, "request.submitted", once=request.submitted_at.isoformat(), now=now, **said)


def request_signed(request: PurchaseRequest, *, now: datetime) -> None:
    """Who signed has nothing more to do; whose turn it is hears of it."""
    _decided(request, now)
    request_submitted(request, now=now)


def request_without_officer(request: PurchaseRequest, *, now: datetime) -> None:
    """The requester, the department's heads and those who appoint its officers; once a day."""
    heads = policies.holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now))
    appointments = reverse("admin:procurement_agencymember_changelist")
    for people, url in (
        ([request.requester, *heads], reverse("procurement:request-detail", args=[request.number])),
        (policies.who_appoint(), f"{appointments}?agency__id__exact={request.agency_id}"),
    ):
        notify(
            people,
            kind="request.without_officer",
            url=url,
            key=f"{_asking(request, 'request.without_officer')}{clock.local_date(now)}",
            now=now,
            title=request.title,
            agency=request.agency.name,
        )


def budget_asked(request: PurchaseRequest, people: list[Any], *, line: BudgetLine, total: int, now: datetime) -> None:
    """Once a day per request and budget line."""
    own = "" if line.pk == request.line_id else f"-{line.pk}"
    notify(
        people,
        kind="request.budget_asked",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-budget{own}-{clock.local_date(now)}",
        now=now,
        who=str(request.requester),
        title=request.title,
        account=line.account_id,
        left=line.available,
        total=total,
        short=total - line.available,
    )


def ceiling_answered(request: PurchaseRequest, answer: CeilingAnswer, *, now: datetime) -> None:
    """The requester hears what the head answered; no head is asked any more."""
    mark_done(f"request-{request.pk}-budget-", now=now)
    who = str(answer.actor)
    if answer.outcome == CeilingOutcome.PUT:
        _tell_requester(request, "request.ceiling_put", now, who=who, reference=answer.reference)
    else:
        _tell_requester(request, "request.ceiling_declined", now, who=who, reason=answer.reason)


def ceiling_borne(request: PurchaseRequest, *, now: datetime) -> None:
    """The requester, and the heads who were asked for a higher ceiling."""
    mark_done(f"request-{request.pk}-budget-", now=now)
    heads = policies.holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now))
    notify(
        [request.requester, *heads],
        kind="request.ceiling_borne",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-borne-{now.isoformat()}",
        now=now,
        title=request.title,
    )


def _ask_approvers(request: PurchaseRequest, kind: str, *, once: str, now: datetime, **parameters: Any) -> None:
    """`once`: the moment or the day of which each is asked one time."""
    notify(
        officers.people_of(request, clock.local_date(now)),
        kind=kind,
        url=reverse("procurement:approval-detail", args=[request.number]),
        key=f"{_asking(request, kind)}{once}",
        now=now,
        title=request.title,
        due=request.due_at,
        **parameters,
    )


def _decided(request: PurchaseRequest, now: datetime) -> None:
    """No approver is asked any more."""
    asked = (
        "submitted", "decision_near", "hold_near", "overdue", "without_officer", "to_issue", "shop_closed",
        "held_closed", "award_near",
    )  # fmt: skip
    mark_done(*(_asking(request, f"request.{kind}") for kind in asked), now=now)


def _asking(request: PurchaseRequest, kind: str) -> str:
    """How the keys begin of what asks its approvers."""
    return f"request-{request.pk}-{kind.removeprefix('request.')}-"


def request_approved(request: PurchaseRequest, *, dropped: int, now: datetime) -> None:
    _decided(request, now)
    said: dict[str, Any] = {"who": str(request.approver), "total": request.total}
    if dropped:
        _tell_requester(request, "request.approved_in_part", now, **said, count=dropped)
    else:
        _tell_requester(request, "request.approved", now, **said)


def request_framed(request: PurchaseRequest, *, frame: ApprovalFrame, now: datetime) -> None:
    """The requester, and those who may order it."""
    mark_done(_asking(request, "request.award_near"), now=now)
    _tell_requester(request, "request.framed", now, total=request.total, frame=frame.number)
    notify(
        officers.people_of(request, clock.local_date(now)),
        kind="request.to_issue",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{_asking(request, 'request.to_issue')}{now.isoformat()}",
        now=now,
        title=request.title,
        total=request.total,
        frame=frame.number,
    )


def request_sent_back(request: PurchaseRequest, *, now: datetime) -> None:
    _decided(request, now)
    _tell_requester(request, "request.sent_back", now, note=request.decision_note)


def request_rejected(request: PurchaseRequest, *, now: datetime) -> None:
    _decided(request, now)
    _tell_requester(request, "request.rejected", now, note=request.decision_note)


def request_ordered(request: PurchaseRequest, *, now: datetime) -> None:
    _decided(request, now)
    _tell_requester(request, "request.ordered", now)


def request_taken_over(request: PurchaseRequest, *, earlier: Any, now: datetime) -> None:
    """Whose it was."""
    notify(
        [earlier],
        kind="request.taken_over",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-taken-over-{now.isoformat()}",
        now=now,
        title=request.title,
        who=str(request.requester),
    )


def request_withdrawn(request: PurchaseRequest, *, was: str, now: datetime) -> None:
    """Whoever had it to do: the one who approved, or those who might have."""
    _tell_its_end(_had_it(request, was, now), request, "request.withdrawn", now)


def request_lapsed(request: PurchaseRequest, *, was: str, now: datetime) -> None:
    """The requester, and whoever had it to do."""
    _tell_its_end([request.requester, *_had_it(request, was, now)], request, "request.lapsed", now)


def decided_late(request: PurchaseRequest, *, actor: User, now: datetime) -> None:
    """The heads of the department, but for one who decided; nobody when it was in time."""
    due = request.decision_due_at
    if due is None or not clock.is_over(due, now):
        return
    heads = policies.holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now))
    notify(
        [person for person in heads if person.pk != actor.pk],
        kind="request.decided_late",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-late-{now.isoformat()}",
        now=now,
        title=request.title,
        who=str(actor),
        due=due,
    )


def award_freed(request: PurchaseRequest, *, now: datetime) -> None:
    """The requester, and the officers who award."""
    mark_done(_asking(request, "request.award_near"), now=now)
    notify(
        [request.requester, *_who_award(request, now)],
        kind="request.award_freed",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-award_freed-{now.isoformat()}",
        now=now,
        title=request.title,
    )


def award_near(request: PurchaseRequest, *, now: datetime) -> None:
    """Once for each end."""
    assert request.held_until is not None
    notify(
        [request.requester],
        kind="request.award_near",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{_asking(request, 'request.award_near')}{request.held_until.isoformat()}",
        now=now,
        title=request.title,
        due=request.held_until,
    )


def award_dropped(request: PurchaseRequest, *, now: datetime) -> None:
    """Of a request that was to buy an award: the officers who award."""
    _tell_its_end(_who_award(request, now), request, "request.withdrawn", now)


def _who_award(request: PurchaseRequest, now: datetime) -> list[Any]:
    day = clock.local_date(now)
    return [person for role in officers.APPROVERS for person in policies.holders(request.agency_id, role, day)]


def _tell_its_end(people: list[Any], request: PurchaseRequest, kind: str, now: datetime) -> None:
    _decided(request, now)
    notify(
        people,
        kind=kind,
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-{kind.removeprefix('request.')}",
        now=now,
        title=request.title,
    )


def _had_it(request: PurchaseRequest, was: str, now: datetime) -> list[Any]:
    if was == RequestState.APPROVED and request.approver:
        return [request.approver]
    return officers.people_of(request, clock.local_date(now))


def request_overdue(request: PurchaseRequest, *, now: datetime) -> None:
    """Once a day per request."""
    _ask_approvers(request, "request.overdue", once=str(clock.local_date(now)), now=now)


def decision_near(request: PurchaseRequest, *, now: datetime) -> None:
    """Once for each end of the time to decide."""
    assert request.due_at is not None
    _ask_approvers(request, "request.decision_near", once=request.due_at.isoformat(), now=now)


def hold_near(request: PurchaseRequest, *, now: datetime) -> None:
    """Requester, and those who may decide on it or order it; once for each end of the hold."""
    assert request.held_until is not None
    notify(
        [request.requester, *officers.people_of(request, clock.local_date(now))],
        kind="request.hold_near",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{_asking(request, 'request.hold_near')}{request.held_until.isoformat()}",
        now=now,
        title=request.title,
        due=request.held_until,
    )


def shop_closed(request: PurchaseRequest, shop: Seller, deliver_at: datetime, *, now: datetime) -> None:
    """Requester and officers, and everybody of the shop; once for each shop and moment of arrival."""
    about = f"{shop.pk}-{deliver_at.isoformat()}"
    notify(
        [request.requester, *officers.people_of(request, clock.local_date(now))],
        kind="request.shop_closed",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{_asking(request, 'request.shop_closed')}{about}",
        now=now,
        title=request.title,
        shop=shop.name,
        due=deliver_at,
    )
    notify(
        members_of(shop.pk),
        kind="request.held_closed",
        url=f"{reverse('umkm:seller-profile')}?toko={shop.pk}",
        key=f"{_asking(request, 'request.held_closed')}{about}",
        now=now,
        who=request.agency.name,
        due=deliver_at,
    )


def _tell_requester(request: PurchaseRequest, kind: str, now: datetime, **parameters: Any) -> None:
    notify(
        [request.requester],
        kind=kind,
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{kind}-{request.pk}-{now.isoformat()}",
        now=now,
        title=request.title,
        **parameters,
    )
