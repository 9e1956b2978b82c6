"""Admin pages of accounts. Nobody gives themselves more than they have."""

from typing import Any

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.usersessions.admin import UserSession
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.errors import DomainError
from epeken.core.web.admin import HouseAdmin
from epeken.users import services
from epeken.users.addresses.services import forget_addresses
from epeken.users.models import User
from epeken.users.sessions import services as sessions

# The libraries' pages, registered by importing them, whichever app comes first in INSTALLED_APPS. Seeds and addresses
# have no admin page of their own: the person's page and its action are enough.
THEIRS = {Group: BaseGroupAdmin, EmailAddress: EmailAddressAdmin, Authenticator: AuthenticatorAdmin}
for model in [*THEIRS, UserSession]:  # a session is its owner's to see
    admin.site.unregister(model)

# Rights come through groups, so that a person's rights can be read in one place.
POWERS = ["is_staff", "is_superuser", "groups"]


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class ChangeUserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(BaseUserAdmin, HouseAdmin):  # type: ignore[misc]
    """Accounts are closed (not active), never deleted: purchases and decisions name them."""

    form = ChangeUserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["name", "email", "is_active", "is_staff", "is_demo", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["name", "email", "nip"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["kelurahan", "groups"]
    readonly_fields = ["last_login", "date_joined", "is_demo"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (gettext_lazy("Orangnya"), {"fields": ["name", "phone", "kelurahan", "nip"]}),
        (gettext_lazy("Wewenang"), {"fields": ["is_active", *POWERS, "is_demo"]}),
        (gettext_lazy("Waktu"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]
    actions = ["remove_second_factor", "end_sessions"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fixed = list(self.readonly_fields)
        return fixed if request.user.is_superuser else fixed + POWERS

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and (obj.is_superuser or obj.is_staff) and not request.user.is_superuser:
            # A helpdesk officer must not reach a stronger account by giving it a new password.
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            forget_addresses(user=obj)

    @admin.action(description=gettext_lazy("Hapus langkah kedua (ponsel hilang)"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        actor = request.user
        assert isinstance(actor, User)
        for user in queryset:
            try:
                services.remove_second_factor(actor=actor, user=user, now=clock.now())
            except DomainError as refusal:
                messages.error(request, refusal.message)
            else:
                self.log_change(request, user, _changed(gettext_noop("Langkah kedua")))
                messages.success(request, _("Langkah kedua %(name)s sudah dihapus.") % {"name": user})

    @admin.action(description=gettext_lazy("Keluarkan dari semua perangkat"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if self.has_change_permission(request, user):
                count = sessions.end_other_sessions(user=user, kept=request.session.session_key)
                self.log_change(request, user, _changed(gettext_noop("Perangkat yang masuk")))
                said = _("%(name)s sudah dikeluarkan dari %(count)s perangkat.")
                messages.success(request, said % {"name": user, "count": count})


def _changed(what: str) -> list[dict[str, Any]]:
    """A line of the history as Django keeps it: put into words when somebody reads it."""
    return [{"changed": {"fields": [what]}}]


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, HouseAdmin):
    filter_horizontal = []
    autocomplete_fields = ["permissions"]


@admin.register(Permission)
class PermissionAdmin(ReadOnlyAdmin):
    """Only to be searched for from a group."""

    search_fields = ["name", "codename", "content_type__app_label"]
    list_display = ["name", "content_type"]
    list_select_related = ["content_type"]


@admin.register(AccessAttempt)
class AccessAttemptAdmin(HouseAdmin):
    """Accounts held after wrong passwords. Deleting a row releases the account before its time."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "failures_since_start", "attempt_time", "user_agent", "path_info"]
    readonly_fields = fields
    ordering = ["-attempt_time"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
