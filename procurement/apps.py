from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class ProcurementConfig(registry.HouseConfig):
    name = "procurement"
    verbose_name = _("Pengadaan dinas")
    notification_areas = [
        ("request", _("Permintaan pembelian dinas")),
        ("negotiation", _("Negosiasi harga dengan dinas")),
        ("office", _("Cuti dan pengganti pejabat dinas")),
        ("quotation", _("Permintaan penawaran dinas")),
        ("draw", _("Undian giliran dinas")),
        ("disclosure", _("Pengaduan tersegel untuk inspektorat")),
    ]
    notification_hearers = {
        "request": "procurement.agencies.policies.was_appointed",
        "negotiation": "procurement.agencies.policies.deals_with_departments",
        "office": "procurement.agencies.policies.was_appointed",
        "quotation": "procurement.agencies.policies.deals_with_departments",
        "draw": "procurement.agencies.policies.deals_with_departments",
        "disclosure": "procurement.agencies.policies.is_inspector",
    }
    api_scopes = [
        ("agency_read", _("Pembelian dinas: baca anggaran, permintaan, dan pesanan")),
        ("agency_write", _("Pembelian dinas: buat draf permintaan")),
    ]
    api_scope_holders = {
        "agency_read": "procurement.agencies.policies.was_appointed",
        "agency_write": "procurement.agencies.policies.was_appointed",
    }
    notice_modules = [
        "procurement.requests.notices",
        "procurement.negotiations.notices",
        "procurement.attachments.notices",
        "procurement.frames.notices",
        "procurement.leaves.notices",
        "procurement.quotations.notices",
        "procurement.rotation.notices",
        "procurement.disclosures.notices",
    ]
    second_factor_paths = ["/dinas/", "/negosiasi/", "/inspektorat/"]
    unlinked_paths = ["/lapor-aman/"]
    second_factor_duties = ["procurement.agencies.policies.holds_office"]
    beat_schedule = {
        "remind-requests": {
            "task": "procurement.remind_overdue",
            "schedule": crontab(minute=5),
            "options": {"expires": 600},
        },
        "remind-requests-ahead": {"task": "procurement.remind_ahead", "schedule": 300, "options": {"expires": 300}},
        "remind-negotiations": {
            "task": "procurement.remind_negotiations",
            "schedule": 300,
            "options": {"expires": 300},
        },
        "lapse-frames": {
            "task": "procurement.lapse_frames",
            "schedule": crontab(minute=10),
            "options": {"expires": 600},
        },
        "remind-endings": {
            "task": "procurement.remind_endings",
            "schedule": crontab(minute=20),
            "options": {"expires": 600},
        },
        "open-quotations": {"task": "procurement.open_quotations", "schedule": 60, "options": {"expires": 60}},
        "remind-frames": {"task": "procurement.remind_frames", "schedule": 300, "options": {"expires": 300}},
        "remind-quotations": {"task": "procurement.remind_quotations", "schedule": 300, "options": {"expires": 300}},
        "tell-disclosures": {
            "task": "procurement.tell_disclosures",
            "schedule": crontab(hour=7, minute=30),
            "options": {"expires": 3600},
        },
        "lapse-holds": {"task": "procurement.lapse_holds", "schedule": 60, "options": {"expires": 60}},
    }
    api_enums = {"RequestState": "procurement.requests.states.RequestState"}
