"""All settings, read from the environment. `.env.example` lists every variable."""

import sys
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from epeken.core import environment
from epeken.core.city import read_city
from epeken.site.admin_theme import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# A demo city: shows sent mail on a page, prints demo accounts. Never on in production.
DEMO = env.bool("DEMO", default=False)
SHOW_STYLEGUIDE = env.bool("SHOW_STYLEGUIDE", default=DEBUG or DEMO)
TESTING = "pytest" in sys.modules
# Everything one city differs in from another.
CITY = read_city(BASE_DIR / env.str("CITY_DIR", default="data/surabaya"))

# Secrets: development and tests work without any; with DEBUG off a missing one stops the start.
_DEV_SECRET = "development-only-not-a-secret-" + "0" * 32
_DEV_FIELD_KEY = "ZGV2ZWxvcG1lbnQtb25seS1maWVsZC1rZXktMDAwMDA="


def _secret(name: str, development: str) -> str:
    value = environment.secret(name)
    if value:
        return value
    if DEBUG or TESTING:
        return development
    raise ImproperlyConfigured(
        f"{name} is not set. Set it or {name}_FILE in the environment or in .env (see .env.example)."
    )


SECRET_KEY = _secret("SECRET_KEY", _DEV_SECRET)
SECRET_KEY_FALLBACKS = list(filter(None, environment.secret("SECRET_KEY_FALLBACKS", may_be_empty=True).split(",")))
# Comma-separated urlsafe base64 32-byte keys; the first encrypts, all decrypt (`manage.py rotate_field_keys`).
FIELD_KEYS = _secret("FIELD_KEYS", _DEV_FIELD_KEY).split(",")
# Keys the blind index (duplicate search over encrypted columns).
INDEX_KEY = _secret("INDEX_KEY", "development-only-index-key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
# True where TLS ends nowhere (the demo on one's own machine): cookies travel over http, no redirect to https.
INSECURE_HTTP = env.bool("INSECURE_HTTP", default=DEBUG or DEMO or TESTING)

INSTALLED_APPS = [
    "epeken.core",
    "epeken.users",
    "epeken.notifications",
    "epeken.ledger",
    "epeken.site",
    "umkm",
    "procurement",
    "orders",
    "unfold",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "epeken.users.held_accounts.HeldAccountsConfig",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "import_export",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "epeken.core.api.encrypted.EncryptedApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "epeken.core.web.middleware.HeadersMiddleware",
    "epeken.core.web.middleware.CleanInputMiddleware",
    "epeken.core.web.unavailable.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "epeken.users.page_memory.PageMemoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "epeken.users.middleware.SessionLimitsMiddleware",
    "epeken.users.middleware.AccountLanguageMiddleware",
    "epeken.users.middleware.FactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "epeken.core.web.repeated.RepeatedPostMiddleware",
    "epeken.core.web.kept_uploads.KeptUploadsMiddleware",
    "epeken.core.web.middleware.RefusalMiddleware",
    "epeken.users.middleware.InterruptedInputMiddleware",
    "epeken.users.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "epeken.site.urls"
WSGI_APPLICATION = "epeken.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["epeken.core.web.template_files.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "epeken.core.web.context_processors.site",
                "epeken.notifications.context_processors.unread",
                "epeken.site.navigation.memberships",
            ],
            "libraries": {
                "ui": "epeken.core.web.templatetags.ui",
                "uang": "epeken.core.web.templatetags.uang",
                "styleguide": "epeken.site.styleguide.tags",
            },
        },
    },
]

