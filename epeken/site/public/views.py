"""Pages for anybody that belong to no app: what departments can do here, and what search engines may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from epeken.core import clock
from epeken.core.phones import phone_words
from orders.billing import rules as billing_rules
from orders.orders import rules as order_rules
from procurement.requests import rules as request_rules
from umkm.appeals import rules as appeal_rules
from umkm.sellers import rules as seller_rules

# Rooms that need an account. Each answer there says noindex as well (`HeadersMiddleware`).
CLOSED = [
    "/admin/", "/akun/", "/api/", "/dinas/", "/inspektorat/", "/keranjang/", "/pemberitahuan/", "/penjual/",
    "/pesanan/",
]  # fmt: skip


@require_safe
def for_agencies(request: HttpRequest) -> HttpResponse:
    """What a department can do here, on which legal basis, and how it begins. Amounts and days are those of today."""
    day = clock.today()
    context = {
        "pp_limit": request_rules.PP_LIMIT.on(day),
        "two_above": request_rules.TWO_ABOVE.on(day),
        "three_above": request_rules.THREE_ABOVE.on(day),
        "answer_days": order_rules.ANSWER.on(day),
        "payment_days": billing_rules.PAYMENT.on(day),
    }
    return render(request, "site/public/for_agencies.html", context)


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Where to turn with which question, and how to reach the office."""
    contact = settings.CITY.contact
    context = {
        "office": seller_rules.OFFICE.on(clock.today()),
        "contact": contact,
        "payment_days": billing_rules.PAYMENT.on(clock.today()),
        "appeal_days": appeal_rules.FILING.on(clock.today()),
        "phone": {"href": f"tel:{contact.phone}", "words": phone_words(contact.phone)} if contact.phone else None,
    }
    return render(request, "site/public/support.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
