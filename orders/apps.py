from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core import registry


class OrdersConfig(registry.HouseConfig):
    name = "orders"
    verbose_name = pgettext_lazy("daftar", "Pesanan")
    notification_areas = [
        ("order", pgettext_lazy("daftar", "Pesanan")),
        ("delivery", _("Pengiriman dan penerimaan")),
        ("invoice", _("Tagihan dan pembayaran")),
        ("dispute", _("Pengaduan")),
        ("cancellation", _("Pembatalan")),
        ("addendum", _("Perubahan surat pesanan")),
    ]
    texted_notices = {"order.offered": "orders.orders.rules.texts_offers"}  # silence closes the order
    notification_hearers = {"addendum": "procurement.agencies.policies.deals_with_departments"}
    row_facts = {"request.ordered_sum": "orders.orders.querysets.sum_of_request"}
    required_papers = "orders.documents.slots.required_before_payment"
    api_scopes = [("seller_orders", _("Pesanan toko: baca, terima, dan tolak"))]
    api_scope_holders = {"seller_orders": "umkm.sellers.policies.own_shops"}
    translated_columns = [
        ("orders/data/tax_rates.csv", "name"),
        ("orders/data/tax_exemptions.csv", "name"),
    ]
    notice_modules = [
        "orders.orders.notices",
        "orders.deliveries.notices",
        "orders.deliveries.result_notices",
        "orders.billing.notices",
        "orders.documents.notices",
        "orders.tax_invoices.notices",
        "orders.tax_slips.notices",
        "orders.ladder.notices",
        "orders.year_end.notices",
        "orders.disputes.notices",
        "orders.remedies.notices",
        "orders.cancellations.notices",
        "orders.compensations.notices",
        "orders.addenda.notices",
        "orders.reversals.notices",
        "orders.confirmations.notices",
    ]
    second_factor_paths = ["/pesanan/", "/ganti-rugi/", "/inspektorat/", "/luring/"]
    beat_schedule = {
        "renew-standings": {
            "task": "orders.renew_standings",
            "schedule": crontab(minute=7, hour="*/3"),
            "options": {"expires": 3600},
        },
        "close-overdue-orders": {"task": "orders.close_overdue", "schedule": 60, "options": {"expires": 60}},
        "issue-at-once": {"task": "orders.issue_at_once", "schedule": 30, "options": {"expires": 30}},
        "remind-orders-ahead": {"task": "orders.remind_ahead", "schedule": 300, "options": {"expires": 300}},
        "remind-late-invoices": {
            "task": "orders.remind_late_invoices",
            "schedule": crontab(minute=10),
            "options": {"expires": 600},
        },
        "year-end": {"task": "orders.year_end", "schedule": crontab(minute=40), "options": {"expires": 600}},
        "seal-day": {"task": "orders.seal_day", "schedule": crontab(minute=25), "options": {"expires": 600}},
    }
    api_enums = {
        "OrderState": "orders.orders.states.OrderState",
        "CommitmentState": "orders.billing.states.CommitmentState",
        "InvoiceState": "orders.billing.states.InvoiceState",
        "RemedyState": "orders.remedies.states.RemedyState",
        "RemedyKind": "orders.remedies.states.RemedyKind",
    }

    def ready(self) -> None:
        super().ready()
        from orders.billing import checks  # noqa: F401  (registers system checks)
