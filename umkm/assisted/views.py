"""Pages of the officer who helps to register, and of the resident who confirms."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from epeken.core.web.answers import SURE, ask_first, form_page, is_sure
from epeken.users import codes
from epeken.users import policies as users_policies
from epeken.users.fetch import person
from umkm.assisted import pages, policies, services
from umkm.assisted.forms import NikEndForm, StartForm
from umkm.assisted.models import AssistedRegistration
from umkm.consents.policies import may_be_asked
from umkm.consents.states import LOW_INCOME
from umkm.sellers import steps
from umkm.sellers.errors import NotComplete
from umkm.sellers.pages.application import step_url
from umkm.sellers.pages.history import looks_at


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assisted_list(request: HttpRequest) -> HttpResponse:
    """What the officer helps with; the form begins one."""
    user, now = person(request), clock.now()
    day = clock.local_date(now)
    if not policies.may_assist(user, day):
        raise Http404
    form = StartForm(request.POST if request.method == "POST" else None, places=policies.places_of(user, day))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.start_assisted(actor=user, now=now, **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            return redirect(step_url(made.seller, steps.OWNER.slug))
    waiting, filling = pages.rows(user, now)
    context = {
        "form": form, "waiting": waiting, "filling": filling, "imported": pages.imported(user, now),
        "sends_codes": codes.are_sent(),
    }  # fmt: skip
    return form_page(request, "umkm/assisted/assisted_list.html", context)


@require_POST
@login_required
def assisted_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    assisted = _helped(request, pk)
    try:
        services.hand_over(actor=person(request), assisted=assisted, now=clock.now())
    except NotComplete as problem:
        messages.error(request, problem.message)
        return redirect(step_url(assisted.seller, steps.SEND.slug))
    except RuleBroken as problem:
        messages.error(request, problem.message)
        return redirect("umkm:application", pk=assisted.seller_id)
    messages.success(request, _("Pesan dikirim ke ponsel warga. Belum ada yang terkirim ke dinas."))
    return redirect("umkm:assisted-list")


@require_POST
@login_required
def assisted_correct(request: HttpRequest, pk: int) -> HttpResponse:
    assisted = _helped(request, pk)
    services.correct_assisted(actor=person(request), assisted=assisted, now=clock.now())
    return redirect("umkm:application", pk=assisted.seller_id)


@require_POST
@login_required
def assisted_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    assisted = _helped(request, pk)
    if not is_sure(request):
        return ask_first(
            request, title=_("Batalkan pendaftaran ini?"), text=_("Semua isian dan fotonya dimusnahkan sekarang."),
            verb=_("Batalkan dan musnahkan"), back=reverse("umkm:assisted-list"), sent=[SURE],
        )  # fmt: skip
    services.withdraw_assisted(actor=person(request), assisted=assisted, now=clock.now())
    messages.success(request, _("Dibatalkan; isian dan fotonya sudah dimusnahkan."))
    return redirect("umkm:assisted-list")


@never_cache
@require_GET
def assisted_mine(request: HttpRequest) -> HttpResponse:
    """Where the text to the resident leads: to what waits for their number, by a code if they are not signed in."""
    if not request.user.is_authenticated:
        return redirect(_by_code(reverse("umkm:assisted-mine")))
    found = AssistedRegistration.objects.addressed_to(person(request), clock.now()).select_related(
        "officer", "kelurahan"
    )
    rows = list(found.order_by("pk"))
    if len(rows) == 1:
        return redirect("umkm:assisted-detail", pk=rows[0].pk)
    return render(request, "umkm/assisted/assisted_mine.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assisted_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The last figures of the NIK first; then everything that was typed."""
    user, now = person(request), clock.now()
    assisted = _addressed(request, pk)
    if not _has_code(request, assisted):
        back = reverse("umkm:assisted-detail", args=[pk])
        owes = users_policies.owes_second_factor(user)
        again = f"{reverse('account_login')}?{urlencode({'next': back})}" if owes else _by_code(back)
        return render(request, "umkm/assisted/assisted_code.html", {"assisted": assisted, "again": again})
    form = NikEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if services.show_assisted(actor=user, assisted=assisted, nik_end=form.cleaned_data["nik_end"], now=now):
            return redirect("umkm:assisted-detail", pk=pk)
        if not AssistedRegistration.objects.addressed_to(user, now).filter(pk=pk).exists():
            messages.error(request, _("Angkanya tidak cocok terlalu sering. Petugas yang mengisi memeriksanya."))
            return redirect("umkm:assisted-mine")
        form.add_error("nik_end", _("Angka ini tidak cocok. Lihat KTP Anda; bila bukan Anda, tolak di bawah."))
    if assisted.resident_id != user.pk:
        return form_page(request, "umkm/assisted/assisted_ask.html", {"assisted": assisted, "form": form})
    seller = assisted.seller
    context = {
        "assisted": assisted,
        "shown": services.round_of(assisted),
        "parts": pages.typed(seller, clock.local_date(now)),
        "events": pages.what_happened(assisted),
        "viewers": looks_at(seller)[:20],
        "own": pages.own_shops_words(user),
        "asks_low_income": may_be_asked(user, LOW_INCOME, clock.local_date(now)),
    }
    return render(request, "umkm/assisted/assisted_detail.html", context)


