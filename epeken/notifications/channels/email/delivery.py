"""How a mail is sent, once.

The mail's row stays locked from the look at `sent_at` until `sent_at` is written, so two workers never send the same
mail. A mail server is the one thing outside our transaction: when a worker dies after the server said yes and before
our commit, the mail goes again with the same Message-ID (docs/security.md names this window). The demo mailbox is
a table in the same database, so there the mail and its mark are one commit.
"""

import smtplib
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from epeken.core.rows import insert_new
from epeken.notifications.channels.attempts import GIVE_UP_AFTER, NotSentYet, RefusedForGood, attempt, give_up
from epeken.notifications.channels.email.services import new_message_id
from epeken.notifications.channels.text import gateway
from epeken.notifications.models import Notification, NotificationDelivery, OutgoingMail
from epeken.notifications.rendering import render
from epeken.notifications.services import channel_of

TEXT = NotificationDelivery.Channel.TEXT


def deliver_notice(*, notification_pk: int, now: datetime) -> None:
    """The notice's message is sent, or given up with a reason; none is made for a person who muted its area.

    Raises NotSentYet to be tried again. Locks: NotificationDelivery.
    """
    if not _is_kept(notification_pk):
        return
    with transaction.atomic():
        row = (
            NotificationDelivery.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("notification__person")
            .filter(notification=notification_pk, sent_at__isnull=True, dead_at__isnull=True)
            .first()
        )
        if row is None:
            return
        notice = row.notification
        reached = notice.person.phone_verified_at if row.channel == TEXT else notice.person.email
        if not (notice.person.is_active and reached):
            give_up(row, "The account is closed, or no longer reached this way.", now)
            return
        language = notice.person.language
        words = render(notice, language)
        link = settings.SITE_URL.rstrip("/") + notice.url if notice.url.startswith("/") else ""
        if row.channel == TEXT:
            said = f"e-Peken: {words.title}. {link}".strip()
            hand_over = partial(gateway.send, notice.person.phone, said, row.message_id)
            attempt(row, hand_over, until=row.created_at + GIVE_UP_AFTER, now=now)
            return
        with translation.override(language):
            context = {"words": words, "language": language, "link": link, "site_url": settings.SITE_URL}
            text = render_to_string("notifications/emails/notification.txt", context)
            html = render_to_string("notifications/emails/notification.html", context)
        _send(row, notice.person.email, words.title, text, html, now)


def _is_kept(notification_pk: int) -> bool:
    """Whether the notice has a message on its way, made now unless nothing is to be sent or an earlier attempt made it.

    Committed before it is sent: each attempt sends under the same Message-ID.
    """
    if NotificationDelivery.objects.filter(notification=notification_pk).exists():
        return True
    notice = Notification.objects.select_related("person").filter(pk=notification_pk).first()
    if notice is None or (channel := channel_of(notice)) is None:
        return False
    # Of two workers at one notice the second finds the message of the first.
    insert_new(
        NotificationDelivery(
            notification=notice, channel=channel, message_id=new_message_id(), created_at=notice.created_at
        )
    )
    return True


def send_outgoing(*, pk: int, now: datetime) -> None:
    """The kept mail is sent and its text forgotten, or given up. Raises NotSentYet. Locks: OutgoingMail."""
    with transaction.atomic():
        row = (
            OutgoingMail.objects.select_for_update(skip_locked=True)
            .filter(pk=pk, sent_at__isnull=True, dead_at__isnull=True)
            .first()
        )
        if row is None:
            return
        _send(row, row.recipient, row.subject, row.text, row.html, now)
        OutgoingMail.objects.filter(pk=pk).update(text="", html="")


def _send(
    row: NotificationDelivery | OutgoingMail, recipient: str, subject: str, text: str, html: str, now: datetime
) -> None:
    message = EmailMultiAlternatives(
        # A line break in a subject would be a second header.
        " ".join(subject.split()),
        text,
        to=[recipient],
        connection=get_connection(settings.MAIL_TRANSPORT),
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    attempt(row, lambda: _hand_over(message), until=row.created_at + GIVE_UP_AFTER, now=now)


def _hand_over(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as problem:
        codes = {code for code, _text in problem.recipients.values()}
        answer = ", ".join(str(code) for code in sorted(codes))
        if all(code >= 500 for code in codes):
            raise RefusedForGood(f"The mail server refuses this address ({answer}).") from None
        raise NotSentYet(f"The mail server answered {answer}.") from None
    except smtplib.SMTPResponseException as problem:
        if 550 <= problem.smtp_code <= 554:
            raise RefusedForGood(f"The mail server refuses this letter ({problem.smtp_code}).") from None
        raise NotSentYet(f"The mail server answered {problem.smtp_code}.") from None
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSentYet(f"The mail server was not reached ({type(problem).__name__}).") from None
