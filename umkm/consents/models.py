"""What personal data is processed for, and a person's consent to a purpose that rests on it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from umkm.consents import querysets
from umkm.consents.states import ConsentWay, LawfulBasis


class ProcessingPurpose(models.Model):
    """One purpose, in words for the person, and what it rests on. Only a consent is asked for; the others are told."""

    code = models.SlugField(_("kode"), max_length=40)
    title = models.CharField(_("untuk apa"), max_length=120)
    text = models.CharField(_("penjelasan"), max_length=400)
    basis = models.CharField(_("dasar pemrosesan"), max_length=8, choices=LawfulBasis)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)

    objects = querysets.PurposeQuerySet.as_manager()

    class Meta:
        ordering = ["basis", "code", "-valid_from"]
        verbose_name = _("tujuan pemrosesan data pribadi")
        verbose_name_plural = ngettext_lazy("tujuan pemrosesan data pribadi", "tujuan pemrosesan data pribadi", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="purpose_once",
                violation_error_message=_("Tujuan ini sudah ada dengan hari mulai itu."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="purpose_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConsentOnlyEnds(pgtrigger.Trigger):
    """A row is written once and withdrawn once."""

    name = "only_ends"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    func = """
        IF OLD.withdrawn_at IS NOT NULL OR NEW.person_id <> OLD.person_id OR NEW.purpose <> OLD.purpose
            OR NEW.way <> OLD.way OR NEW.given_at <> OLD.given_at THEN
            RAISE EXCEPTION 'A consent is only withdrawn, once' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """


class Consent(models.Model):
    """From when until when a person consents to a purpose."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents", verbose_name=_("orang")
    )
    purpose = models.SlugField(_("tujuan"), max_length=40)  # the code: the words change, what was agreed to does not
    way = models.CharField(_("cara"), max_length=8, choices=ConsentWay)
    given_at = models.DateTimeField(_("diberikan"), editable=False)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    objects = querysets.ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("persetujuan data pribadi")
        verbose_name_plural = ngettext_lazy("persetujuan data pribadi", "persetujuan data pribadi", 2)
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete), ConsentOnlyEnds()]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")), name="consent_times"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"
