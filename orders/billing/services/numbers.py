"""A number of an SP2D or a transfer, and what it was used for before by the department: for bills and compensations."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.i18n.times import long_date
from orders.billing.models import Invoice, Payment
from orders.billing.states import PaymentMethod
from orders.compensations.models import Compensation, CompensationPayment


class NumberUse(NamedTuple):
    """`paid`, `key`: the model and row of what was paid with it."""

    paid: str
    key: int
    seller: int
    shop: str
    paid_on: date


def check_number(paid: Invoice | Compensation, method: str, reference: str, paid_on: date) -> None:
    """An SP2D may pay several bills of a department, a transfer several of one seller, each once and all on one day.
    Of another department, the same number is another one. Raises: RuleBroken."""
    used = _uses(method, reference, paid.order.agency_id)
    told = {"number": reference if method == PaymentMethod.LS else _("Transfer %(number)s") % {"number": reference}}
    kind = type(paid).__name__
    said = (
        _("%(number)s sudah dicatat untuk tagihan ini. Pembayaran berikutnya bernomor lain; periksa nomornya.")
        if kind == Invoice.__name__
        else _("%(number)s sudah dicatat untuk ganti rugi ini. Pembayaran berikutnya bernomor lain; periksa nomornya.")
    )
    require(
        (kind, paid.pk) not in {(use.paid, use.key) for use in used},
        said % told,
        field="reference",
        code="reference_used",
    )
    other = None
    if method == PaymentMethod.TRANSFER:
        other = next((use for use in used if use.seller != paid.order.seller_id), None)
    require(
        other is None,
        _(
            "%(number)s sudah dicatat untuk %(shop)s. Satu transfer membayar satu penjual: periksa nomornya, atau "
            "pilih LS bila ini SP2D."
        )
        % (told | {"shop": other.shop if other else ""}),
        field="reference",
        code="reference_used",
    )
    dated = next((use for use in used if use.paid_on != paid_on), None)
    require(
        dated is None,
        _("%(number)s sudah dicatat bertanggal %(day)s untuk pembayaran lain. Periksa nomor dan tanggalnya.")
        % (told | {"day": long_date(dated.paid_on) if dated else ""}),
        field="reference",
        code="reference_of_other_day",
    )


def _uses(method: str, reference: str, agency_id: int | None) -> list[NumberUse]:
    """One query."""
    of_bills = Payment.objects.using_number(method, reference, agency_id)
    of_claims = CompensationPayment.objects.using_number(method, reference, agency_id)
    rows = _rows(of_bills, Invoice.__name__, "invoice").union(
        _rows(of_claims, Compensation.__name__, "compensation"), all=True
    )
    return sorted(NumberUse(*row) for row in rows)


def _rows(payments: Any, model: str, paid: str) -> Any:
    of_seller = f"{payments.of_order}__seller"
    named = payments.order_by().annotate(
        paid=Value(model), key=F(f"{paid}_id"), seller=F(f"{of_seller}_id"), shop=F(f"{of_seller}__name")
    )
    return named.values_list("paid", "key", "seller", "shop", "paid_on")
