"""Which of a person's shops a page is about."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest

from umkm.sellers.models import Seller


def named_shop(request: HttpRequest, shops: Iterable[Seller]) -> Seller | None:
    """The one of these that the form or the address names (`toko`), else the first; None without any.

    404 where it names another: what was written for one shop must not go into the next, for example when the first was
    frozen while the page stood open.
    """
    found = list(shops)
    named = request.POST.get("toko") or request.GET.get("toko")
    if not found or not named:
        return found[0] if found else None
    for shop in found:
        if str(shop.pk) == named:
            return shop
    raise Http404(named)
