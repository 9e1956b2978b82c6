"""What the officer sees of the registrations they help with, and the resident of theirs. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_end
from epeken.core.phones import phone_words
from epeken.users.models import User
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import AssistedState
from umkm.requirements.status import status_of
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.pages import application as application_pages
from umkm.sellers.pages import history


@dataclass(frozen=True)
class AssistedRow:
    """One of an officer's list. `fill_in`: where they go on typing, "" while the resident has it."""

    pk: int
    name: str
    number: str
    what: str
    fill_in: str
    is_locked: bool
    due: str


def rows(user: User, now: datetime) -> tuple[list[AssistedRow], list[AssistedRow]]:
    """What waits for the resident, and what the officer still types; the earliest deadline first. What came in a list
    is told on the page of its import."""
    own = AssistedRegistration.objects.of_officer(user, now).at_the_desk()
    found = own.select_related("seller").order_by("due_at", "pk")
    waiting: list[AssistedRow] = []
    filling: list[AssistedRow] = []
    for one in found:
        is_filling = one.state == AssistedState.FILLING
        last = one.events.order_by("-sequence").values_list("action", flat=True).first() if is_filling else ""
        row = AssistedRow(
            pk=one.pk,
            name=one.name,
            number=phone_words(one.phone),
            what=one.seller.get_kind_display(),
            fill_in=reverse("umkm:application", args=[one.seller_id]) if is_filling else "",
            is_locked=last == "lock",
            due=long_end(one.due_at),
        )
        (filling if is_filling else waiting).append(row)
    return waiting, filling


def imported(user: User, now: datetime) -> int:
    """How many of an officer's lists wait for their residents; the pages of the imports name them."""
    own = AssistedRegistration.objects.of_officer(user, now).filter(state=AssistedState.WAITING)
    return own.exclude(import_row=None).count()


def typed(seller: Seller, day: date) -> list[dict[str, Any]]:
    """Every answer, page by page, without what only the resident says; NIK and NPWP masked, the account to which the
    money goes as the officer typed it, papers and photos to be opened."""
    own = {steps.label_of(name) for name in ("consented_at", "low_income")}
    parts = application_pages.summary(seller, status_of(seller, day))
    for row in (row for part in parts for row in part.rows):
        if row["label"] == steps.label_of("bank_account") and seller.bank_account:
            row["value"] = seller.bank_account
        if document := row.get("document"):
            row["href"] = reverse("umkm:document-file", args=[document.pk])
    return [{"title": part.title, "rows": [row for row in part.rows if row["label"] not in own]} for part in parts]


def what_happened(assisted: AssistedRegistration) -> list[dict[str, Any]]:
    """Who typed what, the oldest first; who looked at a document is listed beside it."""
    return history.rows_of(assisted, history.ASSISTED_WORDS)


def own_shops_words(user: User) -> str:
    """Which registrations and shops the resident has already; "" without any."""
    shops = Seller.objects.of_member(user).order_by("pk")
    names = ", ".join(shop.name or _("pendaftaran yang belum diberi nama") for shop in shops)
    return _("Anda sudah punya: %(names)s. Ini pendaftaran baru di sampingnya.") % {"names": names} if names else ""
