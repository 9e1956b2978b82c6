"""Admin pages of accounts. Nobody gives themselves more than they have."""

from typing import Any

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.usersessions.admin import UserSession
from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.errors import DomainError
from epeken.core.i18n.times import full_time
from epeken.core.web.admin import HouseAdmin
from epeken.users import policies, services
from epeken.users.addresses.services import forget_addresses
from epeken.users.fetch import person
from epeken.users.forms import ResetPasswordForm
from epeken.users.models import NamedPermission, User
from epeken.users.sessions import services as sessions

# The libraries' pages, registered by importing them, whichever app comes first in INSTALLED_APPS. Seeds and addresses
# have no admin page of their own: the person's page and its action are enough.
THEIRS = {Group: BaseGroupAdmin, EmailAddress: EmailAddressAdmin, Authenticator: AuthenticatorAdmin}
for model in [*THEIRS, UserSession]:  # a session is its owner's to see
    admin.site.unregister(model)


def _account_of(attempt: AccessAttempt) -> str:
    return (attempt.username or "–").partition(" ")[0]


def _attempt_words(attempt: AccessAttempt) -> str:
    """In place of the library's own name of a row, which is English and in another zone."""
    return f"{_account_of(attempt)}, {full_time(attempt.attempt_time)}"


AccessAttempt.__str__ = _attempt_words

# Rights come through groups, so that a person's rights can be read in one place.
POWERS = ["is_staff", "is_superuser", "groups"]


