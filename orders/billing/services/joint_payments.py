"""One SP2D or transfer pays several invoices of a department, each in full."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import DomainError, InvalidMove, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.users.models import User
from orders.billing import charges, payee, policies
from orders.billing.models import Invoice, Payment
from orders.billing.services import payments
from orders.billing.states import PaymentMethod
from orders.documents import services as documents
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import Agency

JOINT = (PaymentMethod.LS, PaymentMethod.TRANSFER)


@service
def record_joint_payment(
    *,
    actor: User,
    chosen: Mapping[int, int],
    method: str,
    reference: str,
    paid_on: date,
    proof: Any,
    key: str,
    now: datetime,
    late_year_basis: str = "",
) -> list[Payment]:
    """Money left the treasury under one number for all chosen invoices, with one proof: each is paid in full.

    `chosen`: by pk what the page said was outstanding, in rupiah. All are recorded, or none: what stops one is said
    with its number. The rules of a single payment hold for each (`payments.record_payment`); a government card and
    petty cash (UP/GU) pay one invoice at a time. The same key records once.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Agency, BudgetLine, Order, Invoice, Commitment.
    """
    who = f"user:{actor.pk}"
    reference, late_year_basis = reference.strip(), late_year_basis.strip()
    body = {
        "pay together": sorted(chosen.items()), "method": method, "reference": reference, "paid_on": paid_on,
        "late_year_basis": late_year_basis,
    }  # fmt: skip
    if idempotency.claim(person=who, key=key, body=body) is not None:
        rows = Payment.objects.filter(invoice__in=chosen, method=method, reference=reference[:60], paid_on=paid_on)
        return list(rows.select_related("invoice"))
    require(len(chosen) > 1, _("Pilih paling sedikit dua tagihan."), field="chosen", code="too_few_chosen")
    require(method in JOINT, _("Pilih cara bayar."), field="method", code="method_unknown")
    asked = Invoice.objects.filter(pk__in=chosen).select_related("order")
    agencies = {row.order.agency_id for row in asked}
    require(
        len(agencies) == 1,
        _("Satu nomor bukti membayar tagihan satu dinas. Pilih tagihan dari satu dinas."),
        field="chosen",
        code="several_agencies",
    )
    # Nobody else of the department uses the number for another seller or day now.
    Agency.objects.locked().get(pk=agencies.pop())
    lines = agreement.lock_budget(*(row.order for row in asked))
    orders = {row.pk: row for row in Order.objects.locked().filter(pk__in={row.order_id for row in asked})}
    found = []
    for invoice in Invoice.objects.locked().filter(pk__in=chosen):
        invoice.order = order = orders[invoice.order_id]
        charged = [lines[pk] for pk in charges.of_invoice_read(order, invoice)]
        try:
            office = payments.check_payable(actor, invoice, order, now)
            if invoice.correcting_id is not None:
                said = _("Uangnya sudah dikirim, hanya catatannya dibetulkan: catat ulang dari halaman pesanannya.")
                raise RuleBroken(said, field="chosen", code="record_corrected")
            if invoice.outstanding != chosen[invoice.pk]:
                said = _("Sejak halaman ini dibuka yang belum dibayar berubah menjadi %(left)s. Periksa jumlahnya.")
                raise InvalidMove(said % {"left": rupiah(invoice.outstanding)}, field="chosen")
            payments.check_payment(invoice, method, reference, paid_on, proof, now)
            if words := payee.account_words(invoice):
                said = _("%(words)s Bayar tagihan ini sendiri, dari halaman pesanannya.") % {"words": words}
                raise RuleBroken(said, field="chosen", code="account_to_confirm")
            basis = payments.basis_after_year(invoice, charged, paid_on, late_year_basis)
        except DomainError as error:
            if not policies.has_treasurer_role(actor, order, clock.local_date(now)):
                raise  # of a department that is none of theirs not even the number is told
            raise _named(invoice, error) from error
        found.append((invoice, order, office, basis))
    if method == PaymentMethod.TRANSFER:
        require(
            len({order.seller_id for order in orders.values()}) == 1,
            _("Satu transfer membayar satu penjual. Pilih tagihan dari satu penjual, atau pilih LS bila ini SP2D."),
            field="chosen",
            code="several_sellers",
        )
    folder = f"payments/{found[0][0].number.lower()}"
    stored = uploads.store_private_document(proof, user=actor, folder=folder, field="proof")
    made = [
        payments.settle(
            invoice, order, lines, actor, office, now, method=method, reference=reference, paid_on=paid_on,
            amount=invoice.outstanding, late_year_basis=basis, stored=stored,
        )
        for invoice, order, office, basis in found
    ]  # fmt: skip
    documents.ensure_each(orders.values(), now)
    idempotency.settle(person=who, key=key, result=str(len(made)))
    return made


def _named(invoice: Invoice, error: DomainError) -> DomainError:
    """The refusal with the number of the invoice it is about. What is wrong with number, day or proof stands at its own
    field, which all invoices share; anything else at the choice."""
    told = _("%(number)s (%(shop)s): %(why)s") % {
        "number": invoice.number, "shop": invoice.order.seller.name, "why": error.message,
    }  # fmt: skip
    kind = InvalidMove if isinstance(error, InvalidMove) else RuleBroken
    return kind(told, field=error.field or "chosen", code=error.code)
