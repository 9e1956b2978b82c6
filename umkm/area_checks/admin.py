"""Which levels are asked, and who is posted where: the office's own data."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.i18n.times import working_days
from epeken.core.web.admin import DatedAdmin, DatedForm
from epeken.users.models import User
from umkm.area_checks.models import AreaPosting, AreaStage
from umkm.sellers.rules import VERIFICATION


class AreaStageForm(DatedForm):
    """The office keeps at least a day of the promised time."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        kind, days, first = values.get("seller_kind"), values.get("working_days"), values.get("valid_from")
        if not (kind and days and first):
            return values
        others = AreaStage.objects.in_force(kind, first).exclude(pk=self.instance.pk).exclude(level=values.get("level"))
        promised, taken = VERIFICATION.on(max(first, clock.today())), days + sum(one.working_days for one in others)
        if taken >= promised:
            self.add_error(
                "working_days",
                _("Semua tahap wilayah bersama paling lama %(most)s: pendaftar dijanjikan keputusan dalam "
                  "%(promised)s, dan dinas memerlukan waktunya.")
                % {"most": working_days(promised - 1), "promised": working_days(promised)},
            )  # fmt: skip
        return values


@admin.register(AreaStage)
class AreaStageAdmin(DatedAdmin):
    form = AreaStageForm
    list_display = ("seller_kind", "level", "working_days", "asks_visit", "valid_from", "valid_until")
    list_filter = ("seller_kind", "level")


class AreaPostingForm(DatedForm):
    def clean(self) -> dict[str, Any]:
        values = super().clean()
        user: User | None = values.get("user")
        if user is not None and not (user.is_staff and user.is_active):
            self.add_error("user", _("Petugas wilayah memerlukan akun petugas yang aktif. Aktifkan dahulu akunnya."))
        return values


@admin.register(AreaPosting)
class AreaPostingAdmin(DatedAdmin):
    form = AreaPostingForm
    list_display = ("user", "told_place", "valid_from", "valid_until", "source")
    list_filter = ("kecamatan",)
    search_fields = ("user__name", "user__email", "kelurahan__name", "kecamatan__name")
    autocomplete_fields = ("user", "kelurahan", "kecamatan")

    @admin.display(description=__("Wilayah"))
    def told_place(self, posting: AreaPosting) -> str:
        return posting.place

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "kelurahan__kecamatan", "kecamatan")