@require_POST
@login_required
def assisted_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    assisted = _addressed(request, pk)
    if not _has_code(request, assisted):
        return redirect("umkm:assisted-detail", pk=pk)
    try:
        seller = services.confirm_assisted(
            actor=person(request),
            assisted=assisted,
            consented="consented" in request.POST,
            low_income="low_income" in request.POST,
            shown=request.POST.get("shown", ""),
            now=clock.now(),
        )
    except DomainError as problem:
        if isinstance(problem, NotAllowed):
            raise
        messages.error(request, problem.message)
        return redirect("umkm:assisted-detail", pk=pk)
    messages.success(request, _("Pendaftaran ini milik Anda sekarang. Periksa sekali lagi, lalu kirim."))
    return redirect(step_url(seller, steps.SEND.slug))


@require_POST
@login_required
def assisted_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    assisted = _addressed(request, pk)
    if not _has_code(request, assisted):
        return redirect("umkm:assisted-detail", pk=pk)
    if not is_sure(request):
        return ask_first(
            request, title=_("Tolak pendaftaran ini?"), text=_("Semua isian dan fotonya dimusnahkan sekarang."),
            verb=_("Tolak dan musnahkan"), back=reverse("umkm:assisted-detail", args=[pk]), sent=[SURE],
        )  # fmt: skip
    services.withdraw_assisted(actor=person(request), assisted=assisted, now=clock.now())
    messages.success(request, _("Ditolak. Isian dan fotonya sudah dimusnahkan; petugas dikabari."))
    return redirect("umkm:assisted-mine")


def _helped(request: HttpRequest, pk: int) -> AssistedRegistration:
    found = AssistedRegistration.objects.of_officer(person(request), clock.now())
    assisted: AssistedRegistration = get_object_or_404(found.select_related("seller"), pk=pk)
    return assisted


def _addressed(request: HttpRequest, pk: int) -> AssistedRegistration:
    found = AssistedRegistration.objects.addressed_to(person(request), clock.now())
    assisted: AssistedRegistration = get_object_or_404(
        found.select_related("seller__kelurahan__kecamatan", "seller__food_court", "officer", "kelurahan"), pk=pk
    )
    return assisted


def _has_code(request: HttpRequest, assisted: AssistedRegistration) -> bool:
    """Whether they wrote a code sent to the number since it was handed over; the page asks for one."""
    assert assisted.handed_over_at is not None  # a constraint
    return codes.wrote_code_since(request, person(request), assisted.handed_over_at)


def _by_code(back: str) -> str:
    return f"{reverse('account_request_login_code')}?{urlencode({'next': back})}"
