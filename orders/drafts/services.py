"""What was written down on a phone becomes the act it means, once."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from epeken.core.idempotency import KeyReused
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.users.models import User
from orders.deliveries.models import Delivery
from orders.drafts.models import DraftedAct


class Draft(NamedTuple):
    """What the phone says of it beside its content."""

    client_id: str
    act: str
    claimed_at: datetime


@service
def record_draft(
    *, actor: User, delivery: Delivery, draft: Draft, becomes: Callable[[], Delivery], now: datetime
) -> DraftedAct:
    """`becomes` does the act, in this transaction: a refusal leaves nothing behind, so the draft can be sent again. The
    time of the act is `now`; what the phone's clock said is kept beside it. The same draft of the same person acts
    once, also when two senders bring it at the same moment.

    Raises: KeyReused, and as the service it becomes.
    Locks: BudgetLine, Order, Delivery.
    """
    row = DraftedAct(
        delivery=delivery,
        act=draft.act,
        by=actor,
        client_id=draft.client_id,
        claimed_at=draft.claimed_at,
        received_at=now,
    )
    if insert_new(row):
        becomes()
        return row
    earlier = DraftedAct.objects.get(by=actor, client_id=draft.client_id)
    if (earlier.delivery_id, earlier.act) != (delivery.pk, draft.act):
        raise KeyReused(_("Draf ini sudah dikirim untuk kiriman lain. Tulis lagi di halaman kirimannya."))
    return earlier
