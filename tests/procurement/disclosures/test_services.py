"""Receiving, adding, opening, answering, closing; keys in force; who is of the inspectorate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.events import event_models
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from procurement.disclosures import sealing
from procurement.disclosures.models import (
    Disclosure,
    DisclosureCase,
    DisclosureLook,
    DisclosureMessage,
    InspectorateKey,
)
from procurement.disclosures.services import handling, keys, receiving
from procurement.disclosures.states import StopReason
from tests.factories import disclosures as make
from tests.factories.rules import set_rule
from tests.factories.umkm import make_staff
from tests.racing import together

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as problem:
        act()
    return problem.value.code


def answer(inspector: Any, found: Disclosure, code: str, text: str = "Kami periksa.", **over: Any) -> DisclosureCase:
    given = sealing.keys_of(code)
    sealed = sealing.seal_answer(given.answers, text, number=given.number)
    told = {"sealed": sealed, "token": new_key(), **over}
    return handling.answer_disclosure(actor=inspector, disclosure=found, now=clock.now(), **told)


def test_a_complaint_is_dated_by_the_day_and_names_nobody(key: Any) -> None:
    before = {model: model.objects.count() for model in event_models()}
    found = make.make_disclosure(key, sealing.new_code())
    assert found.day == clock.today()
    for row in (found, found.messages.get()):
        kinds = {field.get_internal_type() for field in row._meta.concrete_fields}
        assert "DateTimeField" not in kinds
    assert found.messages.get().author is None
    # The number all events share would place it between two acts of known people.
    assert {model: model.objects.count() for model in event_models()} == before
    assert not Notification.objects.exists()


def test_the_same_code_gives_one_complaint(key: Any) -> None:
    code = sealing.new_code()
    first = make.make_disclosure(key, code)
    assert make.make_disclosure(key, code, text="lain") == first
    assert DisclosureMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_one_complaint(key: Any) -> None:
    message = make.sealed_message(key, sealing.new_code())
    acts = [lambda: receiving.receive_complaint(message=message, now=clock.now())] * 4
    assert together(acts) == {"ok": 4}
    assert (Disclosure.objects.count(), DisclosureMessage.objects.count()) == (1, 1)


def test_a_number_of_another_code_is_refused(key: Any) -> None:
    first = make.make_disclosure(key, sealing.new_code())
    message = make.sealed_message(key, sealing.new_code(), number=first.number)
    assert refused(lambda: receiving.receive_complaint(message=message, now=clock.now())) == "number_taken"


def test_nothing_is_taken_unsealed_or_too_large(key: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    code = sealing.new_code()
    plain = make.sealed_message(key, code, sealed=make.WORDS.encode() * 400)
    assert refused(lambda: receiving.receive_complaint(message=plain, now=clock.now())) == "not_sealed"
    message = make.sealed_message(key, code)
    monkeypatch.setattr(receiving, "MOST_BYTES", len(message.sealed) - 1)
    assert refused(lambda: receiving.receive_complaint(message=message, now=clock.now())) == "message_too_large"
    monkeypatch.setattr(receiving, "MOST_BYTES", len(message.sealed))
    receiving.receive_complaint(message=message, now=clock.now())


def test_the_day_takes_so_many(key: Any) -> None:
    set_rule("disclosure.daily_limit", 2)
    code = sealing.new_code()
    make.make_disclosure(key, code)
    more = make.sealed_message(key, code, part="addition")
    receiving.add_to_complaint(message=more, now=clock.now())
    assert refused(lambda: make.make_disclosure(key, sealing.new_code())) == "daily_limit"
    make.make_disclosure(key, sealing.new_code(), now=clock.now() + timedelta(days=1))


def test_without_a_key_in_force_nothing_is_taken(key: Any, inspector: Any, pair: make.KeyPair) -> None:
    message = make.sealed_message(key, sealing.new_code())
    older = make.sealed_message(key, sealing.new_code())
    receiving.receive_complaint(message=older, now=clock.now())
    newer = make.make_key(make.make_pair())
    assert refused(lambda: receiving.receive_complaint(message=message, now=clock.now())) == "key_changed"
    keys.stop_key(actor=inspector, key=newer, reason=StopReason.LOST, now=clock.now())
    # The earlier one does not come back.
    assert InspectorateKey.objects.in_force(clock.today()) is None
    assert refused(lambda: receiving.receive_complaint(message=message, now=clock.now())) == "no_key"
    # What was sealed to it stays readable with it.
    sealed = bytes(DisclosureMessage.objects.get().sealed)
    assert pair.open(sealed, number=older.number, part="complaint")["text"] == make.WORDS


def test_a_key_is_confirmed_by_another_inspector(inspector: Any, pair: make.KeyPair) -> None:
    now = clock.now()
    made = keys.propose_key(actor=inspector, public=sealing.to_text(pair.public), now=now)
    assert InspectorateKey.objects.in_force(clock.today()) is None
    assert refused(lambda: keys.confirm_key(actor=inspector, key=made, now=now)) == "own_key"
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectorateKey.objects.filter(pk=made.pk).update(
            confirmed_by=inspector, confirmed_at=now, valid_from=clock.today()
        )
    assert keys.propose_key(actor=inspector, public=made.public, now=now) == made
    other = make.make_inspector()
    keys.confirm_key(actor=other, key=made, now=now)
    assert InspectorateKey.objects.in_force(clock.today()) == made
    assert [(event.action, event.actor) for event in made.events.all()] == [("create", inspector), ("confirm", other)]
    with pytest.raises(InvalidMove):
        keys.withdraw_key(actor=other, key=made, now=now)


@pytest.mark.parametrize("public", ["", "x", "A" * 87, sealing.to_text(b"\x04" + b"\x01" * 64)])
def test_what_is_no_point_of_the_curve_is_no_key(inspector: Any, public: str) -> None:
    assert refused(lambda: keys.propose_key(actor=inspector, public=public, now=clock.now())) == "key_unreadable"


def test_opened_answered_closed_with_who_and_when(key: Any, inspector: Any) -> None:
    code = sealing.new_code()
    found = make.make_disclosure(key, code)
    other = make.make_inspector()
    for each in (inspector, other, inspector):
        handling.open_disclosure(actor=each, disclosure=found, now=clock.now())
    case = DisclosureCase.objects.get()
    assert case.state == "opened" and case.events.get().actor == inspector
    assert [look.inspector for look in DisclosureLook.objects.all()] == [inspector, other, inspector]
    with pytest.raises(InvalidMove):
        handling.close_disclosure(actor=inspector, disclosure=found, now=clock.now())
    token = new_key()
    for _press in range(2):
        answer(inspector, found, code, token=token)
    assert found.messages.filter(part="answer").count() == 1
    assert refused(lambda: answer(inspector, found, code, sealed=b"plain words")) == "answer_not_sealed"
    handling.close_disclosure(actor=inspector, disclosure=found, now=clock.now())
    assert [event.action for event in case.events.all()] == ["create", "answer", "close"]
    more = make.sealed_message(key, code, part="addition")
    assert refused(lambda: receiving.add_to_complaint(message=more, now=clock.now())) == "closed"
    with pytest.raises(InvalidMove):
        answer(inspector, found, code)


def test_an_addition_needs_the_code_and_is_kept_once(key: Any) -> None:
    code = sealing.new_code()
    found = make.make_disclosure(key, code)
    strange = make.sealed_message(key, sealing.new_code(), part="addition", number=found.number)
    assert refused(lambda: receiving.add_to_complaint(message=strange, now=clock.now())) == "code_unknown"
    more = make.sealed_message(key, code, part="addition")
    for _press in range(2):
        receiving.add_to_complaint(message=more, now=clock.now())
    assert [message.part for message in found.messages.all()] == ["complaint", "addition"]


@pytest.mark.parametrize("who", ["officer", "administrator", "former"])
def test_nobody_outside_the_inspectorate_does_anything(key: Any, inspector: Any, who: str) -> None:
    code = sealing.new_code()
    found = make.make_disclosure(key, code)
    handling.open_disclosure(actor=inspector, disclosure=found, now=clock.now())
    if who == "former":
        inspector.user_permissions.clear()
        inspector.groups.clear()
        person = type(inspector).objects.get(pk=inspector.pk)
    else:
        person = make_staff(is_superuser=True) if who == "administrator" else make_staff("umkm.verify_seller")
    proposed = keys.propose_key(
        actor=make.make_inspector(), public=sealing.to_text(make.make_pair().public), now=clock.now()
    )
    acts: list[Callable[[], Any]] = [
        lambda: handling.open_disclosure(actor=person, disclosure=found, now=clock.now()),
        lambda: answer(person, found, code),
        lambda: handling.close_disclosure(actor=person, disclosure=found, now=clock.now()),
        lambda: keys.propose_key(actor=person, public=sealing.to_text(make.make_pair().public), now=clock.now()),
        lambda: keys.confirm_key(actor=person, key=proposed, now=clock.now()),
        lambda: keys.withdraw_key(actor=person, key=proposed, now=clock.now()),
        lambda: keys.stop_key(actor=person, key=key, reason=StopReason.LOST, now=clock.now()),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not Disclosure.objects.visible_to(person).exists()
    assert DisclosureLook.objects.count() == 1


def test_the_database_keeps_a_name_off_what_senders_wrote(key: Any, inspector: Any) -> None:
    found = make.make_disclosure(key, sealing.new_code())
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureMessage.objects.create(
            disclosure=found, part="addition", day=found.day, sealed=b"x", key=key, author=inspector, token="x"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        found.messages.update(sealed=b"x")


def test_the_inspectorate_is_told_the_next_morning_and_only_how_many(key: Any, inspector: Any) -> None:
    now = clock.now()
    found = make.make_disclosure(key, sealing.new_code(), now=now)
    assert handling.tell_waiting(now=now) == 0
    for _run in range(2):
        assert handling.tell_waiting(now=now + timedelta(days=1)) == 1
    line = Notification.objects.get(person=inspector)
    assert line.parameters == {"count": 1} and found.number not in line.url + line.key
    handling.open_disclosure(actor=inspector, disclosure=found, now=now + timedelta(days=1))
    assert handling.tell_waiting(now=now + timedelta(days=2)) == 0
    assert not Notification.objects.unread().filter(kind="disclosure.waiting").exists()
