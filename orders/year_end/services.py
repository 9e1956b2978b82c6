"""What a budget year leaves open is decided, a debt is charged to the year that pays it, silence goes on upwards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.numbers import next_number
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import approving, charges
from orders.billing.models import Invoice
from orders.billing.states import UNPAID, InvoiceState
from orders.deliveries.models import DeliveryLine
from orders.disputes import policies as disputes_policies
from orders.documents import services as documents
from orders.documents.states import DocumentKind, VoidReason
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.year_end import commitments, debts, ending, notices, policies
from orders.year_end.commitments import OpenCommitment
from orders.year_end.ending import last_day_of
from orders.year_end.models import CarriedCharge, CarriedDebt, YearEndDecision
from orders.year_end.states import YearEndChoice
from orders.year_end.waiting import open_orders
from procurement.budgets import services as budgets
from procurement.budgets.charges import added
from procurement.budgets.models import BudgetLine
from procurement.budgets.services import Lines
from procurement.budgets.states import CARRIED
from procurement.requests.errors import OwnShop
from umkm.sellers.policies import is_tied


@service
def decide_finish(*, actor: User, order: Order, finish_by: date, reason: str, now: datetime) -> YearEndDecision:
    """The PPK or the head says that the order is delivered and paid in its budget year, and by which day. Once that day
    is past and it is still open, somebody is to decide again. It takes the place of a debt that the head acknowledged.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, row, office = _decidable(actor, order, now)
    day, last = clock.local_date(now), last_day_of(row.year)
    require(
        day <= last,
        _("Tahun anggaran %(year)s sudah berakhir. Batalkan yang belum dikirim; yang sudah diterima diakui utang.")
        % {"year": row.year},
        code="year_over",
    )
    require(
        day <= finish_by <= last,
        _("Pilih hari dari hari ini sampai %(last)s.") % {"last": long_date(last)},
        field="finish_by",
        code="finish_outside",
    )
    first = ending.first_payable(order, now, is_expected=row.is_expected)
    require(
        first <= finish_by,
        _("Paling cepat dibayar %(first)s: %(why)s. Pilih hari itu atau sesudahnya, atau putuskan yang lain.")
        % {"first": long_date(first), "why": ending.first_words(is_expected=row.is_expected)},
        field="finish_by",
        code="finish_too_early",
    )
    debts.release(order, actor=actor, office=office, now=now)
    return _decide(row, actor, office, YearEndChoice.FINISH, reason, now, finish_by=finish_by)


@service
def acknowledge_debt(*, actor: User, order: Order, reason: str, now: datetime) -> YearEndDecision:
    """The head says that what came and is not paid stays a debt, to be budgeted in the next DPA. Nothing is paid by it:
    until it is withdrawn or charged to that DPA its bills are held.

    Raises: NotAllowed, OwnShop, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, row = _listed(order, now)
    office = policies.head_office(actor, order, clock.local_date(now))
    if not office:
        raise NotAllowed(_("Utang diakui kepala dinas pemesan, karena membebani anggaran tahun berikutnya."))
    if is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    require(
        not row.is_expected,
        _("Masih ada barang yang belum dikirim atau belum diperiksa. Utang hanya untuk barang yang sudah diterima."),
        code="goods_expected",
    )
    made = _decide(row, actor, office, YearEndChoice.DEBT, reason, now)
    debts.hold(order, row.year, actor=actor, office=office, now=now)
    return made


@service
def withdraw_decision(*, actor: User, order: Order, reason: str, now: datetime) -> YearEndDecision:
    """What was decided holds no longer, and somebody is to decide again; bills that were held as a debt go on.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order, row, office = _decidable(actor, order, now)
    if row.decision is None or row.decision.choice == YearEndChoice.WITHDRAWN:
        raise InvalidMove(_("Tidak ada keputusan yang berlaku. Muat ulang halaman."))
    debts.release(order, actor=actor, office=office, now=now)
    return _decide(row, actor, office, YearEndChoice.WITHDRAWN, reason, now)


@service
def carry_debt(
    *, actor: User, invoice: Invoice, lines: Mapping[int, BudgetLine], basis: str, now: datetime
) -> CarriedDebt:
    """The head charges an acknowledged debt to budget lines of the running year: the old ones bear it no longer, the
    new ones bind it, and the invoice is paid from them. An approval of its payment holds no longer.

    `lines`: for each budget line the order was issued on (pk), the one that takes its place. `basis`: the DPA that
    budgets it. Raises: NotAllowed, OwnShop, InvalidMove, RuleBroken. Locks: BudgetLine, Order, Invoice.
    """
    budget = agreement.lock_budget(invoice.order, also=[line.pk for line in lines.values()])
    order, row = _listed(invoice.order, now)
    invoice = Invoice.objects.locked().select_related("delivery").get(pk=invoice.pk)
    invoice.order, day = order, clock.local_date(now)
    office = policies.head_office(actor, order, day)
    if not office:
        raise NotAllowed(_("Utang dibebankan ke anggaran baru oleh kepala dinas pemesan."))
    if is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if invoice.state not in UNPAID or (invoice.carried_year or row.year) >= day.year:
        raise InvalidMove(_("Tagihan ini sudah dibayar, atau tahun anggarannya belum berakhir. Muat ulang halaman."))
    decision = row.decision
    if decision is None or decision.choice != YearEndChoice.DEBT:
        raise InvalidMove(_("Tagihan ini belum diakui sebagai utang. Akui dulu dengan alasannya."))
    require(
        not invoice.paid,
        _("Tagihan ini sudah dibayar sebagian dari anggaran lamanya. Sisanya dibayar dengan dasar tertulis."),
        code="already_paid",
    )
    goods = list(DeliveryLine.objects.filter(delivery=invoice.delivery_id).select_related("order_line").order_by("pk"))
    wanted = charges.as_ordered(invoice, goods)
    chosen = _chosen(order, budget, lines, wanted, day)
    basis = basis.strip()
    require(basis, _("Tulis nomor DPA yang menganggarkan utang ini."), field="basis", code="basis_missing")
    before = charges.of_invoice(invoice, goods)
    after = added({chosen[pk].pk: amount} for pk, amount in wanted.items())
    debt: CarriedDebt = CarriedDebt.objects.create(
        number=next_number("UT", day.year),
        invoice=invoice,
        delivery=invoice.delivery,
        decision=decision,
        from_year=invoice.carried_year or row.year,
        to_year=day.year,
        basis=basis[:120],
        amount=invoice.gross,
        carried_at=now,
    )
    CarriedCharge.objects.bulk_create(
        CarriedCharge(debt=debt, from_line_id=pk, to_line=chosen[pk], amount=amount) for pk, amount in wanted.items()
    )
    budgets.change_committed(
        lines=budget, before=before, after=after, reference=order.number, actor=actor, now=now, note_code=CARRIED
    )
    _move(invoice, actor, office, debt, now)
    documents.ensure_documents(order, now)
    notices.carried(debt, now=now)
    return debt


