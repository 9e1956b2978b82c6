from django.conf import settings
from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class SiteConfig(registry.HouseConfig):
    """The roof: it imports every app, no app imports it."""

    name = "epeken.site"
    label = "site"
    desks = (
        ("/dinas/", "layouts/agency.html", "site:agency-dashboard", _("Ke meja dinas")),
        ("/penjual/", "layouts/seller.html", "site:seller-dashboard", _("Ke meja penjual")),
    )
    shared_paths = ("/pesanan/", "/ganti-rugi/")
    own_layout = "epeken.site.landing.layout_of"
    public_pages = ["privacy", "for-agencies", "support", "robots", "sitemap", "sitemap-section"]

    def ready(self) -> None:
        """Hands what the apps declare to the libraries that read it."""
        from epeken.celery import app

        app.conf.beat_schedule = registry.beat_schedule()
        settings.SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"] = registry.api_enums()
