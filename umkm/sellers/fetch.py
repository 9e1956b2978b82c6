"""Which of a person's shops a page is about."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest

from epeken.users.fetch import person
from umkm.sellers.models import Seller
from umkm.sellers.policies import first_to_run, own_shops
from umkm.sellers.states import RUNNING

KEPT = "toko"  # in the session: the shop that was named last


def desk_shop(request: HttpRequest) -> Seller | None:
    """The one of the person's shops whose desk they see, as `named_shop`."""
    return named_shop(request, own_shops(person(request)))


def named_shop(request: HttpRequest, shops: Iterable[Seller]) -> Seller | None:
    """The one of these that the form or the address names (`toko`), else the one that was named last, else the first by
    `first_to_run`; None without any.

    404 where it names another: what was written for one shop must not go into the next, for example when the first was
    frozen while the page stood open.
    """
    found = list(shops)
    named = request.POST.get("toko") or request.GET.get("toko")
    if not found or not named:
        return kept_shop(request, found)
    for shop in found:
        if str(shop.pk) == named:
            if len(found) > 1 and shop.state in RUNNING and _kept(request) != shop.pk:
                request.session[KEPT] = shop.pk
            return shop
    raise Http404(named)


def kept_shop(request: HttpRequest, shops: Iterable[Seller]) -> Seller | None:
    """The one of these that was named last, as long as it is on the market; else the first."""
    found = first_to_run(shops)
    kept = _kept(request) if len(found) > 1 else None
    return next((shop for shop in found if shop.pk == kept and shop.state in RUNNING), found[0] if found else None)


def _kept(request: HttpRequest) -> object:
    session = getattr(request, "session", None)
    return session.get(KEPT) if session is not None else None