def climb(*, now: datetime) -> int:
    """Whoever is asked now hears of it, each once; how many commitments wait for somebody."""
    found = open_orders(now).filter(waits_since__isnull=False).select_related("agency", "seller")
    asked = commitments.read(found, now)
    for row in asked:
        notices.asked(row, now=now)
    notices.done_elsewhere(asked, now=now)
    return len(asked)


def _decidable(actor: User, order: Order, now: datetime) -> tuple[Order, OpenCommitment, str]:
    """The order locked, how it stands, and the office in which the actor decides. What the head decided about a debt
    another head alone changes. Raises: NotAllowed, InvalidMove."""
    order, row = _listed(order, now)
    day = clock.local_date(now)
    office = policies.deciding_office(actor, order, day)
    if not office:
        raise NotAllowed(_("Ini diputus PPK atau kepala dinas pemesan."))
    is_debt = row.decision is not None and row.decision.choice == YearEndChoice.DEBT
    if is_debt and not policies.head_office(actor, order, day):
        raise NotAllowed(_("Kepala dinas mengakuinya sebagai utang, jadi hanya kepala dinas yang mengubah itu."))
    return order, row, office


def _listed(order: Order, now: datetime) -> tuple[Order, OpenCommitment]:
    """The order locked, and how it stands. Raises: InvalidMove when it is not on the list."""
    order = Order.objects.locked().select_related("seller", "request__line").get(pk=order.pk)
    row = commitments.of_order(order, now)
    if row is None:
        raise InvalidMove(_("Pesanan ini tidak ada di daftar akhir tahun: sudah selesai, atau daftarnya belum dibuka."))
    return order, row


def _decide(
    row: OpenCommitment, actor: User, office: str, choice: YearEndChoice, reason: str, now: datetime, **more: Any
) -> YearEndDecision:
    """Said already by a double click, nothing is written."""
    reason = reason.strip()[:300]
    require(
        len(reason) >= LEAST_REASON,
        _("Tulis alasannya dengan paling sedikit %(least)s huruf; inspektorat membacanya.") % {"least": LEAST_REASON},
        field="reason",
        code="reason_missing",
    )
    said = {"year": row.year, "choice": choice, "reason": reason, **more}
    last = row.decision
    if last is not None and row.waits_since is None and all(getattr(last, name) == said[name] for name in said):
        return last
    made: YearEndDecision = YearEndDecision.objects.create(
        order=row.order, amount=row.amount, decided_by=actor, decided_as=office, decided_at=now, **said
    )
    attestations.attest_row(row.order.pk, made, "decide", actor=actor, now=now)
    notices.decided(row, now=now)
    return made


def _chosen(
    order: Order, budget: Lines, lines: Mapping[int, BudgetLine], wanted: Mapping[int, int], day: date
) -> dict[int, BudgetLine]:
    """By the line as it was issued the locked one of the running year. Raises: RuleBroken."""
    found: dict[int, BudgetLine] = {}
    left = {pk: line.available for pk, line in budget.items()}
    for pk, amount in wanted.items():
        line = budget[lines[pk].pk] if pk in lines else None
        fits = line is not None and line.agency_id == order.agency_id and line.year == day.year and line.rup_id.strip()
        require(
            fits,
            _("Pilih mata anggaran dinas ini tahun %(year)s yang sudah punya ID RUP.") % {"year": day.year},
            field=f"line_{pk}",
            code="line_unknown",
        )
        assert line is not None
        require(
            left[line.pk] >= amount,
            _("Sisa pagu %(line)s tinggal %(left)s, utangnya %(amount)s. Pilih yang lain atau ajukan perubahan DPA.")
            % {"line": line.account_id, "left": rupiah(max(left[line.pk], 0)), "amount": rupiah(amount)},
            field=f"line_{pk}",
            code="budget_short",
        )
        left[line.pk] -= amount
        found[pk] = line
    return found


def _move(invoice: Invoice, actor: User, office: str, debt: CarriedDebt, now: datetime) -> None:
    was_approved = invoice.state == InvoiceState.APPROVED
    more: dict[str, Any] = approving.NONE if was_approved else {}
    move(
        invoice, "carry", actor=actor, now=now, acted_as=office, note=f"{debt.number}: {debt.basis}", carried_at=now,
        carried_year=debt.to_year, **debts.held_before(invoice), **more,
    )  # fmt: skip
    if was_approved:
        documents.withdraw_documents(invoice, now, VoidReason.APPROVAL_DROPPED, (DocumentKind.KUITANSI,))
