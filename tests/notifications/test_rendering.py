"""Every kind of notice can be put into words in every language; what its receiver reads is in their language."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from epeken.core import clock, registry
from epeken.core.i18n import times
from epeken.core.i18n.messages import DAY, MOMENT, QUANTITY, RUPIAH
from epeken.notifications.kinds import kinds
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.notifications.services import area_of, notify
from epeken.users.models import User

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def told(person: User, key: str = "a", **over: Any) -> Notification:
    said = {"total": 1_250_000, "buyer": "Dinas Contoh", "due": MOMENT.sample} | over
    notify([person], kind="order.offered", key=key, now=clock.now(), **said)
    return Notification.objects.get(person=person, key=key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_has_words_in_every_language(kind: str, language: str) -> None:
    message = kinds()[kind]
    kept = message.keep({name: form.sample for name, form in message.parameters.items()})
    title, body = message.words(kept, language)
    assert title
    assert "%(" not in title + body


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kind_names_exactly_the_parameters_it_declares(kind: str) -> None:
    message = kinds()[kind]
    shown = _Asked({name: form.show(form.keep(form.sample)) for name, form in message.parameters.items()})
    for text in message.texts:
        text % shown
    assert shown.asked == set(message.parameters)


class _Asked(dict[str, Any]):
    """Remembers which parameters a text asked for."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)


def test_every_kind_belongs_to_an_area_one_can_mute() -> None:
    areas = {area_of(kind) for kind in kinds()}
    # Whoever broke into an account would mute what tells of it; the others change the rights of a shop, or tell of a
    # breach of personal data.
    unmutable = {"identity", "sanction", "appeal", "paper", "privacy", "waiver", "separation"}
    assert areas - {area for area, _label in registry.notification_areas()} == unmutable


@pytest.mark.django_db
def test_kinds_named_by_an_app_are_sent_by_one() -> None:
    mutable = {area for area, _label in registry.notification_areas()}
    named = registry.unmutable_notices() | registry.texted_notices(clock.today())
    assert named <= kinds().keys() and {area_of(kind) for kind in named} <= mutable
    assert not registry.unmutable_notices() & registry.texted_notices(clock.today())


def test_parameters_are_shown_as_the_language_writes_them() -> None:
    shown = {name: form.show(form.keep(form.sample)) for name, form in [("day", DAY), ("amount", RUPIAH)]}
    assert shown == {"day": "Sabtu, 12 September 2026", "amount": "Rp1.250.000"}
    assert QUANTITY.show(QUANTITY.keep(QUANTITY.sample)) == "0,25"
    with translation.override("en"):
        assert DAY.show(DAY.keep(DAY.sample)) == "Saturday, 12 September 2026"
        hour = times.clock_words(MOMENT.sample)
        assert MOMENT.show(MOMENT.keep(MOMENT.sample)) == f"Saturday, 12 September 2026 at {hour}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "over", [{"total": "1.250.000"}, {"due": None}, {"extra": "x"}, {"total": 1.5}, {"due": "2026-09-12"}]
)
def test_wrong_parameters_are_a_fault_of_the_caller(citizen: User, over: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        told(citizen, **over)
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_an_unknown_kind_is_a_fault_of_the_caller(citizen: User) -> None:
    with pytest.raises(KeyError):
        notify([citizen], kind="order.vanished", key="a", now=clock.now())


@pytest.mark.django_db
def test_the_inbox_speaks_the_language_of_its_page(client: Client, citizen: User) -> None:
    with translation.override("en"):
        told(citizen)
    client.force_login(citizen)
    assert "Pesanan baru Rp1.250.000 dari Dinas Contoh" in client.get(reverse("notifications:inbox")).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get(reverse("notifications:inbox")).content.decode()
    assert "Dinas Contoh" in page and "Pesanan baru" not in page
    assert "Saturday, 12 September 2026" in page


@pytest.mark.django_db
def test_a_letter_is_written_in_its_receivers_language(client: Client, citizen: User, run_jobs: Any) -> None:
    """Whatever language the person has who caused it, and whatever the worker runs in."""
    with translation.override("en"):
        told(citizen, "satu")
        run_jobs()
    client.force_login(citizen)
    client.post(reverse("set_language"), {"language": "en"})
    citizen.refresh_from_db()
    told(citizen, "dua")
    run_jobs()
    first, second = mail.outbox
    assert first.subject == "Pesanan baru Rp1.250.000 dari Dinas Contoh"
    assert "Buka di e-Peken" in first.body or "Anda menerima surel ini" in first.body
    assert "Anda menerima" not in second.body and second.subject != first.subject
    assert '<html lang="id">' in str(first.alternatives[0][0])
    assert '<html lang="en">' in str(second.alternatives[0][0])


@pytest.mark.django_db
def test_an_unknown_language_changes_nothing(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    client.post(reverse("set_language"), {"language": "xx"})
    client.get(reverse("set_language"), {"language": "en"})
    citizen.refresh_from_db()
    assert citizen.language == "id"


@pytest.mark.django_db
def test_a_notice_of_another_version_still_leads_on(client: Client, citizen: User) -> None:
    """One row this version cannot put into words does not take the inbox away."""
    row = told(citizen)
    Notification.objects.filter(pk=row.pk).update(kind="order.vanished")
    row.refresh_from_db()
    assert render(row, "id").title == "Ada kabar untuk Anda"
    told(citizen, "dua")
    Notification.objects.filter(key="dua").update(parameters={})
    client.force_login(citizen)
    assert client.get(reverse("notifications:inbox")).content.decode().count("Ada kabar untuk Anda") == 2