@admin.register(User)
class UserAdmin(BaseUserAdmin, HouseAdmin):
    """Accounts are closed (not active), never deleted: purchases and decisions name them.

    Nobody but its owner sets the password of an account: a new one begins without, and a link is sent.
    """

    form = add_form = forms.ModelForm
    list_display = ["name", "sign_in", "is_active", "is_staff", "is_demo", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["name", "email", "phone", "nip"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["kelurahan", "groups"]
    readonly_fields = ["has_password", "phone_verified_at", "last_login", "date_joined", "is_demo"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "has_password"]}),
        (gettext_lazy("Orangnya"), {"fields": ["name", "phone", "phone_verified_at", "kelurahan", "nip"]}),
        (gettext_lazy("Wewenang"), {"fields": ["is_active", *POWERS, "is_demo"]}),
        (gettext_lazy("Waktu"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name"]})]
    actions = ["send_password_link", "remove_second_factor", "release_phone", "end_sessions"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fixed = list(self.readonly_fields)
        if obj is not None and obj.phone_verified_at is not None:
            # Typed here, another number would open the account without its code.
            fixed.append("phone")
        return fixed if request.user.is_superuser else fixed + POWERS

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        is_needed = obj is None or obj.phone_verified_at is None or policies.owes_second_factor(obj)
        if "email" in form.base_fields and is_needed:
            # The only way in, and what officers are written to.
            form.base_fields["email"].required = True
        return form

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and (obj.is_superuser or obj.is_staff) and not request.user.is_superuser:
            # A helpdesk officer must not reach a stronger account by giving it a new password.
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        """Without Django's page on which a password is typed for somebody else."""
        return [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    @admin.display(description=gettext_lazy("masuk dengan"), ordering="email")
    def sign_in(self, user: User) -> str:
        return user.sign_in_name

    @admin.display(description=gettext_lazy("kata sandi"), boolean=True)
    def has_password(self, user: User) -> bool:
        return user.has_usable_password()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.email = obj.email.lower()  # as allauth keeps it: a link is signed over the address
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            # The letter is the only way in, so whoever comes in has shown that the address is theirs.
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=True)
            self._send_link(request, obj)
        if not obj.is_active:
            forget_addresses(user=obj)

    @admin.action(description=gettext_lazy("Kirim tautan untuk membuat kata sandi baru"), permissions=["change"])
    def send_password_link(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, _("Akun %(name)s hanya dapat diurus pengelola utama.") % {"name": user})
            elif not user.is_active:
                messages.error(request, _("Akun %(name)s tidak aktif.") % {"name": user})
            elif not user.email:
                told = _("Akun %(name)s tanpa surel: pemiliknya masuk dengan kode, lalu membuat kata sandi sendiri.")
                messages.error(request, told % {"name": user})
            else:
                self.log_change(request, user, _changed(gettext_noop("Tautan kata sandi")))
                self._send_link(request, user)

    def _send_link(self, request: HttpRequest, user: User) -> None:
        """As if the person had asked for it on the page of forgotten passwords."""
        form = ResetPasswordForm({"email": user.email})
        if form.is_valid():
            form.save(request)
            messages.success(
                request, _("Tautan untuk membuat kata sandi dikirim ke %(email)s.") % {"email": user.email}
            )

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

    @admin.action(description=gettext_lazy("Lepas nomor untuk masuk (nomor hilang)"), permissions=["change"])
    def release_phone(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, _("Akun %(name)s hanya dapat diurus pengelola utama.") % {"name": user})
                continue
            try:
                services.release_phone(actor=person(request), user=user)
            except DomainError as refusal:
                messages.error(request, f"{user}: {refusal.message}")
            else:
                self.log_change(request, user, _changed(gettext_noop("Nomor untuk masuk")))
                messages.success(request, _("%(name)s tidak lagi masuk dengan nomornya.") % {"name": user})

    @admin.action(description=gettext_lazy("Keluarkan dari semua perangkat"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if self.has_change_permission(request, user):
                count = sessions.end_other_sessions(user=user, kept=request.session.session_key)
                self.log_change(request, user, _changed(gettext_noop("Perangkat yang masuk")))
                said = ngettext(
                    "%(name)s sudah dikeluarkan dari %(count)s perangkat.",
                    "%(name)s sudah dikeluarkan dari %(count)s perangkat.",
                    count,
                )
                messages.success(request, said % {"name": user, "count": count})


def _changed(what: str) -> list[dict[str, Any]]:
    """A line of the history as Django keeps it: put into words when somebody reads it."""
    return [{"changed": {"fields": [what]}}]


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, HouseAdmin):
    filter_horizontal = []
    autocomplete_fields = ["permissions"]

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "permissions":
            kwargs["queryset"] = NamedPermission.objects.all()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Permission)
class PermissionAdmin(ReadOnlyAdmin):
    """Only to be searched for from a group, by the words a reader sees."""

    search_fields = ["codename"]
    list_display = ["told"]
    list_display_links = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list; a right has no page, there is nothing to say of it beside its name."""
        return obj is None and super().has_view_permission(request)

    @admin.display(description=gettext_lazy("hak akses"))
    def told(self, permission: NamedPermission) -> str:
        return str(permission)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those that open something: of models with pages here, and the rights of officers."""
        rooms = [(model._meta.app_label, model._meta.model_name) for model in self.admin_site._registry]
        own = Q(pk__in=[])
        for app, name in rooms:
            own |= Q(content_type__app_label=app, content_type__model=name)
        return NamedPermission.objects.filter(own).select_related("content_type").order_by("content_type", "codename")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = search_term.lower().split()
        found = [row.pk for row in queryset if all(word in str(row).lower() for word in words)]
        return queryset.filter(pk__in=found), False


@admin.register(AccessAttempt)
class AccessAttemptAdmin(HouseAdmin):
    """Accounts held after wrong passwords. Deleting a row releases the account before its time."""

    list_display = ["account", "is_known_device", "ip_address", "failures", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["account", "is_known_device", "ip_address", "failures", "attempt_time", "browser", "page"]
    readonly_fields = fields
    ordering = ["-attempt_time"]

    # `users.middleware.login_name`: the account and, of a device its owner uses, that device's mark.
    @admin.display(description=gettext_lazy("masuk sebagai"), ordering="username")
    def account(self, attempt: AccessAttempt) -> str:
        return _account_of(attempt)

    @admin.display(description=gettext_lazy("perangkat yang dikenal"), boolean=True)
    def is_known_device(self, attempt: AccessAttempt) -> bool:
        return " " in (attempt.username or "")

    @admin.display(description=gettext_lazy("kali gagal"), ordering="failures_since_start")
    def failures(self, attempt: AccessAttempt) -> int:
        return attempt.failures_since_start

    @admin.display(description=gettext_lazy("peramban"))
    def browser(self, attempt: AccessAttempt) -> str:
        return attempt.user_agent

    @admin.display(description=gettext_lazy("halaman"))
    def page(self, attempt: AccessAttempt) -> str:
        return attempt.path_info or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
