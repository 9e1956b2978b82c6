"""The seller's dashboard: today, orders, money. Phone first."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.i18n.times import left_words, long_time, near_time, short_date, short_end
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from epeken.site.dashboards import compensation_work, seller_day
from epeken.site.dashboards.first_steps import first_steps
from epeken.site.navigation import Memberships
from orders.billing import pages, standing, taxes
from orders.billing.models import Invoice, Payment
from orders.billing.services import invoices
from orders.confirmations import pages as confirmation_pages
from orders.confirmations.states import TO_CONFIRM, ConfirmationState
from orders.deliveries import policies as deliveries_policies
from orders.deliveries.states import DeliveryState
from orders.documents.layout.facts import HandedOver, handed_over
from orders.orders import notices, status
from orders.orders.models import Order, counted_goods, goods_words, other_goods_words
from orders.orders.next_step import Turn, sends_by
from orders.orders.pages import lists as lists_pages
from orders.orders.pages import pending
from orders.orders.states import DeliveryMethod
from orders.remedies.states import RemedyKind
from orders.sales import orders as shop_orders
from orders.sales.forms import ShopOrderFilter
from orders.sales.pages import goods_of
from orders.schedules import pages as schedules_pages
from procurement.negotiations import pages as negotiation_pages
from procurement.quotations import pages as quotation_pages
from umkm.catalogue.models import Product
from umkm.catalogue.states import ProductState, Unit
from umkm.sanctions import pages as sanction_pages
from umkm.sellers import fetch, hours
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING, SellerState

PAGE_SIZE = 20
NUMBERS = [
    "",
    pgettext_lazy("hitungan", "Satu"),
    pgettext_lazy("hitungan", "Dua"),
    pgettext_lazy("hitungan", "Tiga"),
    pgettext_lazy("hitungan", "Empat"),
    pgettext_lazy("hitungan", "Lima"),
    pgettext_lazy("hitungan", "Enam"),
    pgettext_lazy("hitungan", "Tujuh"),
    pgettext_lazy("hitungan", "Delapan"),
    pgettext_lazy("hitungan", "Sembilan"),
    pgettext_lazy("hitungan", "Sepuluh"),
]


@require_safe
@login_required
def seller_dashboard(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect(reverse("umkm:register"))
    if seller.state not in RUNNING:  # what waits is the registration itself
        return redirect("umkm:application", pk=seller.pk)
    is_active = seller.state == SellerState.ACTIVE
    goods = _states_of_goods(seller) if is_active else frozenset()
    today = seller_day.seller_day(seller, now)
    todo = _todo(today, now)
    memberships = Memberships(request.user, request=request, counted={seller.pk: today.count})
    context = {
        "seller": seller,
        "memberships": memberships,
        "elsewhere": _elsewhere(seller, memberships),
        "today": today,
        "now": now,
        "title": _title(today.count),
        "offers": [negotiation_pages.decision(offer, now) for offer in today.to_negotiate],
        "offered": negotiation_pages.offered_items(today.offered, now),
        "agreed": negotiation_pages.offered_items(today.agreed, now),
        "answers": _answers(today.to_answer, now),
        "to_complete": _to_complete(today, now),
        "confirmations": [_confirmation(row, now) for row in today.to_confirm],
        "todo": todo,
        "late": _late(today, now),
        "missing": _missing(today, now),
        "unfetched": _unfetched(today, now),
        "quotations": quotation_pages.invitation_items(today.to_quote, now),
        "nothing_on_show": ""
        if todo or today.to_confirm or today.to_complete or not is_active
        else _nothing_on_show(goods),
        "first_steps": first_steps(seller, goods, clock.local_date(now)) if is_active else [],
        "sentence": lists_pages.fits(today.room, _sample(seller), clock.local_date(now)),
        "notes": _money_notes(today.money),
        "closed": hours.holiday_words(seller, now),
        "frozen": sanction_pages.freezing(seller, now),
        "warned": sanction_pages.warned(seller, now),
        "in_holiday": _in_holiday(seller, today, now),
    }
    return render(request, "site/dashboards/seller_dashboard.html", context)


@require_safe
@login_required
def seller_orders(request: HttpRequest) -> HttpResponse:
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect(reverse("umkm:register"))
    now = clock.now()
    form = ShopOrderFilter(request.GET, stages=lists_pages.stage_choices())
    chosen = form.read()
    found = lists_pages.with_status(Order.objects.filter(seller=seller))
    found = lists_pages.filtered(found, chosen, now).first_to_do(Turn.SELLER, now)
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        return exports.as_file(
            kind, _("pesanan-masuk"), shop_orders.file_head(), shop_orders.with_arrived(found), shop_orders.file_cells
        )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"order": o, "status": status.of(o, now), "buyer": notices.buyer_name(o)} for o in page]
    context = {
        "seller": seller,
        "page": page,
        "rows": rows,
        "chips": [
            {"text": text, "code": code, "on": (chosen.get("tahap") or "") == code}
            for code, text in lists_pages.stage_choices()
        ],
        "form": form,
        "is_filtered": any(chosen.values()),
    }
    return render(request, "site/dashboards/seller_orders.html", context)


@require_safe
@login_required
def seller_money(request: HttpRequest) -> HttpResponse:
    """Waiting, on its way with its deadline, received."""
    now = clock.now()
    seller = fetch.desk_shop(request)
    if seller is None:
        return redirect(reverse("umkm:register"))
    money = seller_day.seller_money(seller, now)
    billed = Invoice.objects.filter(order__seller=seller).payable().with_list()
    moving = list(billed.prefetch_related("order__lines", "delivery__lines__order_line").order_by("due_at"))
    holidays = pages.holidays_of(moving, now)
    paid = (
        Payment.objects.standing()
        .filter(invoice__order__seller=seller)
        .select_related("invoice__order__agency", "invoice__order__buyer", "confirmation")
        .prefetch_related("invoice__order__lines", "invoice__delivery__lines__order_line")
        .order_by("-paid_on", "-pk")
    )
    page = Paginator(paid, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "seller": seller,
        "money": money,
        "moving": [
            {
                "invoice": row,
                "order": row.order,
                "goods": _part_words(row),
                "clock": pages.payment_clock(row, now, holidays),
                "holder": "" if row.is_disputed or row.is_awaited else pages.holder_words(row, clock.local_date(now)),
                "remark": standing.hold_remark(row),
                "answer": pages.hold_answer(row),
            }
            for row in moving
        ],
        "page": page,
        "rows": [
            {
                "payment": p,
                "order": p.invoice.order,
                "goods": _part_words(p.invoice),
                "buyer": notices.buyer_name(p.invoice.order),
                "unsure": _unsure(p),
            }
            for p in page
        ],
        "notes": _money_notes(money),
        "compensations": compensation_work.of_shop(seller, now),
    }
    return render(request, "site/dashboards/seller_money.html", context)


def _part_words(invoice: Invoice) -> str:
    """Which goods of its order the bill bears; "" where it bears all that was ordered. Reads the lines of both."""
    borne = {line.order_line_id: line.invoiced for line in invoice.delivery.lines.all()}
    if all(borne.get(line.pk) == line.quantity for line in invoice.order.lines.all()):
        return ""
    return goods_of(invoice)


def _unsure(payment: Payment) -> str:
    """That the money was sent, and the shop has not said that it came; "" otherwise."""
    found = getattr(payment, "confirmation", None)
    if found is None or found.state not in TO_CONFIRM:
        return ""
    return _("Anda: belum masuk") if found.state == ConfirmationState.OBJECTED else _("belum Anda konfirmasi")


def _missing(today: seller_day.SellerDay, now: datetime) -> list[dict[str, Any]]:
    """Money the shop says did not come: who looks for it, and until when."""
    return [
        {
            "title": _("Belum masuk: %(amount)s") % {"amount": rupiah(row.payment.amount)},
            "href": reverse("orders:order-detail", args=[row.order.number]),
            "note": f"{row.order.number}. {confirmation_pages.words_of(row, is_own=True)}.",
            "left": left_words(row.trace_due_at, now) if row.trace_due_at else "",
            "icon": "wallet",
        }
        for row in today.missing
        if row.payment is not None
    ]


def _title(count: int) -> str:
    if count == 0:
        return _("Tidak ada yang menunggu")
    word = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return ngettext("%(n)s hal menunggu Anda", "%(n)s hal menunggu Anda", count) % {"n": word}


def _states_of_goods(seller: Seller) -> frozenset[str]:
    return frozenset(Product.objects.filter(seller=seller).values_list("state", flat=True).distinct().order_by())


def _elsewhere(seller: Seller, memberships: Memberships) -> list[dict[str, Any]]:
    """The person's other shops in which something waits for them."""
    counts = memberships.tasks_by_shop
    waiting = [shop for shop in memberships.desks if shop != seller and counts[shop.pk]]
    return [{"shop": shop, "text": _title(counts[shop.pk])} for shop in waiting]


