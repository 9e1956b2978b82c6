"""Every address of the project. Paths in Indonesian, names in English."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path
from django.views.decorators.http import require_safe

from epeken.core.files import media
from epeken.core.web import early_uploads, health
from epeken.site.public import views as public
from epeken.site.public.sitemaps import SITEMAPS
from epeken.site.sanction_letters.urls import desk_urlpatterns
from epeken.site.styleguide import views
from epeken.users import views as users
from umkm.discovery.views.home import home

handler400 = "epeken.core.api.rest.bad_request"
handler403 = "epeken.core.web.middleware.permission_denied"
handler404 = "epeken.core.api.rest.not_found"
handler500 = "epeken.core.web.unavailable.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("berkas-formulir/", early_uploads.keep, name="keep-file"),
    path("admin/login/", users.admin_login),
    path("admin/", include(desk_urlpatterns)),
    path("admin/", admin.site.urls),
    path("gaya/", views.show, name="styleguide"),
    path("i18n/setlang/", users.set_language, name="set_language"),
    path("akun/", include("epeken.users.account_urls")),
    path("data-pribadi/", users.privacy, name="privacy"),
    path("", include("epeken.users.urls")),
    path("", include("epeken.notifications.urls")),
    path("", home, name="home"),
    path("untuk-dinas/", public.for_agencies, name="for-agencies"),
    path("bantuan/", public.support, name="support"),
    path("robots.txt", public.robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", require_safe(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("", include("umkm.urls")),
    path("", include("procurement.urls")),
    path("", include("orders.urls")),
    path("", include("epeken.site.dashboards.urls")),
    path("", include("epeken.site.sanction_letters.urls")),
    path("", include("epeken.site.own_data.urls")),
    path("api/v1/", include("epeken.site.api")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:name>", media.serve, name="media"))
