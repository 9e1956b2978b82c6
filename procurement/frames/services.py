"""A frame is proposed, signed or refused, drawn from, and ended.

Its amount is reserved on the budget line while it is signed: what a request takes out of it is released for the frame
and reserved for the request in one transaction, with the line locked, so that nothing counts twice or is free between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.numbers import next_number
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_as
from procurement.agencies.states import OfficerRole
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from procurement.budgets.states import FRAME_DRAWN, FRAME_RETURNED
from procurement.frames import ceilings, notices, policies, rules, terms
from procurement.frames.models import ApprovalFrame, FrameGoods
from procurement.frames.states import FrameState
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.models import Category, Product
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class AllowedGoods:
    """One kind of goods of a proposal: a product, or all of a category in a unit. `price_limit`: of one unit."""

    price_limit: int
    product: Product | None = None
    category: Category | None = None
    unit: str = ""

    @property
    def key(self) -> tuple[int, int, str]:
        if self.product is not None:
            return self.product.category_id, self.product.pk, self.product.unit
        return (self.category.pk if self.category else 0), 0, self.unit


@service
def propose_frame(
    *,
    actor: User,
    agency: Agency,
    title: str,
    line: BudgetLine,
    amount: int,
    order_limit: int,
    valid_from: date,
    valid_until: date,
    goods: Sequence[AllowedGoods],
    sellers: Iterable[Seller],
    is_issued_at_once: bool,
    key: str,
    now: datetime,
    ceiling_reason: str = "",
) -> ApprovalFrame:
    """A frame waits for the head's signature; nothing is reserved before that. The same key proposes once.

    Without `sellers` it is open to every seller who is able. `ceiling_reason`: why a price of its goods stands far
    above the market or the city's standard (`ceilings`); asked for where one does, kept nowhere else.
    Raises: NotAllowed, RuleBroken. Locks: none.
    """
    who = f"user:{actor.pk}"
    chosen = sorted(seller.pk for seller in sellers)
    body = {
        "frame": agency.pk, "title": title, "line": line.pk, "amount": amount, "order_limit": order_limit,
        "from": str(valid_from), "until": str(valid_until), "sellers": chosen, "at_once": is_issued_at_once,
        "goods": sorted([*map(str, row.key), str(row.price_limit)] for row in goods), "why": ceiling_reason.strip(),
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return ApprovalFrame.objects.get(number=earlier)
    day = clock.local_date(now)
    office = policies.proposing_office(actor, agency.pk, day)
    if not office:
        raise NotAllowed(_("Kerangka persetujuan diusulkan oleh PP atau PPK dinas ini."))
    require(title.strip(), _("Tulis untuk keperluan apa kerangka ini."), field="title", code="title_missing")
    _check_line(line, agency, valid_from, valid_until)
    _check_days(valid_from, valid_until, day)
    _check_amounts(amount, order_limit)
    _check_budget(line, amount)
    _check_goods(goods)
    rows = _judged(goods, day)
    is_high = any(row.basis for row in rows)
    refuse_first(_unexplained(rows, ceiling_reason))
    frame = ApprovalFrame.objects.create(
        number=next_number("KP", day.year),
        agency=agency,
        line=line,
        title=title.strip(),
        amount=amount,
        order_limit=order_limit,
        valid_from=valid_from,
        valid_until=valid_until,
        ceiling_reason=ceiling_reason.strip()[:300] if is_high else "",
        is_issued_at_once=is_issued_at_once,
        proposer=actor,
        proposer_role=office,
        created_at=now,
        due_at=_sign_by(valid_from, now),
    )
    begin(frame, actor=actor, now=now, acted_as=acting_as(actor, agency.pk, office, day))
    for row in rows:
        row.frame = frame
    FrameGoods.objects.bulk_create(rows)
    frame.sellers.set(chosen)
    frame = ApprovalFrame.objects.with_goods().get(pk=frame.pk)
    if objection := terms.office_objection(frame, terms.whole(frame, day), day):
        raise RuleBroken(objection, field="amount", code="frame_office")
    notices.frame_proposed(frame, now=now)
    idempotency.settle(person=who, key=key, result=frame.number)
    return frame


def _judged(goods: Sequence[AllowedGoods], day: date) -> list[FrameGoods]:
    """The rows as they are kept, each with what its price stands far above."""
    rows = [
        FrameGoods(
            category=one.product.category if one.product else one.category,
            product=one.product,
            unit=one.key[2],
            price_limit=one.price_limit,
        )
        for one in goods
    ]
    for row, excess in zip(rows, ceilings.excesses(rows, day), strict=True):
        if excess is not None:
            row.basis, row.reference = excess.basis, excess.reference
    return rows


def ceiling_problems(goods: Sequence[AllowedGoods], reason: str, day: date) -> Iterator[RuleBroken]:
    """A price far above the market or the city's standard, of which nothing is said that explains it."""
    yield from _unexplained(_judged(goods, day), reason)


