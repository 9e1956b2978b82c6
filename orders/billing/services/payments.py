"""An invoice is checked by the treasurer and, once approved, paid with proof, in parts or at once; or in cash."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, WayOn, require
from epeken.core.files import uploads
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.billing import charges, checklist, nearby, notices, payee, policies, treasurer
from orders.billing.models import Invoice, InvoiceCheck, InvoiceEvent, Payment
from orders.billing.services import holding, invoices, numbers
from orders.billing.services.hindrances import check_unhindered
from orders.billing.states import NEEDS_REFERENCE, InvoiceState, PaymentMethod
from orders.confirmations import asking
from orders.disputes import policies as disputes_policies
from orders.documents import completeness
from orders.documents import services as documents
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order
from orders.orders.services import agreement, completion
from orders.reversals.states import ReversalReason
from orders.year_end.rules import LATE_PAYMENT
from orders.year_end.states import LatePayment
from procurement.agencies.models import Agency
from procurement.agencies.states import office_in_sentence
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine

TREASURY = (PaymentMethod.UP_GU, PaymentMethod.LS, PaymentMethod.KKPD, PaymentMethod.TRANSFER)


@service
def verify_invoice(*, actor: User, invoice: Invoice, ticked: Collection[str], now: datetime) -> Invoice:
    """The treasurer has the documents and finds them complete, by the checklist: what the rows say, and what they say
    themselves (`ticked`, codes of ChecklistItem). Its answers are kept, and the approver's turn comes.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Order, Invoice.
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = treasurer.require_role(actor, order, now)
    if disputes_policies.is_disputed(order):
        raise DisputeOpen(order)
    if invoice.state != InvoiceState.ISSUED or order.agency_id is None:
        raise InvalidMove(_("Tagihan ini sudah diperiksa atau dibayar. Muat ulang halaman."))
    completeness.check(order, invoice, actor)
    holding.check_going(invoice)
    near = nearby.unanswered(order, invoice)
    lines = checklist.lines_of(checklist.facts_of(order, invoice, [], now, near))  # nothing lacks: checked above
    checklist.check(lines, ticked)
    InvoiceCheck.objects.bulk_create(
        InvoiceCheck(
            invoice=invoice, item=line.item, by_system=line.is_true is True, checked_by=actor, checked_at=now
        )
        for line in lines
    )  # fmt: skip
    move(
        invoice, "verify", actor=actor, now=now, acted_as=office, verified_at=now, verifier=actor, return_reason="",
        reminded_for=None,
    )  # fmt: skip
    notices.invoice_verified(invoice, now=now)
    return invoice


