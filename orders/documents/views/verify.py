"""Is this document genuine? Open to anyone who holds it, and says no more than a checker needs."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from rest_framework.throttling import SimpleRateThrottle

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.times import long_date
from epeken.core.web.answers import form_page
from orders.attestations.models import Attestation
from orders.billing.models import Invoice, Payment
from orders.billing.states import InvoiceState
from orders.compensations import pages as compensation_pages
from orders.confirmations.models import SellerConfirmation
from orders.documents.forms import CodeForm, CopyForm
from orders.documents.layout.facts import grouped
from orders.documents.models import Document
from orders.orders.models import Order
from orders.orders.states import SELLER_SIDE
from orders.reversals.models import PaymentReversal
from umkm.sanctions.models import Sanction


class CheckThrottle(SimpleRateThrottle):
    """60 checks a minute and address (behind a proxy, the visitor's), counted in the shared cache."""

    rate = "60/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return "verify:" + hashlib.sha256(self.get_ident(request).encode()).hexdigest()[:24]


class TooMany(DomainError):
    """429: one address asked too often."""

    status = 429
    code = "too_many"


@dataclass(frozen=True)
class StatedAct:
    """`factor`: how that person proved who they were; '' where nobody noted it."""

    role: str
    name: str
    said: str
    at: datetime
    factor: str


@require_GET
def verify_start(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("orders:verify", code=form.cleaned_data["kode"])
    return form_page(request, "orders/documents/verify_start.html", {"form": form})


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    _check_rate(request)
    clean = code.lower().replace("-", "")
    document = (
        Document.objects.select_related("order__seller_party", "order__buyer_party", "order__commitment", "voids")
        .filter(code=clean, made_at__isnull=False)
        .first()
    )
    if document is None and (letter := Sanction.objects.filter(code=clean).first()) is not None:
        return render(request, "orders/documents/verify_letter.html", {"letter": letter, "until": _last_day(letter)})
    if document is None:
        form = CodeForm(initial={"kode": grouped(clean[:40])})  # one letter of it may be wrong
        return render(request, "orders/documents/verify_unknown.html", {"form": form}, status=404)
    copy = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    same = None
    if copy.is_bound and copy.is_valid():
        same = _same(copy, document)
    invoices = _invoices(document)
    undone = _reversed(document)
    context = {
        "document": document,
        "order": document.order,
        "paid": _payment_words(document.order, invoices),
        "newer": _newer(document),
        "reversed": undone,
        "is_recorded_anew": undone is not None and _is_recorded_anew(undone),
        "compensations": compensation_pages.agreed_of(document.order),
        "form": copy,
        "same": same,
        "signatures": _signatures(document),
        "confirmations": _confirmations(document),
        "fingerprint": " ".join(document.sha256[n : n + 4] for n in range(0, 16, 4)),
    }
    return form_page(request, "orders/documents/verify.html", context)


def _last_day(letter: Sanction) -> str:
    return long_date(clock.last_day(letter.ends_at))


def _invoices(document: Document) -> list[Invoice]:
    """The invoice it is about; for a document of the whole order all that are not void."""
    live = document.order.invoices.live()
    if document.invoice_id is not None:
        return list(document.order.invoices.filter(pk=document.invoice_id))
    return list(live if document.delivery_id is None else live.filter(delivery=document.delivery_id))


def _payment_words(order: Order, invoices: list[Invoice]) -> str:
    if len(invoices) > 1:
        paid = sum(invoice.state == InvoiceState.PAID for invoice in invoices)
        return _("%(paid)s dari %(all)s tagihan dibayar") % {"paid": paid, "all": len(invoices)}
    return str((invoices[0] if invoices else order.commitment).get_state_display())


def _signatures(document: Document) -> list[StatedAct]:
    """Whose acts the document states, in its order. A shop acts under its own name: whose it is stands on the paper."""
    signed = list(document.signatures.all())
    acts = {act.event: act for act in Attestation.objects.filter(event__in=[one.event for one in signed])}
    shop = document.order.seller_party.name
    return [
        StatedAct(
            role=one.role,
            name=shop if one.acted_as == SELLER_SIDE else one.name,
            said=one.verb,
            at=one.at,
            factor=acts[one.event].get_factor_display() if one.event in acts else "",
        )
        for one in signed
    ]


def _confirmations(document: Document) -> list[SellerConfirmation]:
    """By which the seller signed this very edition: of a kuitansi one for each payment."""
    return list(SellerConfirmation.objects.filter(document=document).select_related("payment"))


def _same(form: CopyForm, document: Document) -> bool | None:
    file = form.cleaned_data["file"]
    if file.size > settings.UPLOAD_MAX_BYTES * 8:
        form.add_error("file", _("Berkas ini terlalu besar untuk diperiksa di sini."))
        return None
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest() == document.sha256


def _newer(document: Document) -> bool:
    return document.replaced_at is not None


def _reversed(document: Document) -> PaymentReversal | None:
    """The released reversal by which it ceased to be current: it states a payment that counts no longer."""
    if document.replaced_at is None:
        return None
    found = PaymentReversal.objects.released().filter(payment__invoice__order=document.order_id)
    if document.invoice_id is not None:
        found = found.filter(payment__invoice=document.invoice_id)
    return found.select_related("payment__invoice").filter(ended_at=document.replaced_at).first()


def _is_recorded_anew(undone: PaymentReversal) -> bool:
    """Whether a later payment for the same goods stands, on the same invoice or on the one that replaced it."""
    later = Payment.objects.filter(
        invoice__delivery=undone.payment.invoice.delivery_id, recorded_at__gt=undone.ended_at
    )
    return any(payment.stands() for payment in later.with_reversal())


def _check_rate(request: HttpRequest) -> None:
    """The codes cannot be guessed; this only keeps one address from asking without end."""
    if not CheckThrottle().allow_request(request, None):  # type: ignore[arg-type]  # reads META only
        raise TooMany(_("Terlalu banyak pemeriksaan dari alamat ini. Coba lagi sebentar, paling lama satu menit."))
