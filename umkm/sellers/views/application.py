"""Views of the registration, for the applicant."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import clock_words, long_date, long_end
from epeken.core.secret import masked
from epeken.core.web.answers import ask_first, form_page
from epeken.core.web.editing import kept_quietly
from epeken.users.fetch import person
from umkm.appeals import pages as appeal_pages
from umkm.appeals.models import Appeal
from umkm.appeals.pages import AppealStatus
from umkm.assisted.models import AssistedRegistration
from umkm.catalogue.states import ProductState
from umkm.owners import pages as owner_pages
from umkm.requirements import pages as requirement_pages
from umkm.requirements.models import Requirement
from umkm.requirements.status import status_of
from umkm.sanctions import pages as sanction_pages
from umkm.sellers import policies as sellers_policies
from umkm.sellers import remarks, rules, services, steps
from umkm.sellers.errors import NotChanged, NotComplete
from umkm.sellers.forms import FORMS, PHOTOS, DocumentForm
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.pages import application as application_pages
from umkm.sellers.pages import history
from umkm.sellers.pages.history import looks_at
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import evidence, figures, retention
from umkm.verification import policies as verification_policies
from umkm.verification.models import VerificationCase
from umkm.verification.states import CaseState

OPEN = {SellerState.DRAFT, SellerState.SENT_BACK}
Assisted = AssistedRegistration | None


def _mine(request: HttpRequest, pk: int) -> Seller:
    """A registration of the visitor's; anybody else's does not exist for them."""
    found: Seller = get_object_or_404(
        Seller.objects.of_member(person(request)).select_related("kelurahan__kecamatan", "food_court"), pk=pk
    )
    return found


def _filled_in(request: HttpRequest, pk: int) -> tuple[Seller, AssistedRegistration | None]:
    """As `_mine`, or one that the visitor, an officer, fills in for a resident."""
    helped = AssistedRegistration.objects.filled_by(person(request), clock.now()).filter(seller=pk)
    assisted = helped.select_related("seller__kelurahan__kecamatan", "seller__food_court").first()
    return (assisted.seller, assisted) if assisted is not None else (_mine(request, pk), None)


def _written(request: HttpRequest, pk: int) -> tuple[Seller, AssistedRegistration | None]:
    """As `_filled_in`, for whoever may fill it in and send it: a helper of a shop that came back may not."""
    seller, assisted = _filled_in(request, pk)
    if assisted is None and not sellers_policies.is_owner(person(request), seller):
        raise NotAllowed(_("Pendaftaran ini diisi dan dikirim pemiliknya."))
    return seller, assisted


def _to_account(request: HttpRequest) -> str:
    """Where a visitor gets an account or signs in, and comes back with what they chose."""
    chosen = request.POST.get("kind", "")
    back = reverse("umkm:register")
    if chosen in SellerKind.values:
        back += f"?{urlencode({'kind': chosen})}"
    door = reverse("account_signup" if request.POST.get("account") == "new" else "account_login")
    return f"{door}?{urlencode({'next': back})}"


@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    error = None
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(_to_account(request))
        try:
            seller = services.register_seller(actor=request.user, kind=request.POST.get("kind", ""), now=now)
        except DomainError as problem:
            error = problem
        else:
            if seller.created_at == now:
                return redirect(application_pages.step_url(seller, steps.OWNER.slug))
            said = _(
                "Ini pendaftaran yang Anda mulai %(day)s dan belum dikirim. Untuk toko lain, kirim atau buang dahulu."
            )
            messages.info(request, said % {"day": long_date(seller.created_at)})
            return redirect("umkm:application", pk=seller.pk)
    day = clock.local_date(now)
    needed = Requirement.objects.filter(clock.valid_on(day), required=True, category=None).documents()
    kinds = {
        SellerKind.UMKM: (
            _("Saya membuat sendiri"),
            _("Makanan, kerajinan, jahitan, dan barang lain buatan sendiri di %(city)s") % {"city": settings.CITY.name},
        ),
        SellerKind.SWK: (_("Saya punya stan di SWK"), _("Makanan dan minuman dari Sentra Wisata Kuliner milik kota")),
        SellerKind.KELONTONG: (_("Saya punya toko kelontong"), _("Sembako dan kebutuhan harian, dari merek mana pun")),
    }
    context = {
        "error": error,
        "chosen": request.POST.get("kind") or request.GET.get("kind", ""),
        "kinds": [
            {
                "value": kind.value,
                "title": title,
                "text": text,
                "papers": [need.label for need in needed.order_by("position") if need.seller_kind == kind],
            }
            for kind, (title, text) in kinds.items()
        ],
        "drafts": Seller.objects.of_member(request.user).order_by("-pk"),
        "typed_by_officers": AssistedRegistration.objects.addressed_to(request.user, now).select_related("officer"),
        "promised": rules.VERIFICATION.on(day),
        "took": figures.decision_days(now),
    }
    return render(request, "umkm/sellers/register_start.html", context, status=422 if error else 200)


@never_cache
@require_GET
@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    seller, assisted = _filled_in(request, pk)
    now = clock.now()
    day = clock.local_date(now)
    case = seller.cases.select_related("officer").order_by("-pk").first()
    open_ = seller.state in OPEN
    helps = assisted is not None
    is_owner = sellers_policies.is_owner(request.user, seller)
    found = status_of(seller, day)
    missing = application_pages.missing(seller, found, is_assisted=helps) if open_ else []
    still = remarks.still_open(seller)
    rows = application_pages.tasks(seller, missing) if open_ else []
    # What was asked for may be right as it is; the last page is where one says so.
    ready = not missing and (bool(still) or application_pages.all_seen(rows))
    send = application_pages.step_url(seller, steps.SEND.slug)
    required = [] if seller.state in (SellerState.REJECTED, SellerState.LEFT) else found
    required = requirement_pages.with_returned(required, {remark.field for remark in still})
    context = {
        "seller": seller,
        "assisted": assisted,
        "case": case,
        "requirements": requirement_pages.checklist(seller, required),
        "is_owner": is_owner,
        "is_writer": is_owner or helps,
        "ties": owner_pages.ties_of(seller) if is_owner else [],
        "met": requirement_pages.met(required),
        "is_open": open_,
        "can_discard": seller.state == SellerState.DRAFT and case is None and is_owner,
        "is_again": seller.state == SellerState.DRAFT and case is not None and case.state == CaseState.REJECTED,
        "tasks": rows,
        "ready": ready,
        "go_on": send if ready else application_pages.go_on(rows),
        "sent": [] if open_ else application_pages.summary(seller, found),
        "left": sum(row["state"] != "done" for row in rows[:-1]),
        "remarks": [
            {
                "title": steps.label_of(remark.field),
                "note": remark.reason,
                "href": application_pages.place_url(seller, remark.field),
                "left": "" if remark in still else _("sudah diperbaiki"),
                "icon": "check",
            }
            for remark in remarks.remarks_of(seller)
        ],
        "still": len(still),
        "desks": application_pages.desks(case, now, by_mail=bool(person(request).email)) if case else [],
        "events": history.history_of(seller),
        "frozen": sanction_pages.freezing(seller, clock.now()),
        "warned": sanction_pages.warned(seller, clock.now()),
        "appeal": _appeal_of(seller, case, now),
        "back_until": _back_until(seller, now),
        "idle_until": retention.idle_words(seller, day),
        "viewers": looks_at(seller)[:20],
        "has_goods": seller.products.exclude(state=ProductState.WITHDRAWN).exists(),
        "late": case is not None and verification_policies.is_late(case, now),
    }
    return render(request, "umkm/sellers/seller_application.html", context)


def _back_until(seller: Seller, now: datetime) -> str:
    """The last day on which a shop that left may come back; "" once it is over."""
    if seller.left_at is None:
        return ""
    last = services.last_return(seller.left_at)
    return "" if clock.is_over(last, now) else long_end(last)


def _appeal_of(seller: Seller, case: VerificationCase | None, now: datetime) -> AppealStatus | None:
    """Against the rejection the applicant reads."""
    if seller.state != SellerState.REJECTED or case is None or case.decided_at is None:
        return None
    appeal = Appeal.objects.filter(case=case).prefetch_related("photos").first()
    return appeal_pages.status_of(appeal, seller=seller, decided_at=case.decided_at, is_standing=True, now=now)


@require_POST
@login_required
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.return_seller(
            actor=person(request), seller=_mine(request, pk), consented="consented" in request.POST, now=clock.now()
        )
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Permintaan kembali dikirim. Petugas memeriksa data Anda, lalu toko dibuka lagi."))
    return redirect("umkm:application", pk=pk)


@require_POST
@login_required
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    services.retry_seller(actor=person(request), seller=_mine(request, pk), now=clock.now())
    messages.success(
        request, _("Isian yang lama sudah siap. Perbaiki yang membuatnya ditolak, setujui lagi, lalu kirim.")
    )
    return redirect("umkm:application", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Also after a first click, by which the person is no member of it any more."""
    user = person(request)
    own = SellerMember.objects.filter(user=user, role=SellerMember.Role.OWNER).values("seller")
    seller = get_object_or_404(Seller.objects.filter(pk__in=own, state=SellerState.DRAFT), pk=pk)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Buang pendaftaran %(name)s?") % {"name": seller.name or seller.get_kind_display()},
            text=_("Semua isian dan foto yang sudah Anda unggah dihapus dan tidak bisa dikembalikan."),
            verb=_("Buang pendaftaran ini"),
            back=reverse("umkm:application", args=[seller.pk]),
        )
    retention.discard_draft(actor=user, seller=seller, now=clock.now())
    messages.success(request, _("Pendaftaran dibuang. Isian dan fotonya sudah dihapus."))
    return redirect("umkm:register")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def application_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    seller, assisted = _written(request, pk)
    if step not in steps.BY_SLUG:
        return redirect("umkm:application", pk=pk)
    if seller.state not in OPEN:
        return _closed(request, seller)
    if step == steps.PAPERS.slug:
        return _papers(request, seller, assisted)
    if step == steps.SEND.slug:
        return _send(request, seller, assisted)
    if step == steps.BANK.slug and seller.bank_account:
        return _kept_account(request, seller, assisted)
    return _form_step(request, seller, step, assisted)