DATABASES = {"default": env.db_url_config(environment.url("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/epeken"))}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
# A statement that outlives this has lost its reader; a lock that waits longer means a stuck writer. A server that is
# silent altogether is given up sooner (core.database).
STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=30000)
# Every trigger asks which triggers are ignored. Where nothing is set, asking raises an error in the server that it
# catches, and that costs more the more rows a transaction has written: 1.2 ms a trigger after 20,000 events.
DATABASES["default"]["OPTIONS"].setdefault(
    "options", f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout=10000 -c pgtrigger.ignore={{}}"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database on purpose: sign-in limits keep working when Redis is away (docs/decisions.md).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "epeken_cache",
        # Past this Django drops entries that still count; each press of a button is one for some seconds.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Of one process, for what may be some minutes old.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# For so long a public page is shown from a copy to visitors who are nobody yet (docs/decisions.md). Off where
# templates are changed, and in the suite, whose pages ask the database each time.
PAGE_COPY_SECONDS = env.int("PAGE_COPY_SECONDS", default=0 if DEBUG or TESTING else 60)
# How often a process stores which goods its pages showed; 0 counts nothing.
EXPOSURE_SECONDS = env.int("EXPOSURE_SECONDS", default=0 if TESTING else 5)

# --- Texts (SMS, WhatsApp) ----------------------------------------------------------------------------------------
# Every text is a row first and leaves through a job, like a letter. `demo` keeps it in the mailbox of the demo;
# `gateway` posts JSON to SMS_GATEWAY_URL. Without either nobody signs up or in with a number alone.
SMS_GATEWAY_URL = env.str("SMS_GATEWAY_URL", default="")
SMS_GATEWAY_TOKEN = environment.secret("SMS_GATEWAY_TOKEN", may_be_empty=True)
SMS_GATEWAY_BODY = env.json("SMS_GATEWAY_BODY", default={"to": "{to}", "message": "{text}", "reference": "{id}"})
SMS_TRANSPORT = "demo" if DEMO or TESTING else "gateway" if SMS_GATEWAY_URL else ""

# --- People -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    # Sign-in happens hundreds of times in the suite; one test checks that Argon2 is what production uses.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "epeken.users.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "epeken.users.passwords.CityWordsValidator"},
    {"NAME": "epeken.users.passwords.PhoneNumberValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:landing"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# The form asks for one of address and number (users.forms.SignUpForm); the library wants the address named so.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# The letter is the way in while others guess: after a new password nobody has to pass the counter of the account.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if INSECURE_HTTP else "https"
ACCOUNT_ADAPTER = "epeken.notifications.channels.text.account.TextingAdapter"
ACCOUNT_FORMS = {
    "login": "epeken.users.forms.LoginForm",
    "signup": "epeken.users.forms.SignUpForm",
    "reset_password": "epeken.users.forms.ResetPasswordForm",
    "reset_password_from_key": "epeken.users.forms.ResetPasswordKeyForm",
    "change_password": "epeken.users.forms.ChangePasswordForm",
    "set_password": "epeken.users.forms.SetPasswordForm",
    "add_email": "epeken.users.forms.AddEmailForm",
    "reauthenticate": "epeken.users.forms.ReauthenticateForm",
    "request_login_code": "epeken.users.forms.RequestCodeForm",
    "confirm_login_code": "epeken.users.forms.ConfirmCodeForm",
    "verify_phone": "epeken.users.forms.VerifyPhoneForm",
    "change_phone": "epeken.users.forms.ChangePhoneForm",
}
# A code by text: three tries, ten minutes. A new one is limited by ACCOUNT_RATE_LIMITS.
ACCOUNT_LOGIN_BY_CODE_ENABLED = bool(SMS_TRANSPORT)
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 3
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Whole offices share one address, so the limits per address are wide; axes locks the pair of account and address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,30/10m/key",
    "signup": "30/h/ip",
    "reset_password": "30/h/ip,5/h/key",
    "reset_password_from_key": "30/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/1m/key,5/h/key",
    # Texts cost money, and each code can be guessed at three times. A network of mobile phones shares few addresses.
    "request_login_code": "120/h/ip,5/h/key,12/d/key",  # counted by users.codes, whatever the code is for
    "verify_phone": None,
    "change_phone": "5/m/user",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "e-Peken"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "epeken.users.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "epeken.users.forms.AuthenticateForm",
    "reauthenticate": "epeken.users.forms.ReauthenticateCodeForm",
    "activate_totp": "epeken.users.forms.ActivateTOTPForm",
}
# Staff and department officers must enrol a second factor before they can act. The demo city lifts it for its own
# published accounts only, so that a visitor can look around; it stays off everywhere else.
SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS = DEMO and env.bool("SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS", default=True)
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "epeken.users.middleware.locked_out"
AXES_USERNAME_CALLABLE = "epeken.users.middleware.login_name"
# In the log neither: whose account and from where stands in the row of the attempt, for 30 days.
AXES_SENSITIVE_PARAMETERS = ["login", "email", "phone", "password", "username", "ip_address"]
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
# How many proxies of ours stand in front. With none, no X-Forwarded-* header is believed.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR"] if PROXY_COUNT else ["REMOTE_ADDR"]
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT

# --- Words and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = CITY.zone.key
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["epeken.core.i18n.formats"]

# --- Files --------------------------------------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# Public pictures of goods and shops. Identity files and evidence live in PRIVATE_ROOT, which no URL maps to.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
# gunicorn answers /media/ itself; off where nginx does (deploy/nginx).
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "base_url": None,
            "file_permissions_mode": 0o640,
            "directory_permissions_mode": 0o750,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "epeken.core.files.static_names.StaticStorage"
    },
}
# Where a file may not lie on disk in the clear even for a moment, the first of them keeps it in memory.
FILE_UPLOAD_HANDLERS = [
    "epeken.core.files.in_memory.UnlinkedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=8 * 1024 * 1024)
# Of many photos at once; deploy/nginx.conf lets as much through on that page.
UPLOAD_MAX_ARCHIVE_BYTES = 48 * 1024 * 1024
UPLOAD_MAX_PIXELS = env.int("UPLOAD_MAX_PIXELS", default=40_000_000)
# What a picture or PDF may ask of the process that decodes it (core.files.bounded). A picture of 37 million pixels with
# transparency, or of 21 million in a progressive JPEG, stays below UPLOAD_MAX_DECODED_BYTES.
UPLOAD_LEAST_SIDE = 40
PHOTO_LEAST_SIDE = 400  # the shorter edge of what stands for goods or a shop
UPLOAD_GREATEST_SIDE = 16_000
UPLOAD_MAX_DECODED_BYTES = 144 * 1024 * 1024
UPLOAD_MAX_SCANS = 30
UPLOAD_MAX_PAGES = 300
UPLOAD_MAX_UNPACKED_BYTES = 512 * 1024 * 1024
UPLOAD_DECODER_MEMORY = 640 * 1024 * 1024
UPLOAD_DECODER_SECONDS = 10
UPLOAD_DECODERS = 1
UPLOAD_QUOTA_BYTES = env.int("UPLOAD_QUOTA_BYTES", default=400 * 1024 * 1024)

# --- Jobs ---------------------------------------------------------------------------------------------------------
REDIS_URL = environment.url("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Worker and beat write their log as everything else does (LOGGING), not in Celery's own way.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    # Without these two, redelivery takes about 100 s whatever the visibility timeout says.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": True,
}
CELERY_TASK_PUBLISH_RETRY = False
# 0 goes first in Redis: a long queue must not make a busy worker look dead, so the canary overtakes it.
CELERY_TASK_DEFAULT_PRIORITY = 5
# What runs when is declared by each app (AppConfig.beat_schedule).
CELERY_TIMEZONE = TIME_ZONE

# --- Mail ---------------------------------------------------------------------------------------------------------
# Every letter is a row first and leaves through a job (docs/security.md). MAIL_TRANSPORT is how it leaves: in the
# demo it is kept in the database and shown on a page; elsewhere EMAIL_URL decides.
EMAIL_CONFIG = env.email_url_config(environment.url("EMAIL_URL", "consolemail://"))
vars().update(EMAIL_CONFIG)
MAIL_TRANSPORT = (
    "epeken.notifications.channels.email.mailbox.DemoMailBackend" if DEMO else EMAIL_CONFIG["EMAIL_BACKEND"]
)
if TESTING:
    MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_BACKEND = "epeken.notifications.channels.email.mailbox.OutboxBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="e-Peken <noreply@epeken.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Doors: security ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
# The admin's theme computes with Alpine (expressions in attributes), sets styles in attributes and has two blocks of
# style, named by their hashes: its colours, and what its htmx adds. Granted under /admin/ alone (docs/security.md).
ADMIN_CSP_UPDATE = {
    "script-src": [UNSAFE_EVAL],
    "style-src-attr": [UNSAFE_INLINE],
    "style-src-elem": [
        SELF,
        "'sha256-7MG4g4eGOUKh2LBOs8dgxadjJY0sI1fsz0fHnRqLygY='",
        "'sha256-bsV5JivYxvGywDAZ22EZJKBFip65Ng9xoJVLbBg7bdo='",
    ],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# (nothing done for so long, at the longest so long): those who owe a second factor, and everybody else.
SESSION_LIMITS = {
    "officer": (
        timedelta(minutes=env.int("OFFICER_IDLE_MINUTES", default=60)),
        timedelta(hours=env.int("OFFICER_SESSION_HOURS", default=12)),
    ),
    "person": (
        timedelta(days=env.int("PERSON_IDLE_DAYS", default=7)),
        timedelta(days=env.int("PERSON_SESSION_DAYS", default=30)),
    ),
}
SESSION_COOKIE_AGE = int(SESSION_LIMITS["person"][1].total_seconds())
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
CSRF_FAILURE_VIEW = "epeken.core.web.middleware.csrf_failure"
# A machine that speaks plain HTTP is refused (core.api.encrypted); people are led on, to the API's page too.
PLAIN_HTTP_REFUSED = r"^api/(?!v1/dokumentasi/$)"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", PLAIN_HTTP_REFUSED]
MESSAGE_STORAGE = "epeken.core.web.messages.MessageStorage"
MESSAGE_COOKIE_NAME, THEME_COOKIE_NAME = "messages", "tema"
PLACE_COOKIE_NAME, DEVICE_COOKIE_NAME = "kelurahan", "perangkat"
if not INSECURE_HTTP:
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    # No other host of the city's domain can set a cookie of such a name.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-bahasa"
    MESSAGE_COOKIE_NAME = "__Host-pesan"
    THEME_COOKIE_NAME = "__Host-tema"
    PLACE_COOKIE_NAME = "__Host-kelurahan"
    DEVICE_COOKIE_NAME = "__Host-perangkat"
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- API ----------------------------------------------------------------------------------------------------------
API_KEYS_PER_PERSON = 10
API_KEY_MAX_DAYS = 365
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one names itself in a 401; a session could only say 403.
        "epeken.users.api_keys.api.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "epeken.users.api_keys.api.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["epeken.core.api.parsers.CleanJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "epeken.users.api_keys.throttles.PersonRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANON", default="120/min"),
        "user": env.str("API_RATE_USER", default="600/min"),
        "key": env.str("API_RATE_KEY", default="300/min"),
    },
    "NUM_PROXIES": PROXY_COUNT,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 24,
    "EXCEPTION_HANDLER": "epeken.core.api.rest.refusal_handler",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "e-Peken API",
    "DESCRIPTION": "City marketplace: catalogue for anyone, purchases for those they belong to.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # ENUM_NAME_OVERRIDES comes from what the apps declare (epeken.site.apps).
}

# --- Log ----------------------------------------------------------------------------------------------------------
# line, or json for a collector; gunicorn.conf.py reads it too.
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is line or json, not {LOG_FORMAT!r}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "epeken.core.logs.LineFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "epeken.core.logs.JsonFormatter"},
    },
    "filters": {"not_unlinked": {"()": "epeken.core.logs.NotUnlinked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["not_unlinked"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"level": "WARNING"}, "axes": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
}
# auth.W004: an address is unique where there is one; accounts without sign in with their number (users.models).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
