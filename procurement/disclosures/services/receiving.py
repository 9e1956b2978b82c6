"""What senders do. None of it is told who sends: there is no `actor`, and of `now` the day alone is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.rows import insert_new
from epeken.core.services import service
from procurement.disclosures import errors, rules, sealing
from procurement.disclosures.models import Disclosure, DisclosureCase, DisclosureMessage, InspectorateKey
from procurement.disclosures.states import SENT, DisclosureState, MessagePart

MOST_FILES = 3
MOST_SIGNS = 20_000  # of the text
# Files and text of one message, sealed.
MOST_BYTES = settings.UPLOAD_MAX_BYTES + 4 * sealing.BLOCK + 8 * MOST_SIGNS


@dataclass(frozen=True)
class SealedMessage:
    """What a sender's browser, or this server for one without scripts, has sealed."""

    number: str
    opening: bytes
    fingerprint: str  # of the key it was sealed to
    sealed: bytes
    token: str


@service
def receive_complaint(*, message: SealedMessage, now: datetime) -> Disclosure:
    """A new complaint lies sealed. The same code gives one complaint, however often it is sent.

    Raises: RuleBroken, KeyChanged. Locks: none.
    """
    hashed, day = sealing.opening_hash(message.opening), clock.local_date(now)
    earlier = Disclosure.objects.filter(opening_hash=hashed).first()
    if earlier is not None:
        return earlier
    key = _checked(message, day)
    made = Disclosure(number=message.number, opening_hash=hashed, day=day, key=key)
    if not insert_new(made):
        meanwhile = Disclosure.objects.filter(opening_hash=hashed).first()
        if meanwhile is None:
            raise RuleBroken(_("Nomor ini sudah terpakai. Muat ulang halaman, lalu kirim lagi."), code="number_taken")
        return meanwhile
    _keep(made, message, MessagePart.COMPLAINT, key, day)
    return made


@service
def add_to_complaint(*, message: SealedMessage, now: datetime) -> Disclosure:
    """The sender adds something sealed, once for each page it was sent from.

    Raises: RuleBroken, KeyChanged, InvalidMove. Locks: DisclosureCase.
    """
    day = clock.local_date(now)
    found = Disclosure.objects.filter(opening_hash=sealing.opening_hash(message.opening), number=message.number).first()
    if found is None:
        raise errors.unknown_code()
    if DisclosureMessage.objects.filter(disclosure=found, token=message.token).exists():
        return found
    case = DisclosureCase.objects.locked().filter(disclosure=found).first()
    if case is not None and case.state == DisclosureState.CLOSED:
        raise InvalidMove(
            _("Pengaduan ini sudah ditutup. Kirim pengaduan baru dan sebutkan nomor ini di dalamnya."), code="closed"
        )
    _keep(found, message, MessagePart.ADDITION, _checked(message, day), day)
    return found


def _checked(message: SealedMessage, day: date) -> InspectorateKey:
    key: InspectorateKey | None = InspectorateKey.objects.in_force(day)
    if key is None:
        raise errors.no_key()
    if key.fingerprint != message.fingerprint:
        raise errors.KeyChanged(_("Kunci inspektorat baru saja diganti. Muat ulang halaman, lalu kirim lagi."))
    require(
        sealing.is_sealed(message.sealed),
        _("Kiriman ini tidak tersegel dengan benar. Muat ulang halaman, lalu kirim lagi."),
        code="not_sealed",
    )
    require(
        len(message.sealed) <= MOST_BYTES,
        _("Kiriman ini terlalu besar. Semua lampiran bersama paling besar %(most)d MB.")
        % {"most": settings.UPLOAD_MAX_BYTES // 1024**2},
        field="attachments",
        code="message_too_large",
    )
    sent_today = DisclosureMessage.objects.filter(day=day, part__in=SENT).count()
    require(
        sent_today < rules.DAILY.on(day),
        _("Hari ini sudah terlalu banyak kiriman. Kirim lagi besok, atau antar surat tertutup ke kantor inspektorat."),
        code="daily_limit",
    )
    return key


def _keep(found: Disclosure, message: SealedMessage, part: MessagePart, key: InspectorateKey, day: date) -> None:
    insert_new(
        DisclosureMessage(disclosure=found, part=part, day=day, sealed=message.sealed, key=key, token=message.token)
    )
