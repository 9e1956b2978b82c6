"""A breach of personal data: the clock of the law, who is told, and what has to be done before it is closed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.breaches import policies, rules, services
from epeken.notifications.breaches.models import DataBreach
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.notifications.services import set_muted
from tests.factories import umkm as make
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db

WORDS = "Daftar alamat terkirim ke orang yang salah"


@pytest.fixture
def handler(db: None) -> Any:
    return make.make_staff("notifications.handle_breach")


def recorded(handler: Any, now: datetime, **over: Any) -> DataBreach:
    facts = {"found_at": now, "happened_at": now - timedelta(days=2), "data": ["bank", "contact"], "key": new_key()}
    words = dict.fromkeys(("what", "handling", "advice"), WORDS)
    return services.record_breach(actor=handler, **{**facts, **words, "now": now, **over})


def test_the_hours_run_from_when_it_was_known(handler: Any, now: datetime) -> None:
    hours = timedelta(hours=rules.TELLING.on(clock.local_date(now)))
    breach = recorded(handler, now, found_at=now - timedelta(hours=50), happened_at=now - timedelta(days=9))
    assert breach.due_at == now - timedelta(hours=50) + hours
    assert services.remind_late(now=breach.due_at - timedelta.resolution) == 0
    for _hour in range(2):
        assert services.remind_late(now=breach.due_at) == 1
    assert Notification.objects.filter(kind="privacy.breach_late", person=handler).count() == 1
    assert policies.is_late(breach, breach.due_at) and not policies.is_late(breach, now)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"data": []}, "data_missing"),
        ({"data": ["shoe_size"]}, "data_missing"),
        ({"found_at": timedelta(seconds=1)}, "found_later"),
        ({"happened_at": timedelta(seconds=1)}, "happened_later"),
        ({"advice": "  ganti sandi  "}, "words_missing"),
    ],
)
def test_what_is_missing_is_said(handler: Any, now: datetime, over: dict[str, Any], code: str) -> None:
    over = {name: now + value if isinstance(value, timedelta) else value for name, value in over.items()}
    with pytest.raises(RuleBroken) as refused:
        recorded(handler, now, **over)
    assert refused.value.code == code and not DataBreach.objects.exists()


def test_only_who_may_handles_them_and_a_form_sent_twice_makes_one(handler: Any, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        recorded(make.make_staff("umkm.verify_seller"), now)
    key = new_key()
    assert recorded(handler, now, key=key) == recorded(handler, now, key=key)


def test_everybody_concerned_is_told_once_and_no_muting_helps(handler: Any, now: datetime) -> None:
    person, later, _other = make.make_users(["Satu", "Dua", "Tiga"])
    set_muted(person=person, areas={"privacy", "seller"})
    breach = recorded(handler, now)
    with pytest.raises(RuleBroken, match="terdampak"):
        services.tell_affected(actor=handler, breach=breach, now=now)
    unknown = services.add_affected(
        actor=handler, breach=breach, addresses=[f" {person.email.upper()} ", "", "tidak@contoh.invalid"], now=now
    )
    assert unknown == ["tidak@contoh.invalid"]
    assert services.tell_affected(actor=handler, breach=breach, now=now) == 1
    services.add_affected(actor=handler, breach=breach, addresses=[person.email, later.email], now=now)
    assert services.tell_affected(actor=handler, breach=breach, now=now) == 1
    told = Notification.objects.filter(kind="privacy.breach")
    assert {line.person for line in told} == {person, later}
    text = render(told[0], "id").body
    assert "nomor telepon, surel, atau alamat; nomor rekening" in text and text.count(WORDS) == 3


def test_it_is_closed_once_the_authority_and_everybody_were_told(handler: Any, now: datetime) -> None:
    breach = recorded(handler, now)
    services.add_affected(actor=handler, breach=breach, addresses=[], everybody=True, now=now)
    codes = []
    for act in (None, services.record_report, services.tell_affected):
        if act is services.record_report:
            for wrong in (now - timedelta(seconds=1), now + timedelta(seconds=1)):
                with pytest.raises(RuleBroken):
                    act(actor=handler, breach=breach, reported_at=wrong, number="12/PDP", now=now)
            act(actor=handler, breach=breach, reported_at=now, number="12/PDP", now=now)
        elif act is not None:
            act(actor=handler, breach=breach, now=now)
        try:
            services.close_breach(actor=handler, breach=breach, note="Penerima menghapus daftarnya", now=now)
        except RuleBroken as refused:
            codes.append(refused.code)
    assert codes == ["not_reported", "not_told"]
    breach.refresh_from_db()
    assert not policies.is_late(breach, now + timedelta(days=30)) and services.remind_late(now=now + timedelta(30)) == 0
    with pytest.raises(InvalidMove):
        services.add_affected(actor=handler, breach=breach, addresses=[handler.email], now=now)


def test_the_page_walks_through_it(handler: Any) -> None:
    page, person = signed_in(handler), make.make_user()
    url, now = reverse("admin:notifications_databreach_add"), clock.now()
    known = (now - timedelta(hours=1)).astimezone(clock.ZONE)
    typed = {"found_at": known.strftime("%Y-%m-%dT%H:%M"), "happened_at": known.strftime("%Y-%m-%dT%H:%M")}
    typed |= {"kinds": ["bank"], "key": new_key(), **dict.fromkeys(("what", "handling", "advice"), WORDS)}
    assert page.post(url, {**typed, "what": "singkat"}).status_code == 422
    answer = page.post(url, typed)
    breach = DataBreach.objects.get()
    assert answer.status_code == 302
    page.post(reverse("admin:notifications_databreach_people", args=[breach.pk]), {"addresses": person.email})
    assert "1 belum dikabari" in " ".join(page.get(answer.headers["Location"]).text.split())
    page.post(reverse("admin:notifications_databreach_tell", args=[breach.pk]))
    report = reverse("admin:notifications_databreach_report", args=[breach.pk])
    assert page.post(report, {"reported_at": "2020-01-01T08:00", "number": "1"}).status_code == 422
    page.post(report, {"reported_at": typed["found_at"], "number": "1/PDP"})
    close = reverse("admin:notifications_databreach_close", args=[breach.pk])
    page.post(close, {"note": "Penerima menghapus daftarnya"})
    breach.refresh_from_db()
    assert breach.closed_at is not None and breach.report_number == "1/PDP"
    assert signed_in(make.make_staff("umkm.verify_seller")).get(url).status_code == 403
