"""Cart and checkout. A visitor's cart waits under a key in the session and joins their own when they sign in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, RuleBroken
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.core.ids import read_id
from epeken.core.money import share
from epeken.core.quantity import plain, read_quantity
from epeken.core.web.answers import form_page
from epeken.core.web.targets import own_target
from epeken.users.addresses.models import Address
from epeken.users.fetch import person
from epeken.users.models import User
from orders.carts import quotes, rules, services, taken_out
from orders.carts.forms import CartAddForm, CartChangeForm, CheckoutForm
from orders.carts.models import Cart, CartLine
from orders.carts.services import CART_KEY
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.tiers import from_words, further_words, tier_from
from umkm.owners import services as owners
from umkm.sellers import hours
from umkm.sellers.models import Seller

TYPED_KEY = "checkout_typed"  # in the session: what the checkout held when the person left it by a button of its own
LEADS_TO: dict[str, Callable[[str], str]] = {
    "book": lambda here: f"{reverse('users:address-list')}?{urlencode({'next': here})}",
    "cart": lambda _here: reverse("orders:cart"),
}


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    return _cart_page(request, _cart_of(request))


def _cart_page(request: HttpRequest, mine: Cart | None, form: CartChangeForm | None = None) -> HttpResponse:
    """With a refused form: what was typed and why it cannot be, in its place."""
    now = clock.now()
    groups = groups_of(mine, now)
    for row in (row for group in groups for row in group["rows"] if form is not None):
        name = f"quantity_{row['product'].pk}"
        if form is not None and name in form.fields:
            row |= {"quantity": form.data[name], "problem": next(iter(form.errors.get(name, [])), row["problem"])}
    context = {
        "groups": groups,
        "taken_out": taken_out.offers(request, mine, now),
        "form": form,
        "total": sum(g["total"] for g in groups),
        "blocked": any(g["blocked"] for g in groups),
    }
    return form_page(request, "orders/carts/cart.html", context)


@require_POST
def cart_add(request: HttpRequest) -> HttpResponse:
    form = CartAddForm(request.POST)
    back = _back(request)
    now = clock.now()
    if not form.is_valid():
        said, wanted = str(next(iter(form.errors.values()))[0]), form.cleaned_data.get("product")
        if wanted is None:
            messages.error(request, said)
            return redirect(back)
        typed = request.POST.get("quantity", "")
        messages.error(request, _why_not(wanted, typed, now) or said)
        return _asked_again(wanted, typed)
    product = form.cleaned_data["product"]
    try:
        services.put_in_cart(
            user=request.user,
            key=_key(request),
            product=product,
            quantity=form.cleaned_data["quantity"],
            now=now,
        )
    except DomainError as error:
        quantity = form.cleaned_data["quantity"]
        if why := feasibility.problem_of(product, quantity, clock.local_date(now)):
            messages.error(request, why)
            return _asked_again(product, plain(quantity))
        messages.error(request, error.message)
        return redirect(back)
    taken_out.forget(request, [product.pk], now)
    messages.success(request, _("%(name)s masuk keranjang.") % {"name": product.name})
    return redirect("orders:cart")


@require_POST
@login_required
def order_again(request: HttpRequest, number: str) -> HttpResponse:
    """`number`: of an order that is over."""
    user = person(request)
    order = get_object_or_404(Order.objects.of_buyer(user), number=number)
    found = services.order_again(actor=user, order=order, now=clock.now())
    _tell_refilled(request, found)
    if found.put:
        return redirect("orders:cart")
    messages.error(request, _("Tidak ada barang dari pesanan ini yang dapat dipesan sekarang."))
    return redirect("orders:order-detail", number=order.number)


def _tell_refilled(request: HttpRequest, found: services.Refilled) -> None:
    for why in found.left_out:
        messages.warning(request, why)
    for name, before, after in found.dearer:
        said = _("%(name)s sekarang %(after)s, dahulu %(before)s.")
        messages.warning(request, said % {"name": name, "after": rupiah(after), "before": rupiah(before)})
    if found.put:
        messages.success(request, _("%(goods)s ada di keranjang.") % {"goods": ", ".join(found.put)})


def _why_not(product: Product, typed: str, now: datetime) -> str:
    """What is wrong with a number that can be read; "" of one that cannot."""
    try:
        return feasibility.problem_of(product, read_quantity(typed), clock.local_date(now))
    except RuleBroken:
        return ""


def _asked_again(product: Product, typed: str) -> HttpResponse:
    """To the field on the page of the goods, which says beside it why not; a message says it on top as well."""
    typed = urlencode({"jumlah": typed[:20]})
    return redirect(f"{reverse('umkm:product-detail', args=[product.pk, 'barang'])}?{typed}#id_quantity")


@require_POST
def cart_change(request: HttpRequest) -> HttpResponse:
    """What was typed is kept, whichever button was pressed: change, take out, or go on to the order."""
    mine = _cart_of(request)
    if mine is None:
        return redirect("orders:cart")
    lines = mine.lines.select_related("product")
    form = CartChangeForm(request.POST, products=[line.product for line in lines])
    if form.is_valid():
        now = clock.now()
        try:
            removed = services.change_quantities(cart=mine, quantities=form.quantities(), now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            taken_out.remember(request, removed, now)
            if "order" not in request.POST and "shop" not in request.POST:
                return redirect("orders:cart")
            shop = _shop_of(request.POST.get("shop"))
            groups = groups_of(mine, clock.now(), shop)
            if not groups:
                return redirect("orders:cart")
            if any(group["blocked"] for group in groups):
                # Before anybody is asked to sign in; after it the order would be refused for the same goods.
                return _to_blocked(request)
            if not request.user.is_authenticated:
                messages.info(request, _("Isi keranjang tersimpan. Masuk atau buat akun untuk memesan."))
            return redirect(_checkout_url(shop))
    return _cart_page(request, mine, form)


@require_POST
def cart_restore(request: HttpRequest) -> HttpResponse:
    """What was taken out is in the cart again: one kind of goods (`product`), or all of it."""
    now = clock.now()
    _cart_of(request)  # a visitor's cart joins their own first
    only = read_id(request.POST["product"]) if "product" in request.POST else None
    rows = [row for row in taken_out.wanted(request, now) if only is None or row.product == only]
    if rows:
        _tell_refilled(request, services.put_back(user=request.user, key=_key(request), wanted=rows, now=now))
        taken_out.forget(request, [row.product for row in rows], now)
    return redirect("orders:cart")


def _shop_of(text: str | None) -> int | None:
    """The pk of the only shop that is ordered from; None: of all in the cart."""
    return None if text is None else read_id(text)


def _checkout_url(shop: int | None) -> str:
    """Of the goods of one shop, or of the whole cart."""
    here = reverse("orders:checkout")
    return here if shop is None else f"{here}?{urlencode({'penjual': shop})}"


def _to_blocked(request: HttpRequest) -> HttpResponse:
    """To the cart, which says at the goods why they cannot be ordered."""
    messages.warning(request, _("Belum bisa dipesan. Ubah dahulu barang yang diberi keterangan."))
    return redirect("orders:cart")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def checkout(request: HttpRequest) -> HttpResponse:
    """One form for every shop in the cart, or for the one of `?penjual=`: the goods of the others stay in the cart."""
    now = clock.now()
    user = person(request)
    mine = _cart_of(request)
    shop = _shop_of(request.GET.get("penjual"))
    groups = groups_of(mine, now, shop)
    data = request.POST if request.method == "POST" else None
    if data is not None:
        made = services.placed_before(user, data.get("key", ""))
        if made:
            return _to_orders(made)
    if mine is None or not groups:
        return redirect("orders:cart")
    sellers = [(group["seller"], group["earliest"]) for group in groups]
    start = {
        "recipient": user.name,
        "recipient_phone": user.phone,
        "delivery_kelurahan": user.kelurahan_id,
    }
    book = list(Address.objects.of(user))
    if data is not None and data.get("leave") in LEADS_TO:
        # For the address book or the cart, and back: what was typed waits here meanwhile.
        names = CheckoutForm(sellers=sellers, addresses=book).typed_names
        request.session[TYPED_KEY] = {name: data[name] for name in names if name in data}
        return redirect(LEADS_TO[data["leave"]](_checkout_url(shop)))
    if data is None and any(group["blocked"] for group in groups):
        # No date of this page would change it; the cart says why at the goods.
        return _to_blocked(request)
    if data is None:
        start |= _typed_before(request, sellers, book)
    if data is not None and "count" in data:
        # Only the amounts are asked for: what was typed stays, nothing is judged yet.
        start |= {name: data[name] for name in CheckoutForm(sellers=sellers, addresses=book).fields if name in data}
        data = None
    judge = partial(_wrong_with, user, groups, now)
    form = CheckoutForm(data, sellers=sellers, addresses=book, judge=judge, initial=start)
    if data is not None:
        problem = None
        seen = data.get("seen", "")
        try:
            if form.is_valid():
                values = {**form.values(), "shop": shop, "seen": seen}
                made = services.place_orders(
                    actor=user, cart=mine, values=values, key=form.cleaned_data["key"], now=now
                )
                said = ngettext(
                    "%(count)s pesanan diteruskan ke penjual. Tunggu jawabannya.",
                    "%(count)s pesanan diteruskan ke penjual. Tunggu jawabannya.",
                    len(made),
                )
                messages.success(request, said % {"count": len(made)})
                if shop is not None and mine.lines.exists():
                    messages.info(request, _others_words())
                request.session.pop(TYPED_KEY, None)
                request.session.pop(taken_out.TAKEN_OUT_KEY, None)
                return _to_orders(made)
            quotes.check_shown(seen, _lines(groups))
        except DomainError as error:
            problem = error
        # The refusal may come from what changed after the groups were read: show what holds now.
        groups = groups_of(mine, now, shop)
        if not groups:
            return redirect("orders:cart")
        sellers = [(group["seller"], group["earliest"]) for group in groups]
        judge = partial(_wrong_with, user, groups, now)
        book = list(Address.objects.of(user))
        form = CheckoutForm(data, sellers=sellers, addresses=book, judge=judge, initial=start)
        if problem is not None:
            form.refuse(problem)
    for group in groups:
        pk = group["seller"].pk
        group |= {name: form[f"{name}_{pk}"] for name in ("method", "deliver_on", "note")}
        group["is_delivered"] = form.method_of(group["seller"]) == DeliveryMethod.SELLER
    goods, fees = sum(g["goods"] for g in groups), sum(g["fee"] for g in groups if g["is_delivered"])
    context = {
        "form": form,
        "groups": groups,
        "goods_total": goods,
        "total": goods + fees,
        "here": _checkout_url(shop),
        "answer_hours": rules.ANSWER.on(clock.local_date(now)),
        "seen": quotes.quote_of(_lines(groups)).text,
    }
    return form_page(request, "orders/carts/checkout.html", context)


def _wrong_with(
    user: User, groups: list[dict[str, Any]], now: datetime, values: Mapping[str, Any]
) -> Iterable[DomainError]:
    return services.checkout_problems(user, _lines(groups), values, now)


def _others_words() -> SafeString:
    said, link = _("Barang dari toko lain masih ada di keranjang."), _("Buka keranjang")
    return format_html('{} <a href="{}">{}</a>', said, reverse("orders:cart"), link)


def _typed_before(request: HttpRequest, sellers: list[tuple[Seller, date]], book: list[Address]) -> dict[str, Any]:
    """What was typed before the person went to the address book or the cart, as far as this form still asks it."""
    form = CheckoutForm(sellers=sellers, addresses=book)
    typed = dict(request.session.get(TYPED_KEY, {}))
    # The same address, changed meanwhile, is named anew; in place of a removed one the form's own choice stands.
    anew = {str(address.pk): address.choice for address in book}
    if typed.get("address", CheckoutForm.NEW) != CheckoutForm.NEW:
        typed["address"] = anew.get(typed["address"].partition(".")[0], "")
    return {name: text for name, text in typed.items() if name in form.typed_names and form.still_offers(name, text)}


def _to_orders(made: list[Order]) -> HttpResponse:
    if len(made) == 1:
        return redirect("orders:order-detail", number=made[0].number)
    return redirect("orders:order-list")


def groups_of(cart: Cart | None, now: datetime, shop: int | None = None) -> list[dict[str, Any]]:
    """The cart by shop, or its goods of one shop: lines with their amounts, what stands in the way, the earliest day;
    whether the shop's goods can be ordered without those of the others."""
    if cart is None:
        return []
    lines = cart.lines.of_shop(shop).select_related(
        "product__category", "product__seller__kelurahan", "product__seller__food_court"
    )
    by_seller: dict[int, list[CartLine]] = {}
    for line in lines.order_by("product__seller__name", "pk"):
        by_seller.setdefault(line.product.seller_id, []).append(line)
    today = clock.local_date(now)
    calendar = feasibility.calendar([line.product for line in lines], today, now, for_agency=False)
    sellers = [mine[0].product.seller for mine in by_seller.values()]
    amounts = {
        seller: sum(share(line.unit_price, line.quantity) for line in by_seller[seller.pk]) for seller in sellers
    }
    rooms = owners.rooms_of(sellers, today) if sellers else {}
    full = feasibility.room_faults(amounts, rooms)
    groups = []
    for mine in by_seller.values():
        seller = mine[0].product.seller
        earliest = _earliest(mine, calendar)
        rows = [_row(line, replace(calendar, day=earliest)) for line in mine]
        goods = amounts[seller]
        fault = full.get(seller.pk)
        is_wrong = any(row["problem"] for row in rows)
        groups.append(
            {
                "seller": seller,
                "rows": rows,
                "goods": goods,
                "fee": seller.delivery_fee,
                "total": goods,
                "earliest": earliest,
                "wait": _wait_words(seller, earliest, now),
                # An amount that cannot come is said first: its sum is one nobody can order anyway.
                "problem": fault.text if fault and not is_wrong else "",
                "blocked": fault is not None or is_wrong,
                "goes_alone": not is_wrong and not feasibility.room_faults({seller: goods}, rooms),
            }
        )
    return groups


