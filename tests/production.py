"""A process of its own with the settings of production: DEBUG, DEMO and INSECURE_HTTP off, every secret set."""

import os
import subprocess
import sys

from django.conf import settings

SECRETS = {
    "SECRET_KEY": "an-example-of-a-long-and-random-secret-key-for-this-check-only-0123456789",
    "FIELD_KEYS": "ZGV2ZWxvcG1lbnQtb25seS1maWVsZC1rZXktMDAwMDA=",
    "INDEX_KEY": "an-example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
}
SECURITY = ["manage.py", "check", "--deploy", "--tag", "security", "--fail-level", "WARNING"]


def run(words: list[str], **over: str) -> subprocess.CompletedProcess[str]:
    """Python with these arguments. A value of '' takes the variable out."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
        "DJANGO_SETTINGS_MODULE": "epeken.settings",
        "DEBUG": "0",
        "DEMO": "0",
        "INSECURE_HTTP": "0",
        **SECRETS,
        **over,
    }
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, cwd=settings.BASE_DIR, check=False
    )