def _closed(request: HttpRequest, seller: Seller) -> HttpResponse:
    if request.headers.get("X-Autosave"):
        return HttpResponse(_("Pendaftaran sudah dikirim."), status=409, content_type="text/plain")
    messages.info(request, _("Pendaftaran ini sudah dikirim. Isinya tidak dapat diubah selama diperiksa."))
    return redirect("umkm:application", pk=seller.pk)


def _kept_account(request: HttpRequest, seller: Seller, assisted: Assisted) -> HttpResponse:
    """The account that is kept may be changed by whoever has just proven who they are; asked before the page is shown.

    What is posted too late is typed again: allauth would lay it in the session as it is, the account number readable.
    """
    try:
        shown: HttpResponse = _confirmed_account(request, seller, assisted)
    except ReauthenticationRequired:
        if request.method == "GET":
            raise
        sentence = _("Rekening belum diganti. Pastikan dahulu bahwa ini Anda, lalu tulis rekeningnya sekali lagi.")
        if request.headers.get("X-Autosave"):
            return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
        messages.warning(request, sentence)
        return redirect(application_pages.step_url(seller, steps.BANK.slug))
    return shown


@reauthentication_required
def _confirmed_account(request: HttpRequest, seller: Seller, assisted: Assisted) -> HttpResponse:
    return _form_step(request, seller, steps.BANK.slug, assisted)