def _nothing_on_show(goods: frozenset[str]) -> str:
    """Why no order can come although nothing waits here: whose turn it is with the shop's goods."""
    if ProductState.PUBLISHED in goods:
        return ""
    if ProductState.SENT_BACK in goods:
        return _("Belum ada barang yang tampil bagi pembeli. Perbaiki yang dikembalikan kurator, lalu kirim lagi.")
    if ProductState.SUBMITTED in goods:
        return _("Barang Anda sedang diperiksa kurator. Pesanan dapat masuk sesudah barangnya tampil.")
    if ProductState.DRAFT in goods:
        return _("Barang Anda masih draf. Kirim ke kurator supaya tampil bagi pembeli.")
    if ProductState.HIDDEN in goods:
        return _("Semua barang Anda disembunyikan. Tampilkan lagi supaya pembeli dapat memesan.")
    return _("Toko Anda belum punya barang untuk dijual. Mulai dari satu foto, nama, dan harga.")


def _goods(order: Order) -> tuple[str, str]:
    words = counted_goods((line, line.quantity) for line in order.lines.all())
    return words[0], ", ".join(words[1:])


def _answers(orders: list[Order], now: datetime) -> list[dict[str, Any]]:
    rates = taxes.rates_on(clock.local_date(now))
    split = invoices.split_among(orders)
    return [_answer(order, now, rates, order.pk in split) for order in orders]


