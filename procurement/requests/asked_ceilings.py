"""Drafts whose requester asked the head for a higher ceiling, as long as their budget lines do not bear them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole
from procurement.budgets.charges import Charge
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import OPEN


def missing(request: PurchaseRequest, now: datetime) -> list[Charge]:
    """What the lines of a draft that asks lack; nothing of any other request, without a query."""
    if request.ceiling_asked_at is None or request.state not in OPEN:
        return []
    return obstacles.shortages(request, contents.read(request, now))


def short_words(short: Iterable[Charge]) -> str:
    """With which figures, one part for each budget line."""
    text = _("%(account)s tersisa %(left)s, diperlukan %(total)s, kurang %(short)s")
    return "; ".join(
        text
        % {
            "account": charge.line.account_id,
            "left": rupiah(charge.line.available),
            "total": rupiah(charge.amount),
            "short": rupiah(charge.missing),
        }
        for charge in short
    )


def raised_by_words() -> str:
    """Who can raise a ceiling, and where."""
    return _(
        "Pagu ditetapkan pengelola anggaran kota menurut surat keputusan, di halaman admin Mata anggaran; kepala dinas "
        "mengajukannya ke sana. Tanpa itu pemesan mengurangi barang atau memakai mata anggaran lain."
    )


def asked_words(request: PurchaseRequest, now: datetime) -> str:
    """For the requester: whom they asked and when; '' while they asked nobody."""
    if request.ceiling_asked_at is None:
        return ""
    heads = ", ".join(str(one) for one in holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now)))
    words = {"when": long_time(request.ceiling_asked_at), "heads": heads or "–"}
    return _("Pagu sudah diminta %(when)s, menunggu kepala dinas (%(heads)s).") % words


def may_ask(request: PurchaseRequest, now: datetime) -> bool:
    """Told once a day."""
    asked = request.ceiling_asked_at
    return asked is None or clock.local_date(asked) < clock.local_date(now)
