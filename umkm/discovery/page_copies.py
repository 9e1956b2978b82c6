"""Public pages are made once a minute for everybody who has no account, and anew when what they show has changed.

A page shows nothing of goods or of a shop without a link to them, so its links say what its copy depends on. A copy is
compared with the rows (`catalogue.versions`) unless that was done in the last `COMPARED_SECONDS`. What is counted, what
is new and what lies beside the rows is up to `settings.PAGE_COPY_SECONDS` old. Orders read prices of their own.
"""

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from epeken.core import clock
from epeken.core.web.page_copies import Copies, is_everybodys, key_of, with_token
from umkm.catalogue.versions import Shown, shown_of, version_of
from umkm.discovery.places import place_of
from umkm.exposure import impressions

MOST_COPIES = 1000  # some 8 KB each
LARGEST_BYTES = 200_000
COMPARED_SECONDS = 0.5
# What stands in a copy for the token of a form and for the cart in the head of the page. Neither comes of what people
# write (core.text.clean_text).
_TOKEN, _CART = b"\x00", b"\x01"
_GOODS = re.compile(rb'(?:href="|^)/barang/(\d{1,18})-')
_SHOPS = re.compile(rb'(?:href="|^)/toko/([-\w]+)/')

Page = Callable[..., HttpResponse]


@dataclass
class PageCopy:
    packed: bytes  # without what is the visitor's own
    sum: str  # of the content
    content_type: str
    shown: Shown
    version: str
    offered: impressions.Impressions | None
    made_at: float  # time.monotonic()
    compared_at: float


copies: Copies[PageCopy] = Copies(MOST_COPIES)


def copied(view: Page) -> Page:
    """A view of a public page. Its answers to everybody carry an ETag, so that a browser that has the page gets 304.
    What a page offers counts whenever it is sent, out of a copy too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        if response.status_code == 200:
            impressions.count(request, impressions.offered_by(response))
        return response

    return answer


def _answer(view: Page, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    own = (settings.PLACE_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
    if not settings.PAGE_COPY_SECONDS or not is_everybodys(request, *own) or request.user.is_authenticated:
        return view(request, *args, **kwargs)
    place = place_of(request)
    key = (*key_of(request), place.code if place else "")
    copy = copies.get(key)
    if copy is not None and _holds(copy):
        return _for_visitor(request, copy)
    began, is_outermost = time.monotonic(), not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            # The page and the version of its rows come of one moment: no change while it is made is overlooked.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        response = view(request, *args, **kwargs)
        copy = _copy(request, response, began)
    if copy is None:
        return response
    copies.keep(key, copy)
    return _for_visitor(request, copy)


def _holds(copy: PageCopy) -> bool:
    """Whether it is what would be made now."""
    now = time.monotonic()
    if now - copy.made_at >= settings.PAGE_COPY_SECONDS:
        return False
    if now - copy.compared_at >= COMPARED_SECONDS:
        if version_of(copy.shown, clock.today()) != copy.version:
            return False
        copy.compared_at = now
    return True


def _copy(request: HttpRequest, response: HttpResponse, began: float) -> PageCopy | None:
    """None of what is no page for everybody. `began`: when its rows were read, time.monotonic()."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return None
    content = with_token(response.content, _TOKEN).replace(_cart(request), _CART)
    if len(content) > LARGEST_BYTES:
        return None
    path = request.path.encode()
    goods = {int(pk) for text in (path, content) for pk in _GOODS.findall(text)}
    shops = {slug.decode() for text in (path, content) for slug in _SHOPS.findall(text)}
    shown = shown_of(goods, shops)
    return PageCopy(
        packed=zlib.compress(content, 1),
        sum=blake2b(content, digest_size=12).hexdigest(),
        content_type=response["Content-Type"],
        shown=shown,
        version=version_of(shown, clock.today()),
        offered=impressions.offered_by(response),
        made_at=began,
        compared_at=began,
    )


def _cart(request: HttpRequest) -> bytes:
    """As the head of the page shows it. Who has no session has nothing in it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return _empty_cart(get_language() or "")
    return loader.render_to_string("layouts/_cart.html", request=request).encode()


@cache
def _empty_cart(_language: str) -> bytes:
    return loader.render_to_string("layouts/_cart.html", {"cart_count": 0}).encode()


def _for_visitor(request: HttpRequest, copy: PageCopy) -> HttpResponse:
    """The page with the visitor's cart and a token of theirs in its forms, or 304 where their browser has it so."""
    token, cart = get_token(request).encode(), _cart(request)
    own = blake2b(request.META["CSRF_COOKIE"].encode() + cart, key=settings.SECRET_KEY.encode()[:64], digest_size=12)
    etag = f'W/"{copy.sum}{own.hexdigest()}"'
    content = zlib.decompress(copy.packed).replace(_TOKEN, token).replace(_CART, cart)
    response = HttpResponse(content, content_type=copy.content_type)
    if copy.offered is not None:
        impressions.offering(response, copy.offered)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
    return get_conditional_response(request, etag=etag, response=response) or response
