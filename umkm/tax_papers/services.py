"""A seller's tax paper, from its upload to its end."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files.uploads import store_private_document
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from umkm.sellers import policies as sellers_policies
from umkm.sellers import rules
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING
from umkm.tax_papers import notices
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperKind, TaxPaperState
from umkm.verification import checks, openings
from umkm.verification import notices as verification_notices
from umkm.verification import policies as verification_policies
from umkm.verification.models import DocumentView
from umkm.verification.notes import read_note
from umkm.verification.states import LookPurpose


@service
def submit_paper(
    *,
    actor: User,
    seller: Seller,
    kind: str,
    number: str,
    issued_on: date,
    valid_from: date,
    valid_until: date | None,
    file: Any,
    key: str,
    now: datetime,
) -> TaxPaper:
    """A paper that the owner of an active or frozen shop brings waits for a verifier; it counts for nothing before. The
    same key submits once. A statement ends with its calendar year unless an earlier day is given.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    Source: PP 55/2022 articles 60 and 63, PMK 164/2023 (statement of a tax year, certificate with its last day) [?].
    """
    who = f"user:{actor.pk}"
    number = " ".join(number.split())
    body = {"tax_paper": seller.pk, "kind": kind, "number": number, "days": [issued_on, valid_from, valid_until]}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return TaxPaper.objects.get(pk=earlier)
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik toko ini yang dapat mengunggah surat pajaknya."))
    if seller.state not in RUNNING:
        raise InvalidMove(_("Surat pajak diunggah sesudah toko disetujui."))
    require(kind in TaxPaperKind.values, _("Pilih jenis suratnya."), field="kind", code="kind_unknown")
    require(number, _("Tulis nomor suratnya."), field="number", code="number_missing")
    require(len(number) <= 40, _("Nomor surat paling panjang 40 huruf."), field="number", code="number_too_long")
    if kind == TaxPaperKind.STATEMENT and valid_until is None:
        valid_until = date(valid_from.year, 12, 31)
    _check_days(seller, kind, issued_on, valid_from, valid_until, clock.local_date(now))
    require(file, _("Ambil foto atau pilih berkas suratnya."), field="file", code="file_missing")
    stored = store_private_document(
        file, user=actor, folder=f"penjual/{seller.pk}", field="file", smallest=checks.TOO_SMALL
    )
    paper = TaxPaper(
        seller=seller, kind=kind, number=number, issued_on=issued_on, valid_from=valid_from, valid_until=valid_until,
        file=stored.name, content_type=stored.content_type, size=stored.size, sha256=stored.sha256,
        uploaded_by=actor, uploaded_at=now,
        due_at=clock.due_after_working_days(now, rules.VERIFICATION.on(clock.local_date(now))),
    )  # fmt: skip
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError:
        raise RuleBroken(
            _("Surat dengan nomor ini sudah Anda unggah; lihat keadaannya di daftar di atas."),
            field="number",
            code="paper_there",
        ) from None
    begin(paper, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(paper.pk))
    return paper


def _check_days(
    seller: Seller, kind: str, issued_on: date, valid_from: date, valid_until: date | None, today: date
) -> None:
    require(
        issued_on <= today,
        _("Tanggal surat tidak boleh sesudah hari ini."),
        field="issued_on",
        code="issued_later",
    )
    require(
        valid_until is None or valid_until >= valid_from,
        _("Hari terakhir tidak boleh sebelum hari mulai."),
        field="valid_until",
        code="ends_before",
    )
    require(
        valid_until is None or valid_until >= today,
        _("Masa berlakunya sudah lewat. Unggah surat yang masih berlaku."),
        field="valid_until",
        code="paper_expired",
    )
    if kind == TaxPaperKind.CERTIFICATE:
        require(
            valid_until,
            _("Tulis sampai kapan surat keterangan ini berlaku; tanggalnya ada di surat."),
            field="valid_until",
            code="end_missing",
        )
        require(
            valid_from >= issued_on,
            _("Surat keterangan berlaku paling cepat sejak tanggal suratnya."),
            field="valid_from",
            code="before_issued",
        )
    elif kind == TaxPaperKind.STATEMENT:
        require(
            seller.is_person,
            _("Surat pernyataan omzet hanya untuk perorangan."),
            field="kind",
            code="only_persons",
        )
        require(
            valid_until is not None and valid_until.year == valid_from.year,
            _("Surat pernyataan omzet berlaku untuk satu tahun pajak. Unggah satu surat untuk setiap tahun."),
            field="valid_until",
            code="one_year",
        )


@service
def withdraw_paper(*, actor: User, paper: TaxPaper, now: datetime) -> TaxPaper:
    """The owner takes back a paper nobody has decided yet. Raises: NotAllowed, InvalidMove. Locks: Seller, TaxPaper."""
    seller, paper = _locked(paper)
    if not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik toko ini yang dapat menarik suratnya."))
    _check_waiting(paper)
    move(paper, "withdraw", actor=actor, now=now, decided_at=now)
    return paper


@service
def open_paper(*, actor: User, paper: TaxPaper, now: datetime, purpose: str = LookPurpose.TAX) -> None:
    """The copy is shown to the actor, with a row that says so and what for: it bears the tax number. Locks: nothing."""
    sellers.log_view(actor=actor, seller=paper.seller, what="npwp", reference=paper.reference, purpose=purpose, now=now)


def has_opened(actor: User, paper: TaxPaper) -> bool:
    """Whether the actor was shown this very copy; changes nothing."""
    return DocumentView.objects.filter(viewer=actor, seller=paper.seller_id, reference=paper.reference).exists()


@service
def verify_paper(*, actor: User, paper: TaxPaper, now: datetime) -> TaxPaper:
    """The verifier compared number, dates and name: it counts for invoices of the days it holds from now on. Invoices
    issued before stay as they are.

    Raises: NotAllowed, InvalidMove, RuleBroken `paper_unopened` for who never saw the copy. Locks: Seller, TaxPaper.
    """
    seller, paper = _locked(paper)
    _check_judge(actor, seller)
    _check_waiting(paper)
    _check_opened(actor, paper)
    move(paper, "verify", actor=actor, now=now, decided_at=now)
    notices.paper_verified(paper, now=now)
    return paper


@service
def reject_paper(*, actor: User, paper: TaxPaper, note: str, now: datetime) -> TaxPaper:
    """It never counts; the shop reads why. Raises: NotAllowed, InvalidMove, RuleBroken, also `paper_unopened`. Locks:
    Seller, TaxPaper."""
    seller, paper = _locked(paper)
    _check_judge(actor, seller)
    _check_waiting(paper)
    _check_opened(actor, paper)
    note = read_note(note)
    move(paper, "reject", actor=actor, now=now, note=note, decided_at=now)
    _keep_note(paper, note)
    notices.paper_rejected(paper, now=now)
    return paper


@service
def end_paper(*, actor: User, paper: TaxPaper, last_day: date, note: str, now: datetime) -> TaxPaper:
    """A verified paper counts to `last_day` only: the tax office took it back, or its owner no longer meets it.
    Invoices issued before stay as they are; the treasurer may issue an unpaid one anew.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, TaxPaper.
    """
    seller, paper = _locked(paper)
    _check_judge(actor, seller)
    if paper.state != TaxPaperState.VERIFIED:
        raise InvalidMove(_("Hanya surat yang sudah diverifikasi dan masih berlaku yang dapat dicabut."))
    require(
        last_day <= clock.local_date(now),
        _("Hari terakhir berlakunya paling lambat hari ini."),
        field="last_day",
        code="ends_later",
    )
    require(
        paper.valid_until is None or last_day < paper.valid_until,
        _("Surat ini memang berakhir pada atau sebelum hari itu."),
        field="last_day",
        code="ends_anyway",
    )
    note = read_note(note)
    move(paper, "end", actor=actor, now=now, note=note, ended_on=last_day)
    _keep_note(paper, note)
    notices.paper_ended(paper, now=now)
    return paper


@service
def remind_overdue(*, now: datetime) -> int:
    """Every verifier is told once a day of papers past their deadline. Returns how many there are."""
    late = list(TaxPaper.objects.late(now).select_related("seller").order_by("due_at"))
    if late:
        notices.papers_overdue(verification_notices.verifiers(), late, day=clock.local_date(now), now=now)
    return len(late)


def _locked(paper: TaxPaper) -> tuple[Seller, TaxPaper]:
    seller: Seller = Seller.objects.locked().get(pk=paper.seller_id)
    found: TaxPaper = TaxPaper.objects.locked().get(pk=paper.pk)
    found.seller = seller
    return seller, found


def _check_judge(actor: User, seller: Seller) -> None:
    if verification_policies.can_decide(actor, seller):
        return
    if verification_policies.can_verify(actor):
        raise NotAllowed(_("Anda mengurus atau pernah mengurus toko pemilik ini. Minta verifikator lain memeriksanya."))
    raise NotAllowed(_("Hanya verifikator yang dapat memeriksa surat pajak."))


def _check_waiting(paper: TaxPaper) -> None:
    if paper.state != TaxPaperState.WAITING:
        raise InvalidMove(_("Surat ini sudah diputuskan atau ditarik. Muat ulang halaman."))


def _check_opened(actor: User, paper: TaxPaper) -> None:
    openings.require_looked([] if has_opened(actor, paper) else [paper.get_kind_display()])


def _keep_note(paper: TaxPaper, note: str) -> None:
    TaxPaper.objects.filter(pk=paper.pk).update(note=note)
    paper.note = note
