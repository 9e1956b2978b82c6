"""The officers of a department and their leave."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.agencies.models import AgencyMember
from procurement.leaves import cover, fetch, pages, policies, services
from procurement.leaves.forms import LeaveDaysForm, LeaveForm, ShortenLeaveForm
from procurement.leaves.models import OfficerLeave

SHOWN = 50


@require_GET
@login_required
def leave_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    user, day = person(request), clock.local_date(now)
    leaves = OfficerLeave.objects.filter(agency=agency).with_people()[:SHOWN]
    context = {
        "agency": agency,
        "officers": pages.officers(agency, user, day),
        "leaves": pages.leave_rows(leaves, user, day),
    }
    return render(request, "procurement/leaves/leave_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def leave_create(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    user, day = person(request), clock.local_date(now)
    away = fetch.officer_of(request, agency, now)
    if not policies.can_record(user, agency, away, day):
        raise NotAllowed(_("Cuti dicatat oleh pejabatnya sendiri, kepala dinas, atau admin kota."))
    offices = cover.offices_of(agency, away, day, date.max)
    people = [each for each in cover.candidates(agency, away, day, day) if each.pk != user.pk]
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        offices=offices,
        people=people,
        barred={office.pk: cover.barred(office, people, *_days(request, office, day)) for office in offices},
    )
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("first_day", "last_day", "decree", "key")}
        try:
            made = services.record_leave(
                actor=user, agency=agency, user=away, stand_ins=form.stand_ins(), now=now, **typed
            )
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Cuti %(who)s tercatat.") % {"who": away})
            for text in [*pages.both_words(made), *pages.own_words(made)]:
                messages.warning(request, text)
            return redirect("procurement:leave-list")
    return form_page(request, "procurement/leaves/leave_form.html", {"agency": agency, "away": away, "form": form})


def _days(request: HttpRequest, office: AgencyMember, today: date) -> tuple[date, date]:
    """Of the leave as it was typed, those on which the office runs; today while none were."""
    days = LeaveDaysForm(request.POST)
    if not days.is_valid() or days.cleaned_data["last_day"] < days.cleaned_data["first_day"]:
        return today, today
    return cover.days_of(office, days.cleaned_data["first_day"], days.cleaned_data["last_day"])


@require_http_methods(["GET", "POST"])
@login_required
def leave_shorten(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_leave(request, pk, now)
    user, day = person(request), clock.local_date(now)
    if request.method == "GET" and not (
        policies.can_record(user, found.agency, found.user, day) and policies.can_shorten(found, day)
    ):
        return redirect("procurement:leave-list")
    form = ShortenLeaveForm(request.POST if request.method == "POST" else None)
    form.initial["last_day"] = policies.earliest_end(found, day)
    if request.method == "POST" and form.is_valid():
        try:
            services.shorten_leave(actor=user, leave=found, last_day=form.cleaned_data["last_day"], now=now)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Cuti %(who)s dipersingkat.") % {"who": found.user})
            return redirect("procurement:leave-list")
    context = {"agency": found.agency, "leave": found, "days": pages.days_words(found), "form": form}
    return form_page(request, "procurement/leaves/leave_shorten.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def leave_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_leave(request, pk, now)
    user, day = person(request), clock.local_date(now)
    if request.method == "POST":
        services.withdraw_leave(actor=user, leave=found, now=now)
        messages.success(request, _("Cuti %(who)s dibatalkan.") % {"who": found.user})
        return redirect("procurement:leave-list")
    if not (policies.can_record(user, found.agency, found.user, day) and policies.can_withdraw(found, day)):
        return redirect("procurement:leave-list")
    context = {"agency": found.agency, "leave": found, "days": pages.days_words(found)}
    return render(request, "procurement/leaves/leave_withdraw.html", context)
