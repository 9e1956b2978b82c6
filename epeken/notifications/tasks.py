"""Jobs: sending letters and texts."""

from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.jobs import job
from epeken.notifications.breaches.tasks import remind_breaches
from epeken.notifications.channels.email import delivery
from epeken.notifications.channels.text import delivery as text_delivery

__all__ = ["deliver", "remind_breaches", "send_mail", "send_text"]

# With the job's backoff (an hour at most) this outlasts attempts.GIVE_UP_AFTER: the mail's own row records the end.
ATTEMPTS = 40


@job("notifications.deliver", label=_("Kirim pemberitahuan"), network=True, max_attempts=ATTEMPTS)
def deliver(*, notification_pk: int) -> None:
    delivery.deliver_notice(notification_pk=notification_pk, now=clock.now())


@job("notifications.send_mail", label=_("Kirim surel"), network=True, max_attempts=ATTEMPTS)
def send_mail(*, mail_pk: int) -> None:
    delivery.send_outgoing(pk=mail_pk, now=clock.now())


@job("notifications.send_text", label=_("Kirim pesan ponsel"), network=True, max_attempts=ATTEMPTS)
def send_text(*, text_pk: int) -> None:
    text_delivery.send_outgoing_text(pk=text_pk, now=clock.now())
