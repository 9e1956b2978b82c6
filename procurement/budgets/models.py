"""Account codes, budget lines (DPA) and their ledger."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from epeken.core.money import RupiahField
from epeken.ledger.models import LedgerEntry, once
from epeken.ledger.triggers import BalanceIsPosted, EntryFollows
from procurement.agencies.models import Agency
from procurement.budgets import querysets
from procurement.budgets.states import NOTES, EntryKind
from procurement.requests.states import EventKind


class Account(models.Model):
    """A regional budget account code (Permendagri 90/2019)."""

    code = models.CharField(_("kode rekening"), max_length=24, primary_key=True)
    name = models.CharField(_("uraian"), max_length=160)
    # What a request on it is for unless its requester says otherwise (`requests.event_kinds`).
    usual_event = models.CharField(_("biasanya untuk"), max_length=8, choices=EventKind, default=EventKind.GOODS)

    class Meta:
        ordering = ["code"]
        verbose_name = _("kode rekening")
        verbose_name_plural = ngettext_lazy("kode rekening", "kode rekening", 2)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BudgetLine(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="budget_lines", verbose_name=_("dinas"))
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    activity_code = models.CharField(_("kode sub-kegiatan"), max_length=24)
    activity_name = models.CharField(_("nama sub-kegiatan"), max_length=200)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("kode rekening"))
    rup_id = models.CharField(_("ID RUP"), max_length=20)
    pagu = RupiahField(_("pagu"), default=0)
    reserved = RupiahField(pgettext_lazy("anggaran", "ditahan"), default=0, editable=False)
    committed = RupiahField(_("dipesan"), default=0, editable=False)
    realised = RupiahField(_("dibayar"), default=0, editable=False)

    objects = querysets.BudgetLineQuerySet.as_manager()

    class Meta:
        triggers = [
            BalanceIsPosted("entries", "reserved", "committed", "realised"),
            BalanceIsPosted("revisions", "pagu", name="ceiling_is_posted"),
        ]
        ordering = ["agency", "activity_code", "account"]
        verbose_name = _("mata anggaran")
        verbose_name_plural = ngettext_lazy("mata anggaran", "mata anggaran", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "activity_code", "account", "rup_id"], name="budget_line_once"
            ),
            models.CheckConstraint(
                condition=Q(pagu__gte=F("reserved") + F("committed") + F("realised")),
                name="budget_within_pagu",
                violation_error_message=_("Pagu tidak boleh lebih kecil dari yang sudah ditahan, dipesan dan dibayar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} · {self.activity_name}"

    @property
    def used(self) -> int:
        return self.reserved + self.committed + self.realised

    @property
    def last_day(self) -> date:
        """The last day on which it can pay for what comes."""
        return date(self.year, 12, 31)

    @property
    def available(self) -> int:
        return self.pagu - self.used


class CeilingRevision(LedgerEntry):
    """How a decree (DPA, or its change) set the ceiling: the difference, and the ceiling after it.

    The reference is the decree's number.
    """

    account = "line"
    balances = ("pagu",)

    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="revisions", db_index=False, verbose_name=_("mata anggaran")
    )
    decree_on = models.DateField(_("tanggal keputusan"))
    pagu_delta = RupiahField(_("perubahan"), signed=True, default=0)
    pagu_after = RupiahField(_("pagu sesudahnya"), default=0, editable=False)

    class Meta(LedgerEntry.Meta):
        verbose_name = _("perubahan pagu")
        verbose_name_plural = ngettext_lazy("perubahan pagu", "perubahan pagu", 2)
        triggers = [*LedgerEntry.Meta.triggers, EntryFollows("line")]
        constraints = [once("line", "ceiling_revision_once")]
        indexes = [models.Index(fields=["line", "-id"], name="ceiling_revision_newest")]

    @property
    def lowered_by(self) -> int:
        return -self.pagu_delta


class BudgetEntry(LedgerEntry):
    """Deltas by kind, for amount a (and paid p ≤ a on realise):
    reserve (+a, 0, 0) · release (−a, 0, 0) · commit (−a, +a, 0) · uncommit (0, −a, 0) · realise (0, −a, +p) ·
    reverse (0, +a, −p).
    The reference is the request's, the order's, the frame's or the compensation's number; `document` that of what is
    paid.
    """

    account = "line"
    balances = ("reserved", "committed", "realised")
    ceiling = "pagu"
    notes = NOTES

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=8, choices=EntryKind)
    document = models.CharField(max_length=40, blank=True)
    reserved_delta = RupiahField(signed=True, default=0)
    committed_delta = RupiahField(signed=True, default=0)
    realised_delta = RupiahField(signed=True, default=0)
    reserved_after = RupiahField(default=0, editable=False)
    committed_after = RupiahField(default=0, editable=False)
    realised_after = RupiahField(default=0, editable=False)

    class Meta(LedgerEntry.Meta):
        verbose_name = _("catatan anggaran")
        verbose_name_plural = ngettext_lazy("catatan anggaran", "catatan anggaran", 2)
        triggers = [*LedgerEntry.Meta.triggers, EntryFollows("line")]
        constraints = [once("line", "budget_entry_once")]
        indexes = [
            models.Index(fields=["reference"], name="budget_entry_reference"),
            models.Index(fields=["line", "-id"], name="budget_entry_newest"),
        ]

    @property
    def names_order(self) -> bool:
        """Whether the reference is an order's number, not a request's: a change of its surat pesanan reserves too."""
        bound = (EntryKind.COMMIT, EntryKind.UNCOMMIT, EntryKind.REALISE, EntryKind.REVERSE)
        return self.reference.startswith("SP-") or self.kind in bound

    @property
    def names_frame(self) -> bool:
        """Whether the reference is a frame's number."""
        return self.reference.startswith("KP-")

    @property
    def names_compensation(self) -> bool:
        """Whether the reference is the number of a compensation agreed with a seller."""
        return self.reference.startswith("GR-")

    @property
    def anchor(self) -> str:
        """Where the order's page tells of the invoice and its payments."""
        return f"#tagihan-{self.document}" if self.document else ""
