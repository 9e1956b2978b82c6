"""The pages of a person's address book."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import ask_first, form_page
from epeken.core.web.targets import own_target
from epeken.users.addresses import services
from epeken.users.addresses.forms import AddressForm
from epeken.users.addresses.models import Address
from epeken.users.fetch import person
from epeken.users.models import User


@never_cache
@require_safe
@login_required
def address_list(request: HttpRequest) -> HttpResponse:
    rows = Address.objects.of(person(request))
    after = own_target(request, request.GET.get("next"))
    context = {
        "addresses": rows,
        "most": services.MOST,
        "next": after,
        "query": _query(after),
        "back": after or reverse("users:profile"),
    }
    return render(request, "users/addresses/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address_create(request: HttpRequest) -> HttpResponse:
    user = person(request)
    start = {"recipient": user.name, "phone": user.phone, "kelurahan": user.kelurahan_id}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=start, current={})

    def save() -> None:
        services.add_address(actor=user, values=form.typed(), now=clock.now())

    return _saved_or_page(request, form, None, save, _("Alamat disimpan."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    address = _own(user, pk)
    current = services.written(address)
    form = AddressForm(request.POST if request.method == "POST" else None, initial=current, current=current)

    def save() -> None:
        shown = form.cleaned_data["shown"]
        services.change_address(actor=user, address=address, values=form.typed(), shown=shown, now=clock.now())

    said = _("Alamat diubah. Pesanan yang sudah dikirim tetap ke alamat lamanya.")
    return _saved_or_page(request, form, address, save, said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address_remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    address = _own(user, pk)
    if request.method != "POST":
        after = own_target(request, request.GET.get("next"))
        return ask_first(
            request,
            title=_("Hapus alamat %(label)s?") % {"label": address.label},
            text=_("%(recipient)s, %(line)s. Pesanan yang sudah dikirim tetap ke alamat ini.")
            % {"recipient": address.recipient, "line": address.line},
            verb=_("Hapus alamat ini"),
            back=reverse("users:address-list") + _query(after),
            sent=[("next", after)] if after else [],
        )
    services.remove_address(actor=user, address=address)
    messages.success(request, _("Alamat dihapus."))
    return _to_book(request)


@require_POST
@login_required
def address_default(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    services.choose_default(actor=user, address=_own(user, pk))
    messages.success(request, _("Alamat utama diganti."))
    return _to_book(request)


def _to_book(request: HttpRequest) -> HttpResponse:
    """The book, which still leads back to where it was opened."""
    return redirect(reverse("users:address-list") + _query(own_target(request, request.POST.get("next"))))


def _query(after: str) -> str:
    return f"?{urlencode({'next': after})}" if after else ""


def _own(user: User, pk: int) -> Address:
    found: Address = get_object_or_404(Address.objects.of(user), pk=pk)
    return found


def _saved_or_page(
    request: HttpRequest, form: AddressForm, address: Address | None, save: Callable[[], None], said: str
) -> HttpResponse:
    """Where the form was asked from, once saved; else the form, with what was refused."""
    if form.is_valid():
        try:
            save()
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect(own_target(request, request.POST.get("next")) or reverse("users:address-list"))
    after = own_target(request, request.POST.get("next"), request.GET.get("next"))
    context: dict[str, Any] = {
        "form": form,
        "address": address,
        "next": after,
        "back": after or reverse("users:address-list"),
    }
    return form_page(request, "users/addresses/form.html", context)
