"""Beat's doors into procurement."""

from celery import shared_task

from epeken.core import clock
from procurement import notices
from procurement.models import PurchaseRequest


@shared_task(name="procurement.remind_overdue")
def remind_overdue() -> None:
    now = clock.now()
    late = PurchaseRequest.objects.submitted().filter(due_at__lt=now).select_related("agency", "requester")
    for request in late[:500]:
        notices.request_overdue(request, now=now)
