"""An invited shop asks what is unclear; the officer who decides answers to everybody at once."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.i18n.times import long_time
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.users.models import User
from procurement.quotations import notices, questions, rules
from procurement.quotations.models import Quotation, QuotationAnswer, QuotationQuestion
from procurement.quotations.services.offering import open_to
from procurement.quotations.services.publishing import locked, office_of
from umkm.contacts import check_contacts
from umkm.sellers.models import Seller


@service
def ask_question(
    *, actor: User, quotation: Quotation, seller: Seller, text: str, key: str, now: datetime
) -> QuotationQuestion:
    """Everybody reads the question and nobody who asked. Once per key.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Quotation.
    Source: Perpres 16/2018 jo. 12/2021 art. 6 (open, fair); an explanation is given to all who offer alike.
    """
    who, text = f"user:{actor.pk}", text.strip()
    body = {"question": quotation.pk, "seller": seller.pk, "text": text}
    if (pk := idempotency.claim(person=who, key=key, body=body)) is not None:
        return QuotationQuestion.objects.get(pk=pk)
    quotation = open_to(actor, quotation, seller, now)
    if not questions.takes_questions(quotation, now):
        raise InvalidMove(
            _("Batas bertanya sudah lewat pada %(when)s, supaya dinas sempat menjawab sebelum batas penawaran.")
            % {"when": long_time(questions.ask_until(quotation))},
            code="question_late",
        )
    _check_text(text, seller)
    most = rules.QUESTIONS.on(clock.local_date(now))
    asked = QuotationQuestion.objects.filter(quotation=quotation, seller=seller)
    require(
        asked.count() < most,
        _("Toko Anda sudah mengirim %(most)s pertanyaan, batasnya untuk satu permintaan penawaran.") % {"most": most},
        field="text",
        code="questions_most",
    )
    require(
        not QuotationQuestion.objects.filter(quotation=quotation, text__iexact=text).exists(),
        _("Pertanyaan yang sama sudah ada. Jawabannya akan tampil di sana."),
        field="text",
        code="question_twice",
    )
    row = QuotationQuestion.objects.create(quotation=quotation, seller=seller, text=text[:500], actor=actor, at=now)
    notices.asked(row, now=now)
    idempotency.settle(person=who, key=key, result=str(row.pk))
    return row


@service
def answer_question(*, actor: User, question: QuotationQuestion, text: str, key: str, now: datetime) -> QuotationAnswer:
    """Every invited shop is told. An answer is never changed; another one adds to it. Once per key.

    What is asked for stays as it was published: an answer that would change it is a reason to cancel and publish anew.
    Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken. Locks: Quotation.
    """
    who, text = f"user:{actor.pk}", text.strip()
    body = {"answer question": question.pk, "text": text}
    if (pk := idempotency.claim(person=who, key=key, body=body)) is not None:
        return QuotationAnswer.objects.get(pk=pk)
    quotation = locked(question.quotation)
    office = office_of(actor, quotation, now)
    if not questions.takes_answers(quotation, now):
        raise InvalidMove(
            _(
                "Batas menjawab sudah lewat pada %(when)s: penawar tidak sempat lagi menyesuaikan penawarannya. Bila "
                "jawabannya mengubah yang diminta, batalkan lalu umumkan ulang."
            )
            % {"when": long_time(questions.answer_until(quotation))},
            code="answer_late",
        )
    require(
        len(text) >= LEAST_REASON,
        _("Jawab dengan paling sedikit %(count)s huruf; semua penjual yang diundang membacanya.")
        % {"count": LEAST_REASON},
        field="text",
        code="answer_short",
    )
    check_contacts(text, shown=quotation.delivery_place, field="text")
    row = QuotationAnswer.objects.create(question=question, text=text[:1000], actor=actor, acted_as=office, at=now)
    notices.answered(quotation, row, now=now)
    idempotency.settle(person=who, key=key, result=str(row.pk))
    return row


def _check_text(text: str, seller: Seller) -> None:
    """Raises RuleBroken for a question that is none, or that says who asks."""
    require(
        len(text) >= LEAST_REASON,
        _("Tulis pertanyaannya dengan paling sedikit %(count)s huruf.") % {"count": LEAST_REASON},
        field="text",
        code="question_short",
    )
    check_contacts(text, shown="", field="text")
    words = " ".join(text.casefold().split())
    for name in (seller.name, seller.owner_name):
        # A name of one word may be a word of any question: "Nasi", "Kopi".
        if " " in name.strip() and " ".join(name.casefold().split()) in words:
            raise RuleBroken(
                _("Hapus nama toko atau pemiliknya: semua membaca pertanyaan ini tanpa tahu siapa penanyanya."),
                field="text",
                code="question_named",
            )
