"""The inbox is its owner's; the demo's mail box exists in the demo only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock, registry
from epeken.notifications.models import DemoMail, Notification, Preference
from epeken.notifications.services import notify, set_muted
from epeken.users.models import User
from tests.factories.umkm import make_seller, make_user
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


def tell(person: User, key: str, url: str = "/pemberitahuan/pengaturan/") -> Notification:
    notify([person], kind="delivery.inspected", number=f"SP-{key}", url=url, key=key, now=clock.now())
    return Notification.objects.get(person=person, key=key)


def test_a_notice_waits_for_its_moment(client: Client, citizen: User) -> None:
    tell(citizen, "nanti")
    Notification.objects.filter(key="nanti").update(created_at=clock.now() + timedelta(hours=3))
    client.force_login(citizen)
    answer = client.get(reverse("notifications:inbox"))
    assert "SP-nanti" not in answer.text and answer.context["unread_count"] == 0
    Notification.objects.filter(key="nanti").update(created_at=clock.now())
    assert "SP-nanti" in client.get(reverse("notifications:inbox")).text


def test_unread_first_and_only_mine(client: Client, citizen: User, stranger: User) -> None:
    first, _second = tell(citizen, "satu"), tell(citizen, "dua")
    tell(stranger, "rahasia")
    Notification.objects.filter(key="dua").update(read_at=clock.now())
    client.force_login(citizen)
    page = client.get(reverse("notifications:inbox")).content.decode()
    assert page.index("SP-satu") < page.index("SP-dua")
    assert "SP-rahasia" not in page
    assert first.read_at is None, "looking at the list reads nothing"


def test_opening_reads_and_leads_on(client: Client, citizen: User) -> None:
    line = tell(citizen, "satu")
    client.force_login(citizen)
    assert client.get(reverse("notifications:open", args=[line.pk])).status_code == 405
    assert client.post(reverse("notifications:open", args=[line.pk])).url == line.url
    line.refresh_from_db()
    assert line.read_at


@pytest.mark.parametrize("url", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:alert(1)", ""])
def test_a_line_never_leads_out_of_the_house(client: Client, citizen: User, url: str) -> None:
    line = tell(citizen, "satu", url=url)
    client.force_login(citizen)
    assert client.post(reverse("notifications:open", args=[line.pk])).url == reverse("notifications:inbox")


def test_a_strangers_line_is_not_there(client: Client, citizen: User, stranger: User) -> None:
    line = tell(citizen, "satu")
    client.force_login(stranger)
    assert client.post(reverse("notifications:open", args=[line.pk])).status_code == 404
    line.refresh_from_db()
    assert line.read_at is None


def test_reading_all_is_mine_only(client: Client, citizen: User, stranger: User) -> None:
    for key in ("satu", "dua"):
        tell(citizen, key)
    other = tell(stranger, "satu")
    client.force_login(citizen)
    client.post(reverse("notifications:read-all"))
    assert not Notification.objects.visible_to(citizen).unread().exists()
    other.refresh_from_db()
    assert other.read_at is None


def test_muting_an_area(client: Client, citizen: User, run_jobs: Callable[[], int]) -> None:
    areas = [area for area, _label in registry.notification_areas_of(citizen)]
    client.force_login(citizen)
    client.post(reverse("notifications:preferences"), {"areas": [a for a in areas if a != "delivery"]})
    line = tell(citizen, "satu")
    run_jobs()
    assert line.deliveries.count() == 0
    client.post(reverse("notifications:preferences"), {"areas": areas})
    line = tell(citizen, "dua")
    run_jobs()
    assert line.deliveries.count() == 1
    assert client.post(reverse("notifications:preferences"), {"areas": ["nonsense"]}).status_code == 422


def test_the_bell_costs_one_query_and_only_where_it_shows(
    client: Client, citizen: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        tell(citizen, str(number))
    client.force_login(citizen)
    client.get(reverse("notifications:inbox"))  # the session's first page writes its moments
    with django_assert_max_num_queries(8):
        page = client.get(reverse("notifications:inbox"))
    assert page.context["unread_count"] == 30
    with django_assert_max_num_queries(3):
        client.get(reverse("account_logout"))


def test_the_letter_box_is_the_demos_only(client: Client, settings: Any) -> None:
    settings.DEMO = False
    letter = DemoMail.objects.create(message_id="<1@x>", recipient="ada@contoh.invalid", subject="Halo", body="x")
    assert client.get(reverse("notifications:demo-mail")).status_code == 404
    assert client.get(reverse("notifications:demo-letter", args=[letter.pk])).status_code == 404


def test_the_letter_box_finds_by_recipient_and_links_are_links(client: Client, settings: Any) -> None:
    settings.DEMO = True
    body = "Buka http://testserver/akun/surel/konfirmasi/abc:def/ <script>alert(1)</script>"
    letter = DemoMail.objects.create(message_id="<1@x>", recipient="ada@contoh.invalid", subject="Satu", body=body)
    DemoMail.objects.create(message_id="<2@x>", recipient="lain@contoh.invalid", subject="Dua", body="x")
    found = client.get(reverse("notifications:demo-mail"), {"untuk": "ADA@"}).content.decode()
    assert "Satu" in found and "Dua" not in found
    page = client.get(reverse("notifications:demo-letter", args=[letter.pk])).content.decode()
    assert '<a href="http://testserver/akun/surel/konfirmasi/abc:def/"' in page
    assert "<script>alert" not in page


def test_make_user_is_told_in_pages_of_twenty(client: Client) -> None:
    person = make_user()
    for number in range(25):
        tell(person, str(number))
    client.force_login(person)
    assert len(client.get(reverse("notifications:inbox"), {"page": 2}).context["page"]) == 5
    assert client.get(reverse("notifications:inbox"), {"page": "x"}).status_code == 200


def test_everybody_chooses_among_what_they_may_hear_of_and_what_was_silent_stays() -> None:
    person, seller = make_user(), make_user(email="toko@contoh.invalid")
    make_seller(seller)
    page = reverse("notifications:preferences")

    def offered(user: Any) -> set[str]:
        return {value for value, _label in signed_in(user).get(page).context["form"].fields["areas"].choices}

    assert offered(person) == {"order", "delivery", "invoice", "dispute", "cancellation", "seller"}
    assert offered(seller) - offered(person) == {"product", "negotiation", "quotation", "draw", "addendum"}
    set_muted(person=person, areas={"draw", "order"})
    assert signed_in(person).post(page, {"areas": ["order", "delivery"]}).status_code == 302
    silent = set(Preference.objects.filter(person=person).values_list("kind", flat=True))
    assert silent == {"draw", "invoice", "dispute", "cancellation", "seller"}
