"""What the pages of templates say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core.i18n.times import clock_words
from epeken.core.quantity import grouped
from epeken.users.models import User
from procurement.request_templates import policies
from procurement.request_templates.models import RequestTemplate, TemplateLine
from umkm.catalogue.states import Unit


@dataclass(frozen=True)
class TemplateCard:
    template: RequestTemplate
    meta: list[dict[str, str]]
    lines: list[dict[str, str]]
    can_use: bool
    can_change: bool


def card(template: RequestTemplate, user: User, day: date, *, can_use: bool) -> TemplateCard:
    return TemplateCard(
        template=template,
        meta=meta(template),
        lines=[line_words(line) for line in template.lines.all()],
        can_use=can_use,
        can_change=policies.can_change(user, template, day),
    )


def cards(templates: Iterable[RequestTemplate], user: User, day: date, *, can_use: bool) -> list[TemplateCard]:
    return [card(template, user, day, can_use=can_use) for template in templates]


def meta(template: RequestTemplate) -> list[dict[str, str]]:
    rows = [("clipboard-list", str(template.get_activity_display()))]
    if template.usual_hour is not None:
        rows.append(("clock", _("Pukul %(hour)s") % {"hour": clock_words(template.usual_hour)}))
    if template.attendees:
        rows.append(("users", _("%(count)s orang") % {"count": grouped(Decimal(template.attendees))}))
    if template.place:
        rows.append(("map-pin", template.place))
    if template.account is not None:
        rows.append(("receipt", f"{template.account_id} {template.account.name}"))
    return [{"icon": icon, "text": text} for icon, text in rows]


def line_words(line: TemplateLine) -> dict[str, str]:
    """`Nasi kotak ayam bakar`, from which shop, `1 kotak per orang`."""
    if line.product is not None:
        name, note = line.product.name, line.product.seller.name
    else:
        name, note = line.words, _("Kategori %(name)s, penjual dipilih saat dipakai") % {"name": line.category.title}
    if line.account_id is not None:
        note = _("%(note)s; rekening %(account)s") % {"note": note, "account": line.account_id}
    return {"name": name, "note": note, "amount": amount_words(line)}


def amount_words(line: TemplateLine) -> str:
    if not line.is_per_person:
        return Unit(line.unit).counted(line.amount)
    return _("%(counted)s per orang") % {"counted": Unit(line.unit).counted(line.amount)}
