"""The base of the events of an order and of what lies in its file: none is written without its attestation."""

from typing import Any

import pgtrigger

from epeken.core.models import Event
from epeken.core.services import at_end


class EventIsAttested(pgtrigger.Trigger):
    """Checked at the end of the transaction: whatever wrote the event, its attestation stands beside it."""

    name = "is_attested"
    when = pgtrigger.After
    operation = pgtrigger.Insert
    timing = pgtrigger.Deferred

    def get_func(self, model: Any) -> str:
        return """
            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN
                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """


class AttestedEvent(Event):
    """A Meta of a child inherits this Meta."""

    class Meta(Event.Meta):
        abstract = True
        triggers = [*Event.Meta.triggers, EventIsAttested()]

    def recorded(self) -> None:
        from orders.attestations import services  # it imports the events

        at_end(services.attest, services.act_of(self))