def _form_step(request: HttpRequest, seller: Seller, step: str, assisted: Assisted) -> HttpResponse:
    now = clock.now()
    day = clock.local_date(now)
    quiet = bool(request.headers.get("X-Autosave"))
    leaving = request.POST.get("then") == "later"
    who: dict[str, Any] = {"seller": seller, "day": day, "assisted": assisted is not None}
    form = FORMS[step](request.POST or None, **who, partial=quiet or leaving)
    if request.method == "POST":
        valid = form.is_valid()
        if valid or quiet:
            try:
                saved = services.save_seller(
                    actor=person(request),
                    seller=seller,
                    values=form.values(),
                    now=now,
                    shown=form.cleaned_data.get("shown", ""),
                )
            except DomainError as problem:
                if quiet:
                    return HttpResponse(
                        problem.message, status=problem.status, content_type="text/plain; charset=utf-8"
                    )
                form.refuse(problem)
            else:
                said = _("Tersimpan pukul %(hour)s") % {"hour": clock_words(now)}
                if quiet:
                    newer = FORMS[step](**{**who, "seller": saved})
                    return kept_quietly(said, newer)
                if leaving:
                    messages.success(request, said + ". " + _("Lanjutkan kapan saja dari halaman ini."))
                    return redirect("umkm:application", pk=seller.pk)
                return redirect(application_pages.step_url(seller, _after(seller, step).slug))
    context = _around(seller, step, assisted, status_of(seller, clock.local_date(clock.now())), form=form)
    context["remarks"] = [
        {"label": steps.label_of(remark.field), "reason": remark.reason}
        for remark in remarks.remarks_of(seller)
        if steps.step_of(remark.field).slug == step
    ]
    context["kept"] = {name: masked(getattr(seller, name)) for name in steps.SECRETS}
    return form_page(request, "umkm/sellers/register_step.html", context)


