"""Build the demo city. A second run changes nothing."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from epeken.core import clock
from epeken.site.demo import (
    assisted,
    citizens,
    deposits,
    market,
    offices,
    people,
    purchases,
    quotations,
    shop_states,
    standards,
)
from epeken.users.models import User
from orders.conduct.tasks import renew_standings
from orders.orders.models import Order
from procurement.agencies.models import Agency
from umkm.exposure.models import StandingEdition
from umkm.sellers.models import Seller


class Command(BaseCommand):
    help = "Adds the invented city: shops, goods, departments, three months of purchases. Only with DEMO or DEBUG on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG or settings.TESTING):
            raise CommandError(
                "The demo city is only for DEMO=1 or DEBUG=1: it publishes accounts with a known password."
            )
        begun = time.monotonic()

        def progress(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - begun:6.1f} s  {what}")

        now = clock.now()
        # Each stage is one transaction and looks whether it is there: a run that was stopped goes on where it was.
        with transaction.atomic():
            accounts = offices.make_accounts()
            offices.make_departments(accounts, clock.local_date(now))
            progress("akun dan dinas")
        if not Seller.objects.filter(name=market.SHOPS[0].name).exists():
            with transaction.atomic():
                shops = market.make_shops(accounts, now, progress)
                market.make_applications(accounts, now)
                assisted.make_assisted(accounts, now)
                market.make_goods(shops, accounts, now, progress)
                market.warn_shop(accounts, now)
                shop_states.make_shop_states(accounts, now)
        with transaction.atomic():
            standards.make_standards(accounts["admin"], now)
        agencies = list(Agency.objects.filter(code__in=[d.code for d in people.DEPARTMENTS]).order_by("code"))
        if not Order.objects.exists():
            with transaction.atomic():
                offices.make_approval_rule(agencies[0], clock.local_date(now))
                purchases.make_purchases(agencies, now, progress)
                deposits.deposit_taxes(agencies, now)
                deposits.record_slips(agencies, now)
                quotations.make_quotations(agencies[0], now)
                buyers = list(User.objects.filter(email__in=[accounts["citizen"].email, accounts["asn"].email]))
                citizens.make_citizen_orders(buyers, now, progress)
                offices.mark_old_news_read(now)
        if not StandingEdition.objects.exists():
            renew_standings()
        progress("kota peraga siap")