def _unexplained(rows: Sequence[FrameGoods], reason: str) -> Iterator[RuleBroken]:
    if not any(row.basis for row in rows) or len(reason.strip()) >= LEAST_REASON:
        return
    told = " ".join(ceilings.sentences(rows))
    ask = _(
        "Turunkan harganya, atau tulis alasannya paling sedikit %(least)d huruf; kepala dinas membacanya sebelum "
        "menandatangani."
    )
    text = f"{told} {ask % {'least': LEAST_REASON}}"
    yield RuleBroken(text, field="ceiling_reason", code="ceiling_unexplained")


def _sign_by(valid_from: date, now: datetime) -> datetime:
    due = clock.due_after_working_days(now, rules.SIGN.on(clock.local_date(now)))
    first = clock.start_of(valid_from)
    return due if clock.is_over(first, now) else min(due, first)


@service
def sign_frame(*, actor: User, frame: ApprovalFrame, decree: str, key: str, now: datetime) -> ApprovalFrame:
    """Requests inside the frame need no other approval from now on; its amount is reserved. The same key signs once.

    The head signs what a PP or PPK proposed: nobody both proposes and signs, and a head who is tied to a seller that
    the frame names does not sign it. It stays in force when the appointment of either ends: who follows may end it.
    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"sign": frame.pk, "decree": decree}) is not None:
        return ApprovalFrame.objects.get(pk=frame.pk)
    frame = locked(frame)
    day = clock.local_date(now)
    if not policies.is_head(actor, frame.agency_id, day):
        raise NotAllowed(_("Kerangka persetujuan ditandatangani kepala dinas (PA/KPA)."))
    if actor.pk == frame.proposer_id:
        raise NotAllowed(_("Anda mengusulkan kerangka ini, jadi tanda tangannya harus dari orang lain."))
    frame.machine.after(frame.state, "sign")
    decree = decree.strip()
    require(decree, _("Tulis nomor keputusannya."), field="decree", code="decree_missing")
    signed = ApprovalFrame.objects.filter(agency=frame.agency_id, decree__iexact=decree).order_by("signed_at")
    dated = next((one for one in signed if one.signed_at and clock.local_date(one.signed_at) != day), None)
    if dated is not None:
        raise RuleBroken(
            _("Keputusan %(decree)s sudah dipakai kerangka %(number)s tanggal %(day)s. Tulis nomor keputusan hari ini.")
            % {"decree": decree, "number": dated.number, "day": long_date(dated.signed_at)},
            field="decree",
            code="decree_dated",
        )
    require(
        frame.valid_until >= day,
        _("Masa berlakunya sudah lewat. Minta PP atau PPK mengusulkan yang baru."),
        code="frame_over",
    )
    if objection := terms.office_objection(frame, terms.whole(frame, day), day):
        raise RuleBroken(objection, code="frame_office")
    tied = next((seller for seller in frame.sellers.all() if shops.is_tied(actor, seller)), None)
    require(
        tied is None,
        _("Anda pengurus %(shop)s atau toko lain pemiliknya, jadi kerangka ini ditandatangani orang lain.")
        % {"shop": tied},
        code="own_shop",
    )
    line = frame.line
    _check_budget(line, frame.amount)
    budgets.reserve(line=line, amount=frame.amount, reference=frame.number, actor=actor, now=now)
    move(
        frame, "sign", actor=actor, now=now, acted_as=acting_as(actor, frame.agency_id, OfficerRole.HEAD, day),
        signer=actor, signed_at=now, decree=decree[:80],
    )  # fmt: skip
    notices.frame_signed(frame, now=now)
    idempotency.settle(person=who, key=key, result=frame.number)
    return frame


@service
def refuse_frame(*, actor: User, frame: ApprovalFrame, note: str, now: datetime) -> ApprovalFrame:
    """The head does not sign (`refuse`), or PP or PPK take the proposal back (`withdraw`); with a reason.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine.
    """
    frame = locked(frame)
    office = _closing_office(actor, frame, now)
    action = "refuse" if policies.is_head(actor, frame.agency_id, clock.local_date(now)) else "withdraw"
    frame.machine.after(frame.state, action)
    note = _reason(note)
    move(frame, action, actor=actor, now=now, note=note, acted_as=office, closed_at=now)
    notices.frame_closed(frame, note=note, actor=actor, now=now)
    return frame


@service
def end_frame(*, actor: User, frame: ApprovalFrame, note: str, now: datetime) -> ApprovalFrame:
    """No request goes through the frame any more, and what is left of it is free; requests it approved stay approved.

    By the head, or by a PP or PPK, also one who came later: to stop is always safe.
    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: BudgetLine.
    """
    frame = locked(frame)
    office = _closing_office(actor, frame, now)
    frame.machine.after(frame.state, "end")
    note = _reason(note)
    _release_rest(frame, actor, now)
    move(frame, "end", actor=actor, now=now, note=note, acted_as=office, closed_at=now)
    notices.frame_closed(frame, note=note, actor=actor, now=now)
    return frame


@service
def lapse_frame(*, frame: ApprovalFrame, now: datetime) -> ApprovalFrame:
    """Its last day has passed: what is left of it is free, and a proposal nobody signed is none any more.

    Raises: InvalidMove. Locks: BudgetLine.
    """
    frame = locked(frame)
    action = "refuse" if frame.state == FrameState.PROPOSED else "end"
    frame.machine.after(frame.state, action)
    if frame.valid_until >= clock.local_date(now):
        raise InvalidMove()
    if action == "end":
        _release_rest(frame, None, now)
    move(frame, action, actor=None, now=now, closed_at=now)
    notices.frame_over(frame, now=now)
    return frame


def lapse_frames(*, now: datetime) -> int:
    """Frames whose last day has passed end, each in its own transaction; the number ended now.

    Safe in parallel: the second to reach a frame finds it ended and goes on. Locks: as lapse_frame.
    """
    over = ApprovalFrame.objects.over(clock.local_date(now)).order_by("pk")
    return sweep(over, lambda frame: lapse_frame(frame=frame, now=now), failure="Frame %s could not end")


@service
def draw(*, frame: ApprovalFrame, line: BudgetLine, amount: int, actor: User, now: datetime) -> None:
    """`amount` of what the frame reserves is free on the line, for the request that takes it in the same transaction.

    The last word on how much is left, whatever was asked before. Called by `holds.hold` with the budget line locked.
    Raises: RuleBroken `frame_short`. Locks: BudgetLine.
    """
    budgets.release(line=line, amount=amount, reference=frame.number, actor=actor, now=now, note_code=FRAME_DRAWN)
    drawn = ApprovalFrame.objects.signed().filter(pk=frame.pk, drawn__lte=F("amount") - amount)
    require(
        drawn.update(drawn=F("drawn") + amount) == 1,
        _("Sisa kerangka %(number)s baru saja dipakai permintaan lain. Muat ulang halaman, lalu kirim lagi.")
        % {"number": frame.number},
        code="frame_short",
    )


@service
def give_back(
    *, request: PurchaseRequest, lines: budgets.Lines, amount: int, actor: User | None, now: datetime
) -> None:
    """A request of a frame, its order or a part of that fell through and its `amount` is free: the frame has it again.

    A frame that is over reserves nothing; then the amount stays free. A request without a frame changes nothing.
    `lines`: those of the request, locked by whoever freed the amount. Locks: BudgetLine.
    """
    if request.frame_id is None:
        return
    frame = ApprovalFrame.objects.get(pk=request.frame_id)
    if frame.state == FrameState.SIGNED:
        line = lines[frame.line_id]
        budgets.reserve(
            line=line, amount=amount, reference=frame.number, actor=actor, now=now, note_code=FRAME_RETURNED
        )
    ApprovalFrame.objects.filter(pk=frame.pk).update(drawn=F("drawn") - amount)


@service
def take_again(
    *, request: PurchaseRequest, lines: budgets.Lines, amount: int, actor: User | None, now: datetime
) -> None:
    """An order of a frame binds `amount` of what was given back once more: it is free on the line, for the order that
    takes it in the same transaction. A request without a frame changes nothing.

    `lines`: those of the request, locked by the service that calls. Raises: RuleBroken `frame_short`.
    Locks: BudgetLine.
    """
    if request.frame_id is None:
        return
    frame = ApprovalFrame.objects.get(pk=request.frame_id)
    require(
        amount <= frame.left,
        _("Sisa kerangka %(number)s tinggal %(left)s, sedangkan yang diputus diterima %(amount)s. Pilih hasil lain.")
        % {"number": frame.number, "left": rupiah(frame.left), "amount": rupiah(amount)},
        code="frame_short",
    )
    if frame.state == FrameState.SIGNED:
        line = lines[frame.line_id]
        budgets.release(line=line, amount=amount, reference=frame.number, actor=actor, now=now, note_code=FRAME_DRAWN)
    ApprovalFrame.objects.filter(pk=frame.pk).update(drawn=F("drawn") + amount)


def locked(frame: ApprovalFrame) -> ApprovalFrame:
    """The frame as it is once its budget line, which it keeps, is locked: that lock is the frame's."""
    line = BudgetLine.objects.locked().get(pk=frame.line_id)
    found = ApprovalFrame.objects.get(pk=frame.pk)
    found.line = line
    return found


