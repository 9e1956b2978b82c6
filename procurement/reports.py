"""Reads over several nouns: what waits for an officer, where a budget stands, which goods fit a request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models import Sum as SumOf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock, exports
from epeken.core.templatetags.uang import tanggal
from epeken.core.words import rupiah
from procurement import basket as baskets
from procurement.basket import Basket
from procurement.models import Agency, BudgetEntry, BudgetLine, PurchaseRequest
from procurement.policies import APPROVERS
from procurement.states import OfficerRole, RequestState
from umkm.models import Product

HITS = 24


@dataclass(frozen=True)
class Standing:
    """A budget line as figures, a bar and one sentence."""

    line: BudgetLine
    parts: list[dict[str, Any]]
    left: int
    label: str

    @property
    def total(self) -> int:
        return self.line.pagu


@dataclass(frozen=True)
class Totals:
    """Several budget lines together, whole rupiah."""

    pagu: int
    reserved: int
    committed: int
    realised: int

    @property
    def left(self) -> int:
        return self.pagu - self.reserved - self.committed - self.realised


# --- Budget ---


def lines_of(agency: Agency, year: int | None = None, words: str = "") -> list[BudgetLine]:
    found = BudgetLine.objects.filter(agency=agency).select_related("account", "agency")
    if year is not None:
        found = found.filter(year=year)
    for word in words.split():
        found = found.filter(
            Q(activity_name__icontains=word)
            | Q(activity_code__icontains=word)
            | Q(account__code__icontains=word)
            | Q(account__name__icontains=word)
            | Q(rup_id__icontains=word)
        )
    return list(found.order_by("-year", "activity_code", "account", "pk"))


def sum_of(lines: Iterable[BudgetLine]) -> Totals:
    rows = list(lines)
    return Totals(*(sum(getattr(row, name) for row in rows) for name in ("pagu", "reserved", "committed", "realised")))


def standing(line: BudgetLine, *, this: int = 0, is_held: bool = False) -> Standing:
    """`this`: the request being looked at; `is_held` when its amount is already among the reserved."""
    others = line.reserved - this if is_held else line.reserved
    left = line.available if is_held else line.available - this
    parts = [
        _part(line.realised, "a", _("Dibayar")),
        _part(line.committed, "b", _("Dipesan")),
        _part(others, "c", _("Ditahan")),
    ]
    if this:
        parts.append(_part(this, "now", _("Permintaan ini")))
    figures = ", ".join(f"{part['label'].lower()} {rupiah(part['value'])}" for part in parts)
    label = _("Pagu %(pagu)s: %(figures)s, sisa %(left)s") % {
        "pagu": rupiah(line.pagu),
        "figures": figures,
        "left": rupiah(left),
    }
    return Standing(line=line, parts=parts, left=left, label=label)


def bar_of(request: PurchaseRequest, held: Basket) -> Standing | None:
    """The strip of a request: before, this one, after. None without a budget line."""
    if request.line is None:
        return None
    if request.state in (RequestState.SUBMITTED, RequestState.APPROVED):
        return standing(request.line, this=request.total, is_held=True)
    is_open = request.state in (RequestState.DRAFT, RequestState.SENT_BACK)
    return standing(request.line, this=held.total if is_open else 0)


def ledger(line: BudgetLine) -> QuerySet[BudgetEntry]:
    """Entries newest first, each with what was left after it (`left_after`)."""
    used = F("reserved_delta") + F("committed_delta") + F("realised_delta")
    running = Window(expression=SumOf(used), order_by=F("pk").asc())
    return line.entries.annotate(left_after=line.pagu - running).select_related("actor").order_by("-pk")


def line_head() -> list[str]:
    return [
        _("Tahun"), _("Kode sub-kegiatan"), _("Sub-kegiatan"), _("Kode rekening"), _("Rekening"), _("ID RUP"),
        _("Pagu"), _("Ditahan"), _("Dipesan"), _("Dibayar"), _("Sisa"),
    ]  # fmt: skip


def line_cells(line: BudgetLine) -> Sequence[exports.Cell]:
    return [
        line.year, line.activity_code, line.activity_name, line.account_id, line.account.name, line.rup_id,
        line.pagu, line.reserved, line.committed, line.realised, line.available,
    ]  # fmt: skip


def entry_head() -> list[str]:
    return [
        _("Waktu"), _("Catatan"), _("Nomor"), _("Oleh"), _("Ditahan"), _("Dipesan"), _("Dibayar"), _("Sisa"),
        _("Keterangan"),
    ]  # fmt: skip


def entry_cells(entry: Any) -> Sequence[exports.Cell]:
    return [
        entry.at, entry.get_kind_display(), entry.reference, str(entry.actor) if entry.actor else _("Sistem"),
        entry.reserved_delta, entry.committed_delta, entry.realised_delta, entry.left_after, entry.note,
    ]  # fmt: skip


def _part(value: int, kind: str, label: str) -> dict[str, Any]:
    return {"value": value, "kind": kind, "label": label, "text": rupiah(value).removeprefix("Rp")}


# --- The desk ---


def role_words(roles: set[str]) -> str:
    return ", ".join(str(OfficerRole(role).label) for role in OfficerRole if role in roles)


def waiting(user: Any, agency: Agency, roles: set[str], now: datetime) -> list[dict[str, Any]]:
    """What waits for this person, by kind of work: `title items note href link`. Groups without work are left out."""
    mine = PurchaseRequest.objects.filter(agency=agency).select_related("requester").order_by("due_at", "-pk")
    groups = []
    if OfficerRole.REQUESTER in roles:
        drafts = list(mine.filter(requester=user, state=RequestState.DRAFT))
        back = list(mine.filter(requester=user, state=RequestState.SENT_BACK))
        groups.append(_group(_("Perlu Anda perbaiki"), back, "procurement:request-detail", now, urgent=True))
        groups.append(_group(_("Draf Anda"), drafts, "procurement:request-detail", now))
    seats = [role for role in APPROVERS if role in roles]
    if seats:
        decide = mine.submitted().filter(approver_role__in=seats).exclude(requester=user)
        groups.insert(0, _group(_("Menunggu keputusan Anda"), list(decide), "procurement:approval-detail", now))
        issue = mine.approved().exclude(requester=user)
        if OfficerRole.PPK not in roles:
            issue = issue.exclude(~Q(approver=user) & Q(approver_role=OfficerRole.PPK))
        groups.insert(
            1, _group(_("Siap menjadi surat pesanan"), list(issue), "procurement:request-detail", now, urgent=True)
        )
    if OfficerRole.REQUESTER in roles:
        sent = mine.filter(requester=user, state__in=[RequestState.SUBMITTED, RequestState.APPROVED])
        groups.append(_group(_("Sedang di meja lain"), list(sent), "procurement:request-detail", now))
    return [group for group in groups if group["items"]]


def _group(
    title: str, found: list[PurchaseRequest], view: str, now: datetime, *, urgent: bool = False
) -> dict[str, Any]:
    return {"title": title, "items": [_todo(row, view, now, urgent) for row in found[:10]], "more": len(found) - 10}


def _todo(request: PurchaseRequest, view: str, now: datetime, urgent: bool) -> dict[str, Any]:
    notes = [request.number]
    if request.total:
        notes.append(rupiah(request.total))
    if request.event_at:
        notes.append(_("acara %(day)s") % {"day": tanggal(request.event_at)})
    item: dict[str, Any] = {
        "title": request.title,
        "href": reverse(view, args=[request.number]),
        "note": ", ".join(notes),
    }
    if request.state == RequestState.SUBMITTED and request.due_at:
        item |= {"left": time_left(request.due_at, now), "now": request.due_at <= now}
    elif request.state == RequestState.SENT_BACK:
        item |= {"left": _("Dikembalikan"), "now": urgent, "icon": "undo-2"}
    elif request.state == RequestState.APPROVED:
        item |= {"left": _("Disetujui"), "icon": "circle-check"}
    return item


def time_left(due_at: datetime, now: datetime) -> str:
    """`sampai hari ini`, `3 hari lagi`, `lewat 2 hari`: whole days in Surabaya."""
    days = (clock.local_date(due_at) - clock.local_date(now)).days
    if due_at <= now:
        late = max(1, -days)
        return ngettext("lewat %(days)d hari", "lewat %(days)d hari", late) % {"days": late}
    if days == 0:
        return _("sampai hari ini")
    return ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}


# --- Goods for a request ---


def goods(words: str, held: Basket) -> list[Product]:
    """Goods on sale that have every word in their own or their shop's name; nothing without a word.

    Goods whose own name says it all come first, then the cheapest.
    """
    if not words.split():
        return []
    found = Product.objects.published()
    own_name = Q()
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(seller__name__icontains=word))
        own_name &= Q(name__icontains=word)
    return _cards(found.annotate(is_other=Case(When(own_name, then=0), default=1)), "is_other")


def offers(held: Basket, words: str = "") -> list[Product]:
    """Goods of the same kind as most of the request, from other owners: same category first, then cheapest."""
    kind = held.main_kind
    if kind is None:
        return []
    found = (
        Product.objects.published()
        .filter(Q(category_id=kind) | Q(category__parent_id=kind))
        .exclude(pk__in=[line.product_id for line in held.lines])
        .exclude(pk__in=[row.product_id for row in held.comparisons])
        .exclude(seller__owner_id__in=[line.seller.owner_id for line in held.lines])
    )
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(seller__name__icontains=word))
    same = Q(category_id__in={line.product.category_id for line in held.kept})
    return _cards(found.annotate(is_other=Case(When(same, then=0), default=1)), "is_other")


def _cards(found: Any, *before: str) -> list[Product]:
    hidden = [f"seller__{name}" for name in baskets.PERSONAL]
    return list(found.with_card().defer(*hidden, "description").order_by(*before, "price", "pk")[:HITS])