def _row(line: CartLine, on: feasibility.Calendar) -> dict[str, Any]:
    product = line.product
    problem = next((fault.text for fault in feasibility.faults(product, line.quantity, on)), "")
    amount = share(line.unit_price, line.quantity)
    return {
        "line": line,
        "product": product,
        "price": line.unit_price,
        "why": from_words(product.unit, tier_from(product, line.quantity, line.unit_price)),
        "more": further_words(product, product.unit, line.quantity),
        "no_dearer": feasibility.less_for_more(product, line.quantity, on),
        "amount": amount,
        "price_was": line.price_seen if line.price_seen != line.unit_price else None,
        "problem": problem,
        "is_shown": is_for_sale(product),
        "unit": product.get_unit_display(),
        "name": f"quantity_{product.pk}",
        "field_id": f"id_quantity_{product.pk}",
        "quantity": line.quantity,
        "step": product.step,
        "minimum": product.minimum,
    }


def _earliest(lines: list[CartLine], calendar: feasibility.Calendar) -> date:
    """The first day on which all the shop's goods can come, where there is one."""
    day = max(feasibility.first_day(line.product, calendar.now) for line in lines)
    for _try in range(hours.HORIZON_DAYS):
        on = replace(calendar, day=day)
        found = [fault for line in lines for fault in feasibility.faults(line.product, line.quantity, on)]
        later = [fault.day for fault in found if fault.day is not None and fault.day > day]
        if not later:
            break
        day = max(later)  # where another of the goods may not be free: asked again
    return day


