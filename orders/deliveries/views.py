"""Sending, arriving, inspecting, BAST."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing import standing
from orders.billing.models import Invoice
from orders.deliveries import fetching, missing, policies, sending, services
from orders.deliveries.forms import BastForm, InspectForm, MissingForm, ShipForm, ShipmentWithdrawForm
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes.policies import is_disputed
from orders.orders import fetch
from orders.orders import policies as orders_policies
from orders.orders.errors import DisputeOpen
from orders.orders.models import Order, OrderLine
from orders.orders.next_step import is_to_send
from orders.orders.pages import pending
from orders.orders.states import DeliveryMethod, OrderState
from orders.photo_places.services import consent_of
from orders.remedies import pages as remedies_pages
from orders.schedules import due
from orders.schedules.models import DueDay
from umkm.catalogue.policies import is_meal
from umkm.catalogue.states import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_create(request: HttpRequest, number: str) -> HttpResponse:
    """The seller sends the goods, or says that they stand ready."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    if not orders_policies.is_seller_of(user, order):
        raise NotAllowed(_("Hanya penjual pesanan ini yang dapat mengirim barangnya."))
    day = _day_to_send(request, order)
    form = ShipForm(request.POST if request.method == "POST" else None, order=order, day=day, now=now)
    if form.is_bound and not form.lines:
        sending.check_leaves(order, form.early, form.deliver_at, now)
    if request.method == "POST" and form.is_valid():
        try:
            services.ship_order(
                actor=user,
                order=order,
                carrier=form.cleaned_data["carrier"],
                quantities=form.quantities(),
                key=form.cleaned_data["key"],
                now=now,
                day=day.number if day is not None else None,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            pickup = order.method == DeliveryMethod.PICKUP
            said = _("Pembeli diberi tahu bahwa barangnya siap diambil.") if pickup else _("Surat jalan terbit.")
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    if not form.lines and not form.early and not form.is_bound:
        raise InvalidMove(_("Pesanan ini belum disanggupi, sudah dikirim semua, atau sudah selesai."))
    if not form.is_bound and not is_to_send(order):
        raise DisputeOpen(order)
    sent_from = policies.sent_from(order, form.early, form.deliver_at, now)
    rows = [{"line": line, "field": form[f"sent_{line.pk}"], "hint": _sent_so_far(line)} for line in form.lines]
    context = {
        "form": form,
        "order": order,
        "day": day,
        "days": due.open_days(order),
        "rows": rows,
        "seller": order.seller,
        "before_sending": pending.sending_notes(user, order, now),
        "too_early": policies.early_words(sent_from) if sent_from is not None else "",
        "is_early": _is_early(form, now),
    }
    return form_page(request, "orders/deliveries/delivery_create.html", context)


def _day_to_send(request: HttpRequest, order: Order) -> DueDay | None:
    """The date of the schedule in the address, else the next one; None of an order with one date, or with none left."""
    left = due.open_days(order)
    asked = request.GET.get("tanggal", "")
    return next((day for day in left if str(day.number) == asked), left[0] if left and not asked else None)


def _is_early(form: ShipForm, now: datetime) -> bool:
    """Whether cooked food is about to be recorded as sent on a day before the one it is wanted on."""
    wanted = clock.last_day(form.deliver_at)
    brought = form.order.method == DeliveryMethod.SELLER  # what stands ready for pick-up may stand a night
    return brought and any(is_meal(line) for line in form.lines) and clock.local_date(now) < wanted


def _sent_so_far(line: OrderLine) -> str:
    words = {"all": Unit(line.unit).counted(line.quantity), "sent": grouped(line.sent_quantity)}
    if line.sent_quantity:
        return _("Dipesan %(all)s, sudah dikirim %(sent)s.") % words
    return _("Dipesan %(all)s.") % words


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_arrive(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """Where the code on the packing slip leads: whoever receives says that the goods are there."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    if request.method == "POST":
        services.mark_arrived(actor=user, delivery=found, now=now)
        messages.success(request, _("Barang tiba. Sekarang periksa jumlah dan mutunya."))
        return redirect("orders:delivery-inspect", number=order.number, delivery=delivery)
    if orders_policies.is_seller_of(user, order):
        return redirect("orders:delivery-pin", number=order.number, delivery=delivery)
    day = clock.local_date(now)
    if not policies.can_receive(user, order, day):
        raise NotAllowed(_("Barang diterima oleh pembelinya; untuk dinas oleh penerima barang yang ditunjuk."))
    if found.state != DeliveryState.SHIPPED:
        if policies.can_inspect(user, order, found, day):
            return redirect("orders:delivery-inspect", number=order.number, delivery=delivery)
        return redirect("orders:order-detail", number=order.number)
    context = {
        "order": order,
        "delivery": found,
        "lines": found.lines.select_related("order_line"),
        "may_deny": not is_disputed(order) and policies.can_report_missing(user, order, found, now),
        "layout": fetch.layout_for(user, order, now),
        "agency": order.agency,
    }
    return render(request, "orders/deliveries/delivery_arrive.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_inspect(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """Counted and looked at, line by line, with photos."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    day = clock.local_date(now)
    if not policies.can_receive(user, order, day):
        raise NotAllowed(_("Barang diperiksa oleh penerimanya, dan bukan oleh pemesan atau yang menyetujui."))
    waits = order.agency_id is None and is_disputed(order)
    if (waits or not policies.can_inspect(user, order, found, day)) and request.method != "POST":
        return redirect("orders:order-detail", number=order.number)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = InspectForm(*sent, delivery=found, photos=policies.photos_wanted(found, order, day))
    if request.method == "POST" and form.is_valid():
        try:
            found = services.inspect_delivery(
                actor=user,
                delivery=found,
                findings=form.findings(),
                came_at=form.moment(),
                remark=form.cleaned_data["remark"],
                photos=form.cleaned_data["photos"],
                place=form.cleaned_data["place"],
                key=form.cleaned_data["key"],
                now=now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _inspected(order, found))
            return redirect("orders:order-detail", number=order.number)
    due = found.due_at
    runs = due is not None and found.state == DeliveryState.ARRIVED and not is_disputed(order)
    context = {
        "form": form,
        "order": order,
        "delivery": found,
        "left": left_words(due, now) if due and runs else "",
        "layout": fetch.layout_for(user, order, now),
        "agency": order.agency,
        "asks_place": found.order.agency_id is not None,
        "place_consent": consent_of(user),
        "refused_words": fetching.words_before(order, found, now),
        "decided": remedies_pages.decided_before(found, order.seller.name),
    }
    return form_page(request, "orders/deliveries/delivery_inspect.html", context)


def _inspected(order: Order, delivery: Delivery) -> str:
    rejected = policies.is_all_rejected(delivery)
    if order.agency_id is None:
        if rejected:
            return _("Semua barang ditolak. Tidak ada yang perlu dibayar.")
        return _received(delivery)
    if rejected:
        return _("Pemeriksaan dicatat. Langkah terakhir: nyatakan semua barang ditolak.")
    return _("Pemeriksaan dicatat. Langkah terakhir: tandatangani BAST.")


def _received(delivery: Delivery) -> str:
    """Of a person's goods: what is to be paid for them, where anything is."""
    due = Invoice.objects.live().filter(delivery=delivery).aggregate(sum=Sum(F("net") - F("paid")))["sum"] or 0
    if not due:
        return _("Barang diterima.")
    return _("Barang diterima. Bayar %(amount)s tunai kepada penjual.") % {"amount": rupiah(due)}


@require_POST
@login_required
def bast_create(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    form = BastForm(request.POST)
    try:
        require(
            form.is_valid(),
            " ".join(map(str, form.errors.get("office_number") or [])),
            field="office_number",
            code="number_unreadable",
        )
        signed = services.sign_bast(
            actor=person(request),
            delivery=fetch.delivery_of_order(order, delivery),
            office_number=form.cleaned_data["office_number"],
            now=now,
        )
    except RuleBroken as refusal:
        if refusal.field != "office_number":
            raise
        messages.error(request, refusal.message)
        kept = urlencode({"nomor_bast": request.POST.get("office_number", "")})
        return redirect(f"{reverse('orders:order-detail', args=[order.number])}?{kept}")
    order.refresh_from_db(fields=["state"])
    if order.state == OrderState.CLOSED:
        messages.warning(request, _("Semua barang ditolak. Pesanan batal dan anggaran bebas lagi."))
    elif signed.state == DeliveryState.REJECTED:
        messages.warning(request, _("Semua barang pada surat jalan ini ditolak, jadi tidak ditagihkan."))
    else:
        messages.success(request, _signed(signed))
    return redirect("orders:order-detail", number=order.number)


def _signed(delivery: Delivery) -> str:
    """Who has its bill now."""
    said = {"number": delivery.bast_number}
    invoice = Invoice.objects.live().filter(delivery=delivery, gross__gt=0).first()
    if invoice is None:
        return _("%(number)s terbit.") % said
    said["waits"] = standing.paper_words(invoice)
    if said["waits"]:
        return _("%(number)s terbit. %(waits)s; sesudah itu bendahara memeriksa tagihannya.") % said
    return _("%(number)s terbit. Tagihan sampai ke bendahara.") % said


@require_POST
@login_required
def delivery_confirm(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """A person has what they ordered."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    found = services.confirm_received(
        actor=person(request), delivery=fetch.delivery_of_order(order, delivery), now=now
    )  # fmt: skip
    messages.success(request, _received(found))
    return redirect("orders:order-detail", number=order.number)


@require_POST
@login_required
def delivery_hand_over(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """The seller says that a person has the goods."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    services.tell_handed_over(actor=person(request), delivery=fetch.delivery_of_order(order, delivery), now=now)
    messages.success(request, _("Dicatat. Pembeli diberi tahu dan dapat menyanggahnya."))
    return redirect("orders:order-detail", number=order.number)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_missing(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """The goods did not come, or nobody fetched them."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    form = MissingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report_missing(actor=user, delivery=found, note=form.cleaned_data["note"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            pickup = order.method == DeliveryMethod.PICKUP
            messages.success(request, _("Dicatat tidak diambil.") if pickup else _("Dicatat tidak datang."))
            return redirect("orders:order-detail", number=order.number)
    missing.check_missing(user, order, found, now)
    context = {
        "form": form,
        "order": order,
        "delivery": found,
        "lines": found.lines.select_related("order_line"),
        "layout": fetch.layout_for(user, order, now),
    }
    return form_page(request, "orders/deliveries/delivery_missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery_withdraw(request: HttpRequest, number: str, delivery: str) -> HttpResponse:
    """The seller takes back that goods left."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    found = fetch.delivery_of_order(order, delivery)
    sending.check_withdrawal(user, order)
    form = ShipmentWithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_shipment(actor=user, delivery=found, note=form.cleaned_data["note"], now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Catatan kirim ditarik. Pembeli sudah diberi tahu."))
            return redirect("orders:order-detail", number=order.number)
    if request.method != "POST" and (is_disputed(order) or not policies.is_withdrawable(order, found)):
        return redirect("orders:order-detail", number=order.number)
    context = {
        "form": form,
        "order": order,
        "delivery": found,
        "lines": found.lines.select_related("order_line"),
        "layout": fetch.layout_for(user, order, now),
    }
    return form_page(request, "orders/deliveries/delivery_withdraw.html", context)
