"""What keeps an invoice from being declared complete and paid, on its page and at the act: the same list."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from epeken.core.errors import NotAllowed, RuleBroken
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.documents import services, slots
from orders.documents.entries import entries_of
from orders.orders.models import Order


@dataclass(frozen=True)
class Lack:
    """A required place that is empty. `kind`: of what the office uploads; "" of a paper that comes another way.
    `is_waivable`: somebody of the department may let it go unasked."""

    name: str
    who: str
    kind: str = ""
    is_waivable: bool = False


class SlotEmpty(RuleBroken):
    """Says which papers are not there, and who brings each."""

    code = "slot_empty"

    def __init__(self, lacks: list[Lack]) -> None:
        self.lacks = lacks
        super().__init__(words(lacks))


def empty_slots(order: Order, invoice: Invoice) -> list[slots.Slot]:
    """Required places that keep this bill from being paid, in filing order."""
    return [slot for slot in slots.slots_of(order) if slot.stops(invoice.number)]


def lacks_of(order: Order, invoice: Invoice) -> list[Lack]:
    """In filing order: what somebody must still upload, and papers of the order or of this invoice that could not be
    made."""
    prefetch_related_objects([order], "attachments", "request__attachments")
    brought = [
        Lack(slot.label, slot.filled_by, slot.kind if slot.is_by_office else "", slot.is_waivable)
        for slot in empty_slots(order, invoice)
    ]
    own = {"", invoice.number, invoice.delivery.number}
    entries = entries_of(order, for_agency=True)
    unmade = {
        entry.document.pk: entry
        for entry in entries
        if entry.of in own and entry.is_due and entry.document is not None and entry.document.made_at is None
    }
    failed = services.failed_of(entry.document for entry in unmade.values() if entry.document is not None)
    made_by = _("gagal dibuat; pengelola e-Peken menjalankannya ulang")
    return [*brought, *(Lack(entry.name, made_by) for pk, entry in unmade.items() if pk in failed)]


def words(lacks: list[Lack]) -> str:
    """One sentence with each paper and who fills its place, and the way out."""
    told = "; ".join(f"{lack.name} ({lack.who})" for lack in lacks)
    said = _("Tagihan ini belum dapat dibayar karena berkasnya belum ada: %(papers)s.") % {"papers": told}
    return f"{said} {way_out(lacks)}".strip()


def way_out(lacks: list[Lack]) -> str:
    """Who may let which of them go unasked; "" where nobody may."""
    names = ", ".join(lack.name for lack in lacks if lack.is_waivable)
    if not names:
        return ""
    return _("Bila %(papers)s memang tidak ada, PPK atau kepala dinas dapat mengecualikannya dengan alasan.") % {
        "papers": names
    }


def check(order: Order, invoice: Invoice, actor: User) -> None:
    """Called with Order locked by whoever declares an invoice complete or pays it. Raises: NotAllowed, SlotEmpty."""
    if order.waivers.filter(given_by=actor).exists():
        raise NotAllowed(
            _("Anda mengecualikan lampiran pesanan ini, jadi orang lain yang memeriksa dan membayar tagihannya.")
        )
    (anew,) = services.read_anew([order])
    lacks = lacks_of(anew, invoice)
    if lacks:
        raise SlotEmpty(lacks)
