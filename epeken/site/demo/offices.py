"""Accounts, departments, appointments and budgets of the demo city."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db.models import F
from django.utils.text import slugify

from epeken.core import clock, registry
from epeken.core.idempotency import new_key
from epeken.core.models import Kelurahan
from epeken.notifications.models import Notification
from epeken.notifications.services import set_muted
from epeken.site.demo import people
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets import services as budgets
from procurement.budgets.ceilings import WantedLine
from procurement.budgets.models import BudgetLine
from procurement.leaves import services as leaves
from procurement.leaves.models import OfficerLeave
from procurement.requests.rules import TWO_ABOVE
from procurement.signatures.models import ApprovalRule

STAFF_GROUPS = {
    "verifier": "Verifikator",
    "curator": "Kurator",
    "inspector": "Inspektorat",
    "inspector_second": "Inspektorat",
    "office_head": "Kepala dinas pembina",
}
PUBLISHED = {account.email for account in people.ACCOUNTS}
OFFICERS = {
    "requester": OfficerRole.REQUESTER,
    "approver_pp": OfficerRole.PP,
    "approver_ppk": OfficerRole.PPK,
    "receiver": OfficerRole.RECEIVER,
    "treasurer": OfficerRole.TREASURER,
    "head": OfficerRole.HEAD,
}


@cache
def _hashed(password: str) -> str:
    """Hashed once: Argon2 is slow on purpose, and every demo account has the same published password."""
    return make_password(password)


@cache
def _places() -> dict[str, str]:
    return {row["who"]: row["place"] for row in settings.CITY.rows("demo_places.csv")}


def place_of(who: str) -> str:
    """Where the city puts an invented shop or office: a ward's code, or a food court's name."""
    return _places()[who]


def ward_of(who: str) -> Kelurahan:
    return Kelurahan.objects.get(pk=place_of(who))


# Whom the sellers of a department's orders call.
REQUESTER_PHONE = "+62812000010{:02d}"
APPLICANT_PHONE = "+6281234500700"


def make_person(email: str, name: str, *, password: str = people.PASSWORD, **fields: Any) -> User:
    """A demo account with a confirmed address; the same one on a second call."""
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = User.objects.create(email=email, password=_hashed(password), name=name, is_demo=True, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if email not in PUBLISHED:
        # Nobody can read these mailboxes; their news stays in the inbox.
        set_muted(person=user, areas={area for area, _name in registry.notification_areas()})
    return user


def mark_old_news_read(now: datetime) -> None:
    """People read their inbox now and then: only the last two days are still new."""
    old = Notification.objects.filter(created_at__lt=now - timedelta(days=2), read_at__isnull=True)
    old.update(read_at=F("created_at") + timedelta(hours=3))


def make_accounts() -> dict[str, User]:
    """The published accounts by role."""
    made = {}
    for account in people.ACCOUNTS:
        extra: dict[str, Any] = {}
        if account.role in STAFF_GROUPS:
            extra["is_staff"] = STAFF_GROUPS[account.role] != "Inspektorat"
        if account.role in {"kelurahan", "kecamatan"}:
            extra["is_staff"] = True
        if account.role == "admin":
            extra.update(is_staff=True, is_superuser=True)
        if account.role == "office_head":
            extra["nip"] = "197203041998032004"
        if account.role == "verifier":
            extra["nip"] = "198806152014022003"
        if account.role == "asn":
            extra["nip"] = "199001012020121001"
        if account.role in {"citizen", "asn"}:
            extra["kelurahan"] = ward_of("citizen")
            extra["phone"] = "+6281200000001" if account.role == "citizen" else "+6281200000002"
        if account.role == "requester":
            extra["phone"] = REQUESTER_PHONE.format(0)
        if account.role == "applicant":
            # Signs in with it as well: the code comes to the demo's mailbox.
            extra.update(phone=APPLICANT_PHONE, phone_verified_at=clock.now())
        user = make_person(account.email, account.name, **extra)
        if account.role in STAFF_GROUPS:
            user.groups.add(_group_of(account.role))
        made[account.role] = user
    return made


def _group_of(role: str) -> Group:
    """The office that looks after the sellers gives its head a group of its own."""
    group, made = Group.objects.get_or_create(name=STAFF_GROUPS[role])
    if made:
        group.permissions.add(*Permission.objects.filter(codename__in=["decide_appeal", "waive_requirement"]))
    return group


def make_departments(accounts: dict[str, User], today: date) -> list[Agency]:
    agencies = []
    # Photos of an inspection tell how far from the office they were made.
    latitude, longitude = map(Decimal, settings.CITY.example_pin)
    for number, department in enumerate(people.DEPARTMENTS):
        agency, _made = Agency.objects.get_or_create(
            code=department.code,
            defaults={
                "name": department.name,
                "short_name": department.short,
                "address": department.address,
                "kelurahan": ward_of(department.name),
                "latitude": latitude,
                "longitude": longitude,
                "npwp": f"00{number + 1}234567801000",
                "email": f"{slugify(department.short)}@{people.DOMAIN}",
            },
        )
        for role_index, (account_role, role) in enumerate(OFFICERS.items()):
            if number == 0:
                user = accounts[account_role]
            else:
                given = people.GIVEN[role_index]
                called = {"phone": REQUESTER_PHONE.format(number)} if role == OfficerRole.REQUESTER else {}
                email = f"{given.lower()}.{department.surname.lower()}@{people.DOMAIN}"
                user = make_person(email, f"{given} {department.surname}", **called)
            AgencyMember.objects.get_or_create(
                agency=agency,
                user=user,
                role=role,
                defaults={"valid_from": first_day(today), "decree": f"SK-DEMO/{number + 1}/{role_index + 1}"},
            )
        agencies.append(agency)
        for year in budget_years(today):
            _make_budget(agency, number, year, today, accounts["admin"])
    _make_leave(agencies[1], accounts["admin"], today, away=(1, 3))
    _make_leave(agencies[0], accounts["admin"], today, away=(9, 12))
    return agencies


def first_day(today: date) -> date:
    """When the offices of the demo city began: in the January before the oldest purchase."""
    return date((today - timedelta(days=90)).year, 1, 2)


def budget_years(today: date) -> list[int]:
    """That of the oldest purchase to that of the latest event."""
    return list(range(first_day(today).year, (today + timedelta(days=30)).year + 1))


def make_approval_rule(agency: Agency, today: date) -> None:
    """Above the sum from which two sellers are compared, the head signs before the PP or PPK decides."""
    ApprovalRule.objects.get_or_create(
        agency=agency,
        office=OfficerRole.HEAD,
        defaults={
            "above": TWO_ABOVE.on(today),
            "valid_from": first_day(today),
            "source": f"Keputusan kepala dinas 027/DEMO/{today.year}",
        },
    )


def _make_leave(agency: Agency, admin: User, today: date, *, away: tuple[int, int]) -> None:
    """Its PPK is away, from so many days ahead to so many, and the head stands in."""
    if OfficerLeave.objects.filter(agency=agency).exists():
        return
    ppk = AgencyMember.objects.own().get(agency=agency, role=OfficerRole.PPK)
    leaves.record_leave(
        actor=admin,
        agency=agency,
        user=ppk.user,
        first_day=today + timedelta(days=away[0]),
        last_day=today + timedelta(days=away[1]),
        decree=f"800/DEMO/{today.year}",
        stand_ins={ppk.pk: membership(agency, OfficerRole.HEAD)},
        key=new_key(),
        now=clock.start_of(today - timedelta(days=1)) + timedelta(hours=8),
    )


def _make_budget(agency: Agency, number: int, year: int, today: date, admin: User) -> None:
    """The budget of January, or for the next year that of today; and of this year a change of the first line in the
    middle of what has gone of it."""
    wanted = [
        WantedLine(
            row=index,
            agency_id=agency.pk,
            year=year,
            activity_code=code,
            activity_name=name,
            account_id=account,
            rup_id=str(58_210_000 + number * 100 + index),
            pagu=pagu,
        )
        for index, (code, name, account, pagu) in enumerate(people.ACTIVITIES)
    ]
    if BudgetLine.objects.filter(agency=agency, year=year).exists():
        return
    first = min(date(year, 1, 2), today)
    decrees = [(f"DPA/{number + 1}/{year}", first, wanted)]
    if year == today.year:
        before = replace(wanted[0], pagu=wanted[0].pagu - 8_000_000)
        decrees = [
            (f"DPA/{number + 1}/{year}", first, [before, *wanted[1:]]),
            (f"DPPA/{number + 1}/{year}", first + (today - first) / 2, wanted),
        ]
    for decree, day, lines in decrees:
        budgets.take_ceilings(actor=admin, wanted=lines, decree=decree, decree_on=day, now=clock.start_of(day))


def membership(agency: Agency, role: OfficerRole) -> User:
    return AgencyMember.objects.filter(agency=agency, role=role).select_related("user").earliest("pk").user


def working_moment(now: datetime, days_ago: int, hour: int, minute: int = 0) -> datetime:
    """About `days_ago` before now, moved back to a working day, at the hour in the city."""
    day = clock.local_date(now) - timedelta(days=days_ago)
    while not clock.is_working_day(day):
        day -= timedelta(days=1)
    return clock.start_of(day) + timedelta(hours=hour, minutes=minute)
