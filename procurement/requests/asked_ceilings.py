"""Drafts whose requester asked the head for a higher ceiling, as long as their budget lines do not bear them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import full_date, full_time, long_time
from epeken.core.i18n.words import rupiah
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole, office_in_sentence
from procurement.budgets.charges import Charge
from procurement.requests import contents, obstacles
from procurement.requests.contents import RequestContents
from procurement.requests.models import CeilingAnswer, PurchaseRequest
from procurement.requests.states import OPEN, CeilingOutcome


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


def recorded_words(short: Iterable[Charge]) -> str:
    """The same as the event of an asking keeps it, whoever asks."""
    with translation.override("id"):
        return short_words(short)


def answers_of(request: PurchaseRequest) -> QuerySet[CeilingAnswer]:
    """What became of the latest asking; of a request for which nobody asked, nothing."""
    if request.ceiling_asked_at is None:
        return request.ceiling_answers.none()
    return request.ceiling_answers.filter(asked_at=request.ceiling_asked_at).select_related("actor")


def unanswered() -> Q:
    """Those whose latest asking no head has answered, and of which nobody was told that the line bears them."""
    answered = CeilingAnswer.objects.filter(request=OuterRef("pk"), asked_at=OuterRef("ceiling_asked_at"))
    return Q(~Exists(answered), state__in=OPEN, ceiling_asked_at__isnull=False)


def waits_for_head(request: PurchaseRequest, now: datetime) -> bool:
    """Whether its budget is short, more was asked for, and no head has answered."""
    if not missing(request, now):
        return False
    return not answers_of(request).filter(actor__isnull=False).exists()


def raised_by_words() -> str:
    """Who can raise a ceiling, and how."""
    return _(
        "Pagu ditetapkan pengelola anggaran kota menurut surat keputusan; kepala dinas mengajukannya dengan surat dan "
        "mencatat nomornya di sini. Tanpa itu pemesan mengurangi barang atau memakai mata anggaran lain."
    )


def asked_words(request: PurchaseRequest, now: datetime) -> str:
    """For the requester: whom they asked and when, or what was answered; '' while they asked nobody."""
    if request.ceiling_asked_at is None:
        return ""
    answer = answers_of(request).filter(actor__isnull=False).last()
    if answer is not None:
        return answer_words(answer)
    heads = ", ".join(str(one) for one in holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now)))
    words = {"when": long_time(request.ceiling_asked_at), "heads": heads or "–"}
    return _("Pagu sudah diminta %(when)s, menunggu kepala dinas (%(heads)s).") % words


def answer_words(answer: CeilingAnswer) -> str:
    """What the head answered, also as Plt. or Plh., and what comes next."""
    who = f"{answer.actor} ({office_in_sentence(answer.acted_as)})" if answer.acted_as else str(answer.actor)
    if answer.outcome == CeilingOutcome.PUT:
        assert answer.sent_on is not None
        text = _(
            "%(who)s sudah mengajukan pagunya ke pengelola anggaran kota dengan surat %(number)s tanggal %(day)s. "
            "Pemesan dikabari begitu pagunya cukup."
        )
        words = {"who": who, "number": answer.reference, "day": full_date(answer.sent_on)}
        return text % words
    return _("%(who)s tidak mengajukan tambahan pagu: %(reason)s") % {"who": who, "reason": answer.reason}


def state_words(request: PurchaseRequest, now: datetime) -> tuple[str, str]:
    """For those who read a draft for which more was asked: what stands, and the kind of its note; '' of others."""
    if request.ceiling_asked_at is None or request.state not in OPEN:
        return "", ""
    asked = request.events.filter(action="ask_ceiling").last()
    who = asked.actor_name if asked is not None else request.requester
    words = {"who": who, "when": full_time(request.ceiling_asked_at)}
    lacks = missing(request, now)
    if not lacks:
        text = _("%(who)s meminta pagu pada %(when)s. Pagunya kini cukup, jadi tidak ada yang perlu diajukan.")
        return text % words, "good"
    said = _("%(who)s meminta pagu pada %(when)s. Menurut sisa pagu sekarang: %(lacks)s.")
    if asked is not None and asked.note == recorded_words(lacks):
        said = _("%(who)s meminta pagu pada %(when)s, dan angkanya masih sama: %(lacks)s.")
    elif asked is not None:
        said = _("%(who)s meminta pagu pada %(when)s: “%(asked)s”. Menurut sisa pagu sekarang: %(lacks)s.")
        words["asked"] = asked.note
    said %= {**words, "lacks": short_words(lacks)}
    answer = answers_of(request).filter(actor__isnull=False).last()
    return (f"{said} {answer_words(answer)}", "") if answer else (said, "now")


def put_to_city(request: PurchaseRequest) -> CeilingAnswer | None:
    """The head's answer that the ceiling asked for last was put to the city: its requester waits."""
    return answers_of(request).filter(outcome=CeilingOutcome.PUT).last()


def wait_words(request: PurchaseRequest, held: RequestContents) -> str:
    """For the requester of a draft whose ceiling was put to the city: that they wait, for how much, and what else they
    may do."""
    text = _("Menunggu pagu dari pengelola anggaran kota: %(lacks)s. Draf ini tidak perlu diubah selama menunggu.")
    return text % {"lacks": short_words(obstacles.shortages(request, held))}


def may_ask(request: PurchaseRequest, now: datetime) -> bool:
    """Told once a day, and not on the day on which the head put it to the city."""
    moments = [request.ceiling_asked_at]
    if (answer := put_to_city(request)) is not None:
        moments.append(answer.at)
    today = clock.local_date(now)
    return all(moment is None or clock.local_date(moment) < today for moment in moments)