def _answer(order: Order, now: datetime, rates: taxes.Rates, split: bool) -> dict[str, Any]:
    """The card that wants a yes or no."""
    first, rest = _goods(order)
    facts = [{"label": _("Barang"), "value": first, "note": rest and _("dan %(rest)s") % {"rest": rest}}]
    if dated := schedules_pages.next_words(order):
        facts.append({"label": _("Pengiriman pertama"), "value": dated, "note": ""})
    pickup = order.method == DeliveryMethod.PICKUP
    facts.append(
        {
            "label": _("Siap paling lambat") if pickup else _("Diantar"),
            "value": long_time(clock.told_end(order.awaited_at)),
            "note": _("diambil di %(outlet)s Anda") % {"outlet": order.seller.outlet} if pickup else _place(order),
        }
    )
    facts.append(_receives(order, clock.local_date(now), rates, split))
    lines = order.lines.all()
    of_lines = [f"{line.name}: {line.note}" if len(lines) > 1 else line.note for line in lines if line.note]
    wishes = [text for text in (order.note, *of_lines) if text]
    if wishes:
        facts.append({"label": _("Catatan pemesan"), "value": wishes[0], "note": "; ".join(wishes[1:])})
    return {
        "id": f"p{order.pk}",
        "left": left_words(order.answer_due_at, now),
        "until": _("sampai %(when)s") % {"when": near_time(clock.told_end(order.answer_due_at), now)},
        "from": _("Pesanan baru %(number)s dari %(buyer)s")
        % {"number": order.number, "buyer": notices.buyer_name(order)},
        "title": order.subject,
        "url": reverse("orders:order-detail", args=[order.number]),
        "facts": facts,
        "accept_url": reverse("orders:order-accept", args=[order.number]),
        "decline_url": reverse("orders:order-close", args=[order.number]),
        "silence": _("Jika lewat %(when)s, pesanan batal sendiri. Tidak ada denda.")
        % {"when": near_time(clock.told_end(order.answer_due_at), now)},
    }