def _release_rest(frame: ApprovalFrame, actor: User | None, now: datetime) -> None:
    if frame.left:
        budgets.release(line=frame.line, amount=frame.left, reference=frame.number, actor=actor, now=now)


def _closing_office(actor: User, frame: ApprovalFrame, now: datetime) -> str:
    day = clock.local_date(now)
    office = policies.closing_office(actor, frame.agency_id, day)
    if not office:
        raise NotAllowed(_("Kerangka ini diakhiri oleh kepala dinas, PP, atau PPK dinas ini."))
    return acting_as(actor, frame.agency_id, office, day)


def _reason(note: str) -> str:
    note = note.strip()
    require(note, _("Tulis alasannya; dibaca semua pejabat dinas."), field="note", code="note_missing")
    return note[:300]


def _check_line(line: BudgetLine, agency: Agency, valid_from: date, valid_until: date) -> None:
    require(
        line.agency_id == agency.pk,
        _("Mata anggaran ini milik dinas lain. Pilih mata anggaran dinas Anda."),
        field="line",
        code="other_agency",
    )
    require(
        line.rup_id.strip(),
        _(
            "Mata anggaran ini belum punya ID RUP, jadi belum boleh dibelanjakan. "
            "Pilih yang lain atau minta perencana mengisinya."
        ),
        field="line",
        code="no_rup",
    )
    require(
        valid_from.year == valid_until.year == line.year,
        _("Mata anggaran ini untuk tahun %(year)s. Kerangka berlaku di tahun itu saja.") % {"year": line.year},
        field="valid_until",
        code="budget_year",
    )


