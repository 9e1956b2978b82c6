"""The person. Roles are not here: they are memberships (SellerMember, AgencyMember) and staff permissions."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Kelurahan
from epeken.core.phones import PhoneField, phone_words
from epeken.users.logins import is_number


class UserManager(BaseUserManager["User"]):
    def locked(self, user: "User") -> "User":
        """The person's row, FOR NO KEY UPDATE."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=user.pk)

    def _make(self, email: str, password: str | None, **fields: Any) -> "User":
        if not (email or fields.get("phone")):
            raise ValueError("A user needs an e-mail address or a number.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._make(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._make(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        # Accounts without an address share the empty one.
        return self.exclude(email="").get(email__iexact=username)

    def officers_with(self, permission: str) -> "models.QuerySet[User]":
        """Active staff who hold this permission of ours (`app.codename`) by name or by group."""
        codename = permission.partition(".")[2]
        has = models.Q(user_permissions__codename=codename) | models.Q(groups__permissions__codename=codename)
        return self.filter(has, is_active=True, is_staff=True).distinct().order_by("pk")

    def signing_in_with(self, phone: str) -> "User | None":
        """Whose number for signing in this is, in E.164. A number that is only for being called is nobody's."""
        return self.filter(phone=phone, phone_verified_at__isnull=False).first()

    def named(self, name: str) -> "models.QuerySet[User]":
        """Whose name for signing in this is, an address or a number in its one spelling."""
        if is_number(name):
            return self.filter(phone=name, phone_verified_at__isnull=False)
        return self.filter(email__iexact=name)

    def prepared_for(self, phone: str) -> "models.QuerySet[User]":
        """Made for whoever holds the number, who has not come yet: no password, so only a code sent there opens it."""
        unused = self.filter(last_login__isnull=True, phone_verified_at__isnull=True, is_staff=False, is_active=True)
        return unused.filter(email="", phone=phone, password__startswith=UNUSABLE_PASSWORD_PREFIX)


class User(AbstractUser):
    page_memory: dict[Any, Any] | None = None  # see users.page_memory
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    # Empty for whoever signs in with their number. Unique otherwise: see the constraints.
    email = models.EmailField(_("surel"), blank=True, db_index=True)
    name = models.CharField(_("nama lengkap"), max_length=120)
    phone = PhoneField(_("nomor telepon"), blank=True)
    # Its owner wrote the code that was sent to it, and signs in with it since. Empty: it is for being called only.
    phone_verified_at = models.DateTimeField(_("nomor dipastikan"), null=True, blank=True, editable=False)
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    # A civil servant's employee number; filled for ASN only.
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    # What letters to this person are written in; set by the language switch.
    language = models.CharField(_("bahasa"), max_length=7, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    # One of the accounts the demo city publishes (see SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS).
    is_demo = models.BooleanField(_("akun demo"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = ngettext_lazy("pengguna", "pengguna", 2)
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_once",
                violation_error_message=_("Alamat surel ini sudah dipakai akun lain."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=models.Q(phone_verified_at__isnull=False),
                name="user_phone_once",
                violation_error_message=_("Nomor ini sudah dipakai untuk masuk ke akun lain."),
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", phone=""),
                name="user_email_or_phone",
                violation_error_message=_("Isi surel atau nomor ponsel."),
            ),
            models.CheckConstraint(
                condition=~models.Q(phone="", phone_verified_at__isnull=False),
                name="user_phone_verified",
                violation_error_message=_("Nomor ini dipakai untuk masuk, jadi tidak dapat dikosongkan."),
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", is_staff=True),
                name="user_staff_email",
                violation_error_message=_("Petugas memerlukan surel. Isi surelnya dahulu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.sign_in_name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.sign_in_name

    @property
    def sign_in_name(self) -> str:
        """For its owner and those who look after accounts: the address or, without one, the number."""
        return self.email or phone_words(self.phone)

    @property
    def sign_in_names(self) -> list[str]:
        """Each in its one spelling (`users.logins`): what a person may write to sign in to this account."""
        return [name for name in (self.email.lower(), self.phone if self.phone_verified_at else "") if name]

    @property
    def is_asn(self) -> bool:
        return bool(self.nip)


class NamedPermission(Permission):
    """A permission, named in the reader's language. Django keeps one name in the database, English for its own."""

    ACTS: ClassVar[dict[str, Any]] = {
        "add": _("boleh menambah %(what)s"),
        "change": _("boleh mengubah %(what)s"),
        "delete": _("boleh menghapus %(what)s"),
        "view": _("boleh melihat %(what)s"),
    }

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("hak akses")
        verbose_name_plural = ngettext_lazy("hak akses", "hak akses", 2)

    def __str__(self) -> str:
        model = self.content_type.model_class()
        if model is None:
            return gettext(self.name)
        act, _line, rest = self.codename.partition("_")
        is_of_django = act in self.ACTS and rest == model._meta.model_name
        told = self.ACTS[act] % {"what": model._meta.verbose_name} if is_of_django else gettext(self.name)
        return f"{apps.get_app_config(model._meta.app_label).verbose_name}: {told}"


# Whoever looks at a page, signed in or not.
Visitor = User | AnonymousUser

from epeken.users.addresses.models import Address as Address  # noqa: E402  # refers to the person above
from epeken.users.api_keys.models import ApiKey as ApiKey  # noqa: E402
