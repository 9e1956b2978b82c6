"""Templates are kept, changed and retired by their department, and become drafts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.times import long_time
from epeken.core.services import service
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine
from procurement.request_templates import amounts, policies
from procurement.request_templates.models import RequestTemplate, TemplateLine
from procurement.requests import copied
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, drafts
from umkm.sellers import policies as shops

WRITABLE = ("name", "activity", "purpose", "usual_hour", "place", "attendees", "account")
LONGEST_BEFORE = 24 * 60  # minutes: goods that come days earlier are not tied to the hour of the event


@service
def save_template(
    *, actor: User, request: PurchaseRequest, name: str, activity: str, key: str, now: datetime
) -> RequestTemplate:
    """A template of the department asks for the goods of the request. No price, seller's reason or file goes in.

    Raises: NotAllowed, RuleBroken. Locks: Agency.
    """
    who = f"user:{actor.pk}"
    body = {"template": request.pk, "name": name, "activity": activity}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return RequestTemplate.objects.get(pk=int(earlier))
    day = clock.local_date(now)
    if not policies.can_write(actor, request.agency_id, day):
        raise NotAllowed(_("Template dinas dibuat oleh pemesan, PP, atau PPK dinas ini."))
    Agency.objects.locked().get(pk=request.agency_id)  # nobody else of the department takes the name now
    lines = list(request.lines.filter(dropped_at__isnull=True).select_related("product", "charged_to"))
    require(lines, _("Permintaan ini belum berisi barang, jadi belum ada yang dijadikan template."), code="no_lines")
    template = RequestTemplate(
        agency_id=request.agency_id,
        purpose=request.purpose,
        usual_hour=_hour(request),
        minutes_before=_minutes_before(request),
        place=request.event_place,
        attendees=request.attendees,
        account_id=request.line.account_id if request.line else None,
        created_by=actor,
        created_at=now,
    )
    template.name, template.activity = name.strip(), activity
    _check(template)
    template.save()
    for line in lines:
        amount, is_per_person = amounts.kept(line.product, line.quantity, request.attendees)
        TemplateLine.objects.create(
            template=template,
            category_id=line.product.category_id,
            product=line.product,
            words=line.product.name,
            unit=line.unit,
            amount=amount,
            is_per_person=is_per_person,
            account_id=line.charged_to.account_id if line.charged_to else None,
            note=line.note,
        )
    idempotency.settle(person=who, key=key, result=str(template.pk))
    return template


@service
def change_template(
    *,
    actor: User,
    template: RequestTemplate,
    values: Mapping[str, Any],
    dropped: frozenset[int],
    now: datetime,
    shown: str | None = None,
) -> RequestTemplate:
    """The template holds `values`: any of WRITABLE, and `amount_<pk>` and `each_<pk>` of its lines. `dropped`: pks of
    lines that leave it. `shown`: what the page that posts showed (`core.editing`, over `written`).

    Raises: NotAllowed, InvalidMove, RuleBroken, ChangedMeanwhile. Locks: Agency, RequestTemplate.
    """
    template = _locked(actor, template, now)
    lines = {line.pk: line for line in template.lines.all()}
    current = written(template, lines.values())
    if not dropped <= set(lines) or not set(values) <= set(current):
        raise RuleBroken(
            _("Baris template ini baru dikeluarkan di tempat lain. Muat ulang halaman, lalu ubah lagi."),
            code="line_gone",
        )
    editing.check_unchanged(shown, current, values)
    require(len(dropped) < len(lines), _("Template berisi paling sedikit satu barang."), code="no_lines")
    for name in WRITABLE:
        if name in values:
            setattr(template, name, values[name])
    _check(template)
    template.save(update_fields=list(WRITABLE))
    for pk, line in lines.items():
        line.amount = values.get(f"amount_{pk}", line.amount)
        line.is_per_person = values.get(f"each_{pk}", line.is_per_person)
        require(line.amount > 0, _("Banyaknya harus lebih dari nol."), field=f"amount_{pk}", code="amount")
        line.save(update_fields=["amount", "is_per_person"])
    template.lines.filter(pk__in=dropped).delete()
    return template


@service
def retire_template(*, actor: User, template: RequestTemplate, now: datetime) -> None:
    """It is offered no more; requests made from it stay. A second call changes nothing.

    Raises: NotAllowed. Locks: RequestTemplate.
    """
    template = RequestTemplate.objects.locked().get(pk=template.pk)
    if not policies.can_write(actor, template.agency_id, clock.local_date(now)):
        raise NotAllowed(_("Template dinas diubah oleh pemesan, PP, atau PPK dinas ini."))
    if template.retired_at is None:
        template.retired_at = now
        template.save(update_fields=["retired_at"])


@service
def use_template(
    *,
    actor: User,
    template: RequestTemplate,
    agency: Agency,
    title: str,
    event_at: datetime,
    attendees: int | None,
    place: str,
    key: str,
    now: datetime,
    purpose: str = "",
) -> PurchaseRequest:
    """A draft of the actor asks for the template's products at today's prices, as many as the people need.

    The template's `purpose` is proposed on the form, since it may be that of another event.
    `agency`: for which department, when the template is the city's. Goods of another account are charged to its budget
    line of the year in which they come, where there is one. What cannot be taken is told on the draft
    (`from_template.read`). Raises: NotAllowed, InvalidMove, RuleBroken. Locks: none.
    """
    who = f"user:{actor.pk}"
    agency = template.agency or agency
    body = {
        "use": template.pk, "agency": agency.pk, "title": title, "event_at": event_at.isoformat(),
        "attendees": attendees, "place": place, "purpose": purpose,
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return PurchaseRequest.objects.get(number=earlier)
    day = clock.local_date(now)
    if not requests_policies.can_request(actor, agency, day):
        raise NotAllowed(_("Template ini dipakai oleh pemesan yang ditunjuk dinas ini."))
    if template.retired_at is not None:
        raise InvalidMove(_("Template ini sudah tidak dipakai. Pilih template lain."))
    lines = list(template.lines.select_related("product__seller", "category"))
    require(
        attendees or not any(line.is_per_person for line in lines),
        _("Isi jumlah peserta: template ini menghitung barang per orang."),
        field="attendees",
        code="attendees_missing",
    )
    deliver_at = event_at - timedelta(minutes=template.minutes_before)
    require(
        not clock.is_over(event_at, now),
        _("Waktu acara ini sudah lewat. Pilih waktu yang akan datang."),
        field="day",
        code="event_past",
    )
    require(
        not clock.is_over(deliver_at, now),
        _("Barang harus tiba %(when)s, dan itu sudah lewat. Pilih acara yang lebih lambat.")
        % {"when": long_time(clock.told_end(deliver_at))},
        field="day",
        code="deliver_past",
    )
    named = {account for account in (template.account_id, *(line.account_id for line in lines)) if account}
    payers = BudgetLine.objects.only_ones(agency, named, clock.last_day(deliver_at).year, day)
    values = {
        "title": title,
        "purpose": purpose,
        "line": payers.get(template.account_id or ""),
        "event_at": event_at,
        "event_place": place,
        "attendees": attendees,
        "deliver_at": deliver_at,
        "delivery_place": agency.address,
        "delivery_kelurahan": agency.kelurahan,
    }
    draft = drafts.create_request(actor=actor, agency=agency, values=values, now=now)
    draft.from_template = template
    draft.save(update_fields=["from_template"])
    ties = shops.ties_of(actor)
    copies.put_goods(
        draft,
        [
            copied.WantedGoods(line.product, quantity, line.note, _payer(line, template, payers))
            for line in lines
            if line.product is not None
            and (quantity := amounts.of_product(line, line.product, attendees))
            and not copied.why_not(line.product, line.unit, quantity, ties)
        ],
    )
    idempotency.settle(person=who, key=key, result=draft.number)
    return draft


def written(template: RequestTemplate, lines: Any) -> dict[str, Any]:
    """What its writers wrote, by field of the form."""
    values: dict[str, Any] = {name: getattr(template, name) for name in WRITABLE}
    for line in lines:
        values |= {f"amount_{line.pk}": line.amount, f"each_{line.pk}": line.is_per_person}
    return values


def _payer(line: TemplateLine, template: RequestTemplate, payers: Mapping[str, BudgetLine]) -> int | None:
    """The budget line, by its pk, of goods that another account than the template's pays for."""
    if line.account_id in (None, template.account_id) or line.account_id not in payers:
        return None
    return payers[line.account_id].pk


