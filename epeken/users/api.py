"""Sign-in for machines: an API key allows nothing its person's sign-in would not."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from epeken.users import policies


class KeyAuthentication(TokenAuthentication):
    """Refuses the key of somebody who owes a second factor: appointed after making it, or their phone was cleared."""

    def authenticate_credentials(self, key: str) -> Any:
        user, token = super().authenticate_credentials(key)
        if policies.owes_second_factor(user) and not policies.has_second_factor(user):
            raise AuthenticationFailed(
                _("Pasang aplikasi autentikator dahulu, lalu buat kunci API baru."), "second_factor"
            )
        return user, token
