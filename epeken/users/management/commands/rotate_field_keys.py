"""`manage.py rotate_field_keys`: everything encrypted opens with the first of FIELD_KEYS afterwards.

Put the new key first, deploy, run this, then drop the old key (docs/security.md). Safe to stop and to run again.
It lives with the users because their authenticators' seeds are encrypted too, inside another package's JSON.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from epeken.core.key_rotation import BATCH, encrypted_columns, rotate, rotate_column

SEEDS = ("secret", "seed")


class Command(BaseCommand):
    help = "Re-encrypt everything with the first key of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for model, field in encrypted_columns():
                self.stdout.write(f"{model._meta.label}.{field.name}: {rotate_column(model, field)}")
            self.stdout.write(f"{Authenticator._meta.label}.data: {self._seeds()}")
        except InvalidToken:
            raise CommandError("A value opens with none of FIELD_KEYS. Put the key it was written with back.") from None

    def _seeds(self) -> int:
        changed, last = 0, 0
        while True:
            with transaction.atomic():
                rows = list(
                    Authenticator.objects.filter(pk__gt=last).order_by("pk").select_for_update(no_key=True)[:BATCH]
                )
                for row in rows:
                    fresh = {key: rotate(row.data[key]) for key in SEEDS if row.data.get(key)}
                    if any(fresh.values()):
                        row.data.update({key: value for key, value in fresh.items() if value})
                        row.save(update_fields=["data"])
                        changed += 1
            if len(rows) < BATCH:
                return changed
            last = rows[-1].pk