def problems(values: Mapping[str, Any], agency: Agency, day: date) -> Iterator[RuleBroken]:
    """Every rule these values break, each at its field. A value that is not given is not judged."""
    checks: list[tuple[Callable[..., None], tuple[str, ...]]] = [
        (partial(_check_days, day=day), ("valid_from", "valid_until")),
        (_check_amounts, ("amount", "order_limit")),
        (partial(_check_line, agency=agency), ("line", "valid_from", "valid_until")),
        (_check_budget, ("line", "amount")),
    ]
    for check, names in checks:
        if all(values.get(name) is not None for name in names):
            try:
                check(**{name: values[name] for name in names})
            except RuleBroken as problem:
                yield problem


def _check_days(valid_from: date, valid_until: date, day: date) -> None:
    require(
        valid_from >= day,
        _("Kerangka berlaku paling cepat hari ini, bukan sebelum diusulkan."),
        field="valid_from",
        code="frame_before_today",
    )
    require(
        valid_until >= valid_from,
        _("Hari terakhir tidak boleh sebelum hari mulai."),
        field="valid_until",
        code="dates",
    )
    least, days = rules.LEAST.on(day), (valid_until - valid_from).days + 1
    require(
        days >= least,
        _("Kerangka berlaku paling sedikit %(least)d hari; ini %(days)d hari. Untuk sehari, kirim permintaan biasa.")
        % {"least": least, "days": days},
        field="valid_until",
        code="frame_short_time",
    )


def _check_amounts(amount: int, order_limit: int) -> None:
    require(amount > 0, _("Isi jumlah lebih dari nol."), field="amount", code="amount")
    require(order_limit > 0, _("Isi jumlah lebih dari nol."), field="order_limit", code="amount")
    require(
        order_limit <= amount,
        _("Tiap permintaan paling banyak %(amount)s, yaitu jumlah kerangkanya.") % {"amount": rupiah(amount)},
        field="order_limit",
        code="order_limit",
    )


def _check_budget(line: BudgetLine, amount: int) -> None:
    """Asked when it is proposed, and again with the line locked when it is signed."""
    require(
        amount <= line.available,
        _("Sisa pagu %(line)s tinggal %(left)s, sedangkan kerangka ini %(amount)s: kurang %(short)s.")
        % {
            "line": line.account_id,
            "left": rupiah(line.available),
            "amount": rupiah(amount),
            "short": rupiah(amount - line.available),
        },
        field="amount",
        code="budget_short",
    )


def _check_goods(goods: Sequence[AllowedGoods]) -> None:
    require(goods, _("Sebut paling sedikit satu barang atau kategori."), field="goods", code="goods_missing")
    for row in goods:
        require(row.price_limit > 0, _("Isi harga paling tinggi."), field="goods", code="price_missing")
    require(
        len({row.key for row in goods}) == len(goods),
        _("Satu barang atau kategori disebut dua kali dalam satuan yang sama."),
        field="goods",
        code="goods_twice",
    )
