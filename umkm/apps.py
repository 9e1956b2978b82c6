from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class UmkmConfig(registry.HouseConfig):
    name = "umkm"
    verbose_name = _("Penjual dan barang")
    notification_areas = [
        ("seller", _("Pendaftaran dan toko")),
        ("product", _("Barang")),
        ("case", _("Pengingat pemeriksaan untuk petugas")),
    ]
    # What was decided about a registration, goods on show or a paper that settles how much tax is withheld.
    unmutable_notices = [
        "seller.approved",
        "seller.sent_back",
        "seller.rejected",
        "seller.tax_paper_rejected",
        "seller.tax_paper_ended",
        "product.taken_down",
    ]
    notification_hearers = {
        "product": "umkm.sellers.policies.had_shop",
        "case": "umkm.verification.policies.judges_registrations",
    }
    public_pages = [
        "home",
        "umkm:home",
        "umkm:ranking",
        "umkm:search",
        "umkm:category-detail",
        "umkm:shop-list",
        "umkm:shop-detail",
        "umkm:swk-list",
        "umkm:swk-detail",
        "umkm:product-detail",
    ]
    api_enums = {"KindEnum": "umkm.sellers.states.SellerKind"}
    api_scopes = [("catalogue", _("Katalog: barang, toko, dan kategori"))]
    translated_columns = [
        ("umkm/data/document_requirements.csv", "purpose"),
        ("umkm/data/requirements.csv", "purpose"),
        ("umkm/data/categories.csv", "name"),
    ]
    notice_modules = [
        "umkm.sellers.notices",
        "umkm.sanctions.notices",
        "umkm.appeals.notices",
        "umkm.area_checks.notices",
        "umkm.assisted.notices",
        "umkm.identity.notices",
        "umkm.members.notices",
        "umkm.separations.notices",
        "umkm.tax_papers.notices",
        "umkm.verification.notices",
        "umkm.validity.notices",
        "umkm.requirements.notices",
        "umkm.catalogue.notices",
    ]
    second_factor_paths = ["/penjual/", "/dokumen-penjual/", "/wilayah/", "/daftar-berjualan/", "/foto-kunjungan/"]
    beat_schedule = {
        "remind-cases": {"task": "umkm.remind_overdue", "schedule": crontab(minute=15), "options": {"expires": 600}},
        "pass-area-checks": {
            "task": "umkm.pass_area_checks",
            "schedule": crontab(minute="*/15"),
            "options": {"expires": 840},
        },
        "remind-area-checks": {
            "task": "umkm.remind_area_checks",
            "schedule": crontab(hour=7, minute=45),
            "options": {"expires": 3600},
        },
        "apply-identity": {
            "task": "umkm.apply_identity",
            "schedule": crontab(minute="*/5"),
            "options": {"expires": 240},
        },
        "remind-tax-papers": {
            "task": "umkm.remind_tax_papers",
            "schedule": crontab(minute=25),
            "options": {"expires": 600},
        },
        "watch-papers": {
            "task": "umkm.watch_papers",
            "schedule": crontab(hour=0, minute=20),
            "options": {"expires": 3600},
        },
        "pass-on-appeals": {
            "task": "umkm.pass_on_appeals",
            "schedule": crontab(minute="*/15"),
            "options": {"expires": 840},
        },
        "pass-on-separations": {
            "task": "umkm.pass_on_separations",
            "schedule": crontab(minute="*/15"),
            "options": {"expires": 840},
        },
        "end-sanctions": {
            "task": "umkm.end_sanctions",
            "schedule": crontab(minute="*/10"),
            "options": {"expires": 540},
        },
        "destroy-documents": {
            "task": "umkm.destroy_documents",
            "schedule": crontab(hour=2, minute=20),
            "options": {"expires": 3600},
        },
        "expire-imports": {
            "task": "umkm.expire_imports",
            "schedule": crontab(hour=2, minute=10),
            "options": {"expires": 3600},
        },
        "expire-seller-lists": {
            "task": "umkm.expire_seller_lists",
            "schedule": crontab(hour=2, minute=12),
            "options": {"expires": 3600},
        },
        "expire-assisted": {
            "task": "umkm.expire_assisted",
            "schedule": crontab(hour=2, minute=15),
            "options": {"expires": 3600},
        },
        "remind-assisted": {
            "task": "umkm.remind_assisted",
            "schedule": crontab(hour="8-16", minute="5-55/10"),  # a list of thousands takes more than one run
            "options": {"expires": 540},
        },
        "add-up-exposure": {"task": "umkm.add_up_exposure", "schedule": crontab(), "options": {"expires": 50}},
        "forget-exposure": {
            "task": "umkm.forget_exposure",
            "schedule": crontab(hour=2, minute=40),
            "options": {"expires": 3600},
        },
        "refresh-words": {
            "task": "umkm.refresh_words",
            "schedule": crontab(hour=3, minute=30),
            "options": {"expires": 3600},
        },
    }

    def ready(self) -> None:
        purposes = str(settings.CITY.folder / "processing_purposes.csv")
        self.translated_columns = [*UmkmConfig.translated_columns, (purposes, "title"), (purposes, "text")]
        super().ready()