def _wait_words(seller: Seller, earliest: date, now: datetime) -> str:
    """Said where the goods cannot come today: from which day on, and the shop's holiday as the reason."""
    if earliest <= clock.local_date(now):
        return ""
    said = _("Paling cepat %(day)s") % {"day": long_date(earliest)}
    return ". ".join(part for part in (hours.holiday_words(seller, now), said) if part)


def _lines(groups: list[dict[str, Any]]) -> list[CartLine]:
    return [row["line"] for group in groups for row in group["rows"]]


def _key(request: HttpRequest) -> str:
    key: str = request.session.get(CART_KEY, "")
    if not key and not request.user.is_authenticated:
        key = request.session[CART_KEY] = new_key()
    return key


def _cart_of(request: HttpRequest) -> Cart | None:
    """This visitor's cart; what they put in before signing in joins their own."""
    key = request.session.get(CART_KEY, "")
    if request.user.is_authenticated and key:
        merged = services.merge_cart(user=request.user, key=key, now=clock.now())
        if merged.added:
            said = _("Dari keranjang sebelum Anda masuk, jumlah ini dijumlahkan: %(names)s. Periksa jumlahnya.")
            messages.info(request, said % {"names": ", ".join(merged.added)})
        if merged.left_out:
            said = _("Keranjang sudah penuh, jadi ini tidak ikut masuk: %(names)s.")
            messages.warning(request, said % {"names": ", ".join(merged.left_out)})
        del request.session[CART_KEY]
        key = ""
    found: Cart | None = Cart.objects.of(request.user, key).first()
    return found


def _back(request: HttpRequest) -> str:
    return own_target(request, request.POST.get("next"), request.META.get("HTTP_REFERER")) or reverse("orders:cart")