def _receives(order: Order, day: date, rates: taxes.Rates, split: bool) -> dict[str, str]:
    """What the seller gets: for a department with the tax as it would be today."""
    if order.agency_id is None:
        return {"label": _("Anda terima"), "value": rupiah(order.total), "note": _("tunai dari pembeli")}
    try:
        tax = taxes.total(taxes.compute(invoices.expected_tax_input(order, day=day, split=split), rates))
    except taxes.NoRates:
        told = _("belum dikurangi pajak, yang hari ini belum dapat dihitung")
        return {"label": _("Anda terima"), "value": rupiah(order.total), "note": told}
    note = (
        _("%(total)s dikurangi pajak %(tax)s") % {"total": rupiah(order.total), "tax": rupiah(tax)}
        if tax
        else _("tanpa potongan pajak")
    )
    return {"label": _("Anda terima"), "value": rupiah(order.total - tax), "note": note}


def _place(order: Order) -> str:
    area = order.delivery_kelurahan.name if order.delivery_kelurahan else ""
    return ", ".join(part for part in (order.delivery_place, area) if part)


def _confirmation(row: Any, now: datetime) -> dict[str, Any]:
    """A row with its one tap. `row`: `with_page`, `with_edition` and `with_goods`."""
    handed = handed_over(row.delivery or row.payment.invoice.delivery, row.order.remedies.all())
    if row.payment is not None:
        invoice = row.payment.invoice
        delivery, paper = invoice.delivery, ("kuitansi", invoice.number)
        title = _("%(amount)s sudah masuk?") % {"amount": rupiah(row.payment.amount)}
        note = _("Dikirim %(day)s, %(reference)s") % {
            "day": short_date(row.payment.paid_on), "reference": row.payment.reference or _("tanpa nomor bukti"),
        }  # fmt: skip
    else:
        delivery, paper = row.delivery, ("bast", row.delivery.number)
        title = _("%(bast)s benar?") % {"bast": delivery.bast_number}
        note = f"{_refused_since(handed)}{_('Baca dahulu; pembayaran tidak menunggu.')}"
    href = reverse("orders:order-detail", args=[row.order.number])
    if row.edition:
        href = f"{reverse('orders:document-of', args=[row.order.number, *paper])}?lihat=1"
    return {
        "row": row,
        "href": href,
        "title": title,
        "note": f"{_accepted_goods(handed)}, {notices.buyer_name(row.order)}. {note}",
        "left": left_words(row.due_at, now),
    }


def _accepted_goods(handed: list[HandedOver]) -> str:
    """What the BAST says was accepted."""
    return ", ".join(counted_goods((row.line.order_line, row.quantity) for row in handed))


def _refused_since(handed: list[HandedOver]) -> str:
    """What a decision refused of it afterwards, which the BAST cannot say."""
    after = ((row.line.order_line, row.line.rejected_since - row.rejected) for row in handed)
    goods = ", ".join(counted_goods(after))
    return _("Sesudah itu %(goods)s diputus ditolak. ") % {"goods": goods} if goods else ""


def _to_complete(today: seller_day.SellerDay, now: datetime) -> list[dict[str, Any]]:
    """Bills of which nothing is paid before the shop brings its tax invoice."""
    return [
        {
            "title": _("Unggah faktur pajak tagihan %(number)s") % {"number": invoice.number},
            "href": reverse("orders:tax-invoice-create", args=[invoice.order.number, invoice.number]),
            "note": _("%(amount)s: %(buyer)s baru dapat membayar sesudah ada.")
            % {"amount": rupiah(invoice.owed), "buyer": notices.buyer_name(invoice.order)},
            "left": left_words(invoice.due_at, now) if invoice.due_at else "",
            "icon": "wallet",
            "now": True,
        }
        for invoice in today.to_complete
    ]