@service
def record_payment(
    *,
    actor: User,
    invoice: Invoice,
    method: str,
    reference: str,
    paid_on: date,
    proof: Any,
    key: str,
    now: datetime,
    amount: int | None = None,
    late_year_basis: str = "",
    shown: int | None = None,
    account_confirmed: bool = False,
) -> Payment:
    """Money left the treasury for an invoice, with proof: `amount` rupiah, or all that is outstanding when None.

    `shown` is what the page said was outstanding: once that changed, "all" is another sum than the one that was meant,
    and the amount must be written.

    `account_confirmed`: whoever pays compared the account, which is asked while the shop changes it or has changed it.

    Its payment was approved before. The payments of an invoice that stand add up to exactly its net. With the last one
    it is paid and its gross realised on the budget; the order is finished when nothing else of it is expected or
    unpaid. A government card (KKPD) pays an invoice at once, and PPh 22 and PPN are not collected: the tax is computed
    again as of the invoice's day, a line that changes is replaced by a later one, and the net grows by it; what was
    approved, its gross, stays. The same key pays once.

    After the budget year of its line an invoice is paid from the line it was carried to (orders/year_end); where the
    rule says so, from its own with what allows it (`late_year_basis`), such as the number of the DPAL-SKPD.

    An SP2D (LS) may pay many sellers' invoices of a department, a transfer several of one seller; each bears one date.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Agency, BudgetLine, Order, Invoice, Commitment.
    Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022 art. 12(2), 18(1) [?] (payments by government card); PP 12/2019
    and Permendagri 77/2020 (a budget holds from 1 January to 31 December; unfinished work goes on by a DPAL-SKPD).
    """
    who = f"user:{actor.pk}"
    reference, late_year_basis = reference.strip(), late_year_basis.strip()
    body = {
        "pay": invoice.pk, "method": method, "reference": reference, "paid_on": paid_on, "amount": amount,
        "late_year_basis": late_year_basis,
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return Payment.objects.get(pk=earlier)
    if method == PaymentMethod.TRANSFER and invoice.order.agency_id is not None:
        # Nobody else of the department uses the number for another seller now.
        Agency.objects.locked().get(pk=invoice.order.agency_id)
    lines = agreement.lock_budget(invoice.order)
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    office = check_payable(actor, invoice, order, now)
    check_payment(invoice, method, reference, paid_on, proof, now)
    payee.check_confirmed(invoice, confirmed=account_confirmed)
    charged = [lines[pk] for pk in charges.of_invoice_read(order, invoice)]
    basis = basis_after_year(invoice, charged, paid_on, late_year_basis)
    require(
        amount is not None or shown in (None, invoice.outstanding),
        _("Sejak halaman ini dibuka ada pembayaran lain dicatat; yang belum dibayar tinggal %(left)s. Tulis jumlahnya.")
        % {"left": rupiah(invoice.outstanding)},
        field="amount",
        code="outstanding_changed",
    )
    if method == PaymentMethod.KKPD:
        _withhold_by_card(invoice)
    amount = _amount(invoice, method, amount)
    stored = uploads.store_private_document(
        proof, user=actor, folder=f"payments/{invoice.number.lower()}", field="proof"
    )
    payment = settle(
        invoice, order, lines, actor, office, now, method=method, reference=reference, paid_on=paid_on, amount=amount,
        late_year_basis=basis, stored=stored,
    )  # fmt: skip
    documents.ensure_documents(order, now)
    idempotency.settle(person=who, key=key, result=str(payment.pk))
    return payment


@service
def record_cash(*, actor: User, invoice: Invoice, key: str, now: datetime) -> Payment:
    """The seller has the buyer's cash for an invoice in hand, all of it. The same key records once.

    Raises: NotAllowed, InvalidMove. Locks: Order, Invoice, Commitment.
    """
    who = f"user:{actor.pk}"
    earlier = idempotency.claim(person=who, key=key, body={"cash": invoice.pk})
    if earlier is not None:
        return Payment.objects.get(pk=earlier)
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    if not orders_policies.is_seller_of(actor, order):
        raise NotAllowed(_("Uang tunai dicatat oleh penjual yang menerimanya."))
    if order.agency_id is not None or invoice.state != InvoiceState.ISSUED:
        raise InvalidMove(_("Uang tunai untuk tagihan ini sudah dicatat atau dibayar lewat bendahara."))
    check_unhindered(invoice, order)
    day = clock.local_date(now)
    payment = _pay(invoice, actor, PaymentMethod.CASH, "", day, invoice.outstanding, now, None)
    move(invoice, "collect", actor=actor, now=now, paid_at=now)
    notices.cash_received(invoice, now=now)
    completion.complete_order(order=order, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(payment.pk))
    return payment


def check_payable(actor: User, invoice: Invoice, order: Order, now: datetime) -> str:
    """The office in which the person pays the invoice, with its budget lines, Order and Invoice locked.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken.
    """
    office = treasurer.require_role(actor, order, now)
    if invoice.state == InvoiceState.VERIFIED:
        raise InvalidMove(
            _("Pembayaran tagihan ini belum disetujui %(office)s. Sesudah disetujui, pembayarannya dapat dicatat.")
            % {"office": office_in_sentence(policies.approver_role(clock.local_date(now)))}
        )
    if invoice.state != InvoiceState.APPROVED or order.request_id is None:
        raise InvalidMove(_("Tagihan ini belum dinyatakan lengkap atau sudah dibayar. Muat ulang halaman."))
    check_unhindered(invoice, order)
    completeness.check(order, invoice, actor)
    nearby.check_answered(order, invoice)
    return office


def settle(
    invoice: Invoice,
    order: Order,
    lines: Mapping[int, BudgetLine],
    actor: User,
    office: str,
    now: datetime,
    *,
    method: str,
    reference: str,
    paid_on: date,
    amount: int,
    late_year_basis: str,
    stored: uploads.Stored,
) -> Payment:
    """Writes the payment down; with the last one the invoice is paid and its gross realised on `lines`."""
    payment = _pay(invoice, actor, method, reference, paid_on, amount, now, stored, late_year_basis)
    asking.ask_for_receipt(payment, order, now)
    notices.payment_recorded(invoice, payment, now=now)
    if invoice.outstanding == 0:
        move(invoice, "pay", actor=actor, now=now, acted_as=office, paid_at=now)
        budgets.realise_charges(
            lines=lines, paid=charges.of_invoice_read(order, invoice), reference=order.number,
            document=invoice.number, actor=actor, now=now,
        )  # fmt: skip
        completion.complete_order(order=order, actor=actor, now=now)
    return payment


def _pay(
    invoice: Invoice,
    actor: User,
    method: str,
    reference: str,
    paid_on: date,
    amount: int,
    now: datetime,
    stored: uploads.Stored | None,
    late_year_basis: str = "",
) -> Payment:
    proof = {"proof": stored.name, "proof_type": stored.content_type, "proof_sha256": stored.sha256} if stored else {}
    payment = Payment.objects.create(
        invoice=invoice,
        method=method,
        reference=reference[:60],
        paid_on=paid_on,
        amount=amount,
        late_year_basis=late_year_basis,
        recorded_by=actor,
        recorded_name=actor.name[:120],
        recorded_at=now,
        **proof,
    )
    invoice.paid += amount
    Invoice.objects.filter(pk=invoice.pk).update(paid=invoice.paid, correcting=None, sent_amount=0)
    return payment


def _amount(invoice: Invoice, method: str, amount: int | None) -> int:
    """What is paid; of money that was sent and is recorded anew, what was sent, by the record itself or by its reversal
    for a wrong amount: any other sum would leave a rest that nobody released. A card paid all at once, without the
    taxes the wrong record had taken off."""
    if invoice.correcting is not None and method != PaymentMethod.KKPD:
        owed = min(invoice.sent_amount, invoice.outstanding)
        require(
            amount in (None, owed),
            _("Uang yang sudah dikirim %(sent)s. Catat jumlah itu; yang dibetulkan hanya catatannya.")
            % {"sent": rupiah(owed)},
            field="amount",
            code="amount_not_sent",
        )
        return owed
    if amount is None:
        return invoice.outstanding
    require(amount > 0, _("Jumlah yang dibayar harus lebih dari nol."), field="amount", code="amount_missing")
    require(
        amount <= invoice.outstanding,
        _("Yang belum dibayar tinggal %(left)s.") % {"left": rupiah(invoice.outstanding)},
        field="amount",
        code="amount_above",
    )
    require(
        method != PaymentMethod.KKPD or amount == invoice.outstanding,
        _("Kartu membayar tagihan sekaligus: %(left)s.") % {"left": rupiah(invoice.outstanding)},
        field="amount",
        code="card_in_full",
    )
    return amount


def _withhold_by_card(invoice: Invoice) -> None:
    require(
        invoice.paid == 0,
        _("Tagihan ini sudah dibayar sebagian, jadi sisanya tidak dapat dibayar dengan kartu (KKPD)."),
        field="method",
        code="card_in_full",
    )
    wrong = invoice.correcting.reversal.reason if invoice.correcting is not None else None
    require(
        wrong != ReversalReason.AMOUNT,
        _("Kartu (KKPD) membayar tagihan sekaligus, sedangkan yang keluar menurut pembatalannya %(sent)s.")
        % {"sent": rupiah(invoice.sent_amount)},
        field="method",
        code="card_amount",
    )
    withheld = invoices.replace_taxes(invoice, invoices.tax_by_card(invoice))
    Invoice.objects.filter(pk=invoice.pk).update(withheld=withheld, net=invoice.gross - withheld)
    invoice.refresh_from_db()


def is_year_over(line: BudgetLine | None, day: date) -> bool:
    """Whether `day` lies after the budget year of the line: that of every line of a request, since its goods come in
    it."""
    return line is not None and day.year > line.year


def takes_basis(invoice: Invoice, line: BudgetLine | None, day: date) -> bool:
    """Whether the invoice may be paid on the day from its own line, whose year is over, with a written basis."""
    return is_year_over(line, day) and (bool(invoice.paid) or LATE_PAYMENT.on(day) == LatePayment.BASIS)


def basis_after_year(invoice: Invoice, lines: Iterable[BudgetLine], paid_on: date, basis: str) -> str:
    """What allows the payment when it is made after the year of any line; '' within the year, whatever was typed.

    By rule nothing does: the head charges the debt to the new year first. The rest of an invoice that its own year paid
    in part stays on its line, with its basis.
    """
    line = min(lines, key=lambda line: line.year)
    if not is_year_over(line, paid_on):
        return ""
    if not takes_basis(invoice, line, paid_on):
        problem = RuleBroken(
            _(
                "Anggaran %(year)s hanya membayar sampai 31 Desember %(year)s. Kepala dinas membebankan dulu tagihan "
                "ini sebagai utang ke mata anggaran %(paid)s."
            )
            % {"year": line.year, "paid": paid_on.year},
            field="paid_on",
            code="year_over",
        )
        problem.way = WayOn(_("Lihat keputusan akhir tahunnya"), "orders:year-end-order", invoice.order.number, "")
        raise problem
    require(
        basis,
        _(
            "Tagihan ini dibebankan pada anggaran %(year)s, sedangkan dibayar tahun %(paid)s. Tulis dasarnya, misalnya "
            "nomor DPAL-SKPD, atau betulkan tanggal bayarnya."
        )
        % {"year": line.year, "paid": paid_on.year},
        field="late_year_basis",
        code="late_year_basis_missing",
    )
    return basis[:120]


def check_payment(invoice: Invoice, method: str, reference: str, paid_on: date, proof: Any, now: datetime) -> None:
    """What is said of the payment of the locked invoice can be so. Raises: RuleBroken."""
    require(method in TREASURY, _("Pilih cara bayar."), field="method", code="method_unknown")
    require(
        reference or method not in NEEDS_REFERENCE,
        _("Tulis nomor SP2D.") if method == PaymentMethod.LS else _("Tulis nomor bukti bayar."),
        field="reference",
        code="reference_missing",
    )
    require(
        clock.local_date(invoice.issued_at) <= paid_on <= clock.local_date(now),
        _("Tanggal bayar tidak boleh sebelum tagihan dan tidak boleh sesudah hari ini."),
        field="paid_on",
        code="paid_on_outside",
    )
    _check_approved_before(invoice, paid_on)
    require(proof, _("Unggah bukti bayar, foto atau PDF."), field="proof", code="proof_missing")
    if method in (PaymentMethod.LS, PaymentMethod.TRANSFER):
        numbers.check_number(invoice, method, reference[:60], paid_on)


def _check_approved_before(invoice: Invoice, paid_on: date) -> None:
    """No money leaves before the approver's signature; where only the record is corrected, before the first of the
    invoice that was recorded wrongly. Raises: RuleBroken."""
    approved_at = invoice.approved_at
    if invoice.correcting is not None:
        approvals = InvoiceEvent.objects.filter(invoice=invoice.correcting.invoice_id, action="approve")
        approved_at = approvals.aggregate(first=Min("at"))["first"]
    require(
        approved_at is None or paid_on >= clock.local_date(approved_at),
        _("Pembayaran ini baru disetujui %(day)s, jadi uangnya tidak mungkin keluar sebelum hari itu.")
        % {"day": full_date(approved_at) if approved_at else ""},
        field="paid_on",
        code="paid_before_approval",
    )
