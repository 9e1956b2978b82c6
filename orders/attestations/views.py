"""The published seals: whoever notes one down can prove later that nothing before it was taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from orders.attestations.models import DailySeal

SHOWN_DAYS = 62


@require_GET
def daily_seals(request: HttpRequest) -> HttpResponse:
    seals = DailySeal.objects.order_by("-day").defer("heads")[:SHOWN_DAYS]
    return render(request, "orders/attestations/daily_seals.html", {"seals": seals})
