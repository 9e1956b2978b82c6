"""Shared bases, and the reference data every noun needs: dated rules, holidays, districts, numbers, jobs."""

from decimal import Decimal
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import full_date, full_time
from epeken.core.states import EventFollowsTheLast, EventLedToState


class LockingQuerySet(models.QuerySet[Any]):
    def locked(self) -> Self:
        """Rows locked in pk order, FOR NO KEY UPDATE, this table only."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)


class AppendOnly(models.Model):
    """Rows are written once: a database trigger refuses UPDATE and DELETE. A Meta of a child inherits this Meta."""

    class Meta:
        abstract = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Event(AppendOnly):
    """One state change: who, when, from where to where. A child names its owner with `related_name="events"`.

    `sequence` numbers the events of all tables (`core.events` reads them) in one order, in which each row moved.
    """

    sequence = models.BigIntegerField(
        _("urutan"),
        db_default=Func(function="epeken_next_event", output_field=models.BigIntegerField()),
        unique=True,
        editable=False,
    )
    action = models.CharField(_("tindakan"), max_length=40)
    from_state = models.CharField(_("dari keadaan"), max_length=30, blank=True)
    to_state = models.CharField(_("ke keadaan"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaku")
    )
    at = models.DateTimeField(_("waktu"))
    note = models.TextField(_("catatan"), blank=True)
    # The actor as they were at that moment; none of an act of the system.
    actor_name = models.CharField(_("nama pelaku"), max_length=120, blank=True)
    actor_nip = models.CharField(_("NIP pelaku"), max_length=18, blank=True)
    acted_as = models.CharField(_("bertindak sebagai"), max_length=16, blank=True)  # the office or side they acted for

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering = ["sequence"]
        triggers = [*AppendOnly.Meta.triggers, EventFollowsTheLast(), EventLedToState()]

    def __str__(self) -> str:
        return f"{self.action}: {self.from_state} → {self.to_state}"

    def recorded(self) -> None:
        """Called when it was written; a child does here what belongs to its transaction."""


# Of `core.rules`.
UNITS = {
    "rupiah": _("rupiah"),
    "days": _("hari"),
    "working_days": _("hari kerja"),
    "hours": _("jam"),
    "count": _("banyaknya"),
    "rate": _("bagian dari satu"),
    "text": _("teks"),
}


class Rule(models.Model):
    """A threshold, deadline, rate or office name, with the days it holds and the source it comes from."""

    code = models.CharField(_("kode"), max_length=80)
    name = models.CharField(_("nama"), max_length=200)
    value = models.DecimalField(_("nilai"), max_digits=20, decimal_places=6, default=Decimal(0))
    text = models.CharField(_("teks"), max_length=200, blank=True)
    unit = models.CharField(_("satuan"), max_length=30, choices=UNITS, editable=False)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("aturan")
        verbose_name_plural = _("aturan bertanggal")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="rule_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="rule_ends_after_start",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.name)} ({full_date(self.valid_from)})"


class ReferenceRow(AppendOnly):
    """What an update added to a table of dated rows, or found there (core.reference): once for each key."""

    table = models.CharField(_("tabel"), max_length=60)  # the label of its model
    key = models.CharField(_("kunci"), max_length=200)
    was_added = models.BooleanField(_("ditambahkan pembaruan"))
    noted_at = models.DateTimeField(_("dicatat"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("baris bawaan")
        verbose_name_plural = ngettext_lazy("baris bawaan", "baris bawaan", 2)
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="reference_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Holiday(models.Model):
    """A public holiday or collective leave day (SKB 3 Menteri)."""

    day = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        ordering = ["day"]
        verbose_name = _("hari libur")
        verbose_name_plural = ngettext_lazy("hari libur", "hari libur", 2)

    def __str__(self) -> str:
        return f"{full_date(self.day)}: {self.name}"


class Kecamatan(models.Model):
    """A district of the city; `code` is Kemendagri's: the city's code and two digits."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name = _("kecamatan")
        verbose_name_plural = ngettext_lazy("kecamatan", "kecamatan", 2)

    def __str__(self) -> str:
        return self.name


class Kelurahan(models.Model):
    """A ward. Key by code: the name "Wonorejo" exists twice."""

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, related_name="kelurahan", verbose_name=_("kecamatan"))
    postcode = models.CharField(_("kode pos"), max_length=5)

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("kelurahan")
        verbose_name_plural = _("kelurahan")

    def __str__(self) -> str:
        return f"{self.name}, {self.kecamatan.name}"

    @property
    def full_name(self) -> str:
        """Beside an address: ward and district often have one name."""
        return _("Kelurahan %(ward)s, Kecamatan %(district)s") % {"ward": self.name, "district": self.kecamatan.name}


class Counter(models.Model):
    """The last number handed out in a series and year."""

    series = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("penghitung nomor")
        verbose_name_plural = ngettext_lazy("penghitung nomor", "penghitung nomor", 2)
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}: {self.last}"


class Claim(models.Model):
    """One effect per (person, idempotency key): written in the transaction of the effect it guards."""

    person = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    result = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kunci sekali kirim")
        verbose_name_plural = ngettext_lazy("kunci sekali kirim", "kunci sekali kirim", 2)
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="claim_once")]

    def __str__(self) -> str:
        return f"{self.person}/{self.key}"


WAITING = Q(done_at__isnull=True, dead_at__isnull=True)


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> Self:
        return self.filter(WAITING)


class Job(models.Model):
    """A job to run, written in the transaction that wants it. Redis may die: the row remains (see core.jobs)."""

    name = models.CharField(_("nama"), max_length=80)
    arguments = models.JSONField(_("keterangan pekerjaan"), default=dict)  # ids only; never business data
    key = models.CharField(_("kunci"), max_length=120, null=True, unique=True)
    created_at = models.DateTimeField(_("dibuat"))
    due_at = models.DateTimeField(_("dijalankan"))
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    done_at = models.DateTimeField(_("selesai"), null=True)
    dead_at = models.DateTimeField(_("menyerah"), null=True)
    last_error = models.CharField(_("kesalahan terakhir"), max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("pekerjaan")
        verbose_name_plural = ngettext_lazy("pekerjaan", "pekerjaan", 2)
        indexes = [
            models.Index(
                fields=["due_at"], name="job_waiting", condition=Q(done_at__isnull=True, dead_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        from epeken.core import jobs

        return f"{jobs.labels().get(self.name, self.name)} {self.pk}"


class Upload(models.Model):
    """A stored file and whose quota it counts against; nobody's when the system made it (see core.uploads)."""

    # A number, no relation: people refer to this app (their kelurahan), so it cannot refer to them.
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    public = models.BooleanField()
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("berkas unggahan")
        verbose_name_plural = ngettext_lazy("berkas unggahan", "berkas unggahan", 2)
        constraints = [models.UniqueConstraint(fields=["public", "name"], name="upload_once")]

    def __str__(self) -> str:
        return self.name


class KeptUpload(models.Model):
    """A file of a form that was refused for something else, until the form is sent again or a day is over."""

    person_id = models.BigIntegerField(db_index=True)
    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100)  # as the person calls it
    content_type = models.CharField(max_length=40)
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("berkas formulir")
        verbose_name_plural = ngettext_lazy("berkas formulir", "berkas formulir", 2)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a worker last finished a canary task."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("denyut pekerja")
        verbose_name_plural = ngettext_lazy("denyut pekerja", "denyut pekerja", 2)

    def __str__(self) -> str:
        return f"{self.name}, {full_time(self.at)}"
