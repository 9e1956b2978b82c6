"""Who one can be in the demo city."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from epeken.site.demo import people
from epeken.users.models import User


class Command(BaseCommand):
    help = "Prints role, e-mail and password of the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        here = set(User.objects.filter(is_demo=True).values_list("email", flat=True))
        accounts = [
            {"role": a.role, "email": a.email, "password": people.PASSWORD, "name": a.name, "note": a.note}
            for a in people.ACCOUNTS
            if a.email in here
        ]
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
            return
        if not accounts:
            self.stdout.write("Belum ada akun demo. Jalankan manage.py seed_demo.")
            return
        self.stdout.write(f"Sandi semua akun: {people.PASSWORD}")
        for account in accounts:
            self.stdout.write(f"  {account['role']:<17} {account['email']:<42} {account['note']}")
