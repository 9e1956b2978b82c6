"""Which papers the file of a purchase must hold before it is paid, said while it is written, decided and ordered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from epeken.core import registry
from procurement.requests import event_kinds
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import OPEN, EventKind, RequestState

# Later the order's own page tells which are there and which are missing.
TOLD = (*OPEN, RequestState.SUBMITTED, RequestState.APPROVED)


@dataclass(frozen=True)
class PapersAsked:
    """`required`: a sentence, "" where nothing is asked for. `warning`: an account asks for papers of an event, and
    none is chosen."""

    required: str = ""
    warning: str = ""


def of_request(request: PurchaseRequest, held: RequestContents, day: date) -> PapersAsked:
    """By every account its goods are charged to. One query."""
    kind = event_kinds.of_request(request)
    if not kind or request.state not in TOLD:
        return PapersAsked()
    accounts = {charge.line.account_id for charge in held.charged(request.line)} or {
        line.account_id for line in [request.line] if line is not None
    }
    asked = registry.required_papers(accounts, day).get(kind, [])
    asking = _("mata anggaran ini") if len(accounts) == 1 else _("salah satu mata anggarannya")
    names = ", ".join(name for name, _is_of_event in asked)
    of_event = ", ".join(name for name, is_of_event in asked if is_of_event)
    return PapersAsked(
        _("Wajib sebelum dibayar: %(papers)s") % {"papers": names} if names else "",
        _(
            "Jenis kegiatannya tanpa acara, tetapi %(asking)s meminta %(papers)s sebelum tagihannya dibayar. "
            "Pilih acaranya, atau mata anggaran yang lain bila memang tidak ada acara."
        )
        % {"papers": of_event, "asking": asking}
        if of_event and kind == EventKind.GOODS
        else "",
    )


def by_kind(accounts: Iterable[str], day: date) -> list[str]:
    """`Rapat: Undangan, Daftar hadir, Notulen`: of each kind of event what these accounts ask for. One query."""
    asked = registry.required_papers(accounts, day)
    return [
        f"{EventKind(kind).label}: {', '.join(name for name, _is_of_event in asked[kind])}"
        for kind in EventKind.values
        if asked.get(kind)
    ]
