"""The admin has one door, and nobody gives themselves more than they have."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.models import Job, Rule
from epeken.notifications.models import OutgoingMail
from epeken.users import services as users
from epeken.users.models import User
from tests.factories.umkm import make_staff, make_user
from tests.factories.users import enrol, signed_in
from tests.html_forms import shown_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper() -> User:
    """May change users, and is no superuser."""
    return make_staff("users.view_user", "users.change_user", "users.add_user")


def body_of(user: User, **over: Any) -> dict[str, Any]:
    return {"email": user.email, "name": user.name, "phone": "", "nip": "", "is_active": "on"} | over


def test_the_admin_sends_to_the_one_sign_in(client: Client) -> None:
    answer = client.get(reverse("admin:login"), {"next": "/admin/core/job/"})
    assert answer.url == reverse("account_login") + "?next=/admin/core/job/"


def test_a_citizen_is_not_sent_in_circles(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    asked = client.get(reverse("admin:index")).url
    assert asked.startswith(reverse("admin:login"))
    assert client.get(asked).url == reverse("site:landing")
    assert client.get(reverse("site:landing")).url == "/"


def test_every_room_opens_for_the_superuser(client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"admin:{label}_changelist")).status_code == 200, label


def test_seeds_and_addresses_have_no_room_of_their_own() -> None:
    rooms = {model._meta.label for model in admin.site._registry}
    assert not rooms & {"account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"}


def test_a_helper_cannot_make_anyone_stronger(client: Client, helper: User, citizen: User) -> None:
    client.force_login(helper)
    page = reverse("admin:users_user_change", args=[citizen.pk])
    answer = client.post(
        page, body_of(citizen, name="Nama Lain", is_staff="on", is_superuser="on", shown=shown_on(client, page))
    )
    assert answer.status_code == 302
    citizen.refresh_from_db()
    assert citizen.name == "Nama Lain"
    assert not citizen.is_staff and not citizen.is_superuser


def test_a_helper_cannot_touch_staff(client: Client, helper: User, admin_user: User) -> None:
    client.force_login(helper)
    for target in (admin_user, helper):
        page = reverse("admin:users_user_change", args=[target.pk])
        assert client.post(page, body_of(target, name="Diubah")).status_code == 403
        target.refresh_from_db()
        assert target.name != "Diubah"
    act = {"action": "send_password_link", "_selected_action": [admin_user.pk, helper.pk]}
    assert client.post(reverse("admin:users_user_changelist"), act).status_code == 302
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("value", ["2026-02-30", "%s%n%d", "a" * 5000])
def test_an_id_that_is_none_comes_back_as_nothing_chosen(client: Client, admin_user: User, value: str) -> None:
    client.force_login(admin_user)
    group = Group.objects.get_or_create(name="Kelompok uji")[0]
    person = reverse("admin:users_user_change", args=[admin_user.pk])
    for address in (person, reverse("admin:auth_group_change", args=[group.pk]), reverse("admin:auth_group_add")):
        answer = client.post(address, {"groups": value, "permissions": value, "kelurahan": value})
        assert (answer.status_code, bool(answer.context["errors"])) == (200, True)


def test_nobody_deletes_a_person(client: Client, admin_user: User, citizen: User) -> None:
    client.force_login(admin_user)
    assert client.post(reverse("admin:users_user_delete", args=[citizen.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=citizen.pk).exists()


LINK = re.compile(r"https?://testserver(/\S+)")


def test_a_new_person_sets_their_own_password(admin_user: User, run_jobs: Callable[[], int]) -> None:
    office, new = signed_in(admin_user), Client()
    password = {"password1": "sandi pengelola", "password2": "sandi pengelola"}
    typed = {"email": "Baru@contoh.invalid", "name": "Baru", **password}
    assert office.post(reverse("admin:users_user_add"), typed).status_code == 302
    user = User.objects.get(email__iexact="baru@contoh.invalid")
    assert not user.has_usable_password()
    run_jobs()
    (letter,) = mail.outbox
    assert [to.lower() for to in letter.to] == ["baru@contoh.invalid"]
    assert letter.subject == "Akun e-Peken Anda sudah dibuat"
    assert "dibuat petugas kota untuk Anda" in letter.body and "abaikan" not in letter.body, "they asked for nothing"
    (link,) = LINK.findall(str(letter.body))
    page = new.get(link, follow=True)
    own = {"password1": "ufuk-jingga-8832", "password2": "ufuk-jingga-8832"}
    new.post(page.request["PATH_INFO"], own)
    user.refresh_from_db()
    assert user.check_password(own["password1"])
    assert new.get(reverse("users:profile")).context["user"] == user, "signed in at once"


def test_no_page_of_the_admin_sets_a_password(admin_user: User, citizen: User, run_jobs: Callable[[], int]) -> None:
    office, before = signed_in(admin_user), citizen.password
    page = office.get(reverse("admin:users_user_change", args=[citizen.pk])).text
    assert 'type="password"' not in page and citizen.password not in page
    typed = {"password1": "sandi pengelola", "password2": "sandi pengelola", "usable_password": "true"}
    assert office.post(f"/admin/users/user/{citizen.pk}/password/", typed).status_code in (302, 404, 405)
    citizen.refresh_from_db()
    assert citizen.password == before
    closed = make_user(is_active=False)
    act = {"action": "send_password_link", "_selected_action": [citizen.pk, closed.pk]}
    office.post(reverse("admin:users_user_changelist"), act)
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [[citizen.email]]
    assert "Ada permintaan kata sandi baru" in mail.outbox[0].body
    assert LINK.search(str(mail.outbox[0].body))


def test_clearing_a_lost_phone(client: Client, admin_user: User) -> None:
    lost = make_staff()
    client.force_login(admin_user)
    body = {"action": "remove_second_factor", "_selected_action": [lost.pk, admin_user.pk]}
    client.post(reverse("admin:users_user_changelist"), body)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert Authenticator.objects.filter(user=admin_user).exists()


def test_a_rule_in_force_keeps_its_value(client: Client, admin_user: User) -> None:
    rule = Rule.objects.order_by("pk").first()
    assert rule is not None
    client.force_login(admin_user)
    page = reverse("admin:core_rule_change", args=[rule.pk])
    body = {"name": "Nama baru", "value": "1", "source": "Uji", "valid_until": "", "shown": shown_on(client, page)}
    assert client.post(page, body).status_code == 302
    after = Rule.objects.get(pk=rule.pk)
    assert (after.name, after.value) == ("Nama baru", rule.value)
    assert client.post(reverse("admin:core_rule_delete", args=[rule.pk]), {"post": "yes"}).status_code == 403


def test_a_job_that_gave_up_is_tried_again(client: Client, admin_user: User) -> None:
    now = clock.now()
    dead = Job.objects.create(name="x", created_at=now, due_at=now, dead_at=now, attempts=8, last_error="x")
    done = Job.objects.create(name="x", created_at=now, due_at=now, done_at=now)
    client.force_login(admin_user)
    body = {"action": "try_again", "_selected_action": [dead.pk, done.pk]}
    client.post(reverse("admin:core_job_changelist"), body)
    dead.refresh_from_db()
    done.refresh_from_db()
    assert dead.dead_at is None and dead.attempts == 0
    assert done.done_at


def test_letters_show_no_text(client: Client, admin_user: User) -> None:
    mail = OutgoingMail.objects.create(
        recipient="a@x", subject="S", text="tautan-rahasia", message_id="<1@x>", created_at=clock.now()
    )
    client.force_login(admin_user)
    page = client.get(reverse("admin:notifications_outgoingmail_change", args=[mail.pk]))
    assert page.status_code == 200
    assert "tautan-rahasia" not in page.content.decode()


@pytest.mark.parametrize(
    ("group", "permission"),
    [
        ("Verifikator", "umkm.verify_seller"),
        ("Kurator", "umkm.curate_product"),
        ("Inspektorat", "procurement.inspect_all"),
        ("Pengaduan", "orders.decide_dispute"),
        ("Pengaduan", "orders.view_cancellation"),
        ("Inspektorat", "orders.view_cancellation"),
        ("Kurator", "procurement.change_requesttemplate"),
    ],
)
def test_the_staff_groups_carry_their_right(group: str, permission: str) -> None:
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    assert User.objects.get(pk=user.pk).has_perm(permission)
    assert Permission.objects.filter(group__name=group, codename__startswith="delete_").count() == 0


def test_the_history_of_an_account_is_told_in_the_readers_language(admin_user: Any) -> None:
    client, person = Client(), enrol(make_user())
    client.force_login(admin_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for action in ["remove_second_factor", "end_sessions"]:
        client.post(reverse("admin:users_user_changelist"), {"action": action, "_selected_action": person.pk})
    history = reverse("admin:users_user_history", args=[person.pk])
    told = {language: page_in(client, admin_user, history, language) for language in ["id", "en"]}
    assert "Langkah kedua" in told["id"] and "Perangkat yang masuk" in told["id"]
    assert "Changed" not in told["id"]
    assert "Changed Second step" in told["en"] and "Changed Signed-in devices" in told["en"]


def page_in(client: Client, reader: Any, address: str, language: str) -> str:
    users.choose_language(actor=reader, language=language)
    return client.get(address).content.decode()