def _todo(today: seller_day.SellerDay, now: datetime) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for dispute in today.complaints:
        items.append(
            {
                "title": _("Jawab keluhan pesanan %(number)s") % {"number": dispute.order.number},
                "href": reverse("orders:dispute-answer", args=[dispute.order.number]),
                "note": dispute.complaint[:90],
                "left": short_end(dispute.due_at),
            }
        )
    for remedy in today.to_fulfil:
        is_goods = remedy.kind == RemedyKind.REPLACEMENT
        title = _("Kirim pengganti pesanan %(number)s") if is_goods else _("Kembalikan uang pesanan %(number)s")
        due = left_words(remedy.due_at, now) if remedy.due_at else _("Lewat batas")
        items.append(
            {
                "title": title % {"number": remedy.order.number},
                "href": reverse("orders:remedy-fulfil", args=[remedy.order.number, remedy.pk]),
                "note": rupiah(remedy.amount),
                "left": due,
                "now": True,
            }
        )
    for row in today.to_release:
        items.append(
            {
                "title": _("Jawab permintaan batal pesanan %(number)s") % {"number": row.order.number},
                "href": reverse("orders:cancellation-answer", args=[row.order.number]),
                "note": f"{notices.buyer_name(row.order)}: {row.get_reason_display()}",
                "left": left_words(row.due_at, now),
                "now": True,
            }
        )
    for order in today.to_amend:
        assert order.amend_due_at is not None
        items.append(
            {
                "title": _("Jawab usul perubahan pesanan %(number)s") % {"number": order.number},
                "href": reverse("orders:order-detail", args=[order.number]),
                "note": notices.buyer_name(order),
                "left": left_words(order.amend_due_at, now),
                "now": True,
            }
        )
    for order in today.to_bring:
        pickup = order.method == DeliveryMethod.PICKUP
        verb = _("Siapkan %(goods)s") if pickup else _("Antar %(goods)s")
        asked = pending.sending_words(order, now)
        lines, dated = list(order.lines.all()), schedules_pages.next_words(order)
        fetched = _("diambil di %(outlet)s") % {"outlet": order.seller.outlet}
        place = f"{notices.buyer_name(order)}, {fetched if pickup else _place(order)}"
        if not dated and (others := other_goods_words(lines)):
            place = f"{_('Juga %(goods)s') % {'goods': others}}. {place}"
        items.append(
            {
                "title": verb % {"goods": dated or goods_words(lines, unsent=True)},
                "href": reverse("orders:order-detail" if asked else "orders:delivery-create", args=[order.number]),
                "note": f"{place}. {asked}" if asked else place,
                "left": near_time(clock.told_end(sends_by(order, now)), now),
            }
        )
    for invoice in today.to_collect:
        items.append(
            {
                "title": _("Catat uang tunai %(amount)s") % {"amount": rupiah(invoice.outstanding)},
                "href": reverse("orders:order-detail", args=[invoice.order.number]),
                "note": notices.buyer_name(invoice.order),
                "left": _("sesudah diterima"),
                "icon": "wallet",
            }
        )
    for product in today.sent_back:
        items.append(
            {
                "title": _("Perbaiki %(name)s") % {"name": product.name},
                "href": reverse("umkm:product-edit", args=[product.pk]),
                "note": product.review_note,
                "left": _("dikembalikan kurator"),
                "icon": "pencil",
            }
        )
    for product in today.to_shelve:
        items.append(
            {
                "title": _("Kembali ke rak? %(name)s") % {"name": product.name},
                "href": f"{reverse('umkm:product-edit', args=[product.pk])}#retur",
                "note": _("%(n)s tidak diterima pembeli dan belum dapat dipesan.")
                % {"n": Unit(product.unit).counted(product.refused)},
                "left": _("jawab sesudah barangnya dilihat"),
                "icon": "package",
            }
        )
    return items


def _late(today: seller_day.SellerDay, now: datetime) -> list[dict[str, Any]]:
    """Money the department owes past its end: the page behind it says what the seller may do, and from when."""
    holidays = frozenset(day for invoice in today.late for day in invoice.holidays)
    return [
        {
            "title": _("Uang terlambat: %(amount)s") % {"amount": rupiah(invoice.owed)},
            "href": reverse("orders:seller-invoice", args=[invoice.number]),
            "note": _("%(number)s, %(buyer)s. Lihat siapa yang memegangnya dan kapan Anda bisa mengirim surat.")
            % {"number": invoice.order.number, "buyer": notices.buyer_name(invoice.order)},
            "left": pages.days_left_words(invoice, now, holidays),
            "icon": "wallet",
            "now": True,
        }
        for invoice in today.late
    ]


