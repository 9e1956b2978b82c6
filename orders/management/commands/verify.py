"""`manage.py verify`: nothing in an order's file was changed after the act; exit status 1 when something was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.attestations import verifying
from orders.attestations.models import Attestation, DailySeal
from orders.orders.models import Order


class Command(BaseCommand):
    help = "Check every act, row, event and stored file of the orders against the chain of their acts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--order", default="", metavar="NUMBER", help="only this order")
        parser.add_argument("--seal", default="", metavar="HASH", help="a published daily seal that must be among ours")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["order"]
        orders = Order.objects.filter(number=number) if number else Order.objects.all()
        if number and not orders.exists():
            raise CommandError(f"No order {number}.")
        wrong = 0
        if options["seal"] and not DailySeal.objects.filter(hash=options["seal"]).exists():
            wrong += 1
            self.stdout.write(self.style.ERROR(f"No seal {options['seal']}."))
        for difference in verifying.verify(number):
            wrong += 1
            act = "" if difference.sequence is None else f" act {difference.sequence}"
            self.stdout.write(f"{difference.order}{act}: {difference.what}")
        acts = Attestation.objects.filter(order__in=orders).count()
        verdict = f"{wrong} differences." if wrong else "Nothing was changed."
        self.stdout.write(f"{verdict} {orders.count()} orders, {acts} acts, {DailySeal.objects.count()} daily seals.")
        if wrong:
            raise SystemExit(1)