def _check(template: RequestTemplate) -> None:
    require(template.name.strip(), _("Tulis nama templatenya."), field="name", code="name_missing")
    others = RequestTemplate.objects.in_use().filter(agency=template.agency_id, name=template.name)
    if others.exclude(pk=template.pk).exists():
        raise RuleBroken(
            _("Dinas ini sudah punya template “%(name)s”. Beri nama lain.") % {"name": template.name},
            field="name",
            code="name_taken",
        )
    require(
        template.attendees is None or template.attendees > 0,
        _("Jumlah peserta paling sedikit satu orang."),
        field="attendees",
        code="attendees",
    )


def _locked(actor: User, template: RequestTemplate, now: datetime) -> RequestTemplate:
    if template.agency_id is not None:
        Agency.objects.locked().get(pk=template.agency_id)  # nobody else of the department takes a name now
    locked: RequestTemplate = RequestTemplate.objects.locked().get(pk=template.pk)
    if not policies.can_write(actor, locked.agency_id, clock.local_date(now)):
        raise NotAllowed(_("Template dinas diubah oleh pemesan, PP, atau PPK dinas ini."))
    if locked.retired_at is not None:
        raise InvalidMove(_("Template ini sudah tidak dipakai. Pilih template lain."))
    return locked


def _hour(request: PurchaseRequest) -> Any:
    moment = request.event_at or request.deliver_at
    return moment.astimezone(clock.ZONE).time().replace(second=0, microsecond=0) if moment else None


def _minutes_before(request: PurchaseRequest) -> int:
    if request.event_at is None or request.deliver_at is None:
        return 0
    minutes = int((request.event_at - request.deliver_at).total_seconds() // 60)
    return minutes if 0 <= minutes <= LONGEST_BEFORE else 0