def _unfetched(today: seller_day.SellerDay, now: datetime) -> list[dict[str, Any]]:
    """Goods that stand ready in the shop: the order's page says from when the shop may record that nobody came."""
    items = []
    for ready in today.unfetched:
        promised = ready.deliver_at
        since = deliveries_policies.missing_from(ready.order, ready)
        note = _("Dapat Anda catat tidak diambil.")
        if not clock.is_over(since, now):
            note = _("Hubungi pembelinya. Dapat Anda catat tidak diambil sesudah %(when)s.") % {
                "when": near_time(since, now)
            }
        items.append(
            {
                "title": _("Belum diambil: %(number)s") % {"number": ready.order.number},
                "href": reverse("orders:order-detail", args=[ready.order.number]),
                "note": f"{notices.buyer_name(ready.order)}. {note}",
                "left": _("sejak %(when)s") % {"when": near_time(promised, now)},
                "icon": "package",
                "now": True,
            }
        )
    return items


def _in_holiday(seller: Seller, today: seller_day.SellerDay, now: datetime) -> list[Order]:
    """Accepted orders whose goods are awaited while the shop is closed for its holiday, and those that buyers come
    for."""
    if not hours.holiday_words(seller, now):
        return []
    assert seller.closed_until is not None
    last = seller.closed_until
    to_bring = [order for order in today.to_bring if clock.last_day(sends_by(order, now)) <= last]
    ready = Order.objects.filter(seller=seller, method=DeliveryMethod.PICKUP, deliveries__state=DeliveryState.SHIPPED)
    return [*to_bring, *ready.exclude(pk__in=[order.pk for order in to_bring]).distinct().order_by("pk")]


def _sample(seller: Seller) -> Product | None:
    """The shop's best-known goods, to say what still fits under the cap."""
    found: Product | None = Product.objects.for_sale().filter(seller=seller).order_by("pk").first()
    return found


def _moving_note(money: seller_day.SellerMoney) -> str:
    day = tanggal(money.moving_due) if money.moving_due else ""
    event = tanggal(money.moving_event) if money.moving_event else ""
    if day and event:
        said = _("Sudah ditagih. Dibayar bendahara paling lambat %(day)s; sebagian sesudah berkas acara %(event)s ada.")
        return said % {"day": day, "event": event}
    if event:
        return _("Sudah ditagih. Dibayar sesudah berkas acara %(event)s ada.") % {"event": event}
    if day:
        return _("Sudah ditagih. Dibayar bendahara paling lambat %(day)s.") % {"day": day}
    if money.moving:
        return _("Sudah ditagih. Menunggu keluhan atau barang pengganti.")
    return _("Semua tagihan lewat batas bayarnya.") if money.late else _("Tidak ada tagihan yang menunggu.")


def _money_notes(money: seller_day.SellerMoney) -> dict[str, str]:
    return {
        "waiting": ngettext(
            "%(count)s pesanan sedang berjalan.", "%(count)s pesanan sedang berjalan.", money.waiting_orders
        )
        % {"count": money.waiting_orders}
        if money.waiting_orders
        else _("Tidak ada pesanan berjalan."),
        "moving": _moving_note(money),
        "told": ngettext(
            "Dari %(count)s pesanan. Periksa rekening, lalu nyatakan uangnya masuk di halaman pesanannya.",
            "Dari %(count)s pesanan. Periksa rekening, lalu nyatakan uangnya masuk di halaman pesanannya.",
            money.told_orders,
        )
        % {"count": money.told_orders},
        "received": _received_note(money),
    }


def _received_note(money: seller_day.SellerMoney) -> str:
    said = (
        ngettext(
            "Dari %(count)s pesanan, terakhir %(day)s.",
            "Dari %(count)s pesanan, terakhir %(day)s.",
            money.received_orders,
        )
        % {"count": money.received_orders, "day": tanggal(money.received_last)}
        if money.received_last
        else _("Belum ada bulan ini.")
    )
    if money.missing:
        told = _("Belum termasuk %(amount)s yang Anda nyatakan belum masuk.")
        said += " " + told % {"amount": rupiah(money.missing)}
    if money.returned:
        said += " " + _("Sudah dikurangi %(amount)s yang dikembalikan.") % {"amount": rupiah(money.returned)}
    return said
