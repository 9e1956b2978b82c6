"""How the officers' pages (Django admin) look and what stands in their side bar. `settings` imports UNFOLD."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Side bar: group → (model, icon of Material Symbols). Only what is registered and what the visitor may see is shown.
_GROUPS: list[tuple[Any, list[tuple[str, str]]]] = [
    (
        gettext_lazy("Pemeriksaan"),
        [
            ("umkm.verificationcase", "assignment_turned_in"),
            ("umkm.identitychange", "manage_accounts"),
            ("umkm.taxpaper", "receipt_long"),
            ("umkm.appeal", "balance"),
            ("umkm.separationrequest", "call_split"),
            ("umkm.changeproposal", "rate_review"),
            ("umkm.automaticdecision", "fact_check"),
            ("orders.dispute", "gavel"),
            ("orders.remedy", "handshake"),
            ("orders.cancellation", "event_busy"),
            ("orders.addendum", "edit_document"),
            ("orders.latestep", "alarm"),
        ],
    ),
    (
        gettext_lazy("Penjual dan barang"),
        [
            ("umkm.seller", "storefront"),
            ("umkm.sellerimport", "group_add"),
            ("umkm.requirementwaiver", "event_available"),
            ("umkm.sellermember", "family_restroom"),
            ("umkm.owner", "badge"),
            ("umkm.product", "shopping_bag"),
            ("umkm.category", "category"),
            ("umkm.foodcourt", "restaurant"),
            ("umkm.synonym", "manage_search"),
            ("umkm.pricedecree", "gavel"),
            ("umkm.standardprice", "price_check"),
            ("umkm.standardmatch", "link"),
        ],
    ),
    (
        gettext_lazy("Dinas"),
        [
            ("procurement.agency", "account_balance"),
            ("procurement.agencymember", "groups"),
            ("procurement.officerleave", "event_busy"),
            ("procurement.approvalrule", "gavel"),
            ("procurement.requesttemplate", "content_copy"),
            ("procurement.budgetline", "savings"),
            ("procurement.account", "list_alt"),
            ("procurement.accountgoods", "category"),
            ("procurement.purchaserequest", "request_quote"),
        ],
    ),
    (
        gettext_lazy("Pesanan dan uang"),
        [
            ("orders.order", "receipt_long"),
            ("orders.delivery", "inventory"),
            ("orders.commitment", "handshake"),
            ("orders.invoice", "payments"),
            ("orders.paymentreversal", "undo"),
            ("orders.compensation", "currency_exchange"),
            ("orders.compensationreversal", "undo"),
            ("orders.sellerconfirmation", "draw"),
            ("orders.payment", "account_balance_wallet"),
            ("orders.taxrate", "percent"),
            ("orders.taxexemption", "money_off"),
            ("orders.slotwaiver", "rule"),
        ],
    ),
    (
        gettext_lazy("Aturan kota"),
        [
            ("core.rule", "tune"),
            ("core.referencerow", "system_update_alt"),
            ("core.holiday", "event"),
            ("umkm.requirement", "description"),
            ("umkm.areastage", "account_tree"),
            ("umkm.processingpurpose", "privacy_tip"),
            ("umkm.areaposting", "location_away"),
            ("orders.slotrule", "folder_open"),
            ("procurement.numberform", "tag"),
            ("core.kecamatan", "map"),
            ("core.kelurahan", "pin_drop"),
        ],
    ),
    (
        gettext_lazy("Akun dan mesin"),
        [
            ("users.user", "person"),
            ("auth.group", "shield_person"),
            ("notifications.databreach", "gpp_maybe"),
            ("notifications.notification", "notifications"),
            ("notifications.notificationdelivery", "send"),
            ("notifications.outgoingmail", "mail"),
            ("notifications.outgoingtext", "sms"),
            ("core.job", "manufacturing"),
            ("axes.accessattempt", "lock"),
            ("import_export.log", "upload_file"),
        ],
    ),
]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The side bar for this visitor: registered models they may view, in the order of a working day."""
    from django.contrib import admin

    rooms = {model._meta.label_lower: room for model, room in admin.site._registry.items()}
    groups: list[dict[str, Any]] = [
        {
            "title": _("Meja"),
            "items": [
                {"title": _("Ringkasan"), "icon": "dashboard", "link": reverse("admin:index")},
                {"title": _("Ke pasar"), "icon": "shopping_basket", "link": "/", "active": False},
            ],
        }
    ]
    for title, entries in _GROUPS:
        items = []
        for label, icon in entries:
            room = rooms.pop(label, None)
            if room is None or not room.has_view_or_change_permission(request):
                continue
            app, name = label.split(".")
            items.append(
                {
                    "title": _capital(str(room.model._meta.verbose_name_plural)),
                    "icon": icon,
                    "link": reverse(f"admin:{app}_{name}_changelist"),
                }
            )
        if items:
            groups.append({"title": str(title), "separator": True, "collapsible": False, "items": items})
    return groups


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": gettext_lazy("Ruang pengelola e-Peken"),
    "SITE_HEADER": "e-Peken",
    "SITE_SUBHEADER": gettext_lazy("Ruang pengelola"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/semanggi.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")},
        {"rel": "icon", "type": "image/png", "sizes": "32x32", "href": lambda request: static("img/favicon-32.png")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "STYLES": [lambda request: static("css/admin.css")],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "COLORS": {
        # Paper to ink, warm at the light end and green at the dark one.
        "base": {
            "50": "oklch(98% .010 87)",
            "100": "oklch(95.8% .013 87)",
            "200": "oklch(90.4% .018 89)",
            "300": "oklch(84% .018 100)",
            "400": "oklch(66% .020 140)",
            "500": "oklch(51% .020 155)",
            "600": "oklch(43% .020 159)",
            "700": "oklch(34% .018 162)",
            "800": "oklch(26.5% .017 164)",
            "900": "oklch(21.5% .016 165)",
            "950": "oklch(17% .014 165)",
        },
        "primary": {
            "50": "oklch(97% .014 160)",
            "100": "oklch(94.3% .024 160)",
            "200": "oklch(88% .045 160)",
            "300": "oklch(82% .080 160)",
            "400": "oklch(76% .105 160)",
            "500": "oklch(68% .110 160)",
            "600": "oklch(42.2% .086 162)",
            "700": "oklch(36% .078 162)",
            "800": "oklch(33% .062 164)",
            "900": "oklch(28% .050 164)",
            "950": "oklch(22% .036 165)",
        },
    },
    "DASHBOARD_CALLBACK": "epeken.site.dashboards.officer_day.add_queues",
    "SIDEBAR": {"show_search": True, "command_search": False, "show_all_applications": False, "navigation": navigation},
}
