"""Sign-in for machines: a key opens what its scopes name, and of that nothing its person could not open."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from epeken.core import clock
from epeken.users import policies
from epeken.users.api_keys import services
from epeken.users.api_keys.models import ApiKey
from epeken.users.models import User


class KeyAuthentication(TokenAuthentication):
    """`Authorization: Bearer <key>`; `request.auth` is the ApiKey.

    Refuses the key of somebody who owes a second factor: appointed after making it, or their phone was cleared.
    """

    keyword = "Bearer"

    def authenticate_credentials(self, text: str) -> tuple[User, ApiKey]:
        now = clock.now()
        key = services.find_key(text, now)
        if key is None:
            raise AuthenticationFailed(_("Kunci API ini tidak dikenal, sudah dicabut, atau sudah habis masanya."))
        if policies.owes_second_factor(key.user) and not policies.has_second_factor(key.user):
            raise AuthenticationFailed(
                _("Pasang aplikasi autentikator dahulu, lalu pakai kunci API lagi."), "second_factor"
            )
        services.note_use(key, now)
        return key.user, key


class HasScope(BasePermission):
    """A key needs the scope the view declares: `scope`, or `write_scope` for what changes something.

    A view that declares none is closed to keys. People signed in by a session are not asked.
    """

    message = gettext_lazy("Kunci API ini tidak boleh membuka alamat ini. Buat kunci dengan cakupan yang sesuai.")
    code = "scope_missing"

    def has_permission(self, request: Request, view: Any) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        scope = getattr(view, "scope", None)
        if request.method not in SAFE_METHODS:
            scope = getattr(view, "write_scope", scope)
        return scope in key.scopes


class KeyScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = "epeken.users.api_keys.api.KeyAuthentication"
    name = "apiKey"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key made on /akun/kunci-api/."}
