"""Requests: the list, the draft as a task list, the record of what became of it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock, exports
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import clock_words
from epeken.core.idempotency import new_key
from epeken.core.web.answers import form_page
from epeken.core.web.editing import kept_quietly
from epeken.core.web.forms import KeyedForm
from epeken.core.web.sorting import heads, in_order
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.attachments import pages as attachments_pages
from procurement.budgets import pages as budgets_pages
from procurement.frames import fit as frames
from procurement.frames import policies as frames_policies
from procurement.frames.fit import Fit
from procurement.guards import prices
from procurement.guards import services as guards
from procurement.guards.concerns import Concern, concerns, split_sum
from procurement.guards.models import GuardFinding
from procurement.leaves import policies as leaves_policies
from procurement.negotiations import pages as negotiation_pages
from procurement.negotiations import results
from procurement.request_templates import from_template
from procurement.request_templates import policies as templates_policies
from procurement.requests import asked_ceilings, chain, contents, copied, fetch, obstacles, officers, policies, unfilled
from procurement.requests.errors import PricesChanged
from procurement.requests.forms import NewRequestForm, RequestFilter, RequestForm, SubmitForm, WithdrawForm
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.next_step import called, is_empty, next_step
from procurement.requests.obstacles import Obstacle
from procurement.requests.pages import charging, deadlines, papers
from procurement.requests.pages import lists as lists_pages
from procurement.requests.pages import requests as requests_pages
from procurement.requests.services import copies, decisions, drafts, takeovers
from procurement.requests.states import RequestState
from procurement.rotation import pages as rotation_pages
from procurement.rotation import results as rotation_results
from procurement.schedules import pages as schedules_pages
from procurement.sourcing import pages as sourcing_pages
from procurement.sourcing import replacing_pages, sheets
from umkm.sellers import policies as shops

PAGE_SIZE = 25


@require_GET
@login_required
def request_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    form = RequestFilter(request.GET)
    chosen = form.read()
    found = PurchaseRequest.objects.filter(agency=agency).select_related("requester", "line").with_step()
    if chosen.get("keadaan"):
        found = found.filter(called(chosen["keadaan"]))
    if chosen.get("milik") == "saya":
        found = found.filter(requester=request.user)
    for word in chosen.get("q", "").split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(office_number__iexact=word)
            | Q(requester__name__icontains=word)
        )
    columns = lists_pages.list_columns()
    found = in_order(request, found.with_event_day().with_total_now(), columns, "-pk")
    wanted = request.GET.get("unduh")
    if wanted in ("csv", "xlsx"):
        form.check_file()
        found = found.prefetch_related("lines__charged_to")
        return exports.as_file(wanted, _("permintaan-dinas"), lists_pages.file_head(), found, lists_pages.file_cells)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "form": form,
        "page": page,
        "head": heads(request, columns),
        "rows": lists_pages.list_rows(page, now),
        "can_create": policies.can_request(person(request), agency, clock.local_date(now)),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "procurement/requests/request_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def request_create(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    day = clock.local_date(now)
    if not policies.can_request(person(request), agency, day):
        raise NotAllowed(_("Hanya pemesan yang ditunjuk dinas ini yang dapat membuat permintaan."))
    initial = {"delivery_place": agency.address, "delivery_kelurahan": agency.kelurahan_id}
    form = NewRequestForm(
        request.POST if request.method == "POST" else None, agency=agency, day=day, initial=initial, current={}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = drafts.create_request(
                actor=person(request), agency=agency, values=form.typed(), now=now, key=form.cleaned_data["key"]
            )
        except NotAllowed:
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, _("Draf %(number)s tersimpan. Sekarang pilih barangnya.") % {"number": made.number}
            )
            return redirect("procurement:request-detail", number=made.number)
    context = {"agency": agency, "form": form}
    return form_page(request, "procurement/requests/request_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def request_edit(request: HttpRequest, number: str) -> HttpResponse:
    """The event and who pays; saves itself while the officer types."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    quiet = bool(request.headers.get("X-Autosave"))
    if request.method == "GET" and not policies.can_edit(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    initial = drafts.written(found)
    bound = request.POST if request.method == "POST" else None
    is_quoted = found.from_quotation_id is not None
    asked = {} if is_quoted else requests_pages.asked_moment(found, request.GET.get("tiba", ""))
    held = None if quiet else contents.read(found, now)
    form = RequestForm(
        bound,
        agency=found.agency,
        is_quoted=is_quoted,
        day=clock.local_date(now),
        wanted=held.total if held else 0,
        initial={**initial, **asked},
        current=initial,
    )
    if request.method == "POST":
        problem: DomainError | None = None
        if form.is_valid():
            try:
                saved = drafts.save_request(
                    actor=person(request),
                    request=found,
                    values=form.typed(),
                    now=now,
                    shown=form.cleaned_data["shown"],
                )
            except (NotAllowed, InvalidMove) as refused:
                if not quiet:
                    raise
                problem = refused
            except DomainError as refused:
                form.refuse(refused)
                problem = refused
            else:
                said = _("Draf tersimpan pukul %(hour)s") % {"hour": clock_words(now)}
                if quiet:
                    newer = drafts.written(saved)
                    return kept_quietly(
                        said,
                        RequestForm(agency=found.agency, day=clock.local_date(now), is_quoted=is_quoted, current=newer),
                    )
                messages.success(request, said + ".")
                return redirect("procurement:request-detail", number=found.number)
        if quiet:
            text = problem.message if problem else _("Belum tersimpan: ada isian yang perlu diperbaiki.")
            return HttpResponse(
                text, status=problem.status if problem else 422, content_type="text/plain; charset=utf-8"
            )
    context = {"agency": found.agency, "request_": found, "form": form, "proposes": bool(asked) and not bound}
    if found.line is not None:
        context["papers"] = papers.by_kind([found.line.account_id], clock.local_date(now))
    if held is not None and context["proposes"]:
        context["all_come"] = copied.all_come(held, asked["deliver_at"], now)
    return form_page(request, "procurement/requests/request_form.html", context)


@require_GET
@login_required
def request_detail(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    return _page(request, found, now)


@require_POST
@login_required
def request_submit(request: HttpRequest, number: str) -> HttpResponse:
    """To the approver. Prices that moved are taken over and shown once; a second click sends."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    held = contents.read(found, now)
    fit = frames.find(found, held, now)
    form = SubmitForm(
        request.POST, concerns=_concerns(found, held, fit, now), unchosen=from_template.unchosen(found, held)
    )
    error: DomainError | None = None
    if form.is_valid():
        if form.merged:
            guards.choose_merge(actor=user, request=found, now=now, keys=form.merged)
            messages.success(
                request, _("Pilihan Anda dicatat. Tarik permintaan yang belum dipesan, lalu satukan barangnya di sini.")
            )
            return redirect("procurement:request-detail", number=found.number)
        try:
            sent = decisions.submit_request(
                actor=user,
                request=found,
                key=form.cleaned_data["key"],
                now=now,
                shown=request.POST.get("shown", ""),
                answers=form.answers,
                leaves_out=bool(form.cleaned_data.get("leaves_out")),
            )
        except PricesChanged as problem:
            drafts.refresh_prices(actor=user, request=found, now=now)
            error = problem
        except InvalidMove:
            if not _says_it_was_sent(request, fetch.seen_request(request, number, now)):
                raise
            return redirect("procurement:request-detail", number=number)
        except NotAllowed:
            raise
        except DomainError as problem:
            if problem.field in form.fields:
                form.refuse(problem)
            error = problem
        else:
            messages.success(request, requests_pages.sent_words(sent, clock.local_date(now)))
            return redirect("procurement:request-detail", number=sent.number)
    elif _says_it_was_sent(request, found):
        return redirect("procurement:request-detail", number=number)
    return _page(request, fetch.seen_request(request, number, now), now, form=form, error=error, status=422)


def _says_it_was_sent(request: HttpRequest, found: PurchaseRequest) -> bool:
    """To who sends from a second page; its own page tells the rest."""
    said = requests_pages.already_sent(found)
    if said:
        messages.info(request, said)
    return bool(said)


@require_POST
@login_required
def request_ask_head(request: HttpRequest, number: str) -> HttpResponse:
    """The head hears that the budget is short."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    try:
        drafts.ask_head(actor=person(request), request=found, now=now)
    except NotAllowed:
        raise
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Kepala dinas dikabari berapa pagu yang kurang."))
    return redirect("procurement:request-detail", number=found.number)


@require_http_methods(["GET", "POST"])
@login_required
def request_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    if request.method == "GET" and not policies.can_withdraw(user, found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.withdraw_request(actor=user, request=found, note=form.cleaned_data["note"], now=now)
        except RuleBroken as problem:
            form.refuse(problem)
        else:
            is_draft = found.state == RequestState.DRAFT
            text = _("Draf %(title)s dibuang.") if is_draft else _("Permintaan %(title)s ditarik.")
            messages.success(request, text % {"title": found.title})
            return redirect("procurement:request-list")
    context = {"agency": found.agency, "request_": found, "form": form}
    return form_page(request, "procurement/requests/request_withdraw.html", context)


@require_POST
@login_required
def request_take_over(request: HttpRequest, number: str) -> HttpResponse:
    """To the draft, which is this person's from now on."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    takeovers.take_over_request(actor=person(request), request=found, now=now)
    messages.success(request, _("Permintaan %(number)s sekarang milik Anda.") % {"number": found.number})
    return redirect("procurement:request-detail", number=found.number)


@require_POST
@login_required
def request_rebuild(request: HttpRequest, number: str) -> HttpResponse:
    """To the draft that writes a lapsed request anew."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    draft = copies.rebuild_request(actor=person(request), request=found, now=now)
    messages.success(
        request,
        _("Draf %(number)s berisi semua isi permintaan %(earlier)s. Periksa waktunya, lalu kirim lagi.")
        % {"number": draft.number, "earlier": found.number},
    )
    return redirect("procurement:request-detail", number=draft.number)


@require_POST
@login_required
def request_copy(request: HttpRequest, number: str) -> HttpResponse:
    """To the draft that asks for the same goods once more, where the first day that can bring them is proposed."""
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Formulir ini rusak. Muat ulang halaman."))
        return redirect("procurement:request-detail", number=found.number)
    draft = copies.repeat_request(actor=person(request), request=found, now=now, key=form.cleaned_data["key"])
    said = _("Draf %(number)s menyalin permintaan %(earlier)s dengan harga hari ini.")
    messages.success(request, said % {"number": draft.number, "earlier": found.number})
    day = copied.first_able(contents.read(draft, now), now, requests_pages.hour_of(draft))
    if day is None:
        return redirect("procurement:request-detail", number=draft.number)
    edit = reverse("procurement:request-edit", args=[draft.number])
    return redirect(f"{edit}?{urlencode({'tiba': day.isoformat()})}#id_deliver_at")


def _concerns(found: PurchaseRequest, held: contents.RequestContents, fit: Fit | None, now: datetime) -> list[Concern]:
    """What the requester is asked to answer: nothing inside a frame, where no guard warns."""
    return [] if fit is not None and fit.is_inside else concerns(found, held, now)


def _fixed(found: PurchaseRequest, held: contents.RequestContents) -> frozenset[int]:
    """Goods, by pk of the product, that the draft holds as they are: drawn, or the award of a request for quotation."""
    if found.from_quotation_id is not None:
        return frozenset(line.product_id for line in held.kept)
    return frozenset(rotation_results.fixed(found, held.kept))


def _is_short(wrong: list[Obstacle]) -> bool:
    return any(item.code == "budget_short" for item in wrong)


def _page(
    request: HttpRequest,
    found: PurchaseRequest,
    now: datetime,
    *,
    form: SubmitForm | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    if found.state == RequestState.ORDERED:
        # Read once, for its contents and for what its orders brought.
        prefetch_related_objects([found], Prefetch("sellers", RequestSeller.objects.with_continuation()))
    held = contents.read(found, now)
    told = papers.of_request(found, held, clock.local_date(now))
    user = person(request)
    context: dict[str, Any] = {
        "agency": found.agency,
        "request_": found,
        "contents": held,
        "shown": held.shown,
        "meta": requests_pages.meta(found, held, told),
        "papers": told,
        "schedule": schedules_pages.rows(found),
        "error": error,
        "form_error": form.errors.get("key") if form else None,
    }
    day = clock.local_date(now)
    context["can_keep"] = bool(held.kept) and templates_policies.can_write(user, found.agency_id, day)
    context["files"] = attachments_pages.files_of(found, user, day)
    if policies.can_edit(user, found, day):
        fit = frames.find(found, held, now)
        inside = fit if fit is not None and fit.is_inside else None
        is_framed = inside is not None
        rotation_results.read_draws(found)
        faults = obstacles.line_faults(found, held, now)
        sheet = inside.sheet if inside else sheets.draw(found, held, now)
        asked = _concerns(found, held, fit, now)
        wrong = obstacles.obstacles(found, held, now, faults, sheet, is_framed=is_framed, split=split_sum(asked))
        short = _is_short(wrong)
        is_put = short and asked_ceilings.put_to_city(found) is not None
        lines = charging.spendable(found, now) if held.kept and found.line else []
        made = from_template.read(found, held, shops.ties_of(user))
        submit = form or SubmitForm(
            concerns=asked,
            unchosen=made.unchosen if made else (),
            earlier=guards.earlier_answers(found) if asked else {},
        )
        draws = rotation_pages.notes(found, held.kept)
        remedies = charging.remedies(found, held, asked, now)
        taken_over = copied.read(found, held, shops.ties_of(user))
        is_to_check = bool(remedies or (made and made.unpaid) or (taken_over and taken_over.unpaid))
        payers = None
        if not policies.holds_award(found):
            payers = charging.section(found, held, lines, is_to_check=is_to_check)
        steps = requests_pages.tasks(
            found, held, wrong, to_choose=len(submit.unchosen), to_answer=submit.to_answer,
            is_warned=bool(submit.guards), is_compared=sheet is not None or is_framed, is_put=is_put,
        )  # fmt: skip
        context |= {
            "key": new_key(),
            "events": requests_pages.events(found),
            "fit": fit,
            "bar": budgets_pages.bar_of(found, held, is_framed=is_framed),
            "submit": submit,
            "guards": charging.with_remedies(submit.guards, remedies, "concern"),
            "obstacles": wrong,
            "tasks": steps,
            "step_no": {step.get("step", ""): n for n, step in enumerate(steps, 1)},
            "unready": [step for step in steps[:-1] if step["state"] != "done"],
            "parts": requests_pages.draft_parts(
                held, obstacles.to_replace(held), faults, prices.notes(held), obstacles.less_for_more(found, held, now)
            ),
            "continued": found.sourced_again_from,
            "notes": [
                *filter(None, [requests_pages.event_note(found), requests_pages.short_notice(found, held, now)]),
                *requests_pages.people_notes(found, held),
                *requests_pages.split_notes(held, asked, day),
                *(requests_pages.negotiation_notes(found, held, sheet, now) if not is_framed else []),
                *(negotiation_pages.undone_words(one) for one in results.undone(found).values()),
            ],
            "copied": taken_over,
            "quotation": found.from_quotation,
            "award_held": requests_pages.award_words(found, held, now),
            "from_template": made,
            "send_to": requests_pages.send_to(found, held, user, now, inside) if not submit.may_escalate else "",
            "charging": payers,
            "charge": charging.choice(found, payers),
            "wider": charging.count_bearing(held, lines) if short else 0,
            "compared": sourcing_pages.sheet_rows(sheet),
            "asked": asked_ceilings.asked_words(found, now) if short else "",
            "raised_by": asked_ceilings.raised_by_words() if short else "",
            "may_ask": short and asked_ceilings.may_ask(found, now),
            "waits_for": asked_ceilings.wait_words(found, held) if is_put else "",
            "fixed": _fixed(found, held),
            "draws": draws,
            "drawn": {note["product"] for note in draws},
        }
        return render(request, "procurement/requests/request_draft.html", context, status=status)
    sellers = list(found.sellers.all()) if found.state == RequestState.ORDERED else []
    parts = unfilled.unfilled_parts(found, sellers, user, now)
    rebuilt = PurchaseRequest.objects.rebuild_of(found) if found.state == RequestState.LAPSED else None
    office = officers.office_of(found, day, viewer=user) if policies.holds(found) else None
    step = next_step(found, sellers, office=office, is_rebuilt=rebuilt is not None)
    words, kind = requests_pages.tag(
        found.state, step.what if step else None, is_empty=is_empty(found, held.kept, sellers)
    )
    dropped = [line.product_id for line in held.lines if line.dropped_at]
    negotiates = policies.can_decide(user, found, day) and chain.current(found, user) is None
    ceiling, ceiling_kind = asked_ceilings.state_words(found, now)
    lost = requests_pages.lost_of(held, parts)
    is_head = leaves_policies.records_for_others(user, found.agency, day)
    findings = list(GuardFinding.objects.filter(request=found).select_related("chosen_by", "answered_by"))
    context |= {
        "events": requests_pages.events(found, sellers),
        "asked_to_cancel": requests_pages.asked_to_cancel(sellers),
        "ceiling": ceiling,
        "ceiling_kind": ceiling_kind,
        "can_answer_ceiling": ceiling_kind == "now" and policies.may_answer_ceiling(user, found, day),
        "meta": requests_pages.meta(found, held, context["papers"], lost),
        "left_sum": held.total - lost,
        "is_lost": bool(lost),
        "total_now": found.total_now if found.state == RequestState.ORDERED else held.total - lost,
        "raised_by": asked_ceilings.raised_by_words(),
        "bar": budgets_pages.bar_of(found, held),
        "findings": findings,
        "judge": requests_pages.judge_words(found, findings, user, day),
        "compared": sourcing_pages.sheet_rows(sheets.kept(found), dropped),
        "unfilled": replacing_pages.with_cards(found, parts, user, now),
        "replace_key": new_key(),
        "continued": found.sourced_again_from,
        "groups": requests_pages.groups(
            held, parts, obstacles.less_for_more(found, held, now) if found.state == RequestState.SUBMITTED else {}
        ),
        "to_issue": [part for part in held.parts if part.kept],
        "total": found.total if found.state != RequestState.WITHDRAWN else held.total,
        "hold": requests_pages.hold_words(found, now),
        "rebuilt": rebuilt,
        "can_rebuild": rebuilt is None and policies.can_rebuild(user, found, day),
        "can_copy": policies.can_copy(user, found, day),
        "copy_key": new_key(),
        "can_frame": found.state == RequestState.ORDERED and frames_policies.can_propose(user, found.agency_id, day),
        "signatures": requests_pages.signature_rows(found, chain.of_request(found, user), user, day),
        "can_take_over": policies.can_take_over(user, found, day),
        "can_withdraw": policies.can_withdraw(user, found, day),
        "negotiations": negotiation_pages.part_rows(
            found, held, results.of_request(found), can_open=negotiates, now=now
        ),
        "can_issue": policies.can_issue(user, found, day),
        "can_decide": policies.can_decide(user, found, day),
        "issue_key": new_key(),
        "facts": requests_pages.facts(found, held, office, now),
        "late": requests_pages.late_words(found, now) if is_head else "",
        "without_officer": officers.nobody_words() if step and step.who is None else "",
        "tag": kind,
        "tag_text": words,
        "deadline": deadlines.item(found, now) if found.state == RequestState.SUBMITTED else {},
    }
    return render(request, "procurement/requests/request_detail.html", context, status=status)