def _papers(request: HttpRequest, seller: Seller, assisted: Assisted) -> HttpResponse:
    found = status_of(seller, clock.local_date(clock.now()))
    context = _around(seller, steps.PAPERS.slug, assisted, found, papers=application_pages.papers(seller, found))
    return render(request, "umkm/sellers/register_papers.html", context)


def _send(request: HttpRequest, seller: Seller, assisted: Assisted) -> HttpResponse:
    now = clock.now()
    day = clock.local_date(now)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            services.submit_seller(
                actor=person(request),
                seller=seller,
                now=now,
                unchanged_is_right="unchanged_is_right" in request.POST,
            )
        except (NotComplete, NotChanged, InvalidMove) as problem:
            error = problem
        else:
            messages.success(request, _("Pendaftaran sudah dikirim. Anda bisa melihat perkembangannya di sini."))
            return redirect("umkm:application", pk=seller.pk)
    found = status_of(seller, day)
    context = _around(
        seller,
        steps.SEND.slug,
        assisted,
        found,
        parts=application_pages.summary(seller, found),
        error=error,
        told=evidence.told_before_sending(seller, day, get_language() or ""),
        unchanged=[
            {
                "label": steps.label_of(remark.field),
                "reason": remark.reason,
                "href": application_pages.place_url(seller, remark.field),
            }
            for remark in remarks.still_open(seller)
        ],
        missing=[
            {"label": item.label, "href": application_pages.place_url(seller, item.field)}
            for item in application_pages.missing(seller, found, is_assisted=assisted is not None)
        ],
    )
    return render(request, "umkm/sellers/register_send.html", context, status=error.status if error else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def document_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    seller, assisted = _written(request, pk)
    now = clock.now()
    day = clock.local_date(now)
    found = status_of(seller, day)
    paper = next((paper for paper in application_pages.papers(seller, found) if paper.kind == kind), None)
    if paper is None:
        return redirect(application_pages.step_url(seller, steps.PAPERS.slug))
    if seller.state not in OPEN:
        return _closed(request, seller)
    form = DocumentForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            brought = services.add_document(
                actor=person(request), seller=seller, kind=kind, now=now, **form.cleaned_data
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%(name)s tersimpan.") % {"name": paper.title})
            for sentence in evidence.told_of_papers([brought], day, get_language() or ""):
                said = _("%(finding)s Petugas mungkin memintanya lagi; ganti bila perlu.")
                messages.warning(request, said % {"finding": sentence})
            return redirect(application_pages.step_url(seller, steps.PAPERS.slug))
    context = _around(seller, steps.PAPERS.slug, assisted, found, form=form, paper=paper, takes_pdf=kind not in PHOTOS)
    return form_page(request, "umkm/sellers/register_document.html", context)


def _after(seller: Seller, step: str) -> steps.ApplicationStep:
    """The next page. One that is filled in and asks for a password is opened by whoever wants to change it."""
    found = steps.after(step)
    if found is steps.BANK and seller.bank_account:
        asked = {steps.step_of(remark.field) for remark in remarks.still_open(seller)}
        return found if found in asked else steps.after(found.slug)
    return found


def _around(
    seller: Seller, step: str, assisted: Assisted, found: application_pages.Statuses, **more: Any
) -> dict[str, Any]:
    """What every page of the registration shows beside its question."""
    day = clock.local_date(clock.now())
    back = steps.before(step)
    missing = application_pages.missing(seller, found, is_assisted=assisted is not None)
    return {
        "seller": seller,
        "step": steps.BY_SLUG[step],
        "next_step": _after(seller, step),
        "steps": [one.title for one in steps.STEPS],
        "at": [one.slug for one in steps.STEPS].index(step) + 1,
        "back": application_pages.step_url(seller, back.slug)
        if back
        else reverse("umkm:application", args=[seller.pk]),
        "here": application_pages.step_url(seller, step),
        "assisted": assisted,
        "chain": application_pages.chain(seller, missing, step),
        "later": application_pages.after_sending(seller, day),
        **more,
    }
